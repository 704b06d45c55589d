import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type Machine, newMachine, runAction } from './run-action.ts';

let machine: Machine;

beforeAll(async () => {
  machine = await newMachine();
});

/** An action of a few lines, in place of the built one. */
async function entry(main: string, post = ''): Promise<string> {
  const file = join(machine.own, `entry-${Math.random()}.mjs`);
  const prelude = `import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'; const { env } = process;`;
  await writeFile(file, `${prelude}\nif (env.STATE_step === undefined) { ${main} } else { ${post} }`);
  return file;
}

const begin = 'appendFileSync(env.GITHUB_STATE, "step=begun\\n");';

describe('what the action gets', () => {
  test('inputs with the defaults of action.yml, and nothing of the environment of the tests', async () => {
    process.env['NOMAD_ADDR'] = 'http://leaked';
    const main = `${begin} console.log(JSON.stringify(env));`;
    const { log } = await runAction({ machine, entry: await entry(main), inputs: { pack: 'web' }, githubToken: 'ghs' });
    delete process.env['NOMAD_ADDR'];
    const env = JSON.parse(log) as Record<string, string>;
    expect(env).toMatchObject({ INPUT_PACK: 'web', INPUT_OPERATION: 'deploy', INPUT_GITHUB_TOKEN: 'ghs' });
    expect(env).toMatchObject({ INPUT_VARIABLES: '', RUNNER_TEMP: machine.temp, HOME: machine.home });
    expect(env['NOMAD_ADDR']).toBeUndefined();
  });

  test('its own variables, one of the runner taken away, and the state in post', async () => {
    const file = await entry(
      `${begin} appendFileSync(env.GITHUB_STATE, "folder<<X\\na\\nb\\nX\\n"); console.log(env.MINE, env.CI);`,
      'console.log(JSON.stringify(env.STATE_folder), env.INPUT_PACK); process.exitCode = 3;',
    );
    const options = { machine, entry: file, env: { MINE: 'yes', CI: undefined }, inputs: { pack: 'web' } };
    const result = await runAction(options);
    expect(result.log).toBe('yes undefined\n');
    expect(result.postLog).toBe('"a\\nb" web\n');
    expect(result.postExitCode).toBe(3);
    expect(result.state).toEqual({ step: 'begun', folder: 'a\nb' });
  });
});

describe('what comes back', () => {
  test('outputs, variables, paths and summary', async () => {
    const main = `${begin}
      appendFileSync(env.GITHUB_OUTPUT, "jobs<<ghadelimiter_1\\n[\\n  1\\n]\\nghadelimiter_1\\nstatus=running\\n");
      appendFileSync(env.GITHUB_ENV, "A=b=c\\n");
      appendFileSync(env.GITHUB_PATH, "/one\\n/two\\n");
      appendFileSync(env.GITHUB_STEP_SUMMARY, "# Deployed\\n");
      process.exitCode = 1;`;
    const result = await runAction({ machine, entry: await entry(main) });
    expect(result).toMatchObject({
      exitCode: 1,
      outputs: { jobs: '[\n  1\n]', status: 'running' },
      env: { A: 'b=c' },
      paths: ['/one', '/two'],
      summary: '# Deployed\n',
    });
  });

  test('annotations and masks, decoded, wherever the runner would obey them', async () => {
    const lines = [
      '::error title=a%3Ab%2Cc,file=x.hcl,line=3::one%0Atwo %25',
      '  ::warning::indented',
      'text ::error::not at the start',
      'text ##[notice]the old form',
      'progress\r::add-mask::after a carriage return',
      '::unknown::nothing',
      '::stop-commands::tok',
      '::error::unheard',
      '::tok::',
      '::add-mask::s%0Acret',
    ];
    const main = `${begin} process.stdout.write(${JSON.stringify(`${lines.join('\n')}\n`)});`;
    const { annotations, masks } = await runAction({ machine, entry: await entry(main) });
    expect(annotations).toEqual([
      { level: 'error', message: 'one\ntwo %', properties: { title: 'a:b,c', file: 'x.hcl', line: '3' } },
      { level: 'warning', message: 'indented', properties: {} },
      { level: 'notice', message: 'the old form', properties: {} },
    ]);
    expect(masks).toEqual(['after a carriage return', 's\ncret']);
  });

  test('what is left on the machine after post, and not what was there before', async () => {
    await writeFile(join(machine.workspace, 'kept'), 'kept');
    const file = await entry(
      `${begin} writeFileSync(env.HOME + '/left', 'secret'); mkdirSync(env.RUNNER_TEMP + '/empty');
       writeFileSync(env.TMPDIR + '/gone', ''); writeFileSync('kept', 'changed!'); writeFileSync(env.RUNNER_TOOL_CACHE + '/tool', '');`,
      `(await import('node:fs')).rmSync(env.TMPDIR + '/gone');`,
    );
    const { leftovers } = await runAction({ machine, entry: file });
    const found = leftovers.map(({ place, kind, path }) => [place, kind, path.split('/').at(-1)]);
    expect(found).toEqual([
      ['temp', 'folder', 'empty'],
      ['home', 'file', 'left'],
      ['workspace', 'file', 'kept'],
    ]);
    expect(String(await leftovers[1]?.read())).toBe('secret');
  });
});

describe('how it ends', () => {
  test('a signal is sent when the log says so; post runs all the same', async () => {
    const file = await entry(
      `${begin} process.on('SIGINT', () => { console.log('interrupted'); process.exit(1); });
       console.log('waiting'); setInterval(() => {}, 1000);`,
      `console.log('post');`,
    );
    const result = await runAction({ machine, entry: file, signal: { name: 'SIGINT', when: /waiting/ } });
    expect(result).toMatchObject({ exitCode: 1, log: 'waiting\ninterrupted\n', postLog: 'post\n' });
  });

  test('a step that is killed has the exit code that a shell would say', async () => {
    const file = await entry(`${begin} console.log('up'); setInterval(() => {}, 1000);`);
    const result = await runAction({ machine, entry: file, onLog: (_log, child) => child.kill('SIGKILL') });
    expect(result.exitCode).toBe(137);
  });

  test('a step that hangs is killed, and its log is in the error', async () => {
    const file = await entry(`${begin} console.log('stuck here'); setInterval(() => {}, 1000);`);
    await expect(runAction({ machine, entry: file, timeout: 500 })).rejects.toThrow('stuck here');
  });

  test('an output file that the runner would refuse is an error', async () => {
    const file = await entry(`${begin} appendFileSync(env.GITHUB_OUTPUT, "a<<X\\nnever closed");`);
    await expect(runAction({ machine, entry: file })).rejects.toThrow("Matching delimiter not found 'X'");
  });
});
