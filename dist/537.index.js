export const id = 537;
export const ids = [537];
export const modules = {

/***/ 2027:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KW: () => (/* binding */ cancelled),
/* harmony export */   lZ: () => (/* binding */ ActionError),
/* harmony export */   z6: () => (/* binding */ asActionError)
/* harmony export */ });
/* unused harmony export FAILURE_REASONS */
/**
 * The stable words of the output `failure-reason`. Workflows compare with them: a word once published keeps its meaning.
 */
const FAILURE_REASONS = (/* unused pure expression or super */ null && ([
  'input',
  'nomad-pack-missing',
  'version-not-found',
  'platform-unsupported',
  'download',
  'verification',
  'git-missing',
  'registry-auth',
  'registry-unreachable',
  'registry-ref-not-found',
  'registry-target-not-found',
  'registry-invalid',
  'pack-not-found',
  'pack-invalid',
  'variable-missing',
  'variable-undeclared',
  'variable-type',
  'variable-file',
  'template',
  'job-specification',
  'nomad-unreachable',
  'nomad-address',
  'nomad-auth',
  'nomad-tls',
  'nomad-namespace',
  'nomad-error',
  'login',
  'job-conflict',
  'would-stop-others',
  'secret-in-job',
  'unhealthy',
  'placement',
  'reverted',
  'superseded',
  'stopped',
  'timeout',
  'awaiting-promotion',
  'revert-failed',
  'plan-changed',
  'changes',
  'cancelled',
  'output-not-understood',
  'nomad-pack-failed',
  'internal',
]))         ;

                                                             

/** Where a mistake is, when it is in a file of the workspace: an annotation then points at it. */
                               
                                                                                       
                        
                 
                         
                 
                           
 

                              
                                                                               
                         
                                   
                           
 

/**
 * Whatever ends a step red. It is thrown where the trouble is found and turned into an annotation, outputs and an exit code
 * in `main.ts` only. The message says what happened, and where an input is at fault, which; the hint says what to do.
 */
class ActionError extends Error {
                    name = 'ActionError';
           reason               ;
           hint        ;
           location                          ;

  constructor(reason               , message        , details                     = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.reason = reason;
    this.hint = details.hint ?? '';
    this.location = details.location;
  }
}

/** The error of a step that was cancelled: the one that its signal was aborted with, where it is one of ours. */
function cancelled(signal             )              {
  if (signal.reason instanceof ActionError) return signal.reason;
  return new ActionError('cancelled', 'The step was cancelled.', {
    hint: 'Run the workflow again when you want it to go on.',
    cause: signal.reason,
  });
}

/** The error as an `ActionError`: itself, or, for a fault of our own that nobody foresaw, one with the reason `internal`. */
function asActionError(error         )              {
  if (error instanceof ActionError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new ActionError('internal', `The action failed in a way it does not know: ${message}`, {
    hint: 'This is a fault of the action. Run again with debug logging (ACTIONS_STEP_DEBUG) and report what it prints.',
    cause: error,
  });
}


/***/ }),

/***/ 5537:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  main: () => (/* binding */ main)
});

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: ./build/js/errors.js
var errors = __webpack_require__(2027);
// EXTERNAL MODULE: ./build/js/private-folder.js
var private_folder = __webpack_require__(7350);
// EXTERNAL MODULE: ./build/js/report/commands.js
var commands = __webpack_require__(5095);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/js/nomad-pack/output.js
var output = __webpack_require__(3623);
// EXTERNAL MODULE: ./build/js/report/duration.js
var report_duration = __webpack_require__(1137);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
;// CONCATENATED MODULE: ./build/js/report/foreign.js


/** Everything that some reader of the log takes for the end of a line. */
const LINE_END = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;

/** The lines of a text, without colour codes and control characters. */
function tidyLines(text        )           {
  return (0,external_node_util_.stripVTControlCharacters)(text)
    .split(LINE_END)
    .map((line) => line.replace(/[^\P{Cc}\t]/gu, '').trimEnd());
}

/**
 * A line that the runner prints and does not obey. It obeys what begins with `::` after white space, and, in the older form, `##[`
 * wherever it is.
 */
function neutralise(line        )         {
  const harmless = line.replaceAll('##[', '## [');
  return /^[^\p{L}\p{N}\p{P}\p{S}]*::/u.test(harmless) ? `| ${harmless}` : harmless;
}

;// CONCATENATED MODULE: ./build/js/report/log.js

                                                

                                                                
                                             
                                                         




                                        
                                                                                                      
                              
     
                                                                               
    
                                                               
     
                                                    
                                                                                   
                             
 

                             
                                                 
                                    
                                                       
                                                                       
                                           
                                 
 

/**
 * The step's log. At a glance it shows one line per phase and what a rollout comes to; detail is folded into groups. Whatever is
 * said is redacted, and no word of it is a command to the runner. The functions can be passed on by themselves.
 */
function createLog({ secrets, environment, findings, elapsed }            )            {
  const debugging = environment['RUNNER_DEBUG'] === '1';
  const groups = new Groups();
  let afterBlank = true;

  const print = (text        ) => {
    for (const line of tidyLines(secrets.redact(text))) process.stdout.write(`${neutralise(line)}\n`);
  };
  const info = (text        ) => {
    groups.open();
    print(text);
  };
  const show = (text        ) => {
    groups.close();
    print(text);
  };
  const debug = (text        ) => {
    if (debugging) (0,commands/* issueCommand */.Lb)('debug', secrets.redact(text));
  };
  const tell = (command                      ) => (text        ) => {
    const redacted = secrets.redact(text);
    groups.close();
    (0,commands/* issueCommand */.Lb)(command, redacted);
    if (!findings.notices.includes(redacted)) findings.notices.push(redacted);
  };

  return {
    notices: findings.notices,
    info,
    debug,
    notice: tell('notice'),
    warning: tell('warning'),
    foreign: (line) => {
      const tidy = tidyLines(line).join(' ');
      const isBlank = tidy.trim() === '';
      // nomad-pack prints an empty line after each of its tracing.
      if ((0,output/* isDebugLine */.AI)(tidy)) debug(line);
      else if (!(isBlank && afterBlank)) info(line);
      afterBlank = isBlank || (0,output/* isDebugLine */.AI)(tidy);
    },
    progress: (text, job) => {
      const name = `${job}: `;
      const event = text.startsWith(name) ? text.slice(name.length) : text;
      findings.timeline.push({ at: elapsed(), text: event, ...(job !== undefined && { job }) });
      show(`  ${text} (${(0,report_duration/* formatDuration */.a)(elapsed())})`);
    },
    phase: async (name, work) => {
      const start = elapsed();
      const place = findings.phases.push({ name, start, duration: 0 }) - 1;
      groups.begin(name);
      let mark = '✗';
      try {
        const outcome = await work();
        mark = '✓';
        return outcome;
      } finally {
        const duration = elapsed() - start;
        findings.phases[place] = { name, start, duration };
        groups.end(name);
        show(`${mark} ${name} (${(0,report_duration/* formatDuration */.a)(duration)})`);
      }
    },
    error: ({ reason, message, hint, location }, details = '') => {
      groups.close();
      const parts = [message, hint, details].filter((part) => part !== '');
      (0,commands/* issueCommand */.Lb)('error', secrets.redact(parts.join('\n\n')), {
        title: `Nomad Pack: ${reason}`,
        // GitHub finds no file by `./conf/x`.
        file: location === undefined ? undefined : secrets.redact((0,external_node_path_.normalize)(location.file)),
        line: location?.line,
        col: location?.column,
      });
    },
  };
}

/**
 * The groups that a reader can unfold. GitHub does not nest them, and phases may overlap, so a group is opened when there is something
 * to put into it, under the name of the phase that began last.
 */
class Groups {
           #phases           = [];
  #isOpen = false;

  begin(phase        )       {
    this.close();
    this.#phases.push(phase);
  }

  end(phase        )       {
    this.#phases.splice(this.#phases.lastIndexOf(phase), 1);
  }

  open()       {
    const phase = this.#phases.at(-1);
    if (this.#isOpen || phase === undefined) return;
    (0,commands/* issueCommand */.Lb)('group', phase);
    this.#isOpen = true;
  }

  close()       {
    if (this.#isOpen) (0,commands/* issueCommand */.Lb)('endgroup');
    this.#isOpen = false;
  }
}

;// CONCATENATED MODULE: ./build/js/report/encodings.js
/**
 * The ways in which tools write a text: as it is, in base64 (standard and for URLs, alone and inside something longer), in a URL, and
 * quoted as JavaScript, Go and Go's JSON do; each of them also as a text of HCL, and as nomad-pack prints what holds a `%`.
 */
function encodings(text        )           {
  const plain = [
    text,
    ...inBase64(text),
    encodeURIComponent(text.toWellFormed()),
    // What a form sends.
    new URLSearchParams([['', text]]).toString().slice(1),
    withoutQuotes(JSON.stringify(text)),
    goJson(text),
    goQuoted(text),
  ];
  const written = [...new Set(plain.flatMap((form) => [form, inHcl(form)]))];
  return [...new Set(written.flatMap((form) => [form, goFormatted(form)]))];
}

/** A text of HCL, in which `${` and `%{` would begin a computation. */
function inHcl(text        )         {
  return text.replace(/[$%](?=\{)/g, '$&$&');
}

/**
 * What Go's `fmt` makes of a text that it takes for a format: nomad-pack prints errors and `outputs.tpl` like that, and a password in a
 * URL becomes `p%!s(MISSING)s`. What a `%` at the end comes to depends on what follows, so the end is left out.
 */
function goFormatted(text        )         {
  const verb = /%[-+# 0]*\d*(?:\.\d*)?(.)/gsu;
  return text
    .replace(/(?<!%)((?:%%)*)%[-+# 0]*\d*(?:\.\d*)?$/, '$1')
    .replace(verb, (_, letter        ) => (letter === '%' ? '%' : `%!${letter}(MISSING)`));
}

/**
 * How base64 of anything that holds the text reads where the text is: by itself, and for each of the three places at which it can
 * begin in a group of three bytes, without the characters that its neighbours have a share in. `x-access-token:TOKEN`, as git sends
 * it, is among them.
 */
function inBase64(text        )           {
  const bytes = Buffer.from(text);
  const aligned = [0, 1, 2].map((offset) => {
    const whole = Math.floor(((offset + bytes.length) * 8) / 6);
    return Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .slice(Math.ceil((offset * 8) / 6), whole);
  });
  const standard = [bytes.toString('base64'), ...aligned];
  return [...standard, ...standard.map((form) => form.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''))];
}

/** Go's `encoding/json`, which escapes what HTML would take for its own. */
function goJson(text        )         {
  return withoutQuotes(JSON.stringify(text)).replace(/[<>&\u2028\u2029]/g, unicodeEscape);
}

/** Go's `%q`: as JSON but for control characters, which are `\a`, `\v` or `\x01`. */
function goQuoted(text        )         {
  return withoutQuotes(JSON.stringify(text)).replace(
    /\\u00([01][0-9a-f])|\x7f/g,
    (escaped, code                    ) =>
      code === '07' ? '\\a' : code === '0b' ? '\\v' : `\\x${code ?? escaped.charCodeAt(0).toString(16)}`,
  );
}

function unicodeEscape(character        )         {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function withoutQuotes(text        )         {
  return text.slice(1, -1);
}

;// CONCATENATED MODULE: ./build/js/report/redact.js
                                                           




/**
 * Shorter values and lines are neither masked nor redacted: `dev` or `{` would black out half of a log, and would be guessed from
 * what is missing. Characters.
 */
const SHORTEST = 6;

/** Of a part of a line. Characters. */
const SHORTEST_END = 16;

/** The names under which tokens are added: what opens doors by itself, and never belongs into a job. */
const TOKENS                      = new Set([
  'registry_token',
  'nomad_token',
  'github_token',
  'Nomad token',
  'OIDC token',
  'GitHub token',
]);

                                 
                                                                          
                                            
                                                                              
                                          
 

/** What nobody may see: masked in the log by the runner, and cut out of whatever the action writes by `redact`. */
class Secrets                         {
           #onShort                        ;
           #mask                         ;
           #short = new Set        ();
           #forms = new Set        ();
           #tokenForms = new Set        ();

  constructor({ onShort = () => {}, mask = (value) => (0,commands/* issueCommand */.Lb)('add-mask', value) }                 = {}) {
    this.#onShort = onShort;
    this.#mask = mask;
  }

  /**
   * Hides a value, each of its lines, and all of them as they read in other encodings. The runner is never given a text of several
   * lines: it would mask every single one of them, a lone `{` as well.
   */
  add(name        , value        )       {
    const whole = value.trim();
    if (whole === '') return;
    if (whole.length < SHORTEST) {
      if (!this.#short.has(name)) this.#onShort(name);
      this.#short.add(name);
      return;
    }
    const lines = whole.split(LINE_END).map((line) => line.trim());
    for (const text of [whole, ...lines, ...lines.flatMap(endOf)]) {
      if (text.length < SHORTEST) continue;
      for (const form of encodings(text)) this.#hide(form);
      if (TOKENS.has(name)) for (const form of [text, ...inBase64(text)]) this.#tokenForms.add(form);
    }
  }

  /** The text with `***` for everything that is hidden; what overlaps goes as one, so that no end of a longer value is left. */
  redact(text        )         {
    const spans         = [];
    for (const form of this.#forms) {
      for (let start = text.indexOf(form); start !== -1; start = text.indexOf(form, start + 1)) {
        const last = spans.at(-1);
        const end = start + form.length;
        if (last !== undefined && start >= last.start && start < last.end) last.end = Math.max(last.end, end);
        else spans.push({ start, end });
      }
    }
    return spans.length === 0 ? text : replace(text, spans);
  }

  holdsToken(text        )          {
    return [...this.#tokenForms].some((form) => text.includes(form));
  }

  #hide(form        )       {
    if (this.#forms.has(form) || form.length < SHORTEST) return;
    this.#forms.add(form);
    if (!/[\r\n]/.test(form)) this.#mask(form);
  }
}

/** What nomad-pack leaves of a line in an error: it cuts its errors at the last `: `. A short end may be any word, and stays. */
function endOf(line        )           {
  const end = line.slice(line.lastIndexOf(': ') + 2);
  return line.includes(': ') && end.length >= SHORTEST_END ? [end] : [];
}

                
                         
                                      
              
 

function replace(text        , spans        )         {
  spans.sort((a, b) => a.start - b.start);
  const parts           = [];
  let done = 0;
  for (const { start, end } of spans) {
    if (end <= done) continue;
    // One that begins within the one before is part of it.
    if (start >= done) parts.push(text.slice(done, start), '***');
    done = end;
  }
  return parts.join('') + text.slice(done);
}

// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
;// CONCATENATED MODULE: ./build/js/settings/clear-text.js

                                               
                                              

/** What there is to say of a token that others can read on its way. */
                                  
                                                                                                                                     
                                     
                        
 

const HERE = new external_node_net_.BlockList();
HERE.addSubnet('127.0.0.0', 8, 'ipv4');
HERE.addAddress('::1', 'ipv6');

/** RFC 1918, RFC 6598 (which VPNs use), RFC 4193. */
const PRIVATE = new external_node_net_.BlockList();
PRIVATE.addSubnet('10.0.0.0', 8, 'ipv4');
PRIVATE.addSubnet('172.16.0.0', 12, 'ipv4');
PRIVATE.addSubnet('192.168.0.0', 16, 'ipv4');
PRIVATE.addSubnet('100.64.0.0', 10, 'ipv4');
PRIVATE.addSubnet('fc00::', 7, 'ipv6');

/**
 * The tokens that plain http carries beyond this machine.
 *
 * Git hosts speak https, so a registry's token is always worth a warning. Many a cluster in a private network speaks http only: that is a
 * warning where the runner is one of GitHub's own, which is in nobody's network, and the address is none that only a VPN leads to.
 */
function tokensInTheClear(settings          , environment             )                    {
  if (settings.operation === 'setup') return [];
  const { operation, nomad } = settings;
  const registry = ['status', 'promote'].includes(operation) ? undefined : settings.registry;
  const remarks                    = [];
  if (registry?.token !== undefined && registry.origin !== undefined && isReadable(registry.origin)) {
    remarks.push({
      level: 'warning',
      text: `\`registry_token\` goes to ${registry.origin} over plain http: whoever is in between can read it. Use an https address as \`registry_source\`.`,
    });
  }
  // Rendering sends Nomad nothing by itself, and a template that asks it does so with the token.
  if ((nomad.token !== undefined || nomad.login !== undefined) && isReadable(nomad.address)) {
    const isPublic = environment['RUNNER_ENVIRONMENT'] === 'github-hosted' && !isIn(PRIVATE, nomad.address);
    remarks.push({
      level: isPublic ? 'warning' : 'info',
      text: `The token for Nomad goes to ${nomad.address} over plain http: whoever is in between can read it, unless a VPN carries it. Use an https address as \`nomad_addr\`.`,
    });
  }
  return remarks;
}

/** Whether others can read what is sent there. */
function isReadable(address        )          {
  if (!address.startsWith('http://')) return false;
  const name = hostOf(address);
  return name !== 'localhost' && !name.endsWith('.localhost') && !isIn(HERE, address);
}

function isIn(list           , address        )          {
  const host = hostOf(address);
  const version = (0,external_node_net_.isIP)(host);
  return version !== 0 && list.check(host, version === 4 ? 'ipv4' : 'ipv6');
}

function hostOf(address        )         {
  return new URL(address).hostname.replace(/^\[|\]$/g, '');
}

;// CONCATENATED MODULE: ./build/js/settings/inputs.js
/**
 * The inputs of `action.yml`, as text. An input that is empty is absent: an expression such as `${{ vars.NOMAD_ADDR }}` gives
 * an empty text where nothing is set.
 */
const INPUT_NAMES = [
  'operation',
  'deployment_name',
  'pack',
  'registry_name',
  'registry_source',
  'registry_ref',
  'registry_target',
  'registry_token',
  'registry',
  'variables',
  'secret_variables',
  'variable_files',
  'nomad_addr',
  'nomad_token',
  'nomad_namespace',
  'nomad_region',
  'nomad_cacert',
  'nomad_client_cert',
  'nomad_client_key',
  'nomad_tls_server_name',
  'nomad_skip_verify',
  'nomad_auth_method',
  'nomad_auth_audience',
  'nomad_pack_version',
  'nomad_pack_mirror',
  'nomad_pack_signing_key',
  'wait',
  'wait_timeout',
  'wait_for',
  'on_failure',
  'allow_replace',
  'preserve_counts',
  'pass_env',
  'plan_digest',
  'fail_on_changes',
  'fail_on_unhealthy',
  'comment',
  'github_token',
]         ;

                                                     

                                                                  

                                                                       

/** Inputs that fall back to a variable of the step's environment: the ones that Nomad's own tools read, by the same names. */
const FALLBACKS                                     = {
  nomad_addr: 'NOMAD_ADDR',
  nomad_token: 'NOMAD_TOKEN',
  nomad_namespace: 'NOMAD_NAMESPACE',
  nomad_region: 'NOMAD_REGION',
  nomad_cacert: 'NOMAD_CACERT',
  nomad_client_cert: 'NOMAD_CLIENT_CERT',
  nomad_client_key: 'NOMAD_CLIENT_KEY',
  nomad_tls_server_name: 'NOMAD_TLS_SERVER_NAME',
  nomad_skip_verify: 'NOMAD_SKIP_VERIFY',
};

/** The inputs that are set, without surrounding white space. */
function readInputs(environment             )         {
  const inputs                                     = {};
  for (const name of INPUT_NAMES) {
    const text = given(environment, name);
    if (text !== '') inputs[name] = text;
  }
  return inputs;
}

/** The variable that an input's value came from, when it was not set as an input. */
function fallbackOf(environment             , name           )                     {
  const variable = FALLBACKS[name];
  if (variable === undefined || setInput(environment, name) !== '') return undefined;
  return (environment[variable] ?? '').trim() === '' ? undefined : variable;
}

function given(environment             , name           )         {
  const input = setInput(environment, name);
  if (input !== '') return input;
  const variable = loginIsAsked(environment, name) ? undefined : FALLBACKS[name];
  return variable === undefined ? '' : (environment[variable] ?? '').trim();
}

/** A login replaces the token: one that the job's environment happens to hold is not the user's wish for this step. */
function loginIsAsked(environment             , name           )          {
  return name === 'nomad_token' && setInput(environment, 'nomad_auth_method') !== '';
}

function setInput(environment             , name           )         {
  return (environment[`INPUT_${name.toUpperCase()}`] ?? '').trim();
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
;// CONCATENATED MODULE: ./build/js/settings/problems.js

                                             

/** What is wrong with one input. The message reads on after the input's name: `is missing`, `is no duration: ...`. */
class InputProblem extends Error {
                    name = 'InputProblem';
           input           ;
  /** The file that the input names, where the trouble is with that, and what to do about it. */
           file                                                                        ;

  constructor(input           , message        , file                       ) {
    super(message);
    this.input = input;
    this.file = file;
  }
}

/**
 * One error that names every wrong input at once.
 *
 * @param variableOf the environment variable that an input's value came from, when the input itself was not set
 */
function inputError(
  problems                         ,
  variableOf                                          ,
)              {
  const sentences = problems.map(({ input, message }) => {
    const variable = variableOf(input);
    const origin =
      variable === undefined || message.startsWith('is missing') ? '' : ` (from the environment variable ${variable})`;
    return `Input \`${input}\`${origin} ${message}.`;
  });
  const [first] = problems;
  const file = problems.length === 1 ? first?.file : undefined;
  const names = [...new Set(problems.map(({ input }) => `\`${input}\``))].join(', ');
  const todo = problems.every(({ message }) => message.startsWith('is missing')) ? 'Set' : 'Correct';
  return new errors/* ActionError */.lZ(
    file === undefined ? 'input' : 'variable-file',
    problems.length === 1 ? sentences.join('') : [`${problems.length} inputs are wrong.`, ...sentences].join('\n'),
    {
      hint: file?.hint ?? `${todo} ${names} under \`with:\`. The README says what each input takes.`,
      ...(file !== undefined && { location: file.location }),
    },
  );
}

// EXTERNAL MODULE: ./node_modules/zod/v4/mini/schemas.js + 5 modules
var schemas = __webpack_require__(8395);
// EXTERNAL MODULE: ./node_modules/zod/v4/core/api.js + 1 modules
var api = __webpack_require__(3305);
// EXTERNAL MODULE: ./node_modules/zod/v4/core/core.js
var core = __webpack_require__(8532);
;// CONCATENATED MODULE: ./build/js/settings/fields.js



/** What nomad-pack's own filter expressions can be trusted with: no quote can end the text that a name is put into. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

const UNITS                                   = { s: 1000, m: 60_000, h: 3_600_000 };

/** A name that reaches a command line, a path, or a filter expression. */
const fields_name = schemas/* string */.YjP()
  .check(
    api/* _regex */.Fk(NAME, 'is no name: use letters, digits, `.`, `_` and `-`, and begin with a letter or digit'),
    api/* _maxLength */.Eb(128, 'is longer than 128 characters'),
  );

/** A git ref: a tag, a branch (slashes included), or a commit. */
const ref = schemas/* string */.YjP().check(
  api/* _maxLength */.Eb(200, 'is longer than 200 characters'),
  api/* _regex */.Fk(
    /^[A-Za-z0-9][A-Za-z0-9._/@-]*$/,
    'is no tag, branch or commit: use letters, digits, `.`, `_`, `/`, `@` and `-`',
  ),
  schemas/* refine */.YPB(
    (text) => !text.includes('..') && !text.includes('//') && !text.endsWith('/'),
    'is no tag, branch or commit that git would accept',
  ),
);

/** The two words that YAML 1.2 and GitHub's own toolkit take for a boolean, in the spellings that the toolkit takes. */
const flag = schemas/* pipe */.FsL(
  schemas/* string */.YjP().check(api/* _regex */.Fk(/^(?:true|True|TRUE|false|False|FALSE)$/, 'is neither `true` nor `false`')),
  schemas/* transform */.pdi((text) => text.toLowerCase() === 'true'),
);

/** `90s`, `15m`, `1h30m`: milliseconds. */
const duration = schemas/* pipe */.FsL(
    schemas/* string */.YjP().check(api/* _regex */.Fk(/^(?:\d+h)?(?:\d+m)?(?:\d+s)?$/, 'is no duration: write it like `90s`, `15m` or `1h30m`')),
    schemas/* transform */.pdi((text) =>
      [...text.matchAll(/(\d+)([hms])/g)].reduce(
        (sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ''] ?? 0),
        0,
      ),
    ),
  )
  .check(
    schemas/* refine */.YPB((milliseconds) => milliseconds >= 1000, 'is shorter than a second'),
    schemas/* refine */.YPB((milliseconds) => milliseconds <= 24 * 3_600_000, 'is longer than a day'),
  );

/** One of the words. */
function oneOf                                                (words   ) {
  return schemas/* enum */.k5n(words, { error: `is none of ${words.map((word) => `\`${word}\``).join(', ')}` });
}

/** A text that is more than a pattern: `parse` reads it, and says what is wrong with it. */
function read   (parse                                                          ) {
  return schemas/* pipe */.FsL(
    schemas/* string */.YjP(),
    schemas/* transform */.pdi((text        , { issues }) =>
      parse(text, (message) => issues.push({ code: 'custom', message, input: text })),
    ),
  );
}

/** Lines, or a list of YAML, of texts. */
const list = read(async (text, complain) => {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (!/^(?:-(?:\s|$)|\[)/.test(lines[0] ?? '')) return lines;
  const { parseYaml, YamlError } = await Promise.all(/* import() */[__webpack_require__.e(815), __webpack_require__.e(295)]).then(__webpack_require__.bind(__webpack_require__, 5295));
  try {
    const value = parseYaml(text);
    if (Array.isArray(value) && value.every((item) => typeof item === 'string' && item !== ''))
      return value            ;
    complain('is no list of texts');
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    complain(`is no list: ${error.message}`);
  }
  return core/* NEVER */.tm;
});

/** `http://`, `https://` or `unix://`, without a user, a path and a trailing slash: nomad-pack leaves out a path and asks elsewhere than we would. */
const nomadAddress = read((text, complain) => {
  if (/^unix:\/\/\/./.test(text)) return text;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol) || url.hostname === '') {
    complain('is no address: write it like `https://nomad.example.com:4646`');
  } else if (url.username !== '' || url.password !== '') {
    complain('holds a user or a password, which nomad-pack cannot take; a token goes into `nomad_token`');
  } else if (url.search !== '' || url.hash !== '') {
    complain('holds `?` or `#`: write it like `https://nomad.example.com:4646`');
  } else if (/[^/]/.test(url.pathname)) {
    complain(`holds a path, which nomad-pack leaves out; use \`${url.origin}\``);
  }
  return text.replace(/\/+$/, '');
});

/**
 * Where releases are, over https or http, without a trailing slash. http will do: nothing secret is sent there, and what comes from there is
 * run only if it is signed. Whoever changes it on the way can do no more than the mirror itself: hide versions.
 */
const mirror = read((text, complain) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) complain('is no http(s) address');
  else if (url.username !== '' || url.password !== '') complain('holds a user or a password, which would be printed');
  else if (url.search !== '' || url.hash !== '') complain('holds `?` or `#`');
  return text.replace(/\/+$/, '');
});

/** `latest`, `system`, or what semver takes for a version or a range; a leading `v` is the tag's, not the version's. */
const nomadPackVersion = read(async (text, complain) => {
  if (['latest', 'system'].includes(text)) return text;
  const { default: semver } = await __webpack_require__.e(/* import() */ 88).then(__webpack_require__.t.bind(__webpack_require__, 2088, 19));
  if (semver.validRange(text) !== null) return semver.valid(text) ?? text;
  complain('is none of `latest`, `system`, a version such as `0.4.2`, a range such as `~0.4`');
  return core/* NEVER */.tm;
});

/** The digest that a plan printed. */
const digest = schemas/* string */.YjP()
  .check(api/* _regex */.Fk(/^sha256:[0-9a-f]{64}$/, 'is no digest: use the output `plan-digest` of the plan that was reviewed'));

/**
 * Names of environment variables, none of them the action's own inputs or the runner's credentials, nor one that the action sets for
 * nomad-pack itself: another home would move the cache, and `NOMAD_SKIP_VERIFY=false` skips the verification.
 */
const environmentNames = list.check(
  schemas/* refine */.YPB(
    (names) => names.every((text) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(text)),
    'holds what is no name of an environment variable: one name a line, without a value',
  ),
  schemas/* refine */.YPB((names) => !names.some((text) => /^(?:INPUT_|ACTIONS_|RUNNER_TOKEN)/i.test(text)), {
    error: 'names one of the inputs or of the runner’s own credentials; a pack may not read those',
  }),
  schemas/* refine */.YPB(
    (names) =>
      !names.some((text) => /^(?:HOME|USERPROFILE|LOCALAPPDATA|XDG_CACHE_HOME|NOMAD_(?!PACK_).*)$/i.test(text)),
    {
      error: 'names a variable that the action sets by itself; the cluster’s are inputs, such as `nomad_addr`',
    },
  ),
);

/** Whether the text is a path that stays below the folder it is relative to, or is absolute. */
function staysBelow(path        )          {
  return (0,external_node_path_.isAbsolute)(path) || !(0,external_node_path_.normalize)(path).split(/[/\\]/).includes('..');
}

;// CONCATENATED MODULE: ./build/js/settings/workspace.js




/**
 * Why a path that an input names is not one of the workspace, in words that follow its name; undefined where it is, where the user
 * wrote an absolute one, and where nothing is there. Links count for where they lead: what is in the workspace may come from a
 * pull request, and the workflow never meant a file of the runner.
 */
async function whyOutside(written        , workspace        )                              {
  if ((0,external_node_path_.isAbsolute)(written)) return undefined;
  if (!staysBelow(written)) return 'climbs out of the workspace with `..`';
  return (await isBelow((0,external_node_path_.resolve)(workspace, written), workspace))
    ? undefined
    : 'leads out of the workspace through a link';
}

/** Whether a file or folder is below a folder, wherever links on the way lead. True where they lead nowhere: reading it will tell. */
async function isBelow(path        , folder        )                   {
  const [real, root] = await Promise.all([path, folder].map((one) => (0,promises_.realpath)(one).catch(() => undefined)));
  if (real === undefined || root === undefined) return true;
  const way = (0,external_node_path_.relative)(root, real);
  return !(0,external_node_path_.isAbsolute)(way) && !/^\.\.(?:[/\\]|$)/.test(way);
}

;// CONCATENATED MODULE: ./build/js/settings/variables.js


                                             

                                                                 


const KINDS                                                 = {
  '.hcl': 'hcl',
  '.json': 'json',
  '.yaml': 'yaml',
  '.yml': 'yaml',
};

/** Much more than variables need, little enough to be read at once. Bytes. */
const LARGEST_FILE = 16 * 1024 * 1024;

/** What HCL takes for the name of a variable. A name with dots sets the variable of a dependency. */
const VARIABLE_NAME = /^[\p{ID_Start}_][\p{ID_Continue}-]*(?:\.[\p{ID_Start}_][\p{ID_Continue}-]*)*$/u;

/**
 * The mapping of variables that an input holds.
 *
 * @throws InputProblem, which repeats no value: the input may hold secrets
 */
async function readMapping(input           , text        )                                         {
  const mapping = await parseMapping(
    text,
    (message) => new InputProblem(input, `is no YAML mapping of variables: ${message}`),
  );
  const wrong = Object.keys(mapping).filter((key) => !VARIABLE_NAME.test(key));
  if (wrong.length > 0)
    throw new InputProblem(
      input,
      `sets what no variable can be called: ${wrong.map((key) => `\`${key}\``).join(', ')}`,
    );
  return mapping;
}

/**
 * The file, once it has been read: one that is missing, unreadable, or not what its name says is told before anything else
 * happens.
 *
 * @throws InputProblem
 */
async function readVariableFile(written        , workspace        )                        {
  const problem = (message        , hint        , line         ) =>
    new InputProblem('variable_files', `names \`${written}\`, which ${message}`, {
      location: { file: written, ...(line !== undefined && { line }) },
      hint,
    });
  const kind = KINDS[(0,external_node_path_.extname)(written).toLowerCase()];
  if (kind === undefined) {
    throw problem(
      'is no `.hcl`, `.json` or `.yaml` file',
      'Name the file in `variable_files` by what it is: `.hcl` (`name = value`), `.json`, `.yaml` or `.yml`.',
    );
  }
  const outside = await whyOutside(written, workspace);
  if (outside !== undefined) {
    throw problem(
      outside,
      'Copy the file into the workspace, or write its absolute path where it belongs to the runner.',
    );
  }
  const path = (0,external_node_path_.resolve)(workspace, written);
  const cannotBeRead = (error         ) => {
    throw problem(
      `${whyUnreadable(error)} (looked at ${path})`,
      written.includes(',')
        ? 'Name one file a line in `variable_files`: no comma parts them.'
        : 'Correct the path in `variable_files`, which is relative to the workspace, and check that the repository was checked out.',
    );
  };
  const found = await (0,promises_.stat)(path).catch(cannotBeRead);
  // Reading a device would never end, and a pipe might never begin.
  const readable = found.isFile() || found.isDirectory();
  if (!readable || found.size > LARGEST_FILE) {
    const why = readable ? `is larger than ${LARGEST_FILE / 1024 / 1024} MiB` : 'is no regular file';
    throw problem(why, 'Name a file of variables in `variable_files`.');
  }
  const text = await (0,promises_.readFile)(path, 'utf8').catch(cannotBeRead);
  if (kind === 'yaml') {
    await parseMapping(text, (message, line) =>
      problem(
        `is no YAML mapping of variables: ${message}`,
        'Correct that file: names of variables and their values, like `count: 3`.',
        line,
      ),
    );
  }
  return { path, written, kind };
}

async function parseMapping(
  text        ,
  problem                                                  ,
)                                         {
  if (text === '') return {};
  // Loaded where there is YAML to read: an input error elsewhere is told sooner.
  const { parseYamlMapping, YamlError } = await Promise.all(/* import() */[__webpack_require__.e(815), __webpack_require__.e(295)]).then(__webpack_require__.bind(__webpack_require__, 5295));
  try {
    return parseYamlMapping(text);
  } catch (error) {
    throw error instanceof YamlError ? problem(error.message, error.line) : error;
  }
}

/** In words, why a file could not be read: the system's own code where it is none of the usual ones. */
function whyUnreadable(error         )         {
  const { code } = error                         ;
  if (code === 'ENOENT') return 'does not exist';
  if (code === 'EISDIR') return 'is a folder';
  return `cannot be read (${String(code)})`;
}

;// CONCATENATED MODULE: ./build/js/settings/secrets.js
                                                     

                                                   


/** A value that nobody may see, and the name that it is told by. */
                         
                        
                         
 

/** The inputs that hold nothing but a token. */
const TOKEN_INPUTS                       = ['registry_token', 'nomad_token', 'github_token'];

/**
 * Every secret among the inputs. It is called before anything else looks at them, so it takes wrong ones too: where
 * `secret_variables` cannot be read, each of its lines is one.
 */
async function secretsOf(inputs        )                    {
  const secrets           = [];
  for (const name of TOKEN_INPUTS) {
    const value = inputs[name];
    if (value !== undefined) secrets.push({ name, value });
  }
  const key = inputs.nomad_client_key;
  if (key !== undefined && (isPem(key) || isEncodedPem(key))) secrets.push({ name: 'nomad_client_key', value: key });
  if (inputs.secret_variables !== undefined) secrets.push(...(await secretVariables(inputs.secret_variables)));
  return secrets;
}

/**
 * The names in `secret_variables` that have no value. An expression gives none where it asks for a secret that does not exist, or that
 * belongs to an environment which the job does not name: the pack's default, or an empty text, would take its place unnoticed.
 *
 * @param inputs that `secretsOf` and `loadSettings` found nothing wrong with
 */
async function secretsWithoutValue({ secret_variables: text }        )                    {
  if (text === undefined) return [];
  const mapping = await readMapping('secret_variables', text);
  const { keyLines } = await Promise.all(/* import() */[__webpack_require__.e(815), __webpack_require__.e(295)]).then(__webpack_require__.bind(__webpack_require__, 5295));
  // `<<` brings in the keys of another mapping.
  return [...keyLines(text).keys()].filter((name) => name !== '<<' && (mapping[name] ?? '') === '');
}

/** Whether the text is PEM itself, not the path of a file that holds it. */
function isPem(text        )          {
  return text.includes('-----BEGIN ');
}

/** Whether the text is PEM in base64, as people keep it who fear for its line breaks: `-----BEGIN` reads like that. */
function isEncodedPem(text        )          {
  return text.startsWith('LS0tLS1CRUdJT');
}

async function secretVariables(text        )                    {
  try {
    return Object.entries(await readMapping('secret_variables', text)).flatMap(([name, value]) => leaves(name, value));
  } catch (error) {
    if (!(error instanceof InputProblem)) throw error;
    return text.split('\n').map((line) => ({ name: 'secret_variables', value: line.trim() }));
  }
}

/** Every value in it that is no list and no mapping, under the path that leads to it. */
function leaves(name        , value               )           {
  if (value === null) return [];
  if (typeof value !== 'object') return [{ name, value: String(value) }];
  return Object.entries(value).flatMap(([key, member]) => leaves(`${name}.${key}`, member));
}

;// CONCATENATED MODULE: ./build/js/settings/misplaced.js
                                                     



/** The shapes of tokens that GitHub gives out: <https://docs.github.com/authentication/keeping-your-account-and-data-secure>. */
const GITHUB_TOKEN = /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,})\b/;

const MAY_HOLD_SECRETS                         = new Set           ([
  ...TOKEN_INPUTS,
  'secret_variables',
  'nomad_client_key',
]);

/** The inputs that hold a token by mistake, where it would be printed, stored, become part of a job, or be sent to the wrong place. */
function misplacedSecrets(inputs        )                 {
  const problems = mixedUpTokens(inputs);
  for (const [key, text] of Object.entries(inputs)) {
    const input = key             ;
    if (MAY_HOLD_SECRETS.has(input)) continue;
    const token = TOKEN_INPUTS.find((name) => (inputs[name] ?? '').length >= 6 && text.includes(inputs[name] ?? ''));
    if (token !== undefined)
      problems.push(
        new InputProblem(
          input,
          `holds the value of \`${token}\`; a token belongs into its own input or \`secret_variables\` only`,
        ),
      );
    else if (GITHUB_TOKEN.test(text))
      problems.push(new InputProblem(input, 'holds a token of GitHub; use `registry_token`, or `secret_variables`'));
    else if (isPem(text) && text.includes('PRIVATE KEY'))
      problems.push(new InputProblem(input, 'holds a private key; use `nomad_client_key`, or `secret_variables`'));
  }
  return problems;
}

/** Each would go to the other's host. */
function mixedUpTokens({ nomad_token, registry_token }        )                 {
  if (nomad_token === undefined) return [];
  if (GITHUB_TOKEN.test(nomad_token))
    return [new InputProblem('nomad_token', 'holds a token of GitHub, which Nomad must not see; use `registry_token`')];
  return nomad_token === registry_token
    ? [new InputProblem('nomad_token', 'and `registry_token` hold the same token; each goes to a host of its own')]
    : [];
}

/** Tokens of GitHub's in whatever input they are, so that they can be masked before an error is printed. */
function strayTokens(inputs        )           {
  return Object.values(inputs).flatMap((text) => text.match(new RegExp(GITHUB_TOKEN, 'g')) ?? []);
}

// EXTERNAL MODULE: external "node:url"
var external_node_url_ = __webpack_require__(3136);
;// CONCATENATED MODULE: ./build/js/settings/source.js



/** A registry's source as nomad-pack is given it, and where its token may go. */
                                 
                       
                                                                                                                              
                           
 

/** Why a text is no source of a registry. Never repeats it: it may hold a credential. */
class SourceError extends Error {
                    name = 'SourceError';
}

const SCHEMES = new Set(['https:', 'http:', 'ssh:', 'file:']);

/**
 * The source with its scheme spelled out, since nomad-pack takes a source without one for a path and fails.
 * `github.com/org/repo` becomes `https://github.com/org/repo.git`, `git@host:org/repo` becomes `ssh://git@host/org/repo`,
 * and a path becomes `file://`.
 *
 * @param workspace the folder that a relative path is relative to
 * @throws SourceError
 */
function parseSource(written        , workspace        )                 {
  const text = written.startsWith('git::') ? written.slice('git::'.length) : written;
  if (/[\s\p{Cc}]/u.test(text)) throw new SourceError('holds white space or control characters');
  if (text.startsWith('-')) throw new SourceError('begins with `-`');
  // Only at the start: `http://[::1]/x` is an address.
  if (/^[^/[]*::/.test(text)) throw new SourceError('names a helper of git (`...::`), which could run any command');
  if (/^[./~]/.test(text)) return fromPath(text, workspace);

  const scp = /^(?<user>[A-Za-z0-9._-]+)@(?<host>[A-Za-z0-9.-]+):(?<path>[^/].*)$/.exec(text)?.groups;
  if (scp !== undefined) return fromUrl(`ssh://${scp['user']}@${scp['host']}/${scp['path']}`);
  if (/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(text)) return fromUrl(text);
  // Elsewhere on GitHub that is enough; here `org` would be taken for a host.
  if (/^[^/.:]+\/[^/]+\/?$/.test(text)) throw new SourceError('names no host: write it like `github.com/org/repo`');
  return fromUrl(`https://${withoutGitSuffix(text)}.git`);
}

function fromPath(text        , workspace        )                 {
  if (text.startsWith('~')) throw new SourceError('begins with `~`, which only a shell knows');
  if (/[?#]/.test(text)) throw new SourceError('holds `?` or `#`');
  return { url: (0,external_node_url_.pathToFileURL)((0,external_node_path_.resolve)(workspace, text)).href };
}

function fromUrl(text        )                 {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw new SourceError('is neither a URL, nor a path, nor `host/org/repo`');
  if (!SCHEMES.has(url.protocol)) throw new SourceError('has a scheme other than https, http, ssh and file');
  if (url.password !== '' || (url.username !== '' && url.protocol !== 'ssh:')) {
    throw new SourceError('holds a user or a password. They would be printed and stored; use `registry_token` instead');
  }
  if (url.search !== '' || url.hash !== '')
    throw new SourceError('holds `?` or `#`; a version goes into `registry_ref`');
  if (url.pathname.slice(1).includes('//'))
    throw new SourceError('names a folder after `//`; a single pack goes into `registry_target`');
  if (url.protocol !== 'file:' && (url.hostname === '' || url.hostname.startsWith('-') || !/[^/]/.test(url.pathname))) {
    throw new SourceError('names no host and repository');
  }
  const web = url.protocol === 'https:' || url.protocol === 'http:';
  if (web) refusePage(url);
  return { url: url.href, ...(web && { origin: url.origin }) };
}

/** Addresses that people copy from a browser, or write as elsewhere. A host would only say that there is no such repository. */
function refusePage({ hostname, pathname }     )       {
  const isPage =
    hostname === 'github.com'
      ? /^\/[^/]+\/[^/]+\/(?:tree|blob)\//.test(pathname)
      : /\/-\/(?:tree|blob)\//.test(pathname);
  if (isPage)
    throw new SourceError(
      'is the address of a page; leave out what follows the repository’s name, and set `registry_ref` to the branch or tag',
    );
  if (/@[^/]*$/.test(pathname)) throw new SourceError('holds `@` after the host; a version goes into `registry_ref`');
}

function withoutGitSuffix(text        )         {
  return text.replace(/\/+$/, '').replace(/\.git$/, '');
}

;// CONCATENATED MODULE: ./build/js/settings/pack.js




                                                                     



/** Where a pack that is a directory is filed in nomad-pack's cache when the user names no registry. */
const DIRECTORY_REGISTRY = 'workspace';

/** Whether `pack` names a directory, which needs no registry: there is a slash in it. */
function isDirectory(written        )          {
  return /[/\\]/.test(written);
}

/**
 * The pack that an input names: a directory, or one of the registry.
 *
 * @throws InputProblem
 */
async function readPack(written        , workspace        )                         {
  if (!isDirectory(written)) {
    if (!NAME.test(written))
      throw new InputProblem(
        'pack',
        'is no name: use letters, digits, `.`, `_` and `-`, or the path of a directory such as `./packs/web`',
      );
    return { kind: 'registry', name: written };
  }
  const outside = await whyOutside(written, workspace);
  if (outside !== undefined) throw new InputProblem('pack', outside);
  const path = (0,external_node_path_.resolve)(workspace, written);
  const name = (0,external_node_path_.basename)(path);
  if (!NAME.test(name))
    throw new InputProblem(
      'pack',
      'names a directory that no pack can be called after: use letters, digits, `.`, `_` and `-`',
    );
  const metadata = await (0,promises_.stat)((0,external_node_path_.join)(path, 'metadata.hcl')).catch(() => undefined);
  if (metadata?.isFile() !== true) {
    throw new InputProblem(
      'pack',
      `names the directory \`${written}\`, in which there is no pack: ${(0,external_node_path_.join)(path, 'metadata.hcl')} is not there. Check the path, and that the repository was checked out`,
    );
  }
  return { kind: 'directory', name, path, written };
}

/** What the inputs say of a registry; each by itself has been checked already. */
                                 
                                     
                                       
                       
                                       
                                      
 

/**
 * The registry that the inputs name, if they name one.
 *
 * @throws InputProblem
 */
function readRegistry(
  inputs                ,
  pack                           ,
  workspace        ,
)                               {
  const { ref, target, token } = inputs;
  if (pack?.kind === 'directory') return { name: inputs.name ?? DIRECTORY_REGISTRY, source: pack.path, ref };
  if (inputs.name === undefined || inputs.source === undefined) return undefined;
  if (target !== undefined && pack !== undefined && target !== pack.name) {
    throw new InputProblem(
      'registry_target',
      `is \`${target}\`, but \`pack\` is \`${pack.name}\`; leave one of them as it is and drop or change the other`,
    );
  }
  const source = readSource(inputs.source, workspace);
  if (token !== undefined && source.origin === undefined) {
    throw new InputProblem(
      'registry_token',
      'is set, but `registry_source` is no http(s) address; for SSH, add a key to the agent instead',
    );
  }
  return {
    name: inputs.name,
    source: source.url,
    ref,
    ...(source.origin !== undefined && { origin: source.origin }),
    ...(target !== undefined && { target }),
    ...(token !== undefined && { token }),
  };
}

function readSource(written        , workspace        ) {
  try {
    return parseSource(written, workspace);
  } catch (error) {
    throw error instanceof SourceError ? new InputProblem('registry_source', error.message) : error;
  }
}

;// CONCATENATED MODULE: ./build/js/settings/settings.js
const OPERATIONS = ['deploy', 'status', 'plan', 'render', 'promote', 'stop', 'destroy', 'setup']         ;

                                                    

/** The pack that is asked for: one of the registry, or a directory of the workspace, which needs no registry. */
                           
                                                        
     
                                 
                                                                              
                            
                      
                            
                                  
                               
      

                                   
                        
                                                                                                                
                          
                                                                                    
                           
                                                               
                       
                           
                          
 

/** A value of a pack variable; what nomad-pack reads from a JSON file of variables. */
                           
          
          
           
        
                            
                                              

                                   
                                                          
                                                           
                                                                                                
                                          
 

                               
                  
                        
                              
                           
                                         
 

                              
                                                                                                                  
                           
                               
                              
                               
                               
 

                                
                                                                                       
                           
                          
                                                              
                             
                           
                            
                                                                           
 

                                    
                                                          
                           
                                                                                        
                          
                                             
                               
 

                                  
                         
                      
                           
                                           
                                        
                                 
                                   
 

                                 
                                               
                                  
                                                                              
                                    
                                                                                               
                           
                                                
                                
 

                          
                                        
                                                                                                       
                                      
 

                                                       
                              
 

/** What every operation on a deployment is told; the values of all inputs, checked, made once and never changed. */
                                                            
                                                  
                                  
                               
                                                                                 
                                       
                                       
                                
                                    
                                  
                                                                  
                             
 

                                                          

;// CONCATENATED MODULE: ./build/js/settings/schema.js


                                             


const schema_text = schemas/* string */.YjP();

/** What each input may be by itself; `load.ts` says which of them an operation needs, and which go together. */
const inputsSchema = schemas/* object */.Ikc({
  operation: schemas/* _default */.Rvf(oneOf(OPERATIONS), 'deploy'),
  deployment_name: schemas/* optional */.lqM(fields_name),
  pack: schemas/* optional */.lqM(schema_text),
  registry_name: schemas/* optional */.lqM(fields_name),
  registry_source: schemas/* optional */.lqM(schema_text),
  registry_ref: schemas/* _default */.Rvf(ref, 'latest'),
  registry_target: schemas/* optional */.lqM(fields_name),
  registry_token: schemas/* optional */.lqM(schema_text),
  registry: schemas/* optional */.lqM(fields_name),
  variables: schemas/* _default */.Rvf(schema_text, ''),
  secret_variables: schemas/* _default */.Rvf(schema_text, ''),
  variable_files: schemas/* _default */.Rvf(list, []),
  nomad_addr: schemas/* optional */.lqM(nomadAddress),
  nomad_token: schemas/* optional */.lqM(schema_text.check(api/* _regex */.Fk(/^[\x21-\x7e]+$/, 'holds characters that no token has'))),
  nomad_namespace: schemas/* _default */.Rvf(fields_name, 'default'),
  nomad_region: schemas/* optional */.lqM(fields_name),
  nomad_cacert: schemas/* optional */.lqM(schema_text),
  nomad_client_cert: schemas/* optional */.lqM(schema_text),
  nomad_client_key: schemas/* optional */.lqM(schema_text),
  nomad_tls_server_name: schemas/* optional */.lqM(fields_name),
  nomad_skip_verify: schemas/* _default */.Rvf(flag, false),
  nomad_auth_method: schemas/* optional */.lqM(fields_name),
  nomad_auth_audience: schemas/* optional */.lqM(schema_text),
  nomad_pack_version: schemas/* _default */.Rvf(nomadPackVersion, 'latest'),
  nomad_pack_mirror: schemas/* _default */.Rvf(mirror, 'https://releases.hashicorp.com'),
  nomad_pack_signing_key: schemas/* optional */.lqM(schema_text),
  wait: schemas/* _default */.Rvf(flag, true),
  wait_timeout: schemas/* _default */.Rvf(duration, 15 * 60_000),
  wait_for: schemas/* _default */.Rvf(oneOf(['started', 'complete']), 'started'),
  on_failure: schemas/* _default */.Rvf(oneOf(['keep', 'revert']), 'keep'),
  allow_replace: schemas/* _default */.Rvf(flag, false),
  preserve_counts: schemas/* _default */.Rvf(flag, false),
  pass_env: schemas/* _default */.Rvf(environmentNames, []),
  plan_digest: schemas/* optional */.lqM(digest),
  fail_on_changes: schemas/* _default */.Rvf(flag, false),
  fail_on_unhealthy: schemas/* _default */.Rvf(flag, false),
  comment: schemas/* _default */.Rvf(oneOf(['auto', 'always', 'never']), 'auto'),
  github_token: schemas/* optional */.lqM(schema_text),
}                                           );

                                                          

;// CONCATENATED MODULE: ./build/js/settings/tls.js


                                             




/** A certificate or a key: a file of the user's, or PEM text that has to be put into one. */
                                                                              

/**
 * The file or the text that an input holds.
 *
 * @throws InputProblem when the file cannot be read, and for PEM that is encoded once more
 */
async function readPemInput(input           , written        , workspace        )                     {
  if (isPem(written)) return { text: `${written.trim()}\n` };
  if (isEncodedPem(written))
    throw new InputProblem(input, 'is PEM in base64; give the text itself, with its line breaks');
  const path = (0,external_node_path_.resolve)(workspace, written);
  await (0,promises_.readFile)(path).catch((error         ) => {
    throw new InputProblem(
      input,
      `is neither PEM text nor a file that can be read: \`${path}\` ${whyUnreadable(error)}`,
    );
  });
  return { path };
}

;// CONCATENATED MODULE: ./build/js/settings/load.js


                                                     




             
                    
                
            
                 
                  
           
                       



                              
                                                                  
                             
                                                                                                     
                                                                
                                                                                                                
                                                                        
 

/** Without these an operation cannot begin. A pack that is a directory needs no registry, whatever the table says. */
const NEEDED                                                    = {
  deploy: ['deployment_name', 'pack', 'registry_name', 'registry_source', 'nomad_addr'],
  plan: ['deployment_name', 'pack', 'registry_name', 'registry_source', 'nomad_addr'],
  render: ['pack', 'registry_name', 'registry_source'],
  status: ['deployment_name', 'pack', 'nomad_addr'],
  promote: ['deployment_name', 'pack', 'nomad_addr'],
  stop: ['deployment_name', 'pack', 'nomad_addr'],
  destroy: ['deployment_name', 'pack', 'nomad_addr'],
  setup: [],
};

const REGISTRY_INPUTS                       = ['registry_name', 'registry_source'];

/** What Nomad's own tools take when they are told no address; `render` does not need the cluster, but a template may ask it. */
const NOMAD_DEFAULT_ADDRESS = 'http://127.0.0.1:4646';

/**
 * What the inputs ask for, checked. Files that they name have been looked at; nothing else has been touched.
 *
 * @throws ActionError with the reason `input` (or `variable-file`, when a file of variables is all that is wrong) that names
 *   every wrong input at once
 */
async function loadSettings(inputs        , options             )                    {
  const { workspace } = options;
  const problems                 = [];
  const attempt = async    (read                      )                         => {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof InputProblem)) throw error;
      problems.push(error);
      return undefined;
    }
  };
  const pem = (input           ) => {
    const written = inputs[input];
    return written === undefined ? undefined : attempt(() => readPemInput(input, written, workspace));
  };

  const checked = await checkEach(inputs, problems);
  problems.push(...missing(inputs, checked.operation), ...contradictions(inputs), ...misplacedSecrets(inputs));
  const written = checked.pack;
  const pack = written === undefined ? undefined : await attempt(() => readPack(written, workspace));
  const registry = await attempt(() =>
    readRegistry(
      {
        name: checked.registry_name ?? checked.registry,
        source: checked.registry_source,
        ref: checked.registry_ref ?? 'latest',
        target: checked.registry_target,
        token: checked.registry_token,
      },
      pack,
      workspace,
    ),
  );
  const plain = await attempt(() => readMapping('variables', inputs.variables ?? ''));
  const secret = await attempt(() => readMapping('secret_variables', inputs.secret_variables ?? ''));
  problems.push(...namedTwice(plain ?? {}, secret ?? {}));
  const files = await Promise.all(
    (checked.variable_files ?? []).map((file) => attempt(() => readVariableFile(file, workspace))),
  );
  const signingKey = await attempt(() => readSigningKey(inputs.nomad_pack_signing_key, workspace));
  const [caCert, clientCert, clientKey] = [
    await pem('nomad_cacert'),
    await pem('nomad_client_cert'),
    await pem('nomad_client_key'),
  ];
  if (problems.length > 0) throw inputError(problems, options.variableOf);

  const complete = checked                 ;
  const nomadPack                    = {
    version: complete.nomad_pack_version,
    mirror: complete.nomad_pack_mirror,
    ...(signingKey !== undefined && { signingKey }),
  };
  const common = { nomadPack, passEnv: complete.pass_env };
  if (complete.operation === 'setup' || pack === undefined) return { operation: 'setup', ...common };
  return {
    operation: complete.operation,
    ...common,
    deploymentName: complete.deployment_name ?? pack.name,
    pack,
    ...(registry !== undefined && { registry }),
    variables: { plain: plain ?? {}, secret: secret ?? {}, files: files.filter((file) => file !== undefined) },
    nomad: nomadSettings(complete, {
      ...(caCert && { caCert: await toPath(caCert, 'ca.pem', options) }),
      ...(clientCert && { clientCert: await toPath(clientCert, 'client.pem', options) }),
      ...(clientKey && { clientKey: await toPath(clientKey, 'client-key.pem', options) }),
    }),
    rollout: rolloutSettings(complete),
    review: reviewSettings(complete),
    workspace,
  };
}

/** The inputs that are right by themselves; what is wrong with the others is added to the problems. */
async function checkEach(inputs        , problems                )                                  {
  const checked                          = {};
  for (const [name, schema] of Object.entries(inputsSchema.shape)) {
    const result = await schema.safeParseAsync(inputs[name             ]);
    if (result.success) checked[name] = result.data;
    else problems.push(new InputProblem(name             , result.error.issues[0]?.message ?? 'is wrong'));
  }
  return checked                          ;
}

function missing(inputs        , operation                       )                 {
  if (operation === undefined) return [];
  const given = (name           ) =>
    inputs[name] !== undefined ||
    (name === 'registry_name' && inputs.registry !== undefined) ||
    (isDirectory(inputs.pack ?? '') && REGISTRY_INPUTS.includes(name));
  const unless = (name           ) => {
    if (name === 'nomad_addr') return ' (or the environment variable NOMAD_ADDR)';
    return name === 'registry_source' && inputs.pack !== undefined
      ? `, unless \`pack\` is a directory, as in \`./${inputs.pack}\``
      : '';
  };
  return NEEDED[operation]
    .filter((name) => !given(name))
    .map((name) => new InputProblem(name, `is missing or empty; \`${operation}\` needs it${unless(name)}`));
}

/** Inputs that cannot be meant together. */
function contradictions(inputs        )                 {
  const problems                 = [];
  const add = (input           , message        ) => problems.push(new InputProblem(input, message));
  if (inputs.nomad_auth_method !== undefined && inputs.nomad_token !== undefined) {
    add(
      'nomad_auth_method',
      'and `nomad_token` are both set; a login gets a token of its own, so leave one of them out',
    );
  }
  if (inputs.nomad_auth_audience !== undefined && inputs.nomad_auth_method === undefined) {
    add('nomad_auth_audience', 'is set without `nomad_auth_method`, which it belongs to');
  }
  if ((inputs.nomad_client_cert === undefined) !== (inputs.nomad_client_key === undefined)) {
    const absent = inputs.nomad_client_cert === undefined ? 'nomad_client_cert' : 'nomad_client_key';
    add(absent, 'is missing; a client certificate and its key go together');
  }
  if (inputs.registry !== undefined && inputs.registry_name !== undefined && inputs.registry !== inputs.registry_name) {
    add('registry', 'is the old name of `registry_name`, and they differ; drop it');
  }
  return problems;
}

function namedTwice(plain        , secret        )                 {
  return Object.keys(plain)
    .filter((name) => Object.hasOwn(secret, name))
    .map(
      (name) => new InputProblem('variables', `and \`secret_variables\` both set \`${name}\`; leave one of them out`),
    );
}

async function readSigningKey(written                    , workspace        )                              {
  if (written === undefined || written.includes('-----BEGIN PGP')) return written;
  const path = (0,external_node_path_.resolve)(workspace, written);
  const text = await (0,promises_.readFile)(path, 'utf8').catch((error         ) => {
    throw new InputProblem(
      'nomad_pack_signing_key',
      `is neither an armored key nor a file that can be read: \`${path}\` ${whyUnreadable(error)}`,
    );
  });
  if (!text.includes('-----BEGIN PGP'))
    throw new InputProblem('nomad_pack_signing_key', `names \`${path}\`, which holds no armored OpenPGP key`);
  return text;
}

async function toPath(source           , name        , { keepPrivate }             )                  {
  return 'path' in source ? source.path : await keepPrivate(name, source.text);
}

function nomadSettings(
  inputs               ,
  files                                                              ,
)                {
  return {
    address: inputs.nomad_addr ?? NOMAD_DEFAULT_ADDRESS,
    namespace: inputs.nomad_namespace,
    ...(inputs.nomad_token !== undefined && { token: inputs.nomad_token }),
    ...(inputs.nomad_region !== undefined && { region: inputs.nomad_region }),
    tls: {
      ...files,
      ...(inputs.nomad_tls_server_name !== undefined && { serverName: inputs.nomad_tls_server_name }),
      skipVerify: inputs.nomad_skip_verify,
    },
    ...(inputs.nomad_auth_method !== undefined && {
      login: {
        method: inputs.nomad_auth_method,
        ...(inputs.nomad_auth_audience !== undefined && { audience: inputs.nomad_auth_audience }),
      },
    }),
  };
}

function rolloutSettings(inputs               )                  {
  return {
    wait: inputs.wait,
    timeout: inputs.wait_timeout,
    waitFor: inputs.wait_for,
    onFailure: inputs.on_failure,
    allowReplace: inputs.allow_replace,
    preserveCounts: inputs.preserve_counts,
  };
}

function reviewSettings(inputs               )                 {
  return {
    failOnChanges: inputs.fail_on_changes,
    failOnUnhealthy: inputs.fail_on_unhealthy,
    comment: inputs.comment,
    ...(inputs.plan_digest !== undefined && { digest: inputs.plan_digest }),
    ...(inputs.github_token !== undefined && { githubToken: inputs.github_token }),
  };
}

;// CONCATENATED MODULE: ./build/js/main.js






                                                            







/** What a step has at hand from its first moment. */
                
                                    
                          
                            
                          
                              
                               
                                           
                                 
 

/**
 * The step: settings, operation, report. The only place that turns a failure into an exit code. The runner cancels a step with a
 * signal and kills it 7.5 seconds later, so everything that may take long ends when `signal` is aborted.
 */
async function main()                {
  (0,commands/* saveState */.LZ)(process.env, 'step', 'begun');
  const step = await beginStep();
  const { settings, result } = await perform(step);
  const { report } = await __webpack_require__.e(/* import() */ 545).then(__webpack_require__.bind(__webpack_require__, 545));
  const { environment, log, secrets, elapsed } = step;
  await report(result, settings, { environment, log, secrets, elapsed, operation: result.operation });
  process.exitCode = result.failure === undefined ? 0 : 1;
}

async function beginStep()                {
  const start = performance.now();
  const elapsed = () => Math.round(performance.now() - start);
  const environment              = { ...process.env };
  const cancel = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM']         ) process.on(name, () => cancel.abort(cancelled()));

  const tooShort = new Set        ();
  const secrets = new Secrets({ onShort: (name) => tooShort.add(name) });
  const inputs = readInputs(environment);
  // Before anything can print it. A token in the wrong input is refused later, by a message that must not show it.
  for (const { name, value } of await secretsOf(inputs)) secrets.add(name, value);
  for (const token of strayTokens(inputs)) secrets.add('GitHub token', token);

  const findings           = { phases: [], timeline: [], notices: [] };
  const log = createLog({ secrets, environment, findings, elapsed });
  for (const name of tooShort) {
    log.warning(`\`${name}\` is shorter than 6 characters, too short to be masked: it may show up in logs.`);
  }
  return { environment, inputs, secrets, log, findings, signal: cancel.signal, elapsed };
}

/** Runs the operation. Whatever goes wrong is part of the result, and what the step left on disk is gone. */
async function perform(step      )                                                                                {
  const { environment, inputs, log, findings } = step;
  const temporary = environment['RUNNER_TEMP'] || (0,external_node_os_.tmpdir)();
  let settings                      ;
  let folder                           ;
  try {
    const workspace = environment['GITHUB_WORKSPACE'] || process.cwd();
    const privateFolder = await private_folder/* PrivateFolder */.o.create(temporary);
    folder = privateFolder;
    // Known to the post step before anything secret is in it: when this process is killed, only that one runs.
    (0,commands/* saveState */.LZ)(environment, 'folder', privateFolder.path);
    settings = await loadSettings(inputs, {
      workspace,
      variableOf: (input) => fallbackOf(environment, input),
      keepPrivate: async (name, text) => await privateFolder.write(name, text),
    });
    await warnAbout(settings, step);
    return { settings, result: await operateOn(settings, privateFolder, temporary, step) };
  } catch (error) {
    return {
      settings,
      result: failedResult((0,errors/* asActionError */.z6)(step.signal.aborted ? step.signal.reason : error), settings, step),
    };
  } finally {
    await folder?.remove().catch((error         ) => {
      log.warning(`The folder ${folder?.path} could not be removed: ${error instanceof Error ? error.message : error}`);
    });
    findings.notices = [...new Set(findings.notices)];
  }
}

async function operateOn(
  settings          ,
  folder               ,
  temporary        ,
  { environment, log, secrets, findings, signal, elapsed }      ,
)                  {
  const { createToolbox } = await Promise.all(/* import() */[__webpack_require__.e(88), __webpack_require__.e(758), __webpack_require__.e(413)]).then(__webpack_require__.bind(__webpack_require__, 4413));
  const tools = createToolbox({ settings, environment, log, secrets, findings, folder, temporary, signal, elapsed });
  try {
    const { operate } = await Promise.all(/* import() */[__webpack_require__.e(758), __webpack_require__.e(828)]).then(__webpack_require__.bind(__webpack_require__, 7828));
    // The report is needed at the end: it is loaded while the operation waits for others.
    const [result] = await Promise.all([operate(settings, tools), __webpack_require__.e(/* import() */ 545).then(__webpack_require__.bind(__webpack_require__, 545))]);
    return result;
  } finally {
    await tools.close();
  }
}

async function warnAbout(settings          , { inputs, environment, log }      )                {
  if (inputs.registry !== undefined) log.warning('The input `registry` is the old name of `registry_name`; use that.');
  if (settings.operation !== 'setup' && settings.nomad.tls.skipVerify) {
    log.warning(
      '`nomad_skip_verify` is on: whoever is between this runner and Nomad can read the token and pose as Nomad.',
    );
  }
  for (const { level, text } of tokensInTheClear(settings, environment)) log[level](text);
  for (const name of await secretsWithoutValue(inputs)) {
    log.warning(
      `\`${name}\` in \`secret_variables\` has no value. Does the secret exist, and does the job name the \`environment:\` that it belongs to?`,
    );
  }
}

/** The result of a step that ended in an error: what it had found by then, and nothing that it only hoped for. */
function failedResult(failure             , settings                      , { inputs, findings }      )         {
  const status         = failure.reason === 'cancelled' ? 'cancelled' : (findings.status ?? 'unknown');
  return {
    ...findings,
    operation: settings?.operation ?? askedOperation(inputs),
    status,
    health: findings.health ?? 'unknown',
    changed: findings.changed ?? false,
    jobs: findings.jobs ?? [],
    failure,
  };
}

function askedOperation({ operation }        )            {
  return OPERATIONS.find((one) => one === operation) ?? 'deploy';
}

function cancelled()              {
  return new errors/* ActionError */.lZ('cancelled', 'The step was cancelled.', {
    hint: 'What Nomad was told before stays so; `operation: status` says how the deployment fares.',
  });
}


/***/ }),

/***/ 3623:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AI: () => (/* binding */ isDebugLine),
/* harmony export */   RT: () => (/* binding */ tail),
/* harmony export */   c3: () => (/* binding */ parseErrorBlocks)
/* harmony export */ });
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7975);


/** An error as nomad-pack prints it: `! Title`, `!   Error: ...`, `!   Context:`, `!     Key: value`. */
                             
                         
                        
                         
                                                     
 

/** The error blocks in what nomad-pack printed, in their order; empty where there are none. */
function parseErrorBlocks(output        )               {
  const blocks                                                                        = [];
  let inContext = false;
  // Advice on flags, which a user of the action does not set.
  let inDetails = false;
  for (const line of output.split('\n').map((text) => (0,node_util__WEBPACK_IMPORTED_MODULE_0__.stripVTControlCharacters)(text))) {
    const title = /^! (?! )(.+)$/.exec(line)?.[1];
    const block = blocks.at(-1);
    if (title !== undefined) {
      blocks.push({ title, error: [], context: {} });
      inContext = false;
      inDetails = false;
    } else if (block === undefined) {
    } else if (/^! {3}Context:\s*$/.test(line)) {
      inContext = true;
    } else if (inContext) {
      const [, key, value] = /^! +([A-Z][A-Za-z ]*): ?(.*)$/.exec(line) ?? [];
      if (key !== undefined) block.context[key] = (value ?? '').trim();
    } else if (/^! {3}(?:Details|Suggestions):/.test(line)) {
      inDetails = true;
    } else if (!inDetails) {
      const first = /^! {3}Error: (.*)$/.exec(line)?.[1];
      if (first !== undefined || block.error.length > 0) block.error.push(first ?? line.trim());
    }
  }
  return blocks.map(({ title, error, context }) => ({ title, error: error.join('\n').trim(), context }));
}

/** Whether a line is nomad-pack's own tracing, which it prints whether it is asked to or not. */
function isDebugLine(line        )          {
  return /^debug: /.test(line) || /^\s*temp directory deleted$/.test(line);
}

/** The end of an output, for a message that has to show what was not understood. */
function tail(output        , lines = 15)         {
  const kept = output.split('\n').filter((line) => line.trim() !== '' && !isDebugLine(line));
  return kept.slice(-lines).join('\n');
}


/***/ }),

/***/ 7350:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ RENDERED_FOLDER),
/* harmony export */   o: () => (/* binding */ PrivateFolder)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);




/** Holds an empty file for each process, named by its id. */
const PROCESSES = '.nomad-pack-processes';

/** Where nomad-pack writes what it renders to, below the folder. */
const RENDERED_FOLDER = '.nomad-pack-rendered';

/**
 * Never linked into the private folder: git would take `.git` for the configuration of what it clones, and what is written here later
 * must not end up in the workspace, nor what is read here come from it.
 */
const HIDDEN                    = ['.git', '.cache', 'Library', PROCESSES, RENDERED_FOLDER];

/**
 * A folder of this step alone, readable by this user alone. nomad-pack runs in it, so that what it leaves behind goes away with the
 * folder, and two steps on one machine never meet.
 */
class PrivateFolder {
  /** Absolute. */
           path        ;

          constructor(path        ) {
    this.path = path;
  }

  /** A new one below a folder for temporary files; its name cannot be guessed. */
  static async create(temporary        )                         {
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)(temporary, { recursive: true });
    return new PrivateFolder(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdtemp)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(temporary, 'nomad-pack-')));
  }

  /** The folder that an earlier process made. */
  static at(path        )                {
    return new PrivateFolder(path);
  }

  /** Writes a file that only this user can read, in a subfolder where one is named; answers its absolute path. */
  async write(name        , text                     )                  {
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(this.path, name);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)(path, text, { mode: 0o600, flag: 'wx' });
    return path;
  }

  /**
   * Makes the workspace's entries visible here, so that a template's `fileContents "conf/x"` finds them: nomad-pack looks in the
   * folder that it runs in. What is already here stays, and so does the name of the pack hidden, because nomad-pack takes a folder
   * of that name for the pack.
   */
  async linkWorkspace(workspace        , packName        )                {
    const taken = new Set([...(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)(this.path)), ...HIDDEN, packName]);
    const entries = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)(workspace, { withFileTypes: true }).catch(() => []);
    await Promise.all(
      entries
        .filter(({ name }) => !taken.has(name))
        .map((entry) =>
          (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.symlink)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(workspace, entry.name), (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(this.path, entry.name), entry.isDirectory() ? 'junction' : 'file'),
        ),
    );
  }

  /** Remembers a child process, so that a later process can end it if this one is killed: at once, before anything else happens. */
  rememberProcess(pid        )       {
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdirSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(this.path, PROCESSES), { recursive: true });
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(this.path, PROCESSES, String(pid)), '');
  }

  forgetProcess(pid        )       {
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(this.path, PROCESSES, String(pid)), { force: true });
  }

  /** The child processes that were remembered and not forgotten. */
  async rememberedProcesses()                    {
    const names = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(this.path, PROCESSES)).catch(() => []);
    // To a signal, 0 and 1 would mean this process's own group, and all processes.
    return names.filter((name) => /^\d+$/.test(name) && Number(name) > 1).map(Number);
  }

  /** Removes the folder and all that is in it; links are removed, not followed. nomad-pack makes some of its folders read-only. */
  async remove()                {
    await makeWritable(this.path);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(this.path, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function makeWritable(folder        )                {
  const entries = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)(folder, { withFileTypes: true }).catch(() => []);
  await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.chmod)(folder, 0o700).catch(() => undefined);
  await Promise.all(
    entries.filter((entry) => entry.isDirectory()).map((entry) => makeWritable((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, entry.name))),
  );
}


/***/ }),

/***/ 5095:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LZ: () => (/* binding */ saveState),
/* harmony export */   Lb: () => (/* binding */ issueCommand),
/* harmony export */   fM: () => (/* binding */ addPath),
/* harmony export */   uH: () => (/* binding */ setOutput)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);

                                                         

/*
 * The runner's own protocol, as `@actions/core` speaks it. That library loads an HTTP client along with it, which takes longer than
 * this whole action needs to say that an input is wrong.
 */

/** Where an annotation points, and what it is headed with. */
                                       
                                      
                                     
                 
                                     
                 
                                    
 

/** Gives the runner a command on stdout; nothing in the message or the properties can be taken for another one. */
function issueCommand(
  command                                                                              ,
  message = '',
  properties                       = {},
)       {
  const list = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  process.stdout.write(`::${command}${list.length > 0 ? ` ${list.join(',')}` : ''}::${escapeData(message)}\n`);
}

/** Sets an output of the step; without a runner to read it, nothing happens. */
function setOutput(environment             , name        , value        )       {
  writeFileCommand(environment['GITHUB_OUTPUT'], name, value);
}

/** Keeps a value for the step's end, which finds it as `STATE_<name>`. */
function saveState(environment             , name        , value        )       {
  writeFileCommand(environment['GITHUB_STATE'], name, value);
}

/** Puts a folder on the PATH of later steps. */
function addPath(environment             , folder        )       {
  const file = environment['GITHUB_PATH'];
  if (file !== undefined && file !== '') (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.appendFileSync)(file, `${folder}\n`);
}

function writeFileCommand(file                    , name        , value        )       {
  if (file === undefined || file === '') return;
  // The value ends where this line comes again, so it must not be in it.
  let delimiter = 'END';
  while (value.includes(delimiter)) delimiter += '_';
  (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.appendFileSync)(file, `${name}<<${delimiter}\n${value}\n${delimiter}\n`);
}

function escapeData(text        )         {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text        )         {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}


/***/ }),

/***/ 1137:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ formatDuration)
/* harmony export */ });
/** Milliseconds as a reader says them: `0.4 s`, `12 s`, `2 min 5 s`, `1 h 2 min`. */
function formatDuration(milliseconds        )         {
  if (milliseconds < 9_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}


/***/ })

};

