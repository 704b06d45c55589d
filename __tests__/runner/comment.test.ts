import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  type Answer,
  failure,
  fault,
  type GitHub,
  notFound,
  primaryRateLimit,
  secondaryRateLimit,
  startGitHub,
  workflowBot,
  workflowToken,
} from 'nomad-pack-sandbox/github/index.ts';
import { startProxy } from 'nomad-pack-sandbox/http/proxy.ts';
import { WorkRecord } from '../../src/record.ts';
import { commentBody, commentMarker } from '../../src/report/comment.ts';
import { createLog } from '../../src/report/log.ts';
import { Secrets } from '../../src/report/redact.ts';
import { reportOf } from '../../src/report/report.ts';
import type { Result } from '../../src/result.ts';
import { issueCommand, printLine } from '../../src/runner/commands.ts';
import { commentOnPullRequest } from '../../src/runner/comment/comment.ts';
import { pullRequestOf } from '../../src/runner/event.ts';
import type { DeploymentSettings, ReviewSettings } from '../../src/settings/settings.ts';
import { hostileResult, PAYLOADS, prose, structure } from '../report/support/hostile.ts';
import { settingsFor } from '../report/support/results.ts';
import { scenarioOf } from '../report/support/scenarios.ts';
import { captureStdout } from '../report/support/stdout.ts';

const PULL_REQUEST = 7;
const MARKER = commentMarker(planSettings());
const HUMAN = { login: 'octocat', type: 'User' } as const;

let github: GitHub;
let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'comment-'));
  github = await startGitHub({ pullRequests: [PULL_REQUEST] });
});

afterEach(async () => {
  await github.stop();
  rmSync(folder, { recursive: true, force: true });
});

function planSettings(review: Partial<ReviewSettings> = {}): DeploymentSettings {
  const settings = settingsFor('plan');
  return { ...settings, review: { ...settings.review, ...review } };
}

function planned(name: 'plan-changes' | 'plan-none' | 'plan-refused'): Result {
  return scenarioOf(name).result;
}

const comments = () => github.comments(PULL_REQUEST);
const count = (method: string) => github.requests.filter((request) => request.method === method).length;

/** Puts in a comment of an earlier run. */
const old = (text = 'old') => github.write(PULL_REQUEST, `${MARKER}\n${text}`, workflowBot);

interface Comment {
  readonly settings?: DeploymentSettings;
  readonly token?: string | undefined;
  /** The repository that the pull request comes from. */
  readonly head?: string | null;
  readonly event?: object;
  /** Address of the API. */
  readonly api?: string;
  readonly signal?: AbortSignal;
}

async function comment(
  result: Result,
  {
    settings = planSettings(),
    token = workflowToken,
    head = 'octo/shop',
    event,
    api = github.address,
    signal = new AbortController().signal,
  }: Comment = {},
) {
  const path = join(folder, 'event.json');
  const repo = head === null ? null : { full_name: head };
  writeFileSync(
    path,
    JSON.stringify(event ?? { pull_request: { number: PULL_REQUEST, head: { sha: '8f2d1bc0a4e1', repo } } }),
  );
  const environment = { GITHUB_EVENT_PATH: path, GITHUB_REPOSITORY: 'octo/shop', GITHUB_API_URL: api };
  const secrets = new Secrets({ mask: () => {} });
  secrets.add('github_token', workflowToken);
  const record = new WorkRecord(() => 0);
  const log = createLog({
    output: { line: printLine, command: issueCommand },
    secrets,
    debugging: false,
    record,
    elapsed: () => 0,
  });
  const { comment: told } = reportOf(
    { result, settings },
    {
      secrets,
      took: 0,
      now: new Date(0),
      runUrl: 'https://github.com/octo/shop/actions/runs/1',
    },
  );
  if (told === undefined) throw new Error('no comment is wanted');
  const output = await captureStdout(() =>
    commentOnPullRequest(told, {
      environment,
      log,
      always: told.always,
      pullRequest: told.pullRequest,
      token: token === '' ? undefined : token,
      signal,
      pause: 1,
    }),
  );
  return { output, notices: record.history().notices };
}

describe('one comment is kept', () => {
  test('it is created, then updated in place', async () => {
    expect((await comment(planned('plan-changes'))).output).toBe('The comment on pull request #7 is created.\n');
    const [first] = comments();
    expect(first?.body).toMatch(new RegExp(`^${MARKER}\n#### 📝 A deploy of \`shop-production\` would create 1 job`));
    expect(first?.body).toContain(
      'Planned for `8f2d1bc0a4e1`; more in [the run’s summary](<https://github.com/octo/shop',
    );

    expect((await comment(planned('plan-none'))).output).toBe('The comment on pull request #7 is updated.\n');
    expect(comments()).toHaveLength(1);
    expect(comments()[0]?.body).toMatch(
      new RegExp(
        `^${MARKER}\n<details>\n<summary>✅ A deploy of <code>shop-production</code> would change nothing</summary>`,
      ),
    );
  });

  test('one that would read the same is left alone', async () => {
    await comment(planned('plan-changes'));
    await comment(planned('plan-changes'));
    expect(count('PATCH')).toBe(0);
  });

  test('the token goes along', async () => {
    await comment(planned('plan-changes'));
    expect(github.requests.map(({ headers }) => headers.authorization)).toEqual(
      Array(3).fill(`token ${workflowToken}`),
    );
  });

  test('it is found on the third page', async () => {
    for (let index = 0; index < 250; index++) github.write(PULL_REQUEST, `chat ${index}`, HUMAN);
    old();

    await comment(planned('plan-changes'));

    expect(comments()).toHaveLength(251);
    expect(comments()[250]?.body).toContain('would create 1 job');
    expect(count('GET')).toBe(3 + 1);
    expect(count('POST')).toBe(1);
  });

  test.each([
    ['of another namespace', { nomad: { ...planSettings().nomad, namespace: 'staging' } }],
    ['of another cluster', { nomad: { ...planSettings().nomad, address: 'https://other:4646' } }],
    ['of another region', { nomad: { ...planSettings().nomad, region: 'eu' } }],
    ['of another deployment', { deploymentName: 'shop-two' }],
    ['of another pack', { pack: { kind: 'registry', name: 'other' } as const }],
  ])('a deployment %s has one of its own', async (_, changes) => {
    await comment(planned('plan-changes'));
    await comment(planned('plan-changes'), { settings: { ...planSettings(), ...changes } });
    expect(comments()).toHaveLength(2);
  });
});

describe('nobody else’s comment is touched', () => {
  test.each([
    ['a human’s that holds the marker', { body: `${MARKER}\nmine`, user: HUMAN }],
    ['one that quotes it', { body: `> ${MARKER}\nhello`, user: workflowBot }],
    ['another bot’s', { body: '<!-- other -->', user: { login: 'other[bot]', type: 'Bot' } as const }],
    [
      'another bot’s that holds the marker',
      { body: `${MARKER}\nfake`, user: { login: 'other[bot]', type: 'Bot' } as const },
    ],
  ])('%s', async (_, theirs) => {
    github.write(PULL_REQUEST, theirs.body, theirs.user);
    await comment(planned('plan-changes'));
    expect(comments().map(({ body }) => body)).toEqual([theirs.body, expect.stringContaining('would create')]);
  });

  test.each([
    ['whoever asks', undefined],
    ['where nobody tells who the token is', '/graphql'],
  ])('ours is not removed for the sake of another bot’s with our marker, %s', async (_, refused) => {
    const theirs = github.write(PULL_REQUEST, `${MARKER}\nfake`, { login: 'other[bot]', type: 'Bot' });
    old();
    github.inject(({ path }) => (path === refused ? notFound : undefined));
    await comment(planned('plan-changes'));
    expect(comments().map(({ user, body }) => [user.login, body.includes('would create')])).toEqual([
      [theirs.user.login, false],
      [workflowBot.login, true],
    ]);
    expect(comments()[0]?.body).toBe(theirs.body);
  });

  test('nor a bot’s where the token is a user’s', async () => {
    await github.stop();
    github = await startGitHub({
      pullRequests: [PULL_REQUEST],
      tokens: { [workflowToken]: { user: HUMAN, write: true } },
    });
    old('bot');

    await comment(planned('plan-changes'));
    await comment(planned('plan-none'));

    expect(comments().map(({ user, body }) => [user.login, body.split('\n')[1]])).toEqual([
      [workflowBot.login, 'bot'],
      [HUMAN.login, '<details>'],
    ]);
  });
});

describe('there is never a second one', () => {
  test('when two runs create one at the same time: the older stays, with what is known now', async () => {
    const others: number[] = [];
    github.inject(({ method }) => {
      if (method === 'POST') others.push(old('by the other run').id);
      return undefined;
    });
    await comment(planned('plan-changes'));
    expect(others).toHaveLength(1);
    expect(comments().map(({ id }) => id)).toEqual(others);
    expect(comments()[0]?.body).toContain('would create');
  });

  test('when the answer to the first attempt gets lost', async () => {
    github.inject(fault({ method: 'POST', answer: failure(502, 'Bad Gateway'), times: 1, afterwards: true }));
    await comment(planned('plan-changes'));
    expect(count('POST')).toBe(2);
    expect(comments()).toHaveLength(1);
  });

  test.each([
    ['', undefined],
    [', though another run removes them, too', fault({ method: 'DELETE', answer: notFound, afterwards: true })],
  ])('when there are several from earlier: one stays%s', async (_, injection) => {
    const { id: first } = old();
    for (const _another of [2, 3]) old();
    github.inject(injection);
    await comment(planned('plan-changes'));
    expect(comments().map(({ id }) => id)).toEqual([first]);
  });

  test('when it was deleted in the meantime: there is a new one', async () => {
    old();
    github.inject(fault({ method: 'PATCH', answer: notFound }));
    expect((await comment(planned('plan-changes'))).output).toContain('is created');
  });
});

describe('when it is written', () => {
  test.each([
    ['auto', 'plan-changes', 1],
    ['auto', 'plan-refused', 1],
    ['auto', 'plan-none', 0],
    ['always', 'plan-none', 1],
  ] as const)('%s, %s: %s', async (mode, name, number) => {
    await comment(planned(name), { settings: planSettings({ comment: mode }) });
    expect(comments()).toHaveLength(number);
  });

  test.each([
    ['auto', []],
    [
      'always',
      ['There is no comment: the workflow does not run for a pull request, and `pull_request_number` names none.'],
    ],
  ] as const)('%s, without a pull request', async (mode, notices) => {
    const said = await comment(planned('plan-changes'), {
      settings: planSettings({ comment: mode }),
      event: { ref: 'x' },
    });
    expect(said.notices).toEqual(notices);
    expect(github.requests).toEqual([]);
  });

  test('not where the event cannot be read', async () => {
    expect(
      pullRequestOf({ GITHUB_EVENT_PATH: join(folder, 'none'), GITHUB_REPOSITORY: 'octo/shop' }, undefined),
    ).toBeUndefined();
    expect(pullRequestOf({ GITHUB_REPOSITORY: 'octo/shop' }, undefined)).toBeUndefined();
  });

  test.each([
    ['of a run for another workflow', { workflow_run: { head_sha: 'c0ffee00c0ffee00' } }, 'c0ffee00c0ff'],
    ['of a comment', { issue: { number: 3, pull_request: {} }, comment: { body: '/plan' } }, undefined],
    ['of a push', { ref: 'refs/heads/main' }, undefined],
    ['for another pull request', { pull_request: { number: 3, head: { sha: 'bad' } } }, undefined],
  ])('on the pull request that is asked for, where the event is %s', async (_what, event, commit) => {
    const settings = planSettings({ pullRequest: PULL_REQUEST });
    const { notices } = await comment(planned('plan-changes'), { settings, event });
    expect(notices).toEqual([]);
    expect(comments()).toHaveLength(1);
    expect(comments()[0]?.body.includes('Planned for')).toBe(commit !== undefined);
    expect(comments()[0]?.body).toContain(commit ?? 'Planned;');
  });

  test('one for each label', async () => {
    for (const commentLabel of [undefined, 'blue', 'green', 'blue', undefined]) {
      const settings = planSettings(commentLabel === undefined ? {} : { commentLabel });
      await comment(planned('plan-changes'), { settings });
    }
    expect(new Set(comments().map(({ body }) => body.split('\n')[0])).size).toBe(3);
    expect(comments()).toHaveLength(3);
  });

  test('not without a token', async () => {
    const { notices } = await comment(planned('plan-changes'), { token: '' });
    expect(notices).toEqual(['There is no comment on the pull request: the input `github_token` is empty.']);
  });
});

describe('when GitHub does not play along', () => {
  test.each([403, 404])('a fork’s run, which may not write, gets a notice (%s)', async (status) => {
    github.inject(fault({ method: 'POST', answer: failure(status, 'fault') }));
    const { notices } = await comment(planned('plan-changes'), { head: 'someone/shop' });
    expect(notices).toEqual([
      'There is no comment on pull request #7: it comes from a fork, whose runs get a token that may not write. The job summary has the plan.',
    ]);
  });

  test('so does one of a fork that is gone', async () => {
    github.inject(fault({ method: 'POST', answer: failure(403, 'fault') }));
    expect((await comment(planned('plan-changes'), { head: null })).notices[0]).toContain('it comes from a fork');
  });

  test.each([403, 404])('a token without the permission gets the snippet to paste (%s)', async (status) => {
    github.inject(fault({ method: 'GET', answer: failure(status, 'fault') }));
    expect((await comment(planned('plan-changes'))).notices[0]).toContain(
      '`github_token` may not. Add to the job: `permissions: { contents: read, pull-requests: write }`',
    );
  });

  test('the way leads through the proxy that the environment names', async () => {
    const proxy = await startProxy(github.address);
    process.env['http_proxy'] = `http://me:p%40ss@${proxy.host}`;
    try {
      // No loopback address is ever asked for through a proxy.
      const { output } = await comment(planned('plan-changes'), { api: 'http://api.github.test:8080' });
      expect(output).toContain('is created');
    } finally {
      delete process.env['http_proxy'];
      await proxy.stop();
    }
    expect(proxy.requests[0]).toMatch(
      new RegExp(`^GET http://api\\.github\\.test:8080/repos/.* Basic ${Buffer.from('me:p@ss').toString('base64')}$`),
    );
  });

  test('a cancel ends the request that is under way, with its own reason', async () => {
    const cancel = new AbortController();
    const reason = new Error('cancelled');
    github.inject(() => {
      cancel.abort(reason);
      return failure(500, 'fault');
    });
    await expect(comment(planned('plan-changes'), { signal: cancel.signal })).rejects.toBe(reason);
    expect(github.requests).toHaveLength(1);
  });

  test('a link to another host takes the token nowhere', async () => {
    for (let index = 0; index < 120; index++) github.write(PULL_REQUEST, `chat ${index}`, HUMAN);
    const elsewhere = await startGitHub({ pullRequests: [PULL_REQUEST] });
    github.inject((request, perform) => {
      const answer = perform();
      if (request.method !== 'GET' || answer.headers?.['link'] === undefined) return undefined;
      return { ...answer, headers: { link: answer.headers['link'].replaceAll(github.address, elsewhere.address) } };
    });
    try {
      expect((await comment(planned('plan-changes'))).output).toContain('is created');
      expect(elsewhere.requests).toEqual([]);
      expect(count('GET')).toBe(4);
    } finally {
      await elsewhere.stop();
    }
  });

  test('an answer that is not what the API documents is thrown', async () => {
    github.inject(fault({ method: 'GET', answer: { status: 200, body: { message: 'hello' } } }));
    await expect(comment(planned('plan-changes'))).rejects.toThrow('is not what its API documents');
  });

  test.each<[string, Answer]>([
    ['a server error', failure(500, 'fault')],
    ['a bad gateway', failure(502, 'fault')],
    ['a conflict', failure(409, 'fault')],
    ['too many requests', failure(429, 'fault')],
    ['the rate limit', primaryRateLimit(0)],
    ['the secondary rate limit', secondaryRateLimit(403, 1)],
  ])('%s is tried again', async (_, answer) => {
    github.inject(fault({ method: 'POST', answer, times: 1 }));
    expect((await comment(planned('plan-changes'))).output).toContain('is created');
    expect(comments()).toHaveLength(1);
  });

  test('a rate limit of an hour is not waited for', async () => {
    github.inject(fault({ method: 'POST', answer: primaryRateLimit(3600) }));
    const { notices } = await comment(planned('plan-changes'));
    expect(notices[0]).toContain('GitHub’s rate limit is used up');
    expect(count('POST')).toBe(1);
  });

  test.each([401, 422, 500])('%s for good is thrown, for the report to warn about', async (status) => {
    github.inject(fault({ method: 'POST', answer: failure(status, 'fault') }));
    await expect(comment(planned('plan-changes'))).rejects.toMatchObject({ status });
  });
});

describe('what it says', () => {
  const context = { marker: MARKER, commit: 'abc', runUrl: 'https://github.com/octo/shop/actions/runs/1' };
  const body = (result: Result) => commentBody(result, planSettings(), context);

  test('is cut where GitHub would refuse it, and links to the rest', async () => {
    const huge = hostileResult('`<&🔑'.repeat(10_000));
    const data = huge.planData;
    if (data === undefined) throw new Error('no plan');
    const jobs = Array.from({ length: 200 }, () => data.jobs[0]).filter((job) => job !== undefined);
    const result = { ...huge, planData: { ...data, jobs } };

    await comment(result);

    expect(Buffer.byteLength(comments()[0]?.body ?? '')).toBeLessThanOrEqual(65_536);
    expect(comments()[0]?.body).toContain(
      '*Something is left out here, for its length; it is in [the run’s summary](<https://github.com/octo/shop/actions/runs/1>).*',
    );
    expect(comments()[0]?.body).toContain('This comment is kept up to date.');
  });

  test.each(PAYLOADS)('cannot be broken out of: %j', (payload) => {
    const text = body(hostileResult(payload));
    expect(structure(text)).toEqual(structure(body(hostileResult('harmless'))));
    expect(prose(text)).not.toMatch(/[@#][a-z0-9]/i);
    expect(text.startsWith(`${MARKER}\n`)).toBe(true);
  });

  test('has a marker that no name can end', () => {
    expect(commentMarker({ ...planSettings(), deploymentName: '--><b>' })).toMatch(
      /^<!-- nomad-pack-action plan [0-9a-f]{32} -->$/,
    );
  });
});
