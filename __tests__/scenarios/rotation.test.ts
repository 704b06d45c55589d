import { describe, expect, test } from '@jest/globals';
import { type Outcome, type Step, scenarios } from './support/scenario.ts';

const { run } = scenarios('Secrets');

const LIMIT = 90_000;

const OLD = { password: 'old-Hunter2-secret', pin: 471_129, users: ['old-user-anna', 'old-user-bert'] };
const NEW = { password: 'new-Correct-horse', pin: 902_107, users: ['new-user-anna', 'new-user-bert'] };

const ways = (text: string) => [
  text,
  text.toUpperCase(),
  Buffer.from(`svc:${text}`).toString('base64'),
  Buffer.from(text).toString('base64'),
];
const LEAKS = [OLD, NEW].flatMap(({ password, pin, users }) => [
  ...ways(password),
  `"${pin}"`,
  String.raw`"${pin}\"`,
  ...users.flatMap(ways),
]);

/** Everything that anybody can read afterwards, but for the commands that tell the runner what to mask. */
function visible({ log, summary, outputs, annotations }: Outcome): string {
  const lines = log.split('\n').filter((line) => !line.startsWith('::add-mask::'));
  return [...lines, summary, JSON.stringify(outputs), outputs['plan'], JSON.stringify(annotations)].join('\n');
}

async function discreet(step: Partial<Step> & { readonly name: string }, secrets?: object): Promise<Outcome> {
  const outcome = await run({
    pack: 'rotate',
    ...step,
    with: { ...(secrets !== undefined && { secret_variables: JSON.stringify(secrets) }), ...step.with },
  });
  const text = visible(outcome);
  expect(LEAKS.filter((leak) => text.includes(leak))).toEqual([]);
  return outcome;
}

describe('the old value of a secret', () => {
  test(
    'is nowhere in a plan or a deploy that rotates it',
    async () => {
      const variables = { job_name: 'rotated' };
      await discreet({ name: 'rotated', variables }, OLD);
      const changed = { ...variables, message: 'bye' };
      const plan = await discreet(
        { scenario: 'rotate, plan', operation: 'plan', name: 'rotated', variables: changed },
        NEW,
      );
      const diff = plan.plan[0]?.diff.join('\n') ?? '';
      expect(diff).toMatch(/Env\[PASSWORD\]: "\*\*\*" => "\*\*\*"/);
      expect(diff).toMatch(/Env\[DATABASE\]: "\*\*\*" => "db=shop password=\*\*\* host=db"/);
      expect(diff).toMatch(/Env\[SHOUTED\]: "\*\*\*" => "\*\*\*"/);
      expect(diff).toMatch(/Env\[PIN\]: "\*\*\*" => "\*\*\*"/);
      expect(diff).toMatch(/Env\[MESSAGE\]: "hello" => "bye"/);
      expect(plan.outputs['plan']).toMatch(/Env\[MESSAGE\]: +"hello" => "bye"/);
      const other = await discreet(
        { operation: 'plan', name: 'rotated', variables: changed },
        { ...NEW, password: 'yet-Another-one' },
      );
      expect(other.outputs['plan-digest']).toBe(plan.outputs['plan-digest']);
      const deployed = await discreet(
        {
          scenario: 'rotate, deploy',
          name: 'rotated',
          variables: changed,
          with: { plan_digest: plan.outputs['plan-digest'] ?? '' },
        },
        NEW,
      );
      expect(deployed).toMatchObject({ exitCode: 0, changed: 'true' });
    },
    LIMIT,
  );

  test(
    'is nowhere where the secret has no value, or is given no more',
    async () => {
      const variables = { job_name: 'lost' };
      await discreet({ name: 'lost', variables }, OLD);
      const empty = await discreet({
        scenario: 'without a value',
        operation: 'plan',
        name: 'lost',
        variables,
        with: { secret_variables: 'password:\npin:\nusers:\n' },
      });
      expect(empty.plan[0]?.diff.join('\n')).toMatch(/- .*Env\[PASSWORD\]: "\*\*\*"$/m);
      const removed = await discreet(
        { scenario: 'no longer given', operation: 'plan', name: 'lost', variables },
        { pin: NEW.pin, users: NEW.users },
      );
      expect(removed.plan[0]?.diff.join('\n')).toMatch(/- .*Env\[PASSWORD\]: "\*\*\*"$/m);
      const gone = await discreet({ scenario: 'no secrets', operation: 'plan', pack: 'svc', name: 'lost', variables });
      expect(gone.exitCode).toBe(0);
    },
    LIMIT,
  );

  test(
    'is nowhere where nothing is left of it',
    async () => {
      const variables = { job_name: 'emptied' };
      await discreet({ name: 'emptied', variables }, OLD);
      const emptied = await discreet(
        { scenario: 'emptied', operation: 'plan', name: 'emptied', variables },
        { ...NEW, users: [] },
      );
      expect(emptied).toMatchObject({ exitCode: 0, changed: 'true' });
    },
    LIMIT,
  );

  test(
    'of a job of others is not shown',
    async () => {
      await discreet({ name: 'theirs', variables: { job_name: 'theirs' } }, OLD);
      const plan = await discreet({
        scenario: 'job of others',
        operation: 'plan',
        name: 'ours',
        variables: { job_name: 'theirs' },
      });
      expect(plan).toMatchObject({ exitCode: 0, plan: [{ id: 'theirs', diff: [] }] });
      const deploy = await discreet({ name: 'ours', variables: { job_name: 'theirs' } });
      expect(deploy).toMatchObject({ exitCode: 1, reason: 'job-conflict' });
    },
    LIMIT,
  );
});
