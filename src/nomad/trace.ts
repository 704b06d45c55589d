import type { Job } from './api.ts';

/** Where a version of a job came from, as its tag tells. */
export interface Trace {
  /** What all that one step has deployed has in common, and no other: when the last of it was registered, in ISO 8601, by Nomad's clock. */
  readonly deployed: string;
  /** Of the registry, or of the repository of the workspace where the pack is a directory. */
  readonly commit?: string;
  /** Link to the run of the workflow. */
  readonly run?: string;
  /** Who started it. */
  readonly actor?: string;
  /** Of a version that went back: the `deployed` of what it took the place of. */
  readonly undoes?: string;
  /** Of a version that went back: the version that it went back to. */
  readonly backTo?: number;
}

/** @param submitted nanoseconds since 1970 */
export function timeOf(submitted: number): string {
  return new Date(Math.ceil(submitted / 1_000_000)).toISOString();
}

/** The tag's name, which no other version of the job has. */
export function tagName(version: number): string {
  return `nomad-pack-v${version}`;
}

/** `deployed=2026-11-26T00:00:00.000Z commit=c0ffee run=https://... actor=octocat`: one that people can read, too. */
export function describeTrace({ deployed, commit, run, actor, undoes, backTo }: Trace): string {
  const parts = { deployed, commit, run, actor, undoes, back_to: backTo };
  return Object.entries(parts)
    .filter(([, value]) => value !== undefined && !/\s/.test(String(value)))
    .map(([key, value]) => `${key}=${value}`)
    .join(' ');
}

/**
 * The trace of a version; undefined where it has none. What Nomad makes of a tagged version, as it does when it stops or reverts one, has
 * the tag of that one, which tells nothing of it.
 */
export function traceOf({ Version, VersionTag }: Pick<Job, 'Version' | 'VersionTag'>): Trace | undefined {
  if (VersionTag === undefined || VersionTag === null || VersionTag.Name !== tagName(Version)) return undefined;
  const parts = new Map(
    [...VersionTag.Description.matchAll(/(?:^| )(\w+)=(\S+)/g)].map(([, key, value]) => [key, value]),
  );
  // Whoever may submit the job may write anything into the tag.
  const part = (key: string, pattern: RegExp) => {
    const value = parts.get(key);
    return value !== undefined && pattern.test(value) ? value : undefined;
  };
  const deployed = part('deployed', TIME);
  if (deployed === undefined) return undefined;
  const commit = part('commit', /^[0-9a-f]{6,64}$/i);
  const run = part('run', /^https?:\/\/[\w./:@%-]+$/);
  const actor = part('actor', /^[\w[\]-]+$/);
  const undoes = part('undoes', TIME);
  const backTo = part('back_to', /^\d+$/);
  return {
    deployed,
    ...(commit !== undefined && { commit }),
    ...(run !== undefined && { run }),
    ...(actor !== undefined && { actor }),
    ...(undoes !== undefined && { undoes }),
    ...(backTo !== undefined && { backTo: Number(backTo) }),
  };
}

const TIME = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
