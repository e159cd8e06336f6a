import { describe, expect, it } from "vitest";

import { createFakeBackend, fakeFor, manualClock } from "./fake";
import { newClient } from "../forms/drafts";
import { BackendError, connect, type FilesQuery, type WindowEvent, type WorkView } from "./index";

const all: FilesQuery = {
  matter: "m-2024-001",
  folder: "",
  deep: true,
  filter: "",
  sort: "name",
  descending: false,
};

describe("the fake backend", () => {
  it("records each request with its arguments", async () => {
    const backend = createFakeBackend();
    expect(backend.asked).toEqual([]);
    await backend.snapshot();
    await backend.search("master");
    expect(backend.asked).toEqual(["snapshot", "search"]);
    expect(backend.argumentsOf("search")).toEqual(["master"]);
    expect(backend.argumentsOf("verify")).toBeUndefined();
  });

  it("returns set answers, and throws those that are errors", async () => {
    const refusal = new BackendError({ code: "tryLater", message: "The vault is busy." });
    const backend = createFakeBackend({
      answers: {
        chooseFolder: null,
        verify: refusal,
        submit: (offer, matter) => `${matter}/${String(offer)}`,
      },
    });
    expect(await backend.chooseFolder()).toBeNull();
    await expect(backend.verify()).rejects.toThrow("The vault is busy.");
    expect(await backend.submit(7, "general")).toBe("general/7");
  });

  it("serves a page outside the shell during development", async () => {
    expect((await connect().snapshot()).version).toBe("0.0.0-fake");
  });

  it("has the vault that its address names", async () => {
    expect((await fakeFor("?vault=first-start").snapshot()).welcomed).toBe(false);
    expect((await fakeFor("?vault=empty").snapshot()).matters.matters.map(({ id }) => id)).toEqual([
      "general",
    ]);
    expect((await fakeFor("?vault=local").snapshot()).workspace.local).toBe(true);
    expect(() => fakeFor("?vault=none")).toThrow("no made-up vault");
  });
});

describe("its firms", () => {
  it("have a vault each, separate from that of this computer", async () => {
    const backend = createFakeBackend({ archive: 10 });
    expect((await backend.snapshot()).workspace.firm).toBe("hale-moore");
    await backend.createClient({ ...newClient(), name: "Zuse AG" });
    await backend.switchWorkspace(null);
    const here = await backend.snapshot();
    expect([here.workspace.local, here.sync, here.firms.active]).toEqual([true, null, null]);
    expect(here.matters.clients).toEqual([]);
    await backend.switchWorkspace("hale-moore");
    const { matters } = await backend.snapshot();
    expect(matters.clients.map(({ name }) => name)).toContain("Zuse AG");
  });

  it("do not open while nobody is signed in", async () => {
    const backend = createFakeBackend({ archive: 10 });
    await backend.signOut(false);
    await expect(backend.snapshot()).rejects.toMatchObject({ code: "signIn" });
    expect((await backend.firms()).firms[0]?.account).toBeNull();
  });

  it("keep waiting work after sign-out", async () => {
    const clock = manualClock();
    const backend = createFakeBackend({ archive: 10, clock, settings: { fileAtOnce: true } });
    backend.outside.goOffline();
    await backend.submit(backend.offer(["Second box"]).id, "m-2024-001");
    clock.advance(5000);
    expect((await backend.snapshot()).work).toMatchObject([{ phase: "held" }]);
    await expect(backend.signOut(true)).rejects.toThrow("Files wait to be sent");
    backend.outside.goOnline();
    expect((await backend.snapshot()).work).toMatchObject([{ phase: "running" }]);
  });
});

describe("its documents", () => {
  it("match the counts of the matters, folders included", async () => {
    const backend = createFakeBackend();
    const { matters } = await backend.snapshot();
    for (const { id, files } of matters.matters.filter((matter) => matter.files < 10_000)) {
      expect(await backend.listFiles({ ...all, matter: id })).toMatchObject({ total: files });
    }
  });

  it("are read in windows, the last one shorter", async () => {
    const backend = createFakeBackend();
    const { id, total } = await backend.listFiles(all);
    expect(total).toBe(2284);
    expect(await backend.fileRows(id, 0, 100)).toHaveLength(100);
    expect(await backend.fileRows(id, 2280, 100)).toHaveLength(4);
  });

  it("are sorted in either direction, by the requested column", async () => {
    const backend = createFakeBackend();
    for (const sort of ["size", "modified"] as const) {
      const { id } = await backend.listFiles({ ...all, sort, descending: true });
      const values = (await backend.fileRows(id, 0, 500)).map((row) => row[sort]);
      expect(values).toEqual([...values].sort((a, b) => b - a));
    }
  });

  it("are found by name or folder", async () => {
    const backend = createFakeBackend();
    const { id, total, folders } = await backend.listFiles({ ...all, filter: "DEPOSITIONS" });
    expect(total).toBeGreaterThan(10);
    expect(folders).toEqual([]);
    for (const row of await backend.fileRows(id, 0, total)) {
      expect(`${row.name} ${row.folders.join(" ")}`.toLowerCase()).toContain("depositions");
    }
  });

  it("forget lists that are too old", async () => {
    const backend = createFakeBackend();
    const { id } = await backend.listFiles(all);
    for (let again = 0; again < 8; again++) await backend.listFiles(all);
    await expect(backend.fileRows(id, 0, 1)).rejects.toMatchObject({ code: "notFound" });
  });

  it("list every place they came from", async () => {
    const backend = createFakeBackend();
    const { id } = await backend.listFiles({ ...all, filter: "Master Services Agreement (signed)" });
    const [row] = await backend.fileRows(id, 0, 1);
    const document = await backend.document(row?.content ?? "", row?.matter ?? null, row?.id ?? null);
    expect(document.events.map(({ kind, folder }) => [kind, folder])).toEqual([
      ["stored", "Scans/2023"],
      ["already", "USB stick/Old office/MSA"],
      ["already", "Client binder/Discovery"],
    ]);
    expect(new TextDecoder().decode((await backend.previewBytes(document.content)).slice(0, 5))).toBe(
      "%PDF-",
    );
  });

  it("have a consistent history", async () => {
    const backend = createFakeBackend();
    const { drops } = await backend.drops("m-2024-001", null);
    expect(drops.reduce((sum, { stored }) => sum + stored, 0)).toBe(2284);
    const [newest] = drops;
    const { events } = await backend.dropEvents(newest?.id ?? "", ["failed"], null);
    expect(events).toHaveLength(newest?.failed ?? -1);
  });

  it("read a drop's events page by page without losing one", async () => {
    const backend = createFakeBackend();
    const { drops } = await backend.drops("m-2024-001", null);
    for (const { id, stored, already, failed } of drops) {
      const seen = new Set<string>();
      let after: string | null = null;
      do {
        const page = await backend.dropEvents(id, [], after);
        for (const event of page.events) seen.add(event.id);
        after = page.next;
      } while (after !== null);
      expect(seen.size).toBe(stored + already + failed);
    }
  });
});

describe("its work", () => {
  async function begun(name: string, fileAtOnce = false) {
    const clock = manualClock();
    const backend = createFakeBackend({ clock, settings: { fileAtOnce } });
    const events: WindowEvent[] = [];
    await backend.watch((event) => events.push(event));
    const { id: offer } = backend.drop([name], 0, 0);
    const id = await backend.submit(offer, "m-2024-017");
    const now = (): WorkView => {
      const latest = events.filter((event) => event.kind === "work" && event.work.id === id).at(-1);
      if (latest?.kind !== "work") throw new Error("no event reported it");
      return latest.work;
    };
    return { clock, backend, events, id, now };
  }

  it("reads, asks, files and ends, and adds to the matter", async () => {
    const { clock, backend, events, id, now } = await begun("Second box");
    expect(now()).toMatchObject({ phase: "reading", files: 0, preflight: null });
    clock.advance(1000);
    expect(now().files).toBeGreaterThan(0);
    clock.advance(1000);
    expect(now()).toMatchObject({ phase: "ready", preflight: { found: 2284, new: 1950 } });
    expect(await backend.preflightRows(id, "leftOut", 0, 10)).toHaveLength(2);
    expect(await backend.preflightRows(id, "new", 1940, 100)).toHaveLength(10);
    await backend.fileDrop(id);
    clock.advance(1000);
    expect(now()).toMatchObject({ phase: "running", rate: null, secondsLeft: null });
    clock.advance(4000);
    expect(now().secondsLeft).toBe(5);
    clock.advance(5000);
    expect(now()).toMatchObject({
      phase: "finished",
      filesDone: 2282,
      result: { stored: 1950, already: 332 },
    });
    expect(events.at(-1)).toEqual({ kind: "filed", matter: "m-2024-017" });
    expect(await backend.listFiles({ ...all, matter: "m-2024-017" })).toMatchObject({ total: 96 + 1950 });
    expect((await backend.drops("m-2024-017", null)).drops[0]?.id).toBe(id);
  });

  it("files without asking if that is set", async () => {
    const { clock, now } = await begun("Known box", true);
    clock.advance(2000);
    expect(now().phase).toBe("running");
  });

  it("pauses, resumes and cancels", async () => {
    const { clock, backend, id, now } = await begun("Second box", true);
    clock.advance(5000);
    await backend.pause(id);
    const { filesDone } = now();
    clock.advance(60_000);
    expect(now()).toMatchObject({ phase: "paused", filesDone });
    await backend.resume(id);
    clock.advance(1000);
    expect(now().filesDone).toBeGreaterThan(filesDone);
    await backend.cancel(id);
    // It is recorded, and carried out as soon as possible.
    expect(now().phase).toBe("running");
    clock.advance(250);
    expect(now().phase).toBe("cancelled");
    await backend.clear(id);
    expect((await backend.snapshot()).work).toEqual([]);
  });

  it("keeps files that need attention until they are retried or skipped", async () => {
    const { clock, backend, id, now } = await begun("Troubled box", true);
    clock.advance(20_000);
    expect(now()).toMatchObject({ phase: "finished", attention: 3, result: { failed: 3 } });
    await backend.retry(id, []);
    expect((await backend.problems(id)).map(({ code }) => code)).toEqual(["vanished"]);
    await backend.dismissFailed(id, [1]);
    expect(now()).toMatchObject({ attention: 0, result: { failed: 1 } });
  });

  it("does one thing at a time", async () => {
    const { clock, backend, now } = await begun("Second box", true);
    clock.advance(3000);
    const second = await backend.submit(backend.drop(["Known box"], 0, 0).id, "general");
    clock.advance(2000);
    const work = (await backend.snapshot()).work;
    expect(work.map(({ phase }) => phase)).toEqual(["running", "inLine"]);
    clock.advance(10_000);
    expect(now().phase).toBe("finished");
    expect((await backend.snapshot()).work.find(({ id }) => id === second)?.phase).toBe("running");
  });

  it("waits while there is no network", async () => {
    const clock = manualClock();
    const backend = createFakeBackend({ clock, offline: true });
    const id = await backend.submit(backend.drop(["Second box"], 0, 0).id, "general");
    clock.advance(2000);
    await backend.fileDrop(id);
    expect((await backend.snapshot()).work[0]).toMatchObject({ phase: "held" });
    await expect(backend.previewBytes("0")).rejects.toMatchObject({ code: "tryLater" });
  });
});

describe("its refusals", () => {
  it.each([
    [
      "a closed matter",
      async () => {
        const backend = createFakeBackend();
        await backend.submit(backend.drop(["Box"], 0, 0).id, "m-2022-045");
      },
      "invalid",
    ],
    [
      "a number in use",
      async () => {
        const backend = createFakeBackend();
        const [, matter] = (await backend.snapshot()).matters.matters;
        if (matter) await backend.createMatter({ ...matter, number: "2024-001" });
      },
      "invalid",
    ],
    [
      "a change of a document that another user changed",
      async () => {
        const backend = createFakeBackend();
        const [client] = (await backend.snapshot()).matters.clients;
        if (!client) return;
        await backend.editClient(client.id, client.updatedAt, { ...client, city: "Chicago" });
        await backend.editClient(client.id, client.updatedAt, { ...client, city: "Boston" });
      },
      "conflict",
    ],
    ["an invalid pattern", () => createFakeBackend().saveLeftOut("Thumbs.db\n[abc"), "invalid"],
  ] as const)("refuse %s", async (_, attempt, code) => {
    await expect(attempt()).rejects.toMatchObject({ name: "BackendError", code });
  });
});
