export const id = "src-post";
export const ids = ["src-post"];
export const modules = {

/***/ 1546:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   post: () => (/* binding */ post)
/* harmony export */ });
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8161);
/* harmony import */ var _nomad_pack_host_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3800);
/* harmony import */ var _runner_commands_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2291);
/* harmony import */ var _runner_private_folder_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3107);




                                                        

/** What the step saved for its end. */
                              
                                                                                
                                    
                                                   
                                   
 

/**
 * The end of the step, also when it was cancelled or killed: ends a nomad-pack that is still running and removes the folder.
 * What the state names is touched only if it is what the step made. Never fails: the step has said how the deployment is.
 */
async function post({ path, key }             , environment             )                {
  if (path === undefined || path === '') return;
  try {
    const folder = await _runner_private_folder_js__WEBPACK_IMPORTED_MODULE_3__/* .PrivateFolder */ .o.reopen(path, key ?? '', environment['RUNNER_TEMP'] || (0,node_os__WEBPACK_IMPORTED_MODULE_0__.tmpdir)());
    if (folder === undefined) return;
    for (const pid of await folder.rememberedProcesses()) _nomad_pack_host_js__WEBPACK_IMPORTED_MODULE_1__/* .HOST */ .j.endTree(pid, 'SIGKILL');
    await folder.remove();
  } catch (error) {
    (0,_runner_commands_js__WEBPACK_IMPORTED_MODULE_2__/* .issueCommand */ .Lb)(
      'warning',
      `The folder ${path} could not be removed: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}


/***/ })

};

