import assert from 'node:assert/strict';
import { REPOSITORY, SECRETS, type Stage } from './stage.ts';
import { TAG } from './surroundings.ts';

/** One thing that an example does, shown by running it. */
export interface Scene {
  readonly shows: string;
  /** @throws where it does not do so */
  play(stage: Stage): Promise<void>;
}

/** What an example needs, and what it does, in the order in which its scenes play. */
export interface Example {
  /** Whether its cluster wants TLS on both sides; default false. */
  readonly tls?: boolean;
  /** Whether it is of the repository `examples/fleet/`; default false. */
  readonly fleet?: boolean;
  readonly scenes: readonly Scene[];
}

/** By the file's name, what each example of `examples/workflows/` and of `examples/fleet/` does. */
export const cases: Readonly<Record<string, Example>> = {
  'minimal.yml': {
    scenes: [
      {
        shows: 'a push deploys the pack of a registry at a commit',
        play: async ({ run, nomad }) => {
          const outcome = await run({ event: 'push' });
          assert.equal(outcome.said('Deploy the pack'), 'success running healthy true');
          assert.deepEqual(jobs(nomad), ['default hello_world running v0']);
        },
      },
      {
        shows: 'the next push, with nothing new, restarts nothing',
        play: async ({ run, nomad }) => {
          const outcome = await run({ event: 'push' });
          assert.equal(outcome.said('Deploy the pack'), 'success running healthy false');
          assert.deepEqual(jobs(nomad), ['default hello_world running v0']);
        },
      },
    ],
  },

  'full.yml': {
    tls: true,
    scenes: [
      {
        shows: 'every input at once: OIDC login, TLS on both sides, registry token, files of variables, a secret one',
        play: async ({ run, nomad, oidc, surroundings: { git } }) => {
          const outcome = await run({ event: 'workflow_dispatch', inputs: { ref: TAG } });
          assert.equal(outcome.said('Deploy the pack'), 'success running healthy true');
          assert.deepEqual(jobs(nomad), ['web web running v0']);
          const group = nomad.state.job('web', 'web')?.TaskGroups?.[0];
          assert.equal(group?.Count, 3, 'variables win over files');
          assert.deepEqual(group?.Tasks[0]?.Env, { MESSAGE: 'hello from production', API_KEY: SECRETS.API_KEY });
          assert.equal(nomad.state.job('web', 'web')?.Meta?.['release'], '1.10');
          assert.equal(oidc.requests.length, 1, 'one OIDC token was asked for');
          const basic = `Basic ${Buffer.from(`x-access-token:${SECRETS.REGISTRY_TOKEN}`).toString('base64')}`;
          assert.ok(
            git.requests.some(({ headers }) => headers.authorization === basic),
            'git did not send the token',
          );
          assert.match(outcome.step('Say what happened').log, /status running, health healthy, failure-reason none/);
          assert.match(outcome.step('Say what happened').log, /web: running, healthy, http/);
        },
      },
    ],
  },

  'plan-on-pull-request.yml': {
    scenes: [
      {
        shows: 'a pull request gets a comment with the plan, and nothing is deployed',
        play: async ({ run, nomad, github }) => {
          const outcome = await run(pullRequest(7, 'opened'));
          assert.equal(outcome.said('Plan'), 'success absent unknown true');
          const [comment, ...others] = github.comments(7);
          assert.equal(others.length, 0);
          assert.match(comment?.body ?? '', /^\+ group "app" > Count: "2"$/m);
          assert.deepEqual(jobs(nomad), []);
        },
      },
      {
        shows: 'a further commit brings the same comment up to date',
        play: async ({ run, github, edit }) => {
          const [before] = github.comments(7);
          edit('environments/production.yaml', 'count: 2', 'count: 4');
          await run(pullRequest(7, 'synchronize'));
          const [after, ...others] = github.comments(7);
          assert.equal(others.length, 0);
          assert.equal(after?.id, before?.id);
          assert.match(after?.body ?? '', /^\+ group "app" > Count: "4"$/m);
        },
      },
      {
        shows: 'a pull request from a fork is not planned',
        play: async ({ run, github, nomad }) => {
          const asked = nomad.requests.length;
          const outcome = await run(pullRequest(8, 'opened', 'somebody/shop'));
          assert.ok(outcome.green);
          assert.deepEqual(outcome.ran('plan'), []);
          assert.equal(nomad.requests.length, asked);
          assert.deepEqual(github.comments(8), []);
        },
      },
    ],
  },

  'deploy-on-merge.yml': {
    scenes: [
      {
        shows: 'a push is planned, and exactly that plan is deployed',
        play: async ({ run, nomad }) => {
          const outcome = await run({ event: 'push' });
          assert.equal(outcome.said('Plan'), 'success absent unknown true');
          const [planned, deployed] = ['Plan', 'Deploy what was approved'].map(
            (step) => outcome.step(step).outputs['plan-digest'],
          );
          assert.match(planned ?? '', /^sha256:[0-9a-f]{64}$/);
          assert.equal(deployed, planned);
          assert.equal(outcome.said('Deploy what was approved'), 'success running healthy true');
          assert.deepEqual(jobs(nomad), ['default web running v0']);
        },
      },
      {
        shows: 'where the plan has no changes, nobody is asked to approve it',
        play: async ({ run }) => {
          const outcome = await run({ event: 'push' });
          assert.equal(outcome.said('Plan'), 'success running healthy false');
          assert.deepEqual(outcome.ran('deploy'), []);
        },
      },
      {
        shows: 'the deploy is refused when a variable changed after the plan',
        play: async ({ run, nomad, edit, whenAsked }) => {
          const file = 'environments/production.yaml';
          edit(file, 'count: 2', 'count: 3');
          // Nomad is asked for the first time when the job `plan` has read its files, and long before the job `deploy` copies them.
          whenAsked('POST /v1/job/web/plan', () => edit(file, 'count: 3', 'count: 5'));
          const outcome = await run({ event: 'push' });
          assert.equal(outcome.step('Plan').outputs['changed'], 'true');
          assert.equal(outcome.step('Deploy what was approved').outputs['failure-reason'], 'plan-changed');
          assert.equal(outcome.green, false);
          assert.deepEqual(jobs(nomad), ['default web running v0']);
        },
      },
    ],
  },

  'smoke-test.yml': {
    scenes: [
      {
        shows: 'a push deploys, and what runs passes the smoke test',
        play: async ({ run, nomad }) => {
          const outcome = await run({ event: 'push', vars: smokeTest(nomad, 'passes') });
          assert.equal(outcome.said('Deploy'), 'success running healthy true');
          assert.ok(outcome.green);
          assert.deepEqual(jobs(nomad), ['default web running v0']);
        },
      },
      {
        shows: 'a version that fails the smoke test is taken back, and the run is red',
        play: async ({ run, nomad, edit }) => {
          edit('environments/production.yaml', 'count: 2', 'count: 3');
          const outcome = await run({ event: 'push', vars: smokeTest(nomad, 'fails') });
          assert.equal(outcome.said('Deploy'), 'success running healthy true');
          assert.equal(outcome.said('Roll back'), 'success running healthy true');
          assert.equal(outcome.green, false);
          assert.deepEqual(jobs(nomad), ['default web running v2']);
          assert.equal(nomad.state.job('default', 'web')?.TaskGroups[0]?.Count, 2);
        },
      },
    ],
  },

  'environment-url.yml': {
    scenes: [
      {
        shows: 'a push deploys, keeps plan and job specifications, links to Nomad, and looks at each job',
        play: async ({ run, nomad }) => {
          const outcome = await run({ event: 'push' });
          assert.equal(outcome.said('Deploy'), 'success running healthy true');
          assert.equal(outcome.step('Deploy').outputs['url'], `${nomad.address}/ui/jobs/web@default`);
          assert.match(outcome.step('Keep the plan and the job specifications').log, /plan\.txt[\s\S]*web\.nomad/);
          assert.match(outcome.step('Say how it fares').log, /web is running and healthy/);
        },
      },
    ],
  },

  'canary.yml': {
    scenes: [
      {
        shows: 'a first deployment has no canaries, and nothing is decided',
        play: async ({ run, nomad }) => {
          const outcome = await run({ event: 'push', vars: { ...smokeTest(nomad, 'passes'), MESSAGE: 'first' } });
          assert.equal(outcome.said('Deploy the canaries'), 'success running healthy true');
          assert.equal(outcome.step('Deploy the canaries').outputs['awaiting-promotion'], 'false');
          assert.ok(!outcome.ran('deploy').includes('Promote them, or take them back'));
        },
      },
      {
        shows: 'canaries that pass are promoted',
        play: async ({ run, nomad }) => {
          const outcome = await run({ event: 'push', vars: { ...smokeTest(nomad, 'passes'), MESSAGE: 'second' } });
          assert.equal(outcome.said('Deploy the canaries'), 'success pending unknown true');
          assert.equal(outcome.said('Promote them, or take them back'), 'success running healthy true');
          assert.ok(outcome.green);
          assert.equal(messageOf(nomad, 'canary'), 'second');
        },
      },
      {
        shows: 'canaries that fail are taken back, and the run is red',
        play: async ({ run, nomad }) => {
          const outcome = await run({ event: 'push', vars: { ...smokeTest(nomad, 'fails'), MESSAGE: 'third' } });
          assert.equal(outcome.said('Deploy the canaries'), 'success pending unknown true');
          assert.equal(outcome.said('Promote them, or take them back'), 'success running healthy true');
          assert.equal(outcome.green, false);
          assert.equal(messageOf(nomad, 'canary'), 'second');
        },
      },
    ],
  },

  'drift.yml': {
    scenes: [
      {
        shows: 'red while nothing is deployed, and the health is asked for all the same',
        play: async ({ run }) => {
          const outcome = await run({ event: 'schedule' });
          assert.equal(outcome.said('Compare with the cluster'), 'failure absent unknown true changes');
          assert.match(outcome.said('Ask for its health'), /^failure absent/);
        },
      },
      {
        shows: 'green once main is deployed',
        play: async ({ run }) => {
          const deploy = await run({ workflow: 'deploy-on-merge.yml', event: 'push' });
          assert.ok(deploy.green, 'the deploy was red');
          const outcome = await run({ event: 'schedule' });
          assert.equal(outcome.said('Compare with the cluster'), 'success running healthy false');
          assert.equal(outcome.said('Ask for its health'), 'success running healthy false');
          assert.ok(outcome.green);
        },
      },
      {
        shows: 'red after somebody scaled the job by hand',
        play: async ({ run, scale }) => {
          await scale('default', 'web', 4);
          const outcome = await run({ event: 'schedule' });
          assert.equal(outcome.said('Compare with the cluster'), 'failure running healthy true changes');
          assert.equal(outcome.green, false);
        },
      },
    ],
  },

  'matrix.yml': {
    scenes: [
      {
        shows: 'staging gets the pack with its own variables, in its namespace',
        play: async ({ run, nomad }) => {
          const outcome = await run(deployTo('staging'));
          assert.equal(outcome.said('Deploy the pack'), 'success running healthy true');
          assert.deepEqual(jobs(nomad), ['staging web running v0']);
        },
      },
      {
        shows: 'so does production, and staging stays as it is',
        play: async ({ run, nomad }) => {
          const outcome = await run(deployTo('production'));
          assert.equal(outcome.said('Deploy the pack'), 'success running healthy true');
          assert.deepEqual(jobs(nomad), ['production web running v0', 'staging web running v0']);
          const counts = ['staging', 'production'].map(
            (namespace) => nomad.state.job(namespace, 'web')?.TaskGroups?.[0]?.Count,
          );
          assert.deepEqual(counts, [1, 2]);
        },
      },
    ],
  },

  'preview.yml': {
    scenes: [
      {
        shows: 'each pull request gets a deployment of its own',
        play: async ({ run, nomad }) => {
          for (const number of [7, 8]) {
            const outcome = await run(pullRequest(number, 'opened'));
            assert.equal(outcome.said('Deploy the preview'), 'success running healthy true');
            assert.deepEqual(outcome.ran('destroy'), []);
          }
          assert.deepEqual(jobs(nomad), ['previews web-pr-7 running v0', 'previews web-pr-8 running v0']);
        },
      },
      {
        shows: 'and when it is closed, that one is destroyed',
        play: async ({ run, nomad }) => {
          const outcome = await run(pullRequest(7, 'closed'));
          assert.deepEqual(outcome.ran('deploy'), []);
          assert.equal(outcome.said('Destroy the preview'), 'success absent unknown true');
          assert.deepEqual(jobs(nomad), ['previews web-pr-8 running v0']);
        },
      },
    ],
  },

  'deployments.yml': {
    fleet: true,
    scenes: [
      {
        shows: 'a pull request gets a comment for each environment, and nothing is deployed',
        play: async ({ run, nomad, github }) => {
          const outcome = await run(pullRequest(7, 'opened'));
          assert.ok(outcome.green);
          const bodies = github.comments(7).map(({ body }) => body ?? '');
          assert.equal(bodies.length, 2);
          for (const environment of ['staging', 'production']) {
            const body = bodies.find((text) => text.includes(`3 deployments in \`${environment}\``)) ?? '';
            assert.match(body, /3 would change/);
            assert.match(body, /^\| `api` \|/m);
          }
          assert.deepEqual(jobs(nomad), []);
        },
      },
      {
        shows: 'a merge deploys to staging, then to production, exactly what was planned',
        play: async ({ run, nomad }) => {
          const outcome = await run({ event: 'push' });
          assert.ok(outcome.green);
          const inBoth = ['api', 'site', 'trio-api', 'trio-cache', 'trio-worker'];
          assert.deepEqual(
            jobs(nomad).toSorted(),
            ['production', 'staging'].flatMap((place) => inBoth.map((id) => `${place} ${id} running v0`)),
          );
          const count = (place: string) => nomad.state.job(place, 'api')?.TaskGroups[0]?.Count;
          assert.deepEqual([count('staging'), count('production')], [1, 2]);
          const environment = nomad.state.job('production', 'site')?.TaskGroups[0]?.Tasks[0]?.Env;
          assert.deepEqual(environment, { MESSAGE: 'hello from production', API_KEY: 'key-of-the-site-1' });
        },
      },
      {
        shows: 'drift is red after somebody scaled a job by hand',
        play: async ({ run, scale }) => {
          assert.ok((await run({ event: 'schedule' })).green, 'drift was found where there was none');
          await scale('production', 'api', 4);
          const outcome = await run({ event: 'schedule' });
          assert.equal(outcome.green, false);
        },
      },
      {
        shows: 'a further merge with nothing new changes nothing but what was scaled',
        play: async ({ run, nomad }) => {
          assert.ok((await run({ event: 'push' })).green);
          assert.equal(nomad.state.job('production', 'api')?.TaskGroups[0]?.Count, 2);
          assert.equal(nomad.state.job('production', 'site')?.Version, 0);
        },
      },
    ],
  },

  'job-per-deployment.yml': {
    fleet: true,
    scenes: [
      {
        shows: 'each deployment of the file is deployed by a job of its own',
        play: async ({ run, nomad }) => {
          const outcome = await run({ event: 'workflow_dispatch' });
          assert.ok(outcome.green);
          assert.deepEqual(JSON.parse(outcome.step('Read the file').outputs['matrix'] ?? ''), [
            { name: 'workers', environment: 'staging', pack: 'acme/worker-trio', needs: [] },
            { name: 'api', environment: 'staging', pack: 'acme/web', needs: ['workers'] },
            { name: 'site', environment: 'staging', pack: './packs/site', needs: ['api'] },
          ]);
          assert.deepEqual(
            jobs(nomad).toSorted(),
            ['api', 'site', 'trio-api', 'trio-cache', 'trio-worker'].map((id) => `staging ${id} running v0`),
          );
        },
      },
    ],
  },
};

/** The cluster's jobs, as `namespace id status vVERSION`. */
function jobs(nomad: Stage['nomad']): readonly string[] {
  return nomad.state.allJobs().map(({ Namespace, ID, Status, Version }) => `${Namespace} ${ID} ${Status} v${Version}`);
}

/** What the smoke test asks: the server of Nomad stands for the service. */
function smokeTest({ address }: Stage['nomad'], outcome: 'passes' | 'fails'): { readonly SMOKE_TEST_URL: string } {
  return { SMOKE_TEST_URL: `${address}${outcome === 'passes' ? '/v1/status/leader' : '/v1/nothing-there'}` };
}

function messageOf(nomad: Stage['nomad'], id: string): unknown {
  return nomad.state.job('default', id)?.TaskGroups[0]?.Tasks[0]?.Env?.['MESSAGE'];
}

/** @param from the repository that its branch is in */
function pullRequest(number: number, action: string, from: string = REPOSITORY) {
  const branch = (repository: string, ref: string) => ({ ref, sha: 'a'.repeat(40), repo: { full_name: repository } });
  return {
    event: 'pull_request',
    payload: {
      action,
      number,
      pull_request: { number, head: branch(from, 'change'), base: branch(REPOSITORY, 'main') },
    },
  };
}

/** act knows no environments: each is a run of its own, with what GitHub would take from the environment. */
function deployTo(environment: string) {
  return { event: 'push', matrix: `environment:${environment}`, vars: { NOMAD_NAMESPACE: environment } };
}
