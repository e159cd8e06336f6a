import type { Catalogue } from "..";
import { counted } from "../counted";

export const settings: Catalogue["settings"] = {
  title: "Einstellungen",
  filing: "Ablegen",
  fileAtOnce: "Ablegen, ohne zu fragen",
  fileAtOnceHint: "Sobald alles gelesen ist, wird es abgelegt. Die Zahlen stehen trotzdem im Verlauf.",
  notify: "Melden, wenn etwas fertig ist oder Aufmerksamkeit braucht",
  notifyHint: "Mit den Mitteilungen dieses Computers.",
  restoring: "Wiederherstellen",
  markRestored: "Wiederhergestellte Dateien als von außen gekommen kennzeichnen",
  markRestoredHint:
    "Programme sind mit solchen Dateien vorsichtig, wie mit Anhängen einer E-Mail: Word führt keine Makros darin aus. Schalten Sie es nur aus, solange Sie Dokumente Ihrer Kanzlei wiederherstellen.",
  window: "Fenster",
  theme: "Farben",
  themes: { system: "Wie das System", light: "Hell", dark: "Dunkel" },
  language: "Sprache",
  languages: { system: "Wie das System", en: "English", de: "Deutsch" },
  onClose: "Das Fenster schließen, während etwas läuft",
  onCloses: {
    ask: "Jedes Mal fragen",
    keepFiling: "Weiter ablegen, mit einem Zeichen in der Leiste",
    pause: "Anhalten und beenden",
  },
  leftOut: "Ausgelassen",
  leftOutHint:
    "Dateien mit diesen Namen werden nie abgelegt, aber mit dem Grund aufgeführt. Ein Name je Zeile; * steht für beliebige Zeichen, ? für eines, ein / am Ende meint Ordner.",
  leftOutLabel: "Namen, die ausgelassen werden",
  save: "Liste speichern",
  saved: "Die Liste ist gespeichert. Sie gilt ab der nächsten Ablage.",
  firms: "Kanzleien",
  reset: "Zurück zur ursprünglichen Liste",
  wasReset: "Die ursprüngliche Liste gilt wieder.",
  data: "Daten",
  dataFolder: "Alles im Tresor liegt in",
  nextDataFolder: "Ab dem nächsten Start",
  nextHint:
    "Es wird nichts verschoben. Um den Tresor mitzunehmen, kopieren Sie den Ordner, während Strongroom geschlossen ist.",
  reveal: "Im Ordner zeigen",
  choose: "Anderen wählen …",
  chooseFolder: "Anderen Ordner wählen …",
  verify: "Tresor prüfen",
  verifyHint: "Liest alles, was gespeichert ist, und vergleicht es mit dem, was abgelegt wurde.",
  checkSlowly: "Langsam prüfen, damit die Leitung für andere frei bleibt",
  checkSlowlyHint:
    "Etwa 7 GB in der Stunde. Eine Prüfung, die angehalten wird oder die Leitung verliert, geht dort weiter, wo sie war.",
  checking: "Die Prüfung hat begonnen. Ihr Bericht steht dann unten.",
  checkingAlready: "Es läuft schon eine Prüfung: Sie steht unten.",
};

export const about: Catalogue["about"] = {
  title: "Über Strongroom",
  version: (version) => `Version ${version}`,
  what: "Der Dokumententresor für Kanzleien: Jedes Byte, jeder Name, jedes Datum und jeder Fundort, der ankam, wird einmal und nachweisbar aufbewahrt und lässt sich genau so zurückgeben, wie er kam.",
  system: "System",
  systems: { linux: "Linux", mac: "macOS", windows: "Windows" },
  device: "Dieser Computer",
  licence: "Lizenz",
  licences: "Strongroom ist freie Software unter der MIT-Lizenz oder der Apache-Lizenz 2.0, wie Sie wollen.",
  parts: "Woraus es gemacht ist",
  partsNote:
    "PDF-Dateien zeichnet PDF.js (Apache-Lizenz 2.0) mit den Schriften Liberation und Foxit, Bilder OpenJPEG (BSD); die Symbole sind von Lucide (ISC).",
  copy: "Für eine Anfrage kopieren",
  copied: "Version und System wurden kopiert.",
};

export const welcome: Catalogue["welcome"] = {
  title: "Willkommen bei Strongroom",
  lead: "Legen Sie ab, was ein Mandant übergibt, und jede Datei wird einmal aufbewahrt, mit jedem Namen, Ordner und Datum, mit dem sie kam. Sie sehen, was neu ist, bevor etwas gespeichert wird, und können alles genau so zurückbekommen.",
  where: "Wo sollen Ihre Dokumente liegen?",
  here: "Auf diesem Computer",
  hereHint:
    "Für eine Person. Es gibt kein Konto, und nichts verlässt diesen Computer. Der Umzug in eine Kanzlei geht auch später.",
  useHere: "Auf diesem Computer nutzen",
  firm: "Im Tresor Ihrer Kanzlei",
  firmHint:
    "Gemeinsam mit Ihren Kollegen. Ihr Administrator hat eine Verbindungsdatei oder einen Link für Sie; auch ohne Netz lässt sich arbeiten.",
  connect: "Mit der Kanzlei verbinden …",
  connectHint: "Eine Verbindungsdatei lässt sich auch auf dieses Fenster ziehen, ein Link einfach anklicken.",
  back: "Zurück",
  drop: "Ziehen Sie einen Ordner hierher",
  dropHint: "oder wählen Sie einen; er wird zuerst gelesen, und gespeichert wird erst, wenn Sie es sagen.",
  addFolder: "Ordner hinzufügen …",
  createMatter: "Den ersten Mandanten und die erste Akte anlegen",
  createHint: "In Akten wird abgelegt. Ohne eine kommt alles zu den eigenen Unterlagen der Kanzlei.",
  goOn: "Ohne weitermachen",
  local: "Alles bleibt auf diesem Computer. Es braucht kein Konto und kein Netz.",
};

export const closing: Catalogue["closing"] = {
  title: "Es läuft noch etwas",
  lead: (count) => `${counted("de", count, { one: "Sache ist", other: "Sachen sind" })} noch nicht fertig.`,
  keep: "Weiter ablegen",
  keepHint: "Das Fenster schließt; ein Zeichen in der Leiste zeigt, dass es weitergeht.",
  pause: "Anhalten und beenden",
  pauseHints: {
    drop: "Das Ablegen geht beim nächsten Start dort weiter, wo es stehen blieb.",
    restore: "Eine Wiederherstellung muss neu begonnen werden; was schon geschrieben ist, bleibt.",
    verify:
      "Eine Prüfung des Tresors steht beim nächsten Mal angehalten da und geht dort weiter, wo sie stehen blieb.",
  },
  stay: "Hierbleiben",
  done: "Jetzt ist alles erledigt.",
  close: "Strongroom schließen",
  remember: "Immer so",
};
