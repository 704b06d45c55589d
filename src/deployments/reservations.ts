import { ActionError } from '../errors.ts';
import type { NomadSettings } from '../settings/settings.ts';

/** A job that a deployment is about to register. */
interface Reserved {
  readonly id: string;
  readonly namespace: string;
}

/**
 * Which deployment of a step registers which jobs: where two would register the same one at the same time, neither would find it there when
 * it looks who owns it.
 */
export class Reservations {
  readonly #holders = new Map<string, string>();

  /**
   * Takes the jobs for a deployment.
   *
   * @param name of the deployment
   * @param cluster where the jobs go
   * @throws ActionError `job-conflict` where another deployment has one of them; then none is taken
   */
  take(name: string, { address, region }: Pick<NomadSettings, 'address' | 'region'>, jobs: readonly Reserved[]): void {
    const keys = jobs.map(({ id, namespace }) => JSON.stringify([address, region, namespace, id]));
    for (const [index, key] of keys.entries()) {
      const holder = this.#holders.get(key) ?? name;
      if (holder !== name) throw conflict(name, holder, jobs[index]);
    }
    for (const key of keys) this.#holders.set(key, name);
  }
}

function conflict(name: string, holder: string, job: Reserved | undefined): ActionError {
  return new ActionError(
    'job-conflict',
    `Job ${job?.id} (${job?.namespace}) of \`${name}\` is one of \`${holder}\`, too, which this step deploys as well.`,
    {
      hint: 'Give the jobs of each deployment ids of their own, such as by a variable of the pack, or deploy them to different namespaces.',
    },
  );
}
