import { describe, expect, it } from "vitest";

import { isWhole } from "./wholePicture";

const of = (...bytes: number[]): ArrayBuffer => Uint8Array.from(bytes).buffer;
const text = (word: string): number[] => Array.from(word, (letter) => letter.charCodeAt(0));
const piece = (name: string, ...bytes: number[]): number[] => [
  0,
  0,
  0,
  bytes.length,
  ...text(name),
  ...bytes,
  1,
  2,
  3,
  4,
];

const png = [
  0x89,
  ...text("PNG\r\n\x1a\n"),
  ...piece("IHDR", 1, 2, 3),
  ...piece("IDAT", 5, 6, 7),
  ...piece("IEND"),
];
// The first segment contains a small picture, with its own end marker.
const jpeg = [
  0xff, 0xd8, 0xff, 0xe1, 0, 6, 0xff, 0xd8, 0xff, 0xd9, 0xff, 0xda, 0, 3, 1, 9, 9, 0xff, 0, 9, 0xff, 0xd9,
];
const webp = [...text("RIFF"), 8, 0, 0, 0, ...text("WEBPVP8 ")];
const bmp = [...text("BM"), 10, 0, 0, 0, 1, 2, 3, 4];
const gif = [...text("GIF89a"), 1, 0, 1, 0, 0, 0, 0, 0x2c, 9, 9, 0x3b];

describe.each([
  ["image/png", png],
  ["image/jpeg", jpeg],
  ["image/webp", webp],
  ["image/bmp", bmp],
  ["image/gif", gif],
])("%s", (type, bytes) => {
  it("is complete, also with trailing bytes", () => {
    expect(isWhole(of(...bytes), type)).toBe(true);
    expect(isWhole(of(...bytes, 0, 0, 7, 7), type)).toBe(true);
  });

  it("is incomplete wherever it is cut", () => {
    const last = type === "image/png" ? bytes.length - 8 : bytes.length - 1;
    for (let length = 4; length < last; length++)
      expect(isWhole(of(...bytes.slice(0, length)), type)).toBe(false);
  });
});

it("is not checked for other kinds", () => {
  expect(isWhole(of(1, 2, 3), "image/avif")).toBe(true);
});
