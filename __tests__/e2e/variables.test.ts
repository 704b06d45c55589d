import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { LIMIT, prepareMachine, step, useSandbox } from './support/sandbox.ts';

const sandbox = useSandbox({ releases: { versions: ['0.4.1', '0.4.2', '0.4.3'] } });

/** Registers the pack `echo` and reads from the job what the pack got, by the name of the variable. */
async function deployed(
  job: string,
  inputs: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>> = {},
): Promise<Record<string, unknown>> {
  const { nomad } = sandbox();
  const machine = await prepareMachine({ files: { 'job.hcl': `job_name = "${job}"\n`, ...files } });
  const { exitCode, annotations } = await step(sandbox(), {
    machine,
    inputs: {
      pack: './echo',
      deployment_name: job,
      wait: 'false',
      variable_files: 'job.hcl',
      ...inputs,
    },
  });
  expect([exitCode, annotations]).toEqual([0, []]);
  const response = await fetch(`${nomad.address}/v1/job/${job}`);
  const { TaskGroups } = (await response.json()) as { TaskGroups: { Tasks: { Env: Record<string, string> }[] }[] };
  const env = TaskGroups[0]?.Tasks[0]?.Env ?? {};
  return Object.fromEntries(
    Object.entries(env).map(([name, text]) => [name, JSON.parse(Buffer.from(text, 'base64').toString())]),
  );
}

const DEFAULTS = {
  text: '',
  number: 0,
  flag: false,
  texts: [],
  numbers: [],
  labels: {},
  resources: { cpu: 20, memory: 16 },
  anything: {},
};

describe('what the user wrote is what the pack gets', () => {
  test.concurrent(
    'texts, of whatever they look like',
    async () => {
      const { texts } = await deployed('texts', {
        variables: String.raw`
texts:
  - 1.10
  - 007
  - yes
  - off
  - 12345678901234567890123
  - 1e3
  - 2026-01-31
  - "5"
  - 'true'
  - !!str null
  - \${HOME} %{ if true }
  - $\${already} %%{escaped}
  - 'see [[ var "text" . ]] {{ .Text }} <b> & ''q'''
  - "say \"hi\" \\ \t tab"
  - Grüße 🚀 日本
  - ' padded '
  - |
    one
      two

    three
`.replaceAll('\\$', '$'),
      });
      expect(texts).toEqual([
        '1.10',
        '007',
        'yes',
        'off',
        '12345678901234567890123',
        '1e3',
        '2026-01-31',
        '5',
        'true',
        'null',
        '${HOME} %{ if true }',
        '$${already} %%{escaped}',
        `see [[ var "text" . ]] {{ .Text }} <b> & 'q'`,
        'say "hi" \\ \t tab',
        'Grüße 🚀 日本',
        ' padded ',
        'one\n  two\n\nthree\n',
      ]);
    },
    LIMIT,
  );

  test.concurrent.each([
    ['1.10', '1.10'],
    ['007', '007'],
    ['yes', 'yes'],
    ['12345678901234567890', '12345678901234567890'],
    ['${x} "q" ü', '${x} "q" ü'],
  ])(
    'the text %s by itself',
    async (written, text) => {
      const job = `text-${written.replace(/\W/g, '')}`;
      expect(await deployed(job, { variables: `text: ${written}` })).toEqual({ ...DEFAULTS, text });
    },
    LIMIT,
  );

  test.concurrent(
    'every type, at any depth, without what is null',
    async () => {
      const variables = `
text:
number: 1.5
flag: true
numbers: [1, -2, 0.25]
labels: {tier: web, "a.b/c": "x=y", version: 1.10}
resources:
  cpu: 30
  memory: 24
anything:
  none: null
  list:
    - {name: a, ports: [80, 443], on: false}
    - {name: b, ports: []}
  deep: {er: {and: {deeper: ["1.10", x]}}}
`;
      expect(await deployed('types', { variables })).toEqual({
        ...DEFAULTS,
        number: 1.5,
        flag: true,
        numbers: [1, -2, 0.25],
        labels: { tier: 'web', 'a.b/c': 'x=y', version: '1.10' },
        resources: { cpu: 30, memory: 24 },
        anything: {
          list: [
            { name: 'a', ports: [80, 443], on: false },
            { name: 'b', ports: [] },
          ],
          deep: { er: { and: { deeper: ['1.10', 'x'] } } },
        },
      });
    },
    LIMIT,
  );

  test.concurrent(
    'a number, however it is written: with quotes, as an expression of the workflow gives it, or with a zero at its end',
    async () => {
      const variables = 'number: "3"\nresources: {cpu: "30", memory: 24}\nflag: "true"';
      expect(await deployed('quoted', { variables })).toMatchObject({ number: '3', flag: 'true' });
      expect(await deployed('exact', { variables: 'number: 1.10' })).toMatchObject({ number: '1.10' });
    },
    LIMIT,
  );

  test.concurrent(
    'secret ones',
    async () => {
      const secret = 'p@ss "w0rd" ${x}\nsecond line';
      const got = await deployed('secret', {
        secret_variables: JSON.stringify({ text: secret, labels: { key: 'labelled-secret' } }),
      });
      expect(got).toEqual({ ...DEFAULTS, text: secret, labels: { key: 'labelled-secret' } });
    },
    LIMIT,
  );
});

describe('of several files the later one wins, and `variables` over all of them', () => {
  const files = {
    'z.hcl': 'text = "hcl"\ntexts = ["hcl"]\nnumber = 1\nlabels = { from = "hcl" }\n',
    'm.json': '{"text": "json ${x}", "texts": ["json"], "number": 2}',
    'a.yaml': 'text: yaml\ntexts: [yaml, 1.10]\n',
  };

  test.concurrent.each(['0.4.1', '0.4.2', '0.4.3'])(
    'nomad-pack %s',
    async (version) => {
      const inputs = {
        nomad_pack_version: version,
        variable_files: 'job.hcl\nz.hcl\nm.json\na.yaml',
        variables: 'text: input',
      };
      expect(await deployed(`order-${version.replaceAll('.', '-')}`, inputs, files)).toEqual({
        ...DEFAULTS,
        text: 'input',
        texts: ['yaml', '1.10'],
        number: 2,
        labels: { from: 'hcl' },
      });
    },
    LIMIT,
  );

  test.concurrent.each(['0.4.2', '0.4.3'])(
    'the other way round, as a list of YAML, nomad-pack %s',
    async (version) => {
      const inputs = { nomad_pack_version: version, variable_files: '[a.yaml, ./m.json, z.hcl, job.hcl]' };
      expect(await deployed(`turned-${version.replaceAll('.', '-')}`, inputs, files)).toMatchObject({
        text: 'hcl',
        number: 1,
        texts: ['hcl'],
      });
    },
    LIMIT,
  );
});

describe('the files that nomad-pack is given', () => {
  test(
    'can be read by this user only, hold what they should, and are gone after the step',
    async () => {
      const machine = await prepareMachine({
        files: { 'prod.yaml': 'number: 2\n' },
        program: `case $1 in version) echo "Nomad Pack v0.4.2"; exit ;; esac
[ -f NOTES/call ] && exit 1
echo "$@" > NOTES/call
ls -ln . > NOTES/list
ls -lnd . > NOTES/folder
cp 0*.json NOTES/
exit 1`,
      });
      const { exitCode, leftovers } = await step(sandbox(), {
        machine,
        inputs: {
          pack: './echo',
          deployment_name: 'files',
          nomad_pack_version: 'system',
          variable_files: 'prod.yaml',
          variables: 'text: plain',
          secret_variables: 'labels: {key: hunter2-hunter2}',
        },
        env: { PATH: machine.path },
      });
      expect([exitCode, leftovers]).toEqual([1, []]);
      const read = async (name: string) => await readFile(join(machine.notes, name), 'utf8');
      const names = ['0001-prod.json', '0002-variables.json', '0003-secret-variables.json'];
      expect((await readdir(machine.notes)).filter((name) => name.startsWith('0'))).toEqual(names);
      expect(await Promise.all(names.map(async (name) => JSON.parse(await read(name))))).toEqual([
        { number: 2 },
        { text: 'plain' },
        { labels: { key: 'hunter2-hunter2' } },
      ]);
      const user = `${process.getuid?.()}`;
      const rights = (await read('list')).split('\n').filter((line) => /\d{4}-.*\.json$/.test(line));
      expect(rights.map((line) => line.split(/\s+/)).map(([mode, , owner]) => [mode?.slice(0, 10), owner])).toEqual(
        names.map(() => ['-rw-------', user]),
      );
      expect((await read('folder')).slice(0, 10)).toBe('drwx------');
      // Neither a value nor a name of a variable is in the arguments, which every user of the machine can see.
      expect(await read('call')).not.toMatch(/hunter2|plain|labels/);
    },
    LIMIT,
  );
});
