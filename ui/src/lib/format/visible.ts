/** Names with invisible characters made visible. The lists are those of `vault-core/src/deceptive.rs`. */

/**
 * Controls, marks without width, letters that are blank, and marks that turn the direction of writing. Joiners are part of how
 * Persian, Hindi and emoji are written, and are left alone.
 */
const hidden =
  /[\u{34f}\u{17b4}-\u{17b5}\p{Cc}\u{ad}\u{61c}\u{115f}\u{1160}\u{180e}\u{200b}\u{200e}\u{200f}\u{2028}-\u{202e}\u{2060}-\u{206f}\u{2800}\u{3164}\u{feff}\u{ffa0}\u{fff9}-\u{fffb}\u{e0000}-\u{e007f}]/u;

/** Characters that change the look of the preceding character and are invisible themselves. */
const selector = /[\u{180b}-\u{180d}\u{180f}\u{fe00}-\u{fe0f}\u{e0100}-\u{e01ef}]/u;

/** Characters with several presentations. */
const varying = /[\u{a9}\u{ae}\u{1000}-\u{109f}\u{2030}-\u{205e}\u{2070}-\u{2fff}\u{3001}-\u{10ffff}]/u;

/** Of Mongolian letters. */
const mongolian = /[\u{1820}-\u{18af}]/u;

/** 1️⃣ and its like begin with these. */
const keycap = /[0-9#*]/u;

/** Whether the character has several presentations: ☎ can be a picture, an “a” cannot. */
function selects(before: string | undefined, mark: string, after: string | undefined): boolean {
  if (before === undefined) return false;
  if (mark === "\u{fe0f}" && keycap.test(before)) return after === "\u{20e3}";
  if (mark >= "\u{180b}" && mark <= "\u{180f}") return mongolian.test(before);
  return varying.test(before) && !hidden.test(before) && !selector.test(before);
}

/**
 * A name with its invisible characters shown: *Rechnung⟨U+202E⟩fdp.exe* instead of a name that seems to end in *.pdf*,
 * and no line break that would look like another line.
 */
export function visible(name: string): string {
  if (!hidden.test(name) && !selector.test(name)) return name;
  const marks = Array.from(name);
  const written = marks.map((mark, at) => {
    const hides = hidden.test(mark) || (selector.test(mark) && !selects(marks[at - 1], mark, marks[at + 1]));
    if (!hides) return mark;
    const code = (mark.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    return `⟨U+${code}⟩`;
  });
  return written.join("");
}
