import { nowNanoseconds } from '../clock.ts';
import type { QueryResult } from '../http/blocking.ts';
import { HttpError } from '../http/errors.ts';
import { flag, jsonBody, namespaceOf } from '../http/request.ts';
import { type Call, query, type Route, type WriteResult, write } from '../http/router.ts';
import type { JobChange, Jobs } from '../jobs/jobs.ts';
import { readSubmission } from '../jobs/submission.ts';
import { canonicalizeJob } from '../jobspec/canonicalize.ts';
import { type JobDraft, JobspecError, parseJobspec } from '../jobspec/parse.ts';
import type { State } from '../state.ts';
import type { Job } from '../types.ts';
import { allocationStub, newestIndex } from './stubs.ts';

/** What one job is asked and told. Ids of children hold slashes, so the last words of the path decide. */
export function jobRoutes(state: State, jobs: Jobs): Route[] {
  return [
    write(/^\/v1\/jobs$/, (call) => register(jobs, call)),
    write(/^\/v1\/jobs\/parse$/, parse),
    write(/^\/v1\/job\/(.+)\/revert$/, (call) => revert(jobs, call)),
    write(/^\/v1\/job\/([^/]+)\/versions\/([^/]+)\/tag$/, (call) => tag(jobs, call)),
    write(/^\/v1\/job\/([^/]+)\/versions\/([^/]+)\/tag$/, (call) => untag(jobs, call), ['DELETE']),
    write(/^\/v1\/job\/(.+)\/tag$/, () => {
      throw new HttpError(404, 'invalid job tag endpoint');
    }),
    write(/^\/v1\/job\/(.+)\/evaluate$/, (call) => evaluate(jobs, call)),
    query(/^\/v1\/job\/(.+)\/allocations$/, (call) => allocations(state, call)),
    query(/^\/v1\/job\/(.+)\/evaluations$/, (call) => evaluations(state, call)),
    query(/^\/v1\/job\/(.+)\/deployments$/, (call) => deployments(state, call)),
    query(/^\/v1\/job\/(.+)\/deployment$/, (call) => latestDeployment(state, call)),
    query(/^\/v1\/job\/(.+)\/versions$/, (call) => versions(state, call)),
    query(/^\/v1\/job\/(.+)\/summary$/, (call) => summary(state, call)),
    query(/^\/v1\/job\/(.+)$/, (call) => job(state, call)),
    write(/^\/v1\/job\/(.+)$/, (call) => register(jobs, call)),
    write(/^\/v1\/job\/(.+)$/, (call) => deregister(jobs, call), ['DELETE']),
  ];
}

/** The job that a path names, for a caller who may read it. */
function named({ request, access, parameters }: Call): { namespace: string; id: string } {
  const namespace = namespaceOf(request);
  access.require(namespace, 'read-job');
  return { namespace, id: parameters[0] ?? '' };
}

/** What Nomad's writes say besides their own fields. */
const writeMeta = { KnownLeader: false, LastContact: 0, NextToken: '' };

function registered(change: JobChange): WriteResult {
  const body = {
    EvalCreateIndex: change.evaluationIndex,
    EvalID: change.evaluationId,
    Index: change.index,
    JobModifyIndex: change.jobModifyIndex,
    Warnings: '',
    ...writeMeta,
  };
  return { body, index: change.index };
}

function register(jobs: Jobs, { request, access, parameters }: Call): WriteResult {
  const body = jsonBody(request);
  const submitted = readSubmission(request, body);
  if (parameters[0] !== undefined && submitted.ID !== parameters[0]) {
    throw new HttpError(400, 'Job ID does not match name');
  }
  const enforceIndex = body['EnforceIndex'] === true ? Number(body['JobModifyIndex'] ?? 0) : undefined;
  const options = {
    preserveCounts: body['PreserveCounts'] === true,
    ...(enforceIndex === undefined ? {} : { enforceIndex }),
  };
  return registered(jobs.register(submitted, access, options));
}

function parse({ request, access }: Call): WriteResult {
  access.require(namespaceOf(request), 'parse-job', 'submit-job');
  const body = jsonBody(request);
  const text = body['JobHCL'];
  if (typeof text !== 'string' || text === '') throw new HttpError(400, 'Job spec is empty');
  const draft = parseOrRefuse(text);
  if (body['Canonicalize'] !== true) return { body: draft };
  return { body: canonicalizeJob(draft) };
}

function parseOrRefuse(text: string): JobDraft {
  try {
    return parseJobspec(text);
  } catch (error) {
    if (error instanceof JobspecError) throw new HttpError(400, `Failed to parse job: ${error.message}`);
    throw error;
  }
}

function revert(jobs: Jobs, { request, access, parameters }: Call): WriteResult {
  const body = jsonBody(request);
  if (body['JobID'] !== parameters[0]) throw new HttpError(400, 'Job ID does not match');
  const namespace = namespaceOf(request);
  access.require(namespace, 'submit-job', 'revert-job');
  const prior = body['EnforcePriorVersion'];
  const enforced = typeof prior === 'number' ? prior : undefined;
  return registered(jobs.revert(namespace, parameters[0] ?? '', Number(body['JobVersion'] ?? 0), enforced, access));
}

function tag(jobs: Jobs, { request, access, parameters: [id = '', name = ''] }: Call): WriteResult {
  const namespace = namespaceOf(request);
  access.require(namespace, 'submit-job', 'tag-job-version');
  const body = jsonBody(request);
  const Description = String(body['Description'] ?? '');
  const written = { Name: name, Description, TaggedTime: nowNanoseconds() };
  const index = jobs.tag(namespace, id, Number(body['Version'] ?? 0), written);
  return { body: { ...written, Index: index, ...writeMeta }, index };
}

function untag(jobs: Jobs, { request, access, parameters: [id = '', name = ''] }: Call): WriteResult {
  const namespace = namespaceOf(request);
  access.require(namespace, 'submit-job', 'tag-job-version');
  const index = jobs.untag(namespace, id, name);
  return { body: { Name: '', Description: '', TaggedTime: 0, Index: index, ...writeMeta }, index };
}

function evaluate(jobs: Jobs, { request, access, parameters }: Call): WriteResult {
  const namespace = namespaceOf(request);
  access.require(namespace, 'read-job');
  return registered(jobs.evaluate(namespace, parameters[0] ?? ''));
}

function deregister(jobs: Jobs, { request, access, parameters }: Call): WriteResult {
  const namespace = namespaceOf(request);
  const purge = flag(request, 'purge');
  access.require(namespace, 'submit-job', 'purge-job', ...(purge ? [] : ['deregister-job']));
  const change = jobs.deregister(namespace, parameters[0] ?? '', purge);
  const body = {
    EvalCreateIndex: change.evaluationIndex,
    EvalID: change.evaluationId,
    Index: change.index,
    JobModifyIndex: change.jobModifyIndex,
    VolumeEvalID: '',
    VolumeEvalIndex: 0,
    ...writeMeta,
  };
  return { body, index: change.index };
}

function job(state: State, call: Call): QueryResult {
  const { namespace, id } = named(call);
  const found = state.job(namespace, id);
  if (found === undefined) return { index: state.indexOf('jobs'), missing: 'job not found' };
  return { index: found.ModifyIndex, body: found };
}

function allocations(state: State, call: Call): QueryResult {
  const { namespace, id } = named(call);
  const all = state.jobAllocations(namespace, id, flag(call.request, 'all'));
  return { index: newestIndex(all, state.indexOf('allocs')), body: all.map(allocationStub) };
}

/** The evaluations under the job's id, of earlier jobs of that id too. */
function evaluations(state: State, call: Call): QueryResult {
  const { namespace, id } = named(call);
  const all = state.jobEvaluations(namespace, id);
  return { index: newestIndex(all, state.indexOf('evals')), body: all };
}

function deployments(state: State, call: Call): QueryResult {
  const { namespace, id } = named(call);
  const all = state.jobDeployments(namespace, id, flag(call.request, 'all'));
  return { index: newestIndex(all, state.indexOf('deployment')), body: all };
}

function latestDeployment(state: State, call: Call): QueryResult {
  const { namespace, id } = named(call);
  const latest = state.latestDeployment(namespace, id);
  return { index: latest?.ModifyIndex ?? state.indexOf('deployment'), body: latest ?? null };
}

function versions(state: State, call: Call): QueryResult {
  const { namespace, id } = named(call);
  const all: readonly Job[] = state.jobVersions(namespace, id);
  const index = newestIndex(all, state.indexOf('job_version'));
  if (all.length === 0) return { index, missing: 'job versions not found' };
  const body = { Diffs: null, Index: index, KnownLeader: true, LastContact: 0, NextToken: '', Versions: all };
  return { index, body };
}

function summary(state: State, call: Call): QueryResult {
  const { namespace, id } = named(call);
  const found = state.summary(namespace, id);
  if (found === undefined) return { index: state.indexOf('job_summary'), missing: 'job not found' };
  return { index: found.ModifyIndex, body: found };
}
