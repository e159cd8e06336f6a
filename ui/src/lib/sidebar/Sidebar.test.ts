import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, it } from "vitest";

import { createFakeBackend, type FakeBackend, manualClock } from "../backend/fake";
import { App } from "../state/app.svelte";
import { speech, t } from "../text";
import Sidebar from "./Sidebar.svelte";

let backend: FakeBackend;
let app: App;
let list: HTMLElement;

beforeEach(async () => {
  speech.choice = "en";
  backend = createFakeBackend({ clock: manualClock() });
  app = await App.start(backend);
  app.openMatter("m-2024-001");
  render(Sidebar, { app });
  list = screen.getByRole("listbox", { name: t.sidebar.label });
});

/** The text of the active row. */
function active(): string {
  const id = list.getAttribute("aria-activedescendant") ?? "";
  return document.getElementById(id)?.textContent ?? "";
}

async function press(...keys: string[]): Promise<void> {
  for (const key of keys) await fireEvent.keyDown(list, { key });
}

describe("the list of matters", () => {
  it("names the vault and the current user", () => {
    expect(screen.getByText("Hale & Moore LLP")).toBeDefined();
    expect(screen.getByText("Dana Ruiz")).toBeDefined();
  });

  it("groups matters by client and marks the one that is open", () => {
    const group = within(list).getByRole("group", { name: "ABC Corporation" });
    expect(within(group).getAllByRole("option")).toHaveLength(2);
    expect(within(list).getByRole("option", { selected: true }).textContent).toContain("2024-001");
  });

  it("is navigated by keys, and opens by Enter", async () => {
    expect(active()).toContain("2024-001");
    await press("ArrowDown");
    expect(active()).toContain("2024-017");
    expect(app.matterId).toBe("m-2024-001");
    await press("Enter");
    expect(app.matterId).toBe("m-2024-017");
    await press("Home");
    expect(active()).toContain("Firm documents");
    await press("ArrowUp", "End");
    expect(active()).toContain("2025-027");
  });

  it("moves to the typed name", async () => {
    await press("p", "r", "o");
    expect(active()).toContain("Probate");
  });

  it("shows only the rows that match its filter", async () => {
    await fireEvent.click(screen.getByRole("radio", { name: t.sidebar.filters.closed }));
    expect(
      within(list)
        .getAllByRole("option")
        .map((row) => row.textContent),
    ).toEqual([expect.stringContaining("Share purchase")]);
  });

  it("shows that there are no other matters when only the firm’s own is listed", async () => {
    const { matters } = await backend.snapshot();
    const own = matters.matters.filter(({ id }) => id === "general");
    backend.tell({ kind: "matters", matters: { ...matters, matters: own, clients: [] } });
    expect(await within(list).findByText("No other active matters.")).toBeDefined();
    expect(within(list).queryByText("No active matters.")).toBeNull();
    await fireEvent.click(screen.getByRole("radio", { name: t.sidebar.filters.closed }));
    expect(await within(list).findByText("No closed matters.")).toBeDefined();
  });

  it("shows the number of waiting files instead of stored ones", async () => {
    const matter = app.matters.find(({ number }) => number === "2026-011");
    const offer = backend.drop(["Second box"], 0, 0);
    expect(offer.names).toEqual(["Second box"]);
    const { work } = await backend.snapshot();
    const [sample] = work;
    if (!sample || !matter) throw new Error("the made-up vault has work and this matter");
    const waiting = { ...sample, id: "w", matter: matter.id, kind: "drop", phase: "running" } as const;
    backend.tell({ kind: "work", work: { ...waiting, files: 20, filesDone: 6 } });
    const row = await within(list).findByText("14 waiting");
    expect(row.parentElement?.textContent).toContain("2026-011");
  });

  it("marks matters and clients with a waiting or conflicting change", async () => {
    backend.outside.goOffline();
    await backend.setMatterStatus("m-2024-020", "active");
    const client = app.clients.find(({ id }) => id === "abc");
    if (!client) throw new Error("the made-up vault has this client");
    await backend.editClient(client.id, client.updatedAt, { ...client, city: "Shelbyville" });
    const rows = () => within(list).getAllByRole("option");
    const row = () => rows().find(({ textContent }) => textContent.includes("2024-020"))?.textContent;
    await expect.poll(row).toContain(t.firm.edits.waiting);
    expect(row()).not.toContain("documents");
    const group = within(list).getByRole("group", { name: /ABC Corporation/ });
    expect(within(group).getAllByText(t.firm.edits.waiting)).toHaveLength(1);
    expect(rows().filter(({ textContent }) => textContent.includes(t.firm.edits.waiting))).toHaveLength(1);

    backend.outside.changeThere("m-2024-020", { title: "Theirs" });
    backend.outside.goOnline();
    await expect.poll(row).toContain(t.firm.edits.undecided);
    expect(within(group).queryByText(t.firm.edits.waiting)).toBeNull();
  });

  it("offers the actions of a matter, and undoes its removal", async () => {
    await press("End");
    await fireEvent.keyDown(list, { key: "F10", shiftKey: true });
    await fireEvent.click(await screen.findByRole("menuitem", { name: t.forms.status.remove }));
    await expect.poll(() => app.matterOf("m-2025-027")?.removed).toBe(true);
    const [toast] = app.messages.all;
    expect(toast?.text).toContain("was removed");
    toast?.action?.run();
    await expect.poll(() => app.matterOf("m-2025-027")?.removed).toBe(false);
  });

  it("keeps removed matters accessible", async () => {
    await fireEvent.click(screen.getByText(t.sidebar.removed(2)));
    await fireEvent.click(screen.getByRole("button", { name: /Bring back.*Lease of the old office/ }));
    await expect.poll(() => app.matterOf("m-2021-009")?.removed).toBe(false);
    expect(await screen.findByText(t.sidebar.removed(1))).toBeDefined();
  });
});
