import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, expect, it } from "vitest";

import { createFakeBackend, type FakeBackend, manualClock } from "../backend/fake";
import { signingInTakes } from "../backend/fake/firms";
import Start from "../../Start.svelte";
import { speech, t } from "../text";

const clock = manualClock();
let backend: FakeBackend;

const button = (name: string) => screen.findByRole("button", { name });

beforeEach(() => {
  speech.choice = "en";
  backend = createFakeBackend({ archive: 10, clock, signedOut: true, settings: { language: "en" } });
  render(Start, { backend });
});

it("signs in with the browser, and opens the vault", async () => {
  await fireEvent.click(await button(t.firm.signIn.button));
  expect(await screen.findByText(t.firm.signIn.waiting)).toBeDefined();
  const cancel = await button(t.controls.cancel);
  await expect.poll(() => document.activeElement).toBe(cancel);
  clock.advance(signingInTakes);
  expect(await screen.findByRole("listbox", { name: t.sidebar.label })).toBeDefined();
});

it("cancels waiting", async () => {
  await fireEvent.click(await button(t.firm.signIn.button));
  await fireEvent.click(await button(t.controls.cancel));
  const again = await button(t.firm.signIn.button);
  await expect.poll(() => document.activeElement).toBe(again);
  expect(screen.queryByText(t.firm.signIn.waiting)).toBeNull();
});

it("shows why it failed, and retries", async () => {
  backend.outside.refuseSignIn("You are no member of this firm.");
  await fireEvent.click(await button(t.firm.signIn.button));
  clock.advance(signingInTakes);
  expect(await screen.findByText("You are no member of this firm.")).toBeDefined();
  backend.outside.refuseSignIn(null);
  await fireEvent.click(await button(t.firm.signIn.again));
  expect(screen.queryByText("You are no member of this firm.")).toBeNull();
  clock.advance(signingInTakes);
  expect(await screen.findByRole("listbox", { name: t.sidebar.label })).toBeDefined();
});

it("offers the vault of this computer instead", async () => {
  await fireEvent.click(await button(t.firm.signIn.here));
  expect(await screen.findByText(t.sidebar.local)).toBeDefined();
});

it("offers the other firms, and a new one", async () => {
  await fireEvent.click(await button(t.firm.signIn.open("Lakeside Legal Aid Clinic")));
  expect(await screen.findByRole("heading", { level: 1, name: "Lakeside Legal Aid Clinic" })).toBeDefined();
  await fireEvent.click(await button(t.firm.signIn.other));
  await fireEvent.click(await button(t.firm.connection.connect));
  expect(await screen.findByRole("heading", { level: 1, name: "Brandt, Osei & Partners" })).toBeDefined();
});
