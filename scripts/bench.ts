import { globSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Comparison } from './bench/comparison.ts';
import { measure, median } from './bench/measure.ts';
import { readCommandLine } from './support/command-line.ts';

const { positionals: words } = readCommandLine({
  usage: `Usage: npm run bench -- [WORDS]

What is promised about time, measured here and now. Each comparison runs its sides in turn, so that whatever else the machine does slows
all of them. Prints medians, and fails where a promise does not hold. With WORDS, only the comparisons whose file or name has one of them.

With \`nomad\` and \`nomad-pack\` on the PATH, these are measured; else the sandbox is.
`,
  options: {},
  allowPositionals: true,
});
const folder = join(import.meta.dirname, 'bench');
let broken = 0;

for (const file of globSync('*.bench.ts', { cwd: folder }).sort()) {
  const { comparisons } = (await import(pathToFileURL(join(folder, file)).href)) as {
    comparisons: () => AsyncIterable<Comparison> | Iterable<Comparison>;
  };
  for await (const comparison of comparisons()) {
    if (words.length > 0 && !words.some((word) => `${file} ${comparison.name}`.includes(word))) continue;
    await tell(comparison);
  }
}
if (broken > 0) {
  console.error(`\n${broken} of the promises did not hold.`);
  process.exitCode = 1;
}

async function tell(comparison: Comparison): Promise<void> {
  const { name, base, subject, rounds, most } = comparison;
  const times = await measure([base, subject], rounds);
  const [slow, fast] = [median(times[1] ?? []), median(times[0] ?? [])];
  const [figure, limit, unit] =
    typeof most === 'number' ? [slow / fast, most, 'ratio'] : [slow - fast, most.beyond, 'milliseconds longer'];
  const holds = figure <= limit;
  if (!holds) broken += 1;
  console.log(`\n${name} (medians of ${rounds} rounds in turn)`);
  console.log(`  ${base.name}: ${fast.toFixed(1)} ms`);
  console.log(`  ${subject.name}: ${slow.toFixed(1)} ms`);
  console.log(`  ${unit} ${figure.toFixed(2)}, at most ${limit}: ${holds ? 'holds' : 'DOES NOT HOLD'}`);
}
