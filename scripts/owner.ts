import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCommandLine } from './support/command-line.ts';
import { repositoryName } from './support/owner.ts';
import { ROOT } from './support/paths.ts';

const USAGE = `Usage: npm run owner -- ACCOUNT

Writes the account that the repository belongs to in the place of the one that package.json names, wherever the repository is named:
examples, pages, workflows.
`;

const { positionals } = readCommandLine({ usage: USAGE, options: {}, allowPositionals: true });
const [account = '', ...others] = positionals;
if (others.length > 0 || !/^[A-Za-z0-9][A-Za-z0-9-]*$/.test(account)) {
  console.error(`Give the name of one account.\n\n${USAGE}`);
  process.exitCode = 2;
} else {
  const [before = '', name = ''] = repositoryName().split('/');
  // Of the repository, and of its teams.
  const names = [(owner: string) => `${owner}/${name}`, (owner: string) => `@${owner}/`];
  const args = ['grep', '--files-with-matches', '--fixed-strings', ...names.flatMap((of) => ['-e', of(before)])];
  const { stdout } = spawnSync('git', [...args, '--', ':!dist'], { cwd: ROOT, encoding: 'utf8' });
  const files = stdout.split('\n').filter((name) => name !== '');
  for (const file of files) {
    const path = join(ROOT, file);
    const text = readFileSync(path, 'utf8');
    writeFileSync(
      path,
      names.reduce((changed, of) => changed.replaceAll(of(before), of(account)), text),
    );
  }
  console.log(`The repository is ${account}/${name} now, in ${files.length} files.`);
}
