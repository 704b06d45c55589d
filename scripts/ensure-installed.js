import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Starts a script of this project with the Node that the project installs, and installs first what package-lock.json asks for and
 * node_modules does not have. Plain JavaScript without dependencies: whatever Node is there runs it, on a fresh clone too.
 *
 * Usage: node scripts/ensure-installed.js <script> [arguments]
 */
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const windows = process.platform === 'win32';
const node = join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');

const missing = missingPackages();
if (missing.length > 0) {
  const [first, ...others] = missing;
  console.log(`Installing packages: ${first} is missing${others.length > 0 ? `, and ${others.length} more` : ''}.`);
  const install = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: windows,
  });
  if (install.status !== 0) fail(install.error?.message ?? '`npm ci` failed; its output is above.');
}
if (!existsSync(node)) {
  fail(
    `${relative(root, node)} is missing. It is put there by the install script of the package \`node\`: ` +
      'run `npm ci --ignore-scripts=false` (npm does not run it where its setting `ignore-scripts` is on).',
  );
}

const [script, ...rest] = process.argv.slice(2);
const path = [join(root, 'node_modules', '.bin'), dirname(node), process.env.PATH].join(windows ? ';' : ':');
const quiet = ['--disable-warning=ExperimentalWarning', '--disable-warning=DEP0187'];
const run = spawnSync(node, [...quiet, script, ...rest], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, PATH: path },
});
if (run.error) fail(run.error.message);
process.exitCode = run.status ?? 1;

/** What the lock file asks for on every platform and node_modules lacks, or has in another version. */
function missingPackages() {
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  return Object.entries(wanted)
    .filter(([path, { optional }]) => path.startsWith('node_modules/') && !optional)
    .filter(([path, { version }]) => !(path in installed) || installed[path].version !== version)
    .map(([path]) => path.replace(/^.*node_modules\//, ''));
}

/** @returns {Record<string, { version?: string, optional?: boolean }>} */
function packagesOf(lockFile) {
  return existsSync(lockFile) ? JSON.parse(readFileSync(lockFile, 'utf8')).packages : {};
}

/** @returns {never} */
function fail(message) {
  console.error(`Cannot run: ${message}`);
  process.exit(1);
}
