import { createHash } from 'node:crypto';
import { permissionDenied } from '../http/errors.ts';
import { newId } from '../ids.ts';
import type { State } from '../state.ts';
import { Access, type Capabilities } from './access.ts';
import type { AclOptions, Policy } from './options.ts';

/** An ACL token as the API shows it. */
export interface Token {
  readonly AccessorID: string;
  readonly SecretID: string;
  readonly Name: string;
  readonly Type: 'client' | 'management';
  readonly Policies: readonly string[] | null;
  readonly Roles: null;
  readonly Global: boolean;
  readonly Hash: string;
  readonly CreateTime: string;
  readonly ExpirationTime?: string;
  readonly ExpirationTTL?: string;
  readonly CreateIndex: number;
  readonly ModifyIndex: number;
}

export interface NewToken {
  readonly name: string;
  readonly secretId?: string;
  /** Without policies it is a management token. */
  readonly policies?: readonly string[] | undefined;
  /** How long it lasts: as written, and in milliseconds. */
  readonly lifetime?: { readonly text: string; readonly milliseconds: number };
}

/** The tokens, and what they may do. */
export class Tokens {
  readonly policies: Readonly<Record<string, Policy>>;
  private readonly state: State;
  private readonly bySecret = new Map<string, Token>();

  constructor(state: State, options: AclOptions) {
    this.state = state;
    this.policies = options.policies ?? {};
    for (const { secretId, name = '', policies } of options.tokens ?? []) this.create({ secretId, name, policies });
  }

  create({ name, secretId = newId(), policies, lifetime }: NewToken): Token {
    const now = Date.now();
    const described = {
      ...(lifetime === undefined ? {} : { ExpirationTTL: lifetime.text }),
      AccessorID: newId(),
      SecretID: secretId,
      Name: name,
      Type: policies === undefined ? ('management' as const) : ('client' as const),
      Policies: policies ?? null,
      Roles: null,
      Global: false,
      Hash: createHash('sha256')
        .update(JSON.stringify([name, policies]))
        .digest('base64'),
      CreateTime: new Date(now).toISOString(),
      ...(lifetime === undefined ? {} : { ExpirationTime: new Date(now + lifetime.milliseconds).toISOString() }),
    };
    const index = this.state.commit(() => this.state.touch('acl_token'));
    const token: Token = { ...described, CreateIndex: index, ModifyIndex: index };
    this.bySecret.set(secretId, token);
    return token;
  }

  all(): Token[] {
    return [...this.bySecret.values()];
  }

  bySecretId(secretId: string): Token | undefined {
    const token = this.bySecret.get(secretId);
    const expired = token?.ExpirationTime !== undefined && Date.parse(token.ExpirationTime) <= Date.now();
    return expired ? undefined : token;
  }

  byAccessor(accessorId: string): Token | undefined {
    return this.all().find((token) => token.AccessorID === accessorId);
  }

  /** @returns the index of the change. */
  remove(token: Token): number {
    return this.state.commit(() => {
      this.bySecret.delete(token.SecretID);
      this.state.touch('acl_token');
    });
  }

  /** @throws HttpError 403 for a secret that no token has, or one that has expired. */
  access(secretId: string): Access {
    if (secretId === '') return new Access(false);
    const token = this.bySecretId(secretId);
    if (token === undefined) throw permissionDenied();
    return new Access(token.Type === 'management', this.capabilities(token.Policies ?? []));
  }

  private capabilities(names: readonly string[]): Capabilities {
    const merged: Record<string, string[]> = {};
    for (const name of names) {
      for (const [namespace, granted] of Object.entries(this.policies[name]?.namespaces ?? {})) {
        merged[namespace] = [...(merged[namespace] ?? []), ...granted];
      }
    }
    return merged;
  }
}
