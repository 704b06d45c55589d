import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type SimulatedNomad, startNomad } from 'nomad-pack-sandbox/nomad/index.ts';
import { type Releases, startReleases } from 'nomad-pack-sandbox/releases/index.ts';
import type { StepResult } from '../support/run-action.ts';
import {
  LIMIT,
  NOBODY,
  prepareMachine,
  REGISTRY_TOKEN,
  registryInputs,
  type Sandbox,
  step,
  useSandbox,
} from './support/sandbox.ts';

const run = promisify(execFile);

const sandbox = useSandbox({ nomad: { namespaces: ['prod'] } });

const MANAGER = 'manager-token-0123456789';
const READER = 'reader-token-0123456789';
const WRONG_TOKEN = 'wrong-token-0123456789';

/** Parts of the sandbox that a few rows need instead of the common ones. */
let guarded: SimulatedNomad;
let old: SimulatedNomad;
let foreign: Releases;

beforeAll(async () => {
  const acl = {
    policies: { readers: { namespaces: { default: ['read'] } } },
    tokens: [{ secretId: MANAGER }, { secretId: READER, policies: ['readers'] }],
  };
  [guarded, old, foreign] = await Promise.all([
    startNomad({ acl, namespaces: ['prod'] }),
    startNomad({ filter: false }),
    startReleases({ versions: ['0.4.2'], builds: [{ os: 'plan9', arch: '386' }] }),
  ]);
  // Nomad then answers with jobs that were not asked for.
  old.seedJobs(1);
}, LIMIT);

afterAll(async () => {
  await Promise.all([guarded?.stop(), old?.stop(), foreign?.stop()]);
});

/** A step that fails, and what its user is told. In the texts, the words in capitals stand for addresses and folders. */
interface Row {
  readonly case: string;
  readonly inputs: (sandbox: Sandbox) => Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Files of the workspace, besides the packs. */
  readonly files?: Readonly<Record<string, string>>;
  /** The nomad-pack on PATH. */
  readonly program?: string;
  /** Nothing is on PATH. */
  readonly nothingOnPath?: boolean;
  readonly reason: string;
  /** The annotation up to the hint. */
  readonly message: string | RegExp;
  readonly hint: string;
  /** Where the annotation points. */
  readonly place?: Readonly<Record<string, string>>;
}

/** Deploys a directory of the workspace. */
const directory =
  (pack: string, inputs: Readonly<Record<string, string>> = {}) =>
  () => ({ pack: `./${pack}`, ...inputs });

/** Deploys a pack of the registry, with a token that must not show up anywhere. */
const fromRegistry =
  (inputs: Readonly<Record<string, string>> = {}) =>
  (parts: Sandbox) => ({ ...registryInputs(parts), pack: 'echo', registry_token: REGISTRY_TOKEN, ...inputs });

const VERSION = 'case $1 in version) echo "Nomad Pack v0.4.2"; exit ;; esac';

const withFile = (name: string, text: string) => ({
  inputs: directory('needy', { variable_files: name }),
  files: { [name]: text },
});

const installing: Row[] = [
  {
    case: 'no nomad-pack on PATH',
    inputs: directory('echo', { nomad_pack_version: 'system' }),
    nothingOnPath: true,
    reason: 'nomad-pack-missing',
    message: 'There is no nomad-pack on PATH, and `nomad_pack_version` is `system`.',
    hint: 'Install nomad-pack on the runner, or set `nomad_pack_version` to `latest` or a version: then the action installs it.',
  },
  {
    case: 'a nomad-pack on PATH that is something else',
    inputs: directory('echo', { nomad_pack_version: 'system' }),
    program: 'echo hello',
    reason: 'output-not-understood',
    message:
      '`OWN/bin/nomad-pack version` should print the version of nomad-pack. It ended with exit code 0 and printed: hello',
    hint: 'Check that the nomad-pack on PATH is HashiCorp’s, or let the action install one with `nomad_pack_version`.',
  },
  {
    case: 'a version that does not exist',
    inputs: directory('echo', { nomad_pack_version: '0.4.9' }),
    reason: 'version-not-found',
    message: 'nomad-pack 0.4.9 does not exist at RELEASES.',
    hint: 'Set `nomad_pack_version` to one that exists. Newest: 0.4.2, 0.4.1, 0.4.0. Most like it: 0.4.0, 0.4.1, 0.4.2.',
  },
  {
    case: 'a range that nothing fits',
    inputs: directory('echo', { nomad_pack_version: '~0.7' }),
    reason: 'version-not-found',
    message: 'No version of nomad-pack fits `~0.7` at RELEASES.',
    hint: 'Set `nomad_pack_version` to one that exists. Newest: 0.4.2, 0.4.1, 0.4.0. Most like it: 0.4.0, 0.4.1, 0.4.2.',
  },
  {
    case: 'a platform without a build',
    inputs: () => ({
      pack: './echo',
      nomad_pack_mirror: foreign.address,
      nomad_pack_signing_key: foreign.publicKey,
    }),
    reason: 'platform-unsupported',
    message: 'nomad-pack 0.4.2 is not built for PLATFORM.',
    hint: 'There are builds for plan9/386. Run the job on one of these, or build nomad-pack yourself and set `nomad_pack_version: system`.',
  },
];

const fetching: Row[] = [
  {
    case: 'a private registry without a token',
    inputs: (parts) => ({ ...registryInputs(parts), registry_source: parts.git.url('private'), pack: 'echo' }),
    reason: 'registry-auth',
    message:
      "The registry GIT/private.git asks for credentials, and there is no `registry_token` (fatal: could not read Username for 'GIT': terminal prompts disabled).",
    hint: 'Set `registry_token` to a token that may read the repository (for GitHub: `contents: read`), and `registry_user` where the host wants a user name of its own beside it. The `GITHUB_TOKEN` of a workflow reads its own repository only.',
  },
  {
    case: 'a private registry and a token that it does not know',
    inputs: (parts) => ({
      ...fromRegistry({ registry_token: WRONG_TOKEN })(parts),
      registry_source: parts.git.url('private'),
    }),
    reason: 'registry-auth',
    message:
      "The registry GIT/private.git refused `registry_token` (fatal: could not read Username for 'GIT': terminal prompts disabled).",
    hint: 'Set `registry_token` to a token that may read the repository (for GitHub: `contents: read`), and `registry_user` where the host wants a user name of its own beside it. The `GITHUB_TOKEN` of a workflow reads its own repository only.',
  },
  {
    case: 'a registry that cannot be reached',
    inputs: fromRegistry({ registry_source: `${NOBODY}/packs.git` }),
    reason: 'registry-unreachable',
    message: /^The registry http:\/\/127\.0\.0\.1:9\/packs\.git cannot be reached \(fatal: unable to access .*\)\.$/,
    hint: 'Check `registry_source`, and that the runner may reach that host (proxy variables are passed on).',
  },
  {
    case: 'a registry that does not exist, or that the token may not see',
    inputs: (parts) => fromRegistry({ registry_source: parts.git.url('nothing') })(parts),
    reason: 'registry-unreachable',
    message:
      "There is no git repository at GIT/nothing.git, or it is private (fatal: repository 'GIT/nothing.git/' not found).",
    hint: 'Check `registry_source`, and that `registry_token` may read it. Many hosts say "not found" of a private repository.',
  },
  {
    case: 'a path where no registry is',
    inputs: (parts) => ({ ...registryInputs(parts), registry_source: './registry', pack: 'echo' }),
    reason: 'registry-unreachable',
    message:
      "There is no git repository at file://WORKSPACE/registry (fatal: 'WORKSPACE/registry' does not appear to be a git repository).",
    hint: 'Check `registry_source`: a path is relative to the workspace, and has to be there before this step.',
  },
  {
    case: 'a registry over SSH that cannot be reached',
    inputs: (parts) => ({
      ...registryInputs(parts),
      registry_source: 'ssh://git@127.0.0.1:9/packs.git',
      pack: 'echo',
    }),
    reason: 'registry-unreachable',
    message:
      'The registry ssh://git@127.0.0.1:9/packs.git cannot be reached (ssh: connect to host 127.0.0.1 port 9: Connection refused).',
    hint: 'Check `registry_source`, and that the runner may reach that host and port over SSH.',
  },
  {
    case: 'a tag or branch that does not exist',
    inputs: fromRegistry({ registry_ref: 'v9' }),
    reason: 'registry-ref-not-found',
    message:
      "The registry GIT/packs.git has no tag, branch or commit `v9` (error: pathspec 'v9' did not match any file(s) known to git).",
    hint: 'Set `registry_ref` to one that exists, or leave it out for the default branch.',
  },
  {
    case: 'a commit that does not exist',
    inputs: fromRegistry({ registry_ref: '0123456789012345678901234567890123456789' }),
    reason: 'registry-ref-not-found',
    message:
      'The registry GIT/packs.git has no tag, branch or commit `0123456789012345678901234567890123456789` (fatal: reference is not a tree: 0123456789012345678901234567890123456789).',
    hint: 'Set `registry_ref` to one that exists, or leave it out for the default branch.',
  },
  {
    case: 'a target that is not a pack of the registry',
    inputs: fromRegistry({ pack: 'ehco', registry_target: 'ehco' }),
    reason: 'registry-target-not-found',
    message: 'The registry GIT/packs.git has no pack `ehco` at `latest`. It has: `echo`, `needy`, `torn`, `askew`.',
    hint: 'Set `pack` and `registry_target` to one of them; did you mean `echo`?',
  },
  {
    case: 'a pack that is not in the registry: those that are, nearest name first',
    inputs: fromRegistry({ pack: 'neddy', registry_ref: 'v1' }),
    reason: 'pack-not-found',
    message: 'The registry GIT/packs.git has no pack `neddy` at `v1`. It has: `needy`, `echo`, `askew`, `torn`.',
    hint: 'Set `pack` to one of them; did you mean `needy`?',
  },
  {
    case: 'no git',
    inputs: fromRegistry(),
    nothingOnPath: true,
    reason: 'git-missing',
    message:
      'There is no `git` on the PATH, which nomad-pack needs to fetch a registry (git must be available and on the PATH).',
    hint: 'Install git on the runner, or give `pack` as a directory, which needs no registry.',
  },
];

const undeclared = {
  reason: 'variable-undeclared',
  hint: 'Check the spelling against the pack’s variables.hcl, or drop `imgae`. The pack has `image`, `count`, `ports`, `resources`.',
};
const wrongType = {
  reason: 'variable-type',
  hint: 'Give it a value of the type that the pack’s variables.hcl declares.',
};
const unreadable = {
  reason: 'variable-file',
  hint: 'Correct that file. Files of variables are HCL (`name = value`), JSON or YAML, by their suffix.',
};
const unparsed = {
  reason: 'variable-file',
  hint: 'Correct that file: names of variables and their values, like `count: 3`.',
};
const elsewhere = {
  reason: 'variable-file',
  hint: 'Correct the path in `variable_files`, which is relative to the workspace, and check that the repository was checked out.',
};

const variables: Row[] = [
  {
    case: 'wrong types and undeclared ones: all are named',
    inputs: directory('needy', { variables: 'image: a\nimgae: b\ncuont: 2\ncount: many\nports: 80' }),
    reason: 'variable-type',
    message: [
      'The variable `count` of pack `needy` in `variables` has a value of the wrong type: a number is required (got `"many"`).',
      'The variable `ports` of pack `needy` in `variables` has a value of the wrong type: list of number required, but have number (got `80`).',
      'Pack `needy` has no variable `imgae`, which is set in `variables`; did you mean `image`?',
      'Pack `needy` has no variable `cuont`, which is set in `variables`; did you mean `count`?',
    ].join('\n'),
    hint: 'Give it a value of the type that the pack’s variables.hcl declares. Check the spelling against the pack’s variables.hcl, or drop `imgae`, `cuont`. The pack has `image`, `count`, `ports`, `resources`.',
  },
  {
    case: 'a required variable is missing',
    inputs: directory('needy'),
    reason: 'variable-missing',
    message: 'Pack `needy` needs the variable `image` (What to run), which has no default.',
    hint: 'Set `image` in `variables`, `secret_variables` or one of `variable_files`. nomad-pack does not count `null` as a default.',
  },
  {
    case: 'an undeclared one in `variables`',
    inputs: directory('needy', { variables: 'image: a\nimgae: b' }),
    ...undeclared,
    message: 'Pack `needy` has no variable `imgae`, which is set in `variables`; did you mean `image`?',
  },
  {
    case: 'an undeclared one in `secret_variables`',
    inputs: directory('needy', { variables: 'image: a', secret_variables: 'imgae: hunter2-hunter2' }),
    ...undeclared,
    message: 'Pack `needy` has no variable `imgae`, which is set in `secret_variables`; did you mean `image`?',
  },
  {
    case: 'an undeclared one in a file of YAML',
    ...withFile('prod.yaml', 'image: a\n\nimgae: b\n'),
    ...undeclared,
    message: 'Pack `needy` has no variable `imgae`, which is set in `prod.yaml`, line 3; did you mean `image`?',
    place: { file: 'prod.yaml', line: '3' },
  },
  {
    case: 'an undeclared one in a file of JSON',
    ...withFile('prod.json', '{\n  "image": "a",\n  "imgae": "b"\n}\n'),
    ...undeclared,
    message: 'Pack `needy` has no variable `imgae`, which is set in `prod.json`, line 3; did you mean `image`?',
    place: { file: 'prod.json', line: '3' },
  },
  {
    case: 'an undeclared one in a file of HCL',
    ...withFile('./conf/prod.hcl', 'image = "a"\nimgae = "b"\n'),
    ...undeclared,
    message: 'Pack `needy` has no variable `imgae`, which is set in `./conf/prod.hcl`, line 2; did you mean `image`?',
    place: { file: 'conf/prod.hcl', line: '2' },
  },
  {
    case: 'a text for a number in `variables`',
    inputs: directory('needy', { variables: 'image: a\ncount: many' }),
    ...wrongType,
    message:
      'The variable `count` of pack `needy` in `variables` has a value of the wrong type: a number is required (got `"many"`).',
  },
  {
    case: 'a text for an object in `variables`',
    inputs: directory('needy', { variables: 'image: a\nresources: few' }),
    ...wrongType,
    message:
      'The variable `resources` of pack `needy` in `variables` has a value of the wrong type: object required, but have string (got `"few"`).',
  },
  {
    case: 'a text for a number in `secret_variables`',
    inputs: directory('needy', { variables: 'image: a', secret_variables: 'count: hunter2-hunter2' }),
    ...wrongType,
    message:
      'The variable `count` of pack `needy` in `secret_variables` has a value of the wrong type: a number is required.',
  },
  {
    case: 'a text for a number in a file of YAML',
    ...withFile('prod.yaml', 'image: a\n\ncount: many\n'),
    ...wrongType,
    message:
      'The variable `count` of pack `needy` in `prod.yaml`, line 3 has a value of the wrong type: a number is required.',
    place: { file: 'prod.yaml', line: '3' },
  },
  {
    case: 'a text for a list in a file of JSON',
    ...withFile('prod.json', '{\n  "image": "a",\n  "ports": "many"\n}\n'),
    ...wrongType,
    message:
      'The variable `ports` of pack `needy` in `prod.json`, line 3 has a value of the wrong type: list of number required, but have string.',
    place: { file: 'prod.json', line: '3' },
  },
  {
    case: 'a text for a number in a file of HCL',
    ...withFile('prod.hcl', 'image = "a"\ncount = "many"\n'),
    ...wrongType,
    message:
      'The variable `count` of pack `needy` in `prod.hcl`, line 2 has a value of the wrong type: a number is required.',
    place: { file: 'prod.hcl', line: '2' },
  },
  {
    case: 'a file that is not YAML',
    ...withFile('prod.yml', 'image: a\nports: [1\n'),
    ...unparsed,
    message:
      'Input `variable_files` names `prod.yml`, which is not a YAML mapping of variables: line 3: it is not indented like the lines above, or a bracket is not closed.',
    place: { file: 'prod.yml', line: '3' },
  },
  {
    case: 'a file of YAML that is a list',
    ...withFile('prod.yml', '- image\n'),
    ...unparsed,
    message:
      'Input `variable_files` names `prod.yml`, which is not a YAML mapping of variables: it is a list, not names with values, like `count: 3`.',
    place: { file: 'prod.yml' },
  },
  {
    case: 'a file that is not JSON',
    ...withFile('prod.json', '{\n  "image": "a",\n'),
    ...unreadable,
    message: 'The variables in `prod.json`, line 3 cannot be read: A JSON object property name must be a string',
    place: { file: 'prod.json', line: '3' },
  },
  {
    case: 'a file that is not HCL',
    ...withFile('prod.hcl', 'image = "a"\ncount = = 1\n'),
    ...unreadable,
    message:
      'The variables in `prod.hcl`, line 2 cannot be read: Expected the start of an expression, but found an invalid expression token.',
    place: { file: 'prod.hcl', line: '2' },
  },
  {
    case: 'a file that does not exist',
    inputs: directory('needy', { variable_files: 'prod.yaml' }),
    ...elsewhere,
    message: 'Input `variable_files` names `prod.yaml`, which does not exist (looked at WORKSPACE/prod.yaml).',
    place: { file: 'prod.yaml' },
  },
  {
    case: 'a file that is a folder',
    inputs: directory('needy', { variable_files: 'conf.hcl' }),
    files: { 'conf.hcl/prod.hcl': '' },
    ...elsewhere,
    message: 'Input `variable_files` names `conf.hcl`, which is a folder (looked at WORKSPACE/conf.hcl).',
    place: { file: 'conf.hcl' },
  },
  {
    case: 'a file of an unknown kind',
    ...withFile('prod.toml', 'image = "a"'),
    reason: 'variable-file',
    message: 'Input `variable_files` names `prod.toml`, which is not an `.hcl`, `.json` or `.yaml` file.',
    hint: 'Name the file in `variable_files` by what it is: `.hcl` (`name = value`), `.json`, `.yaml` or `.yml`.',
    place: { file: 'prod.toml' },
  },
];

const rendering: Row[] = [
  {
    case: 'a template that fails, in the workspace',
    inputs: directory('torn'),
    reason: 'template',
    message:
      'The template torn/templates/torn.nomad.tpl, line 3, fails at `[[ fail "there is no count" ]]`: there is no count',
    hint: 'The template calls `fail`: the pack does not accept what it was given. Change the variables that the message names, or correct the template.',
    place: { file: 'torn/templates/torn.nomad.tpl', line: '3', col: '16' },
  },
  {
    case: 'a template that fails, in the registry',
    inputs: fromRegistry({ pack: 'torn' }),
    reason: 'template',
    message:
      'The template torn/templates/torn.nomad.tpl, line 3, fails at `[[ fail "there is no count" ]]`: there is no count',
    hint: 'The template calls `fail`: the pack does not accept what it was given. Change the variables that the message names, or correct the template.',
  },
  {
    case: 'a template that fails, in a directory that is not called as the metadata calls the pack',
    inputs: directory('renamed'),
    files: {
      'renamed/metadata.hcl': 'app {\n  url = ""\n}\npack {\n  name    = "web"\n  version = "0.1.0"\n}\n',
      'renamed/variables.hcl': '',
      'renamed/templates/web.nomad.tpl': 'job "web" {\n[[ fail "no" ]]\n}\n',
    },
    reason: 'template',
    message: 'The template web/templates/web.nomad.tpl, line 2, fails at `[[ fail "no" ]]`: no',
    hint: 'The template calls `fail`: the pack does not accept what it was given. Change the variables that the message names, or correct the template.',
    place: { file: 'renamed/templates/web.nomad.tpl', line: '2', col: '4' },
  },
  {
    case: 'a default that is not of its type, which no value of the user’s is to blame for',
    inputs: directory('unfit', { variables: 'message: hello' }),
    files: {
      'unfit/metadata.hcl': 'app {\n  url = ""\n}\npack {\n  name    = "unfit"\n  version = "0.1.0"\n}\n',
      'unfit/variables.hcl':
        'variable "message" {\n  type = string\n}\nvariable "count" {\n  type    = number\n  default = "one"\n}\n',
      'unfit/templates/web.nomad.tpl': 'job "web" {\n}\n',
    },
    reason: 'pack-invalid',
    message:
      "The variables.hcl of pack `unfit` is wrong in line 6: This variable value is not compatible with the variable's type constraint: a number is required.",
    hint: 'Correct unfit/variables.hcl. No input can make up for it.',
    place: { file: 'unfit/variables.hcl', line: '6' },
  },
  {
    case: 'a pack that does not say what its variables are',
    inputs: directory('bare'),
    files: { 'bare/metadata.hcl': 'app {\n  url = ""\n}\npack {\n  name    = "bare"\n  version = "0.1.0"\n}\n' },
    reason: 'pack-invalid',
    message: 'There is no variables.hcl in pack `bare`.',
    hint: 'Write that file; it may be empty.',
  },
  {
    case: 'a job specification that Nomad cannot read',
    inputs: directory('askew'),
    reason: 'job-specification',
    message:
      'Nomad cannot read askew/askew.nomad, line 3: Unsupported argument; An argument named "conut" is not expected here.',
    hint: 'Correct the template, or the variables that it was given. `operation: render` shows what comes of it.',
    place: { file: 'askew/templates/askew.nomad.tpl', line: '3' },
  },
  {
    // nomad-pack renders it, and registers nothing.
    case: 'a job whose template is not named like one',
    inputs: directory('odd'),
    files: {
      'odd/metadata.hcl': 'app {\n  url = ""\n}\npack {\n  name    = "odd"\n  version = "0.1.0"\n}\n',
      'odd/variables.hcl': '',
      'odd/templates/odd.hcl.tpl': 'job "odd" {\n}\n',
    },
    reason: 'job-specification',
    message: 'The pack renders to no job, only to odd/odd.hcl.',
    hint: 'nomad-pack registers what comes of templates whose names end in `.nomad.tpl`: let those of the jobs be named so.',
  },
  {
    case: 'templates that all render to nothing',
    inputs: directory('hollow'),
    files: {
      'hollow/metadata.hcl': 'app {\n  url = ""\n}\npack {\n  name    = "hollow"\n  version = "0.1.0"\n}\n',
      'hollow/variables.hcl': '',
      'hollow/templates/web.nomad.tpl': '[[ if false ]]job "hollow" {\n}\n[[ end ]]\n',
    },
    reason: 'job-specification',
    message: 'The pack `hollow` renders to no job: it has no template, or each of them comes out empty.',
    hint: 'Look at the conditions in its templates, and at the variables in them. Templates of jobs have names that end in `.nomad.tpl`.',
  },
  {
    case: 'words of nomad-pack that nobody understands',
    inputs: directory('echo', { nomad_pack_version: 'system' }),
    program: `${VERSION}; echo "Segmentation fault"; exit 139`,
    reason: 'output-not-understood',
    message:
      '`nomad-pack render` ended with exit code 139 and said nothing that this action understands:\nSegmentation fault',
    hint: 'The lines above are nomad-pack’s own. Run again with debug logging (ACTIONS_STEP_DEBUG) for all of them.',
  },
  {
    case: 'words of `run` that nobody understands',
    inputs: directory('echo', { nomad_pack_version: 'system' }),
    program: 'case $1 in run) echo "Bus error"; exit 135 ;; *) exec STANDIN "$@" ;; esac',
    reason: 'output-not-understood',
    message: '`nomad-pack run` ended with exit code 135 and said nothing that this action understands:\nBus error',
    hint: 'The lines above are nomad-pack’s own. Run again with debug logging (ACTIONS_STEP_DEBUG) for all of them.',
  },
  {
    case: 'words of `registry add` that nobody understands',
    inputs: fromRegistry({ nomad_pack_version: 'system' }),
    program: `${VERSION}; echo "Killed"; exit 137`,
    reason: 'output-not-understood',
    message:
      '`nomad-pack registry add` ended with exit code 137 and said nothing that this action understands:\nKilled',
    hint: 'The lines above are nomad-pack’s own. Run again with debug logging (ACTIONS_STEP_DEBUG) for all of them.',
  },
  {
    case: 'a table of `status` that nobody understands',
    inputs: () => ({
      pack: './echo',
      operation: 'status',
      nomad_addr: old.address,
      nomad_pack_version: 'system',
    }),
    program: `${VERSION}; echo "JOB | STATE"; echo "----+------"; echo "web | fine"`,
    reason: 'output-not-understood',
    message: '`nomad-pack status` printed what this action does not understand:\nJOB | STATE\n----+------\nweb | fine',
    hint: 'Set `nomad_pack_version` to a released version, and report this output if it is one.',
  },
  {
    case: 'an error of nomad-pack that is new',
    inputs: directory('echo', { nomad_pack_version: 'system' }),
    program: `${VERSION}; printf '! Out Of Luck\\n!   Error: the moon is full\\n'; exit 1`,
    reason: 'nomad-pack-failed',
    message: '`nomad-pack render` failed: Out Of Luck: the moon is full',
    hint: 'The words above are nomad-pack’s own.',
  },
];

const rights = {
  reason: 'nomad-auth',
  hint: 'Give the policy of `nomad_token` the rights for that namespace, or set `nomad_namespace` to one that it may use. Nomad says the same of a token that does not exist or has expired: `nomad acl token self`.',
};
const noNamespace = {
  reason: 'nomad-namespace',
  message: 'There is no namespace `porduction` in Nomad at NOMAD.',
  hint: 'Set `nomad_namespace` to the one that the deployment is in, and give the token rights there.',
};
const nobodysNamespace = {
  reason: 'nomad-namespace',
  message: 'Nomad at NOMAD has no such namespace: job "echo" is in nonexistent namespace "porduction"',
  hint: 'Set `nomad_namespace` (or the namespace that the pack’s template names) to one that exists, or create it: `nomad namespace apply NAME`.',
};

const cluster: Row[] = [
  {
    case: 'Nomad cannot be reached',
    inputs: directory('echo', { operation: 'status', nomad_addr: NOBODY }),
    reason: 'nomad-unreachable',
    message:
      /^Nomad at http:\/\/127\.0\.0\.1:9 could not be reached: connect ECONNREFUSED 127\.0\.0\.1:9 \(\d+ attempts in \d+ s\)$/,
    hint: 'Check that `nomad_addr` is right and that this runner may connect to it (firewall, VPN, proxy).',
  },
  {
    case: 'an address that is not one',
    inputs: directory('echo', { nomad_addr: '127.0.0.1:4646' }),
    reason: 'input',
    message:
      'Input `nomad_addr` must begin with `http://` or `https://`, as in `https://nomad.example.com:4646` (got `127.0.0.1:4646`).',
    hint: 'Correct `nomad_addr` under `with:`. The README says what each input takes.',
  },
  {
    case: 'https for http',
    inputs: ({ nomad }) => ({
      pack: './echo',
      operation: 'status',
      nomad_addr: nomad.address.replace('http', 'https'),
    }),
    reason: 'nomad-address',
    message: 'Nomad at https://NOMAD_HOST does not speak HTTPS',
    hint: 'Set `nomad_addr` to an address that begins with http://, or to the port that speaks HTTPS.',
  },
  {
    case: 'somebody else’s address',
    inputs: ({ git }) => ({ pack: './echo', nomad_addr: git.address }),
    reason: 'nomad-error',
    message: 'Nomad answered GET /v1/jobs with status 404: sandbox',
    hint: 'Check that `nomad_addr` is the address of Nomad’s HTTP API, and that the cluster is of a version that has this endpoint.',
  },
  {
    case: 'no token',
    inputs: () => ({ pack: './echo', nomad_addr: guarded.address }),
    reason: 'nomad-auth',
    message: 'Nomad at GUARDED wants a token for GET /v1/jobs: Permission denied',
    hint: 'Set `nomad_token` to an ACL token, or `nomad_auth_method` to log in with the workflow’s OIDC token.',
  },
  {
    case: 'a token that Nomad does not know',
    inputs: () => ({ pack: './echo', nomad_addr: guarded.address, nomad_token: WRONG_TOKEN }),
    ...rights,
    message: 'The token may not do GET /v1/jobs in any namespace: Permission denied',
  },
  {
    case: 'a token that may read only',
    inputs: () => ({ pack: './echo', nomad_addr: guarded.address, nomad_token: READER }),
    ...rights,
    message: 'The token may not do POST /v1/job/echo/plan in namespace "default": Permission denied',
  },
  {
    case: 'a namespace that does not exist',
    inputs: directory('echo', { nomad_namespace: 'porduction' }),
    ...nobodysNamespace,
  },
  {
    case: 'a namespace of the template’s own that does not exist',
    inputs: directory('echo', { variables: 'namespace: porduction' }),
    ...nobodysNamespace,
  },
  {
    case: 'the status of what is in no namespace',
    inputs: directory('echo', { operation: 'status', nomad_namespace: 'porduction' }),
    ...noNamespace,
  },
  {
    case: 'the end of what is in no namespace',
    inputs: directory('echo', { operation: 'destroy', nomad_namespace: 'porduction' }),
    ...noNamespace,
  },
  {
    case: 'the status of what the token may not see',
    inputs: () => ({
      pack: './echo',
      operation: 'status',
      nomad_addr: guarded.address,
      nomad_token: READER,
      nomad_namespace: 'prod',
    }),
    reason: 'nomad-namespace',
    message: 'There is no namespace `prod` in Nomad at GUARDED, or the token may not see it.',
    hint: 'Set `nomad_namespace` to the one that the deployment is in, and give the token rights there.',
  },
];

const aName = (value: string) =>
  `must be a name: letters, digits, \`.\`, \`_\` and \`-\`, the first one a letter or digit (got \`${value}\`).`;
const aFile = (path: string) => `must be PEM text or a file that can be read: \`${path}\` does not exist.`;
const withThem = (verb: string, names: readonly string[]) =>
  `${verb} ${names.map((name) => `\`${name}\``).join(', ')} under \`with:\`. The README says what each input takes.`;
const setThem = (...names: string[]) => withThem('Set', names);
const correctThem = (...names: string[]) => withThem('Correct', names);

const inputs: Row[] = [
  {
    case: 'empty ones, and an empty variable of the environment',
    inputs: () => ({ deployment_name: '', pack: ' ', nomad_addr: '' }),
    env: { NOMAD_ADDR: ' ' },
    reason: 'input',
    message: [
      '5 inputs are wrong.',
      'Input `deployment_name` is missing or empty; `deploy` needs it.',
      'Input `pack` is missing or empty; `deploy` needs it.',
      'Input `registry_name` is missing or empty; `deploy` needs it.',
      'Input `registry_source` is missing or empty; `deploy` needs it.',
      'Input `nomad_addr` is missing or empty; `deploy` needs it (or the environment variable NOMAD_ADDR).',
    ].join('\n'),
    hint: setThem('deployment_name', 'pack', 'registry_name', 'registry_source', 'nomad_addr'),
  },
  {
    case: 'an operation that there is not',
    inputs: directory('echo', { operation: 'delpoy' }),
    reason: 'input',
    message:
      'Input `operation` must be one of `deploy`, `status`, `plan`, `render`, `validate`, `promote`, `reject`, `rollback`, `stop`, `destroy`, `setup`, `matrix` (got `delpoy`; did you mean `deploy`?).',
    hint: correctThem('operation'),
  },
  {
    case: 'one whose name is mistyped: both names are told',
    inputs: directory('echo', { deployment_name: '', deploymnt_name: 'web' }),
    reason: 'input',
    message:
      'Input `deployment_name` is missing or empty; `deploy` needs it. `deploymnt_name`, which is set, is not an input.',
    hint: 'Set `deployment_name` under `with:`. The README says what each input takes.',
  },
  {
    case: 'many wrong ones: all are named',
    inputs: () => ({
      pack: '../echo',
      deployment_name: '-x',
      nomad_namespace: 'a b',
      nomad_pack_version: 'newest',
      wait: 'yes',
      wait_timeout: '5',
      on_failure: 'retry',
      variables: '- a',
    }),
    reason: 'input',
    message: [
      '8 inputs are wrong.',
      `Input \`deployment_name\` must be a name: letters, digits, \`.\`, \`_\` and \`-\`, the first one a letter or digit; after an \`@\`, as in \`web@v1.2.0\`, \`/\`, \`+\` and \`#\` as well (got \`-x\`).`,
      `Input \`nomad_namespace\` ${aName('a b')}`,
      'Input `nomad_pack_version` must be `latest`, `system`, a version such as `0.4.2`, or a range such as `~0.4` (got `newest`).',
      'Input `wait` must be `true` or `false` (got `yes`; did you mean `true`?).',
      'Input `wait_timeout` must be a duration such as `90s`, `15m` or `1h30m`; as in `5s` or `5m` (got `5`).',
      'Input `on_failure` must be one of `keep`, `revert` (got `retry`; did you mean `revert`?).',
      'Input `pack` climbs out of the workspace with `..` (got `../echo`).',
      'Input `variables` must be a YAML mapping of variables: it is a list, not names with values, like `count: 3`.',
    ].join('\n'),
    hint: correctThem(
      'deployment_name',
      'nomad_namespace',
      'nomad_pack_version',
      'wait',
      'wait_timeout',
      'on_failure',
      'pack',
      'variables',
    ),
  },
  {
    case: 'wrong ones that came from the environment: the variables are named',
    inputs: directory('echo', { nomad_addr: '' }),
    env: {
      NOMAD_ADDR: 'nomad:4646',
      NOMAD_TOKEN: 'two words',
      NOMAD_NAMESPACE: 'a b',
      NOMAD_REGION: '-',
      NOMAD_CACERT: '/nowhere/ca.pem',
      NOMAD_CLIENT_CERT: '/nowhere/cert.pem',
      NOMAD_CLIENT_KEY: '/nowhere/key.pem',
      NOMAD_TLS_SERVER_NAME: '*',
      NOMAD_SKIP_VERIFY: 'yes',
    },
    reason: 'input',
    message: [
      '9 inputs are wrong.',
      'Input `nomad_addr` (from the environment variable NOMAD_ADDR) must begin with `http://` or `https://`, as in `https://nomad.example.com:4646` (got `nomad:4646`).',
      'Input `nomad_token` (from the environment variable NOMAD_TOKEN) must not hold characters that no token has, such as spaces.',
      `Input \`nomad_namespace\` (from the environment variable NOMAD_NAMESPACE) ${aName('a b')}`,
      `Input \`nomad_region\` (from the environment variable NOMAD_REGION) ${aName('-')}`,
      `Input \`nomad_tls_server_name\` (from the environment variable NOMAD_TLS_SERVER_NAME) ${aName('*')}`,
      'Input `nomad_skip_verify` (from the environment variable NOMAD_SKIP_VERIFY) must be `true` or `false` (got `yes`; did you mean `true`?).',
      `Input \`nomad_cacert\` (from the environment variable NOMAD_CACERT) ${aFile('/nowhere/ca.pem')}`,
      `Input \`nomad_client_cert\` (from the environment variable NOMAD_CLIENT_CERT) ${aFile('/nowhere/cert.pem')}`,
      `Input \`nomad_client_key\` (from the environment variable NOMAD_CLIENT_KEY) ${aFile('/nowhere/key.pem')}`,
    ].join('\n'),
    hint: correctThem(
      'nomad_addr',
      'nomad_token',
      'nomad_namespace',
      'nomad_region',
      'nomad_tls_server_name',
      'nomad_skip_verify',
      'nomad_cacert',
      'nomad_client_cert',
      'nomad_client_key',
    ),
  },
];

const rows = Object.entries({ cluster, installing, fetching, variables, pack: rendering, inputs }).flatMap(
  ([area, ofArea]) => ofArea.map((row) => ({ ...row, case: `${area}: ${row.case}` })),
);

describe('what goes wrong is told with what to do', () => {
  test.concurrent.each(rows)(
    '$case',
    async (row) => {
      const parts = sandbox();
      const machine = await prepareMachine(row);
      const result = await step(parts, {
        machine,
        inputs: { deployment_name: 'edge', ...row.inputs(parts) },
        env: { PATH: row.nothingOnPath ? '/nowhere' : machine.path, ...row.env },
      });
      const { hint, reason, message } = row;
      expect(toldTo(result, [machine.workspace, 'WORKSPACE'], [machine.own, 'OWN'])).toEqual({
        exitCode: 1,
        annotation: [message instanceof RegExp ? expect.stringMatching(message) : message, hint],
        properties: { title: `Nomad Pack: ${reason}`, ...row.place },
        outputs: { status: 'unknown', health: 'unknown', changed: 'false', 'failure-reason': reason, jobs: '[]' },
        left: [],
      });
      expect(result.summary).toContain(`\`failure-reason\`: \`${reason}\``);
      expect(secretsShown(result)).toEqual([]);
    },
    LIMIT,
  );
});

/** What the user is told, with words in place of what differs from run to run. */
function toldTo(result: StepResult, ...folders: [string, string][]) {
  const { nomad, git, releases } = sandbox();
  const names: [string, string][] = [
    [nomad.address, 'NOMAD'],
    [nomad.address.replace('http://', ''), 'NOMAD_HOST'],
    [guarded.address, 'GUARDED'],
    [git.address, 'GIT'],
    [releases.address, 'RELEASES'],
    [`${process.platform}/${process.arch === 'x64' ? 'amd64' : process.arch}`, 'PLATFORM'],
    ...folders,
  ];
  const errors = result.annotations.filter(({ level }) => level === 'error');
  const text = errors.map(({ message }) => message).join('\n\n');
  const { status, health, changed, jobs, 'failure-reason': reason } = result.outputs;
  return {
    exitCode: result.exitCode,
    annotation: names.reduce((told, [from, to]) => told.replaceAll(from, to), text).split('\n\n'),
    properties: errors[0]?.properties,
    outputs: { status, health, changed, jobs, 'failure-reason': reason },
    left: result.leftovers.map(({ path }) => path),
  };
}

/** The secrets of the table that show up somewhere; the commands that mask them have to hold them. */
function secretsShown({ log, outputs, summary }: StepResult): string[] {
  const said = log
    .split('\n')
    .filter((line) => !line.startsWith('::add-mask::'))
    .concat(summary, Object.values(outputs))
    .join('\n');
  return [REGISTRY_TOKEN, WRONG_TOKEN, READER, 'hunter2-hunter2'].filter(
    (secret) => said.includes(secret) || said.includes(Buffer.from(secret).toString('base64')),
  );
}

describe('what is not a failure', () => {
  test(
    'deploying what is deployed, and destroying what is not there',
    async () => {
      const machine = await prepareMachine({});
      const outcomeOf = async (operation: string) => {
        const inputs = { operation, pack: './echo', deployment_name: 'twice', variables: 'job_name: twice' };
        const { exitCode, outputs, annotations, leftovers, log } = await step(sandbox(), { machine, inputs });
        const { status, health, changed, 'failure-reason': reason } = outputs;
        const said = log.split('\n').filter((line) => /^(?:There is nothing|Nothing to change)/.test(line));
        return [exitCode, status, health, changed, reason, annotations.length + leftovers.length, ...said];
      };
      const nothing = 'There is nothing to destroy: no job of pack echo as twice exists in the namespace default.';
      const unchanged = 'Nothing to change: the same jobs are deployed already, and are healthy.';
      expect(await outcomeOf('destroy')).toEqual([0, 'absent', 'unknown', 'false', '', 0, nothing]);
      expect(await outcomeOf('deploy')).toEqual([0, 'running', 'healthy', 'true', '', 0]);
      expect(await outcomeOf('deploy')).toEqual([0, 'running', 'healthy', 'false', '', 0, unchanged]);
      expect(await outcomeOf('status')).toEqual([0, 'running', 'healthy', 'false', '', 0]);
      expect(await outcomeOf('destroy')).toEqual([0, 'absent', 'unknown', 'true', '', 0]);
      expect(await outcomeOf('destroy')).toEqual([0, 'absent', 'unknown', 'false', '', 0, nothing]);
    },
    LIMIT,
  );

  test.concurrent(
    'inputs that are empty fall back to the environment of Nomad’s own tools',
    async () => {
      const inputs = { operation: 'status', pack: './echo', deployment_name: 'edge', nomad_addr: '' };
      const env = { NOMAD_ADDR: guarded.address, NOMAD_TOKEN: MANAGER, NOMAD_NAMESPACE: 'prod' };
      const { exitCode, outputs } = await step(sandbox(), { machine: await prepareMachine({}), inputs, env });
      expect([exitCode, outputs['status']]).toEqual([0, 'absent']);
      expect(JSON.parse(outputs['deployment'] ?? '')).toMatchObject({
        nomad_address: guarded.address,
        namespace: 'prod',
      });
    },
    LIMIT,
  );
});

describe('cancelled while nomad-pack works', () => {
  const obedient = "trap 'echo interrupted > NOTES/signal; kill $!; exit 1' INT";
  const deaf = 'trap "echo ignored > NOTES/signal" INT';

  test.concurrent.each([
    ['SIGINT', 'which obeys', obedient, 'interrupted\n'],
    ['SIGTERM', 'which obeys', obedient, 'interrupted\n'],
    ['SIGINT', 'which does not', deaf, 'ignored\n'],
    ['SIGTERM', 'which does not', deaf, 'ignored\n'],
  ] as const)(
    '%s, %s',
    async (name, _title, trap, signal) => {
      const machine = await prepareMachine({ program: slow(trap) });
      const result = await step(sandbox(), {
        machine,
        inputs: { pack: './echo', deployment_name: 'edge', nomad_pack_version: 'system' },
        env: { PATH: machine.path },
        signal: { name, when: /at work/ },
      });
      expect(toldTo(result)).toEqual({
        exitCode: 1,
        annotation: [
          'The step was cancelled.',
          'What Nomad was told before that stands; `operation: status` says how the deployment is doing.',
        ],
        properties: { title: 'Nomad Pack: cancelled' },
        outputs: {
          status: 'cancelled',
          health: 'unknown',
          changed: 'false',
          'failure-reason': 'cancelled',
          jobs: '[]',
        },
        left: [],
      });
      expect(await readFile(join(machine.notes, 'signal'), 'utf8')).toBe(signal);
      expect(await stillRuns(machine.notes)).toEqual([]);
    },
    LIMIT,
  );

  test.concurrent(
    'a step that is killed leaves nothing after post',
    async () => {
      const machine = await prepareMachine({ program: slow(deaf) });
      let killed = false;
      const result = await step(sandbox(), {
        machine,
        inputs: {
          pack: './echo',
          deployment_name: 'edge',
          nomad_pack_version: 'system',
          secret_variables: 'text: hunter2-hunter2',
        },
        env: { PATH: machine.path },
        onLog: (log, child) => {
          if (!killed && log.includes('at work')) killed = child.kill('SIGKILL');
        },
      });
      expect([result.exitCode, result.postExitCode, result.postLog]).toEqual([137, 0, '']);
      expect(result.leftovers.map(({ path }) => path)).toEqual([]);
      expect(await stillRuns(machine.notes)).toEqual([]);
    },
    LIMIT,
  );
});

/** A nomad-pack that does not come to an end, and starts another process as it would start git. */
function slow(trap: string): string {
  return `${VERSION}
${trap}
sleep 600 > /dev/null 2>&1 &
echo "$$ $!" > NOTES/processes-$$
echo at work
while :; do wait; done`;
}

/** Which of the processes that a slow nomad-pack noted are still there a moment later; what has ended but was not waited for is not. */
async function stillRuns(notes: string): Promise<string[]> {
  const files = (await readdir(notes)).filter((name) => name.startsWith('processes'));
  const texts = await Promise.all(files.map(async (name) => await readFile(join(notes, name), 'utf8')));
  const ids = texts.flatMap((text) => text.trim().split(' '));
  expect(ids.length).toBeGreaterThan(0);
  for (let attempt = 0; ; attempt += 1) {
    // It fails where there is none.
    const { stdout } = await run('ps', ['-o', 'stat=,pid=', '-p', ids.join(',')]).catch(() => ({ stdout: '' }));
    const left = stdout.split('\n').filter((line) => line.trim() !== '' && !line.trim().startsWith('Z'));
    if (left.length === 0 || attempt === 100) return left;
    await delay(20);
  }
}
