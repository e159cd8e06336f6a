/** The settings of a fake vault, and the check of its left-out list. */

import type { SettingsForm, SettingsView } from "../bindings";
import { refuse } from "./refuse";

/** The list a vault starts with. */
export const leftOut = `# Files with these names are left out of every drop; each is listed with its reason.
# One name a line. * stands for any characters, ? for one; a / at the end means folders.

# pictures Windows keeps of a folder
Thumbs.db

# how Windows shows a folder
desktop.ini

# how macOS shows a folder
.DS_Store

# a lock Office keeps while a document is open
~$*
`;

/** The default settings. */
export function initialSettings(chosen: Partial<SettingsForm> = {}): SettingsView {
  return {
    fileAtOnce: false,
    theme: "system",
    language: "system",
    notify: true,
    onClose: "ask",
    checkSlowly: false,
    markRestored: true,
    leftOut,
    dataFolder: "/home/dana/.local/share/strongroom",
    nextDataFolder: null,
    ...chosen,
  };
}

/** Rejects a list with a line that is no pattern. */
export function checkLeftOut(text: string): void {
  for (const [at, line] of text.split("\n").entries()) {
    const pattern = line.trim();
    if (pattern === "" || pattern.startsWith("#")) continue;
    if (pattern.split("[").length !== pattern.split("]").length) {
      const where = `Line ${String(at + 1)} of the left-out list, “${pattern}”, is not a pattern`;
      refuse("invalid", `${where}: a bracket is not closed. Correct the line, then save again.`);
    }
  }
}
