import { describe, expect, it } from "vitest";

import { inSight, pageOf, reveal, scrolledHeight, type Shape, tallest } from "./window";

const small: Shape = { rowHeight: 34, total: 100_000, viewport: 500 };
const huge: Shape = { rowHeight: 34, total: 1_000_000, viewport: 500 };

/** The position of a row in the viewport, in CSS pixels from its top. */
function seenAt(row: number, scrollTop: number, shape: Shape): number {
  const { first, top } = inSight(scrollTop, shape, 3);
  return top + (row - first) * shape.rowHeight - scrollTop;
}

describe("rows in sight", () => {
  it("are those at the top, and a margin below", () => {
    expect(inSight(0, small, 3)).toEqual({ first: 0, end: 18, top: 0 });
  });

  it("follow the scroll bar", () => {
    const { first, end, top } = inSight(3400, small, 3);
    expect([first, end]).toEqual([97, 118]);
    expect(top).toBe(97 * 34);
  });

  it("end with the list", () => {
    const { first, end } = inSight(scrolledHeight(small) - small.viewport, small, 3);
    expect(end).toBe(100_000);
    expect(first).toBeLessThan(99_990);
  });

  it("are all rows of a short list, at any scroll position", () => {
    const short: Shape = { rowHeight: 34, total: 4, viewport: 500 };
    for (const scrollTop of [0, -80, 900])
      expect(inSight(scrollTop, short, 3)).toEqual({ first: 0, end: 4, top: 0 });
  });

  it("are none in an empty list, and only a margin before the size is known", () => {
    expect(inSight(0, { rowHeight: 34, total: 0, viewport: 500 }, 3)).toEqual({ first: 0, end: 0, top: 0 });
    expect(inSight(0, { rowHeight: 34, total: 10, viewport: 0 }, 3).end).toBe(3);
  });

  it("stay when the view bounces at the ends", () => {
    expect(inSight(-120, small, 3)).toEqual(inSight(0, small, 3));
  });
});

describe("a list taller than a web view allows", () => {
  it("is scrolled within the available height", () => {
    expect(scrolledHeight(huge)).toBe(tallest);
    expect(scrolledHeight(small)).toBe(3_400_000);
  });

  it("begins with its first row and ends with its last", () => {
    expect(seenAt(0, 0, huge)).toBe(0);
    const bottom = tallest - huge.viewport;
    expect(inSight(bottom, huge, 3).end).toBe(1_000_000);
    expect(seenAt(999_999, bottom, huge)).toBeCloseTo(huge.viewport - huge.rowHeight, 3);
  });

  it("shows every scroll position without a gap", () => {
    for (let scrollTop = 0; scrollTop < tallest - huge.viewport; scrollTop += 123_457) {
      const { first, end, top } = inSight(scrollTop, huge, 0);
      expect(top - scrollTop).toBeLessThanOrEqual(0);
      expect(top - scrollTop + (end - first) * huge.rowHeight).toBeGreaterThanOrEqual(huge.viewport - 0.001);
    }
  });
});

describe.each([
  ["a list of 100,000", small],
  ["a list of 1,000,000", huge],
])("%s", (_, shape) => {
  const rows = [0, 1, 17, 500, 12_345, shape.total - 2, shape.total - 1];

  it.each(rows)("brings row %d into sight, from above and from below", (row) => {
    for (const from of [0, scrolledHeight(shape) / 2, scrolledHeight(shape) - shape.viewport]) {
      const scrollTop = reveal(row, from, shape);
      const at = seenAt(row, scrollTop, shape);
      expect(at).toBeGreaterThanOrEqual(-0.001);
      expect(at).toBeLessThanOrEqual(shape.viewport - shape.rowHeight + 0.001);
    }
  });

  it("does not move for a visible row", () => {
    const scrollTop = reveal(700, 0, shape);
    expect(reveal(700, scrollTop, shape)).toBe(scrollTop);
    expect(reveal(695, scrollTop, shape)).toBe(scrollTop);
  });
});

it("moves by the visible rows minus one", () => {
  expect(pageOf(small)).toBe(13);
  expect(pageOf({ ...small, viewport: 10 })).toBe(1);
});
