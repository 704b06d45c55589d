import type { Job } from './api.ts';
import { jobKey } from './jobs.ts';
import type { RenderedJob } from './specification.ts';

/**
 * The jobs as `nomad-pack run --preserve-counts` would register them: groups that are there already keep their counts. Nomad's
 * plan knows no such option.
 *
 * @param existing jobs by `jobKey`.
 */
export function keepCounts(rendered: readonly RenderedJob[], existing: ReadonlyMap<string, Job>): RenderedJob[] {
  return rendered.map((job) => {
    const groups = existing.get(jobKey(job))?.TaskGroups ?? [];
    const counts = new Map(groups.map((group) => [group.Name, group.Count]));
    const { specification } = job;
    const TaskGroups = (specification.TaskGroups ?? []).map((group) => {
      const Count = counts.get(group.Name);
      return Count === undefined ? group : { ...group, Count };
    });
    return { ...job, specification: { ...specification, TaskGroups } };
  });
}
