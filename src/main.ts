import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { saveState } from '@actions/core';
import { type ActionError, asActionError } from './errors.ts';
import { PrivateFolder } from './private-folder.ts';
import { createLog } from './report/log.ts';
import { Secrets } from './report/redact.ts';
import type { Findings, Result } from './result.ts';
import { type Environment, fallbackOf, type Inputs, readInputs } from './settings/inputs.ts';
import { loadSettings } from './settings/load.ts';
import { strayTokens } from './settings/misplaced.ts';
import { secretsOf, TOKEN_INPUTS } from './settings/secrets.ts';
import { OPERATIONS, type Operation, type Settings } from './settings/settings.ts';

/**
 * The step: settings, operation, report. The only place that turns a failure into an exit code. The runner cancels a step with a
 * signal and kills it 7.5 seconds later, so everything that may take long ends when `cancel` is aborted.
 */
export async function main(): Promise<void> {
  saveState('step', 'begun');
  const start = performance.now();
  const environment: Environment = { ...process.env };
  const cancel = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => cancel.abort());

  const inputs = readInputs(environment);
  const secrets = new Secrets();
  const log = createLog({ secrets, environment });
  maskInputs(inputs, secrets, log.warning);
  const step: Step = {
    environment,
    inputs,
    secrets,
    log,
    signal: cancel.signal,
    elapsed: () => Math.round(performance.now() - start),
    findings: { phases: [], timeline: [], notices: log.notices },
  };

  const { settings, result } = await perform(step);
  const { report } = await import('./report/report.ts');
  await report(result, settings, step);
  process.exitCode = result.failure === undefined ? 0 : 1;
}
