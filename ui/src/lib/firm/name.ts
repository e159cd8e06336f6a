/** The name of a firm in the window. */

import type { FirmView } from "../backend";
import { visible } from "../format/visible";
import { t } from "../text";

/** The name of a firm; its training area is marked. */
export function firmName({ name, training }: Pick<FirmView, "name" | "training">): string {
  return training ? t.firm.named(visible(name), t.firm.training) : visible(name);
}
