import { expect, it } from "vitest";

import { mayHoldLarge } from "./pdfLarge";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const picture = (size: string): Uint8Array =>
  bytes(
    `4 0 obj\n<< /Type /XObject /Subtype /Image ${size} /BitsPerComponent 1 >>\nstream\nxx\nendstream\nendobj`,
  );

it.each([
  ["a large picture", "/Width 20000 /Height 14000", true],
  ["one whose height is said first", "/Height 14000 /Filter /FlateDecode\n/Width  20000", true],
  ["one whose width stands elsewhere", "/Width 9 0 R /Height 14000", true],
  ["a scanned page", "/Width 5100 /Height 6600", false],
  ["one of just so many pixels", "/Width 10000 /Height 8000", false],
  ["what has no height", "/Width 90000000", false],
])("knows %s", (_, size, large) => {
  expect(mayHoldLarge(picture(size))).toBe(large);
});

it("does not take the numbers of two pictures for those of one", () => {
  const wide = picture("/Width 20000 /Height 10");
  const tall = picture("/Width 10 /Height 20000");
  expect(mayHoldLarge(new Uint8Array([...wide, ...tall, ...wide]))).toBe(false);
});

it("finds one behind much else", () => {
  const much = new Uint8Array(300_000).fill("/".charCodeAt(0));
  const large = picture("/Width 20000 /Height 14000");
  expect([mayHoldLarge(much), mayHoldLarge(new Uint8Array([...much, ...large]))]).toEqual([false, true]);
});
