import {
  evaluate,
  type HclBlock,
  type HclBody,
  HclError,
  type HclPosition,
  type HclScope,
  type HclValue,
  parseHcl,
  parseHclExpression,
} from '../hcl/parse.ts';
import type { Release } from './release.ts';
import { quote } from './values.ts';
import { literal } from './variables/literal.ts';

/** What nomad-pack writes into the metadata of each job. */
export interface PackMeta {
  readonly path: string;
  readonly name: string;
  readonly registry: string;
  readonly deployment: string;
  readonly ref: string;
}

/**
 * Puts the pack's metadata into a job specification, beside what is there. A specification that is not HCL, or whose metadata has to
 * be computed, stays as it is, and so does one with anything beside the job where the release wants it alone. Nomad takes most of those.
 */
export function addPackMeta(specification: string, pack: PackMeta, { wantsLoneJob }: Release): string {
  try {
    const { blocks } = parseHcl(specification, '');
    const job = blocks.find(({ type }) => type === 'job');
    if (job === undefined || (wantsLoneJob && blocks.some(({ type }) => type !== 'job'))) return specification;
    const own = readMeta(job);
    const meta: Record<string, string> = {
      ...own.values,
      'pack.path': pack.path,
      'pack.name': pack.name,
      'pack.registry': pack.registry,
      'pack.deployment_name': pack.deployment,
      'pack.job': job.labels[0] ?? '',
      'pack.version': pack.ref,
    };
    const entries = Object.entries(meta).map(([key, value]) => `    ${quote(key)} = ${quoteHcl(value)}\n`);
    return insert(specification, own.place, job.closing, `meta = {\n${entries.join('')}  }\n`);
  } catch (error) {
    if (error instanceof HclError) return specification;
    throw error;
  }
}

/** The namespace and the region that the job itself asks for, as far as literals tell them. */
export function jobPlace(specification: string): { namespace?: string; region?: string } {
  try {
    const body = parseHcl(specification, '').blocks.find(({ type }) => type === 'job')?.body;
    const [namespace, region] = ['namespace', 'region'].map((name) => stringOf(body, name));
    return { ...(namespace !== undefined && { namespace }), ...(region !== undefined && { region }) };
  } catch (error) {
    if (error instanceof HclError) return {};
    throw error;
  }
}

const LITERALS: HclScope = {
  reference: () => undefined,
  call: () => undefined,
  interpolation: (source) => String(evaluate(parseHclExpression(source.slice(2, -1), ''), '', LITERALS)),
};

function stringOf(body: HclBody | undefined, name: string): string | undefined {
  const expression = body?.attributes.get(name)?.expression;
  if (expression === undefined) return undefined;
  try {
    const value = evaluate(expression, '', LITERALS);
    return typeof value === 'string' && value !== '' ? value : undefined;
  } catch (error) {
    if (error instanceof HclError) return undefined;
    throw error;
  }
}

interface OwnMeta {
  readonly values: Readonly<Record<string, string>>;
  /** Where it is, to be replaced. */
  readonly place?: { readonly start: HclPosition; readonly end: HclPosition };
}

function readMeta({ body }: HclBlock): OwnMeta {
  const attribute = body.attributes.get('meta');
  if (attribute !== undefined) {
    const value = literal(attribute.expression, '');
    return { values: value instanceof Map ? strings([...value]) : {}, place: attribute.range };
  }
  const block = body.blocks.find(({ type }) => type === 'meta');
  if (block === undefined) return { values: {} };
  const values = [...block.body.attributes.values()].map(
    ({ name, expression }) => [name, literal(expression, '')] as const,
  );
  const end = { line: block.closing.line, column: block.closing.column + 1 };
  return { values: strings(values), place: { start: block.range.start, end } };
}

function strings(entries: readonly (readonly [string, HclValue])[]): Record<string, string> {
  return Object.fromEntries(entries.map(([key, value]) => [key, String(value)]));
}

function insert(text: string, place: OwnMeta['place'], closing: HclPosition, meta: string): string {
  const end = offsetOf(text, closing);
  if (place === undefined) return `${text.slice(0, end)}  ${meta}${text.slice(end)}`;
  const [from, to] = [offsetOf(text, place.start), offsetOf(text, place.end)];
  return `${text.slice(0, from)}${text.slice(to, end)}  ${meta}${text.slice(end)}`;
}

function offsetOf(text: string, { line, column }: HclPosition): number {
  const lines = text.split('\n').slice(0, line);
  const before = lines.slice(0, -1).reduce((sum, previous) => sum + previous.length + 1, 0);
  return before + [...(lines.at(-1) ?? '')].slice(0, column - 1).join('').length;
}

function quoteHcl(value: string): string {
  return JSON.stringify(value).replaceAll('${', '$${').replaceAll('%{', '%%{');
}
