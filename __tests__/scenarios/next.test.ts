import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { real } from './support/cluster.ts';
import { scenarios } from './support/scenario.ts';

const { run, ask, cluster } = scenarios('What nomad-pack after 0.4.2 brings');

const LIMIT = 90_000;

/** By which a step gets that version; the real one is the one on the PATH. */
const NEXT = real ? {} : { nomad_pack_version: '0.4.3' };

/** Whether the nomad-pack on the PATH is the one that this file is about. */
const isOld = real && /v0\.4\.[0-2]\b/.test(execFileSync('nomad-pack', ['version'], { encoding: 'utf8' }));

interface Stored {
  readonly Items: Readonly<Record<string, string>>;
}

const list = async () =>
  (await ask<{ Path: string; Namespace: string }[]>('/v1/vars?namespace=*')).map(
    ({ Path, Namespace }) => `${Namespace}/${Path}`,
  );
const items = async (path: string, namespace = 'default') =>
  (await ask<Stored>(`/v1/var/${path}?namespace=${namespace}`)).Items;

async function put(path: string, Items: Readonly<Record<string, string>>, Namespace = 'default'): Promise<void> {
  const body = JSON.stringify({ Path: path, Namespace, Items });
  const response = await fetch(`${cluster().address}/v1/var/${path}?namespace=${Namespace}`, { method: 'PUT', body });
  expect(response.status).toBe(200);
}

const declares = { pack: 'v1/declares', name: 'declares' };

(isOld ? describe.skip : describe)('Nomad variables that a pack declares', () => {
  test(
    'are planned, written, updated and deleted; their values are shown nowhere',
    async () => {
      const planned = await run({ ...declares, operation: 'plan', with: NEXT });
      expect(JSON.parse(planned.outputs['plan-json'] ?? '').nomad_variables).toEqual([
        {
          path: 'nomad/jobs/declares',
          namespace: 'default',
          action: 'create',
          items: ['greeting', 'on', 'port', 'tags'],
        },
        { path: 'shared/declares', namespace: 'prod', action: 'create', items: ['key'] },
      ]);

      const first = await run({ ...declares, scenario: 'a pack that declares Nomad variables', with: NEXT });
      expect([first.annotations, first.changed, first.health]).toEqual([[], 'true', 'healthy']);
      expect(await items('nomad/jobs/declares')).toEqual({
        greeting: 'hello-hello-1',
        port: '8080',
        tags: '["a",1]',
        on: 'true',
      });

      const again = await run({ ...declares, scenario: 'the same again', with: NEXT });
      expect([again.annotations, again.changed]).toEqual([[], 'false']);

      // Only an item of the variable is another one.
      const two = { ...declares, pack: 'v2/declares' };
      const change = await run({ ...two, operation: 'plan', with: NEXT });
      expect(change.changed).toBe('true');
      expect(change.summary).toContain('Nomad variable `nomad/jobs/declares` (`default`): update, items `greeting`');
      const updated = await run({
        ...two,
        scenario: 'another item of a variable',
        with: { ...NEXT, plan_digest: change.outputs['plan-digest'] ?? '' },
      });
      expect([updated.annotations, updated.changed, updated.health]).toEqual([[], 'true', 'healthy']);
      expect((await items('nomad/jobs/declares'))['greeting']).toBe('hello-hello-2');
      for (const { log, summary, outputs } of [planned, first, change, updated])
        expect(`${log}${summary}${JSON.stringify(outputs)}`).not.toMatch(/hello-hello/);

      // Somebody changed it by hand.
      await put('nomad/jobs/declares', { greeting: 'hello-hello-3' });
      const drift = await run({ ...two, operation: 'plan', with: { ...NEXT, fail_on_changes: 'true' } });
      expect([drift.reason, drift.firstLine]).toEqual([
        'changes',
        'A deploy would change Nomad variable `nomad/jobs/declares` (default).',
      ]);

      const gone = await run({ ...two, operation: 'destroy', scenario: 'and destroyed', with: NEXT });
      expect([gone.annotations, gone.status, gone.changed]).toEqual([[], 'absent', 'true']);
      expect(await list()).toEqual([]);
    },
    LIMIT,
  );

  test(
    'of another deployment’s job are refused, unless that is allowed; destroy leaves them',
    async () => {
      await run({ name: 'owner', variables: { job_name: 'declares' }, with: NEXT });
      await put('nomad/jobs/declares', { theirs: 'kept' });
      const own = { pack: 'v1/declares', name: 'thief', variables: { job_name: 'thief' } };
      const planned = await run({ ...own, operation: 'plan', with: NEXT });
      expect(JSON.parse(planned.outputs['plan-json'] ?? '').refusals).toEqual([
        expect.stringContaining('belongs to job "declares" of deployment "owner" of pack "svc"'),
      ]);
      const refused = await run({ ...own, scenario: 'a variable of another deployment’s job', with: NEXT });
      expect([refused.reason, refused.changed]).toEqual(['nomad-variable', 'false']);
      expect(await items('nomad/jobs/declares')).toEqual({ theirs: 'kept' });
      const allowed = await run({ ...own, with: { ...NEXT, allow_replace: 'true' } });
      expect([allowed.annotations, allowed.exitCode]).toEqual([[], 0]);
      const destroyed = await run({ ...own, operation: 'destroy', with: NEXT });
      expect(destroyed.exitCode).toBe(0);
      expect(await list()).toEqual(['default/nomad/jobs/declares']);
      await run({ name: 'owner', operation: 'destroy', variables: { job_name: 'declares' }, with: NEXT });
      await fetch(`${cluster().address}/v1/var/nomad/jobs/declares`, { method: 'DELETE' });
    },
    LIMIT,
  );

  test(
    'of somebody else stay where a deployment is destroyed that is not there',
    async () => {
      await put('nomad/jobs/declares', { theirs: 'kept' });
      const gone = { ...declares, name: 'never', operation: 'destroy', with: NEXT };
      const outcome = await run({ ...gone, scenario: 'destroyed, and never there' });
      expect(outcome).toMatchObject({ exitCode: 0, status: 'absent', changed: 'false' });
      expect(outcome.log).toContain('stays: no job of the deployment was there');
      expect(await items('nomad/jobs/declares')).toEqual({ theirs: 'kept' });
      await fetch(`${cluster().address}/v1/var/nomad/jobs/declares`, { method: 'DELETE' });
    },
    LIMIT,
  );

  test(
    'that a failed rollout has written are named as not taken back',
    async () => {
      await run({ ...declares, with: NEXT });
      const { log, status } = await run({
        ...declares,
        pack: 'v2/declares',
        scenario: 'a rollout that fails, with a variable',
        with: { ...NEXT, on_failure: 'revert', variables: 'command: /bin/false' },
      });
      expect(status).toBe('reverted');
      expect(log).toContain('not taken back: `nomad/jobs/declares` (default)');
      await run({ ...declares, operation: 'destroy', with: NEXT });
    },
    LIMIT,
  );
});

(isOld ? describe.skip : describe)('rules and sources of variables', () => {
  test(
    'a value that a rule of the pack refuses is the user’s',
    async () => {
      const { reason, annotations } = await run({
        ...declares,
        scenario: 'a value that the pack refuses',
        variables: { stage: 'production' },
        with: NEXT,
      });
      expect(reason).toBe('variable-invalid');
      expect(annotations[0]?.message).toContain(
        'The variable `stage` of pack `declares` in `variables` has a value that the pack refuses: The stage is dev or prod.',
      );
      expect(annotations[0]?.message).toContain('line 5 of its v1/declares/variables.hcl');
    },
    LIMIT,
  );

  test(
    'variables come from a Nomad variable, masked; what the inputs say wins',
    async () => {
      await put('packs/svc', { message: 'from-the-source', count: '2', unknown: 'ignored' });
      const source = { ...NEXT, variable_sources: 'nomad:///packs/svc' };
      const deployed = await run({ name: 'sourced', scenario: 'variables of a Nomad variable', with: source });
      expect([deployed.annotations, deployed.jobs[0]?.groups[0]?.desired]).toEqual([[], 2]);
      expect(deployed.masks).toContain('from-the-source');
      const again = await run({ name: 'sourced', variables: { count: 1 }, with: source });
      expect(again.jobs[0]?.groups[0]?.desired).toBe(1);
      await run({ name: 'sourced', operation: 'destroy', with: NEXT });

      const missing = await run({
        name: 'sourced',
        operation: 'plan',
        with: { ...NEXT, variable_sources: 'nomad:///packs/no' },
      });
      expect(missing.log).toContain('There is no Nomad variable `packs/no` (default)');
      const consul = { ...NEXT, variable_sources: 'consul://127.0.0.1:1/packs/svc' };
      const unreachable = await run({
        name: 'sourced',
        operation: 'plan',
        scenario: 'a source that cannot be read',
        with: consul,
      });
      expect(unreachable.reason).toBe('variable-source');
    },
    LIMIT,
  );
});

(real && !isOld ? describe.skip : describe)('nomad-pack 0.4.2', () => {
  test(
    'knows none of it, and says so',
    async () => {
      const pack = await run({ ...declares, scenario: 'a pack for a newer nomad-pack' });
      expect([pack.reason, pack.firstLine]).toEqual(['pack-invalid', expect.stringContaining('does not know')]);
      const source = { variable_sources: 'nomad:///packs/svc' };
      const sources = await run({ name: 'sourced', operation: 'plan', with: source });
      expect([sources.reason, sources.firstLine]).toEqual([
        'input',
        expect.stringContaining('does not know `--var-source`'),
      ]);
    },
    LIMIT,
  );
});
