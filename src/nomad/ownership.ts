import { ActionError } from '../errors.ts';
import type { Job, JobRef } from './api.ts';
import { jobKey, type Owner } from './jobs.ts';
import { packIdentity, type SurveyedChild, type SurveyedJob } from './survey.ts';

/** What is there before a deploy. */
export interface Found {
  readonly jobs: readonly SurveyedJob[];
  readonly children: readonly SurveyedChild[];
  /** Jobs that have the id and namespace of a rendered one, by `jobKey`. */
  readonly existing: ReadonlyMap<string, Job>;
}

/** What `nomad-pack run` stops besides registering the pack's jobs; it differs from version to version. */
export interface Reach {
  /** Jobs of the deployment's name that the pack does not have. */
  readonly jobs: boolean;
  /** What periodic and parameterized jobs of that name have launched. */
  readonly children: boolean;
}

/** A job of another pack or another namespace under the deployment's name. */
export interface ForeignJob extends JobRef {
  readonly effect: 'stop' | 'replace';
  /** Which of the two makes it another's. */
  readonly other: 'pack' | 'namespace';
  readonly packName: string;
}

/** A job that has the id of a rendered one but is of another deployment, or of none. */
export interface ConflictingJob extends JobRef {
  readonly deploymentName: string | undefined;
  readonly packName: string;
}

/** What a deploy would do to jobs besides registering the rendered ones. */
export interface Ownership {
  /** Jobs of the deployment that the pack no longer has: the deploy stops them. */
  readonly stops: readonly SurveyedJob[];
  /** Running children of the deployment's periodic and parameterized jobs that the deploy stops, too. */
  readonly children: readonly SurveyedChild[];
  readonly foreign: readonly ForeignJob[];
  readonly conflicts: readonly ConflictingJob[];
  /** Jobs of no deployment that the deploy takes over, as it is told to. */
  readonly adopted: readonly ConflictingJob[];
}

/**
 * Compares what the pack renders with what is there. `nomad-pack run` stops, as far as it reaches, every job that is not dead, carries the
 * deployment's name and has an id that was not rendered, whatever its pack and namespace; and it replaces a job of the same deployment and
 * id whatever its pack. A pack is known by its name; where its registry differs, it has moved.
 *
 * @param adopt ids of jobs that may be taken over where they are of no deployment
 */
export function compareOwnership(
  owner: Owner,
  rendered: readonly JobRef[],
  found: Found,
  reach: Reach = { jobs: true, children: true },
  adopt: ReadonlySet<string> = new Set(),
): Ownership {
  const ids = new Set(rendered.map((job) => job.id));
  const keys = new Set(rendered.map(jobKey));
  const namespaces = new Set(rendered.map((job) => job.namespace));
  const isStopped = (job: SurveyedJob) => job.status !== 'dead' && !ids.has(job.id);
  const isOwn = (job: SurveyedJob) => job.pack.name === owner.packName && namespaces.has(job.namespace);
  const stopped = reach.jobs ? found.jobs.filter(isStopped) : [];
  const stoppedChildren = reach.children ? found.children.filter(isStopped) : [];
  const replaced = found.jobs.filter((job) => keys.has(jobKey(job)) && !job.stop && job.pack.name !== owner.packName);
  const foreign = (job: SurveyedJob, effect: ForeignJob['effect']): ForeignJob => ({
    id: job.id,
    namespace: job.namespace,
    effect,
    other: job.pack.name === owner.packName ? 'namespace' : 'pack',
    packName: job.pack.name,
  });
  const conflicts = rendered.flatMap((job) => conflict(owner, job, found.existing.get(jobKey(job))));
  const isAdopted = ({ id, deploymentName }: ConflictingJob) => deploymentName === undefined && adopt.has(id);
  return {
    stops: stopped.filter(isOwn),
    children: stoppedChildren.filter(isOwn),
    foreign: [
      ...[...stopped, ...stoppedChildren].filter((job) => !isOwn(job)).map((job) => foreign(job, 'stop')),
      ...replaced.map((job) => foreign(job, 'replace')),
    ],
    conflicts: conflicts.filter((job) => !isAdopted(job)),
    adopted: conflicts.filter(isAdopted),
  };
}

function conflict(owner: Owner, { id, namespace }: JobRef, existing: Job | undefined): ConflictingJob[] {
  if (existing === undefined) return [];
  const deploymentName = existing.Meta?.['pack.deployment_name'];
  if (deploymentName === owner.deploymentName) return [];
  return [{ id, namespace, deploymentName, packName: packIdentity(existing.Meta).name }];
}

/**
 * Why a deploy that would take what is not its own is refused: `job-conflict` for ids that another deployment, or nobody, owns;
 * `would-stop-others` for jobs of another pack or namespace, unless those may be replaced. Empty where it takes nothing.
 */
export function ownershipFaults(
  owner: Owner,
  { conflicts, foreign }: Ownership,
  { allowReplace }: { readonly allowReplace: boolean },
): ActionError[] {
  const faults: ActionError[] = [];
  const [first] = conflicts;
  if (first !== undefined) {
    const fault = new ActionError('job-conflict', conflicts.map((job) => describeConflict(owner, job)).join('\n'), {
      hint:
        first.deploymentName === undefined
          ? `Let the pack use another job id. If it is this deployment’s job, which lost its metadata or was deployed by hand, take it over with \`adopt_jobs: ${first.id}\`. If nobody needs it, stop it: \`nomad job stop -purge ${first.id}\`.`
          : `Set \`deployment_name\` (\`name\` in a deployments file) to \`${first.deploymentName}\` if it is the same deployment; else let the pack use another job id.`,
    });
    faults.push(fault);
  }
  if (foreign.length > 0 && !allowReplace) {
    const fault = new ActionError('would-stop-others', foreign.map((job) => describeForeign(owner, job)).join('\n'), {
      hint: 'Choose another `deployment_name` (`name` in a deployments file). If those jobs are to go, set `allow_replace: true`.',
    });
    faults.push(fault);
  }
  return faults;
}

/** `Job "web" in namespace "default" belongs to deployment "demo" of pack "web", not to ...` */
export function describeConflict(owner: Owner, { id, namespace, deploymentName, packName }: ConflictingJob): string {
  const job = `Job "${id}" in namespace "${namespace}"`;
  if (deploymentName === undefined) return `${job} was not deployed by nomad-pack, or has lost nomad-pack’s metadata`;
  return `${job} belongs to deployment "${deploymentName}" of pack "${packName}", not to deployment "${owner.deploymentName}" of pack "${owner.packName}"`;
}

/** `Deploying pack "batch" as "shared" would stop job "web" of pack "web" in namespace "default"`. */
export function describeForeign(owner: Owner, { id, namespace, effect, packName }: ForeignJob): string {
  const pack = packName === '' ? 'no known pack' : `pack "${packName}"`;
  return `Deploying pack "${owner.packName}" as "${owner.deploymentName}" would ${effect} job "${id}" of ${pack} in namespace "${namespace}"`;
}
