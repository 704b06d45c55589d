import { describe, expect, test } from '@jest/globals';
import { parseSource, SourceError } from '../../src/settings/source.ts';

describe('a source gets the scheme that nomad-pack needs', () => {
  test.each([
    ['github.com/org/repo', 'https://github.com/org/repo.git', 'https://github.com'],
    ['github.com/org/repo.git/', 'https://github.com/org/repo.git', 'https://github.com'],
    [
      'gitlab.example.com/group/sub/repo',
      'https://gitlab.example.com/group/sub/repo.git',
      'https://gitlab.example.com',
    ],
    ['127.0.0.1:8418/x', 'https://127.0.0.1:8418/x.git', 'https://127.0.0.1:8418'],
    ['https://github.com/org/repo', 'https://github.com/org/repo', 'https://github.com'],
    ['git::https://host/x.git', 'https://host/x.git', 'https://host'],
    ['http://127.0.0.1:8418/private/packs.git', 'http://127.0.0.1:8418/private/packs.git', 'http://127.0.0.1:8418'],
    ['http://[::1]:8418/packs.git', 'http://[::1]:8418/packs.git', 'http://[::1]:8418'],
    ['git@github.com:org/repo.git', 'ssh://git@github.com/org/repo.git', undefined],
    ['git@host:/abs/path', 'ssh://git@host/abs/path', undefined],
    ['git@host:~/packs.git', 'ssh://git@host/~/packs.git', undefined],
    ['deploy@host:~git/packs', 'ssh://deploy@host/~git/packs', undefined],
    ['git@[::1]:org/repo', 'ssh://git@[::1]/org/repo', undefined],
    ['[fe80::1]:org/repo', 'ssh://[fe80::1]/org/repo', undefined],
    ['host:org/repo', 'ssh://host/org/repo', undefined],
    ['git.example.com:packs.git', 'ssh://git.example.com/packs.git', undefined],
    ['git.example.com:8443/org/repo', 'https://git.example.com:8443/org/repo.git', 'https://git.example.com:8443'],
    ['[::1]:8443/org/repo', 'https://[::1]:8443/org/repo.git', 'https://[::1]:8443'],
    ['git@host:8443/org/repo', 'ssh://git@host/8443/org/repo', undefined],
    ['ssh://git@[::1]:22/org/repo', 'ssh://git@[::1]:22/org/repo', undefined],
    ['ssh://git@host/~/packs', 'ssh://git@host/~/packs', undefined],
    ['ssh://git@host:2222/org/repo.git', 'ssh://git@host:2222/org/repo.git', undefined],
    ['git/group/repo', 'https://git/group/repo.git', 'https://git'],
    ['https://git.example.com/tree/blob/x', 'https://git.example.com/tree/blob/x', 'https://git.example.com'],
    ['./registry', 'file:///workspace/registry', undefined],
    ['/srv/registry', 'file:///srv/registry', undefined],
    ['file:///srv/registry', 'file:///srv/registry', undefined],
    ['file://localhost/srv/registry', 'file:///srv/registry', undefined],
    ['/srv/my registry', 'file:///srv/my%20registry', undefined],
    ['../elsewhere', 'file:///elsewhere', undefined],
  ])('%s', (written, url, origin) => {
    expect(parseSource(written, '/workspace')).toEqual({ url, ...(origin !== undefined && { origin }) });
  });
});

describe('a source that could do more than be cloned is refused', () => {
  test.each([
    ['https://user:hunter2@host/x.git', 'registry_token'],
    ['https://hunter2@host/x.git', 'registry_token'],
    ['ssh://git:hunter2@host/x.git', 'registry_token'],
    ['ext::sh -c "touch /tmp/x"', 'white space'],
    ['ext::sh', 'helper of git'],
    ['git::ext::sh', 'helper of git'],
    ['--upload-pack=touch', 'begins with `-`'],
    ['-oProxyCommand=x@host:path', 'begins with `-`'],
    ['ssh://-oProxyCommand=x/y', 'no host'],
    ['https://host/x.git?ref=main', 'registry_ref'],
    ['https://host/x.git//packs/web', 'registry_target'],
    ['./registry?depth=1', '`?`'],
    ['~/registry', 'only a shell'],
    ['ftp://host/x', 'scheme'],
    ['file://srv/registry', 'names a host after `file://`'],
    ['ssh://git@host:org/repo', 'mixes two ways'],
    ['C:\\packs', 'is a path of Windows'],
    ['C:/packs', 'is a path of Windows'],
    ['\\\\server\\packs', 'is a path of Windows'],
    ['packs\\registry', 'holds `\\`'],
    ['host/my packs', 'white space'],
    ['git@-oProxyCommand=x:path', 'neither'],
    ['-host:path', 'begins with `-`'],
    ['git@:path', 'neither'],
    ['host:', 'neither'],
    ['/srv/regis\try', 'control characters'],
    ['git+ssh://git@host/x', 'scheme'],
    ['org', 'no host and repository'],
    ['https:///x', 'host'],
    ['org/repo', 'write it like `github.com/org/repo`'],
    ['https://github.com/org/repo/tree/main/packs', 'registry_ref'],
    ['github.com/org/repo/blob/main/README.md', 'registry_ref'],
    ['https://gitlab.example.com/group/repo/-/tree/main', 'registry_ref'],
    ['github.com/org/repo@v1.0.0', 'registry_ref'],
  ])('%s', (written, why) => {
    const parse = () => parseSource(written, '/workspace');
    expect(parse).toThrow(SourceError);
    expect(parse).toThrow(why);
    expect(parse).not.toThrow('hunter2');
  });
});
