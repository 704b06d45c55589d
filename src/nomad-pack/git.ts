import { ActionError, type FailureReason } from '../errors.ts';
import type { RegistryCredentials, RegistrySettings } from '../settings/settings.ts';

/** The user whose password a token is, where `registry_user` names no other: GitHub's, and many hosts take any. */
const DEFAULT_USER = 'x-access-token';

/** git gives up a transfer that brings not a single byte for so long. Seconds. */
const STALL = 20;

/** Nothing that a repository or the user's settings name is run. */
const SAFE_SETTINGS: readonly [string, string][] = [
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['core.askPass', ''],
];

/**
 * How git, which nomad-pack runs to clone a registry, is told what it may do: the token through its environment, for the source's
 * repository only, and nothing else that a source, a redirect or the workspace could talk it into.
 */
export function gitConfiguration(
  { source }: Pick<RegistrySettings, 'source'>,
  credentials: RegistryCredentials | undefined,
): Record<string, string> {
  const settings: [string, string][] = [
    ...SAFE_SETTINGS,
    // A server that works on a large repository sends a few bytes every five seconds; one that is silent is not working.
    ['http.lowSpeedLimit', '1'],
    ['http.lowSpeedTime', String(STALL)],
  ];
  if (credentials !== undefined) {
    const { token, user = DEFAULT_USER } = credentials;
    const header = `Authorization: Basic ${Buffer.from(`${user}:${token}`).toString('base64')}`;
    settings.push(['http.followRedirects', 'false']);
    for (const scope of scopes(source)) {
      // An empty one drops those before it. git adds up the headers of all settings that match, the user's own among them; ours are
      // for the whole URL, so they come last. A submodule elsewhere matches the user's only.
      settings.push([`http.${scope}.extraheader`, ''], [`http.${scope}.extraheader`, header]);
      // Where this token is refused, no other credential is tried.
      settings.push([`credential.${scope}.helper`, '']);
    }
  }
  return asVariables(settings);
}

/** How git is told what it may do in the workspace, which a pull request may have written. */
export function workspaceGitConfiguration(): Record<string, string> {
  // It only reads there.
  return { ...asVariables(SAFE_SETTINGS), GIT_OPTIONAL_LOCKS: '0' };
}

function asVariables(settings: readonly (readonly [string, string])[]): Record<string, string> {
  const pairs = settings.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return {
    ...Object.fromEntries(pairs),
    GIT_CONFIG_COUNT: String(settings.length),
    GIT_TERMINAL_PROMPT: '0',
    GIT_ALLOW_PROTOCOL: 'https:http:ssh:file',
    // ssh has no terminal to ask at; its command stays the user's, who may have set `core.sshCommand`.
    SSH_ASKPASS_REQUIRE: 'never',
    LC_ALL: 'C',
  };
}

/** The URLs that mean the repository: as the source has it, which git asks, and with `.git`, which is what LFS asks below. */
function scopes(source: string): string[] {
  const url = source.replace(/\/+$/, '');
  return url.endsWith('.git') ? [url] : [url, `${url}.git`];
}

/** A registry that git was asked for. */
interface AskedRegistry extends RegistrySettings {
  readonly hasToken: boolean;
}

/** What words of git mean to the user. */
interface Rule {
  /** Without what stands in quotes: names and addresses may look like anything. */
  readonly pattern: RegExp;
  /** Only for sources that begin so. */
  readonly scheme?: 'file:' | 'ssh:';
  readonly reason: FailureReason;
  /** A sentence without its end; the line of git's that the pattern is in follows in brackets. */
  readonly message: (registry: AskedRegistry) => string;
  readonly hint: string | ((registry: AskedRegistry, words: string) => string);
  /** The same may go well a moment later. */
  readonly passing?: true;
}

/** The first one that fits is taken: what comes earlier is more exact. The words are git's (2.47), ssh's, and go-getter's (1.8). */
const RULES: readonly Rule[] = [
  {
    pattern: /git must be available|executable file not found/,
    reason: 'git-missing',
    message: () => 'There is no `git` on the PATH, which nomad-pack needs to fetch a registry',
    hint: 'Install git on the runner, or give `pack` as a directory, which needs no registry.',
  },
  {
    pattern: /no space left on device|disk quota exceeded|out of diskspace/i,
    reason: 'runner',
    message: ({ source }) => `The disk of the runner is full: the registry ${source} could not be cloned`,
    hint: 'Free some space on the runner, or use one with a larger disk. The clone is in `RUNNER_TEMP`.',
  },
  {
    pattern:
      /(?:could not|cannot|unable to) (?:create|mkdir|write|open|lock|rename|unlink).*: (?:Permission denied|Operation not permitted)/i,
    reason: 'runner',
    message: ({ source }) => `git may not write where it should clone the registry ${source}`,
    hint: 'Give the user that the runner works as the right to write in `RUNNER_TEMP`.',
  },
  {
    pattern: /read-only file system|too many open files|cannot allocate memory|out of memory/i,
    reason: 'runner',
    message: ({ source }) => `The runner lacks what git needs to clone the registry ${source}`,
    hint: 'git’s own words say what: a folder that can be written to, memory, or a higher limit. The clone is in `RUNNER_TEMP`.',
  },
  {
    // Here git does not say why; a disk that is full is what makes files fail that were begun.
    pattern: /unable to write (?:new index )?file|failed to write new (?:configuration|index) file/,
    reason: 'runner',
    message: ({ source }) => `git could not write all of the registry ${source}`,
    hint: 'Most often the disk of the runner is full: free some space, or use a runner with a larger one. The clone is in `RUNNER_TEMP`.',
  },
  {
    pattern: /exited with -1\b|died of signal \d+/,
    reason: 'runner',
    message: ({ source }) => `git was killed while it cloned the registry ${source}`,
    hint: 'Most often the runner’s memory is used up: use a runner with more of it, or run fewer things at once.',
  },
  {
    pattern: /detected dubious ownership/,
    reason: 'registry-invalid',
    message: ({ source }) =>
      `git does not trust the registry ${source}, because it belongs to another user than the step’s`,
    hint: (_, words) =>
      `Run \`git config --global --add safe.directory ${/dubious ownership in repository at '([^']*)'/.exec(words)?.[1] ?? 'FOLDER'}\` before this step, or give the folder to the user that the runner works as.`,
  },
  {
    pattern: /transport '' not allowed/,
    reason: 'registry-invalid',
    message: ({ source }) =>
      `The registry ${source} wants something to be fetched by other means than https, http, ssh and file`,
    hint: 'Look at the submodules of the registry: one that is fetched by `ext::` or the like could run any command on this runner.',
  },
  {
    pattern: /returned error: 30\d/,
    reason: 'registry-unreachable',
    message: ({ source }) =>
      `The registry ${source} answered with a redirect, which is not followed so that the token stays with its host`,
    hint: 'Set `registry_source` to the address that the registry has now.',
  },
  {
    pattern: /Host key verification failed/i,
    reason: 'registry-auth',
    message: ({ source }) => `The host of the registry ${source} is not known to SSH`,
    hint: 'Add the key of the host to `known_hosts` before this step.',
  },
  {
    pattern: /Permission denied/,
    scheme: 'file:',
    reason: 'registry-unreachable',
    message: ({ source }) => `The user that the runner works as may not read the registry ${source}`,
    hint: 'Give it the right to read the whole folder, `.git` included.',
  },
  {
    pattern: /\b(?:open|stat) \S*nomad[/\\]packs[/\\]\S*: no such file or directory/,
    reason: 'registry-invalid',
    message: ({ source, ref }) => `The registry ${source} has no folder \`packs\` with packs in it at \`${ref}\``,
    hint: 'A registry keeps its packs in the folder `packs` of its root. Where the repository is a pack itself, or keeps packs elsewhere, check it out before this step and give `pack` as a directory, such as `pack: ./web`.',
  },
  {
    pattern:
      /could not read (?:Username|Password)|Authentication failed|returned error: 40[13]|Permission denied|Invalid username or (?:password|token)/i,
    reason: 'registry-auth',
    message: (registry) => `The registry ${registry.source} ${refusal(registry)}`,
    hint: ({ source }) =>
      source.startsWith('ssh:')
        ? 'Add a key that may read the repository to the SSH agent before this step.'
        : 'Set `registry_token` to a token that may read the repository (for GitHub: `contents: read`), and `registry_user` where the host wants a user name of its own beside it. The `GITHUB_TOKEN` of a workflow reads its own repository only.',
  },
  {
    pattern:
      /pathspec '' did not match|Remote branch .* not found|couldn't find remote ref|unknown revision|reference is not a tree|invalid ref(?:erence)?\b/i,
    reason: 'registry-ref-not-found',
    message: ({ source, ref }) => `The registry ${source} has no tag, branch or commit \`${ref}\``,
    hint: ({ ref }) =>
      `Set \`registry_ref\` to one that exists, or leave it out for the default branch.${ref.startsWith('refs/') ? ' nomad-pack fetches tags and branches, and no other refs.' : ''}`,
  },
  {
    pattern: /returned error: (?:408|425|429|5\d\d)/,
    reason: 'registry-unreachable',
    message: ({ source }) => `The host of the registry ${source} does not answer as it should`,
    hint: 'Wait for the host to recover, and run the job again.',
    passing: true,
  },
  {
    pattern: /certificate|SSL routines(?!.*unexpected eof)|unsupported protocol/i,
    reason: 'registry-unreachable',
    message: ({ source }) => `The registry ${source} cannot be reached over TLS`,
    hint: 'Check `registry_source`, and that the runner knows the authority that signed the host’s certificate (`http.sslCAInfo` in its git settings).',
  },
  {
    // git takes an answer that is not a list of refs for an empty repository. Whether it is one is asked beside the clone.
    pattern: /could not get ref of a cloned repository: reference not found/,
    reason: 'registry-unreachable',
    message: ({ source }) => `What was cloned from ${source} has not a single commit`,
    hint: 'Check that `registry_source` is the address of a repository that has a commit, and run the job again.',
    passing: true,
  },
  {
    pattern: /not found|does not appear to be a git repository|does not exist/i,
    reason: 'registry-unreachable',
    message: ({ source }) =>
      source.startsWith('file:')
        ? `There is no git repository at ${source}`
        : `There is no git repository at ${source}, or it is private`,
    hint: (registry) => hintForMissing(registry),
  },
  {
    pattern:
      /not valid: is this a git repository|bad line length|protocol error|invalid index-pack output|expected flush|unexpected flush|expected ''|error (?:processing|reading section header)/i,
    reason: 'registry-unreachable',
    message: ({ source }) => `What answers at ${source} does not speak git’s protocol`,
    hint: 'Check that `registry_source` is the address of a repository, as one would clone it.',
    passing: true,
  },
  {
    pattern: /^(?:ssh|kex_exchange_identification): |Operation too slow/im,
    reason: 'registry-unreachable',
    message: ({ source }) => `The registry ${source} cannot be reached`,
    hint: (registry) => hintForUnreachable(registry),
    passing: true,
  },
  {
    pattern:
      /unable to access|could not resolve|failed to connect|connection (?:refused|reset|closed|timed out)|timed out|network is unreachable|no route to host|early EOF|RPC failed|unexpected disconnect|remote error|hung up|could not read from remote/i,
    reason: 'registry-unreachable',
    message: ({ source }) => `The registry ${source} cannot be reached`,
    hint: (registry) => hintForUnreachable(registry),
    passing: true,
  },
];

/** What git's words on a clone that failed mean to the user. The token is nowhere in them: git was never given a URL with it. */
export function explainCloneFailure(
  asked: RegistrySettings,
  hasToken: boolean,
  words: string,
): ActionError | undefined {
  const registry = { ...asked, hasToken };
  const bare = withoutQuoted(words);
  const rule = RULES.find(({ pattern, scheme = '' }) => registry.source.startsWith(scheme) && pattern.test(bare));
  if (rule === undefined) return undefined;
  const { reason, message, hint, passing = false } = rule;
  return new ActionError(reason, `${message(registry)} (${lineOf(rule, words)}).`, {
    hint: typeof hint === 'string' ? hint : hint(registry, words),
    passing,
  });
}

/** The line that tells most: the one that the rule is about. */
function lineOf({ pattern }: Rule, words: string): string {
  const line = words.split(/\r?\n/).find((text) => pattern.test(withoutQuoted(text))) ?? '';
  // go-getter's words come before those of git.
  return (/(?:fatal|error): .*/.exec(line)?.[0] ?? line).replace(/^error downloading '[^']*': /, '').trim();
}

function withoutQuoted(words: string): string {
  return words.replace(/'[^'\n]*'/g, "''");
}

/** What to throw where the repository's HEAD leads to no commit: nothing was committed yet, or its branch has another name. */
export function withoutHead({ source }: RegistrySettings): ActionError {
  return new ActionError(
    'registry-ref-not-found',
    `The registry ${source} has no default branch: the repository is empty, its HEAD names a branch that is not there, or what answers is not a git server.`,
    { hint: 'Push a commit to it, correct its default branch, or set `registry_ref` to a branch, tag or commit.' },
  );
}

function hintForMissing({ source, hasToken }: AskedRegistry): string {
  if (source.startsWith('file:'))
    return 'Check `registry_source`: a path is relative to the workspace, and has to be there before this step.';
  const hosts = 'Many hosts say "not found" of a private repository';
  return hasToken
    ? `Check \`registry_source\`, and that \`registry_token\` may read it. ${hosts}.`
    : `Check \`registry_source\`. ${hosts}: then set \`registry_token\`.`;
}

function hintForUnreachable({ source }: RegistrySettings): string {
  return source.startsWith('ssh:')
    ? 'Check `registry_source`, and that the runner may reach that host and port over SSH.'
    : 'Check `registry_source`, and that the runner may reach that host (proxy variables are passed on).';
}

function refusal({ hasToken, source }: AskedRegistry): string {
  if (source.startsWith('ssh:')) return 'refused the SSH key';
  return hasToken ? 'refused `registry_token`' : 'asks for credentials, and there is no `registry_token`';
}
