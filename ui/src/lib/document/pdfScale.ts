/** The size a page is drawn at: sharp on screen, and within the web view's limits for a canvas. */

/** No page is drawn with more pixels than this, 64 MB of memory: an ordinary page is sharp at any zoom offered. */
const mostPixels = 16_000_000;

/** A canvas longer than this stays blank in some web views. */
const longestSide = 16_384;

/** Device pixels per point, for a page of this size in points and this requested width in device pixels. */
export function scaleFor(page: { width: number; height: number }, wanted: number): number {
  return Math.min(
    wanted / page.width,
    Math.sqrt(mostPixels / (page.width * page.height)),
    longestSide / Math.max(page.width, page.height),
  );
}
