import { writeFileSync } from 'node:fs';
import { playCases } from 'nomad-pack-sandbox/__tests__/support/nomad-pack-cases.ts';
import { startLab } from 'nomad-pack-sandbox/__tests__/support/nomad-pack-lab.ts';
import {
  commandsFile,
  comparable as comparableOutput,
  readCommands,
  recordedPacks,
} from 'nomad-pack-sandbox/__tests__/support/nomad-pack-recordings.ts';
import { comparable, recordedBody, STATES } from 'nomad-pack-sandbox/__tests__/support/nomad-states.ts';
import { readRecordings, responsesFile } from 'nomad-pack-sandbox/__tests__/support/recordings.ts';
import { startFaultProxy } from 'nomad-pack-sandbox/http/fault-proxy.ts';
import { missingTools, startRealNomad } from 'nomad-pack-sandbox/real-nomad.ts';
import { differencesOf, sortedJson, trimmed } from './record/recordings.ts';
import { readCommandLine } from './support/command-line.ts';

const { values, positionals } = readCommandLine({
  usage: `Usage: npm run record -- [--write] [nomad] [nomad-pack]

Records anew, with the \`nomad\` and \`nomad-pack\` on the PATH, what the tests of parsers and watchers read
(__tests__/fixtures/recordings), and shows what differs: ids, times and indexes aside. With a word, only what that program says.
The command lines and requests are those that are recorded already. nomad-pack 0.4.2 has recordings of its own; any other version is
compared with those of the next one. Ends with 1 where something differs.

  --write  keeps what differs; what does not stays as it is, to the letter
`,
  options: { write: { type: 'boolean', default: false } },
  allowPositionals: true,
});

const unknown = positionals.find((word) => word !== 'nomad' && word !== 'nomad-pack');
if (unknown !== undefined) {
  console.error(`There are recordings of \`nomad\` and \`nomad-pack\`, not of \`${unknown}\`.`);
  process.exit(2);
}
const missing = await missingTools();
if (missing.length > 0) {
  console.error(`Not on the PATH: ${missing.join(', ')}.`);
  process.exit(2);
}
const wanted = (program: string) => positionals.length === 0 || positionals.includes(program);
let differing = 0;
if (wanted('nomad-pack')) differing += await recordCommands();
if (wanted('nomad')) differing += await recordResponses();
if (differing > 0) process.exitCode = 1;

/** What nomad-pack prints. @returns how many cases differ */
async function recordCommands(): Promise<number> {
  const lab = await startLab(recordedPacks, ['nomad-pack']);
  const stops: (() => Promise<unknown>)[] = [lab.stop];
  try {
    const { stdout: said } = await lab.run(['version']);
    const version = /\bv0\.4\.2\b/.test(said) ? '0.4.2' : 'next';
    const commands = readCommands(version);
    const startCluster = async ({ acl }: { readonly acl: boolean }) => {
      const nomad = await startRealNomad({ acl, namespaces: ['prod', 'dev'] });
      const { address, requests, stop } = await startFaultProxy(nomad.address, () => undefined);
      stops.push(stop, nomad.stop);
      return { address, looks: () => requests.filter(({ route }) => route === '/v1/deployment/:id').length };
    };
    const results = await playCases({ lab, commands, startCluster, inTurn: true });
    const { differing, kept } = differencesOf(
      `nomad-pack ${version}`,
      commands.map((before) => {
        const { exitCode, stdout, stderr } = results.get(before.case) ?? {
          exitCode: -1,
          stdout: '',
          stderr: 'not run',
        };
        const exit_code = before.exit_code === 'timeout' ? before.exit_code : exitCode;
        const after = { ...before, exit_code, stdout, stderr };
        const text = (one: typeof before) =>
          `exit code ${one.exit_code}\n${comparableOutput(one.case, one.stdout)}\n${one.stderr}`;
        return { name: before.case, before, after, texts: [text(before), text(after)] };
      }),
    );
    if (values.write) writeFileSync(commandsFile(version), trimmed(kept));
    return differing;
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

/** What Nomad answers. A login is recorded by hand: it takes an auth method. @returns how many responses differ */
async function recordResponses(): Promise<number> {
  const recordings = readRecordings();
  let all = 0;
  for (const enter of STATES) {
    const nomad = await startRealNomad();
    try {
      for (const [state, answers] of Object.entries(await enter(nomad))) {
        const recorded = recordings[state] ?? {};
        const { differing, kept } = differencesOf(
          `Nomad, ${state}`,
          Object.entries(recorded).map(([name, before]) => {
            const { status = 0, headers, body } = answers[name] ?? {};
            const named = Object.keys(before.headers).map((header) => [header, headers?.get(header) ?? '']);
            const after = { ...before, status, headers: Object.fromEntries(named), body };
            const text = (one: typeof before, of: typeof recordings) =>
              `status ${one.status}\n${sortedJson(comparable(state, name, recordedBody(state, name, one, of)))}`;
            const now = { [state]: { job: { ...before, body: answers['job']?.body } } };
            return { name, before, after, texts: [text(before, recordings), text(after, now)] };
          }),
        );
        all += differing;
        const names = Object.keys(recorded);
        const record = Object.fromEntries(kept.map((one, index) => [names[index] ?? '', one]));
        if (values.write) writeFileSync(responsesFile(state), trimmed(record));
      }
    } finally {
      await nomad.stop();
    }
  }
  return all;
}
