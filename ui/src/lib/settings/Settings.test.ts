import { fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { expect, it } from "vitest";

import type { System } from "../backend";
import { createFakeBackend, type FakeAnswers } from "../backend/fake";
import { App } from "../state/app.svelte";
import Settings from "./Settings.svelte";

async function opened(answers: FakeAnswers = {}, system: System = "linux") {
  const backend = createFakeBackend({ archive: 10, settings: { language: "en" }, answers, system });
  const app = await App.start(backend);
  app.overlay = { kind: "settings" };
  render(Settings, { app });
  return { app, backend };
}

it("saves every choice at once, without changing the others", async () => {
  const { app, backend } = await opened();
  screen.getByRole("checkbox", { name: "File without asking" }).click();
  await waitFor(() => {
    expect(app.settings.fileAtOnce).toBe(true);
  });
  screen.getByRole("radio", { name: "Dark" }).click();
  await waitFor(() => {
    expect(app.settings.theme).toBe("dark");
  });
  expect(backend.argumentsOf("saveSettings")).toEqual([
    {
      fileAtOnce: true,
      theme: "dark",
      language: "en",
      notify: true,
      onClose: "ask",
      checkSlowly: false,
      markRestored: true,
    },
  ]);
});

it("names the invalid line of the left-out list, and keeps the input", async () => {
  const { app } = await opened();
  const list = screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Names that are left out" });
  const before = app.settings.leftOut;
  await fireEvent.input(list, { target: { value: "Thumbs.db\n[abc" } });
  screen.getByRole("button", { name: "Save the list" }).click();
  expect((await screen.findByRole("alert")).textContent).toMatch(/^Line 2 .*“\[abc”/);
  expect(list.getAttribute("aria-invalid")).toBe("true");
  expect(list.value).toBe("Thumbs.db\n[abc");
  expect(app.settings.leftOut).toBe(before);

  await fireEvent.input(list, { target: { value: "Thumbs.db" } });
  screen.getByRole("button", { name: "Save the list" }).click();
  await waitFor(() => {
    expect(app.settings.leftOut).toBe("Thumbs.db");
  });
  expect(screen.queryByRole("alert")).toBeNull();
  screen.getByRole("button", { name: "Reset to original list" }).click();
  await waitFor(() => {
    expect(list.value).toBe(before);
  });
});

it("shows where the vault will be from the next start on", async () => {
  await opened();
  screen.getByRole("button", { name: "Choose another…" }).click();
  expect(await screen.findByText("/media/dana/Office disk/Strongroom")).toBeDefined();
});

it("limits the rate of checks if the user chooses so", async () => {
  const { app, backend } = await opened();
  screen.getByRole("checkbox", { name: /^Check slowly/ }).click();
  await waitFor(() => {
    expect(app.settings.checkSlowly).toBe(true);
  });
  expect(backend.argumentsOf("saveSettings")).toMatchObject([{ fileAtOnce: false, checkSlowly: true }]);
});

it("marks restored files unless the user disables it, if the system has such a mark", async () => {
  const { app, backend } = await opened({}, "windows");
  screen.getByRole("checkbox", { name: /^Mark restored files/ }).click();
  await waitFor(() => {
    expect(app.settings.markRestored).toBe(false);
  });
  expect(backend.argumentsOf("saveSettings")).toMatchObject([{ markRestored: false }]);
});

it("offers no mark on Linux, which has none", async () => {
  await opened();
  expect(screen.queryByRole("checkbox", { name: /^Mark restored files/ })).toBeNull();
});

it("starts a check of the vault, and closes", async () => {
  const { app, backend } = await opened();
  screen.getByRole("button", { name: "Check the vault" }).click();
  await waitFor(() => {
    expect(app.overlay).toBeNull();
  });
  expect(backend.asked).toContain("verify");
  expect(app.work.map(({ kind }) => kind)).toEqual(["verify"]);
});

it("shows the check in progress instead of starting another", async () => {
  const { app, backend } = await opened();
  await backend.verify();
  screen.getByRole("button", { name: "Check the vault" }).click();
  await waitFor(() => {
    expect(app.overlay).toBeNull();
  });
  expect(backend.asked.filter((name) => name === "verify")).toHaveLength(1);
  expect(app.allWork).toBe(true);
  expect(app.messages.all.map(({ text }) => text)).toEqual(["A check is already in progress. See below."]);
});

it("starts no second check before the first has begun", async () => {
  const { backend } = await opened({ verify: () => new Promise(() => undefined) });
  const check = screen.getByRole<HTMLButtonElement>("button", { name: "Check the vault" });
  check.click();
  await waitFor(() => {
    expect(check.disabled).toBe(true);
  });
  check.click();
  expect(backend.asked.filter((name) => name === "verify")).toHaveLength(1);
});

it("shows in the dialog why a choice could not be saved", async () => {
  await opened({ saveSettings: new Error("settings.json cannot be written.") });
  screen.getByRole("radio", { name: "Dark" }).click();
  await within(screen.getByRole("dialog")).findByText("settings.json cannot be written.");
});

it("copies what a maintainer needs, and says so", async () => {
  const { app, backend } = await opened();
  screen.getByRole("button", { name: "Copy diagnostics" }).click();
  await waitFor(() => {
    expect(app.messages.all.map(({ text }) => text)).toEqual(["The diagnostics were copied."]);
  });
  expect(backend.clipboard).toEqual([expect.stringMatching(/^Strongroom \d/)]);
});

it("does not say that the diagnostics were copied if they were not", async () => {
  const { app } = await opened({ copyDiagnostics: new Error("The text could not be copied.") });
  screen.getByRole("button", { name: "Copy diagnostics" }).click();
  await within(screen.getByRole("dialog")).findByText("The text could not be copied.");
  expect(app.messages.all.map(({ text }) => text)).not.toContain("The diagnostics were copied.");
});
