import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from './support/bundle.ts';
import { DIST, MAPS } from './support/paths.ts';

/** Makes `dist/`, and the source maps that coverage needs. */
const { files, maps } = await bundle();
for (const folder of [DIST, MAPS]) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}
for (const [name, text] of files) writeFileSync(join(DIST, name), text);
for (const [name, map] of maps) writeFileSync(join(MAPS, `${name}.map`), JSON.stringify(map));

let total = 0;
for (const [name, text] of files) {
  const size = Buffer.byteLength(text);
  total += size;
  console.log(`${size.toLocaleString('en').padStart(10)}  dist/${name}${maps.has(name) ? '' : ' (libraries)'}`);
}
console.log(`${total.toLocaleString('en').padStart(10)}  bytes in all`);
