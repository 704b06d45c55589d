import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

const require = createRequire(import.meta.url);

/** Markdown as HTML by GitHub's rules: GitHub lets HTML through, but for what could run. */
export function toHtml(markdown: string): string {
  return micromark(markdown, {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
}

/** A page that looks like a job summary of GitHub's, with Mermaid's pictures drawn. */
export function page(title: string, markdown: string, theme: 'light' | 'dark'): string {
  const css = readFileSync(require.resolve(`github-markdown-css/github-markdown-${theme}.css`), 'utf8');
  const alert = theme === 'dark' ? '#4493f8' : '#0969da';
  // GitHub draws Mermaid's pictures itself, and makes a box of a quotation that begins with `[!NOTE]`.
  const html = colouredDiffs(toHtml(markdown))
    .replace(/<pre><code class="language-mermaid">([\s\S]*?)<\/code><\/pre>/g, '<pre class="mermaid">$1</pre>')
    .replace(/<blockquote>\s*<p>\[!NOTE\]<\/p>/g, '<blockquote class="alert"><p class="alert-title">ⓘ Note</p>');
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${title}</title>
<style>${css}
body { margin: 0; background: ${theme === 'dark' ? '#0d1117' : '#ffffff'}; }
.markdown-body { box-sizing: border-box; max-width: 1012px; margin: 0 auto; padding: 32px; }
.alert { border-left-color: ${alert} !important; color: inherit !important; }
.addition { color: ${theme === 'dark' ? '#aff5b4; background: #033a16' : '#116329; background: #dafbe1'}; }
.deletion { color: ${theme === 'dark' ? '#ffdcd7; background: #67060c' : '#82071e; background: #ffebe9'}; }
.changed { color: ${theme === 'dark' ? '#ffdfb6; background: #5a1e02' : '#953800; background: #ffd8b5'}; }
.range { color: ${theme === 'dark' ? '#d2a8ff' : '#8250df'}; font-weight: 600; }
.alert-title { color: ${alert}; font-weight: 500; }
</style>
<body class="markdown-body">
${html}
<script src="mermaid.min.js"></script>
<script>mermaid.initialize({ startOnLoad: true, theme: '${theme === 'dark' ? 'dark' : 'default'}' });</script>
</body>
</html>
`;
}

/** The lines of a diff as GitHub colours them, by their first sign. */
function colouredDiffs(html: string): string {
  const classes: Readonly<Record<string, string>> = { '+': 'addition', '-': 'deletion', '!': 'changed', '@': 'range' };
  return html.replace(
    /(<code class="language-diff">)([\s\S]*?)(<\/code>)/g,
    (_, begin: string, text: string, end: string) => {
      const lines = text.split('\n').map((line) => {
        const name = classes[line[0] ?? ''];
        return name === undefined ? line : `<span class="${name}">${line}</span>`;
      });
      return begin + lines.join('\n') + end;
    },
  );
}

/** Mermaid's own bundle for browsers, which a page loads from beside itself. */
export function mermaidBundle(): string {
  return require.resolve('@mermaid-js/tiny');
}
