/** One side of a comparison. */
export interface Side {
  readonly name: string;
  /** Does the thing once. Time that it takes to get ready or clean up is not counted when it gives its own milliseconds back. */
  readonly run: () => Promise<number | undefined> | number | undefined;
}

/** A promise about time: the subject takes at most so many times as long as the base, or so many milliseconds longer. */
export interface Comparison {
  readonly name: string;
  readonly base: Side;
  readonly subject: Side;
  readonly rounds: number;
  readonly most: number | { readonly beyond: number };
}
