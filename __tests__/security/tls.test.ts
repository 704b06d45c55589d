import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type HttpProxy, startProxy } from 'nomad-pack-sandbox/http/proxy.ts';
import type { NomadOptions } from 'nomad-pack-sandbox/nomad/index.ts';
import { Authority, type Certificate, read } from 'nomad-pack-sandbox/tls/certificates.ts';
import { startStrictServer } from 'nomad-pack-sandbox/tls/strict-server.ts';
import { newMachine } from '../support/run-action.ts';
import { type Cluster, startCluster } from './support/cluster.ts';
import { job, writePack } from './support/packs.ts';
import { type Outcome, step, visible } from './support/step.ts';

const LIMIT = 60_000;

const endings: (() => unknown)[] = [];

let ours: Authority;
let theirs: Authority;
let server: Certificate;
let named: Certificate;
let client: Certificate;
let foreign: Certificate;
/** Demands a client certificate. */
let strict: Cluster;
/** Its certificate is for `nomad.test` alone. */
let elsewhere: Cluster;

beforeAll(async () => {
  ours = new Authority();
  theirs = new Authority();
  server = ours.issue('server', 'subjectAltName=DNS:nomad.test,IP:127.0.0.1');
  named = ours.issue('named', 'subjectAltName=DNS:nomad.test');
  client = ours.issue('client', 'extendedKeyUsage=clientAuth');
  foreign = theirs.issue('foreign', 'extendedKeyUsage=clientAuth');
  endings.push(
    () => ours.remove(),
    () => theirs.remove(),
  );
  strict = await start({ tls: { ...read(server), ca: readFileSync(ours.ca, 'utf8') } });
  elsewhere = await start({ tls: read(named) });
}, LIMIT);

afterAll(async () => {
  for (const end of endings.reverse()) await end();
});

async function start(options: NomadOptions): Promise<Cluster> {
  const cluster = await startCluster(options);
  endings.push(cluster.stop);
  return cluster;
}

interface Run {
  readonly operation?: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** A step on a runner of its own; the deployment is a new one each time. */
async function run(cluster: Cluster, { operation = 'deploy', inputs = {}, env = {} }: Run = {}): Promise<Outcome> {
  const machine = await newMachine();
  const name = `web-${Math.random().toString(36).slice(2)}`;
  await writePack(machine.workspace, 'web', job({ id: name }));
  return await step({
    machine,
    env,
    inputs: { ...cluster.inputs, operation, deployment_name: name, pack: './web', ...inputs },
  });
}

/** The job was registered by nomad-pack: the action itself writes with POST. */
function expectDeployed(outcome: Outcome, { nomad }: Cluster): void {
  expect(outcome.error).toBe('');
  expect(outcome).toMatchObject({ exitCode: 0, status: 'running', outputs: { health: 'healthy' }, leftovers: [] });
  const { name } = JSON.parse(outcome.outputs['deployment'] ?? '{}') as { name: string };
  const registered = nomad.requests.filter(
    ({ method, path, body }) => method === 'PUT' && /^\/v1\/jobs(?:\?|$)/.test(path) && body.includes(name),
  );
  expect(registered).toHaveLength(1);
}

const paths = () => ({ nomad_cacert: ours.ca, nomad_client_cert: client.cert, nomad_client_key: client.key });

const text = (path: string) => readFileSync(path, 'utf8');

/** Demands a client certificate, as OpenSSL does; its address. */
async function startOpenssl(): Promise<string> {
  const { address, stop } = await startStrictServer(server, ours.ca);
  endings.push(stop);
  return address;
}

describe('a cluster that demands a client certificate', () => {
  test(
    'is deployed to with certificates by their paths',
    async () => {
      expectDeployed(await run(strict, { inputs: paths() }), strict);
    },
    LIMIT,
  );

  test(
    'is deployed to with certificates by their text, of which nothing is left and nothing is shown',
    async () => {
      const inputs = {
        nomad_cacert: text(ours.ca),
        nomad_client_cert: text(client.cert),
        nomad_client_key: text(client.key),
      };
      const outcome = await run(strict, { inputs });
      expectDeployed(outcome, strict);
      const secret = text(client.key).split('\n')[1] ?? '';
      expect(outcome.masks).toContain(secret);
      expect(visible(outcome)).not.toContain(secret);
    },
    LIMIT,
  );

  test(
    'is deployed to with certificates that the environment names',
    async () => {
      const { inputs, ...rest } = strict;
      const { nomad_addr: address = '', ...others } = inputs;
      const env = {
        NOMAD_ADDR: address,
        NOMAD_CACERT: ours.ca,
        NOMAD_CLIENT_CERT: client.cert,
        NOMAD_CLIENT_KEY: client.key,
      };
      const cluster = { ...rest, inputs: others };
      expectDeployed(await run(cluster, { env }), cluster);
    },
    LIMIT,
  );

  test(
    'is not, without one, or with one of another authority',
    async () => {
      const address = await startOpenssl();
      const [without, wrong] = await Promise.all([
        run(strict, { inputs: { nomad_addr: address, nomad_cacert: ours.ca } }),
        run(strict, {
          inputs: {
            nomad_addr: address,
            nomad_cacert: ours.ca,
            nomad_client_cert: foreign.cert,
            nomad_client_key: foreign.key,
          },
        }),
      ]);
      expect(without).toMatchObject({ exitCode: 1, reason: 'nomad-tls' });
      expect(without.error).toContain(`Nomad at ${address} demands a client certificate`);
      expect(without.error).toMatch(/Set `?nomad_client_cert`? and `?nomad_client_key`?/);
      expect(wrong).toMatchObject({ exitCode: 1, reason: 'nomad-tls' });
      expect(wrong.error).toContain('does not accept the client certificate');
    },
    LIMIT,
  );

  test(
    'wants the key of the certificate',
    async () => {
      const outcome = await run(strict, { inputs: { ...paths(), nomad_client_key: server.key } });
      expect(outcome).toMatchObject({ exitCode: 1, reason: 'nomad-tls' });
      expect(outcome.error).toMatch(/nomad_client_cert`? and `?nomad_client_key`? cannot be used/);
    },
    LIMIT,
  );
});

describe('the server’s certificate', () => {
  test.each([
    ['of an authority that is not known', () => ({})],
    ['of another authority', () => ({ nomad_cacert: theirs.ca })],
    ['of another authority, by its text', () => ({ nomad_cacert: text(theirs.ca) })],
  ])(
    '%s is refused',
    async (_, inputs) => {
      const outcome = await run(elsewhere, { inputs: inputs() });
      expect(outcome).toMatchObject({ exitCode: 1, reason: 'nomad-tls', leftovers: [] });
      expect(outcome.error).toMatch(/signed by an authority that is not known here/);
      expect(outcome.error).toMatch(/Set `?nomad_cacert`?/);
    },
    LIMIT,
  );

  test(
    'for another name is refused, unless it is the expected one',
    async () => {
      const outcome = await run(elsewhere, { inputs: { nomad_cacert: ours.ca } });
      expect(outcome).toMatchObject({ exitCode: 1, reason: 'nomad-tls' });
      expect(outcome.error).toMatch(/is for another name/);
      expect(outcome.error).toMatch(/Set `?nomad_tls_server_name`?/);
      const inputs = { nomad_cacert: ours.ca, nomad_tls_server_name: 'nomad.test' };
      expectDeployed(await run(elsewhere, { inputs }), elsewhere);
    },
    LIMIT,
  );

  test(
    'is not looked at with `nomad_skip_verify`, which warns',
    async () => {
      const outcome = await run(elsewhere, { inputs: { nomad_skip_verify: 'true' } });
      expectDeployed(outcome, elsewhere);
      expect(outcome.annotations).toMatchObject([
        { level: 'warning', message: expect.stringContaining('`nomad_skip_verify` is on') },
      ]);
      expect(outcome.summary).toContain('`nomad_skip_verify` is on');
    },
    LIMIT,
  );

  // nomad-pack would take any of these for a wish not to look.
  test.each(['false', '', ' '])(
    'is looked at with NOMAD_SKIP_VERIFY=%j',
    async (value) => {
      const outcome = await run(elsewhere, { env: { NOMAD_SKIP_VERIFY: value } });
      expect(outcome).toMatchObject({ exitCode: 1, reason: 'nomad-tls' });
      const trusted = { nomad_cacert: ours.ca, nomad_tls_server_name: 'nomad.test' };
      expectDeployed(await run(elsewhere, { inputs: trusted, env: { NOMAD_SKIP_VERIFY: value } }), elsewhere);
    },
    LIMIT,
  );
});

describe('other ways to Nomad', () => {
  test(
    'a Unix socket',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'socket-'));
      endings.push(() => rmSync(folder, { recursive: true }));
      const cluster = await start({ socket: join(folder, 'nomad.sock') });
      expectDeployed(await run(cluster), cluster);
    },
    LIMIT,
  );

  test(
    'an HTTP proxy, by a tunnel, with the certificate of the private authority',
    async () => {
      const proxy = await proxyTo(strict);
      const inputs = { ...paths(), nomad_addr: 'https://nomad.test:4646' };
      const outcome = await run(strict, { inputs, env: { https_proxy: `http://user:pr0xy-p4ss@${proxy.host}` } });
      expectDeployed(outcome, strict);
      const login = Buffer.from('user:pr0xy-p4ss').toString('base64');
      expect([...new Set(proxy.requests)]).toEqual([`CONNECT nomad.test:4646 Basic ${login}`]);
      expect(visible(outcome)).not.toContain('pr0xy-p4ss');
    },
    LIMIT,
  );

  test(
    'an HTTP proxy, for plain HTTP',
    async () => {
      const cluster = await start({});
      const proxy = await proxyTo(cluster);
      const outcome = await run(cluster, {
        inputs: { nomad_addr: 'http://nomad.test:4646' },
        env: { http_proxy: `http://${proxy.host}` },
      });
      expectDeployed(outcome, cluster);
      expect(proxy.requests.some((line) => line.startsWith('PUT http://nomad.test:4646/v1/jobs'))).toBe(true);
    },
    LIMIT,
  );
});

/** A proxy for which every host is the cluster. */
async function proxyTo({ nomad }: Cluster): Promise<HttpProxy> {
  const proxy = await startProxy(nomad.address);
  endings.push(proxy.stop);
  return proxy;
}
