import { describe, expect, test } from '@jest/globals';
import { scenarios } from './support/scenario.ts';

const { run, ask, cluster } = scenarios('Differences');

const LIMIT = 90_000;

const NGINX = ['server {', ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((number) => `  setting${number} on;`), '}'];

interface JobText {
  readonly killTimeout?: string;
  readonly config?: string;
  readonly template?: readonly string[];
  readonly count?: number;
}

function jobText(id: string, { killTimeout = '1s', config = '{}', template = NGINX, count = 1 }: JobText = {}): string {
  return `job "${id}" {
  datacenters = ["dc1"]
  group "app" {
    count = ${count}
    update {
      min_healthy_time = "500ms"
      health_check     = "task_states"
    }
    task "server" {
      driver       = "raw_exec"
      kill_timeout = "${killTimeout}"
      config {
        command = "/bin/sh"
        args    = ["-c", "exec sleep 3600"]
      }
      env {
        CONFIG = ${JSON.stringify(config)}
      }
      template {
        destination = "local/nginx.conf"
        data        = <<EOT
${template.join('\n')}
EOT
      }
      resources {
        cpu    = 20
        memory = 16
      }
    }
  }
}
`;
}

const step = (id: string, text: JobText) => ({
  pack: 'anyjob',
  name: id,
  variables: { first: jobText(id, text) },
});

describe('the differences of a plan', () => {
  test(
    'of a new job are what its template says, and no defaults',
    async () => {
      const { summary, log, plan } = await run({
        ...step('fresh', { count: 2 }),
        scenario: 'new job',
        operation: 'plan',
      });
      const [, diff = ''] = /```diff\n([\s\S]*?)\n```/.exec(summary) ?? [];
      expect(diff.split('\n')).toEqual(
        expect.arrayContaining([
          '+ Name: "fresh"',
          '+ Datacenters > Datacenters: "dc1"',
          '+ group "app" > Count: "2"',
          '+ group "app" > Update > MinHealthyTime: "500ms"',
          '+ group "app" > task "server" > Driver: "raw_exec"',
          '+ group "app" > task "server" > KillTimeout: "1s"',
          '+ group "app" > task "server" > Config > command: "/bin/sh"',
          '+ group "app" > task "server" > Env[CONFIG]: "{}"',
          '+ group "app" > task "server" > Resources > MemoryMB: "16"',
          '@@ group "app" > task "server" > Template > EmbeddedTmpl @@',
          '+   setting6 on;',
        ]),
      );
      expect(diff).not.toMatch(/AllAtOnce|Meta\[pack|HealthyDeadline|LeftDelim|Perms|MaxFiles/);
      expect(diff).toMatch(/^ {2}\(\d+ more values that the template leaves to Nomad and nomad-pack\)$/m);
      // The data are all that Nomad foresees.
      expect(plan[0]?.diff.join('\n')).toContain('AllAtOnce');
      expect(unfolded(log)).toContain('  🆕 fresh (default): create; app 2 create');
    },
    LIMIT,
  );

  test(
    'of texts with many lines are the lines that differ, and their neighbours',
    async () => {
      await run(step('texts', { config: '{"level":"info","targets":["a","b"],"retries":3,"timeout":"10s"}' }));
      const { summary, outputs, log } = await run({
        ...step('texts', {
          config: '{"level":"debug","targets":["a","b"],"retries":3,"timeout":"10s"}',
          template: NGINX.map((line) => line.replace('setting6 on', 'setting6 off')),
          killTimeout: '1500ms',
        }),
        scenario: 'changed lines',
        operation: 'plan',
      });
      expect(summary).toContain(`@@ group "app" > task "server" > Template > EmbeddedTmpl @@
  [3 lines are the same]
    setting3 on;
    setting4 on;
    setting5 on;
-   setting6 on;
+   setting6 off;
    setting7 on;`);
      expect(summary).toContain(`@@ group "app" > task "server" > Env[CONFIG] @@
  {
-   "level": "info",
+   "level": "debug",
    "targets": [`);
      expect(summary).toContain('! group "app" > task "server" > KillTimeout: "1s" => "1.5s"');
      expect(summary).toContain('<details open>\n<summary><code>texts</code>: 3 differences');
      for (const text of [summary, log, outputs['plan']]) expect(text).not.toContain('To submit the job');
      expect(unfolded(log)).toContain('  ♻️ texts (default): replace; app 1 replace');
    },
    LIMIT,
  );

  test(
    'of a text that holds a secret of several lines show the others',
    async () => {
      const key = (letter: string) =>
        ['---BEGIN---', ...[1, 2, 3].map((number) => `${letter.repeat(8)}${number}`), '---END---'].join('\n');
      const step = (letter: string) => ({
        pack: 'rotate',
        name: 'keys',
        variables: { job_name: 'keys' },
        with: { secret_variables: JSON.stringify({ password: key(letter) }) },
      });
      await run(step('q'));
      const { summary, outputs, log } = await run({
        ...step('z'),
        scenario: 'a secret of several lines',
        operation: 'plan',
      });
      const said = log.replace(/^::add-mask::.*$/gm, '');
      for (const shown of [summary, said, JSON.stringify(outputs)]) expect(shown).not.toMatch(/q{8}|z{8}/);
      expect(summary).toContain('Template > EmbeddedTmpl @@\n  host=db\n- ***\n+ password=***');
    },
    LIMIT,
  );
});

describe('the link to Nomad', () => {
  test(
    'is the one job, or the list of the jobs, which Nomad’s UI asks for by that filter',
    async () => {
      const one = await run({ ...step('lone', {}), scenario: 'link to a job' });
      expect(one.outputs['url']).toBe(`${cluster().address}/ui/jobs/lone@default`);
      const three = await run({ pack: 'v1/trio', name: 'trio', scenario: 'link to three jobs' });
      const url = new URL(three.outputs['url'] ?? '');
      expect(`${url.origin}${url.pathname}`).toBe(`${cluster().address}/ui/jobs`);
      const filter = url.searchParams.get('filter') ?? '';
      const found = await ask<{ ID: string }[]>(`/v1/jobs?filter=${encodeURIComponent(filter)}`);
      expect(found.map(({ ID }) => ID).sort()).toEqual(['trio_api', 'trio_cache', 'trio_worker']);
    },
    LIMIT,
  );
});

/** What is read of a log without unfolding anything. */
function unfolded(log: string): string {
  return log.replace(/^::group::[\s\S]*?^::endgroup::$/gm, '');
}
