export const id = "src-tell";
export const ids = ["src-tell"];
export const modules = {

/***/ 5914:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  tell: () => (/* binding */ tell),
  tellCombined: () => (/* binding */ tellCombined)
});

// EXTERNAL MODULE: ./build/js/errors.js
var errors = __webpack_require__(2027);
// EXTERNAL MODULE: ./build/js/report/annotation.js
var annotation = __webpack_require__(9288);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./build/js/operations.js
var operations = __webpack_require__(4582);
;// CONCATENATED MODULE: ./build/js/report/outputs.js
                                                                          
                                                                            

/** What the output `plan` holds at most; `plan-file` has the whole. GitHub takes 1 MB for all outputs of a job. Characters. */
const PLAN_LIMIT = 64 * 1024;

/** Where `plan-json` is longer, the differences are left out of it. Characters. */
const PLAN_JSON_LIMIT = 256 * 1024;

/** After these another version runs than before. */
const DEPLOYING                         = new Set(['deploy', 'rollback', 'reject']);

                                
                                    
                                   
                     
                                             
                                       
 

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
    url: deployment && deploymentUrl(result, deployment),
    'awaiting-promotion': String(result.jobs.some(({ awaitsPromotion }) => awaitsPromotion)),
    'failure-reason': result.failure?.reason ?? '',
    'registry-sha': result.registrySha,
    'nomad-pack-version': result.nomadPackVersion,
    'nomad-pack-path': result.nomadPackPath,
    plan: result.plan === undefined ? undefined : cutPlan(result.plan, result.planFile),
    'plan-json': result.planData && planJson(result.planData),
    'plan-file': result.planFile,
    'plan-digest': result.planData?.digest,
    'rendered-path': result.renderedPath,
    matrix: result.matrix && JSON.stringify(result.matrix),
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

/** Nomad's UI for the deployment: its one job, or the list of its jobs; nothing where it has none, or no browser gets there. */
function deploymentUrl({ jobs }        , { nomad, deploymentName }                    )                     {
  const [first, second] = jobs;
  if (first === undefined || first.url === '') return undefined;
  if (second === undefined) return first.url;
  const filter = `Meta["pack.deployment_name"] == ${JSON.stringify(deploymentName)}`;
  return `${nomad.address}/ui/jobs?filter=${encodeURIComponent(filter)}`;
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
    deployed_at:
      DEPLOYING.has(result.operation) && result.changed && result.isDryRun !== true ? now.toISOString() : undefined,
  };
}

function jobRecord(job          ) {
  const {
    id,
    namespace,
    type,
    status,
    health,
    version,
    nomadDeploymentId,
    groups,
    url,
    origin,
    awaitsPromotion,
    diagnosis,
  } = job;
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
    commit: origin?.commit,
    deployed_at: origin?.deployed,
    run_url: origin?.run,
    actor: origin?.actor,
    awaits_promotion: awaitsPromotion,
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

/** A link with a text that is Markdown already; just the text where the address is not one of the web. */
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

// EXTERNAL MODULE: ./node_modules/diff/libesm/diff/array.js + 1 modules
var array = __webpack_require__(8965);
;// CONCATENATED MODULE: ./build/js/report/line-diff.js


/** Lines around a difference that stay as they are. */
const CONTEXT = 3;

/** Where texts have less in common, the old one is shown whole, and then the new one. */
const MOST_EDITS = 2_000;

/** What stands for what is hidden. */
const HIDDEN = '***';

/**
 * The lines that differ between two texts, each after `- ` or `+ `, and some lines around them after two spaces; what is left out
 * between is told as a line.
 */
function lineDiff(before        , after        )           {
  const [old, now] = [linesOf(before), linesOf(after)];
  const parts = (0,array/* diffArrays */.E)(old, now, { comparator: isSame, maxEditLength: MOST_EDITS }) ?? [
    { value: old, removed: true, added: false },
    { value: now, removed: false, added: true },
  ];
  return parts.flatMap(({ value, added, removed }, index) => {
    if (added) return value.map((line) => `+ ${line}`);
    if (removed) return value.map((line) => `- ${line}`);
    return around(value, index > 0, index < parts.length - 1).map((line) => `  ${line}`);
  });
}

/** Nobody knows whether two lines are the same that are both hidden. */
function isSame(one        , other        )          {
  return one === other && one.trim() !== HIDDEN;
}

/** Of lines that are the same, those next to a difference: before them, after them. */
function around(lines                   , isAfter         , isBefore         )           {
  const head = isAfter ? CONTEXT : 0;
  const tail = isBefore ? CONTEXT : 0;
  const left = lines.length - head - tail;
  // A note is no shorter than a line.
  if (left <= 1) return [...lines];
  return [...lines.slice(0, head), `[${left} lines are the same]`, ...lines.slice(lines.length - tail)];
}

function linesOf(text        )           {
  if (text === '') return [];
  const lines = text.split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

;// CONCATENATED MODULE: ./build/js/report/pretty-json.js
/** Texts, brackets and signs, and whatever stands between them. */
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g;

/**
 * JSON with a line for each member, as one reads it; undefined where the text is not an object or list of JSON. Nothing but white space
 * changes: a text in it that was looked through for secrets is written as it was.
 */
function prettyJson(text        )                     {
  if (!/^\s*[[{]/.test(text) || !isJson(text)) return undefined;
  let depth = 0;
  let previous = '';
  const written = (text.match(TOKENS) ?? []).map((token) => {
    const isEmpty = (previous === '{' && token === '}') || (previous === '[' && token === ']');
    if ('}]'.includes(token)) depth -= 1;
    const startsLine = !isEmpty && (',{['.includes(previous) || '}]'.includes(token));
    if ('{['.includes(token)) depth += 1;
    const indent = '{['.includes(token) ? depth - 1 : depth;
    const piece = `${startsLine && previous !== '' ? `\n${'  '.repeat(indent)}` : ''}${token}${token === ':' ? ' ' : ''}`;
    previous = token;
    return piece;
  });
  return written.join('');
}

function isJson(text        )          {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

// EXTERNAL MODULE: ./build/js/report/wording.js
var wording = __webpack_require__(8285);
;// CONCATENATED MODULE: ./build/js/report/difference.js
                                                           




/** A JSON that is shorter is read on one line. Characters. */
const LONGEST_ON_LINE = 60;

/**
 * What differs in a job, as lines that GitHub colours in a block of the language `diff`: first what is on one line, then, below where it
 * stands, what has several: the lines of it that differ.
 */
function differenceLines({ fields }                           )           {
  const stated = fields.filter(({ isDefault }) => !isDefault);
  const left = fields.length - stated.length;
  const lines = stated.flatMap((field) => oneLine(field) ?? []);
  const blocks = stated.flatMap((field) => (oneLine(field) === undefined ? severalLines(field) : []));
  const note = left === 0 ? [] : [`  (${(0,wording/* count */.U9)(left, 'more value')} that the template leaves to Nomad and nomad-pack)`];
  return [...lines, ...note, ...blocks];
}

function oneLine({ sign, path, before = '', after = '' }             )                     {
  if (`${readable(before)}${readable(after)}`.includes('\n')) return undefined;
  const [old, now] = [JSON.stringify(before), JSON.stringify(after)];
  if (sign === '+') return `+ ${path}: ${now}`;
  if (sign === '-') return `- ${path}: ${old}`;
  // GitHub colours the lines of a diff by their first sign, and knows `!`.
  return `! ${path}: ${old} => ${now}`;
}

function severalLines({ path, before = '', after = '' }             )           {
  return [`@@ ${path} @@`, ...lineDiff(readable(before), readable(after))];
}

/** The text as it is, one JSON on a long line aside. */
function readable(text        )         {
  const json = text.length > LONGEST_ON_LINE && !text.trim().includes('\n') ? prettyJson(text) : undefined;
  // A new line at the end is not a reason to show one line as several.
  return json ?? (text.trimEnd().includes('\n') ? text : text.replace(/\n$/, ''));
}

// EXTERNAL MODULE: ./build/js/report/duration.js
var report_duration = __webpack_require__(1137);
;// CONCATENATED MODULE: ./build/js/report/gantt.js
                                            

/** More bars than a picture can show. The table before it has the rest. */
const MOST_BARS = 40;

/** A step of which each tick of the axis would be called the same, in whole seconds. Milliseconds. */
const SHORT = 10_000;

               
                           
                         
                        
                      
 

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
  const lines = ['gantt', '  dateFormat YYYY-MM-DD HH:mm:ss.SSS', `  axisFormat ${end < SHORT ? '%S.%L' : '%M:%S'}`];
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

;// CONCATENATED MODULE: ./build/js/report/sections.js
                                                                                                   
                                                                  








/** Rows that a reader still reads; a table says how many it left out. */
const MOST_ROWS = 100;

/** What is shown of a log, of a diff, of a text of nomad-pack's. Characters. */
const LOG_LIMIT = 6_000;
const DIFF_LIMIT = 12_000;
const sections_PLAN_LIMIT = 24_000;

/** A diff of so many lines is read without unfolding it. */
const UNFOLDED_LINES = 30;

/** What the headline has no room for of what ended the step, and what to do about it. */
function failureSection({ failure }                         )         {
  if (failure === undefined) return '';
  const { message: words, hint, location, reason, link: url = '' } = failure;
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
    `<sub>\`failure-reason\`: ${markdown_link(code(reason), url)}</sub>`,
  ]);
}

/** Sentences are the action's own and become a list; anything else is what another program printed, and stays as it is. */
function restOfMessage(lines                   )         {
  if (lines.length === 0) return '';
  const sentences = lines.length <= 30 && lines.every((line) => /^\S.*\.$|^Job "/.test(line));
  return sentences
    ? lines.map((line) => `- ${message(cut(line, 1_000))}`).join('\n')
    : fence(cut(lines.join('\n'), LOG_LIMIT));
}

/** The jobs, one a row. */
function jobsSection({ jobs, failure }        )         {
  if (jobs.length === 0) return '';
  const hasOrigins = jobs.some(({ origin }) => origin !== undefined);
  const rows = jobs
    .slice(0, MOST_ROWS)
    .map((job) => [
      markdown_link(code(job.id), job.url),
      code(job.namespace),
      plain(cut(job.type, 50)),
      (0,wording/* statusMark */.w8)(job, failure !== undefined),
      job.health,
      String(job.version),
      groupCounts(job),
      ...(hasOrigins ? [originOf(job)] : []),
    ]);
  const header = ['Job', 'Namespace', 'Type', 'Status', 'Health', 'Version', 'Healthy / desired'];
  if (hasOrigins) header.push('Deployed');
  return paragraphs([table(header, rows), leftOut(jobs.length, 'job')]);
}

/** The commit, linked to the run that deployed it, when, and by whom. */
function originOf({ origin }          )         {
  if (origin === undefined) return '–';
  const { commit, run, actor, deployed } = origin;
  const from = markdown_link(code(commit?.slice(0, 12) ?? 'run'), run ?? '');
  return `${from}<br>${plain(deployed.slice(0, 16).replace('T', ' '))}${actor === undefined ? '' : ` by ${plain(actor)}`}`;
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
  const ill = (0,annotation/* illJobs */.k)(result);
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

/**
 * What a deploy would change, the most telling first: a table of the jobs, and the differences of each.
 *
 * @param options.withDigest false where the plan is one of several that have a digest together
 */
function changesSections(
  result        ,
  { withDigest = true }                                    = {},
)           {
  const { planData } = result;
  if (planData === undefined) return [];
  const isForReview = isReviewed(result);
  const { jobs, versionChanges, refusals, advice = [], digest } = planData;
  const changing = jobs.filter(({ action }) => action !== 'none');
  const overview = paragraphs([
    refusals
      .slice(0, 20)
      .map((refusal) => `- ${message(cut(refusal, 1_000))}`)
      .join('\n'),
    advice.length === 0 ? '' : `**What to do:** ${message(cut(advice.join(' '), 2_000))}`,
    versionChanges.length === 0
      ? ''
      : `From what to what: ${versionChanges
          .slice(0, 20)
          .map((change) => plain(cut(change, 300)))
          .join(', ')}.`,
    changesTable(changing),
    leftOut(changing.length, 'job'),
    variablesList(planData.variables ?? []),
  ]);
  const diffs = changing.filter(({ action }) => isForReview || action !== 'create').map(jobDiff);
  // Nothing to approve is approved by no digest.
  const approval =
    withDigest && isForReview && planData.changed && refusals.length === 0
      ? `<sub>Digest of the plan, for \`plan_digest\`: ${code(digest)}</sub>`
      : '';
  return [overview, ...diffs, approval];
}

/** nomad-pack's own words on what would change: the same once more, in its way. */
function planWordsSection({ plan, planData }        )         {
  if (plan === undefined || planData === undefined || !planData.changed) return '';
  return details('What nomad-pack says', fence(cut(plan.trim(), sections_PLAN_LIMIT), 'text'));
}

/** A reviewer wants all of it; after a deploy the differences of a job that is new are only what the template says. */
function isReviewed({ operation, failure }        )          {
  return operation === 'plan' || failure?.reason === 'plan-changed';
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
  // Nomad does not foresee what a redeploy does.
  if (action === 'stop' || action === 'redeploy') return '–';
  return placementFailures.length === 0 ? 'fits' : `⚠️ ${plain(cut(placementFailures.join('; '), 500))}`;
}

/** What differs in a job, unfolded where that is read at a glance. */
function jobDiff(job           )         {
  const lines = differenceLines(job);
  if (lines.length === 0) return '';
  const stated = job.fields.filter(({ isDefault }) => !isDefault).length;
  const text = cut(lines.join('\n'), DIFF_LIMIT);
  return details(
    `${code(job.id)}: ${(0,wording/* count */.U9)(stated, 'difference')}`,
    fence(text, 'diff'),
    lines.length <= UNFOLDED_LINES,
  );
}

function groupActions({ groups }           )         {
  if (groups.length === 0) return '–';
  return groups
    .slice(0, 20)
    .map((group) => `${code(group.name)}: ${(0,wording/* updateCounts */.yO)(group)}`)
    .join('<br>');
}

/** Things to know that are not failures. */
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
  return `<sub>Pack ${code(pack.name)}${from}, ${nomad.address === '' ? '' : `on ${code(nomad.address)} `}in namespace ${code(nomad.namespace)}${version}.</sub>`;
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
  const changes = [...changesSections(result), planWordsSection(result)];
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

;// CONCATENATED MODULE: ./build/js/report/combined-sections.js
                                                                 
                                             






/** How a deployment ended, in a line. One that was not begun has not failed. */
function headlineOf({ result, settings }                                            )           {
  const { failure } = result;
  return failure?.reason === 'skipped' ? { icon: '⏭️', text: failure.message } : headline(result, settings);
}

/** `deploy of 12 deployments in production: 10 went well, 1 failed, 1 skipped` */
function headlineOfAll(end             )           {
  const { operation, environment, deployments } = end;
  const reasons = deployments.map(({ result }) => result.failure?.reason);
  const skipped = reasons.filter((reason) => reason === 'skipped').length;
  const cancelled = reasons.filter((reason) => reason === 'cancelled').length;
  const good = deployments.filter(({ result }) => result.failure === undefined);
  const parts = [
    ...(operation === 'plan' ? plansOf(good) : [`${good.length} went well`]),
    ...some(reasons.length - good.length - skipped - cancelled, 'failed'),
    ...some(cancelled, 'cancelled'),
    ...some(skipped, 'skipped'),
  ];
  const where = environment === undefined ? '' : ` in \`${environment}\``;
  const text = `\`${operation}\` of ${(0,wording/* count */.U9)(deployments.length, 'deployment')}${where}`;
  return {
    icon: iconOfAll(end),
    text: deployments.length === 0 ? `${text}: nothing to do` : `${text}: ${parts.join(', ')}`,
  };
}

function plansOf(deployments                          )           {
  const refused = deployments.filter(isRefused).length;
  const changing = deployments.filter((one) => one.result.changed && !isRefused(one)).length;
  return [
    `${changing} would change`,
    ...some(refused, 'would be refused'),
    ...some(deployments.length - refused - changing, 'would not'),
  ];
}

function isRefused({ result: { planData } }               )          {
  return (planData?.refusals.length ?? 0) > 0;
}

function iconOfAll({ failure, operation, deployments, changed }             )         {
  if (failure !== undefined) return failure.reason === 'cancelled' ? '🚫' : '❌';
  if (operation !== 'plan') return '✅';
  if (deployments.some(isRefused)) return '⛔';
  return changed ? '📝' : '✅';
}

function some(number        , what        )           {
  return number === 0 ? [] : [`${number} ${what}`];
}

/** What the plans are approved by; empty where there is nothing to approve. */
function digestLine({ planDigest, deployments }             )         {
  const isForReview = deployments.some((one) => one.result.planData?.changed === true && !isRefused(one));
  return planDigest === undefined || !isForReview
    ? ''
    : `<sub>Digest over all plans, for \`plan_digest\`: ${code(planDigest)}</sub>`;
}

/** The deployments as a reader wants them: what failed, what was not begun, what changes, the rest; else in the order of the file. */
function worstFirst(deployments                          )                  {
  return deployments.toSorted((one, other) => rankOf(one) - rankOf(other));
}

function rankOf(deployment               )         {
  const { failure, health, changed } = deployment.result;
  if (failure !== undefined) return failure.reason === 'skipped' ? 1 : 0;
  if (isRefused(deployment) || health === 'unhealthy') return 2;
  return changed ? 3 : 4;
}

/**
 * A row for each deployment, as many as fit.
 *
 * @param deployments worst first
 * @param limit UTF-8 bytes
 */
function deploymentsTable(
  { operation }             ,
  deployments                          ,
  limit        ,
)         {
  if (deployments.length === 0) return '';
  const isPlan = operation === 'plan';
  const hasVersions = deployments.some(({ result }) => (result.planData?.versionChanges.length ?? 0) > 0);
  const header = isPlan
    ? ['Deployment', 'What a deploy would do', ...(hasVersions ? ['From what to what'] : [])]
    : ['Deployment', 'Status', 'Health', 'Changed', 'What happened'];
  const rows             = [];
  let room = limit - Buffer.byteLength(table(header, [])) - 100;
  for (const one of deployments) {
    const row = isPlan ? planRow(one, hasVersions) : endRow(one);
    room -= Buffer.byteLength(table([], [row])) - Buffer.byteLength(table([], []));
    if (room < 0) break;
    rows.push(row);
  }
  const left = deployments.length - rows.length;
  return `${table(header, rows)}${left === 0 ? '' : `\n\n${(0,wording/* count */.U9)(left, 'more deployment')}; the output \`results\` has all.`}`;
}

function endRow({ key, result, settings }               )           {
  const { icon, text } = headlineOf({ result, settings });
  return [
    code(key),
    (0,wording/* statusMark */.w8)(result, result.failure !== undefined),
    result.health,
    result.changed ? 'yes' : 'no',
    `${icon} ${shortened(text)}`,
  ];
}

function planRow({ key, result, settings, isAbsent }               , hasVersions         )           {
  const { icon, text } = headlineOf({ result, settings });
  const versions = result.planData?.versionChanges.slice(0, 3).map((change) => plain(cut(change, 100))) ?? [];
  return [
    `${code(key)}${isAbsent ? ' (`state: absent`)' : ''}`,
    `${icon} ${shortened(text.replace(/^A deploy of `[^`]*` would/, 'would'))}`,
    ...(hasVersions ? [versions.join('<br>') || '–'] : []),
  ];
}

function shortened(text        )         {
  return message(cut(text.replaceAll('\n', ' '), 300)).replaceAll('\n', ' ');
}

/**
 * A part to unfold for each deployment, with what a summary of it alone would have. Each gets a fair share of the room, and what it leaves
 * of that goes to the others.
 *
 * @param deployments the most important first; the first one that failed is unfolded
 * @param limit UTF-8 bytes
 */
function deploymentParts(deployments                          , limit        )           {
  const parts           = [];
  let room = limit - MARGIN;
  for (const [index, one] of deployments.entries()) {
    const share = Math.floor(room / (deployments.length - index));
    const part = deploymentPart(one, share, index === 0 && hasFailed(one));
    const size = Buffer.byteLength(part) + 2;
    if (size > room) {
      parts.push(`*${(0,wording/* count */.U9)(deployments.length - index, 'more deployment')} left out here, for the length.*`);
      break;
    }
    parts.push(part);
    room -= size;
  }
  return parts;
}

/** For a note on what is left out. UTF-8 bytes. */
const MARGIN = 200;

/** @param share UTF-8 bytes that it may take; its title is shown whatever it takes */
function deploymentPart({ key, result, settings }               , share        , isOpen         )         {
  const { icon, text } = headlineOf({ result, settings });
  const title = `${icon} ${code(key)}: ${shortened(text)}`;
  const sections = [
    failureSection(result),
    ...(result.operation === 'plan' ? [] : [jobsSection(result), diagnosisSection(result)]),
    ...changesSections(result, { withDigest: false }),
    noticesSection(result),
    originSection(result, settings),
  ];
  const overhead = Buffer.byteLength(details(title, '', isOpen));
  return details(title, fitted(sections, Math.max(0, share - overhead), LEFT_OUT).trimEnd(), isOpen);
}

const LEFT_OUT = '*Something is left out here, for its length.*';

function hasFailed({ result: { failure } }               )          {
  return failure !== undefined && failure.reason !== 'skipped';
}

/** Mermaid takes 500 arrows, and nobody reads half of them. */
const MOST_NODES = 100;
const MOST_ARROWS = 300;

/** Which deployment needs which, coloured by how each ended: a picture in Mermaid's words; empty where none needs another, or it would be too large. */
function needsGraph({ deployments }             )         {
  const numbers = new Map(deployments.map(({ key }, index) => [key, index]));
  const arrows = deployments.flatMap(({ key, needs }) =>
    needs.flatMap((need) => (numbers.has(need) ? [[numbers.get(need), numbers.get(key)]         ] : [])),
  );
  if (arrows.length === 0 || arrows.length > MOST_ARROWS || deployments.length > MOST_NODES) return '';
  return [
    'flowchart LR',
    // Names of the file: letters, digits and `.`, `_`, `-`.
    ...deployments.map((one, index) => `  n${index}["${one.key}"]:::${colourOf(one)}`),
    ...arrows.map(([from, to]) => `  n${from} --> n${to}`),
    '  classDef good fill:#1a7f37,stroke:#1a7f37,color:#fff',
    '  classDef changed fill:#0969da,stroke:#0969da,color:#fff',
    '  classDef waiting fill:#9a6700,stroke:#9a6700,color:#fff',
    '  classDef bad fill:#cf222e,stroke:#cf222e,color:#fff',
    '  classDef idle fill:#6e7781,stroke:#6e7781,color:#fff',
  ].join('\n');
}

/** What the colours of `needsGraph` mean, where they are not clear. */
function needsLegend({ operation }             )         {
  return operation === 'plan'
    ? 'Blue would change, green would not, red failed or would be refused, grey was not begun.'
    : 'Green is healthy, yellow not known to be, red failed, grey was not begun or is gone.';
}

function colourOf(deployment               )         {
  const { failure, status, health, changed, operation } = deployment.result;
  if (failure !== undefined) return ['skipped', 'cancelled'].includes(failure.reason) ? 'idle' : 'bad';
  if (operation === 'plan') return isRefused(deployment) ? 'bad' : changed ? 'changed' : 'good';
  if (health === 'unhealthy' || status === 'failed') return 'bad';
  if (status === 'absent' || status === 'stopped') return 'idle';
  return health === 'healthy' || status === 'complete' ? 'good' : 'waiting';
}

/** What the output `results` has of the whole, as a table of the log. */
function logTable(end             )           {
  const { deployments } = end;
  const rows = [
    ['Deployment', 'Status', 'Health', 'Changed', ''],
    ...deployments.map(({ key, result, settings }) => {
      const { icon, text } = headlineOf({ result, settings });
      return [key, result.status, result.health, result.changed ? 'yes' : 'no', `${icon} ${text.split('\n')[0]}`];
    }),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return deployments.length === 0
    ? []
    : rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd());
}

;// CONCATENATED MODULE: ./build/js/report/comment.js

                                           
                                                                  






/** What GitHub takes; its characters are counted as bytes here, which is never too few. */
const COMMENT_LIMIT = 65_536;

/** For what stands between the parts. */
const comment_MARGIN = 256;

/**
 * The hidden first line by which the comment of a deployment in one environment, and of one label, is found again. A digest, so that nothing in a name can
 * end it.
 */
function commentMarker(settings                    )         {
  const { address, namespace, region = '' } = settings.nomad;
  const { commentLabel } = settings.review;
  const parts = [deploymentId(settings), address, namespace, region];
  const identity = JSON.stringify(commentLabel === undefined ? parts : [...parts, commentLabel]);
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
  const room = COMMENT_LIMIT - comment_MARGIN - Buffer.byteLength(marker + title + footer);
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
                      
                          
                                            
                                          
 

/** What a failure is told with. */
                          
                                            
                                                                                                                         
                                           
 

/**
 * What is told of a step, with everything hidden that is to be, and everything shown that is to be seen: done once, before any of it is
 * escaped, cut or written. The settings hold no secret, but a secret's value may be part of a name or an address all the same.
 */
function redactEnd                              (
  { result, settings }                                                      ,
  telling         ,
)                                                       {
  return { result: redactResult(result, telling), settings: redactLeaves(settings, telling.secrets) };
}

function redactResult({ failure, ...rest }        , telling         )         {
  const leaves = redactLeaves(rest, telling.secrets);
  // Cut only now: nobody recognises half a secret.
  const redacted = { ...leaves, jobs: leaves.jobs.map(withShortLog) };
  return failure === undefined ? redacted : { ...redacted, failure: redactFailure(failure, telling) };
}

/** As `redactEnd`, for what ended a step. */
function redactFailure(
  { reason, message, hint, location, annotations }             ,
  { secrets, reasonsUrl }         ,
)              {
  return new errors/* ActionError */.lZ(reason, redact_end_shortened((0,foreign/* visible */.RK)(secrets.redact(message))), {
    hint: (0,foreign/* visible */.RK)(secrets.redact(hint)),
    ...(location !== undefined && { location: redactLeaves(location, secrets) }),
    annotations: redactLeaves(annotations, secrets),
    link: reasonsUrl && `${reasonsUrl}#${reason}`,
  });
}

function withShortLog(job          )           {
  const { diagnosis } = job;
  if (diagnosis === undefined) return job;
  const lines = diagnosis.log.split('\n').slice(-MOST_LOG_LINES).join('\n');
  return { ...job, diagnosis: { ...diagnosis, log: lines.slice(-LONGEST_LOG).toWellFormed() } };
}

/** What answers instead of Nomad may do so with a page on one line. */
function redact_end_shortened(message        )         {
  const lines = message.split('\n').map((line) => (line.length > LONGEST_LINE ? cutLine(line) : line));
  return cut(lines.join('\n'), LONGEST_MESSAGE);
}

function cutLine(line        )         {
  return `${line.slice(0, LONGEST_LINE).toWellFormed()}… [${line.length - LONGEST_LINE} more characters]`;
}

/** The value with every text in it redacted. */
function redactLeaves   (value   , secrets                         )    {
  const walk = (part         , key        )          => {
    if (typeof part === 'string') return OWN_WORDS.has(key) ? part : (0,foreign/* visible */.RK)(secrets.redact(part));
    if (Array.isArray(part)) return part.map((member) => walk(member, ''));
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, member]) => [name, walk(member, name)]));
  };
  return walk(value, '')     ;
}

;// CONCATENATED MODULE: ./build/js/report/without-address.js
                                                  
                                                
                                           
                                                                  


                                     

/** The same without the cluster's address, for a comment that everybody may read. */
function withoutAddress                                                                                 (
  told      ,
  hide = hiding([told.settings.nomad.address]),
)       {
  const { failure, ...rest } = told.result;
  const { settings } = told;
  return {
    ...told,
    result: {
      ...redactLeaves(rest, { redact: hide }),
      ...(failure !== undefined && { failure: hiddenIn(failure, hide) }),
    },
    settings: { ...settings, nomad: { ...settings.nomad, address: '' } },
  };
}

/** The same of many deployments. */
function withoutAddresses(end             )              {
  const hide = hiding(end.deployments.map(({ settings }) => settings.nomad.address));
  const { failure } = end;
  return {
    ...end,
    ...(failure !== undefined && { failure: hiddenIn(failure, hide) }),
    deployments: end.deployments.map((one) => withoutAddress(one, hide)),
  };
}

function hiddenIn(failure             , hide      )              {
  return redactFailure(failure, { secrets: { redact: hide }, reasonsUrl: failure.link?.split('#')[0] });
}

/** The addresses as they are written, and their hosts alone, as errors of the system name them. */
function hiding(addresses                   )       {
  const forms = addresses.flatMap((address) => {
    const { host, hostname } = URL.canParse(address) ? new URL(address) : { host: '', hostname: '' };
    return [address, host, ...(isTelling(hostname) ? [hostname] : [])];
  });
  const present = [...new Set(forms)].filter((form) => form !== '');
  if (present.length === 0) return (text) => text;
  // A name that is longer is another one.
  const pattern = new RegExp(`(?<![\\w.-])(?:${present.map(literal).join('|')})(?![\\w-]|\\.\\w)`, 'g');
  return (text) => text.replace(pattern, '(address)');
}

/** Whether a host tells where the cluster is: every machine calls itself \`127.0.0.1\`, and \`nomad\` is a word of many texts. */
function isTelling(hostname        )          {
  return /[.:]/.test(hostname) && !/^(?:127\.|\[::1\]$|localhost\.)/.test(hostname);
}

/** The text as a pattern that only it fits. */
function literal(text        )         {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

;// CONCATENATED MODULE: ./build/js/report/combined-comment.js

                                                  

                                                              



                                                          



/** For what stands between the parts. UTF-8 bytes. */
const combined_comment_MARGIN = 512;

/**
 * The comment of a plan over the deployments of a file: one for each environment. Undefined where none is wanted.
 *
 * @param end redacted
 * @param given as it is: what happens to be secret in one run does not lose the comment
 */
function combinedComment(
  end             ,
  given             ,
  review                ,
  { runUrl, isPublic = false }                                            ,
)                      {
  const wanted = operations/* OPERATIONS */.x[end.operation].keepsComment && review.comment !== 'never';
  if (!wanted || end.failure?.reason === 'cancelled') return undefined;
  const marker = combinedMarker(given, review);
  return {
    marker,
    hasNews: end.deployments.some(({ result }) => hasNews(result)),
    always: review.comment === 'always',
    pullRequest: review.pullRequest,
    body: (commit) => {
      const hides = isPublic && review.commentAddress !== true;
      return combinedCommentBody(hides ? withoutAddresses(end) : end, { marker, commit, runUrl });
    },
  };
}

/** The hidden first line by which the comment of a file in one environment, and of one label, is found again. */
function combinedMarker({ file, environment = '' }             , { commentLabel = '' }                )         {
  const identity = JSON.stringify(['file', file, environment, commentLabel]);
  return `<!-- nomad-pack-action plan ${(0,external_node_crypto_.createHash)('sha256').update(identity).digest('hex').slice(0, 32)} -->`;
}

                                         
                          
                                                                
                          
                                      
 

/**
 * The comment: a table of all deployments, and a part to unfold for each that would change or failed. Whatever their number, it fits.
 *
 * @param end redacted
 */
function combinedCommentBody(end             , { marker, commit, runUrl }                        )         {
  const { icon, text } = headlineOfAll(end);
  const title = `${icon} ${message(text)}`;
  const summary = runUrl === undefined ? 'the run’s summary' : markdown_link('the run’s summary', runUrl);
  const footer = paragraphs([
    digestLine(end),
    `<sub>File ${code(end.file)}. Planned${commit === '' ? '' : ` for ${code(commit.slice(0, 12))}`}; more in ${summary}. This comment is kept up to date.</sub>`,
  ]);
  const room = COMMENT_LIMIT - combined_comment_MARGIN - Buffer.byteLength(marker + title + footer);
  const sorted = worstFirst(end.deployments);
  const newsworthy = sorted.filter(({ result }) => hasNews(result));
  const failure = newsworthy.length === 0 ? failureSection(end) : '';
  // Half of it, so that there is room for parts.
  const table = deploymentsTable(end, sorted, Math.floor(room / 2));
  const parts = deploymentParts(newsworthy, room - Buffer.byteLength(table + failure));
  const body = paragraphs([failure, table, ...parts, footer]);
  const isNews = newsworthy.length > 0 || end.failure !== undefined;
  return `${marker}\n${isNews ? `#### ${title}\n\n${body}` : details(title, body)}\n`;
}

;// CONCATENATED MODULE: ./build/js/report/combined.js
                                                  
                                                
                                                              






                                                          


/** What `results` holds at most; GitHub takes 1 MB for all outputs of a job. Characters. */
const RESULTS_LIMIT = 512 * 1024;

/** What is left out of `results` where it would be longer, one after the other. */
const SPARED = ['plan', 'plan-json', 'jobs']         ;

/** What there is to tell of a step over many deployments, redacted; each text is made when it is asked for. */
                                 
                 
                                                           
                                                        
                                          
                                                                      
                                                    
                                     
                                 
                                                                        
                             
 

                                  
                                                   
                        
                                
                                                     
                           
 

/** What happened, as text. Nothing is written here. */
function combinedReportOf(given             , review                , context               )                 {
  const end = redactCombined(given, context);
  const comment = combinedComment(end, given, review, context);
  return {
    outputs: () => combinedOutputs(end, given, context),
    lines: () => endingLines(end),
    errors: () => errorsOf(end),
    summary: () => combinedSummary(end),
    ...(comment !== undefined && { comment }),
  };
}

/** As `redactEnd`. The names of the deployments are the file's, which everybody can read. */
function redactCombined(end             , telling         )              {
  const { deployments, failure, file, environment, phases, timeline, notices, ...words } = end;
  return {
    ...words,
    ...redactLeaves({ file, phases, timeline, notices }, telling.secrets),
    ...(environment !== undefined && { environment }),
    ...(failure !== undefined && { failure: redactFailure(failure, telling) }),
    deployments: deployments.map((one) => ({ ...one, ...redactEnd(one, telling) })),
  };
}

/**
 * The outputs of `action.yml` that have something to say of many deployments.
 *
 * @param end redacted
 * @param given as it is, for what is never redacted
 */
function combinedOutputs(
  end             ,
  given             ,
  { now, runUrl }                                       ,
)                         {
  const records = end.deployments.map(({ key, result, settings }, index) => {
    const asGiven = given.deployments[index]?.settings ?? settings;
    return [key, asJson(outputsOf(result, settings, { id: deploymentId(asGiven), now, runUrl }))]         ;
  });
  const jobs = records.flatMap(([, record]) => record['jobs']);
  const outputs                                     = {
    status: end.status,
    health: end.health,
    changed: String(end.changed),
    jobs: JSON.stringify(jobs),
    'failure-reason': end.failure?.reason ?? '',
    'nomad-pack-version': end.nomadPackVersion,
    'plan-digest': end.planDigest,
    results: resultsOf(records),
  };
  return Object.fromEntries(
    Object.entries(outputs).filter((entry)                            => entry[1] !== undefined),
  );
}

                                                 

/** What is JSON in an output of a single step is a value here, and so is what is `true` or `false`. */
function asJson(outputs                                  )          {
  const json = ['deployment', 'changed', 'jobs', 'plan-json'];
  return Object.fromEntries(
    Object.entries(outputs).map(([name, text]) => [name, json.includes(name) ? (JSON.parse(text)           ) : text]),
  );
}

function resultsOf(records                                         )         {
  for (let spared = 0; ; spared++) {
    const leftOut                    = SPARED.slice(0, spared);
    const shortened = records.map(([key, record]) => [
      key,
      {
        ...Object.fromEntries(Object.entries(record).filter(([name]) => !leftOut.includes(name))),
        ...(leftOut.length > 0 && { 'left-out': leftOut }),
      },
    ]);
    const text = JSON.stringify(Object.fromEntries(shortened));
    if (text.length <= RESULTS_LIMIT || spared === SPARED.length) return text;
  }
}

/** What was skipped is told as such, and is not one more thing that went wrong; a cancel is told once, for it is one for all. */
function errorsOf({ deployments, failure }             )                    {
  const own = deployments.flatMap(({ key, result })                    => {
    if (result.failure === undefined || ['skipped', 'cancelled'].includes(result.failure.reason)) return [];
    return [{ key, failure: result.failure, details: (0,annotation/* worstDiagnosis */.b)(result) }];
  });
  const cancelled = deployments.find(({ result }) => result.failure?.reason === 'cancelled')?.result.failure;
  const ofAll = cancelled ?? (own.length === 0 ? failure : undefined);
  return ofAll === undefined ? own : [...own, { failure: ofAll, details: '' }];
}

/** The end of the log: a table, and one line that says it all. */
function endingLines(end             )           {
  const { icon, text } = headlineOfAll(end);
  return [...logTable(end), `${icon} ${text}`];
}

/** Half of what GitHub takes from a step, so that others have room. UTF-8 bytes. */
const COMBINED_SUMMARY_LIMIT = 512 * 1024;

/** The table takes no more. UTF-8 bytes. */
const TABLE_LIMIT = 128 * 1024;

/**
 * The job summary: one line that says it all, the deployments, the worst first, what needs what as a picture, and a part to unfold for each.
 *
 * @param end redacted
 */
function combinedSummary(end             )         {
  const { icon, text } = headlineOfAll(end);
  const sorted = worstFirst(end.deployments);
  const graph = needsGraph(end);
  const isOfOne = sorted.some(({ result }) => result.failure !== undefined);
  const top = [
    `### ${icon} ${message(text)}`,
    isOfOne ? '' : failureSection(end),
    deploymentsTable(end, sorted, TABLE_LIMIT),
    digestLine(end),
    graph === ''
      ? ''
      : details('What needs what', paragraphs([fence(graph, 'mermaid'), `<sub>${needsLegend(end)}</sub>`]), true),
    noticesSection(end),
  ];
  const room = COMBINED_SUMMARY_LIMIT - Buffer.byteLength(paragraphs(top)) - 2;
  return `${paragraphs([...top, ...deploymentParts(sorted, room)])}\n`;
}

;// CONCATENATED MODULE: ./build/js/report/report.js
                                                

                                                      









                                                
                                              
                        
                     
                                                                      
                                      
                                                 
                              
 

/** What there is to tell of a step, redacted and cut; each text is made when it is asked for. */
                         
                 
                                                           
                                
                                     
                                 
                                                                        
                             
 

/** The end of the log: how each job is, and what there is to say of the whole. */
                         
                                    
                                                                    
                                                                               
 

                          
                          
                            
                                                          
                           
                                                                                
                                           
                                            
 

/** What happened, as text. Nothing is written here. */
function reportOf(end     , context               )         {
  const { took, now, runUrl } = context;
  const { result, settings } = redactEnd(end, context);
  const deployment = deploymentSettings(end.settings);
  const comment = commentOf(end, { result, settings }, context);
  return {
    outputs: () => outputsOf(result, settings, { id: deployment && deploymentId(deployment), now, runUrl }),
    ending: () => endingOf({ result, settings }),
    summary: () => summaryOf(result, settings, took),
    ...(comment !== undefined && { comment }),
  };
}

/** The marker is made of the settings as they are, so that what happens to be secret in one run does not lose the comment. */
function commentOf(given     , told     , { runUrl, isPublic = false }               )                      {
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
    pullRequest: settings.review.pullRequest,
    body: (commit) => {
      const hides = isPublic && settings.review.commentAddress !== true;
      const shown = hides ? withoutAddress({ ...told, settings: deployment }) : { ...told, settings: deployment };
      return commentBody(shown.result, shown.settings, { marker, commit, runUrl });
    },
  };
}

/** The log tells no more one by one. */
const MOST_JOBS = 50;

function endingOf({ result, settings }     )         {
  const lines = [
    ...(result.operation === 'plan' ? listed(changingJobs(result), describeChange, 'plan-json') : []),
    ...listed(result.jobs, describeJob, 'jobs'),
  ];
  const { failure } = result;
  if (failure !== undefined) return { lines, error: { failure, details: (0,annotation/* worstDiagnosis */.b)(result) } };
  const { icon, text } = headline(result, settings);
  return { lines: [...lines, `${icon} ${text}`] };
}

/** A line each; those that are too many are told by their number. */
function listed        (members                   , describe                            , output        )           {
  const more = members.length - MOST_JOBS;
  const note = more > 0 ? [`  ${(0,wording/* count */.U9)(more, 'more job')}; the output \`${output}\` has all.`] : [];
  return [...members.slice(0, MOST_JOBS).map(describe), ...note];
}

function changingJobs({ planData }        )                       {
  return (planData?.jobs ?? []).filter(({ action }) => action !== 'none');
}

/** `  ✏️ web (default): update; app 3 in place` */
function describeChange({ id, namespace, action, groups, placementFailures }           )         {
  const counts = groups.map((group) => `${group.name} ${(0,wording/* updateCounts */.yO)(group)}`).join('; ');
  const misfit = placementFailures.length === 0 ? '' : `; cannot be placed: ${placementFailures.join('; ')}`;
  return `  ${wording/* ACTION_SIGNS */.mX[action]} ${id} (${namespace}): ${action}${counts === '' ? '' : `; ${counts}`}${misfit}`;
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
 * because what happened in the cluster has happened. Only without the outputs no step is green, for later steps go by them.
 *
 * @returns what kept the outputs from being written
 */
async function tell(end     , step             )                                   {
  const { environment, log } = step;
  const context = contextOf(step);
  const { outputs, ending, summary, comment } = reportOf(end, context);

  const untold = tellOutputs(outputs, environment);
  await attempt(log, 'The end of the log', () => {
    const { lines, error } = ending();
    for (const line of lines) log.info(line);
    if (error !== undefined) log.error(error.failure, error.details);
  });
  if (untold !== undefined) log.error(untold);
  await attempt(log, 'The job summary', () => (0,commands/* appendSummary */.fe)(environment, summary()));
  await keepComment(comment, step);
  return untold;
}

/**
 * Tells the end of a step over many deployments, as `tell` does that of a step over one; each error names its deployment.
 */
async function tellCombined(
  end             ,
  review                ,
  step                                  ,
)                                   {
  const { environment, log, part } = step;
  const context = contextOf(step);
  const { outputs, lines, errors, summary, comment } = combinedReportOf(end, review, context);

  const untold = tellOutputs(outputs, environment);
  await attempt(log, 'The end of the log', () => {
    for (const { key, failure, details } of errors()) (key === undefined ? log : part(key).log).error(failure, details);
    for (const line of lines()) log.info(line);
  });
  if (untold !== undefined) log.error(untold);
  await attempt(log, 'The job summary', () => (0,commands/* appendSummary */.fe)(environment, summary()));
  await keepComment(comment, step);
  return untold;
}

function tellOutputs(
  outputs                                        ,
  environment                     ,
)                          {
  try {
    (0,commands/* setOutputs */.n0)(environment, outputs());
    return undefined;
  } catch (error) {
    const { reason, message, hint } = (0,errors/* asActionError */.z6)(error);
    return new errors/* ActionError */.lZ(
      reason,
      `The outputs could not be written, and nothing later knows how it went. ${message}`,
      {
        hint: `${hint} What was done in the cluster stands.`,
        cause: error,
      },
    );
  }
}

function contextOf({ environment, secrets, elapsed }             )                {
  return {
    secrets,
    took: elapsed(),
    now: new Date(),
    runUrl: (0,runner_event/* runUrl */.Vp)(environment),
    isPublic: (0,runner_event/* isPublicRepository */.GQ)(environment),
    reasonsUrl: (0,runner_event/* pageUrl */.fi)(environment, 'docs/failure-reasons.md'),
  };
}

async function keepComment(comment                     , step             )                {
  if (comment === undefined) return;
  const { environment, log, signal, githubToken: token } = step;
  await attempt(log, 'The comment on the pull request', async () => {
    const { commentOnPullRequest } = await Promise.all(/* import() | runner-comment-comment */[__webpack_require__.e("shared-http"), __webpack_require__.e("runner-comment-comment")]).then(__webpack_require__.bind(__webpack_require__, 1130));
    const { always, pullRequest } = comment;
    await commentOnPullRequest(comment, { environment, log, always, pullRequest, token, signal });
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

