export const id = 98;
export const ids = [98];
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

/***/ 98:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   withAuthorities: () => (/* binding */ withAuthorities)
/* harmony export */ });
/* harmony import */ var _http_authorities_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(658);

                                                                 
                                                    

/**
 * The environment in which nomad-pack and git trust the same authorities as the action's own requests. By themselves neither heeds
 * NODE_EXTRA_CA_CERTS, and git heeds SSL_CERT_FILE no more; a GIT_SSL_CAINFO of the user's stays. On macOS and Windows Go's programs
 * trust what the system trusts, whatever the environment says.
 */
async function withAuthorities(environment             , folder               )                       {
  if (!(0,_http_authorities_js__WEBPACK_IMPORTED_MODULE_0__/* .namesAuthorities */ .AL)(environment)) return environment;
  const bundle = await folder.write('.nomad-pack-authorities.pem', `${(await (0,_http_authorities_js__WEBPACK_IMPORTED_MODULE_0__/* .authorities */ .eH)(environment)).join('\n')}\n`);
  return { ...environment, SSL_CERT_FILE: bundle, GIT_SSL_CAINFO: environment['GIT_SSL_CAINFO'] || bundle };
}


/***/ })

};

