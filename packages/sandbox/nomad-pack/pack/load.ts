import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { evaluate, type HclBlock, HclError, type HclValue, parseHcl } from '../../hcl/parse.ts';
import { formatRange } from '../../hcl/syntax.ts';
import { Problem, Problems } from '../problem.ts';
import { toTemplateValue } from '../template/values.ts';
import type { Value } from '../values.ts';
import type { Pack, PackFile } from './pack.ts';

interface Dependency {
  readonly name: string;
  readonly alias: string;
}

interface Metadata {
  readonly values: ReadonlyMap<string, ReadonlyMap<string, Value>>;
  readonly dependencies: readonly Dependency[];
}

/** What the metadata of a pack must have, by its blocks. */
const required = { app: ['url'], pack: ['name', 'version'] } as const;

/**
 * Reads a pack and what it depends on, which is in its folder `deps`.
 *
 * @throws Problems
 */
export function loadPack(folder: string): Pack {
  try {
    return load(folder, '', '', 'failed to load pack: ');
  } catch (error) {
    if (!(error instanceof LoadError)) throw error;
    throw new Problems([new Problem('failed to process pack', error.message)]);
  }
}

class LoadError extends Error {}

function load(folder: string, above: string, alias: string, prefix: string): Pack {
  const files = readFiles(resolve(folder), prefix);
  const file = (name: string) => files.find((candidate) => candidate.name === name);
  const metadataFile = file('metadata.hcl');
  if (metadataFile === undefined) throw new LoadError(`${prefix}metadata.hcl file not found`);
  const metadata = readMetadata(metadataFile, prefix);
  const variables = file('variables.hcl');
  if (variables === undefined) throw new LoadError('failed to validate pack: root variable file is required');
  const text = (block: string, key: string) => String(metadata.values.get(block)?.get(key) ?? '');
  const name = text('pack', 'name');
  const known = alias || text('pack', 'alias') || name;
  const id = above === '' ? known : `${above}.${known}`;
  return {
    name,
    id,
    alias: known,
    path: resolve(folder),
    description: text('pack', 'description'),
    version: text('pack', 'version'),
    url: text('app', 'url'),
    metadata: new Map(Object.entries(describe(metadata, resolve(folder)))),
    variables,
    outputs: file('outputs.tpl'),
    templates: files.filter((candidate) => isTemplate(candidate.name)),
    auxiliary: files.filter((candidate) => !isTemplate(candidate.name) && /^templates\/.*\.tpl$/s.test(candidate.name)),
    dependencies: metadata.dependencies.map((dependency) =>
      load(
        join(folder, 'deps', dependency.name),
        id,
        dependency.alias,
        'failed to load pack dependency: failed to load dependent pack: ',
      ),
    ),
  };
}

function isTemplate(name: string): boolean {
  return /^templates\/.*\.nomad\.tpl$/s.test(name) || name.includes('templates/_');
}

/** All files of the folder in the order of their names, without those of the packs that it depends on. */
function readFiles(folder: string, prefix: string): PackFile[] {
  const files: PackFile[] = [];
  const walk = (relative: string) => {
    for (const name of readdirSync(join(folder, relative)).sort()) {
      const path = join(folder, relative, name);
      const inside = relative === '' ? name : `${relative}/${name}`;
      if (statSync(path).isDirectory()) walk(inside);
      else files.push({ name: inside, path, text: readFileSync(path, 'utf8').replace(/^\uFEFF/, '') });
    }
  };
  try {
    walk('');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new LoadError(`${prefix}stat ${folder}: no such file or directory`);
  }
  return files;
}

function readMetadata({ name, text }: PackFile, prefix: string): Metadata {
  try {
    const { blocks } = parseHcl(text, name);
    refuseBlocks(blocks, name);
    const values = new Map(
      blocks
        .filter((block) => block.type !== 'dependency')
        .map((block) => [block.type, readValues(block, name)] as const),
    );
    for (const [type, keys] of Object.entries(required)) requireKeys(blocks, type, keys, { name, prefix });
    const dependencies = blocks
      .filter((block) => block.type === 'dependency')
      .flatMap((block) => readDependency(block, name));
    return { values, dependencies };
  } catch (error) {
    if (!(error instanceof HclError)) throw error;
    throw new LoadError(`${prefix}failed to decode ${name}: ${error.message}`);
  }
}

function readValues(block: HclBlock, filename: string): ReadonlyMap<string, Value> {
  const value = (name: string, given: HclValue) => [name, toTemplateValue(given)] as const;
  return new Map(
    [...block.body.attributes.values()].map(({ name, expression }) => value(name, evaluate(expression, filename))),
  );
}

/** Blocks that the metadata does not have, or has once only. */
function refuseBlocks(blocks: readonly HclBlock[], filename: string): void {
  for (const [index, { type, typeRange }] of blocks.entries()) {
    if (!['app', 'pack', 'integration', 'dependency'].includes(type)) {
      throw new HclError(
        'Unsupported block type',
        `Blocks of type "${type}" are not expected here.`,
        typeRange,
        filename,
      );
    }
    const other = blocks.slice(0, index).find((before) => type !== 'dependency' && before.type === type);
    if (other === undefined) continue;
    const where = `${filename}:${formatRange(other.typeRange)}`;
    const detail = `Only one ${type} block is allowed. Another was defined at ${where}.`;
    throw new HclError(`Duplicate ${type} block`, detail, typeRange, filename);
  }
}

function requireKeys(
  blocks: readonly HclBlock[],
  type: string,
  keys: readonly string[],
  { name: filename, prefix }: { readonly name: string; readonly prefix: string },
): void {
  const block = blocks.find((candidate) => candidate.type === type);
  if (block === undefined)
    throw new LoadError(`${prefix}${type === 'app' ? 'app is uninitialized' : 'Pack metadata is uninitialized'}`);
  const missing = keys.find((key) => !block.body.attributes.has(key));
  if (missing === undefined) return;
  const detail = `The argument "${missing}" is required, but no definition was found.`;
  throw new HclError('Missing required argument', detail, block.range, filename);
}

function readDependency(block: HclBlock, filename: string): Dependency[] {
  const values = readValues(block, filename);
  if (values.get('enabled') === false) return [];
  const [name = ''] = block.labels;
  return [{ name, alias: String(values.get('alias') ?? name) }];
}

function describe({ values }: Metadata, path: string): Record<string, Value> {
  const block = (type: string, keys: readonly string[]) =>
    keys.map((key) => [key, String(values.get(type)?.get(key) ?? '')] as const);
  const integration = values.get('integration');
  return {
    app: new Map(block('app', ['url'])),
    pack: new Map([...block('pack', ['name', 'description', 'version']), ['path', path] as const]),
    ...(integration !== undefined && { integration }),
  };
}
