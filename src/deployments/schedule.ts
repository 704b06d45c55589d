import type { Needs } from '../settings/deployments/graph.ts';

/** What became of a deployment in a run over many. */
export type Scheduled<Outcome> =
  | { readonly kind: 'done'; readonly outcome: Outcome }
  /** It was not begun: what it needs failed or was not begun itself, or another one failed and `failFast` is on. */
  | { readonly kind: 'skipped'; readonly because: string };

export interface ScheduleOptions<Outcome> {
  /** How many may be under way at once. */
  readonly parallelism: number;
  /** Begin no other once one has failed. */
  readonly failFast: boolean;
  readonly isFailure: (outcome: Outcome) => boolean;
  /** Once it is aborted, no other is begun. */
  readonly signal: AbortSignal;
  /** Never rejects: a failure is an outcome. */
  readonly work: (name: string) => Promise<Outcome>;
}

/**
 * Works on deployments in the order of what they need, those that do not wait for each other side by side. Needs that are not among them
 * count as met.
 *
 * @returns what became of each, in the order of `needs`
 */
export async function schedule<Outcome>(
  needs: Needs,
  options: ScheduleOptions<Outcome>,
): Promise<Map<string, Scheduled<Outcome>>> {
  const { parallelism, failFast, isFailure, signal, work } = options;
  const results = new Map<string, Scheduled<Outcome>>();
  const waiting = new Set(needs.keys());
  const running = new Map<string, Promise<void>>();
  let failed: string | undefined;

  const begin = (name: string) => {
    waiting.delete(name);
    const end = work(name).then((outcome) => {
      results.set(name, { kind: 'done', outcome });
      if (isFailure(outcome)) failed ??= name;
      running.delete(name);
    });
    running.set(name, end);
  };
  const obstacleOf = (name: string): string | undefined => {
    if (signal.aborted) return 'the step was cancelled';
    if (failFast && failed !== undefined) return `\`${failed}\` failed, and \`fail_fast\` is on`;
    const missing = (needs.get(name) ?? []).find((need) => {
      const result = results.get(need);
      return result !== undefined && (result.kind === 'skipped' || isFailure(result.outcome));
    });
    return missing === undefined ? undefined : whyMissing(missing, results.get(missing));
  };

  /** Whether any was skipped: that may be an obstacle for others. */
  const skipSome = (): boolean => {
    const before = waiting.size;
    for (const name of [...waiting]) {
      const because = obstacleOf(name);
      if (because === undefined) continue;
      waiting.delete(name);
      results.set(name, { kind: 'skipped', because });
    }
    return waiting.size < before;
  };
  const isReady = (name: string) => (needs.get(name) ?? []).every((need) => !needs.has(need) || results.has(need));

  for (;;) {
    while (skipSome());
    for (const name of [...waiting]) if (running.size < parallelism && isReady(name)) begin(name);
    // What waits now has needs that neither run nor are done: a circle, which the check of the file rules out.
    if (running.size === 0 && waiting.size > 0) throw new Error(`a circle of needs: ${[...waiting].join(', ')}`);
    if (running.size === 0) break;
    await Promise.race(running.values());
  }
  return new Map([...needs.keys()].map((name) => [name, results.get(name) as Scheduled<Outcome>]));
}

function whyMissing(need: string, result: Scheduled<unknown> | undefined): string {
  return result?.kind === 'skipped'
    ? `\`${need}\`, which it needs, was skipped`
    : `\`${need}\`, which it needs, failed`;
}
