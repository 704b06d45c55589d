import type { ValueMap } from '../values.ts';

/** A file of a pack. */
export interface PackFile {
  /** Relative to the pack, as in `templates/web.nomad.tpl`. */
  readonly name: string;
  readonly path: string;
  readonly text: string;
}

/** A pack as it was read from its folder. */
export interface Pack {
  readonly name: string;
  /** Its name among all that belong to a deployment: `web`, and `web.redis` for a dependency of it. */
  readonly id: string;
  /** The name or alias that the pack above knows it by; its own name where there is none above. */
  readonly alias: string;
  /** Absolute. */
  readonly path: string;
  readonly description: string;
  readonly version: string;
  readonly url: string;
  /** What `meta` reads: `pack.name`, `app.url` ... */
  readonly metadata: ValueMap;
  readonly variables: PackFile;
  /** What becomes jobs, and the helpers (`templates/_...`). */
  readonly templates: readonly PackFile[];
  /** Other templates, which are rendered but not run. */
  readonly auxiliary: readonly PackFile[];
  readonly outputs: PackFile | undefined;
  readonly dependencies: readonly Pack[];
}
