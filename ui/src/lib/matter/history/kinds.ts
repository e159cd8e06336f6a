/** The kinds of events of a file, with their icons. */

import type { DropView, EventKindView } from "../../backend";
import type { IconName } from "../../controls/icons";

/** The four kinds of event, in the order used everywhere. */
export const kinds: readonly EventKindView[] = ["stored", "already", "failed", "interrupted"];

/** The icon of a kind; its text is beside it. */
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
