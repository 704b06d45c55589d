import { validationSchema } from './api.ts';
import type { NomadClient } from './client.ts';
import { flattenErrors } from './error-list.ts';
import type { RenderedJob } from './specification.ts';

/** What Nomad would say to a job that is registered. */
export interface Validation {
  /** What it finds wrong, a text each. */
  readonly problems: readonly string[];
  /** What it takes with a word of warning; empty where it has none. */
  readonly warnings: string;
}

/**
 * Lets Nomad look at a job without registering it. It does not look whether there is room, nor at what only a client knows, such as the
 * configuration of a driver.
 *
 * @throws ActionError
 */
export async function validateJob(client: NomadClient, { namespace, specification }: RenderedJob): Promise<Validation> {
  const { body } = await client.post(
    '/v1/validate/job',
    validationSchema,
    { Job: specification },
    { query: { namespace }, repeatable: true },
  );
  return { problems: (body.ValidationErrors ?? []).map(flattenErrors), warnings: body.Warnings };
}
