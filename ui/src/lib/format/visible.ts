/** Names as they are: what would hide in them is written out. */

/**
 * Controls, marks without width, and those that turn the direction of writing: the list of `vault-core/src/deceptive.rs`.
 * Joiners are part of how Persian, Hindi and emoji are written, and are left alone.
 */
const hidden =
  /[\u{17b4}-\u{17b5}\p{Cc}\u{ad}\u{61c}\u{115f}\u{1160}\u{180e}\u{200b}\u{200e}\u{200f}\u{2028}-\u{202e}\u{2060}-\u{206f}\u{3164}\u{feff}\u{ffa0}\u{fff9}-\u{fffb}\u{e0000}-\u{e007f}]/gu;

/**
 * A name in which nothing hides: *Rechnung⟨U+202E⟩fdp.exe* instead of a name that looks as if it ended in *.pdf*, and no
 * line break that would look like another line.
 */
export function visible(name: string): string {
  return name.replace(hidden, (mark) => {
    const code = (mark.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    return `⟨U+${code}⟩`;
  });
}
