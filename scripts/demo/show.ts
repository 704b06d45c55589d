import { styleText } from 'node:util';

/** Prints a title with a rule below it. */
export function showTitle(title: string): void {
  console.log(`\n${styleText('bold', title)}\n${'─'.repeat(title.length)}`);
}

/** The outputs that a workflow asks for first. */
const FIRST = ['status', 'health', 'changed', 'failure-reason'];

/** Prints the outputs that decide, in one line. */
export function showVerdict(outputs: Readonly<Record<string, string>>): void {
  const told = FIRST.filter((name) => (outputs[name] ?? '') !== '').map((name) => `${name}=${outputs[name]}`);
  console.log(styleText('dim', `  → ${told.join('  ')}`));
}

/** Prints what all outputs are, a line each; a long one is cut. */
export function showOutputs(outputs: Readonly<Record<string, string>>): void {
  console.log(`\n  ${styleText('bold', 'Outputs')}`);
  const width = Math.max(0, ...Object.keys(outputs).map((name) => name.length));
  for (const [name, value] of Object.entries(outputs)) {
    console.log(`  ${name.padEnd(width)}  ${cut(value.replaceAll('\n', '⏎'), 110 - width)}`);
  }
}

export function showSummary(summary: string): void {
  console.log(`\n  ${styleText('bold', 'Job summary')} (Markdown)`);
  for (const line of summary.trimEnd().split('\n')) console.log(`  │ ${line}`.trimEnd());
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
