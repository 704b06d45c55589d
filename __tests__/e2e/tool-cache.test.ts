import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { ROOT } from '../../scripts/support/paths.ts';
import { LIMIT, NOBODY, prepareMachine, step, useSandbox } from './support/sandbox.ts';

const run = promisify(execFile);

const sandbox = useSandbox({});

/** Fills the tool cache with the commands of docs/tool-cache.md, for the platform and the site of this test. */
async function prefill(toolCache: string): Promise<string> {
  const page = await readFile(join(ROOT, 'docs', 'tool-cache.md'), 'utf8');
  const [, commands = ''] = /```bash\n([\s\S]*?)```/.exec(page) ?? [];
  const here: Record<string, string> = {
    mirror: sandbox().releases.address,
    arch: process.arch,
    platform: `${process.platform}_${process.arch === 'x64' ? 'amd64' : process.arch}`,
  };
  const script = commands.replace(/^(mirror|arch|platform)=.*$/gm, (_, name: string) => `${name}='${here[name]}'`);
  await run('bash', ['-euo', 'pipefail', '-c', script], { env: { ...process.env, RUNNER_TOOL_CACHE: toolCache } });
  return join(toolCache, 'nomad-pack', '0.4.2', process.arch);
}

const offline = { operation: 'setup', nomad_addr: '', nomad_pack_version: '0.4.2', nomad_pack_mirror: NOBODY };

test(
  'a cache that an image brings is verified and used without a network',
  async () => {
    const machine = await prepareMachine({});
    await prefill(machine.toolCache);
    const result = await step(sandbox(), { machine, inputs: offline, env: { PATH: machine.path } });
    expect(result.outputs).toMatchObject({ status: 'complete', 'nomad-pack-version': '0.4.2', 'failure-reason': '' });
    expect(result.log).toContain('nomad-pack 0.4.2 is in the tool cache; its signature holds.');
    expect(result.annotations).toEqual([]);
  },
  LIMIT,
);

test(
  'a cache that was tampered with is not used',
  async () => {
    const machine = await prepareMachine({});
    const entry = await prefill(machine.toolCache);
    const archive = (await readdir(entry)).find((name) => name.endsWith('.zip')) ?? '';
    const bytes = await readFile(join(entry, archive));
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    await writeFile(join(entry, archive), bytes);
    const result = await step(sandbox(), { machine, inputs: offline, env: { PATH: machine.path } });
    expect(result.exitCode).toBe(1);
    expect(result.outputs).toMatchObject({ 'failure-reason': 'download', status: 'unknown' });
    expect(result.annotations[0]?.message).toContain(
      'nomad-pack 0.4.2 in the tool cache is not what was kept there, and is not used',
    );
  },
  LIMIT,
);
