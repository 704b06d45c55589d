export const id = "shared-top";
export const ids = ["shared-top"];
export const modules = {

/***/ 133:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ once)
/* harmony export */ });
/** What makes something when it is first called, and answers the same at every later call. */
function once   (make                  )                   {
  let made                        ;
  return () => {
    made ??= make();
    return made;
  };
}


/***/ }),

/***/ 529:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createSetupTools: () => (/* binding */ createSetupTools),
/* harmony export */   createToolbox: () => (/* binding */ createToolbox)
/* harmony export */ });
/* harmony import */ var _deployment_deployment_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4521);
/* harmony import */ var _nomad_pack_cli_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3802);
/* harmony import */ var _nomad_pack_output_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3623);
/* harmony import */ var _once_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(133);
/* harmony import */ var _operations_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4582);
/* harmony import */ var _runner_commands_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2291);
/* harmony import */ var _runner_event_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4125);
/* harmony import */ var _runner_step_store_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(7923);
/* harmony import */ var _workshop_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(4777);


                                                                         


                                                               

                                              
                                                 
                                                  


                                                                

                                                        
                                                                                             


                         
                                    
                             
                          
                              
                               
 

                                                       
                                        
                                                         
                            
                                 
                              
                                                                                                              
                                
                                                         
                         
 

/** The tools of `setup`, which installs for the steps that follow. */
function createSetupTools(options                                                      )             {
  const { settings, environment, log, record } = options;
  const store = new _runner_step_store_js__WEBPACK_IMPORTED_MODULE_6__/* .StepStore */ .k(environment, options.temporary);
  const installation = (0,_once_js__WEBPACK_IMPORTED_MODULE_8__/* .once */ .O)(async () => noting(await (0,_workshop_js__WEBPACK_IMPORTED_MODULE_7__/* .install */ .a)(settings.nomadPack, store, options), record));
  // At once, while the code of the operation is still to be loaded. A failure is thrown where it is awaited.
  installation().catch(() => undefined);
  return {
    log,
    record,
    install: installation,
    addPath: (folder) => (0,_runner_commands_js__WEBPACK_IMPORTED_MODULE_4__/* .addPath */ .fM)(environment, folder),
  };
}

/** A deployment, and the tools of an operation on it. Each is made when it is first asked for, and once. */
                          
                                  
                        
 

function createToolbox(options                )          {
  const { settings, credentials, environment, log, secrets, record, folder, signal, workshop, temporary, isOneOfMany } =
    options;
  const cluster = workshop.cluster(settings.nomad, credentials.nomad);
  const { token: nomadToken, nomad, lastNomad, look } = cluster;
  const shares = isOneOfMany && !_operations_js__WEBPACK_IMPORTED_MODULE_3__/* .OPERATIONS */ .x[settings.operation].changesCluster;
  const installation = (0,_once_js__WEBPACK_IMPORTED_MODULE_8__/* .once */ .O)(async () => noting(await workshop.installation(), record));
  // At once, as above.
  if (_operations_js__WEBPACK_IMPORTED_MODULE_3__/* .OPERATIONS */ .x[settings.operation].runsNomadPack) installation().catch(() => undefined);
  const nomadPack = (0,_once_js__WEBPACK_IMPORTED_MODULE_8__/* .once */ .O)(async () => {
    // At once, too: it is under way while nomad-pack is installed.
    nomadToken().catch(() => undefined);
    const { withAuthorities } = await Promise.all(/* import() | nomad-pack-trust */[__webpack_require__.e("shared-http"), __webpack_require__.e("nomad-pack-trust")]).then(__webpack_require__.bind(__webpack_require__, 98));
    const trusting = await withAuthorities(environment, folder);
    // Thrown where they are awaited.
    const program = installation().then(({ path }) => path);
    const version = installation().then(async ({ version }) => await version);
    for (const awaited of [program, version]) awaited.catch(() => undefined);
    return new _nomad_pack_cli_js__WEBPACK_IMPORTED_MODULE_1__/* .NomadPack */ .d0({
      program,
      version,
      folder,
      environment: trusting,
      passEnv: settings.passEnv,
      registryCredentials: credentials.registry,
      nomadToken,
      httpAuth: credentials.nomad.httpAuth,
      signal,
      store: workshop.store,
      ...(isOneOfMany && { clones: workshop.clones }),
      onLine: (line) => log.foreign(line, (0,_nomad_pack_output_js__WEBPACK_IMPORTED_MODULE_2__/* .isDebugLine */ .AI)(line)),
      log: (line) => log.info(line),
    });
  });
  const installed = async () => await (await nomadPack()).program;
  const { secretVariables } = credentials;
  return {
    deployment: new _deployment_deployment_js__WEBPACK_IMPORTED_MODULE_0__/* .Deployment */ .Sn(settings, { nomad, lastNomad, ...(shares && { look }) }),
    tools: {
      log,
      record,
      origin: (0,_runner_event_js__WEBPACK_IMPORTED_MODULE_5__/* .originOf */ .yv)(environment),
      signal,
      secrets,
      secretVariables,
      folder,
      temporary,
      reserve: (jobs) => workshop.reservations.take(options.name ?? settings.deploymentName, settings.nomad, jobs),
      nomadPack,
      // Over a file the step has told it before.
      untilInstalled: async () => await (isOneOfMany ? installed() : log.phase('Install nomad-pack', installed)),
    },
  };
}

/** Notes the version, as soon as it is known. */
function noting(installation              , record            )               {
  installation.version.then(
    (version) => record.know({ nomadPackVersion: version }),
    () => undefined,
  );
  return installation;
}


/***/ }),

/***/ 4777:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Workshop: () => (/* binding */ Workshop),
/* harmony export */   a: () => (/* binding */ install)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _deployments_reservations_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1686);
/* harmony import */ var _nomad_pack_clones_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1348);
/* harmony import */ var _once_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(133);
/* harmony import */ var _runner_step_store_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7923);

                                                                      

                                             
                                                     

                                                                         

                                                 
                                                  
                                                                

                                                        
                                                                                                 

                                  
                                    
                             
                          
                            
                               
                                   
                     
                                 
 

/** A cluster as the step's deployments reach it. */
                                                    
                                                                             
                                                    
 

/**
 * What the deployments of a step share: nomad-pack is installed once, each cluster logged in to once, and each registry fetched once. Each
 * is made when it is first asked for.
 */
class Workshop {
  /** What the steps of a job leave for each other. */
           store           ;
           clones        ;
  /** Which deployment registers which jobs. */
           reservations = new _deployments_reservations_js__WEBPACK_IMPORTED_MODULE_1__/* .Reservations */ .a();
  /** nomad-pack, installed and verified. */
           installation                             ;
           #options                 ;
           #sessions = new Map                 ();
           #clients = new Map                                    ();
           #looks = new Map                    ();
           #made                         = [];

  constructor(nomadPack                   , options                 ) {
    const { environment, temporary, folder } = options;
    this.#options = options;
    this.store = new _runner_step_store_js__WEBPACK_IMPORTED_MODULE_3__/* .StepStore */ .k(environment, temporary);
    this.clones = new _nomad_pack_clones_js__WEBPACK_IMPORTED_MODULE_2__/* .Clones */ .$(folder);
    // Where it cannot be left for later steps, it goes away with this one. `.cache` hides no file of the workspace.
    const into = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder.path, '.cache', 'bin');
    this.installation = (0,_once_js__WEBPACK_IMPORTED_MODULE_4__/* .once */ .O)(async () => await install(nomadPack, this.store, options, into));
  }

  /** Deployments with the same settings and credentials get the same client, and those that differ in the namespace alone, the same login. */
  cluster(settings               , credentials                  )          {
    const { namespace: _, ...reached } = settings;
    const session = recall(this.#sessions, [reached, credentials], () => this.#open(settings, credentials));
    const make = async (signal             ) => await this.#connect(settings, credentials, session, signal);
    const nomad = recall(this.#clients, [settings, credentials], () =>
      (0,_once_js__WEBPACK_IMPORTED_MODULE_4__/* .once */ .O)(async () => {
        const client = make(this.#options.signal);
        this.#made.push(client);
        return await client;
      }),
    );
    const look = recall(this.#looks, [reached, credentials], () => lookThrough(nomad));
    return { token: session.token, nomad, lastNomad: async () => await make(this.#options.lastMoment), look };
  }

  /** Ends all connections. */
  async close()                {
    const clients = await Promise.allSettled(this.#made);
    await Promise.all(clients.map(async (made) => made.status === 'fulfilled' && (await made.value.close())));
  }

  #open(settings               , credentials                  )          {
    const { login } = settings;
    if (login === undefined) return { token: async () => credentials.token };
    let token                             ;
    const renew = async () => {
      token = logIn(settings, login, credentials, this.#options);
      return await token;
    };
    return { token: async () => await (token ?? renew()), renew };
  }

  async #connect(
    settings               ,
    { httpAuth }                  ,
    session         ,
    signal             ,
  )                       {
    const [{ NomadClient }, token] = await Promise.all([Promise.all(/* import() | nomad-client */[__webpack_require__.e("shared-http"), __webpack_require__.e("shared-nomad"), __webpack_require__.e("nomad-client")]).then(__webpack_require__.bind(__webpack_require__, 8504)), session.token()]);
    const { log } = this.#options;
    return new NomadClient(settings, {
      signal,
      log: (line) => log.debug(line),
      ...(token !== undefined && { token }),
      ...(httpAuth !== undefined && { httpAuth }),
      ...(session.renew !== undefined && { renew: session.renew }),
    });
  }
}

/** Each thing is asked for once, when it is first wanted. */
function lookThrough(nomad                            )             {
  const survey = (0,_once_js__WEBPACK_IMPORTED_MODULE_4__/* .once */ .O)(async () => {
    const { surveyCluster } = await __webpack_require__.e(/* import() | nomad-survey */ "shared-nomad").then(__webpack_require__.bind(__webpack_require__, 7754));
    return await surveyCluster(await nomad());
  });
  const ownerless = new Map                                          ();
  const list = async (namespaces                     ) => {
    const { listOwnerless } = await __webpack_require__.e(/* import() | nomad-survey */ "shared-nomad").then(__webpack_require__.bind(__webpack_require__, 7754));
    return await listOwnerless(await nomad(), namespaces);
  };
  return {
    survey: async (name) => (await survey())(name),
    ownerless: async (namespaces) =>
      await recall(ownerless, [...namespaces].sort(), () => (0,_once_js__WEBPACK_IMPORTED_MODULE_4__/* .once */ .O)(async () => await list(namespaces)))(),
  };
}

/** The token by which a cluster knows the step. */
                   
                        
                                                    
                                                                
                                         
 

/** @param into the folder to install into; without it nomad-pack stays for later steps */
async function install(
  nomadPack                   ,
  store           ,
  { environment, log, signal }                                                         ,
  into         ,
)                        {
  const { installNomadPack } = await Promise.all(/* import() | nomad-pack-install-install */[__webpack_require__.e("shared-nomad-pack"), __webpack_require__.e("nomad-pack-install-install")]).then(__webpack_require__.bind(__webpack_require__, 6566));
  return await installNomadPack(nomadPack, {
    environment,
    signal,
    store,
    log: (line) => log.info(line),
    warn: (line) => log.warning(line),
    ...(into !== undefined && { into }),
  });
}

/** Logs in to Nomad with the workflow's identity; the token is masked before anything else happens. */
async function logIn(
  settings               ,
  login                                     ,
  { httpAuth }                  ,
  { environment, log, secrets, signal }                 ,
)                  {
  const [{ NomadClient }, { exchangeToken }, { identityToken }] = await Promise.all([
    Promise.all(/* import() | nomad-client */[__webpack_require__.e("shared-http"), __webpack_require__.e("shared-nomad"), __webpack_require__.e("nomad-client")]).then(__webpack_require__.bind(__webpack_require__, 8504)),
    Promise.all(/* import() | nomad-login */[__webpack_require__.e("shared-nomad"), __webpack_require__.e("nomad-login")]).then(__webpack_require__.bind(__webpack_require__, 3215)),
    Promise.all(/* import() | runner-identity-token */[__webpack_require__.e("shared-http"), __webpack_require__.e("runner-identity-token")]).then(__webpack_require__.bind(__webpack_require__, 9519)),
  ]);
  const debug = (line        ) => log.debug(line);
  const client = new NomadClient(settings, { signal, log: debug, ...(httpAuth !== undefined && { httpAuth }) });
  try {
    const { secret, expires } = await exchangeToken(client, login, async (audience) => {
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

/** What was made for the same before. */
function recall   (made                , what         , make         )    {
  const key = JSON.stringify(what);
  const known = made.get(key);
  if (known !== undefined) return known;
  const one = make();
  made.set(key, one);
  return one;
}


/***/ })

};

