import { mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tools } from './tools.ts';

/**
 * A new folder for files that stay after the step, for later steps to read; absolute. The runner removes it with the job. There is no
 * folder of a known name above it: another user of the machine could have made that one before, and would own what is in it.
 */
export async function makeOutputFolder({ temporary }: Tools, prefix: string): Promise<string> {
  await mkdir(temporary, { recursive: true });
  return await mkdtemp(join(temporary, `nomad-pack-${prefix}`));
}
