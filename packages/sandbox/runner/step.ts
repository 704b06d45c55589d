import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inputEnvironment, repository } from './action.ts';
import { CommandReader, splitLines, type WorkflowCommand } from './commands.ts';
import { type CommandFiles, createCommandFiles, stepEnvironment, type WorkflowEvent } from './environment.ts';
import { parsePairs } from './file-commands.ts';
import { findLeftovers, type Leftover, takeSnapshot } from './leftovers.ts';
import type { Machine } from './machine.ts';
import { runProcess } from './process.ts';

export interface StepOptions {
  /** The step's `with:`; the defaults of `action.yml` apply. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** The step's `env:`; undefined removes a variable that the runner sets. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What `github.token` is; default empty. */
  readonly githubToken?: string;
  /** Default: a push. */
  readonly event?: WorkflowEvent;
  /** The Node that runs the action; default: the one that runs this. */
  readonly node?: string;
  /** The file that is run; default: the variable `NOMAD_PACK_ACTION_ENTRY`, then `dist/index.js`. */
  readonly entry?: string;
  /** A signal to send to the step, once, as soon as its log matches. */
  readonly signal?: { readonly name: NodeJS.Signals; readonly when: RegExp };
  /** Called with the step's process as soon as there is one. */
  readonly onStart?: (child: ChildProcess) => void;
  /** Called with the log so far whenever there is more of it. */
  readonly onLog?: (log: string, child: ChildProcess) => void;
  /** Milliseconds until the step is killed; default two minutes. */
  readonly timeout?: number;
}

/** An error, warning or notice of the step. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly message: string;
  /** `title`, `file`, `line`, `col` ... */
  readonly properties: Readonly<Record<string, string>>;
}

export interface StepResult {
  /** 128 + n where signal n ended it. */
  readonly exitCode: number;
  readonly outputs: Readonly<Record<string, string>>;
  /** All that the step printed, commands included, stdout and stderr as they came. */
  readonly log: string;
  /** Every command that the runner would obey. */
  readonly commands: readonly WorkflowCommand[];
  readonly annotations: readonly Annotation[];
  /** What the runner hides from here on. */
  readonly masks: readonly string[];
  readonly summary: string;
  readonly state: Readonly<Record<string, string>>;
  /** Variables set for later steps. */
  readonly env: Readonly<Record<string, string>>;
  /** Folders put on the PATH of later steps. */
  readonly paths: readonly string[];
  readonly postExitCode: number;
  readonly postLog: string;
  /** What is on the machine, after post, that was not before. */
  readonly leftovers: readonly Leftover[];
  /** Milliseconds that the step took, without post. */
  readonly duration: number;
}

/**
 * Simulates a runner's step: runs the built action's main half with the inputs in the environment, then, however that ended, its
 * post half with the state that it saved.
 */
export async function runStep(machine: Machine, options: StepOptions = {}): Promise<StepResult> {
  const before = await takeSnapshot(machine);
  const { result, post } = await runMain(machine, options);
  return { ...result, ...(await post()), leftovers: await findLeftovers(machine, before) };
}

/** What a step gives before the job ends. */
export type MainResult = Omit<StepResult, keyof PostResult | 'leftovers'>;

type PostResult = Pick<StepResult, 'postExitCode' | 'postLog'>;

/** Runs the main half. The post half, which the runner runs at the end of the job, adds to the summary. */
export async function runMain(
  machine: Machine,
  options: StepOptions,
): Promise<{ readonly result: MainResult; post(): Promise<PostResult & Pick<StepResult, 'summary'>> }> {
  const id = randomUUID();
  const start = performance.now();
  const main = await runHalf(machine, `${id}-main`, options, { onStart: options.onStart, watch: watchLog(options) });
  const duration = performance.now() - start;
  const state = parsePairs(main.files.state);
  const commands = readCommands(main.output);
  const result: MainResult = {
    exitCode: main.exitCode,
    outputs: parsePairs(main.files.output),
    log: main.output,
    commands,
    annotations: commands.flatMap(toAnnotation),
    masks: commands.filter(({ name }) => name === 'add-mask').map(({ message }) => message),
    summary: main.files.summary,
    state,
    env: parsePairs(main.files.env),
    paths: splitLines(main.files.path),
    duration,
  };
  const saved = Object.entries(state).map(([name, value]) => [`STATE_${name}`, value] as const);
  const post = async () => {
    const half = await runHalf(machine, `${id}-post`, options, { extra: Object.fromEntries(saved) });
    return { postExitCode: half.exitCode, postLog: half.output, summary: main.files.summary + half.files.summary };
  };
  return { result, post };
}

interface Half {
  readonly exitCode: number;
  readonly output: string;
  /** What the files behind the file commands hold. */
  readonly files: CommandFiles;
}

interface HalfOptions {
  readonly extra?: Readonly<Record<string, string>>;
  readonly onStart?: ((child: ChildProcess) => void) | undefined;
  readonly watch?: (text: string, child: ChildProcess) => void;
}

async function runHalf(machine: Machine, id: string, options: StepOptions, half: HalfOptions): Promise<Half> {
  const files = await createCommandFiles(machine, id);
  const event = options.event ?? { name: 'push', payload: {} };
  const env = {
    ...(await stepEnvironment(machine, files, event)),
    ...inputEnvironment(options.inputs ?? {}, options.githubToken ?? ''),
    ...options.env,
    ...half.extra,
  };
  const outcome = await runProcess(options.node ?? process.execPath, [entryOf(options)], {
    cwd: machine.workspace,
    env: Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined)),
    timeout: options.timeout ?? 120_000,
    onStart: half.onStart ?? (() => undefined),
    onOutput: half.watch ?? (() => undefined),
  });
  return { ...outcome, files: await readAll(files) };
}

function entryOf({ entry }: StepOptions): string {
  return entry ?? process.env['NOMAD_PACK_ACTION_ENTRY'] ?? join(repository, 'dist', 'index.js');
}

async function readAll(files: CommandFiles): Promise<CommandFiles> {
  const texts = Object.entries(files).map(async ([name, path]) => [name, await readFile(path, 'utf8')] as const);
  return Object.fromEntries(await Promise.all(texts)) as unknown as CommandFiles;
}

function watchLog({ signal, onLog }: StepOptions): (text: string, child: ChildProcess) => void {
  let log = '';
  let sent = false;
  return (text, child) => {
    log += text;
    onLog?.(log, child);
    if (sent || signal === undefined || !signal.when.test(log)) return;
    sent = true;
    child.kill(signal.name);
  };
}

function readCommands(output: string): WorkflowCommand[] {
  const reader = new CommandReader();
  return splitLines(output).flatMap((line) => reader.read(line) ?? []);
}

function toAnnotation({ name, message, properties }: WorkflowCommand): Annotation[] {
  return name === 'error' || name === 'warning' || name === 'notice' ? [{ level: name, message, properties }] : [];
}
