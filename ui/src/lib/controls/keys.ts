/** The names of keys, as they are printed on the keyboards of each system. */

import type { System } from "../backend";
import { t } from "../text";

/** The keys of `Mod+Shift+K` as a person knows them: *Ctrl Shift K*, or *⌘⇧K* on a Mac. */
export function keyNames(keys: string, system: System): string {
  const mac = system === "mac";
  const names: Record<string, string> = mac
    ? { Mod: "⌘", Shift: "⇧", Alt: "⌥" }
    : { Mod: t.controls.keys.ctrl, Shift: t.controls.keys.shift, Alt: "Alt" };
  return keys
    .split("+")
    .map((key) => names[key] ?? key)
    .join(mac ? "" : " ");
}

/** Whether the key that stands for commands on this system is held: Ctrl, or the Command key of a Mac. */
export function commandKey(event: KeyboardEvent | MouseEvent, system: System): boolean {
  return system === "mac" ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
}
