/**
 * Markdown and HTML of texts that others wrote: packs, jobs, tasks, registries. Characters that mean something become entities, which
 * GitHub shows as the characters and never takes for markup.
 */

/** The text on one line, as it is; line breaks stay breaks. No mention, issue or address in it becomes a link. */
export function plain(text: string): string {
  return asText(text.trim()).replace(/\s*\n\s*/g, '<br>');
}

/** A message of the action's own, in which words between backticks are code. */
export function message(text: string): string {
  return text
    .trim()
    .split(/`([^`\n]+)`/)
    .map((part, index) => (index % 2 === 1 ? code(part) : asText(part).replace(/\s*\n\s*/g, '<br>')))
    .join('');
}

/** No name is longer that anybody reads. Characters. */
const LONGEST_NAME = 200;

/** A name or value, in code type. */
export function code(name: string): string {
  const text = name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME).toWellFormed()}…` : name;
  if (/^[\w./:@=+-]+( [\w./:@=+-]+)*$/.test(text)) return `\`${text}\``;
  return `<code>${asText(text).replace(/\s*\n\s*/g, ' ')}</code>`;
}

/** A link with a text that is Markdown already; just the text where the address is not one of the web. */
export function link(markdown: string, url: string): string {
  if (!URL.canParse(url)) return markdown;
  const { protocol, href } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') return markdown;
  return `[${markdown}](<${href.replaceAll('>', '%3E').replaceAll('<', '%3C').replaceAll('|', '%7C')}>)`;
}

/** Lines of another program, as they are. The fence is longer than any in the text, so nothing in it ends the block. */
export function fence(text: string, language = ''): string {
  const runs = text.match(/`+/g) ?? [];
  const marks = '`'.repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
  return `${marks}${language}\n${text.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\n\t]/gu, '')}\n${marks}`;
}

/** A table; the cells are Markdown already. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Something to unfold; title and body are Markdown already, but a title takes HTML only, so code in it is `<code>`. */
export function details(title: string, body: string, open = false): string {
  const summary = title.replace(/`([^`]+)`/g, '<code>$1</code>');
  return `<details${open ? ' open' : ''}>\n<summary>${summary}</summary>\n\n${body}\n\n</details>`;
}

/** The beginning of a text, cut at the end of a line where that is near; says how much was left out. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = text.lastIndexOf('\n', limit);
  const kept = text.slice(0, end > limit / 2 ? end : limit).toWellFormed();
  return `${kept}\n[${text.length - kept.length} more characters are left out here]`;
}

const ZERO_WIDTH_SPACE = '&#8203;';

function asText(text: string): string {
  return text
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .replace(/[&<>\\`*[\]|~$]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, entity)
    .replace(/:(?=\/\/)|(?<=\bwww)\./gi, entity)
    .replace(/(^|\n)(\s*)([-+=#:]|\d+[.)])/g, (_, start: string, space: string, marker: string) => {
      return `${start}${space}${[...marker].map((character) => (/\d/.test(character) ? character : entity(character))).join('')}`;
    })
    .replace(/(?<!&)[@#](?=[\p{L}\p{N}])/gu, (character) => `${character}${ZERO_WIDTH_SPACE}`)
    .replace(/\bGH-(?=\d)/gi, (prefix) => `${prefix}${ZERO_WIDTH_SPACE}`);
}

function entity(character: string): string {
  return `&#${character.codePointAt(0)};`;
}
