export const id = "nomad-pack-differences";
export const ids = ["nomad-pack-differences"];
export const modules = {

/***/ 2756:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   differencesSince: () => (/* binding */ differencesSince)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2027);
/* harmony import */ var _environment_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1193);
/* harmony import */ var _failures_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7082);
/* harmony import */ var _git_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6844);
/* harmony import */ var _process_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1017);



                                                                      





                                     
                  
                             
                                    
                               
                                                   
                                          
                                                                                              
                          
 

/** What is asked about, as the user wrote it: relative to the workspace, or absolute. */
                           
                                 
                            
                                 
                        
                                                        
                                    
 

/** git looks at files of the workspace only. Milliseconds. */
const LIMIT = 2 * 60_000;

/** What GitHub gives as `github.event.before` of a branch that is new: a hash of zeros, of either length. */
const NO_COMMIT = /^(?:0{40}|0{64})$/;

/**
 * What differs between a commit and the workspace, files that git ignores or does not know included. Of a part that the repository does not
 * hold nobody can say how it was, so it counts as one that differs. The commit of a new branch is not such a commit: nothing was there before.
 *
 * @throws ActionError where the commit is not known, with what to do about the checkout
 */
async function differencesSince(question          , options                    )                       {
  const { revision, file, parts } = question;
  if (NO_COMMIT.test(revision)) {
    options.notice(
      '`changed_since` is the hash of zeros that GitHub gives for a new branch: all deployments count as changed.',
    );
    return { paths: [] };
  }
  const workspace = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(options.workspace);
  const git = new WorkspaceGit((0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(workspace, file)), options);
  const root = await git.root(file);
  const commit = await git.commit(revision);
  const [inside, outside] = partition(parts, (part) => isBelow((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(workspace, part), root));
  const places = inside.map((part) => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(workspace, part));
  const [before, changed, unknown] = await Promise.all([
    git.textOf(commit, (0,node_path__WEBPACK_IMPORTED_MODULE_1__.basename)(file)),
    places.length === 0 ? [] : git.changedSince(commit, places),
    places.length === 0 ? [] : git.unknownAmong(places),
  ]);
  const paths = [...changed, ...unknown].map((path) => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(workspace, (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, path)).split(node_path__WEBPACK_IMPORTED_MODULE_1__.sep).join('/'));
  return { paths: [...new Set([...paths, ...outside])], ...(before !== undefined && { before }) };
}

/** git, where the file of deployments is. */
class WorkspaceGit {
           #folder        ;
           #options                    ;

  constructor(folder        , options                    ) {
    this.#folder = folder;
    this.#options = options;
  }

  /** The folder of the repository. */
  async root(file        )                  {
    const { exitCode, output } = await this.#run(['rev-parse', '--show-toplevel']);
    if (exitCode === 0) return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(output.trim());
    if (/dubious ownership/.test(output)) {
      throw changedSinceError(
        `needs the history of the repository that \`${file}\` is in, and git does not trust that: it belongs to another user than the step’s`,
        `Run \`git config --global --add safe.directory "$GITHUB_WORKSPACE"\` before this step.`,
      );
    }
    throw changedSinceError(
      `needs the history of the repository that \`${file}\` is in, and that is not in a git repository`,
      'Check it out with `actions/checkout` and `fetch-depth: 0`, or leave `changed_since` out.',
    );
  }

  /** The hash of the commit. */
  async commit(revision        )                  {
    const { exitCode, output } = await this.#run([
      'rev-parse',
      '--verify',
      '--quiet',
      '--end-of-options',
      `${revision}^{commit}`,
    ]);
    if (exitCode === 0) return output.trim();
    const shallow = await this.#run(['rev-parse', '--is-shallow-repository']);
    throw shallow.output.trim() === 'true'
      ? changedSinceError(
          `is \`${revision}\`, which the checkout does not have: it holds a part of the history only`,
          'Set `fetch-depth: 0` for `actions/checkout`.',
        )
      : changedSinceError(
          `is \`${revision}\`, which the repository has no commit for`,
          'Name a branch as `origin/main`, or a commit that is on a branch: one that a forced push has replaced is gone. `fetch-depth: 0` for `actions/checkout` fetches all branches.',
        );
  }

  /** The file as it was; undefined where there was none. */
  async textOf(commit        , name        )                              {
    const { exitCode, output } = await this.#run(['cat-file', 'blob', `${commit}:./${name}`]);
    return exitCode === 0 ? output : undefined;
  }

  /** Relative to the repository's folder. */
  async changedSince(commit        , places                   )                    {
    const plain = ['--name-only', '-z', '--no-renames', '--no-ext-diff', '--no-textconv', '--ignore-submodules=none'];
    return names(await this.#mustRun(['diff', ...plain, commit, '--', ...places]));
  }

  /** Files that are not in git's index, relative to the repository's folder. */
  async unknownAmong(places                   )                    {
    return names(await this.#mustRun(['ls-files', '--others', '--full-name', '-z', '--', ...places]));
  }

  async #mustRun(args                   )                  {
    const { exitCode, output } = await this.#run(args);
    if (exitCode === 0) return output;
    throw changedSinceError(
      `could not be looked up: \`git ${args[0]}\` failed (${output.trim().split('\n').at(-1)})`,
      'Check the checkout, or leave `changed_since` out.',
    );
  }

  /** How git ended by itself: that it was kept from its end says nothing of the repository. */
  async #run(args                   )                          {
    const command = `git ${args[0]}`;
    const outcome = await this.#start(args);
    if (outcome.signal !== undefined) throw (0,_failures_js__WEBPACK_IMPORTED_MODULE_4__/* .killed */ .G)(command, outcome.signal);
    if (!outcome.interrupted) return outcome;
    const { limit = LIMIT } = this.#options;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .ActionError */ .lZ(
      'timeout',
      `\`${command}\`, which \`changed_since\` needs, was stopped because it had not ended after ${limit / 1000} s.`,
      { hint: 'Check the disk of the runner and what else runs there, or leave `changed_since` out.', passing: true },
    );
  }

  async #start(args                   )                          {
    const { environment, signal, limit = LIMIT } = this.#options;
    const { PATH = '', HOME = '' } = environment;
    try {
      return await (0,_process_js__WEBPACK_IMPORTED_MODULE_6__/* .runCommand */ .d)('git', ['--no-pager', '--literal-pathspecs', ...args], {
        cwd: this.#folder,
        env: { ...(0,_environment_js__WEBPACK_IMPORTED_MODULE_3__/* .gitEnvironment */ ._K)(environment), PATH, HOME, ...(0,_git_js__WEBPACK_IMPORTED_MODULE_5__/* .workspaceGitConfiguration */ .Yx)() },
        signal,
        limit,
      });
    } catch (error) {
      if (!(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .ActionError */ .lZ) || error.reason !== 'nomad-pack-missing') throw error;
      throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .ActionError */ .lZ('git-missing', 'There is no `git` on the PATH, which `changed_since` needs.', {
        hint: 'Install git on the runner, or leave `changed_since` out.',
        cause: error,
      });
    }
  }
}

function changedSinceError(message        , hint        )              {
  return new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .ActionError */ .lZ('input', `Input \`changed_since\` ${message}.`, { hint });
}

function names(output        )           {
  return output.split('\0').filter((name) => name !== '');
}

function isBelow(path        , folder        )          {
  const way = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(folder, path);
  return !(0,node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute)(way) && way !== '..' && !way.startsWith(`..${node_path__WEBPACK_IMPORTED_MODULE_1__.sep}`);
}

function partition   (items              , fits                      )             {
  return [items.filter(fits), items.filter((item) => !fits(item))];
}


/***/ })

};

