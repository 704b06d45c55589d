import * as z from 'zod/mini';
import { OPERATION_NAMES } from '../operations.ts';
import * as field from './fields.ts';
import type { InputName } from './inputs.ts';

const text = z.string();

/** What each input may be by itself; `load.ts` says which of them an operation needs, and which go together. */
export const inputsSchema = z.object({
  operation: z._default(field.oneOf(OPERATION_NAMES), 'deploy'),
  deployments_file: z.optional(text),
  environment: z.optional(field.name),
  only: z._default(field.list, []),
  only_with_needs: z._default(field.flag, false),
  changed_since: z.optional(field.revision),
  parallelism: z._default(field.atMost(100), 4),
  fail_fast: z._default(field.flag, false),
  deployment_name: z.optional(field.deploymentName),
  pack: z.optional(text),
  registry_name: z.optional(field.name),
  registry_source: z.optional(text),
  registry_ref: z._default(field.ref, 'latest'),
  registry_target: z.optional(field.name),
  registry_token: z.optional(text),
  registry_user: z.optional(field.userName),
  registry: z.optional(field.name),
  variables: z._default(text, ''),
  secret_variables: z._default(text, ''),
  variable_files: z._default(field.list, []),
  variable_sources: z._default(field.variableSources, []),
  nomad_addr: z.optional(field.nomadAddress),
  nomad_token: z.optional(
    text.check(z.regex(/^[\x21-\x7e]+$/, 'must not hold characters that no token has, such as spaces')),
  ),
  nomad_namespace: z._default(field.name, 'default'),
  nomad_region: z.optional(field.name),
  nomad_http_auth: z.optional(field.httpAuth),
  nomad_cacert: z.optional(text),
  nomad_capath: z.optional(text),
  nomad_client_cert: z.optional(text),
  nomad_client_key: z.optional(text),
  nomad_tls_server_name: z.optional(field.name),
  nomad_skip_verify: z._default(field.flag, false),
  nomad_auth_method: z.optional(field.name),
  nomad_auth_audience: z.optional(text),
  nomad_pack_version: z._default(field.nomadPackVersion, 'latest'),
  nomad_pack_mirror: z._default(field.mirror, 'https://releases.hashicorp.com'),
  nomad_pack_signing_key: z.optional(text),
  wait: z._default(field.flag, true),
  wait_timeout: z._default(field.duration, 15 * 60_000),
  wait_for: z._default(field.oneOf(field.WAIT_FOR), 'started'),
  on_failure: z._default(field.oneOf(field.ON_FAILURE), 'keep'),
  allow_replace: z._default(field.flag, false),
  adopt_jobs: z._default(field.list, []),
  preserve_counts: z._default(field.flag, false),
  redeploy: z._default(field.flag, false),
  rollback_to: z.optional(field.ref),
  dry_run: z._default(field.flag, false),
  pass_env: z._default(field.environmentNames, []),
  plan_digest: z.optional(field.digest),
  fail_on_changes: z._default(field.flag, false),
  fail_on_unhealthy: z._default(field.flag, false),
  comment: z._default(field.oneOf(['auto', 'always', 'never']), 'auto'),
  comment_label: z.optional(field.name),
  pull_request_number: z.optional(field.issueNumber),
  github_token: z.optional(text),
} satisfies Record<InputName, z.ZodMiniType>);

export type CheckedInputs = z.output<typeof inputsSchema>;
