import type { CombinedEnd, DeploymentEnd } from '../combined.ts';
import type { ActionError } from '../errors.ts';
import { worstDiagnosis } from './annotation.ts';
import { headline } from './headline.ts';
import { code, cut, message, plain, table } from './markdown.ts';
import { deploymentId, outputsOf } from './outputs.ts';
import type { Secrets } from './redact.ts';
import { redactEnd, redactFailure, redactLeaves } from './redact-end.ts';
import type { ReportContext } from './report.ts';
import { failureSection, noticesSection, paragraphs } from './sections.ts';
import { fitted, SUMMARY_LIMIT } from './summary.ts';
import { count, statusMark } from './wording.ts';

/** What `results` holds at most; GitHub takes 1 MB for all outputs of a job. Characters. */
export const RESULTS_LIMIT = 512 * 1024;

/** What is left out of `results` where it would be longer, one after the other. */
const SPARED = ['plan', 'plan-json', 'jobs'] as const;

/** What there is to tell of a step over many deployments, redacted; each text is made when it is asked for. */
export interface CombinedReport {
  /** By name. */
  readonly outputs: () => Readonly<Record<string, string>>;
  /** The end of the log, a line for each deployment. */
  readonly lines: () => readonly string[];
  /** What went wrong, with the deployment that it went wrong with. */
  readonly errors: () => readonly DeploymentError[];
  /** The job summary as Markdown. */
  readonly summary: () => string;
}

export interface DeploymentError {
  /** Absent where it is of the step as a whole. */
  readonly key?: string;
  readonly failure: ActionError;
  /** More on it, such as the end of a task's log. */
  readonly details: string;
}

/** What happened, as text. Nothing is written here. */
export function combinedReportOf(given: CombinedEnd, context: ReportContext): CombinedReport {
  const end = redactCombined(given, context.secrets);
  return {
    outputs: () => combinedOutputs(end, given, context),
    lines: () => [...end.deployments.map(lineOf), lineOfAll(end)],
    errors: () => errorsOf(end),
    summary: () => combinedSummary(end),
  };
}

/** As `redactEnd`. The names of the deployments are the file's, which everybody can read. */
function redactCombined(end: CombinedEnd, secrets: Pick<Secrets, 'redact'>): CombinedEnd {
  const { deployments, failure, file, environment, phases, timeline, notices, ...words } = end;
  return {
    ...words,
    ...redactLeaves({ file, phases, timeline, notices }, secrets),
    ...(environment !== undefined && { environment }),
    ...(failure !== undefined && { failure: redactFailure(failure, secrets) }),
    deployments: deployments.map((one) => ({ ...one, ...redactEnd(one, secrets) })),
  };
}

/**
 * The outputs of `action.yml` that have something to say of many deployments.
 *
 * @param end redacted
 * @param given as it is, for what is never redacted
 */
function combinedOutputs(
  end: CombinedEnd,
  given: CombinedEnd,
  { now, runUrl }: Pick<ReportContext, 'now' | 'runUrl'>,
): Record<string, string> {
  const records = end.deployments.map(({ key, result, settings }, index) => {
    const asGiven = given.deployments[index]?.settings ?? settings;
    return [key, asJson(outputsOf(result, settings, { id: deploymentId(asGiven), now, runUrl }))] as const;
  });
  const jobs = records.flatMap(([, record]) => record['jobs']);
  const outputs: Record<string, string | undefined> = {
    status: end.status,
    health: end.health,
    changed: String(end.changed),
    jobs: JSON.stringify(jobs),
    'failure-reason': end.failure?.reason ?? '',
    'nomad-pack-version': end.nomadPackVersion,
    'plan-digest': end.planDigest,
    results: resultsOf(records),
  };
  return Object.fromEntries(
    Object.entries(outputs).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

type Outputs = Readonly<Record<string, unknown>>;

/** What is JSON in an output of a single step is a value here, and so is what is `true` or `false`. */
function asJson(outputs: Readonly<Record<string, string>>): Outputs {
  const json = ['deployment', 'changed', 'jobs', 'plan-json'];
  return Object.fromEntries(
    Object.entries(outputs).map(([name, text]) => [name, json.includes(name) ? (JSON.parse(text) as unknown) : text]),
  );
}

function resultsOf(records: readonly (readonly [string, Outputs])[]): string {
  for (let spared = 0; ; spared++) {
    const leftOut: readonly string[] = SPARED.slice(0, spared);
    const shortened = records.map(([key, record]) => [
      key,
      {
        ...Object.fromEntries(Object.entries(record).filter(([name]) => !leftOut.includes(name))),
        ...(leftOut.length > 0 && { 'left-out': leftOut }),
      },
    ]);
    const text = JSON.stringify(Object.fromEntries(shortened));
    if (text.length <= RESULTS_LIMIT || spared === SPARED.length) return text;
  }
}

function lineOf({ key, result, settings }: DeploymentEnd): string {
  const { icon, text } = headlineOf({ result, settings });
  return `${key}: ${icon} ${text}`;
}

/** One that was not begun has not failed. */
function headlineOf({ result, settings }: Pick<DeploymentEnd, 'result' | 'settings'>): ReturnType<typeof headline> {
  const { failure } = result;
  return failure?.reason === 'skipped' ? { icon: '⏭️', text: failure.message } : headline(result, settings);
}

/** What was skipped is told as such, and is not one more thing that went wrong. */
function errorsOf({ deployments, failure }: CombinedEnd): DeploymentError[] {
  const own = deployments.flatMap(({ key, result }): DeploymentError[] => {
    if (result.failure === undefined || result.failure.reason === 'skipped') return [];
    return [{ key, failure: result.failure, details: worstDiagnosis(result) }];
  });
  return own.length > 0 || failure === undefined ? own : [{ failure, details: '' }];
}

function lineOfAll(end: CombinedEnd): string {
  return `${iconOfAll(end)} ${titleOf(end)}`;
}

function iconOfAll({ failure }: CombinedEnd): string {
  if (failure === undefined) return '✅';
  return failure.reason === 'cancelled' ? '🚫' : '❌';
}

/** `deploy of 12 deployments in production: 10 went well, 1 failed, 1 was skipped` */
function titleOf({ operation, environment, deployments }: CombinedEnd): string {
  const reasons = deployments.map(({ result }) => result.failure?.reason);
  const skipped = reasons.filter((reason) => reason === 'skipped').length;
  const cancelled = reasons.filter((reason) => reason === 'cancelled').length;
  const good = reasons.filter((reason) => reason === undefined).length;
  const parts = [
    `${good} went well`,
    ...some(reasons.length - good - skipped - cancelled, 'failed'),
    ...some(cancelled, 'cancelled'),
    ...some(skipped, 'skipped'),
  ];
  const where = environment === undefined ? '' : ` in \`${environment}\``;
  return `\`${operation}\` of ${count(deployments.length, 'deployment')}${where}: ${parts.join(', ')}`;
}

function some(number: number, what: string): string[] {
  return number === 0 ? [] : [`${number} ${what}`];
}

/** The worst first. */
function combinedSummary(end: CombinedEnd): string {
  const rows = [...end.deployments]
    .sort(byTrouble)
    .map(({ key, result, settings }) => [
      code(key),
      statusMark(result),
      result.health,
      result.changed ? 'yes' : 'no',
      plain(cut(headlineOf({ result, settings }).text.replaceAll('`', ''), 300)),
    ]);
  const failed = end.deployments.filter(
    ({ result }) => result.failure !== undefined && result.failure.reason !== 'skipped',
  );
  return fitted(
    [
      `### ${iconOfAll(end)} ${message(titleOf(end))}`,
      table(['Deployment', 'Status', 'Health', 'Changed', 'What happened'], rows),
      end.planDigest === undefined ? '' : `Digest over all plans, for \`plan_digest\`: ${code(end.planDigest)}`,
      failed.length > 0 ? '' : failureSection(end),
      ...failed.map(({ key, result }) => paragraphs([`#### ${code(key)}`, failureSection(result)])),
      noticesSection(end),
    ],
    SUMMARY_LIMIT,
    '*Something is left out here, for its length.*',
  );
}

/** Failed, then skipped, then the rest as in the file. */
function byTrouble(one: DeploymentEnd, other: DeploymentEnd): number {
  return troubleOf(one) - troubleOf(other);
}

function troubleOf({ result: { failure } }: DeploymentEnd): number {
  if (failure === undefined) return 2;
  return failure.reason === 'skipped' ? 1 : 0;
}
