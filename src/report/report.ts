import { appendFileSync } from 'node:fs';
import type { Result } from '../result.ts';
import { setOutput } from '../runner/commands.ts';
import type { Environment } from '../settings/inputs.ts';
import type { Settings } from '../settings/settings.ts';
import { worstDiagnosis } from './annotation.ts';
import { headline } from './headline.ts';
import type { ActionLog } from './log.ts';
import { deploymentId, deploymentSettings, outputsOf } from './outputs.ts';
import type { Secrets } from './redact.ts';
import { redactResult, redactSettings } from './redact-leaves.ts';
import { summaryOf } from './summary.ts';
import { count } from './wording.ts';

export interface ReportContext {
  readonly environment: Environment;
  readonly log: ActionLog;
  readonly secrets: Secrets;
  /** The operation as it was asked for, which may be none that there is. */
  readonly operation: string;
  /** Milliseconds since the step began. */
  readonly elapsed: () => number;
  /** Of the step: a cancel ends what the report has under way. */
  readonly signal: AbortSignal;
}

/**
 * Tells the end of the step: outputs, annotation, job summary, pull request comment. Never throws: a part that fails is a warning,
 * because what happened in the cluster has happened.
 *
 * @param settings absent where the inputs were wrong
 */
export async function report(result: Result, settings: Settings | undefined, context: ReportContext): Promise<void> {
  const { environment, log, secrets, operation } = context;
  const safe = redactResult(result, secrets);
  const safeSettings = settings && redactSettings(settings, secrets);
  const asked = secrets.redact(operation);
  const end = context.elapsed();
  const deployment = deploymentSettings(settings);

  await attempt(log, 'The outputs', () => {
    const id = deployment && deploymentId(deployment);
    const outputs = outputsOf(safe, safeSettings, { id, now: new Date(), runUrl: runUrl(environment) });
    for (const [name, value] of Object.entries(outputs)) setOutput(environment, name, value);
  });
  await attempt(log, 'The end of the log', () => conclude(safe, safeSettings, asked, log));
  await attempt(log, 'The job summary', () => {
    const file = environment['GITHUB_STEP_SUMMARY'];
    if (file !== undefined && file !== '')
      appendFileSync(file, summaryOf(safe, safeSettings, { operation: asked, end }));
  });
  if (
    deployment?.operation === 'plan' &&
    deployment.review.comment !== 'never' &&
    result.failure?.reason !== 'cancelled'
  ) {
    await attempt(log, 'The comment on the pull request', async () => {
      const { commentOnPullRequest } = await import('./comment/comment.ts');
      const safeDeployment = redactSettings(deployment, secrets);
      await commentOnPullRequest(safe, safeDeployment, {
        environment,
        log,
        settings: deployment,
        runUrl: runUrl(environment),
        signal: context.signal,
      });
    });
  }
}

/** The log tells no more one by one. */
const MOST_JOBS = 50;

/** The last lines of the log: how each job fares, and what there is to say of the whole. */
function conclude(result: Result, settings: Settings | undefined, asked: string, log: ActionLog): void {
  for (const { id, namespace, status, health, groups } of result.jobs.slice(0, MOST_JOBS)) {
    const counts = groups.map(({ name, healthy, desired }) => `${name} ${healthy}/${desired}`).join(', ');
    log.info(`  ${id} (${namespace}): ${status}, health ${health}${counts === '' ? '' : `, ${counts}`}`);
  }
  const more = result.jobs.length - MOST_JOBS;
  if (more > 0) log.info(`  ${count(more, 'more job')}; the output \`jobs\` has all.`);
  const { icon, text } = headline(result, settings, asked);
  if (result.failure === undefined) log.info(`${icon} ${text}`);
  else log.error(result.failure, worstDiagnosis(result));
}

/** Link to the run that this step is part of. */
export function runUrl(environment: Environment): string | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = environment;
  if (server === undefined || repository === undefined || run === undefined) return undefined;
  return `${server}/${repository}/actions/runs/${run}`;
}

async function attempt(log: ActionLog, what: string, write: () => void | Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    log.warning(`${what} could not be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}
