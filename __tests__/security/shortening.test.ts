import { describe, expect, test } from '@jest/globals';
import * as z from 'zod/mini';
import { asActionError } from '../../src/errors.ts';
import type { Allocation, CheckResult, TaskEvent } from '../../src/nomad/api.ts';
import { diagnose } from '../../src/nomad/rollout/diagnosis.ts';
import { bad } from '../../src/nomad/rollout/verdict.ts';
import { Secrets } from '../../src/report/redact.ts';
import { redactFailure } from '../../src/report/redact-end.ts';
import { allocation, specification, submitted, taskState } from '../nomad/rollout/support/moments.ts';
import { clientOfWorlds } from '../nomad/rollout/support/worlds.ts';
import { clientOf, serve } from '../nomad/support/clients.ts';
import { failure } from '../support/failure.ts';

/** As long as a token, as a long password, and as a key in base64. */
const SECRETS = [28, 61, 400].map((length) =>
  Array.from({ length }, (_, index) => String.fromCharCode(97 + ((index * index * 7 + length) % 26))).join(''),
);

/** A part of a secret that is so long is as bad as the whole. Characters. */
const PART = 12;

function hidden(secret: string): Secrets {
  const secrets = new Secrets({ mask: () => undefined });
  secrets.add('password', secret);
  return secrets;
}

function parts(secret: string): string[] {
  return Array.from({ length: secret.length - PART + 1 }, (_, start) => secret.slice(start, start + PART));
}

function expectNone(text: string, secret: string): void {
  expect(parts(secret).filter((part) => text.includes(part))).toEqual([]);
}

/** The secret over and over, each time after another number of other characters: wherever it is cut, it is cut within one. */
function full(secret: string, size: number, between: string): string {
  let text = between === '' ? '' : 'x';
  while (text.length < size) text += `${secret}${between}`;
  return text;
}

const LAYOUTS = SECRETS.flatMap((secret) =>
  ['', ' ', '\n', ', "PASSWORD": '].flatMap((between) =>
    [0, 5, 11].map((before) => ({
      secret,
      between,
      before,
      name: `${secret.length} ${JSON.stringify(between)} ${before}`,
    })),
  ),
);

describe('of a secret that is cut, no part is shown: in what Nomad answers', () => {
  const schema = z.object({ ID: z.string() });

  test.each(LAYOUTS)('$name', async ({ secret, between, before }) => {
    const secrets = hidden(secret);
    const text = `${'.'.repeat(before)}${full(secret, 200_000, between)}`;
    const lines: string[] = [];
    for (const [status, body] of [
      [500, text],
      [403, text],
      [200, text],
      [200, JSON.stringify({ ID: 7, [text]: text })],
      [302, ''],
    ] as const) {
      const address = await serve((_, response) => {
        response.writeHead(status, status === 302 ? { Location: `/${full(secret, 4_000, '-')}` } : {});
        response.end(body);
      });
      const client = clientOf(address, { log: (line) => lines.push(secrets.redact(line)) });
      const error = redactFailure(asActionError(await failure(client.get('/v1/job/web', schema))), { secrets });
      expectNone(`${error.message}\n${error.hint}`, secret);
    }
    expectNone(lines.join('\n'), secret);
  });
});

describe('of a secret that is cut, no part is shown: in what became of the tasks', () => {
  const event = (Type: string, DisplayMessage: string): TaskEvent => ({
    Type,
    DisplayMessage,
    Time: 1,
    Details: null,
    ExitCode: 0,
    Signal: 0,
    FailsTask: false,
  });

  test.each(LAYOUTS)('$name', async ({ secret, between, before }) => {
    const secrets = hidden(secret);
    const redact = (text: string) => secrets.redact(text);
    const text = `${'.'.repeat(before)}${full(secret, 3_000, between)}`;
    const failed = (Events: readonly TaskEvent[]): Allocation =>
      allocation({
        ClientStatus: 'failed',
        ClientDescription: text,
        TaskStates: { server: taskState({ State: 'dead', Failed: true, Events }) },
      });
    const check: CheckResult = { Check: text, Service: text, Mode: 'healthiness', Status: 'failure', Output: text };
    for (const world of [
      { allocations: [failed([event('Driver Failure', text)])] },
      { allocations: [failed([event('Failed Validation', text), event('Alloc Unhealthy', text)])] },
      { allocations: [failed([event('Terminated', text)])], log: full(secret, 200_000, between) },
      { allocations: [failed([])] },
      { allocations: [allocation()], checks: { a: check, b: check } },
    ]) {
      const { client } = clientOfWorlds([{ statuses: [], versions: [specification()], ...world }]);
      const { signal } = new AbortController();
      const verdict = bad('unhealthy', text);
      const found = await diagnose({ client, job: submitted, specification: specification(), verdict, signal, redact });
      expectNone(JSON.stringify(found), secret);
    }
  });
});
