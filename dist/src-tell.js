export const id = "src-tell";
export const ids = ["src-tell"];
export const modules = {

/***/ 4125:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ runUrl),
/* harmony export */   _: () => (/* binding */ pullRequestOf)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);

                                                         

/** The pull request that the workflow runs for. */
                              
                         
                        
                          
                                                                                          
                             
                                                                           
                          
 

                        
                           
                              
                                                                                                      
    
 

/** The pull request of the event that started the workflow; nothing where it was started by anything else. */
function pullRequestOf(environment             )                          {
  const { GITHUB_EVENT_PATH: path = '', GITHUB_REPOSITORY: repository = '' } = environment;
  const [owner, repo] = repository.split('/');
  if (path === '' || owner === undefined || repo === undefined) return undefined;
  const { pull_request: pullRequest } = readPayload(path);
  if (typeof pullRequest?.number !== 'number') return undefined;
  const { head } = pullRequest;
  const fromFork = head?.repo?.full_name !== repository;
  return { owner, repo, number: pullRequest.number, fromFork, commit: head?.sha ?? '' };
}

/** Link to the run that this step is part of. */
function runUrl(environment             )                     {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = environment;
  if (server === undefined || repository === undefined || run === undefined) return undefined;
  return `${server}/${repository}/actions/runs/${run}`;
}

function readPayload(path        )               {
  try {
    return JSON.parse((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(path, 'utf8'))                ;
  } catch {
    // act writes no file for some events.
    return {};
  }
}


/***/ }),

/***/ 3387:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  tell: () => (/* binding */ tell)
});

// EXTERNAL MODULE: ./build/js/operations.js
var operations = __webpack_require__(4582);
;// CONCATENATED MODULE: ./build/js/report/annotation.js
                                                                

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

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./build/js/report/outputs.js
                                                               
                                                                            

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

function planRecord({ jobs, variables, changed, digest, versionChanges, refusals }          ) {
  return {
    changed,
    digest,
    version_changes: versionChanges,
    refusals,
    nomad_variables: variables,
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

;// CONCATENATED MODULE: ./build/js/report/headline.js

                                                     
                                                        


/** The one line that says how the step ended. */
function headline(result        , settings                      )           {
  const { failure, operation } = result;
  const deployment = deploymentSettings(settings);
  const what = deployment === undefined ? `\`${operation}\`` : `\`${operation}\` of \`${deployment.deploymentName}\``;
  if (failure?.reason === 'cancelled') return { icon: '🚫', text: `${what} was cancelled` };
  if (failure !== undefined) {
    const icon = result.status === 'reverted' ? '↩️' : '❌';
    const end = result.status === 'reverted' ? 'failed and was reverted' : 'failed';
    return { icon, text: `${what} ${end}: ${shortCause(failure.message)}` };
  }
  const { deploymentName = '', pack = undefined } = deployment ?? {};
  return operations/* OPERATIONS */.x[operation].says(result, {
    deployment: deploymentName,
    pack: pack?.name ?? '',
  });
}

/** What ended the step, in a line that is not too long for a heading. */
function shortCause(words        )         {
  const [first = ''] = words.split('\n');
  return first.length > 300 ? `${first.slice(0, 300).toWellFormed()}…` : first;
}

;// CONCATENATED MODULE: ./build/js/report/markdown.js
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
function markdown_link(markdown        , url        )         {
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
function ganttChart({ phases, timeline }                                      , end        )         {
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

function rolloutBars(timeline                     , end        )        {
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

// EXTERNAL MODULE: ./build/js/report/wording.js
var wording = __webpack_require__(8285);
;// CONCATENATED MODULE: ./build/js/report/sections.js
                                                                                                   
                                                                  







/** Rows that a reader still reads; a table says how many it left out. */
const MOST_ROWS = 100;

/** What is shown of a log, of a diff, of a text of nomad-pack's. Characters. */
const LOG_LIMIT = 6_000;
const DIFF_LIMIT = 12_000;
const sections_PLAN_LIMIT = 24_000;

/** What the headline has no room for of what ended the step, and what to do about it. */
function failureSection({ failure }        )         {
  if (failure === undefined) return '';
  const { message: words, hint, location, reason } = failure;
  const [first = '', ...rest] = words.split('\n');
  const where =
    location === undefined
      ? ''
      : `In ${code(`${location.file}${location.line === undefined ? '' : `:${location.line}`}`)}.`;
  return paragraphs([
    first === shortCause(words) ? '' : message(cut(first, 2_000)),
    restOfMessage(rest),
    where,
    hint === '' ? '' : `**What to do:** ${message(cut(hint, 2_000))}`,
    `<sub>\`failure-reason\`: ${code(reason)}</sub>`,
  ]);
}

/** Sentences are the action's own and become a list; anything else is what another program printed, and stays as it is. */
function restOfMessage(lines                   )         {
  if (lines.length === 0) return '';
  const sentences = lines.length <= 30 && lines.every((line) => /^\S.*\.$/.test(line));
  return sentences
    ? lines.map((line) => `- ${message(cut(line, 1_000))}`).join('\n')
    : fence(cut(lines.join('\n'), LOG_LIMIT));
}

/** The jobs, one a row. */
function jobsSection({ jobs }        )         {
  if (jobs.length === 0) return '';
  const rows = jobs
    .slice(0, MOST_ROWS)
    .map((job) => [
      markdown_link(code(job.id), job.url),
      code(job.namespace),
      plain(cut(job.type, 50)),
      (0,wording/* statusMark */.w8)(job),
      job.health,
      String(job.version),
      groupCounts(job),
    ]);
  const header = ['Job', 'Namespace', 'Type', 'Status', 'Health', 'Version', 'Healthy / desired'];
  return paragraphs([table(header, rows), leftOut(jobs.length, 'job')]);
}

function groupCounts({ groups }          )         {
  if (groups.length === 0) return '–';
  const named = groups.length > 1;
  return groups
    .slice(0, 20)
    .map(({ name, healthy, desired, unhealthy }) => {
      const bad = unhealthy === 0 ? '' : `, ${unhealthy} unhealthy`;
      return `${named ? `${code(name)} ` : ''}${healthy} / ${desired}${bad}`;
    })
    .join('<br>');
}

/** Why jobs fare badly: the cause, the task's last events, and the end of its log; the worst job unfolded. */
function diagnosisSection(result        )         {
  const ill = illJobs(result);
  const shown = ill.slice(0, 5).map(({ id, diagnosis }, index) => {
    const { cause, events, log, task } = diagnosis;
    const body = paragraphs([
      events.length === 0 ? '' : `Last events${task === undefined ? '' : ` of ${code(task)}`}:`,
      events
        .slice(-10)
        .map((event) => `- ${plain(cut(event, 500))}`)
        .join('\n'),
      log === '' ? '' : 'End of its log:',
      log === '' ? '' : fence(endOf(log, LOG_LIMIT), 'text'),
    ]);
    const title = `${code(id)}: ${plain(cut(cause, 500))}`;
    // What could not be placed has neither events nor a log.
    return body === '' ? title : details(title, body, index === 0);
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
    ...refusals.slice(0, 20).map((refusal) => `⛔ ${message(cut(refusal, 1_000))}`),
    versionChanges.length === 0
      ? ''
      : `From what to what: ${versionChanges
          .slice(0, 20)
          .map((change) => plain(cut(change, 300)))
          .join(', ')}.`,
    changesTable(changing),
    leftOut(changing.length, 'job'),
    variablesList(planData.variables ?? []),
    isReviewed ? `Digest of the plan, for \`plan_digest\`: ${code(digest)}` : '',
  ]);
  const words =
    plan === undefined || !planData.changed
      ? ''
      : details('What nomad-pack says', fence(cut(plan.trim(), sections_PLAN_LIMIT), 'text'));
  const diffs = changing.filter(({ action }) => isReviewed || action !== 'create').map(jobDiff);
  return [overview, ...diffs, words];
}

function changesTable(jobs                  )         {
  if (jobs.length === 0) return '';
  const rows = jobs
    .slice(0, MOST_ROWS)
    .map((job) => [
      `${wording/* ACTION_SIGNS */.mX[job.action]}&nbsp;${job.action}`,
      code(job.id),
      code(job.namespace),
      groupActions(job),
      placement(job),
    ]);
  return table(['Action', 'Job', 'Namespace', 'Task groups', 'Placement'], rows);
}

/** Which Nomad variables would be written. The values of their items may be secret. */
function variablesList(variables                           )         {
  const lines = variables
    .filter(({ action }) => action !== 'none')
    .slice(0, MOST_ROWS)
    .map(({ path, namespace, action, items }) => {
      const what = action === 'unknown' ? 'write (what is there cannot be seen)' : action;
      const names = items.slice(0, 20).map((item) => code(item));
      return `- Nomad variable ${code(path)} (${code(namespace)}): ${what}${names.length === 0 ? '' : `, items ${names.join(', ')}; values are not shown`}`;
    });
  return lines.join('\n');
}

function placement({ action, placementFailures }           )         {
  if (action === 'stop') return '–';
  return placementFailures.length === 0 ? 'fits' : `⚠️ ${plain(cut(placementFailures.join('; '), 500))}`;
}

function jobDiff({ id, diff }           )         {
  if (diff.length === 0) return '';
  // GitHub colours the lines of a diff by their first sign, and knows `!` but not `~`.
  const text = cut(diff.map((line) => line.replace(/^~/, '!')).join('\n'), DIFF_LIMIT);
  return details(`${code(id)}: ${(0,wording/* count */.U9)(diff.length, 'difference')}`, fence(text, 'diff'));
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
      return `${code(name)}: ${words.join(', ') || 'none'}`;
    })
    .join('<br>');
}

/** Things to know that are no failure. */
function noticesSection({ notices }         )         {
  if (notices.length === 0) return '';
  const items = notices.slice(0, 20).map((notice) => `> - ${message(cut(notice, 600).replaceAll('\n', ' '))}`);
  return paragraphs([`> [!NOTE]\n${items.join('\n')}`, leftOut(notices.length, 'notice', 20)]);
}

/** How long each phase took, and the rollout over time: a table, then a picture where there was a rollout. */
function timeSection(history         , end        )         {
  const { phases, timeline } = history;
  if (phases.length === 0) return '';
  const rows = phases
    .slice(0, MOST_ROWS)
    .map(({ name, start, duration }) => [plain(name), (0,report_duration/* formatDuration */.a)(start), (0,report_duration/* formatDuration */.a)(duration)]);
  const steps = timeline
    .slice(0, MOST_ROWS)
    .map(({ at, text, job }) => [(0,report_duration/* formatDuration */.a)(at), job === undefined ? '' : code(job), plain(cut(text, 300))]);
  const body = paragraphs([
    table(['Phase', 'Began after', 'Took'], rows),
    steps.length === 0 ? '' : table(['After', 'Job', 'What happened'], steps),
    leftOut(timeline.length, 'event'),
    timeline.length === 0 ? '' : fence(ganttChart(history, end), 'mermaid'),
  ]);
  return details(`How long it took: ${(0,report_duration/* formatDuration */.a)(end)}`, body);
}

/** What was deployed, from where, to where. */
function originSection(result        , settings                    )         {
  const { pack, registry, nomad } = settings;
  const commit = result.registrySha === undefined ? '' : ` (commit ${code(result.registrySha.slice(0, 12))})`;
  const from =
    pack.kind === 'directory'
      ? ` from the directory ${code(pack.written)}`
      : registry === undefined
        ? ''
        : ` of ${code(registry.source)} at ${code(registry.ref)}${commit}`;
  const version = result.nomadPackVersion === undefined ? '' : `, with nomad-pack ${code(result.nomadPackVersion)}`;
  return `<sub>Pack ${code(pack.name)}${from}, on ${code(nomad.address)} in namespace ${code(nomad.namespace)}${version}.</sub>`;
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

;// CONCATENATED MODULE: ./build/js/report/summary.js
                                           
                                                        





/** A tenth of what GitHub takes from a step: more is never read. UTF-8 bytes. */
const SUMMARY_LIMIT = 100 * 1024;

/**
 * The job summary as Markdown: one line that says it all, then what ended the step, the jobs and what changes, what to know, and how long
 * it took. Whatever the pack, it fits.
 *
 * @param result redacted
 * @param settings redacted
 * @param end how long the step took, in milliseconds
 */
function summaryOf(result        , settings                      , end        )         {
  const { icon, text } = headline(result, settings);
  const deployment = deploymentSettings(settings);
  return fitted(
    [
      `### ${icon} ${message(text)}`,
      failureSection(result),
      ...bodyOf(result),
      noticesSection(result),
      timeSection(result, end),
      deployment === undefined ? '' : originSection(result, deployment),
    ],
    SUMMARY_LIMIT,
    '*Something is left out here, for its length.*',
  );
}

/** Of a plan one reads first what would change, of anything else how the jobs fare. */
function bodyOf(result        )           {
  const changes = changesSections(result);
  const jobs = [jobsSection(result), diagnosisSection(result)];
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
  return `${paragraphs(kept)}\n`;
}

;// CONCATENATED MODULE: ./build/js/report/comment.js

                                           
                                                                  






/** What GitHub takes; its characters are counted as bytes here, which is never too few. */
const comment_LIMIT = 65_536;

/** For what stands between the parts. */
const MARGIN = 256;

/**
 * The hidden first line by which the comment of a deployment in one environment is found again. A digest, so that nothing in a name can
 * end it.
 */
function commentMarker(settings                    )         {
  const { address, namespace, region = '' } = settings.nomad;
  const identity = JSON.stringify([deploymentId(settings), address, namespace, region]);
  return `<!-- nomad-pack-action plan ${(0,external_node_crypto_.createHash)('sha256').update(identity).digest('hex').slice(0, 32)} -->`;
}

                                 
                          
                                                                
                          
                                      
 

/**
 * The comment: what a deploy would change, folded away where that is nothing.
 *
 * @param result redacted
 * @param settings redacted
 */
function commentBody(result        , settings                    , context                )         {
  const { marker, commit, runUrl } = context;
  const { icon, text } = headline(result, settings);
  const title = `${icon} ${message(text)}`;
  const summary = runUrl === undefined ? 'the run’s summary' : markdown_link('the run’s summary', runUrl);
  const footer = paragraphs([
    originSection(result, settings),
    `<sub>Planned${commit === '' ? '' : ` for ${code(commit.slice(0, 12))}`}; more in ${summary}. This comment is kept up to date.</sub>`,
  ]);
  const room = comment_LIMIT - MARGIN - Buffer.byteLength(marker + title + footer);
  const sections = fitted(
    [failureSection(result), ...changesSections(result), noticesSection(result)],
    room,
    `*Something is left out here, for its length; it is in ${summary}.*`,
  );
  const body = `${sections}\n${footer}`;
  return `${marker}\n${hasNews(result) ? `#### ${title}\n\n${body}` : details(title, body)}\n`;
}

/** Whether there is something that a reviewer has to see. */
function hasNews({ changed, failure, planData }        )          {
  return changed || failure !== undefined || (planData?.refusals.length ?? 0) > 0;
}

// EXTERNAL MODULE: ./build/js/errors.js
var errors = __webpack_require__(2027);
// EXTERNAL MODULE: ./build/js/report/foreign.js
var foreign = __webpack_require__(6629);
;// CONCATENATED MODULE: ./build/js/report/redact-end.js

                                                     
                                                        


                                           

/** Keys whose values are words of the action's own, which a secret that happens to be spelled the same must not black out. */
const OWN_WORDS                      = new Set(['status', 'health', 'operation', 'action', 'reason', 'kind']);

/** What Nomad or nomad-pack says can be as long as a job; an annotation is not. Characters. */
const LONGEST_MESSAGE = 8_000;

/** Of a message. Characters. */
const LONGEST_LINE = 2_000;

/** Of a task's log: its end says most. */
const MOST_LOG_LINES = 20;

/** Likewise. Characters. */
const LONGEST_LOG = 4_096;

/** The end of a step. */
                      
                          
                                            
                                          
 

/**
 * What is told of a step, with everything hidden that is to be, and everything shown that is to be seen: done once, before any of it is
 * escaped, cut or written. The settings hold no secret, but a secret's value may be part of a name or an address all the same.
 */
function redactEnd({ result, settings }     , secrets                         )      {
  return { result: redactResult(result, secrets), settings: redactLeaves(settings, secrets) };
}

function redactResult({ failure, ...rest }        , secrets                         )         {
  const leaves = redactLeaves(rest, secrets);
  // Cut only now: nobody recognises half a secret.
  const redacted = { ...leaves, jobs: leaves.jobs.map(withShortLog) };
  if (failure === undefined) return redacted;
  const { reason, message, hint, location } = failure;
  return {
    ...redacted,
    failure: new errors/* ActionError */.lZ(reason, shortened((0,foreign/* visible */.RK)(secrets.redact(message))), {
      hint: (0,foreign/* visible */.RK)(secrets.redact(hint)),
      ...(location !== undefined && { location: redactLeaves(location, secrets) }),
    }),
  };
}

function withShortLog(job          )           {
  const { diagnosis } = job;
  if (diagnosis === undefined) return job;
  const lines = diagnosis.log.split('\n').slice(-MOST_LOG_LINES).join('\n');
  return { ...job, diagnosis: { ...diagnosis, log: lines.slice(-LONGEST_LOG).toWellFormed() } };
}

/** What answers instead of Nomad may do so with a page on one line. */
function shortened(message        )         {
  const lines = message.split('\n').map((line) => (line.length > LONGEST_LINE ? cutLine(line) : line));
  return cut(lines.join('\n'), LONGEST_MESSAGE);
}

function cutLine(line        )         {
  return `${line.slice(0, LONGEST_LINE).toWellFormed()}… [${line.length - LONGEST_LINE} more characters]`;
}

function redactLeaves   (value   , secrets                         )    {
  const walk = (part         , key        )          => {
    if (typeof part === 'string') return OWN_WORDS.has(key) ? part : (0,foreign/* visible */.RK)(secrets.redact(part));
    if (Array.isArray(part)) return part.map((member) => walk(member, ''));
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, member]) => [name, walk(member, name)]));
  };
  return walk(value, '')     ;
}

;// CONCATENATED MODULE: ./build/js/report/report.js
                                                

                                           




                                           




                                
                                            
                                              
                        
                     
                                                                      
                                      
 

/** What there is to tell of a step, redacted and cut; each text is made when it is asked for. */
                         
                 
                                                           
                                
                                     
                                 
                                                                        
                             
 

/** The end of the log: how each job fares, and what there is to say of the whole. */
                         
                                    
                                                                    
                                                                               
 

                          
                          
                            
                                                          
                           
                                            
 

/** What happened, as text. Nothing is written here. */
function reportOf(end     , context               )         {
  const { secrets, took, now, runUrl } = context;
  const { result, settings } = redactEnd(end, secrets);
  const deployment = deploymentSettings(end.settings);
  const comment = commentOf(end, { result, settings }, runUrl);
  return {
    outputs: () => outputsOf(result, settings, { id: deployment && deploymentId(deployment), now, runUrl }),
    ending: () => endingOf({ result, settings }),
    summary: () => summaryOf(result, settings, took),
    ...(comment !== undefined && { comment }),
  };
}

/** The marker is made of the settings as they are, so that what happens to be secret in one run does not lose the comment. */
function commentOf(given     , told     , runUrl                    )                      {
  const settings = deploymentSettings(given.settings);
  const deployment = deploymentSettings(told.settings);
  if (settings === undefined || deployment === undefined) return undefined;
  const wanted = operations/* OPERATIONS */.x[settings.operation].keepsComment && settings.review.comment !== 'never';
  if (!wanted || told.result.failure?.reason === 'cancelled') return undefined;
  const marker = commentMarker(settings);
  return {
    marker,
    hasNews: hasNews(told.result),
    always: settings.review.comment === 'always',
    body: (commit) => commentBody(told.result, deployment, { marker, commit, runUrl }),
  };
}

/** The log tells no more one by one. */
const MOST_JOBS = 50;

function endingOf({ result, settings }     )         {
  const jobs = result.jobs.slice(0, MOST_JOBS).map(describeJob);
  const more = result.jobs.length - MOST_JOBS;
  const lines = [...jobs, ...(more > 0 ? [`  ${(0,wording/* count */.U9)(more, 'more job')}; the output \`jobs\` has all.`] : [])];
  const { failure } = result;
  if (failure !== undefined) return { lines, error: { failure, details: worstDiagnosis(result) } };
  const { icon, text } = headline(result, settings);
  return { lines: [...lines, `${icon} ${text}`] };
}

function describeJob({ id, namespace, status, health, groups }                        )         {
  const counts = groups.map(({ name, healthy, desired }) => `${name} ${healthy}/${desired}`).join(', ');
  return `  ${id} (${namespace}): ${status}, health ${health}${counts === '' ? '' : `, ${counts}`}`;
}

// EXTERNAL MODULE: ./build/js/runner/commands.js
var commands = __webpack_require__(2291);
// EXTERNAL MODULE: ./build/js/runner/event.js
var runner_event = __webpack_require__(4125);
;// CONCATENATED MODULE: ./build/js/tell.js
                                                  



                                      

                                                                                           
                                           
                                           
  

/**
 * Tells the end of the step: outputs, annotation, job summary, pull request comment. Never throws: a part that fails is a warning,
 * because what happened in the cluster has happened.
 */
async function tell(end     , step             )                {
  const { environment, log, secrets, signal, elapsed, githubToken } = step;
  const context = { secrets, took: elapsed(), now: new Date(), runUrl: (0,runner_event/* runUrl */.V)(environment) };
  const { outputs, ending, summary, comment } = reportOf(end, context);

  await attempt(log, 'The outputs', () => {
    for (const [name, value] of Object.entries(outputs())) (0,commands/* setOutput */.uH)(environment, name, value);
  });
  await attempt(log, 'The end of the log', () => {
    const { lines, error } = ending();
    for (const line of lines) log.info(line);
    if (error !== undefined) log.error(error.failure, error.details);
  });
  await attempt(log, 'The job summary', () => (0,commands/* appendSummary */.fe)(environment, summary()));
  if (comment === undefined) return;
  await attempt(log, 'The comment on the pull request', async () => {
    const { commentOnPullRequest } = await Promise.all(/* import() | runner-comment-comment */[__webpack_require__.e("shared-http"), __webpack_require__.e("runner-comment-comment")]).then(__webpack_require__.bind(__webpack_require__, 1130));
    await commentOnPullRequest(comment, { environment, log, always: comment.always, token: githubToken, signal });
  });
}

async function attempt(log             , what        , write                            )                {
  try {
    await write();
  } catch (error) {
    log.warning(`${what} could not be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}


/***/ })

};

