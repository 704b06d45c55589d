import type { ActionError } from '../errors.ts';
import { OPERATIONS } from '../operations.ts';
import type { JobChange, Result } from '../result.ts';
import { worstDiagnosis } from './annotation.ts';
import { commentBody, commentMarker, hasNews } from './comment.ts';
import { headline } from './headline.ts';
import { deploymentId, deploymentSettings, outputsOf } from './outputs.ts';
import { type End, redactEnd, type Telling } from './redact-end.ts';
import { summaryOf } from './summary.ts';
import { withoutAddress } from './without-address.ts';
import { ACTION_SIGNS, count, updateCounts } from './wording.ts';

export interface ReportContext extends Telling {
  /** How long the step took. Milliseconds. */
  readonly took: number;
  readonly now: Date;
  /** Link to the run that the step is part of, where there is one. */
  readonly runUrl: string | undefined;
  /** Whether everybody may read the comments. */
  readonly isPublic?: boolean;
}

/** What there is to tell of a step, redacted and cut; each text is made when it is asked for. */
export interface Report {
  /** By name. */
  readonly outputs: () => Readonly<Record<string, string>>;
  readonly ending: () => Ending;
  /** The job summary as Markdown. */
  readonly summary: () => string;
  /** Absent where the operation keeps no comment, or none is wanted. */
  readonly comment?: Comment;
}

/** The end of the log: how each job is, and what there is to say of the whole. */
export interface Ending {
  readonly lines: readonly string[];
  /** The annotation of what ended the step, where something did. */
  readonly error?: { readonly failure: ActionError; readonly details: string };
}

export interface Comment {
  readonly marker: string;
  readonly hasNews: boolean;
  /** Whether it is wanted where there is no news, too. */
  readonly always: boolean;
  /** The number of the pull request, where the workflow does not run for it. */
  readonly pullRequest: number | undefined;
  readonly body: (commit: string) => string;
}

/** What happened, as text. Nothing is written here. */
export function reportOf(end: End, context: ReportContext): Report {
  const { took, now, runUrl } = context;
  const { result, settings } = redactEnd(end, context);
  const deployment = deploymentSettings(end.settings);
  const comment = commentOf(end, { result, settings }, context);
  return {
    outputs: () => outputsOf(result, settings, { id: deployment && deploymentId(deployment), now, runUrl }),
    ending: () => endingOf({ result, settings }),
    summary: () => summaryOf(result, settings, took),
    ...(comment !== undefined && { comment }),
  };
}

/** The marker is made of the settings as they are, so that what happens to be secret in one run does not lose the comment. */
function commentOf(given: End, told: End, { runUrl, isPublic = false }: ReportContext): Comment | undefined {
  const settings = deploymentSettings(given.settings);
  const deployment = deploymentSettings(told.settings);
  if (settings === undefined || deployment === undefined) return undefined;
  const wanted = OPERATIONS[settings.operation].keepsComment && settings.review.comment !== 'never';
  if (!wanted || told.result.failure?.reason === 'cancelled') return undefined;
  const marker = commentMarker(settings);
  return {
    marker,
    hasNews: hasNews(told.result),
    always: settings.review.comment === 'always',
    pullRequest: settings.review.pullRequest,
    body: (commit) => {
      const hides = isPublic && settings.review.commentAddress !== true;
      const shown = hides ? withoutAddress({ ...told, settings: deployment }) : { ...told, settings: deployment };
      return commentBody(shown.result, shown.settings, { marker, commit, runUrl });
    },
  };
}

/** The log tells no more one by one. */
const MOST_JOBS = 50;

function endingOf({ result, settings }: End): Ending {
  const lines = [
    ...(result.operation === 'plan' ? listed(changingJobs(result), describeChange, 'plan-json') : []),
    ...listed(result.jobs, describeJob, 'jobs'),
  ];
  const { failure } = result;
  if (failure !== undefined) return { lines, error: { failure, details: worstDiagnosis(result) } };
  const { icon, text } = headline(result, settings);
  return { lines: [...lines, `${icon} ${text}`] };
}

/** A line each; those that are too many are told by their number. */
function listed<Member>(members: readonly Member[], describe: (member: Member) => string, output: string): string[] {
  const more = members.length - MOST_JOBS;
  const note = more > 0 ? [`  ${count(more, 'more job')}; the output \`${output}\` has all.`] : [];
  return [...members.slice(0, MOST_JOBS).map(describe), ...note];
}

function changingJobs({ planData }: Result): readonly JobChange[] {
  return (planData?.jobs ?? []).filter(({ action }) => action !== 'none');
}

/** `  ✏️ web (default): update; app 3 in place` */
function describeChange({ id, namespace, action, groups, placementFailures }: JobChange): string {
  const counts = groups.map((group) => `${group.name} ${updateCounts(group)}`).join('; ');
  const misfit = placementFailures.length === 0 ? '' : `; cannot be placed: ${placementFailures.join('; ')}`;
  return `  ${ACTION_SIGNS[action]} ${id} (${namespace}): ${action}${counts === '' ? '' : `; ${counts}`}${misfit}`;
}

function describeJob({ id, namespace, status, health, groups }: Result['jobs'][number]): string {
  const counts = groups.map(({ name, healthy, desired }) => `${name} ${healthy}/${desired}`).join(', ');
  return `  ${id} (${namespace}): ${status}, health ${health}${counts === '' ? '' : `, ${counts}`}`;
}
