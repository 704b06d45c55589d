import * as z from 'zod/mini';
import { NAME, ON_FAILURE, oneOf, WAIT_FOR } from '../fields.ts';
import { VARIABLE_NAME } from '../variables.ts';

/** Where a name of the file becomes part of another text. */
export const ENVIRONMENT_PLACEHOLDER = '${environment}';

const name = z
  .string('must be a name')
  .check(z.regex(NAME, 'must consist of letters, digits, `.`, `_` and `-`, and begin with a letter or digit'));

/** As `name`, once `${environment}` is replaced. */
const nameTemplate = z
  .string('must be a name')
  .check(
    z.regex(
      /^(?:[A-Za-z0-9]|\$\{environment\})(?:[A-Za-z0-9._-]|\$\{environment\})*$/,
      'must consist of letters, digits, `.`, `_`, `-` and `${environment}`, and begin with a letter, a digit or `${environment}`',
    ),
  );

const text = z.string('must be a text').check(z.minLength(1, 'must not be empty'));

const variableName = z
  .string('must be a name')
  .check(
    z.regex(
      VARIABLE_NAME,
      'must be a name that a variable can have: letters, digits, `_` and `-`, and not begin with a digit',
    ),
  );

const flag = z.boolean('must be `true` or `false`');

/** Tells editors what a field is for. */
function described<Schema extends z.ZodMiniType>(schema: Schema, description: string): Schema {
  // Of its own: the same schema stands for several fields.
  const own = schema.clone(schema._zod.def);
  z.globalRegistry.add(own, { description });
  return own;
}

const variables = described(
  z.record(variableName, z.unknown(), 'must be a mapping of variables, such as `replicas: 2`'),
  'Variables of the pack. A later place wins, variable by variable.',
);

/** What may be set for all deployments, for an environment, for a deployment, and for a deployment in an environment. */
const settings = {
  nomad_addr: z.optional(described(text, 'Address of the cluster, such as `https://nomad.example.com:4646`.')),
  namespace: z.optional(described(nameTemplate, 'Namespace for jobs whose specification names none.')),
  region: z.optional(described(name, 'Region.')),
  nomad_cacert: z.optional(described(text, 'CA certificate of the cluster, as a path.')),
  nomad_capath: z.optional(described(text, 'Folder of CA certificates, where `nomad_cacert` is not set.')),
  nomad_tls_server_name: z.optional(described(text, 'Name that the server’s certificate must carry.')),
  nomad_skip_verify: z.optional(described(flag, 'Do not verify the server’s certificate.')),
  nomad_auth_method: z.optional(described(name, 'Nomad auth method to log in with through the workflow’s OIDC token.')),
  nomad_auth_audience: z.optional(described(text, 'Audience of the OIDC token.')),
  wait: z.optional(described(flag, 'Whether to watch the rollout to its end.')),
  wait_timeout: z.optional(
    described(
      z
        .string('must be a duration, such as `90s`, `15m` or `1h30m`')
        .check(
          z.regex(/^(?:\d+h)?(?:\d+m)?(?:\d+s)?$/, 'must be a duration, such as `90s`, `15m` or `1h30m`'),
          z.minLength(2, 'must be a duration, such as `90s`, `15m` or `1h30m`'),
        ),
      'How long to watch the rollout.',
    ),
  ),
  wait_for: z.optional(
    described(oneOf(WAIT_FOR), 'What ends the watch well: of batch jobs; with `promotion`, canaries that wait, too.'),
  ),
  on_failure: z.optional(described(oneOf(ON_FAILURE), 'What a failed rollout leaves.')),
  allow_replace: z.optional(described(flag, 'Let a deploy stop or replace jobs of another pack or namespace.')),
  adopt_jobs: z.optional(
    described(
      z.array(text, 'must be a list of jobs'),
      'Ids of jobs that belong to no deployment, and that a deploy may take over.',
    ),
  ),
  preserve_counts: z.optional(described(flag, 'Keep the counts of task groups that run now.')),
  variables: z.optional(variables),
  variable_files: z.optional(
    described(
      z.array(text, 'must be a list of files'),
      'Files of variables. They add up over all places; later ones win.',
    ),
  ),
  variable_sources: z.optional(
    described(
      z.array(text, 'must be a list of sources, such as `nomad:///path`'),
      'Where nomad-pack reads variables itself: `consul:///path`, `vault:///mount/path` or `nomad:///path`. Everything else wins over them.',
    ),
  ),
};

/** What may differ between the environments of a deployment. */
const own = {
  ref: z.optional(described(text, 'Tag, branch or commit of the registry, in place of the registry’s own.')),
  name: z.optional(described(nameTemplate, 'Name of the deployment in the cluster. Default: its name in this file.')),
  state: z.optional(
    described(oneOf(['present', 'absent']), '`absent`: `deploy` destroys the deployment where it is still there.'),
  ),
};

const deployment = z.strictObject(
  {
    pack: described(text, '`registry/pack`, or a directory such as `./packs/web`.'),
    needs: z.optional(
      described(z.array(name, 'must be a list of deployments'), 'Deployments that must be healthy first.'),
    ),
    ...own,
    ...settings,
    environments: z.optional(
      described(
        z.record(name, z.strictObject({ ...own, ...settings }), 'must be a mapping of environments'),
        'What differs in an environment.',
      ),
    ),
  },
  'must be a mapping, such as `pack: acme/web`',
);

/**
 * The file of deployments, as it is written: `${environment}` is not replaced yet. What its parts say of each other is checked in
 * `check.ts`. `schema/deployments.json` is made from this.
 */
export const deploymentsFileSchema = z.strictObject(
  {
    registries: z.optional(
      described(
        z.record(
          name,
          z.strictObject(
            {
              source: described(text, 'The git source, such as `github.com/org/repo`.'),
              ref: z.optional(described(text, 'Tag, branch or commit. Default: the default branch.')),
            },
            'must be a mapping, such as `source: github.com/acme/packs`',
          ),
          'must be a mapping of registries',
        ),
        'Registries, by the name that each job’s metadata has.',
      ),
    ),
    defaults: z.optional(described(z.strictObject(settings, 'must be a mapping'), 'What holds for all deployments.')),
    environments: z.optional(
      described(
        z.record(name, z.strictObject(settings, 'must be a mapping'), 'must be a mapping of environments'),
        'Environments, and what holds for all deployments in each of them.',
      ),
    ),
    deployments: described(
      z.record(name, deployment, 'must be a mapping of deployments, such as `web: { pack: acme/web }`'),
      'The deployments, by name.',
    ),
  },
  'must be a mapping with `deployments`',
);

/** The file, checked part by part. */
export type DeploymentsFile = z.output<typeof deploymentsFileSchema>;

export type DeploymentEntry = DeploymentsFile['deployments'][string];

/** Settings of one place of the file. */
export type PlaceSettings = NonNullable<DeploymentsFile['defaults']>;
