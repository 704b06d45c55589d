import { randomUUID } from 'node:crypto';

/** An id as Nomad gives them to everything: 36 characters of lower-case hexadecimal and dashes. */
export function newId(): string {
  return randomUUID();
}

/** The index of an allocation in its group: 2 for `web.app[2]`. */
export function allocationIndex(name: string): number {
  return Number(/\[(\d+)\]$/.exec(name)?.[1] ?? -1);
}

export function allocationName(jobId: string, group: string, index: number): string {
  return `${jobId}.${group}[${index}]`;
}
