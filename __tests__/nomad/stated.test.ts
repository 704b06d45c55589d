import { describe, expect, test } from '@jest/globals';
import type { FieldDiff, Job } from '../../src/nomad/api.ts';
import { defaultsOf } from '../../src/nomad/stated.ts';
import { group, specification } from './rollout/support/moments.ts';

/** As the parser reads a specification without filling in defaults. */
const parsed = (more: object, groups: readonly object[] = []): Job =>
  ({ ...specification(), TaskGroups: groups.map((one) => ({ ...group('app'), ...one })), ...more }) as Job;

interface Place {
  readonly path: string;
  readonly value: string;
  readonly type?: FieldDiff['Type'];
  readonly isInNewBlock?: boolean;
}

/** Whether the value at the end of a path, that is new in a plan, is one that the specification leaves to Nomad. */
function isDefault(job: Job, { path, value, type = 'Added', isInNewBlock = true }: Place): boolean {
  const Name = path.split(' > ').at(-1) ?? '';
  return defaultsOf(job)({ path, isInNewBlock, field: { Type: type, Name, Old: '', New: value } });
}

const app = 'group "app"';
const server = `${app} > task "server"`;

describe('a value that is new in a plan is a default', () => {
  const job = parsed({ Priority: 70, Datacenters: ['dc1', 'dc2'], Periodic: { Spec: '@daily', TimeZone: '' } }, [
    {
      Count: 2,
      Restart: { Attempts: 5, Mode: null },
      Tasks: [
        { Name: 'server', Driver: 'docker', Leader: false, Kill: true, Services: [{ Name: 'api', TaskName: 'x' }] },
      ],
    },
  ]);

  test.each<[string, string, string, boolean]>([
    ['unless the job says so', 'Priority', '70', false],
    ['where the job says something else', 'Priority', '50', true],
    ['unless it is one of a list', 'Datacenters', 'dc2', false],
    ['where it is not one of the list', 'Datacenters', 'dc3', true],
    ['unless a block of the job says so', 'Periodic > Spec', '@daily', false],
    ['where it is empty', 'Periodic > TimeZone', '', true],
    ['unless the group says so', `${app} > Count`, '2', false],
    ['where only the job does', `${app} > Priority`, '70', true],
    ['unless a block of the group says so', `${app} > Restart > Attempts`, '5', false],
    ['where the block leaves it out', `${app} > Restart > Mode`, 'fail', true],
    ['unless the task says so', `${server} > Driver`, 'docker', false],
    ['unless the task says so by a word', `${server} > Kill`, 'true', false],
    ['where only the group does', `${server} > Count`, '2', true],
    ['unless a block in a list of the task says so', `${server} > Service > TaskName`, 'x', false],
    ['in which case nobody knows the group', 'group "other" > Count', '2', false],
  ])('%s: %s = %s', (_, path, value, expected) => {
    expect(isDefault(job, { path, value })).toBe(expected);
  });

  test('not where it takes the place of another, or stands in a block that was there', () => {
    expect(isDefault(job, { path: 'Priority', value: '50', type: 'Edited' })).toBe(false);
    expect(isDefault(job, { path: 'Priority', value: '50', isInNewBlock: false })).toBe(false);
  });
});

describe('maps', () => {
  test.each([
    ['are written by the specification', `${server} > Env[MESSAGE]`, false],
    ['of the driver, too', `${server} > Config > command`, false],
    ['but for what nomad-pack adds', 'Meta[pack.name]', true],
    ['which has to be at the job', `${app} > Meta[pack.name]`, false],
    ['and in its own name', 'Meta[packages]', false],
  ])('%s: %s', (_, path, expected) => {
    expect(isDefault(parsed({}, [{}]), { path, value: 'x' })).toBe(expected);
  });
});

test('what the parser fills in by itself is a default, and a zero that it cannot tell from nothing', () => {
  const Templates = [{ Perms: '0644', Splay: 5_000_000_000, ErrMissingKey: false, Once: false }];
  const job = parsed({}, [{ Tasks: [{ Name: 'server', Templates, Leader: false, Retries: 0 }] }]);
  const place = (name: string, value: string) => isDefault(job, { path: `${server} > Template > ${name}`, value });
  expect([place('Perms', '0644'), place('Splay', '5000000000'), place('ErrMissingKey', 'false')]).toEqual([
    true,
    true,
    true,
  ]);
  expect([place('Leader', 'false'), place('Once', 'false'), place('Retries', '0')]).toEqual([true, false, false]);
  const other = parsed({}, [{ Tasks: [{ Name: 'server', Templates: [{ Perms: '0600', Splay: 1 }], Leader: true }] }]);
  for (const [name, value] of [
    ['Perms', '0600'],
    ['Splay', '1'],
    ['Leader', 'true'],
  ] as const)
    expect(isDefault(other, { path: `${server} > Template > ${name}`, value })).toBe(false);
});

test.each(['Update', 'Reschedule', 'Migrate'])('what the job says in `%s` stands in its groups, too', (block) => {
  const job = parsed({ [block]: { Stagger: 7 }, Affinity: { Stagger: 8 } }, [{}]);
  const place = (value: string) => isDefault(job, { path: `${app} > ${block} > Stagger`, value });
  expect([place('7'), place('8')]).toEqual([false, true]);
});

test('a job without groups has defaults', () => {
  expect(isDefault(parsed({ TaskGroups: null }), { path: 'Priority', value: '50' })).toBe(true);
});
