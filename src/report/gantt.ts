import type { History } from '../result.ts';

/** More bars than a picture can show. The table before it has the rest. */
const MOST_BARS = 40;

/** A step of which each tick of the axis would be called the same, in whole seconds. Milliseconds. */
const SHORT = 10_000;

interface Bar {
  readonly section: string;
  readonly label: string;
  readonly from: number;
  readonly to: number;
}

/**
 * The step over time as the text of a Mermaid picture: a bar for each phase, and for each job one for every state that its rollout went
 * through, until the next or the step's end. Empty where there is nothing to show.
 *
 * @param end milliseconds since the step began
 */
export function ganttChart({ phases, timeline }: Pick<History, 'phases' | 'timeline'>, end: number): string {
  const bars = [
    ...phases.map(({ name, start, duration }) => ({
      section: 'Step',
      label: label(name),
      from: start,
      to: start + duration,
    })),
    ...rolloutBars(timeline, end),
  ].slice(0, MOST_BARS);
  if (bars.length === 0) return '';
  const lines = ['gantt', '  dateFormat YYYY-MM-DD HH:mm:ss.SSS', `  axisFormat ${end < SHORT ? '%S.%L' : '%M:%S'}`];
  let section = '';
  for (const bar of bars) {
    if (bar.section !== section) lines.push(`  section ${bar.section}`);
    section = bar.section;
    // A bar without a length is not drawn.
    lines.push(`    ${bar.label} : ${timestamp(bar.from)}, ${timestamp(Math.max(bar.to, bar.from + 1))}`);
  }
  return lines.join('\n');
}

function rolloutBars(timeline: History['timeline'], end: number): Bar[] {
  const jobs = [...new Set(timeline.map(({ job }) => job))];
  return jobs.flatMap((job) => {
    const entries = timeline.filter((entry) => entry.job === job);
    return entries.map(({ at, text }, index) => ({
      section: job === undefined ? 'Rollout' : label(`Job ${job}`),
      label: label(text),
      from: at,
      to: entries[index + 1]?.at ?? end,
    }));
  });
}

/** Letters, digits and a few signs: in Mermaid's text `:`, `;`, `#`, `%` and `,` mean something, and so do some words at a line's start. */
function label(text: string): string {
  const harmless = text
    .replace(/[^\p{L}\p{N} ._/()-]/gu, ' ')
    .replace(/ +/g, ' ')
    .trim()
    .slice(0, 60)
    .toWellFormed();
  return harmless === '' ? '-' : `‣ ${harmless}`;
}

/** A time of day on a day of no consequence: Mermaid reads and writes in the reader's time zone, so the zone cancels out. */
function timestamp(milliseconds: number): string {
  return new Date(Date.UTC(2000, 0, 1) + milliseconds).toISOString().replace('T', ' ').replace('Z', '');
}
