import { describe, expect, test } from '@jest/globals';
import { toHtml } from '../../scripts/preview/render.ts';
import { code, cut, details, fence, link, message, plain, table } from '../../src/report/markdown.ts';
import { PAYLOADS, prose, structure } from './support/hostile.ts';

const shown = (markdown: string) =>
  toHtml(markdown)
    .replace(/<br\s*\/?>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll('\u200b', '')
    .trim();

describe.each(PAYLOADS)('%j', (payload) => {
  test.each([
    ['plain text', plain],
    ['a message', message],
    ['code', code],
  ])('has no effect as %s, in a paragraph, a list, a table and a title', (_, write) => {
    expect(structure(write(payload))).toEqual(['<p', '</p']);
    expect(structure(`- ${write(payload)}`)).toEqual(structure('- x'));
    expect(structure(`> - ${write(payload)}`)).toEqual(structure('> - x'));
    expect(structure(table([write(payload)], [[write(payload)]]))).toEqual(structure(table(['x'], [['x']])));
    expect(structure(details(write(payload), 'x'))).toEqual(structure(details('x', 'x')));
    expect(prose(write(payload))).not.toMatch(/[@#][a-z0-9]/i);
  });

  test('is shown as it is', () => {
    const oneLine = payload
      .trim()
      .replace(/\s*[\n\u2028]\s*/g, '\n')
      .replace('\r', '');
    expect(shown(plain(payload)).replaceAll('\u2028', '\n')).toBe(oneLine);
  });

  test('has no effect in a fence, and is whole', () => {
    const html = toHtml(`${fence(payload)}\n\nafter`);
    expect(html).toMatch(/^<pre><code>[\s\S]*<\/code><\/pre>\n<p>after<\/p>$/);
    expect(structure(`${fence(payload)}\n\nafter`)).toEqual(structure('```\nx\n```\n\nafter'));
  });

  test('has no effect in a link', () => {
    const markdown = link(code(payload), `https://nomad.example.com/ui/jobs/${payload}`);
    expect(structure(markdown)).toEqual(['<p', '<a', '</a', '</p']);
    expect(toHtml(markdown)).toMatch(/<a href="https:\/\/nomad\.example\.com\/ui\/jobs/);
  });
});

test('a name that is harmless reads as one would write it', () => {
  expect(code('shop-api')).toBe('`shop-api`');
  expect(message('Set `nomad_addr` to https.')).toBe('Set `nomad_addr` to https.');
  expect(plain('snake_case, 1.5 s')).toBe('snake_case, 1.5 s');
});

test.each(['javascript:alert(1)', 'unix:///run/nomad.sock', '', 'no url'])('%j is not a link', (url) => {
  expect(link('`web`', url)).toBe('`web`');
});

test('a text is cut at the end of a line, and says how much is missing', () => {
  expect(cut('one\ntwo\nthree', 9)).toBe('one\ntwo\n[6 more characters are left out here]');
  expect(cut('abcdefgh', 4)).toBe('abcd\n[4 more characters are left out here]');
  expect(cut('abc', 3)).toBe('abc');
});
