/** What can be told of a text of JSON without reading its values. */
export interface JsonOutline {
  /** The line of each name of the outermost mapping, 1-based; of a name that is there twice, the last one, which counts. */
  readonly lines: ReadonlyMap<string, number>;
  /** How many mappings and lists are open at the same time. */
  readonly depth: number;
}

const TOKEN = /"(?:[^"\\\n]|\\.)*"|[{}[\]:\n]/g;

/** Goes over a text once, whether it is JSON or not; what is wrong with it others tell. */
export function outlineJson(text: string): JsonOutline {
  const lines = new Map<string, number>();
  let line = 1;
  let open = 0;
  let depth = 0;
  let name: { readonly text: string; readonly line: number } | undefined;
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '\n') line += 1;
    else if (token === '{' || token === '[') depth = Math.max(depth, ++open);
    else if (token === '}' || token === ']') open -= 1;
    else if (token !== ':') name = open === 1 ? { text: token, line } : undefined;
    else if (name !== undefined) {
      lines.set(unquote(name.text), name.line);
      name = undefined;
    }
  }
  return { lines, depth };
}

function unquote(token: string): string {
  try {
    return JSON.parse(token) as string;
  } catch {
    return token.slice(1, -1);
  }
}
