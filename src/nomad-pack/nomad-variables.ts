/** A Nomad variable that a pack declares: nomad-pack writes it at `run` and deletes it at `destroy`, from the version after 0.4.2 on. */
export interface NomadVariable {
  /** What the pack calls it. */
  readonly name: string;
  readonly path: string;
  readonly namespace: string;
  /** As nomad-pack writes them; undefined where they are computed, which only nomad-pack can do. */
  readonly items: Readonly<Record<string, string>> | undefined;
}

/** Many times what a pack's variables.hcl has. Characters. */
const LONGEST = 1024 * 1024;

/** Much deeper than items are. */
const DEEPEST = 50;

const BLANK = /(?:\s|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
const HEADER =
  /([\p{ID_Start}_][\p{ID_Continue}-]*)((?:[ \t]+(?:"[^"\n]*"|[\p{ID_Start}_][\p{ID_Continue}-]*))*)[ \t]*\{/uy;
const NAME_AND_SIGN = /([\p{ID_Start}_][\p{ID_Continue}-]*|"(?:\\.|[^"\\\n])*")\s*[=:](?![=])/uy;
const TEXT = /"(?:\\.|\$\$\{|%%\{|[$%](?!\{)|[^"\\\n$%])*"/y;
const ANY_TEXT = /"(?:\\.|[^"\\\n])*"/y;
const HEREDOC = /<<(-?)([\p{ID_Start}_][\p{ID_Continue}-]*)[ \t]*\r?\n((?:[\s\S]*?\n)??)[ \t]*\2(?=\r?\n|$)/uy;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /(?:true|false|null)\b/y;
/** What may follow a whole value: anything else is a computation. */
const END = /[ \t]*(?:(?:#|\/\/)[^\n]*)?(?=\r?\n|$|[,}\]])/y;

/** Not a value that is written out. */
class Computed extends Error {}

type Value = string | number | boolean | null | Value[] | { [key: string]: Value };

/**
 * The blocks `nomad_variable` in a variables.hcl. Nothing in them may be computed from variables, so most are written out; whether the rest is
 * right nomad-pack tells.
 */
export function readNomadVariables(text: string): NomadVariable[] {
  if (text.length > LONGEST) return [];
  const reader = new Reader(text);
  const found: NomadVariable[] = [];
  for (;;) {
    reader.take(BLANK);
    const [, type, labels = ''] = reader.take(HEADER) ?? [];
    if (type === undefined) return found;
    if (type !== 'nomad_variable') {
      if (!reader.skipTo('}')) return found;
      continue;
    }
    const body = readBody(reader);
    if (typeof body['path'] === 'string')
      found.push({
        name: labels.trim().replaceAll('"', ''),
        path: body['path'].replace(/^[/ ]+|[/ ]+$/g, ''),
        namespace: typeof body['namespace'] === 'string' && body['namespace'] !== '' ? body['namespace'] : 'default',
        items: itemsOf(body['items']),
      });
  }
}

/** nomad-pack writes texts and numbers as they are, and all else as JSON. */
function itemsOf(value: Value | undefined): Record<string, string> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, typeof member === 'string' ? member : JSON.stringify(member)]),
  );
}

/** The attributes of a block, without those that are computed. */
function readBody(reader: Reader): Record<string, Value> {
  const body: Record<string, Value> = {};
  for (;;) {
    reader.take(BLANK);
    if (reader.take(/\}/y) !== undefined) return body;
    const [, name] = reader.take(NAME_AND_SIGN) ?? [];
    if (name === undefined) {
      reader.skipTo('}');
      return body;
    }
    const start = reader.at;
    try {
      reader.take(/[ \t]*/y);
      const value = reader.value();
      if (reader.take(END) === undefined) throw new Computed();
      body[name] = value;
    } catch (error) {
      if (!(error instanceof Computed)) throw error;
      reader.at = start;
      reader.skipTo('\n');
    }
  }
}

/** Reads values of HCL that are written out. */
class Reader {
  at = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.#text) ?? undefined;
    if (match !== undefined) this.at += match[0].length;
    return match;
  }

  /** Goes behind the next such sign that is in no bracket, text or comment; false where there is none. */
  skipTo(sign: '}' | '\n'): boolean {
    for (let depth = 0; this.at < this.#text.length; ) {
      if (this.take(ANY_TEXT) ?? this.take(HEREDOC) ?? this.take(/#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\//y)) continue;
      const [next = ''] = this.take(/[\s\S]/y) ?? [];
      if (depth === 0 && next === sign) return true;
      if (/[[({]/.test(next)) depth += 1;
      else if (/[\])}]/.test(next)) depth -= 1;
      if (depth < 0) {
        // The block itself ends here, for whoever reads it.
        this.at -= 1;
        return false;
      }
    }
    return false;
  }

  /** @throws Computed */
  value(depth = 0): Value {
    if (depth > DEEPEST) throw new Computed();
    const [text] = this.take(TEXT) ?? [];
    if (text !== undefined) return unquote(text);
    const heredoc = this.take(HEREDOC);
    if (heredoc !== undefined) return heredocText(heredoc);
    const [word] = this.take(WORD) ?? [];
    if (word !== undefined) return word === 'null' ? null : word === 'true';
    const [number] = this.take(NUMBER) ?? [];
    if (number !== undefined) return Number(number);
    if (this.take(/\[/y) !== undefined) return this.#list(depth);
    if (this.take(/\{/y) !== undefined) return this.#mapping(depth);
    throw new Computed();
  }

  #list(depth: number): Value[] {
    const members: Value[] = [];
    for (;;) {
      this.take(BLANK);
      if (this.take(/\]/y) !== undefined) return members;
      members.push(this.value(depth + 1));
      this.take(BLANK);
      if (this.take(/,/y) === undefined && this.take(/(?=\])/y) === undefined) throw new Computed();
    }
  }

  #mapping(depth: number): { [key: string]: Value } {
    const members: [string, Value][] = [];
    for (;;) {
      this.take(BLANK);
      if (this.take(/\}/y) !== undefined) return Object.fromEntries(members);
      const [, name] = this.take(NAME_AND_SIGN) ?? [];
      if (name === undefined) throw new Computed();
      this.take(BLANK);
      const value = this.value(depth + 1);
      if (this.take(END) === undefined) throw new Computed();
      members.push([name.startsWith('"') ? unquote(name) : name, value]);
      this.take(BLANK);
      this.take(/,/y);
    }
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

function unquote(text: string): string {
  return text
    .slice(1, -1)
    .replace(/\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})|\\(.)|([$%])\4\{/g, (_, short, long, sign, template) => {
      const code = Number.parseInt(short ?? long ?? '', 16);
      if (code <= 0x10_ff_ff) return String.fromCodePoint(code);
      if (template !== undefined) return `${template}{`;
      const meant = ESCAPES[sign as string];
      if (meant === undefined) throw new Computed();
      return meant;
    });
}

function heredocText([, indented, , text = '']: RegExpExecArray): string {
  if (/[$%]\{/.test(text)) throw new Computed();
  if (indented === '') return text;
  const lines = text.split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^ */.exec(line)?.[0].length ?? 0);
  const indent = Math.min(...indents, text.length);
  return lines.map((line) => line.slice(Math.min(indent, /^ */.exec(line)?.[0].length ?? 0))).join('\n');
}
