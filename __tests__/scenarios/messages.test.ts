import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { type FailingPack, failingPacks, packFiles } from '../support/failing-packs.ts';
import { type Machine, newMachine } from '../support/run-action.ts';
import { real } from './support/cluster.ts';
import { scenarios } from './support/scenario.ts';

const { run } = scenarios('Messages');

const LIMIT = 90_000;

let machine: Machine;

beforeAll(async () => {
  machine = await newMachine();
});

/** Puts the pack into the workspace, in the place of the one before. */
async function prepare(failing: FailingPack): Promise<void> {
  await rm(join(machine.workspace, 'bad'), { recursive: true, force: true });
  const files = Object.entries(packFiles(failing)).map(([name, text]) => [join('bad', name), text] as const);
  for (const [name, text] of [...files, ...(failing.variableFile === undefined ? [] : [failing.variableFile])]) {
    const path = join(machine.workspace, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
}

test.each(failingPacks.filter(({ realOnly }) => real || realOnly !== true))(
  '$title is told',
  async (failing) => {
    await prepare(failing);
    const { variables, variableFile, reason, says, at } = failing;
    const outcome = await run({
      scenario: failing.title,
      pack: 'bad',
      name: 'bad',
      machine,
      ...(variables !== undefined && { variables }),
      ...(variableFile !== undefined && { with: { variable_files: variableFile[0] } }),
    });
    const error = outcome.annotations.find(({ level }) => level === 'error');
    const { file, line } = error?.properties ?? {};
    const place = [file, line].filter(Boolean).join(':');
    expect([outcome.reason, outcome.firstLine, place]).toEqual([reason, says, at ?? '']);
    // Nothing was registered, and there is something to do about it.
    expect([outcome.exitCode, outcome.changed]).toEqual([1, 'false']);
    expect(error?.message.split('\n\n')[1]).toMatch(/^(?:[A-Z`]|nomad-pack ).*\.$/s);
  },
  LIMIT,
);
