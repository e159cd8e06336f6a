import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { afterEach, describe, expect, it } from "vitest";

import { BackendError } from "./index";
import { createTauriBackend } from "./tauri";

afterEach(clearMocks);

describe("the backend in the shell", () => {
  it("asks by the command's name and hands the answer on", async () => {
    const commands: string[] = [];
    mockIPC((command) => {
      commands.push(command);
      return { version: "0.1.0" };
    });
    expect(await createTauriBackend().about()).toEqual({ version: "0.1.0" });
    expect(commands).toEqual(["about"]);
  });

  it.each([
    ["a text", "about not allowed", "about not allowed"],
    [
      "a code and a message",
      { code: "vault_locked", message: "The vault is in use." },
      "The vault is in use.",
    ],
    ["nothing", undefined, "The program did not answer."],
  ])("turns a refusal that is %s into a sentence", async (_, reason, sentence) => {
    mockIPC(() => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- what the shell sends is no Error
      throw reason;
    });
    const refused = await createTauriBackend()
      .about()
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(BackendError);
    expect((refused as BackendError).message).toBe(sentence);
  });
});
