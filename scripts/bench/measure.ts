import type { Side } from './comparison.ts';

/** Milliseconds of each round by side. The sides run in turn; a first round, which warms up the caches, is left out. */
export async function measure(sides: readonly Side[], rounds: number): Promise<number[][]> {
  const times: number[][] = sides.map(() => []);
  for (let round = 0; round <= rounds; round += 1) {
    for (const [index, side] of sides.entries()) {
      const start = performance.now();
      const own = await side.run();
      if (round > 0) times[index]?.push(own ?? performance.now() - start);
    }
  }
  return times;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
