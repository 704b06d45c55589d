export const id = 546;
export const ids = [546];
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

/***/ 1546:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   post: () => (/* binding */ post)
/* harmony export */ });
/* harmony import */ var _nomad_pack_process_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1017);
/* harmony import */ var _private_folder_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7350);
/* harmony import */ var _report_commands_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5095);




/**
 * The end of the step, also when it was cancelled or killed: ends a nomad-pack that is still running and removes the private folder.
 * Never fails: the step has said how the deployment fares.
 *
 * @param path the private folder, from the state that the step saved; absent when the step ended before it had one
 */
async function post(path                    )                {
  if (path === undefined || path === '') return;
  const folder = _private_folder_js__WEBPACK_IMPORTED_MODULE_1__/* .PrivateFolder */ .o.at(path);
  try {
    for (const pid of await folder.rememberedProcesses()) (0,_nomad_pack_process_js__WEBPACK_IMPORTED_MODULE_0__/* .killTree */ .T)(pid, 'SIGKILL');
    await folder.remove();
  } catch (error) {
    (0,_report_commands_js__WEBPACK_IMPORTED_MODULE_2__/* .issueCommand */ .Lb)(
      'warning',
      `The folder ${path} could not be removed: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
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


/***/ })

};

