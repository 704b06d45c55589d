import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type NomadOptions, type SimulatedNomad, startNomad } from '../nomad/index.ts';
import { signJwt } from '../oidc/jwt.ts';
import { ask } from './support/api.ts';
import { type Answers, comparable, recordedBody, STATES } from './support/nomad-states.ts';
import { readRecordings } from './support/recordings.ts';

/** Brings the simulated Nomad into the states that were recorded with a real one, and compares the answers. */
const recordings = readRecordings();
const nomads: SimulatedNomad[] = [];

async function start(options: NomadOptions = {}): Promise<SimulatedNomad> {
  const nomad = await startNomad(options);
  nomads.push(nomad);
  return nomad;
}

async function aclLogin(): Promise<Record<string, Answers>> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const nomad = await start({
    acl: {
      policies: { deploy: { namespaces: { default: ['write'] } } },
      authMethods: [
        {
          name: 'github',
          publicKeys: [publicKey.export({ type: 'spki', format: 'pem' }).toString()],
          audiences: ['nomad'],
          claimMappings: { repository: 'repository' },
          maxTokenTtl: '10m',
          tokenNameFormat: '${auth_method_type}-${value.repository}',
          bindingRules: [{ selector: 'value.repository == "acme/app"', policy: 'deploy' }],
        },
      ],
    },
  });
  const now = Math.floor(Date.now() / 1000);
  const good = { aud: 'nomad', repository: 'acme/app', iat: now, exp: now + 300 };
  const logIn = async (claims: Record<string, unknown>, method = 'github') =>
    await ask(nomad, 'POST /v1/acl/login', { AuthMethodName: method, LoginToken: await signJwt(claims, privateKey) });
  const answers = {
    ok: await logIn(good),
    wrong_aud: await logIn({ ...good, aud: 'vault' }),
    no_rule: await logIn({ ...good, repository: 'other/app' }),
    expired: await logIn({ ...good, iat: now - 7200, exp: now - 3600 }),
    no_method: await logIn(good, 'nope'),
  };
  return { 'acl-login': answers };
}

describe('the simulated Nomad answers as the real one', () => {
  const answers: Record<string, Answers> = {};
  const cases = Object.entries(recordings).flatMap(([state, responses]) =>
    Object.entries(responses).map(([name, recorded]) => ({ state, name, recorded })),
  );

  beforeAll(async () => {
    const begun = [aclLogin(), ...STATES.map(async (enter) => await enter(await start()))];
    for (const found of await Promise.all(begun)) Object.assign(answers, found);
    const covered = cases.filter(({ state, name }) => answers[state]?.[name] !== undefined);
    process.stderr.write(`recorded responses covered: ${covered.length} of ${cases.length}\n`);
  }, 60_000);

  afterAll(async () => {
    await Promise.all(nomads.map((nomad) => nomad.stop()));
  });

  test.each(cases)('$state: $name', ({ state, name, recorded }) => {
    const answer = answers[state]?.[name];
    if (answer === undefined) throw new Error('no scenario answers this');
    expect(answer.status).toBe(recorded.status);
    for (const header of Object.keys(recorded.headers ?? {})) expect(answer.headers.has(header)).toBe(true);
    expect(comparable(state, name, answer.body)).toEqual(
      comparable(state, name, recordedBody(state, name, recorded, recordings)),
    );
  });
});
