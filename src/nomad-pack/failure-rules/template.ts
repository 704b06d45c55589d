import type { FailureReason } from '../../errors.ts';
import type { Explain } from './rule.ts';

/** A kind of mistake in a template: the end of what Go's text/template says of it. nomad-pack leaves out what comes before. */
interface Rule {
  readonly pattern: RegExp;
  readonly hint: string | ((match: RegExpExecArray) => string);
  /** Default: `template`. */
  readonly reason?: FailureReason;
  readonly passing?: true;
}

const CORRECT = 'Correct the template';

/** The first one that fits is taken. */
const RULES: readonly Rule[] = [
  {
    // What nomad-pack says of a variable that is written as before 0.1, `.web.count` or `.my.count`.
    pattern: /^pack "[^"]*" not found when accessing "(\.nomad_pack\.([^"]+))"/,
    hint: ([, old, key]) =>
      `\`${old}\` is the syntax of packs from before nomad-pack 0.1: write \`meta "${key}" .\` instead. This action does not run packs with \`--parser-v1\`.`,
  },
  {
    pattern: /^pack "[^"]*" not found when accessing "(\.[^".]+\.([^"]+))"/,
    hint: ([, old, name]) =>
      `\`${old}\` is the syntax of packs from before nomad-pack 0.1: write \`var "${name}" .\` instead. This action does not run packs with \`--parser-v1\`.`,
  },
  {
    pattern: /no such file or directory|is a directory|cannot find the (?:file|path)/,
    hint: `The template reads a file that is not there. A relative path is looked up in the workspace: put the file there before this step, or correct the path in the template or in the variable that it comes from.`,
  },
  {
    pattern: /function "([^"]*)" not defined/,
    hint: ([, name]) =>
      `nomad-pack has no function \`${name}\`: correct its name, or set \`nomad_pack_version\` to one that has it. Where \`${name}\` is a word of the job, an action on a line before has no \`]]\`.`,
  },
  {
    pattern: /want (?:at least )?\d+ got \d+$/,
    hint: `${CORRECT}: the function is given the wrong number of arguments. \`var\` and \`meta\` take a name and the pack, as in \`var "count" .\`.`,
  },
  {
    pattern: /template "([^"]*)" not defined/,
    hint: ([, name]) =>
      `No file of the pack defines \`${name}\`. nomad-pack reads helpers from files in \`templates/\` whose names begin with \`_\`, such as \`_helpers.tpl\`.`,
  },
  {
    pattern: /exceeded maximum template depth/,
    hint: `${CORRECT}: it includes itself, directly or through another one.`,
  },
  {
    pattern: /unexpected EOF/,
    hint: `${CORRECT}: an \`if\`, \`range\`, \`with\` or \`define\` in it has no \`end\`.`,
  },
  {
    pattern: /unexpected \{\{(end|else)\}\}/,
    hint: ([, word]) => `${CORRECT}: there is an \`${word}\` without an \`if\`, \`range\`, \`with\` or \`define\`.`,
  },
  {
    pattern: /unclosed action|unterminated (?:quoted string|raw quoted string|character constant)|unclosed comment/,
    hint: `${CORRECT}: an action ends with \`]]\`, a string with the quote that it begins with, in the same line.`,
  },
  {
    pattern: /undefined variable "(\$[^"]*)"/,
    hint: ([, name]) =>
      `${CORRECT}: \`${name}\` is set nowhere before. A variable of the pack is read with \`var "NAME" .\`.`,
  },
  {
    pattern: /invalid memory address or nil pointer|nil pointer evaluating|nil data|index of (?:untyped )?nil/,
    hint: `${CORRECT}: what it looks into is not there. \`var "NAME" .web\` reads a variable of the dependency \`web\`, \`var "NAME" .\` one of the pack itself.`,
  },
  {
    pattern: /can't evaluate field (\S+) in type (\S+)/,
    hint: ([, field, type]) =>
      `The value that the template reads \`${field}\` from is a \`${type}\`, which has no such field. Give the variable a value that has it, or correct the template.`,
  },
  {
    pattern: /^403 \(|Permission denied/,
    reason: 'nomad-auth',
    hint: 'The template asks Nomad for something. Give the policy of `nomad_token` the right to read that, or correct the template.',
  },
  {
    pattern: /^\d{3} \(/,
    hint: 'The template asks Nomad for something; that is Nomad’s answer. Correct the template, or the variable that names what it asks for.',
  },
  {
    pattern: /^(?:connection (?:refused|reset)|no such host|i\/o timeout|EOF)/,
    reason: 'nomad-unreachable',
    hint: 'The template asks Nomad for something. Check `nomad_addr`, and that the runner may reach it.',
    passing: true,
  },
];

/** What to say of a mistake. */
type Advice = Omit<Rule, 'pattern' | 'hint'> & { readonly hint: string };

function explainProblem(problem: string): Advice {
  for (const { pattern, hint, ...rest } of RULES) {
    const match = pattern.exec(problem);
    if (match !== null) return { ...rest, hint: typeof hint === 'string' ? hint : hint(match) };
  }
  return { hint: OTHERWISE };
}

const OTHERWISE =
  'Correct the template of the pack, or set the variables that it looks at to other values. nomad-pack tells only the end of an error.';

/** What a template says itself, with `fail`, is meant for whoever sets the variables. */
const FAIL = /\[\[-?[^\]]*\bfail\b/;
const REFUSED: Advice = {
  hint: 'The template calls `fail`: the pack does not accept what it was given. Change the variables that the message names, or correct the template.',
};

/** A template that cannot be read or fails when it runs. Where it cannot be read, its place is in the error alone. */
export const explainTemplate: Explain = ([block], { locate, lineOf }) => {
  if (block === undefined || block.context['Filename'] === undefined) return undefined;
  const { error, context } = block;
  const [, unread, at, found] = /^template: (.*?):(\d+):(?:\d+:)? ([\s\S]*)$/.exec(error) ?? [];
  const name = context['Filename'] || unread || '';
  const [line, offset] = (context['Position'] || at || '').split(',').map(Number);
  const problem = found ?? error;
  const source = line ? lineOf(name, line) : undefined;
  const written = source === undefined ? undefined : actionAt(source, offset);
  const file = locate(name);
  const says = problem === '' ? 'nomad-pack does not say why' : problem;
  const { hint, reason = 'template', passing = false } = FAIL.test(written ?? '') ? REFUSED : explainProblem(problem);
  return {
    reason,
    message: `The template ${name}${line ? `, line ${line}` : ''}, fails${written ? ` at \`${written}\`` : ''}: ${says}`,
    hint,
    passing,
    // nomad-pack counts the columns from 0.
    ...(file !== undefined && {
      location: { file, ...(line && { line }), ...(offset !== undefined && { column: offset + 1 }) },
    }),
  };
};

/** The action that is at a column of the line, 0-based; the line where there is none. nomad-pack tells the end of an error only, which may not say what it is about. */
function actionAt(line: string, offset: number | undefined): string {
  if (offset === undefined) return line.trim();
  const start = line.lastIndexOf('[[', offset);
  const end = line.indexOf(']]', Math.max(offset, 0));
  const action = start === -1 || end === -1 ? '' : line.slice(start, end + 2);
  // Not one in a text that another one holds.
  return action.lastIndexOf('[[') === 0 ? action : line.trim();
}
