/**
 * The ways in which tools write a text: as it is, in base64 (standard and for URLs, alone and inside something longer), in a URL, and
 * quoted as JavaScript, Go and Go's JSON do; each of them also as a text of HCL, and as nomad-pack prints what holds a `%`.
 */
export function encodings(text: string): string[] {
  const plain = [
    text,
    ...inBase64(text),
    encodeURIComponent(text.toWellFormed()),
    // What a form sends.
    new URLSearchParams([['', text]]).toString().slice(1),
    withoutQuotes(JSON.stringify(text)),
    goJson(text),
    goQuoted(text),
  ];
  const written = [...new Set(plain.flatMap((form) => [form, inHcl(form)]))];
  return [...new Set(written.flatMap((form) => [form, goFormatted(form)]))];
}

/** A text of HCL, in which `${` and `%{` would begin a computation. */
function inHcl(text: string): string {
  return text.replace(/[$%](?=\{)/g, '$&$&');
}

/**
 * What Go's `fmt` makes of a text that it takes for a format: nomad-pack prints errors and `outputs.tpl` like that, and a password in a
 * URL becomes `p%!s(MISSING)s`. What a `%` at the end comes to depends on what follows, so the end is left out.
 */
function goFormatted(text: string): string {
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
  const aligned = [0, 1, 2].map((offset) => {
    const whole = Math.floor(((offset + bytes.length) * 8) / 6);
    return Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .slice(Math.ceil((offset * 8) / 6), whole);
  });
  const standard = [bytes.toString('base64'), ...aligned];
  return [...standard, ...standard.map((form) => form.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''))];
}

/** Go's `encoding/json`, which escapes what HTML would take for its own. */
function goJson(text: string): string {
  return withoutQuotes(JSON.stringify(text)).replace(/[<>&\u2028\u2029]/g, unicodeEscape);
}

/** Go's `%q`: as JSON but for control characters, which are `\a`, `\v` or `\x01`. */
function goQuoted(text: string): string {
  return withoutQuotes(JSON.stringify(text)).replace(
    /\\u00([01][0-9a-f])|\x7f/g,
    (escaped, code: string | undefined) =>
      code === '07' ? '\\a' : code === '0b' ? '\\v' : `\\x${code ?? escaped.charCodeAt(0).toString(16)}`,
  );
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function withoutQuotes(text: string): string {
  return text.slice(1, -1);
}
