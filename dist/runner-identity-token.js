export const id = "runner-identity-token";
export const ids = ["runner-identity-token"];
export const modules = {

/***/ 9519:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   identityToken: () => (/* binding */ identityToken)
/* harmony export */ });
/* harmony import */ var zod_mini__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8395);
/* harmony import */ var zod_mini__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3759);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2027);
/* harmony import */ var _http_faults_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(486);
/* harmony import */ var _http_http_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4623);
/* harmony import */ var _http_patience_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4608);





                                                    

                                       
                                                                
                                    
                                                             
                                         
                               
                                       
 

const PATIENCE = { total: 20_000, attempts: 5, firstPause: 500 };
/** Milliseconds. */
const TIMEOUT = 10_000;
/** A token has two thousand. Bytes. */
const LARGEST_RESPONSE = 1024 * 1024;

const answer = zod_mini__WEBPACK_IMPORTED_MODULE_4__/* .object */ .Ikc({ value: zod_mini__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP().check(zod_mini__WEBPACK_IMPORTED_MODULE_5__/* ._minLength */ .m9(1)) });

/**
 * The workflow's OIDC token, as `getIDToken` of `@actions/core` asks for it; that one heeds no signal, and other proxies and
 * authorities than the rest of this action.
 *
 * @throws ActionError `login`; the signal's reason
 */
async function identityToken({ environment, audience, signal, log }                      )                  {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: address = '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer = '' } = environment;
  if (address === '' || bearer === '') throw notAllowed();
  const url = audience === undefined ? address : `${address}&audience=${encodeURIComponent(audience)}`;
  const http = new _http_http_js__WEBPACK_IMPORTED_MODULE_2__/* .Http */ .l({ environment });
  const signals = [signal];
  const onAgain = (words        ) => log(`GitHub gave no OIDC token (${words}), trying again`);
  const headers = { Accept: 'application/json', Authorization: `Bearer ${bearer}`, 'User-Agent': 'nomad-pack-action' };
  try {
    return await (0,_http_patience_js__WEBPACK_IMPORTED_MODULE_3__/* .persist */ .Zr)({ patience: PATIENCE, signals, onAgain }, async () => {
      try {
        const response = await http.send({ url, headers, timeout: TIMEOUT, limit: LARGEST_RESPONSE, signals });
        const { status, body } = response;
        if (status === 200) return readToken(body.toString('utf8'));
        const refused = noToken(`it answered with status ${status}`);
        throw status >= 500 || status === 429 ? new _http_patience_js__WEBPACK_IMPORTED_MODULE_3__/* .Again */ .Nj(`status ${status}`, () => refused) : refused;
      } catch (error) {
        if (error instanceof _http_patience_js__WEBPACK_IMPORTED_MODULE_3__/* .Again */ .Nj || error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ || signal.aborted) throw error;
        const { text } = (0,_http_faults_js__WEBPACK_IMPORTED_MODULE_1__/* .connectionFault */ .x$)(error);
        const failed = noToken(text, error);
        throw (0,_http_faults_js__WEBPACK_IMPORTED_MODULE_1__/* .isLasting */ .dJ)(error) ? failed : new _http_patience_js__WEBPACK_IMPORTED_MODULE_3__/* .Again */ .Nj(text, () => failed);
      }
    });
  } finally {
    await http.close();
  }
}

function readToken(text        )         {
  try {
    return answer.parse(JSON.parse(text)).value;
  } catch {
    // Not with its cause: that could hold what it could not read.
    const failed = noToken('its answer holds none');
    throw new _http_patience_js__WEBPACK_IMPORTED_MODULE_3__/* .Again */ .Nj('an answer without a token', () => failed);
  }
}

function notAllowed()              {
  return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ(
    'login',
    'The workflow may not ask for an OIDC token, which `nomad_auth_method` logs in with.',
    {
      hint: 'Add to the job:\n  permissions:\n    id-token: write\n    contents: read\nA pull request from a fork never gets one.',
    },
  );
}

function noToken(why        , cause          )              {
  return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('login', `GitHub gave no OIDC token: ${why}`, {
    hint: 'Run the job again; if it fails again, check `nomad_auth_audience` and the permissions of the job.',
    cause,
  });
}


/***/ })

};

