export const id = 828;
export const ids = [828];
export const modules = {

/***/ 1023:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
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
    super(reason, message, { hint });
    this.status = status;
    this.words = words;
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

/** Whether the same request may well succeed a moment later. */
function isTransient(status        , body        )          {
  if (status === 429 || status === 502 || status === 503 || status === 504) return true;
  return (
    status === 500 &&
    /No cluster leader|Not ready to serve|rpc error/i.test(body) &&
    !/nonexistent namespace/i.test(body)
  );
}


/***/ }),

/***/ 7828:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  operate: () => (/* binding */ operate)
});

// EXTERNAL MODULE: ./build/js/errors.js
var js_errors = __webpack_require__(2027);
;// CONCATENATED MODULE: ./build/js/nomad/api.js


/**
 * Responses of Nomad's HTTP API: the fields that are read here, as Nomad names them. Lists and maps that are empty arrive as
 * `null`. Times are nanoseconds since 1970, beyond what a number holds exactly: good for ordering and showing only.
 */

                                                                  

/** Nomad's own word for a job's state, which says little about its health. */
                                                            

/** A job by what identifies it. */
                         
                      
                             
 

                                                       

/** An entry of `GET /v1/jobs?meta=true`. */
                          
                      
                            
                        
                             
                         
                             
                                     
                         
                                  
                                
                                                                                                  
                                  
                              
 

/** Allocations of a task group by their state. */
                               
                          
                            
                          
                           
                            
                        
                           
 

/**
 * A job specification: `GET /v1/job/:id`, `POST /v1/jobs/parse`, entries of `GET /v1/job/:id/versions`. It is handed back to Nomad
 * as it came, so it has more fields than these.
 */
                      
                      
                             
                        
                             
                                  
                         
                                   
                                           
                                
                                                   
                                          
                         
                           
                                  
                           
                               
                                  
                              
 

                            
                        
                         
                                                                                       
                                          
 

/** Durations are nanoseconds. */
                                 
                               
                                  
                                   
                                    
                               
                                
                          
 

                              
                      
                                           
 

                              
                  
             
             
                
             
            
            
                
                

/** A rollout: `GET /v1/job/:id/deployments`, `GET /v1/deployment/:id`. */
                             
                      
                         
                             
                              
                                  
                                      
                                    
                                     
                                                                        
                               
                               
 

                                  
                                
                               
                             
                                   
                                
                                
                                 
                                   
                                                    
                     
                                    
 

                             
                      
                         
                             
                                  
                                                                              
                                      
                               
                             
                                 
                                
                                 
                                                                              
                                                                       
                                                                                                       
                              
                               
                               
 

/** Why the scheduler placed nothing. Counts are of nodes. */
                                   
                                  
                                 
                                  
                                
                             
                       
                                                                   
                                                                  
                                                                       
                                                                   
                                                                       
                                                    
                                          
                                         
           
             
                                                                                                              
     
           
                                                                         
                                     
 

                                                                                              

/** An entry of `GET /v1/job/:id/allocations`. */
                             
                      
                         
                             
                              
                             
                          
                            
                                                   
                                      
                                      
                                                                                                   
                                                                  
                                   
                               
                               
                              
                              
 

                            
                                                 
                           
                            
                                    
                                     
                      
                                               
 

                            
                        
                        
                                  
                                                            
                            
                          
                              
 

/** An entry of `POST /v1/jobs/statuses`; from Nomad 1.8 on. */
                              
                      
                             
                        
                         
                           
                              
                               
                            
                         
                                  
                                                      
                                 
                                                                  
                                                           
                                                      
                                                     
 

                                   
                      
                         
                          
                                      
                              
                                                                                            
                                                                                         
                                  
 

                                   
                      
                             
                              
                                    
                                     
                                   
                                      
 

/** `POST /v1/job/:id/plan`. */
                          
                                                                                                              
                                                                             
                                         
                                  
                                
                            
 

/** How many allocations of a task group the scheduler would treat how. */
                                 
                          
                         
                           
                        
                                 
                                     
                          
 

                                                               

/** A difference: of a job, a task group, a task, or any block inside. */
                             
                          
                         
                                               
                                                 
 

                            
                          
                        
                       
                       
 

                                             
                      
                                                       
 

                                                   
                        
                                             
 

                                              
                        
 

/** What a write answers that led to an evaluation. */
                                   
                                                                                     
                          
                                  
 

/**
 * The path of a job and what is below it, its id encoded: ids may hold slashes.
 *
 * @throws ActionError `job-specification` for an id that no path can hold: dots alone lead to another folder, encoded or not.
 */
function jobPath(id        , below = '')         {
  if (id === '.' || id === '..') {
    throw new js_errors/* ActionError */.lZ('job-specification', `"${id}" is no name that a job can be asked for by`, {
      hint: 'Let the pack give the job another name.',
    });
  }
  return `/v1/job/${encodeURIComponent(id)}${below}`;
}

// EXTERNAL MODULE: ./build/js/nomad/errors.js
var errors = __webpack_require__(1023);
;// CONCATENATED MODULE: ./build/js/nomad/jobs.js


                                                               


/** The job as Nomad has it now; undefined where there is none. */
async function readJob(
  client             ,
  { id, namespace }        ,
  options                 = {},
)                           {
  try {
    return (await client.get     (jobPath(id), { ...options, query: { namespace } })).body;
  } catch (error) {
    if ((0,errors/* isMissing */.b2)(error)) return undefined;
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

/** The versions that Nomad still has, newest first; none for a job that does not exist. */
async function listVersions(
  client             ,
  { id, namespace }        ,
  options                 = {},
)                          {
  try {
    const { body } = await client.get             (jobPath(id, '/versions'), { ...options, query: { namespace } });
    return body.Versions ?? [];
  } catch (error) {
    if ((0,errors/* isMissing */.b2)(error)) return [];
    throw error;
  }
}

/** Whom a job must belong to for it to be touched. */
                        
                                  
                            
 

/**
 * The job as it is now; undefined where there is none.
 *
 * @throws ActionError `would-stop-others` when it is not the owner's any more.
 */
async function readOwned(client             , ref        , owner       )                           {
  const job = await readJob(client, ref);
  if (job === undefined) return undefined;
  const deployment = job.Meta?.['pack.deployment_name'];
  const pack = job.Meta?.['pack.name'];
  if (deployment === owner.deploymentName && pack === owner.packName && job.Namespace === ref.namespace) return job;
  const now = deployment === undefined ? 'no deployment' : `deployment "${deployment}" of pack "${pack}"`;
  throw new js_errors/* ActionError */.lZ('would-stop-others', `Job "${ref.id}" in namespace "${ref.namespace}" now belongs to ${now}`, {
    hint: 'It was left alone. Look at who else deploys under this job id.',
  });
}

/**
 * Stops a job; with `purge` Nomad forgets it as well. The job is looked at once more before: it may have changed hands since it
 * was found.
 *
 * @returns the id of the evaluation that stops it; empty for a job that needs none; undefined when the job is gone already.
 * @throws ActionError `would-stop-others` when it is not the owner's any more.
 */
async function stopJob(
  client             ,
  ref        ,
  owner       ,
  { purge }                             ,
)                              {
  if ((await readOwned(client, ref, owner)) === undefined) return undefined;
  const query = { namespace: ref.namespace, purge };
  const { body } = await client.delete                  (jobPath(ref.id), { query });
  return body.EvalID;
}

/**
 * Promotes all canaries of a rollout.
 *
 * @throws NomadResponseError when there is nothing to promote or the canaries are not healthy.
 */
async function promote(client             , nomadDeploymentId        , namespace        )                {
  const path = `/v1/deployment/promote/${encodeURIComponent(nomadDeploymentId)}`;
  await client.post                  (path, { DeploymentID: nomadDeploymentId, All: true }, { query: { namespace } });
}

;// CONCATENATED MODULE: ./build/js/nomad/statuses.js
                                                                                                                     

                                                                              



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
  const all = await Promise.all(refs.map((ref) => answered.get(jobKey(ref)) ?? collectStatus(client, ref, others)));
  const statuses = all.filter((status) => status !== undefined);
  return { statuses, index: statuses.length > answered.size ? 0 : index };
}

function keyOf({ ID, Namespace }             )         {
  return jobKey({ id: ID, namespace: Namespace });
}

async function askStatuses(
  client             ,
  refs                   ,
  options                ,
)                                                 {
  const payload = { jobs: refs.map(({ id, namespace }) => ({ id, namespace })), include_children: true };
  try {
    const { body, index } = await client.post                      ('/v1/jobs/statuses', payload, {
      ...options,
      query: { namespace: '*' },
      repeatable: true,
    });
    return { body: body ?? [], index };
  } catch (error) {
    if (error instanceof errors/* NomadResponseError */.zY && (error.status === 404 || error.status === 405)) {
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
    readJob(client, ref, options),
    client.get                     (jobPath(ref.id, '/allocations'), asked),
    client.get                     (jobPath(ref.id, '/deployments'), asked),
  ]);
  if (job === undefined) return undefined;
  const latest = [...(deployments.body ?? [])].sort((a, b) => b.CreateIndex - a.CreateIndex)[0];
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
    Allocs: (allocations.body ?? []).map(statusAllocation),
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
  const canaries = Object.values(deployment.TaskGroups ?? {}).filter((group) => group.DesiredCanaries > 0);
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

;// CONCATENATED MODULE: ./build/js/nomad/state.js
                                                                         
                                                              
                                               


                                               

/** How many allocations each task group shall have, by its name. */
                                               

/**
 * The state of these jobs, in their order: one request for all of them, and one more for each job of several task groups, whose
 * counts Nomad tells nowhere else. Jobs that are gone meanwhile are left out.
 */
async function readJobStates(client             , jobs                        )                      {
  const [statuses, counts] = await Promise.all([
    readStatuses(client, jobs),
    Promise.all(jobs.map(async (job) => [jobKey(job), await groupCounts(client, job)]         )),
  ]);
  const countsOf = new Map(counts);
  const surveyed = new Map(jobs.map((job) => [jobKey(job), job]));
  return statuses.flatMap((status) => {
    const key = jobKey({ id: status.ID, namespace: status.Namespace });
    const job = surveyed.get(key);
    return job === undefined ? [] : [jobState(client.settings.address, job, status, countsOf.get(key))];
  });
}

/** Undefined where one number for the whole job says it. */
async function groupCounts(client             , job             )                                   {
  if (job.launches !== undefined || Object.keys(job.groups).length === 1) return undefined;
  const found = await readJob(client, job);
  return new Map((found?.TaskGroups ?? []).map((group) => [group.Name, group.Count]));
}

/** What of a job must be known besides what Nomad says of its state. */
                                                                                                

/** The state of one job, from what Nomad says of it. */
function jobState(
  address        ,
  job            ,
  nomad             ,
  counts              = new Map(Object.keys(job.groups).map((name) => [name, nomad.GroupCountSum])),
)           {
  const groups = job.launches === undefined ? groupStates(job, nomad, counts) : [];
  const { LatestDeployment: deployment } = nomad;
  return {
    id: job.id,
    namespace: job.namespace,
    type: job.launches === undefined ? job.type : `${job.type} (${job.launches})`,
    ...judge(job, nomad, groups),
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

function groupStates(job            , nomad             , counts             )               {
  const current = (nomad.Allocs ?? []).filter((allocation) => allocation.JobVersion === nomad.Version);
  return [...counts].map(([name, count]) => {
    const allocations = current.filter((allocation) => allocation.Group === name);
    const placed = allocations.filter((allocation) => isPlaced(nomad, allocation)).length;
    // A system job wants one on every node that fits: those that have it, and those that lack the room; none at all is too few.
    const nodes = countNodes(nomad, allocations) + (job.groups[name]?.Queued ?? 0);
    const wanted = isOnEveryNode(nomad) && count > 0 ? Math.max(nodes, 1) : count;
    const desired = nomad.Stop ? 0 : wanted;
    const healthy = Math.min(allocations.filter((allocation) => isHealthy(nomad, allocation)).length, desired);
    // A failed allocation that was replaced stays listed; it matters as long as its replacement is not healthy.
    const unhealthy = Math.min(countFailed(allocations), desired - healthy);
    return { name, desired, placed, healthy, unhealthy };
  });
}

function isOnEveryNode({ Type }             )          {
  return Type === 'system' || Type === 'sysbatch';
}

function isBatch({ Type }             )          {
  return Type === 'batch' || Type === 'sysbatch';
}

function isPlaced(nomad             , { ClientStatus }                  )          {
  return ClientStatus === 'pending' || ClientStatus === 'running' || (isBatch(nomad) && ClientStatus === 'complete');
}

/** Where Nomad watches no health (a batch job, or a replacement after the rollout's end), a task that runs is a healthy one. */
function isHealthy(nomad             , { ClientStatus, DeploymentStatus }                  )          {
  if (isBatch(nomad)) return ClientStatus === 'running' || ClientStatus === 'complete';
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
function judge(job            , nomad             , groups                       )            {
  if (nomad.Stop) return { status: 'stopped', health: 'unknown' };
  // What launches jobs has no allocations: that Nomad has accepted it is all that can be known.
  if (job.launches !== undefined) return { status: 'running', health: 'healthy' };
  const health = healthOf(nomad, groups);
  if (nomad.Status === 'dead') return judgeDead(nomad, job, groups, health);
  if (nomad.Status === 'pending') return { status: 'pending', health };
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

/** Ended without having been stopped: well, badly, or so long ago that Nomad has forgotten all but the numbers. */
function judgeDead(nomad             , job            , groups                       , health        )            {
  if ((nomad.Allocs ?? []).length === 0) {
    const failed = Object.values(job.groups).some((group) => group.Failed > 0 || group.Lost > 0);
    if (failed) return { status: 'failed', health: 'unhealthy' };
  }
  const complete = isBatch(nomad) && health !== 'unhealthy';
  if (complete || wantsNothing(groups)) return { status: 'complete', health: 'healthy' };
  return { status: 'failed', health: 'unhealthy' };
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

;// CONCATENATED MODULE: ./build/js/nomad/rollout/outcome.js

                                                                           


                                 
                                                                                               
                                     
                          
                          
                                                                                                    
                                 
 

                                                              

/** From what tells most of why a deployment failed to what tells least. */
const order                                 = [
  'unhealthy',
  'reverted',
  'placement',
  'stopped',
  'superseded',
  'timeout',
  'awaiting-promotion',
];

/** What the states of the jobs come to. */
function concludeRollout(jobs                     , nameOf                           )                 {
  const bad = jobs.filter(isDiagnosed).sort((a, b) => rank(a) - rank(b));
  const [worst] = bad;
  const overall = overallStatus(jobs);
  if (worst === undefined) return { jobs, ...overall };
  const lines = bad.map((job) => describeJob(job, nameOf(job)));
  const failure = new js_errors/* ActionError */.lZ(worst.diagnosis.reason, lines.join('\n'), { hint: hintFor(worst) });
  return { jobs, ...overall, failure };
}

function isDiagnosed(job          )                   {
  return job.diagnosis !== undefined;
}

function rank({ diagnosis }           )         {
  return order.indexOf(diagnosis.reason);
}

function describeJob(job           , name        )         {
  const { reason, cause } = job.diagnosis;
  if (reason === 'timeout') return `Job "${name}" did not get there in time: ${cause}`;
  return `Job "${name}": ${cause}`;
}

function hintFor({ id, namespace, nomadDeploymentId, diagnosis }           )         {
  const where = `-namespace ${namespace} ${id}`;
  switch (diagnosis.reason) {
    case 'unhealthy':
      return `Mend what the task’s events and log show, and deploy again. on_failure: revert takes a failed deployment back by itself. More: nomad job status ${where}`;
    case 'reverted':
      return 'The version from before runs again. Mend what the task’s events and log show, and deploy again.';
    case 'placement':
      return 'Let the pack ask for less (count, cpu, memory, constraints; see its variables), or give the cluster a node that fits. Jobs that wait for room may need a longer wait_timeout.';
    case 'stopped':
      return `Find out who stopped it (nomad job history ${where}), and deploy again.`;
    case 'superseded':
      return 'Look at what else deploys this job. Deployments of one name should wait for each other: give their workflow jobs the same concurrency group.';
    case 'timeout':
      return `Set wait_timeout to a longer time if it only needs more of it. More: nomad job status ${where}`;
    case 'awaiting-promotion':
      return `Promote the canaries with operation: promote, or by nomad deployment promote ${nomadDeploymentId ?? ''}`.trimEnd();
  }
}

;// CONCATENATED MODULE: ./build/js/nomad/submission.js
                                                                 
                                               



/** A job as it was before a run. */
                                             
                           
                             
                         
                                  
                                                                                                                             
                           
                                                                                                                                         
                                             
 

/** What the jobs were before a run, by `jobKey`. Jobs that did not exist are absent. */
                                                               

/** Looks at the jobs before a run. */
async function snapshotVersions(client             , refs                   )                           {
  const found = await Promise.all(refs.map(async (ref) => [ref, await listVersions(client, ref)]         ));
  const jobs = found.flatMap(([ref, versions]) => snapshotJob(ref, versions));
  return new Map(jobs.map((job) => [jobKey(job), job]));
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
                                              
                           
                                  
                                                              
                         
                                                             
                                                                   
 

/**
 * Which version of each job is this run's. An evaluation that the run printed names the `JobModifyIndex` that it registered,
 * and that the version; the evaluation of an unchanged registration names none. Where the run printed no evaluation, as for
 * periodic and parameterized jobs, what is there now is compared with what was there before.
 */
async function findSubmitted(
  client             ,
  rendered                   ,
  before                 ,
  evaluations                   ,
)                          {
  const printed = await Promise.all(evaluations.map(async (id) => await readEvaluation(client, id)));
  const evaluationOf = new Map(
    printed
      .filter((evaluation) => evaluation !== undefined)
      .map((evaluation) => [jobKey({ id: evaluation.JobID, namespace: evaluation.Namespace }), evaluation]),
  );
  return await Promise.all(
    rendered.map(async (ref) => {
      const key = jobKey(ref);
      return submittedJob(ref, await listVersions(client, ref), before.get(key), evaluationOf.get(key));
    }),
  );
}

/** Undefined for one that Nomad has forgotten. */
async function readEvaluation(client             , id        )                                  {
  try {
    const path = `/v1/evaluation/${encodeURIComponent(id)}`;
    return (await client.get            (path, { query: { namespace: '*' } })).body;
  } catch (error) {
    if ((0,errors/* isMissing */.b2)(error)) return undefined;
    throw error;
  }
}

function submittedJob(
  ref        ,
  versions                ,
  before                         ,
  evaluation                        ,
)               {
  const job = ownVersion(versions, before, evaluation);
  if (job === undefined) return missingJob(ref);
  return {
    id: ref.id,
    namespace: ref.namespace,
    version: job.Version,
    jobModifyIndex: job.JobModifyIndex,
    launches: launchesOf(job),
    type: job.Type,
    change: before === undefined ? 'created' : before.jobModifyIndex === job.JobModifyIndex ? 'unchanged' : 'updated',
  };
}

/** What is wrong with a job that is `missing`, in words that follow its name. */
const NOT_THERE = 'it is not there, though it was to be registered';

function missingJob({ id, namespace }        )               {
  return { id, namespace, version: 0, jobModifyIndex: 0, launches: undefined, type: 'service', change: 'missing' };
}

function ownVersion(
  versions                ,
  before                         ,
  evaluation                        ,
)                  {
  const at = (index                    ) => versions.find((job) => job.JobModifyIndex === index);
  if (evaluation === undefined) return versions[0];
  const registered = at(evaluation.JobModifyIndex);
  if (registered !== undefined) return registered;
  // Unchanged: what was there before is what the run meant, whatever came after it.
  return at(before?.jobModifyIndex) ?? versions[0];
}

function launchesOf(job     )                           {
  if (job.Periodic !== null) return 'periodic';
  return job.ParameterizedJob === null ? undefined : 'parameterized';
}

/** What Nomad says that it registered, for jobs that are registered through its API. */
async function findRegistered(client             , ref        , jobModifyIndex        )                        {
  const job = (await listVersions(client, ref)).find((version) => version.JobModifyIndex === jobModifyIndex);
  return job === undefined ? missingJob(ref) : { ...submittedJob(ref, [job], undefined, undefined), change: 'updated' };
}

;// CONCATENATED MODULE: ./build/js/nomad/revert.js


                                               




                           
                                                              
                                      
                                     
                                          
                                                     
                                      
 

/** What was done for one job. */
                
                          
                                
                            
 

/**
 * Undoes a run. Jobs that it changed go back to the version from before, or, where that one was never healthy, to the last that was;
 * jobs that it stopped are started again; jobs that it created are stopped, but kept for a look. A first deployment has nothing
 * to go back to and is left as it is. No job is taken back from whoever has changed it since.
 *
 * @param stopped jobs that the run stopped: the pack no longer has them, or they were another's, or had been launched by such jobs.
 * @throws ActionError `superseded` when somebody else has changed a job meanwhile, `revert-failed` when Nomad refuses; what was
 *   done for the other jobs is in the message.
 */
async function revertJobs(
  client             ,
  submitted                         ,
  stopped                   ,
  before                 ,
  owner       ,
)                    {
  const changed = submitted.filter(({ change }) => change === 'updated' || change === 'created');
  const isFirst = submitted.every(({ change }) => change === 'created' || change === 'missing');
  if (isFirst && !stopped.some((ref) => before.get(jobKey(ref))?.stop === false)) {
    return {
      actions: ['This is the first deployment: there is no version to go back to. Its jobs are left as they are.'],
      watch: [],
      stopped: [],
    };
  }
  const outcomes = await Promise.allSettled([
    ...changed.map(async (job) => await undo(client, job, before.get(jobKey(job)), owner)),
    ...stopped.map(async (ref) => await restart(client, ref, before.get(jobKey(ref)))),
  ]);
  const steps = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason           ] : []));
  const actions = steps.map(({ action }) => action);
  if (failures.length > 0) throw combine(failures, actions);
  return {
    actions,
    watch: steps.flatMap(({ watch }) => watch ?? []),
    stopped: steps.flatMap((step) => step.stopped ?? []),
  };
}

function combine(failures                    , actions                   )          {
  const errors = failures.map(js_errors/* asActionError */.z6);
  const worst = errors.find(({ reason }) => reason !== 'superseded') ?? errors[0];
  if (worst === undefined || worst.reason === 'cancelled') return failures[0];
  const text = [...errors.map(({ message }) => message), ...actions].join('\n');
  return new js_errors/* ActionError */.lZ(worst.reason, text, { hint: worst.hint, cause: worst });
}

async function undo(
  client             ,
  job              ,
  before                         ,
  owner       ,
)                {
  if (before === undefined || before.stop) {
    const was = before === undefined ? 'is new' : 'was stopped before';
    await requireOurs(client, job, await readOwned(client, job, owner));
    await stopJob(client, job, owner, { purge: false });
    return { action: `${describe(job)} ${was}, so it was stopped.`, stopped: job };
  }
  const target = before.stable ? before.version : (before.highestStable ?? before.version);
  return await goBack(client, job, target, job.version);
}

/**
 * Makes sure that a job is as the run left it, or as Nomad took it back by itself.
 *
 * @throws ActionError `superseded`
 */
async function requireOurs(client             , job              , current                 )                {
  if (current === undefined || current.Stop || current.JobModifyIndex === job.jobModifyIndex) return;
  const versions = await listVersions(client, job);
  if (versions.some((older) => older.Version < job.version && isSame(current, older))) return;
  throw superseded(job, 'stopped', current, job.version);
}

async function restart(client             , ref        , before                         )                {
  const job = await readJob(client, ref);
  if (job === undefined) return { action: `${describe(ref)} was purged meanwhile and cannot be started again.` };
  if (!job.Stop) return { action: `${describe(ref)} runs; it was not touched.` };
  // Nomad takes back no job that was dispatched.
  if (job.ParentID) return { action: `${describe(ref)} was launched by job "${job.ParentID}", and stays stopped.` };
  if (before === undefined || before.stop)
    return { action: `${describe(ref)} was not running before, so it stays stopped.` };
  return await goBack(client, ref, before.version, job.Version);
}

/** @param from the version that must be the current one. */
async function goBack(client             , ref        , target        , from        )                {
  try {
    const answer = await revert(client, ref, target, from);
    const watch = await findRegistered(client, ref, answer.JobModifyIndex);
    return { action: `${describe(ref)} went back to version ${target}, as version ${watch.version}.`, watch };
  } catch (error) {
    if (!(error instanceof errors/* NomadResponseError */.zY)) throw error;
    if (/enforcing version/i.test(error.words)) return await alreadyBack(client, ref, target, from);
    throw new js_errors/* ActionError */.lZ('revert-failed', `${describe(ref)} could not go back to version ${target}: ${error.words}`, {
      hint:
        error.hint ||
        'Deploy the ref from before by hand. Nomad keeps only a job’s last versions (see nomad job history).',
      cause: error,
    });
  }
}

async function revert(client             , ref        , target        , from        )                            {
  const payload = { JobID: ref.id, JobVersion: target, EnforcePriorVersion: from };
  const { body } = await client.post                  (jobPath(ref.id, '/revert'), payload, {
    query: { namespace: ref.namespace },
    // A second time it is refused, for then another version is the current one.
    repeatable: true,
  });
  return body;
}

/** The version that was to be taken back is not the current one: is what we wanted, by Nomad itself or by a request that got lost? */
async function alreadyBack(client             , ref        , target        , from        )                {
  const versions = await listVersions(client, ref);
  const [current] = versions;
  const wanted = versions.find(({ Version }) => Version === target);
  if (current !== undefined && wanted !== undefined && current.Version > from && isSame(current, wanted)) {
    const watch = await findRegistered(client, ref, current.JobModifyIndex);
    return { action: `${describe(ref)} is back at version ${target} already, as version ${current.Version}.`, watch };
  }
  throw superseded(ref, `taken back to version ${target}`, current, from);
}

/** @param what was not done to the job, which is not at version `from` any more. */
function superseded(ref        , what        , current                 , from        )              {
  const now = current === undefined ? 'it is gone' : `it is at version ${current.Version}`;
  return new js_errors/* ActionError */.lZ(
    'superseded',
    `${describe(ref)} was not ${what}: somebody else has changed it, ${now} and not at ${from}`,
    { hint: 'It was left alone. Look at what else deploys this job.' },
  );
}

/** Whether two versions of a job say the same. */
function isSame(a     , b     )          {
  return !a.Stop && revert_text(a) === revert_text(b);
}

function revert_text({ Type, Meta, TaskGroups, Update, Periodic, ParameterizedJob }     )         {
  return JSON.stringify([Type, Meta, TaskGroups, Update, Periodic, ParameterizedJob]);
}

function describe({ id, namespace }        )         {
  return `Job "${id}" (${namespace})`;
}

;// CONCATENATED MODULE: ./build/js/nomad/survey.js

                                                                                                
                                               


/** A job in Nomad that carries the name of a deployment. */
                                             
                         
                                                              
                                  
                             
                         
                                  
                                
                              
                                                          
                              
 

/** What nomad-pack recorded of where the job came from; empty where it recorded nothing. */
                               
                        
                            
                       
                        
 

/** A job that a periodic or parameterized one launched. It inherits the metadata but is no job of the pack. */
                                                    
                            
 

/** `filtered` is false where the server is too old to filter: then nothing is known. */
                    
                                                                                                                   
                                 

const deploymentNames = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/**
 * Every job of all visible namespaces that carries the deployment's name, stopped ones included, sorted by namespace and id. It
 * is one request, whatever the size of the cluster.
 */
async function surveyDeployment(client             , deploymentName        )                  {
  // The name becomes part of an expression.
  if (!deploymentNames.test(deploymentName)) {
    throw new js_errors/* ActionError */.lZ('input', `"${deploymentName}" cannot be the name of a deployment`, {
      hint: 'Set deployment_name to letters, digits, ".", "_" and "-", beginning with a letter or digit.',
    });
  }
  const stubs = await list(client, `Meta["pack.deployment_name"] == "${deploymentName}"`);
  if (stubs === undefined) return { filtered: false };
  const found = stubs.filter((stub) => stub.Meta?.['pack.deployment_name'] === deploymentName).sort(byNamespaceAndId);
  return {
    filtered: true,
    jobs: found.filter((stub) => stub.ParentID === '').map(surveyed),
    children: found
      .filter((stub) => stub.ParentID !== '')
      .map((stub) => ({ ...surveyed(stub), parentId: stub.ParentID })),
  };
}

/** Where the job's metadata says it came from. */
function packIdentity(meta                )               {
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
async function list(client             , filter        )                                          {
  const query = { namespace: '*', meta: true, filter };
  try {
    const { body } = await client.get                  ('/v1/jobs', { query });
    const stubs = body ?? [];
    return stubs.some((stub) => !stub.Meta?.['pack.deployment_name']) ? undefined : stubs;
  } catch (error) {
    if (isFilterRefused(error)) return undefined;
    throw error;
  }
}

/** Whether it is the expression that the server does not understand, or a field of it; a 400 may mean anything else, too. */
function isFilterRefused(error         )          {
  if (!(error instanceof errors/* NomadResponseError */.zY) || error.status !== 400) return false;
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

;// CONCATENATED MODULE: ./build/js/nomad/ownership.js

                                            



/** What is there before a deploy. */
                        
                                        
                                              
                                                                            
                                              
 

/** A job of another pack or another namespace under the deployment's name. */
                                            
                                      
                                             
                                       
                            
 

/** A job that has the id of a rendered one but is of another deployment, or of none. */
                                                
                                              
                            
 

/** What a deploy would do to jobs besides registering the rendered ones. */
                            
                                                                                   
                                         
                                                                                                          
                                              
                                          
                                                
 

/**
 * Compares what the pack renders with what is there. `nomad-pack run` (0.4.2) stops every job that is not dead, carries the
 * deployment's name and has an id that was not rendered, whatever its pack and namespace, children included; and it replaces a job
 * of the same deployment and id whatever its pack. A pack is known by its name; where its registry differs, it has moved.
 */
function compareOwnership(owner       , rendered                   , found       )            {
  const ids = new Set(rendered.map((job) => job.id));
  const keys = new Set(rendered.map(jobKey));
  const namespaces = new Set(rendered.map((job) => job.namespace));
  const isStopped = (job             ) => job.status !== 'dead' && !ids.has(job.id);
  const isOwn = (job             ) => job.pack.name === owner.packName && namespaces.has(job.namespace);
  const stopped = found.jobs.filter(isStopped);
  const stoppedChildren = found.children.filter(isStopped);
  const replaced = found.jobs.filter((job) => keys.has(jobKey(job)) && !job.stop && job.pack.name !== owner.packName);
  const foreign = (job             , effect                      )             => ({
    id: job.id,
    namespace: job.namespace,
    effect,
    other: job.pack.name === owner.packName ? 'namespace' : 'pack',
    packName: job.pack.name,
  });
  return {
    stops: stopped.filter(isOwn),
    children: stoppedChildren.filter(isOwn),
    foreign: [
      ...[...stopped, ...stoppedChildren].filter((job) => !isOwn(job)).map((job) => foreign(job, 'stop')),
      ...replaced.map((job) => foreign(job, 'replace')),
    ],
    conflicts: rendered.flatMap((job) => conflict(owner, job, found.existing.get(jobKey(job)))),
  };
}

function conflict(owner       , { id, namespace }        , existing                 )                   {
  if (existing === undefined) return [];
  const deploymentName = existing.Meta?.['pack.deployment_name'];
  if (deploymentName === owner.deploymentName) return [];
  return [{ id, namespace, deploymentName, packName: packIdentity(existing.Meta).name }];
}

/**
 * Refuses a deploy that would take what is not its own.
 *
 * @throws ActionError `job-conflict` for an id that another deployment, or nobody, owns; `would-stop-others` for jobs of another
 *   pack or namespace, unless those may be replaced.
 */
function assertOwnership(
  owner       ,
  { conflicts, foreign }           ,
  { allowReplace }                                    ,
)       {
  const [first] = conflicts;
  if (first !== undefined) {
    throw new js_errors/* ActionError */.lZ('job-conflict', conflicts.map((job) => describeConflict(owner, job)).join('\n'), {
      hint:
        first.deploymentName === undefined
          ? 'Let the pack use another job id, or stop and purge the job if nobody needs it: nomad job stop -purge.'
          : `Set deployment_name to "${first.deploymentName}" if it is the same deployment; else let the pack use another job id.`,
    });
  }
  if (foreign.length > 0 && !allowReplace) {
    throw new js_errors/* ActionError */.lZ('would-stop-others', foreign.map((job) => describeForeign(owner, job)).join('\n'), {
      hint: 'Choose another deployment_name. If those jobs are to go, set allow_replace: true.',
    });
  }
}

/** `Job "web" in namespace "default" belongs to deployment "demo" of pack "web", not to ...` */
function describeConflict(owner       , { id, namespace, deploymentName, packName }                )         {
  const whose =
    deploymentName === undefined
      ? 'was not deployed by nomad-pack'
      : `belongs to deployment "${deploymentName}" of pack "${packName}"`;
  return `Job "${id}" in namespace "${namespace}" ${whose}, not to deployment "${owner.deploymentName}" of pack "${owner.packName}"`;
}

/** `Deploying pack "batch" as "shared" would stop job "web" of pack "web" in namespace "default"`. */
function describeForeign(owner       , { id, namespace, effect, packName }            )         {
  const pack = packName === '' ? 'no known pack' : `pack "${packName}"`;
  return `Deploying pack "${owner.packName}" as "${owner.deploymentName}" would ${effect} job "${id}" of ${pack} in namespace "${namespace}"`;
}

;// CONCATENATED MODULE: ./build/js/operations/survey.js

                                                   
                                                      





                                             
                                                                  
                                        

/** Who a deployment's jobs belong to: the name of the deployment and the pack. */
function ownerOf({ deploymentName, pack }                    )        {
  return { deploymentName, packName: pack.name };
}

/**
 * Everything that carries the deployment's name, for operations that change the cluster: they never guess.
 *
 * @throws ActionError on a Nomad that is too old to tell
 */
async function surveyAll(client             , deploymentName        )                                       {
  const survey = await surveyDeployment(client, deploymentName);
  if (survey.filtered) return survey;
  throw new js_errors/* ActionError */.lZ(
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
async function requireNamespace(client             , { nomad }                    )                {
  try {
    await client.get(`/v1/namespace/${encodeURIComponent(nomad.namespace)}`);
  } catch (error) {
    if (!(0,errors/* isMissing */.b2)(error)) throw error;
    const orUnseen = nomad.token === undefined && nomad.login === undefined ? '' : ', or the token may not see it';
    throw new js_errors/* ActionError */.lZ(
      'nomad-namespace',
      `There is no namespace \`${nomad.namespace}\` in Nomad at ${nomad.address}${orUnseen}.`,
      {
        hint: 'Set `nomad_namespace` to the one that the deployment is in, and give the token rights there.',
        cause: error,
      },
    );
  }
}

/** What a deploy would do to the jobs that are there. */
                                          
                                                           
                                           
                                                                                
                                              
 

/** What a deploy of these jobs would do to the other jobs of the cluster. */
async function readClaim(
  client             ,
  settings                    ,
  rendered                   ,
)                 {
  const [survey, existing] = await Promise.all([
    surveyAll(client, settings.deploymentName),
    readExisting(client, rendered),
  ]);
  return { ...compareOwnership(ownerOf(settings), rendered, { ...survey, existing }), present: survey.jobs, existing };
}

/**
 * Refuses a deploy that would take what belongs to others.
 *
 * @throws ActionError
 */
function refuseStrangers(claim       , settings                    )       {
  assertOwnership(ownerOf(settings), claim, settings.rollout);
}

/** Says what a deploy is about to stop or replace besides registering its jobs. */
function sayWhatStops(claim       , settings                    , { log }       )       {
  const owner = ownerOf(settings);
  for (const job of claim.foreign) log.warning(`${describeForeign(owner, job)}; allowed by \`allow_replace\`.`);
  if (claim.stops.length > 0) log.notice(`No longer in the pack, so they stop: ${nameJobs(claim.stops)}.`);
  if (claim.children.length > 0) {
    log.notice(
      `Launched by jobs of the deployment, and stopped by nomad-pack along with it: ${nameJobs(claim.children)}.`,
    );
  }
}

/** The jobs of the deployment in these namespaces. */
async function findOwn(
  client             ,
  settings                    ,
  namespaces                     ,
)                                  {
  const { jobs } = await surveyAll(client, settings.deploymentName);
  return locateJobs(jobs, ownerOf(settings), namespaces).here;
}

/** The states of those of the jobs that carry the deployment's name. */
async function readStates(
  client             ,
  { deploymentName }                    ,
  refs                   ,
)                      {
  if (refs.length === 0) return [];
  const keys = new Set(refs.map(jobKey));
  const { jobs } = await surveyAll(client, deploymentName);
  return await readJobStates(
    client,
    jobs.filter((job) => keys.has(jobKey(job))),
  );
}

/** The namespaces that the jobs go to. */
function namespacesOf(jobs                   )              {
  return new Set(jobs.map(({ namespace }) => namespace));
}

/** The jobs of a deployment, parted by where they are. */
                              
                                                       
                                        
                                                        
                                             
                                              
                                          
 

function locateJobs(
  jobs                        ,
  { packName }       ,
  namespaces                     ,
)              {
  const own = jobs.filter((job) => job.pack.name === packName);
  return {
    here: own.filter((job) => namespaces.has(job.namespace)),
    elsewhere: own.filter((job) => !namespaces.has(job.namespace)),
    others: jobs.filter((job) => job.pack.name !== packName),
  };
}

/** `web (default), api (default)` */
function nameJobs(jobs                   )         {
  return jobs.map(({ id, namespace }) => `${id} (${namespace})`).join(', ');
}

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
;// CONCATENATED MODULE: ./build/js/nomad/rollout/log-tail.js

                                            
                                                                

/** What is read: much more than is shown, for a secret that is cut in two is recognised by nobody. */
const mostBytes = 64 * 1024;
const mostCharacters = 4_096;
const mostLines = 20;

                          
                               
                                  
                        
                                            
                                   
 

/**
 * The end of what a task wrote to stderr, or, where that is nothing, to stdout, redacted: at most 20 lines and 4,096 characters. Empty where there is
 * nothing, or where it cannot be had, for its node is gone or the token may not read logs: a rollout's failure is told without it.
 */
async function readLogTail(tail         )                  {
  return (await readEnd(tail, 'stderr')) || (await readEnd(tail, 'stdout'));
}

async function readEnd({ client, allocation, task, redact, options }         , type        )                  {
  const query = { namespace: allocation.Namespace, task, type, plain: true, origin: 'end', offset: mostBytes };
  const path = `/v1/client/fs/logs/${encodeURIComponent(allocation.ID)}`;
  try {
    const text = await client.getText(path, { ...options, query });
    return lastLines(redact((0,external_node_util_.stripVTControlCharacters)(wholeLines(text)).replaceAll('\r', '')));
  } catch (error) {
    client.log(`No log of task "${task}" of allocation ${allocation.ID}: ${(error         ).message}`);
    return '';
  }
}

/** What was cut at its beginning may begin within a secret, so the rest of that line goes. */
function wholeLines(text        )         {
  if (Buffer.byteLength(text) < mostBytes) return text;
  const end = text.indexOf('\n');
  return end === -1 || end === text.length - 1 ? '[a line that is too long to be shown]' : text.slice(end + 1);
}

function lastLines(text        )         {
  const lines = text.trimEnd().split('\n').slice(-mostLines).join('\n');
  return lines.slice(-mostCharacters).toWellFormed();
}

;// CONCATENATED MODULE: ./build/js/nomad/rollout/task-trouble.js
                                                                  

/** What went wrong with a task. */
                              
                         
                        
                                                                    
                         
                                                         
                        
                                
                        
                                      
                          
 

const signals                                   = {
  4: 'SIGILL',
  6: 'SIGABRT',
  7: 'SIGBUS',
  8: 'SIGFPE',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  13: 'SIGPIPE',
  15: 'SIGTERM',
};

/** Events that say that a task could not be started, and what of it could not. */
const startFailures                                   = {
  'Driver Failure': 'could not be started',
  'Setup Failure': 'could not be set up',
  'Failed Validation': 'is not valid',
  'Failed Artifact Download': 'could not fetch its artifact',
  'Failed Restoring Task': 'could not be restored',
  'Task hook failed': 'could not be prepared',
};

/**
 * What went wrong with the tasks of these allocations, what tells most first: what failed for good, and of that what failed first.
 */
function findTrouble(allocations                       )                                                        {
  return allocations
    .flatMap((allocation) => troubleOf(allocation).map((trouble) => ({ ...trouble, allocation })))
    .sort((a, b) => Number(b.final) - Number(a.final) || a.time - b.time);
}

function troubleOf(allocation            )                {
  return Object.entries(allocation.TaskStates ?? {}).flatMap(([task, state]) => {
    const found = decisiveEvent(allocation, state);
    if (found === undefined) return [];
    return [{ group: allocation.TaskGroup, task, final: state.Failed, ...found }];
  });
}

                                                         

/** The last event that names a cause; that the allocation is unhealthy is only what comes of it. */
function decisiveEvent(allocation            , state           )                    {
  const events = [...(state.Events ?? [])].reverse();
  // It was killed because another task failed, and that one tells why.
  if (events.some(({ Type }) => Type === 'Sibling Task Failed')) return undefined;
  // A task that Nomad was told to kill has ended as it should.
  const stopped = allocation.DesiredStatus !== 'run' && !state.Failed && state.Restarts === 0;
  const wrong = stopped ? undefined : first(events, (event) => wentWrong(event, state));
  return wrong ?? first(events, unhealthy);
}

function first(events                      , read                                                       ) {
  for (const event of events) {
    const found = read(event);
    if (found !== undefined) return { ...found, time: event.Time };
  }
  return undefined;
}

function wentWrong(event           , state           )                                  {
  const failure = startFailures[event.Type];
  if (failure !== undefined) return { words: `${failure}: ${oneLine(event.DisplayMessage)}`, ran: false };
  if (/^Template failed/i.test(event.DisplayMessage) || /^Missing: /.test(event.DisplayMessage)) {
    return { words: `could not be started: ${oneLine(event.DisplayMessage)}`, ran: false };
  }
  if (event.Type === 'Terminated') return terminated(event, state);
  return undefined;
}

function terminated(event           , state           )                                  {
  if (event.Details?.['oom_killed'] === 'true') {
    return { words: 'was killed because it used more memory than it may (out of memory)', ran: true };
  }
  const { Signal: signal, ExitCode: code } = event;
  if (signal !== 0) {
    const name = signals[signal];
    return { words: `was killed by signal ${signal}${name === undefined ? '' : ` (${name})`}`, ran: true };
  }
  if (code !== 0) return { words: `exited with code ${code}`, ran: true };
  // An end that is good by itself is bad where Nomad starts the task anew, or gives it up, because of it.
  const goesOn = state.Failed || state.Restarts > 0;
  return goesOn ? { words: 'exited with code 0, though it is to go on running', ran: true } : undefined;
}

function unhealthy({ Type, DisplayMessage }           )                                  {
  return Type === 'Alloc Unhealthy' ? { words: `is unhealthy: ${oneLine(DisplayMessage)}`, ran: true } : undefined;
}

/** Nomad wraps some messages over several lines. */
function oneLine(text        )         {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 500 ? `${line.slice(0, 500)}…` : line;
}

;// CONCATENATED MODULE: ./build/js/nomad/rollout/diagnosis.js
                                                 

                                                                
                                                     


                                        

/** How long the search for a cause may take: what is known without it must be told in any case. Milliseconds. */
const longestSearch = 5_000;

/** A job, and the version of it that is looked at. */
                                                                       

                          
                               
                             
                        
                                                                     
                               
                                            
 

/**
 * Why a job fares badly: what its tasks did, and the end of their log. Where Nomad does not tell in time, the cause is what the
 * verdict says.
 */
async function diagnose({ client, job, verdict, signal, redact }         )                     {
  const plain = { cause: redact(verdict.cause), reason: verdict.reason, events: [], log: '' };
  if (!lookAtTasks.has(verdict.reason)) return plain;
  return await withLimit(signal, longestSearch, plain, async (options) => {
    const allocations = await ownAllocations(client, job, options);
    const [worst] = findTrouble(allocations);
    const subject = worst ?? slowTask(allocations);
    const common = causeOf(verdict, causeWithoutTasks(allocations));
    if (subject === undefined) return { ...plain, cause: redact(common) };
    const { allocation, task } = subject;
    const log = subject.ran ? await readLogTail({ client, allocation, task, redact, options }) : '';
    return {
      cause: redact(worst === undefined ? common : causeOf(verdict, diagnosis_describe(worst, log))),
      reason: verdict.reason,
      events: lastEvents(allocation, task).map(redact),
      log,
      task: `${allocation.TaskGroup}/${task}`,
    };
  });
}

/** What the tasks did is why; that Nomad went back to another version is what came of it. */
function causeOf(verdict     , found                    )         {
  if (found === undefined) return verdict.cause;
  return verdict.reason === 'reverted' ? `${found}; ${verdict.cause}` : found;
}

/** A task that has not gone wrong but is not where it should be: what it does may tell why. */
function slowTask(
  allocations                       ,
)                                                                                                {
  const slow = allocations.find(
    ({ ClientStatus, DeploymentStatus }) =>
      ClientStatus === 'pending' || (ClientStatus === 'running' && DeploymentStatus?.Healthy !== true),
  );
  const [task] = Object.entries(slow?.TaskStates ?? {}).sort(byState);
  if (slow === undefined || task === undefined) return undefined;
  return { allocation: slow, task: task[0], ran: task[1].StartedAt !== null };
}

/** What has not started holds up what has. */
function byState([, a]                              , [, b]                              )         {
  const order = { pending: 0, running: 1, dead: 2 };
  return order[a.State] - order[b.State];
}

/** Of the others, the tasks are not what went wrong. */
const lookAtTasks = new Set                     (['unhealthy', 'reverted', 'timeout']);

async function ownAllocations(
  client             ,
  job              ,
  options                ,
)                                 {
  const asked = { ...options, query: { namespace: job.namespace } };
  const { body } = await client.get                     (jobPath(job.id, '/allocations'), asked);
  return (body ?? []).filter(({ JobVersion }) => JobVersion === job.version);
}

function causeWithoutTasks(allocations                       )                     {
  const lost = allocations.find(({ ClientStatus }) => ClientStatus === 'lost' || ClientStatus === 'unknown');
  if (lost !== undefined) return `an allocation of group "${lost.TaskGroup}" was lost with its node "${lost.NodeName}"`;
  const failed = allocations.find(({ ClientStatus }) => ClientStatus === 'failed');
  if (failed === undefined) return undefined;
  const why = failed.ClientDescription ? `: ${failed.ClientDescription}` : '';
  return `an allocation of group "${failed.TaskGroup}" failed${why}`;
}

/** `task "server" of group "app" exited with code 3: boom` */
function diagnosis_describe({ task, group, words, ran }             , log        )         {
  const said = ran ? (log.split('\n').at(-1) ?? '').trim() : '';
  const cause = `task "${task}" of group "${group}" ${words}`;
  return said === '' ? cause : `${cause}: ${said.length > 300 ? `${said.slice(0, 300)}…` : said}`;
}

function lastEvents({ TaskStates }            , task        )           {
  const events = TaskStates?.[task]?.Events ?? [];
  return events.map(({ Type, DisplayMessage, Time }) => {
    const time = new Date(Time / 1e6).toISOString().slice(11, 19);
    return `${time} ${Type}: ${DisplayMessage.replace(/\s*\n\s*/g, ' ')}`;
  });
}

/** Does the work unless it fails or takes too long; then `otherwise` must do. */
async function withLimit         (
  signal             ,
  milliseconds        ,
  otherwise         ,
  work                                               ,
)                   {
  signal.throwIfAborted();
  const limit = new AbortController();
  const onAbort = () => limit.abort(signal.reason);
  const timer = setTimeout(() => limit.abort(new Error('took too long')), milliseconds);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const outcome = await work({ signal: limit.signal, patience: milliseconds });
    signal.throwIfAborted();
    return outcome;
  } catch {
    signal.throwIfAborted();
    return otherwise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./build/js/nomad/rollout/inquiry.js



                                                                




/** How many requests for details are under way at once: other steps want to talk to Nomad, too. */
const detailRequests = 8;
/** How often a server is asked that cannot wait for changes. Milliseconds. */
const pollInterval = 1_000;
const pauseAfterFault = 1_000;

/**
 * What a watch asks of Nomad. A fault is no news of the rollout: it is told to `onTrouble`, and the question asked again until the
 * signal ends it. Everything throws the signal's reason.
 */
class Inquiry {
                   client             ;
                   signal             ;
                   onTrouble                                     ;
                   waiting                 = [];
          free = detailRequests;

  /** @param onTrouble told what is wrong, and, with nothing, that Nomad answers again. */
  constructor(client             , signal             , onTrouble                                     ) {
    this.client = client;
    this.signal = signal;
    this.onTrouble = onTrouble;
  }

  /**
   * The state of these jobs, once it is newer than `index`, or after `wait` milliseconds; at once for index 0. A server that cannot
   * wait gives the index 0: then ask again with it, and it is this that waits.
   */
  async statuses(refs                   , { index, wait }                                 )                       {
    const blocking = index === 0 ? {} : { blocking: { index, wait } };
    return await this.patiently((options) => awaitStatuses(this.client, refs, { ...options, ...blocking }));
  }

  /** Lets time pass before a server that cannot wait is asked again. */
  async pause(milliseconds        )                {
    await this.sleep(Math.min(milliseconds, pollInterval));
  }

  async versions(ref        )                          {
    return await this.detail((options) => listVersions(this.client, ref, options));
  }

  async evaluations(ref        )                                 {
    return await this.list            (ref, '/evaluations');
  }

  async deployments(ref        )                                 {
    return await this.list            (ref, '/deployments');
  }

  async allocations(ref        )                                 {
    return await this.list            (ref, '/allocations');
  }

          async list      ({ id, namespace }        , below        )                           {
    return await this.detail(async (options) => {
      const asked = { ...options, query: { namespace } };
      return (await this.client.get               (jobPath(id, below), asked)).body ?? [];
    });
  }

          async detail        (ask                                              )                  {
    if (this.free > 0) this.free -= 1;
    else await new Promise      ((resolve) => this.waiting.push(resolve));
    try {
      return await this.patiently(ask);
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.free += 1;
      else next();
    }
  }

          async patiently        (ask                                              )                  {
    const { signal } = this;
    const options = { signal, patience: Number.POSITIVE_INFINITY, onFault: (words        ) => this.onTrouble(words) };
    for (;;) {
      try {
        const answer = await ask(options);
        this.onTrouble(undefined);
        return answer;
      } catch (error) {
        signal.throwIfAborted();
        if (!mayPass(error)) throw error;
        this.onTrouble(error instanceof errors/* NomadResponseError */.zY ? error.words : error.message);
        await this.sleep(pauseAfterFault);
      }
    }
  }

          async sleep(milliseconds        )                {
    await (0,promises_.setTimeout)(milliseconds, undefined, { signal: this.signal }).catch(() => undefined);
    this.signal.throwIfAborted();
  }
}

/** Answers that say nothing about the rollout: a server in trouble, or a proxy that answers in its place. */
function mayPass(error         )                       {
  if (error instanceof errors/* NomadResponseError */.zY) return error.status >= 500;
  return error instanceof js_errors/* ActionError */.lZ && error.reason === 'nomad-error';
}

;// CONCATENATED MODULE: ./build/js/nomad/rollout/moment.js
                                                  
                                                                          
                                                     
                                            

/** What is known of a job when it is judged. What costs a request is asked for when it is needed. */
                         
                             
                              
                                                                                       
                                          
                                           
                                         
                                           
                          
                                                        
                       
                                                                                                                    
                           
                                           
                                                             
                                                             
 

/** What must be remembered of a job from one look to the next. */
                         
                                                                
                
                                                                                    
                                              
                                                           
                                                            
                                                       
                         
 

/** The task group's settings for updates; a job without any has none. */
function updateOf({ specification }        , group        ) {
  return specification?.TaskGroups?.find(({ Name }) => Name === group)?.Update ?? specification?.Update ?? undefined;
}

/** `group "app": 1 of 3 healthy`, of the groups that lack something. */
function describeShortage(groups                       , word = 'healthy')         {
  const short = groups.filter(({ desired, healthy }) => healthy < desired);
  return short.map(({ name, desired, healthy }) => `group "${name}": ${healthy} of ${desired} ${word}`).join('; ');
}

;// CONCATENATED MODULE: ./build/js/nomad/placement.js
                                                 

                                                                         

/** The dimensions of `DimensionExhausted` that `ResourcesExhausted` says the amounts of. */
const dimensions                                                                                                 = {
  memory: { unit: 'MB of memory', amount: (asked) => asked.MemoryMB ?? 0 },
  cpu: { unit: 'MHz of CPU', amount: (asked) => asked.CPU ?? 0 },
  cores: { unit: 'CPU cores', amount: (asked) => asked.Cores ?? 0 },
};

/**
 * Why Nomad found no place for a task group, in words for a reader and without a full stop at the end:
 * `no node has 999,999 MB of memory free: 1 of 1 nodes exhausted`. Several causes are joined with `; `.
 */
function describePlacementFailure(metric                  )         {
  const causes = [...exhausted(metric), ...filtered(metric), ...quotas(metric)];
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

function filtered(metric                  )           {
  const constraints = sortedEntries(metric.ConstraintFiltered).map(
    ([constraint, nodes]) => `the constraint "${constraint}" rules out ${shareOf(nodes, metric)}`,
  );
  const classes = sortedEntries(metric.ClassFiltered).map(
    ([name, nodes]) => `${shareOf(nodes, metric)} ruled out in class "${name}"`,
  );
  // Nomad counts a node by its constraint and by its class; the constraint tells more.
  return constraints.length > 0 ? constraints : classes;
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

;// CONCATENATED MODULE: ./build/js/nomad/rollout/outlook.js
                                            


/** What Nomad's scheduler still means to do for a job. */
                     
                                        
                                   
                                                               
                                                                              
                                                    
                                     
                                                                                                      
                                                        

/** Reads the evaluations of a job, in any order. */
function readOutlook(evaluations                       )          {
  const pending = evaluations.filter((evaluation) => evaluation.Status === 'pending');
  if (pending.some(({ WaitUntil }) => !isLater(WaitUntil))) return { kind: 'scheduling' };
  const latest = newest(evaluations.filter(({ Status }) => Status === 'complete' || Status === 'failed'));
  const blocked = newest(evaluations.filter(({ Status }) => Status === 'blocked'));
  // A system job that no node fits leaves no blocked evaluation behind.
  const groups = placementFailures(blocked) ?? placementFailures(latest);
  if (groups !== undefined) return { kind: 'blocked', groups };
  if (blocked !== undefined) return { kind: 'scheduling' };
  if (pending.length > 0) return { kind: 'rescheduling' };
  return { kind: 'idle', trouble: latest?.Status === 'failed' ? (latest.StatusDescription ?? '') : '' };
}

/** Go writes a time that was not set as one of the year 1. */
function isLater(time                    )          {
  return time !== undefined && new Date(time).getFullYear() > 1;
}

function newest(evaluations                       )                         {
  return [...evaluations].sort((a, b) => b.CreateIndex - a.CreateIndex)[0];
}

function placementFailures(evaluation                        )                                  {
  const failed = Object.entries(evaluation?.FailedTGAllocs ?? {});
  if (failed.length === 0) return undefined;
  return new Map(failed.map(([group, metric]) => [group, describePlacementFailure(metric)]));
}

/** `group "app" cannot be placed: no node has 999,999 MB of memory free: 1 of 1 nodes exhausted`; several joined with `; `. */
function describeBlocked(groups                             )         {
  return [...groups].map(([group, why]) => `group "${group}" cannot be placed: ${why}`).join('; ');
}

;// CONCATENATED MODULE: ./build/js/nomad/rollout/verdict.js
                                                 

/** What is to be said of a job at one moment of its rollout. */
                                           

                       
                        
 

                          
                           
                                                           
                           
                                                                          
                             
                                                                                          
                              
 

                      
                       
                                       
                                                                                    
                         
                                                                                                                            
                              
 

const good       = { kind: 'good' };

function waiting(missing        , more                                    = {})          {
  return { kind: 'waiting', missing, ...more };
}

function bad(reason               , cause        , unsettled         )      {
  return { kind: 'bad', reason, cause, ...(unsettled !== undefined && { unsettled }) };
}

/** Whether there is no use in looking any longer. */
function isSettled(verdict                     )          {
  if (verdict === undefined) return false;
  return verdict.kind === 'bad' ? verdict.unsettled === undefined : verdict.kind === 'good';
}

;// CONCATENATED MODULE: ./build/js/nomad/rollout/unplaced.js




/**
 * Room may still come, so it is waited for; but a group of which nothing was ever placed is given up after its progress deadline,
 * which Nomad counts only from the first allocation on.
 */
function judgeUnplaced(moment        , blocked                             )          {
  const { groups, memory, now } = moment;
  const unplaced = groups.filter(({ name, placed, unhealthy }) => blocked.has(name) && placed + unhealthy === 0);
  for (const name of memory.unplacedSince.keys()) {
    if (!unplaced.some((group) => group.name === name)) memory.unplacedSince.delete(name);
  }
  const deadlines = unplaced.flatMap(({ name }) => {
    const since = memory.unplacedSince.get(name) ?? now;
    memory.unplacedSince.set(name, since);
    const deadline = (updateOf(moment, name)?.ProgressDeadline ?? 0) / 1e6;
    return deadline === 0 ? [] : [since + deadline];
  });
  const words = describeBlocked(blocked);
  const left = Math.min(...deadlines) - now;
  if (left <= 0) return bad('placement', words);
  return waiting(words, { blocked: true, lookAgain: Math.min(left, moment.backoff) });
}

;// CONCATENATED MODULE: ./build/js/nomad/rollout/allocations.js
                                            




/**
 * How long tasks must have been running where Nomad does not watch their health. Milliseconds. A batch job's tasks may be short; it
 * is enough to see that they do not fail at once.
 */
const settlingTime = { service: 5_000, system: 5_000, batch: 1_000, sysbatch: 1_000 };

/** Beyond this, a difference between the clocks of the runner and the node does not matter. Milliseconds. */
const clockSkew = 60_000;

/** How soon to look whether what has come to rest stays so. Milliseconds. */
const secondLook = 150;

/**
 * How a job fares by its allocations alone: one without a rollout, or, `watchedByNomad`, one whose rollout has succeeded.
 */
async function judgeAllocations(
  moment        ,
  { watchedByNomad }                                      ,
)                   {
  const { nomad, job } = moment;
  const isBatch = nomad.Type === 'batch' || nomad.Type === 'sysbatch';
  const own = (nomad.Allocs ?? []).filter(({ JobVersion }) => JobVersion === job.version);
  // It ended so long ago that Nomad has forgotten all but that.
  if (isBatch && job.change === 'unchanged' && nomad.Status === 'dead' && own.length === 0) return good;
  if (moment.groups.some(({ healthy, desired }) => healthy < desired)) return await judgeShort(moment);
  // Here only placing tells how many are wanted, and where there was no room.
  if (allocations_isOnEveryNode(moment)) {
    const outlook = await moment.outlook();
    if (outlook.kind === 'scheduling') return waiting('Nomad is placing it', { lookAgain: moment.backoff });
    if (outlook.kind === 'blocked') return judgeUnplaced(moment, outlook.groups);
  }
  if (isBatch && moment.waitFor === 'complete') {
    const running = own.filter(({ ClientStatus }) => ClientStatus === 'running').length;
    return running === 0 ? good : waiting(`${running} of its allocations still running`);
  }
  return watchedByNomad ? good : await judgeTasks(moment);
}

function allocations_isOnEveryNode({ nomad }        )          {
  return nomad.Type === 'system' || nomad.Type === 'sysbatch';
}

/** Allocations are missing, or ail. */
async function judgeShort(moment        )                   {
  const { groups, nomad, memory } = moment;
  const word = nomad.Type === 'batch' || nomad.Type === 'sysbatch' ? 'started' : 'healthy';
  const missing = describeShortage(groups, word);
  const outlook = await moment.outlook();
  if (outlook.kind === 'blocked') return judgeUnplaced(moment, outlook.groups);
  if (outlook.kind === 'rescheduling') return waiting(`${missing}; Nomad will replace what failed`);
  if (outlook.kind === 'scheduling') return waiting(missing, { lookAgain: moment.backoff });
  if (groups.every(({ placed, desired }) => placed >= desired)) return waiting(missing);
  // The evaluations are newer than the allocations that were seen: what they led to must be seen, too.
  const seen = JSON.stringify([nomad.Status, nomad.Allocs]);
  if (memory.idle !== seen) {
    memory.idle = seen;
    return waiting(missing, { lookAgain: secondLook });
  }
  if (allocations_isOnEveryNode(moment) && groups.every(({ placed, unhealthy }) => placed + unhealthy === 0)) {
    return waiting('no node is fit for it', { blocked: true, lookAgain: moment.backoff });
  }
  return bad('unhealthy', outlook.trouble === '' ? missing : `${missing}; Nomad gave up: ${outlook.trouble}`);
}

/** Whether tasks whose health nobody watches have been running, without a restart, for a while. */
async function judgeTasks(moment        )                   {
  const { job, memory, now, nomad } = moment;
  const allocations = (await moment.allocations()).filter(
    ({ JobVersion, ClientStatus }) => JobVersion === job.version && ClientStatus === 'running',
  );
  const tasks = allocations.map((allocation) => [allocation.ID, ...taskStarts(allocation)]);
  const seen = JSON.stringify(tasks.sort());
  if (memory.tasks?.seen !== seen) memory.tasks = { seen, since: now };
  const wanted = Math.max(0, ...moment.groups.map(({ name }) => lastingTime(moment, name)));
  const left = memory.tasks.since + wanted - now;
  if (left <= 0 || allocations.every((allocation) => isOld(allocation, wanted))) return good;
  const word = nomad.Type === 'batch' || nomad.Type === 'sysbatch' ? 'started' : 'running';
  return waiting(`${word}, and watched for ${Math.ceil(wanted / 1000)} s`, { lookAgain: left });
}

function taskStarts({ TaskStates }            )           {
  return Object.entries(TaskStates ?? {}).map(([name, state]) => `${name} ${state.Restarts} ${state.StartedAt}`);
}

function lastingTime(moment        , group        )         {
  const { Type: type } = moment.nomad;
  const own = type === 'service' || type === 'system' ? updateOf(moment, group)?.MinHealthyTime : undefined;
  return own === undefined || own === 0 ? settlingTime[type] : own / 1e6;
}

function isOld({ TaskStates }            , wanted        )          {
  return Object.values(TaskStates ?? {}).every(
    ({ StartedAt }) => StartedAt !== null && Date.now() - Date.parse(StartedAt) > wanted + clockSkew,
  );
}

;// CONCATENATED MODULE: ./build/js/nomad/rollout/overtaken.js
                                             
                                          


/** How long a version that Nomad went back to is watched. Milliseconds. */
const patienceWithReverted = 30_000;

const rollback = /rolling back to job version (\d+)/;

/** The version that Nomad takes the job back to, as the description of a failed rollout says; undefined where it says none. */
function rollbackTarget(description        )                     {
  // "not rolling back to stable job version 0 as ..." is something else.
  const found = rollback.exec(description)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** What to say of a job that runs another version than was submitted: Nomad went back, or somebody else did something. */
async function judgeOvertaken(moment        )                   {
  const { job, nomad, memory, now } = moment;
  if (nomad.Stop) return bad('stopped', 'somebody stopped the job');
  const own = (await moment.deployments()).find(
    ({ JobVersion, JobSpecModifyIndex }) => JobVersion === job.version && JobSpecModifyIndex === job.jobModifyIndex,
  );
  const target = rollbackTarget(own?.Status === 'failed' ? own.StatusDescription : '');
  if (target === undefined || nomad.Version < job.version) {
    return bad('superseded', `version ${nomad.Version} by somebody else has taken the place of version ${job.version}`);
  }
  const cause = `Nomad rolled the job back to version ${target}, which runs as version ${nomad.Version} now`;
  memory.revertedSince ??= now;
  const late = now - memory.revertedSince >= patienceWithReverted;
  if (late || isRestored(moment, nomad)) return bad('reverted', cause);
  return bad('reverted', cause, `version ${nomad.Version}, which Nomad went back to, is not healthy yet`);
}

function isRestored({ groups }        , { LatestDeployment, Version }             )          {
  const own = LatestDeployment?.JobVersion === Version ? LatestDeployment : undefined;
  if (own !== undefined) return !own.IsActive;
  return groups.every(({ healthy, desired }) => healthy >= desired);
}

;// CONCATENATED MODULE: ./build/js/nomad/rollout/deployment.js
                                                  







/** How a job fares whose version has a rollout of its own, on which Nomad decides. */
async function judgeDeployment(moment        , deployment                  )                   {
  const { Status: status, StatusDescription: description } = deployment;
  switch (status) {
    case 'successful':
      // Once, that is. What runs must be well now.
      return await judgeAllocations(moment, { watchedByNomad: true });
    case 'failed':
      return await judgeFailed(moment, description);
    case 'running':
      return await judgeRunning(moment, deployment);
    default:
      // Paused, cancelled (by what is going to be seen), or waiting for other regions.
      return waiting(`its rollout is ${status}: ${description}`);
  }
}

async function judgeFailed(moment        , description        )                   {
  if (rollbackTarget(description) !== undefined) return waiting('Nomad is rolling it back');
  const { job, nomad } = moment;
  const placed = (nomad.Allocs ?? []).some(({ JobVersion }) => JobVersion === job.version);
  const outlook = placed ? undefined : await moment.outlook();
  if (outlook?.kind === 'blocked') return bad('placement', describeBlocked(outlook.groups));
  return bad('unhealthy', `its rollout failed: ${description}`);
}

async function judgeRunning(moment        , deployment                  )                   {
  const { groups, nomad } = moment;
  if (deployment.RequiresPromotion && !deployment.AllAutoPromote && areCanariesHealthy(moment)) {
    return bad('awaiting-promotion', 'its canaries are healthy and wait to be promoted');
  }
  const missing = describeShortage(groups) || 'all are healthy, and Nomad has not ended the rollout yet';
  const short = groups.filter(({ placed, desired }) => placed < desired);
  if (short.length === 0 && nomad.Allocs !== null) return waiting(missing);
  const outlook = await moment.outlook();
  if (outlook.kind !== 'blocked') return waiting(missing, { lookAgain: moment.backoff });
  return judgeUnplaced(moment, outlook.groups);
}

function areCanariesHealthy(moment        )          {
  const { nomad, job } = moment;
  const healthy = (nomad.Allocs ?? []).filter(
    ({ JobVersion, DeploymentStatus }) =>
      JobVersion === job.version && DeploymentStatus.Canary && DeploymentStatus.Healthy === true,
  );
  const wanted = moment.groups.filter(({ name }) => (updateOf(moment, name)?.Canary ?? 0) > 0);
  return (
    healthy.length > 0 &&
    wanted.every(({ name }) => {
      const canaries = updateOf(moment, name)?.Canary ?? 0;
      return healthy.filter(({ Group }) => Group === name).length >= canaries;
    })
  );
}

;// CONCATENATED MODULE: ./build/js/nomad/rollout/judge.js
                                                  
                                                     


                                          



/** How the rollout of one job fares: every kind of job has its own end. */
async function judge_judge(moment        )                   {
  const { job, nomad, specification } = moment;
  if (isOlder(job, nomad)) return waiting(`Nomad does not show version ${job.version} yet`);
  if (isOther(job, nomad, specification)) return await judgeOvertaken(moment);
  if (nomad.Stop) return bad('stopped', 'somebody stopped the job');
  // What launches jobs runs nothing itself: it is there, and that is its end.
  if (job.launches !== undefined) return good;
  const { LatestDeployment: deployment } = nomad;
  if (deployment?.JobVersion === job.version) return await judgeDeployment(moment, deployment);
  return await judgeAllocations(moment, { watchedByNomad: false });
}

function isOlder({ version, jobModifyIndex }              , { Version, ModifyIndex }             )          {
  return Version < version && ModifyIndex < jobModifyIndex;
}

/** A purged job that somebody registers again begins with version 0; the time of its submission tells it apart. */
function isOther({ version }              , nomad             , specification                 )          {
  return nomad.Version !== version || (specification !== undefined && specification.SubmitTime !== nomad.SubmitTime);
}

;// CONCATENATED MODULE: ./build/js/nomad/rollout/progress.js
                                                
                                        


                                            

/** A line is due at least so often. Milliseconds. */
const steadyInterval = 30_000;
/** Of a fault that passes sooner, nobody needs to know that it has passed. Milliseconds. */
const shortFault = 5_000;

                
                        
                      
                         
 

/** Tells what happens: a line for each change, and one now and then while nothing does. */
class Progress {
                   tell                                      ;
                   told = new Map              ();
                   namespaces                     ;
          faultTold = Number.NEGATIVE_INFINITY;
          trouble                                                                ;
          waitingFor                    = [];
          timer                ;

  constructor(jobs                   , tell                                      ) {
    this.tell = tell;
    this.namespaces = new Set(jobs.map(({ namespace }) => namespace));
    this.waitingFor = jobs;
    this.timer = this.startTimer();
  }

  close()       {
    clearTimeout(this.timer);
  }

  /** What a reader calls the job: its id, and its namespace where there are several. */
  name({ id, namespace }        )         {
    return this.namespaces.size > 1 ? `${id} (${namespace})` : id;
  }

  job(state          , rollout        , verdict         )       {
    const text = [describeVerdict(verdict, state), describeGroups(state), rollout]
      .filter((part) => part !== '')
      .join('; ');
    this.note(state, text);
  }

  /** What is settled is not told again in the steady lines. */
  waits(jobs                   )       {
    this.waitingFor = jobs;
  }

  /** @param words what is wrong; undefined when all is well again. */
  fault(words                    )       {
    const now = performance.now();
    if (words === undefined) {
      if (this.trouble !== undefined && now - this.trouble.since >= shortFault) {
        this.line(`Nomad answers again, after ${seconds(this.trouble.since)} s`);
      }
      this.trouble = undefined;
      return;
    }
    if (this.trouble !== undefined) return;
    this.trouble = { words, since: now };
    if (now - this.faultTold < steadyInterval) return;
    this.faultTold = now;
    this.line(`Nomad does not answer as it should (${words}), which is waited out`);
  }

  /** Since when Nomad has not answered; undefined while it does. */
  get silence()                     {
    if (this.trouble === undefined) return undefined;
    return `Nomad has not answered for ${seconds(this.trouble.since)} s: ${this.trouble.words}`;
  }

          note(job        , text        )       {
    const key = jobKey(job);
    if (this.told.get(key)?.text === text) return;
    this.told.set(key, { text, since: performance.now() });
    this.line(`${this.name(job)}: ${text}`, job.id);
  }

          line(text        , job         )       {
    this.tell(text, job);
    clearTimeout(this.timer);
    this.timer = this.startTimer();
  }

          startTimer()                 {
    return setTimeout(() => this.steady(), steadyInterval);
  }

          steady()       {
    const { silence } = this;
    const all = this.waitingFor.map((job) => {
      const told = this.told.get(jobKey(job));
      return told === undefined ? this.name(job) : `${this.name(job)}: ${told.text}, for ${seconds(told.since)} s`;
    });
    const shown = all.length > 5 ? [...all.slice(0, 5), `${all.length - 5} more`] : all;
    this.line(silence ?? `No change. ${shown.join(' | ')}`);
  }
}

function seconds(since        )         {
  return Math.round((performance.now() - since) / 1000);
}

function describeVerdict(verdict         , { status, health, groups }          )         {
  if (verdict.kind === 'good') return health === 'unknown' ? status : `${status}, ${health}`;
  if (verdict.kind === 'bad') return verdict.unsettled ?? verdict.cause;
  // That some are not healthy yet is told by the counts.
  return verdict.missing === describeShortage(groups) ? 'waiting' : `waiting: ${verdict.missing}`;
}

/** `app 2/3 healthy, 3 placed, 1 unhealthy` */
function describeGroups({ groups }          )         {
  return groups
    .map(({ name, desired, placed, healthy, unhealthy }) => {
      const trouble = unhealthy === 0 ? '' : `, ${unhealthy} unhealthy`;
      return `${name} ${healthy}/${desired} healthy, ${placed} placed${trouble}`;
    })
    .join('; ');
}

;// CONCATENATED MODULE: ./build/js/nomad/rollout/watch.js
                                                           
                                                  
                                                






                                          





                               

                               
                                            
                                           
                      
                           
                                                                    
                               
                                            
                                                                                                                                
                                                            
                                                                                                                    
                                                         
 

/**
 * How long the server is asked to wait for a change. Milliseconds. A job that is purged between two questions does not end the
 * second one.
 */
const longestWait = 10_000;
const firstBackoff = 200;
const longestBackoff = 5_000;
/** The longest that a timer can run. Milliseconds. */
const longestTimer = 2 ** 31 - 1;

/**
 * Follows the rollout of these jobs until each is at its end, good or bad, or the timeout is over. What is judged is always the
 * version that was submitted, from what Nomad says at one moment; good ends are looked at once more before they are believed.
 *
 * @throws the signal's reason; ActionError when Nomad refuses to answer, as with a token that expired.
 */
async function watchRollout(
  client             ,
  jobs                         ,
  options              ,
)                          {
  const watch = new Watch(client, jobs, options);
  try {
    return await watch.run();
  } finally {
    watch.close();
  }
}

/** A job under watch, and what is known of it. */
                   
                             
                          
                                                         
                           
                                                                     
                                 
                                            
                           
                                                     
                
                                                                                        
              
                  
                               
                                   
 

/** Aborts the requests of a watch whose time is over. */
const timeIsOver = Symbol('the timeout is over');

class Watch {
                   client             ;
                   options              ;
                   jobs                    ;
                   progress          ;
                   inquiry         ;
                   end = new AbortController();
                   timer                ;
                   began = performance.now();
          told = '';

  constructor(client             , jobs                         , options              ) {
    this.client = client;
    this.options = options;
    this.jobs = jobs.map((job) => begin(client, job));
    this.progress = new Progress(jobs, options.onProgress);
    this.inquiry = new Inquiry(client, this.end.signal, (words) =>
      this.progress.fault(words === undefined ? undefined : options.redact(words)),
    );
    this.timer = setTimeout(() => this.end.abort(timeIsOver), Math.min(options.timeout, longestTimer));
    options.signal.addEventListener('abort', this.onAbort, { once: true });
  }

  close()       {
    clearTimeout(this.timer);
    this.options.signal.removeEventListener('abort', this.onAbort);
    this.progress.close();
  }

  async run()                          {
    this.options.signal.throwIfAborted();
    try {
      await this.follow();
    } catch (error) {
      this.options.signal.throwIfAborted();
      if (error !== timeIsOver) throw error;
      await this.giveUp();
    }
    return concludeRollout(
      this.jobs.map((watched) => withDiagnosis(watched)),
      (job) => this.progress.name(job),
    );
  }

                   onAbort = () => this.end.abort(this.options.signal.reason);

          async follow()                {
    const refs = this.jobs.map(({ job }) => job);
    let index = 0;
    let wait = longestWait;
    let confirmed = false;
    while (!confirmed) {
      const wasSettled = this.isSettled();
      const round = await this.inquiry.statuses(refs, { index, wait });
      await this.look(round.statuses);
      confirmed = wasSettled && this.isSettled();
      wait = this.untilDue();
      // Settled, it is looked at once more without waiting for a change.
      index = this.isSettled() ? 0 : round.index;
      if (index === 0 && !this.isSettled()) await this.inquiry.pause(wait);
    }
  }

          isSettled()          {
    return this.jobs.every(({ verdict }) => isSettled(verdict));
  }

  /** Milliseconds until a job has to be looked at again. */
          untilDue()         {
    const due = Math.min(...this.jobs.filter(({ verdict }) => !isSettled(verdict)).map((watched) => watched.due));
    return Math.min(Math.max(due - performance.now(), 1), longestWait);
  }

          async look(statuses                        )                {
    const found = new Map(statuses.map((status) => [jobKey({ id: status.ID, namespace: status.Namespace }), status]));
    const looks = this.jobs.map(async (watched) => await this.lookAt(watched, found.get(jobKey(watched.job))));
    // All of them end before the timeout is seen to: what one has found out must not be overwritten afterwards.
    for (const look of await Promise.allSettled(looks)) if (look.status === 'rejected') throw look.reason;
    this.progress.waits(this.jobs.filter(({ verdict }) => !isSettled(verdict)).map(({ job }) => job));
    this.tellStates();
  }

          async lookAt(watched         , nomad                         )                {
    // A bad end is one: what comes after it is another story.
    if (
      watched.verdict?.kind === 'bad' &&
      isSettled(watched.verdict) &&
      watched.verdict.reason !== 'awaiting-promotion'
    )
      return;
    const seen = JSON.stringify(nomad ?? null);
    if (seen === watched.seen && performance.now() < watched.due) return;
    watched.looks = seen === watched.seen ? watched.looks + 1 : 0;
    Object.assign(watched, { nomad, seen });
    const verdict = nomad === undefined ? this.judgeMissing(watched) : await this.judge(watched, nomad);
    watched.verdict = verdict;
    watched.due = performance.now() + (verdict.kind === 'waiting' ? (verdict.lookAgain ?? longestWait) : longestWait);
    if (verdict.kind === 'bad' && verdict.reason !== watched.diagnosis?.reason) await this.diagnose(watched, verdict);
    watched.state = { ...watched.state, ...statusOf(watched) };
    const rollout = nomad?.LatestDeployment?.JobVersion === nomad?.Version ? nomad?.LatestDeployment : undefined;
    const shown = verdict.kind === 'bad' ? { ...verdict, cause: watched.diagnosis?.cause ?? verdict.cause } : verdict;
    this.progress.job(
      watched.state,
      rollout === null || rollout === undefined ? '' : `rollout ${rollout.Status}`,
      shown,
    );
  }

          judgeMissing(watched         )          {
    watched.state = { ...watched.state, status: 'absent', health: 'unknown', groups: [] };
    if (watched.job.change === 'missing') return bad('stopped', NOT_THERE);
    return bad('stopped', 'somebody purged the job');
  }

          async judge(watched         , nomad             )                   {
    const { job, memory } = watched;
    await this.learnVersions(watched, nomad.Version);
    watched.state = readState(this.client, watched, nomad);
    return await judge_judge({
      job,
      nomad,
      memory,
      specification: watched.versions.find(({ JobModifyIndex }) => JobModifyIndex === job.jobModifyIndex),
      groups: watched.state.groups,
      waitFor: this.options.waitFor,
      now: performance.now(),
      backoff: Math.min(firstBackoff * 2 ** watched.looks, longestBackoff),
      outlook: async () => readOutlook(await this.inquiry.evaluations(job)),
      deployments: async () => await this.inquiry.deployments(job),
      allocations: async () => await this.inquiry.allocations(job),
    });
  }

          async learnVersions(watched         , version        )                {
    if (watched.versions.some(({ Version }) => Version === version)) return;
    watched.versions = await this.inquiry.versions(watched.job);
  }

          async diagnose(watched         , verdict     )                {
    const { client, options } = this;
    const { signal, redact } = options;
    watched.diagnosis = await diagnose({ client, job: watched.job, verdict, signal, redact });
  }

  /** The timeout is over: what is not at its end yet is not going to be. */
          async giveUp()                {
    const late = this.jobs.filter(({ verdict }) => !isSettled(verdict));
    await Promise.all(
      late.map(async (watched) => {
        if (watched.verdict?.kind === 'bad') return;
        const verdict = this.tooLate(watched.verdict);
        watched.verdict = verdict;
        // Who does not answer will not tell what went wrong either.
        if (this.progress.silence === undefined) await this.diagnose(watched, verdict);
        else watched.diagnosis = { ...verdict, events: [], log: '' };
      }),
    );
    this.tellStates();
  }

          tooLate(verdict                     )      {
    const { silence } = this.progress;
    if (verdict?.kind === 'waiting' && verdict.blocked) return bad('placement', verdict.missing);
    const seconds = Math.round((performance.now() - this.began) / 1000);
    const missing = verdict?.kind === 'waiting' ? verdict.missing : 'nothing is known of it';
    return bad('timeout', `${silence ?? missing} (after ${seconds} s)`);
  }

          tellStates()       {
    const states = this.jobs.map((watched) => withDiagnosis(watched));
    const text = JSON.stringify(states);
    if (text === this.told) return;
    this.told = text;
    this.options.onState?.(states);
  }
}

function begin(client             , job              )          {
  return {
    job,
    memory: { unplacedSince: new Map() },
    versions: [],
    nomad: undefined,
    seen: undefined,
    looks: 0,
    due: 0,
    state: {
      id: job.id,
      namespace: job.namespace,
      type: typeOf(job),
      status: 'unknown',
      health: 'unknown',
      version: job.version,
      groups: [],
      url: jobUrl(client.settings.address, job),
    },
    verdict: undefined,
    diagnosis: undefined,
  };
}

function typeOf({ type, launches }              )         {
  return launches === undefined ? type : `${type} (${launches})`;
}

function readState(client             , { job, versions }         , nomad             )           {
  const current = versions.find(({ Version }) => Version === nomad.Version);
  const counts = new Map((current?.TaskGroups ?? []).map(({ Name, Count }) => [Name, Count]));
  const subject             = { ...job, groups: {} };
  return jobState(client.settings.address, subject, nomad, counts);
}

/** What the verdict makes of the status that the job has by itself. */
function statusOf({ verdict, state }         )                                               {
  if (verdict?.kind !== 'bad') return {};
  switch (verdict.reason) {
    case 'unhealthy':
      return { status: 'failed', health: 'unhealthy' };
    case 'reverted':
      return { status: 'reverted' };
    case 'awaiting-promotion':
      return { status: 'pending' };
    case 'placement':
      // What was placed may be well, but it is not all.
      return state.health === 'healthy' ? { health: 'unknown' } : {};
    default:
      return {};
  }
}

function withDiagnosis({ state, diagnosis, verdict }         )           {
  return diagnosis === undefined || verdict?.kind !== 'bad' ? state : { ...state, diagnosis };
}

;// CONCATENATED MODULE: ./build/js/operations/watch.js
                                                      

                                                           
                                                                  
                                        

/** Watches the jobs as long as the settings say, with its progress in the log, and each state of the jobs in the findings. */
async function watch(
  client             ,
  jobs                         ,
  { rollout }                    ,
  { log, findings, secrets, signal }       ,
  phase = 'Watch the rollout',
)                          {
  const options = {
    waitFor: rollout.waitFor,
    timeout: rollout.timeout,
    signal,
    redact: (text        ) => secrets.redact(text),
    onProgress: (line        , job         ) => log.progress(line, job),
    onState: (states                        ) => {
      findings.jobs = states;
    },
  };
  return await log.phase(phase, async () => await watchRollout(client, jobs, options));
}

;// CONCATENATED MODULE: ./build/js/operations/go-back.js

                                              
                                                      


                                                                  

                                                           
                                             
                                                                  
                                              

                                        


/** A deploy that failed. */
                                          
                                              
                                   
                                
 

/** A pack is one unit: when one of its jobs fails, every job that this step changed goes back, and that is watched, too. */
async function go_back_goBack(
  client             ,
  settings                    ,
  tools       ,
  { submitted, claim, before, outcome, failure }        ,
)                          {
  const { log } = tools;
  log.warning(`${failure.message.split('\n')[0]}. Going back, as \`on_failure: revert\` asks for.`);
  try {
    const { actions, ...undone } = await revertJobs(client, submitted, stoppedBy(claim), before, ownerOf(settings));
    for (const action of actions) log.notice(action);
    if (undone.watch.length + undone.stopped.length === 0) return { ...outcome, failure };
    const back = await watchBack(client, undone.watch, settings, tools);
    const stopped = await readStates(client, settings, undone.stopped);
    const jobs = mergeStates(outcome.jobs, [...back.jobs, ...stopped]);
    const { status, health } = overallStatus(jobs);
    if (back.failure !== undefined) return { jobs, status, health, failure: failedToo(failure, back.failure) };
    return { jobs, status: status === 'stopped' ? status : 'reverted', health, failure: goneBack(failure, undone) };
  } catch (error) {
    const wrong = (0,js_errors/* asActionError */.z6)(error);
    if (wrong.reason === 'cancelled') throw error;
    const jobs = mergeStates(outcome.jobs, await readChanged(client, settings, tools, outcome.jobs, stoppedBy(claim)));
    return { jobs, ...overallStatus(jobs), failure: failedToo(failure, wrong) };
  }
}

/** The states of what has changed since: some jobs may have gone back, or have been started again, though others could not. */
async function readChanged(
  client             ,
  settings                    ,
  { log }       ,
  jobs                     ,
  stopped                   ,
)                      {
  const versions = new Map(jobs.map((job) => [jobKey(job), job.version]));
  try {
    const states = await readStates(client, settings, [...jobs, ...stopped]);
    return states.filter((job) => job.version !== versions.get(jobKey(job)));
  } catch (error) {
    log.debug(`Nobody knows how the jobs are: ${(0,js_errors/* asActionError */.z6)(error).message}`);
    return [];
  }
}

async function watchBack(
  client             ,
  jobs                         ,
  settings                    ,
  tools       ,
)                                                    {
  if (jobs.length === 0) return { jobs: [] };
  return await watch(client, jobs, settings, tools, 'Watch the way back');
}

/** What nomad-pack stopped besides registering the pack's jobs. */
function stoppedBy({ stops, children, foreign }       )           {
  return [...stops, ...children, ...foreign.filter(({ effect }) => effect === 'stop')];
}

/** The states after the way back. The reader wants to know why it failed, too, which the jobs that run again no longer tell. */
function mergeStates(failed                     , after                     )             {
  const states = new Map(failed.map((job) => [jobKey(job), job]));
  for (const job of after) {
    const diagnosis = job.diagnosis ?? states.get(jobKey(job))?.diagnosis;
    states.set(jobKey(job), diagnosis === undefined ? job : { ...job, diagnosis });
  }
  return [...states.values()];
}

function goneBack(failure             , { watch: back }                         )              {
  const now =
    back.length > 0 ? 'The jobs went back to the versions they had before.' : 'What this step had started was stopped.';
  return new js_errors/* ActionError */.lZ(failure.reason, `${failure.message}\n${now}`, {
    hint: 'Mend what the task’s events and log show, and deploy again.',
    cause: failure,
  });
}

function failedToo(failure             , wrong             )              {
  return new js_errors/* ActionError */.lZ('revert-failed', `${failure.message}\nGoing back failed, too: ${wrong.message}`, {
    hint: wrong.hint,
    cause: failure,
  });
}

;// CONCATENATED MODULE: ./build/js/operations/last-look.js
                                              
                                                      



                                                      
                                        

/** The runner kills a cancelled step 7.5 seconds after it asked it to end; nomad-pack may have taken five of them. Milliseconds. */
const LAST_LOOK = 1_000;

/** What is looked at. */
                           
                                                            
                                                                          
                                                                                                                     
                                                                                            
 

/**
 * What the cluster is like when a step that was changing it is cancelled, for the outputs. Nomad goes on with what it was told, and
 * nobody knows what the interrupted command still did, so it is asked once more, briefly.
 */
async function lookAfterCancel(
  { nomadUntil, findings, log }       ,
  { find, changes }          ,
)                {
  try {
    const client = await nomadUntil(AbortSignal.timeout(LAST_LOOK));
    try {
      const [jobs, now] = await Promise.all([
        find(client),
        changes === undefined ? undefined : snapshotVersions(client, changes.refs),
      ]);
      if (changes !== undefined && now !== undefined) findings.changed = differs(changes.refs, changes.before, now);
      findings.jobs = await readJobStates(client, jobs);
    } finally {
      await client.close();
    }
  } catch (error) {
    log.debug(`No last look at the cluster: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * How the jobs are after a step that was changing them has failed half-way, for the outputs. That this fails, too, is no news.
 *
 * @returns those that are there, as far as is known
 */
async function lookAfterFailure(
  { findings, log }       ,
  client             ,
  { find }                        ,
)                                  {
  try {
    const found = await find(client);
    const jobs = await readJobStates(client, found);
    Object.assign(findings, { jobs, ...overallStatus(jobs) });
    return found;
  } catch (error) {
    log.debug(`Nobody knows how the jobs are: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  }
}

function differs(refs                   , before                 , now                 )          {
  return refs.map(jobKey).some((key) => before.get(key)?.jobModifyIndex !== now.get(key)?.jobModifyIndex);
}

// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./build/js/nomad/counts.js
                                    

                                                      

/**
 * The jobs as `nomad-pack run --preserve-counts` would register them: groups that are there already keep their counts. Nomad's
 * plan knows no such option.
 *
 * @param existing jobs by `jobKey`.
 */
function keepCounts(rendered                        , existing                          )                {
  return rendered.map((job) => {
    const groups = existing.get(jobKey(job))?.TaskGroups ?? [];
    const counts = new Map(groups.map((group) => [group.Name, group.Count]));
    const { specification } = job;
    const TaskGroups = (specification.TaskGroups ?? []).map((group) => {
      const Count = counts.get(group.Name);
      return Count === undefined ? group : { ...group, Count };
    });
    return { ...job, specification: { ...specification, TaskGroups } };
  });
}

;// CONCATENATED MODULE: ./build/js/nomad/diff.js
                                                                              

/**
 * The differences as lines `+ path: "new"`, `- path: "old"`, `~ path: "old" => "new"`, sorted by path: Nomad gives them in no
 * fixed order. Values are quoted as JSON, so that each stays on its line.
 */
function diffLines(job         , redact                          )           {
  const changes = [
    ...objectChanges(job, []),
    ...(job.TaskGroups ?? []).flatMap((group) => groupChanges(group, [`group "${group.Name}"`])),
  ];
  const lines = changes.map(({ field, ...change }) => {
    const path = diff_oneLine(redact(change.path));
    return { path, line: diff_describe(path, field, redact) };
  });
  return lines.sort((a, b) => diff_order(a.path, b.path) || diff_order(a.line, b.line)).map(({ line }) => line);
}

                  
                        
                            
 

function groupChanges(group               , path                   )           {
  return [
    ...objectChanges(group, path),
    ...(group.Tasks ?? []).flatMap((task) => objectChanges(task, [...path, `task "${task.Name}"`])),
  ];
}

function objectChanges({ Fields, Objects }            , path                   )           {
  return [
    ...(Fields ?? [])
      .filter((field) => field.Type !== 'None')
      .map((field) => ({ path: [...path, field.Name].join(' > '), field })),
    ...(Objects ?? []).flatMap((object) => objectChanges(object, [...path, object.Name ?? ''])),
  ];
}

function diff_describe(path        , { Type, Old, New }           , redact                          )         {
  const quote = (value        ) => JSON.stringify(redact(value));
  if (Type === 'Added') return `+ ${path}: ${quote(New)}`;
  if (Type === 'Deleted') return `- ${path}: ${quote(Old)}`;
  return `~ ${path}: ${quote(Old)} => ${quote(New)}`;
}

/** Names of groups, tasks and keys may hold anything; those of most jobs do not change by this. */
function diff_oneLine(path        )         {
  return path.replace(/\p{Cc}/gu, (character) => JSON.stringify(character).slice(1, -1));
}

function diff_order(a        , b        )         {
  return a < b ? -1 : a > b ? 1 : 0;
}

;// CONCATENATED MODULE: ./build/js/nomad/dry-run.js

                                              

                                               



                                                      

/**
 * What registering the jobs would do, as Nomad itself foresees it; nothing is changed. Sorted by namespace and id.
 *
 * @param redact takes secrets out of a value before it becomes part of a difference.
 * @throws ActionError `job-specification` for a job that Nomad would not take.
 */
async function planJobs(
  client             ,
  jobs                        ,
  redact                          ,
)                       {
  const changes = await Promise.all(jobs.map(async (job) => change(job, await plan(client, job), redact)));
  return changes.sort(dry_run_byNamespaceAndId);
}

/** By namespace, then by id. */
function dry_run_byNamespaceAndId(a           , b           )         {
  if (a.namespace !== b.namespace) return a.namespace < b.namespace ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

async function plan(client             , { id, namespace, file, specification }             )                   {
  const payload = { Job: specification, Diff: true };
  try {
    return (await client.post         (jobPath(id, '/plan'), payload, { query: { namespace }, repeatable: true })).body;
  } catch (error) {
    // So Nomad begins what it finds wrong with a job.
    const found = error instanceof errors/* NomadResponseError */.zY && /^\d+ errors? occurred:/.test(error.words);
    if (!found || error.reason !== 'nomad-error') throw error;
    const words = error.words.replace(/\d+ errors? occurred:\s*\* /g, '');
    throw new js_errors/* ActionError */.lZ('job-specification', `Nomad would refuse job "${id}" of ${file}: ${words}`, {
      hint: 'Look at what the pack renders (operation: render) and at the variables it was given.',
      cause: error,
    });
  }
}

function change({ id, namespace }             , planned         , redact                          )            {
  const updates = Object.entries(planned.Annotations?.DesiredTGUpdates ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const groups = updates.map(([name, update]) => ({ name, ...countUpdates(update) }));
  return {
    id,
    namespace,
    action: actionOf(planned, groups),
    groups,
    placementFailures: Object.entries(planned.FailedTGAllocs ?? {})
      .map(([group, metric]) => `group "${group}": ${describePlacementFailure(metric)}`)
      .sort(),
    basedOn: planned.JobModifyIndex,
    diff: planned.Diff === null ? [] : diffLines(planned.Diff, redact),
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

function actionOf({ JobModifyIndex, Diff }         , groups                     )                      {
  if (JobModifyIndex === 0) return 'create';
  if (Diff === null || Diff.Type === 'None') return 'none';
  return groups.some((group) => group.replace > 0) ? 'replace' : 'update';
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./build/js/nomad/plan-digest.js

                                              


/**
 * `sha256:` and the digest, in hex, of what a deploy would do: the same for the same changes to the same versions of the same
 * jobs. Whether there is room on the nodes at the moment is no part of it. Secrets are no part of it either, where the changes
 * were redacted: a secret that alone differs does not change the digest.
 */
function planDigest(jobs                      )         {
  const reviewed = [...jobs].sort(dry_run_byNamespaceAndId).map(({ id, namespace, action, groups, basedOn, diff }) => ({
    id,
    namespace,
    action,
    groups: groups.map(({ name, create, updateInPlace, replace, stop, unchanged }) => ({
      name,
      create,
      updateInPlace,
      replace,
      stop,
      unchanged,
    })),
    basedOn,
    diff,
  }));
  return `sha256:${(0,external_node_crypto_.createHash)('sha256').update(JSON.stringify(reviewed)).digest('hex')}`;
}

;// CONCATENATED MODULE: ./build/js/operations/output-folder.js


                                        

/**
 * A new folder for files that stay after the step, for later steps to read; absolute. The runner removes it with the job. There is no
 * folder of a known name above it: another user of the machine could have made that one before, and would own what is in it.
 */
async function makeOutputFolder({ temporary }       , prefix        )                  {
  await (0,external_node_fs_promises_.mkdir)(temporary, { recursive: true });
  return await (0,external_node_fs_promises_.mkdtemp)((0,external_node_path_.join)(temporary, `nomad-pack-${prefix}`));
}

// EXTERNAL MODULE: ./build/js/nomad-pack/cache.js
var cache = __webpack_require__(194);
// EXTERNAL MODULE: ./build/js/nomad-pack/failures.js
var failures = __webpack_require__(2733);
// EXTERNAL MODULE: ./build/js/nomad-pack/variable-files.js + 1 modules
var variable_files = __webpack_require__(1274);
;// CONCATENATED MODULE: ./build/js/nomad-pack/type-check.js

                                                             
                                                      



/** The longest value that is worth a place in a process's environment; Linux takes 128 KiB. Characters. */
const LONGEST = 64 * 1024;

/** A number as HCL and nomad-pack read one; `1.10` and `007`, which the settings keep as text, among them. */
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** A variable's value as it is put into the environment, and where the user set it. */
                 
                        
                           
                              
 

/**
 * Holds the variables of the inputs and of the files against the types that the pack declares. nomad-pack 0.4 does so for values from the
 * environment or the command line only; a wrong one from a file ends up in the job as it is. Values of HCL that are computed are not
 * looked at.
 *
 * @throws ActionError with the reason `variable-type` that names the variable and where it is set
 */
async function checkTypes(nomadPack           , target            )                {
  const given = givenValues(target.files);
  if (given.length === 0) return;
  const complaint = await complain(nomadPack, target, given);
  if (complaint === undefined) return;
  const culprit = await firstCulprit(nomadPack, target, given);
  if (culprit === undefined && mayBeOptional(complaint)) return;
  const location = culprit && (0,variable_files/* locateVariable */.jy)(culprit.file, culprit.name);
  const { reason, message, hint } = (0,failures/* wrongType */.gQ)(
    target.pack.name,
    culprit?.name,
    culprit?.complaint ?? complaint,
    culprit === undefined ? '' : (0,failures/* describePlace */.df)(culprit.file, location),
  );
  throw new js_errors/* ActionError */.lZ(reason, message, { hint, ...(location !== undefined && { location }) });
}

/** The values that count, of those that can be checked: later files win. */
function givenValues(files                         )          {
  const all = files.flatMap((file) => [
    ...Object.entries(file.values ?? {}).map(([name, value]) => ({ name, literal: hclLiteral(value), file })),
    ...(file.assignments ?? []).map(({ name, expression }) => ({
      name,
      literal: withoutNeedlessQuotes(expression),
      file,
    })),
  ]);
  return (
    [...new Map(all.map((given) => [given.name, given])).values()]
      // A dependency's variable has a dot in its name, which no environment variable may have.
      .filter(({ name, literal }) => !name.includes('.') && literal !== 'null' && literal.length <= LONGEST)
  );
}

async function complain(nomadPack           , target            , given                  ) {
  return await nomadPack.complaintAboutTypes(
    target,
    Object.fromEntries(given.map(({ name, literal }) => [name, literal])),
  );
}

async function firstCulprit(nomadPack           , target            , given                  ) {
  for (const one of given) {
    const complaint = await complain(nomadPack, target, [one]);
    if (complaint !== undefined && !mayBeOptional(complaint)) return { ...one, complaint };
  }
  return undefined;
}

/** nomad-pack forgets `optional()` where it checks, and misses what need not be there. From a file it takes such a value. */
function mayBeOptional(complaint        )          {
  return /attribute "[^"]*" is required/.test(complaint);
}

/** The value as an expression of HCL. */
function hclLiteral(value               )         {
  // JSON is HCL, but that `${` and `%{` would begin a template, and that it has two escapes more.
  return withoutNeedlessQuotes(
    JSON.stringify(value)
      .replace(/\\./g, (pair) => ({ '\\b': '\\u0008', '\\f': '\\u000c' })[pair] ?? pair)
      .replace(/[$%]\{/g, (opening) => `${opening[0]}${opening}`),
  );
}

/**
 * nomad-pack reads a value from the environment as an expression of HCL for most types, but for a string or a number as the text that it
 * is. So a text that is a number, which fits both, goes without quotes; with them it would be no number.
 */
function withoutNeedlessQuotes(expression        )         {
  const text = expression.slice(1, -1);
  return expression.startsWith('"') && NUMBER.test(text) ? text : expression;
}

;// CONCATENATED MODULE: ./build/js/operations/prepare.js

                                                      
                                                          

                                                                                


                                                                                    

                                        

/** A pack that is ready to be rendered or run: nomad-pack installed, its registry fetched, the variables in files. */
                               
                                
                              
 

/** Settings of an operation that cannot do without a registry. */
                                                                                        

/**
 * The settings, once they are known to name a registry; `loadSettings` asks for one where an operation needs it.
 *
 * @throws ActionError
 */
function withRegistry(settings                    )               {
  const { registry } = settings;
  if (registry !== undefined) return { ...settings, registry };
  throw new js_errors/* ActionError */.lZ('input', 'The inputs name no registry, without which the pack cannot be rendered.', {
    hint: 'Set `registry_name` and `registry_source`, or give `pack` as a directory.',
  });
}

/**
 * Gets everything ready for nomad-pack. What does not depend on each other overlaps: nomad-pack is installed while the login to Nomad
 * is under way, and asked for its version while it fetches the registry.
 *
 * @throws ActionError
 */
async function preparePack(settings              , tools       )                        {
  const { pack, registry, deploymentName, variables, nomad, workspace } = settings;
  const { folder, log } = tools;
  const login = tools.nomadToken();
  // Its failure is thrown where it is awaited, below; until then it must not count as unhandled.
  login.catch(() => undefined);
  const nomadPack = await log.phase('Install nomad-pack', async () => await tools.nomadPack());

  // A program that is no nomad-pack is the better explanation of a registry that it did not fetch.
  await bothOf(nomadPack.version, fetchPack(nomadPack, settings, tools));
  const files = await (0,variable_files/* prepareVariables */.XD)(variables, folder);
  await folder.linkWorkspace(workspace, pack.name);
  return { nomadPack, target: { pack, registry, deploymentName, files, nomad, token: await login } };
}

async function fetchPack(
  nomadPack           ,
  { pack, registry, workspace }              ,
  { folder, findings, log }       ,
)                {
  await log.phase('Fetch the pack', async () => {
    if (pack.kind === 'directory') {
      await (0,cache/* placeDirectory */.tJ)(folder.path, pack, registry, workspace);
      log.info(`Pack ${pack.name} is the directory ${pack.written}.`);
    } else {
      const commit = await nomadPack.addRegistry(registry, pack.name);
      if (commit !== undefined) findings.registrySha = commit;
      log.info(
        `Pack ${pack.name} of ${registry.source} at ${registry.ref}${commit === undefined ? '' : `, commit ${commit}`}.`,
      );
    }
  });
}

/**
 * As `preparePack`, and a client of Nomad that has been answered: that is made while the registry is fetched.
 *
 * @throws ActionError, of Nomad too
 */
async function prepareWithNomad(settings              , tools       )                                       {
  const meet = async () => {
    // Not before nomad-pack is there: loading what it takes would keep the fetch from beginning.
    await tools.nomadPack();
    const client = await tools.nomad();
    // The first answer is the slow one. What it says is looked at when the pack's jobs are known.
    await surveyAll(client, settings.deploymentName);
    return client;
  };
  return await bothOf(preparePack(settings, tools), meet());
}

/**
 * Renders the pack's job specifications, and holds the variables against their types meanwhile.
 *
 * @throws ActionError
 */
async function renderPack({ nomadPack, target }              , options                               ) {
  // A value of the wrong type is the better explanation of a template that fails over it.
  const [, rendered] = await bothOf(checkTypes(nomadPack, target), nomadPack.render(target, options));
  return rendered;
}

/** Both results, when both are at their end: no process is left running. Where both fail, the first one's failure is thrown. */
async function bothOf      (first            , second            )                  {
  const [one, other] = await Promise.allSettled([first, second]);
  if (one.status === 'rejected') throw one.reason;
  if (other.status === 'rejected') throw other.reason;
  return [one.value, other.value];
}

/** What nomad-pack will record in each job. */
function packMeta({ pack, registry, deploymentName }            )           {
  return {
    deploymentName,
    packName: pack.name,
    packPath: (0,cache/* packPath */.x9)(pack.name, registry),
    registry: registry.name,
    ref: registry.ref,
  };
}

/**
 * The rendered files that are job specifications: not what the pack says after a deploy, nor what comes of a template that is not named
 * `*.nomad.tpl`, which nomad-pack renders but never registers.
 */
function jobFiles(files                         )                 {
  return files.filter(({ name }) => name.endsWith('.nomad'));
}

;// CONCATENATED MODULE: ./build/js/nomad/specification.js

                                                     
                                               


/** A rendered job specification: HCL, as `nomad-pack render` writes it. */
                               
                                                 
                        
                        
 

/** What nomad-pack records in the metadata of every job that it registers. */
                           
                                  
                                                                                                     
                            
                            
                            
                                                  
                       
 

/** A job as a deploy would register it. */
                                             
                        
                                                           
                              
 

/** The specification before Nomad fills in its defaults: what the template does not say is `null`. */
                        
                                    
                                 
                               
  

/**
 * Lets Nomad read the rendered files and adds what nomad-pack adds, so that planning the result tells what `nomad-pack run` would
 * do. `meta` of a job stays, its `pack.*` keys aside.
 *
 * @throws ActionError `job-specification` naming the file when Nomad cannot read it, or when nomad-pack would not treat it as the
 *   user means it (see `namespaceFor` and `refuseInterpolatedMeta`).
 */
async function parseJobs(
  client             ,
  files                         ,
  meta          ,
)                         {
  const parsed = await Promise.all(files.map(async (file) => ({ file, job: await parse(client, file) })));
  const namespaces = new Set(parsed.flatMap(({ job }) => job.Namespace || []));
  return parsed.map(({ file, job }) => {
    refuseInterpolatedMeta(file, job);
    const namespace = job.Namespace || namespaceFor(file, namespaces, client.settings.namespace);
    const specification = {
      ...job,
      Name: job.Name || job.ID,
      Namespace: namespace,
      Meta: { ...job.Meta, ...specification_packMeta(meta, jobLabel(file.text) ?? job.ID) },
    };
    return { id: job.ID, namespace, file: file.name, specification };
  });
}

function specification_packMeta(meta          , label        )          {
  return {
    'pack.path': meta.packPath,
    'pack.name': meta.packName,
    'pack.registry': meta.registry,
    'pack.deployment_name': meta.deploymentName,
    'pack.job': label,
    'pack.version': meta.ref,
  };
}

/**
 * Where a job goes whose template names no namespace. nomad-pack 0.4.2 keeps the namespace of the last template that names one
 * for all requests that follow, so its siblings go there and not into `nomad_namespace`; templates come in random order.
 */
function namespaceFor(file              , named                     , otherwise        )         {
  const [first, ...others] = named;
  if (first === undefined) return otherwise;
  if (others.length === 0) return first;
  const all = [...named].sort().join('", "');
  throw new js_errors/* ActionError */.lZ(
    'job-specification',
    `${file.name} names no namespace while other templates of the pack name "${all}": nomad-pack would choose one at random`,
    { hint: 'Let every template of the pack name its namespace, or none.' },
  );
}

/**
 * Where a job's `meta` cannot be evaluated, nomad-pack 0.4.2 registers the job without its own metadata: it could not be found
 * again, and the next deploy would be refused because of it.
 */
function refuseInterpolatedMeta(file              , { ID, Meta }           )       {
  const found = Object.entries(Meta ?? {}).find(([, value]) => value.includes('${'));
  // Written as `$${`, it is plain text to nomad-pack as well.
  if (found === undefined || file.text.includes('$${')) return;
  throw new js_errors/* ActionError */.lZ(
    'job-specification',
    `${file.name}: meta "${found[0]}" of job "${ID}" is computed, so nomad-pack would register the job without its metadata and lose it`,
    { hint: 'Use plain values in the job’s meta; a task’s or a group’s meta may be computed.' },
  );
}

async function parse(client             , file              )                     {
  const payload = { JobHCL: file.text, Canonicalize: false };
  try {
    const { body } = await inPermittedNamespace(client, file, (namespace) =>
      client.post           ('/v1/jobs/parse', payload, { query: { namespace }, repeatable: true }),
    );
    return body;
  } catch (error) {
    if (!(error instanceof errors/* NomadResponseError */.zY) || error.status !== 400) throw error;
    throw new js_errors/* ActionError */.lZ('job-specification', `Nomad cannot read ${file.name}: ${error.words}`, {
      hint: 'Look at what the pack renders (operation: render) and at the variables it was given.',
      cause: error,
    });
  }
}

/** Reading a specification wants a right in some namespace: the settings’ one, or any that the specification mentions. */
async function inPermittedNamespace       (
  client             ,
  file              ,
  attempt                                       ,
)                 {
  const mentioned = [...file.text.matchAll(/^\s*namespace\s*=\s*"([^"]+)"/gm)].flatMap((match) => match[1] ?? []);
  const [first, ...others] = new Set([client.settings.namespace, ...mentioned]);
  try {
    return await attempt(first ?? client.settings.namespace);
  } catch (error) {
    if (!(error instanceof errors/* NomadResponseError */.zY) || error.status !== 403) throw error;
    for (const namespace of others) {
      try {
        return await attempt(namespace);
      } catch (other) {
        // Of several refusals, the first one is to be reported.
        if (!(other instanceof errors/* NomadResponseError */.zY) || other.status !== 403) throw other;
      }
    }
    throw error;
  }
}

/** What stands behind `job` in the specification; it is the job's id unless the block sets another. */
function jobLabel(text        )                     {
  return /^\s*job\s+"((?:[^"\\]|\\.)*)"\s*\{/m.exec(text)?.[1];
}

;// CONCATENATED MODULE: ./build/js/operations/render-jobs.js

                                                      

                                                         

                                        

/**
 * The jobs that the pack renders to, as Nomad reads them.
 *
 * @throws ActionError; `job-specification` when there are none, `secret-in-job` when one holds a token: a job can be read by many who may not have it
 */
async function renderJobs(
  client             ,
  prepared              ,
  { log, secrets }       ,
)                         {
  return await log.phase('Render the pack', async () => {
    const { files } = await renderPack(prepared);
    const specifications = jobFiles(files);
    if (specifications.length === 0) throw noJobs(files);
    const leak = specifications.find(({ text }) => secrets.holdsToken(text));
    if (leak !== undefined) {
      throw new js_errors/* ActionError */.lZ(
        'secret-in-job',
        `The job specification ${leak.name} holds a token of this step (of Nomad, the registry, or GitHub), which the pack has read from where it may not.`,
        {
          hint: 'Look at the pack before you run it again, and revoke the token: a pack is code that you trust. A token that a job needs goes into `secret_variables`.',
        },
      );
    }
    const jobs = await parseJobs(client, specifications, packMeta(prepared.target));
    log.info(`Jobs: ${jobs.map(({ id, namespace }) => `${id} (${namespace})`).join(', ') || 'none'}.`);
    return jobs;
  });
}

function noJobs(files                         )              {
  return new js_errors/* ActionError */.lZ(
    'job-specification',
    `The pack renders to no job, only to ${files.map(({ name }) => name).join(', ') || 'nothing'}.`,
    {
      hint: 'nomad-pack registers what comes of templates whose names end in `.nomad.tpl`: let those of the jobs be named so.',
    },
  );
}

;// CONCATENATED MODULE: ./build/js/operations/plan.js



                                                      




                                                             

                                                                
                                                                  




                                        

/** What a deploy would change, as text and as data, and what it would stop. Changes nothing. */
async function plan_plan(settings                    , tools       )                  {
  const pack = withRegistry(settings);
  const { log, findings, secrets } = tools;
  const [prepared, client] = await prepareWithNomad(pack, tools);
  const jobs = await renderJobs(client, prepared, tools);
  const { data, present } = await log.phase('Plan', async () => {
    const claim = await readClaim(client, settings, jobs);
    const found = await planData(client, settings, jobs, claim, tools);
    // nomad-pack refuses to plan a job that belongs to others, and says no more than the refusal that we have already.
    if (claim.conflicts.length === 0) findings.plan = secrets.redact(await prepared.nomadPack.plan(prepared.target));
    return { data: found, present: claim.present };
  });
  findings.planData = data;
  findings.changed = data.changed;
  if (findings.plan !== undefined) findings.planFile = await keepPlan(findings.plan, tools);

  const { here } = locateJobs(present, ownerOf(settings), namespacesOf(jobs));
  findings.jobs = await readJobStates(client, here);
  const { status, health } = overallStatus(findings.jobs);
  const failure = settings.review.failOnChanges && data.changed ? drift(data) : undefined;
  return {
    ...findings,
    operation: 'plan',
    status,
    health,
    changed: data.changed,
    jobs: findings.jobs,
    ...(failure !== undefined && { failure }),
  };
}

/** What a deploy of the jobs would do, as data that two plans can be compared by. */
async function planData(
  client             ,
  settings                    ,
  jobs                        ,
  claim       ,
  { secrets }       ,
)                    {
  const owner = ownerOf(settings);
  const stopping = [...claim.stops, ...claim.children, ...claim.foreign.filter(({ effect }) => effect === 'stop')];
  const registered = settings.rollout.preserveCounts ? keepCounts(jobs, claim.existing) : jobs;
  const changes              = [
    ...(await planJobs(client, registered, (text) => secrets.redact(text))),
    ...stopping.map(
      ({ id, namespace })            => ({
        id,
        namespace,
        action: 'stop',
        groups: [],
        placementFailures: [],
        basedOn: 0,
        diff: [],
      }),
    ),
  ];
  return {
    jobs: changes,
    changed: changes.some(({ action }) => action !== 'none'),
    digest: planDigest(changes),
    versionChanges: versionChanges(claim, settings),
    refusals: [
      ...claim.conflicts.map((job) => describeConflict(owner, job)),
      ...(settings.rollout.allowReplace ? [] : claim.foreign.map((job) => describeForeign(owner, job))),
    ],
  };
}

/** From which ref to which the deployment goes; nothing for one that is new or stays. */
function versionChanges({ present }       , { registry, pack }                    )           {
  const refs = new Set(present.filter((job) => job.pack.name === pack.name && !job.stop).map((job) => job.pack.ref));
  refs.delete(registry?.ref ?? '');
  return [...refs].sort().map((ref) => `ref ${ref} → ${registry?.ref ?? ''}`);
}

async function keepPlan(text        , tools       )                  {
  const path = (0,external_node_path_.join)(await makeOutputFolder(tools, 'plan-'), 'plan.txt');
  await (0,external_node_fs_promises_.writeFile)(path, text);
  return path;
}

function drift({ jobs }          )              {
  const changes = jobs.filter(({ action }) => action !== 'none').map(({ id, action }) => `${id} (${action})`);
  return new js_errors/* ActionError */.lZ('changes', `A deploy would change ${changes.join(', ')}.`, {
    hint: 'Deploy, or undo what was changed by hand in the cluster. `fail_on_changes` makes the step fail over it.',
  });
}

;// CONCATENATED MODULE: ./build/js/operations/register.js

                                                      
                                                             

                                                       
                                                               

                                        

/** How things are right before the jobs are registered. */
                           
                        
                                                                               
                                   
 

/**
 * Looks once more, as late as it can be, at who owns what, because that may have changed while the pack was rendered; and at what there is
 * to go back to.
 *
 * @throws ActionError
 */
async function readBaseline(
  client             ,
  settings              ,
  jobs                        ,
  tools       ,
)                    {
  const claim = await readClaim(client, settings, jobs);
  refuseStrangers(claim, settings);
  sayWhatStops(claim, settings, tools);
  return { claim, before: await snapshotVersions(client, [...jobs, ...claim.stops, ...claim.foreign]) };
}

/** Lets nomad-pack register the jobs. A failure is part of what it returns: some of the jobs may be registered all the same. */
async function registerJobs(
  { nomadPack, target }              ,
  { rollout, review }              ,
  jobs                        ,
  tools       ,
)                      {
  const checkIndex = review.digest === undefined ? undefined : guard(await nomadPack.canDetach(), jobs, tools);
  return await nomadPack.run(target, {
    preserveCounts: rollout.preserveCounts,
    timeout: rollout.timeout,
    ...(checkIndex !== undefined && { checkIndex }),
  });
}

/** What nomad-pack did to others, who were not there yet when this step looked; undefined where it stopped what it was expected to. */
async function findTrespass(
  client             ,
  settings              ,
  jobs                        ,
  { claim }          ,
  stopped                   ,
)                                   {
  const foreseen = new Set([...claim.stops, ...claim.children, ...claim.foreign].map(({ id }) => id));
  const surprises = stopped.filter((id) => !foreseen.has(id));
  if (surprises.length === 0) return undefined;
  // A job of the deployment may have launched another one meanwhile.
  const survey = await surveyAll(client, settings.deploymentName);
  const { here } = locateJobs([...survey.jobs, ...survey.children], ownerOf(settings), namespacesOf(jobs));
  const own = new Set(here.map(({ id }) => id));
  const others = surprises.filter((id) => !own.has(id));
  if (others.length === 0) return undefined;
  return new js_errors/* ActionError */.lZ(
    'would-stop-others',
    `nomad-pack stopped ${others.join(', ')}, which carried the name ${settings.deploymentName} only after this step had looked.`,
    { hint: 'Find out who deploys under the same `deployment_name` at the same time, and start those jobs again.' },
  );
}

/**
 * The index that Nomad holds a reviewed registration against, so that nothing slips in between. nomad-pack takes one for all jobs of a
 * pack, and none for a job that is new.
 */
function guard(canCheck         , jobs                        , { findings }       )                     {
  const [job] = jobs;
  if (!canCheck || jobs.length !== 1 || job === undefined) return undefined;
  const planned = findings.planData?.jobs.find(({ id, namespace }) => id === job.id && namespace === job.namespace);
  return planned === undefined || planned.basedOn === 0 ? undefined : planned.basedOn;
}

;// CONCATENATED MODULE: ./build/js/operations/deploy.js

                                                      


                                                             


                                                               
                                                                  







                                        


/**
 * Registers the pack's jobs and watches them to the end of their rollout. Green only when the versions that this step submitted are
 * the ones that run, and are healthy.
 *
 * @throws ActionError; what is known by then is in the findings
 */
async function deploy(settings                    , tools       )                  {
  const pack = withRegistry(settings);
  const { log, findings } = tools;
  const [prepared, client] = await prepareWithNomad(pack, tools);
  const jobs = await renderJobs(client, prepared, tools);
  const claim = await log.phase('Compare with the cluster', async () => await compare(client, pack, jobs, tools));

  const standing = await whenNothingToDo(client, claim, jobs, tools);
  if (standing !== undefined) {
    log.info('Nothing to change: the same jobs are deployed already, and are healthy.');
    findings.changed = false;
    if (!isToEnd(standing, pack)) return conclude(tools, { jobs: standing, ...overallStatus(standing) });
    const unchanged = await findSubmitted(client, jobs, await snapshotVersions(client, jobs), []);
    return conclude(tools, await watch(client, unchanged, pack, tools));
  }

  const baseline = await readBaseline(client, pack, jobs, tools);
  try {
    return await rollOut(client, prepared, pack, tools, { jobs, ...baseline });
  } catch (error) {
    const { before } = baseline;
    const find = async (asked             ) => await findOwn(asked, pack, namespacesOf(jobs));
    const changes = { refs: [...jobs, ...before.values()], before };
    if (tools.signal.aborted) await lookAfterCancel(tools, { find, changes });
    else if (findings.changed && findings.jobs === undefined) await lookAfterFailure(tools, client, { find });
    throw error;
  }
}

/** What the deploy is about: the jobs, and how things were before. */
                                 
                                        
 

/** Refuses what may not be done; what would be done is in the findings after that. */
async function compare(
  client             ,
  settings              ,
  jobs                        ,
  tools       ,
)                 {
  const claim = await readClaim(client, settings, jobs);
  refuseStrangers(claim, settings);
  const plan = await planData(client, settings, jobs, claim, tools);
  tools.findings.planData = plan;
  const { digest } = settings.review;
  if (digest !== undefined && plan.digest !== digest) throw planChanged(plan, digest);
  return claim;
}

function planChanged({ jobs, digest }          , reviewed        )              {
  const changes = jobs
    .filter(({ action }) => action !== 'none')
    .map(({ id, namespace, action }) => `${action} ${id} (${namespace})`);
  return new js_errors/* ActionError */.lZ(
    'plan-changed',
    `What a deploy would do now is not what was reviewed: it would ${changes.join(', ') || 'change nothing'}.\nThe plan’s digest is ${digest} now, \`plan_digest\` is ${reviewed}.`,
    {
      hint: 'The pack, a variable or the cluster has changed since the plan. Review the plan in this step’s summary, and deploy with its digest in `plan_digest`.',
    },
  );
}

/**
 * The jobs' states, where running the pack again would change nothing that is not well already. It is not run then: an unchanged `run`
 * would stop the children of periodic and parameterized jobs.
 */
async function whenNothingToDo(
  client             ,
  claim       ,
  jobs                        ,
  { findings }       ,
)                                  {
  const changes = findings.planData?.jobs.filter(({ action }) => action !== 'none') ?? [];
  const children = new Set(claim.children.map(jobKey));
  if (changes.some((change) => !children.has(jobKey(change)))) return undefined;
  const rendered = new Set(jobs.map(jobKey));
  const states = await readJobStates(
    client,
    claim.present.filter((job) => rendered.has(jobKey(job))),
  );
  const well = states.length === jobs.length && states.every(({ health }) => health === 'healthy');
  return well ? states : undefined;
}

/** Whether a batch job still runs whose end is to be waited for. */
function isToEnd(states                     , { rollout }              )          {
  const waits = rollout.wait && rollout.waitFor === 'complete';
  return waits && states.some(({ type, status }) => /^(sys)?batch$/.test(type) && status !== 'complete');
}

async function rollOut(
  client             ,
  prepared              ,
  settings              ,
  tools       ,
  task      ,
)                  {
  const { log, findings } = tools;
  const { jobs, before } = task;
  const run = await log.phase('Run nomad-pack', async () => await registerJobs(prepared, settings, jobs, tools));
  // What is known until Nomad tells more: it may not answer any more.
  const hasWorked = run.failure === undefined || run.evaluations.length > 0 || run.stopped.length > 0;
  findings.changed = hasWorked && findings.planData?.changed === true;
  const submitted = await findSubmitted(client, jobs, before, run.evaluations);
  const registered = submitted.filter(({ change }) => change !== 'missing');
  findings.changed = run.stopped.length > 0 || registered.some(({ change }) => change !== 'unchanged');
  log.info(`Registered: ${registered.map(describeSubmitted).join(', ') || 'nothing'}.`);
  const trespass = await findTrespass(client, settings, jobs, task, run.stopped);
  const failure = run.failure && judgeRun(run.failure, submitted, tools);
  if (failure !== undefined && !findings.changed) throw failure;

  // A job that is not there, though nomad-pack says that all went well, is a failure of its own.
  const followed = failure === undefined ? submitted : registered;
  const outcome = settings.rollout.wait
    ? await watch(client, followed, settings, tools)
    : await lookOnce(client, settings, followed);
  const verdict = outcome.failure ?? failure ?? trespass;
  if (trespass !== undefined && verdict !== trespass) log.warning(`${trespass.message} ${trespass.hint}`);
  if (verdict === undefined) return conclude(tools, outcome);
  const { wait, onFailure } = settings.rollout;
  const isRevertible = wait && onFailure === 'revert' && !FINAL.has(verdict.reason);
  return conclude(
    tools,
    isRevertible
      ? await go_back_goBack(client, settings, tools, { ...task, submitted: registered, outcome, failure: verdict })
      : { ...outcome, failure: verdict },
  );
}

/** Failures that going back would not mend: what runs is somebody else's, waits for a decision, or is well itself. */
const FINAL                             = new Set(['superseded', 'awaiting-promotion', 'would-stop-others']);

/** Jobs whose plan foresaw a change that did not come about. */
function judgeRun(
  failure             ,
  submitted                         ,
  { log, findings }       ,
)                          {
  const planned = new Map((findings.planData?.jobs ?? []).map((change) => [jobKey(change), change.action]));
  const left = submitted.filter(
    (job) => job.change === 'missing' || (job.change === 'unchanged' && planned.get(jobKey(job)) !== 'none'),
  );
  if (left.length > 0) return failure;
  // Every job is registered, so what failed came after: the pack's outputs.tpl, or, before 0.4.2, the wait for the rollout, which is
  // watched here anyway.
  log.warning(`nomad-pack registered every job and failed after that: ${failure.message}`);
  return undefined;
}

function describeSubmitted({ id, namespace, version, change }              )         {
  return `${id} (${namespace}) ${change === 'unchanged' ? 'unchanged, ' : ''}version ${version}`;
}

/** What there is of the jobs when they are not watched: of those that are there, only time would tell more. */
async function lookOnce(
  client             ,
  settings              ,
  submitted                         ,
)                          {
  const there = await readStates(client, settings, submitted);
  const found = new Set(there.map(jobKey));
  const missing = submitted.filter((job) => !found.has(jobKey(job))).map((job) => missingState(client, job));
  const { failure } = concludeRollout([...there, ...missing], ({ id }) => id);
  return {
    jobs: [...there, ...missing],
    status: there.length === 0 ? 'absent' : 'pending',
    health: 'unknown',
    ...(failure !== undefined && { failure }),
  };
}

function missingState(client             , { id, namespace, type, version }              )           {
  return {
    id,
    namespace,
    type,
    status: 'absent',
    health: 'unknown',
    version,
    groups: [],
    url: jobUrl(client.settings.address, { id, namespace }),
    diagnosis: { cause: NOT_THERE, reason: 'stopped', events: [], log: '' },
  };
}

function conclude({ findings }       , { jobs, status, health, failure }                )         {
  findings.jobs = jobs;
  return {
    ...findings,
    operation: 'deploy',
    status,
    health,
    changed: findings.changed ?? false,
    jobs,
    ...(failure !== undefined && { failure }),
  };
}

;// CONCATENATED MODULE: ./build/js/operations/promote.js

                                                      



                                                           
                                                      
                                                     
                                                                  


                                        


/**
 * Promotes the canaries of the deployment that wait for it, and watches the rollout to its end. Where none waits, nothing is done.
 *
 * @throws ActionError; `stopped` where there is no such deployment
 */
async function promote_promote(settings                    , tools       )                  {
  const { log, findings } = tools;
  const client = await tools.nomad();
  const find = async (asked             ) => await findRunning(asked, settings);
  const own = await log.phase('Look for the deployment', async () => await find(client));
  const waiting = await findWaiting(client, own);
  if (waiting.length === 0) {
    log.info('No canary waits for a promotion.');
    findings.jobs = await readJobStates(client, own);
    return { ...findings, operation: 'promote', ...overallStatus(findings.jobs), jobs: findings.jobs, changed: false };
  }
  try {
    await log.phase('Promote', async () => {
      for (const { job, deployment } of waiting) {
        await promote(client, deployment, job.namespace);
        findings.changed = true;
      }
    });
    log.info(`Promoted the canaries of ${nameJobs(waiting.map(({ job }) => job))}.`);
    const submitted = waiting.map((one) => one.submitted);
    const { jobs, failure } = await watch(client, submitted, settings, tools);
    const all = [...jobs, ...(await readOthers(client, own, waiting))];
    const end = { ...overallStatus(all), jobs: all, ...(failure !== undefined && { failure }) };
    return { ...findings, operation: 'promote', ...end, changed: true };
  } catch (error) {
    if (tools.signal.aborted) await lookAfterCancel(tools, { find });
    else await lookAfterFailure(tools, client, { find });
    throw error;
  }
}

/**
 * The deployment's jobs that were not stopped.
 *
 * @throws ActionError `stopped` where there are none
 */
async function findRunning(client             , settings                    )                         {
  const { deploymentName, pack, nomad } = settings;
  const { jobs } = await surveyAll(client, deploymentName);
  const running = jobs.filter((job) => !job.stop);
  const { here, elsewhere } = locateJobs(running, ownerOf(settings), new Set([nomad.namespace]));
  if (here.length > 0) return [...here];
  throw new js_errors/* ActionError */.lZ(
    'stopped',
    `There is no deployment ${deploymentName} of pack ${pack.name} whose canaries could be promoted.`,
    {
      hint:
        elsewhere.length === 0
          ? 'Check `deployment_name`, `pack` and `nomad_namespace`.'
          : `The same pack runs under the same name elsewhere: ${nameJobs(elsewhere)}. Set \`nomad_namespace\` to promote there.`,
    },
  );
}

/** The states of the jobs that had nothing to promote: they are part of the deployment. */
async function readOthers(
  client             ,
  own                        ,
  waiting                    ,
)                      {
  const promoted = new Set(waiting.map(({ job }) => job));
  return await readJobStates(
    client,
    own.filter((job) => !promoted.has(job)),
  );
}

                   
                            
                                   
                              
                                   
 

async function findWaiting(client             , jobs                        )                     {
  const statuses = await readStatuses(client, jobs);
  return statuses.flatMap(({ ID, Namespace, Version, LatestDeployment }) => {
    const job = jobs.find(({ id, namespace }) => id === ID && namespace === Namespace);
    if (job === undefined || LatestDeployment?.RequiresPromotion !== true || LatestDeployment.JobVersion !== Version)
      return [];
    const { id, namespace, jobModifyIndex, launches, type } = job;
    const submitted = { id, namespace, version: Version, jobModifyIndex, launches, type, change: 'updated' }         ;
    return [{ job, deployment: LatestDeployment.ID, submitted }];
  });
}

;// CONCATENATED MODULE: ./build/js/operations/remove.js

                                                      



                                                      
                                                   
                                                                  




                                        

/**
 * Stops the deployment's jobs, and with `destroy` makes Nomad forget them. What carries the deployment's name, pack and namespace goes, by
 * Nomad's API: it is what `nomad-pack destroy` asks for too, but that finds jobs only by the ids that the pack renders to now, and so
 * leaves those that another value of a variable named, that an older version of the pack had, or that a periodic job launched. Neither the
 * pack nor its variables have to be there any more.
 *
 * @throws ActionError; what is left by then is in the findings
 */
async function remove(settings                    , tools       )                  {
  const { log, findings } = tools;
  const client = await tools.nomad();
  const found = await log.phase('Look for the deployment', async () => await findAll(client, settings));
  const namespaces = await findNamespaces(client, settings, tools, found);
  const { here, elsewhere } = locateJobs(found, ownerOf(settings), namespaces.names);
  if (elsewhere.length > 0) {
    log.notice(`Of the same pack and name, but in other namespaces, and left alone: ${nameJobs(elsewhere)}.`);
  }
  // Where nobody knows which namespace the pack's own templates name, what is elsewhere may be the deployment.
  const maybeElsewhere = !namespaces.certain && elsewhere.length > 0;
  const targets = here.filter((job) => isLeft(job, settings));
  if (targets.length === 0) {
    if (here.length + elsewhere.length === 0) await requireNamespace(client, settings);
    return await nothingLeft(client, settings, tools, here, maybeElsewhere);
  }

  const removal = { client, settings, tools, namespaces: namespaces.names };
  const [phase, done] =
    settings.operation === 'stop' ? ['Stop the jobs', 'Stopped'] : ['Destroy the jobs', 'Destroyed'];
  let removed         ;
  try {
    removed = await log.phase(phase, async () => await stopWithChildren(removal, targets));
  } catch (error) {
    if (tools.signal.aborted) {
      await lookAfterCancel(tools, { find: async (fresh) => await findRemains({ ...removal, client: fresh }) });
    } else await tellRemains(removal);
    throw error;
  }
  const states = await readJobStates(client, removed.remains);
  Object.assign(findings, { jobs: states, ...overallStatus(states) });
  refuseLeftovers(removed.remains, settings);
  log.info(`${done}: ${nameJobs(removed.gone)}.`);
  if (maybeElsewhere) findings.status = 'unknown';
  const { status = 'unknown', health = 'unknown', changed = false, jobs = [] } = findings;
  return { ...findings, operation: settings.operation, status, health, changed, jobs };
}

/** What a removal works on. */
                   
                               
                                        
                        
                                 
                                           
 

/** Everything that carries the deployment's name: its jobs, and what they launched, which stays when they go. */
async function findAll(client             , { deploymentName }                    )                         {
  const { jobs, children } = await surveyAll(client, deploymentName);
  return [...jobs, ...children];
}

async function findRemains({ client, settings, namespaces }         )                         {
  const { here } = locateJobs(await findAll(client, settings), ownerOf(settings), namespaces);
  return here.filter((job) => !isChild(job) || isLeft(job, settings));
}

/** What came of a removal. */
                   
                               
                                        
                                                    
                                           
 

/** Stops the jobs, and after them what they launched meanwhile: once they are gone, nothing is launched any more. */
async function stopWithChildren(removal         , targets                        )                   {
  await stopAll(removal, targets);
  const remains = await findRemains(removal);
  const late = remains.filter(isChild);
  if (late.length === 0) return { gone: targets, remains };
  await stopAll(removal, late);
  return { gone: [...targets, ...late], remains: await findRemains(removal) };
}

/** Says what is there of a deployment that could not be removed. */
async function tellRemains(removal         )                {
  const { client, settings, tools } = removal;
  const remains = await lookAfterFailure(tools, client, { find: async () => await findRemains(removal) });
  const left = remains.filter((job) => isLeft(job, settings));
  if (left.length > 0) tools.log.warning(`Still there: ${nameJobs(left)}.`);
}

                      
                                      
                                                              
                            
 

/**
 * Where the deployment's jobs are. A template may name a namespace of its own, so where the same pack runs under the same name elsewhere,
 * the pack is rendered to tell whether that is this deployment or another environment's.
 */
async function findNamespaces(
  client             ,
  settings                    ,
  tools       ,
  jobs                        ,
)                      {
  const asked = new Set([settings.nomad.namespace]);
  const { elsewhere } = locateJobs(jobs, ownerOf(settings), asked);
  if (elsewhere.length === 0) return { names: asked, certain: true };
  if (settings.registry === undefined) return { names: asked, certain: false };
  try {
    const pack = withRegistry(settings);
    const rendered = await renderJobs(client, await preparePack(pack, tools), tools);
    return { names: namespacesOf(rendered), certain: true };
  } catch (error) {
    const { reason, message } = (0,js_errors/* asActionError */.z6)(error);
    if (reason === 'cancelled' || reason === 'internal') throw error;
    tools.log.notice(
      `The pack cannot be rendered any more, so only the jobs in the namespace ${settings.nomad.namespace} go: ${message}`,
    );
    return { names: asked, certain: false };
  }
}

/**
 * Whether the operation has something to do about a job: to stop one that was told to already, or what was launched and is over, would do
 * nothing; to destroy it does.
 */
function isLeft(job             , { operation }                    )          {
  if (operation === 'destroy') return true;
  return !job.stop && !(isChild(job) && job.status === 'dead');
}

function isChild(job             )          {
  return 'parentId' in job;
}

async function nothingLeft(
  client             ,
  settings                    ,
  { log, findings }       ,
  here                        ,
  maybeElsewhere         ,
)                  {
  const { operation, deploymentName, pack, nomad } = settings;
  log.info(
    `There is nothing to ${operation}: no job of pack ${pack.name} as ${deploymentName} ${operation === 'stop' ? 'runs' : 'exists'} in the namespace ${nomad.namespace}.`,
  );
  const jobs = await readJobStates(
    client,
    here.filter((job) => !isChild(job)),
  );
  const status         = maybeElsewhere ? 'unknown' : jobs.length > 0 ? 'stopped' : 'absent';
  return { ...findings, operation, status, health: 'unknown', changed: false, jobs };
}

/** One that cannot be stopped keeps none of the others. */
async function stopAll({ client, settings, tools }         , jobs                        )                {
  const { findings } = tools;
  const purge = settings.operation === 'destroy';
  const owner = ownerOf(settings);
  const before = findings.changed ?? false;
  const outcomes = await Promise.allSettled(jobs.map(async (job) => await stopJob(client, job, owner, { purge })));
  // Of a request that went unanswered, nobody knows whether it was carried out.
  const hasChanged = outcomes.some((outcome) =>
    outcome.status === 'fulfilled' ? outcome.value !== undefined : !isRefusal(outcome.reason),
  );
  findings.changed = before || hasChanged;
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** Whether the job is as it was: Nomad would not stop it, or it is another's now. */
function isRefusal(error         )          {
  if (error instanceof errors/* NomadResponseError */.zY) return error.status < 500;
  return error instanceof js_errors/* ActionError */.lZ && error.reason === 'would-stop-others';
}

/** Who looks away once has somebody else deploy again meanwhile: green is only what is really gone. */
function refuseLeftovers(after                        , settings                    )       {
  const left = after.filter((job) => isLeft(job, settings));
  if (left.length === 0) return;
  throw new js_errors/* ActionError */.lZ('nomad-error', `There again after the ${settings.operation}: ${nameJobs(left)}.`, {
    hint: 'Somebody deploys under the same name at the same time. Let one workflow at a time work on a deployment (`concurrency:`).',
  });
}

;// CONCATENATED MODULE: ./build/js/operations/render.js


                                           
                                                                  


                                        

/** Renders the pack's job specifications, and what it says after a deploy, into files that later steps can read. */
async function render(settings                    , tools       )                  {
  const pack = withRegistry(settings);
  const prepared = await preparePack(pack, tools);
  const { files } = await tools.log.phase(
    'Render the pack',
    async () => await renderPack(prepared, { outputsTemplate: true }),
  );
  // The files stay after the step, so nothing secret may be in them: the folder of nomad-pack itself goes away with the step.
  const folder = await makeOutputFolder(tools, 'rendered-');
  // nomad-pack writes an empty one where the pack says nothing after a deploy.
  const written = files.filter(({ name, text }) => name !== 'outputs.tpl' || text.trim() !== '');
  for (const { name, text } of written) {
    await (0,external_node_fs_promises_.mkdir)((0,external_node_path_.dirname)((0,external_node_path_.join)(folder, name)), { recursive: true });
    await (0,external_node_fs_promises_.writeFile)((0,external_node_path_.join)(folder, name), tools.secrets.redact(text));
  }
  tools.findings.renderedPath = folder;
  tools.log.info(`Rendered ${written.map(({ name }) => name).join(', ')} to ${folder}.`);
  return { ...tools.findings, operation: 'render', status: 'unknown', health: 'unknown', changed: false, jobs: [] };
}

;// CONCATENATED MODULE: ./build/js/operations/setup.js
                                           
                                                             
                                        

/** Installs nomad-pack and puts it on the PATH of the steps that follow, for whoever wants to run it by hand. */
async function setup(settings               , tools       )                  {
  const { path, folder } = await tools.log.phase('Install nomad-pack', async () => {
    const installation = await tools.install();
    await installation.version;
    return installation;
  });
  tools.addPath(folder);
  return {
    ...tools.findings,
    operation: settings.operation,
    nomadPackPath: path,
    status: 'complete',
    health: 'unknown',
    changed: false,
    jobs: [],
  };
}

;// CONCATENATED MODULE: ./build/js/operations/status.js

                                                      





                                                             
                                                                  

                                        

/**
 * The deployment's jobs and their health. Asks Nomad itself: nothing is downloaded and no registry fetched, but where the server
 * cannot list the jobs of one deployment, nomad-pack's own table has to do.
 */
async function status_status(settings                    , tools       )                  {
  const { log, findings } = tools;
  const client = await tools.nomad();
  const survey = await log.phase('Ask Nomad', async () => await surveyDeployment(client, settings.deploymentName));
  if (survey.filtered) await readSurvey(client, survey, settings, tools);
  else {
    findings.jobs = await readTable(settings, tools);
    Object.assign(findings, overallStatus(findings.jobs));
  }
  const { status = 'unknown', health = 'unknown', jobs = [] } = findings;
  const failure =
    settings.review.failOnUnhealthy && health !== 'healthy' && status !== 'complete'
      ? notHealthy(settings, status, health)
      : undefined;
  return {
    ...findings,
    operation: 'status',
    status,
    health,
    jobs,
    changed: false,
    ...(failure !== undefined && { failure }),
  };
}

/** What is to be told of what was found: the jobs and their health into the findings, the rest as notices. */
async function readSurvey(
  client             ,
  { jobs, children }                             ,
  settings                    ,
  tools       ,
)                {
  const { log, findings } = tools;
  const namespaces = new Set([settings.nomad.namespace]);
  const { here, elsewhere, others } = locateJobs(jobs, ownerOf(settings), namespaces);
  if (others.length > 0) log.notice(`Of the same deployment name, but of other packs: ${nameJobs(others)}.`);
  if (elsewhere.length > 0) log.notice(whereElse(settings, here, elsewhere));
  const { here: left } = locateJobs(orphans(jobs, children), ownerOf(settings), namespaces);
  if (left.length > 0) log.notice(`Launched by jobs that are stopped or gone, and not over: ${nameJobs(left)}.`);
  if (here.length + elsewhere.length === 0) await requireNamespace(client, settings);
  const states = await readJobStates(client, here.length > 0 ? here : elsewhere);
  findings.jobs = states;
  if (states.some(isIll)) {
    findings.jobs = await log.phase('Look for the cause', async () => await withCauses(client, states, tools));
  }
  // Jobs of another namespace may be another environment's, or this pack's own, whose template names the namespace.
  const isSomewhereElse = here.length === 0 && elsewhere.length > 0;
  const judgement = isSomewhereElse ? { status: 'unknown', health: 'unknown' } : overallStatus(findings.jobs);
  Object.assign(findings, judgement);
}

/** Children that go on though nothing launches any more. */
function orphans(jobs                        , children                          )                  {
  const parents = new Set([...jobs, ...children].filter(({ stop }) => !stop).map(jobKey));
  return children.filter(
    ({ parentId: id, namespace, status }) => status !== 'dead' && !parents.has(jobKey({ id, namespace })),
  );
}

/** More causes than that nobody reads; the rest of the jobs is in the table. */
const MOST_CAUSES = 5;

function isIll({ health }          )          {
  return health === 'unhealthy';
}

/** The jobs, with why the first few of the unhealthy ones are. */
async function withCauses(
  client             ,
  jobs                     ,
  { signal, secrets }       ,
)                      {
  const ill = new Set(jobs.filter(isIll).slice(0, MOST_CAUSES));
  const verdict = bad('unhealthy', 'it is not healthy');
  const redact = (text        ) => secrets.redact(text);
  return await Promise.all(
    jobs.map(async (job) =>
      ill.has(job) ? { ...job, diagnosis: await diagnose({ client, job, verdict, signal, redact }) } : job,
    ),
  );
}

/** The jobs of nomad-pack's table, on whose health it says nothing. */
async function readTable(settings                    , tools       )                      {
  const { pack, deploymentName, nomad } = settings;
  tools.log.notice(
    'This Nomad cannot list the jobs of one deployment, so nomad-pack is asked, which knows nothing of their health.',
  );
  const nomadPack = await tools.log.phase('Install nomad-pack', async () => await tools.nomadPack());
  const token = await tools.nomadToken();
  const rows = await tools.log.phase(
    'Ask nomad-pack',
    async () => await nomadPack.status({ pack, deploymentName, nomad, token }),
  );
  return rows
    .filter((row) => row.pack === pack.name && row.deployment === deploymentName)
    .map((row) => ({
      id: row.job,
      namespace: nomad.namespace,
      type: 'unknown',
      ...judgeTable(row.status),
      version: 0,
      groups: [],
      url: '',
    }));
}

/** nomad-pack's own word for a job: `running` and `pending` are taken as they are, anything else says nothing. */
function judgeTable(word        )                                      {
  if (word === 'running') return { status: 'running', health: 'healthy' };
  return { status: word === 'pending' ? 'pending' : 'unknown', health: 'unknown' };
}

function whereElse(
  { nomad, deploymentName }                    ,
  here                        ,
  elsewhere                        ,
)         {
  const first = here.length === 0 ? `Nothing of ${deploymentName} is in the namespace ${nomad.namespace}. ` : '';
  return `${first}The same pack runs under the same name elsewhere: ${nameJobs(elsewhere)}. Set \`nomad_namespace\` to look there.`;
}

function notHealthy({ deploymentName }                    , status        , health        )              {
  return new js_errors/* ActionError */.lZ('unhealthy', `The deployment ${deploymentName} is ${status}, its health ${health}.`, {
    hint:
      status === 'absent'
        ? 'Deploy it, or check `deployment_name`, `pack` and `nomad_namespace`. `fail_on_unhealthy` makes the step fail over it.'
        : 'The table of jobs says which. `fail_on_unhealthy` makes the step fail over it.',
  });
}

;// CONCATENATED MODULE: ./build/js/operations/operate.js
                                           
                                                        







                                        

/** Runs the operation that the settings ask for. */
async function operate(settings          , tools       )                  {
  switch (settings.operation) {
    case 'setup':
      return await setup(settings, tools);
    case 'deploy':
      return await deploy(settings, tools);
    case 'status':
      return await status_status(settings, tools);
    case 'plan':
      return await plan_plan(settings, tools);
    case 'render':
      return await render(settings, tools);
    case 'promote':
      return await promote_promote(settings, tools);
    case 'stop':
    case 'destroy':
      return await remove(settings, tools);
  }
}


/***/ })

};

