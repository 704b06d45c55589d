/** A workflow command that the runner obeys, decoded. */
export interface WorkflowCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/** What the runner takes for a command; anything else of this form is a line like any other. */
const KNOWN = new Set([
  'set-env',
  'set-output',
  'save-state',
  'add-path',
  'add-mask',
  'add-matcher',
  'remove-matcher',
  'debug',
  'notice',
  'warning',
  'error',
  'echo',
  'group',
  'endgroup',
  'stop-commands',
  'internal-set-repo-path',
]);

/**
 * Splits output into lines as the runner does: a lone carriage return ends a line too.
 */
export function splitLines(output: string): string[] {
  const lines = output.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/**
 * Reads commands out of a step's lines, as the runner does: both its forms, `::name key=value::message` at the start of a line and
 * `##[name key=value]message` anywhere in one, and neither between `::stop-commands::token` and `::token::`.
 */
export class CommandReader {
  private stopToken: string | undefined;

  /** The command that the line is; undefined where it is not a command, or is not obeyed. */
  read(line: string): WorkflowCommand | undefined {
    const command = this.parse(line);
    if (command === undefined) return undefined;
    if (this.stopToken !== undefined) {
      if (command.name === this.stopToken) this.stopToken = undefined;
      return undefined;
    }
    if (command.name === 'stop-commands') this.stopToken = command.message.toLowerCase();
    return command;
  }

  private parse(line: string): WorkflowCommand | undefined {
    const command = parseCurrentForm(line) ?? parseOldForm(line);
    return command !== undefined && (KNOWN.has(command.name) || command.name === this.stopToken) ? command : undefined;
  }
}

function parseCurrentForm(line: string): WorkflowCommand | undefined {
  const found = /^\s*::(?<name>[^ :]+)(?: (?<properties>.*?))?::(?<message>.*)$/.exec(line)?.groups;
  if (found === undefined) return undefined;
  return make(found, ',', { '%3A': ':', '%2C': ',' }, {});
}

function parseOldForm(line: string): WorkflowCommand | undefined {
  const found = /##\[(?<name>[^ \]]+)(?: (?<properties>[^\]]*))?\](?<message>.*)$/.exec(line)?.groups;
  if (found === undefined) return undefined;
  const escapes = { '%3B': ';', '%5D': ']' };
  return make(found, ';', escapes, escapes);
}

type Escapes = Readonly<Record<string, string>>;

function make(
  found: Readonly<Record<string, string | undefined>>,
  separator: string,
  inProperties: Escapes,
  inMessage: Escapes,
): WorkflowCommand {
  const pairs = (found['properties'] ?? '').split(separator).flatMap((pair) => {
    const at = pair.indexOf('=');
    return at < 0 ? [] : [[pair.slice(0, at).trim(), decode(pair.slice(at + 1), inProperties)] as const];
  });
  return {
    name: (found['name'] ?? '').toLowerCase(),
    properties: Object.fromEntries(pairs),
    message: decode(found['message'] ?? '', inMessage),
  };
}

function decode(text: string, more: Escapes): string {
  const escapes: Escapes = { '%0D': '\r', '%0A': '\n', ...more, '%25': '%' };
  return text.replace(/%[0-9A-F]{2}/g, (code) => escapes[code] ?? code);
}
