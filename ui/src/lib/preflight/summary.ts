/** The texts of a pre-flight, and its actions. */

import type { PreflightList, PreflightView, SameNameView } from "../backend";
import { conjunction, size } from "../format";
import { visible } from "../format/visible";
import { t } from "../text";

/** The counts of a pre-flight, in the order they are shown. */
export const lists = ["new", "known", "leftOut", "problems"] as const;

/**
 * A count of a pre-flight. Repeated content is in the vault when its turn comes: it is counted with existing content,
 * as everywhere afterwards.
 */
export type Shown = (typeof lists)[number];

/** The lists that a number opens, and the length of each. */
export function partsOf(preflight: PreflightView, shown: Shown): [list: PreflightList, total: number][] {
  const parts: PreflightList[] = shown === "known" ? ["already", "repeated"] : [shown];
  return parts.map((list) => [list, preflight[list]]);
}

/** How many files a number counts. */
export function countOf(preflight: PreflightView, shown: Shown): number {
  return partsOf(preflight, shown).reduce((sum, [, total]) => sum + total, 0);
}

/** The dropped folders and files by name: *“Second box”*, *“Second box” and 2 more*. */
export function dropped(names: readonly string[]): string {
  const [first = "", ...rest] = names;
  const name = shortened(visible(first));
  return rest.length === 0 ? t.preflight.quoted(name) : t.preflight.andMore(name, rest.length);
}

/** A longer name is shortened in a sentence. */
const longest = 80;

/** The beginning and end of a name that is too long for a sentence. */
function shortened(name: string): string {
  const letters = Array.from(name);
  if (letters.length <= longest) return name;
  return `${letters.slice(0, 50).join("").trimEnd()}…${letters.slice(-25).join("").trimStart()}`;
}

/** Files that would be recorded, with or without new content. */
export function toFile(preflight: PreflightView): number {
  return preflight.new + preflight.already + preflight.repeated;
}

/** What was found, in one sentence; without a pre-flight, that it is being read. */
export function lead(preflight: PreflightView | null): string {
  if (preflight === null) return t.preflight.reading;
  const { found, folders, bytes, leftOut, problems } = preflight;
  if (toFile(preflight) === 0) {
    if (problems > 0) return t.preflight.nothingReadable;
    return leftOut > 0 ? t.preflight.allLeftOut(leftOut) : t.preflight.nothing;
  }
  if (preflight.new === 0) {
    const { allKnown, restKnown } = t.preflight;
    return (leftOut + problems > 0 ? restKnown : allKnown)(toFile(preflight));
  }
  return folders > 0
    ? t.preflight.lead(found, folders, size(bytes))
    : t.preflight.leadFiles(found, size(bytes));
}

/** Whether filing it would do nothing: there is no file, and no problem to keep. */
export function isNothing(preflight: PreflightView): boolean {
  return toFile(preflight) === 0 && preflight.problems === 0;
}

/** The label of the button that files it, or that there is nothing to do. */
export function fileLabel(preflight: PreflightView): string {
  const files = toFile(preflight);
  if (files === 0) return preflight.problems > 0 ? t.preflight.recordProblems : t.preflight.nothingToFile;
  return preflight.new === 0 ? t.preflight.record(files) : t.preflight.file(files);
}

/** The text about left-out files: their names, if they are few. */
export function leftOutRow(names: readonly string[], count: number): string {
  const different = [...new Set(names)];
  if (different.length === 0) return t.preflight.rows.leftOut;
  const more = count > names.length ? ", …" : "";
  return t.preflight.rows.leftOutNamed(different.map(visible).join(", ") + more);
}

/** The largest number of names in one sentence. */
const said = 4;

/** Which dropped folders and files have the same name, and what happens to them. */
export function keptApart({ name, folders, files, alike }: SameNameView): string {
  const names = alike.map(({ restoredAs }) => t.preflight.quoted(visible(restoredAs)));
  const all = names.length <= said && names.length === folders + files;
  const more = folders + files - said;
  const list = all ? conjunction(names) : t.preflight.sameList(names.slice(0, said).join(", "), more);
  return t.preflight.same(t.preflight.sameCount(folders, files), visible(name), list);
}
