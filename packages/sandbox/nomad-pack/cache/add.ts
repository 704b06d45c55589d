import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, lstatSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path/posix';
import { type ContextLine, Problem } from '../problem.ts';
import type { Ui } from '../ui.ts';
import { fetchSource } from './getter.ts';
import { escapeRef, packFolder } from './paths.ts';
import { type Registry, readRegistry } from './registry.ts';

export interface AddOptions {
  readonly name: string;
  readonly source: string;
  readonly ref: string | undefined;
  /** One pack of the registry. */
  readonly target: string | undefined;
  /** Whether the history comes along. */
  readonly whole: boolean;
}

const latest = 'latest';

/**
 * Clones a registry and files its packs in the cache. What is there already at a ref other than `latest` stays as it is.
 *
 * @returns the registry, or nothing where a problem was printed that the command does not fail by itself
 * @throws Problem that was printed already
 */
export function addRegistry(cache: string, options: AddOptions, ui: Ui): Registry | undefined {
  const context: ContextLine[] = [
    ['Cache Path', cache],
    ['Registry Source', options.source],
    ['Registry Name', options.name],
    ['Ref', options.ref ?? ''],
    ['Pack Name', options.target ?? ''],
  ];
  const clone = join(cache, 'nomad-pack-tmp');
  const report = (title: string, error: Error): never => {
    const problem = new Problem(title, error.message, context);
    ui.problem(problem);
    throw problem;
  };
  let failure: unknown;
  let registry: Registry | undefined;
  try {
    const commit = cloneRegistry(clone, options, ui, report, context);
    registry = filePacks(cache, clone, commit, options, ui, report);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    failure = error;
  }
  // nomad-pack forgets the error when there is something to tidy up.
  if (existsSync(clone)) {
    rmSync(clone, { recursive: true });
    ui.info('temp directory deleted');
  } else if (failure !== undefined) throw failure;
  return registry;
}

type Report = (title: string, error: Error) => never;

function cloneRegistry(
  clone: string,
  { source, ref, target, whole }: AddOptions,
  ui: Ui,
  report: Report,
  context: readonly ContextLine[],
): string {
  const folder = target === undefined ? source : `${source.replace(/\.git$/, '')}.git//packs/${target}`;
  const isLatest = ref === undefined || ref === latest;
  const query = isLatest ? (whole ? '' : '?depth=1') : `?ref=${whole ? encodeURIComponent(ref) : ref}`;
  const url = folder + query;
  ui.debug(`go-getter URL is ${url}`);
  const destination = target === undefined ? clone : join(clone, 'packs', target);
  try {
    fetchSource(url, destination, { looksForRef: whole });
  } catch (error) {
    report('could not install registry', error as Error);
  }
  const commit = headOf(destination);
  if (commit === undefined) {
    const message = 'could not read cloned repository: repository does not exist';
    ui.problem(new Problem('error reading cloned repository', message, context));
  }
  ui.debug(`Registry successfully cloned at ${clone}`);
  return commit ?? 'n/a';
}

function headOf(folder: string): string | undefined {
  if (!existsSync(join(folder, '.git'))) return undefined;
  const { stdout, status } = spawnSync('git', ['rev-parse', 'HEAD'], { cwd: folder, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

function filePacks(
  cache: string,
  clone: string,
  commit: string,
  { name, source, ref = latest, target }: AddOptions,
  ui: Ui,
  report: Report,
): Registry | undefined {
  ui.debug(`Processing pack entries at ${clone}`);
  const packs = join(clone, 'packs');
  const entries = existsSync(packs) ? readdirSync(packs, { withFileTypes: true }) : [];
  const wanted = entries.filter((entry) => entry.isDirectory() && entry.name !== '.git');
  const folder = join(cache, name, escapeRef(ref));
  for (const pack of wanted.map((entry) => entry.name).sort()) {
    if (target !== undefined && pack !== target) continue;
    ui.debug(`found pack entry ${pack}`);
    filePack(join(packs, pack), join(folder, packFolder(pack, ref)), ref, commit, ui);
  }
  try {
    const registry = { ...readRegistry(cache, name, ref, target, ui), ref, source, localRef: commit };
    const notes = { name, source, ref, local_ref: commit };
    writeFileSync(join(folder, 'metadata.json'), JSON.stringify(notes, undefined, 2));
    return registry;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return report('error getting registry packs', new Error(`open ${folder}: no such file or directory`));
  }
}

function filePack(source: string, destination: string, ref: string, commit: string, ui: Ui): void {
  ui.debug(`Processing pack ${basename(source)}@${ref}`);
  if (existsSync(destination) && ref !== latest) {
    ui.debug('Pack already exists at specified ref - skipping');
    return;
  }
  ui.debug('Updating pack');
  if (ref === latest) {
    ui.debug('Removing previous latest');
    rmSync(destination, { recursive: true, force: true });
  }
  ui.debug(`Writing pack to ${destination}`);
  mkdirSync(destination, { recursive: true });
  cpSync(source, destination, { recursive: true, filter: isKept });
  ui.debug(`Loading cloned pack from ${destination}`);
  if (ref !== latest) return;
  ui.debug('calculating SHA for latest');
  const time = new Date()
    .toISOString()
    .replace('T', ' ')
    .replace(/(\.\d+)Z$/, '$1000000 +0000 UTC');
  const entry = `SHA ${commit} downloaded at UTC ${time}\n`;
  ui.debug(entry);
  appendFileSync(join(destination, 'latest.log'), entry);
}

/** Links are left out, for they may lead out of the registry. */
function isKept(path: string): boolean {
  return basename(path) !== '.git' && !lstatSync(path).isSymbolicLink();
}
