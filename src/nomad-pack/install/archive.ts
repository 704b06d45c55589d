import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import { ActionError } from '../../errors.ts';

/** Six times what nomad-pack has. Bytes. */
const LARGEST_PROGRAM = 512 * 1024 * 1024;

const FILE_TYPE = 0o170000;
const REGULAR_FILE = 0o100000;

/**
 * The bytes of the program in a zip archive; nothing is written. They are decompressed in one go, which takes half the time that
 * a stream takes.
 *
 * @throws ActionError `verification` where the program is not in it, or anything is not as it should be: a name that leaves the
 *   folder, a link instead of a file, a size that is not true or beyond 512 MiB
 */
export async function readProgram(archive: Buffer, program: string): Promise<Buffer> {
  const { default: yauzl } = await import('yauzl');
  try {
    // Reading the entries checks their names: the library refuses absolute ones and those with `..` or a backslash.
    const zip = await yauzl.fromBufferPromise(archive, { strictFileNames: true });
    return await decompress(zip, await findProgram(zip, program));
  } catch (error) {
    const why = (error as Error).message;
    throw new ActionError('verification', `The archive of the release cannot be unpacked: ${why}. Nothing was run.`, {
      hint: 'Check `nomad_pack_mirror`, and who signs what is there.',
      cause: error,
    });
  }
}

async function findProgram(zip: ZipFile, program: string): Promise<Entry> {
  const found: Entry[] = [];
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName === program) found.push(entry);
  }
  const [entry] = found;
  if (entry === undefined) throw new Error(`it holds no ${program}`);
  if (found.length > 1) throw new Error(`it holds ${program} more than once`);
  // The upper half is the mode that a Unix gave the file, 0 where it was packed elsewhere.
  const type = (entry.externalFileAttributes >>> 16) & FILE_TYPE;
  if (type !== 0 && type !== REGULAR_FILE) throw new Error(`${program} in it is not a regular file`);
  if (entry.uncompressedSize > LARGEST_PROGRAM) {
    throw new Error(`${program} in it is larger than ${LARGEST_PROGRAM / 1024 / 1024} MiB`);
  }
  return entry;
}

async function decompress(zip: ZipFile, entry: Entry): Promise<Buffer> {
  if (!entry.canDecodeFileData()) throw new Error(`${entry.fileName} in it is packed in a way that is not known`);
  const chunks: Buffer[] = [];
  for await (const chunk of await zip.openReadStreamPromise(entry, { decodeFileData: false })) chunks.push(chunk);
  const packed = Buffer.concat(chunks);
  const limit = entry.uncompressedSize + 64;
  const program =
    entry.compressionMethod === 0
      ? packed
      : await promisify(inflateRaw)(packed, { chunkSize: limit, maxOutputLength: limit });
  if (program.length !== entry.uncompressedSize) {
    throw new Error(`${entry.fileName} in it does not have the size that is announced`);
  }
  return program;
}
