import type { Deployment } from '../deployment/deployment.ts';
import { ActionError } from '../errors.ts';
import { refuseTwins } from '../nomad/specification.ts';
import { LOOK, refused } from '../nomad/specification-faults.ts';
import { validateJob } from '../nomad/validation.ts';
import { checkJobFile } from '../nomad-pack/check-job.ts';
import type { RenderedFile } from '../nomad-pack/cli.ts';
import { isJson } from '../nomad-pack/job-file.ts';
import type { Outcome } from '../result.ts';
import { type PreparedPack, preparePack } from './prepare.ts';
import { placeInTemplate, readFiles, readJobs, refuseLosses, renderSpecifications } from './render-jobs.ts';
import type { Tools } from './tools.ts';

const FINE: Outcome = { status: 'unknown', health: 'unknown', changed: false, jobs: [] };

/**
 * Tells whether a deploy of the pack could begin: it is there, the variables fit, it renders, and what it renders to are job
 * specifications. Where a cluster is given, it is Nomad that says so; else the grammar and the names that Nomad knows have to do.
 *
 * @throws ActionError `job-specification` with all that is wrong, and as every operation that renders
 */
export async function validate(deployment: Deployment, tools: Tools): Promise<Outcome> {
  const { log, secrets } = tools;
  const prepared = await preparePack(deployment, tools);
  const specifications = await log.phase('Render the pack', async () => await renderSpecifications(prepared, secrets));
  await log.phase('Check the job specifications', async () => {
    if (deployment.settings.nomad.isAssumed === true) await checkAlone(deployment, prepared, specifications, tools);
    else await checkWithNomad(deployment, prepared, specifications, tools);
  });
  return FINE;
}

async function checkAlone(
  deployment: Deployment,
  prepared: PreparedPack,
  specifications: readonly RenderedFile[],
  { log }: Tools,
): Promise<void> {
  const version = await prepared.nomadPack.version;
  const files = readFiles(specifications, version);
  const found = specifications
    .filter(({ text }) => !isJson(text))
    .flatMap((file) => checkJobFile(file.text).map((problem) => ({ file, ...problem })));
  const [first] = found;
  if (first !== undefined) {
    const words = found.map(({ file, line, message }) => `${file.name}, line ${line}: ${message}`);
    const location = await placeInTemplate(prepared, first.file, first.line);
    throw new ActionError('job-specification', words.join('\n'), {
      hint: LOOK,
      ...(location !== undefined && { location }),
    });
  }
  await refuseLosses(prepared, files, version);
  refuseTwins(
    files.flatMap(({ name: file, id, namespace = deployment.namespace }) =>
      id === undefined ? [] : [{ file, id, namespace }],
    ),
  );
  log.notice(
    'No cluster is given, so Nomad was not asked: whether values fit and go together, and whether the cluster has what the jobs want, is not known. With `nomad_addr` it is.',
  );
}

async function checkWithNomad(
  deployment: Deployment,
  prepared: PreparedPack,
  specifications: readonly RenderedFile[],
  { log }: Tools,
): Promise<void> {
  const jobs = await readJobs(deployment, prepared, specifications);
  const client = await deployment.client();
  const answers = await Promise.all(jobs.map(async (job) => ({ job, ...(await validateJob(client, job)) })));
  for (const { job, warnings } of answers)
    if (warnings.trim() !== '') log.warning(`Nomad says of job "${job.id}" of ${job.file}: ${warnings.trim()}`);
  const found = answers.flatMap(({ job, problems }) =>
    problems.map((words) => ({ id: job.id, file: job.file, words })),
  );
  if (found.length > 0) throw refused(found);
}
