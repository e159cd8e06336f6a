/** The names of keys, as they are printed on the keyboards of each system. */

import type { System } from "../backend";
import { t } from "../text";

/** The keys of `Mod+Shift+K` as users know them: *Ctrl Shift K*, or *⌘⇧K* on a Mac. */
export function keyNames(keys: string, system: System): string {
  const mac = system === "mac";
  const { ctrl, shift, ...others } = t.controls.keys;
  const names: Record<string, string> = {
    ...(mac ? { Mod: "⌘", Shift: "⇧", Alt: "⌥" } : { Mod: ctrl, Shift: shift }),
    Home: others.home,
    End: others.end,
    Space: others.space,
    Enter: others.enter,
    Backspace: others.backspace,
  };
  return keys
    .split("+")
    .map((held) => held.replace(/\w+/g, (key) => names[key] ?? key))
    .join(mac ? "" : " ");
}

/** Whether this system's command key is held: Ctrl, or the Command key of a Mac. */
export function commandKey(event: KeyboardEvent | MouseEvent, system: System): boolean {
  return system === "mac" ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
}
