export const id = 758;
export const ids = [758,295];
export const modules = {

/***/ 194:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   NF: () => (/* binding */ registryCommit),
/* harmony export */   Zk: () => (/* binding */ requirePack),
/* harmony export */   tJ: () => (/* binding */ placeDirectory),
/* harmony export */   x9: () => (/* binding */ packPath)
/* harmony export */ });
/* unused harmony export registryFolder */
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var node_path_posix__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3916);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2027);
/* harmony import */ var _nearest_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9278);




                                                                               


/** Where nomad-pack keeps registries, relative to the folder that it runs in: the user cache directory of Go, `os.UserCacheDir`. */
const CACHE = process.platform === 'darwin' ? 'Library/Caches/nomad/packs' : '.cache/nomad/packs';

                                                                    

/** The folder of one registry at one ref, as nomad-pack names it: a slash in the ref becomes `!_`. */
function registryFolder(root        , registry                  )         {
  return (0,node_path_posix__WEBPACK_IMPORTED_MODULE_2__.join)(root, CACHE, registry.name, escapeRef(registry.ref));
}

/** The path of a pack in the cache as nomad-pack records it in a job, relative to the folder that it runs in. */
function packPath(pack        , registry                  )         {
  return (0,node_path_posix__WEBPACK_IMPORTED_MODULE_2__.join)(CACHE, registry.name, escapeRef(registry.ref), `${pack}@${escapeRef(registry.ref)}`);
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
  const folder = (0,node_path_posix__WEBPACK_IMPORTED_MODULE_2__.join)(root, packPath(pack.name, registry));
  await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)((0,node_path_posix__WEBPACK_IMPORTED_MODULE_2__.join)(folder, '..'), { recursive: true });
  const roots = await Promise.all([pack.path, workspace].map(async (path) => await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(path)));
  let entries = 0;
  await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.cp)(pack.path, folder, {
    recursive: true,
    dereference: true,
    filter: async (source) => {
      if ((0,node_path__WEBPACK_IMPORTED_MODULE_1__.basename)(source) === '.git') return false;
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
  const name = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(pack.path, source);
  const real = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(source).catch(() => {
    throw refused(pack, `holds the link \`${name}\`, which leads nowhere`);
  });
  if (roots.some((root) => real === root || real.startsWith(`${root}${node_path__WEBPACK_IMPORTED_MODULE_1__.sep}`))) return;
  throw refused(pack, `holds the link \`${name}\`, which leads out of the workspace`);
}

function refused({ written }               , why        )              {
  return new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .ActionError */ .lZ('input', `The pack \`${written}\` ${why}.`, {
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
  const entries = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(registryFolder(root, registry)).catch(() => []);
  const packs = entries.filter((entry) => entry.endsWith(suffix)).map((entry) => entry.slice(0, -suffix.length));
  if (packs.includes(pack)) return;
  const [nearest] = (0,_nearest_js__WEBPACK_IMPORTED_MODULE_4__/* .nearestFirst */ .F)(pack, packs);
  const asked = registry.target === undefined ? '`pack`' : '`pack` and `registry_target`';
  throw new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .ActionError */ .lZ(
    registry.target === undefined ? 'pack-not-found' : 'registry-target-not-found',
    `The registry ${registry.source} has no pack \`${pack}\` at \`${registry.ref}\`. It has: ${
      (0,_nearest_js__WEBPACK_IMPORTED_MODULE_4__/* .nearestFirst */ .F)(pack, packs)
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

/** The commit that nomad-pack noted for the registry. */
async function registryCommit(root        , registry                  )                              {
  const text = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)((0,node_path_posix__WEBPACK_IMPORTED_MODULE_2__.join)(registryFolder(root, registry), 'metadata.json'), 'utf8').catch(() => '');
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
/* harmony export */   gQ: () => (/* binding */ wrongType)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2027);
/* harmony import */ var _output_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3623);
/* harmony import */ var _variable_files_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6560);




                                 
                                             
                           
                                          
                                                                                                   
                                                            
 

                       
                                 
                           
                        
                                               
 

/** What nomad-pack's output of a command that failed means to the user; never a guess: what is not known is shown as it is. */
function explainFailure(output        , exitCode        , context                )              {
  const [first] = (0,_output_js__WEBPACK_IMPORTED_MODULE_1__/* .parseErrorBlocks */ .c3)(output);
  const block = first && { ...first, error: withoutCount(first.error) };
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
    explainTitle(block) ?? explainPack(block, context) ?? explainNomad(block) ?? explainRest(block, context);
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

/** Mistakes in variables, templates and job specifications. */
function explainPack(block            , { files, locate }                )                          {
  const { error, context } = block;
  const pack = context['Pack Name'] ?? 'the pack';
  const missing = /missing required variable: "([^"]*)"/.exec(error)?.[1];
  if (missing !== undefined) {
    return {
      reason: 'variable-missing',
      message: `Pack \`${pack}\` needs the variable \`${missing}\`, which has no default (${error}).`,
      hint: `Set \`${missing}\` in \`variables\`, \`secret_variables\` or one of \`variable_files\`.`,
    };
  }
  const place = (0,_variable_files_js__WEBPACK_IMPORTED_MODULE_2__/* .explainPlace */ .jk)(files, context['HCL Range'] ?? '');
  const where = place === undefined ? '' : describePlace(place.file, place.location);
  const undeclared = /no variable named "([^"]*)"/.exec(error)?.[1];
  if (undeclared !== undefined) {
    return {
      reason: 'variable-undeclared',
      message: `Pack \`${pack}\` has no variable \`${undeclared}\`, which is set${where}.`,
      hint: `Check the spelling against the pack’s variables.hcl, or drop \`${undeclared}\`.`,
      location: place?.location,
    };
  }
  if (/not compatible with the variable's type constraint/.test(error)) {
    return wrongType(pack, place?.variable, error.split('constraint: ')[1] ?? error, where, place?.location);
  }
  if (place !== undefined || /error loading variable file|Cannot read from/.test(error)) {
    return {
      reason: 'variable-file',
      message: `The variables${where} cannot be read: ${error}`,
      hint: 'Correct that file. Files of variables are HCL (`name = value`), JSON or YAML, by their suffix.',
      location: place?.location,
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

/***/ 6560:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   XD: () => (/* binding */ prepareVariables),
/* harmony export */   jk: () => (/* binding */ explainPlace),
/* harmony export */   jy: () => (/* binding */ locateVariable)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _settings_yaml_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5295);


                                                 
                                                          
                                                                               


/** A file of variables as nomad-pack is given it, and what it stands for. */
                               
                                        
                        
                                      
                          
                                                                   
                                
                                                                     
                                        
                                                                          
                                                            
                                                                                        
                                               
 

/**
 * Puts the variables into files of the private folder, in the order in which later ones win: the user's files, `variables`,
 * `secret_variables`. The names sort in that order, because nomad-pack 0.4 sorts the files by path whatever the command line says.
 */
async function prepareVariables(variables                  , folder               )                          {
  const prepared                 = [];
  const nameOf = (label        , kind        ) => `${String(prepared.length + 1).padStart(4, '0')}-${label}.${kind}`;
  for (const file of variables.files) {
    const label = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.basename)(file.path)
      .replace(/\.[^.]*$/, '')
      .replace(/[^A-Za-z0-9_-]/g, '_');
    const text = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(file.path, 'utf8');
    if (file.kind === 'yaml') {
      const written = await writeJson(folder, nameOf(label, 'json'), file.written, (0,_settings_yaml_js__WEBPACK_IMPORTED_MODULE_2__.parseYamlMapping)(text));
      prepared.push({ ...written, lines: (0,_settings_yaml_js__WEBPACK_IMPORTED_MODULE_2__/* .keyLines */ .r)(text) });
    } else {
      const name = nameOf(label, file.kind);
      await folder.write(name, text);
      const values = file.kind === 'json' ? readJson(text) : undefined;
      prepared.push({
        name,
        origin: file.written,
        sameLinesAs: file.written,
        variables: [],
        ...(values !== undefined && { values, lines: (0,_settings_yaml_js__WEBPACK_IMPORTED_MODULE_2__/* .keyLines */ .r)(text) }),
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


/***/ }),

/***/ 5295:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   YamlError: () => (/* binding */ YamlError),
/* harmony export */   parseYaml: () => (/* binding */ parseYaml),
/* harmony export */   parseYamlMapping: () => (/* binding */ parseYamlMapping),
/* harmony export */   r: () => (/* binding */ keyLines)
/* harmony export */ });
/* unused harmony export YAML_LIMIT */
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8815);
                                      

                                                   

/** Much more than variables need, little enough to be read at once. */
const YAML_LIMIT = 1024 * 1024;

/** What is wrong with a text of YAML. The message tells the place and repeats nothing of the text: it may hold secrets. */
class YamlError extends Error {
                    name = 'YamlError';
  /** 1-based. */
           line                    ;

  constructor(message        , line         ) {
    super(line === undefined ? message : `line ${line}: ${message}`);
    this.line = line;
  }
}

/**
 * The only plain scalars that are not text: what the user wrote is what the pack gets, and `1.10`, `007`, `yes` or a number too
 * long for a double would become something else. A number counts as one only in the form that JSON would print it in.
 */
const tags              = [
  { tag: 'tag:yaml.org,2002:null', default: true, test: /^(?:null|~)?$/, resolve: () => null },
  { tag: 'tag:yaml.org,2002:bool', default: true, test: /^(?:true|false)$/, resolve: (text) => text === 'true' },
  {
    tag: 'tag:yaml.org,2002:float',
    default: true,
    test: /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/,
    resolve: (text) => (String(Number(text)) === text ? Number(text) : text),
  },
];

/**
 * The value of a YAML text. Keys without a value (null) are left out.
 *
 * @throws YamlError when the text is no YAML, is larger than `YAML_LIMIT`, or expands to more than aliases should.
 */
function parseYaml(text        )                {
  if (text.length > YAML_LIMIT) throw new YamlError(`it is larger than ${YAML_LIMIT / 1024} KiB`);
  try {
    const document = (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .parseDocument */ .Tp)(text, {
      schema: 'failsafe',
      customTags: (base) => [...base, ...tags],
      stringKeys: true,
      merge: true,
    });
    const problem = document.errors[0] ?? document.warnings[0];
    // The library catches what overflows while it composes, and tells it in the engine's words.
    if (/call stack/.test(problem?.message ?? '')) throw new YamlError('it is nested too deeply');
    if (problem !== undefined) throw new YamlError(firstClause(problem.message), problem.linePos?.[0].line);
    return withoutNulls(document.toJS({ maxAliasCount: 100 }));
  } catch (error) {
    if (error instanceof YamlError) throw error;
    if (error instanceof RangeError) throw new YamlError('it is nested too deeply');
    // The library's words for an alias that has no anchor, and for a "billion laughs".
    if (error instanceof ReferenceError)
      throw new YamlError(
        /unresolved/i.test(error.message) ? 'an alias has no anchor' : 'its aliases expand to too much',
      );
    throw error;
  }
}

/**
 * The value of a YAML text that must be a mapping; an empty text is an empty mapping.
 *
 * @throws YamlError as `parseYaml` does, and when the text is something else.
 */
function parseYamlMapping(text        )                                {
  const value = parseYaml(text);
  if (value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value))
    throw new YamlError('it is no mapping of names to values, like `count: 3`');
  return value                                 ;
}

/**
 * The line of each key of a mapping, 1-based, in a text of YAML or JSON. Keys that an anchor brings in have none, and a text that is no
 * mapping has no keys.
 */
function keyLines(text        )                      {
  const lines = new yaml__WEBPACK_IMPORTED_MODULE_0__/* .LineCounter */ .HN();
  const { contents } = (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .parseDocument */ .Tp)(text, { schema: 'failsafe', lineCounter: lines });
  const items = (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isMap */ .jh)(contents) ? contents.items : [];
  return new Map(
    items.flatMap(({ key }) =>
      (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(key) && key.range ? [[String(key.value), lines.linePos(key.range[0]).line]         ] : [],
    ),
  );
}

/** The library's message up to the excerpt of the text that it ends with. */
function firstClause(message        )         {
  return (message.split(/ at line \d|\n/)[0] ?? message).replace(/: [^ ]*$/, '').trim();
}

function withoutNulls(value         )                {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value                 ;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([key, member]) => [key, withoutNulls(member)]),
  );
}


/***/ })

};

