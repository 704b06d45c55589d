export const id = "shared-nomad";
export const ids = ["shared-nomad"];
export const modules = {

/***/ 4109:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ readAnswer),
/* harmony export */   y: () => (/* binding */ UnreadableAnswer)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2027);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1023);
                                   



/** Nomad answered with success, but not with what this endpoint answers. */
class UnreadableAnswer extends _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ {
  /** What is wrong with it. */
           words        ;

  constructor(words        , message        , cause          ) {
    super('nomad-error', message, {
      hint: 'Check that `nomad_addr` is the address of Nomad’s HTTP API, and that no proxy answers in its place.',
      cause,
      passing: true,
    });
    this.words = words;
  }
}

/**
 * An answer as its schema reads it.
 *
 * @throws UnreadableAnswer that names the field that is wrong, never what is in it
 */
function readAnswer      (schema                     , { method, path }       , text        )       {
  const answer = parse(text);
  const refuse = (words        , cause          ) =>
    new UnreadableAnswer(words, `Nomad’s answer to ${method} ${path} cannot be read: ${words}`, cause);
  let result                                   ;
  try {
    result = schema.safeParse(answer);
  } catch (cause) {
    throw refuse('it is nested too deeply', cause);
  }
  if (result.success) return result.data;
  throw refuse(explain(result.error.issues[0], answer));
}

/** `undefined` for no text at all, which is what some endpoints have to say. */
function parse(text        )          {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UnreadableAnswer(
      'it is not JSON',
      `What answered is no Nomad: ${JSON.stringify(text.slice(0, _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .mostWords */ .D4))} is no JSON`,
      cause,
    );
  }
}

                              

function explain(issue                   , answer         )         {
  if (answer === undefined) return 'it is empty';
  const path = issue?.path ?? [];
  const found = path.reduce         ((value, key) => (value                                       )?.[key], answer);
  const name = path.length === 0 ? 'it' : `\`${pathText(path)}\``;
  return issue?.code === 'invalid_type'
    ? `${name} must be ${KINDS[issue.expected] ?? issue.expected} (got ${kindOf(found)})`
    : `${name} is not what Nomad documents`;
}

const KINDS                                   = {
  array: 'a list',
  object: 'an object',
  record: 'an object',
  string: 'a text',
  number: 'a number',
  boolean: '`true` or `false`',
};

function kindOf(value         )         {
  if (value === undefined) return 'nothing';
  if (value === null) return '`null`';
  return Array.isArray(value) ? 'a list' : (KINDS[typeof value] ?? typeof value);
}

/** `[0].Meta.team`, as in a program. */
function pathText(path                        )         {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
}


/***/ }),

/***/ 7898:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ck: () => (/* binding */ deploymentsSchema),
/* harmony export */   Jf: () => (/* binding */ jobPath),
/* harmony export */   Jx: () => (/* binding */ jobSummarySchema),
/* harmony export */   L4: () => (/* binding */ promotionAnswerSchema),
/* harmony export */   M7: () => (/* binding */ checkResultsSchema),
/* harmony export */   MF: () => (/* binding */ evaluationSchema),
/* harmony export */   MK: () => (/* binding */ jobVersionsSchema),
/* harmony export */   Mx: () => (/* binding */ jobPlanSchema),
/* harmony export */   NH: () => (/* binding */ evaluationsSchema),
/* harmony export */   P6: () => (/* binding */ allocationsSchema),
/* harmony export */   P8: () => (/* binding */ namespaceSchema),
/* harmony export */   Pr: () => (/* binding */ nothingSchema),
/* harmony export */   Q$: () => (/* binding */ parsedJobSchema),
/* harmony export */   Yg: () => (/* binding */ variableListSchema),
/* harmony export */   bk: () => (/* binding */ loginAnswerSchema),
/* harmony export */   eF: () => (/* binding */ evaluationAnswerSchema),
/* harmony export */   fP: () => (/* binding */ deploymentSchema),
/* harmony export */   jQ: () => (/* binding */ jobSchema),
/* harmony export */   l4: () => (/* binding */ peersSchema),
/* harmony export */   lW: () => (/* binding */ jobStatusesSchema),
/* harmony export */   un: () => (/* binding */ variableSchema),
/* harmony export */   yn: () => (/* binding */ jobStubsSchema)
/* harmony export */ });
/* harmony import */ var zod_mini__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8395);
/* harmony import */ var zod_mini__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3305);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2027);



/**
 * Answers of Nomad's HTTP API: a schema for each endpoint, with exactly the fields that are read here, as Nomad names them. What an
 * answer holds besides is dropped, but for job specifications, which are handed back to Nomad as they came.
 *
 * Lists and maps inside an answer are `null` where they are empty; an answer that is a list never is (measured on Nomad 2.0.6). Times
 * are nanoseconds since 1970, beyond what a number holds exactly: good for ordering and showing only.
 */

/** What a schema reads; nobody changes it. */
                                                                      

                                                     
                              
                    
                                                      
        

const text = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP();
const number = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig();
const flag = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .boolean */ .zMY();

/** One of Nomad's words, of which a later version may have more. */
const word =                      () => text                                  ;

const list =                             (item      ) => zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .nullable */ .mee(zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(item));
const map =                              (value       ) => zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .nullable */ .mee(zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .record */ .g1P(text, value));

/** An object whose other fields are kept, too; they are no part of its type. */
const keepingAll = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3                   ;

                                                                  

/** Nomad's own word for a job's state, which says little about its health. */
                                                            

/** A job by what identifies it. */
                         
                      
                             
 

                                                       

/** Allocations of a task group by their state, of all versions of the job; those that Nomad has forgotten stay counted. */
const groupSummary = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({
  Queued: number,
  Complete: number,
  Failed: number,
  Running: number,
  Starting: number,
  Lost: number,
  // Nomad has it since 1.3.
  Unknown: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* ._default */ .Rvf(number, 0),
});

                                                     

/** `GET /v1/job/:id/summary`: by task group, also those that the job no longer has. */
const jobSummarySchema = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({ Summary: map(groupSummary) });

const jobStub = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({
  ID: text,
  ParentID: text,
  Namespace: text,
  Type: word         (),
  Periodic: flag,
  ParameterizedJob: flag,
  Stop: flag,
  Status: word                (),
  // Only a Nomad that can filter tells it.
  Meta: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(map(text)),
  JobSummary: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .nullable */ .mee(jobSummarySchema),
  JobModifyIndex: number,
  SubmitTime: number,
});

                                           

/** `GET /v1/jobs?meta=true` */
const jobStubsSchema = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(jobStub);

/** Durations are nanoseconds. */
const updateStrategy = keepingAll({
  MaxParallel: number,
  MinHealthyTime: number,
  HealthyDeadline: number,
  ProgressDeadline: number,
  AutoRevert: flag,
  AutoPromote: flag,
  /** How many canaries; of a system job, on how many of 100 nodes. */
  Canary: number,
  /** What tells that an allocation is healthy; `manual`: nothing does, somebody has to say so. */
  HealthCheck: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(word                                          ()),
});

                                                         

const task = keepingAll({
  Name: text,
  Driver: text,
  /** Of a task that prepares the main ones, stands beside them or cleans up after them; `null` for a main task. */
  Lifecycle: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .nullable */ .mee(keepingAll({ Hook: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .nullable */ .mee(text)) }))),
});

                                     

const taskGroup = keepingAll({
  Name: text,
  Count: number,
  Tasks: list(task),
  Update: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .nullable */ .mee(updateStrategy)),
});

                                               

const anyObject = keepingAll({});

/** `GET /v1/job/:id` */
const jobSchema = keepingAll({
  ID: text,
  ParentID: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(text),
  Name: text,
  Namespace: text,
  Region: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .nullable */ .mee(text)),
  Type: word         (),
  Periodic: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .nullable */ .mee(anyObject),
  ParameterizedJob: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .nullable */ .mee(anyObject),
  Meta: map(text),
  TaskGroups: list(taskGroup),
  Update: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .nullable */ .mee(updateStrategy)),
  Stop: flag,
  Stable: flag,
  Status: word                (),
  Version: number,
  ModifyIndex: number,
  JobModifyIndex: number,
  SubmitTime: number,
});

/** A job specification. It is handed back to Nomad as it came, so it has more fields than these. */
                                         

/** `GET /v1/job/:id/versions`, newest first. */
const jobVersionsSchema = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({ Versions: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(jobSchema) });

                              
                  
             
             
                
             
            
            
                
                

const deploymentGroup = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({
  AutoPromote: flag,
  AutoRevert: flag,
  Promoted: flag,
  DesiredCanaries: number,
  DesiredTotal: number,
  PlacedAllocs: number,
  HealthyAllocs: number,
  UnhealthyAllocs: number,
  PlacedCanaries: list(text),
  /** Nanoseconds. */
  ProgressDeadline: number,
});

                                                           

/** `GET /v1/deployment/:id`: a rollout. */
const deploymentSchema = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({
  ID: text,
  JobID: text,
  Namespace: text,
  JobVersion: number,
  JobModifyIndex: number,
  JobSpecModifyIndex: number,
  Status: word                  (),
  StatusDescription: text,
  /** Of a system job, `null` for a group that no node is fit for. */
  TaskGroups: map(zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .nullable */ .mee(deploymentGroup)),
  CreateIndex: number,
  ModifyIndex: number,
});

                                                       

/** `GET /v1/job/:id/deployments` */
const deploymentsSchema = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(deploymentSchema);

/** Why the scheduler placed nothing. Counts are of nodes. */
const allocationMetric = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({
  NodesEvaluated: number,
  NodesFiltered: number,
  NodesExhausted: number,
  NodesInPool: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(number),
  NodePool: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(text),
  /** By datacenter. */
  NodesAvailable: map(number),
  ClassFiltered: map(number),
  ConstraintFiltered: map(number),
  ClassExhausted: map(number),
  DimensionExhausted: map(number),
  QuotaExhausted: list(text),
  /** What each task asks for, by task. */
  ResourcesExhausted: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(
    map(
      zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({
        CPU: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(number),
        Cores: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(number),
        MemoryMB: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(number),
        DiskMB: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(number),
      }),
    ),
  ),
  /** How many allocations beyond the first failed for the same cause. */
  CoalescedFailures: number,
});

                                                             

/** `GET /v1/evaluation/:id` */
const evaluationSchema = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({
  ID: text,
  JobID: text,
  Namespace: text,
  JobModifyIndex: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* ._default */ .Rvf(number, 0),
  Status: word                                                            (),
  StatusDescription: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(text),
  TriggeredBy: text,
  NextEval: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(text),
  PreviousEval: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(text),
  BlockedEval: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(text),
  DeploymentID: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(text),
  FailedTGAllocs: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(map(allocationMetric)),
  QueuedAllocations: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(map(number)),
  /** RFC 3339: not to be looked at earlier, for a failed allocation that is replaced after a while. */
  WaitUntil: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(text),
  CreateIndex: number,
  ModifyIndex: number,
});

                                                       

/** `GET /v1/job/:id/evaluations` */
const evaluationsSchema = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(evaluationSchema);

                                                                                              

const taskEvent = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({
  Type: text,
  Time: number,
  DisplayMessage: text,
  Details: map(text),
  ExitCode: number,
  Signal: number,
  FailsTask: flag,
});

                                               

const taskState = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({
  State: word                                (),
  Failed: flag,
  Restarts: number,
  StartedAt: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .nullable */ .mee(text),
  FinishedAt: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .nullable */ .mee(text),
  /** Oldest first. */
  Events: list(taskEvent),
});

                                               

const allocation = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({
  ID: text,
  JobID: text,
  Namespace: text,
  JobVersion: number,
  TaskGroup: text,
  NodeID: text,
  NodeName: text,
  DesiredStatus: word                          (),
  ClientStatus: word              (),
  ClientDescription: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(text),
  DeploymentStatus: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .nullable */ .mee(zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({ Healthy: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .nullable */ .mee(flag), Canary: flag })),
  TaskStates: map(taskState),
  FollowupEvalID: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(text),
  CreateIndex: number,
  ModifyIndex: number,
  CreateTime: number,
  ModifyTime: number,
});

                                                 

/** `GET /v1/job/:id/allocations` */
const allocationsSchema = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(allocation);

/** The result of a service's health check that Nomad itself runs. */
const checkResult = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({
  /** The check's name; `service: "web" check` for one that was not given any. */
  Check: text,
  Service: text,
  /** Only `healthiness` counts for a rollout. */
  Mode: word                             (),
  Status: word                                   (),
  Output: text,
});

                                                   

/** `GET /v1/client/allocation/:id/checks`, by an id of the check */
const checkResultsSchema = map(checkResult);

const statusAllocation = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({
  ID: text,
  Group: text,
  NodeID: text,
  ClientStatus: word              (),
  JobVersion: number,
  DeploymentStatus: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({ Canary: flag, Healthy: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .nullable */ .mee(flag) }),
  /** The evaluation that will replace a failed allocation; empty where there is none. */
  FollowupEvalID: text,
});

                                                             

const statusDeployment = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({
  ID: text,
  IsActive: flag,
  JobVersion: number,
  Status: word                  (),
  StatusDescription: text,
  AllAutoPromote: flag,
  RequiresPromotion: flag,
});

                                                             

const jobStatuses = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({
  ID: text,
  Namespace: text,
  Name: text,
  Type: word         (),
  Version: number,
  SubmitTime: number,
  ModifyIndex: number,
  ParentID: text,
  Stop: flag,
  Status: word                (),
  /** What the counts of all task groups add up to. */
  GroupCountSum: number,
  /** Of a periodic or parameterized job; `null` for any other. */
  ChildStatuses: list(word                ()),
  Allocs: list(statusAllocation),
  LatestDeployment: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .nullable */ .mee(statusDeployment),
});

                                                   

/** `POST /v1/jobs/statuses`; from Nomad 1.8 on. */
const jobStatusesSchema = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(jobStatuses);

/** How many allocations of a task group the scheduler would treat how. */
const desiredUpdates = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({
  Ignore: number,
  Place: number,
  Migrate: number,
  Stop: number,
  InPlaceUpdate: number,
  DestructiveUpdate: number,
  Canary: number,
});

                                                         

                                                               

const fieldDiff = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({ Type: word          (), Name: text, Old: text, New: text });

                                               

/** A difference: of a job, a task group, a task, or any block inside. */
                             
                          
                                     
                                               
                                                 
 

const diffFields = {
  Type: word          (),
  Fields: list(fieldDiff),
  Objects: list(zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .lazy */ .RZV(()                            => objectDiff)),
};

const objectDiff = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({ ...diffFields, Name: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(text) });

const taskDiff = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({ ...diffFields, Name: text });

                                             

const taskGroupDiff = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({ ...diffFields, Name: text, Tasks: list(taskDiff) });

                                                       

const jobDiff = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({ ...diffFields, ID: text, TaskGroups: list(taskGroupDiff) });

                                           

/** `POST /v1/job/:id/plan` */
const jobPlanSchema = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({
  Annotations: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .nullable */ .mee(zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({ DesiredTGUpdates: map(desiredUpdates) })),
  FailedTGAllocs: map(allocationMetric),
  /** 0 for a job that does not exist. */
  JobModifyIndex: number,
  Diff: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .nullable */ .mee(jobDiff),
  Warnings: text,
});

                                                 

/** The specification before Nomad fills in its defaults: what the template does not say is `null`. */
                               
                                    
                                 
                               
  

/** `POST /v1/jobs/parse` */
const parsedJobSchema = keepingAll({
  ID: text,
  Namespace: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .nullable */ .mee(text)),
  Region: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .nullable */ .mee(text)),
  Name: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .nullable */ .mee(text)),
  Meta: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(map(text)),
  TaskGroups: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(list(keepingAll({ Name: text, Tasks: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(list(task)) }))),
})                                       ;

/** What a write answers that led to an evaluation: `DELETE /v1/job/:id`, `POST /v1/job/:id/revert`. */
const evaluationAnswerSchema = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({
  /** Empty where nothing is to be evaluated: for a periodic or parameterized job. */
  EvalID: text,
  JobModifyIndex: number,
});

                                                                   

/** `POST /v1/deployment/promote/:id` */
const promotionAnswerSchema = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({ EvalID: text });

/** `POST /v1/acl/login` */
const loginAnswerSchema = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({
  SecretID: text.check(zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._minLength */ .m9(1)),
  AccessorID: text,
  ExpirationTime: text.check(zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .refine */ .YPB((time) => !Number.isNaN(Date.parse(time)))),
});

/** `GET /v1/namespace/:name` */
/** `GET /v1/var/:path` */
const variableSchema = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({ Items: map(text) });

/** `GET /v1/vars` */
const variableListSchema = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({ Path: text, Namespace: text }));

/** Of an answer whose words nobody needs. */
const nothingSchema = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .unknown */ .L5J();

const namespaceSchema = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({ Name: text });

/** `GET /v1/status/peers`: the addresses of a region's servers. */
const peersSchema = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(text);

/**
 * The path of a job and what is below it, its id encoded: ids may hold slashes.
 *
 * @throws ActionError `job-specification` for an id that no path can hold: dots alone lead to another folder, encoded or not.
 */
function jobPath(id        , below = '')         {
  if (id === '.' || id === '..') {
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('job-specification', `"${id}" is no name that a job can be asked for by`, {
      hint: 'Let the pack give the job another name.',
    });
  }
  return `/v1/job/${encodeURIComponent(id)}${below}`;
}


/***/ }),

/***/ 1023:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D4: () => (/* binding */ mostWords),
/* harmony export */   Sc: () => (/* binding */ NomadUnreachableError),
/* harmony export */   U3: () => (/* binding */ responseError),
/* harmony export */   b2: () => (/* binding */ isMissing),
/* harmony export */   bE: () => (/* binding */ refusesToken),
/* harmony export */   dg: () => (/* binding */ isTransient),
/* harmony export */   zY: () => (/* binding */ NomadResponseError)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2027);


/** A response of Nomad that is not a success. What it was asked is in the message; the token never is. */
class NomadResponseError extends _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ {
           status        ;
  /** The server's own words. */
           words        ;

  constructor(reason               , message        , hint        , status        , words        ) {
    super(reason, message, { hint, passing: isTransient(status, words) });
    this.status = status;
    this.words = words;
  }
}

/** No answer of Nomad's, as far as the request was tried. */
class NomadUnreachableError extends _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ {
  /** Nothing of the last attempt has reached Nomad; a request that is not repeatable has no other that did. */
           unsent         ;

  constructor(message        , hint        , unsent         ) {
    super('nomad-unreachable', message, { hint, passing: true });
    this.unsent = unsent;
  }
}

/** Whether Nomad answered that there is no such thing. */
function isMissing(error         )          {
  return error instanceof NomadResponseError && error.status === 404;
}

/** A request in the words of an error: what was asked, of which namespace, and whether with a token. */
                        
                          
                           
                        
                           
                             
                              
 

/**
 * Of Nomad's words. It repeats what it was sent, and a secret that is cut in two is recognised by nobody: so this is much more than is
 * ever shown, and the report makes it shorter. Characters.
 */
const mostWords = 64 * 1024;

/** What to throw for a response whose status is not one of success. */
function responseError(asked       , status        , body        )                     {
  const words = body.trim().slice(0, mostWords) || `status ${status}`;
  // Nomad counts its errors first, and lists them below: the first line would say nothing.
  const plain = words.replace(/\d+ errors? occurred:\s*\* /g, '');
  const make = (reason               , message        , hint        ) =>
    new NomadResponseError(reason, message, hint, status, words);

  if (status === 403 || refusesToken(words)) {
    if (!asked.withToken) {
      return make(
        'nomad-auth',
        `Nomad at ${asked.address} wants a token for ${asked.method} ${asked.path}: ${words}`,
        'Set `nomad_token` to an ACL token, or `nomad_auth_method` to log in with the workflow’s OIDC token.',
      );
    }
    if (refusesToken(words)) {
      return make(
        'nomad-auth',
        `Nomad at ${asked.address} does not accept the token: ${words}`,
        'Set `nomad_token` to the secret ID of a token that exists and has not expired.',
      );
    }
    const where = asked.namespace === '*' ? 'any namespace' : `namespace "${asked.namespace}"`;
    return make(
      'nomad-auth',
      `The token may not do ${asked.method} ${asked.path} in ${where}: ${words}`,
      'Give the policy of `nomad_token` the rights for that namespace, or set `nomad_namespace` to one that it may use. Nomad says the same of a token that does not exist or has expired: nomad acl token self.',
    );
  }
  if (/nonexistent namespace|namespace .* (not found|does not exist)/i.test(words)) {
    return make(
      'nomad-namespace',
      `Nomad at ${asked.address} has no such namespace: ${plain}`,
      'Set `nomad_namespace` (or the namespace that the pack’s template names) to one that exists, or create it: nomad namespace apply NAME.',
    );
  }
  if (/HTTP request to an HTTPS server/i.test(words)) {
    return make(
      'nomad-address',
      `Nomad at ${asked.address} speaks HTTPS, and was asked over HTTP`,
      'Set `nomad_addr` to an address that begins with https://.',
    );
  }
  if (/No path to region/i.test(words)) {
    return make(
      'nomad-error',
      `Nomad at ${asked.address} does not know the region: ${words}`,
      'Set `nomad_region` to a region of the cluster, or leave it empty.',
    );
  }
  return make(
    'nomad-error',
    `Nomad answered ${asked.method} ${asked.path} with status ${status}: ${plain}`,
    status === 404
      ? 'Check that `nomad_addr` is the address of Nomad’s HTTP API, and that the cluster is of a version that has this endpoint.'
      : 'Those are Nomad’s own words; the log of its servers may say more.',
  );
}

/** Whether words of Nomad's mean that it knows no such token (any more). Some endpoints say so with status 500. */
function refusesToken(words        )          {
  return /ACL token (?:not found|expired|is invalid)|failed to parse signed token|missing key ID header/i.test(words);
}

/** Words with which Nomad answers status 500 although it will say the same again. */
const LASTING =
  /errors? occurred|not found|nonexistent namespace|No path to (?:region|node)|enforcing version|UUID must be|cannot unmarshal/i;

/** Whether the same request may well succeed a moment later. */
function isTransient(status        , body        )          {
  if (status === 429) return true;
  if (status < 500 || status === 501 || status === 505) return false;
  return status !== 500 || !(LASTING.test(body) || refusesToken(body));
}


/***/ })

};

