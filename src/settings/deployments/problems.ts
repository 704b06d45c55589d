import { nearMiss } from '../../nearest.ts';

/** One thing that is wrong with a file, where it is. */
export interface FileProblem {
  /** One sentence that says what is wrong, with a full stop. */
  readonly message: string;
  /** 1-based; absent where the whole file is meant. */
  readonly line?: number;
  /** 1-based. */
  readonly column?: number;
}

/** Names that lead to a value of the file: `['deployments', 'web', 'needs', 0]`. */
export type FilePath = readonly (string | number)[];

/** What is wrong at a path, before it is known where that is. */
export interface PathProblem {
  readonly path: FilePath;
  /** The key at the end of the path is meant, not its value. */
  readonly atKey?: boolean;
  readonly message: string;
}

/** `deployments.web.needs[0]` */
export function describePath(path: FilePath): string {
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('');
}

/** ` (did you mean \`web\`?)`; empty where nothing is near. */
export function suggestion(wanted: string, names: readonly string[]): string {
  const meant = nearMiss(wanted, names);
  return meant === undefined ? '' : ` (did you mean \`${meant}\`?)`;
}
