/** How large a page is drawn: sharp where it is seen, and within what a web view gives a canvas. */

/** More pixels than this are not drawn of one page, 64 MB of memory: an ordinary page is sharp at any zoom offered. */
const mostPixels = 16_000_000;

/** A canvas that is longer than this stays blank in one web view or another. */
const longestSide = 16_384;

/** Device pixels to a point, for a page of this size in points that is wanted so many device pixels wide. */
export function scaleFor(page: { width: number; height: number }, wanted: number): number {
  return Math.min(
    wanted / page.width,
    Math.sqrt(mostPixels / (page.width * page.height)),
    longestSide / Math.max(page.width, page.height),
  );
}
