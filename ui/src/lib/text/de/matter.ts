import type { Catalogue } from "..";

export const matter: Catalogue["matter"] = {
  tabs: { label: "Teile der Akte", files: "Dateien", history: "Verlauf", details: "Angaben" },
  states: { active: "Aktiv", closed: "Geschlossen", onHold: "Ruhend" },
  priorities: { high: "Hohe Priorität", medium: "Mittlere Priorität", low: "Niedrige Priorität" },
  priority: { high: "Hoch", medium: "Mittel", low: "Niedrig" },
  opened: (day) => `Angelegt am ${day}`,
  due: (day) => `Fällig am ${day}`,
  overdue: (day) => `Überfällig seit ${day}`,
  general: "allgemein",
  firmsOwn: "Eigene Unterlagen der Kanzlei",
  removed: "Diese Akte wurde entfernt. Nichts wurde gelöscht.",
  bringBack: "Zurückholen",
  closed:
    "Diese Akte ist geschlossen. Sie können ihre Dateien lesen und wiederherstellen, aber nichts mehr darin ablegen.",
  reopen: "Wieder öffnen",
};
