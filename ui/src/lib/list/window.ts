/**
 * Which rows of a long list are in sight. Rows have one height, so this is arithmetic.
 *
 * Web views stop at some 17 to 33 million CSS pixels of height, and a million rows are more. Such a list gets a shorter
 * scroll bar: a pixel of it then moves the rows by several.
 */

/** CSS pixels a list is high at most; below what every web view can do. */
export const tallest = 15_000_000;

/** A list and the hole it is seen through; heights in CSS pixels. */
export interface Shape {
  rowHeight: number;
  total: number;
  /** Height of what is in sight. */
  viewport: number;
}

/** The rows from `first` up to, not including, `end`; `top` is where the first of them stands in the scrolled area. */
export interface InSight {
  first: number;
  end: number;
  top: number;
}

/** Height of the area that is scrolled. */
export function scrolledHeight({ rowHeight, total }: Shape): number {
  return Math.min(rowHeight * total, tallest);
}

/** Pixels of rows for one pixel of the scroll bar. */
function ratio(shape: Shape): number {
  const range = scrolledHeight(shape) - shape.viewport;
  return range <= 0 ? 1 : (shape.rowHeight * shape.total - shape.viewport) / range;
}

/** The rows in sight, and `margin` more above and below. */
export function inSight(scrollTop: number, shape: Shape, margin: number): InSight {
  const { rowHeight, total, viewport } = shape;
  // Some web views scroll past the ends and spring back.
  const at = Math.max(0, Math.min(scrollTop, scrolledHeight(shape) - viewport));
  const pixels = at * ratio(shape);
  const first = Math.max(0, Math.floor(pixels / rowHeight) - margin);
  const end = Math.min(total, Math.ceil((pixels + viewport) / rowHeight) + margin);
  return { first: Math.min(first, end), end, top: at + first * rowHeight - pixels };
}

/** Where to scroll so that a row is in sight, as little as possible. */
export function reveal(row: number, scrollTop: number, shape: Shape): number {
  const { rowHeight, viewport } = shape;
  const factor = ratio(shape);
  const pixels = scrollTop * factor;
  if (row * rowHeight < pixels) return Math.floor((row * rowHeight) / factor);
  const bottom = (row + 1) * rowHeight - viewport;
  return bottom > pixels ? Math.ceil(bottom / factor) : scrollTop;
}

/** Whole rows in sight: what a page key moves by. */
export function pageOf({ rowHeight, viewport }: Shape): number {
  return Math.max(1, Math.floor(viewport / rowHeight) - 1);
}
