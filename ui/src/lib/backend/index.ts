/**
 * The only door to the platform: what the page may ask of the program around it.
 *
 * Everything else in `ui/` is written against `Backend` and never learns who answers: the shell, or a fake in tests and
 * in a browser during development.
 */

import { createFakeBackend } from "./fake";
import { createTauriBackend, insideShell } from "./tauri";

/** What this program is. */
export interface About {
  /** The version, as in `0.1.0`. */
  readonly version: string;
}

/** What the page may ask. Every call may fail, and then rejects with a `BackendError`. */
export interface Backend {
  about(): Promise<About>;
}

/** A request the program could not answer: a sentence for a person. */
export class BackendError extends Error {
  override readonly name = "BackendError";
}

/**
 * The backend of this page. A page that is neither in the shell nor under development gets none: a vault must not look
 * as if it worked.
 */
export function connect(): Backend {
  if (insideShell()) return createTauriBackend();
  if (import.meta.env.DEV) return createFakeBackend();
  throw new BackendError("This page belongs in the Strongroom window.");
}
