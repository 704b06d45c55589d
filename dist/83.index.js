export const id = 83;
export const ids = [83];
export const modules = {

/***/ 4083:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  NomadClient: () => (/* binding */ NomadClient)
});

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./build/js/errors.js
var errors = __webpack_require__(2027);
// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:tls"
var external_node_tls_ = __webpack_require__(1692);
// EXTERNAL MODULE: ./node_modules/@actions/http-client/lib/proxy.js
var lib_proxy = __webpack_require__(9783);
;// CONCATENATED MODULE: ./build/js/nomad/connection.js



                                                         

                                                                          
                                            

/** Where requests go and how they get there. */
                             
                                  
                          
                                  
                                   
 

/** Nomad allows 100 connections per client address, and other steps may share ours. */
const connectionLimit = 32;

                        
                       
                         
                        
 

/**
 * Opens the way to Nomad: over TCP or a Unix socket, with TLS and through a proxy where that is asked for. Nothing is sent yet.
 * The HTTP library is loaded here, so that whoever never talks to Nomad does not wait for it.
 *
 * @throws ActionError `nomad-tls` for a certificate or key that cannot be used, `nomad-address` for an address that is none.
 */
async function connect({ address, tls }               )                      {
  const { Agent, buildConnector, Pool, ProxyAgent, request } = await Promise.all(/* import() */[__webpack_require__.e(410), __webpack_require__.e(588)]).then(__webpack_require__.bind(__webpack_require__, 8588));
  const common = { connections: connectionLimit, connectTimeout: 10_000 };
  if (address.startsWith('unix://')) {
    const socketPath = address.slice('unix://'.length);
    return { origin: 'http://localhost', dispatcher: new Agent({ ...common, connect: { socketPath } }), request };
  }
  if (!URL.canParse(address)) throw notAnAddress(address);
  const url = new URL(address);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw notAnAddress(address);
  const secure = url.protocol === 'https:' ? await tlsOptions(tls) : {};
  const proxy = (0,lib_proxy/* getProxyUrl */.s)(url);
  const dispatcher =
    proxy === undefined
      ? new Agent({
          ...common,
          connect: firstErrorCounts(buildConnector({ ...secure, timeout: common.connectTimeout })),
        })
      : new ProxyAgent({
          ...common,
          uri: proxyOrigin(proxy),
          requestTls: secure,
          // As all other clients do: many proxies let nothing but TLS through a tunnel.
          proxyTunnel: url.protocol === 'https:',
          ...proxyLogin(proxy),
          factory: (to, options             ) =>
            new Pool(to, { ...options, ...(options.connect && { connect: firstErrorCounts(options.connect) }) }),
        });
  return { origin: address.replace(/\/+$/, ''), dispatcher, request };
}

                       
                                              
 

/**
 * From TLS 1.3 on, a server says only after the connection stands that it wants another client certificate, and closes it. Of the two
 * errors, undici would report the second one, `other side closed`.
 */
function firstErrorCounts(connector                          )                           {
  return (options, callback) =>
    connector(options, (...result) => {
      const [, socket] = result;
      socket?.once('error', () => socket.removeAllListeners('end'));
      callback(...result);
    });
}

function proxyOrigin({ protocol, origin }     )         {
  if (protocol === 'http:' || protocol === 'https:') return origin;
  throw new errors/* ActionError */.lZ(
    'nomad-unreachable',
    `The proxy of this runner is a ${protocol}// one, which is not supported`,
    {
      hint: 'Set https_proxy (http_proxy for an http:// address) to an HTTP proxy, or name Nomad’s host in no_proxy.',
    },
  );
}

function notAnAddress(address        )              {
  return new errors/* ActionError */.lZ('nomad-address', `"${address}" is no address of a Nomad server`, {
    hint: 'Set `nomad_addr` to an address such as https://nomad.example.com:4646 or unix:///run/nomad.sock.',
  });
}

function proxyLogin({ username, password }     )                     {
  if (username === '') return {};
  return { token: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
}

async function tlsOptions(tls             ) {
  const certificates               = {
    ...(tls.caCert !== undefined && { ca: await readPem(tls.caCert, 'nomad_cacert') }),
    ...(tls.clientCert !== undefined && { cert: await readPem(tls.clientCert, 'nomad_client_cert') }),
    ...(tls.clientKey !== undefined && { key: await readPem(tls.clientKey, 'nomad_client_key') }),
  };
  checkCertificates(certificates);
  return {
    ...certificates,
    ...(tls.serverName !== undefined && { servername: tls.serverName }),
    rejectUnauthorized: !tls.skipVerify,
  };
}

async function readPem(path        , input        )                  {
  try {
    return await (0,external_node_fs_promises_.readFile)(path, 'utf8');
  } catch (cause) {
    throw new errors/* ActionError */.lZ('nomad-tls', `${input} cannot be read: ${(cause         ).message}`, {
      hint: `Set ${input} to the path of a PEM file, or to its text.`,
      cause,
    });
  }
}

/** OpenSSL would say so with the first connection, without naming the file. */
function checkCertificates({ ca, cert, key }              )       {
  const attempts                                                 = [];
  if (ca !== undefined) attempts.push(['nomad_cacert', { ca }]);
  if (cert !== undefined) attempts.push(['nomad_client_cert', { cert }]);
  if (key !== undefined) attempts.push(['nomad_client_key', { key }]);
  if (cert !== undefined && key !== undefined) attempts.push(['nomad_client_cert and nomad_client_key', { cert, key }]);
  for (const [inputs, certificates] of attempts) {
    try {
      (0,external_node_tls_.createSecureContext)(certificates);
    } catch (cause) {
      throw new errors/* ActionError */.lZ('nomad-tls', `${inputs} cannot be used: ${(cause         ).message}`, {
        hint: `Set ${inputs} to a PEM file (or its text) that is complete, not encrypted, and of one pair where there are two.`,
        cause,
      });
    }
  }
}

// EXTERNAL MODULE: ./build/js/nomad/errors.js
var nomad_errors = __webpack_require__(1023);
// EXTERNAL MODULE: external "node:util/types"
var types_ = __webpack_require__(3429);
;// CONCATENATED MODULE: ./build/js/nomad/faults.js



/** OpenSSL's words for a certificate that does not hold, those aside that have an explanation of their own. */
const badCertificate =
  /^(?:CERT_|CRL_|UNABLE_TO_|ERROR_IN_|INVALID_(?:CA|PURPOSE)|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH)/;

const unknownAuthority = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
]);

/** System calls that come before a request is sent: when they fail, even one that is not repeatable may be sent again. */
const beforeSending = new Set(['connect', 'getaddrinfo']);

/** Something went wrong between us and Nomad: the connection, not an answer. */
                                  
                                                                      
                        
                               
                        
                                                  
                           
 

/** What an exception of the HTTP library says about the connection. */
function connectionFault(error         )                  {
  const cause = innermost(error);
  const code = codeOf(cause) ?? codeOf(error) ?? 'UNKNOWN';
  const message = (0,types_.isNativeError)(cause) ? cause.message : String(cause);
  const { syscall } = cause                        ;
  const unsent = code === 'UND_ERR_CONNECT_TIMEOUT' || (syscall !== undefined && beforeSending.has(syscall));
  return { code, text: message === '' ? code : message, unsent };
}

/**
 * What to throw for a fault that no second attempt would mend: a certificate that is not trusted, a protocol that is not
 * spoken. Undefined where trying again may help.
 */
function permanentFault({ code, text }                 , address        )                          {
  const fail = (message        , hint        ) => new errors/* ActionError */.lZ('nomad-tls', message, { hint });
  if (unknownAuthority.has(code)) {
    return fail(
      `The certificate of Nomad at ${address} is signed by an authority that is not known here: ${text}`,
      'Set `nomad_cacert` to the certificate of the authority that signed it (a path or PEM text).',
    );
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return fail(
      `The certificate of Nomad at ${address} is for another name: ${text}`,
      'Set `nomad_tls_server_name` to a name in the certificate, such as server.global.nomad, or `nomad_addr` to that name.',
    );
  }
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    return fail(`The certificate of Nomad at ${address} is not valid now: ${text}`, 'Renew it on the cluster.');
  }
  if (/alert(?: number)? ?(?:certificate required|116)|CERTIFICATE_REQUIRED/i.test(`${code} ${text}`)) {
    return fail(
      `Nomad at ${address} demands a client certificate`,
      'Set `nomad_client_cert` and `nomad_client_key` (paths or PEM text) to one that the cluster’s authority signed.',
    );
  }
  if (
    /ALERT_(BAD_CERTIFICATE|UNKNOWN_CA|CERTIFICATE_UNKNOWN|CERTIFICATE_EXPIRED)|alert (bad|unknown)/i.test(
      `${code} ${text}`,
    )
  ) {
    return fail(
      `Nomad at ${address} does not accept the client certificate: ${text}`,
      'Set `nomad_client_cert` and `nomad_client_key` to ones that the cluster’s authority signed and that have not expired.',
    );
  }
  if (badCertificate.test(code)) {
    return fail(
      `The certificate of Nomad at ${address} does not hold: ${text}`,
      'Check the certificate of the server, and `nomad_cacert`.',
    );
  }
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG/.test(code)) {
    return new errors/* ActionError */.lZ('nomad-address', `Nomad at ${address} does not speak HTTPS`, {
      hint: 'Set `nomad_addr` to an address that begins with http://, or to the port that speaks HTTPS.',
    });
  }
  if (/^ERR_(SSL|TLS|OSSL)_/.test(code)) {
    return fail(
      `No TLS connection with Nomad at ${address} came about: ${text}`,
      'Check `nomad_addr`, `nomad_cacert`, `nomad_client_cert` and `nomad_client_key`.',
    );
  }
  if (code === 'ERR_INVALID_URL') {
    return new errors/* ActionError */.lZ('nomad-address', `"${address}" is no address of a Nomad server`, {
      hint: 'Set `nomad_addr` to an address such as https://nomad.example.com:4646.',
    });
  }
  return undefined;
}

/** What to throw when patience is over. */
function unreachable(fault                 , address        , attempts        , seconds        )              {
  const tried = attempts === 1 ? 'one attempt' : `${attempts} attempts in ${seconds} s`;
  return new errors/* ActionError */.lZ('nomad-unreachable', `Nomad at ${address} could not be reached: ${fault.text} (${tried})`, {
    hint:
      fault.code === 'ENOTFOUND'
        ? 'There is no such host. Set `nomad_addr` to the address of the cluster.'
        : 'Check that `nomad_addr` is right and that this runner may connect to it (firewall, VPN, proxy).',
  });
}

/** A connection attempt to several addresses fails with all of their errors; the first one tells enough. */
function innermost(error         )          {
  if ((0,types_.isNativeError)(error) && 'errors' in error && Array.isArray(error.errors) && error.errors.length > 0) {
    return innermost(error.errors[0]);
  }
  if ((0,types_.isNativeError)(error) && (0,types_.isNativeError)(error.cause)) return innermost(error.cause);
  return error;
}

function codeOf(error         )                     {
  const code = (error                             )?.code;
  return typeof code === 'string' ? code : undefined;
}

;// CONCATENATED MODULE: ./build/js/nomad/transport.js
                                         

                                            

                             
                                             
                       
                                                     
                         
                                                             
                           
                                           
 

                              
                          
                        
                         
                                                            
                            
 

/** More than the job list of any cluster that Nomad is made for, and less than would exhaust a runner. */
const largestResponse = 64 * 1024 * 1024;

/**
 * One request and its whole response, whatever the status; redirects are not followed.
 *
 * @throws what the HTTP library throws, an error with the code `ETIMEDOUT` after the timeout, or the reason of the signal that
 *   aborted; ActionError `nomad-error` for a response beyond 64 MiB.
 */
async function send(
  perform                ,
  dispatcher            ,
  { method, url, headers, body, timeout, signals }            ,
)                       {
  // Not AbortSignal.any: the step's own signal outlives thousands of requests and would remember each of them.
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(new TimeoutError(timeout)), timeout);
  const onAbort = () => abort.abort(signals.find((signal) => signal.aborted)?.reason);
  for (const signal of signals) signal.addEventListener('abort', onAbort, { once: true });
  // One that was aborted before tells nobody any more.
  if (signals.some((signal) => signal.aborted)) onAbort();
  try {
    const response = await perform(url, {
      dispatcher,
      method,
      headers: body === undefined ? headers : { ...headers, 'Content-Type': 'application/json' },
      body: body ?? null,
      signal: abort.signal,
      // One clock is enough, and ours covers connecting, too.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    const text = await readBounded(response.body);
    return {
      status: response.statusCode,
      text,
      index: Number(response.headers['x-nomad-index'] ?? 0),
      location: String(response.headers['location'] ?? ''),
    };
  } finally {
    clearTimeout(timer);
    for (const signal of signals) signal.removeEventListener('abort', onAbort);
  }
}

class TimeoutError extends Error {
           code = 'ETIMEDOUT';

  constructor(milliseconds        ) {
    super(`no answer within ${Math.round(milliseconds / 1000)} s`);
  }
}

async function readBounded(body                       )                  {
  const chunks           = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > largestResponse) {
      throw new errors/* ActionError */.lZ('nomad-error', `Nomad’s answer is larger than ${largestResponse / 1024 / 1024} MiB`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

;// CONCATENATED MODULE: ./build/js/nomad/client.js


                                                             





                                
                                                                         
                               
                                       
                                                                                     
                          
                                                                              
                                         
                                                                                                                      
                             
 

                                 
                                                                                        
                                                                       
                                                                                                                    
                                                                        
                                                            
                                
                                                                                                
                             
                                                                         
                                             
 

                                                     
                                                                                                                  
                                
 

                                      
                      
                                                                                         
                         
 

                                       
                                             
                        
                             
                               
 

const defaultPatience = 10_000;
const requestTimeout = 30_000;
const firstPause = 100;
const longestPause = 2_000;

/**
 * Nomad's HTTP API. Requests that may be repeated are tried again while Nomad cannot be reached or has no leader; no redirect
 * is followed, for the token would go along.
 *
 * All methods throw an `ActionError`: `nomad-unreachable`, `nomad-address`, `nomad-tls`, or for a response that is no success a
 * `NomadResponseError` with `nomad-auth`, `nomad-namespace` or `nomad-error`.
 */
class NomadClient {
           settings               ;
           log                        ;
                   signal             ;
                   renew                                     ;
                   patience        ;
          token                    ;
          renewal                             ;
          connection                                 ;
                   closing = new AbortController();

  constructor(settings               , options               ) {
    this.settings = settings;
    this.log = options.log;
    this.signal = options.signal;
    this.renew = options.renew;
    this.patience = options.patience ?? defaultPatience;
    this.token = options.token ?? settings.token;
  }

  /** `path` is Nomad's, such as `/v1/jobs`, its parts encoded. */
  async get      (path        , options                 = {})                               {
    return decode(await this.request({ ...options, method: 'GET', path, repeatable: true }));
  }

  async getText(path        , options                 = {})                  {
    return (await this.request({ ...options, method: 'GET', path, repeatable: true })).text;
  }

  async post      (path        , payload         , options              = {})                               {
    return decode(await this.request({ repeatable: false, ...options, method: 'POST', path, payload }));
  }

  /** A deletion may come twice: the second time there is nothing to delete. */
  async delete      (path        , options                 = {})                               {
    return decode(await this.request({ ...options, method: 'DELETE', path, repeatable: true }));
  }

  /** Closes all connections; requests under way fail, and are not tried again. */
  async close()                {
    this.closing.abort(new Error('The client was closed'));
    const connection = await this.connection?.catch(() => undefined);
    await connection?.dispatcher.destroy();
  }

          async request(plan      )                       {
    this.throwIfAborted(plan);
    this.connection ??= connect(this.settings);
    const connection = await this.connection;
    const patience = new Patience(plan.patience ?? this.patience);
    let renewed = false;
    for (;;) {
      this.throwIfAborted(plan);
      const token = this.token;
      const attempt = await this.attempt(connection, plan, token);
      if ('response' in attempt) {
        const { response } = attempt;
        if (response.status < 300) {
          if (patience.attempts > 0) this.log(`Nomad answers again after ${patience.seconds} s`);
          return response;
        }
        const refused = refusal(this.asked(plan, token), response);
        if (this.renew !== undefined && !renewed && (await this.hasExpired(connection, refused, token))) {
          renewed = await this.renewToken(token, patience, plan);
          continue;
        }
        const again = response.status === 429 || (plan.repeatable && (0,nomad_errors/* isTransient */.dg)(response.status, response.text));
        if (!again || patience.isOver()) throw refused;
        await this.pause(patience, plan, refused.words);
      } else {
        const { fault } = attempt;
        const permanent = permanentFault(fault, this.settings.address);
        if (permanent !== undefined) throw permanent;
        const again = plan.repeatable || fault.unsent;
        if (!again || patience.isOver()) {
          throw unreachable(fault, this.settings.address, patience.attempts + 1, patience.seconds);
        }
        await this.pause(patience, plan, fault.text);
      }
    }
  }

          async attempt(
    { origin, dispatcher, request }            ,
    plan      ,
    token                    ,
  )                                                                  {
    const wait = plan.blocking?.wait ?? 0;
    try {
      const response = await send(request, dispatcher, {
        method: plan.method,
        url: `${origin}${plan.path}?${this.query(plan)}`,
        headers: token === undefined ? {} : { 'X-Nomad-Token': token },
        ...(plan.payload !== undefined && { body: JSON.stringify(plan.payload) }),
        // Nomad adds up to a sixteenth of the wait, so that not all queries end at once.
        timeout: requestTimeout + wait + wait / 16,
        signals: this.signals(plan),
      });
      return { response };
    } catch (error) {
      this.throwIfAborted(plan);
      if (error instanceof errors/* ActionError */.lZ) throw error;
      return { fault: connectionFault(error) };
    }
  }

          query({ query, blocking }      )                  {
    const { namespace, region } = this.settings;
    const all                                            = {
      namespace,
      ...(region !== undefined && { region }),
      ...query,
      ...(blocking !== undefined && { index: blocking.index, wait: `${Math.ceil(blocking.wait)}ms` }),
    };
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(all)) parameters.set(name, String(value));
    return parameters;
  }

          asked({ method, path, query }      , token                    )        {
    const { address, namespace } = this.settings;
    const asked = String(query?.['namespace'] ?? namespace);
    return { method, path, address, namespace: asked, withToken: token !== undefined };
  }

  /**
   * Whether the token is why the request was refused. Most of Nomad's endpoints answer `Permission denied` to a token that has
   * expired as they do to one without the right; only asked about the token itself, Nomad tells.
   */
          async hasExpired(
    connection            ,
    refused                    ,
    token                    ,
  )                   {
    if ((0,nomad_errors/* refusesToken */.bE)(refused.words)) return true;
    if (refused.status !== 403) return false;
    const self = { method: 'GET', path: '/v1/acl/token/self', repeatable: true }         ;
    const attempt = await this.attempt(connection, self, token);
    return !('response' in attempt) || attempt.response.status !== 200;
  }

  /**
   * Requests that find the same token expired at the same time share one renewal.
   *
   * @returns false when Nomad could not be reached for it, and there is patience left to try again.
   */
          async renewToken(expired                    , patience          , plan      )                   {
    if (this.token !== expired || this.renew === undefined) return true;
    this.renewal ??= this.renew().finally(() => {
      this.renewal = undefined;
    });
    try {
      this.token = await this.renewal;
      return true;
    } catch (error) {
      const again = error instanceof errors/* ActionError */.lZ && error.reason === 'nomad-unreachable';
      if (!again || patience.isOver()) throw error;
      await this.pause(patience, plan, error.message);
      return false;
    }
  }

          throwIfAborted(plan      )       {
    for (const signal of this.signals(plan)) signal.throwIfAborted();
  }

          signals(plan      )                {
    const own = [this.signal, this.closing.signal];
    return plan.signal === undefined ? own : [...own, plan.signal];
  }

          async pause(patience          , plan      , why        )                {
    if (patience.attempts === 0) {
      this.log(`Nomad does not answer (${why}), trying again`);
      plan.onFault?.(why);
    }
    const pause = patience.next();
    await delayUnless(this.signals(plan), pause);
  }
}

/** How often, and since when, a request was tried in vain. */
class Patience {
  attempts = 0;
                   limit        ;
                   began = performance.now();

  constructor(limit        ) {
    this.limit = limit;
  }

  get seconds()         {
    return Math.round((performance.now() - this.began) / 1000);
  }

  isOver()          {
    return performance.now() - this.began >= this.limit;
  }

  /** Counts a failed attempt. Milliseconds until the next one. */
  next()         {
    const left = this.limit - (performance.now() - this.began);
    const pause = Math.min(firstPause * 2 ** this.attempts, longestPause, Math.max(left, 0));
    this.attempts += 1;
    return pause;
  }
}

async function delayUnless(signals                        , milliseconds        )                {
  for (const signal of signals) signal.throwIfAborted();
  const stop = new AbortController();
  const onAbort = () => stop.abort();
  for (const signal of signals) signal.addEventListener('abort', onAbort, { once: true });
  try {
    await (0,promises_.setTimeout)(milliseconds, undefined, { signal: stop.signal }).catch(() => undefined);
  } finally {
    for (const signal of signals) signal.removeEventListener('abort', onAbort);
  }
  for (const signal of signals) signal.throwIfAborted();
}

function refusal(asked       , { status, text, location }             )                     {
  if (status >= 400) return (0,nomad_errors/* responseError */.U3)(asked, status, text);
  const target = location === '' ? 'nowhere' : withoutSecrets(location, asked.address);
  return new nomad_errors/* NomadResponseError */.zY(
    'nomad-address',
    `Nomad at ${asked.address} redirects to ${target}. That is not followed, for the token would go along`,
    'Set `nomad_addr` to the address that Nomad itself answers at.',
    status,
    `redirects to ${target}`,
  );
}

/** Where a redirect points, without user, password and query. */
function withoutSecrets(location        , base        )         {
  if (!URL.canParse(location, base)) return 'an address that is none';
  const { protocol, origin, pathname } = new URL(location, base);
  return protocol === 'unix:' ? pathname : `${origin}${pathname}`;
}

function decode      ({ text, index }             )                      {
  if (text === '') return { body: undefined        , index };
  try {
    return { body: JSON.parse(text)        , index };
  } catch (cause) {
    throw new errors/* ActionError */.lZ('nomad-error', `What answered is no Nomad: ${JSON.stringify(text.slice(0, 80))} is no JSON`, {
      hint: 'Check that `nomad_addr` is the address of Nomad’s HTTP API.',
      cause,
    });
  }
}


/***/ }),

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

/***/ 9783:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   s: () => (/* binding */ getProxyUrl)
/* harmony export */ });
/* unused harmony export checkBypass */
function getProxyUrl(reqUrl) {
    const usingSsl = reqUrl.protocol === 'https:';
    if (checkBypass(reqUrl)) {
        return undefined;
    }
    const proxyVar = (() => {
        if (usingSsl) {
            return process.env['https_proxy'] || process.env['HTTPS_PROXY'];
        }
        else {
            return process.env['http_proxy'] || process.env['HTTP_PROXY'];
        }
    })();
    if (proxyVar) {
        try {
            return new DecodedURL(proxyVar);
        }
        catch (_a) {
            if (!proxyVar.startsWith('http://') && !proxyVar.startsWith('https://'))
                return new DecodedURL(`http://${proxyVar}`);
        }
    }
    else {
        return undefined;
    }
}
function checkBypass(reqUrl) {
    if (!reqUrl.hostname) {
        return false;
    }
    const reqHost = reqUrl.hostname;
    if (isLoopbackAddress(reqHost)) {
        return true;
    }
    const noProxy = process.env['no_proxy'] || process.env['NO_PROXY'] || '';
    if (!noProxy) {
        return false;
    }
    // Determine the request port
    let reqPort;
    if (reqUrl.port) {
        reqPort = Number(reqUrl.port);
    }
    else if (reqUrl.protocol === 'http:') {
        reqPort = 80;
    }
    else if (reqUrl.protocol === 'https:') {
        reqPort = 443;
    }
    // Format the request hostname and hostname with port
    const upperReqHosts = [reqUrl.hostname.toUpperCase()];
    if (typeof reqPort === 'number') {
        upperReqHosts.push(`${upperReqHosts[0]}:${reqPort}`);
    }
    // Compare request host against noproxy
    for (const upperNoProxyItem of noProxy
        .split(',')
        .map(x => x.trim().toUpperCase())
        .filter(x => x)) {
        if (upperNoProxyItem === '*' ||
            upperReqHosts.some(x => x === upperNoProxyItem ||
                x.endsWith(`.${upperNoProxyItem}`) ||
                (upperNoProxyItem.startsWith('.') &&
                    x.endsWith(`${upperNoProxyItem}`)))) {
            return true;
        }
    }
    return false;
}
function isLoopbackAddress(host) {
    const hostLower = host.toLowerCase();
    return (hostLower === 'localhost' ||
        hostLower.startsWith('127.') ||
        hostLower.startsWith('[::1]') ||
        hostLower.startsWith('[0:0:0:0:0:0:0:1]'));
}
class DecodedURL extends URL {
    constructor(url, base) {
        super(url, base);
        this._decodedUsername = decodeURIComponent(super.username);
        this._decodedPassword = decodeURIComponent(super.password);
    }
    get username() {
        return this._decodedUsername;
    }
    get password() {
        return this._decodedPassword;
    }
}
//# sourceMappingURL=proxy.js.map

/***/ })

};

