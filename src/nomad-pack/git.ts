import { ActionError } from '../errors.ts';
import type { RegistrySettings } from '../settings/settings.ts';

/**
 * How git, which nomad-pack runs to clone a registry, is told what it may do: the token through its environment, for the source's
 * origin only, and nothing else that a source, a redirect or the workspace could talk it into.
 */
export function gitConfiguration(registry: RegistrySettings): Record<string, string> {
  const settings: [string, string][] = [
    ['core.hooksPath', '/dev/null'],
    ['core.fsmonitor', 'false'],
    ['core.askPass', ''],
  ];
  if (registry.token !== undefined && registry.origin !== undefined) {
    const header = `Authorization: Basic ${Buffer.from(`x-access-token:${registry.token}`).toString('base64')}`;
    settings.push(['credential.helper', ''], ['http.followRedirects', 'false']);
    // git adds up the headers of all settings that match; an empty one drops those before it, the user's own among them. Only
    // settings for the whole URL are sure to come last, only those for the origin reach submodules.
    for (const scope of [`${registry.origin}/`, registry.source]) {
      settings.push([`http.${scope}.extraheader`, ''], [`http.${scope}.extraheader`, header]);
    }
  }
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

/** What git's words on a clone that failed mean to the user. The token is nowhere in them: git was never given a URL with it. */
export function explainCloneFailure(registry: RegistrySettings, words: string): ActionError | undefined {
  const { source, ref } = registry;
  const cause = causeOf(words);
  if (/git must be available|executable file not found/.test(words)) {
    return new ActionError(
      'git-missing',
      'There is no `git` on the PATH, which nomad-pack needs to fetch a registry.',
      {
        hint: 'Install git on the runner, or give `pack` as a directory, which needs no registry.',
      },
    );
  }
  if (/transport '.*' not allowed/.test(words)) {
    return new ActionError(
      'registry-invalid',
      `The registry ${source} wants something to be fetched by other means than https, http, ssh and file (${cause}).`,
      {
        hint: 'Look at the submodules of the registry: one that is fetched by `ext::` or the like could run any command on this runner.',
      },
    );
  }
  if (/returned error: 30\d/.test(words)) {
    return new ActionError(
      'registry-unreachable',
      `The registry ${source} answered with a redirect, which is not followed so that the token stays with its host (${cause}).`,
      {
        hint: 'Set `registry_source` to the address that the registry has now.',
      },
    );
  }
  if (/Host key verification failed/i.test(words)) {
    return new ActionError('registry-auth', `The host of the registry ${source} is not known to SSH (${cause}).`, {
      hint: 'Add the key of the host to `known_hosts` before this step.',
    });
  }
  if (
    /could not read (?:Username|Password)|Authentication failed|returned error: 40[13]|Permission denied|Invalid username or (?:password|token)/i.test(
      words,
    )
  ) {
    return new ActionError('registry-auth', `The registry ${source} ${refusal(registry)} (${cause}).`, {
      hint: source.startsWith('ssh:')
        ? 'Add a key that may read the repository to the SSH agent before this step.'
        : 'Set `registry_token` to a token that may read the repository (for GitHub: `contents: read`). The `GITHUB_TOKEN` of a workflow reads its own repository only.',
    });
  }
  if (
    /pathspec '.*' did not match|Remote branch .* not found|couldn't find remote ref|unknown revision|reference is not a tree|invalid ref(?:erence)?\b/i.test(
      words,
    )
  ) {
    return new ActionError(
      'registry-ref-not-found',
      `The registry ${source} has no tag, branch or commit \`${ref}\` (${cause}).`,
      {
        hint: 'Set `registry_ref` to one that exists, or leave it out for the default branch.',
      },
    );
  }
  if (/repository .* not found|not found|does not appear to be a git repository|does not exist/i.test(words)) {
    return missingRepository(registry, cause);
  }
  if (
    /unable to access|could not resolve|failed to connect|connection refused|timed out|network is unreachable|no route to host|certificate|early EOF|RPC failed|remote error|hung up|could not read from remote/i.test(
      words,
    )
  ) {
    return new ActionError('registry-unreachable', `The registry ${source} cannot be reached (${cause}).`, {
      hint: source.startsWith('ssh:')
        ? 'Check `registry_source`, and that the runner may reach that host and port over SSH.'
        : 'Check `registry_source`, and that the runner may reach that host (proxy variables are passed on).',
    });
  }
  return undefined;
}

/** The line that tells most: ssh's own, before git's that it could not read. */
function causeOf(words: string): string {
  const line =
    /^(?:ssh: .*|.*Permission denied.*|Host key verification failed.*)$/m.exec(words) ??
    /(?:fatal|error): .*/.exec(words) ??
    /^.*$/m.exec(words);
  return (line?.[0] ?? '').trim();
}

function missingRepository({ source, token }: RegistrySettings, cause: string): ActionError {
  if (source.startsWith('file:')) {
    return new ActionError('registry-unreachable', `There is no git repository at ${source} (${cause}).`, {
      hint: 'Check `registry_source`: a path is relative to the workspace, and has to be there before this step.',
    });
  }
  const hosts = 'Many hosts say "not found" of a private repository';
  return new ActionError(
    'registry-unreachable',
    `There is no git repository at ${source}, or it is private (${cause}).`,
    {
      hint:
        token === undefined
          ? `Check \`registry_source\`. ${hosts}: then set \`registry_token\`.`
          : `Check \`registry_source\`, and that \`registry_token\` may read it. ${hosts}.`,
    },
  );
}

function refusal({ token, source }: RegistrySettings): string {
  if (source.startsWith('ssh:')) return 'refused the SSH key';
  return token === undefined ? 'asks for credentials, and there is no `registry_token`' : 'refused `registry_token`';
}
