import type { Claim } from '../deployment/claim.ts';
import { type Deployment, nameJobs } from '../deployment/deployment.ts';
import { jobKey } from '../nomad/jobs.ts';
import { describeForeign } from '../nomad/ownership.ts';
import type { RunOutcome } from '../nomad-pack/cli.ts';
import type { PlanData } from '../result.ts';
import type { Tools } from './tools.ts';

/** Says which jobs a deploy takes over. */
export function sayWhatIsAdopted({ adopted }: Claim, { log }: Tools): void {
  if (adopted.length === 0) return;
  log.notice(`Takes over, as \`adopt_jobs\` asks for, what no deployment owns: ${nameJobs(adopted)}.`);
}

/** Says what a deploy is about to stop or replace besides registering its jobs. */
export function sayWhatStops({ owner }: Deployment, claim: Claim, { log }: Tools): void {
  for (const job of claim.foreign) log.warning(`${describeForeign(owner, job)}; allowed by \`allow_replace\`.`);
  const stops = [...claim.stops, ...claim.children];
  if (stops.length > 0) log.info(`To be stopped: ${nameJobs(stops)}.`);
}

/** Says what nomad-pack has stopped, once it has come to its end. */
export function sayWhatStopped({ failure }: RunOutcome, claim: Claim, { log }: Tools): void {
  if (failure !== undefined) return;
  if (claim.stops.length > 0) log.notice(`No longer in the pack, so they were stopped: ${nameJobs(claim.stops)}.`);
  if (claim.children.length > 0) {
    log.notice(`Launched by jobs of the deployment, and stopped along with them: ${nameJobs(claim.children)}.`);
  }
}

/** What a redeploy leaves alone though it runs, for Nomad would end it and not start it again. */
export function sayWhatStays({ settings }: Deployment, { existing }: Claim, { jobs }: PlanData, { log }: Tools): void {
  if (!settings.rollout.redeploy) return;
  const left = jobs.filter((job) => {
    const found = existing.get(jobKey(job));
    return job.action === 'none' && found?.Type === 'sysbatch' && !found.Stop && found.Periodic === null;
  });
  for (const { id, namespace } of left)
    log.warning(
      `Job "${id}" (${namespace}) stays as it is: Nomad does not run the same sysbatch job again where it has run. Let the job differ at each deploy, by a variable such as \`github.run_id\`, or remove it first (\`operation: destroy\`).`,
    );
}
