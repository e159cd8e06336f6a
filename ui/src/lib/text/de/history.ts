import type { Catalogue } from "..";
import { number } from "../../format";
import { counted } from "../counted";

export const history: Catalogue["history"] = {
  label: "Ablagen, die neueste zuerst",
  filter: "Zeigen",
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
  nothingIn: "Nichts darin",
  by: (person, device) => `${person} · ${device}`,
  andMore: (count) => `und ${number(count)} mehr`,
  underWay: "läuft",
  stopped: "nicht abgeschlossen",
  show: (name) => `Dateien von ${name}`,
  bytes: (all, stored) => `${all}, davon ${stored} neu`,
  bytesNew: (all) => `${all}, alles neu`,
  restore: "Diese Ablage wiederherstellen …",
  problems: (count) =>
    counted("de", count, { one: "Datei braucht Aufmerksamkeit", other: "Dateien brauchen Aufmerksamkeit" }),
  retry: "Noch einmal versuchen",
  showProblems: "Zeigen",
  leftOut: "Ausgelassen",
  leftOutElsewhere: "Was ausgelassen wurde, weiß der Computer, von dem abgelegt wurde.",
  noEvents: "Keine Datei dieser Ablage ist von den gewählten Arten.",
  places: "Von",
  none: {
    title: "In diese Akte wurde noch nichts abgelegt",
    body: "Jede Ablage steht dann hier: wer sie machte, wann, von wo, und was aus jeder Datei wurde.",
  },
  noDrops: {
    title: "Keine Ablage hat Dateien dieser Arten",
    clear: "Alle zeigen",
  },
  noFolder: "kein Ordner",
};
