import { describe, expect, test } from '@jest/globals';
import { type RecordedCommand, readCommands } from 'nomad-pack-sandbox/__tests__/support/nomad-pack-recordings.ts';
import { explainFailure } from '../../src/nomad-pack/failures.ts';
import { explainCloneFailure } from '../../src/nomad-pack/git.ts';
import { parseErrorBlocks } from '../../src/nomad-pack/output.ts';
import { parseRunOutput } from '../../src/nomad-pack/run-output.ts';
import { parseStatusTable } from '../../src/nomad-pack/status-table.ts';

const versions = ['0.4.2', 'next'];

const registry = { name: 'lab', source: 'http://127.0.0.1:8418/x.git', origin: 'http://127.0.0.1:8418', ref: 'v9.9.9' };

const files = ['bad.hcl', 'unk.hcl'].map((name) => ({ name, origin: name, sameLinesAs: name, variables: [] }));

function explain({ argv, exit_code, stdout }: RecordedCommand) {
  const words = parseErrorBlocks(stdout)[0]?.error ?? stdout;
  const command = argv[1] === 'registry' ? 'registry add' : (argv[1] ?? '');
  return (
    (command === 'registry add' ? explainCloneFailure(registry, false, words) : undefined) ??
    explainFailure(
      { output: stdout, exitCode: Number(exit_code) },
      { command: `nomad-pack ${command}`, files, locate: () => undefined, lineOf: () => undefined, declared: () => [] },
    )
  );
}

/** By case; the first line up to where versions differ, ids and numbers aside. */
const failures: Readonly<Record<string, readonly [reason: string, firstLine: string]>> = {
  'destroy-missing-required-variable': [
    'variable-missing',
    'Pack `required` needs the variable `image_tag` (No default), which has no default.',
  ],
  'destroy-nothing-there': [
    'nomad-pack-failed',
    '`nomad-pack destroy` failed: Failed To Find Jobs For Pack: error retrieving job web for pack web: Unexpected response code: 404 (job not found)',
  ],
  'destroy-other-deployment-running': [
    'nomad-pack-failed',
    '`nomad-pack destroy` failed: Failed To Find Jobs For Pack: pack "web" running but not in deployment "nope". Run "nomad-pack status web" for more information',
  ],
  'destroy-wrong-job-name-var': [
    'nomad-pack-failed',
    '`nomad-pack destroy` failed: Failed To Find Jobs For Pack: error retrieving job typo for pack web: Unexpected response code: 404 (job not found)',
  ],
  'plan-conflict-other-deployment': [
    'job-conflict',
    'Nomad has such a job already: job with id "web" already exists and is part of deployment "demo"',
  ],
  'registry-add-badtoken': [
    'registry-auth',
    "The registry http://127.0.0.1:8418/x.git asks for credentials, and there is no `registry_token` (fatal: could not read Password for 'http://ghp_wrong@127.0.0.1:8418': terminal prompts disabled).",
  ],
  'registry-add-nosuchref': [
    'registry-ref-not-found',
    'The registry http://127.0.0.1:8418/x.git has no tag, branch or commit `v9.9.9` (',
  ],
  'registry-add-notoken': [
    'registry-auth',
    "The registry http://127.0.0.1:8418/x.git asks for credentials, and there is no `registry_token` (fatal: could not read Username for 'http://127.0.0.1:8418': terminal prompts disabled).",
  ],
  'registry-add-unreachable': [
    'registry-unreachable',
    "The registry http://127.0.0.1:8418/x.git cannot be reached (fatal: unable to access 'http://127.0.0.1:1/x.git/': Failed to connect to 127.0.0.1 port 1 after 0 ms: Couldn't connect to server).",
  ],
  'render-var-unknown': ['variable-undeclared', 'Pack `required` has no variable `nosuch`, which is set.'],
  'render-var-wrong-type': [
    'variable-type',
    'A variable of pack `required` has a value of the wrong type: a number is required.',
  ],
  'render-varfile-unknown-variable': [
    'variable-undeclared',
    'Pack `required` has no variable `unknown_var`, which is set in `unk.hcl`, line 1.',
  ],
  'render-varfile-yaml': [
    'variable-file',
    'The variables cannot be read: Cannot read from v.yaml: unrecognized file format suffix ".yaml". Supported formats are ".hcl" and ".json"',
  ],
  'run-acl-denied': [
    'nomad-auth',
    'Nomad refused what nomad-pack asked for: Unexpected response code: 403 (Permission denied)',
  ],
  'run-bad-addr': [
    'nomad-address',
    'nomad-pack cannot use the address of Nomad: Put "/v1/jobs/parse": unsupported protocol scheme ""',
  ],
  'run-check-index-conflict': [
    'plan-changed',
    'Somebody else changed the job meanwhile: Unexpected response code: 500 (Enforcing job modify index 1: job exists with conflicting job modify index: N)',
  ],
  'run-conflict-other-deployment': [
    'job-conflict',
    'Nomad has such a job already: job with id "web" already exists and is part of deployment "demo"',
  ],
  'run-crash': ['unhealthy', 'nomad-pack says: Deployment "ID" failed.'],
  'run-jobspec-error': [
    'job-specification',
    'The job specification that badhcl/templates/badhcl.nomad.tpl renders to is wrong in line 3: Unsupported argument; An argument named "nonsense" is not expected here.',
  ],
  'run-missing-required-variable': [
    'variable-missing',
    'Pack `required` needs the variable `image_tag` (No default), which has no default.',
  ],
  'run-namespace-missing': [
    'nomad-namespace',
    'There is no such namespace: job "web" is in nonexistent namespace "nope"',
  ],
  'run-nomad-unreachable': [
    'nomad-unreachable',
    'nomad-pack could not reach Nomad: Put "http://127.0.0.1:1/v1/jobs/parse": dial tcp 127.0.0.1:1: connect: connection refused',
  ],
  'run-nosuch-pack': ['pack-not-found', 'There is no pack `nosuch` in the registry.'],
  'run-nosuch-ref': ['pack-not-found', 'There is no pack `web` in the registry.'],
  'run-nosuch-registry': ['pack-not-found', 'There is no pack `web` in the registry.'],
  'run-template-error': [
    'template',
    'The template badtpl/templates/badtpl.nomad.tpl, line 3, fails: template failed on purpose',
  ],
  'run-varfile-missing': [
    'variable-file',
    'The variables cannot be read: error loading variable file "nope.hcl": stat nope.hcl: no such file or directory',
  ],
  'run-varfile-syntax-error': [
    'variable-file',
    'The variables in `bad.hcl`, line 1 cannot be read: Expected the start of an expression, but found an invalid expression token.',
  ],
  'status-acl-denied': [
    'nomad-auth',
    'Nomad refused what nomad-pack asked for: error finding jobs for pack web: Unexpected response code: 403 (Permission denied)',
  ],
  'status-nomad-unreachable': [
    'nomad-unreachable',
    'nomad-pack could not reach Nomad: error finding jobs for pack web: Get "http://127.0.0.1:1/v1/jobs": dial tcp 127.0.0.1:1: connect: connection refused',
  ],
};

/** Mistakes that this action does not make. */
const never = [
  'registry-add-nosuchtarget',
  'registry-add-no-args',
  'registry-add-noscheme',
  'run-unknown-flag',
  'status-name-without-pack',
];

const masked = (text: string) => text.replace(/"[0-9a-f]{8}"/, '"ID"').replace(/index: \d+/, 'index: N');

describe.each(versions)('what nomad-pack %s printed', (version) => {
  const transcripts = readCommands(version);
  const failed = transcripts.filter(
    ({ exit_code, stdout }) => ![0, 'timeout'].includes(exit_code) && /^! /m.test(stdout),
  );

  test('each failure has its reason and says it in its first line', () => {
    const told = Object.fromEntries(
      failed
        .filter((transcript) => !never.includes(transcript.case))
        .map((transcript) => {
          const { reason, message, hint } = explain(transcript);
          expect(hint).not.toBe('');
          const line = masked(message.split('\n')[0] ?? '');
          const expected = failures[transcript.case]?.[1] ?? '';
          return [transcript.case, [reason, line.startsWith(expected) ? expected : line]];
        }),
    );
    const here = Object.entries(failures).filter(([name]) =>
      transcripts.some((transcript) => transcript.case === name),
    );
    expect(told).toEqual(Object.fromEntries(here));
    console.log(`nomad-pack ${version}: ${Object.keys(told).length} recorded failures explained`);
  });

  test('nothing that went well is taken for an error, a target’s missing commit aside', () => {
    const good = transcripts.filter(({ exit_code, stdout }) => exit_code === 0 && parseErrorBlocks(stdout).length > 0);
    for (const { stdout } of good) expect(parseErrorBlocks(stdout)[0]?.title).toBe('Error Reading Cloned Repository');
  });

  test('every `run` says what it registered and stopped', () => {
    const said = Object.fromEntries(
      transcripts
        .filter(({ argv }) => argv[1] === 'run')
        .map((transcript) => [transcript.case, parseRunOutput(transcript.stdout)] as const)
        .filter(([, { registered }]) => registered.length > 0)
        .map(([name, { evaluations, registered, stopped }]) => [name, [evaluations.length, registered, stopped]]),
    );
    expect(said).toMatchObject({
      'run-new': [1, ['web'], []],
      'run-unchanged': [1, ['web'], []],
      'run-crash': [1, ['crash'], []],
      'run-placement-failure': [1, ['huge'], []],
      'run-slow-sigint': [1, ['slow'], []],
      'run-slow-sigterm': [1, ['slow'], []],
      'run-varfile-detach': [1, ['required'], []],
      'run-trio': [3, ['trio_api', 'trio_cache', 'trio_worker'], []],
      'run-same-name-other-pack': [1, ['batch'], ['web']],
    });
    for (const transcript of transcripts.filter(({ argv, exit_code }) => argv[1] === 'run' && exit_code === 0)) {
      expect([transcript.case, parseRunOutput(transcript.stdout).registered]).not.toEqual([transcript.case, []]);
    }
  });

  test('every table of `status` is read', () => {
    const tables = transcripts.filter(
      ({ argv, exit_code }) => argv[1] === 'status' && argv.length > 2 && exit_code === 0,
    );
    const read = Object.fromEntries(
      tables.map(({ case: name, stdout }) => [
        name,
        parseStatusTable(stdout).map(({ job, status }) => `${job} ${status}`),
      ]),
    );
    expect(read).toEqual({
      'status-batch': ['batch dead'],
      'status-crash': ['crash dead'],
      'status-destroyed': [],
      'status-nosuch-deployment': [],
      'status-nosuch-pack': [],
      'status-placement-failure': ['huge running'],
      'status-running': ['web running'],
      'status-stopped': ['web dead'],
      'status-trio': ['trio_api running', 'trio_cache running', 'trio_worker running'],
    });
  });
});
