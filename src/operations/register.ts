import { ActionError } from '../errors.ts';
import type { NomadClient } from '../nomad/client.ts';
import type { RenderedJob } from '../nomad/specification.ts';
import type { RunOutcome } from '../nomad-pack/cli.ts';
import type { PackSettings, PreparedPack } from './prepare.ts';
import { type Claim, readClaim, refuseStrangers, sayWhatStops } from './survey.ts';
import type { Tools } from './tools.ts';

export interface Registration {
  /** A failure of `run` is part of it, since some of the jobs may be registered all the same. */
  readonly run: RunOutcome;
  /** What `run` did to others, who were not there yet when this step looked. */
  readonly trespass?: ActionError;
}

/**
 * Lets nomad-pack register the jobs. Who owns what is compared once more right before, because that may have changed while the pack was
 * rendered, and what was stopped is compared after it.
 *
 * @throws ActionError
 */
export async function registerJobs(
  client: NomadClient,
  { nomadPack, target }: PreparedPack,
  settings: PackSettings,
  tools: Tools,
  { jobs, claim }: { readonly jobs: readonly RenderedJob[]; readonly claim: Claim },
): Promise<Registration> {
  const { rollout, review } = settings;
  const late = await readClaim(client, settings, jobs);
  refuseStrangers(late, settings);
  sayWhatStops(late, settings, tools);
  const checkIndex = review.digest === undefined ? undefined : guard(nomadPack.canDetach, jobs, tools);
  const run = await nomadPack.run(target, {
    preserveCounts: rollout.preserveCounts,
    timeout: rollout.timeout,
    ...(checkIndex !== undefined && { checkIndex }),
  });
  const foreseen = new Set([...late.stops, ...late.children, ...late.foreign, ...claim.stops].map(({ id }) => id));
  const surprises = run.stopped.filter((id) => !foreseen.has(id));
  if (surprises.length === 0) return { run };
  const trespass = new ActionError(
    'would-stop-others',
    `nomad-pack stopped ${surprises.join(', ')}, which carried the name ${settings.deploymentName} only after this step had looked.`,
    { hint: 'Find out who deploys under the same `deployment_name` at the same time, and start those jobs again.' },
  );
  return { run, trespass };
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
