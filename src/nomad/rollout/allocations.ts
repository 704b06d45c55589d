import { isDeepStrictEqual } from 'node:util';
import { isForgotten } from '../state.ts';
import { isBatch, isOnEveryNode, isUnwatched } from '../tasks.ts';
import { isHopeless } from './hopeless.ts';
import { describeShortage, type Moment } from './moment.ts';
import { judgeTasks } from './tasks.ts';
import { judgeUnplaced } from './unplaced.ts';
import { bad, good, type Verdict, waiting } from './verdict.ts';

/** How soon to look whether what has come to rest stays so. Milliseconds. */
const secondLook = 150;

/**
 * The state of a job by its allocations alone: one without a rollout, or, `watchedByNomad`, one whose rollout has succeeded.
 */
export async function judgeAllocations(
  moment: Moment,
  { watchedByNomad }: { readonly watchedByNomad: boolean },
): Promise<Verdict> {
  const { nomad } = moment;
  if (isForgotten(nomad) && moment.status === 'complete') return good;
  if (isForgotten(nomad) && moment.status === 'failed') {
    return bad('unhealthy', 'allocations of it have failed, of which Nomad has forgotten all but the number');
  }
  if (moment.groups.length === 0) {
    return waiting('Nomad does not tell what this version consists of', { lookAgain: moment.backoff });
  }
  if (moment.groups.some(({ healthy, desired }) => healthy < desired)) return await judgeShort(moment);
  // Here only placing tells how many are wanted, and where there was no room; and what was evicted looks as if it had completed.
  if (isOnEveryNode(nomad) || isBatch(nomad)) {
    const outlook = await moment.outlook();
    if (outlook.kind === 'scheduling') return waiting('Nomad is placing it', { lookAgain: moment.backoff });
    if (outlook.kind === 'blocked') return judgeUnplaced(moment, outlook.groups);
  }
  if (isBatch(nomad) && moment.waitFor === 'complete') return judgeCompletion(moment);
  return watchedByNomad ? good : await judgeTasks(moment);
}

function judgeCompletion({ nomad, job }: Moment): Verdict {
  const running = (nomad.Allocs ?? []).filter(
    ({ JobVersion, ClientStatus }) => JobVersion === job.version && ClientStatus === 'running',
  );
  return running.length === 0 ? good : waiting(`${running.length} of its allocations still running`);
}

/** Allocations are missing, or ail. */
async function judgeShort(moment: Moment): Promise<Verdict> {
  const { groups, nomad, memory } = moment;
  const missing = describeShortage(groups, isBatch(nomad) ? 'started' : 'healthy');
  if (await isHopeless(moment)) return bad('unhealthy', missing);
  const outlook = await moment.outlook();
  if (outlook.kind === 'blocked') return judgeUnplaced(moment, outlook.groups);
  if (outlook.kind === 'rescheduling') return waiting(`${missing}; Nomad will replace what failed`);
  if (outlook.kind === 'scheduling') return waiting(missing, { lookAgain: moment.backoff });
  if (groups.every(({ placed, desired }) => placed >= desired)) {
    // That a task starts in an allocation that runs already does not change the state of the job.
    const isStarting = (nomad.Allocs ?? []).some((allocation) => isUnwatched(nomad, allocation));
    return waiting(missing, isStarting ? { lookAgain: moment.backoff } : {});
  }
  // The evaluations are newer than the allocations that were seen: what they led to must be seen, too.
  const seen = [nomad.ModifyIndex, nomad.Status, nomad.Allocs];
  if (!isDeepStrictEqual(memory.idle, seen)) {
    memory.idle = seen;
    return waiting(missing, { lookAgain: secondLook });
  }
  if (isOnEveryNode(nomad) && groups.every(({ placed, unhealthy }) => placed + unhealthy === 0)) {
    // What has run on a node before does not run there again for a change that needs no new allocation.
    const why = nomad.Type === 'sysbatch' && nomad.Version > 0 ? ', or Nomad sees no reason to run it again' : '';
    return waiting(`nothing of version ${nomad.Version} has run: no node is fit for it${why}`, {
      blocked: true,
      lookAgain: moment.backoff,
    });
  }
  return bad('unhealthy', outlook.trouble === '' ? missing : `${missing}; Nomad gave up: ${outlook.trouble}`);
}
