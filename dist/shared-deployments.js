export const id = "shared-deployments";
export const ids = ["shared-deployments"];
export const modules = {

/***/ 1686:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ Reservations)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2027);

                                                             

/** A job that a deployment is about to register. */
                    
                      
                             
 

/**
 * Which deployment of a step registers which jobs: where two would register the same one at the same time, neither would find it there when
 * it looks who owns it.
 */
class Reservations {
           #holders = new Map                ();

  /**
   * Takes the jobs for a deployment.
   *
   * @param name of the deployment
   * @param cluster where the jobs go
   * @throws ActionError `job-conflict` where another deployment has one of them; then none is taken
   */
  take(name        , { address, region }                                           , jobs                     )       {
    const keys = jobs.map(({ id, namespace }) => JSON.stringify([address, region, namespace, id]));
    for (const [index, key] of keys.entries()) {
      const holder = this.#holders.get(key) ?? name;
      if (holder !== name) throw conflict(name, holder, jobs[index]);
    }
    for (const key of keys) this.#holders.set(key, name);
  }
}

function conflict(name        , holder        , job                      )              {
  return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ(
    'job-conflict',
    `Job ${job?.id} (${job?.namespace}) of \`${name}\` is one of \`${holder}\`, too, which this step deploys as well.`,
    {
      hint: 'Give the jobs of each deployment ids of their own, such as by a variable of the pack, or deploy them to different namespaces.',
    },
  );
}


/***/ })

};

