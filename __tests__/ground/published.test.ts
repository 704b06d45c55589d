import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { sectionOf } from '../../scripts/notes/changelog.ts';
import { readActionFile } from '../../scripts/support/action-file.ts';
import { repositoryName } from '../../scripts/support/owner.ts';
import { ROOT } from '../../scripts/support/paths.ts';

const read = (name: string) => readFileSync(join(ROOT, name), 'utf8');

test('every place that names the repository names the one of package.json', () => {
  const files = execFileSync('git', ['ls-files'], { cwd: ROOT, encoding: 'utf8' }).split('\n');
  const texts = files.filter((name) => /\.(md|ya?ml|ts|json)$/.test(name) && !/^(dist|__tests__)\//.test(name));
  const named = texts.flatMap((name) =>
    [...read(name).matchAll(/(?<!\.)\b[\w-]+\/nomad-pack-action\b/g)].map(([repository]) => ({ name, repository })),
  );
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter(({ repository }) => repository !== repositoryName())).toEqual([]);
});

describe('the changelog', () => {
  test('has a section for the version of package.json, or for what comes next', () => {
    const { version } = JSON.parse(read('package.json')) as { version: string };
    expect(sectionOf(read('CHANGELOG.md'), version) ?? sectionOf(read('CHANGELOG.md'), 'Unreleased')).toMatch(/^- /m);
  });

  test('gives one section and no other', () => {
    const text = '# Changelog\n\n## 1.1.0\n\n- New.\n\n## 1.0.0 (2026-11-26)\n\n- First.\n';
    expect(['1.1.0', '1.0.0', '0.9.0'].map((version) => sectionOf(text, version))).toEqual([
      '- New.',
      '- First.',
      undefined,
    ]);
  });
});

test('the types name every input and output of action.yml, and no other', () => {
  const types = parse(read('action-types.yml')) as { inputs: object; outputs: object };
  const { inputs, outputs } = readActionFile();
  expect([Object.keys(types.inputs), Object.keys(types.outputs)]).toEqual([Object.keys(inputs), Object.keys(outputs)]);
  expect(types.inputs).toMatchObject({
    wait: { type: 'boolean' },
    on_failure: { type: 'enum', 'allowed-values': ['keep', 'revert'] },
    variable_files: { type: 'list', separator: '\n' },
  });
});

test('the issue form asks for what an answer needs', () => {
  const form = parse(read('.github/ISSUE_TEMPLATE/bug.yml')) as { body: { id: string }[] };
  expect(form.body.map(({ id }) => id)).toEqual(['reason', 'versions', 'runner', 'step', 'log', 'expected']);
});
