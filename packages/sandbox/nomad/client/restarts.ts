import { formatDuration, nowNanoseconds } from '../clock.ts';
import type { JobType, RestartPolicy, Task } from '../types.ts';

export type RestartDecision =
  | { readonly kind: 'restart'; readonly reason: string; readonly delay: number }
  | { readonly kind: 'fail'; readonly reason: string }
  | { readonly kind: 'done' };

/** Decides after each exit whether a task starts again, as Nomad's restart tracker does. */
export class RestartTracker {
  private readonly policy: RestartPolicy;
  private readonly restartsOnSuccess: boolean;
  private intervalStart = nowNanoseconds();
  private count = 0;

  constructor(task: Task, type: JobType) {
    this.policy = task.RestartPolicy;
    const lasting = type === 'service' || type === 'system';
    this.restartsOnSuccess = task.Lifecycle === null ? lasting : task.Lifecycle.Sidecar;
  }

  decide(succeeded: boolean): RestartDecision {
    if (succeeded && !this.restartsOnSuccess) return { kind: 'done' };
    const { Attempts: attempts, Delay: delay, Interval: interval, Mode: mode } = this.policy;
    if (attempts === 0) return { kind: 'fail', reason: 'Policy allows no restarts' };
    const now = nowNanoseconds();
    if (now > this.intervalStart + interval) {
      this.count = 0;
      this.intervalStart = now;
    }
    this.count += 1;
    if (this.count <= attempts) {
      // Nomad spreads restarts by up to a quarter of the delay.
      const jitter = Math.floor(Math.random() * delay * 0.25);
      return { kind: 'restart', reason: 'Restart within policy', delay: delay + jitter };
    }
    if (mode !== 'fail') {
      const reason = 'Exceeded allowed attempts, applying a delay';
      return { kind: 'restart', reason, delay: this.intervalStart + interval - now };
    }
    const reason = `Exceeded allowed attempts ${attempts} in interval ${formatDuration(interval)} and mode is "fail"`;
    return { kind: 'fail', reason };
  }
}
