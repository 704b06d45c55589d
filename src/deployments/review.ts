import type { CombinedOutcome } from '../combined.ts';
import { ActionError } from '../errors.ts';
import type { FileRun, RunEntry } from '../settings/run.ts';
import { skipped } from './run.ts';

/** The same run as a plan: what a deploy over these deployments would change. */
export function asPlan(run: FileRun): FileRun {
  return {
    ...run,
    operation: 'plan',
    failFast: false,
    entries: run.entries.map((entry) =>
      withReview({ ...entry.loaded.settings.review, failOnChanges: false }, entry, 'plan'),
    ),
  };
}

/**
 * Holds the plans of all deployments against the digest that was reviewed.
 *
 * @returns the end of the run where it may not go on; undefined where it may
 */
export function refuseUnreviewed(run: FileRun, planned: CombinedOutcome): CombinedOutcome | undefined {
  const { digest = '' } = run.review;
  const failure = planned.failure ?? (planned.planDigest === digest ? undefined : planChanged(planned, digest));
  if (failure === undefined) return undefined;
  const because =
    planned.failure === undefined ? 'the plans are not what was reviewed' : 'not everything could be planned';
  return {
    ...planned,
    operation: run.operation,
    changed: false,
    failure,
    deployments: planned.deployments.map((one, index) => {
      const settings = run.entries[index]?.loaded.settings ?? one.settings;
      const { failure: own = skipped(one, because) } = one.result;
      return {
        ...one,
        settings,
        result: { ...one.result, operation: settings.operation, changed: false, failure: own },
      };
    }),
  };
}

/** The run, in which each deployment is held against its own part of what was reviewed once more, right before it is changed. */
export function guarded(run: FileRun, planned: CombinedOutcome): FileRun {
  const digests = new Map(planned.deployments.map(({ key, result }) => [key, result.planData?.digest]));
  return {
    ...run,
    entries: run.entries.map((entry) => {
      const digest = digests.get(entry.key);
      const { review, operation } = entry.loaded.settings;
      return withReview({ ...review, ...(digest !== undefined && { digest }) }, entry, operation);
    }),
  };
}

function withReview(
  review: RunEntry['loaded']['settings']['review'],
  entry: RunEntry,
  operation: RunEntry['loaded']['settings']['operation'],
): RunEntry {
  const { loaded } = entry;
  return { ...entry, loaded: { ...loaded, settings: { ...loaded.settings, operation, review } } };
}

function planChanged({ deployments, planDigest }: CombinedOutcome, reviewed: string): ActionError {
  const changes = deployments.flatMap(({ key, result }) =>
    (result.planData?.jobs ?? [])
      .filter(({ action }) => action !== 'none')
      .map(({ id, namespace, action }) => `${key}: ${action} ${id} (${namespace})`),
  );
  return new ActionError(
    'plan-changed',
    `What a deploy would do now is not what was reviewed: it would ${changes.length === 0 ? 'change nothing' : `do this:\n${changes.join('\n')}`}\nThe digest over all plans is ${planDigest} now, \`plan_digest\` is ${reviewed}. Nothing was changed.`,
    {
      hint: 'A pack, a variable, `redeploy`, the cluster or the selection of deployments (`only`) has changed since the plan. Review the plans in this step’s summary, and deploy with their digest in `plan_digest`.',
    },
  );
}
