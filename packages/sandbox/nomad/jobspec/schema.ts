/**
 * What a job specification may hold, block by block: HCL name to API field. The blocks that the sandbox does not act on
 * (networks, services, templates ...) are `open`: taken as they are, names turned into the API's.
 */

export type FieldType = 'string' | 'number' | 'bool' | 'duration' | 'strings' | 'map';

export interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly required?: boolean;
}

export interface Nested {
  readonly name: string;
  /** `one` block at most, `many` in a list, a `map` of plain values, `config` as drivers want it, or `open`. */
  readonly shape: 'one' | 'many' | 'map' | 'config' | 'open' | 'open-many' | 'constraint';
  readonly schema?: BlockSchema;
}

export interface BlockSchema {
  /** API field of the block's label. */
  readonly label?: string;
  readonly fields: Readonly<Record<string, Field>>;
  readonly blocks: Readonly<Record<string, Nested>>;
}

function fields(table: Readonly<Record<string, `${FieldType} ${string}`>>): Record<string, Field> {
  const entries = Object.entries(table).map(([hcl, text]): [string, Field] => {
    const [type, name, required] = text.split(' ');
    return [hcl, { name: name ?? '', type: type as FieldType, required: required === 'required' }];
  });
  return Object.fromEntries(entries);
}

const updateSchema: BlockSchema = {
  fields: fields({
    stagger: 'duration Stagger',
    max_parallel: 'number MaxParallel',
    health_check: 'string HealthCheck',
    min_healthy_time: 'duration MinHealthyTime',
    healthy_deadline: 'duration HealthyDeadline',
    progress_deadline: 'duration ProgressDeadline',
    canary: 'number Canary',
    auto_revert: 'bool AutoRevert',
    auto_promote: 'bool AutoPromote',
  }),
  blocks: {},
};

const migrateSchema: BlockSchema = {
  fields: fields({
    max_parallel: 'number MaxParallel',
    health_check: 'string HealthCheck',
    min_healthy_time: 'duration MinHealthyTime',
    healthy_deadline: 'duration HealthyDeadline',
  }),
  blocks: {},
};

const restartSchema: BlockSchema = {
  fields: fields({
    attempts: 'number Attempts',
    interval: 'duration Interval',
    delay: 'duration Delay',
    mode: 'string Mode',
    render_templates: 'bool RenderTemplates',
  }),
  blocks: {},
};

const rescheduleSchema: BlockSchema = {
  fields: fields({
    attempts: 'number Attempts',
    interval: 'duration Interval',
    delay: 'duration Delay',
    delay_function: 'string DelayFunction',
    max_delay: 'duration MaxDelay',
    unlimited: 'bool Unlimited',
  }),
  blocks: {},
};

const placement = {
  constraint: { name: 'Constraints', shape: 'constraint' },
  affinity: { name: 'Affinities', shape: 'open-many' },
} as const;

const meta = { meta: { name: 'Meta', shape: 'map' } } as const;

const taskSchema: BlockSchema = {
  label: 'Name',
  fields: fields({
    driver: 'string Driver',
    user: 'string User',
    kind: 'string Kind',
    leader: 'bool Leader',
    kill_timeout: 'duration KillTimeout',
    kill_signal: 'string KillSignal',
    shutdown_delay: 'duration ShutdownDelay',
  }),
  blocks: {
    ...placement,
    ...meta,
    config: { name: 'Config', shape: 'config' },
    env: { name: 'Env', shape: 'map' },
    resources: {
      name: 'Resources',
      shape: 'one',
      schema: {
        fields: fields({
          cpu: 'number CPU',
          cores: 'number Cores',
          memory: 'number MemoryMB',
          memory_max: 'number MemoryMaxMB',
          disk: 'number DiskMB',
          iops: 'number IOPS',
          secrets: 'number SecretsMB',
        }),
        blocks: {
          device: { name: 'Devices', shape: 'open-many' },
          network: { name: 'Networks', shape: 'open-many' },
          numa: { name: 'NUMA', shape: 'open' },
        },
      },
    },
    restart: { name: 'RestartPolicy', shape: 'one', schema: restartSchema },
    logs: {
      name: 'LogConfig',
      shape: 'one',
      schema: {
        fields: fields({
          max_files: 'number MaxFiles',
          max_file_size: 'number MaxFileSizeMB',
          disabled: 'bool Disabled',
        }),
        blocks: {},
      },
    },
    lifecycle: {
      name: 'Lifecycle',
      shape: 'one',
      schema: { fields: fields({ hook: 'string Hook', sidecar: 'bool Sidecar' }), blocks: {} },
    },
    dispatch_payload: {
      name: 'DispatchPayload',
      shape: 'one',
      schema: { fields: fields({ file: 'string File' }), blocks: {} },
    },
    action: { name: 'Actions', shape: 'open-many' },
    artifact: { name: 'Artifacts', shape: 'open-many' },
    consul: { name: 'Consul', shape: 'open' },
    csi_plugin: { name: 'CSIPluginConfig', shape: 'open' },
    identity: { name: 'Identities', shape: 'open-many' },
    scaling: { name: 'ScalingPolicies', shape: 'open-many' },
    schedule: { name: 'Schedule', shape: 'open' },
    secret: { name: 'Secrets', shape: 'open-many' },
    service: { name: 'Services', shape: 'open-many' },
    template: {
      name: 'Templates',
      shape: 'many',
      schema: {
        fields: fields({
          change_mode: 'string ChangeMode',
          change_signal: 'string ChangeSignal',
          data: 'string EmbeddedTmpl',
          destination: 'string DestPath',
          env: 'bool Envvars',
          error_on_missing_key: 'bool ErrMissingKey',
          gid: 'number Gid',
          left_delimiter: 'string LeftDelim',
          once: 'bool Once',
          perms: 'string Perms',
          right_delimiter: 'string RightDelim',
          source: 'string SourcePath',
          splay: 'duration Splay',
          uid: 'number Uid',
          vault_grace: 'duration VaultGrace',
        }),
        blocks: {
          change_script: { name: 'ChangeScript', shape: 'open' },
          wait: { name: 'Wait', shape: 'open' },
        },
      },
    },
    vault: { name: 'Vault', shape: 'open' },
    volume_mount: { name: 'VolumeMounts', shape: 'open-many' },
  },
};

const groupSchema: BlockSchema = {
  label: 'Name',
  fields: fields({
    count: 'number Count',
    shutdown_delay: 'duration ShutdownDelay',
    max_run_duration: 'duration MaxRunDuration',
    stop_after_client_disconnect: 'duration StopAfterClientDisconnect',
    max_client_disconnect: 'duration MaxClientDisconnect',
    prevent_reschedule_on_lost: 'bool PreventRescheduleOnLost',
  }),
  blocks: {
    ...placement,
    ...meta,
    spread: { name: 'Spreads', shape: 'open-many' },
    update: { name: 'Update', shape: 'one', schema: updateSchema },
    migrate: { name: 'Migrate', shape: 'one', schema: migrateSchema },
    restart: { name: 'RestartPolicy', shape: 'one', schema: restartSchema },
    reschedule: { name: 'ReschedulePolicy', shape: 'one', schema: rescheduleSchema },
    ephemeral_disk: {
      name: 'EphemeralDisk',
      shape: 'one',
      schema: {
        fields: fields({ sticky: 'bool Sticky', migrate: 'bool Migrate', size: 'number SizeMB' }),
        blocks: {},
      },
    },
    consul: { name: 'Consul', shape: 'open' },
    disconnect: { name: 'Disconnect', shape: 'open' },
    network: { name: 'Networks', shape: 'open-many' },
    scaling: { name: 'Scaling', shape: 'open' },
    service: { name: 'Services', shape: 'open-many' },
    volume: { name: 'Volumes', shape: 'open-many' },
    task: { name: 'Tasks', shape: 'many', schema: taskSchema },
  },
};

export const jobSchema: BlockSchema = {
  label: 'ID',
  fields: fields({
    id: 'string ID',
    name: 'string Name',
    type: 'string Type',
    priority: 'number Priority',
    region: 'string Region',
    namespace: 'string Namespace',
    datacenters: 'strings Datacenters',
    node_pool: 'string NodePool',
    all_at_once: 'bool AllAtOnce',
  }),
  blocks: {
    ...placement,
    ...meta,
    spread: { name: 'Spreads', shape: 'open-many' },
    update: { name: 'Update', shape: 'one', schema: updateSchema },
    migrate: { name: 'Migrate', shape: 'one', schema: migrateSchema },
    reschedule: { name: 'Reschedule', shape: 'one', schema: rescheduleSchema },
    periodic: {
      name: 'Periodic',
      shape: 'one',
      schema: {
        fields: fields({
          cron: 'string Spec',
          crons: 'strings Specs',
          enabled: 'bool Enabled',
          prohibit_overlap: 'bool ProhibitOverlap',
          time_zone: 'string TimeZone',
        }),
        blocks: {},
      },
    },
    parameterized: {
      name: 'ParameterizedJob',
      shape: 'one',
      schema: {
        fields: fields({
          payload: 'string Payload',
          meta_required: 'strings MetaRequired',
          meta_optional: 'strings MetaOptional',
        }),
        blocks: {},
      },
    },
    multiregion: { name: 'Multiregion', shape: 'open' },
    ui: { name: 'UI', shape: 'open' },
    group: { name: 'TaskGroups', shape: 'many', schema: groupSchema },
  },
};
