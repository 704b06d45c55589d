import { describe, expect, test } from '@jest/globals';
import { checkJobFile } from '../../src/nomad-pack/check-job.ts';

const job = (body: string) => `job "web" {\n${body}\n}\n`;
const task = (body: string) => job(`  group "app" {\n    task "server" {\n${body}\n    }\n  }`);
const problems = (text: string) => checkJobFile(text).map(({ message, line }) => `${line}: ${message}`);

describe('what Nomad takes', () => {
  test.each([
    ['what stands beside a job', `variable "x" {\n  type = string\n}\nlocals {\n  y = 1\n}\n${job('')}`],
    ['arguments in place of blocks', job('  meta = { "a.b" = 1 }')],
    ['a block in one line', task('      driver = "docker"\n      config { image = "x" }')],
    [
      'whatever a driver takes',
      task('      driver = "docker"\n      config {\n        a "b" "c" {\n          d = [1]\n        }\n      }'),
    ],
    ['a task of the job itself', job('  task "server" {\n    driver = "docker"\n  }')],
    ['a volume', job('  group "app" {\n    volume "data" {\n      type = "host"\n      source = "x"\n    }\n  }')],
    [
      'blocks from a list',
      job(
        '  dynamic "group" {\n    for_each = ["a"]\n    labels   = [group.value]\n    content {\n      count = 2\n    }\n  }',
      ),
    ],
    [
      'a group that scales',
      job('  group "app" {\n    scaling {\n      min = 1\n      max = 2\n      policy {\n      }\n    }\n  }'),
    ],
    ['a constraint in short', job('  constraint {\n    distinct_hosts = true\n  }')],
    [
      'text of several lines',
      task('      template {\n        data = <<-EOF\n          } not a brace\n        EOF\n      }'),
    ],
    ['comments', `# one\n// two\n/* three\n */\n${job('  # four')}# five`],
    ['a byte order mark', `\uFEFF${job('')}`],
  ])('%s', (_what, text) => {
    expect(problems(text)).toEqual([]);
  });
});

describe('what it does not take', () => {
  test.each([
    ['', '', ['1: There is no `job` block.']],
    ['jobs', 'jobs "web" {\n}\n', ['1: The block `jobs` cannot stand beside the job (did you mean `job`?).']],
    ['outside', `count = 1\n${job('')}`, ['1: `count` must stand in the `job` block.']],
    ['labels', 'job {\n}\n', ['1: The block `job` needs a name, as in `job "web" {`.']],
    ['a label', job('  update "x" {\n  }'), ['2: The block `update` takes no name (got `x`).']],
    [
      'all at once, in the order of the file',
      job('  typ = "service"\n  group "app" {\n    cout = 1\n  }\n  prioriti = 1'),
      [
        '2: The block `job` does not know the argument `typ` (did you mean `type`?), as of Nomad 2.0.',
        '4: The block `group` does not know the argument `cout` (did you mean `count`?), as of Nomad 2.0.',
        '6: The block `job` does not know the argument `prioriti` (did you mean `priority`?), as of Nomad 2.0.',
      ],
    ],
    [
      'far from all',
      job('  xylophone = 1'),
      ['2: The block `job` does not know the argument `xylophone`, as of Nomad 2.0.'],
    ],
    [
      'block for argument',
      job('  datacenters {\n  }'),
      ['2: `datacenters` is an argument of `job`, not a block: write `datacenters = ...`.'],
    ],
    [
      'missing',
      task('      driver = "docker"\n      lifecycle {\n        sidecar = true\n      }'),
      ['5: The block `lifecycle` needs the argument `hook`.'],
    ],
    [
      'dynamic',
      job(
        '  dynamic "group" {\n    for_each = ["a"]\n  }\n  dynamic "grup" {\n    for_each = []\n    content {\n    }\n  }',
      ),
      [
        '2: A `dynamic` block needs `for_each` and a block `content`.',
        '5: The block `job` does not know the block `grup` (did you mean `group`?), as of Nomad 2.0.',
      ],
    ],
    ['twice', job('  type = "batch"\n  type = "batch"'), ['3: This is not HCL: the argument `type` is set twice.']],
    ['open bracket', job('  datacenters = ["dc1"'), ['3: This is not HCL: a value must stand here.']],
    ['open comment', `${job('')}/* no end`, ['4: This is not HCL: a comment has no end.']],
    ['a name alone', job('  type'), ['2: This is not HCL: `type` must go on with `=` and a value, or with `{`.']],
    ['a colon', job('  type: "batch"'), ['2: This is not HCL: `type` must go on with `=` and a value, or with `{`.']],
    ['heredoc', task('      template {\n        data = <<EOF\nx\n      }'), ['5: This is not HCL: a text has no end.']],
  ])('%s', (_what, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });
});
