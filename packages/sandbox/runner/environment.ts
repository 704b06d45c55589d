import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Machine } from './machine.ts';

/** What happened on GitHub that the workflow runs for. */
export interface WorkflowEvent {
  /** `push`, `pull_request` ... */
  readonly name: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** The files behind the file commands of one process of a step. */
export interface CommandFiles {
  readonly output: string;
  readonly env: string;
  readonly path: string;
  readonly state: string;
  readonly summary: string;
}

/** Makes the files, empty as the runner does: without them the toolkit refuses. */
export async function createCommandFiles(machine: Machine, prefix: string): Promise<CommandFiles> {
  const file = (name: string) => join(machine.own, `${prefix}-${name}`);
  const files = {
    output: file('output'),
    env: file('env'),
    path: file('path'),
    state: file('state'),
    summary: file('summary'),
  };
  for (const path of Object.values(files)) await writeFile(path, '');
  return files;
}

/** The environment of a step, but for its inputs: from scratch, so that nothing of the developer's own machine helps or hurts. */
export async function stepEnvironment(
  machine: Machine,
  files: CommandFiles,
  event: WorkflowEvent,
): Promise<Record<string, string>> {
  const eventPath = join(machine.own, 'event.json');
  await writeFile(eventPath, JSON.stringify(event.payload));
  return {
    PATH: process.env['PATH'] ?? '/usr/bin:/bin',
    HOME: machine.home,
    TMPDIR: machine.tmp,
    LANG: 'C.UTF-8',
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION: '__self',
    GITHUB_ACTOR: 'octocat',
    // Where nothing listens: a step of the sandbox never reaches GitHub by accident.
    GITHUB_API_URL: 'http://127.0.0.1:9',
    GITHUB_ENV: files.env,
    GITHUB_EVENT_NAME: event.name,
    GITHUB_EVENT_PATH: eventPath,
    GITHUB_JOB: 'deploy',
    GITHUB_OUTPUT: files.output,
    GITHUB_PATH: files.path,
    GITHUB_REF: 'refs/heads/main',
    GITHUB_REF_NAME: 'main',
    GITHUB_REF_TYPE: 'branch',
    GITHUB_REPOSITORY: 'octo/shop',
    GITHUB_REPOSITORY_OWNER: 'octo',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '4711',
    GITHUB_RUN_NUMBER: '42',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: '0123456789abcdef0123456789abcdef01234567',
    GITHUB_STATE: files.state,
    GITHUB_STEP_SUMMARY: files.summary,
    GITHUB_WORKFLOW: 'Deploy',
    GITHUB_WORKSPACE: machine.workspace,
    RUNNER_ARCH: process.arch === 'arm64' ? 'ARM64' : 'X64',
    RUNNER_ENVIRONMENT: 'self-hosted',
    RUNNER_NAME: 'sandbox',
    RUNNER_OS: process.platform === 'darwin' ? 'macOS' : 'Linux',
    RUNNER_TEMP: machine.temp,
    RUNNER_TOOL_CACHE: machine.toolCache,
    ...pick('NODE_V8_COVERAGE'),
  };
}

function pick(name: string): Record<string, string> {
  const value = process.env[name];
  return value === undefined ? {} : { [name]: value };
}
