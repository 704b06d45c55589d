import { z } from 'zod';
import * as field from './fields.ts';
import type { InputName } from './inputs.ts';
import { OPERATIONS } from './settings.ts';

const text = z.string();

/** What each input may be by itself; `load.ts` says which of them an operation needs, and which go together. */
export const inputsSchema = z.object({
  operation: field.oneOf(OPERATIONS).default('deploy'),
  deployment_name: field.name.optional(),
  pack: text.optional(),
  registry_name: field.name.optional(),
  registry_source: text.optional(),
  registry_ref: field.ref.default('latest'),
  registry_target: field.name.optional(),
  registry_token: text.optional(),
  registry: field.name.optional(),
  variables: text.default(''),
  secret_variables: text.default(''),
  variable_files: field.list.default([]),
  nomad_addr: field.nomadAddress.optional(),
  nomad_token: text.regex(/^[\x21-\x7e]+$/, 'holds characters that no token has').optional(),
  nomad_namespace: field.name.default('default'),
  nomad_region: field.name.optional(),
  nomad_cacert: text.optional(),
  nomad_client_cert: text.optional(),
  nomad_client_key: text.optional(),
  nomad_tls_server_name: field.name.optional(),
  nomad_skip_verify: field.flag.default(false),
  nomad_auth_method: field.name.optional(),
  nomad_auth_audience: text.optional(),
  nomad_pack_version: field.nomadPackVersion.default('latest'),
  nomad_pack_mirror: field.mirror.default('https://releases.hashicorp.com'),
  nomad_pack_signing_key: text.optional(),
  wait: field.flag.default(true),
  wait_timeout: field.duration.default(15 * 60_000),
  wait_for: field.oneOf(['started', 'complete']).default('started'),
  on_failure: field.oneOf(['keep', 'revert']).default('keep'),
  allow_replace: field.flag.default(false),
  preserve_counts: field.flag.default(false),
  pass_env: field.environmentNames.default([]),
  plan_digest: field.digest.optional(),
  fail_on_changes: field.flag.default(false),
  fail_on_unhealthy: field.flag.default(false),
  comment: field.oneOf(['auto', 'always', 'never']).default('auto'),
  github_token: text.optional(),
} satisfies Record<InputName, z.ZodType>);

export type CheckedInputs = z.output<typeof inputsSchema>;
