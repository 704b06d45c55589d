export const id = "nomad-pack-install-install-release";
export const ids = ["nomad-pack-install-install-release"];
export const modules = {

/***/ 1679:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  installRelease: () => (/* binding */ installRelease)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./node_modules/semver/index.js
var semver = __webpack_require__(2088);
// EXTERNAL MODULE: ./build/js/errors.js
var errors = __webpack_require__(2027);
// EXTERNAL MODULE: ./build/js/http/faults.js
var faults = __webpack_require__(486);
// EXTERNAL MODULE: ./build/js/http/http.js
var http_http = __webpack_require__(4623);
// EXTERNAL MODULE: ./build/js/http/patience.js
var http_patience = __webpack_require__(4608);
;// CONCATENATED MODULE: ./build/js/nomad-pack/install/download.js





/** How long a download may take, and how often it is tried. Milliseconds. */
                           
                                             
                         
                               
                         
                            
                                                                          
                           
 

const PATIENCE           = { total: 300_000, stall: 20_000, attempts: 4, backoff: 1000 };

const REDIRECTS = [301, 302, 303, 307, 308];

const MOST_REDIRECTS = 5;

/** Downloads files into memory. */
                             
     
                                              
                                                                       
                                                                      
                                                
     
                                                                                     
                         
 

                             
                               
                                       
                               
 

/**
 * A downloader for one installation. It sends no credentials, follows redirects of the site, limits size and time while the data
 * comes in, and tries again where that can help.
 */
function createDownloader({ signal, log, patience = PATIENCE }                   )             {
  const http = new http_http/* Http */.l();
  const { total, stall, attempts, backoff } = patience;

  const attempt = async (start     , request                                                    ) => {
    let url = start;
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      const { status, body, header } = await http.send({ url, stall, ...request });
      if (status === 200) return body;
      if (status === 404 || status === 410) return undefined;
      if (!REDIRECTS.includes(status)) throw new StatusError(status, header('retry-after'));
      url = redirectTarget(header('location'), url, start);
    }
    throw new Refusal(`it redirects more than ${MOST_REDIRECTS} times`);
  };

  return {
    get: async (address, limit, only) => {
      const url = new URL(address);
      const signals = only === undefined ? [signal] : [signal, only];
      const onAgain = (words        , pause        ) =>
        log(`${address} could not be downloaded: ${words}. Trying again in ${seconds(pause)}.`);
      try {
        return await (0,http_patience/* persist */.Zr)(
          { patience: { total, attempts, firstPause: backoff }, signals, onAgain },
          async (tries) => {
            try {
              return await attempt(url, { limit, timeout: total - tries.elapsed, signals });
            } catch (error) {
              const why = error instanceof faults/* TimedOut */.GA ? `it took longer than ${seconds(total)}` : whyFailed(error);
              const failure = () => notDownloaded(address, why, error);
              throw canHelp(error) ? new http_patience/* Again */.Nj(why, failure, wishOf(error)) : failure();
            }
          },
        );
      } catch (error) {
        if (signal.aborted) throw (0,errors/* cancelled */.KW)(signal);
        throw error;
      }
    },
    close: async () => await http.close(),
  };
}

/** A fault that stays the same at the next attempt. */
class Refusal extends Error {}

class StatusError extends Error {
           status        ;
           retryAfter        ;

  constructor(status        , retryAfter        ) {
    super(`the site answers with status ${status}`);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/** A mirror that is reached by https stays so; one that is not may redirect within itself, or to https. */
function redirectTarget(location        , from     , start     )      {
  const target = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  if (target === undefined) throw new Refusal('it redirects to what is not an address');
  const allowed = target.protocol === 'https:' || (target.protocol === 'http:' && target.origin === start.origin);
  if (!allowed) throw new Refusal(`it redirects to ${target.origin}, which is not https`);
  target.username = '';
  target.password = '';
  return target;
}

function canHelp(error         )          {
  if (error instanceof StatusError) return error.status >= 500 || error.status === 408 || error.status === 429;
  return !(error instanceof Refusal || error instanceof faults/* TimedOut */.GA || (0,faults/* isLasting */.dJ)(error));
}

/** How long the site wants to be left alone. Milliseconds. */
function wishOf(error         )         {
  if (!(error instanceof StatusError) || error.retryAfter === '') return 0;
  const wish = /^\d+$/.test(error.retryAfter)
    ? Number(error.retryAfter) * 1000
    : Date.parse(error.retryAfter) - Date.now();
  return Number.isNaN(wish) ? 0 : Math.max(wish, 0);
}

function whyFailed(error         )         {
  if (error instanceof faults/* TooLarge */.MF) return `it is ${error.message}`;
  const { code, text } = (0,faults/* connectionFault */.x$)(error);
  if (code === 'UND_ERR_BODY_TIMEOUT' || code === 'UND_ERR_HEADERS_TIMEOUT') return 'the site sends nothing any more';
  return text;
}

function notDownloaded(address        , why        , cause         )              {
  return new errors/* ActionError */.lZ('download', `${address} could not be downloaded: ${why}.`, {
    hint: 'Check the network and the proxy variables (`https_proxy`, `no_proxy`), and that the runner trusts the site’s certificate (`NODE_EXTRA_CA_CERTS`), or set `nomad_pack_mirror` to a site that the runner reaches.',
    cause,
  });
}

function seconds(milliseconds        )         {
  return `${(milliseconds / 1000).toFixed(milliseconds < 1000 ? 1 : 0)} s`;
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
;// CONCATENATED MODULE: ./build/js/nomad-pack/install/files.js




                                                            

/** Where the runner wants things to be kept. */
                          
                                         
                             
                                                              
                       
 

/** The runner's folders, or where there is no runner, ones in the user's home: a shared folder such as `/tmp` belongs to anybody. */
function foldersOf(environment             )          {
  const own = (0,external_node_path_.join)(given(environment['HOME']) ?? (0,external_node_os_.homedir)(), '.cache', 'nomad-pack-action');
  return {
    toolCache: given(environment['RUNNER_TOOL_CACHE']) ?? own,
    job: given(environment['RUNNER_TEMP']) ?? own,
  };
}

/**
 * Writes a program to where the steps of this job can run it, and nobody else can change it. A program of the same name is
 * replaced at once, so that a step that runs it meanwhile is not disturbed.
 *
 * @returns its path, in a folder that holds nothing else
 */
async function placeProgram(bytes            , name        , folder        )                  {
  await (0,promises_.mkdir)((0,external_node_path_.dirname)(folder), { recursive: true });
  const path = (0,external_node_path_.join)((await isOursAlone(folder)) ? folder : await (0,promises_.mkdtemp)(`${folder}-`), name);
  const draft = `${path}.${(0,external_node_crypto_.randomUUID)()}`;
  try {
    await (0,promises_.writeFile)(draft, bytes, { mode: 0o755, flag: 'wx' });
    await (0,promises_.rename)(draft, path).catch(async (error         ) => {
      // Windows replaces no program that runs. That of an earlier step is the same.
      if (!(await (0,promises_.readFile)(path)).equals(bytes)) throw error;
    });
  } finally {
    await (0,promises_.rm)(draft, { force: true });
  }
  return path;
}

/** Makes the folder, and tells whether it is this user's and no link: somebody else could have made it before. */
async function isOursAlone(folder        )                   {
  await (0,promises_.mkdir)(folder, { mode: 0o700 }).catch((error         ) => {
    if (!isErrorCode(error, 'EEXIST')) throw error;
  });
  const stat = await (0,promises_.lstat)(folder);
  if (process.platform === 'win32') return stat.isDirectory();
  return stat.isDirectory() && stat.uid === process.getuid?.() && (stat.mode & 0o022) === 0;
}

function isErrorCode(error         , ...codes                   )          {
  return codes.includes(String((error                         ).code));
}

function given(text                    )                     {
  return text === undefined || text.trim() === '' ? undefined : text;
}

// EXTERNAL MODULE: ./build/js/nomad-pack/install/platform.js
var platform = __webpack_require__(329);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
;// CONCATENATED MODULE: ./build/js/nomad-pack/install/archive.js


                                            


/** Six times what nomad-pack has. Bytes. */
const LARGEST_PROGRAM = 512 * 1024 * 1024;

const FILE_TYPE = 0o170000;
const REGULAR_FILE = 0o100000;

/**
 * The bytes of the program in a zip archive; nothing is written. They are decompressed in one go, which takes half the time that
 * a stream takes.
 *
 * @throws ActionError `verification` where the program is not in it, or anything is not as it should be: a name that leaves the
 *   folder, a link instead of a file, a size that is not true or beyond 512 MiB
 */
async function readProgram(archive        , program        )                  {
  const { default: yauzl } = await Promise.all(/* import() */[__webpack_require__.e("yauzl"), __webpack_require__.e("pend")]).then(__webpack_require__.t.bind(__webpack_require__, 663, 19));
  try {
    // Reading the entries checks their names: the library refuses absolute ones and those with `..` or a backslash.
    const zip = await yauzl.fromBufferPromise(archive, { strictFileNames: true });
    return await decompress(zip, await findProgram(zip, program));
  } catch (error) {
    const why = (error         ).message;
    throw new errors/* ActionError */.lZ('verification', `The archive of the release cannot be unpacked: ${why}. Nothing was run.`, {
      hint: 'Check `nomad_pack_mirror`, and who signs what is there.',
      cause: error,
    });
  }
}

async function findProgram(zip         , program        )                 {
  const found          = [];
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName === program) found.push(entry);
  }
  const [entry] = found;
  if (entry === undefined) throw new Error(`it holds no ${program}`);
  if (found.length > 1) throw new Error(`it holds ${program} more than once`);
  // The upper half is the mode that a Unix gave the file, 0 where it was packed elsewhere.
  const type = (entry.externalFileAttributes >>> 16) & FILE_TYPE;
  if (type !== 0 && type !== REGULAR_FILE) throw new Error(`${program} in it is not a regular file`);
  if (entry.uncompressedSize > LARGEST_PROGRAM) {
    throw new Error(`${program} in it is larger than ${LARGEST_PROGRAM / 1024 / 1024} MiB`);
  }
  return entry;
}

async function decompress(zip         , entry       )                  {
  if (!entry.canDecodeFileData()) throw new Error(`${entry.fileName} in it is packed in a way that is not known`);
  const chunks           = [];
  for await (const chunk of await zip.openReadStreamPromise(entry, { decodeFileData: false })) chunks.push(chunk);
  const packed = Buffer.concat(chunks);
  const limit = entry.uncompressedSize + 64;
  const program =
    entry.compressionMethod === 0
      ? packed
      : await (0,external_node_util_.promisify)(external_node_zlib_.inflateRaw)(packed, { chunkSize: limit, maxOutputLength: limit });
  if (program.length !== entry.uncompressedSize) {
    throw new Error(`${entry.fileName} in it does not have the size that is announced`);
  }
  return program;
}

;// CONCATENATED MODULE: ./build/js/nomad-pack/install/release-key.js
/** Of the OpenPGP key that HashiCorp signs its releases with, as published at https://www.hashicorp.com/trust/security. */
const RELEASE_KEY_FINGERPRINT = 'C874011F0AB405110D02105534365D9472D7468F';

/**
 * That key, as it was at https://www.hashicorp.com/.well-known/pgp-key.txt when its validity had been extended to 2030-03-01. A test
 * fails half a year before it expires: then replace it by the one that is there, and compare the fingerprint.
 */
const RELEASE_KEY = `-----BEGIN PGP PUBLIC KEY BLOCK-----

mQINBGB9+xkBEACabYZOWKmgZsHTdRDiyPJxhbuUiKX65GUWkyRMJKi/1dviVxOX
PG6hBPtF48IFnVgxKpIb7G6NjBousAV+CuLlv5yqFKpOZEGC6sBV+Gx8Vu1CICpl
Zm+HpQPcIzwBpN+Ar4l/exCG/f/MZq/oxGgH+TyRF3XcYDjG8dbJCpHO5nQ5Cy9h
QIp3/Bh09kET6lk+4QlofNgHKVT2epV8iK1cXlbQe2tZtfCUtxk+pxvU0UHXp+AB
0xc3/gIhjZp/dePmCOyQyGPJbp5bpO4UeAJ6frqhexmNlaw9Z897ltZmRLGq1p4a
RnWL8FPkBz9SCSKXS8uNyV5oMNVn4G1obCkc106iWuKBTibffYQzq5TG8FYVJKrh
RwWB6piacEB8hl20IIWSxIM3J9tT7CPSnk5RYYCTRHgA5OOrqZhC7JefudrP8n+M
pxkDgNORDu7GCfAuisrf7dXYjLsxG4tu22DBJJC0c/IpRpXDnOuJN1Q5e/3VUKKW
mypNumuQpP5lc1ZFG64TRzb1HR6oIdHfbrVQfdiQXpvdcFx+Fl57WuUraXRV6qfb
4ZmKHX1JEwM/7tu21QE4F1dz0jroLSricZxfaCTHHWNfvGJoZ30/MZUrpSC0IfB3
iQutxbZrwIlTBt+fGLtm3vDtwMFNWM+Rb1lrOxEQd2eijdxhvBOHtlIcswARAQAB
tERIYXNoaUNvcnAgU2VjdXJpdHkgKGhhc2hpY29ycC5jb20vc2VjdXJpdHkpIDxz
ZWN1cml0eUBoYXNoaWNvcnAuY29tPokCVAQTAQoAPgIbAwULCQgHAgYVCgkICwIE
FgIDAQIeAQIXgBYhBMh0AR8KtAURDQIQVTQ2XZRy10aPBQJplkfQBQkQrOy3AAoJ
EDQ2XZRy10aPw6gP/3GUEMUa6mCRuuSOT9UnziPIvXYd63mcN6A6Jwmwj8JaB2qu
OCijvJkw56UbZK3x1FZIbe0hA6VUAwNSNmSIxVJkilgwIYYFO0tnL79XhIeP7jYF
ydXLZ4rTi1FDl8lltAujTNARdY8UGg4hGlcM9OrEeXEFLWugJNiChL15FVoxZqIS
jeduaEqyxGfJnyVwy8z3pZfgODeFr7xs2NkUIMSfuRg24VcL4aW8Frt3jW8P45y3
o/5fsi6Aw2tZ0wD9NSgkVc8VD1NRV9eSZ95Bv+Awf9IXa+Cn5OCjc8Jc+XF+nLfB
oPswOO7E8dLiuBUw6/GzSLMbVs8qf8BNXB92dOe1VccVTqjCxK2sEpVaHh7e+co8
d8lDGBIWMGh7NS6XlGORpFb/T6gxjjOYUV3SKd4QDebUUG8kMkb5juLljOoq+YOP
vgNLDZLZteFpmH+zB9DpOY1YtHZB/OD+DtzLMaSl6VPF2Ln0j5aQGwNDt7sheyAe
sXbu0qn2H5FxojSfvhT0kUDKZ0mgg5y3Oflg49MiAOhjLGY0JocFpBeMILw27fbw
fpIBP7siQWFTFJ1O+l2NQiWAwC2x5fX2EakyCBJmrkPV2hr4nEogNqg9/RDskIUq
cpcOOd/0BntiXMyUCCH2AoCt5acaTQ0WU6CAosZPojOYhtGGgOgeQSdflpMSuQIN
BGB9+xkBEACoklYsfvWRCjOwS8TOKBTfl8myuP9V9uBNbyHufzNETbhYeT33Cj0M
GCNd9GdoaknzBQLbQVSQogA+spqVvQPz1MND18GIdtmr0BXENiZE7SRvu76jNqLp
KxYALoK2Pc3yK0JGD30HcIIgx+lOofrVPA2dfVPTj1wXvm0rbSGA4Wd4Ng3d2AoR
G/wZDAQ7sdZi1A9hhfugTFZwfqR3XAYCk+PUeoFrkJ0O7wngaon+6x2GJVedVPOs
2x/XOR4l9ytFP3o+5ILhVnsK+ESVD9AQz2fhDEU6RhvzaqtHe+sQccR3oVLoGcat
ma5rbfzH0Fhj0JtkbP7WreQf9udYgXxVJKXLQFQgel34egEGG+NlbGSPG+qHOZtY
4uWdlDSvmo+1P95P4VG/EBteqyBbDDGDGiMs6lAMg2cULrwOsbxWjsWka8y2IN3z
1stlIJFvW2kggU+bKnQ+sNQnclq3wzCJjeDBfucR3a5WRojDtGoJP6Fc3luUtS7V
5TAdOx4dhaMFU9+01OoH8ZdTRiHZ1K7RFeAIslSyd4iA/xkhOhHq89F4ECQf3Bt4
ZhGsXDTaA/VgHmf3AULbrC94O7HNqOvTWzwGiWHLfcxXQsr+ijIEQvh6rHKmJK8R
9NMHqc3L18eMO6bqrzEHW0Xoiu9W8Yj+WuB3IKdhclT3w0pO4Pj8gQARAQABiQI8
BBgBCgAmAhsMFiEEyHQBHwq0BRENAhBVNDZdlHLXRo8FAmmWR+0FCRCs7NQACgkQ
NDZdlHLXRo/R0A//QW1opBlzWSmWww1q9QuJA2WCIIs8tJKRDOsmgJPscNpzwZFU
N1Df0wWNjqi1BDReei7lZTHwUk+ebBn0bkI3ANmmgYg7LBueAt5UWSingOc+rvKA
N32BDzBYkMckRzJSQsmeC5hm3J3wLSy90uaIlrJJE9GJZkf/W2Ob+4SQZZ+dnnRP
JokDdW1DuZS9PbxSLJKD5eIWHBxJnFM1CmHfOfrjTJ+MYvVGM5sxSY8R7E+GADj5
L/i4N+tTFJLuTMYARGfA6d+KPKcMJtgpUPjSMAg8nGUhukctpuBs27mOKW0CBtmJ
82X/qYROTL0+vGTvUYflYiuceVlhX/kw0JZnMaG5V/mpHq8SwD07pCGOf69j/mNa
5EL3++Pmzg0s0stw3Ea5pCN0cL/nKkoWchHBfW15W4JOnKAIspyD1vH670P4WfeV
E9B9d6tgKSbM/9JlXoQS5ZdG+kbdosieELhmVWmvojyK7K+Ry6C9wgd+UfnW5jXd
iNwKW3KHuautQwlFhHRNMyDg08c+pI5emTMT3IUQyGWo+Gska3TqGujFcABx7Ip+
mHNmMrCkSD+XC2bvzvRR7FcM0/B9fsjLX/Wttm5vRJ1d2oAoEPvw2IZnJIXpOt2z
zo55sJTztNu4lWGgDVgtp9SXO5a0E5YvFHQNZN5QLeVTTFu6I7qG+ME1E/K5Ag0E
YH3+JQEQALivllTjMolxUW2OxrXb+a2Pt6vjCBsiJzrUj0Pa63U+lT9jldbCCfgP
wDpcDuO1O05Q8k1MoYZ6HddjWnqKG7S3eqkV5c3ct3amAXp513QDKZUfIDylOmhU
qvxjEgvGjdRjz6kECFGYr6Vnj/p6AwWv4/FBRFlrq7cnQgPynbIH4hrWvewp3Tqw
GVgqm5RRofuAugi8iZQVlAiQZJo88yaztAQ/7VsXBiHTn61ugQ8bKdAsr8w/ZZU5
HScHLqRolcYg0cKN91c0EbJq9k1LUC//CakPB9mhi5+aUVUGusIM8ECShUEgSTCi
KQiJUPZ2CFbbPE9L5o9xoPCxjXoX+r7L/WyoCPTeoS3YRUMEnWKvc42Yxz3meRb+
BmaqgbheNmzOah5nMwPupJYmHrjWPkX7oyyHxLSFw4dtoP2j6Z7GdRXKa2dUYdk2
x3JYKocrDoPHh3Q0TAZujtpdjFi1BS8pbxYFb3hHmGSdvz7T7KcqP7ChC7k2RAKO
GiG7QQe4NX3sSMgweYpl4OwvQOn73t5CVWYp/gIBNZGsU3Pto8g27vHeWyH9mKr4
cSepDhw+/X8FGRNdxNfpLKm7Vc0Sm9Sof8TRFrBTqX+vIQupYHRi5QQCuYaV6OVr
ITeegNK3So4m39d6ajCR9QxRbmjnx9UcnSYYDmIB6fpBuwT0ogNtABEBAAGJBHIE
GAEKACYCGwIWIQTIdAEfCrQFEQ0CEFU0Nl2UctdGjwUCYH4bgAUJAeFQ2wJAwXQg
BBkBCgAdFiEEs2y6kaLAcwxDX8KAsLRBCXaFtnYFAmB9/iUACgkQsLRBCXaFtnYX
BhAAlxejyFXoQwyGo9U+2g9N6LUb/tNtH29RHYxy4A3/ZUY7d/FMkArmh4+dfjf0
p9MJz98Zkps20kaYP+2YzYmaizO6OA6RIddcEXQDRCPHmLts3097mJ/skx9qLAf6
rh9J7jWeSqWO6VW6Mlx8j9m7sm3Ae1OsjOx/m7lGZOhY4UYfY627+Jf7WQ5103Qs
lgQ09es/vhTCx0g34SYEmMW15Tc3eCjQ21b1MeJD/V26npeakV8iCZ1kHZHawPq/
aCCuYEcCeQOOteTWvl7HXaHMhHIx7jjOd8XX9V+UxsGz2WCIxX/j7EEEc7CAxwAN
nWp9jXeLfxYfjrUB7XQZsGCd4EHHzUyCf7iRJL7OJ3tz5Z+rOlNjSgci+ycHEccL
YeFAEV+Fz+sj7q4cFAferkr7imY1XEI0Ji5P8p/uRYw/n8uUf7LrLw5TzHmZsTSC
UaiL4llRzkDC6cVhYfqQWUXDd/r385OkE4oalNNE+n+txNRx92rpvXWZ5qFYfv7E
95fltvpXc0iOugPMzyof3lwo3Xi4WZKc1CC/jEviKTQhfn3WZukuF5lbz3V1PQfI
xFsYe9WYQmp25XGgezjXzp89C/OIcYsVB1KJAKihgbYdHyUN4fRCmOszmOUwEAKR
3k5j4X8V5bk08sA69NVXPn2ofxyk3YYOMYWW8ouObnXoS8QJEDQ2XZRy10aPMpsQ
AIbwX21erVqUDMPn1uONP6o4NBEq4MwG7d+fT85rc1U0RfeKBwjucAE/iStZDQoM
ZKWvGhFR+uoyg1LrXNKuSPB82unh2bpvj4zEnJsJadiwtShTKDsikhrfFEK3aCK8
Zuhpiu3jxMFDhpFzlxsSwaCcGJqcdwGhWUx0ZAVD2X71UCFoOXPjF9fNnpy80YNp
flPjj2RnOZbJyBIM0sWIVMd8F44qkTASf8K5Qb47WFN5tSpePq7OCm7s8u+lYZGK
wR18K7VliundR+5a8XAOyUXOL5UsDaQCK4Lj4lRaeFXunXl3DJ4E+7BKzZhReJL6
EugV5eaGonA52TWtFdB8p+79wPUeI3KcdPmQ9Ll5Zi/jBemY4bzasmgKzNeMtwWP
fk6WgrvBwptqohw71HDymGxFUnUP7XYYjic2sVKhv9AevMGycVgwWBiWroDCQ9Ja
btKfxHhI2p+g+rcywmBobWJbZsujTNjhtme+kNn1mhJsD3bKPjKQfAxaTskBLb0V
wgV21891TS1Dq9kdPLwoS4XNpYg2LLB4p9hmeG3fu9+OmqwY5oKXsHiWc43dei9Y
yxZ1AAUOIaIdPkq+YG/PhlGE4YcQZ4RPpltAr0HfGgZhmXWigbGS+66pUj+Ojysc
j0K5tCVxVu0fhhFpOlHv0LWaxCbnkgkQH9jfMEJkAWMOuQINBGCAXCYBEADW6RNr
ZVGNXvHVBqSiOWaxl1XOiEoiHPt50Aijt25yXbG+0kHIFSoR+1g6Lh20JTCChgfQ
kGGjzQvEuG1HTw07YhsvLc0pkjNMfu6gJqFox/ogc53mz69OxXauzUQ/TZ27GDVp
UBu+EhDKt1s3OtA6Bjz/csop/Um7gT0+ivHyvJ/jGdnPEZv8tNuSE/Uo+hn/Q9hg
8SbveZzo3C+U4KcabCESEFl8Gq6aRi9vAfa65oxD5jKaIz7cy+pwb0lizqlW7H9t
Qlr3dBfdIcdzgR55hTFC5/XrcwJ6/nHVH/xGskEasnfCQX8RYKMuy0UADJy72TkZ
bYaCx+XXIcVB8GTOmJVoAhrTSSVLAZspfCnjwnSxisDn3ZzsYrq3cV6sU8b+QlIX
7VAjurE+5cZiVlaxgCjyhKqlGgmonnReWOBacCgL/UvuwMmMp5TTLmiLXLT7uxeG
ojEyoCk4sMrqrU1jevHyGlDJH9Taux15GILDwnYFfAvPF9WCid4UZ4Ouwjcaxfys
3LxNiZIlUsXNKwS3mhiMRL4TRsbs4k4QE+LIMOsauIvcvm8/frydvQ/kUwIhVTH8
0XGOH909bYtJvY3fudK7ShIwm7ZFTduBJUG473E/Fn3VkhTmBX6+PjOC50HR/Hyb
waRCzfDruMe3TAcE/tSP5CUOb9C7+P+hPzQcDwARAQABiQRyBBgBCgAmAhsCFiEE
yHQBHwq0BRENAhBVNDZdlHLXRo8FAmmWSAoFCRCqi+QCQMF0IAQZAQoAHRYhBDdO
x1tIWRNgSoMcx8ggxtXNJ6uHBQJggFwmAAoJEMggxtXNJ6uHRfAP/2CGdSyg0K7U
66Vygl0dugxrMm8O3/Oe211BKdQsFUSWAznOTRTK/zvMUHO4LJAlYvdtZ6xDa4XH
l9FYQ8MR9ZV0OuOlAZvU4IJDLPVCU09X/UzX/GEoZL0R5esvwPAXopMaRHCfXJeI
/gEaB94UhAeYlwpcRn0eSuk1vyZx7GRE6/hog8DCf4hoT40dW20gGe58xcvJ+mRY
lC0lr16WH08wuUcee6+dgu+4Cg6SG6+zt9cMyl8VnTUL5BK/V3MebnYZJK0RFDNn
nXDhzStgOd5gOeIL+xBPXHd0/ld/rDM74SFExpuS+hNsyo+xMQ/HJavak21MFinu
l9COwfGEmlAXTGMY30Lf3Pt/eAkbwgmGc966VSoRmOFEXJVlDr+yJR6ru+7j50z8
lAv6Lsop7sun1Qysbo0swf6W1qgPf6VWbx91NTFLkw0+gD8jxwrU5ZMkeSuntX9d
pjuZS29CflXXIRPlvhuiDPicwTpYuIUx37vHveAH5gnowZg247x780Urrsx8duTX
8CI9MAnqzm4dFAiRlwE8bvLk+l9wekiXA9gIMZiVNqNlduXIqvAG21Wdgq8qyeXK
y/XWCVKDQOmEbFAltfNam8E3KEw0fl199x+93d5ckDGcPzUYPbNkCuIwngC/ZN96
pDafF3Z12fSNfhZUe0C8td8KAszYa96GCRA0Nl2UctdGj1gKD/4jOGhEGTg88Vyu
PVjeK+zkwrTIZSvHdUHfTt/+rTLSNb/RQiBCUQuEZvafj6FrntS7bAEhccGqH894
T3St5K0AXWkvsLd6K+cbIQdlnFA2zb6geJUCk6qx5NgWpRc3i0DS7CheGwl+Bwu7
+n9pNjNjiHV+rYDgqbQXG0dtGysB0/3qIRgEDHFO0HJu/dcte4oXrQIqrZrpOwe8
WxqFqdU918JpSUcc8coiFp9YtwpgqQNxGVZ+rhgnTGdZzk1f/Yhhimh+2B0ReaFv
k3UzVBj3HQ9C6+Ot3MyDEhSgdhjr9e25Tm9S5YfhwtWmghRw9RKPyLMSXSxm/Uc0
mK1NucAp8TQBwKqKzNpCk5IdrBSWRUbjOoOFyzyCsY6gS285GCpSIzI39hTf+3gd
wYPlE6fj+F2TZzdhx62DPnzBzBHnByYTVdJ649bx0FFp4Q+5TbIWtxu/AQkRDxmW
NQfE+6GgeshlrhXWsh6+PGDzt+2raG6zUT913sdz7Ctw4fLjmsKOTdTz3Xa9pr8l
xfI/JuukSgt9o/n3GirhTB3zE1w/I/Xt6k7oASiP3zQSuHtB/CYKYHDtOCWwjo7J
PEGtb/FkreKNxsk/p20jnlrB8WZxxswdr2Vri9NmFeyMDVX7qF3WqT+8aCV9GtS1
GCHx/5nGBdDwoxEsXqpI3IUqPb6FDg==
=wtp+
-----END PGP PUBLIC KEY BLOCK-----
`;

;// CONCATENATED MODULE: ./build/js/nomad-pack/install/signature.js
                                              



                                        

/**
 * Makes sure that a detached OpenPGP signature over the data is by the release key, or by one of `signingKey`, and that this key is
 * valid now: a signature by a key that has expired or was revoked since proves nothing. Loads the OpenPGP library.
 *
 * @param signature binary or armored; absent where the site has none
 * @param signingKey armored certificate that replaces the release key
 * @returns the fingerprint of the certificate, in capitals
 * @throws ActionError `verification`
 */
async function verifySignature(
  data            ,
  signature                        ,
  signingKey                    ,
)                  {
  if (signature === undefined || signature.length === 0) throw refused('there is no signature of it');
  const openpgp = await __webpack_require__.e(/* import() */ "openpgp").then(__webpack_require__.bind(__webpack_require__, 3074));
  const keys = await readKeys(openpgp, signingKey);
  const read = await readSignature(openpgp, signature);
  const { signatures } = await openpgp.verify({
    message: await openpgp.createMessage({ binary: data }),
    signature: read,
    verificationKeys: keys,
    format: 'binary',
    // When the validity of a key is extended, its own signatures are younger than those of earlier releases. That the key is valid
    // now is checked below, in any case.
    config: { allowInsecureVerificationWithReformattedKeys: true },
  });

  const problems           = [];
  for (const { keyID, verified } of signatures) {
    const key = keys.find((candidate) => candidate.getKeys(keyID).length > 0);
    if (key === undefined) {
      problems.push(`it is signed by the key ${keyID.toHex().toUpperCase()}, not by ${names(keys)}`);
      continue;
    }
    try {
      if ((await verified) !== true) throw new Error('it is not verified');
      await key.getSigningKey(keyID, new Date());
      return fingerprintOf(key);
    } catch (error) {
      problems.push(`the signature by ${fingerprintOf(key)} is not valid: ${wordsOf(error)}`);
    }
  }
  throw refused(problems[0] ?? 'there is no signature of it');
}

async function readKeys(openpgp         , signingKey                    )                 {
  if (signingKey === undefined) {
    const key = await openpgp.readKey({ armoredKey: RELEASE_KEY });
    if (fingerprintOf(key) !== RELEASE_KEY_FINGERPRINT) throw new Error('the release key has another fingerprint');
    return [key];
  }
  try {
    const keys = await openpgp.readKeys({ armoredKeys: signingKey });
    if (keys.length > 0) return keys;
  } catch (error) {
    throw unusableKey(wordsOf(error), error);
  }
  throw unusableKey('it holds no key', undefined);
}

function unusableKey(why        , cause         )              {
  return new errors/* ActionError */.lZ('verification', `\`nomad_pack_signing_key\` is not an OpenPGP key that can be used: ${why}.`, {
    hint: 'Set `nomad_pack_signing_key` to the armored public key (`gpg --armor --export KEY`), or to the path of a file with it.',
    cause,
  });
}

async function readSignature(openpgp         , bytes            )                     {
  try {
    const text = Buffer.from(bytes).toString('latin1');
    return text.startsWith('-----BEGIN PGP SIGNATURE')
      ? await openpgp.readSignature({ armoredSignature: text })
      : await openpgp.readSignature({ binarySignature: bytes });
  } catch (error) {
    throw refused(`what should be its signature is not one: ${wordsOf(error)}`, error);
  }
}

function refused(why        , cause          )              {
  return new errors/* ActionError */.lZ('verification', `SHA256SUMS of the release is not to be trusted: ${why}. Nothing was run.`, {
    hint: 'Somebody may have changed the release: check `nomad_pack_mirror`. If the mirror signs with a key of its own, or the release key was replaced, set `nomad_pack_signing_key` to the new public key or update this action.',
    cause,
  });
}

function names(keys                )         {
  return keys.map(fingerprintOf).join(' or ');
}

function fingerprintOf(key     )         {
  return key.getFingerprint().toUpperCase();
}

/** The library's words without its prefixes, to be read in the middle of a sentence. */
function wordsOf(error         )         {
  return (error         ).message.replace(/^(?:Error [a-z ]+: )+/, '').replace(/\.$/, '');
}

;// CONCATENATED MODULE: ./build/js/nomad-pack/install/sums.js



/** File names and their SHA-256, in hex; a name may be there more than once. */
                                                                        

/** Reads SHA256SUMS: lines of a digest, two spaces (or a space and an asterisk), a file name. */
function parseSums(text        )       {
  return [...text.matchAll(/^([0-9a-f]{64}) [ *](\S+)$/gm)].map(
    ([, digest = '', name = '']) => [name, digest]         ,
  );
}

/**
 * Makes sure that the bytes are what the sums say of the file of that name.
 *
 * @throws ActionError `verification`, also where there is no line for it, or more than one
 */
function verifyDigest(bytes            , name        , sums      )       {
  const lines = sums.filter(([file]) => file === name);
  const [first] = lines;
  if (first === undefined) throw sums_refused(`${name} is not in SHA256SUMS`);
  if (lines.length > 1) throw sums_refused(`${name} is in SHA256SUMS more than once`);
  const digest = (0,external_node_crypto_.createHash)('sha256').update(bytes).digest('hex');
  if (digest !== first[1]) throw sums_refused(`the SHA-256 of ${name} is ${digest}, and SHA256SUMS says ${first[1]}`);
}

function sums_refused(why        )              {
  return new errors/* ActionError */.lZ('verification', `The release is not what was signed: ${why}. Nothing was run.`, {
    hint: 'Somebody may have changed the release, or the download was damaged: run again, and check `nomad_pack_mirror`.',
  });
}

;// CONCATENATED MODULE: ./build/js/nomad-pack/install/release.js

                                              



/** The names of a release's files, on the site and in the tool cache. */
                               
                           
                        
                             
 

/** What a release has for one platform. */
                               
                           
                        
                             
 

function releaseNames(version        , { product, os, arch }          )               {
  return {
    archive: `${product}_${version}_${os}_${arch}.zip`,
    sums: `${product}_${version}_SHA256SUMS`,
    signature: `${product}_${version}_SHA256SUMS.sig`,
  };
}

/**
 * The program of a release, after the whole chain held: the signature of the sums, the digest of the archive, then the archive
 * itself. The archive's name holds version and platform, and the sums are signed, so nobody can pass off another version as this one.
 *
 * @throws ActionError `verification`
 */
async function verifiedProgram(
  files              ,
  names              ,
  platform          ,
  signingKey                    ,
)                  {
  await verifySignature(files.sums, files.signature, signingKey);
  verifyDigest(files.archive, names.archive, parseSums(files.sums.toString('utf8')));
  return await readProgram(files.archive, platform.program);
}

// EXTERNAL MODULE: ./node_modules/zod/v4/mini/schemas.js + 5 modules
var schemas = __webpack_require__(8395);
// EXTERNAL MODULE: ./build/js/nearest.js
var js_nearest = __webpack_require__(232);
;// CONCATENATED MODULE: ./build/js/nomad-pack/install/version.js



                                             

/** How many versions an error lists: enough to see what was meant. */
const LISTED = 5;

/** Whether one version is asked for, and not whatever fits a range. */
function isExact(wanted        )          {
  return semver.valid(wanted) !== null;
}

/** The newest version that is wanted. Prereleases only fit a range that names one. */
function newestFitting(wanted        , versions                   )                     {
  return semver.maxSatisfying(versions, wanted === 'latest' ? '*' : wanted) ?? undefined;
}

/** The error for a version that does not exist: it lists the newest ones and those most like the wanted one. */
function versionNotFound(
  wanted        ,
  versions                   ,
  product         ,
  mirror        ,
)              {
  const newest = semver.rsort([...versions]).slice(0, LISTED);
  const nearest = (0,js_nearest/* nearestFirst */.F)(wanted, versions).slice(0, LISTED);
  const what = isExact(wanted) ? `${product} ${wanted} does not exist` : `No version of ${product} fits \`${wanted}\``;
  return new errors/* ActionError */.lZ('version-not-found', `${what} at ${mirror}.`, {
    hint:
      versions.length === 0
        ? 'No version at all is there: check `nomad_pack_mirror`.'
        : `Set \`nomad_pack_version\` to one that exists. Newest: ${newest.join(', ')}. Most like it: ${nearest.join(', ')}.`,
  });
}

;// CONCATENATED MODULE: ./build/js/nomad-pack/install/site.js


                                                
                                              





const MEGABYTE = 1024 * 1024;

/** Bytes. The index of nomad-pack has 30 thousand, the sums 2 thousand, the archive 32 million; Nomad's index has some 2 million. */
const LIMITS = { index: 16 * MEGABYTE, sums: MEGABYTE, signature: MEGABYTE, archive: 200 * MEGABYTE };

const index = schemas/* object */.Ikc({ versions: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* unknown */.L5J()) });

/** Where releases are: HashiCorp's site, or a mirror with the same paths. */
class ReleaseSite {
           #root        ;
           #mirror        ;
           #platform          ;
           #downloader            ;

  constructor(mirror        , platform          , downloader            ) {
    this.#mirror = mirror;
    this.#root = `${mirror}/${platform.product}`;
    this.#platform = platform;
    this.#downloader = downloader;
  }

  /**
   * The versions that there are. The index is not signed: whoever controls the site can hide the newer ones, so `latest` and ranges
   * are as new as the site says; an exact version is exact.
   *
   * @throws ActionError `download`
   */
  async versions()                    {
    const url = `${this.#root}/index.json`;
    const text = (await this.#downloader.get(url, LIMITS.index))?.toString('utf8');
    if (text === undefined) throw unusable(`There is no ${url}`);
    try {
      return Object.keys(index.parse(JSON.parse(text)).versions);
    } catch (error) {
      throw unusable(`${url} is not a list of releases`, error);
    }
  }

  /**
   * What a version has for the platform. It is not verified yet.
   *
   * @throws ActionError `version-not-found`, `platform-unsupported`, `download`, and `verification` where the signature is missing
   */
  async download(version        , signingKey                    )                        {
    const names = releaseNames(version, this.#platform);
    const stop = new AbortController();
    const get = async (name        , limit        ) =>
      await this.#downloader.get(`${this.#root}/${version}/${name}`, limit, stop.signal);
    const downloads = [
      get(names.sums, LIMITS.sums),
      get(names.signature, LIMITS.signature),
      get(names.archive, LIMITS.archive),
    ]         ;
    try {
      const [sums, signature, archive] = await Promise.all(downloads);
      if (sums === undefined) throw await this.#explainMissing(version, names.sums);
      if (archive === undefined) {
        await verifySignature(sums, signature, signingKey);
        throw missingArchive(version, names.archive, this.#platform, parseSums(sums.toString('utf8')));
      }
      return { sums, archive, signature: signature ?? Buffer.alloc(0) };
    } finally {
      stop.abort();
      await Promise.allSettled(downloads);
    }
  }

  async #explainMissing(version        , name        )                       {
    const versions = await this.versions();
    if (!versions.includes(version)) return versionNotFound(version, versions, this.#platform.product, this.#mirror);
    return unusable(`${this.#mirror} lists ${this.#platform.product} ${version}, but has no ${name}`);
  }
}

function missingArchive(version        , name        , { product, os, arch }          , sums      )              {
  const files = sums.map(([file]) => file);
  if (files.includes(name)) return unusable(`${name} is in SHA256SUMS, but not on the site`);
  const builds = files.flatMap((file) => /_([a-z0-9]+_[a-z0-9]+)\.zip$/.exec(file)?.[1]?.replace('_', '/') ?? []);
  return new errors/* ActionError */.lZ('platform-unsupported', `${product} ${version} is not built for ${os}/${arch}.`, {
    hint: `There are builds for ${builds.join(', ')}. Run the job on one of these, or build nomad-pack yourself and set \`nomad_pack_version: system\`.`,
  });
}

function unusable(what        , cause          )              {
  return new errors/* ActionError */.lZ('download', `${what}.`, {
    hint: 'Check `nomad_pack_mirror`: it is the address above `nomad-pack/index.json`, as in https://releases.hashicorp.com.',
    cause,
  });
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
;// CONCATENATED MODULE: ./build/js/nomad-pack/install/tool-cache.js






                                              


/** More than any file of a release. Bytes. */
const LARGEST_FILE = 200 * 1024 * 1024;

/** As Node calls it, and so the tool cache. */
const ARCH = (0,external_node_os_.arch)();

/**
 * Releases that were downloaded before, or that the runner's image brings, in the layout of `@actions/tool-cache`:
 * `nomad-pack/<version>/<arch>`, and `<arch>.complete` beside it. All jobs of the machine share the folder, and any of them may have
 * changed it. So an entry holds the archive, the sums and their signature as they were published, and no program: what is taken from it
 * goes through the same verification as a download, in memory, and nothing is run from here.
 */
class ToolCache {
           #platform          ;
           #root        ;

  /** @param root the runner's tool cache, absolute */
  constructor(root        , platform          ) {
    this.#root = root;
    this.#platform = platform;
  }

  /** The versions that are there, unverified. */
  async versions()                    {
    const names = await (0,promises_.readdir)((0,external_node_path_.join)(this.#root, this.#platform.product)).catch(() => []);
    return names.filter((name) => semver.valid(name) === name && this.has(name));
  }

  has(version        )          {
    const entry = this.#entry(version);
    return (0,external_node_fs_.existsSync)(entry) && (0,external_node_fs_.existsSync)(`${entry}.complete`);
  }

  /** Whether what is there is a bare program, as other tools keep it. It is left alone: nothing tells whose program it is. */
  async isBare(version        )                   {
    const isThere = async (name        ) =>
      await (0,promises_.lstat)((0,external_node_path_.join)(this.#entry(version), name)).then(
        () => true,
        () => false,
      );
    const { archive } = releaseNames(version, this.#platform);
    return !(await isThere(archive)) && (await isThere(this.#platform.program));
  }

  /**
   * The files of a version that is there, unverified.
   *
   * @throws Error where one is missing, or is not a file of a sensible size
   */
  async read(version        )                        {
    const names = releaseNames(version, this.#platform);
    const read = async (name        ) => {
      const path = (0,external_node_path_.join)(this.#entry(version), name);
      const stat = await (0,promises_.lstat)(path);
      if (!stat.isFile() || stat.size > LARGEST_FILE) throw new Error(`${name} is not a file of a release`);
      return await (0,promises_.readFile)(path);
    };
    const [archive, sums, signature] = await Promise.all([
      read(names.archive),
      read(names.sums),
      read(names.signature),
    ]);
    return { archive, sums, signature };
  }

  /**
   * Keeps a version. It appears at once or not at all; where another step was faster, its one stays.
   */
  async store(version        , files              )                {
    const names = releaseNames(version, this.#platform);
    const entry = this.#entry(version);
    await (0,promises_.mkdir)((0,external_node_path_.dirname)(entry), { recursive: true });
    const draft = await (0,promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_path_.dirname)(entry), '.draft-'));
    try {
      await Promise.all([
        (0,promises_.writeFile)((0,external_node_path_.join)(draft, names.archive), files.archive),
        (0,promises_.writeFile)((0,external_node_path_.join)(draft, names.sums), files.sums),
        (0,promises_.writeFile)((0,external_node_path_.join)(draft, names.signature), files.signature),
      ]);
      await (0,promises_.rename)(draft, entry);
    } catch (error) {
      if (!isErrorCode(error, 'ENOTEMPTY', 'EEXIST', 'EPERM')) throw error;
    } finally {
      await (0,promises_.rm)(draft, { recursive: true, force: true });
    }
    await (0,promises_.writeFile)(`${entry}.complete`, '');
  }

  async remove(version        )                {
    const entry = this.#entry(version);
    await (0,promises_.rm)(`${entry}.complete`, { force: true });
    await (0,promises_.rm)(entry, { recursive: true, force: true });
  }

  #entry(version        )         {
    return (0,external_node_path_.join)(this.#root, this.#platform.product, version, ARCH);
  }
}

;// CONCATENATED MODULE: ./build/js/nomad-pack/install/install-release.js




                                                                    


                                                                      






/**
 * Makes a release of nomad-pack available, from the tool cache or the site. It is run only after the signature of its sums and the digest
 * of its archive held, wherever it comes from, and from a copy that belongs to this step or job. What remains: a process of the same
 * user that is still there can change that copy between the verification and the run, as it can change anything else of the job.
 *
 * A release in the tool cache takes 0.35 s, of which verifying takes 0.1 s, unpacking and writing 76 MB the rest; an exact version
 * that is there takes no request.
 *
 * @throws ActionError `version-not-found`, `platform-unsupported`, `download`, `verification`, `cancelled`
 */
async function installRelease(settings                   , options                )                        {
  if (options.signal.aborted) throw (0,errors/* cancelled */.KW)(options.signal);
  const installer = new Installer(settings, options);
  try {
    return await installer.install();
  } finally {
    await installer.close();
  }
}

class Installer {
           #settings                   ;
           #options                ;
           #platform          ;
           #folders         ;
           #cache           ;
  #downloader                        ;

  constructor(settings                   , options                ) {
    this.#settings = settings;
    this.#options = options;
    this.#platform = (0,platform/* platformOf */.t)(options);
    this.#folders = foldersOf(options.environment);
    this.#cache = new ToolCache(this.#folders.toolCache, this.#platform);
  }

  async install()                        {
    const { version: wanted } = this.#settings;
    const kept = await this.#kept(wanted);
    if (kept !== undefined) return kept;
    if (isExact(wanted)) return await this.#installVersion(wanted);
    const installation = await this.#installNewest(wanted);
    // So that all steps of a job have the same one.
    await this.#options.store?.keep(this.#nameOf(wanted), await installation.version, async () => installation.path);
    return installation;
  }

  async #installNewest(wanted        )                        {
    try {
      return await this.#installVersion(await this.#newest(wanted));
    } catch (error) {
      if (!(error instanceof errors/* ActionError */.lZ && error.reason === 'download')) throw error;
      return await this.#installFromCache(wanted, error);
    }
  }

  async close()                {
    await this.#downloader?.close();
  }

  async #newest(wanted        )                  {
    const versions = (await this.#site().versions()).filter((version) => semver.valid(version) === version);
    const newest = newestFitting(wanted, versions);
    if (newest === undefined) throw versionNotFound(wanted, versions, this.#platform.product, this.#settings.mirror);
    return newest;
  }

  async #installVersion(version        )                        {
    return (await this.#cached(version)) ?? (await this.#download(version));
  }

  /** The program that an earlier step of this job has verified for the same wish, with the same key. */
  async #kept(wanted        )                                    {
    const kept = await this.#options.store?.find(this.#nameOf(wanted));
    if (kept === undefined) return undefined;
    this.#options.log(`${this.#platform.product} ${kept.note} was verified by an earlier step of this job.`);
    return { path: kept.path, folder: (0,external_node_path_.dirname)(kept.path), version: Promise.resolve(kept.note) };
  }

  #nameOf(wanted        )         {
    const { mirror, signingKey = '' } = this.#settings;
    const key = (0,external_node_crypto_.createHash)('sha256').update(signingKey).digest('hex');
    return `${this.#platform.product} ${wanted} from ${mirror}, signed with ${key}`;
  }

  /** The newest version that fits and was kept, when the site cannot be reached. */
  async #installFromCache(wanted        , failure             )                        {
    let versions = await this.#cache.versions();
    for (;;) {
      const version = newestFitting(wanted, versions);
      if (version === undefined) throw failure;
      const installation = await this.#cached(version);
      if (installation !== undefined) {
        this.#options.warn(
          `${failure.message} ${this.#platform.product} ${version} from the tool cache is used instead; there may be a newer one that fits \`${wanted}\`.`,
        );
        return installation;
      }
      versions = versions.filter((other) => other !== version);
    }
  }

  /** A version that was kept, if it is still what was signed; else it is removed. */
  async #cached(version        )                                    {
    if (!this.#cache.has(version)) return undefined;
    if (await this.#cache.isBare(version)) {
      this.#options.log(
        `${this.#platform.product} ${version} in the tool cache is a program without the archive that HashiCorp signed, and is not used. docs/tool-cache.md says how to keep one that is.`,
      );
      return undefined;
    }
    let program        ;
    try {
      const files = await this.#cache.read(version);
      program = await verifiedProgram(
        files,
        releaseNames(version, this.#platform),
        this.#platform,
        this.#settings.signingKey,
      );
    } catch (error) {
      this.#options.warn(
        `${this.#platform.product} ${version} in the tool cache is not what was kept there, and is not used: ${(error         ).message}`,
      );
      await this.#cache
        .remove(version)
        .catch((cause       ) => this.#options.warn(`It cannot be removed: ${cause.message}`));
      return undefined;
    }
    this.#options.log(`${this.#platform.product} ${version} is in the tool cache; its signature holds.`);
    return await this.#place(program, version);
  }

  async #download(version        )                        {
    const { signingKey, mirror } = this.#settings;
    const [files] = await Promise.all([
      this.#site().download(version, signingKey),
      // What verifies and unpacks it is loaded meanwhile.
      __webpack_require__.e(/* import() */ "openpgp").then(__webpack_require__.bind(__webpack_require__, 3074)),
      Promise.all(/* import() */[__webpack_require__.e("yauzl"), __webpack_require__.e("pend")]).then(__webpack_require__.t.bind(__webpack_require__, 663, 19)),
    ]);
    const program = await verifiedProgram(files, releaseNames(version, this.#platform), this.#platform, signingKey);
    this.#options.log(`${this.#platform.product} ${version} was downloaded from ${mirror}; its signature holds.`);
    const [installation] = await Promise.all([this.#place(program, version), this.#keep(version, files)]);
    return installation;
  }

  /** What is there stays: another step was faster, or it is a program of somebody else's. */
  async #keep(version        , files              )                {
    try {
      if (!this.#cache.has(version)) await this.#cache.store(version, files);
    } catch (error) {
      this.#options.log(`It cannot be kept in the tool cache: ${(error         ).message}`);
    }
  }

  async #place(program        , version        )                        {
    const { signal, store, into = (0,external_node_path_.join)(this.#folders.job, `${this.#platform.product}-${version}`) } = this.#options;
    if (signal.aborted) throw (0,errors/* cancelled */.KW)(signal);
    const placed = await store?.keep(this.#nameOf(version), version, async (folder) => {
      return await placeProgram(program, this.#platform.program, this.#options.into === undefined ? into : folder);
    });
    const path = placed ?? (await placeProgram(program, this.#platform.program, into));
    return { path, folder: (0,external_node_path_.dirname)(path), version: Promise.resolve(version) };
  }

  #site()              {
    this.#downloader ??= createDownloader(this.#options);
    return new ReleaseSite(this.#settings.mirror, this.#platform, this.#downloader);
  }
}


/***/ })

};

