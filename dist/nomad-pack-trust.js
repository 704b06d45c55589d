export const id = "nomad-pack-trust";
export const ids = ["nomad-pack-trust"];
export const modules = {

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

