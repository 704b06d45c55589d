import { existsSync, readFileSync } from 'node:fs';
import { logFile } from '../client/environment.ts';
import { HttpError } from '../http/errors.ts';
import { flag } from '../http/request.ts';
import type { Call, Route } from '../http/router.ts';
import type { State } from '../state.ts';

/** A task's output, as far as it goes now. Only `plain=true` is answered, and nothing is followed. */
export function logRoutes(state: State, root: string): Route[] {
  return [{ methods: ['GET'], path: /^\/v1\/client\/fs\/logs\/([^/]+)$/, text: (call) => logs(state, root, call) }];
}

function logs(state: State, root: string, { request, access, parameters }: Call): string {
  const id = parameters[0] ?? '';
  const task = request.query.get('task') ?? '';
  const type = request.query.get('type') ?? '';
  const origin = request.query.get('origin') || 'start';
  const offset = Number(request.query.get('offset') || 0);
  if (task === '') throw new HttpError(400, 'must provide task name');
  if (type !== 'stdout' && type !== 'stderr') throw new HttpError(400, 'must provide log type (stdout/stderr)');
  if (origin !== 'start' && origin !== 'end') throw new HttpError(400, 'origin must be start or end');
  if (!Number.isInteger(offset)) throw new HttpError(400, 'error parsing offset');
  if (!flag(request, 'plain') || flag(request, 'follow')) throw new HttpError(501, 'the sandbox only has plain logs');
  const alloc = state.allocation(id);
  if (alloc === undefined) throw new HttpError(404, `Unknown allocation "${id}"`);
  access.require(alloc.Namespace, 'read-logs', 'read-fs');
  const taskState = alloc.TaskStates?.[task];
  if (taskState === undefined) throw new HttpError(400, `unknown task name "${task}"`);
  if (taskState.StartedAt === null) throw new HttpError(404, `task "${task}" not started yet. No logs available`);
  const file = logFile(root, id, task, type);
  const bytes = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
  const start = origin === 'start' ? offset : Math.max(0, bytes.length - offset);
  return bytes.subarray(start).toString('utf8');
}
