import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { ROOT } from '../../scripts/support/paths.ts';
import { afterwards } from '../support/afterwards.ts';
import { jobFiles } from '../support/job-files.ts';
import { real } from './support/cluster.ts';
import { packs, scenarios } from './support/scenario.ts';

const { run, ask, cluster } = scenarios('Job files');

const LIMIT = 90_000;

interface NomadJob {
  readonly Meta: Readonly<Record<string, string>> | null;
  readonly Stop: boolean;
  readonly Version: number;
}

/** A job that runs until it is stopped. */
function job(name: string, inside = '', script = 'exec sleep 3600'): string {
  return `job "${name}" {
  datacenters = ["dc1"]
  ${inside}
  group "app" {
    update {
      min_healthy_time = "100ms"
      healthy_deadline = "10s"
    }
    task "server" {
      driver       = "raw_exec"
      kill_timeout = "1s"
      config {
        command = "/bin/sh"
        args    = ["-c", "${script}"]
      }
      resources {
        cpu    = 20
        memory = 16
      }
    }
  }
}
`;
}

const LOST = 'meta {\n    team = upper("core")\n  }';

/** nomad-pack as a user would call it. */
async function nomadPack(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  const [command, before] = real
    ? ['nomad-pack', []]
    : [process.execPath, [join(ROOT, 'packages', 'sandbox', 'nomad-pack', 'main.js')]];
  const options = { env: { ...process.env, ...env } };
  return (await promisify(execFile)(command, [...before, ...args], options)).stdout;
}

/** `run`, of the pack whose job files are variables. */
async function runByHand(name: string, variables: Readonly<Record<string, string>>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'by-hand-'));
  afterwards(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'variables.json');
  await writeFile(file, JSON.stringify(variables));
  const args = ['run', join(packs, 'anyjob'), `--name=${name}`, `--var-file=${file}`, '--detach'];
  await nomadPack(args, { HOME: folder, NOMAD_ADDR: cluster().address });
}

describe('nomad-pack keeps or loses its metadata as the table says', () => {
  test.each(jobFiles.filter(({ realOnly }) => real || realOnly !== true))(
    'with $title',
    async ({ text, lost, keptByNewer }) => {
      await runByHand('table', { first: text.replaceAll('JOB', 'table') });
      const { Meta } = await ask<NomadJob>('/v1/job/table');
      await fetch(`${cluster().address}/v1/job/table?purge=true`, { method: 'DELETE' });
      const isKept = Meta?.['pack.deployment_name'] === 'table';
      const isNewer = !(await nomadPack(['version'])).includes('v0.4.2');
      expect(isKept).toBe(lost === undefined || (isNewer && keptByNewer === true));
    },
    LIMIT,
  );
});

describe('a job that nomad-pack would lose', () => {
  test(
    'is refused before anything changes',
    async () => {
      for (const operation of ['plan', 'deploy']) {
        const refused = await run({
          scenario: `${operation} of a job with computed metadata`,
          operation,
          pack: 'anyjob',
          name: 'lost',
          variables: { first: job('kept'), second: job('lost', LOST) },
        });
        expect(refused).toMatchObject({ exitCode: 1, reason: 'job-specification', changed: 'false' });
        expect(refused.firstLine).toMatch(/second\.nomad, line 4: `upper\(\.\.\.\)` in the `meta` of the job/);
      }
      expect(await ask<unknown[]>('/v1/jobs?prefix=kept')).toEqual([]);
      expect(await ask<unknown[]>('/v1/jobs?prefix=lost')).toEqual([]);
    },
    LIMIT,
  );

  test(
    'by the command line only is red, and goes back',
    async () => {
      const variables = { first: job('sly') };
      expect(await run({ pack: 'anyjob', name: 'sly', variables })).toMatchObject({ exitCode: 0 });
      const outcome = await run({
        scenario: 'metadata lost where nobody could see it before',
        pack: 'anyjob',
        name: 'sly',
        variables: { first: job('sly', 'priority = 51'), in_run: job('sly', LOST) },
        with: { on_failure: 'revert' },
      });
      expect(outcome).toMatchObject({
        exitCode: 1,
        reason: 'job-specification',
        status: 'reverted',
        health: 'healthy',
      });
      expect((await ask<NomadJob>('/v1/job/sly')).Meta?.['pack.deployment_name']).toBe('sly');
      const added = await run({
        scenario: 'the same, of a job that is new',
        pack: 'anyjob',
        name: 'sly',
        variables: { first: job('sly_more'), in_run: job('sly_more', LOST), second: job('sly') },
        with: { on_failure: 'revert' },
      });
      expect(added).toMatchObject({ exitCode: 1, reason: 'job-specification', health: 'healthy' });
      expect((await ask<NomadJob>('/v1/job/sly_more')).Stop).toBe(true);
      expect(added.jobs.find(({ id }) => id === 'sly_more')?.status).toBe('stopped');
    },
    LIMIT,
  );

  test(
    'is never absent',
    async () => {
      const first = job('ghost', LOST);
      await runByHand('ghost', { first });
      expect((await ask<NomadJob>('/v1/job/ghost')).Meta?.['pack.deployment_name']).toBeUndefined();
      for (const operation of ['stop', 'destroy']) {
        const kept = await run({
          scenario: `${operation} of a job without an owner`,
          operation,
          pack: 'anyjob',
          name: 'ghost',
          variables: { first },
        });
        expect(kept).toMatchObject({ exitCode: 1, reason: 'job-conflict', status: 'unknown', changed: 'false' });
        expect(kept.firstLine).toMatch(/ghost.*was not deployed by nomad-pack/);
      }
      const status = await run({
        scenario: 'status of a job without an owner',
        operation: 'status',
        pack: 'anyjob',
        name: 'ghost',
        variables: { first },
      });
      expect(status).toMatchObject({ exitCode: 0, status: 'unknown', health: 'unknown' });
      expect(status.log).toMatch(/ghost.*was not deployed by nomad-pack/);
      expect((await ask<NomadJob>('/v1/job/ghost')).Stop).toBe(false);
      const planned = await run({
        operation: 'plan',
        pack: 'anyjob',
        name: 'ghost',
        variables: { first: job('ghost') },
      });
      expect(planned).toMatchObject({ exitCode: 0, status: 'unknown', health: 'unknown' });

      const adopted = await run({
        scenario: 'a job without an owner, taken over',
        pack: 'anyjob',
        name: 'ghost',
        variables: { first: job('ghost') },
        with: { adopt_jobs: 'ghost' },
      });
      expect(adopted).toMatchObject({ exitCode: 0, status: 'running', health: 'healthy', changed: 'true' });
      expect(adopted.log).toMatch(/takes over.*ghost/i);
      const gone = await run({
        operation: 'destroy',
        pack: 'anyjob',
        name: 'ghost',
        variables: { first: job('ghost') },
      });
      expect(gone).toMatchObject({ exitCode: 0, status: 'absent', changed: 'true' });
    },
    LIMIT,
  );
});

test(
  'a job that lost its metadata beside one that did not is told of, and keeps a removal from being green',
  async () => {
    const variables = { first: job('half_kept'), second: job('half_lost', LOST) };
    await runByHand('half', variables);
    const step = { pack: 'anyjob', name: 'half', variables };
    const status = await run({ scenario: 'status of a partly ownerless deployment', operation: 'status', ...step });
    expect(status).toMatchObject({ exitCode: 0, status: 'unknown', jobs: [{ id: 'half_kept' }] });
    expect(status.log).toMatch(/half_lost.*was not deployed by nomad-pack/);
    for (const [operation, changed] of [
      ['stop', 'true'],
      ['stop', 'false'],
      ['destroy', 'true'],
      ['destroy', 'false'],
    ] as const) {
      const kept = await run({ scenario: `${operation} of it (changes: ${changed})`, operation, ...step });
      expect(kept).toMatchObject({ exitCode: 1, reason: 'job-conflict', status: 'unknown', changed });
      expect(kept.firstLine).toMatch(/half_lost.*was not deployed by nomad-pack/);
    }
    expect((await ask<NomadJob>('/v1/job/half_lost')).Stop).toBe(false);
    expect(await ask<unknown[]>('/v1/jobs?prefix=half_kept')).toEqual([]);
    await fetch(`${cluster().address}/v1/job/half_lost?purge=true`, { method: 'DELETE' });
  },
  LIMIT,
);

test(
  'a job of another deployment under the pack’s id is told of, and left alone',
  async () => {
    const variables = { first: job('theirs') };
    await run({ pack: 'anyjob', name: 'theirs', variables });
    for (const operation of ['status', 'destroy']) {
      const outcome = await run({
        scenario: `${operation} where another deployment has the job`,
        operation,
        pack: 'anyjob',
        name: 'mine',
        variables,
      });
      expect(outcome).toMatchObject({ exitCode: 0, status: 'unknown', changed: 'false' });
      expect(outcome.log).toMatch(/theirs.*belongs to deployment "theirs"/);
    }
    expect((await ask<NomadJob>('/v1/job/theirs')).Stop).toBe(false);
    const refused = await run({
      scenario: 'taking over what another deployment has',
      pack: 'anyjob',
      name: 'mine',
      variables,
      with: { adopt_jobs: 'theirs' },
    });
    expect(refused).toMatchObject({ exitCode: 1, reason: 'job-conflict', changed: 'false' });
  },
  LIMIT,
);

describe('what nomad-pack registers is not what was planned', () => {
  test.each([false, true])(
    'red, and goes back (plan_digest: %p)',
    async (withDigest) => {
      const name = withDigest ? 'reviewed' : 'shifty';
      expect(await run({ pack: 'anyjob', name, variables: { first: job(name) } })).toMatchObject({ exitCode: 0 });
      const next = {
        pack: 'anyjob',
        name,
        variables: { first: job(name, 'priority = 51'), in_run: job(name, '', 'exec sleep 3601') },
      };
      const plan = await run({ ...next, operation: 'plan' });
      const digest = withDigest ? { plan_digest: plan.outputs['plan-digest'] ?? '' } : {};
      const outcome = await run({
        scenario: `another job is run than was planned${withDigest ? ' and reviewed' : ''}`,
        ...next,
        with: { on_failure: 'revert', ...digest },
      });
      expect(outcome).toMatchObject({ exitCode: 1, reason: 'not-as-planned', status: 'reverted', health: 'healthy' });
      expect(outcome.firstLine).toMatch(/differs in .*args/i);
      expect(outcome.firstLine).toMatch(/Priority/);
    },
    LIMIT,
  );

  test(
    'but what is, is green, with all that Nomad adds to it',
    async () => {
      const first = job(
        'defaults',
        'meta {\n    n = 1\n  }\n  constraint {\n    attribute = "$${attr.kernel.name}"\n    value     = "linux"\n  }',
      );
      const outcome = await run({ pack: 'anyjob', name: 'defaults', variables: { first } });
      expect(outcome).toMatchObject({ exitCode: 0, health: 'healthy', changed: 'true' });
    },
    LIMIT,
  );
});

test(
  'a job that nobody had planned is told of, and goes back',
  async () => {
    const step = { pack: 'anyjob', name: 'unplanned', with: { on_failure: 'revert' } };
    await run({ ...step, variables: { first: job('foreseen') } });
    const outcome = await run({
      scenario: 'a job is run that was not planned',
      ...step,
      variables: { first: job('foreseen', 'priority = 51'), in_run: job('unforeseen') },
    });
    expect(outcome).toMatchObject({ exitCode: 1, reason: 'not-as-planned', changed: 'true' });
    expect(outcome.firstLine).toContain('nomad-pack registered job "unforeseen" in namespace "default"');
    expect((await ask<NomadJob>('/v1/job/unforeseen')).Stop).toBe(true);
    // nomad-pack has stopped it, for it was no longer in the pack.
    expect((await ask<NomadJob>('/v1/job/foreseen')).Stop).toBe(false);
  },
  LIMIT,
);

test(
  'a job with a scaling policy is what was planned, and the same again',
  async () => {
    const policy = 'scaling {\n      min = 1\n      max = 3\n    }\n    update {';
    const step = { pack: 'anyjob', name: 'scaled', variables: { first: job('scaled').replace('update {', policy) } };
    const outcome = await run({ scenario: 'a scaling policy', ...step });
    expect(outcome).toMatchObject({ exitCode: 0, health: 'healthy', changed: 'true' });
    const plan = await run({ operation: 'plan', ...step, with: { fail_on_changes: 'true' } });
    expect(plan).toMatchObject({ exitCode: 0, changed: 'false' });
    const again = await run({ scenario: 'a scaling policy, again', ...step });
    expect(again).toMatchObject({ exitCode: 0, health: 'healthy', changed: 'false' });
    expect((await ask<NomadJob>('/v1/job/scaled')).Version).toBe(0);
    const wider = { first: step.variables.first.replace('max = 3', 'max = 4') };
    const changed = await run({ scenario: 'another scaling policy', ...step, variables: wider });
    expect(changed).toMatchObject({ exitCode: 0, health: 'healthy', changed: 'true' });
  },
  LIMIT,
);

test.each([
  [
    'periodic',
    'type = "batch"\n  periodic {\n    crons = ["0 0 1 1 *"]\n  }',
    'type = "batch"',
    'a periodic batch job',
    'a batch job',
  ],
  ['parameterized', 'type = "batch"', 'type = "batch"\n  parameterized {}', 'a batch job', 'a parameterized batch job'],
  ['of another type', 'type = "batch"\n  parameterized {}', '', 'a parameterized batch job', 'a service job'],
])(
  'a job that becomes %s, or is so no more, is refused as Nomad does, before it is run',
  async (kind, before, after, was, is) => {
    const id = `kind-${kind.replaceAll(' ', '-')}`;
    const batch = (inside: string) => job(id, inside).replace(/update \{[^}]*\}/, '');
    const step = { pack: 'anyjob', name: id };
    expect(await run({ ...step, variables: { first: batch(before) } })).toMatchObject({ exitCode: 0 });
    const next = { ...step, variables: { first: batch(after) } };
    const plan = await run({ operation: 'plan', ...next });
    expect(plan).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(plan.outputs['plan-json'] ?? '{}').refusals).toEqual([
      expect.stringContaining(`is ${was} and cannot become ${is}`),
    ]);
    const outcome = await run({ scenario: `a job that is ${was} becomes ${is}`, ...next });
    expect(outcome).toMatchObject({ exitCode: 1, reason: 'job-specification', changed: 'false' });
    expect(outcome.firstLine).toContain(`is ${was} and cannot become ${is}`);
    await run({ operation: 'destroy', ...next });
    expect(await run(next)).toMatchObject({ exitCode: 0, changed: 'true' });
  },
  LIMIT,
);

test(
  'a deployment under a name that nomad-pack gave by itself is found, and goes',
  async () => {
    const name = 'anyjob@feature/x+1';
    const first = job('named');
    await runByHand(name, { first });
    const found = await run({ scenario: 'status of PACK@REF', operation: 'status', pack: 'anyjob', name });
    expect(found).toMatchObject({ exitCode: 0, jobs: [{ id: 'named' }] });
    const gone = await run({ scenario: 'destroy of PACK@REF', operation: 'destroy', pack: 'anyjob', name });
    expect(gone).toMatchObject({ exitCode: 0, status: 'absent', changed: 'true' });
  },
  LIMIT,
);

test(
  'two files that render to one job are refused with both names',
  async () => {
    const outcome = await run({
      scenario: 'two files, one job',
      pack: 'anyjob',
      name: 'twins',
      variables: { first: job('twin'), second: job('twin', 'priority = 60') },
    });
    expect(outcome).toMatchObject({ exitCode: 1, reason: 'job-specification', changed: 'false' });
    expect(outcome.firstLine).toMatch(/first\.nomad and .*second\.nomad both render to job "twin"/);
    expect(await ask<unknown[]>('/v1/jobs?prefix=twin')).toEqual([]);
  },
  LIMIT,
);

test(
  'ids that differ in upper and lower case only are refused in one pack, and told apart in the cluster',
  async () => {
    const outcome = await run({
      scenario: 'two ids, but for upper and lower case',
      pack: 'anyjob',
      name: 'cases',
      variables: { first: job('case'), second: job('Case') },
    });
    expect(outcome).toMatchObject({ exitCode: 1, reason: 'job-specification', changed: 'false' });
    expect(outcome.firstLine).toMatch(/to job "case" and .* to job "Case" .*upper and lower case only/);
    expect(await ask<unknown[]>('/v1/jobs?prefix=case')).toEqual([]);

    const first = { pack: 'anyjob', name: 'lower', variables: { first: job('case') } };
    await run(first);
    // Nomad has the versions of both in one place, where this one takes that of the other.
    const second = { pack: 'anyjob', name: 'upper', variables: { first: job('Case') } };
    const deployed = await run({ scenario: 'beside a job of such an id', ...second });
    expect(deployed).toMatchObject({ exitCode: 0, status: 'running', health: 'healthy', changed: 'true' });
    for (const step of [first, second]) {
      const again = await run({ scenario: 'the same again', ...step });
      expect(again).toMatchObject({ exitCode: 0, status: 'running', health: 'healthy', changed: 'false' });
      const status = await run({ operation: 'status', ...step });
      expect(status).toMatchObject({ status: 'running', health: 'healthy' });
    }
    const changed = await run({
      scenario: 'a change of the one without versions',
      ...first,
      variables: { first: job('case', 'priority = 51') },
    });
    expect(changed).toMatchObject({ exitCode: 0, status: 'running', health: 'healthy', changed: 'true' });
    expect((await ask<NomadJob>('/v1/job/Case')).Stop).toBe(false);
  },
  LIMIT,
);

test(
  'a namespace that nomad-pack computes by itself is where the other jobs go, too',
  async () => {
    const outcome = await run({
      scenario: 'a namespace put together of literals',
      pack: 'anyjob',
      name: 'computed',
      variables: { first: job('computed', 'namespace = "${"d"}ev"'), second: job('sibling') },
    });
    expect(outcome).toMatchObject({ exitCode: 0, status: 'running', health: 'healthy', changed: 'true' });
    expect(outcome.jobs.map(({ id, namespace }) => [id, namespace])).toEqual([
      ['computed', 'dev'],
      ['sibling', 'dev'],
    ]);
  },
  LIMIT,
);

describe('a region that a template names', () => {
  test(
    'is refused unless it is the step’s own',
    async () => {
      const variables = { first: job('home', 'region = "global"'), second: job('away', 'region = "eu"') };
      for (const operation of ['plan', 'deploy', 'destroy']) {
        const refused = await run({
          scenario: `${operation} with a template of another region`,
          operation,
          pack: 'anyjob',
          name: 'regional',
          variables,
        });
        expect(refused).toMatchObject({ exitCode: 1, reason: 'job-specification', changed: 'false' });
        expect(refused.firstLine).toMatch(/second\.nomad: job "away" names the region "eu"/);
      }
      expect(await ask<unknown[]>('/v1/jobs?prefix=home')).toEqual([]);
      const home = { ...variables, second: '' };
      const outcome = await run({ pack: 'anyjob', name: 'regional', variables: home });
      expect(outcome).toMatchObject({ exitCode: 0, health: 'healthy' });
    },
    LIMIT,
  );
});
