export const id = "shared-nomad-pack";
export const ids = ["shared-nomad-pack"];
export const modules = {

/***/ 194:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   At: () => (/* binding */ declaredVariables),
/* harmony export */   J4: () => (/* binding */ SECRET_NAME),
/* harmony export */   NF: () => (/* binding */ registryCommit),
/* harmony export */   OJ: () => (/* binding */ registryFolder),
/* harmony export */   X4: () => (/* binding */ placeRegistry),
/* harmony export */   Zk: () => (/* binding */ requirePack),
/* harmony export */   cp: () => (/* binding */ dependencyNames),
/* harmony export */   lL: () => (/* binding */ copyRegistry),
/* harmony export */   m2: () => (/* binding */ readDeclarations),
/* harmony export */   tJ: () => (/* binding */ placeDirectory),
/* harmony export */   x9: () => (/* binding */ packPath)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var node_path_posix__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3916);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2027);
/* harmony import */ var _nearest_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(232);
/* harmony import */ var _host_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3800);






                                                                               


                                                                    

/** The folder of one registry at one ref, as nomad-pack names it: a slash in the ref becomes `!_`. */
function registryFolder(root        , registry                  )         {
  return (0,node_path_posix__WEBPACK_IMPORTED_MODULE_3__.join)(root, _host_js__WEBPACK_IMPORTED_MODULE_5__/* .HOST */ .j.cache, registry.name, escapeRef(registry.ref));
}

/** The path of a pack in the cache as nomad-pack records it in a job, relative to the folder that it runs in. */
function packPath(pack        , registry                  )         {
  return (0,node_path_posix__WEBPACK_IMPORTED_MODULE_3__.join)(_host_js__WEBPACK_IMPORTED_MODULE_5__/* .HOST */ .j.cache, registry.name, escapeRef(registry.ref), `${escapeName(pack)}@${escapeRef(registry.ref)}`);
}

/**
 * Files a pack of the workspace where nomad-pack looks for one of a registry: its path is then the same on every runner.
 *
 * @throws ActionError `input` for a link in it that leads out of the workspace, into a `.git`, or round in circles
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

/**
 * What is in the workspace may come from a pull request, and what is in the pack ends up in jobs, logs and comments. In a `.git` there may
 * be a token.
 */
async function refuseLinkOut(pack               , source        , roots                   )                {
  const name = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.relative)(pack.path, source);
  const real = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.realpath)(source).catch(() => {
    throw refused(pack, `holds the link \`${name}\`, which leads nowhere`);
  });
  const root = roots.find((one) => isWithin(real, one));
  if (root === undefined) throw refused(pack, `holds the link \`${name}\`, which leads out of the workspace`);
  if ((0,node_path__WEBPACK_IMPORTED_MODULE_2__.relative)(root, real).split(node_path__WEBPACK_IMPORTED_MODULE_2__.sep).includes('.git'))
    throw refused(pack, `holds the link \`${name}\`, which leads into \`.git\``);
}

function isWithin(path        , root        )          {
  return path === root || path.startsWith(`${root}${node_path__WEBPACK_IMPORTED_MODULE_2__.sep}`);
}

function refused({ written }               , why        )              {
  return new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .ActionError */ .lZ('input', `The pack \`${written}\` ${why}.`, {
    hint: 'Replace the links with files, or let them point to files of the workspace.',
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
  const packs = entries
    .filter((entry) => entry.endsWith(suffix))
    .map((entry) => unescapeName(entry.slice(0, -suffix.length)));
  if (packs.includes(pack)) return;
  const meant = (0,_nearest_js__WEBPACK_IMPORTED_MODULE_6__/* .nearMiss */ .b)(pack, packs);
  const asked = registry.target === undefined ? '`pack`' : '`pack` and `registry_target`';
  throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .ActionError */ .lZ(
    registry.target === undefined ? 'pack-not-found' : 'registry-target-not-found',
    `The registry ${registry.source} has no pack \`${pack}\` at \`${registry.ref}\`. It has: ${
      (0,_nearest_js__WEBPACK_IMPORTED_MODULE_6__/* .nearestFirst */ .F)(pack, packs)
        .map((name) => `\`${name}\``)
        .join(', ') || 'none'
    }.`,
    {
      hint:
        packs.length === 0
          ? 'A registry keeps its packs in a folder `packs/`. Check `registry_source` and `registry_ref`.'
          : `Set ${asked} to one of them${meant === undefined ? '.' : `; did you mean \`${meant}\`?`}`,
    },
  );
}

/** A variable as a pack declares it. */
                                   
                                                                                      
                         
                                                                                               
                                
 

/** What is called so holds a secret. */
const SECRET_NAME = /pass|secret|token|credential|private|api_?key/i;

/** The variables that a pack declares, by name; empty where that cannot be read. */
function declaredVariables(
  root        ,
  pack        ,
  registry                  ,
)                                        {
  try {
    const text = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)((0,node_path_posix__WEBPACK_IMPORTED_MODULE_3__.join)(root, packPath(pack, registry), 'variables.hcl'), 'utf8');
    const blocks = text.split(/^(?=[ \t]*variable[ \t]+)/m);
    return new Map(
      blocks.flatMap((block) => {
        const name = /^[ \t]*variable[ \t]+"?([^"\s{]+)/.exec(block)?.[1];
        return name === undefined ? [] : [[name, declaration(name, block)]         ];
      }),
    );
  } catch {
    return new Map();
  }
}

function declaration(name        , block        )                   {
  const type = /^\s*type\s*=\s*(\S+)/m.exec(block)?.[1];
  const value = /^\s*default\s*=\s*(.*?)\s*$/m.exec(block)?.[1];
  const isText = type === undefined ? value === undefined || value.startsWith('"') : type === 'string';
  const isEmpty = value === undefined || value === '""' || value === 'null';
  return { ...(type !== undefined && { type }), mayBeSecret: isText && (isEmpty || SECRET_NAME.test(name)) };
}

/** The texts of the variables.hcl of a pack and of those that it depends on, which are in its folder `deps`. */
async function readDeclarations(root        , pack        , registry                  )                    {
  const folder = (0,node_path_posix__WEBPACK_IMPORTED_MODULE_3__.join)(root, packPath(pack, registry));
  const entries = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)(folder, { recursive: true }).catch(() => []);
  const files = entries
    .map((entry) => entry.replaceAll('\\', '/'))
    .filter((entry) => /^(?:deps\/[^/]+\/)*variables\.hcl$/.test(entry));
  return await Promise.all(files.sort().map(async (file) => await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readFile)((0,node_path_posix__WEBPACK_IMPORTED_MODULE_3__.join)(folder, file), 'utf8')));
}

/**
 * What the packs that a pack depends on can be called, at any depth: nomad-pack takes the alias of a dependency, or else the name that its
 * metadata says. Names that it does not take may be among them.
 */
async function dependencyNames(root        , pack        , registry                  )                    {
  const folder = (0,node_path_posix__WEBPACK_IMPORTED_MODULE_3__.join)(root, packPath(pack, registry));
  const entries = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)(folder, { recursive: true }).catch(() => []);
  const files = entries
    .map((entry) => entry.replaceAll('\\', '/'))
    .filter((entry) => /^(?:deps\/[^/]+\/)*metadata\.hcl$/.test(entry));
  const names = await Promise.all(
    files.map(async (file) => {
      const text = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readFile)((0,node_path_posix__WEBPACK_IMPORTED_MODULE_3__.join)(folder, file), 'utf8');
      const declared = [...text.matchAll(/^\s*(?:dependency|alias\s*=)\s*"([^"]+)"/gm)].map(([, name = '']) => name);
      const own = /^\s*name\s*=\s*"([^"]+)"/m.exec(text)?.[1];
      const place = file.split('/').at(-2);
      return place === undefined ? declared : [...declared, place, ...(own === undefined ? [] : [own])];
    }),
  );
  return [...new Set(names.flat())].sort();
}

/** The commit that nomad-pack noted for the registry. */
async function registryCommit(root        , registry                  )                              {
  const text = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readFile)((0,node_path_posix__WEBPACK_IMPORTED_MODULE_3__.join)(registryFolder(root, registry), 'metadata.json'), 'utf8').catch(() => '');
  return /"local_ref"\s*:\s*"([0-9a-f]{40,64})"/.exec(text)?.[1];
}

/** Copies what nomad-pack has fetched of a registry. @returns the path of the copy */
async function copyRegistry(root        , place        , registry                  )                  {
  const copy = (0,node_path_posix__WEBPACK_IMPORTED_MODULE_3__.join)(place, 'registry');
  await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.cp)(registryFolder(root, registry), copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

/** Puts such a copy where nomad-pack looks for the registry. */
async function placeRegistry(copy        , root        , registry                  )                {
  await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.cp)(copy, registryFolder(root, registry), { recursive: true, verbatimSymlinks: true });
}

function escapeRef(ref        )         {
  return ref.replaceAll('/', '!_');
}

/** Capitals are marked, for file systems that do not tell them apart: `MyPack` is kept as `!my!pack`, from 0.4.2 on. */
function escapeName(pack        )         {
  return pack.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`);
}

function unescapeName(escaped        )         {
  return escaped.replace(/!([a-z])/g, (_, letter        ) => letter.toUpperCase());
}


/***/ }),

/***/ 3802:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  lG: () => (/* binding */ NEWEST_TESTED),
  d0: () => (/* binding */ NomadPack),
  Lc: () => (/* binding */ isUntested),
  t3: () => (/* binding */ locateTemplateLine)
});

// EXTERNAL MODULE: external "node:buffer"
var external_node_buffer_ = __webpack_require__(4573);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./node_modules/semver/index.js
var semver = __webpack_require__(2088);
// EXTERNAL MODULE: ./build/js/errors.js
var errors = __webpack_require__(2027);
// EXTERNAL MODULE: ./build/js/http/signals.js
var signals = __webpack_require__(1334);
// EXTERNAL MODULE: ./build/js/runner/private-folder.js
var private_folder = __webpack_require__(3107);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./build/js/nomad-pack/attempts.js



/** Before the second attempt and the further ones: longer in all than Nomad takes to elect a leader. Milliseconds. */
const PAUSES                    = [500, 2_000, 5_000];

/** No further attempt begins later than that after the first: one that hung for long will hang again. Milliseconds. */
const PATIENCE = 60_000;

                    
                                 
                        
                               
                                              
                                       
 

/**
 * Does something that may be done twice, again where it fails in a way that may pass.
 *
 * @throws ActionError the last attempt's, or `cancelled`
 */
async function tryAgain   ({ what, signal, log }          , work                  )             {
  const end = performance.now() + PATIENCE;
  for (const pause of PAUSES) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof errors/* ActionError */.lZ && error.passing) || performance.now() + pause >= end) throw error;
      log(`\`${what}\` failed: ${error.message}\nThat may pass; trying again in ${pause / 1000} s.`);
      await (0,external_node_timers_promises_.setTimeout)(pause, undefined, { signal }).catch(() => {
        throw (0,errors/* cancelled */.KW)(signal);
      });
    }
  }
  return await work();
}

// EXTERNAL MODULE: ./build/js/nomad-pack/cache.js
var cache = __webpack_require__(194);
// EXTERNAL MODULE: ./build/js/nomad-pack/environment.js
var nomad_pack_environment = __webpack_require__(1193);
// EXTERNAL MODULE: ./build/js/nomad-pack/failure-rules/pack-files.js
var pack_files = __webpack_require__(6008);
// EXTERNAL MODULE: ./build/js/nomad-pack/failures.js + 4 modules
var failures = __webpack_require__(7082);
// EXTERNAL MODULE: ./build/js/nomad-pack/git.js
var git = __webpack_require__(6844);
// EXTERNAL MODULE: ./build/js/nomad-pack/hcl-scanner.js + 1 modules
var hcl_scanner = __webpack_require__(481);
// EXTERNAL MODULE: ./build/js/nomad-pack/host.js
var host = __webpack_require__(3800);
;// CONCATENATED MODULE: ./build/js/nomad-pack/nomad-variables.js
/** A Nomad variable that a pack declares: nomad-pack writes it at `run` and deletes it at `destroy`, from the version after 0.4.2 on. */
                                
                                
                        
                        
                             
                                                                                                    
                                                               
 

/** Many times what a pack's variables.hcl has. Characters. */
const LONGEST = 1024 * 1024;

/** Much deeper than items are. */
const DEEPEST = 50;

const BLANK = /(?:\s|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
const HEADER =
  /([\p{ID_Start}_][\p{ID_Continue}-]*)((?:[ \t]+(?:"[^"\n]*"|[\p{ID_Start}_][\p{ID_Continue}-]*))*)[ \t]*\{/uy;
const NAME_AND_SIGN = /([\p{ID_Start}_][\p{ID_Continue}-]*|"(?:\\.|[^"\\\n])*")\s*[=:](?![=])/uy;
const TEXT = /"(?:\\.|\$\$\{|%%\{|[$%](?!\{)|[^"\\\n$%])*"/y;
const ANY_TEXT = /"(?:\\.|[^"\\\n])*"/y;
const HEREDOC = /<<(-?)([\p{ID_Start}_][\p{ID_Continue}-]*)[ \t]*\r?\n((?:[\s\S]*?\n)??)[ \t]*\2(?=\r?\n|$)/uy;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /(?:true|false|null)\b/y;
/** What may follow a whole value: anything else is a computation. */
const END = /[ \t]*(?:(?:#|\/\/)[^\n]*)?(?=\r?\n|$|[,}\]])/y;

/** Not a value that is written out. */
class Computed extends Error {}

                                                                                   

/**
 * The blocks `nomad_variable` in a variables.hcl. Nothing in them may be computed from variables, so most are written out; whether the rest is
 * right nomad-pack tells.
 */
function readNomadVariables(text        )                  {
  if (text.length > LONGEST) return [];
  const reader = new Reader(text);
  const found                  = [];
  for (;;) {
    reader.take(BLANK);
    const [, type, labels = ''] = reader.take(HEADER) ?? [];
    if (type === undefined) return found;
    if (type !== 'nomad_variable') {
      if (!reader.skipTo('}')) return found;
      continue;
    }
    const body = readBody(reader);
    if (typeof body['path'] === 'string')
      found.push({
        name: labels.trim().replaceAll('"', ''),
        path: body['path'].replace(/^[/ ]+|[/ ]+$/g, ''),
        namespace: typeof body['namespace'] === 'string' && body['namespace'] !== '' ? body['namespace'] : 'default',
        items: itemsOf(body['items']),
      });
  }
}

/** nomad-pack writes texts and numbers as they are, and all else as JSON. */
function itemsOf(value                   )                                     {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, typeof member === 'string' ? member : JSON.stringify(member)]),
  );
}

/** The attributes of a block, without those that are computed. */
function readBody(reader        )                        {
  const body                        = {};
  for (;;) {
    reader.take(BLANK);
    if (reader.take(/\}/y) !== undefined) return body;
    const [, name] = reader.take(NAME_AND_SIGN) ?? [];
    if (name === undefined) {
      reader.skipTo('}');
      return body;
    }
    const start = reader.at;
    try {
      reader.take(/[ \t]*/y);
      const value = reader.value();
      if (reader.take(END) === undefined) throw new Computed();
      body[name] = value;
    } catch (error) {
      if (!(error instanceof Computed)) throw error;
      reader.at = start;
      reader.skipTo('\n');
    }
  }
}

/** Reads values of HCL that are written out. */
class Reader {
  at = 0;
           #text        ;

  constructor(text        ) {
    this.#text = text;
  }

  take(pattern        )                              {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.#text) ?? undefined;
    if (match !== undefined) this.at += match[0].length;
    return match;
  }

  /** Goes behind the next such sign that is in no bracket, text or comment; false where there is none. */
  skipTo(sign            )          {
    for (let depth = 0; this.at < this.#text.length; ) {
      if (this.take(ANY_TEXT) ?? this.take(HEREDOC) ?? this.take(/#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\//y)) continue;
      const [next = ''] = this.take(/[\s\S]/y) ?? [];
      if (depth === 0 && next === sign) return true;
      if (/[[({]/.test(next)) depth += 1;
      else if (/[\])}]/.test(next)) depth -= 1;
      if (depth < 0) {
        // The block itself ends here, for whoever reads it.
        this.at -= 1;
        return false;
      }
    }
    return false;
  }

  /** @throws Computed */
  value(depth = 0)        {
    if (depth > DEEPEST) throw new Computed();
    const [text] = this.take(TEXT) ?? [];
    if (text !== undefined) return unquote(text);
    const heredoc = this.take(HEREDOC);
    if (heredoc !== undefined) return heredocText(heredoc);
    const [word] = this.take(WORD) ?? [];
    if (word !== undefined) return word === 'null' ? null : word === 'true';
    const [number] = this.take(NUMBER) ?? [];
    if (number !== undefined) return Number(number);
    if (this.take(/\[/y) !== undefined) return this.#list(depth);
    if (this.take(/\{/y) !== undefined) return this.#mapping(depth);
    throw new Computed();
  }

  #list(depth        )          {
    const members          = [];
    for (;;) {
      this.take(BLANK);
      if (this.take(/\]/y) !== undefined) return members;
      members.push(this.value(depth + 1));
      this.take(BLANK);
      if (this.take(/,/y) === undefined && this.take(/(?=\])/y) === undefined) throw new Computed();
    }
  }

  #mapping(depth        )                           {
    const members                    = [];
    for (;;) {
      this.take(BLANK);
      if (this.take(/\}/y) !== undefined) return Object.fromEntries(members);
      const [, name] = this.take(NAME_AND_SIGN) ?? [];
      if (name === undefined) throw new Computed();
      this.take(BLANK);
      const value = this.value(depth + 1);
      if (this.take(END) === undefined) throw new Computed();
      members.push([name.startsWith('"') ? unquote(name) : name, value]);
      this.take(BLANK);
      this.take(/,/y);
    }
  }
}

const ESCAPES                                   = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

function unquote(text        )         {
  return text
    .slice(1, -1)
    .replace(/\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})|\\(.)|([$%])\4\{/g, (_, short, long, sign, template) => {
      const code = Number.parseInt(short ?? long ?? '', 16);
      if (code <= 0x10_ff_ff) return String.fromCodePoint(code);
      if (template !== undefined) return `${template}{`;
      const meant = ESCAPES[sign          ];
      if (meant === undefined) throw new Computed();
      return meant;
    });
}

function heredocText([, indented, , text = '']                 )         {
  if (/[$%]\{/.test(text)) throw new Computed();
  if (indented === '') return text;
  const lines = text.split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^ */.exec(line)?.[0].length ?? 0);
  const indent = Math.min(...indents, text.length);
  return lines.map((line) => line.slice(Math.min(indent, /^ */.exec(line)?.[0].length ?? 0))).join('\n');
}

// EXTERNAL MODULE: ./build/js/nomad-pack/output.js
var nomad_pack_output = __webpack_require__(3623);
// EXTERNAL MODULE: ./build/js/nomad-pack/plan-output.js
var plan_output = __webpack_require__(4895);
// EXTERNAL MODULE: ./build/js/nomad-pack/process.js
var process = __webpack_require__(1017);
;// CONCATENATED MODULE: ./build/js/nomad-pack/run-output.js
/** What a `run` says it did, read from its output. It is a hint on where to look: only what Nomad says of it counts. */
                            
                                                                                                 
                                          
                                         
                                                                                               
                                      
 

/** From here on it is the pack that speaks: its `outputs.tpl` follows. */
const DEPLOYED = /^Pack successfully deployed\. /m;

/**
 * Reads nomad-pack's own part of the output. The ids of jobs may hold quotes and line ends, but no spaces, so none can pretend to be a
 * line of nomad-pack's.
 */
function parseRunOutput(output        )            {
  const end = output.search(DEPLOYED);
  const own = end === -1 ? output : output.slice(0, end);
  const all = (pattern        ) => [...own.matchAll(pattern)].map((match) => match[1] ?? '');
  return {
    evaluations: all(/^ {2}Evaluation ID: ([0-9a-f-]{36})\r?$/gm),
    registered: all(/^ {2}Job '([^ ]+)' in pack deployment '[^']+' registered successfully\r?$/gm),
    stopped: all(/^Job '([^ ]+)' stopped successfully\r?$/gm),
  };
}

;// CONCATENATED MODULE: ./build/js/nomad-pack/status-table.js



/** A row of `nomad-pack status`. */
                            
                        
                            
                              
                       
                                                                     
                          
 

const COLUMNS                                            = {
  'PACK NAME': 'pack',
  'REGISTRY NAME': 'registry',
  'DEPLOYMENT NAME': 'deployment',
  'JOB NAME': 'job',
  STATUS: 'status',
};

/**
 * The rows of the table that `nomad-pack status` prints, read by the names in its header; none when it says that there are no jobs.
 *
 * @throws ActionError with the reason `output-not-understood` on anything else
 */
function parseStatusTable(output        )              {
  const lines = output.split('\n').filter((line) => line.trim() !== '' && !(0,nomad_pack_output/* isDebugLine */.AI)(line));
  if (lines.length > 0 && lines.every((line) => /^(?:warning: )?no jobs found/i.test(line.trim()))) return [];
  const [header = '', rule = '', ...rows] = lines;
  const columns = cells(header).map((title) => COLUMNS[title]);
  const complete = Object.values(COLUMNS).every((column) => columns.includes(column));
  if (!complete || !/^[-+\s]+$/.test(rule)) throw notUnderstood(output);
  return rows.map((line) => {
    const values = cells(line);
    if (values.length !== columns.length) throw notUnderstood(output);
    const row                                           = {};
    columns.forEach((column, index) => {
      if (column !== undefined) row[column] = values[index] ?? '';
    });
    if (row.job === '' || row.status === '') throw notUnderstood(output);
    return row             ;
  });
}

function cells(line        )           {
  return line.split('|').map((cell) => cell.trim());
}

function notUnderstood(output        )              {
  return new errors/* ActionError */.lZ(
    'output-not-understood',
    `\`nomad-pack status\` printed what this action does not understand:\n${(0,nomad_pack_output/* tail */.RT)(output)}`,
    {
      hint: 'Set `nomad_pack_version` to a released version, and report this output if it is one.',
    },
  );
}

// EXTERNAL MODULE: ./build/js/nomad-pack/variable-files.js + 1 modules
var variable_files = __webpack_require__(1274);
;// CONCATENATED MODULE: ./build/js/nomad-pack/cli.js








                                                

             
                
                
                      
                   
                
                                 


                                          














/** The first version that knows `--detach` and the other flags of `run` and `plan` that this action uses where it can. */
const SINCE_DETACH = '0.4.2';

/** The last version that puts a ref into a URL without escaping it. */
const LOSES_CHARACTERS = '0.4.2';

/** The first version whose `run` stops the jobs of a deployment that its pack no longer has. */
const SINCE_STOPS = '0.4.2';

/** The first version that leaves alone what those jobs have launched. */
const SINCE_SPARES_CHILDREN = '0.4.3';
/** The newest version that the scenarios ran with. */
const NEWEST_TESTED = '0.4.3';

/** Whether a version may differ in what this action relies on. */
function isUntested(version        )          {
  return semver.gt(semver.coerce(version) ?? version, NEWEST_TESTED);
}

/** The last version that does not write the Nomad variables that a pack declares. */
const BEFORE_NOMAD_VARIABLES = '0.4.2';

/** How long a detached `run` may go on after a cancel, so that what it registers is known. Milliseconds. */
const FINISH_RUN_WITHIN = 1500;

/** How long a command may take; nomad-pack's own requests and git have no limit. Milliseconds. */
const LIMITS = {
  /** A large repository over a slow line. git itself gives up a transfer that stands still, long before. */
  registry: 300_000,
  /** One answer of a few hundred bytes. */
  head: 45_000,
  /** Of each job, `plan` asks Nomad four things, which take it a fraction of a second. */
  nomad: 45_000,
  /** As `plan`, and every registration waits for the servers to agree. */
  register: 120_000,
};

/** A `wait_timeout` that is shorter than a registration can be still leaves it so long. Milliseconds. */
const SHORTEST_RUN = 10_000;

/** Before a second look for a HEAD that is not there. Milliseconds. */
const LOOK_AGAIN = 500;

/** How often the default branch is fetched until it is what the registry's HEAD is. */
const MOST_LOOKS = 3;

/** What `run` says when it fails before it has registered anything: it reads all jobs, and looks for conflicts, first. */
const BEFORE_REGISTERING = /^Failed (?:To Parse Job Specification|Job Conflict Validation)$/;

/** What Nomad says to a registration that it does not even begin. */
const NOT_BEGUN = /response code: 429|No cluster leader|connection refused|no such host/;

                                   
                                                                                       
                                    
                                    
                                 
                                                                            
                                    
                                      
                                                          
                                                                 
                                                                                   
                                                          
                                                 
                                         
                               
                                                                   
                                          
                                                                                       
                                       
                                                                                                                                 
                           
                                                                                                     
                            
                                  
 

/** What a command works on. */
                             
                               
                                      
                                  
                                          
                                                                      
                                       
                                
 

                               
                                                                         
                        
                        
                                                                        
                               
 

                             
                                   
                                                                            
                              
                                                                                     
                               
                                                                                                                                                       
                           
                                                                                                                            
                                               
 

                                               
                                                                           
                                 
 

/**
 * The `nomad-pack` command: each method is one of its subcommands, run in the private folder with an environment made for it, when the
 * program is there.
 */
class NomadPack {
  /** The executable. Rejects where it could not be installed. */
           program                 ;
  /** Rejects where the program is not nomad-pack. */
           version                 ;
           #options                  ;
           #limits               ;

  constructor(options                  ) {
    this.program = options.program;
    this.version = options.version;
    this.#options = options;
    this.#limits = options.limits ?? LIMITS;
  }

  /** Whether this version can register jobs without watching them. */
  async canDetach()                   {
    return await this.#isSince(SINCE_DETACH);
  }

  /** What `run` of this version stops besides registering the pack's jobs: jobs of the same deployment, and what they have launched. */
  async reach()                                                                  {
    const jobs = await this.#isSince(SINCE_STOPS);
    return { jobs, children: jobs && !(await this.#isSince(SINCE_SPARES_CHILDREN)) };
  }

  async #isSince(first        )                   {
    const version = await this.version;
    // A development build of a version has what that version has.
    return semver.gte(semver.coerce(version) ?? version, first);
  }

  /**
   * `registry add`. The whole registry is added, whatever the target: nomad-pack forgets the commit of a single pack. `latest` is held
   * against the registry's HEAD.
   *
   * @returns the commit, where there is one
   * @throws ActionError
   */
  async addRegistry(registry                  , pack        )                              {
    await this.#refuseRef(registry.ref);
    const { clones, folder, registryCredentials } = this.#options;
    const commit =
      clones === undefined
        ? await this.#obtain(registry)
        : await clones.place(registry, registryCredentials, folder, async (own) => {
            return await new NomadPack({ ...this.#options, folder: own }).#obtain(registry);
          });
    await (0,cache/* requirePack */.Zk)(folder.path, pack, registry);
    return commit;
  }

  async #obtain(registry                  )                              {
    return (await this.#takeKept(registry)) ?? (await this.#fetch(registry));
  }

  async #fetch(registry                  )                              {
    const commit = registry.ref === 'latest' ? await this.#addLatest(registry) : await this.#add(registry);
    const { store, folder } = this.#options;
    if (commit !== undefined)
      await store?.keep(nameOf(registry), commit, async (place) => await (0,cache/* copyRegistry */.lL)(folder.path, place, registry));
    return commit;
  }

  /**
   * What an earlier step of the job has fetched, if the ref still stands for the same commit. The registry is asked with this step's own
   * credentials: who may not read it gets nothing.
   *
   * @returns the commit
   */
  async #takeKept(registry                  )                              {
    const kept = await this.#options.store?.find(nameOf(registry));
    if (kept === undefined) return undefined;
    const now = await this.#commitOf(registry).catch((error         ) => {
      if (this.#options.signal.aborted) throw error;
      return undefined;
    });
    if (now !== kept.note) return undefined;
    await (0,cache/* placeRegistry */.X4)(kept.path, this.#options.folder.path, registry);
    // What is said of it comes after what is said of the installation.
    await this.program;
    this.#options.log(`The registry was fetched by an earlier step of this job: \`${registry.ref}\` is still ${now}.`);
    return now;
  }

  /** The commit that the registry's ref stands for; undefined where that cannot be told without fetching it. */
  async #commitOf(registry                  )                              {
    const { ref } = registry;
    if (ref === 'latest') return await this.#head(registry);
    const refs = await this.#listRefs(registry, [
      `refs/heads/${ref}`,
      `refs/tags/${ref}`,
      `refs/tags/${ref}^{}`,
      'HEAD',
    ]);
    if (/^[0-9a-f]{40,64}$/.test(ref)) return ref;
    refs.delete('HEAD');
    // A tag with a message of its own stands for the commit behind it.
    const commits = new Set([
      refs.get(`refs/heads/${ref}`),
      refs.get(`refs/tags/${ref}^{}`) ?? refs.get(`refs/tags/${ref}`),
    ]);
    commits.delete(undefined);
    return commits.size === 1 ? [...commits][0] : undefined;
  }

  /** 0.4.2 puts the ref into a URL as it is, which may then mean another one: `v1+x` is `v1 x`, and of `v1;x` nothing is left. */
  async #refuseRef(ref        )                {
    const lost = /[+#%&;]/.exec(ref)?.[0];
    if (lost === undefined) return;
    const version = await this.version;
    if (semver.gt(semver.coerce(version) ?? version, LOSES_CHARACTERS)) return;
    throw new errors/* ActionError */.lZ('input', `nomad-pack ${version} cannot fetch the ref \`${ref}\`: it loses the \`${lost}\`.`, {
      hint: `Set \`registry_ref\` to the commit that it stands for, or \`nomad_pack_version\` to one that is newer than ${LOSES_CHARACTERS}.`,
    });
  }

  /**
   * 0.4.2 asks for the default branch first, and where that fails just once, clones the branch `master` instead and says nothing. It does
   * the same where HEAD is not a branch.
   */
  async #addLatest(registry                  )                              {
    const { log } = this.#options;
    for (let looks = 1; ; looks += 1) {
      const [head, added] = await Promise.allSettled([this.#head(registry), this.#add(registry)]);
      if (head.status === 'fulfilled' && head.value === undefined) throw (0,git/* withoutHead */.NM)(registry);
      const other = added.status === 'rejected' && (added.reason               ).reason === 'registry-ref-not-found';
      if (added.status === 'rejected' && !other) throw added.reason;
      if (head.status === 'rejected') throw head.reason;
      const commit = added.status === 'fulfilled' ? added.value : undefined;
      if (!other && commit === undefined) return undefined;
      // Where somebody has pushed between both, it is what the HEAD is now.
      if (commit === head.value || (!other && commit === (await this.#head(registry)))) return commit;
      if (looks === MOST_LOOKS) throw otherBranch(registry, head.value ?? '', commit);
      log(
        `nomad-pack did not clone the registry’s HEAD, ${head.value}, but ${commit ?? 'nothing'}. Fetching it again.`,
      );
    }
  }

  /**
   * The commit of the registry's HEAD; undefined where it has none. It is looked for a second time then, for git takes an answer that is
   * no list of refs for an empty one.
   */
  async #head(registry                  )                              {
    const found = await this.#lookForHead(registry);
    if (found !== undefined) return found;
    await (0,signals/* pause */.v7)(LOOK_AGAIN, [this.#options.signal]);
    return await this.#lookForHead(registry);
  }

  async #lookForHead(registry                  )                              {
    return (await this.#listRefs(registry, ['HEAD'])).get('HEAD');
  }

  /** `git ls-remote`: the commits or tags that the registry has under these names. */
  async #listRefs(registry                  , names                   )                               {
    const what = 'git ls-remote';
    return await this.#again(what, async () => {
      const limit = this.#limits.head;
      const args = ['ls-remote', '--', registry.source, ...names];
      const env = this.#gitEnvironment(registry);
      const outcome = await this.#spawn('git', args, env, { limit, onLine: () => undefined });
      const { exitCode, output, interrupted } = outcome;
      if (interrupted) throw hung(what, limit, registryHangs(registry));
      if (exitCode !== 0) throw this.#explainClone(registry, output) ?? (0,failures/* explainFailure */.S)(outcome, contextOf(what));
      const lines = [...output.matchAll(/^([0-9a-f]{40,64})\t(\S+)$/gm)];
      return new Map(lines.map(([, commit = '', name = '']) => [name, commit]));
    });
  }

  async #add(registry                  )                              {
    const args = ['registry', 'add', registry.name, registry.source];
    if (registry.ref !== 'latest') args.push(`--ref=${registry.ref}`);
    const what = 'nomad-pack registry add';
    return await this.#again(what, async () => {
      const limit = this.#limits.registry;
      // What an attempt before left there would be taken for the registry, or updated instead of cloned.
      await this.#options.folder.discard(host/* HOST */.j.cache);
      const outcome = await this.#spawn(await this.program, args, this.#gitEnvironment(registry), { limit });
      if (outcome.interrupted) throw hung(what, limit, registryHangs(registry));
      const [block] = (0,nomad_pack_output/* parseErrorBlocks */.c3)(outcome.output);
      if (outcome.exitCode === 0 && block === undefined) {
        return await (0,cache/* registryCommit */.NF)(this.#options.folder.path, registry);
      }
      throw this.#explainClone(registry, block?.error ?? outcome.output) ?? (0,failures/* explainFailure */.S)(outcome, contextOf(what));
    });
  }

  #explainClone(registry                  , words        )                          {
    return (0,git/* explainCloneFailure */.B_)(registry, this.#options.registryCredentials !== undefined, words);
  }

  #gitEnvironment(registry                  )                         {
    const { environment, folder, registryCredentials } = this.#options;
    return {
      ...this.#base(),
      ...(0,nomad_pack_environment/* gitEnvironment */._K)(environment),
      ...host/* HOST */.j.homeOfGit(environment, folder.path),
      ...(0,git/* gitConfiguration */.r8)(registry, registryCredentials),
      GIT_CEILING_DIRECTORIES: folder.path,
    };
  }

  /**
   * `render`, into files of the private folder.
   *
   * @throws ActionError
   */
  async render(
    target            ,
    { outputsTemplate = false } = {},
  )                                                     {
    const args = ['render', ...this.#common(target), `--to-dir=${private_folder/* RENDERED_FOLDER */.X}`, '--auto-approve'];
    if (outputsTemplate) args.push('--render-output-template');
    await this.#run('render', args, target, ({ exitCode }) => exitCode === 0);
    const folder = (0,external_node_path_.join)(this.#options.folder.path, private_folder/* RENDERED_FOLDER */.X);
    return { folder, files: await readRendered(folder) };
  }

  /** The variables that the pack declares, by name; none where they are not known. */
  declaredVariables({ pack, registry }            )                                        {
    return (0,cache/* declaredVariables */.At)(this.#options.folder.path, pack.name, registry);
  }

  /** What the packs that the pack depends on can be called. */
  async dependencyNames({ pack, registry }            )                    {
    return await (0,cache/* dependencyNames */.cp)(this.#options.folder.path, pack.name, registry);
  }

  /**
   * `render` with other values for some variables. Nothing of it is shown.
   *
   * @throws ActionError
   */
  async probe(target            , values                                         )                          {
    const { folder } = this.#options;
    const name = `probe-${(0,external_node_crypto_.randomUUID)()}`;
    // Its name sorts after those of the other files, so that it wins.
    const file = await (0,variable_files/* writeVariables */.bL)(folder, `${name}.json`, 'secret_variables', values);
    const probed = { ...target, files: [...target.files, file] };
    const args = ['render', ...this.#common(probed), `--to-dir=.cache/${name}`, '--auto-approve'];
    const onLine = () => undefined;
    await this.#run('render', args, probed, ({ exitCode }) => exitCode === 0, { onLine });
    return await readRendered((0,external_node_path_.join)(folder.path, '.cache', name));
  }

  /** `run`. A failure is part of the outcome, not thrown: some of the jobs may be registered. */
  async run(
    target            ,
    { preserveCounts, override = false, checkIndex, timeout, isUntouched }            ,
  )                      {
    const args = ['run', ...this.#common(target), ...(await this.#override(override))];
    const canDetach = await this.canDetach();
    if (canDetach) args.push('--detach');
    if (preserveCounts) args.push('--preserve-counts');
    if (checkIndex !== undefined) args.push(`--check-index=${checkIndex}`);
    const limits = canDetach
      ? {
          limit: Math.max(Math.min(this.#limits.register, timeout), SHORTEST_RUN),
          finishWithin: FINISH_RUN_WITHIN,
        }
      : { limit: timeout };
    const attempt = async ()                      => {
      const outcome = await this.#spawn(await this.program, args, await this.#nomad(target), limits);
      const report = parseRunOutput(outcome.output);
      if (outcome.interrupted && !canDetach) return report;
      if (outcome.exitCode === 0 && !outcome.interrupted) return report;
      const failure = outcome.interrupted
        ? hung('nomad-pack run', limits.limit, nomadHangs(target.nomad))
        : this.#explain('run', outcome, target);
      const again = failure.passing && !outcome.interrupted && hasRegisteredNothing(outcome.output, report);
      if (again && (await isUntouched())) throw failure;
      return { ...report, failure };
    };
    try {
      return await this.#again('nomad-pack run', attempt);
    } catch (error) {
      if (!(error instanceof errors/* ActionError */.lZ) || !error.passing) throw error;
      return { ...parseRunOutput(''), failure: error };
    }
  }

  /**
   * `plan`: its words on what would change, its tracing left out. Its exit code is not a measure of that: changes in place give 0.
   *
   * @param disclose leaves out of a line what may not be shown
   * @throws ActionError
   */
  async plan(target            , disclose                          , { override = false } = {})                  {
    const args = ['plan', ...this.#common(target), ...(await this.#override(override))];
    const isGood = ({ exitCode, output }                ) =>
      [0, 1].includes(exitCode) && (0,nomad_pack_output/* parseErrorBlocks */.c3)(output).length === 0;
    const [spoken, kept] = [(0,plan_output/* withoutAdvice */.d)(), (0,plan_output/* withoutAdvice */.d)()];
    const onLine = (line        ) => {
      const said = spoken(line);
      if (said !== undefined) this.#options.onLine(disclose(said));
    };
    const { output } = await this.#run('plan', args, target, isGood, { onLine });
    return output
      .split('\n')
      .filter((line) => !(0,nomad_pack_output/* isDebugLine */.AI)(line))
      .flatMap((line) => kept(line) ?? [])
      .map(disclose)
      .join('\n');
  }

  /**
   * `status` of one deployment. It lists one namespace only.
   *
   * @throws ActionError
   */
  async status(target                                                       )                       {
    const args = ['status', target.pack.name, `--name=${target.deploymentName}`];
    const { output } = await this.#run('status', args, target, ({ exitCode }) => exitCode === 0);
    return parseStatusTable(output);
  }

  /**
   * `render`, given variables through the environment, where nomad-pack holds values against the types that the pack declares;
   * those of a file it takes as they are.
   *
   * @returns nomad-pack's complaint about each value of a wrong type, in no order
   */
  async complaintsAboutTypes(target            , variables                                  )                    {
    const environment = Object.fromEntries(
      Object.entries(variables).map(([name, text]) => [`NOMAD_PACK_VAR_${name}`, text]),
    );
    const args = ['render', ...this.#common({ ...target, files: [], sources: [] })];
    const { output } = await this.#spawn(
      await this.program,
      args,
      { ...(await this.#nomad(target)), ...environment },
      { limit: this.#limits.nomad, onLine: () => undefined },
    );
    const complaints = (0,nomad_pack_output/* parseErrorBlocks */.c3)(output).filter(
      ({ error, context }) =>
        error.includes("not compatible with the variable's type constraint") &&
        // The pack's own default, which is not a value of the user's.
        (0,pack_files/* packFile */.qt)(context['HCL Range'] ?? '') === undefined,
    );
    return complaints.map(({ error }) => error.split('constraint: ')[1] ?? error);
  }

  /** Whether this version writes the Nomad variables that a pack declares, and knows `--var-source`. */
  async makesNomadVariables()                   {
    const version = await this.version;
    return semver.gt(semver.coerce(version) ?? version, BEFORE_NOMAD_VARIABLES);
  }

  /** The Nomad variables that the pack, or one that it depends on, declares; none where this version writes none. */
  async nomadVariables({ pack, registry }                                       )                           {
    if (!(await this.makesNomadVariables())) return [];
    const texts = await (0,cache/* readDeclarations */.m2)(this.#options.folder.path, pack.name, registry);
    const declared = texts.flatMap((text) => readNomadVariables(text));
    // Of two at one path the last one is what is left.
    return [...new Map(declared.map((variable) => [`${variable.namespace}/${variable.path}`, variable])).values()];
  }

  /** Runs a command that changes nothing, again where that may help. */
  async #run(
    command        ,
    args                   ,
    target                                                 ,
    isGood                                      ,
    more                                 = {},
  )                          {
    const what = `nomad-pack ${command}`;
    return await this.#again(what, async () => {
      const limit = this.#limits.nomad;
      const outcome = await this.#spawn(await this.program, args, await this.#nomad(target), { ...more, limit });
      if (outcome.interrupted) throw hung(what, limit, nomadHangs(target.nomad));
      if (isGood(outcome)) return outcome;
      throw this.#explain(command, outcome, target);
    });
  }

  async #again   (what        , work                  )             {
    const { signal, log } = this.#options;
    return await tryAgain({ what, signal, log }, work);
  }

  async #spawn(
    file        ,
    args                   ,
    env                        ,
    more                                                           ,
  )                          {
    const { folder, signal, onLine } = this.#options;
    return await (0,process/* runCommand */.d)(file, args, {
      cwd: folder.path,
      env,
      signal,
      onLine,
      ...more,
      onProcess: (pid, state) => (state === 'runs' ? folder.rememberProcess(pid) : folder.forgetProcess(pid)),
    });
  }

  /** nomad-pack refuses jobs of no deployment by itself, and can be told not to. */
  async #override(isAsked         )                    {
    if (!isAsked) return [];
    if (await this.canDetach()) return ['--deploy-override'];
    throw new errors/* ActionError */.lZ(
      'input',
      `Input \`adopt_jobs\` needs nomad-pack ${SINCE_DETACH} or newer, not ${await this.version}.`,
      { hint: 'Set `nomad_pack_version` to a newer one.' },
    );
  }

  #common({ pack, registry, deploymentName, files, sources = [] }            )           {
    return [
      pack.name,
      `--name=${deploymentName}`,
      `--registry=${registry.name}`,
      `--ref=${registry.ref}`,
      ...sources.map((source) => `--var-source=${source}`),
      ...files.map(({ name }) => `--var-file=${name}`),
    ];
  }

  async #nomad({ nomad }                           )                                  {
    const { nomadToken, httpAuth } = this.#options;
    const token = await nomadToken?.();
    const credentials = { ...(token !== undefined && { token }), ...(httpAuth !== undefined && { httpAuth }) };
    return { ...this.#base(), ...host/* HOST */.j.homeOfCache, ...(0,nomad_pack_environment/* nomadEnvironment */.Ri)(nomad, credentials) };
  }

  #base()                         {
    return (0,nomad_pack_environment/* baseEnvironment */.PZ)(this.#options.environment, this.#options.passEnv);
  }

  #explain(command        , outcome                , target                     )              {
    const { pack, registry, files = [] } = target;
    return (0,failures/* explainFailure */.S)(outcome, {
      command: `nomad-pack ${command}`,
      files,
      locate: (file) => locate(pack, file),
      lineOf: (file, line) => {
        if (pack === undefined || registry === undefined) return undefined;
        return lineOf((0,external_node_path_.join)(this.#options.folder.path, (0,cache/* packPath */.x9)(pack.name, registry), withinPack(file)), line);
      },
      declared: () =>
        pack === undefined || registry === undefined
          ? []
          : [...(0,cache/* declaredVariables */.At)(this.#options.folder.path, pack.name, registry).keys()],
    });
  }
}

/** Where no pack is at hand yet. */
function contextOf(command        )                 {
  return { command, files: [], locate: () => undefined, lineOf: () => undefined, declared: () => [] };
}

function hasRegisteredNothing(output        , { registered, stopped }           )          {
  if (registered.length > 0 || stopped.length > 0) return false;
  // A crash over an answer comes before anything is told of it.
  if (/^panic: /m.test(output)) return true;
  const blocks = (0,nomad_pack_output/* parseErrorBlocks */.c3)(output);
  const tells = blocks.every(
    ({ title, error }) =>
      BEFORE_REGISTERING.test(title) || (title === 'Failed To Register Job' && NOT_BEGUN.test(error)),
  );
  return blocks.length > 0 && tells;
}

/** What may keep a command from its end, and what to look at. */
                 
                                 
                       
                        
 

function nomadHangs({ address }               )        {
  return {
    reason: 'nomad-unreachable',
    who: `Nomad at ${address} did not answer it, or it waits for something else`,
    hint: 'Check that `nomad_addr` answers from this runner (firewall, VPN, proxy), and that the cluster has a leader.',
  };
}

function registryHangs({ source }                  )        {
  return {
    reason: 'registry-unreachable',
    who: `The host of ${source} did not send all that git asked for`,
    hint: 'Check that the host of `registry_source` answers from this runner (firewall, VPN, proxy), and that the repository is not too large.',
  };
}

/** What to throw for a command that was stopped at its limit. It may go well the next time. */
function hung(what        , limit        , { reason, who, hint }       )              {
  return new errors/* ActionError */.lZ(
    reason,
    `\`${what}\` was stopped because it had not ended after ${Math.round(limit / 1000)} s. ${who}.`,
    {
      hint,
      passing: true,
    },
  );
}

/** What a registry is kept under. */
function nameOf({ name, source, ref }                  )         {
  return `registry ${name} ${source} at ${ref}`;
}

function otherBranch({ source }                  , head        , commit                    )              {
  return new errors/* ActionError */.lZ(
    'registry-ref-not-found',
    `The default branch of ${source} is at commit ${head}, but nomad-pack ${
      commit === undefined ? 'asks for a branch `master`, which is not there' : `clones commit ${commit}`
    }. It takes the branch \`master\` where it does not find out the default branch.`,
    { hint: 'Set `registry_ref` to the branch, tag or commit that you want.' },
  );
}

/**
 * A file of the pack, given as `web/templates/web.nomad.tpl`, as a path of the workspace. What it begins with is the name in the pack's
 * metadata, which may be another than the directory's.
 */
function locate(pack                           , file        )                     {
  if (pack?.kind !== 'directory') return undefined;
  const path = withinPack(file);
  return (0,external_node_fs_.existsSync)((0,external_node_path_.join)(pack.path, path)) ? (0,external_node_path_.join)(pack.written, path) : undefined;
}

/** `web/redis/templates/redis.nomad.tpl` is the template of the dependency `redis`, which is in `deps/redis`. */
function withinPack(file        )         {
  const steps = file.split(/[/\\]/).slice(1);
  const end = steps.indexOf('templates');
  return [...steps.slice(0, Math.max(end, 0)).flatMap((name) => ['deps', name]), ...steps.slice(Math.max(end, 0))].join(
    '/',
  );
}

function lineOf(file        , line        )                     {
  try {
    return (0,external_node_fs_.readFileSync)(file, 'utf8').split(/\r?\n/)[line - 1];
  } catch {
    return undefined;
  }
}

/**
 * Where a line of a rendered file comes from: the template in the workspace, and the line in it where exactly one reads the same.
 *
 * @param rendered as in `web/web.nomad`
 */
async function locateTemplateLine(
  pack               ,
  rendered        ,
  line                    ,
)                                    {
  const file = locate(pack, `${rendered.replace('/', '/templates/')}.tpl`);
  if (pack.kind !== 'directory' || file === undefined) return undefined;
  // nomad-pack indents and aligns what it renders.
  const plain = (text        ) => text.replace(/\s+/g, '');
  const lines = (await (0,promises_.readFile)((0,external_node_path_.join)(pack.path, (0,external_node_path_.relative)(pack.written, file)), 'utf8')).split('\n').map(plain);
  const wanted = plain(line ?? '');
  const index = wanted === '' ? -1 : lines.indexOf(wanted);
  return index === -1 || lines.lastIndexOf(wanted) !== index ? { file } : { file, line: index + 1 };
}

async function readRendered(folder        )                          {
  const entries = await (0,promises_.readdir)(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => (0,external_node_path_.join)(entry.parentPath, entry.name));
  return await Promise.all(
    paths.sort().map(async (path) => {
      const bytes = await (0,promises_.readFile)(path);
      const text = bytes.toString();
      const name = (0,external_node_path_.relative)(folder, path).replaceAll('\\', '/');
      return (0,external_node_buffer_.isUtf8)(bytes) ? { name, text } : { name, text, brokenLine: (0,hcl_scanner/* lineAt */.mh)(text, text.indexOf(REPLACED)) };
    }),
  );
}

/** What Node puts in the place of bytes that are not UTF-8. */
const REPLACED = '\ufffd';


/***/ }),

/***/ 1348:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ Clones)
/* harmony export */ });
/* harmony import */ var _cache_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(194);
                                                                 
                                                                                     


                 
                                 
                                      
                                      
 

/**
 * The registries of a step over many deployments: each is fetched once at each ref, however many take a pack of it. Each in a folder of its
 * own, because nomad-pack cannot fetch two registries into one cache at the same time.
 */
class Clones {
           #folder               ;
           #clones = new Map                        ();

  /** @param folder of the step */
  constructor(folder               ) {
    this.#folder = folder;
  }

  /**
   * Puts a registry where nomad-pack looks for it.
   *
   * @param credentials what was fetched with one token is not handed to a deployment with another
   * @param folder of the deployment
   * @param fetch fetches it into the folder that it is given
   * @returns the commit, where there is one
   * @throws what `fetch` throws, to all that ask for the same
   */
  async place(
    registry                  ,
    credentials                                 ,
    folder               ,
    fetch                                                        ,
  )                              {
    const key = JSON.stringify([registry.source, registry.ref, credentials]);
    const known = this.#clones.get(key);
    const clone = known ?? this.#make(registry, fetch);
    if (known === undefined) this.#clones.set(key, clone);
    const made = await clone;
    await (0,_cache_js__WEBPACK_IMPORTED_MODULE_0__/* .placeRegistry */ .X4)((0,_cache_js__WEBPACK_IMPORTED_MODULE_0__/* .registryFolder */ .OJ)(made.folder.path, made.registry), folder.path, registry);
    return made.commit;
  }

  async #make(
    registry                  ,
    fetch                                                        ,
  )                 {
    const folder = await this.#folder.within(`clone-${this.#clones.size}`);
    return { folder, registry, commit: await fetch(folder) };
  }
}


/***/ }),

/***/ 1193:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   PZ: () => (/* binding */ baseEnvironment),
/* harmony export */   Ri: () => (/* binding */ nomadEnvironment),
/* harmony export */   _K: () => (/* binding */ gitEnvironment)
/* harmony export */ });
/* harmony import */ var _settings_inputs_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7045);

                                                                               

/**
 * What nomad-pack needs of the step's environment. A pack's templates can read all of what nomad-pack is given (`env`), so nothing
 * else is: no `INPUT_*`, no token of GitHub or the runner, no credential of a cloud.
 */
const NEEDED                    = [
  /^(?:PATH|SHELL|USER|LOGNAME|LANG|LANGUAGE|LC_[A-Z]+|TZ|TMPDIR|TEMP|TMP)$/,
  /^(?:https?_proxy|no_proxy|all_proxy)$/i,
  /^(?:SSL_CERT_FILE|SSL_CERT_DIR)$/,
  // Exit codes have to mean what they mean, and what the steps of a job leave for each other is not for packs.
  /^NOMAD_PACK_(?!PLAN_EXIT_CODE_|ACTION_)/,
  /^(?:CONSUL|VAULT)_/,
  /^(?:SystemRoot|SystemDrive|ComSpec|PATHEXT|windir|NUMBER_OF_PROCESSORS|PROCESSOR_ARCHITECTURE)$/i,
];

/** What git needs besides, to clone a registry: the user's own settings, keys and agents. */
const NEEDED_BY_GIT                    = [
  /^GIT_/,
  /^SSH_/,
  /^XDG_CONFIG_HOME$/,
  /^(?:USERPROFILE|HOMEDRIVE|HOMEPATH|APPDATA|ProgramData)$/i,
];

/** What would let git be told from outside to write elsewhere or to run something. */
const REFUSED_OF_GIT =
  /^GIT_(?:DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|CONFIG_(?:COUNT|KEY_|VALUE_|PARAMETERS)|TRACE|CURL_VERBOSE|EXEC_PATH|TEMPLATE_DIR|EXTERNAL_DIFF|PAGER|EDITOR)/;

                                                                       

/** The variables of the step that nomad-pack may see: what it needs, and what `pass_env` names. */
function baseEnvironment(
  step             ,
  passEnv                   ,
  platform         = process.platform,
)                         {
  const passed = new Set(passEnv.map((name) => (0,_settings_inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .variableName */ .cG)(name, platform)));
  return pick(step, (name) => NEEDED.some((pattern) => pattern.test(name)) || passed.has(name));
}

/** The variables of the step that git may see when nomad-pack runs it. */
function gitEnvironment(step             )                         {
  return pick(step, (name) => NEEDED_BY_GIT.some((pattern) => pattern.test(name)) && !REFUSED_OF_GIT.test(name));
}

/** How nomad-pack is told of the cluster. */
function nomadEnvironment(nomad               , { token, httpAuth }                  )                         {
  const { tls } = nomad;
  return {
    NOMAD_ADDR: nomad.address,
    NOMAD_NAMESPACE: nomad.namespace,
    ...(token !== undefined && { NOMAD_TOKEN: token }),
    ...(httpAuth !== undefined && { NOMAD_HTTP_AUTH: httpAuth }),
    ...(nomad.region !== undefined && { NOMAD_REGION: nomad.region }),
    ...(tls.caCert !== undefined && { NOMAD_CACERT: tls.caCert }),
    ...(tls.caPath !== undefined && { NOMAD_CAPATH: tls.caPath }),
    ...(tls.clientCert !== undefined && { NOMAD_CLIENT_CERT: tls.clientCert }),
    ...(tls.clientKey !== undefined && { NOMAD_CLIENT_KEY: tls.clientKey }),
    ...(tls.serverName !== undefined && { NOMAD_TLS_SERVER_NAME: tls.serverName }),
    // nomad-pack takes any value, `false` and an empty one too, for a wish not to verify.
    ...(tls.skipVerify && { NOMAD_SKIP_VERIFY: 'true' }),
  };
}

function pick(step             , wanted                           )                         {
  const entries = Object.entries(step).filter(
    (entry)                            => entry[1] !== undefined && wanted(entry[0]),
  );
  return Object.fromEntries(entries);
}


/***/ }),

/***/ 6008:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $c: () => (/* binding */ explainPackFile),
/* harmony export */   OO: () => (/* binding */ explainNewerPack),
/* harmony export */   qt: () => (/* binding */ packFile)
/* harmony export */ });
/* harmony import */ var _rule_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1505);
                                               


const VENDOR =
  'Run `nomad-pack deps vendor --path=...` on the pack and commit `deps/`, or run it in a step before this one where the pack is a directory.';

/** What nomad-pack says before its words on the pack, or on one that it depends on. */
const OF_PACK = '^failed to (?:load|validate) pack: ';
const OF_DEPENDENCY =
  '^failed to load pack dependency: (?:failed to (?:load|validate) (?:dependent )?pack(?: dependency)?: )+';

/** Packs that cannot be loaded, where no line of a file is to blame. */
const UNLOADABLE                  = [
  {
    pattern:
      /failed to load (?:dependent )?pack(?: dependency)?: (?:.*: )?stat (?:[^\n]*[/\\])?deps[/\\]([^/\\:]+): no such file/,
    reason: 'pack-invalid',
    message: ({ pack, match }) =>
      `The pack \`${pack}\` depends on \`${match[1]}\`, which is not in its folder \`deps/\`: nomad-pack fetches no dependencies when it renders.`,
    hint: VENDOR,
  },
  ...blocksOf(OF_PACK, ({ pack }) => `pack \`${pack}\``, 'Write'),
  ...blocksOf(OF_DEPENDENCY, dependencyOf, 'Vendor the dependency again (`nomad-pack deps vendor`), or write'),
  {
    pattern: new RegExp(`${OF_DEPENDENCY}(?:failed to decode metadata\\.hcl: )?([\\s\\S]*)`),
    reason: 'pack-invalid',
    message: (said) => `The metadata.hcl of ${dependencyOf(said)} cannot be used: ${plain(said.match[1] ?? '')}`,
    hint: 'Vendor the dependency again (`nomad-pack deps vendor`), or correct it in `deps/`.',
  },
  {
    pattern: new RegExp(`${OF_PACK}([\\s\\S]*)`),
    reason: 'pack-invalid',
    message: ({ pack, match }) => `Pack \`${pack}\` cannot be used: ${match[1]}`,
    hint: 'Correct the pack: it needs a folder `templates/` and the files `metadata.hcl` and `variables.hcl`.',
  },
];

function dependencyOf({ pack }                           )         {
  return `a pack in the folder \`deps/\` that \`${pack}\` depends on`;
}

/** The files and blocks that no pack does without. */
function blocksOf(prefix        , whose                                             , verb        )         {
  const rule = (words        , message                        , hint        )       => ({
    pattern: new RegExp(`${prefix}${words}$`),
    reason: 'pack-invalid',
    message: (said) => message(whose(said)),
    hint: `${verb} ${hint}`,
  });
  return [
    rule(
      'metadata\\.hcl file not found',
      (of) => `There is no metadata.hcl in ${of}.`,
      'that file: it names the pack.',
    ),
    rule(
      'root variable file is required',
      (of) => `There is no variables.hcl in ${of}.`,
      'that file; it may be empty.',
    ),
    rule(
      'app is uninitialized',
      (of) => `The metadata.hcl of ${of} has no block \`app\`.`,
      '`app { url = "..." }` into it.',
    ),
    rule(
      'Pack metadata is uninitialized',
      (of) => `The metadata.hcl of ${of} has no block \`pack\`.`,
      '`pack { name = "...", version = "..." }`, a line for each, into it.',
    ),
  ];
}

const explainUnloadable = (0,_rule_js__WEBPACK_IMPORTED_MODULE_0__/* .byTable */ .UN)(UNLOADABLE);

/** A mistake in a line of a file of the pack that is not a template. */
                   
                        
                        
                         
                        
 

/** Mistakes in metadata.hcl and variables.hcl. nomad-pack tells those of variables.hcl all at once. */
const explainPackFile          = (blocks, context) => {
  const mistakes = blocks.flatMap(mistakeIn);
  const [first] = mistakes;
  if (first === undefined) return explainUnloadable(blocks, context);
  const location = locateMistake(first, context);
  return {
    reason: 'pack-invalid',
    message: mistakes
      .map(({ file, line, words, pack }) => `The ${file} of pack \`${pack}\` is wrong in line ${line}: ${words}`)
      .join('\n'),
    hint: `Correct ${location?.file ?? `the ${first.file} of the pack`}${mistakes.length > 1 ? ' in each of these lines' : ''}. No input can make up for it.`,
    location,
  };
};

function mistakeIn({ error, context }            )            {
  const pack = (0,_rule_js__WEBPACK_IMPORTED_MODULE_0__/* .packOf */ .FM)(context);
  const [, file, line, words] =
    /^failed to load pack: failed to decode (metadata\.hcl): metadata\.hcl:(\d+),[\d,-]+: ([\s\S]*)/.exec(error) ?? [];
  if (file !== undefined) return [{ file, line: Number(line), words: plain(words ?? ''), pack }];
  const place = packFile(context['HCL Range'] ?? '');
  return place === undefined ? [] : [{ ...place, words: error, pack }];
}

function locateMistake({ file, line, pack }         , { locate }                ) {
  const found = locate(`${pack}/${file}`);
  return found === undefined ? undefined : { file: found, line };
}

/** HCL says how many mistakes it found besides the first. */
function plain(words        )         {
  return words.replace(/,? and (\d+) other diagnostic\(s\)$/, (_, more        ) => ` (and ${more} more)`);
}

/** The file of the pack that a place in nomad-pack's cache is in, `.../web@v1.0.0/variables.hcl:3,13-16`, and the line there. */
function packFile(range        )                                                               {
  const [, path = '', line] = /^(.+\.hcl):(\d+),/.exec(range) ?? [];
  const steps = path.split(/[/\\]/);
  const file = steps.slice(steps.findLastIndex((step) => step.includes('@')) + 1).join('/');
  return file === '' || file === path ? undefined : { file, line: Number(line) };
}

/** What only a newer nomad-pack understands. */
const explainNewerPack          = (blocks) => {
  const types = blocks.flatMap(
    ({ error }) => /Blocks of type "(nomad_variable|validation)" are not expected/.exec(error)?.[1] ?? [],
  );
  const [block] = blocks;
  if (types.length === 0 || block === undefined) return undefined;
  return {
    reason: 'pack-invalid',
    message: `The pack \`${(0,_rule_js__WEBPACK_IMPORTED_MODULE_0__/* .packOf */ .FM)(block.context)}\` has blocks in its variables.hcl that this version of nomad-pack does not know: ${(0,_rule_js__WEBPACK_IMPORTED_MODULE_0__/* .inCode */ .pN)([...new Set(types)])}.`,
    hint: 'They need a version after 0.4.2: set `nomad_pack_version`, or use a version of the pack without them.',
  };
};


/***/ }),

/***/ 1505:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FM: () => (/* binding */ packOf),
/* harmony export */   UN: () => (/* binding */ byTable),
/* harmony export */   pN: () => (/* binding */ inCode)
/* harmony export */ });
                                                                   
                                               
                                                         

/** What is known of the command that failed, besides its output. */
                                 
                                
                           
                                          
                                                                                                   
                                                            
                                                                              
                                                                          
                                                                                           
                                             
 

/** What a failure means to the user. */
                              
                                 
                           
                        
                                               
                                             
                             
 

/** Explains the blocks that it knows; undefined where it knows none of them. */
                                                                                                          

/** What a rule has to write its words from. */
                       
                         
                         
                                
                                  
                         
                        
                           
 

/** A kind of failure: what nomad-pack says, and what that means to the user. */
                       
                                                  
                          
                                  
                           
                                 
                                           
                                                   
                          
 

/** Explains the first block by a table. The first rule that fits is taken: what comes earlier is more exact. */
function byTable(rules                 )          {
  return ([block], { command }) => {
    if (block === undefined) return undefined;
    const { title, error, context } = block;
    for (const rule of rules) {
      const match = rule.title?.test(title) === false ? null : rule.pattern.exec(error);
      if (match === null) continue;
      const said = { title, error, match, pack: packOf(context), command };
      const { reason, message, hint, passing = false } = rule;
      return { reason, message: message(said), hint: typeof hint === 'string' ? hint : hint(said), passing };
    }
    return undefined;
  };
}

function packOf(context                       )         {
  return context['Pack Name'] ?? 'the pack';
}

function inCode(names                   )         {
  return names.map((name) => `\`${name}\``).join(', ');
}


/***/ }),

/***/ 578:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ce: () => (/* binding */ explainMissing),
/* harmony export */   Dy: () => (/* binding */ explainInvalid),
/* harmony export */   T5: () => (/* binding */ explainVariableSource),
/* harmony export */   df: () => (/* binding */ describePlace),
/* harmony export */   gQ: () => (/* binding */ wrongType),
/* harmony export */   gi: () => (/* binding */ explainVariableFile),
/* harmony export */   v7: () => (/* binding */ explainUndeclared)
/* harmony export */ });
/* harmony import */ var _nearest_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(232);
/* harmony import */ var _settings_misplaced_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2112);
/* harmony import */ var _variable_files_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1274);
/* harmony import */ var _pack_files_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6008);
/* harmony import */ var _rule_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1505);
                                                    






/** Variables that are missing: nomad-pack tells all of them, a block each, in random order. */
const explainMissing          = (blocks) => {
  const missing = blocks
    .flatMap(({ error, context }) => {
      const [, name, description = ''] = /missing required variable: "([^"]*)"(?: \(([\s\S]*)\))?/.exec(error) ?? [];
      return name === undefined ? [] : [{ name, description: description.replace(/\s+/g, ' '), pack: (0,_rule_js__WEBPACK_IMPORTED_MODULE_3__/* .packOf */ .FM)(context) }];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  if (missing.length === 0) return undefined;
  const sentences = missing.map(
    ({ name, description, pack }) =>
      `Pack \`${pack}\` needs the variable \`${name}\`${description === '' ? '' : ` (${description})`}, which has no default.`,
  );
  return {
    reason: 'variable-missing',
    message: sentences.join('\n'),
    hint: `Set ${(0,_rule_js__WEBPACK_IMPORTED_MODULE_3__/* .inCode */ .pN)(missing.map(({ name }) => name))} in \`variables\`, \`secret_variables\` or one of \`variable_files\`. nomad-pack does not count \`null\` as a default.`,
  };
};

/** Variables that the pack does not have, likewise. */
const explainUndeclared          = (blocks, { files, declared }) => {
  const undeclared = blocks.flatMap(({ error, context }) => {
    const name = /no variable named "([^"]*)"/.exec(error)?.[1];
    const place = (0,_variable_files_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPlace */ .jk)(files, context['HCL Range'] ?? '');
    return name === undefined ? [] : [{ name, place, pack: (0,_rule_js__WEBPACK_IMPORTED_MODULE_3__/* .packOf */ .FM)(context) }];
  });
  const [first] = undeclared;
  if (first === undefined) return undefined;
  const sentences = undeclared.map(
    ({ name, place, pack }) =>
      `Pack \`${pack}\` has no variable \`${name}\`, which is set${place === undefined ? '' : describePlace(place.file, place.location)}${didYouMean((0,_nearest_js__WEBPACK_IMPORTED_MODULE_4__/* .nearMiss */ .b)(name, declared()))}`,
  );
  const known = (0,_nearest_js__WEBPACK_IMPORTED_MODULE_4__/* .nearestFirst */ .F)(first.name, declared());
  const more = known.length > MOST_LISTED ? `, and ${known.length - MOST_LISTED} more` : '';
  const help = known.length === 0 ? '' : ` The pack has ${(0,_rule_js__WEBPACK_IMPORTED_MODULE_3__/* .inCode */ .pN)(known.slice(0, MOST_LISTED))}${more}.`;
  return {
    reason: 'variable-undeclared',
    message: sentences.join('\n'),
    hint: `Check the spelling against the pack’s variables.hcl, or drop ${(0,_rule_js__WEBPACK_IMPORTED_MODULE_3__/* .inCode */ .pN)(undeclared.map(({ name }) => name))}.${help}`,
    location: first.place?.location,
  };
};

/** How many variables of the pack an error lists, the nearest name first. */
const MOST_LISTED = 8;

function didYouMean(name                    )         {
  return name === undefined ? '.' : `; did you mean \`${name}\`?`;
}

/** Values that a `validation` block of the pack refuses: the rule is the pack's, the value the user's. */
const explainInvalid          = (blocks, { files, locate }) => {
  const invalid = blocks.flatMap(({ error, context }) => {
    const [, name, words] = /^Variable "([^"]*)": ([\s\S]*)/.exec(error) ?? [];
    const rule = (0,_pack_files_js__WEBPACK_IMPORTED_MODULE_2__/* .packFile */ .qt)(context['HCL Range'] ?? '');
    return name === undefined || words === undefined || rule === undefined
      ? []
      : [{ name, words, rule, pack: (0,_rule_js__WEBPACK_IMPORTED_MODULE_3__/* .packOf */ .FM)(context), file: files.findLast((file) => setsVariable(file, name)) }];
  });
  if (invalid.length === 0) return undefined;
  const sentences = invalid.map(({ name, words, pack, file }) => {
    const where = file === undefined ? ', which no input sets,' : describePlace(file, (0,_variable_files_js__WEBPACK_IMPORTED_MODULE_1__/* .locateVariable */ .jy)(file, name));
    return `The variable \`${name}\` of pack \`${pack}\`${where} has a value that the pack refuses: ${words}`;
  });
  const [first] = invalid;
  const location = first?.file && (0,_variable_files_js__WEBPACK_IMPORTED_MODULE_1__/* .locateVariable */ .jy)(first.file, first.name);
  const rule = first && locate(`${first.pack}/${first.rule.file}`);
  return {
    reason: 'variable-invalid',
    message: sentences.join('\n'),
    hint: `Set ${(0,_rule_js__WEBPACK_IMPORTED_MODULE_3__/* .inCode */ .pN)(invalid.map(({ name }) => name))} to a value that the pack takes. The rule is in ${invalid
      .map(({ rule: { file, line } }) => `line ${line} of its ${rule ?? file}`)
      .join(', ')}.`,
    location,
  };
};

function setsVariable({ values, assignments }              , name        )          {
  return Object.hasOwn(values ?? {}, name) || (assignments ?? []).some((assignment) => assignment.name === name);
}

const WRONG_TYPE = "not compatible with the variable's type constraint";

/** Files of variables that cannot be read, and values of a wrong type in them. */
const explainVariableFile          = ([block], { files }) => {
  if (block === undefined) return undefined;
  const { error, context } = block;
  const place = (0,_variable_files_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPlace */ .jk)(files, context['HCL Range'] ?? '');
  const where = place === undefined ? '' : describePlace(place.file, place.location);
  if (error.includes(WRONG_TYPE)) {
    return wrongType(
      (0,_rule_js__WEBPACK_IMPORTED_MODULE_3__/* .packOf */ .FM)(context),
      place?.variable,
      error.split('constraint: ')[1] ?? error,
      place?.file,
      place?.location,
    );
  }
  if (place === undefined && !/error loading variable file|Cannot read from/.test(error)) return undefined;
  return {
    reason: 'variable-file',
    message: `The variables${where} cannot be read: ${error}`,
    hint: `Correct that file. Files of variables are HCL (\`name = value\`), JSON or YAML, by their suffix.${
      /may not be (?:called|used) here/.test(error)
        ? ' Values are written out: functions and references to other variables are not known there.'
        : ''
    }`,
    location: place?.location,
  };
};

/** ` in \`variables\``, ` in \`prod.yaml\`, line 3`; the words that follow the name of a variable. */
function describePlace({ origin }              , location                          )         {
  return location === undefined ? ` in \`${origin}\`` : ` in \`${location.file}\`, line ${location.line}`;
}

/** What a value of another type than the pack declares is told as; shared with the check that finds it. */
function wrongType(
  pack        ,
  variable                    ,
  wanted        ,
  file               ,
  location               ,
)              {
  const where = file === undefined ? '' : describePlace(file, location);
  const got = file === undefined || variable === undefined ? '' : gotValue(file, variable);
  return {
    reason: 'variable-type',
    message: `${variable === undefined ? 'A variable' : `The variable \`${variable}\``} of pack \`${pack}\`${where} has a value of the wrong type: ${got === '' ? wanted : wanted.replace(/\.?$/, `${got}.`)}`,
    hint: 'Give it a value of the type that the pack’s variables.hcl declares.',
    location,
  };
}

/** A longer value tells nobody what is wrong with it. Characters. */
const LONGEST_VALUE = 80;

/** ` (got \`"many"\`)`, of the input `variables` only: `secret_variables` and files may hold secrets, and a file's line is told. */
function gotValue({ origin, values }              , variable        )         {
  const value = origin === 'variables' ? values?.[variable] : undefined;
  if (value === undefined) return '';
  const text = JSON.stringify(value);
  return text.length > LONGEST_VALUE || (0,_settings_misplaced_js__WEBPACK_IMPORTED_MODULE_0__/* .holdsCredential */ .KK)(text) ? '' : ` (got \`${text.replaceAll('`', "'")}\`)`;
}

/** What the environment of the step says of each place that `variable_sources` may name. */
const SOURCES                                   = {
  consul: '`CONSUL_HTTP_ADDR`, `CONSUL_HTTP_TOKEN`',
  vault: '`VAULT_ADDR`, `VAULT_TOKEN`, `VAULT_NAMESPACE`',
  nomad: '`nomad_addr`, `nomad_token` and its policy',
};

/** What `variable_sources` names cannot be read. */
const explainVariableSource          = ([block]) => {
  if (block === undefined) return undefined;
  const { error } = block;
  const [, kind, place] = /failed to fetch from (consul|vault|nomad)\(([^)]*)\)/.exec(error) ?? [];
  if (kind === undefined && !/^var-source "/.test(error)) return undefined;
  return {
    reason: 'variable-source',
    message:
      kind === undefined
        ? `\`variable_sources\` is wrong: ${error}`
        : `The variables in ${kind} at ${place} cannot be read: ${error}`,
    hint: `Check \`variable_sources\`${kind === undefined ? '' : `, and ${SOURCES[kind]} in the step's \`env:\``}.`,
  };
};


/***/ }),

/***/ 7082:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  S: () => (/* binding */ explainFailure),
  G: () => (/* binding */ killed)
});

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: ./build/js/errors.js
var errors = __webpack_require__(2027);
// EXTERNAL MODULE: ./build/js/nomad-pack/failure-rules/rule.js
var rule = __webpack_require__(1505);
;// CONCATENATED MODULE: ./build/js/nomad-pack/failure-rules/cluster.js


/** Where the title tells; the names of jobs and packs in the error itself may look like anything. */
const TITLES                  = [
  {
    title: /^Failed Job Conflict Validation$/,
    // It is also the title of whatever kept nomad-pack from looking for a conflict.
    pattern: /already exists and is /,
    reason: 'job-conflict',
    message: ({ error }) => `Nomad has such a job already: ${error}`,
    hint: 'Deploy under the name that it belongs to (`deployment_name`, or `name` in a deployments file), or give the job another name through a variable of the pack.',
  },
  {
    title: /^Failed To Register Job Due To Check Index Failure$/,
    pattern: /^/,
    reason: 'plan-changed',
    message: ({ error }) => `Somebody else changed the job meanwhile: ${error}`,
    hint: 'Plan again, and review what would change now.',
  },
  {
    title: /^Failed To Create Nomad Variables$/,
    pattern: /^/,
    reason: 'nomad-variable',
    message: ({ error }) =>
      `The jobs are registered, but a Nomad variable that the pack declares could not be written: ${error}`,
    hint: 'Give the token the right to write the path: `variables` in its policy.',
  },
  {
    title: /^Failed To Find Pack$/,
    pattern: /^/,
    reason: 'pack-not-found',
    message: ({ pack }) => `There is no pack \`${pack}\` in the registry.`,
    hint: 'Check `pack`, `registry_source` and `registry_ref`.',
  },
  {
    title: /^Failed To Render Output Template$/,
    pattern: /^(?:failed to render [^:]*: )?template: (?:[^:]*\/)?(outputs\.tpl):(\d+):(?:\d+:)? ([\s\S]*)$/,
    reason: 'template',
    message: ({ match: [, file, line, problem], pack }) =>
      `The ${file} of pack \`${pack}\`, which writes the words after a deploy, fails in line ${line}: ${problem}`,
    hint: 'Correct that file of the pack. The jobs are not affected.',
  },
];

/** What nomad-pack met when it asked Nomad. */
const NOMAD                  = [
  {
    pattern: /unsupported protocol scheme|missing protocol scheme|invalid (?:port|URL)/,
    reason: 'nomad-address',
    message: ({ error }) => `nomad-pack cannot use the address of Nomad: ${error}`,
    hint: 'Set `nomad_addr` to an address like `https://nomad.example.com:4646`.',
  },
  {
    pattern: /server gave HTTP response to HTTPS client|malformed HTTP response|HTTP request to an HTTPS server/,
    reason: 'nomad-address',
    message: ({ error }) => `nomad-pack and Nomad do not agree on HTTP or HTTPS: ${error}`,
    hint: 'Set `nomad_addr` to an address that begins with https:// where Nomad speaks TLS, and with http:// where it does not.',
  },
  {
    pattern: /x509:|tls:|certificate (?:signed|is not|has expired)/,
    reason: 'nomad-tls',
    message: ({ error }) => `nomad-pack could not agree with Nomad on TLS: ${error}`,
    hint: 'Check `nomad_cacert`, `nomad_client_cert`, `nomad_client_key` and `nomad_tls_server_name`.',
  },
  {
    pattern:
      /dial (?:tcp|unix)|connection (?:refused|reset)|broken pipe|no such host|i\/o timeout|deadline exceeded|EOF$/,
    reason: 'nomad-unreachable',
    message: ({ error }) => `nomad-pack could not reach Nomad: ${error}`,
    hint: 'Check `nomad_addr`, and that the runner may reach it.',
    passing: true,
  },
  {
    pattern: /response code: 403|Permission denied/,
    reason: 'nomad-auth',
    message: ({ error }) => `Nomad refused what nomad-pack asked for: ${error}`,
    hint: 'Check `nomad_token` and its policies; docs/authentication.md lists what each operation needs.',
  },
  {
    pattern: /job "[^"]*" is in nonexistent namespace "[^"]*"|nonexistent namespace[\s\S]*/,
    reason: 'nomad-namespace',
    message: ({ match }) => `There is no such namespace: ${match[0]}`,
    hint: 'Create the namespace, or correct `nomad_namespace` (or the `namespace` in the pack’s template).',
  },
  {
    pattern: /No path to region/,
    reason: 'nomad-error',
    message: ({ error }) => `Nomad does not know the region: ${error}`,
    hint: 'Set `nomad_region` to a region of the cluster, or leave it empty; correct `region` where the pack’s template names one.',
  },
];

/** Answers of which nothing more is known than that Nomad, or what stands before it, has trouble. */
const TROUBLE                  = [
  {
    pattern: /response code: 404 \((?:\s*<|404 page not found|default backend)/,
    reason: 'nomad-error',
    message: ({ error }) => `What answered nomad-pack is not Nomad: ${error}`,
    hint: 'Check that `nomad_addr` is the address of Nomad’s HTTP API, and that a load balancer or proxy in front of Nomad can reach it.',
    passing: true,
  },
  {
    pattern: /response code: (429|5\d\d)/,
    reason: 'nomad-error',
    message: ({ error, match }) => `Nomad answered nomad-pack with status ${match[1]}: ${error}`,
    hint: 'Those are Nomad’s own words, or those of a proxy in front of it; the log of its servers may say more.',
    passing: true,
  },
  {
    pattern: /^invalid character .* looking for|^unexpected end of JSON input|^Got 0 byte response|^json: /,
    reason: 'nomad-error',
    message: ({ error }) => `What answered nomad-pack is not Nomad, or its answer was cut: ${error}`,
    hint: 'Check that `nomad_addr` is the address of Nomad’s HTTP API.',
    passing: true,
  },
];

const explainTitle = (0,rule/* byTable */.UN)(TITLES);
const explainNomad = (0,rule/* byTable */.UN)(NOMAD);
const ofTrouble = (0,rule/* byTable */.UN)(TROUBLE);

/** What Nomad counts is wrong with what it was sent, and stays so. */
const explainTrouble          = (blocks, context) =>
  blocks[0]?.isCounted ? undefined : ofTrouble(blocks, context);

;// CONCATENATED MODULE: ./build/js/nomad-pack/failure-rules/job.js
                                                    


/** A pack that renders to no job, or to one that Nomad cannot read. */
const explainSpecification          = ([block], { locate }) => {
  if (block === undefined) return undefined;
  const { error, context } = block;
  const pack = (0,rule/* packOf */.FM)(context);
  if (/no templates were rendered|no parsed templates found/.test(error)) {
    return {
      reason: 'job-specification',
      message: `The pack \`${pack}\` renders to no job: it has no template, or each of them comes out empty.`,
      hint: 'Look at the conditions in its templates, and at the variables in them. Templates of jobs have names that end in `.nomad.tpl`.',
    };
  }
  const template = context['Template Name'];
  if (/Failed to parse job/i.test(error)) {
    const [, line, , problem] = /input\.hcl:(\d+),(\d+)(?:-[\d,]+)?: ([\s\S]*?)\)?$/.exec(error) ?? [];
    return {
      reason: 'job-specification',
      message: `The job specification that ${template ?? 'the pack'} renders to is wrong${line === undefined ? '' : ` in line ${line}`}: ${problem ?? error}`,
      hint: 'Render the pack (`operation: render`) to see the line, and correct the template or the variable.',
      location: locationOf(template, locate),
    };
  }
  return undefined;
};

/** A job that Nomad does not take. It counts what it finds wrong with one. */
const explainRefusal          = ([block], { locate }) => {
  if (block === undefined || !block.isCounted || !SENT.test(block.title)) return undefined;
  const { error, context } = block;
  const template = context['Template Name'];
  const [, words = error] = /response code: \d+ \(([\s\S]*)\)$/.exec(error) ?? [];
  return {
    reason: 'job-specification',
    message: `Nomad refuses the job of ${template ?? `pack \`${(0,rule/* packOf */.FM)(context)}\``}: ${words}`,
    hint: 'Correct the template or the variables that it takes this from, or give the cluster what the job asks for.',
    location: locationOf(template, locate),
  };
};

/** What nomad-pack does when it sends a job to Nomad. */
const SENT = /^Failed To (?:Register Job|Perform Plan)/;

function locationOf(template                    , locate                          )                           {
  const file = template === undefined ? undefined : locate(template);
  return file === undefined ? undefined : { file };
}

// EXTERNAL MODULE: ./build/js/nomad-pack/failure-rules/pack-files.js
var pack_files = __webpack_require__(6008);
;// CONCATENATED MODULE: ./build/js/nomad-pack/failure-rules/runner.js


/** Trouble with the machine, in the words of the system. */
const RUNNER                  = [
  {
    pattern:
      /no space left on device|disk quota exceeded|read-only file system|too many open files|cannot allocate memory|resource temporarily unavailable|(?:open|mkdir|remove|rename|chmod|write) \S+: permission denied/i,
    reason: 'runner',
    message: ({ command, error }) => `The runner lacks what \`${command}\` needs: ${error}`,
    hint: 'Give the runner space on its disk, memory, or the right to write, as the words above say. Temporary files are in `RUNNER_TEMP`.',
  },
];

const explainRunner = (0,rule/* byTable */.UN)(RUNNER);

;// CONCATENATED MODULE: ./build/js/nomad-pack/failure-rules/template.js
                                                     
                                         

/** A kind of mistake in a template: the end of what Go's text/template says of it. nomad-pack leaves out what comes before. */
                
                           
                                                               
                             
                                  
                          
 

const CORRECT = 'Correct the template';

/** The first one that fits is taken. */
const RULES                  = [
  {
    // What nomad-pack says of a variable that is written as before 0.1, `.web.count` or `.my.count`.
    pattern: /^pack "[^"]*" not found when accessing "(\.nomad_pack\.([^"]+))"/,
    hint: ([, old, key]) =>
      `\`${old}\` is the syntax of packs from before nomad-pack 0.1: write \`meta "${key}" .\` instead. This action does not run packs with \`--parser-v1\`.`,
  },
  {
    pattern: /^pack "[^"]*" not found when accessing "(\.[^".]+\.([^"]+))"/,
    hint: ([, old, name]) =>
      `\`${old}\` is the syntax of packs from before nomad-pack 0.1: write \`var "${name}" .\` instead. This action does not run packs with \`--parser-v1\`.`,
  },
  {
    pattern: /no such file or directory|is a directory|cannot find the (?:file|path)/,
    hint: `The template reads a file that is not there. A relative path is looked up in the workspace: put the file there before this step, or correct the path in the template or in the variable that it comes from.`,
  },
  {
    pattern: /function "([^"]*)" not defined/,
    hint: ([, name]) =>
      `nomad-pack has no function \`${name}\`: correct its name, or set \`nomad_pack_version\` to one that has it. Where \`${name}\` is a word of the job, an action on a line before has no \`]]\`.`,
  },
  {
    pattern: /want (?:at least )?\d+ got \d+$/,
    hint: `${CORRECT}: the function is given the wrong number of arguments. \`var\` and \`meta\` take a name and the pack, as in \`var "count" .\`.`,
  },
  {
    pattern: /template "([^"]*)" not defined/,
    hint: ([, name]) =>
      `No file of the pack defines \`${name}\`. nomad-pack reads helpers from files in \`templates/\` whose names begin with \`_\`, such as \`_helpers.tpl\`.`,
  },
  {
    pattern: /exceeded maximum template depth/,
    hint: `${CORRECT}: it includes itself, directly or through another one.`,
  },
  {
    pattern: /unexpected EOF/,
    hint: `${CORRECT}: an \`if\`, \`range\`, \`with\` or \`define\` in it has no \`end\`.`,
  },
  {
    pattern: /unexpected \{\{(end|else)\}\}/,
    hint: ([, word]) => `${CORRECT}: there is an \`${word}\` without an \`if\`, \`range\`, \`with\` or \`define\`.`,
  },
  {
    pattern: /unclosed action|unterminated (?:quoted string|raw quoted string|character constant)|unclosed comment/,
    hint: `${CORRECT}: an action ends with \`]]\`, a string with the quote that it begins with, in the same line.`,
  },
  {
    pattern: /undefined variable "(\$[^"]*)"/,
    hint: ([, name]) =>
      `${CORRECT}: \`${name}\` is set nowhere before. A variable of the pack is read with \`var "NAME" .\`.`,
  },
  {
    pattern: /invalid memory address or nil pointer|nil pointer evaluating|nil data|index of (?:untyped )?nil/,
    hint: `${CORRECT}: what it looks into is not there. \`var "NAME" .web\` reads a variable of the dependency \`web\`, \`var "NAME" .\` one of the pack itself.`,
  },
  {
    pattern: /can't evaluate field (\S+) in type (\S+)/,
    hint: ([, field, type]) =>
      `The value that the template reads \`${field}\` from is a \`${type}\`, which has no such field. Give the variable a value that has it, or correct the template.`,
  },
  {
    pattern: /^403 \(|Permission denied/,
    reason: 'nomad-auth',
    hint: 'The template asks Nomad for something. Give the policy of `nomad_token` the right to read that, or correct the template.',
  },
  {
    pattern: /^\d{3} \(/,
    hint: 'The template asks Nomad for something; that is Nomad’s answer. Correct the template, or the variable that names what it asks for.',
  },
  {
    pattern: /^(?:connection (?:refused|reset)|no such host|i\/o timeout|EOF)/,
    reason: 'nomad-unreachable',
    hint: 'The template asks Nomad for something. Check `nomad_addr`, and that the runner may reach it.',
    passing: true,
  },
];

/** What to say of a mistake. */
                                                                         

function explainProblem(problem        )         {
  for (const { pattern, hint, ...rest } of RULES) {
    const match = pattern.exec(problem);
    if (match !== null) return { ...rest, hint: typeof hint === 'string' ? hint : hint(match) };
  }
  return { hint: OTHERWISE };
}

const OTHERWISE =
  'Correct the template of the pack, or set the variables that it looks at to other values. nomad-pack tells only the end of an error.';

/** What a template says itself, with `fail`, is meant for whoever sets the variables. */
const FAIL = /\[\[-?[^\]]*\bfail\b/;
const REFUSED         = {
  hint: 'The template calls `fail`: the pack does not accept what it was given. Change the variables that the message names, or correct the template.',
};

/** A template that cannot be read or fails when it runs. Where it cannot be read, its place is in the error alone. */
const explainTemplate          = ([block], { locate, lineOf }) => {
  if (block === undefined || block.context['Filename'] === undefined) return undefined;
  const { error, context } = block;
  const [, unread, at, found] = /^template: (.*?):(\d+):(?:\d+:)? ([\s\S]*)$/.exec(error) ?? [];
  const name = context['Filename'] || unread || '';
  const [line, offset] = (context['Position'] || at || '').split(',').map(Number);
  const problem = found ?? error;
  const source = line ? lineOf(name, line) : undefined;
  const written = source === undefined ? undefined : actionAt(source, offset);
  const file = locate(name);
  const says = problem === '' ? 'nomad-pack does not say why' : problem;
  const { hint, reason = 'template', passing = false } = FAIL.test(written ?? '') ? REFUSED : explainProblem(problem);
  return {
    reason,
    message: `The template ${name}${line ? `, line ${line}` : ''}, fails${written ? ` at \`${written}\`` : ''}: ${says}`,
    hint,
    passing,
    // nomad-pack counts the columns from 0.
    ...(file !== undefined && {
      location: { file, ...(line && { line }), ...(offset !== undefined && { column: offset + 1 }) },
    }),
  };
};

/** The action that is at a column of the line, 0-based; the line where there is none. nomad-pack tells the end of an error only, which may not say what it is about. */
function actionAt(line        , offset                    )         {
  if (offset === undefined) return line.trim();
  const start = line.lastIndexOf('[[', offset);
  const end = line.indexOf(']]', Math.max(offset, 0));
  const action = start === -1 || end === -1 ? '' : line.slice(start, end + 2);
  // Not one in a text that another one holds.
  return action.lastIndexOf('[[') === 0 ? action : line.trim();
}

// EXTERNAL MODULE: ./build/js/nomad-pack/failure-rules/variables.js
var variables = __webpack_require__(578);
// EXTERNAL MODULE: ./build/js/nomad-pack/output.js
var nomad_pack_output = __webpack_require__(3623);
;// CONCATENATED MODULE: ./build/js/nomad-pack/failures.js





                                                                       




                                                   

                                                              

/**
 * The first one that knows what nomad-pack said explains it: what comes earlier is more exact. Words of the pack's own, such as those of
 * `fail` in a template, come before those that are looked for anywhere.
 */
const EXPLANATIONS                     = [
  explainTitle,
  variables/* explainMissing */.Ce,
  variables/* explainUndeclared */.v7,
  variables/* explainInvalid */.Dy,
  variables/* explainVariableSource */.T5,
  pack_files/* explainNewerPack */.OO,
  pack_files/* explainPackFile */.$c,
  explainTemplate,
  variables/* explainVariableFile */.gi,
  explainSpecification,
  explainRunner,
  explainNomad,
  explainRefusal,
  explainTrouble,
  explainRest,
];

/** What the output of a command that failed means to the user; never a guess: what is not known is shown as it is. */
function explainFailure(
  { output, exitCode, signal }                                                        ,
  context                ,
)              {
  if (signal !== undefined) return killed(context.command, signal);
  const crash = /^panic: .*/m.exec(output)?.[0];
  if (crash !== undefined) return crashed(context.command, crash);
  const blocks = (0,nomad_pack_output/* parseErrorBlocks */.c3)(output);
  const [block] = blocks;
  const unhealthy = block && rolloutFailure(block);
  if (unhealthy !== undefined) return unhealthy;
  for (const explain of saysSomething(block) ? EXPLANATIONS : []) {
    const explained = explain(blocks, context);
    if (explained === undefined) continue;
    const { reason, message, hint, location, passing = false } = explained;
    return new errors/* ActionError */.lZ(reason, message, { hint, passing, ...(location !== undefined && { location }) });
  }
  return new errors/* ActionError */.lZ(
    'output-not-understood',
    `\`${context.command}\` ended with exit code ${exitCode} and said nothing that this action understands:\n${(0,nomad_pack_output/* tail */.RT)(output)}`,
    {
      hint: 'The lines above are nomad-pack’s own. Run again with debug logging (ACTIONS_STEP_DEBUG) for all of them.',
    },
  );
}

/** A template may fail without a word: then the place is all that there is. */
function saysSomething(block                        )          {
  return block !== undefined && (block.error !== '' || Boolean(block.context['Filename']));
}

/** Signals that a program gets for its own mistakes. */
const CRASHES                              = new Set(['SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGTRAP']);

/** What to throw for a command that was ended from outside. */
function killed(command        , signal                )              {
  const words = `\`${command}\` was ended by the signal ${signal} (${external_node_os_.constants.signals[signal]})`;
  if (CRASHES.has(signal)) return crashed(command, words);
  return new errors/* ActionError */.lZ('runner', `${words}, which this action did not send.`, {
    hint:
      signal === 'SIGKILL'
        ? 'Most often the system does that when the runner’s memory is used up: use a runner with more of it, or run fewer things at once.'
        : 'Look for what ends processes on the runner.',
    passing: true,
  });
}

/** An answer of Nomad's that nomad-pack does not expect is enough for that. */
function crashed(command        , words        )              {
  return new errors/* ActionError */.lZ('nomad-pack-failed', `\`${command}\` crashed: ${words}`, {
    hint: 'That is a fault of nomad-pack: try another `nomad_pack_version`.',
    passing: true,
  });
}

/** `run` of a version that watches the rollout itself has no more to say of one that fails than a title. */
function rolloutFailure({ title, error }            )                          {
  const words = /^\S+: (Deployment "[^"]+" failed)$/.exec(title)?.[1];
  if (words === undefined || error !== '') return undefined;
  return new errors/* ActionError */.lZ('unhealthy', `nomad-pack says: ${words}.`, {
    hint: 'Look at the events and logs of its tasks.',
  });
}

function explainRest([block]                       , { command }                ) {
  return (
    block && {
      reason: 'nomad-pack-failed'         ,
      message: `\`${command}\` failed: ${block.title}: ${block.error}`,
      hint: 'The words above are nomad-pack’s own.',
    }
  );
}


/***/ }),

/***/ 6844:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B_: () => (/* binding */ explainCloneFailure),
/* harmony export */   NM: () => (/* binding */ withoutHead),
/* harmony export */   Yx: () => (/* binding */ workspaceGitConfiguration),
/* harmony export */   r8: () => (/* binding */ gitConfiguration)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2027);

                                                                                     

/** The user whose password a token is, where `registry_user` names no other: GitHub's, and many hosts take any. */
const DEFAULT_USER = 'x-access-token';

/** git gives up a transfer that brings not a single byte for so long. Seconds. */
const STALL = 20;

/** Nothing that a repository or the user's settings name is run. */
const SAFE_SETTINGS                              = [
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['core.askPass', ''],
];

/**
 * How git, which nomad-pack runs to clone a registry, is told what it may do: the token through its environment, for the source's
 * repository only, and nothing else that a source, a redirect or the workspace could talk it into.
 */
function gitConfiguration(
  { source }                                  ,
  credentials                                 ,
)                         {
  const settings                     = [
    ...SAFE_SETTINGS,
    // A server that works on a large repository sends a few bytes every five seconds; one that is silent is not working.
    ['http.lowSpeedLimit', '1'],
    ['http.lowSpeedTime', String(STALL)],
  ];
  if (credentials !== undefined) {
    const { token, user = DEFAULT_USER } = credentials;
    const header = `Authorization: Basic ${Buffer.from(`${user}:${token}`).toString('base64')}`;
    settings.push(['http.followRedirects', 'false']);
    for (const scope of scopes(source)) {
      // An empty one drops those before it. git adds up the headers of all settings that match, the user's own among them; ours are
      // for the whole URL, so they come last. A submodule elsewhere matches the user's only.
      settings.push([`http.${scope}.extraheader`, ''], [`http.${scope}.extraheader`, header]);
      // Where this token is refused, no other credential is tried.
      settings.push([`credential.${scope}.helper`, '']);
    }
  }
  return asVariables(settings);
}

/** How git is told what it may do in the workspace, which a pull request may have written. */
function workspaceGitConfiguration()                         {
  // It only reads there.
  return { ...asVariables(SAFE_SETTINGS), GIT_OPTIONAL_LOCKS: '0' };
}

function asVariables(settings                                        )                         {
  const pairs = settings.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return {
    ...Object.fromEntries(pairs),
    GIT_CONFIG_COUNT: String(settings.length),
    GIT_TERMINAL_PROMPT: '0',
    GIT_ALLOW_PROTOCOL: 'https:http:ssh:file',
    // ssh has no terminal to ask at; its command stays the user's, who may have set `core.sshCommand`.
    SSH_ASKPASS_REQUIRE: 'never',
    LC_ALL: 'C',
  };
}

/** The URLs that mean the repository: as the source has it, which git asks, and with `.git`, which is what LFS asks below. */
function scopes(source        )           {
  const url = source.replace(/\/+$/, '');
  return url.endsWith('.git') ? [url] : [url, `${url}.git`];
}

/** A registry that git was asked for. */
                                                  
                             
 

/** What words of git mean to the user. */
                
                                                                                   
                           
                                        
                                     
                                 
                                                                                                  
                                                        
                                                                               
                                             
                          
 

/** The first one that fits is taken: what comes earlier is more exact. The words are git's (2.47), ssh's, and go-getter's (1.8). */
const RULES                  = [
  {
    pattern: /git must be available|executable file not found/,
    reason: 'git-missing',
    message: () => 'There is no `git` on the PATH, which nomad-pack needs to fetch a registry',
    hint: 'Install git on the runner, or give `pack` as a directory, which needs no registry.',
  },
  {
    pattern: /no space left on device|disk quota exceeded|out of diskspace/i,
    reason: 'runner',
    message: ({ source }) => `The disk of the runner is full: the registry ${source} could not be cloned`,
    hint: 'Free some space on the runner, or use one with a larger disk. The clone is in `RUNNER_TEMP`.',
  },
  {
    pattern:
      /(?:could not|cannot|unable to) (?:create|mkdir|write|open|lock|rename|unlink).*: (?:Permission denied|Operation not permitted)/i,
    reason: 'runner',
    message: ({ source }) => `git may not write where it should clone the registry ${source}`,
    hint: 'Give the user that the runner works as the right to write in `RUNNER_TEMP`.',
  },
  {
    pattern: /read-only file system|too many open files|cannot allocate memory|out of memory/i,
    reason: 'runner',
    message: ({ source }) => `The runner lacks what git needs to clone the registry ${source}`,
    hint: 'git’s own words say what: a folder that can be written to, memory, or a higher limit. The clone is in `RUNNER_TEMP`.',
  },
  {
    // Here git does not say why; a disk that is full is what makes files fail that were begun.
    pattern: /unable to write (?:new index )?file|failed to write new (?:configuration|index) file/,
    reason: 'runner',
    message: ({ source }) => `git could not write all of the registry ${source}`,
    hint: 'Most often the disk of the runner is full: free some space, or use a runner with a larger one. The clone is in `RUNNER_TEMP`.',
  },
  {
    pattern: /exited with -1\b|died of signal \d+/,
    reason: 'runner',
    message: ({ source }) => `git was killed while it cloned the registry ${source}`,
    hint: 'Most often the runner’s memory is used up: use a runner with more of it, or run fewer things at once.',
  },
  {
    pattern: /detected dubious ownership/,
    reason: 'registry-invalid',
    message: ({ source }) =>
      `git does not trust the registry ${source}, because it belongs to another user than the step’s`,
    hint: (_, words) =>
      `Run \`git config --global --add safe.directory ${/dubious ownership in repository at '([^']*)'/.exec(words)?.[1] ?? 'FOLDER'}\` before this step, or give the folder to the user that the runner works as.`,
  },
  {
    pattern: /transport '' not allowed/,
    reason: 'registry-invalid',
    message: ({ source }) =>
      `The registry ${source} wants something to be fetched by other means than https, http, ssh and file`,
    hint: 'Look at the submodules of the registry: one that is fetched by `ext::` or the like could run any command on this runner.',
  },
  {
    pattern: /returned error: 30\d/,
    reason: 'registry-unreachable',
    message: ({ source }) =>
      `The registry ${source} answered with a redirect, which is not followed so that the token stays with its host`,
    hint: 'Set `registry_source` to the address that the registry has now.',
  },
  {
    pattern: /Host key verification failed/i,
    reason: 'registry-auth',
    message: ({ source }) => `The host of the registry ${source} is not known to SSH`,
    hint: 'Add the key of the host to `known_hosts` before this step.',
  },
  {
    pattern: /Permission denied/,
    scheme: 'file:',
    reason: 'registry-unreachable',
    message: ({ source }) => `The user that the runner works as may not read the registry ${source}`,
    hint: 'Give it the right to read the whole folder, `.git` included.',
  },
  {
    pattern: /\b(?:open|stat) \S*nomad[/\\]packs[/\\]\S*: no such file or directory/,
    reason: 'registry-invalid',
    message: ({ source, ref }) => `The registry ${source} has no folder \`packs\` with packs in it at \`${ref}\``,
    hint: 'A registry keeps its packs in the folder `packs` of its root. Where the repository is a pack itself, or keeps packs elsewhere, check it out before this step and give `pack` as a directory, such as `pack: ./web`.',
  },
  {
    pattern:
      /could not read (?:Username|Password)|Authentication failed|returned error: 40[13]|Permission denied|Invalid username or (?:password|token)/i,
    reason: 'registry-auth',
    message: (registry) => `The registry ${registry.source} ${refusal(registry)}`,
    hint: ({ source }) =>
      source.startsWith('ssh:')
        ? 'Add a key that may read the repository to the SSH agent before this step.'
        : 'Set `registry_token` to a token that may read the repository (for GitHub: `contents: read`), and `registry_user` where the host wants a user name of its own beside it. The `GITHUB_TOKEN` of a workflow reads its own repository only.',
  },
  {
    pattern:
      /pathspec '' did not match|Remote branch .* not found|couldn't find remote ref|unknown revision|reference is not a tree|invalid ref(?:erence)?\b/i,
    reason: 'registry-ref-not-found',
    message: ({ source, ref }) => `The registry ${source} has no tag, branch or commit \`${ref}\``,
    hint: ({ ref }) =>
      `Set \`registry_ref\` to one that exists, or leave it out for the default branch.${ref.startsWith('refs/') ? ' nomad-pack fetches tags and branches, and no other refs.' : ''}`,
  },
  {
    pattern: /returned error: (?:408|425|429|5\d\d)/,
    reason: 'registry-unreachable',
    message: ({ source }) => `The host of the registry ${source} does not answer as it should`,
    hint: 'Wait for the host to recover, and run the job again.',
    passing: true,
  },
  {
    pattern: /certificate|SSL routines(?!.*unexpected eof)|unsupported protocol/i,
    reason: 'registry-unreachable',
    message: ({ source }) => `The registry ${source} cannot be reached over TLS`,
    hint: 'Check `registry_source`, and that the runner knows the authority that signed the host’s certificate (`http.sslCAInfo` in its git settings).',
  },
  {
    // git takes an answer that is not a list of refs for an empty repository. Whether it is one is asked beside the clone.
    pattern: /could not get ref of a cloned repository: reference not found/,
    reason: 'registry-unreachable',
    message: ({ source }) => `What was cloned from ${source} has not a single commit`,
    hint: 'Check that `registry_source` is the address of a repository that has a commit, and run the job again.',
    passing: true,
  },
  {
    pattern: /not found|does not appear to be a git repository|does not exist/i,
    reason: 'registry-unreachable',
    message: ({ source }) =>
      source.startsWith('file:')
        ? `There is no git repository at ${source}`
        : `There is no git repository at ${source}, or it is private`,
    hint: (registry) => hintForMissing(registry),
  },
  {
    pattern:
      /not valid: is this a git repository|bad line length|protocol error|invalid index-pack output|expected flush|unexpected flush|expected ''|error (?:processing|reading section header)/i,
    reason: 'registry-unreachable',
    message: ({ source }) => `What answers at ${source} does not speak git’s protocol`,
    hint: 'Check that `registry_source` is the address of a repository, as one would clone it.',
    passing: true,
  },
  {
    pattern: /^(?:ssh|kex_exchange_identification): |Operation too slow/im,
    reason: 'registry-unreachable',
    message: ({ source }) => `The registry ${source} cannot be reached`,
    hint: (registry) => hintForUnreachable(registry),
    passing: true,
  },
  {
    pattern:
      /unable to access|could not resolve|failed to connect|connection (?:refused|reset|closed|timed out)|timed out|network is unreachable|no route to host|early EOF|RPC failed|unexpected disconnect|remote error|hung up|could not read from remote/i,
    reason: 'registry-unreachable',
    message: ({ source }) => `The registry ${source} cannot be reached`,
    hint: (registry) => hintForUnreachable(registry),
    passing: true,
  },
];

/** What git's words on a clone that failed mean to the user. The token is nowhere in them: git was never given a URL with it. */
function explainCloneFailure(
  asked                  ,
  hasToken         ,
  words        ,
)                          {
  const registry = { ...asked, hasToken };
  const bare = withoutQuoted(words);
  const rule = RULES.find(({ pattern, scheme = '' }) => registry.source.startsWith(scheme) && pattern.test(bare));
  if (rule === undefined) return undefined;
  const { reason, message, hint, passing = false } = rule;
  return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ(reason, `${message(registry)} (${lineOf(rule, words)}).`, {
    hint: typeof hint === 'string' ? hint : hint(registry, words),
    passing,
  });
}

/** The line that tells most: the one that the rule is about. */
function lineOf({ pattern }      , words        )         {
  const line = words.split(/\r?\n/).find((text) => pattern.test(withoutQuoted(text))) ?? '';
  // go-getter's words come before those of git.
  return (/(?:fatal|error): .*/.exec(line)?.[0] ?? line).replace(/^error downloading '[^']*': /, '').trim();
}

function withoutQuoted(words        )         {
  return words.replace(/'[^'\n]*'/g, "''");
}

/** What to throw where the repository's HEAD leads to no commit: nothing was committed yet, or its branch has another name. */
function withoutHead({ source }                  )              {
  return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ(
    'registry-ref-not-found',
    `The registry ${source} has no default branch: the repository is empty, its HEAD names a branch that is not there, or what answers is not a git server.`,
    { hint: 'Push a commit to it, correct its default branch, or set `registry_ref` to a branch, tag or commit.' },
  );
}

function hintForMissing({ source, hasToken }               )         {
  if (source.startsWith('file:'))
    return 'Check `registry_source`: a path is relative to the workspace, and has to be there before this step.';
  const hosts = 'Many hosts say "not found" of a private repository';
  return hasToken
    ? `Check \`registry_source\`, and that \`registry_token\` may read it. ${hosts}.`
    : `Check \`registry_source\`. ${hosts}: then set \`registry_token\`.`;
}

function hintForUnreachable({ source }                  )         {
  return source.startsWith('ssh:')
    ? 'Check `registry_source`, and that the runner may reach that host and port over SSH.'
    : 'Check `registry_source`, and that the runner may reach that host (proxy variables are passed on).';
}

function refusal({ hasToken, source }               )         {
  if (source.startsWith('ssh:')) return 'refused the SSH key';
  return hasToken ? 'refused `registry_token`' : 'asks for credentials, and there is no `registry_token`';
}


/***/ }),

/***/ 481:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  zj: () => (/* binding */ UnreadableHcl),
  mh: () => (/* binding */ lineAt),
  J$: () => (/* binding */ scanHcl)
});

;// CONCATENATED MODULE: ./build/js/nomad-pack/hcl-constants.js
/** A value of HCL that is not a collection. */
                                                       

/** HCL's operators, from those that bind the most. */
const LEVELS                                 = [
  ['*', '/', '%'],
  ['+', '-'],
  ['<', '>', '<=', '>='],
  ['==', '!='],
  ['&&'],
  ['||'],
];

/**
 * What a chain of operations comes to.
 *
 * @param operands one more than there are operators; undefined for a value that is not known
 * @returns undefined where the result depends on what is not known, or where HCL would complain
 */
function evaluateChain(
  operands                                  ,
  operators                   ,
)                      {
  let values = [...operands];
  let signs = [...operators];
  for (const level of LEVELS) {
    const folded = values.slice(0, 1);
    const left           = [];
    for (const [index, sign] of signs.entries()) {
      const next = values[index + 1];
      if (level.includes(sign)) folded.push(evaluateBinary(sign, folded.pop(), next));
      else {
        left.push(sign);
        folded.push(next);
      }
    }
    [values, signs] = [folded, left];
  }
  return values[0];
}

/** What `!` or `-` makes of a value; undefined as for `evaluateChain`. */
function evaluateUnary(sign        , value                     )                      {
  if (sign === '!') {
    const operand = asBoolean(value);
    return operand === undefined ? undefined : !operand;
  }
  const operand = asNumber(value);
  return operand === undefined ? undefined : -operand;
}

/** As a condition; undefined where it cannot be one. */
function asBoolean(value                     )                      {
  if (value === true || value === 'true' || value === '1') return true;
  if (value === false || value === 'false' || value === '0') return false;
  return undefined;
}

function asNumber(value                     )                     {
  if (typeof value === 'number') return value;
  const isNumeric = typeof value === 'string' && /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(value);
  return isNumeric ? Number(value) : undefined;
}

function evaluateBinary(sign        , a                     , b                     )                      {
  if (a === undefined || b === undefined) return undefined;
  // HCL converts neither side: `"1" == 1` is false.
  if (sign === '==') return a === b;
  if (sign === '!=') return a !== b;
  if (sign === '&&' || sign === '||') return evaluateLogic(sign, asBoolean(a), asBoolean(b));
  return evaluateNumbers(sign, asNumber(a), asNumber(b));
}

/** HCL evaluates both sides in any case. */
function evaluateLogic(sign             , a                     , b                     )                      {
  if (a === undefined || b === undefined) return undefined;
  return sign === '&&' ? a && b : a || b;
}

function evaluateNumbers(sign        , a                    , b                    )                      {
  if (a === undefined || b === undefined) return undefined;
  switch (sign) {
    case '<':
      return a < b;
    case '>':
      return a > b;
    case '<=':
      return a <= b;
    case '>=':
      return a >= b;
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return b === 0 ? undefined : a / b;
    default:
      return b === 0 ? undefined : a % b;
  }
}

;// CONCATENATED MODULE: ./build/js/nomad-pack/hcl-scanner.js


/** A place in an expression that cannot be evaluated without a scope: a call of a function or the name of a variable. */
                           
                                               
                          
                                                                
                           
 

/** What is known of an expression. */
                             
                                                   
                          
                                                                                                                  
                               
                                                         
                             
 

                        
                        
                                     
                          
                      
 

                       
                                                                                         
                                    
 

/** The text is not HCL, or nested deeper than anybody writes it. The message reads on after the place. */
class UnreadableHcl extends Error {
  /** Where it cannot be read any further. UTF-16 units. */
           offset        ;

  constructor(message        , offset        ) {
    super(message);
    this.offset = offset;
  }
}

const DEEPEST = 500;

const IDENTIFIER = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const OPERATOR = /\|\||&&|[=!<>]=|[<>+*%-]|\/(?![/*])/y;
const SIGN = /[!-]/y;
const FOR = /for[ \t\r\n]+(?=[\p{ID_Start}_])/uy;
const ESCAPES                                   = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/**
 * Reads the structure of a text that is HCL 2, as Nomad has found it to be, in one pass: its attributes and blocks, and for each
 * expression whether HCL can evaluate it without variables and functions.
 *
 * @throws UnreadableHcl
 */
function scanHcl(text        )       {
  const scanner = new Scanner(text);
  scanner.accept('\uFEFF');
  const body = scanner.body();
  if (!scanner.atEnd) scanner.fail('there is a `}` that closes nothing');
  return body;
}

/** The line that a place in a text is in, 1-based. */
function lineAt(text        , offset        )         {
  return text.slice(0, offset).split('\n').length;
}

class Scanner {
           #text        ;
  #at = 0;
  #depth = 0;
  /** Names that a `for` around the current place gives values to. */
  #bound           = [];

  constructor(text        ) {
    this.#text = text;
  }

  get atEnd()          {
    return this.#at >= this.#text.length;
  }

  accept(token        )          {
    if (!this.#text.startsWith(token, this.#at)) return false;
    this.#at += token.length;
    return true;
  }

  /** @throws UnreadableHcl */
  fail(words        , offset = this.#at)        {
    throw new UnreadableHcl(words, offset);
  }

  /** Up to the closing brace of the block, or the end of the text. */
  body()       {
    return this.#nested(() => {
      const attributes = new Map                                                      ();
      const blocks          = [];
      for (;;) {
        this.#blanks(true);
        if (this.atEnd || this.#text[this.#at] === '}') return { attributes, blocks };
        const offset = this.#at;
        const name = this.#match(IDENTIFIER) ?? this.fail('an argument or a block must begin with its name');
        this.#blanks(false);
        if (this.accept('=')) {
          if (attributes.has(name)) this.fail(`the argument \`${name}\` is set twice`, offset);
          attributes.set(name, { ...this.#expression(false), nameOffset: offset });
        } else blocks.push(this.#block(name, offset));
        this.#endOfLine();
      }
    });
  }

  /** HCL wants each argument and block in a line of its own. */
  #endOfLine()       {
    this.#blanks(false);
    if (!this.atEnd && !/[\r\n}]/.test(this.#text[this.#at] ?? '')) this.fail('a new line must begin here');
  }

  #block(type        , offset        )        {
    const labels           = [];
    for (;;) {
      this.#blanks(false);
      if (this.accept('{')) break;
      if (!/["\p{ID_Start}_]/u.test(this.#text[this.#at] ?? ''))
        this.fail(`\`${type}\` must go on with \`=\` and a value, or with \`{\``, offset);
      labels.push(this.#match(IDENTIFIER) ?? this.#label());
    }
    const body = this.body();
    if (!this.accept('}')) this.fail(`the block \`${type}\` has no \`}\``, offset);
    return { type, labels, offset, body };
  }

  #label()         {
    const { literal } = this.#quoted();
    if (typeof literal !== 'string') this.fail('a label must be a plain text');
    return literal;
  }

  /** @param multiline whether a line end is as good as a blank, as it is inside brackets */
  #expression(multiline         )             {
    return this.#nested(() => {
      const condition = this.#operation(multiline);
      this.#blanks(multiline);
      if (!this.accept('?')) return condition;
      const yes = this.#expression(multiline);
      this.#blanks(multiline);
      this.#require(':');
      const no = this.#expression(multiline);
      if (condition.computed !== undefined) return condition;
      // HCL complains of the branch only that it takes.
      const isTrue = asBoolean(condition.literal);
      if (isTrue !== undefined) return isTrue ? yes : no;
      const computed = yes.computed ?? no.computed;
      return { offset: condition.offset, ...(computed !== undefined && { computed }) };
    });
  }

  #operation(multiline         )             {
    const first = this.#term(multiline);
    const operands = [first];
    const operators           = [];
    for (;;) {
      this.#blanks(multiline);
      const operator = this.#match(OPERATOR);
      if (operator === undefined) break;
      operators.push(operator);
      operands.push(this.#term(multiline));
    }
    if (operators.length === 0) return first;
    const computed = operands.find((operand) => operand.computed !== undefined)?.computed;
    if (computed !== undefined) return { offset: first.offset, computed };
    const literal = evaluateChain(
      operands.map((operand) => operand.literal),
      operators,
    );
    return { offset: first.offset, ...(literal !== undefined && { literal }) };
  }

  #term(multiline         )             {
    this.#blanks(multiline);
    const offset = this.#at;
    const signs           = [];
    for (;;) {
      const sign = this.#match(SIGN);
      if (sign === undefined) break;
      signs.unshift(sign);
      this.#blanks(multiline);
    }
    let { literal, computed } = this.#primary();
    for (;;) {
      this.#blanks(false);
      if (this.accept('[')) {
        const index = this.accept('*') ? undefined : this.#expression(true);
        computed ??= index?.computed;
        this.#blanks(true);
        this.#require(']');
      } else if (!this.#text.startsWith('...', this.#at) && this.accept('.')) {
        if (!this.accept('*') && (this.#match(IDENTIFIER) ?? this.#match(NUMBER)) === undefined)
          this.fail('a name must stand after the `.`');
      } else break;
      literal = undefined;
    }
    literal = signs.reduce                     ((value, sign) => evaluateUnary(sign, value), literal);
    return {
      offset,
      ...(computed !== undefined && { computed }),
      ...(literal !== undefined && { literal }),
    };
  }

  #primary()             {
    const offset = this.#at;
    const next = this.#text[this.#at];
    if (next === '"') return this.#quoted();
    if (next === '<') return this.#heredoc();
    if (this.accept('(')) {
      const inner = this.#expression(true);
      this.#blanks(true);
      this.#require(')');
      return inner;
    }
    if (this.accept('[')) return this.#forOr(']', () => this.#items(']'), offset);
    if (this.accept('{')) return this.#forOr('}', () => this.#entries(), offset);
    const number = this.#match(NUMBER);
    if (number !== undefined) return { offset, literal: Number(number) };
    const name = this.#match(IDENTIFIER);
    if (name === undefined) this.fail('a value must stand here');
    return this.#named(name, offset);
  }

  #named(name        , offset        )             {
    this.#blanks(false);
    if (this.accept('(')) {
      this.#items(')');
      return { offset, computed: { offset, written: `${name}(...)` } };
    }
    if (name === 'null') return { offset, literal: null };
    if (name === 'true' || name === 'false') return { offset, literal: name === 'true' };
    if (this.#bound.includes(name)) return { offset };
    const path = /(?:\.[\p{ID_Continue}-]+)*/uy;
    path.lastIndex = this.#at;
    return { offset, computed: { offset, written: name + (path.exec(this.#text)?.[0] ?? '') } };
  }

  /** What is between brackets, up to the closing one: a `for` expression, or what `items` reads. */
  #forOr(close        , items                            , offset        )             {
    this.#blanks(true);
    const computed = this.#match(FOR) === undefined ? items() : this.#for(close);
    return { offset, ...(computed !== undefined && { computed }) };
  }

  #for(close        )                       {
    const names = this.#loopNames();
    const parts = [this.#expression(true)];
    this.#blanks(true);
    this.#require(':');
    this.#bound.push(...names);
    parts.push(this.#expression(true));
    for (;;) {
      this.#blanks(true);
      if (this.accept(close)) break;
      if (this.accept('...')) continue;
      if (!this.accept('=>') && !this.accept('if')) this.fail(`\`${close}\` must end the \`for\``);
      parts.push(this.#expression(true));
    }
    this.#bound.length -= names.length;
    return parts.find(({ computed }) => computed !== undefined)?.computed;
  }

  /** `value in` or `key, value in`. */
  #loopNames()           {
    const names           = [];
    for (;;) {
      this.#blanks(true);
      const name = this.#match(IDENTIFIER);
      if (name === undefined) this.fail('a `for` must go on with a name');
      if (name === 'in' && names.length > 0) return names;
      names.push(name);
      this.#blanks(true);
      this.accept(',');
    }
  }

  #items(close        )                       {
    let computed                      ;
    for (;;) {
      this.#blanks(true);
      if (this.accept(close)) return computed;
      if (this.accept(',') || this.accept('...')) continue;
      const item = this.#expression(true);
      computed ??= item.computed;
    }
  }

  #entries()                       {
    let computed                      ;
    for (;;) {
      this.#blanks(true);
      if (this.accept('}')) return computed;
      if (this.accept(',')) continue;
      const key = this.#key();
      this.#blanks(false);
      if (!this.accept('=')) this.#require(':');
      const value = this.#expression(false);
      computed ??= key ?? value.computed;
    }
  }

  /** The key of an entry: a bare name is one, and not a variable. */
  #key()                       {
    const start = this.#at;
    if (this.#match(IDENTIFIER) !== undefined) {
      this.#blanks(false);
      if (/^(?::|=(?!=))/.test(this.#text.slice(this.#at, this.#at + 2))) return undefined;
      this.#at = start;
    }
    return this.#expression(false).computed;
  }

  #quoted()             {
    const offset = this.#at;
    this.#require('"');
    const template = new Template(offset);
    while (!this.accept('"')) this.#templatePiece(template, /[^"\\$%\n]+/y, true);
    return template.expression(offset);
  }

  #heredoc()             {
    const offset = this.#at;
    const marker = this.#match(/<<-?([\p{ID_Start}_][\p{ID_Continue}-]*)[ \t]*\r?\n/uy)?.replace(/^<<-?|\s+$/g, '');
    if (marker === undefined) this.fail('`<<` must go on with a marker, as in `<<EOF`');
    const closing = new RegExp(`[ \\t]*${marker}(?=[ \\t]*(?:\\r?\\n|$))`, 'uy');
    const template = new Template(offset);
    while (this.#match(closing) === undefined) {
      while (!this.accept('\n')) this.#templatePiece(template, /[^$%\n]+/y, false);
    }
    return { offset, ...template.computed() };
  }

  #templatePiece(template          , plain        , hasEscapes         )       {
    if (this.atEnd || (hasEscapes && this.#text[this.#at] === '\n')) this.fail('a text has no end', template.offset);
    const text = this.#match(plain);
    if (text !== undefined) template.add(text);
    else if (this.accept('$${')) template.add('${');
    else if (this.accept('%%{')) template.add('%{');
    else if (this.accept('${')) this.#interpolation(template);
    else if (this.accept('%{')) this.#directive(template);
    else if (hasEscapes && this.accept('\\')) template.add(this.#escape());
    else template.add(this.#text[this.#at++] ?? '');
  }

  #escape()         {
    const code = this.#match(/u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}/y);
    if (code !== undefined) return String.fromCodePoint(Math.min(Number.parseInt(code.slice(1), 16), 0x10ffff));
    const selector = this.#text[this.#at++] ?? '';
    return ESCAPES[selector] ?? selector;
  }

  #interpolation(template          )       {
    const isTrimmed = this.accept('~');
    template.insert(this.#expression(true));
    if (this.#endOfSequence() || isTrimmed) template.trim();
  }

  /** `%{ if ... }`, `%{ for x in ... }` and what ends them. */
  #directive(template          )       {
    this.accept('~');
    this.#blanks(true);
    const keyword = this.#match(IDENTIFIER);
    if (keyword === 'for') {
      const names = this.#loopNames();
      template.evaluate(this.#expression(true).computed);
      this.#bound.push(...names);
      template.loops.push(names.length);
    } else if (keyword === 'endfor') this.#bound.length -= template.loops.pop() ?? 0;
    else if (keyword === 'if') {
      const { computed, literal } = this.#expression(true);
      template.evaluate(computed);
      template.enter(asBoolean(literal));
    } else if (keyword === 'else') template.turn();
    else if (keyword === 'endif') template.leave();
    template.trim();
    this.#endOfSequence();
  }

  /** @returns whether the blanks behind it go */
  #endOfSequence()          {
    this.#blanks(true);
    const isTrimmed = this.accept('~');
    this.#require('}');
    return isTrimmed;
  }

  /** Blanks and comments; with `newlines` line ends, too. */
  #blanks(newlines         )       {
    const blank = newlines ? /[ \t\r\n]+/y : /(?:[ \t]|\r(?!\n))+/y;
    while (this.#match(blank) !== undefined || this.#match(/(?:#|\/\/)[^\n]*/y) !== undefined || this.#blockComment());
  }

  #blockComment()          {
    if (!this.accept('/*')) return false;
    const end = this.#text.indexOf('*/', this.#at);
    if (end === -1) this.fail('a comment has no end');
    this.#at = end + 2;
    return true;
  }

  #match(pattern        )                     {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #require(token        )       {
    if (!this.accept(token)) this.fail(`\`${token}\` must stand here`);
  }

  #nested       (read             )        {
    if (this.#depth >= DEEPEST) this.fail(`it is nested deeper than ${DEEPEST} times`);
    this.#depth += 1;
    const found = read();
    this.#depth -= 1;
    return found;
  }
}

/** A text with `${ ... }` and `%{ ... }` in it, as far as it has been read. */
class Template {
  /** Where it begins. */
           offset        ;
  /** How many names each loop gives values to, of the loops that the current place is in. */
           loops           = [];
  /** Whether the branch that the current place is in is taken, of each condition that it is in; undefined where that is not known. */
           #branches                          = [];
           #parts                          = [];
  #isText = false;
  #computed                      ;

  constructor(offset        ) {
    this.offset = offset;
  }

  add(text        )       {
    const last = this.#parts.at(-1);
    // What comes piece by piece is one text.
    if (this.#isText && typeof last === 'string') this.#parts[this.#parts.length - 1] = last + text;
    else this.#parts.push(text);
    this.#isText = true;
  }

  insert({ computed, literal }            )       {
    this.evaluate(computed);
    this.#parts.push(literal);
    this.#isText = false;
  }

  /** What is around the current place changes with what blanks are taken away, or which branch is taken. */
  trim()       {
    this.#parts.push(undefined);
    this.#isText = false;
  }

  evaluate(computed                      )       {
    // HCL complains of the branch only that it takes.
    if (!this.#branches.includes(false)) this.#computed ??= computed;
  }

  enter(condition                     )       {
    this.#branches.push(condition);
  }

  turn()       {
    const condition = this.#branches.pop();
    this.#branches.push(condition === undefined ? undefined : !condition);
  }

  leave()       {
    this.#branches.pop();
  }

  computed()                               {
    return this.#computed === undefined ? {} : { computed: this.#computed };
  }

  expression(offset        )             {
    const literal = this.#literal();
    return { offset, ...this.computed(), ...(literal !== undefined && { literal }) };
  }

  #literal()                      {
    const [first, ...others] = this.#parts;
    if (this.#parts.length === 0) return '';
    // An interpolation that stands alone keeps its type.
    if (others.length === 0) return first;
    if (this.#parts.some((part) => part === undefined || part === null)) return undefined;
    return this.#parts.map(String).join('');
  }
}


/***/ }),

/***/ 3800:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ HOST)
/* harmony export */ });
/* unused harmony export hostOf */
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);


                                                         

/** What differs between operating systems for the programs that the action starts. */
                       
     
                                                                                                                                      
                         
     
                         
     
                                                                                                                                       
                                                          
     
                                                         
     
                                                                                                                                        
            
    
                                                    
     
                                                                                        
                                                                                             
                              
                                                                                                                        
                                                     
 

/** Where Go's cache folder follows XDG_CACHE_HOME, so that git can have the real home beside it. */
const UNIX       = {
  cache: '.cache/nomad/packs',
  homeOfCache: { HOME: '.' },
  homeOfGit: ({ HOME }, folder) => ({
    ...(HOME !== undefined && { HOME }),
    XDG_CACHE_HOME: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, '.cache'),
  }),
  hasGroups: true,
  endTree: (pid, signal) => {
    try {
      process.kill(-pid, signal);
    } catch (error) {
      const { code } = error                         ;
      // macOS says EPERM of a group whose processes have all ended.
      if (code !== 'ESRCH' && code !== 'EPERM') throw error;
    }
  },
};

const HOSTS                                                   = {
  // The cache folder follows no variable but the home.
  darwin: {
    ...UNIX,
    cache: 'Library/Caches/nomad/packs',
    homeOfGit: (environment) => ({ ...UNIX.homeOfCache, ...settingsOfGit(environment) }),
  },
  win32: {
    cache: '.cache/nomad/packs',
    homeOfCache: { USERPROFILE: '.', LOCALAPPDATA: '.cache' },
    homeOfGit: (environment) => ({ LOCALAPPDATA: '.cache', ...settingsOfGit(environment) }),
    hasGroups: false,
    // There are no signals that a program could heed: it ends at once.
    endTree: (pid) => {
      (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' }).on('error', () => undefined);
    },
  },
};

/** The host of a platform, in Node's words; all that are not named here are like Linux. */
function hostOf(platform                 )       {
  return HOSTS[platform] ?? UNIX;
}

/** The host that this process runs on. */
const HOST       = hostOf(process.platform);

/** The user's settings of git, for a git that has another home. */
function settingsOfGit({ HOME, GIT_CONFIG_GLOBAL }             )                         {
  if (HOME === undefined) return {};
  return { GIT_CONFIG_GLOBAL: GIT_CONFIG_GLOBAL ?? (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(HOME, '.gitconfig') };
}


/***/ }),

/***/ 3623:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AI: () => (/* binding */ isDebugLine),
/* harmony export */   RT: () => (/* binding */ tail),
/* harmony export */   c3: () => (/* binding */ parseErrorBlocks)
/* harmony export */ });
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7975);


/** An error as nomad-pack prints it: `! Title`, `!   Error: ...`, `!   Context:`, `!     Key: value`. */
                             
                         
                                                                 
                         
                                                                                  
                              
                                                     
 

/** A title; after the last words of `plan` on one job, which have no line end, that of an error of the next one. */
const TITLE = /^(?:potentially invalid\.)?! (?! )(.+)$/;

/** Nomad counts its errors first (`1 error occurred:`) and lists them below: the first line would say nothing. */
const COUNT = /(?<!\d)\d{1,9} errors? occurred:\s*\* /g;

/** The error blocks in what nomad-pack printed, in their order; empty where there are none. */
function parseErrorBlocks(output        )               {
  const blocks                                                                        = [];
  let inContext = false;
  // Advice on flags, which a user of the action does not set.
  let inDetails = false;
  for (const line of output.split('\n').map((text) => (0,node_util__WEBPACK_IMPORTED_MODULE_0__.stripVTControlCharacters)(text))) {
    const title = TITLE.exec(line)?.[1];
    const block = blocks.at(-1);
    if (title !== undefined) {
      blocks.push({ title, error: [], context: {} });
      inContext = false;
      inDetails = false;
    } else if (block === undefined) {
    } else if (/^! {3}Context:\s*$/.test(line)) {
      inContext = true;
    } else if (inContext) {
      const [, key, value] = /^! +([A-Z][A-Za-z ]*): ?(.*)$/.exec(line) ?? [];
      if (key !== undefined) block.context[key] = (value ?? '').trim();
    } else if (/^! {3}(?:Details|Suggestions):/.test(line)) {
      inDetails = true;
    } else if (!inDetails) {
      const first = /^! {3}Error: (.*)$/.exec(line)?.[1];
      if (first !== undefined || block.error.length > 0) block.error.push(first ?? line.trim());
    }
  }
  return blocks.map(({ title, error, context }) => {
    const words = error.join('\n').trim();
    const plain = words.replace(COUNT, '');
    return { title, error: plain, isCounted: plain !== words, context };
  });
}

/** Whether a line is nomad-pack's own tracing, which it prints whether it is asked to or not. */
function isDebugLine(line        )          {
  const text = (0,node_util__WEBPACK_IMPORTED_MODULE_0__.stripVTControlCharacters)(line).trimEnd();
  return /^debug: /.test(text) || /^\s*temp directory deleted$/.test(text);
}

/** The end of an output, for a message that has to show what was not understood. */
function tail(output        , lines = 15)         {
  const kept = output.split('\n').filter((line) => line.trim() !== '' && !isDebugLine(line));
  return kept.slice(-lines).join('\n');
}


/***/ }),

/***/ 4895:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ withoutAdvice),
/* harmony export */   l: () => (/* binding */ withoutValues)
/* harmony export */ });
/** Go's `%q`, as nomad-pack quotes values. */
const QUOTED = /"(?:[^"\\]|\\.)*"/g;

/**
 * Leaves values out of a line of nomad-pack's plan, which writes `+ NAME: "new"`, `- NAME: "old"`, `+/- NAME: "old" => "new"`, and, for
 * the text of a template, each of its lines after `+ ` or `- `.
 *
 * @param values as they are
 * @param quote as `%q` writes a text, quotes included
 */
function withoutValues(values                     , quote                          )                           {
  const literals = new Set([...values].map(quote));
  const lines = new Set([...values].flatMap((value) => value.split('\n').map((line) => line.trim())));
  lines.delete('');
  return (line) => {
    const [, head = '', rest] = /^(\s*(?:\+\/-|-|\+) )(.*)$/.exec(line) ?? [];
    if (rest === undefined) return line;
    if (lines.has(rest.trim())) return `${head}***`;
    return head + rest.replace(QUOTED, (literal) => (literals.has(literal) ? '"***"' : literal));
  };
}

/**
 * Leaves out what nomad-pack advises after each job: to run the job by hand with an index that makes no sense for a pack of several.
 * Each line is to be given once, in order.
 *
 * @returns the line, or what is to be seen of it; undefined for one that is left out
 */
function withoutAdvice()                                       {
  let isAdvice = false;
  return (line) => {
    if (line.startsWith('To submit the job with version verification run:')) isAdvice = true;
    if (!isAdvice) return line;
    // The next thing that it says follows on the same line.
    const end = /^(?:changed, another user .*)?potentially invalid\.(.*)$/.exec(line);
    if (end === null) return undefined;
    isAdvice = false;
    return end[1] || undefined;
  };
}


/***/ }),

/***/ 1017:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ runCommand)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var node_events__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8474);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8161);
/* harmony import */ var node_readline__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2862);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2027);
/* harmony import */ var _host_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3800);







/** How long a process that was asked to end may take before it is killed; after a cancel the step has five seconds for everything. Milliseconds. */
const GRACE = 1000;

/** More output than any pack has; what comes after it is dropped. Characters. */
const OUTPUT_LIMIT = 16 * 1024 * 1024;

                                 
                       
                                                 
                               
                                                      
                                           
                                                                                                      
                                                                      
                                                                                                          
                                 
                                                                                                                             
                         
 

                                 
                                                               
                            
                                                        
                          
                                        
                                
                                                                                
                                   
 

/**
 * Runs a program without a shell and without input, and streams its lines. A cancel interrupts it (SIGINT), and kills it and all
 * that it started when it has not ended a second later: nomad-pack can outlive an interrupt by five. So does the end of its time.
 *
 * @throws ActionError with the reason `cancelled`, once the process is gone; `nomad-pack-missing` when it cannot be started
 */
async function runCommand(
  file        ,
  args                   ,
  options                ,
)                          {
  if (options.signal.aborted) throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .cancelled */ .KW)(options.signal);
  const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)(file, args, {
    cwd: options.cwd,
    env: options.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own: git and ssh, which it starts, end with it.
    detached: _host_js__WEBPACK_IMPORTED_MODULE_5__/* .HOST */ .j.hasGroups,
    windowsHide: true,
  });
  const { pid } = child;
  const started = (0,node_events__WEBPACK_IMPORTED_MODULE_1__.once)(child, 'spawn');
  const closed = (0,node_events__WEBPACK_IMPORTED_MODULE_1__.once)(child, 'close')                   ;
  // They are awaited below, if nothing else ends this first; until then a failure must not count as unhandled.
  for (const event of [started, closed]) event.catch(() => undefined);
  try {
    // Before anything is awaited: a step that is killed now still leaves the process where post finds it.
    if (pid !== undefined) options.onProcess?.(pid, 'runs');
    await started.catch((error         ) => {
      throw notStarted(file, error);
    });
    return await outcomeOf(child, closed, options);
  } finally {
    if (pid !== undefined && child.exitCode === null && child.signalCode === null) _host_js__WEBPACK_IMPORTED_MODULE_5__/* .HOST */ .j.endTree(pid, 'SIGKILL');
    if (pid !== undefined) options.onProcess?.(pid, 'ended');
  }
}

/** Exit code, or the signal that ended it. */
                                                                   

async function outcomeOf(
  child              ,
  closed                 ,
  options                ,
)                          {
  const output = collectLines(child, options.onLine);
  child.once('exit', () => closeInTime(child));
  // It is awaited when the process has ended; until then a failure must not count as unhandled.
  output.catch(() => undefined);
  let interrupted = false;
  const patience = setTimeout(() => {
    interrupted = true;
    endGracefully(child, 0);
  }, options.limit);
  const onCancel = () => endGracefully(child, options.finishWithin ?? 0);
  if (options.signal.aborted) onCancel();
  else options.signal.addEventListener('abort', onCancel, { once: true });
  try {
    const [code, signal] = await closed;
    if (options.signal.aborted && (signal !== null || code !== 0)) throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .cancelled */ .KW)(options.signal);
    return {
      exitCode: code ?? 128 + node_os__WEBPACK_IMPORTED_MODULE_2__.constants.signals[signal ?? 'SIGKILL'],
      output: (await output).join('\n'),
      interrupted,
      ...(signal !== null && !interrupted && { signal }),
    };
  } finally {
    clearTimeout(patience);
    options.signal.removeEventListener('abort', onCancel);
  }
}

/**
 * Closes the output of a process that has ended, where something that it left behind holds it open: that would be waited for without
 * end. ssh's shared connections do so.
 */
function closeInTime(child              )       {
  const close = setTimeout(() => {
    if (child.pid !== undefined) _host_js__WEBPACK_IMPORTED_MODULE_5__/* .HOST */ .j.endTree(child.pid, 'SIGKILL');
    child.stdout?.destroy();
    child.stderr?.destroy();
  }, GRACE);
  child.once('close', () => clearTimeout(close));
}

function notStarted(file        , error         )              {
  const { code = '' } = error                         ;
  // What is not there, or is not a program, is the program's fault; all else is the machine's.
  const fault = /^(?:ENOENT|EACCES|EPERM|ENOEXEC)$/.test(code) ? undefined : (0,_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .runnerFault */ .ZU)(error);
  if (fault !== undefined) return fault;
  return new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .ActionError */ .lZ(
    'nomad-pack-missing',
    `\`${file}\` could not be started: ${error instanceof Error ? error.message : String(error)}`,
    {
      hint: 'Set `nomad_pack_version` to a version that exists for this platform, or install nomad-pack and use `system`.',
      cause: error,
    },
  );
}

async function collectLines(child              , onLine                                      )                    {
  const lines           = [];
  let size = 0;
  const read = async (stream                              ) => {
    if (stream === null) return;
    const reader = (0,node_readline__WEBPACK_IMPORTED_MODULE_3__.createInterface)({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
    // One that is destroyed has no end that would be told.
    stream.once('close', () => reader.close());
    for await (const line of reader) {
      size += line.length + 1;
      if (size <= OUTPUT_LIMIT) lines.push(line);
      onLine?.(line);
    }
  };
  await Promise.all([read(child.stdout), read(child.stderr)]);
  return lines;
}

function endGracefully(child              , finishWithin        )       {
  const { pid } = child;
  if (pid === undefined) return;
  const interrupt = setTimeout(() => _host_js__WEBPACK_IMPORTED_MODULE_5__/* .HOST */ .j.endTree(pid, 'SIGINT'), finishWithin);
  const kill = setTimeout(() => _host_js__WEBPACK_IMPORTED_MODULE_5__/* .HOST */ .j.endTree(pid, 'SIGKILL'), finishWithin + GRACE);
  child.once('close', () => {
    clearTimeout(interrupt);
    clearTimeout(kill);
  });
}


/***/ }),

/***/ 1274:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  jk: () => (/* binding */ explainPlace),
  jy: () => (/* binding */ locateVariable),
  XD: () => (/* binding */ prepareVariables),
  bL: () => (/* binding */ writeVariables)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/js/errors.js
var errors = __webpack_require__(2027);
// EXTERNAL MODULE: ./build/js/settings/variables.js
var variables = __webpack_require__(5919);
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
const COMMENT = /#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\//y;
/** A `/` that begins a comment, and `<<`, are for the patterns above: where those fail, the text is not HCL. */
const WITHIN_BRACKETS = /[^[\](){}"#/<]+|\/(?![/*])|<(?!<)/y;

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
      else if (!(take(TEXT) ?? take(HEREDOC) ?? take(COMMENT) ?? take(WITHIN_BRACKETS))) return false;
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



                                                                 
                                                                                                              



/** A file system takes names of 255 bytes. */
const LONGEST_LABEL = 100;

/** A file of variables as nomad-pack is given it, and what it stands for. */
                               
                                        
                        
                                      
                          
                                                                   
                                
                                                                     
                                        
                                        
                                                            
                                                                                                         
                                               
                                                                                        
                                               
 

/**
 * Puts the variables into files of the private folder, in the order in which later ones win: the user's files, `variables`,
 * `secret_variables`. The names sort in that order, because nomad-pack 0.4 sorts the files by path whatever the command line says.
 */
async function prepareVariables(
  variables                  ,
  secret                 ,
  folder               ,
)                          {
  const prepared                 = [];
  const nameOf = (label        , kind        ) => `${String(prepared.length + 1).padStart(4, '0')}-${label}.${kind}`;
  for (const file of variables.files) {
    const label = (0,external_node_path_.basename)(file.path)
      .replace(/\.[^.]*$/, '')
      .replace(/[^A-Za-z0-9_-]/g, '_')
      .slice(0, LONGEST_LABEL);
    const text = await readAgain(file);
    if (file.kind === 'yaml') {
      // Loaded where there is YAML to read: most steps have none.
      const { keyLines, parseYamlMapping } = await Promise.all(/* import() | settings-yaml */[__webpack_require__.e("yaml"), __webpack_require__.e("shared-settings")]).then(__webpack_require__.bind(__webpack_require__, 5295));
      const written = await writeVariables(folder, nameOf(label, 'json'), file.written, parseYamlMapping(text));
      prepared.push({ ...written, lines: keyLines(text) });
    } else {
      const name = nameOf(label, file.kind);
      await folder.write(name, text);
      const set = file.kind === 'json' ? await setByJson(text) : setByHcl(text);
      prepared.push({ name, origin: file.written, sameLinesAs: file.written, variables: [], ...set });
    }
  }
  for (const [label, origin, mapping] of [
    ['variables', 'variables', variables.plain],
    ['secret-variables', 'secret_variables', secret],
  ]         ) {
    if (Object.keys(mapping).length > 0)
      prepared.push(await writeVariables(folder, nameOf(label, 'json'), origin, mapping));
  }
  return prepared;
}

/**
 * The text of a file that the settings have found to be readable.
 *
 * @throws ActionError when that has changed since
 */
async function readAgain({ path, written }              )                  {
  try {
    return (0,variables/* decodeText */.g7)(await (0,promises_.readFile)(path));
  } catch (error) {
    throw new errors/* ActionError */.lZ(
      'variable-file',
      `\`${written}\` of \`variable_files\` changed while the step ran and cannot be read any more.`,
      {
        hint: 'Let nothing write to the files of variables while the step runs.',
        cause: error,
      },
    );
  }
}

/** What a place in one of the prepared files is to the user: a line of a file of theirs, or a variable of an input. */
function explainPlace(
  files                         ,
  range        ,
)                                                                                                            {
  const [, name, lineText] = /^(?:.*[/\\])?([^/\\:]+):(\d+),/.exec(range) ?? [];
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

/** Nothing of a text that is not JSON, or not a mapping: nomad-pack says what is wrong with it. */
async function setByJson(text        )                                                  {
  const values = readJson(text);
  if (values === undefined) return {};
  const { outlineJson } = await __webpack_require__.e(/* import() | settings-json */ "settings-json").then(__webpack_require__.bind(__webpack_require__, 4334));
  return { values, lines: outlineJson(text).lines };
}

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

/** Puts variables into a file: one a line, so that the line that nomad-pack complains of names the variable. */
async function writeVariables(
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

