import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type * as z from 'zod/mini';
import { readAnswer, UnreadableAnswer } from '../../src/nomad/answers.ts';
import * as api from '../../src/nomad/api.ts';
import { afterwards } from '../support/afterwards.ts';
import { failure } from '../support/failure.ts';
import { anything, clientOf, serve } from './support/clients.ts';

const asked = { method: 'GET', path: '/v1/x', address: 'http://nomad', namespace: 'default', withToken: true };

const SCHEMAS = Object.entries(api).flatMap(([name, schema]) =>
  name.endsWith('Schema') ? [[name, schema as z.ZodMiniType] as const] : [],
);

function refusal(schema: z.ZodMiniType, text: string): UnreadableAnswer {
  try {
    readAnswer(schema, asked, text);
  } catch (error) {
    if (error instanceof UnreadableAnswer) return error;
    throw error;
  }
  throw new Error('it was read');
}

const stub = {
  ID: 'web',
  ParentID: '',
  Namespace: 'default',
  Type: 'service',
  Periodic: false,
  ParameterizedJob: false,
  Stop: false,
  Status: 'running',
  Meta: { team: 'core' },
  JobSummary: { Summary: null },
  JobModifyIndex: 7,
  SubmitTime: 1,
};

describe('an answer', () => {
  test.each<[string, string, string]>([
    ['nothing', '', 'it is empty'],
    ['white space', ' \n', 'it is empty'],
    ['null', 'null', 'it must be a list (got `null`)'],
    ['an object for a list', '{}', 'it must be a list (got an object)'],
    ['a text', '"jobs"', 'it must be a list (got a text)'],
    ['null for a job', '[null]', '`[0]` must be an object (got `null`)'],
    ['a list for a job', '[[]]', '`[0]` must be an object (got a list)'],
    ['a job without an id', JSON.stringify([{ ...stub, ID: undefined }]), '`[0].ID` must be a text (got nothing)'],
    [
      'a number for a text, deep inside',
      JSON.stringify([stub, { ...stub, Meta: { team: 4 } }]),
      '`[1].Meta.team` must be a text (got a number)',
    ],
    ['HTML', '<html>', 'it is not JSON'],
    ['half of it', '[{"ID": "we', 'it is not JSON'],
  ])('%s is not a list of jobs, and what is wrong is named', (_, text, words) => {
    const error = refusal(api.jobStubsSchema, text);
    expect([error.reason, error.words]).toEqual(['nomad-error', words]);
    if (words !== 'it is not JSON') {
      expect(error.message).toBe(`Nomad’s answer to GET /v1/x cannot be read: ${words}`);
    }
  });

  test('a value that is wrong is not repeated', () => {
    const { message, hint } = refusal(api.jobSchema, JSON.stringify({ ...stub, Name: 4711, Meta: 'sesame-open' }));
    expect(`${message} ${hint}`).not.toMatch(/4711|sesame/);
  });

  test('a list of jobs is read as it is, whatever a later Nomad adds', () => {
    const words = JSON.stringify([{ ...stub, Status: 'dreaming', Dreams: ['x'] }]);
    expect(readAnswer(api.jobStubsSchema, asked, words)).toEqual([{ ...stub, Status: 'dreaming' }]);
  });

  test('a job specification keeps all of its fields, at every depth', () => {
    const job = {
      ...stub,
      Name: 'web',
      Periodic: { Spec: '* * * * *', Prohibit: true },
      ParameterizedJob: null,
      Stable: true,
      Version: 3,
      ModifyIndex: 9,
      Update: null,
      Spreads: [{ Weight: 7 }],
      TaskGroups: [
        {
          Name: 'app',
          Count: 1,
          Networks: [{ Mode: 'host' }],
          Tasks: [{ Name: 't', Driver: 'raw_exec', Config: { command: 'x' }, Lifecycle: { Hook: 'prestart' } }],
        },
      ],
    };
    expect(readAnswer(api.jobSchema, asked, JSON.stringify(job))).toEqual(job);
    expect(readAnswer(api.jobVersionsSchema, asked, JSON.stringify({ Versions: [job] }))).toEqual({ Versions: [job] });
    expect(readAnswer(api.parsedJobSchema, asked, JSON.stringify(job))).toEqual(job);
  });

  test('a difference that is nested without end is refused', () => {
    const deep = (depth: number) => '{"Type":"None","Fields":null,"Objects":['.repeat(depth) + ']}'.repeat(depth);
    const plan = `{"Annotations":null,"FailedTGAllocs":null,"JobModifyIndex":1,"Warnings":"","Diff":{"ID":"x","Type":"None","Fields":null,"TaskGroups":null,"Objects":[${deep(100_000)}]}}`;
    expect(refusal(api.jobPlanSchema, plan).words).toMatch(/nested too deeply|not JSON/);
  });

  // Any text, and any JSON, for each of the endpoints: 10,000 in all.
  test.each(SCHEMAS)('of %s is read, or refused with an error of its own', (_, schema) => {
    const read = (text: string) => {
      try {
        readAnswer(schema, asked, text);
      } catch (error) {
        expect(error).toBeInstanceOf(UnreadableAnswer);
        expect((error as UnreadableAnswer).words).not.toBe('');
      }
    };
    const near = fc.anything({ values: [fc.constantFrom(stub, [stub], [], null), fc.string(), fc.integer()] });
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      near.map((value) => JSON.stringify(value) ?? ''),
    );
    fc.assert(fc.property(text, read), { numRuns: Math.ceil(10_000 / SCHEMAS.length) });
  });
});

describe('a fault of a read', () => {
  const good = JSON.stringify([stub]);

  async function inTurn(...answers: (string | number | 'hang')[]) {
    const asked: string[] = [];
    const address = await serve((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      if (answer === 'hang') return;
      if (typeof answer === 'number') response.writeHead(answer).end('internal error');
      else response.end(answer);
    });
    return { address, asked };
  }

  test.each<[string, string | number]>([
    ['an empty answer', ''],
    ['null', 'null'],
    ['an object', '{}'],
    ['HTML with status 200', '<html>hello'],
    ['an answer that is cut', good.slice(0, 20)],
    ['a plain 500', 500],
    ['an unknown error of a gateway', 520],
  ])('%s is asked again', async (_, bad) => {
    const { address, asked } = await inTurn(bad, bad, good);
    const client = clientOf(address, { patience: 10_000 });
    expect((await client.get('/v1/jobs', api.jobStubsSchema)).body).toEqual([stub]);
    expect(asked).toHaveLength(3);
    expect(client.lines[0]).toMatch(/^Nomad does not answer \(.+\), trying again$/);
  });

  test.each<[string, string]>([
    ['', 'it is empty'],
    ['null', 'it must be a list (got `null`)'],
  ])('that stays is told: %j', async (answer, words) => {
    const { address, asked } = await inTurn(answer);
    const error = await failure(clientOf(address, { patience: 250 }).get('/v1/jobs', api.jobStubsSchema));
    expect([error.reason, error.message]).toEqual([
      'nomad-error',
      `Nomad’s answer to GET /v1/jobs cannot be read: ${words}`,
    ]);
    expect(asked.length).toBeGreaterThan(1);
  });

  test.each([
    '1 error occurred:\n\t* Missing job task groups\n\n',
    'No path to region',
    'Current job has version 2; enforcing version 1',
  ])('that Nomad would answer with again is not asked again: %j', async (words) => {
    let times = 0;
    const address = await serve((_, response) => {
      times += 1;
      response.writeHead(500).end(words);
    });
    await failure(clientOf(address, { patience: 60_000 }).get('/v1/jobs', anything));
    expect(times).toBe(1);
  });

  test('a write whose answer cannot be read is not sent again', async () => {
    const { address, asked } = await inTurn('');
    const sent = clientOf(address, { patience: 60_000 }).post('/v1/x', api.evaluationAnswerSchema, {});
    expect((await failure(sent)).reason).toBe('nomad-error');
    expect(asked).toHaveLength(1);
  });

  test('a request that hangs is asked a second time, while there is patience left', async () => {
    const { address, asked } = await inTurn('hang', good);
    expect((await clientOf(address, { patience: 400 }).get('/v1/jobs', api.jobStubsSchema)).body).toEqual([stub]);
    expect(asked).toHaveLength(2);
  });

  test('so is one that waits for a change, once the server should have answered', async () => {
    const { address, asked } = await inTurn('hang', good);
    const client = clientOf(address, { patience: 400 });
    const blocking = { index: 7, wait: 160 };
    expect((await client.get('/v1/jobs', api.jobStubsSchema, { blocking })).body).toEqual([stub]);
    expect(asked.map((line) => line.replace(/.*&index/, 'index'))).toEqual([
      'index=7&wait=160ms',
      'index=7&wait=160ms',
    ]);
  });

  test('a write that hangs is sent once', async () => {
    const cancel = new AbortController();
    const { address, asked } = await inTurn('hang');
    const client = clientOf(address, { patience: 100, signal: cancel.signal });
    const sent = client.post('/v1/x', anything, {});
    const timer = setTimeout(() => cancel.abort(new Error('enough')), 1_000);
    afterwards(() => clearTimeout(timer));
    await expect(sent).rejects.toThrow('enough');
    expect(asked).toHaveLength(1);
  });
});
