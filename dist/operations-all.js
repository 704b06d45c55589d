export const id = "operations-all";
export const ids = ["operations-all"];
export const modules = {

/***/ 2269:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  deploy: () => (/* reexport */ deploy),
  plan: () => (/* reexport */ plan_plan),
  promote: () => (/* reexport */ promote_promote),
  remove: () => (/* reexport */ remove),
  render: () => (/* reexport */ render),
  setup: () => (/* reexport */ setup),
  status: () => (/* reexport */ status_status)
});

// EXTERNAL MODULE: ./build/js/errors.js
var js_errors = __webpack_require__(2027);
// EXTERNAL MODULE: ./build/js/nomad/api.js
var api = __webpack_require__(7898);
// EXTERNAL MODULE: ./build/js/nomad/errors.js
var errors = __webpack_require__(1023);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./build/js/nomad/answers.js
var answers = __webpack_require__(4109);
;// CONCATENATED MODULE: ./build/js/nomad/write.js




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
    await (0,promises_.setTimeout)(pause);
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
  if (error instanceof errors/* NomadResponseError */.zY) return error.status >= 500;
  return !(error instanceof errors/* NomadUnreachableError */.Sc && error.unsent);
}

/** Whether the same may go well a moment later. With a 500 Nomad refuses writes, too: a read that fails so is another matter. */
function mayPass(error         )          {
  if (error instanceof errors/* NomadResponseError */.zY) {
    const isRefusal = error.status === 500 && !/No cluster leader|Not ready to serve|rpc error/i.test(error.words);
    return !isRefusal && (0,errors/* isTransient */.dg)(error.status, error.words);
  }
  return error instanceof errors/* NomadUnreachableError */.Sc || error instanceof answers/* UnreadableAnswer */.y;
}

;// CONCATENATED MODULE: ./build/js/nomad/jobs.js


                                                               



/** The job as Nomad has it now; undefined where there is none. */
async function readJob(
  client             ,
  { id, namespace }        ,
  options                 = {},
)                           {
  try {
    return (await client.get((0,api/* jobPath */.Jf)(id), api/* jobSchema */.jQ, { ...options, query: { namespace } })).body;
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
    const { body } = await client.get((0,api/* jobPath */.Jf)(id, '/versions'), api/* jobVersionsSchema */.MK, {
      ...options,
      query: { namespace },
    });
    return body.Versions;
  } catch (error) {
    if ((0,errors/* isMissing */.b2)(error)) return [];
    throw error;
  }
}

/** The job's allocations, of all of its versions that Nomad still knows any of. */
async function listAllocations(
  client             ,
  { id, namespace }        ,
  options                 = {},
)                                 {
  const asked = { ...options, query: { namespace } };
  return (await client.get((0,api/* jobPath */.Jf)(id, '/allocations'), api/* allocationsSchema */.P6, asked)).body;
}

/** How many allocations of each task group ended how, over all versions of the job; empty for a job that is gone. */
async function readSummary(
  client             ,
  { id, namespace }        ,
  options                 = {},
)                                                  {
  try {
    const asked = { ...options, query: { namespace } };
    return (await client.get((0,api/* jobPath */.Jf)(id, '/summary'), api/* jobSummarySchema */.Jx, asked)).body.Summary ?? {};
  } catch (error) {
    if ((0,errors/* isMissing */.b2)(error)) return {};
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
  return (await client.get((0,api/* jobPath */.Jf)(id, '/evaluations'), api/* evaluationsSchema */.NH, asked)).body;
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
  throw new js_errors/* ActionError */.lZ('would-stop-others', `Job "${ref.id}" in namespace "${ref.namespace}" now belongs to ${now}`, {
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
  return await writeOnce(
    async () => await client.delete((0,api/* jobPath */.Jf)(ref.id), api/* evaluationAnswerSchema */.eF, { query }),
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
  return await writeOnce(
    async () => {
      const payload = { DeploymentID: nomadDeploymentId, All: true };
      await client.post(`/v1/deployment/promote/${id}`, api/* promotionAnswerSchema */.L4, payload, { query });
    },
    async () => await isPromoted(client, id, query),
  );
}

async function isPromoted(client             , id        , query                                )                   {
  try {
    const { body } = await client.get(`/v1/deployment/${id}`, api/* deploymentSchema */.fP, { query });
    const canaries = Object.values(body.TaskGroups ?? {}).filter((group) => (group?.DesiredCanaries ?? 0) > 0);
    return canaries.every((group) => group?.Promoted);
  } catch (error) {
    if ((0,errors/* isMissing */.b2)(error)) return false;
    throw error;
  }
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
    const { body, index } = await client.post('/v1/jobs/statuses', api/* jobStatusesSchema */.lW, payload, {
      ...options,
      query: { namespace: '*' },
      repeatable: true,
    });
    return { body, index };
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
    client.get((0,api/* jobPath */.Jf)(ref.id, '/allocations'), api/* allocationsSchema */.P6, asked),
    client.get((0,api/* jobPath */.Jf)(ref.id, '/deployments'), api/* deploymentsSchema */.Ck, asked),
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

;// CONCATENATED MODULE: ./build/js/nomad/tasks.js
                                                                                                     

/** The names of the tasks that a group exists for; its others prepare them, stand beside them or clean up after them. */
function mainTasks({ Tasks }           )           {
  return (Tasks ?? []).filter(({ Lifecycle }) => !Lifecycle).map(({ Name }) => Name);
}

/**
 * Whether only an allocation's tasks tell how it fares: Nomad calls it `running` as soon as any of its tasks runs, also one that only
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
 * The ids of the allocations, among those of the job's current version, that run though a main task of theirs does not, or that were
 * evicted before theirs were done.
 */
function findUnstarted(job     , allocations                       )                      {
  const main = new Map((job.TaskGroups ?? []).map((group) => [group.Name, mainTasks(group)]));
  const unstarted = allocations.filter(({ JobVersion, ClientStatus, DesiredStatus, TaskGroup, TaskStates }) => {
    if (JobVersion !== job.Version) return false;
    if (ClientStatus === 'complete') return isBatch(job) && DesiredStatus !== 'run';
    return (
      ClientStatus === 'running' && (main.get(TaskGroup) ?? []).some((task) => !hasStarted(job, TaskStates?.[task]))
    );
  });
  return new Set(unstarted.map(({ ID }) => ID));
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

;// CONCATENATED MODULE: ./build/js/nomad/state.js
                                                                         
                                                                                           
                                               


                                               


/**
 * The state of these jobs, in their order: one request for all of them, and further ones only for what that request does not tell: the
 * counts of several task groups, whether main tasks have started where nobody watches the health, and what became of a batch job whose
 * allocations are gone. Jobs that are gone meanwhile are left out.
 */
async function readJobStates(client             , jobs                        )                      {
  const [statuses, specifications] = await Promise.all([
    readStatuses(client, jobs),
    Promise.all(jobs.map(async (job) => (hasSeveralGroups(job) ? await readJob(client, job) : undefined))),
  ]);
  const found = new Map(statuses.map((status) => [jobKey({ id: status.ID, namespace: status.Namespace }), status]));
  const states = await Promise.all(
    jobs.map(async (job, index) => {
      const nomad = found.get(jobKey(job));
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
    specification: async () => await readJob(client, job),
    allocations: async () => await listAllocations(client, job),
    evaluations: async () => await listEvaluations(client, job),
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
    (allocation) => isUnwatched(nomad, allocation) || mayBeEvicted(nomad, allocation),
  );
  const specification = known ?? (isToBeSeen ? await facts.specification() : undefined);
  if (specification === undefined) return { neverRan };
  const allocations = needsTasks(nomad, specification) ? await facts.allocations() : [];
  return { counts: groupCounts(specification), unstarted: findUnstarted(specification, allocations), neverRan };
}

/** What of a job must be known besides what Nomad says of its state. */
                                                                                                

/** What `POST /v1/jobs/statuses` does not tell of a job. */
                             
                                                                                                              
                                                
                                                                                                         
                                           
                                                                                     
                              
 

/** How many allocations each task group of the job shall have, by its name. */
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
    ...judge(job, nomad, groups, details),
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
    const wanted = isOnEveryNode(nomad) && count > 0 ? Math.max(nodes, 1) : count;
    const desired = nomad.Stop ? 0 : wanted;
    const well = allocations.filter((allocation) => isHealthy(nomad, allocation) && !unstarted.has(allocation.ID));
    const healthy = Math.min(well.length, desired);
    // A failed allocation that was replaced stays listed; it matters as long as its replacement is not healthy.
    const unhealthy = Math.min(countFailed(allocations), desired - healthy);
    return { name, desired, placed, healthy, unhealthy };
  });
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
function judge(job            , nomad             , groups                       , details            )            {
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
  if (!isBatch(nomad) || health === 'unhealthy') return { status: 'failed', health: 'unhealthy' };
  return health === 'healthy' ? { status: 'complete', health } : { status: 'pending', health: 'unknown' };
}

/** Whether a batch job is at rest, and no allocation tells whether it has run: Nomad forgets them sooner than their job. */
function isForgotten(nomad             )          {
  return isBatch(nomad) && nomad.Status === 'dead' && !nomad.Stop && (nomad.Allocs ?? []).length === 0;
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

;// CONCATENATED MODULE: ./build/js/nomad/rollout/outcome.js

                                                                           


                                 
                                                                                               
                                     
                          
                          
                                                                                                    
                                 
 

                                                              

/** From what tells most of why a deployment failed to what tells least. */
const order                                 = [
  'unhealthy',
  'reverted',
  'placement',
  'stopped',
  'superseded',
  'timeout',
  'nomad-unreachable',
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
      return `Fix what the task’s events and log show, and deploy again. on_failure: revert takes a failed deployment back by itself. More: nomad job status ${where}`;
    case 'reverted':
      return 'The version from before runs again. Fix what the task’s events and log show, and deploy again.';
    case 'placement':
      return 'Let the pack ask for less (count, cpu, memory, constraints; see its variables), or give the cluster a node that fits. Jobs that wait for room may need a longer wait_timeout.';
    case 'stopped':
      return `Find out who stopped it (nomad job history ${where}), and deploy again.`;
    case 'superseded':
      return 'Look at what else deploys this job. Deployments of one name should wait for each other: give their workflow jobs the same concurrency group.';
    case 'timeout':
      return `Set wait_timeout to a longer time if it only needs more of it. More: nomad job status ${where}`;
    case 'nomad-unreachable':
      return `Check that the cluster has a leader, and that nomad_addr, or the proxy before it, answers from this runner. The rollout goes on without this step: nomad job status ${where}`;
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
    evaluations.map((evaluation) => [jobKey({ id: evaluation.JobID, namespace: evaluation.Namespace }), evaluation]),
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
    return (await client.get(path, api/* evaluationSchema */.MF, { query: { namespace: '*' } })).body;
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
  const job = (await listVersions(client, ref)).find((version) => version.JobModifyIndex === jobModifyIndex);
  return job === undefined ? missingJob(ref) : { ...submittedJob(ref, [job], undefined, undefined), change: 'updated' };
}

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
                                                                              

/** What is written in the place of a value that nobody may see. */
const HIDDEN = '***';

/** What of a difference may be shown. */
                             
                                            
                                                                                            
                                                 
                                                                                        
                                                 
 

/** A field of a job that differs. */
                         
                                                                      
                        
                            
 

/**
 * The differences as lines `+ path: "new"`, `- path: "old"`, `~ path: "old" => "new"`, sorted by path: Nomad gives them in no
 * fixed order. Values are quoted as JSON, so that each stays on its line.
 */
function diffLines(job         , disclosure            )           {
  const lines = changesOf(job).map((change) => {
    const path = oneLine(disclosure.redact(change.path));
    return { path, line: describe(path, change, disclosure) };
  });
  return lines.sort((a, b) => diff_order(a.path, b.path) || diff_order(a.line, b.line)).map(({ line }) => line);
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

function objectChanges({ Fields, Objects }            , path                   )           {
  return [
    ...(Fields ?? [])
      .filter((field) => field.Type !== 'None')
      .map((field) => ({ path: [...path, field.Name].join(' > '), field })),
    ...(Objects ?? []).flatMap((object) => objectChanges(object, [...path, object.Name ?? ''])),
  ];
}

function describe(path        , change        , { redact, hidesOld, hidesNew }            )         {
  const { Type, Old, New } = change.field;
  const [before, after] = [
    JSON.stringify(hidesOld(change) ? HIDDEN : redact(Old)),
    JSON.stringify(hidesNew(change) ? HIDDEN : redact(New)),
  ];
  if (Type === 'Added') return `+ ${path}: ${after}`;
  if (Type === 'Deleted') return `- ${path}: ${before}`;
  return `~ ${path}: ${before} => ${after}`;
}

/** Names of groups, tasks and keys may hold anything; those of most jobs do not change by this. */
function oneLine(path        )         {
  return path.replace(/\p{Cc}/gu, (character) => JSON.stringify(character).slice(1, -1));
}

function diff_order(a        , b        )         {
  return a < b ? -1 : a > b ? 1 : 0;
}

;// CONCATENATED MODULE: ./build/js/nomad/placement.js
                                                      

                                                                         

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
    constraint === missingDrivers
      ? `${shareOf(nodes, metric)} ${describeDrivers(drivers)}`
      : `the constraint "${constraint}" rules out ${shareOf(nodes, metric)}`,
  );
  const classes = sortedEntries(metric.ClassFiltered).map(
    ([name, nodes]) => `${shareOf(nodes, metric)} ruled out in class "${name}"`,
  );
  // Nomad counts a node by its constraint and by its class; the constraint tells more.
  return constraints.length > 0 ? constraints : classes;
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

;// CONCATENATED MODULE: ./build/js/nomad/specification-faults.js

                                                      

/** A rendered file that is no job specification. */
class SpecificationError extends js_errors/* ActionError */.lZ {
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

const LOOK = 'Correct the template, or the variables that it was given. `operation: render` shows what comes of it.';

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
    hint: 'Create the node pool (nomad node pool apply), or correct `node_pool` in the template or the variable that it comes from.',
  },
  {
    pattern: /node pool .* is not allowed|not allowed .*node pool|disallow\w* node pool/i,
    hint: 'The namespace does not let its jobs use that node pool: deploy to another namespace (`nomad_namespace`), or let the job use another pool.',
  },
  {
    pattern: /task driver .* (?:is not|not) allowed|used task driver|network mode .* not allowed/i,
    hint: 'The namespace does not let its jobs use that: deploy to another namespace (`nomad_namespace`), or change the capabilities of this one (nomad namespace apply).',
  },
  {
    pattern: /: Result: false/,
    hint: 'A Sentinel policy of the cluster refuses the job. Change what the policy names, in the template or its variables, or ask those who keep the policy.',
  },
  {
    pattern: /quota/i,
    hint: 'The quota of the namespace refuses the job: let it ask for less, or ask those who keep the quota (nomad quota status).',
  },
  {
    pattern: /(?:Vault|Consul) .*not enabled|(?:Vault|Consul) .* but used in the job/,
    hint: 'Connect the cluster’s servers with it, or drop the block from the template.',
  },
];

/** What to throw for a job that Nomad would not take: it lists what it finds wrong. */
function refused(job                                                , error                    )              {
  const words = error.words.replace(/\d+ errors? occurred:\s*\* /g, '');
  return new js_errors/* ActionError */.lZ('job-specification', `Nomad would refuse job "${job.id}" of ${job.file}: ${words}`, {
    hint: adviceOf(REFUSED, words),
    cause: error,
  });
}

function adviceOf(rules                 , words        )         {
  return rules.find(({ pattern }) => pattern.test(words))?.hint ?? LOOK;
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

/** By namespace, then by id. */
function byNamespaceAndId(a           , b           )         {
  if (a.namespace !== b.namespace) return a.namespace < b.namespace ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

async function plan(client             , { id, namespace, file, specification }             )                   {
  const payload = { Job: specification, Diff: true };
  try {
    return (await client.post((0,api/* jobPath */.Jf)(id, '/plan'), api/* jobPlanSchema */.Mx, payload, { query: { namespace }, repeatable: true }))
      .body;
  } catch (error) {
    // So Nomad begins what it finds wrong with a job.
    const found = error instanceof errors/* NomadResponseError */.zY && /^\d+ errors? occurred:/.test(error.words);
    if (!found || error.reason !== 'nomad-error') throw error;
    throw refused({ id, file }, error);
  }
}

function change(
  { id, namespace, specification }             ,
  planned         ,
  disclosure                        ,
)            {
  const updates = Object.entries(planned.Annotations?.DesiredTGUpdates ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const groups = updates.map(([name, update]) => ({ name, ...countUpdates(update) }));
  return {
    id,
    namespace,
    action: actionOf(planned, groups),
    groups,
    placementFailures: Object.entries(planned.FailedTGAllocs ?? {})
      .map(
        ([group, metric]) => `group "${group}": ${describePlacementFailure(metric, driversOf(specification, group))}`,
      )
      .sort(),
    basedOn: planned.JobModifyIndex,
    diff: planned.Diff === null || disclosure === undefined ? [] : diffLines(planned.Diff, disclosure),
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

;// CONCATENATED MODULE: ./build/js/nomad/survey.js


                                               


/** A job in Nomad that carries the name of a deployment. */
                                             
                         
                                                              
                                  
                             
                         
                                  
                                
                              
                                                          
                              
 

/** What nomad-pack recorded of where the job came from; empty where it recorded nothing. */
                               
                        
                            
                       
                        
 

/** A job that a periodic or parameterized one launched. It inherits the metadata but is no job of the pack. */
                                                    
                            
 

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
    throw new js_errors/* ActionError */.lZ('input', `"${deploymentName}" cannot be the name of a deployment`, {
      hint: 'Set deployment_name to letters, digits, ".", "_" and "-", beginning with a letter or digit; "@" and a ref may follow, as in "web@v1.2.0".',
    });
  }
  const listed = await list(client, `Meta["pack.deployment_name"] == ${JSON.stringify(deploymentName)}`);
  if (listed === undefined) return { filtered: false };
  const { stubs, index } = listed;
  const found = stubs.filter((stub) => stub.Meta?.['pack.deployment_name'] === deploymentName).sort(survey_byNamespaceAndId);
  return {
    filtered: true,
    jobs: found.filter((stub) => stub.ParentID === '').map(surveyed),
    children: found
      .filter((stub) => stub.ParentID !== '')
      .map((stub) => ({ ...surveyed(stub), parentId: stub.ParentID })),
    index,
  };
}

/**
 * The running jobs of these namespaces that no deployment owns: deployed by other means, or without the metadata that nomad-pack
 * writes. It is one request.
 */
async function listOwnerless(client             , namespaces                     )                    {
  const places = [...namespaces].map((namespace) => `Namespace == ${JSON.stringify(namespace)}`).join(' or ');
  const filter = `Meta["pack.deployment_name"] is empty and ParentID is empty and Stop == false and Status != "dead" and (${places})`;
  // Naming a namespace that the token may not list would be refused.
  const { body } = await client.get('/v1/jobs', api/* jobStubsSchema */.yn, { query: { namespace: '*', meta: true, filter } });
  return body.sort(survey_byNamespaceAndId).map(({ ID, Namespace }) => ({ id: ID, namespace: Namespace }));
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
async function list(
  client             ,
  filter        ,
)                                                                                      {
  const query = { namespace: '*', meta: true, filter };
  try {
    const { body: stubs, index } = await client.get('/v1/jobs', api/* jobStubsSchema */.yn, { query });
    return stubs.some((stub) => !stub.Meta?.['pack.deployment_name']) ? undefined : { stubs, index };
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

function survey_byNamespaceAndId(a         , b         )         {
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
  const keys = new Set(rendered.map(jobKey));
  const namespaces = new Set(rendered.map((job) => job.namespace));
  const isStopped = (job             ) => job.status !== 'dead' && !ids.has(job.id);
  const isOwn = (job             ) => job.pack.name === owner.packName && namespaces.has(job.namespace);
  const stopped = reach.jobs ? found.jobs.filter(isStopped) : [];
  const stoppedChildren = reach.children ? found.children.filter(isStopped) : [];
  const replaced = found.jobs.filter((job) => keys.has(jobKey(job)) && !job.stop && job.pack.name !== owner.packName);
  const foreign = (job             , effect                      )             => ({
    id: job.id,
    namespace: job.namespace,
    effect,
    other: job.pack.name === owner.packName ? 'namespace' : 'pack',
    packName: job.pack.name,
  });
  const conflicts = rendered.flatMap((job) => conflict(owner, job, found.existing.get(jobKey(job))));
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
          ? `Let the pack use another job id. If it is this deployment’s job, which lost its metadata or was deployed by hand, take it over with \`adopt_jobs: ${first.id}\`. If nobody needs it, stop it: nomad job stop -purge.`
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
  const job = `Job "${id}" in namespace "${namespace}"`;
  if (deploymentName === undefined) return `${job} was not deployed by nomad-pack, or has lost nomad-pack’s metadata`;
  return `${job} belongs to deployment "${deploymentName}" of pack "${packName}", not to deployment "${owner.deploymentName}" of pack "${owner.packName}"`;
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
    await client.get(`/v1/namespace/${encodeURIComponent(nomad.namespace)}`, api/* namespaceSchema */.P8);
  } catch (error) {
    if (!(0,errors/* isMissing */.b2)(error)) throw error;
    const orUnseen = client.isAnonymous ? '' : ', or the token may not see it';
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
                                          
                                                           
                                           
                                                                                
                                              
                                                                            
                         
 

/** What a deploy of these jobs would do to the other jobs of the cluster, as far as nomad-pack reaches. */
async function readClaim(
  client             ,
  settings                    ,
  rendered                   ,
  nomadPack           ,
)                 {
  const [survey, existing, reach] = await Promise.all([
    surveyAll(client, settings.deploymentName),
    readExisting(client, rendered),
    nomadPack.reach(),
  ]);
  const adopt = new Set(settings.rollout.adoptJobs);
  refuseUnknown(adopt, rendered);
  const ownership = compareOwnership(ownerOf(settings), rendered, { ...survey, existing }, reach, adopt);
  return { ...ownership, present: survey.jobs, existing, index: survey.index };
}

/** A job that the pack does not have cannot be taken over by deploying it. */
function refuseUnknown(adopt                     , rendered                   )       {
  const ids = rendered.map(({ id }) => id);
  const unknown = [...adopt].filter((id) => !ids.includes(id));
  if (unknown.length === 0) return;
  throw new js_errors/* ActionError */.lZ(
    'input',
    `Input \`adopt_jobs\` names \`${unknown.join('`, `')}\`, which the pack does not render. It renders \`${ids.join('`, `')}\`.`,
    { hint: 'Correct `adopt_jobs`. Once the jobs are taken over, drop it.' },
  );
}

/**
 * Refuses a deploy that would take what belongs to others.
 *
 * @throws ActionError
 */
function refuseStrangers(claim       , settings                    )       {
  assertOwnership(ownerOf(settings), claim, settings.rollout);
}

/** Says which jobs a deploy takes over. */
function sayWhatIsAdopted({ adopted }       , { log }       )       {
  if (adopted.length === 0) return;
  log.notice(`Takes over, as \`adopt_jobs\` asks for, what no deployment owns: ${nameJobs(adopted)}.`);
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
// EXTERNAL MODULE: ./build/js/http/signals.js
var signals = __webpack_require__(1334);
;// CONCATENATED MODULE: ./build/js/nomad/rollout/checks.js

                                                                

/** More of them nobody reads. */
const mostChecks = 3;
const mostCharacters = 300;

                               
                               
                               
                                            
                                   
 

/**
 * The health checks of an allocation that do not pass, redacted: `health check "alive" of service "web" fails: connection refused`;
 * several joined with `; `. Empty where there are none, or where the node cannot be asked. Of checks in Consul Nomad tells nothing.
 */
async function describeFailingChecks({ client, suspect, redact, options }              )                  {
  const path = `/v1/client/allocation/${encodeURIComponent(suspect.ID)}/checks`;
  try {
    const query = { namespace: suspect.Namespace };
    const { body } = await client.get(path, api/* checkResultsSchema */.M7, { ...options, query });
    const failing = Object.values(body ?? {}).filter(
      ({ Mode, Status }) => Mode !== 'readiness' && Status !== 'success',
    );
    const told = failing.map((check) => describeCheck(check, redact)).sort();
    const more = told.length > mostChecks ? [`${told.length - mostChecks} more`] : [];
    return [...told.slice(0, mostChecks), ...more].join('; ');
  } catch (error) {
    client.log(`No health checks of allocation ${suspect.ID}: ${(error         ).message}`);
    return '';
  }
}

function describeCheck({ Check, Service, Status, Output }             , redact                          )         {
  // So Nomad calls a check that was not given a name.
  const name = Check.startsWith('service: ') ? 'health check' : `health check "${redact(Check)}"`;
  const subject = `${name} of service "${redact(Service)}"`;
  if (Status === 'pending') return `${subject} has not answered yet`;
  const output = redact(Output).replace(/\s+/g, ' ').trim();
  const shown = output.length > mostCharacters ? `${output.slice(0, mostCharacters).toWellFormed()}…` : output;
  return shown === '' ? `${subject} fails` : `${subject} fails: ${shown}`;
}

;// CONCATENATED MODULE: ./build/js/nomad/rollout/log-tail.js

                                            
                                                                

/** What is read: much more than the report shows, for a secret that is cut in two is recognised by nobody. */
const mostBytes = 64 * 1024;

                          
                               
                                  
                        
                                            
                                   
 

/**
 * The end of what a task wrote to stderr, or, where that is nothing, to stdout, redacted; the report shortens it. Empty where there is nothing,
 * or where it cannot be had, for its node is gone or the token may not read logs: a rollout's failure is told without it.
 */
async function readLogTail(tail         )                  {
  return (await readEnd(tail, 'stderr')) || (await readEnd(tail, 'stdout'));
}

async function readEnd({ client, allocation, task, redact, options }         , type        )                  {
  const query = { namespace: allocation.Namespace, task, type, plain: true, origin: 'end', offset: mostBytes };
  const path = `/v1/client/fs/logs/${encodeURIComponent(allocation.ID)}`;
  try {
    const text = await client.getText(path, { ...options, query });
    return redact((0,external_node_util_.stripVTControlCharacters)(wholeLines(text)).replaceAll('\r', '')).trimEnd();
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

;// CONCATENATED MODULE: ./build/js/nomad/rollout/task-trouble.js
                                                                  

/** What went wrong with a task. */
                              
                         
                        
                                                                    
                         
                                                         
                        
                                
                        
                                      
                          
                                                                                        
                           
 

const task_trouble_signals                                   = {
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
    .sort(
      (a, b) =>
        Number(b.final) - Number(a.final) ||
        Number(a.judged) - Number(b.judged) ||
        a.time - b.time ||
        // Nomad tells of an allocation's tasks in another order each time.
        (a.task < b.task ? -1 : Number(a.task > b.task)),
    );
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
  if (wrong !== undefined) return { ...wrong, judged: false };
  const found = first(events, unhealthy);
  return found && { ...found, judged: true };
}

function first(events                      , read                                         ) {
  for (const event of events) {
    const found = read(event);
    if (found !== undefined) return { ...found, time: event.Time };
  }
  return undefined;
}

function wentWrong(event           , state           )                    {
  const failure = startFailures[event.Type];
  if (failure !== undefined) return { words: `${failure}: ${task_trouble_oneLine(event.DisplayMessage)}`, ran: false };
  if (/^Template failed/i.test(event.DisplayMessage) || /^Missing: /.test(event.DisplayMessage)) {
    return { words: `could not be started: ${task_trouble_oneLine(event.DisplayMessage)}`, ran: false };
  }
  if (event.Type === 'Terminated') return terminated(event, state);
  return undefined;
}

function terminated(event           , state           )                    {
  if (event.Details?.['oom_killed'] === 'true') {
    return { words: 'was killed because it used more memory than it may (out of memory)', ran: true };
  }
  const { Signal: signal, ExitCode: code } = event;
  if (signal !== 0) {
    const name = task_trouble_signals[signal];
    return { words: `was killed by signal ${signal}${name === undefined ? '' : ` (${name})`}`, ran: true };
  }
  if (code !== 0) return { words: `exited with code ${code}`, ran: true };
  // An end that is good by itself is bad where Nomad starts the task anew, or gives it up, because of it.
  const goesOn = state.Failed || state.Restarts > 0;
  return goesOn ? { words: 'exited with code 0, though it is to go on running', ran: true } : undefined;
}

function unhealthy({ Type, DisplayMessage }           )                    {
  return Type === 'Alloc Unhealthy' ? { words: `is unhealthy: ${task_trouble_oneLine(DisplayMessage)}`, ran: true } : undefined;
}

/** Nomad wraps some messages over several lines. */
function task_trouble_oneLine(text        )         {
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
async function diagnose(patient         )                     {
  const { verdict, signal, redact } = patient;
  const plain = { cause: redact(verdict.cause), reason: verdict.reason, events: [], log: '' };
  if (!lookAtTasks.has(verdict.reason)) return plain;
  return await withLimit(signal, longestSearch, plain, async (options) => await search(patient, options));
}

async function search(
  { client, job, specification, verdict, redact }         ,
  options                ,
)                     {
  const [all, spec] = await Promise.all([
    listAllocations(client, job, options),
    specification ?? readJob(client, job, options),
  ]);
  // What Nomad says is folded and cut below, and a part of a secret is recognised by nobody.
  const own = all.filter(({ JobVersion }) => JobVersion === job.version);
  const allocations = own.map((found) => redactEvents(found, redact));
  const [worst] = findTrouble(allocations);
  const slow = findSlow(allocations);
  const subject = worst ?? slowTask(slow, spec);
  const nothing = { cause: redact(verdict.cause), reason: verdict.reason, events: [], log: '' };
  // That Nomad found an allocation unhealthy says no more than that; a check that fails says why.
  const suspect = worst === undefined ? slow : worst.judged ? worst.allocation : undefined;
  const checks = suspect === undefined ? '' : await describeFailingChecks({ client, suspect, redact, options });
  if (subject === undefined) {
    return { ...nothing, cause: redact(causeOf(verdict, checks || causeWithoutTasks(allocations))) };
  }
  const { allocation, task } = subject;
  const log = subject.ran ? await readLogTail({ client, allocation, task, redact, options }) : '';
  const found = worst === undefined ? causeWithoutTasks(allocations) : diagnosis_describe(worst, log);
  return {
    cause: redact(causeOf(verdict, checks || found)),
    reason: verdict.reason,
    events: lastEvents(allocation, task),
    log,
    task: `${allocation.TaskGroup}/${task}`,
  };
}

/** What the tasks did is why; that Nomad went back to another version is what came of it. */
function causeOf(verdict     , found                    )         {
  if (found === undefined) return verdict.cause;
  return verdict.reason === 'reverted' ? `${found}; ${verdict.cause}` : found;
}

/** An allocation that has not gone wrong but is not where it should be. */
function findSlow(allocations                       )                         {
  return allocations.find(
    ({ ClientStatus, DeploymentStatus }) =>
      ClientStatus === 'pending' || (ClientStatus === 'running' && DeploymentStatus?.Healthy !== true),
  );
}

/** The task that holds the allocation up: what it does may tell why. */
function slowTask(
  allocation                        ,
  specification                 ,
)                                                                                                {
  if (allocation === undefined) return undefined;
  const group = specification?.TaskGroups?.find(({ Name }) => Name === allocation.TaskGroup);
  const hooks = new Map((group?.Tasks ?? []).map(({ Name, Lifecycle }) => [Name, Lifecycle?.Hook]));
  const [first] = Object.entries(allocation.TaskStates ?? {})
    .map(([task, state]) => ({ task, state, rank: rankOf(state, hooks.get(task)) }))
    // By name where they are alike, for Nomad tells of them in another order each time.
    .sort((a, b) => a.rank - b.rank || (a.task < b.task ? -1 : 1));
  return first && { allocation, task: first.task, ran: first.state.StartedAt !== null };
}

/** What prepares holds up all others, what has not started those that have, and what cleans up nobody. */
function rankOf({ State }           , hook                           )         {
  if (hook === 'prestart' && State === 'running') return 0;
  if (hook === 'poststop' || State === 'dead') return 3;
  return State === 'pending' ? 1 : 2;
}

/** Of the others, the tasks are not what went wrong. */
const lookAtTasks = new Set                     (['unhealthy', 'reverted', 'timeout']);

function redactEvents(allocation            , redact                          )             {
  const states = Object.entries(allocation.TaskStates ?? {}).map(([task, state]) => {
    const Events = (state.Events ?? []).map((event) => ({ ...event, DisplayMessage: redact(event.DisplayMessage) }));
    return [task, { ...state, Events }]         ;
  });
  return { ...allocation, TaskStates: Object.fromEntries(states) };
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
  const limit = { after: milliseconds, reason: new Error('took too long') };
  return await (0,signals/* withSignals */.MG)([signal], limit, async (until) => {
    until.throwIfAborted();
    try {
      return await work({ signal: until, patience: milliseconds });
    } catch {
      return otherwise;
    } finally {
      signal.throwIfAborted();
    }
  });
}

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
    return await this.detail((options) => listEvaluations(this.client, ref, options));
  }

  async deployments({ id, namespace }        )                                 {
    return await this.detail(async (options) => {
      const asked = { ...options, query: { namespace } };
      return (await this.client.get((0,api/* jobPath */.Jf)(id, '/deployments'), api/* deploymentsSchema */.Ck, asked)).body;
    });
  }

  async allocations(ref        )                                 {
    return await this.detail((options) => listAllocations(this.client, ref, options));
  }

  async summary(ref        )                                                  {
    return await this.detail((options) => readSummary(this.client, ref, options));
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
        if (!inquiry_mayPass(error)) throw error;
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
function inquiry_mayPass(error         )                       {
  if (error instanceof errors/* NomadResponseError */.zY) return error.status >= 500;
  return error instanceof js_errors/* ActionError */.lZ && error.reason === 'nomad-error';
}

;// CONCATENATED MODULE: ./build/js/nomad/rollout/moment.js
                                                          
                                                                          
                                                     
                                            

/** What is known of a job when it is judged. What costs a request is asked for when it is needed, and once. */
                         
                             
                              
                                                                                       
                                          
                                                                                      
                                    
                                                                            
                          
                                         
                                           
                          
                                                        
                       
                                                                                                                    
                           
                                           
                                                             
                                                             
 

/** What must be remembered of a job from one look to the next. */
                         
                                                                
                            
                                                                                    
                                              
                                                      
                                             
                                                       
                         
 

function newMemory()         {
  return { unplacedSince: new Map(), startedSince: new Map() };
}

/** The task group's settings for updates; a job without any has none. */
function updateOf({ specification }        , group        ) {
  return specification?.TaskGroups?.find(({ Name }) => Name === group)?.Update ?? specification?.Update ?? undefined;
}

/** `group "app": 1 of 3 healthy`, of the groups that lack something. */
function describeShortage(groups                       , word = 'healthy')         {
  const short = groups.filter(({ desired, healthy }) => healthy < desired);
  return short.map(({ name, desired, healthy }) => `group "${name}": ${healthy} of ${desired} ${word}`).join('; ');
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

;// CONCATENATED MODULE: ./build/js/nomad/rollout/tasks.js
                                            




/**
 * How long tasks must have been running where Nomad does not watch their health. Milliseconds. A batch job's tasks may be short; it
 * is enough to see that they do not fail at once.
 */
const settlingTime = { service: 5_000, system: 5_000, batch: 1_000, sysbatch: 1_000 };

/** Beyond this, a difference between the clocks of the runner and the node does not matter. Milliseconds. */
const clockSkew = 60_000;

/** How soon to look again where the allocations are newer than the job's state. Milliseconds. */
const soon = 150;

/** Whether tasks whose health nobody watches have been running, without a restart, for a while. */
async function judgeTasks(moment        )                   {
  const { job, nomad, groups } = moment;
  const running = (await moment.allocations()).filter(
    ({ JobVersion, ClientStatus }) => JobVersion === job.version && ClientStatus === 'running',
  );
  if (running.length === 0 && !isBatch(nomad) && groups.some(({ desired }) => desired > 0)) {
    return waiting('no allocation runs any more', { lookAgain: soon });
  }
  const left = timeLeft(moment, running);
  if (left <= 0) return good;
  const longest = Math.max(...groups.map(({ name }) => lastingTime(moment, name)));
  const word = isBatch(nomad) ? 'started' : 'running';
  return waiting(`${word}, and watched for ${Math.ceil(longest / 1000)} s`, { lookAgain: left });
}

/**
 * Milliseconds until every task has been running for long enough. Each start of a task is timed by itself: what another does, or the
 * order in which Nomad tells of them, is no news of it.
 */
function timeLeft(moment        , running                       )         {
  const { memory, now } = moment;
  const starts = new Map(running.flatMap((allocation) => startsOf(moment, allocation)));
  for (const start of memory.startedSince.keys()) if (!starts.has(start)) memory.startedSince.delete(start);
  const left = [...starts].map(([start, wanted]) => {
    const since = memory.startedSince.get(start) ?? now;
    memory.startedSince.set(start, since);
    return since + wanted - now;
  });
  return Math.max(0, ...left);
}

/** The starts of the allocation's tasks, each with how long it must last. None where it runs for so long that there is no doubt. */
function startsOf(moment        , { ID, TaskGroup, TaskStates }            )                     {
  const wanted = lastingTime(moment, TaskGroup);
  const starts = Object.entries(TaskStates ?? {}).filter(([, { StartedAt }]) => StartedAt !== null);
  const isOld = starts.length > 0 && starts.every(([, { StartedAt }]) => age(StartedAt) > wanted + clockSkew);
  if (isOld) return [];
  return starts.map(([task, { Restarts, StartedAt }]) => [`${ID} ${task} ${Restarts} ${StartedAt}`, wanted]);
}

function age(time               )         {
  return Date.now() - Date.parse(time ?? '');
}

function lastingTime(moment        , group        )         {
  const { Type: type } = moment.nomad;
  const own = isBatch(moment.nomad) ? undefined : updateOf(moment, group)?.MinHealthyTime;
  return own === undefined || own === 0 ? settlingTime[type] : own / 1e6;
}

;// CONCATENATED MODULE: ./build/js/nomad/rollout/outlook.js
                                                 


/** What Nomad's scheduler still means to do for a job. */
                     
                                        
                                   
                                                               
                                                                              
                                                    
                                     
                                                                                                      
                                                        

/**
 * Reads the evaluations of a job, in any order.
 *
 * @param job names the drivers that a group needs
 */
function readOutlook(evaluations                       , job      )          {
  const pending = evaluations.filter((evaluation) => evaluation.Status === 'pending');
  if (pending.some(({ WaitUntil }) => !isLater(WaitUntil))) return { kind: 'scheduling' };
  const latest = newest(evaluations.filter(({ Status }) => Status === 'complete' || Status === 'failed'));
  const blocked = newest(evaluations.filter(({ Status }) => Status === 'blocked'));
  // A system job that no node fits leaves no blocked evaluation behind.
  const groups = placementFailures(blocked, job) ?? placementFailures(latest, job);
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

function placementFailures(evaluation                        , job                 )                                  {
  // Nomad tells of the groups in another order each time.
  const failed = Object.entries(evaluation?.FailedTGAllocs ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  if (failed.length === 0) return undefined;
  return new Map(failed.map(([group, metric]) => [group, describePlacementFailure(metric, driversOf(job, group))]));
}

/** `group "app" cannot be placed: no node has 999,999 MB of memory free: 1 of 1 nodes exhausted`; several joined with `; `. */
function describeBlocked(groups                             )         {
  return [...groups].map(([group, why]) => `group "${group}" cannot be placed: ${why}`).join('; ');
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








/** How soon to look whether what has come to rest stays so. Milliseconds. */
const secondLook = 150;

/**
 * How a job fares by its allocations alone: one without a rollout, or, `watchedByNomad`, one whose rollout has succeeded.
 */
async function judgeAllocations(
  moment        ,
  { watchedByNomad }                                      ,
)                   {
  const { nomad } = moment;
  if (isForgotten(nomad) && moment.status === 'complete') return good;
  if (isForgotten(nomad) && moment.status === 'failed') {
    return bad('unhealthy', 'allocations of it have failed, of which Nomad has forgotten all but the number');
  }
  if (moment.groups.some(({ healthy, desired }) => healthy < desired)) return await judgeShort(moment);
  // Here only placing tells how many are wanted, and where there was no room; and what was evicted looks as if it had completed.
  if (isOnEveryNode(nomad) || isBatch(nomad)) {
    const outlook = await moment.outlook();
    if (outlook.kind === 'scheduling') return waiting('Nomad is placing it', { lookAgain: moment.backoff });
    if (outlook.kind === 'blocked') return judgeUnplaced(moment, outlook.groups);
  }
  if (isBatch(nomad) && moment.waitFor === 'complete') return judgeCompletion(moment);
  return watchedByNomad ? good : await judgeTasks(moment);
}

function judgeCompletion({ nomad, job }        )          {
  const running = (nomad.Allocs ?? []).filter(
    ({ JobVersion, ClientStatus }) => JobVersion === job.version && ClientStatus === 'running',
  );
  return running.length === 0 ? good : waiting(`${running.length} of its allocations still running`);
}

/** Allocations are missing, or ail. */
async function judgeShort(moment        )                   {
  const { groups, nomad, memory } = moment;
  const missing = describeShortage(groups, isBatch(nomad) ? 'started' : 'healthy');
  const outlook = await moment.outlook();
  if (outlook.kind === 'blocked') return judgeUnplaced(moment, outlook.groups);
  if (outlook.kind === 'rescheduling') return waiting(`${missing}; Nomad will replace what failed`);
  if (outlook.kind === 'scheduling') return waiting(missing, { lookAgain: moment.backoff });
  if (groups.every(({ placed, desired }) => placed >= desired)) return waiting(missing);
  // The evaluations are newer than the allocations that were seen: what they led to must be seen, too.
  const seen = [nomad.ModifyIndex, nomad.Status, nomad.Allocs];
  if (!(0,external_node_util_.isDeepStrictEqual)(memory.idle, seen)) {
    memory.idle = seen;
    return waiting(missing, { lookAgain: secondLook });
  }
  if (isOnEveryNode(nomad) && groups.every(({ placed, unhealthy }) => placed + unhealthy === 0)) {
    // What has run on a node before does not run there again for a change that needs no new allocation.
    const why = nomad.Type === 'sysbatch' && nomad.Version > 0 ? ', or Nomad sees no reason to run it again' : '';
    return waiting(`nothing of version ${nomad.Version} has run: no node is fit for it${why}`, {
      blocked: true,
      lookAgain: moment.backoff,
    });
  }
  return bad('unhealthy', outlook.trouble === '' ? missing : `${missing}; Nomad gave up: ${outlook.trouble}`);
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
  // Versions only grow, unless the job begins anew.
  if (nomad.Version <= job.version) return bad('superseded', 'somebody has purged the job and registered it again');
  if (target === undefined) {
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
  return bad('unhealthy', `its rollout failed: ${description}${manualHealth(moment)}`);
}

async function judgeRunning(moment        , deployment                  )                   {
  const { groups, nomad } = moment;
  if (await awaitsPromotion(moment, deployment)) {
    return bad('awaiting-promotion', 'its canaries are healthy and wait to be promoted');
  }
  const missing = describeShortage(groups) || 'all are healthy, and Nomad has not ended the rollout yet';
  const short = groups.filter(({ placed, desired }) => placed < desired);
  if (short.length === 0 && nomad.Allocs !== null) return waiting(`${missing}${manualHealth(moment)}`);
  const outlook = await moment.outlook();
  if (outlook.kind !== 'blocked') return waiting(`${missing}${manualHealth(moment)}`, { lookAgain: moment.backoff });
  return judgeUnplaced(moment, outlook.groups);
}

/** Of groups that wait for somebody, for nothing else will make them healthy; empty where there is none. */
function manualHealth(moment        )         {
  const manual = moment.groups.filter(
    ({ name, healthy, desired }) => healthy < desired && updateOf(moment, name)?.HealthCheck === 'manual',
  );
  const names = manual.map(({ name }) => `"${name}"`).join(', ');
  if (names === '') return '';
  return `; health_check is "manual" in group ${names}, so Nomad waits to be told the health of each allocation through its API`;
}

/**
 * How many canaries a group has is told by its rollout alone: in a job on every node, `canary` is a percentage of the nodes that the
 * job's update reaches.
 */
async function awaitsPromotion(moment        , deployment                  )                   {
  if (!deployment.RequiresPromotion || deployment.AllAutoPromote) return false;
  const { nomad, job } = moment;
  const healthy = (nomad.Allocs ?? []).filter(
    ({ JobVersion, DeploymentStatus }) =>
      JobVersion === job.version && DeploymentStatus.Canary && DeploymentStatus.Healthy === true,
  );
  if (healthy.length === 0) return false;
  const own = (await moment.deployments()).find(({ ID }) => ID === deployment.ID);
  const wanted = Object.entries(own?.TaskGroups ?? {}).flatMap(([name, group]) =>
    group === null || group.Promoted || group.DesiredCanaries === 0 ? [] : [{ name, count: group.DesiredCanaries }],
  );
  return (
    wanted.length > 0 &&
    wanted.every(({ name, count }) => healthy.filter(({ Group }) => Group === name).length >= count)
  );
}

;// CONCATENATED MODULE: ./build/js/nomad/rollout/judge.js
                                             
                                                     


                                          



/** How the rollout of one job fares: every kind of job has its own end. */
async function judge_judge(moment        )                   {
  const { job, nomad } = moment;
  if (isOlder(job, nomad)) return waiting(`Nomad does not show version ${job.version} yet`);
  if (isOther(moment)) return await judgeOvertaken(moment);
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

/** A purged job that somebody registers again begins with version 0, so a version's number does not tell it from ours. */
function isOther({ job, nomad, specification, current }        )          {
  if (nomad.Version !== job.version) return true;
  if (specification !== undefined) return specification.SubmitTime !== nomad.SubmitTime;
  return current !== undefined && current.JobModifyIndex !== job.jobModifyIndex;
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
  /** Of the step, and of the timeout. */
                   end              ;
                   began = performance.now();
          told = '';

  constructor(client             , jobs                         , options              ) {
    this.client = client;
    this.options = options;
    this.jobs = jobs.map((job) => begin(client, job));
    this.progress = new Progress(jobs, options.onProgress);
    this.end = (0,signals/* joinSignals */.oS)([options.signal], { after: options.timeout, reason: timeIsOver });
    this.inquiry = new Inquiry(client, this.end.signal, (words) =>
      this.progress.fault(words === undefined ? undefined : options.redact(words)),
    );
  }

  close()       {
    this.end.release();
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
    // A question that hangs is asked again after the wait and five seconds: a short watch leaves room for that.
    const longest = Math.min(longestWait, this.options.timeout / 4);
    return Math.min(Math.max(due - performance.now(), 1), longest);
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
    const isSame = (0,external_node_util_.isDeepStrictEqual)(nomad ?? null, watched.nomad);
    if (isSame && performance.now() < watched.due) return;
    watched.looks = isSame ? watched.looks + 1 : 0;
    watched.nomad = nomad ?? null;
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
    const current = await this.learnVersions(watched, nomad);
    const facts = this.factsOf(job, current);
    const details = job.launches === undefined ? await readDetails(nomad, facts, current) : {};
    const groups = isForgotten(nomad) ? await this.inquiry.summary(job) : {};
    watched.state = jobState(this.client.settings.address, { ...job, groups }, nomad, details);
    return await judge_judge({
      job,
      nomad,
      memory,
      current,
      specification: watched.specification,
      status: watched.state.status,
      groups: watched.state.groups,
      waitFor: this.options.waitFor,
      now: performance.now(),
      backoff: Math.min(firstBackoff * 2 ** watched.looks, longestBackoff),
      outlook: async () => readOutlook(await facts.evaluations(), current),
      deployments: async () => await this.inquiry.deployments(job),
      allocations: facts.allocations,
    });
  }

  /** What one look may have to know of a job: each is asked for once. */
          factsOf(job              , current                 )           {
    return {
      specification: async () => current,
      allocations: once(async () => await this.inquiry.allocations(job)),
      evaluations: once(async () => await this.inquiry.evaluations(job)),
    };
  }

  /** @returns the version that Nomad has now; undefined where its list does not show it. */
          async learnVersions(watched         , nomad             )                           {
    if (findVersion(watched, nomad) === undefined) watched.versions = await this.inquiry.versions(watched.job);
    const { jobModifyIndex } = watched.job;
    watched.specification ??= watched.versions.find(({ JobModifyIndex }) => JobModifyIndex === jobModifyIndex);
    return findVersion(watched, nomad);
  }

          async diagnose(watched         , verdict     )                {
    const { client, options } = this;
    const { signal, redact } = options;
    const { job, specification } = watched;
    watched.diagnosis = await diagnose({ client, job, specification, verdict, signal, redact });
  }

  /** The timeout is over: what is not at its end yet is not going to be. */
          async giveUp()                {
    const late = this.jobs.filter(({ verdict }) => !isSettled(verdict));
    await Promise.all(
      late.map(async (watched) => {
        if (watched.verdict?.kind === 'bad') return;
        const verdict = this.tooLate(watched.verdict);
        watched.verdict = verdict;
        watched.state = { ...watched.state, ...statusOf(watched) };
        // Who does not answer will not tell what went wrong either.
        if (this.progress.silence === undefined) await this.diagnose(watched, verdict);
        else watched.diagnosis = { ...verdict, events: [], log: '' };
      }),
    );
    this.tellStates();
  }

          tooLate(verdict                     )      {
    if (verdict?.kind === 'waiting' && verdict.blocked) return bad('placement', verdict.missing);
    const seconds = Math.round((performance.now() - this.began) / 1000);
    const silence = this.progress.silence ?? (verdict === undefined ? 'Nomad has said nothing of it' : undefined);
    if (silence !== undefined) return bad('nomad-unreachable', `${silence} (after ${seconds} s)`);
    const missing = verdict?.kind === 'waiting' ? verdict.missing : 'nothing is known of it';
    return bad('timeout', `${missing} (after ${seconds} s)`);
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
    memory: newMemory(),
    versions: [],
    specification: undefined,
    nomad: undefined,
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

/** A job that was purged and registered again has a version of the same number; the time of its submission tells it apart. */
function findVersion({ versions }         , nomad             )                  {
  return versions.find(({ Version, SubmitTime }) => Version === nomad.Version && SubmitTime === nomad.SubmitTime);
}

function once        (ask                       )                        {
  let answer                             ;
  return async () => {
    answer ??= ask();
    return await answer;
  };
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
    case 'timeout':
    case 'nomad-unreachable':
      // What there is of it may be well, but it is not all, or not yet.
      return {
        ...(state.status === 'complete' && { status: 'pending' }),
        ...(state.health === 'healthy' && { health: 'unknown' }),
      };
    default:
      return {};
  }
}

function withDiagnosis({ state, diagnosis, verdict }         )           {
  return diagnosis === undefined || verdict?.kind !== 'bad' ? state : { ...state, diagnosis };
}

;// CONCATENATED MODULE: ./build/js/operations/watch.js
                                                      

                                                           
                                                                  
                                        

/** Watches the jobs as long as the settings say, with its progress in the log, and each state of the jobs in the record. */
async function watch(
  client             ,
  jobs                         ,
  { rollout }                    ,
  { log, record, secrets, signal }       ,
  phase = 'Watch the rollout',
)                          {
  const options = {
    waitFor: rollout.waitFor,
    timeout: rollout.timeout,
    signal,
    redact: (text        ) => secrets.redact(text),
    onProgress: (line        , job         ) => log.progress(line, job),
    onState: (jobs                        ) => record.know({ jobs }),
  };
  return await log.phase(phase, async () => await watchRollout(client, jobs, options));
}

;// CONCATENATED MODULE: ./build/js/operations/follow.js
                                                      



                                                                  
                                                             

                                                                  

                                        


/**
 * Watches what was submitted. Where somebody else's version has taken the place of this step's and says the same, as of two identical
 * deploys at once, what was asked for is what runs: that version is watched on.
 *
 * @param jobs what the pack renders to
 */
async function follow(
  client             ,
  settings                    ,
  tools       ,
  jobs                        ,
  submitted                         ,
)                          {
  const end = performance.now() + settings.rollout.timeout;
  let followed = submitted;
  for (;;) {
    const timeout = Math.max(1, end - performance.now());
    const outcome = await watch(client, followed, { ...settings, rollout: { ...settings.rollout, timeout } }, tools);
    const others = await findTwins(client, settings, jobs, followed, outcome);
    if (others.length === 0) return outcome;
    tools.log.notice(`Deployed once more meanwhile by somebody else, and just the same: ${nameJobs(others)}.`);
    const taken = new Map(others.map((job) => [jobKey(job), job]));
    followed = followed.map((job) => taken.get(jobKey(job)) ?? job);
  }
}

/** The newer versions by somebody else that say what the pack renders to. */
async function findTwins(
  client             ,
  settings                    ,
  jobs                        ,
  followed                         ,
  { jobs: states }                ,
)                          {
  const lost = new Set(states.filter(({ diagnosis }) => diagnosis?.reason === 'superseded').map(jobKey));
  if (lost.size === 0) return [];
  const overtaken = jobs.filter((job) => lost.has(jobKey(job)));
  const unlike = new Set((await findUnlike(client, settings, overtaken)).map(jobKey));
  const twins = overtaken.filter((job) => !unlike.has(jobKey(job)));
  const now = await findSubmitted(client, twins, await snapshotVersions(client, twins), NOTHING_CLAIMED);
  const known = new Map(followed.map((job) => [jobKey(job), job.jobModifyIndex]));
  return now.filter((job) => job.jobModifyIndex > (known.get(jobKey(job)) ?? 0));
}

/** Those of the jobs that Nomad has otherwise than the pack renders to: registering them would change something. */
async function findUnlike(
  client             ,
  { rollout }                    ,
  jobs                        ,
)                         {
  const wanted = rollout.preserveCounts ? keepCounts(jobs, await readExisting(client, jobs)) : jobs;
  const changes = describePlans(await planJobs(client, wanted), () => undefined);
  const unlike = new Set(changes.filter(({ action }) => action !== 'none').map(jobKey));
  return jobs.filter((job) => unlike.has(jobKey(job)));
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
    const registered = job.jobModifyIndex;
    await requireOurs(client, job, await readOwned(client, job, owner, registered));
    const stopped = await stopJob(client, job, owner, { purge: false, registered });
    if ('failure' in stopped) throw stopped.failure;
    return { action: `${revert_describe(job)} ${was}, so it was stopped.`, stopped: job };
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
  if (job === undefined) return { action: `${revert_describe(ref)} was purged meanwhile and cannot be started again.` };
  if (!job.Stop) return { action: `${revert_describe(ref)} runs; it was not touched.` };
  // Nomad takes back no job that was dispatched.
  if (job.ParentID) return { action: `${revert_describe(ref)} was launched by job "${job.ParentID}", and stays stopped.` };
  if (before === undefined || before.stop)
    return { action: `${revert_describe(ref)} was not running before, so it stays stopped.` };
  return await goBack(client, ref, before.version, job.Version);
}

/** @param from the version that must be the current one. */
async function goBack(client             , ref        , target        , from        )                {
  let answer                              ;
  const written = await writeOnce(
    async () => {
      answer = await revert(client, ref, target, from);
    },
    async () => (await findBack(client, ref, target, from)).isBack,
  );
  if (answer !== undefined) {
    const watch = await findRegistered(client, ref, answer.JobModifyIndex);
    return { action: `${revert_describe(ref)} went back to version ${target}, as version ${watch.version}.`, watch };
  }
  const { current, isBack } = await findBack(client, ref, target, from);
  if (current !== undefined && isBack) {
    const watch = await findRegistered(client, ref, current.JobModifyIndex);
    return { action: `${revert_describe(ref)} is back at version ${target} already, as version ${current.Version}.`, watch };
  }
  const failure = 'failure' in written ? written.failure : undefined;
  if (failure !== undefined && !(failure instanceof errors/* NomadResponseError */.zY)) throw failure;
  if (failure === undefined || /enforcing version/i.test(failure.words)) {
    throw superseded(ref, `taken back to version ${target}`, current, from);
  }
  throw new js_errors/* ActionError */.lZ('revert-failed', `${revert_describe(ref)} could not go back to version ${target}: ${failure.words}`, {
    hint:
      failure.hint ||
      'Deploy the ref from before by hand. Nomad keeps only a job’s last versions (see nomad job history).',
    cause: failure,
  });
}

async function revert(client             , ref        , target        , from        )                            {
  const payload = { JobID: ref.id, JobVersion: target, EnforcePriorVersion: from };
  const query = { namespace: ref.namespace };
  return (await client.post((0,api/* jobPath */.Jf)(ref.id, '/revert'), api/* evaluationAnswerSchema */.eF, payload, { query })).body;
}

/** Whether the job is what it was to become, by Nomad itself or by a request whose answer got lost. */
async function findBack(
  client             ,
  ref        ,
  target        ,
  from        ,
)                                                                           {
  const versions = await listVersions(client, ref);
  const [current] = versions;
  const wanted = versions.find(({ Version }) => Version === target);
  const isBack = current !== undefined && wanted !== undefined && current.Version > from && isSame(current, wanted);
  return { current, isBack };
}

/** @param what was not done to the job, which is not at version `from` any more. */
function superseded(ref        , what        , current                 , from        )              {
  const now = current === undefined ? 'it is gone' : `it is at version ${current.Version}`;
  return new js_errors/* ActionError */.lZ(
    'superseded',
    `${revert_describe(ref)} was not ${what}: somebody else has changed it, ${now} and not at ${from}`,
    { hint: 'It was left alone. Look at what else deploys this job.' },
  );
}

/** Whether two versions of a job say the same. */
function isSame(a     , b     )          {
  // Nomad tells of the same maps in another order each time.
  return !a.Stop && (0,external_node_util_.isDeepStrictEqual)(contents(a), contents(b));
}

function contents({ Type, Meta, TaskGroups, Update, Periodic, ParameterizedJob }     )                     {
  return [Type, Meta, TaskGroups, Update, Periodic, ParameterizedJob];
}

function revert_describe({ id, namespace }        )         {
  return `Job "${id}" (${namespace})`;
}

;// CONCATENATED MODULE: ./build/js/operations/last-look.js
                                              
                                                      



                                                      
                                          
                                        

/** What is looked at. */
                           
                                                            
                                                                          
                                                                                                                     
                                                                                            
                                                                            
                                                
                                      
                                                          
 

/**
 * Changes the cluster. Where that is cancelled or fails half-way, the cluster is looked at once more, so that the outputs tell how it was
 * left; that this look fails, too, is no news.
 */
async function withLastLook   (
  client             ,
  tools       ,
  look          ,
  work                  ,
)             {
  try {
    return await work();
  } catch (error) {
    if (tools.signal.aborted) await lookAfterCancel(tools, look);
    else if (look.isWanted?.(tools.record.known()) ?? true) await lookAfterFailure(tools, client, look);
    throw error;
  }
}

/** Nomad goes on with what it was told, and nobody knows what the interrupted command still did, so it is asked once more, briefly. */
async function lookAfterCancel({ lastNomad, record, log }       , { find, changes }          )                {
  try {
    const client = await lastNomad();
    try {
      const [jobs, now] = await Promise.all([
        find(client),
        changes === undefined ? undefined : snapshotVersions(client, changes.refs),
      ]);
      if (changes !== undefined && now !== undefined)
        record.know({ changed: differs(changes.refs, changes.before, now) });
      record.know({ jobs: await readJobStates(client, jobs) });
    } finally {
      await client.close();
    }
  } catch (error) {
    log.debug(`No last look at the cluster: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function lookAfterFailure({ record, log }       , client             , { find, tell }          )                {
  try {
    const found = await find(client);
    const jobs = await readJobStates(client, found);
    record.know({ jobs, ...overallStatus(jobs) });
    tell?.(found);
  } catch (error) {
    log.debug(`Nobody knows how the jobs are: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Whether one of the jobs is another now than it was before. nomad-pack purges nothing: one that is gone was taken away by others. */
function differs(refs                   , before                 , now                 )          {
  return refs.map(jobKey).some((key) => {
    const job = now.get(key);
    return job !== undefined && job.jobModifyIndex !== before.get(key)?.jobModifyIndex;
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
  nomadPack           ,
  tools       ,
)                    {
  const claim = await readClaim(client, settings, jobs, nomadPack);
  refuseStrangers(claim, settings);
  sayWhatIsAdopted(claim, tools);
  sayWhatStops(claim, settings, tools);
  const touched = [...jobs, ...claim.stops, ...claim.children, ...claim.foreign];
  return { claim, before: await snapshotVersions(client, touched) };
}

/** What `run` stops besides registering the pack's jobs. */
function stoppedBy({ stops, children, foreign }       )           {
  return [...stops, ...children, ...foreign.filter(({ effect }) => effect === 'stop')];
}

/** Lets nomad-pack register the jobs. A failure is part of what it returns: some of the jobs may be registered all the same. */
async function registerJobs(
  client             ,
  { nomadPack, target }              ,
  { rollout, review }              ,
  { jobs, before, claim, plan }                                                                               ,
)                      {
  const checkIndex = review.digest === undefined ? undefined : guard(await nomadPack.canDetach(), jobs, plan);
  return await nomadPack.run(target, {
    preserveCounts: rollout.preserveCounts,
    override: claim.adopted.length > 0,
    timeout: rollout.timeout,
    isUntouched: async () => await isUntouched(client, [...jobs, ...before.values()], before),
    ...(checkIndex !== undefined && { checkIndex }),
  });
}

/** Whether no job has changed; where Nomad does not say, that is not known. */
async function isUntouched(client             , refs                   , before                 )                   {
  try {
    return !differs(refs, before, await snapshotVersions(client, refs));
  } catch {
    return false;
  }
}

/** What Nomad says of a run. */
                               
                                              
                                                    
                            
                                                                                                                                  
                                          
                                                                                                        
                                             
 

/**
 * Asks Nomad what a run has done. Where the answer to a registration may have got lost on its way to nomad-pack, it may still come about:
 * it is waited for, as long as for any write.
 */
async function readRegistration(
  client             ,
  settings                    ,
  jobs                        ,
  baseline          ,
  run            ,
  plan                      ,
)                        {
  const { claim, before } = baseline;
  const look = async () => {
    const submitted = await findSubmitted(client, jobs, before, { ids: run.evaluations, since: claim.index });
    return { submitted, unmet: await findUnmet(client, settings, jobs, submitted, plan) };
  };
  const end = performance.now() + (run.failure !== undefined && isAnswerLost(run.failure) ? WRITE_PATIENCE : 0);
  let found = await look();
  while (found.unmet.length > 0 && performance.now() < end) {
    await (0,promises_.setTimeout)(LOOK_AGAIN);
    found = await look();
  }
  const surprises = await findSurprises(client, settings, claim, run.stopped);
  const changed =
    surprises.length > 0 ||
    found.submitted.some((job) => isChange(job) && !found.unmet.includes(job)) ||
    (await hasStopped(client, baseline));
  return { ...found, changed, surprises };
}

/** Milliseconds. */
const LOOK_AGAIN = 500;

/** Whether nomad-pack got no answer of Nomad's to what it sent: that may be carried out all the same. */
function isAnswerLost({ passing, message }             )          {
  return passing && !/connection refused|no such host|\b429\b/.test(message);
}

function isChange({ change }              )          {
  return change === 'created' || change === 'updated';
}

async function findUnmet(
  client             ,
  settings                    ,
  jobs                        ,
  submitted                         ,
  plan                      ,
)                          {
  const unchanged = new Set(plan?.jobs.filter(({ action }) => action === 'none').map(jobKey));
  const open = submitted.filter((job) => job.isProven !== true && !unchanged.has(jobKey(job)));
  const keys = new Set(open.map(jobKey));
  const unlike = new Set(
    (
      await findUnlike(
        client,
        settings,
        jobs.filter((job) => keys.has(jobKey(job))),
      )
    ).map(jobKey),
  );
  return open.filter((job) => unlike.has(jobKey(job)));
}

/** Whether one of the jobs that ran, and that nomad-pack was to stop, is stopped. */
async function hasStopped(client             , { claim, before }          )                   {
  const ran = stoppedBy(claim).filter((job) => before.get(jobKey(job))?.stop === false);
  const now = await readExisting(client, ran);
  return ran.some((job) => now.get(jobKey(job))?.Stop === true);
}

/** Of the jobs that nomad-pack says it stopped, and that nobody foresaw, those that carry the deployment's name and were stopped since. */
async function findSurprises(
  client             ,
  settings                    ,
  claim       ,
  stopped                   ,
)                         {
  const foreseen = new Set(stoppedBy(claim).map(({ id }) => id));
  const ids = new Set(stopped.filter((id) => !foreseen.has(id)));
  if (ids.size === 0) return [];
  const { jobs, children } = await surveyAll(client, settings.deploymentName);
  return [...jobs, ...children].filter(
    ({ id, stop, jobModifyIndex }) => ids.has(id) && stop && jobModifyIndex > claim.index,
  );
}

/** What nomad-pack did to others, who were not there yet when this step looked; undefined where all that it stopped was its own. */
function findTrespass(
  settings                    ,
  jobs                        ,
  { surprises }              ,
)                          {
  // A job of the deployment may have launched another one meanwhile.
  const { here } = locateJobs(surprises, ownerOf(settings), namespacesOf(jobs));
  const others = surprises.filter((job) => !here.includes(job));
  if (others.length === 0) return undefined;
  return new js_errors/* ActionError */.lZ(
    'would-stop-others',
    `nomad-pack stopped ${nameJobs(others)}, which carried the name ${settings.deploymentName} only after this step had looked.`,
    { hint: 'Find out who deploys under the same `deployment_name` at the same time, and start those jobs again.' },
  );
}

/**
 * The index that Nomad holds a reviewed registration against, so that nothing slips in between. nomad-pack takes one for all jobs of a
 * pack, and none for a job that is new.
 */
function guard(canCheck         , jobs                        , plan          )                     {
  const [job] = jobs;
  if (!canCheck || jobs.length !== 1 || job === undefined) return undefined;
  const planned = plan.jobs.find(({ id, namespace }) => id === job.id && namespace === job.namespace);
  return planned === undefined || planned.basedOn === 0 ? undefined : planned.basedOn;
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
    const jobs = mergeStates(outcome.jobs, [
      ...back.jobs,
      ...stopped,
      ...unseen(outcome.jobs, undone.stopped, stopped),
    ]);
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

/** The states of what was stopped and carries no name of a deployment, so that it cannot be found by it. */
function unseen(before                     , stopped                   , seen                     )             {
  const keys = new Set(stopped.map(jobKey));
  for (const job of seen) keys.delete(jobKey(job));
  return before
    .filter((job) => keys.has(jobKey(job)))
    .map((job)           => ({ ...job, status: 'stopped', health: 'unknown' }));
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
    hint: 'Fix what the task’s events and log show, and deploy again.',
    cause: failure,
  });
}

function failedToo(failure             , wrong             )              {
  return new js_errors/* ActionError */.lZ('revert-failed', `${failure.message}\nGoing back failed, too: ${wrong.message}`, {
    hint: wrong.hint,
    cause: failure,
  });
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./build/js/nomad/variables.js

                                               


/** A Nomad variable's place. */
                              
                        
                             
 

/** What is at a place: the items, nothing, or what the token may not see. */
                            
                                                                                 
                                            

/**
 * `GET /v1/var/:path`: <https://developer.hashicorp.com/nomad/api-docs/variables/variables>.
 *
 * @throws ActionError
 */
async function readVariable(client             , { path, namespace }             )                          {
  try {
    const { body } = await client.get(pathOf(path), api/* variableSchema */.un, { query: { namespace } });
    return { state: 'there', items: body.Items ?? {} };
  } catch (error) {
    if ((0,errors/* isMissing */.b2)(error)) return { state: 'absent' };
    if (isForbidden(error)) return { state: 'unseen' };
    throw error;
  }
}

/**
 * The variables whose paths begin so, in all namespaces that the token may see; undefined where Nomad refuses to list any.
 *
 * @throws ActionError
 */
async function listVariables(client             , prefix = '')                                     {
  try {
    const { body } = await client.get('/v1/vars', api/* variableListSchema */.Yg, { query: { namespace: '*', prefix } });
    return body.map(({ Path: path, Namespace: namespace }) => ({ path, namespace }));
  } catch (error) {
    if (isForbidden(error)) return undefined;
    if ((0,errors/* isMissing */.b2)(error)) return [];
    throw error;
  }
}

/**
 * Deletes the variable. Where the answer is lost, whether it is gone decides.
 *
 * @throws ActionError
 */
async function deleteVariable(client             , variable             )                {
  const { path, namespace } = variable;
  try {
    await client.delete(pathOf(path), api/* nothingSchema */.Pr, { query: { namespace } });
  } catch (error) {
    if (isForbidden(error) || (await readVariable(client, variable)).state !== 'absent') throw error;
  }
}

/** The job that Nomad lets read the path without a policy, where it is one of those: `nomad/jobs/JOB/GROUP/TASK`. */
function jobOfPath(path        )                     {
  return /^nomad\/jobs\/([^/]+)/.exec(path)?.[1];
}

function pathOf(path        )         {
  return `/v1/var/${path.split('/').map(encodeURIComponent).join('/')}`;
}

function isForbidden(error         )          {
  return error instanceof errors/* NomadResponseError */.zY && error.status === 403;
}

// EXTERNAL MODULE: ./build/js/nomad-pack/cache.js
var cache = __webpack_require__(194);
// EXTERNAL MODULE: ./build/js/nomad-pack/cli.js + 5 modules
var cli = __webpack_require__(4551);
// EXTERNAL MODULE: ./build/js/nomad-pack/failure-rules/variables.js
var variables = __webpack_require__(578);
// EXTERNAL MODULE: ./build/js/nomad-pack/variable-files.js + 1 modules
var variable_files = __webpack_require__(1274);
;// CONCATENATED MODULE: ./build/js/nomad-pack/type-check.js

                                                             
                                                      



/**
 * The longest value that every system takes as a variable of a process's environment: Windows 32,767 characters, Linux 128 KiB. A longer one is
 * not looked at. Bytes.
 */
const LONGEST = 31 * 1024;

/** How much of all values one process is given: macOS takes 1 MiB of arguments and environment, Linux a quarter of the stack. Bytes. */
const LARGEST_CHUNK = 256 * 1024;

/** What a variable of the environment can be called everywhere; a dependency's variable has a dot in its name. */
const ENVIRONMENT_NAME = /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u;

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
  const declared = nomadPack.declaredVariables(target);
  const given = givenValues(target.files).filter(({ name }) => declared.size === 0 || declared.has(name));
  const culprits            = [];
  for (const chunk of inChunks(given)) culprits.push(...(await findCulprits(nomadPack, target, chunk)));
  const [first] = culprits;
  if (first === undefined) return;
  const location = first.given && (0,variable_files/* locateVariable */.jy)(first.given.file, first.given.name);
  const explained = culprits.map(({ given: one, complaint }) => {
    const where = one === undefined ? '' : (0,variables/* describePlace */.df)(one.file, (0,variable_files/* locateVariable */.jy)(one.file, one.name));
    return (0,variables/* wrongType */.gQ)(target.pack.name, one?.name, complaint, where);
  });
  throw new js_errors/* ActionError */.lZ('variable-type', explained.map(({ message }) => message).join('\n'), {
    hint: explained[0]?.hint ?? '',
    ...(location !== undefined && { location }),
  });
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
  return [...new Map(all.map((given) => [given.name, given])).values()]
    .filter(({ name, literal }) => ENVIRONMENT_NAME.test(name) && literal !== 'null' && !literal.includes('\0'))
    .filter((one) => sizeOf(one) <= LONGEST);
}

/** Bytes that the value takes in an environment. */
function sizeOf({ name, literal }       )         {
  return Buffer.byteLength(name) + Buffer.byteLength(literal);
}

/** The values, parted so that a process can be given each part. */
function inChunks(given                  )            {
  const chunks            = [];
  let size = Number.POSITIVE_INFINITY;
  for (const one of given) {
    size += sizeOf(one);
    if (size > LARGEST_CHUNK) {
      chunks.push([]);
      size = sizeOf(one);
    }
    chunks.at(-1)?.push(one);
  }
  return chunks;
}

/** A complaint of nomad-pack's, and the value that it is about, where that is known. */
                   
                             
                         
 

/** nomad-pack complains of every wrong value at once and names none of them: so half of the values are given to it at a time. */
async function findCulprits(nomadPack           , target            , given                  )                     {
  const variables = Object.fromEntries(given.map(({ name, literal }) => [name, literal]));
  const complaints = (await nomadPack.complaintsAboutTypes(target, variables)).filter((text) => !mayBeOptional(text));
  const [complaint] = complaints;
  const [only] = given;
  if (complaint === undefined || only === undefined) return [];
  if (given.length === 1) return [{ complaint, given: only }];
  const middle = Math.ceil(given.length / 2);
  const found = await findCulprits(nomadPack, target, given.slice(0, middle));
  if (found.length < complaints.length) found.push(...(await findCulprits(nomadPack, target, given.slice(middle))));
  return found.length > 0 ? found : [{ complaint }];
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
  const nomadPack = await log.phase('Install nomad-pack', async () => await tools.nomadPack());

  // A program that is no nomad-pack is the better explanation of a registry that it did not fetch.
  await bothOf(nomadPack.version, fetchPack(nomadPack, settings, tools));
  await checkVersion(nomadPack, settings, tools);
  await maskSources(settings, tools);
  const files = await (0,variable_files/* prepareVariables */.XD)(variables, tools.secretVariables, folder);
  await folder.linkWorkspace(workspace, pack.name);
  const { sources } = variables;
  return {
    nomadPack,
    target: {
      pack,
      registry,
      deploymentName,
      files,
      nomad,
      ...(sources !== undefined && { sources }),
    },
  };
}

/** What nomad-pack reads from this cluster's Nomad variables is masked; what it reads from Consul, Vault and other clusters nobody here knows. */
async function maskSources({ variables, nomad }              , tools       )                {
  const paths = (variables.sources ?? []).flatMap((source) => /^nomad:\/\/\/(.+)$/.exec(source)?.[1] ?? []);
  for (const path of paths) {
    const stored = await readVariable(await tools.nomad(), { path, namespace: nomad.namespace });
    if (stored.state === 'absent')
      tools.log.warning(
        `There is no Nomad variable \`${path}\` (${nomad.namespace}), which \`variable_sources\` names: nomad-pack takes no value from it.`,
      );
    if (stored.state !== 'there') continue;
    for (const [name, value] of Object.entries(stored.items)) tools.secrets.add(`${name} of nomad:///${path}`, value);
  }
}

/** @throws ActionError `input` for what this version of nomad-pack cannot do */
async function checkVersion(nomadPack           , { variables }              , { log }       )                {
  const version = await nomadPack.version;
  if (variables.sources !== undefined && !(await nomadPack.makesNomadVariables())) {
    throw new js_errors/* ActionError */.lZ(
      'input',
      `nomad-pack ${version} does not know \`--var-source\`, which \`variable_sources\` needs.`,
      {
        hint: 'Set `nomad_pack_version` to a version after 0.4.2, or leave `variable_sources` out.',
      },
    );
  }
  if ((0,cli/* isUntested */.Lc)(version))
    log.notice(
      `nomad-pack ${version} is newer than ${cli/* NEWEST_TESTED */.lG}, the newest version that this action was tested with. If it behaves oddly, set \`nomad_pack_version\` to that one.`,
    );
}

/** Puts the pack where nomad-pack looks for it. */
async function fetchPack(
  nomadPack           ,
  { pack, registry, workspace }              ,
  { folder, record, log }       ,
)                {
  await log.phase('Fetch the pack', async () => {
    if (pack.kind === 'directory') {
      await (0,cache/* placeDirectory */.tJ)(folder.path, pack, registry, workspace);
      log.info(`Pack ${pack.name} is the directory ${pack.written}.`);
    } else {
      const commit = await nomadPack.addRegistry(registry, pack.name);
      if (commit !== undefined) record.know({ registrySha: commit });
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
  const [types, rendered] = await Promise.allSettled([
    checkTypes(nomadPack, target),
    nomadPack.render(target, options),
  ]);
  // A value of the wrong type is the better explanation of a template that fails over it.
  if (types.status === 'rejected')
    throw rendered.status === 'rejected' ? both(types.reason, rendered.reason) : types.reason;
  if (rendered.status === 'rejected') throw rendered.reason;
  return rendered.value;
}

/** What is wrong with the variables, all at once: those of the wrong type, and those that the pack does not have. */
function both(types         , rendering         )          {
  if (!(types instanceof js_errors/* ActionError */.lZ && rendering instanceof js_errors/* ActionError */.lZ)) return types;
  if (types.reason !== 'variable-type' || rendering.reason !== 'variable-undeclared') return types;
  const location = types.location ?? rendering.location;
  return new js_errors/* ActionError */.lZ(types.reason, `${types.message}\n${rendering.message}`, {
    hint: `${types.hint} ${rendering.hint}`,
    ...(location !== undefined && { location }),
  });
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

;// CONCATENATED MODULE: ./build/js/operations/nomad-variables.js



                                                      


                                                                      
                                                                      
                                                                  


                                        

/** What a deploy would do to the Nomad variables that the pack declares. */
                                
                                              
                                         
                                       
 

/**
 * Holds what the pack declares against what Nomad has. A variable has no owner in Nomad: known is only whose the paths of jobs are.
 *
 * @throws ActionError
 */
async function compareVariables(
  client             ,
  settings                    ,
  { nomadPack, target }              ,
  rendered                   ,
)                         {
  const declared = await nomadPack.nomadVariables(target);
  const changes = await Promise.all(
    declared.map(async (variable) => describeChange(variable, await readVariable(client, variable))),
  );
  const own = new Set(rendered.map(jobKey));
  const changing = changes.filter((change) => change.action !== 'none' && !own.has(jobKey(jobRefOf(change))));
  const refusals = await Promise.all(
    changing.map(async (change) => {
      const owner = await foreignOwner(client, change, ownerOf(settings));
      return owner === undefined
        ? []
        : [`The pack declares the Nomad variable ${nameVariables([change])}, which belongs to ${owner}`];
    }),
  );
  return { changes, refusals: refusals.flat() };
}

/** @throws ActionError `nomad-variable` */
function refuseForeignVariables({ refusals }               , { rollout }                    )       {
  if (refusals.length === 0 || rollout.allowReplace) return;
  throw new js_errors/* ActionError */.lZ('nomad-variable', `${refusals.join('.\n')}.`, {
    hint: 'Give the variable another path in the pack’s variables.hcl, or set `allow_replace: true` to overwrite it.',
  });
}

/** The plan, and what it does to variables. Their items are part of the digest by their names only: values are secrets. */
function withVariables(
  plan          ,
  { changes, refusals }               ,
  settings                    ,
)           {
  if (changes.length === 0) return plan;
  const changed = changes.filter(({ action }) => action !== 'none');
  const digest = (0,external_node_crypto_.createHash)('sha256')
    .update(JSON.stringify([plan.digest, changed]))
    .digest('hex');
  return {
    ...plan,
    variables: changes,
    changed: plan.changed || changed.length > 0,
    digest: changed.length === 0 ? plan.digest : `sha256:${digest}`,
    refusals: [...plan.refusals, ...(settings.rollout.allowReplace ? [] : refusals)],
  };
}

/** The variables that a deploy would write otherwise than they are. */
function changingVariables(plan                      )                            {
  return (plan?.variables ?? []).filter(({ action }) => action !== 'none');
}

/** `nomad/jobs/web (default)` */
function nameVariables(variables                        )         {
  return variables.map(({ path, namespace }) => `\`${path}\` (${namespace})`).join(', ');
}

/**
 * Whether each declared variable is as the pack declares it, after nomad-pack has written them: it does so last, and its failure is one line
 * among many.
 *
 * @returns what is wrong, if something is
 */
async function findUnwritten(
  client             ,
  { nomadPack, target }              ,
)                                   {
  const declared = await nomadPack.nomadVariables(target);
  const changes = await Promise.all(
    declared.map(async (variable) => describeChange(variable, await readVariable(client, variable))),
  );
  const left = changes.filter(({ action }) => action === 'create' || action === 'update');
  if (left.length === 0) return undefined;
  return new js_errors/* ActionError */.lZ(
    'nomad-variable',
    `The jobs are registered, but not what the pack declares: Nomad variable ${nameVariables(left)}.`,
    {
      hint: 'Give the token the right to write the path (`variables` in its policy), and see whether somebody else writes it at the same time.',
    },
  );
}

/**
 * Deletes the Nomad variables that the pack declares, as `nomad-pack destroy` does. The pack is fetched only where Nomad has variables at all.
 *
 * @param outcome of the removal of the jobs
 * @throws ActionError
 */
async function removeVariables(settings                    , tools       , outcome         )                   {
  const client = await tools.nomad();
  const listed = await listVariables(client);
  if (listed?.length === 0) return outcome;
  const declared = await declaredVariables(settings, tools);
  if (declared === undefined) return outcome;
  if (listed === undefined) {
    sayWhatMayBeLeft(declared, tools);
    return outcome;
  }
  const there = new Set(listed.map(nomad_variables_keyOf));
  const found = declared.filter((variable) => there.has(nomad_variables_keyOf(variable)));
  if (found.length === 0) return outcome;
  const others = await otherDeployments(client, ownerOf(settings));
  let { changed } = outcome;
  for (const variable of found) {
    const owner =
      others.length > 0
        ? `the same pack, deployed as ${others.join(', ')}`
        : await foreignOwner(client, variable, ownerOf(settings));
    if (owner === undefined) {
      await deleteVariable(client, variable);
      changed = true;
      tools.record.know({ changed });
      tools.log.info(`Deleted the Nomad variable ${nameVariables([variable])}.`);
    } else tools.log.notice(`The Nomad variable ${nameVariables([variable])} stays: it belongs to ${owner} too.`);
  }
  return { ...outcome, changed };
}

function sayWhatMayBeLeft(declared                          , { log }       )       {
  if (declared.length === 0) return;
  log.notice(
    `The token may not list Nomad variables, so what the pack declares may be left: ${nameVariables(declared)}. Give the token the rights \`list\`, \`read\` and \`destroy\` for these paths, and destroy again.`,
  );
}

/** What the pack declares; undefined where nobody can tell, which is said. */
async function declaredVariables(
  settings                    ,
  tools       ,
)                                                {
  if (settings.registry === undefined) {
    tools.log.notice(
      'Nomad variables that the pack declares (`nomad_variable` in its variables.hcl) stay, because the inputs do not say where the pack is: `nomad var list` names them.',
    );
    return undefined;
  }
  try {
    const nomadPack = await tools.nomadPack();
    if (!(await nomadPack.makesNomadVariables())) return [];
    const pack = withRegistry(settings);
    await fetchPack(nomadPack, pack, tools);
    return await nomadPack.nomadVariables(pack);
  } catch (error) {
    const { reason, message } = (0,js_errors/* asActionError */.z6)(error);
    if (reason === 'cancelled' || reason === 'internal') throw error;
    tools.log.notice(`Nomad variables that the pack may declare stay, because it cannot be fetched: ${message}`);
    return undefined;
  }
}

/** What differs, by the names of the items: their values may be secret. */
function describeChange({ path, namespace, items }               , stored                )                 {
  const names = Object.keys(items ?? {});
  if (stored.state === 'absent') return { path, namespace, action: 'create', items: names.sort() };
  if (stored.state !== 'there' || items === undefined)
    return { path, namespace, action: 'unknown', items: names.sort() };
  const all = new Set([...names, ...Object.keys(stored.items)]);
  const differing = [...all].filter((name) => !nomad_variables_isSame(items[name], stored.items[name])).sort();
  return { path, namespace, action: differing.length > 0 ? 'update' : 'none', items: differing };
}

/** Numbers and JSON may be written in more than one way. */
function nomad_variables_isSame(declared                    , stored                    )          {
  if (declared === stored) return true;
  if (declared === undefined || stored === undefined) return false;
  try {
    return canonical(JSON.parse(declared)) === canonical(JSON.parse(stored));
  } catch {
    return false;
  }
}

function canonical(value         )         {
  return JSON.stringify(value, (_, member         ) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

/** Whose job a path belongs to, where that is somebody else's. */
async function foreignOwner(client             , variable             , owner       )                              {
  const ref = jobRefOf(variable);
  const job = ref.id === '' ? undefined : await readJob(client, ref);
  if (job === undefined) return undefined;
  const { 'pack.deployment_name': deployment, 'pack.name': pack } = job.Meta ?? {};
  if (deployment === owner.deploymentName && pack === owner.packName) return undefined;
  return deployment === undefined
    ? `job "${ref.id}"`
    : `job "${ref.id}" of deployment "${deployment}" of pack "${pack}"`;
}

/** Other deployments of the pack: what it declares is the same for all of them. */
async function otherDeployments(client             , { packName, deploymentName }       )                    {
  const { body } = await client.get('/v1/jobs', api/* jobStubsSchema */.yn, {
    query: { namespace: '*', meta: true, filter: `Meta["pack.name"] == "${packName}"` },
  });
  const names = body.filter(({ Stop }) => !Stop).map(({ Meta }) => Meta?.['pack.deployment_name']);
  return [...new Set(names)].filter((name) => name !== undefined && name !== deploymentName)            ;
}

function jobRefOf({ path, namespace }             )         {
  return { id: jobOfPath(path) ?? '', namespace };
}

function nomad_variables_keyOf({ path, namespace }             )         {
  return `${namespace}/${path}`;
}

// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./build/js/nomad/plan-digest.js

                                              


/**
 * `sha256:` and the digest, in hex, of what a deploy would do: the same for the same changes to the same versions of the same
 * jobs. Whether there is room on the nodes at the moment is no part of it. Secrets are no part of it either, where the changes
 * were redacted: a secret that alone differs does not change the digest.
 */
function planDigest(jobs                      )         {
  const reviewed = [...jobs].sort(byNamespaceAndId).map(({ id, namespace, action, groups, basedOn, diff }) => ({
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
    diff: diff.map(withoutEdges),
  }));
  return `sha256:${(0,external_node_crypto_.createHash)('sha256').update(JSON.stringify(reviewed)).digest('hex')}`;
}

/** A secret in base64 shares a character at each end with what stands beside it, and its length decides how the whole is padded. */
function withoutEdges(line        )         {
  return line.replace(/[\w+/-]{0,2}\*\*\*[\w+/-]{0,2}=*/g, '***');
}

;// CONCATENATED MODULE: ./build/js/nomad/secret-places.js
                                        


/** A text of a job at one place, and the same text where other values stand for the secrets. */
                
                        
                         
 

/**
 * The fields of a job whose value comes of a secret variable. They are found by what Nomad plans for the job and for a probe: the same
 * job rendered with other values for the secrets. What differs between the two comes of a secret, however it was computed.
 */
class SecretPlaces {
           #places                                      ;

          constructor(places                                      ) {
    this.#places = places;
  }

  /** None: no secret has a part in the job. */
  static          none = new SecretPlaces(new Map());

  static between(job                , probe                )               {
    const [real, other] = [newValues(job), newValues(probe)];
    const places = new Map                         ();
    for (const place of new Set([...real.keys(), ...other.keys()])) {
      const [texts, probes] = [real.get(place) ?? [], other.get(place) ?? []];
      if (texts.join('\0') === probes.join('\0')) continue;
      places.set(
        place,
        texts.map((text, index) => ({ text, probe: probes[index] ?? '' })),
      );
    }
    return new SecretPlaces(places);
  }

  has({ path }        )          {
    return this.#places.has(placeOf(path));
  }

  /**
   * What a secret was before, as far as it can be told from what stands around it now; else the lines of the old text that the new one
   * does not have.
   */
  oldSecrets({ path, field }        )           {
    const pairs = this.#places.get(placeOf(path)) ?? [];
    if (field.Type === 'Added' || field.Old === field.New) return [];
    const lines = pairs.flatMap(linesOf);
    const now = new Set(pairs.flatMap(({ text }) => text.split('\n')));
    return field.Old.split('\n')
      .filter((line) => !now.has(line))
      .flatMap((line) => lines.map((pair) => between(line, pair)).find((found) => found !== undefined) ?? line);
  }
}

/** The values that fields would have, by place; sorted, for a list has no fixed order. */
function newValues(diff                )                        {
  const values = new Map                  ();
  for (const { path, field } of diff === null ? [] : changesOf(diff)) {
    if (field.Type === 'Deleted') continue;
    const place = placeOf(path);
    values.set(place, [...(values.get(place) ?? []), field.New]);
  }
  for (const texts of values.values()) texts.sort();
  return values;
}

/** All members of a list are one place: one that is put in moves the others. */
function placeOf(path        )         {
  return path.replace(/\[\d+\]/g, '[]');
}

/** The lines that hold a secret, where the secret has not changed the number of lines. */
function linesOf({ text, probe }      )         {
  const [texts, probes] = [text.split('\n'), probe.split('\n')];
  if (texts.length !== probes.length) return [];
  return texts
    .map((line, index) => ({ text: line, probe: probes[index] ?? '' }))
    .filter((line) => line.text !== line.probe);
}

/** What stands in a line between what stands around the secret; nothing where that is something else. */
function between(line        , { text, probe }      )                     {
  const longest = Math.min(text.length, probe.length);
  let head = 0;
  while (head < longest && text[head] === probe[head]) head++;
  let tail = 0;
  while (tail < longest - head && text.at(-1 - tail) === probe.at(-1 - tail)) tail++;
  const [before, after] = [text.slice(0, head), text.slice(text.length - tail)];
  if (line.length < head + tail || !line.startsWith(before) || !line.endsWith(after)) return undefined;
  return line.slice(head, line.length - tail);
}

;// CONCATENATED MODULE: ./build/js/nomad-pack/plan-output.js
/** Go's `%q`, as nomad-pack quotes values. */
const QUOTED = /"(?:[^"\\]|\\.)*"/g;

/**
 * Leaves values out of a line of nomad-pack's plan, which writes `+ NAME: "new"`, `- NAME: "old"`, `+/- NAME: "old" => "new"`, and, for
 * the text of a template, each of its lines after `+ ` or `- `.
 *
 * @param values as they are
 * @param quote as `%q` writes a text, quotes included
 */
function withoutValues(values                     , quote                          )                           {
  const literals = new Set([...values].map(quote));
  const lines = new Set([...values].flatMap((value) => value.split('\n').map((line) => line.trim())));
  lines.delete('');
  return (line) => {
    const [, head = '', rest] = /^(\s*(?:\+\/-|-|\+) )(.*)$/.exec(line) ?? [];
    if (rest === undefined) return line;
    if (lines.has(rest.trim())) return `${head}***`;
    return head + rest.replace(QUOTED, (literal) => (literals.has(literal) ? '"***"' : literal));
  };
}

// EXTERNAL MODULE: ./build/js/report/encodings.js
var encodings = __webpack_require__(3719);
// EXTERNAL MODULE: ./build/js/report/foreign.js
var foreign = __webpack_require__(6629);
;// CONCATENATED MODULE: ./build/js/operations/output-folder.js


                                        

/**
 * A new folder for files that stay after the step, for later steps to read; absolute. The runner removes it with the job. There is no
 * folder of a known name above it: another user of the machine could have made that one before, and would own what is in it.
 */
async function makeOutputFolder({ temporary }       , prefix        )                  {
  await (0,external_node_fs_promises_.mkdir)(temporary, { recursive: true });
  return await (0,external_node_fs_promises_.mkdtemp)((0,external_node_path_.join)(temporary, `nomad-pack-${prefix}`));
}

;// CONCATENATED MODULE: ./build/js/nomad/specification.js


                                               




/** A rendered job specification: HCL, as `nomad-pack render` writes it. */
                               
                                                 
                        
                        
                                                                                    
                          
                                                                                   
                              
 

/** What nomad-pack records in the metadata of every job that it registers. */
                           
                                  
                                                                                                     
                            
                            
                            
                                                  
                       
 

/** A job as a deploy would register it. */
                                             
                        
                                                           
                              
 

/**
 * Lets Nomad read the rendered files and adds what nomad-pack adds, so that planning the result tells what `nomad-pack run` would
 * do. `meta` of a job stays, its `pack.*` keys aside.
 *
 * @throws ActionError `job-specification` naming the file when Nomad cannot read it, or when nobody knows which namespace it goes to
 */
async function parseJobs(
  client             ,
  files                         ,
  meta          ,
)                         {
  const parsed = await Promise.all(files.map(async (file) => ({ file, job: await parse(client, file) })));
  const named = new Set(files.flatMap(({ namespace }) => namespace ?? []));
  return parsed.map(({ file, job }) => {
    if (job.ID === '') {
      throw new SpecificationError(
        file.name,
        `${file.name} renders to a job without a name`,
        'Give the variable that the template takes the name of the job from a value, or correct the template.',
      );
    }
    const namespace = job.Namespace || namespaceFor(file, named, client.settings.namespace);
    const specification = {
      ...job,
      Name: job.Name || job.ID,
      Namespace: namespace,
      Meta: { ...job.Meta, ...specification_packMeta(meta, file.label ?? job.ID) },
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
 * Refuses two files that render to one job: nomad-pack registers both, in random order.
 *
 * @throws ActionError `job-specification` naming both files
 */
function refuseTwins(jobs                        )       {
  const files = new Map                ();
  for (const { id, namespace, file } of jobs) {
    const key = jobKey({ id, namespace });
    const other = files.get(key);
    if (other !== undefined) {
      throw new js_errors/* ActionError */.lZ(
        'job-specification',
        `${other} and ${file} both render to job "${id}" in namespace "${namespace}": nomad-pack would register one over the other, in random order`,
        { hint: 'Give each of the jobs a name of its own, or let only one of the templates render to a job.' },
      );
    }
    files.set(key, file);
  }
}

/**
 * Refuses jobs of a region that this step does not look at. A region that a template names beats `nomad_region`: nomad-pack registers
 * the job there, and sends all requests that follow there, for whatever job. Templates come in random order, so with several of them
 * nobody knows what goes where.
 *
 * @throws ActionError `job-specification`
 */
async function refuseOtherRegions(client             , jobs                        )                {
  const regions = new Set(jobs.flatMap(({ specification }) => specification.Region || []));
  for (const region of regions) {
    if (await isOwnRegion(client, region)) continue;
    const { file, id } = jobs.find(({ specification }) => specification.Region === region)               ;
    const own = client.settings.region;
    throw new js_errors/* ActionError */.lZ(
      'job-specification',
      `${file}: job "${id}" names the region "${region}", but this step works in ${own === undefined ? 'the region of the Nomad that it asks' : `"${own}"`}`,
      {
        hint: `Set \`nomad_region\` to "${region}" (it must be a region of the cluster) if the whole pack goes there, or drop \`region\` from the template.`,
      },
    );
  }
}

/**
 * Whether requests that name no region, or the one of the settings, arrive in this one. The servers tell without a token: those
 * of two regions are never the same.
 */
async function isOwnRegion(client             , region        )                   {
  if (client.settings.region !== undefined) return client.settings.region === region;
  const peers = async (query                        ) =>
    (await client.get('/v1/status/peers', api/* peersSchema */.l4, { query })).body;
  try {
    const [own, there] = await Promise.all([peers({}), peers({ region })]);
    return there.some((server) => own.includes(server));
  } catch (error) {
    if (error instanceof errors/* NomadResponseError */.zY && /No path to region/i.test(error.words)) return false;
    throw error;
  }
}

async function parse(client             , file              )                     {
  const payload = { JobHCL: file.text, Canonicalize: false };
  try {
    const { body } = await inPermittedNamespace(client, file, (namespace) =>
      client.post('/v1/jobs/parse', api/* parsedJobSchema */.Q$, payload, { query: { namespace }, repeatable: true }),
    );
    return body;
  } catch (error) {
    if (!(error instanceof errors/* NomadResponseError */.zY) || error.status !== 400) throw error;
    throw unreadable(file, error);
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

// EXTERNAL MODULE: ./node_modules/semver/index.js
var semver = __webpack_require__(2088);
;// CONCATENATED MODULE: ./build/js/nomad-pack/hcl-scanner.js
/** A place in an expression that cannot be evaluated without a scope: a call of a function or the name of a variable. */
                           
                                               
                          
                                                                
                           
 

/** What is known of an expression. */
                             
                                                   
                          
                                                                                                                  
                               
                                                      
                                             
 

                        
                        
                                     
                          
                      
 

                       
                                                       
                                    
 

/** The text is nested deeper than anybody writes it, or is not HCL. */
class UnreadableHcl extends Error {}

const DEEPEST = 200;

const IDENTIFIER = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const hcl_scanner_NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const OPERATOR = /\|\||&&|[=!<>]=|[<>+*%-]|\/(?![/*])/y;
const FOR = /for[ \t\r\n]+(?=[\p{ID_Start}_])/uy;
const ESCAPES                                   = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/**
 * Reads the structure of a text that is HCL 2, as Nomad has found it to be, in one pass: its attributes and blocks, and for each
 * expression whether HCL can evaluate it without variables and functions.
 *
 * @throws UnreadableHcl
 */
function scanHcl(text        )       {
  const scanner = new Scanner(text);
  scanner.accept('\uFEFF');
  const body = scanner.body();
  if (!scanner.atEnd) throw new UnreadableHcl();
  return body;
}

class Scanner {
           #text        ;
  #at = 0;
  #depth = 0;
  /** Names that a `for` around the current place gives values to. */
  #bound           = [];

  constructor(text        ) {
    this.#text = text;
  }

  get atEnd()          {
    return this.#at >= this.#text.length;
  }

  accept(token        )          {
    if (!this.#text.startsWith(token, this.#at)) return false;
    this.#at += token.length;
    return true;
  }

  /** Up to the closing brace of the block, or the end of the text. */
  body()       {
    return this.#nested(() => {
      const attributes = new Map                    ();
      const blocks          = [];
      for (;;) {
        this.#blanks(true);
        if (this.atEnd || this.#text[this.#at] === '}') return { attributes, blocks };
        const offset = this.#at;
        const name = this.#match(IDENTIFIER);
        if (name === undefined) throw new UnreadableHcl();
        this.#blanks(false);
        if (this.accept('=')) attributes.set(name, this.#expression(false));
        else blocks.push(this.#block(name, offset));
      }
    });
  }

  #block(type        , offset        )        {
    const labels           = [];
    for (;;) {
      this.#blanks(false);
      if (this.accept('{')) break;
      labels.push(this.#match(IDENTIFIER) ?? this.#label());
    }
    const body = this.body();
    this.#require('}');
    return { type, labels, offset, body };
  }

  #label()         {
    const { literal } = this.#quoted();
    if (typeof literal !== 'string') throw new UnreadableHcl();
    return literal;
  }

  /** @param multiline whether a line end is as good as a blank, as it is inside brackets */
  #expression(multiline         )             {
    return this.#nested(() => {
      const condition = this.#operation(multiline);
      this.#blanks(multiline);
      if (!this.accept('?')) return condition;
      const yes = this.#expression(multiline);
      this.#blanks(multiline);
      this.#require(':');
      const no = this.#expression(multiline);
      if (condition.computed !== undefined) return condition;
      // HCL complains of the branch only that it takes.
      if (typeof condition.literal === 'boolean') return condition.literal ? yes : no;
      return no.computed === undefined ? { offset: condition.offset } : yes;
    });
  }

  #operation(multiline         )             {
    const operands = [this.#term(multiline)];
    const operators           = [];
    for (;;) {
      this.#blanks(multiline);
      const operator = this.#match(OPERATOR);
      if (operator === undefined) break;
      operators.push(operator);
      operands.push(this.#term(multiline));
    }
    const [first, second] = operands;
    if (first === undefined || second === undefined) return first ?? { offset: this.#at };
    const computed = operands.find((operand) => operand.computed !== undefined)?.computed;
    if (computed !== undefined) return { offset: first.offset, computed };
    const isComparison = operators.length === 1 && /[=!]=/.test(operators[0] ?? '');
    if (!isComparison || first.literal === undefined || second.literal === undefined) return { offset: first.offset };
    return { offset: first.offset, literal: (first.literal === second.literal) === (operators[0] === '==') };
  }

  #term(multiline         )             {
    this.#blanks(multiline);
    const offset = this.#at;
    let isPlain = true;
    while (this.accept('!') || this.accept('-')) {
      isPlain = false;
      this.#blanks(multiline);
    }
    const { literal, ...found } = this.#primary();
    let computed = found.computed;
    for (;;) {
      this.#blanks(false);
      if (this.accept('[')) {
        const index = this.accept('*') ? undefined : this.#expression(true);
        computed ??= index?.computed;
        this.#blanks(true);
        this.#require(']');
      } else if (!this.#text.startsWith('...', this.#at) && this.accept('.')) {
        if (!this.accept('*') && (this.#match(IDENTIFIER) ?? this.#match(hcl_scanner_NUMBER)) === undefined)
          throw new UnreadableHcl();
      } else break;
      isPlain = false;
    }
    return {
      offset,
      ...(computed !== undefined && { computed }),
      ...(isPlain && literal !== undefined && { literal }),
    };
  }

  #primary()             {
    const offset = this.#at;
    const next = this.#text[this.#at];
    if (next === '"') return this.#quoted();
    if (next === '<') return this.#heredoc();
    if (this.accept('(')) {
      const inner = this.#expression(true);
      this.#blanks(true);
      this.#require(')');
      return inner;
    }
    if (this.accept('[')) return this.#forOr(']', () => this.#items(']'), offset);
    if (this.accept('{')) return this.#forOr('}', () => this.#entries(), offset);
    if (this.#match(hcl_scanner_NUMBER) !== undefined) return { offset };
    const name = this.#match(IDENTIFIER);
    if (name === undefined) throw new UnreadableHcl();
    return this.#named(name, offset);
  }

  #named(name        , offset        )             {
    this.#blanks(false);
    if (this.accept('(')) {
      this.#items(')');
      return { offset, computed: { offset, written: `${name}(...)` } };
    }
    if (name === 'null') return { offset, literal: null };
    if (name === 'true' || name === 'false') return { offset, literal: name === 'true' };
    if (this.#bound.includes(name)) return { offset };
    const path = /(?:\.[\p{ID_Continue}-]+)*/uy;
    path.lastIndex = this.#at;
    return { offset, computed: { offset, written: name + (path.exec(this.#text)?.[0] ?? '') } };
  }

  /** What is between brackets, up to the closing one: a `for` expression, or what `items` reads. */
  #forOr(close        , items                            , offset        )             {
    this.#blanks(true);
    const computed = this.#match(FOR) === undefined ? items() : this.#for(close);
    return { offset, ...(computed !== undefined && { computed }) };
  }

  #for(close        )                       {
    const names = this.#loopNames();
    const parts = [this.#expression(true)];
    this.#blanks(true);
    this.#require(':');
    this.#bound.push(...names);
    parts.push(this.#expression(true));
    for (;;) {
      this.#blanks(true);
      if (this.accept(close)) break;
      if (this.accept('...')) continue;
      if (!this.accept('=>') && !this.accept('if')) throw new UnreadableHcl();
      parts.push(this.#expression(true));
    }
    this.#bound.length -= names.length;
    return parts.find(({ computed }) => computed !== undefined)?.computed;
  }

  /** `value in` or `key, value in`. */
  #loopNames()           {
    const names           = [];
    for (;;) {
      this.#blanks(true);
      const name = this.#match(IDENTIFIER);
      if (name === undefined) throw new UnreadableHcl();
      if (name === 'in' && names.length > 0) return names;
      names.push(name);
      this.#blanks(true);
      this.accept(',');
    }
  }

  #items(close        )                       {
    let computed                      ;
    for (;;) {
      this.#blanks(true);
      if (this.accept(close)) return computed;
      if (this.accept(',') || this.accept('...')) continue;
      const item = this.#expression(true);
      computed ??= item.computed;
    }
  }

  #entries()                       {
    let computed                      ;
    for (;;) {
      this.#blanks(true);
      if (this.accept('}')) return computed;
      if (this.accept(',')) continue;
      const key = this.#key();
      this.#blanks(false);
      if (!this.accept('=')) this.#require(':');
      const value = this.#expression(false);
      computed ??= key ?? value.computed;
    }
  }

  /** The key of an entry: a bare name is one, and not a variable. */
  #key()                       {
    const start = this.#at;
    if (this.#match(IDENTIFIER) !== undefined) {
      this.#blanks(false);
      if (/^(?::|=(?!=))/.test(this.#text.slice(this.#at, this.#at + 2))) return undefined;
      this.#at = start;
    }
    return this.#expression(false).computed;
  }

  #quoted()             {
    const offset = this.#at;
    this.#require('"');
    const template = new Template();
    while (!this.accept('"')) this.#templatePiece(template, /[^"\\$%\n]+/y, true);
    return template.expression(offset);
  }

  #heredoc()             {
    const offset = this.#at;
    const marker = this.#match(/<<-?([\p{ID_Start}_][\p{ID_Continue}-]*)[ \t]*\r?\n/uy)?.replace(/^<<-?|\s+$/g, '');
    if (marker === undefined) throw new UnreadableHcl();
    const closing = new RegExp(`[ \\t]*${marker}(?=[ \\t]*(?:\\r?\\n|$))`, 'uy');
    const template = new Template();
    while (this.#match(closing) === undefined) {
      while (!this.accept('\n')) this.#templatePiece(template, /[^$%\n]+/y, false);
    }
    return { offset, ...template.computed() };
  }

  #templatePiece(template          , plain        , hasEscapes         )       {
    if (this.atEnd) throw new UnreadableHcl();
    const text = this.#match(plain);
    if (text !== undefined) template.add(text);
    else if (this.accept('$${')) template.add('${');
    else if (this.accept('%%{')) template.add('%{');
    else if (this.accept('${')) this.#interpolation(template);
    else if (this.accept('%{')) this.#directive(template);
    else if (hasEscapes && this.accept('\\')) template.add(this.#escape());
    else template.add(this.#text[this.#at++] ?? '');
  }

  #escape()         {
    const code = this.#match(/u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}/y);
    if (code !== undefined) return String.fromCodePoint(Math.min(Number.parseInt(code.slice(1), 16), 0x10ffff));
    const selector = this.#text[this.#at++] ?? '';
    return ESCAPES[selector] ?? selector;
  }

  #interpolation(template          )       {
    this.accept('~');
    const { computed } = this.#expression(true);
    template.evaluate(computed);
    this.#endOfSequence();
  }

  /** `%{ if ... }`, `%{ for x in ... }` and what ends them. */
  #directive(template          )       {
    this.accept('~');
    this.#blanks(true);
    const keyword = this.#match(IDENTIFIER);
    if (keyword === 'for') {
      const names = this.#loopNames();
      template.evaluate(this.#expression(true).computed);
      this.#bound.push(...names);
      template.loops.push(names.length);
    } else if (keyword === 'endfor') this.#bound.length -= template.loops.pop() ?? 0;
    else if (keyword === 'if') {
      template.evaluate(this.#expression(true).computed);
      template.conditions += 1;
    } else if (keyword === 'endif') template.conditions -= 1;
    this.#endOfSequence();
  }

  #endOfSequence()       {
    this.#blanks(true);
    this.accept('~');
    this.#require('}');
  }

  /** Blanks and comments; with `newlines` line ends, too. */
  #blanks(newlines         )       {
    const blank = newlines ? /[ \t\r\n]+/y : /(?:[ \t]|\r(?!\n))+/y;
    while (this.#match(blank) !== undefined || this.#match(/(?:#|\/\/)[^\n]*/y) !== undefined || this.#blockComment());
  }

  #blockComment()          {
    if (!this.accept('/*')) return false;
    const end = this.#text.indexOf('*/', this.#at);
    if (end === -1) throw new UnreadableHcl();
    this.#at = end + 2;
    return true;
  }

  #match(pattern        )                     {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #require(token        )       {
    if (!this.accept(token)) throw new UnreadableHcl();
  }

  #nested       (read             )        {
    if (this.#depth >= DEEPEST) throw new UnreadableHcl();
    this.#depth += 1;
    const found = read();
    this.#depth -= 1;
    return found;
  }
}

/** A text with `${ ... }` and `%{ ... }` in it, as far as it has been read. */
class Template {
  /** How many names each loop gives values to, of the loops that the current place is in. */
           loops           = [];
  /** How many conditions the current place is in. */
  conditions = 0;
  #text = '';
  #isLiteral = true;
  #computed                      ;

  add(text        )       {
    this.#text += text;
  }

  evaluate(computed                      )       {
    this.#isLiteral = false;
    // HCL complains of the branch only that it takes.
    if (this.conditions === 0) this.#computed ??= computed;
  }

  computed()                               {
    return this.#computed === undefined ? {} : { computed: this.#computed };
  }

  expression(offset        )             {
    return { offset, ...this.computed(), ...(this.#isLiteral && { literal: this.#text }) };
  }
}

;// CONCATENATED MODULE: ./build/js/nomad-pack/job-file.js



/** What nomad-pack makes of a job file by itself, before it hands it to Nomad. */
                          
                                                                                                      
                          
                                                                                                 
                              
                                                                                                                        
                               
 

                               
                                                                              
                         
                                 
                          
                 
                        
 

/** The last version that takes a file for unreadable when there is anything beside the job block. */
const LAST_WITH_LONE_JOB = '0.4.2';

/**
 * Reads a job file that Nomad takes for right as nomad-pack does: `setHCLMeta` and `ExtractJobRegionNamespace` of its
 * `internal/runner/job`, which evaluate the `meta` of the job without variables and functions, and leave the file as it is where that
 * fails. Where only the evaluation would tell, the metadata counts as kept.
 *
 * @param version nomad-pack's
 */
function readJobFile(text        , version        )          {
  // Nomad takes JSON, too. nomad-pack does not.
  if (/^\uFEFF?\s*\{/.test(text)) return { loss: { ...JSON_FILE, line: 1 } };
  try {
    return readBody(scanHcl(text), text, version);
  } catch (error) {
    if (error instanceof UnreadableHcl) return {};
    throw error;
  }
}

function readBody(body      , text        , version        )          {
  const job = body.blocks.find(({ type }) => type === 'job');
  if (job === undefined) return {};
  const [label] = job.labels;
  const namespace = job.body.attributes.get('namespace')?.literal;
  const loss = companionLoss(body, text, version) ?? metaLoss(job, text);
  return {
    ...(label !== undefined && { label }),
    ...(typeof namespace === 'string' && namespace !== '' && { namespace }),
    ...(loss !== undefined && { loss }),
  };
}

function companionLoss({ blocks }      , text        , version        )                           {
  const companion = blocks.find(({ type }) => type !== 'job');
  if (companion === undefined || takesCompanions(version)) return undefined;
  return {
    cause: `the \`${companion.type}\` block beside the job`,
    remedy:
      'Let the template compute the value (`[[ ... ]]`) and drop the block. A nomad-pack after 0.4.2 takes such blocks.',
    line: lineAt(text, companion.offset),
  };
}

function takesCompanions(version        )          {
  // A development build of a version has what that version has.
  return semver.gt(semver.coerce(version) ?? version, LAST_WITH_LONE_JOB);
}

function metaLoss({ body }       , text        )                           {
  const attribute = body.attributes.get('meta');
  const expressions =
    attribute === undefined
      ? body.blocks.filter(({ type }) => type === 'meta').flatMap((meta) => [...meta.body.attributes.values()])
      : [attribute];
  const computed = expressions.find((expression) => expression.computed !== undefined)?.computed;
  return computed && computedLoss(computed, text);
}

function computedLoss({ written, offset }          , text        )               {
  return {
    cause: `\`${written}\` in the \`meta\` of the job`,
    remedy:
      'Let the template compute the value (`[[ ... ]]`), or move the entry into the `meta` of a group or task, which nomad-pack leaves alone. For a batch job that is to run at each deploy, give it a variable that differs each time, such as `github.run_id`.',
    line: lineAt(text, offset),
  };
}

const JSON_FILE = {
  cause: 'a job written as JSON',
  remedy: 'Write the job as HCL.',
};

function lineAt(text        , offset        )         {
  return text.slice(0, offset).split('\n').length;
}

;// CONCATENATED MODULE: ./build/js/operations/render-jobs.js

                                                      




                                                                  

                                        

/**
 * The jobs that the pack renders to, as Nomad reads them.
 *
 * @throws ActionError; `job-specification` when there are none or nomad-pack would lose one, `secret-in-job` when one holds a token: a job can be read by many who may not have it
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
    refuseBroken(specifications);
    const version = await prepared.nomadPack.version;
    const read = readFiles(specifications, version);
    // What Nomad finds wrong with a file is the better explanation of one that nomad-pack cannot read.
    const jobs = await atTemplate(prepared, read, parseJobs(client, read, packMeta(prepared.target)));
    for (const { loss, ...file } of read)
      if (loss !== undefined) throw await lostMetadata(file, loss, prepared, version);
    refuseTwins(jobs);
    await refuseOtherRegions(client, jobs);
    log.info(`Jobs: ${jobs.map(({ id, namespace }) => `${id} (${namespace})`).join(', ') || 'none'}.`);
    return jobs;
  });
}

/**
 * The jobs that the pack renders to, whether or not they could be deployed: to look for those that are there.
 *
 * @throws ActionError
 */
async function findRendered(client             , prepared              , { log }       )                         {
  return await log.phase('Render the pack', async () => {
    const files = jobFiles((await renderPack(prepared)).files);
    return await parseJobs(client, readFiles(files, await prepared.nomadPack.version), packMeta(prepared.target));
  });
}

/** What the pack renders to, or why nobody can tell; undefined where the inputs do not say where it is. */
                                                                                                                  

/** Renders the pack to look for its jobs, when it is first asked for, and once. */
function renderingOf(client             , settings                    , tools       )                           {
  let rendering                                ;
  return async () => {
    rendering ??= renderIfPossible(client, settings, tools);
    return await rendering;
  };
}

async function renderIfPossible(client             , settings                    , tools       )                     {
  if (settings.registry === undefined) return undefined;
  try {
    return { jobs: await findRendered(client, await preparePack(withRegistry(settings), tools), tools) };
  } catch (error) {
    const failure = (0,js_errors/* asActionError */.z6)(error);
    if (failure.reason === 'cancelled' || failure.reason === 'internal') throw error;
    return { failure };
  }
}

/** The same; a file that Nomad cannot read is told at the line of the template that it comes from, where that is known. */
async function atTemplate       (
  { target }              ,
  files                         ,
  parsing                ,
)                 {
  try {
    return await parsing;
  } catch (error) {
    if (!(error instanceof SpecificationError)) throw error;
    const text = files.find(({ name }) => name === error.file)?.text ?? '';
    const line = error.line === undefined ? undefined : text.split('\n')[error.line - 1];
    const location = await (0,cli/* locateTemplateLine */.t3)(target.pack, error.file, line);
    if (location === undefined) throw error;
    throw new js_errors/* ActionError */.lZ(error.reason, error.message, { hint: error.hint, cause: error, location });
  }
}

/** The files, and what nomad-pack makes of each by itself. */
function readFiles(files                         , version        )                             {
  return files.map((file) => ({ ...file, ...readJobFile(file.text, version) }));
}

/** A job that nomad-pack would register and then not know: `status`, `destroy` and the next deploy would not find it. */
async function lostMetadata(
  { name, text }              ,
  { cause, remedy, line }              ,
  { target }              ,
  version        ,
)                       {
  const location = await (0,cli/* locateTemplateLine */.t3)(target.pack, name, text.split('\n')[line - 1] ?? '');
  return new js_errors/* ActionError */.lZ(
    'job-specification',
    `${name}, line ${line}: ${cause} makes nomad-pack ${version} register the job without its own metadata, so that nobody could find the job again.`,
    { hint: remedy, ...(location !== undefined && { location }) },
  );
}

/** nomad-pack cannot read such a file by itself: it would register the job without its own metadata. */
function refuseBroken(files                         )       {
  const broken = files.find(({ brokenLine }) => brokenLine !== undefined);
  if (broken === undefined) return;
  throw new js_errors/* ActionError */.lZ('job-specification', `${broken.name}, line ${broken.brokenLine}, is not encoded as UTF-8.`, {
    hint: 'Look at what the template decodes there (such as `b64dec`) or reads from a file: a job specification is text. Hand bytes over as base64.',
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

;// CONCATENATED MODULE: ./build/js/operations/probe.js


                                                      





                                                                                 


                                        

                        
                               
                                  
                                        
                                                             
                                                                            
 

/**
 * Where secrets stand in the jobs, by `jobKey`: the pack is rendered and planned once more with other values for the secret variables, and
 * for those that may have been secret before. Where no value that may be a secret would be shown, nothing is rendered.
 *
 * @returns undefined where that cannot be told, because the pack takes no other values
 * @throws ActionError where Nomad does not answer
 */
async function findSecretPlaces(
  plans                       ,
  probe       ,
  tools       ,
)                                                         {
  const none = new Map                      ();
  const { secretVariables: secret } = tools;
  const { withoutValue = [] } = probe.settings.variables;
  if (!plans.some(Object.keys(secret).length > 0 ? showsAnything : showsOld)) return none;
  const declared = probe.prepared.nomadPack.declaredVariables(probe.prepared.target);
  const given = new Set([...Object.keys(secret), ...withoutValue, ...namesGiven(probe)]);
  const secrets = {
    ...mapValues(secret, another),
    ...Object.fromEntries(withoutValue.map((name) => [name, standIn(declared.get(name)?.type)])),
  };
  const former = Object.fromEntries(
    [...declared]
      .filter(([name, variable]) => !given.has(name) && variable.mayBeSecret)
      .map(([name, { type }]) => [name, standIn(type)]),
  );
  for (const values of [{ ...former, ...secrets }, secrets]) {
    if (Object.keys(values).length === 0) return none;
    const found = await placesOf(plans, values, probe, tools);
    if (found !== undefined) return found;
  }
  return undefined;
}

function namesGiven({ prepared, settings }       )           {
  const files = prepared.target.files.flatMap(({ values, assignments }) => [
    ...Object.keys(values ?? {}),
    ...(assignments ?? []).map(({ name }) => name),
  ]);
  return [...Object.keys(settings.variables.plain), ...files];
}

function showsAnything({ planned }            )          {
  return planned.Diff !== null && planned.Diff.Type !== 'None';
}

/** Whether a value of the job as it is now would be part of the difference. That the pack is another version is no secret. */
function showsOld({ planned }            )          {
  if (planned.Diff === null || planned.JobModifyIndex === 0) return false;
  return changesOf(planned.Diff).some(({ path, field }) => field.Type !== 'Added' && !path.startsWith('Meta[pack.'));
}

async function placesOf(
  plans                       ,
  values                                         ,
  { client, prepared, adjust }       ,
  { log, signal }       ,
)                                                         {
  try {
    const { nomadPack, target } = prepared;
    const files = jobFiles(await nomadPack.probe(target, values));
    const read = readFiles(files, await nomadPack.version);
    const parsed = new Map((await parseJobs(client, read, packMeta(target))).map((job) => [job.file, job]));
    const jobs = plans.map(({ job }) => sameJob(job, parsed.get(job.file)));
    const probes = await planJobs(client, adjust(jobs));
    return new Map(
      plans.map(({ job, planned }, index) => [
        jobKey(job),
        SecretPlaces.between(planned.Diff, probes[index]?.planned.Diff ?? null),
      ]),
    );
  } catch (error) {
    // Nomad, or nomad-pack, was tried as long as there is patience: that says nothing of the values.
    if (signal.aborted || (error instanceof js_errors/* ActionError */.lZ && error.passing)) throw error;
    log.debug(`The pack takes no other values for secrets: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

/** What was rendered with other values, in the place of the job: its name may be a secret, too. */
function sameJob(job             , probe                         )              {
  if (probe === undefined) throw new Error(`${job.file} is rendered to nothing`);
  const { ID, Name, Namespace, Region } = job.specification;
  return { ...job, specification: { ...probe.specification, ID, Name, Namespace, Region: Region ?? null } };
}

/** Another value of the same shape: each letter and digit is another one, so that what reads a URL, a number or base64 still can. */
function another(value               )                {
  if (typeof value === 'string') return anotherText(value);
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (value === null) return null;
  if (Array.isArray(value)) return value.map(another);
  return mapValues(value                                           , another);
}

function anotherText(text        )                {
  if (/^\s*[[{]/.test(text)) {
    try {
      return JSON.stringify(another(JSON.parse(text)                 ));
    } catch {
      // It only begins like JSON.
    }
  }
  const other = text
    .replace(/[a-z]/g, (letter) => rotated(letter, 'a', 26))
    .replace(/[A-Z]/g, (letter) => rotated(letter, 'A', 26))
    .replace(/\d/g, (digit) => rotated(digit, '0', 10));
  return other === text ? `${text}${standIn('string')}` : other;
}

function rotated(sign        , first        , count        )         {
  const start = first.charCodeAt(0);
  return String.fromCharCode(start + ((sign.charCodeAt(0) - start + (0,external_node_crypto_.randomInt)(1, count)) % count));
}

/** For a variable whose value nobody knows. */
function standIn(type = 'string')                {
  if (type === 'number') return (0,external_node_crypto_.randomInt)(1_000, 9_999);
  if (type === 'bool') return true;
  const word = Array.from({ length: 20 }, () => rotated('a', 'a', 26)).join('');
  if (/^(?:list|set)/.test(type)) return [word];
  return type.startsWith('map') ? { [word]: word } : word;
}

function mapValues          (record                                , map                     )                     {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}

;// CONCATENATED MODULE: ./build/js/operations/standing.js
                                                   
                                                      

                                                             


                                             
                                         

/** Jobs that are what the pack renders to, and need no second `run`. */
                           
                                       
                                            
                                 
                                                                                                                  
                           
 

/**
 * The jobs as they are, where each is well or is getting there; undefined where one is not, or is not there. Asked where Nomad's plan says
 * that registering them would change nothing: nomad-pack is not run then, for an unchanged `run` may stop what periodic and parameterized
 * jobs have launched.
 */
async function readStanding(
  client             ,
  { present }       ,
  jobs                        ,
)                                {
  const rendered = new Set(jobs.map(jobKey));
  const own = present.filter((job) => rendered.has(jobKey(job)));
  const [states, statuses] = await Promise.all([readJobStates(client, own), readStatuses(client, own)]);
  const rollingOut = new Set(statuses.filter(isRollingOut).map(standing_keyOf));
  const isWell = (state          ) => state.health === 'healthy' || rollingOut.has(jobKey(state));
  if (states.length !== jobs.length || !states.every(isWell)) return undefined;
  const launches = new Set(own.filter((job) => job.launches !== undefined).map(jobKey));
  const isClosed = (nomad             ) =>
    launches.has(standing_keyOf(nomad)) || (hasRollout(nomad) ? !isRollingOut(nomad) : nomad.Status === 'dead');
  return { states, isRollingOut: rollingOut.size > 0, isOpen: !statuses.every(isClosed) };
}

function standing_keyOf({ ID, Namespace }             )         {
  return jobKey({ id: ID, namespace: Namespace });
}

/** Whether the version that is there has a rollout of its own. */
function hasRollout({ LatestDeployment, Version }             )          {
  return LatestDeployment?.JobVersion === Version;
}

function isRollingOut(nomad             )          {
  return hasRollout(nomad) && nomad.LatestDeployment?.IsActive === true;
}

;// CONCATENATED MODULE: ./build/js/operations/plan.js



                                              
                                                      







                                                             





                                                                 
                                                                  







                                                      

/** What a deploy would change, as text and as data, and what it would stop. Changes nothing. */
async function plan_plan(settings                    , tools       )                   {
  const pack = withRegistry(settings);
  const { log, record, secrets } = tools;
  const [prepared, client] = await prepareWithNomad(pack, tools);
  const jobs = await renderJobs(client, prepared, tools);
  const { data, words, present } = await log.phase('Plan', async () => {
    const claim = await readClaim(client, settings, jobs, prepared.nomadPack);
    sayWhatIsAdopted(claim, tools);
    const variables = await compareVariables(client, settings, prepared, jobs);
    const found = await planData({ client, prepared, settings, jobs, claim }, tools);
    // It would show the job of the others that this one has the id of.
    const isRefused = refusedJobs(claim, settings).size > 0;
    return {
      data: withVariables(found.data, variables, settings),
      words: isRefused ? undefined : (0,foreign/* visible */.RK)(secrets.redact(await sayPlan(prepared, claim, found.hidden))),
      present: claim.present,
    };
  });
  record.know({ planData: data, changed: data.changed });
  if (words !== undefined) {
    record.know({ plan: words });
    record.know({ planFile: await keepPlan(words, tools) });
  }

  const { here } = locateJobs(present, ownerOf(settings), namespacesOf(jobs));
  const states = await readJobStates(client, here);
  const { changed } = data;
  const failure = settings.review.failOnChanges && changed ? drift(data) : undefined;
  return { ...overallStatus(states), changed, jobs: states, ...(failure !== undefined && { failure }) };
}

/** nomad-pack's own words on what would change, without the values that are not to be seen. */
async function sayPlan(
  { nomadPack, target }              ,
  { adopted }       ,
  hidden                     ,
)                  {
  return await nomadPack.plan(target, withoutValues(hidden, goLiteral), { override: adopted.length > 0 });
}

                              
                               
                                  
                                        
                                        
                        
 

/** What a deploy of the jobs would do, as data that two plans can be compared by, and the values that are not to be seen. */
async function planData(
  subject             ,
  tools       ,
)                                                                             {
  const { client, settings, jobs, claim } = subject;
  const owner = ownerOf(settings);
  const plans = await planJobs(client, adjusted(jobs, subject));
  const { disclosures, hidden } = await disclose(plans, subject, tools);
  const planned              = [
    ...describePlans(plans, (job) => disclosures.get(jobKey(job))),
    ...[...claim.stops, ...claim.foreign.filter(({ effect }) => effect === 'stop')].map(stopOf),
  ];
  // What was launched is stopped only where there is a reason to run nomad-pack at all.
  const runs =
    claim.children.length > 0 &&
    (planned.some(({ action }) => action !== 'none') || (await readStanding(client, claim, jobs)) === undefined);
  const changes = runs ? [...planned, ...claim.children.map(stopOf)] : planned;
  const data = {
    jobs: changes,
    changed: changes.some(({ action }) => action !== 'none'),
    digest: planDigest(changes),
    versionChanges: versionChanges(claim, settings),
    refusals: [
      ...claim.conflicts.map((job) => describeConflict(owner, job)),
      ...(settings.rollout.allowReplace ? [] : claim.foreign.map((job) => describeForeign(owner, job))),
    ],
  };
  return { data, hidden };
}

function adjusted(jobs                        , { settings, claim }             )                         {
  return settings.rollout.preserveCounts ? keepCounts(jobs, claim.existing) : jobs;
}

/** The jobs, by `jobKey`, that a deploy would be refused over because others have them: what is in those is not for everybody. */
function refusedJobs({ conflicts, foreign }       , { rollout }                    )                      {
  const replaced = rollout.allowReplace ? [] : foreign.filter(({ effect }) => effect === 'replace');
  return new Set([...conflicts, ...replaced].map(jobKey));
}

/**
 * What may be shown of each job's differences, by `jobKey`; nothing of the jobs of others. The secrets that stood where the new ones
 * stand are secrets from now on.
 */
async function disclose(
  plans                       ,
  subject             ,
  tools       ,
)                                                                                                           {
  const { settings, claim } = subject;
  const { secrets } = tools;
  const refused = refusedJobs(claim, settings);
  const replaced = new Set(claim.foreign.map(jobKey));
  const shown = plans.filter(({ job }) => !refused.has(jobKey(job)));
  const places = await findSecretPlaces(shown, { ...subject, adjust: (jobs) => adjusted(jobs, subject) }, tools);
  const hasSecrets = Object.values(tools.secretVariables).some((value) => value !== '');
  const disclosures = new Map                    ();
  const hidden = new Set        ();
  for (const { job, planned } of shown) {
    // What another pack put there is known to nobody here.
    const known = replaced.has(jobKey(job)) ? undefined : places;
    const secretPlaces = known?.get(jobKey(job)) ?? SecretPlaces.none;
    const disclosure             = {
      redact: (text) => secrets.redact(text),
      hidesOld: (change) => known === undefined || secretPlaces.has(change) || mayHoldSecret(change),
      hidesNew: (change) => hasSecrets && secretPlaces.has(change) && plan_isUntouched(change.field.New, secrets),
    };
    disclosures.set(jobKey(job), disclosure);
    for (const change of planned.Diff === null ? [] : changesOf(planned.Diff)) {
      for (const old of secretPlaces.oldSecrets(change)) secrets.add('old value of a secret', old);
    }
  }
  // Once they all are known: to look for others takes new preparation.
  for (const { job, planned } of shown) {
    for (const change of planned.Diff === null ? [] : changesOf(planned.Diff)) {
      const disclosure = disclosures.get(jobKey(job));
      if (disclosure?.hidesOld(change)) hidden.add(change.field.Old);
      if (disclosure?.hidesNew(change)) hidden.add(change.field.New);
    }
  }
  hidden.delete('');
  return { disclosures, hidden };
}

/** Whether nothing in a value that comes of a secret is recognised as one: it is computed, or too short. */
function plan_isUntouched(value        , secrets              )          {
  return value !== '' && secrets.redact(value) === value;
}

/** What nothing stands in the place of any more, or what looks like a credential, may be a secret that no input names any more. */
function mayHoldSecret({ path, field }        )          {
  if (/^(?:true|false|\d{0,5})$/.test(field.Old)) return false;
  const name = path.split(' > ').at(-1) ?? '';
  return field.Type === 'Deleted' || cache/* SECRET_NAME */.J4.test(name) || /:\/\/[^/\s]*:[^/\s]*@/.test(field.Old);
}

function goLiteral(text        )         {
  return `"${(0,encodings/* inGo */.yI)(text)}"`;
}

function stopOf({ id, namespace }        )            {
  return { id, namespace, action: 'stop', groups: [], placementFailures: [], basedOn: 0, diff: [] };
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

function drift(plan          )              {
  const changes = plan.jobs.filter(({ action }) => action !== 'none').map(({ id, action }) => `${id} (${action})`);
  const variables = changingVariables(plan);
  if (variables.length > 0) changes.push(`Nomad variable ${nameVariables(variables)}`);
  return new js_errors/* ActionError */.lZ('changes', `A deploy would change ${changes.join(', ')}.`, {
    hint: 'Deploy, or undo what was changed by hand in the cluster. `fail_on_changes` makes the step fail over it.',
  });
}

;// CONCATENATED MODULE: ./build/js/operations/verify.js

                                                      




                                                             
                                                           
                                                 
                                              

                                                      

/** What was planned, and what it was planned upon. */
                                                          
                                        
 

/**
 * Whether nomad-pack registered what was planned: it renders the pack anew, and a template may say something else each time. Nomad is asked
 * what the planned jobs would change now; what it compares them with is what runs, its own defaults included. Jobs that somebody else
 * has changed since are left out, and so are those that are as they were, which is told by other means. One request for each job.
 *
 * @returns why not; undefined where it did
 */
async function verifyRegistered(
  client             ,
  settings              ,
  submitted                         ,
  { jobs, claim }         ,
  { secrets }       ,
)                                   {
  const there = submitted.filter(({ change }) => change !== 'missing');
  const ownerless = findOwnerless(there, settings);
  if (ownerless.length > 0) return verify_lostMetadata(ownerless);
  const index = new Map(
    there.filter(({ change }) => change !== 'unchanged').map((job) => [jobKey(job), job.jobModifyIndex]),
  );
  const wanted = settings.rollout.preserveCounts ? keepCounts(jobs, claim.existing) : jobs;
  const plans = await planJobs(
    client,
    wanted.filter((job) => index.has(jobKey(job))),
  );
  const others = plans.filter(({ job, planned }) => {
    return planned.JobModifyIndex === index.get(jobKey(job)) && planned.Diff !== null && planned.Diff.Type !== 'None';
  });
  return others.length === 0 ? undefined : notAsPlanned(others, secrets);
}

/** The jobs that were registered without the deployment's name: no survey finds them. */
function findOwnerless(submitted                         , settings              )                 {
  return submitted.filter(({ meta }) => !isOwnedBy(meta ?? null, ownerOf(settings)));
}

function verify_lostMetadata(jobs                         )              {
  return new js_errors/* ActionError */.lZ(
    'job-specification',
    `Registered without the metadata of this deployment, so that no later step finds it: ${nameJobs(jobs)}.`,
    {
      hint: 'Write plain values in the `meta` of the job, and nothing beside the `job` block, whatever nomad-pack is called for. Then deploy with `adopt_jobs`, or stop the job by hand: nomad job stop -purge.',
    },
  );
}

/** Says where the jobs differ, and not in what: nobody has looked whether that may be shown. */
function notAsPlanned(plans                       , secrets              )              {
  const lines = plans.map(({ job: { id, namespace }, planned: { Diff } }) => {
    const places = Diff === null ? [] : changesOf(Diff).map(({ path }) => secrets.redact(path));
    return `Job "${id}" in namespace "${namespace}" is not what was planned. It differs in ${places.sort().join('; ') || 'itself'}`;
  });
  return new js_errors/* ActionError */.lZ('not-as-planned', lines.join('\n'), {
    hint: 'nomad-pack renders the pack anew when it runs it, and a template of this pack comes out differently each time (a time, a random value, or the command line is in it). Take that out, or give it to the pack as a variable, such as `github.run_id`.',
  });
}

;// CONCATENATED MODULE: ./build/js/operations/deploy.js

                                                      


                                                             


                                                       
                                                                       
                                                                  










                                        


/**
 * Registers the pack's jobs and watches them to the end of their rollout. Green only when the versions that this step submitted are
 * the ones that run, and are healthy.
 *
 * @throws ActionError; what is known by then is in the record
 */
async function deploy(settings                    , tools       )                   {
  const pack = withRegistry(settings);
  const { log } = tools;
  const [prepared, client] = await prepareWithNomad(pack, tools);
  const jobs = await renderJobs(client, prepared, tools);
  const { claim, plan } = await log.phase(
    'Compare with the cluster',
    async () => await compare(client, prepared, pack, jobs, tools),
  );

  const standing = plan.changed ? undefined : await readStanding(client, claim, jobs);
  if (standing !== undefined) return { ...(await deploy_confirm(client, pack, tools, jobs, standing)), changed: false };

  const baseline = await readBaseline(client, pack, jobs, prepared.nomadPack, tools);
  const { before } = baseline;
  const look = {
    find: async (asked             ) => await findOwn(asked, pack, namespacesOf(jobs)),
    changes: { refs: [...jobs, ...before.values()], before },
    isWanted: ({ changed = false, jobs: states }       ) => changed && states === undefined,
  };
  return await withLastLook(
    client,
    tools,
    look,
    async () => await rollOut(client, prepared, pack, tools, { jobs, plan, ...baseline }),
  );
}

/** What the deploy is about: the jobs, and how things were before. */
                                 
                                        
                          
 

/** Refuses what may not be done; what would be done is known after that. */
async function compare(
  client             ,
  prepared              ,
  settings              ,
  jobs                        ,
  tools       ,
)                                                              {
  const claim = await readClaim(client, settings, jobs, prepared.nomadPack);
  refuseStrangers(claim, settings);
  const variables = await compareVariables(client, settings, prepared, jobs);
  refuseForeignVariables(variables, settings);
  const { data } = await planData({ client, prepared, settings, jobs, claim }, tools);
  const plan = withVariables(data, variables, settings);
  tools.record.know({ planData: plan });
  const { digest } = settings.review;
  if (digest !== undefined && plan.digest !== digest) throw planChanged(plan, digest);
  return { claim, plan };
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

/** The end of a deploy that has nothing to change: a rollout that goes on, of a deploy that was cancelled for example, is watched to its end. */
async function deploy_confirm(
  client             ,
  settings              ,
  tools       ,
  jobs                        ,
  { states, isRollingOut, isOpen }          ,
)                          {
  const { log } = tools;
  const { wait } = settings.rollout;
  log.info(
    `Nothing to change: the same jobs are deployed already, and ${isRollingOut ? 'their rollout goes on' : 'are healthy'}.`,
  );
  if (!wait && isRollingOut) return { jobs: states, status: 'pending', health: 'unknown' };
  if (!wait || !isOpen) return { jobs: states, ...overallStatus(states) };
  const unchanged = await findSubmitted(client, jobs, await snapshotVersions(client, jobs), NOTHING_CLAIMED);
  return await follow(client, settings, tools, jobs, unchanged);
}

async function rollOut(
  client             ,
  prepared              ,
  settings              ,
  tools       ,
  task      ,
)                   {
  const { log, record } = tools;
  const { jobs, plan } = task;
  const began = performance.now();
  // Until Nomad says what came of it: it may not answer any more.
  record.know({ changed: plan.changed });
  const run = await log.phase('Run nomad-pack', async () => await registerJobs(client, prepared, settings, task));
  const registration = await readRegistration(client, settings, jobs, task, run, plan);
  const { submitted } = registration;
  record.know({ changed: registration.changed });
  const registered = submitted.filter(({ change }) => change !== 'missing');
  log.info(`Registered: ${registered.map(describeSubmitted).join(', ') || 'nothing'}.`);
  const trespass = findTrespass(settings, jobs, registration);
  const variables = await checkVariables(client, prepared, plan);
  const failure = variables.failure ?? judgeRun(run, registration, tools);
  const changed = registration.changed || variables.changed;
  record.know({ changed });
  if (failure !== undefined && !changed) throw failure;

  // A job that is not there, though nomad-pack says that all went well, is a failure of its own.
  const followed = failure === undefined ? submitted : registered;
  const [outcome, deviation] = await bothOf(
    settings.rollout.wait
      ? follow(client, withTimeLeft(settings, performance.now() - began), tools, jobs, followed)
      : lookOnce(client, settings, followed),
    verifyRegistered(client, settings, registered, task, tools),
  );
  const verdict = deviation ?? outcome.failure ?? failure ?? trespass;
  if (deviation !== undefined && outcome.failure !== undefined) log.warning(outcome.failure.message);
  if (trespass !== undefined && verdict !== trespass) log.warning(`${trespass.message} ${trespass.hint}`);
  if (verdict === undefined) return { ...outcome, changed };
  const { wait, onFailure } = settings.rollout;
  const isRevertible = wait && onFailure === 'revert' && !FINAL.has(verdict.reason);
  const written = changingVariables(plan);
  if (isRevertible && written.length > 0)
    log.notice(`What the pack declares as Nomad variables is not taken back: ${nameVariables(written)}.`);
  if (!isRevertible) return { ...outcome, changed, failure: verdict };
  const back = await go_back_goBack(client, settings, tools, { ...task, submitted: registered, outcome, failure: verdict });
  return { ...back, changed };
}

/** `wait_timeout` is for all that follows the beginning of the registration, and what is left of it for the watch. */
function withTimeLeft(settings              , elapsed        )               {
  const timeout = Math.max(settings.rollout.timeout - elapsed, LEAST_WATCH);
  return { ...settings, rollout: { ...settings.rollout, timeout } };
}

/** Enough to see how the jobs are. Milliseconds. */
const LEAST_WATCH = 1_000;

/** Whether what the pack declares as Nomad variables is written; counts as a change where it was otherwise. */
async function checkVariables(
  client             ,
  prepared              ,
  plan          ,
)                                                                         {
  if (changingVariables(plan).length === 0) return { changed: false };
  const failure = await findUnwritten(client, prepared);
  return failure === undefined ? { changed: true } : { changed: false, failure };
}

/** Failures that going back would not mend: what runs is somebody else's, waits for a decision, or is well itself. */
const FINAL                             = new Set(['superseded', 'awaiting-promotion', 'would-stop-others']);

/** Why the run has not done what it was to do; undefined where Nomad has what was asked for, whatever nomad-pack says. */
function judgeRun({ failure }            , { unmet }              , { log }       )                          {
  if (failure === undefined) {
    return unmet.length === 0 ? undefined : notRegistered(unmet);
  }
  if (unmet.length > 0 || failure.reason === 'nomad-variable') return failure;
  // Every job is registered, so what failed came after: the pack's outputs.tpl, or, before 0.4.2, the wait for the rollout, which is
  // watched here anyway.
  log.warning(`Every job is registered, though nomad-pack failed: ${failure.message}`);
  return undefined;
}

function notRegistered(left                         )              {
  const jobs = left
    .map(({ id, namespace, version, change }) => {
      return `${id} (${namespace}), which is ${change === 'missing' ? 'not there' : `at version ${version}`}`;
    })
    .join('; ');
  return new js_errors/* ActionError */.lZ(
    'nomad-pack-failed',
    `nomad-pack ended without an error but did not register what the pack renders to: ${jobs}.`,
    { hint: 'Look at what nomad-pack printed, and at what else changes these jobs; then deploy again.' },
  );
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
  // No survey finds those that lost their metadata.
  const ownerless = new Set(findOwnerless(submitted, settings).filter(({ change }) => change !== 'missing'));
  const missing = submitted
    .filter((job) => !found.has(jobKey(job)))
    .map((job) => (ownerless.has(job) ? unseenState(client, job) : missingState(client, job)));
  const { failure } = concludeRollout([...there, ...missing], ({ id }) => id);
  return {
    jobs: [...there, ...missing],
    status: there.length === 0 ? 'absent' : 'pending',
    health: 'unknown',
    ...(failure !== undefined && { failure }),
  };
}

function unseenState(client             , { id, namespace, type, version }              )           {
  const url = jobUrl(client.settings.address, { id, namespace });
  return { id, namespace, type, status: 'unknown', health: 'unknown', version, groups: [], url };
}

function missingState(client             , job              )           {
  return {
    ...unseenState(client, job),
    status: 'absent',
    diagnosis: { cause: NOT_THERE, reason: 'stopped', events: [], log: '' },
  };
}

;// CONCATENATED MODULE: ./build/js/operations/promote.js

                                                      



                                                           
                                                      
                                                      
                                                                  


                                        


/**
 * Promotes the canaries of the deployment that wait for it, and watches the rollout to its end. Where none waits, nothing is done.
 *
 * @throws ActionError; `stopped` where there is no such deployment
 */
async function promote_promote(settings                    , tools       )                   {
  const { log, record } = tools;
  const client = await tools.nomad();
  const find = async (asked             ) => await findRunning(asked, settings);
  const own = await log.phase('Look for the deployment', async () => await find(client));
  const waiting = await findWaiting(client, own);
  if (waiting.length === 0) {
    log.info('No canary waits for a promotion.');
    const jobs = await readJobStates(client, own);
    return { ...overallStatus(jobs), changed: false, jobs };
  }
  return await withLastLook(client, tools, { find }, async () => {
    await log.phase('Promote', async () => {
      for (const { job, deployment } of waiting) {
        const promoted = await promote(client, deployment, job.namespace);
        if (promoted.state !== 'undone') record.know({ changed: true });
        if ('failure' in promoted) throw promoted.failure;
      }
    });
    log.info(`Promoted the canaries of ${nameJobs(waiting.map(({ job }) => job))}.`);
    const submitted = waiting.map((one) => one.submitted);
    const { jobs, failure } = await watch(client, submitted, settings, tools);
    const all = [...jobs, ...(await readOthers(client, own, waiting))];
    return { ...overallStatus(all), changed: true, jobs: all, ...(failure !== undefined && { failure }) };
  });
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

;// CONCATENATED MODULE: ./build/js/operations/strangers.js
                                              
                                                      




                                                                  
                                                  

                                        

/**
 * The running jobs that have the id of one of the pack's jobs and are not the deployment's: what nobody finds under its name may be
 * there all the same, where nomad-pack lost the metadata. Where the pack cannot be rendered, the usual ids are looked at, which are the names
 * of the pack and of the deployment.
 *
 * @throws ActionError `job-specification` for a template that names a region which is not looked at
 */
async function findStrangers(
  client             ,
  settings                    ,
  tools       ,
  render                          ,
)                                     {
  const rendering = await render();
  if (rendering !== undefined && 'jobs' in rendering) await refuseOtherRegions(client, rendering.jobs);
  const refs = jobsOf(rendering, settings, tools);
  const found = await readExisting(client, refs);
  const running = new Map([...found].filter(([, job]) => !job.Stop && job.Status !== 'dead'));
  return compareOwnership(ownerOf(settings), refs, { jobs: [], children: [], existing: running }).conflicts;
}

/**
 * The running jobs that have the id of one of the pack's jobs and no owner, beside those of the deployment that are found by its name.
 * The pack is only rendered where jobs without an owner run in these namespaces, and the inputs say where the pack is; without that,
 * nobody knows what belongs to it.
 */
async function findOwnerlessSiblings(
  client             ,
  settings                    ,
  tools       ,
  { namespaces, render }                                                                                         ,
)                                     {
  if (settings.registry === undefined) return [];
  const ownerless = await listOwnerless(client, namespaces);
  if (ownerless.length === 0) return [];
  const own = new Set(jobsOf(await render(), settings, tools).map(jobKey));
  return ownerless
    .filter((job) => own.has(jobKey(job)))
    .map((job) => ({ ...job, deploymentName: undefined, packName: '' }));
}

/** What the pack renders to, or else the usual ids. */
function jobsOf(rendering           , settings                    , { log }       )                    {
  if (rendering === undefined) return usualJobs(settings);
  if ('jobs' in rendering) return rendering.jobs;
  log.info(
    `The pack cannot be rendered, so only the usual ids of its jobs are looked at: ${rendering.failure.message}`,
  );
  return usualJobs(settings);
}

function usualJobs({ pack, deploymentName, nomad: { namespace } }                    )           {
  return [...new Set([pack.name, deploymentName])].map((id) => ({ id, namespace }));
}

;// CONCATENATED MODULE: ./build/js/operations/remove.js

                                                      



                                                      
                                                    
                                                                  





                                        

/**
 * Stops the deployment's jobs, and with `destroy` makes Nomad forget them. What carries the deployment's name, pack and namespace goes, by
 * Nomad's API: it is what `nomad-pack destroy` asks for too, but that finds jobs only by the ids that the pack renders to now, and so
 * leaves those that another value of a variable named, that an older version of the pack had, or that a periodic job launched. Neither the
 * pack nor its variables have to be there any more.
 *
 * @throws ActionError; what is left by then is in the record
 */
async function remove(settings                    , tools       )                   {
  const outcome = await removeJobs(settings, tools);
  return settings.operation === 'destroy' ? await removeVariables(settings, tools, outcome) : outcome;
}

async function removeJobs(settings                    , tools       )                   {
  const { log, record } = tools;
  const client = await tools.nomad();
  const found = await log.phase('Look for the deployment', async () => await findAll(client, settings));
  const render = renderingOf(client, settings, tools);
  const namespaces = await findNamespaces(settings, tools, found, render);
  const { here, elsewhere, others } = locateJobs(found, ownerOf(settings), namespaces.names);
  if (others.length > 0) {
    log.notice(`Of the same deployment name, but of other packs, and left alone: ${nameJobs(others)}.`);
  }
  if (elsewhere.length > 0) {
    log.notice(`Of the same pack and name, but in other namespaces, and left alone: ${nameJobs(elsewhere)}.`);
  }
  // Where nobody knows which namespace the pack's own templates name, what is elsewhere may be the deployment.
  const maybeElsewhere = !namespaces.certain && elsewhere.length > 0;
  const targets = here.filter((job) => isLeft(job, settings));
  if (targets.length === 0) {
    const isKnown = here.length + elsewhere.length > 0;
    if (!isKnown) await requireNamespace(client, settings);
    const strangers = isKnown
      ? await findOwnerlessSiblings(client, settings, tools, { namespaces: namespaces.names, render })
      : await findStrangers(client, settings, tools, render);
    const nothing = await nothingLeft(client, settings, tools, here, maybeElsewhere || strangers.length > 0);
    return { ...nothing, ...tellStrangers(strangers, settings, tools) };
  }

  const removal = { client, settings, tools, namespaces: namespaces.names };
  const [phase, done] =
    settings.operation === 'stop' ? ['Stop the jobs', 'Stopped'] : ['Destroy the jobs', 'Destroyed'];
  const look = {
    find: async (asked             ) => await findRemains({ ...removal, client: asked }),
    tell: (remains                        ) => tellRemains(removal, remains),
  };
  const removed = await withLastLook(
    client,
    tools,
    look,
    async () => await log.phase(phase, async () => await stopWithChildren(removal, targets)),
  );
  const states = await readJobStates(client, removed.remains);
  const end = { jobs: states, ...overallStatus(states) };
  record.know(end);
  refuseLeftovers(removed.remains, settings);
  log.info(`${done}: ${nameJobs(removed.gone)}.`);
  const siblings = await findOwnerlessSiblings(client, settings, tools, { namespaces: namespaces.names, render });
  return {
    ...end,
    ...((maybeElsewhere || siblings.length > 0) && { status: 'unknown' }),
    changed: removed.changed,
    ...tellStrangers(siblings, settings, tools),
  };
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
  const changed = await stopAll(removal, targets);
  const remains = await findRemains(removal);
  const late = remains.filter(isChild);
  if (late.length === 0) return { gone: targets, remains, changed };
  const more = await stopAll(removal, late);
  return { gone: [...targets, ...late], remains: await findRemains(removal), changed: changed || more };
}

/** Says what is there of a deployment that could not be removed. */
function tellRemains({ settings, tools }         , remains                        )       {
  const left = remains.filter((job) => isLeft(job, settings));
  if (left.length > 0) tools.log.warning(`Still there: ${nameJobs(left)}.`);
}

                      
                                      
                                                              
                            
 

/**
 * Where the deployment's jobs are. A template may name a namespace of its own, so where the same pack runs under the same name elsewhere,
 * the pack is rendered to tell whether that is this deployment or another environment's.
 */
async function findNamespaces(
  settings                    ,
  tools       ,
  jobs                        ,
  render                          ,
)                      {
  const asked = new Set([settings.nomad.namespace]);
  const { elsewhere } = locateJobs(jobs, ownerOf(settings), asked);
  if (elsewhere.length === 0) return { names: asked, certain: true };
  const rendering = await render();
  if (rendering === undefined) return { names: asked, certain: false };
  if ('jobs' in rendering) return { names: namespacesOf(rendering.jobs), certain: true };
  tools.log.notice(
    `The pack cannot be rendered any more, so only the jobs in the namespace ${settings.nomad.namespace} go: ${rendering.failure.message}`,
  );
  return { names: asked, certain: false };
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

/** Jobs with the pack's ids that are not the deployment's: what somebody else owns is left to them, what nobody owns should not be there. */
function tellStrangers(
  strangers                           ,
  settings                    ,
  { log }       ,
)                           {
  const owner = ownerOf(settings);
  const ownerless = strangers.filter(({ deploymentName }) => deploymentName === undefined);
  for (const job of strangers)
    if (!ownerless.includes(job)) log.notice(`${describeConflict(owner, job)}. It was left alone.`);
  if (ownerless.length === 0) return {};
  const jobs = ownerless.map((job) => describeConflict(owner, job)).join('\n');
  return {
    failure: new js_errors/* ActionError */.lZ('job-conflict', jobs, {
      hint: `It was left alone. If it is the deployment’s, deploy with \`adopt_jobs: ${ownerless[0]?.id}\` first, or stop it by hand: nomad job stop -purge.`,
    }),
  };
}

async function nothingLeft(
  client             ,
  settings                    ,
  { log }       ,
  here                        ,
  maybeElsewhere         ,
)                   {
  const { operation, deploymentName, pack, nomad } = settings;
  log.info(
    `There is nothing to ${operation}: no job of pack ${pack.name} as ${deploymentName} ${operation === 'stop' ? 'runs' : 'exists'} in the namespace ${nomad.namespace}.`,
  );
  const jobs = await readJobStates(
    client,
    here.filter((job) => !isChild(job)),
  );
  const status         = maybeElsewhere ? 'unknown' : jobs.length > 0 ? 'stopped' : 'absent';
  return { status, health: 'unknown', changed: false, jobs };
}

/** One that cannot be stopped keeps none of the others. @returns whether any was stopped, or may have been */
async function stopAll({ client, settings, tools }         , jobs                        )                   {
  const purge = settings.operation === 'destroy';
  const owner = ownerOf(settings);
  const outcomes = await Promise.all(jobs.map(async (job) => await stopJob(client, job, owner, { purge })));
  // Of a request that went unanswered, nobody knows whether it was carried out.
  const changed = outcomes.some(({ state }) => state === 'done' || state === 'unknown');
  if (changed) tools.record.know({ changed });
  const failed = outcomes.find((outcome) => 'failure' in outcome);
  if (failed !== undefined) throw failed.failure;
  return changed;
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
async function render(settings                    , tools       )                   {
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
  tools.log.info(`Rendered ${written.map(({ name }) => name).join(', ')} to ${folder}.`);
  return { status: 'unknown', health: 'unknown', changed: false, jobs: [], renderedPath: folder };
}

;// CONCATENATED MODULE: ./build/js/operations/setup.js
                                            
                                                             
                                             

/** Installs nomad-pack and puts it on the PATH of the steps that follow, for whoever wants to run it by hand. */
async function setup(_               , tools            )                   {
  const { path, folder } = await tools.log.phase('Install nomad-pack', async () => {
    const installation = await tools.install();
    await installation.version;
    return installation;
  });
  tools.addPath(folder);
  return {
    status: 'complete',
    health: 'unknown',
    changed: false,
    jobs: [],
    nomadPackPath: path,
  };
}

;// CONCATENATED MODULE: ./build/js/operations/status.js

                                                      






                                                                     
                                                                  



                                        

/**
 * The deployment's jobs and their health. Asks Nomad itself: nothing is downloaded and no registry fetched, except where the server
 * cannot list the jobs of one deployment, and where it lists none, or jobs without an owner run beside them: then the pack is rendered, if
 * the inputs say where it is, to look for its jobs by their ids.
 */
async function status_status(settings                    , tools       )                   {
  const { log } = tools;
  const client = await tools.nomad();
  const survey = await log.phase('Ask Nomad', async () => await surveyDeployment(client, settings.deploymentName));
  const { status, health, jobs } = survey.filtered
    ? await readSurvey(client, survey, settings, tools)
    : await readTable(settings, tools);
  const failure =
    settings.review.failOnUnhealthy && health !== 'healthy' && status !== 'complete'
      ? notHealthy(settings, status, health)
      : undefined;
  return { status, health, changed: false, jobs, ...(failure !== undefined && { failure }) };
}

/** How a deployment is found to be. */
                                                                     

/** What is to be told of what was found: the jobs and their health, and as notices the rest. */
async function readSurvey(
  client             ,
  { jobs, children }                             ,
  settings                    ,
  tools       ,
)                     {
  const { log, record } = tools;
  const namespaces = new Set([settings.nomad.namespace]);
  const { here, elsewhere, others } = locateJobs(jobs, ownerOf(settings), namespaces);
  if (others.length > 0) log.notice(`Of the same deployment name, but of other packs: ${nameJobs(others)}.`);
  if (elsewhere.length > 0) log.notice(whereElse(settings, here, elsewhere));
  const { here: left } = locateJobs(orphans(jobs, children), ownerOf(settings), namespaces);
  if (left.length > 0) log.notice(`Launched by jobs that are stopped or gone, and not over: ${nameJobs(left)}.`);
  if (here.length + elsewhere.length === 0) await requireNamespace(client, settings);
  const states = await readJobStates(client, here.length > 0 ? here : elsewhere);
  record.know({ jobs: states });
  const told = states.some(isIll)
    ? await log.phase('Look for the cause', async () => await withCauses(client, states, tools))
    : states;
  record.know({ jobs: told });
  // Jobs of another namespace may be another environment's, or this pack's own, whose template names the namespace.
  const isElsewhere = here.length === 0 && elsewhere.length > 0;
  const known = isElsewhere ? [] : told;
  const isPartlyUnknown =
    (await hasStrangers(client, settings, tools, here.length + elsewhere.length > 0)) || isElsewhere;
  return { ...overallStatus(isPartlyUnknown ? [...known, UNKNOWN] : known), jobs: told };
}

/** What is true of a job of which nobody can say whether it is the deployment's. */
const UNKNOWN = { status: 'unknown', health: 'unknown' }         ;

/**
 * Whether jobs run that have the ids of the pack's and are not the deployment's, which is told: they may be its own, and have lost the
 * metadata that says so.
 *
 * @param isKnown whether something was found by the deployment's name; then only jobs without an owner may be a part of it
 */
async function hasStrangers(
  client             ,
  settings                    ,
  tools       ,
  isKnown         ,
)                   {
  const render = renderingOf(client, settings, tools);
  try {
    const strangers = isKnown
      ? await findOwnerlessSiblings(client, settings, tools, {
          namespaces: new Set([settings.nomad.namespace]),
          render,
        })
      : await findStrangers(client, settings, tools, render);
    for (const job of strangers) tools.log.notice(`${describeConflict(ownerOf(settings), job)}.`);
    return strangers.length > 0;
  } catch (error) {
    if (!(error instanceof js_errors/* ActionError */.lZ) || error.reason !== 'job-specification') throw error;
    tools.log.notice(error.message);
    return true;
  }
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
async function readTable(settings                    , tools       )                     {
  const { pack, deploymentName, nomad } = settings;
  tools.log.notice(
    'This Nomad cannot list the jobs of one deployment, so nomad-pack is asked, which knows nothing of their health.',
  );
  const nomadPack = await tools.log.phase('Install nomad-pack', async () => await tools.nomadPack());
  const rows = await tools.log.phase(
    'Ask nomad-pack',
    async () => await nomadPack.status({ pack, deploymentName, nomad }),
  );
  const jobs = rows
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
  return { ...overallStatus(jobs), jobs };
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

;// CONCATENATED MODULE: ./build/js/operations/all.js
/** The code of the operations, loaded together: they share most of what they import. */









/***/ })

};

