/** What a `run` says it did, read from its output. Nomad's API, not this, decides how the deployment fares. */
export interface RunReport {
  /** Ids of the evaluations that registering made; periodic and parameterized jobs have none. */
  readonly evaluations: readonly string[];
  readonly registered: readonly string[];
  /** Jobs that are no longer in the pack, which it stopped. */
  readonly stopped: readonly string[];
}

export function parseRunOutput(output: string): RunReport {
  const all = (pattern: RegExp) => [...output.matchAll(pattern)].map((match) => match[1] ?? '');
  return {
    evaluations: all(/^\s*Evaluation ID: ([0-9a-f-]{36})\s*$/gm),
    registered: all(/^\s*Job '([^']+)' in pack deployment '[^']+' registered successfully\s*$/gm),
    stopped: all(/^\s*Job '([^']+)' stopped successfully\s*$/gm),
  };
}
