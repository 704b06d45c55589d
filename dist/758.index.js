export const id = 758;
export const ids = [758];
export const modules = {

/***/ 194:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   At: () => (/* binding */ declaredVariables),
/* harmony export */   NF: () => (/* binding */ registryCommit),
/* harmony export */   Zk: () => (/* binding */ requirePack),
/* harmony export */   tJ: () => (/* binding */ placeDirectory),
/* harmony export */   x9: () => (/* binding */ packPath)
/* harmony export */ });
/* unused harmony export registryFolder */
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var node_path_posix__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3916);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2027);
/* harmony import */ var _nearest_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9278);





                                                                               


/** Where nomad-pack keeps registries, relative to the folder that it runs in: the user cache directory of Go, `os.UserCacheDir`. */
const CACHE = process.platform === 'darwin' ? 'Library/Caches/nomad/packs' : '.cache/nomad/packs';

                                                                    

/** The folder of one registry at one ref, as nomad-pack names it: a slash in the ref becomes `!_`. */
function registryFolder(root        , registry                  )         {
  return (0,node_path_posix__WEBPACK_IMPORTED_MODULE_3__.join)(root, CACHE, registry.name, escapeRef(registry.ref));
}

/** The path of a pack in the cache as nomad-pack records it in a job, relative to the folder that it runs in. */
function packPath(pack        , registry                  )         {
  return (0,node_path_posix__WEBPACK_IMPORTED_MODULE_3__.join)(CACHE, registry.name, escapeRef(registry.ref), `${pack}@${escapeRef(registry.ref)}`);
}

/**
 * Files a pack of the workspace where nomad-pack looks for one of a registry: its path is then the same on every runner.
 *
 * @throws ActionError `input` for a link in it that leads out of the workspace, or round in circles
 */
async function placeDirectory(
  root        ,
  pack               ,
  registry                  ,
  workspace        ,
)                {
  const folder = (0,node_path_posix__WEBPACK_IMPORTED_MODULE_3__.join)(root, packPath(pack.name, registry));
  await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)((0,node_path_posix__WEBPACK_IMPORTED_MODULE_3__.join)(folder, '..'), { recursive: true });
  const roots = await Promise.all([pack.path, workspace].map(async (path) => await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.realpath)(path)));
  let entries = 0;
  await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.cp)(pack.path, folder, {
    recursive: true,
    dereference: true,
    filter: async (source) => {
      if ((0,node_path__WEBPACK_IMPORTED_MODULE_2__.basename)(source) === '.git') return false;
      entries += 1;
      if (entries > MOST_ENTRIES)
        throw refused(pack, `holds more than ${MOST_ENTRIES} files, or links that lead round in circles`);
      await refuseLinkOut(pack, source, roots);
      return true;
    },
  });
}

/** Many times what a pack has. */
const MOST_ENTRIES = 5_000;

/** What is in the workspace may come from a pull request, and what is in the pack ends up in jobs, logs and comments. */
async function refuseLinkOut(pack               , source        , roots                   )                {
  const name = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.relative)(pack.path, source);
  const real = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.realpath)(source).catch(() => {
    throw refused(pack, `holds the link \`${name}\`, which leads nowhere`);
  });
  if (roots.some((root) => real === root || real.startsWith(`${root}${node_path__WEBPACK_IMPORTED_MODULE_2__.sep}`))) return;
  throw refused(pack, `holds the link \`${name}\`, which leads out of the workspace`);
}

function refused({ written }               , why        )              {
  return new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .ActionError */ .lZ('input', `The pack \`${written}\` ${why}.`, {
    hint: 'Put files in the place of links, or let the links lead to files of the workspace.',
  });
}

/**
 * Makes sure that a pack is there.
 *
 * @throws ActionError that lists the packs that are, the nearest name first
 */
async function requirePack(root        , pack        , registry                  )                {
  const suffix = `@${escapeRef(registry.ref)}`;
  const entries = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)(registryFolder(root, registry)).catch(() => []);
  const packs = entries.filter((entry) => entry.endsWith(suffix)).map((entry) => entry.slice(0, -suffix.length));
  if (packs.includes(pack)) return;
  const [nearest] = (0,_nearest_js__WEBPACK_IMPORTED_MODULE_5__/* .nearestFirst */ .F)(pack, packs);
  const asked = registry.target === undefined ? '`pack`' : '`pack` and `registry_target`';
  throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .ActionError */ .lZ(
    registry.target === undefined ? 'pack-not-found' : 'registry-target-not-found',
    `The registry ${registry.source} has no pack \`${pack}\` at \`${registry.ref}\`. It has: ${
      (0,_nearest_js__WEBPACK_IMPORTED_MODULE_5__/* .nearestFirst */ .F)(pack, packs)
        .map((name) => `\`${name}\``)
        .join(', ') || 'none'
    }.`,
    {
      hint:
        nearest === undefined
          ? 'A registry keeps its packs in a folder `packs/`. Check `registry_source` and `registry_ref`.'
          : `Set ${asked} to one of them; did you mean \`${nearest}\`?`,
    },
  );
}

/** The names of the variables that a pack declares; empty where that cannot be read. */
function declaredVariables(root        , pack        , registry                  )           {
  try {
    const text = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)((0,node_path_posix__WEBPACK_IMPORTED_MODULE_3__.join)(root, packPath(pack, registry), 'variables.hcl'), 'utf8');
    return [...text.matchAll(/^variable\s+"([^"]+)"/gm)].map(([, name = '']) => name);
  } catch {
    return [];
  }
}

/** The commit that nomad-pack noted for the registry. */
async function registryCommit(root        , registry                  )                              {
  const text = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readFile)((0,node_path_posix__WEBPACK_IMPORTED_MODULE_3__.join)(registryFolder(root, registry), 'metadata.json'), 'utf8').catch(() => '');
  return /"local_ref"\s*:\s*"([0-9a-f]{40,64})"/.exec(text)?.[1];
}

function escapeRef(ref        )         {
  return ref.replaceAll('/', '!_');
}


/***/ }),

/***/ 2733:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   SP: () => (/* binding */ explainFailure),
/* harmony export */   df: () => (/* binding */ describePlace),
/* harmony export */   gQ: () => (/* binding */ wrongType),
/* harmony export */   qt: () => (/* binding */ packFile)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2027);
/* harmony import */ var _nearest_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9278);
/* harmony import */ var _output_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3623);
/* harmony import */ var _variable_files_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1274);





                                 
                                             
                           
                                          
                                                                                                   
                                                            
                                                                                           
                                             
 

                       
                                 
                           
                        
                                               
 

/** What nomad-pack's output of a command that failed means to the user; never a guess: what is not known is shown as it is. */
function explainFailure(output        , exitCode        , context                )              {
  const blocks = (0,_output_js__WEBPACK_IMPORTED_MODULE_1__/* .parseErrorBlocks */ .c3)(output).map((block) => ({ ...block, error: withoutCount(block.error) }));
  const [block] = blocks;
  const unhealthy = block && rolloutFailure(block);
  if (unhealthy !== undefined) return unhealthy;
  if (block === undefined || block.error === '') {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ(
      'output-not-understood',
      `\`nomad-pack ${context.command}\` ended with exit code ${exitCode} and said nothing that this action understands:\n${(0,_output_js__WEBPACK_IMPORTED_MODULE_1__/* .tail */ .RT)(output)}`,
      {
        hint: 'The lines above are nomad-pack’s own. Run again with debug logging (ACTIONS_STEP_DEBUG) for all of them.',
      },
    );
  }
  const explained =
    explainTitle(block) ??
    explainMissing(blocks) ??
    explainUndeclared(blocks, context) ??
    explainPackFile(block, context) ??
    explainPack(block, context) ??
    explainNomad(block) ??
    explainRest(block, context);
  const { reason, message, hint, location } = explained;
  return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ(reason, message, { hint, ...(location !== undefined && { location }) });
}

/** Nomad counts its errors first (`1 error occurred:`) and lists them below: the first line would say nothing. */
function withoutCount(error        )         {
  return error.replace(/\d+ errors? occurred:\s*\* /g, '');
}

/** `run` of a version that watches the rollout itself has no more to say of one that fails than a title. */
function rolloutFailure({ title, error }            )                          {
  const words = /^\S+: (Deployment "[^"]+" failed)$/.exec(title)?.[1];
  if (words === undefined || error !== '') return undefined;
  return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('unhealthy', `nomad-pack says: ${words}.`, {
    hint: 'Look at the events and logs of its tasks.',
  });
}

/** Variables that are missing: nomad-pack tells all of them, a block each. */
function explainMissing(blocks                       )                          {
  const missing = blocks.flatMap(({ error, context }) => {
    const [, name, description = ''] = /missing required variable: "([^"]*)"(?: \(([\s\S]*)\))?/.exec(error) ?? [];
    return name === undefined ? [] : [{ name, description: description.replace(/\s+/g, ' '), pack: packOf(context) }];
  });
  if (missing.length === 0) return undefined;
  const sentences = missing.map(
    ({ name, description, pack }) =>
      `Pack \`${pack}\` needs the variable \`${name}\`${description === '' ? '' : ` (${description})`}, which has no default.`,
  );
  return {
    reason: 'variable-missing',
    message: sentences.join('\n'),
    hint: `Set ${inCode(missing.map(({ name }) => name))} in \`variables\`, \`secret_variables\` or one of \`variable_files\`.`,
  };
}

/** Variables that the pack does not have, likewise. */
function explainUndeclared(
  blocks                       ,
  { files, declared }                ,
)                          {
  const undeclared = blocks.flatMap(({ error, context }) => {
    const name = /no variable named "([^"]*)"/.exec(error)?.[1];
    const place = (0,_variable_files_js__WEBPACK_IMPORTED_MODULE_2__/* .explainPlace */ .jk)(files, context['HCL Range'] ?? '');
    return name === undefined ? [] : [{ name, place, pack: packOf(context) }];
  });
  const [first] = undeclared;
  if (first === undefined) return undefined;
  const sentences = undeclared.map(
    ({ name, place, pack }) =>
      `Pack \`${pack}\` has no variable \`${name}\`, which is set${place === undefined ? '' : describePlace(place.file, place.location)}.`,
  );
  const nearest = (0,_nearest_js__WEBPACK_IMPORTED_MODULE_3__/* .nearestFirst */ .F)(first.name, declared()).slice(0, 3);
  const help = nearest.length === 0 ? '' : ` Most like \`${first.name}\`: ${inCode(nearest)}.`;
  return {
    reason: 'variable-undeclared',
    message: sentences.join('\n'),
    hint: `Check the spelling against the pack’s variables.hcl, or drop ${inCode(undeclared.map(({ name }) => name))}.${help}`,
    location: first.place?.location,
  };
}

function inCode(names                   )         {
  return names.map((name) => `\`${name}\``).join(', ');
}

/** Mistakes in the pack's own files that are no templates. nomad-pack names the file in the block's context, or in the words of the error. */
function explainPackFile({ error, context }            , { locate }                )                          {
  const [, unloadable] = /failed to (?:load|validate) (?:dependent )?pack(?: dependency)?: ([\s\S]*)/.exec(error) ?? [];
  const [, file, line, words] =
    /^failed to decode (metadata\.hcl): metadata\.hcl:(\d+),[\d,-]+: ([\s\S]*)/.exec(unloadable ?? '') ?? [];
  const place = packFile(context['HCL Range'] ?? '') ?? (file === undefined ? undefined : { file, line: Number(line) });
  if (place === undefined && unloadable === undefined) return undefined;
  const pack = packOf(context);
  const what =
    place === undefined
      ? `Pack \`${pack}\` cannot be used`
      : `The ${place.file} of pack \`${pack}\` is wrong in line ${place.line}`;
  const found = place && locate(`${pack}/${place.file}`);
  return {
    reason: 'pack-invalid',
    message: `${what}: ${words ?? unloadable ?? error}`,
    hint: 'Correct the pack: it needs a folder `templates/` and the files `metadata.hcl` and `variables.hcl`.',
    ...(place !== undefined && found !== undefined && { location: { file: found, line: place.line } }),
  };
}

/** The file of the pack that a place in nomad-pack's cache is in, `.../web@v1.0.0/variables.hcl:3,13-16`, and the line there. */
function packFile(range        )                                                               {
  const [, file, line] = /@[^/\\]*[/\\](.+\.hcl):(\d+),/.exec(range) ?? [];
  return file === undefined ? undefined : { file, line: Number(line) };
}

function packOf(context                       )         {
  return context['Pack Name'] ?? 'the pack';
}

/** Mistakes in files of variables, templates and job specifications. */
function explainPack(block            , { files, locate }                )                          {
  const { error, context } = block;
  const place = (0,_variable_files_js__WEBPACK_IMPORTED_MODULE_2__/* .explainPlace */ .jk)(files, context['HCL Range'] ?? '');
  const where = place === undefined ? '' : describePlace(place.file, place.location);
  if (/not compatible with the variable's type constraint/.test(error)) {
    return wrongType(packOf(context), place?.variable, error.split('constraint: ')[1] ?? error, where, place?.location);
  }
  if (place !== undefined || /error loading variable file|Cannot read from/.test(error)) {
    return {
      reason: 'variable-file',
      message: `The variables${where} cannot be read: ${error}`,
      hint: 'Correct that file. Files of variables are HCL (`name = value`), JSON or YAML, by their suffix.',
      location: place?.location,
    };
  }
  if (/no templates were rendered|no parsed templates found/.test(error)) {
    return {
      reason: 'job-specification',
      message: `The pack \`${packOf(context)}\` renders to no job: it has no template, or each of them comes out empty.`,
      hint: 'Look at the conditions in its templates and at the variables that they look at. Templates of jobs have names that end in `.nomad.tpl`.',
    };
  }
  if (context['Filename'] !== undefined) return explainTemplate(error, context, locate);
  const template = context['Template Name'];
  if (/Failed to parse job/i.test(error)) {
    const [, line, , problem] = /input\.hcl:(\d+),(\d+)(?:-[\d,]+)?: ([\s\S]*?)\)?$/.exec(error) ?? [];
    return {
      reason: 'job-specification',
      message: `The job specification that ${template ?? 'the pack'} renders to is wrong${line === undefined ? '' : ` in line ${line}`}: ${problem ?? error}`,
      hint: 'Render the pack (`operation: render`) to see the line. The template or a variable has to be corrected.',
      ...(template !== undefined && locate(template) !== undefined && { location: { file: locate(template) ?? '' } }),
    };
  }
  return undefined;
}

/** Where a template cannot even be read, its place is in nomad-pack's message alone. */
function explainTemplate(error        , context                       , locate                          )              {
  const [, unread, at, problem] = /^template: (.*?):(\d+):(?:\d+:)? ([\s\S]*)$/.exec(error) ?? [];
  const name = context['Filename'] || unread || '';
  const [line, column] = (context['Position'] || at || '').split(',').map(Number);
  const file = locate(name);
  return {
    reason: 'template',
    message: `The template ${name}${line ? `, line ${line}` : ''}, fails: ${problem ?? error}`,
    hint: 'The pack’s template has to be corrected, or a variable that it looks at set differently.',
    ...(file !== undefined && { location: { file, ...(line && { line }), ...(column && { column }) } }),
  };
}

/** ` in \`variables\``, ` in \`prod.yaml\`, line 3`; the words that follow the name of a variable. */
function describePlace({ origin }              , location                          )         {
  return location === undefined ? ` in \`${origin}\`` : ` in \`${location.file}\`, line ${location.line}`;
}

/** What a value of another type than the pack declares is told as; shared with the check that finds it. */
function wrongType(
  pack        ,
  variable                    ,
  wanted        ,
  where        ,
  location               ,
)              {
  return {
    reason: 'variable-type',
    message: `${variable === undefined ? 'A variable' : `The variable \`${variable}\``} of pack \`${pack}\`${where} has a value of the wrong type: ${wanted}`,
    hint: 'Give it a value of the type that the pack’s variables.hcl declares.',
    location,
  };
}

/** Trouble with the cluster, as nomad-pack met it. */
function explainNomad({ error }            )                          {
  if (/unsupported protocol scheme|missing protocol scheme|invalid (?:port|URL)/.test(error)) {
    return {
      reason: 'nomad-address',
      message: `nomad-pack cannot use the address of Nomad: ${error}`,
      hint: 'Set `nomad_addr` to an address like `https://nomad.example.com:4646`.',
    };
  }
  if (/x509:|tls:|certificate (?:signed|is not|has expired)/.test(error)) {
    return {
      reason: 'nomad-tls',
      message: `nomad-pack could not agree with Nomad on TLS: ${error}`,
      hint: 'Check `nomad_cacert`, `nomad_client_cert`, `nomad_client_key` and `nomad_tls_server_name`.',
    };
  }
  if (/dial (?:tcp|unix)|connection refused|no such host|i\/o timeout|EOF$/.test(error)) {
    return {
      reason: 'nomad-unreachable',
      message: `nomad-pack could not reach Nomad: ${error}`,
      hint: 'Check `nomad_addr`, and that the runner may reach it.',
    };
  }
  if (/response code: 403|Permission denied/.test(error)) {
    return {
      reason: 'nomad-auth',
      message: `Nomad refused what nomad-pack asked for: ${error}`,
      hint: 'Check `nomad_token` and its policies; docs/authentication.md lists what each operation needs.',
    };
  }
  if (/nonexistent namespace/.test(error)) {
    return {
      reason: 'nomad-namespace',
      message: `There is no such namespace: ${/job "[^"]*" is in nonexistent namespace "[^"]*"/.exec(error)?.[0] ?? error}`,
      hint: 'Create the namespace, or correct `nomad_namespace` (or the `namespace` in the pack’s template).',
    };
  }
  return undefined;
}

/** Where the title tells; the names of jobs and packs in the error itself may look like anything. */
function explainTitle({ title, error, context }            )                          {
  if (title === 'Failed Job Conflict Validation') {
    return {
      reason: 'job-conflict',
      message: `Nomad has such a job already: ${error}`,
      hint: 'Deploy under the name that it belongs to (`deployment_name`), or give the job another name through a variable of the pack.',
    };
  }
  if (title === 'Failed To Register Job Due To Check Index Failure') {
    return {
      reason: 'plan-changed',
      message: `Somebody else changed the job meanwhile: ${error}`,
      hint: 'Plan again, and review what would change now.',
    };
  }
  if (title === 'Failed To Find Pack') {
    return {
      reason: 'pack-not-found',
      message: `There is no pack \`${context['Pack Name'] ?? ''}\` in the registry.`,
      hint: 'Check `pack`, `registry_source` and `registry_ref`.',
    };
  }
  return undefined;
}

function explainRest({ title, error }            , { command }                )              {
  return {
    reason: 'nomad-pack-failed',
    message: `\`nomad-pack ${command}\` failed: ${title}: ${error}`,
    hint: 'The words above are nomad-pack’s own.',
  };
}


/***/ }),

/***/ 9278:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ nearestFirst)
/* harmony export */ });
/** The names, the ones most like the wanted one first (by edit distance, then by the alphabet). */
function nearestFirst(wanted        , names                   )           {
  return names
    .map((name) => ({ name, distance: editDistance(wanted.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name);
}

/** How many letters have to be added, dropped, changed, or swapped with the next one to make one text of the other. */
function editDistance(a        , b        )         {
  let beforeThat           = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = swapped ? (beforeThat[j - 2] ?? 0) + 1 : substitution;
      current.push(Math.min(substitution, swap, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    beforeThat = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}


/***/ }),

/***/ 1274:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  jk: () => (/* binding */ explainPlace),
  jy: () => (/* binding */ locateVariable),
  XD: () => (/* binding */ prepareVariables)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./build/js/nomad-pack/hcl-assignments.js
/** A variable that a file of HCL sets. */
                             
                        
                                                                                                                                
                              
                                       
                        
 

/** Many times what a file of variables has. Characters. */
const LONGEST = 1024 * 1024;

const BLANK = /(?:\s|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
const NAME_AND_SIGN = /([\p{ID_Start}_][\p{ID_Continue}-]*)[ \t]*=(?!=)[ \t]*/uy;
/** A text of a single line; one with `${` or `%{` in it is a computation, and no part of this. */
const TEXT = /"(?:\\.|\$\$\{|%%\{|[$%](?!\{)|[^"\\\n$%])*"/y;
const HEREDOC = /<<-?([\p{ID_Start}_][\p{ID_Continue}-]*)[ \t]*\r?\n(?:[\s\S]*?\n)??[ \t]*\1(?=\r?\n|$)/uy;
const WORD = /-?\d[\d.eE+-]*|true\b|false\b/y;
const END_OF_LINE = /[ \t]*(?:(?:#|\/\/)[^\n]*)?(?=\r?\n|$)/y;
const WITHIN_BRACKETS = /[^[\](){}"#/<]+|\/|<(?!<)/y;

/**
 * The variables that a text of HCL sets, as far as their values are plain. It does not tell right from wrong, which nomad-pack does: it
 * finds where a value begins and ends, and goes no further than to the first thing that it does not know.
 */
function readAssignments(text        )               {
  if (text.length > LONGEST) return [];
  const found               = [];
  let at = 0;
  let line = 1;
  const take = (pattern        )                              => {
    pattern.lastIndex = at;
    const match = pattern.exec(text) ?? undefined;
    if (match !== undefined) at += match[0].length;
    return match;
  };
  /** What stands in brackets, the opening one taken already; false where they are not closed. */
  const takeBrackets = ()          => {
    for (let depth = 1; depth > 0; ) {
      const sign = take(/[[({]/y) ?? take(/[\])}]/y);
      if (sign !== undefined) depth += /[[({]/.test(sign[0]) ? 1 : -1;
      else if (!(take(TEXT) ?? take(HEREDOC) ?? take(/#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\//y) ?? take(WITHIN_BRACKETS)))
        return false;
    }
    return true;
  };

  for (;;) {
    line += linesOf(take(BLANK)?.[0]);
    const name = take(NAME_AND_SIGN)?.[1];
    if (name === undefined) return found;
    const from = at;
    const isPlain = (take(TEXT) ?? take(WORD)) !== undefined || (take(/[[{]/y) !== undefined && takeBrackets());
    if (!isPlain && take(HEREDOC) === undefined) return found;
    const expression = text.slice(from, at);
    if (take(END_OF_LINE) === undefined) return found;
    if (isPlain) found.push({ name, expression, line });
    line += linesOf(expression);
  }
}

function linesOf(text = '')         {
  return text.split('\n').length - 1;
}

;// CONCATENATED MODULE: ./build/js/nomad-pack/variable-files.js


                                                 
                                                          
                                                                               


/** A file of variables as nomad-pack is given it, and what it stands for. */
                               
                                        
                        
                                      
                          
                                                                   
                                
                                                                     
                                        
                                       
                                                            
                                                                                                         
                                               
                                                                                        
                                               
 

/**
 * Puts the variables into files of the private folder, in the order in which later ones win: the user's files, `variables`,
 * `secret_variables`. The names sort in that order, because nomad-pack 0.4 sorts the files by path whatever the command line says.
 */
async function prepareVariables(variables                  , folder               )                          {
  const prepared                 = [];
  const nameOf = (label        , kind        ) => `${String(prepared.length + 1).padStart(4, '0')}-${label}.${kind}`;
  for (const file of variables.files) {
    const label = (0,external_node_path_.basename)(file.path)
      .replace(/\.[^.]*$/, '')
      .replace(/[^A-Za-z0-9_-]/g, '_');
    const text = await (0,promises_.readFile)(file.path, 'utf8');
    // Loaded where there is a file to read: most steps have none.
    const { keyLines, parseYamlMapping } = await Promise.all(/* import() */[__webpack_require__.e(815), __webpack_require__.e(295)]).then(__webpack_require__.bind(__webpack_require__, 5295));
    if (file.kind === 'yaml') {
      const written = await writeJson(folder, nameOf(label, 'json'), file.written, parseYamlMapping(text));
      prepared.push({ ...written, lines: keyLines(text) });
    } else {
      const name = nameOf(label, file.kind);
      await folder.write(name, text);
      const values = file.kind === 'json' ? readJson(text) : undefined;
      prepared.push({
        name,
        origin: file.written,
        sameLinesAs: file.written,
        variables: [],
        ...(values !== undefined && { values, lines: keyLines(text) }),
        ...(file.kind === 'hcl' && setByHcl(text)),
      });
    }
  }
  for (const [label, origin, mapping] of [
    ['variables', 'variables', variables.plain],
    ['secret-variables', 'secret_variables', variables.secret],
  ]         ) {
    if (Object.keys(mapping).length > 0) prepared.push(await writeJson(folder, nameOf(label, 'json'), origin, mapping));
  }
  return prepared;
}

/** What a place in one of the prepared files is to the user: a line of a file of theirs, or a variable of an input. */
function explainPlace(
  files                         ,
  range        ,
)                                                                                                            {
  const [, name, lineText] = /^(?:.*\/)?([^/:]+):(\d+),/.exec(range) ?? [];
  const file = files.find((candidate) => candidate.name === name);
  if (file === undefined) return undefined;
  const line = Number(lineText);
  const variable = file.variables[line - 1];
  const location =
    file.sameLinesAs === undefined ? locateVariable(file, variable ?? '') : { file: file.sameLinesAs, line };
  return {
    file,
    ...(variable !== undefined && variable !== '' && { variable }),
    ...(location !== undefined && { location }),
  };
}

/** Where a file of the user's sets a variable, where that is known. */
function locateVariable({ origin, lines }              , variable        )                           {
  const line = lines?.get(variable);
  return line === undefined ? undefined : { file: origin, line };
}

function setByHcl(text        )                                              {
  const assignments = readAssignments(text);
  return { assignments, lines: new Map(assignments.map(({ name, line }) => [name, line])) };
}

/** Nothing of a text that is no JSON, or no mapping: nomad-pack says what is wrong with it. */
function readJson(text        )                                            {
  try {
    const value          = JSON.parse(text);
    return typeof value === 'object' && !Array.isArray(value)
      ? ((value ?? undefined)                                             )
      : undefined;
  } catch {
    return undefined;
  }
}

/** One variable a line, so that the line that nomad-pack complains of names the variable. */
async function writeJson(
  folder               ,
  name        ,
  origin        ,
  mapping                                         ,
)                        {
  const members = Object.entries(mapping).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  await folder.write(name, `{\n${members.join(',\n')}\n}\n`);
  return { name, origin, variables: ['', ...Object.keys(mapping)], values: mapping };
}


/***/ })

};

