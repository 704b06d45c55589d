import type { WatchOptions } from '../nomad/rollout/watch.ts';
import type { DeploymentSettings } from '../settings/settings.ts';
import type { Tools } from './tools.ts';

/** How a rollout is watched: as long as the settings say, with its progress in the log, and each state of the jobs in the findings. */
export function watchOptions({ rollout }: DeploymentSettings, { log, findings, secrets, signal }: Tools): WatchOptions {
  return {
    waitFor: rollout.waitFor,
    timeout: rollout.timeout,
    signal,
    redact: (text) => secrets.redact(text),
    onProgress: (line, job) => log.progress(line, job),
    onState: (states) => {
      findings.jobs = states;
    },
  };
}
