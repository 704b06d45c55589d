export const id = "nomad-login";
export const ids = ["nomad-login"];
export const modules = {

/***/ 3215:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   exchangeToken: () => (/* binding */ exchangeToken)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2027);
/* harmony import */ var _api_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7898);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1023);


                                               


/** A token that Nomad gave for the workflow's identity. */
                             
                                                         
                          
                              
                         
 

/**
 * Exchanges the workflow's identity token for a Nomad token (`POST /v1/acl/login`).
 *
 * @param client one without a token.
 * @param identityToken asks the CI system for a JWT with that audience; what it throws is thrown on.
 * @throws ActionError `login` saying which part of the setup refused, with a snippet to paste.
 */
async function exchangeToken(
  client             ,
  { method, audience }                                                         ,
  identityToken                                        ,
)                      {
  const LoginToken = await identityToken(audience);
  try {
    // A login has no effect but the token, so it may be sent again.
    const { body } = await client.post(
      '/v1/acl/login',
      _api_js__WEBPACK_IMPORTED_MODULE_1__/* .loginAnswerSchema */ .bk,
      { AuthMethodName: method, LoginToken },
      { repeatable: true },
    );
    return { secret: body.SecretID, accessorId: body.AccessorID, expires: new Date(body.ExpirationTime) };
  } catch (error) {
    // A redirect is not a refusal: the address is wrong. Nor is what a gateway says one of Nomad's.
    if (!(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .NomadResponseError */ .zY) || error.reason === 'nomad-address' || (0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .isOfGateway */ .a7)(error)) throw error;
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

