/** A request that failed. */

import type { Refusal, RefusalCode } from "./bindings";

/** A request that failed: a sentence for the user, and the kind of failure. */
export class BackendError extends Error {
  override readonly name = "BackendError";
  readonly code: RefusalCode;

  constructor({ code, message }: Refusal, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
