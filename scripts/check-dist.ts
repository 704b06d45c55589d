import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, writeMaps } from './support/bundle.ts';
import { DIST } from './support/paths.ts';

/** Fails when `dist/` is not, byte for byte, what a build of this source gives. Writes the source maps that coverage needs. */
const { files: fresh, maps } = await bundle();
writeMaps(maps);
const there = existsSync(DIST) ? readdirSync(DIST) : [];

const differences: string[] = [];
for (const [name, text] of fresh) {
  if (!there.includes(name)) differences.push(`dist/${name} is missing`);
  else if (!readFileSync(join(DIST, name)).equals(Buffer.from(text))) differences.push(`dist/${name} differs`);
}
for (const name of there) if (!fresh.has(name)) differences.push(`dist/${name} is not part of the build`);

if (differences.length > 0) {
  console.error(
    `dist/ is not what the source builds to:\n  ${differences.join('\n  ')}\nRun \`npm run build\` and commit dist/.`,
  );
  process.exitCode = 1;
} else {
  console.log(`dist/ is what the source builds to: ${fresh.size} files`);
}
