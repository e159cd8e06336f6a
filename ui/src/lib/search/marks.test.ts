import { expect, it } from "vitest";

import { marked } from "./marks";

const shown = (text: string, search: string): string =>
  marked(text, search)
    .map((piece) => (piece.hit ? `[${piece.text}]` : piece.text))
    .join("");

it.each([
  ["Master Services Agreement", "mast agr", "[Mast]er Services [Agr]eement"],
  ["Remaster", "mast", "Remaster"],
  ["2024-001 Contract", "2024 001", "[2024]-[001] Contract"],
  ["Müller & Söhne", "muller SOHNE", "[Müller] & [Söhne]"],
  ["Mu\u0308ller", "mü", "[Mu\u0308]ller"],
  ["عقد خدمات", "خد", "عقد [خد]مات"],
  ["anything", "", "anything"],
  ["anything", " - ", "anything"],
  ["😀 smile", "smi", "😀 [smi]le"],
])("marks in %j what %j begins", (text, search, expected) => {
  expect(shown(text, search)).toBe(expected);
});

it("loses no letter, whatever is searched", () => {
  for (const text of ["İstanbul ﬁle ß", "a\u0301\u0302b", "🏳️‍🌈 flag"]) {
    for (const search of ["i", "f", "s", "a", "fl"]) {
      expect(
        marked(text, search)
          .map((piece) => piece.text)
          .join(""),
      ).toBe(text);
    }
  }
});
