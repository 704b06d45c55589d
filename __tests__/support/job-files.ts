/** Job files, and what the real nomad-pack makes of their metadata. */
export interface JobFileCase {
  readonly title: string;
  /** The file; `JOB` stands for the name of the job. */
  readonly text: string;
  /** What costs nomad-pack 0.4.2 the metadata, as the message names it; absent where it keeps it. */
  readonly lost?: string;
  /** The line of what costs it. */
  readonly line?: number;
  /** Newer versions keep the metadata. */
  readonly keptByNewer?: true;
  /** It has what the simulated Nomad does not compute: operators, `for`, `%{ ... }`, JSON. */
  readonly realOnly?: true;
}

const body = `  datacenters = ["dc1"]
  type        = "batch"
  group "g" {
    count = 0
    task "t" {
      driver = "raw_exec"
      config {
        command = "true"
      }
    }
  }`;

function job(inside: string, { before = '', after = '' } = {}): string {
  return `${before}job "JOB" {\n${inside}\n${body}\n}\n${after}`;
}

function meta(inside: string): string {
  return job(`  meta {\n    ${inside}\n  }`);
}

/** Measured with nomad-pack 0.4.2 and its next version, and Nomad 2.0.6-dev, which takes all of them. */
export const jobFiles: readonly JobFileCase[] = [
  { title: 'no meta', text: job('') },
  { title: 'plain meta', text: meta('team = "core"\n    n = 1\n    t = true\n    f = 1.5') },
  { title: 'an empty meta', text: job('  meta {}') },
  { title: 'meta in one line', text: job('  meta { team = "core" }') },
  { title: 'meta as an attribute', text: job('  meta = { team = "core", "a.b" = "x" }') },
  { title: 'keys with colons', text: job('  meta = { team : "core", "k" : "x" }') },
  { title: 'merge', text: job('  meta = merge({a = "b"}, {c = "d"})'), lost: 'merge(...)', line: 2 },
  { title: 'a function', text: meta('team = upper("core")'), lost: 'upper(...)', line: 3 },
  { title: 'a function in a text', text: meta('run = "${uuidv4()}"'), lost: 'uuidv4(...)', line: 3 },
  { title: 'a function over lines', text: meta('a = join(\n      ",", ["x"]\n    )'), lost: 'join(...)', line: 3 },
  { title: 'escaped interpolation', text: meta('a = "$${attr.kernel.name} %%{ x }"') },
  {
    title: 'escaped and real interpolation',
    text: meta('a = "$${x}"\n    b = "${attr.kernel.name}"'),
    lost: 'attr.kernel.name',
    line: 4,
  },
  { title: 'a runtime attribute', text: meta('a = "${attr.kernel.name}"'), lost: 'attr.kernel.name', line: 3 },
  { title: 'a runtime variable', text: meta('a = "${NOMAD_ALLOC_ID}"'), lost: 'NOMAD_ALLOC_ID', line: 3 },
  { title: 'literals in a text', text: meta('a = "${"x"}-${1 + 2}"'), realOnly: true },
  { title: 'nested texts', text: meta('a = "${"${"}"}"}"'), realOnly: true },
  {
    title: 'operators',
    text: meta('a = 1 + 2\n    b = !true\n    c = true ? "x" : "y"\n    d = "a" != "b" ? "x" : "y"\n    e = -3'),
    realOnly: true,
  },
  { title: 'a function in the branch not taken', text: meta('a = true ? "x" : upper("y")'), realOnly: true },
  {
    title: 'a function in the branch taken',
    text: meta('a = false ? "x" : upper("y")'),
    lost: 'upper(...)',
    line: 3,
    realOnly: true,
  },
  { title: 'a comparison that decides', text: meta('a = "a" == "a" ? "x" : upper("y")'), realOnly: true },
  { title: 'a number that decides', text: meta('a = 3 > 1 + 1 ? "x" : upper("y")'), realOnly: true },
  {
    title: 'a number that decides against',
    text: meta('a = 1 > 3 ? "x" : upper("y")'),
    lost: 'upper(...)',
    line: 3,
    realOnly: true,
  },
  {
    title: 'a text is not a number',
    text: meta('a = "1" == 1 ? "x" : upper("y")'),
    lost: 'upper(...)',
    line: 3,
    realOnly: true,
  },
  { title: 'conditions joined', text: meta('a = !(1 == 2) && "a" == "a" ? "x" : upper("y")'), realOnly: true },
  {
    title: 'conditions joined, by what binds more',
    text: meta('a = true || false && false ? upper("x") : "y"'),
    lost: 'upper(...)',
    line: 3,
    realOnly: true,
  },
  { title: 'a condition that is a text', text: meta('a = "${true}" ? "x" : upper("y")'), realOnly: true },
  {
    title: 'a condition that only Nomad can tell',
    text: meta('a = ["p"] == ["q"] ? "x" : upper("y")'),
    lost: 'upper(...)',
    line: 3,
    realOnly: true,
  },
  { title: 'no short circuit', text: meta('a = false && can("x")'), lost: 'can(...)', line: 3, realOnly: true },
  { title: 'an index', text: meta('a = ["x", "y"][1]'), realOnly: true },
  { title: 'an attribute of an object', text: meta('a = { b = "x" }.b'), realOnly: true },
  { title: 'for', text: meta('a = [for x in ["p", "q"] : x if x != ""][0]'), realOnly: true },
  { title: 'for that makes meta', text: job('  meta = { for k, v in { p = "q" } : k => "${k}${v}" }'), realOnly: true },
  {
    title: 'for with a function',
    text: meta('a = [for x in ["p", "q"] : upper(x)][0]'),
    lost: 'upper(...)',
    line: 3,
    realOnly: true,
  },
  { title: 'directives', text: meta('a = "%{ if true }yes%{ else }${upper("x")}%{ endif }"'), realOnly: true },
  {
    title: 'a function in the directive taken',
    text: meta('a = "%{ if true }${upper("x")}%{ endif }y"'),
    lost: 'upper(...)',
    line: 3,
    realOnly: true,
  },
  {
    title: 'a function in the other directive taken',
    text: meta('a = "%{ if 1 > 2 }x%{ else }${upper("y")}%{ endif }"'),
    lost: 'upper(...)',
    line: 3,
    realOnly: true,
  },
  {
    title: 'a function in no directive taken',
    text: meta('a = "%{ if "a" == "b" }${upper("x")}%{ endif }y"'),
    realOnly: true,
  },
  {
    title: 'a function deep down',
    text: meta(`a = ${'('.repeat(250)}upper("x")${')'.repeat(250)}`),
    lost: 'upper(...)',
    line: 3,
    realOnly: true,
  },
  { title: 'a loop of directives', text: meta('a = "%{ for x in ["p", "q"] ~}${x}%{ endfor }"'), realOnly: true },
  { title: 'parentheses over lines', text: meta('a = (\n      "x"\n    )') },
  { title: 'a heredoc', text: meta('a = <<EOT\njob "no" {\n  meta { x = upper("a") }\n}\nEOT') },
  { title: 'a heredoc with braces', text: meta('a = <<-EOT\n      }}}{{{ "\n      EOT\n    b = "x"') },
  { title: 'a heredoc with a function', text: meta('a = <<EOT\n${upper("x")}\nEOT'), lost: 'upper(...)', line: 4 },
  {
    title: 'locals',
    text: job('', { before: 'locals {\n  a = "x"\n}\n' }),
    lost: 'locals',
    line: 1,
    keptByNewer: true,
  },
  {
    title: 'locals behind the job',
    text: job('', { after: 'locals {\n  a = "x"\n}\n' }),
    lost: 'locals',
    line: 15,
    keptByNewer: true,
  },
  { title: 'empty locals', text: job('', { before: 'locals {}\n' }), lost: 'locals', line: 1, keptByNewer: true },
  {
    title: 'a variable',
    text: job('', { before: '# why\nvariable "a" {\n  default = "x"\n}\n' }),
    lost: 'variable',
    line: 2,
    keptByNewer: true,
  },
  {
    title: 'variables',
    text: job('', { before: 'variables {\n  a = "x"\n}\n' }),
    lost: 'variables',
    line: 1,
    keptByNewer: true,
  },
  {
    title: 'computed meta of a group',
    text: job('').replace('count = 0', 'count = 0\n    meta {\n      a = upper("x")\n    }'),
  },
  {
    title: 'computed meta of a task',
    text: job('').replace('driver =', 'meta {\n        run = "${uuidv4()}"\n      }\n      driver ='),
  },
  {
    title: 'comments with braces and blocks',
    text: job(
      '  # meta { a = upper("x") }\n  // }}}\n  /* meta { a = local.x } { */\n  meta { # }\n    a = "x" // upper("y")\n    /* b = upper("z") } */\n  }',
      { before: '# locals { a = "b" }\n/* variable "x" {} */\n' },
    ),
  },
  { title: 'braces in a text', text: meta('a = "}"\n    b = "\\"}"') },
  { title: 'a label without quotes', text: job('').replace('"JOB"', 'JOB') },
  { title: 'a comment behind the label', text: job('').replace('"JOB"', '"JOB" /* { */') },
  { title: 'an id of its own', text: job('  id = "JOB"').replace('job "JOB"', 'job "other"') },
  { title: 'a byte order mark', text: `\uFEFF${meta('a = "x"')}`, realOnly: true },
  { title: 'CRLF', text: meta('a = "x"').replaceAll('\n', '\r\n') },
  { title: 'CRLF with a function', text: meta('a = upper("x")').replaceAll('\n', '\r\n'), lost: 'upper(...)', line: 3 },
  { title: 'CRLF in a heredoc', text: meta('a = <<EOT\n}\nEOT').replaceAll('\n', '\r\n') },
  { title: 'names beyond ASCII', text: meta('ä-b = "ö😀"') },
  { title: 'pack.* of the file’s own', text: job('  meta = { "pack.name" = "mine" }') },
  {
    title: 'JSON',
    text: `{ "job": { "JOB": { "type": "batch", "datacenters": ["dc1"], "group": { "g": { "count": 0, "task": { "t": { "driver": "raw_exec", "config": { "command": "true" } } } } } } } }`,
    lost: 'JSON',
    line: 1,
    realOnly: true,
  },
];
