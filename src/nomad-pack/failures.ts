import { constants } from 'node:os';
import { ActionError, type FailureReason, type FileLocation } from '../errors.ts';
import { nearestFirst, nearMiss } from '../nearest.ts';
import { type ErrorBlock, parseErrorBlocks, tail } from './output.ts';
import type { CommandOutcome } from './process.ts';
import { explainPlace, locateVariable, type PreparedFile } from './variable-files.ts';

export interface FailureContext {
  /** As in `nomad-pack run`. */
  readonly command: string;
  readonly files: readonly PreparedFile[];
  /** The file of the workspace that a file of the pack is, where the pack is a directory of it. */
  readonly locate: (packFile: string) => string | undefined;
  /** The names of the variables that the pack declares; empty where they are not known. */
  readonly declared: () => readonly string[];
}

interface Explanation {
  readonly reason: FailureReason;
  readonly message: string;
  readonly hint: string;
  readonly location?: FileLocation | undefined;
  readonly passing?: boolean;
}

/** What the output of a command that failed means to the user; never a guess: what is not known is shown as it is. */
export function explainFailure(
  { output, exitCode, signal }: Pick<CommandOutcome, 'output' | 'exitCode' | 'signal'>,
  context: FailureContext,
): ActionError {
  if (signal !== undefined) return killed(context.command, signal);
  const crash = /^panic: .*/m.exec(output)?.[0];
  if (crash !== undefined) return crashed(context.command, crash);
  const blocks = parseErrorBlocks(output).map((block) => ({
    ...block,
    error: withoutCount(block.error),
    isCounted: block.error !== withoutCount(block.error),
  }));
  const [block] = blocks;
  const unhealthy = block && rolloutFailure(block);
  if (unhealthy !== undefined) return unhealthy;
  if (block === undefined || block.error === '') {
    return new ActionError(
      'output-not-understood',
      `\`${context.command}\` ended with exit code ${exitCode} and said nothing that this action understands:\n${tail(output)}`,
      {
        hint: 'The lines above are nomad-pack’s own. Run again with debug logging (ACTIONS_STEP_DEBUG) for all of them.',
      },
    );
  }
  const explained =
    explainTitle(block) ??
    explainMissing(blocks) ??
    explainUndeclared(blocks, context) ??
    explainInvalid(blocks, context) ??
    explainVariableSource(block) ??
    explainNewerPack(blocks) ??
    explainPackFile(block, context) ??
    explainPack(block, context) ??
    explainRunner(block, context) ??
    explainNomad(block) ??
    explainRest(block, context);
  const { reason, message, hint, location, passing = false } = explained;
  return new ActionError(reason, message, { hint, passing, ...(location !== undefined && { location }) });
}

/** Signals that a program gets for its own mistakes. */
const CRASHES: ReadonlySet<NodeJS.Signals> = new Set(['SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGTRAP']);

function killed(command: string, signal: NodeJS.Signals): ActionError {
  const words = `\`${command}\` was ended by the signal ${signal} (${constants.signals[signal]})`;
  if (CRASHES.has(signal)) return crashed(command, words);
  return new ActionError('runner', `${words}, which this action did not send.`, {
    hint:
      signal === 'SIGKILL'
        ? 'Most often the system does that when the runner’s memory is used up: use a runner with more of it, or run fewer things at once.'
        : 'Look for what ends processes on the runner.',
    passing: true,
  });
}

/** An answer of Nomad's that nomad-pack does not expect is enough for that. */
function crashed(command: string, words: string): ActionError {
  return new ActionError('nomad-pack-failed', `\`${command}\` crashed: ${words}`, {
    hint: 'That is a fault of nomad-pack: try another `nomad_pack_version`.',
    passing: true,
  });
}

/** Trouble with the machine, in the words of the system. */
function explainRunner({ error }: ErrorBlock, { command }: FailureContext): Explanation | undefined {
  const lack =
    /no space left on device|disk quota exceeded|read-only file system|too many open files|cannot allocate memory|resource temporarily unavailable|(?:open|mkdir|remove|rename|chmod|write) \S+: permission denied/i;
  if (!lack.test(error)) return undefined;
  return {
    reason: 'runner',
    message: `The runner lacks what \`${command}\` needs: ${error}`,
    hint: 'Give the runner space on its disk, memory, or the right to write, as the words above say. Temporary files are in `RUNNER_TEMP`.',
  };
}

/** Nomad counts its errors first (`1 error occurred:`) and lists them below: the first line would say nothing. */
function withoutCount(error: string): string {
  return error.replace(/(?<!\d)\d{1,9} errors? occurred:\s*\* /g, '');
}

/** `run` of a version that watches the rollout itself has no more to say of one that fails than a title. */
function rolloutFailure({ title, error }: ErrorBlock): ActionError | undefined {
  const words = /^\S+: (Deployment "[^"]+" failed)$/.exec(title)?.[1];
  if (words === undefined || error !== '') return undefined;
  return new ActionError('unhealthy', `nomad-pack says: ${words}.`, {
    hint: 'Look at the events and logs of its tasks.',
  });
}

/** Variables that are missing: nomad-pack tells all of them, a block each. */
function explainMissing(blocks: readonly ErrorBlock[]): Explanation | undefined {
  const missing = blocks.flatMap(({ error, context }) => {
    const [, name, description = ''] = /missing required variable: "([^"]*)"(?: \(([\s\S]*)\))?/.exec(error) ?? [];
    return name === undefined ? [] : [{ name, description: description.replace(/\s+/g, ' '), pack: packOf(context) }];
  });
  if (missing.length === 0) return undefined;
  const sentences = missing.map(
    ({ name, description, pack }) =>
      `Pack \`${pack}\` needs the variable \`${name}\`${description === '' ? '' : ` (${description})`}, which has no default.`,
  );
  return {
    reason: 'variable-missing',
    message: sentences.join('\n'),
    hint: `Set ${inCode(missing.map(({ name }) => name))} in \`variables\`, \`secret_variables\` or one of \`variable_files\`.`,
  };
}

/** Variables that the pack does not have, likewise. */
function explainUndeclared(
  blocks: readonly ErrorBlock[],
  { files, declared }: FailureContext,
): Explanation | undefined {
  const undeclared = blocks.flatMap(({ error, context }) => {
    const name = /no variable named "([^"]*)"/.exec(error)?.[1];
    const place = explainPlace(files, context['HCL Range'] ?? '');
    return name === undefined ? [] : [{ name, place, pack: packOf(context) }];
  });
  const [first] = undeclared;
  if (first === undefined) return undefined;
  const sentences = undeclared.map(
    ({ name, place, pack }) =>
      `Pack \`${pack}\` has no variable \`${name}\`, which is set${place === undefined ? '' : describePlace(place.file, place.location)}${didYouMean(nearMiss(name, declared()))}`,
  );
  const nearest = nearestFirst(first.name, declared()).slice(0, 3);
  const help = nearest.length === 0 ? '' : ` Most like \`${first.name}\`: ${inCode(nearest)}.`;
  return {
    reason: 'variable-undeclared',
    message: sentences.join('\n'),
    hint: `Check the spelling against the pack’s variables.hcl, or drop ${inCode(undeclared.map(({ name }) => name))}.${help}`,
    location: first.place?.location,
  };
}

function didYouMean(name: string | undefined): string {
  return name === undefined ? '.' : `; did you mean \`${name}\`?`;
}

function inCode(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}

/** Values that a `validation` block of the pack refuses: the rule is the pack's, the value the user's. */
function explainInvalid(blocks: readonly ErrorBlock[], { files, locate }: FailureContext): Explanation | undefined {
  const invalid = blocks.flatMap(({ error, context }) => {
    const [, name, words] = /^Variable "([^"]*)": ([\s\S]*)/.exec(error) ?? [];
    const rule = packFile(context['HCL Range'] ?? '');
    return name === undefined || words === undefined || rule === undefined
      ? []
      : [{ name, words, rule, pack: packOf(context), file: files.findLast((file) => setsVariable(file, name)) }];
  });
  if (invalid.length === 0) return undefined;
  const sentences = invalid.map(({ name, words, pack, file }) => {
    const where = file === undefined ? ', which no input sets,' : describePlace(file, locateVariable(file, name));
    return `The variable \`${name}\` of pack \`${pack}\`${where} has a value that the pack refuses: ${words}`;
  });
  const [first] = invalid;
  const location = first?.file && locateVariable(first.file, first.name);
  const rule = first && locate(`${first.pack}/${first.rule.file}`);
  return {
    reason: 'variable-invalid',
    message: sentences.join('\n'),
    hint: `Set ${inCode(invalid.map(({ name }) => name))} to a value that the pack takes. The rule is in ${invalid
      .map(({ rule: { file, line } }) => `line ${line} of its ${rule ?? file}`)
      .join(', ')}.`,
    location,
  };
}

function setsVariable({ values, assignments }: PreparedFile, name: string): boolean {
  return Object.hasOwn(values ?? {}, name) || (assignments ?? []).some((assignment) => assignment.name === name);
}

/** Mistakes in the pack's own files that are no templates. nomad-pack names the file in the block's context, or in the words of the error. */
function explainPackFile({ error, context }: ErrorBlock, { locate }: FailureContext): Explanation | undefined {
  const [, unloadable] = /failed to (?:load|validate) (?:dependent )?pack(?: dependency)?: ([\s\S]*)/.exec(error) ?? [];
  const [, file, line, words] =
    /^failed to decode (metadata\.hcl): metadata\.hcl:(\d+),[\d,-]+: ([\s\S]*)/.exec(unloadable ?? '') ?? [];
  const place = packFile(context['HCL Range'] ?? '') ?? (file === undefined ? undefined : { file, line: Number(line) });
  if (place === undefined && unloadable === undefined) return undefined;
  const pack = packOf(context);
  const dependency = /(?:^|: )stat (?:[^\n]*[/\\])?deps[/\\]([^/\\:]+): no such file/.exec(unloadable ?? '')?.[1];
  if (dependency !== undefined) {
    return {
      reason: 'pack-invalid',
      message: `The pack \`${pack}\` depends on \`${dependency}\`, which is not in its folder \`deps/\`: nomad-pack fetches no dependencies when it renders.`,
      hint: 'Run `nomad-pack deps vendor --path=...` on the pack and commit `deps/`, or run it in a step before this one where the pack is a directory.',
    };
  }
  const what =
    place === undefined
      ? `Pack \`${pack}\` cannot be used`
      : `The ${place.file} of pack \`${pack}\` is wrong in line ${place.line}`;
  const found = place && locate(`${pack}/${place.file}`);
  return {
    reason: 'pack-invalid',
    message: `${what}: ${words ?? unloadable ?? error}`,
    hint: 'Correct the pack: it needs a folder `templates/` and the files `metadata.hcl` and `variables.hcl`.',
    ...(place !== undefined && found !== undefined && { location: { file: found, line: place.line } }),
  };
}

/** The file of the pack that a place in nomad-pack's cache is in, `.../web@v1.0.0/variables.hcl:3,13-16`, and the line there. */
export function packFile(range: string): { readonly file: string; readonly line: number } | undefined {
  const [, path = '', line] = /^(.+\.hcl):(\d+),/.exec(range) ?? [];
  const steps = path.split(/[/\\]/);
  const file = steps.slice(steps.findLastIndex((step) => step.includes('@')) + 1).join('/');
  return file === '' || file === path ? undefined : { file, line: Number(line) };
}

function packOf(context: ErrorBlock['context']): string {
  return context['Pack Name'] ?? 'the pack';
}

/** Mistakes in files of variables, templates and job specifications. */
function explainPack(block: ErrorBlock, { files, locate }: FailureContext): Explanation | undefined {
  const { error, context } = block;
  const place = explainPlace(files, context['HCL Range'] ?? '');
  const where = place === undefined ? '' : describePlace(place.file, place.location);
  if (/not compatible with the variable's type constraint/.test(error)) {
    return wrongType(packOf(context), place?.variable, error.split('constraint: ')[1] ?? error, where, place?.location);
  }
  if (place !== undefined || /error loading variable file|Cannot read from/.test(error)) {
    return {
      reason: 'variable-file',
      message: `The variables${where} cannot be read: ${error}`,
      hint: 'Correct that file. Files of variables are HCL (`name = value`), JSON or YAML, by their suffix.',
      location: place?.location,
    };
  }
  if (/no templates were rendered|no parsed templates found/.test(error)) {
    return {
      reason: 'job-specification',
      message: `The pack \`${packOf(context)}\` renders to no job: it has no template, or each of them comes out empty.`,
      hint: 'Look at the conditions in its templates and at the variables that they look at. Templates of jobs have names that end in `.nomad.tpl`.',
    };
  }
  if (context['Filename'] !== undefined) return explainTemplate(error, context, locate);
  const template = context['Template Name'];
  if (/Failed to parse job/i.test(error)) {
    const [, line, , problem] = /input\.hcl:(\d+),(\d+)(?:-[\d,]+)?: ([\s\S]*?)\)?$/.exec(error) ?? [];
    return {
      reason: 'job-specification',
      message: `The job specification that ${template ?? 'the pack'} renders to is wrong${line === undefined ? '' : ` in line ${line}`}: ${problem ?? error}`,
      hint: 'Render the pack (`operation: render`) to see the line. The template or a variable has to be corrected.',
      ...(template !== undefined && locate(template) !== undefined && { location: { file: locate(template) ?? '' } }),
    };
  }
  return undefined;
}

/** What nomad-pack says of a variable that is written as before 0.1, `.web.count` or `.my.count`. */
const OLD_SYNTAX = /^pack "[^"]*" not found when accessing "(\.[^".]+\.([^"]+))"/;

/** Where a template cannot even be read, its place is in nomad-pack's message alone. */
function explainTemplate(error: string, context: ErrorBlock['context'], locate: FailureContext['locate']): Explanation {
  const [, unread, at, problem] = /^template: (.*?):(\d+):(?:\d+:)? ([\s\S]*)$/.exec(error) ?? [];
  const name = context['Filename'] || unread || '';
  const [line, column] = (context['Position'] || at || '').split(',').map(Number);
  const file = locate(name);
  const old = OLD_SYNTAX.exec(problem ?? error);
  return {
    reason: 'template',
    message: `The template ${name}${line ? `, line ${line}` : ''}, fails: ${problem ?? error}`,
    hint:
      old === null
        ? 'The pack’s template has to be corrected, or a variable that it looks at set differently.'
        : `\`${old[1]}\` is the syntax of packs from before nomad-pack 0.1: write \`var "${old[2]}" .\` instead. This action does not run packs with \`--parser-v1\`.`,
    ...(file !== undefined && { location: { file, ...(line && { line }), ...(column && { column }) } }),
  };
}

/** ` in \`variables\``, ` in \`prod.yaml\`, line 3`; the words that follow the name of a variable. */
export function describePlace({ origin }: PreparedFile, location: FileLocation | undefined): string {
  return location === undefined ? ` in \`${origin}\`` : ` in \`${location.file}\`, line ${location.line}`;
}

/** What a value of another type than the pack declares is told as; shared with the check that finds it. */
export function wrongType(
  pack: string,
  variable: string | undefined,
  wanted: string,
  where: string,
  location?: FileLocation,
): Explanation {
  return {
    reason: 'variable-type',
    message: `${variable === undefined ? 'A variable' : `The variable \`${variable}\``} of pack \`${pack}\`${where} has a value of the wrong type: ${wanted}`,
    hint: 'Give it a value of the type that the pack’s variables.hcl declares.',
    location,
  };
}

/** Trouble with the cluster, as nomad-pack met it. */
function explainNomad({ error, isCounted }: ErrorBlock & { readonly isCounted: boolean }): Explanation | undefined {
  if (/unsupported protocol scheme|missing protocol scheme|invalid (?:port|URL)/.test(error)) {
    return {
      reason: 'nomad-address',
      message: `nomad-pack cannot use the address of Nomad: ${error}`,
      hint: 'Set `nomad_addr` to an address like `https://nomad.example.com:4646`.',
    };
  }
  if (/server gave HTTP response to HTTPS client|malformed HTTP response|HTTP request to an HTTPS server/.test(error)) {
    return {
      reason: 'nomad-address',
      message: `nomad-pack and Nomad do not agree on HTTP or HTTPS: ${error}`,
      hint: 'Set `nomad_addr` to an address that begins with https:// where Nomad speaks TLS, and with http:// where it does not.',
    };
  }
  if (/x509:|tls:|certificate (?:signed|is not|has expired)/.test(error)) {
    return {
      reason: 'nomad-tls',
      message: `nomad-pack could not agree with Nomad on TLS: ${error}`,
      hint: 'Check `nomad_cacert`, `nomad_client_cert`, `nomad_client_key` and `nomad_tls_server_name`.',
    };
  }
  if (
    /dial (?:tcp|unix)|connection (?:refused|reset)|broken pipe|no such host|i\/o timeout|deadline exceeded|EOF$/.test(
      error,
    )
  ) {
    return {
      reason: 'nomad-unreachable',
      message: `nomad-pack could not reach Nomad: ${error}`,
      hint: 'Check `nomad_addr`, and that the runner may reach it.',
      passing: true,
    };
  }
  if (/response code: 403|Permission denied/.test(error)) {
    return {
      reason: 'nomad-auth',
      message: `Nomad refused what nomad-pack asked for: ${error}`,
      hint: 'Check `nomad_token` and its policies; docs/authentication.md lists what each operation needs.',
    };
  }
  if (/nonexistent namespace/.test(error)) {
    return {
      reason: 'nomad-namespace',
      message: `There is no such namespace: ${/job "[^"]*" is in nonexistent namespace "[^"]*"/.exec(error)?.[0] ?? error}`,
      hint: 'Create the namespace, or correct `nomad_namespace` (or the `namespace` in the pack’s template).',
    };
  }
  const status = Number(/response code: (\d+)/.exec(error)?.[1]);
  // Nomad counts what is wrong with a job; that stays so.
  if (status === 429 || (status >= 500 && !isCounted)) {
    return {
      reason: 'nomad-error',
      message: `Nomad answered nomad-pack with status ${status}: ${error}`,
      hint: 'Those are Nomad’s own words, or those of a proxy before it; the log of its servers may say more.',
      passing: true,
    };
  }
  if (/^invalid character .* looking for|^unexpected end of JSON input|^Got 0 byte response|^json: /.test(error)) {
    return {
      reason: 'nomad-error',
      message: `What answered nomad-pack is not Nomad, or its answer was cut: ${error}`,
      hint: 'Check that `nomad_addr` is the address of Nomad’s HTTP API.',
      passing: true,
    };
  }
  return undefined;
}

/** What `variable_sources` names cannot be read. */
function explainVariableSource({ error }: ErrorBlock): Explanation | undefined {
  const [, kind, place] = /failed to fetch from (consul|vault|nomad)\(([^)]*)\)/.exec(error) ?? [];
  if (kind === undefined && !/^var-source "/.test(error)) return undefined;
  const environment: Readonly<Record<string, string>> = {
    consul: '`CONSUL_HTTP_ADDR`, `CONSUL_HTTP_TOKEN`',
    vault: '`VAULT_ADDR`, `VAULT_TOKEN`, `VAULT_NAMESPACE`',
    nomad: '`nomad_addr`, `nomad_token` and its policy',
  };
  return {
    reason: 'variable-source',
    message:
      kind === undefined
        ? `\`variable_sources\` is wrong: ${error}`
        : `The variables in ${kind} at ${place} cannot be read: ${error}`,
    hint: `Check \`variable_sources\`${kind === undefined ? '' : `, and ${environment[kind]} in the step's \`env:\``}.`,
  };
}

/** What only a newer nomad-pack understands. */
function explainNewerPack(blocks: readonly ErrorBlock[]): Explanation | undefined {
  const types = blocks.flatMap(
    ({ error }) => /Blocks of type "(nomad_variable|validation)" are not expected/.exec(error)?.[1] ?? [],
  );
  const [block] = blocks;
  if (types.length === 0 || block === undefined) return undefined;
  return {
    reason: 'pack-invalid',
    message: `The pack \`${packOf(block.context)}\` has blocks in its variables.hcl that this version of nomad-pack does not know: ${inCode([...new Set(types)])}.`,
    hint: 'They need a version after 0.4.2: set `nomad_pack_version`, or use a version of the pack without them.',
  };
}

/** Where the title tells; the names of jobs and packs in the error itself may look like anything. */
function explainTitle({ title, error, context }: ErrorBlock): Explanation | undefined {
  // It is also the title of whatever kept nomad-pack from looking for one.
  if (title === 'Failed Job Conflict Validation' && /already exists and is /.test(error)) {
    return {
      reason: 'job-conflict',
      message: `Nomad has such a job already: ${error}`,
      hint: 'Deploy under the name that it belongs to (`deployment_name`), or give the job another name through a variable of the pack.',
    };
  }
  if (title === 'Failed To Register Job Due To Check Index Failure') {
    return {
      reason: 'plan-changed',
      message: `Somebody else changed the job meanwhile: ${error}`,
      hint: 'Plan again, and review what would change now.',
    };
  }
  if (title === 'Failed To Create Nomad Variables') {
    return {
      reason: 'nomad-variable',
      message: `The jobs are registered, but a Nomad variable that the pack declares could not be written: ${error}`,
      hint: 'Give the token the right to write the path: `variables` in its policy.',
    };
  }
  if (title === 'Failed To Find Pack') {
    return {
      reason: 'pack-not-found',
      message: `There is no pack \`${context['Pack Name'] ?? ''}\` in the registry.`,
      hint: 'Check `pack`, `registry_source` and `registry_ref`.',
    };
  }
  return undefined;
}

function explainRest({ title, error }: ErrorBlock, { command }: FailureContext): Explanation {
  return {
    reason: 'nomad-pack-failed',
    message: `\`${command}\` failed: ${title}: ${error}`,
    hint: 'The words above are nomad-pack’s own.',
  };
}
