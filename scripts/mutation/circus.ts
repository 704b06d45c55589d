import { AsyncLocalStorage } from 'node:async_hooks';
import { relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { addEventHandler, getState, resetState, run } from 'jest-circus';

type State = ReturnType<typeof getState>;
type Block = State['rootDescribeBlock'];
type Test = Extract<Block['children'][number], { type: 'test' }>;

export interface TestRun {
  /** The file and the whole name; stays the same from run to run. */
  readonly id: string;
  readonly file: string;
  readonly position: { readonly line: number; readonly column: number } | undefined;
  readonly milliseconds: number;
  /** What went wrong; empty for a test that passed. */
  readonly trouble: string;
}

export interface RunOptions {
  /** Whether a test is run. Default: each. */
  readonly wanted?: (id: string) => boolean;
  /** How long a test may take, in milliseconds. Default: a minute. */
  readonly time?: (id: string) => number;
  /** No more tests are run after the first that fails. */
  readonly bail: boolean;
  /** Called when a test begins, and with the file where what runs belongs to all of its tests. */
  readonly onTest?: (id: string) => void;
}

interface Current {
  readonly file: string;
  readonly options: RunOptions;
  readonly stray: string[];
  failed: boolean;
}

const runs = new AsyncLocalStorage<Current>();
let current: Current | undefined;
let count = 0;

/** Once per process, before the first run: errors that nobody catches belong to the run that caused them. */
export function listen(): void {
  addEventHandler((event) => {
    if (current === undefined) return;
    const { options } = current;
    if (event.name === 'run_start') prepare(getState().rootDescribeBlock, current);
    if (event.name === 'test_start') options.onTest?.(idOf(current.file, event.test));
    if (event.name === 'test_skip') options.onTest?.(current.file);
    if (event.name === 'test_done') {
      options.onTest?.(current.file);
      if (event.test.errors.length === 0 && current.stray.length === 0) return;
      current.failed = true;
      if (options.bail) for (const test of testsOf(getState().rootDescribeBlock)) test.mode = 'skip';
    }
  });
  const onError = (error: unknown) => {
    const cause = runs.getStore() ?? current;
    if (cause !== current) return;
    current?.stray.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  };
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.removeAllListeners(event);
    process.on(event, onError);
  }
}

/** Runs the tests of a file that has been loaded anew. Tests that are not wanted are not among the results. */
export async function runFile(file: string, options: RunOptions): Promise<TestRun[]> {
  const mine: Current = { file, options, stray: [], failed: false };
  count += 1;
  resetState();
  options.onTest?.(file);
  await import(`${pathToFileURL(file).href}?run=${count}`);
  current = mine;
  const root = getState().rootDescribeBlock;
  await runs.run(mine, run);
  current = undefined;
  const ran = testsOf(root).filter((test) => test.status === 'done');
  const results = ran.map((test) => result(file, test));
  const unhandled = [...mine.stray, ...getState().unhandledErrors.map(words)];
  const first = results.find(({ trouble }) => trouble !== '') ?? results.at(-1);
  if (unhandled.length === 0 || first === undefined) return results;
  return results.map((one) => (one === first ? { ...one, trouble: [one.trouble, ...unhandled].join('\n') } : one));
}

/** Whether a test failed because it took longer than it may. */
export function isTimeout({ trouble }: TestRun): boolean {
  return trouble.includes('Exceeded timeout of');
}

/** Leaves out what is not wanted, and limits the time of the others. */
function prepare(root: Block, { file, options }: Current): void {
  for (const test of testsOf(root)) {
    const id = idOf(file, test);
    test.timeout = options.time?.(id) ?? 60_000;
    if (options.wanted?.(id) === false) test.mode = 'skip';
  }
  for (const block of blocksOf(root)) {
    if (testsOf(block).every(({ mode }) => mode === 'skip')) block.mode = 'skip';
  }
}

function result(file: string, test: Test): TestRun {
  const frame = words(test.asyncError)
    .split('\n')
    .find((line) => line.includes(file));
  const place = /:(\d+):(\d+)\)?$/.exec(frame ?? '');
  return {
    id: idOf(file, test),
    file,
    position: place === null ? undefined : { line: Number(place[1]) - 1, column: Number(place[2]) - 1 },
    milliseconds: test.duration ?? 0,
    trouble: test.errors.map(words).join('\n'),
  };
}

function idOf(file: string, test: Test): string {
  const names = [test.name];
  for (let block: Block | undefined = test.parent; block?.parent; block = block.parent) names.unshift(block.name);
  return `${relative(process.cwd(), file)} > ${names.join(' > ')}`;
}

function testsOf(block: Block): Test[] {
  return block.children.flatMap((child) => (child.type === 'test' ? [child] : testsOf(child)));
}

function blocksOf(block: Block): Block[] {
  return [block, ...block.children.flatMap((child) => (child.type === 'test' ? [] : blocksOf(child)))];
}

function words(error: unknown): string {
  if (Array.isArray(error)) return words(error.find(Boolean));
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
