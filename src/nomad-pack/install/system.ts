import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { ActionError } from '../../errors.ts';
import type { Environment } from '../../settings/inputs.ts';
import { baseEnvironment } from '../environment.ts';
import { killed } from '../failures.ts';
import { runCommand } from '../process.ts';
import type { Installation } from './installation.ts';

/** A program that says its version does nothing else; on a machine that is just starting, loading it may take seconds. Milliseconds. */
const VERSION_LIMIT = 20_000;

/**
 * The nomad-pack that the machine has. What is on PATH is the user's to trust: it is not verified.
 *
 * @param limit milliseconds that it may take to say its version
 * @throws ActionError `nomad-pack-missing`
 */
export async function findInstalled(
  environment: Environment,
  program: string,
  signal: AbortSignal,
  limit = VERSION_LIMIT,
): Promise<Installation> {
  const path = await findOnPath(environment, program);
  if (path === undefined) {
    throw new ActionError(
      'nomad-pack-missing',
      'There is no nomad-pack on PATH, and `nomad_pack_version` is `system`.',
      {
        hint: 'Install nomad-pack on the runner, or set `nomad_pack_version` to `latest` or a version: then the action installs it.',
      },
    );
  }
  const version = askVersion(path, environment, signal, limit);
  // It is thrown where it is awaited; until then it must not count as unhandled.
  version.catch(() => undefined);
  return { path, folder: dirname(path), version };
}

/** Relative folders are left out: they would be the workspace's, and anybody's who can open a pull request. */
async function findOnPath(environment: Environment, program: string): Promise<string | undefined> {
  const folders = (environment['PATH'] ?? '').split(delimiter).filter(isAbsolute);
  for (const folder of folders) {
    const path = join(folder, program);
    if (await isProgram(path)) return path;
  }
  return undefined;
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

async function askVersion(path: string, environment: Environment, signal: AbortSignal, limit: number): Promise<string> {
  const env = baseEnvironment(environment, []);
  const [{ exitCode, output, interrupted, signal: ending }, { default: semver }] = await Promise.all([
    runCommand(path, ['version'], { cwd: tmpdir(), env, signal, limit }),
    import('semver'),
  ]);
  if (interrupted) {
    throw new ActionError(
      'timeout',
      `\`${path} version\` was stopped because it had not ended after ${limit / 1000} s.`,
      {
        hint: 'Check that the nomad-pack on PATH is HashiCorp’s, or let the action install one with `nomad_pack_version`.',
      },
    );
  }
  if (ending !== undefined) throw killed(`${path} version`, ending);
  const version = semver.valid(/^Nomad Pack v(\S+)/m.exec(output)?.[1]);
  if (exitCode !== 0 || version === null) {
    throw new ActionError(
      'output-not-understood',
      `\`${path} version\` should print the version of nomad-pack. It ended with exit code ${exitCode} and printed: ${output.trim()}`,
      {
        hint: 'Check that the nomad-pack on PATH is HashiCorp’s, or let the action install one with `nomad_pack_version`.',
      },
    );
  }
  return version;
}
