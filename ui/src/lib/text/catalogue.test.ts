import { afterEach, describe, expect, it } from "vitest";

import { catalogues, speech, t } from ".";

afterEach(() => {
  speech.choice = "system";
});

type Leaf = string | ((...sample: unknown[]) => unknown);

/** Every text of a catalogue by the path of its key. */
function leaves(node: object, path = ""): [path: string, leaf: Leaf][] {
  return Object.entries(node).flatMap(([key, child]: [string, Leaf | object]) =>
    typeof child === "object"
      ? leaves(child, `${path}${key}.`)
      : [[`${path}${key}`, child] as [string, Leaf]],
  );
}

function written(leaf: Leaf): string {
  return typeof leaf === "string" ? leaf : String(leaf(3, 2, 1));
}

const english = leaves(catalogues.en);
const german = new Map(leaves(catalogues.de));

describe.each(Object.entries(catalogues))("the catalogue in %s", (_, catalogue) => {
  it.each(leaves(catalogue))("%s is neither empty nor padded, and set with typographic marks", (_, leaf) => {
    const text = written(leaf);
    expect(text.trim()).not.toBe("");
    expect(text).toBe(text.trim());
    expect(text).not.toMatch(/ {2}|\n|['"]|\.\.\./);
  });
});

it("has the same texts in both languages, each a text or each a sentence with gaps", () => {
  expect(english.length).toBeGreaterThan(100);
  expect([...german.keys()].sort()).toEqual(english.map(([path]) => path).sort());
  for (const [path, leaf] of english) expect([path, typeof german.get(path)]).toEqual([path, typeof leaf]);
});

it("uses the firm’s terms, not internal ones", () => {
  const ours = /\b(hash|sync|bucket|commit|blob|cache|backend|payload|upload)/i;
  expect(english.map(([, leaf]) => written(leaf)).filter((text) => ours.test(text))).toEqual([]);
});

describe("the texts of the current language", () => {
  it("follow the language that the user chose", () => {
    speech.choice = "en";
    expect(t.matter.states.closed).toBe("Closed");
    speech.choice = "de";
    expect(t.matter.states.closed).toBe("Geschlossen");
  });

  it("use the plural forms and the number format of the language", () => {
    speech.choice = "en";
    expect([0, 1, 2284].map(t.files.count)).toEqual(["0 documents", "1 document", "2,284 documents"]);
    speech.choice = "de";
    expect([0, 1, 2284].map(t.files.count)).toEqual(["0 Dokumente", "1 Dokument", "2.284 Dokumente"]);
  });
});
