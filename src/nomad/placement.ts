import type { AllocationMetric } from './api.ts';

const units: Readonly<Record<string, string>> = {
  memory: 'MB of memory',
  cpu: 'MHz of CPU',
  cores: 'CPU cores',
  disk: 'MB of disk',
};

/** How Nomad names the dimensions in `DimensionExhausted`, and where `ResourcesExhausted` says how much was asked for. */
const dimensions: Readonly<Record<string, { unit: string; amount: (asked: Asked) => number }>> = {
  memory: { unit: 'memory', amount: (asked) => asked.MemoryMB ?? 0 },
  cpu: { unit: 'cpu', amount: (asked) => asked.CPU ?? 0 },
  cores: { unit: 'cores', amount: (asked) => asked.Cores ?? 0 },
  disk: { unit: 'disk', amount: (asked) => asked.DiskMB ?? 0 },
};

type Asked = NonNullable<AllocationMetric['ResourcesExhausted']>[string];

/**
 * Why Nomad found no place for a task group, in words for a reader and without a full stop at the end:
 * `no node has 999,999 MB of memory free: 1 of 1 nodes exhausted`. Several causes are joined with `; `.
 */
export function describePlacementFailure(metric: AllocationMetric): string {
  const causes = [...exhausted(metric), ...filtered(metric), ...quotas(metric)];
  if (causes.length > 0) return causes.join('; ');
  if (metric.NodesEvaluated === 0) return noNodes(metric);
  return `none of ${count(metric.NodesEvaluated, 'node')} would do`;
}

function exhausted(metric: AllocationMetric): string[] {
  const totals = sumAsked(metric);
  const of = metric.NodesEvaluated;
  return sortedEntries(metric.DimensionExhausted).map(([dimension, nodes]) => {
    const share = `${number(nodes)} of ${count(of, 'node')} exhausted`;
    const known = dimensions[dimension];
    const amount = known === undefined ? 0 : known.amount(totals);
    if (known === undefined || amount === 0) return `no node has enough of "${dimension}" free: ${share}`;
    return `no node has ${number(amount)} ${units[known.unit]} free: ${share}`;
  });
}

/** What all tasks of the group ask for together. */
function sumAsked({ ResourcesExhausted }: AllocationMetric): Asked {
  const sum = { CPU: 0, Cores: 0, MemoryMB: 0, DiskMB: 0 };
  for (const asked of Object.values(ResourcesExhausted ?? {})) {
    sum.CPU += asked.CPU ?? 0;
    sum.Cores += asked.Cores ?? 0;
    sum.MemoryMB += asked.MemoryMB ?? 0;
    sum.DiskMB += asked.DiskMB ?? 0;
  }
  return sum;
}

function filtered(metric: AllocationMetric): string[] {
  const of = metric.NodesEvaluated;
  const constraints = sortedEntries(metric.ConstraintFiltered).map(
    ([constraint, nodes]) => `the constraint "${constraint}" rules out ${number(nodes)} of ${count(of, 'node')}`,
  );
  const classes = sortedEntries(metric.ClassFiltered).map(
    ([name, nodes]) => `${number(nodes)} of ${count(of, 'node')} ruled out in class "${name}"`,
  );
  // Nomad counts a node by its constraint and by its class; the constraint tells more.
  return constraints.length > 0 ? constraints : classes;
}

function quotas({ QuotaExhausted }: AllocationMetric): string[] {
  return [...(QuotaExhausted ?? [])].sort().map((limit) => `the namespace’s quota is used up: ${limit}`);
}

function noNodes({ NodesAvailable, NodePool }: AllocationMetric): string {
  const empty = sortedEntries(NodesAvailable).flatMap(([name, nodes]) => (nodes === 0 ? [`"${name}"`] : []));
  const pool = NodePool === undefined || NodePool === '' ? '' : ` of node pool "${NodePool}"`;
  if (empty.length === 0) return `no node${pool} is eligible`;
  return `no node${pool} is in datacenter ${empty.join(', ')}`;
}

function sortedEntries(record: Readonly<Record<string, number>> | null | undefined): [string, number][] {
  return Object.entries(record ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
}

function count(amount: number, noun: string): string {
  return `${number(amount)} ${noun}${amount === 1 ? '' : 's'}`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
