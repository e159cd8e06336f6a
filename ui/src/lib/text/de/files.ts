import type { Catalogue } from "..";
import { number } from "../../format";
import { documents as count, folders, places } from "./counted";

export const files: Catalogue["files"] = {
  all: "Alle Dokumente",
  path: "Ordner",
  tree: "Ordner",
  showTree: "Ordner neben der Liste zeigen",
  list: (folder) => `Dokumente in ${folder}`,
  columns: { name: "Name", modified: "Geändert", size: "Größe", filed: "Abgelegt", state: "Stand" },
  sortBy: (column) => `Nach ${column} sortieren`,
  filter: "Nach Name oder Ordner filtern",
  deep: "Ordner darunter einbeziehen",
  count,
  folders,
  selected: (selected) => `${number(selected)} ausgewählt`,
  clear: "Auswahl aufheben",
  stored: "Gespeichert",
  places,
  loading: "Wird gelesen …",
  addFiles: "Dateien hinzufügen …",
  addFolder: "Ordner hinzufügen …",
  add: "Hinzufügen",
  restore: "Wiederherstellen …",
  restoreSelected: (selected) => `${count(selected)} wiederherstellen …`,
  restoreFolder: "Ordner wiederherstellen …",
  restoreMatter: "Akte wiederherstellen …",
  open: "Öffnen",
  openFolder: "Ordner öffnen",
  openOutside: "Im eigenen Programm öffnen",
  copyProvenance: "Herkunft kopieren",
  actions: "Was sich tun lässt",
  none: {
    title: "Hier wurde noch nichts abgelegt",
    body: "Ziehen Sie einen Ordner irgendwo in dieses Fenster. Sie sehen, was neu ist, bevor etwas gespeichert wird.",
  },
  noneInFolder: {
    title: "Direkt in diesem Ordner liegen keine Dokumente",
    body: "Schalten Sie „Ordner darunter einbeziehen“ ein, um zu sehen, was tiefer liegt.",
  },
  noMatch: {
    title: "Kein Dokument passt",
    body: (filter) => `Nichts hier hat „${filter}“ im Namen oder Ordner.`,
    clear: "Filter aufheben",
  },
};
