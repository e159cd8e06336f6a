import { expect, it } from "vitest";

import { mayHoldLarge } from "./pdfLarge";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const picture = (size: string): Uint8Array =>
  bytes(
    `4 0 obj\n<< /Type /XObject /Subtype /Image ${size} /BitsPerComponent 1 >>\nstream\nxx\nendstream\nendobj`,
  );

it.each([
  ["a large picture", "/Width 20000 /Height 14000", true],
  ["one with the height first", "/Height 14000 /Filter /FlateDecode\n/Width  20000", true],
  ["one with its width in another object", "/Width 9 0 R /Height 14000", true],
  ["a scanned page", "/Width 5100 /Height 6600", false],
  ["one of exactly the maximum size", "/Width 10000 /Height 8000", false],
  ["one without a height", "/Width 90000000", false],
])("recognises %s", (_, size, large) => {
  expect(mayHoldLarge(picture(size))).toBe(large);
});

it("does not mix the sizes of two pictures", () => {
  const wide = picture("/Width 20000 /Height 10");
  const tall = picture("/Width 10 /Height 20000");
  expect(mayHoldLarge(new Uint8Array([...wide, ...tall, ...wide]))).toBe(false);
});

it("finds one after much other content", () => {
  const much = new Uint8Array(300_000).fill("/".charCodeAt(0));
  const large = picture("/Width 20000 /Height 14000");
  expect([mayHoldLarge(much), mayHoldLarge(new Uint8Array([...much, ...large]))]).toEqual([false, true]);
});
