import * as z from 'zod/mini';
import { ActionError } from '../errors.ts';
import { connectionFault, isLasting } from '../http/faults.ts';
import { Http } from '../http/http.ts';
import { Again, persist } from '../http/patience.ts';
import type { Environment } from '../http/proxy.ts';

export interface IdentityTokenOptions {
  /** The job's, which says where to ask and with what token. */
  readonly environment: Environment;
  /** Whom the token is for. Default: what GitHub chooses. */
  readonly audience?: string | undefined;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
}

const PATIENCE = { total: 20_000, attempts: 5, firstPause: 500 };
/** Milliseconds. */
const TIMEOUT = 10_000;
/** A token has two thousand. Bytes. */
const LARGEST_RESPONSE = 1024 * 1024;

const answer = z.object({ value: z.string().check(z.minLength(1)) });

/**
 * The workflow's OIDC token, as `getIDToken` of `@actions/core` asks for it; that one heeds no signal, and other proxies and
 * authorities than the rest of this action.
 *
 * @throws ActionError `login`; the signal's reason
 */
export async function identityToken({ environment, audience, signal, log }: IdentityTokenOptions): Promise<string> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: address = '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer = '' } = environment;
  if (address === '' || bearer === '') throw notAllowed();
  const url = audience === undefined ? address : `${address}&audience=${encodeURIComponent(audience)}`;
  const http = new Http({ environment });
  const signals = [signal];
  const onAgain = (words: string) => log(`GitHub gave no OIDC token (${words}), trying again`);
  const headers = { Accept: 'application/json', Authorization: `Bearer ${bearer}`, 'User-Agent': 'nomad-pack-action' };
  try {
    return await persist({ patience: PATIENCE, signals, onAgain }, async () => {
      try {
        const response = await http.send({ url, headers, timeout: TIMEOUT, limit: LARGEST_RESPONSE, signals });
        const { status, body } = response;
        if (status === 200) return readToken(body.toString('utf8'));
        const refused = noToken(`it answered with status ${status}`);
        throw status >= 500 || status === 429 ? new Again(`status ${status}`, () => refused) : refused;
      } catch (error) {
        if (error instanceof Again || error instanceof ActionError || signal.aborted) throw error;
        const { text } = connectionFault(error);
        const failed = noToken(text, error);
        throw isLasting(error) ? failed : new Again(text, () => failed);
      }
    });
  } finally {
    await http.close();
  }
}

function readToken(text: string): string {
  try {
    return answer.parse(JSON.parse(text)).value;
  } catch {
    // Not with its cause: that could hold what it could not read.
    const failed = noToken('its answer holds none');
    throw new Again('an answer without a token', () => failed);
  }
}

function notAllowed(): ActionError {
  return new ActionError(
    'login',
    'The workflow may not ask for an OIDC token, which `nomad_auth_method` logs in with.',
    {
      hint: 'Add to the job:\n  permissions:\n    id-token: write\n    contents: read\nA pull request from a fork never gets one.',
    },
  );
}

function noToken(why: string, cause?: unknown): ActionError {
  return new ActionError('login', `GitHub gave no OIDC token: ${why}`, {
    hint: 'Run the job again; if it fails again, check `nomad_auth_audience` and the permissions of the job.',
    cause,
  });
}
