import { tmpdir } from 'node:os';
import { ActionError } from './errors.ts';
import { WorkRecord } from './record.ts';
import { type ActionLog, createLog } from './report/log.ts';
import { Secrets } from './report/redact.ts';
import { checkoutTokens } from './runner/checkout-token.ts';
import { issueCommand, printLine } from './runner/commands.ts';
import { type Environment, environmentOf, type Inputs, readInputs } from './settings/inputs.ts';
import { strayTokens } from './settings/misplaced.ts';
import { secretsOf } from './settings/secrets.ts';

/** What a step has at hand from its first moment. */
export interface Step {
  readonly environment: Environment;
  readonly inputs: Inputs;
  /** The folder that relative paths are relative to. Absolute. */
  readonly workspace: string;
  /** The folder for temporary files. Absolute. */
  readonly temporary: string;
  readonly secrets: Secrets;
  readonly log: ActionLog;
  readonly record: WorkRecord;
  /** Aborted when the step is cancelled. */
  readonly signal: AbortSignal;
  /** Aborted when the last look at the cluster, after a cancel, has to be over. */
  readonly lastMoment: AbortSignal;
  /** Milliseconds since the step began. */
  readonly elapsed: () => number;
  /** A log and a record of their own for a deployment among others, whose lines name it. */
  readonly part: (name: string) => Part;
}

/** What one deployment among others says, and what becomes known of it. */
export type Part = Pick<Step, 'log' | 'record'>;

/**
 * From the signal to the end of the last look at the cluster. The runner kills a cancelled step after 7.5 seconds; of the five that the
 * action takes at most, a command has 2.5 to end, and what is left after the look is for the report and for tidying up. Milliseconds.
 */
const LAST_MOMENT = 3_500;

/** Begins the step: from now on it can be cancelled, and nothing that is secret can be printed. */
export async function beginStep(): Promise<Step> {
  const start = performance.now();
  const elapsed = () => Math.round(performance.now() - start);
  const environment = environmentOf(process.env);
  const inputs = readInputs(environment);
  const places = {
    workspace: environment['GITHUB_WORKSPACE'] || process.cwd(),
    temporary: environment['RUNNER_TEMP'] || tmpdir(),
  };
  const signals = heedCancel();

  const tooShort = new Set<string>();
  const secrets = new Secrets({
    mask: (value) => issueCommand('add-mask', value),
    onShort: (name) => tooShort.add(name),
  });
  await addSecrets(secrets, { environment, inputs, ...places });

  const part = (name?: string): Part => {
    const record = new WorkRecord(elapsed);
    const log = createLog({
      output: { line: printLine, command: issueCommand },
      secrets,
      debugging: environment['RUNNER_DEBUG'] === '1',
      record,
      elapsed,
      ...(name !== undefined && { name }),
    });
    return { record, log };
  };
  const { record, log } = part();
  for (const name of tooShort) {
    log.warning(`\`${name}\` is shorter than 6 characters, too short to be masked: it may show up in logs.`);
  }
  return { environment, inputs, ...places, secrets, log, record, ...signals, elapsed, part };
}

/** The runner cancels a step with a signal, and kills it 7.5 seconds later. */
function heedCancel(): Pick<Step, 'signal' | 'lastMoment'> {
  const cancel = new AbortController();
  const lastMoment = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => cancel.abort(cancelled()));
  cancel.signal.addEventListener('abort', () => setTimeout(() => lastMoment.abort(), LAST_MOMENT).unref());
  return { signal: cancel.signal, lastMoment: lastMoment.signal };
}

/** Before anything can print them. A token in the wrong input is refused later, by a message that must not show it. */
async function addSecrets(
  secrets: Secrets,
  { environment, inputs, workspace, temporary }: Pick<Step, 'environment' | 'inputs' | 'workspace' | 'temporary'>,
): Promise<void> {
  for (const { name, value } of await secretsOf(inputs)) secrets.add(name, value);
  for (const token of [...strayTokens(inputs), ...checkoutTokens(workspace, temporary)]) {
    secrets.add('GitHub token', token);
  }
  // What `variable_sources` are read with.
  for (const name of ['VAULT_TOKEN', 'CONSUL_HTTP_TOKEN']) {
    const token = environment[name];
    if (token !== undefined && token !== '') secrets.add(name, token);
  }
}

function cancelled(): ActionError {
  return new ActionError('cancelled', 'The step was cancelled.', {
    hint: 'What Nomad was told before that stands; `operation: status` says how the deployment is doing.',
  });
}
