import { isAbsolute, normalize } from 'node:path';
import * as z from 'zod/mini';

/*
 * A message reads on after the input's name. It does not repeat the value: `load.ts` adds `(got ...)` where that may be shown.
 */

/** What nomad-pack's own filter expressions can be trusted with: no quote can end the text that a name is put into. */
export const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

const DEPLOYMENT_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*(?:@[A-Za-z0-9][A-Za-z0-9._@/+#-]*)?$/;

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };

/** A name that reaches a command line, a path, or a filter expression. */
export const name = z
  .string()
  .check(
    z.regex(NAME, 'must be a name: letters, digits, `.`, `_` and `-`, the first one a letter or digit'),
    z.maxLength(128, 'must not be longer than 128 characters'),
  );

/** As `name`; what nomad-pack gives a deployment by itself, `PACK@REF`, will do as well, for it ends no text that it is put into. */
export const deploymentName = z
  .string()
  .check(
    z.regex(
      DEPLOYMENT_NAME,
      'must be a name: letters, digits, `.`, `_` and `-`, the first one a letter or digit; after an `@`, as in `web@v1.2.0`, `/`, `+` and `#` as well',
    ),
    z.maxLength(128, 'must not be longer than 128 characters'),
  );

/** What git takes for the name of a tag or branch (`git check-ref-format`), or for a commit. */
export const ref = z.string().check(
  z.maxLength(200, 'must not be longer than 200 characters'),
  z.refine(
    (text) => !/[\s\p{Cc}~^:?*[\\]|\.\.|@\{|\/\/|(?:^|\/)\.|(?:\.lock|\.)(?:\/|$)|^[-/]|\/$|^@$/u.test(text),
    'must be a tag, branch or commit that git accepts',
  ),
);

/** What names a commit of the repository itself: `origin/main`, a hash, `HEAD~1`. */
export const revision = z.string().check(
  z.maxLength(200, 'must not be longer than 200 characters'),
  z.refine(
    (text) => !/[\s\p{Cc}:?*[\\]|\.\.|^-/u.test(text),
    'must be a commit, a branch or a tag, such as `origin/main`',
  ),
);

/** A whole number from 1 on. */
export function atMost(most: number) {
  return z.pipe(
    z.string().check(
      z.regex(/^[1-9]\d{0,8}$/, `must be a whole number from 1 to ${most}`),
      z.refine((text) => Number(text) <= most, `must be a whole number from 1 to ${most}`),
    ),
    z.transform(Number),
  );
}

/** The user of HTTP's Basic scheme, which ends at the first colon. */
export const userName = z
  .string()
  .check(z.regex(/^[^:\p{Cc}]+$/u, 'must be a user name, without colons and control characters'));

/** The two words that YAML 1.2 and GitHub's own toolkit take for a boolean, in the spellings that the toolkit takes. */
export const flag = z.pipe(
  z.enum(['true', 'false', 'True', 'TRUE', 'False', 'FALSE'], { error: 'must be `true` or `false`' }),
  z.transform((text) => text.toLowerCase() === 'true'),
);

/** The durations that are probably meant: `10` has no unit, and `10 minutes` another one. */
function otherwiseWritten(text: string): string {
  const [, number = '', unit = ''] = /^(\d+)\s*([hms]?)[a-z]*$/i.exec(text) ?? [];
  if (number === '') return '';
  return unit === '' ? `; as in \`${number}s\` or \`${number}m\`` : `; as in \`${number}${unit.toLowerCase()}\``;
}

/** `90s`, `15m`, `1h30m`: milliseconds. */
export const duration = z
  .pipe(
    z.string().check(
      z.regex(/^(?:\d+h)?(?:\d+m)?(?:\d+s)?$/, {
        error: ({ input }) =>
          `must be a duration such as \`90s\`, \`15m\` or \`1h30m\`${otherwiseWritten(String(input))}`,
      }),
    ),
    z.transform((text) =>
      [...text.matchAll(/(\d+)([hms])/g)].reduce(
        (sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ''] ?? 0),
        0,
      ),
    ),
  )
  .check(
    z.refine((milliseconds) => milliseconds >= 1000, 'must be at least `1s`'),
    z.refine((milliseconds) => milliseconds <= 24 * 3_600_000, 'must be at most `24h`'),
  );

/** The number of an issue or pull request. */
export const issueNumber = z.pipe(
  z.string().check(z.regex(/^[1-9]\d{0,9}$/, 'must be the number of a pull request, such as `42`')),
  z.transform(Number),
);

/** What ends the watch of a rollout. */
export const WAIT_FOR = ['started', 'complete', 'promotion'] as const;

/** What a failed rollout leaves. */
export const ON_FAILURE = ['keep', 'revert'] as const;

/** One of the words. */
export function oneOf<const T extends readonly string[]>(words: T) {
  return z.enum(words, { error: `must be one of ${words.map((word) => `\`${word}\``).join(', ')}` });
}

/** A text that is more than a pattern: `parse` reads it, and says what is wrong with it. */
function read<T>(parse: (text: string, complain: (message: string) => void) => T) {
  return z.pipe(
    z.string(),
    z.transform((text: string, { issues }) =>
      parse(text, (message) => issues.push({ code: 'custom', message, input: text })),
    ),
  );
}

/** Lines, or a list of YAML, of texts. */
export const list = read(async (text, complain) => {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (!/^(?:-(?:\s|$)|\[)/.test(lines[0] ?? '')) return lines;
  const { parseYaml, YamlError } = await import('./yaml.ts');
  try {
    const value = parseYaml(text);
    if (Array.isArray(value) && value.every((item) => typeof item === 'string' && isOneLine(item)))
      return value as string[];
    complain('must be a list of texts: one a line, or a list of YAML');
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    complain(`must be a list: one text a line, or a list of YAML; ${error.message}`);
  }
  return z.NEVER;
});

/** Ids of jobs: Nomad takes none with a space. */
export const jobIds = list.check(
  z.refine((ids) => !ids.some((id) => /\s/.test(id)), 'must be ids of jobs, which have no spaces: one a line'),
);

function isOneLine(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no name of a file or variable can hold them
  return text !== '' && !/[\x00-\x1f]/.test(text);
}

/** `http://`, `https://` or `unix://`, without a user, a path and a trailing slash: nomad-pack leaves out a path and asks elsewhere than we would. */
export const nomadAddress = read((text, complain) => {
  if (/^unix:\/\/\/./.test(text)) return text;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol) || url.hostname === '') {
    complain(
      /^[\w.-]+(?::\d+)?$/.test(text)
        ? 'must begin with `http://` or `https://`, as in `https://nomad.example.com:4646`'
        : 'must be an address such as `https://nomad.example.com:4646`',
    );
  } else if (url.username !== '' || url.password !== '') {
    complain('must not hold a user or a password, which nomad-pack cannot take; a token goes into `nomad_token`');
  } else if (url.search !== '' || url.hash !== '') {
    complain('must not hold `?` or `#`: write it like `https://nomad.example.com:4646`');
  } else if (/[^/]/.test(url.pathname)) {
    complain(`must not hold a path, which nomad-pack leaves out; use \`${url.origin}\``);
  }
  return text.replace(/\/+$/, '');
});

/**
 * Where releases are, over https or http, without a trailing slash. http will do: nothing secret is sent there, and what comes from there is
 * run only if it is signed. Whoever changes it on the way can do no more than the mirror itself: hide versions.
 */
export const mirror = read((text, complain) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol))
    complain('must be an http(s) address, such as `https://releases.hashicorp.com`');
  else if (url.username !== '' || url.password !== '')
    complain('must not hold a user or a password, which would be printed');
  else if (url.search !== '' || url.hash !== '') complain('must not hold `?` or `#`');
  return text.replace(/\/+$/, '');
});

/** `latest`, `system`, or what semver takes for a version or a range; a leading `v` is the tag's, not the version's. */
export const nomadPackVersion = read(async (text, complain) => {
  if (['latest', 'system'].includes(text)) return text;
  const { default: semver } = await import('semver');
  if (semver.validRange(text) !== null) return semver.valid(text) ?? text;
  complain('must be `latest`, `system`, a version such as `0.4.2`, or a range such as `~0.4`');
  return z.NEVER;
});

/** `user:password`, or a user alone, as Nomad's tools read NOMAD_HTTP_AUTH. */
export const httpAuth = z.string().check(z.regex(/^\P{Cc}+$/u, 'must be `user:password`, without control characters'));

/** Where nomad-pack reads variables itself: `consul:///path`, `vault:///mount/path`, `nomad:///path`, with `host:port` before the path or without. */
export const variableSources = list.check(
  z.refine((sources) => sources.every((source) => !source.includes('@')), {
    error: 'must not hold a user or a password; tokens go into the environment, such as VAULT_TOKEN',
  }),
  z.refine(
    (sources) =>
      sources.every(
        (source) =>
          /^(?:consul|nomad):\/\/[^/?#\s]*\/[^?#\s]*[^/?#\s]|^vault:\/\/[^/?#\s]*\/[^/?#\s]+\/[^?#\s]*[^/?#\s]/.test(
            source,
          ) && !/[?#\s]/.test(source),
      ),
    {
      error: 'must be `consul:///path`, `vault:///mount/path` or `nomad:///path`, one a line',
    },
  ),
);

/** The digest that a plan printed. */
export const digest = z
  .string()
  .check(
    z.regex(/^sha256:[0-9a-f]{64}$/, 'must be a digest: use the output `plan-digest` of the plan that was reviewed'),
  );

/**
 * Names of environment variables, none of them the action's own inputs or the runner's credentials, nor one that the action sets for
 * nomad-pack itself: another home would move the cache, and `NOMAD_SKIP_VERIFY=false` skips the verification.
 */
export const environmentNames = list.check(
  z.refine(
    (names) => names.every((text) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(text)),
    'must be names of environment variables: one name a line, without a value',
  ),
  z.refine((names) => !names.some((text) => /^(?:INPUT_|ACTIONS_|RUNNER_TOKEN)/i.test(text)), {
    error: 'must not name an input or one of the runner’s own credentials; a pack may not read those',
  }),
  z.refine(
    (names) =>
      !names.some((text) => /^(?:HOME|USERPROFILE|LOCALAPPDATA|XDG_CACHE_HOME|NOMAD_(?!PACK_).*)$/i.test(text)),
    {
      error: 'must not name a variable that the action sets by itself; the cluster’s are inputs, such as `nomad_addr`',
    },
  ),
);

/** Whether the text is a path that stays below the folder it is relative to, or is absolute. */
export function staysBelow(path: string): boolean {
  return isAbsolute(path) || !normalize(path).split(/[/\\]/).includes('..');
}
