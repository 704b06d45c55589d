import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import ncc from '@vercel/ncc';
import { minify } from 'terser';
import { MAPS, ROOT } from './paths.ts';

/** What `dist/` holds, by file name, and the source maps of those of its files that hold code of `src/`. */
export interface Bundle {
  readonly files: ReadonlyMap<string, string>;
  readonly maps: ReadonlyMap<string, SourceMap>;
}

export interface SourceMap {
  sources: string[];
  sourcesContent: string[];
  readonly [key: string]: unknown;
}

const LICENSES = 'licenses.txt';
const STRIPPED = join(ROOT, 'build', 'js');

/**
 * Bundles `src/index.ts` and all that it imports as ES modules: `index.js`, and a file for each part that is imported when it is
 * needed. The same text on every machine and in every folder. Our own code stays as it was written, for a reader of `dist/`; the
 * libraries' files are minified, which halves the time that they take to load.
 *
 * @throws Error when an import leads nowhere
 */
export async function bundle(): Promise<Bundle> {
  stripTypes();
  const files = new Map<string, string>();
  const maps = new Map<string, SourceMap>();
  const output = await runNcc();
  for (const [name, text] of Object.entries(output).sort(byName)) {
    if (name.endsWith('.map')) continue;
    const map = output[`${name}.map`];
    const own = map === undefined ? undefined : ownSources(JSON.parse(map) as SourceMap);
    if (own !== undefined) maps.set(name, own);
    const code = text.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '\n');
    files.set(name, map === undefined || own !== undefined ? code : await compact(code));
  }
  files.set(LICENSES, completeLicenses(files.get(LICENSES) ?? ''));
  return { files, maps };
}

/** The LGPL, which one library has, is made of the GPL's text and asks that it comes along. */
function completeLicenses(text: string): string {
  if (!text.includes('GNU LESSER GENERAL PUBLIC LICENSE')) return text;
  const gpl = readFileSync(join(ROOT, 'scripts', 'support', 'gpl-3.0.txt'), 'utf8');
  return `${text.trimEnd()}\n\n\nThe text that the GNU Lesser General Public License above refers to:\n\n${gpl}`;
}

/** Puts the maps where the coverage looks for them. */
export function writeMaps(maps: Bundle['maps']): void {
  rmSync(MAPS, { recursive: true, force: true });
  mkdirSync(MAPS, { recursive: true });
  for (const [name, map] of maps) writeFileSync(join(MAPS, `${name}.map`), JSON.stringify(map));
}

function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}

/**
 * `src/` as JavaScript. Types become blanks and `.ts` in an import becomes `.js`, so every position stays what it is in the source;
 * types are checked elsewhere, by tsc.
 */
function stripTypes(): void {
  rmSync(STRIPPED, { recursive: true, force: true });
  for (const file of globSync('**/*.ts', { cwd: join(ROOT, 'src') })) {
    const target = join(STRIPPED, file.replace(/\.ts$/, '.js'));
    const source = readFileSync(join(ROOT, 'src', file), 'utf8');
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(
      target,
      stripTypeScriptTypes(source).replace(/(\bfrom |\bimport[ (](?:\/\*[^*]*\*\/ )?)('\.[^']*)\.ts'/g, "$1$2.js'"),
    );
  }
}

async function runNcc(): Promise<Record<string, string>> {
  const { code, map, assets } = await ncc(join(STRIPPED, 'index.js'), {
    cache: false,
    license: LICENSES,
    quiet: true,
    sourceMap: true,
    sourceMapRegister: false,
    target: 'es2023',
  });
  const output: Record<string, string> = { 'index.js': code };
  if (map !== undefined) output['index.js.map'] = map;
  for (const [name, { source }] of Object.entries(assets)) output[name] = source.toString();
  refuseUnresolved(Object.values(output));
  return output;
}

/** For an import that leads nowhere ncc says nothing and writes an `eval("require")`, which fails when it is reached. */
function refuseUnresolved(texts: readonly string[]): void {
  const missing = texts.flatMap((text) =>
    [...text.matchAll(/ eval\("require"\)\("([^"]+)"\)/g)].map((match) => match[1]),
  );
  if (missing.length > 0) throw new Error(`Nothing is found at these imports: ${[...new Set(missing)].join(', ')}`);
}

/**
 * The map with the files of `src/` as paths from the project's folder, and with their text without types, which is what the tests
 * run too; undefined for a file that holds none of them.
 */
function ownSources(map: SourceMap): SourceMap | undefined {
  const sources = map.sources.map((source) => source.replace(/^[./]*\/(?:build\/)?js\/(.*)\.js$/, 'src/$1.ts'));
  if (!sources.some(isOwn)) return undefined;
  const sourcesContent = sources.map((source, index) =>
    isOwn(source) ? stripTypeScriptTypes(readFileSync(join(ROOT, source), 'utf8')) : (map.sourcesContent[index] ?? ''),
  );
  return { ...map, sources, sourcesContent };
}

function isOwn(source: string): boolean {
  return source.startsWith('src/');
}

async function compact(code: string): Promise<string> {
  const { code: result } = await minify(code, { module: true, ecma: 2020, format: { comments: false } });
  if (result === undefined) throw new Error('terser gave no code');
  return `${result}\n`;
}
