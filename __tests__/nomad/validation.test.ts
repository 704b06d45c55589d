import { expect, test } from '@jest/globals';
import { validateJob } from '../../src/nomad/validation.ts';
import { specification } from './rollout/support/moments.ts';
import { scripted } from './support/scripted.ts';

const job = { id: 'web', namespace: 'prod', file: 'web.nomad', specification: specification() };

async function validate(ValidationErrors: readonly string[] | null, Warnings = '') {
  const { client, sent, queries } = await scripted({ 'POST /v1/validate/job': [{ ValidationErrors, Warnings }] });
  const validation = await validateJob(client, job);
  expect([sent, queries.map((query) => query.get('namespace'))]).toEqual([['POST /v1/validate/job'], ['prod']]);
  return validation;
}

test('a job that is well has no problems', async () => {
  expect(await validate(null)).toEqual({ problems: [], warnings: '' });
  expect(await validate([], 'mind the gap')).toEqual({ problems: [], warnings: 'mind the gap' });
});

test.each([
  ['one', 'Missing job datacenters', 'Missing job datacenters'],
  [
    'of a part of the job',
    'Task group app validation failed: 1 error occurred:\n\t* Missing tasks for task group\n\n',
    'Task group app validation failed: Missing tasks for task group',
  ],
  [
    'several',
    'Task web validation failed: 12 errors occurred:\n\t* Missing Task Driver\n\t* Missing task resources\n\n',
    'Task web validation failed: Missing Task Driver; Missing task resources',
  ],
  ['with an asterisk in it', 'spec "* 4 * * *" is not a cron', 'spec "* 4 * * *" is not a cron'],
])('a problem is one line: %s', async (_, words, line) => {
  expect((await validate([words])).problems).toEqual([line]);
});
