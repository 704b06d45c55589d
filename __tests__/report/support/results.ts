import { ActionError } from '../../../src/errors.ts';
import type { History, JobChange, JobState, PlanData, Result } from '../../../src/result.ts';
import type { DeploymentSettings, Settings } from '../../../src/settings/settings.ts';

/** The end of a step, as the report is given it. */
export interface Scenario {
  /** Of files. */
  readonly name: string;
  readonly title: string;
  readonly result: Result;
  readonly settings: Settings | undefined;
  /** How long the step took. Milliseconds. */
  readonly end: number;
}

const NOMAD = 'https://nomad.example.com:4646';

export function settingsFor(operation: DeploymentSettings['operation']): DeploymentSettings {
  return {
    operation,
    deploymentName: 'shop-production',
    pack: { kind: 'registry', name: 'shop' },
    registry: { name: 'platform', source: 'https://github.com/example/packs.git', ref: 'v1.4.0' },
    variables: { plain: {}, files: [] },
    nomad: { address: NOMAD, namespace: 'production', tls: { skipVerify: false } },
    rollback: { dryRun: false },
    rollout: {
      wait: true,
      timeout: 900_000,
      waitFor: 'started',
      onFailure: 'keep',
      allowReplace: false,
      adoptJobs: [],
      preserveCounts: false,
      redeploy: false,
    },
    review: { failOnChanges: false, failOnUnhealthy: false, comment: 'auto' },
    nomadPack: { version: 'latest', mirror: 'https://releases.hashicorp.com' },
    passEnv: [],
    workspace: '/home/runner/work/shop/shop',
  };
}

export function job(id: string, changes: Partial<JobState> = {}): JobState {
  return {
    id,
    namespace: 'production',
    type: 'service',
    status: 'running',
    health: 'healthy',
    version: 12,
    nomadDeploymentId: '0d5f6b8e-2f0c-4c9b-a7a1-5d1a3f7f9c11',
    groups: [{ name: id, desired: 3, placed: 3, healthy: 3, unhealthy: 0 }],
    url: `${NOMAD}/ui/jobs/${id}@production`,
    ...changes,
  };
}

const CRON = job('shop-cleanup', { type: 'batch (periodic)', version: 4, groups: [] });

const SICK = job('shop-api', {
  status: 'failed',
  health: 'unhealthy',
  version: 13,
  groups: [
    { name: 'api', desired: 3, placed: 3, healthy: 1, unhealthy: 2 },
    { name: 'migrate', desired: 1, placed: 1, healthy: 1, unhealthy: 0 },
  ],
  diagnosis: {
    cause: 'task "server" of group "api" exited with code 1: no such table: users',
    reason: 'unhealthy',
    task: 'api/server',
    events: [
      'Started: Task started by client',
      'Terminated: Exit Code: 1',
      'Restarting: Task restarting in 15.2s',
      'Not Restarting: Exceeded allowed attempts 2 in interval 30m0s and mode is "fail"',
    ],
    log: [
      '2026/11/23 14:02:07 listening on :8080',
      '2026/11/23 14:02:08 GET /health',
      'panic: no such table: users',
      '',
      'goroutine 1 [running]:',
      'main.mustQuery(0x1400012e000)',
      '\t/src/shop/db.go:71 +0x1c4',
    ].join('\n'),
  },
});

const PHASES: History['phases'] = [
  { name: 'Install nomad-pack', start: 120, duration: 410 },
  { name: 'Fetch the pack', start: 540, duration: 830 },
  { name: 'Render the pack', start: 1_380, duration: 240 },
  { name: 'Compare with the cluster', start: 1_630, duration: 90 },
  { name: 'Run nomad-pack', start: 1_730, duration: 350 },
  { name: 'Watch the rollout', start: 2_090, duration: 18_200 },
];

const TIMELINE: History['timeline'] = [
  { at: 2_150, text: '0 of 3 healthy, 3 starting', job: 'shop-api' },
  { at: 2_160, text: '0 of 3 healthy, 3 starting', job: 'shop-web' },
  { at: 8_400, text: '2 of 3 healthy', job: 'shop-web' },
  { at: 11_900, text: '3 of 3 healthy', job: 'shop-web' },
  { at: 13_100, text: '1 of 3 healthy; task "server" restarts', job: 'shop-api' },
  { at: 20_200, text: 'the rollout’s end', job: 'shop-api' },
];

function change(id: string, action: JobChange['action'], changes: Partial<JobChange> = {}): JobChange {
  const none = { create: 0, updateInPlace: 0, replace: 0, stop: 0, unchanged: 0 };
  const groups: Record<JobChange['action'], JobChange['groups']> = {
    create: [{ ...none, name: id, create: 3 }],
    update: [{ ...none, name: id, updateInPlace: 3 }],
    replace: [{ ...none, name: id, replace: 1, unchanged: 2 }],
    redeploy: [{ ...none, name: id, replace: 3 }],
    stop: [],
    none: [{ ...none, name: id, unchanged: 3 }],
  };
  return {
    id,
    namespace: 'production',
    action,
    groups: groups[action],
    placementFailures: [],
    basedOn: 4_711,
    diff: [],
    ...changes,
    fields: (changes.diff ?? []).map(fieldOf),
  };
}

function fieldOf(line: string): JobChange['fields'][number] {
  const [, sign, path = '', before, after] = /^([+~-]) (.*?): (".*?")(?: => (".*"))?$/.exec(line) ?? [];
  const [old, now] = sign === '+' ? [undefined, before] : [before, after];
  return {
    sign: sign as '+' | '-' | '~',
    path,
    ...(old !== undefined && { before: JSON.parse(old) }),
    ...(now !== undefined && { after: JSON.parse(now) }),
    isDefault: false,
  };
}

const PLAN: PlanData = {
  changed: true,
  digest: 'sha256:5f1a0f3e8b7b4f0b9a6d2c1e9d8c7b6a5f4e3d2c1b0a99887766554433221100',
  versionChanges: ['ref v1.3.2 → v1.4.0'],
  refusals: [],
  jobs: [
    change('shop-api', 'replace', {
      diff: [
        '~ group "api" > task "server" > Config > image: "shop/api:1.3.2" => "shop/api:1.4.0"',
        '+ group "api" > task "server" > Env > FEATURE_CHECKOUT: "true"',
        '- group "api" > task "server" > Env > LEGACY_CART: "1"',
        '~ Meta > pack.version: "v1.3.2" => "v1.4.0"',
      ],
    }),
    change('shop-web', 'update', {
      diff: ['~ Meta > pack.version: "v1.3.2" => "v1.4.0"', '~ group "shop-web" > Count: "3" => "4"'],
    }),
    change('shop-search', 'create', {
      placementFailures: ['shop-search: no node has 16,384 MB of memory free: 5 of 5 nodes exhausted'],
      diff: ['+ ID: "shop-search"', '+ Name: "shop-search"', '+ Type: "service"'],
    }),
    change('shop-worker', 'stop'),
    change('shop-cleanup', 'none'),
  ],
};

const UNCHANGED: PlanData = {
  changed: false,
  digest: 'sha256:0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9',
  versionChanges: [],
  refusals: [],
  jobs: [change('shop-api', 'none'), change('shop-web', 'none')],
};

const PLAN_TEXT = `+/- Job: "shop-api"
+/- Task Group: "api" (1 create/destroy update, 2 ignore)
  +/- Task: "server" (forces create/destroy update)
    +/- Config {
      +/- image: "shop/api:1.3.2" => "shop/api:1.4.0"
    }

Scheduler dry-run:
- All tasks successfully allocated.

Plan succeeded`;

const FOUND = { registrySha: 'a94a8fe5ccb19ba61c4c0873d391e987982fbbd3', nomadPackVersion: '0.4.2' };

function scenario(
  name: string,
  title: string,
  operation: DeploymentSettings['operation'],
  result: Partial<Result>,
  end = 20_400,
): Scenario {
  return {
    name,
    title,
    settings: settingsFor(operation),
    end,
    result: {
      operation,
      status: 'running',
      health: 'healthy',
      changed: false,
      jobs: [],
      phases: [],
      timeline: [],
      notices: [],
      ...FOUND,
      ...result,
    },
  };
}

/** The main scenarios, in the order of a deployment's life. */
export const SCENARIOS: readonly Scenario[] = [
  scenario('deploy-good', 'Deploy that goes well', 'deploy', {
    changed: true,
    jobs: [
      job('shop-api'),
      job('shop-web', { groups: [{ name: 'web', desired: 4, placed: 4, healthy: 4, unhealthy: 0 }] }),
      CRON,
    ],
    phases: PHASES,
    timeline: TIMELINE.filter(({ job }) => job === 'shop-web'),
    notices: ['No longer in the pack, so they will stop: shop-worker (production).'],
  }),
  scenario(
    'deploy-unchanged',
    'Deploy that changes nothing',
    'deploy',
    {
      jobs: [job('shop-api'), job('shop-web'), CRON],
      phases: PHASES.slice(0, 4),
    },
    1_800,
  ),
  scenario(
    'deploy-pending',
    'Deploy that does not wait',
    'deploy',
    {
      status: 'pending',
      health: 'unknown',
      changed: true,
      jobs: [
        job('shop-api', {
          status: 'pending',
          health: 'unknown',
          groups: [{ name: 'api', desired: 3, placed: 0, healthy: 0, unhealthy: 0 }],
        }),
      ],
      phases: PHASES.slice(0, 5),
    },
    2_100,
  ),
  scenario('deploy-failed', 'Deploy that fails', 'deploy', {
    status: 'failed',
    health: 'unhealthy',
    changed: true,
    jobs: [SICK, job('shop-web'), CRON],
    phases: PHASES,
    timeline: TIMELINE,
    failure: new ActionError(
      'unhealthy',
      'Job "shop-api" is not healthy: task "server" of group "api" exited with code 1: no such table: users',
      {
        hint: 'The end of the task’s log is below. Correct the pack or its variables, and deploy again; `on_failure: revert` would have gone back to the version before.',
      },
    ),
  }),
  scenario(
    'deploy-reverted',
    'Deploy that is reverted',
    'deploy',
    {
      status: 'reverted',
      health: 'healthy',
      changed: true,
      jobs: [
        {
          ...SICK,
          status: 'running',
          health: 'healthy',
          version: 14,
          groups: [{ name: 'api', desired: 3, placed: 3, healthy: 3, unhealthy: 0 }],
        },
        job('shop-web'),
      ],
      phases: [...PHASES, { name: 'Go back', start: 20_300, duration: 6_100 }],
      timeline: TIMELINE,
      notices: ['shop-api (production) went back from version 13 to version 12, as version 14.'],
      failure: new ActionError(
        'unhealthy',
        'Job "shop-api" is not healthy: task "server" of group "api" exited with code 1\nThe jobs went back to the versions they had before.',
        {
          hint: 'Correct the pack or its variables, and deploy again.',
        },
      ),
    },
    26_600,
  ),
  scenario('deploy-cancelled', 'Deploy that is cancelled', 'deploy', {
    status: 'cancelled',
    health: 'unknown',
    changed: true,
    jobs: [job('shop-api', { status: 'pending', health: 'unknown', version: 13 })],
    phases: PHASES,
    timeline: TIMELINE.slice(0, 2),
    failure: new ActionError('cancelled', 'The step was cancelled.', {
      hint: 'Run the workflow again when you want it to go on.',
    }),
  }),
  scenario(
    'plan-changes',
    'Plan with changes',
    'plan',
    {
      changed: true,
      planData: PLAN,
      plan: PLAN_TEXT,
      jobs: [job('shop-api'), job('shop-web'), job('shop-worker'), CRON],
      phases: [...PHASES.slice(0, 3), { name: 'Plan', start: 1_640, duration: 420 }],
    },
    2_200,
  ),
  scenario(
    'plan-none',
    'Plan without changes',
    'plan',
    {
      planData: UNCHANGED,
      plan: 'Plan succeeded',
      jobs: [job('shop-api'), job('shop-web')],
      phases: PHASES.slice(0, 3),
    },
    1_700,
  ),
  scenario(
    'plan-refused',
    'Plan of what would be refused',
    'plan',
    {
      changed: true,
      planData: {
        ...PLAN,
        jobs: [change('shop-api', 'replace')],
        refusals: [
          'Job `shop-api` (production) belongs to pack `legacy`, deployment `shop-production`, and would be replaced',
        ],
      },
    },
    1_700,
  ),
  scenario(
    'status',
    'Status',
    'status',
    {
      status: 'running',
      health: 'unhealthy',
      jobs: [
        { ...SICK, status: 'running' },
        job('shop-web'),
        job('shop-report', {
          type: 'batch',
          status: 'complete',
          groups: [{ name: 'report', desired: 1, placed: 1, healthy: 1, unhealthy: 0 }],
        }),
      ],
      phases: [{ name: 'Ask Nomad', start: 100, duration: 60 }],
    },
    240,
  ),
  scenario(
    'destroy',
    'Destroy',
    'destroy',
    { status: 'absent', health: 'unknown', changed: true, phases: PHASES.slice(0, 3) },
    3_400,
  ),
  scenario('destroy-absent', 'Destroy of nothing', 'destroy', { status: 'absent', health: 'unknown' }, 240),
  {
    name: 'input-error',
    title: 'Wrong inputs',
    settings: undefined,
    end: 40,
    result: {
      operation: 'deploy',
      status: 'unknown',
      health: 'unknown',
      changed: false,
      jobs: [],
      phases: [],
      timeline: [],
      notices: [],
      failure: new ActionError(
        'input',
        '3 inputs are wrong.\nInput `wait_timeout` must be a duration such as `90s`, `15m` or `1h30m` (got `10`).\nInput `on_failure` must be one of `keep`, `revert` (got `rollback`; did you mean `revert`?).\nInput `pack` is missing or empty; `deploy` needs it.',
        {
          hint: 'Correct `wait_timeout`, `on_failure`, `pack` under `with:`. The README says what each input takes.',
        },
      ),
    },
  },
  {
    name: 'setup',
    title: 'Setup',
    settings: {
      operation: 'setup',
      nomadPack: { version: 'latest', mirror: 'https://releases.hashicorp.com' },
      passEnv: [],
    },
    end: 1_200,
    result: {
      operation: 'setup',
      status: 'unknown',
      health: 'unknown',
      changed: false,
      jobs: [],
      phases: [PHASES[0] ?? { name: 'Install nomad-pack', start: 0, duration: 0 }],
      timeline: [],
      notices: [],
      ...FOUND,
    },
  },
];
