import { illJobs } from './report/annotation.ts';
import { count } from './report/wording.ts';
import type { Headline, Operation, PlanData, Result } from './result.ts';
import type { InputName } from './settings/inputs.ts';

/** What is said at the end names these; both are empty where the operation is on no deployment. */
export interface Names {
  readonly deployment: string;
  readonly pack: string;
}

/** What there is to know of an operation without looking at how it works. */
interface Entry {
  /** The inputs without which it cannot begin. A pack that is a directory needs no registry, whatever is here. */
  readonly needs: readonly InputName[];
  /** Whether it runs nomad-pack whatever it finds in the cluster: then that is installed at once. */
  readonly runsNomadPack: boolean;
  /** Whether it may fetch the registry, whose host gets the token then. */
  readonly fetchesRegistry: boolean;
  readonly changesCluster: boolean;
  /** Which of two deployments of a file it works on first: the one that is needed, the one that needs it, or both at once. */
  readonly order: 'needed first' | 'needed last' | 'any';
  /** Whether it keeps a comment on the pull request. */
  readonly keepsComment: boolean;
  /** The one line that says how it went, where it went well. */
  readonly says: (result: Result, names: Names) => Headline;
  /** Its code, loaded when it is needed: a function of the deployment and the tools. */
  readonly load: () => Promise<unknown>;
}

const CLUSTER: readonly InputName[] = ['deployment_name', 'pack', 'nomad_addr'];
const REGISTRY_AND_CLUSTER: readonly InputName[] = [
  'deployment_name',
  'pack',
  'registry_name',
  'registry_source',
  'nomad_addr',
];

const loadAll = async () => await import('./operations/all.ts');

/** The operations, in the order in which they are listed. All that depends on which one is asked for is in this table. */
export const OPERATIONS = {
  deploy: {
    needs: REGISTRY_AND_CLUSTER,
    runsNomadPack: true,
    fetchesRegistry: true,
    changesCluster: true,
    order: 'needed first',
    keepsComment: false,
    says: sayDeployed,
    load: async () => (await loadAll()).deploy,
  },
  status: {
    needs: CLUSTER,
    runsNomadPack: false,
    fetchesRegistry: false,
    changesCluster: false,
    order: 'any',
    keepsComment: false,
    says: sayHowItIs,
    load: async () => (await loadAll()).status,
  },
  plan: {
    needs: REGISTRY_AND_CLUSTER,
    runsNomadPack: true,
    fetchesRegistry: true,
    changesCluster: false,
    order: 'any',
    keepsComment: true,
    says: sayPlanned,
    load: async () => (await loadAll()).plan,
  },
  render: {
    needs: ['pack', 'registry_name', 'registry_source'],
    runsNomadPack: true,
    fetchesRegistry: true,
    changesCluster: false,
    order: 'any',
    keepsComment: false,
    says: (_, { pack }) => done(`Pack \`${pack}\` is rendered`),
    load: async () => (await loadAll()).render,
  },
  validate: {
    needs: ['pack', 'registry_name', 'registry_source'],
    runsNomadPack: true,
    fetchesRegistry: true,
    changesCluster: false,
    order: 'any',
    keepsComment: false,
    says: (_, { pack }) => done(`Pack \`${pack}\` is valid`),
    load: async () => (await loadAll()).validate,
  },
  promote: {
    needs: CLUSTER,
    runsNomadPack: false,
    fetchesRegistry: false,
    changesCluster: true,
    order: 'needed first',
    keepsComment: false,
    says: (result, { deployment }) =>
      done(
        result.changed
          ? `\`${deployment}\` is promoted: ${jobsOf(result)} ${stateOf(result)}`
          : `\`${deployment}\` has nothing to promote`,
      ),
    load: async () => (await loadAll()).promote,
  },
  reject: {
    needs: CLUSTER,
    runsNomadPack: false,
    fetchesRegistry: false,
    changesCluster: true,
    order: 'needed last',
    keepsComment: false,
    says: (result, { deployment }) =>
      done(
        result.changed
          ? `The canaries of \`${deployment}\` are taken back: ${jobsOf(result)} ${stateOf(result)}`
          : `\`${deployment}\` has nothing to reject`,
      ),
    load: async () => (await loadAll()).reject,
  },
  rollback: {
    needs: CLUSTER,
    runsNomadPack: false,
    fetchesRegistry: true,
    changesCluster: true,
    order: 'needed last',
    keepsComment: false,
    says: sayRolledBack,
    load: async () => (await loadAll()).rollback,
  },
  stop: {
    needs: CLUSTER,
    runsNomadPack: false,
    fetchesRegistry: true,
    changesCluster: true,
    order: 'needed last',
    keepsComment: false,
    says: ({ changed }, { deployment }) =>
      done(changed ? `\`${deployment}\` is stopped` : `\`${deployment}\` had nothing to stop`),
    load: async () => (await loadAll()).remove,
  },
  destroy: {
    needs: CLUSTER,
    runsNomadPack: false,
    fetchesRegistry: true,
    changesCluster: true,
    order: 'needed last',
    keepsComment: false,
    says: ({ changed }, { deployment }) =>
      done(changed ? `\`${deployment}\` is destroyed` : `\`${deployment}\` is absent: there was nothing to destroy`),
    load: async () => (await loadAll()).remove,
  },
  setup: {
    needs: [],
    runsNomadPack: true,
    fetchesRegistry: false,
    changesCluster: false,
    order: 'any',
    keepsComment: false,
    says: ({ nomadPackVersion = '' }) => done(`nomad-pack ${nomadPackVersion} is installed`),
    load: async () => (await loadAll()).setup,
  },
  matrix: {
    needs: ['deployments_file'],
    runsNomadPack: false,
    fetchesRegistry: false,
    changesCluster: false,
    order: 'any',
    keepsComment: false,
    says: ({ matrix = [] }) => done(`The matrix has ${count(matrix.length, 'job')}`),
    load: async () => (await loadAll()).matrix,
  },
} as const satisfies Readonly<Record<Operation, Entry>>;

export const OPERATION_NAMES = Object.keys(OPERATIONS) as Operation[];

function sayDeployed(result: Result, { deployment }: Names): Headline {
  if (result.jobs.some(({ awaitsPromotion }) => awaitsPromotion))
    return { icon: '🐤', text: `The canaries of \`${deployment}\` are healthy, and wait to be promoted or rejected` };
  if (!result.changed)
    return done(`\`${deployment}\` was deployed already: nothing changed, ${jobsOf(result)} ${stateOf(result)}`);
  if (result.status === 'pending')
    return {
      icon: '⏳',
      text: `\`${deployment}\` is registered, and nobody waited for its rollout (${jobsOf(result)})`,
    };
  return done(`\`${deployment}\` is deployed: ${jobsOf(result)} ${stateOf(result)}`);
}

function sayRolledBack(result: Result, { deployment }: Names): Headline {
  const { planData, isDryRun = false, changed } = result;
  if (!changed) return done(`\`${deployment}\` is at that version already: ${jobsOf(result)} ${stateOf(result)}`);
  if (isDryRun && planData !== undefined)
    return { icon: '📝', text: `A rollback of \`${deployment}\` would ${sumUp(planData)}` };
  return done(`\`${deployment}\` went back: ${jobsOf(result)} ${stateOf(result)}`);
}

function sayHowItIs(result: Result, { deployment }: Names): Headline {
  const [ill] = illJobs(result);
  if (ill !== undefined) {
    const state = result.status === 'failed' ? 'has failed' : `is ${stateOf(result)}`;
    return { icon: statusIcon(result), text: `\`${deployment}\` ${state}: job "${ill.id}": ${ill.diagnosis.cause}` };
  }
  const jobs = result.jobs.length > 0 ? ` (${jobsOf(result)})` : '';
  return { icon: statusIcon(result), text: `\`${deployment}\` is ${stateOf(result)}${jobs}` };
}

function statusIcon({ status, health }: Result): string {
  if (health === 'unhealthy' || status === 'failed') return '❌';
  return health === 'healthy' || status === 'complete' ? '✅' : 'ℹ️';
}

function sayPlanned({ planData }: Result, { deployment }: Names): Headline {
  if (planData !== undefined && planData.refusals.length > 0) {
    return { icon: '⛔', text: `A deploy of \`${deployment}\` would be refused` };
  }
  if (planData === undefined || !planData.changed) return done(`A deploy of \`${deployment}\` would change nothing`);
  return { icon: '📝', text: `A deploy of \`${deployment}\` would ${sumUp(planData)}` };
}

/** `create 1 job, replace 2 jobs, write 1 Nomad variable` */
function sumUp({ jobs, variables = [] }: PlanData): string {
  const actions = ['create', 'update', 'replace', 'redeploy', 'stop'] as const;
  const written = variables.filter(({ action }) => action !== 'none').length;
  const sums = actions
    .map((action) => ({ action, number: jobs.filter((job) => job.action === action).length }))
    .filter(({ number }) => number > 0)
    .map(({ action, number }) => `${action} ${count(number, 'job')}`);
  return [...sums, ...(written > 0 ? [`write ${count(written, 'Nomad variable')}`] : [])].join(', ');
}

function jobsOf({ jobs }: Result): string {
  return count(jobs.length, 'job');
}

function stateOf({ status, health }: Result): string {
  return `${status}${health === 'unknown' ? '' : ` and ${health}`}`;
}

function done(text: string): Headline {
  return { icon: '✅', text };
}
