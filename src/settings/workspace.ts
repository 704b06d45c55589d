import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import { staysBelow } from './fields.ts';

/**
 * Why a path that an input names is not one of the workspace, in words that follow its name; undefined where it is, where the user
 * wrote an absolute one, and where nothing is there. Links count for where they lead: what is in the workspace may come from a
 * pull request, and the workflow never meant a file of the runner.
 */
export async function whyOutside(written: string, workspace: string): Promise<string | undefined> {
  if (isAbsolute(written)) return undefined;
  if (!staysBelow(written)) return 'climbs out of the workspace with `..`';
  return (await isBelow(resolve(workspace, written), workspace))
    ? undefined
    : 'leads out of the workspace through a link';
}

/** Whether a file or folder is below a folder, wherever links on the way lead. True where they lead nowhere: reading it will tell. */
async function isBelow(path: string, folder: string): Promise<boolean> {
  const [real, root] = await Promise.all([path, folder].map((one) => realpath(one).catch(() => undefined)));
  if (real === undefined || root === undefined) return true;
  const way = relative(root, real);
  return !isAbsolute(way) && !/^\.\.(?:[/\\]|$)/.test(way);
}
