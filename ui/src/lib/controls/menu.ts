/** The entries of a menu. */

import type { IconName } from "./icons";

/** An entry to choose; a separator divides groups. */
export type MenuItem =
  | {
      label: string;
      /** A second line, in a quieter style. */
      hint?: string;
      run: () => unknown;
      icon?: IconName;
      /** Set for one of several choices: whether it is the current one. */
      chosen?: boolean;
      disabled?: boolean;
      danger?: boolean;
    }
  | "line";

/** The position of a menu, in CSS pixels of the page. */
export interface Place {
  x: number;
  y: number;
  /** Where it ends if there is no room below. */
  above?: number;
  /** Where its end edge is aligned. */
  end?: number;
}
