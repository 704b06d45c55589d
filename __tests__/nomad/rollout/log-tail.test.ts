import { expect, test } from '@jest/globals';
import type { Allocation } from '../../../src/nomad/api.ts';
import { readLogTail } from '../../../src/nomad/rollout/log-tail.ts';
import { clientOf, serve } from '../support/clients.ts';

const allocation = { ID: 'a1', Namespace: 'prod' } as Allocation;

async function tail(
  logs: { readonly stderr: string | number; readonly stdout?: string },
  redact = (text: string) => text,
) {
  const asked: string[] = [];
  const address = await serve((request, response) => {
    const url = new URL(request.url ?? '', 'http://nomad');
    asked.push(`${url.pathname} ${url.searchParams.get('namespace')}`);
    const log = url.searchParams.get('type') === 'stderr' ? logs.stderr : (logs.stdout ?? '');
    if (typeof log === 'number') response.writeHead(log).end('Permission denied');
    else response.end(log.slice(-Number(url.searchParams.get('offset'))));
  });
  const text = await readLogTail({ client: clientOf(address), allocation, task: 'server', redact, options: {} });
  return { text, asked };
}

test.each([
  ['the last lines', { stderr: 'one\ntwo\n' }, 'one\ntwo'],
  ['stdout, where stderr is empty', { stderr: '', stdout: 'said\n' }, 'said'],
  ['no escapes and no carriage returns', { stderr: '\u001b[31mred\u001b[0m\r\n' }, 'red'],
  ['nothing, where it may not be read', { stderr: 403 }, ''],
])('%s', async (_, logs, expected) => {
  const { text, asked } = await tail(logs);
  expect(text).toBe(expected);
  expect(asked[0]).toBe('/v1/client/fs/logs/a1 prod');
});

const LONG = 'SECRET'.repeat(2_000);

test.each([
  ['a line', `${'x'.repeat(60_000)}${LONG}\n${'y'.repeat(60_000)}\nend\n`, 'end'],
  ['a log that is one line', `${LONG}${'y'.repeat(60_000)}`, '[a line that is too long to be shown]'],
  ['a log that is one secret', `${LONG}\n`, '***'],
  ['the end of a line', `first\n${'x'.repeat(1_000)}${LONG}`, '***'],
])('nothing of a secret that a cut goes through: %s', async (_, stderr, expected) => {
  const { text } = await tail({ stderr }, (log) => log.replaceAll(LONG, '***'));
  expect(text).not.toContain('SECRET');
  expect(text.endsWith(expected)).toBe(true);
});

test('a line that was cut is left out whole, and the next one shown whole', async () => {
  expect((await tail({ stderr: `${'x'.repeat(70_000)}\nend\n` })).text).toBe('end');
});
