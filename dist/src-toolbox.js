export const id = "src-toolbox";
export const ids = ["src-toolbox"];
export const modules = {

/***/ 529:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createSetupTools: () => (/* binding */ createSetupTools),
/* harmony export */   createToolbox: () => (/* binding */ createToolbox)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _nomad_pack_cli_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4551);
/* harmony import */ var _nomad_pack_output_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3623);
/* harmony import */ var _operations_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4582);
/* harmony import */ var _runner_commands_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2291);


                                                                         

                                                               

                                              
                                                 
                                                  

                                                                
                                                        
                                                                                                                      

                         
                                    
                          
                              
                               
 

                                                       
                                        
                                                         
                            
                                 
                             
                                   
                                 
 

/** The tools of `setup`, which installs for the steps that follow. */
function createSetupTools(options                                                      )             {
  const { settings, environment, log, record } = options;
  const installation = once(async () => await install(settings, options));
  // At once, while the code of the operation is still to be loaded. A failure is thrown where it is awaited.
  installation().catch(() => undefined);
  return {
    log,
    record,
    install: installation,
    addPath: (folder) => (0,_runner_commands_js__WEBPACK_IMPORTED_MODULE_4__/* .addPath */ .fM)(environment, folder),
  };
}

/** The tools of an operation on a deployment. Each is made when it is first asked for, and once. */
function createToolbox(options                )                                     {
  const { settings, credentials, environment, log, secrets, record, folder, signal } = options;
  const { token: givenToken, httpAuth } = credentials.nomad;
  const { login } = settings.nomad;

  const renew = login && (async () => await logIn(login, options));
  const nomadToken = once(async () => (renew === undefined ? givenToken : await renew()));
  const makeClient = async (until             ) => {
    const [{ NomadClient }, token] = await Promise.all([Promise.all(/* import() | nomad-client */[__webpack_require__.e("shared-http"), __webpack_require__.e("shared-nomad"), __webpack_require__.e("nomad-client")]).then(__webpack_require__.bind(__webpack_require__, 8504)), nomadToken()]);
    return new NomadClient(settings.nomad, {
      signal: until,
      log: (line) => log.debug(line),
      ...(token !== undefined && { token }),
      ...(httpAuth !== undefined && { httpAuth }),
      ...(renew !== undefined && { renew }),
    });
  };
  const nomad = once(async () => await makeClient(signal));
  // It goes away with the step. `.cache` hides no file of the workspace.
  const installation = once(async () => await install(settings, options, (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder.path, '.cache', 'bin')));
  // At once, as above.
  if (_operations_js__WEBPACK_IMPORTED_MODULE_3__/* .OPERATIONS */ .x[settings.operation].runsNomadPack) installation().catch(() => undefined);
  const nomadPack = once(async () => {
    // At once, too: it is under way while nomad-pack is installed.
    nomadToken().catch(() => undefined);
    const { withAuthorities } = await Promise.all(/* import() | nomad-pack-trust */[__webpack_require__.e("shared-http"), __webpack_require__.e("nomad-pack-trust")]).then(__webpack_require__.bind(__webpack_require__, 98));
    const [{ path, version }, trusting] = await Promise.all([installation(), withAuthorities(environment, folder)]);
    return new _nomad_pack_cli_js__WEBPACK_IMPORTED_MODULE_1__/* .NomadPack */ .d0({
      path,
      version,
      folder,
      environment: trusting,
      passEnv: settings.passEnv,
      registryCredentials: credentials.registry,
      nomadToken,
      httpAuth,
      signal,
      onLine: (line) => log.foreign(line, (0,_nomad_pack_output_js__WEBPACK_IMPORTED_MODULE_2__/* .isDebugLine */ .AI)(line)),
      log: (line) => log.info(line),
    });
  });

  return {
    log,
    record,
    signal,
    secrets,
    secretVariables: credentials.secretVariables,
    folder,
    temporary: options.temporary,
    elapsed: options.elapsed,
    nomad,
    lastNomad: async () => await makeClient(options.lastMoment),
    nomadPack,
    close: async () => {
      if (nomad.begun())
        await nomad().then(
          (client) => client.close(),
          () => undefined,
        );
    },
  };
}

/** @param into the folder to install into; without it nomad-pack stays for later steps */
async function install(
  { nomadPack }          ,
  { environment, log, record, signal }               ,
  into         ,
)                        {
  const { installNomadPack } = await __webpack_require__.e(/* import() | nomad-pack-install-install */ "nomad-pack-install-install").then(__webpack_require__.bind(__webpack_require__, 6566));
  const installation = await installNomadPack(nomadPack, {
    environment,
    signal,
    log: (line) => log.info(line),
    warn: (line) => log.warning(line),
    ...(into !== undefined && { into }),
  });
  installation.version.then(
    (version) => {
      record.know({ nomadPackVersion: version });
    },
    () => undefined,
  );
  return installation;
}

/** Logs in to Nomad with the workflow's identity; the token is masked before anything else happens. */
async function logIn(
  login                                     ,
  { settings, credentials, environment, log, secrets, signal }                ,
)                  {
  const [{ NomadClient }, { logIn: exchange }, { identityToken }] = await Promise.all([
    Promise.all(/* import() | nomad-client */[__webpack_require__.e("shared-http"), __webpack_require__.e("shared-nomad"), __webpack_require__.e("nomad-client")]).then(__webpack_require__.bind(__webpack_require__, 8504)),
    Promise.all(/* import() | nomad-login */[__webpack_require__.e("shared-nomad"), __webpack_require__.e("nomad-login")]).then(__webpack_require__.bind(__webpack_require__, 3215)),
    Promise.all(/* import() | runner-identity-token */[__webpack_require__.e("shared-http"), __webpack_require__.e("runner-identity-token")]).then(__webpack_require__.bind(__webpack_require__, 9519)),
  ]);
  const debug = (line        ) => log.debug(line);
  const { httpAuth } = credentials.nomad;
  const client = new NomadClient(settings.nomad, { signal, log: debug, ...(httpAuth !== undefined && { httpAuth }) });
  try {
    const { secret, expires } = await exchange(client, login, async (audience) => {
      const token = await identityToken({ environment, audience, signal, log: debug });
      secrets.add('OIDC token', token);
      return token;
    });
    secrets.add('Nomad token', secret);
    log.info(`Logged in to Nomad with the auth method ${login.method}, until ${expires.toISOString()}.`);
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

