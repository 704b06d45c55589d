import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { combinedSummary } from '../src/report/combined.ts';
import { combinedCommentBody, combinedMarker } from '../src/report/combined-comment.ts';
import { commentBody, commentMarker } from '../src/report/comment.ts';
import { deploymentSettings } from '../src/report/outputs.ts';
import { summaryOf } from '../src/report/summary.ts';
import { COMBINED_SCENARIOS, type CombinedScenario } from './preview/combined-scenarios.ts';
import { mermaidBundle, page } from './preview/render.ts';
import { SCENARIOS, type Scenario } from './preview/scenarios.ts';

/*
 * Shows the job summaries and comments of the main scenarios as GitHub would: pages in build/preview/, light and dark, with everything
 * unfolded in a second page. Where a Chromium is on the PATH, it takes pictures of them. Names of scenarios as arguments are the only ones
 * shown.
 */

const FOLDER = join(import.meta.dirname, '..', 'build', 'preview');
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome'];
const RUN_URL = 'https://github.com/example/shop/actions/runs/1234567890';

function documents({
  name,
  title,
  result,
  settings,
  end,
}: Scenario): { name: string; title: string; markdown: string }[] {
  const summary = { name, title, markdown: summaryOf(result, settings, end) };
  const deployment = deploymentSettings(settings);
  if (deployment?.operation !== 'plan') return [summary];
  const context = { marker: commentMarker(deployment), commit: '8f2d1bc0a4', runUrl: RUN_URL };
  return [
    summary,
    { name: `${name}-comment`, title: `${title}: comment`, markdown: commentBody(result, deployment, context) },
  ];
}

function combinedDocuments({ name, title, end }: CombinedScenario): ReturnType<typeof documents> {
  const summary = { name, title, markdown: combinedSummary(end) };
  if (end.operation !== 'plan') return [summary];
  const review = { failOnChanges: false, failOnUnhealthy: false, comment: 'auto' } as const;
  const context = { marker: combinedMarker(end, review), commit: '8f2d1bc0a4', runUrl: RUN_URL };
  return [
    summary,
    { name: `${name}-comment`, title: `${title}: comment`, markdown: combinedCommentBody(end, context) },
  ];
}

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
const names = process.argv.slice(2);
const isWanted = ({ name }: { readonly name: string }) => names.length === 0 || names.includes(name);
const wanted = [
  ...SCENARIOS.filter(isWanted).flatMap(documents),
  ...COMBINED_SCENARIOS.filter(isWanted).flatMap(combinedDocuments),
];
const links: string[] = [];
for (const { name, title, markdown } of wanted) {
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
