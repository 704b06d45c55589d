/** A command that the runner would obey, as it reads it from a line of stdout. */
export interface ObeyedCommand {
  readonly command: string;
  readonly data: string;
}

const COMMANDS = new Set([
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning',
]);

/** The commands in a text, by the runner's rules: `::name ...::data` after white space, or `##[name ...]data` wherever it is. */
export function obeyedCommands(output: string): ObeyedCommand[] {
  return output.split(/\r\n|\n|\r/).flatMap((line) => {
    const found =
      /^[\s\u0085]*::(?<info>.*?)::(?<data>.*)$/su.exec(line) ?? /##\[(?<info>[^\]]*)\](?<data>.*)$/su.exec(line);
    const command = found?.groups?.['info']?.split(' ')[0] ?? '';
    return COMMANDS.has(command.toLowerCase()) ? [{ command, data: found?.groups?.['data'] ?? '' }] : [];
  });
}

/** The outputs in the file that GITHUB_OUTPUT names. */
export function parseOutputs(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/^(?<name>[\w-]+)<<(?<end>\S+)\n(?<value>[\s\S]*?)\n\k<end>$/gm)].map(({ groups }) => [
      groups?.['name'] ?? '',
      groups?.['value'] ?? '',
    ]),
  );
}
