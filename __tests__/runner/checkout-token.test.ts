import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { checkoutTokens } from '../../src/runner/checkout-token.ts';
import { repositoriesIn } from '../../src/runner/repositories.ts';

const TOKEN = 'ghs_checkout0123456789';
const BASIC = Buffer.from(`x-access-token:${TOKEN}`).toString('base64');
const CONFIG = `[core]
\tbare = false
[http "https://github.com/"]
\textraheader = AUTHORIZATION: basic ${BASIC}
`;

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'checkout-'));
});

afterEach(async () => {
  await rm(root, { recursive: true });
});

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

const found = () => checkoutTokens(join(root, 'workspace'), join(root, 'temp'));

test.each([
  'workspace/.git/config',
  'workspace/shop/.git/config',
  'workspace/a/b/.git/config',
  'workspace/a/b/c/.git/config',
  'temp/git-credentials-0f8e.config',
])('the token in %s is known, as git sends it and by itself', async (path) => {
  await put(path, CONFIG);
  expect(found()).toEqual([BASIC, TOKEN]);
});

test('a token that git sends as it is, too', async () => {
  await put('workspace/.git/config', `[http "https://h/"]\n\textraHeader = "Authorization: Bearer ${TOKEN}"\n`);
  expect(found()).toEqual([TOKEN]);
});

test('of several repositories each token is known, and one of them all once', async () => {
  for (const path of ['.git', 'a/.git', 'a/b/.git']) await put(`workspace/${path}/config`, CONFIG);
  await put('workspace/b/c/.git/config', '[http "https://h/"]\n\textraheader = "Authorization: Bearer other-token"\n');
  expect(found()).toEqual([BASIC, TOKEN, 'other-token']);
});

test('a workspace of thousands of folders is not looked through to its end', async () => {
  await put('workspace/a/.git/config', CONFIG);
  await Promise.all(
    Array.from({ length: 2_500 }, (_, index) =>
      mkdir(join(root, 'workspace', 'z', String(index)), { recursive: true }),
    ),
  );
  expect(repositoriesIn(join(root, 'workspace'))).toEqual([join(root, 'workspace', 'a')]);
  await put('workspace/z/2499/deep/.git/config', CONFIG);
  expect(repositoriesIn(join(root, 'workspace'))).toEqual([join(root, 'workspace', 'a')]);
});

test('there is none where nothing was checked out, or without a token', async () => {
  expect(found()).toEqual([]);
  await put('workspace/.git/config', '[core]\n\tbare = false\n');
  expect(found()).toEqual([]);
});
