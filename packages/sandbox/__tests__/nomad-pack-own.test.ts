import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { type SimulatedNomad, startNomad } from '../nomad/index.ts';
import { ask } from './support/api.ts';
import { type CommandResult, type Lab, startLab } from './support/nomad-pack-lab.ts';

/** The stand-in for nomad-pack with packs of our own: what holds where there are no recordings, and what they do not show. */
const packs = join(dirname(fileURLToPath(import.meta.url)), 'fixtures', 'packs');
let lab: Lab;

// Each test starts several processes, on machines that may have more to do.
jest.setTimeout(60_000);

beforeAll(async () => {
  lab = await startLab(packs);
});

afterAll(async () => {
  await lab.stop();
});

/** What was printed, without the line that says that it is simulated. */
function printed({ stdout }: CommandResult): string {
  return stdout.replace('debug: simulated nomad-pack of the sandbox\n', '');
}

function withoutDebug(result: CommandResult): string {
  return printed(result)
    .split('\n')
    .filter((line) => !line.startsWith('debug:'))
    .join('\n');
}

describe('templates', () => {
  /** Renders one line as the template of a pack. */
  async function render(template: string, ...args: readonly string[]): Promise<CommandResult> {
    const folder = join(lab.work, 'scratch');
    await cp(join(packs, 'web'), folder, { recursive: true });
    for (const file of await readdir(join(folder, 'templates'))) {
      await writeFile(join(folder, 'templates', file), file === 'web.nomad.tpl' ? template : '[[/* nothing */]]');
    }
    return await lab.run(['render', './scratch', '--no-format', ...args], { env: { GREETING: 'hi' } });
  }

  test.each([
    ['a [[- "b" -]] c', 'abc'],
    ['[[/* nothing */]][[ `raw "x"` ]]', 'raw "x"'],
    ['[[ if eq (var "count" .) 2 ]]two[[ else if var "message" . ]]other[[ else ]]none[[ end ]]', 'two'],
    ['[[ range $i, $zone := var "zones" . ]][[ $i ]]=[[ $zone ]] [[ end ]]', '0=a 1=b '],
    ['[[ range $key, $value := var "limits" . ]][[ $key ]]:[[ $value ]] [[ end ]]', 'cpu:50 memory:32 '],
    ['[[ range list ]]x[[ else ]]nothing[[ end ]]', 'nothing'],
    ['[[ $x := 1 ]][[ range list 1 2 3 ]][[ if eq . 2 ]][[ continue ]][[ end ]][[ $x = . ]][[ end ]][[ $x ]]', '3'],
    ['[[ define "job" ]]<[[ . | upper ]]>[[ end ]][[ template "job" (var "message" .) ]]', '<HELLO>'],
    ['[[ (var "limits" .).cpu ]] [[ with var "limits" . ]][[ .memory ]][[ end ]]', '50 32'],
    ['[[ var "zones" . | toStringList ]] [[ var "limits" . | toJson ]]', '["a", "b"] {"cpu":50,"memory":32}'],
    ['[[ printf "%s-%03d-%q-%v" "a" 7 "b" (var "zones" .) ]]', 'a-007-"b"-[a b]'],
    ['[[ coalesce "" (var "message" .) | quote ]] [[ default "d" "" ]] [[ env "GREETING" ]]', '"hello" d hi'],
    ['[[ "a\\nb" | nindent 2 ]] [[ join "," (var "zones" .) ]] [[ replace "l" "L" "hello" ]]', '\n  a\n  b a,b heLLo'],
    [
      '[[ index (var "zones" .) 1 ]] [[ len (var "zones" .) ]] [[ and 1 0 ]] [[ or "" "x" ]] [[ not true ]]',
      'b 2 0 x false',
    ],
    ['[[ meta "pack.name" . ]] [[ meta "app.url" . ]] [[ var "nosuch" . ]]|', 'web https://example.com |'],
    ['[[ var "limits" . ]] [[ 0.00001 ]] [[ tpl "[[ . ]]!" "x" ]]', 'map[cpu:50 memory:32] 1e-05 x!'],
  ])('%s', async (template, expected) => {
    const result = await render(template);
    expect(printed(result)).toBe(`web/web.nomad:\n\n${expected}\n`);
    expect(result.exitCode).toBe(0);
  });

  test.each([
    ['x [[ fail "on purpose" ]]', 'on purpose', 'web/templates/web.nomad.tpl', '1,5'],
    [
      'x\n[[ (var "limits" .).nosuch.deep ]]',
      'nil pointer evaluating interface {}.deep',
      'web/templates/web.nomad.tpl',
      '2,17',
    ],
    ['[[ upper 1 ]]', 'expected string; found 1', 'web/templates/web.nomad.tpl', '1,9'],
    ['[[ var "a" ]]', 'want 2 got 1', 'web/templates/web.nomad.tpl', '1,3'],
    ['x\n[[ nosuch ]]', 'template: web/templates/web.nomad.tpl:2: function "nosuch" not defined', '', ''],
    ['[[ if true ]]x', 'template: web/templates/web.nomad.tpl:1: unexpected EOF', '', ''],
    ['[[ "open ]]', 'template: web/templates/web.nomad.tpl:1: unterminated quoted string', '', ''],
  ])('%j fails', async (template, error, file, position) => {
    const result = await render(template);
    expect(printed(result)).toBe(`! Failed To Process Pack
!   Error: ${error}
!   Context:
!          Filename: ${file}
!          Position: ${position}
!     Registry Name: <<local folder>>
!         Pack Name: web
!          Pack Ref: <<none>>
!         Pack Path: ${join(lab.work, 'scratch')}
`);
    expect(result.exitCode).toBe(1);
  });
});

describe('variables', () => {
  /** The value that the variable gets. */
  async function valueGiven(
    variable: string,
    args: readonly string[],
    options: { env?: Record<string, string>; version?: string } = {},
  ) {
    await cp(join(packs, 'web'), join(lab.work, 'show'), { recursive: true });
    await writeFile(join(lab.work, 'show', 'templates', 'web.nomad.tpl'), `<[[ var "${variable}" . ]]>`);
    const result = await lab.run(['render', './show', '--no-format', ...args], options);
    return /<(.*)>/s.exec(printed(result).split('web/web.nomad:')[1] ?? '')?.[1] ?? printed(result);
  }

  beforeAll(async () => {
    await lab.write('1.hcl', 'message = "one"\n');
    await lab.write('2.json', '{"message": "${two}"}');
    await lab.write('wrong.hcl', 'count = "many"\n');
  });

  test('a flag beats files, files beat the environment, that beats the default', async () => {
    const env = { NOMAD_PACK_VAR_message: 'environment' };
    expect(await valueGiven('message', [])).toBe('hello');
    expect(await valueGiven('message', [], { env })).toBe('environment');
    expect(await valueGiven('message', ['--var-file=1.hcl'], { env })).toBe('one');
    expect(await valueGiven('message', ['--var-file=1.hcl', '--var', 'message=flag'], { env })).toBe('flag');
  });

  test('of two files the last by its path wins, in a later version the last that is given', async () => {
    const files = ['--var-file=2.json', '--var-file=1.hcl'];
    expect(await valueGiven('message', files)).toBe('${two}');
    expect(await valueGiven('message', files, { version: '0.5.0' })).toBe('one');
  });

  test('a value of a flag or of the environment must fit its type, that of a file need not', async () => {
    const complaint = "not compatible with the variable's type constraint: a number is required";
    expect(await valueGiven('count', ['--var=count=many'])).toContain(complaint);
    expect(await valueGiven('count', [], { env: { NOMAD_PACK_VAR_count: 'many' } })).toContain(complaint);
    expect(await valueGiven('count', ['--var-file=wrong.hcl'])).toBe('many');
    expect(await valueGiven('zones', ['--var=zones=[1, "b"]'])).toBe('[1 b]');
    expect(await valueGiven('limits', ['--var=limits={cpu=1}'])).toContain('attribute "memory" is required');
  });

  test('every variable that is missing or unknown is told of', async () => {
    const missing = printed(await lab.run(['render', join(packs, 'needy')]));
    expect(missing.match(/Error: .*/g)).toEqual([
      'Error: missing required variable: "first"',
      'Error: missing required variable: "second" (What comes next)',
    ]);
    await lab.write('unknown.json', '{\n"nosuch": 1,\n"neither": 2\n}');
    const unknown = printed(await lab.run(['render', join(packs, 'web'), '--var-file=unknown.json']));
    expect(unknown.match(/HCL Range: .*/g)).toEqual([
      'HCL Range: unknown.json:2,1-12',
      'HCL Range: unknown.json:3,1-13',
    ]);
  });

  test('those of a dependency go by its alias', async () => {
    await lab.write('dependency.hcl', 'cache.port = 7\n');
    const args = ['render', join(packs, 'parent'), '--no-format'];
    expect(printed(await lab.run([...args, '--var=cache.port=5']))).toContain('port = 5');
    expect(printed(await lab.run([...args, '--var-file=dependency.hcl']))).toContain('port = 7');
  });
});

describe('the cache', () => {
  const layouts = [
    {
      variable: 'XDG_CACHE_HOME, absolute',
      env: () => ({ XDG_CACHE_HOME: join(lab.work, 'xdg') }),
      path: 'xdg/nomad/packs',
    },
    { variable: 'XDG_CACHE_HOME, relative', env: () => ({ XDG_CACHE_HOME: 'xdg2', HOME: '.' }), path: '.nomad/packs' },
    { variable: 'HOME', env: () => ({ HOME: join(lab.work, 'user') }), path: 'user/.cache/nomad/packs' },
    { variable: 'HOME, relative', env: () => ({ HOME: '.' }), path: '.cache/nomad/packs' },
  ];

  test.each(layouts)('is where $variable says', async ({ env, path }) => {
    await lab.run(['registry', 'add', 'lab', lab.registry.path, '--ref=web/v0.2.0'], { env: env() });
    const folder = join(lab.work, path, 'lab', 'web!_v0.2.0');
    expect(await readdir(folder)).toEqual(expect.arrayContaining(['metadata.json', 'web@web!_v0.2.0']));
    expect(JSON.parse(await readFile(join(folder, 'metadata.json'), 'utf8'))).toEqual({
      name: 'lab',
      source: lab.registry.path,
      ref: 'web/v0.2.0',
      local_ref: lab.commits[1],
    });
    expect(await readdir(join(lab.work, path))).toEqual(['lab']);
  });

  test('what is there at a ref stays, and latest is fetched again', async () => {
    const env = { HOME: join(lab.work, 'again') };
    const cache = join(lab.work, 'again/.cache/nomad/packs/lab');
    for (const ref of ['v0.1.0', 'latest']) {
      const pack = join(cache, ref, `web@${ref}`, 'metadata.hcl');
      const add = ['registry', 'add', 'lab', lab.registry.path, ...(ref === 'latest' ? [] : [`--ref=${ref}`])];
      await lab.run(add, { env });
      await writeFile(pack, 'changed');
      await lab.run(add, { env });
      expect((await readFile(pack, 'utf8')) === 'changed').toBe(ref !== 'latest');
    }
  });

  test('git reads its configuration from the environment, and a failure shows its words', async () => {
    const source = `${lab.gitAddress}/private/packs.git`;
    const refused = await lab.run(['registry', 'add', 'private', source]);
    expect(refused.exitCode).toBe(1);
    expect(withoutDebug(refused)).toContain('fatal: could not read Username');
    const header = `Authorization: Basic ${Buffer.from('x:lab-registry-token-1234567890').toString('base64')}`;
    const env = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: `http.${source}.extraheader`, GIT_CONFIG_VALUE_0: header };
    expect(await lab.run(['registry', 'add', 'private', source], { env })).toMatchObject({ exitCode: 0, stderr: '' });
  });
});

describe('with a Nomad', () => {
  let nomad: SimulatedNomad;
  const run = (...args: readonly string[]) => lab.run(args, { env: { NOMAD_ADDR: nomad.address, HOME: '.' } });
  const jobMeta = async (job: string) => (await ask(nomad, `GET /v1/job/${job}`)).body.Meta;

  beforeAll(async () => {
    nomad = await startNomad();
    await run('registry', 'add', 'own', lab.registry.path);
  });

  afterAll(async () => {
    await nomad.stop();
  });

  test('a deployment is planned, run, looked at, stopped and destroyed', async () => {
    const web = ['web', '--name=demo', '--registry=own'];
    expect(await run('plan', ...web)).toMatchObject({ exitCode: 1 });
    const deployed = await run('run', ...web, '--detach');
    expect(deployed.exitCode).toBe(0);
    expect(printed(deployed)).toMatch(
      /^ {2}Evaluation ID: [0-9a-f-]{36}\n {2}Job 'web' in pack deployment 'demo' registered/,
    );
    expect(printed(deployed)).toContain('\nweb says hello\n');
    expect(await jobMeta('web')).toEqual({
      owner: 'someone',
      'pack.name': 'web',
      'pack.path': '.cache/nomad/packs/own/latest/web@latest',
      'pack.registry': 'own',
      'pack.version': 'latest',
      'pack.deployment_name': 'demo',
      'pack.job': 'web',
    });
    expect(await run('plan', ...web)).toMatchObject({ exitCode: 0 });
    const { stdout } = await run('status', 'web', '--name=demo');
    expect(stdout).toContain(' web       | own           | demo            | web      | ');
    expect(printed(await run('run', 'web', '--name=other', '--registry=own'))).toContain(
      'job with id "web" already exists and is part of deployment "demo"',
    );
    expect(withoutDebug(await run('stop', ...web))).toContain('Job "web" stopped\nPack "web" stopped\n');
    expect(withoutDebug(await run('destroy', ...web))).toContain('Job "web" destroyed\nPack "web" destroyed\n');
    expect(printed(await run('status', 'web', '--name=demo'))).toBe(
      'warning: no jobs found for pack "web" in deployment "demo"\n\n',
    );
  });

  test('a dependency is deployed as a part of the pack, and stopped when the name is used for another', async () => {
    const first = await run('run', 'parent', '--name=family', '--registry=own', '--detach');
    expect(first.exitCode).toBe(0);
    expect(await jobMeta('redis')).toMatchObject({ 'pack.name': 'parent', 'pack.job': 'redis' });
    const second = await run('run', 'web', '--name=family', '--registry=own', '--detach');
    for (const job of ['parent', 'redis']) {
      expect(printed(second)).toContain(`Job '${job}' is no longer defined in pack deployment 'family' - stopping`);
    }
    expect((await ask(nomad, 'GET /v1/job/redis')).body.Stop).toBe(true);
  });

  test('an older version knows no --detach, and watches nothing', async () => {
    const old = (...args: readonly string[]) =>
      lab.run(args, { version: '0.4.1', env: { NOMAD_ADDR: nomad.address, HOME: '.' } });
    expect(printed(await old('version'))).toBe('Nomad Pack v0.4.1\n\n');
    const refused = await old('run', 'web', '--name=old', '--registry=own', '--detach');
    expect(refused.exitCode).toBe(1);
    expect(printed(refused)).toContain('! Error Parsing Args Or Flags\n!   Error: unknown flag: --detach\n');
    await run('destroy', 'web', '--name=family', '--registry=own');
    const deployed = await old('run', 'web', '--name=old', '--registry=own');
    expect(deployed.exitCode).toBe(0);
    expect(printed(deployed)).not.toContain('Monitoring');
  });
});
