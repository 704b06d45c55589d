/** What releases are built for, in the words of their file names. */
export interface Platform {
  readonly os: string;
  readonly arch: string;
  /** Name of the program in the archive. */
  readonly program: string;
}

const OS: Readonly<Record<string, string>> = { win32: 'windows', sunos: 'solaris' };

const ARCH: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386' };

/** The platform that this process runs on. */
export function currentPlatform(): Platform {
  return {
    os: OS[process.platform] ?? process.platform,
    arch: ARCH[process.arch] ?? process.arch,
    program: process.platform === 'win32' ? 'nomad-pack.exe' : 'nomad-pack',
  };
}
