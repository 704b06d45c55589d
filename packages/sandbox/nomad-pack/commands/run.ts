import { type PackJob, parseJobs, refuseConflicts } from '../jobs.ts';
import { monitorEvaluations } from '../monitor/monitor.ts';
import { NomadApi } from '../nomad/client.ts';
import { loadPack } from '../pack/load.ts';
import { deploymentName, locatePack, type PackSource, renderSource, requirePack } from '../pack-source.ts';
import { type ContextLine, Problem, Problems } from '../problem.ts';
import type { Rendered } from '../render.ts';
import type { CommandFunction, Session } from '../session.ts';
import { readNomadVariables } from '../variables/nomad-variables.ts';

/** What a pack that cannot be rendered ends with. */
const cannotRender = 255;

/** `run`: registers the jobs of a pack, stops those that it no longer has, and watches. */
export const run: CommandFunction = async (session) => {
  const { args, env, ui, release } = session;
  const source = locatePack(args, env);
  requirePack(source);
  const deployment = deploymentName(args, source);
  const context: ContextLine[] = [...source.context, ['Deployment Name', deployment]];
  const api = NomadApi.from(args, env);
  const rendered = renderOrReport(source, session, context);
  if (rendered === undefined) return cannotRender;
  const jobs = await parseJobs(api, rendered.templates, { ...source, deployment }, context, session.release);
  if (jobs.length === 0) throw new Problem('failed to check for conflicts', 'no parsed templates found', context);
  if (!args.switch('deploy-override')) await refuseConflicts(api, jobs, deployment);
  const evaluations = await registerAll(api, jobs, deployment, session, context);
  if (release.stopsRemovedJobs) await stopRemoved(api, jobs, deployment, session, context);
  if (release.makesNomadVariables) {
    ui.output('Creating Nomad Variables...');
    await createVariables(api, source, session, context);
    ui.output('Nomad Variables created successfully');
  }
  if (release.watches && !args.switch('detach')) {
    const exitCode = await monitorEvaluations(api, evaluations, { ...session, verbose: args.switch('verbose') });
    if (exitCode !== 0) return exitCode;
  }
  const manage = source.directory ?? `${source.name} with --ref=${source.ref}`;
  ui.success(
    `Pack successfully deployed. Use ${manage} to manage this deployed instance with plan, stop, destroy, or info`,
  );
  try {
    const outputs = rendered.outputs();
    if (outputs !== '') ui.output(`\n${outputs}`);
  } catch (error) {
    throw error instanceof Problem ? error.within([['Pack Name', source.name]]) : error;
  }
  return 0;
};

async function createVariables(
  api: NomadApi,
  { path }: PackSource,
  { ui }: Session,
  context: readonly ContextLine[],
): Promise<void> {
  for (const variable of readNomadVariables(loadPack(path))) {
    ui.output(`  Creating variable at path: ${variable.path} (namespace: ${variable.namespace})`);
    await api.putVariable(variable).catch((error: Error) => {
      ui.warning('Job is running, but variable creation failed');
      const message = `failed to create variable at path ${variable.path}: ${error.message}`;
      throw new Problem('failed to create Nomad Variables', message, context);
    });
    ui.output(`  ✓ Created variable: ${variable.name}`);
  }
}

/** Renders the pack, or prints why it cannot be. */
export function renderOrReport(
  source: PackSource,
  session: Session,
  context: readonly ContextLine[],
): Rendered | undefined {
  try {
    return renderSource(source, session, context);
  } catch (error) {
    if (!(error instanceof Problems)) throw error;
    for (const problem of error.problems) session.ui.problem(problem);
    return undefined;
  }
}

async function registerAll(
  api: NomadApi,
  jobs: readonly PackJob[],
  deployment: string,
  { args, ui }: Session,
  context: readonly ContextLine[],
): Promise<string[]> {
  const evaluations: string[] = [];
  const index = Number(args.text('check-index') ?? 0);
  const options = {
    EnforceIndex: index > 0,
    JobModifyIndex: index,
    PolicyOverride: args.switch('policy-override'),
    PreserveCounts: args.switch('preserve-counts'),
    PreserveResources: args.switch('preserve-resources'),
  };
  for (const { template, specification, job, place } of jobs) {
    const { EvalID: evaluation, Warnings: warnings } = await api
      .register(job, options, specification, place)
      .catch((error: Error) => {
        const enforced = /\(Enforcing job modify index.*\)/.test(error.message);
        const title = `failed to register job${enforced ? ' due to check index failure' : ''}`;
        throw new Problem(title, error.message, [...context, ['Template Name', template], ['Job Name', job.Name]]);
      });
    if (warnings) ui.warning(`Job Warnings:\n${warnings}[reset]\n`);
    if (job.Periodic == null && job.ParameterizedJob == null) {
      ui.info(`Evaluation ID: ${evaluation}`);
      evaluations.push(evaluation);
    }
    ui.info(`Job '${job.ID}' in pack deployment '${deployment}' registered successfully`);
  }
  return evaluations;
}

/** Stops every other job of this deployment's name, whatever pack or namespace it has, and, by its release, whatever parent. */
async function stopRemoved(
  api: NomadApi,
  jobs: readonly PackJob[],
  deployment: string,
  { ui, release }: Session,
  context: readonly ContextLine[],
): Promise<void> {
  const filter = `Meta["pack.deployment_name"] == ${JSON.stringify(deployment)}`;
  const stubs = await api
    .jobs({ namespace: '*', filter })
    .catch(() => api.jobs({ filter }))
    .catch((error: Error) => {
      const message = `error listing jobs for deployment "${deployment}": ${error.message}`;
      throw new Problem('failed to query for previously deployed jobs', message, context);
    });
  const registered = new Set(jobs.map(({ job }) => job.ID));
  for (const { ID: id, Namespace: namespace, Status: state, ParentID: parent } of stubs) {
    if (state === 'dead' || registered.has(id)) continue;
    if (parent && !release.stopsChildren) continue;
    ui.warning(`Job '${id}' is no longer defined in pack deployment '${deployment}' - stopping`);
    await api.deregister(id, { namespace, purge: false }).catch((error: Error) => {
      throw new Problem(`failed to stop removed job '${id}'`, error.message, [...context, ['Job Name', id]]);
    });
    ui.success(`Job '${id}' stopped successfully`);
  }
}
