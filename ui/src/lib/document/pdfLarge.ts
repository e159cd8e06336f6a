/** Pictures with more pixels than are drawn: whether a PDF may contain one. */

/** A picture with more pixels than this is left out of a page: a web view has no memory for it. */
export const mostPicturePixels = 80_000_000;

/** The worker's message when a picture is left out. */
export const pictureLeftOut = "a picture is left out";

const width = Array.from("/Width", (letter) => letter.charCodeAt(0));

/** The maximum distance in bytes between a picture's width and its other properties in a PDF. */
const nearby = 2_048;

/**
 * Whether a PDF may contain such a picture. A PDF stores the properties of its pictures as plain text, even if it is
 * encrypted; a number stored in another object counts as large.
 */
export function mayHoldLarge(bytes: Uint8Array): boolean {
  const [slash = 0] = width;
  for (let at = bytes.indexOf(slash); at !== -1; at = bytes.indexOf(slash, at + 1)) {
    if (width.every((letter, next) => bytes[at + next] === letter) && isLarge(aroundOf(bytes, at)))
      return true;
  }
  return false;
}

/** The text of the object around a position, without nested streams. */
function aroundOf(bytes: Uint8Array, at: number): string {
  const read = (from: number, to: number): string =>
    String.fromCharCode(...bytes.subarray(Math.max(0, from), to));
  const before = read(at - nearby, at);
  const after = read(at, at + nearby);
  const begin = Math.max(before.lastIndexOf("obj"), before.lastIndexOf("stream"));
  const end = after.search(/stream|endobj/);
  return before.slice(begin + 1) + (end === -1 ? after : after.slice(0, end));
}

function isLarge(object: string): boolean {
  const across = numberOf(object, "Width");
  const down = numberOf(object, "Height");
  return across * down > mostPicturePixels;
}

/** A number of an object by its name; 0 if it is missing, infinite if it is in another object. */
function numberOf(object: string, name: string): number {
  const [, number, elsewhere] = new RegExp(`/${name}\\s+(\\d+)(\\s+\\d+\\s+R)?`).exec(object) ?? [];
  if (number === undefined) return 0;
  return elsewhere === undefined ? Number(number) : Infinity;
}
