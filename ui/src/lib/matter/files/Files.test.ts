import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { createFakeBackend, type FakeBackend, manualClock } from "../../backend/fake";
import { App } from "../../state/app.svelte";
import { speech, t } from "../../text";
import Matter from "../Matter.svelte";

let backend: FakeBackend;
let app: App;

async function open(number: string): Promise<void> {
  app.openMatter(`m-${number}`);
  render(Matter, { app });
  await screen.findByRole("grid");
}

beforeEach(async () => {
  speech.choice = "en";
  backend = createFakeBackend({ clock: manualClock(), answers: { restore: () => "r-1" } });
  app = await App.start(backend);
});

const grid = () => screen.getByRole("grid");
const rows = () => within(grid()).getAllByRole("row").slice(1);
const selected = () => rows().filter((row) => row.getAttribute("aria-selected") === "true");
const names = () => rows().map((row) => within(row).getAllByRole("gridcell")[0]?.textContent.trim() ?? "");
const listed = () => backend.argumentsOf("listFiles")?.[0];

async function press(key: string, held: Partial<KeyboardEventInit> = {}): Promise<void> {
  await fireEvent.keyDown(grid(), { key, ...held });
}

/** All files of the matter, folders left aside. */
async function listAll(): Promise<void> {
  await fireEvent.click(screen.getByRole("checkbox", { name: t.files.deep }));
  await expect.poll(() => listed()).toMatchObject({ deep: true });
  await expect.poll(() => Number(grid().getAttribute("aria-rowcount"))).toBeGreaterThan(2_000);
}

describe("the files of a matter", () => {
  it("begin with its folders, and go into them and up again", async () => {
    await open("2024-001");
    expect(names()).toEqual(["Client binder", "Scans", "USB stick"]);
    await press("Enter");
    await expect.poll(() => app.folder).toBe("Client binder");
    await expect.poll(() => listed()).toMatchObject({ folder: "Client binder" });
    await press("Backspace");
    expect(app.folder).toBe("");
  });

  it("show a few of very many rows, and say how many there are", async () => {
    await open("2024-001");
    await listAll();
    expect(rows().length).toBeLessThan(40);
    expect(grid().getAttribute("aria-rowcount")).toBe(String(2_284 + 3 + 1));
  });

  it("are selected by keys: one, a range, and all", async () => {
    await open("2024-001");
    await listAll();
    for (let step = 0; step < 3; step += 1) await press("ArrowDown");
    expect(selected()).toHaveLength(1);
    await press("ArrowDown", { shiftKey: true });
    await press("ArrowDown", { shiftKey: true });
    await expect.poll(() => selected().length).toBe(3);
    expect(screen.getByText(t.files.selected(3))).toBeDefined();
    await press("a", { ctrlKey: true });
    expect(screen.getByText(t.files.selected(2_284))).toBeDefined();
    await press("Escape");
    expect(selected()).toHaveLength(0);
  });

  it("stay selected by Space, and are deselected with Ctrl", async () => {
    await open("2024-001");
    await listAll();
    for (let step = 0; step < 3; step += 1) await press("ArrowDown");
    await press(" ");
    expect(selected()).toHaveLength(1);
    await press("ArrowDown", { ctrlKey: true });
    await press(" ");
    expect(selected()).toHaveLength(2);
    await press(" ", { ctrlKey: true });
    expect(selected()).toHaveLength(1);
    await press("Home");
    await press("PageDown", { shiftKey: true });
    await expect.poll(() => selected().length).toBeGreaterThan(1);
    await press("End", { shiftKey: true });
    await expect
      .poll(() => screen.getByRole("toolbar").previousElementSibling?.textContent)
      .toBe(t.files.selected(2_284));
  });

  it("are reached from the filter by the arrow down", async () => {
    await open("2024-001");
    const filter = screen.getByRole("searchbox");
    filter.focus();
    await fireEvent.input(filter, { target: { value: "letter" } });
    await expect.poll(() => listed()).toMatchObject({ filter: "letter" });
    await expect.poll(() => names().length).toBeGreaterThan(1);
    await fireEvent.keyDown(filter, { key: "ArrowDown" });
    expect(document.activeElement).toBe(grid());
    expect(selected()).toEqual([rows()[0]]);
    await press("ArrowDown");
    expect(selected()).toEqual([rows()[1]]);
  });

  it("found by a filter in a folder show where in that folder they are", async () => {
    await open("2024-001");
    app.folder = "Scans";
    await fireEvent.input(screen.getByRole("searchbox"), { target: { value: "a" } });
    await expect.poll(() => listed()).toMatchObject({ folder: "Scans", filter: "a" });
    const inside = () => [...document.querySelectorAll(".in")].map((place) => place.textContent);
    await expect.poll(() => inside().length).toBeGreaterThan(3);
    expect(inside().filter((place) => !/^Scans(\/|$)/.test(place))).toEqual([]);
  });

  it("are selected by clicks: one, from there to here, and one more", async () => {
    await open("2024-001");
    await listAll();
    const at = (index: number) => rows()[index] ?? grid();
    await fireEvent.click(at(4));
    await fireEvent.click(at(7), { shiftKey: true });
    await expect.poll(() => selected().length).toBe(4);
    await fireEvent.click(at(10), { ctrlKey: true });
    expect(selected()).toHaveLength(5);
    await fireEvent.click(at(5), { ctrlKey: true });
    expect(selected()).toHaveLength(4);
    await fireEvent.click(at(3));
    expect(selected()).toHaveLength(1);
  });

  it("are restored as they are selected", async () => {
    await open("2024-001");
    await listAll();
    await fireEvent.click(rows()[4] ?? grid());
    await press("ArrowDown", { shiftKey: true });
    await expect.poll(() => selected().length).toBe(2);
    await fireEvent.click(screen.getByRole("button", { name: t.files.restoreSelected(2) }));
    await expect
      .poll(() => backend.argumentsOf("restore")?.[0])
      .toMatchObject({ kind: "documents", matter: "m-2024-001" });
    expect((backend.argumentsOf("restore")?.[0] as { ids: string[] }).ids).toHaveLength(2);
  });

  it("open in the panel on the right", async () => {
    await open("2024-001");
    await listAll();
    for (let step = 0; step < 3; step += 1) await press("ArrowDown");
    await press("Enter");
    expect(app.document).toMatchObject({ matter: "m-2024-001" });
    const first = app.document;
    await press("ArrowDown");
    expect(app.document).not.toEqual(first);
  });

  it("are sorted by a column, in both directions", async () => {
    await open("2024-001");
    await fireEvent.click(screen.getByRole("button", { name: t.files.columns.size }));
    await expect.poll(() => listed()).toMatchObject({ sort: "size", descending: true });
    await fireEvent.click(screen.getByRole("button", { name: t.files.columns.size }));
    await expect.poll(() => listed()).toMatchObject({ sort: "size", descending: false });
    await expect
      .poll(() => screen.getByRole("columnheader", { name: t.files.columns.size }).getAttribute("aria-sort"))
      .toBe("ascending");
  });

  it("are also searched below the folder, with a notice when none matches", async () => {
    await open("2024-001");
    await fireEvent.input(screen.getByRole("searchbox"), { target: { value: "no such file" } });
    expect(await screen.findByText(t.files.noMatch.title)).toBeDefined();
    expect(listed()).toMatchObject({ filter: "no such file", deep: true });
    await fireEvent.click(screen.getByRole("button", { name: t.files.noMatch.clear }));
    expect(await screen.findByRole("grid")).toBeDefined();
  });

  it("are reloaded after filing, and stay selected", async () => {
    await open("2024-001");
    await listAll();
    await fireEvent.click(rows()[5] ?? grid());
    const name = names()[5];
    const before = backend.asked.filter((asked) => asked === "listFiles").length;
    backend.tell({ kind: "filed", matter: "m-2024-001" });
    backend.tell({ kind: "filed", matter: "m-2024-001" });
    await vi.waitFor(
      () => {
        expect(backend.asked.filter((asked) => asked === "listFiles").length).toBe(before + 1);
      },
      { timeout: 4_000 },
    );
    await expect
      .poll(() => selected().map((row) => row.textContent))
      .toEqual([expect.stringContaining(name ?? "?")]);
  });

  it("show what to do while there are none yet", async () => {
    app.openMatter("m-2026-011");
    render(Matter, { app });
    expect(await screen.findByText(t.files.none.title)).toBeDefined();
    expect(screen.getAllByRole("button", { name: t.files.addFolder }).length).toBeGreaterThan(0);
  });
});
