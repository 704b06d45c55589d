import { type ParseArgsConfig, parseArgs } from 'node:util';

/**
 * The options and words that a script is given. Prints the usage and ends the process where `--help` is one of them, or one is not
 * among the options.
 */
export function readCommandLine<const Options extends NonNullable<ParseArgsConfig['options']>>({
  usage,
  options,
  allowPositionals = false,
}: {
  readonly usage: string;
  readonly options: Options;
  readonly allowPositionals?: boolean;
}) {
  try {
    if (!process.argv.slice(2).includes('--help')) {
      const { values, positionals } = parseArgs({ allowPositionals, options });
      return { values, positionals: positionals as readonly string[] };
    }
    console.log(usage);
    process.exit(0);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exit(2);
  }
}
