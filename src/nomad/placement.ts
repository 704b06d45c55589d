import type { AllocationMetric, Job } from './api.ts';

type Asked = NonNullable<AllocationMetric['ResourcesExhausted']>[string];

/** The dimensions of `DimensionExhausted` that `ResourcesExhausted` says the amounts of. */
const dimensions: Readonly<Record<string, { readonly unit: string; readonly amount: (asked: Asked) => number }>> = {
  memory: { unit: 'MB of memory', amount: (asked) => asked.MemoryMB ?? 0 },
  cpu: { unit: 'MHz of CPU', amount: (asked) => asked.CPU ?? 0 },
  cores: { unit: 'CPU cores', amount: (asked) => asked.Cores ?? 0 },
};

/** Nomad's word for nodes that lack a driver of the task group; it does not say which. */
const missingDrivers = 'missing drivers';

/** The drivers that the tasks of a group need, sorted. */
export function driversOf(job: Pick<Job, 'TaskGroups'> | undefined, group: string): string[] {
  const tasks = job?.TaskGroups?.find(({ Name }) => Name === group)?.Tasks ?? [];
  return [...new Set(tasks.map(({ Driver }) => Driver))].sort();
}

/**
 * Why Nomad found no place for a task group, in words for a reader and without a full stop at the end:
 * `no node has 999,999 MB of memory free: 1 of 1 nodes exhausted`. Several causes are joined with `; `.
 *
 * @param drivers those that the group's tasks need
 */
export function describePlacementFailure(metric: AllocationMetric, drivers: readonly string[] = []): string {
  const causes = [...exhausted(metric), ...filtered(metric, drivers), ...quotas(metric)];
  if (causes.length > 0) return causes.join('; ');
  if (metric.NodesEvaluated === 0) return noNodes(metric);
  return `none of ${number(metric.NodesEvaluated)} nodes would do`;
}

function exhausted(metric: AllocationMetric): string[] {
  return sortedEntries(metric.DimensionExhausted).map(([dimension, nodes]) => {
    const share = `${shareOf(nodes, metric)} exhausted`;
    const known = dimensions[dimension];
    const amount = known === undefined ? 0 : askedFor(metric, known.amount);
    if (known === undefined || amount === 0) return `not enough ${dimension}: ${share}`;
    return `no node has ${number(amount)} ${known.unit} free: ${share}`;
  });
}

/** What the tasks of one allocation ask for together: Nomad adds it up over all allocations that failed for the same cause. */
function askedFor(
  { ResourcesExhausted, CoalescedFailures }: AllocationMetric,
  amount: (asked: Asked) => number,
): number {
  const sum = Object.values(ResourcesExhausted ?? {}).reduce((total, asked) => total + amount(asked), 0);
  return sum / (CoalescedFailures + 1);
}

function filtered(metric: AllocationMetric, drivers: readonly string[]): string[] {
  const constraints = sortedEntries(metric.ConstraintFiltered).map(([constraint, nodes]) =>
    describeConstraint(constraint, shareOf(nodes, metric), drivers),
  );
  const classes = sortedEntries(metric.ClassFiltered).map(
    ([name, nodes]) => `${shareOf(nodes, metric)} ruled out in class "${name}"`,
  );
  // Nomad counts a node by its constraint and by its class; the constraint tells more.
  return constraints.length > 0 ? constraints : classes;
}

/** Nomad has one list for the constraints of a job, for those that it makes of other blocks, and for what nodes lack. */
function describeConstraint(constraint: string, share: string, drivers: readonly string[]): string {
  if (constraint === missingDrivers) return `${share} ${describeDrivers(drivers)}`;
  if (/^missing /.test(constraint)) return `${share} lack what the group needs: ${constraint}`;
  const service = /^\$\{attr\.(consul|vault)\./.exec(constraint)?.[1];
  if (service === undefined) return `the constraint "${constraint}" rules out ${share}`;
  const advice = service === 'consul' ? ', as a `service` block does without `provider = "nomad"`' : '';
  return `the job needs ${service === 'consul' ? 'Consul' : 'Vault'} on the node${advice}, and ${share} do not have it (${constraint})`;
}

/** What nodes lack, in words that follow their number. */
function describeDrivers(drivers: readonly string[]): string {
  const names = drivers.map((driver) => `"${driver}"`).join(', ');
  if (names === '') return 'lack a driver that the group needs';
  return drivers.length === 1 ? `lack the driver ${names}` : `lack at least one of the drivers ${names}`;
}

function quotas({ QuotaExhausted }: AllocationMetric): string[] {
  return [...(QuotaExhausted ?? [])].sort().map((limit) => `the namespace’s quota is used up: ${limit}`);
}

function noNodes({ NodePool }: AllocationMetric): string {
  const pool = NodePool === undefined || NodePool === '' ? '' : ` of node pool "${NodePool}"`;
  return `no node${pool} in the job’s datacenters is ready`;
}

function sortedEntries(record: Readonly<Record<string, number>> | null | undefined): [string, number][] {
  return Object.entries(record ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
}

function shareOf(nodes: number, { NodesEvaluated }: AllocationMetric): string {
  return `${number(nodes)} of ${number(NodesEvaluated)} nodes`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
