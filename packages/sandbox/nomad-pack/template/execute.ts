import { formatValue, goTypeName, isTrue, sortedEntries, type Value } from '../values.ts';
import { PackContext } from './context.ts';
import type { Command, Node, Operand, Pipeline, Template } from './nodes.ts';
import type { Executable } from './program.ts';

/** How deep templates may include each other: enough for any that end. Go's limit would be too much for the stack. */
const DEEPEST = 500;

/** A template that failed. */
export class TemplateFailure extends Error {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 0-based, in bytes, as Go counts. */
  readonly column: number;
  readonly details: string | undefined;
  readonly suggestions: string | undefined;

  constructor(
    message: string,
    template: Template,
    at: number,
    advice: { details?: string; suggestions?: string } = {},
  ) {
    super(message);
    const lines = template.text.slice(0, at).split('\n');
    this.file = template.file;
    this.line = lines.length;
    this.column = Buffer.byteLength(lines.at(-1) ?? '');
    this.details = advice.details;
    this.suggestions = advice.suggestions;
  }
}

/** What a loop is left by. */
class LoopExit {
  readonly kind: 'break' | 'continue';

  constructor(kind: 'break' | 'continue') {
    this.kind = kind;
  }
}

/** Stands for a field that is not there, of a map whose values may be anything. */
const absent = null;

/**
 * Executes the template of this name.
 *
 * @throws TemplateFailure
 */
export function executeTemplate(program: Executable, name: string, dot: Value): string {
  const template = program.templates.get(name);
  if (template === undefined) throw new Error(`there is no template ${name}`);
  return new Execution(program, template, dot).run();
}

class Execution {
  private readonly program: Executable;
  private readonly template: Template;
  private readonly dot: Value;
  private readonly variables: { name: string; value: Value }[];
  /** How many templates include this one. */
  private readonly depth: number;
  private output = '';
  /** The place that a failure is reported at: of what was looked at last. */
  private place = 0;

  constructor(program: Executable, template: Template, dot: Value, depth = 0) {
    this.depth = depth;
    this.program = program;
    this.template = template;
    this.dot = dot;
    this.variables = [{ name: '$', value: dot }];
  }

  run(): string {
    this.walkAll(this.template.nodes, this.dot);
    return this.output;
  }

  private walkAll(nodes: readonly Node[], dot: Value): void {
    for (const node of nodes) this.walk(node, dot);
  }

  private walk(node: Node, dot: Value): void {
    this.place = node.at;
    switch (node.kind) {
      case 'text':
        this.output += node.text;
        return;
      case 'action': {
        const value = this.pipeline(node.pipeline, dot);
        if (node.pipeline.variables.length === 0) this.output += print(value);
        return;
      }
      case 'if':
      case 'with': {
        const mark = this.variables.length;
        const value = this.pipeline(node.pipeline, dot);
        const inner = node.kind === 'with' ? value : dot;
        if (isTrue(value)) this.walkAll(node.body, inner);
        else this.walkAll(node.otherwise, dot);
        this.variables.length = mark;
        return;
      }
      case 'range':
        this.range(node, dot);
        return;
      case 'template':
        this.call(node, dot);
        return;
      default:
        throw new LoopExit(node.kind);
    }
  }

  private range(node: Extract<Node, { kind: 'if' | 'with' | 'range' }>, dot: Value): void {
    const mark = this.variables.length;
    const value = this.pipeline(node.pipeline, dot);
    const entries = this.entries(value);
    const names = node.pipeline.variables;
    if (entries.length === 0) this.walkAll(node.otherwise, dot);
    for (const [key, item] of entries) {
      const inner = this.variables.length;
      if (names.length === 1) this.set(names[0] ?? '', item, node.pipeline.assigns);
      if (names.length === 2) {
        this.set(names[0] ?? '', key, node.pipeline.assigns);
        this.set(names[1] ?? '', item, node.pipeline.assigns);
      }
      const exit = this.iterate(node.body, item);
      this.variables.length = inner;
      if (exit === 'break') break;
    }
    this.variables.length = mark;
  }

  private iterate(body: readonly Node[], item: Value): 'break' | 'continue' | undefined {
    try {
      this.walkAll(body, item);
      return undefined;
    } catch (error) {
      if (error instanceof LoopExit) return error.kind;
      throw error;
    }
  }

  private entries(value: Value): (readonly [Value, Value])[] {
    if (value === null || value === undefined) return [];
    if (Array.isArray(value)) return [...value.entries()];
    if (value instanceof Map) return sortedEntries(value);
    if (typeof value === 'number' && Number.isInteger(value)) {
      return Array.from({ length: Math.max(0, value) }, (_, index) => [index, index] as const);
    }
    return this.fail(`range can't iterate over ${formatValue(value)}`);
  }

  private call(node: Extract<Node, { kind: 'template' }>, dot: Value): void {
    const template = this.program.templates.get(node.name);
    if (template === undefined) this.fail(`template "${node.name}" not defined`);
    if (this.depth === DEEPEST) this.fail('exceeded maximum template depth (100000)');
    const value = node.pipeline === undefined ? undefined : this.pipeline(node.pipeline, dot);
    this.output += new Execution(this.program, template, value, this.depth + 1).run();
  }

  private pipeline(pipeline: Pipeline, dot: Value): Value {
    this.place = pipeline.at;
    let final: { readonly value: Value } | undefined;
    for (const command of pipeline.commands) final = { value: this.command(command, dot, final) };
    for (const name of pipeline.variables) this.set(name, final?.value, pipeline.assigns);
    return final?.value;
  }

  private set(name: string, value: Value, assigns: boolean): void {
    const existing = assigns ? this.variables.findLast((variable) => variable.name === name) : undefined;
    if (existing === undefined) this.variables.push({ name, value });
    else existing.value = value;
  }

  private command({ operands }: Command, dot: Value, final: { readonly value: Value } | undefined): Value {
    const [first, ...rest] = operands as [Operand, ...Operand[]];
    const argued = rest.length > 0 || final !== undefined;
    if (first.kind === 'function') return this.apply(first, rest, dot, final);
    if (argued && (first.kind === 'field' || first.kind === 'chain' || first.kind === 'variable')) {
      this.place = first.at;
      return this.fail(`${pathOf(first).at(-1) ?? print(this.operand(first, dot))} is not a method but has arguments`);
    }
    this.place = first.at;
    if (argued) return this.fail(`can't give argument to non-function ${source(first)}`);
    if (first.kind === 'nil') return this.fail('nil is not a command');
    return this.operand(first, dot);
  }

  private operand(operand: Operand, dot: Value): Value {
    this.place = operand.at;
    switch (operand.kind) {
      case 'dot':
        return dot;
      case 'nil':
        return null;
      case 'constant':
        return operand.value;
      case 'function':
        return this.apply(operand, [], dot, undefined);
      case 'field':
        return this.fields(dot, operand.path, operand);
      case 'variable': {
        const value = this.variables.findLast(({ name }) => name === operand.name)?.value;
        return this.fields(value, operand.path, operand);
      }
      case 'pipeline':
        return this.pipeline(operand.pipeline, dot);
      case 'chain':
        return this.fields(this.operand(operand.operand, dot), operand.path, operand);
    }
  }

  private fields(start: Value, path: readonly string[], operand: Operand): Value {
    let value = start;
    let owner: Value;
    for (const [index, name] of path.entries()) {
      if (value === null || value === undefined) {
        if (index === 0 && value === undefined) return undefined;
        if (owner instanceof PackContext) return this.failLegacy(operand, path, index);
        return this.fail(`nil pointer evaluating interface {}.${name}`);
      }
      owner = value;
      if (value instanceof PackContext) value = value.dependencies.get(name) ?? absent;
      else if (value instanceof Map) value = value.get(name) ?? absent;
      else this.fail(`can't evaluate field ${name} in type ${index === 0 ? goTypeName(value) : 'interface {}'}`);
    }
    return value;
  }

  /** `.web.count`, the syntax of packs that are older than `var`. */
  private failLegacy(operand: Operand, path: readonly string[], index: number): never {
    const written = source(operand);
    const pack = path[index - 1] ?? '';
    const [, first = '', second = '', ...more] = written.split('.');
    const root = this.dot instanceof PackContext ? this.dot.packName : '';
    const target = first === root || first === 'my' ? '' : first;
    const suggestions =
      `The legacy "${written}" syntax should be updated to use \`var "${second}" .${target}\`. ` +
      'You can run legacy packs unmodified by using the `--parser-v1` flag';
    throw new TemplateFailure(`pack "${pack}" not found when accessing "${written}"`, this.template, this.place, {
      details: 'The referenced pack was not found in the template context.',
      ...(written.startsWith('.') && more.length === 0 && { suggestions }),
    });
  }

  private apply(
    operand: Extract<Operand, { kind: 'function' }>,
    given: readonly Operand[],
    dot: Value,
    final: { readonly value: Value } | undefined,
  ): Value {
    this.place = operand.at;
    const { name, at } = operand;
    const definition = this.program.functions.get(name);
    if (definition === undefined) return this.fail(`"${name}" is not a defined function`);
    const count = given.length + (final === undefined ? 0 : 1);
    const { parameters, variadic } = definition;
    if (count < parameters.length || (count > parameters.length && variadic === undefined)) {
      const least = variadic === undefined ? '' : 'at least ';
      return this.fail(`wrong number of args for ${name}: want ${least}${parameters.length} got ${count}`);
    }
    if (definition.decides !== undefined) return this.shortCircuit(definition.decides, given, dot, final);
    const values = given.map((argument, index) => {
      const value = this.operand(argument, dot);
      return this.typed(value, parameters[index] ?? variadic ?? 'any', argument);
    });
    if (final !== undefined)
      values.push(this.typed(final.value, parameters[given.length] ?? variadic ?? 'any', operand));
    try {
      return definition.call(values, { ...this.program.environment, program: this.program });
    } catch (error) {
      if (error instanceof TemplateFailure || !(error instanceof Error)) throw error;
      this.place = at;
      return this.fail(error.message);
    }
  }

  /** `and` and `or` look at no more arguments than they need to. */
  private shortCircuit(
    decides: boolean,
    given: readonly Operand[],
    dot: Value,
    final: { readonly value: Value } | undefined,
  ): Value {
    let value: Value;
    for (const argument of given) {
      value = this.operand(argument, dot);
      if (isTrue(value) === decides) return value;
    }
    return final === undefined ? value : final.value;
  }

  private typed(value: Value, type: string, operand: Operand): Value {
    const found = goTypeName(value);
    const fits =
      type === 'any' || type === found || (type === 'pack' && (value instanceof PackContext || value === null));
    if (fits) return value;
    if (operand.kind === 'nil') return this.fail(`cannot assign nil to ${goNames[type] ?? type}`);
    if (operand.kind === 'constant')
      return this.fail(`expected ${type === 'int' ? 'integer' : type}; found ${operand.source}`);
    if (value === null || value === undefined) return this.fail(`invalid value; expected ${goNames[type] ?? type}`);
    return this.fail(`wrong type for value; expected ${goNames[type] ?? type}; got ${found}`);
  }

  /** The last part of Go's message is all of it that nomad-pack shows. */
  private fail(message: string): never {
    throw new TemplateFailure(message.split(': ').at(-1) ?? message, this.template, this.place);
  }
}

const goNames: Readonly<Record<string, string>> = { pack: 'parser.PackContextable', list: '[]interface {}' };

/** Nothing comes out where there is no value. */
function print(value: Value): string {
  return value === null || value === undefined ? '' : formatValue(value);
}

function pathOf(operand: Operand): readonly string[] {
  return 'path' in operand ? operand.path : [];
}

function source(operand: Operand): string {
  const path = pathOf(operand)
    .map((name) => `.${name}`)
    .join('');
  if (operand.kind === 'field') return path;
  if (operand.kind === 'variable') return operand.name + path;
  if (operand.kind === 'constant') return operand.source;
  return operand.kind === 'dot' ? '.' : operand.kind;
}
