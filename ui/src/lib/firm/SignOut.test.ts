import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, expect, it } from "vitest";

import { BackendError } from "../backend";
import { createFakeBackend, type FakeBackend, type FakeOptions, manualClock } from "../backend/fake";
import { App } from "../state/app.svelte";
import { speech, t } from "../text";
import SignOut from "./SignOut.svelte";

let backend: FakeBackend;
let app: App;

async function open(options: FakeOptions = {}): Promise<void> {
  backend = createFakeBackend({ archive: 10, clock: manualClock(), ...options });
  app = await App.start(backend);
}

const forget = () => screen.getByRole<HTMLInputElement>("checkbox", { name: t.firm.signOut.forget });
const leave = () => fireEvent.click(screen.getByRole("button", { name: t.firm.signOut.button }));

beforeEach(() => {
  speech.choice = "en";
});

it("keeps the local copy unless the user removes it", async () => {
  await open();
  render(SignOut, { app });
  expect(screen.getByText(/Dana Ruiz · dana.ruiz@/)).toBeDefined();
  await leave();
  expect(backend.argumentsOf("signOut")).toEqual([false]);
});

it("removes the local copy if the user chooses so", async () => {
  await open();
  render(SignOut, { app });
  await fireEvent.click(forget());
  await leave();
  expect(backend.argumentsOf("signOut")).toEqual([true]);
});

it("shows what happens to waiting work, and does not offer to remove it", async () => {
  await open();
  backend.outside.goOffline();
  await backend.setMatterStatus("m-2024-017", "onHold");
  render(SignOut, { app });
  expect(screen.getByText(/^1 change waiting: .* stay on this computer/)).toBeDefined();
  expect(forget().disabled).toBe(true);
  await leave();
  expect(backend.argumentsOf("signOut")).toEqual([false]);
});

it("shows why it failed, and stays open", async () => {
  await open({ answers: { signOut: new BackendError({ code: "invalid", message: "Files wait." }) } });
  render(SignOut, { app });
  await leave();
  expect(await screen.findByText("Files wait.")).toBeDefined();
  await fireEvent.click(screen.getByRole("button", { name: t.controls.cancel }));
  expect(app.overlay).toBeNull();
});
