import { render, screen } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";

import { type Backend, BackendError } from "./lib/backend";
import { createFakeBackend } from "./lib/backend/fake";
import { t } from "./lib/text";
import Start from "./Start.svelte";

describe("the window", () => {
  it("shows the vault, its matters, and the first of them", async () => {
    const backend = createFakeBackend();
    render(Start, { backend });
    expect(await screen.findByRole("listbox", { name: t.sidebar.label })).toBeDefined();
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Discovery archive");
  });

  it("subscribes before it queries, so that no change is lost in between", async () => {
    const whole = createFakeBackend();
    const order: string[] = [];
    const backend = createFakeBackend({
      answers: {
        snapshot: () => {
          order.push("asked");
          return whole.snapshot();
        },
      },
    });
    const listening: Backend = {
      ...backend,
      watch: (listener) => {
        order.push("listening");
        return backend.watch(listener);
      },
    };
    render(Start, { backend: listening });
    await screen.findByRole("listbox", { name: t.sidebar.label });
    expect(order).toEqual(["listening", "asked"]);
  });

  it("shows why the vault could not be opened, and retries", async () => {
    let refused = true;
    const whole = createFakeBackend();
    const backend = createFakeBackend({
      answers: {
        snapshot: () => {
          if (refused) throw new BackendError({ code: "damaged", message: "vault.db is damaged." });
          return whole.snapshot();
        },
      },
    });
    render(Start, { backend });
    expect(await screen.findByText("vault.db is damaged.")).toBeDefined();
    refused = false;
    screen.getByRole("button", { name: t.shell.again }).click();
    expect(await screen.findByRole("listbox", { name: t.sidebar.label })).toBeDefined();
  });
});
