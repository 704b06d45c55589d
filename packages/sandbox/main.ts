import { appendFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { pidFileVariable, removeFolder, reportUp, startInBackground, stopBackground } from './service/background.ts';
import { toEnvironmentFile, toShell, type Variables } from './service/variables.ts';

/**
 * The sandbox as a program, for local use and for workflows. What a shell can evaluate goes to stdout, all else to stderr.
 */
const usage = `Usage: npm run sandbox -- [COMMAND] [OPTIONS]

  (none)   run a sandbox until Ctrl-C
  start    start one in the background, and return once it is up
  stop     end the one in the background

  --variables-file PATH   append the variables to a file, as \`$GITHUB_ENV\`, instead of printing them
  --minutes N             end by itself after so long; default 30
  --pid-file PATH         of the one to stop; default: the variable ${pidFileVariable}

Node 22.18 or newer runs it without npm, too: node packages/sandbox/main.ts
`;

const { values, positionals } = readCommandLine();
const minutes = Number(values.minutes);
const [command = 'run'] = positionals;

if (values.help) console.error(usage);
else if (!(minutes > 0)) fail(`\`--minutes\` must be a positive number (got \`${values.minutes}\`).`);
else if (command === 'run') await run(announce);
else if (command === 'start') announce(await startInBackground(fileURLToPath(import.meta.url), minutes));
else if (command === 'stop') await stop();
else if (command === 'serve' && values.folder !== undefined) {
  await run(reportUp);
  removeFolder(values.folder);
} else fail(`There is no command \`${command}\`.`);
// Whatever the servers still hold must not keep a process that is done.
process.exit();

/** Ends the process where an option is wrong. */
function readCommandLine() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        // Not `--env-file`: Node takes that for itself, wherever it is on the command line.
        'variables-file': { type: 'string' },
        minutes: { type: 'string', default: '30' },
        'pid-file': { type: 'string' },
        folder: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
    process.exit();
  }
}

/** The servers' code is loaded for this alone. */
async function run(onUp: (variables: Variables) => void): Promise<void> {
  const { serve } = await import('./service/serve.ts');
  await serve(minutes, onUp);
}

function announce(variables: Variables): void {
  console.error(
    `SIMULATED cluster: this is a sandbox on this machine, not a Nomad. It ends by itself after ${minutes} minutes.`,
  );
  const file = values['variables-file'];
  if (file === undefined) process.stdout.write(toShell(variables));
  else appendFileSync(file, toEnvironmentFile(variables));
}

async function stop(): Promise<void> {
  const file = values['pid-file'] ?? process.env[pidFileVariable];
  if (file === undefined || file === '')
    fail(`Which one? Give \`--pid-file\`, or set ${pidFileVariable} as \`start\` said.`);
  else await stopBackground(file);
}

function fail(message: string): void {
  console.error(`${message}\n\n${usage}`);
  process.exitCode = 2;
}
