/** A request that fails, with the status and the text that Nomad answers. */
export class HttpError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** What Nomad answers to whoever may not do something, and to an unknown token. */
export function permissionDenied(): HttpError {
  return new HttpError(403, 'Permission denied');
}
