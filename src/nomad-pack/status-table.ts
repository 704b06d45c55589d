import { ActionError } from '../errors.ts';
import { isDebugLine, tail } from './output.ts';

/** A row of `nomad-pack status`. */
export interface StatusRow {
  readonly pack: string;
  readonly registry: string;
  readonly deployment: string;
  readonly job: string;
  /** Nomad's own status of the job: `pending`, `running`, `dead`. */
  readonly status: string;
}

const COLUMNS: Readonly<Record<string, keyof StatusRow>> = {
  'PACK NAME': 'pack',
  'REGISTRY NAME': 'registry',
  'DEPLOYMENT NAME': 'deployment',
  'JOB NAME': 'job',
  STATUS: 'status',
};

/**
 * The rows of the table that `nomad-pack status` prints, read by the names in its header; none when it says that there are no jobs.
 *
 * @throws ActionError with the reason `output-not-understood` on anything else
 */
export function parseStatusTable(output: string): StatusRow[] {
  const lines = output.split('\n').filter((line) => line.trim() !== '' && !isDebugLine(line));
  if (lines.length > 0 && lines.every((line) => /^(?:warning: )?no jobs found/i.test(line.trim()))) return [];
  const [header = '', rule = '', ...rows] = lines;
  const columns = cells(header).map((title) => COLUMNS[title]);
  const complete = Object.values(COLUMNS).every((column) => columns.includes(column));
  if (!complete || !/^[-+\s]+$/.test(rule)) throw notUnderstood(output);
  return rows.map((line) => {
    const values = cells(line);
    if (values.length !== columns.length) throw notUnderstood(output);
    const row: Partial<Record<keyof StatusRow, string>> = {};
    columns.forEach((column, index) => {
      if (column !== undefined) row[column] = values[index] ?? '';
    });
    if (row.job === '' || row.status === '') throw notUnderstood(output);
    return row as StatusRow;
  });
}

function cells(line: string): string[] {
  return line.split('|').map((cell) => cell.trim());
}

function notUnderstood(output: string): ActionError {
  return new ActionError(
    'output-not-understood',
    `\`nomad-pack status\` printed what this action does not understand:\n${tail(output)}`,
    {
      hint: 'Set `nomad_pack_version` to a released version, and report this output if it is one.',
    },
  );
}
