import { stripVTControlCharacters } from 'node:util';

/** An error as nomad-pack prints it: `! Title`, `!   Error: ...`, `!   Context:`, `!     Key: value`. */
export interface ErrorBlock {
  readonly title: string;
  /** May span lines. Nomad's count of its errors is left out. */
  readonly error: string;
  /** Nomad counted its errors: it found something wrong with what it was sent. */
  readonly isCounted: boolean;
  readonly context: Readonly<Record<string, string>>;
}

/** A title; after the last words of `plan` on one job, which have no line end, that of an error of the next one. */
const TITLE = /^(?:potentially invalid\.)?! (?! )(.+)$/;

/** Nomad counts its errors first (`1 error occurred:`) and lists them below: the first line would say nothing. */
const COUNT = /(?<!\d)\d{1,9} errors? occurred:\s*\* /g;

/** The error blocks in what nomad-pack printed, in their order; empty where there are none. */
export function parseErrorBlocks(output: string): ErrorBlock[] {
  const blocks: { title: string; error: string[]; context: Record<string, string> }[] = [];
  let inContext = false;
  // Advice on flags, which a user of the action does not set.
  let inDetails = false;
  for (const line of output.split('\n').map((text) => stripVTControlCharacters(text))) {
    const title = TITLE.exec(line)?.[1];
    const block = blocks.at(-1);
    if (title !== undefined) {
      blocks.push({ title, error: [], context: {} });
      inContext = false;
      inDetails = false;
    } else if (block === undefined) {
    } else if (/^! {3}Context:\s*$/.test(line)) {
      inContext = true;
    } else if (inContext) {
      const [, key, value] = /^! +([A-Z][A-Za-z ]*): ?(.*)$/.exec(line) ?? [];
      if (key !== undefined) block.context[key] = (value ?? '').trim();
    } else if (/^! {3}(?:Details|Suggestions):/.test(line)) {
      inDetails = true;
    } else if (!inDetails) {
      const first = /^! {3}Error: (.*)$/.exec(line)?.[1];
      if (first !== undefined || block.error.length > 0) block.error.push(first ?? line.trim());
    }
  }
  return blocks.map(({ title, error, context }) => {
    const words = error.join('\n').trim();
    const plain = words.replace(COUNT, '');
    return { title, error: plain, isCounted: plain !== words, context };
  });
}

/** Whether a line is nomad-pack's own tracing, which it prints whether it is asked to or not. */
export function isDebugLine(line: string): boolean {
  const text = stripVTControlCharacters(line).trimEnd();
  return /^debug: /.test(text) || /^\s*temp directory deleted$/.test(text);
}

/** The end of an output, for a message that has to show what was not understood. */
export function tail(output: string, lines = 15): string {
  const kept = output.split('\n').filter((line) => line.trim() !== '' && !isDebugLine(line));
  return kept.slice(-lines).join('\n');
}
