import { normalize } from 'node:path';
import type { ActionError } from '../errors.ts';
import { isDebugLine } from '../nomad-pack/output.ts';
import type { Log, SecretKeeper } from '../operations/tools.ts';
import type { Findings } from '../result.ts';
import { issueCommand } from '../runner/commands.ts';
import type { Environment } from '../settings/inputs.ts';
import { formatDuration } from './duration.ts';
import { neutralise, tidyLines, visible } from './foreign.ts';

export interface ActionLog extends Log {
  /** A line that another program printed: tidied, and its tracing left out unless debugging is on. */
  foreign(line: string): void;
  /**
   * The annotation of what ended the step: the problem first, then what to do.
   *
   * @param details more on it, such as the end of a task's log
   */
  error(error: ActionError, details?: string): void;
  /** What notices and warnings said, each once; the same list as the findings'. */
  readonly notices: string[];
}

export interface LogOptions {
  readonly secrets: Pick<SecretKeeper, 'redact'>;
  readonly environment: Environment;
  /** Gets the phases, the timeline and the notices. */
  readonly findings: Pick<Findings, 'phases' | 'timeline' | 'notices'>;
  /** Milliseconds since the step began. */
  readonly elapsed: () => number;
}

/**
 * The step's log. At a glance it shows one line per phase and what a rollout comes to; detail is folded into groups. Whatever is
 * said is redacted, and no word of it is a command to the runner. The functions can be passed on by themselves.
 */
export function createLog({ secrets, environment, findings, elapsed }: LogOptions): ActionLog {
  const debugging = environment['RUNNER_DEBUG'] === '1';
  const groups = new Groups();
  let afterBlank = true;

  const print = (text: string) => {
    for (const line of tidyLines(secrets.redact(text))) process.stdout.write(`${neutralise(line)}\n`);
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
    if (debugging) issueCommand('debug', visible(secrets.redact(text)));
  };
  const tell = (command: 'notice' | 'warning') => (text: string) => {
    const redacted = visible(secrets.redact(text));
    groups.close();
    issueCommand(command, redacted);
    if (!findings.notices.includes(redacted)) findings.notices.push(redacted);
  };

  return {
    notices: findings.notices,
    info,
    debug,
    notice: tell('notice'),
    warning: tell('warning'),
    foreign: (line) => {
      const tidy = tidyLines(line).join(' ');
      const isBlank = tidy.trim() === '';
      // nomad-pack prints an empty line after each of its tracing.
      if (isDebugLine(tidy)) debug(line);
      else if (!(isBlank && afterBlank)) info(line);
      afterBlank = isBlank || isDebugLine(tidy);
    },
    progress: (text, job) => {
      const name = `${job}: `;
      const event = text.startsWith(name) ? text.slice(name.length) : text;
      findings.timeline.push({ at: elapsed(), text: event, ...(job !== undefined && { job }) });
      show(`  ${text} (${formatDuration(elapsed())})`);
    },
    phase: async (name, work) => {
      const start = elapsed();
      const place = findings.phases.push({ name, start, duration: 0 }) - 1;
      groups.begin(name);
      let mark = '✗';
      try {
        const outcome = await work();
        mark = '✓';
        return outcome;
      } finally {
        const duration = elapsed() - start;
        findings.phases[place] = { name, start, duration };
        groups.end(name);
        show(`${mark} ${name} (${formatDuration(duration)})`);
      }
    },
    error: ({ reason, message, hint, location }, details = '') => {
      groups.close();
      const parts = [message, hint, details].filter((part) => part !== '');
      issueCommand('error', visible(secrets.redact(parts.join('\n\n'))), {
        title: `Nomad Pack: ${reason}`,
        // GitHub finds no file by `./conf/x`.
        file: location === undefined ? undefined : secrets.redact(normalize(location.file)),
        line: location?.line,
        col: location?.column,
      });
    },
  };
}

/**
 * The groups that a reader can unfold. GitHub does not nest them, and phases may overlap, so a group is opened when there is something
 * to put into it, under the name of the phase that began last.
 */
class Groups {
  readonly #phases: string[] = [];
  #isOpen = false;

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
    issueCommand('group', phase);
    this.#isOpen = true;
  }

  close(): void {
    if (this.#isOpen) issueCommand('endgroup');
    this.#isOpen = false;
  }
}
