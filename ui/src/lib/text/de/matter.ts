import type { Catalogue } from "..";

export const matter: Catalogue["matter"] = {
  tabs: { label: "Teile der Akte", files: "Dateien", history: "Verlauf", details: "Angaben" },
  states: { active: "Aktiv", closed: "Geschlossen", onHold: "Ruhend" },
  priorities: { high: "Hohe Priorität", medium: "Mittlere Priorität", low: "Niedrige Priorität" },
  priority: { high: "Hoch", medium: "Mittel", low: "Niedrig" },
  opened: (day) => `Angelegt am ${day}`,
  due: (day) => `Fällig am ${day}`,
  overdue: (day) => `Überfällig seit ${day}`,
  nobody: "Niemandem zugewiesen",
  general: "allgemein",
  firmsOwn: "Eigene Unterlagen der Kanzlei",
  removed: "Diese Akte wurde entfernt. Nichts davon ist verloren.",
  bringBack: "Zurückholen",
  closed:
    "Diese Akte ist geschlossen. Ihre Dateien lassen sich lesen und wiederherstellen; abgelegt wird nichts mehr.",
  reopen: "Wieder öffnen",
  named: (number, title) => `${number} ${title}`,
};
