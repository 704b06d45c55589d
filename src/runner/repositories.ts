import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** As deep as a workflow checks out into: `path: a/b/c`. */
const DEEPEST = 3;

/** A workspace has more only where tools have filled it, and these are looked at last. */
const MOST_FOLDERS = 2_000;

/**
 * The repositories of the workspace: itself, and those that were checked out into folders of it. Links are not followed. What is nearest to
 * the workspace is found first; in a workspace of thousands of folders, not all are looked at.
 */
export function repositoriesIn(workspace: string): string[] {
  const repositories: string[] = [];
  const folders = [{ path: workspace, depth: 0 }];
  for (const { path, depth } of folders) {
    const entries = foldersIn(path);
    if (entries.includes('.git')) repositories.push(path);
    if (depth === DEEPEST) continue;
    const inside = entries.filter((name) => name !== '.git' && name !== 'node_modules');
    const room = Math.max(MOST_FOLDERS - folders.length, 0);
    folders.push(...inside.slice(0, room).map((name) => ({ path: join(path, name), depth: depth + 1 })));
  }
  return repositories;
}

function foldersIn(path: string): string[] {
  try {
    const entries = readdirSync(path, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch {
    return [];
  }
}
