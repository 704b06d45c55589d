import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ROOT } from '../../scripts/support/paths.ts';
import { readDeploymentsFile } from '../../src/settings/deployments/read.ts';
import { resolveDeployments } from '../../src/settings/deployments/resolve.ts';

const FLEET = join(ROOT, 'examples', 'fleet');

const textOf = (path: string) => readFileSync(join(ROOT, path), 'utf8');

test('the example of a deployments file is right, in both environments', () => {
  const read = readDeploymentsFile(textOf('examples/fleet/nomad-packs.yaml'));
  if (!('file' in read)) throw new Error(JSON.stringify(read.problems));
  for (const environment of ['staging', 'production']) {
    const deployments = resolveDeployments(read.file, environment);
    expect(deployments.map(({ key, needs }) => [key, needs])).toEqual([
      ['workers', []],
      ['api', ['workers']],
      ['site', ['api']],
    ]);
    for (const file of deployments.flatMap(({ settings }) => settings.variable_files ?? [])) {
      expect(readdirSync(join(FLEET, 'environments'))).toContain(file.replace('environments/', ''));
    }
  }
});

test('a team’s own part is as short as the pages say, and a page at most', () => {
  const lines = ['nomad-packs.yaml', '.github/workflows/deployments.yml']
    .map((name) => textOf(`examples/fleet/${name}`).trimEnd().split('\n').length)
    .reduce((sum, length) => sum + length);
  expect(lines).toBeLessThanOrEqual(40);
  expect(textOf('docs/deployments-file.md')).toContain(`Its file and its workflow are ${lines} lines.`);
  expect(textOf('README.md')).toContain(`needs ${lines} lines for it`);
});

test('the files of the pages are right', () => {
  const pages = ['README.md', 'docs/deployments-file.md'].map(textOf).join('\n');
  const files = [...pages.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)]
    .map(([, text = '']) => text)
    .filter((text) => /^deployments:$/m.test(text));
  expect(files.length).toBe(2);
  for (const file of files) expect(readDeploymentsFile(file)).not.toHaveProperty('problems');
});

test('the reusable workflow says in the example what its page says', () => {
  const jobs = (text: string) => /^jobs:\n[\s\S]*?(?=^```|(?![\s\S]))/m.exec(text)?.[0].replace(/ # .*/g, '');
  const page = textOf('docs/deployments-file.md');
  expect(jobs(page.slice(page.indexOf('## The reusable workflow')))).toBe(
    jobs(textOf('examples/fleet/.github/workflows/deployments.yml')),
  );
});
