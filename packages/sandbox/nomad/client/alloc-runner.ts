import { nowNanoseconds, timestamp } from '../clock.ts';
import type { State } from '../state.ts';
import type { Allocation, ClientStatus, Node, TaskGroup, TaskState } from '../types.ts';
import { type CheckResult, Checks } from './checks.ts';
import * as events from './events.ts';
import { type HealthStrategy, HealthTracker, type Verdict } from './health.ts';
import { Ports } from './ports.ts';
import { TaskRunner } from './task-runner.ts';
import type { Watchdog } from './watchdog.ts';

export interface AllocHost {
  readonly state: State;
  readonly root: string;
  readonly node: Node;
  readonly watchdog: Watchdog;
  /** Resolves when the allocation has ended, at once where it is unknown. */
  readonly ended: (allocationId: string) => Promise<void>;
}

/** Runs the tasks of one allocation and reports what becomes of them. */
export class AllocRunner {
  /** Resolves when all tasks are dead and the state knows it. */
  readonly finished: Promise<void>;
  private readonly id: string;
  private readonly host: AllocHost;
  private readonly runners: readonly TaskRunner[];
  private readonly ports: Ports;
  private checks: Checks | undefined;
  private health: HealthTracker | undefined;
  private healthOf = '';
  private verdict: Verdict | undefined;
  private stopping = false;
  private reporting: NodeJS.Immediate | undefined;

  constructor(alloc: Allocation, host: AllocHost) {
    this.id = alloc.ID;
    this.host = host;
    const group = alloc.Job.TaskGroups.find(({ Name }) => Name === alloc.TaskGroup);
    const changed = () => this.changed();
    this.ports = new Ports(group);
    const { environment } = this.ports;
    this.runners = (group?.Tasks ?? []).map((task) => new TaskRunner(alloc, task, { ...host, environment, changed }));
    if (group !== undefined) this.checks = new Checks(alloc, group, this.ports, changed);
    this.watchHealth(alloc);
    this.finished = this.run(alloc);
  }

  /** Follows an allocation that was updated in place: a new deployment judges its health anew. */
  update(alloc: Allocation): void {
    if (alloc.DesiredStatus === 'stop') this.stop();
    else if (alloc.DeploymentID !== this.healthOf) this.watchHealth(alloc);
  }

  /** What came of the health checks so far. */
  get checkResults(): readonly CheckResult[] {
    return this.checks?.results ?? [];
  }

  stop(): void {
    if (this.stopping) return;
    this.stopping = true;
    this.checks?.stop();
    this.health?.stop();
    for (const runner of this.runners) if (runner.task.Lifecycle?.Hook !== 'poststop') runner.kill();
  }

  private async run(alloc: Allocation): Promise<void> {
    if (alloc.PreviousAllocation !== '') await this.host.ended(alloc.PreviousAllocation);
    const wrong = this.ports.complaint(alloc);
    if (wrong !== undefined) {
      this.checks?.stop();
      for (const runner of this.runners) runner.refuse(events.setupFailure(wrong));
      this.report();
      return;
    }
    const hook = (name: string) => this.runners.filter((runner) => runner.task.Lifecycle?.Hook === name);
    const main = this.runners.filter((runner) => runner.task.Lifecycle === null);
    const sidecars: Promise<void>[] = [];
    for (const runner of hook('prestart')) {
      const ended = runner.run();
      if (runner.task.Lifecycle?.Sidecar === true) sidecars.push(ended);
      else await ended;
    }
    const prestartFailed = hook('prestart').some((runner) => runner.state.Failed);
    if (prestartFailed)
      for (const runner of main) runner.kill(events.siblingFailed(hook('prestart')[0]?.task.Name ?? ''));
    const mainEnded = main.map((runner) => this.runMain(runner));
    const poststart = hook('poststart').map((runner) => runner.run());
    await Promise.all(mainEnded);
    for (const runner of this.runners) {
      if (runner.task.Lifecycle?.Sidecar === true) runner.kill(events.mainTasksDead());
    }
    await Promise.all([...sidecars, ...poststart]);
    for (const runner of hook('poststop')) await runner.run();
    this.checks?.stop();
    this.health?.update(this.taskStates());
    this.report();
  }

  /** A main task that fails takes the others with it. */
  private async runMain(runner: TaskRunner): Promise<void> {
    await runner.run();
    if (!runner.state.Failed) return;
    const others = this.runners.filter((other) => other !== runner && other.task.Lifecycle?.Hook !== 'poststop');
    for (const other of others) other.kill(events.siblingFailed(runner.task.Name));
  }

  private watchHealth(alloc: Allocation): void {
    this.health?.stop();
    this.health = undefined;
    this.verdict = undefined;
    this.healthOf = alloc.DeploymentID;
    const group = alloc.Job.TaskGroups.find((candidate) => candidate.Name === alloc.TaskGroup);
    const strategy = group === undefined ? undefined : this.strategyOf(alloc, group);
    if (group === undefined || strategy === undefined || strategy.HealthCheck === 'manual') return;
    const checks = strategy.HealthCheck === 'task_states' ? undefined : this.checks;
    this.health = new HealthTracker(group.Tasks, strategy, checks, (verdict) => {
      this.verdict = verdict;
      for (const runner of this.runners) {
        const reason = verdict.reasons[runner.task.Name];
        if (reason !== undefined) runner.note(events.unhealthy(reason));
      }
      this.changed();
    });
    this.health.update(this.taskStates());
  }

  /** What an allocation's health is judged by: of one that has taken the place of a stopped one, what its group says of migrations. */
  private strategyOf(alloc: Allocation, group: TaskGroup): HealthStrategy | undefined {
    if (alloc.DeploymentID !== '') return group.Update ?? undefined;
    const previous = this.host.state.allocation(alloc.PreviousAllocation);
    return previous?.DesiredTransition.Migrate === true ? (group.Migrate ?? undefined) : undefined;
  }

  private taskStates(): Record<string, TaskState> {
    return Object.fromEntries(this.runners.map((runner) => [runner.task.Name, runner.state]));
  }

  /** Changes that come together are reported together, as a client's are. */
  private changed(): void {
    if (this.reporting !== undefined) return;
    this.reporting = setImmediate(() => {
      this.reporting = undefined;
      if (!this.stopping) this.health?.update(this.taskStates());
      this.report();
    });
  }

  private report(): void {
    const alloc = this.host.state.allocation(this.id);
    if (alloc === undefined) return;
    const states = this.taskStates();
    const [status, description] = clientStatus(Object.values(states));
    this.host.state.commit((index) => {
      const written = this.host.state.putAllocation({
        ...alloc,
        TaskStates: states,
        ClientStatus: status,
        ClientDescription: description,
        DeploymentStatus: this.deploymentStatus(alloc, index),
        ModifyTime: nowNanoseconds(),
      });
      countHealth(this.host.state, alloc, written);
    });
  }

  private deploymentStatus(alloc: Allocation, index: number): Allocation['DeploymentStatus'] {
    const { verdict } = this;
    if (verdict === undefined || alloc.DeploymentStatus?.Healthy === verdict.healthy) return alloc.DeploymentStatus;
    return {
      Canary: alloc.DeploymentStatus?.Canary ?? false,
      Healthy: verdict.healthy,
      ModifyIndex: index,
      Timestamp: timestamp(nowNanoseconds()),
    };
  }
}

function clientStatus(states: readonly TaskState[]): [ClientStatus, string] {
  if (states.some((state) => state.State === 'dead' && state.Failed)) return ['failed', 'Failed tasks'];
  if (states.some((state) => state.State === 'running')) return ['running', 'Tasks are running'];
  if (states.some((state) => state.State === 'pending')) return ['pending', 'No tasks have started'];
  return ['complete', 'All tasks have completed'];
}

/** Counts an allocation's health in its deployment; a healthy one gives the group new time to progress. */
function countHealth(state: State, before: Allocation, after: Allocation): void {
  const was = before.DeploymentStatus?.Healthy ?? null;
  const is = after.DeploymentStatus?.Healthy ?? null;
  const deployment = state.deployment(after.DeploymentID);
  const group = deployment?.TaskGroups[after.TaskGroup];
  if (deployment === undefined || group === undefined || was === is) return;
  const progress =
    is === true && group.ProgressDeadline !== 0 ? timestamp(nowNanoseconds() + group.ProgressDeadline) : null;
  const counted = {
    ...group,
    HealthyAllocs: group.HealthyAllocs + Number(is === true) - Number(was === true),
    UnhealthyAllocs: group.UnhealthyAllocs + Number(is === false) - Number(was === false),
    RequireProgressBy: progress ?? group.RequireProgressBy,
  };
  state.putDeployment({
    ...deployment,
    TaskGroups: { ...deployment.TaskGroups, [after.TaskGroup]: counted },
    ModifyTime: nowNanoseconds(),
  });
}
