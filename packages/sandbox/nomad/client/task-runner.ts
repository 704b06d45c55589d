import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { millisecond, nowNanoseconds, timestamp } from '../clock.ts';
import type { Allocation, Node, Task, TaskEvent, TaskState } from '../types.ts';
import { complaintAboutConfig } from './driver-config.ts';
import { interpolate, logFile, taskDirectories, taskEnvironment } from './environment.ts';
import * as events from './events.ts';
import { type Exit, TaskProcess } from './process.ts';
import { RestartTracker } from './restarts.ts';
import type { Watchdog } from './watchdog.ts';

export interface TaskHost {
  readonly root: string;
  readonly node: Node;
  readonly watchdog: Watchdog;
  /** Variables that all tasks of the allocation see, such as those of its ports. */
  readonly environment: Readonly<Record<string, string>>;
  /** Called after every change of the task's state. */
  readonly changed: () => void;
}

/** Runs one task of an allocation to its end: starts it, restarts it by its policy, kills it when told to. */
export class TaskRunner {
  readonly task: Task;
  state: TaskState = {
    State: 'pending',
    Failed: false,
    Restarts: 0,
    LastRestart: null,
    StartedAt: null,
    FinishedAt: null,
    Paused: '',
    Events: [],
  };
  private readonly alloc: Allocation;
  private readonly host: TaskHost;
  private readonly restarts: RestartTracker;
  private readonly killRequest = Promise.withResolvers<void>();
  private process: TaskProcess | undefined;
  private killed = false;

  constructor(alloc: Allocation, task: Task, host: TaskHost) {
    this.alloc = alloc;
    this.task = task;
    this.host = host;
    this.restarts = new RestartTracker(task, alloc.Job.Type);
    this.note(events.received());
  }

  /** Starts the task and resolves when it is dead, whatever became of it. */
  async run(): Promise<void> {
    if (!this.killed) this.note(events.setup());
    while (!this.killed) {
      const exit = await this.runOnce();
      if (this.killed) break;
      const decision = exit === undefined ? unrecoverable : this.restarts.decide(exit.exitCode === 0);
      if (decision.kind === 'done') return this.die(false);
      if (decision.kind === 'fail') return this.die(true, events.notRestarting(decision.reason));
      this.state = { ...this.state, State: 'pending', Restarts: this.state.Restarts + 1 };
      this.state.LastRestart = timestamp(nowNanoseconds());
      this.note(events.restarting(decision.reason, decision.delay));
      await this.pause(decision.delay / millisecond);
    }
    this.die(this.state.Failed, events.killed());
  }

  /** Interrupts the task, and kills it when it has not ended after its kill timeout. */
  kill(reason?: TaskEvent): void {
    if (this.killed || this.state.State === 'dead') return;
    this.killed = true;
    if (reason !== undefined) this.note(reason);
    this.note(events.killing(this.task.KillTimeout));
    this.killRequest.resolve();
    const { process } = this;
    if (process === undefined) return;
    process.signal((this.task.KillSignal || 'SIGINT') as NodeJS.Signals);
    const timer = setTimeout(() => process.signal('SIGKILL'), this.task.KillTimeout / millisecond);
    process.exited.then(() => clearTimeout(timer));
  }

  /** Ends a task that is never started, with the reason. */
  refuse(reason: TaskEvent): void {
    this.killed = true;
    this.die(true, reason);
  }

  /** @returns undefined where the command could not be started. */
  private async runOnce(): Promise<Exit | undefined> {
    const complaint = complaintAboutConfig(this.task);
    if (complaint !== undefined) {
      this.note(events.failedValidation(complaint));
      return undefined;
    }
    try {
      this.process = await this.start();
    } catch (error) {
      this.note(events.driverFailure(startFailure(this.task, error)));
      return undefined;
    }
    this.state = { ...this.state, State: 'running', StartedAt: timestamp(nowNanoseconds()) };
    this.note(events.started());
    // A kill that came while the process was being started has found nothing to signal.
    if (this.killed) this.process.signal('SIGKILL');
    const exit = await this.process.exited;
    this.process = undefined;
    this.note(events.terminated(exit.exitCode, exit.signal));
    return exit;
  }

  private start(): Promise<TaskProcess> {
    const { host, alloc, task } = this;
    const directories = taskDirectories(host.root, alloc.ID, task.Name);
    for (const directory of [directories.logs, join(directories.task, 'local'), join(directories.task, 'secrets')]) {
      mkdirSync(directory, { recursive: true });
    }
    const environment = { ...host.environment, ...taskEnvironment(alloc, task, host.node, directories) };
    const fill = (text: unknown) =>
      interpolate(String(text), environment, { ...alloc.Job.Meta, ...task.Meta }, host.node);
    const args = (task.Config?.['args'] as unknown[] | undefined) ?? [];
    return TaskProcess.start(
      {
        command: fill(task.Config?.['command'] ?? ''),
        args: args.map(fill),
        directory: directories.task,
        environment,
        stdout: logFile(host.root, alloc.ID, task.Name, 'stdout'),
        stderr: logFile(host.root, alloc.ID, task.Name, 'stderr'),
      },
      host.watchdog,
    );
  }

  private async pause(milliseconds: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, milliseconds);
    await Promise.race([promise, this.killRequest.promise]);
    clearTimeout(timer);
  }

  private die(failed: boolean, event?: TaskEvent): void {
    this.state = { ...this.state, State: 'dead', Failed: failed, FinishedAt: timestamp(nowNanoseconds()) };
    if (event === undefined) this.host.changed();
    else this.note(event);
  }

  note(event: TaskEvent): void {
    // Nomad keeps the last ten events of a task.
    this.state = { ...this.state, Events: [...this.state.Events, event].slice(-10) };
    this.host.changed();
  }
}

const unrecoverable = { kind: 'fail', reason: 'Error was unrecoverable' } as const;

function startFailure(task: Task, error: unknown): string {
  const command = String(task.Config?.['command'] ?? '');
  const reason = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such file or directory' : String(error);
  return `failed to launch command with executor: rpc error: code = Unknown desc = ${command}: ${reason}`;
}
