export const id = "settings-run-loader";
export const ids = ["settings-run-loader"];
export const modules = {

/***/ 2540:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  FileRunLoader: () => (/* binding */ FileRunLoader)
});

// EXTERNAL MODULE: ./build/js/operations.js
var operations = __webpack_require__(4582);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: ./build/js/settings/misplaced.js
var settings_misplaced = __webpack_require__(2112);
// EXTERNAL MODULE: ./build/js/settings/deployments/graph.js
var graph = __webpack_require__(2285);
// EXTERNAL MODULE: ./build/js/settings/deployments/problems.js
var deployments_problems = __webpack_require__(2689);
// EXTERNAL MODULE: ./node_modules/zod/v4/mini/schemas.js + 5 modules
var schemas = __webpack_require__(8395);
// EXTERNAL MODULE: ./node_modules/zod/v4/core/api.js
var api = __webpack_require__(3759);
// EXTERNAL MODULE: ./node_modules/zod/v4/core/registries.js
var registries = __webpack_require__(9396);
// EXTERNAL MODULE: ./build/js/settings/fields.js
var fields = __webpack_require__(5537);
// EXTERNAL MODULE: ./build/js/settings/variables.js
var variables = __webpack_require__(5919);
;// CONCATENATED MODULE: ./build/js/settings/deployments/schema.js




/** Where a name of the file becomes part of another text. */
const ENVIRONMENT_PLACEHOLDER = '${environment}';

const schema_name = schemas/* string */.YjP('must be a name')
  .check(api/* _regex */.Fk(fields/* NAME */.o_, 'must consist of letters, digits, `.`, `_` and `-`, and begin with a letter or digit'));

/** As `name`, once `${environment}` is replaced. */
const nameTemplate = schemas/* string */.YjP('must be a name')
  .check(
    api/* _regex */.Fk(
      /^(?:[A-Za-z0-9]|\$\{environment\})(?:[A-Za-z0-9._-]|\$\{environment\})*$/,
      'must consist of letters, digits, `.`, `_`, `-` and `${environment}`, and begin with a letter, a digit or `${environment}`',
    ),
  );

const schema_text = schemas/* string */.YjP('must be a text').check(api/* _minLength */.m9(1, 'must not be empty'));

const variableName = schemas/* string */.YjP('must be a name')
  .check(
    api/* _regex */.Fk(
      variables/* VARIABLE_NAME */.nN,
      'must be a name that a variable can have: letters, digits, `_` and `-`, and not begin with a digit',
    ),
  );

const flag = schemas/* boolean */.zMY('must be `true` or `false`');

/** Tells editors what a field is for. */
function described                              (schema        , description        )         {
  // Of its own: the same schema stands for several fields.
  const own = schema.clone(schema._zod.def);
  registries/* globalRegistry */.fd.add(own, { description });
  return own;
}

const schema_variables = described(
  schemas/* record */.g1P(variableName, schemas/* unknown */.L5J(), 'must be a mapping of variables, such as `replicas: 2`'),
  'Variables of the pack. A later place wins, variable by variable.',
);

/** What may be set for all deployments, for an environment, for a deployment, and for a deployment in an environment. */
const settings = {
  nomad_addr: schemas/* optional */.lqM(described(schema_text, 'Address of the cluster, such as `https://nomad.example.com:4646`.')),
  namespace: schemas/* optional */.lqM(described(nameTemplate, 'Namespace for jobs whose specification names none.')),
  region: schemas/* optional */.lqM(described(schema_name, 'Region.')),
  nomad_cacert: schemas/* optional */.lqM(described(schema_text, 'CA certificate of the cluster, as a path.')),
  nomad_capath: schemas/* optional */.lqM(described(schema_text, 'Folder of CA certificates, where `nomad_cacert` is not set.')),
  nomad_tls_server_name: schemas/* optional */.lqM(described(schema_text, 'Name that the server’s certificate must carry.')),
  nomad_skip_verify: schemas/* optional */.lqM(described(flag, 'Do not verify the server’s certificate.')),
  nomad_auth_method: schemas/* optional */.lqM(described(schema_name, 'Nomad auth method to log in with through the workflow’s OIDC token.')),
  nomad_auth_audience: schemas/* optional */.lqM(described(schema_text, 'Audience of the OIDC token.')),
  wait: schemas/* optional */.lqM(described(flag, 'Whether to watch the rollout to its end.')),
  wait_timeout: schemas/* optional */.lqM(
    described(
      schemas/* string */.YjP('must be a duration, such as `90s`, `15m` or `1h30m`')
        .check(
          api/* _regex */.Fk(/^(?:\d+h)?(?:\d+m)?(?:\d+s)?$/, 'must be a duration, such as `90s`, `15m` or `1h30m`'),
          api/* _minLength */.m9(2, 'must be a duration, such as `90s`, `15m` or `1h30m`'),
        ),
      'How long to watch the rollout.',
    ),
  ),
  wait_for: schemas/* optional */.lqM(
    described((0,fields/* oneOf */.yL)(fields/* WAIT_FOR */.Ss), 'What ends the watch well: of batch jobs; with `promotion`, canaries that wait, too.'),
  ),
  on_failure: schemas/* optional */.lqM(described((0,fields/* oneOf */.yL)(fields/* ON_FAILURE */.hM), 'What a failed rollout leaves.')),
  allow_replace: schemas/* optional */.lqM(described(flag, 'Let a deploy stop or replace jobs of another pack or namespace.')),
  adopt_jobs: schemas/* optional */.lqM(
    described(
      schemas/* array */.YOg(schema_text, 'must be a list of jobs'),
      'Ids of jobs that belong to no deployment, and that a deploy may take over.',
    ),
  ),
  preserve_counts: schemas/* optional */.lqM(described(flag, 'Keep the counts of task groups that run now.')),
  variables: schemas/* optional */.lqM(schema_variables),
  variable_files: schemas/* optional */.lqM(
    described(
      schemas/* array */.YOg(schema_text, 'must be a list of files'),
      'Files of variables. They add up over all places; later ones win.',
    ),
  ),
  variable_sources: schemas/* optional */.lqM(
    described(
      schemas/* array */.YOg(schema_text, 'must be a list of sources, such as `nomad:///path`'),
      'Where nomad-pack reads variables itself: `consul:///path`, `vault:///mount/path` or `nomad:///path`. Everything else wins over them.',
    ),
  ),
};

/** What may differ between the environments of a deployment. */
const own = {
  ref: schemas/* optional */.lqM(described(schema_text, 'Tag, branch or commit of the registry, in place of the registry’s own.')),
  name: schemas/* optional */.lqM(described(nameTemplate, 'Name of the deployment in the cluster. Default: its name in this file.')),
  state: schemas/* optional */.lqM(
    described((0,fields/* oneOf */.yL)(['present', 'absent']), '`absent`: `deploy` destroys the deployment where it is still there.'),
  ),
};

const deployment = schemas/* strictObject */.rej(
  {
    pack: described(schema_text, '`registry/pack`, or a directory such as `./packs/web`.'),
    needs: schemas/* optional */.lqM(
      described(schemas/* array */.YOg(schema_name, 'must be a list of deployments'), 'Deployments that must be healthy first.'),
    ),
    ...own,
    ...settings,
    environments: schemas/* optional */.lqM(
      described(
        schemas/* record */.g1P(schema_name, schemas/* strictObject */.rej({ ...own, ...settings }), 'must be a mapping of environments'),
        'What differs in an environment.',
      ),
    ),
  },
  'must be a mapping, such as `pack: acme/web`',
);

/**
 * The file of deployments, as it is written: `${environment}` is not replaced yet. What its parts say of each other is checked in
 * `check.ts`. `schema/deployments.json` is made from this.
 */
const deploymentsFileSchema = schemas/* strictObject */.rej(
  {
    registries: schemas/* optional */.lqM(
      described(
        schemas/* record */.g1P(
          schema_name,
          schemas/* strictObject */.rej(
            {
              source: described(schema_text, 'The git source, such as `github.com/org/repo`.'),
              ref: schemas/* optional */.lqM(described(schema_text, 'Tag, branch or commit. Default: the default branch.')),
            },
            'must be a mapping, such as `source: github.com/acme/packs`',
          ),
          'must be a mapping of registries',
        ),
        'Registries, by the name that each job’s metadata has.',
      ),
    ),
    defaults: schemas/* optional */.lqM(described(schemas/* strictObject */.rej(settings, 'must be a mapping'), 'What holds for all deployments.')),
    environments: schemas/* optional */.lqM(
      described(
        schemas/* record */.g1P(schema_name, schemas/* strictObject */.rej(settings, 'must be a mapping'), 'must be a mapping of environments'),
        'Environments, and what holds for all deployments in each of them.',
      ),
    ),
    deployments: described(
      schemas/* record */.g1P(schema_name, deployment, 'must be a mapping of deployments, such as `web: { pack: acme/web }`'),
      'The deployments, by name.',
    ),
  },
  'must be a mapping with `deployments`',
);

/** The file, checked part by part. */
                                                                     

                                                                     

/** Settings of one place of the file. */
                                                                     

;// CONCATENATED MODULE: ./build/js/settings/deployments/resolve.js


/** A deployment of the file in one environment: all places merged, `${environment}` replaced. */
                                     
                              
                       
                                 
                        
                                        
                        
                                                                              
                        
                                       
                                    
                                   
 

/**
 * The deployments of the file in an environment, in the order of the file. Later places win: defaults, the environment, the deployment,
 * its entry for the environment. Variables win one by one, files of variables add up.
 *
 * @param environment undefined for a file that has none
 */
function resolveDeployments(file                 , environment                    )                       {
  return Object.entries(file.deployments).map(([key, entry]) => resolveOne(file, environment, key, entry));
}

function resolveOne(
  { defaults = {}, environments = {} }                 ,
  environment                    ,
  key        ,
  { pack, needs = [], environments: own = {}, ...entry }                 ,
)                     {
  const ofEnvironment = at(environments, environment) ?? {};
  const ofBoth = at(own, environment) ?? {};
  const merged = [defaults, ofEnvironment, entry, ofBoth].reduce(mergePlaces)                ;
  const { name = key, ref, state = 'present', ...settings } = replaced(merged, environment);
  return {
    key,
    name,
    pack: replaced(pack, environment),
    ...(ref !== undefined && { ref }),
    state,
    needs,
    settings,
  };
}

/** What the file says there itself: `constructor` is a name like any other. */
function at       (mapping                                 , key                    )                    {
  return key !== undefined && Object.hasOwn(mapping, key) ? mapping[key] : undefined;
}

function mergePlaces(earlier               , later               )                {
  const variables = { ...earlier.variables, ...later.variables };
  const files = [...(earlier.variable_files ?? []), ...(later.variable_files ?? [])];
  return { ...earlier, ...later, variables, variable_files: files };
}

/** The value with `${environment}` replaced wherever it is; anything else that looks like an expression stays as it is. */
function replaced       (value       , environment                    )        {
  if (environment === undefined) return value;
  const walk = (part         )          => {
    if (typeof part === 'string') return part.replaceAll(ENVIRONMENT_PLACEHOLDER, environment);
    if (Array.isArray(part)) return part.map(walk);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([key, member]) => [key, walk(member)]));
  };
  return walk(value)         ;
}

;// CONCATENATED MODULE: ./build/js/settings/deployments/check.js




                                                                    

/** What is wrong with a file whose parts are right one by one. */
function checkFile(file                 )                {
  const problems = [...checkSecrets(file, []), ...Object.entries(file.deployments).flatMap(checkEntry(file))];
  return problems.length > 0 ? problems : [...checkCycle(file), ...checkTwins(file)];
}

/** A file of a repository can be read by all who can read that; secrets come by the step. */
function checkSecrets(value         , path          )                {
  if (typeof value === 'string') {
    return (0,settings_misplaced/* holdsToken */.Qe)(value)
      ? [
          {
            path,
            message: 'This looks like a token. Give it in the input `secret_variables`, and take it out of the file.',
          },
        ]
      : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    checkSecrets(member, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

function checkEntry(file                 )                                                      {
  return ([name, entry]) => [
    ...checkPack(file, name, entry),
    ...checkRef(name, entry),
    ...checkNeeds(file, name, entry),
    ...checkEnvironments(file, name, entry),
  ];
}

function checkPack({ registries = {} }                 , name        , { pack }                 )                {
  const path = ['deployments', name, 'pack'];
  if (isDirectory(pack)) return [];
  const [registry = '', packName, ...rest] = pack.split('/');
  if (packName === undefined || packName === '' || rest.length > 0) {
    return [
      { path, message: `\`${pack}\` must be \`registry/pack\`, or a directory such as \`./packs/${registry}\`.` },
    ];
  }
  if (Object.hasOwn(registries, registry)) return [];
  return [
    {
      path,
      message: `The registry \`${registry}\` is not among the \`registries\` of the file${(0,deployments_problems/* suggestion */.h)(registry, Object.keys(registries))}. A directory begins with \`./\`.`,
    },
  ];
}

/** A directory is as it is in the workspace. */
function checkRef(name        , { pack, ref, environments = {} }                 )                {
  if (!isDirectory(pack)) return [];
  const places = [
    { path: ['deployments', name, 'ref'], ref },
    ...Object.entries(environments).map(([key, own]) => ({
      path: ['deployments', name, 'environments', key, 'ref'],
      ref: own.ref,
    })),
  ];
  return places
    .filter((place) => place.ref !== undefined)
    .map(({ path }) => ({ path, atKey: true, message: `\`${pack}\` is a directory, which has no \`ref\`.` }));
}

/** Whether a pack of the file is a directory of the workspace. */
function isDirectory(pack        )          {
  return /^\.{0,2}\//.test(pack);
}

function checkNeeds(
  { deployments }                 ,
  name        ,
  { needs = [], state }                 ,
)                {
  return needs.flatMap((need, index) => {
    const path = ['deployments', name, 'needs', index];
    const needed = Object.hasOwn(deployments, need) ? deployments[need] : undefined;
    if (needed === undefined) {
      return [
        {
          path,
          message: `There is no deployment \`${need}\` in the file${(0,deployments_problems/* suggestion */.h)(need, Object.keys(deployments))}.`,
        },
      ];
    }
    return needed.state === 'absent' && state !== 'absent'
      ? [{ path, message: `\`${name}\` needs \`${need}\`, whose \`state\` is \`absent\`.` }]
      : [];
  });
}

function checkEnvironments(file                 , name        , { environments = {} }                 )                {
  const known = Object.keys(file.environments ?? {});
  return Object.keys(environments)
    .filter((environment) => !known.includes(environment))
    .map((environment) => ({
      path: ['deployments', name, 'environments', environment],
      atKey: true,
      message: `There is no environment \`${environment}\` in the file${(0,deployments_problems/* suggestion */.h)(environment, known)}.`,
    }));
}

function checkCycle({ deployments }                 )                {
  const needs = new Map(Object.entries(deployments).map(([name, entry]) => [name, entry.needs ?? []]));
  const [first, ...others] = (0,graph/* findCycle */.u8)(needs) ?? [];
  if (first === undefined) return [];
  const way = [first, ...others, first].map((name) => `\`${name}\``).join(' needs ');
  return [{ path: ['deployments', first, 'needs'], message: `These deployments wait for each other: ${way}.` }];
}

/** Two entries that would be one deployment of the cluster: each would stop the other's jobs. */
function checkTwins(file                 )                {
  const environments = Object.keys(file.environments ?? {});
  const names = environments.length > 0 ? environments : [undefined];
  const problems = names.flatMap((environment) => twinsOf(resolveDeployments(file, environment), environment));
  // One pair is told once, not for each environment.
  return [...new Map(problems.map((problem) => [String(problem.path), problem])).values()];
}

function twinsOf(resolved                               , environment                    )                {
  const seen = new Map                            ();
  return resolved.flatMap((deployment) => {
    const { settings, name, key } = deployment;
    const place = JSON.stringify([settings.nomad_addr, settings.region, settings.namespace ?? 'default', name]);
    const twin = seen.get(place);
    seen.set(place, deployment);
    if (twin === undefined) return [];
    const where = environment === undefined ? '' : ` in the environment \`${environment}\``;
    return [
      {
        path: ['deployments', key],
        atKey: true,
        message: `\`${twin.key}\` and \`${key}\` are both called \`${name}\` in one namespace of one cluster${where}. Give one of them another \`name\`.`,
      },
    ];
  });
}

;// CONCATENATED MODULE: ./build/js/settings/deployments/entry-inputs.js
                                                      

                                              
                                                       


/** The input that says the same for a single deployment, where its name differs. */
const INPUT_OF = { namespace: 'nomad_namespace', region: 'nomad_region' }                            
                                        
 ;

                                    

/** The input that a setting of the file stands for. */
function inputOf(key          )            {
  return key in INPUT_OF ? INPUT_OF[key                         ] : (key                                            );
}

/** What the file says of a deployment, as the inputs of a step for it alone, so that one check serves both. */
function entryInputs(file                 , deployment                    )         {
  const { name, settings } = deployment;
  const inputs                                     = { deployment_name: name, ...packInputs(file, deployment) };
  for (const [key, value] of Object.entries(settings)) {
    if (value !== undefined) inputs[inputOf(key            )] = asText(value);
  }
  return inputs;
}

function packInputs({ registries = {} }                 , { pack, ref }                    )         {
  if (isDirectory(pack)) return { pack };
  const [registry = '', name = ''] = pack.split('/');
  const { source, ref: common } = registries[registry] ?? { source: '' };
  const wanted = ref ?? common;
  return {
    pack: name,
    registry_name: registry,
    registry_source: source,
    ...(wanted !== undefined && { registry_ref: wanted }),
  };
}

/** The registry of the file that a pack comes from; undefined for a directory. */
function registryOf({ pack }                                  )                     {
  return isDirectory(pack) ? undefined : pack.split('/')[0];
}

/** JSON is YAML: lists and mappings are read back as they were. */
function asText(value         )         {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/**
 * Where the file says what an input of a deployment is: the place that won.
 *
 * @param written what is wrong, where it is one of a list: the text as it was after `${environment}` was replaced
 * @returns undefined where the file does not say it
 */
function placeOf(
  file                 ,
  environment                    ,
  { key, pack }                    ,
  input           ,
  written         ,
)                       {
  const registry = registryOf({ pack });
  const own           = ['deployments', key];
  switch (input) {
    case 'pack':
    case 'registry_name':
      return [...own, 'pack'];
    case 'registry_source':
      return registry === undefined ? undefined : ['registries', registry, 'source'];
    case 'registry_ref':
      return lastPlace(file, environment, key, 'ref') ?? ['registries', registry ?? '', 'ref'];
    case 'deployment_name':
      return lastPlace(file, environment, key, 'name') ?? own;
  }
  const setting = Object.entries(INPUT_OF).find(([, name]) => name === input)?.[0] ?? input;
  const place = lastPlace(file, environment, key, setting, (value) => holds(value, environment, written));
  const index = place === undefined ? -1 : indexIn(valueAt(file, place), environment, written);
  return place === undefined || index === -1 ? place : [...place, index];
}

/** The latest of the places that set it, which is the one that counts. */
function lastPlace(
  file                 ,
  environment                    ,
  key        ,
  setting        ,
  fits                              = () => true,
)                       {
  const own           = ['deployments', key];
  const places             = [
    ...(environment === undefined ? [] : [[...own, 'environments', environment, setting]]),
    [...own, setting],
    ...(environment === undefined ? [] : [['environments', environment, setting]]),
    ['defaults', setting],
  ];
  return places.find((place) => {
    const value = valueAt(file, place);
    return value !== undefined && fits(value);
  });
}

function valueAt(file         , path          )          {
  let value = file;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value                                    )[part];
  }
  return value;
}

/** Lists add up over all places: the one that holds the text is meant. */
function holds(value         , environment                    , written                    )          {
  return written === undefined || !Array.isArray(value) || indexIn(value, environment, written) !== -1;
}

function indexIn(value         , environment                    , written                    )         {
  if (!Array.isArray(value)) return -1;
  return value.findIndex(
    (member) =>
      typeof member === 'string' && member.replaceAll(ENVIRONMENT_PLACEHOLDER, environment ?? '$&') === written,
  );
}

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
// EXTERNAL MODULE: ./build/js/settings/inputs.js
var inputs = __webpack_require__(7045);
// EXTERNAL MODULE: ./build/js/settings/shown.js
var shown = __webpack_require__(7995);
// EXTERNAL MODULE: ./build/js/settings/yaml.js
var yaml = __webpack_require__(5295);
;// CONCATENATED MODULE: ./build/js/settings/deployments/read.js

                                             







                      
     
                                     
                                                          
                                                             
     
                                                  

/**
 * Reads a file of deployments and checks all of it.
 *
 * @returns the file, or every problem that it has, in the order of the file
 */
function readDeploymentsFile(text        )           {
  const composed = compose(text);
  if ('problems' in composed) return composed;
  const { document, lines, value } = composed;
  const parsed = deploymentsFileSchema.safeParse(value ?? {}, { reportInput: true });
  const found = parsed.success ? checkFile(parsed.data) : parsed.error.issues.flatMap(explainIssue);
  const located = (problem             ) => ({ message: problem.message, ...locate(document, lines, problem) });
  if (parsed.success && found.length === 0) return { file: parsed.data, locate: located };
  return { problems: inOrder(found.map(located)) };
}

/** The problems as one meets them going down the file. */
function inOrder(problems                        )                {
  return problems.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

function compose(text        )                                                               {
  try {
    return (0,yaml.composeYaml)(text);
  } catch (error) {
    if (!(error instanceof yaml.YamlError)) throw error;
    const { words, line } = error;
    return { problems: [{ message: `This is not valid YAML: ${words}.`, ...(line !== undefined && { line }) }] };
  }
}

function explainIssue(issue           )                {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  const place = path.length === 0 ? 'The file' : `\`${(0,deployments_problems/* describePath */.N)(path)}\``;
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = keysAt(path);
      return issue.keys.map((key) => ({
        path: [...path, key],
        atKey: true,
        message: `${place} cannot have \`${key}\`${instead(key, known)}.`,
      }));
    }
    case 'invalid_key': {
      const why = issue.issues[0]?.message ?? 'must be a name';
      return [{ path, atKey: true, message: `The name ${place} ${why}.` }];
    }
    default:
      return isMissing(issue)
        ? [{ path: path.slice(0, -1), atKey: true, message: `${place} is missing.` }]
        : [{ path, message: `${place} ${issue.message}${gotScalar(issue)}.` }];
  }
}

/** What to write instead of a key that the file cannot have there: the one that is meant, or an input of the step. */
function instead(key        , known                   )         {
  const short = known.find((name) => key.endsWith(`_${name}`));
  if (short !== undefined) return ` (did you mean \`${short}\`?)`;
  if (inputs/* INPUT_NAMES */.Qh.some((name) => name === key)) return '; give it to the step, as an input';
  return (0,deployments_problems/* suggestion */.h)(key, known);
}

/** ` (got \`maybe\`)`, of what is a text, a number or a boolean. */
function gotScalar({ input, ...issue }           )         {
  if (!['string', 'number', 'boolean'].includes(typeof input)) return '';
  const words = 'values' in issue ? issue.values.map(String) : [];
  const isBoolean = issue.code === 'invalid_type' && issue.expected === 'boolean';
  return (0,shown/* gotText */._)(String(input), isBoolean ? ['true', 'false'] : words);
}

/** A key that the file should have and does not. */
function isMissing(issue           )          {
  return issue.code === 'invalid_type' && issue.input === undefined && issue.path.length > 0;
}

/** The keys that a mapping of the file may have, read from the schema; names that the user gives are passed over. */
function keysAt(path          )           {
  let schema          = deploymentsFileSchema;
  for (const part of path) schema = below(unwrapped(schema), part);
  const { shape } = definitionOf(unwrapped(schema));
  return Object.keys(shape ?? {});
}

                      
                               
                                                     
                               
                             
 

function definitionOf(schema         )             {
  return (schema                                             )?.def ?? {};
}

function unwrapped(schema         )          {
  const { innerType } = definitionOf(schema);
  return innerType === undefined ? schema : unwrapped(innerType);
}

function below(schema         , part                 )          {
  const { shape, valueType, element } = definitionOf(schema);
  return shape?.[part] ?? valueType ?? element;
}

function locate(
  document                 ,
  lines             ,
  { path, atKey = false }             ,
)                                       {
  const node = (atKey ? keyNode(document, path) : undefined) ?? nearestNode(document, path);
  if (node?.range === undefined || node.range === null) return {};
  const { line, col } = lines.linePos(node.range[0]);
  return { line, column: col };
}

function keyNode(document                 , path          )                   {
  const map = path.length <= 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!(0,dist/* isMap */.jh)(map)) return undefined;
  const pair = map.items.find(({ key }) => (0,dist/* isScalar */.jn)(key) && String(key.value) === String(path.at(-1)));
  return (0,dist/* isNode */.Ll)(pair?.key) ? pair.key : undefined;
}

/** The value at the path, or of the longest part of it that the file has. */
function nearestNode(document                 , path          )                   {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if ((0,dist/* isNode */.Ll)(node)) return node;
  }
  return document.contents ?? undefined;
}

;// CONCATENATED MODULE: ./build/js/settings/deployments/select.js


                                                       

/** Names or patterns that fit no deployment; the message reads on after the input's name. */
class SelectionError extends Error {
                    name = 'SelectionError';
}

/**
 * The deployments that are asked for, in the order of the file.
 *
 * @param only names, or patterns in which `*` stands for any text; empty for all
 * @param alsoNeeds whether what they need is part of it
 * @throws SelectionError for a name or pattern that fits none
 */
function selectDeployments(
  deployments                               ,
  only                   ,
  alsoNeeds         ,
)                       {
  if (only.length === 0) return [...deployments];
  const names = deployments.map(({ key }) => key);
  const chosen = new Set(only.flatMap((pattern) => fitting(pattern, names)));
  const selected = alsoNeeds ? (0,graph/* withNeeds */.Y)(chosen, needsOf(deployments)) : chosen;
  return deployments.filter(({ key }) => selected.has(key));
}

/** What each of the deployments needs, by name. */
function needsOf(deployments                               )        {
  return new Map(deployments.map(({ key, needs }) => [key, needs]));
}

function fitting(pattern        , names                   )           {
  const found = names.filter((name) => fits(pattern, name));
  if (found.length > 0) return found;
  throw new SelectionError(
    `names \`${pattern}\`, which no deployment of the file is called${(0,deployments_problems/* suggestion */.h)(pattern, names)}. There are: ${names.map((name) => `\`${name}\``).join(', ')}`,
  );
}

/** Matches piece by piece, in linear time: a pattern of many `*` as a regular expression can take for ever. */
function fits(pattern        , name        )          {
  const pieces = pattern.split('*');
  const [first = '', ...rest] = pieces;
  if (rest.length === 0) return pattern === name;
  const last = rest.pop() ?? '';
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = name.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}

;// CONCATENATED MODULE: ./build/js/settings/deployments/changes.js







                                                   


/** What differs between a commit and the workspace. */
                              
                                                                        
                           
                                                                
                                    
 

/**
 * The deployments that differ from what they were, and all that need one of them. One differs where its entry does, once all places are
 * merged, or the source or ref of its registry, the folder of its pack, or a file of variables. Where the file was not there before, or
 * cannot be read as it was, all of them do.
 */
function changedDeployments(
  file                 ,
  environment                    ,
  { before, paths }             ,
)              {
  const now = resolveDeployments(file, environment);
  const earlier = before === undefined ? undefined : readDeploymentsFile(before);
  if (earlier === undefined || 'problems' in earlier) return new Set(now.map(({ key }) => key));
  const then = new Map(resolveDeployments(earlier.file, environment).map((one) => [one.key, one]));
  const differs = (deployment                    ) =>
    !(0,external_node_util_.isDeepStrictEqual)(told(file, deployment), told(earlier.file, then.get(deployment.key))) ||
    paths.some((path) => isPartOf(path, deployment));
  return (0,graph/* withDependents */.hO)(
    now.filter(differs).map(({ key }) => key),
    needsOf(now),
  );
}

/** What the file says of a deployment, the registry of its pack included. */
function told(file                 , deployment                                ) {
  if (deployment === undefined) return undefined;
  const { needs: _, ...said } = deployment;
  const registry = registryOf(deployment);
  return { ...said, registry: registry === undefined ? undefined : file.registries?.[registry] };
}

/** Files and folders of the workspace that the deployments are made of, as they are written. */
function partsOf(file                 , environment                    )           {
  return [...new Set(resolveDeployments(file, environment).flatMap(parts))];
}

function parts({ pack, settings }                    )           {
  const { variable_files: files = [], nomad_cacert: certificate } = settings;
  return [...(isDirectory(pack) ? [pack] : []), ...files, ...(certificate === undefined ? [] : [certificate])];
}

function isPartOf(path        , deployment                    )          {
  const changed = normalized(path);
  return parts(deployment).some((part) => `${changed}/`.startsWith(`${normalized(part)}/`));
}

/** As git writes it: `./packs/web/` is `packs/web`. */
function normalized(path        )         {
  return external_node_path_.posix.normalize(path).replace(/\/$/, '');
}

// EXTERNAL MODULE: ./build/js/errors.js
var errors = __webpack_require__(2027);
;// CONCATENATED MODULE: ./build/js/settings/deployments/file-error.js

                                                 

/** One error that tells all that is wrong with a file of deployments, each problem where it is. */
function fileError(written        , problems                        )              {
  const located = problems.map(({ message, line, column }) => ({
    message,
    location: { file: written, ...(line !== undefined && { line }), ...(column !== undefined && { column }) },
  }));
  const [first] = located;
  const hint =
    'Correct the file; docs/deployments-file.md says what it may have, and `schema/deployments.json` tells editors.';
  if (first !== undefined && located.length === 1) {
    return new errors/* ActionError */.lZ('deployments-file', `\`${written}\`${file_error_placeOf(first.location)}: ${first.message}`, {
      hint,
      location: first.location,
    });
  }
  const lines = located.map(({ message, location }) => `${written}${file_error_placeOf(location)}: ${message}`);
  return new errors/* ActionError */.lZ(
    'deployments-file',
    [`${located.length} things are wrong in \`${written}\`.`, ...lines].join('\n'),
    {
      hint,
      annotations: located,
    },
  );
}

function file_error_placeOf({ line, column }                                                      )         {
  if (line === undefined) return '';
  return `, line ${line}${column === undefined ? '' : `, column ${column}`}`;
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./build/js/settings/problems.js
var settings_problems = __webpack_require__(1404);
// EXTERNAL MODULE: ./build/js/settings/workspace.js
var settings_workspace = __webpack_require__(5003);
;// CONCATENATED MODULE: ./build/js/settings/deployments/file-text.js







/**
 * The text of the file that `deployments_file` names.
 *
 * @throws InputProblem
 */
async function readFileText(written        , workspace        )                  {
  const problem = (message        ) => new settings_problems/* InputProblem */.S('deployments_file', `names \`${written}\`, which ${message}`);
  const outside = await (0,settings_workspace/* whyOutside */.i)(written, workspace);
  if (outside !== undefined) throw problem(outside);
  const path = (0,external_node_path_.resolve)(workspace, written);
  const cannotBeRead = (error         ) => {
    throw problem(
      `${(0,variables/* whyUnreadable */._p)(error)} (looked at ${path}); check the path, and that the repository was checked out`,
    );
  };
  const found = await (0,promises_.stat)(path).catch(cannotBeRead);
  if (!found.isFile() && !found.isDirectory()) throw problem('is not a regular file');
  if (found.size > yaml/* YAML_LIMIT */.U) throw problem(`is larger than ${yaml/* YAML_LIMIT */.U / 1024} KiB`);
  const bytes = await (0,promises_.readFile)(path).catch(cannotBeRead);
  try {
    return (0,variables/* decodeText */.g7)(bytes);
  } catch {
    throw problem('is not encoded as UTF-8');
  }
}

// EXTERNAL MODULE: ./build/js/settings/given-by-name.js
var given_by_name = __webpack_require__(8329);
// EXTERNAL MODULE: ./build/js/settings/load.js + 2 modules
var load = __webpack_require__(5081);
// EXTERNAL MODULE: ./build/js/settings/run.js
var run = __webpack_require__(6447);
// EXTERNAL MODULE: ./build/js/settings/schema.js
var schema = __webpack_require__(8799);
// EXTERNAL MODULE: ./build/js/settings/source.js
var settings_source = __webpack_require__(7109);
;// CONCATENATED MODULE: ./build/js/settings/run-loader.js

                                                         








                                                               


                                                     





                                                        



/** What the file says of each deployment by itself. */
const OF_THE_FILE                       = [
  'pack',
  'deployment_name',
  'registry_name',
  'registry_source',
  'registry_ref',
  'registry_target',
  'registry',
];

/** What is given by name, or is for the run as a whole. */
const NOT_FOR_EACH                         = new Set           ([
  'deployments_file',
  ...run/* BESIDE_A_FILE */.E,
  'variables',
  'secret_variables',
  'registry_token',
  'registry_user',
  'plan_digest',
]);

/** What cannot be done with a deployment that should not be there. */
const OF_THE_PRESENT                         = new Set           ([
  'render',
  'validate',
  'promote',
  'reject',
  'rollback',
]);

/** Loads a run over a file; its parts are in the order in which they happen. */
class FileRunLoader {
           #inputs        ;
           #written        ;
           #options                ;

  constructor(inputs        , written        , options                ) {
    this.#inputs = inputs;
    this.#written = written;
    this.#options = { ...options, keepPrivate: keptOnce(options.keepPrivate) };
  }

  async load()               {
    const common = await this.#loadCommon();
    const read = readDeploymentsFile(await readFileText(this.#written, this.#options.workspace));
    if ('problems' in read) throw fileError(this.#written, read.problems);
    const operation = (await this.#checked('operation'))                               ;
    const environments = await this.#environments(read.file, operation);
    if (operation === 'matrix') {
      const selections = await Promise.all(environments.map((one) => this.#select(read.file, one)));
      return { kind: 'matrix', rows: selections.flatMap((selected, index) => rowsOf(selected, environments[index])) };
    }
    const [environment] = environments;
    const selected = (await this.#select(read.file, environment)).filter(
      ({ deployment }) => deployment.state === 'present' || !OF_THE_PRESENT.has(operation),
    );
    const { github_token: githubToken } = this.#inputs;
    return {
      kind: 'file',
      operation,
      file: this.#written,
      ...(environment !== undefined && { environment }),
      parallelism: await this.#checked('parallelism'),
      failFast: await this.#checked('fail_fast'),
      nomadPack: common.settings.nomadPack,
      review: (0,load/* reviewSettings */.ic)({
        fail_on_changes: await this.#checked('fail_on_changes'),
        fail_on_unhealthy: await this.#checked('fail_on_unhealthy'),
        comment: await this.#checked('comment'),
        comment_label: await this.#checked('comment_label'),
        comment_address: await this.#checked('comment_address'),
        pull_request_number: await this.#checked('pull_request_number'),
        plan_digest: await this.#checked('plan_digest'),
      }),
      ...(githubToken !== undefined && { githubToken }),
      entries: await this.#loadEntries(read, environment, selected, operation),
    };
  }

  /** The inputs that are for all: wrong ones are told here, once, and before the file is looked at. */
  async #loadCommon()                  {
    const inputs = this.#inputs;
    const refused = OF_THE_FILE.filter((name) => inputs[name] !== undefined);
    const problems = [
      ...(inputs.operation === 'setup'
        ? [new settings_problems/* InputProblem */.S('operation', 'is `setup`, which is not about deployments; leave out `deployments_file`')]
        : []),
      ...refused.map(
        (name) =>
          new settings_problems/* InputProblem */.S(name, 'cannot be set beside `deployments_file`, which says that for each deployment'),
      ),
    ];
    // What belongs to something that the file may say, and what is given by name, is looked at with each deployment.
    const { variables, secret_variables, registry_user, nomad_auth_audience, ...rest } = inputs;
    // `setup` needs the least, and knows nothing of what only a rollback knows: that, too, is looked at with each deployment.
    const { dry_run, rollback_to, ...others } = rest;
    const common = inputs.operation === 'rollback' ? others : rest;
    const read = await (0,load/* readSettings */.sb)({ ...common, operation: 'setup' }, this.#options);
    const operation = await schema/* inputsSchema */.r.shape.operation.safeParseAsync(inputs.operation);
    // Of those that are not looked at here, too.
    const misplaced = (0,settings_misplaced/* misplacedSecrets */.K9)(inputs);
    const told = new Set(misplaced.map(({ message, input }) => `${input} ${message}`));
    const found = 'problems' in read ? read.problems : [];
    const all = [
      ...misplaced,
      ...problems,
      ...found.filter(({ input, message }) => !refused.includes(input) && !told.has(`${input} ${message}`)),
      ...(operation.success
        ? []
        : [
            new settings_problems/* InputProblem */.S(
              'operation',
              `${operation.error.issues[0]?.message}${(0,shown/* got */.L)('operation', this.#inputs.operation ?? '', operations/* OPERATION_NAMES */.d)}`,
            ),
          ]),
    ];
    if (all.length > 0) throw (0,settings_problems/* inputError */.X)(all, this.#options);
    return read          ;
  }

  async #checked                                              (name      ) {
    return (await schema/* inputsSchema */.r.shape[name].parseAsync(this.#inputs[name]))               
                                                
     ;
  }

  /** The environments that are asked for; the one that is undefined is that of a file without any. */
  async #environments(
    { environments = {} }                 ,
    operation           ,
  )                                           {
    const names = Object.keys(environments);
    const { environment } = this.#inputs;
    const list = names.map((name) => `\`${name}\``).join(', ');
    if (environment === undefined) {
      if (names.length === 0) return [undefined];
      if (operation === 'matrix') return names;
      throw new settings_problems/* InputProblem */.S('environment', `is missing or empty; \`${this.#written}\` has the environments ${list}`);
    }
    if (Object.hasOwn(environments, environment)) return [environment];
    throw new settings_problems/* InputProblem */.S(
      'environment',
      names.length === 0
        ? `is \`${environment}\`, but \`${this.#written}\` has no environments; leave it out`
        : `must be an environment of \`${this.#written}\` (got \`${environment}\`${(0,deployments_problems/* suggestion */.h)(environment, names)}). There are: ${list}`,
    );
  }

  /** The deployments that are asked for, and what each needs among them. */
  async #select(file                 , environment                    )                      {
    const all = resolveDeployments(file, environment);
    const only = await this.#checked('only');
    const alsoNeeds = await this.#checked('only_with_needs');
    if (alsoNeeds && only.length === 0 && this.#inputs.changed_since === undefined) {
      throw new settings_problems/* InputProblem */.S('only_with_needs', 'is set without `only` or `changed_since`, which it belongs to');
    }
    const chosen = new Set(this.#chosen(all, only));
    const changed = await this.#changed(file, environment);
    const wanted = [...chosen].filter((key) => changed?.has(key) ?? true);
    const keys = alsoNeeds ? (0,graph/* withNeeds */.Y)(wanted, needsOf(all)) : new Set(wanted);
    const needs = (0,graph/* needsAmong */.Kj)(keys, needsOf(all));
    return all
      .filter(({ key }) => keys.has(key))
      .map((deployment) => ({ deployment, needs: needs.get(deployment.key) ?? [] }));
  }

  #chosen(all                               , only                   )           {
    try {
      return selectDeployments(all, only, false).map(({ key }) => key);
    } catch (error) {
      throw error instanceof SelectionError ? new settings_problems/* InputProblem */.S('only', error.message) : error;
    }
  }

  async #changed(file                 , environment                    )                                   {
    const revision = this.#inputs.changed_since;
    if (revision === undefined) return undefined;
    const parts = partsOf(file, environment);
    const differences = await this.#options.differencesSince({ revision, file: this.#written, parts });
    return changedDeployments(file, environment, differences);
  }

  /** Loads each entry as a step over it alone would, and tells all that is wrong with them at once. */
  async #loadEntries(
    { file, locate }                                      ,
    environment                    ,
    selected                     ,
    operation                                 ,
  )                      {
    const given = await (0,given_by_name/* readGivenByName */.i)(this.#inputs, {
      deployments: Object.keys(file.deployments),
      origins: new Map(
        Object.entries(file.registries ?? {}).map(([name, { source }]) => [
          name,
          originOf(source, this.#options.workspace),
        ]),
      ),
    });
    const inFile                = [];
    const inInputs = new Map                      ();
    const entries             = [];
    for (const { deployment, needs } of selected) {
      const isAbsent = deployment.state === 'absent';
      const own = isAbsent && operation === 'deploy' ? 'destroy' : operation;
      const inputs = { ...(await this.#inputsOf(file, deployment, given)), operation: own };
      const read = await (0,load/* readSettings */.sb)(inputs, { ...this.#options, packMayBeGone: isAbsent });
      if (!('problems' in read)) {
        entries.push({ key: deployment.key, needs, isAbsent, loaded: read                     });
        continue;
      }
      for (const problem of read.problems) {
        const path = this.#isGiven(problem.input, deployment, given)
          ? undefined
          : placeOf(file, environment, deployment, problem.input, problem.file?.location.file);
        if (path !== undefined) inFile.push({ path, message: `\`${(0,deployments_problems/* describePath */.N)(path)}\` ${problem.message}.` });
        else {
          // What is missing for several is told once.
          const once = problem.message.startsWith('is missing') ? problem.input : `${problem.input} ${problem.message}`;
          if (!inInputs.has(once)) inInputs.set(once, problem);
        }
      }
    }
    if (inInputs.size > 0) throw (0,settings_problems/* inputError */.X)([...inInputs.values()], this.#options);
    const problems = [...inFile, ...run_loader_twinsOf(entries)];
    if (problems.length > 0) throw fileError(this.#written, inOrder(distinct(problems).map(locate)));
    return entries;
  }

  /** Later ones win: variables of the environment such as NOMAD_ADDR, the file, the step's inputs. */
  async #inputsOf(file                 , deployment                    , given             )                  {
    const ofStep = Object.entries(this.#inputs).filter(([name]) => !NOT_FOR_EACH.has(name             ));
    const isFallback = ([name]                  ) => this.#options.variableOf(name             ) !== undefined;
    const fallbacks = Object.fromEntries(ofStep.filter(isFallback));
    const explicit = Object.fromEntries(ofStep.filter((one) => !isFallback(one)));
    const ofFile = entryInputs(file, deployment);
    // Lists of files add up.
    const files = [...(deployment.settings.variable_files ?? []), ...(await this.#checked('variable_files'))];
    // A login replaces the token that the job's environment happens to hold, as it does for a single deployment.
    if (ofFile.nomad_auth_method !== undefined) delete fallbacks['nomad_token'];
    return {
      ...fallbacks,
      ...ofFile,
      ...explicit,
      ...(files.length > 0 && { variable_files: JSON.stringify(files) }),
      ...variablesOf(deployment, given),
      ...registryCredentialsOf(deployment, given),
    };
  }

  /** Whether the step's inputs say it, and not the file. */
  #isGiven(input           , { key }                    , given             )          {
    if (input === 'variables') return given.variables.has(key);
    if (input === 'variable_files') return false;
    return this.#inputs[input] !== undefined && this.#options.variableOf(input) === undefined;
  }
}

                    
                                          
                                       
                                    
 

function rowsOf(selected                     , environment = '')              {
  return selected.map(({ deployment: { key, pack }, needs }) => ({ name: key, environment, pack, needs }));
}

function variablesOf({ key, settings }                    , given             )         {
  const ofStep = Object.entries(given.variables.get(key) ?? {}).filter(([, value]) => value !== null);
  const secret = given.secretVariables.get(key) ?? {};
  const ofFile = Object.entries(settings.variables ?? {}).filter(([name]) => !Object.hasOwn(secret, name));
  return {
    variables: JSON.stringify(Object.fromEntries([...ofFile, ...ofStep])),
    ...(Object.keys(secret).length > 0 && { secret_variables: JSON.stringify(secret) }),
  };
}

function registryCredentialsOf(deployment                    , { registryTokens, registryUsers }             )         {
  const registry = registryOf(deployment) ?? '';
  const token = registryTokens.get(registry);
  const user = registryUsers.get(registry);
  if (token === undefined) return {};
  return { registry_token: token, ...(user !== undefined && { registry_user: user }) };
}

/** Two deployments that would be one in the cluster: each would stop the other's jobs. The step's inputs may have made them so. */
function run_loader_twinsOf(entries                     )                {
  const seen = new Map                ();
  return entries.flatMap(({ key, loaded: { settings } }) => {
    const { address, region, namespace } = settings.nomad;
    const place = JSON.stringify([address, region, namespace, settings.deploymentName]);
    const twin = seen.get(place);
    seen.set(place, key);
    if (twin === undefined) return [];
    const message = `\`${twin}\` and \`${key}\` are both called \`${settings.deploymentName}\` in one namespace of one cluster. Give one of them another \`name\`.`;
    return [{ path: ['deployments', key], atKey: true, message }];
  });
}

/** What several deployments have from one place is told once. */
function distinct(problems                        )                {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

function originOf(source        , workspace        )                     {
  try {
    return (0,settings_source/* parseSource */.P)(source, workspace).origin;
  } catch (error) {
    // What is wrong with it is told with the deployments that come from there.
    if (error instanceof settings_source/* SourceError */.c) return undefined;
    throw error;
  }
}

/** What is the same for all is written once, and what differs has names that differ. */
function keptOnce(keepPrivate                            )                             {
  const paths = new Map                         ();
  return async (name, text) => {
    const known = paths.get(`${name} ${text}`) ?? keepPrivate(`${paths.size || ''}${name}`, text);
    paths.set(`${name} ${text}`, known);
    return await known;
  };
}


/***/ })

};

