import { render, screen } from "@testing-library/svelte";
import { expect, it } from "vitest";

import { createFakeBackend, manualClock } from "../backend/fake";
import { App } from "../state/app.svelte";
import ClosingDialog from "./ClosingDialog.svelte";

it("promises to go on by itself only what does", async () => {
  const backend = createFakeBackend({ archive: 10, settings: { language: "en" } });
  const app = await App.start(backend);
  await backend.restore({ kind: "matter", id: "m-2024-017" });
  render(ClosingDialog, { app });
  const hint = () => screen.getByRole("button", { name: /^Pause and quit/ }).textContent;
  expect(hint()).toContain("A restore has to be started again; what is already written stays.");
  expect(hint()).not.toContain("goes on");
  await backend.verify();
  await expect
    .poll(hint)
    .toContain("A check of the vault stands paused the next time, and goes on where it stopped.");
  await backend.submit(backend.offer(["Second box"]).id, "m-2024-017");
  await expect.poll(hint).toContain("Filing goes on where it stopped when Strongroom is started again.");
});

it("goes once nothing is left to ask about, and says so", async () => {
  const clock = manualClock();
  const answers = { closeWindow: null };
  const backend = createFakeBackend({ clock, archive: 10, settings: { language: "en" }, answers });
  const app = await App.start(backend);
  await backend.restore({ kind: "matter", id: "m-2024-017" });
  // What waits for the person does not go on by itself: nobody is asked about it.
  await backend.submit(backend.offer(["Second box"]).id, "m-2024-017");
  clock.advance(2000);
  backend.tell({ kind: "closeAsked" });
  expect(app.overlay).toEqual({ kind: "close" });
  render(ClosingDialog, { app });
  screen.getByText("1 thing is not done yet.");
  clock.advance(10_000);
  await expect.poll(() => app.overlay).toBeNull();
  const [said] = app.messages.all;
  expect(said?.text).toBe("Everything is done now.");
  said?.action?.run();
  await expect.poll(() => backend.argumentsOf("closeWindow")).toEqual(["pause", false]);
});
