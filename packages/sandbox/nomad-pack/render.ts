import { formatHcl } from './format-hcl.ts';
import type { Pack } from './pack/pack.ts';
import { Problem, Problems } from './problem.ts';
import { PackContext } from './template/context.ts';
import { executeTemplate, TemplateFailure } from './template/execute.ts';
import { functions } from './template/functions.ts';
import { TemplateSyntaxError } from './template/lexer.ts';
import type { Template } from './template/nodes.ts';
import { parseTemplates } from './template/parser.ts';
import type { Executable } from './template/program.ts';
import type { Variables } from './variables/declarations.ts';

export interface RenderedTemplate {
  /** As in `web/templates/web.nomad.tpl`, or `web/redis/templates/redis.nomad.tpl` of a dependency. */
  readonly name: string;
  readonly text: string;
}

export interface Rendered {
  /** By pack, then by name. */
  readonly templates: readonly RenderedTemplate[];
  /**
   * Renders outputs.tpl.
   *
   * @returns nothing where the pack has none
   * @throws Problem
   */
  readonly outputs: () => string;
}

export interface RenderOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether files that are not jobs are rendered, too. */
  readonly auxiliary: boolean;
  readonly format: boolean;
}

interface Source {
  readonly name: string;
  readonly text: string;
  readonly context: PackContext;
}

/**
 * Renders the templates of a pack and of those that it depends on.
 *
 * @throws Problems
 */
export function renderPack(pack: Pack, variables: Variables, options: RenderOptions): Rendered {
  const context = new PackContext(pack, variables);
  const sources = collect(pack, context, options.auxiliary).sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  const names = new Set(functions.keys());
  const explained = <Found>(action: () => Found): Found => {
    try {
      return action();
    } catch (error) {
      throw new Problems([explain(error)]);
    }
  };
  const program: Executable = {
    templates: explained(() => {
      const parsed = sources.flatMap(({ name, text }) => [...parseTemplates(text, name, names)]);
      return new Map<string, Template>(parsed);
    }),
    functions,
    environment: { env: options.env, packPath: pack.path },
  };
  const templates = sources
    .filter(({ name }) => !name.includes('templates/_'))
    .map(({ name, context: dot }) => ({ name, text: explained(() => executeTemplate(program, name, dot)) }))
    .filter(({ text }) => text.trim() !== '')
    .map(({ name, text }) => ({
      name,
      text: options.format && /\.(?:nomad|hcl)\.tpl$/.test(name) ? formatHcl(text) : text,
    }));
  return { templates, outputs: () => renderOutputs(pack, context, program, names) };
}

function collect(pack: Pack, context: PackContext, auxiliary: boolean): Source[] {
  const folder = pack.id.replaceAll('.', '/');
  const files = auxiliary ? [...pack.templates, ...pack.auxiliary] : pack.templates;
  return [
    ...files.map(({ name, text }) => ({ name: `${folder}/${name}`, text, context })),
    ...pack.dependencies.flatMap((dependency) =>
      collect(dependency, context.dependencies.get(dependency.alias) as PackContext, auxiliary),
    ),
  ];
}

function sortKey({ name }: Source): string {
  return name.replace('/templates/', '\0');
}

function renderOutputs(pack: Pack, context: PackContext, program: Executable, names: ReadonlySet<string>): string {
  if (pack.outputs === undefined) return '';
  const { name, text } = pack.outputs;
  const title = 'failed to render output template';
  try {
    const templates = new Map([...program.templates, ...parseTemplates(text, name, names)]);
    return executeTemplate({ ...program, templates }, name, context);
  } catch (error) {
    if (error instanceof TemplateSyntaxError) throw new Problem(title, error.message);
    if (!(error instanceof TemplateFailure)) throw error;
    const { file, line, column, message } = error;
    throw new Problem(title, `failed to render ${name}: template: ${file}:${line}:${column}: ${message}`);
  }
}

function explain(error: unknown): Problem {
  const title = 'failed to process pack';
  if (error instanceof TemplateSyntaxError) {
    return new Problem(title, error.message, [
      ['Filename', ''],
      ['Position', ''],
    ]);
  }
  if (!(error instanceof TemplateFailure)) throw error;
  return new Problem(title, error.message, [
    ...(error.details === undefined ? [] : [['Details', error.details] as const]),
    ['Filename', error.file],
    ['Position', error.column === 0 ? String(error.line) : `${error.line},${error.column}`],
    ...(error.suggestions === undefined ? [] : [['Suggestions', error.suggestions] as const]),
  ]);
}
