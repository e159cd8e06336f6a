import { render, screen, waitFor, within } from "@testing-library/svelte";
import { createRawSnippet } from "svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { createFakeBackend } from "../backend/fake";
import { App } from "../state/app.svelte";
import { speech, t } from "../text";
import Toasts from "../toast/Toasts.svelte";
import Dialog from "./Dialog.svelte";

const children = createRawSnippet(() => ({ render: () => "<p>Is it so?</p>" }));
const onclose = () => undefined;

let app: App;

beforeEach(async () => {
  speech.choice = "en";
  app = await App.start(createFakeBackend({ archive: 10 }));
  render(Toasts, { app });
});
afterEach(() => {
  vi.useRealTimers();
});

const open = (title: string) => render(Dialog, { app, title, onclose, children });
const dialog = (name: string) => within(screen.getByRole("dialog", { name }));
const inWindow = () => within(screen.getByRole("region", { name: t.shell.messages }));

it("announces messages inside the open dialog to a screen reader", async () => {
  app.showError("Before.");
  open("Question");
  app.showError("The disk is full.");
  const said = await dialog("Question").findByText("The disk is full.");
  expect(said.closest("[aria-live='polite']")).not.toBeNull();
  expect(inWindow().queryByText("The disk is full.")).toBeNull();
  expect(dialog("Question").queryByText("Before.")).toBeNull();
  inWindow().getByText("Before.");
});

it("loses no message when it closes", async () => {
  const { unmount } = open("Question");
  app.toast("It was saved.");
  app.showError("The disk is full.");
  app.toast("It was saved again.");
  await dialog("Question").findByText("It was saved again.");
  // The result of the previous action is outdated; an error stays until it is dismissed.
  dialog("Question").getByText("The disk is full.");
  expect(dialog("Question").queryByText("It was saved.")).toBeNull();
  unmount();
  await inWindow().findByText("It was saved again.");
  inWindow().getByText("The disk is full.");
});

it("keeps the message of an action that can be undone", async () => {
  open("Question");
  app.toast("It was removed.", { label: "Undo", run: () => undefined });
  app.toast("It was saved.");
  await dialog("Question").findByText("It was saved.");
  dialog("Question").getByRole("button", { name: "Undo" });
});

it("leaves later messages to a dialog above it", async () => {
  open("Below");
  app.showError("Below.");
  const above = open("Above");
  app.showError("Above.");
  await dialog("Above").findByText("Above.");
  await dialog("Below").findByText("Below.");
  expect(dialog("Below").queryByText("Above.")).toBeNull();
  above.unmount();
  await dialog("Below").findByText("Above.");
});

it("moves no content, and does not repeat in the window a message read in the dialog", async () => {
  vi.useFakeTimers();
  const { unmount } = open("Question");
  app.toast("It was saved.");
  await vi.advanceTimersByTimeAsync(60_000);
  dialog("Question").getByText("It was saved.");
  unmount();
  vi.useRealTimers();
  await waitFor(() => {
    expect(app.messages.all).toEqual([]);
  });
});
