/** What differs between the versions of nomad-pack that the stand-in can be. */
export interface Release {
  readonly version: string;
  /** Watches what it registers unless it is told not to, and knows `--detach` and the flags that came with it. */
  readonly watches: boolean;
  /** Stops the jobs of a deployment that its pack no longer has. */
  readonly stopsRemovedJobs: boolean;
  /** Stops what periodic and parameterized jobs have launched along with them. */
  readonly stopsChildren: boolean;
  /** Sorts files of variables by their paths instead of taking them in the order of the command line. */
  readonly sortsVariableFiles: boolean;
  /** Fetches a registry with its history, and looks for a ref in it before it is checked out. */
  readonly clonesWhole: boolean;
  /** Takes a job file for unreadable, and leaves its metadata out, when there is anything beside the job. */
  readonly wantsLoneJob: boolean;
  /** Takes what it prints for formats. */
  readonly mistakesFormats: boolean;
  /** Makes the Nomad variables that a pack declares, and says so of packs that declare none; knows `validation` and `--var-source`. */
  readonly makesNomadVariables: boolean;
}

/** The release that the recordings are of. */
const recorded = '0.4.2';

export function releaseOf(version = recorded): Release {
  const since = compareVersions(version, recorded) >= 0;
  const later = compareVersions(version, recorded) > 0;
  return {
    version,
    watches: since,
    stopsRemovedJobs: since,
    stopsChildren: since && !later,
    sortsVariableFiles: !later,
    clonesWhole: later,
    wantsLoneJob: !later,
    mistakesFormats: !later,
    makesNomadVariables: later,
  };
}

function compareVersions(a: string, b: string): number {
  const numbers = (version: string) => version.split(/[.-]/).map((part) => Number.parseInt(part, 10) || 0);
  const [left, right] = [numbers(a), numbers(b)];
  for (let index = 0; index < 3; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
