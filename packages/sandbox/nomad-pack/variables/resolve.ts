import { readFileSync, statSync } from 'node:fs';
import { extname } from 'node:path';
import {
  formatRange,
  HclError,
  type HclObjectEntry,
  type HclValue,
  parseHclEntries,
  parseHclExpression,
} from '../../hcl/parse.ts';
import type { Pack } from '../pack/pack.ts';
import { type ContextLine, Problem, Problems } from '../problem.ts';
import { applyDefaults, ConversionError, convert, withoutOptional } from './convert.ts';
import { readDeclarations, refusals, type Variable, type Variables, wrongType } from './declarations.ts';
import { parseJson } from './json.ts';
import { literal } from './literal.ts';

/** Where the values of variables come from, the weakest first. */
export interface VariableSources {
  readonly external: readonly Readonly<Record<string, string>>[];
  readonly environment: ReadonlyMap<string, string>;
  readonly files: readonly string[];
  readonly flags: ReadonlyMap<string, string>;
  readonly sortsFiles: boolean;
  /** Whether the pack may declare Nomad variables, and rules for its variables. */
  readonly validates: boolean;
  readonly allowUnset: boolean;
}

interface Override {
  readonly pack: string;
  readonly name: string;
  readonly value: HclValue;
  /** Given where the variable may not be declared: where the value was set. */
  readonly place?: string;
}

/** What the messages of HCL are titled with. */
const title = 'failed to process pack';

/**
 * Gives the pack's variables their values: defaults, environment, files, flags. Values of the environment and of flags must fit
 * the declared types; those of files are taken as they are.
 *
 * @throws Problems
 */
export function resolveVariables(pack: Pack, sources: VariableSources): Variables {
  const files = sources.sortsFiles ? [...sources.files].sort() : sources.files;
  for (const file of files) requireFile(file);
  const variables = oneProblem(() => readDeclarations(pack, sources.validates));
  const problems: Problem[] = [];
  const collect = <Found>(read: () => Found[]): Found[] => {
    try {
      return read();
    } catch (error) {
      problems.push(toProblem(error));
      return [];
    }
  };
  const read = (values: ReadonlyMap<string, string>, origin: string) =>
    [...values].flatMap(([name, text]) => collect(() => [readText(pack, variables, name, text, origin)]));
  const overrides = [
    ...sources.external.flatMap((values) => {
      const known = Object.entries(values).filter(([name]) => variables.get(pack.id)?.has(name));
      return read(new Map(known), 'external');
    }),
    ...read(sources.environment, 'environment'),
    ...files.flatMap((file) => collect(() => readFile(pack, file))),
    ...read(sources.flags, 'arguments'),
  ];
  fail(problems);
  for (const override of overrides) {
    const variable = variables.get(override.pack)?.get(override.name);
    if (variable !== undefined) variable.value = applyDefaults(override.value, variable.type);
    else if (variables.has(override.pack)) problems.push(undeclared(override.name, override.place ?? ''));
  }
  fail(problems);
  fail(
    [...variables.values()].flatMap((found) =>
      [...found.values()].flatMap((variable) =>
        refusals(variable).map(
          ({ words, place }) => new Problem(title, `Variable "${variable.name}": ${words}`, [['HCL Range', place]]),
        ),
      ),
    ),
  );
  if (!sources.allowUnset) fail([...variables.values()].flatMap((found) => [...found.values()].flatMap(missing)));
  return variables;
}

function requireFile(file: string): void {
  try {
    statSync(file);
  } catch {
    const message = `error loading variable file "${file}": stat ${file}: no such file or directory`;
    throw new Problems([new Problem(title, message)]);
  }
}

function readText(pack: Pack, variables: Variables, name: string, text: string, origin: string): Override {
  const steps = name.split('.');
  const id = [pack.id, ...steps.slice(0, -1)].join('.');
  const variable = variables.get(id)?.get(steps.at(-1) ?? '');
  const filename = `<value for var ${name} from ${origin}>`;
  if (variable === undefined) {
    const lines = text.split('\n');
    const end = lines.length === 1 ? '' : `${lines.length},`;
    throw undeclared(name, `${filename}:1,1-${end}${lines.at(-1)?.length}`);
  }
  return { pack: id, name: variable.name, value: readTyped(variable, text, filename) };
}

/**
 * A string or a number is taken as it is written, anything else is an expression. nomad-pack forgets here that attributes may be
 * optional.
 */
function readTyped({ type }: Variable, text: string, filename: string): HclValue {
  if (type === undefined) return text;
  const plain = type.kind === 'string' || type.kind === 'number';
  const expression = plain ? undefined : parseHclExpression(text, filename);
  try {
    return applyDefaults(
      convert(expression === undefined ? text : literal(expression, filename), withoutOptional(type)),
      type,
    );
  } catch (error) {
    if (!(error instanceof ConversionError)) throw error;
    const place = expression === undefined ? '' : `${filename}:${formatRange(expression.range)}`;
    throw new Problem(title, wrongType(error.message), [['HCL Range', place]]);
  }
}

function readFile(pack: Pack, file: string): Override[] {
  const entries = parseFile(file, readFileSync(file, 'utf8'));
  return entries.map(({ key, keyRange, value }) => {
    const steps = key.split('.');
    const range = { start: keyRange.start, end: value.range.end };
    return {
      pack: [pack.id, ...steps.slice(0, -1)].join('.'),
      name: steps.at(-1) ?? '',
      value: literal(value, file),
      place: `${file}:${formatRange(range)}`,
    };
  });
}

/** The entries of a file of variables. */
function parseFile(file: string, text: string): readonly HclObjectEntry[] {
  const suffix = extname(file).toLowerCase();
  if (suffix === '.hcl') return parseHclEntries(text, file);
  if (suffix === '.json') {
    const value = parseJson(text, file);
    if (value.kind === 'object') return value.entries;
    const { start } = value.range;
    const range = { start, end: { ...start, column: start.column + 1 } };
    throw new HclError('Invalid expression', 'A static map expression is required.', range, file);
  }
  const formats = 'Supported formats are ".hcl" and ".json"';
  throw new Problem(title, `Cannot read from ${file}: unrecognized file format suffix "${suffix}". ${formats}`);
}

function undeclared(name: string, place: string): Problem {
  const rule =
    'An override file can only override a variable that was already declared in a primary configuration file.';
  return new Problem(title, `There is no variable named "${name}". ${rule}`, [['HCL Range', place]]);
}

function missing({ name, description, value }: Variable): Problem[] {
  if (value !== null) return [];
  const why = description === '' ? '' : ` (${description})`;
  return [new Problem(title, `missing required variable: "${name}"${why}`)];
}

function fail(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new Problems(problems);
}

function oneProblem<Found>(read: () => Found): Found {
  try {
    return read();
  } catch (error) {
    throw new Problems([toProblem(error)]);
  }
}

function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (!(error instanceof HclError)) throw error;
  const context: ContextLine[] = [['HCL Range', `${error.filename}:${formatRange(error.range)}`]];
  return new Problem(title, error.detail, context);
}
