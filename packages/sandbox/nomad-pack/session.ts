import type { Arguments } from './flags.ts';
import type { Release } from './release.ts';
import type { Ui } from './ui.ts';

/** What a command is run with. */
export interface Session {
  readonly args: Arguments;
  readonly release: Release;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly ui: Ui;
  /** What `--var-source` gave, the weakest first: values of variables by their names. */
  readonly external: readonly Readonly<Record<string, string>>[];
  /** Aborted by an interrupt (SIGINT). */
  readonly signal: AbortSignal;
}

/** A command; returns the exit code. */
export type CommandFunction = (session: Session) => number | Promise<number>;
