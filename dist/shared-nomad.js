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
                                   

                                         

/**
 * Longer answers are not quoted: a part of one may end within a secret, which then nobody recognises. The report makes shorter what is quoted.
 * Characters.
 */
const LONGEST_QUOTE = 64 * 1024;

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
      text.length > LONGEST_QUOTE
        ? 'What answered is not Nomad: its answer is not JSON'
        : `What answered is not Nomad: ${JSON.stringify(text)} is not JSON`,
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
/* harmony export */   Sb: () => (/* binding */ tagAnswerSchema),
/* harmony export */   XQ: () => (/* binding */ stoppedAllocationSchema),
/* harmony export */   Yg: () => (/* binding */ variableListSchema),
/* harmony export */   bk: () => (/* binding */ loginAnswerSchema),
/* harmony export */   ds: () => (/* binding */ validationSchema),
/* harmony export */   eF: () => (/* binding */ evaluationAnswerSchema),
/* harmony export */   fP: () => (/* binding */ deploymentSchema),
/* harmony export */   jQ: () => (/* binding */ jobSchema),
/* harmony export */   l4: () => (/* binding */ peersSchema),
/* harmony export */   lW: () => (/* binding */ jobStatusesSchema),
/* harmony export */   un: () => (/* binding */ variableSchema),
/* harmony export */   yn: () => (/* binding */ jobStubsSchema)
/* harmony export */ });
/* harmony import */ var zod_mini__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8395);
/* harmony import */ var zod_mini__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3759);
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

/** An object whose other fields are kept, too; they are not part of its type. */
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
  /** Nomad 1.9 and newer have tags; a version that Nomad made of a tagged one, as a stop does, has the same. */
  VersionTag: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .nullable */ .mee(keepingAll({ Name: text, Description: text }))),
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
  /** The one that has taken its place; empty where there is none. */
  NextAllocation: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(text),
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

                                                 

/** `POST /v1/validate/job` */
const validationSchema = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({
  /** Each with the problems of its parts below it; `null` where there are none. */
  ValidationErrors: zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .nullable */ .mee(zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP())),
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

/** `POST /v1/allocation/:id/stop` */
const stoppedAllocationSchema = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({ EvalID: text });

/** `POST /v1/job/:id/versions/:tag/tag` */
const tagAnswerSchema = zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({ Name: text });

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
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('job-specification', `"${id}" is not a name that a job can be asked for by`, {
      hint: 'Let the pack give the job another name.',
    });
  }
  return `/v1/job/${encodeURIComponent(id)}${below}`;
}


/***/ }),

/***/ 2528:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ keepCounts)
/* harmony export */ });
/* harmony import */ var _jobs_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2656);
                                    

                                                      

/**
 * The jobs as `nomad-pack run --preserve-counts` would register them: groups that are there already keep their counts. Nomad's
 * plan knows no such option.
 *
 * @param existing jobs by `jobKey`.
 */
function keepCounts(rendered                        , existing                          )                {
  return rendered.map((job) => {
    const groups = existing.get((0,_jobs_js__WEBPACK_IMPORTED_MODULE_0__/* .jobKey */ .tv)(job))?.TaskGroups ?? [];
    const counts = new Map(groups.map((group) => [group.Name, group.Count]));
    const { specification } = job;
    const TaskGroups = (specification.TaskGroups ?? []).map((group) => {
      const Count = counts.get(group.Name);
      return Count === undefined ? group : { ...group, Count };
    });
    return { ...job, specification: { ...specification, TaskGroups } };
  });
}


/***/ }),

/***/ 2438:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  fs: () => (/* binding */ changesOf),
  tX: () => (/* binding */ differences),
  dw: () => (/* binding */ withoutServerFields)
});

;// CONCATENATED MODULE: ./build/js/nomad/durations.js
/**
 * The fields of a job that are durations: Nomad tells them in nanoseconds, among other numbers. They are the fields of type
 * `time.Duration` in its `structs` package, under the names that its differences have.
 */
const DURATIONS                      = new Set([
  'ConnectTimeout',
  'Deadline',
  'Delay',
  'GracePeriod',
  'Grace',
  'HealthyDeadline',
  'Interval',
  'KillTimeout',
  'LostAfter',
  'Max',
  'MaxClientDisconnect',
  'MaxDelay',
  'MaxRunDuration',
  'Min',
  'MinHealthyTime',
  'ProgressDeadline',
  'ShutdownDelay',
  'Splay',
  'Stagger',
  'StopAfterClientDisconnect',
  'StopOnClientAfter',
  'TTL',
  'Timeout',
  'VaultGrace',
]);

const MILLISECOND = 1_000_000;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** The value of a field for a reader: `10s`, `1h30m` or `1.5s` where it is a duration; else as it is. What is less than a millisecond is a count. */
function readableDuration(name        , value        )         {
  if (!DURATIONS.has(name) || !/^\d{7,18}$/.test(value)) return value;
  const time = Number(value) / MILLISECOND;
  if (!Number.isInteger(time)) return value;
  if (time < SECOND) return `${time}ms`;
  const [hours, minutes, seconds] = [
    Math.floor(time / HOUR),
    Math.floor((time % HOUR) / MINUTE),
    (time % MINUTE) / SECOND,
  ];
  const parts = [
    [hours, 'h'],
    [minutes, 'm'],
    [seconds, 's'],
  ]         ;
  return parts.map(([number, unit]) => (number === 0 ? '' : `${number}${unit}`)).join('');
}

;// CONCATENATED MODULE: ./build/js/nomad/diff.js
                                                
                                                                              


/** What is written in the place of a value that nobody may see. */
const HIDDEN = '***';

/** What of a difference may be shown. */
                             
                                            
                                                                                            
                                                 
                                                                                        
                                                 
 

/** A field of a job that differs. */
                         
                                                                      
                        
                            
                                                          
                                 
 

/** A difference twice: as data, and for a reader. */
                             
                                                                                                                               
                        
                              
 

/**
 * The differences, sorted by path: Nomad gives them in no fixed order.
 *
 * @param isDefault whether a value is one that the job specification leaves to Nomad
 */
function differences(
  job         ,
  disclosure            ,
  isDefault                              = () => false,
)               {
  return changesOf(job)
    .map((change) => difference(change, disclosure, isDefault(change)))
    .sort((a, b) => order(a.field.path, b.field.path) || order(a.line, b.line));
}

/**
 * The difference without what Nomad itself has added to the job: it writes indexes into the scaling policies of a job that is new, takes the
 * same job without them for another one, and names no field.
 */
function withoutServerFields(diff         )          {
  const groups = diff.TaskGroups?.map(withoutPolicyIndexes) ?? null;
  const isEmpty = (diff.Fields ?? []).length + (diff.Objects ?? []).length === 0;
  const isSame = diff.Type === 'Edited' && isEmpty && (groups ?? []).every(({ Type }) => Type === 'None');
  // A job that Nomad calls edited without a scaling policy stays so, whatever it means.
  const Type = isSame && groups?.some((group, index) => group !== diff.TaskGroups?.[index]) ? 'None' : diff.Type;
  return { ...diff, TaskGroups: groups, Type };
}

function withoutPolicyIndexes(group               )                {
  const objects = (group.Objects ?? []).filter((object) => !isPolicyIndex(object));
  if (objects.length === (group.Objects ?? []).length) return group;
  const isSame =
    objects.length + (group.Fields ?? []).length === 0 && (group.Tasks ?? []).every(({ Type }) => Type === 'None');
  return { ...group, Objects: objects, Type: isSame ? 'None' : group.Type };
}

function isPolicyIndex({ Name, Type, Fields, Objects }            )          {
  return Name === 'Scaling' && Type === 'Edited' && (Fields ?? []).length + (Objects ?? []).length === 0;
}

/** The fields of a job that differ, in no fixed order. */
function changesOf(job         )           {
  return [
    ...objectChanges(job, []),
    ...(job.TaskGroups ?? []).flatMap((group) => groupChanges(group, [`group "${group.Name}"`])),
  ];
}

function groupChanges(group               , path                   )           {
  return [
    ...objectChanges(group, path),
    ...(group.Tasks ?? []).flatMap((task) => objectChanges(task, [...path, `task "${task.Name}"`])),
  ];
}

function objectChanges({ Type, Fields, Objects }            , path                   )           {
  return [
    ...(Fields ?? [])
      .filter((field) => field.Type !== 'None')
      .map((field) => ({ path: [...path, field.Name].join(' > '), field, isInNewBlock: Type === 'Added' })),
    ...(Objects ?? []).flatMap((object) => objectChanges(object, [...path, object.Name ?? ''])),
  ];
}

function difference(change        , disclosure            , isDefault         )             {
  const { redact } = disclosure;
  const { Type, Old, New, Name } = change.field;
  const path = oneLine(redact(change.path));
  const [hidesOld, hidesNew] = [disclosure.hidesOld(change), disclosure.hidesNew(change)];
  const [before, after] = [hidesOld ? HIDDEN : redact(Old), hidesNew ? HIDDEN : redact(New)];
  const quoted = { before: JSON.stringify(before), after: JSON.stringify(after) };
  if (Type === 'Added') {
    return {
      line: `+ ${path}: ${quoted.after}`,
      field: { sign: '+', path, after: readableDuration(Name, after), isDefault },
    };
  }
  if (Type === 'Deleted') {
    return {
      line: `- ${path}: ${quoted.before}`,
      field: { sign: '-', path, before: readableDuration(Name, before), isDefault },
    };
  }
  return {
    line: `~ ${path}: ${quoted.before} => ${quoted.after}`,
    field: {
      sign: '~',
      path,
      before: readableDuration(Name, hidesOld ? knownLines(Old, after) : before),
      after: readableDuration(Name, after),
      isDefault,
    },
  };
}

/**
 * Of an old text that stays hidden, the lines that everybody sees in the new one; what stands between them is hidden as one, so that
 * nobody sees how long it is.
 */
function knownLines(old        , shown        )         {
  const known = new Set(shown.split('\n').filter((line) => !line.includes(HIDDEN)));
  const lines = old.split('\n').map((line) => (known.has(line) ? line : HIDDEN));
  return lines.filter((line, index) => line !== HIDDEN || lines[index - 1] !== HIDDEN).join('\n');
}

/** Names of groups, tasks and keys may hold anything; those of most jobs do not change by this. */
function oneLine(path        )         {
  return path.replace(/\p{Cc}/gu, (character) => JSON.stringify(character).slice(1, -1));
}

function order(a        , b        )         {
  return a < b ? -1 : a > b ? 1 : 0;
}


/***/ }),

/***/ 3362:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Vo: () => (/* binding */ byNamespaceAndId),
  PO: () => (/* binding */ canRedeploy),
  IX: () => (/* binding */ describePlans),
  iS: () => (/* binding */ leavesAlone),
  KR: () => (/* binding */ planJobs),
  gG: () => (/* binding */ redeployed)
});

// EXTERNAL MODULE: ./build/js/nomad/api.js
var api = __webpack_require__(7898);
// EXTERNAL MODULE: ./build/js/nomad/diff.js + 1 modules
var diff = __webpack_require__(2438);
// EXTERNAL MODULE: ./build/js/nomad/error-list.js
var error_list = __webpack_require__(8265);
// EXTERNAL MODULE: ./build/js/nomad/errors.js
var errors = __webpack_require__(1023);
// EXTERNAL MODULE: ./build/js/nomad/placement.js
var placement = __webpack_require__(3965);
// EXTERNAL MODULE: ./build/js/nomad/specification-faults.js
var specification_faults = __webpack_require__(5949);
;// CONCATENATED MODULE: ./build/js/nomad/stated.js
                                    
                                        

/**
 * Fields in which Nomad's parser cannot tell a zero that stands in the specification from none: they are not pointers in its `api`
 * package.
 */
const ZERO_IS_UNSET                      = new Set([
  'Chown',
  'Dispatched',
  'EnableTagOverride',
  'Env',
  'ErrMissingKey',
  'Expose',
  'FailuresBeforeCritical',
  'FailuresBeforeWarning',
  'File',
  'GRPCUseTLS',
  'IgnoreCollision',
  'Leader',
  'PerAlloc',
  'ReadOnly',
  'ShutdownDelay',
  'Sticky',
  'SuccessBeforePassing',
  'TLSSkipVerify',
  'To',
  'Value',
]);

/** What the parser fills in by itself. */
const FILLED_IN                      = new Set(['Perms="0644"', 'Splay="5000000000"']);

/** Blocks that Nomad moves from the job into each of its groups. */
const INHERITED = ['Update', 'Reschedule', 'Migrate']         ;

/**
 * Whether a value of a block that is new is one that the job specification says nothing about: Nomad's default, or what Nomad and
 * nomad-pack add.
 *
 * @param specification as the parser reads it when it is not to fill in defaults: what the specification does not set is null
 */
function defaultsOf(specification     )                              {
  const stated = statedValues(specification);
  return ({ path, field, isInNewBlock }) => {
    if (!isInNewBlock || field.Type !== 'Added') return false;
    const segments = path.split(' > ');
    if (/^Meta\[pack\./.test(path)) return true;
    // Nobody but the specification writes into maps.
    if (segments.includes('Config') || /\[/.test(field.Name)) return false;
    const scope = segments.filter((segment) => /^(?:group|task) "/.test(segment)).join(' > ');
    return !(stated.get(scope)?.has(`${field.Name}=${JSON.stringify(field.New)}`) ?? true);
  };
}

/** The values that stand in the specification, as `Name="value"`, by where they stand: in the job, a group, a task. */
function statedValues(job     )                                           {
  const { TaskGroups, ...own } = job                           ;
  const inherited = Object.fromEntries(INHERITED.map((name) => [name, own[name]]));
  const stated = new Map([['', leavesOf(own)]]);
  for (const { Tasks, ...group } of objects(TaskGroups)) {
    const path = `group "${group['Name']}"`;
    stated.set(path, leavesOf({ ...group, inherited }));
    for (const task of objects(Tasks)) stated.set(`${path} > task "${task['Name']}"`, leavesOf(task));
  }
  return stated;
}

function leavesOf(value         , name = '', found = new Set        ())              {
  if (value === null || value === undefined || value === '') return found;
  if (Array.isArray(value)) for (const member of value) leavesOf(member, name, found);
  else if (typeof value === 'object') for (const [key, member] of Object.entries(value)) leavesOf(member, key, found);
  else if (!(ZERO_IS_UNSET.has(name) && !value)) {
    const leaf = `${name}=${JSON.stringify(String(value))}`;
    if (!FILLED_IN.has(leaf)) found.add(leaf);
  }
  return found;
}

function objects(value         )                            {
  return Array.isArray(value) ? (value                             ) : [];
}

;// CONCATENATED MODULE: ./build/js/nomad/dry-run.js
                                              

                                               




                                                      



/** A job, and what registering it would do, as Nomad itself foresees it. */
                             
                            
                            
 

/**
 * What registering the jobs would do, as Nomad itself foresees it; nothing is changed.
 *
 * @throws ActionError `job-specification` for a job that Nomad would not take.
 */
async function planJobs(client             , jobs                        )                        {
  return await Promise.all(jobs.map(async (job) => ({ job, planned: await plan(client, job) })));
}

/**
 * The same in the action's words, sorted by namespace and id.
 *
 * @param disclose what may be shown of a job's differences; nothing where none of them may
 */
function describePlans(
  plans                       ,
  disclose                                              ,
)              {
  return plans.map(({ job, planned }) => change(job, planned, disclose(job))).sort(byNamespaceAndId);
}

/** Whether registering the pack leaves the job as it is. One that is redeployed gets its new allocations after that. */
function leavesAlone({ action }           )          {
  return action === 'none' || action === 'redeploy';
}

/** The same job, where a deploy gives it new allocations; what launches other jobs does so with the present version anyway. */
function redeployed(change           , job                 )            {
  if (change.action !== 'none' || job === undefined || !canRedeploy(job)) return change;
  const groups = change.groups.map((group) => ({ ...group, replace: group.replace + group.unchanged, unchanged: 0 }));
  return { ...change, action: 'redeploy', groups };
}

/**
 * Whether there are allocations of the job itself that new ones can take the place of. On a node where a sysbatch job has run, whether well, badly
 * or not to its end, Nomad does not run the same job again, not even after a stop.
 */
function canRedeploy({ Type, Stop, Periodic, ParameterizedJob }     )          {
  return !Stop && Periodic === null && ParameterizedJob === null && Type !== 'sysbatch';
}

/** By namespace, then by id. */
function byNamespaceAndId(a        , b        )         {
  if (a.namespace !== b.namespace) return a.namespace < b.namespace ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

async function plan(client             , { id, namespace, file, specification }             )                   {
  const payload = { Job: specification, Diff: true };
  try {
    const asked = { query: { namespace }, repeatable: true };
    const { body } = await client.post((0,api/* jobPath */.Jf)(id, '/plan'), api/* jobPlanSchema */.Mx, payload, asked);
    return { ...body, Diff: body.Diff && (0,diff/* withoutServerFields */.dw)(body.Diff) };
  } catch (error) {
    if (!(error instanceof errors/* NomadResponseError */.zY && (0,error_list/* isErrorList */.t)(error.words)) || error.reason !== 'nomad-error')
      throw error;
    throw (0,specification_faults/* refused */.J5)([{ id, file, words: (0,error_list/* flattenErrors */.g)(error.words) }], error);
  }
}

function change(
  { id, namespace, specification }             ,
  planned         ,
  disclosure                        ,
)            {
  const updates = Object.entries(planned.Annotations?.DesiredTGUpdates ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const counted = updates.map(([name, update]) => ({ name, ...countUpdates(update) }));
  const action = actionOf(planned, counted);
  const groups = action === 'none' ? counted.map(untouched) : counted;
  const found =
    planned.Diff === null || disclosure === undefined
      ? []
      : (0,diff/* differences */.tX)(planned.Diff, disclosure, defaultsOf(specification));
  return {
    id,
    namespace,
    action,
    groups,
    placementFailures: Object.entries(planned.FailedTGAllocs ?? {})
      .map(
        ([group, metric]) => `group "${group}": ${(0,placement/* describePlacementFailure */.F)(metric, (0,placement/* driversOf */.X)(specification, group))}`,
      )
      .sort(),
    basedOn: planned.JobModifyIndex,
    diff: found.map(({ line }) => line),
    fields: found.map(({ field }) => field),
  };
}

function countUpdates(update                )                                            {
  return {
    create: update.Place + update.Canary,
    updateInPlace: update.InPlaceUpdate,
    replace: update.DestructiveUpdate + update.Migrate,
    stop: update.Stop,
    unchanged: update.Ignore,
  };
}

/** Nomad takes a version with a tag for another one than the same job without; a deploy leaves it alone. */
function untouched                                           (group       )        {
  return { ...group, unchanged: group.unchanged + group.updateInPlace, updateInPlace: 0 };
}

function actionOf({ JobModifyIndex, Diff }         , groups                     )                      {
  if (JobModifyIndex === 0) return 'create';
  if (Diff === null || Diff.Type === 'None') return 'none';
  return groups.some((group) => group.replace > 0) ? 'replace' : 'update';
}


/***/ }),

/***/ 8265:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ flattenErrors),
/* harmony export */   t: () => (/* binding */ isErrorList)
/* harmony export */ });
/** Nomad counts what it finds wrong, and lists it below: a first line that says nothing. */
const COUNT = /(?<!\d)\d{1,9} errors? occurred:/g;

/**
 * What Nomad lists as wrong on one line, `a: b; c`: a list may stand below each of its members. Words that are not a list stay as they
 * are.
 */
function flattenErrors(words        )         {
  const uncounted = words.replace(COUNT, '');
  if (uncounted === words) return words;
  const lines = uncounted
    .split('\n')
    .map((line) => line.replace(/^\s*\*?\s*/, '').trim())
    .filter((line) => line !== '');
  return lines.reduce((text, line) => (text === '' ? line : `${text}${text.endsWith(':') ? ' ' : '; '}${line}`), '');
}

/** Whether Nomad lists what is wrong with what it was sent. */
function isErrorList(words        )          {
  return words.search(COUNT) === 0;
}


/***/ }),

/***/ 1023:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ns: () => (/* binding */ PROXY_LOGIN),
/* harmony export */   Sc: () => (/* binding */ NomadUnreachableError),
/* harmony export */   U3: () => (/* binding */ responseError),
/* harmony export */   a7: () => (/* binding */ isOfGateway),
/* harmony export */   b2: () => (/* binding */ isMissing),
/* harmony export */   bE: () => (/* binding */ refusesToken),
/* harmony export */   dg: () => (/* binding */ isTransient),
/* harmony export */   zY: () => (/* binding */ NomadResponseError)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2027);
/* harmony import */ var _error_list_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8265);



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

/** Nomad's words for what there is not, with status 404: `CodedError(404, ...)` in its command/agent/*_endpoint.go. */
const MISSING = /^(?:deployment|eval|job(?: versions)?|namespace|variable) not found$/i;

/**
 * Whether Nomad answered that there is no such thing. A 404 in other words is not Nomad's: a gateway that has lost its way to Nomad says
 * nothing of what Nomad has.
 */
function isMissing(error         )          {
  return error instanceof NomadResponseError && error.status === 404 && MISSING.test(error.words);
}

/** A request in the words of an error: what was asked, of which namespace, and whether with a token. */
                        
                          
                           
                        
                           
                             
                              
 

/** A response whose status is not one of success. */
                                 
                          
                         
                                                                                                              
                         
 

/** What a refusal means: the first rule that fits says so. */
                
                                               
                                 
                                                 
                        
 

/** A proxy of the runner's own network, which asks for a login. */
const PROXY_LOGIN                                    
                                                              
  = {
  reason: 'nomad-unreachable',
  message: ({ address }) => `A proxy on the way to Nomad at ${address} asks for a user and a password`,
  hint: 'Put them into the proxy’s address, as in `https_proxy: http://user:password@host:port` (`http_proxy` for an http:// address), or name Nomad’s host in `no_proxy`.',
};

const RULES                  = [
  { fits: ({ status }) => status === 407, ...PROXY_LOGIN },
  {
    fits: (refusal) => isOfGateway(refusal) && (refusal.status === 401 || refusal.status === 403),
    reason: 'nomad-auth',
    message: ofGateway,
    hint: 'Let this runner pass what stands in front of Nomad (a firewall, a proxy that asks for a login), or set `nomad_addr` to the address that Nomad itself answers at. For a user and a password, there is `nomad_http_auth`.',
  },
  {
    fits: isOfGateway,
    reason: 'nomad-error',
    message: ofGateway,
    hint: 'Check that `nomad_addr` is the address of Nomad’s HTTP API, and that a load balancer or proxy in front of Nomad can reach it.',
  },
  {
    fits: (refusal) => isAboutTheToken(refusal) && !refusal.withToken,
    reason: 'nomad-auth',
    message: ({ address, method, path, words }) => `Nomad at ${address} wants a token for ${method} ${path}: ${words}`,
    hint: 'Set `nomad_token` to an ACL token, or `nomad_auth_method` to log in with the workflow’s OIDC token.',
  },
  {
    fits: ({ words }) => refusesToken(words),
    reason: 'nomad-auth',
    message: ({ address, words }) => `Nomad at ${address} does not accept the token: ${words}`,
    hint: 'Set `nomad_token` to the secret ID of a token that exists and has not expired.',
  },
  {
    fits: isAboutTheToken,
    reason: 'nomad-auth',
    message: ({ method, path, namespace, words }) =>
      `The token may not do ${method} ${path} in ${namespace === '*' ? 'any namespace' : `namespace "${namespace}"`}: ${words}`,
    hint: 'Give the policy of `nomad_token` the rights for that namespace, or set `nomad_namespace` to one that it may use. Nomad says the same of a token that does not exist or has expired: `nomad acl token self`.',
  },
  {
    fits: ({ words }) => /nonexistent namespace|namespace .* (not found|does not exist)/i.test(words),
    reason: 'nomad-namespace',
    message: ({ address, plain }) => `Nomad at ${address} has no such namespace: ${plain}`,
    hint: 'Set `nomad_namespace` (or the namespace that the pack’s template names) to one that exists, or create it: `nomad namespace apply NAME`.',
  },
  {
    fits: ({ words }) => /HTTP request to an HTTPS server/i.test(words),
    reason: 'nomad-address',
    message: ({ address }) => `Nomad at ${address} speaks HTTPS, and was asked over HTTP`,
    hint: 'Set `nomad_addr` to an address that begins with https://.',
  },
  {
    fits: ({ words }) => /No path to region/i.test(words),
    reason: 'nomad-error',
    message: ({ address, words }) => `Nomad at ${address} does not know the region: ${words}`,
    hint: 'Set `nomad_region` to a region of the cluster, or leave it empty.',
  },
  {
    fits: ({ status }) => status === 404,
    reason: 'nomad-error',
    message: inItsOwnWords,
    hint: 'Check that `nomad_addr` is the address of Nomad’s HTTP API, and that the cluster is of a version that has this endpoint.',
  },
];

const ANY_OTHER                     = {
  reason: 'nomad-error',
  message: inItsOwnWords,
  hint: 'Those are Nomad’s own words; the log of its servers may say more.',
};

/** What to throw for a response whose status is not one of success. */
function responseError(asked       , status        , body        )                     {
  const words = body.trim() || noWords(status);
  const refusal = { ...asked, status, words, plain: (0,_error_list_js__WEBPACK_IMPORTED_MODULE_1__/* .flattenErrors */ .g)(words) };
  const { reason, message, hint } = RULES.find(({ fits }) => fits(refusal)) ?? ANY_OTHER;
  return new NomadResponseError(reason, message(refusal), hint, status, words);
}

/**
 * Whether what refused is not Nomad, but something before it: Nomad answers in plain text, and says nothing at all only to a path that it
 * does not know.
 */
function isOfGateway({ status, words }                                              )          {
  return PAGE.test(words) || (status !== 404 && words === noWords(status));
}

/** How pages in HTML begin, and what proxies without one say. */
const PAGE = /^<|^404 page not found$|^default backend - 404$/i;

function ofGateway({ address, method, path, status, words }         )         {
  const [, title] = /<title[^>]*>([^<]*)<\/title>/i.exec(words) ?? [];
  const said = title ?? (PAGE.test(words) && !words.startsWith('<') ? words : undefined);
  const page = said === undefined ? '' : `: ${said.trim()}`;
  return `What answered ${method} ${path} at ${address} is not Nomad. It said status ${status}${page}`;
}

function noWords(status        )         {
  return `status ${status}`;
}

function isAboutTheToken({ status, words }         )          {
  return status === 403 || refusesToken(words);
}

function inItsOwnWords({ method, path, status, plain }         )         {
  return `Nomad answered ${method} ${path} with status ${status}: ${plain}`;
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
  if (status === 404) return PAGE.test(body.trim());
  if (status < 500 || status === 501 || status === 505) return false;
  return status !== 500 || !(LASTING.test(body) || refusesToken(body));
}


/***/ }),

/***/ 2656:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A4: () => (/* binding */ readOwned),
/* harmony export */   CC: () => (/* binding */ stopJob),
/* harmony export */   D0: () => (/* binding */ isOwnedBy),
/* harmony export */   Gy: () => (/* binding */ listEvaluations),
/* harmony export */   L_: () => (/* binding */ readSummary),
/* harmony export */   Y7: () => (/* binding */ readExisting),
/* harmony export */   cd: () => (/* binding */ readJob),
/* harmony export */   es: () => (/* binding */ listAllocations),
/* harmony export */   iJ: () => (/* binding */ readDeployment),
/* harmony export */   pt: () => (/* binding */ promote),
/* harmony export */   qJ: () => (/* binding */ failDeployment),
/* harmony export */   tv: () => (/* binding */ jobKey),
/* harmony export */   yO: () => (/* binding */ listVersions)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2027);
/* harmony import */ var _api_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7898);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1023);
/* harmony import */ var _write_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3513);


                                                               



/** The job as Nomad has it now; undefined where there is none. */
async function readJob(
  client             ,
  { id, namespace }        ,
  options                 = {},
)                           {
  try {
    return (await client.get((0,_api_js__WEBPACK_IMPORTED_MODULE_1__/* .jobPath */ .Jf)(id), _api_js__WEBPACK_IMPORTED_MODULE_1__/* .jobSchema */ .jQ, { ...options, query: { namespace } })).body;
  } catch (error) {
    if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .isMissing */ .b2)(error)) return undefined;
    throw error;
  }
}

/** The jobs that exist among these, by `jobKey`. */
async function readExisting(client             , refs                   )                                    {
  const jobs = await Promise.all(refs.map(async (ref) => [jobKey(ref), await readJob(client, ref)]         ));
  return new Map(jobs.flatMap(([key, job]) => (job === undefined ? [] : [[key, job]         ])));
}

/** What identifies a job in a map: ids alone are unique only within a namespace. */
function jobKey({ id, namespace }        )         {
  return `${namespace}/${id}`;
}

/**
 * The versions that Nomad still has, newest first; none for a job that does not exist. Nomad keeps those of jobs whose ids differ in upper
 * and lower case only in one place, where one job's take the place of the other's: of a job that has lost all of its own, the current one
 * is known by the job itself.
 */
async function listVersions(
  client             ,
  ref        ,
  options                 = {},
)                          {
  const { id, namespace } = ref;
  try {
    const { body } = await client.get((0,_api_js__WEBPACK_IMPORTED_MODULE_1__/* .jobPath */ .Jf)(id, '/versions'), _api_js__WEBPACK_IMPORTED_MODULE_1__/* .jobVersionsSchema */ .MK, {
      ...options,
      query: { namespace },
    });
    return body.Versions;
  } catch (error) {
    if (!(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .isMissing */ .b2)(error)) throw error;
    const job = await readJob(client, ref, options);
    return job === undefined ? [] : [job];
  }
}

/** The job's allocations, of all of its versions that Nomad still knows any of. */
async function listAllocations(
  client             ,
  { id, namespace }        ,
  options                 = {},
)                                 {
  const asked = { ...options, query: { namespace } };
  return (await client.get((0,_api_js__WEBPACK_IMPORTED_MODULE_1__/* .jobPath */ .Jf)(id, '/allocations'), _api_js__WEBPACK_IMPORTED_MODULE_1__/* .allocationsSchema */ .P6, asked)).body;
}

/** How many allocations of each task group ended how, over all versions of the job; empty for a job that is gone. */
async function readSummary(
  client             ,
  { id, namespace }        ,
  options                 = {},
)                                                  {
  try {
    const asked = { ...options, query: { namespace } };
    return (await client.get((0,_api_js__WEBPACK_IMPORTED_MODULE_1__/* .jobPath */ .Jf)(id, '/summary'), _api_js__WEBPACK_IMPORTED_MODULE_1__/* .jobSummarySchema */ .Jx, asked)).body.Summary ?? {};
  } catch (error) {
    if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .isMissing */ .b2)(error)) return {};
    throw error;
  }
}

/** The evaluations under the job's id that Nomad still knows, in any order. */
async function listEvaluations(
  client             ,
  { id, namespace }        ,
  options                 = {},
)                                 {
  const asked = { ...options, query: { namespace } };
  return (await client.get((0,_api_js__WEBPACK_IMPORTED_MODULE_1__/* .jobPath */ .Jf)(id, '/evaluations'), _api_js__WEBPACK_IMPORTED_MODULE_1__/* .evaluationsSchema */ .NH, asked)).body;
}

/** Whom a job must belong to for it to be touched. */
                        
                                  
                            
 

/** Whether a job's metadata says that it is the owner's. */
function isOwnedBy(meta                , { deploymentName, packName }       )          {
  return meta?.['pack.deployment_name'] === deploymentName && meta['pack.name'] === packName;
}

/**
 * The job as it is now; undefined where there is none.
 *
 * @param registered the `JobModifyIndex` of the caller's own registration: what is there at it is the caller's, whatever its metadata
 * @throws ActionError `would-stop-others` when it is not the owner's any more.
 */
async function readOwned(
  client             ,
  ref        ,
  owner       ,
  registered         ,
)                           {
  const job = await readJob(client, ref);
  if (job === undefined || job.JobModifyIndex === registered) return job;
  if (isOwnedBy(job.Meta, owner) && job.Namespace === ref.namespace) return job;
  const deployment = job.Meta?.['pack.deployment_name'];
  const pack = job.Meta?.['pack.name'];
  const now = deployment === undefined ? 'no deployment' : `deployment "${deployment}" of pack "${pack}"`;
  throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('would-stop-others', `Job "${ref.id}" in namespace "${ref.namespace}" now belongs to ${now}`, {
    hint: 'It was left alone. Look at who else deploys under this job id.',
  });
}

/** What became of a job that was to be stopped; `gone` where it was not there any more. */
                                                           

/**
 * Stops a job; with `purge` Nomad forgets it as well. The job is looked at once more before: it may have changed hands since it
 * was found. Throws nothing; the failure of one that is not the owner's any more has the reason `would-stop-others`.
 *
 * @param options with `registered`, as for `readOwned`
 */
async function stopJob(
  client             ,
  ref        ,
  owner       ,
  { purge, registered }                                                           ,
)                   {
  let found                 ;
  try {
    found = await readOwned(client, ref, owner, registered);
  } catch (failure) {
    return { state: 'undone', failure };
  }
  if (found === undefined) return { state: 'gone' };
  const { JobModifyIndex } = found;
  const query = { namespace: ref.namespace, purge };
  return await (0,_write_js__WEBPACK_IMPORTED_MODULE_3__/* .writeOnce */ .F)(
    async () => await client.delete((0,_api_js__WEBPACK_IMPORTED_MODULE_1__/* .jobPath */ .Jf)(ref.id), _api_js__WEBPACK_IMPORTED_MODULE_1__/* .evaluationAnswerSchema */ .eF, { query }),
    async () => {
      const now = await readJob(client, ref);
      if (now === undefined) return true;
      // Whoever has registered it since has another job, which was not meant.
      return now.Stop ? !purge : now.JobModifyIndex !== JobModifyIndex;
    },
  );
}

/**
 * Promotes all canaries of a rollout. Throws nothing; Nomad refuses where there is nothing to promote, or where the canaries are not
 * healthy.
 */
async function promote(client             , nomadDeploymentId        , namespace        )                   {
  const id = encodeURIComponent(nomadDeploymentId);
  const query = { namespace };
  return await (0,_write_js__WEBPACK_IMPORTED_MODULE_3__/* .writeOnce */ .F)(
    async () => {
      const payload = { DeploymentID: nomadDeploymentId, All: true };
      await client.post(`/v1/deployment/promote/${id}`, _api_js__WEBPACK_IMPORTED_MODULE_1__/* .promotionAnswerSchema */ .L4, payload, { query });
    },
    async () => await isPromoted(client, nomadDeploymentId, namespace),
  );
}

/**
 * Lets a rollout fail, so that Nomad takes its canaries back. Throws nothing; Nomad refuses where the rollout is at its end.
 */
async function failDeployment(
  client             ,
  nomadDeploymentId        ,
  namespace        ,
)                   {
  const path = `/v1/deployment/fail/${encodeURIComponent(nomadDeploymentId)}`;
  const payload = { DeploymentID: nomadDeploymentId };
  return await (0,_write_js__WEBPACK_IMPORTED_MODULE_3__/* .writeOnce */ .F)(
    async () => await client.post(path, _api_js__WEBPACK_IMPORTED_MODULE_1__/* .promotionAnswerSchema */ .L4, payload, { query: { namespace } }),
    async () => (await readDeployment(client, nomadDeploymentId, namespace))?.Status === 'failed',
  );
}

/** The rollout; undefined where Nomad has forgotten it. */
async function readDeployment(
  client             ,
  nomadDeploymentId        ,
  namespace        ,
)                                  {
  try {
    const path = `/v1/deployment/${encodeURIComponent(nomadDeploymentId)}`;
    return (await client.get(path, _api_js__WEBPACK_IMPORTED_MODULE_1__/* .deploymentSchema */ .fP, { query: { namespace } })).body;
  } catch (error) {
    if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .isMissing */ .b2)(error)) return undefined;
    throw error;
  }
}

async function isPromoted(client             , nomadDeploymentId        , namespace        )                   {
  const deployment = await readDeployment(client, nomadDeploymentId, namespace);
  const canaries = Object.values(deployment?.TaskGroups ?? {}).filter((group) => (group?.DesiredCanaries ?? 0) > 0);
  return canaries.length > 0 && canaries.every((group) => group?.Promoted);
}


/***/ }),

/***/ 9129:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ kindFault)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2027);

                                    
                                                      

/**
 * Why Nomad would not let a job become the rendered one: it changes neither the type of a job nor whether it launches others, not even of
 * one that is stopped. Its plan does not say so.
 *
 * @returns undefined where it would
 */
function kindFault(
  { id, namespace, file, specification }             ,
  existing                 ,
)                          {
  if (existing === undefined) return undefined;
  const [before, after] = [kindOf(existing), kindOf(specification)];
  if (before === after) return undefined;
  return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ(
    'job-specification',
    `Job "${id}" in namespace "${namespace}" is ${before} and cannot become ${after}, as ${file} says: Nomad does not change the kind of a job.`,
    {
      hint: 'Remove the job first (`operation: destroy`), which ends what it runs, or give the new one another name.',
    },
  );
}

function kindOf({
  Type,
  Periodic,
  ParameterizedJob,
}                                                              )         {
  const launches = [...(Periodic ? ['periodic'] : []), ...(ParameterizedJob ? ['parameterized'] : [])];
  return `a ${[...launches, Type ?? 'service'].join(' ')} job`;
}


/***/ }),

/***/ 115:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H8: () => (/* binding */ ownershipFaults),
/* harmony export */   eQ: () => (/* binding */ describeForeign),
/* harmony export */   lO: () => (/* binding */ compareOwnership),
/* harmony export */   we: () => (/* binding */ describeConflict)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2027);
/* harmony import */ var _jobs_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2656);
/* harmony import */ var _survey_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7754);

                                            



/** What is there before a deploy. */
                        
                                        
                                              
                                                                            
                                              
 

/** What `nomad-pack run` stops besides registering the pack's jobs; it differs from version to version. */
                        
                                                                   
                         
                                                                         
                             
 

/** A job of another pack or another namespace under the deployment's name. */
                                            
                                      
                                             
                                       
                            
 

/** A job that has the id of a rendered one but is of another deployment, or of none. */
                                                
                                              
                            
 

/** What a deploy would do to jobs besides registering the rendered ones. */
                            
                                                                                   
                                         
                                                                                                         
                                              
                                          
                                                
                                                                            
                                              
 

/**
 * Compares what the pack renders with what is there. `nomad-pack run` stops, as far as it reaches, every job that is not dead, carries the
 * deployment's name and has an id that was not rendered, whatever its pack and namespace; and it replaces a job of the same deployment and
 * id whatever its pack. A pack is known by its name; where its registry differs, it has moved.
 *
 * @param adopt ids of jobs that may be taken over where they are of no deployment
 */
function compareOwnership(
  owner       ,
  rendered                   ,
  found       ,
  reach        = { jobs: true, children: true },
  adopt                      = new Set(),
)            {
  const ids = new Set(rendered.map((job) => job.id));
  const keys = new Set(rendered.map(_jobs_js__WEBPACK_IMPORTED_MODULE_1__/* .jobKey */ .tv));
  const namespaces = new Set(rendered.map((job) => job.namespace));
  const isStopped = (job             ) => job.status !== 'dead' && !ids.has(job.id);
  const isOwn = (job             ) => job.pack.name === owner.packName && namespaces.has(job.namespace);
  const stopped = reach.jobs ? found.jobs.filter(isStopped) : [];
  const stoppedChildren = reach.children ? found.children.filter(isStopped) : [];
  const replaced = found.jobs.filter((job) => keys.has((0,_jobs_js__WEBPACK_IMPORTED_MODULE_1__/* .jobKey */ .tv)(job)) && !job.stop && job.pack.name !== owner.packName);
  const foreign = (job             , effect                      )             => ({
    id: job.id,
    namespace: job.namespace,
    effect,
    other: job.pack.name === owner.packName ? 'namespace' : 'pack',
    packName: job.pack.name,
  });
  const conflicts = rendered.flatMap((job) => conflict(owner, job, found.existing.get((0,_jobs_js__WEBPACK_IMPORTED_MODULE_1__/* .jobKey */ .tv)(job))));
  const isAdopted = ({ id, deploymentName }                ) => deploymentName === undefined && adopt.has(id);
  return {
    stops: stopped.filter(isOwn),
    children: stoppedChildren.filter(isOwn),
    foreign: [
      ...[...stopped, ...stoppedChildren].filter((job) => !isOwn(job)).map((job) => foreign(job, 'stop')),
      ...replaced.map((job) => foreign(job, 'replace')),
    ],
    conflicts: conflicts.filter((job) => !isAdopted(job)),
    adopted: conflicts.filter(isAdopted),
  };
}

function conflict(owner       , { id, namespace }        , existing                 )                   {
  if (existing === undefined) return [];
  const deploymentName = existing.Meta?.['pack.deployment_name'];
  if (deploymentName === owner.deploymentName) return [];
  return [{ id, namespace, deploymentName, packName: (0,_survey_js__WEBPACK_IMPORTED_MODULE_2__/* .packIdentity */ .e)(existing.Meta).name }];
}

/**
 * Why a deploy that would take what is not its own is refused: `job-conflict` for ids that another deployment, or nobody, owns;
 * `would-stop-others` for jobs of another pack or namespace, unless those may be replaced. Empty where it takes nothing.
 */
function ownershipFaults(
  owner       ,
  { conflicts, foreign }           ,
  { allowReplace }                                    ,
)                {
  const faults                = [];
  const [first] = conflicts;
  if (first !== undefined) {
    const fault = new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('job-conflict', conflicts.map((job) => describeConflict(owner, job)).join('\n'), {
      hint:
        first.deploymentName === undefined
          ? `Let the pack use another job id. If it is this deployment’s job, which lost its metadata or was deployed by hand, take it over with \`adopt_jobs: ${first.id}\`. If nobody needs it, stop it: \`nomad job stop -purge ${first.id}\`.`
          : `Set \`deployment_name\` (\`name\` in a deployments file) to \`${first.deploymentName}\` if it is the same deployment; else let the pack use another job id.`,
    });
    faults.push(fault);
  }
  if (foreign.length > 0 && !allowReplace) {
    const fault = new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('would-stop-others', foreign.map((job) => describeForeign(owner, job)).join('\n'), {
      hint: 'Choose another `deployment_name` (`name` in a deployments file). If those jobs are to go, set `allow_replace: true`.',
    });
    faults.push(fault);
  }
  return faults;
}

/** `Job "web" in namespace "default" belongs to deployment "demo" of pack "web", not to ...` */
function describeConflict(owner       , { id, namespace, deploymentName, packName }                )         {
  const job = `Job "${id}" in namespace "${namespace}"`;
  if (deploymentName === undefined) return `${job} was not deployed by nomad-pack, or has lost nomad-pack’s metadata`;
  return `${job} belongs to deployment "${deploymentName}" of pack "${packName}", not to deployment "${owner.deploymentName}" of pack "${owner.packName}"`;
}

/** `Deploying pack "batch" as "shared" would stop job "web" of pack "web" in namespace "default"`. */
function describeForeign(owner       , { id, namespace, effect, packName }            )         {
  const pack = packName === '' ? 'no known pack' : `pack "${packName}"`;
  return `Deploying pack "${owner.packName}" as "${owner.deploymentName}" would ${effect} job "${id}" of ${pack} in namespace "${namespace}"`;
}


/***/ }),

/***/ 3965:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ describePlacementFailure),
/* harmony export */   X: () => (/* binding */ driversOf)
/* harmony export */ });
                                                      

                                                                         

/** The dimensions of `DimensionExhausted` that `ResourcesExhausted` says the amounts of. */
const dimensions                                                                                                 = {
  memory: { unit: 'MB of memory', amount: (asked) => asked.MemoryMB ?? 0 },
  cpu: { unit: 'MHz of CPU', amount: (asked) => asked.CPU ?? 0 },
  cores: { unit: 'CPU cores', amount: (asked) => asked.Cores ?? 0 },
};

/** Nomad's word for nodes that lack a driver of the task group; it does not say which. */
const missingDrivers = 'missing drivers';

/** The drivers that the tasks of a group need, sorted. */
function driversOf(job                                     , group        )           {
  const tasks = job?.TaskGroups?.find(({ Name }) => Name === group)?.Tasks ?? [];
  return [...new Set(tasks.map(({ Driver }) => Driver))].sort();
}

/**
 * Why Nomad found no place for a task group, in words for a reader and without a full stop at the end:
 * `no node has 999,999 MB of memory free: 1 of 1 nodes exhausted`. Several causes are joined with `; `.
 *
 * @param drivers those that the group's tasks need
 */
function describePlacementFailure(metric                  , drivers                    = [])         {
  const causes = [...exhausted(metric), ...filtered(metric, drivers), ...quotas(metric)];
  if (causes.length > 0) return causes.join('; ');
  if (metric.NodesEvaluated === 0) return noNodes(metric);
  return `none of ${number(metric.NodesEvaluated)} nodes would do`;
}

function exhausted(metric                  )           {
  return sortedEntries(metric.DimensionExhausted).map(([dimension, nodes]) => {
    const share = `${shareOf(nodes, metric)} exhausted`;
    const known = dimensions[dimension];
    const amount = known === undefined ? 0 : askedFor(metric, known.amount);
    if (known === undefined || amount === 0) return `not enough ${dimension}: ${share}`;
    return `no node has ${number(amount)} ${known.unit} free: ${share}`;
  });
}

/** What the tasks of one allocation ask for together: Nomad adds it up over all allocations that failed for the same cause. */
function askedFor(
  { ResourcesExhausted, CoalescedFailures }                  ,
  amount                          ,
)         {
  const sum = Object.values(ResourcesExhausted ?? {}).reduce((total, asked) => total + amount(asked), 0);
  return sum / (CoalescedFailures + 1);
}

function filtered(metric                  , drivers                   )           {
  const constraints = sortedEntries(metric.ConstraintFiltered).map(([constraint, nodes]) =>
    describeConstraint(constraint, shareOf(nodes, metric), drivers),
  );
  const classes = sortedEntries(metric.ClassFiltered).map(
    ([name, nodes]) => `${shareOf(nodes, metric)} ruled out in class "${name}"`,
  );
  // Nomad counts a node by its constraint and by its class; the constraint tells more.
  return constraints.length > 0 ? constraints : classes;
}

/** Nomad has one list for the constraints of a job, for those that it makes of other blocks, and for what nodes lack. */
function describeConstraint(constraint        , share        , drivers                   )         {
  if (constraint === missingDrivers) return `${share} ${describeDrivers(drivers)}`;
  if (/^missing /.test(constraint)) return `${share} lack what the group needs: ${constraint}`;
  const service = /^\$\{attr\.(consul|vault)\./.exec(constraint)?.[1];
  if (service === undefined) return `the constraint "${constraint}" rules out ${share}`;
  const advice = service === 'consul' ? ', as a `service` block does without `provider = "nomad"`' : '';
  return `the job needs ${service === 'consul' ? 'Consul' : 'Vault'} on the node${advice}, and ${share} do not have it (${constraint})`;
}

/** What nodes lack, in words that follow their number. */
function describeDrivers(drivers                   )         {
  const names = drivers.map((driver) => `"${driver}"`).join(', ');
  if (names === '') return 'lack a driver that the group needs';
  return drivers.length === 1 ? `lack the driver ${names}` : `lack at least one of the drivers ${names}`;
}

function quotas({ QuotaExhausted }                  )           {
  return [...(QuotaExhausted ?? [])].sort().map((limit) => `the namespace’s quota is used up: ${limit}`);
}

function noNodes({ NodePool }                  )         {
  const pool = NodePool === undefined || NodePool === '' ? '' : ` of node pool "${NodePool}"`;
  return `no node${pool} in the job’s datacenters is ready`;
}

function sortedEntries(record                                                     )                     {
  return Object.entries(record ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
}

function shareOf(nodes        , { NodesEvaluated }                  )         {
  return `${number(nodes)} of ${number(NodesEvaluated)} nodes`;
}

function number(value        )         {
  return value.toLocaleString('en-US');
}


/***/ }),

/***/ 5949:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J5: () => (/* binding */ refused),
/* harmony export */   O$: () => (/* binding */ unreadable),
/* harmony export */   WY: () => (/* binding */ SpecificationError),
/* harmony export */   og: () => (/* binding */ LOOK)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2027);

                                                      

/** A rendered file that is not a job specification. */
class SpecificationError extends _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ {
  /** As it is rendered, like `web/web.nomad`. */
           file        ;
  /** Of the rendered file, 1-based, where it is known. */
           line                    ;

  constructor(
    file        ,
    message        ,
    hint        ,
    more                                                       = {},
  ) {
    super('job-specification', message, { hint, cause: more.cause });
    this.file = file;
    this.line = more.line;
  }
}

/** A kind of mistake, by Nomad's words. */
                
                           
                        
 

/** What to do about a file that Nomad cannot read. The first one that fits is taken. */
const UNREADABLE                  = [
  {
    pattern: /Duplicate job block/,
    hint: 'A template renders to one job: put the others into templates of their own.',
  },
  {
    pattern: /Missing job block|Blocks of type "[^"]*" are not expected here\.?$/,
    hint: 'Correct the template: a job specification is one `job` block, and holds no blocks that Nomad does not know. A template that renders to no job must render to nothing at all.',
  },
  {
    pattern: /Missing name for job/,
    hint: 'Give the variable that the template takes the name of the job from a value, or correct the template.',
  },
  {
    pattern: /Unsupported attribute|Unknown variable|Unsuitable value: value must be known/,
    hint: 'Correct the template: variables of the pack are written `[[ var "NAME" . ]]`. What Nomad itself puts in, such as `${NOMAD_ALLOC_DIR}`, stands in strings.',
  },
  {
    pattern: /Unclosed configuration block|Unclosed/,
    hint: 'Correct the template: a block has no `}`. Nomad names the line where the outermost one begins. `operation: render` shows all lines.',
  },
  {
    pattern: /Unsuitable|Incorrect attribute value type/,
    hint: 'Correct the template, or the variable that it takes this value from. `operation: render` shows what comes of it.',
  },
];

/** What to do where nothing nearer is known. */
const LOOK =
  'Correct the template, or the variables that it was given. `operation: render` shows what comes of it.';

/** What to throw for a rendered file that Nomad cannot read: which line, and what is wrong there. */
function unreadable({ name }                           , error                    )                     {
  const words = error.words.replace(/^Failed to parse job: /, '');
  const [, line, problem] = /^input\.hcl:(\d+),[\d,-]+: ([\s\S]*)$/.exec(words) ?? [];
  const plain = (problem ?? words)
    .replace(/^<nil>: /, '')
    .replace(/,? and (\d+) other diagnostic\(s\)$/, (_, more        ) => ` (and ${more} more)`)
    .replace(/input\.hcl:(\d+),[\d,-]+/g, (_, other        ) => `line ${other}`);
  return new SpecificationError(
    name,
    `Nomad cannot read ${name}${line === undefined ? '' : `, line ${line}`}: ${plain}`,
    adviceOf(UNREADABLE, plain),
    { cause: error, ...(line !== undefined && { line: Number(line) }) },
  );
}

/** What to do about a job that Nomad reads and would not take. */
const REFUSED                  = [
  {
    pattern: /nonexistent node pool/,
    hint: 'Create the node pool (`nomad node pool apply`), or correct `node_pool` in the template or the variable that it comes from.',
  },
  {
    pattern: /node pool .* is not allowed|not allowed .*node pool|disallow\w* node pool/i,
    hint: 'The namespace does not let its jobs use that node pool: deploy to another namespace (`nomad_namespace`), or let the job use another pool.',
  },
  {
    pattern: /task driver .* (?:is not|not) allowed|used task driver|network mode .* not allowed/i,
    hint: 'The namespace does not let its jobs use that: deploy to another namespace (`nomad_namespace`), or change the capabilities of this one (`nomad namespace apply`).',
  },
  {
    pattern: /: Result: false/,
    hint: 'A Sentinel policy of the cluster refuses the job. Change what the policy names, in the template or its variables, or ask whoever maintains the policy.',
  },
  {
    pattern: /quota/i,
    hint: 'The job exceeds the quota of the namespace: let it ask for less, or ask whoever maintains the quota (`nomad quota status`).',
  },
  {
    pattern: /(?:Vault|Consul) .*not enabled|(?:Vault|Consul) .* but used in the job/,
    hint: 'Connect the cluster’s servers with it, or drop the block from the template.',
  },
];

/** A job that Nomad reads and would not take. */
                             
                      
                                                 
                        
                                                     
                         
 

/** What to throw for jobs that Nomad would not take. */
function refused(jobs                       , cause          )              {
  const lines = jobs.map(({ id, file, words }) => `Nomad would refuse job "${id}" of ${file}: ${words}`);
  const advice = new Set(jobs.map(({ words }) => adviceOf(REFUSED, words)));
  return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('job-specification', lines.join('\n'), { hint: [...advice].join(' '), cause });
}

function adviceOf(rules                 , words        )         {
  return rules.find(({ pattern }) => pattern.test(words))?.hint ?? LOOK;
}


/***/ }),

/***/ 6051:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LF: () => (/* binding */ readDetails),
/* harmony export */   Ne: () => (/* binding */ jobUrl),
/* harmony export */   _n: () => (/* binding */ readJobStates),
/* harmony export */   d: () => (/* binding */ jobState),
/* harmony export */   gX: () => (/* binding */ overallStatus),
/* harmony export */   rP: () => (/* binding */ isForgotten)
/* harmony export */ });
/* harmony import */ var _jobs_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2656);
/* harmony import */ var _statuses_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7402);
/* harmony import */ var _tasks_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7280);
                                                                         
                                                                                           
                                               


                                               


/**
 * The state of these jobs, in their order: one request for all of them, and further ones only for what that request does not tell: the
 * counts of several task groups, whether main tasks have started where nobody watches the health, and what became of a batch job whose
 * allocations are gone. Jobs that are gone meanwhile are left out.
 */
async function readJobStates(client             , jobs                        )                      {
  const [statuses, specifications] = await Promise.all([
    (0,_statuses_js__WEBPACK_IMPORTED_MODULE_1__/* .readStatuses */ .r)(client, jobs),
    Promise.all(jobs.map(async (job) => (hasSeveralGroups(job) ? await (0,_jobs_js__WEBPACK_IMPORTED_MODULE_0__/* .readJob */ .cd)(client, job) : undefined))),
  ]);
  const found = new Map(statuses.map((status) => [(0,_jobs_js__WEBPACK_IMPORTED_MODULE_0__/* .jobKey */ .tv)({ id: status.ID, namespace: status.Namespace }), status]));
  const states = await Promise.all(
    jobs.map(async (job, index) => {
      const nomad = found.get((0,_jobs_js__WEBPACK_IMPORTED_MODULE_0__/* .jobKey */ .tv)(job));
      if (nomad === undefined) return [];
      const details =
        job.launches === undefined ? await readDetails(nomad, factsOf(client, job), specifications[index]) : {};
      return [jobState(client.settings.address, job, nomad, details)];
    }),
  );
  return states.flat();
}

function factsOf(client             , job             )           {
  return {
    specification: async () => await (0,_jobs_js__WEBPACK_IMPORTED_MODULE_0__/* .readJob */ .cd)(client, job),
    allocations: async () => await (0,_jobs_js__WEBPACK_IMPORTED_MODULE_0__/* .listAllocations */ .es)(client, job),
    evaluations: async () => await (0,_jobs_js__WEBPACK_IMPORTED_MODULE_0__/* .listEvaluations */ .Gy)(client, job),
  };
}

/** Then one number for the whole job does not say how many each of them wants. */
function hasSeveralGroups({ launches, groups }             )          {
  return launches === undefined && Object.keys(groups).length !== 1;
}

/** Where further facts about a job come from; each is asked for only when it is needed. */
                           
                                                               
                                                         
                                                             
                                                             
 

/** @param known the job's current version, where it is known already */
async function readDetails(nomad             , facts          , known      )                      {
  const neverRan = isForgotten(nomad) && (await facts.evaluations()).length > 0;
  const isToBeSeen = (nomad.Allocs ?? []).some(
    (allocation) => (0,_tasks_js__WEBPACK_IMPORTED_MODULE_2__/* .isUnwatched */ .uE)(nomad, allocation) || (0,_tasks_js__WEBPACK_IMPORTED_MODULE_2__/* .mayBeEvicted */ .HN)(nomad, allocation),
  );
  const specification = known ?? (isToBeSeen ? await facts.specification() : undefined);
  if (specification === undefined) return { neverRan };
  const allocations = (0,_tasks_js__WEBPACK_IMPORTED_MODULE_2__/* .needsTasks */ .st)(nomad, specification) ? await facts.allocations() : [];
  return { counts: groupCounts(specification), unstarted: (0,_tasks_js__WEBPACK_IMPORTED_MODULE_2__/* .findUnstarted */ .eF)(specification, allocations), neverRan };
}

/** What of a job must be known besides what Nomad says of its state. */
                                                                                                

/** What `POST /v1/jobs/statuses` does not tell of a job. */
                             
                                                                                                              
                                                
                                                                                                         
                                           
                                                                                     
                              
 

/** How many allocations each task group of the job is to have, by its name. */
function groupCounts({ TaskGroups }     )                              {
  return new Map((TaskGroups ?? []).map(({ Name, Count }) => [Name, Count]));
}

/** The state of one job, from what Nomad says of it: the one set of rules by which every operation judges a job. */
function jobState(address        , job            , nomad             , details             = {})           {
  const groups = job.launches === undefined ? groupStates(job, nomad, details) : [];
  const { LatestDeployment: deployment } = nomad;
  return {
    id: job.id,
    namespace: job.namespace,
    type: job.launches === undefined ? job.type : `${job.type} (${job.launches})`,
    ...judgeJob(job, nomad, groups, details),
    version: nomad.Version,
    ...(deployment !== null && { nomadDeploymentId: deployment.ID }),
    groups,
    url: jobUrl(address, job),
  };
}

/** The job's page in Nomad's UI; empty for an address that no browser can open. */
function jobUrl(
  address        ,
  { id, namespace }                                                     ,
)         {
  return address.startsWith('unix://') ? '' : `${address}/ui/jobs/${encodeURIComponent(id)}@${namespace}`;
}

function groupStates(job            , nomad             , { counts, unstarted = new Set() }            )               {
  const current = (nomad.Allocs ?? []).filter((allocation) => allocation.JobVersion === nomad.Version);
  const wantedOf = counts ?? new Map(Object.keys(job.groups).map((name) => [name, nomad.GroupCountSum]));
  return [...wantedOf].map(([name, count]) => {
    const allocations = current.filter((allocation) => allocation.Group === name);
    const placed = allocations.filter((allocation) => isPlaced(nomad, allocation)).length;
    // A system job wants one on every node that fits: those that have it, and those that lack the room; none at all is too few.
    const nodes = countNodes(nomad, allocations) + (job.groups[name]?.Queued ?? 0);
    const wanted = (0,_tasks_js__WEBPACK_IMPORTED_MODULE_2__/* .isOnEveryNode */ .be)(nomad) && count > 0 ? Math.max(nodes, 1) : count;
    const desired = nomad.Stop ? 0 : wanted;
    const well = allocations.filter((allocation) => isHealthy(nomad, allocation) && !unstarted.has(allocation.ID));
    const healthy = Math.min(well.length, desired);
    // A failed allocation that was replaced stays listed; it matters as long as its replacement is not healthy.
    const unhealthy = Math.min(countFailed(allocations), desired - healthy);
    return { name, desired, placed, healthy, unhealthy };
  });
}

function isPlaced(nomad             , { ClientStatus }                  )          {
  return ClientStatus === 'pending' || ClientStatus === 'running' || ((0,_tasks_js__WEBPACK_IMPORTED_MODULE_2__/* .isBatch */ .bG)(nomad) && ClientStatus === 'complete');
}

/** Where Nomad watches no health (a batch job, or a replacement after the rollout's end), a task that runs is a healthy one. */
function isHealthy(nomad             , { ClientStatus, DeploymentStatus }                  )          {
  if ((0,_tasks_js__WEBPACK_IMPORTED_MODULE_2__/* .isBatch */ .bG)(nomad)) return ClientStatus === 'running' || ClientStatus === 'complete';
  if (ClientStatus !== 'running') return false;
  return DeploymentStatus.Healthy ?? nomad.LatestDeployment?.IsActive !== true;
}

/** The nodes that have an allocation, or had one that failed. What was lost was lost with its node. */
function countNodes(nomad             , allocations                             )         {
  const counted = allocations.filter(
    (allocation) => isPlaced(nomad, allocation) || (hasFailed(allocation) && allocation.ClientStatus !== 'lost'),
  );
  return new Set(counted.map(({ NodeID }) => NodeID)).size;
}

function countFailed(allocations                             )         {
  return allocations.filter(hasFailed).length;
}

function hasFailed({ ClientStatus, DeploymentStatus }                  )          {
  if (ClientStatus === 'failed' || ClientStatus === 'lost') return true;
  return ClientStatus === 'running' && DeploymentStatus.Healthy === false;
}

                     
                          
                          
 

/** Nomad's status of a job says whether its scheduler has something to do for it; this is what a user means by status. */
function judgeJob(job            , nomad             , groups                       , details            )            {
  if (nomad.Stop) return { status: 'stopped', health: 'unknown' };
  // What launches jobs has no allocations: that Nomad has accepted it is all that can be known.
  if (job.launches !== undefined) return { status: 'running', health: 'healthy' };
  const health = healthOf(nomad, groups);
  if (isForgotten(nomad)) return judgeForgotten(job, groups, details);
  if (nomad.Status === 'dead') return judgeDead(nomad, groups, health);
  // Something of it is still to be placed, so what runs, or has run, is not all.
  if (nomad.Status === 'pending') return { status: 'pending', health: health === 'healthy' ? 'unknown' : health };
  const placed = groups.some((group) => group.placed > 0);
  return { status: placed || wantsNothing(groups) ? 'running' : 'pending', health };
}

function healthOf({ LatestDeployment, Version }             , groups                       )         {
  const own = LatestDeployment?.JobVersion === Version ? LatestDeployment : undefined;
  if (own?.Status === 'failed' || groups.some((group) => group.unhealthy > 0)) return 'unhealthy';
  // Where there are as many canaries as allocations are wanted, the counts alone would hide that the version from before runs, too.
  if (own?.RequiresPromotion === true) return 'unknown';
  return groups.every((group) => group.healthy >= group.desired) && groups.length > 0 ? 'healthy' : 'unknown';
}

function wantsNothing(groups                       )          {
  return groups.length > 0 && groups.every((group) => group.desired === 0);
}

/** Ended without having been stopped: well, badly, or before any allocation of this version ran. */
function judgeDead(nomad             , groups                       , health        )            {
  if (wantsNothing(groups)) return { status: 'complete', health: 'healthy' };
  if (!(0,_tasks_js__WEBPACK_IMPORTED_MODULE_2__/* .isBatch */ .bG)(nomad) || health === 'unhealthy') return { status: 'failed', health: 'unhealthy' };
  return health === 'healthy' ? { status: 'complete', health } : { status: 'pending', health: 'unknown' };
}

/** Whether a batch job is at rest, and no allocation tells whether it has run: Nomad forgets them sooner than their job. */
function isForgotten(nomad             )          {
  return (0,_tasks_js__WEBPACK_IMPORTED_MODULE_2__/* .isBatch */ .bG)(nomad) && nomad.Status === 'dead' && !nomad.Stop && (nomad.Allocs ?? []).length === 0;
}

/**
 * What became of a batch job of which only the numbers are left. They are those of all of its versions; an evaluation is forgotten
 * together with the allocations that came of it, so while one is known, nothing came of it.
 */
function judgeForgotten(
  { groups: numbers }            ,
  groups                       ,
  { neverRan = false }            ,
)            {
  if (wantsNothing(groups)) return { status: 'complete', health: 'healthy' };
  if (neverRan) return { status: 'pending', health: 'unknown' };
  const summaries = groups.map(({ name }) => numbers[name]);
  if (summaries.some((summary) => (summary?.Failed ?? 0) + (summary?.Lost ?? 0) > 0)) {
    return { status: 'failed', health: 'unhealthy' };
  }
  if (groups.length === 0 || summaries.includes(undefined)) return { status: 'unknown', health: 'unknown' };
  const isComplete = groups.every(({ name, desired }) => (numbers[name]?.Complete ?? 0) >= desired);
  return isComplete ? { status: 'complete', health: 'healthy' } : { status: 'pending', health: 'unknown' };
}

/** From the worst to the best: what is true of a deployment when it is true of one of its jobs. */
const precedence                    = ['failed', 'reverted', 'cancelled', 'unknown', 'pending', 'running', 'complete'];

/**
 * The state of a whole deployment. Stopped jobs count only where all are: a pack that dropped a job leaves it stopped until
 * Nomad forgets it.
 */
function overallStatus(jobs                                                )            {
  if (jobs.every(({ status }) => status === 'absent')) return { status: 'absent', health: 'unknown' };
  const alive = jobs.filter((job) => job.status !== 'stopped');
  if (alive.length === 0) return { status: 'stopped', health: 'unknown' };
  const status = precedence.find((one) => alive.some((job) => job.status === one)) ?? 'unknown';
  if (alive.some((job) => job.health === 'unhealthy')) return { status, health: 'unhealthy' };
  return { status, health: alive.every((job) => job.health === 'healthy') ? 'healthy' : 'unknown' };
}


/***/ }),

/***/ 7402:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ awaitStatuses),
/* harmony export */   r: () => (/* binding */ readStatuses)
/* harmony export */ });
/* harmony import */ var _api_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7898);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1023);
/* harmony import */ var _jobs_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2656);
                                                                                                                     

                                                                              



/**
 * What `POST /v1/jobs/statuses` says of these jobs, in their order; jobs that do not exist are left out. Servers that lack the
 * endpoint, and jobs that it passes over (before Nomad 2.0.4 it showed one of several jobs that were changed at once), are
 * asked one by one.
 */
async function readStatuses(client             , refs                   )                         {
  if (refs.length === 0) return [];
  return (await awaitStatuses(client, refs, {})).statuses;
}

                              
                                   
                                                                                                                       
                         
 

/** As `readStatuses`; with `blocking` it waits on the server until something of these jobs has changed. */
async function awaitStatuses(
  client             ,
  refs                   ,
  options                ,
)                       {
  const { body, index } = await askStatuses(client, refs, options);
  const answered = new Map(body.map((status) => [keyOf(status), status]));
  const { blocking: _, ...others } = options;
  const all = await Promise.all(refs.map((ref) => answered.get((0,_jobs_js__WEBPACK_IMPORTED_MODULE_2__/* .jobKey */ .tv)(ref)) ?? collectStatus(client, ref, others)));
  const statuses = all.filter((status) => status !== undefined);
  return { statuses, index: statuses.length > answered.size ? 0 : index };
}

function keyOf({ ID, Namespace }             )         {
  return (0,_jobs_js__WEBPACK_IMPORTED_MODULE_2__/* .jobKey */ .tv)({ id: ID, namespace: Namespace });
}

async function askStatuses(
  client             ,
  refs                   ,
  options                ,
)                                                 {
  const payload = { jobs: refs.map(({ id, namespace }) => ({ id, namespace })), include_children: true };
  try {
    const { body, index } = await client.post('/v1/jobs/statuses', _api_js__WEBPACK_IMPORTED_MODULE_0__/* .jobStatusesSchema */ .lW, payload, {
      ...options,
      query: { namespace: '*' },
      repeatable: true,
    });
    return { body, index };
  } catch (error) {
    if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .NomadResponseError */ .zY && (error.status === 404 || error.status === 405)) {
      return { body: [], index: 0 };
    }
    throw error;
  }
}

/** The same answer, put together from what each Nomad can tell. */
async function collectStatus(
  client             ,
  ref        ,
  options                ,
)                                   {
  const asked = { ...options, query: { namespace: ref.namespace } };
  const [job, allocations, deployments] = await Promise.all([
    (0,_jobs_js__WEBPACK_IMPORTED_MODULE_2__/* .readJob */ .cd)(client, ref, options),
    client.get((0,_api_js__WEBPACK_IMPORTED_MODULE_0__/* .jobPath */ .Jf)(ref.id, '/allocations'), _api_js__WEBPACK_IMPORTED_MODULE_0__/* .allocationsSchema */ .P6, asked),
    client.get((0,_api_js__WEBPACK_IMPORTED_MODULE_0__/* .jobPath */ .Jf)(ref.id, '/deployments'), _api_js__WEBPACK_IMPORTED_MODULE_0__/* .deploymentsSchema */ .Ck, asked),
  ]);
  if (job === undefined) return undefined;
  const latest = [...deployments.body].sort((a, b) => b.CreateIndex - a.CreateIndex)[0];
  return {
    ID: job.ID,
    Namespace: job.Namespace,
    Name: job.Name,
    Type: job.Type,
    Version: job.Version,
    SubmitTime: job.SubmitTime,
    ModifyIndex: job.ModifyIndex,
    ParentID: job.ParentID ?? '',
    Stop: job.Stop,
    Status: job.Status,
    GroupCountSum: (job.TaskGroups ?? []).reduce((sum, group) => sum + group.Count, 0),
    ChildStatuses: isLauncher(job) ? [] : null,
    Allocs: allocations.body.map(statusAllocation),
    LatestDeployment: latest === undefined ? null : statusDeployment(latest),
  };
}

function isLauncher(job     )          {
  return job.Periodic !== null || (job.ParameterizedJob !== null && (job.ParentID ?? '') === '');
}

function statusAllocation(allocation            )                   {
  return {
    ID: allocation.ID,
    Group: allocation.TaskGroup,
    NodeID: allocation.NodeID,
    ClientStatus: allocation.ClientStatus,
    JobVersion: allocation.JobVersion,
    DeploymentStatus: allocation.DeploymentStatus ?? { Canary: false, Healthy: null },
    FollowupEvalID: allocation.FollowupEvalID ?? '',
  };
}

function statusDeployment(deployment            )                   {
  const groups = Object.values(deployment.TaskGroups ?? {}).filter((group) => group !== null);
  const canaries = groups.filter((group) => group.DesiredCanaries > 0);
  const running = deployment.Status === 'running';
  return {
    ID: deployment.ID,
    IsActive: running || deployment.Status === 'paused',
    JobVersion: deployment.JobVersion,
    Status: deployment.Status,
    StatusDescription: deployment.StatusDescription,
    AllAutoPromote: running && canaries.length > 0 && canaries.every((group) => group.AutoPromote),
    RequiresPromotion: running && canaries.some((group) => !group.Promoted),
  };
}


/***/ }),

/***/ 7980:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ag: () => (/* binding */ differs),
/* harmony export */   Eu: () => (/* binding */ findRegistered),
/* harmony export */   K_: () => (/* binding */ NOTHING_CLAIMED),
/* harmony export */   aQ: () => (/* binding */ snapshotVersions),
/* harmony export */   ro: () => (/* binding */ NOT_THERE),
/* harmony export */   vw: () => (/* binding */ findSubmitted)
/* harmony export */ });
/* harmony import */ var _api_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7898);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1023);
/* harmony import */ var _jobs_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2656);

                                               



/** A job as it was before a run. */
                                             
                           
                             
                         
                                  
                                                                                                                             
                           
                                                                                                                                         
                                             
 

/** What the jobs were before a run, by `jobKey`. Jobs that did not exist are absent. */
                                                               

/** Looks at the jobs before a run. */
async function snapshotVersions(client             , refs                   )                           {
  const found = await Promise.all(refs.map(async (ref) => [ref, await (0,_jobs_js__WEBPACK_IMPORTED_MODULE_2__/* .listVersions */ .yO)(client, ref)]         ));
  const jobs = found.flatMap(([ref, versions]) => snapshotJob(ref, versions));
  return new Map(jobs.map((job) => [(0,_jobs_js__WEBPACK_IMPORTED_MODULE_2__/* .jobKey */ .tv)(job), job]));
}

/** Whether one of the jobs is another now than it was before. nomad-pack purges nothing: one that is gone was taken away by others. */
function differs(refs                   , before                 , now                 )          {
  return refs.map(_jobs_js__WEBPACK_IMPORTED_MODULE_2__/* .jobKey */ .tv).some((key) => {
    const job = now.get(key);
    return job !== undefined && job.jobModifyIndex !== before.get(key)?.jobModifyIndex;
  });
}

function snapshotJob({ id, namespace }        , versions                )                {
  const [current] = versions;
  if (current === undefined) return [];
  const own = versions.filter((job) => isSameOwner(job, current));
  return [
    {
      id,
      namespace,
      version: current.Version,
      stop: current.Stop,
      jobModifyIndex: current.JobModifyIndex,
      stable: current.Stable,
      // Nomad marks a stopped version as stable when it was made from one.
      highestStable: own.find((job) => job.Stable && !job.Stop)?.Version,
    },
  ];
}

/** Whether the versions are of one pack and deployment: a job that was replaced by another pack’s has those of both. */
function isSameOwner({ Meta: a }     , { Meta: b }     )          {
  return ['pack.name', 'pack.deployment_name'].every((key) => a?.[key] === b?.[key]);
}

/** A job of a run, at the version that is the run's. */
                                              
                           
                                  
                                                              
                         
                                                            
                                 
                                                             
                                                                   
                                                                             
                           
                                                                                                                          
                           
 

/** The evaluations that a run claims to have made. */
                          
                                  
                                                                     
                         
 

/** What a run claims that printed no evaluation. */
const NOTHING_CLAIMED          = { ids: [], since: 0 };

/**
 * Which version of each job is this run's. An evaluation that the run made names the `JobModifyIndex` that it registered, and that the
 * version; the evaluation of an unchanged registration names none. Where the run made no evaluation, as for periodic and parameterized
 * jobs, what is there now is compared with what was there before. An evaluation is the run's if it is of one of these jobs, of a
 * registration, and younger than the run; of several, the youngest.
 */
async function findSubmitted(
  client             ,
  rendered                   ,
  before                 ,
  { ids, since }         ,
)                          {
  const found = await Promise.all(ids.map(async (id) => await readEvaluation(client, id)));
  const evaluations = found
    .filter((evaluation) => evaluation !== undefined)
    .filter(({ TriggeredBy, CreateIndex }) => TriggeredBy === 'job-register' && CreateIndex > since)
    .sort((a, b) => a.CreateIndex - b.CreateIndex);
  const evaluationOf = new Map(
    evaluations.map((evaluation) => [(0,_jobs_js__WEBPACK_IMPORTED_MODULE_2__/* .jobKey */ .tv)({ id: evaluation.JobID, namespace: evaluation.Namespace }), evaluation]),
  );
  return await Promise.all(
    rendered.map(async (ref) => {
      const key = (0,_jobs_js__WEBPACK_IMPORTED_MODULE_2__/* .jobKey */ .tv)(ref);
      return submittedJob(ref, await (0,_jobs_js__WEBPACK_IMPORTED_MODULE_2__/* .listVersions */ .yO)(client, ref), before.get(key), evaluationOf.get(key));
    }),
  );
}

/** Undefined for one that Nomad has forgotten. */
async function readEvaluation(client             , id        )                                  {
  try {
    const path = `/v1/evaluation/${encodeURIComponent(id)}`;
    return (await client.get(path, _api_js__WEBPACK_IMPORTED_MODULE_0__/* .evaluationSchema */ .MF, { query: { namespace: '*' } })).body;
  } catch (error) {
    if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .isMissing */ .b2)(error)) return undefined;
    throw error;
  }
}

function submittedJob(
  ref        ,
  versions                ,
  before                         ,
  evaluation                        ,
)               {
  const registered = versions.find((job) => job.JobModifyIndex === evaluation?.JobModifyIndex);
  const job = registered ?? standing(versions, evaluation);
  if (job === undefined) return { ...missingJob(ref), ...(evaluation !== undefined && { isProven: true }) };
  return {
    id: ref.id,
    namespace: ref.namespace,
    version: job.Version,
    jobModifyIndex: job.JobModifyIndex,
    launches: launchesOf(job),
    type: job.Type,
    meta: job.Meta,
    change: evaluation !== undefined && registered === undefined ? 'unchanged' : changeSince(before, job),
    ...(registered !== undefined && { isProven: true }),
  };
}

/**
 * The version that was there already and said the same, somebody else's maybe, registered a moment earlier: the one that was current when
 * Nomad made the evaluation.
 */
function standing(versions                , evaluation                        )                  {
  const { CreateIndex = Number.POSITIVE_INFINITY } = evaluation ?? {};
  return versions.find(({ JobModifyIndex }) => JobModifyIndex < CreateIndex) ?? versions[0];
}

function changeSince(before                         , { JobModifyIndex }     )                         {
  if (before === undefined) return 'created';
  return before.jobModifyIndex === JobModifyIndex ? 'unchanged' : 'updated';
}

/** What is wrong with a job that is `missing`, in words that follow its name. */
const NOT_THERE = 'it is not there, though it was to be registered';

function missingJob({ id, namespace }        )               {
  return { id, namespace, version: 0, jobModifyIndex: 0, launches: undefined, type: 'service', change: 'missing' };
}

function launchesOf(job     )                           {
  if (job.Periodic !== null) return 'periodic';
  return job.ParameterizedJob === null ? undefined : 'parameterized';
}

/** What Nomad says that it registered, for jobs that are registered through its API. */
async function findRegistered(client             , ref        , jobModifyIndex        )                        {
  const job = (await (0,_jobs_js__WEBPACK_IMPORTED_MODULE_2__/* .listVersions */ .yO)(client, ref)).find((version) => version.JobModifyIndex === jobModifyIndex);
  return job === undefined ? missingJob(ref) : { ...submittedJob(ref, [job], undefined, undefined), change: 'updated' };
}


/***/ }),

/***/ 7754:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ surveyDeployment),
/* harmony export */   e: () => (/* binding */ packIdentity),
/* harmony export */   listOwnerless: () => (/* binding */ listOwnerless),
/* harmony export */   surveyCluster: () => (/* binding */ surveyCluster)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2027);
/* harmony import */ var _api_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7898);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1023);


                                               


/** A job in Nomad that carries the name of a deployment. */
                                             
                         
                                                              
                                  
                             
                         
                                  
                                
                              
                                                          
                              
 

/** What nomad-pack recorded of where the job came from; empty where it recorded nothing. */
                               
                        
                            
                       
                        
 

/** A job that a periodic or parameterized one launched. It inherits the metadata but is not a job of the pack. */
                                                    
                            
 

/** `filtered` is false where the server is too old to filter: then nothing is known. */
                    
     
                              
                                            
                                                  
                                                                                                                 
                             
     
                                 

/** As the input is checked: nothing in it ends the text that it is put into. */
const DEPLOYMENT_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*(?:@[A-Za-z0-9][A-Za-z0-9._@/+#-]*)?$/;

/**
 * Every job of all visible namespaces that carries the deployment's name, stopped ones included, sorted by namespace and id. It
 * is one request, whatever the size of the cluster.
 */
async function surveyDeployment(client             , deploymentName        )                  {
  // The name becomes part of an expression.
  if (!DEPLOYMENT_NAME.test(deploymentName)) {
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('input', `"${deploymentName}" cannot be the name of a deployment`, {
      hint: 'Set `deployment_name` to letters, digits, `.`, `_` and `-`, beginning with a letter or digit; `@` and a ref may follow, as in `web@v1.2.0`.',
    });
  }
  const listed = await list(client, `Meta["pack.deployment_name"] == ${JSON.stringify(deploymentName)}`);
  return listed === undefined ? { filtered: false } : surveyOf(listed, deploymentName);
}

/**
 * The same for every deployment of the cluster at once, in one request.
 *
 * @returns what there is of a deployment, by its name
 */
async function surveyCluster(client             )                                              {
  const listed = await list(client, 'Meta["pack.deployment_name"] is not empty');
  if (listed === undefined) return () => ({ filtered: false });
  return (name) => surveyOf(listed, name);
}

function surveyOf({ stubs, index }        , deploymentName        )         {
  const found = stubs.filter((stub) => stub.Meta?.['pack.deployment_name'] === deploymentName).sort(byNamespaceAndId);
  return {
    filtered: true,
    jobs: found.filter((stub) => stub.ParentID === '').map(surveyed),
    children: found
      .filter((stub) => stub.ParentID !== '')
      .map((stub) => ({ ...surveyed(stub), parentId: stub.ParentID })),
    index,
  };
}

/** Jobs of all visible namespaces, and the index of the state that they are of. */
                  
                                     
                         
 

/**
 * The running jobs of these namespaces that no deployment owns: deployed by other means, or without the metadata that nomad-pack
 * writes. It is one request.
 */
async function listOwnerless(client             , namespaces                     )                    {
  const places = [...namespaces].map((namespace) => `Namespace == ${JSON.stringify(namespace)}`).join(' or ');
  const filter = `Meta["pack.deployment_name"] is empty and ParentID is empty and Stop == false and Status != "dead" and (${places})`;
  // Naming a namespace that the token may not list would be refused.
  const { body } = await client.get('/v1/jobs', _api_js__WEBPACK_IMPORTED_MODULE_1__/* .jobStubsSchema */ .yn, { query: { namespace: '*', meta: true, filter } });
  return body.sort(byNamespaceAndId).map(({ ID, Namespace }) => ({ id: ID, namespace: Namespace }));
}

/** Where the job's metadata says it came from. */
function packIdentity(meta                            )               {
  return {
    name: meta?.['pack.name'] ?? '',
    registry: meta?.['pack.registry'] ?? '',
    ref: meta?.['pack.version'] ?? '',
    path: meta?.['pack.path'] ?? '',
  };
}

/**
 * The stubs that fit the filter; undefined where the server does not filter: one that is too old pays no heed to the expression,
 * or to `meta`, and so shows jobs that do not fit, or nothing of their metadata.
 */
async function list(client             , filter        )                              {
  const query = { namespace: '*', meta: true, filter };
  try {
    const { body: stubs, index } = await client.get('/v1/jobs', _api_js__WEBPACK_IMPORTED_MODULE_1__/* .jobStubsSchema */ .yn, { query });
    return stubs.some((stub) => !stub.Meta?.['pack.deployment_name']) ? undefined : { stubs, index };
  } catch (error) {
    if (isFilterRefused(error)) return undefined;
    throw error;
  }
}

/** Whether it is the expression that the server does not understand, or a field of it; a 400 may mean anything else, too. */
function isFilterRefused(error         )          {
  if (!(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .NomadResponseError */ .zY) || error.status !== 400) return false;
  return /filter expression|error finding value/.test(error.words);
}

function byNamespaceAndId(a         , b         )         {
  if (a.Namespace !== b.Namespace) return a.Namespace < b.Namespace ? -1 : 1;
  return a.ID < b.ID ? -1 : 1;
}

function surveyed(stub         )              {
  return {
    id: stub.ID,
    namespace: stub.Namespace,
    type: stub.Type,
    launches: stub.Periodic ? 'periodic' : stub.ParameterizedJob ? 'parameterized' : undefined,
    status: stub.Status,
    stop: stub.Stop,
    jobModifyIndex: stub.JobModifyIndex,
    submitTime: stub.SubmitTime,
    groups: stub.JobSummary?.Summary ?? {},
    pack: packIdentity(stub.Meta),
  };
}


/***/ }),

/***/ 7280:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HN: () => (/* binding */ mayBeEvicted),
/* harmony export */   bG: () => (/* binding */ isBatch),
/* harmony export */   be: () => (/* binding */ isOnEveryNode),
/* harmony export */   eF: () => (/* binding */ findUnstarted),
/* harmony export */   st: () => (/* binding */ needsTasks),
/* harmony export */   uE: () => (/* binding */ isUnwatched)
/* harmony export */ });
/* unused harmony export mainTasks */
                                                                                                     

/** The names of the tasks that a group exists for; its others prepare them, stand beside them or clean up after them. */
function mainTasks({ Tasks }           )           {
  return (Tasks ?? []).filter(({ Lifecycle }) => !Lifecycle).map(({ Name }) => Name);
}

/**
 * Whether only an allocation's tasks tell how it is doing: Nomad calls it `running` as soon as any of its tasks runs, also one that only
 * prepares, and nobody watches its health.
 */
function isUnwatched(nomad             , allocation                  )          {
  if (allocation.ClientStatus !== 'running' || allocation.JobVersion !== nomad.Version) return false;
  if (isBatch(nomad)) return true;
  return allocation.DeploymentStatus.Healthy === null && nomad.LatestDeployment?.IsActive !== true;
}

/**
 * Whether a batch job's allocation that is `complete` may have been evicted before its task was done: Nomad has one word for both, and the
 * job's states do not say what the scheduler wanted of it. Once the job is dead, nothing of it waits for a place any more.
 */
function mayBeEvicted(nomad             , { ClientStatus, JobVersion }                  )          {
  return isBatch(nomad) && nomad.Status !== 'dead' && ClientStatus === 'complete' && JobVersion === nomad.Version;
}

/**
 * Whether the job's allocations have to be looked at: where there is but one task, it is the one that runs, unless the allocation was
 * evicted.
 */
function needsTasks(nomad             , job     )          {
  const several = new Set(
    (job.TaskGroups ?? []).filter(({ Tasks }) => (Tasks ?? []).length > 1).map(({ Name }) => Name),
  );
  return (nomad.Allocs ?? []).some(
    (allocation) =>
      mayBeEvicted(nomad, allocation) || (several.has(allocation.Group) && isUnwatched(nomad, allocation)),
  );
}

/**
 * The ids of the allocations, among those of the job's current version, that run though a task of theirs is still to be started, or that
 * were evicted before theirs were done.
 */
function findUnstarted(job     , allocations                       )                      {
  const groups = new Map((job.TaskGroups ?? []).map((group) => [group.Name, group]));
  const unstarted = allocations.filter(({ JobVersion, ClientStatus, DesiredStatus, TaskGroup, TaskStates }) => {
    if (JobVersion !== job.Version) return false;
    if (ClientStatus === 'complete') return isBatch(job) && DesiredStatus !== 'run';
    const group = groups.get(TaskGroup);
    return ClientStatus === 'running' && group !== undefined && isWaiting(job, group, TaskStates ?? {});
  });
  return new Set(unstarted.map(({ ID }) => ID));
}

/**
 * Whether a main task does not run yet, or a task beside them waits for its first start, or for the next one after it has failed. What
 * cleans up waits until the end.
 */
function isWaiting(job     , group           , states                                     )          {
  const beside = (group.Tasks ?? []).filter(({ Lifecycle }) => Lifecycle && Lifecycle.Hook !== 'poststop');
  return (
    mainTasks(group).some((task) => !hasStarted(job, states[task])) ||
    beside.some(({ Name }) => states[Name]?.State === 'pending')
  );
}

/** A batch job's task may have ended before the others; any other has to go on running. */
function hasStarted(job                   , state                       )          {
  if (state?.State === 'running') return true;
  return isBatch(job) && state?.State === 'dead' && !state.Failed;
}

function isBatch({ Type }                   )          {
  return Type === 'batch' || Type === 'sysbatch';
}

/** Whether the job wants one allocation on every node that fits, and not a number of them. */
function isOnEveryNode({ Type }                   )          {
  return Type === 'system' || Type === 'sysbatch';
}


/***/ }),

/***/ 3513:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ writeOnce),
/* harmony export */   w: () => (/* binding */ WRITE_PATIENCE)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8500);
/* harmony import */ var _answers_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4109);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1023);




/** What became of a write; `unknown` where nobody can tell whether Nomad has carried it out, or still will. */
                                                                                                                       

/** How long a write is looked for whose answer was lost: a gateway that gave up may have passed it on. Milliseconds. */
const WRITE_PATIENCE = 10_000;

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 1_000;

/**
 * Sends a write that must not come twice unseen. Where its answer is lost, Nomad is looked at, and it is sent again only while it has not
 * been carried out. Throws nothing.
 *
 * @param isDone whether what was to be written is there
 */
async function writeOnce(
  send                        ,
  isDone                        ,
  patience = WRITE_PATIENCE,
)                   {
  const end = performance.now() + patience;
  let isLost = false;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    const failure = await failureOf(send());
    if (failure === undefined) return { state: 'done' };
    isLost ||= mayBeDone(failure.error);
    if (!isLost) return { state: 'undone', failure: failure.error };
    let done = false;
    const unseen = await failureOf(
      isDone().then((found) => {
        done = found;
      }),
    );
    if (done) return { state: 'done' };
    if (unseen !== undefined) return { state: 'unknown', failure: failure.error };
    if (!mayPass(failure.error)) return { state: 'undone', failure: failure.error };
    if (performance.now() >= end) return { state: 'unknown', failure: failure.error };
    await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(pause);
  }
}

async function failureOf(work                  )                                                   {
  return await work.then(
    () => undefined,
    (error         ) => ({ error }),
  );
}

/** Whether Nomad may have carried out what failed like this: all but a refusal, and what has never reached it. */
function mayBeDone(error         )          {
  if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .NomadResponseError */ .zY) return error.status >= 500;
  return !(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .NomadUnreachableError */ .Sc && error.unsent);
}

/** Whether the same may go well a moment later. With a 500 Nomad refuses writes, too: a read that fails so is another matter. */
function mayPass(error         )          {
  if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .NomadResponseError */ .zY) {
    const isRefusal = error.status === 500 && !/No cluster leader|Not ready to serve|rpc error/i.test(error.words);
    return !isRefusal && (0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .isTransient */ .dg)(error.status, error.words);
  }
  return error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .NomadUnreachableError */ .Sc || error instanceof _answers_js__WEBPACK_IMPORTED_MODULE_1__/* .UnreadableAnswer */ .y;
}


/***/ })

};

