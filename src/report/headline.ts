import { OPERATIONS } from '../operations.ts';
import type { Headline, Result } from '../result.ts';
import type { Settings } from '../settings/settings.ts';
import { deploymentSettings } from './outputs.ts';

/** The one line that says how the step ended. */
export function headline(result: Result, settings: Settings | undefined): Headline {
  const { failure, operation } = result;
  const deployment = deploymentSettings(settings);
  const what = deployment === undefined ? `\`${operation}\`` : `\`${operation}\` of \`${deployment.deploymentName}\``;
  if (failure?.reason === 'cancelled') return { icon: '🚫', text: `${what} was cancelled` };
  if (failure !== undefined) {
    const icon = result.status === 'reverted' ? '↩️' : '❌';
    const end = result.status === 'reverted' ? 'failed and was reverted' : 'failed';
    return { icon, text: `${what} ${end}: ${shortCause(failure.message)}` };
  }
  const { deploymentName = '', pack = undefined } = deployment ?? {};
  return OPERATIONS[operation].says(result, {
    deployment: deploymentName,
    pack: pack?.name ?? '',
  });
}

/** What ended the step, in a line that is not too long for a heading. */
export function shortCause(words: string): string {
  const [first = ''] = words.split('\n');
  return first.length > 300 ? `${first.slice(0, 300).toWellFormed()}…` : first;
}
