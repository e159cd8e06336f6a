import { describe, expect, it } from "vitest";

import { Selection } from "./selection.svelte";

describe("a selection", () => {
  it("is one row, and then another", () => {
    const selection = new Selection();
    selection.only("a", 0);
    selection.only("b", 1);
    expect([selection.has("a"), selection.has("b"), selection.count(10)]).toEqual([false, true, 1]);
    expect(selection.anchor).toBe(1);
  });

  it("grows and shrinks row by row", () => {
    const selection = new Selection();
    for (const [at, id] of ["a", "b", "c"].entries()) selection.toggle(id, at);
    selection.toggle("b", 1);
    expect(selection.named()).toEqual(["a", "c"]);
    expect(selection.count(10)).toBe(2);
  });

  it("is replaced by a range, and keeps its anchor", () => {
    const selection = new Selection();
    selection.only("c", 2);
    selection.replace(["c", "d", "e"]);
    selection.replace(["b", "c"]);
    expect(selection.named()).toEqual(["b", "c"]);
    expect(selection.anchor).toBe(2);
  });

  it("is everything without a list, minus deselected rows", () => {
    const selection = new Selection();
    selection.selectAll();
    expect([selection.has("never read"), selection.count(100_000)]).toEqual([true, 100_000]);
    selection.toggle("x", 5);
    expect([selection.has("x"), selection.has("y"), selection.count(100_000)]).toEqual([false, true, 99_999]);
    expect(selection.named()).toBeNull();
    selection.toggle("x", 5);
    expect(selection.count(100_000)).toBe(100_000);
  });

  it("is cleared", () => {
    const selection = new Selection();
    selection.selectAll();
    selection.clear();
    expect(selection.isEmpty(100)).toBe(true);
    expect(selection.has("a")).toBe(false);
    selection.selectAll();
    expect(selection.isEmpty(0)).toBe(true);
  });
});
