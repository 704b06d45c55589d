import { EventEmitter } from 'node:events';
import { nowNanoseconds } from './clock.ts';
import { isActive, isDone, jobStatus, summarize } from './job-status.ts';
import type { Allocation, Deployment, Evaluation, Job, JobSummary, Namespace, Variable, VersionTag } from './types.ts';

export type Table =
  | 'jobs'
  | 'job_version'
  | 'job_summary'
  | 'allocs'
  | 'evals'
  | 'deployment'
  | 'namespaces'
  | 'variables'
  | 'acl_token';

/** Nomad keeps this many versions of a job. */
const trackedVersions = 6;

/** What identifies a job: its namespace and id. */
export function jobKey(namespace: string, id: string): string {
  return `${namespace}\0${id}`;
}

/** What one step of the state wrote. */
export interface Change {
  readonly index: number;
  readonly allocations: readonly string[];
  /** Keys (`jobKey`) of the jobs that were written, or something of them. */
  readonly jobs: readonly string[];
}

/**
 * The cluster's state. Records are never changed in place: a write puts a new one, so whoever holds an old one sees what
 * was. Every `commit` is one step of Nomad's index; listeners of `change` see the state after it, never in between.
 */
export class State {
  readonly events = new EventEmitter<{ change: [Change] }>();
  private readonly jobs = new Map<string, Job>();
  private readonly versions = new Map<string, Job[]>();
  private readonly summaries = new Map<string, JobSummary>();
  private readonly allocations = new JobIndexed<Allocation>();
  private readonly evaluations = new JobIndexed<Evaluation>();
  private readonly deployments = new JobIndexed<Deployment>();
  private readonly openEvaluations = new Set<string>();
  private readonly activeDeployments = new Set<string>();
  private readonly namespaces = new Map<string, Namespace>();
  private readonly variables = new Map<string, Variable>();
  private readonly tableIndexes = new Map<Table, number>();
  private readonly touchedJobs = new Set<string>();
  private readonly touchedAllocations = new Set<string>();
  private currentIndex = 0;

  constructor() {
    // One blocking query is one listener, and a hundred of them are not a leak.
    this.events.setMaxListeners(0);
    this.commit(() => this.putNamespace({ Name: 'default', Description: 'Default shared namespace', Meta: null }));
  }

  get index(): number {
    return this.currentIndex;
  }

  /** The index of the last write to any of the tables, at least 1. */
  indexOf(...tables: Table[]): number {
    return Math.max(1, ...tables.map((table) => this.tableIndexes.get(table) ?? 0));
  }

  /** Runs the writes as one step and returns its index. */
  commit(write: (index: number) => void): number {
    this.currentIndex += 1;
    const index = this.currentIndex;
    write(index);
    const jobs = [...this.touchedJobs];
    for (const key of jobs) this.refreshJob(key);
    this.touchedJobs.clear();
    const allocations = [...this.touchedAllocations];
    this.touchedAllocations.clear();
    this.events.emit('change', { index, allocations, jobs });
    return index;
  }

  job(namespace: string, id: string): Job | undefined {
    return this.jobs.get(jobKey(namespace, id));
  }

  /** All jobs, ordered by namespace and id. */
  allJobs(): Job[] {
    return [...this.jobs.values()].sort((a, b) => compare(a.Namespace, b.Namespace) || compare(a.ID, b.ID));
  }

  /** The children of a periodic or parameterized job. */
  children(namespace: string, id: string): Job[] {
    return [...this.jobs.values()].filter((job) => job.Namespace === namespace && job.ParentID === id);
  }

  /** The versions of a job, newest first. */
  jobVersions(namespace: string, id: string): readonly Job[] {
    return (this.versions.get(versionsKey(namespace, id)) ?? []).filter((version) => version.ID === id);
  }

  summary(namespace: string, id: string): JobSummary | undefined {
    return this.summaries.get(jobKey(namespace, id));
  }

  allocation(id: string): Allocation | undefined {
    return this.allocations.get(id);
  }

  allAllocations(): Allocation[] {
    return this.allocations.all();
  }

  /** The allocations under a job's id; those of an earlier, purged job of that id only with `anyJob`. */
  jobAllocations(namespace: string, id: string, anyJob = false): Allocation[] {
    const created = this.job(namespace, id)?.CreateIndex;
    const all = this.allocations.ofJob(namespace, id);
    return anyJob || created === undefined ? all : all.filter((alloc) => alloc.Job.CreateIndex === created);
  }

  evaluation(id: string): Evaluation | undefined {
    return this.evaluations.get(id);
  }

  jobEvaluations(namespace: string, id: string): Evaluation[] {
    return this.evaluations.ofJob(namespace, id);
  }

  allEvaluations(): Evaluation[] {
    return this.evaluations.all();
  }

  /** The evaluations that are pending or blocked, oldest first. */
  undoneEvaluations(): Evaluation[] {
    return [...this.openEvaluations].flatMap((id) => this.evaluations.get(id) ?? []);
  }

  /** The deployments that are running or paused. */
  unfinishedDeployments(): Deployment[] {
    return [...this.activeDeployments].flatMap((id) => this.deployments.get(id) ?? []);
  }

  deployment(id: string): Deployment | undefined {
    return this.deployments.get(id);
  }

  allDeployments(): Deployment[] {
    return this.deployments.all();
  }

  /** The deployments of a job, without those of an earlier, purged job of that id unless `anyJob` is given. */
  jobDeployments(namespace: string, id: string, anyJob = false): Deployment[] {
    const created = this.job(namespace, id)?.CreateIndex;
    const all = this.deployments.ofJob(namespace, id);
    return anyJob || created === undefined ? all : all.filter((deployment) => deployment.JobCreateIndex === created);
  }

  latestDeployment(namespace: string, id: string): Deployment | undefined {
    return this.jobDeployments(namespace, id).toSorted((a, b) => b.CreateIndex - a.CreateIndex)[0];
  }

  namespace(name: string): Namespace | undefined {
    return this.namespaces.get(name);
  }

  allNamespaces(): Namespace[] {
    return [...this.namespaces.values()].sort((a, b) => compare(a.Name, b.Name));
  }

  /**
   * Writes a new version of a job: version, indexes and status are set here. The job's `Stable` and `SubmitTime` are
   * taken as they come.
   */
  putJobVersion(job: Job): Job {
    const key = jobKey(job.Namespace, job.ID);
    const existing = this.jobs.get(key);
    const written: Job = {
      ...job,
      CreateIndex: existing?.CreateIndex ?? this.currentIndex,
      ModifyIndex: this.currentIndex,
      JobModifyIndex: this.currentIndex,
      Version: existing === undefined ? 0 : existing.Version + 1,
    };
    // A job's status is worked out at once: a new version of a running job is never pending.
    const complete: Job = { ...written, Status: jobStatus(written, this) };
    this.jobs.set(key, complete);
    this.storeVersion(complete);
    this.touch('jobs');
    this.touchJob(job.Namespace, job.ID);
    return complete;
  }

  /** Marks a version of a job as one that was once healthy. */
  putStable(namespace: string, id: string, version: number): void {
    const current = this.job(namespace, id);
    const stable = this.jobVersions(namespace, id).find((job) => job.Version === version);
    if (stable === undefined || stable.Stable) return;
    const written: Job = { ...stable, Stable: true, ModifyIndex: this.currentIndex };
    if (current?.Version === version) this.jobs.set(jobKey(namespace, id), written);
    this.storeVersion(written);
    this.touch('jobs');
  }

  /** Tags a version of a job, or takes its tag away. */
  putVersionTag(version: Job, tag: VersionTag | null): void {
    const { Namespace, ID, Version } = version;
    const written: Job = { ...version, VersionTag: tag, ModifyIndex: this.currentIndex };
    if (this.job(Namespace, ID)?.Version === Version) this.jobs.set(jobKey(Namespace, ID), written);
    this.storeVersion(written);
    this.touch('jobs');
  }

  deleteJob(namespace: string, id: string): void {
    const key = jobKey(namespace, id);
    this.jobs.delete(key);
    this.versions.delete(versionsKey(namespace, id));
    this.summaries.delete(key);
    this.touchedJobs.add(key);
    this.touch('jobs', 'job_version', 'job_summary');
  }

  putAllocation(alloc: Allocation): Allocation {
    const written = this.stamp(alloc, this.allocations.get(alloc.ID));
    this.allocations.put(written);
    this.touchedAllocations.add(written.ID);
    this.touch('allocs');
    this.touchJob(alloc.Namespace, alloc.JobID);
    return written;
  }

  putEvaluation(evaluation: Evaluation): Evaluation {
    const written = this.stamp(evaluation, this.evaluations.get(evaluation.ID));
    this.evaluations.put(written);
    if (isDone(written)) this.openEvaluations.delete(written.ID);
    else this.openEvaluations.add(written.ID);
    this.touch('evals');
    this.touchJob(evaluation.Namespace, evaluation.JobID);
    return written;
  }

  putDeployment(deployment: Deployment): Deployment {
    const written = this.stamp(deployment, this.deployments.get(deployment.ID));
    this.deployments.put(written);
    if (isActive(written)) this.activeDeployments.add(written.ID);
    else this.activeDeployments.delete(written.ID);
    this.touch('deployment');
    this.touchJob(deployment.Namespace, deployment.JobID);
    return written;
  }

  putNamespace(namespace: Omit<Namespace, 'CreateIndex' | 'ModifyIndex'>): void {
    const created = this.namespaces.get(namespace.Name)?.CreateIndex ?? this.currentIndex;
    this.namespaces.set(namespace.Name, { ...namespace, CreateIndex: created, ModifyIndex: this.currentIndex });
    this.touch('namespaces');
  }

  deleteNamespace(name: string): void {
    this.namespaces.delete(name);
    this.touch('namespaces');
  }

  variable(namespace: string, path: string): Variable | undefined {
    return this.variables.get(jobKey(namespace, path));
  }

  /** All variables, ordered by namespace and path. */
  allVariables(): Variable[] {
    return [...this.variables.values()].sort((a, b) => compare(a.Namespace, b.Namespace) || compare(a.Path, b.Path));
  }

  putVariable(variable: Pick<Variable, 'Path' | 'Namespace' | 'Items'>): void {
    const key = jobKey(variable.Namespace, variable.Path);
    const now = nowNanoseconds();
    const { CreateIndex, CreateTime } = this.variables.get(key) ?? { CreateIndex: this.currentIndex, CreateTime: now };
    const indexes = { CreateIndex, CreateTime, ModifyIndex: this.currentIndex, ModifyTime: now };
    this.variables.set(key, { ...variable, ...indexes });
    this.touch('variables');
  }

  deleteVariable(namespace: string, path: string): void {
    this.variables.delete(jobKey(namespace, path));
    this.touch('variables');
  }

  touch(...tables: Table[]): void {
    for (const table of tables) this.tableIndexes.set(table, this.currentIndex);
  }

  private touchJob(namespace: string, id: string): void {
    this.touchedJobs.add(jobKey(namespace, id));
  }

  private stamp<Rec extends { CreateIndex: number; ModifyIndex: number }>(record: Rec, existing: Rec | undefined): Rec {
    return { ...record, CreateIndex: existing?.CreateIndex ?? this.currentIndex, ModifyIndex: this.currentIndex };
  }

  private storeVersion(job: Job): void {
    const key = versionsKey(job.Namespace, job.ID);
    const others = (this.versions.get(key) ?? []).filter((version) => version.Version !== job.Version);
    const all = [job, ...others].sort((a, b) => b.Version - a.Version);
    this.versions.set(key, withoutOldest(all));
    this.touch('job_version');
  }

  /** Brings a job's status and summary in line with its allocations, evaluations and deployments. */
  private refreshJob(key: string): void {
    const job = this.jobs.get(key);
    if (job === undefined) return;
    const status = jobStatus(job, this);
    if (status !== job.Status) {
      const written: Job = { ...job, Status: status, ModifyIndex: this.currentIndex };
      this.jobs.set(key, written);
      this.storeVersion(written);
      this.touch('jobs');
    }
    this.refreshSummary(job);
    if (job.ParentID !== '') {
      const parent = this.job(job.Namespace, job.ParentID);
      if (parent !== undefined) this.refreshSummary(parent);
    }
  }

  private refreshSummary(job: Job): void {
    const key = jobKey(job.Namespace, job.ID);
    const existing = this.summaries.get(key);
    const content = summarize(job, this, existing);
    const unchanged =
      existing !== undefined &&
      JSON.stringify([existing.Summary, existing.Children]) === JSON.stringify([content.Summary, content.Children]);
    if (unchanged) return;
    this.summaries.set(key, {
      ...content,
      JobID: job.ID,
      Namespace: job.Namespace,
      CreateIndex: existing?.CreateIndex ?? this.currentIndex,
      ModifyIndex: this.currentIndex,
    });
    this.touch('job_summary');
  }
}

/** Nomad takes upper and lower case for the same where it keeps versions, and only there. */
function versionsKey(namespace: string, id: string): string {
  return jobKey(namespace, id.toLowerCase());
}

/** What is kept of a job's versions, which come newest first: the last few, the last stable one, and those that are tagged. */
function withoutOldest(versions: readonly Job[]): Job[] {
  const counted = versions.filter(({ VersionTag }) => VersionTag === null);
  if (counted.length <= trackedVersions) return [...versions];
  const isLastStable = counted.findIndex(({ Stable }) => Stable) === trackedVersions;
  const oldest = counted[isLastStable ? trackedVersions - 1 : trackedVersions];
  return versions.filter((job) => job !== oldest);
}

/** Records by id, found quickly for a job too. Lists are ordered by id, as Nomad's are. */
class JobIndexed<Rec extends { ID: string; Namespace: string; JobID: string }> {
  private readonly records = new Map<string, Rec>();
  private readonly idsOfJob = new Map<string, Set<string>>();

  get(id: string): Rec | undefined {
    return this.records.get(id);
  }

  all(): Rec[] {
    return [...this.records.values()].sort((a, b) => compare(a.ID, b.ID));
  }

  ofJob(namespace: string, id: string): Rec[] {
    const ids = [...(this.idsOfJob.get(jobKey(namespace, id)) ?? [])].sort(compare);
    return ids.flatMap((recordId) => this.records.get(recordId) ?? []);
  }

  put(record: Rec): void {
    this.records.set(record.ID, record);
    const key = jobKey(record.Namespace, record.JobID);
    const ids = this.idsOfJob.get(key) ?? new Set();
    ids.add(record.ID);
    this.idsOfJob.set(key, ids);
  }
}

/** The part of an evaluation that is the same for all of them. */
export function newEvaluation(
  job: Pick<Job, 'Namespace' | 'ID' | 'Type' | 'Priority'>,
  id: string,
  triggeredBy: string,
): Evaluation {
  const now = nowNanoseconds();
  return {
    ID: id,
    Namespace: job.Namespace,
    JobID: job.ID,
    Type: job.Type,
    Priority: job.Priority,
    Status: 'pending',
    TriggeredBy: triggeredBy,
    CreateTime: now,
    ModifyTime: now,
    CreateIndex: 0,
    ModifyIndex: 0,
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
