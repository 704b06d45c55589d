export const id = "settings-json";
export const ids = ["settings-json"];
export const modules = {

/***/ 4334:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   outlineJson: () => (/* binding */ outlineJson)
/* harmony export */ });
/** What can be told of a text of JSON without reading its values. */
                              
                                                                                                                            
                                              
                                                               
                         
 

const TOKEN = /"(?:[^"\\\n]|\\.)*"|[{}[\]:\n]/g;

/** Goes over a text once, whether it is JSON or not; what is wrong with it others tell. */
function outlineJson(text        )              {
  const lines = new Map                ();
  let line = 1;
  let open = 0;
  let depth = 0;
  let name                                                              ;
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '\n') line += 1;
    else if (token === '{' || token === '[') depth = Math.max(depth, ++open);
    else if (token === '}' || token === ']') open -= 1;
    else if (token !== ':') name = open === 1 ? { text: token, line } : undefined;
    else if (name !== undefined) {
      lines.set(unquote(name.text), name.line);
      name = undefined;
    }
  }
  return { lines, depth };
}

function unquote(token        )         {
  try {
    return JSON.parse(token)          ;
  } catch {
    return token.slice(1, -1);
  }
}


/***/ })

};

