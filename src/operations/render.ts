import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Deployment } from '../deployment/deployment.ts';
import type { Outcome } from '../result.ts';
import { makeOutputFolder } from './output-folder.ts';
import { preparePack, renderPack } from './prepare.ts';
import type { Tools } from './tools.ts';

/** Renders the pack's job specifications, and what it says after a deploy, into files that later steps can read. */
export async function render(deployment: Deployment, tools: Tools): Promise<Outcome> {
  const prepared = await preparePack(deployment, tools);
  const { files } = await tools.log.phase(
    'Render the pack',
    async () => await renderPack(prepared, { outputsTemplate: true }),
  );
  // The files stay after the step, so nothing secret may be in them: the folder of nomad-pack itself goes away with the step.
  const folder = await makeOutputFolder(tools, 'rendered-');
  // nomad-pack writes an empty one where the pack says nothing after a deploy.
  const written = files.filter(({ name, text }) => name !== 'outputs.tpl' || text.trim() !== '');
  for (const { name, text } of written) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), tools.secrets.redact(text));
  }
  tools.log.info(`Rendered ${written.map(({ name }) => name).join(', ')} to ${folder}.`);
  return { status: 'unknown', health: 'unknown', changed: false, jobs: [], renderedPath: folder };
}
