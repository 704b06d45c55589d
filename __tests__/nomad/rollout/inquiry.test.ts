import { describe, expect, test } from '@jest/globals';
import { ActionError } from '../../../src/errors.ts';
import type { NomadClient, RequestOptions } from '../../../src/nomad/client.ts';
import { NomadResponseError } from '../../../src/nomad/errors.ts';
import { Inquiry } from '../../../src/nomad/rollout/inquiry.ts';

const web = { id: 'web', namespace: 'prod' };
const answered = (status: number) => new NomadResponseError('nomad-error', 'message', '', status, `words ${status}`);

/** What a request is answered with: the body, an error, or what a function makes of its options. */
type Answer = Error | ((options: RequestOptions) => unknown) | readonly unknown[];

/** Asks a Nomad that answers each request with the next of these, and with an empty list when they are used up. */
function inquire(answers: readonly Answer[] = [], signal = new AbortController().signal) {
  const left = [...answers];
  const asked: (RequestOptions & { readonly path: string })[] = [];
  const told: (string | undefined)[] = [];
  const answer = async (path: string, options: RequestOptions = {}) => {
    asked.push({ path, ...options });
    const next = left.shift() ?? [];
    if (next instanceof Error) throw next;
    return { body: typeof next === 'function' ? await next(options) : next, index: 9 };
  };
  const client = {
    get: async (path: string, _: unknown, options?: RequestOptions) => await answer(path, options),
    post: async (path: string, _: unknown, __: unknown, options?: RequestOptions) => await answer(path, options),
  };
  const inquiry = new Inquiry(client as unknown as NomadClient, signal, (words) => told.push(words));
  return { inquiry, asked, told };
}

describe('a question', () => {
  test('is asked in the namespace of the job, and Nomad’s faults are waited out', async () => {
    const { inquiry, asked, told } = inquire();
    await inquiry.deployments(web);
    await inquiry.allocations(web);
    await inquiry.evaluations(web);
    const options = { query: { namespace: 'prod' }, patience: Number.POSITIVE_INFINITY };
    expect(asked).toMatchObject([
      { path: '/v1/job/web/deployments', ...options },
      { path: '/v1/job/web/allocations', ...options },
      { path: '/v1/job/web/evaluations', ...options },
    ]);
    expect(told).toEqual([undefined, undefined, undefined]);
  });

  test('is asked again where a server in trouble answers, or a proxy in its place', async () => {
    const tooMuch = new ActionError('nomad-error', 'it sends more than it may');
    const all = [answered(501), answered(505), tooMuch].map((error) => inquire([error, [{ ID: 'd' }]]));
    const found = await Promise.all(all.map(async ({ inquiry }) => await inquiry.deployments(web)));
    expect(found).toEqual([[{ ID: 'd' }], [{ ID: 'd' }], [{ ID: 'd' }]]);
    expect(all.map(({ told }) => told)).toEqual([
      ['words 501', undefined],
      ['words 505', undefined],
      ['it sends more than it may', undefined],
    ]);
  });

  test.each([
    ['a refusal', answered(403)],
    ['a certificate that is not known', new ActionError('nomad-tls', 'unknown authority')],
    ['a fault of the program', new Error('boom')],
  ])('is not where the answer is %s', async (_, error) => {
    const { inquiry, asked, told } = inquire([error]);
    await expect(inquiry.deployments(web)).rejects.toBe(error);
    expect([asked.length, told]).toEqual([1, []]);
  });

  test('ends with the signal, and with its reason, whatever was answered', async () => {
    const end = new AbortController();
    const reason = new Error('the time is over');
    const { inquiry, asked } = inquire([answered(501), answered(501)], end.signal);
    const question = inquiry.deployments(web);
    setImmediate(() => end.abort(reason));
    await expect(question).rejects.toBe(reason);
    expect(asked).toHaveLength(1);
    const late = inquire([answered(403)], end.signal);
    await expect(late.inquiry.deployments(web)).rejects.toBe(reason);
  });

  test('leaves the trouble of another one as it is', async () => {
    let answer: (() => void) | undefined;
    const stuck = (words: string) => (options: RequestOptions) =>
      new Promise((resolve) => {
        options.onFault?.(words);
        options.onFault?.(`${words} again`);
        answer = () => resolve([]);
      });
    const { inquiry, told } = inquire([stuck('no leader')]);
    const first = inquiry.deployments(web);
    await inquiry.allocations(web);
    expect(told).toEqual(['no leader', 'no leader again']);
    answer?.();
    await first;
    expect(told.at(-1)).toBeUndefined();
    await inquiry.allocations(web);
    expect(told).toEqual(['no leader', 'no leader again', undefined, undefined]);
  });
});

test('no more than eight details are asked for at once', async () => {
  const going: (() => void)[] = [];
  const wait = () => new Promise((resolve) => going.push(() => resolve([])));
  const { inquiry, asked } = inquire(Array(10).fill(wait));
  const all = Promise.all(Array.from({ length: 10 }, () => inquiry.versions(web).catch(() => [])));
  await new Promise(setImmediate);
  expect(asked).toHaveLength(8);
  going[0]?.();
  await new Promise(setImmediate);
  expect(asked).toHaveLength(9);
  while (going.length < 10) {
    for (const done of going) done();
    await new Promise(setImmediate);
  }
  for (const done of going) done();
  await all;
  expect(asked).toHaveLength(10);
});

describe('the state of jobs', () => {
  test.each([
    [0, undefined],
    [7, { index: 7, wait: 250 }],
  ])('is waited for from index %d on', async (index, blocking) => {
    const { inquiry, asked } = inquire([[]]);
    await inquiry.statuses([], { index, wait: 250 });
    expect(asked[0]?.blocking).toEqual(blocking);
  });

  test('is asked for at once again after a pause, which ends with the signal', async () => {
    const end = new AbortController();
    const { inquiry } = inquire([], end.signal);
    const began = performance.now();
    await inquiry.pause(30);
    expect(performance.now() - began).toBeGreaterThan(25);
    const pause = inquiry.pause(3_600_000);
    end.abort(new Error('enough'));
    await expect(pause).rejects.toThrow('enough');
  });
});
