import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { parsePairs } from 'nomad-pack-sandbox/runner/file-commands.ts';
import { setOutputs } from '../../src/runner/commands.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'commands-test-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

test.each([
  ['a text', 'web'],
  ['nothing', ''],
  ['lines', 'one\ntwo\n'],
  ['the line that ends a value', 'web\nEND\nstatus=running'],
  ['that line and the next ones that could', 'END\nEND_\nstatus<<END__\nrunning\nEND__'],
  ['another output', 'web\nstatus<<END\nrunning'],
])('%s is the value of one output and sets no other', (_, value) => {
  const file = join(folder, 'output');
  const environment = { GITHUB_OUTPUT: file };
  setOutputs(environment, { plan: value, changed: 'false' });
  expect(parsePairs(readFileSync(file, 'utf8'))).toEqual({ plan: value, changed: 'false' });
});
