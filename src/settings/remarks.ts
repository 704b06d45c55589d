import { type Remark, tokensInTheClear } from './clear-text.ts';
import type { Environment, Inputs } from './inputs.ts';
import type { Loaded } from './load.ts';
import type { Run } from './run.ts';
import { secretsWithoutValue } from './secrets.ts';

/** What there is to say of the inputs once they are known to be right; what is said of several deployments is said once. */
export async function remarksOn(run: Run, inputs: Inputs, environment: Environment): Promise<Remark[]> {
  const withoutValue = (await namesWithoutValue(run, inputs)).map((name) =>
    warn(
      `\`${name}\` in \`secret_variables\` has no value. Does the secret exist, and does the job name the \`environment:\` that it belongs to?`,
    ),
  );
  const remarks = [
    ...(inputs.registry === undefined
      ? []
      : [warn('The input `registry` is the old name of `registry_name`; use that.')]),
    ...loadedOf(run).flatMap((loaded) => remarksOnLoaded(loaded, environment)),
    ...withoutValue,
  ];
  return [...new Map(remarks.map((remark) => [remark.text, remark])).values()];
}

function remarksOnLoaded({ settings, credentials }: Loaded, environment: Environment): Remark[] {
  const isUnverified = settings.operation !== 'setup' && settings.nomad.tls.skipVerify;
  return [
    ...(isUnverified
      ? [
          warn(
            '`nomad_skip_verify` is on: whoever is between this runner and Nomad can read the token and pose as Nomad.',
          ),
        ]
      : []),
    ...tokensInTheClear(settings, credentials, environment),
  ];
}

function loadedOf(run: Run): Loaded[] {
  switch (run.kind) {
    case 'single':
      return [run.loaded];
    case 'file':
      return run.entries.map(({ loaded }) => loaded);
    case 'matrix':
      return [];
  }
}

/** Of a deployment of a file, with its name there before it: `web.password`. */
async function namesWithoutValue(run: Run, inputs: Inputs): Promise<string[]> {
  if (run.kind === 'single') return await secretsWithoutValue(inputs);
  if (run.kind === 'matrix') return [];
  return run.entries.flatMap(({ key, loaded: { settings } }) =>
    (settings.variables.withoutValue ?? []).map((name) => `${key}.${name}`),
  );
}

function warn(text: string): Remark {
  return { level: 'warning', text };
}
