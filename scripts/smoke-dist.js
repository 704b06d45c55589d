import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * Loads every file of `dist/` with the Node that runs this, and starts the action without inputs, which must be told so. Plain
 * JavaScript without dependencies: for Nodes and systems on which nothing is installed.
 */
const dist = join(dirname(dirname(fileURLToPath(import.meta.url))), 'dist');
const chunks = readdirSync(dist).filter((name) => name.endsWith('.js') && name !== 'index.js');
for (const name of chunks) await import(pathToFileURL(join(dist, name)).href);

const folder = mkdtempSync(join(tmpdir(), 'smoke-dist-'));
try {
  const output = join(folder, 'output');
  writeFileSync(output, '');
  const environment = { GITHUB_OUTPUT: output, GITHUB_WORKSPACE: folder, RUNNER_TEMP: folder };
  const kept = ['PATH', 'Path', 'SystemRoot', 'TEMP', 'TMP', 'HOME', 'USERPROFILE', 'NODE_V8_COVERAGE'].filter(
    (name) => process.env[name],
  );
  const env = { ...Object.fromEntries(kept.map((name) => [name, process.env[name]])), ...environment };
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(dist, 'index.js')], { env, encoding: 'utf8' });
  const reason = /failure-reason<<(\S+)\r?\n(.*)\r?\n\1/.exec(readFileSync(output, 'utf8'))?.[2];
  if (status !== 1 || reason !== 'input' || stderr !== '') {
    console.error(`Exit code ${status}, failure-reason ${reason}\n${stdout}\n${stderr}`);
    process.exitCode = 1;
  } else {
    console.log(
      `Node ${process.version} on ${process.platform}: ${chunks.length} files loaded, a missing input is reported`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
