import { describe, expect, it } from "vitest";

import { en } from "./en";

/** Every text of a catalogue with the path of its key; a text with a gap is asked with a sample. */
function texts(node: unknown, path = "en"): [path: string, text: string][] {
  if (typeof node === "string") return [[path, node]];
  if (typeof node === "function") return [[path, String((node as (sample: string) => unknown)("SAMPLE"))]];
  return Object.entries(node as object).flatMap(([key, child]) => texts(child, `${path}.${key}`));
}

const all = texts(en);
const prose = all.filter(([path]) => !path.endsWith(".command"));
const commands = all.filter(([path]) => path.endsWith(".command"));

describe("the catalogue", () => {
  it("has texts and commands", () => {
    expect(prose.length).toBeGreaterThan(10);
    expect(commands.length).toBeGreaterThan(0);
  });

  it.each(all)("%s is neither empty nor padded", (_, text) => {
    expect(text.trim()).not.toBe("");
    expect(text).toBe(text.trim());
    expect(text).not.toMatch(/ {2}|\n/);
  });

  it.each(prose)("%s speaks the firm’s language, not ours", (_, text) => {
    expect(text).not.toMatch(/\b(hash|sha-?256|sync|bucket|commit|blob|cache|backend|payload)/i);
  });

  it.each(prose)("%s is set with typographic quotes", (_, text) => {
    expect(text).not.toMatch(/['"]/);
  });

  it.each(commands)("%s is a call of the command line", (_, text) => {
    expect(text).toMatch(/^strongroom /);
  });

  it("fills the gap of a text", () => {
    expect(en.sidebar.version("1.2.3")).toBe("Version 1.2.3");
  });
});
