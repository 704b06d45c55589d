import { randomInt } from 'node:crypto';
import type { Deployment } from '../deployment/deployment.ts';
import { ActionError } from '../errors.ts';
import type { Job } from '../nomad/api.ts';
import { changesOf } from '../nomad/diff.ts';
import type { PlannedJob } from '../nomad/dry-run.ts';
import { jobKey } from '../nomad/jobs.ts';
import { SecretPlaces } from '../nomad/secret-places.ts';
import { parseJobs, type RenderedJob } from '../nomad/specification.ts';
import { isPlainName } from '../plain-name.ts';
import type { VariableValue } from '../settings/settings.ts';
import { jobFiles, type PreparedPack, packMeta } from './prepare.ts';
import { readFiles } from './render-jobs.ts';
import type { Tools } from './tools.ts';

export interface Probe {
  readonly deployment: Deployment;
  readonly prepared: PreparedPack;
  /** The jobs that exist, by `jobKey`, as for the plans themselves. */
  readonly existing: ReadonlyMap<string, Job>;
}

/**
 * Where secrets stand in the jobs, by `jobKey`: the pack is rendered and planned once more with other values for the secret variables, and
 * for those that may have been secret before. Where no value that may be a secret would be shown, nothing is rendered.
 *
 * @returns undefined where that cannot be told, because the pack takes no other values
 * @throws ActionError where Nomad does not answer
 */
export async function findSecretPlaces(
  plans: readonly PlannedJob[],
  probe: Probe,
  tools: Tools,
): Promise<ReadonlyMap<string, SecretPlaces> | undefined> {
  const none = new Map<string, SecretPlaces>();
  const { secretVariables: secret } = tools;
  const { withoutValue = [] } = probe.deployment.settings.variables;
  if (!plans.some(Object.keys(secret).length > 0 ? showsAnything : showsOld)) return none;
  const declared = probe.prepared.nomadPack.declaredVariables(probe.prepared.target);
  const given = new Set([...Object.keys(secret), ...withoutValue, ...namesGiven(probe)]);
  const secrets = {
    ...mapValues(secret, another),
    ...Object.fromEntries(withoutValue.map((name) => [name, standIn(declared.get(name)?.type)])),
  };
  const former = Object.fromEntries(
    [...declared]
      .filter(([name, variable]) => !given.has(name) && variable.mayBeSecret)
      .map(([name, { type }]) => [name, standIn(type)]),
  );
  for (const values of [{ ...former, ...secrets }, secrets]) {
    if (Object.keys(values).length === 0) return none;
    const found = await placesOf(plans, values, probe, tools);
    if (found !== undefined) return found;
  }
  return undefined;
}

function namesGiven({ prepared, deployment }: Probe): string[] {
  const files = prepared.target.files.flatMap(({ values, assignments }) => [
    ...Object.keys(values ?? {}),
    ...(assignments ?? []).map(({ name }) => name),
  ]);
  return [...Object.keys(deployment.settings.variables.plain), ...files];
}

function showsAnything({ planned }: PlannedJob): boolean {
  return planned.Diff !== null && planned.Diff.Type !== 'None';
}

/** Whether a value of the job as it is now would be part of the difference. That the pack is another version is not a secret. */
function showsOld({ planned }: PlannedJob): boolean {
  if (planned.Diff === null || planned.JobModifyIndex === 0) return false;
  return changesOf(planned.Diff).some(({ path, field }) => field.Type !== 'Added' && !path.startsWith('Meta[pack.'));
}

async function placesOf(
  plans: readonly PlannedJob[],
  values: Readonly<Record<string, VariableValue>>,
  { deployment, prepared, existing }: Probe,
  { log, signal }: Tools,
): Promise<ReadonlyMap<string, SecretPlaces> | undefined> {
  try {
    const { nomadPack, target } = prepared;
    const files = jobFiles(await nomadPack.probe(target, values));
    const read = readFiles(files, await nomadPack.version);
    const parsed = await parseJobs(await deployment.client(), read, packMeta(target));
    const byFile = new Map(parsed.map((job) => [job.file, job]));
    const jobs = plans.map(({ job }) => sameJob(job, byFile.get(job.file)));
    const probes = await deployment.plan(jobs, existing);
    return new Map(
      plans.map(({ job, planned }, index) => [
        jobKey(job),
        SecretPlaces.between(planned.Diff, probes[index]?.planned.Diff ?? null),
      ]),
    );
  } catch (error) {
    // Nomad, or nomad-pack, was tried as long as there is patience: that says nothing of the values.
    if (signal.aborted || (error instanceof ActionError && error.passing)) throw error;
    log.debug(`The pack takes no other values for secrets: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

/** What was rendered with other values, in the place of the job: its name may be a secret, too. */
function sameJob(job: RenderedJob, probe: RenderedJob | undefined): RenderedJob {
  if (probe === undefined) throw new Error(`${job.file} is rendered to nothing`);
  const { ID, Name, Namespace, Region } = job.specification;
  return { ...job, specification: { ...probe.specification, ID, Name, Namespace, Region: Region ?? null } };
}

/**
 * Another value of the same shape: each letter and digit is another one, so that what reads a URL, a number or base64 still can. What is empty
 * gets a member, for what stands there now may have been a secret before.
 */
export function another(value: VariableValue): VariableValue {
  if (typeof value === 'string') return anotherText(value);
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (value === null) return null;
  if (Array.isArray(value)) return value.length === 0 ? standIn('list') : value.map(another);
  const members = Object.entries(value);
  if (members.length === 0) return standIn('map');
  return Object.fromEntries(
    members.map(([key, member]) => [isPlainName(key) ? key : String(anotherText(key)), another(member)]),
  );
}

function anotherText(text: string): VariableValue {
  if (/^\s*[[{]/.test(text)) {
    try {
      return JSON.stringify(another(JSON.parse(text) as VariableValue));
    } catch {
      // It only begins like JSON.
    }
  }
  const other = text
    .replace(/[a-z]/g, (letter) => rotated(letter, 'a', 26))
    .replace(/[A-Z]/g, (letter) => rotated(letter, 'A', 26))
    .replace(/\d/g, (digit) => rotated(digit, '0', 10));
  return other === text ? `${text}${standIn('string')}` : other;
}

function rotated(sign: string, first: string, count: number): string {
  const start = first.charCodeAt(0);
  return String.fromCharCode(start + ((sign.charCodeAt(0) - start + randomInt(1, count)) % count));
}

/** For a variable whose value nobody knows. */
function standIn(type = 'string'): VariableValue {
  if (type === 'number') return randomInt(1_000, 9_999);
  if (type === 'bool') return true;
  const word = Array.from({ length: 20 }, () => rotated('a', 'a', 26)).join('');
  if (/^(?:list|set)/.test(type)) return [word];
  return type.startsWith('map') ? { [word]: word } : word;
}

function mapValues<From, To>(record: Readonly<Record<string, From>>, map: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}
