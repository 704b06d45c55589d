import { stringify } from 'yaml';
import type { Health, Status } from '../../src/result.ts';
import * as field from '../../src/settings/fields.ts';
import { inputsSchema } from '../../src/settings/schema.ts';
import type { ActionFile } from '../support/action-file.ts';

/** https://github.com/typesafegithub/github-actions-typing has the format. */
type Type =
  | { readonly type: 'string' | 'boolean' | 'integer' }
  | { readonly type: 'enum'; readonly 'allowed-values': readonly string[] }
  | { readonly type: 'list'; readonly separator: string; readonly 'list-item': { readonly type: 'string' } };

const STATUSES: Readonly<Record<Status, true>> = {
  running: true,
  pending: true,
  complete: true,
  stopped: true,
  failed: true,
  reverted: true,
  absent: true,
  cancelled: true,
  unknown: true,
};

const HEALTHS: Readonly<Record<Health, true>> = { healthy: true, unhealthy: true, unknown: true };

/** The outputs that are not just text. */
const OUTPUTS: Readonly<Record<string, Type>> = {
  status: { type: 'enum', 'allowed-values': Object.keys(STATUSES) },
  health: { type: 'enum', 'allowed-values': Object.keys(HEALTHS) },
  changed: { type: 'boolean' },
};

/** Lines, or a list of YAML. */
const LISTS: readonly unknown[] = [field.list, field.jobIds, field.variableSources, field.environmentNames];

/** What generators of typed workflows read: the type of each input and output, as the schema of the inputs has it. */
export function typings({ inputs, outputs }: ActionFile): string {
  const types = {
    inputs: Object.fromEntries(Object.keys(inputs).map((name) => [name, typeOf(name)])),
    outputs: Object.fromEntries(Object.keys(outputs).map((name) => [name, OUTPUTS[name] ?? { type: 'string' }])),
  };
  return `# Written by \`npm run docs\`. See https://github.com/typesafegithub/github-actions-typing\n${stringify(types, { blockQuote: false })}`;
}

function typeOf(name: string): Type {
  const schema = Object.hasOwn(inputsSchema.shape, name)
    ? inputsSchema.shape[name as keyof typeof inputsSchema.shape]
    : undefined;
  const inner: unknown = schema?._zod.def.innerType;
  if (inner === field.flag) return { type: 'boolean' };
  if (LISTS.some((list) => list === inner)) {
    return { type: 'list', separator: '\n', 'list-item': { type: 'string' } };
  }
  const entries = (inner as { readonly _zod?: { readonly def: { readonly entries?: object } } } | undefined)?._zod?.def
    .entries;
  return entries === undefined ? { type: 'string' } : { type: 'enum', 'allowed-values': Object.keys(entries) };
}
