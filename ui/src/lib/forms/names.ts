/** What numbers of matters and names of clients are compared by, as the vault does (`name_key` in vault-core). */

/** Composed, without case, one space where there is some white space, and nothing that cannot be seen. */
export function nameKey(name: string): string {
  const seen = name.replace(/\p{Default_Ignorable_Code_Point}/gu, "").normalize("NFD");
  // Letter by letter: a small sigma is another one at the end of a word. A dotless i has no dotted capital.
  const folded = Array.from(seen, (c) => (c === "ı" ? c : c.toUpperCase().toLowerCase())).join("");
  return folded.normalize("NFC").trim().replace(/\s+/gu, " ");
}

/** Whether a text is one that a matter can be called by. */
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
