import { ActionError } from '../errors.ts';
import type { NomadClient } from '../nomad/client.ts';
import { parseJobs, type RenderedJob } from '../nomad/specification.ts';
import type { RenderedFile } from '../nomad-pack/cli.ts';
import { jobFiles, type PreparedPack, packMeta, renderPack } from './prepare.ts';
import type { Tools } from './tools.ts';

/**
 * The jobs that the pack renders to, as Nomad reads them.
 *
 * @throws ActionError; `job-specification` when there are none, `secret-in-job` when one holds a token: a job can be read by many who may not have it
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
    const jobs = await parseJobs(client, specifications, packMeta(prepared.target));
    log.info(`Jobs: ${jobs.map(({ id, namespace }) => `${id} (${namespace})`).join(', ') || 'none'}.`);
    return jobs;
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
