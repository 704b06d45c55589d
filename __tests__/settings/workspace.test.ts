import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { whyOutside } from '../../src/settings/workspace.ts';

let root: string;
let workspace: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'workspace-'));
  mkdirSync(join(root, 'real', 'conf'), { recursive: true });
  writeFileSync(join(root, 'real', 'conf', 'a.json'), '{}');
  writeFileSync(join(root, 'outside.json'), '{}');
  // The workspace itself may be behind a link, as on macOS.
  workspace = join(root, 'workspace');
  symlinkSync(join(root, 'real'), workspace);
  symlinkSync('conf', join(root, 'real', 'inside'));
  symlinkSync(root, join(root, 'real', 'outside'));
  symlinkSync('/nosuch', join(root, 'real', 'nowhere'));
  symlinkSync('circle', join(root, 'real', 'circle'));
});

afterAll(() => {
  rmSync(root, { recursive: true });
});

test.each([
  ['conf/a.json', undefined],
  ['./conf/../conf/a.json', undefined],
  ['inside/a.json', undefined],
  ['missing.json', undefined],
  ['nowhere', undefined],
  ['circle', undefined],
  ['../outside.json', 'climbs out of the workspace with `..`'],
  ['conf/../../outside.json', 'climbs out of the workspace with `..`'],
  ['outside/outside.json', 'leads out of the workspace through a link'],
  ['outside', 'leads out of the workspace through a link'],
])('%s', async (written, expected) => {
  expect(await whyOutside(written, workspace)).toBe(expected);
});

test('an absolute path is the workflow’s own', async () => {
  expect(await whyOutside(join(root, 'outside.json'), workspace)).toBeUndefined();
});
