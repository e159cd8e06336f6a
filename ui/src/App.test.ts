import { render, screen } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";

import App from "./App.svelte";
import { BackendError } from "./lib/backend";
import { createFakeBackend } from "./lib/backend/fake";
import { text } from "./lib/text";

describe("the window", () => {
  it("shows the version the program names", async () => {
    render(App, { backend: createFakeBackend({ about: { version: "4.5.6" } }) });
    expect(await screen.findByText("Version 4.5.6")).toBeDefined();
  });

  it("says so when the program does not name its version", async () => {
    render(App, { backend: createFakeBackend({ about: new BackendError("no answer") }) });
    expect(await screen.findByText(text.sidebar.versionUnknown)).toBeDefined();
  });

  it("asks the program once", async () => {
    const backend = createFakeBackend();
    render(App, { backend });
    await screen.findByText("Version 0.0.0-fake");
    expect(backend.asked).toEqual(["about"]);
  });

  it("says that it can’t file yet, and what can", () => {
    render(App, { backend: createFakeBackend() });
    expect(screen.getByRole("heading", { level: 1, name: text.welcome.title })).toBeDefined();
    expect(screen.getByRole("region", { name: text.welcome.notice.title }).textContent).toContain(
      "command line today",
    );
    expect(screen.getByText(text.welcome.steps.file.command).tagName).toBe("CODE");
  });
});
