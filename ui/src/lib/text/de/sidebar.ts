import type { Catalogue } from "..";
import { counted } from "../counted";
import { documents } from "./counted";

export const sidebar: Catalogue["sidebar"] = {
  label: "Akten",
  local: "Auf diesem Computer",
  search: "Akten und Dateien suchen",
  filter: "Akten filtern",
  filters: { active: "Aktiv", closed: "Geschlossen", onHold: "Ruhend", mine: "Meine" },
  sort: "Sortieren nach",
  sorts: { number: "Nummer", title: "Titel", lastFiled: "Zuletzt abgelegt" },
  newMatter: "Neue Akte",
  newMatterFor: (client) => `Neue Akte für ${client}`,
  newClient: "Neuer Mandant",
  firm: "Kanzlei",
  withoutClient: "Ohne Mandant",
  noMatters: "Noch keine Akten",
  documents,
  waiting: (count) => counted("de", count, { one: "wartet", other: "warten" }),
  empty: {
    active: "Keine aktiven Akten.",
    closed: "Keine geschlossenen Akten.",
    onHold: "Keine ruhenden Akten.",
    mine: "Ihnen ist keine Akte zugewiesen.",
  },
  noOther: {
    active: "Keine weiteren aktiven Akten.",
    closed: "Keine weiteren geschlossenen Akten.",
    onHold: "Keine weiteren ruhenden Akten.",
    mine: "Ihnen ist keine weitere Akte zugewiesen.",
  },
  removed: (count) => `Entfernt (${String(count)})`,
  bringBack: "Zurückholen",
  bringBackNamed: (name) => `${name} zurückholen`,
  broughtBack: (name) => `${name} wurde zurückgeholt.`,
  settings: "Einstellungen",
  help: "Tastenkürzel",
  about: "Über Strongroom",
  clockBehind: (clock, newest) =>
    `Die Uhr dieses Computers zeigt ${clock}, aber der neueste Eintrag ist vom ${newest}. Prüfen Sie Datum und Uhrzeit.`,
};
