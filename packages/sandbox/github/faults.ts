import type { SeenRequest } from '../http/server.ts';
import type { Answer } from './answers.ts';

/** A request as it came. */
export interface GitHubRequest extends SeenRequest {
  readonly token: string;
  /** From JSON; undefined without any. */
  readonly body: unknown;
}

/**
 * Decides per request whether it is answered otherwise; undefined: as it should be.
 *
 * @param perform does what is asked, and returns what the answer would have been
 */
export type Injection = (request: GitHubRequest, perform: () => Answer) => Answer | undefined;

/** What goes wrong with the requests of one method. */
export interface Fault {
  readonly method: string;
  readonly answer: Answer;
  /** How many requests it meets, the first ones; default: all. */
  readonly times?: number;
  /** Whether what is asked is done all the same, as when an answer gets lost; default false. */
  readonly afterwards?: boolean;
}

/** The injection that lets requests go wrong so. */
export function fault({ method, answer, times = Number.POSITIVE_INFINITY, afterwards = false }: Fault): Injection {
  let met = 0;
  return (request, perform) => {
    if (request.method !== method || met >= times) return undefined;
    met += 1;
    if (afterwards) perform();
    return answer;
  };
}
