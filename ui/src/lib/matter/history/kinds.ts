/** What can happen to a file of a drop, with its picture. */

import type { DropView, EventKindView } from "../../backend";
import type { IconName } from "../../controls/icons";

/** The four kinds of event, as they stand everywhere. */
export const kinds: readonly EventKindView[] = ["stored", "already", "failed", "interrupted"];

/** The picture of a kind; the word stands beside it. */
export const pictures: Record<EventKindView, IconName> = {
  stored: "stored",
  already: "already",
  failed: "failed",
  interrupted: "interrupted",
};

/** Whether a drop has files of the chosen kinds; of any, if none is chosen. */
export function has(drop: DropView, chosen: readonly EventKindView[]): boolean {
  return chosen.length === 0 || chosen.some((kind) => drop[kind] > 0);
}
