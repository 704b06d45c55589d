import { ActionError } from '../errors.ts';
import { type Job, type JobMeta, type JobRef, type ParsedJob, parsedJobSchema } from './api.ts';
import type { NomadClient } from './client.ts';
import { NomadResponseError } from './errors.ts';

/** A rendered job specification: HCL, as `nomad-pack render` writes it. */
export interface RenderedFile {
  /** Path below the folder of rendered files. */
  readonly name: string;
  readonly text: string;
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
 * @throws ActionError `job-specification` naming the file when Nomad cannot read it, or when nomad-pack would not treat it as the
 *   user means it (see `namespaceFor` and `refuseInterpolatedMeta`).
 */
export async function parseJobs(
  client: NomadClient,
  files: readonly RenderedFile[],
  meta: PackMeta,
): Promise<RenderedJob[]> {
  const parsed = await Promise.all(files.map(async (file) => ({ file, job: await parse(client, file) })));
  const namespaces = new Set(parsed.flatMap(({ job }) => job.Namespace || []));
  return parsed.map(({ file, job }) => {
    refuseInterpolatedMeta(file, job);
    const namespace = job.Namespace || namespaceFor(file, namespaces, client.settings.namespace);
    const specification = {
      ...job,
      Name: job.Name || job.ID,
      Namespace: namespace,
      Meta: { ...job.Meta, ...packMeta(meta, jobLabel(file.text) ?? job.ID) },
    };
    return { id: job.ID, namespace, file: file.name, specification };
  });
}

function packMeta(meta: PackMeta, label: string): JobMeta {
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
 * Where a job's `meta` cannot be evaluated, nomad-pack 0.4.2 registers the job without its own metadata: it could not be found
 * again, and the next deploy would be refused because of it.
 */
function refuseInterpolatedMeta(file: RenderedFile, { ID, Meta }: ParsedJob): void {
  const found = Object.entries(Meta ?? {}).find(([, value]) => value.includes('${'));
  // Written as `$${`, it is plain text to nomad-pack as well.
  if (found === undefined || file.text.includes('$${')) return;
  throw new ActionError(
    'job-specification',
    `${file.name}: meta "${found[0]}" of job "${ID}" is computed, so nomad-pack would register the job without its metadata and lose it`,
    { hint: 'Use plain values in the job’s meta; a task’s or a group’s meta may be computed.' },
  );
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
    throw new ActionError('job-specification', `Nomad cannot read ${file.name}: ${error.words}`, {
      hint: 'Look at what the pack renders (operation: render) and at the variables it was given.',
      cause: error,
    });
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

/** What stands behind `job` in the specification; it is the job's id unless the block sets another. */
function jobLabel(text: string): string | undefined {
  return /^\s*job\s+"((?:[^"\\]|\\.)*)"\s*\{/m.exec(text)?.[1];
}
