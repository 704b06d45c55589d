import { evaluate, type HclBlock, type HclBody, HclError, type HclScope, parseHcl } from '../../hcl/parse.ts';
import { formatRange } from '../../hcl/syntax.ts';
import { type BlockSchema, jobSchema, type Nested } from './schema.ts';
import { readScope } from './scope.ts';
import { jobspecFilename, readField, scalarText, toJson } from './values.ts';

/** A job as it is submitted: only what its author wrote. */
export type JobDraft = Record<string, unknown>;

/** What is wrong with a job specification; the message is the one that Nomad's parser gives. */
export class JobspecError extends Error {}

/**
 * Reads a job specification.
 *
 * @throws JobspecError naming the first mistake and how many more there are.
 */
export function parseJobspec(text: string): JobDraft {
  const problems: HclError[] = [];
  try {
    const body = parseHcl(text, jobspecFilename);
    const draft = readJob(body, problems);
    if (problems.length === 0) return draft;
  } catch (error) {
    if (!(error instanceof HclError)) throw error;
    problems.push(error);
  }
  const others = problems.length > 1 ? `, and ${problems.length - 1} other diagnostic(s)` : '';
  throw new JobspecError(`${problems[0]?.message}${others}`);
}

/** What is found wrong with a specification while it is read, and what its expressions may name. */
interface Reading {
  readonly problems: HclError[];
  readonly scope: HclScope;
}

function readJob(body: HclBody, problems: HclError[]): JobDraft {
  const start = { line: 1, column: 1 };
  const [job, second] = body.blocks.filter((block) => block.type === 'job');
  if (job === undefined) {
    const range = { start, end: start };
    throw new HclError('Missing job block', 'A job block is required.', range, jobspecFilename);
  }
  if (second !== undefined) {
    const detail = `Only one block of type "job" is allowed. Previous definition was at ${jobspecFilename}:${formatRange(job.range)}.`;
    throw new HclError('Duplicate job block', detail, second.range, jobspecFilename);
  }
  const draft = readBlock(job, jobSchema, { problems, scope: readScope(body) });
  return { Name: draft['ID'], ...draft };
}

function readBlock(block: HclBlock, schema: BlockSchema, reading: Reading): Record<string, unknown> {
  const [label] = block.labels;
  const result: Record<string, unknown> = schema.label === undefined ? {} : { [schema.label]: label };
  if (schema.label !== undefined && label === undefined) {
    const detail = `All ${block.type} blocks must have 1 labels (name).`;
    reading.problems.push(new HclError(`Missing name for ${block.type}`, detail, block.range, jobspecFilename));
  }
  readAttributes(block, schema, result, reading);
  for (const nested of block.body.blocks) {
    const target = schema.blocks[nested.type];
    if (target === undefined) {
      const detail = `Blocks of type "${nested.type}" are not expected here.`;
      reading.problems.push(new HclError('Unsupported block type', detail, nested.typeRange, jobspecFilename));
    } else {
      attempt(reading.problems, () => addNested(result, target, nested, reading));
    }
  }
  return result;
}

function readAttributes(
  block: HclBlock,
  schema: BlockSchema,
  result: Record<string, unknown>,
  { problems, scope }: Reading,
): void {
  for (const [hclName, field] of Object.entries(schema.fields)) {
    if (field.required === true && !block.body.attributes.has(hclName)) {
      const detail = `The argument "${hclName}" is required, but no definition was found.`;
      problems.push(new HclError('Missing required argument', detail, block.range, jobspecFilename));
    }
  }
  for (const attribute of block.body.attributes.values()) {
    const field = schema.fields[attribute.name];
    const map = schema.blocks[attribute.name];
    if (field !== undefined) {
      attempt(problems, () => {
        result[field.name] = readField(attribute, field.type, scope);
      });
    } else if (map?.shape === 'map') {
      attempt(problems, () => {
        result[map.name] = readField(attribute, 'map', scope);
      });
    } else {
      const detail = `An argument named "${attribute.name}" is not expected here.`;
      problems.push(new HclError('Unsupported argument', detail, attribute.nameRange, jobspecFilename));
    }
  }
}

function addNested(result: Record<string, unknown>, target: Nested, block: HclBlock, reading: Reading): void {
  const { scope } = reading;
  const append = (value: unknown) => {
    result[target.name] = [...((result[target.name] as unknown[] | undefined) ?? []), value];
  };
  switch (target.shape) {
    case 'one':
      result[target.name] = readBlock(block, target.schema ?? { fields: {}, blocks: {} }, reading);
      return;
    case 'many':
      append(readBlock(block, target.schema ?? { fields: {}, blocks: {} }, reading));
      return;
    case 'map':
      result[target.name] = { ...(result[target.name] as object | undefined), ...readMap(block, scope) };
      return;
    case 'config':
      result[target.name] = readConfig(block.body, scope);
      return;
    case 'open':
      result[target.name] = readOpen(block, scope);
      return;
    case 'open-many':
      append(readOpen(block, scope));
      return;
    case 'constraint':
      append(readConstraint(block, scope));
      return;
  }
}

function attempt(problems: HclError[], action: () => void): void {
  try {
    action();
  } catch (error) {
    if (!(error instanceof HclError)) throw error;
    problems.push(error);
  }
}

function readMap(block: HclBlock, scope: HclScope): Record<string, string> {
  const entries = [...block.body.attributes.values()].map((attribute) => {
    const text = scalarText(evaluate(attribute.expression, jobspecFilename, scope));
    if (text === undefined) {
      const range = attribute.expression.range;
      throw new HclError('Unsuitable value type', 'Unsuitable value: string required', range, jobspecFilename);
    }
    return [attribute.name, text] as const;
  });
  return Object.fromEntries(entries);
}

/** A driver's configuration: nested blocks become lists of objects, under their own names. */
function readConfig(body: HclBody, scope: HclScope): Record<string, unknown> {
  const config: Record<string, unknown> = {};
  for (const { name, expression } of body.attributes.values()) {
    config[name] = toJson(evaluate(expression, jobspecFilename, scope));
  }
  for (const block of body.blocks) {
    config[block.type] = [...((config[block.type] as unknown[] | undefined) ?? []), readConfig(block.body, scope)];
  }
  return config;
}

function readOpen(block: HclBlock, scope: HclScope): Record<string, unknown> {
  const [label] = block.labels;
  const result: Record<string, unknown> = label === undefined ? {} : { Name: label };
  for (const { name, expression } of block.body.attributes.values()) {
    result[apiName(name)] = toJson(evaluate(expression, jobspecFilename, scope));
  }
  for (const nested of block.body.blocks) {
    const name = `${apiName(nested.type)}s`;
    result[name] = [...((result[name] as unknown[] | undefined) ?? []), readOpen(nested, scope)];
  }
  return result;
}

function apiName(hclName: string): string {
  return hclName
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

const sugar: Readonly<Record<string, string>> = {
  version: 'version',
  semver: 'semver',
  regexp: 'regexp',
  set_contains: 'set_contains',
};

/** A constraint; `version = "..."` and the like stand for an operator and its value. */
function readConstraint(block: HclBlock, scope: HclScope): Record<string, string> {
  const constraint = { LTarget: '', RTarget: '', Operand: '=' };
  for (const attribute of block.body.attributes.values()) {
    const text = String(readField(attribute, 'string', scope));
    const operand = sugar[attribute.name];
    if (attribute.name === 'attribute') constraint.LTarget = text;
    else if (attribute.name === 'value') constraint.RTarget = text;
    else if (attribute.name === 'operator') constraint.Operand = text;
    else if (operand !== undefined) Object.assign(constraint, { Operand: operand, RTarget: text });
    else if (attribute.name === 'distinct_hosts') constraint.Operand = 'distinct_hosts';
    else if (attribute.name === 'distinct_property') {
      Object.assign(constraint, { Operand: 'distinct_property', LTarget: text });
    } else {
      const detail = `An argument named "${attribute.name}" is not expected here.`;
      throw new HclError('Unsupported argument', detail, attribute.nameRange, jobspecFilename);
    }
  }
  return constraint;
}
