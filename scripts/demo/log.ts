import { styleText } from 'node:util';
import { CommandReader, splitLines, type WorkflowCommand } from 'nomad-pack-sandbox/runner/commands.ts';

const PREFIXES: Readonly<Record<string, string>> = {
  error: styleText('red', 'Error: '),
  warning: styleText('yellow', 'Warning: '),
  notice: styleText('cyan', 'Notice: '),
};

/** Prints a step's log as GitHub shows it: groups folded, commands in words, what is masked as `***`. */
export class LogPrinter {
  readonly #reader = new CommandReader();
  readonly #masks: string[] = [];
  readonly #unfolds: boolean;
  #isInGroup = false;
  #done = 0;

  /** @param unfolds whether what is in groups is printed, too */
  constructor(unfolds: boolean) {
    this.#unfolds = unfolds;
  }

  /** Prints the lines that are new and complete. @param log all that the step has printed so far */
  print(log: string): void {
    const end = log.lastIndexOf('\n') + 1;
    const lines = splitLines(log.slice(this.#done, end));
    this.#done = Math.max(this.#done, end);
    for (const line of lines) this.#printLine(line);
  }

  /** The text as the runner would show it from now on. */
  mask(text: string): string {
    return this.#masks.reduce((masked, secret) => masked.replaceAll(secret, '***'), text);
  }

  #printLine(line: string): void {
    const command = this.#reader.read(line);
    if (command !== undefined) this.#obey(command);
    else if (!this.#isInGroup) this.#write(line, '  ');
    else if (this.#unfolds) this.#write(line, '      ');
  }

  #obey({ name, message }: WorkflowCommand): void {
    const prefix = PREFIXES[name];
    if (prefix !== undefined) this.#write(`${prefix}${message}`, '  ');
    else if (name === 'add-mask') this.#masks.push(...splitLines(message).filter((secret) => secret !== ''));
    else if (name === 'group') {
      if (this.#unfolds) this.#write(styleText('bold', `▾ ${message}`), '  ');
      this.#isInGroup = true;
    } else if (name === 'endgroup') this.#isInGroup = false;
  }

  #write(text: string, indent: string): void {
    for (const line of splitLines(this.mask(text))) console.log(`${indent}${line}`.trimEnd());
  }
}
