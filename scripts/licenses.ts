import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DIST, ROOT } from './support/paths.ts';

/**
 * Fails when a library that the action may bundle has a licence that was not thought about, or when `dist/licenses.txt` lacks the
 * text of one that is bundled.
 */
const FINE = ['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD'];

/**
 * The LGPL asks that its library can be exchanged, which `npm ci && npm run build` with another version does, and that its text and
 * the GPL's come along, which they do in `dist/licenses.txt`.
 */
const FINE_AS_A_LIBRARY = ['LGPL-3.0+', 'LGPL-3.0-or-later'];

interface LockedPackage {
  readonly version: string;
  readonly license?: string;
  readonly dev?: boolean;
  /** A workspace of this project. */
  readonly link?: boolean;
}

const problems: string[] = [];
const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, LockedPackage>;
};
const bundled = Object.entries(lock.packages).filter(
  ([path, { dev, link }]) => path.startsWith('node_modules/') && !dev && !link,
);
for (const [path, { version, license = 'none' }] of bundled) {
  if (![...FINE, ...FINE_AS_A_LIBRARY].includes(license)) {
    problems.push(
      `${nameOf(path)} ${version} has the licence ${license}: decide whether it may be bundled, in scripts/licenses.ts`,
    );
  }
}

const file = join(DIST, 'licenses.txt');
const names = new Set(bundled.map(([path]) => nameOf(path)));
const sections = existsSync(file) ? sectionsOf(readFileSync(file, 'utf8')) : [];
if (sections.length === 0) problems.push('dist/licenses.txt is missing or empty: run `npm run build`');
for (const { name, text } of sections) {
  if (text.length < 200) problems.push(`dist/licenses.txt has no text for ${name}`);
}

if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exitCode = 1;
} else {
  console.log(
    `Licences of ${bundled.length} libraries are fine; dist/licenses.txt has those of the ${sections.length} that are bundled`,
  );
}

function nameOf(path: string): string {
  return path.replace(/^.*node_modules\//, '');
}

/** A section starts with the library's name on a line of its own, after an empty one. */
function sectionsOf(text: string): { name: string; text: string }[] {
  const sections: { name: string; text: string }[] = [];
  let before = '';
  for (const line of text.split('\n')) {
    if (before === '' && names.has(line)) sections.push({ name: line, text: '' });
    const last = sections.at(-1);
    if (last !== undefined) last.text += `${line}\n`;
    before = line;
  }
  return sections;
}
