import { installNomadPack } from '../../../src/nomad-pack/install/install.ts';

/** A process that installs one version and says what came of it: `node install-once.ts MIRROR VERSION`, the key in SIGNING_KEY. */
const [mirror = '', version = ''] = process.argv.slice(2);
const installation = await installNomadPack(
  { mirror, version, signingKey: process.env['SIGNING_KEY'] ?? '' },
  { environment: process.env, signal: new AbortController().signal, log: console.error, warn: console.error },
);
console.log(JSON.stringify({ ...installation, version: await installation.version }));
