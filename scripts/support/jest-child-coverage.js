/**
 * Lets the processes that tests start write what V8 counts in them, where the environment names a folder for it. Set in here and not
 * for Jest itself, which would then write down its own too.
 */
if (process.env.CHILD_COVERAGE) process.env.NODE_V8_COVERAGE = process.env.CHILD_COVERAGE;
