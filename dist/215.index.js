export const id = 215;
export const ids = [215];
export const modules = {

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

/***/ 3215:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   logIn: () => (/* binding */ logIn)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2027);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1023);

                                               


/** A token that Nomad gave for the workflow's identity. */
                             
                                                         
                          
                              
                         
 

                       
                            
                              
                                  
 

/**
 * Exchanges the workflow's identity token for a Nomad token (`POST /v1/acl/login`).
 *
 * @param client one without a token.
 * @param identityToken asks the CI system for a JWT with that audience; what it throws is thrown on.
 * @throws ActionError `login` saying which part of the setup refused, with a snippet to paste.
 */
async function logIn(
  client             ,
  { method, audience }                                                         ,
  identityToken                                        ,
)                      {
  const LoginToken = await identityToken(audience);
  try {
    // A login has no effect but the token, so it may be sent again.
    const { body } = await client.post             (
      '/v1/acl/login',
      { AuthMethodName: method, LoginToken },
      { repeatable: true },
    );
    return { secret: body.SecretID, accessorId: body.AccessorID, expires: new Date(body.ExpirationTime) };
  } catch (error) {
    // A redirect is no refusal: the address is wrong.
    if (!(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .NomadResponseError */ .zY) || error.reason === 'nomad-address') throw error;
    throw refusal(error, method, audience);
  }
}

function refusal(error                    , method        , audience                    )              {
  const fail = (message        , hint        ) =>
    new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('login', `Nomad refused the login through auth method "${method}": ${message}`, {
      hint,
      cause: error,
    });
  const { words } = error;
  if (/^auth-method .* not found$/i.test(words)) {
    return fail(
      'there is no such method',
      `Set \`nomad_auth_method\` to one that \`nomad acl auth-method list\` shows, or create it:\n${methodSnippet(method, audience)}`,
    );
  }
  if (/audience/i.test(words)) {
    const asked = audience === undefined ? 'the default audience' : `the audience "${audience}"`;
    return fail(
      `the workflow’s token is for ${asked}, which the method does not accept`,
      `Set \`nomad_auth_audience\` to one of the method’s BoundAudiences, or add it there:\n${methodSnippet(method, audience)}`,
    );
  }
  if (/expired|expiration/i.test(words)) {
    return fail(
      'the workflow’s token has expired',
      'Compare the clocks of the runner and the Nomad servers; the method’s ClockSkewLeeway may allow for a difference.',
    );
  }
  if (/no role or policy bindings matched/i.test(words)) {
    return fail(
      'no binding rule matches this workflow',
      `Add a rule that matches its claims:\nnomad acl binding-rule create -auth-method ${method} -bind-type policy -bind-name deploy -selector 'value.repository == "OWNER/REPOSITORY"'`,
    );
  }
  if (/issuer|signature|unable to validate/i.test(words)) {
    return fail(
      `the method does not trust the workflow’s token: ${words}`,
      `Check its OIDCDiscoveryURL and BoundIssuer:\n${methodSnippet(method, audience)}`,
    );
  }
  return fail(words, 'Check that ACLs are on and that the method is of type JWT.');
}

/** The method as docs/authentication.md sets it up. */
function methodSnippet(method        , audience                    )         {
  const config = JSON.stringify({
    OIDCDiscoveryURL: 'https://token.actions.githubusercontent.com',
    BoundIssuer: ['https://token.actions.githubusercontent.com'],
    BoundAudiences: [audience ?? 'nomad'],
    ClaimMappings: { repository: 'repository', environment: 'environment', ref: 'ref' },
  });
  return `nomad acl auth-method create -name ${method} -type JWT -max-token-ttl 30m -token-locality local -config '${config}'`;
}


/***/ })

};

