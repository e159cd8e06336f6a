/**
 * Which rows of a long list are in sight. Rows have one height, so this is arithmetic.
 *
 * Web views stop at some 17 to 33 million CSS pixels of height, and a million rows are more. Such a list gets a shorter
 * scroll bar: a pixel of it then moves the rows by several.
 */

/** The largest height of a list in CSS pixels; below every web view's limit. */
export const tallest = 15_000_000;

/** A list and its viewport; heights in CSS pixels. */
export interface Shape {
  rowHeight: number;
  total: number;
  /** Height of the visible area. */
  viewport: number;
}

/** The rows from `first` up to, not including, `end`; `top` is the position of the first one in the scrolled area. */
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

/** The nearest scroll position at which a row is in sight. */
export function reveal(row: number, scrollTop: number, shape: Shape): number {
  const { rowHeight, viewport } = shape;
  const factor = ratio(shape);
  const pixels = scrollTop * factor;
  if (row * rowHeight < pixels) return Math.floor((row * rowHeight) / factor);
  const bottom = (row + 1) * rowHeight - viewport;
  return bottom > pixels ? Math.ceil(bottom / factor) : scrollTop;
}

/** The number of fully visible rows: the step of a page key. */
export function pageOf({ rowHeight, viewport }: Shape): number {
  return Math.max(1, Math.floor(viewport / rowHeight) - 1);
}
