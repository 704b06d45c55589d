import type { NomadClient } from '../nomad/client.ts';
import { type RolloutOutcome, watchRollout } from '../nomad/rollout/watch.ts';
import type { SubmittedJob } from '../nomad/submission.ts';
import type { DeploymentSettings } from '../settings/settings.ts';
import type { Tools } from './tools.ts';

/** Watches the jobs as long as the settings say, with its progress in the log, and each state of the jobs in the record. */
export async function watch(
  client: NomadClient,
  jobs: readonly SubmittedJob[],
  { rollout }: DeploymentSettings,
  { log, record, secrets, signal }: Tools,
  phase = 'Watch the rollout',
): Promise<RolloutOutcome> {
  const options = {
    waitFor: rollout.waitFor,
    timeout: rollout.timeout,
    signal,
    redact: (text: string) => secrets.redact(text),
    onProgress: (line: string, job?: string) => log.progress(line, job),
    onState: (jobs: RolloutOutcome['jobs']) => record.know({ jobs }),
  };
  return await log.phase(phase, async () => await watchRollout(client, jobs, options));
}
