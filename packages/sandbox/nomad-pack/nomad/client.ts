import type { Arguments } from '../flags.ts';
import type { NomadVariable } from '../variables/nomad-variables.ts';
import { type Connection, ResponseError, send } from './transport.ts';
import type {
  AllocationStub,
  Deployment,
  Evaluation,
  Job,
  JobPlan,
  JobStub,
  RegisterOptions,
  RegisterResponse,
} from './types.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Parameters = Readonly<Record<string, string | number | boolean | undefined>>;

/** The parts of Nomad's API that nomad-pack uses. */
export class NomadApi {
  private readonly connection: Connection;
  /** What requests are bound to where they do not say otherwise. */
  namespace: string | undefined;
  region: string | undefined;

  constructor(connection: Connection, namespace: string | undefined, region: string | undefined) {
    this.connection = connection;
    this.namespace = namespace;
    this.region = region;
  }

  /** Flags win over the environment. */
  static from(args: Arguments, env: Environment): NomadApi {
    const setting = (flag: string, variable: string) => args.text(flag) || env[variable] || undefined;
    const connection: Connection = {
      address: setting('address', 'NOMAD_ADDR') ?? 'http://127.0.0.1:4646',
      token: setting('token', 'NOMAD_TOKEN'),
      httpAuth: env['NOMAD_HTTP_AUTH'] || undefined,
      tls: {
        ca: setting('ca-cert', 'NOMAD_CACERT'),
        caPath: env['NOMAD_CAPATH'] || undefined,
        cert: setting('client-cert', 'NOMAD_CLIENT_CERT'),
        key: setting('client-key', 'NOMAD_CLIENT_KEY'),
        serverName: setting('tls-server-name', 'NOMAD_TLS_SERVER_NAME'),
        // Any value will do, an empty one and `false` too.
        skipVerify: args.switch('tls-skip-verify') || env['NOMAD_SKIP_VERIFY'] !== undefined,
      },
    };
    return new NomadApi(connection, setting('namespace', 'NOMAD_NAMESPACE'), setting('region', 'NOMAD_REGION'));
  }

  async parse(specification: string, canonicalize: boolean): Promise<Job> {
    const body = { JobHCL: specification, Canonicalize: canonicalize };
    return notNil(await this.write('PUT', '/v1/jobs/parse', body)) as Job;
  }

  /** The job; undefined where there is none. */
  async findJob(id: string, namespace?: string): Promise<Job | undefined> {
    try {
      return await this.job(id, namespace);
    } catch (error) {
      if (error instanceof ResponseError && error.status === 404) return undefined;
      throw error;
    }
  }

  async job(id: string, namespace?: string): Promise<Job> {
    return notNil(await this.read(`/v1/job/${encodeURIComponent(id)}`, { namespace })) as Job;
  }

  async jobs(parameters: Parameters = {}): Promise<JobStub[]> {
    return ((await this.read('/v1/jobs', parameters)) ?? []) as JobStub[];
  }

  async register(job: Job, options: RegisterOptions, source: string, place: Parameters): Promise<RegisterResponse> {
    const body = { Job: job, ...options, Submission: { Source: source, Format: 'hcl2' } };
    return ((await this.write('PUT', '/v1/jobs', body, place)) ?? { EvalID: '' }) as RegisterResponse;
  }

  async plan(job: Job, options: { Diff: boolean; PolicyOverride: boolean }, place: Parameters): Promise<JobPlan> {
    const path = `/v1/job/${encodeURIComponent(job.ID)}/plan`;
    return notNil(await this.write('PUT', path, { Job: job, ...options }, place)) as JobPlan;
  }

  async deregister(id: string, options: Parameters): Promise<string> {
    const path = `/v1/job/${encodeURIComponent(id)}`;
    return ((await this.write('DELETE', path, undefined, options)) as { EvalID: string } | null)?.EvalID ?? '';
  }

  async evaluation(id: string, signal: AbortSignal): Promise<Evaluation> {
    return (await this.read(`/v1/evaluation/${id}`, {}, signal)) as Evaluation;
  }

  async evaluationAllocations(id: string, signal: AbortSignal): Promise<AllocationStub[]> {
    return ((await this.read(`/v1/evaluation/${id}/allocations`, {}, signal)) ?? []) as AllocationStub[];
  }

  /** The deployment, once it is newer than the index. */
  async deployment(id: string, index: number, signal: AbortSignal): Promise<{ deployment: Deployment; index: number }> {
    const parameters = { index: index === 0 ? undefined : index, stale: '' };
    const answer = await this.send('GET', `/v1/deployment/${id}`, undefined, parameters, signal);
    return { deployment: answer.body as Deployment, index: answer.index };
  }

  async deploymentAllocations(id: string): Promise<AllocationStub[]> {
    return ((await this.read(`/v1/deployment/allocations/${id}`)) ?? []) as AllocationStub[];
  }

  async latestDeployment(job: string): Promise<Deployment | undefined> {
    return ((await this.read(`/v1/job/${encodeURIComponent(job)}/deployment`)) ?? undefined) as Deployment | undefined;
  }

  /** The items of a Nomad variable; undefined where there is none. */
  async variable(path: string): Promise<Readonly<Record<string, string>> | undefined> {
    try {
      return ((await this.read(`/v1/var/${path}`)) as { Items: Record<string, string> }).Items;
    } catch (error) {
      if (error instanceof ResponseError && error.status === 404) return undefined;
      throw error;
    }
  }

  async putVariable({ path, namespace, items }: NomadVariable): Promise<void> {
    await this.write('PUT', `/v1/var/${path}`, { Path: path, Namespace: namespace, Items: items });
  }

  async deleteVariable({ path, namespace }: NomadVariable): Promise<void> {
    await this.write('DELETE', `/v1/var/${path}`, undefined, { namespace });
  }

  private async read(path: string, parameters: Parameters = {}, signal?: AbortSignal): Promise<unknown> {
    return (await this.send('GET', path, undefined, parameters, signal)).body;
  }

  private async write(method: 'PUT' | 'DELETE', path: string, body?: unknown, parameters: Parameters = {}) {
    return (await this.send(method, path, body, parameters)).body;
  }

  private async send(
    method: 'GET' | 'PUT' | 'DELETE',
    path: string,
    body?: unknown,
    parameters: Parameters = {},
    signal?: AbortSignal,
  ) {
    const all = { namespace: this.namespace, region: this.region, ...definedOf(parameters) };
    const query = Object.entries(definedOf(all)).map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`);
    return await send(this.connection, method, path + (query.length === 0 ? '' : `?${query.join('&')}`), body, signal);
  }
}

/** The JSON `null` leaves Go with a struct whose fields are nil, over which nomad-pack panics. */
function notNil(body: unknown): unknown {
  if (body !== null) return body;
  process.stderr.write(
    'panic: runtime error: invalid memory address or nil pointer dereference\n\ngoroutine 1 [running]:\n',
  );
  process.exit(2);
}

function definedOf(parameters: Parameters): Parameters {
  return Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined));
}
