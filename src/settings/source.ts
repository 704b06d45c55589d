import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A registry's source as nomad-pack is given it, and where its token may go. */
export interface RegistrySource {
  readonly url: string;
  /** Scheme, host and port of an HTTP(S) source; absent for SSH and paths, which take no token. */
  readonly origin?: string;
}

/** Why a text is not a source of a registry. Never repeats it: it may hold a credential. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
}

const SCHEMES = new Set(['https:', 'http:', 'ssh:', 'file:']);

/**
 * The source with its scheme spelled out, since nomad-pack takes a source without one for a path and fails.
 * `github.com/org/repo` becomes `https://github.com/org/repo.git`, `git@host:org/repo` becomes `ssh://git@host/org/repo`, as go-getter
 * has it, and a path becomes `file://`.
 *
 * @param workspace the folder that a relative path is relative to
 * @throws SourceError
 */
export function parseSource(written: string, workspace: string): RegistrySource {
  const text = written.startsWith('git::') ? written.slice('git::'.length) : written;
  if (text.startsWith('-')) throw new SourceError('begins with `-`');
  if (/[\p{Cc}]/u.test(text)) throw new SourceError('holds control characters');
  if (isPath(text)) return fromPath(text, workspace);
  if (/\s/u.test(text)) throw new SourceError('holds white space, which only a path may');
  if (text.includes('\\')) throw new SourceError('holds `\\`: write it with `/`');
  // Only at the start: `http://[::1]/x` is an address.
  if (/^[^/[]*::/.test(text)) throw new SourceError('names a helper of git (`...::`), which could run any command');
  if (/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(text)) return fromUrl(text);
  return fromScp(text) ?? fromHost(text);
}

/** A drive's letter is a path's on Windows, and a host's nowhere. */
function isPath(text: string): boolean {
  const isWindows = process.platform === 'win32';
  if (/^[A-Za-z]:[/\\]/.test(text) || text.startsWith('\\\\')) {
    if (isWindows) return true;
    throw new SourceError('is a path of Windows, and this runner is not');
  }
  return /^[./~]/.test(text) || (isWindows && text.startsWith('\\'));
}

function fromPath(text: string, workspace: string): RegistrySource {
  if (text.startsWith('~')) throw new SourceError('begins with `~`, which only a shell knows');
  if (/[?#]/.test(text)) throw new SourceError('holds `?` or `#`');
  return { url: pathToFileURL(resolve(workspace, text)).href };
}

/**
 * `user@host:path`, which git's own short form for SSH looks like. go-getter takes `path` and `/path` alike for the one from the root;
 * `~/path` and `~user/path` are from a home. Without a user it needs a path that cannot be a port: `host:8443/org/repo` is HTTPS.
 */
function fromScp(text: string): RegistrySource | undefined {
  const [, user, host, path = ''] = /^(?:([^@/:]+)@)?(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+):(.+)$/.exec(text) ?? [];
  if (host === undefined || (user === undefined && /^\d+(?:\/|$)/.test(path))) return undefined;
  if (host.startsWith('-')) throw new SourceError('names no host and repository');
  const login = user === undefined ? '' : `${encodeURIComponent(user)}@`;
  return fromUrl(`ssh://${login}${host}/${path.replace(/^\//, '')}`);
}

function fromHost(text: string): RegistrySource {
  // Elsewhere on GitHub that is enough; here `org` would be taken for a host.
  if (/^[^/.:]+\/[^/]+\/?$/.test(text)) throw new SourceError('names no host: write it like `github.com/org/repo`');
  return fromUrl(`https://${withoutGitSuffix(text)}.git`);
}

function fromUrl(text: string): RegistrySource {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined && /^ssh:\/\/[^/]*:(?!\d+(?:\/|$))/.test(text)) {
    throw new SourceError(
      'mixes two ways to write it: `ssh://` wants `/` before the path, as in `ssh://git@host/org/repo`, and `:` goes without `ssh://`, as in `git@host:org/repo`',
    );
  }
  if (url === undefined) throw new SourceError('is neither a URL, nor a path, nor `host/org/repo`');
  if (!SCHEMES.has(url.protocol)) throw new SourceError('has a scheme other than https, http, ssh and file');
  if (url.password !== '' || (url.username !== '' && url.protocol !== 'ssh:')) {
    throw new SourceError(
      'holds a user or a password. They would be printed and stored; use `registry_token`, and `registry_user` where the host wants a user of its own',
    );
  }
  if (url.search !== '' || url.hash !== '')
    throw new SourceError('holds `?` or `#`; a version goes into `registry_ref`');
  if (url.pathname.slice(1).includes('//'))
    throw new SourceError('names a folder after `//`; a single pack goes into `registry_target`');
  if (url.protocol === 'file:') {
    if (url.hostname !== '')
      throw new SourceError('names a host after `file://`: write `file:///` before an absolute path');
    return { url: url.href };
  }
  if (url.hostname === '' || url.hostname.startsWith('-') || !/[^/]/.test(url.pathname)) {
    throw new SourceError('names no host and repository');
  }
  const web = url.protocol === 'https:' || url.protocol === 'http:';
  if (web) refusePage(url);
  return { url: url.href, ...(web && { origin: url.origin }) };
}

/** Addresses that people copy from a browser, or write as elsewhere. A host would only say that there is no such repository. */
function refusePage({ hostname, pathname }: URL): void {
  const isPage =
    hostname === 'github.com'
      ? /^\/[^/]+\/[^/]+\/(?:tree|blob)\//.test(pathname)
      : /\/-\/(?:tree|blob)\//.test(pathname);
  if (isPage)
    throw new SourceError(
      'is the address of a page; leave out what follows the repository’s name, and set `registry_ref` to the branch or tag',
    );
  if (/@[^/]*$/.test(pathname)) throw new SourceError('holds `@` after the host; a version goes into `registry_ref`');
}

function withoutGitSuffix(text: string): string {
  return text.replace(/\/+$/, '').replace(/\.git$/, '');
}
