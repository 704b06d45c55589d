import type { QueryResult } from '../http/blocking.ts';
import { HttpError } from '../http/errors.ts';
import { namespaceOf } from '../http/request.ts';
import { type Call, query, type Route, type WriteResult, write } from '../http/router.ts';
import { newId } from '../ids.ts';
import { newEvaluation, type State } from '../state.ts';
import type { Allocation } from '../types.ts';
import { allocationStub, newestIndex } from './stubs.ts';

/** Evaluations, allocations and deployments, one by one and in lists. */
export function recordRoutes(state: State): Route[] {
  return [
    query(/^\/v1\/evaluations$/, (call) => list(call, state.allEvaluations(), state.indexOf('evals'))),
    query(/^\/v1\/evaluation\/([^/]+)\/allocations$/, (call) => evaluationAllocations(state, call)),
    query(/^\/v1\/evaluation\/([^/]+)$/, (call) => {
      const found = state.evaluation(call.parameters[0] ?? '');
      return one(call, found, state.indexOf('evals'), 'eval not found');
    }),
    query(/^\/v1\/allocations$/, (call) => allocations(state, call)),
    query(/^\/v1\/allocation\/([^/]+)$/, (call) => {
      const found = state.allocation(call.parameters[0] ?? '');
      const shown = found === undefined ? undefined : completeAllocation(found);
      return one(call, shown, state.indexOf('allocs'), 'alloc not found');
    }),
    write(/^\/v1\/allocation\/([^/]+)\/stop$/, (call) => stopAllocation(state, call)),
    query(/^\/v1\/deployments$/, (call) => list(call, state.allDeployments(), state.indexOf('deployment'))),
    query(/^\/v1\/deployment\/allocations\/([^/]+)$/, (call) => deploymentAllocations(state, call)),
    query(/^\/v1\/deployment\/([^/]+)$/, (call) => {
      const found = state.deployment(call.parameters[0] ?? '');
      return one(call, found, state.indexOf('deployment'), 'deployment not found');
    }),
  ];
}

/** Has an allocation replaced: it stops, and the job is evaluated. */
function stopAllocation(state: State, { access, parameters }: Call): WriteResult {
  const alloc = state.allocation(parameters[0] ?? '');
  if (alloc === undefined) throw new HttpError(404, 'alloc not found');
  access.require(alloc.Namespace, 'alloc-lifecycle');
  const evaluation = newEvaluation(state.job(alloc.Namespace, alloc.JobID) ?? alloc.Job, newId(), 'alloc-stop');
  const index = state.commit(() => {
    state.putAllocation({ ...alloc, DesiredTransition: { ...alloc.DesiredTransition, Migrate: true } });
    state.putEvaluation(evaluation);
  });
  return { body: { EvalID: evaluation.ID, Index: index }, index };
}

interface Listed {
  readonly ID: string;
  readonly Namespace: string;
  readonly ModifyIndex: number;
}

/** A record; one of a namespace that the caller may not read is as good as missing. */
function one(call: Call, found: Listed | undefined, tableIndex: number, missing: string): QueryResult {
  call.access.require(namespaceOf(call.request), 'read-job');
  if (found === undefined || !call.access.allows(found.Namespace, 'read-job')) return { index: tableIndex, missing };
  return { index: found.ModifyIndex, body: found };
}

function visible<Rec extends Listed>({ request, access }: Call, records: readonly Rec[]): Rec[] {
  const namespace = namespaceOf(request);
  access.require(namespace, 'read-job');
  const prefix = request.query.get('prefix') ?? '';
  return records.filter((record) => {
    const wanted = namespace === '*' || record.Namespace === namespace;
    return wanted && access.allows(record.Namespace, 'read-job') && record.ID.startsWith(prefix);
  });
}

function list(call: Call, records: readonly Listed[], index: number): QueryResult {
  return { index, body: visible(call, records) };
}

function allocations(state: State, call: Call): QueryResult {
  return { index: state.indexOf('allocs'), body: visible(call, state.allAllocations()).map(allocationStub) };
}

function evaluationAllocations(state: State, call: Call): QueryResult {
  const all = state.allAllocations().filter((alloc) => alloc.EvalID === call.parameters[0]);
  return { index: newestIndex(all, state.indexOf('allocs')), body: visible(call, all).map(allocationStub) };
}

function deploymentAllocations(state: State, call: Call): QueryResult {
  const all = state.allAllocations().filter((alloc) => alloc.DeploymentID === call.parameters[0]);
  return { index: newestIndex(all, state.indexOf('allocs')), body: visible(call, all).map(allocationStub) };
}

/** What only a single allocation shows. */
function completeAllocation(alloc: Allocation): Allocation & Record<string, unknown> {
  return { ...alloc, PreemptedAllocations: null, PreemptedByAllocation: '' };
}
