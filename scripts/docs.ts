import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OPERATION_NAMES, OPERATIONS } from '../src/operations.ts';
import { typings } from './docs/typings.ts';
import { type ActionFile, readActionFile } from './support/action-file.ts';
import { readCommandLine } from './support/command-line.ts';
import { ROOT } from './support/paths.ts';

const { check } = readCommandLine({
  usage: `Usage: npm run docs -- [OPTIONS]

Writes the tables of inputs and outputs, and of what each operation needs, into README.md and docs/, between markers such as
\`<!-- inputs -->\` and \`<!-- /inputs -->\`; and action-types.yml.

  --check   write nothing, and fail where one is not what action.yml, the inputs' schema and the table of operations say
`,
  options: { check: { type: 'boolean', default: false } },
}).values;
const action = readActionFile();
const tables: Record<string, string> = {
  inputs: inputsTable(action),
  outputs: outputsTable(action),
  needs: needsTable(),
};

const outdated: string[] = [];
const found: string[] = [];
for (const name of ['README.md', ...globSync('docs/*.md', { cwd: ROOT })]) {
  const path = join(ROOT, name);
  if (!existsSync(path)) continue;
  const before = readFileSync(path, 'utf8');
  const after = before.replace(
    /(<!-- (inputs|outputs|needs) -->\n)[\s\S]*?(<!-- \/\2 -->)/g,
    (_all, start, table, end) => {
      found.push(`${table} in ${name}`);
      return `${start}\n${tables[table]}\n${end}`;
    },
  );
  if (after === before) continue;
  outdated.push(name);
  if (!check) writeFileSync(path, after);
}

const typesFile = join(ROOT, 'action-types.yml');
const types = typings(action);
if (!existsSync(typesFile) || readFileSync(typesFile, 'utf8') !== types) {
  outdated.push('action-types.yml');
  if (!check) writeFileSync(typesFile, types);
}

const missing = Object.keys(tables).filter((table) => !found.some((place) => place.startsWith(`${table} `)));
if (check && outdated.length > 0) {
  console.error(
    `Not what action.yml and src/operations.ts say: ${outdated.join(', ')}. Run \`npm run docs\` and commit.`,
  );
  process.exitCode = 1;
}
if (missing.length > 0) {
  console.error(
    `No table of ${missing.join(' and ')}: README.md needs a line <!-- ${missing[0]} --> and a line <!-- /${missing[0]} -->.`,
  );
  process.exitCode = 1;
}
if (process.exitCode !== 1) console.log(`Tables that follow action.yml and src/operations.ts: ${found.join(', ')}`);

function inputsTable({ inputs }: ActionFile): string {
  const rows = Object.entries(inputs).map(([name, input]) => {
    const standard = input.default === undefined ? '' : `\`${input.default}\``;
    const meaning = input.deprecationMessage ? `Deprecated: ${input.deprecationMessage}` : input.description;
    return [`\`${name}\``, meaning, standard];
  });
  return table(['Input', 'Meaning', 'Default'], rows);
}

function outputsTable({ outputs }: ActionFile): string {
  return table(
    ['Output', 'Meaning'],
    Object.entries(outputs).map(([name, { description }]) => [`\`${name}\``, description]),
  );
}

function needsTable(): string {
  const groups = Map.groupBy(OPERATION_NAMES, (name) => codes(OPERATIONS[name].needs));
  return table(
    ['Operation', 'Needs'],
    [...groups].map(([needs, names]) => [codes(names), needs || '–']),
  );
}

function codes(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.trim().replaceAll('|', '\\|')).join(' | ')} |\n`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('');
}
