import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as core from '@actions/core';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { parsePairs } from 'nomad-pack-sandbox/runner/file-commands.ts';
import { addPath, issueCommand, saveState, setOutputs } from '../../src/runner/commands.ts';

/** Our own words to the runner against those of `@actions/core`, which is not in the bundle. */
const VALUES = [
  '',
  'plain',
  ' spaces at both ends ',
  'two\nlines',
  'windows\r\nlines\r',
  'ends with a line\n',
  '\n\n',
  '::error::not a command',
  '##[group]nor this',
  '100% %0A %25 %3A %2C',
  'a:b,c=d',
  'END',
  'name<<END\nvalue\nEND',
  'END\nEND_\nEND__',
  '"quotes" \'and\' `ticks` $HOME ${{ github.token }}',
  'ünïcödé 🎉\u2028\u0000\u001b[31m',
  '{"json":["a","b"]}',
  'x'.repeat(100_000),
];

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'toolkit-'));
});

afterEach(() => {
  for (const name of ['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_PATH']) delete process.env[name];
  rmSync(folder, { recursive: true, force: true });
});

/** What is written on stdout. */
function written(work: () => void): string {
  const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    work();
    return write.mock.calls.map(([text]) => String(text)).join('');
  } finally {
    write.mockRestore();
  }
}

describe('commands', () => {
  const pairs: readonly (readonly [string, (value: string) => void, (value: string) => void])[] = [
    ['add-mask', (value) => issueCommand('add-mask', value), core.setSecret],
    ['debug', (value) => issueCommand('debug', value), core.debug],
    ['notice', (value) => issueCommand('notice', value), core.notice],
    ['warning', (value) => issueCommand('warning', value), core.warning],
    ['error', (value) => issueCommand('error', value), core.error],
    ['group', (value) => issueCommand('group', value), core.startGroup],
    ['endgroup', () => issueCommand('endgroup'), core.endGroup],
    [
      'error with properties',
      (value) => issueCommand('error', value, { title: value, file: value, line: 7, col: 3 }),
      (value) => core.error(value, { title: value, file: value, startLine: 7, startColumn: 3 }),
    ],
    [
      'warning with a title',
      (value) => issueCommand('warning', 'text', { title: value, file: undefined }),
      (value) => core.warning('text', { title: value }),
    ],
  ];

  test.each(pairs)('%s: the same bytes', (_, ours, theirs) => {
    // A property that is empty is left out by the toolkit; nothing here gives one.
    for (const value of VALUES.filter((text) => text !== '')) {
      expect(written(() => ours(value))).toBe(written(() => theirs(value)));
    }
  });
});

describe('files', () => {
  const pairs: readonly (readonly [string, (name: string, value: string) => void, typeof core.setOutput])[] = [
    ['GITHUB_OUTPUT', (name, value) => setOutputs(process.env, { [name]: value }), core.setOutput],
    ['GITHUB_STATE', (name, value) => saveState(process.env, name, value), core.saveState],
  ];

  /** The text of the file after the work. */
  function read(variable: string, name: string, work: () => void): string {
    const file = join(folder, name);
    writeFileSync(file, '');
    process.env[variable] = file;
    work();
    return readFileSync(file, 'utf8');
  }

  test.each(pairs)('%s: a runner reads the same from both', (variable, ours, theirs) => {
    const all = (set: (name: string, value: string) => void) => () => {
      for (const [index, value] of VALUES.entries()) set(`name_${index}`, value);
    };
    const [own, toolkit] = [read(variable, 'ours', all(ours)), read(variable, 'theirs', all(theirs))];
    expect(parsePairs(own)).toEqual(parsePairs(toolkit));
    const withOneDelimiter = (text: string) => text.replace(/(?:ghadelimiter_[0-9a-f-]{36}|\bEND_*)$/gm, 'D');
    for (const value of ['plain', 'two\nlines', ' spaces ']) {
      const one = (set: (name: string, text: string) => void) => () => set('name', value);
      expect(withOneDelimiter(read(variable, 'a', one(ours)))).toBe(withOneDelimiter(read(variable, 'b', one(theirs))));
    }
  });

  test('GITHUB_PATH: the same bytes', () => {
    const path = process.env['PATH'];
    try {
      for (const value of ['/opt/tool', '/a folder/ünï', 'C:\\tools']) {
        const own = read('GITHUB_PATH', 'ours', () => addPath(process.env, value));
        expect(own).toBe(read('GITHUB_PATH', 'theirs', () => core.addPath(value)));
      }
    } finally {
      process.env['PATH'] = path;
    }
  });
});
