export const id = "nomad-client";
export const ids = ["nomad-client"];
export const modules = {

/***/ 8504:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  NomadClient: () => (/* binding */ NomadClient)
});

// EXTERNAL MODULE: ./build/js/errors.js
var errors = __webpack_require__(2027);
// EXTERNAL MODULE: ./build/js/http/faults.js
var faults = __webpack_require__(486);
// EXTERNAL MODULE: ./build/js/http/patience.js
var patience = __webpack_require__(4608);
// EXTERNAL MODULE: ./build/js/http/signals.js
var signals = __webpack_require__(1334);
// EXTERNAL MODULE: ./build/js/nomad/answers.js
var answers = __webpack_require__(4109);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:tls"
var external_node_tls_ = __webpack_require__(1692);
// EXTERNAL MODULE: ./build/js/http/authorities.js
var authorities = __webpack_require__(658);
// EXTERNAL MODULE: ./build/js/http/http.js
var http = __webpack_require__(4623);
;// CONCATENATED MODULE: ./build/js/nomad/connection.js





                                                                          

/** Where requests go and how they get there. */
                             
                                  
                          
                      
 

/** Nomad allows 100 connections per client address, and other steps may share ours. */
const CONNECTIONS = 32;

                        
                       
                         
                        
 

/**
 * Opens the way to Nomad: over TCP or a Unix socket, with TLS where that is asked for. Nothing is sent yet.
 *
 * @throws ActionError `nomad-tls` for a certificate or key that cannot be used, `nomad-address` for an address that is not one.
 */
async function connect({ address, tls }               )                      {
  if (address.startsWith('unix://')) {
    const socketPath = address.slice('unix://'.length);
    return { origin: 'http://localhost', http: new http/* Http */.l({ connections: CONNECTIONS, socketPath }) };
  }
  if (!URL.canParse(address)) throw notAnAddress(address);
  const { protocol } = new URL(address);
  if (protocol !== 'http:' && protocol !== 'https:') throw notAnAddress(address);
  const secure = protocol === 'https:' && { tls: await tlsOptions(tls) };
  return { origin: address.replace(/\/+$/, ''), http: new http/* Http */.l({ connections: CONNECTIONS, ...secure }) };
}

function notAnAddress(address        )              {
  return new errors/* ActionError */.lZ('nomad-address', `"${address}" is not the address of a Nomad server`, {
    hint: 'Set `nomad_addr` to an address such as https://nomad.example.com:4646 or unix:///run/nomad.sock.',
  });
}

async function tlsOptions(tls             )                      {
  const certificates               = {
    ...(tls.caCert !== undefined && { ca: await readPem(tls.caCert, 'nomad_cacert') }),
    ...(tls.clientCert !== undefined && { cert: await readPem(tls.clientCert, 'nomad_client_cert') }),
    ...(tls.clientKey !== undefined && { key: await readPem(tls.clientKey, 'nomad_client_key') }),
  };
  checkCertificates(certificates);
  const { ca, ...pair } = certificates;
  // As Nomad's own tools have it: the file counts, else the folder, else what the machine trusts.
  const trusted = ca === undefined ? await readFolder(tls.caPath) : (0,authorities/* certificatesIn */.Yc)(ca);
  if (trusted?.length === 0) {
    const input = ca === undefined ? 'nomad_capath' : 'nomad_cacert';
    throw new errors/* ActionError */.lZ('nomad-tls', `${input} holds no certificate`, {
      hint: `Set ${input} to ${ca === undefined ? 'a folder of PEM files' : 'the path of a PEM file, or to its text'}.`,
    });
  }
  return {
    ...pair,
    ...(trusted !== undefined && { ca: trusted }),
    ...(tls.serverName !== undefined && { serverName: tls.serverName }),
    skipVerify: tls.skipVerify,
  };
}

async function readFolder(path                    )                                {
  if (path === undefined) return undefined;
  try {
    return await (0,authorities/* certificatesBelow */.OZ)(path);
  } catch (cause) {
    throw new errors/* ActionError */.lZ('nomad-tls', `nomad_capath cannot be read: ${(cause         ).message}`, {
      hint: 'Set `nomad_capath` to a folder of PEM files.',
      cause,
    });
  }
}

async function readPem(path        , input        )                  {
  try {
    return await (0,promises_.readFile)(path, 'utf8');
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
// EXTERNAL MODULE: ./build/js/http/proxy.js
var proxy = __webpack_require__(2927);
;// CONCATENATED MODULE: ./build/js/nomad/faults.js





/** OpenSSL's words for a certificate that does not hold, those aside that have an explanation of their own. */
const BAD_CERTIFICATE =
  /^(?:CERT_|CRL_|UNABLE_TO_|ERROR_IN_|INVALID_(?:CA|PURPOSE)|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH)/;

const UNKNOWN_AUTHORITY = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
]);

/** What to throw for an answer that is too large, or a proxy that cannot be used; undefined for any other exception. */
function lastingFailure(error         , address        )                          {
  if (error instanceof faults/* TooLarge */.MF) {
    return new errors/* ActionError */.lZ(
      'nomad-error',
      `What answers at ${address} sends more than ${error.limit / 1024 / 1024} MiB`,
      {
        hint: 'Check that `nomad_addr` is the address of Nomad’s HTTP API. No cluster answers with that much.',
        cause: error,
      },
    );
  }
  if (error instanceof proxy/* ProxyRefused */.di) {
    return new errors/* ActionError */.lZ('nomad-unreachable', `Nomad at ${address} could not be asked: ${error.message}`, {
      hint: 'Set `https_proxy` (`http_proxy` for an http:// address) to an HTTP proxy, or name Nomad’s host in `no_proxy`.',
      cause: error,
    });
  }
  return undefined;
}

/** What a fault of the connection that stays means: the first rule that fits says so. */
                
                                                     
                                  
                                                              
                        
 

const RULES                  = [
  {
    fits: ({ code }) => UNKNOWN_AUTHORITY.has(code),
    message: (address, text) =>
      `The certificate of Nomad at ${address} is signed by an authority that is not known here: ${text}`,
    hint: 'Set `nomad_cacert` to the certificate of the authority that signed it (a path or PEM text).',
  },
  {
    fits: ({ code }) => code === 'ERR_TLS_CERT_ALTNAME_INVALID',
    message: (address, text) => `The certificate of Nomad at ${address} is for another name: ${text}`,
    hint: 'Set `nomad_tls_server_name` to a name in the certificate, such as server.global.nomad, or `nomad_addr` to that name.',
  },
  {
    fits: ({ code }) => code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID',
    message: (address, text) => `The certificate of Nomad at ${address} is not valid now: ${text}`,
    hint: 'Renew it on the cluster.',
  },
  {
    fits: ({ code, text }) =>
      /alert(?: number)? ?(?:certificate required|116)|CERTIFICATE_REQUIRED/i.test(`${code} ${text}`),
    message: (address) => `Nomad at ${address} demands a client certificate`,
    hint: 'Set `nomad_client_cert` and `nomad_client_key` (paths or PEM text) to one that the cluster’s authority signed.',
  },
  {
    fits: ({ code, text }) =>
      /ALERT_(BAD_CERTIFICATE|UNKNOWN_CA|CERTIFICATE_UNKNOWN|CERTIFICATE_EXPIRED)|alert (bad|unknown)/i.test(
        `${code} ${text}`,
      ),
    message: (address, text) => `Nomad at ${address} does not accept the client certificate: ${text}`,
    hint: 'Set `nomad_client_cert` and `nomad_client_key` to ones that the cluster’s authority signed and that have not expired.',
  },
  {
    fits: ({ code }) => BAD_CERTIFICATE.test(code),
    message: (address, text) => `The certificate of Nomad at ${address} does not hold: ${text}`,
    hint: 'Check the certificate of the server, and `nomad_cacert`.',
  },
  {
    fits: ({ code }) => /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG/.test(code),
    reason: 'nomad-address',
    message: (address) => `Nomad at ${address} does not speak HTTPS`,
    hint: 'Set `nomad_addr` to an address that begins with http://, or to the port that speaks HTTPS.',
  },
  {
    fits: ({ code }) => /^ERR_(SSL|TLS|OSSL)_/.test(code),
    message: (address, text) => `No TLS connection with Nomad at ${address} came about: ${text}`,
    hint: 'Check `nomad_addr`, `nomad_cacert`, `nomad_client_cert` and `nomad_client_key`.',
  },
  {
    // The words of undici, without a tunnel and with one.
    fits: ({ text }) => /^Proxy (?:Authentication Required|response) \(407\)/.test(text),
    reason: nomad_errors/* PROXY_LOGIN */.Ns.reason,
    message: (address) => nomad_errors/* PROXY_LOGIN */.Ns.message({ address }),
    hint: nomad_errors/* PROXY_LOGIN */.Ns.hint,
  },
  {
    fits: ({ code }) => code === 'ERR_INVALID_URL',
    reason: 'nomad-address',
    message: (address) => `"${address}" is not the address of a Nomad server`,
    hint: 'Set `nomad_addr` to an address such as https://nomad.example.com:4646.',
  },
];

/**
 * What to throw for a fault that stays at a second attempt: a certificate that is not trusted, a protocol that is not spoken.
 * Undefined where trying again may help.
 */
function permanentFault(fault                 , address        )                          {
  const rule = RULES.find(({ fits }) => fits(fault));
  if (rule === undefined) return undefined;
  const { reason = 'nomad-tls', message, hint } = rule;
  return new errors/* ActionError */.lZ(reason, message(address, fault.text), { hint });
}

/** What to throw when patience is over. */
function unreachable(
  fault                 ,
  address        ,
  attempts        ,
  seconds        ,
)                        {
  const tried = attempts === 1 ? 'one attempt' : `${attempts} attempts in ${seconds} s`;
  return new nomad_errors/* NomadUnreachableError */.Sc(
    `Nomad at ${address} could not be reached: ${fault.text} (${tried})`,
    hintOf(fault, address),
    fault.unsent,
  );
}

function hintOf({ code, text }                 , address        )         {
  if (code !== 'ENOTFOUND')
    return 'Check that `nomad_addr` is right and that this runner may connect to it (firewall, VPN, proxy).';
  return text.endsWith(` ${new URL(address).hostname}`)
    ? 'There is no such host. Set `nomad_addr` to the address of the cluster.'
    : 'The runner’s proxy is at a host that there is not. Correct https_proxy (`http_proxy` for an http:// address), or name Nomad’s host in `no_proxy`.';
}

;// CONCATENATED MODULE: ./build/js/nomad/client.js
                                   


                                                    


                                                             





                                
                                                                         
                               
                                       
                                                   
                          
                                                                                    
                             
                                                                              
                                         
                                                                                                                      
                             
 

                                 
                                                                                        
                                                                       
                                                                                                                    
                                                                        
                                                            
                                
                                                                                                
                             
                                                                         
                                             
 

                                                     
                                                                                                                  
                                
 

                                      
                      
                                                                                         
                         
 

                                       
                                             
                        
                             
                               
 

const DEFAULT_PATIENCE = 10_000;
const PAUSES                                                = { firstPause: 100, longestPause: 2_000 };

/** How long the attempts of one request may take together where Nomad hangs. Milliseconds. */
const LONGEST_REQUEST = 30_000;
/** A request that may be repeated is given up earlier the first time: it, or its answer, may be lost. Milliseconds. */
const FIRST_ATTEMPT = 5_000;
/** Of a request that Nomad has left without an answer before. Milliseconds. */
const LAST_ATTEMPT = 3_000;

/** More than the job list of any cluster that Nomad is made for, and less than would exhaust a runner. Bytes. */
const LARGEST_RESPONSE = 64 * 1024 * 1024;

/**
 * Nomad's HTTP API. Requests that may be repeated are tried again while Nomad cannot be reached or has no leader; no redirect
 * is followed, for the token would go along. Patience is spent once: what was given up, and while nothing is answered everything else, gets
 * one short attempt, so that looks after a failure do not wait as long again.
 *
 * All methods throw an `ActionError`: `nomad-unreachable`, `nomad-address`, `nomad-tls`, or for a response that is not a success a
 * `NomadResponseError` with `nomad-auth`, `nomad-namespace` or `nomad-error`.
 */
class NomadClient {
           settings               ;
           log                        ;
                   signal             ;
                   renew                                     ;
                   patience        ;
          token                    ;
                   httpAuth                    ;
          renewal                             ;
          connection                                 ;
  /** What Nomad was asked in vain, and has not answered since. */
                   givenUp = new Set        ();
  /** Whether it has answered nothing since. */
          isSilent = false;
                   closing = new AbortController();

  constructor(settings               , options               ) {
    this.settings = settings;
    this.log = options.log;
    this.signal = options.signal;
    this.renew = options.renew;
    this.patience = options.patience ?? DEFAULT_PATIENCE;
    this.token = options.token;
    this.httpAuth = options.httpAuth;
  }

  /** Whether Nomad is asked without a token, by which it takes one for anybody. */
  get isAnonymous()          {
    return this.token === undefined;
  }

  /**
   * @param path Nomad's, such as `/v1/jobs`, its parts encoded
   * @param schema of the endpoint; an answer that it does not read is a fault, and asked for again
   */
  async get      (
    path        ,
    schema                     ,
    options                 = {},
  )                               {
    return await this.request({ ...options, method: 'GET', path, repeatable: true }, schema);
  }

  async getText(path        , options                 = {})                  {
    return (await this.request({ ...options, method: 'GET', path, repeatable: true }, undefined)).body;
  }

  async post      (
    path        ,
    schema                     ,
    payload         ,
    options              = {},
  )                               {
    return await this.request({ repeatable: false, ...options, method: 'POST', path, payload }, schema);
  }

  /** Not sent again unless it is told to be: by then what was deleted may be there anew, and somebody else's. */
  async delete      (
    path        ,
    schema                     ,
    options              = {},
  )                               {
    return await this.request({ repeatable: false, ...options, method: 'DELETE', path }, schema);
  }

  /** Closes all connections; requests under way fail, and are not tried again. */
  async close()                {
    this.closing.abort(new Error('The client was closed'));
    const connection = await this.connection?.catch(() => undefined);
    await connection?.http.close();
  }

                                                                                                     
                                                                                       
          async request      (
    plan      ,
    schema                                 ,
  )                                        {
    this.throwIfAborted(plan);
    this.connection ??= connect(this.settings);
    const connection = await this.connection;
    const what = `${plan.method} ${plan.path}`;
    const isLast = plan.repeatable && plan.patience === undefined && (this.isSilent || this.givenUp.has(what));
    const total = isLast ? 0 : (plan.patience ?? this.patience);
    let renewed = false;
    const attempt = async (tries       )                                        => {
      const token = this.token;
      const response = await this.send(connection, plan, token, isLast ? LAST_ATTEMPT : timeoutOf(plan, total, tries));
      if (response.status < 300) {
        const answer = this.read(plan, schema, response);
        this.givenUp.delete(what);
        this.isSilent = false;
        if (tries.failed > 0) this.log(`Nomad answers again after ${seconds(tries)} s`);
        return answer;
      }
      const refused = refusal(this.asked(plan, token), response);
      if (this.renew !== undefined && !renewed && (await this.hasExpired(connection, refused, token))) {
        await this.renewToken(token);
        renewed = true;
        return await attempt(tries);
      }
      const again = response.status === 429 || (plan.repeatable && (0,nomad_errors/* isTransient */.dg)(response.status, refused.words));
      throw again ? new patience/* Again */.Nj(refused.words, () => refused) : refused;
    };
    try {
      return await (0,patience/* persist */.Zr)(
        {
          patience: { total, ...PAUSES },
          signals: this.signals(plan),
          onAgain: (words, _pause, { failed }) => {
            if (failed > 1) return;
            this.log(`Nomad does not answer (${words}), trying again`);
            plan.onFault?.(words);
          },
        },
        attempt,
      );
    } catch (error) {
      if (plan.repeatable && plan.patience === undefined && error instanceof errors/* ActionError */.lZ && error.passing) {
        this.givenUp.add(what);
        this.isSilent = true;
      }
      throw error;
    }
  }

  /** One attempt. Throws `Again` where another one may succeed. */
          async send(
    { origin, http }            ,
    plan      ,
    token                    ,
    timeout        ,
  )                        {
    const { address } = this.settings;
    const { httpAuth } = this;
    try {
      return await http.send({
        method: plan.method,
        url: `${origin}${plan.path}?${this.query(plan)}`,
        headers: {
          ...(token !== undefined && { 'X-Nomad-Token': token }),
          ...(httpAuth !== undefined && { Authorization: basicAuth(httpAuth) }),
          ...(plan.payload !== undefined && { 'Content-Type': 'application/json' }),
        },
        ...(plan.payload !== undefined && { body: JSON.stringify(plan.payload) }),
        timeout,
        limit: LARGEST_RESPONSE,
        signals: this.signals(plan),
      });
    } catch (error) {
      this.throwIfAborted(plan);
      const fault = (0,faults/* connectionFault */.x$)(error);
      const lasting = lastingFailure(error, address) ?? permanentFault(fault, address);
      if (lasting !== undefined) throw lasting;
      const failure = (tries        ) => unreachable(fault, address, tries?.failed ?? 1, seconds(tries));
      throw plan.repeatable || fault.unsent ? new patience/* Again */.Nj(fault.text, failure) : failure();
    }
  }

  /** Without a schema the answer is text. Throws `Again` where another attempt may be answered better. */
          read      (
    plan      ,
    schema                                 ,
    { body, header }              ,
  )                               {
    const text = body.toString('utf8');
    const index = readIndex(header('x-nomad-index'));
    if (schema === undefined) return { body: text, index };
    try {
      return { body: (0,answers/* readAnswer */.J)(schema, this.asked(plan, this.token), text), index };
    } catch (error) {
      throw plan.repeatable && error instanceof answers/* UnreadableAnswer */.y ? new patience/* Again */.Nj(error.words, () => error) : error;
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
    try {
      return (await this.send(connection, self, token, FIRST_ATTEMPT)).status !== 200;
    } catch (error) {
      if (error instanceof patience/* Again */.Nj) return true;
      throw error;
    }
  }

  /** Requests that find the same token expired at the same time share one renewal. */
          async renewToken(expired                    )                {
    if (this.token !== expired || this.renew === undefined) return;
    this.renewal ??= this.renew().finally(() => {
      this.renewal = undefined;
    });
    try {
      this.token = await this.renewal;
    } catch (error) {
      const again = error instanceof errors/* ActionError */.lZ && error.reason === 'nomad-unreachable';
      throw again ? new patience/* Again */.Nj(error.message, () => error) : error;
    }
  }

          throwIfAborted(plan      )       {
    (0,signals/* throwIfAborted */.Te)(this.signals(plan));
  }

          signals(plan      )                {
    const own = [this.signal, this.closing.signal];
    return plan.signal === undefined ? own : [...own, plan.signal];
  }
}

/** How long the next attempt of a request may take. Milliseconds. */
function timeoutOf({ repeatable, blocking }      , patience        , tries       )         {
  const wait = blocking?.wait ?? 0;
  // Nomad adds up to a sixteenth of the wait, so that not all queries end at once.
  const waited = wait + wait / 16;
  const first = Math.min(FIRST_ATTEMPT, patience / 2);
  if (!repeatable || first === 0) return LONGEST_REQUEST + waited;
  if (tries.failed === 0) return first + waited;
  return patience === Number.POSITIVE_INFINITY
    ? LONGEST_REQUEST + waited
    : Math.max(LONGEST_REQUEST - tries.elapsed, FIRST_ATTEMPT) + waited;
}

function seconds(tries                   )         {
  return Math.round((tries?.elapsed ?? 0) / 1000);
}

/** 0, which waits for nothing, for what is not an index: Nomad would refuse to be asked with it. */
function readIndex(text        )         {
  const index = Number(text);
  return Number.isSafeInteger(index) && index > 0 ? index : 0;
}

/** As Go has it: what has no colon is the user alone. */
function basicAuth(httpAuth        )         {
  const login = httpAuth.includes(':') ? httpAuth : `${httpAuth}:`;
  return `Basic ${Buffer.from(login).toString('base64')}`;
}

function refusal(asked       , { status, body, header }              )                     {
  if (status === 401 && /^basic\b/i.test(header('www-authenticate'))) {
    return new nomad_errors/* NomadResponseError */.zY(
      'nomad-auth',
      `What answers at ${asked.address} asks for a user and a password`,
      'Set `nomad_http_auth` to `user:password` of the proxy before Nomad.',
      status,
      'a user and a password are asked for',
    );
  }
  const location = header('location');
  if (status >= 400 || location === '') return (0,nomad_errors/* responseError */.U3)(asked, status, body.toString('utf8'));
  const target = withoutSecrets(location, asked.address);
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
  if (!URL.canParse(location, base)) return 'an address that is not one';
  const { protocol, origin, pathname } = new URL(location, base);
  return protocol === 'unix:' ? pathname : `${origin}${pathname}`;
}


/***/ })

};

