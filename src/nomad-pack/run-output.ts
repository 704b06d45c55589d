/** What a `run` says it did, read from its output. It is a hint on where to look: only what Nomad says of it counts. */
export interface RunReport {
  /** Ids of the evaluations that registering made; periodic and parameterized jobs have none. */
  readonly evaluations: readonly string[];
  readonly registered: readonly string[];
  /** Ids of jobs of the deployment's name that are no longer in the pack, which it stopped. */
  readonly stopped: readonly string[];
}

/** From here on it is the pack that speaks: its `outputs.tpl` follows. */
const DEPLOYED = /^Pack successfully deployed\. /m;

/**
 * Reads nomad-pack's own part of the output. The ids of jobs may hold quotes and line ends, but no spaces, so none can pretend to be a
 * line of nomad-pack's.
 */
export function parseRunOutput(output: string): RunReport {
  const end = output.search(DEPLOYED);
  const own = end === -1 ? output : output.slice(0, end);
  const all = (pattern: RegExp) => [...own.matchAll(pattern)].map((match) => match[1] ?? '');
  return {
    evaluations: all(/^ {2}Evaluation ID: ([0-9a-f-]{36})\r?$/gm),
    registered: all(/^ {2}Job '([^ ]+)' in pack deployment '[^']+' registered successfully\r?$/gm),
    stopped: all(/^Job '([^ ]+)' stopped successfully\r?$/gm),
  };
}
