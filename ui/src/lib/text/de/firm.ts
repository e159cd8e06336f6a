import type { Catalogue } from "..";
import { number } from "../../format";
import { counted } from "../counted";

const filesWaiting = (count: number) =>
  counted("de", count, { one: "Datei wartet", other: "Dateien warten" });
const editsWaiting = (count: number) =>
  counted("de", count, { one: "Änderung wartet", other: "Änderungen warten" });

const entries = (count: number) => counted("de", count, { one: "Eintrag", other: "Einträge" });

export const firm: Catalogue["firm"] = {
  training: "Übung",
  trainingHint: "Was Sie hier tun, ist Übung: Es liegt getrennt von den Unterlagen der Kanzlei.",
  named: (name, training) => `${name} — ${training}`,
  workspaces: {
    menu: "Arbeitsbereich",
    signedOut: "Nicht angemeldet",
    connect: "Mit einer Kanzlei verbinden …",
    signOut: "Abmelden …",
  },
  connection: {
    title: (name) => `Mit ${name} verbinden?`,
    lead: "Das steht in der Verbindung. Dorthin wurde noch nichts gesendet.",
    name: "Kanzlei",
    project: "Firebase-Projekt",
    stored: "Dokumente liegen in",
    signInAt: "Sie melden sich an bei",
    hosts: "Den Nachweis bekommt",
    check:
      "Hier kann jeder jeden Namen hineinschreiben; vergleichen Sie das Projekt mit Ihrem Administrator.",
    trainingNote: "Das führt in den Übungsbereich der Kanzlei: Was dort abgelegt wird, ist nur Übung.",
    emulatorsNote: "Das führt zu einer Probe auf diesem Computer, nicht in den Tresor einer Kanzlei.",
    knownNote: "Mit dieser Kanzlei sind Sie schon verbunden. Diese Verbindung tritt an die Stelle der alten.",
    changes: "Mit dieser Kanzlei sind Sie schon verbunden. Das würde sich ändern:",
    changesAgain: "Fragen Sie Ihren Administrator. Danach melden Sie sich neu an.",
    nothing: "nichts",
    facts: {
      name: "Kanzlei",
      apiKey: "API-Schlüssel",
      bucket: "Dokumente liegen in",
      provider: "Anmeldedienst",
      issuer: "Sie melden sich an bei",
      client: "Client-Kennung",
      clientSecret: "Client-Geheimnis",
      emulators: "Emulatoren",
    },
    replace: "Verbindung ändern",
    connect: "Verbinden",
  },
  signIn: {
    lead: "Ihr Browser öffnet die Seite zum Anmelden. Strongroom erfährt Ihr Passwort nie.",
    button: "Im Browser anmelden",
    waiting: "Warten auf Ihren Browser …",
    waitingHint: "Die Seite wurde dort geöffnet. Melden Sie sich an, und kommen Sie hierher zurück.",
    opening: "Angemeldet. Der Tresor wird geöffnet …",
    again: "Noch einmal versuchen",
    instead: "Oder",
    here: "Stattdessen auf diesem Computer arbeiten",
    open: (name) => `${name} öffnen`,
    other: "Mit einer anderen Kanzlei verbinden …",
    notRemembered:
      "Beim nächsten Mal müssen Sie sich wieder anmelden: Dieser Computer kann Ihre Anmeldung nicht behalten.",
  },
  bar: {
    label: "Der Tresor der Kanzlei",
    offline: (when) => `Offline — Stand ${when}.`,
    never: "Offline — von der Kanzlei wurde noch nichts geholt.",
    waiting: (files, edits) =>
      `${[files > 0 ? filesWaiting(files) : "", edits > 0 ? editsWaiting(edits) : ""]
        .filter((part) => part !== "")
        .join(", ")}.`,
    again: "Jetzt versuchen",
    trying: "Wird versucht …",
    catchingUp: "Die Unterlagen der Kanzlei werden geholt …",
    taken: (count) => number(count),
    current: "Alles ist auf dem neuesten Stand.",
    signIn: "Anmelden",
    signInNeeded: "Sie müssen sich wieder anmelden.",
    refused: (count) =>
      `${counted("de", count, { one: "Änderung konnte", other: "Änderungen konnten" })} nicht in den Tresor der Kanzlei geschrieben werden.`,
    show: (count) => `${counted("de", count, { one: "Änderung", other: "Änderungen" })} zeigen`,
    unreadable: (count) =>
      `${entries(count)} im Tresor der Kanzlei ${count === 1 ? "ist" : "sind"} nicht lesbar.`,
    restShown: "Alles andere wird gezeigt.",
    showUnreadable: "Zeigen",
    showUnreadableNamed: (count) => `${entries(count)} zeigen`,
    showUnreadableToo: (count) => `${number(count)} nicht lesbar`,
    decide: "Entscheiden …",
  },
  edits: {
    waiting: "Wartet",
    waitingHint: "Eine Änderung ist auf diesem Computer und noch nicht im Tresor der Kanzlei.",
    undecided: "Zu klären",
    undecidedHint:
      "Eine Änderung konnte nicht in den Tresor der Kanzlei geschrieben werden. Entscheiden Sie, was gelten soll.",
    title: "Änderungen, die warten",
    titleRefused: "Änderungen, die nicht geschrieben werden konnten",
    lead: "Sie liegen auf diesem Computer und kommen in den Tresor der Kanzlei, sobald er erreichbar ist.",
    none: "Es wartet nichts mehr. Alles ist im Tresor der Kanzlei.",
    client: "Mandant",
    matter: "Akte",
    made: (when) => `geändert ${when}`,
    yours: "Ihre Fassung",
    theirs: "Im Tresor der Kanzlei",
    keepMine: "Meine behalten",
    keepTheirs: "Die andere behalten",
    tryMine: "Noch einmal versuchen",
    dropMine: "Meine Änderung aufgeben",
    keptMine: (name) => `${name}: Ihre Fassung bleibt.`,
    keptTheirs: (name) => `${name}: Die Fassung im Tresor der Kanzlei bleibt.`,
  },
  unreadable: {
    title: (count) => `${entries(count)} im Tresor der Kanzlei ${count === 1 ? "ist" : "sind"} nicht lesbar`,
    lead: "Von Ihren eigenen Unterlagen ist nichts verloren, und alles andere im Tresor wird gezeigt.",
    leadMember: "Sagen Sie Ihrem Administrator Bescheid: Die Liste lässt sich kopieren und verschicken.",
    leadAdmin:
      "So hat Strongroom sie nicht geschrieben. Als Administrator können Sie sie im Firebase-Projekt der Kanzlei berichtigen; bei jedem steht, wo er liegt.",
    what: {
      client: "Ein Mandant",
      clientNamed: (name) => `Mandant ${name}`,
      matter: "Eine Akte",
      matterNumbered: (number) => `Akte ${number}`,
      matterGeneral: "Die eigene Akte der Kanzlei",
      document: (of) => `Ein Dokument ${of}`,
      event: (of) => `Ein Ereignis im Verlauf ${of}`,
      drop: (of) => `Eine Ablage ${of}`,
      person: "Der Name einer Person der Kanzlei",
      other: "Ein Eintrag, den Strongroom nicht kennt",
    },
    ofMatter: {
      numbered: (number) => `der Akte ${number}`,
      general: "der eigenen Akte der Kanzlei",
      unknown: "einer Akte, die nicht gezeigt wird",
    },
    field: (field) => `„${field}“ fehlt oder ist nicht so, wie Strongroom es schreibt.`,
    asBefore: "Gezeigt wird der Stand davor.",
    copyPath: (what) => `Kopieren, wo er liegt: ${what}`,
    copiedPath: "Wo der Eintrag liegt, wurde kopiert.",
    copy: "Liste kopieren",
    copied: "Die Liste wurde kopiert.",
    more: (count) => `${number(count)} weitere zeigen`,
    rest: (count) => `und ${number(count)} weitere`,
    none: "Im Tresor der Kanzlei ist alles lesbar.",
  },
  signOut: {
    title: (name) => `Von ${name} abmelden?`,
    lead: (person, email) => `${person} · ${email}`,
    body: "Die Unterlagen der Kanzlei lassen sich auf diesem Computer erst wieder öffnen, wenn sich jemand anmeldet. Im Tresor der Kanzlei ändert sich nichts.",
    waiting: (files, edits) =>
      `${firm.bar.waiting(files, edits).slice(0, -1)}: Das bleibt auf diesem Computer, bis Sie sich wieder anmelden, und geht dann weiter.`,
    forget: "Auch die Kopie der Kanzlei von diesem Computer entfernen",
    forgetHint: "Die Listen und Dokumente, die hier für die Arbeit ohne Netz liegen.",
    forgetNot: "Nicht, solange etwas wartet: Es liegt nur auf diesem Computer.",
    button: "Abmelden",
  },
  list: {
    none: "Dieser Computer ist mit keiner Kanzlei verbunden.",
    open: "Gerade offen",
    project: (project) => `Projekt ${project}`,
    signedIn: (person, email) => `${person} · ${email}`,
    remove: "Verbindung entfernen",
    removeNamed: (name) => `Verbindung entfernen: ${name}`,
    removeHint: "Um sich wieder zu verbinden, brauchen Sie die Verbindungsdatei oder den Link.",
    reallyRemove: "Entfernen",
    removed: (name) => `Die Verbindung zu ${name} wurde entfernt.`,
    openIt: "Öffnen",
    keep: "Behalten",
  },
};
