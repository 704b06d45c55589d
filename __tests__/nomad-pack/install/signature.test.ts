import { beforeAll, describe, expect, test } from '@jest/globals';
import * as openpgp from 'openpgp';
import { RELEASE_KEY, RELEASE_KEY_FINGERPRINT } from '../../../src/nomad-pack/install/release-key.ts';
import { verifySignature } from '../../../src/nomad-pack/install/signature.ts';
import { failure } from '../../support/failure.ts';
import { makeKey, sign } from './support.ts';

const DAY = 24 * 60 * 60 * 1000;

const data = Buffer.from('0123  nomad-pack.zip\n');

let key: openpgp.PrivateKey;
let foreign: openpgp.PrivateKey;

beforeAll(async () => {
  [key, foreign] = await Promise.all([makeKey(), makeKey()]);
});

function armored(...keys: openpgp.PrivateKey[]): string {
  return keys.map((one) => one.toPublic().armor()).join('\n');
}

function fingerprint(one: openpgp.Key): string {
  return one.getFingerprint().toUpperCase();
}

function daysAgo(days: number): Date {
  return new Date(Date.now() - days * DAY);
}

async function refusal(...args: Parameters<typeof verifySignature>): Promise<string> {
  const { reason, hint, message } = await failure(verifySignature(...args));
  expect(reason).toBe('verification');
  expect(hint).toContain('`nomad_pack_signing_key`');
  return message;
}

describe('the release key', () => {
  test('is the one with the known fingerprint', async () => {
    expect(fingerprint(await openpgp.readKey({ armoredKey: RELEASE_KEY }))).toBe(RELEASE_KEY_FINGERPRINT);
  });

  // Fails half a year before users would meet an expired key: replace the key in release-key.ts then.
  test('can sign for at least 180 days from now', async () => {
    const release = await openpgp.readKey({ armoredKey: RELEASE_KEY });
    const then = new Date(Date.now() + 180 * DAY);
    expect(fingerprint((await release.getSigningKey(release.getKeyID(), then)) as openpgp.Key)).toBe(
      RELEASE_KEY_FINGERPRINT,
    );
    const expires = await release.getExpirationTime();
    expect(expires).toBeInstanceOf(Date);
    expect((expires as Date).getTime()).toBeGreaterThan(then.getTime());
  });

  test('is asked for where no other key is given', async () => {
    const message = await refusal(data, await sign(data, key), undefined);
    expect(message).toContain(`not by ${RELEASE_KEY_FINGERPRINT}`);
  });
});

describe('accepted', () => {
  test('a signature by the key', async () => {
    expect(await verifySignature(data, await sign(data, key), armored(key))).toBe(fingerprint(key));
  });

  test('an armored one', async () => {
    const binary = await openpgp.readSignature({ binarySignature: await sign(data, key) });
    expect(await verifySignature(data, Buffer.from(binary.armor()), armored(key))).toBe(fingerprint(key));
  });

  test('one of several keys, one of several signatures', async () => {
    const both = Buffer.concat([await sign(data, foreign), await sign(data, key)]);
    expect(await verifySignature(data, both, armored(key))).toBe(fingerprint(key));
    expect(await verifySignature(data, await sign(data, key), openpgpBlock(foreign, key))).toBe(fingerprint(key));
  });

  test('one by a subkey', async () => {
    const { privateKey } = await openpgp.generateKey({
      userIDs: [{ name: 'Test' }],
      subkeys: [{ sign: true }],
      format: 'object',
    });
    const signature = await sign(data, privateKey);
    const [made] = (await openpgp.readSignature({ binarySignature: signature })).getSigningKeyIDs();
    expect(made?.equals(privateKey.getKeyID())).toBe(false);
    expect(await verifySignature(data, signature, armored(privateKey))).toBe(fingerprint(privateKey));
  });

  test('one made before the validity of its key was extended, as those of older releases were', async () => {
    const old = await makeKey({ date: daysAgo(800), keyExpirationTime: (900 * DAY) / 1000 });
    const signature = await sign(data, old, daysAgo(700));
    const { privateKey: extended } = await openpgp.reformatKey({
      privateKey: old,
      userIDs: [{ name: 'Test' }],
      date: daysAgo(100),
      keyExpirationTime: (1800 * DAY) / 1000,
      format: 'object',
    });
    expect(await verifySignature(data, signature, armored(extended))).toBe(fingerprint(old));
  });
});

describe('refused', () => {
  test.each<[string, Uint8Array | undefined]>([
    ['absent', undefined],
    ['empty', Buffer.alloc(0)],
  ])('a signature that is %s', async (_, signature) => {
    expect(await refusal(data, signature, armored(key))).toContain('there is no signature of it');
  });

  test.each([
    ['a web page', '<!doctype html><title>Not found</title>'],
    ['no armor', '-----BEGIN PGP SIGNATURE-----\nnonsense'],
  ])('%s', async (_, text) => {
    expect(await refusal(data, Buffer.from(text), armored(key))).toContain('what should be its signature is not one');
  });

  test('a key instead of a signature', async () => {
    const bytes = Buffer.from(key.toPublic().write());
    expect(await refusal(data, bytes, armored(key))).toMatch(/is not one|no signature/);
  });

  test('other data', async () => {
    const message = await refusal(Buffer.from('other'), await sign(data, key), armored(key));
    expect(message).toContain(`the signature by ${fingerprint(key)} is not valid`);
  });

  test('a foreign key', async () => {
    const message = await refusal(data, await sign(data, foreign), armored(key));
    expect(message).toContain(
      `it is signed by the key ${foreign.getKeyID().toHex().toUpperCase()}, not by ${fingerprint(key)}`,
    );
  });

  test('a foreign key that calls itself by the id of the right one', async () => {
    const read = await openpgp.readSignature({ binarySignature: await sign(data, foreign) });
    const [packet] = read.packets as unknown as { issuerKeyID: openpgp.KeyID; unhashedSubpackets?: unknown[] }[];
    if (packet === undefined) throw new Error('there is no packet');
    const ids = {
      right: Buffer.from(key.getKeyID().bytes, 'latin1'),
      wrong: Buffer.from(foreign.getKeyID().bytes, 'latin1'),
    };
    const bytes = Buffer.from(read.write() as Uint8Array);
    for (let at = bytes.indexOf(ids.wrong); at >= 0; at = bytes.indexOf(ids.wrong)) ids.right.copy(bytes, at);
    expect(await refusal(data, bytes, armored(key))).toContain(`the signature by ${fingerprint(key)} is not valid`);
  });

  test('a key that has expired since', async () => {
    const expired = await makeKey({ date: daysAgo(100), keyExpirationTime: (50 * DAY) / 1000 });
    const message = await refusal(data, await sign(data, expired, daysAgo(90)), armored(expired));
    expect(message).toContain('is not valid: Primary key is expired');
  });

  test('a key that was revoked since', async () => {
    const old = await makeKey({ date: daysAgo(100) });
    const signature = await sign(data, old, daysAgo(90));
    const { privateKey: revoked } = await openpgp.revokeKey({ key: old, date: daysAgo(1), format: 'object' });
    expect(await refusal(data, signature, armored(revoked as openpgp.PrivateKey))).toContain('Primary key is revoked');
  });

  test('a signature from the future', async () => {
    const message = await refusal(data, await sign(data, key, daysAgo(-10)), armored(key));
    expect(message).toContain('is not valid: Signature creation time is in the future');
  });

  test.each([
    ['text', 'nonsense'],
    [
      'an armored block without a key',
      '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n=twTO\n-----END PGP PUBLIC KEY BLOCK-----',
    ],
  ])('a key that is not one: %s', async (_, text) => {
    expect(await refusal(data, await sign(data, key), text)).toContain(
      '`nomad_pack_signing_key` is not an OpenPGP key',
    );
  });
});

/** One armored block with several keys, as `gpg --armor --export A B` writes it. */
function openpgpBlock(...keys: openpgp.PrivateKey[]): string {
  const bytes = Buffer.concat(keys.map((one) => Buffer.from(one.toPublic().write())));
  return openpgp.armor(openpgp.enums.armor.publicKey, bytes as never) as unknown as string;
}
