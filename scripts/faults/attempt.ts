import type { ChildProcess } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  type FaultProxy,
  type HttpFault,
  isSameAs,
  type PassingRequest,
  startFaultProxy,
} from 'nomad-pack-sandbox/http/fault-proxy.ts';
import { createMachine, type Machine } from 'nomad-pack-sandbox/runner/machine.ts';
import { runStep, type StepResult } from 'nomad-pack-sandbox/runner/step.ts';
import type { Job, JobTruth } from './cluster.ts';
import { type Call, makeCommands } from './commands.ts';
import { inputsOf, type Operation, type Place, prepare, writeDeployments } from './operations.ts';
import { SLACK } from './time.ts';
import type { Server, Trouble } from './trouble.ts';
import type { World } from './world.ts';

/** A step that was run, with or without trouble, and how the cluster was before and after it. */
export interface Attempt {
  /** Undefined where the step did not end in time and was killed. */
  readonly step: StepResult | undefined;
  /** Whether the trouble came about: a request that is asked now and then may not come. */
  readonly reached: boolean;
  /** From the trouble's beginning to the step's end; undefined where it was not reached. Milliseconds. */
  readonly afterTrouble: number | undefined;
  readonly before: readonly JobTruth[];
  readonly after: readonly JobTruth[];
  /** The same jobs as Nomad's API has them, after the step. */
  readonly jobs: readonly Job[];
  readonly requests: readonly (PassingRequest & { readonly server: Server })[];
  readonly calls: readonly Call[];
  /** What was found on disk that the outputs do not tell of. */
  readonly leftFiles: readonly string[];
  /** Command lines. */
  readonly leftProcesses: readonly string[];
}

export interface AttemptOptions {
  readonly operation: Operation;
  readonly place: Place;
  /** The pack's jobs, as a deploy registers them. */
  readonly base: readonly Job[];
  readonly trouble?: Trouble;
  /** What the step is promised to be done within; some time after that it is killed. Milliseconds. */
  readonly promised: number;
}

/** The cluster did not come to where an operation begins. */
export class NotPrepared extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/**
 * Runs one operation in a namespace of its own.
 *
 * @throws NotPrepared
 */
export async function attempt(
  world: World,
  { operation, place, base, trouble, promised }: AttemptOptions,
): Promise<Attempt> {
  const { cluster } = world;
  await prepare(cluster, operation.before, place, base).catch((error: unknown) => {
    throw new NotPrepared(error);
  });
  const before = await cluster.truth(place.namespace);
  const machine = await createMachine();
  const run = new Run(trouble);
  const nomad = await startFaultProxy(cluster.address, (request) => run.decide('nomad', request));
  const git = await startFaultProxy(world.git, (request) => run.decide('git', request));
  try {
    const registry = `${git.address}/private.git`;
    if (operation.isOfFile === true) await writeDeployments(machine.workspace, place, registry);
    const commands = await makeCommands(join(machine.own, 'wrapped'), world.programs, callFault(trouble));
    const step = await runStep(machine, {
      env: { PATH: `${commands.folder}${delimiter}${process.env['PATH']}` },
      inputs: {
        ...inputsOf(operation, place, registry),
        nomad_addr: nomad.address,
      },
      onStart: (child) => run.watch(child),
      timeout: promised + SLACK + 5_000,
    }).catch(notEnded);
    await Promise.all([nomad.settled(), git.settled()]);
    const calls = await commands.calls();
    return {
      step,
      reached: run.reached || hasCalled(calls, trouble),
      afterTrouble: run.afterTrouble,
      before,
      after: await cluster.truth(place.namespace),
      jobs: await cluster.jobs(place.namespace),
      requests: [...of('nomad', nomad), ...of('git', git)],
      calls,
      leftFiles: step === undefined ? [] : leftFiles(step),
      leftProcesses: await leftProcesses(machine),
    };
  } finally {
    await Promise.all([nomad.stop(), git.stop(), cluster.removeNamespace(place.namespace)]);
    await machine.remove();
  }
}

/** What happens to the requests of one step. */
class Run {
  reached = false;
  afterTrouble: number | undefined;
  readonly #trouble: Trouble | undefined;
  #began = 0;
  #child: ChildProcess | undefined;

  constructor(trouble: Trouble | undefined) {
    this.#trouble = trouble;
  }

  watch(child: ChildProcess): void {
    this.#child = child;
    child.once('exit', () => {
      if (this.reached) this.afterTrouble = performance.now() - this.#began;
    });
  }

  decide(server: Server, request: PassingRequest): HttpFault | undefined {
    const trouble = this.#trouble;
    if (trouble === undefined || trouble.kind === 'call' || trouble.server !== server) return undefined;
    const { occurrence } = trouble.request;
    if (!isSameAs(trouble.request)(request) || request.occurrence < occurrence) return undefined;
    const isFirst = request.occurrence === occurrence;
    if (isFirst) this.#begin();
    if (trouble.kind === 'cancel') {
      if (isFirst) this.#child?.kill(trouble.fault);
      return undefined;
    }
    return isFirst || trouble.always ? trouble.fault : undefined;
  }

  #begin(): void {
    this.reached = true;
    this.#began = performance.now();
  }
}

function callFault(trouble: Trouble | undefined) {
  return trouble?.kind === 'call' ? trouble : undefined;
}

function hasCalled(calls: readonly Call[], trouble: Trouble | undefined): boolean {
  if (trouble?.kind !== 'call') return false;
  const { command, occurrence } = trouble.call;
  return calls.some((call) => call.command === command && call.occurrence === occurrence);
}

function of(server: Server, { requests }: FaultProxy) {
  return requests.map((request) => ({ ...request, server }));
}

/** The runner's own error of a step that it had to kill; any other is a fault of the matrix. */
function notEnded(error: unknown): undefined {
  if (error instanceof Error && error.message.includes('did not end within')) return undefined;
  throw error;
}

/** Files of the step are those that its outputs name, its own or those of one of its deployments. */
function leftFiles({ leftovers, outputs }: StepResult): string[] {
  const results = Object.values(JSON.parse(outputs['results'] || '{}') as Readonly<Record<string, typeof outputs>>);
  const kept = [outputs, ...results]
    .flatMap((one) => [one['plan-file'], one['rendered-path']])
    .filter((path) => path !== undefined && path !== '');
  return leftovers
    .filter(({ path }) => !kept.some((one) => path === one || path.startsWith(`${one}/`)))
    .map(({ path }) => path);
}

/** How long a process that was killed may take to be gone. Milliseconds. */
const GONE_WITHIN = 1_000;

/** What still runs of the step: all that it started has the machine's folders in its environment. Linux only. */
async function leftProcesses({ own }: Machine): Promise<string[]> {
  const patience = performance.now() + GONE_WITHIN;
  for (;;) {
    const left = await processesWith(dirname(own));
    if (left.length === 0 || performance.now() > patience) return left;
    await delay(50);
  }
}

async function processesWith(text: string): Promise<string[]> {
  const ids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(
    ids.map(async (id) => {
      const environment = await readFile(`/proc/${id}/environ`, 'utf8').catch(() => '');
      if (!environment.includes(text)) return '';
      return (await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ').trim();
    }),
  );
  return lines.filter((line) => line !== '');
}
