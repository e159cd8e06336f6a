/** Where what is dragged over the window would be filed to. */

import type { MatterView } from "../backend";
import { t } from "../text";

/** The matter at a place of the page, in CSS pixels: that of the element there that is marked with one. */
export function matterAt(x: number, y: number): string | null {
  const marked = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-matter]");
  return marked?.dataset["matter"] ?? null;
}

/** The number of a matter; the firm's own has none, and is called by what it is. */
export function numberOf({ number }: MatterView): string {
  return number === "" ? t.matter.general : number;
}

/** How a matter is named in a sentence: *2024-001 ABC Corporation — Contract Review*. */
export function matterName(matter: MatterView): string {
  const { clientName, title } = matter;
  return [numberOf(matter), clientName, clientName === null ? "" : "—", title].filter(Boolean).join(" ");
}

/** Why nothing can be filed to a matter; nothing if it can. */
export function refusalToFile(matter: MatterView): string | null {
  if (matter.removed) return t.shell.drag.removed(matterName(matter));
  if (matter.status === "closed") return t.shell.drag.closed(matterName(matter));
  return null;
}
