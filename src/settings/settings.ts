import type { Operation } from '../result.ts';

/** The pack that is asked for: one of the registry, or a directory of the workspace, which needs no registry. */
export type PackReference =
  | { readonly kind: 'registry'; readonly name: string }
  | {
      readonly kind: 'directory';
      /** The directory's own name, which nomad-pack records as the pack's. */
      readonly name: string;
      /** Absolute. */
      readonly path: string;
      /** As the user wrote it. */
      readonly written: string;
    };

export interface RegistrySettings {
  readonly name: string;
  /** What nomad-pack is given, with a scheme: `https://github.com/org/repo.git`, `ssh://...`, `file:///...`. */
  readonly source: string;
  /** Scheme, host and port of an HTTP(S) source, the only kind that takes a token. */
  readonly origin?: string;
  /** Tag, branch or commit; `latest` is the default branch. */
  readonly ref: string;
  readonly target?: string;
}

/** A value of a pack variable; what nomad-pack reads from a JSON file of variables. */
export type VariableValue =
  | string
  | number
  | boolean
  | null
  | readonly VariableValue[]
  | { readonly [key: string]: VariableValue };

export interface VariableSettings {
  readonly plain: Readonly<Record<string, VariableValue>>;
  /** Names among the secret ones whose value is missing or empty. */
  readonly withoutValue?: readonly string[];
  /** In the user's order: later ones win over earlier ones, and the inputs over all of them. */
  readonly files: readonly VariableFile[];
  /** Where nomad-pack reads variables itself, as `--var-source` takes it; later ones win over earlier ones, and all else wins over them. */
  readonly sources?: readonly string[];
}

export interface VariableFile {
  /** Absolute. */
  readonly path: string;
  /** As the user wrote it. */
  readonly written: string;
  readonly kind: 'hcl' | 'json' | 'yaml';
}

export interface TlsSettings {
  /** Paths of PEM files; an input that holds PEM text has been written to a file of the step's private folder. */
  readonly caCert?: string;
  /** A folder of PEM files, which counts where there is no `caCert`. Absolute. */
  readonly caPath?: string;
  readonly clientCert?: string;
  readonly clientKey?: string;
  readonly serverName?: string;
  readonly skipVerify: boolean;
}

export interface NomadSettings {
  /** `http://host:port`, `https://...` or `unix:///path`; without a trailing slash. */
  readonly address: string;
  /** No address is given: it is the one that Nomad's own tools take then. */
  readonly isAssumed?: true;
  /** Where jobs go whose specification names no namespace. */
  readonly namespace: string;
  readonly region?: string;
  readonly tls: TlsSettings;
  readonly login?: { readonly method: string; readonly audience?: string };
}

export interface NomadPackSettings {
  /** `latest`, `system`, or a semver version or range. */
  readonly version: string;
  /** Where releases are, without a trailing slash: below it `nomad-pack/index.json`. */
  readonly mirror: string;
  /** Another OpenPGP public key, armored. */
  readonly signingKey?: string;
}

/** What ends a watch: of a batch job that it has `started`, or is `complete`; `promotion`: canaries that wait for it are a good end. */
export type WaitFor = 'started' | 'complete' | 'promotion';

export interface RolloutSettings {
  readonly wait: boolean;
  /** Milliseconds. */
  readonly timeout: number;
  readonly waitFor: WaitFor;
  readonly onFailure: 'keep' | 'revert';
  readonly allowReplace: boolean;
  /** Ids of jobs of no deployment that a deploy may take over. */
  readonly adoptJobs: readonly string[];
  readonly preserveCounts: boolean;
  /** A deploy gives unchanged jobs new allocations. */
  readonly redeploy: boolean;
}

/** Of the operation `rollback`. */
export interface RollbackSettings {
  /** The number of a version, or a commit or ref of the registry; without it, how it was before the last deploy. */
  readonly to?: string;
  /** Only says what it would do. */
  readonly dryRun: boolean;
}

export interface ReviewSettings {
  /** Makes a `plan` that finds changes red. */
  readonly failOnChanges: boolean;
  /** Makes a `status` that finds the deployment absent or not healthy red. */
  readonly failOnUnhealthy: boolean;
  /** The digest that a reviewed plan had; a deploy that would do something else is refused. */
  readonly digest?: string;
  readonly comment: 'auto' | 'always' | 'never';
  /** Tells the comments of several workflows on one deployment apart. */
  readonly commentLabel?: string;
  /** Whether comments of a public repository name the cluster's address. */
  readonly commentAddress?: boolean;
  /** The pull request to comment on, where the workflow does not run for it. */
  readonly pullRequest?: number;
}

interface CommonSettings {
  readonly nomadPack: NomadPackSettings;
  /** Names of environment variables that nomad-pack, and so a pack, may read besides what it needs. */
  readonly passEnv: readonly string[];
}

export interface SetupSettings extends CommonSettings {
  readonly operation: 'setup';
}

/** What every operation on a deployment is told; the values of all inputs, checked, made once and never changed. */
export interface DeploymentSettings extends CommonSettings {
  readonly operation: Exclude<Operation, 'setup' | 'matrix'>;
  readonly deploymentName: string;
  readonly pack: PackReference;
  /** Absent where the pack is a directory, and where an operation needs none. */
  readonly registry?: RegistrySettings;
  readonly variables: VariableSettings;
  readonly nomad: NomadSettings;
  readonly rollout: RolloutSettings;
  readonly rollback: RollbackSettings;
  readonly review: ReviewSettings;
  /** The folder that relative paths are relative to. Absolute. */
  readonly workspace: string;
}

/** What the inputs ask for. Nothing in it is secret, so it may be printed: what opens doors is in the credentials. */
export type Settings = SetupSettings | DeploymentSettings;

/** The secrets among the inputs. Each goes, by itself, to the one that needs it, when that is made. */
export interface Credentials {
  readonly registry?: RegistryCredentials;
  readonly nomad: NomadCredentials;
  /** For the comment on a pull request. */
  readonly githubToken?: string;
  readonly secretVariables: SecretVariables;
}

export interface RegistryCredentials {
  readonly token: string;
  /** The user whose password the token is. */
  readonly user?: string;
}

export interface NomadCredentials {
  readonly token?: string;
  /** `user:password` of a proxy before Nomad that asks for basic authentication. */
  readonly httpAuth?: string;
}

export type SecretVariables = Readonly<Record<string, VariableValue>>;
