import { type Arguments, type CommandName, flagSets, readArguments, UsageError } from './flags.ts';
import { Problem, Problems } from './problem.ts';
import { releaseOf } from './release.ts';
import type { CommandFunction } from './session.ts';
import { Ui } from './ui.ts';

/** Each command's code is loaded when it is called. */
const commands: Readonly<Record<CommandName, () => Promise<CommandFunction>>> = {
  version: async () => (await import('./commands/version.ts')).version,
  status: async () => (await import('./commands/status.ts')).status,
  'registry add': async () => (await import('./commands/registry.ts')).registryAdd,
  render: async () => (await import('./commands/render.ts')).render,
  run: async () => (await import('./commands/run.ts')).run,
  plan: async () => (await import('./commands/plan.ts')).plan,
  stop: async () => (await import('./commands/remove.ts')).stop,
  destroy: async () => (await import('./commands/remove.ts')).destroy,
};

/** How many arguments a command takes besides its flags; any number where it is not named. */
const argumentCounts: Readonly<Partial<Record<CommandName, number>>> = {
  version: 0,
  'registry add': 2,
  render: 1,
  run: 1,
  plan: 1,
  stop: 1,
  destroy: 1,
};

/** Runs a command line; returns the exit code. */
export async function runCommandLine(given: readonly string[]): Promise<number> {
  const chosen = given[0] === '--sandbox-version' ? given[1] : undefined;
  const args = chosen === undefined ? given : given.slice(2);
  const release = releaseOf(chosen);
  const ui = new Ui(release.mistakesFormats);
  ui.raw('debug: simulated nomad-pack of the sandbox\n');
  const interrupt = new AbortController();
  process.once('SIGINT', () => interrupt.abort());
  const [name, rest] = findCommand(args);
  if (name === undefined) {
    ui.raw(`There is no command "${args.join(' ')}" in the sandbox.\n`);
    return 127;
  }
  try {
    const parsed = readArguments(name, rest, release);
    checkPositional(name, parsed.positional, parsed.text('name'));
    const command = await commands[name]();
    const external = await readSources(parsed);
    return await command({ args: parsed, release, env: process.env, ui, external, signal: interrupt.signal });
  } catch (error) {
    if (error instanceof UsageError) {
      ui.problem(new Problem('error parsing args or flags', error.message));
      ui.info(`See "nomad-pack ${name} --help"`);
      return name === 'plan' ? 255 : 1;
    }
    const problems = error instanceof Problem ? [error] : error instanceof Problems ? error.problems : undefined;
    if (problems === undefined) throw error;
    for (const problem of problems) ui.problem(problem);
    return 1;
  }
}

/** What `--var-source` names, read from Nomad; Consul and Vault are not simulated. */
async function readSources(args: Arguments): Promise<Readonly<Record<string, string>>[]> {
  const found: Readonly<Record<string, string>>[] = [];
  for (const source of args.list('var-source')) {
    const [, scheme = '', host = '', path = ''] = /^([a-z]+):\/\/([^/]*)\/(.*)$/.exec(source) ?? [];
    if (!['consul', 'vault', 'nomad'].includes(scheme)) {
      const words = `var-source "${source}": unsupported scheme "${scheme}" (supported: consul, vault, nomad)`;
      throw new Problem('failed to generate pack manager', words);
    }
    if (scheme !== 'nomad')
      throw new Problem(
        'failed to process pack',
        `failed to fetch from ${scheme}(${host}/${path}): connection refused`,
      );
    const { NomadApi } = await import('./nomad/client.ts');
    found.push((await NomadApi.from(args, process.env).variable(path)) ?? {});
  }
  return found;
}

function findCommand(args: readonly string[]): [CommandName | undefined, readonly string[]] {
  const [first = '', second = ''] = args;
  if (first === '--version' || first === '-v') return ['version', []];
  const words = first === 'registry' ? 2 : 1;
  const name = words === 2 ? `${first} ${second}` : first;
  return [Object.hasOwn(flagSets, name) ? (name as CommandName) : undefined, args.slice(words)];
}

function checkPositional(name: CommandName, positional: readonly string[], deployment: string | undefined): void {
  const { length } = positional;
  if (name === 'status') {
    if (length > 1) throw new UsageError(`this command accepts at most 1 arg, received ${length}`);
    if (deployment && length === 0) throw new UsageError('--name can only be used if pack name is provided');
    return;
  }
  const count = argumentCounts[name];
  if (count === 0 && length > 0) throw new UsageError('this command takes no args');
  if (count !== undefined && length !== count) {
    throw new UsageError(`this command requires exactly ${count} args(s), received ${length}`);
  }
}
