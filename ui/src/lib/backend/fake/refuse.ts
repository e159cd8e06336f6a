/** How a fake vault says no. */

import type { RefusalCode } from "../bindings";
import { BackendError } from "../refusal";

/** Throws what the program would refuse with. */
export function refuse(code: RefusalCode, message: string): never {
  throw new BackendError({ code, message });
}
