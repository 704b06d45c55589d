import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DIST } from '../support/paths.ts';
import type { Comparison } from './comparison.ts';

/** An input error is told before anything heavy is loaded: within three times the start of bare Node. */
export function* comparisons(): Iterable<Comparison> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-start-'));
  try {
    const empty = join(folder, 'empty.mjs');
    writeFileSync(empty, '');
    const environment = {
      PATH: process.env['PATH'],
      GITHUB_OUTPUT: join(folder, 'output'),
      GITHUB_STATE: join(folder, 'state'),
      GITHUB_STEP_SUMMARY: join(folder, 'summary'),
      GITHUB_WORKSPACE: folder,
      RUNNER_TEMP: folder,
      INPUT_OPERATION: 'deploy',
      INPUT_PACK: 'web',
    };
    const start = (file: string, code: number) => () => {
      const { status, stderr } = spawnSync(process.execPath, [file], { env: environment, encoding: 'utf8' });
      if (status !== code) throw new Error(`${file} ended with ${status} instead of ${code}: ${stderr}`);
      return undefined;
    };
    yield {
      name: `an input error is reported, Node ${process.version}`,
      base: { name: 'bare Node', run: start(empty, 0) },
      subject: { name: 'the action, with inputs missing', run: start(join(DIST, 'index.js'), 1) },
      rounds: 41,
      most: 3,
    };
    // Says what the toolkit would cost, which is why the action goes without it; it has no limit.
    const core = join(folder, 'core.mjs');
    writeFileSync(core, `import ${JSON.stringify(import.meta.resolve('@actions/core'))};\n`);
    yield {
      name: `@actions/core is loaded, Node ${process.version}`,
      base: { name: 'bare Node', run: start(empty, 0) },
      subject: { name: '`@actions/core` alone', run: start(core, 0) },
      rounds: 41,
      most: Number.POSITIVE_INFINITY,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
