import type { CombinedEnd } from '../combined.ts';
import type { ActionError } from '../errors.ts';
import type { ReviewSettings } from '../settings/settings.ts';
import { worstDiagnosis } from './annotation.ts';
import { combinedComment } from './combined-comment.ts';
import {
  deploymentParts,
  deploymentsTable,
  digestLine,
  headlineOfAll,
  logTable,
  needsGraph,
  needsLegend,
  worstFirst,
} from './combined-sections.ts';
import { details, fence, message } from './markdown.ts';
import { deploymentId, outputsOf } from './outputs.ts';
import { redactEnd, redactFailure, redactLeaves, type Telling } from './redact-end.ts';
import type { Comment, ReportContext } from './report.ts';
import { failureSection, noticesSection, paragraphs } from './sections.ts';

/** What `results` holds at most; GitHub takes 1 MB for all outputs of a job. Characters. */
const RESULTS_LIMIT = 512 * 1024;

/** What is left out of `results` where it would be longer, one after the other. */
const SPARED = ['plan', 'plan-json', 'jobs'] as const;

/** What there is to tell of a step over many deployments, redacted; each text is made when it is asked for. */
export interface CombinedReport {
  /** By name. */
  readonly outputs: () => Readonly<Record<string, string>>;
  /** The end of the log: a table of the deployments. */
  readonly lines: () => readonly string[];
  /** What went wrong, with the deployment that it went wrong with. */
  readonly errors: () => readonly DeploymentError[];
  /** The job summary as Markdown. */
  readonly summary: () => string;
  /** Absent where the operation keeps no comment, or none is wanted. */
  readonly comment?: Comment;
}

export interface DeploymentError {
  /** Absent where it is of the step as a whole. */
  readonly key?: string;
  readonly failure: ActionError;
  /** More on it, such as the end of a task's log. */
  readonly details: string;
}

/** What happened, as text. Nothing is written here. */
export function combinedReportOf(given: CombinedEnd, review: ReviewSettings, context: ReportContext): CombinedReport {
  const end = redactCombined(given, context);
  const comment = combinedComment(end, given, review, context);
  return {
    outputs: () => combinedOutputs(end, given, context),
    lines: () => endingLines(end),
    errors: () => errorsOf(end),
    summary: () => combinedSummary(end),
    ...(comment !== undefined && { comment }),
  };
}

/** As `redactEnd`. The names of the deployments are the file's, which everybody can read. */
function redactCombined(end: CombinedEnd, telling: Telling): CombinedEnd {
  const { deployments, failure, file, environment, phases, timeline, notices, ...words } = end;
  return {
    ...words,
    ...redactLeaves({ file, phases, timeline, notices }, telling.secrets),
    ...(environment !== undefined && { environment }),
    ...(failure !== undefined && { failure: redactFailure(failure, telling) }),
    deployments: deployments.map((one) => ({ ...one, ...redactEnd(one, telling) })),
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

/** What was skipped is told as such, and is not one more thing that went wrong; a cancel is told once, for it is one for all. */
function errorsOf({ deployments, failure }: CombinedEnd): DeploymentError[] {
  const own = deployments.flatMap(({ key, result }): DeploymentError[] => {
    if (result.failure === undefined || ['skipped', 'cancelled'].includes(result.failure.reason)) return [];
    return [{ key, failure: result.failure, details: worstDiagnosis(result) }];
  });
  const cancelled = deployments.find(({ result }) => result.failure?.reason === 'cancelled')?.result.failure;
  const ofAll = cancelled ?? (own.length === 0 ? failure : undefined);
  return ofAll === undefined ? own : [...own, { failure: ofAll, details: '' }];
}

/** The end of the log: a table, and one line that says it all. */
function endingLines(end: CombinedEnd): string[] {
  const { icon, text } = headlineOfAll(end);
  return [...logTable(end), `${icon} ${text}`];
}

/** Half of what GitHub takes from a step, so that others have room. UTF-8 bytes. */
export const COMBINED_SUMMARY_LIMIT = 512 * 1024;

/** The table takes no more. UTF-8 bytes. */
const TABLE_LIMIT = 128 * 1024;

/**
 * The job summary: one line that says it all, the deployments, the worst first, what needs what as a picture, and a part to unfold for each.
 *
 * @param end redacted
 */
export function combinedSummary(end: CombinedEnd): string {
  const { icon, text } = headlineOfAll(end);
  const sorted = worstFirst(end.deployments);
  const graph = needsGraph(end);
  const isOfOne = sorted.some(({ result }) => result.failure !== undefined);
  const top = [
    `### ${icon} ${message(text)}`,
    isOfOne ? '' : failureSection(end),
    deploymentsTable(end, sorted, TABLE_LIMIT),
    digestLine(end),
    graph === ''
      ? ''
      : details('What needs what', paragraphs([fence(graph, 'mermaid'), `<sub>${needsLegend(end)}</sub>`]), true),
    noticesSection(end),
  ];
  const room = COMBINED_SUMMARY_LIMIT - Buffer.byteLength(paragraphs(top)) - 2;
  return `${paragraphs([...top, ...deploymentParts(sorted, room)])}\n`;
}
