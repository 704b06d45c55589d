import semver from 'semver';
import { type Block, type Body, type Computed, lineAt, scanHcl, UnreadableHcl } from './hcl-scanner.ts';

/** What nomad-pack makes of a job file by itself, before it hands it to Nomad. */
export interface JobFile {
  /** What stands behind `job`: recorded as `pack.job`. Absent where nomad-pack finds no job block. */
  readonly label?: string;
  /** The id that Nomad will make of it, where literals tell it. */
  readonly id?: string;
  /** The namespace that nomad-pack reads in the file, and keeps for the requests that follow. */
  readonly namespace?: string;
  /** Why nomad-pack registers the job without its metadata, so that nobody finds it again; absent where it does not. */
  readonly loss?: MetadataLoss;
}

export interface MetadataLoss {
  /** What is in the file, in words that go on with `makes nomad-pack ...`. */
  readonly cause: string;
  /** What nomad-pack does then, in words that follow its name. */
  readonly effect: string;
  /** How to write it instead. */
  readonly remedy: string;
  /** 1-based. */
  readonly line: number;
}

const LOST = 'register the job without its own metadata, so that nobody could find the job again';

/** The last version that takes a file for unreadable when there is anything beside the job block. */
const LAST_WITH_LONE_JOB = '0.4.2';

/**
 * Reads a job file that Nomad takes for right as nomad-pack does: `setHCLMeta` and `ExtractJobRegionNamespace` of its
 * `internal/runner/job`, which evaluate the `meta` of the job without variables and functions, and leave the file as it is where that
 * fails. Where only the evaluation would tell, the metadata counts as kept.
 *
 * @param version nomad-pack's
 */
export function readJobFile(text: string, version: string): JobFile {
  if (isJson(text)) return { loss: { ...JSON_FILE, line: 1 } };
  try {
    return readBody(scanHcl(text), text, version);
  } catch (error) {
    if (error instanceof UnreadableHcl) return {};
    throw error;
  }
}

/** Nomad takes a job as JSON, too. nomad-pack does not. */
export function isJson(text: string): boolean {
  return /^\uFEFF?\s*\{/.test(text);
}

function readBody(body: Body, text: string, version: string): JobFile {
  const job = body.blocks.find(({ type }) => type === 'job');
  if (job === undefined) return {};
  const [label] = job.labels;
  const idAttribute = job.body.attributes.get('id');
  const id = idAttribute === undefined ? label : idAttribute.literal;
  const namespace = job.body.attributes.get('namespace')?.literal;
  const loss = companionLoss(body, text, version) ?? metaLoss(job, text);
  return {
    ...(label !== undefined && { label }),
    ...(typeof id === 'string' && id !== '' && { id }),
    ...(typeof namespace === 'string' && namespace !== '' && { namespace }),
    ...(loss !== undefined && { loss }),
  };
}

function companionLoss({ blocks }: Body, text: string, version: string): MetadataLoss | undefined {
  const companion = blocks.find(({ type }) => type !== 'job');
  if (companion === undefined || takesCompanions(version)) return undefined;
  return {
    cause: `the \`${companion.type}\` block beside the job`,
    effect: LOST,
    remedy:
      'Let the template compute the value (`[[ ... ]]`) and drop the block. A nomad-pack after 0.4.2 takes such blocks.',
    line: lineAt(text, companion.offset),
  };
}

function takesCompanions(version: string): boolean {
  // A development build of a version has what that version has.
  return semver.gt(semver.coerce(version) ?? version, LAST_WITH_LONE_JOB);
}

function metaLoss({ body }: Block, text: string): MetadataLoss | undefined {
  const attribute = body.attributes.get('meta');
  if (attribute?.literal === null) return { ...NO_META, line: lineAt(text, attribute.offset) };
  const expressions =
    attribute === undefined
      ? body.blocks.filter(({ type }) => type === 'meta').flatMap((meta) => [...meta.body.attributes.values()])
      : [attribute];
  const computed = expressions.find((expression) => expression.computed !== undefined)?.computed;
  return computed && computedLoss(computed, text);
}

function computedLoss({ written, offset }: Computed, text: string): MetadataLoss {
  return {
    cause: `\`${written}\` in the \`meta\` of the job`,
    effect: LOST,
    remedy:
      'Let the template compute the value (`[[ ... ]]`), or move the entry into the `meta` of a group or task, which nomad-pack leaves alone. For a batch job that is to run at each deploy, give it a variable that differs each time, such as `github.run_id`.',
    line: lineAt(text, offset),
  };
}

const NO_META = {
  cause: '`meta = null`',
  effect: 'crash',
  remedy: 'Leave `meta` out where there is none.',
};

const JSON_FILE = {
  cause: 'a job written as JSON',
  effect: LOST,
  remedy: 'Write the job as HCL.',
};
