import { monitorEvaluations } from '../monitor/monitor.ts';
import { NomadApi } from '../nomad/client.ts';
import type { Job } from '../nomad/types.ts';
import { loadPack } from '../pack/load.ts';
import { deploymentName, locatePack, type PackSource } from '../pack-source.ts';
import { type ContextLine, Problem } from '../problem.ts';
import type { Rendered } from '../render.ts';
import type { CommandFunction, Session } from '../session.ts';
import { readNomadVariables } from '../variables/nomad-variables.ts';
import { renderOrReport } from './run.ts';

const defaultNamespace = 'default';

/** `stop`: stops the jobs that the pack renders to now. */
export const stop: CommandFunction = (session) => remove(session, session.args.switch('purge'));

/** `destroy`: stops them and removes them from Nomad. */
export const destroy: CommandFunction = (session) => remove(session, true);

async function remove(session: Session, purge: boolean): Promise<number> {
  const { args, env, ui, release } = session;
  const words = purge ? ['destroy', 'destroying', 'destroyed'] : ['stop', 'stopping', 'stopped'];
  const source = locatePack(args, env);
  const deployment = deploymentName(args, source);
  const context: ContextLine[] = [...source.context, ['Deployment Name', deployment]];
  const api = NomadApi.from(args, env);
  const rendered = renderOrReport(source, session, context);
  if (rendered === undefined) return 255;
  const jobs = await ownJobs(api, rendered, source, deployment, context);
  if (jobs.length === 0) {
    ui.warning(`no jobs found for pack "${source.name}"`);
    return 1;
  }
  const failures: Error[] = [];
  const evaluations: string[] = [];
  const removed: string[] = [];
  for (const job of jobs) {
    const ambiguous = await prefixConflict(api, job);
    if (ambiguous !== undefined) {
      failures.push(ambiguous);
      ui.warning(`skipping job "${job.ID}" - job validation failed with err: ${ambiguous.message}`);
      continue;
    }
    try {
      const options = { purge, global: args.switch('global'), namespace: namespaceOf(job) };
      const evaluation = await api.deregister(job.ID, options);
      if (evaluation) {
        ui.info(`Evaluation "${evaluation}" submitted for job "${job.ID}"`);
        evaluations.push(evaluation);
      }
      removed.push(job.Name);
    } catch (error) {
      failures.push(error as Error);
      ui.problem(new Problem(`error deregistering job: "${job.ID}"`, (error as Error).message));
    }
  }
  if (purge && release.makesNomadVariables) {
    ui.output('Deleting Nomad Variables...');
    for (const variable of readNomadVariables(loadPack(source.path))) {
      ui.output(`Deleting variable at path: ${variable.path} (namespace: ${variable.namespace})`);
      await api.deleteVariable(variable);
      ui.output(`Deleted variable: ${variable.name}`);
    }
    ui.output('Nomad Variables deleted successfully');
  }
  const watches = release.watches && !args.switch('detach') && evaluations.length > 0;
  const watch = { ...session, verbose: args.switch('verbose') };
  const exitCode = watches ? await monitorEvaluations(api, evaluations, watch) : 0;
  for (const name of removed) ui.success(`Job "${name}" ${words[2]}`);
  if (failures.length > 0) {
    ui.warning(`Pack "${source.name}" ${words[0]} complete with errors`);
    for (const { message } of failures) ui.problem(new Problem(`error ${words[1]} pack`, message, context));
    return 1;
  }
  ui.success(`Pack "${source.name}" ${words[2]}`);
  return exitCode;
}

/** The jobs that the pack renders to and that are there as this deployment's. */
async function ownJobs(
  api: NomadApi,
  { templates }: Rendered,
  source: PackSource,
  deployment: string,
  context: readonly ContextLine[],
): Promise<Job[]> {
  if (templates.length === 0) {
    throw new Problem('no templates rendered', 'no templates were rendered by the renderer process run', context);
  }
  const wanted: Job[] = [];
  for (const { name, text } of templates) {
    const parsed = await api.parse(text, true).catch((error: Error) => {
      throw new Problem('failed to parse job specification', error.message, [...context, ['Template Name', name]]);
    });
    wanted.push(parsed);
  }
  const fail = (message: string) => new Problem('failed to find jobs for pack', message, context);
  const found: Job[] = [];
  let elsewhere = false;
  for (const job of wanted) {
    const existing = await api.job(job.ID, namespaceOf(job)).catch((error: Error) => {
      throw fail(`error retrieving job ${job.ID} for pack ${source.name}: ${error.message}`);
    });
    const { Meta: meta } = existing;
    const owner = meta?.['pack.deployment_name'];
    if (owner === deployment) found.push(existing);
    else if (
      owner !== undefined &&
      meta?.['pack.registry'] === source.registry &&
      meta?.['pack.name'] === source.name
    ) {
      elsewhere = true;
    }
    if (found.length === 0 && elsewhere) {
      const hint = `Run "nomad-pack status ${source.name}" for more information`;
      throw fail(`pack "${source.name}" running but not in deployment "${deployment}". ${hint}`);
    }
  }
  return found;
}

/** The namespace that a template asks for; `default` counts for none. */
function namespaceOf({ Namespace: namespace }: Job): string | undefined {
  return !namespace || namespace === defaultNamespace ? undefined : namespace;
}

async function prefixConflict(api: NomadApi, job: Job): Promise<Error | undefined> {
  const { ID: id, Name: name } = job;
  try {
    const [first, second] = await api.jobs({ prefix: id, namespace: namespaceOf(job) });
    if (first === undefined) return new Error(`no job(s) with prefix or id "${name}" found`);
    const ambiguous = second !== undefined && (first.ID !== id || second.ID === id);
    return ambiguous ? new Error('prefix matched multiple jobs') : undefined;
  } catch (error) {
    return new Error(`error querying job prefix "${id}": ${(error as Error).message}`);
  }
}
