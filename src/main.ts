import type { CombinedOutcome } from './combined.ts';
import { type ActionError, asActionError } from './errors.ts';
import { OPERATION_NAMES, OPERATIONS } from './operations.ts';
import { conclude, type End } from './record.ts';
import type { Operation, Outcome } from './result.ts';
import { saveState } from './runner/commands.ts';
import { PrivateFolder } from './runner/private-folder.ts';
import { fallbackOf, type Inputs, mistypedInputs } from './settings/inputs.ts';
import type { Loaded } from './settings/load.ts';
import { loadRun } from './settings/load-run.ts';
import { remarksOn } from './settings/remarks.ts';
import type { FileRun, Run } from './settings/run.ts';
import { beginStep, type Step } from './step.ts';

/** How the step ended: on one deployment or on none, or over those of a file. Without what was loaded, the inputs were wrong, or not looked at. */
type Performed =
  | { readonly end: End; readonly loaded?: Loaded; readonly operation: Operation }
  | { readonly outcome: CombinedOutcome; readonly run: FileRun };

/**
 * The step: settings, operation, report, exit code. The only place that turns a failure into an exit code. A cancel aborts the step's
 * signal, so everything that may take long ends with it.
 */
export async function main(): Promise<void> {
  const unsaved = saveBeginning();
  const step = await beginStep();
  const performed = await perform(step, unsaved);
  const failure = 'run' in performed ? await concludeRun(performed, step) : await concludeOne(performed, step);
  process.exitCode = failure === undefined ? 0 : 1;
}

async function concludeOne(
  { end, loaded, operation }: Extract<Performed, { end: unknown }>,
  step: Step,
): Promise<ActionError | undefined> {
  const result = conclude(operation, end, step.record);
  const { tell } = await import('./tell.ts');
  const untold = await tell(
    { result, settings: loaded?.settings },
    { ...step, githubToken: loaded?.credentials.githubToken },
  );
  return result.failure ?? untold;
}

async function concludeRun(
  { outcome, run }: Extract<Performed, { run: unknown }>,
  step: Step,
): Promise<ActionError | undefined> {
  const { tellCombined } = await import('./tell.ts');
  const end = { ...step.record.history(), ...outcome };
  const untold = await tellCombined(end, run.review, { ...step, githubToken: run.githubToken });
  return outcome.failure ?? untold;
}

/** The fault that keeps the post step from knowing that this step ran: it would take itself for the step. */
function saveBeginning(): { readonly fault: unknown } | undefined {
  try {
    saveState(process.env, 'step', 'begun');
    return undefined;
  } catch (fault) {
    return { fault };
  }
}

/** Does what the inputs ask for. Whatever goes wrong is part of what it returns, and what the step left on disk is gone. */
async function perform(step: Step, unsaved: ReturnType<typeof saveBeginning>): Promise<Performed> {
  let loaded: Loaded | undefined;
  try {
    if (unsaved !== undefined) throw unsaved.fault;
    return await inPrivateFolder(step, async (folder): Promise<Performed> => {
      const run = await readRun(step, folder);
      if (run.kind === 'matrix') return { operation: 'matrix', end: await (await OPERATIONS.matrix.load())(run.rows) };
      if (run.kind === 'file')
        return { run, outcome: await (await import('./run-file.ts')).runFile(run, folder, step) };
      loaded = run.loaded;
      return { operation: loaded.settings.operation, loaded, end: await operate(loaded, folder, step) };
    });
  } catch (error) {
    const end = { error: asActionError(step.signal.aborted ? step.signal.reason : error) };
    const operation = loaded?.settings.operation ?? askedOperation(step.inputs);
    return { operation, end, ...(loaded !== undefined && { loaded }) };
  }
}

/** Works in a folder that only this user can read. It is gone afterwards: by this step, or where that is killed, by the post step. */
async function inPrivateFolder<T>(
  { environment, temporary, log }: Step,
  work: (folder: PrivateFolder) => Promise<T>,
): Promise<T> {
  const folder = await PrivateFolder.create(temporary);
  try {
    // Known to the post step before anything secret is in it.
    saveState(environment, 'folder', folder.path);
    saveState(environment, 'key', folder.key);
    return await work(folder);
  } finally {
    await folder.remove().catch((error: unknown) => {
      log.warning(`The folder ${folder.path} could not be removed: ${error instanceof Error ? error.message : error}`);
    });
  }
}

async function readRun({ environment, inputs, workspace, log, signal }: Step, folder: PrivateFolder): Promise<Run> {
  const mistyped = mistypedInputs(environment);
  for (const { given, meant } of mistyped)
    log.warning(`There is no input \`${given}\`, so it has no effect; did you mean \`${meant}\`?`);
  const run = await loadRun(inputs, {
    workspace,
    variableOf: (input) => fallbackOf(environment, input),
    mistyped,
    keepPrivate: async (name, text) => await folder.write(name, text),
    differencesSince: async (question) => {
      const { differencesSince } = await import('./nomad-pack/differences.ts');
      return await differencesSince(question, { workspace, environment, signal, notice: log.notice });
    },
  });
  for (const { level, text } of await remarksOn(run, inputs, environment)) log[level](text);
  return run;
}

/** Runs the operation that the settings ask for. */
async function operate({ settings, credentials }: Loaded, folder: PrivateFolder, step: Step): Promise<Outcome> {
  const { createSetupTools, createToolbox } = await import('./toolbox.ts');
  if (settings.operation === 'setup') {
    const tools = createSetupTools({ ...step, settings });
    const setup = await OPERATIONS.setup.load();
    return await setup(tools);
  }
  const { Workshop } = await import('./workshop.ts');
  const workshop = new Workshop(settings.nomadPack, { ...step, folder });
  const options = { ...step, settings, credentials, folder, workshop, isOneOfMany: false };
  const { deployment, tools } = createToolbox(options);
  try {
    const work = await OPERATIONS[settings.operation].load();
    // The report is needed at the end: it is loaded while the operation waits for others.
    const [outcome] = await Promise.all([work(deployment, tools), import('./tell.ts')]);
    return outcome;
  } finally {
    await workshop.close();
  }
}

function askedOperation({ operation }: Inputs): Operation {
  return OPERATION_NAMES.find((one) => one === operation) ?? 'deploy';
}
