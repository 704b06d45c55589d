import type { CombinedOutcome, DeploymentEnd } from '../combined.ts';
import { ActionError, cancelled } from '../errors.ts';
import { conclude, WorkRecord } from '../record.ts';
import type { Result } from '../result.ts';
import type { FileRun, RunEntry } from '../settings/run.ts';
import { combine } from './conclude.ts';
import { inOrder, waits } from './order.ts';
import { type Scheduled, schedule } from './schedule.ts';

export interface RunOptions {
  readonly signal: AbortSignal;
  /** Milliseconds since the step began. */
  readonly elapsed: () => number;
  /** Works on one deployment to its end. Never rejects: a failure is part of the result. */
  readonly work: (entry: RunEntry) => Promise<Result>;
  /** Called with a deployment that is not begun because of another one. */
  readonly onSkipped: (entry: RunEntry, failure: ActionError) => void;
}

/** Works on the deployments in the order of what they need, those that do not wait for each other side by side. */
export async function runDeployments(run: FileRun, options: RunOptions): Promise<CombinedOutcome> {
  const { operation, environment, file, parallelism, failFast, entries } = run;
  const needs = waits(operation, entries);
  const byKey = new Map(entries.map((entry) => [entry.key, entry]));
  const scheduled = await schedule<Result>(needs, {
    parallelism,
    failFast,
    signal: options.signal,
    isFailure: ({ failure }) => failure !== undefined,
    work: async (key) => await options.work(byKey.get(key) as RunEntry),
  });
  const deployments = entries.map((entry): DeploymentEnd => {
    const { key, isAbsent, loaded } = entry;
    const result = resultOf(entry, scheduled.get(key) as Scheduled<Result>, options);
    return { key, needs: entry.needs, isAbsent, settings: loaded.settings, result };
  });
  return {
    operation,
    ...(environment !== undefined && { environment }),
    file,
    deployments,
    ...combine(deployments, inOrder(needs)),
  };
}

function resultOf(entry: RunEntry, scheduled: Scheduled<Result>, { signal, elapsed, onSkipped }: RunOptions): Result {
  if (scheduled.kind === 'done') return scheduled.outcome;
  const failure = signal.aborted ? cancelled(signal) : skipped(entry, scheduled.because);
  if (failure.reason === 'skipped') onSkipped(entry, failure);
  return conclude(entry.loaded.settings.operation, { error: failure }, new WorkRecord(elapsed));
}

/** The failure of a deployment that was not begun. */
export function skipped({ key }: Pick<RunEntry, 'key'>, because: string): ActionError {
  return new ActionError('skipped', `\`${key}\` was not begun: ${because}.`, {
    hint: 'Fix what failed, and run the step again: what is deployed already stays as it is.',
  });
}
