import type { History, JobChange, JobState, PlanData, Result, VariableChange } from '../result.ts';
import type { DeploymentSettings } from '../settings/settings.ts';
import { illJobs } from './annotation.ts';
import { differenceLines } from './difference.ts';
import { formatDuration } from './duration.ts';
import { ganttChart } from './gantt.ts';
import { shortCause } from './headline.ts';
import { code, cut, details, fence, link, message, plain, table } from './markdown.ts';
import { ACTION_SIGNS, count, statusMark, updateCounts } from './wording.ts';

/** Rows that a reader still reads; a table says how many it left out. */
const MOST_ROWS = 100;

/** What is shown of a log, of a diff, of a text of nomad-pack's. Characters. */
const LOG_LIMIT = 6_000;
const DIFF_LIMIT = 12_000;
const PLAN_LIMIT = 24_000;

/** A diff of so many lines is read without unfolding it. */
const UNFOLDED_LINES = 30;

/** What the headline has no room for of what ended the step, and what to do about it. */
export function failureSection({ failure }: Pick<Result, 'failure'>): string {
  if (failure === undefined) return '';
  const { message: words, hint, location, reason, link: url = '' } = failure;
  const [first = '', ...rest] = words.split('\n');
  const where =
    location === undefined
      ? ''
      : `In ${code(`${location.file}${location.line === undefined ? '' : `:${location.line}`}`)}.`;
  return paragraphs([
    first === shortCause(words) ? '' : message(cut(first, 2_000)),
    restOfMessage(rest),
    where,
    hint === '' ? '' : `**What to do:** ${message(cut(hint, 2_000))}`,
    `<sub>\`failure-reason\`: ${link(code(reason), url)}</sub>`,
  ]);
}

/** Sentences are the action's own and become a list; anything else is what another program printed, and stays as it is. */
function restOfMessage(lines: readonly string[]): string {
  if (lines.length === 0) return '';
  const sentences = lines.length <= 30 && lines.every((line) => /^\S.*\.$|^Job "/.test(line));
  return sentences
    ? lines.map((line) => `- ${message(cut(line, 1_000))}`).join('\n')
    : fence(cut(lines.join('\n'), LOG_LIMIT));
}

/** The jobs, one a row. */
export function jobsSection({ jobs, failure }: Result): string {
  if (jobs.length === 0) return '';
  const hasOrigins = jobs.some(({ origin }) => origin !== undefined);
  const rows = jobs
    .slice(0, MOST_ROWS)
    .map((job) => [
      link(code(job.id), job.url),
      code(job.namespace),
      plain(cut(job.type, 50)),
      statusMark(job, failure !== undefined),
      job.health,
      String(job.version),
      groupCounts(job),
      ...(hasOrigins ? [originOf(job)] : []),
    ]);
  const header = ['Job', 'Namespace', 'Type', 'Status', 'Health', 'Version', 'Healthy / desired'];
  if (hasOrigins) header.push('Deployed');
  return paragraphs([table(header, rows), leftOut(jobs.length, 'job')]);
}

/** The commit, linked to the run that deployed it, when, and by whom. */
function originOf({ origin }: JobState): string {
  if (origin === undefined) return '–';
  const { commit, run, actor, deployed } = origin;
  const from = link(code(commit?.slice(0, 12) ?? 'run'), run ?? '');
  return `${from}<br>${plain(deployed.slice(0, 16).replace('T', ' '))}${actor === undefined ? '' : ` by ${plain(actor)}`}`;
}

function groupCounts({ groups }: JobState): string {
  if (groups.length === 0) return '–';
  const named = groups.length > 1;
  return groups
    .slice(0, 20)
    .map(({ name, healthy, desired, unhealthy }) => {
      const bad = unhealthy === 0 ? '' : `, ${unhealthy} unhealthy`;
      return `${named ? `${code(name)} ` : ''}${healthy} / ${desired}${bad}`;
    })
    .join('<br>');
}

/** Why jobs fare badly: the cause, the task's last events, and the end of its log; the worst job unfolded. */
export function diagnosisSection(result: Result): string {
  const ill = illJobs(result);
  const shown = ill.slice(0, 5).map(({ id, diagnosis }, index) => {
    const { cause, events, log, task } = diagnosis;
    const body = paragraphs([
      events.length === 0 ? '' : `Last events${task === undefined ? '' : ` of ${code(task)}`}:`,
      events
        .slice(-10)
        .map((event) => `- ${plain(cut(event, 500))}`)
        .join('\n'),
      log === '' ? '' : 'End of its log:',
      log === '' ? '' : fence(endOf(log, LOG_LIMIT), 'text'),
    ]);
    const title = `${code(id)}: ${plain(cut(cause, 500))}`;
    // What could not be placed has neither events nor a log.
    return body === '' ? title : details(title, body, index === 0);
  });
  const more = ill.length - shown.length;
  return paragraphs([...shown, more > 0 ? `${count(more, 'more job')} with trouble; the log has the rest.` : '']);
}

/**
 * What a deploy would change, the most telling first: a table of the jobs, and the differences of each.
 *
 * @param options.withDigest false where the plan is one of several that have a digest together
 */
export function changesSections(
  result: Result,
  { withDigest = true }: { readonly withDigest?: boolean } = {},
): string[] {
  const { planData } = result;
  if (planData === undefined) return [];
  const isForReview = isReviewed(result);
  const { jobs, versionChanges, refusals, advice = [], digest } = planData;
  const changing = jobs.filter(({ action }) => action !== 'none');
  const overview = paragraphs([
    refusals
      .slice(0, 20)
      .map((refusal) => `- ${message(cut(refusal, 1_000))}`)
      .join('\n'),
    advice.length === 0 ? '' : `**What to do:** ${message(cut(advice.join(' '), 2_000))}`,
    versionChanges.length === 0
      ? ''
      : `From what to what: ${versionChanges
          .slice(0, 20)
          .map((change) => plain(cut(change, 300)))
          .join(', ')}.`,
    changesTable(changing),
    leftOut(changing.length, 'job'),
    variablesList(planData.variables ?? []),
  ]);
  const diffs = changing.filter(({ action }) => isForReview || action !== 'create').map(jobDiff);
  // Nothing to approve is approved by no digest.
  const approval =
    withDigest && isForReview && planData.changed && refusals.length === 0
      ? `<sub>Digest of the plan, for \`plan_digest\`: ${code(digest)}</sub>`
      : '';
  return [overview, ...diffs, approval];
}

/** nomad-pack's own words on what would change: the same once more, in its way. */
export function planWordsSection({ plan, planData }: Result): string {
  if (plan === undefined || planData === undefined || !planData.changed) return '';
  return details('What nomad-pack says', fence(cut(plan.trim(), PLAN_LIMIT), 'text'));
}

/** A reviewer wants all of it; after a deploy the differences of a job that is new are only what the template says. */
function isReviewed({ operation, failure }: Result): boolean {
  return operation === 'plan' || failure?.reason === 'plan-changed';
}

function changesTable(jobs: PlanData['jobs']): string {
  if (jobs.length === 0) return '';
  const rows = jobs
    .slice(0, MOST_ROWS)
    .map((job) => [
      `${ACTION_SIGNS[job.action]}&nbsp;${job.action}`,
      code(job.id),
      code(job.namespace),
      groupActions(job),
      placement(job),
    ]);
  return table(['Action', 'Job', 'Namespace', 'Task groups', 'Placement'], rows);
}

/** Which Nomad variables would be written. The values of their items may be secret. */
function variablesList(variables: readonly VariableChange[]): string {
  const lines = variables
    .filter(({ action }) => action !== 'none')
    .slice(0, MOST_ROWS)
    .map(({ path, namespace, action, items }) => {
      const what = action === 'unknown' ? 'write (what is there cannot be seen)' : action;
      const names = items.slice(0, 20).map((item) => code(item));
      return `- Nomad variable ${code(path)} (${code(namespace)}): ${what}${names.length === 0 ? '' : `, items ${names.join(', ')}; values are not shown`}`;
    });
  return lines.join('\n');
}

function placement({ action, placementFailures }: JobChange): string {
  // Nomad does not foresee what a redeploy does.
  if (action === 'stop' || action === 'redeploy') return '–';
  return placementFailures.length === 0 ? 'fits' : `⚠️ ${plain(cut(placementFailures.join('; '), 500))}`;
}

/** What differs in a job, unfolded where that is read at a glance. */
function jobDiff(job: JobChange): string {
  const lines = differenceLines(job);
  if (lines.length === 0) return '';
  const stated = job.fields.filter(({ isDefault }) => !isDefault).length;
  const text = cut(lines.join('\n'), DIFF_LIMIT);
  return details(
    `${code(job.id)}: ${count(stated, 'difference')}`,
    fence(text, 'diff'),
    lines.length <= UNFOLDED_LINES,
  );
}

function groupActions({ groups }: JobChange): string {
  if (groups.length === 0) return '–';
  return groups
    .slice(0, 20)
    .map((group) => `${code(group.name)}: ${updateCounts(group)}`)
    .join('<br>');
}

/** Things to know that are not failures. */
export function noticesSection({ notices }: History): string {
  if (notices.length === 0) return '';
  const items = notices.slice(0, 20).map((notice) => `> - ${message(cut(notice, 600).replaceAll('\n', ' '))}`);
  return paragraphs([`> [!NOTE]\n${items.join('\n')}`, leftOut(notices.length, 'notice', 20)]);
}

/** How long each phase took, and the rollout over time: a table, then a picture where there was a rollout. */
export function timeSection(history: History, end: number): string {
  const { phases, timeline } = history;
  if (phases.length === 0) return '';
  const rows = phases
    .slice(0, MOST_ROWS)
    .map(({ name, start, duration }) => [plain(name), formatDuration(start), formatDuration(duration)]);
  const steps = timeline
    .slice(0, MOST_ROWS)
    .map(({ at, text, job }) => [formatDuration(at), job === undefined ? '' : code(job), plain(cut(text, 300))]);
  const body = paragraphs([
    table(['Phase', 'Began after', 'Took'], rows),
    steps.length === 0 ? '' : table(['After', 'Job', 'What happened'], steps),
    leftOut(timeline.length, 'event'),
    timeline.length === 0 ? '' : fence(ganttChart(history, end), 'mermaid'),
  ]);
  return details(`How long it took: ${formatDuration(end)}`, body);
}

/** What was deployed, from where, to where. */
export function originSection(result: Result, settings: DeploymentSettings): string {
  const { pack, registry, nomad } = settings;
  const commit = result.registrySha === undefined ? '' : ` (commit ${code(result.registrySha.slice(0, 12))})`;
  const from =
    pack.kind === 'directory'
      ? ` from the directory ${code(pack.written)}`
      : registry === undefined
        ? ''
        : ` of ${code(registry.source)} at ${code(registry.ref)}${commit}`;
  const version = result.nomadPackVersion === undefined ? '' : `, with nomad-pack ${code(result.nomadPackVersion)}`;
  return `<sub>Pack ${code(pack.name)}${from}, ${nomad.address === '' ? '' : `on ${code(nomad.address)} `}in namespace ${code(nomad.namespace)}${version}.</sub>`;
}

/** The parts that say something, parted by blank lines. */
export function paragraphs(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}

function leftOut(length: number, noun: string, limit = MOST_ROWS): string {
  return length > limit ? `${count(length - limit, `more ${noun}`)} not shown.` : '';
}

function endOf(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `[${text.length - limit} characters before this are left out]\n${text.slice(-limit).toWellFormed()}`;
}
