export const id = 529;
export const ids = [529];
export const modules = {

/***/ 529:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createToolbox: () => (/* binding */ createToolbox)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _nomad_pack_cli_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4280);
/* harmony import */ var _nomad_pack_output_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3623);
/* harmony import */ var _operations_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4582);
/* harmony import */ var _runner_commands_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2291);



                                                                      

                                            

                                                                
                                                        
                                                                                   

                                 
                              
                                    
                                    
                                                                          
                                 
                              
                                 
                             
                               
                                   
                                 
 

/** The tools of an operation. Each is made when it is first asked for, and once. */
function createToolbox(options                )                                     {
  const { settings, credentials, environment, log, secrets, findings, folder, signal } = options;

  const nomadToken = once(async () => {
    const { login } = nomadSettings(settings);
    return login === undefined ? credentials.nomad.token : await logIn(settings, options);
  });
  const makeClient = async (until             ) => {
    const [{ NomadClient }, token] = await Promise.all([Promise.all(/* import() */[__webpack_require__.e(206), __webpack_require__.e(504)]).then(__webpack_require__.bind(__webpack_require__, 8504)), nomadToken()]);
    const { httpAuth } = credentials.nomad;
    return new NomadClient(nomadSettings(settings), {
      signal: until,
      log: (line) => log.debug(line),
      ...(token !== undefined && { token }),
      ...(httpAuth !== undefined && { httpAuth }),
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
      ...(settings.operation !== 'setup' && { into: (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder.path, '.cache', 'bin') }),
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
  if (_operations_js__WEBPACK_IMPORTED_MODULE_3__/* .OPERATIONS */ .x[settings.operation].runsNomadPack) install().catch(() => undefined);
  const nomadPack = once(async () => {
    const { withAuthorities } = await __webpack_require__.e(/* import() */ 98).then(__webpack_require__.bind(__webpack_require__, 98));
    const [{ path, version }, trusting] = await Promise.all([install(), withAuthorities(environment, folder)]);
    const { passEnv } = settings;
    return new _nomad_pack_cli_js__WEBPACK_IMPORTED_MODULE_1__/* .NomadPack */ .d0({
      path,
      version,
      folder,
      environment: trusting,
      passEnv,
      registryCredentials: credentials.registry,
      httpAuth: credentials.nomad.httpAuth,
      signal,
      onLine: (line) => log.foreign(line, (0,_nomad_pack_output_js__WEBPACK_IMPORTED_MODULE_2__/* .isDebugLine */ .AI)(line)),
      log: (line) => log.info(line),
    });
  });

  return {
    log,
    findings,
    signal,
    secrets,
    secretVariables: credentials.secretVariables,
    folder,
    temporary: options.temporary,
    elapsed: options.elapsed,
    nomad,
    lastNomad: async () => await makeClient(options.lastMoment),
    nomadToken,
    nomadPack,
    install,
    addPath: (folder) => (0,_runner_commands_js__WEBPACK_IMPORTED_MODULE_4__/* .addPath */ .fM)(environment, folder),
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
async function logIn(
  settings          ,
  { credentials, environment, log, secrets, signal }                ,
)                  {
  const nomad = nomadSettings(settings);
  if (nomad.login === undefined) throw new Error('there is no auth method to log in with');
  const [{ NomadClient }, { logIn }, { identityToken }] = await Promise.all([
    Promise.all(/* import() */[__webpack_require__.e(206), __webpack_require__.e(504)]).then(__webpack_require__.bind(__webpack_require__, 8504)),
    Promise.all(/* import() */[__webpack_require__.e(910), __webpack_require__.e(215)]).then(__webpack_require__.bind(__webpack_require__, 3215)),
    Promise.all(/* import() */[__webpack_require__.e(206), __webpack_require__.e(519)]).then(__webpack_require__.bind(__webpack_require__, 9519)),
  ]);
  const debug = (line        ) => log.debug(line);
  const { httpAuth } = credentials.nomad;
  const client = new NomadClient(nomad, { signal, log: debug, ...(httpAuth !== undefined && { httpAuth }) });
  try {
    const { secret, expires } = await logIn(client, nomad.login, async (audience) => {
      const token = await identityToken({ environment, audience, signal, log: debug });
      secrets.add('OIDC token', token);
      return token;
    });
    secrets.add('Nomad token', secret);
    log.info(`Logged in to Nomad with the auth method ${nomad.login.method}, until ${expires.toISOString()}.`);
    return secret;
  } finally {
    await client.close();
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

