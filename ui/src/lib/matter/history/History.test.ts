import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, it } from "vitest";

import { createFakeBackend, type FakeBackend, manualClock } from "../../backend/fake";
import { App } from "../../state/app.svelte";
import { speech, t } from "../../text";
import Matter from "../Matter.svelte";

let backend: FakeBackend;
let app: App;

beforeEach(async () => {
  speech.choice = "en";
  backend = createFakeBackend({ clock: manualClock(), answers: { restore: () => "r-1" } });
  app = await App.start(backend);
});

async function open(number: string): Promise<void> {
  app.openMatter(`m-${number}`, { tab: "history" });
  render(Matter, { app });
  await expect.poll(() => drops().length).toBeGreaterThan(0);
}

const drops = () => [...document.querySelectorAll("ol h2")].map((heading) => heading.textContent);

async function openDrop(name: string): Promise<HTMLElement> {
  await fireEvent.click(screen.getByText(name));
  return screen.findByRole("list", { name: t.history.show(name) });
}

describe("the history of a matter", () => {
  it("has the newest drop first, and reads on to the oldest", async () => {
    await open("2023-112");
    await expect.poll(() => drops().length).toBe(120);
    expect(drops()[0]).toContain("Week 120");
    expect(drops().at(-1)).toContain("Week 001");
  });

  it("shows how much of a drop was new, as one number if all of it was", async () => {
    await open("2024-001");
    expect(screen.getByText("166 MB, all new")).toBeDefined();
    expect(screen.getByText("205 MB, of which 188 MB new")).toBeDefined();
  });

  it("opens a drop to its files, with the exact place of each", async () => {
    await open("2024-001");
    const files = await openDrop("Client binder");
    const [first] = within(files).getAllByRole("listitem");
    expect(first?.textContent).toMatch(/Client binder/);
    expect(first?.textContent).toMatch(/Stored|Already in the vault|Failed/);
    await fireEvent.click(files.querySelector("button") ?? files);
    expect(app.document?.matter).toBe("m-2024-001");
  });

  it("lists left-out entries with the reason", async () => {
    await open("2023-112");
    await openDrop("Week 120");
    const entry = (await screen.findByText("Week 120/Thumbs.db")).closest("li");
    expect(entry?.textContent).toContain("A system file (Thumbs.db on the left-out list).");
  });

  it("restores a drop", async () => {
    await open("2024-001");
    await openDrop("Client binder");
    await fireEvent.click(screen.getByText(t.history.restore));
    expect(backend.argumentsOf("restore")?.[0]).toMatchObject({ kind: "drop" });
  });

  it("shows only the kinds that are chosen", async () => {
    await open("2024-001");
    await fireEvent.click(screen.getByRole("checkbox", { name: t.history.kinds.already }));
    const files = await openDrop("Client binder");
    expect(backend.argumentsOf("dropEvents")?.[1]).toEqual(["already"]);
    for (const line of within(files).getAllByRole("listitem")) {
      expect(line.textContent).toContain(t.history.kinds.already);
    }
  });
});
