import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, matchesGlob } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ROOT } from '../../scripts/support/paths.ts';

/** The rooms of `src/`, and which others each may import. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  settings: [],
  runner: ['settings', 'http'],
  http: [],
  'nomad-pack': ['settings', 'http'],
  nomad: ['settings', 'http'],
  deployment: ['settings', 'http', 'nomad-pack', 'nomad'],
  operations: ['settings', 'http', 'nomad-pack', 'nomad', 'deployment', 'report'],
  deployments: ['settings'],
  report: ['settings'],
};

const ROOMS = Object.keys(ALLOWED);
const ROOMS_WITH_FILES = ROOMS.filter((room) => !['deployments', 'report'].includes(room));
const ABOVE = [
  '../main.ts',
  '../post.ts',
  '../toolbox.ts',
  '../workshop.ts',
  '../run-file.ts',
  '../tell.ts',
  '../step.ts',
];
const OUTSIDE = ['nomad-pack-sandbox/index.ts', '../../scripts/build.ts', '../../__tests__/x.ts'];
/** Which rooms may import a module that does what only some rooms do. */
const MODULES: Readonly<Record<string, readonly string[]>> = {
  'node:child_process': ['runner', 'nomad-pack'],
  undici: ['http'],
  'node:http': ['http'],
  'node:https': ['http'],
  'node:fs': ROOMS_WITH_FILES,
  'node:fs/promises': ROOMS_WITH_FILES,
};

interface Configuration {
  readonly vcs: { enabled: boolean };
  readonly overrides: readonly {
    readonly includes: readonly string[];
    readonly linter: {
      readonly rules: {
        readonly style: {
          readonly noRestrictedImports: {
            readonly options: { readonly patterns: readonly { readonly group: readonly string[] }[] };
          };
        };
      };
    };
  }[];
}

const configuration = JSON.parse(readFileSync(join(ROOT, 'biome.json'), 'utf8')) as Configuration;

describe('allowed imports', () => {
  let folder: string;
  /** By file and line: the rules that were broken there. */
  let broken: ReadonlyMap<string, string>;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'rooms-'));
    write('biome.json', JSON.stringify({ ...configuration, vcs: { enabled: false } }));
    for (const room of ROOMS) {
      write(`src/${room}/breach.ts`, candidates(room).map(importLine).join(''));
      write(`src/${room}/deep/breach.ts`, ROOMS.map((other) => importLine(`../../${other}/any.ts`)).join(''));
    }
    write('packages/sandbox/breach.ts', importLine('../../src/errors.ts'));
    write('src/round.ts', "import type { B } from './about.ts';\nexport interface A { b: B }\n");
    write('src/about.ts', "import type { A } from './round.ts';\nexport interface B { a: A }\n");
    broken = lint(folder);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(ROOMS)('%s/ imports what the table allows, and a breach fails the lint', (room) => {
    const refused = candidates(room).filter(
      (_, index) => broken.get(`src/${room}/breach.ts:${index + 1}`) === 'lint/style/noRestrictedImports',
    );
    expect(refused).toEqual(candidates(room).filter((name) => !isAllowed(room, name)));
    const fromBelow = ROOMS.filter((_, index) => broken.has(`src/${room}/deep/breach.ts:${index + 1}`));
    expect(fromBelow).toEqual(ROOMS.filter((other) => other !== room && !ALLOWED[room]?.includes(other)));
  });

  test('the simulated tools do not import what they are to test', () => {
    expect(broken.get('packages/sandbox/breach.ts:1')).toBe('lint/style/noRestrictedImports');
  });

  test('a circle fails the lint, of types too', () => {
    for (const name of ['round', 'about'])
      expect(broken.get(`src/${name}.ts:1`)).toBe('lint/suspicious/noImportCycles');
  });

  function write(name: string, text: string): void {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
});

test('every folder of src/ is a room', () => {
  const folders = readdirSync(join(ROOT, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(ROOMS).toEqual(expect.arrayContaining(folders.map(({ name }) => name)));
});

test('every exception is still needed', () => {
  for (const { includes, linter } of configuration.overrides) {
    const imported = globSync(
      includes.map((pattern) => `${pattern}/*.ts`),
      { cwd: ROOT },
    ).flatMap(importsOf);
    const { patterns } = linter.rules.style.noRestrictedImports.options;
    const exceptions = patterns.flatMap(({ group }) => group).filter((pattern) => pattern.startsWith('!'));
    const stale = exceptions.filter((exception) => !imported.some((name) => matchesGlob(name, exception.slice(1))));
    expect({ includes, stale }).toEqual({ includes, stale: [] });
  }
});

/** The lint does not see them. */
test('no type is imported inside of an expression from another folder', () => {
  for (const file of globSync('src/**/*.ts', { cwd: ROOT })) {
    expect([file, /(?<!await )\bimport\('\.\.[^']*'\)\./.exec(readFileSync(join(ROOT, file), 'utf8'))?.[0]]).toEqual([
      file,
      undefined,
    ]);
  }
});

/** What a room might import: a file of each room, those above and outside of all rooms, modules. */
function candidates(room: string): string[] {
  const rooms = ROOMS.filter((other) => other !== room).map((other) => `../${other}/any.ts`);
  return ['../errors.ts', './own.ts', ...rooms, ...ABOVE, ...OUTSIDE, ...Object.keys(MODULES)];
}

function isAllowed(room: string, name: string): boolean {
  if (['../errors.ts', './own.ts'].includes(name)) return true;
  const other = /^\.\.\/([^/.]+)\//.exec(name)?.[1];
  if (other !== undefined) return ALLOWED[room]?.includes(other) ?? false;
  return MODULES[name]?.includes(room) ?? false;
}

/** All ways to import something, types too. */
let ways = 0;
function importLine(name: string): string {
  ways += 1;
  const lines = [
    `import type { T${ways} } from '${name}';\n`,
    `import { v${ways} } from '${name}';\n`,
    `export type { E${ways} } from '${name}';\n`,
    `export const f${ways} = async () => await import('${name}');\n`,
  ];
  return lines[ways % lines.length] ?? '';
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(/(?:\bfrom |\bimport\()'(?:\.\.?\/)+([^']+)'/g)].map((match) => match[1] ?? '');
}

function lint(folder: string): Map<string, string> {
  const args = ['lint', '--reporter=json', '--max-diagnostics=none', '--diagnostic-level=error', folder];
  const { stdout, status } = spawnSync(join(ROOT, 'node_modules', '.bin', 'biome'), args, {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  const { diagnostics } = JSON.parse(stdout) as {
    diagnostics: { category: string; location: { path: string; start: { line: number } } }[];
  };
  return new Map(
    diagnostics.map(({ category, location: { path, start } }) => [
      `${/(?:src|packages)\/.*/.exec(path.replaceAll('\\', '/'))?.[0]}:${start.line}`,
      category,
    ]),
  );
}
