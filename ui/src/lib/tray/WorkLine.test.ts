import { render, screen, waitFor, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, it } from "vitest";

import type { ResultView, WorkView } from "../backend";
import { createFakeBackend, type FakeBackend, manualClock, type ManualClock } from "../backend/fake";
import Report from "../report/Report.svelte";
import { App } from "../state/app.svelte";
import { speech } from "../text";
import Tray from "./Tray.svelte";

let backend: FakeBackend;
let app: App;
let clock: ManualClock;

beforeEach(async () => {
  speech.choice = "en";
  clock = manualClock();
  // With so many documents, one of them is damaged.
  backend = createFakeBackend({ clock, archive: 3_000, answers: { resume: null, cancel: null } });
  app = await App.start(backend);
  render(Tray, { app });
});

const some: ResultView = {
  stored: 4,
  already: 0,
  failed: 0,
  cancelled: 0,
  leftOut: 0,
  documents: 0,
  bytes: 0,
};

async function show(changes: Partial<WorkView>): Promise<void> {
  await backend.verify();
  const [view] = app.work;
  if (!view) throw new Error("a check is under way");
  backend.tell({ kind: "workGone", id: view.id });
  backend.tell({ kind: "work", work: { ...view, id: "w-1", names: ["Second box"], ...changes } });
  await screen.findByRole("region", { name: "Activity" });
}

const labels = () =>
  within(screen.getByRole("region", { name: "Activity" }))
    .getAllByRole("button")
    .map((button) => button.getAttribute("aria-label") ?? button.textContent.trim());

it("opens the report if a check found damage", async () => {
  const check = await backend.verify();
  expect(screen.queryByRole("button", { name: "Report" })).toBeNull();
  clock.advance(10_000);
  (await screen.findByRole("button", { name: /^1 needs attention/ })).click();
  expect(app.overlay).toEqual({ kind: "report", work: check });
  render(Report, { app, work: check });
  await screen.findByRole("cell", { name: /Damaged scan/ });
  // Content stored without a record is reported separately, and not counted.
  screen.getByRole("heading", { name: "1 content with a problem" });
  screen.getByRole("heading", { name: "1 file is stored without a record" });
});

describe("failed work", () => {
  it("can be retried or cancelled if it is a drop", async () => {
    await show({ kind: "drop", matter: "m-2024-017", phase: "failed", reason: "A fault.", result: null });
    await waitFor(() => {
      expect(labels()).toEqual(["Try again", "Cancel", "Clear"]);
    });
    screen.getByRole("button", { name: "Try again" }).click();
    await expect.poll(() => backend.argumentsOf("resume")).toEqual(["w-1"]);
    screen.getByRole("button", { name: "Cancel" }).click();
    await expect.poll(() => backend.argumentsOf("cancel")).toEqual(["w-1"]);
  });

  it.each([
    ["no report if nothing was restored", null, ["Try again", "Clear"]],
    ["a report of the restored files", some, ["Try again", "Report", "Clear"]],
  ])("can be retried if it is a restore, with %s", async (_, result, expected) => {
    await show({ kind: "restore", phase: "failed", result });
    await waitFor(() => {
      expect(labels()).toEqual(expected);
    });
  });
});

it("shows the history, and no pre-flight, of a filed drop with a folder being read again", async () => {
  await show({ kind: "drop", matter: "m-2024-017", phase: "reading", result: some });
  (await screen.findByRole("button", { name: "Show" })).click();
  expect([app.matterId, app.tab, app.overlay]).toEqual(["m-2024-017", "history", null]);
});

it("offers to retry the cancellation of a drop now, but not to undo it", async () => {
  const reason = "Offline. It goes on by itself.";
  await show({ kind: "drop", matter: "m-2024-017", phase: "givingUp", reason, result: some, files: 9 });
  await waitFor(() => {
    expect(labels()).toEqual(["Try now"]);
  });
  screen.getByText(/No more files are filed/);
  screen.getByText(reason);
  screen.getByRole("button", { name: "Try now" }).click();
  await expect.poll(() => backend.argumentsOf("resume")).toEqual(["w-1"]);
});
