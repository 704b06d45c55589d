import type { ErrorBlock } from '../output.ts';
import { byTable, type Explain, type FailureContext, inCode, packOf, type Rule } from './rule.ts';

const VENDOR =
  'Run `nomad-pack deps vendor --path=...` on the pack and commit `deps/`, or run it in a step before this one where the pack is a directory.';

/** What nomad-pack says before its words on the pack, or on one that it depends on. */
const OF_PACK = '^failed to (?:load|validate) pack: ';
const OF_DEPENDENCY =
  '^failed to load pack dependency: (?:failed to (?:load|validate) (?:dependent )?pack(?: dependency)?: )+';

/** Packs that cannot be loaded, where no line of a file is to blame. */
const UNLOADABLE: readonly Rule[] = [
  {
    pattern:
      /failed to load (?:dependent )?pack(?: dependency)?: (?:.*: )?stat (?:[^\n]*[/\\])?deps[/\\]([^/\\:]+): no such file/,
    reason: 'pack-invalid',
    message: ({ pack, match }) =>
      `The pack \`${pack}\` depends on \`${match[1]}\`, which is not in its folder \`deps/\`: nomad-pack fetches no dependencies when it renders.`,
    hint: VENDOR,
  },
  ...blocksOf(OF_PACK, ({ pack }) => `pack \`${pack}\``, 'Write'),
  ...blocksOf(OF_DEPENDENCY, dependencyOf, 'Vendor the dependency again (`nomad-pack deps vendor`), or write'),
  {
    pattern: new RegExp(`${OF_DEPENDENCY}(?:failed to decode metadata\\.hcl: )?([\\s\\S]*)`),
    reason: 'pack-invalid',
    message: (said) => `The metadata.hcl of ${dependencyOf(said)} cannot be used: ${plain(said.match[1] ?? '')}`,
    hint: 'Vendor the dependency again (`nomad-pack deps vendor`), or correct it in `deps/`.',
  },
  {
    pattern: new RegExp(`${OF_PACK}([\\s\\S]*)`),
    reason: 'pack-invalid',
    message: ({ pack, match }) => `Pack \`${pack}\` cannot be used: ${match[1]}`,
    hint: 'Correct the pack: it needs a folder `templates/` and the files `metadata.hcl` and `variables.hcl`.',
  },
];

function dependencyOf({ pack }: { readonly pack: string }): string {
  return `a pack in the folder \`deps/\` that \`${pack}\` depends on`;
}

/** The files and blocks that no pack does without. */
function blocksOf(prefix: string, whose: (said: { readonly pack: string }) => string, verb: string): Rule[] {
  const rule = (words: string, message: (of: string) => string, hint: string): Rule => ({
    pattern: new RegExp(`${prefix}${words}$`),
    reason: 'pack-invalid',
    message: (said) => message(whose(said)),
    hint: `${verb} ${hint}`,
  });
  return [
    rule(
      'metadata\\.hcl file not found',
      (of) => `There is no metadata.hcl in ${of}.`,
      'that file: it names the pack.',
    ),
    rule(
      'root variable file is required',
      (of) => `There is no variables.hcl in ${of}.`,
      'that file; it may be empty.',
    ),
    rule(
      'app is uninitialized',
      (of) => `The metadata.hcl of ${of} has no block \`app\`.`,
      '`app { url = "..." }` into it.',
    ),
    rule(
      'Pack metadata is uninitialized',
      (of) => `The metadata.hcl of ${of} has no block \`pack\`.`,
      '`pack { name = "...", version = "..." }`, a line for each, into it.',
    ),
  ];
}

const explainUnloadable = byTable(UNLOADABLE);

/** A mistake in a line of a file of the pack that is not a template. */
interface Mistake {
  readonly file: string;
  readonly line: number;
  readonly words: string;
  readonly pack: string;
}

/** Mistakes in metadata.hcl and variables.hcl. nomad-pack tells those of variables.hcl all at once. */
export const explainPackFile: Explain = (blocks, context) => {
  const mistakes = blocks.flatMap(mistakeIn);
  const [first] = mistakes;
  if (first === undefined) return explainUnloadable(blocks, context);
  const location = locateMistake(first, context);
  return {
    reason: 'pack-invalid',
    message: mistakes
      .map(({ file, line, words, pack }) => `The ${file} of pack \`${pack}\` is wrong in line ${line}: ${words}`)
      .join('\n'),
    hint: `Correct ${location?.file ?? `the ${first.file} of the pack`}${mistakes.length > 1 ? ' in each of these lines' : ''}. No input can make up for it.`,
    location,
  };
};

function mistakeIn({ error, context }: ErrorBlock): Mistake[] {
  const pack = packOf(context);
  const [, file, line, words] =
    /^failed to load pack: failed to decode (metadata\.hcl): metadata\.hcl:(\d+),[\d,-]+: ([\s\S]*)/.exec(error) ?? [];
  if (file !== undefined) return [{ file, line: Number(line), words: plain(words ?? ''), pack }];
  const place = packFile(context['HCL Range'] ?? '');
  return place === undefined ? [] : [{ ...place, words: error, pack }];
}

function locateMistake({ file, line, pack }: Mistake, { locate }: FailureContext) {
  const found = locate(`${pack}/${file}`);
  return found === undefined ? undefined : { file: found, line };
}

/** HCL says how many mistakes it found besides the first. */
function plain(words: string): string {
  return words.replace(/,? and (\d+) other diagnostic\(s\)$/, (_, more: string) => ` (and ${more} more)`);
}

/** The file of the pack that a place in nomad-pack's cache is in, `.../web@v1.0.0/variables.hcl:3,13-16`, and the line there. */
export function packFile(range: string): { readonly file: string; readonly line: number } | undefined {
  const [, path = '', line] = /^(.+\.hcl):(\d+),/.exec(range) ?? [];
  const steps = path.split(/[/\\]/);
  const file = steps.slice(steps.findLastIndex((step) => step.includes('@')) + 1).join('/');
  return file === '' || file === path ? undefined : { file, line: Number(line) };
}

/** What only a newer nomad-pack understands. */
export const explainNewerPack: Explain = (blocks) => {
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
};
