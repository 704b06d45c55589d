import type { ActionError } from './errors.ts';

/** `src/operations.ts` has what there is to know of each. */
export type Operation =
  | 'deploy'
  | 'status'
  | 'plan'
  | 'render'
  | 'validate'
  | 'promote'
  | 'reject'
  | 'rollback'
  | 'stop'
  | 'destroy'
  | 'setup'
  | 'matrix';

export type Status =
  | 'running'
  | 'pending'
  | 'complete'
  | 'stopped'
  | 'failed'
  | 'reverted'
  | 'absent'
  | 'cancelled'
  | 'unknown';

export type Health = 'healthy' | 'unhealthy' | 'unknown';

/** How a task group of a job is doing: allocations of the job's current version. */
export interface GroupState {
  readonly name: string;
  readonly desired: number;
  readonly placed: number;
  readonly healthy: number;
  readonly unhealthy: number;
}

/** What is wrong with a job, in the words that a reader needs first. */
export interface Diagnosis {
  /** One line, without a full stop at the end: `task "web" exited with code 1: no such table: users`. */
  readonly cause: string;
  readonly reason:
    | 'unhealthy'
    | 'placement'
    | 'reverted'
    | 'superseded'
    | 'stopped'
    | 'timeout'
    | 'nomad-unreachable'
    | 'awaiting-promotion';
  /** The task's last events, oldest first. */
  readonly events: readonly string[];
  /** The end of the task's stderr (or stdout, where stderr is empty), as long as it was read, without a trailing newline; empty where there is none. */
  readonly log: string;
  /** `group/task` that events and log are of. */
  readonly task?: string;
}

/** Where a version of a job came from. */
export interface VersionOrigin {
  /** When it was deployed, in ISO 8601. */
  readonly deployed: string;
  /** Of the registry, or of the workflow's repository where the pack is a directory. */
  readonly commit?: string;
  /** Link to the run of the workflow. */
  readonly run?: string;
  /** Who started it. */
  readonly actor?: string;
}

/** A job of the deployment as Nomad has it. */
export interface JobState {
  readonly id: string;
  readonly namespace: string;
  /** `service`, `batch`, `system`, `sysbatch`; with ` (periodic)` or ` (parameterized)` where it is one. */
  readonly type: string;
  readonly status: Status;
  readonly health: Health;
  readonly version: number;
  /** Nomad's id of the rollout, where the job has one. */
  readonly nomadDeploymentId?: string;
  readonly groups: readonly GroupState[];
  /** Where the version came from, as far as it was asked and its tag tells. */
  readonly origin?: VersionOrigin;
  /** Link to the job in Nomad's UI. */
  readonly url: string;
  /** Its canaries are healthy, and somebody has to decide on them. */
  readonly awaitsPromotion?: true;
  readonly diagnosis?: Diagnosis;
}

/** What becomes known in the course of an operation. */
export interface Facts {
  readonly status?: Status;
  readonly health?: Health;
  readonly changed?: boolean;
  /** The operation was only to say what it would do. */
  readonly isDryRun?: boolean;
  readonly jobs?: readonly JobState[];
  readonly registrySha?: string;
  readonly nomadPackVersion?: string;
  /** nomad-pack's words on what would change, redacted. */
  readonly plan?: string;
  readonly planData?: PlanData;
  /** Absolute path of the file that holds `plan` in full. */
  readonly planFile?: string;
}

/** What happened in the course of an operation. */
export interface History {
  /** How long each phase took, in the order they began. Milliseconds; `start` counts from the step's start. */
  readonly phases: readonly { readonly name: string; readonly start: number; readonly duration: number }[];
  /** The rollout over time: one entry per change. Milliseconds since the step's start. */
  readonly timeline: readonly { readonly at: number; readonly text: string; readonly job?: string }[];
  /** Things a reader should know that are not failures, each once: jobs that were stopped, a cached version that was used. */
  readonly notices: readonly string[];
}

/** What an operation came to that got to its end. */
export interface Outcome {
  readonly status: Status;
  readonly health: Health;
  readonly changed: boolean;
  readonly jobs: readonly JobState[];
  /** Absolute path of the executable. */
  readonly nomadPackPath?: string;
  /** Absolute path of the folder of rendered files. */
  readonly renderedPath?: string;
  /** The jobs of a matrix. */
  readonly matrix?: readonly MatrixRow[];
  /** Present: the step is red. */
  readonly failure?: ActionError;
}

/** A deployment in an environment, as a job of a matrix is told of it. */
export interface MatrixRow {
  readonly name: string;
  /** Empty where the file has none, which GitHub takes for no environment. */
  readonly environment: string;
  /** `registry/pack` or a directory. */
  readonly pack: string;
  /** The others of the matrix that it needs. */
  readonly needs: readonly string[];
}

export interface JobChange {
  readonly id: string;
  readonly namespace: string;
  /** What a deploy would do to it. `stop` is for jobs that the pack no longer has, `redeploy` gives new allocations to one that stays as it is. */
  readonly action: 'create' | 'update' | 'replace' | 'redeploy' | 'stop' | 'none';
  readonly groups: readonly {
    readonly name: string;
    readonly create: number;
    readonly updateInPlace: number;
    readonly replace: number;
    readonly stop: number;
    readonly unchanged: number;
  }[];
  /** Why it could not be placed; empty where it can. */
  readonly placementFailures: readonly string[];
  /** JobModifyIndex that the plan is based on; 0 for a job that does not exist. */
  readonly basedOn: number;
  /** The differences, as lines `+ path: new`, `- path: old`, `~ path: old => new`, sorted, redacted. */
  readonly diff: readonly string[];
  /** The same for a reader, in the same order. */
  readonly fields: readonly FieldChange[];
}

/** A field of a job that differs, as a reader wants it: values may have several lines, and durations are `10s`. Redacted. */
export interface FieldChange {
  readonly sign: '+' | '-' | '~';
  /** `group "app" > task "web" > Env[MESSAGE]`, as Nomad names it. */
  readonly path: string;
  /** Absent where there was none; lines of it that stay hidden are `***`. */
  readonly before?: string;
  /** Absent where there is none any more. */
  readonly after?: string;
  /** Whether the job specification says nothing about it: it is Nomad's default in a block that is new. */
  readonly isDefault: boolean;
}

/** What a deploy would do to a Nomad variable that the pack declares. */
export interface VariableChange {
  readonly path: string;
  readonly namespace: string;
  /** `unknown` where the token may not see it, or only nomad-pack can compute the items. */
  readonly action: 'create' | 'update' | 'none' | 'unknown';
  /** The names of the items that would change, sorted; their values are shown nowhere. */
  readonly items: readonly string[];
}

export interface PlanData {
  readonly jobs: readonly JobChange[];
  /** Absent where the pack declares none. */
  readonly variables?: readonly VariableChange[];
  readonly changed: boolean;
  /** `sha256:...` over everything above that a reviewer relied on. */
  readonly digest: string;
  /** From what to what the deployment goes, as in `ref v1.0.0 → v1.1.0`; empty where nothing differs. */
  readonly versionChanges: readonly string[];
  /** Why a deploy would be refused, a sentence each; empty where it would not. */
  readonly refusals: readonly string[];
  /** What to do about these, a sentence or more each. */
  readonly advice?: readonly string[];
}

/** The one line that says it all: a picture, and text in which words between backticks are code. */
export interface Headline {
  readonly icon: string;
  readonly text: string;
}

/** The end of a step, as the report tells it. */
export interface Result extends History, Omit<Facts, keyof Outcome>, Outcome {
  readonly operation: Operation;
}
