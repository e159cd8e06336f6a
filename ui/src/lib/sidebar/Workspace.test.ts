import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, expect, it } from "vitest";

import { createFakeBackend, type FakeBackend, type FakeOptions } from "../backend/fake";
import { App } from "../state/app.svelte";
import { speech, t } from "../text";
import Workspace from "./Workspace.svelte";

let backend: FakeBackend;
let app: App;

async function open(options: FakeOptions = {}): Promise<void> {
  backend = createFakeBackend({ archive: 10, ...options });
  app = await App.start(backend);
  render(Workspace, { app });
  await fireEvent.click(screen.getByRole("button", { name: /Dana Ruiz/ }));
}

/** The vaults of the menu; the open one with a mark. */
function vaults(): string[] {
  return screen
    .getAllByRole("menuitemradio")
    .map((item) => `${item.getAttribute("aria-checked") === "true" ? "✓ " : ""}${item.textContent.trim()}`)
    .map((text) => text.replace(/\s+/g, " "));
}

beforeEach(() => {
  speech.choice = "en";
});

it("lists the vaults with their signed-in users, and marks the open one", async () => {
  await open();
  expect(vaults()).toEqual([
    "On this computer",
    "✓ Hale & Moore LLP dana.ruiz@hale-moore.example",
    "Hale & Moore LLP — Training dana.ruiz@hale-moore.example",
    "Lakeside Legal Aid Clinic Not signed in",
  ]);
});

it("opens another vault", async () => {
  await open();
  await fireEvent.click(screen.getByRole("menuitemradio", { name: "On this computer" }));
  expect(backend.argumentsOf("switchWorkspace")).toEqual([null]);
});

it("asks before sign-out, and shows the fields of a connection", async () => {
  await open();
  await fireEvent.click(screen.getByRole("menuitem", { name: t.firm.workspaces.signOut }));
  expect(app.overlay).toEqual({ kind: "signOut" });
  expect(backend.asked).not.toContain("signOut");
  await fireEvent.click(screen.getByRole("button", { name: /Dana Ruiz/ }));
  await fireEvent.click(screen.getByRole("menuitem", { name: t.firm.workspaces.connect }));
  await expect.poll(() => app.firms.offer?.name).toBe("Brandt, Osei & Partners");
});

it("offers no sign-out for the vault of this computer", async () => {
  await open({ local: true });
  expect(vaults()[0]).toBe("✓ On this computer");
  expect(screen.queryByRole("menuitem", { name: t.firm.workspaces.signOut })).toBeNull();
});
