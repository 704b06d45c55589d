import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path/posix';
import { locatePack, renderSource, requirePack } from '../pack-source.ts';
import { type ContextLine, Problem } from '../problem.ts';
import type { CommandFunction } from '../session.ts';

interface RenderedFile {
  readonly name: string;
  readonly text: string;
}

/** `render`: the templates, on the terminal and in files. */
export const render: CommandFunction = (session) => {
  const { args, env, ui } = session;
  const source = locatePack(args, env);
  requirePack(source);
  const folder = args.text('to-dir') || undefined;
  if (folder !== undefined && existsSync(folder) && !statSync(folder).isDirectory()) {
    ui.error('--to-dir must be a directory');
    return 1;
  }
  const options = { auxiliary: !args.switch('skip-aux-files'), format: !args.switch('no-format') };
  const rendered = renderSource(source, session, source.context, options);
  if (rendered.templates.length === 0) {
    const message = 'no templates were rendered by the renderer process run';
    throw new Problem('no templates rendered', message, source.context);
  }
  const files: RenderedFile[] = rendered.templates.map(({ name, text }) => ({
    name: name.replace('/templates/', '/').replace(/\.tpl$/, ''),
    text,
  }));
  if (args.switch('render-output-template')) {
    try {
      files.push({ name: 'outputs.tpl', text: rendered.outputs() });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      ui.problem(error.within(source.context));
    }
  }
  for (const file of files) {
    if (folder !== undefined) writeRendered(normalize(folder), file, args.switch('auto-approve'), source.context);
    ui.output(`${file.name}:`);
    ui.output('');
    ui.raw(`${file.text}\n`);
  }
  return 0;
};

function writeRendered(
  folder: string,
  { name, text }: RenderedFile,
  overwrite: boolean,
  context: readonly ContextLine[],
): void {
  const path = join(folder, name);
  if (existsSync(path) && !overwrite) {
    const where: ContextLine = ['Destination File', path];
    throw new Problem('failed to render to file', 'destination file exists and overwrite is unset', [
      ...context,
      where,
    ]);
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
