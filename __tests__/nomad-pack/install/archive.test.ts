import { describe, expect, test } from '@jest/globals';
import type { Zippable } from 'fflate';
import { readProgram } from '../../../src/nomad-pack/install/archive.ts';
import { failure } from '../../support/failure.ts';
import { zipOf } from './support.ts';

const program = Buffer.from('program '.repeat(100));
const good = { 'LICENSE.txt': Buffer.from('MIT'), 'nomad-pack': program };

test.each<[string, Zippable]>([
  ['deflated', good],
  ['stored', { 'nomad-pack': [program, { level: 0 }] }],
  ['with the mode of a file', { 'nomad-pack': [program, { os: 3, attrs: 0o100755 << 16 }] }],
  ['empty', { 'nomad-pack': Buffer.alloc(0) }],
])('a program that is %s', async (_, entries) => {
  const expected = entries['nomad-pack'];
  expect(await readProgram(zipOf(entries), 'nomad-pack')).toEqual(Array.isArray(expected) ? expected[0] : expected);
});

describe('refused', () => {
  test.each<[string, Buffer, string | RegExp]>([
    ['no zip', Buffer.from('<!doctype html>'.repeat(10)), /central directory/],
    ['nothing', Buffer.alloc(0), /central directory/],
    ['a zip that is cut off', zipOf(good).subarray(0, -30), /central directory/],
    ['no program', zipOf({ 'LICENSE.txt': program }), 'it holds no nomad-pack'],
    ['a program in a folder', zipOf({ 'bin/nomad-pack': program }), 'it holds no nomad-pack'],
    ['a name that climbs out', zipOf({ ...good, '../nomad-pack': program }), 'invalid relative path'],
    ['a name that climbs out by itself', zipOf({ 'a/../../nomad-pack': program }), 'invalid relative path'],
    ['an absolute name', zipOf({ ...good, '/usr/bin/nomad-pack': program }), 'absolute path'],
    ['a name with a backslash', zipOf({ ...good, '..\\nomad-pack': program }), 'invalid characters in fileName'],
    [
      'a link',
      zipOf({ 'nomad-pack': [Buffer.from('/bin/sh'), { os: 3, attrs: 0o120777 * 65536 }] }),
      'not a regular file',
    ],
    [
      'a program twice',
      renamed(zipOf({ ...good, 'nomad-pacc': program }), 'nomad-pacc', 'nomad-pack'),
      'more than once',
    ],
    ['a size that is too small', sized(zipOf(good), program.length - 100), /size that is announced|larger than/],
    ['a size that is too large', sized(zipOf(good), program.length + 1), 'size that is announced'],
    ['a bomb with its true size', sized(zipOf(good), 0x7fffffff), 'larger than 512 MiB'],
    ['a bomb that hides its size', sized(zipOf({ 'nomad-pack': Buffer.alloc(50_000_000) }), 10), 'larger than'],
    ['a method that is unknown', patched(zipOf(good), 10, 99), 'packed in a way that is not known'],
    ['damaged data', damaged(zipOf(good)), /invalid|incorrect|size that is announced/],
  ])('%s', async (_, archive, message) => {
    const error = await failure(readProgram(archive, 'nomad-pack'));
    expect(error).toMatchObject({ reason: 'verification', message: expect.stringMatching(message) });
  });
});

/** Where the central directory describes the program. */
function entryOf(archive: Buffer): number {
  const name = archive.lastIndexOf('nomad-pack');
  return archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]), name);
}

function sized(archive: Buffer, size: number): Buffer {
  archive.writeUInt32LE(size, entryOf(archive) + 24);
  return archive;
}

function patched(archive: Buffer, offset: number, value: number): Buffer {
  archive.writeUInt16LE(value, entryOf(archive) + offset);
  return archive;
}

function renamed(archive: Buffer, from: string, to: string): Buffer {
  return Buffer.from(archive.toString('latin1').replaceAll(from, to), 'latin1');
}

function damaged(archive: Buffer): Buffer {
  const start = archive.readUInt32LE(entryOf(archive) + 42) + 30 + 'nomad-pack'.length;
  archive.fill(0xff, start, start + 8);
  return archive;
}
