import type { Allocation, TaskEvent, TaskState } from '../api.ts';

/** What went wrong with a task. */
export interface TaskTrouble {
  readonly group: string;
  readonly task: string;
  /** In words that follow the task's name: `exited with code 3`. */
  readonly words: string;
  /** The task ran, so that its own log may tell more. */
  readonly ran: boolean;
  /** Nanoseconds since 1970. */
  readonly time: number;
  /** The task has failed for good. */
  readonly final: boolean;
  /** Nothing went wrong with the task itself: Nomad judged its allocation unhealthy. */
  readonly judged: boolean;
}

const signals: Readonly<Record<number, string>> = {
  4: 'SIGILL',
  6: 'SIGABRT',
  7: 'SIGBUS',
  8: 'SIGFPE',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  13: 'SIGPIPE',
  15: 'SIGTERM',
};

/** Events that say that a task could not be started, and what of it could not. */
const startFailures: Readonly<Record<string, string>> = {
  'Driver Failure': 'could not be started',
  'Setup Failure': 'could not be set up',
  'Failed Validation': 'is not valid',
  'Failed Artifact Download': 'could not fetch its artifact',
  'Failed Restoring Task': 'could not be restored',
  'Task hook failed': 'could not be prepared',
};

/**
 * What went wrong with the tasks of these allocations, what tells most first: what failed for good, and of that what failed first.
 */
export function findTrouble(allocations: readonly Allocation[]): (TaskTrouble & { readonly allocation: Allocation })[] {
  return allocations
    .flatMap((allocation) => troubleOf(allocation).map((trouble) => ({ ...trouble, allocation })))
    .sort(
      (a, b) =>
        Number(b.final) - Number(a.final) ||
        Number(a.judged) - Number(b.judged) ||
        a.time - b.time ||
        // Nomad tells of an allocation's tasks in another order each time.
        (a.task < b.task ? -1 : Number(a.task > b.task)),
    );
}

function troubleOf(allocation: Allocation): TaskTrouble[] {
  return Object.entries(allocation.TaskStates ?? {}).flatMap(([task, state]) => {
    const found = decisiveEvent(allocation, state);
    if (found === undefined) return [];
    return [{ group: allocation.TaskGroup, task, final: state.Failed, ...found }];
  });
}

type Found = Pick<TaskTrouble, 'words' | 'ran' | 'time' | 'judged'>;

type Words = Pick<Found, 'words' | 'ran'>;

/** The last event that names a cause; that the allocation is unhealthy is only what comes of it. */
function decisiveEvent(allocation: Allocation, state: TaskState): Found | undefined {
  const events = [...(state.Events ?? [])].reverse();
  // It was killed because another task failed, and that one tells why.
  if (events.some(({ Type }) => Type === 'Sibling Task Failed')) return undefined;
  // A task that Nomad was told to kill has ended as it should.
  const stopped = allocation.DesiredStatus !== 'run' && !state.Failed && state.Restarts === 0;
  const wrong = stopped ? undefined : first(events, (event) => wentWrong(event, state));
  if (wrong !== undefined) return { ...wrong, judged: false };
  const found = first(events, unhealthy);
  return found && { ...found, judged: true };
}

function first(events: readonly TaskEvent[], read: (event: TaskEvent) => Words | undefined) {
  for (const event of events) {
    const found = read(event);
    if (found !== undefined) return { ...found, time: event.Time };
  }
  return undefined;
}

function wentWrong(event: TaskEvent, state: TaskState): Words | undefined {
  const failure = startFailures[event.Type];
  if (failure !== undefined) return { words: `${failure}: ${oneLine(event.DisplayMessage)}`, ran: false };
  if (/^Template failed/i.test(event.DisplayMessage) || /^Missing: /.test(event.DisplayMessage)) {
    return { words: `could not be started: ${oneLine(event.DisplayMessage)}`, ran: false };
  }
  if (event.Type === 'Terminated') return terminated(event, state);
  return undefined;
}

function terminated(event: TaskEvent, state: TaskState): Words | undefined {
  if (event.Details?.['oom_killed'] === 'true') {
    return { words: 'was killed because it used more memory than it may (out of memory)', ran: true };
  }
  const { Signal: signal, ExitCode: code } = event;
  if (signal !== 0) {
    const name = signals[signal];
    return { words: `was killed by signal ${signal}${name === undefined ? '' : ` (${name})`}`, ran: true };
  }
  if (code !== 0) return { words: `exited with code ${code}`, ran: true };
  // An end that is good by itself is bad where Nomad starts the task anew, or gives it up, because of it.
  const goesOn = state.Failed || state.Restarts > 0;
  return goesOn ? { words: 'exited with code 0, though it is to go on running', ran: true } : undefined;
}

function unhealthy({ Type, DisplayMessage }: TaskEvent): Words | undefined {
  return Type === 'Alloc Unhealthy' ? { words: `is unhealthy: ${oneLine(DisplayMessage)}`, ran: true } : undefined;
}

/** Nomad wraps some messages over several lines. */
function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 500 ? `${line.slice(0, 500)}…` : line;
}
