import { expect, test } from '@jest/globals';
import { explainFailure } from '../../src/nomad-pack/failures.ts';
import type { PreparedFile } from '../../src/nomad-pack/variable-files.ts';

/** What nomad-pack 0.4.2 said of a pack that it cannot render, trimmed, and what the user is told. */
interface Row {
  readonly title: string;
  /** The error of each block. */
  readonly said: readonly string[];
  readonly range?: string;
  /** The `Filename` and the `Position`. */
  readonly template?: readonly [name: string, position: string];
  /** The line of the template. */
  readonly source?: string;
  readonly reason: string;
  readonly message: string;
  /** File, line and column of the annotation. */
  readonly at?: string;
}

const ROWS: readonly Row[] = [
  {
    title: 'fileContents of a missing file',
    said: ['no such file or directory'],
    template: ['bad/templates/bad.nomad.tpl', '3,7'],
    source: '  # [[ fileContents "/nowhere/x.conf" ]]',
    reason: 'template',
    message:
      'The template bad/templates/bad.nomad.tpl, line 3, fails at `[[ fileContents "/nowhere/x.conf" ]]`: no such file or directory',
    at: 'bad/templates/bad.nomad.tpl:3:8',
  },
  {
    title: 'undefined function',
    said: ['template: bad/templates/bad.nomad.tpl:3: function "nosuch" not defined'],
    template: ['', ''],
    source: '  # [[ nosuch "x" ]]',
    reason: 'template',
    message:
      'The template bad/templates/bad.nomad.tpl, line 3, fails at `# [[ nosuch "x" ]]`: function "nosuch" not defined',
    at: 'bad/templates/bad.nomad.tpl:3',
  },
  {
    title: 'field of a missing pack',
    said: ['invalid memory address or nil pointer dereference'],
    template: ['bad/templates/bad.nomad.tpl', '3,7'],
    source: '  # [[ var "count" .other ]]',
    reason: 'template',
    message:
      'The template bad/templates/bad.nomad.tpl, line 3, fails at `[[ var "count" .other ]]`: invalid memory address or nil pointer dereference',
    at: 'bad/templates/bad.nomad.tpl:3:8',
  },
  {
    title: 'wrong number of arguments',
    said: ['want 2 got 1'],
    template: ['bad/templates/bad.nomad.tpl', '3,7'],
    source: '  # [[ var "count" ]]',
    reason: 'template',
    message: 'The template bad/templates/bad.nomad.tpl, line 3, fails at `[[ var "count" ]]`: want 2 got 1',
    at: 'bad/templates/bad.nomad.tpl:3:8',
  },
  {
    title: 'wrong number of arguments to upper',
    said: ['want 1 got 0'],
    template: ['bad/templates/bad.nomad.tpl', '3,7'],
    source: '  # [[ upper ]]',
    reason: 'template',
    message: 'The template bad/templates/bad.nomad.tpl, line 3, fails at `[[ upper ]]`: want 1 got 0',
    at: 'bad/templates/bad.nomad.tpl:3:8',
  },
  {
    title: 'argument of a wrong type',
    said: ['expected string; found 3'],
    template: ['bad/templates/bad.nomad.tpl', '3,13'],
    source: '  # [[ upper 3 ]]',
    reason: 'template',
    message: 'The template bad/templates/bad.nomad.tpl, line 3, fails at `[[ upper 3 ]]`: expected string; found 3',
    at: 'bad/templates/bad.nomad.tpl:3:14',
  },
  {
    title: 'field of a nil object',
    said: ['missing required variable: "none"'],
    reason: 'variable-missing',
    message: 'Pack `bad` needs the variable `none`, which has no default.',
  },
  {
    title: 'field of a string',
    said: [`can't evaluate field name in type string`],
    template: ['bad/templates/bad.nomad.tpl', '3,19'],
    source: '  # [[ (var "text" .).name ]]',
    reason: 'template',
    message:
      'The template bad/templates/bad.nomad.tpl, line 3, fails at `[[ (var "text" .).name ]]`: can\'t evaluate field name in type string',
    at: 'bad/templates/bad.nomad.tpl:3:20',
  },
  {
    title: 'index out of range',
    said: ['3'],
    template: ['bad/templates/bad.nomad.tpl', '3,7'],
    source: '  # [[ index (var "list" .) 3 ]]',
    reason: 'template',
    message: 'The template bad/templates/bad.nomad.tpl, line 3, fails at `[[ index (var "list" .) 3 ]]`: 3',
    at: 'bad/templates/bad.nomad.tpl:3:8',
  },
  {
    title: 'range over a number',
    said: [`range can't iterate over`],
    template: ['bad/templates/bad.nomad.tpl', '3,23'],
    source: '  [[ range (var "flag" .) ]]x[[ end ]]',
    reason: 'template',
    message:
      'The template bad/templates/bad.nomad.tpl, line 3, fails at `[[ range (var "flag" .) ]]`: range can\'t iterate over',
    at: 'bad/templates/bad.nomad.tpl:3:24',
  },
  {
    title: 'comparison of different types',
    said: ['int and string'],
    template: ['bad/templates/bad.nomad.tpl', '3,7'],
    source: '  # [[ eq 1 "a" ]]',
    reason: 'template',
    message: 'The template bad/templates/bad.nomad.tpl, line 3, fails at `[[ eq 1 "a" ]]`: int and string',
    at: 'bad/templates/bad.nomad.tpl:3:8',
  },
  {
    title: 'unclosed action',
    said: ['template: bad/templates/bad.nomad.tpl:4: function "group" not defined'],
    template: ['', ''],
    source: '  group "app" {',
    reason: 'template',
    message: 'The template bad/templates/bad.nomad.tpl, line 4, fails at `group "app" {`: function "group" not defined',
    at: 'bad/templates/bad.nomad.tpl:4',
  },
  {
    title: 'if without end',
    said: ['template: bad/templates/bad.nomad.tpl:18: unexpected EOF'],
    template: ['', ''],
    source: '',
    reason: 'template',
    message: 'The template bad/templates/bad.nomad.tpl, line 18, fails: unexpected EOF',
    at: 'bad/templates/bad.nomad.tpl:18',
  },
  {
    title: 'unexpected end',
    said: ['template: bad/templates/bad.nomad.tpl:3: unexpected {{end}}'],
    template: ['', ''],
    source: '  [[ end ]]',
    reason: 'template',
    message: 'The template bad/templates/bad.nomad.tpl, line 3, fails at `[[ end ]]`: unexpected {{end}}',
    at: 'bad/templates/bad.nomad.tpl:3',
  },
  {
    title: 'unterminated string',
    said: ['template: bad/templates/bad.nomad.tpl:3: unterminated quoted string'],
    template: ['', ''],
    source: '  # [[ var "count . ]]',
    reason: 'template',
    message:
      'The template bad/templates/bad.nomad.tpl, line 3, fails at `# [[ var "count . ]]`: unterminated quoted string',
    at: 'bad/templates/bad.nomad.tpl:3',
  },
  {
    title: 'undefined variable $x',
    said: ['template: bad/templates/bad.nomad.tpl:3: undefined variable "$x"'],
    template: ['', ''],
    source: '  # [[ $x ]]',
    reason: 'template',
    message: 'The template bad/templates/bad.nomad.tpl, line 3, fails at `# [[ $x ]]`: undefined variable "$x"',
    at: 'bad/templates/bad.nomad.tpl:3',
  },
  {
    title: 'missing partial',
    said: ['template "nowhere" not defined'],
    template: ['bad/templates/bad.nomad.tpl', '3,16'],
    source: '  # [[ template "nowhere" . ]]',
    reason: 'template',
    message:
      'The template bad/templates/bad.nomad.tpl, line 3, fails at `[[ template "nowhere" . ]]`: template "nowhere" not defined',
    at: 'bad/templates/bad.nomad.tpl:3:17',
  },
  {
    title: 'recursion in templates',
    said: ['exceeded maximum template depth (100000)'],
    template: ['bad/templates/_helpers.tpl', '1,31'],
    source: '[[ define "loop" ]][[ template "loop" . ]][[ end ]]',
    reason: 'template',
    message:
      'The template bad/templates/_helpers.tpl, line 1, fails at `[[ template "loop" . ]]`: exceeded maximum template depth (100000)',
    at: 'bad/templates/_helpers.tpl:1:32',
  },
  {
    title: 'helper that is broken',
    said: ['template: bad/templates/_helpers.tpl:2: function "nosuch" not defined'],
    template: ['', ''],
    source: '[[ nosuch ]]',
    reason: 'template',
    message: 'The template bad/templates/_helpers.tpl, line 2, fails at `[[ nosuch ]]`: function "nosuch" not defined',
    at: 'bad/templates/_helpers.tpl:2',
  },
  {
    title: 'helper that fails when it runs',
    said: ['asked for'],
    template: ['bad/templates/_helpers.tpl', '2,3'],
    source: '[[ fail "asked for" ]]',
    reason: 'template',
    message: 'The template bad/templates/_helpers.tpl, line 2, fails at `[[ fail "asked for" ]]`: asked for',
    at: 'bad/templates/_helpers.tpl:2:4',
  },
  {
    title: 'fail',
    said: ['set count to an even number'],
    template: ['bad/templates/bad.nomad.tpl', '3,5'],
    source: '  [[ fail "set count to an even number" ]]',
    reason: 'template',
    message:
      'The template bad/templates/bad.nomad.tpl, line 3, fails at `[[ fail "set count to an even number" ]]`: set count to an even number',
    at: 'bad/templates/bad.nomad.tpl:3:6',
  },
  {
    title: 'fail with colons',
    said: ['got 1'],
    template: ['bad/templates/bad.nomad.tpl', '3,5'],
    source: '  [[ fail "count: must be even: got 1" ]]',
    reason: 'template',
    message:
      'The template bad/templates/bad.nomad.tpl, line 3, fails at `[[ fail "count: must be even: got 1" ]]`: got 1',
    at: 'bad/templates/bad.nomad.tpl:3:6',
  },
  {
    title: 'error in tpl',
    said: ['function "nosuch" not defined'],
    template: ['bad/templates/bad.nomad.tpl', '3,5'],
    source: '  [[ tpl "[[ nosuch ]]" . ]]',
    reason: 'template',
    message:
      'The template bad/templates/bad.nomad.tpl, line 3, fails at `[[ tpl "[[ nosuch ]]" . ]]`: function "nosuch" not defined',
    at: 'bad/templates/bad.nomad.tpl:3:6',
  },
  {
    title: 'an error without words',
    said: [''],
    template: ['bad/templates/bad.nomad.tpl', '3,29'],
    source: '  # [[ mustToJson (env "X" | fail) ]]',
    reason: 'template',
    message:
      'The template bad/templates/bad.nomad.tpl, line 3, fails at `[[ mustToJson (env "X" | fail) ]]`: nomad-pack does not say why',
    at: 'bad/templates/bad.nomad.tpl:3:30',
  },
  {
    title: 'what Nomad does not have',
    said: ['404 (Namespace not found)'],
    template: ['bad/templates/bad.nomad.tpl', '3,7'],
    source: '  # [[ nomadNamespace "nowhere" ]]',
    reason: 'template',
    message:
      'The template bad/templates/bad.nomad.tpl, line 3, fails at `[[ nomadNamespace "nowhere" ]]`: 404 (Namespace not found)',
    at: 'bad/templates/bad.nomad.tpl:3:8',
  },
  {
    title: 'old syntax, my',
    said: ['pack "my" not found when accessing ".my.count"'],
    template: ['bad/templates/bad.nomad.tpl', '3,10'],
    source: '  # [[ .my.count ]]',
    reason: 'template',
    message:
      'The template bad/templates/bad.nomad.tpl, line 3, fails at `[[ .my.count ]]`: pack "my" not found when accessing ".my.count"',
    at: 'bad/templates/bad.nomad.tpl:3:11',
  },
  {
    title: 'old syntax, meta',
    said: ['pack "nomad_pack" not found when accessing ".nomad_pack.pack.name"'],
    template: ['bad/templates/bad.nomad.tpl', '3,18'],
    source: '  # [[ .nomad_pack.pack.name ]]',
    reason: 'template',
    message:
      'The template bad/templates/bad.nomad.tpl, line 3, fails at `[[ .nomad_pack.pack.name ]]`: pack "nomad_pack" not found when accessing ".nomad_pack.pack.name"',
    at: 'bad/templates/bad.nomad.tpl:3:19',
  },
  {
    title: 'metadata without name',
    said: [
      'failed to load pack: failed to decode metadata.hcl: metadata.hcl:4,6-6: Missing required argument; The argument "name" is required, but no definition was found.',
    ],
    reason: 'pack-invalid',
    message:
      'The metadata.hcl of pack `bad` is wrong in line 4: Missing required argument; The argument "name" is required, but no definition was found.',
    at: 'bad/metadata.hcl:4',
  },
  {
    title: 'metadata without version',
    said: [
      'failed to load pack: failed to decode metadata.hcl: metadata.hcl:4,6-6: Missing required argument; The argument "version" is required, but no definition was found.',
    ],
    reason: 'pack-invalid',
    message:
      'The metadata.hcl of pack `bad` is wrong in line 4: Missing required argument; The argument "version" is required, but no definition was found.',
    at: 'bad/metadata.hcl:4',
  },
  {
    title: 'metadata without app',
    said: ['failed to load pack: app is uninitialized'],
    reason: 'pack-invalid',
    message: 'The metadata.hcl of pack `bad` has no block `app`.',
  },
  {
    title: 'metadata without pack',
    said: ['failed to load pack: Pack metadata is uninitialized'],
    reason: 'pack-invalid',
    message: 'The metadata.hcl of pack `bad` has no block `pack`.',
  },
  {
    title: 'metadata unknown block',
    said: [
      'failed to load pack: failed to decode metadata.hcl: metadata.hcl:11,1-4: Unsupported block type; Blocks of type "foo" are not expected here.',
    ],
    reason: 'pack-invalid',
    message:
      'The metadata.hcl of pack `bad` is wrong in line 11: Unsupported block type; Blocks of type "foo" are not expected here.',
    at: 'bad/metadata.hcl:11',
  },
  {
    title: 'metadata unknown argument',
    said: [
      'failed to load pack: failed to decode metadata.hcl: metadata.hcl:5,6-6: Missing required argument; The argument "version" is required, but no definition was found., and 1 other diagnostic(s)',
    ],
    reason: 'pack-invalid',
    message:
      'The metadata.hcl of pack `bad` is wrong in line 5: Missing required argument; The argument "version" is required, but no definition was found. (and 1 more)',
    at: 'bad/metadata.hcl:5',
  },
  {
    title: 'metadata syntax',
    said: [
      'failed to load pack: failed to decode metadata.hcl: metadata.hcl:8,23-9,1: Invalid multi-line string; Quoted strings may not be split over multiple lines. To produce a multi-line string, either use the \\n escape to represent a newline character or use the "heredoc" multi-line template syntax., and 2 other diagnostic(s)',
    ],
    reason: 'pack-invalid',
    message:
      'The metadata.hcl of pack `bad` is wrong in line 8: Invalid multi-line string; Quoted strings may not be split over multiple lines. To produce a multi-line string, either use the \\n escape to represent a newline character or use the "heredoc" multi-line template syntax. (and 2 more)',
    at: 'bad/metadata.hcl:8',
  },
  {
    title: 'metadata unclosed',
    said: [
      'failed to load pack: failed to decode metadata.hcl: metadata.hcl:1,5-6: Unclosed configuration block; There is no closing brace for this block before the end of the file. This may be caused by incorrect brace nesting elsewhere in this file.',
    ],
    reason: 'pack-invalid',
    message:
      'The metadata.hcl of pack `bad` is wrong in line 1: Unclosed configuration block; There is no closing brace for this block before the end of the file. This may be caused by incorrect brace nesting elsewhere in this file.',
    at: 'bad/metadata.hcl:1',
  },
  {
    title: 'metadata twice pack',
    said: [
      'failed to load pack: failed to decode metadata.hcl: metadata.hcl:11,1-5: Duplicate pack block; Only one pack block is allowed. Another was defined at metadata.hcl:5,1-5.',
    ],
    reason: 'pack-invalid',
    message:
      'The metadata.hcl of pack `bad` is wrong in line 11: Duplicate pack block; Only one pack block is allowed. Another was defined at metadata.hcl:5,1-5.',
    at: 'bad/metadata.hcl:11',
  },
  {
    title: 'metadata with variable',
    said: [
      'failed to load pack: failed to decode metadata.hcl: metadata.hcl:8,17-20: Variables not allowed; Variables may not be used here., and 1 other diagnostic(s)',
    ],
    reason: 'pack-invalid',
    message:
      'The metadata.hcl of pack `bad` is wrong in line 8: Variables not allowed; Variables may not be used here. (and 1 more)',
    at: 'bad/metadata.hcl:8',
  },
  {
    title: 'dependency not vendored',
    said: [
      'failed to load pack dependency: failed to load dependent pack: stat .cache/nomad/packs/workspace/latest/bad@latest/deps/redis: no such file or directory',
    ],
    reason: 'pack-invalid',
    message:
      'The pack `bad` depends on `redis`, which is not in its folder `deps/`: nomad-pack fetches no dependencies when it renders.',
  },
  {
    title: 'dependency that is broken',
    said: [
      'failed to load pack dependency: failed to load dependent pack: failed to decode metadata.hcl: metadata.hcl:1,6-7: Unclosed configuration block; There is no closing brace for this block before the end of the file. This may be caused by incorrect brace nesting elsewhere in this file.',
    ],
    reason: 'pack-invalid',
    message:
      'The metadata.hcl of a pack in the folder `deps/` that `bad` depends on cannot be used: metadata.hcl:1,6-7: Unclosed configuration block; There is no closing brace for this block before the end of the file. This may be caused by incorrect brace nesting elsewhere in this file.',
  },
  {
    title: 'dependency without metadata',
    said: ['failed to load pack dependency: failed to load dependent pack: metadata.hcl file not found'],
    reason: 'pack-invalid',
    message: 'There is no metadata.hcl in a pack in the folder `deps/` that `bad` depends on.',
  },
  {
    title: 'default of wrong type',
    said: [`This variable value is not compatible with the variable's type constraint: a number is required.`],
    range: '/x/.cache/nomad/packs/workspace/latest/bad@latest/variables.hcl:3,13-20',
    reason: 'pack-invalid',
    message:
      "The variables.hcl of pack `bad` is wrong in line 3: This variable value is not compatible with the variable's type constraint: a number is required.",
    at: 'bad/variables.hcl:3',
  },
  {
    title: 'unknown type',
    said: ['The keyword "nmber" is not a valid type specification.'],
    range: '/x/.cache/nomad/packs/workspace/latest/bad@latest/variables.hcl:2,10-15',
    reason: 'pack-invalid',
    message:
      'The variables.hcl of pack `bad` is wrong in line 2: The keyword "nmber" is not a valid type specification.',
    at: 'bad/variables.hcl:2',
  },
  {
    title: 'unknown block in variables.hcl',
    said: ['Blocks of type "varable" are not expected here. Did you mean "variable"?'],
    range: '/x/.cache/nomad/packs/workspace/latest/bad@latest/variables.hcl:1,1-8',
    reason: 'pack-invalid',
    message:
      'The variables.hcl of pack `bad` is wrong in line 1: Blocks of type "varable" are not expected here. Did you mean "variable"?',
    at: 'bad/variables.hcl:1',
  },
  {
    title: 'unknown argument in variables.hcl',
    said: ['An argument named "tpye" is not expected here. Did you mean "type"?'],
    range: '/x/.cache/nomad/packs/workspace/latest/bad@latest/variables.hcl:2,3-7',
    reason: 'pack-invalid',
    message:
      'The variables.hcl of pack `bad` is wrong in line 2: An argument named "tpye" is not expected here. Did you mean "type"?',
    at: 'bad/variables.hcl:2',
  },
  {
    title: 'syntax in variables.hcl',
    said: ['Expected the start of an expression, but found an invalid expression token.'],
    range: '/x/.cache/nomad/packs/workspace/latest/bad@latest/variables.hcl:3,13-4,1',
    reason: 'pack-invalid',
    message:
      'The variables.hcl of pack `bad` is wrong in line 3: Expected the start of an expression, but found an invalid expression token.',
    at: 'bad/variables.hcl:3',
  },
  {
    title: 'unclosed variables.hcl',
    said: [
      'There is no closing brace for this block before the end of the file. This may be caused by incorrect brace nesting elsewhere in this file.',
    ],
    range: '/x/.cache/nomad/packs/workspace/latest/bad@latest/variables.hcl:1,18-19',
    reason: 'pack-invalid',
    message:
      'The variables.hcl of pack `bad` is wrong in line 1: There is no closing brace for this block before the end of the file. This may be caused by incorrect brace nesting elsewhere in this file.',
    at: 'bad/variables.hcl:1',
  },
  {
    title: 'no label',
    said: ['All variable blocks must have 1 labels (name).'],
    range: '/x/.cache/nomad/packs/workspace/latest/bad@latest/variables.hcl:1,10-11',
    reason: 'pack-invalid',
    message: 'The variables.hcl of pack `bad` is wrong in line 1: All variable blocks must have 1 labels (name).',
    at: 'bad/variables.hcl:1',
  },
  {
    title: 'function in default',
    said: ['Functions may not be called here.'],
    range: '/x/.cache/nomad/packs/workspace/latest/bad@latest/variables.hcl:3,13-23',
    reason: 'pack-invalid',
    message: 'The variables.hcl of pack `bad` is wrong in line 3: Functions may not be called here.',
    at: 'bad/variables.hcl:3',
  },
  {
    title: 'reference in default',
    said: ['Variables may not be used here.'],
    range: '/x/.cache/nomad/packs/workspace/latest/bad@latest/variables.hcl:3,13-16',
    reason: 'pack-invalid',
    message: 'The variables.hcl of pack `bad` is wrong in line 3: Variables may not be used here.',
    at: 'bad/variables.hcl:3',
  },
  {
    title: 'invalid variable name',
    said: [
      'Name must start with a letter or underscore and may contain only letters, digits, underscores, and dashes.',
    ],
    range: '/x/.cache/nomad/packs/workspace/latest/bad@latest/variables.hcl:1,1-18',
    reason: 'pack-invalid',
    message:
      'The variables.hcl of pack `bad` is wrong in line 1: Name must start with a letter or underscore and may contain only letters, digits, underscores, and dashes.',
    at: 'bad/variables.hcl:1',
  },
  {
    title: 'variables.hcl missing',
    said: ['failed to validate pack: root variable file is required'],
    reason: 'pack-invalid',
    message: 'There is no variables.hcl in pack `bad`.',
  },
  {
    title: 'a description that is not a text',
    said: ['The description attribute is expected to be of type string, got number'],
    range: '/x/.cache/nomad/packs/workspace/latest/bad@latest/variables.hcl:2,3-18',
    reason: 'pack-invalid',
    message:
      'The variables.hcl of pack `bad` is wrong in line 2: The description attribute is expected to be of type string, got number',
    at: 'bad/variables.hcl:2',
  },
  {
    title: 'missing variables',
    said: ['missing required variable: "image" (what to run)', 'missing required variable: "tag"'],
    reason: 'variable-missing',
    message:
      'Pack `bad` needs the variable `image` (what to run), which has no default.\nPack `bad` needs the variable `tag`, which has no default.',
  },
  {
    title: 'undeclared variables',
    said: [
      'There is no variable named "cuont". An override file can only override a variable that was already declared in a primary configuration file.',
      'There is no variable named "other". An override file can only override a variable that was already declared in a primary configuration file.',
    ],
    range: '0001-variables.json:2,1-11',
    reason: 'variable-undeclared',
    message:
      'Pack `bad` has no variable `cuont`, which is set in `variables`; did you mean `count`?\nPack `bad` has no variable `other`, which is set in `variables`.',
  },
  {
    title: 'var file syntax',
    said: ['Expected the start of an expression, but found an invalid expression token.'],
    range: '0001-prod.hcl:1,9-2,1',
    reason: 'variable-file',
    message:
      'The variables in `prod.hcl`, line 1 cannot be read: Expected the start of an expression, but found an invalid expression token.',
    at: 'prod.hcl:1',
  },
  {
    title: 'var file unclosed',
    said: ['Expected a comma to mark the beginning of the next item.'],
    range: '0001-prod.hcl:2,1-6',
    reason: 'variable-file',
    message:
      'The variables in `prod.hcl`, line 2 cannot be read: Expected a comma to mark the beginning of the next item.',
    at: 'prod.hcl:2',
  },
  {
    title: 'var file with block',
    said: ['Expected an equals sign ("=") to mark the beginning of the attribute value.'],
    range: '0001-prod.hcl:1,10-11',
    reason: 'variable-file',
    message:
      'The variables in `prod.hcl`, line 1 cannot be read: Expected an equals sign ("=") to mark the beginning of the attribute value.',
    at: 'prod.hcl:1',
  },
  {
    title: 'var file with function',
    said: ['Functions may not be called here.'],
    range: '0001-prod.hcl:1,9-19',
    reason: 'variable-file',
    message: 'The variables in `prod.hcl`, line 1 cannot be read: Functions may not be called here.',
    at: 'prod.hcl:1',
  },
  {
    title: 'var file with reference',
    said: ['Variables may not be used here.'],
    range: '0001-prod.hcl:1,9-12',
    reason: 'variable-file',
    message: 'The variables in `prod.hcl`, line 1 cannot be read: Variables may not be used here.',
    at: 'prod.hcl:1',
  },
  {
    title: 'var file undeclared',
    said: [
      'There is no variable named "cuont". An override file can only override a variable that was already declared in a primary configuration file.',
    ],
    range: '0001-prod.hcl:2,1-10',
    reason: 'variable-undeclared',
    message: 'Pack `bad` has no variable `cuont`, which is set in `prod.hcl`, line 2; did you mean `count`?',
    at: 'prod.hcl:2',
  },
  {
    title: 'JSON var file broken',
    said: ['A JSON value must start with a brace, a bracket, a number, a string, or a keyword.'],
    range: '0001-prod.json:1,11-12',
    reason: 'variable-file',
    message:
      'The variables in `prod.json`, line 1 cannot be read: A JSON value must start with a brace, a bracket, a number, a string, or a keyword.',
    at: 'prod.json:1',
  },
  {
    title: 'JSON var file array',
    said: ['A static map expression is required.'],
    range: '0001-prod.json:1,1-2',
    reason: 'variable-file',
    message: 'The variables in `prod.json`, line 1 cannot be read: A static map expression is required.',
    at: 'prod.json:1',
  },
];

const FILES: readonly PreparedFile[] = [
  ...['0001-prod.hcl', '0001-prod.json'].map((name) => {
    const origin = name.slice('0001-'.length);
    return { name, origin, sameLinesAs: origin, variables: [] };
  }),
  { name: '0001-variables.json', origin: 'variables', variables: ['', 'cuont', 'other'] },
];

function output({ said, range, template }: Row): string {
  const context = [
    ...(template === undefined ? [] : [`Filename: ${template[0]}`, `Position: ${template[1]}`]),
    ...(range === undefined ? [] : [`HCL Range: ${range}`]),
    'Pack Name: bad',
  ];
  const lines = (error: string) => [
    '! Failed To Process Pack',
    `!   Error: ${error}`,
    '!   Context:',
    ...context.map((line) => `!     ${line}`),
  ];
  return said.flatMap(lines).join('\n');
}

test.each(ROWS)('$title', (row) => {
  const error = explainFailure(
    { output: output(row), exitCode: 1 },
    {
      command: 'nomad-pack render',
      files: FILES,
      locate: (file) => file,
      lineOf: () => row.source,
      declared: () => ['count'],
    },
  );
  const { file, line, column } = error.location ?? {};
  const at = [file, line, column].filter((part) => part !== undefined).join(':');
  expect([error.reason, error.message, at]).toEqual([row.reason, row.message, row.at ?? '']);
  expect(error.hint).toMatch(/^[A-Z`].*\.$|^nomad-pack .*\.$/s);
});
