import { newId } from './ids.ts';
import type { Node } from './types.ts';

/** What may be different about the one node. */
export type NodeOptions = Partial<Pick<Node, 'Datacenter' | 'CPU' | 'MemoryMB' | 'DiskMB' | 'Attributes' | 'Meta'>>;

/** The one node: as big as a small server, and able to run `raw_exec` only. */
export function makeNode(options: NodeOptions): Node {
  return {
    ID: newId(),
    Name: 'sandbox',
    Datacenter: 'dc1',
    NodePool: 'default',
    CPU: 4000,
    MemoryMB: 8192,
    DiskMB: 100_000,
    Drivers: ['raw_exec'],
    Meta: {},
    ...options,
    Attributes: {
      'kernel.name': 'linux',
      'cpu.arch': 'amd64',
      'driver.raw_exec': '1',
      'unique.hostname': 'sandbox',
      'os.name': 'sandbox',
      'nomad.version': '2.0.6',
      ...options.Attributes,
    },
  };
}
