import type { CombinedOutcome } from './combined.ts';
import { asPlan, guarded, refuseUnreviewed } from './deployments/review.ts';
import { runDeployments } from './deployments/run.ts';
import { asActionError } from './errors.ts';
import { OPERATIONS } from './operations.ts';
import { conclude, type End } from './record.ts';
import type { Outcome } from './result.ts';
import type { PrivateFolder } from './runner/private-folder.ts';
import type { FileRun, RunEntry } from './settings/run.ts';
import type { DeploymentSettings } from './settings/settings.ts';
import type { Part, Step } from './step.ts';
import { createToolbox } from './toolbox.ts';
import { Workshop } from './workshop.ts';

/**
 * A step over the deployments of a file. A deploy that was reviewed plans all of them first, and changes nothing where that comes to
 * something else.
 *
 * @throws ActionError of what all of them need, before any is begun
 */
export async function runFile(run: FileRun, folder: PrivateFolder, step: Step): Promise<CombinedOutcome> {
  const { log, record } = step;
  const workshop = new Workshop(run.nomadPack, { ...step, folder });
  const crew = new Crew(workshop, folder, step);
  try {
    if (OPERATIONS[run.operation].runsNomadPack && run.entries.length > 0) {
      const { version } = await log.phase('Install nomad-pack', workshop.installation);
      record.know({ nomadPackVersion: await version });
    }
    if (run.operation !== 'deploy' || run.review.digest === undefined) return await crew.work(run);
    const planned = await crew.work(asPlan(run));
    return refuseUnreviewed(run, planned) ?? (await crew.work(guarded(run, planned)));
  } finally {
    await workshop.close();
  }
}

/** Works on deployments that share a workshop; each has a folder, a log and a record of its own. */
class Crew {
  readonly #workshop: Workshop;
  readonly #folder: PrivateFolder;
  readonly #step: Step;
  #folders = 0;

  constructor(workshop: Workshop, folder: PrivateFolder, step: Step) {
    this.#workshop = workshop;
    this.#folder = folder;
    this.#step = step;
  }

  async work(run: FileRun): Promise<CombinedOutcome> {
    const { signal, elapsed, part } = this.#step;
    return await runDeployments(run, {
      signal,
      elapsed,
      work: async (entry) => {
        const own = part(entry.key);
        return conclude(operationOf(run, entry), await this.#endOf(run, entry, own), own.record);
      },
      onSkipped: ({ key }, { message }) => part(key).log.info(message),
    });
  }

  async #endOf(run: FileRun, entry: RunEntry, part: Part): Promise<End> {
    const { signal } = this.#step;
    try {
      this.#folders += 1;
      const own = await this.#folder.within(`deployment-${this.#folders}`);
      // What stays behind goes away with the folder of the step.
      return await this.#operate(run, entry, part, own).finally(() => own.remove().catch(() => undefined));
    } catch (error) {
      return { error: asActionError(signal.aborted ? signal.reason : error) };
    }
  }

  async #operate(
    run: FileRun,
    { key, loaded, isAbsent }: RunEntry,
    part: Part,
    folder: PrivateFolder,
  ): Promise<Outcome> {
    const { credentials } = loaded;
    const settings = isAbsent ? unwanted(loaded.settings) : loaded.settings;
    const options = { ...this.#step, ...part, settings, credentials, folder, workshop: this.#workshop };
    const { deployment, tools } = createToolbox({ ...options, name: key, isOneOfMany: true });
    if (run.operation === 'plan' && isAbsent) {
      const { planRemoval } = await import('./operations/all.ts');
      return await planRemoval(deployment, tools);
    }
    const work = await OPERATIONS[settings.operation].load();
    return await work(deployment, tools);
  }
}

/** A deployment that should not be there is planned as what it would be: destroyed; and it need not be healthy. */
function unwanted(settings: DeploymentSettings): DeploymentSettings {
  const operation = settings.operation === 'plan' ? 'destroy' : settings.operation;
  return { ...settings, operation, review: { ...settings.review, failOnUnhealthy: false } };
}

function operationOf({ operation }: FileRun, { loaded }: RunEntry): DeploymentSettings['operation'] {
  return operation === 'plan' ? 'plan' : loaded.settings.operation;
}
