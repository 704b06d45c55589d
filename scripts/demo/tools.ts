import { delimiter } from 'node:path';
import { missingTools } from 'nomad-pack-sandbox/real-nomad.ts';
import { ActionError } from '../../src/errors.ts';
import { fetchRelease, type ReleaseSource } from '../support/releases.ts';

/**
 * Puts the newest release of each of `nomad` and `nomad-pack` on the PATH of this process where it is not there yet. Ends the process,
 * and says why, where one cannot be had.
 */
export async function bringRealTools(source: ReleaseSource): Promise<void> {
  const missing = await missingTools();
  if (missing.length === 0) return;
  console.log(`Not on the PATH: ${missing.join(' and ')}. The newest release comes from ${source.mirror}.`);
  try {
    // One after the other: what is said of them has an order.
    for (const tool of missing) {
      const { folder } = await fetchRelease(tool, 'latest', source);
      process.env['PATH'] = [folder, process.env['PATH']].join(delimiter);
    }
  } catch (error) {
    if (!(error instanceof ActionError)) throw error;
    const tools = missing.map((tool) => `\`${tool}\``).join(' and ');
    console.error(
      `${error.message}\n\nPut ${tools} on the PATH, or name a site with \`--mirror\`. Without \`--real\`, the demo simulates both.`,
    );
    process.exit(1);
  }
}
