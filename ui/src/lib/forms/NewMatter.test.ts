import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, describe, expect, it } from "vitest";

import { createFakeBackend, type FakeBackend, manualClock } from "../backend/fake";
import Overlays from "../shell/Overlays.svelte";
import { App } from "../state/app.svelte";
import { speech, t } from "../text";

let backend: FakeBackend;
let app: App;

beforeEach(async () => {
  speech.choice = "en";
  backend = createFakeBackend({ clock: manualClock() });
  app = await App.start(backend);
  app.overlay = { kind: "newMatter", client: "abc" };
  render(Overlays, { app });
});

const create = () => screen.getByRole("button", { name: t.forms.createMatter });

describe("a new matter", () => {
  it("shows which field is missing, and moves the focus there", async () => {
    await fireEvent.click(create());
    expect(await screen.findByText(t.forms.wrong.title)).toBeDefined();
    expect(document.activeElement).toBe(screen.getByLabelText(t.forms.fields.title));
    expect(backend.asked).not.toContain("createMatter");
  });

  it("is created for its client and opened", async () => {
    await fireEvent.input(screen.getByLabelText(t.forms.fields.title), {
      target: { value: "Patent search" },
    });
    await fireEvent.click(create());
    await expect.poll(() => app.matter?.title).toBe("Patent search");
    expect(app.matter?.clientName).toBe("ABC Corporation");
    expect(app.overlay).toBeNull();
  });

  it("may get a new client on the way", async () => {
    await fireEvent.input(screen.getByLabelText(t.forms.fields.title), {
      target: { value: "Patent search" },
    });
    await fireEvent.click(screen.getByRole("button", { name: t.forms.hints.newClient }));
    await fireEvent.input(await screen.findByLabelText(t.forms.fields.name), {
      target: { value: "Zeta Ltd" },
    });
    await fireEvent.click(screen.getByRole("button", { name: t.forms.createClient }));
    await expect.poll(() => app.clients.some(({ name }) => name === "Zeta Ltd")).toBe(true);
    await fireEvent.click(create());
    await expect.poll(() => app.matter?.clientName).toBe("Zeta Ltd");
  });

  it("stays open with the reason when it is refused", async () => {
    await fireEvent.input(screen.getByLabelText(t.forms.fields.number), { target: { value: "2024-001" } });
    await fireEvent.input(screen.getByLabelText(t.forms.fields.title), { target: { value: "Twice" } });
    await fireEvent.click(create());
    expect(await screen.findByText(/already has this number/)).toBeDefined();
    expect(app.overlay).not.toBeNull();
  });
});

describe("a drop without a matter", () => {
  it("is filed to the matter that the user finds", async () => {
    app.overlay = { kind: "chooseMatter", offer: backend.drop(["Second box"], 0, 0) };
    const field = await screen.findByRole("combobox", { name: t.shell.chooseMatter.find });
    await fireEvent.input(field, { target: { value: "okafor prob" } });
    await fireEvent.keyDown(field, { key: "Enter" });
    await expect.poll(() => backend.argumentsOf("submit")?.[1]).toBe("m-2023-112");
    expect(app.matterId).toBe("m-2023-112");
  });

  it("is not offered closed or removed matters, and is discarded when the user leaves", async () => {
    const offer = backend.drop(["Second box"], 0, 0);
    app.overlay = { kind: "chooseMatter", offer };
    const field = await screen.findByRole("combobox", { name: t.shell.chooseMatter.find });
    await fireEvent.input(field, { target: { value: "Lakeside" } });
    expect(await screen.findByText(t.shell.chooseMatter.none)).toBeDefined();
    await fireEvent.click(screen.getByRole("button", { name: t.controls.cancel }));
    expect(backend.argumentsOf("discard")).toEqual([offer.id]);
  });
});
