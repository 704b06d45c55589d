import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sectionOf } from './notes/changelog.ts';
import { readCommandLine } from './support/command-line.ts';
import { ROOT } from './support/paths.ts';

const usage = `Usage: npm run notes -- VERSION

Prints what CHANGELOG.md says of a version: the notes of its release.
`;

const [version = ''] = readCommandLine({ usage, options: {}, allowPositionals: true }).positionals;
const section = sectionOf(readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8'), version);
if (section === undefined) {
  console.error(`CHANGELOG.md has no section \`## ${version}\`.`);
  process.exitCode = 1;
} else console.log(section);
