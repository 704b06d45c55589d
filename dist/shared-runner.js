export const id = "shared-runner";
export const ids = ["shared-runner"];
export const modules = {

/***/ 2291:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BB: () => (/* binding */ setVariable),
/* harmony export */   LZ: () => (/* binding */ saveState),
/* harmony export */   Lb: () => (/* binding */ issueCommand),
/* harmony export */   fM: () => (/* binding */ addPath),
/* harmony export */   fe: () => (/* binding */ appendSummary),
/* harmony export */   n0: () => (/* binding */ setOutputs),
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

/** Sets the outputs of the step, all of them or none; without a runner to read them, nothing happens. */
function setOutputs(environment             , outputs                                  )       {
  writeFileCommand(environment['GITHUB_OUTPUT'], outputs);
}

/** Adds to the job summary; without a runner to read it, nothing happens. */
function appendSummary(environment             , markdown        )       {
  const file = environment['GITHUB_STEP_SUMMARY'];
  if (file !== undefined && file !== '') (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.appendFileSync)(file, markdown);
}

/** Keeps a value for the step's end, which finds it as `STATE_<name>`. */
function saveState(environment             , name        , value        )       {
  writeFileCommand(environment['GITHUB_STATE'], { [name]: value });
}

/** Sets a variable of the environment of later steps. */
function setVariable(environment             , name        , value        )       {
  writeFileCommand(environment['GITHUB_ENV'], { [name]: value });
}

/** Puts a folder on the PATH of later steps. */
function addPath(environment             , folder        )       {
  const file = environment['GITHUB_PATH'];
  if (file !== undefined && file !== '') (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.appendFileSync)(file, `${folder}\n`);
}

function writeFileCommand(file                    , values                                  )       {
  if (file === undefined || file === '') return;
  (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.appendFileSync)(file, Object.entries(values).map(fileCommand).join(''));
}

function fileCommand([name, value]                           )         {
  // The value ends where this line comes again, so it must not be in it.
  let delimiter = 'END';
  while (value.includes(delimiter)) delimiter += '_';
  return `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
}

function escapeData(text        )         {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text        )         {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}


/***/ }),

/***/ 4125:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GQ: () => (/* binding */ isPublicRepository),
/* harmony export */   Vp: () => (/* binding */ runUrl),
/* harmony export */   _n: () => (/* binding */ pullRequestOf),
/* harmony export */   fi: () => (/* binding */ pageUrl),
/* harmony export */   yv: () => (/* binding */ originOf)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);

                                                         

/** The pull request that the workflow runs for. */
                              
                         
                        
                          
                                                                                          
                             
                                                                           
                          
 

                        
                           
                              
                                                                                                      
    
                                                       
                                                         
 

/**
 * The pull request that is to be commented on: of the event that started the workflow, or the one that is asked for; nothing where
 * neither names one.
 */
function pullRequestOf(environment             , asked                    )                          {
  const { GITHUB_EVENT_PATH: path = '', GITHUB_REPOSITORY: repository = '' } = environment;
  const [owner, repo] = repository.split('/');
  if ((path === '' && asked === undefined) || owner === undefined || repo === undefined) return undefined;
  const { pull_request: pullRequest, workflow_run: workflowRun } = readPayload(path);
  if (asked !== undefined && asked !== pullRequest?.number) {
    return { owner, repo, number: asked, fromFork: false, commit: workflowRun?.head_sha ?? '' };
  }
  if (typeof pullRequest?.number !== 'number') return undefined;
  const { head } = pullRequest;
  const fromFork = head?.repo?.full_name !== repository;
  return { owner, repo, number: pullRequest.number, fromFork, commit: head?.sha ?? '' };
}

/** Whether everybody may read the repository's comments; true where the event does not say. */
function isPublicRepository({ GITHUB_EVENT_PATH: path = '' }             )          {
  return readPayload(path).repository?.private !== true;
}

/** Link to the run that this step is part of. */
function runUrl(environment             )                     {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = environment;
  if (server === undefined || repository === undefined || run === undefined) return undefined;
  return `${server}/${repository}/actions/runs/${run}`;
}

/**
 * Link to a page of the action's own, at the version that the workflow uses; undefined for an action that is a folder of the workspace,
 * and on hosts whose links are others.
 */
function pageUrl(environment             , page        )                     {
  const { GITHUB_SERVER_URL: server, GITHUB_ACTION_REPOSITORY: repository, GITHUB_ACTION_REF: ref } = environment;
  const isGitHub = !environment['GITEA_ACTIONS'] && !environment['FORGEJO_ACTIONS'];
  if (!server || !repository || !ref || !isGitHub) return undefined;
  return `${server}/${repository}/blob/${ref.split('/').map(encodeURIComponent).join('/')}/${page}`;
}

/** Where the run comes from: the commit of the repository, the link to the run, who started it. */
function originOf(environment             )                                                    {
  const { GITHUB_SHA: commit, GITHUB_TRIGGERING_ACTOR: actor = environment['GITHUB_ACTOR'] } = environment;
  const run = runUrl(environment);
  return {
    ...(commit !== undefined && { commit }),
    ...(run !== undefined && { run }),
    ...(actor !== undefined && { actor }),
  };
}

function readPayload(path        )               {
  try {
    return JSON.parse((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(path, 'utf8'))                ;
  } catch {
    // act writes no file for some events.
    return {};
  }
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
  /** The folder in which processes are remembered. */
           #processes        ;

          constructor(path        , key        , processes = (0,node_path__WEBPACK_IMPORTED_MODULE_4__.join)(path, PROCESSES)) {
    this.path = path;
    this.key = key;
    this.#processes = processes;
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

  /** A new folder in it, for a part of the step's work. The processes of that part are remembered here, where the step's end finds them. */
  async within(name        )                         {
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_4__.join)(this.path, name);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.mkdir)(path, { recursive: true, mode: 0o700 });
    return new PrivateFolder(path, this.key, this.#processes);
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
    (0,node_fs__WEBPACK_IMPORTED_MODULE_2__.mkdirSync)(this.#processes, { recursive: true });
    (0,node_fs__WEBPACK_IMPORTED_MODULE_2__.writeFileSync)((0,node_path__WEBPACK_IMPORTED_MODULE_4__.join)(this.#processes, String(pid)), startOf(pid) ?? '');
  }

  forgetProcess(pid        )       {
    (0,node_fs__WEBPACK_IMPORTED_MODULE_2__.rmSync)((0,node_path__WEBPACK_IMPORTED_MODULE_4__.join)(this.#processes, String(pid)), { force: true });
  }

  /** The child processes that were remembered and not forgotten; not what has got the id of one that has ended. */
  async rememberedProcesses()                    {
    const names = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.readdir)(this.#processes).catch(() => []);
    // To a signal, 0 and 1 would mean this process's own group, and all processes.
    const pids = names.filter((name) => /^\d+$/.test(name) && Number(name) > 1);
    const began = await Promise.all(pids.map(async (pid) => await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.readFile)((0,node_path__WEBPACK_IMPORTED_MODULE_4__.join)(this.#processes, pid), 'utf8')));
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


/***/ }),

/***/ 7923:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ StepStore)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _commands_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2291);
/* harmony import */ var _private_folder_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3107);



                                                      
                                                         



/** The variable that later steps of the job find set: nothing outside the job can set it. */
const VARIABLE = 'NOMAD_PACK_ACTION_JOB';

                 
                        
                        
                                      
                          
 

/** What the variable holds, as JSON. */
                    
                          
                       
                                                    
 

/**
 * What the steps of a job leave for each other: a folder that the first of them makes and its post step removes, which is the last one of
 * the job. The digests do not lie beside the files but travel in the job's environment, so that nobody else can vouch for them; who can
 * change that can change anything of the job.
 */
class StepStore                     {
           #environment             ;
           #temporary        ;
  #contents                      ;
  #turn                   = Promise.resolve();

  /** @param temporary the runner's folder for temporary files, absolute */
  constructor(environment             , temporary        ) {
    this.#environment = environment;
    this.#temporary = temporary;
    this.#contents = parse(environment[VARIABLE]);
  }

  async find(name        )                            {
    const contents = this.#contents;
    const entry = contents?.entries[name];
    if (contents === undefined || entry === undefined) return undefined;
    try {
      const folder = await _private_folder_js__WEBPACK_IMPORTED_MODULE_4__/* .PrivateFolder */ .o.reopen(contents.folder, contents.key, this.#temporary);
      if (folder === undefined || (await digestOf(entry.path)) !== entry.digest) return undefined;
      return { path: entry.path, note: entry.note };
    } catch {
      return undefined;
    }
  }

  async keep(name        , note        , make                                     )                              {
    // Without a runner there are no later steps that could be told, and nothing that tidies up.
    if (!this.#environment['GITHUB_ENV'] || !this.#environment['GITHUB_STATE']) return undefined;
    // A disk that is full, for example: whoever needs it says so where it cannot do without.
    const path = await this.#inTurn(async () => {
      const folder = await this.#folder();
      return await make(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdtemp)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder.path, 'kept-')));
    });
    // The step goes on meanwhile, and its process ends after that.
    if (path !== undefined) void this.#inTurn(async () => await this.#announce(name, note, path));
    return path;
  }

  /** One after the other, so that no two make a folder, and none overwrites what another one tells the job. */
  async #inTurn   (work                  )                         {
    const done = this.#turn.then(work).catch(() => undefined);
    this.#turn = done;
    return await done;
  }

  async #announce(name        , note        , path        )                {
    const { folder = '', key = '', entries = {} } = this.#contents ?? {};
    this.#contents = { folder, key, entries: { ...entries, [name]: { path, note, digest: await digestOf(path) } } };
    (0,_commands_js__WEBPACK_IMPORTED_MODULE_3__/* .setVariable */ .BB)(this.#environment, VARIABLE, JSON.stringify(this.#contents));
  }

  /** That of an earlier step, or where there is none any more, a new one. */
  async #folder()                         {
    const { folder, key } = this.#contents ?? { folder: '', key: '' };
    const earlier = await _private_folder_js__WEBPACK_IMPORTED_MODULE_4__/* .PrivateFolder */ .o.reopen(folder, key, this.#temporary).catch(() => undefined);
    if (earlier !== undefined) return earlier;
    const made = await _private_folder_js__WEBPACK_IMPORTED_MODULE_4__/* .PrivateFolder */ .o.create(this.#temporary);
    this.#contents = { folder: made.path, key: made.key, entries: {} };
    // This step's post half removes it.
    (0,_commands_js__WEBPACK_IMPORTED_MODULE_3__/* .saveState */ .LZ)(this.#environment, 'job_folder', made.path);
    (0,_commands_js__WEBPACK_IMPORTED_MODULE_3__/* .saveState */ .LZ)(this.#environment, 'job_key', made.key);
    return made;
  }
}

function parse(text                    )                       {
  try {
    const contents = JSON.parse(text ?? '')                            ;
    const { folder, key, entries } = contents ?? {};
    if (typeof folder !== 'string' || typeof key !== 'string' || typeof entries !== 'object') return undefined;
    return { folder, key, entries };
  } catch {
    return undefined;
  }
}

/** SHA-256 of a file, or of the names and contents of all that is in a folder. */
async function digestOf(path        )                  {
  if ((await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.stat)(path)).isFile()) return await digestOfFile(path);
  const entries = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)(path, { recursive: true, withFileTypes: true });
  const lines = await Promise.all(
    entries.map(async (entry) => {
      const own = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(entry.parentPath, entry.name);
      const contents = entry.isSymbolicLink() ? await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readlink)(own) : entry.isFile() ? await digestOfFile(own) : '';
      return `${own.slice(path.length)}\0${contents}`;
    }),
  );
  return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(lines.sort().join('\n')).digest('hex');
}

/** More than most files have; a program is read in so many pieces that the step goes on meanwhile. Bytes. */
const PIECE = 1024 * 1024;

/** Reads a piece while it digests the one before: a program of 76 MB takes 0.05 s, a third of what it takes to read it as a whole first. */
async function digestOfFile(path        )                  {
  const file = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(path);
  try {
    const size = Math.min(PIECE, (await file.stat()).size + 1);
    const pieces = [Buffer.allocUnsafe(size), Buffer.allocUnsafe(size)]         ;
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
    let reading = file.read(pieces[0]);
    for (let turn = 1; ; turn += 1) {
      const { bytesRead, buffer } = await reading;
      if (bytesRead === 0) return hash.digest('hex');
      reading = file.read(pieces[turn % 2 === 0 ? 0 : 1]);
      hash.update(buffer.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}


/***/ })

};

