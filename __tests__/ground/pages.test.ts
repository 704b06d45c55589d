import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { readActionFile } from '../../scripts/support/action-file.ts';
import { ROOT } from '../../scripts/support/paths.ts';

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: ROOT,
  encoding: 'utf8',
}).split('\n');
const PAGES = files.filter((name) => name.endsWith('.md') && !/fixtures\/|^__tests__\//.test(name));
const read = (name: string) => readFileSync(join(ROOT, name), 'utf8');

/** A page without its blocks of code. */
const prose = (text: string) => text.replace(/^( *)```[\s\S]*?^\1```/gm, '');

/** The blocks of code in a language, without the indent of the list that they are in. */
function blocks(text: string, languages: readonly string[]): string[] {
  return [...text.matchAll(/^( *)```(\w+)\n([\s\S]*?)^\1```/gm)]
    .filter(([, , language = '']) => languages.includes(language))
    .map(([, indent = '', , code = '']) => code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''));
}

/** The anchors that GitHub makes of a page's headings. */
function anchors(text: string): Set<string> {
  const seen = new Map<string, number>();
  const headings = [...prose(text).matchAll(/^#{1,6} +(.+?) *$/gm)].map(([, heading = '']) => {
    const plain = heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replaceAll(/[`*_]/g, (mark) => (mark === '_' ? '_' : ''));
    const slug = plain
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
      .replaceAll(' ', '-');
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    return times === 0 ? slug : `${slug}-${times}`;
  });
  const named = [...text.matchAll(/<a (?:id|name)="([^"]+)"/g)].map(([, name = '']) => name);
  return new Set([...headings, ...named]);
}

describe.each(PAGES)('%s', (name) => {
  const text = read(name);

  test('leads nowhere that is not there', () => {
    const links = [...prose(text).matchAll(/\]\(<?([^)\s>]+)>?\)/g)].map(([, link = '']) => link);
    const broken = links
      .filter((link) => !/^(?:https?|mailto):/.test(link))
      .filter((link) => {
        const [path = '', anchor] = link.split('#');
        const target = path === '' ? name : normalize(join(dirname(name), path));
        if (!existsSync(join(ROOT, target))) return true;
        return anchor !== undefined && target.endsWith('.md') && !anchors(read(target)).has(anchor);
      });
    expect(broken).toEqual([]);
  });

  test('has tables whose rows are as wide as their heads', () => {
    const tables = prose(text).matchAll(/(?:^\|.*\|\n)+/gm);
    const cells = (row: string) => row.replaceAll(/\\\|/g, '').split('|').length;
    const crooked = [...tables].flatMap(([table]) => {
      const [head = '', ...rows] = table.trimEnd().split('\n');
      return rows.filter((row) => cells(row) !== cells(head));
    });
    expect(crooked).toEqual([]);
  });

  test('names npm scripts that there are', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...text.matchAll(/\bnpm run (?:--silent )?([\w:-]+)/g)].map(([, script = '']) => script);
    expect(named.filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
  });

  test('shows steps whose inputs and outputs there are', () => {
    const { inputs, outputs } = readActionFile();
    const unknown = blocks(text, ['yaml', 'yml']).flatMap((block) => {
      const steps = stepsIn(parse(block));
      return steps.flatMap(({ with: given = {} }) =>
        Object.keys(given).filter((input) => !Object.hasOwn(inputs, input)),
      );
    });
    const named = [...text.matchAll(/steps\.(?:nomad|deploy|plan|status|pack)\.outputs\.([\w-]+)/g)];
    expect([
      unknown,
      named.map(([, output = '']) => output).filter((output) => !Object.hasOwn(outputs, output)),
    ]).toEqual([[], []]);
  });
});

interface Step {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

/** The steps of this action, wherever they are. */
function stepsIn(value: unknown): Step[] {
  if (typeof value !== 'object' || value === null) return [];
  const { uses } = value as Step;
  const own = typeof uses === 'string' && (/\/nomad-pack-action@/.test(uses) || uses === './') ? [value as Step] : [];
  return [...own, ...Object.values(value).flatMap(stepsIn)];
}
