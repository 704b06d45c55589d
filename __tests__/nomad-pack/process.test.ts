import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type CommandOptions, runCommand } from '../../src/nomad-pack/process.ts';
import { failure } from '../support/failure.ts';

let cwd: string;

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'process-'));
});

afterAll(async () => {
  await rm(cwd, { recursive: true });
});

/** Longer than any of the commands. Milliseconds. */
const LIMIT = 120_000;

const PATH = process.env['PATH'] ?? '';

async function shell(script: string, options: Partial<CommandOptions> = {}) {
  const signal = new AbortController().signal;
  return await runCommand('/bin/sh', ['-c', script], { cwd, env: { PATH }, signal, limit: LIMIT, ...options });
}

/** Runs the script, and cancels it when it prints `ready`. */
function cancelWhenReady(script: string, options: Partial<CommandOptions> = {}) {
  const cancel = new AbortController();
  const began = performance.now();
  const lines: string[] = [];
  const outcome = shell(script, {
    ...options,
    signal: cancel.signal,
    onLine: (line) => {
      lines.push(line);
      if (line === 'ready') cancel.abort();
    },
  });
  return { outcome, lines, elapsed: () => performance.now() - began };
}

describe('a command', () => {
  test('gets its arguments as they are, its folder, and no environment but the one it is given', async () => {
    const signal = new AbortController().signal;
    const args = ['-c', 'pwd; printf "%s\\n" "$@"; env', 'sh', '$(touch x)', 'a b', ''];
    const { output } = await runCommand('/bin/sh', args, { cwd, env: { ONLY: 'this' }, signal, limit: LIMIT });
    const lines = output.split('\n');
    expect(lines.slice(0, 4)).toEqual([cwd, '$(touch x)', 'a b', '']);
    expect(lines.slice(4).filter((line) => !/^(?:PWD|SHLVL|_|OLDPWD)=/.test(line))).toEqual(['ONLY=this']);
  });

  test('has its lines told as they come, those of both streams', async () => {
    const lines: string[] = [];
    const { output, exitCode } = await shell('printf "one\\r\\ntwo"; echo three >&2; exit 3', {
      onLine: (line) => lines.push(line),
    });
    expect(exitCode).toBe(3);
    expect(lines.sort()).toEqual(['one', 'three', 'two']);
    expect(output.split('\n').sort()).toEqual(['one', 'three', 'two']);
  });

  test('has no input', async () => {
    expect((await shell('cat; echo done')).output).toBe('done');
  });

  test('keeps characters whole that come in pieces', async () => {
    expect((await shell("printf '\\303'; sleep 0.05; printf '\\244\\n'")).output).toBe('ä');
  });

  test.each([
    ['SIGKILL', 137],
    ['SIGTERM', 143],
    ['SIGINT', 130],
    ['SIGSEGV', 139],
  ])('that %s ended has the exit code that a shell would give it', async (name, exitCode) => {
    expect((await shell(`kill -${name.slice(3)} $$`)).exitCode).toBe(exitCode);
  });

  test('that prints without end is cut, but not stopped', async () => {
    let count = 0;
    const script = 'yes 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde | head -c 20000000';
    const { output, exitCode } = await shell(script, { onLine: () => count++ });
    expect(exitCode).toBe(0);
    expect(output.length).toBeLessThanOrEqual(16 * 1024 * 1024);
    expect(output.length).toBeGreaterThan(16 * 1024 * 1024 - 100);
    expect(count).toBe(312_500);
  });

  test('that cannot be started is told', async () => {
    const signal = new AbortController().signal;
    const error = await failure(runCommand('/nowhere/nomad-pack', [], { cwd, env: {}, signal, limit: LIMIT }));
    expect([error.reason, error.message]).toEqual([
      'nomad-pack-missing',
      expect.stringContaining('`/nowhere/nomad-pack` could not be started'),
    ]);
    expect(error.hint).toContain('nomad_pack_version');
  });

  test('is remembered while it runs, and only then', async () => {
    const told: [number, string][] = [];
    await shell('true', { onProcess: (...words) => void told.push(words) });
    const [[pid] = []] = told;
    expect(told).toEqual([
      [expect.any(Number), 'runs'],
      [pid, 'ended'],
    ]);
  });

  test('does not outlive a failure to remember it', async () => {
    let pid = 0;
    const outcome = shell('sleep 60', {
      onProcess: (id, state) => {
        if (state === 'ended') return;
        pid = id;
        throw new Error('disk full');
      },
    });
    await expect(outcome).rejects.toThrow('disk full');
    await gone(pid);
  });
});

/** Resolves when no process of the group is left. */
async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(-pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe('a cancel', () => {
  test('before the start starts nothing', async () => {
    const signal = AbortSignal.abort();
    expect((await failure(shell('touch started', { signal }))).reason).toBe('cancelled');
    expect((await shell('ls')).output).toBe('');
  });

  test('interrupts the command', async () => {
    const { outcome, lines } = cancelWhenReady(
      'trap "echo interrupted; exit 1" INT; echo ready; while :; do sleep 0.05; done',
    );
    expect((await failure(outcome)).reason).toBe('cancelled');
    // One that is killed cannot say so.
    expect(lines).toEqual(['ready', 'interrupted']);
  });

  test('kills a command that ignores it, a second later, with all that it started', async () => {
    const { outcome, elapsed } = cancelWhenReady(
      'trap "" INT; (trap "" INT TERM; sh -c "trap \\"\\" INT; sleep 60; true" & wait) & echo ready; sleep 60; true',
    );
    expect((await failure(outcome)).reason).toBe('cancelled');
    expect(elapsed()).toBeGreaterThan(900);
    // It would go on for a minute.
    expect(elapsed()).toBeLessThan(20_000);
  });

  test('lets a command finish that may', async () => {
    const { outcome } = cancelWhenReady('echo ready; sleep 0.3; echo finished', { finishWithin: 3000 });
    expect(await outcome).toMatchObject({ exitCode: 0, output: 'ready\nfinished' });
  });

  test('while the process is being remembered is not missed', async () => {
    const cancel = new AbortController();
    const outcome = shell('sleep 60', { signal: cancel.signal, onProcess: () => cancel.abort() });
    expect((await failure(outcome)).reason).toBe('cancelled');
  });
});

test('a command that takes longer than it may is interrupted, which is not a cancel', async () => {
  const outcome = await shell('exec sleep 60', { limit: 100 });
  expect(outcome).toEqual({ exitCode: 130, output: '', interrupted: true });
  expect(await shell('true', { limit: 60_000 })).toMatchObject({ interrupted: false });
});

describe('output that something left behind holds open', () => {
  // In a group of its own, as a daemon: it does not end with the command.
  const orphan = 'setsid sh -c "echo \\$\\$ > orphan; exec sleep 60" &';

  async function orphaned(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } finally {
      process.kill(Number(await readFile(join(cwd, 'orphan'), 'utf8')), 'SIGKILL');
      await rm(join(cwd, 'orphan'));
    }
  }

  test('is not waited for: what was said until then counts', async () => {
    await orphaned(async () => {
      const outcome = await shell(`${orphan} while [ ! -s orphan ]; do sleep 0.01; done; echo said; exit 3`);
      expect(outcome).toEqual({ exitCode: 3, output: 'said', interrupted: false });
    });
  }, 30_000);

  test('is not waited for at the end of its time either', async () => {
    await orphaned(async () => {
      const outcome = await shell(`${orphan} echo said; exec sleep 60`, { limit: 500 });
      expect(outcome).toMatchObject({ output: 'said', interrupted: true });
    });
  }, 30_000);

  test('is not waited for after a cancel', async () => {
    await orphaned(async () => {
      const { outcome } = cancelWhenReady(
        `${orphan} while [ ! -s orphan ]; do sleep 0.01; done; echo ready; exec sleep 60`,
      );
      expect((await failure(outcome)).reason).toBe('cancelled');
    });
  }, 30_000);
});
