import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { mermaidBundle, page } from './preview/render.ts';
import { RUN_NAMES, runAll } from './preview/runs.ts';
import { readCommandLine } from './support/command-line.ts';
import { ROOT } from './support/paths.ts';

const { positionals: names } = readCommandLine({
  usage: `Usage: npm run preview -- [NAMES]

Runs steps in the sandbox, and shows the job summaries and comments that they wrote as GitHub would: pages in build/preview/, light and
dark, with everything unfolded in a second page. Where a Chromium is on the PATH, it takes pictures of them. With NAMES of runs, only
these. The action is that of the source; the variable NOMAD_PACK_ACTION_ENTRY names another one.
`,
  options: {},
  allowPositionals: true,
});

const unknown = names.filter((name) => !RUN_NAMES.includes(name));
if (unknown.length > 0) {
  console.error(`There is no run ${unknown.join(', ')}. There are ${RUN_NAMES.join(', ')}.`);
  process.exit(2);
}

const FOLDER = join(import.meta.dirname, '..', 'build', 'preview');
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome'];
const run = promisify(execFile);

async function findBrowser(): Promise<string | undefined> {
  for (const name of BROWSERS) {
    if (
      await run(name, ['--version']).then(
        () => true,
        () => false,
      )
    )
      return name;
  }
  return undefined;
}

async function takePicture(browser: string, html: string, png: string): Promise<void> {
  const profile = mkdtempSync(join(tmpdir(), 'preview-'));
  try {
    await run(browser, [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--hide-scrollbars',
      `--user-data-dir=${profile}`,
      '--window-size=1012,1700',
      '--virtual-time-budget=5000',
      `--screenshot=${png}`,
      pathToFileURL(html).href,
    ]);
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
}

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
copyFileSync(mermaidBundle(), join(FOLDER, 'mermaid.min.js'));
const browser = await findBrowser();
const entry = process.env['NOMAD_PACK_ACTION_ENTRY'] ?? join(ROOT, 'src', 'index.ts');
const links: string[] = [];
for (const { name, title, markdown } of await runAll(entry, names)) {
  writeFileSync(join(FOLDER, `${name}.md`), markdown);
  for (const theme of ['light', 'dark'] as const) {
    const file = `${name}-${theme}`;
    writeFileSync(join(FOLDER, `${file}.html`), page(title, markdown, theme));
    links.push(`<li><a href="${file}.html">${title}, ${theme}</a></li>`);
    if (browser === undefined) continue;
    const unfolded = join(FOLDER, `${file}-unfolded.html`);
    writeFileSync(unfolded, page(title, markdown.replaceAll('<details>', '<details open>'), theme));
    await takePicture(browser, join(FOLDER, `${file}.html`), join(FOLDER, `${file}.png`));
    await takePicture(browser, unfolded, join(FOLDER, `${file}-unfolded.png`));
  }
}
writeFileSync(join(FOLDER, 'index.html'), `<!doctype html><meta charset="utf-8"><ul>${links.join('\n')}</ul>\n`);
console.log(
  `${links.length} pages${browser === undefined ? ', and no Chromium to take pictures with' : ' with pictures'}: ${join(FOLDER, 'index.html')}`,
);
