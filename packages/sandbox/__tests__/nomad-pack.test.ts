import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type SimulatedNomad, startNomad } from '../nomad/index.ts';
import { playCases } from './support/nomad-pack-cases.ts';
import { type CommandResult, type Lab, startLab } from './support/nomad-pack-lab.ts';
import { comparable, type RecordedCommand, readCommands, recordedPacks } from './support/nomad-pack-recordings.ts';

/**
 * Brings the simulated Nomad and a cache through what the recordings of a real nomad-pack went through, runs the same command
 * lines, and compares what is printed and the exit codes.
 */
describe.each([
  { name: '0.4.2', version: '0.4.2' },
  { name: 'next', version: '0.4.3' },
])('as nomad-pack $name was recorded', ({ name: recording, version }) => {
  const recorded = readCommands(recording);
  const byCase = new Map(recorded.map((command) => [command.case, command]));
  const nomads: SimulatedNomad[] = [];
  let results: ReadonlyMap<string, CommandResult> = new Map();
  let lab: Lab;

  beforeAll(async () => {
    lab = await startLab(recordedPacks);
    const look = /^\/v1\/deployment\/[^/?]+(?:\?|$)/;
    const startCluster = async ({ acl }: { readonly acl: boolean }) => {
      const nomad = await startNomad({ namespaces: ['prod', 'dev'], ...(acl && { acl: {} }) });
      nomads.push(nomad);
      return { address: nomad.address, looks: () => nomad.requests.filter(({ path }) => look.test(path)).length };
    };
    results = await playCases({ lab, commands: recorded, version, startCluster, inTurn: false });
  }, 180_000);

  afterAll(async () => {
    await Promise.all(nomads.map((nomad) => nomad.stop()));
    await lab.stop();
    const uncovered = recorded.filter((command) => !results.has(command.case)).map((command) => command.case);
    const left = uncovered.length === 0 ? '' : `; not run: ${uncovered.join(', ')}`;
    process.stdout.write(
      `conformance with nomad-pack ${recording}: ${results.size} of ${recorded.length} recorded cases${left}\n`,
    );
  });

  test.each(recorded.map((command) => command.case))('%s', (name) => {
    const result = results.get(name) as CommandResult;
    const command = byCase.get(name) as RecordedCommand;
    expect(result.stderr).toBe('');
    const [announcement, ...printed] = result.stdout.split('\n');
    expect(announcement).toBe('debug: simulated nomad-pack of the sandbox');
    expect(comparable(name, printed.join('\n'))).toBe(comparable(name, command.stdout));
    if (command.exit_code !== 'timeout') expect(result.exitCode).toBe(command.exit_code);
  });
});
