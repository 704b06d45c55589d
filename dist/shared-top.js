export const id = "shared-top";
export const ids = ["shared-top"];
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


/***/ })

};

