import { beforeEach, describe, expect, it, vi } from "vitest";

import { BackendError, type Offer, type PreflightView, type ResultView, type WorkView } from "../backend";
import { createFakeBackend, type FakeBackend, manualClock } from "../backend/fake";
import { speech } from "../text";
import { App } from "./app.svelte";

const offer: Offer = { id: 1, names: ["Second box"] };

function work(changes: Partial<WorkView> = {}): WorkView {
  return {
    id: "w-1",
    kind: "drop",
    matter: "m-2024-001",
    names: ["Second box"],
    started: 0,
    phase: "reading",
    files: 0,
    filesDone: 0,
    bytes: 0,
    bytesDone: 0,
    rate: null,
    secondsLeft: null,
    preflight: null,
    result: null,
    later: 0,
    attention: 0,
    reason: null,
    ...changes,
  };
}

const none: ResultView = {
  stored: 0,
  already: 0,
  failed: 0,
  cancelled: 0,
  leftOut: 0,
  documents: 0,
  bytes: 0,
};

const counts: PreflightView = {
  found: 20,
  folders: 1,
  new: 0,
  already: 0,
  repeated: 0,
  leftOut: 0,
  problems: 0,
  bytes: 0,
  bytesToStore: 0,
  sameNames: 0,
  offlineEstimate: false,
};

let backend: FakeBackend;
let app: App;

beforeEach(async () => {
  speech.choice = "en";
  vi.restoreAllMocks();
  backend = createFakeBackend({
    clock: manualClock(),
    answers: { submit: () => "w-1", discard: () => null },
  });
  app = await App.start(backend);
  app.openMatter("m-2024-001");
});

/** Lets pending requests be answered. */
const nextTask = () => new Promise((resolve) => setTimeout(resolve));

describe("the state of the window", () => {
  it("starts with an active matter, and opens others", () => {
    expect(app.matter?.number).toBe("2024-001");
    app.openMatter("m-2023-112", { tab: "history", folder: "Week 001" });
    expect([app.matter?.number, app.tab, app.folder]).toEqual(["2023-112", "history", "Week 001"]);
  });

  it("follows events", async () => {
    const { matters } = await backend.snapshot();
    backend.tell({ kind: "matters", matters: { ...matters, matters: matters.matters.slice(0, 2) } });
    expect(app.matters).toHaveLength(2);
    backend.tell({ kind: "filed", matter: "m-2024-001" });
    backend.tell({ kind: "filed", matter: "m-2024-001" });
    expect(app.filed["m-2024-001"]).toBe(2);
    backend.tell({ kind: "settings", settings: { ...app.settings, theme: "dark" } });
    expect(app.settings.theme).toBe("dark");
  });

  it("keeps one entry for each work, until it is cleared", () => {
    const before = app.work.length;
    backend.tell({ kind: "work", work: work() });
    backend.tell({ kind: "work", work: work({ files: 10 }) });
    expect(app.work.slice(before).map(({ files }) => files)).toEqual([10]);
    backend.tell({ kind: "workGone", id: "w-1" });
    expect(app.work).toHaveLength(before);
  });

  it("counts files that wait to be filed, by matter", () => {
    const waiting = () => app.waiting["m-2026-011"];
    const of = (changes: Partial<WorkView>) => {
      backend.tell({ kind: "work", work: work({ matter: "m-2026-011", files: 20, ...changes }) });
    };
    of({ phase: "ready", filesDone: 20 });
    expect(waiting()).toBe(20);
    of({
      phase: "ready",
      filesDone: 20,
      preflight: { ...counts, new: 12, already: 5, repeated: 1, leftOut: 2 },
    });
    expect(waiting()).toBe(18);
    of({ phase: "ready", filesDone: 20, preflight: { ...counts, leftOut: 20 } });
    expect(waiting()).toBe(0);
    of({ phase: "running", filesDone: 6 });
    expect(waiting()).toBe(14);
    of({ phase: "finished", filesDone: 20 });
    expect(waiting()).toBeUndefined();
  });

  it("shows an error until it is dismissed, but not a cancellation by the user", async () => {
    const refuse = (code: "tryLater" | "stopped") =>
      Promise.reject<string>(new BackendError({ code, message: "No." }));
    expect(await app.ask(refuse("tryLater"))).toBeUndefined();
    await app.ask(refuse("stopped"));
    expect(app.messages.all.map(({ text, tone }) => [text, tone])).toEqual([["No.", "error"]]);
    app.messages.dismiss(app.messages.all[0]?.id ?? -1);
    expect(app.messages.all).toEqual([]);
  });
});

describe("a drop onto the window", () => {
  const drop = (x = 5, y = 5) => {
    backend.tell({ kind: "dragOver", x, y, items: 1, connection: false });
    backend.tell({ kind: "dropped", offer, x, y });
  };

  it("is filed to the matter under the pointer", async () => {
    document.body.innerHTML = `<div data-matter="m-2023-112"></div>`;
    vi.spyOn(document, "elementFromPoint").mockReturnValue(document.querySelector("[data-matter]"));
    drop();
    await nextTask();
    expect(backend.argumentsOf("submit")).toEqual([1, "m-2023-112"]);
    expect(app.drag).toBeNull();
  });

  it("is filed to the shown matter elsewhere", async () => {
    drop();
    await nextTask();
    expect(backend.argumentsOf("submit")).toEqual([1, "m-2024-001"]);
  });

  it("waits for the choice of a matter if none is shown", async () => {
    app.matterId = null;
    drop();
    await nextTask();
    expect(app.overlay).toEqual({ kind: "chooseMatter", offer });
    expect(backend.asked).not.toContain("submit");
  });

  it("is discarded on a closed matter, with a message", async () => {
    app.openMatter("m-2022-045");
    drop();
    await nextTask();
    expect(backend.asked).not.toContain("submit");
    expect(backend.argumentsOf("discard")).toEqual([1]);
    expect(app.messages.all[0]?.text).toContain("is closed");
  });

  it("shows its pre-flight once it is read", async () => {
    drop();
    await nextTask();
    backend.tell({ kind: "work", work: work() });
    expect(app.overlay).toBeNull();
    backend.tell({ kind: "work", work: work({ phase: "ready" }) });
    expect(app.overlay).toEqual({ kind: "preflight", work: "w-1" });
  });

  it("shows its pre-flight also when it is read before the answer arrives", async () => {
    drop();
    backend.tell({ kind: "work", work: work({ phase: "ready" }) });
    expect(app.overlay).toBeNull();
    await nextTask();
    expect(app.overlay).toEqual({ kind: "preflight", work: "w-1" });
  });

  it("does not show its pre-flight above another dialog, twice, or for another drop", async () => {
    drop();
    await nextTask();
    app.overlay = { kind: "settings" };
    backend.tell({ kind: "work", work: work({ phase: "ready" }) });
    expect(app.overlay).toEqual({ kind: "settings" });
    app.overlay = null;
    backend.tell({ kind: "work", work: work({ phase: "ready", files: 3 }) });
    backend.tell({ kind: "work", work: work({ id: "w-2", phase: "ready" }) });
    expect(app.overlay).toBeNull();
  });
});

describe("a discarded drop", () => {
  beforeEach(() => {
    backend.tell({ kind: "work", work: work({ phase: "ready" }) });
  });

  it("is cleared once it was cancelled, and not before", async () => {
    vi.spyOn(app.backend, "cancel").mockResolvedValue(null);
    const clear = vi.spyOn(app.backend, "clear").mockResolvedValue(null);
    await app.discardDrop("w-1");
    expect([clear.mock.calls, app.messages.all]).toEqual([[], []]);
    backend.tell({ kind: "work", work: work({ phase: "cancelled", result: none }) });
    await nextTask();
    expect(clear.mock.calls).toEqual([["w-1"]]);
    expect(app.messages.all.map(({ text }) => text)).toEqual(["The drop was cancelled. Nothing was stored."]);
  });

  it.each([
    ["a part of it was filed", { phase: "cancelled", result: { ...none, stored: 3 } }],
    ["it was filed before", { phase: "finished", result: { ...none, already: 3 } }],
    ["it ended with an error", { phase: "failed" }],
  ] as const)("stays in the tray if %s", async (_, changes) => {
    vi.spyOn(app.backend, "cancel").mockResolvedValue(null);
    await app.discardDrop("w-1");
    backend.tell({ kind: "work", work: work(changes) });
    await nextTask();
    expect(backend.asked).not.toContain("clear");
    expect(app.messages.all).toEqual([]);
  });

  it("shows why it could not be cancelled, and stays when it is cancelled later", async () => {
    vi.spyOn(app.backend, "cancel").mockRejectedValue(
      new BackendError({ code: "invalid", message: "It has ended." }),
    );
    await app.discardDrop("w-1");
    backend.tell({ kind: "work", work: work({ phase: "cancelled", result: none }) });
    await nextTask();
    expect(app.messages.all.map(({ text }) => text)).toEqual(["It has ended."]);
    expect(backend.asked).not.toContain("clear");
  });
});

it("opens a document externally once, despite repeated requests while it is fetched", async () => {
  let fetched: () => void = () => undefined;
  const open = vi.spyOn(app.backend, "openDocument").mockImplementation(
    () =>
      new Promise(
        (done) =>
          (fetched = () => {
            done(null);
          }),
      ),
  );
  void app.openOutside("c-1", "a.pdf");
  void app.openOutside("c-1", "a.pdf");
  expect(open).toHaveBeenCalledTimes(1);
  expect(app.fetching).toEqual(["c-1"]);
  fetched();
  await nextTask();
  expect(app.fetching).toEqual([]);
});

describe("a click on a notification", () => {
  it.each([
    ["a drop that waits for confirmation", { phase: "ready" }, { kind: "preflight", work: "w-1" }],
    ["a drop with problems", { phase: "finished", attention: 2 }, { kind: "problems", work: "w-1" }],
    ["a restore", { kind: "restore", phase: "finished", result: none }, { kind: "report", work: "w-1" }],
    ["a restore without a report", { kind: "restore", phase: "failed" }, null],
  ] as const)("shows the actions for %s", (_, changes, overlay) => {
    backend.tell({ kind: "work", work: work(changes) });
    backend.tell({ kind: "show", work: "w-1" });
    expect(app.overlay).toEqual(overlay);
  });

  it("shows the history of a finished drop", () => {
    backend.tell({ kind: "work", work: work({ phase: "finished", matter: "m-2023-112" }) });
    backend.tell({ kind: "show", work: "w-1" });
    expect([app.matterId, app.tab, app.overlay]).toEqual(["m-2023-112", "history", null]);
  });
});
