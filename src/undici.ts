import methods from 'undici/lib/api/index.js';
import buildConnector from 'undici/lib/core/connect.js';
import Agent from 'undici/lib/dispatcher/agent.js';
import Dispatcher from 'undici/lib/dispatcher/dispatcher.js';
import Pool from 'undici/lib/dispatcher/pool.js';
import ProxyAgent from 'undici/lib/dispatcher/proxy-agent.js';

/**
 * The parts of undici that this action talks HTTP with. Its entry loads fetch, web sockets, event streams and mocks besides, and takes
 * half as long again to load, in every step.
 */
export { Agent, buildConnector, Pool, ProxyAgent };

// So does undici's entry: dispatchers have `request` and `connect` from here.
Object.assign(Dispatcher.prototype, methods);

export interface RequestOptions extends Omit<Dispatcher.RequestOptions, 'origin' | 'path' | 'method'> {
  readonly dispatcher: Dispatcher;
  /** Default: `GET`. */
  readonly method?: Dispatcher.HttpMethod;
}

/**
 * Sends one request; as undici's function of this name.
 *
 * @returns the response, whose body is still to be read
 * @throws what undici throws, or the reason of the signal
 */
export async function request(
  address: string | URL,
  { dispatcher, method = 'GET', ...options }: RequestOptions,
): Promise<Dispatcher.ResponseData> {
  const { origin, pathname, search } = new URL(address);
  return await dispatcher.request({ ...options, method, origin, path: `${pathname}${search}` });
}
