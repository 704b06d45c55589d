export const id = 546;
export const ids = [546];
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
  'plan-changed',
  'not-as-planned',
  'changes',
  'cancelled',
  'runner',
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
           passing         ;

  constructor(reason               , message        , details                     = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.reason = reason;
    this.hint = details.hint ?? '';
    this.location = details.location;
    this.passing = details.passing ?? false;
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






/** How long a process that was asked to end may take before it is killed; after a cancel the step has five seconds for everything. Milliseconds. */
const GRACE = 1000;

/** More output than any pack has; what comes after it is dropped. Characters. */
const OUTPUT_LIMIT = 16 * 1024 * 1024;

                                 
                       
                                                 
                               
                                                      
                                           
                                                                                                      
                                                                      
                                                                                                          
                                 
                                                                                                                             
                         
 

                                 
                                                               
                            
                                                        
                          
                                        
                                
                                                                                
                                   
 

/**
 * Runs a program without a shell and without input, and streams its lines. A cancel interrupts it (SIGINT), and kills it and all
 * that it started when it has not ended a second later: nomad-pack can outlive an interrupt by five. So does the end of its time.
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
  child.once('exit', () => closeInTime(child));
  // It is awaited when the process has ended; until then a failure must not count as unhandled.
  output.catch(() => undefined);
  let interrupted = false;
  const patience = setTimeout(() => {
    interrupted = true;
    endGracefully(child, 0);
  }, options.limit);
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
      ...(signal !== null && !interrupted && { signal }),
    };
  } finally {
    clearTimeout(patience);
    options.signal.removeEventListener('abort', onCancel);
  }
}

/**
 * Closes the output of a process that has ended, where something that it left behind holds it open: that would be waited for without
 * end. ssh's shared connections do so.
 */
function closeInTime(child              )       {
  const close = setTimeout(() => {
    if (child.pid !== undefined) killTree(child.pid, 'SIGKILL');
    child.stdout?.destroy();
    child.stderr?.destroy();
  }, GRACE);
  child.once('close', () => clearTimeout(close));
}

function notStarted(file        , error         )              {
  const { code = '' } = error                         ;
  // What is not there, or is not a program, is the program's fault; all else is the machine's.
  const fault = /^(?:ENOENT|EACCES|EPERM|ENOEXEC)$/.test(code) ? undefined : (0,_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .runnerFault */ .ZU)(error);
  if (fault !== undefined) return fault;
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
    const reader = (0,node_readline__WEBPACK_IMPORTED_MODULE_3__.createInterface)({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
    // One that is destroyed has no end that would be told.
    stream.once('close', () => reader.close());
    for await (const line of reader) {
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
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8161);
/* harmony import */ var _nomad_pack_process_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1017);
/* harmony import */ var _runner_commands_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2291);
/* harmony import */ var _runner_private_folder_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3107);




                                                        

/** What the step saved for its end. */
                              
                                                                             
                                    
                                                   
                                   
 

/**
 * The end of the step, also when it was cancelled or killed: ends a nomad-pack that is still running and removes the private folder.
 * What the state names is touched only if it is what the step made. Never fails: the step has said how the deployment fares.
 */
async function post({ path, key }             , environment             )                {
  if (path === undefined || path === '') return;
  try {
    const folder = await _runner_private_folder_js__WEBPACK_IMPORTED_MODULE_3__/* .PrivateFolder */ .o.reopen(path, key ?? '', environment['RUNNER_TEMP'] || (0,node_os__WEBPACK_IMPORTED_MODULE_0__.tmpdir)());
    if (folder === undefined) return;
    for (const pid of await folder.rememberedProcesses()) (0,_nomad_pack_process_js__WEBPACK_IMPORTED_MODULE_1__/* .killTree */ .T)(pid, 'SIGKILL');
    await folder.remove();
  } catch (error) {
    (0,_runner_commands_js__WEBPACK_IMPORTED_MODULE_2__/* .issueCommand */ .Lb)(
      'warning',
      `The folder ${path} could not be removed: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}


/***/ }),

/***/ 2291:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LZ: () => (/* binding */ saveState),
/* harmony export */   Lb: () => (/* binding */ issueCommand),
/* harmony export */   fM: () => (/* binding */ addPath),
/* harmony export */   fe: () => (/* binding */ appendSummary),
/* harmony export */   uH: () => (/* binding */ setOutput),
/* harmony export */   wi: () => (/* binding */ printLine)
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

/** Writes a line on stdout, which the runner shows. The caller sees to it that the runner does not take it for a command. */
function printLine(line        )       {
  process.stdout.write(`${line}\n`);
}

/** Sets an output of the step; without a runner to read it, nothing happens. */
function setOutput(environment             , name        , value        )       {
  writeFileCommand(environment['GITHUB_OUTPUT'], name, value);
}

/** Adds to the job summary; without a runner to read it, nothing happens. */
function appendSummary(environment             , markdown        )       {
  const file = environment['GITHUB_STEP_SUMMARY'];
  if (file !== undefined && file !== '') (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.appendFileSync)(file, markdown);
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

/***/ 3107:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ RENDERED_FOLDER),
/* harmony export */   o: () => (/* binding */ PrivateFolder)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6760);
/* harmony import */ var _repositories_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7801);







/** What a folder's name begins with. */
const PREFIX = 'nomad-pack-';

/** Holds the key by which the step's end knows the folder for the step's. */
const KEY = '.nomad-pack-key';

/** Holds a file for each process, named by its id, that says when it began. */
const PROCESSES = '.nomad-pack-processes';

/** Where nomad-pack writes what it renders to, below the folder. */
const RENDERED_FOLDER = '.nomad-pack-rendered';

/**
 * Never linked into the private folder: git would take `.git` for the configuration of what it clones, and what is written here later
 * must not end up in the workspace, nor what is read here come from it.
 */
const HIDDEN                    = ['.git', '.cache', 'Library', KEY, PROCESSES, RENDERED_FOLDER];

/**
 * A folder of this step alone, readable by this user alone. nomad-pack runs in it, so that what it leaves behind goes away with the
 * folder, and two steps on one machine never meet.
 */
class PrivateFolder {
  /** Absolute. */
           path        ;
  /** Nobody can guess it. */
           key        ;

          constructor(path        , key        ) {
    this.path = path;
    this.key = key;
  }

  /** A new one below a folder for temporary files; its name cannot be guessed. */
  static async create(temporary        )                         {
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.mkdir)(temporary, { recursive: true });
    const folder = new PrivateFolder(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.mkdtemp)((0,node_path__WEBPACK_IMPORTED_MODULE_4__.join)(temporary, PREFIX)), (0,node_crypto__WEBPACK_IMPORTED_MODULE_1__.randomUUID)());
    await folder.write(KEY, folder.key);
    return folder;
  }

  /**
   * The folder that an earlier process made; nothing where it is gone.
   *
   * @throws Error where that is not one that this action made for this user below the folder for temporary files
   */
  static async reopen(path        , key        , temporary        )                                     {
    const found = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.lstat)(path).catch((error                       ) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
      throw error;
    });
    if (found === undefined) return undefined;
    const isPlaced =
      (0,node_path__WEBPACK_IMPORTED_MODULE_4__.basename)(path).startsWith(PREFIX) && (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.realpath)((0,node_path__WEBPACK_IMPORTED_MODULE_4__.dirname)(path))) === (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.realpath)(temporary));
    const isMine = found.isDirectory() && (process.getuid === undefined || found.uid === process.getuid());
    const own = isPlaced && isMine ? await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.readFile)((0,node_path__WEBPACK_IMPORTED_MODULE_4__.join)(path, KEY), 'utf8').catch(() => '') : '';
    if (own === '' || own !== key) throw new Error('it is not the folder that this step made');
    return new PrivateFolder(path, key);
  }

  /** Writes a file that only this user can read, in a subfolder where one is named; answers its absolute path. */
  async write(name        , text                     )                  {
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_4__.join)(this.path, name);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.writeFile)(path, text, { mode: 0o600, flag: 'wx' });
    return path;
  }

  /**
   * Makes the workspace's entries visible here, so that a template's `fileContents "conf/x"` finds them: nomad-pack looks in the
   * folder that it runs in. What is already here stays, and so does the name of the pack hidden, because nomad-pack takes a folder
   * of that name for the pack. No way leads to a `.git`, in which there may be a token: neither of the workspace nor of a repository that
   * was checked out into it.
   */
  async linkWorkspace(workspace        , packName        )                {
    const taken = new Set([...(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.readdir)(this.path)), ...HIDDEN, packName]);
    const names = (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.readdir)(workspace).catch(() => [])).filter((name) => !taken.has(name));
    const root = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.realpath)(workspace).catch(() => workspace);
    const repositories = (0,_repositories_js__WEBPACK_IMPORTED_MODULE_5__/* .repositoriesIn */ .S)(root);
    await Promise.all(
      names.map(async (name) => await linkVisible((0,node_path__WEBPACK_IMPORTED_MODULE_4__.join)(root, name), (0,node_path__WEBPACK_IMPORTED_MODULE_4__.join)(this.path, name), repositories, [root])),
    );
  }

  /** Remembers a child process, so that a later process can end it if this one is killed: at once, before anything else happens. */
  rememberProcess(pid        )       {
    (0,node_fs__WEBPACK_IMPORTED_MODULE_2__.mkdirSync)((0,node_path__WEBPACK_IMPORTED_MODULE_4__.join)(this.path, PROCESSES), { recursive: true });
    (0,node_fs__WEBPACK_IMPORTED_MODULE_2__.writeFileSync)((0,node_path__WEBPACK_IMPORTED_MODULE_4__.join)(this.path, PROCESSES, String(pid)), startOf(pid) ?? '');
  }

  forgetProcess(pid        )       {
    (0,node_fs__WEBPACK_IMPORTED_MODULE_2__.rmSync)((0,node_path__WEBPACK_IMPORTED_MODULE_4__.join)(this.path, PROCESSES, String(pid)), { force: true });
  }

  /** The child processes that were remembered and not forgotten; not what has got the id of one that has ended. */
  async rememberedProcesses()                    {
    const names = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.readdir)((0,node_path__WEBPACK_IMPORTED_MODULE_4__.join)(this.path, PROCESSES)).catch(() => []);
    // To a signal, 0 and 1 would mean this process's own group, and all processes.
    const pids = names.filter((name) => /^\d+$/.test(name) && Number(name) > 1);
    const began = await Promise.all(pids.map(async (pid) => await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.readFile)((0,node_path__WEBPACK_IMPORTED_MODULE_4__.join)(this.path, PROCESSES, pid), 'utf8')));
    // Of a process that has ended, children may be left in its group.
    return pids.map(Number).filter((pid, index) => [undefined, began[index]].includes(startOf(pid)));
  }

  /** Removes the folder and all that is in it; links are removed, not followed. The key goes last: who is interrupted can go on. */
  async remove()                {
    const names = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.readdir)(this.path).catch(() => []);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.chmod)(this.path, 0o700).catch(() => undefined);
    await Promise.all(names.filter((name) => name !== KEY).map(async (name) => await this.discard(name)));
    await removeFolder(this.path);
  }

  /** Removes one folder in it, where that is there. */
  async discard(name        )                {
    await removeFolder((0,node_path__WEBPACK_IMPORTED_MODULE_4__.join)(this.path, name));
  }
}

/** nomad-pack makes some of its folders read-only. What a link leads to stays as it is. */
async function removeFolder(path        )                {
  const isFolder = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.lstat)(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) await makeWritable(path);
  await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.rm)(path, { recursive: true, force: true, maxRetries: 3 });
}

async function makeWritable(folder        )                {
  const entries = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.readdir)(folder, { withFileTypes: true }).catch(() => []);
  await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.chmod)(folder, 0o700).catch(() => undefined);
  await Promise.all(
    entries.filter((entry) => entry.isDirectory()).map((entry) => makeWritable((0,node_path__WEBPACK_IMPORTED_MODULE_4__.join)(folder, entry.name))),
  );
}

/**
 * Links an entry of the workspace. A folder that is a repository, or in which there is one, becomes a folder of links, without the `.git`.
 *
 * @param above the folders that this one is in: a link back to one of them would have no end
 */
async function linkVisible(
  source        ,
  target        ,
  repositories                   ,
  above                   ,
)                {
  const real = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.realpath)(source).catch(() => source);
  if (real.split(node_path__WEBPACK_IMPORTED_MODULE_4__.sep).includes('.git') || above.includes(real)) return;
  const isFolder = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.lstat)(real).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const names = isFolder ? await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.readdir)(real).catch(() => []) : [];
  if (!names.includes('.git') && !repositories.some((path) => path.startsWith(`${real}${node_path__WEBPACK_IMPORTED_MODULE_4__.sep}`))) {
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.symlink)(source, target, isFolder ? 'junction' : 'file');
    return;
  }
  await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.mkdir)(target);
  const visible = names.filter((name) => name !== '.git');
  await Promise.all(
    visible.map(
      async (name) => await linkVisible((0,node_path__WEBPACK_IMPORTED_MODULE_4__.join)(real, name), (0,node_path__WEBPACK_IMPORTED_MODULE_4__.join)(target, name), repositories, [...above, real]),
    ),
  );
}

/** When a process began, in the system's own words; nothing where there is no such process, or, on Windows, where nobody tells. */
function startOf(pid        )                     {
  try {
    // Its name may hold spaces and brackets; what follows is field 3 on.
    if (process.platform === 'linux')
      return (0,node_fs__WEBPACK_IMPORTED_MODULE_2__.readFileSync)(`/proc/${pid}/stat`, 'latin1')
        .replace(/^.*\) /s, '')
        .split(' ')[19];
    if (process.platform === 'win32') return undefined;
    return (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.execFileSync)('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return undefined;
  }
}


/***/ }),

/***/ 7801:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ repositoriesIn)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);



/** As deep as a workflow checks out into: `path: a/b/c`. */
const DEEPEST = 3;

/** A workspace has more only where tools have filled it, and these are looked at last. */
const MOST_FOLDERS = 2_000;

/**
 * The repositories of the workspace: itself, and those that were checked out into folders of it. Links are not followed. What is nearest to
 * the workspace is found first; in a workspace of thousands of folders, not all are looked at.
 */
function repositoriesIn(workspace        )           {
  const repositories           = [];
  const folders = [{ path: workspace, depth: 0 }];
  for (const { path, depth } of folders) {
    const entries = foldersIn(path);
    if (entries.includes('.git')) repositories.push(path);
    if (depth === DEEPEST) continue;
    const inside = entries.filter((name) => name !== '.git' && name !== 'node_modules');
    const room = Math.max(MOST_FOLDERS - folders.length, 0);
    folders.push(...inside.slice(0, room).map((name) => ({ path: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(path, name), depth: depth + 1 })));
  }
  return repositories;
}

function foldersIn(path        )           {
  try {
    const entries = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(path, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch {
    return [];
  }
}


/***/ })

};

