import { constants } from 'node:os';
import { ActionError } from '../errors.ts';
import { explainNomad, explainTitle, explainTrouble } from './failure-rules/cluster.ts';
import { explainRefusal, explainSpecification } from './failure-rules/job.ts';
import { explainNewerPack, explainPackFile } from './failure-rules/pack-files.ts';
import type { Explain, FailureContext } from './failure-rules/rule.ts';
import { explainRunner } from './failure-rules/runner.ts';
import { explainTemplate } from './failure-rules/template.ts';
import {
  explainInvalid,
  explainMissing,
  explainUndeclared,
  explainVariableFile,
  explainVariableSource,
} from './failure-rules/variables.ts';
import { type ErrorBlock, parseErrorBlocks, tail } from './output.ts';
import type { CommandOutcome } from './process.ts';

export type { FailureContext } from './failure-rules/rule.ts';

/**
 * The first one that knows what nomad-pack said explains it: what comes earlier is more exact. Words of the pack's own, such as those of
 * `fail` in a template, come before those that are looked for anywhere.
 */
const EXPLANATIONS: readonly Explain[] = [
  explainTitle,
  explainMissing,
  explainUndeclared,
  explainInvalid,
  explainVariableSource,
  explainNewerPack,
  explainPackFile,
  explainTemplate,
  explainVariableFile,
  explainSpecification,
  explainRunner,
  explainNomad,
  explainRefusal,
  explainTrouble,
  explainRest,
];

/** What the output of a command that failed means to the user; never a guess: what is not known is shown as it is. */
export function explainFailure(
  { output, exitCode, signal }: Pick<CommandOutcome, 'output' | 'exitCode' | 'signal'>,
  context: FailureContext,
): ActionError {
  if (signal !== undefined) return killed(context.command, signal);
  const crash = /^panic: .*/m.exec(output)?.[0];
  if (crash !== undefined) return crashed(context.command, crash);
  const blocks = parseErrorBlocks(output);
  const [block] = blocks;
  const unhealthy = block && rolloutFailure(block);
  if (unhealthy !== undefined) return unhealthy;
  for (const explain of saysSomething(block) ? EXPLANATIONS : []) {
    const explained = explain(blocks, context);
    if (explained === undefined) continue;
    const { reason, message, hint, location, passing = false } = explained;
    return new ActionError(reason, message, { hint, passing, ...(location !== undefined && { location }) });
  }
  return new ActionError(
    'output-not-understood',
    `\`${context.command}\` ended with exit code ${exitCode} and said nothing that this action understands:\n${tail(output)}`,
    {
      hint: 'The lines above are nomad-pack’s own. Run again with debug logging (ACTIONS_STEP_DEBUG) for all of them.',
    },
  );
}

/** A template may fail without a word: then the place is all that there is. */
function saysSomething(block: ErrorBlock | undefined): boolean {
  return block !== undefined && (block.error !== '' || Boolean(block.context['Filename']));
}

/** Signals that a program gets for its own mistakes. */
const CRASHES: ReadonlySet<NodeJS.Signals> = new Set(['SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGTRAP']);

/** What to throw for a command that was ended from outside. */
export function killed(command: string, signal: NodeJS.Signals): ActionError {
  const words = `\`${command}\` was ended by the signal ${signal} (${constants.signals[signal]})`;
  if (CRASHES.has(signal)) return crashed(command, words);
  return new ActionError('runner', `${words}, which this action did not send.`, {
    hint:
      signal === 'SIGKILL'
        ? 'Most often the system does that when the runner’s memory is used up: use a runner with more of it, or run fewer things at once.'
        : 'Look for what ends processes on the runner.',
    passing: true,
  });
}

/** An answer of Nomad's that nomad-pack does not expect is enough for that. */
function crashed(command: string, words: string): ActionError {
  return new ActionError('nomad-pack-failed', `\`${command}\` crashed: ${words}`, {
    hint: 'That is a fault of nomad-pack: try another `nomad_pack_version`.',
    passing: true,
  });
}

/** `run` of a version that watches the rollout itself has no more to say of one that fails than a title. */
function rolloutFailure({ title, error }: ErrorBlock): ActionError | undefined {
  const words = /^\S+: (Deployment "[^"]+" failed)$/.exec(title)?.[1];
  if (words === undefined || error !== '') return undefined;
  return new ActionError('unhealthy', `nomad-pack says: ${words}.`, {
    hint: 'Look at the events and logs of its tasks.',
  });
}

function explainRest([block]: readonly ErrorBlock[], { command }: FailureContext) {
  return (
    block && {
      reason: 'nomad-pack-failed' as const,
      message: `\`${command}\` failed: ${block.title}: ${block.error}`,
      hint: 'The words above are nomad-pack’s own.',
    }
  );
}
