import type { JobStore } from '../../job-store.ts';
import type { Environment } from '../../settings/inputs.ts';
import type { Patience } from './download.ts';
import type { Product } from './platform.ts';

/** A nomad-pack that is ready to be run. */
export interface Installation {
  /** The executable, absolute. */
  readonly path: string;
  /** The one that the executable is in. */
  readonly folder: string;
  /**
   * A program that the machine has is asked for it meanwhile. Rejects with an ActionError: `output-not-understood` where the answer is
   * none of nomad-pack, `cancelled`.
   */
  readonly version: Promise<string>;
}

export interface InstallOptions {
  /** What is installed; default: nomad-pack. */
  readonly product?: Product;
  readonly environment: Environment;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
  readonly warn: (line: string) => void;
  /**
   * Where the program goes, a folder for nothing else: absolute. Default: one of the job, which stays when the step has ended. The
   * program on PATH stays where it is.
   */
  readonly into?: string;
  /** What earlier steps of the job have verified; a program that this step verifies is left there. */
  readonly store?: JobStore;
  /** How long downloads may take, where it is not what real sites need. */
  readonly patience?: Patience;
}
