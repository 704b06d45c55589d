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
