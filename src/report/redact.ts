import { isPlainName } from '../plain-name.ts';
import { encodings, inBase64 } from './encodings.ts';
import { LINE_END } from './foreign.ts';
import { Matcher, type Span } from './matcher.ts';

/**
 * Shorter values and lines are neither masked nor redacted: `dev` or `{` would black out half of a log, and would be guessed from
 * what is missing. Characters.
 */
export const SHORTEST = 6;

/** Of a part of a line. Characters. */
const SHORTEST_END = 16;

/** What stands for what is hidden. */
const HIDDEN = '***';

/** How often a text is looked through, where a secret has stars in it and so may come about when another is hidden. */
const MOST_PASSES = 8;

/** The names under which tokens are added: what opens doors by itself, and never belongs into a job. */
const TOKENS: ReadonlySet<string> = new Set([
  'registry_token',
  'nomad_token',
  'github_token',
  'Nomad token',
  'OIDC token',
  'GitHub token',
]);

export interface SecretsOptions {
  /** Called once per name with a value that is too short to be hidden. */
  readonly onShort?: (name: string) => void;
  /** Tells the runner what to mask in the log. */
  readonly mask: (value: string) => void;
}

/** What nobody may see: masked in the log by the runner, and cut out of whatever the action writes by `redact`. */
export class Secrets {
  readonly #onShort: (name: string) => void;
  readonly #mask: (value: string) => void;
  readonly #short = new Set<string>();
  readonly #texts = new Set<string>();
  readonly #forms = new Set<string>();
  readonly #tokenForms = new Set<string>();
  /** Made when a text is to be redacted, of all forms that there are by then. */
  #matcher: Matcher | undefined;

  constructor({ onShort = () => {}, mask }: SecretsOptions) {
    this.#onShort = onShort;
    this.#mask = mask;
  }

  /**
   * Hides a value, each of its lines, each value in it where it is JSON, and all of them as they read in other encodings. The runner is
   * never given a text of several lines: it would mask every single one of them, a lone `{` as well.
   */
  add(name: string, value: string): void {
    const whole = value.trim();
    if (whole === '') return;
    if (whole.length < SHORTEST) {
      if (!this.#short.has(name)) this.#onShort(name);
      this.#short.add(name);
      return;
    }
    for (const text of partsOf(whole)) this.#hideAll(text, TOKENS.has(name));
  }

  /** The text with `***` for everything that is hidden; what overlaps goes as one, so that no end of a longer value is left. */
  redact(text: string): string {
    this.#matcher ??= matcherOf(this.#forms);
    let redacted = text;
    for (let pass = 0; pass < MOST_PASSES; pass++) {
      const spans = this.#matcher.find(redacted);
      if (spans.length === 0) return redacted;
      redacted = replace(redacted, spans);
    }
    return HIDDEN;
  }

  /** Whether a token is in the text, as it is or encoded. */
  holdsToken(text: string): boolean {
    return [...this.#tokenForms].some((form) => text.includes(form));
  }

  #hideAll(text: string, isToken: boolean): void {
    if (isToken) for (const form of [text, ...inBase64(text)]) this.#tokenForms.add(form);
    if (this.#texts.has(text)) return;
    this.#texts.add(text);
    const { usual, nested } = encodings(text);
    for (const form of usual) {
      // What is rare is redacted, but not masked: the runner looks for each mask in each line of the job.
      if (form.length >= SHORTEST && !this.#forms.has(form) && !/[\r\n]/.test(form)) this.#mask(form);
    }
    for (const form of [...usual, ...nested]) if (form.length >= SHORTEST) this.#forms.add(form);
    this.#matcher = undefined;
  }
}

function matcherOf(words: Iterable<string>): Matcher {
  const matcher = new Matcher();
  for (const word of words) matcher.add(word);
  return matcher;
}

/** The text, and what of it may be seen by itself, that is long enough to be hidden: its lines, the values in it where it is JSON. */
function partsOf(whole: string): Set<string> {
  const texts = [whole, ...jsonValues(whole)];
  const lines = texts.flatMap((text) => text.split(LINE_END)).map((line) => line.trim());
  const parts = [...texts.map((text) => text.trim()), ...lines, ...lines.flatMap(endOf)];
  return new Set(parts.filter((part) => part.length >= SHORTEST));
}

/** The texts and numbers in a text that is JSON, or base64 of JSON, and its keys that are not just names; those of JSON in JSON, too. */
function jsonValues(text: string): string[] {
  const found: string[] = [];
  const pending: unknown[] = [parseJson(text) ?? parseJson(Buffer.from(text, 'base64').toString())];
  while (pending.length > 0) {
    const value = pending.pop();
    if (typeof value === 'object' && value !== null) {
      if (!Array.isArray(value)) found.push(...Object.keys(value).filter((key) => !isPlainName(key)));
      for (const member of Object.values(value)) pending.push(member);
    } else if (typeof value === 'string') {
      found.push(value);
      pending.push(parseJson(value));
    } else if (typeof value === 'number') {
      found.push(String(value));
    }
  }
  return found;
}

/** What a text holds that is a list or an object of JSON. */
function parseJson(text: string): object | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined;
  }
}

/** What nomad-pack leaves of a line in an error: it cuts its errors at the last `: `. A short end may be any word, and stays. */
function endOf(line: string): string[] {
  const end = line.slice(line.lastIndexOf(': ') + 2);
  return line.includes(': ') && end.length >= SHORTEST_END ? [end] : [];
}

function replace(text: string, spans: readonly Span[]): string {
  const parts: string[] = [];
  let done = 0;
  for (const { start, end } of spans) {
    parts.push(text.slice(done, start), HIDDEN);
    done = end;
  }
  return parts.join('') + text.slice(done);
}
