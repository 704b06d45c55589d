import { ActionError } from '../errors.ts';
import type { JobRef } from '../nomad/api.ts';
import type { NomadClient } from '../nomad/client.ts';
import type { RenderedJob } from '../nomad/specification.ts';
import { snapshotVersions, type VersionSnapshot } from '../nomad/submission.ts';
import type { RunOutcome } from '../nomad-pack/cli.ts';
import { differs } from './last-look.ts';
import type { PackSettings, PreparedPack } from './prepare.ts';
import {
  type Claim,
  locateJobs,
  namespacesOf,
  ownerOf,
  readClaim,
  refuseStrangers,
  sayWhatStops,
  surveyAll,
} from './survey.ts';
import type { Tools } from './tools.ts';

/** How things are right before the jobs are registered. */
export interface Baseline {
  readonly claim: Claim;
  /** How the jobs are that are going to be registered, stopped or replaced. */
  readonly before: VersionSnapshot;
}

/**
 * Looks once more, as late as it can be, at who owns what, because that may have changed while the pack was rendered; and at what there is
 * to go back to.
 *
 * @throws ActionError
 */
export async function readBaseline(
  client: NomadClient,
  settings: PackSettings,
  jobs: readonly RenderedJob[],
  tools: Tools,
): Promise<Baseline> {
  const claim = await readClaim(client, settings, jobs);
  refuseStrangers(claim, settings);
  sayWhatStops(claim, settings, tools);
  return { claim, before: await snapshotVersions(client, [...jobs, ...claim.stops, ...claim.foreign]) };
}

/** Lets nomad-pack register the jobs. A failure is part of what it returns: some of the jobs may be registered all the same. */
export async function registerJobs(
  client: NomadClient,
  { nomadPack, target }: PreparedPack,
  { rollout, review }: PackSettings,
  { jobs, before }: Baseline & { readonly jobs: readonly RenderedJob[] },
  tools: Tools,
): Promise<RunOutcome> {
  const checkIndex = review.digest === undefined ? undefined : guard(await nomadPack.canDetach(), jobs, tools);
  return await nomadPack.run(target, {
    preserveCounts: rollout.preserveCounts,
    timeout: rollout.timeout,
    isUntouched: async () => await isUntouched(client, [...jobs, ...before.values()], before),
    ...(checkIndex !== undefined && { checkIndex }),
  });
}

/** Whether no job has changed; where Nomad does not say, that is not known. */
async function isUntouched(client: NomadClient, refs: readonly JobRef[], before: VersionSnapshot): Promise<boolean> {
  try {
    return !differs(refs, before, await snapshotVersions(client, refs));
  } catch {
    return false;
  }
}

/** What nomad-pack did to others, who were not there yet when this step looked; undefined where it stopped what it was expected to. */
export async function findTrespass(
  client: NomadClient,
  settings: PackSettings,
  jobs: readonly RenderedJob[],
  { claim }: Baseline,
  stopped: readonly string[],
): Promise<ActionError | undefined> {
  const foreseen = new Set([...claim.stops, ...claim.children, ...claim.foreign].map(({ id }) => id));
  const surprises = stopped.filter((id) => !foreseen.has(id));
  if (surprises.length === 0) return undefined;
  // A job of the deployment may have launched another one meanwhile.
  const survey = await surveyAll(client, settings.deploymentName);
  const { here } = locateJobs([...survey.jobs, ...survey.children], ownerOf(settings), namespacesOf(jobs));
  const own = new Set(here.map(({ id }) => id));
  const others = surprises.filter((id) => !own.has(id));
  if (others.length === 0) return undefined;
  return new ActionError(
    'would-stop-others',
    `nomad-pack stopped ${others.join(', ')}, which carried the name ${settings.deploymentName} only after this step had looked.`,
    { hint: 'Find out who deploys under the same `deployment_name` at the same time, and start those jobs again.' },
  );
}

/**
 * The index that Nomad holds a reviewed registration against, so that nothing slips in between. nomad-pack takes one for all jobs of a
 * pack, and none for a job that is new.
 */
function guard(canCheck: boolean, jobs: readonly RenderedJob[], { findings }: Tools): number | undefined {
  const [job] = jobs;
  if (!canCheck || jobs.length !== 1 || job === undefined) return undefined;
  const planned = findings.planData?.jobs.find(({ id, namespace }) => id === job.id && namespace === job.namespace);
  return planned === undefined || planned.basedOn === 0 ? undefined : planned.basedOn;
}
