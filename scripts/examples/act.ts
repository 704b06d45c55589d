import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A run of a workflow: what happened on GitHub, and what GitHub knows of the repository and its environment. */
export interface ActOptions {
  /** Path of act. */
  readonly act: string;
  /** The repository's work tree. */
  readonly workspace: string;
  /** Path of the workflow. */
  readonly workflow: string;
  /** Name of the event. */
  readonly event: string;
  readonly payload?: object;
  readonly vars: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** Of `workflow_dispatch`. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** The one job of a matrix to run, as `environment:staging`; default all. */
  readonly matrix?: string;
  /** What the runner adds to each step's environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Folders to use instead of repositories, by `owner/name@ref`. */
  readonly repositories: Readonly<Record<string, string>>;
  /** Home of the runner's user, writable. */
  readonly home: string;
}

/** A step that ran or was skipped. */
export interface ActStep {
  /** Id of its job. */
  readonly job: string;
  readonly name: string;
  /** `success`, `failure`, `skipped`. */
  result: string;
  readonly outputs: Record<string, string>;
  /** Its error annotations. */
  readonly errors: string[];
  /** What it printed. */
  log: string;
}

export interface ActRun {
  readonly exitCode: number;
  readonly steps: readonly ActStep[];
  /** All that act told, for people. */
  readonly log: string;
}

/** A line of `act --json`; what is used of it. */
interface Line {
  readonly msg?: string;
  readonly jobID?: string;
  readonly stage?: string;
  readonly step?: string;
  readonly stepResult?: string;
  readonly raw_output?: boolean;
  readonly command?: string;
  readonly name?: string;
  readonly arg?: string;
}

/**
 * Where act is: the variable `ACT`, or the PATH.
 *
 * @returns undefined where neither has it
 * @throws where `ACT` names what does not run
 */
export function findAct(): string | undefined {
  const named = process.env['ACT'];
  try {
    execFileSync(named || 'act', ['--version'], { stdio: 'ignore' });
    return named || 'act';
  } catch (error) {
    if (named) throw new Error(`The variable ACT is ${named}, which does not run: ${(error as Error).message}`);
    return undefined;
  }
}

/** Runs a workflow without containers. */
export async function runAct(options: ActOptions): Promise<ActRun> {
  const { act, workspace, home } = options;
  const child = spawn(act, await argumentsFor(options), {
    cwd: workspace,
    // Nothing of the developer's own machine helps or hurts.
    env: { PATH: process.env['PATH'], HOME: home, LANG: 'C.UTF-8' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const steps = new Map<string, ActStep>();
  const log: string[] = [];
  const exitCode = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
  child.stderr.on('data', (words: Buffer) => log.push(words.toString()));
  for await (const text of createInterface({ input: child.stdout })) {
    const line = parse(text);
    log.push(line.jobID === undefined ? text : `[${line.jobID}] ${line.msg?.trimEnd()}`);
    take(line, steps);
  }
  return { exitCode: await exitCode, steps: [...steps.values()], log: log.join('\n') };
}

async function argumentsFor(options: ActOptions): Promise<string[]> {
  const folder = await mkdtemp(join(options.home, 'run-'));
  const file = async (name: string, content: object): Promise<string> => {
    const path = join(folder, name);
    // YAML, which act reads by the ending; JSON is that, with texts of any number of lines.
    await writeFile(path, JSON.stringify(content));
    return path;
  };
  return [
    options.event,
    '--json',
    '--no-cache-server',
    ...['--workflows', options.workflow],
    ...['--platform', 'ubuntu-latest=-self-hosted'],
    ...['--eventpath', await file('event.json', options.payload ?? {})],
    ...['--var-file', await file('vars.yaml', options.vars)],
    ...['--secret-file', await file('secrets.yaml', options.secrets)],
    ...['--env-file', await file('env.yaml', options.env)],
    ...['--input-file', await file('inputs.yaml', options.inputs ?? {})],
    ...(options.matrix === undefined ? [] : ['--matrix', options.matrix]),
    ...Object.entries(options.repositories).flatMap(([name, path]) => ['--local-repository', `${name}=${path}`]),
  ];
}

/** What is not JSON is a message of act's own. */
function parse(text: string): Line {
  try {
    return JSON.parse(text) as Line;
  } catch {
    return { msg: text };
  }
}

function take(line: Line, steps: Map<string, ActStep>): void {
  if (line.jobID === undefined || line.step === undefined || line.stage !== 'Main') return;
  const key = `${line.jobID}\n${line.step}`;
  const step = steps.get(key) ?? { job: line.jobID, name: line.step, result: '', outputs: {}, errors: [], log: '' };
  steps.set(key, step);
  if (line.stepResult !== undefined) step.result = line.stepResult;
  if (line.command === 'set-output') step.outputs[line.name ?? ''] = line.arg ?? '';
  if (line.command === 'error') step.errors.push(line.arg ?? '');
  if (line.raw_output === true) step.log += line.msg ?? '';
}
