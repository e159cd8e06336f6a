import { render, screen } from "@testing-library/svelte";
import { expect, it } from "vitest";

import { createFakeBackend, manualClock } from "../backend/fake";
import { App } from "../state/app.svelte";
import ClosingDialog from "./ClosingDialog.svelte";

it("promises automatic continuation only for work that continues", async () => {
  const backend = createFakeBackend({ archive: 10, settings: { language: "en" } });
  const app = await App.start(backend);
  await backend.restore({ kind: "matter", id: "m-2024-017" });
  render(ClosingDialog, { app });
  const hint = () => screen.getByRole("button", { name: /^Pause and quit/ }).textContent;
  expect(hint()).toContain("You will have to start the restore again; files already written stay.");
  expect(hint()).not.toContain("continues");
  await backend.verify();
  await expect
    .poll(hint)
    .toContain("The check stays paused. When you resume it, it continues where it stopped.");
  await backend.submit(backend.offer(["Second box"]).id, "m-2024-017");
  await expect.poll(hint).toContain("Filing continues where it stopped when you start Strongroom again.");
});

it("closes once nothing is left to ask about, and says so", async () => {
  const clock = manualClock();
  const answers = { closeWindow: null };
  const backend = createFakeBackend({ clock, archive: 10, settings: { language: "en" }, answers });
  const app = await App.start(backend);
  await backend.restore({ kind: "matter", id: "m-2024-017" });
  // Work that waits for the user does not continue automatically: the dialog does not ask about it.
  await backend.submit(backend.offer(["Second box"]).id, "m-2024-017");
  clock.advance(2000);
  backend.tell({ kind: "closeAsked" });
  expect(app.overlay).toEqual({ kind: "close" });
  render(ClosingDialog, { app });
  screen.getByText("1 task is not finished yet.");
  clock.advance(10_000);
  await expect.poll(() => app.overlay).toBeNull();
  const [said] = app.messages.all;
  expect(said?.text).toBe("Everything is done.");
  said?.action?.run();
  await expect.poll(() => backend.argumentsOf("closeWindow")).toEqual(["pause", false]);
});
