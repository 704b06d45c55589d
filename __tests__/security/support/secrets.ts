import { createHash } from 'node:crypto';

const random = (name: string, bytes: number) => {
  const blocks = Array.from({ length: Math.ceil(bytes / 64) }, (_, index) =>
    createHash('sha512').update(`${name} ${index}`).digest(),
  );
  return Buffer.concat(blocks).subarray(0, bytes);
};

const pem = (name: string, label: string) =>
  `-----BEGIN ${label}-----\n${random(name, 240)
    .toString('base64')
    .match(/.{1,64}/g)
    ?.join('\n')}\n-----END ${label}-----`;

/** Values of secret variables, of every shape that people use. */
export const VALUES = {
  pem_key: pem('key', 'EC PRIVATE KEY'),
  pretty_json: JSON.stringify({ type: 'robot-account', id: 8_412_003, key: 'a\nb"c\\d/9f3e' }, undefined, 2),
  one_line_json: '{"password":"p<w>&\'3ab","roles":["x1y2z3","<admin>&"]}',
  quotes: `it's "quoted" \`here\` 'and' "there"`,
  backslashes: 'C:\\new\\table\\x41\\u0041\\\\share\\',
  dollars: '$HOME-${USER}-$1$$-$(id)-%{if}',
  percents: '100%done-%s-%d-50%off-%2F-%%-end%',
  unicode: 'пароль-秘密-🔑-ñandú\u00a0\u2028-fin',
  url: 'postgres://svc:p%40ss%2Fw@db-7731.internal:5432/shop?sslmode=verify&x=1#f',
  base64: random('base64', 40).toString('base64'),
  hex: random('hex', 32).toString('hex'),
  long: random('long', 3_600).toString('base64'),
  spaces: 'correct horse battery staple and thirteen more words to get beyond what a terminal shows in a line',
  markup: '<b title="x">&amp;|`*_~[link](x)</b>',
  commands: '::add-mask::x ##[error]y 7f7f',
  number: '8675309012345678',
  six: 's3cr3t',
} as const;

/** One that is too short to be hidden. */
export const SHORT = { pin: '4711' } as const;

export const TOKENS = {
  nomad_token: '0f8e7d6c-5b4a-4392-8170-6f5e4d3c2b1a',
  registry_token: 'glpat-Xy7_registry-token_Zq',
  github_token: 'github-token-1234567890',
  /** `user:password`: nothing else has the password. */
  nomad_http_auth: 'gateway:Gw-9_password~of+the=proxy',
} as const;

/** Of nobody's. */
export const WRONG_TOKEN = '9c8b7a69-5847-4635-a2b1-c0d9e8f7a6b5';

export const CLIENT_KEY = pem('client', 'PRIVATE KEY');

/** Where a secret was found, and in what form. */
export interface Leak {
  readonly secret: string;
  readonly form: string;
}

/** A text has to be at least so long to be hidden, whole or as a line of something longer. Characters. */
const SHORTEST = 6;

/** A part of a secret that is so long is as bad as the whole. Characters. */
const PART = 16;

const SECRETS: Readonly<Record<string, string>> = {
  ...VALUES,
  ...TOKENS,
  wrong_token: WRONG_TOKEN,
  client_key: CLIENT_KEY,
};

/** What stands between quotes when Go prints a text with `%q`. */
function goQuoted(text: string): string {
  const short: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t', '\r': '\\r', '"': '\\"', '\\': '\\\\' };
  return [...text]
    .map((character) => short[character] ?? (/[^\P{Z} ]|\p{C}/u.test(character) ? escaped(character) : character))
    .join('');
}

function escaped(character: string): string {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}

function formsOf(text: string): Readonly<Record<string, string>> {
  const json = JSON.stringify(text).slice(1, -1);
  return {
    plain: text,
    base64: Buffer.from(text).toString('base64'),
    base64url: Buffer.from(text).toString('base64url'),
    'base64, one byte in': Buffer.from(`x${text}`).toString('base64').slice(2, -4),
    'base64, two bytes in': Buffer.from(`xx${text}`).toString('base64').slice(3, -4),
    'URL-encoded': encodeURIComponent(text),
    'form-encoded': new URLSearchParams({ x: text }).toString().slice(2),
    JSON: json,
    "JSON, Go's": json.replace(/[<>&\u2028\u2029]/g, escaped),
    'Go-quoted': goQuoted(text),
  };
}

const NEEDLES: readonly (Leak & { readonly text: string })[] = Object.entries(SECRETS).flatMap(([secret, value]) => {
  const lines = [value, ...value.split('\n').map((line) => line.trim())].filter((line) => line.length >= SHORTEST);
  const whole = lines.flatMap((line) => Object.entries(formsOf(line)).map(([form, text]) => ({ secret, form, text })));
  const starts = Array.from({ length: Math.max(0, value.length - PART) }, (_, index) => index).filter(
    (index) => index % 4 === 0,
  );
  const parts = starts.map((start) => ({ secret, form: 'a part', text: value.slice(start, start + PART) }));
  return [...whole, ...parts.filter(({ text }) => !text.includes('\n'))];
});

/** The secrets that are in the text, in any form, whole or in part; the ones that are allowed aside. */
export function leaksIn(text: string, allowed: readonly string[] = []): Leak[] {
  const found = NEEDLES.filter(({ secret, text: needle }) => !allowed.includes(secret) && text.includes(needle));
  return found
    .map(({ secret, form, text: needle }) => ({ secret, form: `${form}: ${contextOf(text, needle)}` }))
    .slice(0, 5);
}

function contextOf(text: string, needle: string): string {
  const at = text.indexOf(needle);
  return JSON.stringify(text.slice(Math.max(0, at - 60), at + needle.length + 30)).slice(0, 300);
}
