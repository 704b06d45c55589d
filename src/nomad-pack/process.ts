import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { createInterface } from 'node:readline';
import { ActionError, cancelled, runnerFault } from '../errors.ts';
import { HOST } from './host.ts';

/** How long a process that was asked to end may take before it is killed; after a cancel the step has five seconds for everything. Milliseconds. */
const GRACE = 1000;

/** More output than any pack has; what comes after it is dropped. Characters. */
const OUTPUT_LIMIT = 16 * 1024 * 1024;

export interface CommandOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Called with each line of output, as it comes. */
  readonly onLine?: (line: string) => void;
  /** Called with the id of the process before it has said a word, and once more when it has ended. */
  readonly onProcess?: (pid: number, state: 'runs' | 'ended') => void;
  /** On a cancel, let the command finish by itself for so long before it is interrupted. Milliseconds. */
  readonly finishWithin?: number;
  /** Interrupt the command when it has run for so long; that is not a cancel. Nothing runs without a limit. Milliseconds. */
  readonly limit: number;
}

export interface CommandOutcome {
  /** 128 + n where signal n ended it, as a shell would say. */
  readonly exitCode: number;
  /** stdout and stderr, in the order that they came. */
  readonly output: string;
  /** It ran for longer than `limit`. */
  readonly interrupted: boolean;
  /** What ended it from outside, such as `SIGKILL` where the memory ran out. */
  readonly signal?: NodeJS.Signals;
}

/**
 * Runs a program without a shell and without input, and streams its lines. A cancel interrupts it (SIGINT), and kills it and all
 * that it started when it has not ended a second later: nomad-pack can outlive an interrupt by five. So does the end of its time.
 *
 * @throws ActionError with the reason `cancelled`, once the process is gone; `nomad-pack-missing` when it cannot be started
 */
export async function runCommand(
  file: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<CommandOutcome> {
  if (options.signal.aborted) throw cancelled(options.signal);
  const child = spawn(file, args, {
    cwd: options.cwd,
    env: options.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own: git and ssh, which it starts, end with it.
    detached: HOST.hasGroups,
    windowsHide: true,
  });
  const { pid } = child;
  const started = once(child, 'spawn');
  const closed = once(child, 'close') as Promise<Ending>;
  // They are awaited below, if nothing else ends this first; until then a failure must not count as unhandled.
  for (const event of [started, closed]) event.catch(() => undefined);
  try {
    // Before anything is awaited: a step that is killed now still leaves the process where post finds it.
    if (pid !== undefined) options.onProcess?.(pid, 'runs');
    await started.catch((error: unknown) => {
      throw notStarted(file, error);
    });
    return await outcomeOf(child, closed, options);
  } finally {
    if (pid !== undefined && child.exitCode === null && child.signalCode === null) HOST.endTree(pid, 'SIGKILL');
    if (pid !== undefined) options.onProcess?.(pid, 'ended');
  }
}

/** Exit code, or the signal that ended it. */
type Ending = [code: number | null, signal: NodeJS.Signals | null];

async function outcomeOf(
  child: ChildProcess,
  closed: Promise<Ending>,
  options: CommandOptions,
): Promise<CommandOutcome> {
  const output = collectLines(child, options.onLine);
  child.once('exit', () => closeInTime(child));
  // It is awaited when the process has ended; until then a failure must not count as unhandled.
  output.catch(() => undefined);
  let interrupted = false;
  const patience = setTimeout(() => {
    interrupted = true;
    endGracefully(child, 0);
  }, options.limit);
  const onCancel = () => endGracefully(child, options.finishWithin ?? 0);
  if (options.signal.aborted) onCancel();
  else options.signal.addEventListener('abort', onCancel, { once: true });
  try {
    const [code, signal] = await closed;
    if (options.signal.aborted && (signal !== null || code !== 0)) throw cancelled(options.signal);
    return {
      exitCode: code ?? 128 + constants.signals[signal ?? 'SIGKILL'],
      output: (await output).join('\n'),
      interrupted,
      ...(signal !== null && !interrupted && { signal }),
    };
  } finally {
    clearTimeout(patience);
    options.signal.removeEventListener('abort', onCancel);
  }
}

/**
 * Closes the output of a process that has ended, where something that it left behind holds it open: that would be waited for without
 * end. ssh's shared connections do so.
 */
function closeInTime(child: ChildProcess): void {
  const close = setTimeout(() => {
    if (child.pid !== undefined) HOST.endTree(child.pid, 'SIGKILL');
    child.stdout?.destroy();
    child.stderr?.destroy();
  }, GRACE);
  child.once('close', () => clearTimeout(close));
}

function notStarted(file: string, error: unknown): ActionError {
  const { code = '' } = error as NodeJS.ErrnoException;
  // What is not there, or is not a program, is the program's fault; all else is the machine's.
  const fault = /^(?:ENOENT|EACCES|EPERM|ENOEXEC)$/.test(code) ? undefined : runnerFault(error);
  if (fault !== undefined) return fault;
  return new ActionError(
    'nomad-pack-missing',
    `\`${file}\` could not be started: ${error instanceof Error ? error.message : String(error)}`,
    {
      hint: 'Set `nomad_pack_version` to a version that exists for this platform, or install nomad-pack and use `system`.',
      cause: error,
    },
  );
}

async function collectLines(child: ChildProcess, onLine: ((line: string) => void) | undefined): Promise<string[]> {
  const lines: string[] = [];
  let size = 0;
  const read = async (stream: NodeJS.ReadableStream | null) => {
    if (stream === null) return;
    const reader = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
    // One that is destroyed has no end that would be told.
    stream.once('close', () => reader.close());
    for await (const line of reader) {
      size += line.length + 1;
      if (size <= OUTPUT_LIMIT) lines.push(line);
      onLine?.(line);
    }
  };
  await Promise.all([read(child.stdout), read(child.stderr)]);
  return lines;
}

function endGracefully(child: ChildProcess, finishWithin: number): void {
  const { pid } = child;
  if (pid === undefined) return;
  const interrupt = setTimeout(() => HOST.endTree(pid, 'SIGINT'), finishWithin);
  const kill = setTimeout(() => HOST.endTree(pid, 'SIGKILL'), finishWithin + GRACE);
  child.once('close', () => {
    clearTimeout(interrupt);
    clearTimeout(kill);
  });
}
