/** What is used of ncc, which comes without types. */
declare module '@vercel/ncc' {
  export default function ncc(
    input: string,
    options: {
      cache: false;
      license: string;
      quiet: boolean;
      sourceMap: boolean;
      sourceMapRegister: boolean;
      target: string;
    },
  ): Promise<{ code: string; map?: string; assets: Record<string, { source: string | Buffer }> }>;
}
