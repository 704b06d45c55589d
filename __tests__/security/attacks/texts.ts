import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { startGitHub, workflowToken } from 'nomad-pack-sandbox/github/index.ts';
import { startWebServer } from 'nomad-pack-sandbox/http/server.ts';
import { toHtml } from '../../../scripts/preview/render.ts';
import { PAYLOADS, prose } from '../../report/support/hostile.ts';
import { newMachine } from '../../support/run-action.ts';
import type { Attack } from '../support/attack.ts';
import type { Cluster } from '../support/cluster.ts';
import { job, writePack } from '../support/packs.ts';
import { type Outcome, step } from '../support/step.ts';

/** Lines that some runner, of some version, would obey if they came out as they are. */
const COMMANDS = [
  '::error::PWNED',
  '::add-mask::PWNED',
  '  ::warning::PWNED',
  '\t::notice::PWNED',
  '::set-output name=status::PWNED',
  '::save-state name=folder::PWNED',
  '::set-env name=PATH::PWNED',
  '::add-path::PWNED',
  '::stop-commands::PWNED',
  '::group::PWNED',
  '::debug::PWNED',
  '::add-matcher::PWNED',
  '##[error]PWNED',
  '  ##[add-mask]PWNED',
  'text ##[warning]PWNED',
  'progress\r::error::PWNED',
  '\r##[error]PWNED',
  '\u001b[31m::error::PWNED\u001b[0m',
  '\u001b[2K\u001b[1G::error::PWNED',
  ':\u001b[0m:error::PWNED',
  '#\u001b[0m#[error]PWNED',
  ':\u0001:error::PWNED',
  '\u2028::error::PWNED',
  'x\u2029::error::PWNED',
  'x\u0085::error::PWNED',
  '\u00a0::error::PWNED',
  '\ufeff::error::PWNED',
  '\u200b::error::PWNED',
  'x\u000b::error::PWNED',
  'x\f::error::PWNED',
  '%0A::error::PWNED',
];

/** A task that prints the lines to stderr and ends badly: in base64, so that no shell and no HCL touches them. */
const printing = (lines: readonly string[]) =>
  `"echo ${Buffer.from(`${lines.join('\n')}\n`).toString('base64')} | base64 -d >&2; exit 3"`;

/** HCL between quotes; HCL would take `\${` and `%{` for its own. */
const quoted = (text: string) =>
  JSON.stringify(text)
    .slice(1, -1)
    .replace(/([$%])\{/g, '$1$1{');

/** The text as an argument of a template's function. */
const inTemplate = (text: string) => JSON.stringify(text);

/** Nothing that the runner would obey is anybody's but the action's. */
function expectNothingObeyed({ commands, masks, env, paths, state, outputs }: Outcome): void {
  expect(commands.filter(({ message }) => message.trimStart().startsWith('PWNED'))).toEqual([]);
  const own = ['add-mask', 'group', 'endgroup', 'notice', 'warning', 'error'];
  expect(commands.filter(({ name }) => !own.includes(name))).toEqual([]);
  expect(
    commands.filter(({ name, properties }) => name === 'error' && !properties['title']?.startsWith('Nomad Pack: ')),
  ).toEqual([]);
  expect(masks.filter((mask) => mask.includes('PWNED'))).toEqual([]);
  // What the steps of a job leave for each other.
  const kept = ['NOMAD_PACK_ACTION_JOB'];
  expect([Object.keys(env).filter((name) => !kept.includes(name)), paths]).toEqual([[], []]);
  const states = ['folder', 'job_folder', 'job_key', 'key', 'step'];
  expect(Object.keys(state).filter((name) => !states.includes(name))).toEqual([]);
  expect(outputs['status']).not.toContain('PWNED');
}

/** Nothing of the Markdown becomes a tag, a link or a heading but what is the action's own. */
function expectHarmless(markdown: string, addresses: readonly string[]): void {
  const html = expectNoMarkup(markdown, addresses);
  const tags = [...html.matchAll(/<\/?([a-z][a-z0-9]*)/gi)].map(([, tag = '']) => tag.toLowerCase());
  expect(tags.filter((tag) => tag === 'h3' || tag === 'h4')).toHaveLength(
    html.startsWith('<h3>') ? 2 : tags.includes('h4') ? 2 : 0,
  );
}

/** The same of a text with any number of headings. @returns the HTML */
function expectNoMarkup(markdown: string, addresses: readonly string[]): string {
  const html = toHtml(markdown);
  const own = /^(?:h3|h4|p|sub|code|pre|strong|em|ul|li|table|thead|tbody|tr|th|td|details|summary|blockquote|br|a)$/;
  const tags = [...html.matchAll(/<\/?([a-z][a-z0-9]*)/gi)].map(([, tag = '']) => tag.toLowerCase());
  expect([...new Set(tags)].filter((tag) => !own.test(tag))).toEqual([]);
  const links = [...html.matchAll(/<a href="([^"]*)"/g)].map(([, href = '']) => href);
  expect(links.filter((href) => !addresses.some((address) => href.startsWith(address)))).toEqual([]);
  expect(html.replace(/<code[\s\S]*?<\/code>/g, '')).not.toMatch(/<[^>]+ on[a-z]+=/i);
  expect(prose(markdown)).not.toMatch(/[@#][a-z0-9]/i);
  return html;
}

/** Attacks by words that others choose and the action has to show. */
export function textAttacks(cluster: () => Cluster): readonly Attack[] {
  const links = () => [`${cluster().nomad.address}/ui/`, 'https://github.com/octo/shop/actions/runs/'];
  return [
    {
      attack: 'pack and task log that print workflow commands',
      run: async () => {
        const machine = await newMachine();
        const half = Math.ceil(COMMANDS.length / 2);
        await writePack(machine.workspace, 'loud', undefined, {
          'templates/a.nomad.tpl': job({ id: 'loud-a', script: printing(COMMANDS.slice(0, half)) }),
          'templates/b.nomad.tpl': job({ id: 'loud-b', script: printing(COMMANDS.slice(half)) }),
          'outputs.tpl': COMMANDS.join('\n'),
        });
        const outcome = await step({
          machine,
          inputs: { ...cluster().inputs, deployment_name: 'loud', pack: './loud' },
        });
        expect(outcome).toMatchObject({ exitCode: 1, status: 'failed', reason: 'unhealthy' });
        expect(outcome.log.match(/PWNED/g)?.length).toBeGreaterThan(COMMANDS.length);
        expect(outcome.summary.match(/PWNED/g)?.length).toBeGreaterThan(COMMANDS.length / 2);
        expectNothingObeyed(outcome);
        expectHarmless(outcome.summary, links());
        return [outcome, `none of ${COMMANDS.length} is obeyed, all are shown`];
      },
    },
    {
      attack: 'packs and task logs of deployments side by side that print workflow commands and markup',
      run: async () => {
        const machine = await newMachine();
        const deployments = ['left', 'right', 'third'];
        for (const name of deployments) {
          await writePack(machine.workspace, `loud-${name}`, undefined, {
            'templates/a.nomad.tpl': job({ id: `side-${name}`, script: printing([...COMMANDS, ...PAYLOADS]) }),
            'outputs.tpl': COMMANDS.join('\n'),
          });
        }
        const file = Object.fromEntries(deployments.map((name) => [name, { pack: `./loud-${name}` }]));
        await writeFile(join(machine.workspace, 'nomad-packs.yaml'), JSON.stringify({ deployments: file }));
        const outcome = await step({
          machine,
          inputs: { ...cluster().inputs, deployments_file: 'nomad-packs.yaml' },
        });
        expect(outcome).toMatchObject({ exitCode: 1, status: 'failed', reason: 'unhealthy' });
        expect(outcome.log.match(/PWNED/g)?.length).toBeGreaterThan(COMMANDS.length);
        const names = Object.keys(JSON.parse(outcome.outputs['results'] ?? '{}'));
        expect(names).toEqual(deployments);
        expectNothingObeyed(outcome);
        expectNoMarkup(outcome.summary, links());
        return [outcome, 'none is obeyed, and each line is its deployment’s'];
      },
    },
    {
      attack: 'template that fails with workflow commands and markup',
      run: async () => {
        const machine = await newMachine();
        const text = [...COMMANDS, ...PAYLOADS].join('\n');
        await writePack(machine.workspace, 'loud', `[[ fail ${inTemplate(text)} ]]`);
        const outcome = await step({
          machine,
          inputs: { ...cluster().inputs, operation: 'render', pack: './loud' },
        });
        expect(outcome).toMatchObject({ exitCode: 1, reason: 'template' });
        expectNothingObeyed(outcome);
        expectHarmless(outcome.summary, links());
        return [outcome, 'printed as text'];
      },
    },
    {
      attack: 'Nomad that answers with workflow commands and markup',
      run: async () => {
        const words = [...COMMANDS, ...PAYLOADS].join('\n');
        const nomad = await startWebServer((_, response) => void response.writeHead(500).end(words));
        try {
          const outcome = await step({
            inputs: { operation: 'status', deployment_name: 'web', pack: 'web', nomad_addr: nomad.address },
          });
          expect(outcome).toMatchObject({ exitCode: 1, reason: 'nomad-error' });
          expectNothingObeyed(outcome);
          expectHarmless(outcome.summary, links());
          return [outcome, 'printed as text'];
        } finally {
          await nomad.stop();
        }
      },
    },
    {
      attack: 'registry that answers with workflow commands and markup',
      run: async () => {
        const lines = [...COMMANDS, ...PAYLOADS].map((line) => line.replaceAll('\n', ' ')).join(' \r');
        const packet = Buffer.from(`ERR ${lines}`).subarray(0, 4_000);
        const server = await startWebServer((_, response) => {
          const length = (packet.length + 4).toString(16).padStart(4, '0');
          response
            .writeHead(200, { 'Content-Type': 'application/x-git-upload-pack-advertisement' })
            .end(Buffer.concat([Buffer.from('001e# service=git-upload-pack\n0000'), Buffer.from(length), packet]));
        });
        try {
          const outcome = await step({
            inputs: {
              ...cluster().inputs,
              operation: 'render',
              pack: 'web',
              registry_name: 'lab',
              registry_source: `${server.address}/packs.git`,
            },
          });
          expect(outcome.exitCode).toBe(1);
          expect(outcome.log).toContain('PWNED');
          expectNothingObeyed(outcome);
          expectHarmless(outcome.summary, links());
          return [outcome, 'printed as text'];
        } finally {
          await server.stop();
        }
      },
    },
    {
      attack: 'file names that hold line ends and workflow commands',
      run: async () => {
        const machine = await newMachine();
        const name = 'x\n::error::PWNED\n##[error]PWNED';
        await writePack(machine.workspace, 'named', undefined, {
          [`templates/${name}.nomad.tpl`]: job({ id: quoted('named\n::error::PWNED') }),
        });
        await writeFile(join(machine.workspace, `${name}.json`), '{"nosuch": 1}');
        const inputs = { ...cluster().inputs, operation: 'render', pack: './named' };
        const rendered = await step({ machine, inputs });
        expect(rendered).toMatchObject({ exitCode: 0 });
        expectNothingObeyed(rendered);
        const outcome = await step({
          machine,
          inputs: { ...inputs, variable_files: JSON.stringify([`${name}.json`]) },
        });
        expect(outcome.exitCode).toBe(1);
        expectNothingObeyed(outcome);
        expectHarmless(outcome.summary, links());
        return [outcome, 'printed as text'];
      },
    },
    {
      attack: 'Markdown and HTML in names of jobs, groups and tasks, in variables and in logs',
      run: async () => {
        const machine = await newMachine();
        const github = await startGitHub();
        const ids = PAYLOADS.filter((text) => !/\s/.test(text) && text.length > 2).slice(0, 6);
        const templates = ids.map((id, index) => {
          const text = PAYLOADS.join(' ');
          const script = printing(PAYLOADS.slice(index * 8, index * 8 + 8).flatMap((payload) => payload.split('\n')));
          const hostile = job({ id: quoted(id), script, env: `TEXT = "${quoted(text)}"` })
            .replace('group "app"', `group "${quoted(PAYLOADS[index] ?? '')}"`)
            .replace('task "shell"', `task "${quoted(PAYLOADS[index + 6] ?? '')}"`);
          return [`templates/job-${index}.nomad.tpl`, hostile] as const;
        });
        await writePack(machine.workspace, 'marked', undefined, Object.fromEntries(templates));
        const inputs = { ...cluster().inputs, deployment_name: 'marked', pack: './marked' };
        try {
          const plan = await step({
            machine,
            githubToken: workflowToken,
            event: {
              name: 'pull_request',
              payload: {
                pull_request: {
                  number: 1,
                  title: PAYLOADS.join(' '),
                  head: { sha: '0123456789', repo: { full_name: 'octo/shop' } },
                },
              },
            },
            env: { GITHUB_API_URL: github.address },
            inputs: { ...inputs, operation: 'plan' },
          });
          expect(plan).toMatchObject({ exitCode: 0, outputs: { changed: 'true' } });
          expectHarmless(plan.summary, links());
          const [comment] = github.comments(1);
          expect(comment?.body).toContain('&#60;');
          expectHarmless(comment?.body.replace(/^<!--.*-->\n/, '') ?? '', links());

          const outcome = await step({ machine, inputs });
          expect(outcome).toMatchObject({ exitCode: 1, reason: 'unhealthy' });
          expect(outcome.summary).toContain('evil.example');
          expectNothingObeyed(outcome);
          expectHarmless(outcome.summary, links());
          return [outcome, 'no tag, link, heading or mention of theirs in summary and comment'];
        } finally {
          await github.stop();
        }
      },
    },
    {
      attack: 'Markdown and HTML in inputs that come from a pull request',
      run: async () => {
        const outcomes: Outcome[] = [];
        for (const text of [PAYLOADS.slice(0, 20).join('\n'), PAYLOADS.slice(20).join('\n'), COMMANDS.join('\n')]) {
          const inputs = {
            operation: text,
            deployment_name: text,
            pack: `./${text}`,
            nomad_addr: text,
            registry_ref: text,
          };
          const outcome = await step({ inputs: { ...inputs, variables: text, variable_files: text } });
          expect(outcome).toMatchObject({ exitCode: 1, reason: 'input' });
          expectNothingObeyed(outcome);
          expectHarmless(outcome.summary, []);
          outcomes.push(outcome);
        }
        return outcomes[0] as Outcome;
      },
    },
  ];
}
