import { setTimeout as delay } from 'node:timers/promises';
import { describeTrace, tagName, timeOf } from '../../src/nomad/trace.ts';

/** A job as Nomad's API has it: what is read here, and what is handed back as it came. */
export interface Job {
  readonly ID: string;
  readonly Name?: string;
  readonly Version: number;
  readonly JobModifyIndex: number;
  readonly Stop: boolean;
  readonly Meta: Readonly<Record<string, string>> | null;
  readonly TaskGroups: readonly TaskGroup[];
  readonly VersionTag?: { readonly Name: string } | null;
}

interface TaskGroup {
  readonly Update?: object;
  readonly Tasks: readonly { readonly Env: Readonly<Record<string, string>> | null }[];
}

interface Deployment {
  readonly JobVersion: number;
  readonly Status: string;
  readonly TaskGroups: Readonly<Record<string, DeployedGroup>>;
}

interface DeployedGroup {
  readonly Promoted: boolean;
  readonly DesiredCanaries: number;
  readonly HealthyAllocs: number;
}

interface Allocation {
  readonly ID: string;
  readonly JobVersion: number;
  readonly DesiredStatus: string;
  readonly ClientStatus: string;
}

/** How a job is, looked at past the proxy and the action. */
export interface JobTruth {
  readonly id: string;
  readonly version: number;
  readonly jobModifyIndex: number;
  readonly stop: boolean;
  /** What the pack's variable of this name was. */
  readonly release: string;
  /** Nomad called the rollout of this version successful, and its tasks run. */
  readonly healthy: boolean;
  readonly promoted: boolean;
  /** Healthy canaries wait for somebody to decide on them. */
  readonly awaiting: boolean;
  /** The name of the version's tag; empty where it has none. */
  readonly tag: string;
  /** The allocations that are to run, of whatever version, by their ids. */
  readonly allocations: readonly string[];
}

/** How long a rollout that has to come about before a step may take. Milliseconds. */
const ROLLOUT = 120_000;

/** Nomad's API, as an administrator of the cluster uses it to prepare a namespace and to look at what became of it. */
export class Cluster {
  readonly address: string;

  constructor(address: string) {
    this.address = address;
  }

  async makeNamespace(name: string): Promise<void> {
    await this.#send('PUT', `/v1/namespace/${name}`, { Name: name });
  }

  /** Purges a namespace's jobs, and the namespace itself where that is possible by then. */
  async removeNamespace(name: string): Promise<void> {
    for (const { ID } of await this.#list(name))
      await this.#send('DELETE', `/v1/job/${ID}?purge=true&namespace=${name}`);
    await this.#send('DELETE', `/v1/namespace/${name}`).catch(() => undefined);
  }

  async register(job: object, namespace: string): Promise<void> {
    await this.#send('POST', '/v1/jobs', { Job: { ...job, Namespace: namespace } });
  }

  /** Tags the present versions of jobs, as the action does with those that one step has deployed. */
  async tag(namespace: string, ids: readonly string[]): Promise<void> {
    const Description = describeTrace({ deployed: timeOf(Date.now() * 1_000_000) });
    for (const id of ids) {
      const { Version } = await this.#get<Job>(`/v1/job/${id}?namespace=${namespace}`);
      const path = `/v1/job/${id}/versions/${tagName(Version)}/tag?namespace=${namespace}`;
      await this.#send('POST', path, { Version, Description });
    }
  }

  /**
   * Waits until the rollout of each job is at its end, or, where it has canaries, until they are healthy.
   *
   * @throws where one fails, as on a machine that is too slow for its deadlines, or takes minutes
   */
  async awaitRollouts(namespace: string, ids: readonly string[]): Promise<void> {
    const patience = AbortSignal.timeout(ROLLOUT);
    for (const id of ids) {
      let deployment = await this.#deployment(namespace, id);
      while (!isThrough(deployment)) {
        const status = deployment?.Status ?? 'not there';
        if (status === 'failed' || patience.aborted) throw new Error(`the rollout of ${id} is ${status}`);
        await delay(50);
        deployment = await this.#deployment(namespace, id);
      }
    }
  }

  /** The jobs themselves, to be registered elsewhere. */
  async jobs(namespace: string): Promise<Job[]> {
    const stubs = await this.#list(namespace);
    return await Promise.all(stubs.map(async ({ ID }) => await this.#get<Job>(`/v1/job/${ID}?namespace=${namespace}`)));
  }

  async truth(namespace: string): Promise<JobTruth[]> {
    const jobs = await this.jobs(namespace);
    return await Promise.all(jobs.map(async (job) => await this.#truthOf(namespace, job)));
  }

  async #truthOf(namespace: string, job: Job): Promise<JobTruth> {
    const [deployment, allocations] = await Promise.all([
      this.#deployment(namespace, job.ID),
      this.#get<Allocation[]>(`/v1/job/${job.ID}/allocations?namespace=${namespace}`),
    ]);
    const toRun = allocations.filter((one) => one.DesiredStatus === 'run');
    const wanted = toRun.filter((one) => one.JobVersion === job.Version);
    const runs = wanted.length > 0 && wanted.every(({ ClientStatus }) => ClientStatus === 'running');
    const groups = Object.values(deployment?.TaskGroups ?? {});
    return {
      id: job.ID,
      version: job.Version,
      jobModifyIndex: job.JobModifyIndex,
      stop: job.Stop,
      release: job.TaskGroups[0]?.Tasks[0]?.Env?.['RELEASE'] ?? '',
      healthy: !job.Stop && runs && deployment?.Status === 'successful' && deployment.JobVersion === job.Version,
      promoted: groups.some(({ Promoted }) => Promoted),
      awaiting:
        deployment?.JobVersion === job.Version &&
        deployment.Status === 'running' &&
        groups.some(({ Promoted, DesiredCanaries }) => DesiredCanaries > 0 && !Promoted) &&
        isThrough(deployment),
      tag: job.VersionTag?.Name ?? '',
      allocations: toRun.map(({ ID }) => ID).sort(),
    };
  }

  async #list(namespace: string): Promise<{ readonly ID: string }[]> {
    return await this.#get(`/v1/jobs?namespace=${namespace}`);
  }

  async #deployment(namespace: string, id: string): Promise<Deployment | null> {
    return await this.#get(`/v1/job/${id}/deployment?namespace=${namespace}`);
  }

  async #get<Body>(path: string): Promise<Body> {
    return (await (await this.#send('GET', path)).json()) as Body;
  }

  async #send(method: string, path: string, body?: unknown): Promise<Response> {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const response = await fetch(`${this.address}${path}`, init);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  }
}

function isThrough(deployment: Deployment | null): boolean {
  if (deployment === null) return false;
  const canaries = Object.values(deployment.TaskGroups).filter(({ DesiredCanaries }) => DesiredCanaries > 0);
  if (canaries.length === 0) return deployment.Status === 'successful';
  return canaries.every(({ DesiredCanaries, HealthyAllocs }) => HealthyAllocs >= DesiredCanaries);
}
