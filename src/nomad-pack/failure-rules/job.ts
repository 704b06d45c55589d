import type { FileLocation } from '../../errors.ts';
import { type Explain, type FailureContext, packOf } from './rule.ts';

/** A pack that renders to no job, or to one that Nomad cannot read. */
export const explainSpecification: Explain = ([block], { locate }) => {
  if (block === undefined) return undefined;
  const { error, context } = block;
  const pack = packOf(context);
  if (/no templates were rendered|no parsed templates found/.test(error)) {
    return {
      reason: 'job-specification',
      message: `The pack \`${pack}\` renders to no job: it has no template, or each of them comes out empty.`,
      hint: 'Look at the conditions in its templates, and at the variables in them. Templates of jobs have names that end in `.nomad.tpl`.',
    };
  }
  const template = context['Template Name'];
  if (/Failed to parse job/i.test(error)) {
    const [, line, , problem] = /input\.hcl:(\d+),(\d+)(?:-[\d,]+)?: ([\s\S]*?)\)?$/.exec(error) ?? [];
    return {
      reason: 'job-specification',
      message: `The job specification that ${template ?? 'the pack'} renders to is wrong${line === undefined ? '' : ` in line ${line}`}: ${problem ?? error}`,
      hint: 'Render the pack (`operation: render`) to see the line, and correct the template or the variable.',
      location: locationOf(template, locate),
    };
  }
  return undefined;
};

/** A job that Nomad does not take. It counts what it finds wrong with one. */
export const explainRefusal: Explain = ([block], { locate }) => {
  if (block === undefined || !block.isCounted || !SENT.test(block.title)) return undefined;
  const { error, context } = block;
  const template = context['Template Name'];
  const [, words = error] = /response code: \d+ \(([\s\S]*)\)$/.exec(error) ?? [];
  return {
    reason: 'job-specification',
    message: `Nomad refuses the job of ${template ?? `pack \`${packOf(context)}\``}: ${words}`,
    hint: 'Correct the template or the variables that it takes this from, or give the cluster what the job asks for.',
    location: locationOf(template, locate),
  };
};

/** What nomad-pack does when it sends a job to Nomad. */
const SENT = /^Failed To (?:Register Job|Perform Plan)/;

function locationOf(template: string | undefined, locate: FailureContext['locate']): FileLocation | undefined {
  const file = template === undefined ? undefined : locate(template);
  return file === undefined ? undefined : { file };
}
