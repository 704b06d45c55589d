import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type GitHub, startGitHub, workflowToken } from 'nomad-pack-sandbox/github/index.ts';
import { startNomad } from 'nomad-pack-sandbox/nomad/index.ts';
import { startReleases } from 'nomad-pack-sandbox/releases/index.ts';
import { createMachine } from 'nomad-pack-sandbox/runner/machine.ts';
import { runStep } from 'nomad-pack-sandbox/runner/step.ts';
import { ROOT } from '../support/paths.ts';

/** A text that a step wrote. */
export interface Document {
  readonly name: string;
  readonly title: string;
  readonly markdown: string;
}

/** What a step is asked for; those without a title only prepare what follows. */
interface Run {
  readonly title?: string;
  readonly inputs: Readonly<Record<string, string>>;
}

const NGINX = [
  'server {',
  '  listen 8080;',
  '  server_name shop;',
  '  root /srv/shop;',
  '  location / {',
  '    index index.html;',
];
const NGINX_END = ['  }', '  location /health {', '    return 200;', '  }', '}'];

interface JobText {
  readonly count?: number;
  readonly template?: boolean;
  readonly log?: string;
  readonly expires?: string;
  readonly script?: string;
}

/** A job that one sees the parts of in a difference. */
function job(
  name: string,
  { count = 2, template = false, log = 'info', expires = '1h', script = 'exec sleep 3600' }: JobText = {},
): string {
  const config = { log: { level: log, format: 'json' }, cache: { size: 512, ttl: '90s' }, origins: ['shop', 'admin'] };
  const data = [...NGINX, `    expires ${expires};`, ...NGINX_END].join('\n');
  return `job "${name}" {
  datacenters = ["dc1"]
  group "web" {
    count = ${count}
    update {
      min_healthy_time  = "300ms"
      healthy_deadline  = "4s"
      progress_deadline = "5s"
      health_check      = "task_states"
    }
    restart {
      attempts = 0
      mode     = "fail"
    }
    reschedule {
      attempts  = 0
      unlimited = false
    }
    task "server" {
      driver = "raw_exec"
      config {
        command = "/bin/sh"
        args    = ["-c", "${script}"]
      }
      env {
        CONFIG = ${JSON.stringify(JSON.stringify(config))}
      }
${template ? `      template {\n        destination = "local/nginx.conf"\n        data        = <<EOT\n${data}\nEOT\n      }\n` : ''}      resources {
        cpu    = 100
        memory = 64
      }
    }
  }
}
`;
}

const SCENARIOS = join(ROOT, '__tests__', 'scenarios', 'packs');
const CRASH = 'echo listening on :8080; echo panic: no such table: users >&2; exit 1';

const run = (operation: string, name: string, text: string, more: Readonly<Record<string, string>> = {}) => ({
  operation,
  deployment_name: name,
  pack: './anyjob',
  variables: JSON.stringify({ first: text }),
  ...more,
});

/** Two that are well, one that crashes, and one that waits for it in vain. */
const DEPLOYMENTS = JSON.stringify({
  deployments: {
    api: { pack: './anyjob', variables: { first: job('api') } },
    workers: { pack: './v1/trio' },
    site: { pack: './anyjob', needs: ['api'], variables: { first: job('site', { script: CRASH }) } },
    shop: { pack: './anyjob', name: 'front', needs: ['site'], variables: { first: job('front') } },
  },
});

/** By name, in the order of a deployment's life. */
const RUNS: Readonly<Record<string, Run>> = {
  'deploy-good': { title: 'Deploy that goes well', inputs: run('deploy', 'shop', job('shop')) },
  'deploy-unchanged': { title: 'Deploy that changes nothing', inputs: run('deploy', 'shop', job('shop')) },
  'deploy-failed': { title: 'Deploy that fails', inputs: run('deploy', 'crash', job('crash', { script: CRASH })) },
  'deploy-reverted': {
    title: 'Deploy that is reverted',
    inputs: run('deploy', 'shop', job('shop', { script: CRASH }), { on_failure: 'revert' }),
  },
  status: { title: 'Status', inputs: run('status', 'crash', '') },
  'plan-none': { title: 'Plan without changes', inputs: run('plan', 'shop', job('shop')) },
  'plan-count': { title: 'Plan: the count, in place', inputs: run('plan', 'shop', job('shop', { count: 3 })) },
  'plan-json': {
    title: 'Plan: JSON in an environment variable',
    inputs: run('plan', 'shop', job('shop', { log: 'debug' })),
  },
  template: { inputs: run('deploy', 'nginx', job('nginx', { template: true })) },
  'plan-template': {
    title: 'Plan: a template of twelve lines',
    inputs: run('plan', 'nginx', job('nginx', { template: true, expires: '5m' })),
  },
  'plan-new': { title: 'Plan: a new job', inputs: run('plan', 'fresh', job('fresh', { template: true })) },
  trio: { inputs: { operation: 'deploy', deployment_name: 'trio', pack: './v1/trio' } },
  'plan-three': {
    title: 'Plan: three jobs, of which one is gone',
    inputs: { operation: 'plan', deployment_name: 'trio', pack: './v2/trio' },
  },
  'plan-refused': {
    title: 'Plan of what would be refused',
    inputs: { operation: 'plan', deployment_name: 'shop', pack: './v2/trio' },
  },
  'file-plan': { title: 'Plan of several packs', inputs: { operation: 'plan', deployments_file: 'nomad-packs.yaml' } },
  'file-deploy': {
    title: 'Deploy of several packs',
    inputs: { operation: 'deploy', deployments_file: 'nomad-packs.yaml' },
  },
  destroy: { title: 'Destroy', inputs: run('destroy', 'nginx', '') },
  'input-error': {
    title: 'Wrong inputs',
    inputs: { operation: 'deploy', nomad_addr: 'http://127.0.0.1:9', wait_timeout: '10', on_failure: 'rollback' },
  },
};

/** The names of the runs that have something to show. */
export const RUN_NAMES = Object.entries(RUNS).flatMap(([name, { title }]) => (title === undefined ? [] : [name]));

/**
 * Runs the steps in the sandbox, and gives what they wrote: the job summary of each, and its comment on a pull request.
 *
 * @param entry the file of the action that runs
 * @param wanted the names to show; all where there are none
 */
export async function runAll(entry: string, wanted: readonly string[] = []): Promise<Document[]> {
  const names = Object.keys(RUNS);
  const [nomad, releases, github] = await Promise.all([
    startNomad(),
    startReleases(),
    startGitHub({ pullRequests: names.map((_, index) => index + 1) }),
  ]);
  const machine = await createMachine(SCENARIOS);
  await writeFile(join(machine.workspace, 'nomad-packs.yaml'), DEPLOYMENTS);
  const common = {
    nomad_addr: nomad.address,
    nomad_pack_version: '0.4.2',
    nomad_pack_mirror: releases.address,
    nomad_pack_signing_key: releases.publicKey,
    wait_timeout: '20s',
  };
  try {
    const documents: Document[] = [];
    for (const [index, [name, { title, inputs }]] of Object.entries(RUNS).entries()) {
      const number = index + 1;
      const { summary } = await runStep(machine, {
        entry,
        inputs: { ...common, ...inputs },
        env: { GITHUB_API_URL: github.address },
        githubToken: workflowToken,
        event: {
          name: 'pull_request',
          payload: { pull_request: { number, head: { sha: '8f2d1bc0a4', repo: { full_name: 'octo/shop' } } } },
        },
      });
      if (title === undefined || (wanted.length > 0 && !wanted.includes(name))) continue;
      documents.push({ name, title, markdown: summary }, ...commentOn(github, number, name, title));
    }
    return documents;
  } finally {
    await Promise.all([nomad.stop(), releases.stop(), github.stop(), machine.remove()]);
  }
}

function commentOn(github: GitHub, number: number, name: string, title: string): Document[] {
  return github
    .comments(number)
    .map(({ body }) => ({ name: `${name}-comment`, title: `${title}: comment`, markdown: body }));
}
