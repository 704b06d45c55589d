import { tmpdir } from 'node:os';
import { ActionError, asActionError } from './errors.ts';
import { OPERATION_NAMES } from './operations.ts';
import { type ActionLog, createLog } from './report/log.ts';
import { Secrets } from './report/redact.ts';
import type { Findings, Operation, Result, Status } from './result.ts';
import { checkoutTokens } from './runner/checkout-token.ts';
import { issueCommand, printLine, saveState } from './runner/commands.ts';
import { PrivateFolder } from './runner/private-folder.ts';
import { tokensInTheClear } from './settings/clear-text.ts';
import { type Environment, fallbackOf, type Inputs, mistypedInputs, readInputs } from './settings/inputs.ts';
import { type Loaded, loadSettings } from './settings/load.ts';
import { strayTokens } from './settings/misplaced.ts';
import { secretsOf, secretsWithoutValue } from './settings/secrets.ts';
import type { Settings } from './settings/settings.ts';

/** What a step has at hand from its first moment. */
interface Step {
  readonly environment: Environment;
  readonly inputs: Inputs;
  readonly secrets: Secrets;
  readonly log: ActionLog;
  readonly findings: Findings;
  readonly signal: AbortSignal;
  /** Aborted when the last look at the cluster, after a cancel, has to be over. */
  readonly lastMoment: AbortSignal;
  /** Milliseconds since the step began. */
  readonly elapsed: () => number;
}

/**
 * From the signal to the end of the last look at the cluster. The runner kills a cancelled step after 7.5 seconds; of the five that the
 * action takes at most, a command has 2.5 to end, and what is left after the look is for the report and for tidying up. Milliseconds.
 */
const LAST_MOMENT = 3_500;

/**
 * The step: settings, operation, report. The only place that turns a failure into an exit code. The runner cancels a step with a
 * signal and kills it 7.5 seconds later, so everything that may take long ends when `signal` is aborted.
 */
export async function main(): Promise<void> {
  const unsaved = saveBeginning();
  const step = await beginStep();
  const { loaded, result } =
    unsaved === undefined
      ? await perform(step)
      : { loaded: undefined, result: failedResult(asActionError(unsaved), undefined, step) };
  const { tell } = await import('./tell.ts');
  const { environment, log, secrets, elapsed, signal } = step;
  await tell(
    { result, settings: loaded?.settings },
    {
      environment,
      log,
      secrets,
      elapsed,
      signal,
      operation: result.operation,
      githubToken: loaded?.credentials.githubToken,
    },
  );
  process.exitCode = result.failure === undefined ? 0 : 1;
}

/** The fault that keeps the post step from knowing that this step ran: it would take itself for the step. */
function saveBeginning(): unknown {
  try {
    saveState(process.env, 'step', 'begun');
    return undefined;
  } catch (error) {
    return error;
  }
}

async function beginStep(): Promise<Step> {
  const start = performance.now();
  const elapsed = () => Math.round(performance.now() - start);
  const environment: Environment = { ...process.env };
  const cancel = new AbortController();
  const lastMoment = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => cancel.abort(cancelled()));
  cancel.signal.addEventListener('abort', () => setTimeout(() => lastMoment.abort(), LAST_MOMENT).unref());

  const tooShort = new Set<string>();
  const secrets = new Secrets({
    mask: (value) => issueCommand('add-mask', value),
    onShort: (name) => tooShort.add(name),
  });
  const inputs = readInputs(environment);
  // Before anything can print it. A token in the wrong input is refused later, by a message that must not show it.
  for (const { name, value } of await secretsOf(inputs)) secrets.add(name, value);
  const found = checkoutTokens(
    environment['GITHUB_WORKSPACE'] || process.cwd(),
    environment['RUNNER_TEMP'] || tmpdir(),
  );
  for (const token of [...strayTokens(inputs), ...found]) secrets.add('GitHub token', token);
  // What `variable_sources` are read with.
  for (const name of ['VAULT_TOKEN', 'CONSUL_HTTP_TOKEN']) {
    const token = environment[name];
    if (token !== undefined && token !== '') secrets.add(name, token);
  }

  const findings: Findings = { phases: [], timeline: [], notices: [] };
  const log = createLog({
    output: { line: printLine, command: issueCommand },
    secrets,
    debugging: environment['RUNNER_DEBUG'] === '1',
    findings,
    elapsed,
  });
  for (const name of tooShort) {
    log.warning(`\`${name}\` is shorter than 6 characters, too short to be masked: it may show up in logs.`);
  }
  return {
    environment,
    inputs,
    secrets,
    log,
    findings,
    signal: cancel.signal,
    lastMoment: lastMoment.signal,
    elapsed,
  };
}

/** Runs the operation. Whatever goes wrong is part of the result, and what the step left on disk is gone. */
async function perform(step: Step): Promise<{ readonly loaded: Loaded | undefined; readonly result: Result }> {
  const { environment, inputs, log, findings } = step;
  const temporary = environment['RUNNER_TEMP'] || tmpdir();
  let loaded: Loaded | undefined;
  let folder: PrivateFolder | undefined;
  try {
    const workspace = environment['GITHUB_WORKSPACE'] || process.cwd();
    const privateFolder = await PrivateFolder.create(temporary);
    folder = privateFolder;
    // Known to the post step before anything secret is in it: when this process is killed, only that one runs.
    saveState(environment, 'folder', privateFolder.path);
    saveState(environment, 'key', privateFolder.key);
    loaded = await loadSettings(inputs, {
      workspace,
      variableOf: (input) => fallbackOf(environment, input),
      keepPrivate: async (name, text) => await privateFolder.write(name, text),
    });
    await warnAbout(loaded, step);
    return { loaded, result: await operateOn(loaded, privateFolder, temporary, step) };
  } catch (error) {
    return {
      loaded,
      result: failedResult(asActionError(step.signal.aborted ? step.signal.reason : error), loaded?.settings, step),
    };
  } finally {
    await folder?.remove().catch((error: unknown) => {
      log.warning(`The folder ${folder?.path} could not be removed: ${error instanceof Error ? error.message : error}`);
    });
    findings.notices = [...new Set(findings.notices)];
  }
}

async function operateOn(loaded: Loaded, folder: PrivateFolder, temporary: string, step: Step): Promise<Result> {
  const { createToolbox } = await import('./toolbox.ts');
  const tools = createToolbox({ ...step, ...loaded, folder, temporary });
  try {
    const { operate } = await import('./operations/operate.ts');
    // The report is needed at the end: it is loaded while the operation waits for others.
    const [result] = await Promise.all([operate(loaded.settings, tools), import('./tell.ts')]);
    return result;
  } finally {
    await tools.close();
  }
}

async function warnAbout({ settings, credentials }: Loaded, { inputs, environment, log }: Step): Promise<void> {
  if (inputs.registry !== undefined) log.warning('The input `registry` is the old name of `registry_name`; use that.');
  for (const { given, meant } of mistypedInputs(environment)) {
    log.warning(`There is no input \`${given}\`, so it has no effect; did you mean \`${meant}\`?`);
  }
  if (settings.operation !== 'setup' && settings.nomad.tls.skipVerify) {
    log.warning(
      '`nomad_skip_verify` is on: whoever is between this runner and Nomad can read the token and pose as Nomad.',
    );
  }
  for (const { level, text } of tokensInTheClear(settings, credentials, environment)) log[level](text);
  for (const name of await secretsWithoutValue(inputs)) {
    log.warning(
      `\`${name}\` in \`secret_variables\` has no value. Does the secret exist, and does the job name the \`environment:\` that it belongs to?`,
    );
  }
}

/** The result of a step that ended in an error: what it had found by then, and nothing that it only hoped for. */
function failedResult(failure: ActionError, settings: Settings | undefined, { inputs, findings }: Step): Result {
  const status: Status = failure.reason === 'cancelled' ? 'cancelled' : (findings.status ?? 'unknown');
  return {
    ...findings,
    operation: settings?.operation ?? askedOperation(inputs),
    status,
    health: findings.health ?? 'unknown',
    changed: findings.changed ?? false,
    jobs: findings.jobs ?? [],
    failure,
  };
}

function askedOperation({ operation }: Inputs): Operation {
  return OPERATION_NAMES.find((one) => one === operation) ?? 'deploy';
}

function cancelled(): ActionError {
  return new ActionError('cancelled', 'The step was cancelled.', {
    hint: 'What Nomad was told before stays so; `operation: status` says how the deployment fares.',
  });
}
