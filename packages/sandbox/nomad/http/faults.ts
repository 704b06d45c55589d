import type { ApiRequest } from './request.ts';

/** Something that goes wrong with one request. */
export type Fault =
  | { readonly kind: 'respond'; readonly status: number; readonly body?: string }
  /** The connection breaks; with `afterwards` only when the request has been carried out. */
  | { readonly kind: 'reset'; readonly afterwards?: boolean }
  /** The request is answered, but later. */
  | { readonly kind: 'delay'; readonly milliseconds: number };

/** Decides per request whether something goes wrong with it. */
export type Faults = (request: ApiRequest) => Fault | undefined;
