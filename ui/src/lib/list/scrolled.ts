/** What a list that is scrolled can be told. */

/** The rows of a list. */
export interface Scrolled {
  /** Brings a row into sight. */
  show: (index: number) => void;
  /** No row has to stay in sight when something takes room from the list. */
  release: () => void;
  /** Back to the first row. */
  toTop: () => void;
  /** Whole rows in sight. */
  page: () => number;
}
