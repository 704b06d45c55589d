import { permissionDenied } from '../http/errors.ts';

/** What may be done in which namespace. */
export type Capabilities = Readonly<Record<string, readonly string[]>>;

const read = ['list-jobs', 'parse-job', 'read-job', 'read-job-scaling', 'list-scaling-policies'];
const writing = [
  ...read,
  'scale-job',
  'submit-job',
  'dispatch-job',
  'read-logs',
  'read-fs',
  'alloc-exec',
  'alloc-lifecycle',
];

/** What the shorthands of an ACL policy stand for (Nomad's `expandNamespacePolicy`). */
const shorthands: Readonly<Record<string, readonly string[]>> = { read, write: writing };

/** What a request's token may do. */
export class Access {
  /** Everything, as with a management token and where ACLs are off. */
  readonly management: boolean;
  private readonly namespaces: Capabilities;

  constructor(management: boolean, namespaces: Capabilities = {}) {
    this.management = management;
    this.namespaces = namespaces;
  }

  /** Whether any of the capabilities is granted in the namespace; `*` asks for any namespace. */
  allows(namespace: string, ...capabilities: string[]): boolean {
    if (this.management) return true;
    if (namespace === '*') return Object.values(this.namespaces).some((granted) => grants(granted, capabilities));
    return grants(this.namespaces[namespace] ?? this.namespaces['*'] ?? [], capabilities);
  }

  /** @throws HttpError 403 where none of the capabilities is granted. */
  require(namespace: string, ...capabilities: string[]): void {
    if (!this.allows(namespace, ...capabilities)) throw permissionDenied();
  }

  /** @throws HttpError 403 without a management token. */
  requireManagement(): void {
    if (!this.management) throw permissionDenied();
  }
}

function grants(granted: readonly string[], wanted: readonly string[]): boolean {
  const expanded = granted.flatMap((name) => shorthands[name] ?? name);
  return !expanded.includes('deny') && wanted.some((capability) => expanded.includes(capability));
}
