import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, writeMaps } from './support/bundle.ts';
import { DIST } from './support/paths.ts';

/** Makes `dist/`, and the source maps that coverage needs. */
const { files, maps } = await bundle();
rmSync(DIST, { recursive: true, force: true });
mkdirSync(DIST, { recursive: true });
for (const [name, text] of files) writeFileSync(join(DIST, name), text);
writeMaps(maps);

let total = 0;
for (const [name, text] of files) {
  const size = Buffer.byteLength(text);
  total += size;
  console.log(`${size.toLocaleString('en').padStart(10)}  dist/${name}${maps.has(name) ? '' : ' (libraries)'}`);
}
console.log(`${total.toLocaleString('en').padStart(10)}  bytes in all`);
