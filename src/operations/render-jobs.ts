import type { Deployment } from '../deployment/deployment.ts';
import type { Rendering, Search } from '../deployment/strangers.ts';
import { ActionError, asActionError, type FileLocation } from '../errors.ts';
import { parseJobs, type RenderedJob, refuseOtherRegions, refuseTwins } from '../nomad/specification.ts';
import { SpecificationError } from '../nomad/specification-faults.ts';
import { locateTemplateLine, type RenderedFile } from '../nomad-pack/cli.ts';
import { type JobFile, type MetadataLoss, readJobFile } from '../nomad-pack/job-file.ts';
import { jobFiles, type PreparedPack, packMeta, preparePack, renderPack } from './prepare.ts';
import type { Tools } from './tools.ts';

/**
 * The jobs that the pack renders to, as Nomad reads them.
 *
 * @throws ActionError; `job-specification` when there are none or nomad-pack would lose one, `secret-in-job` when one holds a token: a job can be read by many who may not have it
 */
export async function renderJobs(
  deployment: Deployment,
  prepared: PreparedPack,
  { log, secrets }: Tools,
): Promise<RenderedJob[]> {
  return await log.phase('Render the pack', async () => {
    const specifications = await renderSpecifications(prepared, secrets);
    const jobs = await readJobs(deployment, prepared, specifications);
    log.info(`Jobs: ${jobs.map(({ id, namespace }) => `${id} (${namespace})`).join(', ') || 'none'}.`);
    return jobs;
  });
}

/**
 * The job specifications that the pack renders to.
 *
 * @throws ActionError as `renderJobs`
 */
export async function renderSpecifications(prepared: PreparedPack, secrets: Tools['secrets']): Promise<RenderedFile[]> {
  const { files } = await renderPack(prepared);
  const specifications = jobFiles(files);
  if (specifications.length === 0) throw noJobs(files);
  const leak = specifications.find(({ text }) => secrets.holdsToken(text));
  if (leak !== undefined) {
    throw new ActionError(
      'secret-in-job',
      `The job specification ${leak.name} holds a token of this step (of Nomad, the registry, or GitHub), which the pack has read from where it may not.`,
      {
        hint: 'Look at the pack before you run it again, and revoke the token: a pack is code that you trust. A token that a job needs goes into `secret_variables`.',
      },
    );
  }
  refuseBroken(specifications);
  return specifications;
}

/**
 * What Nomad reads in job specifications, with what nomad-pack adds to them.
 *
 * @throws ActionError as `renderJobs`
 */
export async function readJobs(
  deployment: Deployment,
  prepared: PreparedPack,
  specifications: readonly RenderedFile[],
): Promise<RenderedJob[]> {
  const client = await deployment.client();
  const version = await prepared.nomadPack.version;
  const read = readFiles(specifications, version);
  // What Nomad finds wrong with a file is the better explanation of one that nomad-pack cannot read.
  const jobs = await atTemplate(prepared, read, parseJobs(client, read, packMeta(prepared.target)));
  await refuseLosses(prepared, read, version);
  refuseTwins(jobs);
  await refuseOtherRegions(client, jobs);
  return jobs;
}

/** @throws ActionError `job-specification` for a file whose job nomad-pack would register without its metadata */
export async function refuseLosses(
  prepared: PreparedPack,
  files: readonly (RenderedFile & JobFile)[],
  version: string,
): Promise<void> {
  for (const { loss, ...file } of files)
    if (loss !== undefined) throw await lostMetadata(file, loss, prepared, version);
}

/**
 * The jobs that the pack renders to, whether or not they could be deployed: to look for those that are there.
 *
 * @throws ActionError
 */
async function findRendered(deployment: Deployment, prepared: PreparedPack, { log }: Tools): Promise<RenderedJob[]> {
  return await log.phase('Render the pack', async () => {
    const files = jobFiles((await renderPack(prepared)).files);
    return await parseJobs(
      await deployment.client(),
      readFiles(files, await prepared.nomadPack.version),
      packMeta(prepared.target),
    );
  });
}

/** Renders the pack to look for its jobs, when it is first asked for, and once. */
export function searchFor(deployment: Deployment, tools: Tools): Search {
  let rendering: Promise<Rendering> | undefined;
  return {
    render: async () => {
      rendering ??= renderIfPossible(deployment, tools);
      return await rendering;
    },
    say: (line) => tools.log.info(line),
  };
}

async function renderIfPossible(deployment: Deployment, tools: Tools): Promise<Rendering> {
  if (deployment.settings.registry === undefined) return undefined;
  try {
    return { jobs: await findRendered(deployment, await preparePack(deployment, tools), tools) };
  } catch (error) {
    const failure = asActionError(error);
    if (failure.reason === 'cancelled' || failure.reason === 'internal') throw error;
    return { failure };
  }
}

/** The same; a file that Nomad cannot read is told at the line of the template that it comes from, where that is known. */
async function atTemplate<Found>(
  prepared: PreparedPack,
  files: readonly RenderedFile[],
  parsing: Promise<Found>,
): Promise<Found> {
  try {
    return await parsing;
  } catch (error) {
    if (!(error instanceof SpecificationError)) throw error;
    const text = files.find(({ name }) => name === error.file)?.text ?? '';
    const location = await placeInTemplate(prepared, { name: error.file, text }, error.line);
    if (location === undefined) throw error;
    throw new ActionError(error.reason, error.message, { hint: error.hint, cause: error, location });
  }
}

/** The line of a template that a line of what it renders to comes from, or its file alone, where they are known. */
export async function placeInTemplate(
  { target }: PreparedPack,
  { name, text }: Pick<RenderedFile, 'name' | 'text'>,
  line: number | undefined,
): Promise<FileLocation | undefined> {
  return await locateTemplateLine(target.pack, name, line === undefined ? undefined : text.split('\n')[line - 1]);
}

/** The files, and what nomad-pack makes of each by itself. */
export function readFiles(files: readonly RenderedFile[], version: string): (RenderedFile & JobFile)[] {
  return files.map((file) => ({ ...file, ...readJobFile(file.text, version) }));
}

/** A job that nomad-pack would register and then not know: `status`, `destroy` and the next deploy would not find it. */
async function lostMetadata(
  { name, text }: RenderedFile,
  { cause, effect, remedy, line }: MetadataLoss,
  prepared: PreparedPack,
  version: string,
): Promise<ActionError> {
  const location = await placeInTemplate(prepared, { name, text }, line);
  return new ActionError(
    'job-specification',
    `${name}, line ${line}: ${cause} makes nomad-pack ${version} ${effect}.`,
    { hint: remedy, ...(location !== undefined && { location }) },
  );
}

/** nomad-pack cannot read such a file by itself: it would register the job without its own metadata. */
function refuseBroken(files: readonly RenderedFile[]): void {
  const broken = files.find(({ brokenLine }) => brokenLine !== undefined);
  if (broken === undefined) return;
  throw new ActionError('job-specification', `${broken.name}, line ${broken.brokenLine}, is not encoded as UTF-8.`, {
    hint: 'Look at what the template decodes there (such as `b64dec`) or reads from a file: a job specification is text. Hand bytes over as base64.',
  });
}

function noJobs(files: readonly RenderedFile[]): ActionError {
  return new ActionError(
    'job-specification',
    `The pack renders to no job, only to ${files.map(({ name }) => name).join(', ') || 'nothing'}.`,
    {
      hint: 'nomad-pack registers what comes of templates whose names end in `.nomad.tpl`: let those of the jobs be named so.',
    },
  );
}
