/** What HashiCorp releases in one way: nomad-pack, and for the project's own scripts the server that it talks to. */
export type Product = 'nomad-pack' | 'nomad';

/** What releases are of and what they are built for, in the words of their file names. */
export interface Platform {
  readonly product: Product;
  readonly os: string;
  readonly arch: string;
  /** Name of the program in the archive. */
  readonly program: string;
}

const OS: Readonly<Record<string, string>> = { win32: 'windows', sunos: 'solaris' };

const ARCH: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386' };

/** A platform in Node's words, by default the one that this process runs on. */
export function platformOf({
  product = 'nomad-pack',
  platform = process.platform,
  arch = process.arch,
}: {
  readonly product?: Product;
  readonly platform?: string;
  readonly arch?: string;
} = {}): Platform {
  return {
    product,
    os: OS[platform] ?? platform,
    arch: ARCH[arch] ?? arch,
    program: platform === 'win32' ? `${product}.exe` : product,
  };
}
