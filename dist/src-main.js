export const id = "src-main";
export const ids = ["src-main"];
export const modules = {

/***/ 2027:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KW: () => (/* binding */ cancelled),
/* harmony export */   ZU: () => (/* binding */ runnerFault),
/* harmony export */   lZ: () => (/* binding */ ActionError),
/* harmony export */   z6: () => (/* binding */ asActionError)
/* harmony export */ });
/* unused harmony export FAILURE_REASONS */
/* harmony import */ var node_util_types__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3429);


/**
 * The stable words of the output `failure-reason`. Workflows compare with them: a word once published keeps its meaning.
 */
const FAILURE_REASONS = (/* unused pure expression or super */ null && ([
  'input',
  'deployments-file',
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
  'variable-invalid',
  'variable-file',
  'variable-source',
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
  'nomad-variable',
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
  'no-earlier-version',
  'plan-changed',
  'not-as-planned',
  'changes',
  'skipped',
  'cancelled',
  'runner',
  'output-not-understood',
  'nomad-pack-failed',
  'internal',
]))         ;

                                                             

/** Where a mistake is, when it is in a file of the workspace: an annotation then points at it. */
                               
                                                                                       
                        
                 
                         
                 
                           
 

/** One of several mistakes in a file, told where it is. */
                                 
                           
                                  
 

                              
                                                                               
                         
                                   
                                                                                       
                                                   
                           
                                                          
                             
                                                                                  
                                     
 

/**
 * Whatever ends a step red. It is thrown where the trouble is found and turned into an annotation, outputs and an exit code
 * in `main.ts` only. The message says what happened, and where an input is at fault, which; the hint says what to do.
 */
class ActionError extends Error {
                    name = 'ActionError';
           reason               ;
           hint        ;
           location                          ;
           annotations                           ;
           passing         ;
           link                    ;

  constructor(reason               , message        , details                     = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.reason = reason;
    this.hint = details.hint ?? '';
    this.location = details.location;
    this.annotations = details.annotations ?? [];
    this.passing = details.passing ?? false;
    this.link = details.link;
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

/** What the system says when the runner lacks something, by its code, with what to do about it. */
const RUNNER_FAULTS                                                                  = {
  ENOSPC: ['the disk is full', 'Free some space on the runner, or use one with a larger disk.'],
  EDQUOT: ['the quota of the disk is used up', 'Free some space on the runner, or raise the quota of its user.'],
  EROFS: ['the file system is read-only', 'Give the runner a folder that it can write to.'],
  EACCES: ['this user may not do that', 'Give the user that the runner works as the right to read and write there.'],
  EPERM: ['this user may not do that', 'Give the user that the runner works as the right to read and write there.'],
  ENOTDIR: ['a part of the path is a file', 'Remove that file, or name another folder.'],
  EISDIR: ['it is a folder', 'Remove that folder, or name a file.'],
  EEXIST: ['something is in the way', 'Remove what is there, or name another folder.'],
  ENOENT: ['it is not there', 'Look for what removes files on the runner while the step runs.'],
  ENAMETOOLONG: ['the path is too long', 'Use shorter names, or a folder nearer to the root.'],
  ELOOP: ['its links lead round in circles', 'Remove those links.'],
  EMFILE: ['too many files are open', 'Raise the limit of open files on the runner (`ulimit -n`).'],
  ENFILE: ['too many files are open on the whole machine', 'Raise the limit of open files on the runner.'],
  ENOMEM: ['the memory is used up', 'Use a runner with more memory, or run fewer things at once.'],
  EAGAIN: ['no further process may be started', 'Raise the limit of processes on the runner (`ulimit -u`).'],
  EIO: ['the disk does not work', 'Check the disk of the runner.'],
};

/** What a system's error says of the runner: a disk that is full, a file that may not be written. Undefined for all others. */
function runnerFault(error         )                          {
  if (!(0,node_util_types__WEBPACK_IMPORTED_MODULE_0__.isNativeError)(error)) return undefined;
  const { code = '', path, dest, syscall } = error                                             ;
  const fault = RUNNER_FAULTS[code];
  // Sockets fail with some of these codes, too.
  if (fault === undefined || syscall === 'connect') return undefined;
  const [what, hint] = fault;
  const where = dest ?? path;
  return new ActionError(
    'runner',
    `The runner could not do what this step needs${where === undefined ? '' : ` at \`${where}\``}: ${what} (${code}${syscall === undefined ? '' : `, ${syscall}`}).`,
    { hint: `${hint} Temporary files are in \`RUNNER_TEMP\`, downloads in \`RUNNER_TOOL_CACHE\`.`, cause: error },
  );
}

/**
 * The error as an `ActionError`: itself, `runner` where the system says that the runner lacks something, or, for a fault of our own that
 * nobody foresaw, one with the reason `internal`.
 */
function asActionError(error         )              {
  if (error instanceof ActionError) return error;
  const fault = runnerFault(error);
  if (fault !== undefined) return fault;
  const message = error instanceof Error ? error.message : String(error);
  return new ActionError('internal', `The action failed in a way it does not know: ${message}`, {
    hint: 'This is a fault of the action. Run again with debug logging (ACTIONS_STEP_DEBUG) and report what it prints.',
    cause: error,
  });
}


/***/ }),

/***/ 5232:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  main: () => (/* binding */ main)
});

// EXTERNAL MODULE: ./build/js/errors.js
var errors = __webpack_require__(2027);
// EXTERNAL MODULE: ./build/js/operations.js
var operations = __webpack_require__(4582);
// EXTERNAL MODULE: ./build/js/record.js
var js_record = __webpack_require__(1641);
// EXTERNAL MODULE: ./build/js/runner/commands.js
var commands = __webpack_require__(2291);
// EXTERNAL MODULE: ./build/js/runner/private-folder.js
var private_folder = __webpack_require__(3107);
// EXTERNAL MODULE: ./build/js/settings/inputs.js
var settings_inputs = __webpack_require__(7045);
// EXTERNAL MODULE: ./build/js/settings/load.js + 2 modules
var load = __webpack_require__(5081);
// EXTERNAL MODULE: ./build/js/settings/misplaced.js
var misplaced = __webpack_require__(2112);
// EXTERNAL MODULE: ./build/js/settings/problems.js
var settings_problems = __webpack_require__(1404);
// EXTERNAL MODULE: ./build/js/settings/run.js
var run = __webpack_require__(6447);
;// CONCATENATED MODULE: ./build/js/settings/load-run.js
                                          





/**
 * What the inputs ask for, checked: one operation on one deployment, or on those of a file. Files that they name have been looked at; nothing
 * else has been touched.
 *
 * @throws ActionError with the reason `deployments-file` that tells all that is wrong with the file, and those of `loadSettings`
 */
async function loadRun(inputs        , options                )               {
  const written = inputs.deployments_file;
  if (written === undefined) {
    const problems = run/* BESIDE_A_FILE */.E.filter((name) => inputs[name] !== undefined).map(
      (name) => new settings_problems/* InputProblem */.S(name, 'is set without `deployments_file`, which it belongs to'),
    );
    if (problems.length === 0) return { kind: 'single', loaded: await (0,load/* loadSettings */.M5)(inputs, options) };
    throw (0,settings_problems/* inputError */.X)([...(0,misplaced/* misplacedSecrets */.K9)(inputs), ...problems], options);
  }
  try {
    // Loaded where there is a file.
    const { FileRunLoader } = await Promise.all(/* import() | settings-run-loader */[__webpack_require__.e("yaml"), __webpack_require__.e("shared-settings"), __webpack_require__.e("settings-run-loader")]).then(__webpack_require__.bind(__webpack_require__, 2540));
    return await new FileRunLoader(inputs, written, options).load();
  } catch (error) {
    if (error instanceof settings_problems/* InputProblem */.S) throw (0,settings_problems/* inputError */.X)([error], options);
    throw error;
  }
}

// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
;// CONCATENATED MODULE: ./build/js/settings/clear-text.js


                                               
                                                           

/** Something to say of inputs that are not wrong. */
                         
                                                                                                                                     
                                     
                        
 

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
 * warning where the runner is one of GitHub's own, which is in nobody's network, and the address is not one that only a VPN leads to.
 */
function tokensInTheClear(settings          , credentials             , environment             )           {
  if (settings.operation === 'setup') return [];
  const { operation, nomad } = settings;
  const registry = operations/* OPERATIONS */.x[operation].fetchesRegistry ? settings.registry : undefined;
  const remarks           = [];
  if (credentials.registry !== undefined && registry?.origin !== undefined && isReadable(registry.origin)) {
    remarks.push({
      level: 'warning',
      text: `\`registry_token\` goes to ${registry.origin} over plain http: whoever is in between can read it. Use an https address as \`registry_source\`.`,
    });
  }
  // Rendering sends Nomad nothing by itself, and a template that asks it does so with the token.
  if ((credentials.nomad.token !== undefined || nomad.login !== undefined) && isReadable(nomad.address)) {
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

// EXTERNAL MODULE: ./build/js/settings/secrets.js
var settings_secrets = __webpack_require__(4243);
;// CONCATENATED MODULE: ./build/js/settings/remarks.js

                                                       
                                        
                                    


/** What there is to say of the inputs once they are known to be right; what is said of several deployments is said once. */
async function remarksOn(run     , inputs        , environment             )                    {
  const withoutValue = (await namesWithoutValue(run, inputs)).map((name) =>
    warn(
      `\`${name}\` in \`secret_variables\` has no value. Does the secret exist, and does the job name the \`environment:\` that it belongs to?`,
    ),
  );
  const remarks = [
    ...(inputs.registry === undefined
      ? []
      : [warn('The input `registry` is the old name of `registry_name`; use that.')]),
    ...loadedOf(run).flatMap((loaded) => remarksOnLoaded(loaded, environment)),
    ...withoutValue,
  ];
  return [...new Map(remarks.map((remark) => [remark.text, remark])).values()];
}

function remarksOnLoaded({ settings, credentials }        , environment             )           {
  const isUnverified = settings.operation !== 'setup' && settings.nomad.tls.skipVerify;
  return [
    ...(isUnverified
      ? [
          warn(
            '`nomad_skip_verify` is on: whoever is between this runner and Nomad can read the token and pose as Nomad.',
          ),
        ]
      : []),
    ...tokensInTheClear(settings, credentials, environment),
  ];
}

function loadedOf(run     )           {
  switch (run.kind) {
    case 'single':
      return [run.loaded];
    case 'file':
      return run.entries.map(({ loaded }) => loaded);
    case 'matrix':
      return [];
  }
}

/** Of a deployment of a file, with its name there before it: `web.password`. */
async function namesWithoutValue(run     , inputs        )                    {
  if (run.kind === 'single') return await (0,settings_secrets/* secretsWithoutValue */.Tu)(inputs);
  if (run.kind === 'matrix') return [];
  return run.entries.flatMap(({ key, loaded: { settings } }) =>
    (settings.variables.withoutValue ?? []).map((name) => `${key}.${name}`),
  );
}

function warn(text        )         {
  return { level: 'warning', text };
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/js/report/duration.js
var report_duration = __webpack_require__(1137);
// EXTERNAL MODULE: ./build/js/report/foreign.js
var foreign = __webpack_require__(6629);
;// CONCATENATED MODULE: ./build/js/report/log.js

                                                              
                                               


                                           

/** What an operation may say. */
                      
                           
                            
                                                                                          
                             
                              
                                                                                                       
                                             
     
                                                                                        
    
                                                                                                      
     
                                                                                               
 

                                        
                                                                                                      
                                                   
     
                                                                               
    
                                                               
     
                                                    
 

/** Where the log goes. */
                            
                                                    
                           
          
                                                                             
                     
                            
          
 

/** Where an annotation points, and what it is headed with. */
                      
                         
                                    
                                    
                                   
 

                             
                             
                                            
                                  
                              
                                                       
                              
                                           
                                 
                                                                                                                                          
                         
 

/**
 * The step's log. At a glance it shows one line per phase and what a rollout comes to; detail is folded into groups. Whatever is
 * said is redacted, and no word of it is a command to the runner. The functions can be passed on by themselves.
 */
function createLog({ output: shared, secrets, debugging, record, elapsed, name }            )            {
  const output = name === undefined ? shared : inWholeGroups(shared);
  const prefix = name === undefined ? '' : `${name}: `;
  const groups = new Groups(output, prefix);
  let afterBlank = true;

  const print = (text        ) => {
    for (const line of (0,foreign/* tidyLines */.eO)(secrets.redact(text))) output.line((0,foreign/* neutralise */.$0)(`${prefix}${line}`));
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
    if (debugging) output.command('debug', `${prefix}${(0,foreign/* visible */.RK)(secrets.redact(text))}`);
  };
  const tell = (command                      ) => (text        ) => {
    const redacted = (0,foreign/* visible */.RK)(secrets.redact(text));
    groups.close();
    output.command(command, `${prefix}${redacted}`);
    record.notice(redacted);
  };

  return {
    info,
    debug,
    notice: tell('notice'),
    warning: tell('warning'),
    foreign: (line, isTracing = false) => {
      const tidy = (0,foreign/* tidyLines */.eO)(line).join(' ');
      const isBlank = tidy.trim() === '';
      // nomad-pack prints an empty line after each of its tracing.
      if (isTracing) debug(line);
      else if (!(isBlank && afterBlank)) info(line);
      afterBlank = isBlank || isTracing;
    },
    progress: (text, job) => {
      const name = `${job}: `;
      record.progress(text.startsWith(name) ? text.slice(name.length) : text, job);
      show(`  ${text} (${(0,report_duration/* formatDuration */.a)(elapsed())})`);
    },
    phase: async (name, work, isGood = () => true) => {
      const end = record.phase(name);
      groups.begin(name);
      let mark = '✗';
      try {
        const outcome = await work();
        if (isGood(outcome)) mark = '✓';
        return outcome;
      } finally {
        const duration = end();
        groups.end(name);
        show(`${mark} ${name} (${(0,report_duration/* formatDuration */.a)(duration)})`);
      }
    },
    error: ({ reason, message, hint, location, annotations, link }, details = '') => {
      groups.close();
      const annotate = (text        , place                          ) =>
        output.command('error', `${prefix}${(0,foreign/* visible */.RK)(secrets.redact(text))}`, {
          title: `Nomad Pack: ${prefix}${reason}`,
          // GitHub finds no file by `./conf/x`.
          file: place === undefined ? undefined : secrets.redact((0,external_node_path_.normalize)(place.file)),
          line: place?.line,
          col: place?.column,
        });
      // First, for GitHub shows ten annotations of a step.
      const advice = [hint, link === undefined ? '' : `More on ${reason}: ${link}`]
        .filter((part) => part !== '')
        .join('\n');
      annotate([message, advice, details].filter((part) => part !== '').join('\n\n'), location);
      for (const one of annotations) annotate(one.message, one.location);
    },
  };
}

/**
 * The groups that a reader can unfold. GitHub does not nest them, and phases may overlap, so a group is opened when there is something
 * to put into it, under the name of the phase that began last.
 */
class Groups {
           #output           ;
           #prefix        ;
           #phases           = [];
  #isOpen = false;

  constructor(output           , prefix        ) {
    this.#output = output;
    this.#prefix = prefix;
  }

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
    this.#output.command('group', `${this.#prefix}${phase}`);
    this.#isOpen = true;
  }

  close()       {
    if (this.#isOpen) this.#output.command('endgroup');
    this.#isOpen = false;
  }
}

/** Holds a group back until it ends, so that nothing of what others say meanwhile gets into it. */
function inWholeGroups(output           )            {
  let held                            ;
  return {
    line: (text) => {
      const say = () => output.line(text);
      if (held === undefined) say();
      else held.push(say);
    },
    command: (...command) => {
      const say = () => output.command(...command);
      if (command[0] === 'group') held = [say];
      else if (held === undefined) say();
      else held.push(say);
      if (command[0] !== 'endgroup' || held === undefined) return;
      for (const one of held) one();
      held = undefined;
    },
  };
}

// EXTERNAL MODULE: ./build/js/plain-name.js
var plain_name = __webpack_require__(1652);
// EXTERNAL MODULE: ./build/js/report/encodings.js
var encodings = __webpack_require__(3719);
;// CONCATENATED MODULE: ./build/js/report/matcher.js
/** Where something was found. */
                       
                         
                                      
                       
 

/**
 * Finds any of many words in a text in one pass over it, whatever they are (Aho and Corasick's automaton), so that the time it takes
 * grows with the text alone. The words are a tree in arrays: the first child of a node, its next sibling, the character that leads to it.
 */
class Matcher {
           #roots = new Map                ();
  #child = new Int32Array(1024);
  #sibling = new Int32Array(1024);
  #parent = new Int32Array(1024);
  #character = new Uint16Array(1024);
  /** Length of the longest word that ends at a node; 0 where none does. */
  #ends = new Int32Array(1024);
  #size = 1;
  /** Where the search goes on when no child fits: the node of the longest end of what was read that a word begins with. */
  #fallback                        ;

  /** Adds a word; what was found before stays to be found. */
  add(word        )       {
    if (this.#fallback !== undefined) throw new Error('a matcher takes no words once it has searched');
    let node = 0;
    for (let index = 0; index < word.length; index++) {
      const character = word.charCodeAt(index);
      node = this.#next(node, character) || this.#grow(node, character);
    }
    this.#ends[node] = word.length;
  }

  /** Where words are: sorted, and those that overlap or touch as one. */
  find(text        )         {
    this.#fallback ??= this.#link();
    const fallback = this.#fallback;
    const spans         = [];
    let node = 0;
    for (let index = 0; index < text.length; index++) {
      const character = text.charCodeAt(index);
      let next = this.#next(node, character);
      while (next === 0 && node !== 0) {
        node = fallback[node] ?? 0;
        next = this.#next(node, character);
      }
      node = next;
      const length = this.#ends[node] ?? 0;
      if (length > 0) push(spans, index + 1 - length, index + 1);
    }
    return spans;
  }

  #next(node        , character        )         {
    if (node === 0) return this.#roots.get(character) ?? 0;
    let child = this.#child[node] ?? 0;
    while (child !== 0 && this.#character[child] !== character) child = this.#sibling[child] ?? 0;
    return child;
  }

  #grow(parent        , character        )         {
    if (this.#size === this.#child.length) this.#enlarge();
    const node = this.#size++;
    this.#character[node] = character;
    this.#parent[node] = parent;
    if (parent === 0) {
      this.#roots.set(character, node);
    } else {
      this.#sibling[node] = this.#child[parent] ?? 0;
      this.#child[parent] = node;
    }
    return node;
  }

  #enlarge()       {
    const enlarged =                                     (from   , to   )    => {
      to.set(from);
      return to;
    };
    const length = this.#size * 2;
    this.#child = enlarged(this.#child, new Int32Array(length));
    this.#sibling = enlarged(this.#sibling, new Int32Array(length));
    this.#parent = enlarged(this.#parent, new Int32Array(length));
    this.#ends = enlarged(this.#ends, new Int32Array(length));
    this.#character = enlarged(this.#character, new Uint16Array(length));
  }

  /** Level by level, so that what a node falls back to is linked before it. */
  #link()             {
    const fallback = new Int32Array(this.#size);
    let level = [...this.#roots.values()];
    while (level.length > 0) {
      const below           = [];
      for (const node of level) {
        const parent = this.#parent[node] ?? 0;
        if (parent !== 0) {
          const character = this.#character[node] ?? 0;
          let candidate = fallback[parent] ?? 0;
          while (candidate !== 0 && this.#next(candidate, character) === 0) candidate = fallback[candidate] ?? 0;
          const target = this.#next(candidate, character);
          fallback[node] = target;
          this.#ends[node] ||= this.#ends[target] ?? 0;
        }
        for (let child = this.#child[node] ?? 0; child !== 0; child = this.#sibling[child] ?? 0) below.push(child);
      }
      level = below;
    }
    return fallback;
  }
}

/** The ends come in order; a longer word may begin before ones that were found already. */
function push(spans        , start        , end        )       {
  let from = start;
  while (spans.length > 0) {
    const last = spans[spans.length - 1]        ;
    if (last.end < from) break;
    from = Math.min(from, last.start);
    spans.pop();
  }
  spans.push({ start: from, end });
}

;// CONCATENATED MODULE: ./build/js/report/redact.js





/**
 * Shorter values and lines are neither masked nor redacted: `dev` or `{` would black out half of a log, and would be guessed from
 * what is missing. Characters.
 */
const SHORTEST = 6;

/** Of a part of a line. Characters. */
const SHORTEST_END = 16;

/** What stands for what is hidden. */
const HIDDEN = '***';

/** How often a text is looked through, where a secret has stars in it and so may come about when another is hidden. */
const MOST_PASSES = 8;

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
class Secrets {
           #onShort                        ;
           #mask                         ;
           #short = new Set        ();
           #texts = new Set        ();
           #forms = new Set        ();
           #tokenForms = new Set        ();
  /** Made when a text is to be redacted, of all forms that there are by then. */
  #matcher                     ;

  constructor({ onShort = () => {}, mask }                ) {
    this.#onShort = onShort;
    this.#mask = mask;
  }

  /**
   * Hides a value, each of its lines, each value in it where it is JSON, and all of them as they read in other encodings. The runner is
   * never given a text of several lines: it would mask every single one of them, a lone `{` as well.
   */
  add(name        , value        )       {
    const whole = value.trim();
    if (whole === '') return;
    if (whole.length < SHORTEST) {
      if (!this.#short.has(name)) this.#onShort(name);
      this.#short.add(name);
      return;
    }
    for (const text of partsOf(whole)) this.#hideAll(text, TOKENS.has(name));
  }

  /** The text with `***` for everything that is hidden; what overlaps goes as one, so that no end of a longer value is left. */
  redact(text        )         {
    this.#matcher ??= matcherOf(this.#forms);
    let redacted = text;
    for (let pass = 0; pass < MOST_PASSES; pass++) {
      const spans = this.#matcher.find(redacted);
      if (spans.length === 0) return redacted;
      redacted = replace(redacted, spans);
    }
    return HIDDEN;
  }

  /** Whether a token is in the text, as it is or encoded. */
  holdsToken(text        )          {
    return [...this.#tokenForms].some((form) => text.includes(form));
  }

  #hideAll(text        , isToken         )       {
    if (isToken) for (const form of [text, ...(0,encodings/* inBase64 */.LD)(text)]) this.#tokenForms.add(form);
    if (this.#texts.has(text)) return;
    this.#texts.add(text);
    const { usual, nested } = (0,encodings/* encodings */.d8)(text);
    for (const form of usual) {
      // What is rare is redacted, but not masked: the runner looks for each mask in each line of the job.
      if (form.length >= SHORTEST && !this.#forms.has(form) && !/[\r\n]/.test(form)) this.#mask(form);
    }
    for (const form of [...usual, ...nested]) if (form.length >= SHORTEST) this.#forms.add(form);
    this.#matcher = undefined;
  }
}

function matcherOf(words                  )          {
  const matcher = new Matcher();
  for (const word of words) matcher.add(word);
  return matcher;
}

/** The text, and what of it may be seen by itself, that is long enough to be hidden: its lines, the values in it where it is JSON. */
function partsOf(whole        )              {
  const texts = [whole, ...jsonValues(whole)];
  const lines = texts.flatMap((text) => text.split(foreign/* LINE_END */.J2)).map((line) => line.trim());
  const parts = [...texts.map((text) => text.trim()), ...lines, ...lines.flatMap(endOf)];
  return new Set(parts.filter((part) => part.length >= SHORTEST));
}

/** The texts and numbers in a text that is JSON, or base64 of JSON, and its keys that are not just names; those of JSON in JSON, too. */
function jsonValues(text        )           {
  const found           = [];
  const pending            = [parseJson(text) ?? parseJson(Buffer.from(text, 'base64').toString())];
  while (pending.length > 0) {
    const value = pending.pop();
    if (typeof value === 'object' && value !== null) {
      if (!Array.isArray(value)) found.push(...Object.keys(value).filter((key) => !(0,plain_name/* isPlainName */.s)(key)));
      for (const member of Object.values(value)) pending.push(member);
    } else if (typeof value === 'string') {
      found.push(value);
      pending.push(parseJson(value));
    } else if (typeof value === 'number') {
      found.push(String(value));
    }
  }
  return found;
}

/** What a text holds that is a list or an object of JSON. */
function parseJson(text        )                     {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text)          ;
  } catch {
    return undefined;
  }
}

/** What nomad-pack leaves of a line in an error: it cuts its errors at the last `: `. A short end may be any word, and stays. */
function endOf(line        )           {
  const end = line.slice(line.lastIndexOf(': ') + 2);
  return line.includes(': ') && end.length >= SHORTEST_END ? [end] : [];
}

function replace(text        , spans                 )         {
  const parts           = [];
  let done = 0;
  for (const { start, end } of spans) {
    parts.push(text.slice(done, start), HIDDEN);
    done = end;
  }
  return parts.join('') + text.slice(done);
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: ./build/js/runner/repositories.js
var repositories = __webpack_require__(7801);
;// CONCATENATED MODULE: ./build/js/runner/checkout-token.js




/**
 * The tokens that `actions/checkout` left for git: in `.git/config` of the repositories in the workspace, and, from its version 6 on,
 * in a file of the folder for temporary files. A pack could read them, so nobody may see them.
 */
function checkoutTokens(workspace        , temporary        )           {
  const files = [
    ...(0,repositories/* repositoriesIn */.S)(workspace).map((folder) => (0,external_node_path_.join)(folder, '.git', 'config')),
    ...namesIn(temporary)
      .filter((name) => /^git-credentials-.*\.config$/.test(name))
      .map((name) => (0,external_node_path_.join)(temporary, name)),
  ];
  return [...new Set(files.flatMap((file) => tokensIn(read(file))))];
}

function tokensIn(text        )           {
  const headers = text.matchAll(/extraheader\s*=\s*"?authorization:\s*(?:basic|bearer)\s+([\w+/=.-]+)/gi);
  return [...headers].flatMap(([, credential = '']) => {
    const password = /^[^:]*:(.+)$/s.exec(Buffer.from(credential, 'base64').toString())?.[1];
    return password === undefined ? [credential] : [credential, password];
  });
}

function namesIn(folder        )           {
  try {
    return (0,external_node_fs_.readdirSync)(folder);
  } catch {
    return [];
  }
}

function read(file        )         {
  try {
    return (0,external_node_fs_.readFileSync)(file, 'utf8');
  } catch {
    return '';
  }
}

;// CONCATENATED MODULE: ./build/js/step.js











/** What a step has at hand from its first moment. */
                       
                                    
                          
                                                                  
                             
                                                  
                             
                            
                          
                              
                                            
                               
                                                                                   
                                   
                                           
                                 
                                                                                            
                                        
 

/** What one deployment among others says, and what becomes known of it. */
                                                

/**
 * From the signal to the end of the last look at the cluster. The runner kills a cancelled step after 7.5 seconds; of the five that the
 * action takes at most, a command has 2.5 to end, and what is left after the look is for the report and for tidying up. Milliseconds.
 */
const LAST_MOMENT = 3_500;

/** Begins the step: from now on it can be cancelled, and nothing that is secret can be printed. */
async function beginStep()                {
  const start = performance.now();
  const elapsed = () => Math.round(performance.now() - start);
  const environment = (0,settings_inputs/* environmentOf */.p7)(process.env);
  const inputs = (0,settings_inputs/* readInputs */.Ko)(environment);
  const places = {
    workspace: environment['GITHUB_WORKSPACE'] || process.cwd(),
    temporary: environment['RUNNER_TEMP'] || (0,external_node_os_.tmpdir)(),
  };
  const signals = heedCancel();

  const tooShort = new Set        ();
  const secrets = new Secrets({
    mask: (value) => (0,commands/* issueCommand */.Lb)('add-mask', value),
    onShort: (name) => tooShort.add(name),
  });
  await addSecrets(secrets, { environment, inputs, ...places });

  const part = (name         )       => {
    const record = new js_record/* WorkRecord */.D(elapsed);
    const log = createLog({
      output: { line: commands/* printLine */.wi, command: commands/* issueCommand */.Lb },
      secrets,
      debugging: environment['RUNNER_DEBUG'] === '1',
      record,
      elapsed,
      ...(name !== undefined && { name }),
    });
    return { record, log };
  };
  const { record, log } = part();
  for (const name of tooShort) {
    log.warning(`\`${name}\` is shorter than 6 characters, too short to be masked: it may show up in logs.`);
  }
  return { environment, inputs, ...places, secrets, log, record, ...signals, elapsed, part };
}

/** The runner cancels a step with a signal, and kills it 7.5 seconds later. */
function heedCancel()                                      {
  const cancel = new AbortController();
  const lastMoment = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM']         ) process.on(name, () => cancel.abort(cancelled()));
  cancel.signal.addEventListener('abort', () => setTimeout(() => lastMoment.abort(), LAST_MOMENT).unref());
  return { signal: cancel.signal, lastMoment: lastMoment.signal };
}

/** Before anything can print them. A token in the wrong input is refused later, by a message that must not show it. */
async function addSecrets(
  secrets         ,
  { environment, inputs, workspace, temporary }                                                                  ,
)                {
  for (const { name, value } of await (0,settings_secrets/* secretsOf */.Fj)(inputs)) secrets.add(name, value);
  for (const token of [...(0,misplaced/* strayTokens */.q8)(inputs), ...checkoutTokens(workspace, temporary)]) {
    secrets.add('GitHub token', token);
  }
  // What `variable_sources` are read with.
  for (const name of ['VAULT_TOKEN', 'CONSUL_HTTP_TOKEN']) {
    const token = environment[name];
    if (token !== undefined && token !== '') secrets.add(name, token);
  }
}

function cancelled()              {
  return new errors/* ActionError */.lZ('cancelled', 'The step was cancelled.', {
    hint: 'What Nomad was told before that stands; `operation: status` says how the deployment is doing.',
  });
}

;// CONCATENATED MODULE: ./build/js/main.js
                                                     



                                                      



                                                 


                                                      


/** How the step ended: on one deployment or on none, or over those of a file. Without what was loaded, the inputs were wrong, or not looked at. */
                
                                                                                  
                                                                 

/**
 * The step: settings, operation, report, exit code. The only place that turns a failure into an exit code. A cancel aborts the step's
 * signal, so everything that may take long ends with it.
 */
async function main()                {
  const unsaved = saveBeginning();
  const step = await beginStep();
  const performed = await perform(step, unsaved);
  const failure = 'run' in performed ? await concludeRun(performed, step) : await concludeOne(performed, step);
  process.exitCode = failure === undefined ? 0 : 1;
}

async function concludeOne(
  { end, loaded, operation }                                      ,
  step      ,
)                                   {
  const result = (0,js_record/* conclude */.E)(operation, end, step.record);
  const { tell } = await Promise.all(/* import() | src-tell */[__webpack_require__.e("diff"), __webpack_require__.e("shared-runner"), __webpack_require__.e("src-tell")]).then(__webpack_require__.bind(__webpack_require__, 5914));
  const untold = await tell(
    { result, settings: loaded?.settings },
    { ...step, githubToken: loaded?.credentials.githubToken },
  );
  return result.failure ?? untold;
}

async function concludeRun(
  { outcome, run }                                      ,
  step      ,
)                                   {
  const { tellCombined } = await Promise.all(/* import() | src-tell */[__webpack_require__.e("diff"), __webpack_require__.e("shared-runner"), __webpack_require__.e("src-tell")]).then(__webpack_require__.bind(__webpack_require__, 5914));
  const end = { ...step.record.history(), ...outcome };
  const untold = await tellCombined(end, run.review, { ...step, githubToken: run.githubToken });
  return outcome.failure ?? untold;
}

/** The fault that keeps the post step from knowing that this step ran: it would take itself for the step. */
function saveBeginning()                                          {
  try {
    (0,commands/* saveState */.LZ)(process.env, 'step', 'begun');
    return undefined;
  } catch (fault) {
    return { fault };
  }
}

/** Does what the inputs ask for. Whatever goes wrong is part of what it returns, and what the step left on disk is gone. */
async function perform(step      , unsaved                                  )                     {
  let loaded                    ;
  try {
    if (unsaved !== undefined) throw unsaved.fault;
    return await inPrivateFolder(step, async (folder)                     => {
      const run = await readRun(step, folder);
      if (run.kind === 'matrix') return { operation: 'matrix', end: await (await operations/* OPERATIONS */.x.matrix.load())(run.rows) };
      if (run.kind === 'file')
        return { run, outcome: await (await Promise.all(/* import() | run-file */[__webpack_require__.e("semver"), __webpack_require__.e("shared-http"), __webpack_require__.e("shared-nomad-pack"), __webpack_require__.e("shared-nomad"), __webpack_require__.e("shared-runner"), __webpack_require__.e("shared-top"), __webpack_require__.e("shared-deployment"), __webpack_require__.e("shared-settings"), __webpack_require__.e("shared-deployments"), __webpack_require__.e("run-file")]).then(__webpack_require__.bind(__webpack_require__, 7204))).runFile(run, folder, step) };
      loaded = run.loaded;
      return { operation: loaded.settings.operation, loaded, end: await operate(loaded, folder, step) };
    });
  } catch (error) {
    const end = { error: (0,errors/* asActionError */.z6)(step.signal.aborted ? step.signal.reason : error) };
    const operation = loaded?.settings.operation ?? askedOperation(step.inputs);
    return { operation, end, ...(loaded !== undefined && { loaded }) };
  }
}

/** Works in a folder that only this user can read. It is gone afterwards: by this step, or where that is killed, by the post step. */
async function inPrivateFolder   (
  { environment, temporary, log }      ,
  work                                       ,
)             {
  const folder = await private_folder/* PrivateFolder */.o.create(temporary);
  try {
    // Known to the post step before anything secret is in it.
    (0,commands/* saveState */.LZ)(environment, 'folder', folder.path);
    (0,commands/* saveState */.LZ)(environment, 'key', folder.key);
    return await work(folder);
  } finally {
    await folder.remove().catch((error         ) => {
      log.warning(`The folder ${folder.path} could not be removed: ${error instanceof Error ? error.message : error}`);
    });
  }
}

async function readRun({ environment, inputs, workspace, log, signal }      , folder               )               {
  const mistyped = (0,settings_inputs/* mistypedInputs */.XJ)(environment);
  for (const { given, meant } of mistyped)
    log.warning(`There is no input \`${given}\`, so it has no effect; did you mean \`${meant}\`?`);
  const run = await loadRun(inputs, {
    workspace,
    variableOf: (input) => (0,settings_inputs/* fallbackOf */.wM)(environment, input),
    mistyped,
    keepPrivate: async (name, text) => await folder.write(name, text),
    differencesSince: async (question) => {
      const { differencesSince } = await Promise.all(/* import() | nomad-pack-differences */[__webpack_require__.e("shared-nomad-pack"), __webpack_require__.e("nomad-pack-differences")]).then(__webpack_require__.bind(__webpack_require__, 2756));
      return await differencesSince(question, { workspace, environment, signal, notice: log.notice });
    },
  });
  for (const { level, text } of await remarksOn(run, inputs, environment)) log[level](text);
  return run;
}

/** Runs the operation that the settings ask for. */
async function operate({ settings, credentials }        , folder               , step      )                   {
  const { createSetupTools, createToolbox } = await Promise.all(/* import() | src-toolbox */[__webpack_require__.e("semver"), __webpack_require__.e("shared-http"), __webpack_require__.e("shared-nomad-pack"), __webpack_require__.e("shared-nomad"), __webpack_require__.e("shared-runner"), __webpack_require__.e("shared-top"), __webpack_require__.e("shared-deployment"), __webpack_require__.e("shared-deployments")]).then(__webpack_require__.bind(__webpack_require__, 529));
  if (settings.operation === 'setup') {
    const tools = createSetupTools({ ...step, settings });
    const setup = await operations/* OPERATIONS */.x.setup.load();
    return await setup(tools);
  }
  const { Workshop } = await Promise.all(/* import() | src-workshop */[__webpack_require__.e("shared-nomad-pack"), __webpack_require__.e("shared-runner"), __webpack_require__.e("shared-top"), __webpack_require__.e("shared-deployments")]).then(__webpack_require__.bind(__webpack_require__, 4777));
  const workshop = new Workshop(settings.nomadPack, { ...step, folder });
  const options = { ...step, settings, credentials, folder, workshop, isOneOfMany: false };
  const { deployment, tools } = createToolbox(options);
  try {
    const work = await operations/* OPERATIONS */.x[settings.operation].load();
    // The report is needed at the end: it is loaded while the operation waits for others.
    const [outcome] = await Promise.all([work(deployment, tools), Promise.all(/* import() | src-tell */[__webpack_require__.e("diff"), __webpack_require__.e("shared-runner"), __webpack_require__.e("src-tell")]).then(__webpack_require__.bind(__webpack_require__, 5914))]);
    return outcome;
  } finally {
    await workshop.close();
  }
}

function askedOperation({ operation }        )            {
  return operations/* OPERATION_NAMES */.d.find((one) => one === operation) ?? 'deploy';
}


/***/ }),

/***/ 232:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ nearestFirst),
/* harmony export */   b: () => (/* binding */ nearMiss)
/* harmony export */ });
/** The names, the ones most like the wanted one first (by edit distance, then by the alphabet). Only the beginnings of long ones count. */
function nearestFirst(wanted        , names                   )           {
  return names
    .map((name) => ({ name, distance: editDistance(beginning(wanted), beginning(name)) }))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name);
}

/** The name that somebody probably meant: it differs in a third of its letters at most; the case of letters does not count. */
function nearMiss(wanted        , names                   )                     {
  const [nearest] = nearestFirst(wanted, names);
  if (nearest === undefined) return undefined;
  const distance = editDistance(beginning(wanted), beginning(nearest));
  return distance <= Math.max(1, Math.floor(nearest.length / 3)) ? nearest : undefined;
}

function beginning(text        )         {
  return text.slice(0, LONGEST).toLowerCase();
}

/** Longer texts are not names that somebody mistyped, and the comparison takes the product of both lengths. Characters. */
const LONGEST = 200;

/** How many letters have to be added, dropped, changed, or swapped with the next one to make one text of the other. */
function editDistance(a        , b        )         {
  let beforeThat           = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = swapped ? (beforeThat[j - 2] ?? 0) + 1 : substitution;
      current.push(Math.min(substitution, swap, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    beforeThat = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}


/***/ }),

/***/ 4582:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ OPERATION_NAMES),
/* harmony export */   x: () => (/* binding */ OPERATIONS)
/* harmony export */ });
/* harmony import */ var _report_annotation_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9288);
/* harmony import */ var _report_wording_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8285);


                                                                         
                                                      

/** What is said at the end names these; both are empty where the operation is on no deployment. */
                        
                              
                        
 

/** What there is to know of an operation without looking at how it works. */
                 
                                                                                                                  
                                       
                                                                                                     
                                  
                                                                           
                                    
                                   
                                                                                                                              
                                                         
                                                        
                                 
                                                                
                                                            
                                                                                        
                                        
 

const CLUSTER                       = ['deployment_name', 'pack', 'nomad_addr'];
const REGISTRY_AND_CLUSTER                       = [
  'deployment_name',
  'pack',
  'registry_name',
  'registry_source',
  'nomad_addr',
];

const loadAll = async () => await Promise.all(/* import() | operations-all */[__webpack_require__.e("semver"), __webpack_require__.e("shared-http"), __webpack_require__.e("shared-nomad-pack"), __webpack_require__.e("shared-nomad"), __webpack_require__.e("shared-deployment"), __webpack_require__.e("operations-all")]).then(__webpack_require__.bind(__webpack_require__, 2798));

/** The operations, in the order in which they are listed. All that depends on which one is asked for is in this table. */
const OPERATIONS = {
  deploy: {
    needs: REGISTRY_AND_CLUSTER,
    runsNomadPack: true,
    fetchesRegistry: true,
    changesCluster: true,
    order: 'needed first',
    keepsComment: false,
    says: sayDeployed,
    load: async () => (await loadAll()).deploy,
  },
  status: {
    needs: CLUSTER,
    runsNomadPack: false,
    fetchesRegistry: false,
    changesCluster: false,
    order: 'any',
    keepsComment: false,
    says: sayHowItIs,
    load: async () => (await loadAll()).status,
  },
  plan: {
    needs: REGISTRY_AND_CLUSTER,
    runsNomadPack: true,
    fetchesRegistry: true,
    changesCluster: false,
    order: 'any',
    keepsComment: true,
    says: sayPlanned,
    load: async () => (await loadAll()).plan,
  },
  render: {
    needs: ['pack', 'registry_name', 'registry_source'],
    runsNomadPack: true,
    fetchesRegistry: true,
    changesCluster: false,
    order: 'any',
    keepsComment: false,
    says: (_, { pack }) => done(`Pack \`${pack}\` is rendered`),
    load: async () => (await loadAll()).render,
  },
  validate: {
    needs: ['pack', 'registry_name', 'registry_source'],
    runsNomadPack: true,
    fetchesRegistry: true,
    changesCluster: false,
    order: 'any',
    keepsComment: false,
    says: (_, { pack }) => done(`Pack \`${pack}\` is valid`),
    load: async () => (await loadAll()).validate,
  },
  promote: {
    needs: CLUSTER,
    runsNomadPack: false,
    fetchesRegistry: false,
    changesCluster: true,
    order: 'needed first',
    keepsComment: false,
    says: (result, { deployment }) =>
      done(
        result.changed
          ? `\`${deployment}\` is promoted: ${jobsOf(result)} ${stateOf(result)}`
          : `\`${deployment}\` has nothing to promote`,
      ),
    load: async () => (await loadAll()).promote,
  },
  reject: {
    needs: CLUSTER,
    runsNomadPack: false,
    fetchesRegistry: false,
    changesCluster: true,
    order: 'needed last',
    keepsComment: false,
    says: (result, { deployment }) =>
      done(
        result.changed
          ? `The canaries of \`${deployment}\` are taken back: ${jobsOf(result)} ${stateOf(result)}`
          : `\`${deployment}\` has nothing to reject`,
      ),
    load: async () => (await loadAll()).reject,
  },
  rollback: {
    needs: CLUSTER,
    runsNomadPack: false,
    fetchesRegistry: true,
    changesCluster: true,
    order: 'needed last',
    keepsComment: false,
    says: sayRolledBack,
    load: async () => (await loadAll()).rollback,
  },
  stop: {
    needs: CLUSTER,
    runsNomadPack: false,
    fetchesRegistry: true,
    changesCluster: true,
    order: 'needed last',
    keepsComment: false,
    says: ({ changed }, { deployment }) =>
      done(changed ? `\`${deployment}\` is stopped` : `\`${deployment}\` had nothing to stop`),
    load: async () => (await loadAll()).remove,
  },
  destroy: {
    needs: CLUSTER,
    runsNomadPack: false,
    fetchesRegistry: true,
    changesCluster: true,
    order: 'needed last',
    keepsComment: false,
    says: ({ changed }, { deployment }) =>
      done(changed ? `\`${deployment}\` is destroyed` : `\`${deployment}\` is absent: there was nothing to destroy`),
    load: async () => (await loadAll()).remove,
  },
  setup: {
    needs: [],
    runsNomadPack: true,
    fetchesRegistry: false,
    changesCluster: false,
    order: 'any',
    keepsComment: false,
    says: ({ nomadPackVersion = '' }) => done(`nomad-pack ${nomadPackVersion} is installed`),
    load: async () => (await loadAll()).setup,
  },
  matrix: {
    needs: ['deployments_file'],
    runsNomadPack: false,
    fetchesRegistry: false,
    changesCluster: false,
    order: 'any',
    keepsComment: false,
    says: ({ matrix = [] }) => done(`The matrix has ${(0,_report_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .count */ .U9)(matrix.length, 'job')}`),
    load: async () => (await loadAll()).matrix,
  },
}                                                      ;

const OPERATION_NAMES = Object.keys(OPERATIONS)               ;

function sayDeployed(result        , { deployment }       )           {
  if (result.jobs.some(({ awaitsPromotion }) => awaitsPromotion))
    return { icon: '🐤', text: `The canaries of \`${deployment}\` are healthy, and wait to be promoted or rejected` };
  if (!result.changed)
    return done(`\`${deployment}\` was deployed already: nothing changed, ${jobsOf(result)} ${stateOf(result)}`);
  if (result.status === 'pending')
    return {
      icon: '⏳',
      text: `\`${deployment}\` is registered, and nobody waited for its rollout (${jobsOf(result)})`,
    };
  return done(`\`${deployment}\` is deployed: ${jobsOf(result)} ${stateOf(result)}`);
}

function sayRolledBack(result        , { deployment }       )           {
  const { planData, isDryRun = false, changed } = result;
  if (!changed) return done(`\`${deployment}\` is at that version already: ${jobsOf(result)} ${stateOf(result)}`);
  if (isDryRun && planData !== undefined)
    return { icon: '📝', text: `A rollback of \`${deployment}\` would ${sumUp(planData)}` };
  return done(`\`${deployment}\` went back: ${jobsOf(result)} ${stateOf(result)}`);
}

function sayHowItIs(result        , { deployment }       )           {
  const [ill] = (0,_report_annotation_js__WEBPACK_IMPORTED_MODULE_1__/* .illJobs */ .k)(result);
  if (ill !== undefined) {
    const state = result.status === 'failed' ? 'has failed' : `is ${stateOf(result)}`;
    return { icon: statusIcon(result), text: `\`${deployment}\` ${state}: job "${ill.id}": ${ill.diagnosis.cause}` };
  }
  const jobs = result.jobs.length > 0 ? ` (${jobsOf(result)})` : '';
  return { icon: statusIcon(result), text: `\`${deployment}\` is ${stateOf(result)}${jobs}` };
}

function statusIcon({ status, health }        )         {
  if (health === 'unhealthy' || status === 'failed') return '❌';
  return health === 'healthy' || status === 'complete' ? '✅' : 'ℹ️';
}

function sayPlanned({ planData }        , { deployment }       )           {
  if (planData !== undefined && planData.refusals.length > 0) {
    return { icon: '⛔', text: `A deploy of \`${deployment}\` would be refused` };
  }
  if (planData === undefined || !planData.changed) return done(`A deploy of \`${deployment}\` would change nothing`);
  return { icon: '📝', text: `A deploy of \`${deployment}\` would ${sumUp(planData)}` };
}

/** `create 1 job, replace 2 jobs, write 1 Nomad variable` */
function sumUp({ jobs, variables = [] }          )         {
  const actions = ['create', 'update', 'replace', 'redeploy', 'stop']         ;
  const written = variables.filter(({ action }) => action !== 'none').length;
  const sums = actions
    .map((action) => ({ action, number: jobs.filter((job) => job.action === action).length }))
    .filter(({ number }) => number > 0)
    .map(({ action, number }) => `${action} ${(0,_report_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .count */ .U9)(number, 'job')}`);
  return [...sums, ...(written > 0 ? [`write ${(0,_report_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .count */ .U9)(written, 'Nomad variable')}`] : [])].join(', ');
}

function jobsOf({ jobs }        )         {
  return (0,_report_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .count */ .U9)(jobs.length, 'job');
}

function stateOf({ status, health }        )         {
  return `${status}${health === 'unknown' ? '' : ` and ${health}`}`;
}

function done(text        )           {
  return { icon: '✅', text };
}


/***/ }),

/***/ 1652:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   s: () => (/* binding */ isPlainName)
/* harmony export */ });
/** Letters with a few digits after them, or a short number: what people call things. */
const WORD = /^(?:\p{L}{0,24}\d{0,3})$/u;

/**
 * Whether a key of a mapping is the name of something, as `db_password`, `smtp.host` or `eu-west-1`, and not a value that somebody has put
 * there, as an API key that rights are given to. Nobody could read what names are taken out of.
 */
function isPlainName(key        )          {
  return key.split(/[_.-]/).every((word) => WORD.test(word));
}


/***/ }),

/***/ 1641:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ WorkRecord),
/* harmony export */   E: () => (/* binding */ conclude)
/* harmony export */ });
                                               
                                                                              

/** What is noted down. Milliseconds since the step began. */
            
                                                                          
                                                                        
                                                                                                    
                                                                           
                                                                           

/**
 * What happens in the course of an operation, and what becomes known, one entry after the other: none is ever changed or taken back, so a
 * fault loses nothing. Only the end of the step reads it; what operations have to tell each other travels as values.
 */
class WorkRecord {
           #elapsed              ;
           #entries          = [];

  /** @param elapsed milliseconds since the step began */
  constructor(elapsed              ) {
    this.#elapsed = elapsed;
  }

  /** A phase begins. @returns what ends it; that returns how long it took, in milliseconds */
  phase(name        )               {
    const phase        = { kind: 'phase', name, at: this.#elapsed() };
    this.#entries.push(phase);
    return () => {
      const at = this.#elapsed();
      this.#entries.push({ kind: 'end', phase, at });
      return at - phase.at;
    };
  }

  /** Something has happened in the rollout. */
  progress(text        , job         )       {
    this.#entries.push({ kind: 'progress', text, at: this.#elapsed(), ...(job !== undefined && { job }) });
  }

  /** Something that a reader should know; noted once, however often it is said. */
  notice(text        )       {
    if (this.#entries.some((entry) => entry.kind === 'notice' && entry.text === text)) return;
    this.#entries.push({ kind: 'notice', text, at: this.#elapsed() });
  }

  /** Something has become known. What was known of it before is out of date. */
  know(facts       )       {
    this.#entries.push({ kind: 'facts', facts, at: this.#elapsed() });
  }

  /** What is known, as far as the entries tell. */
  known()        {
    return Object.assign({}, ...this.#of('facts').map(({ facts }) => facts));
  }

  /** What has happened so far. */
  history()          {
    const ends = new Map(this.#of('end').map(({ phase, at }) => [phase, at]));
    return {
      phases: this.#of('phase').map((phase) => ({
        name: phase.name,
        start: phase.at,
        duration: (ends.get(phase) ?? phase.at) - phase.at,
      })),
      timeline: this.#of('progress').map(({ at, text, job }) => ({ at, text, ...(job !== undefined && { job }) })),
      notices: this.#of('notice').map(({ text }) => text),
    };
  }

  #of                            (kind      )                                   {
    return this.#entries.filter((entry)                                          => entry.kind === kind);
  }
}

/** How an operation ended. */
                                                            

/**
 * The end of a step: its outcome, or, where an error ended it, what was known by then and nothing that it only hoped for. The one place that
 * makes a `Result`.
 */
function conclude(operation           , end     , record            )         {
  const known = record.known();
  const base = { ...record.history(), ...known, operation };
  if (!('error' in end)) return { ...base, ...end };
  const { error } = end;
  return {
    ...base,
    status: error.reason === 'cancelled' ? 'cancelled' : (known.status ?? 'unknown'),
    health: known.health ?? 'unknown',
    changed: known.changed ?? false,
    jobs: known.jobs ?? [],
    failure: error,
  };
}


/***/ }),

/***/ 9288:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ worstDiagnosis),
/* harmony export */   k: () => (/* binding */ illJobs)
/* harmony export */ });
                                                                

/** GitHub cuts an annotation at 64 KB, and a reader long before. Characters. */
const LIMIT = 3_000;

/** A job whose trouble was looked into. */
                                                                  

/** The jobs whose trouble was looked into, unhealthy ones first. */
function illJobs({ jobs }                      )           {
  const ill = jobs.filter((job)                => job.diagnosis !== undefined);
  const isUnhealthy = ({ health }        ) => health === 'unhealthy';
  return [...ill.filter(isUnhealthy), ...ill.filter((job) => !isUnhealthy(job))];
}

/** What Nomad knows of the job that is in the worst state, for below the error; empty where no job's trouble was looked into. */
function worstDiagnosis(result        )         {
  const ill = illJobs(result);
  const [worst] = ill;
  if (worst === undefined) return '';
  const { cause, events, log, task } = worst.diagnosis;
  const others = ill.length > 1 ? ` (and ${ill.length - 1} more, see the summary)` : '';
  const head = [
    `Job ${worst.id}${others}: ${cause}`,
    ...(events.length > 0 ? [`Last events${task === undefined ? '' : ` of ${task}`}:`] : []),
    ...events.slice(-5).map((event) => `  ${event}`),
  ]
    .join('\n')
    .slice(0, LIMIT / 2)
    .toWellFormed();
  const rest = log.slice(-LIMIT / 2).toWellFormed();
  return rest === '' ? head : `${head}\nEnd of its log:\n${rest}`;
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


/***/ }),

/***/ 3719:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LD: () => (/* binding */ inBase64),
/* harmony export */   d8: () => (/* binding */ encodings),
/* harmony export */   yI: () => (/* binding */ inGo)
/* harmony export */ });
/** How a text may be written: in the ways that are usual, and in those that come about when one way is put into another. */
                            
                                    
                                     
 

                                      

/** A text that is longer is not written in nested ways: its lines and the members of its JSON are. Characters. */
const LONGEST_NESTED = 1_024;

/**
 * The ways in which tools write a text: as it is, in base64, base32 and hex (alone and inside something longer), in a URL, in HTML,
 * quoted as JavaScript, JSON, Go, a shell and SQL do, in capitals, as a text of HCL, and as nomad-pack prints what holds a `%`; and one in the other,
 * as `toJson | quote`, `toJson | b64enc` and `b64enc | urlquery` do in a template. What Go's functions make of every character is
 * recorded in the tests.
 */
function encodings(text        )            {
  const written = unique([text, ...WRITERS.map((write) => write(text))]);
  const usual = unique([...written.flatMap((form) => [form, goFormatted(form)]), ...inBase64(text)]);
  const bytes = [...inBase32(text), ...inHex(text)];
  if (text.length > LONGEST_NESTED) {
    return { usual, nested: unique([...bytes, ...QUOTERS.flatMap((write) => inBase64(write(text)))]) };
  }
  const quoted = unique(QUOTERS.flatMap((first) => QUOTERS.map((second) => second(first(text)))));
  const twice = unique(written.flatMap((form) => NESTED.map((write) => write(form))));
  const thrice = unique(quoted.flatMap((form) => QUOTERS.map((write) => write(form))));
  const base64 = unique([...written, ...quoted]).flatMap(inBase64);
  const wrapped = unique([text, ...QUOTERS.map((write) => write(text))].flatMap(inBase64));
  return {
    usual,
    nested: unique([
      ...twice,
      ...thrice,
      ...unique([...twice, ...thrice]).map(goFormatted),
      ...base64,
      ...bytes,
      ...wrapped.flatMap((form) => [
        inQuery(form),
        inHtml(form),
        inAttribute(form),
        inJavaScript(form),
        ...inBase64(form),
      ]),
    ]),
  };
}

const inJson        = (text) => JSON.stringify(text).slice(1, -1);

/** Go's `encoding/json` (`toRawJson`), which no JavaScript trips over. */
const inRawJson        = (text) => inJson(text).replace(/[\u2028\u2029]/g, unicodeEscape);

/** Go's `encoding/json` by default (`toJson`), which escapes what HTML would take for its own. */
const inGoJson        = (text) => inRawJson(text).replace(/[<>&]/g, unicodeEscape);

/** JSON in ASCII alone, as Python and others write it by default: each half of a pair by itself. */
const inAsciiJson        = (text) => inJson(text).replace(/[^\0-\x7f]/g, unicodeEscape);

/** Go's `%q` without its quotes, with which `quote` writes: what cannot be printed is `\a`, `\x01`, `\u200b` or `\U000e0001`. */
const inGo        = (text) =>
  text
    .toWellFormed()
    .replace(/["\\]/g, '\\$&')
    .replace(/(?! )[\p{Z}\p{C}]/gu, goEscape);

/** Go's `%+q`: ASCII alone. */
const inAsciiGo        = (text) => inGo(text).replace(/[^\0-\x7f]/gu, goEscape);

/** A text of HCL, in which `${` and `%{` would begin a computation. */
const inHcl        = (text) => text.replace(/[$%](?=\{)/g, '$&$&');

/** Go's `template.HTMLEscapeString` (`html`). */
const inHtml        = (text) => text.replace(/\0/g, '\ufffd').replace(/[&<>"']/g, (sign) => HTML[sign] ?? sign);

const HTML                                   = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' };

/** Go's `html/template`, which Nomad's and Consul's own pages are made with. */
const inAttribute        = (text) => inHtml(text).replaceAll('+', '&#43;');

/** As most other languages write HTML, each with an apostrophe of its own. */
const inNamedHtml        = (text) => inHtml(text).replaceAll('&#34;', '&quot;');
const inPythonHtml        = (text) => inNamedHtml(text).replaceAll('&#39;', '&#x27;');
const inXml        = (text) => inNamedHtml(text).replaceAll('&#39;', '&apos;');

/** Go's `template.JSEscapeString` (`js`). */
const inJavaScript        = (text) =>
  text
    .toWellFormed()
    .replace(/["'\\]/g, '\\$&')
    .replace(/[<>&=]|(?![ \x7f])[\p{Z}\p{C}]/gu, (sign) => `\\u${hex(sign.codePointAt(0) ?? 0, 4).toUpperCase()}`);

/** A text in which the other characters are written with percent signs. */
function percent(others        , space = '%20')        {
  return (text) =>
    text
      .toWellFormed()
      .replace(others, (sign) =>
        sign === ' ' ? space : Buffer.from(sign).toString('hex').toUpperCase().replace(/../g, '%$&'),
      );
}

/** Go's `url.QueryEscape` (`urlquery`). */
const inQuery = percent(/[^\w.~-]/gu, '+');

/** What a text is written as in a URL: Go's query, segment, path, user and fragment, JavaScript's component and form. */
const inUrl                   = [
  inQuery,
  percent(/[^\w.~-]/gu),
  percent(/[^\w.~$&+:=@-]/gu),
  percent(/[^\w.~$&+,/:;=@-]/gu),
  percent(/[^\w.~$&+,;=-]/gu),
  percent(/[^\w.~$&+,/:;=?@!()*-]/gu),
  percent(/[^\w.~!'()*-]/gu),
  percent(/[^\w.*-]/gu, '+'),
  // .NET writes the digits in small letters.
  (text) => inQuery(text).replace(/%[\dA-F]{2}/g, (sign) => sign.toLowerCase()),
];

const WRITERS                   = [
  inJson,
  inRawJson,
  inGoJson,
  inAsciiJson,
  inGo,
  inAsciiGo,
  inHcl,
  inHtml,
  inAttribute,
  inNamedHtml,
  inPythonHtml,
  inXml,
  inJavaScript,
  ...inUrl,
  // `upper` and `lower`.
  (text) => text.toUpperCase(),
  (text) => text.toLowerCase(),
  // Quoted for a shell, and for SQL and YAML.
  (text) => text.replaceAll("'", `'\\''`),
  (text) => text.replaceAll("'", "''"),
  // Go's `regexp.QuoteMeta`.
  (text) => text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&'),
];

/** Into which what is written one way may be put. */
const NESTED                   = [inJson, inRawJson, inGoJson, inGo, inHcl, inHtml, inQuery];

const QUOTERS                   = [inJson, inGoJson, inGo];

/**
 * What Go's `fmt` makes of a text that it takes for a format: nomad-pack prints errors and `outputs.tpl` like that, and a password in a
 * URL becomes `p%!s(MISSING)s`. What a `%` at the end comes to depends on what follows, so the end is left out.
 */
function goFormatted(text        )         {
  if (!text.includes('%')) return text;
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
  const standard = [bytes.toString('base64'), ...aligned(bytes, 3, 6, (group) => group.toString('base64'))];
  return [...standard, ...standard.map((form) => form.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''))];
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Likewise, in base32 (`b32enc`). */
function inBase32(text        )           {
  return aligned(Buffer.from(text), 5, 5, (group) => {
    const bits = [...group].map((byte) => byte.toString(2).padStart(8, '0')).join('');
    return (bits.match(/.{5}/g) ?? []).map((five) => BASE32[Number.parseInt(five, 2)]).join('');
  });
}

function inHex(text        )           {
  const lower = Buffer.from(text).toString('hex');
  return [lower, lower.toUpperCase()];
}

/** The whole characters that the bytes come to, from each place in a group on. */
function aligned(bytes        , group        , bits        , write                           )           {
  return Array.from({ length: group }, (_, offset) =>
    write(Buffer.concat([Buffer.alloc(offset), bytes])).slice(
      Math.ceil((offset * 8) / bits),
      Math.floor(((offset + bytes.length) * 8) / bits),
    ),
  );
}

const GO_ESCAPES                                   = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

function goEscape(sign        )         {
  const code = sign.codePointAt(0) ?? 0;
  if (code < 0x80) return GO_ESCAPES[sign] ?? `\\x${hex(code, 2)}`;
  return code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`;
}

function unicodeEscape(character        )         {
  return `\\u${hex(character.charCodeAt(0), 4)}`;
}

function hex(code        , digits        )         {
  return code.toString(16).padStart(digits, '0');
}

function unique(texts                   )           {
  return [...new Set(texts)];
}


/***/ }),

/***/ 6629:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $0: () => (/* binding */ neutralise),
/* harmony export */   J2: () => (/* binding */ LINE_END),
/* harmony export */   RK: () => (/* binding */ visible),
/* harmony export */   eO: () => (/* binding */ tidyLines)
/* harmony export */ });
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7975);


/** Everything that some reader of the log takes for the end of a line. */
const LINE_END = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;

/**
 * Characters that nobody sees, and that show a text otherwise than it is: those that turn the direction of what follows, zero-width ones,
 * tags. What joins and colours emoji stays where it does that.
 */
const INVISIBLE =
  /(?<!\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)\u200d|\u200d(?!\p{Extended_Pictographic})|(?!\u200d|\ufe0e|\ufe0f)\p{Default_Ignorable_Code_Point}/gu;

/** The text with invisible characters as escapes, as in `\u202e`. */
function visible(text        )         {
  return text.replace(INVISIBLE, (sign) => {
    const code = (sign.codePointAt(0) ?? 0).toString(16);
    return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
  });
}

/** The lines of a text, without colour codes and control characters; invisible ones as escapes. */
function tidyLines(text        )           {
  return visible((0,node_util__WEBPACK_IMPORTED_MODULE_0__.stripVTControlCharacters)(text))
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


/***/ }),

/***/ 8285:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U9: () => (/* binding */ count),
/* harmony export */   mX: () => (/* binding */ ACTION_SIGNS),
/* harmony export */   w8: () => (/* binding */ statusMark),
/* harmony export */   yO: () => (/* binding */ updateCounts)
/* harmony export */ });
                                                              

/**
 * A job's status with a colour for a glance, as Markdown: red where something is wrong, whatever the status.
 *
 * @param isRed whether it is part of a result that is red, in which nothing is green
 */
function statusMark(
  { status, health }                                                      ,
  isRed = false,
)         {
  const colour = health === 'unhealthy' ? '🔴' : COLOURS[status];
  return `${isRed && colour === '🟢' ? '⚪' : colour}&nbsp;${status}`;
}

const COLOURS                                   = {
  running: '🟢',
  complete: '🟢',
  pending: '🟡',
  stopped: '⚪',
  absent: '⚪',
  unknown: '⚪',
  cancelled: '⚪',
  failed: '🔴',
  reverted: '🟠',
};

/** What a deploy would do to a job, for a glance. */
const ACTION_SIGNS                                                = {
  create: '🆕',
  update: '✏️',
  replace: '♻️',
  redeploy: '🔁',
  stop: '🛑',
  none: '▫️',
};

/** `1 job`, `2 jobs` */
function count(number        , noun        )         {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** What a deploy would do to the allocations of a task group: `1 create, 2 unchanged`. */
function updateCounts(group                             )         {
  const { create, updateInPlace, replace, stop, unchanged } = group;
  const parts = [
    [create, 'create'],
    [updateInPlace, 'in place'],
    [replace, 'replace'],
    [stop, 'stop'],
    [unchanged, 'unchanged'],
  ]         ;
  const words = parts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  return words.join(', ') || 'none';
}


/***/ }),

/***/ 2689:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ describePath),
/* harmony export */   h: () => (/* binding */ suggestion)
/* harmony export */ });
/* harmony import */ var _nearest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(232);


/** One thing that is wrong with a file, where it is. */
                              
                                                                
                           
                                                       
                         
                 
                           
 

/** Names that lead to a value of the file: `['deployments', 'web', 'needs', 0]`. */
                                                    

/** What is wrong at a path, before it is known where that is. */
                              
                          
                                                                
                           
                           
 

/** `deployments.web.needs[0]` */
function describePath(path          )         {
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('');
}

/** ` (did you mean \`web\`?)`; empty where nothing is near. */
function suggestion(wanted        , names                   )         {
  const meant = (0,_nearest_js__WEBPACK_IMPORTED_MODULE_0__/* .nearMiss */ .b)(wanted, names);
  return meant === undefined ? '' : ` (did you mean \`${meant}\`?)`;
}


/***/ }),

/***/ 5537:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BR: () => (/* binding */ httpAuth),
/* harmony export */   Ck: () => (/* binding */ nomadAddress),
/* harmony export */   Jt: () => (/* binding */ flag),
/* harmony export */   KR: () => (/* binding */ ref),
/* harmony export */   P$: () => (/* binding */ variableSources),
/* harmony export */   Pp: () => (/* binding */ issueNumber),
/* harmony export */   QL: () => (/* binding */ revision),
/* harmony export */   SH: () => (/* binding */ jobIds),
/* harmony export */   Ss: () => (/* binding */ WAIT_FOR),
/* harmony export */   Tu: () => (/* binding */ atMost),
/* harmony export */   UU: () => (/* binding */ name),
/* harmony export */   br: () => (/* binding */ digest),
/* harmony export */   cK: () => (/* binding */ staysBelow),
/* harmony export */   e7: () => (/* binding */ mirror),
/* harmony export */   hM: () => (/* binding */ ON_FAILURE),
/* harmony export */   iF: () => (/* binding */ environmentNames),
/* harmony export */   nT: () => (/* binding */ userName),
/* harmony export */   o_: () => (/* binding */ NAME),
/* harmony export */   p0: () => (/* binding */ duration),
/* harmony export */   pC: () => (/* binding */ deploymentName),
/* harmony export */   p_: () => (/* binding */ list),
/* harmony export */   xt: () => (/* binding */ nomadPackVersion),
/* harmony export */   yL: () => (/* binding */ oneOf)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var zod_mini__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8395);
/* harmony import */ var zod_mini__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3759);
/* harmony import */ var zod_mini__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8532);



/*
 * A message reads on after the input's name. It does not repeat the value: `load.ts` adds `(got ...)` where that may be shown.
 */

/** What nomad-pack's own filter expressions can be trusted with: no quote can end the text that a name is put into. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

const DEPLOYMENT_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*(?:@[A-Za-z0-9][A-Za-z0-9._@/+#-]*)?$/;

const UNITS                                   = { s: 1000, m: 60_000, h: 3_600_000 };

/** A name that reaches a command line, a path, or a filter expression. */
const name = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()
  .check(
    zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._regex */ .Fk(NAME, 'must be a name: letters, digits, `.`, `_` and `-`, the first one a letter or digit'),
    zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._maxLength */ .Eb(128, 'must not be longer than 128 characters'),
  );

/** As `name`; what nomad-pack gives a deployment by itself, `PACK@REF`, will do as well, for it ends no text that it is put into. */
const deploymentName = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()
  .check(
    zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._regex */ .Fk(
      DEPLOYMENT_NAME,
      'must be a name: letters, digits, `.`, `_` and `-`, the first one a letter or digit; after an `@`, as in `web@v1.2.0`, `/`, `+` and `#` as well',
    ),
    zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._maxLength */ .Eb(128, 'must not be longer than 128 characters'),
  );

/** What git takes for the name of a tag or branch (`git check-ref-format`), or for a commit. */
const ref = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().check(
  zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._maxLength */ .Eb(200, 'must not be longer than 200 characters'),
  zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .refine */ .YPB(
    (text) => !/[\s\p{Cc}~^:?*[\\]|\.\.|@\{|\/\/|(?:^|\/)\.|(?:\.lock|\.)(?:\/|$)|^[-/]|\/$|^@$/u.test(text),
    'must be a tag, branch or commit that git accepts',
  ),
);

/** What names a commit of the repository itself: `origin/main`, a hash, `HEAD~1`. */
const revision = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().check(
  zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._maxLength */ .Eb(200, 'must not be longer than 200 characters'),
  zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .refine */ .YPB(
    (text) => !/[\s\p{Cc}:?*[\\]|\.\.|^-/u.test(text),
    'must be a commit, a branch or a tag, such as `origin/main`',
  ),
);

/** A whole number from 1 on. */
function atMost(most        ) {
  return zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(
    zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().check(
      zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._regex */ .Fk(/^[1-9]\d{0,8}$/, `must be a whole number from 1 to ${most}`),
      zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .refine */ .YPB((text) => Number(text) <= most, `must be a whole number from 1 to ${most}`),
    ),
    zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .transform */ .pdi(Number),
  );
}

/** The user of HTTP's Basic scheme, which ends at the first colon. */
const userName = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()
  .check(zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._regex */ .Fk(/^[^:\p{Cc}]+$/u, 'must be a user name, without colons and control characters'));

/** The two words that YAML 1.2 and GitHub's own toolkit take for a boolean, in the spellings that the toolkit takes. */
const flag = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(
  zod_mini__WEBPACK_IMPORTED_MODULE_1__/* ["enum"] */ .k5n(['true', 'false', 'True', 'TRUE', 'False', 'FALSE'], { error: 'must be `true` or `false`' }),
  zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .transform */ .pdi((text) => text.toLowerCase() === 'true'),
);

/** The durations that are probably meant: `10` has no unit, and `10 minutes` another one. */
function otherwiseWritten(text        )         {
  const [, number = '', unit = ''] = /^(\d+)\s*([hms]?)[a-z]*$/i.exec(text) ?? [];
  if (number === '') return '';
  return unit === '' ? `; as in \`${number}s\` or \`${number}m\`` : `; as in \`${number}${unit.toLowerCase()}\``;
}

/** `90s`, `15m`, `1h30m`: milliseconds. */
const duration = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(
    zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().check(
      zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._regex */ .Fk(/^(?:\d+h)?(?:\d+m)?(?:\d+s)?$/, {
        error: ({ input }) =>
          `must be a duration such as \`90s\`, \`15m\` or \`1h30m\`${otherwiseWritten(String(input))}`,
      }),
    ),
    zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .transform */ .pdi((text) =>
      [...text.matchAll(/(\d+)([hms])/g)].reduce(
        (sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ''] ?? 0),
        0,
      ),
    ),
  )
  .check(
    zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .refine */ .YPB((milliseconds) => milliseconds >= 1000, 'must be at least `1s`'),
    zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .refine */ .YPB((milliseconds) => milliseconds <= 24 * 3_600_000, 'must be at most `24h`'),
  );

/** The number of an issue or pull request. */
const issueNumber = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(
  zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().check(zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._regex */ .Fk(/^[1-9]\d{0,9}$/, 'must be the number of a pull request, such as `42`')),
  zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .transform */ .pdi(Number),
);

/** What ends the watch of a rollout. */
const WAIT_FOR = ['started', 'complete', 'promotion']         ;

/** What a failed rollout leaves. */
const ON_FAILURE = ['keep', 'revert']         ;

/** One of the words. */
function oneOf                                   (words   ) {
  return zod_mini__WEBPACK_IMPORTED_MODULE_1__/* ["enum"] */ .k5n(words, { error: `must be one of ${words.map((word) => `\`${word}\``).join(', ')}` });
}

/** A text that is more than a pattern: `parse` reads it, and says what is wrong with it. */
function read   (parse                                                          ) {
  return zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(
    zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(),
    zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .transform */ .pdi((text        , { issues }) =>
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
  const { parseYaml, YamlError } = await Promise.all(/* import() | settings-yaml */[__webpack_require__.e("yaml"), __webpack_require__.e("shared-settings")]).then(__webpack_require__.bind(__webpack_require__, 5295));
  try {
    const value = parseYaml(text);
    if (Array.isArray(value) && value.every((item) => typeof item === 'string' && isOneLine(item)))
      return value            ;
    complain('must be a list of texts: one a line, or a list of YAML');
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    complain(`must be a list: one text a line, or a list of YAML; ${error.message}`);
  }
  return zod_mini__WEBPACK_IMPORTED_MODULE_3__/* .NEVER */ .tm;
});

/** Ids of jobs: Nomad takes none with a space. */
const jobIds = list.check(
  zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .refine */ .YPB((ids) => !ids.some((id) => /\s/.test(id)), 'must be ids of jobs, which have no spaces: one a line'),
);

function isOneLine(text        )          {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no name of a file or variable can hold them
  return text !== '' && !/[\x00-\x1f]/.test(text);
}

/** `http://`, `https://` or `unix://`, without a user, a path and a trailing slash: nomad-pack leaves out a path and asks elsewhere than we would. */
const nomadAddress = read((text, complain) => {
  if (/^unix:\/\/\/./.test(text)) return text;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol) || url.hostname === '') {
    complain(
      /^[\w.-]+(?::\d+)?$/.test(text)
        ? 'must begin with `http://` or `https://`, as in `https://nomad.example.com:4646`'
        : 'must be an address such as `https://nomad.example.com:4646`',
    );
  } else if (url.username !== '' || url.password !== '') {
    complain('must not hold a user or a password, which nomad-pack cannot take; a token goes into `nomad_token`');
  } else if (url.search !== '' || url.hash !== '') {
    complain('must not hold `?` or `#`: write it like `https://nomad.example.com:4646`');
  } else if (/[^/]/.test(url.pathname)) {
    complain(`must not hold a path, which nomad-pack leaves out; use \`${url.origin}\``);
  }
  return text.replace(/\/+$/, '');
});

/**
 * Where releases are, over https or http, without a trailing slash. http will do: nothing secret is sent there, and what comes from there is
 * run only if it is signed. Whoever changes it on the way can do no more than the mirror itself: hide versions.
 */
const mirror = read((text, complain) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol))
    complain('must be an http(s) address, such as `https://releases.hashicorp.com`');
  else if (url.username !== '' || url.password !== '')
    complain('must not hold a user or a password, which would be printed');
  else if (url.search !== '' || url.hash !== '') complain('must not hold `?` or `#`');
  return text.replace(/\/+$/, '');
});

/** `latest`, `system`, or what semver takes for a version or a range; a leading `v` is the tag's, not the version's. */
const nomadPackVersion = read(async (text, complain) => {
  if (['latest', 'system'].includes(text)) return text;
  const { default: semver } = await __webpack_require__.e(/* import() */ "semver").then(__webpack_require__.t.bind(__webpack_require__, 2088, 19));
  if (semver.validRange(text) !== null) return semver.valid(text) ?? text;
  complain('must be `latest`, `system`, a version such as `0.4.2`, or a range such as `~0.4`');
  return zod_mini__WEBPACK_IMPORTED_MODULE_3__/* .NEVER */ .tm;
});

/** `user:password`, or a user alone, as Nomad's tools read NOMAD_HTTP_AUTH. */
const httpAuth = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().check(zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._regex */ .Fk(/^\P{Cc}+$/u, 'must be `user:password`, without control characters'));

/** Where nomad-pack reads variables itself: `consul:///path`, `vault:///mount/path`, `nomad:///path`, with `host:port` before the path or without. */
const variableSources = list.check(
  zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .refine */ .YPB((sources) => sources.every((source) => !source.includes('@')), {
    error: 'must not hold a user or a password; tokens go into the environment, such as VAULT_TOKEN',
  }),
  zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .refine */ .YPB(
    (sources) =>
      sources.every(
        (source) =>
          /^(?:consul|nomad):\/\/[^/?#\s]*\/[^?#\s]*[^/?#\s]|^vault:\/\/[^/?#\s]*\/[^/?#\s]+\/[^?#\s]*[^/?#\s]/.test(
            source,
          ) && !/[?#\s]/.test(source),
      ),
    {
      error: 'must be `consul:///path`, `vault:///mount/path` or `nomad:///path`, one a line',
    },
  ),
);

/** The digest that a plan printed. */
const digest = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()
  .check(
    zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._regex */ .Fk(/^sha256:[0-9a-f]{64}$/, 'must be a digest: use the output `plan-digest` of the plan that was reviewed'),
  );

/**
 * Names of environment variables, none of them the action's own inputs or the runner's credentials, nor one that the action sets for
 * nomad-pack itself: another home would move the cache, and `NOMAD_SKIP_VERIFY=false` skips the verification.
 */
const environmentNames = list.check(
  zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .refine */ .YPB(
    (names) => names.every((text) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(text)),
    'must be names of environment variables: one name a line, without a value',
  ),
  zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .refine */ .YPB((names) => !names.some((text) => /^(?:INPUT_|ACTIONS_|RUNNER_TOKEN)/i.test(text)), {
    error: 'must not name an input or one of the runner’s own credentials; a pack may not read those',
  }),
  zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .refine */ .YPB(
    (names) =>
      !names.some((text) => /^(?:HOME|USERPROFILE|LOCALAPPDATA|XDG_CACHE_HOME|NOMAD_(?!PACK_).*)$/i.test(text)),
    {
      error: 'must not name a variable that the action sets by itself; the cluster’s are inputs, such as `nomad_addr`',
    },
  ),
);

/** Whether the text is a path that stays below the folder it is relative to, or is absolute. */
function staysBelow(path        )          {
  return (0,node_path__WEBPACK_IMPORTED_MODULE_0__.isAbsolute)(path) || !(0,node_path__WEBPACK_IMPORTED_MODULE_0__.normalize)(path).split(/[/\\]/).includes('..');
}


/***/ }),

/***/ 8329:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ isByName),
/* harmony export */   i: () => (/* binding */ readGivenByName)
/* harmony export */ });
/* harmony import */ var _deployments_problems_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2689);
/* harmony import */ var _problems_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1404);

                                                     


/** What the step gives to single deployments or registries of a file, by their names. */
                              
                                                                                       
                                                                             
                                                                                   
                                
                                                       
                                                      
 

/** The names that there are in a file, and the origin of each registry that is reached over HTTP(S), which alone can take a token. */
                             
                                          
                                                            
 

/**
 * What `variables`, `secret_variables`, `registry_token` and `registry_user` say beside a file.
 *
 * @throws InputProblem, which repeats no value
 */
async function readGivenByName(inputs        , known            )                       {
  const registryTokens = await readByRegistry('registry_token', inputs, known);
  const registryUsers = await readByRegistry('registry_user', inputs, known);
  const withoutToken = [...registryUsers.keys()].find((name) => !registryTokens.has(name));
  if (withoutToken !== undefined) {
    throw new _problems_js__WEBPACK_IMPORTED_MODULE_0__/* .InputProblem */ .S(
      'registry_user',
      `is set for \`${withoutToken}\`, but \`registry_token\`, which is its password, is not`,
    );
  }
  return {
    variables: await readByDeployment('variables', inputs, known),
    secretVariables: await readByDeployment('secret_variables', inputs, known),
    registryTokens,
    registryUsers,
  };
}

async function readByDeployment(
  input                                  ,
  inputs        ,
  { deployments }            ,
)                                                          {
  const text = inputs[input];
  if (text === undefined) return new Map();
  const mapping = await readByName(input, text);
  refuseUnknown(input, mapping, deployments, 'deployment', 'write the variables below the name of their deployment');
  return new Map(
    Object.entries(mapping).flatMap(([name, value]) => {
      if (value === null) return [];
      if (!isMapping(value)) {
        throw new _problems_js__WEBPACK_IMPORTED_MODULE_0__/* .InputProblem */ .S(input, `must have a mapping of variables for \`${name}\`, such as \`replicas: 2\``);
      }
      return [[name, value]         ];
    }),
  );
}

/**
 * What is given to each registry. A text that is not a mapping is for all of them that speak HTTP(S), as long as they are on one host: none
 * gets to see what was meant for another.
 */
async function readByRegistry(
  input                                    ,
  inputs        ,
  { origins }            ,
)                               {
  const text = inputs[input];
  if (text === undefined) return new Map();
  if (!isByName(text)) return forAll(input, text, origins);
  const mapping = await readByName(input, text);
  refuseUnknown(input, mapping, [...origins.keys()], 'registry', 'write it below the name of its registry');
  return new Map(
    Object.entries(mapping).flatMap(([name, value]) => {
      if (value === null || value === '') return [];
      if (typeof value === 'object') throw new _problems_js__WEBPACK_IMPORTED_MODULE_0__/* .InputProblem */ .S(input, `must have one text for \`${name}\``);
      if (origins.get(name) === undefined) {
        throw new _problems_js__WEBPACK_IMPORTED_MODULE_0__/* .InputProblem */ .S(
          input,
          `is set for \`${name}\`, whose source is not an http(s) address; for SSH, add a key to the agent instead`,
        );
      }
      return [[name, String(value)]         ];
    }),
  );
}

function forAll(input           , text        , origins                       )                      {
  const takers = [...origins].filter(([, origin]) => origin !== undefined);
  const hosts = new Set(takers.map(([, origin]) => origin));
  if (hosts.size > 1) {
    throw new _problems_js__WEBPACK_IMPORTED_MODULE_0__/* .InputProblem */ .S(
      input,
      `is one text, and the registries of the file are on ${hosts.size} hosts (${[...hosts].map((host) => `\`${host}\``).join(', ')}): write it as a mapping from the registry’s name, such as \`${takers[0]?.[0]}: ...\``,
    );
  }
  if (hosts.size === 0) {
    throw new _problems_js__WEBPACK_IMPORTED_MODULE_0__/* .InputProblem */ .S(input, 'is set, but the file has no registry with an http(s) address');
  }
  return new Map(takers.map(([name]) => [name, text]));
}

/** Whether a text is a mapping: neither tokens nor names of users have a colon before white space. */
function isByName(text        )          {
  return /:(?:\s|$)|^\{/.test(text);
}

/**
 * The mapping that an input holds. A name without a value is kept, as null: an expression gives an empty text where there is no such secret.
 *
 * @throws InputProblem
 */
async function readByName(input           , text        )                                   {
  const { composeYaml, YamlError } = await Promise.all(/* import() | settings-yaml */[__webpack_require__.e("yaml"), __webpack_require__.e("shared-settings")]).then(__webpack_require__.bind(__webpack_require__, 5295));
  try {
    const value          = composeYaml(text).document.toJS({ maxAliasCount: 100 });
    if (isMapping(value)) return value;
    throw new YamlError('it is not a mapping of names');
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    throw new _problems_js__WEBPACK_IMPORTED_MODULE_0__/* .InputProblem */ .S(input, `must be a YAML mapping beside \`deployments_file\`: ${error.message}`);
  }
}

function refuseUnknown(
  input           ,
  mapping                                   ,
  names                   ,
  kind        ,
  todo        ,
)       {
  const unknown = Object.keys(mapping).filter((name) => !names.includes(name));
  if (unknown.length === 0) return;
  const each = unknown.map((name) => `\`${name}\`${(0,_deployments_problems_js__WEBPACK_IMPORTED_MODULE_1__/* .suggestion */ .h)(name, names)}`).join(', ');
  throw new _problems_js__WEBPACK_IMPORTED_MODULE_0__/* .InputProblem */ .S(input, `names ${each}, and the file has no such ${kind}; ${todo}`);
}

function isMapping(value         )                                   {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}


/***/ }),

/***/ 7045:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ko: () => (/* binding */ readInputs),
/* harmony export */   Qh: () => (/* binding */ INPUT_NAMES),
/* harmony export */   XJ: () => (/* binding */ mistypedInputs),
/* harmony export */   cG: () => (/* binding */ variableName),
/* harmony export */   p7: () => (/* binding */ environmentOf),
/* harmony export */   wM: () => (/* binding */ fallbackOf)
/* harmony export */ });
/* harmony import */ var _nearest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(232);


/**
 * The inputs of `action.yml`, as text. An input that is empty is absent: an expression such as `${{ vars.NOMAD_ADDR }}` gives
 * an empty text where nothing is set.
 */
const INPUT_NAMES = [
  'operation',
  'deployments_file',
  'environment',
  'only',
  'only_with_needs',
  'changed_since',
  'parallelism',
  'fail_fast',
  'deployment_name',
  'pack',
  'registry_name',
  'registry_source',
  'registry_ref',
  'registry_target',
  'registry_token',
  'registry_user',
  'registry',
  'variables',
  'secret_variables',
  'variable_files',
  'variable_sources',
  'nomad_addr',
  'nomad_token',
  'nomad_namespace',
  'nomad_region',
  'nomad_http_auth',
  'nomad_cacert',
  'nomad_capath',
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
  'adopt_jobs',
  'preserve_counts',
  'redeploy',
  'rollback_to',
  'dry_run',
  'pass_env',
  'plan_digest',
  'fail_on_changes',
  'fail_on_unhealthy',
  'comment',
  'comment_label',
  'comment_address',
  'pull_request_number',
  'github_token',
]         ;

                                                     

                                                                  

                                                                       

/** A copy of a process's variables, by the names that `variableName` gives. */
function environmentOf(variables             , platform         = process.platform)              {
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [variableName(name, platform), value]));
}

/** The name of a variable in an `Environment`. Windows ignores case in names, and has a `Path`; a copy does not, so there all are in capitals. */
function variableName(name        , platform         = process.platform)         {
  return platform === 'win32' ? name.toUpperCase() : name;
}

/** Inputs that fall back to a variable of the step's environment: the ones that Nomad's own tools read, by the same names. */
const FALLBACKS                                     = {
  nomad_addr: 'NOMAD_ADDR',
  nomad_token: 'NOMAD_TOKEN',
  nomad_namespace: 'NOMAD_NAMESPACE',
  nomad_region: 'NOMAD_REGION',
  nomad_http_auth: 'NOMAD_HTTP_AUTH',
  nomad_cacert: 'NOMAD_CACERT',
  nomad_capath: 'NOMAD_CAPATH',
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

/** Inputs that are set and do not exist, and the one that each is probably meant to be; those that resemble none are somebody else's variables. */
function mistypedInputs(environment             )                                                          {
  const known = new Set        (INPUT_NAMES);
  return Object.keys(environment).flatMap((variable) => {
    const given = /^INPUT_(.+)$/.exec(variable)?.[1]?.toLowerCase() ?? '';
    const meant = given === '' || known.has(given) ? undefined : (0,_nearest_js__WEBPACK_IMPORTED_MODULE_0__/* .nearMiss */ .b)(given, INPUT_NAMES);
    return meant === undefined ? [] : [{ given, meant: meant              }];
  });
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


/***/ }),

/***/ 5081:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  M5: () => (/* binding */ loadSettings),
  sb: () => (/* binding */ readSettings),
  ic: () => (/* binding */ reviewSettings)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/js/operations.js
var operations = __webpack_require__(4582);
// EXTERNAL MODULE: ./build/js/settings/misplaced.js
var misplaced = __webpack_require__(2112);
// EXTERNAL MODULE: ./build/js/settings/fields.js
var fields = __webpack_require__(5537);
// EXTERNAL MODULE: ./build/js/settings/problems.js
var settings_problems = __webpack_require__(1404);
// EXTERNAL MODULE: ./build/js/settings/shown.js
var shown = __webpack_require__(7995);
// EXTERNAL MODULE: ./build/js/settings/source.js
var source = __webpack_require__(7109);
// EXTERNAL MODULE: ./build/js/settings/workspace.js
var settings_workspace = __webpack_require__(5003);
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
 * @param mayBeGone whether a directory need not be there any more
 * @throws InputProblem
 */
async function readPack(written        , workspace        , mayBeGone = false)                         {
  if (!isDirectory(written)) {
    if (!fields/* NAME */.o_.test(written))
      throw new settings_problems/* InputProblem */.S(
        'pack',
        `must be a name (letters, digits, \`.\`, \`_\` and \`-\`), or the path of a directory such as \`./packs/web\`${(0,shown/* got */.L)('pack', written)}`,
      );
    return { kind: 'registry', name: written };
  }
  const outside = await (0,settings_workspace/* whyOutside */.i)(written, workspace);
  if (outside !== undefined) throw new settings_problems/* InputProblem */.S('pack', `${outside}${(0,shown/* got */.L)('pack', written)}`);
  const path = (0,external_node_path_.resolve)(workspace, written);
  const name = (0,external_node_path_.basename)(path);
  if (!fields/* NAME */.o_.test(name))
    throw new settings_problems/* InputProblem */.S(
      'pack',
      `must be a directory whose name is letters, digits, \`.\`, \`_\` and \`-\`, as a pack’s is${(0,shown/* got */.L)('pack', written)}`,
    );
  const metadata = await (0,promises_.stat)((0,external_node_path_.join)(path, 'metadata.hcl')).catch(() => undefined);
  if (metadata?.isFile() !== true && !mayBeGone) {
    throw new settings_problems/* InputProblem */.S(
      'pack',
      `names the directory \`${written}\`, which is not a pack: ${(0,external_node_path_.join)(path, 'metadata.hcl')} is not there. Check the path, and that the repository was checked out`,
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
  const { ref, target, token, user } = inputs;
  if (pack?.kind === 'directory') return { name: inputs.name ?? DIRECTORY_REGISTRY, source: pack.path, ref };
  if (inputs.name === undefined || inputs.source === undefined) return undefined;
  if (target !== undefined && pack !== undefined && target !== pack.name) {
    throw new settings_problems/* InputProblem */.S(
      'registry_target',
      `is \`${target}\`, but \`pack\` is \`${pack.name}\`; leave one of them as it is and drop or change the other`,
    );
  }
  const source = readSource(inputs.source, workspace);
  if (token !== undefined && source.origin === undefined) {
    throw new settings_problems/* InputProblem */.S(
      'registry_token',
      'is set, but `registry_source` is not an http(s) address; for SSH, add a key to the agent instead',
    );
  }
  if (user !== undefined && token === undefined) {
    throw new settings_problems/* InputProblem */.S('registry_user', 'is set, but `registry_token`, which is its password, is not');
  }
  return {
    name: inputs.name,
    source: source.url,
    ref,
    ...(source.origin !== undefined && { origin: source.origin }),
    ...(target !== undefined && { target }),
  };
}

function readSource(written        , workspace        ) {
  try {
    return (0,source/* parseSource */.P)(written, workspace);
  } catch (error) {
    if (!(error instanceof source/* SourceError */.c)) throw error;
    throw new settings_problems/* InputProblem */.S('registry_source', `${error.message}${(0,shown/* got */.L)('registry_source', written)}`);
  }
}

// EXTERNAL MODULE: ./build/js/settings/schema.js
var settings_schema = __webpack_require__(8799);
// EXTERNAL MODULE: ./build/js/settings/secrets.js
var secrets = __webpack_require__(4243);
// EXTERNAL MODULE: ./build/js/settings/variables.js
var variables = __webpack_require__(5919);
;// CONCATENATED MODULE: ./build/js/settings/tls.js


                                             




/** A certificate or a key: a file of the user's, or PEM text that has to be put into one. */
                                                                              

/**
 * The file or the text that an input holds.
 *
 * @throws InputProblem when the file cannot be read, and for PEM that is encoded once more
 */
async function readPemInput(input           , written        , workspace        )                     {
  if ((0,secrets/* isPem */.X3)(written)) return { text: `${written.trim()}\n` };
  if ((0,secrets/* isEncodedPem */.xS)(written))
    throw new settings_problems/* InputProblem */.S(input, 'is PEM in base64; give the text itself, with its line breaks');
  const path = (0,external_node_path_.resolve)(workspace, written);
  await (0,promises_.readFile)(path).catch((error         ) => {
    throw new settings_problems/* InputProblem */.S(input, `must be PEM text or a file that can be read: \`${path}\` ${(0,variables/* whyUnreadable */._p)(error)}`);
  });
  return { path };
}

/**
 * The folder that `nomad_capath` names, as an absolute path.
 *
 * @throws InputProblem when it cannot be read
 */
async function readCaFolder(written                    , workspace        )                              {
  if (written === undefined) return undefined;
  const path = (0,external_node_path_.resolve)(workspace, written);
  await (0,promises_.readdir)(path).catch((error         ) => {
    throw new settings_problems/* InputProblem */.S('nomad_capath', `must be a folder that can be read: \`${path}\` ${(0,variables/* whyUnreadable */._p)(error)}`);
  });
  return path;
}

;// CONCATENATED MODULE: ./build/js/settings/load.js



                                              
                                                     





             
              
                    
                
                   
                 
                  
                  
           
                       




                                                   
                                                                  
                             
                                                                                                                
                                                                        
                                                                                                                
                                   
 

const REGISTRY_INPUTS                       = ['registry_name', 'registry_source'];

/** What Nomad's own tools take when they are told no address; `render` does not need the cluster, but a template may ask it. */
const NOMAD_DEFAULT_ADDRESS = 'http://127.0.0.1:4646';

/** The inputs, checked: what they ask for, and apart from it what opens doors. */
                         
                              
                                    
 

/**
 * What the inputs ask for, checked. Files that they name have been looked at; nothing else has been touched.
 *
 * @throws ActionError with the reason `input` (or `variable-file`, when a file of variables is all that is wrong) that names
 *   every wrong input at once
 */
async function loadSettings(inputs        , options             )                  {
  const read = await readSettings(inputs, options);
  if ('problems' in read) throw (0,settings_problems/* inputError */.X)(read.problems, options);
  return read;
}

/** As `loadSettings`, for who tells by themselves what is wrong. */
async function readSettings(
  inputs        ,
  options                                 ,
)                                                                   {
  const problems                 = [];
  const read = await readParts(inputs, options, problems);
  return problems.length > 0 ? { problems } : await assemble(inputs, read, options);
}

/** What the inputs name, as far as it could be read: checked values, and what the files say that they name. */
                                                   

/** @param problems gets what is wrong */
async function readParts(
  inputs        ,
  { workspace, packMayBeGone }                                 ,
  problems                ,
) {
  const attempt = async    (read                      )                         => {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof settings_problems/* InputProblem */.S)) throw error;
      problems.push(error);
      return undefined;
    }
  };
  const pem = (input           ) => {
    const written = inputs[input];
    return written === undefined ? undefined : attempt(() => readPemInput(input, written, workspace));
  };

  const checked = await checkEach(inputs, problems);
  problems.push(
    ...missing(inputs, checked.operation),
    ...contradictions(inputs),
    ...unwatchedRevert(checked),
    ...unwatchedRedeploy(checked),
    ...onlyForRollback(checked),
    ...(0,misplaced/* misplacedSecrets */.K9)(inputs),
  );
  const written = checked.pack;
  const pack = written === undefined ? undefined : await attempt(() => readPack(written, workspace, packMayBeGone));
  const registry = await attempt(() => readRegistry(registryInputs(checked), pack, workspace));
  const plain = await attempt(() => (0,variables/* readMapping */.vh)('variables', inputs.variables ?? ''));
  const secret = await attempt(() => (0,variables/* readMapping */.vh)('secret_variables', inputs.secret_variables ?? ''));
  problems.push(...namedTwice(plain ?? {}, secret ?? {}));
  const files = await Promise.all(
    (checked.variable_files ?? []).map((file) => attempt(() => (0,variables/* readVariableFile */.bS)(file, workspace))),
  );
  const signingKey = await attempt(() => readSigningKey(inputs.nomad_pack_signing_key, workspace));
  const caPath = await attempt(() => readCaFolder(inputs.nomad_capath, workspace));
  const [caCert, clientCert, clientKey] = [
    await pem('nomad_cacert'),
    await pem('nomad_client_cert'),
    await pem('nomad_client_key'),
  ];
  return { checked, pack, registry, plain, secret, files, signingKey, caPath, caCert, clientCert, clientKey };
}

function registryInputs(checked                        )                 {
  return {
    name: checked.registry_name ?? checked.registry,
    source: checked.registry_source,
    ref: checked.registry_ref ?? 'latest',
    target: checked.registry_target,
    token: checked.registry_token,
    user: checked.registry_user,
  };
}

/** The settings and credentials of inputs with which nothing is wrong. */
async function assemble(
  inputs        ,
  { checked, pack, registry, plain, secret, files, signingKey, caPath, caCert, clientCert, clientKey }       ,
  options                                 ,
)                                                                   {
  const credentials = credentialsOf(checked, registry, secret ?? {});
  const withoutValue = await (0,secrets/* secretsWithoutValue */.Tu)(inputs);
  const complete = checked                 ;
  const nomadPack                    = {
    version: complete.nomad_pack_version,
    mirror: complete.nomad_pack_mirror,
    ...(signingKey !== undefined && { signingKey }),
  };
  const common = { nomadPack, passEnv: complete.pass_env };
  if (complete.operation === 'setup') return { settings: { operation: 'setup', ...common }, credentials };
  if (complete.operation === 'matrix') return { problems: [new settings_problems/* InputProblem */.S('deployments_file', 'is missing')] };
  if (pack === undefined) return { problems: [new settings_problems/* InputProblem */.S('pack', 'is missing or empty')] };
  const settings           = {
    operation: complete.operation,
    ...common,
    deploymentName: complete.deployment_name ?? pack.name,
    pack,
    ...(registry !== undefined && { registry }),
    variables: {
      plain: plain ?? {},
      ...(withoutValue.length > 0 && { withoutValue }),
      files: files.filter((file) => file !== undefined),
      ...(complete.variable_sources.length > 0 && { sources: complete.variable_sources }),
    },
    nomad: nomadSettings(complete, {
      ...(caCert && { caCert: await toPath(caCert, 'ca.pem', options) }),
      ...(caPath !== undefined && { caPath }),
      ...(clientCert && { clientCert: await toPath(clientCert, 'client.pem', options) }),
      ...(clientKey && { clientKey: await toPath(clientKey, 'client-key.pem', options) }),
    }),
    rollout: rolloutSettings(complete),
    rollback: {
      dryRun: complete.dry_run,
      ...(complete.rollback_to !== undefined && { to: complete.rollback_to }),
    },
    review: reviewSettings(complete),
    workspace: options.workspace,
  };
  return { settings, credentials };
}

/** The token of a registry goes with it: a directory has no host that could be given one. */
function credentialsOf(
  inputs                        ,
  registry                              ,
  secretVariables                 ,
)              {
  const { registry_token: token, registry_user: user } = inputs;
  return {
    ...(registry?.origin !== undefined &&
      token !== undefined && { registry: { token, ...(user !== undefined && { user }) } }),
    nomad: {
      ...(inputs.nomad_token !== undefined && { token: inputs.nomad_token }),
      ...(inputs.nomad_http_auth !== undefined && { httpAuth: inputs.nomad_http_auth }),
    },
    ...(inputs.github_token !== undefined && { githubToken: inputs.github_token }),
    secretVariables,
  };
}

/** The inputs that are right by themselves; what is wrong with the others is added to the problems. */
async function checkEach(inputs        , problems                )                                  {
  const checked                          = {};
  for (const [name, schema] of Object.entries(settings_schema/* inputsSchema */.r.shape)) {
    const result = await schema.safeParseAsync(inputs[name             ]);
    if (result.success) checked[name] = result.data;
    else {
      const [issue] = result.error.issues;
      const words = issue?.code === 'invalid_value' ? issue.values.map(String) : [];
      const input = name             ;
      problems.push(new settings_problems/* InputProblem */.S(input, `${issue?.message}${(0,shown/* got */.L)(input, inputs[input] ?? '', words)}`));
    }
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
  return operations/* OPERATIONS */.x[operation].needs
    .filter((name) => !given(name))
    .map((name) => new settings_problems/* InputProblem */.S(name, `is missing or empty; \`${operation}\` needs it${unless(name)}`));
}

/** Inputs that cannot be meant together. */
function contradictions(inputs        )                 {
  const problems                 = [];
  const add = (input           , message        ) => problems.push(new settings_problems/* InputProblem */.S(input, message));
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
    add(
      'registry',
      `is the old name of \`registry_name\`, and they differ (\`${inputs.registry}\` and \`${inputs.registry_name}\`); drop it`,
    );
  }
  return problems;
}

/** A rollout that nobody watches is not known to fail. */
function unwatchedRevert({ operation, wait, on_failure }                        )                 {
  if (operation !== 'deploy' || wait !== false || on_failure !== 'revert') return [];
  return [
    new settings_problems/* InputProblem */.S(
      'on_failure',
      'is `revert`, and `wait` is `false`: a rollout that is not waited for is never taken back. Leave out one of them',
    ),
  ];
}

/** How fast allocations are replaced depends on how the new ones fare. */
function unwatchedRedeploy({ operation, wait, redeploy }                        )                 {
  if (operation !== 'deploy' || wait !== false || redeploy !== true) return [];
  return [
    new settings_problems/* InputProblem */.S(
      'redeploy',
      'is `true`, and `wait` is `false`: allocations are replaced one after the other, as the new ones become healthy. Leave out one of them',
    ),
  ];
}

/** A deploy that somebody takes for a trial would be none. */
function onlyForRollback({ operation, dry_run, rollback_to }                        )                 {
  if (operation === undefined || operation === 'rollback') return [];
  const problems                 = [];
  if (dry_run === true)
    problems.push(
      new settings_problems/* InputProblem */.S(
        'dry_run',
        'is `true`, which only `rollback` knows; `operation: plan` says what a deploy would do',
      ),
    );
  if (rollback_to !== undefined)
    problems.push(
      new settings_problems/* InputProblem */.S('rollback_to', `is set, which only \`rollback\` knows (\`operation\` is \`${operation}\`)`),
    );
  return problems;
}

function namedTwice(plain        , secret        )                 {
  return Object.keys(plain)
    .filter((name) => Object.hasOwn(secret, name))
    .map(
      (name) => new settings_problems/* InputProblem */.S('variables', `and \`secret_variables\` both set \`${name}\`; leave one of them out`),
    );
}

async function readSigningKey(written                    , workspace        )                              {
  if (written === undefined || written.includes('-----BEGIN PGP')) return written;
  const path = (0,external_node_path_.resolve)(workspace, written);
  const text = await (0,promises_.readFile)(path, 'utf8').catch((error         ) => {
    throw new settings_problems/* InputProblem */.S(
      'nomad_pack_signing_key',
      `must be an armored OpenPGP key or a file that can be read: \`${path}\` ${(0,variables/* whyUnreadable */._p)(error)}`,
    );
  });
  if (!text.includes('-----BEGIN PGP'))
    throw new settings_problems/* InputProblem */.S('nomad_pack_signing_key', `names \`${path}\`, which does not hold an armored OpenPGP key`);
  return text;
}

async function toPath(
  source           ,
  name        ,
  { keepPrivate }                                  ,
)                  {
  return 'path' in source ? source.path : await keepPrivate(name, source.text);
}

function nomadSettings(
  inputs               ,
  files                                                                               ,
)                {
  return {
    address: inputs.nomad_addr ?? NOMAD_DEFAULT_ADDRESS,
    ...(inputs.nomad_addr === undefined && { isAssumed: true }),
    namespace: inputs.nomad_namespace,
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
    adoptJobs: inputs.adopt_jobs,
    preserveCounts: inputs.preserve_counts,
    redeploy: inputs.redeploy,
  };
}

/** What is said of reviews and comments. */
function reviewSettings(
  inputs       
                  
                       
                         
               
                     
                       
                           
                   
   ,
)                 {
  return {
    failOnChanges: inputs.fail_on_changes,
    failOnUnhealthy: inputs.fail_on_unhealthy,
    comment: inputs.comment,
    ...(inputs.comment_label !== undefined && { commentLabel: inputs.comment_label }),
    ...(inputs.comment_address && { commentAddress: true }),
    ...(inputs.pull_request_number !== undefined && { pullRequest: inputs.pull_request_number }),
    ...(inputs.plan_digest !== undefined && { digest: inputs.plan_digest }),
  };
}


/***/ }),

/***/ 2112:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K9: () => (/* binding */ misplacedSecrets),
/* harmony export */   KK: () => (/* binding */ holdsCredential),
/* harmony export */   Qe: () => (/* binding */ holdsToken),
/* harmony export */   g1: () => (/* binding */ MAY_HOLD_SECRETS),
/* harmony export */   q8: () => (/* binding */ strayTokens)
/* harmony export */ });
/* harmony import */ var _problems_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1404);
/* harmony import */ var _secrets_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4243);
                                                     



/** The shapes of tokens that GitHub gives out: <https://docs.github.com/authentication/keeping-your-account-and-data-secure>. */
const GITHUB_TOKEN = /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,})\b/;

const MAY_HOLD_SECRETS                         = new Set           ([
  ..._secrets_js__WEBPACK_IMPORTED_MODULE_1__/* .TOKEN_INPUTS */ .O9,
  'secret_variables',
  'nomad_client_key',
  'nomad_http_auth',
]);

/**
 * What tokens, keys and passwords look like, whoever they are of. Not to be sure is enough: a text that is shown by mistake cannot be taken back.
 */
const CREDENTIALS                    = [
  GITHUB_TOKEN,
  // PEM, plain and in base64, and JSON Web Tokens.
  /-----BEGIN |LS0tLS1CRUdJT|\beyJ[\w-]/,
  // A user or password in a URL.
  /\/\/[^/@\s]*@/,
  // Vault's tokens, and what a name says.
  /\bhv[sbr]\.|(?:passw|secret|token|credential|api.?key)[^=:\s]*\s*[=:]/i,
  // Letters and digits that nobody would remember: identifiers, hashes, base64.
  /(?=[\w+/=-]*\d)(?=[\w+/=-]*[A-Za-z])[\w+/=-]{20}/,
];

/** Whether a text looks as if nobody should see it. */
function holdsCredential(text        )          {
  return holdsToken(text) || CREDENTIALS.some((pattern) => pattern.test(text));
}

/** What only a token or a private key looks like. */
const TOKENS                    = [
  GITHUB_TOKEN,
  // GitLab, Vault, AWS, Slack, JSON Web Tokens, keys in PEM.
  /\bglpat-[\w-]{20,}/,
  /\bhv[sbr]\.[\w-]{20,}/,
  /\bAKIA[0-9A-Z]{16}\b/,
  /\bxox[abprs]-[\w-]{10,}/,
  /\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
];

/** Whether a text is, or holds, what can be nothing but a token or a private key. */
function holdsToken(text        )          {
  return TOKENS.some((pattern) => pattern.test(text));
}

/** The inputs that hold a token by mistake, where it would be printed, stored, become part of a job, or be sent to the wrong place. */
function misplacedSecrets(inputs        )                 {
  const problems = mixedUpTokens(inputs);
  for (const [key, text] of Object.entries(inputs)) {
    const input = key             ;
    if (MAY_HOLD_SECRETS.has(input)) continue;
    const token = _secrets_js__WEBPACK_IMPORTED_MODULE_1__/* .TOKEN_INPUTS */ .O9.find((name) => (inputs[name] ?? '').length >= 6 && text.includes(inputs[name] ?? ''));
    if (token !== undefined)
      problems.push(
        new _problems_js__WEBPACK_IMPORTED_MODULE_0__/* .InputProblem */ .S(
          input,
          `holds the value of \`${token}\`; a token belongs into its own input or \`secret_variables\` only`,
        ),
      );
    else if (GITHUB_TOKEN.test(text))
      problems.push(new _problems_js__WEBPACK_IMPORTED_MODULE_0__/* .InputProblem */ .S(input, 'holds a token of GitHub; use `registry_token`, or `secret_variables`'));
    else if ((0,_secrets_js__WEBPACK_IMPORTED_MODULE_1__/* .isPem */ .X3)(text) && text.includes('PRIVATE KEY'))
      problems.push(new _problems_js__WEBPACK_IMPORTED_MODULE_0__/* .InputProblem */ .S(input, 'holds a private key; use `nomad_client_key`, or `secret_variables`'));
  }
  return problems;
}

/** Each would go to the other's host. */
function mixedUpTokens({ nomad_token, registry_token }        )                 {
  if (nomad_token === undefined) return [];
  if (GITHUB_TOKEN.test(nomad_token))
    return [new _problems_js__WEBPACK_IMPORTED_MODULE_0__/* .InputProblem */ .S('nomad_token', 'holds a token of GitHub, which Nomad must not see; use `registry_token`')];
  return nomad_token === registry_token
    ? [new _problems_js__WEBPACK_IMPORTED_MODULE_0__/* .InputProblem */ .S('nomad_token', 'and `registry_token` hold the same token; each goes to a host of its own')]
    : [];
}

/** Tokens of GitHub's in whatever input they are, so that they can be masked before an error is printed. */
function strayTokens(inputs        )           {
  return Object.values(inputs).flatMap((text) => text.match(new RegExp(GITHUB_TOKEN, 'g')) ?? []);
}


/***/ }),

/***/ 1404:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ InputProblem),
/* harmony export */   X: () => (/* binding */ inputError)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2027);

                                             

/** What is wrong with one input. The message reads on after the input's name: `is missing`, `must be a duration such as ...`. */
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

/** Where the inputs come from. */
                               
                                                                                                     
                                                                
                                                                                        
                                                                                       
 

/**
 * One error that names every wrong input at once.
 */
function inputError(
  problems                         ,
  { variableOf, mistyped = [] }              ,
)              {
  const sentences = problems.map(({ input, message }) => {
    const variable = variableOf(input);
    const origin =
      variable === undefined || message.startsWith('is missing') ? '' : ` (from the environment variable ${variable})`;
    const slip = message.startsWith('is missing') ? mistyped.find(({ meant }) => meant === input) : undefined;
    const instead = slip === undefined ? '' : ` \`${slip.given}\`, which is set, is not an input.`;
    return `Input \`${input}\`${origin} ${message}.${instead}`;
  });
  const [first] = problems;
  const file = problems.length === 1 ? first?.file : undefined;
  const names = [...new Set(problems.map(({ input }) => `\`${input}\``))].join(', ');
  const todo = problems.every(({ message }) => message.startsWith('is missing')) ? 'Set' : 'Correct';
  return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ(
    file === undefined ? 'input' : 'variable-file',
    problems.length === 1 ? sentences.join('') : [`${problems.length} inputs are wrong.`, ...sentences].join('\n'),
    {
      hint: file?.hint ?? `${todo} ${names} under \`with:\`. The README says what each input takes.`,
      ...(file !== undefined && { location: file.location }),
    },
  );
}


/***/ }),

/***/ 6447:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ BESIDE_A_FILE)
/* harmony export */ });
                                              
                                                            
                                             
                                                     
                                                                                           

/** A deployment's settings and credentials. */
                                                                                  

/** A deployment of a file that the step works on, with all that a step over it alone would have. */
                           
                              
                       
                                                                                                           
                                    
                                                                                                                   
                             
                                    
 

/** What a step is to do over the deployments of a file. */
                          
                        
                                                      
                                                    
                        
                                        
                                
                                                       
                               
                                            
                             
                                        
                                                               
                                  
                                           
                                
                                                                                         
                                        
 

/** What a step is asked to do. */
                 
                                                        
           
                                                                     

                                                     
     
                                                     
    
                                                 
                                                                     
                                                  
     
                                         
                              
                          
                                      
                             
 

/** What means something beside a file only. */
const BESIDE_A_FILE                       = [
  'environment',
  'only',
  'only_with_needs',
  'changed_since',
  'parallelism',
  'fail_fast',
];


/***/ }),

/***/ 8799:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   r: () => (/* binding */ inputsSchema)
/* harmony export */ });
/* harmony import */ var zod_mini__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8395);
/* harmony import */ var zod_mini__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3759);
/* harmony import */ var _operations_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4582);
/* harmony import */ var _fields_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5537);



                                             

const text = zod_mini__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP();

/** What each input may be by itself; `load.ts` says which of them an operation needs, and which go together. */
const inputsSchema = zod_mini__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({
  operation: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._default */ .Rvf(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .oneOf */ .yL(_operations_js__WEBPACK_IMPORTED_MODULE_0__/* .OPERATION_NAMES */ .d), 'deploy'),
  deployments_file: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(text),
  environment: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .name */ .UU),
  only: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._default */ .Rvf(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .list */ .p_, []),
  only_with_needs: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._default */ .Rvf(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .flag */ .Jt, false),
  changed_since: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .revision */ .QL),
  parallelism: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._default */ .Rvf(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .atMost */ .Tu(100), 4),
  fail_fast: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._default */ .Rvf(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .flag */ .Jt, false),
  deployment_name: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .deploymentName */ .pC),
  pack: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(text),
  registry_name: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .name */ .UU),
  registry_source: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(text),
  registry_ref: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._default */ .Rvf(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .ref */ .KR, 'latest'),
  registry_target: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .name */ .UU),
  registry_token: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(text),
  registry_user: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .userName */ .nT),
  registry: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .name */ .UU),
  variables: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._default */ .Rvf(text, ''),
  secret_variables: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._default */ .Rvf(text, ''),
  variable_files: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._default */ .Rvf(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .list */ .p_, []),
  variable_sources: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._default */ .Rvf(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .variableSources */ .P$, []),
  nomad_addr: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .nomadAddress */ .Ck),
  nomad_token: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(
    text.check(zod_mini__WEBPACK_IMPORTED_MODULE_3__/* ._regex */ .Fk(/^[\x21-\x7e]+$/, 'must not hold characters that no token has, such as spaces')),
  ),
  nomad_namespace: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._default */ .Rvf(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .name */ .UU, 'default'),
  nomad_region: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .name */ .UU),
  nomad_http_auth: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .httpAuth */ .BR),
  nomad_cacert: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(text),
  nomad_capath: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(text),
  nomad_client_cert: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(text),
  nomad_client_key: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(text),
  nomad_tls_server_name: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .name */ .UU),
  nomad_skip_verify: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._default */ .Rvf(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .flag */ .Jt, false),
  nomad_auth_method: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .name */ .UU),
  nomad_auth_audience: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(text),
  nomad_pack_version: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._default */ .Rvf(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .nomadPackVersion */ .xt, 'latest'),
  nomad_pack_mirror: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._default */ .Rvf(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .mirror */ .e7, 'https://releases.hashicorp.com'),
  nomad_pack_signing_key: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(text),
  wait: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._default */ .Rvf(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .flag */ .Jt, true),
  wait_timeout: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._default */ .Rvf(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .duration */ .p0, 15 * 60_000),
  wait_for: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._default */ .Rvf(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .oneOf */ .yL(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .WAIT_FOR */ .Ss), 'started'),
  on_failure: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._default */ .Rvf(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .oneOf */ .yL(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .ON_FAILURE */ .hM), 'keep'),
  allow_replace: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._default */ .Rvf(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .flag */ .Jt, false),
  adopt_jobs: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._default */ .Rvf(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .jobIds */ .SH, []),
  preserve_counts: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._default */ .Rvf(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .flag */ .Jt, false),
  redeploy: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._default */ .Rvf(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .flag */ .Jt, false),
  rollback_to: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .ref */ .KR),
  dry_run: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._default */ .Rvf(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .flag */ .Jt, false),
  pass_env: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._default */ .Rvf(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .environmentNames */ .iF, []),
  plan_digest: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .digest */ .br),
  fail_on_changes: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._default */ .Rvf(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .flag */ .Jt, false),
  fail_on_unhealthy: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._default */ .Rvf(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .flag */ .Jt, false),
  comment: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._default */ .Rvf(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .oneOf */ .yL(['auto', 'always', 'never']), 'auto'),
  comment_label: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .name */ .UU),
  comment_address: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._default */ .Rvf(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .flag */ .Jt, false),
  pull_request_number: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .issueNumber */ .Pp),
  github_token: zod_mini__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(text),
}                                           );

                                                          


/***/ }),

/***/ 4243:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Fj: () => (/* binding */ secretsOf),
/* harmony export */   O9: () => (/* binding */ TOKEN_INPUTS),
/* harmony export */   Tu: () => (/* binding */ secretsWithoutValue),
/* harmony export */   X3: () => (/* binding */ isPem),
/* harmony export */   xS: () => (/* binding */ isEncodedPem)
/* harmony export */ });
/* harmony import */ var _plain_name_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1652);
/* harmony import */ var _given_by_name_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8329);
/* harmony import */ var _problems_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1404);
/* harmony import */ var _variables_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5919);


                                                     

                                                   


/** A value that nobody may see, and the name that it is told by. */
                         
                        
                         
 

/** The inputs that hold nothing but a token. */
const TOKEN_INPUTS                       = ['registry_token', 'nomad_token', 'github_token'];

/**
 * Every secret among the inputs. It is called before anything else looks at them, so it takes wrong ones too: where
 * `secret_variables` cannot be read, each of its lines is one.
 */
async function secretsOf(inputs        )                    {
  const secrets           = [];
  const isBesideFile = inputs.deployments_file !== undefined;
  for (const name of TOKEN_INPUTS) {
    const value = inputs[name];
    if (value === undefined) continue;
    if (name === 'registry_token' && isBesideFile && (0,_given_by_name_js__WEBPACK_IMPORTED_MODULE_0__/* .isByName */ .H)(value))
      secrets.push(...(await leavesOf(name, value, true)));
    else secrets.push({ name, value });
  }
  // The password is a secret by itself, too; the user is not.
  const httpAuth = inputs.nomad_http_auth;
  if (httpAuth !== undefined) {
    const password = httpAuth.slice(httpAuth.indexOf(':') + 1);
    secrets.push({ name: 'nomad_http_auth', value: httpAuth }, { name: 'nomad_http_auth', value: password });
  }
  const key = inputs.nomad_client_key;
  if (key !== undefined && (isPem(key) || isEncodedPem(key))) secrets.push({ name: 'nomad_client_key', value: key });
  if (inputs.secret_variables !== undefined)
    secrets.push(...(await leavesOf('secret_variables', inputs.secret_variables, isBesideFile, isBesideFile ? 2 : 1)));
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
  const mapping = await (0,_variables_js__WEBPACK_IMPORTED_MODULE_2__/* .readMapping */ .vh)('secret_variables', text);
  const { keyLines } = await Promise.all(/* import() | settings-yaml */[__webpack_require__.e("yaml"), __webpack_require__.e("shared-settings")]).then(__webpack_require__.bind(__webpack_require__, 5295));
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

/**
 * Each value of a mapping; each line, where it cannot be read.
 *
 * @param anyName whether names need not be what variables may be called
 * @param named how many levels of keys are the names of deployments, registries and variables
 */
async function leavesOf(input           , text        , anyName         , named = 1)                    {
  try {
    const mapping = await (anyName ? _variables_js__WEBPACK_IMPORTED_MODULE_2__/* .parseInputMapping */ .Kb : _variables_js__WEBPACK_IMPORTED_MODULE_2__/* .readMapping */ .vh)(input, text);
    return Object.entries(mapping).flatMap(([name, value]) => leaves(name, value, named - 1));
  } catch (error) {
    if (!(error instanceof _problems_js__WEBPACK_IMPORTED_MODULE_1__/* .InputProblem */ .S)) throw error;
    return text.split('\n').map((line) => ({ name: input, value: line.trim() }));
  }
}

/** Every value in it that is neither a list nor a mapping, and every key that is not just a name, under the path that leads to it. */
function leaves(name        , value               , named = 0)           {
  if (value === null) return [];
  if (typeof value !== 'object') return [{ name, value: String(value) }];
  if (Array.isArray(value)) return value.flatMap((member, index) => leaves(`${name}.${index}`, member));
  return Object.entries(value).flatMap(([key, member]) =>
    named > 0 || (0,_plain_name_js__WEBPACK_IMPORTED_MODULE_3__/* .isPlainName */ .s)(key)
      ? leaves(`${name}.${key}`, member, named - 1)
      : [{ name, value: key }, ...leaves(name, member)],
  );
}


/***/ }),

/***/ 7995:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ got),
/* harmony export */   _: () => (/* binding */ gotText)
/* harmony export */ });
/* harmony import */ var _nearest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(232);
/* harmony import */ var _misplaced_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2112);

                                             


/** A longer value tells nobody what is wrong with it. Characters. */
const LONGEST = 80;

/**
 * ` (got \`rollback\`; did you mean \`revert\`?)`, to follow what an input must be; empty where the value may be a secret, or is long.
 *
 * @param words the values that would be right, where there are few
 */
function got(input           , value        , words                    = [])         {
  return _misplaced_js__WEBPACK_IMPORTED_MODULE_0__/* .MAY_HOLD_SECRETS */ .g1.has(input) ? '' : gotText(value, words);
}

/** As `got`, of a text that has no input of its own. */
function gotText(value        , words                    = [])         {
  if (value === '' || value.length > LONGEST || (0,_misplaced_js__WEBPACK_IMPORTED_MODULE_0__/* .holdsCredential */ .KK)(value)) return '';
  // `True` and `TRUE` are as good as `true`, and are not proposed.
  const proposals = [...new Set(words.map((word) => word.toLowerCase()))];
  const meant = booleanOf(value, proposals) ?? (0,_nearest_js__WEBPACK_IMPORTED_MODULE_1__/* .nearMiss */ .b)(value, proposals) ?? alike(value, proposals);
  // One line, and nothing that a log or a terminal would act on.
  const shown = JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll('\\\\', '\\').replaceAll('`', "'");
  return ` (got \`${shown}\`${meant === undefined ? '' : `; did you mean \`${meant}\`?`})`;
}

/** What shells and YAML 1.1 take for a boolean, where a boolean is wanted. */
function booleanOf(value        , words                   )                     {
  if (!words.includes('true')) return undefined;
  if (/^(?:1|y|yes|on)$/i.test(value)) return 'true';
  return /^(?:0|n|no|off)$/i.test(value) ? 'false' : undefined;
}

/** Of a few words, the only one that begins with the same letter. */
function alike(value        , words                   )                     {
  const [word, another] = words.filter((one) => one.startsWith(value.charAt(0).toLowerCase()));
  return another === undefined ? word : undefined;
}


/***/ }),

/***/ 7109:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ parseSource),
/* harmony export */   c: () => (/* binding */ SourceError)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var node_url__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3136);



/** A registry's source as nomad-pack is given it, and where its token may go. */
                                 
                       
                                                                                                   
                           
 

/** Why a text is not a source of a registry. Never repeats it: it may hold a credential. */
class SourceError extends Error {
                    name = 'SourceError';
}

const SCHEMES = new Set(['https:', 'http:', 'ssh:', 'file:']);

/**
 * The source with its scheme spelled out, since nomad-pack takes a source without one for a path and fails.
 * `github.com/org/repo` becomes `https://github.com/org/repo.git`, `git@host:org/repo` becomes `ssh://git@host/org/repo`, as go-getter
 * has it, and a path becomes `file://`.
 *
 * @param workspace the folder that a relative path is relative to
 * @throws SourceError
 */
function parseSource(written        , workspace        )                 {
  const text = written.startsWith('git::') ? written.slice('git::'.length) : written;
  if (text.startsWith('-')) throw new SourceError('begins with `-`');
  if (/[\p{Cc}]/u.test(text)) throw new SourceError('holds control characters');
  if (isPath(text)) return fromPath(text, workspace);
  if (/\s/u.test(text)) throw new SourceError('holds white space, which only a path may');
  if (text.includes('\\')) throw new SourceError('holds `\\`: write it with `/`');
  // Only at the start: `http://[::1]/x` is an address.
  if (/^[^/[]*::/.test(text)) throw new SourceError('names a helper of git (`...::`), which could run any command');
  if (/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(text)) return fromUrl(text);
  return fromScp(text) ?? fromHost(text);
}

/** A drive's letter is a path's on Windows, and a host's nowhere. */
function isPath(text        )          {
  const isWindows = process.platform === 'win32';
  if (/^[A-Za-z]:[/\\]/.test(text) || text.startsWith('\\\\')) {
    if (isWindows) return true;
    throw new SourceError('is a path of Windows, and this runner is not');
  }
  return /^[./~]/.test(text) || (isWindows && text.startsWith('\\'));
}

function fromPath(text        , workspace        )                 {
  if (text.startsWith('~')) throw new SourceError('begins with `~`, which only a shell knows');
  if (/[?#]/.test(text)) throw new SourceError('holds `?` or `#`');
  return { url: (0,node_url__WEBPACK_IMPORTED_MODULE_1__.pathToFileURL)((0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(workspace, text)).href };
}

/**
 * `user@host:path`, which git's own short form for SSH looks like. go-getter takes `path` and `/path` alike for the one from the root;
 * `~/path` and `~user/path` are from a home. Without a user it needs a path that cannot be a port: `host:8443/org/repo` is HTTPS.
 */
function fromScp(text        )                             {
  const [, user, host, path = ''] = /^(?:([^@/:]+)@)?(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+):(.+)$/.exec(text) ?? [];
  if (host === undefined || (user === undefined && /^\d+(?:\/|$)/.test(path))) return undefined;
  if (host.startsWith('-')) throw new SourceError('names no host and repository');
  const login = user === undefined ? '' : `${encodeURIComponent(user)}@`;
  return fromUrl(`ssh://${login}${host}/${path.replace(/^\//, '')}`);
}

function fromHost(text        )                 {
  // Elsewhere on GitHub that is enough; here `org` would be taken for a host.
  if (/^[^/.:]+\/[^/]+\/?$/.test(text)) throw new SourceError('names no host: write it like `github.com/org/repo`');
  return fromUrl(`https://${withoutGitSuffix(text)}.git`);
}

function fromUrl(text        )                 {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined && /^ssh:\/\/[^/]*:(?!\d+(?:\/|$))/.test(text)) {
    throw new SourceError(
      'mixes two ways to write it: `ssh://` wants `/` before the path, as in `ssh://git@host/org/repo`, and `:` goes without `ssh://`, as in `git@host:org/repo`',
    );
  }
  if (url === undefined) throw new SourceError('is neither a URL, nor a path, nor `host/org/repo`');
  if (!SCHEMES.has(url.protocol)) throw new SourceError('has a scheme other than https, http, ssh and file');
  if (url.password !== '' || (url.username !== '' && url.protocol !== 'ssh:')) {
    throw new SourceError(
      'holds a user or a password. They would be printed and stored; use `registry_token`, and `registry_user` where the host wants a user of its own',
    );
  }
  if (url.search !== '' || url.hash !== '')
    throw new SourceError('holds `?` or `#`; a version goes into `registry_ref`');
  if (url.pathname.slice(1).includes('//'))
    throw new SourceError('names a folder after `//`; a single pack goes into `registry_target`');
  if (url.protocol === 'file:') {
    if (url.hostname !== '')
      throw new SourceError('names a host after `file://`: write `file:///` before an absolute path');
    return { url: url.href };
  }
  if (url.hostname === '' || url.hostname.startsWith('-') || !/[^/]/.test(url.pathname)) {
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


/***/ }),

/***/ 5919:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Kb: () => (/* binding */ parseInputMapping),
/* harmony export */   _p: () => (/* binding */ whyUnreadable),
/* harmony export */   bS: () => (/* binding */ readVariableFile),
/* harmony export */   g7: () => (/* binding */ decodeText),
/* harmony export */   nN: () => (/* binding */ VARIABLE_NAME),
/* harmony export */   vh: () => (/* binding */ readMapping)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _problems_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1404);
/* harmony import */ var _workspace_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5003);


                                             

                                                                 


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
  const mapping = await parseInputMapping(input, text);
  const wrong = Object.keys(mapping).filter((key) => !VARIABLE_NAME.test(key));
  if (wrong.length > 0)
    throw new _problems_js__WEBPACK_IMPORTED_MODULE_2__/* .InputProblem */ .S(
      input,
      `must set names that a variable can have: letters, digits, \`_\` and \`-\`, not ${wrong.map((key) => `\`${key}\``).join(', ')}`,
    );
  return mapping;
}

/**
 * The mapping that an input holds, whatever its names are.
 *
 * @throws InputProblem, which repeats no value
 */
async function parseInputMapping(input           , text        )                                         {
  return await parseMapping(
    text,
    (message) => new _problems_js__WEBPACK_IMPORTED_MODULE_2__/* .InputProblem */ .S(input, `must be a YAML mapping of variables: ${message}`),
  );
}

/**
 * The file, once it has been read: one that is missing, unreadable, or not what its name says is told before anything else
 * happens.
 *
 * @throws InputProblem
 */
async function readVariableFile(written        , workspace        )                        {
  const problem = (message        , hint        , line         ) =>
    new _problems_js__WEBPACK_IMPORTED_MODULE_2__/* .InputProblem */ .S('variable_files', `names \`${written}\`, which ${message}`, {
      location: { file: written, ...(line !== undefined && { line }) },
      hint,
    });
  const kind = KINDS[(0,node_path__WEBPACK_IMPORTED_MODULE_1__.extname)(written).toLowerCase()];
  if (kind === undefined) {
    throw problem(
      'is not an `.hcl`, `.json` or `.yaml` file',
      'Name the file in `variable_files` by what it is: `.hcl` (`name = value`), `.json`, `.yaml` or `.yml`.',
    );
  }
  const outside = await (0,_workspace_js__WEBPACK_IMPORTED_MODULE_3__/* .whyOutside */ .i)(written, workspace);
  if (outside !== undefined) {
    throw problem(
      outside,
      'Copy the file into the workspace, or write its absolute path where it belongs to the runner.',
    );
  }
  const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(workspace, written);
  const cannotBeRead = (error         ) => {
    throw problem(
      `${whyUnreadable(error)} (looked at ${path})`,
      written.includes(',')
        ? 'Name one file a line in `variable_files`: no comma parts them.'
        : 'Correct the path in `variable_files`, which is relative to the workspace, and check that the repository was checked out.',
    );
  };
  const found = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(path).catch(cannotBeRead);
  // Reading a device would never end, and a pipe might never begin.
  const readable = found.isFile() || found.isDirectory();
  if (!readable || found.size > LARGEST_FILE) {
    const why = readable ? `is larger than ${LARGEST_FILE / 1024 / 1024} MiB` : 'is not a regular file';
    throw problem(why, 'Name a file of variables in `variable_files`.');
  }
  const bytes = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(path).catch(cannotBeRead);
  const encoding = whyNotUtf8(bytes);
  if (encoding !== undefined) throw problem(encoding, 'Save the file as UTF-8.');
  const text = decodeText(bytes);
  await checkText(kind, text, problem);
  return { path, written, kind };
}

/** Holds what is written in a file against what its name says. HCL is nomad-pack's to read. */
async function checkText(
  kind                      ,
  text        ,
  problem                                                                ,
)                {
  if (kind === 'json') {
    const { outlineJson } = await __webpack_require__.e(/* import() | settings-json */ "settings-json").then(__webpack_require__.bind(__webpack_require__, 4334));
    const { DEEPEST } = await Promise.all(/* import() | settings-yaml */[__webpack_require__.e("yaml"), __webpack_require__.e("shared-settings")]).then(__webpack_require__.bind(__webpack_require__, 5295));
    if (outlineJson(text).depth > DEEPEST)
      throw problem(`is nested more than ${DEEPEST} levels deep`, 'Name a file of variables in `variable_files`.');
  }
  if (kind === 'yaml') {
    await parseMapping(text, (message, line) =>
      problem(
        `is not a YAML mapping of variables: ${message}`,
        'Correct that file: names of variables and their values, like `count: 3`.',
        line,
      ),
    );
  }
}

/**
 * The text of a file in UTF-8, without a byte order mark: nomad-pack takes one for a character that does not belong there.
 *
 * @throws TypeError when it is not UTF-8
 */
function decodeText(bytes            )         {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}

/**
 * In words that follow the name of a file, why its bytes are not a text in UTF-8; nothing where they are. nomad-pack refuses other encodings in
 * HCL, and in JSON takes what it cannot read for the character U+FFFD.
 */
function whyNotUtf8(bytes            )                     {
  const [first, second] = bytes;
  const isUtf16 =
    (first === 0xff && second === 0xfe) ||
    (first === 0xfe && second === 0xff) ||
    (bytes.length > 1 && (first === 0 || second === 0));
  if (isUtf16) return 'is encoded as UTF-16, which nomad-pack does not read';
  try {
    decodeText(bytes);
    return undefined;
  } catch {
    return 'is not encoded as UTF-8';
  }
}

async function parseMapping(
  text        ,
  problem                                                  ,
)                                         {
  if (text === '') return {};
  // Loaded where there is YAML to read: an input error elsewhere is told sooner.
  const { parseYamlMapping, YamlError } = await Promise.all(/* import() | settings-yaml */[__webpack_require__.e("yaml"), __webpack_require__.e("shared-settings")]).then(__webpack_require__.bind(__webpack_require__, 5295));
  try {
    return parseYamlMapping(text);
  } catch (error) {
    throw error instanceof YamlError ? problem(error.message, error.line) : error;
  }
}

/** In words, why a file could not be read: the system's own code where it is not one of the usual ones. */
function whyUnreadable(error         )         {
  const { code } = error                         ;
  if (code === 'ENOENT') return 'does not exist';
  if (code === 'EISDIR') return 'is a folder';
  return `cannot be read (${String(code)})`;
}


/***/ }),

/***/ 5003:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ whyOutside)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _fields_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5537);




/**
 * Why a path that an input names is not one of the workspace, in words that follow its name; undefined where it is, where the user
 * wrote an absolute one, and where nothing is there. Links count for where they lead: what is in the workspace may come from a
 * pull request, and the workflow never meant a file of the runner.
 */
async function whyOutside(written        , workspace        )                              {
  if ((0,node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute)(written)) return undefined;
  if (!(0,_fields_js__WEBPACK_IMPORTED_MODULE_2__/* .staysBelow */ .cK)(written)) return 'climbs out of the workspace with `..`';
  return (await isBelow((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(workspace, written), workspace))
    ? undefined
    : 'leads out of the workspace through a link';
}

/** Whether a file or folder is below a folder, wherever links on the way lead. True where they lead nowhere: reading it will tell. */
async function isBelow(path        , folder        )                   {
  const [real, root] = await Promise.all([path, folder].map((one) => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(one).catch(() => undefined)));
  if (real === undefined || root === undefined) return true;
  const way = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(root, real);
  return !(0,node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute)(way) && !/^\.\.(?:[/\\]|$)/.test(way);
}


/***/ })

};

