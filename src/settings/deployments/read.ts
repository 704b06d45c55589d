import { type Document, isMap, isNode, isScalar, type LineCounter, type Node } from 'yaml';
import type { $ZodIssue } from 'zod/v4/core';
import { INPUT_NAMES } from '../inputs.ts';
import { gotText } from '../shown.ts';
import { type ComposedYaml, composeYaml, YamlError } from '../yaml.ts';
import { checkFile } from './check.ts';
import { describePath, type FilePath, type FileProblem, type PathProblem, suggestion } from './problems.ts';
import { type DeploymentsFile, deploymentsFileSchema } from './schema.ts';

export type ReadFile =
  | {
      readonly file: DeploymentsFile;
      /** Where in the file something that is wrong is. */
      readonly locate: (problem: PathProblem) => FileProblem;
    }
  | { readonly problems: readonly FileProblem[] };

/**
 * Reads a file of deployments and checks all of it.
 *
 * @returns the file, or every problem that it has, in the order of the file
 */
export function readDeploymentsFile(text: string): ReadFile {
  const composed = compose(text);
  if ('problems' in composed) return composed;
  const { document, lines, value } = composed;
  const parsed = deploymentsFileSchema.safeParse(value ?? {}, { reportInput: true });
  const found = parsed.success ? checkFile(parsed.data) : parsed.error.issues.flatMap(explainIssue);
  const located = (problem: PathProblem) => ({ message: problem.message, ...locate(document, lines, problem) });
  if (parsed.success && found.length === 0) return { file: parsed.data, locate: located };
  return { problems: inOrder(found.map(located)) };
}

/** The problems as one meets them going down the file. */
export function inOrder(problems: readonly FileProblem[]): FileProblem[] {
  return problems.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

function compose(text: string): ComposedYaml | { readonly problems: readonly FileProblem[] } {
  try {
    return composeYaml(text);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    const { words, line } = error;
    return { problems: [{ message: `This is not valid YAML: ${words}.`, ...(line !== undefined && { line }) }] };
  }
}

function explainIssue(issue: $ZodIssue): PathProblem[] {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  const place = path.length === 0 ? 'The file' : `\`${describePath(path)}\``;
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = keysAt(path);
      return issue.keys.map((key) => ({
        path: [...path, key],
        atKey: true,
        message: `${place} cannot have \`${key}\`${instead(key, known)}.`,
      }));
    }
    case 'invalid_key': {
      const why = issue.issues[0]?.message ?? 'must be a name';
      return [{ path, atKey: true, message: `The name ${place} ${why}.` }];
    }
    default:
      return isMissing(issue)
        ? [{ path: path.slice(0, -1), atKey: true, message: `${place} is missing.` }]
        : [{ path, message: `${place} ${issue.message}${gotScalar(issue)}.` }];
  }
}

/** What to write instead of a key that the file cannot have there: the one that is meant, or an input of the step. */
function instead(key: string, known: readonly string[]): string {
  const short = known.find((name) => key.endsWith(`_${name}`));
  if (short !== undefined) return ` (did you mean \`${short}\`?)`;
  if (INPUT_NAMES.some((name) => name === key)) return '; give it to the step, as an input';
  return suggestion(key, known);
}

/** ` (got \`maybe\`)`, of what is a text, a number or a boolean. */
function gotScalar({ input, ...issue }: $ZodIssue): string {
  if (!['string', 'number', 'boolean'].includes(typeof input)) return '';
  const words = 'values' in issue ? issue.values.map(String) : [];
  const isBoolean = issue.code === 'invalid_type' && issue.expected === 'boolean';
  return gotText(String(input), isBoolean ? ['true', 'false'] : words);
}

/** A key that the file should have and does not. */
function isMissing(issue: $ZodIssue): boolean {
  return issue.code === 'invalid_type' && issue.input === undefined && issue.path.length > 0;
}

/** The keys that a mapping of the file may have, read from the schema; names that the user gives are passed over. */
function keysAt(path: FilePath): string[] {
  let schema: unknown = deploymentsFileSchema;
  for (const part of path) schema = below(unwrapped(schema), part);
  const { shape } = definitionOf(unwrapped(schema));
  return Object.keys(shape ?? {});
}

interface Definition {
  readonly innerType?: unknown;
  readonly shape?: Readonly<Record<string, unknown>>;
  readonly valueType?: unknown;
  readonly element?: unknown;
}

function definitionOf(schema: unknown): Definition {
  return (schema as { readonly def?: Definition } | undefined)?.def ?? {};
}

function unwrapped(schema: unknown): unknown {
  const { innerType } = definitionOf(schema);
  return innerType === undefined ? schema : unwrapped(innerType);
}

function below(schema: unknown, part: string | number): unknown {
  const { shape, valueType, element } = definitionOf(schema);
  return shape?.[part] ?? valueType ?? element;
}

function locate(
  document: Document.Parsed,
  lines: LineCounter,
  { path, atKey = false }: PathProblem,
): Pick<FileProblem, 'line' | 'column'> {
  const node = (atKey ? keyNode(document, path) : undefined) ?? nearestNode(document, path);
  if (node?.range === undefined || node.range === null) return {};
  const { line, col } = lines.linePos(node.range[0]);
  return { line, column: col };
}

function keyNode(document: Document.Parsed, path: FilePath): Node | undefined {
  const map = path.length <= 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(map)) return undefined;
  const pair = map.items.find(({ key }) => isScalar(key) && String(key.value) === String(path.at(-1)));
  return isNode(pair?.key) ? pair.key : undefined;
}

/** The value at the path, or of the longest part of it that the file has. */
function nearestNode(document: Document.Parsed, path: FilePath): Node | undefined {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node)) return node;
  }
  return document.contents ?? undefined;
}
