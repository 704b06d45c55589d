import { describe, expect, test } from '@jest/globals';
import { ActionError } from '../../src/errors.ts';
import { nearestFirst } from '../../src/nearest.ts';
import { parseRunOutput } from '../../src/nomad-pack/run-output.ts';
import { parseStatusTable } from '../../src/nomad-pack/status-table.ts';

describe('the table of `status`', () => {
  const header = ' PACK NAME | REGISTRY NAME | DEPLOYMENT NAME | JOB NAME | STATUS  ';
  const rule = '-----------+---------------+-----------------+----------+---------';

  test('all rows, by the names in the header, in whatever order', () => {
    const row = { pack: 'web', registry: 'lab', deployment: 'demo', job: 'api', status: 'running' };
    const table = `debug: x\n${header}\n${rule}\n web | lab | demo | api | running \n web | lab | demo | db | dead\n\n`;
    expect(parseStatusTable(table)).toEqual([row, { ...row, job: 'db', status: 'dead' }]);
    const other = ` STATUS | NEW | JOB NAME | DEPLOYMENT NAME | REGISTRY NAME | PACK NAME\n---+---\n running | x | api | demo | lab | web`;
    expect(parseStatusTable(other)).toEqual([row]);
  });

  test('none', () => {
    expect(parseStatusTable(`${header}\n${rule}\n`)).toEqual([]);
    expect(parseStatusTable('warning: no jobs found for pack "web" in deployment "nope"\n\n')).toEqual([]);
  });

  test.each([
    ['nothing', ''],
    ['words', 'Everything is fine\n'],
    ['a table of something else', ' PACK NAME | REGISTRY NAME\n---+---\n web | lab'],
    ['no rule', `${header}\n web | lab | demo | api | running`],
    ['a column too many', `${header}\n${rule}\n web | lab | demo | a|b | running`],
    ['a column too few', `${header}\n${rule}\n web | lab | demo | api`],
    ['no status', `${header}\n${rule}\n web | lab | demo | api | `],
    ['words below', `${header}\n${rule}\n web | lab | demo | api | running\nand more`],
    ['words above', `Error: x\n${header}\n${rule}\n web | lab | demo | api | running`],
  ])('%s is shown, not guessed at', (_, output) => {
    let error: unknown;
    try {
      parseStatusTable(output);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ActionError);
    const { reason, message } = error as ActionError;
    expect(reason).toBe('output-not-understood');
    expect(message).toContain(output.trim().split('\n')[0] ?? '');
  });
});

describe('what `run` says', () => {
  test('evaluations, registered and stopped jobs, and nothing that only looks like them', () => {
    const id = '4a326fc1-067c-d190-1952-2cf2ac507cc4';
    const output = [
      `  Evaluation ID: ${id}`,
      "  Job 'web' in pack deployment 'demo' registered successfully",
      "  Job 'nightly' in pack deployment 'demo' registered successfully",
      "warning: Job 'old' is no longer defined in pack deployment 'demo' - stopping",
      '',
      "Job 'old' stopped successfully",
      `  12:00: Monitoring evaluation "${id.slice(0, 8)}"`,
      '  Evaluation ID: nonsense',
      `My output: Evaluation ID: ${id}`,
    ].join('\n');
    expect(parseRunOutput(output)).toEqual({ evaluations: [id], registered: ['web', 'nightly'], stopped: ['old'] });
    expect(parseRunOutput('')).toEqual({ evaluations: [], registered: [], stopped: [] });
  });

  test('of jobs whose ids hold what ids may hold', () => {
    const output = "Job 'it's' stopped successfully\nJob 'two\nlines' stopped successfully\r\n";
    expect(parseRunOutput(output).stopped).toEqual(["it's", 'two\nlines']);
  });

  test.each([
    ['what comes after it is the pack’s', 'Pack successfully deployed. Use web with --ref=1 to manage it\n\n', ''],
    ['a line is indented otherwise', '   ', ''],
    ['a line goes on', '', ' and more'],
  ])('is not believed where %s', (_, before, after) => {
    const id = '4a326fc1-067c-d190-1952-2cf2ac507cc4';
    const line = (text: string) => `${before}${text}${after}\n`;
    const output = [line("Job 'web' stopped successfully"), line(`  Evaluation ID: ${id}`)].join('');
    expect(parseRunOutput(output)).toEqual({ evaluations: [], registered: [], stopped: [] });
  });
});

test.each([
  ['wbe', ['api', 'web', 'db'], 'web'],
  ['WEB', ['wet', 'web'], 'web'],
  ['x', ['b', 'a'], 'a'],
  ['', ['abc', 'ab'], 'ab'],
])('nearest to %j of %j is %j', (wanted, names, nearest) => {
  expect(nearestFirst(wanted, names)[0]).toBe(nearest);
});
