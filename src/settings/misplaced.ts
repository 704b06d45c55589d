import type { InputName, Inputs } from './inputs.ts';
import { InputProblem } from './problems.ts';
import { isPem, TOKEN_INPUTS } from './secrets.ts';

/** The shapes of tokens that GitHub gives out: <https://docs.github.com/authentication/keeping-your-account-and-data-secure>. */
const GITHUB_TOKEN = /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,})\b/;

const MAY_HOLD_SECRETS: ReadonlySet<InputName> = new Set<InputName>([
  ...TOKEN_INPUTS,
  'secret_variables',
  'nomad_client_key',
]);

/** The inputs that hold a token by mistake, where it would be printed, stored, or become part of a job. */
export function misplacedSecrets(inputs: Inputs): InputProblem[] {
  const problems: InputProblem[] = [];
  for (const [key, text] of Object.entries(inputs)) {
    const input = key as InputName;
    if (MAY_HOLD_SECRETS.has(input)) continue;
    const token = TOKEN_INPUTS.find((name) => (inputs[name] ?? '').length >= 6 && text.includes(inputs[name] ?? ''));
    if (token !== undefined)
      problems.push(
        new InputProblem(
          input,
          `holds the value of \`${token}\`; a token belongs into its own input or \`secret_variables\` only`,
        ),
      );
    else if (GITHUB_TOKEN.test(text))
      problems.push(new InputProblem(input, 'holds a token of GitHub; use `registry_token`, or `secret_variables`'));
    else if (isPem(text) && text.includes('PRIVATE KEY'))
      problems.push(new InputProblem(input, 'holds a private key; use `nomad_client_key`, or `secret_variables`'));
  }
  return problems;
}

/** Tokens of GitHub's in whatever input they are, so that they can be masked before an error is printed. */
export function strayTokens(inputs: Inputs): string[] {
  return Object.values(inputs).flatMap((text) => text.match(new RegExp(GITHUB_TOKEN, 'g')) ?? []);
}
