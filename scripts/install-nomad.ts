import { appendFile } from 'node:fs/promises';
import { ActionError } from '../src/errors.ts';
import { readCommandLine } from './support/command-line.ts';
import { fetchRelease, OFFICIAL } from './support/releases.ts';

const USAGE = `Usage: node scripts/ensure-installed.js scripts/install-nomad.ts VERSION

Puts a released Nomad, an exact VERSION or \`latest\`, on the PATH of a workflow's later steps, verified as the action verifies nomad-pack.
`;

const [version] = readCommandLine({ usage: USAGE, options: {}, allowPositionals: true }).positionals;
if (version === undefined) {
  console.error(USAGE);
  process.exit(2);
}
try {
  const { folder } = await fetchRelease('nomad', version, OFFICIAL);
  const pathFile = process.env['GITHUB_PATH'];
  if (pathFile === undefined) console.log(folder);
  else await appendFile(pathFile, `${folder}\n`);
} catch (error) {
  if (!(error instanceof ActionError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
