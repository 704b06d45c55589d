import { execFileSync, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { afterwards } from '../../../__tests__/support/afterwards.ts';
import { type NomadOptions, type SimulatedNomad, startNomad } from '../nomad/index.ts';
import { nextLaunch } from '../nomad/jobs/cron.ts';
import { signJwt } from '../oidc/jwt.ts';
import { ask, jobSpecification, parseJob, register } from './support/api.ts';

async function start(options?: NomadOptions): Promise<SimulatedNomad> {
  const nomad = await startNomad(options);
  afterwards(() => nomad.stop());
  return nomad;
}

function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'nomad-test-'));
  afterwards(() => rmSync(directory, { recursive: true }));
  return directory;
}

/** The job's newest deployment has the status, and nothing is left to evaluate. */
async function settled(nomad: SimulatedNomad, job: string, status: string): Promise<void> {
  await nomad.until((state) => {
    const evaluated = state.jobEvaluations('default', job).every((evaluation) => evaluation.Status !== 'pending');
    return evaluated && state.latestDeployment('default', job)?.Status === status;
  });
}

function running(nomad: SimulatedNomad, job: string, version?: number): string[] {
  const all = nomad.state.jobAllocations('default', job).filter((alloc) => alloc.ClientStatus === 'running');
  return all.filter((alloc) => version === undefined || alloc.Job.Version === version).map((alloc) => alloc.Name);
}

describe('deployments', () => {
  test('canaries wait for their promotion, then replace the rest', async () => {
    const nomad = await start();
    const specification = (message: string) => jobSpecification('web', { message, count: 2, update: 'canary = 1' });
    await register(nomad, specification('one'));
    await settled(nomad, 'web', 'successful');
    await register(nomad, specification('two'));
    const deployment = await nomad.until((state) => {
      const latest = state.latestDeployment('default', 'web');
      return latest?.JobVersion === 1 && latest.TaskGroups['app']?.HealthyAllocs === 1 && latest;
    });
    expect(deployment.StatusDescription).toBe('Deployment is running but requires manual promotion');
    expect(running(nomad, 'web', 0)).toHaveLength(2);
    const body = { DeploymentID: deployment.ID, All: true };
    const promoted = await ask(nomad, `POST /v1/deployment/promote/${deployment.ID}`, body);
    expect(promoted.status).toBe(200);
    await settled(nomad, 'web', 'successful');
    await nomad.until(() => running(nomad, 'web', 0).length === 0);
    expect(running(nomad, 'web', 1).sort()).toEqual(['web.app[0]', 'web.app[1]']);
    const again = await ask(nomad, `POST /v1/deployment/promote/${deployment.ID}`, body);
    expect([again.status, again.text]).toEqual([500, "can't promote terminal deployment"]);
  });

  test('canaries that promote themselves need nobody', async () => {
    const nomad = await start();
    const specification = (message: string) =>
      jobSpecification('web', { message, update: 'canary = 1\n auto_promote = true' });
    await register(nomad, specification('one'));
    await settled(nomad, 'web', 'successful');
    await register(nomad, specification('two'));
    await nomad.until((state) => state.latestDeployment('default', 'web')?.JobVersion === 1);
    await settled(nomad, 'web', 'successful');
    expect(nomad.state.latestDeployment('default', 'web')?.TaskGroups['app']?.Promoted).toBe(true);
  });

  test('a newer version cancels the deployment of the older one', async () => {
    const nomad = await start();
    await register(nomad, jobSpecification('web', { minHealthyTime: '5s' }));
    await nomad.until(() => running(nomad, 'web').length === 1);
    await register(nomad, jobSpecification('web', { message: 'other' }));
    await settled(nomad, 'web', 'successful');
    const old = nomad.state.jobDeployments('default', 'web').find((deployment) => deployment.JobVersion === 0);
    expect([old?.Status, old?.StatusDescription]).toEqual(['cancelled', 'Cancelled due to newer version of job']);
  });

  test('a change of metadata alone replaces, a change of count does not', async () => {
    const nomad = await start();
    await register(nomad, jobSpecification('web'));
    await settled(nomad, 'web', 'successful');
    const [first] = nomad.state.jobAllocations('default', 'web');
    await register(nomad, jobSpecification('web', { count: 2 }));
    await nomad.until((state) => state.latestDeployment('default', 'web')?.JobVersion === 1);
    await settled(nomad, 'web', 'successful');
    expect(nomad.state.allocation(first?.ID ?? '')?.ClientStatus).toBe('running');
    await register(nomad, jobSpecification('web', { count: 2 }), { owner: 'me' });
    await nomad.until((state) => state.latestDeployment('default', 'web')?.JobVersion === 2);
    await settled(nomad, 'web', 'successful');
    await nomad.until((state) => state.allocation(first?.ID ?? '')?.ClientStatus === 'complete');
  });

  test('what takes too long to become healthy fails at the progress deadline', async () => {
    const nomad = await start();
    const update = 'healthy_deadline = "300ms"\n progress_deadline = "400ms"';
    const specification = jobSpecification('web', { minHealthyTime: '200ms' }).replace(
      /healthy_deadline {2}= "10s"\s+progress_deadline = "15s"/,
      update,
    );
    const stuck = specification.replace('driver = "raw_exec"', 'driver = "raw_exec"\n kill_timeout = "100ms"');
    await register(nomad, stuck.replace('command = "/bin/sleep"', 'command = "/nowhere"'));
    await settled(nomad, 'web', 'failed');
    const [alloc] = nomad.state.jobAllocations('default', 'web');
    const messages = alloc?.TaskStates?.['server']?.Events.map((event) => event.DisplayMessage).join('\n');
    expect(messages).toContain('/nowhere: no such file or directory');
  });
});

describe('placement', () => {
  test('a blocked evaluation places what it waits for as soon as there is room', async () => {
    const nomad = await start({ node: { MemoryMB: 100 } });
    await register(nomad, jobSpecification('first', { memory: 80 }));
    await settled(nomad, 'first', 'successful');
    await register(nomad, jobSpecification('second', { memory: 80 }));
    const blocked = await nomad.until((state) =>
      state.jobEvaluations('default', 'second').find((evaluation) => evaluation.Status === 'blocked'),
    );
    expect(blocked.FailedTGAllocs?.['app']?.DimensionExhausted).toEqual({ memory: 1 });
    await ask(nomad, 'DELETE /v1/job/first?purge=true');
    await settled(nomad, 'second', 'successful');
  });

  test.each([
    ['driver = "raw_exec"', 'driver = "docker"', { ConstraintFiltered: { 'missing drivers': 1 } }],
    ['datacenters = ["dc1"]', 'datacenters = ["dc9"]', { NodesEvaluated: 0, NodesAvailable: {} }],
    [
      'count = 1',
      'count = 1\n constraint {\n attribute = "${attr.kernel.name}"\n value = "plan9"\n }',
      { ConstraintFiltered: { '${attr.kernel.name} = plan9': 1 } },
    ],
  ])('what cannot be placed says why: %s -> %s', async (from, to, reason) => {
    const nomad = await start();
    await register(nomad, jobSpecification('web').replace(from, to));
    const failed = await nomad.until((state) =>
      state.jobEvaluations('default', 'web').find((evaluation) => evaluation.BlockedEval !== undefined),
    );
    expect(failed.FailedTGAllocs?.['app']).toMatchObject(reason);
  });
});

describe('constraints', () => {
  const constrained = (constraint: string) =>
    jobSpecification('web', { type: 'batch', script: 'true', job: `constraint {\n ${constraint}\n }` });

  test.each([
    ['attribute = "${attr.nomad.version}"\n version = ">= 1.4, < 3"', true],
    ['attribute = "${attr.nomad.version}"\n version = "~> 2.1"', false],
    ['attribute = "${attr.os.name}"\n regexp = "^sand"', true],
    ['attribute = "${attr.none}"\n operator = "is_set"', false],
    ['attribute = "a,b"\n set_contains = "b"', true],
    ['distinct_hosts = true', true],
  ])('%s', async (constraint, met) => {
    const nomad = await start();
    await register(nomad, constrained(constraint));
    await nomad.until((state) =>
      state
        .jobEvaluations('default', 'web')
        .some((evaluation) => evaluation.Status === 'complete' && (evaluation.BlockedEval === undefined) === met),
    );
  });

  test('an operator that is unknown is refused', async () => {
    const nomad = await start();
    const answer = await register(nomad, constrained('attribute = "a"\n operator = "like"\n value = "b"'));
    expect(answer.status).toBe(500);
    expect(answer.text).toContain('Unknown constraint type "like"');
  });
});

describe('tasks', () => {
  test('a failing task is restarted as often as its policy says', async () => {
    const nomad = await start();
    const restart = 'attempts = 1\n interval = "1m"\n delay = "10ms"';
    const specification = jobSpecification('web', { script: 'exit 4' }).replace('attempts = 0', restart);
    await register(nomad, specification);
    await settled(nomad, 'web', 'failed');
    const [alloc] = nomad.state.jobAllocations('default', 'web');
    const task = alloc?.TaskStates?.['server'];
    expect(task?.Restarts).toBe(1);
    const reason = 'Exceeded allowed attempts 1 in interval 1m0s and mode is "fail"';
    expect(task?.Events.map((event) => event.RestartReason).filter((text) => text !== '')).toEqual([
      'Restart within policy',
      reason,
    ]);
  });

  test('a stopped task gets an interrupt and may end in its own way', async () => {
    const nomad = await start();
    const script = "trap 'echo bye; exit 7' INT; echo up; while :; do sleep 0.05; done";
    await register(nomad, jobSpecification('web', { script }));
    await settled(nomad, 'web', 'successful');
    await ask(nomad, 'DELETE /v1/job/web');
    const alloc = await nomad.until((state) =>
      state.jobAllocations('default', 'web').find((found) => found.ClientStatus === 'complete'),
    );
    const log = `GET /v1/client/fs/logs/${alloc.ID}?task=server&type=stdout&plain=true`;
    expect((await ask(nomad, log)).text).toBe('up\nbye\n');
    expect((await ask(nomad, `${log}&origin=end&offset=4`)).text).toBe('bye\n');
  });

  test('a task sees its own environment and nothing of the sandbox', async () => {
    const nomad = await start();
    process.env['SANDBOX_TEST_SECRET'] = 'leaked';
    await register(nomad, jobSpecification('env', { type: 'batch', script: 'env' }), { 'pack.name': 'x' });
    const alloc = await nomad.until((state) =>
      state.jobAllocations('default', 'env').find((found) => found.ClientStatus === 'complete'),
    );
    delete process.env['SANDBOX_TEST_SECRET'];
    const { text } = await ask(nomad, `GET /v1/client/fs/logs/${alloc.ID}?task=server&type=stdout&plain=true`);
    expect(text).toContain('MESSAGE=hello\n');
    expect(text).toContain('NOMAD_META_pack_name=x\n');
    expect(text).not.toContain('leaked');
  });

  test('no task outlives a sandbox that is killed', async () => {
    const file = join(temporaryDirectory(), 'pid');
    const script = `
      import { startNomad } from ${JSON.stringify(new URL('../nomad/index.ts', import.meta.url).href)};
      const nomad = await startNomad();
      console.log(nomad.address);
    `;
    const sandbox = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [address] = await once(sandbox.stdout.setEncoding('utf8'), 'data');
    const nomad = { address: String(address).trim() };
    await register(nomad, jobSpecification('web', { script: `echo $$ > ${file}; exec sleep 3600` }));
    while (!existsSync(file) || readFileSync(file, 'utf8') === '') await ask(nomad, 'GET /v1/jobs?index=1&wait=20ms');
    const pid = Number(readFileSync(file, 'utf8'));
    expect(isAlive(pid)).toBe(true);
    sandbox.kill('SIGKILL');
    await once(sandbox, 'exit');
    while (isAlive(pid)) await new Promise((resolve) => setImmediate(resolve));
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // What nobody has waited for yet is dead all the same.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

describe('kinds of jobs', () => {
  test('a periodic job launches children that inherit its metadata', async () => {
    const nomad = await start();
    const job = 'periodic {\n crons = ["*/1 * * * * * *"]\n prohibit_overlap = true\n }';
    const answer = await register(nomad, jobSpecification('cron', { type: 'batch', script: 'true', job }), { a: 'b' });
    expect(answer.body.EvalID).toBe('');
    const [child] = await nomad.until((state) => {
      const children = state.children('default', 'cron');
      return children.some((found) => found.Status === 'dead') && children;
    });
    expect(child?.ID).toMatch(/^cron\/periodic-\d+$/);
    expect(child?.Meta).toEqual({ a: 'b' });
    expect((await ask(nomad, 'GET /v1/job/cron')).body.Status).toBe('running');
    const path = encodeURIComponent(child?.ID ?? '');
    expect((await ask(nomad, `GET /v1/job/${path}/allocations`)).body).toHaveLength(1);
    const forced = await ask(nomad, 'POST /v1/job/cron/periodic/force');
    expect(forced.body.EvalID).not.toBe('');
    await ask(nomad, 'DELETE /v1/job/cron');
    expect((await ask(nomad, 'GET /v1/job/cron')).body.Status).toBe('dead');
  });

  test.each([
    ['0 3 * * *', '2031-05-04T03:00:00Z'],
    ['0 3 * * * 2040', '2040-01-01T03:00:00Z'],
    ['15 0 3 * * * *', '2031-05-04T03:00:15Z'],
    ['0 3 13 * 1', '2031-05-05T03:00:00Z'],
    ['0/7 3-5 L * *', '2031-05-31T03:00:00Z'],
    ['@weekly', '2031-05-11T00:00:00Z'],
    ['0 0 1 1 * 1999', undefined],
  ])('a job with the cron expression %s is due when Nomad says', (spec, due) => {
    const next = nextLaunch(spec, 'UTC', Date.parse('2031-05-04T00:00:00Z'));
    expect(next).toBe(due === undefined ? undefined : Date.parse(due));
  });

  test('a time of day is one of the time zone, in summer and in winter', () => {
    const next = (after: string) => new Date(nextLaunch('0 3 * * *', 'Europe/Berlin', Date.parse(after)) ?? 0);
    expect(next('2031-07-01T00:00:00Z')).toEqual(new Date('2031-07-01T01:00:00Z'));
    expect(next('2031-12-01T00:00:00Z')).toEqual(new Date('2031-12-01T02:00:00Z'));
  });

  test.each([
    ['hello there', 'missing field(s)'],
    ['0 99 * * *', "syntax error in hour field: '99'"],
  ])('a job with the cron expression %s is refused', async (spec, words) => {
    const job = `periodic {\n crons = ["${spec}"]\n }`;
    const { status, text } = await register(await start(), jobSpecification('cron', { type: 'batch', job }));
    const inner = `1 error occurred:\n\t* Invalid cron spec "${spec}": ${words}\n\n`;
    expect([status, text]).toEqual([500, `1 error occurred:\n\t* ${inner}\n\n`]);
  });

  test('a parameterized job is dispatched with metadata of its own', async () => {
    const nomad = await start();
    const job = 'parameterized {\n meta_required = ["who"]\n }';
    await register(nomad, jobSpecification('call', { type: 'batch', script: 'echo $NOMAD_META_who', job }));
    const refused = await ask(nomad, 'POST /v1/job/call/dispatch', { Meta: {} });
    expect([refused.status, refused.text]).toEqual([500, 'Dispatch did not provide required meta keys: [who]']);
    const { body } = await ask(nomad, 'POST /v1/job/call/dispatch', { Meta: { who: 'world' } });
    const alloc = await nomad.until((state) =>
      state.jobAllocations('default', body.DispatchedJobID).find((found) => found.ClientStatus === 'complete'),
    );
    const log = await ask(nomad, `GET /v1/client/fs/logs/${alloc.ID}?task=server&type=stdout&plain=true`);
    expect(log.text).toBe('world\n');
  });

  test.each(['system', 'sysbatch', 'batch'])('a %s job runs once on the one node', async (type) => {
    const nomad = await start();
    const script = type === 'system' ? 'sleep 3600' : 'true';
    await register(nomad, jobSpecification('all', { type, script }));
    const expected = type === 'system' ? 'running' : 'complete';
    await nomad.until((state) => state.jobAllocations('default', 'all')[0]?.ClientStatus === expected);
    expect(nomad.state.jobAllocations('default', 'all')).toHaveLength(1);
  });
});

describe('registration', () => {
  test('an unchanged job keeps version and index, and is only evaluated', async () => {
    const nomad = await start();
    await register(nomad, jobSpecification('web'));
    await settled(nomad, 'web', 'successful');
    const before = nomad.state.job('default', 'web');
    const { body } = await register(nomad, jobSpecification('web'));
    const evaluation = await ask(nomad, `GET /v1/evaluation/${body.EvalID}`);
    expect(evaluation.body.JobModifyIndex).toBeUndefined();
    const after = nomad.state.job('default', 'web');
    expect([after?.Version, after?.JobModifyIndex]).toEqual([before?.Version, before?.JobModifyIndex]);
  });

  test.each([
    ['a namespace that is not there', { Namespace: 'nope' }, 'job "web" is in nonexistent namespace "nope"'],
    ['no groups', { TaskGroups: [] }, 'Missing job task groups'],
  ])('%s is refused', async (_what, change, reason) => {
    const nomad = await start();
    const job = { ...(await parseJob(nomad, jobSpecification('web'))), ...change };
    const answer = await ask(nomad, 'POST /v1/jobs', { Job: job });
    expect([answer.status, answer.text]).toEqual([500, `1 error occurred:\n\t* ${reason}\n\n`]);
  });

  test('an index that is enforced has to be the current one', async () => {
    const nomad = await start();
    await register(nomad, jobSpecification('web'));
    const Job = await parseJob(nomad, jobSpecification('web', { message: 'new' }));
    const submit = (JobModifyIndex: number) => ask(nomad, 'POST /v1/jobs', { Job, EnforceIndex: true, JobModifyIndex });
    expect((await submit(0)).text).toBe('Enforcing job modify index 0: job already exists');
    expect((await submit(999)).text).toMatch(/^Enforcing job modify index 999: job exists with conflicting/);
    expect((await submit(nomad.state.job('default', 'web')?.JobModifyIndex ?? 0)).status).toBe(200);
  });

  test('counts can be preserved', async () => {
    const nomad = await start();
    await register(nomad, jobSpecification('web', { count: 2 }));
    const Job = await parseJob(nomad, jobSpecification('web', { count: 1 }));
    await ask(nomad, 'POST /v1/jobs', { Job, PreserveCounts: true });
    expect(nomad.state.job('default', 'web')?.TaskGroups[0]?.Count).toBe(2);
  });

  test('a revert makes a new version and refuses what it may not touch', async () => {
    const nomad = await start();
    await register(nomad, jobSpecification('web'));
    await register(nomad, jobSpecification('web', { message: 'two' }));
    const revert = (body: object) => ask(nomad, 'POST /v1/job/web/revert', { JobID: 'web', ...body });
    expect((await revert({ JobVersion: 1 })).text).toBe("can't revert to current version");
    const wrong = await revert({ JobVersion: 0, EnforcePriorVersion: 0 });
    expect(wrong.text).toBe('Current job has version 1; enforcing version 0');
    expect((await revert({ JobVersion: 0, EnforcePriorVersion: 1 })).status).toBe(200);
    expect(nomad.state.job('default', 'web')?.Version).toBe(2);
  });

  test.each([
    ['job "x" {\n group "g" {\n nonsense = 1\n }\n}', 'An argument named "nonsense" is not expected here.'],
    ['job "x" {', 'There is no closing brace for this block before the end of the file.'],
    ['', 'Job spec is empty'],
  ])('a specification that cannot be read says where: %j', async (text, reason) => {
    const nomad = await start();
    const answer = await ask(nomad, 'POST /v1/jobs/parse', { JobHCL: text });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(reason);
  });
});

describe('lists', () => {
  test.each([
    ['Meta["pack.name"] == "a"', ['seed-0', 'seed-2']],
    ['Meta["pack.name"] != "a"', ['seed-1', 'seed-3']],
    ['ID matches "-[01]$" and Status == "running"', ['seed-0', 'seed-1']],
    ['(ID == "seed-3" or ID == `seed-1`) and not (Namespace == "other")', ['seed-1', 'seed-3']],
    ['Meta["nothing"] is empty and ParentID is empty and "seed" in ID', ['seed-0', 'seed-1', 'seed-2', 'seed-3']],
  ])('are filtered by %s', async (expression, ids) => {
    const nomad = await start();
    nomad.seedJobs(4, (index) => ({ 'pack.name': index % 2 === 0 ? 'a' : 'b' }));
    const { body } = await ask(nomad, `GET /v1/jobs?filter=${encodeURIComponent(expression)}`);
    expect(body.map((job: { ID: string }) => job.ID)).toEqual(ids);
  });

  test('a filter that cannot be read is refused, one that an old server does not know is not heeded', async () => {
    const nomad = await start();
    nomad.seedJobs(2);
    const bad = await ask(nomad, `GET /v1/jobs?filter=${encodeURIComponent('Meta[')}`);
    expect([bad.status, bad.text.split(': ').slice(0, 2)]).toEqual([
      400,
      ['failed to create result paginator', 'failed to read filter expression'],
    ]);
    const unknown = await ask(nomad, `GET /v1/jobs?filter=${encodeURIComponent('Nope == "x"')}`);
    expect(unknown.status).toBe(400);
    const old = await start({ filter: false });
    old.seedJobs(2);
    expect((await ask(old, `GET /v1/jobs?filter=${encodeURIComponent('ID == "seed-0"')}`)).body).toHaveLength(2);
  });

  test('statuses wait for a change of the jobs that were asked for, and of no others', async () => {
    const nomad = await start();
    nomad.seedJobs(2);
    const body = { jobs: [{ id: 'seed-0', namespace: 'default' }] };
    const first = await ask(nomad, 'POST /v1/jobs/statuses', body);
    const index = first.headers.get('X-Nomad-Index');
    const next = ask(nomad, `POST /v1/jobs/statuses?index=${index}&wait=10s`, body);
    await ask(nomad, 'DELETE /v1/job/seed-1');
    await ask(nomad, 'DELETE /v1/job/seed-0');
    expect((await next).body[0]).toMatchObject({ ID: 'seed-0', Stop: true });
  });

  test('a query that nothing happens to comes back when its wait is over', async () => {
    const nomad = await start();
    nomad.seedJobs(1);
    const first = await ask(nomad, 'GET /v1/job/seed-0');
    const started = Date.now();
    await ask(nomad, `GET /v1/job/seed-0?index=${first.headers.get('X-Nomad-Index')}&wait=150ms`);
    expect(Date.now() - started).toBeGreaterThanOrEqual(145);
  });

  test('thousands of jobs are listed quickly', async () => {
    const nomad = await start();
    nomad.seedJobs(2000, (index) => ({ 'pack.deployment_name': `d${index}` }));
    const filter = encodeURIComponent('Meta["pack.deployment_name"] == "d7"');
    expect((await ask(nomad, `GET /v1/jobs?meta=true&filter=${filter}`)).body).toHaveLength(1);
    await register(nomad, jobSpecification('web'));
    await settled(nomad, 'web', 'successful');
  });
});

describe('access', () => {
  const acl = {
    policies: { dev: { namespaces: { dev: ['write'] } }, look: { namespaces: { default: ['read'] } } },
    tokens: [
      { secretId: '11111111-1111-4111-8111-111111111111' },
      { secretId: '22222222-2222-4222-8222-222222222222', policies: ['dev', 'look'] },
    ],
  };
  const management = '11111111-1111-4111-8111-111111111111';
  const client = '22222222-2222-4222-8222-222222222222';

  test('a token does what its policies say', async () => {
    const nomad = await start({ acl, namespaces: ['dev', 'prod'] });
    nomad.seedJobs(1);
    const denied = [403, 'Permission denied'];
    const outcome = async (...request: [string, unknown?, string?]) => {
      const { status, text } = await ask(nomad, ...request);
      return status === 200 ? 200 : [status, text];
    };
    expect(await outcome('GET /v1/jobs')).toEqual(denied);
    expect(await outcome('GET /v1/jobs', undefined, '99999999-9999-4999-8999-999999999999')).toEqual(denied);
    expect(await outcome('GET /v1/jobs?namespace=prod', undefined, client)).toEqual(denied);
    expect(await outcome('DELETE /v1/job/seed-0', undefined, client)).toEqual(denied);
    expect(await outcome('GET /v1/job/seed-0', undefined, client)).toBe(200);
    expect(await outcome('GET /v1/acl/tokens', undefined, client)).toEqual(denied);
    expect(await outcome('GET /v1/acl/token/self', undefined, client)).toBe(200);
    expect(await outcome('DELETE /v1/job/seed-0', undefined, management)).toBe(200);
    const everywhere = await ask(nomad, 'GET /v1/jobs?namespace=*', undefined, client);
    expect(everywhere.body).toHaveLength(1);
  });

  test('secrets are not listed', async () => {
    const nomad = await start({ acl });
    const tokens = await ask(nomad, 'GET /v1/acl/tokens', undefined, management);
    expect(tokens.body).toHaveLength(2);
    expect(tokens.text).not.toContain(client);
  });

  test('a token from a login expires', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const github = {
      name: 'github',
      publicKeys: [publicKey.export({ type: 'spki', format: 'pem' }).toString()],
      audiences: [],
      maxTokenTtl: '300ms',
      bindingRules: [{ policy: 'look' }],
    };
    const nomad = await start({ acl: { ...acl, authMethods: [github] } });
    const LoginToken = await signJwt({ exp: Date.now() / 1000 + 60 }, privateKey);
    const login = await ask(nomad, 'POST /v1/acl/login', { AuthMethodName: 'github', LoginToken });
    const list = async () => (await ask(nomad, 'GET /v1/jobs', undefined, login.body.SecretID)).status;
    expect(await list()).toBe(200);
    while (Date.now() < Date.parse(login.body.ExpirationTime)) await ask(nomad, 'GET /v1/status/leader');
    expect(await list()).toBe(403);
    const forged = await signJwt({ exp: 4e9 }, generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
    const refused = await ask(nomad, 'POST /v1/acl/login', { AuthMethodName: 'github', LoginToken: forged });
    expect(refused.status).toBe(401);
    expect(refused.text).toContain('no known key successfully validated the token signature');
  });
});

describe('the connection', () => {
  test('faults hit the requests that they are meant for', async () => {
    const nomad = await start({
      faults: ({ method, path }) => {
        if (path === '/v1/status/leader') return { kind: 'respond', status: 500, body: 'No cluster leader' };
        if (method === 'DELETE') return { kind: 'reset', afterwards: true };
        return path === '/v1/regions' ? { kind: 'reset' } : undefined;
      },
    });
    nomad.seedJobs(1);
    expect((await ask(nomad, 'GET /v1/status/leader')).text).toBe('No cluster leader');
    await expect(ask(nomad, 'GET /v1/regions')).rejects.toThrow('fetch failed');
    await expect(ask(nomad, 'DELETE /v1/job/seed-0')).rejects.toThrow('fetch failed');
    expect((await ask(nomad, 'GET /v1/job/seed-0')).body.Stop).toBe(true);
    expect(nomad.requests.map(({ method, path }) => `${method} ${path}`)).toContain('DELETE /v1/job/seed-0');
    expect(nomad.connections).toBeGreaterThan(0);
  });

  test('it may be a Unix socket', async () => {
    const socketPath = join(temporaryDirectory(), 'nomad.sock');
    const nomad = await start({ socket: socketPath });
    expect(nomad.address).toBe(`unix://${socketPath}`);
    const request = httpRequest({ socketPath, path: '/v1/status/leader' }).end();
    const [response] = await once(request, 'response');
    expect(response.statusCode).toBe(200);
    expect(response.headers['x-nomad-sandbox']).toBe('simulated');
    response.resume();
  });

  test('it may be encrypted, and want to see who calls', async () => {
    const directory = temporaryDirectory();
    const pem = (name: string) => readFileSync(join(directory, name), 'utf8');
    const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: directory, stdio: 'ignore' });
    const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1'];
    openssl(
      ...request,
      '-keyout',
      'key',
      '-out',
      'cert',
      '-subj',
      '/CN=nomad',
      '-addext',
      'subjectAltName=IP:127.0.0.1',
    );
    const [cert, key] = [pem('cert'), pem('key')];
    const nomad = await start({ tls: { cert, key, ca: cert } });
    const call = async (credentials: object) => {
      const [response] = await once(
        httpsRequest(`${nomad.address}/v1/regions`, { ca: cert, ...credentials }).end(),
        'response',
      );
      response.resume();
      return response.statusCode;
    };
    expect(await call({ cert, key })).toBe(200);
    await expect(call({})).rejects.toThrow();
  });

  test('whoever holds a hundred connections gets no further one', async () => {
    const nomad = await start();
    const { port, hostname } = new URL(nomad.address);
    const open = async () => {
      const socket = connect(Number(port), hostname);
      await once(socket, 'connect');
      return socket;
    };
    const sockets = await Promise.all(Array.from({ length: 100 }, open));
    const [answer] = await once((await open()).setEncoding('utf8'), 'data');
    expect(answer).toContain('429 Too Many Requests');
    for (const socket of sockets) socket.destroy();
  });

  test('unknown paths and methods are told apart', async () => {
    const nomad = await start();
    expect((await ask(nomad, 'GET /v1/nope')).status).toBe(404);
    expect((await ask(nomad, 'DELETE /v1/jobs')).status).toBe(405);
  });
});
