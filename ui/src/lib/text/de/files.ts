import type { Catalogue } from "..";
import { number } from "../../format";
import { documents as count, folders, places } from "./counted";

export const files: Catalogue["files"] = {
  all: "Alle Dokumente",
  path: "Ordner",
  tree: "Ordner",
  showTree: "Ordner neben der Liste anzeigen",
  list: (folder) => `Dokumente in ${folder}`,
  columns: { name: "Name", modified: "Geändert", size: "Größe", filed: "Abgelegt", state: "Status" },
  sortBy: (column) => `Nach ${column} sortieren`,
  filter: "Nach Name oder Ordner filtern",
  deep: "Unterordner einbeziehen",
  count,
  folders,
  selected: (selected) => `${number(selected)} ausgewählt`,
  clear: "Auswahl aufheben",
  stored: "Gespeichert",
  places,
  loading: "Wird geladen …",
  addFiles: "Dateien hinzufügen …",
  addFolder: "Ordner hinzufügen …",
  add: "Hinzufügen",
  restore: "Wiederherstellen …",
  restoreSelected: (selected) => `${count(selected)} wiederherstellen …`,
  restoreFolder: "Ordner wiederherstellen …",
  restoreMatter: "Akte wiederherstellen …",
  open: "Öffnen",
  openFolder: "Ordner öffnen",
  openOutside: "Im Standardprogramm öffnen",
  copyProvenance: "Herkunft kopieren",
  actions: "Aktionen",
  none: {
    title: "Hier wurde noch nichts abgelegt",
    body: "Ziehen Sie einen Ordner an eine beliebige Stelle in diesem Fenster. Sie sehen, was neu ist, bevor etwas gespeichert wird.",
  },
  noneInFolder: {
    title: "Keine Dokumente direkt in diesem Ordner",
    body: "Schalten Sie „Unterordner einbeziehen“ ein, um tiefer liegende Dokumente zu sehen.",
  },
  noMatch: {
    title: "Keine Dokumente gefunden",
    body: (filter) => `Kein Name oder Ordner enthält hier „${filter}“.`,
    clear: "Filter aufheben",
  },
};
