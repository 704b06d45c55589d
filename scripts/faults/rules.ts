import type { StepResult } from 'nomad-pack-sandbox/runner/step.ts';
import type { Attempt } from './attempt.ts';
import type { JobTruth } from './cluster.ts';
import { BYSTANDER, JOBS, type Leaves, type Operation } from './operations.ts';
import { isTrueReason } from './reasons.ts';
import { CANCEL, SLACK } from './time.ts';
import { isRead, type Trouble } from './trouble.ts';
import { CANARIES } from './world.ts';

/** What is held against the rules. */
export interface Evidence extends Attempt {
  readonly operation: Operation;
  /** Undefined for the clean run. */
  readonly trouble?: Trouble;
  /** Milliseconds. */
  readonly promised: number;
  readonly step: StepResult;
}

interface Rule {
  readonly name: string;
  /** What is not as required, in words; undefined where all is. */
  readonly check: (evidence: Evidence) => string | undefined;
}

export interface Breach {
  readonly rule: string;
  readonly words: string;
}

const IN_TIME = 'ends in time';

/** Whether it took too long, and all else is as required. */
export function isOnlyLate(breaches: readonly Breach[]): boolean {
  return breaches.length > 0 && breaches.every(({ rule }) => rule === IN_TIME);
}

const RULES: readonly Rule[] = [
  { name: IN_TIME, check: endsInTime },
  { name: 'green is true', check: greenIsTrue },
  { name: 'status is true', check: statusIsTrue },
  { name: 'changed is true', check: changedIsTrue },
  { name: 'looks change nothing', check: looksChangeNothing },
  { name: 'rides out', check: ridesOut },
  { name: 'reason is true', check: reasonIsTrue },
  { name: 'explains itself', check: explainsItself },
  { name: 'outputs are set', check: outputsAreSet },
  { name: 'leaves nothing', check: leavesNothing },
  { name: 'shows no secret', check: showsNoSecret },
  { name: 'leaves others alone', check: leavesOthersAlone },
  { name: 'keeps traces', check: keepsTraces },
];

/** What of an attempt is not as required; empty where all is. */
export function judge(
  { operation, trouble, promised }: Pick<Evidence, 'operation' | 'trouble' | 'promised'>,
  attempt: Attempt,
): Breach[] {
  const { step } = attempt;
  if (step === undefined) {
    const limit = seconds(promised + SLACK);
    return [{ rule: IN_TIME, words: `it had not ended after ${limit}, and was killed` }];
  }
  const evidence = { ...attempt, operation, promised, step, ...(trouble !== undefined && { trouble }) };
  return RULES.flatMap(({ name, check }) => {
    const words = check(evidence);
    return words === undefined ? [] : [{ rule: name, words }];
  });
}

function endsInTime({ promised, trouble, step, afterTrouble }: Evidence): string | undefined {
  if (trouble?.kind === 'cancel') {
    const taken = afterTrouble ?? 0;
    return taken <= CANCEL ? undefined : `${seconds(taken)} after the signal, at most ${seconds(CANCEL)}`;
  }
  const limit = promised + SLACK;
  return step.duration <= limit ? undefined : `${seconds(step.duration)}, at most ${seconds(limit)}`;
}

function greenIsTrue({ operation, step, before, after }: Evidence): string | undefined {
  if (step.exitCode !== 0) return undefined;
  const clean = { ...operation.clean };
  if (!isAsClean(operation, step)) return `green with ${show(pick(step.outputs))}, not ${show(clean)}`;
  const { leaves } = operation;
  const isTrue = leaves === undefined || isLeftAs(leaves, own(before), own(after));
  return isTrue ? undefined : `green, but ${describe(own(after))}`;
}

function isLeftAs(leaves: Leaves, before: readonly JobTruth[], after: readonly JobTruth[]): boolean {
  if (leaves === 'nothing') return after.length === 0;
  if (leaves === 'stopped') return after.every(({ stop }) => stop);
  const { releases, awaits = false, isReplaced = false } = leaves;
  const old = new Set(isReplaced ? before.flatMap(({ allocations }) => allocations) : []);
  return Object.entries(releases).every(([id, release]) => {
    const job = after.find((one) => one.id === id);
    if (job === undefined || job.release !== release || job.allocations.some((one) => old.has(one))) return false;
    return awaits ? job.awaiting : job.healthy;
  });
}

/** What the outputs say of the cluster, also when the step is red. */
function statusIsTrue({ step, after, operation }: Evidence): string | undefined {
  const { status, health } = pick(step.outputs);
  const jobs = own(after);
  const running = jobs.filter(({ stop }) => !stop);
  // Of two deployments of a file, the worse one counts.
  const most = operation.isOfFile === true ? JOBS.length : 0;
  const isHealthy = ({ healthy, awaiting }: JobTruth) => healthy || awaiting;
  const wrong =
    (status === 'absent' && jobs.length > most) ||
    (status === 'stopped' && running.length > most) ||
    (health === 'healthy' && !running.every(isHealthy)) ||
    (health === 'healthy' && running.length === 0) ||
    (status === 'reverted' && !jobs.every(({ id, release }) => release === releaseOf(operation, id)));
  return wrong ? `says ${status}/${health}, but ${describe(jobs)}` : undefined;
}

function releaseOf({ leaves }: Operation, id: string): string | undefined {
  return typeof leaves === 'object' ? leaves.releases[id] : undefined;
}

function changedIsTrue(evidence: Evidence): string | undefined {
  const { operation, trouble, step, before, after } = evidence;
  const says = step.outputs['changed'];
  // What would change is known when the step is green.
  if (operation.looks === 'foresees') return undefined;
  const changed = hasChanged(before, after);
  if (says === String(changed)) return undefined;
  if (says === 'true' && trouble !== undefined && isUnknowable(trouble, evidence)) return undefined;
  return `says changed=${says}, but ${describe(own(before))} became ${describe(own(after))}`;
}

/** Whether nobody can know if the cluster was changed: a write went wrong, or Nomad said nothing more after one was begun. */
function isUnknowable(trouble: Trouble, { calls, operation }: Evidence): boolean {
  if (operation.looks !== undefined && operation.name !== 'deploy-unchanged') return false;
  if (trouble.kind === 'cancel') return true;
  if (trouble.kind === 'call') return trouble.call.command === 'nomad-pack run';
  if (!isRead(trouble.server, trouble.request)) return trouble.fault !== '429' && !isOfTag(trouble.request.route);
  return trouble.always && trouble.server === 'nomad' && calls.some(({ command }) => command === 'nomad-pack run');
}

function looksChangeNothing({ operation, before, after }: Evidence): string | undefined {
  if (operation.looks === undefined || !hasChanged(before, after)) return undefined;
  return `${describe(own(before))} became ${describe(own(after))}`;
}

/** One fault of a read that passes. */
function ridesOut({ operation, trouble, step }: Evidence): string | undefined {
  if (trouble?.kind !== 'request' || trouble.always || !isRead(trouble.server, trouble.request)) return undefined;
  return isAsClean(operation, step) ? undefined : `ended with ${show(pick(step.outputs))}: ${firstLine(step)}`;
}

function reasonIsTrue({ operation, trouble, step }: Evidence): string | undefined {
  const reason = step.outputs['failure-reason'] ?? '';
  if (step.exitCode === 0) return reason === '' ? undefined : `green with failure-reason=${reason}`;
  if (isTrueReason(operation, trouble, reason)) return undefined;
  return `failure-reason=${reason}: ${firstLine(step)}`;
}

function explainsItself({ step }: Evidence): string | undefined {
  const trace = /^\s+at .+:\d+:\d+\)?$/m.exec(step.log + step.postLog)?.[0];
  if (trace !== undefined) return `a stack trace: ${trace.trim()}`;
  if (step.exitCode === 0) return undefined;
  const errors = step.annotations.filter(({ level }) => level === 'error');
  const reason = step.outputs['failure-reason'] ?? '';
  if (!errors.some(({ properties }) => properties['title']?.includes(reason))) return 'no annotation with the reason';
  return errors.some(({ message }) => message.includes('\n\n')) ? undefined : `no hint: ${firstLine(step)}`;
}

const OUTPUTS = ['status', 'health', 'changed', 'jobs', 'failure-reason'];

function outputsAreSet({ operation, step }: Evidence): string | undefined {
  const own = operation.isOfFile === true ? [] : ['deployment-id', 'deployment'];
  const missing = [...own, ...OUTPUTS].filter((name) => step.outputs[name] === undefined);
  return missing.length === 0 ? undefined : `not set: ${missing.join(', ')}`;
}

function leavesNothing({ leftFiles, leftProcesses }: Evidence): string | undefined {
  const left = [...leftFiles, ...leftProcesses];
  return left.length === 0 ? undefined : left.join(', ');
}

function showsNoSecret({ step }: Evidence): string | undefined {
  const texts: Readonly<Record<string, string>> = {
    'the log': withoutMasks(step.log),
    'the log of post': step.postLog,
    'the summary': step.summary,
    'the state': JSON.stringify(step.state),
    ...Object.fromEntries(Object.entries(step.outputs).map(([name, text]) => [`the output ${name}`, text])),
  };
  for (const [place, text] of Object.entries(texts)) {
    const shown = Object.entries(CANARIES).find(([, secret]) => text.includes(secret));
    if (shown !== undefined) return `${shown[0]} in ${place}`;
  }
  return undefined;
}

function withoutMasks(log: string): string {
  return log.replace(/^::add-mask::.*$/gm, '');
}

function leavesOthersAlone({ before, after }: Evidence): string | undefined {
  const [was, is] = [before, after].map((jobs) => jobs.find(({ id }) => id === BYSTANDER));
  return JSON.stringify(was) === JSON.stringify(is) ? undefined : `${JSON.stringify(was)} became ${JSON.stringify(is)}`;
}

/** What the step leaves as it is still tells where it came from, where Nomad lets the step say so. */
function keepsTraces({ trouble, before, after }: Evidence): string | undefined {
  if (trouble?.kind === 'request' && (trouble.always || isOfTag(trouble.request.route))) return undefined;
  const lost = own(before).filter(
    ({ id, version, tag }) =>
      tag !== '' && after.some((job) => job.id === id && job.version === version && job.tag !== tag),
  );
  return lost.length === 0 ? undefined : `the tag of ${lost.map(({ id }) => id).join(' and ')} is gone`;
}

/** Tags say where a version came from, and change no job. */
function isOfTag(route: string): boolean {
  return route.endsWith('/tag');
}

function isAsClean({ clean }: Operation, step: StepResult): boolean {
  return show({ exitCode: step.exitCode, ...pick(step.outputs) }) === show({ ...clean });
}

function pick(outputs: StepResult['outputs']) {
  return {
    status: outputs['status'] ?? '',
    health: outputs['health'] ?? '',
    changed: outputs['changed'] ?? '',
    reason: outputs['failure-reason'] ?? '',
  };
}

function own(jobs: readonly JobTruth[]): JobTruth[] {
  return jobs.filter(({ id }) => id !== BYSTANDER);
}

function hasChanged(before: readonly JobTruth[], after: readonly JobTruth[]): boolean {
  const mark = (jobs: readonly JobTruth[]) =>
    own(jobs)
      .map(({ id, version, jobModifyIndex, promoted, allocations }) =>
        [id, version, jobModifyIndex, promoted, ...allocations].join(' '),
      )
      .sort()
      .join();
  return mark(before) !== mark(after);
}

function describe(jobs: readonly JobTruth[]): string {
  if (jobs.length === 0) return 'nothing is there';
  return jobs
    .map(({ id, version, release, stop, healthy, awaiting, promoted }) => {
      const how = stop ? 'stopped' : healthy ? 'healthy' : awaiting ? 'canaries wait' : 'not healthy';
      return `${id} v${version} (release ${release}, ${how}${promoted ? ', promoted' : ''})`;
    })
    .join(' and ');
}

function firstLine({ annotations }: StepResult): string {
  return annotations.find(({ level }) => level === 'error')?.message.split('\n')[0] ?? 'no annotation';
}

function show(values: object): string {
  return Object.entries(values)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
