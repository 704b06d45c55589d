export const id = 665;
export const ids = [665];
export const modules = {

/***/ 665:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   operate: () => (/* binding */ operate)
/* harmony export */ });
/* harmony import */ var _operations_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4582);

                                           
                                                        
                                        

/** Runs the operation that the settings ask for. */
async function operate(settings          , tools       )                  {
  if (settings.operation === 'setup') {
    const setup = await _operations_js__WEBPACK_IMPORTED_MODULE_0__/* .OPERATIONS */ .x.setup.load();
    return await setup(settings, tools);
  }
  const work = await _operations_js__WEBPACK_IMPORTED_MODULE_0__/* .OPERATIONS */ .x[settings.operation].load();
  return await work(settings, tools);
}


/***/ })

};

