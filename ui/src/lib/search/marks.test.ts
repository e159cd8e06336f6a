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
  ["Müller", "Mueller", "[Müller]"],
  ["Müller", "muel", "[Mül]ler"],
  ["Mueller", "Müller", "[Mueller]"],
  ["Grüße", "gruesse", "[Grüße]"],
  ["O'Neill", "oneill", "[O'Neill]"],
  ["ONeill", "O’Neill", "[ONeill]"],
  ["NW0004321.tif", "4321", "NW[0004321].tif"],
  ["NW0004321.tif", "nw4321", "[NW0004321].tif"],
  ["MSA2024final.pdf", "2024", "MSA[2024]final.pdf"],
  ["MSA 2024.pdf", "MSA2024", "[MSA] [2024].pdf"],
  ["SmithVsJones.pdf", "jones", "SmithVs[Jones].pdf"],
  ["HTMLParser", "parser", "HTML[Parser]"],
  ["Exhibit 12-345", "12345", "Exhibit [12-345]"],
  ["关于服务的合同书", "合同", "关于服务的[合同]书"],
  ["النور", "نور", "ال[نور]"],
  ["ＭＳＡ", "msa", "[ＭＳＡ]"],
  ["Cyclones", "ones", "Cyclones"],
])("marks in %j the matches of %j", (text, search, expected) => {
  expect(shown(text, search)).toBe(expected);
});

it("loses no letter for any search", () => {
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
