import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from '@jest/globals';
import type { JobChange } from '../../../src/result.ts';
import { type Machine, newMachine, runAction, type StepOptions, type StepResult } from '../../support/run-action.ts';
import { type Cluster, startCluster, type Trust } from './cluster.ts';
import { type FileOutcome, type FileStep, runFileStep } from './file.ts';
import { verdictOf } from './verdict.ts';

/** The packs of the scenarios; `v1/trio` and `v2/trio` are two versions of one. */
export const packs = join(dirname(fileURLToPath(import.meta.url)), '..', 'packs');

export interface Step extends Omit<StepOptions, 'inputs'> {
  readonly operation?: string;
  /** A directory of `packs`; default `svc`. */
  readonly pack?: string;
  /** The deployment's name. */
  readonly name: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Further inputs. */
  readonly with?: Readonly<Record<string, string>>;
  /** A runner other than the one that the file's steps share. */
  readonly machine?: Machine;
  /** Named in the table of scenarios; a step without one is a preparation. */
  readonly scenario?: string;
}

export interface Job {
  readonly id: string;
  readonly namespace: string;
  readonly type: string;
  readonly status: string;
  readonly health: string;
  readonly version: number;
  readonly groups: readonly { readonly name: string; readonly desired: number; readonly healthy: number }[];
}

/** What a step came to, as a reader of the workflow sees it. */
export interface Outcome extends StepResult {
  readonly status: string;
  readonly health: string;
  readonly changed: string;
  readonly reason: string;
  readonly jobs: readonly Job[];
  readonly plan: readonly JobChange[];
  /** The first line of the error's annotation; empty where there is none. */
  readonly firstLine: string;
}

export interface Scenarios {
  readonly cluster: () => Cluster;
  /** Runs a step of the action; all on one machine, whose workspace holds the packs. */
  run(step: Step): Promise<Outcome>;
  /** The same over the deployments of a file. */
  runFile(step: FileStep): Promise<FileOutcome>;
  /** Asks Nomad's API, past the action. */
  ask<Body>(path: string): Promise<Body>;
}

/**
 * A cluster for the tests of a file, and a table of what the scenarios came to at its end.
 *
 * @param trust whom the cluster lets log in; it has ACLs then
 */
export function scenarios(title: string, trust: () => Promise<Trust | undefined> = async () => undefined): Scenarios {
  const rows: string[][] = [];
  let cluster: Cluster;
  let machine: Machine;

  beforeAll(async () => {
    const trusted = await trust();
    [cluster, machine] = await Promise.all([startCluster(trusted), newMachine(packs)]);
  }, 60_000);

  afterAll(async () => {
    await cluster?.stop();
    printTable(title, rows);
  }, 60_000);

  return {
    cluster: () => cluster,
    run: async (step) => {
      const outcome = await runStep(step, cluster, machine);
      if (step.scenario !== undefined) {
        rows.push([step.scenario, outcome.status, outcome.reason || '-', outcome.firstLine || '-']);
      }
      return outcome;
    },
    runFile: async (step) => {
      const outcome = await runFileStep(step, cluster, machine);
      if (step.scenario !== undefined) {
        const [error] = outcome.errors;
        rows.push([step.scenario, outcome.status, outcome.reason || '-', error?.message.split('\n')[0] ?? '-']);
      }
      return outcome;
    },
    ask: async <Body>(path: string) => (await (await fetch(`${cluster.address}${path}`)).json()) as Body,
  };
}

async function runStep(step: Step, cluster: Cluster, machine: Machine): Promise<Outcome> {
  const { operation = 'deploy', pack = 'svc', name, variables, with: more = {}, scenario: _, ...options } = step;
  const result = await runAction({
    machine,
    ...options,
    inputs: {
      ...cluster.inputs,
      operation,
      deployment_name: name,
      pack: `./${pack}`,
      ...(variables !== undefined && { variables: JSON.stringify(variables) }),
      wait_timeout: '40s',
      ...more,
    },
  });
  const { outputs, annotations } = result;
  return {
    ...result,
    ...verdictOf(outputs),
    jobs: JSON.parse(outputs['jobs'] ?? '[]'),
    plan: JSON.parse(outputs['plan-json'] ?? '{}').jobs ?? [],
    firstLine: annotations.find(({ level }) => level === 'error')?.message.split('\n')[0] ?? '',
  };
}

function printTable(title: string, rows: readonly string[][]): void {
  if (rows.length === 0) return;
  const table = [['scenario', 'status', 'reason', 'first line of the annotation'], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const lines = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  process.stdout.write(`\n${title}\n${lines.join('\n')}\n`);
}
