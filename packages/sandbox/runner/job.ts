import { delimiter } from 'node:path';
import { findLeftovers, type Leftover, takeSnapshot } from './leftovers.ts';
import type { Machine } from './machine.ts';
import { type MainResult, runMain, type StepOptions } from './step.ts';

/** A job of several steps: what one step sets for later ones, they have; their post halves run at its end, the last one first. */
export interface Job {
  run(options: StepOptions): Promise<MainResult>;
  /** @returns what is on the machine that was not before the job */
  end(): Promise<readonly Leftover[]>;
}

/** Begins a job on a machine. */
export async function beginJob(machine: Machine): Promise<Job> {
  const before = await takeSnapshot(machine);
  const posts: (() => Promise<unknown>)[] = [];
  const environment: Record<string, string> = {};
  let paths: string[] = [];
  return {
    run: async (options) => {
      const path = [...paths, options.env?.['PATH'] ?? process.env['PATH']].join(delimiter);
      const env = { ...environment, ...options.env, PATH: path };
      const { result, post } = await runMain(machine, { ...options, env });
      posts.unshift(post);
      Object.assign(environment, result.env);
      paths = [...result.paths, ...paths];
      return result;
    },
    end: async () => {
      for (const post of posts) await post();
      return await findLeftovers(machine, before);
    },
  };
}
