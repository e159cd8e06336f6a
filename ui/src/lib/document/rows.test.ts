import { expect, it } from "vitest";

import { firstBelow } from "./rows";

it("finds the first row that ends below a position", () => {
  const ends = [100, 200, 200, 450];
  const found = (place: number): number => firstBelow(ends.length, place, (at) => ends[at] ?? 0);
  expect([-400, 0, 99, 100, 199, 200, 449, 450, 9_000].map(found)).toEqual([0, 0, 0, 1, 1, 3, 3, 4, 4]);
  expect(firstBelow(0, 5, () => 0)).toBe(0);
});
