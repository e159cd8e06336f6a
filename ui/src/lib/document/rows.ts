/** Finding a place in a column of things without asking each of them. */

/** The first of so many that ends below a place, by where each ends; their number if none does. */
export function firstBelow(count: number, place: number, end: (at: number) => number): number {
  let [from, to] = [0, count];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (end(middle) > place) to = middle;
    else from = middle + 1;
  }
  return from;
}
