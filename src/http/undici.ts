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
