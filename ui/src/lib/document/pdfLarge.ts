/** Pictures of more pixels than are drawn: whether a PDF may hold one. */

/** A picture of more pixels than this is left out of a page: a web view has no memory for it. */
export const mostPicturePixels = 80_000_000;

/** What the worker says when a picture is left out. */
export const pictureLeftOut = "a picture is left out";

const width = Array.from("/Width", (letter) => letter.charCodeAt(0));

/** So far from its width stands the rest of what a PDF says of a picture, in bytes. */
const nearby = 2_048;

/**
 * Whether a PDF may hold such a picture. What it says of its pictures stands in it as plain text, even where the document is
 * locked; a number that stands elsewhere counts as large.
 */
export function mayHoldLarge(bytes: Uint8Array): boolean {
  const [slash = 0] = width;
  for (let at = bytes.indexOf(slash); at !== -1; at = bytes.indexOf(slash, at + 1)) {
    if (width.every((letter, next) => bytes[at + next] === letter) && isLarge(aroundOf(bytes, at)))
      return true;
  }
  return false;
}

/** The text of the object that a place lies in, without what the object holds. */
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

/** A number of an object by its name; 0 for none, and infinite if it stands in another object. */
function numberOf(object: string, name: string): number {
  const [, number, elsewhere] = new RegExp(`/${name}\\s+(\\d+)(\\s+\\d+\\s+R)?`).exec(object) ?? [];
  if (number === undefined) return 0;
  return elsewhere === undefined ? Number(number) : Infinity;
}
