import { render, screen } from "@testing-library/svelte";
import { expect, it } from "vitest";

import { BackendError, type Snapshot } from "./lib/backend";
import { createFakeBackend, type FakeBackend } from "./lib/backend/fake";
import { App } from "./lib/state/app.svelte";
import { t } from "./lib/text";
import Start from "./Start.svelte";

const missing = new BackendError({ code: "tryLater", message: "The drive with the vault is not there." });

/** A vault whose folder is missing until another one is chosen. */
function elsewhere(answer: () => unknown): FakeBackend {
  const whole = createFakeBackend({ archive: 10 });
  let there = false;
  return createFakeBackend({
    archive: 10,
    answers: {
      snapshot: (): Promise<Snapshot> => (there ? whole.snapshot() : Promise.reject(missing)),
      chooseDataFolder: () => {
        there = true;
        return answer();
      },
    },
  });
}

it("opens the vault in another folder when its own is missing", async () => {
  render(Start, { backend: elsewhere(() => null) });
  expect(await screen.findByText(missing.message)).toBeDefined();
  screen.getByRole("button", { name: t.settings.chooseFolder }).click();
  expect(await screen.findByRole("listbox", { name: t.sidebar.label })).toBeDefined();
});

it("still shows the reason when the user cancels the choice of a folder", async () => {
  const stopped = new BackendError({ code: "stopped", message: "" });
  render(Start, {
    backend: elsewhere(() => {
      throw stopped;
    }),
  });
  (await screen.findByRole("button", { name: t.settings.chooseFolder })).click();
  expect(await screen.findByText(missing.message)).toBeDefined();
});

it("offers the vault of this computer when that of a firm does not open", async () => {
  const whole = createFakeBackend({ archive: 10 });
  let here = false;
  const backend = createFakeBackend({
    archive: 10,
    answers: {
      snapshot: () => (here ? whole.snapshot() : Promise.reject(missing)),
      switchWorkspace: () => {
        here = true;
        backend.tell({ kind: "workspace" });
        return null;
      },
    },
  });
  render(Start, { backend });
  (await screen.findByRole("button", { name: t.firm.signIn.here })).click();
  expect(await screen.findByRole("listbox", { name: t.sidebar.label })).toBeDefined();
  expect(backend.argumentsOf("switchWorkspace")).toEqual([null]);
});

it("offers each firm when the last open one is unknown", async () => {
  const whole = createFakeBackend({ archive: 10 });
  const { firms } = await whole.firms();
  const unknown = new BackendError({ code: "invalid", message: "“firms/active” names none." });
  let chosen = false;
  const backend = createFakeBackend({
    archive: 10,
    answers: {
      snapshot: () => (chosen ? whole.snapshot() : Promise.reject(unknown)),
      firms: () => ({ active: null, firms }),
      switchWorkspace: () => {
        chosen = true;
        backend.tell({ kind: "workspace" });
        return null;
      },
    },
  });
  render(Start, { backend });
  expect(await screen.findByText(unknown.message)).toBeDefined();
  (await screen.findByRole("button", { name: t.firm.signIn.open("Hale & Moore LLP") })).click();
  expect(await screen.findByRole("listbox", { name: t.sidebar.label })).toBeDefined();
  expect(backend.argumentsOf("switchWorkspace")).toEqual(["hale-moore"]);
});

it("labels a training vault as such, and no other", async () => {
  const { unmount } = render(Start, { backend: createFakeBackend({ archive: 10, training: true }) });
  expect(await screen.findByText(t.firm.trainingHint)).toBeDefined();
  unmount();
  render(Start, { backend: createFakeBackend({ archive: 10 }) });
  await screen.findByRole("listbox", { name: t.sidebar.label });
  expect(screen.queryByText(t.firm.trainingHint)).toBeNull();
});

it("keeps a notice until it is dismissed", async () => {
  const backend = createFakeBackend({ archive: 10 });
  const app = await App.start(backend);
  backend.tell({ kind: "notice", message: "The list of what is waiting was damaged, and was made again." });
  expect(app.messages.all).toMatchObject([
    { tone: "notice", text: expect.stringContaining("damaged") as string },
  ]);
});
