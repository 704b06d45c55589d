import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { dirname, join, posix } from 'node:path';
import { compileFunction } from 'node:vm';
import type Ncc from '@vercel/ncc';
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
    const code = stripTypeScriptTypes(source).replace(
      /(\bfrom |\bimport[ (](?:\/\*[^*]*\*\/ )?)('\.[^']*)\.ts'/g,
      "$1$2.js'",
    );
    writeFileSync(target, nameChunks(code, dirname(file)));
  }
}

/** `import('../report/report.js')` becomes the chunk `report-report`, and `import('./main.js')` `src-main`: webpack's entry is `main`. */
function nameChunks(code: string, folder: string): string {
  return code.replace(/\bimport\('(\.[^']*)\.js'\)/g, (_, path: string) => {
    const name = posix.join(folder.replaceAll('\\', '/'), path).replaceAll('/', '-');
    return `import(/* webpackChunkName: "${name.includes('-') ? name : `src-${name}`}" */ '${path}.js')`;
  });
}

/**
 * How webpack cuts the chunks, for which ncc has no option: each has a name, and each module is in one of them. A library is a chunk,
 * and so is what several chunks need of one room of `src/`.
 */
const CHUNKS = String.raw`chunkIds: "named", splitChunks: {
  chunks: "async",
  minSize: 0,
  maxAsyncRequests: Infinity,
  cacheGroups: {
    default: false,
    defaultVendors: false,
    libraries: {
      test: /node_modules/,
      minChunks: 1,
      priority: 1,
      name: (module) => /.*node_modules.((?:@[^\\/]+.)?[^\\/]+)/.exec(module.nameForCondition())[1],
    },
    shared: {
      test: /build.js./,
      minChunks: 2,
      name: (module) => "shared-" + (/build.js.(?:([^\\/]+)[\\/])?/.exec(module.nameForCondition())[1] || "top"),
    },
  },
}`;

/**
 * ncc with our chunks.
 *
 * @throws Error when another version of ncc words its configuration of webpack otherwise
 */
function loadNcc(): typeof Ncc {
  const require = createRequire(import.meta.url);
  const main = require.resolve('@vercel/ncc');
  let source = readFileSync(`${main}.cache.js`, 'utf8');
  for (const [theirs, ours] of [
    ['chunkIds:"deterministic"', CHUNKS],
    ['output:{path:"/",', 'output:{path:"/",chunkFilename:"[name].js",'],
    ['{outputFilename:license}', '{outputFilename:license,perChunkOutput:false}'],
  ] as const) {
    const parts = source.split(theirs);
    if (parts.length !== 2) throw new Error(`ncc has ${parts.length - 1} times \`${theirs}\` where one is expected`);
    source = parts.join(ours);
  }
  const module: { exports: unknown } = { exports: {} };
  const parameters = ['exports', 'require', 'module', '__filename', '__dirname'];
  const load = compileFunction(source, parameters, { filename: `${main}.cache.js` });
  load(module.exports, createRequire(main), module, main, dirname(main));
  return module.exports as typeof Ncc;
}

async function runNcc(): Promise<Record<string, string>> {
  const { code, map, assets } = await loadNcc()(join(STRIPPED, 'index.js'), {
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
  refuseDoubles(output);
  return output;
}

/** A module in two chunks is loaded, and its state is kept, twice. */
function refuseDoubles(output: Readonly<Record<string, string>>): void {
  const homes = new Map<string, string>();
  for (const [name, text] of Object.entries(output).filter(([file]) => file.endsWith('.map'))) {
    for (const source of (JSON.parse(text) as SourceMap).sources.filter((path) => !path.includes('/webpack/'))) {
      const home = homes.get(source);
      if (home !== undefined) throw new Error(`${source} is in two chunks: ${home} and ${name}`);
      homes.set(source, name);
    }
  }
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
