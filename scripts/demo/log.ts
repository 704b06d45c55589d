import { styleText } from 'node:util';
import { CommandReader, splitLines, type WorkflowCommand } from 'nomad-pack-sandbox/runner/commands.ts';

const prefixes: Readonly<Record<string, string>> = {
  error: styleText('red', 'Error: '),
  warning: styleText('yellow', 'Warning: '),
  notice: styleText('cyan', 'Notice: '),
};

/** Prints a step's log as GitHub shows it: groups indented, commands in words, what is masked as `***`. */
export class LogPrinter {
  private readonly reader = new CommandReader();
  private readonly masks: string[] = [];
  private indent = '  ';
  private done = 0;

  /** Prints the lines that are new and complete. @param log all that the step has printed so far */
  print(log: string): void {
    const end = log.lastIndexOf('\n') + 1;
    const lines = splitLines(log.slice(this.done, end));
    this.done = Math.max(this.done, end);
    for (const line of lines) this.printLine(line);
  }

  /** The text as the runner would show it from now on. */
  mask(text: string): string {
    return this.masks.reduce((masked, secret) => masked.replaceAll(secret, '***'), text);
  }

  private printLine(line: string): void {
    const command = this.reader.read(line);
    if (command === undefined) this.write(line);
    else this.obey(command);
  }

  private obey({ name, message }: WorkflowCommand): void {
    const prefix = prefixes[name];
    if (prefix !== undefined) this.write(`${prefix}${message}`);
    else if (name === 'add-mask') this.masks.push(...splitLines(message).filter((secret) => secret !== ''));
    else if (name === 'group') {
      this.write(styleText('bold', `▾ ${message}`));
      this.indent = '      ';
    } else if (name === 'endgroup') this.indent = '  ';
  }

  private write(text: string): void {
    for (const line of splitLines(this.mask(text))) console.log(`${this.indent}${line}`.trimEnd());
  }
}
