import type { Job } from './api.ts';
import type { Change } from './diff.ts';

/**
 * Fields in which Nomad's parser cannot tell a zero that stands in the specification from none: they are not pointers in its `api`
 * package.
 */
const ZERO_IS_UNSET: ReadonlySet<string> = new Set([
  'Chown',
  'Dispatched',
  'EnableTagOverride',
  'Env',
  'ErrMissingKey',
  'Expose',
  'FailuresBeforeCritical',
  'FailuresBeforeWarning',
  'File',
  'GRPCUseTLS',
  'IgnoreCollision',
  'Leader',
  'PerAlloc',
  'ReadOnly',
  'ShutdownDelay',
  'Sticky',
  'SuccessBeforePassing',
  'TLSSkipVerify',
  'To',
  'Value',
]);

/** What the parser fills in by itself. */
const FILLED_IN: ReadonlySet<string> = new Set(['Perms="0644"', 'Splay="5000000000"']);

/** Blocks that Nomad moves from the job into each of its groups. */
const INHERITED = ['Update', 'Reschedule', 'Migrate'] as const;

/**
 * Whether a value of a block that is new is one that the job specification says nothing about: Nomad's default, or what Nomad and
 * nomad-pack add.
 *
 * @param specification as the parser reads it when it is not to fill in defaults: what the specification does not set is null
 */
export function defaultsOf(specification: Job): (change: Change) => boolean {
  const stated = statedValues(specification);
  return ({ path, field, isInNewBlock }) => {
    if (!isInNewBlock || field.Type !== 'Added') return false;
    const segments = path.split(' > ');
    if (/^Meta\[pack\./.test(path)) return true;
    // Nobody but the specification writes into maps.
    if (segments.includes('Config') || /\[/.test(field.Name)) return false;
    const scope = segments.filter((segment) => /^(?:group|task) "/.test(segment)).join(' > ');
    return !(stated.get(scope)?.has(`${field.Name}=${JSON.stringify(field.New)}`) ?? true);
  };
}

/** The values that stand in the specification, as `Name="value"`, by where they stand: in the job, a group, a task. */
function statedValues(job: Job): ReadonlyMap<string, ReadonlySet<string>> {
  const { TaskGroups, ...own } = job as Record<string, unknown>;
  const inherited = Object.fromEntries(INHERITED.map((name) => [name, own[name]]));
  const stated = new Map([['', leavesOf(own)]]);
  for (const { Tasks, ...group } of objects(TaskGroups)) {
    const path = `group "${group['Name']}"`;
    stated.set(path, leavesOf({ ...group, inherited }));
    for (const task of objects(Tasks)) stated.set(`${path} > task "${task['Name']}"`, leavesOf(task));
  }
  return stated;
}

function leavesOf(value: unknown, name = '', found = new Set<string>()): Set<string> {
  if (value === null || value === undefined || value === '') return found;
  if (Array.isArray(value)) for (const member of value) leavesOf(member, name, found);
  else if (typeof value === 'object') for (const [key, member] of Object.entries(value)) leavesOf(member, key, found);
  else if (!(ZERO_IS_UNSET.has(name) && !value)) {
    const leaf = `${name}=${JSON.stringify(String(value))}`;
    if (!FILLED_IN.has(leaf)) found.add(leaf);
  }
  return found;
}

function objects(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? (value as Record<string, unknown>[]) : [];
}
