/** The methods of a scrolled list. */

/** The rows of a list. */
export interface Scrolled {
  /** Scrolls to a row. */
  show: (index: number) => void;
  /** No row has to stay in sight when the list gets smaller. */
  release: () => void;
  /** Back to the first row. */
  toTop: () => void;
  /** The number of fully visible rows. */
  page: () => number;
}
