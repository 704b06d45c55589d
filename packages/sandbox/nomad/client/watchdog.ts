import { type ChildProcess, spawn } from 'node:child_process';

/**
 * Reads `add PID` and `drop PID` lines. When its input ends, because the sandbox ended however it ended, it kills the
 * process groups that are left and removes the sandbox's directory.
 */
const script = `
groups=" "
while read -r verb pid; do
  case "$verb" in
    add) groups="$groups$pid " ;;
    drop) groups="\${groups%% $pid *} \${groups#* $pid }" ;;
  esac
done
for pid in $groups; do kill -s KILL -- "-$pid" 2>/dev/null; done
rm -rf -- "$1"
`;

/** Sees to it that no task outlives the sandbox, even one that is killed with SIGKILL. */
export class Watchdog {
  private readonly directory: string;
  private child: ChildProcess | undefined;

  constructor(directory: string) {
    this.directory = directory;
  }

  /** Watches over a process group from now on. */
  add(processGroup: number): void {
    this.child ??= this.start();
    this.tell(`add ${processGroup}`);
  }

  drop(processGroup: number): void {
    this.tell(`drop ${processGroup}`);
  }

  /** Ends the watch; resolves when the directory is gone. */
  async stop(): Promise<void> {
    const { child } = this;
    if (child === undefined) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.stdin?.end();
    await gone;
  }

  private start(): ChildProcess {
    // A process group of its own: Ctrl-C in the terminal must not end it before it has done its work.
    const options = { detached: true, stdio: ['pipe', 'ignore', 'ignore'] as ['pipe', 'ignore', 'ignore'] };
    const child = spawn('/bin/sh', ['-c', script, 'nomad-sandbox-watchdog', this.directory], options);
    child.stdin.on('error', () => undefined);
    child.unref();
    return child;
  }

  private tell(line: string): void {
    this.child?.stdin?.write(`${line}\n`);
  }
}
