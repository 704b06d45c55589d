export const id = 413;
export const ids = [413];
export const modules = {

/***/ 1193:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FV: () => (/* binding */ homeOfCache),
/* harmony export */   PZ: () => (/* binding */ baseEnvironment),
/* harmony export */   Ri: () => (/* binding */ nomadEnvironment),
/* harmony export */   _K: () => (/* binding */ gitEnvironment)
/* harmony export */ });
                                                             

/**
 * What nomad-pack needs of the step's environment. A pack's templates can read all of what nomad-pack is given (`env`), so nothing
 * else is: no `INPUT_*`, no token of GitHub or the runner, no credential of a cloud.
 */
const NEEDED                    = [
  /^(?:PATH|SHELL|USER|LOGNAME|LANG|LANGUAGE|LC_[A-Z]+|TZ|TMPDIR|TEMP|TMP)$/,
  /^(?:https?_proxy|no_proxy|all_proxy)$/i,
  /^(?:SSL_CERT_FILE|SSL_CERT_DIR)$/,
  // Exit codes have to mean what they mean.
  /^NOMAD_PACK_(?!PLAN_EXIT_CODE_)/,
  /^(?:CONSUL|VAULT)_/,
  /^(?:SystemRoot|SystemDrive|ComSpec|PATHEXT|windir|NUMBER_OF_PROCESSORS|PROCESSOR_ARCHITECTURE)$/i,
];

/** What git needs besides, to clone a registry: the user's own settings, keys and agents. */
const NEEDED_BY_GIT                    = [
  /^GIT_/,
  /^SSH_/,
  /^XDG_CONFIG_HOME$/,
  /^(?:USERPROFILE|HOMEDRIVE|HOMEPATH|APPDATA|ProgramData)$/i,
];

/** What would let git be told from outside to write elsewhere or to run something. */
const REFUSED_OF_GIT =
  /^GIT_(?:DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|CONFIG_(?:COUNT|KEY_|VALUE_|PARAMETERS)|TRACE|CURL_VERBOSE|EXEC_PATH|TEMPLATE_DIR|EXTERNAL_DIFF|PAGER|EDITOR)/;

                                                                       

/** The variables of the step that nomad-pack may see: what it needs, and what `pass_env` names. */
function baseEnvironment(step             , passEnv                   )                         {
  return pick(step, (name) => NEEDED.some((pattern) => pattern.test(name)) || passEnv.includes(name));
}

/** The variables of the step that git may see when nomad-pack runs it. */
function gitEnvironment(step             )                         {
  return pick(step, (name) => NEEDED_BY_GIT.some((pattern) => pattern.test(name)) && !REFUSED_OF_GIT.test(name));
}

/** How nomad-pack is told of the cluster. */
function nomadEnvironment(nomad               , token                    )                         {
  const { tls } = nomad;
  return {
    NOMAD_ADDR: nomad.address,
    NOMAD_NAMESPACE: nomad.namespace,
    ...(token !== undefined && { NOMAD_TOKEN: token }),
    ...(nomad.region !== undefined && { NOMAD_REGION: nomad.region }),
    ...(tls.caCert !== undefined && { NOMAD_CACERT: tls.caCert }),
    ...(tls.clientCert !== undefined && { NOMAD_CLIENT_CERT: tls.clientCert }),
    ...(tls.clientKey !== undefined && { NOMAD_CLIENT_KEY: tls.clientKey }),
    ...(tls.serverName !== undefined && { NOMAD_TLS_SERVER_NAME: tls.serverName }),
    // nomad-pack takes any value, `false` and an empty one too, for a wish not to verify.
    ...(tls.skipVerify && { NOMAD_SKIP_VERIFY: 'true' }),
  };
}

/**
 * Where nomad-pack keeps its cache. The path becomes part of each job, so it has to be the same text on every runner: with
 * a home of `.` it is relative to the folder that nomad-pack runs in.
 */
function homeOfCache()                         {
  return process.platform === 'win32' ? { USERPROFILE: '.', LocalAppData: '.cache' } : { HOME: '.' };
}

function pick(step             , wanted                           )                         {
  const entries = Object.entries(step).filter(
    (entry)                            => entry[1] !== undefined && wanted(entry[0]),
  );
  return Object.fromEntries(entries);
}


/***/ }),

/***/ 1017:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ killTree),
/* harmony export */   d: () => (/* binding */ runCommand)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var node_events__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8474);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8161);
/* harmony import */ var node_readline__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(481);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2027);






/** How long a process that was asked to end may take before it is killed. Milliseconds. */
const GRACE = 2000;

/** More output than any pack has; what comes after it is dropped. Characters. */
const OUTPUT_LIMIT = 16 * 1024 * 1024;

                                 
                       
                                                 
                               
                                                      
                                           
                                                                                                      
                                                                      
                                                                                                          
                                 
                                                                                            
                                   
 

                                 
                                                               
                            
                                                        
                          
                                                 
                                
 

/**
 * Runs a program without a shell and without input, and streams its lines. A cancel interrupts it (SIGINT), and kills it and all
 * that it started when it has not ended two seconds later: nomad-pack can outlive an interrupt by five.
 *
 * @throws ActionError with the reason `cancelled`, once the process is gone; `nomad-pack-missing` when it cannot be started
 */
async function runCommand(
  file        ,
  args                   ,
  options                ,
)                          {
  if (options.signal.aborted) throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .cancelled */ .KW)(options.signal);
  const windows = process.platform === 'win32';
  const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)(file, args, {
    cwd: options.cwd,
    env: options.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own: git and ssh, which it starts, end with it.
    detached: !windows,
    windowsHide: true,
  });
  const { pid } = child;
  const started = (0,node_events__WEBPACK_IMPORTED_MODULE_1__.once)(child, 'spawn');
  const closed = (0,node_events__WEBPACK_IMPORTED_MODULE_1__.once)(child, 'close')                   ;
  // They are awaited below, if nothing else ends this first; until then a failure must not count as unhandled.
  for (const event of [started, closed]) event.catch(() => undefined);
  try {
    // Before anything is awaited: a step that is killed now still leaves the process where post finds it.
    if (pid !== undefined) options.onProcess?.(pid, 'runs');
    await started.catch((error         ) => {
      throw notStarted(file, error);
    });
    return await outcomeOf(child, closed, options);
  } finally {
    if (pid !== undefined && child.exitCode === null && child.signalCode === null) killTree(pid, 'SIGKILL');
    if (pid !== undefined) options.onProcess?.(pid, 'ended');
  }
}

/** Exit code, or the signal that ended it. */
                                                                   

async function outcomeOf(
  child              ,
  closed                 ,
  options                ,
)                          {
  const output = collectLines(child, options.onLine);
  // It is awaited when the process has ended; until then a failure must not count as unhandled.
  output.catch(() => undefined);
  let interrupted = false;
  const patience =
    options.interruptAfter &&
    setTimeout(() => {
      interrupted = true;
      endGracefully(child, 0);
    }, options.interruptAfter);
  const onCancel = () => endGracefully(child, options.finishWithin ?? 0);
  if (options.signal.aborted) onCancel();
  else options.signal.addEventListener('abort', onCancel, { once: true });
  try {
    const [code, signal] = await closed;
    if (options.signal.aborted && (signal !== null || code !== 0)) throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .cancelled */ .KW)(options.signal);
    return {
      exitCode: code ?? 128 + node_os__WEBPACK_IMPORTED_MODULE_2__.constants.signals[signal ?? 'SIGKILL'],
      output: (await output).join('\n'),
      interrupted,
    };
  } finally {
    clearTimeout(patience);
    options.signal.removeEventListener('abort', onCancel);
  }
}

function notStarted(file        , error         )              {
  return new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .ActionError */ .lZ(
    'nomad-pack-missing',
    `\`${file}\` could not be started: ${error instanceof Error ? error.message : String(error)}`,
    {
      hint: 'Set `nomad_pack_version` to a version that exists for this platform, or install nomad-pack and use `system`.',
      cause: error,
    },
  );
}

/** Ends a process and everything in its group. What is gone already, or cannot be ended by this user, is no error. */
function killTree(pid        , signal                )       {
  try {
    if (process.platform === 'win32') (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' });
    else process.kill(-pid, signal);
  } catch (error) {
    const { code } = error                         ;
    // macOS says EPERM of a group whose processes have all ended.
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}

async function collectLines(child              , onLine                                      )                    {
  const lines           = [];
  let size = 0;
  const read = async (stream                              ) => {
    if (stream === null) return;
    for await (const line of (0,node_readline__WEBPACK_IMPORTED_MODULE_3__.createInterface)({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
      size += line.length + 1;
      if (size <= OUTPUT_LIMIT) lines.push(line);
      onLine?.(line);
    }
  };
  await Promise.all([read(child.stdout), read(child.stderr)]);
  return lines;
}

function endGracefully(child              , finishWithin        )       {
  const { pid } = child;
  if (pid === undefined) return;
  const interrupt = setTimeout(() => killTree(pid, 'SIGINT'), finishWithin);
  const kill = setTimeout(() => killTree(pid, 'SIGKILL'), finishWithin + GRACE);
  child.once('close', () => {
    clearTimeout(interrupt);
    clearTimeout(kill);
  });
}


/***/ }),

/***/ 4413:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createToolbox: () => (/* binding */ createToolbox)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/js/errors.js
var errors = __webpack_require__(2027);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./node_modules/semver/index.js
var semver = __webpack_require__(2088);
// EXTERNAL MODULE: ./build/js/private-folder.js
var private_folder = __webpack_require__(7350);
// EXTERNAL MODULE: ./build/js/nomad-pack/cache.js
var cache = __webpack_require__(194);
// EXTERNAL MODULE: ./build/js/nomad-pack/environment.js
var nomad_pack_environment = __webpack_require__(1193);
// EXTERNAL MODULE: ./build/js/nomad-pack/failures.js
var failures = __webpack_require__(2733);
;// CONCATENATED MODULE: ./build/js/nomad-pack/git.js

                                                                

/**
 * How git, which nomad-pack runs to clone a registry, is told what it may do: the token through its environment, for the source's
 * origin only, and nothing else that a source, a redirect or the workspace could talk it into.
 */
function gitConfiguration(registry                  )                         {
  const settings                     = [
    ['core.hooksPath', '/dev/null'],
    ['core.fsmonitor', 'false'],
    ['core.askPass', ''],
  ];
  if (registry.token !== undefined && registry.origin !== undefined) {
    const header = `Authorization: Basic ${Buffer.from(`x-access-token:${registry.token}`).toString('base64')}`;
    settings.push(['credential.helper', ''], ['http.followRedirects', 'false']);
    // git adds up the headers of all settings that match; an empty one drops those before it, the user's own among them. Only
    // settings for the whole URL are sure to come last, only those for the origin reach submodules.
    for (const scope of [`${registry.origin}/`, registry.source]) {
      settings.push([`http.${scope}.extraheader`, ''], [`http.${scope}.extraheader`, header]);
    }
  }
  const pairs = settings.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return {
    ...Object.fromEntries(pairs),
    GIT_CONFIG_COUNT: String(settings.length),
    GIT_TERMINAL_PROMPT: '0',
    GIT_ALLOW_PROTOCOL: 'https:http:ssh:file',
    // ssh has no terminal to ask at; its command stays the user's, who may have set `core.sshCommand`.
    SSH_ASKPASS_REQUIRE: 'never',
    LC_ALL: 'C',
  };
}

/** What git's words on a clone that failed mean to the user. The token is nowhere in them: git was never given a URL with it. */
function explainCloneFailure(registry                  , words        )                          {
  const { source, ref } = registry;
  const cause = causeOf(words);
  if (/git must be available|executable file not found/.test(words)) {
    return new errors/* ActionError */.lZ(
      'git-missing',
      'There is no `git` on the PATH, which nomad-pack needs to fetch a registry.',
      {
        hint: 'Install git on the runner, or give `pack` as a directory, which needs no registry.',
      },
    );
  }
  if (/transport '.*' not allowed/.test(words)) {
    return new errors/* ActionError */.lZ(
      'registry-invalid',
      `The registry ${source} wants something to be fetched by other means than https, http, ssh and file (${cause}).`,
      {
        hint: 'Look at the submodules of the registry: one that is fetched by `ext::` or the like could run any command on this runner.',
      },
    );
  }
  if (/returned error: 30\d/.test(words)) {
    return new errors/* ActionError */.lZ(
      'registry-unreachable',
      `The registry ${source} answered with a redirect, which is not followed so that the token stays with its host (${cause}).`,
      {
        hint: 'Set `registry_source` to the address that the registry has now.',
      },
    );
  }
  if (/Host key verification failed/i.test(words)) {
    return new errors/* ActionError */.lZ('registry-auth', `The host of the registry ${source} is not known to SSH (${cause}).`, {
      hint: 'Add the key of the host to `known_hosts` before this step.',
    });
  }
  if (
    /could not read (?:Username|Password)|Authentication failed|returned error: 40[13]|Permission denied|Invalid username or (?:password|token)/i.test(
      words,
    )
  ) {
    return new errors/* ActionError */.lZ('registry-auth', `The registry ${source} ${refusal(registry)} (${cause}).`, {
      hint: source.startsWith('ssh:')
        ? 'Add a key that may read the repository to the SSH agent before this step.'
        : 'Set `registry_token` to a token that may read the repository (for GitHub: `contents: read`). The `GITHUB_TOKEN` of a workflow reads its own repository only.',
    });
  }
  if (
    /pathspec '.*' did not match|Remote branch .* not found|couldn't find remote ref|unknown revision|reference is not a tree|invalid ref(?:erence)?\b/i.test(
      words,
    )
  ) {
    return new errors/* ActionError */.lZ(
      'registry-ref-not-found',
      `The registry ${source} has no tag, branch or commit \`${ref}\` (${cause}).`,
      {
        hint: 'Set `registry_ref` to one that exists, or leave it out for the default branch.',
      },
    );
  }
  if (/repository .* not found|not found|does not appear to be a git repository|does not exist/i.test(words)) {
    return missingRepository(registry, cause);
  }
  if (
    /unable to access|could not resolve|failed to connect|connection refused|timed out|network is unreachable|no route to host|certificate|early EOF|RPC failed|remote error|hung up|could not read from remote/i.test(
      words,
    )
  ) {
    return new errors/* ActionError */.lZ('registry-unreachable', `The registry ${source} cannot be reached (${cause}).`, {
      hint: source.startsWith('ssh:')
        ? 'Check `registry_source`, and that the runner may reach that host and port over SSH.'
        : 'Check `registry_source`, and that the runner may reach that host (proxy variables are passed on).',
    });
  }
  return undefined;
}

/** The line that tells most: ssh's own, before git's that it could not read. */
function causeOf(words        )         {
  const line =
    /^(?:ssh: .*|.*Permission denied.*|Host key verification failed.*)$/m.exec(words) ??
    /(?:fatal|error): .*/.exec(words) ??
    /^.*$/m.exec(words);
  return (line?.[0] ?? '').trim();
}

function missingRepository({ source, token }                  , cause        )              {
  if (source.startsWith('file:')) {
    return new errors/* ActionError */.lZ('registry-unreachable', `There is no git repository at ${source} (${cause}).`, {
      hint: 'Check `registry_source`: a path is relative to the workspace, and has to be there before this step.',
    });
  }
  const hosts = 'Many hosts say "not found" of a private repository';
  return new errors/* ActionError */.lZ(
    'registry-unreachable',
    `There is no git repository at ${source}, or it is private (${cause}).`,
    {
      hint:
        token === undefined
          ? `Check \`registry_source\`. ${hosts}: then set \`registry_token\`.`
          : `Check \`registry_source\`, and that \`registry_token\` may read it. ${hosts}.`,
    },
  );
}

function refusal({ token, source }                  )         {
  if (source.startsWith('ssh:')) return 'refused the SSH key';
  return token === undefined ? 'asks for credentials, and there is no `registry_token`' : 'refused `registry_token`';
}

// EXTERNAL MODULE: ./build/js/nomad-pack/output.js
var nomad_pack_output = __webpack_require__(3623);
// EXTERNAL MODULE: ./build/js/nomad-pack/process.js
var nomad_pack_process = __webpack_require__(1017);
;// CONCATENATED MODULE: ./build/js/nomad-pack/run-output.js
/** What a `run` says it did, read from its output. Nomad's API, not this, decides how the deployment fares. */
                            
                                                                                                 
                                          
                                         
                                                               
                                      
 

function parseRunOutput(output        )            {
  const all = (pattern        ) => [...output.matchAll(pattern)].map((match) => match[1] ?? '');
  return {
    evaluations: all(/^\s*Evaluation ID: ([0-9a-f-]{36})\s*$/gm),
    registered: all(/^\s*Job '([^']+)' in pack deployment '[^']+' registered successfully\s*$/gm),
    stopped: all(/^\s*Job '([^']+)' stopped successfully\s*$/gm),
  };
}

;// CONCATENATED MODULE: ./build/js/nomad-pack/status-table.js



/** A row of `nomad-pack status`. */
                            
                        
                            
                              
                       
                                                                     
                          
 

const COLUMNS                                            = {
  'PACK NAME': 'pack',
  'REGISTRY NAME': 'registry',
  'DEPLOYMENT NAME': 'deployment',
  'JOB NAME': 'job',
  STATUS: 'status',
};

/**
 * The rows of the table that `nomad-pack status` prints, read by the names in its header; none when it says that there are no jobs.
 *
 * @throws ActionError with the reason `output-not-understood` on anything else
 */
function parseStatusTable(output        )              {
  const lines = output.split('\n').filter((line) => line.trim() !== '' && !(0,nomad_pack_output/* isDebugLine */.AI)(line));
  if (lines.length > 0 && lines.every((line) => /^(?:warning: )?no jobs found/i.test(line.trim()))) return [];
  const [header = '', rule = '', ...rows] = lines;
  const columns = cells(header).map((title) => COLUMNS[title]);
  const complete = Object.values(COLUMNS).every((column) => columns.includes(column));
  if (!complete || !/^[-+\s]+$/.test(rule)) throw notUnderstood(output);
  return rows.map((line) => {
    const values = cells(line);
    if (values.length !== columns.length) throw notUnderstood(output);
    const row                                           = {};
    columns.forEach((column, index) => {
      if (column !== undefined) row[column] = values[index] ?? '';
    });
    if (row.job === '' || row.status === '') throw notUnderstood(output);
    return row             ;
  });
}

function cells(line        )           {
  return line.split('|').map((cell) => cell.trim());
}

function notUnderstood(output        )              {
  return new errors/* ActionError */.lZ(
    'output-not-understood',
    `\`nomad-pack status\` printed what this action does not understand:\n${(0,nomad_pack_output/* tail */.RT)(output)}`,
    {
      hint: 'Set `nomad_pack_version` to a released version, and report this output if it is one.',
    },
  );
}

;// CONCATENATED MODULE: ./build/js/nomad-pack/cli.js




                                                

                                                                                              








                                                        

/** The first version that knows `--detach` and the other flags of `run` and `plan` that this action uses where it can. */
const SINCE_DETACH = '0.4.2';

/** How long a detached `run` may go on after a cancel, so that what it registers is known. Milliseconds. */
const FINISH_RUN_WITHIN = 3000;

                                   
                        
                        
                                    
                                 
                                                                            
                                    
                                      
                               
                                                                   
                                          
 

/** What a command works on. */
                             
                               
                                      
                                  
                                          
                                
                                                                  
                                      
 

                               
                                                                         
                        
                        
 

                             
                                   
                                                                                     
                               
                                                                                                                                           
                           
 

                                               
                                                                           
                                 
 

/** The `nomad-pack` command: each method is one of its subcommands, run in the private folder with an environment made for it. */
class NomadPack {
  /** Rejects where the program is no nomad-pack. */
           version                 ;
           #options                  ;

  constructor(options                  ) {
    this.version = options.version;
    this.#options = options;
  }

  /** Whether this version can register jobs without watching them. */
  async canDetach()                   {
    const version = await this.version;
    // A development build of a version has what that version has.
    return semver.gte(semver.coerce(version) ?? version, SINCE_DETACH);
  }

  /**
   * `registry add`. The whole registry is added, whatever the target: nomad-pack forgets the commit of a single pack.
   *
   * @returns the commit, where there is one
   * @throws ActionError
   */
  async addRegistry(registry                  , pack        )                              {
    const { environment, folder } = this.#options;
    const args = ['registry', 'add', registry.name, registry.source];
    if (registry.ref !== 'latest') args.push(`--ref=${registry.ref}`);
    const { exitCode, output } = await this.#run(args, {
      ...this.#homeOfGit(),
      ...(0,nomad_pack_environment/* gitEnvironment */._K)(environment),
      ...gitConfiguration(registry),
      GIT_CEILING_DIRECTORIES: folder.path,
    });
    const failed = exitCode !== 0 || (0,nomad_pack_output/* parseErrorBlocks */.c3)(output).length > 0;
    if (failed)
      throw (
        explainCloneFailure(registry, (0,nomad_pack_output/* parseErrorBlocks */.c3)(output)[0]?.error ?? output) ??
        this.#explain('registry add', exitCode, output, undefined)
      );
    await (0,cache/* requirePack */.Zk)(folder.path, pack, registry);
    return await (0,cache/* registryCommit */.NF)(folder.path, registry);
  }

  /**
   * `render`, into files of the private folder.
   *
   * @throws ActionError
   */
  async render(
    target            ,
    { outputsTemplate = false } = {},
  )                                                     {
    const args = ['render', ...this.#common(target), `--to-dir=${private_folder/* RENDERED_FOLDER */.X}`, '--auto-approve'];
    if (outputsTemplate) args.push('--render-output-template');
    await this.#succeed('render', args, target);
    const folder = (0,external_node_path_.join)(this.#options.folder.path, private_folder/* RENDERED_FOLDER */.X);
    return { folder, files: await readRendered(folder) };
  }

  /** `run`. A failure is part of the outcome, not thrown: some of the jobs may be registered. */
  async run(target            , { preserveCounts, checkIndex, timeout }            )                      {
    const args = ['run', ...this.#common(target)];
    const canDetach = await this.canDetach();
    if (canDetach) args.push('--detach');
    if (preserveCounts) args.push('--preserve-counts');
    if (checkIndex !== undefined) args.push(`--check-index=${checkIndex}`);
    const limits = canDetach ? { finishWithin: FINISH_RUN_WITHIN } : { interruptAfter: timeout };
    const { exitCode, output, interrupted } = await this.#run(args, this.#nomad(target), limits);
    const report = parseRunOutput(output);
    return exitCode === 0 || interrupted
      ? report
      : { ...report, failure: this.#explain('run', exitCode, output, target) };
  }

  /**
   * `plan`: its words on what would change, its tracing left out. Its exit code is no measure of that: changes in place give 0.
   *
   * @throws ActionError
   */
  async plan(target            )                  {
    const args = ['plan', ...this.#common(target)];
    const { exitCode, output } = await this.#run(args, this.#nomad(target));
    if (![0, 1].includes(exitCode) || (0,nomad_pack_output/* parseErrorBlocks */.c3)(output).length > 0)
      throw this.#explain('plan', exitCode, output, target);
    return output
      .split('\n')
      .filter((line) => !(0,nomad_pack_output/* isDebugLine */.AI)(line))
      .join('\n');
  }

  /**
   * `status` of one deployment. It lists one namespace only.
   *
   * @throws ActionError
   */
  async status(target                                                                 )                       {
    const args = ['status', target.pack.name, `--name=${target.deploymentName}`];
    const { exitCode, output } = await this.#run(args, this.#nomad(target));
    if (exitCode !== 0) throw this.#explain('status', exitCode, output, undefined);
    return parseStatusTable(output);
  }

  /**
   * `render`, given variables through the environment, where nomad-pack holds values against the types that the pack declares;
   * those of a file it takes as they are.
   *
   * @returns nomad-pack's complaint about a type, or nothing
   */
  async complaintAboutTypes(
    target            ,
    variables                                  ,
  )                              {
    const environment = Object.fromEntries(
      Object.entries(variables).map(([name, text]) => [`NOMAD_PACK_VAR_${name}`, text]),
    );
    const args = ['render', ...this.#common({ ...target, files: [] })];
    const { output } = await this.#run(args, { ...this.#nomad(target), ...environment }, { onLine: () => undefined });
    const complaint = (0,nomad_pack_output/* parseErrorBlocks */.c3)(output).find(
      ({ error, context }) =>
        error.includes("not compatible with the variable's type constraint") &&
        // The pack's own default, which is no value of the user's.
        (0,failures/* packFile */.qt)(context['HCL Range'] ?? '') === undefined,
    );
    return complaint?.error.split('constraint: ')[1];
  }

  async #succeed(command        , args                   , target            )                {
    const { exitCode, output } = await this.#run(args, this.#nomad(target));
    if (exitCode !== 0) throw this.#explain(command, exitCode, output, target);
  }

  async #run(
    args                   ,
    env                        ,
    more                                                                     = {},
  )                          {
    const { path, folder, signal, onLine } = this.#options;
    return await (0,nomad_pack_process/* runCommand */.d)(path, args, {
      cwd: folder.path,
      env,
      signal,
      onLine,
      ...more,
      onProcess: (pid, state) => (state === 'runs' ? folder.rememberProcess(pid) : folder.forgetProcess(pid)),
    });
  }

  #common({ pack, registry, deploymentName, files }            )           {
    return [
      pack.name,
      `--name=${deploymentName}`,
      `--registry=${registry.name}`,
      `--ref=${registry.ref}`,
      ...files.map(({ name }) => `--var-file=${name}`),
    ];
  }

  #nomad(target                                     )                         {
    return { ...this.#base(), ...(0,nomad_pack_environment/* homeOfCache */.FV)(), ...(0,nomad_pack_environment/* nomadEnvironment */.Ri)(target.nomad, target.token) };
  }

  #base()                         {
    return (0,nomad_pack_environment/* baseEnvironment */.PZ)(this.#options.environment, this.#options.passEnv);
  }

  /**
   * `registry add` gets the real home, because git finds the user's settings and `~/.netrc` there, and the cache by an absolute
   * path that is the same folder. Go's cache folder follows no variable but the home on macOS.
   */
  #homeOfGit()                         {
    const { environment, folder } = this.#options;
    const home = environment['HOME'];
    if (process.platform === 'win32' || process.platform === 'darwin') {
      return {
        ...this.#base(),
        ...(0,nomad_pack_environment/* homeOfCache */.FV)(),
        ...(home !== undefined && { GIT_CONFIG_GLOBAL: environment['GIT_CONFIG_GLOBAL'] ?? (0,external_node_path_.join)(home, '.gitconfig') }),
      };
    }
    return { ...this.#base(), ...(home !== undefined && { HOME: home }), XDG_CACHE_HOME: (0,external_node_path_.join)(folder.path, '.cache') };
  }

  #explain(command        , exitCode        , output        , target                        )              {
    const context                 = {
      command,
      files: target?.files ?? [],
      locate: (file) => locate(target?.pack, file),
      declared: () =>
        target === undefined ? [] : (0,cache/* declaredVariables */.At)(this.#options.folder.path, target.pack.name, target.registry),
    };
    return (0,failures/* explainFailure */.SP)(output, exitCode, context);
  }
}

/**
 * A file of the pack, given as `web/templates/web.nomad.tpl`, as a path of the workspace. What it begins with is the name in the pack's
 * metadata, which may be another than the directory's.
 */
function locate(pack                           , file        )                     {
  if (pack?.kind !== 'directory') return undefined;
  const path = file.slice(file.indexOf('/') + 1);
  return (0,external_node_fs_.existsSync)((0,external_node_path_.join)(pack.path, path)) ? (0,external_node_path_.join)(pack.written, path) : undefined;
}

async function readRendered(folder        )                          {
  const entries = await (0,promises_.readdir)(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => (0,external_node_path_.join)(entry.parentPath, entry.name));
  return await Promise.all(
    paths.sort().map(async (path) => ({
      name: (0,external_node_path_.relative)(folder, path).replaceAll('\\', '/'),
      text: await (0,promises_.readFile)(path, 'utf8'),
    })),
  );
}

// EXTERNAL MODULE: ./build/js/report/commands.js
var commands = __webpack_require__(5095);
;// CONCATENATED MODULE: ./build/js/toolbox.js



                                                                      
                                                         

                                            
                                                        
                                                                                 

                                 
                              
                                    
                                                      
                                 
                              
                                 
                             
                               
                                 
 

/** The operations that run nomad-pack whatever they find in the cluster. */
const RUN_NOMAD_PACK                         = new Set(['setup', 'deploy', 'plan', 'render']);

/** The tools of an operation. Each is made when it is first asked for, and once. */
function createToolbox(options                )                                     {
  const { settings, environment, log, secrets, findings, folder, signal } = options;

  const nomadToken = once(async () => {
    const { login, token } = nomadSettings(settings);
    return login === undefined ? token : await logIn(settings, options);
  });
  const makeClient = async (until             ) => {
    const [{ NomadClient }, token] = await Promise.all([__webpack_require__.e(/* import() */ 83).then(__webpack_require__.bind(__webpack_require__, 4083)), nomadToken()]);
    return new NomadClient(nomadSettings(settings), {
      signal: until,
      log: (line) => log.debug(line),
      ...(token !== undefined && { token }),
      ...(nomadSettings(settings).login !== undefined && { renew: async () => await logIn(settings, options) }),
    });
  };
  const nomad = once(async () => await makeClient(signal));
  const install = once(async () => {
    const { installNomadPack } = await __webpack_require__.e(/* import() */ 566).then(__webpack_require__.bind(__webpack_require__, 6566));
    const installation = await installNomadPack(settings.nomadPack, {
      environment,
      signal,
      log: (line) => log.info(line),
      warn: (line) => log.warning(line),
      // `setup` installs for the steps that follow; else it goes away with the step. `.cache` hides no file of the workspace.
      ...(settings.operation !== 'setup' && { into: (0,external_node_path_.join)(folder.path, '.cache', 'bin') }),
    });
    installation.version.then(
      (version) => {
        findings.nomadPackVersion = version;
      },
      () => undefined,
    );
    return installation;
  });
  // At once, while the code of the operation is still to be loaded. A failure is thrown where it is awaited.
  if (RUN_NOMAD_PACK.has(settings.operation)) install().catch(() => undefined);
  const nomadPack = once(async () => {
    const { path, version } = await install();
    const { passEnv } = settings;
    return new NomadPack({ path, version, folder, environment, passEnv, signal, onLine: (line) => log.foreign(line) });
  });

  return {
    log,
    findings,
    signal,
    secrets,
    folder,
    temporary: options.temporary,
    elapsed: options.elapsed,
    nomad,
    nomadUntil: makeClient,
    nomadToken,
    nomadPack,
    install,
    addPath: (folder) => (0,commands/* addPath */.fM)(environment, folder),
    close: async () => {
      if (nomad.begun())
        await nomad().then(
          (client) => client.close(),
          () => undefined,
        );
    },
  };
}

function nomadSettings(settings          )                {
  if (settings.operation === 'setup') throw new Error('`setup` has no cluster');
  return settings.nomad;
}

/** Logs in to Nomad with the workflow's identity; the token is masked before anything else happens. */
async function logIn(settings          , { log, secrets, signal }                )                  {
  const nomad = nomadSettings(settings);
  if (nomad.login === undefined) throw new Error('there is no auth method to log in with');
  const [{ NomadClient }, { logIn }] = await Promise.all([__webpack_require__.e(/* import() */ 83).then(__webpack_require__.bind(__webpack_require__, 4083)), __webpack_require__.e(/* import() */ 215).then(__webpack_require__.bind(__webpack_require__, 3215))]);
  const client = new NomadClient(nomad, { signal, log: (line) => log.debug(line) });
  try {
    const { secret, expires } = await logIn(
      client,
      nomad.login,
      async (audience) => await identityToken(audience, secrets),
    );
    secrets.add('Nomad token', secret);
    log.info(`Logged in to Nomad with the auth method ${nomad.login.method}, until ${expires.toISOString()}.`);
    return secret;
  } finally {
    await client.close();
  }
}

/**
 * The workflow's OIDC token.
 *
 * @throws ActionError with the reason `login`
 */
async function identityToken(audience                    , secrets              )                  {
  try {
    const { getIDToken } = await Promise.all(/* import() */[__webpack_require__.e(410), __webpack_require__.e(820), __webpack_require__.e(889)]).then(__webpack_require__.bind(__webpack_require__, 1889));
    const token = await getIDToken(audience);
    secrets.add('OIDC token', token);
    return token;
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    if (/ACTIONS_ID_TOKEN_REQUEST/.test(words)) {
      throw new errors/* ActionError */.lZ(
        'login',
        'The workflow may not ask for an OIDC token, which `nomad_auth_method` logs in with.',
        {
          hint: 'Add to the job:\n  permissions:\n    id-token: write\n    contents: read\nA pull request from a fork never gets one.',
          cause: error,
        },
      );
    }
    throw new errors/* ActionError */.lZ('login', `GitHub gave no OIDC token: ${words.split('\n')[0] ?? ''}`, {
      hint: 'Run the job again; if it stays so, check `nomad_auth_audience` and the permissions of the job.',
      cause: error,
    });
  }
}

function once   (make                  )                                            {
  let made                        ;
  const get = () => {
    made ??= make();
    return made;
  };
  return Object.assign(get, { begun: () => made !== undefined });
}


/***/ })

};

