import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Annotation,
  type Machine,
  runAction,
  type StepOptions,
  type StepResult,
} from '../../support/run-action.ts';
import type { Cluster } from './cluster.ts';
import { verdictOf } from './verdict.ts';

/** A step over the deployments of a file. */
export interface FileStep extends Omit<StepOptions, 'inputs'> {
  readonly operation?: string;
  /** What the file holds; it is written to the workspace under a name of its own. */
  readonly file: FileContents;
  readonly environment?: string;
  /** Further inputs. */
  readonly with?: Readonly<Record<string, string>>;
  readonly machine?: Machine;
  readonly scenario?: string;
}

export interface FileContents {
  readonly deployments: Readonly<Record<string, object>>;
  readonly [part: string]: object;
}

/** What a step came to with one of the deployments. */
export interface DeploymentResult {
  readonly status: string;
  readonly health: string;
  readonly changed: boolean;
  readonly 'failure-reason': string;
  readonly jobs: readonly { readonly id: string; readonly namespace: string; readonly version: number }[];
  readonly 'plan-digest'?: string;
  readonly 'plan-json'?: {
    readonly refusals: readonly string[];
    readonly jobs: readonly { readonly id: string; readonly action: string }[];
  };
  readonly 'rendered-path'?: string;
  readonly 'registry-sha'?: string;
}

/** What a step over a file came to. */
export interface FileOutcome extends StepResult {
  readonly status: string;
  readonly health: string;
  readonly changed: string;
  readonly reason: string;
  readonly results: Readonly<Record<string, DeploymentResult>>;
  readonly errors: readonly Annotation[];
}

let written = 0;

export async function runFileStep(step: FileStep, cluster: Cluster, shared: Machine): Promise<FileOutcome> {
  const { operation = 'deploy', file, environment, with: more = {}, machine = shared, scenario: _, ...options } = step;
  written += 1;
  const name = `deployments-${written}.yaml`;
  // JSON is YAML.
  await writeFile(join(machine.workspace, name), JSON.stringify(file, null, 2));
  const result = await runAction({
    machine,
    ...options,
    inputs: {
      ...cluster.inputs,
      operation,
      deployments_file: name,
      ...(environment !== undefined && { environment }),
      wait_timeout: '40s',
      ...more,
    },
  });
  const { outputs, annotations } = result;
  return {
    ...result,
    ...verdictOf(outputs),
    results: JSON.parse(outputs['results'] ?? '{}'),
    errors: annotations.filter(({ level }) => level === 'error'),
  };
}
