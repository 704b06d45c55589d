import { NomadApi } from '../nomad/client.ts';
import type { Job } from '../nomad/types.ts';
import { Problem } from '../problem.ts';
import type { CommandFunction } from '../session.ts';

/** `status`: the packs that are deployed, or the jobs of one. Asks for each job of the namespace by itself. */
export const status: CommandFunction = async ({ args, env, ui }) => {
  const [pack = ''] = args.positional;
  const api = NomadApi.from(args, env);
  const subject = pack === '' ? 'error finding jobs' : `error finding jobs for pack ${pack}`;
  const stubs = await api.jobs().catch((error: Error) => {
    const title = pack === '' ? 'error retrieving packs' : 'error retrieving jobs';
    throw new Problem(title, `${subject}: ${error.message}`, [['Pack Name', pack]]);
  });
  const jobs: Job[] = [];
  for (const { ID } of stubs) {
    const job = await api.findJob(ID);
    if (job !== undefined) jobs.push(job);
  }
  if (pack === '') return printPacks(jobs);
  return printJobs(jobs);

  function printPacks(found: readonly Job[]): number {
    const pairs = found.flatMap(({ Meta: meta }) => {
      const [name, registry] = [meta?.['pack.name'], meta?.['pack.registry']];
      return name === undefined || registry === undefined ? [] : [`${name}\n${registry}`];
    });
    const rows = [...new Set(pairs)].map((pair) => pair.split('\n'));
    if (rows.length === 0) ui.warning('no packs found');
    else ui.table(['Pack Name', 'Registry Name'], rows);
    return 0;
  }

  function printJobs(found: readonly Job[]): number {
    const name = args.text('name') || undefined;
    const rows = found
      .filter(({ Meta: meta }) => meta?.['pack.name'] === pack)
      .filter(({ Meta: meta }) => name === undefined || (meta?.['pack.deployment_name'] ?? name) === name)
      .map(({ ID: id, Status: state = '', Meta: meta }) => [
        pack,
        meta?.['pack.registry'] ?? '',
        meta?.['pack.deployment_name'] ?? '',
        id,
        state,
      ]);
    if (rows.length === 0)
      ui.warning(`no jobs found for pack "${pack}"${name === undefined ? '' : ` in deployment "${name}"`}`);
    else ui.table(['Pack Name', 'Registry Name', 'Deployment Name', 'Job Name', 'Status'], rows);
    return 0;
  }
};
