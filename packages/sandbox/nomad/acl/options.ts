import type { Capabilities } from './access.ts';

/** What a token with the policy may do. */
export interface Policy {
  /** Per namespace (`*` for all others), capabilities, or the shorthands `read` and `write`. */
  readonly namespaces: Capabilities;
}

/** A token that is there from the start. */
export interface TokenOptions {
  readonly secretId: string;
  readonly name?: string;
  /** Names of policies; without them the token is a management token. */
  readonly policies?: readonly string[];
}

/** Which tokens a login gives. */
export interface BindingRule {
  /** A filter over `value.NAME`; without it the rule binds every login. */
  readonly selector?: string;
  /** The name of a policy, with `${value.NAME}` filled in; without it the token is a management token. */
  readonly policy?: string;
}

/** A way to log in with a JWT. */
export interface AuthMethod {
  readonly name: string;
  readonly publicKeys: readonly string[];
  readonly audiences: readonly string[];
  readonly issuers?: readonly string[];
  /** Which claim goes by which name in `value.NAME`. */
  readonly claimMappings?: Readonly<Record<string, string>>;
  /** How long the tokens last, as `10m`. */
  readonly maxTokenTtl: string;
  /** The name of the tokens, with `${auth_method_type}`, `${auth_method_name}` and `${value.NAME}` filled in. */
  readonly tokenNameFormat?: string;
  readonly bindingRules: readonly BindingRule[];
}

/** Turns ACLs on: a request without a token then may do nothing. */
export interface AclOptions {
  readonly policies?: Readonly<Record<string, Policy>>;
  readonly tokens?: readonly TokenOptions[];
  readonly authMethods?: readonly AuthMethod[];
}
