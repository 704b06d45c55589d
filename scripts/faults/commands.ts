import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What can go wrong with a process. */
export const PROCESS_FAULTS = [
  /** Killed before it does anything. */
  'killed',
  /** Killed when it has done all, before anybody has read a word of it. */
  'killed-late',
  /** Does nothing, and never ends. */
  'hung',
  /** Does and says all, and never ends. */
  'hung-late',
] as const;

export type ProcessFault = (typeof PROCESS_FAULTS)[number];

/** A call of a program that is about to be made. */
export interface Call {
  /** Program and subcommand: `nomad-pack registry add`, `git clone`. */
  readonly command: string;
  /** 1 for the first call of this command, and so on. */
  readonly occurrence: number;
}

/** Which calls go wrong, and how. */
export interface CallFault {
  readonly call: Call;
  readonly fault: ProcessFault;
  /** All later calls of the command, too. */
  readonly always: boolean;
}

export interface Commands {
  /** To be put first on the PATH. */
  readonly folder: string;
  /** Every call so far. */
  calls(): Promise<Call[]>;
}

/** In a shell: what a call does instead; `$real` is the program. */
const INSTEAD: Readonly<Record<ProcessFault, string>> = {
  killed: 'kill -KILL $$',
  'killed-late': '"$real" "$@" > /dev/null 2>&1; kill -KILL $$',
  hung: 'exec sleep 3600',
  'hung-late': '"$real" "$@"; exec sleep 3600',
};

/**
 * Makes programs that count their calls, let one go wrong, and else become the real ones.
 *
 * @param folder an empty one
 * @param programs the real ones' absolute paths, by name
 */
export async function makeCommands(
  folder: string,
  programs: Readonly<Record<string, string>>,
  wrong?: CallFault,
): Promise<Commands> {
  const [bin, counts] = [join(folder, 'bin'), join(folder, 'calls')];
  await Promise.all([mkdir(bin, { recursive: true }), mkdir(counts, { recursive: true })]);
  for (const [name, real] of Object.entries(programs)) {
    await writeFile(join(bin, name), script({ name, real, counts, wrong }), { mode: 0o755 });
  }
  return {
    folder: bin,
    calls: async () =>
      (await readdir(counts)).sort().map((entry) => {
        const [command = '', occurrence] = entry.split('#');
        return { command, occurrence: Number(occurrence) };
      }),
  };
}

interface Wrapped {
  readonly name: string;
  readonly real: string;
  readonly counts: string;
  readonly wrong: CallFault | undefined;
}

/** A folder per call: making one succeeds once, however many calls there are at the same time. */
function script({ name, real, counts, wrong }: Wrapped): string {
  const goWrong =
    wrong === undefined
      ? ''
      : `if [ "$command" = '${wrong.call.command}' ] && [ "$n" ${wrong.always ? '-ge' : '-eq'} ${wrong.call.occurrence} ]; then
  ${INSTEAD[wrong.fault]}
fi
`;
  return `#!/bin/sh
real='${real}'
command='${name}'
value=
for word in "$@"; do
  case "$value$word" in
    -c | -C) value='of ' ;;
    'of '*) value= ;;
    -*) ;;
    registry) command="$command registry" ;;
    *) command="$command $word"; break ;;
  esac
done
n=1
while ! mkdir '${counts}'/"$command#$n" 2> /dev/null; do n=$((n + 1)); done
${goWrong}exec "$real" "$@"
`;
}
