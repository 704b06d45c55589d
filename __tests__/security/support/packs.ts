import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A pack, by the paths of its files. */
export type PackFiles = Readonly<Record<string, string>>;

export interface JobOptions {
  /** HCL between the quotes of the job's label. */
  readonly id?: string;
  readonly type?: 'service' | 'batch';
  /** HCL of the shell's script, quotes included; default: one that sleeps. */
  readonly script?: string;
  /** HCL of the task's `env` block. */
  readonly env?: string;
}

/** A job whose one task is a shell, and whose rollout is over soon. */
export function job({ id = 'app', type = 'service', script = '"exec sleep 3600"', env = '' }: JobOptions = {}): string {
  // A task that crashes has done so before it counts as healthy, on a busy machine too.
  const update = `
    update {
      min_healthy_time  = "1s"
      healthy_deadline  = "20s"
      progress_deadline = "25s"
      health_check      = "task_states"
    }`;
  return `job "${id}" {
  datacenters = ["dc1"]
  type        = "${type}"

  group "app" {${type === 'service' ? update : ''}
    restart {
      attempts = 0
      mode     = "fail"
    }

    reschedule {
      attempts  = 0
      unlimited = false
    }

    task "shell" {
      driver       = "raw_exec"
      kill_timeout = "1s"

      config {
        command = "/bin/sh"
        args    = ["-c", ${script}]
      }

      env {
        ${env}
      }

      resources {
        cpu    = 10
        memory = 16
      }
    }
  }
}
`;
}

/**
 * Writes a pack below a folder.
 *
 * @param template of its one job, or nothing where `more` has the templates
 * @returns its path
 */
export async function writePack(
  folder: string,
  name: string,
  template: string | undefined,
  more: PackFiles = {},
): Promise<string> {
  const files: PackFiles = {
    'metadata.hcl': `app {\n  url = ""\n}\n\npack {\n  name        = "${name}"\n  description = ""\n  version     = "1.0.0"\n}\n`,
    'variables.hcl': '',
    ...(template !== undefined && { [`templates/${name}.nomad.tpl`]: template }),
    ...more,
  };
  const path = join(folder, name);
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(path, file)), { recursive: true });
    await writeFile(join(path, file), text);
  }
  return path;
}
