/** The backend in the desktop shell: each request is one command. */

import { Channel, isTauri } from "@tauri-apps/api/core";

import { commands, type Refusal, type WindowEvent } from "./bindings";
import type { Backend, Requests } from "./index";
import { BackendError } from "./refusal";

type Result = { status: "ok"; data: unknown } | { status: "error"; error: Refusal };
type Command = (...args: never[]) => Promise<Result>;

/** Whether this page runs in the desktop shell. */
export function insideShell(): boolean {
  return isTauri();
}

/** The backend that sends requests to the shell. */
export function createTauriBackend(): Backend {
  const { watch, ...requests } = commands;
  const answering = Object.entries(requests).map(([name, command]) => [name, answered(command as Command)]);
  return {
    ...(Object.fromEntries(answering) as Requests),
    watch: async (listener) => {
      await answered(watch)(new Channel<WindowEvent>(listener) as never);
    },
  };
}

function answered(command: Command) {
  return async (...args: never[]): Promise<unknown> => {
    let result: Result;
    try {
      result = await command(...args);
    } catch (reason) {
      throw new BackendError(refusal(reason), { cause: reason });
    }
    if (result.status === "ok") return result.data;
    throw new BackendError(refusal(result.error), { cause: result.error });
  };
}

/** The shell rejects with `{ code, message }`, the bridge to it with a text. */
function refusal(reason: unknown): Refusal {
  if (typeof reason === "object" && reason !== null && "message" in reason && "code" in reason) {
    return reason as Refusal;
  }
  const message = reason instanceof Error ? reason.message : reason;
  return { code: "invalid", message: typeof message === "string" ? message : "The program did not answer." };
}
