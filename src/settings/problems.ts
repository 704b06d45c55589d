import { ActionError, type FileLocation } from '../errors.ts';
import type { InputName } from './inputs.ts';

/** What is wrong with one input. The message reads on after the input's name: `is missing`, `must be a duration such as ...`. */
export class InputProblem extends Error {
  override readonly name = 'InputProblem';
  readonly input: InputName;
  /** The file that the input names, where the trouble is with that, and what to do about it. */
  readonly file: { readonly location: FileLocation; readonly hint: string } | undefined;

  constructor(input: InputName, message: string, file?: InputProblem['file']) {
    super(message);
    this.input = input;
    this.file = file;
  }
}

/** Where the inputs come from. */
export interface InputOrigins {
  /** The environment variable that an input's value came from, when the input itself was not set. */
  readonly variableOf: (input: InputName) => string | undefined;
  /** What is set and is not an input, and the input that it is probably meant to be. */
  readonly mistyped?: readonly { readonly given: string; readonly meant: InputName }[];
}

/**
 * One error that names every wrong input at once.
 */
export function inputError(
  problems: readonly InputProblem[],
  { variableOf, mistyped = [] }: InputOrigins,
): ActionError {
  const sentences = problems.map(({ input, message }) => {
    const variable = variableOf(input);
    const origin =
      variable === undefined || message.startsWith('is missing') ? '' : ` (from the environment variable ${variable})`;
    const slip = message.startsWith('is missing') ? mistyped.find(({ meant }) => meant === input) : undefined;
    const instead = slip === undefined ? '' : ` \`${slip.given}\`, which is set, is not an input.`;
    return `Input \`${input}\`${origin} ${message}.${instead}`;
  });
  const [first] = problems;
  const file = problems.length === 1 ? first?.file : undefined;
  const names = [...new Set(problems.map(({ input }) => `\`${input}\``))].join(', ');
  const todo = problems.every(({ message }) => message.startsWith('is missing')) ? 'Set' : 'Correct';
  return new ActionError(
    file === undefined ? 'input' : 'variable-file',
    problems.length === 1 ? sentences.join('') : [`${problems.length} inputs are wrong.`, ...sentences].join('\n'),
    {
      hint: file?.hint ?? `${todo} ${names} under \`with:\`. The README says what each input takes.`,
      ...(file !== undefined && { location: file.location }),
    },
  );
}
