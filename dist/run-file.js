export const id = "run-file";
export const ids = ["run-file"];
export const modules = {

/***/ 7204:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runFile: () => (/* binding */ runFile)
});

// EXTERNAL MODULE: ./build/js/errors.js
var errors = __webpack_require__(2027);
// EXTERNAL MODULE: ./build/js/record.js
var record = __webpack_require__(1641);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./build/js/deployments/conclude.js

                                                                 
                                                   

/** The worst first. */
const STATUSES                    = [
  'failed',
  'reverted',
  'cancelled',
  'unknown',
  'pending',
  'stopped',
  'absent',
  'running',
  'complete',
];

/** The worst first. */
const HEALTHS                    = ['unhealthy', 'unknown', 'healthy'];

/**
 * What there is to say of all deployments as one.
 *
 * @param deployments in the order of the file
 * @param order their names, each after those that it waited for
 */
function combine(
  deployments                          ,
  order                   ,
)                                                                                                     {
  // That one is gone which should be is not worse than that another one runs.
  const kept = deployments.filter((one) => !isGoneAsWanted(one));
  const counted = (kept.length > 0 ? kept : deployments).map(({ result }) => result);
  const results = deployments.map(({ result }) => result);
  const failure = firstFailure(deployments, order);
  const nomadPackVersion = results.find((result) => result.nomadPackVersion !== undefined)?.nomadPackVersion;
  const planDigest = digestOfAll(deployments);
  return {
    status: worst(
      STATUSES,
      counted.map(({ status }) => status),
    ),
    health: worst(
      HEALTHS,
      counted.map(({ health }) => health),
    ),
    changed: results.some(({ changed }) => changed),
    ...(failure !== undefined && { failure }),
    ...(nomadPackVersion !== undefined && { nomadPackVersion }),
    ...(planDigest !== undefined && { planDigest }),
  };
}

function isGoneAsWanted({ isAbsent, result }               )          {
  return isAbsent && result.failure === undefined && ['absent', 'stopped'].includes(result.status);
}

function worst      (words                 , found                 )                   {
  return words.find((word) => found.includes(word)) ?? 'unknown';
}

/** One that was skipped is not what went wrong. */
function firstFailure(deployments                          , order                   )                         {
  const failures = new Map(deployments.map(({ key, result }) => [key, result.failure]));
  const ordered = order.flatMap((key) => failures.get(key) ?? []);
  return ordered.find(({ reason }) => reason !== 'skipped') ?? ordered[0];
}

/**
 * The digest over the plans of all deployments, whose names are part of it: a plan of some is not one of all. It does not depend on
 * their order.
 */
function digestOfAll(deployments                          )                     {
  const digests = deployments.flatMap(({ key, result: { planData } }) =>
    planData === undefined ? [] : [[key, planData.digest]],
  );
  if (digests.length < deployments.length || digests.length === 0) return undefined;
  const sorted = digests.sort(([one = ''], [other = '']) => (one < other ? -1 : 1));
  return `sha256:${(0,external_node_crypto_.createHash)('sha256').update(JSON.stringify(sorted)).digest('hex')}`;
}

// EXTERNAL MODULE: ./build/js/operations.js
var operations = __webpack_require__(4582);
// EXTERNAL MODULE: ./build/js/settings/deployments/graph.js
var graph = __webpack_require__(2285);
;// CONCATENATED MODULE: ./build/js/deployments/order.js

                                              

                                                   

/** What is to be known of a deployment to put it in its place. */
                                                            

/**
 * What each deployment waits for, by name. Operations that change nothing wait for nothing, so that each deployment is told of, whatever
 * comes of the others.
 */
function waits(operation           , deployments                    )        {
  const names = new Set(deployments.map(({ key }) => key));
  const needs = new Map(deployments.map((one) => [one.key, one.needs.filter((need) => names.has(need))]));
  switch (operations/* OPERATIONS */.x[operation].order) {
    case 'needed first':
      return amongAbsent(needs, deployments);
    case 'needed last':
      return (0,graph/* reversed */.TY)(needs);
    case 'any':
      return new Map([...names].map((name) => [name, []]));
  }
}

/** A deployment that should not be there may wait for others, such as for the one that takes its place. */
function amongAbsent(needs       , deployments                    )        {
  const absent = new Set(deployments.filter(({ isAbsent }) => isAbsent).map(({ key }) => key));
  const dependents = (0,graph/* reversed */.TY)(needs);
  return new Map(
    [...needs].map(([name, needed]) => {
      if (!absent.has(name)) return [name, needed];
      const before = (dependents.get(name) ?? []).filter((dependent) => absent.has(dependent));
      return [name, [...needed.filter((need) => !absent.has(need)), ...before]];
    }),
  );
}

/** The names so that each comes after all that it waits for; else in the order in which they are given. */
function inOrder(needs       )           {
  const ordered = new Set        ();
  const place = (name        ) => {
    if (ordered.has(name)) return;
    for (const need of needs.get(name) ?? []) place(need);
    ordered.add(name);
  };
  for (const name of needs.keys()) place(name);
  return [...ordered];
}

;// CONCATENATED MODULE: ./build/js/deployments/schedule.js
                                                              

/** What became of a deployment in a run over many. */
                                
                                                        
                                                                                                                    
                                                           

                                           
                                           
                               
                                            
                             
                                                    
                                               
                               
                                                
                                                    
 

/**
 * Works on deployments in the order of what they need, those that do not wait for each other side by side. Needs that are not among them
 * count as met.
 *
 * @returns what became of each, in the order of `needs`
 */
async function schedule         (
  needs       ,
  options                          ,
)                                           {
  const { parallelism, failFast, isFailure, signal, work } = options;
  const results = new Map                            ();
  const waiting = new Set(needs.keys());
  const running = new Map                       ();
  let failed                    ;

  const begin = (name        ) => {
    waiting.delete(name);
    const end = work(name).then((outcome) => {
      results.set(name, { kind: 'done', outcome });
      if (isFailure(outcome)) failed ??= name;
      running.delete(name);
    });
    running.set(name, end);
  };
  const obstacleOf = (name        )                     => {
    if (signal.aborted) return 'the step was cancelled';
    if (failFast && failed !== undefined) return `\`${failed}\` failed, and \`fail_fast\` is on`;
    const missing = (needs.get(name) ?? []).find((need) => {
      const result = results.get(need);
      return result !== undefined && (result.kind === 'skipped' || isFailure(result.outcome));
    });
    return missing === undefined ? undefined : whyMissing(missing, results.get(missing));
  };

  /** Whether any was skipped: that may be an obstacle for others. */
  const skipSome = ()          => {
    const before = waiting.size;
    for (const name of [...waiting]) {
      const because = obstacleOf(name);
      if (because === undefined) continue;
      waiting.delete(name);
      results.set(name, { kind: 'skipped', because });
    }
    return waiting.size < before;
  };
  const isReady = (name        ) => (needs.get(name) ?? []).every((need) => !needs.has(need) || results.has(need));

  for (;;) {
    while (skipSome());
    for (const name of [...waiting]) if (running.size < parallelism && isReady(name)) begin(name);
    // What waits now has needs that neither run nor are done: a circle, which the check of the file rules out.
    if (running.size === 0 && waiting.size > 0) throw new Error(`a circle of needs: ${[...waiting].join(', ')}`);
    if (running.size === 0) break;
    await Promise.race(running.values());
  }
  return new Map([...needs.keys()].map((name) => [name, results.get(name)                      ]));
}

function whyMissing(need        , result                                )         {
  return result?.kind === 'skipped'
    ? `\`${need}\`, which it needs, was skipped`
    : `\`${need}\`, which it needs, failed`;
}

;// CONCATENATED MODULE: ./build/js/deployments/run.js
                                                                     


                                           
                                                            




                             
                               
                                           
                                 
                                                                                            
                                                      
                                                                           
                                                                      
 

/** Works on the deployments in the order of what they need, those that do not wait for each other side by side. */
async function runDeployments(run         , options            )                           {
  const { operation, environment, file, parallelism, failFast, entries } = run;
  const needs = waits(operation, entries);
  const byKey = new Map(entries.map((entry) => [entry.key, entry]));
  const scheduled = await schedule        (needs, {
    parallelism,
    failFast,
    signal: options.signal,
    isFailure: ({ failure }) => failure !== undefined,
    work: async (key) => await options.work(byKey.get(key)            ),
  });
  const deployments = entries.map((entry)                => {
    const { key, isAbsent, loaded } = entry;
    const result = resultOf(entry, scheduled.get(key)                     , options);
    return { key, needs: entry.needs, isAbsent, settings: loaded.settings, result };
  });
  return {
    operation,
    ...(environment !== undefined && { environment }),
    file,
    deployments,
    ...combine(deployments, inOrder(needs)),
  };
}

function resultOf(entry          , scheduled                   , { signal, elapsed, onSkipped }            )         {
  if (scheduled.kind === 'done') return scheduled.outcome;
  const failure = signal.aborted ? (0,errors/* cancelled */.KW)(signal) : skipped(entry, scheduled.because);
  if (failure.reason === 'skipped') onSkipped(entry, failure);
  return (0,record/* conclude */.E)(entry.loaded.settings.operation, { error: failure }, new record/* WorkRecord */.D(elapsed));
}

/** The failure of a deployment that was not begun. */
function skipped({ key }                       , because        )              {
  return new errors/* ActionError */.lZ('skipped', `\`${key}\` was not begun: ${because}.`, {
    hint: 'Fix what failed, and run the step again: what is deployed already stays as it is.',
  });
}

;// CONCATENATED MODULE: ./build/js/deployments/review.js
                                                      

                                                            


/** The same run as a plan: what a deploy over these deployments would change. */
function asPlan(run         )          {
  return {
    ...run,
    operation: 'plan',
    failFast: false,
    entries: run.entries.map((entry) =>
      withReview({ ...entry.loaded.settings.review, failOnChanges: false }, entry, 'plan'),
    ),
  };
}

/**
 * Holds the plans of all deployments against the digest that was reviewed.
 *
 * @returns the end of the run where it may not go on; undefined where it may
 */
function refuseUnreviewed(run         , planned                 )                              {
  const { digest = '' } = run.review;
  const failure = planned.failure ?? (planned.planDigest === digest ? undefined : planChanged(planned, digest));
  if (failure === undefined) return undefined;
  const because =
    planned.failure === undefined ? 'the plans are not what was reviewed' : 'not everything could be planned';
  return {
    ...planned,
    operation: run.operation,
    changed: false,
    failure,
    deployments: planned.deployments.map((one, index) => {
      const settings = run.entries[index]?.loaded.settings ?? one.settings;
      const { failure: own = skipped(one, because) } = one.result;
      return {
        ...one,
        settings,
        result: { ...one.result, operation: settings.operation, changed: false, failure: own },
      };
    }),
  };
}

/** The run, in which each deployment is held against its own part of what was reviewed once more, right before it is changed. */
function guarded(run         , planned                 )          {
  const digests = new Map(planned.deployments.map(({ key, result }) => [key, result.planData?.digest]));
  return {
    ...run,
    entries: run.entries.map((entry) => {
      const digest = digests.get(entry.key);
      const { review, operation } = entry.loaded.settings;
      return withReview({ ...review, ...(digest !== undefined && { digest }) }, entry, operation);
    }),
  };
}

function withReview(
  review                                          ,
  entry          ,
  operation                                             ,
)           {
  const { loaded } = entry;
  return { ...entry, loaded: { ...loaded, settings: { ...loaded.settings, operation, review } } };
}

function planChanged({ deployments, planDigest }                 , reviewed        )              {
  const changes = deployments.flatMap(({ key, result }) =>
    (result.planData?.jobs ?? [])
      .filter(({ action }) => action !== 'none')
      .map(({ id, namespace, action }) => `${key}: ${action} ${id} (${namespace})`),
  );
  return new errors/* ActionError */.lZ(
    'plan-changed',
    `What a deploy would do now is not what was reviewed: it would ${changes.length === 0 ? 'change nothing' : `do this:\n${changes.join('\n')}`}\nThe digest over all plans is ${planDigest} now, \`plan_digest\` is ${reviewed}. Nothing was changed.`,
    {
      hint: 'A pack, a variable, `redeploy`, the cluster or the selection of deployments (`only`) has changed since the plan. Review the plans in this step’s summary, and deploy with their digest in `plan_digest`.',
    },
  );
}

// EXTERNAL MODULE: ./build/js/toolbox.js
var toolbox = __webpack_require__(529);
// EXTERNAL MODULE: ./build/js/workshop.js
var js_workshop = __webpack_require__(4777);
;// CONCATENATED MODULE: ./build/js/run-file.js
                                                     





                                           
                                                                
                                                           
                                                                 
                                            



/**
 * A step over the deployments of a file. A deploy that was reviewed plans all of them first, and changes nothing where that comes to
 * something else.
 *
 * @throws ActionError of what all of them need, before any is begun
 */
async function runFile(run         , folder               , step      )                           {
  const { log, record } = step;
  const workshop = new js_workshop.Workshop(run.nomadPack, { ...step, folder });
  const crew = new Crew(workshop, folder, step);
  try {
    if (operations/* OPERATIONS */.x[run.operation].runsNomadPack && run.entries.length > 0) {
      const { version } = await log.phase('Install nomad-pack', workshop.installation);
      record.know({ nomadPackVersion: await version });
    }
    if (run.operation !== 'deploy' || run.review.digest === undefined) return await crew.work(run);
    const planned = await crew.work(asPlan(run));
    return refuseUnreviewed(run, planned) ?? (await crew.work(guarded(run, planned)));
  } finally {
    await workshop.close();
  }
}

/** Works on deployments that share a workshop; each has a folder, a log and a record of its own. */
class Crew {
           #workshop          ;
           #folder               ;
           #step      ;
  #folders = 0;

  constructor(workshop          , folder               , step      ) {
    this.#workshop = workshop;
    this.#folder = folder;
    this.#step = step;
  }

  async work(run         )                           {
    const { signal, elapsed, part } = this.#step;
    return await runDeployments(run, {
      signal,
      elapsed,
      work: async (entry) => {
        const own = part(entry.key);
        return (0,record/* conclude */.E)(operationOf(run, entry), await this.#endOf(run, entry, own), own.record);
      },
      onSkipped: ({ key }, { message }) => part(key).log.info(message),
    });
  }

  async #endOf(run         , entry          , part      )               {
    const { signal } = this.#step;
    try {
      this.#folders += 1;
      const own = await this.#folder.within(`deployment-${this.#folders}`);
      // What stays behind goes away with the folder of the step.
      return await this.#operate(run, entry, part, own).finally(() => own.remove().catch(() => undefined));
    } catch (error) {
      return { error: (0,errors/* asActionError */.z6)(signal.aborted ? signal.reason : error) };
    }
  }

  async #operate(
    run         ,
    { key, loaded, isAbsent }          ,
    part      ,
    folder               ,
  )                   {
    const { credentials } = loaded;
    const settings = isAbsent ? unwanted(loaded.settings) : loaded.settings;
    const options = { ...this.#step, ...part, settings, credentials, folder, workshop: this.#workshop };
    const { deployment, tools } = (0,toolbox.createToolbox)({ ...options, name: key, isOneOfMany: true });
    if (run.operation === 'plan' && isAbsent) {
      const { planRemoval } = await Promise.all(/* import() | operations-all */[__webpack_require__.e("semver"), __webpack_require__.e("shared-http"), __webpack_require__.e("shared-nomad-pack"), __webpack_require__.e("shared-nomad"), __webpack_require__.e("shared-deployment"), __webpack_require__.e("operations-all")]).then(__webpack_require__.bind(__webpack_require__, 2798));
      return await planRemoval(deployment, tools);
    }
    const work = await operations/* OPERATIONS */.x[settings.operation].load();
    return await work(deployment, tools);
  }
}

/** A deployment that should not be there is planned as what it would be: destroyed; and it need not be healthy. */
function unwanted(settings                    )                     {
  const operation = settings.operation === 'plan' ? 'destroy' : settings.operation;
  return { ...settings, operation, review: { ...settings.review, failOnUnhealthy: false } };
}

function operationOf({ operation }         , { loaded }          )                                  {
  return operation === 'plan' ? 'plan' : loaded.settings.operation;
}


/***/ })

};

