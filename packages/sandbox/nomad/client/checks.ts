import { createHash } from 'node:crypto';
import { get } from 'node:http';
import { connect } from 'node:net';
import type { Allocation, TaskGroup } from '../types.ts';
import type { Ports } from './ports.ts';

/** As `GET /v1/client/allocation/:id/checks` tells of one check. */
export interface CheckResult {
  readonly Check: string;
  readonly Group: string;
  readonly ID: string;
  readonly Mode: 'healthiness' | 'readiness';
  readonly Output: string;
  readonly Service: string;
  readonly Status: 'success' | 'failure' | 'pending';
  /** Unix seconds. */
  readonly Timestamp: number;
}

interface Check {
  readonly id: string;
  readonly name: string;
  readonly service: string;
  readonly mode: CheckResult['Mode'];
  /** Throws, in Nomad's words, where there is no such port. */
  readonly port: () => number;
  /** Of an HTTP check; any other just connects. */
  readonly path: string | undefined;
  /** Milliseconds. */
  readonly interval: number;
  readonly timeout: number;
}

/** A block as the parser leaves those that it takes as they are. */
type Block = Readonly<Record<string, unknown>>;

/** Runs the health checks of an allocation's services, those of Nomad's own: TCP and HTTP. */
export class Checks {
  readonly #allocation: string;
  readonly #changed: () => void;
  readonly #results = new Map<string, CheckResult>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #stopped = false;
  /** Since when all pass that count for a rollout, as `Date.now()` has it; undefined while one does not. */
  passingSince: number | undefined;

  /** @param changed called when a check comes out otherwise than before */
  constructor(alloc: Allocation, group: TaskGroup, ports: Ports, changed: () => void) {
    this.#allocation = alloc.Name;
    this.#changed = changed;
    for (const check of checksOf(alloc, group, ports)) {
      this.#note(check, 'pending', 'nomad: waiting to run');
      void this.#run(check);
    }
    this.#judge();
  }

  get results(): readonly CheckResult[] {
    return [...this.#results.values()];
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
  }

  async #run(check: Check): Promise<void> {
    const before = this.#results.get(check.id)?.Status;
    try {
      this.#note(check, 'success', await ask(check));
    } catch (error) {
      this.#note(check, 'failure', (error as Error).message);
    }
    if (this.#stopped) return;
    if (this.#results.get(check.id)?.Status !== before) this.#judge();
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void this.#run(check);
    }, check.interval);
    this.#timers.add(timer);
  }

  #judge(): void {
    const pass = this.results.every(({ Mode, Status }) => Mode === 'readiness' || Status === 'success');
    this.passingSince = pass ? (this.passingSince ?? Date.now()) : undefined;
    this.#changed();
  }

  #note({ id, name, service, mode }: Check, status: CheckResult['Status'], output: string): void {
    this.#results.set(id, {
      Check: name,
      Group: this.#allocation,
      ID: id,
      Mode: mode,
      Output: output,
      Service: service,
      Status: status,
      Timestamp: Math.floor(Date.now() / 1000),
    });
  }
}

function checksOf(alloc: Allocation, group: TaskGroup, ports: Ports): Check[] {
  const services = [group, ...group.Tasks].flatMap((owner) => blocks(owner['Services']));
  return services
    .filter(({ Provider }) => Provider === 'nomad')
    .flatMap((service) =>
      blocks(service['Checks']).map((check): Check => {
        const name = String(service['Name']);
        return {
          id: createHash('sha256')
            .update(`${alloc.ID} ${name} ${JSON.stringify(check)}`)
            .digest('hex'),
          name: check['Name'] === undefined ? `service: "${name}" check` : String(check['Name']),
          service: name,
          mode: check['OnUpdate'] === 'ignore' ? 'readiness' : 'healthiness',
          port: () => ports.numberOf(String(check['Port'] ?? service['Port'])),
          path: check['Type'] === 'http' ? String(check['Path'] ?? '/') : undefined,
          interval: milliseconds(check['Interval'] ?? '10s'),
          timeout: milliseconds(check['Timeout'] ?? '2s'),
        };
      }),
    );
}

/** What Nomad says of a check that passes. Throws its words for one that fails. */
async function ask({ port: portOf, path, timeout }: Check): Promise<string> {
  const port = portOf();
  return path === undefined ? await askTcp(port, timeout) : await askHttp(`http://127.0.0.1:${port}${path}`, timeout);
}

async function askTcp(port: number, timeout: number): Promise<string> {
  return await new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, timeout });
    const fail = (why: string) => {
      socket.destroy();
      reject(new Error(`dial tcp 127.0.0.1:${port}: ${why}`));
    };
    socket.once('connect', () => {
      socket.destroy();
      resolve('nomad: tcp ok');
    });
    socket.once('timeout', () => fail('i/o timeout'));
    socket.once('error', () => fail('connect: connection refused'));
  });
}

async function askHttp(url: string, timeout: number): Promise<string> {
  return await new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`nomad: Get "${url}": ${why}`));
    const request = get(url, { timeout, agent: false }, (response) => {
      const { statusCode = 0 } = response;
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      response.on('end', () => {
        if (statusCode >= 400) reject(new Error(body));
        else resolve(statusCode === 200 ? 'nomad: http ok' : body);
      });
    });
    request.once('timeout', () => {
      fail('context deadline exceeded');
      request.destroy();
    });
    request.once('error', () => fail(`dial tcp ${new URL(url).host}: connect: connection refused`));
  });
}

function blocks(value: unknown): readonly Block[] {
  return (value as readonly Block[] | null | undefined) ?? [];
}

/** Of `500ms`, `1s` and the like. */
function milliseconds(duration: unknown): number {
  const [, amount, unit = 's'] = /^(\d+)(ms|s|m)$/.exec(String(duration)) ?? [];
  return Number(amount) * ({ ms: 1, s: 1_000, m: 60_000 }[unit] ?? 1_000);
}
