import { nothingSchema, variableListSchema, variableSchema } from './api.ts';
import type { NomadClient } from './client.ts';
import { isMissing, NomadResponseError } from './errors.ts';

/** A Nomad variable's place. */
export interface VariableRef {
  readonly path: string;
  readonly namespace: string;
}

/** What is at a place: the items, nothing, or what the token may not see. */
export type StoredVariable =
  | { readonly state: 'there'; readonly items: Readonly<Record<string, string>> }
  | { readonly state: 'absent' | 'unseen' };

/**
 * `GET /v1/var/:path`: <https://developer.hashicorp.com/nomad/api-docs/variables/variables>.
 *
 * @throws ActionError
 */
export async function readVariable(client: NomadClient, { path, namespace }: VariableRef): Promise<StoredVariable> {
  try {
    const { body } = await client.get(pathOf(path), variableSchema, { query: { namespace } });
    return { state: 'there', items: body.Items ?? {} };
  } catch (error) {
    if (isMissing(error)) return { state: 'absent' };
    if (isForbidden(error)) return { state: 'unseen' };
    throw error;
  }
}

/**
 * The variables whose paths begin so, in all namespaces that the token may see; undefined where Nomad refuses to list any.
 *
 * @throws ActionError
 */
export async function listVariables(client: NomadClient, prefix = ''): Promise<VariableRef[] | undefined> {
  try {
    const { body } = await client.get('/v1/vars', variableListSchema, { query: { namespace: '*', prefix } });
    return body.map(({ Path: path, Namespace: namespace }) => ({ path, namespace }));
  } catch (error) {
    if (isForbidden(error)) return undefined;
    throw error;
  }
}

/**
 * Deletes the variable. Where the answer is lost, whether it is gone decides.
 *
 * @throws ActionError
 */
export async function deleteVariable(client: NomadClient, variable: VariableRef): Promise<void> {
  const { path, namespace } = variable;
  try {
    await client.delete(pathOf(path), nothingSchema, { query: { namespace } });
  } catch (error) {
    if (isForbidden(error) || (await readVariable(client, variable)).state !== 'absent') throw error;
  }
}

/** The job that Nomad lets read the path without a policy, where it is one of those: `nomad/jobs/JOB/GROUP/TASK`. */
export function jobOfPath(path: string): string | undefined {
  return /^nomad\/jobs\/([^/]+)/.exec(path)?.[1];
}

function pathOf(path: string): string {
  return `/v1/var/${path.split('/').map(encodeURIComponent).join('/')}`;
}

function isForbidden(error: unknown): boolean {
  return error instanceof NomadResponseError && error.status === 403;
}
