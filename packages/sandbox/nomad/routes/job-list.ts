import { fitsFilter, SelectorError } from '../filter/evaluate.ts';
import { type Filter, FilterError, parseFilter } from '../filter/parse.ts';
import type { QueryResult } from '../http/blocking.ts';
import { HttpError } from '../http/errors.ts';
import { flag, jsonBody, namespaceOf } from '../http/request.ts';
import { type Call, query, type Route } from '../http/router.ts';
import type { State } from '../state.ts';
import type { Allocation, Deployment, Job } from '../types.ts';
import { jobStub } from './stubs.ts';

/**
 * `/v1/jobs` and `/v1/jobs/statuses`.
 *
 * @param filters false for a server that is too old to filter: it pays no heed to `filter`.
 */
export function jobListRoutes(state: State, filters: boolean): Route[] {
  return [
    query(/^\/v1\/jobs$/, (call) => listJobs(state, filters, call)),
    query(/^\/v1\/jobs\/statuses$/, (call) => jobStatuses(state, call), ['GET', 'POST', 'PUT']),
  ];
}

function listJobs(state: State, filters: boolean, { request, access }: Call): QueryResult {
  const namespace = namespaceOf(request);
  access.require(namespace, 'list-jobs');
  const prefix = request.query.get('prefix') ?? '';
  const expression = filters ? (request.query.get('filter') ?? '') : '';
  const visible = state.allJobs().filter((job) => {
    const wanted = namespace === '*' || job.Namespace === namespace;
    return wanted && access.allows(job.Namespace, 'list-jobs') && job.ID.startsWith(prefix);
  });
  const jobs = expression === '' ? visible : filterJobs(visible, expression);
  const withMeta = flag(request, 'meta');
  return { index: state.indexOf('jobs', 'job_summary'), body: jobs.map((job) => jobStub(job, state, withMeta)) };
}

function filterJobs(jobs: readonly Job[], expression: string): Job[] {
  const filter = readFilter(expression);
  try {
    return jobs.filter((job) => fitsFilter(filter, job));
  } catch (error) {
    if (error instanceof SelectorError) throw new HttpError(400, `failed to read result page: ${error.message}`);
    throw error;
  }
}

function readFilter(expression: string): Filter {
  try {
    return parseFilter(expression);
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    const reason = `failed to read filter expression: ${error.message}`;
    throw new HttpError(400, `failed to create result paginator: ${reason}`);
  }
}

interface Wanted {
  readonly id: string;
  readonly namespace: string;
}

/** Which jobs an earlier run of the same blocking query has shown. */
const shownBefore = new WeakMap<Call, string>();

/**
 * The jobs that the body names, or all, newest change first. The index is the highest of what is shown, so that nothing
 * else wakes a blocking query; a job that goes away while the query waits wakes it too.
 */
function jobStatuses(state: State, call: Call): QueryResult {
  const { request, access } = call;
  const body = request.body === '' ? {} : jsonBody(request);
  const wanted = request.body === '' ? undefined : readWanted(body['jobs']);
  const namespace = statusNamespace(wanted, namespaceOf(request));
  access.require(namespace, 'read-job');
  const children = body['include_children'] === true || flag(request, 'include_children');
  const shown = state.allJobs().filter((job) => {
    if (!access.allows(job.Namespace, 'read-job') || (job.ParentID !== '' && !children)) return false;
    if (namespace !== '*' && job.Namespace !== namespace) return false;
    return wanted?.some((one) => one.id === job.ID && one.namespace === job.Namespace) ?? true;
  });
  const statuses = shown.map((job) => jobStatus(state, job));
  const ids = JSON.stringify(shown.map((job) => [job.Namespace, job.ID]));
  const before = shownBefore.get(call) ?? '[]';
  shownBefore.set(call, ids);
  const changed = before !== '[]' && before !== ids;
  const index = changed ? state.indexOf('jobs') : Math.max(1, ...statuses.map((status) => status.index));
  return { index, body: statuses.sort((a, b) => b.modified - a.modified).map((status) => status.body) };
}

function readWanted(jobs: unknown): Wanted[] {
  const named = (jobs as Partial<Wanted>[] | null | undefined) ?? [];
  if (named.length === 0) throw new HttpError(400, 'no jobs in request');
  return named.map((job) => ({ id: job.id ?? '', namespace: job.namespace || 'default' }));
}

/** Jobs of one namespace are looked for in that one, jobs of several in all of them. */
function statusNamespace(wanted: readonly Wanted[] | undefined, requested: string): string {
  if (wanted === undefined) return requested;
  const [first, ...others] = new Set(wanted.map((job) => job.namespace));
  return first !== undefined && others.length === 0 ? first : '*';
}

function jobStatus(state: State, job: Job): { index: number; modified: number; body: unknown } {
  const launches = job.Periodic !== null || (job.ParameterizedJob !== null && !job.Dispatched);
  const children = launches ? state.children(job.Namespace, job.ID) : [];
  const allocations = launches ? [] : state.jobAllocations(job.Namespace, job.ID, true);
  const latest = launches ? undefined : state.latestDeployment(job.Namespace, job.ID);
  const records = [job, ...children, ...allocations, ...(latest === undefined ? [] : [latest])];
  const body = {
    ID: job.ID,
    Namespace: job.Namespace,
    Name: job.Name,
    Type: job.Type,
    NodePool: job.NodePool,
    Datacenters: job.Datacenters,
    Priority: job.Priority,
    Version: job.Version,
    ParentID: job.ParentID,
    SubmitTime: job.SubmitTime,
    ModifyIndex: job.ModifyIndex,
    GroupCountSum: job.TaskGroups.reduce((sum, group) => sum + group.Count, 0),
    ChildStatuses: launches ? children.map((child) => child.Status) : null,
    Allocs: allocations.length === 0 ? null : allocations.map(statusAllocation),
    LatestDeployment: latest === undefined ? null : statusDeployment(latest),
    IsPack: job.Meta?.['pack.name'] !== undefined,
    Stop: job.Stop,
    Status: job.Status,
  };
  return { index: Math.max(...records.map((record) => record.ModifyIndex)), modified: job.ModifyIndex, body };
}

function statusAllocation(alloc: Allocation): unknown {
  return {
    ID: alloc.ID,
    Group: alloc.TaskGroup,
    ClientStatus: alloc.ClientStatus,
    NodeID: alloc.NodeID,
    DeploymentStatus: {
      Canary: alloc.DeploymentStatus?.Canary ?? false,
      Healthy: alloc.DeploymentStatus?.Healthy ?? null,
    },
    JobVersion: alloc.Job.Version,
    FollowupEvalID: alloc.FollowupEvalID,
    HasPausedTask: false,
  };
}

function statusDeployment(deployment: Deployment): unknown {
  const groups = Object.values(deployment.TaskGroups);
  const canaries = groups.filter((group) => group.DesiredCanaries > 0);
  const running = deployment.Status === 'running' && groups.length > 0;
  return {
    ID: deployment.ID,
    IsActive: deployment.Status === 'running' || deployment.Status === 'paused',
    JobVersion: deployment.JobVersion,
    Status: deployment.Status,
    StatusDescription: deployment.StatusDescription,
    AllAutoPromote: running && canaries.every((group) => group.AutoPromote),
    RequiresPromotion: running && canaries.some((group) => !group.Promoted),
  };
}
