import type { SimulatedNomad } from '../../nomad/index.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; the text where it is not JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: tests reach deep into answers whose shape is what they test.
  readonly body: any;
}

/** Asks the simulated Nomad as any HTTP client would. */
export async function ask(
  nomad: Pick<SimulatedNomad, 'address'>,
  request: string,
  body?: unknown,
  token?: string,
): Promise<Answer> {
  const [method = 'GET', path = '/'] = request.split(' ');
  const response = await fetch(`${nomad.address}${path}`, {
    method,
    headers: token === undefined ? {} : { 'X-Nomad-Token': token },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Parses a job specification on the server, as nomad-pack does, and gives the job the metadata. */
export async function parseJob(
  nomad: Pick<SimulatedNomad, 'address'>,
  specification: string,
  meta: Readonly<Record<string, string>> = {},
): Promise<Record<string, unknown>> {
  const { status, body, text } = await ask(nomad, 'POST /v1/jobs/parse', { JobHCL: specification, Canonicalize: true });
  if (status !== 200) throw new Error(text);
  return { ...body, Meta: { ...body.Meta, ...meta } };
}

/** Registers a job specification. */
export async function register(
  nomad: Pick<SimulatedNomad, 'address'>,
  specification: string,
  meta: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return ask(nomad, 'POST /v1/jobs', { Job: await parseJob(nomad, specification, meta) });
}

export interface JobOptions {
  readonly type?: string;
  readonly count?: number;
  /** Run by `/bin/sh -c`; default: nothing, for an hour. */
  readonly script?: string;
  readonly message?: string;
  readonly memory?: number;
  readonly minHealthyTime?: string;
  /** Further lines of the `update` block, the group and the job. */
  readonly update?: string;
  readonly group?: string;
  readonly job?: string;
}

/** A job specification with one group `app` of one task `server`. */
export function jobSpecification(name: string, options: JobOptions = {}): string {
  const { type = 'service', count = 1, message = 'hello', memory = 32, minHealthyTime = '50ms' } = options;
  const run =
    options.script === undefined
      ? 'command = "/bin/sleep"\n args = ["3600"]'
      : `command = "/bin/sh"\n args = ["-c", ${JSON.stringify(options.script)}]`;
  const update = `update {
      min_healthy_time  = "${minHealthyTime}"
      healthy_deadline  = "10s"
      progress_deadline = "15s"
      health_check      = "task_states"
      ${options.update ?? ''}
    }`;
  return `job "${name}" {
  datacenters = ["dc1"]
  type        = "${type}"
  ${options.job ?? ''}
  group "app" {
    count = ${count}
    ${type === 'service' ? update : ''}
    restart {
      attempts = 0
      mode     = "fail"
    }
    ${type === 'service' || type === 'batch' ? 'reschedule {\n attempts = 0\n unlimited = false\n }' : ''}
    ${options.group ?? ''}
    task "server" {
      driver = "raw_exec"
      config {
        ${run}
      }
      env {
        MESSAGE = "${message}"
      }
      resources {
        cpu    = 50
        memory = ${memory}
      }
    }
  }
}
`;
}
