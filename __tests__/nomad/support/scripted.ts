import type { NomadClient } from '../../../src/nomad/client.ts';
import { clientOf, serve } from './clients.ts';

/**
 * What Nomad answers, by `METHOD /path` without the query: each answer of a list once, the last one again and again. A number is a status, all
 * else the body of a success. What is not listed is not there.
 */
export type Answers = Readonly<Record<string, readonly unknown[]>>;

export interface Scripted {
  readonly client: NomadClient;
  /** The requests so far, as the keys of the answers. */
  readonly sent: readonly string[];
  /** Their queries. */
  readonly queries: readonly URLSearchParams[];
}

/** A Nomad that answers as it is told, for states that a simulated one does not come into. */
export async function scripted(answers: Answers): Promise<Scripted> {
  const sent: string[] = [];
  const queries: URLSearchParams[] = [];
  const address = await serve((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://nomad');
    const key = `${request.method} ${decodeURIComponent(pathname)}`;
    const list = answers[key] ?? [404];
    const answer = list[Math.min(sent.filter((one) => one === key).length, list.length - 1)];
    sent.push(key);
    queries.push(searchParams);
    if (typeof answer === 'number') response.writeHead(answer).end(answer === 404 ? 'job not found' : 'no');
    else response.setHeader('X-Nomad-Index', '7').end(answer === undefined ? '' : JSON.stringify(answer));
  });
  return { client: clientOf(address), sent, queries };
}
