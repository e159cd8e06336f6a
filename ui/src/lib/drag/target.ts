/** The filing target of what is dragged over the window. */

import type { MatterView } from "../backend";
import { t } from "../text";

/** The matter at a position in the page, in CSS pixels: that of the marked element there. */
export function matterAt(x: number, y: number): string | null {
  const marked = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-matter]");
  return marked?.dataset["matter"] ?? null;
}

/** The number of a matter; the firm's own has none, and is shown by its name. */
export function numberOf({ number }: MatterView): string {
  return number === "" ? t.matter.general : number;
}

/** How a matter is named in a sentence: *2024-001 ABC Corporation — Contract Review*. */
export function matterName(matter: MatterView): string {
  const { clientName, title } = matter;
  return [numberOf(matter), clientName, clientName === null ? "" : "—", title].filter(Boolean).join(" ");
}

/** How a matter is named without its client: *2024-001 Contract Review*. */
export function shortName(matter: MatterView): string {
  return `${numberOf(matter)} ${matter.title}`;
}

/** Why nothing can be filed to a matter; null if it can. */
export function refusalToFile(matter: MatterView): string | null {
  if (matter.removed) return t.shell.drag.removed(matterName(matter));
  if (matter.status === "closed") return t.shell.drag.closed(matterName(matter));
  return null;
}
