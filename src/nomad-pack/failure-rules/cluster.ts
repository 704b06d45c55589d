import { byTable, type Explain, type Rule } from './rule.ts';

/** Where the title tells; the names of jobs and packs in the error itself may look like anything. */
const TITLES: readonly Rule[] = [
  {
    title: /^Failed Job Conflict Validation$/,
    // It is also the title of whatever kept nomad-pack from looking for a conflict.
    pattern: /already exists and is /,
    reason: 'job-conflict',
    message: ({ error }) => `Nomad has such a job already: ${error}`,
    hint: 'Deploy under the name that it belongs to (`deployment_name`, or `name` in a deployments file), or give the job another name through a variable of the pack.',
  },
  {
    title: /^Failed To Register Job Due To Check Index Failure$/,
    pattern: /^/,
    reason: 'plan-changed',
    message: ({ error }) => `Somebody else changed the job meanwhile: ${error}`,
    hint: 'Plan again, and review what would change now.',
  },
  {
    title: /^Failed To Create Nomad Variables$/,
    pattern: /^/,
    reason: 'nomad-variable',
    message: ({ error }) =>
      `The jobs are registered, but a Nomad variable that the pack declares could not be written: ${error}`,
    hint: 'Give the token the right to write the path: `variables` in its policy.',
  },
  {
    title: /^Failed To Find Pack$/,
    pattern: /^/,
    reason: 'pack-not-found',
    message: ({ pack }) => `There is no pack \`${pack}\` in the registry.`,
    hint: 'Check `pack`, `registry_source` and `registry_ref`.',
  },
  {
    title: /^Failed To Render Output Template$/,
    pattern: /^(?:failed to render [^:]*: )?template: (?:[^:]*\/)?(outputs\.tpl):(\d+):(?:\d+:)? ([\s\S]*)$/,
    reason: 'template',
    message: ({ match: [, file, line, problem], pack }) =>
      `The ${file} of pack \`${pack}\`, which writes the words after a deploy, fails in line ${line}: ${problem}`,
    hint: 'Correct that file of the pack. The jobs are not affected.',
  },
];

/** What nomad-pack met when it asked Nomad. */
const NOMAD: readonly Rule[] = [
  {
    pattern: /unsupported protocol scheme|missing protocol scheme|invalid (?:port|URL)/,
    reason: 'nomad-address',
    message: ({ error }) => `nomad-pack cannot use the address of Nomad: ${error}`,
    hint: 'Set `nomad_addr` to an address like `https://nomad.example.com:4646`.',
  },
  {
    pattern: /server gave HTTP response to HTTPS client|malformed HTTP response|HTTP request to an HTTPS server/,
    reason: 'nomad-address',
    message: ({ error }) => `nomad-pack and Nomad do not agree on HTTP or HTTPS: ${error}`,
    hint: 'Set `nomad_addr` to an address that begins with https:// where Nomad speaks TLS, and with http:// where it does not.',
  },
  {
    pattern: /x509:|tls:|certificate (?:signed|is not|has expired)/,
    reason: 'nomad-tls',
    message: ({ error }) => `nomad-pack could not agree with Nomad on TLS: ${error}`,
    hint: 'Check `nomad_cacert`, `nomad_client_cert`, `nomad_client_key` and `nomad_tls_server_name`.',
  },
  {
    pattern:
      /dial (?:tcp|unix)|connection (?:refused|reset)|broken pipe|no such host|i\/o timeout|deadline exceeded|EOF$/,
    reason: 'nomad-unreachable',
    message: ({ error }) => `nomad-pack could not reach Nomad: ${error}`,
    hint: 'Check `nomad_addr`, and that the runner may reach it.',
    passing: true,
  },
  {
    pattern: /response code: 403|Permission denied/,
    reason: 'nomad-auth',
    message: ({ error }) => `Nomad refused what nomad-pack asked for: ${error}`,
    hint: 'Check `nomad_token` and its policies; docs/authentication.md lists what each operation needs.',
  },
  {
    pattern: /job "[^"]*" is in nonexistent namespace "[^"]*"|nonexistent namespace[\s\S]*/,
    reason: 'nomad-namespace',
    message: ({ match }) => `There is no such namespace: ${match[0]}`,
    hint: 'Create the namespace, or correct `nomad_namespace` (or the `namespace` in the pack’s template).',
  },
  {
    pattern: /No path to region/,
    reason: 'nomad-error',
    message: ({ error }) => `Nomad does not know the region: ${error}`,
    hint: 'Set `nomad_region` to a region of the cluster, or leave it empty; correct `region` where the pack’s template names one.',
  },
];

/** Answers of which nothing more is known than that Nomad, or what stands before it, has trouble. */
const TROUBLE: readonly Rule[] = [
  {
    pattern: /response code: 404 \((?:\s*<|404 page not found|default backend)/,
    reason: 'nomad-error',
    message: ({ error }) => `What answered nomad-pack is not Nomad: ${error}`,
    hint: 'Check that `nomad_addr` is the address of Nomad’s HTTP API, and that a load balancer or proxy in front of Nomad can reach it.',
    passing: true,
  },
  {
    pattern: /response code: (429|5\d\d)/,
    reason: 'nomad-error',
    message: ({ error, match }) => `Nomad answered nomad-pack with status ${match[1]}: ${error}`,
    hint: 'Those are Nomad’s own words, or those of a proxy in front of it; the log of its servers may say more.',
    passing: true,
  },
  {
    pattern: /^invalid character .* looking for|^unexpected end of JSON input|^Got 0 byte response|^json: /,
    reason: 'nomad-error',
    message: ({ error }) => `What answered nomad-pack is not Nomad, or its answer was cut: ${error}`,
    hint: 'Check that `nomad_addr` is the address of Nomad’s HTTP API.',
    passing: true,
  },
];

export const explainTitle = byTable(TITLES);
export const explainNomad = byTable(NOMAD);
const ofTrouble = byTable(TROUBLE);

/** What Nomad counts is wrong with what it was sent, and stays so. */
export const explainTrouble: Explain = (blocks, context) =>
  blocks[0]?.isCounted ? undefined : ofTrouble(blocks, context);
