import type { Catalogue } from "..";
import { counted } from "../counted";

export const settings: Catalogue["settings"] = {
  title: "Einstellungen",
  filing: "Ablegen",
  fileAtOnce: "Ablegen, ohne zu fragen",
  fileAtOnceHint: "Legt alles ab, sobald es gelesen ist. Die Zahlen finden Sie im Verlauf.",
  notify: "Benachrichtigen, wenn eine Ablage fertig ist oder Aufmerksamkeit braucht",
  notifyHint: "Verwendet die Mitteilungen dieses Computers.",
  restoring: "Wiederherstellen",
  markRestored: "Wiederhergestellte Dateien als von außerhalb der Kanzlei kennzeichnen",
  markRestoredHint:
    "Programme behandeln solche Dateien wie E-Mail-Anhänge: Word führt darin zum Beispiel keine Makros aus. Schalten Sie dies nur aus, solange Sie Dokumente Ihrer Kanzlei wiederherstellen.",
  window: "Fenster",
  theme: "Farben",
  themes: { system: "Systemeinstellung verwenden", light: "Hell", dark: "Dunkel" },
  language: "Sprache",
  languages: { system: "Systemeinstellung verwenden", en: "English", de: "Deutsch" },
  onClose: "Wenn ich das Fenster schließe, während etwas läuft",
  onCloses: {
    ask: "Jedes Mal fragen",
    keepFiling: "Weiter ablegen und ein Symbol in der Taskleiste anzeigen",
    pause: "Anhalten und beenden",
  },
  leftOut: "Ausgelassen",
  leftOutHint:
    "Dateien mit diesen Namen werden nie abgelegt, aber mit dem Grund aufgeführt. Geben Sie einen Namen je Zeile ein; * steht für beliebige Zeichen, ? für ein einzelnes, / am Ende für Ordner.",
  leftOutLabel: "Namen, die ausgelassen werden",
  save: "Liste speichern",
  saved: "Die Liste wurde gespeichert. Sie gilt ab der nächsten Ablage.",
  firms: "Kanzleien",
  reset: "Auf ursprüngliche Liste zurücksetzen",
  wasReset: "Die Liste wurde zurückgesetzt.",
  data: "Daten",
  dataFolder: "Ordner des Tresors",
  nextDataFolder: "Nach dem nächsten Start",
  nextHint:
    "Es wird nichts verschoben. Um den Tresor zu verschieben, kopieren Sie den Ordner, während Strongroom geschlossen ist.",
  reveal: "Im Ordner anzeigen",
  choose: "Anderen wählen …",
  chooseFolder: "Anderen Ordner wählen …",
  verify: "Tresor prüfen",
  verifyHint: "Liest alle gespeicherten Dateien und vergleicht sie mit dem, was abgelegt wurde.",
  checkSlowly: "Langsam prüfen, damit die Verbindung für andere frei bleibt",
  checkSlowlyHint:
    "Etwa 7 GB pro Stunde. Eine Prüfung, die angehalten wird oder die Verbindung verliert, wird dort fortgesetzt, wo sie unterbrochen wurde.",
  checking: "Die Prüfung hat begonnen. Ihr Bericht erscheint unten.",
  checkingAlready: "Es läuft bereits eine Prüfung. Sie sehen sie unten.",
  copyDiagnostics: "Diagnose kopieren",
  copyDiagnosticsHint:
    "Versionen, Anzahlen und das Protokoll, für alle, die Ihnen bei einem Fehler helfen. Keine Namen, keine Dokumente. Es wird nichts gesendet.",
  diagnosticsCopied: "Die Diagnose wurde kopiert.",
};

export const about: Catalogue["about"] = {
  title: "Über Strongroom",
  version: (version) => `Version ${version}`,
  what: "Der Dokumententresor für Kanzleien: Jedes Byte, jeder Name, jedes Datum und jeder Fundort wird einmal und nachweisbar gespeichert und lässt sich genau so wiederherstellen, wie Sie es erhalten haben.",
  system: "System",
  systems: { linux: "Linux", mac: "macOS", windows: "Windows" },
  device: "Dieser Computer",
  licence: "Lizenz",
  licences: "Strongroom ist freie Software nach Ihrer Wahl unter der MIT-Lizenz oder der Apache-Lizenz 2.0.",
  parts: "Verwendete Komponenten",
  partsNote:
    "PDF-Dateien werden mit PDF.js (Apache-Lizenz 2.0) und den Schriften Liberation und Foxit angezeigt, Bilder mit OpenJPEG (BSD). Die Symbole stammen von Lucide (ISC).",
  copy: "Für eine Supportanfrage kopieren",
  copied: "Version und System wurden kopiert.",
};

export const welcome: Catalogue["welcome"] = {
  title: "Willkommen bei Strongroom",
  lead: "Legen Sie ab, was Sie von einem Mandanten erhalten. Jede Datei wird einmal gespeichert, mit jedem Namen, Ordner und Datum, mit dem sie kam. Sie sehen, was neu ist, bevor etwas gespeichert wird, und können alles genau so wiederherstellen, wie es war.",
  where: "Wo möchten Sie Ihre Dokumente speichern?",
  here: "Auf diesem Computer",
  hereHint:
    "Für eine Person. Sie brauchen kein Konto, und nichts verlässt diesen Computer. Ein Umzug in den Tresor einer Kanzlei ist später möglich.",
  useHere: "Auf diesem Computer nutzen",
  firm: "Im Tresor Ihrer Kanzlei",
  firmHint:
    "Gemeinsam mit Ihren Kollegen. Ihr Administrator hat eine Verbindungsdatei oder einen Link für Sie. Sie können auch offline arbeiten.",
  connect: "Mit der Kanzlei verbinden …",
  connectHint: "Sie können die Verbindungsdatei auch auf dieses Fenster ziehen oder den Link anklicken.",
  back: "Zurück",
  drop: "Ziehen Sie einen Ordner hierher",
  dropHint: "oder wählen Sie einen. Er wird zuerst gelesen; gespeichert wird erst, wenn Sie bestätigen.",
  addFolder: "Ordner hinzufügen …",
  createMatter: "Den ersten Mandanten und die erste Akte anlegen",
  createHint: "Dateien werden in Akten abgelegt. Ohne Akte kommen sie zu den eigenen Unterlagen der Kanzlei.",
  goOn: "Ohne Akte fortfahren",
  local: "Alles bleibt auf diesem Computer. Sie brauchen kein Konto und kein Netz.",
};

export const closing: Catalogue["closing"] = {
  title: "Es läuft noch etwas",
  lead: (count) =>
    `${counted("de", count, { one: "Vorgang ist", other: "Vorgänge sind" })} noch nicht abgeschlossen.`,
  keep: "Weiter ablegen",
  keepHint: "Das Fenster wird geschlossen; ein Symbol in der Taskleiste zeigt, dass das Ablegen weitergeht.",
  pause: "Anhalten und beenden",
  pauseHints: {
    drop: "Das Ablegen wird beim nächsten Start von Strongroom dort fortgesetzt, wo es unterbrochen wurde.",
    restore: "Sie müssen die Wiederherstellung neu starten; bereits geschriebene Dateien bleiben erhalten.",
    verify:
      "Die Prüfung bleibt angehalten. Wenn Sie sie fortsetzen, geht sie dort weiter, wo sie unterbrochen wurde.",
  },
  stay: "Nicht schließen",
  done: "Alles ist erledigt.",
  close: "Strongroom schließen",
  remember: "Immer so vorgehen",
};
