import type { Deployment } from '../deployment/deployment.ts';
import type { Baseline, Task } from '../deployment/registration.ts';
import type { JobRef } from '../nomad/api.ts';
import type { RenderedJob } from '../nomad/specification.ts';
import { differs, type VersionSnapshot } from '../nomad/submission.ts';
import type { RunOutcome } from '../nomad-pack/cli.ts';
import type { PlanData } from '../result.ts';
import type { PreparedPack } from './prepare.ts';
import { sayWhatIsAdopted, sayWhatStops } from './say.ts';
import type { Tools } from './tools.ts';

/**
 * Looks once more, as late as it can be, at who owns what, because that may have changed while the pack was rendered; and at what there is
 * to go back to.
 *
 * @throws ActionError
 */
export async function readBaseline(
  deployment: Deployment,
  { nomadPack }: PreparedPack,
  jobs: readonly RenderedJob[],
  tools: Tools,
): Promise<Baseline> {
  tools.reserve(jobs);
  const claim = await deployment.claim(jobs, await nomadPack.reach());
  deployment.refuseStrangers(claim);
  sayWhatIsAdopted(claim, tools);
  sayWhatStops(deployment, claim, tools);
  const touched = [...jobs, ...claim.stops, ...claim.children, ...claim.foreign];
  return { claim, before: await deployment.snapshot(touched) };
}

/** Lets nomad-pack register the jobs. A failure is part of what it returns: some of the jobs may be registered all the same. */
export async function registerJobs(
  deployment: Deployment,
  { nomadPack, target }: PreparedPack,
  { jobs, before, claim, plan }: Task,
): Promise<RunOutcome> {
  const { rollout, review } = deployment.settings;
  const checkIndex = review.digest === undefined ? undefined : guard(await nomadPack.canDetach(), jobs, plan);
  return await nomadPack.run(target, {
    preserveCounts: rollout.preserveCounts,
    override: claim.adopted.length > 0,
    timeout: rollout.timeout,
    isUntouched: async () => await isUntouched(deployment, [...jobs, ...before.values()], before),
    ...(checkIndex !== undefined && { checkIndex }),
  });
}

/** Whether no job has changed; where Nomad does not say, that is not known. */
async function isUntouched(deployment: Deployment, refs: readonly JobRef[], before: VersionSnapshot): Promise<boolean> {
  try {
    return !differs(refs, before, await deployment.snapshot(refs));
  } catch {
    return false;
  }
}

/**
 * The index that Nomad holds a reviewed registration against, so that nothing slips in between. nomad-pack takes one for all jobs of a
 * pack, and none for a job that is new.
 */
function guard(canCheck: boolean, jobs: readonly RenderedJob[], plan: PlanData): number | undefined {
  const [job] = jobs;
  if (!canCheck || jobs.length !== 1 || job === undefined) return undefined;
  const planned = plan.jobs.find(({ id, namespace }) => id === job.id && namespace === job.namespace);
  return planned === undefined || planned.basedOn === 0 ? undefined : planned.basedOn;
}
