/** A request that was not done. */

import type { Refusal, RefusalCode } from "./bindings";

/** A request that was not done: a sentence for a person, and what kind of refusal it is. */
export class BackendError extends Error {
  override readonly name = "BackendError";
  readonly code: RefusalCode;

  constructor({ code, message }: Refusal, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
