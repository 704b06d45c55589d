import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab } from './nomad-pack-lab.ts';
import { recordingsDirectory } from './recordings.ts';

/** What a real nomad-pack did. */
export interface RecordedCommand {
  readonly case: string;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly exit_code: number | 'timeout';
  readonly stdout: string;
  readonly stderr: string;
}

/** Where the commands of a version are: `0.4.2`, or `next` for the one after it. */
export function commandsFile(version: string): string {
  return join(recordingsDirectory, `nomad-pack-${version}.json`);
}

/** The recorded commands. */
export function readCommands(version: string): readonly RecordedCommand[] {
  return JSON.parse(readFileSync(commandsFile(version), 'utf8')) as RecordedCommand[];
}

/** The packs that the commands were run with. */
export const recordedPacks = join(recordingsDirectory, 'packs');

/** The addresses, paths and commits of the recordings, and what stands for them in a lab. */
export function translations(lab: Lab): readonly (readonly [recorded: string, own: string])[] {
  return [
    ['http://127.0.0.1:8418', lab.gitAddress],
    ['127.0.0.1:8418', lab.gitAddress.replace('http://', '')],
    ['/home/runner/.cache/nomad/packs', join(lab.work, 'home/.cache/nomad/packs')],
    ['/home/other/.cache/nomad/packs', join(lab.work, 'other/.cache/nomad/packs')],
    ['/home/runner/registry', lab.registry.path],
    ['acf31778829cee0b34e60ee4a9edbac81c2496a4', lab.commits[0]],
  ];
}

/** Cases of which the lines come in any order: of jobs that are dealt with at once, of variables in a map. */
const unordered = /^(?:run-trio|destroy-trio)$/;

/** A case whose allocation may be gone before it is seen for the first time. */
const crashesAtOnce = 'run-autorevert-second';

/**
 * What differs between any two runs is replaced by its kind, tables lose their padding, and what depends on when a poll
 * happens to look is put in one order.
 */
export function comparable(name: string, stdout: string): string {
  const lines = stdout
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>')
    .replace(/\b[0-9a-f]{40}\b/g, '<commit>')
    .replace(/"[0-9a-f]{8}"/g, '"<id>"')
    .replace(/^( +ID +=) [0-9a-f]{8}$/gm, '$1 <id>')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, '<time>')
    .replace(/UTC \d{4}-\S+ \S+ \+0000 UTC/g, 'UTC <time>')
    .replace(/check-index=[1-9]\d*/g, 'check-index=<index>')
    .replace(/modify index: \d+/g, 'modify index: <index>')
    .replace(/\S+\/git exited/g, 'git exited')
    .replace(/port 1 after \d+ ms: Could.*/g, 'port 1')
    .replace(/127\.0\.0\.1:\d{4,5}/g, '127.0.0.1:<port>')
    .replace(/^Nomad Pack (v[\d.]+).*/m, 'Nomad Pack $1')
    .split('\n')
    .map((line) =>
      / \| |^-[-+]+$/.test(line)
        ? line
            .replace(/\b[0-9a-f]{8}\b/g, '<commit>')
            .replace(/ +/g, ' ')
            .replace(/-+/g, '-')
        : line,
    )
    .filter((line) => !/Allocation "<id>" status changed/.test(line))
    .filter((line) => name !== crashesAtOnce || !/Allocation "<id>" created/.test(line));
  return (unordered.test(name) ? lines.sort() : orderSightings(lines)).join('\n');
}

/** A first look at an evaluation may see the allocation, its deployment, or both. */
function orderSightings(lines: readonly string[]): string[] {
  const isSighting = (line: string) => /: (?:Evaluation within deployment|Allocation "<id>" created)/.test(line);
  const ordered: string[] = [];
  let sightings: string[] = [];
  for (const line of lines) {
    if (isSighting(line)) sightings.push(line);
    else {
      ordered.push(...sightings.sort(), line);
      sightings = [];
    }
  }
  return [...ordered, ...sightings.sort()];
}
