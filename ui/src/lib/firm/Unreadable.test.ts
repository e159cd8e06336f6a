import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, it } from "vitest";

import { BackendError, type UnreadableEntry } from "../backend";
import { createFakeBackend, type FakeAnswers, type FakeBackend, manualClock } from "../backend/fake";
import { App } from "../state/app.svelte";
import { speech } from "../text";
import Unreadable from "./Unreadable.svelte";
import { asText, whatItIs, whyNot } from "./unreadable";

let backend: FakeBackend;
let app: App;

async function start(answers: FakeAnswers = {}): Promise<void> {
  backend = createFakeBackend({ archive: 10, clock: manualClock(), answers });
  app = await App.start(backend);
}

beforeEach(async () => {
  speech.choice = "en";
  await start();
});

const entry = (what: UnreadableEntry["what"]): UnreadableEntry => ({ path: "p", what, reason: "No." });

describe("an unreadable entry", () => {
  it("is named by its kind, and by its owner if known", () => {
    const called = (what: UnreadableEntry["what"]) => whatItIs(entry(what), app);
    expect(called({ kind: "drop", matter: "m-2024-001" })).toBe("A drop of matter 2024-001");
    expect(called({ kind: "event", matter: "general" })).toBe(
      "An event in the history of the firm’s own matter",
    );
    expect(called({ kind: "document", matter: "gone" })).toBe("A document of a matter that is not shown");
    expect(called({ kind: "client", id: "abc" })).toBe("The client ABC Corporation");
    expect(called({ kind: "client", id: "gone" })).toBe("A client");
    expect(called({ kind: "matter", id: "m-2024-001" })).toBe("Matter 2024-001");
    expect(called({ kind: "matter", id: "general" })).toBe("The firm’s own matter");
    expect(called({ kind: "matter", id: "gone" })).toBe("A matter");
    expect(called({ kind: "person" })).toBe("The name of a member of the firm");
    expect(called({ kind: "other" })).toBe("An entry Strongroom does not recognise");
    speech.choice = "de";
    expect(called({ kind: "drop", matter: "m-2024-001" })).toBe("Eine Ablage der Akte 2024-001");
  });

  it("shows the reason in the language of the window, without hidden characters", () => {
    const reason =
      "The document teams/t/clients/\u{202e}a\nb has no usable “na\u{202e}me”. It was not written by Strongroom; ask your administrator.";
    expect(whyNot({ ...entry({ kind: "other" }), reason })).toBe("“na⟨U+202E⟩me” is missing or invalid.");
    expect(whyNot({ ...entry({ kind: "other" }), reason: "Too\u{200b} long." })).toBe("Too⟨U+200B⟩ long.");
  });

  it("recognises the message of the program", () => {
    const root = resolve(import.meta.dirname, "../../../..");
    const source = readFileSync(resolve(root, "crates/vault-firebase/src/firestore/value.rs"), "utf8");
    expect(source).toContain(
      "The document {path} has no usable “{field}”. It was not written by Strongroom; ask your administrator.",
    );
  });
});

describe("the unreadable entries", () => {
  it("are listed with location, reason, and who can help", async () => {
    backend.outside.setAside(9);
    render(Unreadable, { app });
    await screen.findByRole("heading", { name: "9 entries in the firm’s vault cannot be read" });
    screen.getByText(/None of your data is lost.*Tell your firm’s vault administrator/);
    const [drop, , , client, , hidden] = screen.getAllByRole("listitem");
    if (!drop || !client || !hidden) throw new Error("there are nine");
    within(drop).getByText("A drop of matter 2024-001");
    within(drop).getByText(/“batchId” is missing/);
    expect(drop.textContent).not.toContain("The previous version");
    expect(client.textContent).toContain("The previous version is shown.");
    within(hidden).getByText("matters/general/drops/⟨U+202E⟩fdp");
    expect(screen.queryByText(/and .* more/)).toBeNull();
  });

  it("are copied one by one, and all together", async () => {
    backend.outside.setAside(2);
    render(Unreadable, { app });
    await fireEvent.click(
      await screen.findByRole("button", { name: "Copy location: A drop of matter 2024-001" }),
    );
    await screen.findByText("The location was copied.");
    await fireEvent.click(screen.getByRole("button", { name: "Copy the list" }));
    await screen.findByText("The list was copied.");
    expect(backend.clipboard[0]).toBe("matters/m-2024-001/drops/0198c2f4-7b1e-7d52-9a30-5f1c2ab8d1e7");
    expect(backend.clipboard[1]?.split("\n")).toEqual([
      "2 entries in the firm’s vault cannot be read",
      `  ${String(backend.clipboard[0])}: A drop of matter 2024-001. “batchId” is missing or invalid.`,
      expect.stringMatching(/uploadEvents.*: An event in the history of matter 2024-001\. “size”/),
      "",
    ]);
  });

  it("are shown in hundreds, and counted beyond a thousand", async () => {
    backend.outside.setAside(1200);
    render(Unreadable, { app });
    await screen.findByRole("heading", { name: "1,200 entries in the firm’s vault cannot be read" });
    // Found by elements: finding a thousand by role takes half a minute.
    const rows = () => document.querySelectorAll("li").length;
    expect(rows()).toBe(100);
    for (let pressed = 0; pressed < 9; pressed++) await fireEvent.click(screen.getByText("Show 100 more"));
    expect(rows()).toBe(1000);
    screen.getByText("and 200 more");
    expect(asText(await backend.unreadable(), app)).toContain("  and 200 more\n");
  });

  it("are reloaded on change, and report when none is left", async () => {
    backend.outside.setAside(3);
    render(Unreadable, { app });
    await screen.findByRole("heading", { name: /^3 entries/ });
    backend.outside.setAside(1);
    await screen.findByRole("heading", { name: "1 entry in the firm’s vault cannot be read" });
    backend.outside.setAside(0);
    await screen.findByText("Everything in the firm’s vault can be read.");
    expect(screen.queryByRole("button", { name: "Copy the list" })).toBeNull();
  });

  it("come with instructions for the administrator", async () => {
    app.workspace = { ...app.workspace, admin: true };
    backend.outside.setAside(3);
    render(Unreadable, { app });
    await screen.findByText(/Firebase project/);
    expect(screen.queryByText(/Tell your firm’s vault administrator/)).toBeNull();
  });

  it("show the reason if they cannot be listed", async () => {
    await start({ unreadable: new BackendError({ code: "tryLater", message: "The vault is busy." }) });
    render(Unreadable, { app });
    await screen.findByText("The vault is busy.");
    screen.getByRole("button", { name: "Try again" });
  });
});

describe("their number", () => {
  it("is known when the page loads, and is zero for the vault of this computer", async () => {
    backend.outside.setAside(4);
    expect((await App.start(backend)).unreadable.count).toBe(4);
    const here = createFakeBackend({ local: true, clock: manualClock() });
    expect((await App.start(here)).unreadable.count).toBe(0);
    expect(await here.unreadable()).toEqual({ count: 0, first: [] });
  });
});
