/** What a menu offers. */

import type { IconName } from "./icons";

/** Something to choose; a line stands between groups. */
export type MenuItem =
  | {
      label: string;
      /** A second line, said more softly. */
      hint?: string;
      run: () => unknown;
      icon?: IconName;
      /** Set for one of several choices: whether it is the one that holds. */
      chosen?: boolean;
      disabled?: boolean;
      danger?: boolean;
    }
  | "line";

/** Where a menu opens, in CSS pixels of the page. */
export interface Place {
  x: number;
  y: number;
  /** Where it ends if there is no room below. */
  above?: number;
  /** The edge it is aligned with at its end. */
  end?: number;
}
