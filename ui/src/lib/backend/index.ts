/**
 * The only interface to the platform: the requests of the page, and the events it receives.
 *
 * Everything else in `ui/` is written against `Backend` and is independent of the implementation: the shell, or a fake
 * in tests and in a browser during development. The requests are those of `bindings.ts`, which is generated from the
 * shell's commands.
 */

import type { commands, WindowEvent } from "./bindings";
import { fakeFor } from "./fake";
import { BackendError } from "./refusal";
import { createTauriBackend, insideShell } from "./tauri";

export type * from "./bindings";
export { BackendError };

type Commands = typeof commands;

/** The names of all requests. */
export type RequestName = Exclude<keyof Commands, "watch">;

/** The result of a request. */
export type Answer<Name extends RequestName> = Extract<
  Awaited<ReturnType<Commands[Name]>>,
  { status: "ok" }
>["data"];

/** The requests of the page. Every request may fail, and then rejects with a `BackendError`. */
export type Requests = {
  [Name in RequestName]: (...args: Parameters<Commands[Name]>) => Promise<Answer<Name>>;
};

/** The program around the page. */
export interface Backend extends Requests {
  /** Passes on every change from now on; a second listener replaces the first. */
  watch(listener: (event: WindowEvent) => void): Promise<void>;
}

/**
 * The backend of this page. A page that is neither in the shell nor under development gets none: a vault must not
 * appear to work.
 */
export function connect(): Backend {
  if (insideShell()) return createTauriBackend();
  if (import.meta.env.DEV) return fakeFor(location.search);
  throw new BackendError({ code: "notFound", message: "This page belongs in the Strongroom window." });
}
