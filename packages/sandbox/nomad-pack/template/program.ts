import type { Value } from '../values.ts';
import type { Template } from './nodes.ts';

/** Templates, and what they are executed with. */
export interface Executable {
  readonly templates: ReadonlyMap<string, Template>;
  readonly functions: ReadonlyMap<string, TemplateFunction>;
  readonly environment: Environment;
}

/** What the functions can see besides their arguments. */
export interface Environment {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder of the pack that is rendered. */
  readonly packPath: string;
}

export type ParameterType = 'any' | 'string' | 'int' | 'bool' | 'pack';

export interface TemplateFunction {
  readonly parameters: readonly ParameterType[];
  /** The type of any number of further arguments. */
  readonly variadic?: ParameterType;
  /** Of `and` and `or`: the truth that ends the search. */
  readonly decides?: boolean;
  readonly call: (values: Value[], environment: Environment & { readonly program: Executable }) => Value;
}
