import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.ts';

/** The repository that this is, as `owner/name`: package.json is the place that says so. */
export function repositoryName(): string {
  const { repository } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { repository: string };
  return repository.replace(/^github:/, '');
}
