import type { JobRef } from '../nomad/api.ts';
import type { NomadPack } from '../nomad-pack/cli.ts';
import type { Installation } from '../nomad-pack/install/installation.ts';
import type { WorkRecord } from '../record.ts';
import type { Log } from '../report/log.ts';
import type { Secrets } from '../report/redact.ts';
import type { PrivateFolder } from '../runner/private-folder.ts';
import type { SecretVariables } from '../settings/settings.ts';

/** What `setup` needs of the outside. */
export interface SetupTools {
  readonly log: Log;
  readonly record: WorkRecord;
  /** Where nomad-pack is, installed and verified; installed once. */
  readonly install: () => Promise<Installation>;
  /** Puts a folder on the PATH of later steps. */
  readonly addPath: (folder: string) => void;
}

/** What an operation on a deployment needs of the outside; made once, in `toolbox.ts`. */
export interface Tools {
  readonly log: Log;
  /** Where an operation notes what it finds, as it finds it: a fault later on loses nothing. What it is to tell others it returns. */
  readonly record: WorkRecord;
  /** Aborted when the step is cancelled. */
  readonly signal: AbortSignal;
  readonly secrets: SecretKeeper;
  /** Where this step comes from, for the trace of what it deploys. */
  readonly origin: Origin;
  /** What `secret_variables` sets. */
  readonly secretVariables: SecretVariables;
  /** Of this step alone; nomad-pack runs in it. */
  readonly folder: PrivateFolder;
  /** The folder for temporary files, which may stay after the step for later ones to read. Absolute. */
  readonly temporary: string;
  /**
   * Takes jobs for this deployment before it registers them.
   *
   * @throws ActionError `job-conflict` where another deployment of the step has taken one of them
   */
  readonly reserve: (jobs: readonly JobRef[]) => void;
  /** nomad-pack, which is installed once, and runs when it is verified. */
  readonly nomadPack: () => Promise<NomadPack>;
  /** Until it is there, as a phase of the log. */
  readonly untilInstalled: () => Promise<unknown>;
}

/** The run of a workflow; each is absent where there is none. */
export interface Origin {
  /** Of the workflow's repository. */
  readonly commit?: string;
  /** Link to the run. */
  readonly run?: string;
  /** Who started it. */
  readonly actor?: string;
}

/** What nobody may see: masked in the log, and hidden wherever the action writes. */
export type SecretKeeper = Pick<Secrets, 'add' | 'redact' | 'holdsToken'>;
