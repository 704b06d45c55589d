export const id = "runner-comment-comment";
export const ids = ["runner-comment-comment"];
export const modules = {

/***/ 1130:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  commentOnPullRequest: () => (/* binding */ commentOnPullRequest)
});

// EXTERNAL MODULE: ./build/js/runner/event.js
var runner_event = __webpack_require__(4125);
// EXTERNAL MODULE: ./node_modules/zod/v4/mini/schemas.js + 5 modules
var schemas = __webpack_require__(8395);
// EXTERNAL MODULE: ./build/js/http/faults.js
var faults = __webpack_require__(486);
// EXTERNAL MODULE: ./build/js/http/http.js
var http = __webpack_require__(4623);
// EXTERNAL MODULE: ./build/js/http/patience.js
var http_patience = __webpack_require__(4608);
;// CONCATENATED MODULE: ./build/js/runner/comment/github.js




                                               

const commentSchema = schemas/* object */.Ikc({
  id: schemas/* number */.aig(),
  body: schemas/* optional */.lqM(schemas/* string */.YjP()),
  user: schemas/* nullable */.mee(schemas/* object */.Ikc({ login: schemas/* string */.YjP() })),
});

const pageSchema = schemas/* array */.YOg(commentSchema);

const userSchema = schemas/* object */.Ikc({ login: schemas/* string */.YjP() });

const viewerSchema = schemas/* object */.Ikc({ data: schemas/* object */.Ikc({ viewer: userSchema }) });

/** A comment of a pull request, as far as it matters here. */
                                                     

                                
                                          
                       
                         
                                                                         
                               
                                         
                                                                                    
                          
 

/** A request takes no longer: GitHub itself gives up then. Milliseconds. */
const TIMEOUT = 10_000;

/** How often a request is made at most. */
const ATTEMPTS = 3;

/** A rate limit that lasts longer is not waited for: the plan is in the summary, too. Seconds. */
const LONGEST_WAIT = 30;

/** A page of a hundred comments of the greatest length has 26 MB. Bytes. */
const LARGEST_RESPONSE = 64 * 1024 * 1024;

/** GitHub answered that it did not do what it was asked, or did not answer at all: then there is no status. */
class GitHubError extends Error {
           status                    ;
  /** The value of a header of the answer; empty where there is none. */
           header                          ;

  constructor(message        , answer                                          , cause          ) {
    super(message, { cause });
    this.status = answer?.status;
    this.header = answer?.header ?? (() => '');
  }
}

/** The comments of one pull request, through GitHub's API. Every method throws `GitHubError`, or the signal's reason. */
class PullRequestComments {
           #http = new http/* Http */.l();
           #options               ;
           #issues        ;
           #number        ;

  constructor({ owner, repo, number }             , options               ) {
    this.#options = options;
    this.#issues = `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(repo)}/issues`;
    this.#number = number;
  }

  /** All of them, oldest first. */
  async list()                     {
    const comments            = [];
    let url                     = this.#url(`${this.#issues}/${this.#number}/comments?per_page=100`);
    while (url !== undefined) {
      const page = await this.#ask('GET', url);
      comments.push(...read(pageSchema, page));
      url = this.#next(page);
    }
    return comments;
  }

  async create(body        )                   {
    const created = await this.#ask('POST', this.#url(`${this.#issues}/${this.#number}/comments`), { body });
    return read(commentSchema, created);
  }

  async update(id               , body        )                {
    await this.#ask('PATCH', this.#url(`${this.#issues}/comments/${id}`), { body });
  }

  async delete(id               )                {
    await this.#ask('DELETE', this.#url(`${this.#issues}/comments/${id}`));
  }

  /**
   * Who the token speaks for; nothing where that cannot be told. A token of an app, such as GITHUB_TOKEN, may not ask for its user, but is
   * told who looks at GraphQL's graph: `github-actions[bot]`.
   */
  async whoAmI()                              {
    try {
      return read(userSchema, await this.#ask('GET', this.#url('/user'))).login;
    } catch (error) {
      if (statusOf(error) !== 403 && statusOf(error) !== 404) throw error;
    }
    try {
      // A GitHub server has it beside its API, not below.
      const url = this.#url('').replace(/\/v3$/, '');
      const answer = await this.#ask('POST', `${url}/graphql`, { query: '{ viewer { login } }' });
      return read(viewerSchema, answer).data.viewer.login;
    } catch (error) {
      if (!(error instanceof GitHubError) || isRateLimited(error)) throw error;
      return undefined;
    }
  }

  /** Ends its connections. */
  async close()                {
    await this.#http.close();
  }

  #url(path        )         {
    return `${this.#options.url.replace(/\/+$/, '')}${path}`;
  }

  /** The next page. A link to another host is taken for one to this: the token goes nowhere else. */
  #next({ header }              )                     {
    const link = /<([^>]*)>\s*;[^,]*\brel="?next"?/.exec(header('link'))?.[1];
    if (link === undefined || !URL.canParse(link, this.#options.url)) return undefined;
    const { pathname, search } = new URL(link, this.#options.url);
    return `${new URL(this.#options.url).origin}${pathname}${search}`;
  }

  async #ask(method                       , url        , payload         )                        {
    const { signal, token, debug, pause = 1000 } = this.#options;
    const patience = { total: Number.POSITIVE_INFINITY, attempts: ATTEMPTS, firstPause: 0 };
    const onAgain = (words        ) => debug(`${words}; the request is made again`);
    return await (0,http_patience/* persist */.Zr)({ patience, signals: [signal], onAgain }, async ({ failed }) => {
      try {
        return await this.#send({
          method: method ?? 'GET',
          url,
          headers: {
            Accept: 'application/vnd.github+json',
            Authorization: `token ${token}`,
            'User-Agent': 'nomad-pack-action',
            ...(payload !== undefined && { 'Content-Type': 'application/json' }),
          },
          ...(payload !== undefined && { body: JSON.stringify(payload) }),
          timeout: TIMEOUT,
          limit: LARGEST_RESPONSE,
          signals: [signal],
        });
      } catch (error) {
        const seconds = error instanceof GitHubError ? secondsToWait(error, failed + 1) : undefined;
        if (seconds === undefined) throw error;
        throw new http_patience/* Again */.Nj((error         ).message, () => error, seconds * pause);
      }
    });
  }

  async #send(request             )                        {
    const response = await this.#http.send(request).catch((error         ) => {
      this.#options.signal.throwIfAborted();
      throw new GitHubError(`GitHub did not answer: ${(0,faults/* connectionFault */.x$)(error).text}`, undefined, error);
    });
    const { status, body } = response;
    if (status >= 200 && status < 300) return response;
    throw new GitHubError(`${messageOf(body)} (GitHub’s answer, with status ${status})`, response);
  }
}

function read                              (schema        , { body }              )                   {
  try {
    return schema.parse(JSON.parse(body.toString('utf8')));
  } catch {
    throw new GitHubError('GitHub’s answer is not what its API documents');
  }
}

/** What GitHub says that was wrong. */
function messageOf(body        )         {
  const text = body.toString('utf8');
  try {
    return schemas/* object */.Ikc({ message: schemas/* string */.YjP() }).parse(JSON.parse(text)).message;
  } catch {
    return text;
  }
}

/** The HTTP status of an error of GitHub's. */
function statusOf(error         )                     {
  return error instanceof GitHubError ? error.status : undefined;
}

/** Whether GitHub wants to be asked less often. It says so with 403 as well as with 429. */
function isRateLimited(error         )          {
  if (!(error instanceof GitHubError)) return false;
  const { status, header } = error;
  if (status === 429) return true;
  return status === 403 && (header('x-ratelimit-remaining') === '0' || header('retry-after') !== '');
}

/** How long to wait before the same request may succeed; nothing where it will not, or not soon. */
function secondsToWait(error             , attempt        )                     {
  const { status, cause, header } = error;
  if (status === undefined) return (0,faults/* isLasting */.dJ)(cause) ? undefined : attempt ** 2;
  if (!isRateLimited(error)) return status === 409 || status >= 500 ? attempt ** 2 : undefined;
  const seconds = Number(header('retry-after') || (secondsToReset(header('x-ratelimit-reset')) ?? attempt ** 2));
  return seconds <= LONGEST_WAIT ? seconds : undefined;
}

function secondsToReset(reset        )                     {
  return reset === '' ? undefined : Math.max(0, Math.ceil(Number(reset) - Date.now() / 1000));
}

;// CONCATENATED MODULE: ./build/js/runner/comment/keep.js


                                                  

/**
 * Keeps the one comment that begins with the marker: writes it, or brings it up to date. It is never anybody else's, for anybody can
 * write the marker: the author must be the token's own. Where the token cannot tell whose it is, the comment that it writes does.
 *
 * @param create whether to write one where there is none
 * @throws what `PullRequestComments` throws
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
    ({ id, user, body: text }) =>
      id === created.id || (text?.startsWith(marker) && author !== undefined && user?.login === author),
  );
  const [oldest = created, ...others] = twins;
  if (oldest.id !== created.id) await update(comments, oldest, body);
  await removeAll(comments, others);
  return 'created';
}

async function ownComments(comments                     , candidates                    )                     {
  const login = await comments.whoAmI();
  return login === undefined ? [] : candidates.filter(({ user }) => user?.login === login);
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

;// CONCATENATED MODULE: ./build/js/runner/comment/comment.js
                                                            




/** What is to be said on the pull request. */
                              
                                                                   
                          
                                                               
                            
     
              
    
                                                                   
     
                                            
 

                                 
                                    
                                                                                                    
                                                                                                             
                           
                                                  
                                            
                                           
                                     
                                            
                               
                               
                          
 

/**
 * Keeps the plan's comment on the pull request up to date. Where the workflow runs for none, or may not write, the summary has to do.
 *
 * @throws Error where GitHub fails in a way that the workflow cannot help
 */
async function commentOnPullRequest(comment             , options                )                {
  const { environment, log, always, token, signal, pause } = options;
  const pullRequest = (0,runner_event/* pullRequestOf */._n)(environment, options.pullRequest);
  if (pullRequest === undefined) {
    if (always)
      log.notice(
        'There is no comment: the workflow does not run for a pull request, and `pull_request_number` names none.',
      );
    return;
  }
  if (token === undefined) {
    log.notice('There is no comment on the pull request: the input `github_token` is empty.');
    return;
  }
  const comments = new PullRequestComments(pullRequest, {
    url: environment['GITHUB_API_URL'] ?? 'https://api.github.com',
    token,
    signal,
    debug: log.debug,
    ...(pause !== undefined && { pause }),
  });
  try {
    const body = comment.body(pullRequest.commit);
    const kept = await keepComment(comments, comment.marker, body, always || comment.hasNews);
    if (kept !== 'none') log.info(`The comment on pull request #${pullRequest.number} is ${kept}.`);
  } catch (error) {
    const status = statusOf(error);
    if (isRateLimited(error))
      log.notice(
        `There is no comment on pull request #${pullRequest.number}: GitHub’s rate limit is used up. The job summary has the plan.`,
      );
    else if (status === 403 || status === 404) log.notice(whyNot(pullRequest));
    else throw error;
  } finally {
    await comments.close();
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

