import { multierror } from '../multierror.ts';
import type { Task } from '../types.ts';

/** What `raw_exec` takes, and whether it is a list. */
const FIELDS: ReadonlyMap<string, 'text' | 'list' | 'map'> = new Map([
  ['command', 'text'],
  ['args', 'list'],
  ['work_dir', 'text'],
  ['oom_score_adj', 'text'],
  ['denied_envvars', 'list'],
  ['cgroup_v1_override', 'map'],
  ['cgroup_v2_override', 'text'],
]);

/** What Nomad's client says of a configuration that the driver does not take; undefined of one that it does. */
export function complaintAboutConfig({ Config }: Task): string | undefined {
  const config = Config ?? {};
  const complaints = Object.entries(config).flatMap(([name, value]) => {
    const kind = FIELDS.get(name);
    if (kind === undefined) return [`Invalid label: No argument or block type is named "${name}".`];
    const isObject = typeof value === 'object' && value !== null;
    if (kind !== 'text' || !isObject) return [];
    const given = Array.isArray(value) ? 'tuple' : 'object';
    return [
      `Incorrect attribute value type: Inappropriate value for attribute "${name}": string required, but have ${given}.`,
    ];
  });
  if (config['command'] === undefined) {
    complaints.push('Missing required argument: The argument "command" is required, but no definition was found.');
  }
  return complaints.length === 0 ? undefined : multierror(['failed to parse config: ', ...complaints]);
}
