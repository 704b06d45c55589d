import { afterAll } from '@jest/globals';
import { createMachine, type Machine } from 'nomad-pack-sandbox/runner/machine.ts';
import { runStep, type StepOptions, type StepResult } from 'nomad-pack-sandbox/runner/step.ts';

export type { Leftover } from 'nomad-pack-sandbox/runner/leftovers.ts';
export type { Machine } from 'nomad-pack-sandbox/runner/machine.ts';
export type { Annotation, StepOptions, StepResult } from 'nomad-pack-sandbox/runner/step.ts';

const machines: Machine[] = [];

afterAll(async () => {
  await Promise.all(machines.splice(0).map((machine) => machine.remove()));
});

/**
 * A runner's folders, gone when the test file is done.
 *
 * @param files a folder to copy into the workspace
 */
export async function newMachine(files?: string): Promise<Machine> {
  const machine = await createMachine(files);
  machines.push(machine);
  return machine;
}

/**
 * Runs the built action as a runner does, main and post.
 *
 * @param options the step; with `machine`, on one that other steps share, else on one of its own
 */
export async function runAction(options: StepOptions & { readonly machine?: Machine } = {}): Promise<StepResult> {
  return await runStep(options.machine ?? (await newMachine()), options);
}
