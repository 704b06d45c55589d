import { describe, expect, test } from '@jest/globals';
import type { AllocationMetric } from '../../src/nomad/api.ts';
import { describePlacementFailure, driversOf } from '../../src/nomad/placement.ts';
import { group, specification } from './rollout/support/moments.ts';

const metric = (more: Partial<AllocationMetric>): AllocationMetric => ({
  NodesEvaluated: 3,
  NodesFiltered: 0,
  NodesExhausted: 0,
  NodesAvailable: { dc1: 3 },
  ClassFiltered: null,
  ConstraintFiltered: null,
  ClassExhausted: null,
  DimensionExhausted: null,
  QuotaExhausted: null,
  CoalescedFailures: 0,
  ...more,
});

const missing = metric({ ConstraintFiltered: { 'missing drivers': 2 } });

describe('why nothing was placed', () => {
  test.each<[Partial<AllocationMetric>, string]>([
    [{ DimensionExhausted: { memory: 3 } }, 'not enough memory: 3 of 3 nodes exhausted'],
    [
      {
        DimensionExhausted: { memory: 1 },
        ResourcesExhausted: { server: { MemoryMB: 2_000 }, side: { MemoryMB: 500 } },
      },
      'no node has 2,500 MB of memory free: 1 of 3 nodes exhausted',
    ],
    [
      { DimensionExhausted: { cpu: 1 }, ResourcesExhausted: { server: { CPU: 900 } }, CoalescedFailures: 2 },
      'no node has 300 MHz of CPU free: 1 of 3 nodes exhausted',
    ],
    [
      { DimensionExhausted: { cores: 1 }, ResourcesExhausted: { server: { Cores: 8 } } },
      'no node has 8 CPU cores free: 1 of 3 nodes exhausted',
    ],
    [{ DimensionExhausted: { disk: 1 } }, 'not enough disk: 1 of 3 nodes exhausted'],
    [
      { DimensionExhausted: { memory: 1, cpu: 2 }, ConstraintFiltered: { b: 1, a: 2 } },
      'not enough cpu: 2 of 3 nodes exhausted; not enough memory: 1 of 3 nodes exhausted; the constraint "a" rules out 2 of 3 nodes; the constraint "b" rules out 1 of 3 nodes',
    ],
    [{ ConstraintFiltered: { a: 2 }, ClassFiltered: { big: 2 } }, 'the constraint "a" rules out 2 of 3 nodes'],
    [
      { ConstraintFiltered: { 'missing compatible host volumes': 3 } },
      '3 of 3 nodes lack what the group needs: missing compatible host volumes',
    ],
    [
      { ConstraintFiltered: { '${attr.consul.version} semver >= 1.8.0': 3 } },
      'the job needs Consul on the node, as a `service` block does without `provider = "nomad"`, and 3 of 3 nodes do not have it (${attr.consul.version} semver >= 1.8.0)',
    ],
    [
      { ConstraintFiltered: { '${attr.vault.version} semver >= 0.6.1': 1 } },
      'the job needs Vault on the node, and 1 of 3 nodes do not have it (${attr.vault.version} semver >= 0.6.1)',
    ],
    [
      { ClassFiltered: { big: 2, all: 1 } },
      '1 of 3 nodes ruled out in class "all"; 2 of 3 nodes ruled out in class "big"',
    ],
    [
      { QuotaExhausted: ['memory', 'cpu'] },
      'the namespace’s quota is used up: cpu; the namespace’s quota is used up: memory',
    ],
    [{}, 'none of 3 nodes would do'],
    [{ NodesEvaluated: 0 }, 'no node in the job’s datacenters is ready'],
    [{ NodesEvaluated: 0, NodePool: 'gpu' }, 'no node of node pool "gpu" in the job’s datacenters is ready'],
  ])('%j', (more, words) => {
    expect(describePlacementFailure(metric(more))).toBe(words);
    // Nomad tells of maps in any order.
    const reversed = Object.entries(more).map(([key, value]) => {
      const isMap = typeof value === 'object' && !Array.isArray(value) && value !== null;
      return [key, isMap ? Object.fromEntries(Object.entries(value).reverse()) : value] as const;
    });
    expect(describePlacementFailure(metric(Object.fromEntries(reversed)))).toBe(words);
  });

  test.each([
    [['docker'], '2 of 3 nodes lack the driver "docker"'],
    [['docker', 'exec'], '2 of 3 nodes lack at least one of the drivers "docker", "exec"'],
    [[], '2 of 3 nodes lack a driver that the group needs'],
  ])('missing drivers of %j', (drivers, words) => {
    expect(describePlacementFailure(missing, drivers)).toBe(words);
  });

  test('the drivers of a group are those of its tasks', () => {
    const tasks = ['exec', 'docker', 'exec'].map((Driver, index) => ({ Name: `t${index}`, Driver }));
    const job = specification({ TaskGroups: [group('side'), group('app', { Tasks: tasks })] });
    expect(driversOf(job, 'app')).toEqual(['docker', 'exec']);
    expect(driversOf(job, 'none')).toEqual([]);
    expect(driversOf(undefined, 'app')).toEqual([]);
  });
});
