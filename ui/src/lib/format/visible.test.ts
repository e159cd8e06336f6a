import { expect, it } from "vitest";

import { visible } from "./visible";

it.each([
  ["Master Services Agreement (signed).pdf", "Master Services Agreement (signed).pdf"],
  ["عقد خدمات رئيسي.pdf", "عقد خدمات رئيسي.pdf"],
  ["नीति‍.pdf", "नीति‍.pdf"],
  ["Rechnung\u202Efdp.exe", "Rechnung⟨U+202E⟩fdp.exe"],
  ["two\nlines\t\u0000.txt", "two⟨U+000A⟩lines⟨U+0009⟩⟨U+0000⟩.txt"],
  ["same\u200Bname\uFEFF.txt", "same⟨U+200B⟩name⟨U+FEFF⟩.txt"],
  ["\u2067turned\u2069", "⟨U+2067⟩turned⟨U+2069⟩"],
])("writes out what hides in %j", (name, written) => {
  expect(visible(name)).toBe(written);
});
