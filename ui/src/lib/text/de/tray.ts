import type { Catalogue } from "..";
import { number } from "../../format";
import { counted } from "../counted";
import { contents, files, ofContents, ofDocuments } from "./counted";

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
  readyEmpty: (names) => `In ${names} ist nichts abzulegen`,
  inLine: (what) => `Wartet, bis die Reihe kommt: ${what}`,
  paused: (what) => `Angehalten: ${what}`,
  held: (what) => `Wartet: ${what}`,
  later: (what) => `Wird noch einmal versucht: ${what}`,
  givingUp: (what) => `Wird abgebrochen: ${what}`,
  onceAsked: "Nichts davon wird mehr abgelegt; es endet, sobald der Tresor sagen konnte, was er davon hat",
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
  ofContents: (done, all) => `${number(done)} von ${ofContents(all)}`,
  files,
  ofDocuments: (count, of) => `${files(count)} von ${ofDocuments(of)}`,
  bytesOf: (done, all) => `${done} von ${all}`,
  left: (time) => `noch etwa ${time}`,
  results: {
    drop: {
      stored: (count) => `${number(count)} gespeichert`,
      already: (count) => `${number(count)} schon im Tresor`,
      failed: (count) => `${number(count)} fehlgeschlagen`,
      cancelled: (count) => `${number(count)} herausgenommen`,
      leftOut: (count) => `${number(count)} ausgelassen`,
    },
    restore: {
      stored: (count) => `${number(count)} wiederhergestellt`,
      already: (count) => `${number(count)} ${count === 1 ? "war" : "waren"} schon da`,
      failed: (count) => `${number(count)} nicht wiederhergestellt`,
      cancelled: (count) => `${number(count)} herausgenommen`,
      leftOut: (count) => `${number(count)} ausgelassen`,
    },
    verify: {
      stored: (count) => `${contents(count)} in Ordnung`,
      already: (count) => `${number(count)} schon vorher geprüft`,
      failed: (count) => `${number(count)} nicht, wie sie sein ${count === 1 ? "soll" : "sollen"}`,
      cancelled: (count) => `${number(count)} herausgenommen`,
      leftOut: (count) => `${number(count)} ausgelassen`,
    },
  },
  nothing: "nichts zu tun",
  attention: need,
  waits: (count) =>
    count === 1
      ? "1 wartet und wird von selbst noch einmal versucht"
      : `${number(count)} warten und werden von selbst noch einmal versucht`,
  showAttention: (count) => `${need(count)}: Liste zeigen`,
  pause: "Anhalten",
  resume: "Fortsetzen",
  cancel: "Abbrechen",
  review: "Ansehen …",
  show: "Zeigen",
  showFiles: "Dateien",
  showFilesOf: (what) => `Noch abzulegende Dateien: ${what}`,
  report: "Bericht",
  clear: "Wegräumen",
  clearAll: "Fertiges wegräumen",
  progress: "Fortschritt",
};

export const problems: Catalogue["problems"] = {
  title: (count) => `${files(count)} ${count === 1 ? "braucht" : "brauchen"} Aufmerksamkeit`,
  lead: "Alles andere ist abgelegt. Diese Dateien lassen sich noch einmal versuchen, sobald die Ursache behoben ist.",
  leadElse: "Diese Dateien lassen sich noch einmal versuchen, sobald die Ursache behoben ist.",
  leadWhileFiling:
    "Alles andere geht weiter. Diese Dateien lassen sich noch einmal versuchen, sobald die Ursache behoben ist.",
  none: "Nichts braucht mehr Aufmerksamkeit.",
  retry: "Noch einmal",
  skip: "Auslassen",
  retryNamed: (name) => `Noch einmal: ${name}`,
  skipNamed: (name) => `Auslassen: ${name}`,
  retryAll: "Alle noch einmal",
  skipAll: "Alle auslassen",
  skipped: (count) =>
    `${files(count)} ausgelassen. Der Verlauf behält, dass sie nicht abgelegt ${count === 1 ? "wurde" : "wurden"}.`,
  retrying: (count) => `${files(count)} ${count === 1 ? "wird" : "werden"} noch einmal versucht.`,
  retryingLater: "Wird versucht, sobald es weitergeht: Die Ablage ist angehalten.",
  filedNow: (count) => `${files(count)} ${count === 1 ? "braucht" : "brauchen"} keine Aufmerksamkeit mehr.`,
  failedAgain: (count) =>
    `${files(count)} ${count === 1 ? "ist" : "sind"} noch einmal misslungen. Warum, steht in der Liste.`,
  more: (count) => `${number(count)} weitere zeigen`,
  noFolder: "einzeln abgelegt",
  locate: "Suchen",
  locateNamed: (name) => `Suchen: ${name}`,
  locateFile: "Diese Datei …",
  locateFileHint: "Wo sie jetzt ist, wie immer sie dort heißt",
  locateFolder: "Den Ordner, in dem sie jetzt ist …",
  locateFolderHint: "Findet dort auch die anderen vermissten Dateien",
  locateAll: "In einem Ordner suchen …",
  comparing: "Wird verglichen …",
  found: (count) => `${files(count)} gefunden; ${count === 1 ? "sie wird" : "sie werden"} von dort abgelegt.`,
  foundLater: (count) =>
    `${files(count)} gefunden; abgelegt wird von dort, sobald es weitergeht: Die Ablage ist angehalten.`,
  different: (count, first) =>
    count === 1
      ? `${first}: Was dort steht, ist eine andere Datei. An ihr wurde nichts getan.`
      : `${files(count)} dort sind andere, darunter ${first}. An ihnen wurde nichts getan.`,
  missing: (count) => `${files(count)} ${count === 1 ? "ist" : "sind"} nicht dort.`,
  reasons: {
    "permission-denied":
      "Zugriff verweigert. Lassen Sie sich das Recht geben, sie zu lesen, oder kopieren Sie sie an einen eigenen Ort.",
    vanished:
      "Nicht mehr da. Bringen Sie sie zurück oder schließen Sie ihr Laufwerk wieder an und versuchen Sie es noch einmal, oder sagen Sie, wo sie jetzt ist.",
    different:
      "Nicht die Datei, die abgelegt wurde: Ihr Inhalt ist ein anderer. Suchen Sie die richtige, oder ziehen Sie diese herein.",
    changed:
      "Während des Ablegens geändert. Schließen Sie das Programm, das sie schreibt, und versuchen Sie es noch einmal.",
    "size-untrue":
      "Ihr Laufwerk gibt eine andere Länge an, als es hergibt. Kopieren Sie sie auf diesen Computer, sehen Sie nach, ob die Kopie vollständig ist, und legen Sie diese ab.",
    "in-use": "In einem anderen Programm geöffnet. Schließen Sie sie dort, und versuchen Sie es noch einmal.",
    "cloud-only":
      "Nicht auf diesem Computer: Nur ihr Platzhalter ist da. Machen Sie sie offline verfügbar, und versuchen Sie es noch einmal.",
    "path-too-long":
      "Ihr Pfad ist zu lang für dieses System. Verschieben Sie sie an einen kürzeren Pfad, und legen Sie sie noch einmal ab.",
    "too-deep":
      "Sie liegt zu tief: unter mehr als 2.048 Ordnern oder in einem Pfad von mehr als 30.000 Zeichen. Verschieben Sie sie weiter nach oben, und legen Sie sie noch einmal ab.",
    "other-kind": "Durch etwas ersetzt, was keine Datei ist. Legen Sie sie noch einmal ab.",
  },
};

export const queue: Catalogue["queue"] = {
  title: (count) => `Noch abzulegen: ${files(count)}`,
  lead: "Sie werden von selbst abgelegt. Eine, die nicht vorankommt, wartet und hält keine andere auf.",
  none: "Es ist nichts mehr abzulegen.",
  queued: "In der Reihe",
  begun: "Wird abgelegt",
  begunPaused: "Begonnen",
  waits: (time) => `Wartet · nächster Versuch um ${time}`,
  waitsNow: "Wartet · nächster Versuch jetzt",
  now: "Jetzt versuchen",
  nowNamed: (name) => `Jetzt versuchen: ${name}`,
  trying: (name) => `${name} wird jetzt versucht.`,
  removeFiles: "Herausnehmen",
  takeOutNamed: (name) => `Herausnehmen: ${name}`,
  takenOut: (name) =>
    `${name} wurde herausgenommen. Ziehen Sie die Datei noch einmal herein, um sie doch abzulegen.`,
  tooLate: (name) => `${name} ist schon begonnen oder abgelegt und lässt sich jetzt nicht herausnehmen.`,
  more: "Weitere zeigen",
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
  apart: (count) => `${number(count)} auseinandergehalten, weil der Name schon vergeben war`,
  apartWhy:
    "Ordner oder Dateien eines Namens wurden von verschiedenen Orten abgelegt. Jeder Ort wird für sich wiederhergestellt.",
  droppedFrom: "Abgelegt aus",
  renamedWhy: "Ihre Namen waren schon vergeben, oder das Laufwerk oder das System erlaubt sie nicht.",
  otherTimes: (count) =>
    `${counted("de", count, { one: "Datei", other: "Dateien" })} mit der nächsten Zeit, die das Laufwerk kennt`,
  otherTimesWhy: "Das Laufwerk kann die Zeiten nicht halten, mit denen sie ankamen.",
  unmarked: (count) =>
    `${counted("de", count, { one: "Datei ist", other: "Dateien sind" })} nicht als von außen kommend gekennzeichnet`,
  unmarkedWhy:
    "Das Laufwerk kann diese Kennzeichnung nicht halten, und Programme sind mit diesen Dateien nicht von selbst vorsichtig. Seien Sie es wie mit Anhängen von E-Mails.",
  restoredTime: "Geändert",
  insteadOf: (restored, received) => `${restored} statt ${received}`,
  problemsRestore: (count) => `${files(count)} nicht wiederhergestellt`,
  problemsVerify: (count) =>
    `${contents(count)} nicht, wie ${count === 1 ? "er sein soll" : "sie sein sollen"}`,
  orphaned: (count) =>
    `${counted("de", count, { one: "Datei ist", other: "Dateien sind" })} ohne Vermerk gespeichert`,
  orphanedWhy:
    "Das bleibt von einer Ablage, die unterbrochen wurde, oder gehört zu einer, die gerade läuft, vielleicht bei einer Kollegin. Es schadet nicht und wird verwendet, wenn dieselbe Datei noch einmal abgelegt wird.",
  doubles: (count) =>
    `${counted("de", count, { one: "Datei ist", other: "Dateien sind" })} mehrfach gespeichert`,
  doublesWhy: (spare) =>
    `Nichts ist verloren, und Sie müssen nichts tun. Die überzähligen Kopien belegen ${spare}. Frühere Versionen von Strongroom haben sie hinterlassen, wenn zwei Computer dieselbe Datei gleichzeitig abgelegt haben. Lassen Sie sie, wo sie sind: Ein Dokument kann jede davon brauchen.`,
  kept: "Wo sie liegt",
  size: "Größe",
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
