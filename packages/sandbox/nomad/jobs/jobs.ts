import type { Access } from '../acl/access.ts';
import { nowNanoseconds } from '../clock.ts';
import { HttpError } from '../http/errors.ts';
import { newId } from '../ids.ts';
import { multierror } from '../multierror.ts';
import { specChanged } from '../scheduler/changes.ts';
import { newEvaluation, type State } from '../state.ts';
import type { Job, VersionTag } from '../types.ts';
import { jobProblems, updateProblem } from './validate.ts';

export interface RegisterOptions {
  /** Refuse unless the job's `JobModifyIndex` is this one; 0 stands for a job that does not exist. */
  readonly enforceIndex?: number;
  /** Keep the counts that the groups have now. */
  readonly preserveCounts?: boolean;
}

/** What a change of a job came to. */
export interface JobChange {
  readonly index: number;
  readonly jobModifyIndex: number;
  /** Empty for periodic and parameterized jobs, which are not evaluated themselves. */
  readonly evaluationId: string;
  readonly evaluationIndex: number;
}

/** Registers, reverts and stops jobs, by the rules of Nomad's job endpoint. */
export class Jobs {
  private readonly state: State;

  constructor(state: State) {
    this.state = state;
  }

  /** @throws HttpError 500 with the validators' findings. */
  validate(job: Job): void {
    const problems = jobProblems(job, this.state);
    if (problems.length > 0) throw new HttpError(500, multierror(problems));
  }

  /**
   * Registers a job. One that is there already and says the same keeps its version and its indexes; all that comes of
   * it is an evaluation.
   *
   * @param capabilities those of which the caller must have one besides `submit-job`.
   * @throws HttpError 500 where the job is not valid or the index is another one, 403 where it may not be registered.
   */
  register(submitted: Job, access: Access, options: RegisterOptions = {}, ...capabilities: string[]): JobChange {
    this.validate(submitted);
    access.require(submitted.Namespace, 'submit-job', 'register-job', ...capabilities);
    const existing = this.state.job(submitted.Namespace, submitted.ID);
    if (options.enforceIndex !== undefined) enforceIndex(existing, options.enforceIndex);
    const problem = updateProblem(existing, submitted);
    if (problem !== undefined) throw new HttpError(500, problem);
    const counted = options.preserveCounts === true ? withCountsOf(submitted, existing) : submitted;
    const job = this.withPolicyIndexes(counted, existing);
    if (existing !== undefined && !specChanged(existing, job)) return this.evaluateAgain(existing);
    return this.commit({ ...job, Stable: false, SubmitTime: nowNanoseconds(), VersionTag: null }, 'job-register');
  }

  /** A scaling policy that is new gets its indexes in the job, too, where one that was there already does not. */
  private withPolicyIndexes(job: Job, existing: Job | undefined): Job {
    const index = this.state.index + 1;
    const TaskGroups = job.TaskGroups.map((group) => {
      const before = existing?.TaskGroups.find(({ Name }) => Name === group.Name)?.['Scaling'];
      const Scaling = group['Scaling'] as object | null;
      if (Scaling === null || (before !== undefined && before !== null)) return group;
      return { ...group, Scaling: { ...Scaling, CreateIndex: index, ModifyIndex: index } };
    });
    return { ...job, TaskGroups };
  }

  /**
   * Makes a new version out of an older one.
   *
   * @throws HttpError 500 where there is no such version or the current one is not `enforcePriorVersion`.
   */
  revert(
    namespace: string,
    id: string,
    version: number,
    enforcePriorVersion: number | undefined,
    access: Access,
  ): JobChange {
    const current = this.state.job(namespace, id);
    if (current === undefined) throw new HttpError(500, `job "${id}" not found`);
    if (version === current.Version) throw new HttpError(500, "can't revert to current version");
    const target = this.state.jobVersions(namespace, id).find((job) => job.Version === version);
    if (target === undefined) {
      throw new HttpError(500, `job "${id}" in namespace "${namespace}" at version ${version} not found`);
    }
    if (enforcePriorVersion !== undefined && current.Version !== enforcePriorVersion) {
      const message = `Current job has version ${current.Version}; enforcing version ${enforcePriorVersion}`;
      throw new HttpError(500, message);
    }
    return this.register({ ...target, VersionTag: null }, access, {}, 'revert-job');
  }

  /**
   * Tags a version of a job, which is not changed by it. A name is that of one version only.
   *
   * @throws HttpError 500 where there is no such version, or another one has the name.
   */
  tag(namespace: string, id: string, version: number, tag: VersionTag): number {
    const versions = this.state.jobVersions(namespace, id);
    if (versions.some((job) => job.VersionTag?.Name === tag.Name && job.Version !== version)) {
      throw new HttpError(500, `tag "${tag.Name}" already exists on a different version of job "${id}"`);
    }
    const job = versions.find((one) => one.Version === version);
    if (job === undefined) throw new HttpError(500, `job "${id}" version ${version} not found`);
    return this.state.commit(() => this.state.putVersionTag(job, tag));
  }

  /** @throws HttpError 500 where no version has such a tag. */
  untag(namespace: string, id: string, name: string): number {
    const job = this.state.jobVersions(namespace, id).find(({ VersionTag }) => VersionTag?.Name === name);
    if (job === undefined) throw new HttpError(500, `tag "${name}" not found on job "${id}"`);
    return this.state.commit(() => this.state.putVersionTag(job, null));
  }

  /** Stops a job, or with `purge` forgets it. A job that is not there is nothing to complain of. */
  deregister(namespace: string, id: string, purge: boolean): JobChange {
    const job = this.state.job(namespace, id);
    if (job === undefined) return { index: 0, jobModifyIndex: 0, evaluationId: '', evaluationIndex: 0 };
    const evaluated = !isLauncher(job);
    const evaluation = newEvaluation({ ...job, Type: 'service' }, newId(), 'job-deregister');
    const index = this.state.commit((commitIndex) => {
      if (purge) this.state.deleteJob(namespace, id);
      else this.state.putJobVersion({ ...job, Stop: true, SubmitTime: nowNanoseconds() });
      if (evaluated) this.state.putEvaluation({ ...evaluation, JobModifyIndex: commitIndex });
    });
    const evaluationId = evaluated ? evaluation.ID : '';
    return { index, jobModifyIndex: index, evaluationId, evaluationIndex: index };
  }

  /**
   * Has a job evaluated although it did not change.
   *
   * @throws HttpError 500 where there is no such job or it is never evaluated itself.
   */
  evaluate(namespace: string, id: string): JobChange {
    const job = this.state.job(namespace, id);
    if (job === undefined) throw new HttpError(500, 'job not found');
    if (job.Periodic !== null) throw new HttpError(500, "can't evaluate periodic job");
    if (job.ParameterizedJob !== null) throw new HttpError(500, "can't evaluate parameterized job");
    const evaluation = { ...newEvaluation(job, newId(), 'job-register'), JobModifyIndex: job.ModifyIndex };
    const index = this.state.commit(() => this.state.putEvaluation(evaluation));
    return { index, jobModifyIndex: job.ModifyIndex, evaluationId: evaluation.ID, evaluationIndex: index };
  }

  /** Writes a job and, where it is one that runs itself, the evaluation that starts it. */
  commit(job: Job, triggeredBy: string): JobChange {
    const evaluated = !isLauncher(job);
    const evaluation = newEvaluation(job, newId(), triggeredBy);
    const index = this.state.commit((commitIndex) => {
      this.state.putJobVersion(job);
      if (evaluated) this.state.putEvaluation({ ...evaluation, JobModifyIndex: commitIndex });
    });
    if (!evaluated) return { index, jobModifyIndex: index, evaluationId: '', evaluationIndex: 0 };
    return { index, jobModifyIndex: index, evaluationId: evaluation.ID, evaluationIndex: index };
  }

  private evaluateAgain(job: Job): JobChange {
    if (isLauncher(job)) {
      return { index: job.ModifyIndex, jobModifyIndex: job.ModifyIndex, evaluationId: '', evaluationIndex: 0 };
    }
    const evaluation = newEvaluation(job, newId(), 'job-register');
    const index = this.state.commit(() => this.state.putEvaluation(evaluation));
    return { index, jobModifyIndex: job.ModifyIndex, evaluationId: evaluation.ID, evaluationIndex: index };
  }
}

/** Whether the job only launches children: periodic and parameterized ones do. */
export function isLauncher(job: Job): boolean {
  return job.Periodic !== null || (job.ParameterizedJob !== null && !job.Dispatched);
}

function enforceIndex(existing: Job | undefined, index: number): void {
  const prefix = `Enforcing job modify index ${index}`;
  if (existing === undefined) {
    if (index !== 0) throw new HttpError(500, `${prefix}: job does not exist`);
  } else if (index === 0) {
    throw new HttpError(500, `${prefix}: job already exists`);
  } else if (index !== existing.JobModifyIndex) {
    const conflict = `job exists with conflicting job modify index: ${existing.JobModifyIndex}`;
    throw new HttpError(500, `${prefix}: ${conflict}`);
  }
}

function withCountsOf(job: Job, existing: Job | undefined): Job {
  const counts = new Map(existing?.TaskGroups.map((group) => [group.Name, group.Count]));
  const TaskGroups = job.TaskGroups.map((group) => ({ ...group, Count: counts.get(group.Name) ?? group.Count }));
  return { ...job, TaskGroups };
}
