import { missingTools } from 'nomad-pack-sandbox/real-nomad.ts';
import { type FaultCase, sample } from './faults/cases.ts';
import { inParallel, Matrix } from './faults/matrix.ts';
import { OPERATIONS } from './faults/operations.ts';
import { countTable, describeFailure, ruleTable, type Verdict } from './faults/report.ts';
import { isOnlyLate } from './faults/rules.ts';
import { startWorld } from './faults/world.ts';
import { readCommandLine } from './support/command-line.ts';

/**
 * `npm run faults`: what the action does when a request or a process of a step goes wrong, tried with each operation's each request,
 * and held against the cluster as it is after that. Ends with 1 where anything is not as required. Linux and macOS.
 */
const USAGE = `Usage: npm run faults -- [OPTIONS]

  --of NAMES      of these operations only, as in \`deploy-changed,destroy\`
  --only TEXT     the faults whose name has this text; one alone prints the step's log
  --sample N      so many of them, of every operation and fault as many as can be; default 430
  --all           every one of them; an hour or more
  --seed N        of the sample; default: another one each time
  --within N      only those that the action promises to be over in so many seconds
  --width N       steps at a time; default 6. Beside them run those that wait for minutes
  --real          with the nomad and the nomad-pack on the PATH
`;

/** A step that may take longer waits in a queue of its own. Milliseconds. */
const SLOW = 60_000;

const SLOW_WIDTH = 24;

const { values } = readCommandLine({
  usage: USAGE,
  options: {
    of: { type: 'string', default: '' },
    only: { type: 'string', default: '' },
    sample: { type: 'string', default: '430' },
    all: { type: 'boolean', default: false },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    within: { type: 'string', default: 'Infinity' },
    width: { type: 'string', default: '6' },
    real: { type: 'boolean', default: false },
  },
});
const missing = values.real ? await missingTools() : [];

if (missing.length > 0) {
  console.error(`\`--real\` needs ${missing.map((tool) => `\`${tool}\``).join(' and ')} on the PATH.`);
  process.exitCode = 1;
} else {
  await main();
  // After thousands of sockets, Node has been seen to turn in circles while it closes the last one by itself.
  process.exit();
}

async function main(): Promise<void> {
  const world = await startWorld(values.real);
  try {
    console.log(`Faults in ${world.name}.`);
    const matrix = new Matrix(world);
    const faults = await choose(matrix);
    const verdicts = await tryAll(matrix, faults);
    tell(verdicts);
  } finally {
    await world.stop();
  }
}

async function choose(matrix: Matrix) {
  const { only } = values;
  const names = values.of.split(',');
  const named = OPERATIONS.filter(({ name }) => names.includes(name) || only.startsWith(`${name} /`));
  const all = await matrix.enumerate(named.length > 0 ? named : OPERATIONS);
  const most = Number(values.within) * 1000;
  const fitting = all.filter((one) => one.id.includes(only) && one.promised <= most);
  const seed = Number(values.seed);
  const size = values.all ? fitting.length : Number(values.sample);
  console.log(`${all.length} faults can be, ${Math.min(size, fitting.length)} are tried (--seed ${seed}).`);
  return sample(fitting, size, seed);
}

/** Steps that wait for a limit of minutes do nothing else, so many of them wait at the same time. */
async function tryAll(matrix: Matrix, faults: readonly FaultCase[]): Promise<Verdict[]> {
  let done = 0;
  let failed = 0;
  const tryOne = async (fault: FaultCase) => {
    const verdict = await matrix.try(fault);
    done += 1;
    if (verdict.breaches.length > 0) {
      // Those that are only late are tried once more at the end.
      failed += 1;
      console.log(`${isOnlyLate(verdict.breaches) ? 'late' : 'not as required'}: ${fault.id}`);
    }
    if (done % 50 === 0) console.log(`${done} of ${faults.length}, ${failed} of them not as required so far`);
    if (faults.length === 1) console.log(`\n${verdict.log}`);
    return verdict;
  };
  const slow = faults.filter((fault) => fault.promised > SLOW).sort((a, b) => b.promised - a.promised);
  const quick = faults.filter((fault) => fault.promised <= SLOW);
  const verdicts = await Promise.all([
    inParallel(slow, SLOW_WIDTH, tryOne),
    inParallel(quick, Number(values.width), tryOne),
  ]);
  const all = verdicts.flat();
  // One after the other, with nothing beside them.
  for (const [index, { faultCase, breaches }] of all.entries()) {
    if (isOnlyLate(breaches)) all[index] = await matrix.tryAgain(faultCase);
  }
  return all;
}

function tell(verdicts: readonly Verdict[]): void {
  const tried = verdicts.filter(({ reached }) => reached);
  const failed = tried.filter(({ breaches }) => breaches.length > 0);
  const lines = [
    '',
    ...countTable(tried),
    '',
    ...ruleTable(failed),
    '',
    ...failed.flatMap((verdict) => [...describeFailure(verdict, values.real), '']),
  ];
  const unprepared = verdicts.filter(({ notPrepared }) => notPrepared !== undefined);
  for (const { faultCase, notPrepared } of unprepared)
    lines.push(`Not tried, because the cluster could not be prepared (${notPrepared}): ${faultCase.id}`);
  const left = verdicts.length - tried.length - unprepared.length;
  if (left > 0) lines.push(`${left} did not come about: their request was not asked this time.`);
  lines.push(`${tried.length} faults, ${tried.length - failed.length} as required, ${failed.length} not`);
  console.log(lines.join('\n'));
  process.exitCode = failed.length === 0 ? 0 : 1;
}
