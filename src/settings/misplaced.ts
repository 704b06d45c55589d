import type { InputName, Inputs } from './inputs.ts';
import { InputProblem } from './problems.ts';
import { isPem, TOKEN_INPUTS } from './secrets.ts';

/** The shapes of tokens that GitHub gives out: <https://docs.github.com/authentication/keeping-your-account-and-data-secure>. */
const GITHUB_TOKEN = /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,})\b/;

export const MAY_HOLD_SECRETS: ReadonlySet<InputName> = new Set<InputName>([
  ...TOKEN_INPUTS,
  'secret_variables',
  'nomad_client_key',
  'nomad_http_auth',
]);

/**
 * What tokens, keys and passwords look like, whoever they are of. Not to be sure is enough: a text that is shown by mistake cannot be taken back.
 */
const CREDENTIALS: readonly RegExp[] = [
  GITHUB_TOKEN,
  // PEM, plain and in base64, and JSON Web Tokens.
  /-----BEGIN |LS0tLS1CRUdJT|\beyJ[\w-]/,
  // A user or password in a URL.
  /\/\/[^/@\s]*@/,
  // Vault's tokens, and what a name says.
  /\bhv[sbr]\.|(?:passw|secret|token|credential|api.?key)[^=:\s]*\s*[=:]/i,
  // Letters and digits that nobody would remember: identifiers, hashes, base64.
  /(?=[\w+/=-]*\d)(?=[\w+/=-]*[A-Za-z])[\w+/=-]{20}/,
];

/** Whether a text looks as if nobody should see it. */
export function holdsCredential(text: string): boolean {
  return holdsToken(text) || CREDENTIALS.some((pattern) => pattern.test(text));
}

/** What only a token or a private key looks like. */
const TOKENS: readonly RegExp[] = [
  GITHUB_TOKEN,
  // GitLab, Vault, AWS, Slack, JSON Web Tokens, keys in PEM.
  /\bglpat-[\w-]{20,}/,
  /\bhv[sbr]\.[\w-]{20,}/,
  /\bAKIA[0-9A-Z]{16}\b/,
  /\bxox[abprs]-[\w-]{10,}/,
  /\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
];

/** Whether a text is, or holds, what can be nothing but a token or a private key. */
export function holdsToken(text: string): boolean {
  return TOKENS.some((pattern) => pattern.test(text));
}

/** The inputs that hold a token by mistake, where it would be printed, stored, become part of a job, or be sent to the wrong place. */
export function misplacedSecrets(inputs: Inputs): InputProblem[] {
  const problems = mixedUpTokens(inputs);
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

/** Each would go to the other's host. */
function mixedUpTokens({ nomad_token, registry_token }: Inputs): InputProblem[] {
  if (nomad_token === undefined) return [];
  if (GITHUB_TOKEN.test(nomad_token))
    return [new InputProblem('nomad_token', 'holds a token of GitHub, which Nomad must not see; use `registry_token`')];
  return nomad_token === registry_token
    ? [new InputProblem('nomad_token', 'and `registry_token` hold the same token; each goes to a host of its own')]
    : [];
}

/** Tokens of GitHub's in whatever input they are, so that they can be masked before an error is printed. */
export function strayTokens(inputs: Inputs): string[] {
  return Object.values(inputs).flatMap((text) => text.match(new RegExp(GITHUB_TOKEN, 'g')) ?? []);
}
