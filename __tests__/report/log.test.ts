import { describe, expect, test } from '@jest/globals';
import { ActionError } from '../../src/errors.ts';
import { isDebugLine } from '../../src/nomad-pack/output.ts';
import { WorkRecord } from '../../src/record.ts';
import { createLog } from '../../src/report/log.ts';
import { Secrets } from '../../src/report/redact.ts';
import { issueCommand, printLine } from '../../src/runner/commands.ts';
import { obeyedCommands } from './support/runner.ts';
import { captureStdout } from './support/stdout.ts';

function setup(environment: Record<string, string> = {}, name?: string) {
  const secrets = new Secrets({ mask: () => {} });
  secrets.add('nomad_token', 'hunter2-hunter2');
  const record = new WorkRecord(() => time);
  let time = 0;
  const log = createLog({
    output: { line: printLine, command: issueCommand },
    secrets,
    debugging: environment['RUNNER_DEBUG'] === '1',
    record,
    elapsed: () => time,
    ...(name !== undefined && { name }),
  });
  return { log, record, tick: (milliseconds: number) => (time += milliseconds) };
}

describe('a phase', () => {
  test('folds its detail and tells its name and time in one line', async () => {
    const { log, record, tick } = setup();
    const output = await captureStdout(async () => {
      await log.phase('Fetch the pack', async () => {
        log.info('Cloning');
        log.foreign('done');
        tick(420);
      });
      log.info('after');
    });

    expect(output).toBe('::group::Fetch the pack\nCloning\ndone\n::endgroup::\n✓ Fetch the pack (0.4 s)\nafter\n');
    expect(record.history().phases).toEqual([{ name: 'Fetch the pack', start: 0, duration: 420 }]);
  });

  test('that says nothing is one line', async () => {
    const { log } = setup();
    expect(await captureStdout(() => log.phase('Plan', async () => {}))).toBe('✓ Plan (0.0 s)\n');
  });

  test('that fails says so, and passes the error on', async () => {
    const { log, record } = setup();
    const output = await captureStdout(async () => {
      const work = log.phase('Plan', async () => {
        log.info('detail');
        throw new ActionError('template', 'no');
      });
      await expect(work).rejects.toThrow('no');
    });

    expect(output).toBe('::group::Plan\ndetail\n::endgroup::\n✗ Plan (0.0 s)\n');
    expect(record.history().phases).toHaveLength(1);
  });

  test('that came to a bad end without throwing is marked so', async () => {
    const { log } = setup();
    expect(
      await captureStdout(() =>
        log.phase(
          'Watch',
          async () => 1,
          (found) => found > 1,
        ),
      ),
    ).toBe('✗ Watch (0.0 s)\n');
  });

  test('answers what its work answers', async () => {
    const { log } = setup();
    let answer = 0;
    await captureStdout(async () => {
      answer = await log.phase('Plan', async () => 42);
    });
    expect(answer).toBe(42);
  });

  test('within another nests no group, and each is in the record in the order they began', async () => {
    const { log, record } = setup();
    const output = await captureStdout(() =>
      log.phase('Outer', async () => {
        log.info('one');
        await log.phase('Inner', async () => log.info('two'));
        log.info('three');
      }),
    );

    expect(output.split('\n')).toEqual([
      '::group::Outer',
      'one',
      '::endgroup::',
      '::group::Inner',
      'two',
      '::endgroup::',
      '✓ Inner (0.0 s)',
      '::group::Outer',
      'three',
      '::endgroup::',
      '✓ Outer (0.0 s)',
      '',
    ]);
    expect(record.history().phases.map(({ name }) => name)).toEqual(['Outer', 'Inner']);
  });
});

describe('what must be seen is not folded', () => {
  test('progress, which is part of the timeline', async () => {
    const { log, record, tick } = setup();
    const output = await captureStdout(() =>
      log.phase('Watch', async () => {
        log.info('detail');
        tick(1_500);
        log.progress('web: 1 of 3 healthy', 'web');
        log.progress('No change');
      }),
    );

    expect(output).toBe(
      '::group::Watch\ndetail\n::endgroup::\n  web: 1 of 3 healthy (1.5 s)\n  No change (1.5 s)\n✓ Watch (1.5 s)\n',
    );
    expect(record.history().timeline).toEqual([
      { at: 1_500, text: '1 of 3 healthy', job: 'web' },
      { at: 1_500, text: 'No change' },
    ]);
  });

  test('notices and warnings, which are in the record, too, each once and redacted', async () => {
    const { log, record } = setup();
    const output = await captureStdout(() =>
      log.phase('Watch', async () => {
        log.info('detail');
        log.warning('100%\nhunter2-hunter2');
        log.warning('100%\nhunter2-hunter2');
        log.notice('by the way');
      }),
    );

    expect(output).toContain('::endgroup::\n::warning::100%25%0A***\n');
    expect(record.history().notices).toEqual(['100%\n***', 'by the way']);
  });
});

describe('an error', () => {
  test('says the problem, then what to do, and points at the file', async () => {
    const { log } = setup();
    const error = new ActionError('variable-type', 'The variable `count` is wrong: hunter2-hunter2', {
      hint: 'Give it a number.',
      location: { file: 'vars/a,b:c.hcl', line: 3, column: 7 },
    });

    const output = await captureStdout(() => log.error(error, 'more'));

    expect(output).toBe(
      '::error title=Nomad Pack%3A variable-type,file=vars/a%2Cb%3Ac.hcl,line=3,col=7::' +
        'The variable `count` is wrong: ***%0A%0AGive it a number.%0A%0Amore\n',
    );
  });

  test('without a file or a hint has neither', async () => {
    const { log } = setup();
    expect(await captureStdout(() => log.error(new ActionError('timeout', 'late')))).toBe(
      '::error title=Nomad Pack%3A timeout::late\n',
    );
  });
});

describe('debugging', () => {
  const lines = (environment: Record<string, string>) => {
    const { log } = setup(environment);
    return captureStdout(() => {
      const line = '\u001b[2mdebug: go-getter URL is x\u001b[0m';
      log.foreign(line, isDebugLine(line));
      log.debug('GET /v1/jobs hunter2-hunter2');
    });
  };

  test('is silent as a rule', async () => {
    expect(await lines({})).toBe('');
  });

  test('shows other programs’ tracing, too, where it is on', async () => {
    expect(obeyedCommands(await lines({ RUNNER_DEBUG: '1' })).map(({ command }) => command)).toEqual([
      'debug',
      'debug',
    ]);
    expect(await lines({ RUNNER_DEBUG: '1' })).not.toContain('hunter2');
  });
});

const ATTACKS = [
  '::error::boo',
  '  ::set-output name=status::running',
  '\t::add-mask::a',
  '\u00a0\u3000::stop-commands::x',
  '\u0085::set-env name=PATH::/tmp',
  '\u200b\ufeff::warning::x',
  '##[error]boo',
  'harmless ##[set-env name=PATH;]/tmp',
  'first\n::error::second',
  'first\r::error::second',
  'first\u2028::error::second',
  '\u001b[31m::error::boo\u001b[0m',
  '\u001b]8;;http://evil\u0007::error::boo',
  '\u0000::error::boo',
  '#\u0007#[error]boo',
  ':\u0007:error::boo',
  '##\u001b[0m[error]boo',
];

describe('no word of another program is a command to the runner', () => {
  test.each(ATTACKS)('%j', async (attack) => {
    const { log } = setup();
    const output = await captureStdout(async () => {
      log.foreign(attack);
      log.info(attack);
      log.progress(attack, attack);
      log.progress(attack);
    });
    expect(obeyedCommands(output)).toEqual([]);
  });

  test.each(ATTACKS)('nor in what annotates or names: %j', async (attack) => {
    const { log } = setup({ RUNNER_DEBUG: '1' });
    const output = await captureStdout(async () => {
      log.notice(attack);
      log.warning(attack);
      log.debug(attack);
      log.error(new ActionError('timeout', attack, { hint: attack, location: { file: attack } }), attack);
    });
    expect(obeyedCommands(output).map(({ command }) => command)).toEqual(['notice', 'warning', 'debug', 'error']);
  });

  test('while the words stay legible', async () => {
    const { log } = setup();
    expect(await captureStdout(() => log.foreign('\u001b[31m::error::boo\u001b[0m'))).toBe('| ::error::boo\n');
    expect(await captureStdout(() => log.foreign('job::web ok\tdone'))).toBe('job::web ok\tdone\n');
  });
});

describe('of several deployments side by side', () => {
  test('each line names its own, and a group comes out as a whole', async () => {
    const [web, api] = [setup({}, 'web'), setup({}, 'api')];
    const output = await captureStdout(async () => {
      let end = () => {};
      const held = new Promise<void>((resolve) => {
        end = resolve;
      });
      const phase = web.log.phase('Plan', async () => {
        web.log.info('one\n::error::two');
        await held;
      });
      await api.log.phase('Plan', async () => api.log.info('three'));
      api.log.progress('running', 'job');
      api.log.warning('careful');
      end();
      await phase;
      web.log.error(new ActionError('template', 'no', { hint: 'yes' }));
    });
    expect(output.split('\n')).toEqual([
      '::group::api: Plan',
      'api: three',
      '::endgroup::',
      'api: ✓ Plan (0.0 s)',
      'api:   running (0.0 s)',
      '::warning::api: careful',
      '::group::web: Plan',
      'web: one',
      'web: ::error::two',
      '::endgroup::',
      'web: ✓ Plan (0.0 s)',
      '::error title=Nomad Pack%3A web%3A template::web: no%0A%0Ayes',
      '',
    ]);
    expect(api.record.history().notices).toEqual(['careful']);
  });

  test('what debugging shows of a group is in it', async () => {
    const { log } = setup({ RUNNER_DEBUG: '1' }, 'web');
    const output = await captureStdout(() =>
      log.phase('Plan', async () => {
        log.info('one');
        log.debug('two');
      }),
    );
    expect(output).toBe('::group::web: Plan\nweb: one\n::debug::web: two\n::endgroup::\nweb: ✓ Plan (0.0 s)\n');
  });
});
