import { type Remark, tokensInTheClear } from './clear-text.ts';
import { type Environment, type Inputs, mistypedInputs } from './inputs.ts';
import type { Loaded } from './load.ts';
import { secretsWithoutValue } from './secrets.ts';

/** What there is to say of the inputs once they are known to be right. */
export async function remarksOn(
  { settings, credentials }: Loaded,
  inputs: Inputs,
  environment: Environment,
): Promise<Remark[]> {
  const warnings = [
    ...(inputs.registry === undefined ? [] : ['The input `registry` is the old name of `registry_name`; use that.']),
    ...mistypedInputs(environment).map(
      ({ given, meant }) => `There is no input \`${given}\`, so it has no effect; did you mean \`${meant}\`?`,
    ),
    ...(settings.operation !== 'setup' && settings.nomad.tls.skipVerify
      ? ['`nomad_skip_verify` is on: whoever is between this runner and Nomad can read the token and pose as Nomad.']
      : []),
  ];
  const withoutValue = (await secretsWithoutValue(inputs)).map(
    (name) =>
      `\`${name}\` in \`secret_variables\` has no value. Does the secret exist, and does the job name the \`environment:\` that it belongs to?`,
  );
  const warn = (text: string): Remark => ({ level: 'warning', text });
  return [...warnings.map(warn), ...tokensInTheClear(settings, credentials, environment), ...withoutValue.map(warn)];
}
