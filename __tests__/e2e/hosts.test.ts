import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type GitHub, startGitHub, workflowToken } from 'nomad-pack-sandbox/github/index.ts';
import { LIMIT, prepareMachine, step, useSandbox } from './support/sandbox.ts';

const sandbox = useSandbox();

const pullRequest = {
  name: 'pull_request',
  payload: { pull_request: { number: 1, head: { sha: 'c0ffee', repo: { full_name: 'octo/shop' } } } },
};

/** What a host's runner sets otherwise than GitHub's; undefined where it sets nothing. */
interface Host {
  readonly name: string;
  readonly api: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether its API names the kind of each user, as GitHub's does. */
  readonly userTypes?: boolean;
  /** Whether it says who a token is. */
  readonly whoAmI?: boolean;
}

const HOSTS: readonly Host[] = [
  { name: 'GitHub', api: '', env: {} },
  {
    name: 'GitHub Enterprise Server',
    api: '/api/v3',
    env: { GITHUB_SERVER_URL: 'https://ghes.example.com', GITHUB_GRAPHQL_URL: 'https://ghes.example.com/api/graphql' },
  },
  {
    name: 'Gitea',
    api: '/api/v1',
    userTypes: false,
    whoAmI: false,
    env: {
      GITEA_ACTIONS: 'true',
      GITHUB_SERVER_URL: 'https://gitea.example.com',
      GITHUB_RUN_ATTEMPT: undefined,
      RUNNER_ENVIRONMENT: undefined,
    },
  },
  {
    name: 'Forgejo',
    api: '/api/v1',
    userTypes: false,
    whoAmI: false,
    env: {
      FORGEJO_ACTIONS: 'true',
      GITHUB_SERVER_URL: 'https://forgejo.example.com',
      GITHUB_STEP_SUMMARY: undefined,
      GITHUB_RUN_ATTEMPT: undefined,
      RUNNER_ENVIRONMENT: undefined,
      RUNNER_NAME: undefined,
    },
  },
];

describe.each(HOSTS)('on $name', ({ api, env, userTypes = true, whoAmI = true }) => {
  let github: GitHub;

  beforeAll(async () => {
    github = await startGitHub({ prefix: api, userTypes, whoAmI });
  });

  afterAll(async () => {
    await github.stop();
  });

  const run = async (inputs: Readonly<Record<string, string>>) =>
    await step(sandbox(), {
      machine: await prepareMachine({}),
      event: pullRequest,
      githubToken: workflowToken,
      env: { GITHUB_API_URL: `${github.address}${api}`, ...env },
      inputs: { pack: './echo', deployment_name: 'somewhere', ...inputs },
    });

  test(
    'a plan is told on the pull request, once',
    async () => {
      const plan = await run({ operation: 'plan' });
      expect(plan.outputs).toMatchObject({ 'failure-reason': '' });
      expect(plan.annotations).toEqual([]);
      expect(github.comments(1)).toHaveLength(1);
      expect(github.comments(1)[0]?.body).toContain('somewhere');
    },
    LIMIT,
  );

  test(
    'a deploy is told in full',
    async () => {
      const deploy = await run({ operation: 'deploy' });
      expect(deploy.outputs).toMatchObject({ status: 'running', health: 'healthy', 'failure-reason': '' });
      expect(deploy.annotations).toEqual([]);
      expect(deploy.summary === '').toBe('GITHUB_STEP_SUMMARY' in env);
      await run({ operation: 'destroy' });
    },
    LIMIT,
  );
});

describe('without a runner’s variables', () => {
  const bare = {
    GITHUB_ACTIONS: undefined,
    GITHUB_API_URL: undefined,
    GITHUB_ENV: undefined,
    GITHUB_EVENT_PATH: undefined,
    GITHUB_PATH: undefined,
    GITHUB_REPOSITORY: undefined,
    GITHUB_RUN_ID: undefined,
    GITHUB_SERVER_URL: undefined,
    GITHUB_SHA: undefined,
    GITHUB_STEP_SUMMARY: undefined,
    GITHUB_WORKSPACE: undefined,
    RUNNER_TEMP: undefined,
    RUNNER_TOOL_CACHE: undefined,
  };

  test.each(['deploy', 'plan', 'render', 'status', 'destroy', 'setup'])(
    '%s works, and ends without a warning',
    async (operation) => {
      const { exitCode, annotations, outputs } = await step(sandbox(), {
        machine: await prepareMachine({}),
        env: bare,
        inputs: { operation, pack: './echo', deployment_name: 'bare' },
      });
      expect([exitCode, annotations, outputs['failure-reason']]).toEqual([0, [], '']);
    },
    LIMIT,
  );
});

describe('act', () => {
  test(
    'runs for a push, without a token for GitHub',
    async () => {
      const { annotations, outputs } = await step(sandbox(), {
        machine: await prepareMachine({}),
        event: { name: 'push', payload: {} },
        env: { ACT: 'true', GITHUB_RUN_ID: '1', RUNNER_ENVIRONMENT: undefined },
        inputs: { operation: 'plan', pack: './echo', deployment_name: 'by-act' },
      });
      expect([annotations, outputs['failure-reason'], outputs['changed']]).toEqual([[], '', 'true']);
    },
    LIMIT,
  );
});
