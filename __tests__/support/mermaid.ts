import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createContext, runInContext } from 'node:vm';

interface Mermaid {
  /** Resolves to the kind of the picture; rejects where the text is not Mermaid's. */
  parse(text: string): Promise<{ readonly diagramType: string }>;
}

/** The bundle for browsers, a script that sets a global: the package for Node is thirty times its size. */
const script = createRequire(import.meta.url).resolve('@mermaid-js/tiny');

/** Mermaid as GitHub has it, less the rare kinds of pictures. */
export const mermaid = load();

function load(): Mermaid {
  const page = createContext({ structuredClone, setTimeout, clearTimeout, console });
  runInContext(readFileSync(script, 'utf8'), page, { filename: script });
  return page['mermaid'] as Mermaid;
}
