import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, expect, it } from "vitest";

import { createFakeBackend, type FakeBackend, type FakeOptions } from "../backend/fake";
import { App } from "../state/app.svelte";
import { speech, t } from "../text";
import Firms from "./Firms.svelte";

let backend: FakeBackend;
let app: App;

async function open(options: FakeOptions = {}): Promise<void> {
  backend = createFakeBackend({ archive: 10, ...options });
  app = await App.start(backend);
  render(Firms, { app });
}

const removal = () =>
  screen.queryByRole("button", { name: t.firm.list.removeNamed("Lakeside Legal Aid Clinic") });

beforeEach(() => {
  speech.choice = "en";
});

it("reports if there is none", async () => {
  await open({ firstStart: true });
  expect(screen.getByText(t.firm.list.none)).toBeDefined();
});

it("signs out of the open firm only, and removes only signed-out firms", async () => {
  await open();
  expect(screen.getAllByRole("listitem")).toHaveLength(3);
  expect(screen.getAllByText(t.firm.list.open)).toHaveLength(1);
  expect(screen.getAllByText(t.firm.list.remove)).toHaveLength(1);
  await fireEvent.click(screen.getByRole("button", { name: t.firm.workspaces.signOut }));
  expect(app.overlay).toEqual({ kind: "signOut" });
});

it("opens another one", async () => {
  await open();
  await fireEvent.click(screen.getByRole("button", { name: t.firm.list.openIt }));
  expect(backend.argumentsOf("switchWorkspace")).toEqual(["hale-moore-training"]);
});

it("removes a connection after a second confirmation", async () => {
  await open();
  const button = removal();
  if (!button) throw new Error("a connection can be removed");
  await fireEvent.click(button);
  const keep = screen.getByRole("button", { name: t.firm.list.keep });
  await expect.poll(() => document.activeElement).toBe(keep);
  await fireEvent.click(keep);
  await expect.poll(() => document.activeElement).toBe(removal());
  expect(backend.asked).not.toContain("forgetFirm");
  await fireEvent.click(removal() ?? keep);
  await fireEvent.click(screen.getByRole("button", { name: t.firm.list.reallyRemove }));
  await expect.poll(() => app.firms.view.firms.length).toBe(2);
  expect(backend.argumentsOf("forgetFirm")).toEqual(["lakeside"]);
});
