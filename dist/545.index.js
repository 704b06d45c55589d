export const id = 545;
export const ids = [545];
export const modules = {

/***/ 9288:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ worstDiagnosis),
/* harmony export */   k: () => (/* binding */ illJobs)
/* harmony export */ });
                                                                

/** GitHub cuts an annotation at 64 KB, and a reader long before. Characters. */
const LIMIT = 3_000;

/** A job whose trouble was looked into. */
                                                                  

/** The jobs whose trouble was looked into, unhealthy ones first. */
function illJobs({ jobs }                      )           {
  const ill = jobs.filter((job)                => job.diagnosis !== undefined);
  const isUnhealthy = ({ health }        ) => health === 'unhealthy';
  return [...ill.filter(isUnhealthy), ...ill.filter((job) => !isUnhealthy(job))];
}

/** What Nomad knows of the job that fares worst, for below the error; empty where no job's trouble was looked into. */
function worstDiagnosis(result        )         {
  const ill = illJobs(result);
  const [worst] = ill;
  if (worst === undefined) return '';
  const { cause, events, log, task } = worst.diagnosis;
  const others = ill.length > 1 ? ` (and ${ill.length - 1} more, see the summary)` : '';
  const head = [
    `Job ${worst.id}${others}: ${cause}`,
    ...(events.length > 0 ? [`Last events${task === undefined ? '' : ` of ${task}`}:`] : []),
    ...events.slice(-5).map((event) => `  ${event}`),
  ]
    .join('\n')
    .slice(0, LIMIT / 2)
    .toWellFormed();
  const rest = log.slice(-LIMIT / 2).toWellFormed();
  return rest === '' ? head : `${head}\nEnd of its log:\n${rest}`;
}


/***/ }),

/***/ 4545:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ headline),
/* harmony export */   m: () => (/* binding */ shortCause)
/* harmony export */ });
/* harmony import */ var _outputs_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2927);
/* harmony import */ var _wording_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8285);
                                                      
                                                                            



/** The one line that says it all: a picture, and text in which words between backticks are code. */
                           
                        
                        
 

/**
 * @param asked the operation as it was asked for, which may be none that there is
 */
function headline(result        , settings                      , asked        )           {
  const { failure } = result;
  const deployment = (0,_outputs_js__WEBPACK_IMPORTED_MODULE_1__/* .deploymentSettings */ .$Y)(settings);
  const what = deployment === undefined ? `\`${asked}\`` : `\`${asked}\` of \`${deployment.deploymentName}\``;
  if (failure?.reason === 'cancelled') return { icon: '🚫', text: `${what} was cancelled` };
  if (failure !== undefined) {
    const icon = result.status === 'reverted' ? '↩️' : '❌';
    const end = result.status === 'reverted' ? 'failed and was reverted' : 'failed';
    return { icon, text: `${what} ${end}: ${shortCause(failure.message)}` };
  }
  if (deployment === undefined) return { icon: '✅', text: `nomad-pack ${result.nomadPackVersion ?? ''} is installed` };
  return success(result, deployment);
}

/** What ended the step, in a line that is not too long for a heading. */
function shortCause(words        )         {
  const [first = ''] = words.split('\n');
  return first.length > 300 ? `${first.slice(0, 300).toWellFormed()}…` : first;
}

function success(result        , settings                    )           {
  const name = `\`${settings.deploymentName}\``;
  const state = `${result.status}${result.health === 'unknown' ? '' : ` and ${result.health}`}`;
  const jobs = (0,_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .count */ .U9)(result.jobs.length, 'job');
  switch (settings.operation) {
    case 'deploy':
      if (!result.changed)
        return { icon: '✅', text: `${name} was deployed already: nothing changed, ${jobs} ${state}` };
      if (result.status === 'pending')
        return { icon: '⏳', text: `${name} is registered, and nobody waited for its rollout (${jobs})` };
      return { icon: '✅', text: `${name} is deployed: ${jobs} ${state}` };
    case 'promote':
      return {
        icon: '✅',
        text: result.changed ? `${name} is promoted: ${jobs} ${state}` : `${name} has nothing to promote`,
      };
    case 'status':
      return { icon: statusIcon(result), text: `${name} is ${state}${result.jobs.length > 0 ? ` (${jobs})` : ''}` };
    case 'plan':
      return planned(result, name);
    case 'render':
      return { icon: '✅', text: `Pack \`${settings.pack.name}\` is rendered` };
    case 'stop':
      return { icon: '✅', text: result.changed ? `${name} is stopped` : `${name} had nothing to stop` };
    case 'destroy':
      return {
        icon: '✅',
        text: result.changed ? `${name} is destroyed` : `${name} is absent: there was nothing to destroy`,
      };
  }
}

function statusIcon({ status, health }        )         {
  if (health === 'unhealthy' || status === 'failed') return '❌';
  return health === 'healthy' || status === 'complete' ? '✅' : 'ℹ️';
}

function planned({ planData }        , name        )           {
  if (planData !== undefined && planData.refusals.length > 0) {
    return { icon: '⛔', text: `A deploy of ${name} would be refused` };
  }
  if (planData === undefined || !planData.changed)
    return { icon: '✅', text: `A deploy of ${name} would change nothing` };
  return { icon: '📝', text: `A deploy of ${name} would ${sumUp(planData.jobs)}` };
}

/** `create 1 job, replace 2 jobs` */
function sumUp(jobs                      )         {
  const actions = ['create', 'update', 'replace', 'stop']         ;
  return actions
    .map((action) => ({ action, number: jobs.filter((job) => job.action === action).length }))
    .filter(({ number }) => number > 0)
    .map(({ action, number }) => `${action} ${(0,_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .count */ .U9)(number, 'job')}`)
    .join(', ');
}


/***/ }),

/***/ 7164:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   EU: () => (/* binding */ fence),
/* harmony export */   Jj: () => (/* binding */ cut),
/* harmony export */   aY: () => (/* binding */ code),
/* harmony export */   iU: () => (/* binding */ message),
/* harmony export */   nf: () => (/* binding */ link),
/* harmony export */   pj: () => (/* binding */ plain),
/* harmony export */   tp: () => (/* binding */ table),
/* harmony export */   zH: () => (/* binding */ details)
/* harmony export */ });
/**
 * Markdown and HTML of texts that others wrote: packs, jobs, tasks, registries. Characters that mean something become entities, which
 * GitHub shows as the characters and never takes for markup.
 */

/** The text on one line, as it is; line breaks stay breaks. No mention, issue or address in it becomes a link. */
function plain(text        )         {
  return asText(text.trim()).replace(/\s*\n\s*/g, '<br>');
}

/** A message of the action's own, in which words between backticks are code. */
function message(text        )         {
  return text
    .trim()
    .split(/`([^`\n]+)`/)
    .map((part, index) => (index % 2 === 1 ? code(part) : asText(part).replace(/\s*\n\s*/g, '<br>')))
    .join('');
}

/** No name is longer that anybody reads. Characters. */
const LONGEST_NAME = 200;

/** A name or value, in code type. */
function code(name        )         {
  const text = name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME).toWellFormed()}…` : name;
  if (/^[\w./:@=+-]+( [\w./:@=+-]+)*$/.test(text)) return `\`${text}\``;
  return `<code>${asText(text).replace(/\s*\n\s*/g, ' ')}</code>`;
}

/** A link with a text that is Markdown already; just the text where the address is none of the web. */
function link(markdown        , url        )         {
  if (!URL.canParse(url)) return markdown;
  const { protocol, href } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') return markdown;
  return `[${markdown}](<${href.replaceAll('>', '%3E').replaceAll('<', '%3C').replaceAll('|', '%7C')}>)`;
}

/** Lines of another program, as they are. The fence is longer than any in the text, so nothing in it ends the block. */
function fence(text        , language = '')         {
  const runs = text.match(/`+/g) ?? [];
  const marks = '`'.repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
  return `${marks}${language}\n${text.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\n\t]/gu, '')}\n${marks}`;
}

/** A table; the cells are Markdown already. */
function table(header                   , rows                                )         {
  const line = (cells                   ) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Something to unfold; title and body are Markdown already, but a title takes HTML only, so code in it is `<code>`. */
function details(title        , body        , open = false)         {
  const summary = title.replace(/`([^`]+)`/g, '<code>$1</code>');
  return `<details${open ? ' open' : ''}>\n<summary>${summary}</summary>\n\n${body}\n\n</details>`;
}

/** The beginning of a text, cut at the end of a line where that is near; says how much was left out. */
function cut(text        , limit        )         {
  if (text.length <= limit) return text;
  const end = text.lastIndexOf('\n', limit);
  const kept = text.slice(0, end > limit / 2 ? end : limit).toWellFormed();
  return `${kept}\n[${text.length - kept.length} more characters are left out here]`;
}

const ZERO_WIDTH_SPACE = '&#8203;';

function asText(text        )         {
  return text
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .replace(/[&<>\\`*[\]|~$]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, entity)
    .replace(/:(?=\/\/)|(?<=\bwww)\./gi, entity)
    .replace(/(^|\n)(\s*)([-+=#:]|\d+[.)])/g, (_, start        , space        , marker        ) => {
      return `${start}${space}${[...marker].map((character) => (/\d/.test(character) ? character : entity(character))).join('')}`;
    })
    .replace(/(?<!&)[@#](?=[\p{L}\p{N}])/gu, (character) => `${character}${ZERO_WIDTH_SPACE}`)
    .replace(/\bGH-(?=\d)/gi, (prefix) => `${prefix}${ZERO_WIDTH_SPACE}`);
}

function entity(character        )         {
  return `&#${character.codePointAt(0)};`;
}


/***/ }),

/***/ 2927:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $Y: () => (/* binding */ deploymentSettings),
/* harmony export */   Yz: () => (/* binding */ outputsOf),
/* harmony export */   dP: () => (/* binding */ deploymentId)
/* harmony export */ });
/* unused harmony exports PLAN_LIMIT, PLAN_JSON_LIMIT */
                                                               
                                                                            

/** What the output `plan` holds at most; `plan-file` has the whole. GitHub takes 1 MB for all outputs of a job. Characters. */
const PLAN_LIMIT = 64 * 1024;

/** Where `plan-json` is longer, the differences are left out of it. Characters. */
const PLAN_JSON_LIMIT = 256 * 1024;

                                
                                    
                                   
                     
                                             
                                       
 

/**
 * The outputs of `action.yml` that have something to say.
 *
 * @param result redacted
 * @param settings redacted
 */
function outputsOf(
  result        ,
  settings                      ,
  { id, now, runUrl }               ,
)                         {
  const deployment = deploymentSettings(settings);
  const outputs                                     = {
    'deployment-id': id,
    deployment: deployment && JSON.stringify({ id, ...deploymentRecord(result, deployment, now), run_url: runUrl }),
    status: result.status,
    health: result.health,
    changed: String(result.changed),
    jobs: JSON.stringify(result.jobs.map(jobRecord)),
    'failure-reason': result.failure?.reason ?? '',
    'registry-sha': result.registrySha,
    'nomad-pack-version': result.nomadPackVersion,
    'nomad-pack-path': result.nomadPackPath,
    plan: result.plan === undefined ? undefined : cutPlan(result.plan, result.planFile),
    'plan-json': result.planData && planJson(result.planData),
    'plan-file': result.planFile,
    'plan-digest': result.planData?.digest,
    'rendered-path': result.renderedPath,
  };
  return Object.fromEntries(
    Object.entries(outputs).filter((entry)                            => entry[1] !== undefined),
  );
}

/** The settings of an operation on a deployment, where it is one. */
function deploymentSettings(settings                      )                                 {
  return settings === undefined || settings.operation === 'setup' ? undefined : settings;
}

/**
 * `web/production`: the pack and the deployment's name, so the same at every run and for every version. Both are names that the workflow
 * holds in plain text, and conditions compare with them: it is never redacted.
 */
function deploymentId({ pack, deploymentName }                    )         {
  return `${pack.name}/${deploymentName}`;
}

function deploymentRecord(result        , settings                    , now      ) {
  const { pack, registry, nomad, deploymentName } = settings;
  return {
    name: deploymentName,
    platform: 'nomad',
    operation: result.operation,
    status: result.status,
    health: result.health,
    changed: result.changed,
    pack: pack.name,
    ...(pack.kind === 'directory'
      ? { directory: pack.written }
      : { registry: registry?.name, registry_source: registry?.source, ref: registry?.ref }),
    commit: result.registrySha,
    nomad_address: nomad.address,
    namespace: nomad.namespace,
    region: nomad.region,
    nomad_pack_version: result.nomadPackVersion,
    deployed_at: result.operation === 'deploy' && result.changed ? now.toISOString() : undefined,
  };
}

function jobRecord(job          ) {
  const { id, namespace, type, status, health, version, nomadDeploymentId, groups, url, diagnosis } = job;
  return {
    id,
    namespace,
    type,
    status,
    health,
    version,
    nomad_deployment_id: nomadDeploymentId,
    groups,
    url,
    cause: diagnosis?.cause,
  };
}

function planJson(plan          )         {
  const whole = JSON.stringify(planRecord(plan));
  if (whole.length <= PLAN_JSON_LIMIT) return whole;
  return JSON.stringify({
    ...planRecord({ ...plan, jobs: plan.jobs.map((job) => ({ ...job, diff: [] })) }),
    diff_left_out: true,
  });
}

function planRecord({ jobs, changed, digest, versionChanges, refusals }          ) {
  return {
    changed,
    digest,
    version_changes: versionChanges,
    refusals,
    jobs: jobs.map(({ id, namespace, action, groups, placementFailures, basedOn, diff }) => ({
      id,
      namespace,
      action,
      groups: groups.map(({ updateInPlace, ...counts }) => ({ ...counts, update_in_place: updateInPlace })),
      placement_failures: placementFailures,
      based_on: basedOn,
      diff,
    })),
  };
}

function cutPlan(text        , file                    )         {
  if (text.length <= PLAN_LIMIT) return text;
  const end = text.lastIndexOf('\n', PLAN_LIMIT);
  const kept = text.slice(0, end > 0 ? end : PLAN_LIMIT).toWellFormed();
  const where = file === undefined ? '' : `; the whole plan is in ${file} (output \`plan-file\`)`;
  return `${kept}\n[cut here, after ${kept.length} of ${text.length} characters${where}]\n`;
}


/***/ }),

/***/ 545:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  report: () => (/* binding */ report),
  runUrl: () => (/* binding */ runUrl)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: ./build/js/report/annotation.js
var annotation = __webpack_require__(9288);
// EXTERNAL MODULE: ./build/js/report/commands.js
var commands = __webpack_require__(5095);
// EXTERNAL MODULE: ./build/js/report/headline.js
var headline = __webpack_require__(4545);
// EXTERNAL MODULE: ./build/js/report/outputs.js
var report_outputs = __webpack_require__(2927);
// EXTERNAL MODULE: ./build/js/errors.js
var errors = __webpack_require__(2027);
// EXTERNAL MODULE: ./build/js/report/markdown.js
var markdown = __webpack_require__(7164);
;// CONCATENATED MODULE: ./build/js/report/redact-leaves.js

                                                           
                                           
                                                        


/** Keys whose values are words of the action's own, which a secret that happens to be spelled the same must not black out. */
const OWN_WORDS                      = new Set(['status', 'health', 'operation', 'action', 'reason', 'kind']);

/** What Nomad or nomad-pack says can be as long as a job; an annotation is not. Characters. */
const LONGEST_MESSAGE = 8_000;

/** The result with everything hidden that is to be: done once, before any of it is escaped, cut or written. */
function redactResult({ failure, ...findings }        , secrets                              )         {
  const redacted = redactLeaves(findings, secrets);
  if (failure === undefined) return redacted;
  const { reason, message, hint, location } = failure;
  return {
    ...redacted,
    // Cut only now: nobody recognises half a secret.
    failure: new errors/* ActionError */.lZ(reason, (0,markdown/* cut */.Jj)(secrets.redact(message), LONGEST_MESSAGE), {
      hint: secrets.redact(hint),
      ...(location !== undefined && { location: redactLeaves(location, secrets) }),
    }),
  };
}

/** The settings, likewise; they hold the secrets themselves, of which nothing is left. */
function redactSettings                    (settings   , secrets                              )    {
  return redactLeaves(settings, secrets);
}

function redactLeaves   (value   , secrets                              )    {
  const walk = (part         , key        )          => {
    if (typeof part === 'string') return OWN_WORDS.has(key) ? part : secrets.redact(part);
    if (Array.isArray(part)) return part.map((member) => walk(member, ''));
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, member]) => [name, walk(member, name)]));
  };
  return walk(value, '')     ;
}

// EXTERNAL MODULE: ./build/js/report/summary.js
var summary = __webpack_require__(4489);
// EXTERNAL MODULE: ./build/js/report/wording.js
var wording = __webpack_require__(8285);
;// CONCATENATED MODULE: ./build/js/report/report.js

                                           
                                                         
                                                        



                                          

                                           




                                
                                    
                          
                            
                                                                            
                             
                                           
                                 
 

/**
 * Tells the end of the step: outputs, annotation, job summary, pull request comment. Never throws: a part that fails is a warning,
 * because what happened in the cluster has happened.
 *
 * @param settings absent where the inputs were wrong
 */
async function report(result        , settings                      , context               )                {
  const { environment, log, secrets, operation } = context;
  const safe = redactResult(result, secrets);
  const safeSettings = settings && redactSettings(settings, secrets);
  const asked = secrets.redact(operation);
  const end = context.elapsed();
  const deployment = (0,report_outputs/* deploymentSettings */.$Y)(settings);

  await attempt(log, 'The outputs', () => {
    const id = deployment && (0,report_outputs/* deploymentId */.dP)(deployment);
    const outputs = (0,report_outputs/* outputsOf */.Yz)(safe, safeSettings, { id, now: new Date(), runUrl: runUrl(environment) });
    for (const [name, value] of Object.entries(outputs)) (0,commands/* setOutput */.uH)(environment, name, value);
  });
  await attempt(log, 'The end of the log', () => conclude(safe, safeSettings, asked, log));
  await attempt(log, 'The job summary', () => {
    const file = environment['GITHUB_STEP_SUMMARY'];
    if (file !== undefined && file !== '')
      (0,external_node_fs_.appendFileSync)(file, (0,summary/* summaryOf */.YG)(safe, safeSettings, { operation: asked, end }));
  });
  if (
    deployment?.operation === 'plan' &&
    deployment.review.comment !== 'never' &&
    result.failure?.reason !== 'cancelled'
  ) {
    await attempt(log, 'The comment on the pull request', async () => {
      const { commentOnPullRequest } = await Promise.all(/* import() */[__webpack_require__.e(410), __webpack_require__.e(820), __webpack_require__.e(748), __webpack_require__.e(31)]).then(__webpack_require__.bind(__webpack_require__, 1031));
      const safeDeployment = redactSettings(deployment, secrets);
      await commentOnPullRequest(safe, safeDeployment, {
        environment,
        log,
        settings: deployment,
        runUrl: runUrl(environment),
      });
    });
  }
}

/** The log tells no more one by one. */
const MOST_JOBS = 50;

/** The last lines of the log: how each job fares, and what there is to say of the whole. */
function conclude(result        , settings                      , asked        , log           )       {
  for (const { id, namespace, status, health, groups } of result.jobs.slice(0, MOST_JOBS)) {
    const counts = groups.map(({ name, healthy, desired }) => `${name} ${healthy}/${desired}`).join(', ');
    log.info(`  ${id} (${namespace}): ${status}, health ${health}${counts === '' ? '' : `, ${counts}`}`);
  }
  const more = result.jobs.length - MOST_JOBS;
  if (more > 0) log.info(`  ${(0,wording/* count */.U9)(more, 'more job')}; the output \`jobs\` has all.`);
  const { icon, text } = (0,headline/* headline */.P)(result, settings, asked);
  if (result.failure === undefined) log.info(`${icon} ${text}`);
  else log.error(result.failure, (0,annotation/* worstDiagnosis */.b)(result));
}

/** Link to the run that this step is part of. */
function runUrl(environment             )                     {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = environment;
  if (server === undefined || repository === undefined || run === undefined) return undefined;
  return `${server}/${repository}/actions/runs/${run}`;
}

async function attempt(log           , what        , write                            )                {
  try {
    await write();
  } catch (error) {
    log.warning(`${what} could not be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}


/***/ }),

/***/ 477:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  _J: () => (/* binding */ changesSections),
  VE: () => (/* binding */ diagnosisSection),
  mo: () => (/* binding */ failureSection),
  cN: () => (/* binding */ jobsSection),
  Z8: () => (/* binding */ noticesSection),
  iP: () => (/* binding */ originSection),
  qN: () => (/* binding */ paragraphs),
  P: () => (/* binding */ timeSection)
});

// EXTERNAL MODULE: ./build/js/report/annotation.js
var annotation = __webpack_require__(9288);
// EXTERNAL MODULE: ./build/js/report/duration.js
var report_duration = __webpack_require__(1137);
;// CONCATENATED MODULE: ./build/js/report/gantt.js
                                             

/** More bars than a picture can show. The table before it has the rest. */
const MOST_BARS = 40;

               
                           
                         
                        
                      
 

/**
 * The step over time as the text of a Mermaid picture: a bar for each phase, and for each job one for every state that its rollout went
 * through, until the next or the step's end. Empty where there is nothing to show.
 *
 * @param end milliseconds since the step began
 */
function ganttChart({ phases, timeline }                                       , end        )         {
  const bars = [
    ...phases.map(({ name, start, duration }) => ({
      section: 'Step',
      label: label(name),
      from: start,
      to: start + duration,
    })),
    ...rolloutBars(timeline, end),
  ].slice(0, MOST_BARS);
  if (bars.length === 0) return '';
  const lines = ['gantt', '  dateFormat YYYY-MM-DD HH:mm:ss.SSS', '  axisFormat %M:%S'];
  let section = '';
  for (const bar of bars) {
    if (bar.section !== section) lines.push(`  section ${bar.section}`);
    section = bar.section;
    // A bar without a length is not drawn.
    lines.push(`    ${bar.label} : ${timestamp(bar.from)}, ${timestamp(Math.max(bar.to, bar.from + 1))}`);
  }
  return lines.join('\n');
}

function rolloutBars(timeline                      , end        )        {
  const jobs = [...new Set(timeline.map(({ job }) => job))];
  return jobs.flatMap((job) => {
    const entries = timeline.filter((entry) => entry.job === job);
    return entries.map(({ at, text }, index) => ({
      section: job === undefined ? 'Rollout' : label(`Job ${job}`),
      label: label(text),
      from: at,
      to: entries[index + 1]?.at ?? end,
    }));
  });
}

/** Letters, digits and a few signs: in Mermaid's text `:`, `;`, `#`, `%` and `,` mean something, and so do some words at a line's start. */
function label(text        )         {
  const harmless = text
    .replace(/[^\p{L}\p{N} ._/()-]/gu, ' ')
    .replace(/ +/g, ' ')
    .trim()
    .slice(0, 60)
    .toWellFormed();
  return harmless === '' ? '-' : `‣ ${harmless}`;
}

/** A time of day on a day of no consequence: Mermaid reads and writes in the reader's time zone, so the zone cancels out. */
function timestamp(milliseconds        )         {
  return new Date(Date.UTC(2000, 0, 1) + milliseconds).toISOString().replace('T', ' ').replace('Z', '');
}

// EXTERNAL MODULE: ./build/js/report/headline.js
var headline = __webpack_require__(4545);
// EXTERNAL MODULE: ./build/js/report/markdown.js
var markdown = __webpack_require__(7164);
// EXTERNAL MODULE: ./build/js/report/wording.js
var wording = __webpack_require__(8285);
;// CONCATENATED MODULE: ./build/js/report/sections.js
                                                                                    
                                                                  







/** Rows that a reader still reads; a table says how many it left out. */
const MOST_ROWS = 100;

/** What is shown of a log, of a diff, of a text of nomad-pack's. Characters. */
const LOG_LIMIT = 6_000;
const DIFF_LIMIT = 12_000;
const PLAN_LIMIT = 24_000;

/** What the headline has no room for of what ended the step, and what to do about it. */
function failureSection({ failure }        )         {
  if (failure === undefined) return '';
  const { message: words, hint, location, reason } = failure;
  const [first = '', ...rest] = words.split('\n');
  const where =
    location === undefined
      ? ''
      : `In ${(0,markdown/* code */.aY)(`${location.file}${location.line === undefined ? '' : `:${location.line}`}`)}.`;
  return paragraphs([
    first === (0,headline/* shortCause */.m)(words) ? '' : (0,markdown/* message */.iU)((0,markdown/* cut */.Jj)(first, 2_000)),
    restOfMessage(rest),
    where,
    hint === '' ? '' : `**What to do:** ${(0,markdown/* message */.iU)((0,markdown/* cut */.Jj)(hint, 2_000))}`,
    `<sub>\`failure-reason\`: ${(0,markdown/* code */.aY)(reason)}</sub>`,
  ]);
}

/** Sentences are the action's own and become a list; anything else is what another program printed, and stays as it is. */
function restOfMessage(lines                   )         {
  if (lines.length === 0) return '';
  const sentences = lines.length <= 30 && lines.every((line) => /^\S.*\.$/.test(line));
  return sentences
    ? lines.map((line) => `- ${(0,markdown/* message */.iU)((0,markdown/* cut */.Jj)(line, 1_000))}`).join('\n')
    : (0,markdown/* fence */.EU)((0,markdown/* cut */.Jj)(lines.join('\n'), LOG_LIMIT));
}

/** The jobs, one a row. */
function jobsSection({ jobs }        )         {
  if (jobs.length === 0) return '';
  const rows = jobs
    .slice(0, MOST_ROWS)
    .map((job) => [
      (0,markdown/* link */.nf)((0,markdown/* code */.aY)(job.id), job.url),
      (0,markdown/* code */.aY)(job.namespace),
      (0,markdown/* plain */.pj)((0,markdown/* cut */.Jj)(job.type, 50)),
      (0,wording/* statusMark */.w8)(job),
      job.health,
      String(job.version),
      groupCounts(job),
    ]);
  const header = ['Job', 'Namespace', 'Type', 'Status', 'Health', 'Version', 'Healthy / desired'];
  return paragraphs([(0,markdown/* table */.tp)(header, rows), leftOut(jobs.length, 'job')]);
}

function groupCounts({ groups }          )         {
  if (groups.length === 0) return '–';
  const named = groups.length > 1;
  return groups
    .slice(0, 20)
    .map(({ name, healthy, desired, unhealthy }) => {
      const bad = unhealthy === 0 ? '' : `, ${unhealthy} unhealthy`;
      return `${named ? `${(0,markdown/* code */.aY)(name)} ` : ''}${healthy} / ${desired}${bad}`;
    })
    .join('<br>');
}

/** Why jobs fare badly: the cause, the task's last events, and the end of its log; the worst job unfolded. */
function diagnosisSection(result        )         {
  const ill = (0,annotation/* illJobs */.k)(result);
  const shown = ill.slice(0, 5).map(({ id, diagnosis }, index) => {
    const { cause, events, log, task } = diagnosis;
    const body = paragraphs([
      events.length === 0 ? '' : `Last events${task === undefined ? '' : ` of ${(0,markdown/* code */.aY)(task)}`}:`,
      events
        .slice(-10)
        .map((event) => `- ${(0,markdown/* plain */.pj)((0,markdown/* cut */.Jj)(event, 500))}`)
        .join('\n'),
      log === '' ? '' : 'End of its log:',
      log === '' ? '' : (0,markdown/* fence */.EU)(endOf(log, LOG_LIMIT), 'text'),
    ]);
    const title = `${(0,markdown/* code */.aY)(id)}: ${(0,markdown/* plain */.pj)((0,markdown/* cut */.Jj)(cause, 500))}`;
    // What could not be placed has neither events nor a log.
    return body === '' ? title : (0,markdown/* details */.zH)(title, body, index === 0);
  });
  const more = ill.length - shown.length;
  return paragraphs([...shown, more > 0 ? `${(0,wording/* count */.U9)(more, 'more job')} with trouble; the log has the rest.` : '']);
}

/** What a deploy would change, the most telling first: a table of the jobs, the differences of each, and nomad-pack's own words. */
function changesSections({ planData, plan, operation, failure }        )           {
  if (planData === undefined) return [];
  // A reviewer wants all of it; after a deploy the differences of a job that is new are only its defaults.
  const isReviewed = operation === 'plan' || failure?.reason === 'plan-changed';
  const { jobs, versionChanges, refusals, digest } = planData;
  const changing = jobs.filter(({ action }) => action !== 'none');
  const overview = paragraphs([
    ...refusals.slice(0, 20).map((refusal) => `⛔ ${(0,markdown/* message */.iU)((0,markdown/* cut */.Jj)(refusal, 1_000))}`),
    versionChanges.length === 0
      ? ''
      : `From what to what: ${versionChanges
          .slice(0, 20)
          .map((change) => (0,markdown/* plain */.pj)((0,markdown/* cut */.Jj)(change, 300)))
          .join(', ')}.`,
    changesTable(changing),
    leftOut(changing.length, 'job'),
    isReviewed ? `Digest of the plan, for \`plan_digest\`: ${(0,markdown/* code */.aY)(digest)}` : '',
  ]);
  const words =
    plan === undefined || !planData.changed
      ? ''
      : (0,markdown/* details */.zH)('What nomad-pack says', (0,markdown/* fence */.EU)((0,markdown/* cut */.Jj)(plan.trim(), PLAN_LIMIT), 'text'));
  const diffs = changing.filter(({ action }) => isReviewed || action !== 'create').map(jobDiff);
  return [overview, ...diffs, words];
}

function changesTable(jobs                  )         {
  if (jobs.length === 0) return '';
  const rows = jobs
    .slice(0, MOST_ROWS)
    .map((job) => [
      `${wording/* ACTION_SIGNS */.mX[job.action]}&nbsp;${job.action}`,
      (0,markdown/* code */.aY)(job.id),
      (0,markdown/* code */.aY)(job.namespace),
      groupActions(job),
      placement(job),
    ]);
  return (0,markdown/* table */.tp)(['Action', 'Job', 'Namespace', 'Task groups', 'Placement'], rows);
}

function placement({ action, placementFailures }           )         {
  if (action === 'stop') return '–';
  return placementFailures.length === 0 ? 'fits' : `⚠️ ${(0,markdown/* plain */.pj)((0,markdown/* cut */.Jj)(placementFailures.join('; '), 500))}`;
}

function jobDiff({ id, diff }           )         {
  if (diff.length === 0) return '';
  // GitHub colours the lines of a diff by their first sign, and knows `!` but not `~`.
  const text = (0,markdown/* cut */.Jj)(diff.map((line) => line.replace(/^~/, '!')).join('\n'), DIFF_LIMIT);
  return (0,markdown/* details */.zH)(`${(0,markdown/* code */.aY)(id)}: ${(0,wording/* count */.U9)(diff.length, 'difference')}`, (0,markdown/* fence */.EU)(text, 'diff'));
}

function groupActions({ groups }                          )         {
  return groups
    .slice(0, 20)
    .map(({ name, create, updateInPlace, replace, stop, unchanged }) => {
      const parts = [
        [create, 'create'],
        [updateInPlace, 'in place'],
        [replace, 'replace'],
        [stop, 'stop'],
        [unchanged, 'unchanged'],
      ]         ;
      const words = parts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
      return `${(0,markdown/* code */.aY)(name)}: ${words.join(', ') || 'none'}`;
    })
    .join('<br>');
}

/** Things to know that are no failure. */
function noticesSection({ notices }          )         {
  if (notices.length === 0) return '';
  const items = notices.slice(0, 20).map((notice) => `> - ${(0,markdown/* message */.iU)((0,markdown/* cut */.Jj)(notice, 600).replaceAll('\n', ' '))}`);
  return paragraphs([`> [!NOTE]\n${items.join('\n')}`, leftOut(notices.length, 'notice', 20)]);
}

/** How long each phase took, and the rollout over time: a table, then a picture where there was a rollout. */
function timeSection(findings          , end        )         {
  const { phases, timeline } = findings;
  if (phases.length === 0) return '';
  const rows = phases
    .slice(0, MOST_ROWS)
    .map(({ name, start, duration }) => [(0,markdown/* plain */.pj)(name), (0,report_duration/* formatDuration */.a)(start), (0,report_duration/* formatDuration */.a)(duration)]);
  const steps = timeline
    .slice(0, MOST_ROWS)
    .map(({ at, text, job }) => [(0,report_duration/* formatDuration */.a)(at), job === undefined ? '' : (0,markdown/* code */.aY)(job), (0,markdown/* plain */.pj)((0,markdown/* cut */.Jj)(text, 300))]);
  const body = paragraphs([
    (0,markdown/* table */.tp)(['Phase', 'Began after', 'Took'], rows),
    steps.length === 0 ? '' : (0,markdown/* table */.tp)(['After', 'Job', 'What happened'], steps),
    leftOut(timeline.length, 'event'),
    timeline.length === 0 ? '' : (0,markdown/* fence */.EU)(ganttChart(findings, end), 'mermaid'),
  ]);
  return (0,markdown/* details */.zH)(`How long it took: ${(0,report_duration/* formatDuration */.a)(end)}`, body);
}

/** What was deployed, from where, to where. */
function originSection(result        , settings                    )         {
  const { pack, registry, nomad } = settings;
  const commit = result.registrySha === undefined ? '' : ` (commit ${(0,markdown/* code */.aY)(result.registrySha.slice(0, 12))})`;
  const from =
    pack.kind === 'directory'
      ? ` from the directory ${(0,markdown/* code */.aY)(pack.written)}`
      : registry === undefined
        ? ''
        : ` of ${(0,markdown/* code */.aY)(registry.source)} at ${(0,markdown/* code */.aY)(registry.ref)}${commit}`;
  const version = result.nomadPackVersion === undefined ? '' : `, with nomad-pack ${(0,markdown/* code */.aY)(result.nomadPackVersion)}`;
  return `<sub>Pack ${(0,markdown/* code */.aY)(pack.name)}${from}, on ${(0,markdown/* code */.aY)(nomad.address)} in namespace ${(0,markdown/* code */.aY)(nomad.namespace)}${version}.</sub>`;
}

/** The parts that say something, parted by blank lines. */
function paragraphs(parts                   )         {
  return parts.filter((part) => part !== '').join('\n\n');
}

function leftOut(length        , noun        , limit = MOST_ROWS)         {
  return length > limit ? `${(0,wording/* count */.U9)(length - limit, `more ${noun}`)} not shown.` : '';
}

function endOf(text        , limit        )         {
  if (text.length <= limit) return text;
  return `[${text.length - limit} characters before this are left out]\n${text.slice(-limit).toWellFormed()}`;
}


/***/ }),

/***/ 4489:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $5: () => (/* binding */ fitted),
/* harmony export */   YG: () => (/* binding */ summaryOf)
/* harmony export */ });
/* unused harmony export SUMMARY_LIMIT */
/* harmony import */ var _headline_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4545);
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7164);
/* harmony import */ var _outputs_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2927);
/* harmony import */ var _sections_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(477);
                                           
                                                        





/** A tenth of what GitHub takes from a step: more is never read. UTF-8 bytes. */
const SUMMARY_LIMIT = 100 * 1024;

                                 
                                           
                             
                                              
                       
 

/**
 * The job summary as Markdown: one line that says it all, then what ended the step, the jobs and what changes, what to know, and how long
 * it took. Whatever the pack, it fits.
 *
 * @param result redacted
 * @param settings redacted
 */
function summaryOf(result        , settings                      , { operation, end }                )         {
  const { icon, text } = (0,_headline_js__WEBPACK_IMPORTED_MODULE_0__/* .headline */ .P)(result, settings, operation);
  const deployment = (0,_outputs_js__WEBPACK_IMPORTED_MODULE_2__/* .deploymentSettings */ .$Y)(settings);
  return fitted(
    [
      `### ${icon} ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .message */ .iU)(text)}`,
      (0,_sections_js__WEBPACK_IMPORTED_MODULE_1__/* .failureSection */ .mo)(result),
      ...bodyOf(result),
      (0,_sections_js__WEBPACK_IMPORTED_MODULE_1__/* .noticesSection */ .Z8)(result),
      (0,_sections_js__WEBPACK_IMPORTED_MODULE_1__/* .timeSection */ .P)(result, end),
      deployment === undefined ? '' : (0,_sections_js__WEBPACK_IMPORTED_MODULE_1__/* .originSection */ .iP)(result, deployment),
    ],
    SUMMARY_LIMIT,
    '*Something is left out here, for its length.*',
  );
}

/** Of a plan one reads first what would change, of anything else how the jobs fare. */
function bodyOf(result        )           {
  const changes = (0,_sections_js__WEBPACK_IMPORTED_MODULE_1__/* .changesSections */ ._J)(result);
  const jobs = [(0,_sections_js__WEBPACK_IMPORTED_MODULE_1__/* .jobsSection */ .cN)(result), (0,_sections_js__WEBPACK_IMPORTED_MODULE_1__/* .diagnosisSection */ .VE)(result)];
  return result.operation === 'plan' ? [...changes, ...jobs] : [...jobs, ...changes];
}

/**
 * As many of the parts as fit, in their order; one that does not is left out for a note.
 *
 * @param limit UTF-8 bytes
 * @param note Markdown
 */
function fitted(parts                   , limit        , note        )         {
  const present = parts.filter((part) => part !== '');
  const sizeOf = (part        ) => Buffer.byteLength(part) + 2;
  let room = limit - sizeOf(note);
  const kept           = [];
  for (const part of present) {
    // What is left out side by side needs one note only.
    const shown = sizeOf(part) <= room ? part : note;
    if (shown === note && (kept.at(-1) === note || sizeOf(note) > room)) continue;
    kept.push(shown);
    room -= sizeOf(shown);
  }
  return `${(0,_sections_js__WEBPACK_IMPORTED_MODULE_1__/* .paragraphs */ .qN)(kept)}\n`;
}


/***/ }),

/***/ 8285:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U9: () => (/* binding */ count),
/* harmony export */   mX: () => (/* binding */ ACTION_SIGNS),
/* harmony export */   w8: () => (/* binding */ statusMark)
/* harmony export */ });
                                                              

/** A job's status with a colour for a glance: red where something is wrong, whatever the status. */
function statusMark({ status, health }                                                      )         {
  return `${health === 'unhealthy' ? '🔴' : COLOURS[status]} ${status}`;
}

const COLOURS                                   = {
  running: '🟢',
  complete: '🟢',
  pending: '🟡',
  stopped: '⚪',
  absent: '⚪',
  unknown: '⚪',
  cancelled: '⚪',
  failed: '🔴',
  reverted: '🟠',
};

/** What a deploy would do to a job, for a glance. */
const ACTION_SIGNS                                                = {
  create: '➕',
  update: '✏️',
  replace: '♻️',
  stop: '🛑',
  none: '▫️',
};

/** `1 job`, `2 jobs` */
function count(number        , noun        )         {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}


/***/ })

};

