import type * as z from 'zod/mini';
import { ActionError } from '../errors.ts';
import type { Asked } from './errors.ts';

/**
 * Longer answers are not quoted: a part of one may end within a secret, which then nobody recognises. The report makes shorter what is quoted.
 * Characters.
 */
const LONGEST_QUOTE = 64 * 1024;

/** Nomad answered with success, but not with what this endpoint answers. */
export class UnreadableAnswer extends ActionError {
  /** What is wrong with it. */
  readonly words: string;

  constructor(words: string, message: string, cause?: unknown) {
    super('nomad-error', message, {
      hint: 'Check that `nomad_addr` is the address of Nomad’s HTTP API, and that no proxy answers in its place.',
      cause,
      passing: true,
    });
    this.words = words;
  }
}

/**
 * An answer as its schema reads it.
 *
 * @throws UnreadableAnswer that names the field that is wrong, never what is in it
 */
export function readAnswer<Body>(schema: z.ZodMiniType<Body>, { method, path }: Asked, text: string): Body {
  const answer = parse(text);
  const refuse = (words: string, cause?: unknown) =>
    new UnreadableAnswer(words, `Nomad’s answer to ${method} ${path} cannot be read: ${words}`, cause);
  let result: z.core.util.SafeParseResult<Body>;
  try {
    result = schema.safeParse(answer);
  } catch (cause) {
    throw refuse('it is nested too deeply', cause);
  }
  if (result.success) return result.data;
  throw refuse(explain(result.error.issues[0], answer));
}

/** `undefined` for no text at all, which is what some endpoints have to say. */
function parse(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UnreadableAnswer(
      'it is not JSON',
      text.length > LONGEST_QUOTE
        ? 'What answered is not Nomad: its answer is not JSON'
        : `What answered is not Nomad: ${JSON.stringify(text)} is not JSON`,
      cause,
    );
  }
}

type Issue = z.core.$ZodIssue;

function explain(issue: Issue | undefined, answer: unknown): string {
  if (answer === undefined) return 'it is empty';
  const path = issue?.path ?? [];
  const found = path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null)?.[key], answer);
  const name = path.length === 0 ? 'it' : `\`${pathText(path)}\``;
  return issue?.code === 'invalid_type'
    ? `${name} must be ${KINDS[issue.expected] ?? issue.expected} (got ${kindOf(found)})`
    : `${name} is not what Nomad documents`;
}

const KINDS: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'an object',
  record: 'an object',
  string: 'a text',
  number: 'a number',
  boolean: '`true` or `false`',
};

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return '`null`';
  return Array.isArray(value) ? 'a list' : (KINDS[typeof value] ?? typeof value);
}

/** `[0].Meta.team`, as in a program. */
function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
}
