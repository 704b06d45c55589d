/** A pack that fails, or a step that does. */
export interface FailingPack {
  readonly title: string;
  /** Of the pack, over those of one that works; null where the file is not there. */
  readonly files?: Readonly<Record<string, string | null>>;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** A file of the workspace, given in `variable_files`. */
  readonly variableFile?: readonly [name: string, text: string];
  /** Of the error, the first line of its message, and the file and line of its annotation. */
  readonly reason: string;
  readonly says: string;
  readonly at?: string;
  /** The simulated tools have other words for it. */
  readonly realOnly?: true;
}

const METADATA = `app {
  url = "https://example.com/bad"
}

pack {
  name        = "bad"
  description = "A pack with a mistake"
  version     = "1.0.0"
}
`;

/** A job; the lines stand where their names say. */
export function job(name: string, { inJob = '', inGroup = '', inTask = '', config = '' } = {}): string {
  return `job "${name}" {
  datacenters = ["dc1"]
  ${inJob}
  group "app" {
    update { min_healthy_time = "100ms" }
    ${inGroup}
    task "main" {
      driver = "raw_exec"
      config {
        command = "/bin/sleep"
        args    = ["3600"]
        ${config}
      }
      ${inTask}
    }
  }
}
`;
}

/** The files of a pack with these in their places. */
export function packFiles({ files = {} }: Pick<FailingPack, 'files'>): Record<string, string> {
  const all = {
    'metadata.hcl': METADATA,
    'variables.hcl': 'variable "count" {\n  type    = number\n  default = 1\n}\n',
    'templates/bad.nomad.tpl': job('bad'),
    ...files,
  };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null));
}

const template = (text: string): Record<string, string> => ({ 'templates/bad.nomad.tpl': text });
const inJob = (line: string) => template(job('bad', { inJob: line }));

export const failingPacks: readonly FailingPack[] = [
  {
    title: 'fileContents of a missing file',
    files: inJob('# [[ fileContents "/nowhere/x.conf" ]]'),
    reason: 'template',
    says: 'The template bad/templates/bad.nomad.tpl, line 3, fails at `[[ fileContents "/nowhere/x.conf" ]]`: no such file or directory',
    at: 'bad/templates/bad.nomad.tpl:3',
  },
  {
    title: 'undefined function',
    files: inJob('# [[ nosuch "x" ]]'),
    reason: 'template',
    says: 'The template bad/templates/bad.nomad.tpl, line 3, fails at `# [[ nosuch "x" ]]`: function "nosuch" not defined',
    at: 'bad/templates/bad.nomad.tpl:3',
  },
  {
    title: 'field of a missing pack',
    files: inJob('# [[ var "count" .other ]]'),
    reason: 'template',
    says: 'The template bad/templates/bad.nomad.tpl, line 3, fails at `[[ var "count" .other ]]`: invalid memory address or nil pointer dereference',
    at: 'bad/templates/bad.nomad.tpl:3',
  },
  {
    title: 'wrong number of arguments',
    files: inJob('# [[ var "count" ]]'),
    reason: 'template',
    says: 'The template bad/templates/bad.nomad.tpl, line 3, fails at `[[ var "count" ]]`: want 2 got 1',
    at: 'bad/templates/bad.nomad.tpl:3',
  },
  {
    title: 'index out of range',
    files: {
      ...inJob('# [[ index (var "list" .) 3 ]]'),
      'variables.hcl': 'variable "list" {\n  type = list(string)\n  default = ["a"]\n}\n',
    },
    reason: 'template',
    says: 'The template bad/templates/bad.nomad.tpl, line 3, fails at `[[ index (var "list" .) 3 ]]`: 3',
    at: 'bad/templates/bad.nomad.tpl:3',
  },
  {
    title: 'unclosed action',
    files: inJob('# [[ var "count" .'),
    reason: 'template',
    says: 'The template bad/templates/bad.nomad.tpl, line 4, fails at `group "app" {`: function "group" not defined',
    at: 'bad/templates/bad.nomad.tpl:4',
    realOnly: true,
  },
  {
    title: 'if without end',
    files: inJob('[[ if true ]]'),
    reason: 'template',
    says: 'The template bad/templates/bad.nomad.tpl, line 18, fails: unexpected EOF',
    at: 'bad/templates/bad.nomad.tpl:18',
  },
  {
    title: 'unexpected end',
    files: inJob('[[ end ]]'),
    reason: 'template',
    says: 'The template bad/templates/bad.nomad.tpl, line 3, fails at `[[ end ]]`: unexpected {{end}}',
    at: 'bad/templates/bad.nomad.tpl:3',
  },
  {
    title: 'missing partial',
    files: inJob('# [[ template "nowhere" . ]]'),
    reason: 'template',
    says: 'The template bad/templates/bad.nomad.tpl, line 3, fails at `[[ template "nowhere" . ]]`: template "nowhere" not defined',
    at: 'bad/templates/bad.nomad.tpl:3',
  },
  {
    title: 'recursion in templates',
    files: {
      ...inJob('# [[ template "loop" . ]]'),
      'templates/_helpers.tpl': '[[ define "loop" ]][[ template "loop" . ]][[ end ]]',
    },
    reason: 'template',
    says: 'The template bad/templates/_helpers.tpl, line 1, fails at `[[ template "loop" . ]]`: exceeded maximum template depth (100000)',
    at: 'bad/templates/_helpers.tpl:1',
  },
  {
    title: 'helper that fails when it runs',
    files: {
      ...inJob('# [[ template "x" . ]]'),
      'templates/_helpers.tpl': '[[ define "x" ]]\n[[ fail "asked for" ]]\n[[ end ]]',
    },
    reason: 'template',
    says: 'The template bad/templates/_helpers.tpl, line 2, fails at `[[ fail "asked for" ]]`: asked for',
    at: 'bad/templates/_helpers.tpl:2',
  },
  {
    title: 'fail',
    files: inJob('[[ fail "set count to an even number" ]]'),
    reason: 'template',
    says: 'The template bad/templates/bad.nomad.tpl, line 3, fails at `[[ fail "set count to an even number" ]]`: set count to an even number',
    at: 'bad/templates/bad.nomad.tpl:3',
  },
  {
    title: 'invalid UTF-8',
    files: inJob('meta {\n x = "[[ "//79" | b64dec ]]"\n }'),
    reason: 'job-specification',
    says: 'bad/bad.nomad, line 4, is not encoded as UTF-8.',
    realOnly: true,
  },
  {
    title: 'empty template',
    files: template(''),
    reason: 'job-specification',
    says: 'The pack `bad` renders to no job: it has no template, or each of them comes out empty.',
  },
  {
    title: 'template misnamed .tpl',
    files: { 'templates/bad.nomad.tpl': null, 'templates/bad.tpl': job('bad') },
    reason: 'job-specification',
    says: 'The pack renders to no job, only to bad/bad.',
  },
  {
    title: 'old syntax, my',
    files: inJob('# [[ .my.count ]]'),
    reason: 'template',
    says: 'The template bad/templates/bad.nomad.tpl, line 3, fails at `[[ .my.count ]]`: pack "my" not found when accessing ".my.count"',
    at: 'bad/templates/bad.nomad.tpl:3',
  },
  {
    title: 'metadata without name',
    files: { 'metadata.hcl': 'app {\n url=""\n}\npack {\n description = "x"\n version = "1"\n}\n' },
    reason: 'pack-invalid',
    says: 'The metadata.hcl of pack `bad` is wrong in line 4: Missing required argument; The argument "name" is required, but no definition was found.',
    at: 'bad/metadata.hcl:4',
  },
  {
    title: 'metadata without app',
    files: { 'metadata.hcl': 'pack {\n name = "bad"\n version = "1"\n}\n' },
    reason: 'pack-invalid',
    says: 'The metadata.hcl of pack `bad` has no block `app`.',
  },
  {
    title: 'metadata unknown block',
    files: { 'metadata.hcl': `${METADATA}\nfoo {\n a = 1\n}\n` },
    reason: 'pack-invalid',
    says: 'The metadata.hcl of pack `bad` is wrong in line 11: Unsupported block type; Blocks of type "foo" are not expected here.',
    at: 'bad/metadata.hcl:11',
  },
  {
    title: 'metadata twice pack',
    files: { 'metadata.hcl': `${METADATA}\npack {\n  name = "other"\n  version = "2"\n}\n` },
    reason: 'pack-invalid',
    says: 'The metadata.hcl of pack `bad` is wrong in line 11: Duplicate pack block; Only one pack block is allowed. Another was defined at metadata.hcl:5,1-5.',
    at: 'bad/metadata.hcl:11',
  },
  {
    title: 'dependency without metadata',
    files: {
      'metadata.hcl': `${METADATA}\ndependency "redis" {\n  source = "https://example.com/redis"\n}\n`,
      'deps/redis/README.md': 'x',
    },
    reason: 'pack-invalid',
    says: 'There is no metadata.hcl in a pack in the folder `deps/` that `bad` depends on.',
  },
  {
    title: 'default of wrong type',
    files: { 'variables.hcl': 'variable "count" {\n  type = number\n  default = "three"\n}\n' },
    reason: 'pack-invalid',
    says: "The variables.hcl of pack `bad` is wrong in line 3: This variable value is not compatible with the variable's type constraint: a number is required.",
    at: 'bad/variables.hcl:3',
  },
  {
    title: 'unknown type',
    files: { 'variables.hcl': 'variable "count" {\n  type = nmber\n  default = 3\n}\n' },
    reason: 'pack-invalid',
    says: 'The variables.hcl of pack `bad` is wrong in line 2: The keyword "nmber" is not a valid type specification.',
    at: 'bad/variables.hcl:2',
  },
  {
    title: 'function in default',
    files: { 'variables.hcl': 'variable "count" {\n  type = string\n  default = upper("x")\n}\n' },
    reason: 'pack-invalid',
    says: 'The variables.hcl of pack `bad` is wrong in line 3: Functions may not be called here.',
    at: 'bad/variables.hcl:3',
  },
  {
    title: 'variables.hcl missing',
    files: { 'variables.hcl': null },
    reason: 'pack-invalid',
    says: 'There is no variables.hcl in pack `bad`.',
  },
  {
    title: 'missing variables',
    files: {
      'variables.hcl':
        'variable "image" {\n  type = string\n description = "what to run"\n}\nvariable "tag" {\n  type = string\n}\n',
    },
    reason: 'variable-missing',
    says: 'Pack `bad` needs the variable `image` (what to run), which has no default.',
  },
  {
    title: 'undeclared variables',
    variables: { cuont: 3, other: 'x' },
    reason: 'variable-undeclared',
    says: 'Pack `bad` has no variable `cuont`, which is set in `variables`; did you mean `count`?',
  },
  {
    title: 'all at once',
    files: { 'variables.hcl': 'variable "image" {\n  type = string\n}\nvariable "count" {\n  type = number\n}\n' },
    variables: { count: 'three', other: 1 },
    reason: 'variable-type',
    says: 'The variable `count` of pack `bad` in `variables` has a value of the wrong type: a number is required (got `"three"`).',
  },
  {
    title: 'variables of a pack that it does not depend on',
    files: {
      'metadata.hcl': `${METADATA}\ndependency "redis" {\n  source = "./deps/redis"\n}\n`,
      'deps/redis/metadata.hcl': METADATA.replace('"bad"', '"redis"'),
      'deps/redis/variables.hcl': 'variable "size" {\n  type    = number\n  default = 1\n}\n',
      'deps/redis/templates/redis.nomad.tpl': job('redis'),
    },
    variables: { 'redsi.size': 3, 'bad.count': 2, 'redis.size': 2 },
    reason: 'variable-undeclared',
    says: 'Pack `bad` does not depend on a pack `redsi`, of which `redsi.size` is set in `variables`; did you mean `redis`?',
  },
  {
    title: 'var file syntax',
    variableFile: ['prod.hcl', 'count = \n'],
    reason: 'variable-file',
    says: 'The variables in `prod.hcl`, line 1 cannot be read: Expected the start of an expression, but found an invalid expression token.',
    at: 'prod.hcl:1',
  },
  {
    title: 'unknown block in the job',
    files: inJob('grop "x" {\n }'),
    reason: 'job-specification',
    says: 'Nomad cannot read bad/bad.nomad, line 3: Unsupported block type; Blocks of type "grop" are not expected here. Did you mean "group"?',
    at: 'bad/templates/bad.nomad.tpl:3',
    realOnly: true,
  },
  {
    title: 'missing brace',
    files: template(job('bad').replace(/\}\n$/, '')),
    reason: 'job-specification',
    says: 'Nomad cannot read bad/bad.nomad, line 1: Unclosed configuration block; There is no closing brace for this block before the end of the file. This may be caused by incorrect brace nesting elsewhere in this file.',
    at: 'bad/templates/bad.nomad.tpl:1',
  },
  {
    title: 'invalid duration',
    files: template(job('bad', { inTask: 'kill_timeout = "5 parsecs"' })),
    reason: 'job-specification',
    says: 'Nomad cannot read bad/bad.nomad, line 14: Unsuitable value type; Unsuitable duration value: time: unknown unit " parsecs" in duration "5 parsecs"',
    at: 'bad/templates/bad.nomad.tpl:14',
    realOnly: true,
  },
  {
    title: 'two jobs in one file',
    files: template(job('bad') + job('other')),
    reason: 'job-specification',
    says: 'Nomad cannot read bad/bad.nomad, line 18: Duplicate job block; Only one block of type "job" is allowed. Previous definition was at line 1.',
    at: 'bad/templates/bad.nomad.tpl:18',
  },
  {
    title: 'two groups of one name',
    files: inJob('group "app" {\n task "x" {\n driver = "raw_exec"\n config {\n command = "/bin/true"\n }\n }\n }'),
    reason: 'job-specification',
    says: 'Nomad would refuse job "bad" of bad/bad.nomad: Job task group 2 redefines \'app\' from group 1',
  },
  {
    title: 'job name with spaces',
    files: template(job('bad name')),
    reason: 'job-specification',
    says: 'Nomad would refuse job "bad name" of bad/bad.nomad: Job ID contains a space',
  },
  {
    title: 'empty job name',
    files: template(job('')),
    reason: 'job-specification',
    says: 'bad/bad.nomad renders to a job without a name',
    at: 'bad/templates/bad.nomad.tpl',
  },
  {
    title: 'no task',
    files: template('job "bad" {\n  group "x" {\n  }\n}\n'),
    reason: 'job-specification',
    says: 'Nomad would refuse job "bad" of bad/bad.nomad: Task group x validation failed: Missing tasks for task group',
  },
  {
    title: 'port clash in a group',
    files: template(
      job('bad', { inGroup: 'network {\n port "a" {\n static = 8080\n }\n port "b" {\n static = 8080\n }\n }' }),
    ),
    reason: 'job-specification',
    says: 'Nomad would refuse job "bad" of bad/bad.nomad: Task group app validation failed: Task group network validation failed: Static port 8080 already reserved by taskgroup network:a',
    realOnly: true,
  },
  {
    title: 'unknown node pool',
    files: inJob('node_pool = "gpu"'),
    reason: 'job-specification',
    says: 'Nomad would refuse job "bad" of bad/bad.nomad: job "bad" is in nonexistent node pool "gpu"',
  },
  {
    title: 'region of the template',
    files: inJob('region = "eu"'),
    reason: 'job-specification',
    says: 'bad/bad.nomad: job "bad" names the region "eu", but this step works in the region of the Nomad that it asks',
  },
];
