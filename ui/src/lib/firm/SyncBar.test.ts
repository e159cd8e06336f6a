import { fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { createFakeBackend, type FakeBackend, manualClock } from "../backend/fake";
import { App } from "../state/app.svelte";
import { speech, t } from "../text";
import SyncBar from "./SyncBar.svelte";

const clock = manualClock();
let backend: FakeBackend;
let app: App;

const region = () => screen.queryByRole("region", { name: t.firm.bar.label });
const spoken = () => screen.getByRole("status").textContent;

beforeEach(async () => {
  speech.choice = "en";
  backend = createFakeBackend({ archive: 10, clock });
  app = await App.start(backend);
  render(SyncBar, { app });
});

afterEach(() => {
  vi.useRealTimers();
});

it("is hidden while all is well", () => {
  expect(region()).toBeNull();
  expect(spoken()).toBe("");
});

it("shows that the firm can’t be reached, retries, and disappears when it can", async () => {
  backend.outside.goOffline();
  expect((await screen.findByRole("region", { name: t.firm.bar.label })).textContent).toContain("Offline");
  expect(spoken()).toContain("Offline — as of");
  await fireEvent.click(screen.getByRole("button", { name: t.firm.bar.again }));
  expect(backend.asked.at(-1)).toBe("syncNow");
  backend.outside.goOnline();
  await expect.poll(region).toBeNull();
  expect(spoken()).toBe(t.firm.bar.current);
});

it("counts the files that wait to be sent", async () => {
  await backend.submit(backend.offer(["Second box"]).id, "m-2024-001");
  clock.advance(2000);
  const [work] = app.work;
  if (!work) throw new Error("a drop is under way");
  backend.outside.goOffline();
  expect((await screen.findByRole("region", { name: t.firm.bar.label })).textContent).not.toContain(
    "waiting",
  );
  await backend.fileDrop(work.id);
  expect(await screen.findByText("2,282 files waiting.")).toBeDefined();
});

it("shows that it catches up only after a moment, without the count for a screen reader", async () => {
  vi.useFakeTimers();
  backend.outside.goOffline();
  backend.outside.goOnline(40_000);
  clock.advance(1000);
  await vi.advanceTimersByTimeAsync(900);
  expect(region()).toBeNull();
  await vi.advanceTimersByTimeAsync(200);
  expect(region()?.textContent).toContain("Getting the firm’s records… 3,200");
  expect(spoken()).toBe("Getting the firm’s records…");
  clock.advance(60_000);
  await vi.advanceTimersByTimeAsync(0);
  expect(region()).toBeNull();
});

it("asks to sign in again, and waits for the browser until the user cancels", async () => {
  backend.outside.endSession("The firm ended your session.");
  await fireEvent.click(await screen.findByRole("button", { name: t.firm.bar.signIn }));
  expect(backend.argumentsOf("signIn")).toEqual(["hale-moore"]);
  expect(await screen.findByText(t.firm.signIn.waiting)).toBeDefined();
  await fireEvent.click(screen.getByRole("button", { name: t.controls.cancel }));
  expect(await screen.findByRole("button", { name: t.firm.bar.signIn })).toBeDefined();
  expect(app.messages.all).toEqual([]);
});

it("shows why sign-in failed", async () => {
  backend.outside.endSession("The firm ended your session.");
  backend.outside.refuseSignIn("You are no member any more.");
  await fireEvent.click(await screen.findByRole("button", { name: t.firm.bar.signIn }));
  clock.advance(5000);
  await expect.poll(() => app.messages.all.map(({ text }) => text)).toEqual(["You are no member any more."]);
});

it("links to the waiting changes", async () => {
  backend.outside.goOffline();
  await backend.setMatterStatus("m-2024-017", "onHold");
  await fireEvent.click(await screen.findByRole("button", { name: "Show 1 change" }));
  expect(app.overlay).toEqual({ kind: "waitingEdits" });
});

it("links to the unreadable entries, also without a network, and disappears with them", async () => {
  backend.outside.setAside(3);
  await fireEvent.click(await screen.findByRole("button", { name: "Show 3 entries" }));
  expect(app.overlay).toEqual({ kind: "unreadable" });
  expect(spoken()).toBe("3 entries in the firm’s vault cannot be read. Everything else is shown.");
  app.overlay = null;
  backend.outside.goOffline();
  await fireEvent.click(await screen.findByRole("button", { name: "3 cannot be read" }));
  expect(app.overlay).toEqual({ kind: "unreadable" });
  backend.outside.goOnline();
  backend.outside.setAside(0);
  await expect.poll(region).toBeNull();
  expect(spoken()).toBe(t.firm.bar.current);
});
