/** Draws a table as nomad-pack's tables are: headings in capitals and centred, cells to the left, no border. */
export function drawTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const titles = headings.map((heading) => heading.replaceAll('_', ' ').toUpperCase());
  const widths = titles.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const lines = [
    titles.map((title, column) => ` ${centre(title, widths[column] ?? 0)} `).join('|'),
    widths.map((width) => '-'.repeat(width + 2)).join('+'),
    ...rows.map((row) => row.map((cell, column) => ` ${cell.padEnd(widths[column] ?? 0)} `).join('|')),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** Puts the cells of lines into columns; `glue` stands between them. An empty cell reads `<none>`. */
export function alignColumns(rows: readonly (readonly string[])[], glue = '  '): string {
  const filled = rows.map((row) => row.map((cell) => (cell === '' ? '<none>' : cell)));
  const columns = Math.max(...filled.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...filled.map((row) => row[column]?.length ?? 0)),
  );
  return filled
    .map((row) =>
      row
        .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
        .join(glue)
        .trimEnd(),
    )
    .join('\n');
}

function centre(text: string, width: number): string {
  const left = Math.floor((width - text.length) / 2);
  return text.padStart(left + text.length).padEnd(width);
}
