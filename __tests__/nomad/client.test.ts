import { describe, expect, test } from '@jest/globals';
import { jobSpecification, register } from 'nomad-pack-sandbox/__tests__/support/api.ts';
import type { Fault } from 'nomad-pack-sandbox/nomad/index.ts';
import { ActionError } from '../../src/errors.ts';
import { Http } from '../../src/http/http.ts';
import { jobPath, jobSchema } from '../../src/nomad/api.ts';
import { NomadResponseError } from '../../src/nomad/errors.ts';
import { afterwards } from '../support/afterwards.ts';
import { failure } from '../support/failure.ts';
import { anything, clientOf, serve, start } from './support/clients.ts';

/** Each request meets the next fault, and none when they are used up. */
function inTurn(...faults: (Fault | undefined)[]) {
  return () => faults.shift();
}

const noLeader: Fault = { kind: 'respond', status: 500, body: 'No cluster leader' };

describe('a request', () => {
  test('carries namespace, region and token, and none of them twice', async () => {
    const nomad = await start({ namespaces: ['prod'] });
    const client = clientOf(nomad.address, { namespace: 'prod', region: 'global', token: 'secret' });
    await client.get('/v1/jobs', anything, { query: { prefix: 'a b&c', namespace: '*' } });
    expect(nomad.requests[0]).toMatchObject({
      path: '/v1/jobs?namespace=*&region=global&prefix=a+b%26c',
      token: 'secret',
    });
  });

  test.each(['a/b', 'a%2Fb', '100%', 'ä?#', 'x&namespace=prod'])('finds the job %j', async (id) => {
    const nomad = await start();
    await register(nomad, jobSpecification('web').replace('job "web"', `job ${JSON.stringify(id)}`));
    const { body } = await clientOf(nomad.address).get(jobPath(id), jobSchema);
    expect(body.ID).toBe(id);
  });

  test.each(['.', '..'])('for a job %j would go elsewhere, and is not sent', (id) => {
    expect(() => jobPath(id)).toThrow('is not a name that a job can be asked for by');
  });

  test('that is under way when the client is closed fails at once', async () => {
    const nomad = await start();
    const client = clientOf(nomad.address);
    const { index } = await client.get('/v1/jobs', anything);
    const asked = nomad.requests.length;
    const blocked = client.get('/v1/jobs', anything, { blocking: { index: Math.max(index, 1), wait: 60_000 } });
    await Promise.all([client.close(), expect(blocked).rejects.toThrow('The client was closed')]);
    expect(nomad.requests.length).toBeLessThanOrEqual(asked + 1);
  });

  test('waits for a change, and tells the index for the next one', async () => {
    const nomad = await start();
    const client = clientOf(nomad.address);
    const { index } = await client.get('/v1/jobs', anything);
    const blocked = client.get('/v1/jobs', anything, { blocking: { index: Math.max(index, 1), wait: 60_000 } });
    await register(nomad, jobSpecification('web'));
    const changed = await blocked;
    expect(changed.index).toBeGreaterThan(index);
    expect(changed.body).toHaveLength(1);
  });

  test('of a text gives the text; an empty answer is not JSON', async () => {
    const address = await serve((request, response) => response.end(request.url?.startsWith('/text') ? 'a\nb' : ''));
    const client = clientOf(address);
    expect(await client.getText('/text')).toBe('a\nb');
    expect(await client.get('/empty', anything)).toEqual({ body: undefined, index: 0 });
  });

  test('that something else than Nomad answers is told so', async () => {
    const address = await serve((_, response) => response.end('<html>hello'));
    const error = await failure(clientOf(address).get('/v1/jobs', anything));
    expect([error.reason, error.message]).toEqual([
      'nomad-error',
      'What answered is not Nomad: "<html>hello" is not JSON',
    ]);
    expect(error.hint).toContain('nomad_addr');
  });

  test('that a response without end answers takes no more memory than it may', async () => {
    const block = Buffer.alloc(1024 * 1024, 'x');
    const address = await serve((_, response) => {
      const more = () => {
        if (!response.destroyed) response.write(block, more);
      };
      more();
    });
    const error = await failure(clientOf(address).get('/v1/jobs', anything));
    expect([error.reason, error.message]).toEqual(['nomad-error', expect.stringContaining('sends more than 64 MiB')]);
  });
});

describe('a proxy before Nomad', () => {
  const login = async (httpAuth?: string) => {
    let header: string | undefined;
    const address = await serve(({ headers }, response) => {
      header = headers.authorization;
      response.end('[]');
    });
    await clientOf(address, httpAuth === undefined ? {} : { httpAuth }).get('/v1/jobs', anything);
    return header?.replace(/^Basic (.*)$/, (_, text) => `Basic ${Buffer.from(text, 'base64').toString()}`);
  };

  test('gets user and password, or, as Go has it, the user alone', async () => {
    expect(await login('me:my:password')).toBe('Basic me:my:password');
    expect(await login('me')).toBe('Basic me:');
    expect(await login()).toBeUndefined();
  });

  test.each([
    [401, { 'WWW-Authenticate': 'Basic realm="x"' }, 'asks for a user and a password', 'nomad_http_auth'],
    [401, { 'WWW-Authenticate': 'Bearer, basic' }, 'GET /v1/jobs', ''],
    [401, {}, 'GET /v1/jobs', ''],
    [403, { 'WWW-Authenticate': 'Basic realm="x"' }, 'GET /v1/jobs', 'nomad_token'],
  ])('that answers %d with %j is told as what it is', async (status, headers, message, hint) => {
    const address = await serve((_, response) =>
      response.writeHead(status, headers as Record<string, string>).end('no'),
    );
    const error = await failure(clientOf(address).get('/v1/jobs', anything));
    expect(error.message).toContain(message);
    expect(error.hint).toContain(hint);
  });
});

test.each(['-5', '1.5', 'none', '18446744073709551615', ''])(
  'an index that is not one waits for nothing: %j',
  async (index) => {
    const address = await serve((_, response) => response.setHeader('X-Nomad-Index', index).end('[]'));
    expect(await clientOf(address).get('/v1/jobs', anything)).toEqual({ body: [], index: 0 });
  },
);

describe('a redirect', () => {
  test.each([
    ['https://user:pw@elsewhere.test/v1/jobs?token=secret', 'https://elsewhere.test/v1/jobs'],
    ['/ui/', 'ADDRESS/ui/'],
    ['http://[', 'an address that is not one'],
    ['unix:///run/other.sock?token=secret', '/run/other.sock'],
  ])('to %j is not followed, and told without its secrets', async (location, told) => {
    const asked: string[] = [];
    const address = await serve((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(307, { Location: location }).end();
    });
    const error = await failure(clientOf(address, { token: 'secret' }).get('/v1/jobs', anything));
    expect(error.reason).toBe('nomad-address');
    expect(error.message).toContain(`redirects to ${told.replace('ADDRESS', address)}.`);
    expect(`${error.message} ${error.hint}`).not.toMatch(/secret|pw/);
    expect(asked).toHaveLength(1);
  });
});

describe('faults', () => {
  test.each<[string, Fault]>([
    ['no leader', noLeader],
    ['a gateway without a server', { kind: 'respond', status: 502 }],
    ['a server that is not ready', { kind: 'respond', status: 503 }],
    ['too many connections', { kind: 'respond', status: 429 }],
    ['a broken connection', { kind: 'reset' }],
  ])('%s: what may be repeated is tried again, and said once', async (_, fault) => {
    const nomad = await start({ faults: inTurn(fault, fault) });
    const client = clientOf(nomad.address, { patience: 10_000 });
    expect((await client.get('/v1/jobs', anything)).body).toEqual([]);
    expect(nomad.requests).toHaveLength(3);
    expect(client.lines).toHaveLength(2);
    expect(client.lines[0]).toMatch(/^Nomad does not answer \(.+\), trying again$/);
    expect(client.lines[1]).toMatch(/^Nomad answers again after \d s$/);
  });

  test.each<[string, Fault, number]>([
    ['not after a broken connection: it may have been carried out', { kind: 'reset', afterwards: true }, 1],
    ['not after an error of the server', noLeader, 1],
    ['after a refusal to accept it', { kind: 'respond', status: 429 }, 2],
  ])('a write is sent again %s', async (_, fault, times) => {
    const nomad = await start({ faults: inTurn(fault) });
    const client = clientOf(nomad.address, { patience: 10_000 });
    await client.post('/v1/jobs/parse', anything, { JobHCL: 'job "web" {}' }).catch(() => undefined);
    expect(nomad.requests).toHaveLength(times);
  });

  test('a write that never left is sent again', async () => {
    const nomad = await start();
    const { address } = nomad;
    await nomad.stop();
    const client = clientOf(address, { patience: 200 });
    const error = await failure(client.post('/v1/jobs', anything, {}));
    expect(error).toMatchObject({ reason: 'nomad-unreachable', unsent: true });
    expect(error.message).toMatch(/could not be reached: connect ECONNREFUSED .* \(\d+ attempts in \d s\)/);
  });

  test('a deletion is not repeated: what was deleted may be there anew', async () => {
    const nomad = await start({ faults: inTurn({ kind: 'reset', afterwards: true }) });
    const client = clientOf(nomad.address, { patience: 10_000 });
    const error = await failure(client.delete('/v1/job/web', anything, { query: { purge: true } }));
    expect(error).toMatchObject({ reason: 'nomad-unreachable', unsent: false });
    expect(nomad.requests).toHaveLength(1);
  });

  test('an answer that takes too long is a fault', async () => {
    const url = await serve(() => undefined);
    const http = new Http();
    afterwards(() => http.close());
    const sent = http.send({ url, timeout: 50, limit: 1024, signals: [] });
    await expect(sent).rejects.toMatchObject({ code: 'ETIMEDOUT', message: 'no answer within 0 s' });
  });

  test('patience is over some time, and the error says what was tried', async () => {
    const nomad = await start({ faults: () => noLeader });
    const error = await failure(clientOf(nomad.address, { patience: 250 }).get('/v1/jobs', anything));
    expect(error).toBeInstanceOf(NomadResponseError);
    expect([error.reason, error.message]).toEqual([
      'nomad-error',
      'Nomad answered GET /v1/jobs with status 500: No cluster leader',
    ]);
    expect(error.hint).not.toBe('');
    expect(nomad.requests.length).toBeGreaterThan(2);
  });

  test('patience is spent once: what was given up gets one attempt, until it is answered', async () => {
    let isWell = false;
    const nomad = await start({ faults: ({ path }) => (path === '/v1/jobs' && !isWell ? noLeader : undefined) });
    const client = clientOf(nomad.address, { patience: 250 });
    const count = async (path: string) => {
      const before = nomad.requests.length;
      await client.get(path, anything).catch(() => undefined);
      return nomad.requests.length - before;
    };
    expect(await count('/v1/jobs')).toBeGreaterThan(2);
    expect(await count('/v1/jobs')).toBe(1);
    expect(await count('/v1/namespaces')).toBe(1);
    expect(await count('/v1/jobs')).toBe(1);
    isWell = true;
    expect(await count('/v1/jobs')).toBe(1);
    isWell = false;
    expect(await count('/v1/jobs')).toBeGreaterThan(2);
  });

  test('so it is for whatever else is asked of a Nomad that answers nothing, but for what has a patience of its own', async () => {
    let faults = 0;
    const nomad = await start({ faults: () => (faults-- > 0 ? noLeader : undefined) });
    const client = clientOf(nomad.address, { patience: 100 });
    faults = Number.POSITIVE_INFINITY;
    await failure(client.get('/v1/jobs', anything));
    const asked = nomad.requests.length;
    await failure(client.get('/v1/namespaces', anything));
    expect(nomad.requests).toHaveLength(asked + 1);
    faults = 2;
    await client.get('/v1/namespaces', anything, { patience: Number.POSITIVE_INFINITY });
    expect(nomad.requests).toHaveLength(asked + 4);
    faults = 1;
    await client.get('/v1/nodes', anything);
    expect(nomad.requests).toHaveLength(asked + 6);
  });

  test('a host that does not exist is named as such', async () => {
    const error = await failure(clientOf('http://nomad.invalid:4646').get('/v1/jobs', anything));
    expect(error.reason).toBe('nomad-unreachable');
    expect(error.message).toContain('nomad.invalid');
    expect(error.message).toContain('(one attempt)');
  });
});

describe('a cancel', () => {
  test('ends a request that waits for a change, at once and with its own reason', async () => {
    const nomad = await start();
    const cancel = new AbortController();
    const client = clientOf(nomad.address, { signal: cancel.signal });
    const blocked = client.get('/v1/jobs', anything, { blocking: { index: 999, wait: 60_000 } });
    setImmediate(() => cancel.abort(new Error('cancelled')));
    await expect(blocked).rejects.toThrow('cancelled');
    await expect(client.get('/v1/jobs', anything)).rejects.toThrow('cancelled');
  });

  test('of one request leaves the others alone', async () => {
    const nomad = await start();
    const own = new AbortController();
    const client = clientOf(nomad.address);
    const blocked = client.get('/v1/jobs', anything, { blocking: { index: 999, wait: 60_000 }, signal: own.signal });
    setImmediate(() => own.abort(new Error('enough')));
    await expect(blocked).rejects.toThrow('enough');
    expect((await client.get('/v1/jobs', anything)).body).toEqual([]);
  });

  test('that comes while the connection is made is not missed', async () => {
    const nomad = await start();
    const cancel = new AbortController();
    const client = clientOf(nomad.address, { signal: cancel.signal });
    const blocked = client.get('/v1/jobs', anything, { blocking: { index: 999, wait: 60_000 } });
    cancel.abort(new Error('cancelled'));
    await expect(blocked).rejects.toThrow('cancelled');
    expect(nomad.requests).toHaveLength(0);
  });

  test('ends the pause between two attempts', async () => {
    const cancel = new AbortController();
    const nomad = await start({ faults: () => noLeader });
    const client = clientOf(nomad.address, {
      signal: cancel.signal,
      patience: Number.POSITIVE_INFINITY,
      log: () => setImmediate(() => cancel.abort(new Error('cancelled'))),
    });
    await expect(client.get('/v1/jobs', anything)).rejects.toThrow('cancelled');
    expect(nomad.requests).toHaveLength(1);
  });
});

describe('the token', () => {
  const tokens = [{ secretId: 'first' }, { secretId: 'second' }, { secretId: 'narrow', policies: ['dev'] }];
  const acl = { tokens, policies: { dev: { namespaces: { dev: ['read'] } } } };

  test('a missing, a wrong and a narrow one are each told as what they are', async () => {
    const nomad = await start({ acl, namespaces: ['dev'] });
    const missing = await failure(clientOf(nomad.address).get('/v1/job/web', anything));
    expect([missing.reason, missing.message]).toEqual([
      'nomad-auth',
      `Nomad at ${nomad.address} wants a token for GET /v1/job/web: Permission denied`,
    ]);
    expect(missing.hint).toContain('nomad_token');
    const wrong = await failure(clientOf(nomad.address, { token: 'wrong' }).get('/v1/job/web', anything));
    expect(wrong.message).toBe('The token may not do GET /v1/job/web in namespace "default": Permission denied');
    expect(wrong.hint).toMatch(/rights for that namespace.*has expired/);
    const query = { namespace: 'prod' };
    const narrow = await failure(clientOf(nomad.address, { token: 'narrow' }).get('/v1/job/web', anything, { query }));
    expect(narrow.message).toContain('in namespace "prod"');
  });

  test('one that has expired is renewed, once for all requests that find it so', async () => {
    const nomad = await start({ acl });
    let renewals = 0;
    const renew = async () => {
      renewals += 1;
      return 'second';
    };
    const client = clientOf(nomad.address, { token: 'expired', renew });
    const answers = await Promise.all(
      ['a', 'b', 'c'].map((prefix) => client.get('/v1/jobs', anything, { query: { prefix } })),
    );
    expect(answers.map(({ body }) => body)).toEqual([[], [], []]);
    expect(renewals).toBe(1);
  });

  test('some endpoints say with status 500 that it has expired', async () => {
    const words = 'ACL token not found or invalid workload identity: ACL token expired';
    const nomad = await start({ acl, faults: inTurn({ kind: 'respond', status: 500, body: words }) });
    const client = clientOf(nomad.address, { token: 'first', renew: async () => 'second' });
    await client.get('/v1/jobs', anything);
    expect(nomad.requests.map(({ token }) => token)).toEqual(['first', 'second']);
    const again = await start({ acl, faults: () => ({ kind: 'respond', status: 500, body: words }) });
    const error = await failure(clientOf(again.address, { token: 'first' }).get('/v1/jobs', anything));
    expect([error.reason, error.message]).toEqual([
      'nomad-auth',
      `Nomad at ${again.address} does not accept the token: ${words}`,
    ]);
  });

  test('one that lives but lacks a right is not renewed', async () => {
    const nomad = await start({ acl, namespaces: ['dev'] });
    const renew = () => Promise.reject(new Error('no renewal'));
    const client = clientOf(nomad.address, { token: 'narrow', renew });
    expect((await failure(client.get('/v1/job/web', anything))).reason).toBe('nomad-auth');
  });

  test('a renewal that brings no better token is not repeated', async () => {
    const nomad = await start({ acl });
    let renewals = 0;
    const client = clientOf(nomad.address, { token: 'expired', renew: async () => `expired-${++renewals}` });
    expect((await failure(client.get('/v1/jobs', anything))).reason).toBe('nomad-auth');
    expect(renewals).toBe(1);
  });

  test('a renewal that is refused is not tried again', async () => {
    const nomad = await start({ acl });
    let renewals = 0;
    const renew = async () => {
      renewals += 1;
      throw new ActionError('nomad-auth', 'no such method');
    };
    const client = clientOf(nomad.address, { token: 'expired', renew, patience: 10_000 });
    expect((await failure(client.get('/v1/jobs', anything))).message).toBe('no such method');
    expect(renewals).toBe(1);
  });

  test('a renewal that cannot reach Nomad is waited out as any fault', async () => {
    const nomad = await start({ acl });
    const unreachable = clientOf('http://127.0.0.1:1');
    let renewals = 0;
    const renew = async () => {
      renewals += 1;
      if (renewals === 1) await unreachable.get('/v1/acl/login', anything);
      return 'second';
    };
    const impatient = clientOf(nomad.address, { token: 'expired', renew });
    expect((await failure(impatient.get('/v1/jobs', anything))).reason).toBe('nomad-unreachable');
    renewals = 0;
    const patient = clientOf(nomad.address, { token: 'expired', renew, patience: 10_000 });
    expect((await patient.get('/v1/jobs', anything)).body).toEqual([]);
    expect(renewals).toBe(2);
  });
});

describe('what Nomad says', () => {
  test.each([
    [500, '1 error occurred:\n\t* job "web" is in nonexistent namespace "nope"', 'nomad-namespace', 'nomad_namespace'],
    [500, 'No path to region', 'nomad-error', 'nomad_region'],
    [400, 'Client sent an HTTP request to an HTTPS server.\n', 'nomad-address', 'https://'],
    [404, '', 'nomad-error', 'HTTP API'],
    [304, '', 'nomad-error', 'HTTP API'],
    [400, 'nonsense', 'nomad-error', 'own words'],
  ] as const)('%i %j is %s', async (status, body, reason, hint) => {
    const address = await serve((_, response) => response.writeHead(status).end(body));
    const error = await failure(clientOf(address).get('/v1/jobs', anything));
    expect(error.reason).toBe(reason);
    expect(error.hint).toContain(hint);
  });
});
