import { ActionError } from '../errors.ts';
import {
  type GroupSummary,
  type JobMeta,
  type JobRef,
  type JobStub,
  type JobType,
  jobStubsSchema,
  type NomadJobStatus,
} from './api.ts';
import type { NomadClient } from './client.ts';
import { NomadResponseError } from './errors.ts';

/** A job in Nomad that carries the name of a deployment. */
export interface SurveyedJob extends JobRef {
  readonly type: JobType;
  readonly launches: 'periodic' | 'parameterized' | undefined;
  readonly status: NomadJobStatus;
  /** It was told to stop. */
  readonly stop: boolean;
  readonly jobModifyIndex: number;
  /** Nanoseconds since 1970. */
  readonly submitTime: number;
  readonly groups: Readonly<Record<string, GroupSummary>>;
  readonly pack: PackIdentity;
}

/** What nomad-pack recorded of where the job came from; empty where it recorded nothing. */
export interface PackIdentity {
  readonly name: string;
  readonly registry: string;
  readonly ref: string;
  readonly path: string;
}

/** A job that a periodic or parameterized one launched. It inherits the metadata but is not a job of the pack. */
export interface SurveyedChild extends SurveyedJob {
  readonly parentId: string;
}

/** `filtered` is false where the server is too old to filter: then nothing is known. */
export type Survey =
  | {
      readonly filtered: true;
      readonly jobs: readonly SurveyedJob[];
      readonly children: readonly SurveyedChild[];
      /** Of the state that this is; what is written later has a higher one. 0 where the server does not tell. */
      readonly index: number;
    }
  | { readonly filtered: false };

/** As the input is checked: nothing in it ends the text that it is put into. */
const DEPLOYMENT_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*(?:@[A-Za-z0-9][A-Za-z0-9._@/+#-]*)?$/;

/**
 * Every job of all visible namespaces that carries the deployment's name, stopped ones included, sorted by namespace and id. It
 * is one request, whatever the size of the cluster.
 */
export async function surveyDeployment(client: NomadClient, deploymentName: string): Promise<Survey> {
  // The name becomes part of an expression.
  if (!DEPLOYMENT_NAME.test(deploymentName)) {
    throw new ActionError('input', `"${deploymentName}" cannot be the name of a deployment`, {
      hint: 'Set `deployment_name` to letters, digits, `.`, `_` and `-`, beginning with a letter or digit; `@` and a ref may follow, as in `web@v1.2.0`.',
    });
  }
  const listed = await list(client, `Meta["pack.deployment_name"] == ${JSON.stringify(deploymentName)}`);
  return listed === undefined ? { filtered: false } : surveyOf(listed, deploymentName);
}

/**
 * The same for every deployment of the cluster at once, in one request.
 *
 * @returns what there is of a deployment, by its name
 */
export async function surveyCluster(client: NomadClient): Promise<(deploymentName: string) => Survey> {
  const listed = await list(client, 'Meta["pack.deployment_name"] is not empty');
  if (listed === undefined) return () => ({ filtered: false });
  return (name) => surveyOf(listed, name);
}

function surveyOf({ stubs, index }: Listed, deploymentName: string): Survey {
  const found = stubs.filter((stub) => stub.Meta?.['pack.deployment_name'] === deploymentName).sort(byNamespaceAndId);
  return {
    filtered: true,
    jobs: found.filter((stub) => stub.ParentID === '').map(surveyed),
    children: found
      .filter((stub) => stub.ParentID !== '')
      .map((stub) => ({ ...surveyed(stub), parentId: stub.ParentID })),
    index,
  };
}

/** Jobs of all visible namespaces, and the index of the state that they are of. */
interface Listed {
  readonly stubs: readonly JobStub[];
  readonly index: number;
}

/**
 * The running jobs of these namespaces that no deployment owns: deployed by other means, or without the metadata that nomad-pack
 * writes. It is one request.
 */
export async function listOwnerless(client: NomadClient, namespaces: ReadonlySet<string>): Promise<JobRef[]> {
  const places = [...namespaces].map((namespace) => `Namespace == ${JSON.stringify(namespace)}`).join(' or ');
  const filter = `Meta["pack.deployment_name"] is empty and ParentID is empty and Stop == false and Status != "dead" and (${places})`;
  // Naming a namespace that the token may not list would be refused.
  const { body } = await client.get('/v1/jobs', jobStubsSchema, { query: { namespace: '*', meta: true, filter } });
  return body.sort(byNamespaceAndId).map(({ ID, Namespace }) => ({ id: ID, namespace: Namespace }));
}

/** Where the job's metadata says it came from. */
export function packIdentity(meta: JobMeta | null | undefined): PackIdentity {
  return {
    name: meta?.['pack.name'] ?? '',
    registry: meta?.['pack.registry'] ?? '',
    ref: meta?.['pack.version'] ?? '',
    path: meta?.['pack.path'] ?? '',
  };
}

/**
 * The stubs that fit the filter; undefined where the server does not filter: one that is too old pays no heed to the expression,
 * or to `meta`, and so shows jobs that do not fit, or nothing of their metadata.
 */
async function list(client: NomadClient, filter: string): Promise<Listed | undefined> {
  const query = { namespace: '*', meta: true, filter };
  try {
    const { body: stubs, index } = await client.get('/v1/jobs', jobStubsSchema, { query });
    return stubs.some((stub) => !stub.Meta?.['pack.deployment_name']) ? undefined : { stubs, index };
  } catch (error) {
    if (isFilterRefused(error)) return undefined;
    throw error;
  }
}

/** Whether it is the expression that the server does not understand, or a field of it; a 400 may mean anything else, too. */
function isFilterRefused(error: unknown): boolean {
  if (!(error instanceof NomadResponseError) || error.status !== 400) return false;
  return /filter expression|error finding value/.test(error.words);
}

function byNamespaceAndId(a: JobStub, b: JobStub): number {
  if (a.Namespace !== b.Namespace) return a.Namespace < b.Namespace ? -1 : 1;
  return a.ID < b.ID ? -1 : 1;
}

function surveyed(stub: JobStub): SurveyedJob {
  return {
    id: stub.ID,
    namespace: stub.Namespace,
    type: stub.Type,
    launches: stub.Periodic ? 'periodic' : stub.ParameterizedJob ? 'parameterized' : undefined,
    status: stub.Status,
    stop: stub.Stop,
    jobModifyIndex: stub.JobModifyIndex,
    submitTime: stub.SubmitTime,
    groups: stub.JobSummary?.Summary ?? {},
    pack: packIdentity(stub.Meta),
  };
}
