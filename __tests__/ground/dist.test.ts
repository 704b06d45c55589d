import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readActionFile } from '../../scripts/support/action-file.ts';
import { DIST, ROOT } from '../../scripts/support/paths.ts';

/** The Nodes that are on this machine, by major version: the one that runs the tests, and those on PATH. */
const nodes = new Map<number, string>();
for (const folder of ['', ...(process.env['PATH'] ?? '').split(delimiter)]) {
  const node = folder === '' ? process.execPath : join(folder, 'node');
  if (!existsSync(node)) continue;
  const major = Number(/^v(\d+)/.exec(execFileSync(node, ['--version'], { encoding: 'utf8' }))?.[1]);
  if (!nodes.has(major)) nodes.set(major, node);
}

describe('dist/', () => {
  for (const major of [20, 24]) {
    const node = nodes.get(major);
    // Where one is not on PATH: the workflow runs it with both, on three systems.
    (node === undefined ? test.skip : test)(`starts on Node ${major}`, () => {
      const { status, stdout, stderr } = spawnSync(node ?? '', [join(ROOT, 'scripts', 'smoke-dist.js')], {
        encoding: 'utf8',
      });
      expect(`${stdout}${stderr}`).toContain(`Node v${major}.`);
      expect(status).toBe(0);
    });
  }

  test('is less than 2.5 MB, without source maps', () => {
    const files = readdirSync(DIST);
    const size = files.reduce((sum, name) => sum + statSync(join(DIST, name)).size, 0);
    expect(size).toBeLessThan(2_500_000);
    expect(files.filter((name) => name.endsWith('.map'))).toEqual([]);
  });

  test('is what action.yml starts, on the Node that the project is developed with', () => {
    const { runs } = readActionFile();
    expect(runs.main).toBe('dist/index.js');
    expect(runs.post).toBe('dist/index.js');
    const version = readFileSync(join(ROOT, '.node-version'), 'utf8').trim();
    expect(runs.using).toBe(`node${version.split('.')[0]}`);
    expect(process.version).toBe(`v${version}`);
  });

  test('says by the names of its files what is in them', () => {
    const names = readdirSync(DIST).filter((name) => name.endsWith('.js'));
    expect(names.filter((name) => !/^[a-z][a-z-]*\.js$/.test(name))).toEqual([]);
    for (const name of ['index.js', 'openpgp.js', 'undici.js', 'yaml.js']) expect(names).toContain(name);
  });

  test('names no folder of the machine that built it', () => {
    for (const name of readdirSync(DIST)) expect(readFileSync(join(DIST, name), 'utf8')).not.toContain(ROOT);
  });

  test('does not load what an input error does not need', () => {
    const names = ['openpgp', 'undici', 'yaml', 'semver'];
    const loaded = spawnSync(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(TELL)}`, join(DIST, 'index.js')],
      {
        encoding: 'utf8',
        env: { PATH: process.env['PATH'] },
      },
    );
    const files = [...loaded.stderr.matchAll(/^loaded (.*)$/gm)].map((match) => match[1] ?? '');
    expect(files).toContain('index.js');
    const text = files.map((name) => readFileSync(join(DIST, name), 'utf8')).join('\n');
    const marks: Record<string, RegExp> = {
      openpgp: /Misformed armored text/,
      undici: /UND_ERR_/,
      yaml: /Unresolved alias/,
      semver: /Invalid comparator/,
    };
    for (const name of names) expect(marks[name]?.test(text) ? name : '').toBe('');
    const whole = readdirSync(DIST)
      .map((name) => readFileSync(join(DIST, name), 'utf8'))
      .join('\n');
    for (const name of names) expect(marks[name]?.test(whole) ? name : '').toBe(name);
  });
});

const TELL = `
import { registerHooks } from 'node:module';
registerHooks({
  load(url, context, next) {
    if (url.startsWith('file:')) console.error('loaded ' + url.split('/').pop());
    return next(url, context);
  },
});`;
