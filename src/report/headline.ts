import type { PlanData, Result } from '../result.ts';
import type { DeploymentSettings, Settings } from '../settings/settings.ts';
import { deploymentSettings } from './outputs.ts';
import { count } from './wording.ts';

/** The one line that says it all: a picture, and text in which words between backticks are code. */
export interface Headline {
  readonly icon: string;
  readonly text: string;
}

/**
 * @param asked the operation as it was asked for, which may be none that there is
 */
export function headline(result: Result, settings: Settings | undefined, asked: string): Headline {
  const { failure } = result;
  const deployment = deploymentSettings(settings);
  const what = deployment === undefined ? `\`${asked}\`` : `\`${asked}\` of \`${deployment.deploymentName}\``;
  if (failure?.reason === 'cancelled') return { icon: '🚫', text: `${what} was cancelled` };
  if (failure !== undefined) {
    const icon = result.status === 'reverted' ? '↩️' : '❌';
    const end = result.status === 'reverted' ? 'failed and was reverted' : 'failed';
    return { icon, text: `${what} ${end}: ${shortCause(failure.message)}` };
  }
  if (deployment === undefined) return { icon: '✅', text: `nomad-pack ${result.nomadPackVersion ?? ''} is installed` };
  return success(result, deployment);
}

/** What ended the step, in a line that is not too long for a heading. */
export function shortCause(words: string): string {
  const [first = ''] = words.split('\n');
  return first.length > 300 ? `${first.slice(0, 300).toWellFormed()}…` : first;
}

function success(result: Result, settings: DeploymentSettings): Headline {
  const name = `\`${settings.deploymentName}\``;
  const state = `${result.status}${result.health === 'unknown' ? '' : ` and ${result.health}`}`;
  const jobs = count(result.jobs.length, 'job');
  switch (settings.operation) {
    case 'deploy':
      if (!result.changed)
        return { icon: '✅', text: `${name} was deployed already: nothing changed, ${jobs} ${state}` };
      if (result.status === 'pending')
        return { icon: '⏳', text: `${name} is registered, and nobody waited for its rollout (${jobs})` };
      return { icon: '✅', text: `${name} is deployed: ${jobs} ${state}` };
    case 'promote':
      return {
        icon: '✅',
        text: result.changed ? `${name} is promoted: ${jobs} ${state}` : `${name} has nothing to promote`,
      };
    case 'status':
      return { icon: statusIcon(result), text: `${name} is ${state}${result.jobs.length > 0 ? ` (${jobs})` : ''}` };
    case 'plan':
      return planned(result, name);
    case 'render':
      return { icon: '✅', text: `Pack \`${settings.pack.name}\` is rendered` };
    case 'stop':
      return { icon: '✅', text: result.changed ? `${name} is stopped` : `${name} had nothing to stop` };
    case 'destroy':
      return {
        icon: '✅',
        text: result.changed ? `${name} is destroyed` : `${name} is absent: there was nothing to destroy`,
      };
  }
}

function statusIcon({ status, health }: Result): string {
  if (health === 'unhealthy' || status === 'failed') return '❌';
  return health === 'healthy' || status === 'complete' ? '✅' : 'ℹ️';
}

function planned({ planData }: Result, name: string): Headline {
  if (planData !== undefined && planData.refusals.length > 0) {
    return { icon: '⛔', text: `A deploy of ${name} would be refused` };
  }
  if (planData === undefined || !planData.changed)
    return { icon: '✅', text: `A deploy of ${name} would change nothing` };
  return { icon: '📝', text: `A deploy of ${name} would ${sumUp(planData)}` };
}

/** `create 1 job, replace 2 jobs, write 1 Nomad variable` */
function sumUp({ jobs, variables = [] }: PlanData): string {
  const actions = ['create', 'update', 'replace', 'stop'] as const;
  const written = variables.filter(({ action }) => action !== 'none').length;
  const sums = actions
    .map((action) => ({ action, number: jobs.filter((job) => job.action === action).length }))
    .filter(({ number }) => number > 0)
    .map(({ action, number }) => `${action} ${count(number, 'job')}`);
  return [...sums, ...(written > 0 ? [`write ${count(written, 'Nomad variable')}`] : [])].join(', ');
}
