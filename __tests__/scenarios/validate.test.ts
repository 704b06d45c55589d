import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Machine, newMachine } from '../support/run-action.ts';
import { scenarios } from './support/scenario.ts';

const LIMIT = 90_000;

const { run } = scenarios('Validation');

const GOOD = `job "good" {
  type = "service"
  group "app" {
    task "server" {
      driver = "raw_exec"
      config {
        command = "/bin/sleep"
        args    = ["3600"]
      }
      env {
        GREETING = [[ var "greeting" . | quote ]]
      }
    }
  }
}
`;

interface Broken {
  /** Files of the pack, by path; what is not here is as in a good one. */
  readonly files?: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly reason: string;
  /** What the first line says without a cluster. */
  readonly alone: RegExp;
  /** What it says with one; undefined where that is the same. */
  readonly asked?: RegExp;
  /** The line of the template that the annotation points to without a cluster. */
  readonly line?: number;
}

const template = (text: string) => ({ 'templates/good.nomad.tpl': text });

const BROKEN: Readonly<Record<string, Broken>> = {
  'a brace is missing': {
    files: template(GOOD.replace(/\}\n$/, '')),
    reason: 'job-specification',
    alone: /^good\/good\.nomad, line 1: This is not HCL: the block `job` has no `\}`\.$/,
    asked: /Unclosed/,
    line: 1,
  },
  'a brace too many': {
    files: template(`${GOOD}}\n`),
    reason: 'job-specification',
    alone: /line 16: This is not HCL: there is a `\}` that closes nothing/,
    asked: /Nomad cannot read good\/good\.nomad, line 16/,
  },
  'an argument that Nomad does not know': {
    files: template(GOOD.replace('driver ', 'drivr ')),
    reason: 'job-specification',
    alone: /line 5: The block `task` does not know the argument `drivr` \(did you mean `driver`\?\)/,
    asked: /Nomad cannot read good\/good\.nomad, line [45]: /,
    line: 5,
  },
  'a block that Nomad does not know': {
    files: template(GOOD.replace('env {', 'envs {')),
    reason: 'job-specification',
    alone: /line 10: The block `task` does not know the block `envs` \(did you mean `env`\?\)/,
    asked: /Nomad cannot read good\/good\.nomad, line 10: .*"envs"/,
    line: 10,
  },
  'two arguments in a line': {
    files: template(GOOD.replace('type = "service"', 'type = "service" priority = 50')),
    reason: 'job-specification',
    alone: /line 2: This is not HCL: a new line must begin here/,
    asked: /Nomad cannot read good\/good\.nomad, line 2/,
    line: 2,
  },
  'a value is missing': {
    files: template(GOOD.replace('type = "service"', 'type =')),
    reason: 'job-specification',
    alone: /line 2: This is not HCL: a value must stand here/,
    asked: /Nomad cannot read good\/good\.nomad, line 2/,
    line: 2,
  },
  'a text has no end': {
    files: template(GOOD.replace('"service"', '"service')),
    reason: 'job-specification',
    alone: /line 2: This is not HCL: a text has no end/,
    asked: /Nomad cannot read good\/good\.nomad, line 2/,
    line: 2,
  },
  'a task without a name': {
    files: template(GOOD.replace('task "server"', 'task')),
    reason: 'job-specification',
    alone: /line 4: The block `task` needs a name, as in `task "web" \{`/,
    asked: /Nomad cannot read good\/good\.nomad, line 4/,
    line: 4,
  },
  'two jobs in a file': {
    files: template(`${GOOD}${GOOD.replace('"good"', '"other"')}`),
    reason: 'job-specification',
    alone: /line 16: A file holds one `job` block, and this is another one/,
    asked: /Duplicate job block/,
    line: 16,
  },
  'two files of one job': {
    files: { 'templates/again.nomad.tpl': GOOD },
    reason: 'job-specification',
    alone: /both render to job "good"/,
  },
  'two files of one id': {
    files: { 'templates/again.nomad.tpl': GOOD.replace('"good" {', '"again" {\n  id = "good"') },
    reason: 'job-specification',
    alone: /both render to job "good"/,
  },
  'no job at all': {
    files: { 'templates/good.nomad.tpl': '', 'templates/notes.tpl': 'notes' },
    reason: 'job-specification',
    alone: /renders to no job|There is no `job` block|renders to nothing/,
  },
  'metadata that nomad-pack loses': {
    files: template(GOOD.replace('type =', 'meta {\n    team = upper("core")\n  }\n  type =')),
    reason: 'job-specification',
    alone: /`upper\(\.\.\.\)` in the `meta` of the job makes nomad-pack .* register the job without/,
  },
  'metadata that makes nomad-pack crash': {
    files: template(GOOD.replace('type =', 'meta = null\n  type =')),
    reason: 'job-specification',
    alone: /good\.nomad, line 2: `meta = null` makes nomad-pack .* crash\.$/,
    line: 2,
  },
  'a template that does not parse': {
    files: template(GOOD.replace('| quote ]]', '| qote ]]')),
    reason: 'template',
    alone: /qote/,
  },
  'a variable that the pack does not have': {
    variables: { greting: 'hello' },
    reason: 'variable-undeclared',
    alone: /greting/,
  },
};

let folder: string;
let machine: Machine;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'validate-'));
  await writePack('good', {});
  for (const [index, { files = {} }] of Object.values(BROKEN).entries()) await writePack(`broken-${index}/good`, files);
  machine = await newMachine(folder);
});

afterAll(async () => await rm(folder, { recursive: true, force: true }));

async function writePack(name: string, files: Readonly<Record<string, string>>): Promise<void> {
  const all = {
    'metadata.hcl': 'app {\n  url = ""\n}\npack {\n  name = "good"\n  description = "A pack"\n  version = "0.1.0"\n}\n',
    'variables.hcl': 'variable "greeting" {\n  type = string\n  default = "hello"\n}\n',
    'README.md': '# Good\n',
    ...template(GOOD),
    ...files,
  };
  for (const [path, text] of Object.entries(all)) {
    await mkdir(dirname(join(folder, name, path)), { recursive: true });
    await writeFile(join(folder, name, path), text);
  }
}

const validate = async (pack: string, more: Partial<Parameters<typeof run>[0]> = {}) =>
  await run({ operation: 'validate', name: 'any', pack, machine, ...more });

const ALONE = { nomad_addr: '', nomad_token: '' };

test(
  'a good pack is green, with a cluster and without one',
  async () => {
    const alone = await validate('good', { scenario: 'a good pack, no cluster', with: ALONE });
    expect(alone).toMatchObject({ exitCode: 0, reason: '', changed: 'false' });
    expect(alone.annotations.map(({ level, message }) => [level, message.split(':')[0]])).toEqual([
      ['notice', 'No cluster is given, so Nomad was not asked'],
    ]);
    const asked = await validate('good', { scenario: 'a good pack' });
    expect(asked).toMatchObject({ exitCode: 0, reason: '', changed: 'false', annotations: [] });
  },
  LIMIT,
);

test(
  'two files with one label, and ids of their own, are two jobs',
  async () => {
    const withId = (id: string) => GOOD.replace('"good" {', `"good" {\n  id = "${id}"`);
    await writePack('labels/good', { ...template(withId('one')), 'templates/other.nomad.tpl': withId('two') });
    const other = await newMachine(folder);
    for (const given of [ALONE, {}])
      expect(await validate('labels/good', { machine: other, with: given })).toMatchObject({ exitCode: 0 });
  },
  LIMIT,
);

describe('a broken pack is red, with the place', () => {
  test.each(Object.entries(BROKEN))(
    '%s',
    async (scenario, { variables, reason, alone, asked = alone, line }) => {
      const pack = `broken-${Object.keys(BROKEN).indexOf(scenario)}/good`;
      const given = variables === undefined ? {} : { variables };
      const without = await validate(pack, { scenario: `${scenario}, no cluster`, with: ALONE, ...given });
      expect(without).toMatchObject({ exitCode: 1, reason, changed: 'false' });
      expect(without.firstLine).toMatch(alone);
      if (line !== undefined) {
        expect(without.annotations.find(({ level }) => level === 'error')?.properties).toMatchObject({
          file: `${pack}/templates/good.nomad.tpl`,
          line: String(line),
        });
      }
      const withCluster = await validate(pack, { scenario, ...given });
      expect(withCluster).toMatchObject({ exitCode: 1, reason, changed: 'false' });
      expect(withCluster.firstLine).toMatch(asked);
    },
    LIMIT,
  );
});

test(
  'what only a cluster knows is told with one',
  async () => {
    const variables = { greeting: 'x' };
    const files = template(GOOD.replace('type = "service"', 'type = "servis"'));
    await writePack('servis/good', files);
    const other = await newMachine(folder);
    const without = await run({
      operation: 'validate',
      name: 'any',
      pack: 'servis/good',
      machine: other,
      with: ALONE,
      variables,
    });
    expect(without.exitCode).toBe(0);
    const asked = await run({
      scenario: 'a type that is not one',
      operation: 'validate',
      name: 'any',
      pack: 'servis/good',
      machine: other,
    });
    expect(asked).toMatchObject({ exitCode: 1, reason: 'job-specification', changed: 'false' });
    expect(asked.firstLine).toContain('Nomad would refuse job "good" of good/good.nomad: Invalid job type: "servis"');
  },
  LIMIT,
);
