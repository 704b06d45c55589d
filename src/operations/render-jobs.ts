import { ActionError } from '../errors.ts';
import type { NomadClient } from '../nomad/client.ts';
import { parseJobs, type RenderedJob, refuseOtherRegions, refuseTwins } from '../nomad/specification.ts';
import { locateTemplateLine, type RenderedFile } from '../nomad-pack/cli.ts';
import { type JobFile, type MetadataLoss, readJobFile } from '../nomad-pack/job-file.ts';
import { jobFiles, type PreparedPack, packMeta, renderPack } from './prepare.ts';
import type { Tools } from './tools.ts';

/**
 * The jobs that the pack renders to, as Nomad reads them.
 *
 * @throws ActionError; `job-specification` when there are none or nomad-pack would lose one, `secret-in-job` when one holds a token: a job can be read by many who may not have it
 */
export async function renderJobs(
  client: NomadClient,
  prepared: PreparedPack,
  { log, secrets }: Tools,
): Promise<RenderedJob[]> {
  return await log.phase('Render the pack', async () => {
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
    const version = await prepared.nomadPack.version;
    const read = readFiles(specifications, version);
    // What Nomad finds wrong with a file is the better explanation of one that nomad-pack cannot read.
    const jobs = await parseJobs(client, read, packMeta(prepared.target));
    for (const { loss, ...file } of read)
      if (loss !== undefined) throw await lostMetadata(file, loss, prepared, version);
    refuseTwins(jobs);
    await refuseOtherRegions(client, jobs);
    log.info(`Jobs: ${jobs.map(({ id, namespace }) => `${id} (${namespace})`).join(', ') || 'none'}.`);
    return jobs;
  });
}

/**
 * The jobs that the pack renders to, whether or not they could be deployed: to look for those that are there.
 *
 * @throws ActionError
 */
export async function findRendered(
  client: NomadClient,
  prepared: PreparedPack,
  { log }: Tools,
): Promise<RenderedJob[]> {
  return await log.phase('Render the pack', async () => {
    const files = jobFiles((await renderPack(prepared)).files);
    return await parseJobs(client, readFiles(files, await prepared.nomadPack.version), packMeta(prepared.target));
  });
}

/** The files, and what nomad-pack makes of each by itself. */
function readFiles(files: readonly RenderedFile[], version: string): (RenderedFile & JobFile)[] {
  return files.map((file) => ({ ...file, ...readJobFile(file.text, version) }));
}

/** A job that nomad-pack would register and then not know: `status`, `destroy` and the next deploy would not find it. */
async function lostMetadata(
  { name, text }: RenderedFile,
  { cause, remedy, line }: MetadataLoss,
  { target }: PreparedPack,
  version: string,
): Promise<ActionError> {
  const location = await locateTemplateLine(target.pack, name, text.split('\n')[line - 1] ?? '');
  return new ActionError(
    'job-specification',
    `${name}, line ${line}: ${cause} makes nomad-pack ${version} register the job without its own metadata, so that nobody could find the job again.`,
    { hint: remedy, ...(location !== undefined && { location }) },
  );
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
