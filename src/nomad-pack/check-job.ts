import { nearMiss } from '../nearest.ts';
import { type Block, type Body, lineAt, scanHcl, UnreadableHcl } from './hcl-scanner.ts';
import { type BlockName, type BlockSchema, SCHEMA_OF, schemaOf } from './job-schema.ts';

/** Something in a job specification that Nomad would not take. */
export interface JobProblem {
  /** One sentence, with a full stop. */
  readonly message: string;
  /** Of the rendered file, 1-based. */
  readonly line: number;
}

/** What may stand beside the job. */
const COMPANIONS = ['variable', 'variables', 'locals'];

const DYNAMIC = 'dynamic';

/**
 * Holds a job file against HCL's grammar and the blocks and arguments that Nomad knows. What an expression comes to, and whether values
 * go together, only Nomad tells; what a driver takes, only its client.
 *
 * @returns every problem, in the order of the file; after one of the grammar nothing else can be told
 */
export function checkJobFile(text: string): JobProblem[] {
  try {
    return checkFile(scanHcl(text))
      .map(({ message, offset }) => ({ message, line: lineAt(text, offset) }))
      .sort((a, b) => a.line - b.line);
  } catch (error) {
    if (!(error instanceof UnreadableHcl)) throw error;
    return [{ message: `This is not HCL: ${error.message}.`, line: lineAt(text, error.offset) }];
  }
}

interface Found {
  readonly message: string;
  /** UTF-16 units. */
  readonly offset: number;
}

function checkFile({ attributes, blocks }: Body): Found[] {
  const jobs = blocks.filter(({ type }) => type === 'job');
  const strangers = blocks.filter(({ type }) => type !== 'job' && !COMPANIONS.includes(type));
  return [
    ...[...attributes].map(([name, { nameOffset }]) => ({
      message: `\`${name}\` must stand in the \`job\` block.`,
      offset: nameOffset,
    })),
    ...strangers.map(({ type, offset }) => ({
      message: `The block \`${type}\` cannot stand beside the job${suggestion(type, ['job', ...COMPANIONS])}.`,
      offset,
    })),
    ...(jobs.length === 0 && strangers.length === 0 ? [{ message: 'There is no `job` block.', offset: 0 }] : []),
    ...jobs
      .slice(1)
      .map(({ offset }) => ({ message: 'A file holds one `job` block, and this is another one.', offset })),
    ...jobs.slice(0, 1).flatMap((job) => checkBlock(job, 'Job')),
  ];
}

function checkBlock(block: Block, name: BlockName): Found[] {
  const schema: BlockSchema = schemaOf(name);
  return [...checkLabels(block, schema), ...checkBody(block.type, block.body, block.offset, schema)];
}

function checkLabels({ type, labels, offset }: Block, { labels: wanted }: BlockSchema): Found[] {
  if (wanted === undefined || labels.length === wanted) return [];
  const message =
    wanted === 0
      ? `The block \`${type}\` takes no name (got \`${labels.join(' ')}\`).`
      : `The block \`${type}\` needs a name, as in \`${type} "web" {\`.`;
  return [{ message, offset }];
}

function checkBody(type: string, { attributes, blocks }: Body, offset: number, schema: BlockSchema): Found[] {
  const { required = [], optional = [], blocks: inner = {} } = schema;
  const known = [...required, ...optional];
  const missing = required.filter((argument) => !attributes.has(argument));
  return [
    ...missing.map((argument) => ({ message: `The block \`${type}\` needs the argument \`${argument}\`.`, offset })),
    // What is a block may be written as an argument, such as `meta = { ... }`.
    ...[...attributes]
      .filter(([argument]) => !known.includes(argument) && !Object.hasOwn(inner, argument))
      .map(([argument, { nameOffset }]) => ({
        message: `The block \`${type}\` does not know the argument \`${argument}\`${suggestion(argument, [...known, ...Object.keys(inner)])}${since()}.`,
        offset: nameOffset,
      })),
    ...blocks.flatMap((block) => checkInner(type, block, known, inner)),
  ];
}

function checkInner(
  type: string,
  block: Block,
  known: readonly string[],
  inner: Readonly<Record<string, BlockName | 'any'>>,
): Found[] {
  if (block.type === DYNAMIC) return checkDynamic(type, block, known, inner);
  const name = Object.hasOwn(inner, block.type) ? inner[block.type] : undefined;
  if (name === 'any') return [];
  if (name !== undefined) return checkBlock(block, name);
  const message = known.includes(block.type)
    ? `\`${block.type}\` is an argument of \`${type}\`, not a block: write \`${block.type} = ...\`.`
    : `The block \`${type}\` does not know the block \`${block.type}\`${suggestion(block.type, [...Object.keys(inner), ...known])}${since()}.`;
  return [{ message, offset: block.offset }];
}

/** `dynamic "TYPE" { for_each = ..., content { ... } }` stands for blocks of that type. */
function checkDynamic(
  type: string,
  { labels, body, offset }: Block,
  known: readonly string[],
  inner: Readonly<Record<string, BlockName | 'any'>>,
): Found[] {
  const [made = ''] = labels;
  const content = body.blocks.find((block) => block.type === 'content');
  const isComplete = body.attributes.has('for_each') && content !== undefined;
  return [
    ...(isComplete ? [] : [{ message: 'A `dynamic` block needs `for_each` and a block `content`.', offset }]),
    // The labels come from an expression.
    ...(content === undefined ? [] : checkInner(type, { ...content, type: made, offset }, known, inner)).filter(
      ({ message }) => !message.includes('needs a name'),
    ),
  ];
}

function suggestion(wanted: string, names: readonly string[]): string {
  const meant = nearMiss(wanted, names);
  return meant === undefined ? '' : ` (did you mean \`${meant}\`?)`;
}

function since(): string {
  return `, as of Nomad ${SCHEMA_OF}`;
}
