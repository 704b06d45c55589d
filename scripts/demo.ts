import { styleText } from 'node:util';
import { createMachine, type Machine } from 'nomad-pack-sandbox/runner/machine.ts';
import { runStep } from 'nomad-pack-sandbox/runner/step.ts';
import { LogPrinter } from './demo/log.ts';
import { showOutputs, showSummary, showTitle, showVerdict } from './demo/show.ts';
import { type DemoStep, type Earlier, steps } from './demo/steps.ts';
import { type Surroundings, startReal, startSimulated } from './demo/surroundings.ts';
import { bringRealTools } from './demo/tools.ts';
import { readCommandLine } from './support/command-line.ts';
import { OFFICIAL } from './support/releases.ts';

const {
  real,
  verbose,
  mirror,
  'signing-key': signingKey,
} = readCommandLine({
  usage: `Usage: npm run demo -- [OPTIONS]

Runs the built action through the life of a deployment, as a runner would, against the sandbox.

  --real               against \`nomad agent -dev\`; where the released \`nomad\` and \`nomad-pack\` are not on the PATH, it downloads them
  --mirror ADDRESS     where these are downloaded; default: ${OFFICIAL.mirror}
  --signing-key FILE   the OpenPGP public key that they must be signed with; default: HashiCorp's
  --verbose            show the log's groups, all outputs and the job summary of each step
`,
  options: {
    real: { type: 'boolean', default: false },
    mirror: { type: 'string', default: OFFICIAL.mirror },
    'signing-key': { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
}).values;
if (real) await bringRealTools({ mirror, signingKey });

const surroundings = real ? await startReal() : await startSimulated();
const machine = await createMachine();
process.once('SIGINT', () => void cleanUp().finally(() => process.exit(130)));
const start = performance.now();
try {
  showTitle(real ? 'The action against a real Nomad' : 'The action against a SIMULATED Nomad');
  for (const line of surroundings.description) console.log(`  ${line}`);
  const complaint = await runAll(surroundings, machine);
  if (complaint !== undefined) {
    console.log(`\n${styleText('red', 'NOT AS EXPECTED')}: ${complaint}`);
    process.exitCode = 1;
  } else {
    const time = `${((performance.now() - start) / 1000).toFixed(1)} s`;
    console.log(
      `\n${styleText('green', 'All as expected')}: ${steps.length} steps in ${time}, with red ones where red is true.`,
    );
    if (!verbose) console.log('All that the steps print, with their job summaries: npm run demo -- --verbose');
  }
} finally {
  await cleanUp();
}

async function cleanUp(): Promise<void> {
  await surroundings.stop();
  await machine.remove();
}

/** Ends at the first step that is not as it should be. @returns what was not as expected, and of which step */
async function runAll({ inputs }: Surroundings, on: Machine): Promise<string | undefined> {
  const earlier: Readonly<Record<string, string>>[] = [];
  for (const [index, step] of steps.entries()) {
    showTitle(`${index + 1}. ${step.title}`);
    const { complaint, outputs } = await run(step, earlier, inputs, on);
    if (complaint !== undefined) return `step ${index + 1}, "${step.title}", ${complaint}`;
    earlier.push(outputs);
  }
  return undefined;
}

async function run(
  { inputs, isRed = false, expected }: DemoStep,
  earlier: Earlier,
  shared: Surroundings['inputs'],
  on: Machine,
): Promise<{ readonly complaint?: string; readonly outputs: Readonly<Record<string, string>> }> {
  const printer = new LogPrinter(verbose);
  const own = typeof inputs === 'function' ? inputs(earlier) : inputs;
  const { exitCode, outputs, summary, leftovers } = await runStep(on, {
    inputs: { ...shared, ...own },
    onLog: (log) => printer.print(log),
  });
  if (verbose) {
    showOutputs(Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, printer.mask(value)])));
    showSummary(printer.mask(summary));
  }
  showVerdict(outputs);
  if ((exitCode !== 0) !== isRed) return { outputs, complaint: `ended with exit code ${exitCode}.` };
  const wrong = Object.entries(expected).find(([name, value]) => outputs[name] !== value);
  if (wrong !== undefined)
    return { outputs, complaint: `says ${wrong[0]} = "${outputs[wrong[0]]}", and "${wrong[1]}" was expected.` };
  // What the plan says stays for later steps, such as one that keeps it as an artifact.
  const left = leftovers.filter(({ path }) => path !== outputs['plan-file']);
  return left.length === 0 ? { outputs } : { outputs, complaint: `left ${left.map(({ path }) => path).join(', ')}.` };
}
