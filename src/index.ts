/**
 * The action's entry, for both its halves: the runner starts this file for the step, and at the end of the job once more, then with
 * the state that the step saved.
 */
if (process.env['STATE_step'] === undefined) {
  const { main } = await import('./main.ts');
  await main();
} else {
  const { post } = await import('./post.ts');
  await post({ path: process.env['STATE_folder'], key: process.env['STATE_key'] }, process.env);
}

export {};
