/** Finds a position in a column without checking every item. */

/** The first of this many items that ends below a position, by where each ends; their number if none does. */
export function firstBelow(count: number, place: number, end: (at: number) => number): number {
  let [from, to] = [0, count];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (end(middle) > place) to = middle;
    else from = middle + 1;
  }
  return from;
}
