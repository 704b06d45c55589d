import { type Deployment, namespacesOf } from '../deployment/deployment.ts';
import type { Search } from '../deployment/strangers.ts';
import type { SurveyedJob } from '../nomad/survey.ts';
import type { Tools } from './tools.ts';

/** Where a deployment's jobs are. */
export interface Namespaces {
  readonly names: ReadonlySet<string>;
  /** False where the pack's own templates may name others. */
  readonly certain: boolean;
}

/**
 * Where the deployment's jobs are. A template may name a namespace of its own, so where the same pack runs under the same name elsewhere,
 * the pack is rendered to tell whether that is this deployment or another environment's.
 */
export async function findNamespaces(
  deployment: Deployment,
  tools: Tools,
  jobs: readonly SurveyedJob[],
  search: Search,
): Promise<Namespaces> {
  const { namespace } = deployment;
  const asked = new Set([namespace]);
  if (deployment.locate(jobs).elsewhere.length === 0) return { names: asked, certain: true };
  const rendering = await search.render();
  if (rendering === undefined) return { names: asked, certain: false };
  if ('jobs' in rendering) return { names: namespacesOf(rendering.jobs), certain: true };
  tools.log.notice(
    `The pack cannot be rendered any more, so only the jobs in the namespace ${namespace} go: ${rendering.failure.message}`,
  );
  return { names: asked, certain: false };
}
