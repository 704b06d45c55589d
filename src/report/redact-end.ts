import { ActionError } from '../errors.ts';
import type { JobState, Result } from '../result.ts';
import type { Settings } from '../settings/settings.ts';
import { visible } from './foreign.ts';
import { cut } from './markdown.ts';
import type { Secrets } from './redact.ts';

/** Keys whose values are words of the action's own, which a secret that happens to be spelled the same must not black out. */
const OWN_WORDS: ReadonlySet<string> = new Set(['status', 'health', 'operation', 'action', 'reason', 'kind']);

/** What Nomad or nomad-pack says can be as long as a job; an annotation is not. Characters. */
const LONGEST_MESSAGE = 8_000;

/** Of a message. Characters. */
const LONGEST_LINE = 2_000;

/** Of a task's log: its end says most. */
const MOST_LOG_LINES = 20;

/** Likewise. Characters. */
const LONGEST_LOG = 4_096;

/** The end of a step. */
export interface End {
  readonly result: Result;
  /** Absent where the inputs were wrong. */
  readonly settings: Settings | undefined;
}

/** What a failure is told with. */
export interface Telling {
  readonly secrets: Pick<Secrets, 'redact'>;
  /** Link to the page of the failure reasons, of the version of the action that runs; absent where that is not known. */
  readonly reasonsUrl?: string | undefined;
}

/**
 * What is told of a step, with everything hidden that is to be, and everything shown that is to be seen: done once, before any of it is
 * escaped, cut or written. The settings hold no secret, but a secret's value may be part of a name or an address all the same.
 */
export function redactEnd<Told extends End['settings']>(
  { result, settings }: { readonly result: Result; readonly settings: Told },
  telling: Telling,
): { readonly result: Result; readonly settings: Told } {
  return { result: redactResult(result, telling), settings: redactLeaves(settings, telling.secrets) };
}

function redactResult({ failure, ...rest }: Result, telling: Telling): Result {
  const leaves = redactLeaves(rest, telling.secrets);
  // Cut only now: nobody recognises half a secret.
  const redacted = { ...leaves, jobs: leaves.jobs.map(withShortLog) };
  return failure === undefined ? redacted : { ...redacted, failure: redactFailure(failure, telling) };
}

/** As `redactEnd`, for what ended a step. */
export function redactFailure(
  { reason, message, hint, location, annotations }: ActionError,
  { secrets, reasonsUrl }: Telling,
): ActionError {
  return new ActionError(reason, shortened(visible(secrets.redact(message))), {
    hint: visible(secrets.redact(hint)),
    ...(location !== undefined && { location: redactLeaves(location, secrets) }),
    annotations: redactLeaves(annotations, secrets),
    link: reasonsUrl && `${reasonsUrl}#${reason}`,
  });
}

function withShortLog(job: JobState): JobState {
  const { diagnosis } = job;
  if (diagnosis === undefined) return job;
  const lines = diagnosis.log.split('\n').slice(-MOST_LOG_LINES).join('\n');
  return { ...job, diagnosis: { ...diagnosis, log: lines.slice(-LONGEST_LOG).toWellFormed() } };
}

/** What answers instead of Nomad may do so with a page on one line. */
function shortened(message: string): string {
  const lines = message.split('\n').map((line) => (line.length > LONGEST_LINE ? cutLine(line) : line));
  return cut(lines.join('\n'), LONGEST_MESSAGE);
}

function cutLine(line: string): string {
  return `${line.slice(0, LONGEST_LINE).toWellFormed()}… [${line.length - LONGEST_LINE} more characters]`;
}

/** The value with every text in it redacted. */
export function redactLeaves<T>(value: T, secrets: Pick<Secrets, 'redact'>): T {
  const walk = (part: unknown, key: string): unknown => {
    if (typeof part === 'string') return OWN_WORDS.has(key) ? part : visible(secrets.redact(part));
    if (Array.isArray(part)) return part.map((member) => walk(member, ''));
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, member]) => [name, walk(member, name)]));
  };
  return walk(value, '') as T;
}
