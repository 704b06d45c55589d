import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { jobSpecification as job } from 'nomad-pack-sandbox/__tests__/support/api.ts';
import { ActionError } from '../../src/errors.ts';
import { afterwards } from '../support/afterwards.ts';
import { type Lab, openLab, type StepOptions } from './support/lab.ts';

/** What a job says now, and what the pack renders it to. */
const before = job('web', { message: 'old-message', memory: 33 });
const after = job('web', { message: 'new-message', memory: 34 });
const elsewise = job('web', { message: 'other-words', memory: 34 });

async function deployed(): Promise<Lab> {
  const lab = await openLab();
  await lab.step({ jobs: [before] });
  return lab;
}

async function plan(step: StepOptions, lab?: Lab) {
  const outcome = await (lab ?? (await deployed())).step({ jobs: [after], ...step, operation: 'plan' });
  return { ...outcome, diff: outcome.result.planData?.jobs.flatMap(({ diff }) => diff).join('\n') ?? '' };
}

const meta = (lines: string) => `meta {\n ${lines}\n }`;

const secrets = { password: 'a-secret-value' };

describe('the pack is rendered with other values', () => {
  test('for its secrets, and for what may have been one before', async () => {
    const { probed, diff } = await plan({
      probe: [elsewise],
      secrets,
      variables: { plain: { given: 'x' }, withoutValue: ['empty'] },
      declared: {
        password: { type: 'string', mayBeSecret: true },
        given: { type: 'string', mayBeSecret: true },
        empty: { type: 'list(string)', mayBeSecret: false },
        count: { type: 'number', mayBeSecret: false },
        old_number: { type: 'number', mayBeSecret: true },
        old_flag: { type: 'bool', mayBeSecret: true },
        old_set: { type: 'set(string)', mayBeSecret: true },
        old_map: { type: 'map(string)', mayBeSecret: true },
        old_lists: { type: 'map(list(string))', mayBeSecret: true },
        old_text: { mayBeSecret: true },
      },
    });
    const word = expect.stringMatching(/^[a-z]{20}$/);
    expect(probed).toEqual([
      {
        password: expect.stringMatching(/^[a-z]-[a-z]{6}-[a-z]{5}$/),
        empty: [word],
        old_number: expect.any(Number),
        old_flag: true,
        old_set: [word],
        old_map: expect.any(Object),
        old_lists: expect.any(Object),
        old_text: word,
      },
    ]);
    for (const map of [probed[0]?.['old_map'], probed[0]?.['old_lists']]) {
      expect(Array.isArray(map)).toBe(false);
      expect(Object.entries(map as object)).toEqual([[word, word]]);
    }
    expect(diff).toContain('Env[MESSAGE]: "***" =>');
    expect(diff).toContain('MemoryMB: "33" => "34"');
  });

  test('but not for what a file of variables sets, and for what the pack does not declare as for a text', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'variables-'));
    afterwards(() => rm(folder, { recursive: true }));
    const file = async (name: string, text: string) => {
      await writeFile(join(folder, name), text);
      return { path: join(folder, name), written: name };
    };
    const files = [
      { ...(await file('a.hcl', 'by_hcl = "x"\n')), kind: 'hcl' as const },
      { ...(await file('b.json', '{ "by_json": "x" }')), kind: 'json' as const },
    ];
    const { probed } = await plan({
      probe: [elsewise],
      secrets,
      variables: { files, withoutValue: ['undeclared'] },
      declared: Object.fromEntries(
        ['by_hcl', 'by_json', 'old'].map((name) => [name, { type: 'string', mayBeSecret: true }]),
      ),
    });
    expect(Object.keys(probed[0] ?? {}).sort()).toEqual(['old', 'password', 'undeclared']);
    expect(probed[0]?.['undeclared']).toEqual(expect.stringMatching(/^[a-z]{20}$/));
  });

  test('where one job of two shows something', async () => {
    const lab = await openLab();
    await lab.step({ jobs: [before, job('same')] });
    const { probed } = await plan({ jobs: [after, job('same')], probe: [elsewise, job('same')], secrets }, lab);
    expect(probed).toHaveLength(1);
  });

  test('again for its secrets alone, where it takes no others for the rest', async () => {
    const declared = { old: { type: 'string', mayBeSecret: true } };
    const { probed, diff } = await plan({ secrets, declared });
    expect(probed.map((values) => Object.keys(values))).toEqual([['old', 'password'], ['password']]);
    // Nobody knows then.
    expect(diff).toContain('MemoryMB: "***" => "34"');
  });

  test.each<[string, StepOptions, number]>([
    ['where nothing changes', { jobs: [before], secrets }, 0],
    ['where there are no secrets, and may never have been', {}, 0],
    ['where there are none now, but old values to be shown', { declared: { old: { mayBeSecret: true } } }, 1],
    [
      'where there are none now, and nothing old is shown',
      { name: 'new', jobs: [job('new')], declared: { old: { mayBeSecret: true } } },
      0,
    ],
    ['where there is a secret, and the job is new', { name: 'new', jobs: [job('new')], secrets }, 1],
  ])('or not: %s', async (_, step, times) => {
    expect((await plan({ probe: step.jobs ?? [elsewise], ...step })).probed).toHaveLength(times);
  });

  test('or the plan is red, where Nomad does not answer', async () => {
    const lab = await deployed();
    let parsed = 0;
    lab.fail(({ path }) => {
      if (path !== '/v1/jobs/parse') return undefined;
      parsed += 1;
      return parsed > 1 ? { kind: 'respond', status: 503, body: 'no' } : undefined;
    });
    expect(await plan({ probe: [elsewise], secrets }, lab)).toMatchObject({ reason: 'nomad-error' });
  });

  test('to nothing at all, which says nothing', async () => {
    const { diff, lines } = await plan({ probe: [], secrets });
    expect(diff).toContain('MemoryMB: "***" => "34"');
    expect(lines.join('\n')).toContain('takes no other values for secrets: web/job0.nomad is rendered to nothing');
  });

  test('and its name may be a secret: it is the same job', async () => {
    const { diff } = await plan({ probe: [job('another', { message: 'other-words', memory: 34 })], secrets });
    expect(diff).toContain('MemoryMB: "33" => "34"');
  });
});

describe('what a plan shows', () => {
  test('is not a secret from then on, in nomad-pack’s words and the action’s', async () => {
    const lab = await openLab();
    await lab.step({ jobs: [job('web', { message: 'key=the-old-key' })] });
    const { diff, result } = await plan(
      {
        jobs: [job('web', { message: 'key=the-new-key' })],
        probe: [job('web', { message: 'key=xyz-abc-def' })],
        secrets: { key: 'the-new-key' },
        words: ['~ MESSAGE: "key=the-old-key" => "key=the-new-key"', 'and the-old-key once more'],
      },
      lab,
    );
    expect(`${diff}\n${result.plan}`).not.toMatch(/the-old-key|the-new-key/);
    expect(result.plan).toContain('and *** once more');
  });

  test('is nothing new that comes of a secret, though nobody can tell how', async () => {
    const { diff } = await plan({ jobs: [after], probe: [elsewise], secrets });
    // It differs with the secret, and the secret is not to be seen in it.
    expect(diff).toContain('Env[MESSAGE]: "***" => "***"');
  });

  test.each([
    [
      'is gone',
      job('web', { group: meta('OTHER = "stays"') }),
      'DB = "postgres-words"\n OTHER = "stays"',
      /- .*Meta\[DB\]: "\*\*\*"/,
    ],
    [
      'is a number',
      job('web', { group: meta('OTHER = "stays"') }),
      'DB = "12345"\n OTHER = "stays"',
      /- .*Meta\[DB\]: "12345"/,
    ],
    [
      'is called like one',
      job('web', { group: meta('API_TOKEN = "next-words"') }),
      'API_TOKEN = "prior-words"',
      /Meta\[API_TOKEN\]: "\*\*\*" =>/,
    ],
    [
      'logs in',
      job('web', { group: meta('URL = "https://db"') }),
      'URL = "https://web:old@db"',
      /Meta\[URL\]: "\*\*\*" => "https:\/\/db"/,
    ],
    [
      'has no login',
      job('web', { group: meta('URL = "https://db"') }),
      'URL = "https://old/x:y"',
      /Meta\[URL\]: "https:\/\/old\/x:y" =>/,
    ],
  ])('is not an old value that %s, or it is', async (_, next, old, words) => {
    const lab = await openLab();
    await lab.step({ jobs: [job('web', { group: meta(old) })] });
    expect((await plan({ jobs: [next] }, lab)).diff).toMatch(words);
  });
});

describe('a pack that cannot be rendered', () => {
  const undeclared = new ActionError('variable-undeclared', 'There is no variable "x".', { hint: 'Drop it.' });
  const broken = new ActionError('template', 'It is broken.', { hint: 'Fix it.' });
  const wrong = {
    wrongTypes: ['number required.'],
    variables: { plain: { count: 'many' } },
    declared: { count: { type: 'number', mayBeSecret: false } },
  };

  test.each<[string, StepOptions, string, string[]]>([
    ['fails', { unrenderable: broken }, 'template', ['It is broken.']],
    [
      'is told of the value of a wrong type first',
      { ...wrong, unrenderable: broken },
      'variable-type',
      ['number required'],
    ],
    [
      'is told of the wrong type and of the variable that is not there',
      { ...wrong, unrenderable: undeclared },
      'variable-type',
      ['number required', 'There is no variable "x".'],
    ],
    [
      'is not deployed with a value of a wrong type',
      { ...wrong, jobs: [job('web')] },
      'variable-type',
      ['number required'],
    ],
  ])('%s', async (_, step, reason, words) => {
    const lab = await openLab();
    const outcome = await lab.step(step);
    expect(outcome).toMatchObject({ reason, runs: 0 });
    for (const one of words) expect(outcome.message).toContain(one);
    if (words.length === 1) expect(outcome.message).not.toMatch(/broken.*number|number[\s\S]*broken/);
  });
});

test('a job that holds a token of the step is refused', async () => {
  const lab = await openLab();
  const token = 'nomad-token-0123456789';
  const outcome = await lab.step({ jobs: [job('api'), job('web', { message: token })], token });
  expect(outcome).toMatchObject({ reason: 'secret-in-job', runs: 0, result: { changed: false } });
  expect(outcome.message).toContain('web/job1.nomad holds a token of this step');
});
