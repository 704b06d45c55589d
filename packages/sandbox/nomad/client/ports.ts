import { multierror } from '../multierror.ts';
import type { Allocation, TaskGroup } from '../types.ts';

/** Where Nomad takes the ports from that a job leaves to it. */
const FIRST_DYNAMIC = 20_000;
const LAST_DYNAMIC = 32_000;

interface Block {
  readonly Name?: string;
  readonly Static?: number;
}

/** The ports of an allocation, by the labels that its group gives them. Two allocations may come by the same one. */
export class Ports {
  readonly #numbers: ReadonlyMap<string, number>;

  constructor(group: TaskGroup | undefined) {
    const networks = (group?.['Networks'] as readonly { readonly Ports?: readonly Block[] }[] | null) ?? [];
    const labels = networks.flatMap(({ Ports = [] }) => Ports);
    this.#numbers = new Map(labels.map(({ Name = '', Static }) => [Name, Static ?? anyPort()]));
  }

  /**
   * @param port a label, or a number
   * @throws in Nomad's words, where the group has no such label
   */
  numberOf(port: string): number {
    const number = this.#numbers.get(port) ?? Number(port);
    if (Number.isNaN(number)) throw new Error(`invalid port "${port}": port label not found`);
    return number;
  }

  /** What Nomad says where a service of the group has a port that there is not; undefined where all is well. */
  complaint({ Job, TaskGroup: name }: Allocation): string | undefined {
    const group = Job.TaskGroups.find(({ Name }) => Name === name);
    const services =
      (group?.['Services'] as readonly { readonly Name?: string; readonly Port?: string }[] | null) ?? [];
    const wrong = services.flatMap(({ Name, Port }) => {
      const why = Port === undefined ? undefined : this.#whyNot(Port);
      return why === undefined ? [] : [`unable to get address for service "${Name}": ${why}`];
    });
    return wrong.length === 0
      ? undefined
      : `failed to setup alloc: pre-run hook "group_services" failed: ${multierror(wrong)}`;
  }

  #whyNot(port: string): string | undefined {
    try {
      this.numberOf(port);
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  }

  /** What tasks see of them: `NOMAD_PORT_http`. */
  get environment(): Record<string, string> {
    return Object.fromEntries([...this.#numbers].map(([label, port]) => [`NOMAD_PORT_${label}`, String(port)]));
  }
}

function anyPort(): number {
  return FIRST_DYNAMIC + Math.floor(Math.random() * (LAST_DYNAMIC - FIRST_DYNAMIC));
}
