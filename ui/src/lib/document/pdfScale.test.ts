import { expect, it } from "vitest";

import { scaleFor } from "./pdfScale";

const drawn = (width: number, height: number, wanted: number): [number, number] => {
  const scale = scaleFor({ width, height }, wanted);
  return [Math.round(width * scale), Math.round(height * scale)];
};

it("draws a page at the requested width", () => {
  expect(drawn(612, 792, 2_400)).toEqual([2_400, 3_106]);
});

it.each([
  ["a plan", 14_400, 10_800],
  ["a roll", 60, 14_400],
  ["a strip", 14_400, 60],
  ["a page of no height", 600, 0.001],
])("keeps %s within the limits of a canvas", (_, width, height) => {
  for (const wanted of [1, 300, 20_000]) {
    const [across, down] = drawn(width, height, wanted);
    expect(across * down).toBeLessThanOrEqual(16_100_000);
    expect(Math.max(across, down)).toBeLessThanOrEqual(16_384);
    expect(across).toBeLessThanOrEqual(wanted);
  }
});
