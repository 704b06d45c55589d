import { type Deployment, nameJobs } from '../deployment/deployment.ts';
import { findOwnerlessSiblings, findStrangers } from '../deployment/strangers.ts';
import { ActionError } from '../errors.ts';
import { jobKey } from '../nomad/jobs.ts';
import { describeConflict } from '../nomad/ownership.ts';
import { diagnose } from '../nomad/rollout/diagnosis.ts';
import { bad } from '../nomad/rollout/verdict.ts';
import { overallStatus } from '../nomad/state.ts';
import type { Survey, SurveyedChild, SurveyedJob } from '../nomad/survey.ts';
import { traceOf } from '../nomad/trace.ts';
import type { Facts, JobState, Outcome } from '../result.ts';
import { searchFor } from './render-jobs.ts';
import type { Tools } from './tools.ts';

/**
 * The deployment's jobs and their health. Asks Nomad itself: nothing is downloaded and no registry fetched, except where the server
 * cannot list the jobs of one deployment, and where it lists none, or jobs without an owner run beside them: then the pack is rendered, if
 * the inputs say where it is, to look for its jobs by their ids.
 */
export async function status(deployment: Deployment, tools: Tools): Promise<Outcome> {
  const survey = await tools.log.phase('Ask Nomad', async () => await deployment.surveyIfPossible());
  const { status, health, jobs } = survey.filtered
    ? await readSurvey(deployment, tools, survey)
    : await readTable(deployment, tools);
  const failure =
    deployment.settings.review.failOnUnhealthy && health !== 'healthy' && status !== 'complete'
      ? notHealthy(deployment, { status, health, jobs })
      : undefined;
  return { status, health, changed: false, jobs, ...(failure !== undefined && { failure }) };
}

/** How a deployment is found to be. */
type Condition = Required<Pick<Facts, 'status' | 'health' | 'jobs'>>;

/** What is to be told of what was found: the jobs and their health, and as notices the rest. */
async function readSurvey(
  deployment: Deployment,
  tools: Tools,
  { jobs, children }: Survey & { filtered: true },
): Promise<Condition> {
  const { log, record } = tools;
  const { here, elsewhere, others } = deployment.locate(jobs);
  if (others.length > 0) log.notice(`Of the same deployment name, but of other packs: ${nameJobs(others)}.`);
  if (elsewhere.length > 0) log.notice(whereElse(deployment, here, elsewhere));
  const { here: left } = deployment.locate(orphans(jobs, children));
  if (left.length > 0) log.notice(`Launched by jobs that are stopped or gone, and not over: ${nameJobs(left)}.`);
  if (here.length + elsewhere.length === 0) await deployment.requireNamespace();
  const states = await withOrigins(deployment, await deployment.states(here.length > 0 ? here : elsewhere));
  record.know({ jobs: states });
  const told = states.some(isIll)
    ? await log.phase('Look for the cause', async () => await withCauses(deployment, tools, states))
    : states;
  record.know({ jobs: told });
  // Jobs of another namespace may be another environment's, or this pack's own, whose template names the namespace.
  const isElsewhere = here.length === 0 && elsewhere.length > 0;
  const known = isElsewhere ? [] : told;
  const isPartlyUnknown = (await hasStrangers(deployment, tools, here.length + elsewhere.length > 0)) || isElsewhere;
  return { ...overallStatus(isPartlyUnknown ? [...known, UNKNOWN] : known), jobs: told };
}

/** The jobs, with where their versions came from. */
async function withOrigins(deployment: Deployment, jobs: readonly JobState[]): Promise<JobState[]> {
  const existing = await deployment.existing(jobs);
  return jobs.map((job) => {
    const found = existing.get(jobKey(job));
    const trace = found === undefined ? undefined : traceOf(found);
    if (trace === undefined) return job;
    const { undoes: _, backTo: __, ...origin } = trace;
    return { ...job, origin };
  });
}

/** What is true of a job of which nobody can say whether it is the deployment's. */
const UNKNOWN = { status: 'unknown', health: 'unknown' } as const;

/**
 * Whether jobs run that have the ids of the pack's and are not the deployment's, which is told: they may be its own, and have lost the
 * metadata that says so.
 *
 * @param isKnown whether something was found by the deployment's name; then only jobs without an owner may be a part of it
 */
async function hasStrangers(deployment: Deployment, tools: Tools, isKnown: boolean): Promise<boolean> {
  const search = searchFor(deployment, tools);
  try {
    const strangers = isKnown
      ? await findOwnerlessSiblings(deployment, new Set([deployment.namespace]), search)
      : await findStrangers(deployment, search);
    for (const job of strangers) tools.log.notice(`${describeConflict(deployment.owner, job)}.`);
    return strangers.length > 0;
  } catch (error) {
    if (!(error instanceof ActionError) || error.reason !== 'job-specification') throw error;
    tools.log.notice(error.message);
    return true;
  }
}

/** Children that go on though nothing launches any more. */
function orphans(jobs: readonly SurveyedJob[], children: readonly SurveyedChild[]): SurveyedChild[] {
  const parents = new Set([...jobs, ...children].filter(({ stop }) => !stop).map(jobKey));
  return children.filter(
    ({ parentId: id, namespace, status }) => status !== 'dead' && !parents.has(jobKey({ id, namespace })),
  );
}

/** More causes than that nobody reads; the rest of the jobs is in the table. */
const MOST_CAUSES = 5;

function isIll({ health }: JobState): boolean {
  return health === 'unhealthy';
}

/** The jobs, with why the first few of the unhealthy ones are. */
async function withCauses(
  deployment: Deployment,
  { signal, secrets }: Tools,
  jobs: readonly JobState[],
): Promise<JobState[]> {
  const client = await deployment.client();
  const ill = new Set(jobs.filter(isIll).slice(0, MOST_CAUSES));
  const verdict = bad('unhealthy', 'it is not healthy');
  const redact = (text: string) => secrets.redact(text);
  return await Promise.all(
    jobs.map(async (job) =>
      ill.has(job) ? { ...job, diagnosis: await diagnose({ client, job, verdict, signal, redact }) } : job,
    ),
  );
}

/** The jobs of nomad-pack's table, on whose health it says nothing. */
async function readTable({ settings }: Deployment, tools: Tools): Promise<Condition> {
  const { pack, deploymentName, nomad } = settings;
  tools.log.notice(
    'This Nomad cannot list the jobs of one deployment, so nomad-pack is asked, which knows nothing of their health.',
  );
  const nomadPack = await tools.nomadPack();
  await tools.untilInstalled();
  const rows = await tools.log.phase(
    'Ask nomad-pack',
    async () => await nomadPack.status({ pack, deploymentName, nomad }),
  );
  const jobs = rows
    .filter((row) => row.pack === pack.name && row.deployment === deploymentName)
    .map((row) => ({
      id: row.job,
      namespace: nomad.namespace,
      type: 'unknown',
      ...judgeTable(row.status),
      version: 0,
      groups: [],
      url: '',
    }));
  return { ...overallStatus(jobs), jobs };
}

/** nomad-pack's own word for a job: `running` and `pending` are taken as they are, anything else says nothing. */
function judgeTable(word: string): Pick<JobState, 'status' | 'health'> {
  if (word === 'running') return { status: 'running', health: 'healthy' };
  return { status: word === 'pending' ? 'pending' : 'unknown', health: 'unknown' };
}

function whereElse(
  { name, namespace }: Deployment,
  here: readonly SurveyedJob[],
  elsewhere: readonly SurveyedJob[],
): string {
  const first = here.length === 0 ? `Nothing of ${name} is in the namespace ${namespace}. ` : '';
  return `${first}The same pack runs under the same name elsewhere: ${nameJobs(elsewhere)}. Set \`nomad_namespace\` to look there.`;
}

/** The cause comes first, where it is known. */
function notHealthy(
  { name }: Deployment,
  { status, health, jobs }: Pick<Outcome, 'status' | 'health' | 'jobs'>,
): ActionError {
  const ill = jobs.filter((job) => job.diagnosis !== undefined);
  const causes = ill.map(({ id, diagnosis }) => `Job "${id}": ${diagnosis?.cause}`);
  const words = [
    status === 'failed' ? 'has failed' : `is ${status}`,
    ...(health === 'unhealthy' && status !== 'failed' ? ['unhealthy'] : []),
  ];
  const state = `The deployment \`${name}\` ${words.join(' and ')}.`;
  return new ActionError('unhealthy', [...causes, state].join('\n'), {
    hint:
      status === 'absent'
        ? 'Deploy it, or check `deployment_name`, `pack` and `nomad_namespace`. `fail_on_unhealthy` makes the step fail over it.'
        : 'The table of jobs says which. `fail_on_unhealthy` makes the step fail over it.',
  });
}
