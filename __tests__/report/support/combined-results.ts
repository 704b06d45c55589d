import type { CombinedEnd, DeploymentEnd } from '../../../src/combined.ts';
import { ActionError } from '../../../src/errors.ts';
import type { PlanData, Result } from '../../../src/result.ts';
import { job, settingsFor } from './results.ts';

/** The end of a step over a file, as the report is given it. */
export interface CombinedScenario {
  readonly name: string;
  readonly title: string;
  readonly end: CombinedEnd;
}

/** What needs what in a shop. */
export const SHOP: Readonly<Record<string, readonly string[]>> = {
  db: [],
  queue: [],
  cache: [],
  accounts: ['db'],
  orders: ['db', 'queue'],
  search: ['cache'],
  api: ['accounts', 'orders'],
  web: ['api', 'search'],
  docs: [],
  old: [],
};

/** The deployments of a shop, each with what came of it. */
export function deploymentsOf(
  operation: 'deploy' | 'plan',
  needs: Readonly<Record<string, readonly string[]>>,
  resultOf: (key: string) => Partial<Result>,
): DeploymentEnd[] {
  return Object.entries(needs).map(([key, needed]) => ({
    key,
    needs: needed,
    isAbsent: key === 'old',
    settings: { ...settingsFor(operation), deploymentName: `${key}-production`, pack: { kind: 'registry', name: key } },
    result: {
      operation,
      status: 'running',
      health: 'healthy',
      changed: false,
      jobs: [job(key)],
      phases: [],
      timeline: [],
      notices: [],
      ...resultOf(key),
    },
  }));
}

export function planOf(key: string, action: PlanData['jobs'][number]['action']): Partial<Result> {
  const changed = action !== 'none';
  const groups = [{ name: key, create: 0, updateInPlace: 0, replace: 2, stop: 0, unchanged: 1 }];
  const path = `group "${key}" > task "server" > Config[image]`;
  const [before, after] = [`shop/${key}:1.3.2`, `shop/${key}:1.4.0`];
  const fields = changed ? [{ sign: '~' as const, path, before, after, isDefault: false }] : [];
  const diff = changed
    ? [`~ TaskGroup[${key}].Task[server].Config[image]: shop/${key}:1.3.2 => shop/${key}:1.4.0`]
    : [];
  return {
    changed,
    planData: {
      jobs: [{ id: key, namespace: 'production', action, groups, placementFailures: [], basedOn: 7, diff, fields }],
      changed,
      digest: `sha256:${'0'.repeat(64)}`,
      versionChanges: changed && action !== 'stop' ? ['ref v1.3.2 → v1.4.0'] : [],
      refusals: [],
    },
  };
}

const COMMON = { file: 'nomad-packs.yaml', environment: 'production', phases: [], timeline: [], notices: [] } as const;

const FAILURE = new ActionError(
  'unhealthy',
  'Job "orders" is not healthy: task "server" of group "orders" exited with code 1: no such table: users',
  { hint: 'The end of the task’s log is below. Correct the pack or its variables, and deploy again.' },
);

export const COMBINED_SCENARIOS: readonly CombinedScenario[] = [
  {
    name: 'many-failed',
    title: 'Deploy of a file, one of which fails',
    end: {
      ...COMMON,
      operation: 'deploy',
      status: 'failed',
      health: 'unhealthy',
      changed: true,
      failure: FAILURE,
      deployments: deploymentsOf('deploy', SHOP, (key) => {
        switch (key) {
          case 'orders':
            return { status: 'failed', health: 'unhealthy', changed: true, failure: FAILURE };
          case 'api':
          case 'web':
            return {
              status: 'unknown',
              health: 'unknown',
              jobs: [],
              failure: new ActionError('skipped', `\`${key}\` was not begun: \`orders\`, which it needs, failed.`),
            };
          case 'old':
            return { operation: 'destroy', status: 'absent', health: 'unknown', changed: true, jobs: [] };
          default:
            return { changed: key === 'accounts' };
        }
      }),
    },
  },
  {
    name: 'many-plan',
    title: 'Plan over a file',
    end: {
      ...COMMON,
      operation: 'plan',
      status: 'running',
      health: 'healthy',
      changed: true,
      planDigest: `sha256:${'1a2b'.repeat(16)}`,
      deployments: deploymentsOf('plan', SHOP, (key) => {
        if (key === 'old') return planOf(key, 'stop');
        return planOf(key, ['accounts', 'orders', 'web'].includes(key) ? 'update' : 'none');
      }),
    },
  },
];
