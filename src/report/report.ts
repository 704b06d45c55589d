import { appendFileSync } from 'node:fs';
import { OPERATIONS } from '../operations.ts';
import type { Result } from '../result.ts';
import { setOutput } from '../runner/commands.ts';
import type { Environment } from '../settings/inputs.ts';
import type { Settings } from '../settings/settings.ts';
import { worstDiagnosis } from './annotation.ts';
import { headline } from './headline.ts';
import type { ActionLog } from './log.ts';
import { deploymentId, deploymentSettings, outputsOf } from './outputs.ts';
import type { Secrets } from './redact.ts';
import { type End, redactEnd } from './redact-leaves.ts';
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
  /** For the comment on a pull request. */
  readonly githubToken: string | undefined;
}

/**
 * Tells the end of the step: outputs, annotation, job summary, pull request comment. Never throws: a part that fails is a warning,
 * because what happened in the cluster has happened.
 */
export async function report(end: End, context: ReportContext): Promise<void> {
  const { environment, log, secrets, operation } = context;
  // Names that the workflow holds in plain text, and that conditions and comments are found by: before anything is redacted.
  const given = deploymentSettings(end.settings);
  const { result, settings } = redactEnd(end, secrets);
  const asked = secrets.redact(operation);
  const took = context.elapsed();

  await attempt(log, 'The outputs', () => {
    const id = given && deploymentId(given);
    const outputs = outputsOf(result, settings, { id, now: new Date(), runUrl: runUrl(environment) });
    for (const [name, value] of Object.entries(outputs)) setOutput(environment, name, value);
  });
  await attempt(log, 'The end of the log', () => conclude(result, settings, asked, log));
  await attempt(log, 'The job summary', () => {
    const file = environment['GITHUB_STEP_SUMMARY'];
    if (file !== undefined && file !== '')
      appendFileSync(file, summaryOf(result, settings, { operation: asked, end: took }));
  });
  const deployment = deploymentSettings(settings);
  if (
    given !== undefined &&
    deployment !== undefined &&
    OPERATIONS[given.operation].keepsComment &&
    given.review.comment !== 'never' &&
    result.failure?.reason !== 'cancelled'
  ) {
    await attempt(log, 'The comment on the pull request', async () => {
      const { commentOnPullRequest } = await import('./comment/comment.ts');
      const { commentMarker } = await import('./comment/body.ts');
      await commentOnPullRequest(result, deployment, {
        environment,
        log,
        token: context.githubToken,
        mode: given.review.comment,
        marker: commentMarker(given),
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
