import { ActionError } from '../errors.ts';
import { type Job, type JobMeta, type JobRef, namespaceSchema } from '../nomad/api.ts';
import type { NomadClient } from '../nomad/client.ts';
import { keepCounts } from '../nomad/counts.ts';
import { describePlans, type PlannedJob, planJobs } from '../nomad/dry-run.ts';
import { isMissing } from '../nomad/errors.ts';
import { isOwnedBy, jobKey, type Owner, readExisting } from '../nomad/jobs.ts';
import { kindFault } from '../nomad/kinds.ts';
import { compareOwnership, ownershipFaults, type Reach } from '../nomad/ownership.ts';
import type { RenderedJob } from '../nomad/specification.ts';
import { readJobStates } from '../nomad/state.ts';
import { snapshotVersions, type VersionSnapshot } from '../nomad/submission.ts';
import { listOwnerless, type Survey, type SurveyedJob, surveyDeployment } from '../nomad/survey.ts';
import type { JobState } from '../result.ts';
import type { DeploymentSettings } from '../settings/settings.ts';
import { type Claim, refuseUnknown } from './claim.ts';

/** How the cluster is reached. */
export interface Clients {
  /** The cluster's API, logged in; the same client at every call. */
  readonly nomad: () => Promise<NomadClient>;
  /** A client for a last look after a cancel, while there is time for one; whoever asks for it closes it. */
  readonly lastNomad: () => Promise<NomadClient>;
  /** Only where nothing is changed: what changes something looks for itself, each time. */
  readonly look?: SharedLook;
}

/** One look at the cluster for several deployments. */
export interface SharedLook {
  /** What there is of a deployment, by its name. */
  readonly survey: (deploymentName: string) => Promise<Survey>;
  /** As `listOwnerless`. */
  readonly ownerless: (namespaces: ReadonlySet<string>) => Promise<readonly JobRef[]>;
}

/** The jobs of a deployment, parted by where they are. */
export interface Whereabouts {
  /** In the namespaces that the deployment goes to. */
  readonly here: readonly SurveyedJob[];
  /** Of the same pack and name, in other namespaces. */
  readonly elsewhere: readonly SurveyedJob[];
  /** Of the same name, but of other packs. */
  readonly others: readonly SurveyedJob[];
}

/** One deployment of a pack in one cluster: what is asked for, and what the cluster has of it. */
export class Deployment {
  readonly settings: DeploymentSettings;
  /** Whom its jobs belong to: the name of the deployment and the pack. */
  readonly owner: Owner;
  readonly #clients: Clients;

  constructor(settings: DeploymentSettings, clients: Clients) {
    this.settings = settings;
    this.owner = { deploymentName: settings.deploymentName, packName: settings.pack.name };
    this.#clients = clients;
  }

  get name(): string {
    return this.owner.deploymentName;
  }

  /** Where jobs go whose specification names no namespace. */
  get namespace(): string {
    return this.settings.nomad.namespace;
  }

  /** The cluster's API, logged in; the same client at every call. */
  async client(): Promise<NomadClient> {
    return await this.#clients.nomad();
  }

  /** Looks once more after a cancel: the deployment that is looked at asks Nomad only while there is time for it. */
  async lastLook(look: (deployment: Deployment) => Promise<void>): Promise<void> {
    const client = await this.#clients.lastNomad();
    try {
      await look(new Deployment(this.settings, { ...this.#clients, nomad: async () => client }));
    } finally {
      await client.close();
    }
  }

  /** Everything that carries the deployment's name, where this Nomad can tell. */
  async surveyIfPossible(): Promise<Survey> {
    const { look } = this.#clients;
    return look === undefined ? await surveyDeployment(await this.client(), this.name) : await look.survey(this.name);
  }

  /** The running jobs of these namespaces that no deployment owns. */
  async ownerless(namespaces: ReadonlySet<string>): Promise<readonly JobRef[]> {
    const { look } = this.#clients;
    return look === undefined ? await listOwnerless(await this.client(), namespaces) : await look.ownerless(namespaces);
  }

  /**
   * Everything that carries the deployment's name, for operations that change the cluster: they never guess.
   *
   * @throws ActionError on a Nomad that is too old to tell
   */
  async survey(): Promise<Survey & { filtered: true }> {
    const survey = await this.surveyIfPossible();
    if (survey.filtered) return survey;
    throw new ActionError(
      'nomad-error',
      'This Nomad cannot list the jobs of one deployment, so nobody can say whose jobs would be touched.',
      {
        hint: 'Nomad 1.6 and newer can. Upgrade the servers, or run nomad-pack by hand (`operation: setup`).',
      },
    );
  }

  /**
   * Makes sure that nothing in a namespace means nothing, and not a name that is misspelt or a token that may not look: Nomad answers
   * a list of jobs as if such a namespace were empty.
   *
   * @throws ActionError with the reason `nomad-namespace`
   */
  async requireNamespace(): Promise<void> {
    const client = await this.client();
    try {
      await client.get(`/v1/namespace/${encodeURIComponent(this.namespace)}`, namespaceSchema);
    } catch (error) {
      if (!isMissing(error)) throw error;
      const orUnseen = client.isAnonymous ? '' : ', or the token may not see it';
      throw new ActionError(
        'nomad-namespace',
        `There is no namespace \`${this.namespace}\` in Nomad at ${this.settings.nomad.address}${orUnseen}.`,
        {
          hint: 'Set `nomad_namespace` to the one that the deployment is in, and give the token rights there.',
          cause: error,
        },
      );
    }
  }

  /**
   * What a deploy of these jobs would do to the other jobs of the cluster.
   *
   * @param reach how far nomad-pack reaches
   */
  async claim(rendered: readonly JobRef[], reach: Reach): Promise<Claim> {
    const [survey, existing] = await Promise.all([this.survey(), this.existing(rendered)]);
    const adopt = new Set(this.settings.rollout.adoptJobs);
    refuseUnknown(adopt, rendered);
    const ownership = compareOwnership(this.owner, rendered, { ...survey, existing }, reach, adopt);
    return { ...ownership, present: survey.jobs, existing, index: survey.index };
  }

  /**
   * Refuses a deploy that would take what belongs to others.
   *
   * @throws ActionError
   */
  refuseStrangers(claim: Claim): void {
    const [fault] = this.faultsOf(claim);
    if (fault !== undefined) throw fault;
  }

  /** Why a deploy that takes what belongs to others is refused; empty where it takes nothing. */
  faultsOf(claim: Claim): readonly ActionError[] {
    return ownershipFaults(this.owner, claim, this.settings.rollout);
  }

  /** Why Nomad would refuse to register the jobs over those that are there; empty where it would not. */
  kindFaults(rendered: readonly RenderedJob[], { existing }: Claim): readonly ActionError[] {
    return rendered.flatMap((job) => kindFault(job, existing.get(jobKey(job))) ?? []);
  }

  /** Whether a job's metadata says that it is of this deployment. */
  owns(meta: JobMeta | null | undefined): boolean {
    return isOwnedBy(meta ?? null, this.owner);
  }

  /** @param namespaces where the deployment goes; by default where jobs go whose specification names none */
  locate(
    jobs: readonly SurveyedJob[],
    namespaces: ReadonlySet<string> = new Set([this.settings.nomad.namespace]),
  ): Whereabouts {
    const own = jobs.filter((job) => job.pack.name === this.owner.packName);
    return {
      here: own.filter((job) => namespaces.has(job.namespace)),
      elsewhere: own.filter((job) => !namespaces.has(job.namespace)),
      others: jobs.filter((job) => job.pack.name !== this.owner.packName),
    };
  }

  /** The jobs of the deployment in these namespaces. */
  async findOwn(namespaces: ReadonlySet<string>): Promise<readonly SurveyedJob[]> {
    return this.locate((await this.survey()).jobs, namespaces).here;
  }

  /** The jobs that exist among these, by `jobKey`, whoever owns them. */
  async existing(refs: readonly JobRef[]): Promise<ReadonlyMap<string, Job>> {
    return await readExisting(await this.client(), refs);
  }

  /** How the jobs are that a survey has found. */
  async states(jobs: readonly SurveyedJob[]): Promise<JobState[]> {
    return await readJobStates(await this.client(), jobs);
  }

  /** How those of the jobs are that carry the deployment's name. */
  async statesOf(refs: readonly JobRef[]): Promise<JobState[]> {
    if (refs.length === 0) return [];
    const keys = new Set(refs.map(jobKey));
    const { jobs } = await this.survey();
    return await this.states(jobs.filter((job) => keys.has(jobKey(job))));
  }

  /** The versions of the jobs, before something is done to them. */
  async snapshot(refs: readonly JobRef[]): Promise<VersionSnapshot> {
    return await snapshotVersions(await this.client(), refs);
  }

  /** The jobs as nomad-pack registers them: with `preserve_counts`, groups that exist keep their counts. */
  adjusted(jobs: readonly RenderedJob[], existing: ReadonlyMap<string, Job>): readonly RenderedJob[] {
    return this.settings.rollout.preserveCounts ? keepCounts(jobs, existing) : jobs;
  }

  /**
   * What registering the jobs would do, as Nomad foresees it; nothing is changed.
   *
   * @param existing the jobs that exist among these, by `jobKey`
   */
  async plan(jobs: readonly RenderedJob[], existing: ReadonlyMap<string, Job>): Promise<PlannedJob[]> {
    return await planJobs(await this.client(), this.adjusted(jobs, existing));
  }

  /** Those of the jobs that Nomad has otherwise than the pack renders to: registering them would change something. */
  async unlike(jobs: readonly RenderedJob[]): Promise<RenderedJob[]> {
    const existing = this.settings.rollout.preserveCounts ? await this.existing(jobs) : new Map();
    const changes = describePlans(await this.plan(jobs, existing), () => undefined);
    const unlike = new Set(changes.filter(({ action }) => action !== 'none').map(jobKey));
    return jobs.filter((job) => unlike.has(jobKey(job)));
  }
}

/** The namespaces that the jobs go to. */
export function namespacesOf(jobs: readonly JobRef[]): Set<string> {
  return new Set(jobs.map(({ namespace }) => namespace));
}

/** `web (default), api (default)` */
export function nameJobs(jobs: readonly JobRef[]): string {
  return jobs.map(({ id, namespace }) => `${id} (${namespace})`).join(', ');
}
