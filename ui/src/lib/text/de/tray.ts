import type { Catalogue } from "..";
import { number } from "../../format";
import { counted } from "../counted";
import { contents, files, ofContents, ofDocuments } from "./counted";

const need = (count: number) => `${number(count)} ${count === 1 ? "braucht" : "brauchen"} Aufmerksamkeit`;

export const tray: Catalogue["tray"] = {
  label: "Aktivität",
  all: (count) => `${number(count)} laufen oder sind fertig`,
  more: (count) => `und ${number(count)} weitere`,
  fewer: "Weniger anzeigen",
  general: "die eigenen Unterlagen der Kanzlei",
  theVault: "der Tresor",
  reading: (names) => `${names} wird gelesen`,
  ready: (names) => `${names} kann abgelegt werden`,
  readyEmpty: (names) => `In ${names} gibt es nichts abzulegen`,
  inLine: (what) => `In der Warteschlange: ${what}`,
  paused: (what) => `Angehalten: ${what}`,
  held: (what) => `Wartet: ${what}`,
  later: (what) => `Wird erneut versucht: ${what}`,
  givingUp: (what) => `Wird abgebrochen: ${what}`,
  onceAsked: "Es wird nichts mehr abgelegt; das Abbrechen endet, sobald der Tresor geprüft werden kann",
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
      cancelled: (count) => `${number(count)} entfernt`,
      leftOut: (count) => `${number(count)} ausgelassen`,
    },
    restore: {
      stored: (count) => `${number(count)} wiederhergestellt`,
      already: (count) => `${number(count)} schon vorhanden`,
      failed: (count) => `${number(count)} nicht wiederhergestellt`,
      cancelled: (count) => `${number(count)} entfernt`,
      leftOut: (count) => `${number(count)} ausgelassen`,
    },
    verify: {
      stored: (count) => `${contents(count)} in Ordnung`,
      already: (count) => `${number(count)} schon vorher geprüft`,
      failed: (count) => `${number(count)} mit ${count === 1 ? "einem Problem" : "Problemen"}`,
      cancelled: (count) => `${number(count)} entfernt`,
      leftOut: (count) => `${number(count)} ausgelassen`,
    },
  },
  nothing: "nichts zu tun",
  attention: need,
  waits: (count) =>
    count === 1
      ? "1 wartet und wird automatisch erneut versucht"
      : `${number(count)} warten und werden automatisch erneut versucht`,
  showAttention: (count) => `${need(count)}: Liste anzeigen`,
  pause: "Anhalten",
  resume: "Fortsetzen",
  cancel: "Abbrechen",
  review: "Prüfen …",
  show: "Anzeigen",
  showFiles: "Dateien",
  showFilesOf: (what) => `Noch abzulegende Dateien: ${what}`,
  report: "Bericht",
  clear: "Ausblenden",
  clearAll: "Fertige ausblenden",
  progress: "Fortschritt",
};

export const problems: Catalogue["problems"] = {
  title: (count) => `${files(count)} ${count === 1 ? "braucht" : "brauchen"} Aufmerksamkeit`,
  lead: "Alles andere ist abgelegt. Sie können diese Dateien erneut versuchen, sobald die Ursache behoben ist.",
  leadElse: "Sie können diese Dateien erneut versuchen, sobald die Ursache behoben ist.",
  leadWhileFiling:
    "Alles andere wird weiter abgelegt. Sie können diese Dateien erneut versuchen, sobald die Ursache behoben ist.",
  none: "Nichts braucht mehr Aufmerksamkeit.",
  retry: "Erneut versuchen",
  skip: "Auslassen",
  retryNamed: (name) => `Erneut versuchen: ${name}`,
  skipNamed: (name) => `Auslassen: ${name}`,
  retryAll: "Alle erneut versuchen",
  skipAll: "Alle auslassen",
  skipped: (count) =>
    `${files(count)} ausgelassen. Im Verlauf wird vermerkt, dass sie nicht abgelegt ${count === 1 ? "wurde" : "wurden"}.`,
  retrying: (count) => `${files(count)} ${count === 1 ? "wird" : "werden"} erneut versucht.`,
  retryingLater: "Die Ablage ist angehalten. Der Versuch folgt, wenn Sie sie fortsetzen.",
  filedNow: (count) => `${files(count)} ${count === 1 ? "braucht" : "brauchen"} keine Aufmerksamkeit mehr.`,
  failedAgain: (count) =>
    `${files(count)} ${count === 1 ? "ist" : "sind"} erneut fehlgeschlagen. Den Grund finden Sie in der Liste.`,
  more: (count) => `${number(count)} weitere anzeigen`,
  noFolder: "einzeln abgelegt",
  locate: "Suchen",
  locateNamed: (name) => `Suchen: ${name}`,
  locateFile: "Diese Datei …",
  locateFileHint: "Wählen Sie, wo sie jetzt ist, auch wenn sie umbenannt wurde",
  locateFolder: "Der Ordner, in dem sie jetzt ist …",
  locateFolderHint: "Findet dort auch andere fehlende Dateien",
  locateAll: "In einem Ordner suchen …",
  comparing: "Wird verglichen …",
  found: (count) => `${files(count)} gefunden; ${count === 1 ? "sie wird" : "sie werden"} von dort abgelegt.`,
  foundLater: (count) =>
    `${files(count)} gefunden. Die Ablage ist angehalten; von dort wird abgelegt, wenn Sie sie fortsetzen.`,
  different: (count, first) =>
    count === 1
      ? `${first}: Die Datei dort ist eine andere und wurde ignoriert.`
      : `${files(count)} dort sind andere und wurden ignoriert, darunter ${first}.`,
  missing: (count) => `${files(count)} ${count === 1 ? "wurde" : "wurden"} dort nicht gefunden.`,
  reasons: {
    "permission-denied":
      "Zugriff verweigert. Lassen Sie sich Leserechte geben, oder kopieren Sie die Datei in einen eigenen Ordner.",
    vanished:
      "Nicht mehr vorhanden. Legen Sie die Datei zurück oder schließen Sie das Laufwerk wieder an und versuchen Sie es erneut, oder suchen Sie die Datei.",
    different:
      "Nicht die Datei, die abgelegt wurde: Ihr Inhalt ist ein anderer. Suchen Sie die richtige, oder legen Sie diese neu ab.",
    changed:
      "Während des Ablegens geändert. Schließen Sie das Programm, das die Datei schreibt, und versuchen Sie es erneut.",
    "size-untrue":
      "Das Laufwerk meldet eine andere Größe, als es liefert. Kopieren Sie die Datei auf diesen Computer, prüfen Sie, ob die Kopie vollständig ist, und legen Sie die Kopie ab.",
    "in-use": "In einem anderen Programm geöffnet. Schließen Sie die Datei dort und versuchen Sie es erneut.",
    "cloud-only":
      "Auf diesem Computer ist nur der Platzhalter. Machen Sie die Datei offline verfügbar und versuchen Sie es erneut.",
    "path-too-long":
      "Der Pfad ist zu lang für dieses System. Verschieben Sie die Datei an einen kürzeren Pfad und legen Sie sie erneut ab.",
    "too-deep":
      "Sie liegt zu tief: unter mehr als 2.048 Ordnern oder in einem Pfad von mehr als 30.000 Zeichen. Verschieben Sie sie weiter nach oben und legen Sie sie erneut ab.",
    "other-kind": "Durch etwas ersetzt, das keine Datei ist. Legen Sie sie erneut ab.",
  },
};

export const queue: Catalogue["queue"] = {
  title: (count) => `Noch abzulegen: ${files(count)}`,
  lead: "Sie werden automatisch abgelegt. Eine Datei, die warten muss, hält die anderen nicht auf.",
  none: "Es sind keine Dateien mehr abzulegen.",
  queued: "In der Warteschlange",
  begun: "Wird abgelegt",
  begunPaused: "Begonnen",
  waits: (time) => `Wartet · nächster Versuch um ${time}`,
  waitsNow: "Wartet · nächster Versuch jetzt",
  now: "Jetzt versuchen",
  nowNamed: (name) => `Jetzt versuchen: ${name}`,
  trying: (name) => `${name} wird jetzt versucht.`,
  removeFiles: "Aus Warteschlange entfernen",
  takeOutNamed: (name) => `Aus Warteschlange entfernen: ${name}`,
  takenOut: (name) =>
    `${name} wurde aus der Warteschlange entfernt. Um die Datei abzulegen, ziehen Sie sie erneut in das Fenster.`,
  tooLate: (name) =>
    `${name} wird bereits abgelegt oder ist schon abgelegt und kann nicht mehr entfernt werden.`,
  more: "Weitere anzeigen",
};

export const report: Catalogue["report"] = {
  restored: "Was wiederhergestellt wurde",
  checked: "Was geprüft wurde",
  loading: "Der Bericht wird gelesen …",
  destination: "Wiederhergestellt in",
  sound: "Alles ist vorhanden und seit dem Ablegen unverändert.",
  allRestored: "Jede Datei wurde so wiederhergestellt, wie sie empfangen wurde.",
  renamed: (count) =>
    `${counted("de", count, { one: "Datei wurde", other: "Dateien wurden" })} unter anderem Namen geschrieben`,
  apart: (count) => `${number(count)} getrennt gehalten, weil der Name schon vergeben war`,
  apartWhy:
    "Ordner oder Dateien mit demselben Namen wurden von verschiedenen Orten abgelegt. Sie werden getrennt wiederhergestellt.",
  droppedFrom: "Abgelegt aus",
  renamedWhy: "Ihre Namen waren schon vergeben, oder das Laufwerk oder das System erlaubt sie nicht.",
  otherTimes: (count) =>
    `${counted("de", count, { one: "Datei", other: "Dateien" })} mit der nächstliegenden Zeit, die das Laufwerk speichern kann`,
  otherTimesWhy: "Das Laufwerk kann die Zeiten, mit denen sie empfangen wurden, nicht genau speichern.",
  unmarked: (count) =>
    `${counted("de", count, { one: "Datei ist", other: "Dateien sind" })} nicht als von außerhalb der Kanzlei gekennzeichnet`,
  unmarkedWhy:
    "Das Laufwerk kann diese Kennzeichnung nicht speichern, daher treffen Programme bei diesen Dateien keine Vorsichtsmaßnahmen. Gehen Sie mit ihnen so vorsichtig um wie mit E-Mail-Anhängen.",
  restoredTime: "Geändert",
  insteadOf: (restored, received) => `${restored} statt ${received}`,
  problemsRestore: (count) => `${files(count)} nicht wiederhergestellt`,
  problemsVerify: (count) => `${contents(count)} mit ${count === 1 ? "einem Problem" : "Problemen"}`,
  orphaned: (count) =>
    `${counted("de", count, { one: "Datei ist", other: "Dateien sind" })} ohne Vermerk gespeichert`,
  orphanedWhy:
    "Sie stammen von einer unterbrochenen Ablage oder gehören zu einer, die gerade läuft, vielleicht bei einer Kollegin. Sie schaden nicht und werden verwendet, wenn dieselbe Datei erneut abgelegt wird.",
  doubles: (count) =>
    `${counted("de", count, { one: "Datei ist", other: "Dateien sind" })} mehrfach gespeichert`,
  doublesWhy: (spare) =>
    `Nichts ist verloren, und Sie müssen nichts tun. Die überzähligen Kopien belegen ${spare}. Frühere Versionen von Strongroom haben sie hinterlassen, wenn zwei Computer dieselbe Datei gleichzeitig abgelegt haben. Löschen Sie sie nicht: Ein Dokument kann jede davon brauchen.`,
  kept: "Gespeichert unter",
  size: "Größe",
  from: "Empfangen als",
  to: "Geschrieben als",
  file: "Datei",
  why: "Problem",
  reveal: "Im Ordner anzeigen",
  done: "Fertig",
  copy: "Bericht kopieren",
  copied: "Der Bericht wurde kopiert.",
  more: (count) => `${number(count)} weitere anzeigen`,
};
