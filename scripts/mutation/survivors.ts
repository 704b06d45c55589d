/** A mutant that has been looked at, and that no test need notice. */
export interface Survivor {
  readonly file: string;
  /** The code before and after, in one line. */
  readonly was: string;
  readonly becomes: string;
  readonly why: string;
}

export const SURVIVORS: readonly Survivor[] = [];
