import { styleText } from 'node:util';
import { missingTools } from 'nomad-pack-sandbox/real-nomad.ts';
import { createMachine, type Machine } from 'nomad-pack-sandbox/runner/machine.ts';
import { runStep } from 'nomad-pack-sandbox/runner/step.ts';
import { LogPrinter } from './demo/log.ts';
import { showOutputs, showSummary, showTitle } from './demo/show.ts';
import { type DemoStep, steps } from './demo/steps.ts';
import { type Surroundings, startReal, startSimulated } from './demo/surroundings.ts';

/**
 * Runs the built action through the life of a deployment, as a runner would, against the sandbox, or with `--real` against
 * `nomad agent -dev` and the nomad-pack on the PATH. Ends with 1 at the first step that is not as it should be.
 */
const real = process.argv.includes('--real');
const missing = real ? await missingTools() : [];
if (missing.length > 0) {
  console.error(
    `\`--real\` needs ${missing.map((tool) => `\`${tool}\``).join(' and ')} on the PATH. Without it, \`npm run demo\` simulates both.`,
  );
  process.exit(1);
}

const surroundings = real ? await startReal() : await startSimulated();
const machine = await createMachine();
process.once('SIGINT', () => void cleanUp().finally(() => process.exit(130)));
try {
  showTitle(real ? 'The action against a real Nomad' : 'The action against a SIMULATED Nomad');
  for (const line of surroundings.description) console.log(`  ${line}`);
  const complaint = await runAll(surroundings, machine);
  if (complaint !== undefined) {
    console.log(`\n${styleText('red', 'NOT AS EXPECTED')}: ${complaint}`);
    process.exitCode = 1;
  } else console.log(`\n${styleText('green', 'All as expected')}: ${steps.length} steps.`);
} finally {
  await cleanUp();
}

async function cleanUp(): Promise<void> {
  await surroundings.stop();
  await machine.remove();
}

/** @returns what was not as expected, and of which step. */
async function runAll({ inputs }: Surroundings, on: Machine): Promise<string | undefined> {
  for (const [index, step] of steps.entries()) {
    showTitle(`${index + 1}. ${step.title}`);
    const complaint = await run(step, inputs, on);
    if (complaint !== undefined) return `step ${index + 1}, "${step.title}", ${complaint}`;
  }
  return undefined;
}

async function run(step: DemoStep, shared: Surroundings['inputs'], on: Machine): Promise<string | undefined> {
  const printer = new LogPrinter();
  const inputs = { ...shared, ...step.inputs };
  const { exitCode, outputs, summary, duration, leftovers } = await runStep(on, {
    inputs,
    onLog: (log) => printer.print(log),
  });
  showOutputs(Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, printer.mask(value)])));
  showSummary(printer.mask(summary));
  console.log(`\n  Exit code ${exitCode}, after ${(duration / 1000).toFixed(1)} s.`);
  if (exitCode !== 0) return `ended with exit code ${exitCode}.`;
  const wrong = Object.entries(step.expected).find(([name, value]) => outputs[name] !== value);
  if (wrong !== undefined) return `says ${wrong[0]} = "${outputs[wrong[0]]}", and "${wrong[1]}" was expected.`;
  return leftovers.length === 0 ? undefined : `left ${leftovers.map(({ path }) => path).join(', ')}.`;
}
