import { createHash } from 'node:crypto';
import { stripTypeScriptTypes } from 'node:module';

/**
 * Jest's transform for TypeScript: Node's own type stripping. It blanks the types out, so lines and columns stay where they
 * are, and V8's coverage of the stripped text is coverage of the source.
 */
export default {
  process: (source) => ({ code: stripTypeScriptTypes(source) }),
  getCacheKey: (source, path) => createHash('sha256').update(process.version).update(path).update(source).digest('hex'),
};
