import { formatDuration, millisecond } from '../clock.ts';
import type { Task, TaskState, UpdateStrategy } from '../types.ts';
import type { Checks } from './checks.ts';

/** What the health of an allocation is judged by. */
export type HealthStrategy = Pick<UpdateStrategy, 'HealthCheck' | 'MinHealthyTime' | 'HealthyDeadline'>;

export interface Verdict {
  readonly healthy: boolean;
  /** Per task, why the allocation is unhealthy. */
  readonly reasons: Readonly<Record<string, string>>;
}

/**
 * Decides once whether an allocation of a deployment is healthy: when all of its tasks have run, and its health checks passed, for
 * `min_healthy_time`, when a task has failed, or when `healthy_deadline` has passed.
 */
export class HealthTracker {
  private readonly tasks: readonly Task[];
  private readonly strategy: HealthStrategy;
  private readonly checks: Checks | undefined;
  private readonly decided: (verdict: Verdict) => void;
  private readonly deadline: NodeJS.Timeout;
  private lasting: NodeJS.Timeout | undefined;
  private states: Readonly<Record<string, TaskState>> = {};
  private done = false;

  /** @param checks those that count; undefined where tasks alone do */
  constructor(
    tasks: readonly Task[],
    strategy: HealthStrategy,
    checks: Checks | undefined,
    decided: (verdict: Verdict) => void,
  ) {
    this.tasks = tasks;
    this.strategy = strategy;
    this.checks = checks;
    this.decided = decided;
    this.deadline = setTimeout(() => this.decide(false), strategy.HealthyDeadline / millisecond);
  }

  update(states: Readonly<Record<string, TaskState>>): void {
    this.states = states;
    if (this.done) return;
    clearTimeout(this.lasting);
    this.lasting = undefined;
    const watched = this.tasks.filter((task) => isWatched(task));
    const all = watched.map((task) => ({ task, state: states[task.Name] }));
    if (all.some(({ task, state }) => state?.Failed === true || (state?.State === 'dead' && isLasting(task)))) {
      this.decide(false);
      return;
    }
    const ready = all.every(
      ({ task, state }) => state?.State === 'running' || (!isLasting(task) && state?.State === 'dead'),
    );
    const passing = this.checks === undefined ? 0 : this.checks.passingSince;
    if (!ready || passing === undefined) return;
    const latest = Math.max(passing, ...all.map(({ state }) => Date.parse(state?.StartedAt ?? '')));
    const remaining = latest + this.strategy.MinHealthyTime / millisecond - Date.now();
    this.lasting = setTimeout(() => this.decide(true), Math.max(0, remaining));
  }

  stop(): void {
    this.done = true;
    clearTimeout(this.deadline);
    clearTimeout(this.lasting);
  }

  private decide(healthy: boolean): void {
    this.stop();
    const reasons = this.tasks.flatMap((task): [string, string][] => {
      const reason = this.reason(task);
      return reason === undefined ? [] : [[task.Name, reason]];
    });
    this.decided({ healthy, reasons: healthy ? {} : Object.fromEntries(reasons) });
  }

  private reason(task: Task): string | undefined {
    const state = this.states[task.Name];
    const deadline = formatDuration(this.strategy.HealthyDeadline);
    if (state?.Failed === true) return 'Unhealthy because of failed task';
    if (state === undefined || state.State === 'pending') return `Task not running by healthy_deadline of ${deadline}`;
    if (state.State === 'dead') return isLasting(task) ? 'Unhealthy because of dead task' : undefined;
    const minimum = formatDuration(this.strategy.MinHealthyTime);
    return `Task not running for min_healthy_time of ${minimum} by healthy_deadline of ${deadline}`;
  }
}

/** Tasks that run after the main ones have ended say nothing about a rollout. */
function isWatched(task: Task): boolean {
  return task.Lifecycle?.Hook !== 'poststop';
}

/** Whether the task has to go on running for the allocation to be healthy. */
function isLasting(task: Task): boolean {
  return task.Lifecycle === null || task.Lifecycle.Sidecar;
}
