import { describe, expect, test } from '@jest/globals';
import { deleteVariable, jobOfPath, listVariables, readVariable } from '../../src/nomad/variables.ts';
import { failure } from '../support/failure.ts';
import { scripted } from './support/scripted.ts';

const variable = { path: 'nomad/jobs/web', namespace: 'prod' };
const [read, write] = ['GET /v1/var/nomad/jobs/web', 'DELETE /v1/var/nomad/jobs/web'];
const stored = { Namespace: 'prod', Path: 'nomad/jobs/web', Items: { user: 'web' } };

describe('a variable is read', () => {
  test.each([
    ['with its items', stored, { state: 'there', items: { user: 'web' } }],
    ['without any', { ...stored, Items: null }, { state: 'there', items: {} }],
    ['where it is not', 404, { state: 'absent' }],
    ['where the token may not look', 403, { state: 'unseen' }],
  ])('%s', async (_, answer, expected) => {
    const { client, queries } = await scripted({ [read]: [answer] });
    expect(await readVariable(client, variable)).toEqual(expected);
    expect(queries[0]?.get('namespace')).toBe('prod');
  });

  test('or it is said that Nomad does not answer', async () => {
    const { client } = await scripted({ [read]: [500] });
    expect((await failure(readVariable(client, variable))).reason).toBe('nomad-error');
  });

  test('by its path, each part of it encoded', async () => {
    const { client, sent } = await scripted({});
    await readVariable(client, { path: 'a b/c?d', namespace: 'prod' });
    expect(sent).toEqual(['GET /v1/var/a b/c?d']);
  });
});

describe('variables are listed', () => {
  test.each([
    ['all that there are', [stored], [variable]],
    ['not where the token may not', 403, undefined],
  ])('%s', async (_, answer, expected) => {
    const { client, queries } = await scripted({ 'GET /v1/vars': [answer] });
    expect(await listVariables(client, 'nomad/')).toEqual(expected);
    expect([queries[0]?.get('namespace'), queries[0]?.get('prefix')]).toEqual(['*', 'nomad/']);
  });

  test('whatever their paths, by default', async () => {
    const { client, queries } = await scripted({ 'GET /v1/vars': [[]] });
    expect(await listVariables(client)).toEqual([]);
    expect(queries[0]?.get('prefix')).toBe('');
  });

  test('or it is said that Nomad does not answer', async () => {
    const { client } = await scripted({ 'GET /v1/vars': [500] });
    expect((await failure(listVariables(client))).reason).toBe('nomad-error');
  });
});

describe('a variable is deleted', () => {
  test.each([
    ['at once', { [write]: [undefined] }, [write]],
    ['where the answer is lost and it is gone', { [write]: [502], [read]: [404] }, [write, read]],
  ])('%s', async (_, answers, expected) => {
    const { client, sent, queries } = await scripted(answers);
    await deleteVariable(client, variable);
    expect(sent).toEqual(expected);
    expect(queries[0]?.get('namespace')).toBe('prod');
  });

  test.each([
    ['the token may not', { [write]: [403], [read]: [404] }, 'nomad-auth', [write]],
    ['it is still there', { [write]: [502], [read]: [stored] }, 'nomad-error', [write, read]],
    ['nobody may look for it', { [write]: [502], [read]: [403] }, 'nomad-error', [write, read]],
  ])('or not, because %s', async (_, answers, reason, expected) => {
    const { client, sent } = await scripted(answers);
    expect((await failure(deleteVariable(client, variable))).reason).toBe(reason);
    expect(sent).toEqual(expected);
  });
});

test.each([
  ['nomad/jobs/web', 'web'],
  ['nomad/jobs/web/app/server', 'web'],
  ['nomad/jobs', undefined],
  ['nomad/jobs/', undefined],
  ['my/nomad/jobs/web', undefined],
])('the path %s is one of the job %s', (path, job) => {
  expect(jobOfPath(path)).toBe(job);
});
