import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Most of what a short command takes is spent on reading its own modules. Where the folder cannot be written, it takes that long.
// Plain JavaScript: of a first module with types, Node would load what strips them, which takes half the time of a short command.
enableCompileCache(join(import.meta.dirname, '..', '..', '..', 'node_modules', '.cache', 'sandbox-nomad-pack'));
const { runCommandLine } = await import('./command-line.ts');

process.exitCode = await runCommandLine(process.argv.slice(2));
