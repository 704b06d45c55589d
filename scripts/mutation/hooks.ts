import { readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';

const GLOBALS = new URL('globals.ts', import.meta.url).href;

/** The text of each module of the tests, types stripped. */
const texts = new Map<string, string>();

/**
 * Lets a test file be imported as it is, and anew for each query that it is imported with (`?run=7`): the query goes on to all
 * that it imports from `folder`, which keeps hooks and state of its own. What is imported from elsewhere stays one.
 */
export function hookTests(folder: string): void {
  const ofTests = (url: string) => url.startsWith(`${folder}/`);
  registerHooks({
    resolve: (specifier, context, next) => {
      if (specifier === '@jest/globals') return { url: GLOBALS, format: 'module-typescript', shortCircuit: true };
      const resolved = next(specifier, context);
      const query = context.parentURL === undefined ? '' : new URL(context.parentURL).search;
      return ofTests(resolved.url) && !resolved.url.includes('?')
        ? { ...resolved, url: `${resolved.url}${query}` }
        : resolved;
    },
    load: (url, context, next) => {
      if (!ofTests(url) || !new URL(url).pathname.endsWith('.ts')) return next(url, context);
      const path = fileURLToPath(url);
      const text = texts.get(path) ?? stripTypeScriptTypes(readFileSync(path, 'utf8'));
      texts.set(path, text);
      return { format: 'module', source: text, shortCircuit: true };
    },
  });
}
