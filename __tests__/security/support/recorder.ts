import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launcher } from 'nomad-pack-sandbox/releases/index.ts';

/** A process as it was started. */
export interface StartedProcess {
  readonly program: 'nomad-pack' | 'git';
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Notes every nomad-pack and every git that runs, what git itself starts among them. */
export interface Recorder {
  /** Text of a nomad-pack that notes that it runs, then does what the sandbox's does. */
  readonly program: (version: string) => string;
  /** A `PATH` on which git is one that notes that it runs. */
  readonly path: string;
  processes(): Promise<StartedProcess[]>;
  /** The command lines that git noted of itself and of what it started. */
  gitCommands(): Promise<string>;
}

/** @param folder where the notes go, outside of what steps may write to; it need not be there */
export async function startRecorder(folder: string): Promise<Recorder> {
  const notes = join(folder, 'notes');
  const bin = join(folder, 'bin');
  await Promise.all([mkdir(notes, { recursive: true }), mkdir(bin, { recursive: true })]);
  const git = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  const trace = join(folder, 'git-trace');
  // Arguments and environment, parted by NUL; a name that no other process takes. nomad-pack's own environment stays as it is.
  const note = (program: string) =>
    `note="${notes}/${program}-$(cat /proc/sys/kernel/random/uuid)"
{ printf '%s\\0' "$@"; printf '\\0'; cat /proc/$$/environ; } > "$note.draft" && mv "$note.draft" "$note"
unset note`;
  await writeFile(join(bin, 'git'), `#!/bin/sh\n${note('git')}\nGIT_TRACE=${trace} exec ${git} "$@"\n`);
  await chmod(join(bin, 'git'), 0o755);
  return {
    program: (version) => launcher(version).replace(/^#!.*\n/, (first) => `${first}${note('nomad-pack')}\n`),
    path: `${bin}:${process.env['PATH'] ?? ''}`,
    processes: async () => {
      const names = (await readdir(notes)).filter((name) => !name.endsWith('.draft'));
      return await Promise.all(names.map(async (name) => parseNote(name, await readFile(join(notes, name), 'utf8'))));
    },
    gitCommands: async () => await readFile(trace, 'utf8').catch(() => ''),
  };
}

function parseNote(name: string, text: string): StartedProcess {
  const end = text.indexOf('\0\0');
  const pairs = text
    .slice(end + 2)
    .split('\0')
    .filter((pair) => pair !== '');
  return {
    program: name.startsWith('git-') ? 'git' : 'nomad-pack',
    args: text.slice(0, end).split('\0'),
    env: Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)])),
  };
}
