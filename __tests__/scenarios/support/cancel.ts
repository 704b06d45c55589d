import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** How long a process has waited for a processor so far, where the system tells: Linux. Milliseconds. */
function starvedFor({ pid }: ChildProcess): number {
  try {
    const [, waited = '0'] = readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ');
    return Number(waited) / 1e6;
  } catch {
    return 0;
  }
}

/** Sends a step the signal. @returns what is known, once the process has ended, of how long that took it by its own account. Milliseconds. */
export function cancel(child: ChildProcess, name: NodeJS.Signals): () => number {
  const [signalled, starved] = [performance.now(), starvedFor(child)];
  let lost = 0;
  let taken = Number.POSITIVE_INFINITY;
  const timer = setInterval(() => {
    lost = Math.max(lost, starvedFor(child) - starved);
  }, 50);
  child.once('exit', () => {
    taken = performance.now() - signalled;
    clearInterval(timer);
  });
  child.kill(name);
  return () => taken - lost;
}
