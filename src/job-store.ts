/** Something that a step of this job has made and verified. */
export interface Kept {
  /** A file or a folder, absolute. */
  readonly path: string;
  /** What there is to know of it. */
  readonly note: string;
}

/** What a step leaves for the later steps of its job, and for nobody else. */
export interface JobStore {
  /** What was kept under a name; undefined where there is nothing, or it is not what was kept any more. */
  find(name: string): Promise<Kept | undefined>;
  /**
   * Keeps a file or folder for later steps. A failure is not one of the step's: then nothing is kept.
   *
   * @param make makes it in the folder that it is given, where its name is its own, and returns its path; it may also be elsewhere, as
   *   long as it stays for the job
   * @returns its path; undefined where this job keeps nothing
   */
  keep(name: string, note: string, make: (folder: string) => Promise<string>): Promise<string | undefined>;
}
