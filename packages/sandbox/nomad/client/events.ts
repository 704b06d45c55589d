import { formatDuration, nowNanoseconds } from '../clock.ts';
import type { TaskEvent } from '../types.ts';

/** A task event with the words that Nomad shows for it (`PopulateEventDisplayMessage`). */
function taskEvent(type: string, displayMessage: string, fields: Partial<TaskEvent> = {}): TaskEvent {
  return {
    Type: type,
    Time: nowNanoseconds(),
    DisplayMessage: displayMessage,
    Details: {},
    Message: '',
    DiskLimit: 0,
    DownloadError: '',
    DriverError: '',
    DriverMessage: '',
    ExitCode: 0,
    FailedSibling: '',
    FailsTask: false,
    GenericSource: '',
    KillError: '',
    KillReason: '',
    KillTimeout: 0,
    RestartReason: '',
    SetupError: '',
    Signal: 0,
    StartDelay: 0,
    TaskSignal: '',
    TaskSignalReason: '',
    ValidationError: '',
    VaultError: '',
    ...fields,
  };
}

export const received = () => taskEvent('Received', 'Task received by client');

export const setup = () =>
  taskEvent('Task Setup', 'Building Task Directory', {
    Message: 'Building Task Directory',
    Details: { message: 'Building Task Directory' },
  });

export const started = () => taskEvent('Started', 'Task started by client');

export function driverFailure(reason: string): TaskEvent {
  return taskEvent('Driver Failure', reason, { DriverError: reason, Details: { driver_error: reason } });
}

export function failedValidation(error: string): TaskEvent {
  return taskEvent('Failed Validation', error, { ValidationError: error, Details: { validation_error: error } });
}

export function setupFailure(reason: string): TaskEvent {
  return taskEvent('Setup Failure', reason, {
    FailsTask: true,
    KillReason: 'Failed Restoring Task',
    Details: { kill_reason: 'Failed Restoring Task', fails_task: 'true' },
  });
}

export function terminated(exitCode: number, signal: number): TaskEvent {
  const parts = [`Exit Code: ${exitCode}`, ...(signal === 0 ? [] : [`Signal: ${signal}`])];
  return taskEvent('Terminated', parts.join(', '), {
    ExitCode: exitCode,
    Signal: signal,
    Details: { exit_code: String(exitCode), signal: String(signal), oom_killed: 'false' },
  });
}

export function restarting(reason: string, delay: number): TaskEvent {
  const when = `Task restarting in ${formatDuration(delay)}`;
  const message = reason === 'Restart within policy' ? when : `${reason} - ${when}`;
  const details = { restart_reason: reason, start_delay: String(delay) };
  return taskEvent('Restarting', message, { RestartReason: reason, StartDelay: delay, Details: details });
}

export function notRestarting(reason: string): TaskEvent {
  return taskEvent('Not Restarting', reason, {
    RestartReason: reason,
    FailsTask: true,
    Details: { restart_reason: reason, fails_task: 'true' },
  });
}

export function killing(timeout: number): TaskEvent {
  const duration = formatDuration(timeout);
  return taskEvent('Killing', `Sent interrupt. Waiting ${duration} before force killing`, {
    KillTimeout: timeout,
    Details: { kill_timeout: duration },
  });
}

export const killed = () => taskEvent('Killed', 'Task successfully killed');

export function siblingFailed(task: string): TaskEvent {
  const fields = { FailedSibling: task, Details: { failed_sibling: task } };
  return taskEvent('Sibling Task Failed', `Task's sibling "${task}" failed`, fields);
}

export const mainTasksDead = () => taskEvent('Main Tasks Dead', 'Main tasks in the group died');

export function unhealthy(reason: string): TaskEvent {
  return taskEvent('Alloc Unhealthy', reason, { Message: reason, Details: { message: reason } });
}
