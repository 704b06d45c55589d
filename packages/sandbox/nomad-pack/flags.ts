import type { Release } from './release.ts';

/** What a flag takes: `switch` nothing or `=true`, `list` and `map` values that add up. */
type FlagKind = 'switch' | 'text' | 'number' | 'list' | 'map';

interface Flag {
  readonly kind: FlagKind;
  readonly letter?: string;
  /** Came with the releases that watch what they register. */
  readonly recent?: boolean;
  /** Came with the releases that make Nomad variables. */
  readonly latest?: boolean;
}

type FlagSet = Readonly<Record<string, Flag>>;

/** What a command line says. */
export interface Arguments {
  readonly positional: readonly string[];
  /** All arguments as they were given. */
  readonly raw: readonly string[];
  text(name: string): string | undefined;
  switch(name: string): boolean;
  list(name: string): readonly string[];
  map(name: string): ReadonlyMap<string, string>;
}

/** A command line that nomad-pack does not take. The message is the one that it gives. */
export class UsageError extends Error {}

const operation: FlagSet = {
  'var-file': { kind: 'list', letter: 'f' },
  'allow-unset-vars': { kind: 'switch' },
  'ignore-missing-vars': { kind: 'switch' },
  var: { kind: 'map' },
  name: { kind: 'text' },
  'parser-v1': { kind: 'switch' },
};

const external: FlagSet = { 'var-source': { kind: 'list', latest: true } };

const cluster: FlagSet = {
  address: { kind: 'text' },
  namespace: { kind: 'text' },
  region: { kind: 'text' },
  'ca-cert': { kind: 'text' },
  'client-cert': { kind: 'text' },
  'client-key': { kind: 'text' },
  'tls-server-name': { kind: 'text' },
  token: { kind: 'text' },
  'tls-skip-verify': { kind: 'switch' },
};

const source: FlagSet = { registry: { kind: 'text' }, ref: { kind: 'text' } };
const removal: FlagSet = {
  ...operation,
  ...cluster,
  ...source,
  global: { kind: 'switch' },
  detach: { kind: 'switch', recent: true },
  verbose: { kind: 'switch', recent: true },
};

/** The flags of each command. */
export const flagSets = {
  version: {},
  status: { ...operation, ...cluster, ...source },
  'registry add': { ...operation, ...cluster, target: { kind: 'text' }, ref: { kind: 'text' } },
  render: {
    ...operation,
    ...external,
    ...source,
    'auto-approve': { kind: 'switch', letter: 'y' },
    'render-output-template': { kind: 'switch' },
    'skip-aux-files': { kind: 'switch' },
    'no-format': { kind: 'switch' },
    'to-dir': { kind: 'text', letter: 'o' },
  },
  run: {
    ...operation,
    ...external,
    ...cluster,
    ...source,
    'check-index': { kind: 'number' },
    'consul-token': { kind: 'text' },
    'consul-namespace': { kind: 'text' },
    'vault-token': { kind: 'text' },
    'vault-namespace': { kind: 'text' },
    'deploy-override': { kind: 'switch', recent: true },
    'policy-override': { kind: 'switch' },
    'preserve-counts': { kind: 'switch' },
    'preserve-resources': { kind: 'switch' },
    detach: { kind: 'switch', recent: true },
    verbose: { kind: 'switch', recent: true },
    rollback: { kind: 'switch' },
  },
  plan: {
    ...operation,
    ...external,
    ...cluster,
    ...source,
    diff: { kind: 'switch' },
    'deploy-override': { kind: 'switch', recent: true },
    'policy-override': { kind: 'switch' },
    verbose: { kind: 'switch', letter: 'v' },
    'exit-code-no-changes': { kind: 'number', recent: true },
    'exit-code-makes-changes': { kind: 'number', recent: true },
    'exit-code-error': { kind: 'number', recent: true },
  },
  stop: { ...removal, purge: { kind: 'switch' } },
  destroy: removal,
} satisfies Record<string, FlagSet>;

export type CommandName = keyof typeof flagSets;

/**
 * Reads a command's arguments: flags as `--name=value` or `--name value`, before, between and after the others.
 *
 * @throws UsageError
 */
export function readArguments(command: CommandName, args: readonly string[], release: Release): Arguments {
  const values = new Map<string, string[]>();
  const positional: string[] = [];
  const rest = [...args];
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    if (argument === '--') positional.push(...rest.splice(0));
    else if (!argument.startsWith('-') || argument === '-') positional.push(argument);
    else readFlag(flagSets[command], argument, rest, values, release);
  }
  const last = (name: string) => values.get(name)?.at(-1);
  return {
    positional,
    raw: args,
    text: last,
    switch: (name) => last(name) === 'true',
    list: (name) => (values.get(name) ?? []).flatMap((value) => value.trim().split(',')),
    map: (name) => new Map((values.get(name) ?? []).map((pair) => splitPair(pair))),
  };
}

function readFlag(
  flags: FlagSet,
  argument: string,
  rest: string[],
  values: Map<string, string[]>,
  release: Release,
): void {
  const [name, flag, given] = argument.startsWith('--') ? findLong(flags, argument) : findShort(flags, argument);
  const unknown =
    flag === undefined ||
    (flag.recent === true && !release.watches) ||
    (flag.latest === true && !release.makesNomadVariables);
  if (unknown) throw new UsageError(`unknown flag: --${name}`);
  const value = given ?? (flag.kind === 'switch' ? 'true' : rest.shift());
  if (value === undefined) throw new UsageError(`flag needs an argument: --${name}`);
  const problem = checkFlag(flag.kind, value);
  if (problem !== undefined) throw new UsageError(`invalid argument "${value}" for "--${name}" flag: ${problem}`);
  values.set(name, [...(values.get(name) ?? []), value]);
}

function findLong(flags: FlagSet, argument: string): [string, Flag | undefined, string | undefined] {
  const [, name = '', value] = /^--([^=]*)(?:=(.*))?$/s.exec(argument) ?? [];
  return [name, Object.hasOwn(flags, name) ? flags[name] : undefined, value];
}

function findShort(flags: FlagSet, argument: string): [string, Flag, string | undefined] {
  const letter = argument.slice(1, 2);
  const found = Object.entries(flags).find(([, flag]) => flag.letter === letter);
  if (found === undefined) throw new UsageError(`unknown shorthand flag: '${letter}' in ${argument}`);
  const value = argument.slice(2).replace(/^=/, '');
  return [...found, value === '' ? undefined : value];
}

function checkFlag(kind: FlagKind, value: string): string | undefined {
  if (kind === 'switch' && !/^(?:true|false)$/.test(value))
    return `strconv.ParseBool: parsing "${value}": invalid syntax`;
  if (kind === 'number' && !/^\d+$/.test(value)) return `strconv.ParseUint: parsing "${value}": invalid syntax`;
  if (kind === 'map' && !value.includes('=')) return `missing = in KV pair: "${value}"`;
  return undefined;
}

function splitPair(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return [pair.slice(0, at), pair.slice(at + 1)];
}
