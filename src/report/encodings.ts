/** How a text may be written: in the ways that are usual, and in those that come about when one way is put into another. */
export interface Encodings {
  readonly usual: readonly string[];
  readonly nested: readonly string[];
}

type Write = (text: string) => string;

/** A text that is longer is not written in nested ways: its lines and the members of its JSON are. Characters. */
const LONGEST_NESTED = 1_024;

/**
 * The ways in which tools write a text: as it is, in base64, base32 and hex (alone and inside something longer), in a URL, in HTML,
 * quoted as JavaScript, JSON, Go, a shell and SQL do, in capitals, as a text of HCL, and as nomad-pack prints what holds a `%`; and one in the other,
 * as `toJson | quote`, `toJson | b64enc` and `b64enc | urlquery` do in a template. What Go's functions make of every character is
 * recorded in the tests.
 */
export function encodings(text: string): Encodings {
  const written = unique([text, ...WRITERS.map((write) => write(text))]);
  const usual = unique([...written.flatMap((form) => [form, goFormatted(form)]), ...inBase64(text)]);
  const bytes = [...inBase32(text), ...inHex(text)];
  if (text.length > LONGEST_NESTED) {
    return { usual, nested: unique([...bytes, ...QUOTERS.flatMap((write) => inBase64(write(text)))]) };
  }
  const quoted = unique(QUOTERS.flatMap((first) => QUOTERS.map((second) => second(first(text)))));
  const twice = unique(written.flatMap((form) => NESTED.map((write) => write(form))));
  const thrice = unique(quoted.flatMap((form) => QUOTERS.map((write) => write(form))));
  const base64 = unique([...written, ...quoted]).flatMap(inBase64);
  const wrapped = unique([text, ...QUOTERS.map((write) => write(text))].flatMap(inBase64));
  return {
    usual,
    nested: unique([
      ...twice,
      ...thrice,
      ...unique([...twice, ...thrice]).map(goFormatted),
      ...base64,
      ...bytes,
      ...wrapped.flatMap((form) => [
        inQuery(form),
        inHtml(form),
        inAttribute(form),
        inJavaScript(form),
        ...inBase64(form),
      ]),
    ]),
  };
}

const inJson: Write = (text) => JSON.stringify(text).slice(1, -1);

/** Go's `encoding/json` (`toRawJson`), which no JavaScript trips over. */
const inRawJson: Write = (text) => inJson(text).replace(/[\u2028\u2029]/g, unicodeEscape);

/** Go's `encoding/json` by default (`toJson`), which escapes what HTML would take for its own. */
const inGoJson: Write = (text) => inRawJson(text).replace(/[<>&]/g, unicodeEscape);

/** JSON in ASCII alone, as Python and others write it by default: each half of a pair by itself. */
const inAsciiJson: Write = (text) => inJson(text).replace(/[^\0-\x7f]/g, unicodeEscape);

/** Go's `%q` without its quotes, with which `quote` writes: what cannot be printed is `\a`, `\x01`, `\u200b` or `\U000e0001`. */
export const inGo: Write = (text) =>
  text
    .toWellFormed()
    .replace(/["\\]/g, '\\$&')
    .replace(/(?! )[\p{Z}\p{C}]/gu, goEscape);

/** Go's `%+q`: ASCII alone. */
const inAsciiGo: Write = (text) => inGo(text).replace(/[^\0-\x7f]/gu, goEscape);

/** A text of HCL, in which `${` and `%{` would begin a computation. */
const inHcl: Write = (text) => text.replace(/[$%](?=\{)/g, '$&$&');

/** Go's `template.HTMLEscapeString` (`html`). */
const inHtml: Write = (text) => text.replace(/\0/g, '\ufffd').replace(/[&<>"']/g, (sign) => HTML[sign] ?? sign);

const HTML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' };

/** Go's `html/template`, which Nomad's and Consul's own pages are made with. */
const inAttribute: Write = (text) => inHtml(text).replaceAll('+', '&#43;');

/** As most other languages write HTML, each with an apostrophe of its own. */
const inNamedHtml: Write = (text) => inHtml(text).replaceAll('&#34;', '&quot;');
const inPythonHtml: Write = (text) => inNamedHtml(text).replaceAll('&#39;', '&#x27;');
const inXml: Write = (text) => inNamedHtml(text).replaceAll('&#39;', '&apos;');

/** Go's `template.JSEscapeString` (`js`). */
const inJavaScript: Write = (text) =>
  text
    .toWellFormed()
    .replace(/["'\\]/g, '\\$&')
    .replace(/[<>&=]|(?![ \x7f])[\p{Z}\p{C}]/gu, (sign) => `\\u${hex(sign.codePointAt(0) ?? 0, 4).toUpperCase()}`);

/** A text in which the other characters are written with percent signs. */
function percent(others: RegExp, space = '%20'): Write {
  return (text) =>
    text
      .toWellFormed()
      .replace(others, (sign) =>
        sign === ' ' ? space : Buffer.from(sign).toString('hex').toUpperCase().replace(/../g, '%$&'),
      );
}

/** Go's `url.QueryEscape` (`urlquery`). */
const inQuery = percent(/[^\w.~-]/gu, '+');

/** What a text is written as in a URL: Go's query, segment, path, user and fragment, JavaScript's component and form. */
const inUrl: readonly Write[] = [
  inQuery,
  percent(/[^\w.~-]/gu),
  percent(/[^\w.~$&+:=@-]/gu),
  percent(/[^\w.~$&+,/:;=@-]/gu),
  percent(/[^\w.~$&+,;=-]/gu),
  percent(/[^\w.~$&+,/:;=?@!()*-]/gu),
  percent(/[^\w.~!'()*-]/gu),
  percent(/[^\w.*-]/gu, '+'),
  // .NET writes the digits in small letters.
  (text) => inQuery(text).replace(/%[\dA-F]{2}/g, (sign) => sign.toLowerCase()),
];

const WRITERS: readonly Write[] = [
  inJson,
  inRawJson,
  inGoJson,
  inAsciiJson,
  inGo,
  inAsciiGo,
  inHcl,
  inHtml,
  inAttribute,
  inNamedHtml,
  inPythonHtml,
  inXml,
  inJavaScript,
  ...inUrl,
  // `upper` and `lower`.
  (text) => text.toUpperCase(),
  (text) => text.toLowerCase(),
  // Quoted for a shell, and for SQL and YAML.
  (text) => text.replaceAll("'", `'\\''`),
  (text) => text.replaceAll("'", "''"),
  // Go's `regexp.QuoteMeta`.
  (text) => text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&'),
];

/** Into which what is written one way may be put. */
const NESTED: readonly Write[] = [inJson, inRawJson, inGoJson, inGo, inHcl, inHtml, inQuery];

const QUOTERS: readonly Write[] = [inJson, inGoJson, inGo];

/**
 * What Go's `fmt` makes of a text that it takes for a format: nomad-pack prints errors and `outputs.tpl` like that, and a password in a
 * URL becomes `p%!s(MISSING)s`. What a `%` at the end comes to depends on what follows, so the end is left out.
 */
function goFormatted(text: string): string {
  if (!text.includes('%')) return text;
  const verb = /%[-+# 0]*\d*(?:\.\d*)?(.)/gsu;
  return text
    .replace(/(?<!%)((?:%%)*)%[-+# 0]*\d*(?:\.\d*)?$/, '$1')
    .replace(verb, (_, letter: string) => (letter === '%' ? '%' : `%!${letter}(MISSING)`));
}

/**
 * How base64 of anything that holds the text reads where the text is: by itself, and for each of the three places at which it can
 * begin in a group of three bytes, without the characters that its neighbours have a share in. `x-access-token:TOKEN`, as git sends
 * it, is among them.
 */
export function inBase64(text: string): string[] {
  const bytes = Buffer.from(text);
  const standard = [bytes.toString('base64'), ...aligned(bytes, 3, 6, (group) => group.toString('base64'))];
  return [...standard, ...standard.map((form) => form.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''))];
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Likewise, in base32 (`b32enc`). */
function inBase32(text: string): string[] {
  return aligned(Buffer.from(text), 5, 5, (group) => {
    const bits = [...group].map((byte) => byte.toString(2).padStart(8, '0')).join('');
    return (bits.match(/.{5}/g) ?? []).map((five) => BASE32[Number.parseInt(five, 2)]).join('');
  });
}

function inHex(text: string): string[] {
  const lower = Buffer.from(text).toString('hex');
  return [lower, lower.toUpperCase()];
}

/** The whole characters that the bytes come to, from each place in a group on. */
function aligned(bytes: Buffer, group: number, bits: number, write: (bytes: Buffer) => string): string[] {
  return Array.from({ length: group }, (_, offset) =>
    write(Buffer.concat([Buffer.alloc(offset), bytes])).slice(
      Math.ceil((offset * 8) / bits),
      Math.floor(((offset + bytes.length) * 8) / bits),
    ),
  );
}

const GO_ESCAPES: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

function goEscape(sign: string): string {
  const code = sign.codePointAt(0) ?? 0;
  if (code < 0x80) return GO_ESCAPES[sign] ?? `\\x${hex(code, 2)}`;
  return code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`;
}

function unicodeEscape(character: string): string {
  return `\\u${hex(character.charCodeAt(0), 4)}`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
