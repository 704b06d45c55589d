import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterwards } from '../../support/afterwards.ts';

/** A script that does the one thing the first time that it is run, and the other from then on. */
export interface Twice {
  readonly script: string;
  /** Resolves once it has begun the first time: Nomad may call its task healthy before that. */
  readonly hasBegun: () => Promise<void>;
}

export async function twice(first: string, then: string): Promise<Twice> {
  const folder = await mkdtemp(join(tmpdir(), 'twice-'));
  afterwards(() => rm(folder, { recursive: true }));
  const mark = join(folder, 'ran');
  const hasBegun = async () => {
    while (!existsSync(mark)) await delay(10);
  };
  return { script: `mkdir ${mark} || { ${then}; }; ${first}`, hasBegun };
}
