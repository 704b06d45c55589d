/** What earlier steps of the demo have for later ones: their outputs, in order. */
export type Earlier = readonly Readonly<Record<string, string>>[];

/** A step of the demo: what its `with:` says, and how it must end. */
export interface DemoStep {
  readonly title: string;
  readonly inputs: Readonly<Record<string, string>> | ((earlier: Earlier) => Readonly<Record<string, string>>);
  /** Whether it must end red. */
  readonly isRed?: boolean;
  /** Outputs that it must have. */
  readonly expected: Readonly<Record<string, string>>;
}

const shop = {
  deployment_name: 'shop',
  pack: 'web',
  registry_ref: 'v1.0.0',
  variables: 'count: 2\nmessage: "Welcome to \\"the\\" shop"',
  secret_variables: 'api_key: demo-api-key-1234567890',
};

export const steps: readonly DemoStep[] = [
  {
    title: 'A pull request: what would a deploy do?',
    inputs: { ...shop, operation: 'plan' },
    expected: { changed: 'true', 'failure-reason': '' },
  },
  {
    title: 'It is merged: deploy what was reviewed, and nothing else',
    inputs: ([plan]) => ({ ...shop, plan_digest: plan?.['plan-digest'] ?? '' }),
    expected: { status: 'running', health: 'healthy', changed: 'true', 'failure-reason': '' },
  },
  {
    title: 'The same deploy once more: nothing is restarted',
    inputs: shop,
    expected: { status: 'running', health: 'healthy', changed: 'false', 'failure-reason': '' },
  },
  {
    title: 'v1.1.0 crashes: the step is red, says why, and takes it back',
    inputs: { ...shop, registry_ref: 'v1.1.0', on_failure: 'revert' },
    isRed: true,
    expected: { status: 'reverted', health: 'healthy', 'failure-reason': 'unhealthy' },
  },
  {
    title: 'Another team deploys a job of that name: refused, the shop runs on',
    inputs: { ...shop, deployment_name: 'blog' },
    isRed: true,
    expected: { changed: 'false', 'failure-reason': 'job-conflict' },
  },
  {
    title: 'How does the shop fare?',
    inputs: { ...shop, operation: 'status' },
    expected: { status: 'running', health: 'healthy', 'failure-reason': '' },
  },
  {
    title: 'It is not needed any more',
    inputs: { ...shop, operation: 'destroy' },
    expected: { status: 'absent', changed: 'true', 'failure-reason': '' },
  },
];
