import type { ContextLine, Problem } from './problem.ts';
import { sprintf } from './sprintf.ts';
import { drawTable } from './table.ts';

/** Where a long detail or suggestion is broken. Columns. */
const wrapAt = 78;

/** Writes to stdout as nomad-pack does where there is no terminal: everything, errors included. */
export class Ui {
  private readonly mistakesFormats: boolean;
  private readonly prefix: string;

  /**
   * @param mistakesFormats whether texts are taken for formats, in which a `%` does not come out as one
   */
  constructor(mistakesFormats: boolean, prefix = '') {
    this.mistakesFormats = mistakesFormats;
    this.prefix = prefix;
  }

  withPrefix(prefix: string): Ui {
    return new Ui(this.mistakesFormats, prefix);
  }

  /** Text as it is, without a line end of its own. */
  raw(text: string): void {
    process.stdout.write(text);
  }

  /** A line. */
  output(text: string): void {
    this.raw(`${this.shown(text)}\n`);
  }

  /** A line of tracing, with an empty one after it. */
  debug(text: string): void {
    this.raw(`debug: ${this.shown(this.prefix + text)}\n\n`);
  }

  info(text: string): void {
    const lines = this.shown(this.prefix + text).split('\n');
    this.raw(lines.map((line) => `  ${line}\n`).join(''));
  }

  success(text: string): void {
    this.output(this.prefix + text);
  }

  warning(text: string): void {
    this.raw(`warning: ${this.shown(this.prefix + text)}\n\n`);
  }

  header(text: string): void {
    this.raw(`\n» ${this.shown(this.prefix + text)}\n`);
  }

  error(text: string): void {
    const [first, ...rest] = this.shown(this.prefix + text).split('\n');
    this.raw(`! ${first}\n${rest.map((line) => `  ${line}\n`).join('')}`);
  }

  /** An error's block: title, error, context. */
  problem({ title, message, context }: Problem): void {
    this.error(inTitleCase(title));
    this.error(`  Error: ${message}`);
    const promoted = context.filter(([label]) => label === 'Details' || label === 'Suggestions');
    for (const [label, value] of promoted) this.wrapped(label, value);
    const rest = context.filter((line) => !promoted.includes(line));
    this.error('  Context:');
    const longest = Math.max(0, ...rest.map(([label]) => label.length));
    for (const [label, value] of rest) this.error(`  ${' '.repeat(longest - label.length + 2)}${label}: ${value}`);
  }

  table(headings: readonly string[], rows: readonly (readonly string[])[]): void {
    this.raw(drawTable(headings, rows));
  }

  private shown(text: string): string {
    return this.mistakesFormats ? sprintf(text) : text;
  }

  private wrapped(...[label, value]: ContextLine): void {
    const [first, ...rest] = wrap(value, wrapAt - label.length);
    this.error(`  ${label}: ${first}`);
    for (const line of rest) this.error(`  ${' '.repeat(label.length)}  ${line}`);
  }
}

function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= columns) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function inTitleCase(text: string): string {
  return text.toLowerCase().replace(/(?<![\p{L}\p{N}'’])\p{L}/gu, (letter) => letter.toUpperCase());
}
