import type { Catalogue } from "..";
import { number } from "../../format";
import { counted } from "../counted";

export const history: Catalogue["history"] = {
  label: "Ablagen, die neueste zuerst",
  filter: "Anzeigen",
  kinds: {
    stored: "Gespeichert",
    already: "Schon im Tresor",
    failed: "Fehlgeschlagen",
    interrupted: "Unterbrochen",
  },
  counts: {
    stored: (count) => `${number(count)} gespeichert`,
    already: (count) => `${number(count)} schon im Tresor`,
    failed: (count) => `${number(count)} fehlgeschlagen`,
    interrupted: (count) => `${number(count)} unterbrochen`,
    leftOut: (count) => `${number(count)} ausgelassen`,
  },
  nothingIn: "Leer",
  by: (person, device) => `${person} · ${device}`,
  andMore: (count) => `und ${number(count)} weitere`,
  underWay: "wird abgelegt",
  stopped: "nicht abgeschlossen",
  show: (name) => `Dateien von ${name}`,
  bytes: (all, stored) => `${all}, davon ${stored} neu`,
  bytesNew: (all) => `${all}, alles neu`,
  restore: "Diese Ablage wiederherstellen …",
  problems: (count) =>
    counted("de", count, { one: "Datei braucht Aufmerksamkeit", other: "Dateien brauchen Aufmerksamkeit" }),
  retry: "Erneut versuchen",
  showProblems: "Anzeigen",
  leftOut: "Ausgelassen",
  leftOutElsewhere:
    "Die Liste der ausgelassenen Dateien liegt nur auf dem Computer, von dem sie abgelegt wurden.",
  noEvents: "Keine Datei dieser Ablage entspricht dem Filter.",
  places: "Von",
  none: {
    title: "In diese Akte wurde noch nichts abgelegt",
    body: "Jede Ablage erscheint hier: wer sie wann und von wo abgelegt hat und was mit jeder Datei geschah.",
  },
  noDrops: {
    title: "Keine Ablage entspricht dem Filter",
    clear: "Alle anzeigen",
  },
  noFolder: "kein Ordner",
};
