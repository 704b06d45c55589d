import { type Attempt, type AttemptOptions, attempt, NotPrepared } from './attempt.ts';
import { casesOf, type FaultCase, type Recording } from './cases.ts';
import type { Job } from './cluster.ts';
import { JOBS, OPERATIONS, type Operation, type Place } from './operations.ts';
import type { Verdict } from './report.ts';
import { judge } from './rules.ts';
import { CLEAN, promisedTime } from './time.ts';
import type { World } from './world.ts';

/** The faults of a world: what clean runs ask, and what comes of it when that goes wrong. */
export class Matrix {
  readonly #world: World;
  readonly #run = `${process.pid}`;
  #places = 0;
  #base: readonly Job[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  /**
   * Runs the operations without any fault, and enumerates the faults that there can be.
   *
   * @throws where a clean run is not as it should be: nothing could be said of one that goes wrong then
   */
  async enumerate(operations: readonly Operation[]): Promise<FaultCase[]> {
    const [deploy, ...others] = OPERATIONS;
    if (deploy === undefined) return [];
    const first = await this.#record(deploy);
    // As a deploy registers them: the namespaces of other operations are prepared with them.
    this.#base = first.jobs.filter(({ ID }) => JOBS.includes(ID));
    const wanted = others.filter((operation) => operations.includes(operation));
    const lists = await inParallel(wanted, 2, async (operation) => casesOf(operation, await this.#record(operation)));
    return [...(operations.includes(deploy) ? casesOf(deploy, first) : []), ...lists.flat()];
  }

  /** A cluster that cannot be brought to where the operation begins says nothing of the action, and ends no run. */
  async try(faultCase: FaultCase): Promise<Verdict> {
    try {
      const found = await this.#attempt(faultCase).catch(async (error: unknown) => {
        if (!(error instanceof NotPrepared)) throw error;
        return await this.#attempt(faultCase);
      });
      const breaches = found.reached ? judge(faultCase, found) : [];
      return { faultCase, reached: found.reached, breaches, log: found.step?.log ?? '' };
    } catch (error) {
      if (!(error instanceof NotPrepared)) throw error;
      return { faultCase, reached: false, breaches: [], log: '', notPrepared: error.message };
    }
  }

  /** As `try`, held against how long the operation takes at this moment: a machine that has much else to do is slow. */
  async tryAgain(faultCase: FaultCase): Promise<Verdict> {
    const { operation, trouble } = faultCase;
    const { duration } = await this.#record(operation);
    return await this.try({ ...faultCase, promised: promisedTime(operation, trouble, duration) });
  }

  async #attempt(options: Pick<AttemptOptions, 'operation' | 'promised' | 'trouble'>): Promise<Attempt> {
    return await attempt(this.#world, { ...options, place: this.#newPlace(), base: this.#base });
  }

  async #record(operation: Operation): Promise<Attempt & Recording> {
    const clean = { operation, promised: CLEAN };
    const found = await this.#attempt(clean);
    const breaches = judge(clean, found);
    if (breaches.length > 0 || found.step?.exitCode !== operation.clean.exitCode) {
      const words = breaches.map(({ rule, words }) => `${rule}: ${words}`).join('\n');
      throw new Error(`${operation.name} without any fault is not as required.\n${words}\n${found.step?.log}`);
    }
    return { ...found, duration: found.step.duration };
  }

  #newPlace(): Place {
    this.#places += 1;
    const name = `faults-${this.#run}-${this.#places}`;
    return { namespace: name, deploymentName: name };
  }
}

/** The results in the order of the items, so many at a time. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = items.entries();
  const workers = Array.from({ length: width }, async () => {
    for (const [index, item] of queue) results[index] = await work(item);
  });
  await Promise.all(workers);
  return results;
}
