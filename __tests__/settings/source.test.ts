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
    ['ssh://git@host:2222/org/repo.git', 'ssh://git@host:2222/org/repo.git', undefined],
    ['git/group/repo', 'https://git/group/repo.git', 'https://git'],
    ['https://git.example.com/tree/blob/x', 'https://git.example.com/tree/blob/x', 'https://git.example.com'],
    ['./registry', 'file:///workspace/registry', undefined],
    ['/srv/registry', 'file:///srv/registry', undefined],
    ['file:///srv/registry', 'file:///srv/registry', undefined],
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
    ['javascript:alert(1)', 'neither'],
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
