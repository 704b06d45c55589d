import { execFileSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { LIMIT, prepareMachine, REGISTRY_TOKEN, step, useSandbox } from './support/sandbox.ts';

const sandbox = useSandbox();

/** Every Node of this machine, by its major version: the one that runs the tests, and those on PATH and where systems put it. */
const nodes = findNodes();

function findNodes(): ReadonlyMap<string, string> {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/local/bin', '/usr/bin'];
  const found = new Map<string, string>();
  for (const path of [process.execPath, ...folders.map((folder) => join(folder, 'node'))]) {
    const major = versionOf(path)?.split('.')[0];
    if (major !== undefined && !found.has(major)) found.set(major, path);
  }
  return found;
}

function versionOf(path: string): string | undefined {
  try {
    return execFileSync(path, ['--print', 'process.versions.node'], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

// 24 is what action.yml asks for; 20 is what older runners of one's own run it with.
describe.each(['20', '24'])('Node %s', (major) => {
  const node = nodes.get(major);
  const runs = node === undefined ? test.skip : test;
  const where = node === undefined ? ` (there is no Node ${major} on this machine)` : '';
  const name = `node-${major}`;

  const run = async (inputs: Readonly<Record<string, string>>) => {
    const { exitCode, outputs, log, postExitCode, leftovers } = await step(sandbox(), {
      machine: await prepareMachine({}),
      ...(node !== undefined && { node }),
      inputs: { deployment_name: name, ...inputs },
    });
    const { status, changed, 'failure-reason': reason } = outputs;
    return { told: [exitCode, status, changed, reason], left: [postExitCode, leftovers], log };
  };

  runs(
    `deploys, looks and destroys${where}`,
    async () => {
      const { git } = sandbox();
      const inputs = {
        pack: 'echo',
        registry_name: 'packs',
        registry_source: git.url('private'),
        registry_token: REGISTRY_TOKEN,
        variables: `job_name: ${name}\nanything: {deep: [1.10]}`,
      };
      const deployed = await run({ ...inputs, operation: 'deploy' });
      expect([deployed.told, deployed.left]).toEqual([
        [0, 'running', 'true', ''],
        [0, []],
      ]);
      expect((await run({ ...inputs, operation: 'status' })).told).toEqual([0, 'running', 'false', '']);
      expect((await run({ ...inputs, operation: 'destroy' })).told).toEqual([0, 'absent', 'true', '']);
      // Nothing that this Node warns of, such as something that is deprecated in it.
      expect(deployed.log).not.toMatch(/\(node:\d+\)|Warning:/);
    },
    LIMIT,
  );

  runs(
    `says what is wrong${where}`,
    async () => {
      const { told, left } = await run({ pack: '' });
      expect([told, left]).toEqual([
        [1, 'unknown', 'false', 'input'],
        [0, []],
      ]);
    },
    LIMIT,
  );
});
