import type { CombinedOutcome } from './combined.ts';
import { type Entry, type Run, runDeployments } from './deployments/run.ts';
import { asActionError } from './errors.ts';
import { OPERATIONS } from './operations.ts';
import { conclude, type End } from './record.ts';
import type { Outcome } from './result.ts';
import type { PrivateFolder } from './runner/private-folder.ts';
import type { NomadPackSettings } from './settings/settings.ts';
import type { Part, Step } from './step.ts';
import { createToolbox } from './toolbox.ts';
import { Workshop } from './workshop.ts';

/** What a step is to do over the deployments of a file, and with which nomad-pack. */
export type FileRun = Run & { readonly nomadPack: NomadPackSettings };

/**
 * A step over the deployments of a file. They share what takes long, and each has a folder, a log and a record of its own.
 *
 * @throws ActionError of what all of them need, before any is begun
 */
export async function runFile(run: FileRun, folder: PrivateFolder, step: Step): Promise<CombinedOutcome> {
  const { log, record } = step;
  const workshop = new Workshop(run.nomadPack, { ...step, folder });
  const parts = new Map(run.entries.map((entry) => [entry, step.part(entry.key)]));
  const partOf = (entry: Entry) => parts.get(entry) ?? step;
  try {
    if (OPERATIONS[run.operation].runsNomadPack && run.entries.length > 0) {
      const { version } = await log.phase('Install nomad-pack', workshop.installation);
      record.know({ nomadPackVersion: await version });
    }
    return await runDeployments(run, {
      ...step,
      work: async (entry) => {
        const part = partOf(entry);
        const own = `deployment-${run.entries.indexOf(entry)}`;
        return conclude(entry.loaded.settings.operation, await endOf(entry, part, own), part.record);
      },
      onSkipped: (entry, { message }) => partOf(entry).log.warning(message),
    });
  } finally {
    await workshop.close();
  }

  /** @param name of a folder for it alone */
  async function endOf(entry: Entry, part: Part, name: string): Promise<End> {
    try {
      const own = await folder.within(name);
      // What stays behind goes away with the folder of the step.
      return await operateIn(entry, part, own).finally(async () => await own.remove().catch(() => undefined));
    } catch (error) {
      return { error: asActionError(step.signal.aborted ? step.signal.reason : error) };
    }
  }

  async function operateIn({ loaded }: Entry, part: Part, own: PrivateFolder): Promise<Outcome> {
    const { settings, credentials } = loaded;
    const options = { ...step, ...part, settings, credentials, folder: own, workshop, sharesRegistry: true };
    const { deployment, tools } = createToolbox(options);
    const work = await OPERATIONS[settings.operation].load();
    return await work(deployment, tools);
  }
}
