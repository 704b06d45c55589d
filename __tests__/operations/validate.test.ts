import { describe, expect, test } from '@jest/globals';
import { jobSpecification as job } from 'nomad-pack-sandbox/__tests__/support/api.ts';
import { type Lab, openLab, type StepOptions } from './support/lab.ts';

const validate = async (lab: Lab, step: StepOptions) => await lab.step({ ...step, operation: 'validate' });
const asked = ({ nomad }: Lab) => nomad.requests.map(({ method, path }) => `${method} ${path.split('?')[0]}`);
const fine = { reason: '', runs: 0, result: { status: 'unknown', health: 'unknown', changed: false, jobs: [] } };
const noDatacenters = (text: string) => text.replace('datacenters = ["dc1"]', 'datacenters = []');

describe('with a cluster', () => {
  test('Nomad looks at each job, and nothing is changed', async () => {
    const lab = await openLab();
    const outcome = await validate(lab, { jobs: [job('api'), job('web')] });
    expect(outcome).toMatchObject(fine);
    expect(outcome.lines.join('\n')).not.toMatch(/Nomad says of|No cluster is given/);
    expect(asked(lab).filter((one) => one === 'POST /v1/validate/job')).toHaveLength(2);
    expect(lab.nomad.state.allJobs()).toEqual([]);
  });

  test('all that Nomad would refuse is told, each with its job and file', async () => {
    const lab = await openLab();
    lab.fail(({ path, body }) => {
      if (path !== '/v1/validate/job') return undefined;
      const { ID } = (JSON.parse(String(body)) as { Job: { ID: string } }).Job;
      const ValidationErrors = ID === 'api' ? null : [`${ID} is odd`, 'Missing tasks'];
      return { kind: 'respond', status: 200, body: JSON.stringify({ ValidationErrors, Warnings: '' }) };
    });
    const outcome = await validate(lab, { jobs: [job('api'), job('web'), job('cms')] });
    expect(outcome).toMatchObject({ reason: 'job-specification', result: { changed: false } });
    expect(outcome.message.split('\n')).toEqual([
      'Nomad would refuse job "web" of web/job1.nomad: web is odd',
      'Nomad would refuse job "web" of web/job1.nomad: Missing tasks',
      'Nomad would refuse job "cms" of web/job2.nomad: cms is odd',
      'Nomad would refuse job "cms" of web/job2.nomad: Missing tasks',
    ]);
    expect(outcome.result.failure?.hint).not.toBe('');
  });

  test('what Nomad warns of is told, and no failure', async () => {
    const lab = await openLab();
    lab.fail(({ path }) =>
      path === '/v1/validate/job'
        ? {
            kind: 'respond',
            status: 200,
            body: JSON.stringify({ ValidationErrors: null, Warnings: '\nmind the gap\n' }),
          }
        : undefined,
    );
    const outcome = await validate(lab, { jobs: [job('web')] });
    expect(outcome).toMatchObject(fine);
    expect(outcome.lines).toContain('Nomad says of job "web" of web/job0.nomad: mind the gap');
  });

  test.each([
    ['that Nomad cannot read', { jobs: ['job "web" {'] }],
    ['of the same id twice', { jobs: [job('web'), job('web')] }],
    ['for another region', { jobs: [job('web', { job: 'region = "eu"' })] }],
    ['that nomad-pack would lose', { jobs: [`locals {\n  a = 1\n}\n${job('web')}`] }],
    ['that is not there', { jobs: [] }],
  ])('a job %s is refused', async (_, step) => {
    const lab = await openLab();
    expect(await validate(lab, step)).toMatchObject({ reason: 'job-specification', runs: 0 });
    expect(asked(lab)).not.toContain('POST /v1/validate/job');
  });
});

describe('without a cluster', () => {
  const alone = { isAssumed: true } as const;

  test('Nomad is not asked, which is said', async () => {
    const lab = await openLab();
    const outcome = await validate(lab, { ...alone, jobs: [job('api'), noDatacenters(job('web'))] });
    expect(outcome).toMatchObject(fine);
    expect(outcome.lines.join('\n')).toContain('No cluster is given, so Nomad was not asked');
    expect(asked(lab)).toEqual([]);
  });

  test('what cannot be a job is told, with file and line, all at once', async () => {
    const lab = await openLab();
    const odd = (text: string) => text.replace('type ', 'typ ');
    const outcome = await validate(lab, { ...alone, jobs: [odd(job('api')), job('web'), odd(job('cms'))] });
    expect(outcome.reason).toBe('job-specification');
    expect(outcome.message.split('\n')).toEqual([
      expect.stringMatching(/^web\/job0\.nomad, line 3: .*`typ`/),
      expect.stringMatching(/^web\/job2\.nomad, line 3: .*`typ`/),
    ]);
    expect(outcome.result.failure?.hint).not.toBe('');
  });

  test.each([
    ['of the same id twice', [job('web'), job('web')], 'both render to job "web" in namespace "default"'],
    ['that nomad-pack would lose', [`locals {\n  a = 1\n}\n${job('web')}`], 'nomad-pack 0.4.2'],
  ])('a job %s is refused', async (_, jobs, words) => {
    const outcome = await validate(await openLab(), { ...alone, jobs });
    expect(outcome.reason).toBe('job-specification');
    expect(outcome.message).toContain(words);
  });

  test('jobs of one id are two in two namespaces', async () => {
    const lab = await openLab();
    const inProd = job('web', { job: 'namespace = "prod"' });
    expect(await validate(lab, { ...alone, jobs: [job('web'), inProd] })).toMatchObject(fine);
    const outcome = await validate(lab, { ...alone, jobs: [job('web'), inProd], namespace: 'prod' });
    expect(outcome.reason).toBe('job-specification');
  });

  test('a job in JSON is not held against the grammar of HCL', async () => {
    const lab = await openLab();
    const json = JSON.stringify({ job: { web: { datacenters: ['dc1'] } } });
    const outcome = await validate(lab, { ...alone, jobs: [json] });
    expect(outcome.message).not.toContain('not HCL');
  });
});
