import { holdsToken } from '../misplaced.ts';
import { findCycle } from './graph.ts';
import { type FilePath, type PathProblem, suggestion } from './problems.ts';
import { type ResolvedDeployment, resolveDeployments } from './resolve.ts';
import type { DeploymentEntry, DeploymentsFile } from './schema.ts';

/** What is wrong with a file whose parts are right one by one. */
export function checkFile(file: DeploymentsFile): PathProblem[] {
  const problems = [...checkSecrets(file, []), ...Object.entries(file.deployments).flatMap(checkEntry(file))];
  return problems.length > 0 ? problems : [...checkCycle(file), ...checkTwins(file)];
}

/** A file of a repository can be read by all who can read that; secrets come by the step. */
function checkSecrets(value: unknown, path: FilePath): PathProblem[] {
  if (typeof value === 'string') {
    return holdsToken(value)
      ? [
          {
            path,
            message: 'This looks like a token. Give it in the input `secret_variables`, and take it out of the file.',
          },
        ]
      : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    checkSecrets(member, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

function checkEntry(file: DeploymentsFile): (entry: [string, DeploymentEntry]) => PathProblem[] {
  return ([name, entry]) => [
    ...checkPack(file, name, entry),
    ...checkRef(name, entry),
    ...checkNeeds(file, name, entry),
    ...checkEnvironments(file, name, entry),
  ];
}

function checkPack({ registries = {} }: DeploymentsFile, name: string, { pack }: DeploymentEntry): PathProblem[] {
  const path = ['deployments', name, 'pack'];
  if (isDirectory(pack)) return [];
  const [registry = '', packName, ...rest] = pack.split('/');
  if (packName === undefined || packName === '' || rest.length > 0) {
    return [
      { path, message: `\`${pack}\` must be \`registry/pack\`, or a directory such as \`./packs/${registry}\`.` },
    ];
  }
  if (Object.hasOwn(registries, registry)) return [];
  return [
    {
      path,
      message: `The registry \`${registry}\` is not among the \`registries\` of the file${suggestion(registry, Object.keys(registries))}. A directory begins with \`./\`.`,
    },
  ];
}

/** A directory is as it is in the workspace. */
function checkRef(name: string, { pack, ref, environments = {} }: DeploymentEntry): PathProblem[] {
  if (!isDirectory(pack)) return [];
  const places = [
    { path: ['deployments', name, 'ref'], ref },
    ...Object.entries(environments).map(([key, own]) => ({
      path: ['deployments', name, 'environments', key, 'ref'],
      ref: own.ref,
    })),
  ];
  return places
    .filter((place) => place.ref !== undefined)
    .map(({ path }) => ({ path, atKey: true, message: `\`${pack}\` is a directory, which has no \`ref\`.` }));
}

/** Whether a pack of the file is a directory of the workspace. */
export function isDirectory(pack: string): boolean {
  return /^\.{0,2}\//.test(pack);
}

function checkNeeds(
  { deployments }: DeploymentsFile,
  name: string,
  { needs = [], state }: DeploymentEntry,
): PathProblem[] {
  return needs.flatMap((need, index) => {
    const path = ['deployments', name, 'needs', index];
    const needed = Object.hasOwn(deployments, need) ? deployments[need] : undefined;
    if (needed === undefined) {
      return [
        {
          path,
          message: `There is no deployment \`${need}\` in the file${suggestion(need, Object.keys(deployments))}.`,
        },
      ];
    }
    return needed.state === 'absent' && state !== 'absent'
      ? [{ path, message: `\`${name}\` needs \`${need}\`, whose \`state\` is \`absent\`.` }]
      : [];
  });
}

function checkEnvironments(file: DeploymentsFile, name: string, { environments = {} }: DeploymentEntry): PathProblem[] {
  const known = Object.keys(file.environments ?? {});
  return Object.keys(environments)
    .filter((environment) => !known.includes(environment))
    .map((environment) => ({
      path: ['deployments', name, 'environments', environment],
      atKey: true,
      message: `There is no environment \`${environment}\` in the file${suggestion(environment, known)}.`,
    }));
}

function checkCycle({ deployments }: DeploymentsFile): PathProblem[] {
  const needs = new Map(Object.entries(deployments).map(([name, entry]) => [name, entry.needs ?? []]));
  const [first, ...others] = findCycle(needs) ?? [];
  if (first === undefined) return [];
  const way = [first, ...others, first].map((name) => `\`${name}\``).join(' needs ');
  return [{ path: ['deployments', first, 'needs'], message: `These deployments wait for each other: ${way}.` }];
}

/** Two entries that would be one deployment of the cluster: each would stop the other's jobs. */
function checkTwins(file: DeploymentsFile): PathProblem[] {
  const environments = Object.keys(file.environments ?? {});
  const names = environments.length > 0 ? environments : [undefined];
  const problems = names.flatMap((environment) => twinsOf(resolveDeployments(file, environment), environment));
  // One pair is told once, not for each environment.
  return [...new Map(problems.map((problem) => [String(problem.path), problem])).values()];
}

function twinsOf(resolved: readonly ResolvedDeployment[], environment: string | undefined): PathProblem[] {
  const seen = new Map<string, ResolvedDeployment>();
  return resolved.flatMap((deployment) => {
    const { settings, name, key } = deployment;
    const place = JSON.stringify([settings.nomad_addr, settings.region, settings.namespace ?? 'default', name]);
    const twin = seen.get(place);
    seen.set(place, deployment);
    if (twin === undefined) return [];
    const where = environment === undefined ? '' : ` in the environment \`${environment}\``;
    return [
      {
        path: ['deployments', key],
        atKey: true,
        message: `\`${twin.key}\` and \`${key}\` are both called \`${name}\` in one namespace of one cluster${where}. Give one of them another \`name\`.`,
      },
    ];
  });
}
