import { hour, minute, second } from '../clock.ts';
import type {
  Constraint,
  Job,
  JobType,
  ReschedulePolicy,
  Resources,
  RestartPolicy,
  Task,
  TaskGroup,
  UpdateStrategy,
} from '../types.ts';
import type { JobDraft } from './parse.ts';

type Draft = Readonly<Record<string, unknown>>;

/**
 * A complete job out of what was submitted, with Nomad's defaults (api.Job.Canonicalize and structs.Job.Canonicalize).
 * A complete job comes out as it went in, so it can be submitted again.
 */
export function canonicalizeJob(draft: JobDraft): Job {
  const type = (draft['Type'] as JobType | null | undefined) ?? 'service';
  const update = jobUpdate(draft, type);
  const id = text(draft['ID']);
  return {
    Affinities: list(draft['Affinities']),
    AllAtOnce: draft['AllAtOnce'] === true,
    Constraints: list(draft['Constraints']) as Constraint[] | null,
    ConsulNamespace: text(draft['ConsulNamespace']),
    CreateIndex: 0,
    Datacenters: (list(draft['Datacenters']) as string[] | null) ?? ['*'],
    DispatchIdempotencyToken: '',
    Dispatched: draft['Dispatched'] === true,
    ID: id,
    JobModifyIndex: 0,
    Meta: map(draft['Meta']),
    ModifyIndex: 0,
    Multiregion: draft['Multiregion'] ?? null,
    Name: text(draft['Name']) || id,
    Namespace: text(draft['Namespace']) || 'default',
    NodePool: text(draft['NodePool']) || 'default',
    NomadTokenID: '',
    ParameterizedJob: parameterized(draft['ParameterizedJob']),
    ParentID: text(draft['ParentID']),
    Payload: (draft['Payload'] as string | null | undefined) ?? null,
    Periodic: periodic(draft['Periodic']),
    Priority: number(draft['Priority'], 50),
    Region: text(draft['Region']) || 'global',
    Spreads: list(draft['Spreads']),
    Stable: false,
    Status: 'pending',
    StatusDescription: '',
    Stop: draft['Stop'] === true,
    SubmitTime: 0,
    TaskGroups: objects(draft['TaskGroups']).map((group) => canonicalizeGroup(group, draft, type)),
    Type: type,
    UI: draft['UI'] ?? null,
    Update: update,
    VaultNamespace: text(draft['VaultNamespace']),
    Version: 0,
    VersionTag: null,
  };
}

const noUpdate: UpdateStrategy = {
  AutoPromote: false,
  AutoRevert: false,
  Canary: 0,
  HealthCheck: '',
  HealthyDeadline: 0,
  MaxParallel: 0,
  MinHealthyTime: 0,
  ProgressDeadline: 0,
  Stagger: 0,
};

const defaultUpdate: UpdateStrategy = {
  AutoPromote: false,
  AutoRevert: false,
  Canary: 0,
  HealthCheck: 'checks',
  HealthyDeadline: 5 * minute,
  MaxParallel: 1,
  MinHealthyTime: 10 * second,
  ProgressDeadline: 10 * minute,
  Stagger: 30 * second,
};

/** A job keeps only these two of its update strategy; the rest has gone into its groups. */
function jobUpdate(draft: Draft, type: JobType): UpdateStrategy {
  const strategy = submittedUpdate(draft, type);
  if (strategy === undefined || number(strategy['MaxParallel'], 1) === 0) return noUpdate;
  return {
    ...noUpdate,
    MaxParallel: number(strategy['MaxParallel'], defaultUpdate.MaxParallel),
    Stagger: number(strategy['Stagger'], defaultUpdate.Stagger),
  };
}

function submittedUpdate(draft: Draft, type: JobType): Draft | undefined {
  const submitted = draft['Update'] as Draft | null | undefined;
  if (submitted !== null && submitted !== undefined) return submitted;
  return type === 'service' || type === 'system' ? {} : undefined;
}

function canonicalizeGroup(group: Draft, job: Draft, type: JobType): TaskGroup {
  const restart = { ...defaultRestart(type), ...present(group['RestartPolicy']) };
  return {
    Affinities: list(group['Affinities']),
    Constraints: list(group['Constraints']) as Constraint[] | null,
    Consul: group['Consul'] ?? null,
    Count: number(group['Count'], 1),
    Disconnect: group['Disconnect'] ?? null,
    EphemeralDisk: { Migrate: false, SizeMB: 300, Sticky: false, ...present(group['EphemeralDisk']) },
    MaxClientDisconnect: group['MaxClientDisconnect'] ?? null,
    MaxRunDuration: group['MaxRunDuration'] ?? null,
    Meta: map(group['Meta']),
    Migrate: groupMigrate(group, job, type),
    Name: text(group['Name']),
    Networks: list(group['Networks']),
    PreventRescheduleOnLost: group['PreventRescheduleOnLost'] === true,
    ReschedulePolicy: groupReschedule(group, job, type),
    RestartPolicy: restart,
    Scaling: group['Scaling'] ?? null,
    Services: list(group['Services']),
    ShutdownDelay: group['ShutdownDelay'] ?? null,
    Spreads: list(group['Spreads']),
    StopAfterClientDisconnect: group['StopAfterClientDisconnect'] ?? null,
    Tasks: objects(group['Tasks']).map((task) => canonicalizeTask(task, restart)),
    Update: groupUpdate(group, job, type),
    Volumes: group['Volumes'] ?? null,
  };
}

function groupUpdate(group: Draft, job: Draft, type: JobType): UpdateStrategy | null {
  const fromJob = submittedUpdate(job, type);
  const own = group['Update'] as Draft | null | undefined;
  if (own === null || own === undefined) {
    const empty = fromJob === undefined || Object.values({ MaxParallel: 1, ...fromJob }).every((value) => !value);
    if (empty) return null;
  }
  // What a complete job says of itself is zero where its groups say more.
  const inherited = Object.fromEntries(Object.entries(present(fromJob)).filter(([, value]) => Boolean(value)));
  return { ...defaultUpdate, ...inherited, ...present(own) };
}

function groupMigrate(group: Draft, job: Draft, type: JobType): TaskGroup['Migrate'] {
  if (type !== 'service') return (group['Migrate'] ?? job['Migrate'] ?? null) as TaskGroup['Migrate'];
  return {
    HealthCheck: 'checks',
    HealthyDeadline: 5 * minute,
    MaxParallel: 1,
    MinHealthyTime: 10 * second,
    ...present(job['Migrate']),
    ...present(group['Migrate']),
  };
}

function groupReschedule(group: Draft, job: Draft, type: JobType): ReschedulePolicy | null {
  const submitted = { ...present(job['Reschedule']), ...present(group['ReschedulePolicy']) };
  return { ...defaultReschedule(type), ...submitted };
}

function defaultReschedule(type: JobType): ReschedulePolicy {
  if (type === 'service') {
    return {
      Attempts: 0,
      Delay: 30 * second,
      DelayFunction: 'exponential',
      Interval: 0,
      MaxDelay: hour,
      Unlimited: true,
    };
  }
  if (type === 'batch') {
    return {
      Attempts: 1,
      Delay: 5 * second,
      DelayFunction: 'constant',
      Interval: 24 * hour,
      MaxDelay: 0,
      Unlimited: false,
    };
  }
  return { Attempts: 0, Delay: 0, DelayFunction: '', Interval: 0, MaxDelay: 0, Unlimited: false };
}

function defaultRestart(type: JobType): RestartPolicy {
  const lasting = type === 'service' || type === 'system';
  return {
    Attempts: lasting ? 2 : 3,
    Delay: 15 * second,
    Interval: lasting ? 30 * minute : 24 * hour,
    Mode: 'fail',
    RenderTemplates: false,
  };
}

function canonicalizeTask(task: Draft, restart: RestartPolicy): Task {
  return {
    Actions: list(task['Actions']),
    Affinities: list(task['Affinities']),
    Artifacts: list(task['Artifacts']),
    CSIPluginConfig: task['CSIPluginConfig'] ?? null,
    Config: (task['Config'] as Record<string, unknown> | null | undefined) ?? null,
    Constraints: list(task['Constraints']) as Constraint[] | null,
    Consul: task['Consul'] ?? null,
    DispatchPayload: task['DispatchPayload'] ?? null,
    Driver: text(task['Driver']),
    Env: map(task['Env']),
    Identities: list(task['Identities']),
    Identity: task['Identity'] ?? {
      Audience: ['nomadproject.io'],
      ChangeMode: '',
      ChangeSignal: '',
      Env: false,
      ExtraClaims: null,
      File: false,
      Filepath: '',
      Name: 'default',
      ServiceName: '',
      TTL: 0,
    },
    KillSignal: text(task['KillSignal']),
    KillTimeout: number(task['KillTimeout'], 5 * second),
    Kind: text(task['Kind']),
    Leader: task['Leader'] === true,
    Lifecycle: (task['Lifecycle'] as Task['Lifecycle'] | undefined) ?? null,
    LogConfig: { Disabled: false, MaxFileSizeMB: 10, MaxFiles: 10, ...present(task['LogConfig']) },
    Meta: map(task['Meta']),
    Name: text(task['Name']),
    Resources: canonicalizeResources(present(task['Resources'])),
    RestartPolicy: { ...restart, ...present(task['RestartPolicy']) },
    ScalingPolicies: list(task['ScalingPolicies']),
    Schedule: task['Schedule'] ?? null,
    Secrets: list(task['Secrets']),
    Services: list(task['Services']),
    ShutdownDelay: number(task['ShutdownDelay'], 0),
    Templates: list(objects(task['Templates']).map(canonicalizeTemplate)),
    User: text(task['User']),
    Vault: task['Vault'] ?? null,
    VolumeMounts: list(task['VolumeMounts']),
  };
}

function canonicalizeTemplate(template: Draft): Draft {
  return {
    ChangeMode: 'restart',
    ChangeSignal: '',
    Envvars: false,
    ErrMissingKey: false,
    LeftDelim: '{{',
    Once: false,
    Perms: '0644',
    RightDelim: '}}',
    SourcePath: '',
    Splay: 5 * second,
    VaultGrace: 0,
    ...present(template),
  };
}

function canonicalizeResources(resources: Draft): Resources {
  const cores = number(resources['Cores'], 0);
  return {
    CPU: number(resources['CPU'], cores > 0 ? 0 : 100),
    Cores: cores,
    Devices: list(resources['Devices']),
    DiskMB: number(resources['DiskMB'], 0),
    IOPS: number(resources['IOPS'], 0),
    MemoryMB: number(resources['MemoryMB'], 300),
    MemoryMaxMB: number(resources['MemoryMaxMB'], 0),
    NUMA: resources['NUMA'] ?? null,
    Networks: list(resources['Networks']),
    SecretsMB: number(resources['SecretsMB'], 0),
  };
}

function periodic(value: unknown): Job['Periodic'] {
  if (value === null || value === undefined) return null;
  const submitted = present(value);
  return {
    Enabled: submitted['Enabled'] !== false,
    ProhibitOverlap: submitted['ProhibitOverlap'] === true,
    Spec: text(submitted['Spec']),
    SpecType: text(submitted['SpecType']) || 'cron',
    Specs: list(submitted['Specs']) as string[] | null,
    TimeZone: text(submitted['TimeZone']) || 'UTC',
  };
}

function parameterized(value: unknown): Job['ParameterizedJob'] {
  if (value === null || value === undefined) return null;
  const submitted = present(value);
  return {
    MetaOptional: list(submitted['MetaOptional']) as string[] | null,
    MetaRequired: list(submitted['MetaRequired']) as string[] | null,
    Payload: text(submitted['Payload']) || 'optional',
  };
}

/** The fields that were given; Nomad's clients send null for what they leave open. */
function present(value: unknown): Record<string, unknown> {
  const entries = Object.entries((value as Draft | null | undefined) ?? {});
  return Object.fromEntries(entries.filter(([, field]) => field !== null && field !== undefined));
}

function objects(value: unknown): Draft[] {
  return (value as Draft[] | null | undefined) ?? [];
}

function list(value: unknown): unknown[] | null {
  return Array.isArray(value) && value.length > 0 ? value : null;
}

function map(value: unknown): Record<string, string> | null {
  const entries = Object.entries((value as Record<string, string> | null | undefined) ?? {});
  return entries.length > 0 ? Object.fromEntries(entries) : null;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function number(value: unknown, fallback: number): number {
  return typeof value === 'number' ? value : fallback;
}
