import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { StringDecoder } from 'node:string_decoder';

export interface ProcessOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Milliseconds until it is killed. */
  readonly timeout: number;
  readonly onStart: (child: ChildProcess) => void;
  /** Called with each piece of output as it comes; not cut at line ends. */
  readonly onOutput: (text: string, child: ChildProcess) => void;
}

/**
 * Runs a program to its end, without input.
 *
 * @returns its exit code, 128 + n where signal n ended it, and all that it printed.
 * @throws where it runs longer than the timeout, with what it printed.
 */
export async function runProcess(
  file: string,
  args: readonly string[],
  options: ProcessOptions,
): Promise<{ exitCode: number; output: string }> {
  const child = spawn(file, args, { cwd: options.cwd, env: options.env, stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    const decoder = new StringDecoder('utf8');
    stream.on('data', (chunk: Buffer) => {
      const text = decoder.write(chunk);
      output += text;
      options.onOutput(text, child);
    });
  }
  options.onStart(child);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    child.kill('SIGKILL');
  }, options.timeout);
  try {
    const [code, signal] = await closed;
    if (late) throw new Error(`${args.join(' ')} did not end within ${options.timeout} ms. It printed:\n${output}`);
    return { exitCode: code ?? 128 + signalNumber(signal), output };
  } finally {
    clearTimeout(timer);
  }
}

function signalNumber(signal: NodeJS.Signals | null): number {
  return signal === null ? 0 : constants.signals[signal];
}
