export const id = 31;
export const ids = [31];
export const modules = {

/***/ 1031:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  commentOnPullRequest: () => (/* binding */ commentOnPullRequest)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./build/js/report/headline.js
var headline = __webpack_require__(4545);
// EXTERNAL MODULE: ./build/js/report/markdown.js
var markdown = __webpack_require__(7164);
// EXTERNAL MODULE: ./build/js/report/outputs.js
var outputs = __webpack_require__(2927);
// EXTERNAL MODULE: ./build/js/report/sections.js + 1 modules
var report_sections = __webpack_require__(477);
// EXTERNAL MODULE: ./build/js/report/summary.js
var report_summary = __webpack_require__(4489);
;// CONCATENATED MODULE: ./build/js/report/comment/body.js

                                              
                                                                     






/** What GitHub takes; its characters are counted as bytes here, which is never too few. */
const LIMIT = 65_536;

/** For what stands between the parts. */
const MARGIN = 256;

/**
 * The hidden first line by which the comment of a deployment in one environment is found again. A digest, so that nothing in a name can
 * end it.
 */
function commentMarker(settings                    )         {
  const { address, namespace, region = '' } = settings.nomad;
  const identity = JSON.stringify([(0,outputs/* deploymentId */.dP)(settings), address, namespace, region]);
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
  const { icon, text } = (0,headline/* headline */.P)(result, settings, settings.operation);
  const title = `${icon} ${(0,markdown/* message */.iU)(text)}`;
  const summary = runUrl === undefined ? 'the run’s summary' : (0,markdown/* link */.nf)('the run’s summary', runUrl);
  const footer = (0,report_sections/* paragraphs */.qN)([
    (0,report_sections/* originSection */.iP)(result, settings),
    `<sub>Planned${commit === '' ? '' : ` for ${(0,markdown/* code */.aY)(commit.slice(0, 12))}`}; more in ${summary}. This comment is kept up to date.</sub>`,
  ]);
  const room = LIMIT - MARGIN - Buffer.byteLength(marker + title + footer);
  const sections = (0,report_summary/* fitted */.$5)(
    [(0,report_sections/* failureSection */.mo)(result), ...(0,report_sections/* changesSections */._J)(result), (0,report_sections/* noticesSection */.Z8)(result)],
    room,
    `*Something is left out here, for its length; it is in ${summary}.*`,
  );
  const body = `${sections}\n${footer}`;
  return `${marker}\n${hasNews(result) ? `#### ${title}\n\n${body}` : (0,markdown/* details */.zH)(title, body)}\n`;
}

/** Whether there is something that a reviewer has to see. */
function hasNews({ changed, failure, planData }        )          {
  return changed || failure !== undefined || (planData?.refusals.length ?? 0) > 0;
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
;// CONCATENATED MODULE: ./build/js/report/comment/event.js

                                                            

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

function readPayload(path        )               {
  try {
    return JSON.parse((0,external_node_fs_.readFileSync)(path, 'utf8'))                ;
  } catch {
    // act writes no file for some events.
    return {};
  }
}

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./node_modules/@actions/http-client/lib/proxy.js
var lib_proxy = __webpack_require__(9783);
// EXTERNAL MODULE: ./node_modules/@octokit/core/dist-src/index.js + 12 modules
var dist_src = __webpack_require__(4730);
// EXTERNAL MODULE: ./node_modules/@octokit/plugin-paginate-rest/dist-bundle/index.js
var dist_bundle = __webpack_require__(3779);
// EXTERNAL MODULE: ./node_modules/@octokit/request-error/dist-src/index.js
var request_error_dist_src = __webpack_require__(1015);
// EXTERNAL MODULE: ./node_modules/undici/index.js
var undici = __webpack_require__(4371);
;// CONCATENATED MODULE: ./build/js/report/comment/github.js






                                              

/** A comment of a pull request, as far as it matters here. */
                          
                               
                                     
                                                                          
 

                                
                                          
                       
                         
                                         
                                                                                    
                          
 

/** A request takes no longer: GitHub itself gives up then. Milliseconds. */
const TIMEOUT = 10_000;

/** How often a request is made at most. */
const ATTEMPTS = 3;

/** A rate limit that lasts longer is not waited for: the plan is in the summary, too. Seconds. */
const LONGEST_WAIT = 30;

const Client = dist_src/* Octokit */.E.plugin(dist_bundle/* paginateRest */.ud);

/** The comments of one pull request, through GitHub's API. Every method throws what Octokit throws; `status` of it tells why. */
class PullRequestComments {
           #octokit                             ;
           #place                                                   ;
           #number        ;

  constructor({ owner, repo, number }             , { url, token, debug, pause = 1000 }               ) {
    const dispatcher = wayTo(url);
    this.#octokit = new Client({
      auth: token,
      baseUrl: url,
      userAgent: 'nomad-pack-action',
      log: { debug, info: debug, warn: debug, error: debug },
      request: {
        fetch: (address        , init                             ) =>
          (0,undici/* fetch */.hd)(address, { ...init, dispatcher, signal: AbortSignal.timeout(TIMEOUT) }),
      },
    });
    this.#octokit.hook.wrap('request', async (request, options) => {
      for (let attempt = 1; ; attempt++) {
        try {
          return await request(options);
        } catch (error) {
          const seconds = attempt < ATTEMPTS ? secondsToWait(error, attempt) : undefined;
          if (seconds === undefined) throw error;
          debug(`GitHub answered ${statusOf(error)}; the request is made again in ${seconds} s`);
          await (0,promises_.setTimeout)(seconds * pause);
        }
      }
    });
    this.#place = { owner, repo };
    this.#number = number;
  }

  /** All of them, oldest first. */
  async list()                     {
    return await this.#octokit.paginate('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
      ...this.#place,
      issue_number: this.#number,
      per_page: 100,
    });
  }

  async create(body        )                   {
    const { data } = await this.#octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
      ...this.#place,
      issue_number: this.#number,
      body,
    });
    return data;
  }

  async update(id               , body        )                {
    await this.#octokit.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
      ...this.#place,
      comment_id: id,
      body,
    });
  }

  async delete(id               )                {
    await this.#octokit.request('DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}', {
      ...this.#place,
      comment_id: id,
    });
  }

  /** Who the token speaks for; nothing for a token of an app, such as GITHUB_TOKEN, which may not ask. */
  async whoAmI()                              {
    try {
      const { data } = await this.#octokit.request('GET /user');
      return data.login;
    } catch (error) {
      if (statusOf(error) === 403 || statusOf(error) === 404) return undefined;
      throw error;
    }
  }
}

/** Straight, or through the proxy that the environment names; Node's own `fetch` knows none. */
function wayTo(url        )             {
  const proxy = (0,lib_proxy/* getProxyUrl */.s)(new URL(url));
  if (proxy === undefined) return new undici/* Agent */.g6();
  const login = Buffer.from(`${proxy.username}:${proxy.password}`).toString('base64');
  return new undici/* ProxyAgent */.kT({ uri: proxy.origin, ...(proxy.username !== '' && { token: `Basic ${login}` }) });
}

/** The HTTP status of an error of Octokit's. */
function statusOf(error         )                     {
  return error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : undefined;
}

/** Whether GitHub wants to be asked less often. It says so with 403 as well as with 429. */
function isRateLimited(error         )          {
  const status = statusOf(error);
  if (status !== 403 && status !== 429) return false;
  return (
    status === 429 || headerOf(error, 'x-ratelimit-remaining') === '0' || headerOf(error, 'retry-after') !== undefined
  );
}

/** How long to wait before the same request may succeed; nothing where it will not, or not soon. */
function secondsToWait(error         , attempt        )                     {
  const status = statusOf(error);
  if (!isRateLimited(error))
    return status === 409 || (status !== undefined && status >= 500) ? attempt ** 2 : undefined;
  const seconds = Number(headerOf(error, 'retry-after') ?? secondsToReset(error) ?? attempt ** 2);
  return seconds <= LONGEST_WAIT ? seconds : undefined;
}

function secondsToReset(error         )                     {
  const reset = headerOf(error, 'x-ratelimit-reset');
  return reset === undefined ? undefined : Math.max(0, Math.ceil(Number(reset) - Date.now() / 1000));
}

function headerOf(error         , name        )                     {
  const value = error instanceof request_error_dist_src/* RequestError */.G ? error.response?.headers[name] : undefined;
  return value === undefined ? undefined : String(value);
}

;// CONCATENATED MODULE: ./build/js/report/comment/keep.js


                                                  

/**
 * Keeps the one comment that begins with the marker: writes it, or brings it up to date. It is never anybody else's: the author must
 * be the token's own, or, where the token cannot tell whose it is, an app.
 *
 * @param create whether to write one where there is none
 * @throws what Octokit throws
 */
async function keepComment(
  comments                     ,
  marker        ,
  body        ,
  create         ,
)                {
  const present = (await comments.list()).filter((comment) => comment.body?.startsWith(marker));
  // Who the token is matters only where there is a comment that may be its own.
  const [first, ...rest] = present.length === 0 ? [] : await ownComments(comments, present);
  if (first !== undefined && (await update(comments, first, body))) {
    await removeAll(comments, rest);
    return 'updated';
  }
  if (!create) return 'none';

  const created = await comments.create(body);
  // Another run may have done the same in the meantime, or this one twice, when an answer got lost. All of them keep the oldest.
  const author = created.user?.login;
  const twins = (await comments.list()).filter(
    (comment) => comment.body?.startsWith(marker) && comment.user?.login === author,
  );
  const [oldest = created, ...others] = twins;
  if (oldest.id !== created.id) await update(comments, oldest, body);
  await removeAll(comments, others);
  return 'created';
}

async function ownComments(comments                     , candidates                    )                     {
  const login = await comments.whoAmI();
  return candidates.filter(({ user }) => (login === undefined ? user?.type === 'Bot' : user?.login === login));
}

/** False where somebody deleted it in the meantime. */
async function update(comments                     , { id, body: old }         , body        )                   {
  if (old === body) return true;
  try {
    await comments.update(id, body);
    return true;
  } catch (error) {
    if (statusOf(error) === 404) return false;
    throw error;
  }
}

async function removeAll(comments                     , superfluous                    )                {
  for (const { id } of superfluous) {
    await comments.delete(id).catch((error         ) => {
      // Another run removed it first.
      if (statusOf(error) !== 404) throw error;
    });
  }
}

;// CONCATENATED MODULE: ./build/js/report/comment/comment.js
                                              
                                                            
                                                                     
                                           





                                 
                                    
                          
                                                                             
                                        
                                      
                               
                          
 

/**
 * Keeps the plan's comment on the pull request up to date. Where the workflow runs for none, or may not write, the summary has to do.
 *
 * @param result redacted
 * @param safe the settings, redacted
 * @throws Error where GitHub fails in a way that the workflow cannot help
 */
async function commentOnPullRequest(
  result        ,
  safe                    ,
  options                ,
)                {
  const { environment, log, settings, runUrl, pause } = options;
  const { comment, githubToken } = settings.review;
  const pullRequest = pullRequestOf(environment);
  if (pullRequest === undefined) {
    if (comment === 'always') log.notice('There is no comment: the workflow does not run for a pull request.');
    return;
  }
  if (githubToken === undefined) {
    log.notice('There is no comment on the pull request: the input `github_token` is empty.');
    return;
  }
  const comments = new PullRequestComments(pullRequest, {
    url: environment['GITHUB_API_URL'] ?? 'https://api.github.com',
    token: githubToken,
    debug: log.debug,
    ...(pause !== undefined && { pause }),
  });
  const marker = commentMarker(settings);
  const body = commentBody(result, safe, { marker, commit: pullRequest.commit, runUrl });
  try {
    const kept = await keepComment(comments, marker, body, comment === 'always' || hasNews(result));
    if (kept !== 'none') log.info(`The comment on pull request #${pullRequest.number} is ${kept}.`);
  } catch (error) {
    const status = statusOf(error);
    if (isRateLimited(error))
      log.notice(
        `There is no comment on pull request #${pullRequest.number}: GitHub’s rate limit is used up. The job summary has the plan.`,
      );
    else if (status === 403 || status === 404) log.notice(whyNot(pullRequest));
    else throw error;
  }
}

function whyNot({ number, fromFork }             )         {
  const why = fromFork
    ? 'it comes from a fork, whose runs get a token that may not write'
    : '`github_token` may not. Add to the job: `permissions: { contents: read, pull-requests: write }`';
  return `There is no comment on pull request #${number}: ${why}. The job summary has the plan.`;
}


/***/ })

};

