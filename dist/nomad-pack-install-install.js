export const id = "nomad-pack-install-install";
export const ids = ["nomad-pack-install-install"];
export const modules = {

/***/ 6566:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  installNomadPack: () => (/* binding */ installNomadPack)
});

// EXTERNAL MODULE: ./build/js/nomad-pack/install/platform.js
var platform = __webpack_require__(329);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/js/errors.js
var errors = __webpack_require__(2027);
// EXTERNAL MODULE: ./build/js/nomad-pack/environment.js
var nomad_pack_environment = __webpack_require__(1193);
// EXTERNAL MODULE: ./build/js/nomad-pack/failures.js + 4 modules
var failures = __webpack_require__(7082);
// EXTERNAL MODULE: ./build/js/nomad-pack/process.js
var process = __webpack_require__(1017);
;// CONCATENATED MODULE: ./build/js/nomad-pack/install/system.js





                                                            



                                                      

/** A program that says its version does nothing else; on a machine that is just starting, loading it may take seconds. Milliseconds. */
const VERSION_LIMIT = 20_000;

/**
 * The nomad-pack that the machine has. What is on PATH is the user's to trust: it is not verified.
 *
 * @param limit milliseconds that it may take to say its version
 * @throws ActionError `nomad-pack-missing`
 */
async function findInstalled(
  environment             ,
  program        ,
  signal             ,
  limit = VERSION_LIMIT,
)                        {
  const path = await findOnPath(environment, program);
  if (path === undefined) {
    throw new errors/* ActionError */.lZ(
      'nomad-pack-missing',
      'There is no nomad-pack on PATH, and `nomad_pack_version` is `system`.',
      {
        hint: 'Install nomad-pack on the runner, or set `nomad_pack_version` to `latest` or a version: then the action installs it.',
      },
    );
  }
  const version = askVersion(path, environment, signal, limit);
  // It is thrown where it is awaited; until then it must not count as unhandled.
  version.catch(() => undefined);
  return { path, folder: (0,external_node_path_.dirname)(path), version };
}

/** Relative folders are left out: they would be the workspace's, and anybody's who can open a pull request. */
async function findOnPath(environment             , program        )                              {
  const folders = (environment['PATH'] ?? '').split(external_node_path_.delimiter).filter(external_node_path_.isAbsolute);
  for (const folder of folders) {
    const path = (0,external_node_path_.join)(folder, program);
    if (await isProgram(path)) return path;
  }
  return undefined;
}

async function isProgram(path        )                   {
  try {
    await (0,promises_.access)(path, external_node_fs_.constants.X_OK);
    return (await (0,promises_.stat)(path)).isFile();
  } catch {
    return false;
  }
}

async function askVersion(path        , environment             , signal             , limit        )                  {
  const env = (0,nomad_pack_environment/* baseEnvironment */.PZ)(environment, []);
  const [{ exitCode, output, interrupted, signal: ending }, { default: semver }] = await Promise.all([
    (0,process/* runCommand */.d)(path, ['version'], { cwd: (0,external_node_os_.tmpdir)(), env, signal, limit }),
    __webpack_require__.e(/* import() */ "semver").then(__webpack_require__.t.bind(__webpack_require__, 2088, 19)),
  ]);
  if (interrupted) {
    throw new errors/* ActionError */.lZ(
      'timeout',
      `\`${path} version\` was stopped because it had not ended after ${limit / 1000} s.`,
      {
        hint: 'Check that the nomad-pack on PATH is HashiCorp’s, or let the action install one with `nomad_pack_version`.',
      },
    );
  }
  if (ending !== undefined) throw (0,failures/* killed */.G)(`${path} version`, ending);
  const version = semver.valid(/^Nomad Pack v(\S+)/m.exec(output)?.[1]);
  if (exitCode !== 0 || version === null) {
    throw new errors/* ActionError */.lZ(
      'output-not-understood',
      `\`${path} version\` should print the version of nomad-pack. It ended with exit code ${exitCode} and printed: ${output.trim()}`,
      {
        hint: 'Check that the nomad-pack on PATH is HashiCorp’s, or let the action install one with `nomad_pack_version`.',
      },
    );
  }
  return version;
}

;// CONCATENATED MODULE: ./build/js/nomad-pack/install/install.js
                                                                    
                                                                      



/**
 * Makes nomad-pack available: the one on PATH, or a release that was verified.
 *
 * @throws ActionError `nomad-pack-missing`, or as `installRelease` does
 */
async function installNomadPack(settings                   , options                )                        {
  const { environment, signal } = options;
  if (settings.version === 'system') return await findInstalled(environment, (0,platform/* platformOf */.t)().program, signal);
  // Loaded where there is something to verify and unpack.
  const { installRelease } = await Promise.all(/* import() | nomad-pack-install-install-release */[__webpack_require__.e("semver"), __webpack_require__.e("shared-http"), __webpack_require__.e("nomad-pack-install-install-release")]).then(__webpack_require__.bind(__webpack_require__, 1679));
  return await installRelease(settings, options);
}


/***/ }),

/***/ 329:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ platformOf)
/* harmony export */ });
/** What HashiCorp releases in one way: nomad-pack, and for the project's own scripts the server that it talks to. */
                                             

/** What releases are of and what they are built for, in the words of their file names. */
                           
                            
                      
                        
                                            
                           
 

const OS                                   = { win32: 'windows', sunos: 'solaris' };

const ARCH                                   = { x64: 'amd64', ia32: '386' };

/** A platform in Node's words, by default the one that this process runs on. */
function platformOf({
  product = 'nomad-pack',
  platform = process.platform,
  arch = process.arch,
}   
                             
                             
                         
  = {})           {
  return {
    product,
    os: OS[platform] ?? platform,
    arch: ARCH[arch] ?? arch,
    program: platform === 'win32' ? `${product}.exe` : product,
  };
}


/***/ })

};

