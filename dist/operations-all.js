export const id = "operations-all";
export const ids = ["operations-all"];
export const modules = {

/***/ 2798:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  deploy: () => (/* reexport */ deploy),
  matrix: () => (/* reexport */ matrix),
  plan: () => (/* reexport */ plan),
  planRemoval: () => (/* reexport */ planRemoval),
  promote: () => (/* reexport */ promote),
  reject: () => (/* reexport */ reject),
  remove: () => (/* reexport */ remove),
  render: () => (/* reexport */ render),
  rollback: () => (/* reexport */ rollback_rollback),
  setup: () => (/* reexport */ setup),
  status: () => (/* reexport */ status_status),
  validate: () => (/* reexport */ validate)
});

// EXTERNAL MODULE: ./build/js/deployment/deployment.js
var deployment_deployment = __webpack_require__(4521);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./build/js/errors.js
var js_errors = __webpack_require__(2027);
// EXTERNAL MODULE: ./build/js/nomad/dry-run.js + 1 modules
var dry_run = __webpack_require__(3362);
// EXTERNAL MODULE: ./build/js/nomad/jobs.js
var nomad_jobs = __webpack_require__(2656);
// EXTERNAL MODULE: ./build/js/nomad/submission.js
var submission = __webpack_require__(7980);
// EXTERNAL MODULE: ./build/js/nomad/write.js
var write = __webpack_require__(3513);
// EXTERNAL MODULE: ./build/js/deployment/claim.js
var deployment_claim = __webpack_require__(8036);
;// CONCATENATED MODULE: ./build/js/deployment/registration.js




                                                             

                                                      

                                                       
                                             



/** How things are right before the jobs are registered. */
                           
                        
                                                                               
                                   
 

/** What a deploy is about: the jobs, what is to be done to them, and how things were before. */
                                        
                                        
                          
 

/** What Nomad says of a run. */
                               
                                                                              
                                              
                                                    
                            
                                                                                                                                  
                                          
                                                                                                        
                                             
 

/**
 * Asks Nomad what a run has done. Where the answer to a registration may have got lost on its way to nomad-pack, it may still come about:
 * it is waited for, as long as for any write.
 */
async function readRegistration(deployment            , task      , run            )                        {
  const { claim, before, jobs } = task;
  const client = await deployment.client();
  const look = async () => {
    const submitted = await (0,submission/* findSubmitted */.vw)(client, jobs, before, { ids: run.evaluations, since: claim.index });
    return { submitted, unmet: await findUnmet(deployment, task, submitted) };
  };
  const end = performance.now() + (run.failure !== undefined && isAnswerLost(run.failure) ? write/* WRITE_PATIENCE */.w : 0);
  let found = await look();
  while (found.unmet.length > 0 && performance.now() < end) {
    await (0,promises_.setTimeout)(LOOK_AGAIN);
    found = await look();
  }
  const unplanned = await findUnplanned(deployment, task, run);
  const surprises = await findSurprises(deployment, claim, run.stopped);
  const submitted = [...found.submitted, ...unplanned];
  const changed =
    surprises.length > 0 ||
    submitted.some((job) => isChange(job) && !found.unmet.includes(job)) ||
    (await hasStopped(deployment, task));
  return { ...found, submitted, changed, surprises };
}

/** Milliseconds. */
const LOOK_AGAIN = 500;

/** Whether nomad-pack got no answer of Nomad's to what it sent: that may be carried out all the same. */
function isAnswerLost({ passing, message }             )          {
  return passing && !/connection refused|no such host|\b429\b/.test(message);
}

/**
 * What nomad-pack says that it registered, and that is no job that was rendered before: a template came out differently. Only what is the
 * deployment's and newer than the run counts.
 */
async function findUnplanned(
  deployment            ,
  { claim, before, jobs }      ,
  { registered }            ,
)                          {
  const planned = new Set(jobs.map(({ id }) => id));
  const ids = new Set(registered.filter((id) => !planned.has(id)));
  if (ids.size === 0) return [];
  const own = (await deployment.survey()).jobs.filter(
    ({ id, pack, jobModifyIndex }) =>
      ids.has(id) && pack.name === deployment.owner.packName && jobModifyIndex > claim.index,
  );
  return await (0,submission/* findSubmitted */.vw)(await deployment.client(), own, before, submission/* NOTHING_CLAIMED */.K_);
}

function isChange({ change }              )          {
  return change === 'created' || change === 'updated';
}

async function findUnmet(
  deployment            ,
  { jobs, plan }      ,
  submitted                         ,
)                          {
  const unchanged = new Set(plan.jobs.filter(dry_run/* leavesAlone */.iS).map(nomad_jobs/* jobKey */.tv));
  const open = submitted.filter((job) => job.isProven !== true && !unchanged.has((0,nomad_jobs/* jobKey */.tv)(job)));
  const keys = new Set(open.map(nomad_jobs/* jobKey */.tv));
  const unlike = new Set((await deployment.unlike(jobs.filter((job) => keys.has((0,nomad_jobs/* jobKey */.tv)(job))))).map(nomad_jobs/* jobKey */.tv));
  return open.filter((job) => unlike.has((0,nomad_jobs/* jobKey */.tv)(job)));
}

/** Whether one of the jobs that ran, and that nomad-pack was to stop, is stopped. */
async function hasStopped(deployment            , { claim, before }          )                   {
  const ran = (0,deployment_claim/* stoppedBy */.$)(claim).filter((job) => before.get((0,nomad_jobs/* jobKey */.tv)(job))?.stop === false);
  const now = await deployment.existing(ran);
  return ran.some((job) => now.get((0,nomad_jobs/* jobKey */.tv)(job))?.Stop === true);
}

/** Of the jobs that nomad-pack says it stopped, and that nobody foresaw, those that carry the deployment's name and were stopped since. */
async function findSurprises(deployment            , claim       , stopped                   )                         {
  const foreseen = new Set((0,deployment_claim/* stoppedBy */.$)(claim).map(({ id }) => id));
  const ids = new Set(stopped.filter((id) => !foreseen.has(id)));
  if (ids.size === 0) return [];
  const { jobs, children } = await deployment.survey();
  return [...jobs, ...children].filter(
    ({ id, stop, jobModifyIndex }) => ids.has(id) && stop && jobModifyIndex > claim.index,
  );
}

/** What nomad-pack did to others, who were not there yet when this step looked; undefined where all that it stopped was its own. */
function findTrespass(
  deployment            ,
  { jobs }      ,
  { surprises }              ,
)                          {
  // A job of the deployment may have launched another one meanwhile.
  const { here } = deployment.locate(surprises, (0,deployment_deployment/* namespacesOf */.Gw)(jobs));
  const others = surprises.filter((job) => !here.includes(job));
  if (others.length === 0) return undefined;
  return new js_errors/* ActionError */.lZ(
    'would-stop-others',
    `nomad-pack stopped ${(0,deployment_deployment/* nameJobs */.eb)(others)}, which carried the name ${deployment.name} only after this step had looked.`,
    { hint: 'Find out who deploys under the same `deployment_name` at the same time, and start those jobs again.' },
  );
}

// EXTERNAL MODULE: ./build/js/nomad/statuses.js
var nomad_statuses = __webpack_require__(7402);
;// CONCATENATED MODULE: ./build/js/deployment/standing.js
                                                   

                                                             

                                             
                                        
                                                  

/** Jobs that are what the pack renders to, and need no second `run`. */
                           
                                       
                                            
                                 
                                                                                                               
                           
 

/**
 * The jobs as they are, where each is well or is getting there; undefined where one is not, or is not there. Asked where Nomad's plan says
 * that registering them would change nothing: nomad-pack is not run then, for an unchanged `run` may stop what periodic and parameterized
 * jobs have launched.
 */
async function readStanding(
  deployment            ,
  { present }       ,
  jobs                        ,
)                                {
  const rendered = new Set(jobs.map(nomad_jobs/* jobKey */.tv));
  const own = present.filter((job) => rendered.has((0,nomad_jobs/* jobKey */.tv)(job)));
  const [states, statuses] = await Promise.all([deployment.states(own), (0,nomad_statuses/* readStatuses */.r)(await deployment.client(), own)]);
  const rollingOut = new Set(statuses.filter(isRollingOut).map(keyOf));
  const isWell = (state          ) => state.health === 'healthy' || rollingOut.has((0,nomad_jobs/* jobKey */.tv)(state));
  if (states.length !== jobs.length || !states.every(isWell)) return undefined;
  const launches = new Set(own.filter((job) => job.launches !== undefined).map(nomad_jobs/* jobKey */.tv));
  const isClosed = (nomad             ) =>
    launches.has(keyOf(nomad)) || (hasRollout(nomad) ? !isRollingOut(nomad) : nomad.Status === 'dead');
  return { states, isRollingOut: rollingOut.size > 0, isOpen: !statuses.every(isClosed) };
}

function keyOf({ ID, Namespace }             )         {
  return (0,nomad_jobs/* jobKey */.tv)({ id: ID, namespace: Namespace });
}

/** Whether the version that is there has a rollout of its own. */
function hasRollout({ LatestDeployment, Version }             )          {
  return LatestDeployment?.JobVersion === Version;
}

function isRollingOut(nomad             )          {
  return hasRollout(nomad) && nomad.LatestDeployment?.IsActive === true;
}

// EXTERNAL MODULE: ./build/js/nomad/state.js
var state = __webpack_require__(6051);
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
  const overall = (0,state/* overallStatus */.gX)(jobs);
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

function hintFor({ id, namespace, type, version, nomadDeploymentId, diagnosis }           )         {
  const where = `-namespace ${namespace} ${id}`;
  switch (diagnosis.reason) {
    case 'unhealthy':
      return `Fix what the task’s events and log show, and deploy again. \`on_failure: revert\` takes a failed deployment back by itself. More: \`nomad job status ${where}\``;
    case 'reverted':
      return 'The version from before runs again. Fix what the task’s events and log show, and deploy again.';
    case 'placement':
      if (type === 'sysbatch' && version > 0)
        return 'Nomad does not run the same sysbatch job again where it has run, not even after a stop: let the job differ at each deploy, by a variable such as `github.run_id`, or remove it first (`operation: destroy`). Where no node is fit, let the pack ask for less, or give the cluster one that is.';
      return 'Let the pack ask for less (count, cpu, memory, constraints; see its variables), or give the cluster a node that fits. Jobs that wait for room may need a longer `wait_timeout`.';
    case 'stopped':
      return `Find out who stopped it (\`nomad job history ${where}\`), and deploy again.`;
    case 'superseded':
      return 'Look at what else deploys this job. Deployments of one name should wait for each other: give their workflow jobs the same concurrency group.';
    case 'timeout':
      // So Nomad says what a task's template waits for, as long as it takes.
      if (/\bMissing: /.test(diagnosis.cause))
        return `Create what the template of the task waits for (\`nomad.var\`: a Nomad variable, \`kv\`: a key in Consul, \`vault\`: a secret in Vault), and give the job the right to read it. More: \`nomad job status ${where}\``;
      return `Set \`wait_timeout\` to a longer time if it only needs more of it. More: \`nomad job status ${where}\``;
    case 'nomad-unreachable':
      return `Check that the cluster has a leader, and that \`nomad_addr\`, or the proxy before it, answers from this runner. The rollout goes on without this step: \`nomad job status ${where}\``;
    case 'awaiting-promotion':
      return `Promote the canaries with \`operation: promote\` (or \`nomad deployment promote ${nomadDeploymentId ?? 'ID'}\`), or take them back with \`operation: reject\`. \`wait_for: promotion\` makes this a green end.`;
  }
}

;// CONCATENATED MODULE: ./build/js/deployment/unwatched.js




                                             
                                                  

/** What there is of the jobs when they are not watched: of those that are there, only time would tell more. */
async function lookOnce(deployment            , submitted                         )                          {
  const there = await deployment.statesOf(submitted);
  const found = new Set(there.map(nomad_jobs/* jobKey */.tv));
  // No survey finds those that lost their metadata.
  const isUnseen = ({ change, meta }              ) => change !== 'missing' && !deployment.owns(meta);
  const missing = submitted
    .filter((job) => !found.has((0,nomad_jobs/* jobKey */.tv)(job)))
    .map((job) => (isUnseen(job) ? unseenState(deployment, job) : missingState(deployment, job)));
  const { failure } = concludeRollout([...there, ...missing], ({ id }) => id);
  return {
    jobs: [...there, ...missing],
    status: there.length === 0 ? 'absent' : 'pending',
    health: 'unknown',
    ...(failure !== undefined && { failure }),
  };
}

function unseenState({ settings }            , { id, namespace, type, version }              )           {
  const url = (0,state/* jobUrl */.Ne)(settings.nomad.address, { id, namespace });
  return { id, namespace, type, status: 'unknown', health: 'unknown', version, groups: [], url };
}

function missingState(deployment            , job              )           {
  return {
    ...unseenState(deployment, job),
    status: 'absent',
    diagnosis: { cause: submission/* NOT_THERE */.ro, reason: 'stopped', events: [], log: '' },
  };
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./build/js/nomad/api.js
var api = __webpack_require__(7898);
// EXTERNAL MODULE: ./build/js/nomad/errors.js
var errors = __webpack_require__(1023);
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

;// CONCATENATED MODULE: ./build/js/deployment/variables.js





                                                                      
                                                             
                                                  

/** What a deploy would do to the Nomad variables that the pack declares. */
                                
                                              
                                         
                                       
 

/**
 * Holds what the pack declares against what Nomad has. A variable has no owner in Nomad: known is only whose the paths of jobs are.
 *
 * @throws ActionError
 */
async function compareVariables(
  deployment            ,
  declared                          ,
  rendered                   ,
)                         {
  const changes = await readChanges(deployment, declared);
  const own = new Set(rendered.map(nomad_jobs/* jobKey */.tv));
  const changing = changes.filter((change) => change.action !== 'none' && !own.has((0,nomad_jobs/* jobKey */.tv)(jobRefOf(change))));
  const refusals = await Promise.all(
    changing.map(async (change) => {
      const owner = await foreignOwner(deployment, change);
      return owner === undefined
        ? []
        : [`The pack declares the Nomad variable ${nameVariables([change])}, which belongs to ${owner}`];
    }),
  );
  return { changes, refusals: refusals.flat() };
}

const ADVICE =
  'Give the variable another path in the pack’s variables.hcl, or set `allow_replace: true` to overwrite it.';

/** @throws ActionError `nomad-variable` */
function refuseForeignVariables({ settings }            , { refusals }               )       {
  if (refusals.length === 0 || settings.rollout.allowReplace) return;
  throw new js_errors/* ActionError */.lZ('nomad-variable', `${refusals.join('.\n')}.`, { hint: ADVICE });
}

/** The plan, and what it does to variables. Their items are part of the digest by their names only: values are secrets. */
function withVariables(
  { settings }            ,
  plan          ,
  { changes, refusals }               ,
)           {
  if (changes.length === 0) return plan;
  const changed = changes.filter(({ action }) => action !== 'none');
  const refused = settings.rollout.allowReplace ? [] : refusals;
  const digest = (0,external_node_crypto_.createHash)('sha256')
    .update(JSON.stringify([plan.digest, changed]))
    .digest('hex');
  return {
    ...plan,
    variables: changes,
    changed: plan.changed || changed.length > 0,
    digest: changed.length === 0 ? plan.digest : `sha256:${digest}`,
    refusals: [...plan.refusals, ...refused],
    advice: [...(plan.advice ?? []), ...(refused.length > 0 ? [ADVICE] : [])],
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
  deployment            ,
  declared                          ,
)                                   {
  const left = (await readChanges(deployment, declared)).filter(
    ({ action }) => action === 'create' || action === 'update',
  );
  if (left.length === 0) return undefined;
  return new js_errors/* ActionError */.lZ(
    'nomad-variable',
    `The jobs are registered, but not what the pack declares: Nomad variable ${nameVariables(left)}.`,
    {
      hint: 'Give the token the right to write the path (`variables` in its policy), and see whether somebody else writes it at the same time.',
    },
  );
}

/** Whether Nomad has the variable just as the pack declares it; false where nobody can tell. */
async function isAsDeclared(deployment            , variable               )                   {
  const [change] = await readChanges(deployment, [variable]);
  return change?.action === 'none';
}

async function readChanges(deployment            , declared                          )                            {
  const client = await deployment.client();
  return await Promise.all(
    declared.map(async (variable) => describeChange(variable, await readVariable(client, variable))),
  );
}

/** What differs, by the names of the items: their values may be secret. */
function describeChange({ path, namespace, items }               , stored                )                 {
  const names = Object.keys(items ?? {});
  if (stored.state === 'absent') return { path, namespace, action: 'create', items: names.sort() };
  if (stored.state !== 'there' || items === undefined)
    return { path, namespace, action: 'unknown', items: names.sort() };
  const all = new Set([...names, ...Object.keys(stored.items)]);
  const differing = [...all].filter((name) => !isSame(items[name], stored.items[name])).sort();
  return { path, namespace, action: differing.length > 0 ? 'update' : 'none', items: differing };
}

/** Numbers and JSON may be written in more than one way. */
function isSame(declared                    , stored                    )          {
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
async function foreignOwner(deployment            , variable             )                              {
  const ref = jobRefOf(variable);
  const job = ref.id === '' ? undefined : await (0,nomad_jobs/* readJob */.cd)(await deployment.client(), ref);
  if (job === undefined || deployment.owns(job.Meta)) return undefined;
  const { 'pack.deployment_name': name, 'pack.name': pack } = job.Meta ?? {};
  return name === undefined ? `job "${ref.id}"` : `job "${ref.id}" of deployment "${name}" of pack "${pack}"`;
}

/** Other deployments of the pack: what it declares is the same for all of them. */
async function otherDeployments(deployment            )                    {
  const client = await deployment.client();
  const { packName, deploymentName } = deployment.owner;
  const { body } = await client.get('/v1/jobs', api/* jobStubsSchema */.yn, {
    query: { namespace: '*', meta: true, filter: `Meta["pack.name"] == "${packName}"` },
  });
  const names = body.filter(({ Stop }) => !Stop).map(({ Meta }) => Meta?.['pack.deployment_name']);
  return [...new Set(names)].filter((name) => name !== undefined && name !== deploymentName)            ;
}

function jobRefOf({ path, namespace }             )         {
  return { id: jobOfPath(path) ?? '', namespace };
}

// EXTERNAL MODULE: ./build/js/nomad/diff.js + 1 modules
var nomad_diff = __webpack_require__(2438);
;// CONCATENATED MODULE: ./build/js/deployment/verification.js


                                                      

                                                             
                                                           
                                        


/** What was planned, and what it was planned upon. */
                          
                                        
                        
 

/**
 * Whether nomad-pack registered what was planned: it renders the pack anew, and a template may say something else each time. Nomad is asked
 * what the planned jobs would change now; what it compares them with is what runs, its own defaults included. Jobs that somebody else
 * has changed since are left out, and so are those that are as they were, which is told by other means. One request for each job.
 *
 * @returns why not; undefined where it did
 */
async function verifyRegistered(
  deployment            ,
  submitted                         ,
  { jobs, claim }         ,
  redact                          ,
)                                   {
  const there = submitted.filter(({ change }) => change !== 'missing');
  const ownerless = there.filter(({ meta }) => !deployment.owns(meta));
  if (ownerless.length > 0) return lostMetadata(ownerless);
  const index = new Map(
    there.filter(({ change }) => change !== 'unchanged').map((job) => [(0,nomad_jobs/* jobKey */.tv)(job), job.jobModifyIndex]),
  );
  const changed = jobs.filter((job) => index.has((0,nomad_jobs/* jobKey */.tv)(job)));
  const others = (await deployment.plan(changed, claim.existing)).filter(({ job, planned }) => {
    return planned.JobModifyIndex === index.get((0,nomad_jobs/* jobKey */.tv)(job)) && planned.Diff !== null && planned.Diff.Type !== 'None';
  });
  const rendered = new Set(jobs.map(nomad_jobs/* jobKey */.tv));
  const unplanned = there.filter((job) => !rendered.has((0,nomad_jobs/* jobKey */.tv)(job)));
  return others.length + unplanned.length === 0 ? undefined : notAsPlanned(others, unplanned, redact);
}

function lostMetadata(jobs                         )              {
  return new js_errors/* ActionError */.lZ(
    'job-specification',
    `Registered without the metadata of this deployment, so that no later step finds it: ${(0,deployment_deployment/* nameJobs */.eb)(jobs)}.`,
    {
      hint: 'Write plain values in the `meta` of the job, and nothing beside the `job` block. Then deploy with `adopt_jobs`, or stop the job by hand: `nomad job stop -purge`.',
    },
  );
}

/** Says where the jobs differ, and not in what: nobody has looked whether that may be shown. */
function notAsPlanned(
  plans                       ,
  unplanned                         ,
  redact                          ,
)              {
  const added = unplanned.map(
    ({ id, namespace }) => `nomad-pack registered job "${id}" in namespace "${namespace}", which was not planned`,
  );
  const lines = plans.map(({ job: { id, namespace }, planned: { Diff } }) => {
    const places = Diff === null ? [] : (0,nomad_diff/* changesOf */.fs)(Diff).map(({ path }) => redact(path));
    return `Job "${id}" in namespace "${namespace}" is not what was planned. It differs in ${places.sort().join('; ') || 'itself'}`;
  });
  return new js_errors/* ActionError */.lZ('not-as-planned', [...added, ...lines].join('\n'), {
    hint: 'nomad-pack renders the pack anew when it runs it, and a template of this pack comes out differently each time (a time, a random value, or the command line is in it). Take that out, or give it to the pack as a variable, such as `github.run_id`.',
  });
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
  if (failure !== undefined) return { words: `${failure}: ${oneLine(event.DisplayMessage)}`, ran: false };
  if (/^Template failed/i.test(event.DisplayMessage) || /^Missing: /.test(event.DisplayMessage)) {
    return { words: `could not be started: ${oneLine(event.DisplayMessage)}`, ran: false };
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
 * What is wrong with a job: what its tasks did, and the end of their log. Where Nomad does not tell in time, the cause is what the
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
    (0,nomad_jobs/* listAllocations */.es)(client, job, options),
    specification ?? (0,nomad_jobs/* readJob */.cd)(client, job, options),
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
  const found = worst === undefined ? causeWithoutTasks(allocations) : describe(worst, log);
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
function describe({ task, group, words, ran }             , log        )         {
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
 * What a watch asks of Nomad. A fault is not news of the rollout: it is told to `onTrouble`, and the question asked again until the
 * signal ends it. Everything throws the signal's reason.
 */
class Inquiry {
                   client             ;
                   signal             ;
                   onTrouble                                     ;
                   waiting                 = [];
          free = detailRequests;
  /** How many questions Nomad does not answer as it should. */
          unanswered = 0;

  /** @param onTrouble told what is wrong, and, with nothing, that Nomad answers every question again. */
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
    return await this.patiently((options) => (0,nomad_statuses/* awaitStatuses */.j)(this.client, refs, { ...options, ...blocking }));
  }

  /** Lets time pass before a server that cannot wait is asked again. */
  async pause(milliseconds        )                {
    await this.sleep(Math.min(milliseconds, pollInterval));
  }

  async versions(ref        )                          {
    return await this.detail((options) => (0,nomad_jobs/* listVersions */.yO)(this.client, ref, options));
  }

  async evaluations(ref        )                                 {
    return await this.detail((options) => (0,nomad_jobs/* listEvaluations */.Gy)(this.client, ref, options));
  }

  async deployments({ id, namespace }        )                                 {
    return await this.detail(async (options) => {
      const asked = { ...options, query: { namespace } };
      return (await this.client.get((0,api/* jobPath */.Jf)(id, '/deployments'), api/* deploymentsSchema */.Ck, asked)).body;
    });
  }

  async allocations(ref        )                                 {
    return await this.detail((options) => (0,nomad_jobs/* listAllocations */.es)(this.client, ref, options));
  }

  async summary(ref        )                                                  {
    return await this.detail((options) => (0,nomad_jobs/* readSummary */.L_)(this.client, ref, options));
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
    let isUnanswered = false;
    const onFault = (words        ) => {
      if (!isUnanswered) this.unanswered += 1;
      isUnanswered = true;
      this.onTrouble(words);
    };
    const options = { signal, patience: Number.POSITIVE_INFINITY, onFault };
    try {
      const answer = await this.persistently(async () => await ask(options), onFault);
      // Another question may still be without an answer.
      if (this.unanswered === Number(isUnanswered)) this.onTrouble(undefined);
      return answer;
    } finally {
      if (isUnanswered) this.unanswered -= 1;
    }
  }

          async persistently        (ask                       , onFault                         )                  {
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        this.signal.throwIfAborted();
        if (!mayPass(error)) throw error;
        onFault(error instanceof errors/* NomadResponseError */.zY ? error.words : error.message);
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

// EXTERNAL MODULE: ./build/js/nomad/tasks.js
var tasks = __webpack_require__(7280);
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

;// CONCATENATED MODULE: ./build/js/nomad/rollout/hopeless.js
                                                       


/** Words of Nomad's client for what fails in the same way wherever, and however often, an allocation is placed; measured on Nomad 2.0.6. */
const HOPELESS                                                               = [
  // The driver does not take the task's configuration.
  { type: 'Failed Validation', words: /failed to parse config/ },
  // A service is at a port that its group does not have.
  { type: 'Setup Failure', words: /invalid port .*: port label not found/ },
];

/**
 * Whether an allocation of the version has failed by what the job itself says, so that it fails again wherever Nomad replaces it. Not of
 * groups that Nomad takes back by itself, which it is about to do. Asks for the allocations only where one has failed.
 */
async function isHopeless(moment        )                   {
  const { groups, job } = moment;
  const failing = groups.filter(({ name, unhealthy }) => unhealthy > 0 && updateOf(moment, name)?.AutoRevert !== true);
  if (failing.length === 0) return false;
  const names = new Set(failing.map(({ name }) => name));
  const own = (await moment.allocations()).filter(
    ({ JobVersion, TaskGroup }) => JobVersion === job.version && names.has(TaskGroup),
  );
  return own.some((allocation) => eventsOf(allocation).some(isHopelessEvent));
}

function eventsOf({ TaskStates }            )              {
  return Object.values(TaskStates ?? {}).flatMap(({ Events }) => Events ?? []);
}

function isHopelessEvent({ Type, DisplayMessage }           )          {
  return HOPELESS.some(({ type, words }) => Type === type && words.test(DisplayMessage));
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
  if (running.length === 0 && !(0,tasks/* isBatch */.bG)(nomad) && groups.some(({ desired }) => desired > 0)) {
    return waiting('no allocation runs any more', { lookAgain: soon });
  }
  const left = timeLeft(moment, running);
  if (left <= 0) return good;
  const longest = Math.max(...groups.map(({ name }) => lastingTime(moment, name)));
  const word = (0,tasks/* isBatch */.bG)(nomad) ? 'started' : 'running';
  return waiting(`${word}, and watched for ${Math.ceil(longest / 1000)} s`, { lookAgain: left });
}

/**
 * Milliseconds until every task has been running for long enough. Each start of a task is timed by itself: what another does, or the
 * order in which Nomad tells of them, is not news of it.
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
  const own = (0,tasks/* isBatch */.bG)(moment.nomad) ? undefined : updateOf(moment, group)?.MinHealthyTime;
  return own === undefined || own === 0 ? settlingTime[type] : own / 1e6;
}

// EXTERNAL MODULE: ./build/js/nomad/placement.js
var placement = __webpack_require__(3965);
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
  return new Map(failed.map(([group, metric]) => [group, (0,placement/* describePlacementFailure */.F)(metric, (0,placement/* driversOf */.X)(job, group))]));
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
 * The state of a job by its allocations alone: one without a rollout, or, `watchedByNomad`, one whose rollout has succeeded.
 */
async function judgeAllocations(
  moment        ,
  { watchedByNomad }                                      ,
)                   {
  const { nomad } = moment;
  if ((0,state/* isForgotten */.rP)(nomad) && moment.status === 'complete') return good;
  if ((0,state/* isForgotten */.rP)(nomad) && moment.status === 'failed') {
    return bad('unhealthy', 'allocations of it have failed, of which Nomad has forgotten all but the number');
  }
  if (moment.groups.length === 0) {
    return waiting('Nomad does not tell what this version consists of', { lookAgain: moment.backoff });
  }
  if (moment.groups.some(({ healthy, desired }) => healthy < desired)) return await judgeShort(moment);
  // Here only placing tells how many are wanted, and where there was no room; and what was evicted looks as if it had completed.
  if ((0,tasks/* isOnEveryNode */.be)(nomad) || (0,tasks/* isBatch */.bG)(nomad)) {
    const outlook = await moment.outlook();
    if (outlook.kind === 'scheduling') return waiting('Nomad is placing it', { lookAgain: moment.backoff });
    if (outlook.kind === 'blocked') return judgeUnplaced(moment, outlook.groups);
  }
  if ((0,tasks/* isBatch */.bG)(nomad) && moment.waitFor === 'complete') return judgeCompletion(moment);
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
  const missing = describeShortage(groups, (0,tasks/* isBatch */.bG)(nomad) ? 'started' : 'healthy');
  if (await isHopeless(moment)) return bad('unhealthy', missing);
  const outlook = await moment.outlook();
  if (outlook.kind === 'blocked') return judgeUnplaced(moment, outlook.groups);
  if (outlook.kind === 'rescheduling') return waiting(`${missing}; Nomad will replace what failed`);
  if (outlook.kind === 'scheduling') return waiting(missing, { lookAgain: moment.backoff });
  if (groups.every(({ placed, desired }) => placed >= desired)) {
    // That a task starts in an allocation that runs already does not change the state of the job.
    const isStarting = (nomad.Allocs ?? []).some((allocation) => (0,tasks/* isUnwatched */.uE)(nomad, allocation));
    return waiting(missing, isStarting ? { lookAgain: moment.backoff } : {});
  }
  // The evaluations are newer than the allocations that were seen: what they led to must be seen, too.
  const seen = [nomad.ModifyIndex, nomad.Status, nomad.Allocs];
  if (!(0,external_node_util_.isDeepStrictEqual)(memory.idle, seen)) {
    memory.idle = seen;
    return waiting(missing, { lookAgain: secondLook });
  }
  if ((0,tasks/* isOnEveryNode */.be)(nomad) && groups.every(({ placed, unhealthy }) => placed + unhealthy === 0)) {
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
                                                  








/** The state of a job whose version has a rollout of its own, which Nomad decides on. */
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
  if (await isHopeless(moment)) return bad('unhealthy', describeShortage(groups));
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
                                             
                                                     


                                          



/** How far the rollout of one job is: every kind of job has its own end. */
async function judge(moment        )                   {
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
    const key = (0,nomad_jobs/* jobKey */.tv)(job);
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
      const told = this.told.get((0,nomad_jobs/* jobKey */.tv)(job));
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
      this.jobs.map((watched) => withDiagnosis(watched, this.options.waitFor)),
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
    const found = new Map(statuses.map((status) => [(0,nomad_jobs/* jobKey */.tv)({ id: status.ID, namespace: status.Namespace }), status]));
    const looks = this.jobs.map(async (watched) => await this.lookAt(watched, found.get((0,nomad_jobs/* jobKey */.tv)(watched.job))));
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
    const verdict = nomad === undefined ? this.judgeMissing(watched) : await this.verdictOn(watched, nomad);
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
    if (watched.job.change === 'missing') return bad('stopped', submission/* NOT_THERE */.ro);
    return bad('stopped', 'somebody purged the job');
  }

          async verdictOn(watched         , nomad             )                   {
    const { job, memory } = watched;
    const current = await this.learnVersions(watched, nomad);
    const facts = this.factsOf(job, current);
    const details = job.launches === undefined ? await (0,state/* readDetails */.LF)(nomad, facts, current) : {};
    const groups = (0,state/* isForgotten */.rP)(nomad) ? await this.inquiry.summary(job) : {};
    watched.state = (0,state/* jobState */.d)(this.client.settings.address, { ...job, groups }, nomad, details);
    return await judge({
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
    const states = this.jobs.map((watched) => withDiagnosis(watched, this.options.waitFor));
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
      url: (0,state/* jobUrl */.Ne)(client.settings.address, job),
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

function withDiagnosis({ state, diagnosis, verdict }         , waitFor         )           {
  if (diagnosis === undefined || verdict?.kind !== 'bad') return state;
  if (verdict.reason !== 'awaiting-promotion') return { ...state, diagnosis };
  const awaiting = { ...state, awaitsPromotion: true }         ;
  return waitFor === 'promotion' ? awaiting : { ...awaiting, diagnosis };
}

;// CONCATENATED MODULE: ./build/js/operations/follow.js



                                                             

                                                       
                                        

                               
                                                     
                            
                                        
                             
                               
                          
 

/** Watches the jobs to the end of their rollout, with its progress in the log, and each state of the jobs in the record. */
async function watch(
  deployment            ,
  { log, record, secrets, signal }       ,
  jobs                         ,
  { phase = 'Watch the rollout', ...wanted }               = {},
)                          {
  const client = await deployment.client();
  const { waitFor, timeout } = { ...deployment.settings.rollout, ...wanted };
  const options = {
    waitFor,
    timeout,
    signal,
    redact: (text        ) => secrets.redact(text),
    onProgress: (line        , job         ) => log.progress(line, job),
    onState: (jobs                        ) => record.know({ jobs }),
  };
  return await log.phase(
    phase,
    async () => await watchRollout(client, jobs, options),
    ({ failure }) => failure === undefined,
  );
}

/**
 * Watches what was submitted. Where somebody else's version has taken the place of this step's and says the same, as of two identical
 * deploys at once, what was asked for is what runs: that version is watched on.
 *
 * @param jobs what the pack renders to
 * @param time milliseconds that there are for all of it
 */
async function follow(
  deployment            ,
  tools       ,
  jobs                        ,
  submitted                         ,
  time = deployment.settings.rollout.timeout,
)                          {
  if (submitted.length === 0) return { jobs: [], status: 'unknown', health: 'unknown' };
  const end = performance.now() + time;
  let followed = submitted;
  for (;;) {
    const timeout = Math.max(1, end - performance.now());
    const outcome = await watch(deployment, tools, followed, { timeout });
    const others = await findTwins(deployment, jobs, followed, outcome);
    if (others.length === 0) return outcome;
    tools.log.notice(`Deployed once more meanwhile by somebody else, and just the same: ${(0,deployment_deployment/* nameJobs */.eb)(others)}.`);
    const taken = new Map(others.map((job) => [(0,nomad_jobs/* jobKey */.tv)(job), job]));
    followed = followed.map((job) => taken.get((0,nomad_jobs/* jobKey */.tv)(job)) ?? job);
  }
}

/** The newer versions by somebody else that say what the pack renders to. */
async function findTwins(
  deployment            ,
  jobs                        ,
  followed                         ,
  { jobs: states }                ,
)                          {
  const lost = new Set(states.filter(({ diagnosis }) => diagnosis?.reason === 'superseded').map(nomad_jobs/* jobKey */.tv));
  if (lost.size === 0) return [];
  const overtaken = jobs.filter((job) => lost.has((0,nomad_jobs/* jobKey */.tv)(job)));
  const unlike = new Set((await deployment.unlike(overtaken)).map(nomad_jobs/* jobKey */.tv));
  const twins = overtaken.filter((job) => !unlike.has((0,nomad_jobs/* jobKey */.tv)(job)));
  const before = await deployment.snapshot(twins);
  const now = await (0,submission/* findSubmitted */.vw)(await deployment.client(), twins, before, submission/* NOTHING_CLAIMED */.K_);
  const known = new Map(followed.map((job) => [(0,nomad_jobs/* jobKey */.tv)(job), job.jobModifyIndex]));
  return now.filter((job) => job.jobModifyIndex > (known.get((0,nomad_jobs/* jobKey */.tv)(job)) ?? 0));
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
  if (isFirst && !stopped.some((ref) => before.get((0,nomad_jobs/* jobKey */.tv)(ref))?.stop === false)) {
    return {
      actions: ['This is the first deployment: there is no version to go back to. Its jobs are left as they are.'],
      watch: [],
      stopped: [],
    };
  }
  const { failure, ...done } = await together([
    ...changed.map(async (job) => await undo(client, job, before.get((0,nomad_jobs/* jobKey */.tv)(job)), owner)),
    ...stopped.map(async (ref) => await restart(client, ref, before.get((0,nomad_jobs/* jobKey */.tv)(ref)))),
  ]);
  if (failure !== undefined) throw failure;
  return done;
}

/** What one job is to do in a rollback: go back to a version, or, without one, stop. */
                       
                                                 
                        
                        
 

/**
 * Takes jobs to the versions that a rollback has planned; those without one are stopped, but kept for a look. No job is taken back from
 * whoever has changed it since. Throws nothing; the failure is as that of `revertJobs`.
 */
async function rollBackJobs(
  client             ,
  moves                 ,
  owner       ,
)                                                     {
  return await together(
    moves.map(async ({ current, target }) => {
      const ref = { id: current.ID, namespace: current.Namespace };
      if (target !== undefined) return await revertTo(client, ref, target.Version, current.Version);
      return await stopAsPlanned(client, ref, current, owner);
    }),
  );
}

async function stopAsPlanned(client             , ref        , planned     , owner       )                {
  const now = await (0,nomad_jobs/* readOwned */.A4)(client, ref, owner);
  if (now !== undefined && now.JobModifyIndex !== planned.JobModifyIndex)
    throw superseded(ref, 'stopped', now, planned.Version);
  const stopped = await (0,nomad_jobs/* stopJob */.CC)(client, ref, owner, { purge: false });
  if ('failure' in stopped) throw stopped.failure;
  return { action: `${revert_describe(ref)} was not there before, so it was stopped.`, stopped: ref };
}

async function together(work                          )                                                     {
  const outcomes = await Promise.allSettled(work);
  const steps = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason           ] : []));
  const actions = steps.map(({ action }) => action);
  return {
    actions,
    watch: steps.flatMap(({ watch }) => watch ?? []),
    stopped: steps.flatMap((step) => step.stopped ?? []),
    ...(failures.length > 0 && { failure: combine(failures, actions) }),
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
    await requireOurs(client, job, await (0,nomad_jobs/* readOwned */.A4)(client, job, owner, registered));
    const stopped = await (0,nomad_jobs/* stopJob */.CC)(client, job, owner, { purge: false, registered });
    if ('failure' in stopped) throw stopped.failure;
    return { action: `${revert_describe(job)} ${was}, so it was stopped.`, stopped: job };
  }
  const target = before.stable ? before.version : (before.highestStable ?? before.version);
  return await revertTo(client, job, target, job.version);
}

/**
 * Makes sure that a job is as the run left it, or as Nomad took it back by itself.
 *
 * @throws ActionError `superseded`
 */
async function requireOurs(client             , job              , current                 )                {
  if (current === undefined || current.Stop || current.JobModifyIndex === job.jobModifyIndex) return;
  const versions = await (0,nomad_jobs/* listVersions */.yO)(client, job);
  if (versions.some((older) => older.Version < job.version && revert_isSame(current, older))) return;
  throw superseded(job, 'stopped', current, job.version);
}

async function restart(client             , ref        , before                         )                {
  const job = await (0,nomad_jobs/* readJob */.cd)(client, ref);
  if (job === undefined) return { action: `${revert_describe(ref)} was purged meanwhile and cannot be started again.` };
  if (!job.Stop) return { action: `${revert_describe(ref)} runs; it was not touched.` };
  // Nomad takes back no job that was dispatched.
  if (job.ParentID) return { action: `${revert_describe(ref)} was launched by job "${job.ParentID}", and stays stopped.` };
  if (before === undefined || before.stop)
    return { action: `${revert_describe(ref)} was not running before, so it stays stopped.` };
  return await revertTo(client, ref, before.version, job.Version);
}

/** @param from the version that must be the current one. */
async function revertTo(client             , ref        , target        , from        )                {
  let answer                              ;
  const written = await (0,write/* writeOnce */.F)(
    async () => {
      answer = await sendRevert(client, ref, target, from);
    },
    async () => (await findBack(client, ref, target, from)).isBack,
  );
  if (answer !== undefined) {
    const watch = await (0,submission/* findRegistered */.Eu)(client, ref, answer.JobModifyIndex);
    const action = `${revert_describe(ref)} went back to version ${target}, as version ${watch.version}.`;
    return { action, watch: { ...watch, madeOf: target } };
  }
  const { current, isBack } = await findBack(client, ref, target, from);
  if (current !== undefined && isBack) {
    const watch = await (0,submission/* findRegistered */.Eu)(client, ref, current.JobModifyIndex);
    const action = `${revert_describe(ref)} is back at version ${target} already, as version ${current.Version}.`;
    return { action, watch: { ...watch, madeOf: target } };
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

async function sendRevert(client             , ref        , target        , from        )                            {
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
  const versions = await (0,nomad_jobs/* listVersions */.yO)(client, ref);
  const [current] = versions;
  const wanted = versions.find(({ Version }) => Version === target);
  const isBack = current !== undefined && wanted !== undefined && current.Version > from && revert_isSame(current, wanted);
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
function revert_isSame(a     , b     )          {
  // Nomad tells of the same maps in another order each time.
  return !a.Stop && (0,external_node_util_.isDeepStrictEqual)(contents(a), contents(b));
}

/** What Nomad keeps about a version of a job, and what is not said by who registers it. */
const KEPT_BY_NOMAD                      = new Set([
  'Stop',
  'Stable',
  'Status',
  'StatusDescription',
  'Version',
  'VersionTag',
  'CreateIndex',
  'ModifyIndex',
  'JobModifyIndex',
  'SubmitTime',
  'NomadTokenID',
  'ConsulToken',
  'VaultToken',
]);

function contents(job     )          {
  const said = Object.entries(job).filter(([name]) => !KEPT_BY_NOMAD.has(name));
  return { ...Object.fromEntries(said), TaskGroups: (job.TaskGroups ?? []).map(withoutPolicyIndexes) };
}

/** Nomad writes them into the scaling policy of a job that is new, and into no later version. */
function withoutPolicyIndexes(group                                                  )          {
  if (!group.Scaling) return group;
  return { ...group, Scaling: { ...group.Scaling, CreateIndex: 0, ModifyIndex: 0 } };
}

function revert_describe({ id, namespace }        )         {
  return `Job "${id}" (${namespace})`;
}

;// CONCATENATED MODULE: ./build/js/operations/within-time.js



/**
 * What Nomad answers, if it does in the time that there is. A question that has not been answered by then is left to itself until the step
 * ends.
 *
 * @param milliseconds that the answer may take
 * @param what it is about, in words that follow "Nomad did not say"
 * @throws ActionError what the question throws; `nomad-unreachable` when the time is over
 */
async function withinTime        (
  question                 ,
  milliseconds        ,
  what        ,
)                  {
  const answered = new AbortController();
  const { signal } = answered;
  const late = (0,promises_.setTimeout)(milliseconds, undefined, { signal }).then(()        => {
    throw new js_errors/* ActionError */.lZ(
      'nomad-unreachable',
      `Nomad did not say within ${Math.round(milliseconds / 1000)} s ${what}.`,
      {
        hint: 'Check that the cluster has a leader, and that `nomad_addr` answers from this runner. `operation: status` says how the deployment is doing, once it does.',
      },
    );
  });
  try {
    return await Promise.race([question, late]);
  } finally {
    answered.abort();
  }
}

;// CONCATENATED MODULE: ./build/js/operations/last-look.js
                                                              
                                              


                                                      
                                          
                                        


/** Of each of its questions: the failure has taken its time already. Milliseconds. */
const LONGEST_LOOK = 5_000;

/** What is looked at. */
                           
                                                            
                                                                             
                                                                                                                     
                                                                                            
                                                                            
                                                
                                      
                                                          
 

/**
 * Changes the cluster. Where that is cancelled or fails half-way, the cluster is looked at once more, so that the outputs tell how it was
 * left; that this look fails, too, is not news.
 */
async function withLastLook   (
  deployment            ,
  tools       ,
  look          ,
  work                  ,
)             {
  try {
    return await work();
  } catch (error) {
    if (tools.signal.aborted) await lookAfterCancel(deployment, tools, look);
    else if (look.isWanted?.(tools.record.known()) ?? true) await lookAfterFailure(deployment, tools, look);
    throw error;
  }
}

/** Nomad goes on with what it was told, and nobody knows what the interrupted command still did, so it is asked once more, briefly. */
async function lookAfterCancel(
  deployment            ,
  { record, log }       ,
  { find, changes }          ,
)                {
  try {
    await deployment.lastLook(async (last) => {
      const [jobs, now] = await Promise.all([
        find(last),
        changes === undefined ? undefined : last.snapshot(changes.refs),
      ]);
      if (changes !== undefined && now !== undefined)
        record.know({ changed: (0,submission/* differs */.Ag)(changes.refs, changes.before, now) });
      record.know({ jobs: await last.states(jobs) });
    });
  } catch (error) {
    log.debug(`No last look at the cluster: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function lookAfterFailure(
  deployment            ,
  { record, log }       ,
  { find, tell }          ,
)                {
  try {
    const found = await withinTime(find(deployment), LONGEST_LOOK, 'what is left');
    const jobs = await withinTime(deployment.states(found), LONGEST_LOOK, 'how the jobs are');
    record.know({ jobs, ...(0,state/* overallStatus */.gX)(jobs) });
    tell?.(found);
  } catch (error) {
    log.debug(`Nobody knows how the jobs are: ${error instanceof Error ? error.message : String(error)}`);
  }
}

;// CONCATENATED MODULE: ./build/js/operations/canaries.js



                                                                  


                                                           
                                                      
                                                      


                                        

/**
 * The deployment's jobs that were not stopped.
 *
 * @throws ActionError `stopped` where there are none
 */
async function findRunning(deployment            )                         {
  const { deploymentName, packName } = deployment.owner;
  const { jobs } = await deployment.survey();
  const { here, elsewhere } = deployment.locate(jobs.filter((job) => !job.stop));
  if (here.length > 0) return [...here];
  throw new js_errors/* ActionError */.lZ(
    'stopped',
    `There is no deployment ${deploymentName} of pack ${packName} whose canaries could be promoted or rejected.`,
    {
      hint:
        elsewhere.length === 0
          ? 'Check `deployment_name`, `pack` and `nomad_namespace`.'
          : `The same pack runs under the same name elsewhere: ${(0,deployment_deployment/* nameJobs */.eb)(elsewhere)}. Set \`nomad_namespace\` to look there.`,
    },
  );
}

/**
 * Decides on the canaries of the deployment that wait for it. Where none waits, nothing is done.
 *
 * @param awaited what none of them waits for, in words
 * @param decide is given the deployment's jobs, and those that wait
 * @throws ActionError; `stopped` where there is no such deployment
 */
async function decideOnCanaries(
  deployment            ,
  tools       ,
  awaited        ,
  decide                                                                                ,
)                   {
  const { log } = tools;
  const own = await log.phase('Look for the deployment', async () => await findRunning(deployment));
  const waiting = await findWaiting(deployment, own);
  if (waiting.length === 0) {
    log.info(`No canary waits for a ${awaited}.`);
    const jobs = await deployment.states(own);
    return { ...(0,state/* overallStatus */.gX)(jobs), changed: false, jobs };
  }
  return await withLastLook(deployment, tools, { find: findRunning }, async () => await decide(own, waiting));
}

/** The states of the jobs that had no canaries to decide on: they are part of the deployment. */
async function readOthers(
  deployment            ,
  own                        ,
  waiting                    ,
)                      {
  const decided = new Set(waiting.map(({ job }) => job));
  return await deployment.states(own.filter((job) => !decided.has(job)));
}

/** A job whose canaries somebody has to decide on. */
                          
                            
                                   
                           
                                   
 

/** Those of the jobs that have canaries which were not promoted, healthy or not. */
async function findWaiting(deployment            , jobs                        )                     {
  const statuses = await (0,nomad_statuses/* readStatuses */.r)(await deployment.client(), jobs);
  return statuses.flatMap(({ ID, Namespace, Version, LatestDeployment }) => {
    const job = jobs.find(({ id, namespace }) => id === ID && namespace === Namespace);
    if (job === undefined || LatestDeployment?.RequiresPromotion !== true || LatestDeployment.JobVersion !== Version)
      return [];
    const { id, namespace, jobModifyIndex, launches, type } = job;
    const submitted = { id, namespace, version: Version, jobModifyIndex, launches, type, change: 'updated' }         ;
    return [{ job, rollout: LatestDeployment.ID, submitted }];
  });
}

/** Promotes the canaries of all of them. @throws ActionError where Nomad refuses */
async function promoteAll(
  deployment            ,
  { log, record }       ,
  waiting                    ,
)                {
  const client = await deployment.client();
  for (const { job, rollout } of waiting) {
    const promoted = await (0,nomad_jobs/* promote */.pt)(client, rollout, job.namespace);
    if (promoted.state !== 'undone') record.know({ changed: true });
    if ('failure' in promoted) throw promoted.failure;
  }
  log.info(`Promoted the canaries of ${(0,deployment_deployment/* nameJobs */.eb)(waiting.map(({ job }) => job))}.`);
}

/**
 * Watches jobs that went back to a version which ran before. Canaries that come of it are promoted once they are healthy: somebody has decided
 * on that version already.
 */
async function watchWayBack(
  deployment            ,
  tools       ,
  jobs                         ,
  { phase = 'Watch the way back' }               = {},
)                          {
  const outcome = await watch(deployment, tools, jobs, { phase, waitFor: 'promotion' });
  const awaiting = new Set(outcome.jobs.filter(({ awaitsPromotion }) => awaitsPromotion).map(nomad_jobs/* jobKey */.tv));
  if (awaiting.size === 0 || outcome.failure !== undefined) return outcome;
  const back = (await findRunning(deployment)).filter((job) => awaiting.has((0,nomad_jobs/* jobKey */.tv)(job)));
  const waiting = await findWaiting(deployment, back);
  await promoteAll(deployment, tools, waiting);
  const promoted = await watch(
    deployment,
    tools,
    waiting.map(({ submitted }) => submitted),
    { phase },
  );
  const states = new Map(promoted.jobs.map((job) => [(0,nomad_jobs/* jobKey */.tv)(job), job]));
  const all = outcome.jobs.map((job) => states.get((0,nomad_jobs/* jobKey */.tv)(job)) ?? job);
  const { failure } = promoted;
  return { jobs: all, ...(0,state/* overallStatus */.gX)(all), ...(failure !== undefined && { failure }) };
}

;// CONCATENATED MODULE: ./build/js/nomad/trace.js
                                    

/** Where a version of a job came from, as its tag tells. */
                        
                                                                                                                                            
                            
                                                                                              
                           
                                         
                        
                        
                          
                                                                                  
                           
                                                                       
                           
 

/** @param submitted nanoseconds since 1970 */
function timeOf(submitted        )         {
  return new Date(Math.ceil(submitted / 1_000_000)).toISOString();
}

/** The tag's name, which no other version of the job has. */
function tagName(version        )         {
  return `nomad-pack-v${version}`;
}

/** `deployed=2026-11-26T00:00:00.000Z commit=c0ffee run=https://... actor=octocat`: one that people can read, too. */
function describeTrace({ deployed, commit, run, actor, undoes, backTo }       )         {
  const parts = { deployed, commit, run, actor, undoes, back_to: backTo };
  return Object.entries(parts)
    .filter(([, value]) => value !== undefined && !/\s/.test(String(value)))
    .map(([key, value]) => `${key}=${value}`)
    .join(' ');
}

/**
 * The trace of a version; undefined where it has none. What Nomad makes of a tagged version, as it does when it stops or reverts one, has
 * the tag of that one, which tells nothing of it.
 */
function traceOf({ Version, VersionTag }                                     )                    {
  if (VersionTag === undefined || VersionTag === null || VersionTag.Name !== tagName(Version)) return undefined;
  const parts = new Map(
    [...VersionTag.Description.matchAll(/(?:^| )(\w+)=(\S+)/g)].map(([, key, value]) => [key, value]),
  );
  // Whoever may submit the job may write anything into the tag.
  const part = (key        , pattern        ) => {
    const value = parts.get(key);
    return value !== undefined && pattern.test(value) ? value : undefined;
  };
  const deployed = part('deployed', TIME);
  if (deployed === undefined) return undefined;
  const commit = part('commit', /^[0-9a-f]{6,64}$/i);
  const run = part('run', /^https?:\/\/[\w./:@%-]+$/);
  const actor = part('actor', /^[\w[\]-]+$/);
  const undoes = part('undoes', TIME);
  const backTo = part('back_to', /^\d+$/);
  return {
    deployed,
    ...(commit !== undefined && { commit }),
    ...(run !== undefined && { run }),
    ...(actor !== undefined && { actor }),
    ...(undoes !== undefined && { undoes }),
    ...(backTo !== undefined && { backTo: Number(backTo) }),
  };
}

const TIME = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

;// CONCATENATED MODULE: ./build/js/nomad/version-tags.js

                                               




/**
 * How many versions of a job keep a tag of this action. Nomad never forgets a version that has one, and without tags the last six
 * (`job_tracked_versions`).
 */
const MOST_TAGS = 6;

/** How long a tag is tried for: nothing waits for it. Milliseconds. */
const PATIENCE = 3_000;

/** A version of a job, and where it came from, but for when it was deployed. */
                                        
                           
                                          
 

/**
 * Writes traces onto versions that one step has deployed, as their tags: Nomad 1.9 and newer,
 * <https://developer.hashicorp.com/nomad/api-docs/jobs#create-job-version-tag>. The jobs themselves are not changed by it. A tag that somebody
 * else has set stays. A batch job gets none: Nomad takes a tagged version for another one than the same job without a tag, and registered
 * once more, just the same, a batch job would run again (seen on 2.0.6). An id with a slash gets none either, for Nomad has no path for it.
 *
 * @returns whether Nomad has tags
 * @throws ActionError where Nomad refuses
 */
async function writeTraces(client             , traced                   )                   {
  const found = await Promise.all(
    traced.map(async (one) => {
      const versions = await (0,nomad_jobs/* listVersions */.yO)(client, one);
      return { ...one, versions, job: versions.find(({ Version }) => Version === one.version) };
    }),
  );
  const times = found.flatMap(({ job }) => job?.SubmitTime ?? []);
  if (times.length === 0) return true;
  const deployed = timeOf(Math.max(...times));
  const written = await Promise.all(
    found.map(async ({ job, versions, trace }) => {
      if (job === undefined || !maybeTagged(job)) return true;
      return await writeTag(client, job, versions, { ...inherited(trace, versions), deployed });
    }),
  );
  return !written.includes(false);
}

/** What went back comes from where that came from. */
function inherited(trace                 , versions                )                  {
  const former = versions.find(({ Version }) => Version === trace.backTo);
  const commit = former === undefined ? undefined : traceOf(former)?.commit;
  return commit === undefined ? trace : { ...trace, commit };
}

/** Writes a trace that a version had before. @throws ActionError where Nomad refuses */
async function restoreTrace(client             , ref        , version        , trace       )                {
  const versions = await (0,nomad_jobs/* listVersions */.yO)(client, ref);
  const job = versions.find(({ Version }) => Version === version);
  if (job !== undefined && maybeTagged(job)) await writeTag(client, job, versions, trace);
}

function maybeTagged(job     )          {
  const runsOnce =
    (job.Type === 'batch' || job.Type === 'sysbatch') &&
    !job.Stop &&
    job.Periodic === null &&
    job.ParameterizedJob === null;
  return !job.ID.includes('/') && !runsOnce && ((job.VersionTag ?? null) === null || hasOurTag(job));
}

async function writeTag(client             , job     , versions                , trace       )                   {
  const ref = { id: job.ID, namespace: job.Namespace };
  const payload = { Version: job.Version, Description: describeTrace(trace) };
  const options = { query: { namespace: ref.namespace }, repeatable: true, patience: PATIENCE };
  try {
    await client.post(tagPath(ref, tagName(job.Version)), api/* tagAnswerSchema */.Sb, payload, options);
  } catch (error) {
    // An older server takes the path for the name of a job, and finds no job in what it was sent.
    if (error instanceof errors/* NomadResponseError */.zY && [400, 404, 405].includes(error.status)) return false;
    throw error;
  }
  const older = versions.filter((one) => one.Version !== job.Version && hasOurTag(one)).slice(MOST_TAGS - 1);
  for (const { VersionTag } of older) await removeTag(client, ref, VersionTag?.Name ?? '');
  return true;
}

/** Whether this action has tagged the version, or the one that Nomad has made it of. */
function hasOurTag({ VersionTag }     )          {
  return /^nomad-pack-v\d+$/.test(VersionTag?.Name ?? '');
}

/** Takes the trace of a version away; that there is none is well, too. */
async function removeTrace(client             , ref        , version        )                {
  await removeTag(client, ref, tagName(version));
}

async function removeTag(client             , ref        , name        )                {
  try {
    const options = { query: { namespace: ref.namespace }, repeatable: true };
    await client.delete(tagPath(ref, name), api/* tagAnswerSchema */.Sb, options);
  } catch (error) {
    if ((0,errors/* isMissing */.b2)(error) || (error instanceof errors/* NomadResponseError */.zY && /not found on job/.test(error.words))) return;
    throw error;
  }
}

function tagPath({ id }        , name        )         {
  return (0,api/* jobPath */.Jf)(id, `/versions/${name}/tag`);
}

;// CONCATENATED MODULE: ./build/js/operations/trace.js

                                                              
                                                                        
                                              
                                                      


                                                           


                                        

/** A trace that was taken away, to be put back. */
                                        
                           
                        
 

/** @param commit that what this step deploys comes from, where it is known */
function traceOfStep({ origin }       , commit                    )                  {
  const { run, actor } = origin;
  return {
    ...(commit !== undefined && { commit }),
    ...(run !== undefined && { run }),
    ...(actor !== undefined && { actor }),
  };
}

/** What is to be told of versions that went back. */
function wentBack(tools       , jobs                         )           {
  const step = traceOfStep(tools, undefined);
  return jobs.flatMap(({ id, namespace, version, madeOf }) =>
    madeOf === undefined ? [] : [{ id, namespace, version, trace: { ...step, backTo: madeOf } }],
  );
}

/** Writes onto the versions where they came from, where Nomad has tags for that. That it fails says nothing of the deploy. */
async function leaveTraces(deployment            , tools       , versions                   )                {
  await attempt(tools, async () => {
    const hasTags = await writeTraces(await deployment.client(), versions);
    if (!hasTags) tools.log.debug('This Nomad has no tags for the versions of jobs; 1.9 and newer have.');
  });
}

async function attempt({ log, signal }       , work                     )                {
  try {
    await work();
  } catch (error) {
    signal.throwIfAborted();
    log.notice(`No tag says where the versions came from: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * Does work without the traces of the jobs that are going to be registered as they are: Nomad would make a new version of each
 * (`writeTraces`). Where the work is not done, the traces are put back at once; that they cannot be is not news.
 *
 * @param work is given the traces to put back afterwards
 */
async function withoutTraces   (
  deployment            ,
  { log, signal }       ,
  task      ,
  work                                           ,
)             {
  const traced = tracesOf(task);
  if (traced.length === 0) return await work(traced);
  try {
    await liftTraces(deployment, traced);
    return await work(traced);
  } catch (error) {
    const putBack = async (able            ) => await restoreTraces(await able.client(), traced);
    await (signal.aborted ? deployment.lastLook(putBack) : putBack(deployment)).catch((fault         ) =>
      log.debug(`No trace is put back: ${fault instanceof Error ? fault.message : String(fault)}`),
    );
    throw error;
  }
}

/** The traces of the jobs that a deploy leaves as they are. */
function tracesOf({ jobs, plan, claim }      )           {
  const unchanged = new Set(plan.jobs.filter(dry_run/* leavesAlone */.iS).map(nomad_jobs/* jobKey */.tv));
  return jobs.flatMap(({ id, namespace })           => {
    const existing = claim.existing.get((0,nomad_jobs/* jobKey */.tv)({ id, namespace }));
    const trace = existing === undefined ? undefined : traceOf(existing);
    if (existing === undefined || trace === undefined || !unchanged.has((0,nomad_jobs/* jobKey */.tv)({ id, namespace }))) return [];
    return [{ id, namespace, version: existing.Version, trace }];
  });
}

async function liftTraces(deployment            , traced                   )                {
  const client = await deployment.client();
  await Promise.all(traced.map(async ({ version, ...ref }) => await removeTrace(client, ref, version)));
}

async function restoreTraces(client             , traced                   )                {
  for (const { version, trace, ...ref } of traced) await restoreTrace(client, ref, version, trace);
}

/** Leaves the traces of a deploy: on what it has registered and stopped, and again on what it has left as it was. */
async function traceDeploy(
  deployment            ,
  tools       ,
  { claim }      ,
  { submitted }              ,
  { lifted, commit }                                                                             ,
)                {
  const isDirectory = deployment.settings.pack.kind === 'directory';
  const trace = traceOfStep(tools, isDirectory ? tools.origin.commit : commit);
  const made = submitted.filter(({ change }) => change === 'created' || change === 'updated');
  const changed = new Set(made.map(nomad_jobs/* jobKey */.tv));
  const stopped = (0,deployment_claim/* stoppedBy */.$)(claim);
  const now = await deployment.existing(stopped);
  await leaveTraces(deployment, tools, [
    ...made.map(({ id, namespace, version }) => ({ id, namespace, version, trace })),
    ...stopped.flatMap(({ id, namespace }) => {
      const job = now.get((0,nomad_jobs/* jobKey */.tv)({ id, namespace }));
      return job?.Stop === true && deployment.owns(job.Meta) ? [{ id, namespace, version: job.Version, trace }] : [];
    }),
  ]);
  await attempt(tools, async () => {
    const left = lifted.filter((one) => !changed.has((0,nomad_jobs/* jobKey */.tv)(one)));
    await restoreTraces(await deployment.client(), left);
  });
}

;// CONCATENATED MODULE: ./build/js/operations/go-back.js

                                                              
                                                              

                                              


                                                                  

                                                           
                                             

                                        


/** A deploy that failed. */
                                          
                                              
                                   
                                
 

/** A pack is one unit: when one of its jobs fails, every job that this step changed goes back, and that is watched, too. */
async function goBack(
  deployment            ,
  tools       ,
  { submitted, claim, before, outcome, failure }        ,
)                          {
  const { log } = tools;
  log.warning(`${failure.message.split('\n')[0]}. Going back, as \`on_failure: revert\` asks for.`);
  try {
    const client = await deployment.client();
    const { actions, ...undone } = await revertJobs(client, submitted, (0,deployment_claim/* stoppedBy */.$)(claim), before, deployment.owner);
    for (const action of actions) log.notice(action);
    await leaveTraces(deployment, tools, wentBack(tools, undone.watch));
    if (undone.watch.length + undone.stopped.length === 0) return { ...outcome, failure };
    const back = await watchBack(deployment, tools, undone.watch);
    const stopped = await deployment.statesOf(undone.stopped);
    const jobs = mergeStates(outcome.jobs, [
      ...back.jobs,
      ...stopped,
      ...unseen(outcome.jobs, undone.stopped, stopped),
    ]);
    const { status, health } = (0,state/* overallStatus */.gX)(jobs);
    if (back.failure !== undefined) return { jobs, status, health, failure: failedToo(failure, back.failure) };
    return { jobs, status: status === 'stopped' ? status : 'reverted', health, failure: goneBack(failure, undone) };
  } catch (error) {
    const wrong = (0,js_errors/* asActionError */.z6)(error);
    if (wrong.reason === 'cancelled') throw error;
    const jobs = mergeStates(outcome.jobs, await readChanged(deployment, tools, outcome.jobs, (0,deployment_claim/* stoppedBy */.$)(claim)));
    return { jobs, ...(0,state/* overallStatus */.gX)(jobs), failure: failedToo(failure, wrong) };
  }
}

/** The states of what was stopped and carries no name of a deployment, so that it cannot be found by it. */
function unseen(before                     , stopped                   , seen                     )             {
  const keys = new Set(stopped.map(nomad_jobs/* jobKey */.tv));
  for (const job of seen) keys.delete((0,nomad_jobs/* jobKey */.tv)(job));
  return before
    .filter((job) => keys.has((0,nomad_jobs/* jobKey */.tv)(job)))
    .map((job)           => ({ ...job, status: 'stopped', health: 'unknown' }));
}

/** The states of what has changed since: some jobs may have gone back, or have been started again, though others could not. */
async function readChanged(
  deployment            ,
  { log }       ,
  jobs                     ,
  stopped                   ,
)                      {
  const versions = new Map(jobs.map((job) => [(0,nomad_jobs/* jobKey */.tv)(job), job.version]));
  try {
    const states = await deployment.statesOf([...jobs, ...stopped]);
    return states.filter((job) => job.version !== versions.get((0,nomad_jobs/* jobKey */.tv)(job)));
  } catch (error) {
    log.debug(`Nobody knows how the jobs are: ${(0,js_errors/* asActionError */.z6)(error).message}`);
    return [];
  }
}

async function watchBack(
  deployment            ,
  tools       ,
  jobs                         ,
)                                                    {
  if (jobs.length === 0) return { jobs: [] };
  return await watchWayBack(deployment, tools, jobs);
}

/** The states after the way back. The reader wants to know why it failed, too, which the jobs that run again no longer tell. */
function mergeStates(failed                     , after                     )             {
  const states = new Map(failed.map((job) => [(0,nomad_jobs/* jobKey */.tv)(job), job]));
  for (const job of after) {
    const diagnosis = job.diagnosis ?? states.get((0,nomad_jobs/* jobKey */.tv)(job))?.diagnosis;
    states.set((0,nomad_jobs/* jobKey */.tv)(job), diagnosis === undefined ? job : { ...job, diagnosis });
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

// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./build/js/nomad/plan-digest.js

                                              


/**
 * `sha256:` and the digest, in hex, of what a deploy would do: the same for the same changes to the same versions of the same
 * jobs. Whether there is room on the nodes at the moment is not part of it. Secrets are not part of it either, where the changes
 * were redacted: a secret that alone differs does not change the digest.
 */
function planDigest(jobs                                      )         {
  const reviewed = [...jobs].sort(dry_run/* byNamespaceAndId */.Vo).map(({ id, namespace, action, groups, basedOn, diff }) => ({
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

// EXTERNAL MODULE: ./build/js/plain-name.js
var plain_name = __webpack_require__(1652);
;// CONCATENATED MODULE: ./build/js/nomad/secret-places.js

                                        


/** A text of a job at one place, and the same text where other values stand for the secrets. */
                
                        
                         
 

/**
 * The fields of a job whose value comes of a secret variable. They are found by what Nomad plans for the job and for a probe: the same
 * job rendered with other values for the secrets. What differs between the two comes of a secret, however it was computed.
 */
class SecretPlaces {
           #places                                      ;
  /** The mappings whose keys come of a secret. */
           #keyed                     ;

          constructor(places                                      , keyed                     ) {
    this.#places = places;
    this.#keyed = keyed;
  }

  /** None: no secret has a part in the job. */
  static          none = new SecretPlaces(new Map(), new Set());

  static between(job                , probe                )               {
    const [real, other] = [newValues(job), newValues(probe)];
    const places = new Map                         ();
    const keyed = new Set        ();
    for (const place of new Set([...real.keys(), ...other.keys()])) {
      const [texts, probes] = [real.get(place) ?? [], other.get(place) ?? []];
      if (texts.join('\0') === probes.join('\0')) continue;
      const key = secret_places_keyOf(place);
      if (key !== undefined && (texts.length === 0 || probes.length === 0)) keyed.add(key.mapping);
      places.set(
        place,
        texts.map((text, index) => ({ text, probe: probes[index] ?? '' })),
      );
    }
    return new SecretPlaces(places, keyed);
  }

  has({ path }                                )          {
    return this.#places.has(placeOf(path));
  }

  /**
   * What a secret was before, as far as it can be told from what stands around it now; else the lines of the old text that the new one
   * does not have. Nothing where no secret stands. A key that is gone of a mapping whose keys come of a secret was one, too.
   */
  oldSecrets({ path, field }                                )           {
    const key = field.Type === 'Deleted' ? unusualKey(path) : undefined;
    if (key !== undefined && this.#keyed.has(key.mapping)) return [key.name];
    const pairs = this.#places.get(placeOf(path));
    if (pairs === undefined || field.Type === 'Added' || field.Old === field.New) return [];
    const lines = pairs.flatMap(linesOf);
    const now = new Set(pairs.flatMap(({ text }) => text.split('\n')));
    return field.Old.split('\n')
      .filter((line) => !now.has(line))
      .flatMap((line) => lines.map((pair) => between(line, pair)).find((found) => found !== undefined) ?? line);
  }
}

/** The key of a mapping at a place, where it is not just a name. */
function unusualKey(path        )                           {
  const key = secret_places_keyOf(placeOf(path));
  return key === undefined || (0,plain_name/* isPlainName */.s)(key.name) ? undefined : key;
}

/** `task "web" > Env[NAME]` has the key `NAME` of the mapping `task "web" > Env`. */
function secret_places_keyOf(path        )                                                                  {
  const [, mapping, name] = /^(.+)\[([^[\]]+)\]$/s.exec(path) ?? [];
  return mapping === undefined || name === undefined ? undefined : { mapping, name };
}

/** The values that fields would have, by place; sorted, for a list has no fixed order. */
function newValues(diff                )                        {
  const values = new Map                  ();
  for (const { path, field } of diff === null ? [] : (0,nomad_diff/* changesOf */.fs)(diff)) {
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

// EXTERNAL MODULE: ./build/js/nomad-pack/cache.js
var cache = __webpack_require__(194);
// EXTERNAL MODULE: ./build/js/nomad-pack/plan-output.js
var plan_output = __webpack_require__(4895);
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

// EXTERNAL MODULE: ./build/js/nomad-pack/cli.js + 4 modules
var cli = __webpack_require__(3802);
// EXTERNAL MODULE: ./build/js/nearest.js
var nearest = __webpack_require__(232);
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
    const place = one && (0,variable_files/* locateVariable */.jy)(one.file, one.name);
    return (0,variables/* wrongType */.gQ)(target.pack.name, one?.name, complaint, one?.file, place);
  });
  throw new js_errors/* ActionError */.lZ('variable-type', explained.map(({ message }) => message).join('\n'), {
    hint: explained[0]?.hint ?? '',
    ...(location !== undefined && { location }),
  });
}

/**
 * Refuses the variables of packs that the pack does not depend on: nomad-pack passes over them without a word.
 *
 * @throws ActionError with the reason `variable-undeclared`
 */
async function checkDependencies(nomadPack           , target            )                {
  const dotted = target.files.flatMap((file) =>
    namesIn(file).flatMap((name) => (name.includes('.') ? [{ name, file, packs: name.split('.').slice(0, -1) }] : [])),
  );
  if (dotted.length === 0) return;
  const known = await nomadPack.dependencyNames(target);
  const unknown = dotted.flatMap((one) => {
    const missing = one.packs.find((pack) => !known.includes(pack));
    return missing === undefined ? [] : [{ ...one, missing }];
  });
  const [first] = unknown;
  if (first === undefined) return;
  const location = (0,variable_files/* locateVariable */.jy)(first.file, first.name);
  const sentences = unknown.map(({ name, file, missing }) => {
    const meant = (0,nearest/* nearMiss */.b)(missing, known);
    const where = (0,variables/* describePlace */.df)(file, (0,variable_files/* locateVariable */.jy)(file, name));
    return `Pack \`${target.pack.name}\` does not depend on a pack \`${missing}\`, of which \`${name}\` is set${where}${meant === undefined ? '.' : `; did you mean \`${meant}\`?`}`;
  });
  throw new js_errors/* ActionError */.lZ('variable-undeclared', sentences.join('\n'), {
    hint: `Correct the name: nomad-pack would ignore it without a word. The pack’s own variables have no name of a pack before them. ${known.length === 0 ? 'It has no dependencies.' : `It depends on ${known.map((name) => `\`${name}\``).join(', ')}.`}`,
    ...(location !== undefined && { location }),
  });
}

function namesIn({ values, assignments }              )           {
  return [...Object.keys(values ?? {}), ...(assignments ?? []).map(({ name }) => name)];
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
 * is under way and the registry is asked for its commit, and asked for its version while it fetches the registry.
 *
 * @throws ActionError
 */
async function preparePack(deployment            , tools       )                        {
  const settings = withRegistry(deployment.settings);
  const { pack, registry, deploymentName, variables, nomad, workspace } = settings;
  const { folder } = tools;
  const nomadPack = await tools.nomadPack();
  const ready = tools.untilInstalled();
  // A program that is not nomad-pack is the better explanation of a registry that it did not fetch.
  const [, [, commit]] = await bothOf(ready, bothOf(nomadPack.version, fetchPack(nomadPack, settings, tools)));
  await checkVersion(nomadPack, settings, tools);
  await maskSources(deployment, tools);
  const files = await (0,variable_files/* prepareVariables */.XD)(variables, tools.secretVariables, folder);
  await folder.linkWorkspace(workspace, pack.name);
  const { sources } = variables;
  return {
    nomadPack,
    ...(commit !== undefined && { commit }),
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
async function maskSources(deployment            , tools       )                {
  const { namespace, settings } = deployment;
  const paths = (settings.variables.sources ?? []).flatMap((source) => /^nomad:\/\/\/(.+)$/.exec(source)?.[1] ?? []);
  for (const path of paths) {
    const stored = await readVariable(await deployment.client(), { path, namespace });
    if (stored.state === 'absent')
      tools.log.warning(
        `There is no Nomad variable \`${path}\` (${namespace}), which \`variable_sources\` names: nomad-pack takes no value from it.`,
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

/** Puts the pack where nomad-pack looks for it. @returns the commit of the registry, where that is known */
async function fetchPack(
  nomadPack           ,
  settings              ,
  { folder, record, log }       ,
)                              {
  const { pack, registry } = settings;
  // Begins while nomad-pack is installed, which is another phase. What fails is thrown where it is awaited.
  const placed = placePack(nomadPack, settings, folder);
  placed.catch(() => undefined);
  const [installed] = await Promise.allSettled([nomadPack.program]);
  if (installed.status === 'rejected') {
    await Promise.allSettled([placed]);
    throw installed.reason;
  }
  return await log.phase('Fetch the pack', async () => {
    const commit = await placed;
    if (pack.kind === 'directory') {
      log.info(`Pack ${pack.name} is the directory ${pack.written}.`);
      return undefined;
    }
    if (commit !== undefined) record.know({ registrySha: commit });
    log.info(
      `Pack ${pack.name} of ${registry.source} at ${registry.ref}${commit === undefined ? '' : `, commit ${commit}`}.`,
    );
    return commit;
  });
}

async function placePack(
  nomadPack           ,
  { pack, registry, workspace }              ,
  folder               ,
)                              {
  if (pack.kind !== 'directory') return await nomadPack.addRegistry(registry, pack.name);
  await (0,cache/* placeDirectory */.tJ)(folder.path, pack, registry, workspace);
  return undefined;
}

/**
 * As `preparePack`, and the cluster has answered: it is asked while the registry is fetched.
 *
 * @throws ActionError, of Nomad too
 */
async function prepareWithNomad(deployment            , tools       )                        {
  const meet = async () => {
    // Not before nomad-pack is there: loading what it takes would keep the fetch from beginning.
    await (await tools.nomadPack()).program;
    // The first answer is the slow one. What it says is looked at when the pack's jobs are known.
    await deployment.survey();
  };
  const [prepared] = await bothOf(preparePack(deployment, tools), meet());
  return prepared;
}

/**
 * Renders the pack's job specifications, and holds the variables against their types meanwhile.
 *
 * @throws ActionError
 */
async function renderPack({ nomadPack, target }              , options                               ) {
  await checkDependencies(nomadPack, target);
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

// EXTERNAL MODULE: ./build/js/nomad/specification-faults.js
var specification_faults = __webpack_require__(5949);
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
      throw new specification_faults/* SpecificationError */.WY(
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
      Meta: { ...job.Meta, ...metadataOf(meta, file.label ?? job.ID) },
    };
    return { id: job.ID, namespace, file: file.name, specification };
  });
}

function metadataOf(meta          , label        )          {
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
 * Refuses two files that render to one job: nomad-pack registers both, in random order. Likewise two jobs whose ids differ in upper and
 * lower case only: Nomad keeps the versions of both in one place.
 *
 * @throws ActionError `job-specification` naming both files
 */
function refuseTwins(jobs                                                           )       {
  const known = new Map                                                        ();
  for (const { id, namespace, file } of jobs) {
    const key = (0,nomad_jobs/* jobKey */.tv)({ id: id.toLowerCase(), namespace });
    const other = known.get(key);
    if (other !== undefined) {
      const words =
        other.id === id
          ? `${other.file} and ${file} both render to job "${id}" in namespace "${namespace}": nomad-pack would register one over the other, in random order`
          : `${other.file} renders to job "${other.id}" and ${file} to job "${id}" in namespace "${namespace}", which differ in upper and lower case only: Nomad would mix up their versions`;
      throw new js_errors/* ActionError */.lZ('job-specification', words, {
        hint: 'Give each of the jobs a name of its own, or let only one of the templates render to a job.',
      });
    }
    known.set(key, { id, file });
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
        hint: `Set \`nomad_region\` to \`${region}\` (it must be a region of the cluster) if the whole pack goes there, or drop \`region\` from the template.`,
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
    throw (0,specification_faults/* unreadable */.O$)(file, error);
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
// EXTERNAL MODULE: ./build/js/nomad-pack/hcl-scanner.js + 1 modules
var hcl_scanner = __webpack_require__(481);
;// CONCATENATED MODULE: ./build/js/nomad-pack/job-file.js



/** What nomad-pack makes of a job file by itself, before it hands it to Nomad. */
                          
                                                                                                      
                          
                                                                   
                       
                                                                                                 
                              
                                                                                                                        
                               
 

                               
                                                                              
                         
                                                                  
                          
                                 
                          
                 
                        
 

const LOST = 'register the job without its own metadata, so that nobody could find the job again';

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
  if (isJson(text)) return { loss: { ...JSON_FILE, line: 1 } };
  try {
    return readBody((0,hcl_scanner/* scanHcl */.J$)(text), text, version);
  } catch (error) {
    if (error instanceof hcl_scanner/* UnreadableHcl */.zj) return {};
    throw error;
  }
}

/** Nomad takes a job as JSON, too. nomad-pack does not. */
function isJson(text        )          {
  return /^\uFEFF?\s*\{/.test(text);
}

function readBody(body      , text        , version        )          {
  const job = body.blocks.find(({ type }) => type === 'job');
  if (job === undefined) return {};
  const [label] = job.labels;
  const idAttribute = job.body.attributes.get('id');
  const id = idAttribute === undefined ? label : idAttribute.literal;
  const namespace = job.body.attributes.get('namespace')?.literal;
  const loss = companionLoss(body, text, version) ?? metaLoss(job, text);
  return {
    ...(label !== undefined && { label }),
    ...(typeof id === 'string' && id !== '' && { id }),
    ...(typeof namespace === 'string' && namespace !== '' && { namespace }),
    ...(loss !== undefined && { loss }),
  };
}

function companionLoss({ blocks }      , text        , version        )                           {
  const companion = blocks.find(({ type }) => type !== 'job');
  if (companion === undefined || takesCompanions(version)) return undefined;
  return {
    cause: `the \`${companion.type}\` block beside the job`,
    effect: LOST,
    remedy:
      'Let the template compute the value (`[[ ... ]]`) and drop the block. A nomad-pack after 0.4.2 takes such blocks.',
    line: (0,hcl_scanner/* lineAt */.mh)(text, companion.offset),
  };
}

function takesCompanions(version        )          {
  // A development build of a version has what that version has.
  return semver.gt(semver.coerce(version) ?? version, LAST_WITH_LONE_JOB);
}

function metaLoss({ body }       , text        )                           {
  const attribute = body.attributes.get('meta');
  if (attribute?.literal === null) return { ...NO_META, line: (0,hcl_scanner/* lineAt */.mh)(text, attribute.offset) };
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
    effect: LOST,
    remedy:
      'Let the template compute the value (`[[ ... ]]`), or move the entry into the `meta` of a group or task, which nomad-pack leaves alone. For a batch job that is to run at each deploy, give it a variable that differs each time, such as `github.run_id`.',
    line: (0,hcl_scanner/* lineAt */.mh)(text, offset),
  };
}

const NO_META = {
  cause: '`meta = null`',
  effect: 'crash',
  remedy: 'Leave `meta` out where there is none.',
};

const JSON_FILE = {
  cause: 'a job written as JSON',
  effect: LOST,
  remedy: 'Write the job as HCL.',
};

;// CONCATENATED MODULE: ./build/js/operations/render-jobs.js
                                                              
                                                                    






                                        

/**
 * The jobs that the pack renders to, as Nomad reads them.
 *
 * @throws ActionError; `job-specification` when there are none or nomad-pack would lose one, `secret-in-job` when one holds a token: a job can be read by many who may not have it
 */
async function renderJobs(
  deployment            ,
  prepared              ,
  { log, secrets }       ,
)                         {
  return await log.phase('Render the pack', async () => {
    const specifications = await renderSpecifications(prepared, secrets);
    const jobs = await readJobs(deployment, prepared, specifications);
    log.info(`Jobs: ${jobs.map(({ id, namespace }) => `${id} (${namespace})`).join(', ') || 'none'}.`);
    return jobs;
  });
}

/**
 * The job specifications that the pack renders to.
 *
 * @throws ActionError as `renderJobs`
 */
async function renderSpecifications(prepared              , secrets                  )                          {
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
  return specifications;
}

/**
 * What Nomad reads in job specifications, with what nomad-pack adds to them.
 *
 * @throws ActionError as `renderJobs`
 */
async function readJobs(
  deployment            ,
  prepared              ,
  specifications                         ,
)                         {
  const client = await deployment.client();
  const version = await prepared.nomadPack.version;
  const read = readFiles(specifications, version);
  // What Nomad finds wrong with a file is the better explanation of one that nomad-pack cannot read.
  const jobs = await atTemplate(prepared, read, parseJobs(client, read, packMeta(prepared.target)));
  await refuseLosses(prepared, read, version);
  refuseTwins(jobs);
  await refuseOtherRegions(client, jobs);
  return jobs;
}

/** @throws ActionError `job-specification` for a file whose job nomad-pack would register without its metadata */
async function refuseLosses(
  prepared              ,
  files                                     ,
  version        ,
)                {
  for (const { loss, ...file } of files)
    if (loss !== undefined) throw await render_jobs_lostMetadata(file, loss, prepared, version);
}

/**
 * The jobs that the pack renders to, whether or not they could be deployed: to look for those that are there.
 *
 * @throws ActionError
 */
async function findRendered(deployment            , prepared              , { log }       )                         {
  return await log.phase('Render the pack', async () => {
    const files = jobFiles((await renderPack(prepared)).files);
    return await parseJobs(
      await deployment.client(),
      readFiles(files, await prepared.nomadPack.version),
      packMeta(prepared.target),
    );
  });
}

/** Renders the pack to look for its jobs, when it is first asked for, and once. */
function searchFor(deployment            , tools       )         {
  let rendering                                ;
  return {
    render: async () => {
      rendering ??= renderIfPossible(deployment, tools);
      return await rendering;
    },
    say: (line) => tools.log.info(line),
  };
}

async function renderIfPossible(deployment            , tools       )                     {
  if (deployment.settings.registry === undefined) return undefined;
  try {
    return { jobs: await findRendered(deployment, await preparePack(deployment, tools), tools) };
  } catch (error) {
    const failure = (0,js_errors/* asActionError */.z6)(error);
    if (failure.reason === 'cancelled' || failure.reason === 'internal') throw error;
    return { failure };
  }
}

/** The same; a file that Nomad cannot read is told at the line of the template that it comes from, where that is known. */
async function atTemplate       (
  prepared              ,
  files                         ,
  parsing                ,
)                 {
  try {
    return await parsing;
  } catch (error) {
    if (!(error instanceof specification_faults/* SpecificationError */.WY)) throw error;
    const text = files.find(({ name }) => name === error.file)?.text ?? '';
    const location = await placeInTemplate(prepared, { name: error.file, text }, error.line);
    if (location === undefined) throw error;
    throw new js_errors/* ActionError */.lZ(error.reason, error.message, { hint: error.hint, cause: error, location });
  }
}

/** The line of a template that a line of what it renders to comes from, or its file alone, where they are known. */
async function placeInTemplate(
  { target }              ,
  { name, text }                                     ,
  line                    ,
)                                    {
  return await (0,cli/* locateTemplateLine */.t3)(target.pack, name, line === undefined ? undefined : text.split('\n')[line - 1]);
}

/** The files, and what nomad-pack makes of each by itself. */
function readFiles(files                         , version        )                             {
  return files.map((file) => ({ ...file, ...readJobFile(file.text, version) }));
}

/** A job that nomad-pack would register and then not know: `status`, `destroy` and the next deploy would not find it. */
async function render_jobs_lostMetadata(
  { name, text }              ,
  { cause, effect, remedy, line }              ,
  prepared              ,
  version        ,
)                       {
  const location = await placeInTemplate(prepared, { name, text }, line);
  return new js_errors/* ActionError */.lZ(
    'job-specification',
    `${name}, line ${line}: ${cause} makes nomad-pack ${version} ${effect}.`,
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
  const { withoutValue = [] } = probe.deployment.settings.variables;
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

function namesGiven({ prepared, deployment }       )           {
  const files = prepared.target.files.flatMap(({ values, assignments }) => [
    ...Object.keys(values ?? {}),
    ...(assignments ?? []).map(({ name }) => name),
  ]);
  return [...Object.keys(deployment.settings.variables.plain), ...files];
}

function showsAnything({ planned }            )          {
  return planned.Diff !== null && planned.Diff.Type !== 'None';
}

/** Whether a value of the job as it is now would be part of the difference. That the pack is another version is not a secret. */
function showsOld({ planned }            )          {
  if (planned.Diff === null || planned.JobModifyIndex === 0) return false;
  return (0,nomad_diff/* changesOf */.fs)(planned.Diff).some(({ path, field }) => field.Type !== 'Added' && !path.startsWith('Meta[pack.'));
}

async function placesOf(
  plans                       ,
  values                                         ,
  { deployment, prepared, existing }       ,
  { log, signal }       ,
)                                                         {
  try {
    const { nomadPack, target } = prepared;
    const files = jobFiles(await nomadPack.probe(target, values));
    const read = readFiles(files, await nomadPack.version);
    const parsed = await parseJobs(await deployment.client(), read, packMeta(target));
    const byFile = new Map(parsed.map((job) => [job.file, job]));
    const jobs = plans.map(({ job }) => sameJob(job, byFile.get(job.file)));
    const probes = await deployment.plan(jobs, existing);
    return new Map(
      plans.map(({ job, planned }, index) => [
        (0,nomad_jobs/* jobKey */.tv)(job),
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

/**
 * Another value of the same shape: each letter and digit is another one, so that what reads a URL, a number or base64 still can. What is empty
 * gets a member, for what stands there now may have been a secret before.
 */
function another(value               )                {
  if (typeof value === 'string') return anotherText(value);
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (value === null) return null;
  if (Array.isArray(value)) return value.length === 0 ? standIn('list') : value.map(another);
  const members = Object.entries(value);
  if (members.length === 0) return standIn('map');
  return Object.fromEntries(
    members.map(([key, member]) => [(0,plain_name/* isPlainName */.s)(key) ? key : String(anotherText(key)), another(member)]),
  );
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

// EXTERNAL MODULE: ./build/js/nomad/ownership.js
var ownership = __webpack_require__(115);
;// CONCATENATED MODULE: ./build/js/operations/say.js
                                                    



                                                       
                                             
                                        

/** Says which jobs a deploy takes over. */
function sayWhatIsAdopted({ adopted }       , { log }       )       {
  if (adopted.length === 0) return;
  log.notice(`Takes over, as \`adopt_jobs\` asks for, what no deployment owns: ${(0,deployment_deployment/* nameJobs */.eb)(adopted)}.`);
}

/** Says what a deploy is about to stop or replace besides registering its jobs. */
function sayWhatStops({ owner }            , claim       , { log }       )       {
  for (const job of claim.foreign) log.warning(`${(0,ownership/* describeForeign */.eQ)(owner, job)}; allowed by \`allow_replace\`.`);
  const stops = [...claim.stops, ...claim.children];
  if (stops.length > 0) log.info(`To be stopped: ${(0,deployment_deployment/* nameJobs */.eb)(stops)}.`);
}

/** Says what nomad-pack has stopped, once it has come to its end. */
function sayWhatStopped({ failure }            , claim       , { log }       )       {
  if (failure !== undefined) return;
  if (claim.stops.length > 0) log.notice(`No longer in the pack, so they were stopped: ${(0,deployment_deployment/* nameJobs */.eb)(claim.stops)}.`);
  if (claim.children.length > 0) {
    log.notice(`Launched by jobs of the deployment, and stopped along with them: ${(0,deployment_deployment/* nameJobs */.eb)(claim.children)}.`);
  }
}

/** What a redeploy leaves alone though it runs, for Nomad would end it and not start it again. */
function sayWhatStays({ settings }            , { existing }       , { jobs }          , { log }       )       {
  if (!settings.rollout.redeploy) return;
  const left = jobs.filter((job) => {
    const found = existing.get((0,nomad_jobs/* jobKey */.tv)(job));
    return job.action === 'none' && found?.Type === 'sysbatch' && !found.Stop && found.Periodic === null;
  });
  for (const { id, namespace } of left)
    log.warning(
      `Job "${id}" (${namespace}) stays as it is: Nomad does not run the same sysbatch job again where it has run. Let the job differ at each deploy, by a variable such as \`github.run_id\`, or remove it first (\`operation: destroy\`).`,
    );
}

;// CONCATENATED MODULE: ./build/js/operations/plan.js


                                                    




                                              





                                                             





                                                                 





                                                      

/** What a deploy would change, as text and as data, and what it would stop. Changes nothing. */
async function plan(deployment            , tools       )                   {
  const { log, record, secrets } = tools;
  const prepared = await prepareWithNomad(deployment, tools);
  const { nomadPack, target } = prepared;
  const jobs = await renderJobs(deployment, prepared, tools);
  const { data, words, claim } = await log.phase('Plan', async () => {
    const claim = await deployment.claim(jobs, await nomadPack.reach());
    sayWhatIsAdopted(claim, tools);
    const variables = await compareVariables(deployment, await nomadPack.nomadVariables(target), jobs);
    const found = await planData({ deployment, prepared, jobs, claim }, tools);
    // It would show the job of the others that this one has the id of.
    const isRefused = refusedJobs(deployment, claim).size > 0;
    const planned = withVariables(deployment, found.data, variables);
    const shared = sharedFaults(jobs, tools);
    sayWhatStays(deployment, claim, planned, tools);
    return {
      data: {
        ...planned,
        refusals: [...planned.refusals, ...shared.map(({ message }) => message)],
        advice: [...(planned.advice ?? []), ...shared.map(({ hint }) => hint)],
      },
      words: isRefused ? undefined : (0,foreign/* visible */.RK)(secrets.redact(await sayPlan(prepared, claim, found.hidden))),
      claim,
    };
  });
  record.know({ planData: data, changed: data.changed });
  if (words !== undefined) {
    record.know({ plan: words });
    record.know({ planFile: await keepPlan(words, tools) });
  }

  const states = await deployment.states(deployment.locate(claim.present, (0,deployment_deployment/* namespacesOf */.Gw)(jobs)).here);
  const unknown = runningStrangers(claim, states.length > 0).map(() => UNKNOWN);
  return {
    ...(0,state/* overallStatus */.gX)([...states, ...unknown]),
    changed: data.changed,
    jobs: states,
    ...findDrift(deployment, data),
  };
}

/** What is true of a job of which nobody can say whether it is the deployment's. */
const UNKNOWN = { status: 'unknown', health: 'unknown' }         ;

/**
 * Jobs that run under the ids of the pack's and are not the deployment's, though they may have been.
 *
 * @param isKnown whether something is there that is; then only jobs without an owner may be a part of it
 */
function runningStrangers({ conflicts, adopted, existing }       , isKnown         )                    {
  return [...conflicts, ...adopted]
    .filter(({ deploymentName }) => !isKnown || deploymentName === undefined)
    .filter((job) => existing.get((0,nomad_jobs/* jobKey */.tv)(job))?.Stop === false);
}

/** Why a deploy would be refused jobs that another deployment of the step has, too. */
function sharedFaults(jobs                   , tools       )                {
  try {
    tools.reserve(jobs);
    return [];
  } catch (error) {
    if (!(error instanceof js_errors/* ActionError */.lZ)) throw error;
    return [error];
  }
}

/** What is wrong with a plan that finds differences where `fail_on_changes` is set. */
function findDrift({ settings }            , data          )                           {
  return settings.review.failOnChanges && hasDifferences(data) ? { failure: drift(data) } : {};
}

/** Whether the cluster differs from what the pack says. To redeploy is a change, too, but no such difference. */
function hasDifferences(data          )          {
  return !data.jobs.every(dry_run/* leavesAlone */.iS) || changingVariables(data).length > 0;
}

/** nomad-pack's own words on what would change, without the values that are not to be seen. */
async function sayPlan(
  { nomadPack, target }              ,
  { adopted }       ,
  hidden                     ,
)                  {
  return await nomadPack.plan(target, (0,plan_output/* withoutValues */.l)(hidden, goLiteral), { override: adopted.length > 0 });
}

                              
                                  
                                  
                                        
                        
 

/** What a deploy of the jobs would do, as data that two plans can be compared by, and the values that are not to be seen. */
async function planData(
  subject             ,
  tools       ,
)                                                                             {
  const { deployment, jobs, claim } = subject;
  const plans = await deployment.plan(jobs, claim.existing);
  const { disclosures, hidden } = await disclose(plans, subject, tools);
  const planned              = [
    ...(0,dry_run/* describePlans */.IX)(plans, (job) => disclosures.get((0,nomad_jobs/* jobKey */.tv)(job))),
    ...[...claim.stops, ...claim.foreign.filter(({ effect }) => effect === 'stop')].map(stopOf),
  ];
  // What was launched is stopped only where there is a reason to run nomad-pack at all.
  const runs =
    claim.children.length > 0 &&
    (planned.some(({ action }) => action !== 'none') || (await readStanding(deployment, claim, jobs)) === undefined);
  const registered = runs ? [...planned, ...claim.children.map(stopOf)] : planned;
  const changes = deployment.settings.rollout.redeploy
    ? registered.map((one) => (0,dry_run/* redeployed */.gG)(one, claim.existing.get((0,nomad_jobs/* jobKey */.tv)(one))))
    : registered;
  const faults = [...deployment.faultsOf(claim), ...deployment.kindFaults(jobs, claim)];
  const data = {
    jobs: changes,
    changed: changes.some(({ action }) => action !== 'none'),
    digest: planDigest(changes),
    versionChanges: versionChanges(deployment, claim),
    refusals: faults.flatMap(({ message }) => message.split('\n')),
    advice: faults.map(({ hint }) => hint),
  };
  return { data, hidden };
}

/** The jobs, by `jobKey`, that a deploy would be refused over because others have them: what is in those is not for everybody. */
function refusedJobs({ settings }            , { conflicts, foreign }       )                      {
  const replaced = settings.rollout.allowReplace ? [] : foreign.filter(({ effect }) => effect === 'replace');
  return new Set([...conflicts, ...replaced].map(nomad_jobs/* jobKey */.tv));
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
  const { deployment, prepared, claim } = subject;
  const { secrets } = tools;
  const refused = refusedJobs(deployment, claim);
  const replaced = new Set(claim.foreign.map(nomad_jobs/* jobKey */.tv));
  const shown = plans.filter(({ job }) => !refused.has((0,nomad_jobs/* jobKey */.tv)(job)));
  const places = await findSecretPlaces(shown, { deployment, prepared, existing: claim.existing }, tools);
  const hasSecrets = Object.values(tools.secretVariables).some((value) => value !== '');
  const disclosures = new Map                    ();
  const hidden = new Set        ();
  for (const { job, planned } of shown) {
    // What another pack put there is known to nobody here.
    const known = replaced.has((0,nomad_jobs/* jobKey */.tv)(job)) ? undefined : places;
    const secretPlaces = known?.get((0,nomad_jobs/* jobKey */.tv)(job)) ?? SecretPlaces.none;
    const disclosure             = {
      redact: (text) => secrets.redact(text),
      hidesOld: (change) => known === undefined || secretPlaces.has(change) || mayHoldSecret(change),
      hidesNew: (change) => hasSecrets && secretPlaces.has(change) && isUntouched(change.field.New, secrets),
    };
    disclosures.set((0,nomad_jobs/* jobKey */.tv)(job), disclosure);
    for (const change of planned.Diff === null ? [] : (0,nomad_diff/* changesOf */.fs)(planned.Diff)) {
      // Where nobody knows the places, a key may have been a secret as well as a value.
      const key = known === undefined && change.field.Type === 'Deleted' ? unusualKey(change.path)?.name : undefined;
      const olds = key === undefined ? secretPlaces.oldSecrets(change) : [key];
      for (const old of olds) secrets.add('old value of a secret', old);
    }
  }
  // Once they all are known: to look for others takes new preparation.
  for (const { job, planned } of shown) {
    for (const change of planned.Diff === null ? [] : (0,nomad_diff/* changesOf */.fs)(planned.Diff)) {
      const disclosure = disclosures.get((0,nomad_jobs/* jobKey */.tv)(job));
      if (disclosure?.hidesOld(change)) hidden.add(change.field.Old);
      if (disclosure?.hidesNew(change)) hidden.add(change.field.New);
    }
  }
  hidden.delete('');
  return { disclosures, hidden };
}

/** Whether nothing in a value that comes of a secret is recognised as one: it is computed, or too short. */
function isUntouched(value        , secrets              )          {
  return value !== '' && secrets.redact(value) === value;
}

/** A value that was removed, or that looks like a credential, may be a secret that no input names any longer. */
function mayHoldSecret({ path, field }        )          {
  if (/^(?:true|false|\d{0,5})$/.test(field.Old)) return false;
  const name = path.split(' > ').at(-1) ?? '';
  return field.Type === 'Deleted' || cache/* SECRET_NAME */.J4.test(name) || /:\/\/[^/\s]*:[^/\s]*@/.test(field.Old);
}

function goLiteral(text        )         {
  return `"${(0,encodings/* inGo */.yI)(text)}"`;
}

function stopOf({ id, namespace }        )            {
  return { id, namespace, action: 'stop', groups: [], placementFailures: [], basedOn: 0, diff: [], fields: [] };
}

/** From which ref to which the deployment goes; nothing for one that is new or stays. */
function versionChanges({ settings }            , { present }       )           {
  const { registry, pack } = settings;
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
  const changes = plan.jobs.filter((job) => !(0,dry_run/* leavesAlone */.iS)(job)).map(({ id, action }) => `${id} (${action})`);
  const variables = changingVariables(plan);
  if (variables.length > 0) changes.push(`Nomad variable ${nameVariables(variables)}`);
  return new js_errors/* ActionError */.lZ('changes', `A deploy would change ${changes.join(', ')}.`, {
    hint: 'Deploy, or undo what was changed by hand in the cluster. `fail_on_changes` makes the step fail over it.',
  });
}

/** What to throw where a plan is not the one that was reviewed */
function planChanged({ jobs, digest }          , reviewed        , what = 'a deploy')              {
  const changes = jobs
    .filter(({ action }) => action !== 'none')
    .map(({ id, namespace, action }) => `${action} ${id} (${namespace})`);
  return new js_errors/* ActionError */.lZ(
    'plan-changed',
    `What ${what} would do now is not what was reviewed: it would ${changes.join(', ') || 'change nothing'}.\nThe plan’s digest is ${digest} now, \`plan_digest\` is ${reviewed}.`,
    {
      hint: 'The pack, a variable, `redeploy` or the cluster has changed since the plan. Review the plan in this step’s summary, and deploy with its digest in `plan_digest`.',
    },
  );
}

;// CONCATENATED MODULE: ./build/js/nomad/replace.js


                                               



                                                    


                                 
                                                              
                       
                                                                   
                               
                                                                        
                                
                                                             
                                              
 

/** Milliseconds. */
const LONGEST_WAIT = 2_000;

/**
 * Gives a job new allocations without a new version of it: `POST /v1/allocation/:id/stop` has Nomad put another one in the place of each. It
 * goes from group to group by `max_parallel` of its `update` block, and to the next only when Nomad calls the new ones healthy; those of a
 * service are watched by the `migrate` block and the service's checks.
 *
 * @returns what went wrong, in words; undefined where all were replaced. What was not replaced by then stays as it is.
 * @throws ActionError where Nomad refuses: stopping takes the capability `alloc-lifecycle`
 */
async function replaceAllocations(
  client             ,
  job     ,
  options                ,
)                              {
  const ref = { id: job.ID, namespace: job.Namespace };
  for (const group of job.TaskGroups ?? []) {
    const old = (await (0,nomad_jobs/* listAllocations */.es)(client, ref)).filter(
      ({ TaskGroup, JobVersion, DesiredStatus, ClientStatus }) =>
        TaskGroup === group.Name &&
        JobVersion === job.Version &&
        DesiredStatus === 'run' &&
        (ClientStatus === 'running' || ClientStatus === 'pending'),
    );
    const size = batchSize(group, old.length);
    for (let begin = 0; begin < old.length; begin += size) {
      const batch = old.slice(begin, begin + size);
      await Promise.all(batch.map(async ({ ID }) => await stopAllocation(client, ref, ID, options)));
      const trouble = await untilReplaced(client, job, batch, options);
      if (trouble !== undefined) return `group "${group.Name}": ${trouble}`;
      options.onProgress(`group "${group.Name}": ${begin + batch.length} of ${old.length} allocations replaced`);
    }
  }
  return undefined;
}

/** Without `max_parallel`, as where a job has no `update` block, it is one at a time; 0 means all at once, as in Nomad. */
function batchSize({ Update }           , all        )         {
  if (Update === undefined || Update === null) return 1;
  return Update.MaxParallel === 0 ? Math.max(1, all) : Update.MaxParallel;
}

async function stopAllocation(
  client             ,
  { namespace }        ,
  id        ,
  { onChange }                ,
)                {
  const path = `/v1/allocation/${encodeURIComponent(id)}/stop`;
  try {
    await client.post(path, api/* stoppedAllocationSchema */.XQ, {}, { query: { namespace }, repeatable: true });
  } catch (error) {
    // Without an answer nobody knows.
    if (!(error instanceof errors/* NomadResponseError */.zY)) onChange();
    throw error;
  }
  onChange();
}

async function untilReplaced(
  client             ,
  job     ,
  batch                       ,
  { end, signal }                ,
)                              {
  const ref = { id: job.ID, namespace: job.Namespace };
  let index = 0;
  let isEvaluated = false;
  for (;;) {
    signal.throwIfAborted();
    const query = { namespace: ref.namespace };
    const blocking = { index, wait: Math.max(1, Math.min(LONGEST_WAIT, end - performance.now())) };
    const { body, index: next } = await client.get((0,api/* jobPath */.Jf)(ref.id, '/allocations'), api/* allocationsSchema */.P6, {
      query,
      ...(index > 0 && { blocking }),
    });
    index = next;
    // Nomad puts nothing in the place of a system job's allocation before the job is evaluated again (seen on 2.0.6).
    if ((0,tasks/* isOnEveryNode */.be)(job) && !isEvaluated && batch.every(({ ID }) => isOver(body.find((one) => one.ID === ID)))) {
      await evaluate(client, ref);
      isEvaluated = true;
    }
    const replacements = batch.map((old) => replacementOf(old, body, job));
    const bad = replacements.find((one) => one?.ClientStatus === 'failed' || one?.DeploymentStatus?.Healthy === false);
    if (bad !== undefined) return `the new allocation ${bad.ID.slice(0, 8)} is not healthy`;
    if (replacements.every((one) => one !== undefined && isWell(one, job))) return undefined;
    if (performance.now() >= end) return 'the new allocations were not healthy in time';
  }
}

function isOver(allocation                        )          {
  return allocation === undefined || !['running', 'pending'].includes(allocation.ClientStatus);
}

function replacementOf(old            , all                       , job     )                         {
  if (!(0,tasks/* isOnEveryNode */.be)(job)) {
    const next = all.find(({ ID }) => ID === old.ID)?.NextAllocation;
    return all.find(({ ID }) => ID === next);
  }
  return all.find(
    ({ NodeID, TaskGroup, CreateIndex }) =>
      NodeID === old.NodeID && TaskGroup === old.TaskGroup && CreateIndex > old.CreateIndex,
  );
}

/** Only of a service does Nomad say that an allocation is healthy which no rollout has placed. */
function isWell({ ClientStatus, DeploymentStatus }            , { Type }     )          {
  return ClientStatus === 'running' && (Type !== 'service' || DeploymentStatus?.Healthy === true);
}

async function evaluate(client             , { id, namespace }        )                {
  const payload = { JobID: id };
  await client.post((0,api/* jobPath */.Jf)(id, '/evaluate'), api/* evaluationAnswerSchema */.eF, payload, {
    query: { namespace },
    repeatable: true,
  });
}

/**
 * Lets a batch job run again: it is stopped, and goes back to the version that it had, which is the same job under the next number.
 *
 * @throws ActionError `superseded` where somebody else has changed it meanwhile
 */
async function runAgain(
  client             ,
  job     ,
  owner       ,
  { onChange }                                  ,
)                        {
  const ref = { id: job.ID, namespace: job.Namespace };
  const stopped = await (0,nomad_jobs/* stopJob */.CC)(client, ref, owner, { purge: false });
  if (stopped.state === 'done' || stopped.state === 'unknown') onChange();
  if ('failure' in stopped) throw stopped.failure;
  const { watch } = await revertTo(client, ref, job.Version, job.Version + 1);
  if (watch !== undefined) return watch;
  throw new js_errors/* ActionError */.lZ(
    'nomad-error',
    `Job "${ref.id}" (${ref.namespace}) was stopped, and Nomad did not start it again`,
    {
      hint: 'Deploy it once more.',
    },
  );
}

;// CONCATENATED MODULE: ./build/js/operations/redeploy.js


                                                   






                                            

                                        

/**
 * Gives jobs that a deploy did not change new allocations, one job after the other, and watches them: batch jobs run again, of the others each
 * allocation is replaced. What launches other jobs does so with the present version anyway.
 *
 * @param jobs of the deployment, as Nomad has them
 * @throws ActionError
 */
async function redeploy(deployment            , tools       , jobs                   )                   {
  const { log, record, signal } = tools;
  const client = await deployment.client();
  const end = performance.now() + deployment.settings.rollout.timeout;
  const again = new Map                      ();
  let changed = false;
  const onChange = () => {
    changed = true;
    record.know({ changed });
  };
  const trouble = await log.phase('Replace the allocations', async () => {
    for (const { id, namespace } of jobs) {
      const job = await (0,nomad_jobs/* readOwned */.A4)(client, { id, namespace }, deployment.owner);
      if (job === undefined || !(0,dry_run/* canRedeploy */.PO)(job)) continue;
      if ((0,tasks/* isBatch */.bG)(job)) {
        again.set((0,nomad_jobs/* jobKey */.tv)({ id, namespace }), await runAgain(client, job, deployment.owner, { onChange }));
        log.info(`Runs again: ${(0,deployment_deployment/* nameJobs */.eb)([{ id, namespace }])}.`);
        continue;
      }
      const onProgress = (line        ) => log.progress(line, id);
      const found = await replaceAllocations(client, job, { end, signal, onChange, onProgress });
      if (found !== undefined) return { job, found };
    }
    return undefined;
  });
  const outcome = await watchAll(deployment, tools, jobs, again, end);
  const failure = outcome.failure ?? (trouble === undefined ? undefined : notReplaced(trouble));
  return { ...outcome, changed, ...(failure !== undefined && { failure }) };
}

async function watchAll(
  deployment            ,
  tools       ,
  jobs                   ,
  again                                   ,
  end        ,
)                                    {
  const others = jobs.filter((job) => !again.has((0,nomad_jobs/* jobKey */.tv)(job)));
  const before = await deployment.snapshot(others);
  const submitted = await (0,submission/* findSubmitted */.vw)(await deployment.client(), others, before, submission/* NOTHING_CLAIMED */.K_);
  const timeout = Math.max(LEAST_WATCH, end - performance.now());
  const { jobs: states, failure } = await watch(deployment, tools, [...submitted, ...again.values()], { timeout });
  return { jobs: states, ...(0,state/* overallStatus */.gX)(states), ...(failure !== undefined && { failure }) };
}

/** Enough to see how the jobs are. Milliseconds. */
const LEAST_WATCH = 1_000;

function notReplaced({ job, found }                                               )              {
  return new js_errors/* ActionError */.lZ('unhealthy', `Job "${job.ID}" was not redeployed to its end: ${found}`, {
    hint: `What was not replaced runs as it did. Fix what the task’s events and log show, and deploy again. More: \`nomad job status -namespace ${job.Namespace} ${job.ID}\``,
  });
}

;// CONCATENATED MODULE: ./build/js/operations/register.js
                                                              
                                                                    
                                              
                                                             

                                                       
                                             
                                                 

                                        

/**
 * Looks once more, as late as it can be, at who owns what, because that may have changed while the pack was rendered; and at what there is
 * to go back to.
 *
 * @throws ActionError
 */
async function readBaseline(
  deployment            ,
  { nomadPack }              ,
  jobs                        ,
  tools       ,
)                    {
  tools.reserve(jobs);
  const claim = await deployment.claim(jobs, await nomadPack.reach());
  deployment.refuseStrangers(claim);
  sayWhatIsAdopted(claim, tools);
  sayWhatStops(deployment, claim, tools);
  const touched = [...jobs, ...claim.stops, ...claim.children, ...claim.foreign];
  return { claim, before: await deployment.snapshot(touched) };
}

/** Lets nomad-pack register the jobs. A failure is part of what it returns: some of the jobs may be registered all the same. */
async function registerJobs(
  deployment            ,
  { nomadPack, target }              ,
  { jobs, before, claim, plan }      ,
)                      {
  const { rollout, review } = deployment.settings;
  const checkIndex = review.digest === undefined ? undefined : guard(await nomadPack.canDetach(), jobs, plan);
  return await nomadPack.run(target, {
    preserveCounts: rollout.preserveCounts,
    override: claim.adopted.length > 0,
    timeout: rollout.timeout,
    isUntouched: async () => await register_isUntouched(deployment, [...jobs, ...before.values()], before),
    ...(checkIndex !== undefined && { checkIndex }),
  });
}

/** Whether no job has changed; where Nomad does not say, that is not known. */
async function register_isUntouched(deployment            , refs                   , before                 )                   {
  try {
    return !(0,submission/* differs */.Ag)(refs, before, await deployment.snapshot(refs));
  } catch {
    return false;
  }
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

;// CONCATENATED MODULE: ./build/js/operations/deploy.js
                                                    









                                                                  
                                                             



                                                       
                                                             









                                        



/**
 * Registers the pack's jobs and watches them to the end of their rollout. Green only when the versions that this step submitted are
 * the ones that run, and are healthy.
 *
 * @throws ActionError; what is known by then is in the record
 */
async function deploy(deployment            , tools       )                   {
  const prepared = await prepareWithNomad(deployment, tools);
  const jobs = await renderJobs(deployment, prepared, tools);
  const { claim, plan } = await tools.log.phase(
    'Compare with the cluster',
    async () => await compare(deployment, tools, prepared, jobs),
  );

  const unchanged = plan.jobs.filter(dry_run/* leavesAlone */.iS);
  const isRedeploy = unchanged.some(({ action }) => action === 'redeploy');
  if (isRedeploy && !hasDifferences(plan)) return await redeployAll(deployment, tools, jobs);
  const standing = plan.changed ? undefined : await readStanding(deployment, claim, jobs);
  if (standing !== undefined) return { ...(await deploy_confirm(deployment, tools, jobs, standing)), changed: false };

  const baseline = await readBaseline(deployment, prepared, jobs, tools);
  const { before } = baseline;
  const look = {
    find: async (asked            ) => await asked.findOwn((0,deployment_deployment/* namespacesOf */.Gw)(jobs)),
    changes: { refs: [...jobs, ...before.values()], before },
    isWanted: ({ changed = false, jobs: states }       ) => changed && states === undefined,
  };
  return await withLastLook(deployment, tools, look, async () => {
    const outcome = await rollOut(deployment, tools, prepared, { jobs, plan, ...baseline });
    if (!isRedeploy || outcome.failure !== undefined) return outcome;
    const redeployed = await redeploy(deployment, tools, unchanged);
    const states = new Map([...outcome.jobs, ...redeployed.jobs].map((job) => [(0,nomad_jobs/* jobKey */.tv)(job), job]));
    const all = [...states.values()];
    return { ...redeployed, ...(0,state/* overallStatus */.gX)(all), jobs: all, changed: outcome.changed || redeployed.changed };
  });
}

/** A deploy that has nothing to change but is to give every job new allocations. nomad-pack is not run: it would not do so. */
async function redeployAll(deployment            , tools       , jobs                        )                   {
  const look = {
    find: async (asked            ) => await asked.findOwn((0,deployment_deployment/* namespacesOf */.Gw)(jobs)),
    isWanted: ({ changed = false, jobs: states }       ) => changed && states === undefined,
  };
  return await withLastLook(deployment, tools, look, async () => await redeploy(deployment, tools, jobs));
}

/** Refuses what may not be done; what would be done is known after that. */
async function compare(
  deployment            ,
  tools       ,
  prepared              ,
  jobs                        ,
)                                                              {
  const { nomadPack, target } = prepared;
  const claim = await deployment.claim(jobs, await nomadPack.reach());
  deployment.refuseStrangers(claim);
  const [kindFault] = deployment.kindFaults(jobs, claim);
  if (kindFault !== undefined) throw kindFault;
  const variables = await compareVariables(deployment, await nomadPack.nomadVariables(target), jobs);
  refuseForeignVariables(deployment, variables);
  const { data } = await planData({ deployment, prepared, jobs, claim }, tools);
  const plan = withVariables(deployment, data, variables);
  sayWhatStays(deployment, claim, plan, tools);
  tools.record.know({ planData: plan });
  const { digest } = deployment.settings.review;
  if (digest !== undefined && plan.digest !== digest) throw planChanged(plan, digest);
  return { claim, plan };
}

/** The end of a deploy that has nothing to change: a rollout that goes on, of a deploy that was cancelled for example, is watched to its end. */
async function deploy_confirm(
  deployment            ,
  tools       ,
  jobs                        ,
  { states, isRollingOut, isOpen }          ,
)                          {
  const { wait } = deployment.settings.rollout;
  tools.log.info(
    `Nothing to change: the same jobs are deployed already, and ${isRollingOut ? 'their rollout goes on' : 'are healthy'}.`,
  );
  if (!wait && isRollingOut) return { jobs: states, status: 'pending', health: 'unknown' };
  if (!wait || !isOpen) return { jobs: states, ...(0,state/* overallStatus */.gX)(states) };
  const before = await deployment.snapshot(jobs);
  const unchanged = await (0,submission/* findSubmitted */.vw)(await deployment.client(), jobs, before, submission/* NOTHING_CLAIMED */.K_);
  return await follow(deployment, tools, jobs, unchanged);
}

async function rollOut(deployment            , tools       , prepared              , task      )                   {
  const { log, record } = tools;
  const { wait, timeout } = deployment.settings.rollout;
  const began = performance.now();
  // `wait_timeout` is for all that follows the beginning of the registration.
  const timeLeft = () => timeout - (performance.now() - began);
  const inTime = async         (question                 ) =>
    await withinTime(question, Math.max(timeLeft(), write/* WRITE_PATIENCE */.w), 'what came of the registration');
  const { run, registration } = await withoutTraces(deployment, tools, task, async (lifted) => {
    // Until Nomad says what came of it: it may not answer any more.
    record.know({ changed: task.plan.changed });
    const run = await log.phase(
      'Run nomad-pack',
      async () => await registerJobs(deployment, prepared, task),
      ({ failure }) => failure === undefined,
    );
    sayWhatStopped(run, task.claim, tools);
    const registration = await inTime(readRegistration(deployment, task, run));
    record.know({ changed: registration.changed });
    await traceDeploy(deployment, tools, task, registration, { lifted, commit: prepared.commit });
    return { run, registration };
  });
  const registered = registration.submitted.filter(({ change }) => change !== 'missing');
  log.info(`Registered: ${registered.map(describeSubmitted).join(', ') || 'nothing'}.`);
  const variables = await inTime(checkVariables(deployment, prepared, task.plan));
  const failure = variables.failure ?? judgeRun(run, registration, tools);
  const changed = registration.changed || variables.changed;
  record.know({ changed });
  if (failure !== undefined && !changed) throw failure;

  // A job that is not there, though nomad-pack says that all went well, is a failure of its own.
  const followed = failure === undefined ? registration.submitted : registered;
  const [outcome, deviation] = await bothOf(
    wait
      ? follow(deployment, tools, task.jobs, followed, Math.max(timeLeft(), deploy_LEAST_WATCH))
      : inTime(lookOnce(deployment, followed)),
    inTime(verifyRegistered(deployment, registered, task, (text) => tools.secrets.redact(text))),
  );
  const trespass = findTrespass(deployment, task, registration);
  const verdict = deviation ?? outcome.failure ?? failure ?? trespass;
  if (deviation !== undefined && outcome.failure !== undefined) log.warning(outcome.failure.message);
  if (trespass !== undefined && verdict !== trespass) log.warning(`${trespass.message} ${trespass.hint}`);
  if (verdict === undefined) return { ...outcome, changed };
  const failed = { ...task, submitted: registered, outcome, failure: verdict };
  return { ...(await endBadly(deployment, tools, failed)), changed };
}

/** The end of a deploy that failed: its jobs stay, or go back where the settings ask for that. */
async function endBadly(deployment            , tools       , failed               )                          {
  const { outcome, failure, plan } = failed;
  const { wait, onFailure } = deployment.settings.rollout;
  if (!wait || onFailure !== 'revert' || FINAL.has(failure.reason)) return { ...outcome, failure };
  const written = changingVariables(plan);
  if (written.length > 0)
    tools.log.notice(`What the pack declares as Nomad variables is not taken back: ${nameVariables(written)}.`);
  return await goBack(deployment, tools, failed);
}

/** Enough to see how the jobs are. Milliseconds. */
const deploy_LEAST_WATCH = 1_000;

/** Whether what the pack declares as Nomad variables is written; counts as a change where it was otherwise. */
async function checkVariables(
  deployment            ,
  { nomadPack, target }              ,
  plan          ,
)                                                                         {
  if (changingVariables(plan).length === 0) return { changed: false };
  const failure = await findUnwritten(deployment, await nomadPack.nomadVariables(target));
  return failure === undefined ? { changed: true } : { changed: false, failure };
}

/** Failures that going back would not fix: what runs is somebody else's, waits for a decision, or is well itself. */
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

;// CONCATENATED MODULE: ./build/js/operations/matrix.js
                                                       

/** Tells the deployments of a file, for a job each. */
async function matrix(rows                      )                   {
  return { status: 'complete', health: 'unknown', changed: false, jobs: [], matrix: rows };
}

;// CONCATENATED MODULE: ./build/js/deployment/strangers.js
                                                
                                              



                                                  

/** What the pack renders to, or why nobody can tell; undefined where the inputs do not say where it is. */
                                                                                                                  

/** How to learn which jobs the pack has. */
                         
                                            
                                                        
                                       
 

/**
 * The running jobs that have the id of one of the pack's jobs and are not the deployment's: what nobody finds under its name may be
 * there all the same, where nomad-pack lost the metadata. Where the pack cannot be rendered, the usual ids are looked at, which are the names
 * of the pack and of the deployment.
 *
 * @throws ActionError `job-specification` for a template that names a region which is not looked at
 */
async function findStrangers(deployment            , search        )                                     {
  const rendering = await search.render();
  if (rendering !== undefined && 'jobs' in rendering)
    await refuseOtherRegions(await deployment.client(), rendering.jobs);
  const refs = jobsOf(rendering, deployment, search);
  const found = await deployment.existing(refs);
  const running = new Map([...found].filter(([, job]) => !job.Stop && job.Status !== 'dead'));
  return (0,ownership/* compareOwnership */.lO)(deployment.owner, refs, { jobs: [], children: [], existing: running }).conflicts;
}

/**
 * The running jobs that have the id of one of the pack's jobs and no owner, beside those of the deployment that are found by its name.
 * The pack is only rendered where jobs without an owner run in these namespaces, and the inputs say where the pack is; without that,
 * nobody knows what belongs to it.
 */
async function findOwnerlessSiblings(
  deployment            ,
  namespaces                     ,
  search        ,
)                                     {
  if (deployment.settings.registry === undefined) return [];
  const ownerless = await deployment.ownerless(namespaces);
  if (ownerless.length === 0) return [];
  const own = new Set(jobsOf(await search.render(), deployment, search).map(nomad_jobs/* jobKey */.tv));
  return ownerless
    .filter((job) => own.has((0,nomad_jobs/* jobKey */.tv)(job)))
    .map((job) => ({ ...job, deploymentName: undefined, packName: '' }));
}

/** What the pack renders to, or else the usual ids. */
function jobsOf(rendering           , deployment            , { say }        )                    {
  if (rendering === undefined) return usualJobs(deployment);
  if ('jobs' in rendering) return rendering.jobs;
  say(`The pack cannot be rendered, so only the usual ids of its jobs are looked at: ${rendering.failure.message}`);
  return usualJobs(deployment);
}

function usualJobs({ owner, namespace }            )           {
  return [...new Set([owner.packName, owner.deploymentName])].map((id) => ({ id, namespace }));
}

;// CONCATENATED MODULE: ./build/js/operations/namespaces.js

                                                         
                                                      
                                        

/** Where a deployment's jobs are. */
                             
                                      
                                                              
                            
 

/**
 * Where the deployment's jobs are. A template may name a namespace of its own, so where the same pack runs under the same name elsewhere,
 * the pack is rendered to tell whether that is this deployment or another environment's.
 */
async function findNamespaces(
  deployment            ,
  tools       ,
  jobs                        ,
  search        ,
)                      {
  const { namespace } = deployment;
  const asked = new Set([namespace]);
  if (deployment.locate(jobs).elsewhere.length === 0) return { names: asked, certain: true };
  const rendering = await search.render();
  if (rendering === undefined) return { names: asked, certain: false };
  if ('jobs' in rendering) return { names: (0,deployment_deployment/* namespacesOf */.Gw)(rendering.jobs), certain: true };
  tools.log.notice(
    `The pack cannot be rendered any more, so only the jobs in the namespace ${namespace} go: ${rendering.failure.message}`,
  );
  return { names: asked, certain: false };
}

;// CONCATENATED MODULE: ./build/js/operations/nomad-variables.js
                                                              



                                                                      
                                            

                                        

/**
 * Deletes the Nomad variables that the pack declares, as `nomad-pack destroy` does. The pack is fetched only where Nomad has variables at all.
 * Where there was no job of the deployment, only those that are just as the pack declares them: a variable has no owner in Nomad, and any
 * other may never have been the deployment's.
 *
 * @param outcome of the removal of the jobs
 * @throws ActionError
 */
async function removeVariables(deployment            , tools       , outcome         )                   {
  const client = await deployment.client();
  const listed = await listVariables(client);
  if (listed?.length === 0) return outcome;
  const declared = await declaredVariables(deployment, tools);
  if (declared === undefined) return outcome;
  if (listed === undefined) {
    sayWhatMayBeLeft(declared, tools);
    return outcome;
  }
  const there = new Set(listed.map(nomad_variables_keyOf));
  const found = declared.filter((variable) => there.has(nomad_variables_keyOf(variable)));
  if (found.length === 0) return outcome;
  const others = await otherDeployments(deployment);
  const wasThere = outcome.changed;
  let { changed } = outcome;
  for (const variable of found) {
    if (!wasThere && !(await isAsDeclared(deployment, variable))) {
      tools.log.notice(
        `The Nomad variable ${nameVariables([variable])} stays: no job of the deployment was there, and it is not what the pack declares. If nobody needs it: \`nomad var purge -namespace ${variable.namespace} ${variable.path}\``,
      );
      continue;
    }
    const owner =
      others.length > 0 ? `the same pack, deployed as ${others.join(', ')}` : await foreignOwner(deployment, variable);
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
  { settings }            ,
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

function nomad_variables_keyOf({ path, namespace }             )         {
  return `${namespace}/${path}`;
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
async function remove(deployment            , tools       )                   {
  const outcome = await removeJobs(deployment, tools);
  return isDestroy(deployment) ? await removeVariables(deployment, tools, outcome) : outcome;
}

async function removeJobs(deployment            , tools       )                   {
  const { search, namespaces, here, elsewhere, targets } = await findRemovable(deployment, tools);
  // Where nobody knows which namespace the pack's own templates name, what is elsewhere may be the deployment.
  const maybeElsewhere = !namespaces.certain && elsewhere.length > 0;
  if (targets.length > 0) {
    const removal = { deployment, tools, namespaces: namespaces.names };
    const end = await removeTargets(removal, targets);
    const siblings = await findOwnerlessSiblings(deployment, namespaces.names, search);
    const isUnsure = maybeElsewhere || siblings.length > 0;
    return { ...end, ...(isUnsure && { status: 'unknown' }), ...tellStrangers(deployment, tools, siblings) };
  }
  const isKnown = here.length + elsewhere.length > 0;
  if (!isKnown) await deployment.requireNamespace();
  const strangers = isKnown
    ? await findOwnerlessSiblings(deployment, namespaces.names, search)
    : await findStrangers(deployment, search);
  const nothing = await nothingLeft(deployment, tools, here, maybeElsewhere || strangers.length > 0);
  return { ...nothing, ...tellStrangers(deployment, tools, strangers) };
}

/** What there is of a deployment that is to be removed. */
                                                                
                                  
                          
                          
                                           
 

/** Looks for what a removal takes away, and says what it leaves alone. */
async function findRemovable(deployment            , tools       )                     {
  const { log } = tools;
  const found = await log.phase('Look for the deployment', async () => await findAll(deployment));
  const search = searchFor(deployment, tools);
  const namespaces = await findNamespaces(deployment, tools, found, search);
  const { here, elsewhere, others } = deployment.locate(found, namespaces.names);
  if (others.length > 0) {
    log.notice(`Of the same deployment name, but of other packs, and left alone: ${(0,deployment_deployment/* nameJobs */.eb)(others)}.`);
  }
  if (elsewhere.length > 0) {
    log.notice(`Of the same pack and name, but in other namespaces, and left alone: ${(0,deployment_deployment/* nameJobs */.eb)(elsewhere)}.`);
  }
  const targets = here.filter((job) => isLeft(job, deployment));
  return { search, namespaces, here, elsewhere, targets };
}

/** What a removal works on. */
                   
                                  
                        
                                 
                                           
 

/** Removes the jobs that were found, and makes sure that they are gone. */
async function removeTargets(removal         , targets                        )                   {
  const { deployment, tools } = removal;
  const [phase, done] = isDestroy(deployment) ? ['Destroy the jobs', 'Destroyed'] : ['Stop the jobs', 'Stopped'];
  const look = {
    find: async (asked            ) => await findRemains({ ...removal, deployment: asked }),
    tell: (remains                        ) => tellRemains(removal, remains),
  };
  const { gone, remains, changed } = await withLastLook(
    deployment,
    tools,
    look,
    async () => await tools.log.phase(phase, async () => await stopWithChildren(removal, targets)),
  );
  const jobs = await deployment.states(remains);
  const end = { jobs, ...(0,state/* overallStatus */.gX)(jobs) };
  tools.record.know(end);
  refuseLeftovers(remains, deployment);
  tools.log.info(`${done}: ${(0,deployment_deployment/* nameJobs */.eb)(gone)}.`);
  return { ...end, changed };
}

/** Everything that carries the deployment's name: its jobs, and what they launched, which stays when they go. */
async function findAll(deployment            )                         {
  const { jobs, children } = await deployment.survey();
  return [...jobs, ...children];
}

async function findRemains({ deployment, namespaces }         )                         {
  const { here } = deployment.locate(await findAll(deployment), namespaces);
  return here.filter((job) => !isChild(job) || isLeft(job, deployment));
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
function tellRemains({ deployment, tools }         , remains                        )       {
  const left = remains.filter((job) => isLeft(job, deployment));
  if (left.length > 0) tools.log.warning(`Still there: ${(0,deployment_deployment/* nameJobs */.eb)(left)}.`);
}

/**
 * Whether the operation has something to do about a job: to stop one that was told to already, or what was launched and is over, would do
 * nothing; to destroy it does.
 */
function isLeft(job             , deployment            )          {
  if (isDestroy(deployment)) return true;
  return !job.stop && !(isChild(job) && job.status === 'dead');
}

function isDestroy({ settings }            )          {
  return settings.operation === 'destroy';
}

function isChild(job             )          {
  return 'parentId' in job;
}

/** Jobs with the pack's ids that are not the deployment's: what somebody else owns is left to them, what nobody owns should not be there. */
function tellStrangers(
  { owner }            ,
  { log }       ,
  strangers                           ,
)                           {
  const ownerless = strangers.filter(({ deploymentName }) => deploymentName === undefined);
  for (const job of strangers)
    if (!ownerless.includes(job)) log.notice(`${(0,ownership/* describeConflict */.we)(owner, job)}. It was left alone.`);
  const [first] = ownerless;
  if (first === undefined) return {};
  const jobs = ownerless.map((job) => (0,ownership/* describeConflict */.we)(owner, job)).join('\n');
  return {
    failure: new js_errors/* ActionError */.lZ('job-conflict', jobs, {
      hint: `It was left alone. If it is the deployment’s, deploy with \`adopt_jobs: ${ownerless[0]?.id}\` first, or stop it by hand: \`nomad job stop -purge\`.`,
    }),
  };
}

async function nothingLeft(
  deployment            ,
  { log }       ,
  here                        ,
  maybeElsewhere         ,
)                   {
  const { owner, namespace, settings } = deployment;
  log.info(
    `There is nothing to ${settings.operation}: no job of pack ${owner.packName} as ${owner.deploymentName} ${isDestroy(deployment) ? 'exists' : 'runs'} in the namespace ${namespace}.`,
  );
  const jobs = await deployment.states(here.filter((job) => !isChild(job)));
  const status         = maybeElsewhere ? 'unknown' : jobs.length > 0 ? 'stopped' : 'absent';
  return { status, health: 'unknown', changed: false, jobs };
}

/** One that cannot be stopped keeps none of the others. @returns whether any was stopped, or may have been */
async function stopAll({ deployment, tools }         , jobs                        )                   {
  const client = await deployment.client();
  const { owner } = deployment;
  const purge = isDestroy(deployment);
  const outcomes = await Promise.all(jobs.map(async (job) => await (0,nomad_jobs/* stopJob */.CC)(client, job, owner, { purge })));
  // Of a request that went unanswered, nobody knows whether it was carried out.
  const changed = outcomes.some(({ state }) => state === 'done' || state === 'unknown');
  if (changed) tools.record.know({ changed });
  const failed = outcomes.find((outcome) => 'failure' in outcome);
  if (failed !== undefined) throw failed.failure;
  return changed;
}

/** Who looks away once has somebody else deploy again meanwhile: green is only what is really gone. */
function refuseLeftovers(after                        , deployment            )       {
  const left = after.filter((job) => isLeft(job, deployment));
  if (left.length === 0) return;
  throw new js_errors/* ActionError */.lZ('nomad-error', `There again after the ${deployment.settings.operation}: ${(0,deployment_deployment/* nameJobs */.eb)(left)}.`, {
    hint: 'Somebody deploys under the same name at the same time. Let one workflow at a time work on a deployment (`concurrency:`).',
  });
}

;// CONCATENATED MODULE: ./build/js/operations/plan-removal.js



                                                      
                                                       


                                        

/**
 * What a `destroy` would do, as data: every job of the deployment stops. What they have launched goes with them, and is not part of the data,
 * for it changes without anybody's doing. Changes nothing.
 */
async function planRemoval(deployment            , tools       )                   {
  const { log, record } = tools;
  const { targets } = await findRemovable(deployment, tools);
  const own = targets.filter((job) => !('parentId' in job));
  const changes = own.map(destroyed);
  const changed = targets.length > 0;
  const planData = { jobs: changes, changed, digest: planDigest(changes), versionChanges: [], refusals: [] };
  record.know({ planData, changed });
  log.info(changed ? `To be destroyed: ${(0,deployment_deployment/* nameJobs */.eb)(targets)}.` : 'There is nothing to destroy.');
  const jobs = await deployment.states(own);
  return { ...(0,state/* overallStatus */.gX)(jobs), changed, jobs, ...findDrift(deployment, planData) };
}

function destroyed({ id, namespace, jobModifyIndex }             )            {
  return {
    id,
    namespace,
    action: 'stop',
    groups: [],
    placementFailures: [],
    basedOn: jobModifyIndex,
    diff: [],
    fields: [],
  };
}

;// CONCATENATED MODULE: ./build/js/operations/promote.js
                                                              

                                            


                                        

/**
 * Promotes the canaries of the deployment that wait for it, and watches the rollout to its end. Where none waits, nothing is done.
 *
 * @throws ActionError; `stopped` where there is no such deployment
 */
async function promote(deployment            , tools       )                   {
  return await decideOnCanaries(deployment, tools, 'promotion', async (own, waiting) => {
    await tools.log.phase('Promote', async () => await promoteAll(deployment, tools, waiting));
    const submitted = waiting.map((one) => one.submitted);
    const { jobs, failure } = await watch(deployment, tools, submitted);
    const all = [...jobs, ...(await readOthers(deployment, own, waiting))];
    return { ...(0,state/* overallStatus */.gX)(all), changed: true, jobs: all, ...(failure !== undefined && { failure }) };
  });
}

;// CONCATENATED MODULE: ./build/js/deployment/rollback.js

                                                   



                                                  

/** A job of the deployment, and the versions of it that are the deployment's. */
                                            
                        
                                               
                                   
                                        
                          
 

/** What a rollback comes to. */
                               
                                  
                                                 
                                 
                                                                    
                                      
 

/** How far apart the jobs of one deploy may be registered, one after the other, where their tags do not tell. Nanoseconds. */
const ONE_DEPLOY = 5_000_000_000;

/** @returns those of the jobs that the deployment owns now */
async function readHistories(deployment            , jobs                   )                        {
  const client = await deployment.client();
  const histories = await Promise.all(
    jobs.map(async ({ id, namespace })                        => {
      const versions = await (0,nomad_jobs/* listVersions */.yO)(client, { id, namespace });
      const [current] = versions;
      if (current === undefined || !deployment.owns(current.Meta)) return [];
      const earlier = versions.slice(1).filter(({ Meta }) => deployment.owns(Meta));
      return [{ id, namespace, current, earlier, isCut: (versions.at(-1)?.Version ?? 0) > 0 }];
    }),
  );
  return histories.flat();
}

/**
 * What takes the whole deployment back, as one unit: without `to` to how it was before the last deploy, each job at its last version that
 * was healthy; else to how it was when that version, commit or ref was deployed. What the last deploy did not touch stays as it is.
 *
 * @param to the number of a version, or a commit or ref of the registry
 * @throws ActionError `no-earlier-version`, which lists the versions that there are
 */
function planRollback(histories                       , to                    )               {
  const plan = to === undefined ? beforeTheLastDeploy(histories) : whenDeployed(histories, to);
  const goes = new Map(plan.moves.map((move) => [move.current, move]));
  const runs = histories.some(({ current }) => {
    const move = goes.get(current);
    return move === undefined ? !current.Stop : move.target !== undefined;
  });
  if (!runs) throw nothingThere('There is nothing to go back to: no job of the deployment would run', histories);
  return plan;
}

function beforeTheLastDeploy(histories                       )               {
  const deploys = new Deploys(histories);
  const last = lastDeploy(histories, deploys);
  const before = last.map((history) => ({ history, previous: previousOf(history, deploys) }));
  const others = histories.filter((history) => !last.includes(history));
  // Where nothing ran before, the deployment was stopped as a whole: what ran before that is meant.
  const ranBefore = [...others.map(({ current }) => current), ...before.map(({ previous }) => previous)].some(
    (job) => job !== undefined && !job.Stop,
  );
  const moves = before.flatMap(({ history, previous }) => {
    const { current, id, namespace } = history;
    if (previous === undefined && history.isCut) throw forgotten(history, histories);
    const wasThere = previous !== undefined && (!previous.Stop || !ranBefore);
    if (!wasThere) return current.Stop ? [] : [{ current }];
    const target = lastGood(history);
    if (target !== undefined) return [{ current, target }];
    throw nothingThere(
      `There is nothing to go back to: no earlier version of job "${id}" (${namespace}) was healthy and says something else than the present one`,
      histories,
    );
  });
  const undoes = last.map(({ current }) => traceOf(current)?.deployed).find((one) => one !== undefined);
  return { moves, stays: staysOf(histories, moves), undoes };
}

/** The jobs that the last deploy has changed, added or stopped; of a rollback that got stuck half-way, those that are still to go back. */
function lastDeploy(histories                       , deploys         )                        {
  const undone = new Set(histories.flatMap(({ current }) => traceOf(current)?.undoes ?? []));
  const left = histories.filter(({ current }) => undone.has(deploys.of(current) ?? ''));
  if (left.length > 0) return left;
  const deployed = histories.flatMap((history) => {
    const at = inEffect(history);
    return at === undefined ? [] : [{ history, at }];
  });
  const [newest, ...others] = deployed.sort((a, b) => b.at.SubmitTime - a.at.SubmitTime);
  if (newest === undefined) return [];
  const found = [newest];
  for (const other of others) {
    if (found.some(({ at }) => deploys.areOne(at, other.at))) found.push(other);
  }
  return found.map(({ history }) => history);
}

/** The version that a job is at: one that went back is at what it went back to, and one that a rollback has stopped is at none. */
function inEffect({ current, earlier }            )                  {
  let at = current;
  for (;;) {
    const trace = traceOf(at);
    if (at.Stop && trace?.undoes !== undefined) return undefined;
    const former = earlier.find(({ Version }) => Version === trace?.backTo && Version < at.Version);
    if (former === undefined) return at;
    at = former;
  }
}

/** The version before those that the last deploy has made. */
function previousOf(history            , deploys         )                  {
  const at = inEffect(history) ?? history.current;
  const deploy = deploys.of(at);
  return history.earlier.find(
    (job) => job.Version < at.Version && (deploy === undefined || deploys.of(job) !== deploy),
  );
}

/** The newest earlier version that was healthy; of a kind that Nomad never says so of, the newest one. */
function lastGood(history            )                  {
  const { current, earlier } = history;
  const at = inEffect(history) ?? current;
  const isJudged = [current, ...earlier].some((job) => job.Stable || hasRollouts(job));
  return earlier.find(
    (job) =>
      job.Version < at.Version &&
      !job.Stop &&
      (job.Stable || !isJudged) &&
      // A job that runs goes back to something else; one that was stopped runs again.
      (current.Stop || !revert_isSame(current, job)),
  );
}

function hasRollouts({ Type, Periodic, ParameterizedJob, TaskGroups }     )          {
  if (Type !== 'service' || Periodic !== null || ParameterizedJob !== null) return false;
  return (TaskGroups ?? []).some(({ Update }) => (Update?.MaxParallel ?? 0) > 0);
}

/** A deploy that the tags of its versions tell of. */
                  
                        
                            
                                                                       
                         
 

/** Which versions were deployed together. */
class Deploys {
  /** The oldest first. */
           #deploys                   ;
  /** The version of the same job that came after a version. */
           #next                       ;

  constructor(histories                       ) {
    const versions = histories.map(({ current, earlier }) => [current, ...earlier]);
    const began = new Map                ();
    for (const job of versions.flat()) {
      const deployed = traceOf(job)?.deployed;
      if (deployed !== undefined) began.set(deployed, Math.min(job.SubmitTime, began.get(deployed) ?? Infinity));
    }
    this.#deploys = [...began]
      .map(([deployed, time]) => ({ deployed, began: time }))
      .sort((a, b) => (a.deployed < b.deployed ? -1 : 1));
    this.#next = new Map(
      versions.flatMap((all) => all.slice(1).map((job, index) => [job, all[index]       ]         )),
    );
  }

  /** The `deployed` of the deploy; undefined of one that has left no tag, as a run of nomad-pack by hand. */
  of(job     )                     {
    const deployed = traceOf(job)?.deployed;
    if (deployed !== undefined) return deployed;
    const found = this.#around(job);
    // A deploy registers no job twice.
    const next = this.#next.get(job);
    return next !== undefined && this.#around(next) === found ? undefined : found;
  }

  /** The deploy in whose course a version was registered. Batch jobs, for example, have no tags of their own. */
  #around({ SubmitTime }     )                     {
    const submitted = timeOf(SubmitTime);
    const found = this.#deploys.find(({ deployed }) => submitted <= deployed);
    return found !== undefined && found.began - SubmitTime <= ONE_DEPLOY ? found.deployed : undefined;
  }

  areOne(a     , b     )          {
    const [one, other] = [this.of(a), this.of(b)];
    if (one !== undefined && other !== undefined) return one === other;
    return Math.abs(a.SubmitTime - b.SubmitTime) <= ONE_DEPLOY;
  }
}

/** @param to as `planRollback` */
function whenDeployed(histories                       , to        )               {
  const found = isVersionNumber(to) ? versionsOfNumber(histories, Number(to)) : versionsOfCommit(histories, to);
  const [newest] = [...found].sort((a, b) => b.SubmitTime - a.SubmitTime);
  if (newest === undefined) {
    const what = isVersionNumber(to) ? `version ${to}` : `a version that \`${to}\` was deployed as`;
    throw nothingThere(`\`rollback_to\` is \`${to}\`, but no job of the deployment has ${what}`, histories);
  }
  const deploys = new Deploys(histories);
  if (isVersionNumber(to) && found.some((job) => !deploys.areOne(job, newest))) throw ambiguous(to, histories);
  const time = endOf(newest, histories, deploys);
  const moves = histories.flatMap((history) => {
    const { current, earlier } = history;
    const target = [current, ...earlier].find(({ SubmitTime }) => SubmitTime <= time);
    if (target === undefined && history.isCut) throw forgotten(history, histories);
    if (target === undefined || target.Stop) return current.Stop ? [] : [{ current }];
    return !current.Stop && revert_isSame(current, target) ? [] : [{ current, target }];
  });
  return { moves, stays: staysOf(histories, moves), undoes: undefined };
}

/** When the deploy of that version was at its end. It has registered no job twice. */
function endOf(newest     , histories                       , deploys         )         {
  const versions = histories.flatMap(({ current, earlier }) => [current, ...earlier]);
  const [next] = versions
    .filter(
      ({ ID, Namespace, Version }) => ID === newest.ID && Namespace === newest.Namespace && Version > newest.Version,
    )
    .sort((a, b) => a.Version - b.Version);
  const isBefore = (job     ) => next === undefined || job.SubmitTime < next.SubmitTime;
  const ofDeploy = versions.filter((job) => deploys.areOne(job, newest) && isBefore(job));
  return Math.max(...ofDeploy.map(({ SubmitTime }) => SubmitTime));
}

/** More digits than a version has are those of a commit. */
function isVersionNumber(to        )          {
  return /^\d{1,6}$/.test(to);
}

/** The earlier versions of that number; the present ones only where there are no others. */
function versionsOfNumber(histories                       , number        )        {
  const earlier = histories.flatMap((history) => history.earlier.filter(({ Version }) => Version === number));
  if (earlier.length > 0) return earlier;
  return histories.map(({ current }) => current).filter(({ Version }) => Version === number);
}

/** The versions whose tag has the commit, or that nomad-pack has recorded it for, or the ref. A commit may be shortened to seven digits. */
function versionsOfCommit(histories                       , to        )        {
  const isCommit = (text                    ) =>
    text !== undefined && /^[0-9a-f]{7,64}$/i.test(to) && text.toLowerCase().startsWith(to.toLowerCase());
  return histories
    .flatMap(({ current, earlier }) => [current, ...earlier])
    .filter((job) => {
      const ref = job.Meta?.['pack.version'];
      // What went back to it has not deployed it.
      return (
        !job.Stop &&
        traceOf(job)?.backTo === undefined &&
        (isCommit(traceOf(job)?.commit) || isCommit(ref) || ref === to)
      );
    });
}

function staysOf(histories                       , moves                 )        {
  const moved = new Set(moves.map(({ current }) => current));
  return histories.map(({ current }) => current).filter((job) => !moved.has(job) && !job.Stop);
}

function forgotten({ id, namespace }            , histories                       )              {
  return nothingThere(
    `Job "${id}" (${namespace}) cannot go back: Nomad no longer has the version that it was at then`,
    histories,
  );
}

function ambiguous(to        , histories                       )              {
  return nothingThere(
    `\`rollback_to\` is \`${to}\`, but the jobs of the deployment were at version ${to} at different times`,
    histories,
  );
}

/** What to throw where there is nothing to go back to: it lists the versions that there are. */
function nothingThere(message        , histories                       )              {
  const lines = histories.flatMap((history) =>
    [history.current, ...history.earlier].map((job) => describeVersion(history, job)),
  );
  return new js_errors/* ActionError */.lZ('no-earlier-version', [`${message}.`, ...lines].join('\n'), {
    hint: 'Those are the versions that Nomad has of the deployment. Set `rollback_to` to the number of one of them, or to a commit or ref that one was deployed from; or deploy what is to run.',
  });
}

/** `web (default): version 3, running now, healthy once, deployed 2026-11-26T00:00:00Z, commit c0ffee.` */
function describeVersion({ id, namespace, current }            , job     )         {
  const ref = job.Meta?.['pack.version'];
  const commit = traceOf(job)?.commit;
  const parts = [
    `version ${job.Version}`,
    ...(job === current ? ['the present one'] : []),
    ...(job.Stop ? ['stopped'] : [job.Stable ? 'was healthy' : 'was never called healthy']),
    `deployed ${new Date(job.SubmitTime / 1_000_000).toISOString()}`,
    ...(ref === undefined || ref === '' ? [] : [`ref ${ref}`]),
    ...(commit === undefined ? [] : [`commit ${commit}`]),
  ];
  return `${id} (${namespace}): ${parts.join(', ')}.`;
}

;// CONCATENATED MODULE: ./build/js/operations/rollback.js




                                                   





                                                                  



                                                                 





                                        


/**
 * Takes the deployment back to how it was before the last deploy, or where `rollback_to` says, as one unit, and watches it to its end. With
 * `dry_run` it only says what it would do.
 *
 * @throws ActionError; what is known by then is in the record
 */
async function rollback_rollback(deployment            , tools       )                   {
  const { log, record } = tools;
  const { to, dryRun } = deployment.settings.rollback;
  const histories = await log.phase('Look for the deployment', async () => await findHistories(deployment, tools));
  const { plan, planData } = await log.phase('Compare with the cluster', async () => {
    const found = planRollback(histories, to);
    return { plan: found, planData: await describeRollback(deployment, tools, found) };
  });
  record.know({ planData });
  const { digest } = deployment.settings.review;
  if (digest !== undefined && planData.digest !== digest) throw planChanged(planData, digest, 'a rollback');
  if (dryRun) {
    record.know({ isDryRun: true });
    const states = await deployment.statesOf(histories);
    return { ...(0,state/* overallStatus */.gX)(states), changed: planData.changed, jobs: states };
  }
  const refs = histories.map(({ id, namespace }) => ({ id, namespace }));
  const look = {
    find: async (asked            ) => await findAmong(asked, refs),
    changes: { refs, before: await deployment.snapshot(refs) },
  };
  return await withLastLook(deployment, tools, look, async () => await carryOut(deployment, tools, plan));
}

/**
 * The deployment's jobs, those too that were stopped, and their versions.
 *
 * @throws ActionError `no-earlier-version` where there are none
 */
async function findHistories(deployment            , tools       )                        {
  const { jobs } = await deployment.survey();
  const { names } = await findNamespaces(deployment, tools, jobs, searchFor(deployment, tools));
  const { here, elsewhere } = deployment.locate(jobs, names);
  const histories = await readHistories(deployment, here);
  if (histories.length > 0) return histories;
  await deployment.requireNamespace();
  const { deploymentName, packName } = deployment.owner;
  throw new js_errors/* ActionError */.lZ(
    'no-earlier-version',
    `There is nothing to go back to: nothing is there of the deployment ${deploymentName} of pack ${packName}.`,
    {
      hint:
        elsewhere.length === 0
          ? 'Check `deployment_name`, `pack` and `nomad_namespace`. What was destroyed cannot go back: deploy it again.'
          : `The same pack runs under the same name elsewhere: ${(0,deployment_deployment/* nameJobs */.eb)(elsewhere)}. Set \`nomad_namespace\` to roll back there.`,
    },
  );
}

async function findAmong(deployment            , refs                   ) {
  const keys = new Set(refs.map(nomad_jobs/* jobKey */.tv));
  return (await deployment.survey()).jobs.filter((job) => keys.has((0,nomad_jobs/* jobKey */.tv)(job)));
}

/** What of a difference shows without knowing the secrets of both versions: that it is another version of the pack, and counts. */
const NEVER_SECRET = /^Meta\[pack\.|(?:^| > )Count$|^Stop$/;

/** What the rollback would do, as Nomad foresees it. Nobody knows which values of an older version are secret: they are not shown. */
async function describeRollback(
  deployment            ,
  { secrets }       ,
  { moves, stays }              ,
)                    {
  const targets = moves.flatMap(({ target }) => (target === undefined ? [] : [specified(target)]));
  const plans = await (0,dry_run/* planJobs */.KR)(await deployment.client(), targets);
  for (const { planned } of plans) {
    for (const { path } of planned.Diff === null ? [] : (0,nomad_diff/* changesOf */.fs)(planned.Diff)) {
      const key = unusualKey(path);
      if (key !== undefined) secrets.add('key of another version', key.name);
    }
  }
  const isSecret = ({ path }                                      ) => !NEVER_SECRET.test(path);
  const disclosure             = {
    redact: (text) => secrets.redact(text),
    hidesOld: isSecret,
    hidesNew: isSecret,
  };
  const jobs              = [
    ...(0,dry_run/* describePlans */.IX)(plans, () => disclosure),
    ...moves.flatMap(({ current, target }) => (target === undefined ? [stopOf(refOf(current))] : [])),
    ...stays.map((job) => ({ ...stopOf(refOf(job)), action: 'none'         , basedOn: job.JobModifyIndex })),
  ];
  return {
    jobs,
    changed: moves.length > 0,
    digest: planDigest(jobs),
    versionChanges: moves.flatMap(({ current, target }) =>
      target === undefined ? [] : [`${current.ID} version ${current.Version} → ${target.Version}`],
    ),
    refusals: [],
  };
}

/** An older version, as a job that is to be registered. */
function specified(job     ) {
  const { id, namespace } = refOf(job);
  return { id, namespace, file: `version ${job.Version}`, specification: { ...job, Stop: false } };
}

function refOf({ ID, Namespace }     )         {
  return { id: ID, namespace: Namespace };
}

/** Takes the jobs back, and watches them and those that stay. */
async function carryOut(deployment            , tools       , plan              )                   {
  const { log, record } = tools;
  const client = await deployment.client();
  const changed = plan.moves.length > 0;
  if (!changed) log.info('Nothing to change: every job is at that version already.');
  // Until Nomad says what came of it: it may not answer any more.
  record.know({ changed });
  const done = await log.phase('Go back', async () => await rollBackJobs(client, plan.moves, deployment.owner));
  for (const action of done.actions) log.notice(action);
  await traceRollback(deployment, tools, plan, done);
  if (done.failure !== undefined) throw done.failure;
  const stays = plan.stays.map(refOf);
  const staying = await (0,submission/* findSubmitted */.vw)(client, stays, await deployment.snapshot(stays), submission/* NOTHING_CLAIMED */.K_);
  const submitted = [...done.watch, ...staying];
  const outcome = deployment.settings.rollout.wait
    ? await watchWayBack(deployment, tools, submitted, { phase: 'Watch the rollout' })
    : await lookOnce(deployment, submitted);
  return await withStopped(deployment, outcome, done, changed);
}

async function withStopped(
  deployment            ,
  { jobs, status, health, failure }                ,
  { stopped }          ,
  changed         ,
)                   {
  const all = [...jobs, ...(await deployment.statesOf(stopped))];
  return { jobs: all, status, health, changed, ...(failure !== undefined && { failure }) };
}

/** The versions come from where those came from that they went back to. */
async function traceRollback(
  deployment            ,
  tools       ,
  { undoes }              ,
  done          ,
)                {
  const step = traceOfStep(tools, undefined);
  const stopped = await deployment.existing(done.stopped);
  await leaveTraces(deployment, tools, [
    ...[...stopped.values()].map((job) => ({
      ...refOf(job),
      version: job.Version,
      trace: { ...step, ...(undoes !== undefined && { undoes }) },
    })),
    ...wentBack(tools, done.watch).map((one) => ({
      ...one,
      trace: { ...one.trace, ...(undoes !== undefined && { undoes }) },
    })),
  ]);
}

;// CONCATENATED MODULE: ./build/js/operations/reject.js
                                                              




                                            


                                        

/**
 * Takes the canaries of the deployment back: their rollout fails, and the job goes back to the version that runs beside them, which Nomad does
 * by itself where the job has `auto_revert`. That is watched to its end. Where none waits, nothing is done.
 *
 * @throws ActionError; `stopped` where there is no such deployment
 */
async function reject(deployment            , tools       )                   {
  return await decideOnCanaries(deployment, tools, 'decision', async (own, waiting) => {
    const fail = async () => await failAll(deployment, tools, waiting);
    const byItself = await tools.log.phase('Reject the canaries', fail);
    const histories = await readHistories(deployment, own);
    const decided = new Set(waiting.map(({ job }) => (0,nomad_jobs/* jobKey */.tv)(job)));
    const back = histories.filter((history) => decided.has((0,nomad_jobs/* jobKey */.tv)(history)) && !byItself.has((0,nomad_jobs/* jobKey */.tv)(history)));
    const moves = back.map((history) => {
      const target = lastGood(history);
      if (target !== undefined) return { current: history.current, target };
      throw nothingThere(
        `The canaries of job "${history.id}" (${history.namespace}) are taken back, but no earlier version of it was healthy`,
        [history],
      );
    });
    const moved = new Set(back.map(nomad_jobs/* jobKey */.tv));
    const stays = histories.filter((history) => !moved.has((0,nomad_jobs/* jobKey */.tv)(history))).map(({ current }) => current);
    const undoes = back.map(({ current }) => traceOf(current)?.deployed).find((one) => one !== undefined);
    return { ...(await carryOut(deployment, tools, { moves, stays, undoes })), changed: true };
  });
}

/** Lets the rollouts fail. @returns the jobs, by `jobKey`, that Nomad takes back by itself */
async function failAll(
  deployment            ,
  { record }       ,
  waiting                    ,
)                               {
  const client = await deployment.client();
  const byItself = new Set        ();
  for (const { job, rollout } of waiting) {
    const failed = await (0,nomad_jobs/* failDeployment */.qJ)(client, rollout, job.namespace);
    if (failed.state !== 'undone') record.know({ changed: true });
    if ('failure' in failed) throw failed.failure;
    const description = (await (0,nomad_jobs/* readDeployment */.iJ)(client, rollout, job.namespace))?.StatusDescription ?? '';
    if (rollbackTarget(description) !== undefined) byItself.add((0,nomad_jobs/* jobKey */.tv)(job));
  }
  return byItself;
}

;// CONCATENATED MODULE: ./build/js/operations/render.js


                                                              
                                            


                                        

/** Renders the pack's job specifications, and what it says after a deploy, into files that later steps can read. */
async function render(deployment            , tools       )                   {
  const prepared = await preparePack(deployment, tools);
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
async function setup(tools            )                   {
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
async function status_status(deployment            , tools       )                   {
  const survey = await tools.log.phase('Ask Nomad', async () => await deployment.surveyIfPossible());
  const { status, health, jobs } = survey.filtered
    ? await readSurvey(deployment, tools, survey)
    : await readTable(deployment, tools);
  const failure =
    deployment.settings.review.failOnUnhealthy && health !== 'healthy' && status !== 'complete'
      ? notHealthy(deployment, { status, health, jobs })
      : undefined;
  return { status, health, changed: false, jobs, ...(failure !== undefined && { failure }) };
}

/** How a deployment is found to be. */
                                                                     

/** What is to be told of what was found: the jobs and their health, and as notices the rest. */
async function readSurvey(
  deployment            ,
  tools       ,
  { jobs, children }                             ,
)                     {
  const { log, record } = tools;
  const { here, elsewhere, others } = deployment.locate(jobs);
  if (others.length > 0) log.notice(`Of the same deployment name, but of other packs: ${(0,deployment_deployment/* nameJobs */.eb)(others)}.`);
  if (elsewhere.length > 0) log.notice(whereElse(deployment, here, elsewhere));
  const { here: left } = deployment.locate(orphans(jobs, children));
  if (left.length > 0) log.notice(`Launched by jobs that are stopped or gone, and not over: ${(0,deployment_deployment/* nameJobs */.eb)(left)}.`);
  if (here.length + elsewhere.length === 0) await deployment.requireNamespace();
  const states = await withOrigins(deployment, await deployment.states(here.length > 0 ? here : elsewhere));
  record.know({ jobs: states });
  const told = states.some(isIll)
    ? await log.phase('Look for the cause', async () => await withCauses(deployment, tools, states))
    : states;
  record.know({ jobs: told });
  // Jobs of another namespace may be another environment's, or this pack's own, whose template names the namespace.
  const isElsewhere = here.length === 0 && elsewhere.length > 0;
  const known = isElsewhere ? [] : told;
  const isPartlyUnknown = (await hasStrangers(deployment, tools, here.length + elsewhere.length > 0)) || isElsewhere;
  return { ...(0,state/* overallStatus */.gX)(isPartlyUnknown ? [...known, status_UNKNOWN] : known), jobs: told };
}

/** The jobs, with where their versions came from. */
async function withOrigins(deployment            , jobs                     )                      {
  const existing = await deployment.existing(jobs);
  return jobs.map((job) => {
    const found = existing.get((0,nomad_jobs/* jobKey */.tv)(job));
    const trace = found === undefined ? undefined : traceOf(found);
    if (trace === undefined) return job;
    const { undoes: _, backTo: __, ...origin } = trace;
    return { ...job, origin };
  });
}

/** What is true of a job of which nobody can say whether it is the deployment's. */
const status_UNKNOWN = { status: 'unknown', health: 'unknown' }         ;

/**
 * Whether jobs run that have the ids of the pack's and are not the deployment's, which is told: they may be its own, and have lost the
 * metadata that says so.
 *
 * @param isKnown whether something was found by the deployment's name; then only jobs without an owner may be a part of it
 */
async function hasStrangers(deployment            , tools       , isKnown         )                   {
  const search = searchFor(deployment, tools);
  try {
    const strangers = isKnown
      ? await findOwnerlessSiblings(deployment, new Set([deployment.namespace]), search)
      : await findStrangers(deployment, search);
    for (const job of strangers) tools.log.notice(`${(0,ownership/* describeConflict */.we)(deployment.owner, job)}.`);
    return strangers.length > 0;
  } catch (error) {
    if (!(error instanceof js_errors/* ActionError */.lZ) || error.reason !== 'job-specification') throw error;
    tools.log.notice(error.message);
    return true;
  }
}

/** Children that go on though nothing launches any more. */
function orphans(jobs                        , children                          )                  {
  const parents = new Set([...jobs, ...children].filter(({ stop }) => !stop).map(nomad_jobs/* jobKey */.tv));
  return children.filter(
    ({ parentId: id, namespace, status }) => status !== 'dead' && !parents.has((0,nomad_jobs/* jobKey */.tv)({ id, namespace })),
  );
}

/** More causes than that nobody reads; the rest of the jobs is in the table. */
const MOST_CAUSES = 5;

function isIll({ health }          )          {
  return health === 'unhealthy';
}

/** The jobs, with why the first few of the unhealthy ones are. */
async function withCauses(
  deployment            ,
  { signal, secrets }       ,
  jobs                     ,
)                      {
  const client = await deployment.client();
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
async function readTable({ settings }            , tools       )                     {
  const { pack, deploymentName, nomad } = settings;
  tools.log.notice(
    'This Nomad cannot list the jobs of one deployment, so nomad-pack is asked, which knows nothing of their health.',
  );
  const nomadPack = await tools.nomadPack();
  await tools.untilInstalled();
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
  return { ...(0,state/* overallStatus */.gX)(jobs), jobs };
}

/** nomad-pack's own word for a job: `running` and `pending` are taken as they are, anything else says nothing. */
function judgeTable(word        )                                      {
  if (word === 'running') return { status: 'running', health: 'healthy' };
  return { status: word === 'pending' ? 'pending' : 'unknown', health: 'unknown' };
}

function whereElse(
  { name, namespace }            ,
  here                        ,
  elsewhere                        ,
)         {
  const first = here.length === 0 ? `Nothing of ${name} is in the namespace ${namespace}. ` : '';
  return `${first}The same pack runs under the same name elsewhere: ${(0,deployment_deployment/* nameJobs */.eb)(elsewhere)}. Set \`nomad_namespace\` to look there.`;
}

/** The cause comes first, where it is known. */
function notHealthy(
  { name }            ,
  { status, health, jobs }                                             ,
)              {
  const ill = jobs.filter((job) => job.diagnosis !== undefined);
  const causes = ill.map(({ id, diagnosis }) => `Job "${id}": ${diagnosis?.cause}`);
  const words = [
    status === 'failed' ? 'has failed' : `is ${status}`,
    ...(health === 'unhealthy' && status !== 'failed' ? ['unhealthy'] : []),
  ];
  const state = `The deployment \`${name}\` ${words.join(' and ')}.`;
  return new js_errors/* ActionError */.lZ('unhealthy', [...causes, state].join('\n'), {
    hint:
      status === 'absent'
        ? 'Deploy it, or check `deployment_name`, `pack` and `nomad_namespace`. `fail_on_unhealthy` makes the step fail over it.'
        : 'The table of jobs says which. `fail_on_unhealthy` makes the step fail over it.',
  });
}

// EXTERNAL MODULE: ./build/js/nomad/error-list.js
var error_list = __webpack_require__(8265);
;// CONCATENATED MODULE: ./build/js/nomad/validation.js

                                               

                                                      

/** What Nomad would say to a job that is registered. */
                             
                                          
                                       
                                                                       
                            
 

/**
 * Lets Nomad look at a job without registering it. It does not look whether there is room, nor at what only a client knows, such as the
 * configuration of a driver.
 *
 * @throws ActionError
 */
async function validateJob(client             , { namespace, specification }             )                      {
  const { body } = await client.post(
    '/v1/validate/job',
    api/* validationSchema */.ds,
    { Job: specification },
    { query: { namespace }, repeatable: true },
  );
  return { problems: (body.ValidationErrors ?? []).map(error_list/* flattenErrors */.g), warnings: body.Warnings };
}

;// CONCATENATED MODULE: ./build/js/nomad-pack/job-schema.js
/** What a block of a job specification may hold. */
                              
                                                           
                           
                                     
                                        
                                        
                                                                                                            
                                                                
 

/** The newest Nomad whose job specification this is. */
const SCHEMA_OF = '2.0';

/**
 * The blocks of a job specification and their arguments, as the `hcl` tags of the types in Nomad's Go package `api` name them, with what
 * its `jobspec2` reads besides.
 */
const SCHEMAS = {
  Action: { labels: 1, required: ['command'], optional: ['args'] },
  Affinity: {
    labels: 0,
    optional: [
      'attribute',
      'value',
      'operator',
      'weight',
      'version',
      'semver',
      'regexp',
      'set_contains',
      'set_contains_all',
      'set_contains_any',
    ],
  },
  CNIConfig: { labels: 0, optional: ['args'] },
  ChangeScript: {
    labels: 0,
    required: ['command', 'fail_on_error'],
    optional: ['args', 'timeout', 'run_on_first_render'],
  },
  CheckRestart: { labels: 0, optional: ['limit', 'grace', 'ignore_warnings'] },
  Constraint: {
    labels: 0,
    optional: [
      'attribute',
      'value',
      'operator',
      'distinct_property',
      'distinct_hosts',
      'regexp',
      'version',
      'semver',
      'set_contains',
      'set_contains_all',
      'set_contains_any',
      'is_set',
      'is_not_set',
    ],
  },
  Consul: { labels: 0, optional: ['namespace', 'cluster', 'partition'] },
  ConsulConnect: {
    labels: 0,
    optional: ['native'],
    blocks: { gateway: 'ConsulGateway', sidecar_service: 'ConsulSidecarService', sidecar_task: 'SidecarTask' },
  },
  ConsulExposeConfig: { labels: 0, blocks: { path: 'ConsulExposePath' } },
  ConsulExposePath: { labels: 0, optional: ['path', 'protocol', 'local_path_port', 'listener_port'] },
  ConsulGateway: {
    labels: 0,
    blocks: {
      ingress: 'ConsulIngressConfigEntry',
      mesh: 'ConsulMeshConfigEntry',
      proxy: 'ConsulGatewayProxy',
      terminating: 'ConsulTerminatingConfigEntry',
    },
  },
  ConsulGatewayProxy: {
    labels: 0,
    optional: [
      'connect_timeout',
      'envoy_gateway_bind_tagged_addresses',
      'envoy_gateway_no_default_bind',
      'envoy_dns_discovery_type',
    ],
    blocks: { config: 'any', envoy_gateway_bind_addresses: 'any' },
  },
  ConsulGatewayTLSConfig: {
    labels: 0,
    optional: ['enabled', 'tls_min_version', 'tls_max_version', 'cipher_suites'],
    blocks: { sds: 'ConsulGatewayTLSSDSConfig' },
  },
  ConsulGatewayTLSSDSConfig: { labels: 0, optional: ['cluster_name', 'cert_resource'] },
  ConsulHTTPHeaderModifiers: { labels: 0, optional: ['remove'], blocks: { add: 'any', set: 'any' } },
  ConsulIngressConfigEntry: { labels: 0, blocks: { listener: 'ConsulIngressListener', tls: 'ConsulGatewayTLSConfig' } },
  ConsulIngressListener: { labels: 0, optional: ['port', 'protocol'], blocks: { service: 'ConsulIngressService' } },
  ConsulIngressService: {
    labels: 0,
    optional: ['name', 'hosts', 'max_connections', 'max_pending_requests', 'max_concurrent_requests'],
    blocks: {
      request_headers: 'ConsulHTTPHeaderModifiers',
      response_headers: 'ConsulHTTPHeaderModifiers',
      tls: 'ConsulGatewayTLSConfig',
    },
  },
  ConsulLinkedService: { labels: 0, optional: ['name', 'ca_file', 'cert_file', 'key_file', 'sni'] },
  ConsulMeshConfigEntry: { labels: 0 },
  ConsulMeshGateway: { labels: 0, optional: ['mode'] },
  ConsulProxy: {
    labels: 0,
    optional: ['local_service_address', 'local_service_port'],
    blocks: {
      config: 'any',
      expose: 'ConsulExposeConfig',
      transparent_proxy: 'ConsulTransparentProxy',
      upstreams: 'ConsulUpstream',
    },
  },
  ConsulSidecarService: {
    labels: 0,
    optional: ['tags', 'port', 'disable_default_tcp_check'],
    blocks: { meta: 'any', proxy: 'ConsulProxy' },
  },
  ConsulTerminatingConfigEntry: { labels: 0, blocks: { service: 'ConsulLinkedService' } },
  ConsulTransparentProxy: {
    labels: 0,
    optional: [
      'uid',
      'outbound_port',
      'exclude_inbound_ports',
      'exclude_outbound_ports',
      'exclude_outbound_cidrs',
      'exclude_uids',
      'no_dns',
    ],
  },
  ConsulUpstream: {
    labels: 0,
    optional: [
      'destination_name',
      'destination_namespace',
      'destination_peer',
      'destination_partition',
      'destination_type',
      'local_bind_port',
      'datacenter',
      'local_bind_address',
      'local_bind_socket_path',
      'local_bind_socket_mode',
    ],
    blocks: { config: 'any', mesh_gateway: 'ConsulMeshGateway' },
  },
  DNSConfig: { labels: 0, optional: ['servers', 'searches', 'options'] },
  DisconnectStrategy: { labels: 0, optional: ['lost_after', 'stop_on_client_after', 'replace', 'reconcile'] },
  DispatchPayloadConfig: { labels: 0, optional: ['file'] },
  EphemeralDisk: { labels: 0, optional: ['sticky', 'migrate', 'size'] },
  Job: {
    labels: 1,
    optional: ['region', 'namespace', 'id', 'name', 'type', 'priority', 'all_at_once', 'datacenters', 'node_pool'],
    blocks: {
      affinity: 'Affinity',
      constraint: 'Constraint',
      group: 'TaskGroup',
      meta: 'any',
      migrate: 'MigrateStrategy',
      multiregion: 'Multiregion',
      parameterized: 'ParameterizedJobConfig',
      periodic: 'PeriodicConfig',
      reschedule: 'ReschedulePolicy',
      secret: 'Secret',
      spread: 'Spread',
      task: 'Task',
      ui: 'JobUIConfig',
      update: 'UpdateStrategy',
      vault: 'Vault',
    },
  },
  JobUIConfig: { labels: 0, optional: ['description'], blocks: { link: 'JobUILink' } },
  JobUILink: { labels: 0, optional: ['label', 'url'] },
  LogConfig: { labels: 0, optional: ['max_files', 'max_file_size', 'enabled', 'disabled'] },
  MigrateStrategy: { labels: 0, optional: ['max_parallel', 'health_check', 'min_healthy_time', 'healthy_deadline'] },
  Multiregion: { labels: 0, blocks: { region: 'MultiregionRegion', strategy: 'MultiregionStrategy' } },
  MultiregionRegion: { labels: 1, optional: ['count', 'datacenters', 'node_pool'], blocks: { meta: 'any' } },
  MultiregionStrategy: { labels: 0, optional: ['max_parallel', 'on_failure'] },
  NUMAResource: { labels: 0, optional: ['affinity', 'devices'] },
  NetworkResource: {
    labels: 0,
    optional: ['mode', 'device', 'cidr', 'ip', 'hostname', 'mbits'],
    blocks: { cni: 'CNIConfig', dns: 'DNSConfig', port: 'Port', reserved_ports: 'Port' },
  },
  ParameterizedJobConfig: { labels: 0, optional: ['payload', 'meta_required', 'meta_optional'] },
  PeriodicConfig: { labels: 0, optional: ['enabled', 'cron', 'crons', 'prohibit_overlap', 'time_zone'] },
  Port: { labels: 1, optional: ['static', 'to', 'host_network', 'ignore_collision'] },
  RequestedDevice: { labels: 1, optional: ['count'], blocks: { affinity: 'Affinity', constraint: 'Constraint' } },
  ReschedulePolicy: {
    labels: 0,
    optional: ['attempts', 'interval', 'delay', 'delay_function', 'max_delay', 'unlimited'],
  },
  Resources: {
    labels: 0,
    optional: ['cpu', 'cores', 'memory', 'memory_max', 'disk', 'secrets', 'iops'],
    blocks: { device: 'RequestedDevice', network: 'NetworkResource', numa: 'NUMAResource' },
  },
  RestartPolicy: { labels: 0, optional: ['interval', 'attempts', 'delay', 'mode', 'render_templates'] },
  ScalingPolicy: { optional: ['min', 'max', 'enabled', 'type'], blocks: { policy: 'any' } },
  Secret: { labels: 1, optional: ['provider', 'path'], blocks: { config: 'any', env: 'any' } },
  Service: {
    labels: 0,
    optional: [
      'name',
      'tags',
      'canary_tags',
      'enable_tag_override',
      'port',
      'address_mode',
      'address',
      'task',
      'on_update',
      'provider',
      'cluster',
      'kind',
    ],
    blocks: {
      canary_meta: 'any',
      check: 'ServiceCheck',
      check_restart: 'CheckRestart',
      connect: 'ConsulConnect',
      identity: 'WorkloadIdentity',
      meta: 'any',
      tagged_addresses: 'any',
      weights: 'ServiceWeights',
    },
  },
  ServiceCheck: {
    labels: 0,
    optional: [
      'name',
      'type',
      'command',
      'args',
      'path',
      'protocol',
      'port',
      'expose',
      'address_mode',
      'advertise',
      'interval',
      'timeout',
      'initial_status',
      'notes',
      'tls_server_name',
      'tls_skip_verify',
      'method',
      'grpc_service',
      'grpc_use_tls',
      'task',
      'success_before_passing',
      'failures_before_critical',
      'failures_before_warning',
      'body',
      'on_update',
    ],
    blocks: { check_restart: 'CheckRestart', header: 'any' },
  },
  ServiceWeights: { labels: 0, optional: ['passing', 'warning'] },
  SidecarTask: {
    labels: 0,
    optional: ['name', 'driver', 'user', 'kill_timeout', 'shutdown_delay', 'kill_signal'],
    blocks: {
      config: 'any',
      env: 'any',
      identity: 'WorkloadIdentity',
      logs: 'LogConfig',
      meta: 'any',
      resources: 'Resources',
      volume_mount: 'VolumeMount',
    },
  },
  Spread: { labels: 0, optional: ['attribute', 'weight'], blocks: { target: 'SpreadTarget' } },
  SpreadTarget: { labels: 1, optional: ['percent'] },
  Task: {
    labels: 1,
    optional: ['driver', 'user', 'kill_timeout', 'leader', 'shutdown_delay', 'kill_signal', 'kind'],
    blocks: {
      action: 'Action',
      affinity: 'Affinity',
      artifact: 'TaskArtifact',
      config: 'any',
      constraint: 'Constraint',
      consul: 'Consul',
      csi_plugin: 'TaskCSIPluginConfig',
      dispatch_payload: 'DispatchPayloadConfig',
      env: 'any',
      identity: 'WorkloadIdentity',
      lifecycle: 'TaskLifecycle',
      logs: 'LogConfig',
      meta: 'any',
      resources: 'Resources',
      restart: 'RestartPolicy',
      scaling: 'ScalingPolicy',
      schedule: 'TaskSchedule',
      secret: 'Secret',
      service: 'Service',
      template: 'Template',
      vault: 'Vault',
      volume_mount: 'VolumeMount',
    },
  },
  TaskArtifact: {
    labels: 0,
    optional: ['source', 'mode', 'insecure', 'destination', 'chown'],
    blocks: { headers: 'any', options: 'any' },
  },
  TaskCSIPluginConfig: { labels: 0, optional: ['id', 'type', 'mount_dir', 'stage_publish_base_dir', 'health_timeout'] },
  TaskGroup: {
    labels: 1,
    optional: [
      'count',
      'shutdown_delay',
      'max_run_duration',
      'stop_after_client_disconnect',
      'max_client_disconnect',
      'prevent_reschedule_on_lost',
    ],
    blocks: {
      affinity: 'Affinity',
      constraint: 'Constraint',
      consul: 'Consul',
      disconnect: 'DisconnectStrategy',
      ephemeral_disk: 'EphemeralDisk',
      meta: 'any',
      migrate: 'MigrateStrategy',
      network: 'NetworkResource',
      reschedule: 'ReschedulePolicy',
      restart: 'RestartPolicy',
      scaling: 'ScalingPolicy',
      secret: 'Secret',
      service: 'Service',
      spread: 'Spread',
      task: 'Task',
      update: 'UpdateStrategy',
      vault: 'Vault',
      volume: 'any',
    },
  },
  TaskLifecycle: { labels: 0, required: ['hook'], optional: ['sidecar'] },
  TaskSchedule: { labels: 0, blocks: { cron: 'TaskScheduleCron' } },
  TaskScheduleCron: { labels: 0, optional: ['start', 'end', 'timezone'] },
  Template: {
    labels: 0,
    optional: [
      'source',
      'destination',
      'data',
      'change_mode',
      'change_signal',
      'once',
      'splay',
      'perms',
      'uid',
      'gid',
      'left_delimiter',
      'right_delimiter',
      'env',
      'vault_grace',
      'error_on_missing_key',
    ],
    blocks: { change_script: 'ChangeScript', wait: 'WaitConfig' },
  },
  UpdateStrategy: {
    labels: 0,
    optional: [
      'stagger',
      'max_parallel',
      'health_check',
      'min_healthy_time',
      'healthy_deadline',
      'progress_deadline',
      'canary',
      'auto_revert',
      'auto_promote',
    ],
  },
  Vault: {
    labels: 0,
    optional: [
      'policies',
      'role',
      'namespace',
      'cluster',
      'env',
      'disable_file',
      'change_mode',
      'change_signal',
      'allow_token_expiration',
    ],
  },
  VolumeMount: { labels: 0, optional: ['volume', 'destination', 'read_only', 'propagation_mode', 'selinux_label'] },
  WaitConfig: { labels: 0, required: ['min', 'max'] },
  WorkloadIdentity: {
    labels: 0,
    optional: [
      'name',
      'aud',
      'change_mode',
      'change_signal',
      'env',
      'file',
      'filepath',
      'service_name',
      'ttl',
      'extra_claims',
    ],
  },
}         ;

                                             

/** The schema of a block, by its name. */
function schemaOf(name           )              {
  return SCHEMAS[name];
}

;// CONCATENATED MODULE: ./build/js/nomad-pack/check-job.js




/** Something in a job specification that Nomad would not take. */
                             
                                        
                           
                                       
                        
 

/** What may stand beside the job. */
const COMPANIONS = ['variable', 'variables', 'locals'];

const DYNAMIC = 'dynamic';

/**
 * Holds a job file against HCL's grammar and the blocks and arguments that Nomad knows. What an expression comes to, and whether values
 * go together, only Nomad tells; what a driver takes, only its client.
 *
 * @returns every problem, in the order of the file; after one of the grammar nothing else can be told
 */
function checkJobFile(text        )               {
  try {
    return checkFile((0,hcl_scanner/* scanHcl */.J$)(text))
      .map(({ message, offset }) => ({ message, line: (0,hcl_scanner/* lineAt */.mh)(text, offset) }))
      .sort((a, b) => a.line - b.line);
  } catch (error) {
    if (!(error instanceof hcl_scanner/* UnreadableHcl */.zj)) throw error;
    return [{ message: `This is not HCL: ${error.message}.`, line: (0,hcl_scanner/* lineAt */.mh)(text, error.offset) }];
  }
}

                 
                           
                      
                          
 

function checkFile({ attributes, blocks }      )          {
  const jobs = blocks.filter(({ type }) => type === 'job');
  const strangers = blocks.filter(({ type }) => type !== 'job' && !COMPANIONS.includes(type));
  return [
    ...[...attributes].map(([name, { nameOffset }]) => ({
      message: `\`${name}\` must stand in the \`job\` block.`,
      offset: nameOffset,
    })),
    ...strangers.map(({ type, offset }) => ({
      message: `The block \`${type}\` cannot stand beside the job${suggestion(type, ['job', ...COMPANIONS])}.`,
      offset,
    })),
    ...(jobs.length === 0 && strangers.length === 0 ? [{ message: 'There is no `job` block.', offset: 0 }] : []),
    ...jobs
      .slice(1)
      .map(({ offset }) => ({ message: 'A file holds one `job` block, and this is another one.', offset })),
    ...jobs.slice(0, 1).flatMap((job) => checkBlock(job, 'Job')),
  ];
}

function checkBlock(block       , name           )          {
  const schema              = schemaOf(name);
  return [...checkLabels(block, schema), ...checkBody(block.type, block.body, block.offset, schema)];
}

function checkLabels({ type, labels, offset }       , { labels: wanted }             )          {
  if (wanted === undefined || labels.length === wanted) return [];
  const message =
    wanted === 0
      ? `The block \`${type}\` takes no name (got \`${labels.join(' ')}\`).`
      : `The block \`${type}\` needs a name, as in \`${type} "web" {\`.`;
  return [{ message, offset }];
}

function checkBody(type        , { attributes, blocks }      , offset        , schema             )          {
  const { required = [], optional = [], blocks: inner = {} } = schema;
  const known = [...required, ...optional];
  const missing = required.filter((argument) => !attributes.has(argument));
  return [
    ...missing.map((argument) => ({ message: `The block \`${type}\` needs the argument \`${argument}\`.`, offset })),
    // What is a block may be written as an argument, such as `meta = { ... }`.
    ...[...attributes]
      .filter(([argument]) => !known.includes(argument) && !Object.hasOwn(inner, argument))
      .map(([argument, { nameOffset }]) => ({
        message: `The block \`${type}\` does not know the argument \`${argument}\`${suggestion(argument, [...known, ...Object.keys(inner)])}${since()}.`,
        offset: nameOffset,
      })),
    ...blocks.flatMap((block) => checkInner(type, block, known, inner)),
  ];
}

function checkInner(
  type        ,
  block       ,
  known                   ,
  inner                                             ,
)          {
  if (block.type === DYNAMIC) return checkDynamic(type, block, known, inner);
  const name = Object.hasOwn(inner, block.type) ? inner[block.type] : undefined;
  if (name === 'any') return [];
  if (name !== undefined) return checkBlock(block, name);
  const message = known.includes(block.type)
    ? `\`${block.type}\` is an argument of \`${type}\`, not a block: write \`${block.type} = ...\`.`
    : `The block \`${type}\` does not know the block \`${block.type}\`${suggestion(block.type, [...Object.keys(inner), ...known])}${since()}.`;
  return [{ message, offset: block.offset }];
}

/** `dynamic "TYPE" { for_each = ..., content { ... } }` stands for blocks of that type. */
function checkDynamic(
  type        ,
  { labels, body, offset }       ,
  known                   ,
  inner                                             ,
)          {
  const [made = ''] = labels;
  const content = body.blocks.find((block) => block.type === 'content');
  const isComplete = body.attributes.has('for_each') && content !== undefined;
  return [
    ...(isComplete ? [] : [{ message: 'A `dynamic` block needs `for_each` and a block `content`.', offset }]),
    // The labels come from an expression.
    ...(content === undefined ? [] : checkInner(type, { ...content, type: made, offset }, known, inner)).filter(
      ({ message }) => !message.includes('needs a name'),
    ),
  ];
}

function suggestion(wanted        , names                   )         {
  const meant = (0,nearest/* nearMiss */.b)(wanted, names);
  return meant === undefined ? '' : ` (did you mean \`${meant}\`?)`;
}

function since()         {
  return `, as of Nomad ${SCHEMA_OF}`;
}

;// CONCATENATED MODULE: ./build/js/operations/validate.js
                                                              





                                                         

                                            


                                        

const FINE          = { status: 'unknown', health: 'unknown', changed: false, jobs: [] };

/**
 * Tells whether a deploy of the pack could begin: it is there, the variables fit, it renders, and what it renders to are job
 * specifications. Where a cluster is given, it is Nomad that says so; else the grammar and the names that Nomad knows have to do.
 *
 * @throws ActionError `job-specification` with all that is wrong, and as every operation that renders
 */
async function validate(deployment            , tools       )                   {
  const { log, secrets } = tools;
  const prepared = await preparePack(deployment, tools);
  const specifications = await log.phase('Render the pack', async () => await renderSpecifications(prepared, secrets));
  await log.phase('Check the job specifications', async () => {
    if (deployment.settings.nomad.isAssumed === true) await checkAlone(deployment, prepared, specifications, tools);
    else await checkWithNomad(deployment, prepared, specifications, tools);
  });
  return FINE;
}

async function checkAlone(
  deployment            ,
  prepared              ,
  specifications                         ,
  { log }       ,
)                {
  const version = await prepared.nomadPack.version;
  const files = readFiles(specifications, version);
  const found = specifications
    .filter(({ text }) => !isJson(text))
    .flatMap((file) => checkJobFile(file.text).map((problem) => ({ file, ...problem })));
  const [first] = found;
  if (first !== undefined) {
    const words = found.map(({ file, line, message }) => `${file.name}, line ${line}: ${message}`);
    const location = await placeInTemplate(prepared, first.file, first.line);
    throw new js_errors/* ActionError */.lZ('job-specification', words.join('\n'), {
      hint: specification_faults/* LOOK */.og,
      ...(location !== undefined && { location }),
    });
  }
  await refuseLosses(prepared, files, version);
  refuseTwins(
    files.flatMap(({ name: file, id, namespace = deployment.namespace }) =>
      id === undefined ? [] : [{ file, id, namespace }],
    ),
  );
  log.notice(
    'No cluster is given, so Nomad was not asked: whether values fit and go together, and whether the cluster has what the jobs want, is not known. With `nomad_addr` it is.',
  );
}

async function checkWithNomad(
  deployment            ,
  prepared              ,
  specifications                         ,
  { log }       ,
)                {
  const jobs = await readJobs(deployment, prepared, specifications);
  const client = await deployment.client();
  const answers = await Promise.all(jobs.map(async (job) => ({ job, ...(await validateJob(client, job)) })));
  for (const { job, warnings } of answers)
    if (warnings.trim() !== '') log.warning(`Nomad says of job "${job.id}" of ${job.file}: ${warnings.trim()}`);
  const found = answers.flatMap(({ job, problems }) =>
    problems.map((words) => ({ id: job.id, file: job.file, words })),
  );
  if (found.length > 0) throw (0,specification_faults/* refused */.J5)(found);
}

;// CONCATENATED MODULE: ./build/js/operations/all.js
/** The code of the operations, loaded together: they share most of what they import. */














/***/ })

};

