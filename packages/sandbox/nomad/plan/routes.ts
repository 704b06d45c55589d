import { timestamp } from '../clock.ts';
import { HttpError } from '../http/errors.ts';
import { jsonBody } from '../http/request.ts';
import { type Call, type Route, type WriteResult, write } from '../http/router.ts';
import { newId } from '../ids.ts';
import { nextPeriodicLaunch } from '../jobs/children.ts';
import { isLauncher, type Jobs } from '../jobs/jobs.ts';
import { readSubmission } from '../jobs/submission.ts';
import { jobProblems } from '../jobs/validate.ts';
import { multierror } from '../multierror.ts';
import { specChanged } from '../scheduler/changes.ts';
import { blockedBy, type Outcome, type Scheduler } from '../scheduler/scheduler.ts';
import { newEvaluation, type State } from '../state.ts';
import type { Evaluation, Job } from '../types.ts';
import { annotate } from './annotate.ts';
import { diffJobs } from './diff.ts';

/** `/v1/job/:id/plan`: what a registration would do, without doing it; `/v1/validate/job`: whether it would be taken. */
export function planRoutes(state: State, jobs: Jobs, scheduler: Scheduler): Route[] {
  return [
    write(/^\/v1\/job\/(.+)\/plan$/, (call) => plan(state, jobs, scheduler, call)),
    write(/^\/v1\/validate\/job$/, (call) => validate(state, call)),
  ];
}

function plan(state: State, jobs: Jobs, scheduler: Scheduler, { request, access, parameters }: Call): WriteResult {
  const body = jsonBody(request);
  const submitted = readSubmission(request, body);
  if (submitted.ID !== parameters[0]) throw new HttpError(400, 'Job ID does not match');
  jobs.validate(submitted);
  access.require(submitted.Namespace, 'submit-job', 'plan-job');
  const existing = state.job(submitted.Namespace, submitted.ID);
  const job = planned(existing, submitted);
  const base = newEvaluation(job, newId(), 'job-register');
  const changes = existing === undefined || specChanged(existing, submitted);
  const evaluation = changes ? { ...base, JobModifyIndex: job.JobModifyIndex } : base;
  const outcome = decide(state, scheduler, evaluation, job);
  const failed = Object.keys(outcome.failed).length > 0;
  const diff = body['Diff'] === true ? diffJobs(existing, submitted) : null;
  if (diff !== null) annotate(diff, outcome.annotations);
  const index = existing?.JobModifyIndex ?? 0;
  const next = nextPeriodicLaunch(job, Date.now());
  const answer = {
    Annotations: outcome.annotations,
    CreatedEvals: failed ? [unwritten(blockedBy(evaluation, outcome.failed))] : null,
    Diff: diff,
    FailedTGAllocs: failed ? outcome.failed : null,
    Index: index,
    JobModifyIndex: index,
    NextPeriodicLaunch: next === undefined ? null : timestamp(next * 1_000_000),
    Warnings: '',
  };
  return { body: answer, index };
}

function validate(state: State, { request, access }: Call): WriteResult {
  const job = readSubmission(request, jsonBody(request));
  access.require(job.Namespace, 'read-job', 'submit-job');
  const problems = jobProblems(job, state);
  const answer = {
    DriverConfigValidated: true,
    Error: problems.length === 0 ? '' : multierror(problems),
    ValidationErrors: problems.length === 0 ? null : problems,
    Warnings: '',
  };
  return { body: answer, index: 0 };
}

/** An evaluation that was never written has no indexes. */
function unwritten({ CreateIndex, ModifyIndex, ...evaluation }: Evaluation): unknown {
  return evaluation;
}

/** The job as it would be written: an unchanged one stays the version it is. */
function planned(existing: Job | undefined, submitted: Job): Job {
  if (existing === undefined) return { ...submitted, CreateIndex: 100, ModifyIndex: 100, JobModifyIndex: 100 };
  if (!specChanged(existing, submitted)) return existing;
  const JobModifyIndex = existing.JobModifyIndex + 1;
  return {
    ...submitted,
    CreateIndex: existing.CreateIndex,
    ModifyIndex: JobModifyIndex,
    JobModifyIndex,
    Version: existing.Version + 1,
  };
}

function decide(state: State, scheduler: Scheduler, evaluation: Evaluation, job: Job): Outcome {
  const { Namespace: namespace, ID: id } = job;
  const allocations = isLauncher(job) ? [] : state.jobAllocations(namespace, id, true);
  return scheduler.decide(evaluation, job, allocations, state.latestDeployment(namespace, id));
}
