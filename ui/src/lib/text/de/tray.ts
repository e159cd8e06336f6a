import type { Catalogue } from "..";
import { number } from "../../format";
import { counted } from "../counted";
import { files } from "./counted";

const need = (count: number) => `${number(count)} ${count === 1 ? "braucht" : "brauchen"} Aufmerksamkeit`;

export const tray: Catalogue["tray"] = {
  label: "Was läuft",
  all: (count) => `${number(count)} laufen oder sind fertig`,
  more: (count) => `und ${number(count)} weitere`,
  fewer: "Weniger zeigen",
  general: "die eigenen Unterlagen der Kanzlei",
  theVault: "der Tresor",
  reading: (names) => `${names} wird gelesen`,
  ready: (names) => `${names} kann abgelegt werden`,
  inLine: (what) => `Wartet, bis die Reihe kommt: ${what}`,
  paused: (what) => `Angehalten: ${what}`,
  held: (what) => `Wartet: ${what}`,
  cancelled: (what) => `Abgebrochen: ${what}`,
  failed: (what) => `Nicht fertig: ${what}`,
  running: {
    drop: (matter) => `Wird abgelegt in ${matter}`,
    restore: (names) => `${names} wird wiederhergestellt`,
    verify: "Der Tresor wird geprüft",
  },
  finished: {
    drop: (matter) => `Abgelegt in ${matter}`,
    restore: (names) => `${names} ist wiederhergestellt`,
    verify: "Der Tresor wurde geprüft",
  },
  what: {
    drop: (names, matter) => `${names} in ${matter}`,
    restore: (names) => `${names} wiederherstellen`,
    verify: "den Tresor prüfen",
  },
  found: (count) => `${files(count)} gefunden`,
  readSoFar: (count) => `${number(count)} gelesen`,
  of: (done, all) => `${number(done)} von ${files(all)}`,
  bytesOf: (done, all) => `${done} von ${all}`,
  left: (time) => `noch etwa ${time}`,
  results: {
    drop: {
      stored: (count) => `${number(count)} gespeichert`,
      already: (count) => `${number(count)} schon im Tresor`,
      failed: (count) => `${number(count)} fehlgeschlagen`,
      leftOut: (count) => `${number(count)} ausgelassen`,
    },
    restore: {
      stored: (count) => `${number(count)} wiederhergestellt`,
      already: (count) => `${number(count)} waren schon da`,
      failed: (count) => `${number(count)} nicht wiederhergestellt`,
      leftOut: (count) => `${number(count)} ausgelassen`,
    },
    verify: {
      stored: (count) => `${files(count)} in Ordnung`,
      already: (count) => `${number(count)} schon vorher geprüft`,
      failed: (count) => `${number(count)} nicht, wie sie sein sollen`,
      leftOut: (count) => `${number(count)} ausgelassen`,
    },
  },
  nothing: "nichts zu tun",
  attention: need,
  showAttention: (count) => `${need(count)}: Liste zeigen`,
  pause: "Anhalten",
  resume: "Fortsetzen",
  cancel: "Abbrechen",
  review: "Ansehen …",
  show: "Zeigen",
  report: "Bericht",
  clear: "Wegräumen",
  clearAll: "Fertiges wegräumen",
  progress: "Fortschritt",
};

export const problems: Catalogue["problems"] = {
  title: (count) => `${files(count)} ${count === 1 ? "braucht" : "brauchen"} Aufmerksamkeit`,
  lead: "Alles andere ist abgelegt. Diese Dateien lassen sich noch einmal versuchen, sobald die Ursache behoben ist.",
  none: "Nichts braucht mehr Aufmerksamkeit.",
  retry: "Noch einmal",
  skip: "Auslassen",
  retryNamed: (name) => `${name} noch einmal versuchen`,
  skipNamed: (name) => `${name} auslassen`,
  retryAll: "Alle noch einmal",
  skipAll: "Alle auslassen",
  skipped: (count) => `${files(count)} ausgelassen. Der Verlauf behält, dass es misslang.`,
  retrying: (count) => `${files(count)} ${count === 1 ? "wird" : "werden"} noch einmal versucht.`,
  more: (count) => `${number(count)} weitere zeigen`,
  noFolder: "einzeln abgelegt",
  reasons: {
    "permission-denied":
      "Zugriff verweigert. Lassen Sie sich das Recht geben, sie zu lesen, oder kopieren Sie sie an einen eigenen Ort.",
    vanished:
      "Nicht mehr da. Bringen Sie sie zurück, oder schließen Sie ihr Laufwerk wieder an, und versuchen Sie es noch einmal.",
    changed:
      "Während des Ablegens geändert. Schließen Sie das Programm, das sie schreibt, und versuchen Sie es noch einmal.",
    "in-use": "In einem anderen Programm geöffnet. Schließen Sie sie dort, und versuchen Sie es noch einmal.",
    "cloud-only":
      "Nicht auf diesem Computer: Nur ihr Platzhalter ist da. Machen Sie sie offline verfügbar, und versuchen Sie es noch einmal.",
    "path-too-long":
      "Ihr Pfad ist zu lang für dieses System. Verschieben Sie sie an einen kürzeren Pfad, und legen Sie sie noch einmal ab.",
    "other-kind": "Durch etwas ersetzt, was keine Datei ist. Legen Sie sie noch einmal ab.",
  },
};

export const report: Catalogue["report"] = {
  restored: "Was wiederhergestellt wurde",
  checked: "Was geprüft wurde",
  loading: "Der Bericht wird gelesen …",
  destination: "Wiederhergestellt in",
  sound: "Alles ist da, und ist, was es beim Ablegen war.",
  allRestored: "Jede Datei wurde so wiederhergestellt, wie sie ankam.",
  renamed: (count) =>
    `${counted("de", count, { one: "Datei wurde", other: "Dateien wurden" })} unter anderem Namen geschrieben`,
  renamedWhy: "Das System oder der Ordner kann die Namen nicht haben, mit denen sie ankamen.",
  problemsRestore: (count) => `${files(count)} nicht wiederhergestellt`,
  problemsVerify: (count) =>
    `${files(count)} nicht, wie ${count === 1 ? "sie sein soll" : "sie sein sollen"}`,
  from: "Angekommen als",
  to: "Geschrieben als",
  file: "Datei",
  why: "Was nicht stimmt",
  reveal: "Im Ordner zeigen",
  done: "Fertig",
  copy: "Bericht kopieren",
  copied: "Der Bericht wurde kopiert.",
  more: (count) => `${number(count)} weitere zeigen`,
};
