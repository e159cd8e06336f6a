/** A request that failed. */

import { because } from "../text/reasons";
import type { Refusal, RefusalCode } from "./bindings";

/** A request that failed: a sentence for the user in the language of the window, and the kind of failure. */
export class BackendError extends Error {
  override readonly name = "BackendError";
  readonly code: RefusalCode;

  constructor({ code, message, reasons }: Refusal, options?: ErrorOptions) {
    super(because(message, reasons), options);
    this.code = code;
  }
}
