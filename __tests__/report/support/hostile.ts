import { toHtml } from '../../../scripts/preview/render.ts';
import { ActionError } from '../../../src/errors.ts';
import type { Facts, History, Result } from '../../../src/result.ts';

/** Texts that break out of Markdown, HTML or a table where they are not escaped. */
export const PAYLOADS = [
  '</summary></details><img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  '<a href="https://evil.example">x</a>',
  '<!-- ',
  '-->',
  '[click](https://evil.example)',
  '![x](https://evil.example/x.png)',
  '<https://evil.example>',
  'https://evil.example/x',
  'http://evil.example',
  'www.evil.example',
  'WWW.EVIL.EXAMPLE',
  'mail@evil.example',
  'xmpp:mail@evil.example/x',
  '[x]: https://evil.example',
  'x[^1]\n\n[^1]: note',
  '```\n# heading\n```',
  '`````\n</details>',
  '~~~\nx\n~~~',
  '`<b>`',
  '`',
  '``',
  'a`b``c`d',
  '| a | b |',
  'a\n\n# heading\n\n- item\n\n1. item',
  'a\n---',
  'a\n===',
  '- item',
  '+ item',
  '* item',
  '1) item',
  '- [x] done',
  '> quote',
  '> [!WARNING]\n> x',
  '    code',
  '\tcode',
  '# heading',
  '\r# heading',
  '\u2028# heading',
  '---',
  '***',
  '**bold** __bold__ *it* _it_ ~~gone~~',
  '$x$ $$x$$',
  '&lt;b&gt; &#60;b&#62; &#x3c;b&#x3e;',
  '\\<b>x</b>\\',
  '\\',
  'x\\|y\\`z',
  '</code></pre></td></tr></table>',
  '<b\n>x</b>',
  '<?php ?>',
  '<![CDATA[x]]>',
  '@octocat #1 GH-1 octo/cat#1',
  '%%{init: {}}%%; end: x, y # z',
  'end',
  'section x : y',
  'click a href "https://evil.example"',
] as const;

/** A result in which everything that others can write is the text. */
export function hostileResult(text: string): Result {
  const known: Facts & History = {
    registrySha: text,
    nomadPackVersion: text,
    plan: text,
    phases: [{ name: text, start: 0, duration: 5 }],
    timeline: [
      { at: 1, text, job: text },
      { at: 2, text },
    ],
    notices: [text],
  };
  return {
    ...known,
    operation: 'plan',
    status: 'failed',
    health: 'unhealthy',
    changed: true,
    jobs: [
      {
        id: text,
        namespace: text,
        type: text,
        status: 'failed',
        health: 'unhealthy',
        version: 1,
        groups: [
          { name: text, desired: 1, placed: 1, healthy: 0, unhealthy: 1 },
          { name: text, desired: 1, placed: 1, healthy: 0, unhealthy: 1 },
        ],
        url: `https://nomad.example.com/ui/jobs/${text}`,
        diagnosis: { cause: text, reason: 'unhealthy', events: [text, text], log: text, task: text },
      },
    ],
    planData: {
      changed: true,
      digest: 'sha256:0',
      versionChanges: [text],
      refusals: [text],
      jobs: [
        {
          id: text,
          namespace: text,
          action: 'update',
          groups: [{ name: text, create: 1, updateInPlace: 0, replace: 0, stop: 0, unchanged: 0 }],
          placementFailures: [text],
          basedOn: 1,
          diff: [`+ ${text}`],
          fields: [
            { sign: '~', path: text, before: `a\nb\n${text}`, after: `a\n${text}\nc`, isDefault: false },
            { sign: '+', path: text, after: JSON.stringify([text]), isDefault: false },
          ],
        },
      ],
    },
    failure: new ActionError('unhealthy', `${'long '.repeat(80)}${text}\n${text}`, {
      hint: text,
      location: { file: text, line: 1 },
    }),
  };
}

/** The tags that a Markdown text comes to, in their order, without those that a text may hold anywhere: code and line breaks. */
export function structure(markdown: string): string[] {
  return [...toHtml(markdown).matchAll(/<!--|<\/?[a-z][a-z0-9]*/gi)]
    .map(([tag]) => tag)
    .filter((tag) => !/code|br$/.test(tag));
}

/** What a reader sees of a Markdown text outside code; GitHub makes links of mentions there. */
export function prose(markdown: string): string {
  return toHtml(markdown)
    .replace(/<code[\s\S]*?<\/code>/g, '')
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}
