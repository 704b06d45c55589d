import { type DeploymentChange, type DeploymentWatcher, PromotionError } from '../deployment-watcher.ts';
import { HttpError } from '../http/errors.ts';
import { jsonBody } from '../http/request.ts';
import { type Call, type Route, type WriteResult, write } from '../http/router.ts';
import { isActive } from '../job-status.ts';
import type { State } from '../state.ts';
import type { Deployment } from '../types.ts';

/** What a deployment can be told: promote, pause, fail. */
export function deploymentRoutes(state: State, watcher: DeploymentWatcher): Route[] {
  return [
    write(/^\/v1\/deployment\/promote\/([^/]+)$/, (call) => promote(state, watcher, call)),
    write(/^\/v1\/deployment\/pause\/([^/]+)$/, (call) => pause(state, watcher, call)),
    write(/^\/v1\/deployment\/fail\/([^/]+)$/, (call) => {
      const deployment = activeDeployment(state, call, 'fail', 'fail-deployment');
      return answer(watcher.fail(deployment));
    }),
  ];
}

function promote(state: State, watcher: DeploymentWatcher, call: Call): WriteResult {
  const body = deploymentBody(call);
  const deployment = activeDeployment(state, call, 'promote', 'promote-deployment');
  const groups = body['All'] === true ? undefined : ((body['Groups'] as string[] | null | undefined) ?? []);
  try {
    return answer(watcher.promote(deployment, groups));
  } catch (error) {
    if (error instanceof PromotionError) throw new HttpError(500, error.message);
    throw error;
  }
}

function pause(state: State, watcher: DeploymentWatcher, call: Call): WriteResult {
  const paused = deploymentBody(call)['Pause'] === true;
  const deployment = activeDeployment(state, call, paused ? 'pause' : 'resume', 'pause-deployment');
  return answer(paused ? watcher.pause(deployment) : watcher.resume(deployment));
}

function deploymentBody({ request, parameters }: Call): Record<string, unknown> {
  const body = jsonBody(request);
  if (!body['DeploymentID']) throw new HttpError(400, 'DeploymentID must be specified');
  if (body['DeploymentID'] !== parameters[0]) throw new HttpError(400, 'Deployment ID does not match');
  return body;
}

function activeDeployment(state: State, call: Call, verb: string, capability: string): Deployment {
  const deployment = state.deployment(call.parameters[0] ?? '');
  if (deployment === undefined) throw new HttpError(500, 'deployment not found');
  call.access.require(deployment.Namespace, 'submit-job', capability);
  if (!isActive(deployment)) throw new HttpError(500, `can't ${verb} terminal deployment`);
  return deployment;
}

function answer(change: DeploymentChange): WriteResult {
  const body = {
    EvalID: change.evaluationId,
    EvalCreateIndex: change.evaluationId === '' ? 0 : change.index,
    DeploymentModifyIndex: change.index,
    RevertedJobVersion: change.revertedJobVersion ?? null,
    Index: change.index,
  };
  return { body, index: change.index };
}
