import type { FileLocation } from '../../errors.ts';
import { nearestFirst, nearMiss } from '../../nearest.ts';
import { holdsCredential } from '../../settings/misplaced.ts';
import { explainPlace, locateVariable, type PreparedFile } from '../variable-files.ts';
import { packFile } from './pack-files.ts';
import { type Explain, type Explanation, inCode, packOf } from './rule.ts';

/** Variables that are missing: nomad-pack tells all of them, a block each, in random order. */
export const explainMissing: Explain = (blocks) => {
  const missing = blocks
    .flatMap(({ error, context }) => {
      const [, name, description = ''] = /missing required variable: "([^"]*)"(?: \(([\s\S]*)\))?/.exec(error) ?? [];
      return name === undefined ? [] : [{ name, description: description.replace(/\s+/g, ' '), pack: packOf(context) }];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  if (missing.length === 0) return undefined;
  const sentences = missing.map(
    ({ name, description, pack }) =>
      `Pack \`${pack}\` needs the variable \`${name}\`${description === '' ? '' : ` (${description})`}, which has no default.`,
  );
  return {
    reason: 'variable-missing',
    message: sentences.join('\n'),
    hint: `Set ${inCode(missing.map(({ name }) => name))} in \`variables\`, \`secret_variables\` or one of \`variable_files\`. nomad-pack does not count \`null\` as a default.`,
  };
};

/** Variables that the pack does not have, likewise. */
export const explainUndeclared: Explain = (blocks, { files, declared }) => {
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
  const known = nearestFirst(first.name, declared());
  const more = known.length > MOST_LISTED ? `, and ${known.length - MOST_LISTED} more` : '';
  const help = known.length === 0 ? '' : ` The pack has ${inCode(known.slice(0, MOST_LISTED))}${more}.`;
  return {
    reason: 'variable-undeclared',
    message: sentences.join('\n'),
    hint: `Check the spelling against the pack’s variables.hcl, or drop ${inCode(undeclared.map(({ name }) => name))}.${help}`,
    location: first.place?.location,
  };
};

/** How many variables of the pack an error lists, the nearest name first. */
const MOST_LISTED = 8;

function didYouMean(name: string | undefined): string {
  return name === undefined ? '.' : `; did you mean \`${name}\`?`;
}

/** Values that a `validation` block of the pack refuses: the rule is the pack's, the value the user's. */
export const explainInvalid: Explain = (blocks, { files, locate }) => {
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
};

function setsVariable({ values, assignments }: PreparedFile, name: string): boolean {
  return Object.hasOwn(values ?? {}, name) || (assignments ?? []).some((assignment) => assignment.name === name);
}

const WRONG_TYPE = "not compatible with the variable's type constraint";

/** Files of variables that cannot be read, and values of a wrong type in them. */
export const explainVariableFile: Explain = ([block], { files }) => {
  if (block === undefined) return undefined;
  const { error, context } = block;
  const place = explainPlace(files, context['HCL Range'] ?? '');
  const where = place === undefined ? '' : describePlace(place.file, place.location);
  if (error.includes(WRONG_TYPE)) {
    return wrongType(
      packOf(context),
      place?.variable,
      error.split('constraint: ')[1] ?? error,
      place?.file,
      place?.location,
    );
  }
  if (place === undefined && !/error loading variable file|Cannot read from/.test(error)) return undefined;
  return {
    reason: 'variable-file',
    message: `The variables${where} cannot be read: ${error}`,
    hint: `Correct that file. Files of variables are HCL (\`name = value\`), JSON or YAML, by their suffix.${
      /may not be (?:called|used) here/.test(error)
        ? ' Values are written out: functions and references to other variables are not known there.'
        : ''
    }`,
    location: place?.location,
  };
};

/** ` in \`variables\``, ` in \`prod.yaml\`, line 3`; the words that follow the name of a variable. */
export function describePlace({ origin }: PreparedFile, location: FileLocation | undefined): string {
  return location === undefined ? ` in \`${origin}\`` : ` in \`${location.file}\`, line ${location.line}`;
}

/** What a value of another type than the pack declares is told as; shared with the check that finds it. */
export function wrongType(
  pack: string,
  variable: string | undefined,
  wanted: string,
  file?: PreparedFile,
  location?: FileLocation,
): Explanation {
  const where = file === undefined ? '' : describePlace(file, location);
  const got = file === undefined || variable === undefined ? '' : gotValue(file, variable);
  return {
    reason: 'variable-type',
    message: `${variable === undefined ? 'A variable' : `The variable \`${variable}\``} of pack \`${pack}\`${where} has a value of the wrong type: ${got === '' ? wanted : wanted.replace(/\.?$/, `${got}.`)}`,
    hint: 'Give it a value of the type that the pack’s variables.hcl declares.',
    location,
  };
}

/** A longer value tells nobody what is wrong with it. Characters. */
const LONGEST_VALUE = 80;

/** ` (got \`"many"\`)`, of the input `variables` only: `secret_variables` and files may hold secrets, and a file's line is told. */
function gotValue({ origin, values }: PreparedFile, variable: string): string {
  const value = origin === 'variables' ? values?.[variable] : undefined;
  if (value === undefined) return '';
  const text = JSON.stringify(value);
  return text.length > LONGEST_VALUE || holdsCredential(text) ? '' : ` (got \`${text.replaceAll('`', "'")}\`)`;
}

/** What the environment of the step says of each place that `variable_sources` may name. */
const SOURCES: Readonly<Record<string, string>> = {
  consul: '`CONSUL_HTTP_ADDR`, `CONSUL_HTTP_TOKEN`',
  vault: '`VAULT_ADDR`, `VAULT_TOKEN`, `VAULT_NAMESPACE`',
  nomad: '`nomad_addr`, `nomad_token` and its policy',
};

/** What `variable_sources` names cannot be read. */
export const explainVariableSource: Explain = ([block]) => {
  if (block === undefined) return undefined;
  const { error } = block;
  const [, kind, place] = /failed to fetch from (consul|vault|nomad)\(([^)]*)\)/.exec(error) ?? [];
  if (kind === undefined && !/^var-source "/.test(error)) return undefined;
  return {
    reason: 'variable-source',
    message:
      kind === undefined
        ? `\`variable_sources\` is wrong: ${error}`
        : `The variables in ${kind} at ${place} cannot be read: ${error}`,
    hint: `Check \`variable_sources\`${kind === undefined ? '' : `, and ${SOURCES[kind]} in the step's \`env:\``}.`,
  };
};
