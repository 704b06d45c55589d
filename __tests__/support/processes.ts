import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

/** A process that ran, as any user of the machine could see it. */
export interface SeenProcess {
  readonly argv: readonly string[];
  /** As `NAME=value`; empty where it could not be read. */
  readonly environment: readonly string[];
}

/**
 * Watches every process of this machine while something runs, by looking again and again; Linux only. One that lives for less than
 * a millisecond or two may be missed: where that matters, `wrapCommands` misses none.
 *
 * @returns what the work returned, and the processes that were not there before, once per command line that each had
 */
export async function recordProcesses<T>(
  work: () => Promise<T>,
): Promise<{ result: T; processes: readonly SeenProcess[] }> {
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL('./process-watcher.js', import.meta.url), { workerData: stop });
  const seen = new Promise<SeenProcess[]>((resolve, reject) => {
    worker.on('message', (message: 'ready' | SeenProcess[]) => {
      if (message !== 'ready') resolve(message);
    });
    worker.once('error', reject);
  });
  await new Promise((resolve) => worker.once('message', resolve));
  try {
    return { result: await work(), processes: await finish() };
  } finally {
    await finish();
  }

  function finish(): Promise<SeenProcess[]> {
    Atomics.store(stop, 0, 1);
    Atomics.notify(stop, 0);
    return seen;
  }
}

/** Programs that note how they are called. */
export interface WrappedCommands {
  /** To be put first on the PATH. */
  readonly folder: string;
  /** Every call so far. */
  calls(): Promise<readonly SeenProcess[]>;
}

/**
 * Makes programs that note their arguments and environment, and then become the real ones.
 *
 * @param folder an empty one
 * @param commands the real programs' absolute paths, by name
 */
export async function wrapCommands(
  folder: string,
  commands: Readonly<Record<string, string>>,
): Promise<WrappedCommands> {
  const [programs, notes] = [join(folder, 'bin'), join(folder, 'calls')];
  await Promise.all([mkdir(programs), mkdir(notes)]);
  for (const [name, real] of Object.entries(commands)) {
    // A file per call: calls at the same time do not meet. The process keeps its id when it becomes the real program.
    const script = `#!/bin/sh
printf '%s\\0' '${name}' "$@" > '${notes}'/$$.argv
/usr/bin/env -0 > '${notes}'/$$.environment
exec '${real}' "$@"
`;
    const file = join(programs, name);
    await writeFile(file, script);
    await chmod(file, 0o755);
  }
  const read = async (file: string) => (await readFile(join(notes, file), 'utf8')).split('\0').slice(0, -1);
  return {
    folder: programs,
    calls: async () => {
      const calls = (await readdir(notes)).filter((file) => file.endsWith('.argv')).sort();
      return await Promise.all(
        calls.map(async (file) => ({
          argv: await read(file),
          environment: await read(file.replace('.argv', '.environment')),
        })),
      );
    },
  };
}
