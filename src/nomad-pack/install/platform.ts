/** What releases are built for, in the words of their file names. */
export interface Platform {
  readonly os: string;
  readonly arch: string;
  /** Name of the program in the archive. */
  readonly program: string;
}

const OS: Readonly<Record<string, string>> = { win32: 'windows', sunos: 'solaris' };

const ARCH: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386' };

/** A platform in Node's words, by default the one that this process runs on. */
export function platformOf(platform: string = process.platform, arch: string = process.arch): Platform {
  return {
    os: OS[platform] ?? platform,
    arch: ARCH[arch] ?? arch,
    program: platform === 'win32' ? 'nomad-pack.exe' : 'nomad-pack',
  };
}
