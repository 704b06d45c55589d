import type { CombinedEnd, DeploymentEnd } from '../combined.ts';
import type { Headline } from '../result.ts';
import { headline } from './headline.ts';
import { code, cut, details, message, plain, table } from './markdown.ts';
import {
  changesSections,
  diagnosisSection,
  failureSection,
  jobsSection,
  noticesSection,
  originSection,
} from './sections.ts';
import { fitted } from './summary.ts';
import { count, statusMark } from './wording.ts';

/** How a deployment ended, in a line. One that was not begun has not failed. */
function headlineOf({ result, settings }: Pick<DeploymentEnd, 'result' | 'settings'>): Headline {
  const { failure } = result;
  return failure?.reason === 'skipped' ? { icon: '⏭️', text: failure.message } : headline(result, settings);
}

/** `deploy of 12 deployments in production: 10 went well, 1 failed, 1 skipped` */
export function headlineOfAll(end: CombinedEnd): Headline {
  const { operation, environment, deployments } = end;
  const reasons = deployments.map(({ result }) => result.failure?.reason);
  const skipped = reasons.filter((reason) => reason === 'skipped').length;
  const cancelled = reasons.filter((reason) => reason === 'cancelled').length;
  const good = deployments.filter(({ result }) => result.failure === undefined);
  const parts = [
    ...(operation === 'plan' ? plansOf(good) : [`${good.length} went well`]),
    ...some(reasons.length - good.length - skipped - cancelled, 'failed'),
    ...some(cancelled, 'cancelled'),
    ...some(skipped, 'skipped'),
  ];
  const where = environment === undefined ? '' : ` in \`${environment}\``;
  const text = `\`${operation}\` of ${count(deployments.length, 'deployment')}${where}`;
  return {
    icon: iconOfAll(end),
    text: deployments.length === 0 ? `${text}: nothing to do` : `${text}: ${parts.join(', ')}`,
  };
}

function plansOf(deployments: readonly DeploymentEnd[]): string[] {
  const refused = deployments.filter(isRefused).length;
  const changing = deployments.filter((one) => one.result.changed && !isRefused(one)).length;
  return [
    `${changing} would change`,
    ...some(refused, 'would be refused'),
    ...some(deployments.length - refused - changing, 'would not'),
  ];
}

function isRefused({ result: { planData } }: DeploymentEnd): boolean {
  return (planData?.refusals.length ?? 0) > 0;
}

function iconOfAll({ failure, operation, deployments, changed }: CombinedEnd): string {
  if (failure !== undefined) return failure.reason === 'cancelled' ? '🚫' : '❌';
  if (operation !== 'plan') return '✅';
  if (deployments.some(isRefused)) return '⛔';
  return changed ? '📝' : '✅';
}

function some(number: number, what: string): string[] {
  return number === 0 ? [] : [`${number} ${what}`];
}

/** What the plans are approved by; empty where there is nothing to approve. */
export function digestLine({ planDigest, deployments }: CombinedEnd): string {
  const isForReview = deployments.some((one) => one.result.planData?.changed === true && !isRefused(one));
  return planDigest === undefined || !isForReview
    ? ''
    : `<sub>Digest over all plans, for \`plan_digest\`: ${code(planDigest)}</sub>`;
}

/** The deployments as a reader wants them: what failed, what was not begun, what changes, the rest; else in the order of the file. */
export function worstFirst(deployments: readonly DeploymentEnd[]): DeploymentEnd[] {
  return deployments.toSorted((one, other) => rankOf(one) - rankOf(other));
}

function rankOf(deployment: DeploymentEnd): number {
  const { failure, health, changed } = deployment.result;
  if (failure !== undefined) return failure.reason === 'skipped' ? 1 : 0;
  if (isRefused(deployment) || health === 'unhealthy') return 2;
  return changed ? 3 : 4;
}

/**
 * A row for each deployment, as many as fit.
 *
 * @param deployments worst first
 * @param limit UTF-8 bytes
 */
export function deploymentsTable(
  { operation }: CombinedEnd,
  deployments: readonly DeploymentEnd[],
  limit: number,
): string {
  if (deployments.length === 0) return '';
  const isPlan = operation === 'plan';
  const hasVersions = deployments.some(({ result }) => (result.planData?.versionChanges.length ?? 0) > 0);
  const header = isPlan
    ? ['Deployment', 'What a deploy would do', ...(hasVersions ? ['From what to what'] : [])]
    : ['Deployment', 'Status', 'Health', 'Changed', 'What happened'];
  const rows: string[][] = [];
  let room = limit - Buffer.byteLength(table(header, [])) - 100;
  for (const one of deployments) {
    const row = isPlan ? planRow(one, hasVersions) : endRow(one);
    room -= Buffer.byteLength(table([], [row])) - Buffer.byteLength(table([], []));
    if (room < 0) break;
    rows.push(row);
  }
  const left = deployments.length - rows.length;
  return `${table(header, rows)}${left === 0 ? '' : `\n\n${count(left, 'more deployment')}; the output \`results\` has all.`}`;
}

function endRow({ key, result, settings }: DeploymentEnd): string[] {
  const { icon, text } = headlineOf({ result, settings });
  return [
    code(key),
    statusMark(result, result.failure !== undefined),
    result.health,
    result.changed ? 'yes' : 'no',
    `${icon} ${shortened(text)}`,
  ];
}

function planRow({ key, result, settings, isAbsent }: DeploymentEnd, hasVersions: boolean): string[] {
  const { icon, text } = headlineOf({ result, settings });
  const versions = result.planData?.versionChanges.slice(0, 3).map((change) => plain(cut(change, 100))) ?? [];
  return [
    `${code(key)}${isAbsent ? ' (`state: absent`)' : ''}`,
    `${icon} ${shortened(text.replace(/^A deploy of `[^`]*` would/, 'would'))}`,
    ...(hasVersions ? [versions.join('<br>') || '–'] : []),
  ];
}

function shortened(text: string): string {
  return message(cut(text.replaceAll('\n', ' '), 300)).replaceAll('\n', ' ');
}

/**
 * A part to unfold for each deployment, with what a summary of it alone would have. Each gets a fair share of the room, and what it leaves
 * of that goes to the others.
 *
 * @param deployments the most important first; the first one that failed is unfolded
 * @param limit UTF-8 bytes
 */
export function deploymentParts(deployments: readonly DeploymentEnd[], limit: number): string[] {
  const parts: string[] = [];
  let room = limit - MARGIN;
  for (const [index, one] of deployments.entries()) {
    const share = Math.floor(room / (deployments.length - index));
    const part = deploymentPart(one, share, index === 0 && hasFailed(one));
    const size = Buffer.byteLength(part) + 2;
    if (size > room) {
      parts.push(`*${count(deployments.length - index, 'more deployment')} left out here, for the length.*`);
      break;
    }
    parts.push(part);
    room -= size;
  }
  return parts;
}

/** For a note on what is left out. UTF-8 bytes. */
const MARGIN = 200;

/** @param share UTF-8 bytes that it may take; its title is shown whatever it takes */
function deploymentPart({ key, result, settings }: DeploymentEnd, share: number, isOpen: boolean): string {
  const { icon, text } = headlineOf({ result, settings });
  const title = `${icon} ${code(key)}: ${shortened(text)}`;
  const sections = [
    failureSection(result),
    ...(result.operation === 'plan' ? [] : [jobsSection(result), diagnosisSection(result)]),
    ...changesSections(result, { withDigest: false }),
    noticesSection(result),
    originSection(result, settings),
  ];
  const overhead = Buffer.byteLength(details(title, '', isOpen));
  return details(title, fitted(sections, Math.max(0, share - overhead), LEFT_OUT).trimEnd(), isOpen);
}

const LEFT_OUT = '*Something is left out here, for its length.*';

function hasFailed({ result: { failure } }: DeploymentEnd): boolean {
  return failure !== undefined && failure.reason !== 'skipped';
}

/** Mermaid takes 500 arrows, and nobody reads half of them. */
const MOST_NODES = 100;
const MOST_ARROWS = 300;

/** Which deployment needs which, coloured by how each ended: a picture in Mermaid's words; empty where none needs another, or it would be too large. */
export function needsGraph({ deployments }: CombinedEnd): string {
  const numbers = new Map(deployments.map(({ key }, index) => [key, index]));
  const arrows = deployments.flatMap(({ key, needs }) =>
    needs.flatMap((need) => (numbers.has(need) ? [[numbers.get(need), numbers.get(key)] as const] : [])),
  );
  if (arrows.length === 0 || arrows.length > MOST_ARROWS || deployments.length > MOST_NODES) return '';
  return [
    'flowchart LR',
    // Names of the file: letters, digits and `.`, `_`, `-`.
    ...deployments.map((one, index) => `  n${index}["${one.key}"]:::${colourOf(one)}`),
    ...arrows.map(([from, to]) => `  n${from} --> n${to}`),
    '  classDef good fill:#1a7f37,stroke:#1a7f37,color:#fff',
    '  classDef changed fill:#0969da,stroke:#0969da,color:#fff',
    '  classDef waiting fill:#9a6700,stroke:#9a6700,color:#fff',
    '  classDef bad fill:#cf222e,stroke:#cf222e,color:#fff',
    '  classDef idle fill:#6e7781,stroke:#6e7781,color:#fff',
  ].join('\n');
}

/** What the colours of `needsGraph` mean, where they are not clear. */
export function needsLegend({ operation }: CombinedEnd): string {
  return operation === 'plan'
    ? 'Blue would change, green would not, red failed or would be refused, grey was not begun.'
    : 'Green is healthy, yellow not known to be, red failed, grey was not begun or is gone.';
}

function colourOf(deployment: DeploymentEnd): string {
  const { failure, status, health, changed, operation } = deployment.result;
  if (failure !== undefined) return ['skipped', 'cancelled'].includes(failure.reason) ? 'idle' : 'bad';
  if (operation === 'plan') return isRefused(deployment) ? 'bad' : changed ? 'changed' : 'good';
  if (health === 'unhealthy' || status === 'failed') return 'bad';
  if (status === 'absent' || status === 'stopped') return 'idle';
  return health === 'healthy' || status === 'complete' ? 'good' : 'waiting';
}

/** What the output `results` has of the whole, as a table of the log. */
export function logTable(end: CombinedEnd): string[] {
  const { deployments } = end;
  const rows = [
    ['Deployment', 'Status', 'Health', 'Changed', ''],
    ...deployments.map(({ key, result, settings }) => {
      const { icon, text } = headlineOf({ result, settings });
      return [key, result.status, result.health, result.changed ? 'yes' : 'no', `${icon} ${text.split('\n')[0]}`];
    }),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return deployments.length === 0
    ? []
    : rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd());
}
