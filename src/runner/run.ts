/** What the step saved for its end (`saveState`), as the runner gives it back. */
export interface Saved {
  readonly folder: string | undefined;
  readonly key: string | undefined;
  readonly jobFolder: string | undefined;
  readonly jobKey: string | undefined;
}

/**
 * Runs the half of the action that the runner asks for: it starts one file for the step, and at the end of the job once more, then
 * with the state that the step saved.
 */
export async function run(main: () => Promise<void>, post: (saved: Saved) => Promise<void>): Promise<void> {
  if (process.env['STATE_step'] === undefined) await main();
  else {
    await post({
      folder: process.env['STATE_folder'],
      key: process.env['STATE_key'],
      jobFolder: process.env['STATE_job_folder'],
      jobKey: process.env['STATE_job_key'],
    });
  }
}
