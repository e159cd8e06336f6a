import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { beforeEach, expect, it } from "vitest";

import { createFakeBackend, type FakeBackend, manualClock } from "../backend/fake";
import { App } from "../state/app.svelte";
import { speech, t } from "../text";
import { versions } from "./versions";
import WaitingEdits from "./WaitingEdits.svelte";

let backend: FakeBackend;
let app: App;

/** Edits the matter offline, while a colleague edits it in the firm's vault. */
async function collide(): Promise<void> {
  const matter = app.matterOf("m-2024-001");
  if (!matter) throw new Error("the made-up vault has this matter");
  backend.outside.goOffline();
  await backend.editMatter(matter.id, matter.updatedAt, { ...matter, title: "Mine", due: null });
  backend.outside.changeThere(matter.id, { title: "Theirs", priority: "low" });
  backend.outside.goOnline();
}

beforeEach(async () => {
  speech.choice = "en";
  backend = createFakeBackend({ archive: 10, clock: manualClock() });
  app = await App.start(backend);
});

it("lists edits that wait for the network, and reports when none is left", async () => {
  backend.outside.goOffline();
  await backend.setMatterStatus("m-2024-017", "onHold");
  render(WaitingEdits, { app });
  const [row] = screen.getAllByRole("listitem");
  expect(row?.textContent).toContain("Lease dispute, 12 Harbour Street");
  expect(row?.textContent).toContain(t.firm.edits.waiting);
  expect(app.matterOf("m-2024-017")?.waiting).toBe(true);
  backend.outside.goOnline();
  expect(await screen.findByText(t.firm.edits.none)).toBeDefined();
  expect(app.matterOf("m-2024-017")?.waiting).toBe(false);
});

it("shows both versions of a refused edit, field by field", async () => {
  await collide();
  render(WaitingEdits, { app });
  const section = screen.getByRole("region", { name: "Mine" });
  expect(within(section).getByText(/Somebody else changed it/)).toBeDefined();
  const [edit] = app.waitingEdits;
  if (!edit) throw new Error("an edit was refused");
  expect(versions(app, edit)).toEqual([
    { name: "Title", mine: "Mine", theirs: "Theirs" },
    { name: "Priority", mine: "High", theirs: "Low" },
    { name: "Due", mine: "", theirs: expect.stringContaining("2026") as string },
  ]);
  expect(within(section).getByText(t.forms.conflict.nothing)).toBeDefined();
});

it.each([
  ["mine", t.firm.edits.keepMine, "Mine"],
  ["theirs", t.firm.edits.keepTheirs, "Theirs"],
] as const)("keeps %s, and confirms it", async (keep, button, title) => {
  await collide();
  render(WaitingEdits, { app });
  const [edit] = app.waitingEdits;
  await fireEvent.click(screen.getByRole("button", { name: button }));
  await expect.poll(() => app.waitingEdits).toEqual([]);
  expect(backend.argumentsOf("resolveEdit")).toEqual([edit?.id, keep]);
  expect(app.matterOf("m-2024-001")).toMatchObject({ title, waiting: false });
  expect(app.messages.all).toHaveLength(1);
  expect(screen.getByText(t.firm.edits.none)).toBeDefined();
});

it("shows all of a change to a document no longer in the firm’s vault, to retry or discard", async () => {
  await collide();
  const [edit] = app.waitingEdits;
  if (edit?.edit.kind !== "matter") throw new Error("an edit of a matter was refused");
  const alone = { ...edit, edit: { ...edit.edit, theirs: null } };
  app.waitingEdits = [alone];
  render(WaitingEdits, { app });
  expect(versions(app, alone).map(({ name }) => name)).toContain("People");
  expect(versions(app, alone).map(({ name }) => name)).not.toContain("Due");
  expect(screen.getByRole("button", { name: t.firm.edits.dropMine })).toBeDefined();
  expect(screen.queryByText(t.firm.edits.theirs)).toBeNull();
});

it("stays open when it failed", async () => {
  await collide();
  app.waitingEdits = app.waitingEdits.map((edit) => ({ ...edit, id: "gone" }));
  render(WaitingEdits, { app });
  await fireEvent.click(screen.getByRole("button", { name: t.firm.edits.keepMine }));
  await expect.poll(() => app.messages.all.map(({ tone }) => tone)).toEqual(["error"]);
  within(screen.getByRole("dialog")).getByText(app.messages.all[0]?.text ?? "it says why");
  expect(screen.getByRole<HTMLButtonElement>("button", { name: t.firm.edits.keepMine }).disabled).toBe(false);
});
