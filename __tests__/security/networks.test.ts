import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { listen, startWebServer } from 'nomad-pack-sandbox/http/server.ts';
import type { NomadOptions } from 'nomad-pack-sandbox/nomad/index.ts';
import { Authority, read } from 'nomad-pack-sandbox/tls/certificates.ts';
import { newMachine } from '../support/run-action.ts';
import { type Cluster, startCluster } from './support/cluster.ts';
import { job, writePack } from './support/packs.ts';
import { type Outcome, step, visible } from './support/step.ts';

const LIMIT = 120_000;
const PASSWORD = 'p4ss:w/rd-of-the-proxy';
const LOGIN = Buffer.from(`deployer:${PASSWORD}`).toString('base64');

const endings: (() => unknown)[] = [];

let ours: Authority;
let folder: string;

beforeAll(() => {
  ours = new Authority();
  folder = mkdtempSync(join(tmpdir(), 'authorities-'));
  mkdirSync(join(folder, 'path'));
  writeFileSync(join(folder, 'path', 'ours.pem'), readFileSync(ours.ca));
  mkdirSync(join(folder, 'empty'));
  endings.push(
    () => ours.remove(),
    () => rmSync(folder, { recursive: true }),
  );
});

afterAll(async () => {
  for (const end of endings.reverse()) await end();
});

async function start(options: NomadOptions = {}): Promise<Cluster> {
  const cluster = await startCluster(options);
  endings.push(cluster.stop);
  return cluster;
}

/** Authorities of the machine that runs the tests stay out of them. */
const NONE = { SSL_CERT_FILE: undefined, SSL_CERT_DIR: undefined, NODE_EXTRA_CA_CERTS: undefined };

async function deploy(
  cluster: Cluster,
  inputs: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<Outcome> {
  const machine = await newMachine();
  await writePack(machine.workspace, 'web', job({ id: 'web' }));
  return await step({
    machine,
    env: { ...NONE, ...env },
    inputs: { ...cluster.inputs, deployment_name: 'web', pack: './web', ...inputs },
  });
}

/** A reverse proxy before Nomad that asks for a user and a password; its address, and the logins that it saw. */
async function askForPassword({ nomad }: Cluster) {
  const logins = new Set<string>();
  const { address, stop } = await startWebServer((incoming, response) => {
    const { method, url = '/', headers } = incoming;
    logins.add(headers.authorization ?? '');
    if (headers.authorization !== `Basic ${LOGIN}`) {
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="nomad"' }).end('unauthorized');
      return;
    }
    const onward = request(new URL(url, nomad.address), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    incoming.pipe(onward);
  });
  endings.push(stop);
  return { address, logins };
}

describe('a proxy before Nomad that asks for a password', () => {
  test.each(['input', 'variable'] as const)(
    'is passed by the action and by nomad-pack alike, and nothing of the password is shown: %s',
    async (from) => {
      const cluster = await start();
      const { address, logins } = await askForPassword(cluster);
      const auth = `deployer:${PASSWORD}`;
      const outcome = await (from === 'input'
        ? deploy(cluster, { nomad_addr: address, nomad_http_auth: auth })
        : deploy(cluster, { nomad_addr: address }, { NOMAD_HTTP_AUTH: auth }));
      expect(outcome.error).toBe('');
      expect(outcome).toMatchObject({ exitCode: 0, status: 'running', outputs: { health: 'healthy' }, leftovers: [] });
      expect(cluster.nomad.requests.some(({ method }) => method === 'PUT')).toBe(true);
      expect([...logins]).toEqual([`Basic ${LOGIN}`]);
      expect(outcome.masks).toEqual(expect.arrayContaining([auth, PASSWORD]));
      expect(visible(outcome)).not.toContain(PASSWORD);
      expect(visible(outcome)).not.toContain(LOGIN);
    },
    LIMIT,
  );

  test.each([{}, { nomad_http_auth: 'deployer:wrong-password' }])(
    'refuses %j, and the input is named',
    async (inputs) => {
      const cluster = await start();
      const { address } = await askForPassword(cluster);
      const outcome = await deploy(cluster, { nomad_addr: address, ...inputs });
      expect(outcome).toMatchObject({ exitCode: 1, reason: 'nomad-auth', outputs: { changed: 'false' } });
      expect(outcome.error).toContain('asks for a user and a password');
      expect(outcome.error).toContain('nomad_http_auth');
      expect(visible(outcome)).not.toContain('wrong-password');
    },
    LIMIT,
  );
});

test.each(['http', 'https'])(
  'a proxy of the runner’s network that asks for a password is told of, and not taken for Nomad: %s',
  async (scheme) => {
    const refuse = { 'Proxy-Authenticate': 'Basic realm="proxy"', 'Content-Length': '0' };
    const server = createServer((_, response) => response.writeHead(407, refuse).end());
    server.on('connect', (_, socket) => {
      const head = Object.entries(refuse).map(([name, value]) => `${name}: ${value}\r\n`);
      socket.end(`HTTP/1.1 407 Proxy Authentication Required\r\n${head.join('')}\r\n`);
    });
    const proxy = await listen(server);
    endings.push(() => server.close());
    const outcome = await step({
      env: { [`${scheme}_proxy`]: `http://${proxy}` },
      inputs: {
        operation: 'status',
        deployment_name: 'web',
        pack: 'web',
        nomad_addr: `${scheme}://nomad.example.com:4646`,
      },
    });
    expect(outcome).toMatchObject({ exitCode: 1, reason: 'nomad-unreachable' });
    expect(outcome.error).toContain('asks for a user and a password');
    expect(outcome.error).toContain('http://user:password@host:port');
    expect(outcome.duration).toBeLessThan(10_000);
  },
  LIMIT,
);

describe('a cluster with the certificate of a company’s authority', () => {
  const certificate = () => read(ours.issue('server', 'subjectAltName=IP:127.0.0.1'));

  test.each<[string, () => Record<string, string>]>([
    ['NODE_EXTRA_CA_CERTS', () => ({ NODE_EXTRA_CA_CERTS: ours.ca })],
    ['SSL_CERT_FILE', () => ({ SSL_CERT_FILE: ours.ca })],
    ['SSL_CERT_DIR', () => ({ SSL_CERT_DIR: join(folder, 'path') })],
    ['NOMAD_CAPATH', () => ({ NOMAD_CAPATH: join(folder, 'path') })],
  ])(
    'is deployed to by way of %s, by the action and nomad-pack alike',
    async (_, env) => {
      const cluster = await start({ tls: certificate() });
      const outcome = await deploy(cluster, {}, env());
      expect(outcome.error).toBe('');
      expect(outcome).toMatchObject({ exitCode: 0, status: 'running', outputs: { health: 'healthy' }, leftovers: [] });
    },
    LIMIT,
  );

  test.each<[string, () => Record<string, string>, string, RegExp]>([
    ['without any of them', () => ({}), 'nomad-tls', /signed by an authority that is not known here/],
    ['with a folder that is empty', () => ({ NOMAD_CAPATH: join(folder, 'empty') }), 'nomad-tls', /holds no cert/],
    ['with a folder that is not there', () => ({ NOMAD_CAPATH: join(folder, 'no') }), 'input', /does not exist/],
  ])(
    'is not, %s',
    async (_, env, reason, message) => {
      const cluster = await start({ tls: certificate() });
      const outcome = await deploy(cluster, {}, env());
      expect(outcome).toMatchObject({ exitCode: 1, reason, outputs: { changed: 'false' } });
      expect(outcome.error).toMatch(message);
    },
    LIMIT,
  );
});
