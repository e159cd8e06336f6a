import { describe, expect, it } from "vitest";

import { createFakeBackend } from "./fake";
import { BackendError, connect } from "./index";

describe("the fake backend", () => {
  it("gives the answers it was made with, and keeps what was asked", async () => {
    const backend = createFakeBackend({ about: { version: "1.2.3" } });
    expect(backend.asked).toEqual([]);
    expect(await backend.about()).toEqual({ version: "1.2.3" });
    await backend.about();
    expect(backend.asked).toEqual(["about", "about"]);
  });

  it("throws an answer that is an error", async () => {
    const backend = createFakeBackend({ about: new BackendError("The vault is closed.") });
    await expect(backend.about()).rejects.toThrow("The vault is closed.");
    expect(backend.asked).toEqual(["about"]);
  });

  it("answers a page outside the shell during development", async () => {
    expect(await connect().about()).toEqual({ version: "0.0.0-fake" });
  });
});
