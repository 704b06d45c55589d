import type { NomadClient } from '../nomad/client.ts';
import type { NomadPack } from '../nomad-pack/cli.ts';
import type { Installation } from '../nomad-pack/install/installation.ts';
import type { Findings } from '../result.ts';
import type { PrivateFolder } from '../runner/private-folder.ts';
import type { SecretVariables } from '../settings/settings.ts';

/** What `setup` needs of the outside. */
export interface SetupTools {
  readonly log: Log;
  readonly findings: Findings;
  /** Where nomad-pack is, installed and verified; installed once. */
  readonly install: () => Promise<Installation>;
  /** Puts a folder on the PATH of later steps. */
  readonly addPath: (folder: string) => void;
}

/** What an operation on a deployment needs of the outside; made once, in `toolbox.ts`. */
export interface Tools {
  readonly log: Log;
  /** Where an operation notes what it finds, as it finds it: a fault later on loses nothing. */
  readonly findings: Findings;
  /** Aborted when the step is cancelled. */
  readonly signal: AbortSignal;
  readonly secrets: SecretKeeper;
  /** What `secret_variables` sets. */
  readonly secretVariables: SecretVariables;
  /** Of this step alone; nomad-pack runs in it. */
  readonly folder: PrivateFolder;
  /** The folder for temporary files, which may stay after the step for later ones to read. Absolute. */
  readonly temporary: string;
  /** Milliseconds since the step began. */
  readonly elapsed: () => number;
  /** The cluster's API, logged in; the same client at every call. */
  readonly nomad: () => Promise<NomadClient>;
  /** A client for a last look after a cancel, while there is time for one; the caller closes it. */
  readonly lastNomad: () => Promise<NomadClient>;
  /** nomad-pack, installed and verified; installed once. */
  readonly nomadPack: () => Promise<NomadPack>;
}

export interface Log {
  info(text: string): void;
  debug(text: string): void;
  /** Something a reader should know that is no failure. Ends up in the summary too. */
  notice(text: string): void;
  warning(text: string): void;
  /** A line on how the rollout goes, visible without unfolding anything; part of the timeline, too. */
  progress(text: string, job?: string): void;
  /** Runs a part of the work: its output is folded away, and its name and time are told. */
  phase<T>(name: string, work: () => Promise<T>): Promise<T>;
}

export interface SecretKeeper {
  /** From now on the value is masked in the log and redacted wherever the action writes. */
  add(name: string, value: string): void;
  redact(text: string): string;
  /** Whether a token is in the text, as it is or encoded. */
  holdsToken(text: string): boolean;
}
