/** How a fake vault refuses. */

import type { RefusalCode } from "../bindings";
import { BackendError } from "../refusal";

/** Throws the error the program would return. */
export function refuse(code: RefusalCode, message: string): never {
  throw new BackendError({ code, message });
}
