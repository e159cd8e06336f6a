/** How search splits a text into words, the same as the vault's index (`spelling.rs` in vault-store). */

const graphemes = new Intl.Segmenter();

/** The class of a character, for word boundaries. */
type Kind = "small" | "large" | "digit" | "continuous" | "joint" | "none";

/** A character as shown, and the form it is compared in. */
export interface Letter {
  /** Its spellings, folded: `u` and `ue` for `ü`. */
  forms: string[];
  kind: Kind;
  start: number;
  end: number;
}

const strokes: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  þ: "th",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  ı: "i",
};

/** Small letters without accents. */
export function plain(text: string): string {
  const bare = text.normalize("NFKD").replace(/[\p{M}\p{Default_Ignorable_Code_Point}\u0640]/gu, "");
  return Array.from(bare.toLowerCase().normalize("NFD").replace(/\p{M}/gu, ""), (c) => strokes[c] ?? c).join(
    "",
  );
}

/** With `ae` for `ä` and `aa` for `å`, as written without such keys. */
function long(text: string): string {
  const marked = text
    .normalize("NFKD")
    .replace(/([aou])\u0308/giu, "$1e")
    .replace(/(a)\u030a/giu, "$1a");
  return plain(marked.replace(/ø/giu, "oe"));
}

function kindOf(shown: string): Kind {
  const first = shown.normalize("NFKC");
  if (/^['\u2019\u2018\u02bc\u02b9`\-\u2010]$/u.test(first)) return "joint";
  if (/^\p{N}/u.test(first)) return "digit";
  if (
    /^[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Bopo}\p{sc=Hang}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}\p{sc=Tibt}]/u.test(
      first,
    )
  ) {
    return "continuous";
  }
  if (/^\p{Lu}/u.test(first)) return "large";
  return /^\p{L}/u.test(first) ? "small" : "none";
}

/** The letters of a text and their positions: the compared form is shorter or longer than the text. */
export function letters(text: string): Letter[] {
  return Array.from(graphemes.segment(text), ({ segment, index }) => {
    const [short, other] = [plain(segment), long(segment)];
    const forms = other === short ? [short] : [other, short];
    return { forms, kind: kindOf(segment), start: index, end: index + segment.length };
  });
}

/** The length from which a number is also found by its ends, and the length of an end. */
const [longNumber, shortestEnd] = [5, 3];

/** Whether a word begins at a letter: after a space or sign, or within a compound word. */
export function begins(all: readonly Letter[], at: number): boolean {
  const [before, here, next] = [all[at - 1], all[at], all[at + 1]];
  if (!here || here.kind === "none" || here.kind === "joint") return false;
  if (!before || before.kind === "none" || before.kind === "joint") return true;
  if (here.kind === "continuous" || before.kind === "continuous") return true;
  if (here.kind === "digit" && before.kind === "digit") return isEnd(all, at);
  if (here.kind === "digit" || before.kind === "digit") return true;
  if (here.kind === "large") return before.kind === "small" || next?.kind === "small";
  return isAfterArticle(all, at);
}

function isEnd(all: readonly Letter[], at: number): boolean {
  let [from, to] = [at, at];
  while (all[from - 1]?.kind === "digit") from--;
  while (all[to]?.kind === "digit") to++;
  return to - from >= longNumber && to - at >= shortestEnd;
}

/** Whether an Arabic article ends before a letter, with its attached particles. */
function isAfterArticle(all: readonly Letter[], at: number): boolean {
  let from = at;
  while (/^[\p{L}\p{N}]/u.test(all[from - 1]?.forms[0] ?? "")) from--;
  const word = all.slice(from, at).map((letter) => letter.forms[0]);
  return /^[وفبك]?ال$|^لل$/u.test(word.join(""));
}

/** The ways in which the input may be written: as one word, or in parts. */
export function ways(typed: string): string[][] {
  const pieces = typed.split(/[^\p{L}\p{M}\p{N}]+/u).filter((piece) => plain(piece) !== "");
  const parts = pieces.flatMap((piece) => {
    const all = letters(piece);
    const cuts = all.flatMap(({ kind, start }, at) =>
      at > 0 &&
      kind !== "continuous" &&
      !(kind === "digit" && all[at - 1]?.kind === "digit") &&
      begins(all, at)
        ? [start]
        : [],
    );
    return [0, ...cuts].map((cut, at) => piece.slice(cut, cuts[at] ?? piece.length));
  });
  return [[pieces.join("")], pieces, parts];
}

/** The spellings of a word in the input. */
export function spellings(word: string): string[] {
  const both = [plain(word), long(word)];
  const bare = both.map((spelling) => spelling.replace(/(?<!\d)0+(?=\d)/gu, ""));
  return [...new Set([...both, ...bare])].filter((spelling) => spelling !== "");
}
