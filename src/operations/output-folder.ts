import { mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tools } from './tools.ts';

/** A new folder for files that stay after the step, for later steps to read; absolute. The runner removes it with the job. */
export async function makeOutputFolder({ outputFolder }: Tools, prefix: string): Promise<string> {
  await mkdir(outputFolder, { recursive: true });
  return await mkdtemp(join(outputFolder, prefix));
}
