import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoriesIn } from './repositories.ts';

/**
 * The tokens that `actions/checkout` left for git: in `.git/config` of the repositories in the workspace, and, from its version 6 on,
 * in a file of the folder for temporary files. A pack could read them, so nobody may see them.
 */
export function checkoutTokens(workspace: string, temporary: string): string[] {
  const files = [
    ...repositoriesIn(workspace).map((folder) => join(folder, '.git', 'config')),
    ...namesIn(temporary)
      .filter((name) => /^git-credentials-.*\.config$/.test(name))
      .map((name) => join(temporary, name)),
  ];
  return [...new Set(files.flatMap((file) => tokensIn(read(file))))];
}

function tokensIn(text: string): string[] {
  const headers = text.matchAll(/extraheader\s*=\s*"?authorization:\s*(?:basic|bearer)\s+([\w+/=.-]+)/gi);
  return [...headers].flatMap(([, credential = '']) => {
    const password = /^[^:]*:(.+)$/s.exec(Buffer.from(credential, 'base64').toString())?.[1];
    return password === undefined ? [credential] : [credential, password];
  });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
