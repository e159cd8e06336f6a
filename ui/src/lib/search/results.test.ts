import { expect, it } from "vitest";

import { createFakeBackend, manualClock } from "../backend/fake";
import { App } from "../state/app.svelte";
import { grouped, recent } from "./results";

async function found(text: string) {
  const backend = createFakeBackend({ clock: manualClock() });
  const app = await App.start(backend);
  return { app, groups: grouped(await backend.search(text), app, text) };
}

it("opens a document in its folder", async () => {
  const { app, groups } = await found("master services signed");
  const file = groups.at(-1)?.results[0];
  expect(file?.title).toBe("Master Services Agreement (signed).pdf");
  file?.open(app);
  expect(app.matterId).toBe("m-2024-001");
  expect(app.folder).toBe("Scans/2023");
  expect(app.document).toMatchObject({ matter: "m-2024-001", id: "m-2024-001-0" });
});

it("shows where a document came from", async () => {
  const { app } = await found("zzz");
  const file = (id: string) => ({
    id,
    matter: "m-2024-001",
    content: "c1",
    name: "Notes.txt",
    folders: ["Documents"],
    size: 1,
    modified: 0,
    filed: 0,
  });
  const files = [
    { file: file("one"), sources: ["/media/usb/J. Hale/Documents"] },
    { file: file("two"), sources: ["/media/usb/R. Roe/Documents"] },
  ];
  const groups = grouped({ clients: [], matters: [], folders: [], files }, app, "notes");
  expect(groups[0]?.results.map(({ detail }) => detail.split(" · ").at(-1))).toEqual([
    "from /media/usb/J. Hale/Documents",
    "from /media/usb/R. Roe/Documents",
  ]);
});

it("opens a folder and a matter", async () => {
  const { app, groups } = await found("depositions");
  const folder = groups[0]?.results[0];
  folder?.open(app);
  expect(app.folder).toMatch(/Depositions$/);
  (await found("harbour lease")).groups[0]?.results[0]?.open(app);
  expect(app.matterId).toBe("m-2024-017");
});

it("opens an active matter of a client, or offers to create one", async () => {
  const { app, groups } = await found("northwind");
  groups[0]?.results[0]?.open(app);
  expect(app.matter).toMatchObject({ client: "northwind", status: "active" });
  (await found("dissolved")).groups[0]?.results[0]?.open(app);
  expect(app.overlay).toEqual({ kind: "newMatter", client: "prior" });
});

it("leaves out empty groups, and has unique keys", async () => {
  const { groups } = await found("o");
  const keys = groups.flatMap(({ results }) => results.map(({ key }) => key));
  expect(new Set(keys).size).toBe(keys.length);
  expect(groups.every(({ results }) => results.length > 0)).toBe(true);
  expect((await found("zzz")).groups).toEqual([]);
});

it("offers the matters filed to last, and no removed or empty ones", async () => {
  const { app } = await found("zzz");
  const [group] = recent(app.matters);
  expect(group?.results).toHaveLength(6);
  expect(group?.results.map(({ key }) => key)).not.toContain("matter m-2021-009");
  expect(recent([])).toEqual([]);
});
