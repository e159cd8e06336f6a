import { render, screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";

import { BackendError, type LocatedView, type ProblemView } from "../backend";
import { createFakeBackend, type FakeAnswers, manualClock } from "../backend/fake";
import { App } from "../state/app.svelte";
import Problems from "./Problems.svelte";
import Queue from "./Queue.svelte";
import Tray from "./Tray.svelte";

async function filing(name: string, answers: FakeAnswers = {}) {
  const clock = manualClock();
  const settings = { language: "en", fileAtOnce: true } as const;
  const backend = createFakeBackend({ clock, archive: 10, settings, answers });
  const app = await App.start(backend);
  const work = await backend.submit(backend.offer([name]).id, "m-2024-017");
  clock.advance(2000);
  return { app, backend, clock, work };
}

describe("the tray", () => {
  it("is hidden while nothing is in progress", async () => {
    render(Tray, { app: await App.start(createFakeBackend({ archive: 10 })) });
    expect(screen.queryByRole("region")).toBeNull();
  });

  it("shows the progress, pauses and resumes", async () => {
    const { app, backend, clock } = await filing("Second box");
    render(Tray, { app });
    clock.advance(5000);
    const bar = await screen.findByRole("progressbar");
    await waitFor(() => {
      expect(bar.getAttribute("aria-valuenow")).toBe("50");
    });
    expect(screen.getByText(/about 5 sec/)).toBeDefined();
    screen.getByRole("button", { name: "Pause" }).click();
    (await screen.findByRole("button", { name: "Resume" })).click();
    await screen.findByRole("button", { name: "Pause" });
    expect(backend.asked.slice(-2)).toEqual(["pause", "resume"]);
  });

  it("announces phases to a screen reader, and not every count", async () => {
    const { app, clock } = await filing("Second box");
    render(Tray, { app });
    const said = screen.getByRole("status");
    await waitFor(() => {
      expect(said.textContent).toBe("Filing to 2024-017");
    });
    let changes = 0;
    const watcher = new MutationObserver((records) => (changes += records.length));
    watcher.observe(said, { childList: true, characterData: true, subtree: true });
    clock.advance(5000);
    await screen.findByText(/1,141 of 2,282 files/);
    expect(changes).toBe(0);
    clock.advance(6000);
    await waitFor(() => {
      expect(said.textContent).toMatch(/^Filed to 2024-017\. 2,282 files\. 1,950 stored/);
    });
    watcher.disconnect();
  });

  it("shows the most urgent work, and the rest on request", async () => {
    const { app, backend, clock } = await filing("Second box");
    await backend.submit(backend.offer(["Known box"]).id, "general");
    clock.advance(2000);
    render(Tray, { app });
    expect(screen.getAllByRole("button", { name: "Pause" })).toHaveLength(1);
    screen.getByRole("button", { name: "and 1 more" }).click();
    expect(await screen.findByText(/Queued: /)).toBeDefined();
  });

  it("shows no attention mark once the last file was skipped", async () => {
    const { app, backend, clock, work } = await filing("Troubled box");
    clock.advance(11_000);
    render(Tray, { app });
    const said = screen.getByRole("status");
    await waitFor(() => {
      expect(said.textContent).toContain("3 need attention");
    });
    await backend.dismissFailed(work, []);
    await waitFor(() => {
      expect(said.textContent).toMatch(/^Filed to 2024-017\./);
      expect(said.textContent).not.toContain("attention");
    });
    expect(screen.queryByText(/attention/)).toBeNull();
  });

  it("clears finished work", async () => {
    const { app, clock } = await filing("Second box");
    clock.advance(11_000);
    render(Tray, { app });
    screen.getByRole("button", { name: "Clear" }).click();
    await waitFor(() => {
      expect(app.work).toEqual([]);
    });
    expect(screen.queryByRole("region")).toBeNull();
  });
});

describe("the files that need attention", () => {
  it("are listed with a reason each, and retried or skipped one by one", async () => {
    const { app, backend, clock, work } = await filing("Troubled box");
    clock.advance(11_000);
    render(Problems, { app, work });
    const [first] = await screen.findAllByRole("listitem");
    if (!first) throw new Error("there is none");
    expect(within(first).getByText("Invoices 2023.xlsx")).toBeDefined();
    expect(within(first).getByText(/Open in another program/)).toBeDefined();
    within(first).getByRole("button", { name: "Try again: Invoices 2023.xlsx" }).click();
    await screen.findByRole("heading", { name: "2 files need attention" });
    expect(backend.argumentsOf("retry")).toEqual([work, [0]]);
    screen.getByRole("button", { name: "Skip: Old mailbox.pst" }).click();
    await screen.findByRole("heading", { name: "1 file needs attention" });
    screen.getByRole("button", { name: "Try all again" }).click();
    await screen.findByText("Nothing needs attention any more.");
    expect(screen.queryByText(/0 files/)).toBeNull();
    expect(backend.argumentsOf("retry")).toEqual([work, []]);
  });

  it("are located in their new place, and another file there is named", async () => {
    const { app, backend, clock, work } = await filing("Troubled box");
    clock.advance(11_000);
    render(Problems, { app, work });
    await screen.findAllByRole("listitem");
    // Only missing files can be located.
    expect(screen.getAllByRole("button", { name: /^Locate: / })).toHaveLength(1);
    const locate = screen.getByRole("button", { name: "Locate: Old mailbox.pst" });
    locate.click();
    (await screen.findByRole("menuitem", { name: /This file/ })).click();
    await screen.findByText(/Old mailbox\.pst: the file there is a different one/);
    expect(backend.argumentsOf("locate")).toEqual([work, [1], "file"]);
    expect(screen.getAllByRole("listitem")).toHaveLength(3);
    locate.click();
    (await screen.findByRole("menuitem", { name: /The folder/ })).click();
    await screen.findByRole("heading", { name: "2 files need attention" });
    expect(backend.argumentsOf("locate")).toEqual([work, [1], "folder"]);
    screen.getByText("1 file found and being filed from there.");
  });
});

describe("retried files", () => {
  const problem: ProblemView = { seq: 0, name: "a.pdf", folder: "Box", code: "in-use", reason: "" };

  it("are listed with the new reason if they fail again, and the result is announced", async () => {
    let problems = [problem];
    const { app, backend, clock, work } = await filing("Troubled box", {
      problems: () => problems,
      retry: null,
    });
    clock.advance(11_000);
    render(Problems, { app, work });
    await screen.findByText(/Open in another program/);
    screen.getByRole("button", { name: "Try all again" }).click();
    await screen.findByText("Trying 1 file again.");
    const ended = app.work.find(({ id }) => id === work);
    if (!ended) throw new Error("it is listed");
    backend.tell({ kind: "work", work: { ...ended, phase: "running" } });
    problems = [{ ...problem, code: "permission-denied" }];
    // As many need attention as before.
    backend.tell({ kind: "work", work: { ...ended } });
    await screen.findByText(/Permission denied/);
    await screen.findByText("1 file failed again. See the list for the reason.");
    expect(screen.queryByText("Trying 1 file again.")).toBeNull();
  });

  it("show in the dialog why a retry is refused", async () => {
    const { app, clock, work } = await filing("Troubled box", {
      retry: new BackendError({ code: "invalid", message: "Its folders are being read just now." }),
    });
    clock.advance(11_000);
    render(Problems, { app, work });
    (await screen.findByRole("button", { name: "Try all again" })).click();
    const dialog = within(screen.getByRole("dialog"));
    await dialog.findByText("Its folders are being read just now.");
    expect(dialog.queryByText(/^Trying/)).toBeNull();
  });

  it("are not skipped or located before the drop is in the queue", async () => {
    const clock = manualClock();
    const backend = createFakeBackend({ clock, archive: 10, settings: { language: "en" } });
    const app = await App.start(backend);
    const work = await backend.submit(backend.offer(["Troubled box"]).id, "m-2024-017");
    clock.advance(2000);
    render(Problems, { app, work });
    await screen.findByRole("button", { name: "Try again: Old mailbox.pst" });
    expect(screen.queryByRole("button", { name: /^(Skip|Locate)/ })).toBeNull();
    await expect(backend.dismissFailed(work, [])).rejects.toThrow("once the drop is being filed");
    screen.getByText("You can try these again once the cause is fixed.");
    await backend.fileDrop(work);
    await screen.findByRole("button", { name: "Skip all" });
    screen.getByText(/^Filing continues for everything else/);
    await backend.pause(work);
    await screen.findByText("You can try these again once the cause is fixed.");
  });

  it("are searched once, despite repeated requests", async () => {
    let compared: (found: LocatedView) => void = () => undefined;
    const { app, backend, clock, work } = await filing("Troubled box", {
      locate: () => new Promise<LocatedView>((done) => (compared = done)),
    });
    clock.advance(11_000);
    render(Problems, { app, work });
    (await screen.findByRole("button", { name: "Locate: Old mailbox.pst" })).click();
    (await screen.findByRole("menuitem", { name: /The folder/ })).click();
    const busy = await screen.findByRole<HTMLButtonElement>("button", { name: "Comparing…" });
    expect(busy.disabled).toBe(true);
    screen.getByText("Comparing…", { selector: "[role=status]" });
    expect(backend.asked.filter((name) => name === "locate")).toHaveLength(1);
    compared({ found: 0, different: [], missing: 1 });
    await screen.findByText("1 file was not found there.");
    await screen.findByRole("button", { name: "Locate: Old mailbox.pst" });
  });
});

describe("the queued files", () => {
  it("stay, with the reason, if one could not be cancelled", async () => {
    const { app, clock, work } = await filing("Second box", { removeFiles: new Error("The vault is busy.") });
    clock.advance(2000);
    render(Queue, { app, work });
    const [first] = await screen.findAllByRole("button", { name: /^Remove from queue: / });
    first?.click();
    await within(screen.getByRole("dialog")).findByText("The vault is busy.");
  });

  it("wait automatically, with the reason, and are retried on request", async () => {
    const { app, backend, clock, work } = await filing("Stubborn box");
    clock.advance(11_000);
    render(Tray, { app });
    await screen.findAllByText("Trying again: “Stubborn box” to 2024-017");
    screen.getByText("2 waiting, will be tried again automatically");
    screen.getByRole("button", { name: "Try now" });
    render(Queue, { app, work });
    const [first] = await screen.findAllByRole("listitem");
    if (!first) throw new Error("there is none");
    within(first).getByText(/Waiting · next try/);
    within(first).getByText(/does not take this file just now/);
    within(first)
      .getByRole("button", { name: /^Try now: / })
      .click();
    await screen.findByRole("heading", { name: "1 file still to be filed" });
    screen.getByText(/^Trying .* now\.$/);
    expect(backend.argumentsOf("retry")).toEqual([work, [3]]);
    screen.getByRole("button", { name: /^Remove from queue: / }).click();
    await screen.findByText("No files are left to file.");
    expect(backend.argumentsOf("removeFiles")).toEqual([work, [7]]);
    clock.advance(1000);
    expect(await screen.findAllByText(/1 removed/)).not.toHaveLength(0);
  });

  it("are cancelled one by one, except those being filed", async () => {
    const { app, backend, clock, work } = await filing("Second box");
    clock.advance(2000);
    render(Queue, { app, work });
    const rows = await screen.findAllByRole("listitem");
    expect(rows).toHaveLength(100);
    const [begun, , , queued] = rows;
    if (!begun || !queued) throw new Error("there are none");
    within(begun).getByText("Being filed");
    expect(within(begun).queryByRole("button")).toBeNull();
    within(queued).getByText("Queued");
    within(queued)
      .getByRole("button", { name: /^Remove from queue: / })
      .click();
    await waitFor(() => {
      expect(backend.asked).toContain("removeFiles");
    });
    await screen.findByText(/was removed from the queue/);
  });
});
