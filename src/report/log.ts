import { normalize } from 'node:path';
import type { ActionError, FileLocation } from '../errors.ts';
import type { WorkRecord } from '../record.ts';
import { formatDuration } from './duration.ts';
import { neutralise, tidyLines, visible } from './foreign.ts';
import type { Secrets } from './redact.ts';

/** What an operation may say. */
export interface Log {
  info(text: string): void;
  debug(text: string): void;
  /** Something a reader should know that is not a failure. Ends up in the summary too. */
  notice(text: string): void;
  warning(text: string): void;
  /** A line on how the rollout goes, visible without unfolding anything; part of the timeline, too. */
  progress(text: string, job?: string): void;
  /**
   * Runs a part of the work: its output is folded away, and its name and time are told.
   *
   * @param isGood whether what came of it is what was wanted; default true of whatever does not throw
   */
  phase<T>(name: string, work: () => Promise<T>, isGood?: (outcome: T) => boolean): Promise<T>;
}

export interface ActionLog extends Log {
  /** A line that another program printed: tidied, and its tracing left out unless debugging is on. */
  foreign(line: string, isTracing?: boolean): void;
  /**
   * The annotation of what ended the step: the problem first, then what to do.
   *
   * @param details more on it, such as the end of a task's log
   */
  error(error: ActionError, details?: string): void;
}

/** Where the log goes. */
export interface LogOutput {
  /** A line that is not a command to the runner. */
  line(text: string): void;
  command(
    command: 'debug' | 'notice' | 'warning' | 'error' | 'group' | 'endgroup',
    message?: string,
    properties?: Annotation,
  ): void;
}

/** Where an annotation points, and what it is headed with. */
interface Annotation {
  readonly title: string;
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly col: number | undefined;
}

export interface LogOptions {
  readonly output: LogOutput;
  readonly secrets: Pick<Secrets, 'redact'>;
  /** Whether `debug` is shown. */
  readonly debugging: boolean;
  /** Gets the phases, the timeline and the notices. */
  readonly record: WorkRecord;
  /** Milliseconds since the step began. */
  readonly elapsed: () => number;
  /** The deployment that it is of, where others work side by side with it: its lines name it then, and its groups come out as a whole. */
  readonly name?: string;
}

/**
 * The step's log. At a glance it shows one line per phase and what a rollout comes to; detail is folded into groups. Whatever is
 * said is redacted, and no word of it is a command to the runner. The functions can be passed on by themselves.
 */
export function createLog({ output: shared, secrets, debugging, record, elapsed, name }: LogOptions): ActionLog {
  const output = name === undefined ? shared : inWholeGroups(shared);
  const prefix = name === undefined ? '' : `${name}: `;
  const groups = new Groups(output, prefix);
  let afterBlank = true;

  const print = (text: string) => {
    for (const line of tidyLines(secrets.redact(text))) output.line(neutralise(`${prefix}${line}`));
  };
  const info = (text: string) => {
    groups.open();
    print(text);
  };
  const show = (text: string) => {
    groups.close();
    print(text);
  };
  const debug = (text: string) => {
    if (debugging) output.command('debug', `${prefix}${visible(secrets.redact(text))}`);
  };
  const tell = (command: 'notice' | 'warning') => (text: string) => {
    const redacted = visible(secrets.redact(text));
    groups.close();
    output.command(command, `${prefix}${redacted}`);
    record.notice(redacted);
  };

  return {
    info,
    debug,
    notice: tell('notice'),
    warning: tell('warning'),
    foreign: (line, isTracing = false) => {
      const tidy = tidyLines(line).join(' ');
      const isBlank = tidy.trim() === '';
      // nomad-pack prints an empty line after each of its tracing.
      if (isTracing) debug(line);
      else if (!(isBlank && afterBlank)) info(line);
      afterBlank = isBlank || isTracing;
    },
    progress: (text, job) => {
      const name = `${job}: `;
      record.progress(text.startsWith(name) ? text.slice(name.length) : text, job);
      show(`  ${text} (${formatDuration(elapsed())})`);
    },
    phase: async (name, work, isGood = () => true) => {
      const end = record.phase(name);
      groups.begin(name);
      let mark = '✗';
      try {
        const outcome = await work();
        if (isGood(outcome)) mark = '✓';
        return outcome;
      } finally {
        const duration = end();
        groups.end(name);
        show(`${mark} ${name} (${formatDuration(duration)})`);
      }
    },
    error: ({ reason, message, hint, location, annotations, link }, details = '') => {
      groups.close();
      const annotate = (text: string, place: FileLocation | undefined) =>
        output.command('error', `${prefix}${visible(secrets.redact(text))}`, {
          title: `Nomad Pack: ${prefix}${reason}`,
          // GitHub finds no file by `./conf/x`.
          file: place === undefined ? undefined : secrets.redact(normalize(place.file)),
          line: place?.line,
          col: place?.column,
        });
      // First, for GitHub shows ten annotations of a step.
      const advice = [hint, link === undefined ? '' : `More on ${reason}: ${link}`]
        .filter((part) => part !== '')
        .join('\n');
      annotate([message, advice, details].filter((part) => part !== '').join('\n\n'), location);
      for (const one of annotations) annotate(one.message, one.location);
    },
  };
}

/**
 * The groups that a reader can unfold. GitHub does not nest them, and phases may overlap, so a group is opened when there is something
 * to put into it, under the name of the phase that began last.
 */
class Groups {
  readonly #output: LogOutput;
  readonly #prefix: string;
  readonly #phases: string[] = [];
  #isOpen = false;

  constructor(output: LogOutput, prefix: string) {
    this.#output = output;
    this.#prefix = prefix;
  }

  begin(phase: string): void {
    this.close();
    this.#phases.push(phase);
  }

  end(phase: string): void {
    this.#phases.splice(this.#phases.lastIndexOf(phase), 1);
  }

  open(): void {
    const phase = this.#phases.at(-1);
    if (this.#isOpen || phase === undefined) return;
    this.#output.command('group', `${this.#prefix}${phase}`);
    this.#isOpen = true;
  }

  close(): void {
    if (this.#isOpen) this.#output.command('endgroup');
    this.#isOpen = false;
  }
}

/** Holds a group back until it ends, so that nothing of what others say meanwhile gets into it. */
function inWholeGroups(output: LogOutput): LogOutput {
  let held: (() => void)[] | undefined;
  return {
    line: (text) => {
      const say = () => output.line(text);
      if (held === undefined) say();
      else held.push(say);
    },
    command: (...command) => {
      const say = () => output.command(...command);
      if (command[0] === 'group') held = [say];
      else if (held === undefined) say();
      else held.push(say);
      if (command[0] !== 'endgroup' || held === undefined) return;
      for (const one of held) one();
      held = undefined;
    },
  };
}
