export const id = "shared-http";
export const ids = ["shared-http"];
export const modules = {

/***/ 658:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AL: () => (/* binding */ namesAuthorities),
/* harmony export */   OZ: () => (/* binding */ certificatesBelow),
/* harmony export */   Yc: () => (/* binding */ certificatesIn),
/* harmony export */   eH: () => (/* binding */ authorities)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var node_tls__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1692);



                                              

/** Where Linux distributions keep the authorities that the machine trusts: the first file that there is, and all folders. As in Go's crypto/x509. */
const SYSTEM_FILES                    = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/tls/cacert.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
];
const SYSTEM_FOLDERS                    = ['/etc/ssl/certs', '/etc/pki/tls/certs'];

/** The variables that change whom a program trusts. */
const VARIABLES = ['SSL_CERT_FILE', 'SSL_CERT_DIR', 'NODE_EXTRA_CA_CERTS']         ;

/** One reading serves all requests of the step; tests change the variables. */
const known = new Map                                    ();

/**
 * The authorities that every HTTPS request of the action trusts, unless it is told of others: those that Go's programs trust on this
 * machine (its store, or what SSL_CERT_FILE and SSL_CERT_DIR name instead), and those of NODE_EXTRA_CA_CERTS. PEM, one certificate
 * each. A machine without any has Node's own.
 */
async function authorities(environment             )                             {
  const key = JSON.stringify(VARIABLES.map((name) => environment[name]));
  const reading = known.get(key) ?? readAuthorities(environment);
  known.set(key, reading);
  return await reading;
}

/**
 * Whether the environment names authorities that the programs of this machine do not all heed: Go's heed SSL_CERT_FILE and
 * SSL_CERT_DIR, Node's NODE_EXTRA_CA_CERTS, and git neither.
 */
function namesAuthorities(environment             )          {
  return VARIABLES.some((name) => (environment[name] ?? '') !== '');
}

/** The certificates in a text; anything else in it is passed over. */
function certificatesIn(text        )           {
  return text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
}

/** The certificates of all files below a folder, as Nomad reads NOMAD_CAPATH. Throws what reading throws. */
async function certificatesBelow(folder        )                    {
  const entries = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(folder, { recursive: true, withFileTypes: true });
  const texts = await Promise.all(
    entries
      .filter((entry) => !entry.isDirectory())
      .map(async (entry) => await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(entry.parentPath, entry.name), 'utf8')),
  );
  return texts.flatMap(certificatesIn);
}

async function readAuthorities(environment             )                             {
  const [system, extra] = await Promise.all([
    systemAuthorities(environment),
    readIfThere(environment['NODE_EXTRA_CA_CERTS']),
  ]);
  if (system.length === 0) return [...new Set([...nodeAuthorities(), ...certificatesIn(extra)])];
  return [...new Set([...system, ...certificatesIn(extra)])];
}

async function systemAuthorities(environment             )                             {
  // Both systems fetch some authorities only when they meet them, and keep others apart: what Node brings is needed besides.
  if (process.platform === 'darwin' || process.platform === 'win32') {
    return [...nodeAuthorities(), ...(node_tls__WEBPACK_IMPORTED_MODULE_2__.getCACertificates?.('system') ?? [])];
  }
  const file = environment['SSL_CERT_FILE'] || undefined;
  const folders = environment['SSL_CERT_DIR'] || undefined;
  const texts = await Promise.all([
    firstThatIsThere(file === undefined ? SYSTEM_FILES : [file]),
    ...(folders?.split(':') ?? SYSTEM_FOLDERS).map(readFolder),
  ]);
  return [...new Set(texts.flatMap(certificatesIn))];
}

/** Those that Node brings, and those of its own variable. Older versions tell only the former. */
function nodeAuthorities()                    {
  return node_tls__WEBPACK_IMPORTED_MODULE_2__.getCACertificates?.('default') ?? node_tls__WEBPACK_IMPORTED_MODULE_2__.rootCertificates;
}

async function firstThatIsThere(paths                   )                  {
  for (const path of paths) {
    const text = await readIfThere(path);
    if (text !== '') return text;
  }
  return '';
}

/** All files of a folder; links within it have the same content under another name. */
async function readFolder(folder        )                  {
  const entries = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(folder, { withFileTypes: true }).catch(() => []);
  const texts = entries.map(async (entry) => {
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, entry.name);
    const target = entry.isSymbolicLink() ? await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readlink)(path).catch(() => '') : '/';
    return target.includes('/') ? await readIfThere(path) : '';
  });
  return (await Promise.all(texts)).join('\n');
}

/** Empty where there is no such file, or it cannot be read: what else is trusted has to do. */
async function readIfThere(path                    )                  {
  return path === undefined || path === '' ? '' : await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(path, 'utf8').catch(() => '');
}


/***/ }),

/***/ 486:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GA: () => (/* binding */ TimedOut),
/* harmony export */   MF: () => (/* binding */ TooLarge),
/* harmony export */   dJ: () => (/* binding */ isLasting),
/* harmony export */   x$: () => (/* binding */ connectionFault)
/* harmony export */ });
/* harmony import */ var node_util_types__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3429);
/* harmony import */ var _proxy_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2927);



/** System calls that come before a request is sent: when they fail, even one that is not repeatable may be sent again. */
const BEFORE_SENDING = new Set(['connect', 'getaddrinfo']);

/** Words of OpenSSL's and Node's for a certificate that is not trusted, or not for this host. */
const BAD_CERTIFICATE =
  /^(?:CERT_|CRL_|UNABLE_TO_|ERROR_IN_|INVALID_(?:CA|PURPOSE)|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH|SELF_SIGNED_|DEPTH_ZERO_|ERR_TLS_|ERR_SSL_|ERR_OSSL_)/;

/** The whole response was not there in time. */
class TimedOut extends Error {
           code = 'ETIMEDOUT';

  /** @param milliseconds that it had */
  constructor(milliseconds        ) {
    super(`no answer within ${Math.round(milliseconds / 1000)} s`);
  }
}

/** The response is larger than it may be. */
class TooLarge extends Error {
  /** Bytes. */
           limit        ;

  constructor(limit        ) {
    super(`larger than ${Math.round(limit / 1024 / 1024)} MiB`);
    this.limit = limit;
  }
}

/** Something went wrong on the way: the connection, not an answer. */
                                  
                                                                      
                        
                               
                        
                                                       
                           
 

/** What an exception of the HTTP library says about the connection. */
function connectionFault(error         )                  {
  const cause = innermost(error);
  const code = codeOf(cause) ?? codeOf(error) ?? 'UNKNOWN';
  const message = (0,node_util_types__WEBPACK_IMPORTED_MODULE_0__.isNativeError)(cause) ? cause.message : String(cause);
  const { syscall } = cause                        ;
  const unsent = code === 'UND_ERR_CONNECT_TIMEOUT' || (syscall !== undefined && BEFORE_SENDING.has(syscall));
  return { code, text: message === '' ? code : message, unsent };
}

/** Whether the same would happen at the next attempt: a certificate that is not trusted, a limit, a proxy that cannot be used. */
function isLasting(error         )          {
  return (
    error instanceof TooLarge || error instanceof _proxy_js__WEBPACK_IMPORTED_MODULE_1__/* .ProxyRefused */ .di || BAD_CERTIFICATE.test(connectionFault(error).code)
  );
}

/** A connection attempt to several addresses fails with all of their errors; the first one tells enough. */
function innermost(error         )          {
  if ((0,node_util_types__WEBPACK_IMPORTED_MODULE_0__.isNativeError)(error) && 'errors' in error && Array.isArray(error.errors) && error.errors.length > 0) {
    return innermost(error.errors[0]);
  }
  if ((0,node_util_types__WEBPACK_IMPORTED_MODULE_0__.isNativeError)(error) && (0,node_util_types__WEBPACK_IMPORTED_MODULE_0__.isNativeError)(error.cause)) return innermost(error.cause);
  return error;
}

function codeOf(error         )                     {
  const code = (error                             )?.code;
  return typeof code === 'string' ? code : undefined;
}


/***/ }),

/***/ 4623:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ Http)
/* harmony export */ });
/* harmony import */ var node_tls__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1692);
/* harmony import */ var _authorities_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(658);
/* harmony import */ var _faults_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(486);
/* harmony import */ var _proxy_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2927);
/* harmony import */ var _signals_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1334);

                                                         





                              
                                                                      
                                     
                            
                                                                    
                               
                                                                             
                                
 

/** Certificates are PEM. */
                             
                                                                                                    
                                  
                         
                        
                                                                               
                               
                                
                                
 

                              
                                                        
                             
                                                      
                         
                                                              
                           
                                                                                                        
                          
                                                         
                         
                                           
 

                               
                          
                                                          
                                            
                        
 

const CONNECT_TIMEOUT = 10_000;

/** Of the body of a response that is not a good one; of a larger one nothing is kept. Bytes. */
const LARGEST_REFUSAL = 256 * 1024;

/**
 * Sends HTTP requests: through the proxy that the environment names, trusting the authorities of the machine, following no redirect
 * and keeping its limits. Who asks, and what an answer means, is not its business. The HTTP library is loaded with the first request.
 */
class Http {
           #options             ;
           #environment             ;
           #dispatchers = new Map                             ();
  #context                                    ;

  constructor(options              = {}) {
    this.#options = options;
    this.#environment = options.environment ?? process.env;
  }

  /**
   * One request and its whole response, whatever the status.
   *
   * @throws what the HTTP library throws; `TimedOut`, `TooLarge`, `ProxyRefused`; the reason of a signal that is aborted
   */
  async send({
    method = 'GET',
    headers = {},
    body,
    timeout,
    stall = 0,
    limit,
    signals,
    ...to
  }             )                        {
    const url = new URL(to.url);
    // A proxy's login is the proxy's alone, and a user in the address nobody's.
    url.username = '';
    url.password = '';
    return await (0,_signals_js__WEBPACK_IMPORTED_MODULE_4__/* .withSignals */ .MG)(signals, { after: timeout, reason: new _faults_js__WEBPACK_IMPORTED_MODULE_2__/* .TimedOut */ .GA(timeout) }, async (signal) => {
      const dispatcher = await this.#dispatcherFor(url);
      signal.throwIfAborted();
      const { origin, pathname, search } = url;
      const requested = dispatcher.request({
        method,
        origin,
        path: `${pathname}${search}`,
        headers,
        body: body ?? null,
        signal,
        headersTimeout: stall,
        bodyTimeout: stall,
      });
      // undici heeds a signal only once it is connected, and waits for a proxy's tunnel for minutes.
      const response = await (0,_signals_js__WEBPACK_IMPORTED_MODULE_4__/* .unlessAborted */ .Wh)(signal, requested);
      // A body that is left unread ends with an error, which is not news.
      response.body.on('error', () => undefined);
      try {
        const { statusCode: status } = response;
        const good = status >= 200 && status < 300;
        return {
          status,
          header: (name) => String(response.headers[name] ?? ''),
          body: await (good ? readAll(response, limit) : readSome(response)),
        };
      } finally {
        response.body.destroy();
      }
    });
  }

  /** Closes all connections; requests under way fail. */
  async close()                {
    const dispatchers = await Promise.allSettled(this.#dispatchers.values());
    await Promise.all(dispatchers.map(async (made) => made.status === 'fulfilled' && (await made.value.destroy())));
  }

  async #dispatcherFor(url     )                      {
    const proxy = this.#options.socketPath === undefined ? (0,_proxy_js__WEBPACK_IMPORTED_MODULE_3__/* .proxyFor */ .iJ)(url, this.#environment) : undefined;
    const key = `${url.protocol} ${proxy?.href ?? ''}`;
    const made = this.#dispatchers.get(key) ?? this.#connect(url.protocol === 'https:', proxy);
    this.#dispatchers.set(key, made);
    return await made;
  }

  async #connect(secure         , proxy                 )                      {
    const { connections, socketPath } = this.#options;
    const { Agent, buildConnector, Pool, ProxyAgent } = await Promise.all(/* import() | http-undici */[__webpack_require__.e("undici"), __webpack_require__.e("http-undici")]).then(__webpack_require__.bind(__webpack_require__, 2307));
    const common = { connectTimeout: CONNECT_TIMEOUT, ...(connections !== undefined && { connections }) };
    if (socketPath !== undefined) return new Agent({ ...common, connect: { socketPath } });
    const tls = secure ? await this.#tls() : {};
    if (proxy === undefined) {
      return new Agent({ ...common, connect: firstErrorCounts(buildConnector({ ...tls, timeout: CONNECT_TIMEOUT })) });
    }
    if (proxy.protocol !== 'http:' && proxy.protocol !== 'https:') {
      throw new _proxy_js__WEBPACK_IMPORTED_MODULE_3__/* .ProxyRefused */ .di(`the proxy of this runner is a ${proxy.protocol}// one, which is not supported`);
    }
    const login = (0,_proxy_js__WEBPACK_IMPORTED_MODULE_3__/* .proxyLogin */ .eU)(proxy);
    return new ProxyAgent({
      ...common,
      uri: proxy.origin,
      requestTls: tls,
      ...(proxy.protocol === 'https:' && { proxyTls: { ca: [...(await (0,_authorities_js__WEBPACK_IMPORTED_MODULE_1__/* .authorities */ .eH)(this.#environment))] } }),
      // As all other clients do: many proxies let nothing but TLS through a tunnel.
      proxyTunnel: secure,
      ...(login !== undefined && { token: login }),
      factory: (to, options             ) =>
        new Pool(to, { ...options, ...(options.connect && { connect: firstErrorCounts(options.connect) }) }),
    });
  }

  async #tls()                                       {
    const { ca, cert, key, serverName, skipVerify = false } = this.#options.tls ?? {};
    this.#context ??= (async () =>
      (0,node_tls__WEBPACK_IMPORTED_MODULE_0__.createSecureContext)({
        ca: [...(ca ?? (await (0,_authorities_js__WEBPACK_IMPORTED_MODULE_1__/* .authorities */ .eH)(this.#environment)))],
        ...(cert !== undefined && { cert }),
        ...(key !== undefined && { key }),
      }))();
    return {
      secureContext: await this.#context,
      rejectUnauthorized: !skipVerify,
      ...(serverName !== undefined && { servername: serverName }),
    };
  }
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

async function readAll({ headers, body }                         , limit        )                  {
  if (Number(headers['content-length'] ?? 0) > limit) throw new _faults_js__WEBPACK_IMPORTED_MODULE_2__/* .TooLarge */ .MF(limit);
  const chunks           = [];
  let size = 0;
  for await (const chunk of body                         ) {
    size += chunk.length;
    if (size > limit) throw new _faults_js__WEBPACK_IMPORTED_MODULE_2__/* .TooLarge */ .MF(limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Nothing of a body that is larger than it may be: what is repeated in it may be a secret, and half of one is recognised by nobody. */
async function readSome({ body }                         )                  {
  const chunks           = [];
  let size = 0;
  for await (const chunk of body                         ) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > LARGEST_REFUSAL) return Buffer.alloc(0);
  }
  return Buffer.concat(chunks);
}


/***/ }),

/***/ 4608:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Nj: () => (/* binding */ Again),
/* harmony export */   Zr: () => (/* binding */ persist)
/* harmony export */ });
/* unused harmony export Tries */
/* harmony import */ var _signals_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1334);


/** How long, and how often, something is tried that fails. Times are milliseconds. */
                           
                                 
                         
                                               
                             
                                                                          
                              
                           
                                 
 

/** What an attempt throws that may succeed at the next one. */
class Again {
  /** Why, for whoever waits. */
           words        ;
  /** What to throw when patience is over. */
           failure                           ;
  /** How long the server wants to be left alone; the pause is no shorter. Milliseconds. */
           wish        ;

  constructor(words        , failure                           , wish = 0) {
    this.words = words;
    this.failure = failure;
    this.wish = wish;
  }
}

/** The attempts so far, and the time that they took. */
class Tries {
  /** How many failed. */
  failed = 0;
           #patience          ;
           #began = performance.now();

  constructor(patience          ) {
    this.#patience = patience;
  }

  /** Milliseconds. */
  get elapsed()         {
    return performance.now() - this.#began;
  }

  /** Counts a failed attempt. Milliseconds until the next one; undefined where patience is over, or would be by then. */
  next(wish        )                     {
    const {
      total,
      attempts = Number.POSITIVE_INFINITY,
      firstPause,
      longestPause = Number.POSITIVE_INFINITY,
    } = this.#patience;
    const left = total - this.elapsed;
    const own = Math.min(firstPause * 2 ** this.failed, longestPause);
    this.failed += 1;
    if (this.failed >= attempts || left <= 0 || wish > left) return undefined;
    return Math.max(wish, Math.min(own, left));
  }
}

                              
                              
                                           
                                                                   
                                                                         
 

/**
 * Makes attempts until one succeeds or throws something else than `Again`.
 *
 * @returns what the attempt returns
 * @throws what the attempt throws; the failure of the last `Again` when patience is over; the reason of a signal that is aborted
 */
async function persist         (
  { patience, signals, onAgain }             ,
  attempt                                    ,
)                   {
  const tries = new Tries(patience);
  for (;;) {
    (0,_signals_js__WEBPACK_IMPORTED_MODULE_0__/* .throwIfAborted */ .Te)(signals);
    try {
      return await attempt(tries);
    } catch (error) {
      (0,_signals_js__WEBPACK_IMPORTED_MODULE_0__/* .throwIfAborted */ .Te)(signals);
      if (!(error instanceof Again)) throw error;
      const wait = tries.next(error.wish);
      if (wait === undefined) throw error.failure(tries);
      onAgain(error.words, wait, tries);
      await (0,_signals_js__WEBPACK_IMPORTED_MODULE_0__/* .pause */ .v7)(wait, signals);
    }
  }
}


/***/ }),

/***/ 2927:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   di: () => (/* binding */ ProxyRefused),
/* harmony export */   eU: () => (/* binding */ proxyLogin),
/* harmony export */   iJ: () => (/* binding */ proxyFor)
/* harmony export */ });
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7030);
/* harmony import */ var node_url__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3136);



                                                                       

/** The proxy that the environment names cannot be used; a second attempt does not help. */
class ProxyRefused extends Error {}

/**
 * The proxy that a request goes through; undefined where it goes straight. The rules are those of Go's `httpproxy` package
 * (golang.org/x/net/http/httpproxy), so that a request of the action takes the same way as one of nomad-pack: the variables
 * HTTP_PROXY, HTTPS_PROXY and NO_PROXY in upper or lower case, and never a proxy for this machine itself.
 *
 * @throws ProxyRefused for HTTP_PROXY in a CGI environment, where a client could have set it
 */
function proxyFor(url     , environment             )                  {
  const proxy = parseProxy(proxyVariable(url.protocol, environment));
  if (proxy === undefined) return undefined;
  if (url.protocol === 'http:' && (environment['REQUEST_METHOD'] ?? '') !== '') {
    throw new ProxyRefused('HTTP_PROXY is not used in a CGI environment, which the variable REQUEST_METHOD tells of');
  }
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return isExempt(host, port, firstOf(environment, 'NO_PROXY', 'no_proxy')) ? undefined : proxy;
}

/** The `Proxy-Authorization` of a proxy whose address holds a user; undefined where it holds none. */
function proxyLogin({ username, password }     )                     {
  if (username === '' && password === '') return undefined;
  return `Basic ${Buffer.from(`${decoded(username)}:${decoded(password)}`).toString('base64')}`;
}

function proxyVariable(protocol        , environment             )         {
  if (protocol === 'https:') return firstOf(environment, 'HTTPS_PROXY', 'https_proxy');
  return protocol === 'http:' ? firstOf(environment, 'HTTP_PROXY', 'http_proxy') : '';
}

function firstOf(environment             , ...names                   )         {
  return names.map((name) => environment[name] ?? '').find((value) => value !== '') ?? '';
}

/** A URL, or `host[:port]` of an HTTP proxy. Anything else counts as none, as in Go. */
function parseProxy(text        )                  {
  if (text === '') return undefined;
  const whole = URL.canParse(text) ? new URL(text) : undefined;
  if (whole !== undefined && whole.host !== '') return whole;
  return URL.canParse(`http://${text}`) ? new URL(`http://${text}`) : undefined;
}

/** Whether a host is reached without a proxy. */
function isExempt(host        , port        , noProxy        )          {
  if (host === 'localhost' || isLoopback(host)) return true;
  const entries = noProxy.split(',').map((entry) => entry.trim().toLowerCase());
  if (entries.includes('*')) return true;
  return entries.some((entry) => entry !== '' && matches(entry, host.toLowerCase(), port));
}

function matches(entry        , host        , port        )          {
  const network = /^(.+)\/(\d{1,3})$/.exec(entry);
  if (network !== null) {
    const [, address = '', prefix = ''] = network;
    if (isNetwork(address, Number(prefix))) return (0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(host) !== 0 && inNetwork(host, address, Number(prefix));
  }
  const { name, only } = splitPort(entry);
  if (only !== '' && only !== port) return false;
  if ((0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(name) !== 0) return (0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(host) !== 0 && inNetwork(host, name, (0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIPv6)(name) ? 128 : 32);
  return isOfDomain(host, name);
}

/** Go takes addresses for names here, too: `.0.7` is the end of `10.0.0.7`. `example.com` is that host and all below it, `.example.com` and `*.example.com` only those below. */
function isOfDomain(host        , entry        )          {
  const wild = entry.startsWith('*.') ? entry.slice(1) : entry;
  const below = wild.startsWith('.');
  const written = below ? wild.slice(1) : wild;
  if (written === '') return false;
  // What is ASCII stays as it is: `0.7` would become an address.
  const domain = /^[\0-\x7f]*$/.test(written) ? written : (0,node_url__WEBPACK_IMPORTED_MODULE_1__.domainToASCII)(written) || written;
  return host.endsWith(`.${domain}`) || (!below && host === domain);
}

/** `host:port`, `[IPv6]:port`, or a host alone, whose `only` port is empty. */
function splitPort(entry        )                                                   {
  const [, name = entry, only = ''] = /^(\[[^\]]*\]|[^:]*):([^:]*)$/.exec(entry) ?? [];
  return { name: name.replace(/^\[(.*)\]$/, '$1'), only };
}

function isNetwork(address        , prefix        )          {
  return ((0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(address) === 4 && prefix <= 32) || ((0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(address) === 6 && prefix <= 128);
}

function inNetwork(host        , address        , prefix        )          {
  const network = new node_net__WEBPACK_IMPORTED_MODULE_0__.BlockList();
  network.addSubnet(address, prefix, familyOf(address));
  return network.check(host, familyOf(host));
}

function isLoopback(host        )          {
  if ((0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(host) === 0) return false;
  return inNetwork(host, '127.0.0.0', 8) || inNetwork(host, '::1', 128);
}

function familyOf(address        )                  {
  return (0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIPv6)(address) ? 'ipv6' : 'ipv4';
}

function decoded(text        )         {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}


/***/ }),

/***/ 1334:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   MG: () => (/* binding */ withSignals),
/* harmony export */   Te: () => (/* binding */ throwIfAborted),
/* harmony export */   Wh: () => (/* binding */ unlessAborted),
/* harmony export */   oS: () => (/* binding */ joinSignals),
/* harmony export */   v7: () => (/* binding */ pause)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8500);


/** The longest that a timer can run; one that is set to more fires at once. Milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** When to give up, and the reason that the signal then has. */
                            
                      
                         
                           
 

/** Several signals, and a time limit, as one. */
                               
                               
                                                                                         
                               
 

/**
 * A signal that is aborted as soon as one of the others is, with the same reason, or when the time is over.
 *
 * Not `AbortSignal.any`: the step's own signal outlives thousands of requests, and would remember each of them.
 */
function joinSignals(signals                        , limit            )               {
  const joined = new AbortController();
  const timer =
    limit && setTimeout(() => joined.abort(limit.reason), Math.min(Math.max(limit.after, 0), LONGEST_TIMER));
  const onAbort = () => joined.abort(signals.find((signal) => signal.aborted)?.reason);
  for (const signal of signals) signal.addEventListener('abort', onAbort, { once: true });
  // A signal that is aborted already tells nobody again.
  if (signals.some((signal) => signal.aborted)) onAbort();
  return {
    signal: joined.signal,
    release: () => {
      clearTimeout(timer);
      for (const signal of signals) signal.removeEventListener('abort', onAbort);
    },
  };
}

/** Does the work under one signal that stands for all of these, and for the time limit; releases it afterwards. */
async function withSignals         (
  signals                        ,
  limit                       ,
  work                                           ,
)                   {
  const { signal, release } = joinSignals(signals, limit);
  try {
    return await work(signal);
  } finally {
    release();
  }
}

/** What the work comes to, or the signal's reason as soon as it is aborted: work that does not heed it is left to itself. */
async function unlessAborted         (signal             , work                  )                   {
  return await new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** Throws the reason of the first signal that is aborted. */
function throwIfAborted(signals                        )       {
  for (const signal of signals) signal.throwIfAborted();
}

/** Lets time pass. Milliseconds. Throws the reason of a signal that is aborted before or meanwhile. */
async function pause(milliseconds        , signals                        )                {
  await withSignals(signals, undefined, async (signal) => {
    signal.throwIfAborted();
    await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(Math.min(milliseconds, LONGEST_TIMER), undefined, { signal }).catch(() => undefined);
    signal.throwIfAborted();
  });
}


/***/ })

};

