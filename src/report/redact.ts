import type { SecretKeeper } from '../operations/tools.ts';
import { issueCommand } from '../runner/commands.ts';
import { encodings, inBase64 } from './encodings.ts';
import { LINE_END } from './foreign.ts';

/**
 * Shorter values and lines are neither masked nor redacted: `dev` or `{` would black out half of a log, and would be guessed from
 * what is missing. Characters.
 */
export const SHORTEST = 6;

/** Of a part of a line. Characters. */
const SHORTEST_END = 16;

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
  /** Tells the runner what to mask in the log; its own command by default. */
  readonly mask?: (value: string) => void;
}

/** What nobody may see: masked in the log by the runner, and cut out of whatever the action writes by `redact`. */
export class Secrets implements SecretKeeper {
  readonly #onShort: (name: string) => void;
  readonly #mask: (value: string) => void;
  readonly #short = new Set<string>();
  readonly #forms = new Set<string>();
  readonly #tokenForms = new Set<string>();

  constructor({ onShort = () => {}, mask = (value) => issueCommand('add-mask', value) }: SecretsOptions = {}) {
    this.#onShort = onShort;
    this.#mask = mask;
  }

  /**
   * Hides a value, each of its lines, and all of them as they read in other encodings. The runner is never given a text of several
   * lines: it would mask every single one of them, a lone `{` as well.
   */
  add(name: string, value: string): void {
    const whole = value.trim();
    if (whole === '') return;
    if (whole.length < SHORTEST) {
      if (!this.#short.has(name)) this.#onShort(name);
      this.#short.add(name);
      return;
    }
    const lines = whole.split(LINE_END).map((line) => line.trim());
    for (const text of [whole, ...lines, ...lines.flatMap(endOf)]) {
      if (text.length < SHORTEST) continue;
      for (const form of encodings(text)) this.#hide(form);
      if (TOKENS.has(name)) for (const form of [text, ...inBase64(text)]) this.#tokenForms.add(form);
    }
  }

  /** The text with `***` for everything that is hidden; what overlaps goes as one, so that no end of a longer value is left. */
  redact(text: string): string {
    const spans: Span[] = [];
    for (const form of this.#forms) {
      for (let start = text.indexOf(form); start !== -1; start = text.indexOf(form, start + 1)) {
        const last = spans.at(-1);
        const end = start + form.length;
        if (last !== undefined && start >= last.start && start < last.end) last.end = Math.max(last.end, end);
        else spans.push({ start, end });
      }
    }
    return spans.length === 0 ? text : replace(text, spans);
  }

  holdsToken(text: string): boolean {
    return [...this.#tokenForms].some((form) => text.includes(form));
  }

  #hide(form: string): void {
    if (this.#forms.has(form) || form.length < SHORTEST) return;
    this.#forms.add(form);
    if (!/[\r\n]/.test(form)) this.#mask(form);
  }
}

/** What nomad-pack leaves of a line in an error: it cuts its errors at the last `: `. A short end may be any word, and stays. */
function endOf(line: string): string[] {
  const end = line.slice(line.lastIndexOf(': ') + 2);
  return line.includes(': ') && end.length >= SHORTEST_END ? [end] : [];
}

interface Span {
  readonly start: number;
  /** The first character after it. */
  end: number;
}

function replace(text: string, spans: Span[]): string {
  spans.sort((a, b) => a.start - b.start);
  const parts: string[] = [];
  let done = 0;
  for (const { start, end } of spans) {
    if (end <= done) continue;
    // One that begins within the one before is part of it.
    if (start >= done) parts.push(text.slice(done, start), '***');
    done = end;
  }
  return parts.join('') + text.slice(done);
}
