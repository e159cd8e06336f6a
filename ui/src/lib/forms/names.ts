/**
 * The form in which numbers of matters and names of clients are compared, the same as in the vault (`name_key` in
 * vault-core).
 */

/** Composed, without case, with single spaces and without invisible characters. */
export function nameKey(name: string): string {
  const seen = name.replace(/\p{Default_Ignorable_Code_Point}/gu, "").normalize("NFD");
  // Letter by letter: a sigma has a different lower-case form at the end of a word. A dotless i has no dotted capital.
  const folded = Array.from(seen, (c) => (c === "ı" ? c : c.toUpperCase().toLowerCase())).join("");
  return folded.normalize("NFC").trim().replace(/\s+/gu, " ");
}

/** Whether a text can be a matter's number. */
export function isNumber(number: string): boolean {
  const key = nameKey(number);
  return (
    /[\p{L}\p{N}]/u.test(key) &&
    !/\p{Cc}/u.test(number) &&
    !number.startsWith("-") &&
    key !== "general" &&
    key !== "none"
  );
}
