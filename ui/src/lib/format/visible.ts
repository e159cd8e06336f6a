/** Names as they are: what would hide in them is written out. */

/** Controls, marks without width, and those that turn the direction of writing. */
const hidden = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** Joiners are part of how Persian, Hindi and emoji are written, and are left alone. */
const joiners = new Set(["\u200c", "\u200d"]);

/**
 * A name in which nothing hides: *Rechnung⟨U+202E⟩fdp.exe* instead of a name that looks as if it ended in *.pdf*, and no
 * line break that would look like another line.
 */
export function visible(name: string): string {
  return name.replace(hidden, (mark) => {
    if (joiners.has(mark)) return mark;
    const code = (mark.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    return `⟨U+${code}⟩`;
  });
}
