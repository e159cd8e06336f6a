import { beforeEach, describe, expect, it } from "vitest";

import { createFakeBackend, type FakeBackend, manualClock } from "../backend/fake";
import { keyNames } from "../controls/keys";
import { App } from "../state/app.svelte";
import { speech } from "../text";
import { pressed } from "./shortcuts";

let backend: FakeBackend;
let app: App;

beforeEach(async () => {
  speech.choice = "en";
  document.body.innerHTML = "";
  backend = createFakeBackend({
    clock: manualClock(),
    system: "linux",
    answers: { chooseFolder: () => null },
  });
  app = await App.start(backend);
});

function press(key: string, held: KeyboardEventInit = {}, target: Element = document.body): KeyboardEvent {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...held });
  target.addEventListener(
    "keydown",
    (heard) => {
      pressed(heard as KeyboardEvent, app);
    },
    { once: true },
  );
  target.dispatchEvent(event);
  return event;
}

describe("keys of the whole window", () => {
  it.each([
    ["k", "search"],
    [",", "settings"],
    ["n", "newMatter"],
  ])("Ctrl %s opens %s", (key, kind) => {
    expect(press(key, { ctrlKey: true }).defaultPrevented).toBe(true);
    expect(app.overlay?.kind).toBe(kind);
  });

  it("Ctrl K again closes the search, and leaves a form alone", () => {
    press("k", { ctrlKey: true });
    press("k", { ctrlKey: true });
    expect(app.overlay).toBeNull();
    app.overlay = { kind: "newClient" };
    press("k", { ctrlKey: true });
    expect(app.overlay).toEqual({ kind: "newClient" });
  });

  it("Ctrl O asks for a folder", () => {
    press("o", { ctrlKey: true });
    expect(backend.asked).toContain("chooseFolder");
  });

  it("are those of the Command key on a Mac", async () => {
    app = await App.start(createFakeBackend({ clock: manualClock(), system: "mac" }));
    press("k", { ctrlKey: true });
    expect(app.overlay).toBeNull();
    press("k", { metaKey: true });
    expect(app.overlay?.kind).toBe("search");
  });

  it("? shows the keys, but is a letter in a field", () => {
    document.body.innerHTML = "<input>";
    press("?", {}, document.querySelector("input") ?? document.body);
    expect(app.overlay).toBeNull();
    press("?");
    expect(app.overlay?.kind).toBe("keys");
  });

  it("Esc closes the drawer, then the document, and then does nothing", () => {
    app.drawer = true;
    app.openDocument({ content: "c", matter: null, id: null });
    press("Escape");
    expect([app.drawer, app.document === null]).toEqual([false, false]);
    press("Escape");
    expect(app.document).toBeNull();
    expect(press("Escape").defaultPrevented).toBe(false);
  });

  it("F6 cycles through the regions, and back with Shift", () => {
    document.body.innerHTML = `<aside data-region tabindex="-1"><p data-region-start tabindex="0" id="list"></p></aside>
      <main data-region tabindex="-1" id="main"></main>`;
    const at = () => document.activeElement?.id;
    const visited = [
      press("F6"),
      at(),
      press("F6"),
      at(),
      press("F6"),
      at(),
      press("F6", { shiftKey: true }),
      at(),
    ];
    expect(visited.filter((one) => typeof one === "string")).toEqual(["list", "main", "list", "main"]);
  });
});

describe("the names of keys", () => {
  it("are those on the keyboard", () => {
    expect(keyNames("Mod+K", "windows")).toBe("Ctrl K");
    expect(keyNames("Mod+Shift+K", "mac")).toBe("⌘⇧K");
    speech.choice = "de";
    expect(keyNames("Mod+K", "linux")).toBe("Strg K");
    expect(keyNames("Home End", "linux")).toBe("Pos1 Ende");
  });
});
