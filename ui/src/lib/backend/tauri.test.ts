import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { afterEach, describe, expect, it } from "vitest";

import { BackendError } from "./index";
import { createTauriBackend } from "./tauri";

afterEach(clearMocks);

/** A message of the shell on a channel, in its numbered envelope. */
function send(channel: unknown, index: number, message: unknown): void {
  const id = Number(String(channel).replace("__CHANNEL__:", ""));
  const internals = (
    window as unknown as { __TAURI_INTERNALS__: { runCallback: (id: number, data: unknown) => void } }
  ).__TAURI_INTERNALS__;
  internals.runCallback(id, { index, message });
}

describe("the backend in the shell", () => {
  it("calls the command by name and returns its answer", async () => {
    const commands: unknown[] = [];
    mockIPC((command, args) => {
      commands.push([command, args]);
      return { kind: "plain", text: "Dear Dana", cut: false };
    });
    expect(await createTauriBackend().previewText("9f2c")).toMatchObject({ text: "Dear Dana" });
    expect(commands).toEqual([["preview_text", { content: "9f2c" }]]);
  });

  it.each([
    ["a text", "snapshot not allowed", "snapshot not allowed", "invalid"],
    [
      "a code and a message",
      { code: "tryLater", message: "The vault is in use." },
      "The vault is in use.",
      "tryLater",
    ],
    ["nothing", undefined, "The program did not answer.", "invalid"],
  ])("turns a refusal given as %s into a message", async (_, reason, sentence, code) => {
    mockIPC(() => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- what the shell sends is no Error
      throw reason;
    });
    const refused = await createTauriBackend()
      .snapshot()
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(BackendError);
    expect(refused).toMatchObject({ message: sentence, code });
  });

  it("passes on events", async () => {
    let channel: unknown;
    mockIPC((command, args) => {
      if (command === "watch") channel = (args as { channel: { toJSON: () => string } }).channel.toJSON();
    });
    const heard: unknown[] = [];
    await createTauriBackend().watch((event) => heard.push(event));
    send(channel, 0, { kind: "dragLeft" });
    send(channel, 1, { kind: "closeAsked" });
    expect(heard).toEqual([{ kind: "dragLeft" }, { kind: "closeAsked" }]);
  });

  it("reports when the shell does not allow it to listen", async () => {
    mockIPC(() => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- what the shell sends is no Error
      throw { code: "damaged", message: "The vault can’t be read." };
    });
    await expect(createTauriBackend().watch(() => undefined)).rejects.toMatchObject({ code: "damaged" });
  });
});
