/** The messages of a fake vault's work are those of the program, word for word. */

import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../../../../..");

/** The Rust source of a crate as one text; literals over several lines are joined. */
function sourceOf(crate: string): string {
  const folder = join(root, "crates", crate, "src");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".rs"))
    .map((name) => readFileSync(join(folder, name), "utf8").replaceAll(/\\\n\s*/g, ""))
    .join("\n");
}

/** The sentences in a source of the fake; those with a value in them as the parts before and after it. */
function sentencesOf(source: string): string[] {
  const literals = source.matchAll(/"([A-Z][^"\n]* [^"\n]*\.)"|`([A-Z][^`\n]* [^`\n]*\.)`/g);
  return [...literals].flatMap(([, plain, made]) => plain ?? made?.split(/ ?\$\{[^}]*\} ?/) ?? []);
}

it("has the same messages about work as the jobs and the firm's storage", () => {
  const said = sentencesOf(readFileSync(join(import.meta.dirname, "work.ts"), "utf8")).filter(Boolean);
  const program = ["vault-core", "vault-jobs", "vault-firebase"].map(sourceOf).join("\n");
  expect(said.length).toBeGreaterThan(5);
  expect(said.filter((sentence) => !program.includes(sentence))).toEqual([]);
});
