import { readdirSync } from 'node:fs';
import { styleText } from 'node:util';
import { findAct } from './examples/act.ts';
import { cases, type Scene } from './examples/cases.ts';
import { FLEET_WORKFLOWS, type Stage, setStage, WORKFLOWS } from './examples/stage.ts';
import { type Surroundings, startSurroundings } from './examples/surroundings.ts';
import { readCommandLine } from './support/command-line.ts';

const { positionals: wanted } = readCommandLine({
  usage: `Usage: npm run examples -- [NAMES]

Runs every workflow of examples/workflows/ and examples/fleet/ with act, without containers, against the sandbox: in a repository as a
user has one, with secrets and variables as act takes them. With NAMES such as minimal.yml, only these. Ends with a table of what was
shown, and with 1 where something was not. The variable ACT names another act than the one on the PATH.
`,
  options: {},
  allowPositionals: true,
});
const act = findAct();
if (act === undefined)
  console.log('Skipped: act is not on the PATH (https://nektosact.com), and the variable ACT names none.');
else await main(act);

/** A line of the table. */
interface Row {
  readonly workflow: string;
  readonly shows: string;
  readonly result: 'shown' | 'FAILED' | 'not reached' | 'MISSING';
}

async function main(path: string): Promise<void> {
  const names = [WORKFLOWS, FLEET_WORKFLOWS].flatMap((folder) => readdirSync(folder)).sort();
  const unknown = wanted.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    console.error(`There is no example ${unknown.join(', ')}. There are ${names.join(', ')}.`);
    process.exitCode = 2;
    return;
  }
  const surroundings = await startSurroundings(path);
  const rows = new Map<string, readonly Row[]>();
  const queue = names.filter((name) => wanted.length === 0 || wanted.includes(name));
  // A terminal ends act too, so what is playing fails, and all is taken down as always.
  process.once('SIGINT', () => {
    queue.length = 0;
    process.exitCode = 130;
  });
  const work = async () => {
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      rows.set(name, await play(name, surroundings));
    }
  };
  try {
    await Promise.all([work(), work()]);
  } finally {
    await surroundings.stop();
  }
  const table = names.flatMap((name) => rows.get(name) ?? []);
  print(table);
  if (table.some(({ result }) => result !== 'shown')) process.exitCode ??= 1;
}

/** Plays the scenes of an example on one stage, up to the first that fails. */
async function play(workflow: string, surroundings: Surroundings): Promise<readonly Row[]> {
  const example = cases[workflow];
  if (example === undefined) return [{ workflow, shows: '(nothing shows what it does)', result: 'MISSING' }];
  const stage = await setStage(surroundings, workflow, example);
  const rows: Row[] = [];
  try {
    for (const scene of example.scenes) {
      const failed = rows.some(({ result }) => result === 'FAILED');
      const result = failed ? 'not reached' : await playScene(workflow, scene, stage);
      rows.push({ workflow, shows: scene.shows, result });
    }
  } finally {
    await stage.stop();
  }
  return rows;
}

async function playScene(workflow: string, { shows, play }: Scene, stage: Stage): Promise<Row['result']> {
  const started = performance.now();
  try {
    await play(stage);
    console.log(`${workflow}: ${shows} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
    return 'shown';
  } catch (error) {
    const log = stage.log().replace(/^/gm, '  │ ');
    console.log(`${log}\n${workflow}: FAILED: ${shows}\n${error instanceof Error ? error.message : String(error)}\n`);
    return 'FAILED';
  }
}

function print(table: readonly Row[]): void {
  const head = { workflow: 'workflow', shows: 'what was shown', result: 'result' };
  const rows = [head, ...table];
  const width = (column: keyof Row) => Math.max(...rows.map((row) => row[column].length));
  const [first, second] = [width('workflow'), width('shows')];
  console.log();
  for (const { workflow, shows, result } of rows) {
    const line = `${workflow.padEnd(first)} | ${shows.padEnd(second)} | ${result}`;
    console.log(result === 'shown' || result === 'result' ? line : styleText('red', line));
  }
}
