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
  ["blank\u2800\u3164.pdf", "blank⟨U+2800⟩⟨U+3164⟩.pdf"],
  [
    "☎\uFE0F ©\uFE0F 1\uFE0F\u20E3 葛\u{E0100} \u1820\u180B.pdf",
    "☎\uFE0F ©\uFE0F 1\uFE0F\u20E3 葛\u{E0100} \u1820\u180B.pdf",
  ],
  ["a\uFE0F.pdf", "a⟨U+FE0F⟩.pdf"],
  ["\uFE0Fa.\u{E0100}pdf", "⟨U+FE0F⟩a.⟨U+E0100⟩pdf"],
  ["ä\uFE00 1\uFE0F a\u180F", "ä⟨U+FE00⟩ 1⟨U+FE0F⟩ a⟨U+180F⟩"],
  ["☎\uFE0F\uFE0F \u3000\uFE0F \u200B\uFE0F", "☎\uFE0F⟨U+FE0F⟩ \u3000⟨U+FE0F⟩ ⟨U+200B⟩⟨U+FE0F⟩"],
])("makes hidden characters in %j visible", (name, written) => {
  expect(visible(name)).toBe(written);
});
