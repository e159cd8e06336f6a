import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, describe, expect, it } from "vitest";

import { createFakeBackend, type FakeBackend, manualClock } from "../../backend/fake";
import { App } from "../../state/app.svelte";
import { speech, t } from "../../text";
import Matter from "../Matter.svelte";

let backend: FakeBackend;
let app: App;

async function open(id: string): Promise<void> {
  backend = createFakeBackend({ clock: manualClock() });
  app = await App.start(backend);
  app.openMatter(id, { tab: "details" });
  render(Matter, { app });
}

beforeEach(async () => {
  speech.choice = "en";
  await open("m-2024-001");
});

const title = () => screen.getByLabelText<HTMLInputElement>(t.forms.fields.title);
const save = () => screen.getByRole("button", { name: t.forms.save });

describe("the details of a matter", () => {
  it("are saved as they are edited", async () => {
    expect(screen.queryByRole("button", { name: t.forms.save })).toBeNull();
    await fireEvent.input(title(), { target: { value: "Contract Review — hosting" } });
    expect(screen.getByRole("tab", { name: /Details •/ })).toBeDefined();
    await fireEvent.click(save());
    await expect.poll(() => app.matter?.title).toBe("Contract Review — hosting");
    await expect.poll(() => screen.queryByRole("button", { name: t.forms.save })).toBeNull();
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Contract Review — hosting");
  });

  it("are not sent while a field is invalid, and name it", async () => {
    await fireEvent.input(title(), { target: { value: " " } });
    expect(screen.getByText(t.forms.wrong.title)).toBeDefined();
    expect(title().getAttribute("aria-invalid")).toBe("true");
    await fireEvent.click(save());
    expect(backend.asked).not.toContain("editMatter");
  });

  it("keep an edit while another tab is viewed, and discard it on Revert", async () => {
    await fireEvent.input(title(), { target: { value: "Half a sen" } });
    app.tab = "history";
    await expect.poll(() => screen.queryByLabelText(t.forms.fields.title)).toBeNull();
    app.tab = "details";
    expect((await screen.findByLabelText<HTMLInputElement>(t.forms.fields.title)).value).toBe("Half a sen");
    await fireEvent.click(screen.getByRole("button", { name: t.forms.revert }));
    expect(title().value).toBe("Contract Review — software licence");
  });

  it("show both versions after a conflict, and save the chosen one", async () => {
    await fireEvent.input(title(), { target: { value: "Mine" } });
    const before = app.matter;
    if (!before) throw new Error("a matter is open");
    await backend.editMatter(before.id, before.updatedAt, { ...before, title: "Theirs" });
    await fireEvent.click(save());
    expect(await screen.findByText(t.forms.conflict.title)).toBeDefined();
    expect(screen.getByText("Theirs", { selector: ".value" })).toBeDefined();
    await fireEvent.click(screen.getByRole("button", { name: t.forms.conflict.keepTheirs }));
    expect(title().value).toBe("Theirs");
    await fireEvent.click(screen.getByRole("button", { name: t.forms.conflict.keepMine }));
    await fireEvent.click(save());
    await expect.poll(() => app.matter?.title).toBe("Mine");
    expect(screen.queryByText(t.forms.conflict.title)).toBeNull();
  });

  it("close and reopen the matter, and offer to undo it", async () => {
    await fireEvent.click(screen.getByRole("button", { name: t.forms.status.close }));
    await expect.poll(() => app.matter?.status).toBe("closed");
    expect(screen.getByText(t.matter.closed)).toBeDefined();
    app.messages.all[0]?.action?.run();
    await expect.poll(() => app.matter?.status).toBe("active");
  });
});

describe("the header of a matter", () => {
  it("links the mark of a waiting change to the list of changes", async () => {
    backend.outside.goOffline();
    await fireEvent.input(title(), { target: { value: "Written in the courthouse" } });
    await fireEvent.click(save());
    await fireEvent.click(await screen.findByRole("button", { name: t.firm.edits.waiting }));
    expect(app.overlay).toEqual({ kind: "waitingEdits" });
  });
});

describe("the firm’s own matter", () => {
  it("has neither number nor client, and can't be closed or removed", async () => {
    document.body.innerHTML = "";
    await open("general");
    expect(screen.getByText(t.forms.hints.general)).toBeDefined();
    expect(screen.queryByLabelText(t.forms.fields.number)).toBeNull();
    expect(screen.queryByRole("button", { name: t.forms.status.remove })).toBeNull();
  });
});
