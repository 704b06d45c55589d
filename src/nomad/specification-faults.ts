import { ActionError } from '../errors.ts';
import type { NomadResponseError } from './errors.ts';

/** A rendered file that is not a job specification. */
export class SpecificationError extends ActionError {
  /** As it is rendered, like `web/web.nomad`. */
  readonly file: string;
  /** Of the rendered file, 1-based, where it is known. */
  readonly line: number | undefined;

  constructor(
    file: string,
    message: string,
    hint: string,
    more: { readonly line?: number; readonly cause?: unknown } = {},
  ) {
    super('job-specification', message, { hint, cause: more.cause });
    this.file = file;
    this.line = more.line;
  }
}

/** A kind of mistake, by Nomad's words. */
interface Rule {
  readonly pattern: RegExp;
  readonly hint: string;
}

/** What to do about a file that Nomad cannot read. The first one that fits is taken. */
const UNREADABLE: readonly Rule[] = [
  {
    pattern: /Duplicate job block/,
    hint: 'A template renders to one job: put the others into templates of their own.',
  },
  {
    pattern: /Missing job block|Blocks of type "[^"]*" are not expected here\.?$/,
    hint: 'Correct the template: a job specification is one `job` block, and holds no blocks that Nomad does not know. A template that renders to no job must render to nothing at all.',
  },
  {
    pattern: /Missing name for job/,
    hint: 'Give the variable that the template takes the name of the job from a value, or correct the template.',
  },
  {
    pattern: /Unsupported attribute|Unknown variable|Unsuitable value: value must be known/,
    hint: 'Correct the template: variables of the pack are written `[[ var "NAME" . ]]`. What Nomad itself puts in, such as `${NOMAD_ALLOC_DIR}`, stands in strings.',
  },
  {
    pattern: /Unclosed configuration block|Unclosed/,
    hint: 'Correct the template: a block has no `}`. Nomad names the line where the outermost one begins. `operation: render` shows all lines.',
  },
  {
    pattern: /Unsuitable|Incorrect attribute value type/,
    hint: 'Correct the template, or the variable that it takes this value from. `operation: render` shows what comes of it.',
  },
];

/** What to do where nothing nearer is known. */
export const LOOK =
  'Correct the template, or the variables that it was given. `operation: render` shows what comes of it.';

/** What to throw for a rendered file that Nomad cannot read: which line, and what is wrong there. */
export function unreadable({ name }: { readonly name: string }, error: NomadResponseError): SpecificationError {
  const words = error.words.replace(/^Failed to parse job: /, '');
  const [, line, problem] = /^input\.hcl:(\d+),[\d,-]+: ([\s\S]*)$/.exec(words) ?? [];
  const plain = (problem ?? words)
    .replace(/^<nil>: /, '')
    .replace(/,? and (\d+) other diagnostic\(s\)$/, (_, more: string) => ` (and ${more} more)`)
    .replace(/input\.hcl:(\d+),[\d,-]+/g, (_, other: string) => `line ${other}`);
  return new SpecificationError(
    name,
    `Nomad cannot read ${name}${line === undefined ? '' : `, line ${line}`}: ${plain}`,
    adviceOf(UNREADABLE, plain),
    { cause: error, ...(line !== undefined && { line: Number(line) }) },
  );
}

/** What to do about a job that Nomad reads and would not take. */
const REFUSED: readonly Rule[] = [
  {
    pattern: /nonexistent node pool/,
    hint: 'Create the node pool (`nomad node pool apply`), or correct `node_pool` in the template or the variable that it comes from.',
  },
  {
    pattern: /node pool .* is not allowed|not allowed .*node pool|disallow\w* node pool/i,
    hint: 'The namespace does not let its jobs use that node pool: deploy to another namespace (`nomad_namespace`), or let the job use another pool.',
  },
  {
    pattern: /task driver .* (?:is not|not) allowed|used task driver|network mode .* not allowed/i,
    hint: 'The namespace does not let its jobs use that: deploy to another namespace (`nomad_namespace`), or change the capabilities of this one (`nomad namespace apply`).',
  },
  {
    pattern: /: Result: false/,
    hint: 'A Sentinel policy of the cluster refuses the job. Change what the policy names, in the template or its variables, or ask whoever maintains the policy.',
  },
  {
    pattern: /quota/i,
    hint: 'The job exceeds the quota of the namespace: let it ask for less, or ask whoever maintains the quota (`nomad quota status`).',
  },
  {
    pattern: /(?:Vault|Consul) .*not enabled|(?:Vault|Consul) .* but used in the job/,
    hint: 'Connect the cluster’s servers with it, or drop the block from the template.',
  },
];

/** A job that Nomad reads and would not take. */
export interface RefusedJob {
  readonly id: string;
  /** As it is rendered, like `web/web.nomad`. */
  readonly file: string;
  /** What Nomad finds wrong with it, on one line. */
  readonly words: string;
}

/** What to throw for jobs that Nomad would not take. */
export function refused(jobs: readonly RefusedJob[], cause?: unknown): ActionError {
  const lines = jobs.map(({ id, file, words }) => `Nomad would refuse job "${id}" of ${file}: ${words}`);
  const advice = new Set(jobs.map(({ words }) => adviceOf(REFUSED, words)));
  return new ActionError('job-specification', lines.join('\n'), { hint: [...advice].join(' '), cause });
}

function adviceOf(rules: readonly Rule[], words: string): string {
  return rules.find(({ pattern }) => pattern.test(words))?.hint ?? LOOK;
}
