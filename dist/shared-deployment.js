export const id = "shared-deployment";
export const ids = ["shared-deployment"];
export const modules = {

/***/ 8036:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ stoppedBy),
/* harmony export */   B: () => (/* binding */ refuseUnknown)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2027);
/* harmony import */ var _nearest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(232);


                                                   
                                                       
                                                      

/** What a deploy would do to the jobs that are there. */
                                          
                                                           
                                           
                                                                                
                                              
                                                                            
                         
 

/** What `run` stops besides registering the pack's jobs. */
function stoppedBy({ stops, children, foreign }       )           {
  return [...stops, ...children, ...foreign.filter(({ effect }) => effect === 'stop')];
}

/** The id, and the one that is probably meant. */
function withNearMiss(id        , ids                   )         {
  const meant = (0,_nearest_js__WEBPACK_IMPORTED_MODULE_1__/* .nearMiss */ .b)(id, ids);
  return `\`${id}\`${meant === undefined ? '' : ` (did you mean \`${meant}\`?)`}`;
}

/**
 * A job that the pack does not have cannot be taken over by deploying it.
 *
 * @throws ActionError `input`
 */
function refuseUnknown(adopt                     , rendered                   )       {
  const ids = rendered.map(({ id }) => id);
  const unknown = [...adopt].filter((id) => !ids.includes(id));
  if (unknown.length === 0) return;
  throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ(
    'input',
    `Input \`adopt_jobs\` names ${unknown.map((id) => withNearMiss(id, ids)).join(', ')}, which the pack does not render. It renders \`${ids.join('`, `')}\`.`,
    { hint: 'Correct `adopt_jobs`. Once the jobs are taken over, drop it.' },
  );
}


/***/ }),

/***/ 4521:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Gw: () => (/* binding */ namespacesOf),
/* harmony export */   Sn: () => (/* binding */ Deployment),
/* harmony export */   eb: () => (/* binding */ nameJobs)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2027);
/* harmony import */ var _nomad_api_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7898);
/* harmony import */ var _nomad_counts_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2528);
/* harmony import */ var _nomad_dry_run_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3362);
/* harmony import */ var _nomad_errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1023);
/* harmony import */ var _nomad_jobs_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2656);
/* harmony import */ var _nomad_kinds_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(9129);
/* harmony import */ var _nomad_ownership_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(115);
/* harmony import */ var _nomad_state_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(6051);
/* harmony import */ var _nomad_submission_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(7980);
/* harmony import */ var _nomad_survey_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(7754);
/* harmony import */ var _claim_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(8036);


                                                      






                                                             



                                             
                                                                  


/** How the cluster is reached. */
                          
                                                                     
                                             
                                                                                                             
                                                 
                                                                                           
                             
 

/** One look at the cluster for several deployments. */
                             
                                                    
                                                               
                            
                                                                                      
 

/** The jobs of a deployment, parted by where they are. */
                              
                                                       
                                        
                                                        
                                             
                                              
                                          
 

/** One deployment of a pack in one cluster: what is asked for, and what the cluster has of it. */
class Deployment {
           settings                    ;
  /** Whom its jobs belong to: the name of the deployment and the pack. */
           owner       ;
           #clients         ;

  constructor(settings                    , clients         ) {
    this.settings = settings;
    this.owner = { deploymentName: settings.deploymentName, packName: settings.pack.name };
    this.#clients = clients;
  }

  get name()         {
    return this.owner.deploymentName;
  }

  /** Where jobs go whose specification names no namespace. */
  get namespace()         {
    return this.settings.nomad.namespace;
  }

  /** The cluster's API, logged in; the same client at every call. */
  async client()                       {
    return await this.#clients.nomad();
  }

  /** Looks once more after a cancel: the deployment that is looked at asks Nomad only while there is time for it. */
  async lastLook(look                                           )                {
    const client = await this.#clients.lastNomad();
    try {
      await look(new Deployment(this.settings, { ...this.#clients, nomad: async () => client }));
    } finally {
      await client.close();
    }
  }

  /** Everything that carries the deployment's name, where this Nomad can tell. */
  async surveyIfPossible()                  {
    const { look } = this.#clients;
    return look === undefined ? await (0,_nomad_survey_js__WEBPACK_IMPORTED_MODULE_10__/* .surveyDeployment */ .G)(await this.client(), this.name) : await look.survey(this.name);
  }

  /** The running jobs of these namespaces that no deployment owns. */
  async ownerless(namespaces                     )                             {
    const { look } = this.#clients;
    return look === undefined ? await (0,_nomad_survey_js__WEBPACK_IMPORTED_MODULE_10__.listOwnerless)(await this.client(), namespaces) : await look.ownerless(namespaces);
  }

  /**
   * Everything that carries the deployment's name, for operations that change the cluster: they never guess.
   *
   * @throws ActionError on a Nomad that is too old to tell
   */
  async survey()                                       {
    const survey = await this.surveyIfPossible();
    if (survey.filtered) return survey;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ(
      'nomad-error',
      'This Nomad cannot list the jobs of one deployment, so nobody can say whose jobs would be touched.',
      {
        hint: 'Nomad 1.6 and newer can. Upgrade the servers, or run nomad-pack by hand (`operation: setup`).',
      },
    );
  }

  /**
   * Makes sure that nothing in a namespace means nothing, and not a name that is misspelt or a token that may not look: Nomad answers
   * a list of jobs as if such a namespace were empty.
   *
   * @throws ActionError with the reason `nomad-namespace`
   */
  async requireNamespace()                {
    const client = await this.client();
    try {
      await client.get(`/v1/namespace/${encodeURIComponent(this.namespace)}`, _nomad_api_js__WEBPACK_IMPORTED_MODULE_1__/* .namespaceSchema */ .P8);
    } catch (error) {
      if (!(0,_nomad_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .isMissing */ .b2)(error)) throw error;
      const orUnseen = client.isAnonymous ? '' : ', or the token may not see it';
      throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ(
        'nomad-namespace',
        `There is no namespace \`${this.namespace}\` in Nomad at ${this.settings.nomad.address}${orUnseen}.`,
        {
          hint: 'Set `nomad_namespace` to the one that the deployment is in, and give the token rights there.',
          cause: error,
        },
      );
    }
  }

  /**
   * What a deploy of these jobs would do to the other jobs of the cluster.
   *
   * @param reach how far nomad-pack reaches
   */
  async claim(rendered                   , reach       )                 {
    const [survey, existing] = await Promise.all([this.survey(), this.existing(rendered)]);
    const adopt = new Set(this.settings.rollout.adoptJobs);
    (0,_claim_js__WEBPACK_IMPORTED_MODULE_11__/* .refuseUnknown */ .B)(adopt, rendered);
    const ownership = (0,_nomad_ownership_js__WEBPACK_IMPORTED_MODULE_7__/* .compareOwnership */ .lO)(this.owner, rendered, { ...survey, existing }, reach, adopt);
    return { ...ownership, present: survey.jobs, existing, index: survey.index };
  }

  /**
   * Refuses a deploy that would take what belongs to others.
   *
   * @throws ActionError
   */
  refuseStrangers(claim       )       {
    const [fault] = this.faultsOf(claim);
    if (fault !== undefined) throw fault;
  }

  /** Why a deploy that takes what belongs to others is refused; empty where it takes nothing. */
  faultsOf(claim       )                         {
    return (0,_nomad_ownership_js__WEBPACK_IMPORTED_MODULE_7__/* .ownershipFaults */ .H8)(this.owner, claim, this.settings.rollout);
  }

  /** Why Nomad would refuse to register the jobs over those that are there; empty where it would not. */
  kindFaults(rendered                        , { existing }       )                         {
    return rendered.flatMap((job) => (0,_nomad_kinds_js__WEBPACK_IMPORTED_MODULE_6__/* .kindFault */ .h)(job, existing.get((0,_nomad_jobs_js__WEBPACK_IMPORTED_MODULE_5__/* .jobKey */ .tv)(job))) ?? []);
  }

  /** Whether a job's metadata says that it is of this deployment. */
  owns(meta                            )          {
    return (0,_nomad_jobs_js__WEBPACK_IMPORTED_MODULE_5__/* .isOwnedBy */ .D0)(meta ?? null, this.owner);
  }

  /** @param namespaces where the deployment goes; by default where jobs go whose specification names none */
  locate(
    jobs                        ,
    namespaces                      = new Set([this.settings.nomad.namespace]),
  )              {
    const own = jobs.filter((job) => job.pack.name === this.owner.packName);
    return {
      here: own.filter((job) => namespaces.has(job.namespace)),
      elsewhere: own.filter((job) => !namespaces.has(job.namespace)),
      others: jobs.filter((job) => job.pack.name !== this.owner.packName),
    };
  }

  /** The jobs of the deployment in these namespaces. */
  async findOwn(namespaces                     )                                  {
    return this.locate((await this.survey()).jobs, namespaces).here;
  }

  /** The jobs that exist among these, by `jobKey`, whoever owns them. */
  async existing(refs                   )                                    {
    return await (0,_nomad_jobs_js__WEBPACK_IMPORTED_MODULE_5__/* .readExisting */ .Y7)(await this.client(), refs);
  }

  /** How the jobs are that a survey has found. */
  async states(jobs                        )                      {
    return await (0,_nomad_state_js__WEBPACK_IMPORTED_MODULE_8__/* .readJobStates */ ._n)(await this.client(), jobs);
  }

  /** How those of the jobs are that carry the deployment's name. */
  async statesOf(refs                   )                      {
    if (refs.length === 0) return [];
    const keys = new Set(refs.map(_nomad_jobs_js__WEBPACK_IMPORTED_MODULE_5__/* .jobKey */ .tv));
    const { jobs } = await this.survey();
    return await this.states(jobs.filter((job) => keys.has((0,_nomad_jobs_js__WEBPACK_IMPORTED_MODULE_5__/* .jobKey */ .tv)(job))));
  }

  /** The versions of the jobs, before something is done to them. */
  async snapshot(refs                   )                           {
    return await (0,_nomad_submission_js__WEBPACK_IMPORTED_MODULE_9__/* .snapshotVersions */ .aQ)(await this.client(), refs);
  }

  /** The jobs as nomad-pack registers them: with `preserve_counts`, groups that exist keep their counts. */
  adjusted(jobs                        , existing                          )                         {
    return this.settings.rollout.preserveCounts ? (0,_nomad_counts_js__WEBPACK_IMPORTED_MODULE_2__/* .keepCounts */ .g)(jobs, existing) : jobs;
  }

  /**
   * What registering the jobs would do, as Nomad foresees it; nothing is changed.
   *
   * @param existing the jobs that exist among these, by `jobKey`
   */
  async plan(jobs                        , existing                          )                        {
    return await (0,_nomad_dry_run_js__WEBPACK_IMPORTED_MODULE_3__/* .planJobs */ .KR)(await this.client(), this.adjusted(jobs, existing));
  }

  /** Those of the jobs that Nomad has otherwise than the pack renders to: registering them would change something. */
  async unlike(jobs                        )                         {
    const existing = this.settings.rollout.preserveCounts ? await this.existing(jobs) : new Map();
    const changes = (0,_nomad_dry_run_js__WEBPACK_IMPORTED_MODULE_3__/* .describePlans */ .IX)(await this.plan(jobs, existing), () => undefined);
    const unlike = new Set(changes.filter(({ action }) => action !== 'none').map(_nomad_jobs_js__WEBPACK_IMPORTED_MODULE_5__/* .jobKey */ .tv));
    return jobs.filter((job) => unlike.has((0,_nomad_jobs_js__WEBPACK_IMPORTED_MODULE_5__/* .jobKey */ .tv)(job)));
  }
}

/** The namespaces that the jobs go to. */
function namespacesOf(jobs                   )              {
  return new Set(jobs.map(({ namespace }) => namespace));
}

/** `web (default), api (default)` */
function nameJobs(jobs                   )         {
  return jobs.map(({ id, namespace }) => `${id} (${namespace})`).join(', ');
}


/***/ })

};

