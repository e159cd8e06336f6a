import { render, screen, waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";

import { BackendError } from "../backend";
import { createFakeBackend, type FakeAnswers } from "../backend/fake";
import { App } from "../state/app.svelte";
import DocumentPanel from "./DocumentPanel.svelte";

async function opened(name: string, answers: FakeAnswers = {}) {
  const backend = createFakeBackend({ archive: 10, settings: { language: "en" }, answers });
  const app = await App.start(backend);
  const { id } = await backend.listFiles({
    matter: "m-2024-001",
    folder: "",
    deep: true,
    filter: name,
    sort: "name",
    descending: false,
  });
  const [row] = await backend.fileRows(id, 0, 1);
  if (!row) throw new Error(`there is no ${name}`);
  app.document = { content: row.content, matter: row.matter, id: row.id };
  render(DocumentPanel, { app });
  return { app, backend, row };
}

describe("the panel of a document", () => {
  it("shows a text, its facts and its places, and copies its provenance", async () => {
    const { app, backend, row } = await opened("Call notes.txt");
    expect(await screen.findByRole("heading", { name: "Call notes.txt" })).toBeDefined();
    expect(await screen.findByText(/This agreement is made/)).toBeDefined();
    expect(screen.getByText("4 kB (4,310 bytes)")).toBeDefined();
    screen.getByRole("button", { name: "Copy provenance" }).click();
    await waitFor(() => {
      expect(backend.clipboard[0]).toContain(`SHA-256: ${row.content}`);
    });
    expect(app.messages.all.map(({ text }) => text)).toEqual(["The provenance was copied."]);
  });

  it("shows the head of a mail and the headings of a Word document", async () => {
    await opened("Email thread");
    expect(await screen.findByText("Jane Doe <jane.doe@abc.example>")).toBeDefined();
    expect(screen.getByText("Redline section 9.docx")).toBeDefined();
  });

  it("shows markup in a document as text", async () => {
    const text = '<img src=x onerror="alert(1)"><script>alert(2)</script>';
    await opened("Call notes.txt", { previewText: { kind: "plain", text, cut: false } });
    expect(await screen.findByText(text)).toBeDefined();
    expect(document.querySelector("img, script")).toBeNull();
  });

  it("shows why a preview is refused, and retries", async () => {
    let times = 0;
    const refusal = new BackendError({ code: "damaged", message: "Verification failed." });
    await opened("Call notes.txt", {
      previewText: () => {
        times += 1;
        if (times === 1) throw refusal;
        return { kind: "plain", text: "Here it is.", cut: true };
      },
    });
    expect((await screen.findByRole("alert")).textContent).toContain("Verification failed.");
    screen.getByRole("button", { name: "Try again" }).click();
    expect(await screen.findByText("Here it is.")).toBeDefined();
    expect(screen.getByText(/Only the beginning is shown/)).toBeDefined();
  });

  it.each([
    ["Invoices 2022.xlsx", /no preview for this type of file. Open it/],
    ["Hearing recording.mp4", /too large for a preview/],
    ["README", /This file is empty/],
  ])("shows why %s is not previewed, and reads nothing of it", async (name, why) => {
    const { backend } = await opened(name);
    expect(await screen.findByText(why)).toBeDefined();
    expect(backend.asked.filter((asked) => asked.startsWith("preview"))).toEqual([]);
  });

  it("shows that a document is being fetched, and does not fetch it twice", async () => {
    let fetched: (done: null) => void = () => undefined;
    const { backend } = await opened("Call notes.txt", {
      openDocument: () => new Promise<null>((done) => (fetched = done)),
    });
    (await screen.findByRole("button", { name: "Open" })).click();
    const busy = await screen.findByRole<HTMLButtonElement>("button", { name: "Fetching…" });
    expect(busy.disabled).toBe(true);
    screen.getByText("Fetching…", { selector: "[role=status]" });
    busy.click();
    expect(backend.asked.filter((name) => name === "openDocument")).toHaveLength(1);
    fetched(null);
    await screen.findByRole("button", { name: "Open" });
  });

  it.each(["Installer from client.exe", "README", "Rechnung"])(
    "does not open %s, and shows the alternative",
    async (name) => {
      await opened(name);
      await screen.findByText(/This file can’t be opened from here.*Use “Restore” to save a copy/);
      expect(screen.queryByRole("button", { name: "Open" })).toBeNull();
      screen.getByRole("button", { name: "Restore…" });
    },
  );

  it("makes hidden characters in a name visible", async () => {
    await opened("Rechnung");
    expect((await screen.findAllByText(/Rechnung⟨U\+202E⟩fdp\.exe\.pdf/)).length).toBeGreaterThan(0);
  });

  it("shows the document opened last, in any order of answers", async () => {
    const { app, backend } = await opened("Call notes.txt");
    const { id } = await backend.listFiles({
      matter: "m-2024-017",
      folder: "",
      deep: true,
      filter: "",
      sort: "name",
      descending: false,
    });
    const [other] = await backend.fileRows(id, 0, 1);
    app.document = { content: other?.content ?? "", matter: "m-2024-017", id: other?.id ?? null };
    expect(await screen.findByRole("heading", { level: 2, name: other?.name ?? "" })).toBeDefined();
    expect(screen.queryByRole("heading", { name: "Call notes.txt" })).toBeNull();
  });
});
