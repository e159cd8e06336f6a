import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, expect, it } from "vitest";

import { createFakeBackend, type FakeBackend } from "../backend/fake";
import { App } from "../state/app.svelte";
import { speech, t } from "../text";
import Welcome from "./Welcome.svelte";

let backend: FakeBackend;
let app: App;

beforeEach(async () => {
  speech.choice = "en";
  backend = createFakeBackend({ firstStart: true });
  app = await App.start(backend);
  render(Welcome, { app });
});

it("starts with this computer, and goes back", async () => {
  await fireEvent.click(screen.getByRole("button", { name: t.welcome.useHere }));
  expect(screen.getByRole("heading", { name: t.welcome.drop })).toBeDefined();
  expect(app.welcomed).toBe(false);
  await fireEvent.click(screen.getByRole("button", { name: t.welcome.back }));
  const here = screen.getByRole("button", { name: t.welcome.useHere });
  await expect.poll(() => document.activeElement).toBe(here);
});

it("asks for the connection of a firm", async () => {
  await fireEvent.click(screen.getByRole("button", { name: t.welcome.connect }));
  await expect.poll(() => app.firms.offer?.name).toBe("Brandt, Osei & Partners");
  expect(app.welcomed).toBe(false);
});

it("continues without a first drop", async () => {
  await fireEvent.click(screen.getByRole("button", { name: t.welcome.useHere }));
  await fireEvent.click(screen.getByRole("button", { name: t.welcome.goOn }));
  await expect.poll(() => backend.asked).toContain("welcomed");
  expect(app.welcomed).toBe(true);
});
