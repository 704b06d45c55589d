import type { ActionError } from './errors.ts';
import type { Health, History, Operation, Result, Status } from './result.ts';
import type { DeploymentSettings } from './settings/settings.ts';

/** How one deployment of a file ended. */
export interface DeploymentEnd {
  /** Its name in the file. */
  readonly key: string;
  /** The deployments of the file that it needs. */
  readonly needs: readonly string[];
  /** The file says that it should not be there: a deploy destroys it. */
  readonly isAbsent: boolean;
  readonly settings: DeploymentSettings;
  /** Of one that was not begun, a failure with the reason `skipped` or `cancelled` that says why. */
  readonly result: Result;
}

/** How a step over a deployments file ended: each deployment, and what there is to say of the whole. */
export interface CombinedEnd extends History {
  readonly operation: Operation;
  /** Absent where the file has none. */
  readonly environment?: string;
  /** The path of the file, as the user wrote it. */
  readonly file: string;
  /** In the order of the file. */
  readonly deployments: readonly DeploymentEnd[];
  /** The worst of all. */
  readonly status: Status;
  /** The worst of all. */
  readonly health: Health;
  /** Whether any has changed, or would. */
  readonly changed: boolean;
  /** Of the first deployment that failed, in the order of what they need. */
  readonly failure?: ActionError;
  /** Of the program that all were run with, where one was needed. */
  readonly nomadPackVersion?: string;
  /** `sha256:...` over the plans of all; present where each has one. */
  readonly planDigest?: string;
}

/** What came of the deployments, before it is told how the step as such went. */
export type CombinedOutcome = Omit<CombinedEnd, keyof History>;
