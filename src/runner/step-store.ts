import { createHash } from 'node:crypto';
import { mkdtemp, open, readdir, readlink, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobStore, Kept } from '../job-store.ts';
import type { Environment } from '../settings/inputs.ts';
import { saveState, setVariable } from './commands.ts';
import { PrivateFolder } from './private-folder.ts';

/** The variable that later steps of the job find set: nothing outside the job can set it. */
const VARIABLE = 'NOMAD_PACK_ACTION_JOB';

interface Entry {
  readonly path: string;
  readonly note: string;
  /** SHA-256 of all that is there. */
  readonly digest: string;
}

/** What the variable holds, as JSON. */
interface Contents {
  readonly folder: string;
  readonly key: string;
  readonly entries: Readonly<Record<string, Entry>>;
}

/**
 * What the steps of a job leave for each other: a folder that the first of them makes and its post step removes, which is the last one of
 * the job. The digests do not lie beside the files but travel in the job's environment, so that nobody else can vouch for them; who can
 * change that can change anything of the job.
 */
export class StepStore implements JobStore {
  readonly #environment: Environment;
  readonly #temporary: string;
  #contents: Contents | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  /** @param temporary the runner's folder for temporary files, absolute */
  constructor(environment: Environment, temporary: string) {
    this.#environment = environment;
    this.#temporary = temporary;
    this.#contents = parse(environment[VARIABLE]);
  }

  async find(name: string): Promise<Kept | undefined> {
    const contents = this.#contents;
    const entry = contents?.entries[name];
    if (contents === undefined || entry === undefined) return undefined;
    try {
      const folder = await PrivateFolder.reopen(contents.folder, contents.key, this.#temporary);
      if (folder === undefined || (await digestOf(entry.path)) !== entry.digest) return undefined;
      return { path: entry.path, note: entry.note };
    } catch {
      return undefined;
    }
  }

  async keep(name: string, note: string, make: (folder: string) => Promise<string>): Promise<string | undefined> {
    // Without a runner there are no later steps that could be told, and nothing that tidies up.
    if (!this.#environment['GITHUB_ENV'] || !this.#environment['GITHUB_STATE']) return undefined;
    // A disk that is full, for example: whoever needs it says so where it cannot do without.
    const path = await this.#inTurn(async () => {
      const folder = await this.#folder();
      return await make(await mkdtemp(join(folder.path, 'kept-')));
    });
    // The step goes on meanwhile, and its process ends after that.
    if (path !== undefined) void this.#inTurn(async () => await this.#announce(name, note, path));
    return path;
  }

  /** One after the other, so that no two make a folder, and none overwrites what another one tells the job. */
  async #inTurn<T>(work: () => Promise<T>): Promise<T | undefined> {
    const done = this.#turn.then(work).catch(() => undefined);
    this.#turn = done;
    return await done;
  }

  async #announce(name: string, note: string, path: string): Promise<void> {
    const { folder = '', key = '', entries = {} } = this.#contents ?? {};
    this.#contents = { folder, key, entries: { ...entries, [name]: { path, note, digest: await digestOf(path) } } };
    setVariable(this.#environment, VARIABLE, JSON.stringify(this.#contents));
  }

  /** That of an earlier step, or where there is none any more, a new one. */
  async #folder(): Promise<PrivateFolder> {
    const { folder, key } = this.#contents ?? { folder: '', key: '' };
    const earlier = await PrivateFolder.reopen(folder, key, this.#temporary).catch(() => undefined);
    if (earlier !== undefined) return earlier;
    const made = await PrivateFolder.create(this.#temporary);
    this.#contents = { folder: made.path, key: made.key, entries: {} };
    // This step's post half removes it.
    saveState(this.#environment, 'job_folder', made.path);
    saveState(this.#environment, 'job_key', made.key);
    return made;
  }
}

function parse(text: string | undefined): Contents | undefined {
  try {
    const contents = JSON.parse(text ?? '') as Partial<Contents> | null;
    const { folder, key, entries } = contents ?? {};
    if (typeof folder !== 'string' || typeof key !== 'string' || typeof entries !== 'object') return undefined;
    return { folder, key, entries };
  } catch {
    return undefined;
  }
}

/** SHA-256 of a file, or of the names and contents of all that is in a folder. */
async function digestOf(path: string): Promise<string> {
  if ((await stat(path)).isFile()) return await digestOfFile(path);
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const lines = await Promise.all(
    entries.map(async (entry) => {
      const own = join(entry.parentPath, entry.name);
      const contents = entry.isSymbolicLink() ? await readlink(own) : entry.isFile() ? await digestOfFile(own) : '';
      return `${own.slice(path.length)}\0${contents}`;
    }),
  );
  return createHash('sha256').update(lines.sort().join('\n')).digest('hex');
}

/** More than most files have; a program is read in so many pieces that the step goes on meanwhile. Bytes. */
const PIECE = 1024 * 1024;

/** Reads a piece while it digests the one before: a program of 76 MB takes 0.05 s, a third of what it takes to read it as a whole first. */
async function digestOfFile(path: string): Promise<string> {
  const file = await open(path);
  try {
    const size = Math.min(PIECE, (await file.stat()).size + 1);
    const pieces = [Buffer.allocUnsafe(size), Buffer.allocUnsafe(size)] as const;
    const hash = createHash('sha256');
    let reading = file.read(pieces[0]);
    for (let turn = 1; ; turn += 1) {
      const { bytesRead, buffer } = await reading;
      if (bytesRead === 0) return hash.digest('hex');
      reading = file.read(pieces[turn % 2 === 0 ? 0 : 1]);
      hash.update(buffer.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}
