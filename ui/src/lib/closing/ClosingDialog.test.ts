import { render, screen } from "@testing-library/svelte";
import { expect, it } from "vitest";

import { createFakeBackend } from "../backend/fake";
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
  await backend.take(backend.offer(["Second box"]).id, "m-2024-017");
  await expect.poll(hint).toContain("Filing goes on where it stopped when Strongroom is started again.");
});
