/** The parts of a name that match a search. */

import { begins, type Letter, letters, spellings, ways } from "./spelling";

/** A part of a text, matched or not. */
export interface Piece {
  text: string;
  hit: boolean;
}

/** Splits a text where a search word matches the beginning of a word in it, or of a part of a compound word. */
export function marked(text: string, search: string): Piece[] {
  const all = letters(text);
  const hits = new Set<number>();
  // Hyphens and apostrophes join; all other signs separate words.
  for (const typed of search.split(/[^\p{L}\p{M}\p{N}'\u2019\u2018\u02bc\u02b9`\-\u2010]+/u)) {
    for (const way of ways(typed)) {
      const found = way.map((word) => spellings(word).flatMap((spelling) => places(all, spelling)));
      if (found.length === 0 || found.some((places) => places.length === 0)) continue;
      for (const [from, to] of found.flat()) for (let at = from; at < to; at++) hits.add(at);
      break;
    }
  }
  return pieces(text, all, hits);
}

/** The start and end of a word in a text. */
function places(all: readonly Letter[], word: string): [number, number][] {
  const found: [number, number][] = [];
  for (let at = 0; at < all.length; at++) {
    const to = begins(all, at) ? end(all, at, word) : undefined;
    if (to !== undefined) found.push([at, to]);
  }
  return found;
}

/** The end of a match that starts at a letter; null if there is none. */
function end(all: readonly Letter[], at: number, word: string): number | undefined {
  if (word === "") return at;
  const letter = all[at];
  if (!letter || letter.kind === "none") return undefined;
  if (letter.kind === "joint" || letter.forms.includes("")) return end(all, at + 1, word);
  for (const form of letter.forms) {
    if (form.startsWith(word)) return at + 1;
    const to = word.startsWith(form) ? end(all, at + 1, word.slice(form.length)) : undefined;
    if (to !== undefined) return to;
  }
  // Leading zeros make no difference.
  const isZero = letter.forms[0] === "0" && all[at - 1]?.kind !== "digit";
  return isZero ? afterZeros(all, at, word) : undefined;
}

function afterZeros(all: readonly Letter[], at: number, word: string): number | undefined {
  let after = at;
  while (all[after]?.forms[0] === "0") after++;
  return all[after]?.kind === "digit" ? end(all, after, word) : undefined;
}

function pieces(text: string, all: readonly Letter[], hits: ReadonlySet<number>): Piece[] {
  const found: Piece[] = [];
  for (const [at, { start, end }] of all.entries()) {
    const hit = hits.has(at);
    const last = found.at(-1);
    if (last?.hit === hit) last.text += text.slice(start, end);
    else found.push({ text: text.slice(start, end), hit });
  }
  return found.length === 0 ? [{ text, hit: false }] : found;
}
