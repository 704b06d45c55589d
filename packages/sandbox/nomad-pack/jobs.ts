import { addPackMeta, jobPlace, type PackMeta } from './job-meta.ts';
import type { NomadApi } from './nomad/client.ts';
import type { Job } from './nomad/types.ts';
import { type ContextLine, Problem, Problems } from './problem.ts';
import type { Release } from './release.ts';
import type { RenderedTemplate } from './render.ts';

/** A job of a pack, ready to be registered. */
export interface PackJob {
  /** The template that it comes from. */
  readonly template: string;
  readonly specification: string;
  readonly job: Job;
  /** Where the specification itself says that the job belongs. */
  readonly place: { readonly namespace?: string; readonly region?: string };
}

/**
 * Lets Nomad read the rendered templates, in random order as nomad-pack does. Where one names a namespace or a region, later requests go
 * there too.
 *
 * @throws Problems
 */
export async function parseJobs(
  api: NomadApi,
  templates: readonly RenderedTemplate[],
  meta: PackMeta,
  context: readonly ContextLine[],
  release: Release,
): Promise<PackJob[]> {
  const jobs: PackJob[] = [];
  const problems: Problem[] = [];
  for (const { name, text } of shuffled(templates)) {
    const specification = addPackMeta(text, meta, release);
    const { namespace, region } = jobPlace(specification);
    api.namespace = namespace ?? api.namespace;
    api.region = region ?? api.region;
    try {
      const original = await api.parse(specification, false);
      const job = await api.parse(specification, true);
      jobs.push({ template: name, specification, job, place: placeOf(original) });
    } catch (error) {
      const where: ContextLine[] = [['Template Name', name], ...context];
      problems.push(new Problem('failed to parse job specification', (error as Error).message, where));
    }
  }
  if (problems.length > 0) throw new Problems(problems);
  return jobs;
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, rank: Math.random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

function placeOf({ Namespace: namespace, Region: region }: Job): PackJob['place'] {
  return {
    ...(namespace != null && namespace !== '' && { namespace }),
    ...(region != null && region !== '' && { region }),
  };
}

/**
 * Makes sure that no job of the pack exists as another deployment's, or as nobody's. It is the job's name that is looked up.
 *
 * @throws Problems
 */
export async function refuseConflicts(api: NomadApi, jobs: readonly PackJob[], deployment: string): Promise<void> {
  const problems: Problem[] = [];
  const report = (template: string, message: string) =>
    problems.push(new Problem('failed job conflict validation', message, [['Template Name', template]]));
  for (const { template, job } of jobs) {
    try {
      const existing = await api.findJob(job.Name);
      if (existing === undefined) continue;
      const owner = existing.Meta?.['pack.deployment_name'];
      const known = `job with id "${existing.ID}" already exists and is`;
      if (owner === undefined) report(template, `${known} not managed by nomad pack`);
      else if (owner !== deployment) report(template, `${known} part of deployment "${owner}"`);
    } catch (error) {
      report(template, (error as Error).message);
    }
  }
  if (problems.length > 0) throw new Problems(problems);
}
