import { render, screen, waitFor, within } from "@testing-library/svelte";
import { expect, it } from "vitest";

import { createFakeBackend, manualClock } from "../backend/fake";
import { App } from "../state/app.svelte";
import PreflightSheet from "./PreflightSheet.svelte";

async function dropped(name: string) {
  const clock = manualClock();
  const backend = createFakeBackend({ clock, archive: 10, settings: { language: "en" } });
  const app = await App.start(backend);
  const work = await backend.submit(backend.offer([name]).id, "m-2024-017");
  app.overlay = { kind: "preflight", work };
  render(PreflightSheet, { app, work });
  return { app, backend, clock, work };
}

const button = (name: RegExp) => screen.getByRole<HTMLButtonElement>("button", { name });

it("counts while the drop is read, and can be discarded meanwhile", async () => {
  const { app, backend, clock } = await dropped("Second box");
  clock.advance(1000);
  expect(await screen.findByText("1,827 files found")).toBeDefined();
  expect(screen.queryByRole("button", { name: /^File/ })).toBeNull();
  button(/^Cancel drop$/).click();
  await expect.poll(() => backend.asked.at(-1)).toBe("cancel");
  expect(app.overlay).toBeNull();
  // The firm's vault is queried for the drop first; until then it cannot be cleared.
  clock.advance(250);
  await waitFor(() => {
    expect(app.work).toEqual([]);
  });
  expect(backend.asked.slice(-2)).toEqual(["cancel", "clear"]);
  expect(app.messages.all.map(({ text }) => text)).toEqual(["The drop was cancelled. Nothing was stored."]);
});

it("files what it shows, by the button that has the focus", async () => {
  const { app, backend, clock, work } = await dropped("Second box");
  clock.advance(2000);
  const file = await screen.findByRole("button", { name: "File 2,282 files" });
  expect(document.activeElement).toBe(file);
  expect(await screen.findByText("left out: Thumbs.db, desktop.ini")).toBeDefined();
  file.click();
  await waitFor(() => {
    expect(app.overlay).toBeNull();
  });
  expect(backend.argumentsOf("fileDrop")).toEqual([work]);
});

it("opens the list behind each number, and returns to the same place", async () => {
  const { clock } = await dropped("Troubled box");
  clock.advance(2000);
  for (const [row, entry] of [
    [/148\s*new/, /\.(pdf|docx|eml)$/],
    [/left out/, /^Thumbs\.db$/],
    [/could not be read/, /^Old mailbox\.pst$/],
  ] as const) {
    (await screen.findByRole("button", { name: row })).click();
    expect((await screen.findAllByText(entry)).length).toBeGreaterThan(0);
    button(/^Back$/).click();
    const again = await screen.findByRole("button", { name: row });
    await waitFor(() => {
      expect(document.activeElement).toBe(again);
    });
  }
});

it("stays open, with the reason, when filing is refused", async () => {
  const { app, clock, work } = await dropped("Second box");
  clock.advance(2000);
  app.backend.fileDrop = () => Promise.reject(new Error("The disk is full."));
  (await screen.findByRole("button", { name: "File 2,282 files" })).click();
  await waitFor(() => {
    expect(app.messages.all.map(({ text }) => text)).toEqual(["The disk is full."]);
  });
  expect(app.overlay).toEqual({ kind: "preflight", work });
  within(screen.getByRole("dialog")).getByText("The disk is full.");
});

it("offers nothing to file while the drop is read again", async () => {
  const { backend, clock, work } = await dropped("Troubled box");
  clock.advance(2000);
  await screen.findByRole("button", { name: "File 157 files" });
  await backend.retry(work, []);
  await waitFor(() => {
    expect(screen.queryByRole("button", { name: /^File/ })).toBeNull();
  });
  screen.getByRole("progressbar");
});

it("closes once the drop is filed, also when a folder of it is read again", async () => {
  const { app, backend, clock } = await dropped("Second box");
  clock.advance(2000);
  await screen.findByRole("button", { name: "File 2,282 files" });
  const [view] = app.work;
  if (!view) throw new Error("the drop waits");
  const result = { stored: 9, already: 0, failed: 0, cancelled: 0, leftOut: 0, documents: 0, bytes: 0 };
  backend.tell({ kind: "work", work: { ...view, phase: "reading", result } });
  await waitFor(() => {
    expect(app.overlay).toBeNull();
  });
});

it("lists dropped folders of one name, with their sources", async () => {
  const { clock } = await dropped("Two custodians");
  clock.advance(2000);
  const said =
    "2 folders are named “Documents”. They are kept separate and restored as “Documents” and “Documents (2)”.";
  expect(await screen.findByText(said)).toBeDefined();
  expect(screen.getByTitle("/media/usb/K. Meyer/Documents")).toBeDefined();
});

it.each(["Left-out box", "Empty box"])("has nothing to file of %s: Enter discards it", async (name) => {
  const { clock } = await dropped(name);
  clock.advance(2000);
  const file = await screen.findByRole<HTMLButtonElement>("button", { name: "Nothing to file" });
  expect(file.disabled).toBe(true);
  expect(document.activeElement).toBe(button(/^Cancel drop$/));
});

it("reports that everything was left out, and lists it", async () => {
  const { clock } = await dropped("Left-out box");
  clock.advance(2000);
  expect(await screen.findByText("All 12 files are left out. Nothing will be filed.")).toBeDefined();
  button(/^12\s*left out/).click();
  expect((await screen.findAllByText(/on the left-out list/)).length).toBeGreaterThan(0);
});
