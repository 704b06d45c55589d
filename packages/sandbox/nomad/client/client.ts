import { nowNanoseconds } from '../clock.ts';
import { newId } from '../ids.ts';
import { isActive, isClientTerminal } from '../job-status.ts';
import { isEligible } from '../scheduler/reschedule.ts';
import { type Change, newEvaluation, type State } from '../state.ts';
import type { Allocation, Node } from '../types.ts';
import { AllocRunner } from './alloc-runner.ts';
import type { CheckResult } from './checks.ts';
import { Watchdog } from './watchdog.ts';

/** The one node's client: starts and stops allocations as the state wants them. */
export class Client {
  private readonly state: State;
  private readonly node: Node;
  private readonly root: string;
  private readonly watchdog: Watchdog;
  private readonly resourcesFreed: () => void;
  private readonly runners = new Map<string, AllocRunner>();
  private readonly ended = new Set<string>();
  private stopped = false;

  /** @param root the directory of the allocations' files; it is removed when the client stops. */
  constructor(state: State, node: Node, root: string, resourcesFreed: () => void) {
    this.state = state;
    this.node = node;
    this.root = root;
    this.watchdog = new Watchdog(root);
    this.resourcesFreed = resourcesFreed;
    state.events.on('change', (change) => this.follow(change));
  }

  /** What came of an allocation's health checks; none of one that does not run. */
  checkResults(allocationId: string): readonly CheckResult[] {
    return this.runners.get(allocationId)?.checkResults ?? [];
  }

  /** Kills every task; resolves when the processes and their files are gone. */
  async stop(): Promise<void> {
    this.stopped = true;
    const runners = [...this.runners.values()];
    for (const runner of runners) runner.stop();
    await this.watchdog.stop();
    await Promise.all(runners.map((runner) => runner.finished));
  }

  private follow(change: Change): void {
    for (const id of change.allocations) {
      const alloc = this.state.allocation(id);
      if (alloc !== undefined) this.followAllocation(alloc);
    }
  }

  private followAllocation(alloc: Allocation): void {
    const runner = this.runners.get(alloc.ID);
    if (isClientTerminal(alloc)) this.noteEnd(alloc);
    else if (runner !== undefined) runner.update(alloc);
    else if (alloc.DesiredStatus === 'stop') this.complete(alloc);
    else if (alloc.ClientStatus === 'pending' && !this.stopped) this.start(alloc);
  }

  private start(alloc: Allocation): void {
    const runner = new AllocRunner(alloc, {
      state: this.state,
      root: this.root,
      node: this.node,
      watchdog: this.watchdog,
      ended: async (id) => {
        await this.runners.get(id)?.finished;
      },
    });
    this.runners.set(alloc.ID, runner);
    runner.finished.finally(() => this.runners.delete(alloc.ID));
  }

  /** An allocation without processes, from a seeded job, is over as soon as it is told to stop. */
  private complete(alloc: Allocation): void {
    setImmediate(() => {
      const ClientDescription = 'All tasks have completed';
      this.state.commit(() => this.state.putAllocation({ ...alloc, ClientStatus: 'complete', ClientDescription }));
    });
  }

  private noteEnd(alloc: Allocation): void {
    if (this.ended.has(alloc.ID)) return;
    this.ended.add(alloc.ID);
    setImmediate(() => {
      if (this.stopped) return;
      this.evaluateFailure(alloc);
      this.resourcesFreed();
    });
  }

  /** A failed allocation that may be tried again gets an evaluation of its own. */
  private evaluateFailure(alloc: Allocation): void {
    const policy = alloc.Job.TaskGroups.find((group) => group.Name === alloc.TaskGroup)?.ReschedulePolicy;
    const job = this.state.job(alloc.Namespace, alloc.JobID);
    const deployment = this.state.deployment(alloc.DeploymentID);
    if (policy === null || policy === undefined || job === undefined || alloc.DesiredStatus === 'stop') return;
    // While its deployment is active, that decides about replacements.
    if (deployment !== undefined && isActive(deployment)) return;
    if (!isEligible(alloc, policy, nowNanoseconds())) return;
    this.state.commit(() => {
      const evaluation = newEvaluation(job, newId(), 'alloc-failure');
      this.state.putEvaluation({ ...evaluation, JobModifyIndex: job.ModifyIndex });
    });
  }
}
