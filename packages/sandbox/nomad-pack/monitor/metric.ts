import type { AllocationMetric } from '../nomad/types.ts';

/** Why something could not be placed, a reason a line. */
export function describeMetric(metric: AllocationMetric): string[] {
  const counted = (
    counts: Readonly<Record<string, number>> | null | undefined,
    line: (name: string, count: number) => string,
  ) => Object.entries(counts ?? {}).map(([name, count]) => line(name, count));
  return [
    ...(metric.NodesEvaluated === 0 ? ['No nodes were eligible for evaluation'] : []),
    ...counted(metric.NodesAvailable, (name, count) =>
      count === 0 ? `No nodes are available in datacenter "${name}"` : '',
    ),
    ...counted(metric.ClassFiltered, (name, count) => `Class "${name}": ${count} nodes excluded by filter`),
    ...counted(metric.ConstraintFiltered, (name, count) => `Constraint "${name}": ${count} nodes excluded by filter`),
    ...(metric.NodesExhausted > 0 ? [`Resources exhausted on ${metric.NodesExhausted} nodes`] : []),
    ...counted(metric.ClassExhausted, (name, count) => `Class "${name}" exhausted on ${count} nodes`),
    ...counted(metric.DimensionExhausted, (name, count) => `Dimension "${name}" exhausted on ${count} nodes`),
    ...(metric.QuotaExhausted ?? []).map((name) => `Quota limit hit "${name}"`),
  ].filter((line) => line !== '');
}
