import { expect, it } from "vitest";

import { imageType } from "./imageType";

const bytes = (...values: number[]): ArrayBuffer => new Uint8Array(values).buffer;
const written = (text: string): ArrayBuffer => new TextEncoder().encode(text).buffer;

it.each([
  ["image/png", bytes(0x89, 0x50, 0x4e, 0x47, 13, 10)],
  ["image/jpeg", bytes(0xff, 0xd8, 0xff, 0xe0)],
  ["image/gif", written("GIF89a")],
  ["image/bmp", written("BM....")],
  ["image/webp", written("RIFF....WEBPVP8 ")],
  ["image/avif", written("....ftypavif")],
  [null, written("RIFF....WAVE")],
  [null, written('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  [null, written("<html><script>")],
  [null, bytes()],
])("is recognised as %s", (type, content) => {
  expect(imageType(content)).toBe(type);
});
