import type { CombinedEnd } from './combined.ts';
import { ActionError, asActionError } from './errors.ts';
import { combinedReportOf } from './report/combined.ts';
import type { End } from './report/redact-end.ts';
import { type Comment, type ReportContext, reportOf } from './report/report.ts';
import { appendSummary, setOutputs } from './runner/commands.ts';
import { isPublicRepository, pageUrl, runUrl } from './runner/event.ts';
import type { ReviewSettings } from './settings/settings.ts';
import type { Step } from './step.ts';

type TellingStep = Pick<Step, 'environment' | 'log' | 'secrets' | 'signal' | 'elapsed'> & {
  /** For the comment on a pull request. */
  readonly githubToken: string | undefined;
};

/**
 * Tells the end of the step: outputs, annotation, job summary, pull request comment. Never throws: a part that fails is a warning,
 * because what happened in the cluster has happened. Only without the outputs no step is green, for later steps go by them.
 *
 * @returns what kept the outputs from being written
 */
export async function tell(end: End, step: TellingStep): Promise<ActionError | undefined> {
  const { environment, log } = step;
  const context = contextOf(step);
  const { outputs, ending, summary, comment } = reportOf(end, context);

  const untold = tellOutputs(outputs, environment);
  await attempt(log, 'The end of the log', () => {
    const { lines, error } = ending();
    for (const line of lines) log.info(line);
    if (error !== undefined) log.error(error.failure, error.details);
  });
  if (untold !== undefined) log.error(untold);
  await attempt(log, 'The job summary', () => appendSummary(environment, summary()));
  await keepComment(comment, step);
  return untold;
}

/**
 * Tells the end of a step over many deployments, as `tell` does that of a step over one; each error names its deployment.
 */
export async function tellCombined(
  end: CombinedEnd,
  review: ReviewSettings,
  step: TellingStep & Pick<Step, 'part'>,
): Promise<ActionError | undefined> {
  const { environment, log, part } = step;
  const context = contextOf(step);
  const { outputs, lines, errors, summary, comment } = combinedReportOf(end, review, context);

  const untold = tellOutputs(outputs, environment);
  await attempt(log, 'The end of the log', () => {
    for (const { key, failure, details } of errors()) (key === undefined ? log : part(key).log).error(failure, details);
    for (const line of lines()) log.info(line);
  });
  if (untold !== undefined) log.error(untold);
  await attempt(log, 'The job summary', () => appendSummary(environment, summary()));
  await keepComment(comment, step);
  return untold;
}

function tellOutputs(
  outputs: () => Readonly<Record<string, string>>,
  environment: Step['environment'],
): ActionError | undefined {
  try {
    setOutputs(environment, outputs());
    return undefined;
  } catch (error) {
    const { reason, message, hint } = asActionError(error);
    return new ActionError(
      reason,
      `The outputs could not be written, and nothing later knows how it went. ${message}`,
      {
        hint: `${hint} What was done in the cluster stands.`,
        cause: error,
      },
    );
  }
}

function contextOf({ environment, secrets, elapsed }: TellingStep): ReportContext {
  return {
    secrets,
    took: elapsed(),
    now: new Date(),
    runUrl: runUrl(environment),
    isPublic: isPublicRepository(environment),
    reasonsUrl: pageUrl(environment, 'docs/failure-reasons.md'),
  };
}

async function keepComment(comment: Comment | undefined, step: TellingStep): Promise<void> {
  if (comment === undefined) return;
  const { environment, log, signal, githubToken: token } = step;
  await attempt(log, 'The comment on the pull request', async () => {
    const { commentOnPullRequest } = await import('./runner/comment/comment.ts');
    const { always, pullRequest } = comment;
    await commentOnPullRequest(comment, { environment, log, always, pullRequest, token, signal });
  });
}

async function attempt(log: Step['log'], what: string, write: () => void | Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    log.warning(`${what} could not be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}
