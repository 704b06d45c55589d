import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toJSONSchema } from 'zod/v4/core';
import { deploymentsFileSchema } from '../src/settings/deployments/schema.ts';
import { ROOT } from './support/paths.ts';

/**
 * `npm run schema`: writes the JSON Schema of the file of deployments, by which editors complete and check it, from the schema that the
 * action itself checks with. With `--check` it writes nothing and fails where the file is not what it would write.
 */
const path = join('schema', 'deployments.json');
const schema = {
  ...toJSONSchema(deploymentsFileSchema, { target: 'draft-7', io: 'input', reused: 'inline' }),
  title: 'Deployments of the Nomad Pack action',
};
const text = `${JSON.stringify(schema, null, 2)}\n`;
if (!process.argv.includes('--check')) writeFileSync(join(ROOT, path), text);
else if (readFileSync(join(ROOT, path), 'utf8') !== text) {
  console.error(`${path} is not what the source says. Run \`npm run schema\` and commit.`);
  process.exitCode = 1;
}
