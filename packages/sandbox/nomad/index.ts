import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Access } from './acl/access.ts';
import type { AclOptions } from './acl/options.ts';
import { Tokens } from './acl/tokens.ts';
import { Client } from './client/client.ts';
import { DeploymentWatcher } from './deployment-watcher.ts';
import type { Faults } from './http/faults.ts';
import { HttpServer, type LoggedRequest, type TlsOptions } from './http/server.ts';
import { newId } from './ids.ts';
import { Children } from './jobs/children.ts';
import { Jobs } from './jobs/jobs.ts';
import { makeNode, type NodeOptions } from './node.ts';
import { planRoutes } from './plan/routes.ts';
import { aclRoutes } from './routes/acl.ts';
import { agentRoutes, REGION } from './routes/agent.ts';
import { checkRoutes } from './routes/checks.ts';
import { childRoutes } from './routes/children.ts';
import { deploymentRoutes } from './routes/deployments.ts';
import { jobRoutes } from './routes/job.ts';
import { jobListRoutes } from './routes/job-list.ts';
import { logRoutes } from './routes/logs.ts';
import { namespaceRoutes } from './routes/namespaces.ts';
import { recordRoutes } from './routes/records.ts';
import { variableRoutes } from './routes/variables.ts';
import { Scheduler } from './scheduler/scheduler.ts';
import { seedJobs } from './seed.ts';
import { State } from './state.ts';

export type { AclOptions, AuthMethod, BindingRule, Policy, TokenOptions } from './acl/options.ts';
export type { Fault, Faults } from './http/faults.ts';
export type { ApiRequest } from './http/request.ts';
export type { LoggedRequest, TlsOptions } from './http/server.ts';
export type { State } from './state.ts';

export interface NomadOptions {
  /** What `/v1/agent/self` calls itself; default `2.0.6-sandbox`. */
  readonly version?: string;
  /** Namespaces besides `default`. */
  readonly namespaces?: readonly string[];
  /** What the one node has to offer; default 4,000 MHz and 8,192 MB. */
  readonly node?: NodeOptions;
  /** ACLs are off without it. */
  readonly acl?: AclOptions;
  readonly tls?: TlsOptions;
  /** The path of a Unix socket to listen on instead of a free loopback port. */
  readonly socket?: string;
  /** False for a server that is too old to filter its list of jobs. */
  readonly filter?: boolean;
  readonly faults?: Faults;
}

/** A simulated Nomad: one server and one node, whose `raw_exec` tasks are real processes. */
export interface SimulatedNomad {
  /** As `NOMAD_ADDR` takes it. */
  readonly address: string;
  /** The cluster's state; `state.events` tells of every change. */
  readonly state: State;
  /** Every request so far. */
  readonly requests: readonly LoggedRequest[];
  /** How many connections were opened so far. */
  readonly connections: number;
  /** Puts jobs in as if they had been running for long, without processes: `seed-0`, `seed-1` ... */
  seedJobs(count: number, meta?: (index: number) => Record<string, string>): void;
  /**
   * Waits until the condition holds, looking again after every change.
   *
   * @returns what the condition returned.
   * @throws after `milliseconds` (default 10,000).
   */
  until<Found>(condition: (state: State) => Found | undefined | false, milliseconds?: number): Promise<Found>;
  /** Kills every task and closes every connection. */
  stop(): Promise<void>;
}

/** Starts a simulated Nomad that listens on a free port of 127.0.0.1. */
export async function startNomad(options: NomadOptions = {}): Promise<SimulatedNomad> {
  // Made with the first task: a sandbox that runs none leaves nothing behind, however it ends.
  const root = join(tmpdir(), `nomad-sandbox-${newId()}`);
  const state = new State();
  const node = makeNode(options.node ?? {});
  const scheduler = new Scheduler(state, node);
  const watcher = new DeploymentWatcher(state);
  const client = new Client(state, node, root, () => scheduler.unblock());
  const jobs = new Jobs(state);
  const children = new Children(state, jobs);
  const tokens = options.acl === undefined ? undefined : new Tokens(state, options.acl);
  for (const Name of options.namespaces ?? []) {
    state.commit(() => state.putNamespace({ Name, Description: '', Meta: null }));
  }
  const server = await HttpServer.start({
    state,
    region: REGION,
    authenticate: (secret) => tokens?.access(secret) ?? new Access(true),
    faults: options.faults,
    tls: options.tls,
    socket: options.socket,
    routes: [
      ...agentRoutes(state, node, options.version ?? '2.0.6-sandbox'),
      ...jobListRoutes(state, options.filter ?? true),
      ...planRoutes(state, jobs, scheduler),
      ...childRoutes(children),
      ...jobRoutes(state, jobs),
      ...deploymentRoutes(state, watcher),
      ...recordRoutes(state),
      ...checkRoutes(state, client),
      ...logRoutes(state, root),
      ...namespaceRoutes(state),
      ...variableRoutes(state),
      ...aclRoutes(state, tokens, options.acl?.authMethods ?? []),
    ],
  });
  return {
    address: server.address,
    state,
    requests: server.requests,
    get connections() {
      return server.connections;
    },
    seedJobs: (count, meta) => seedJobs(state, node, count, meta),
    until: (condition, milliseconds = 10_000) => until(state, condition, milliseconds),
    stop: async () => {
      children.stop();
      watcher.stop();
      scheduler.stop();
      await client.stop();
      await server.stop();
      await rm(root, { recursive: true, force: true });
    },
  };
}

function until<Found>(
  state: State,
  condition: (state: State) => Found | undefined | false,
  milliseconds: number,
): Promise<Found> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      state.events.off('change', look);
      settle();
    };
    const look = () => {
      const found = condition(state);
      if (found !== undefined && found !== false) finish(() => resolve(found));
    };
    const late = () => finish(() => reject(new Error(`not so within ${milliseconds} ms: ${condition.toString()}`)));
    const timer = setTimeout(late, milliseconds);
    state.events.on('change', look);
    look();
  });
}
