import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { expect, it } from "vitest";

import type { SearchView } from "../backend";
import { createFakeBackend } from "../backend/fake";
import { App } from "../state/app.svelte";
import SearchPalette from "./SearchPalette.svelte";

const none: SearchView = { clients: [], matters: [], folders: [], files: [] };

async function opened(answers = {}) {
  const backend = createFakeBackend({ archive: 10, settings: { language: "en" }, answers });
  const app = await App.start(backend);
  app.overlay = { kind: "search" };
  render(SearchPalette, { app });
  return { app, backend, field: screen.getByRole<HTMLInputElement>("combobox") };
}

const current = () =>
  screen.getAllByRole("option").findIndex((one) => one.getAttribute("aria-selected") === "true");

it("offers the matters filed to last before any input", async () => {
  await opened();
  expect(screen.getByRole("group", { name: "Recently filed to" })).toBeDefined();
  expect(screen.getAllByRole("option").length).toBeGreaterThan(1);
});

it("is navigated by arrows, wraps at its ends, and opens by Enter", async () => {
  const { app, field } = await opened();
  await fireEvent.input(field, { target: { value: "lease" } });
  await screen.findByRole("group", { name: "Matters" });
  const last = screen.getAllByRole("option").length - 1;
  expect(current()).toBe(0);
  await fireEvent.keyDown(field, { key: "ArrowUp" });
  expect(current()).toBe(last);
  await fireEvent.keyDown(field, { key: "ArrowDown" });
  expect(current()).toBe(0);
  expect(field.getAttribute("aria-activedescendant")).toBe(screen.getAllByRole("option")[0]?.id);
  await fireEvent.keyDown(field, { key: "Enter" });
  expect(app.overlay).toBeNull();
  expect(app.matterId).toBe("m-2024-017");
});

it("shows the results of the last input, in any order of answers", async () => {
  const waiting = new Map<string, (found: SearchView) => void>();
  const { field } = await opened({
    search: (text: string) => new Promise<SearchView>((answer) => waiting.set(text, answer)),
  });
  await fireEvent.input(field, { target: { value: "a" } });
  await fireEvent.input(field, { target: { value: "ab" } });
  await waitFor(() => {
    expect(waiting.size).toBe(2);
  });
  waiting.get("ab")?.({ ...none, clients: ["abc"] });
  waiting.get("a")?.({ ...none, clients: ["okafor"] });
  await screen.findByRole("group", { name: "Clients" });
  await Promise.resolve();
  expect(screen.getAllByRole("option").map((one) => one.textContent)).toEqual([
    expect.stringContaining("ABC Corporation"),
  ]);
});

it("reports when nothing was found, and why a search failed", async () => {
  let refused = false;
  const { field } = await opened({
    search: () => (refused ? Promise.reject(new Error("The vault is busy.")) : none),
  });
  await fireEvent.input(field, { target: { value: "zzz" } });
  expect((await screen.findAllByText(/“zzz”/)).length).toBeGreaterThan(0);
  refused = true;
  await fireEvent.input(field, { target: { value: "zzzz" } });
  expect(await screen.findByText("The vault is busy.")).toBeDefined();
});
