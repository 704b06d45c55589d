/** A step of the demo: what its `with:` says, and how it must end. */
export interface DemoStep {
  readonly title: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** Outputs that it must have. */
  readonly expected: Readonly<Record<string, string>>;
}

const deployment = {
  deployment_name: 'demo',
  pack: 'web',
  registry_ref: 'v1.0.0',
  variables: `
message: |-
  two lines,
  "quotes"
count: 2
access_log: false
datacenters: [dc1]
labels:
  team: shop
  release: "1.10"
resources:
  cpu: 60
  memory: 48
`,
  secret_variables: 'api_key: demo-api-key-1234567890',
};

export const steps: readonly DemoStep[] = [
  {
    title: 'Deploy the pack `web` of a private registry, with typed variables',
    inputs: deployment,
    expected: { status: 'running', health: 'healthy', changed: 'true', 'failure-reason': '' },
  },
  {
    title: 'Look at the deployment',
    inputs: { operation: 'status', deployment_name: 'demo', pack: 'web' },
    expected: { status: 'running', health: 'healthy', changed: 'false', 'failure-reason': '' },
  },
  {
    title: 'Deploy the same again: nothing to change',
    inputs: deployment,
    expected: { status: 'running', health: 'healthy', changed: 'false', 'failure-reason': '' },
  },
  {
    title: 'Destroy it',
    inputs: { ...deployment, operation: 'destroy' },
    expected: { status: 'absent', changed: 'true', 'failure-reason': '' },
  },
  {
    title: 'Destroy it again: nothing is there',
    inputs: { ...deployment, operation: 'destroy' },
    expected: { status: 'absent', changed: 'false', 'failure-reason': '' },
  },
];
