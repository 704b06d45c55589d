import { ActionError } from '../errors.ts';
import { type Job, type JobMeta, type JobRef, type ParsedJob, parsedJobSchema, peersSchema } from './api.ts';
import type { NomadClient } from './client.ts';
import { NomadResponseError } from './errors.ts';
import { jobKey } from './jobs.ts';
import { SpecificationError, unreadable } from './specification-faults.ts';

/** A rendered job specification: HCL, as `nomad-pack render` writes it. */
export interface RenderedFile {
  /** Path below the folder of rendered files. */
  readonly name: string;
  readonly text: string;
  /** What stands behind `job`; it is the job's id unless the block sets another. */
  readonly label?: string;
  /** The namespace that the file names, where nomad-pack can read it by itself. */
  readonly namespace?: string;
}

/** What nomad-pack records in the metadata of every job that it registers. */
export interface PackMeta {
  readonly deploymentName: string;
  /** Name of the pack; for jobs of its dependencies too, the name of the pack that was asked for. */
  readonly packName: string;
  readonly packPath: string;
  readonly registry: string;
  /** The ref; nomad-pack calls it the version. */
  readonly ref: string;
}

/** A job as a deploy would register it. */
export interface RenderedJob extends JobRef {
  readonly file: string;
  /** To hand to Nomad: metadata and namespace included. */
  readonly specification: Job;
}

/**
 * Lets Nomad read the rendered files and adds what nomad-pack adds, so that planning the result tells what `nomad-pack run` would
 * do. `meta` of a job stays, its `pack.*` keys aside.
 *
 * @throws ActionError `job-specification` naming the file when Nomad cannot read it, or when nobody knows which namespace it goes to
 */
export async function parseJobs(
  client: NomadClient,
  files: readonly RenderedFile[],
  meta: PackMeta,
): Promise<RenderedJob[]> {
  const parsed = await Promise.all(files.map(async (file) => ({ file, job: await parse(client, file) })));
  const named = new Set(files.flatMap(({ namespace }) => namespace ?? []));
  return parsed.map(({ file, job }) => {
    if (job.ID === '') {
      throw new SpecificationError(
        file.name,
        `${file.name} renders to a job without a name`,
        'Give the variable that the template takes the name of the job from a value, or correct the template.',
      );
    }
    const namespace = job.Namespace || namespaceFor(file, named, client.settings.namespace);
    const specification = {
      ...job,
      Name: job.Name || job.ID,
      Namespace: namespace,
      Meta: { ...job.Meta, ...metadataOf(meta, file.label ?? job.ID) },
    };
    return { id: job.ID, namespace, file: file.name, specification };
  });
}

function metadataOf(meta: PackMeta, label: string): JobMeta {
  return {
    'pack.path': meta.packPath,
    'pack.name': meta.packName,
    'pack.registry': meta.registry,
    'pack.deployment_name': meta.deploymentName,
    'pack.job': label,
    'pack.version': meta.ref,
  };
}

/**
 * Where a job goes whose template names no namespace. nomad-pack 0.4.2 keeps the namespace of the last template that names one
 * for all requests that follow, so its siblings go there and not into `nomad_namespace`; templates come in random order.
 */
function namespaceFor(file: RenderedFile, named: ReadonlySet<string>, otherwise: string): string {
  const [first, ...others] = named;
  if (first === undefined) return otherwise;
  if (others.length === 0) return first;
  const all = [...named].sort().join('", "');
  throw new ActionError(
    'job-specification',
    `${file.name} names no namespace while other templates of the pack name "${all}": nomad-pack would choose one at random`,
    { hint: 'Let every template of the pack name its namespace, or none.' },
  );
}

/**
 * Refuses two files that render to one job: nomad-pack registers both, in random order. Likewise two jobs whose ids differ in upper and
 * lower case only: Nomad keeps the versions of both in one place.
 *
 * @throws ActionError `job-specification` naming both files
 */
export function refuseTwins(jobs: readonly Pick<RenderedJob, 'id' | 'namespace' | 'file'>[]): void {
  const known = new Map<string, { readonly id: string; readonly file: string }>();
  for (const { id, namespace, file } of jobs) {
    const key = jobKey({ id: id.toLowerCase(), namespace });
    const other = known.get(key);
    if (other !== undefined) {
      const words =
        other.id === id
          ? `${other.file} and ${file} both render to job "${id}" in namespace "${namespace}": nomad-pack would register one over the other, in random order`
          : `${other.file} renders to job "${other.id}" and ${file} to job "${id}" in namespace "${namespace}", which differ in upper and lower case only: Nomad would mix up their versions`;
      throw new ActionError('job-specification', words, {
        hint: 'Give each of the jobs a name of its own, or let only one of the templates render to a job.',
      });
    }
    known.set(key, { id, file });
  }
}

/**
 * Refuses jobs of a region that this step does not look at. A region that a template names beats `nomad_region`: nomad-pack registers
 * the job there, and sends all requests that follow there, for whatever job. Templates come in random order, so with several of them
 * nobody knows what goes where.
 *
 * @throws ActionError `job-specification`
 */
export async function refuseOtherRegions(client: NomadClient, jobs: readonly RenderedJob[]): Promise<void> {
  const regions = new Set(jobs.flatMap(({ specification }) => specification.Region || []));
  for (const region of regions) {
    if (await isOwnRegion(client, region)) continue;
    const { file, id } = jobs.find(({ specification }) => specification.Region === region) as RenderedJob;
    const own = client.settings.region;
    throw new ActionError(
      'job-specification',
      `${file}: job "${id}" names the region "${region}", but this step works in ${own === undefined ? 'the region of the Nomad that it asks' : `"${own}"`}`,
      {
        hint: `Set \`nomad_region\` to \`${region}\` (it must be a region of the cluster) if the whole pack goes there, or drop \`region\` from the template.`,
      },
    );
  }
}

/**
 * Whether requests that name no region, or the one of the settings, arrive in this one. The servers tell without a token: those
 * of two regions are never the same.
 */
async function isOwnRegion(client: NomadClient, region: string): Promise<boolean> {
  if (client.settings.region !== undefined) return client.settings.region === region;
  const peers = async (query: Record<string, string>) =>
    (await client.get('/v1/status/peers', peersSchema, { query })).body;
  try {
    const [own, there] = await Promise.all([peers({}), peers({ region })]);
    return there.some((server) => own.includes(server));
  } catch (error) {
    if (error instanceof NomadResponseError && /No path to region/i.test(error.words)) return false;
    throw error;
  }
}

async function parse(client: NomadClient, file: RenderedFile): Promise<ParsedJob> {
  const payload = { JobHCL: file.text, Canonicalize: false };
  try {
    const { body } = await inPermittedNamespace(client, file, (namespace) =>
      client.post('/v1/jobs/parse', parsedJobSchema, payload, { query: { namespace }, repeatable: true }),
    );
    return body;
  } catch (error) {
    if (!(error instanceof NomadResponseError) || error.status !== 400) throw error;
    throw unreadable(file, error);
  }
}

/** Reading a specification wants a right in some namespace: the settings’ one, or any that the specification mentions. */
async function inPermittedNamespace<Found>(
  client: NomadClient,
  file: RenderedFile,
  attempt: (namespace: string) => Promise<Found>,
): Promise<Found> {
  const mentioned = [...file.text.matchAll(/^\s*namespace\s*=\s*"([^"]+)"/gm)].flatMap((match) => match[1] ?? []);
  const [first, ...others] = new Set([client.settings.namespace, ...mentioned]);
  try {
    return await attempt(first ?? client.settings.namespace);
  } catch (error) {
    if (!(error instanceof NomadResponseError) || error.status !== 403) throw error;
    for (const namespace of others) {
      try {
        return await attempt(namespace);
      } catch (other) {
        // Of several refusals, the first one is to be reported.
        if (!(other instanceof NomadResponseError) || other.status !== 403) throw other;
      }
    }
    throw error;
  }
}
