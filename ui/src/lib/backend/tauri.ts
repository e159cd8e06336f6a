/** The backend in the desktop shell: each method is one command. */

import { invoke, isTauri } from "@tauri-apps/api/core";

import { type About, type Backend, BackendError } from "./index";

/** Whether this page runs in the desktop shell. */
export function insideShell(): boolean {
  return isTauri();
}

/** The backend that asks the shell. */
export function createTauriBackend(): Backend {
  return {
    about: () => ask<About>("about"),
  };
}

async function ask<Answer>(command: string): Promise<Answer> {
  try {
    return await invoke<Answer>(command);
  } catch (reason) {
    throw new BackendError(sentence(reason), { cause: reason });
  }
}

/** The shell answers a failure with a text or with `{ code, message }`. */
function sentence(reason: unknown): string {
  if (typeof reason === "string") return reason;
  if (typeof reason === "object" && reason !== null && "message" in reason) return String(reason.message);
  return "The program did not answer.";
}
