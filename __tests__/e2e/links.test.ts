import { expect, test } from '@jest/globals';
import { runAction } from '../support/run-action.ts';

const inputs = { operation: 'status', nomad_addr: 'http://127.0.0.1:1', wait_timeout: 'soon' };
const repository = { GITHUB_ACTION_REPOSITORY: 'octo/nomad-pack-action', GITHUB_ACTION_REF: 'releases/v1' };

test('a failure leads to what the documentation of this version says of it', async () => {
  const { annotations, summary, outputs } = await runAction({ inputs, env: repository });
  const url = 'https://github.com/octo/nomad-pack-action/blob/releases/v1/docs/failure-reasons.md#input';
  expect(annotations[0]?.message).toContain(`\nMore on input: ${url}`);
  expect(summary).toContain(`\`failure-reason\`: [\`input\`](<${url}>)`);
  expect(JSON.stringify(outputs)).not.toContain(url);
});

test.each([
  ['an action of the workspace', { GITHUB_ACTION_REPOSITORY: '', GITHUB_ACTION_REF: '' }],
  ['a host with other links', { ...repository, FORGEJO_ACTIONS: 'true' }],
])('a failure of %s leads nowhere', async (_, env) => {
  const { annotations, summary } = await runAction({ inputs, env });
  expect(annotations[0]?.message).toContain('wait_timeout');
  expect(`${annotations[0]?.message}${summary}`).not.toContain('failure-reasons.md');
});
