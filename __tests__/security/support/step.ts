import { type Machine, newMachine, runAction, type StepOptions, type StepResult } from '../../support/run-action.ts';

/** What a step came to, as a reader of the workflow sees it. */
export interface Outcome extends StepResult {
  readonly status: string;
  readonly reason: string;
  /** The message of the error's annotation; empty where there is none. */
  readonly error: string;
}

/** Runs a step of the built action; without a machine, on one of its own. */
export async function step(options: StepOptions & { readonly machine?: Machine }): Promise<Outcome> {
  const result = await runAction({ ...options, machine: options.machine ?? (await newMachine()) });
  return {
    ...result,
    status: result.outputs['status'] ?? '',
    reason: result.outputs['failure-reason'] ?? '',
    error: result.annotations.find(({ level }) => level === 'error')?.message ?? '',
  };
}

/** All that a reader can get to see of a step, the commands that tell the runner what to mask aside. */
export function visible({ log, postLog, summary, outputs, state, env, paths }: StepResult): string {
  const shown = `${log}\n${postLog}`.split('\n').filter((line) => !line.startsWith('::add-mask::'));
  return [...shown, summary, JSON.stringify([outputs, state, env, paths])].join('\n');
}
