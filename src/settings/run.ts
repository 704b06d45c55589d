import type { MatrixRow } from '../result.ts';
import type { Differences } from './deployments/changes.ts';
import type { InputName } from './inputs.ts';
import type { Loaded, LoadOptions } from './load.ts';
import type { DeploymentSettings, NomadPackSettings, ReviewSettings } from './settings.ts';

/** A deployment's settings and credentials. */
export type LoadedDeployment = Loaded & { readonly settings: DeploymentSettings };

/** A deployment of a file that the step works on, with all that a step over it alone would have. */
export interface RunEntry {
  /** Its name in the file. */
  readonly key: string;
  /** The others that it needs, among those that the step works on; through those that it does not, too. */
  readonly needs: readonly string[];
  /** The file says that it should not be there: a deploy destroys it, so that is the operation of its settings. */
  readonly isAbsent: boolean;
  readonly loaded: LoadedDeployment;
}

/** What a step is to do over the deployments of a file. */
export interface FileRun {
  readonly kind: 'file';
  readonly operation: DeploymentSettings['operation'];
  /** The path of the file, as the user wrote it. */
  readonly file: string;
  /** Absent where the file has none. */
  readonly environment?: string;
  /** How many deployments may be worked on at once. */
  readonly parallelism: number;
  /** Begin no other once one has failed. */
  readonly failFast: boolean;
  readonly nomadPack: NomadPackSettings;
  /** Of the whole run; the digest is over the plans of all. */
  readonly review: ReviewSettings;
  /** For the comment on a pull request. */
  readonly githubToken?: string;
  /** In the order of the file. None where `changed_since` finds that nothing differs. */
  readonly entries: readonly RunEntry[];
}

/** What a step is asked to do. */
export type Run =
  | { readonly kind: 'single'; readonly loaded: Loaded }
  | FileRun
  | { readonly kind: 'matrix'; readonly rows: readonly MatrixRow[] };

export interface RunLoadOptions extends LoadOptions {
  /**
   * What differs between a commit and the workspace.
   *
   * @param question.file the file of deployments
   * @param question.parts the files and folders that are asked about
   * @throws ActionError where that cannot be told
   */
  readonly differencesSince: (question: {
    readonly revision: string;
    readonly file: string;
    readonly parts: readonly string[];
  }) => Promise<Differences>;
}

/** What means something beside a file only. */
export const BESIDE_A_FILE: readonly InputName[] = [
  'environment',
  'only',
  'only_with_needs',
  'changed_since',
  'parallelism',
  'fail_fast',
];
