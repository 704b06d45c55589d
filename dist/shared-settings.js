export const id = "shared-settings";
export const ids = ["shared-settings"];
export const modules = {

/***/ 2285:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Kj: () => (/* binding */ needsAmong),
/* harmony export */   TY: () => (/* binding */ reversed),
/* harmony export */   Y: () => (/* binding */ withNeeds),
/* harmony export */   hO: () => (/* binding */ withDependents),
/* harmony export */   u8: () => (/* binding */ findCycle)
/* harmony export */ });
/** What each deployment needs, by name. */
                                                           

/** The deployments of a circle of needs, each needing the next one; undefined where there is none. */
function findCycle(needs       )                       {
  const done = new Set        ();
  const visit = (name        , way                   )                       => {
    const start = way.indexOf(name);
    if (start !== -1) return way.slice(start);
    if (done.has(name)) return undefined;
    for (const need of needs.get(name) ?? []) {
      const found = visit(need, [...way, name]);
      if (found !== undefined) return found;
    }
    done.add(name);
    return undefined;
  };
  for (const name of needs.keys()) {
    const found = visit(name, []);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** These deployments, and all that they need, directly or not. */
function withNeeds(names                  , needs       )              {
  const all = new Set        ();
  const add = (name        ) => {
    if (all.has(name)) return;
    all.add(name);
    for (const need of needs.get(name) ?? []) add(need);
  };
  for (const name of names) add(name);
  return all;
}

/** These deployments, and all that need one of them, directly or not. */
function withDependents(names                  , needs       )              {
  return withNeeds(names, reversed(needs));
}

/** Who needs whom, the other way round: the order in which deployments are taken away. */
function reversed(needs       )        {
  const dependents = new Map                  ([...needs.keys()].map((name) => [name, []]));
  for (const [name, needed] of needs) for (const need of needed) dependents.get(need)?.push(name);
  return dependents;
}

/**
 * What each of the chosen needs among the chosen: where one in between is not chosen, what that needs in its place, for the order still
 * holds.
 */
function needsAmong(chosen                     , needs       )        {
  const nearest = (name        , seen             )           =>
    (needs.get(name) ?? []).flatMap((need) => {
      if (seen.has(need)) return [];
      seen.add(need);
      return chosen.has(need) ? [need] : nearest(need, seen);
    });
  return new Map([...chosen].map((name) => [name, nearest(name, new Set())]));
}


/***/ }),

/***/ 5295:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DEEPEST: () => (/* binding */ DEEPEST),
/* harmony export */   U: () => (/* binding */ YAML_LIMIT),
/* harmony export */   YamlError: () => (/* binding */ YamlError),
/* harmony export */   composeYaml: () => (/* binding */ composeYaml),
/* harmony export */   keyLines: () => (/* binding */ keyLines),
/* harmony export */   parseYaml: () => (/* binding */ parseYaml),
/* harmony export */   parseYamlMapping: () => (/* binding */ parseYamlMapping)
/* harmony export */ });
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8815);
                                                 

                                                   

/** Much more than variables need, little enough to be read at once. */
const YAML_LIMIT = 1024 * 1024;

/** Many times what variables have; what reads, redacts or writes a value goes down it level by level. */
const DEEPEST = 200;

/** What is wrong with a text of YAML. The message tells the place and repeats nothing of the text: it may hold secrets. */
class YamlError extends Error {
                    name = 'YamlError';
  /** The message without the place. */
           words        ;
  /** 1-based. */
           line                    ;

  constructor(words        , line         ) {
    super(line === undefined ? words : `line ${line}: ${words}`);
    this.words = words;
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
 * What is wrong, for the mistakes that people make: the library's own words tell of its grammar, and some repeat the text, which may be a
 * secret.
 */
const MISTAKES                                     = {
  BAD_ALIAS: 'a value that begins with `*` or `&` has to be quoted',
  BAD_DQ_ESCAPE: 'a `\\` in double quotes begins an escape that does not exist; use single quotes',
  BAD_INDENT: 'it is not indented like the lines above, or a bracket is not closed',
  BAD_SCALAR_START: 'a value that begins with a sign such as `@`, `%` or a backtick has to be quoted',
  BLOCK_AS_IMPLICIT_KEY:
    'a value with `: ` in it has to be quoted, and the next line must not be indented more than this one',
  MISSING_CHAR: 'a quote or bracket is not closed, or a name has no `: ` after it',
  MULTILINE_IMPLICIT_KEY: 'a name has no `: ` after it',
  MULTIPLE_DOCS: 'a second document begins; drop the line `---`',
  NON_STRING_KEY: 'a name is not text; a value with `{` in it may have to be quoted',
  TAB_AS_INDENT: 'it is indented with a tab; use spaces',
  TAG_RESOLVE_FAILED: 'a value that begins with `!` has to be quoted',
  UNEXPECTED_TOKEN: 'there is more where a value should have ended: look at quotes, brackets and the indentation',
};

const TOO_DEEP = `it is nested more than ${DEEPEST} levels deep`;

/** A text of YAML, taken apart. */
                               
                                      
                                     
                              
                                
 

/**
 * The value of a YAML text. Keys without a value (null) are left out.
 *
 * @throws YamlError when the text is not YAML, is nested deeper than `DEEPEST`, is larger than `YAML_LIMIT`, or expands to more than aliases should.
 */
function parseYaml(text        )                {
  return composeYaml(text).value;
}

/**
 * As `parseYaml`, for who wants to know where things are.
 *
 * @throws YamlError
 */
function composeYaml(text        )               {
  if (text.length > YAML_LIMIT) throw new YamlError(`it is larger than ${YAML_LIMIT / 1024} KiB`);
  try {
    const lines = new yaml__WEBPACK_IMPORTED_MODULE_0__/* .LineCounter */ .HN();
    const document = (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .parseDocument */ .Tp)(text, {
      schema: 'failsafe',
      customTags: (base) => [...base, ...tags],
      stringKeys: true,
      merge: true,
      lineCounter: lines,
      // The library compares each name with all others; `refuseRepeatedKeys` looks each one up.
      uniqueKeys: false,
    });
    const problem = document.errors[0] ?? document.warnings[0];
    // The library catches what overflows while it composes, and tells it in the engine's words.
    if (/call stack/.test(problem?.message ?? '')) throw new YamlError(TOO_DEEP);
    if (problem !== undefined)
      throw new YamlError(MISTAKES[problem.code] ?? 'this is not YAML', problem.linePos?.[0].line);
    refuseRepeatedKeys(document, lines);
    refuseBytes(document, lines);
    return { document, lines, value: withoutNulls(document.toJS({ maxAliasCount: 100 })) };
  } catch (error) {
    if (error instanceof YamlError) throw error;
    if (error instanceof RangeError) throw new YamlError(TOO_DEEP);
    // The library's words for an alias that has no anchor, and for a "billion laughs".
    if (error instanceof ReferenceError)
      throw new YamlError(
        /unresolved/i.test(error.message)
          ? 'a value begins with `*` and names no anchor; quote it if it is meant as text'
          : 'its aliases expand to too much',
      );
    if (error instanceof Error && error.message.startsWith('Merge sources'))
      throw new YamlError('what follows `<<:` has to be a mapping, or an alias of one');
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
    throw new YamlError(
      `it is ${Array.isArray(value) ? 'a list' : 'a single value'}, not names with values, like \`count: 3\``,
    );
  return value                                 ;
}

/** What the library makes of `!!binary` is bytes, which no variable can be. @throws YamlError */
function refuseBytes(document                 , lines             )       {
  (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .visit */ .YR)(document, {
    Scalar: (_, { value, range }) => {
      if (value instanceof Uint8Array)
        throw new YamlError(
          '`!!binary` is not a value of a variable; write it as text',
          range ? lines.linePos(range[0]).line : undefined,
        );
    },
  });
}

/** @throws YamlError */
function refuseRepeatedKeys(document                 , lines             )       {
  (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .visit */ .YR)(document, {
    Map: (_, { items }) => {
      const seen = new Set         ();
      for (const { key } of items) {
        const { value, range } = key                 ;
        if (seen.has(value)) throw new YamlError('this name is there already', lines.linePos(range[0]).line);
        seen.add(value);
      }
    },
  });
}

/**
 * The line of each key of a mapping, 1-based, in a text of YAML. Keys that an anchor brings in have none, and a text that is not a
 * mapping has no keys.
 */
function keyLines(text        )                      {
  const lines = new yaml__WEBPACK_IMPORTED_MODULE_0__/* .LineCounter */ .HN();
  const { contents } = (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .parseDocument */ .Tp)(text, { schema: 'failsafe', lineCounter: lines, uniqueKeys: false });
  const items = (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isMap */ .jh)(contents) ? contents.items : [];
  return new Map(
    items.flatMap(({ key }) =>
      (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(key) && key.range ? [[String(key.value), lines.linePos(key.range[0]).line]         ] : [],
    ),
  );
}

function withoutNulls(value         , depth = 0)                {
  if (depth > DEEPEST) throw new YamlError(TOO_DEEP);
  if (Array.isArray(value)) return value.map((member) => withoutNulls(member, depth + 1));
  if (typeof value !== 'object' || value === null) return value                 ;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([key, member]) => [key, withoutNulls(member, depth + 1)]),
  );
}


/***/ })

};

