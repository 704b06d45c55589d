import { readdirSync, readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';

/**
 * The thread behind `recordProcesses`: looks through /proc until it is told to stop. Plain JavaScript, because a thread is not under
 * jest's transform.
 */
const stop = workerData;
const present = new Set(processIds());
const found = new Map();
parentPort.postMessage('ready');
do look();
while (Atomics.wait(stop, 0, 0, 1) === 'timed-out');
look();
parentPort.postMessage([...found.values()]);

function look() {
  for (const id of processIds()) if (!present.has(id)) note(id);
}

function processIds() {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
}

/** A process changes its command line when it becomes another program. */
function note(id) {
  const argv = read(`/proc/${id}/cmdline`);
  if (argv.length === 0) return;
  const key = `${id} ${argv.join('\0')}`;
  if (!found.has(key)) found.set(key, { argv, environment: read(`/proc/${id}/environ`) });
}

/** What is gone already, or is another user's, reads as nothing. */
function read(file) {
  try {
    return readFileSync(file, 'utf8').split('\0').slice(0, -1);
  } catch {
    return [];
  }
}
