import { run } from './runner/run.ts';

/** The action's entry, for both its halves. Each is loaded only when it is the one to run. */
await run(
  async () => {
    const { main } = await import('./main.ts');
    await main();
  },
  async ({ folder, key, jobFolder, jobKey }) => {
    const { post } = await import('./post.ts');
    await post({ path: folder, key }, process.env);
    await post({ path: jobFolder, key: jobKey }, process.env);
  },
);
