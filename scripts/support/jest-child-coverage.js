/**
 * Lets the processes that the tests of `e2e/` start write what V8 counts in them, where the environment names a folder for it. Those of
 * other folders run the same lines, and counting takes a fourth of their time. Set in here and not for Jest itself, which would then
 * write down its own too.
 */
const { testPath = '' } = globalThis.expect.getState();
if (process.env.CHILD_COVERAGE && /[\\/]e2e[\\/]/.test(testPath))
  process.env.NODE_V8_COVERAGE = process.env.CHILD_COVERAGE;
else delete process.env.NODE_V8_COVERAGE;
