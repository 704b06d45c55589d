import { stripVTControlCharacters } from 'node:util';
import type { Allocation } from '../api.ts';
import type { NomadClient, RequestOptions } from '../client.ts';

/** What is read: much more than the report shows, for a secret that is cut in two is recognised by nobody. */
const mostBytes = 64 * 1024;

export interface LogTail {
  readonly client: NomadClient;
  readonly allocation: Allocation;
  readonly task: string;
  readonly redact: (text: string) => string;
  readonly options: RequestOptions;
}

/**
 * The end of what a task wrote to stderr, or, where that is nothing, to stdout, redacted; the report shortens it. Empty where there is nothing,
 * or where it cannot be had, for its node is gone or the token may not read logs: a rollout's failure is told without it.
 */
export async function readLogTail(tail: LogTail): Promise<string> {
  return (await readEnd(tail, 'stderr')) || (await readEnd(tail, 'stdout'));
}

async function readEnd({ client, allocation, task, redact, options }: LogTail, type: string): Promise<string> {
  const query = { namespace: allocation.Namespace, task, type, plain: true, origin: 'end', offset: mostBytes };
  const path = `/v1/client/fs/logs/${encodeURIComponent(allocation.ID)}`;
  try {
    const text = await client.getText(path, { ...options, query });
    return redact(stripVTControlCharacters(wholeLines(text)).replaceAll('\r', '')).trimEnd();
  } catch (error) {
    client.log(`No log of task "${task}" of allocation ${allocation.ID}: ${(error as Error).message}`);
    return '';
  }
}

/** What was cut at its beginning may begin within a secret, so the rest of that line goes. */
function wholeLines(text: string): string {
  if (Buffer.byteLength(text) < mostBytes) return text;
  const end = text.indexOf('\n');
  return end === -1 || end === text.length - 1 ? '[a line that is too long to be shown]' : text.slice(end + 1);
}
