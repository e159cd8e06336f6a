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
  trainingHint: "Dieser Bereich ist zum Üben. Er ist von den Unterlagen der Kanzlei getrennt.",
  named: (name, training) => `${name} — ${training}`,
  workspaces: {
    menu: "Arbeitsbereich",
    signedOut: "Nicht angemeldet",
    connect: "Mit einer Kanzlei verbinden …",
    signOut: "Abmelden …",
  },
  connection: {
    title: (name) => `Mit ${name} verbinden?`,
    lead: "Prüfen Sie diese Angaben vor dem Verbinden. Es wurde noch nichts gesendet.",
    name: "Kanzlei",
    project: "Firebase-Projekt",
    stored: "Dokumente werden gespeichert in",
    signInAt: "Sie melden sich an bei",
    hosts: "Anmeldenachweis geht an",
    check:
      "Der Name in einer Verbindung ist frei wählbar. Klären Sie mit Ihrem Administrator, ob das Projekt stimmt.",
    trainingNote:
      "Diese Verbindung führt in den Übungsbereich der Kanzlei. Alles dort Abgelegte dient nur der Übung.",
    emulatorsNote:
      "Diese Verbindung führt zu einer Testumgebung auf diesem Computer, nicht zum Tresor einer Kanzlei.",
    knownNote: "Sie sind bereits mit dieser Kanzlei verbunden. Diese Verbindung ersetzt die bisherige.",
    changes: "Sie sind bereits mit dieser Kanzlei verbunden. Das würde sich ändern:",
    changesAgain: "Klären Sie die Änderungen mit Ihrem Administrator. Sie müssen sich danach neu anmelden.",
    nothing: "nichts",
    facts: {
      name: "Kanzlei",
      apiKey: "API-Schlüssel",
      bucket: "Dokumente werden gespeichert in",
      provider: "Anmeldedienst",
      issuer: "Sie melden sich an bei",
      client: "Client-ID",
      clientSecret: "Client-Geheimnis",
      emulators: "Emulatoren",
    },
    replace: "Verbindung ändern",
    connect: "Verbinden",
  },
  signIn: {
    lead: "Ihr Browser öffnet die Anmeldeseite. Strongroom erfährt Ihr Kennwort nie.",
    button: "Im Browser anmelden",
    waiting: "Warten auf Ihren Browser …",
    waitingHint:
      "Melden Sie sich auf der geöffneten Seite in Ihrem Browser an und kehren Sie dann hierher zurück.",
    opening: "Angemeldet. Der Tresor wird geöffnet …",
    again: "Erneut versuchen",
    instead: "Oder",
    here: "Stattdessen auf diesem Computer arbeiten",
    open: (name) => `${name} öffnen`,
    other: "Mit einer anderen Kanzlei verbinden …",
    notRemembered:
      "Beim nächsten Mal müssen Sie sich erneut anmelden: Dieser Computer kann Ihre Anmeldung nicht speichern.",
  },
  bar: {
    label: "Der Tresor der Kanzlei",
    offline: (when) => `Offline — Stand ${when}.`,
    never: "Offline — von der Kanzlei wurde noch nichts heruntergeladen.",
    waiting: (files, edits) =>
      `${[files > 0 ? filesWaiting(files) : "", edits > 0 ? editsWaiting(edits) : ""]
        .filter((part) => part !== "")
        .join(", ")}.`,
    again: "Jetzt erneut versuchen",
    trying: "Wird versucht …",
    catchingUp: "Die Unterlagen der Kanzlei werden geladen …",
    taken: (count) => number(count),
    current: "Alles ist auf dem neuesten Stand.",
    signIn: "Anmelden",
    signInNeeded: "Sie müssen sich erneut anmelden.",
    refused: (count) =>
      `${counted("de", count, { one: "Änderung konnte", other: "Änderungen konnten" })} nicht im Tresor der Kanzlei gespeichert werden.`,
    show: (count) => `${counted("de", count, { one: "Änderung", other: "Änderungen" })} anzeigen`,
    unreadable: (count) =>
      `${entries(count)} im Tresor der Kanzlei ${count === 1 ? "ist" : "sind"} nicht lesbar.`,
    restShown: "Alles andere wird angezeigt.",
    showUnreadable: "Anzeigen",
    showUnreadableNamed: (count) => `${entries(count)} anzeigen`,
    showUnreadableToo: (count) => `${number(count)} nicht lesbar`,
    decide: "Entscheiden …",
  },
  edits: {
    waiting: "Wartet",
    waitingHint: "Eine Änderung ist auf diesem Computer gespeichert, aber noch nicht im Tresor der Kanzlei.",
    undecided: "Zu klären",
    undecidedHint:
      "Eine Änderung konnte nicht im Tresor der Kanzlei gespeichert werden. Entscheiden Sie, welche Fassung gelten soll.",
    title: "Wartende Änderungen",
    titleRefused: "Nicht gespeicherte Änderungen",
    lead: "Sie sind auf diesem Computer gespeichert und werden in den Tresor der Kanzlei übernommen, sobald er erreichbar ist.",
    none: "Es warten keine Änderungen. Alles ist im Tresor der Kanzlei.",
    client: "Mandant",
    matter: "Akte",
    made: (when) => `geändert ${when}`,
    yours: "Ihre Fassung",
    theirs: "Im Tresor der Kanzlei",
    keepMine: "Meine behalten",
    keepTheirs: "Die andere behalten",
    tryMine: "Erneut versuchen",
    dropMine: "Meine Änderung verwerfen",
    keptMine: (name) => `${name}: Ihre Fassung wurde behalten.`,
    keptTheirs: (name) => `${name}: Die Fassung im Tresor der Kanzlei wurde behalten.`,
  },
  unreadable: {
    title: (count) => `${entries(count)} im Tresor der Kanzlei ${count === 1 ? "ist" : "sind"} nicht lesbar`,
    lead: "Von Ihren Daten ist nichts verloren, und alles andere im Tresor wird angezeigt.",
    leadMember: "Informieren Sie Ihren Administrator. Sie können die Liste kopieren und verschicken.",
    leadAdmin:
      "Strongroom hat sie nicht so geschrieben. Als Administrator können Sie sie im Firebase-Projekt der Kanzlei berichtigen. Bei jedem Eintrag steht sein Speicherort.",
    what: {
      client: "Ein Mandant",
      clientNamed: (name) => `Mandant ${name}`,
      matter: "Eine Akte",
      matterNumbered: (number) => `Akte ${number}`,
      matterGeneral: "Die eigene Akte der Kanzlei",
      document: (of) => `Ein Dokument ${of}`,
      event: (of) => `Ein Ereignis im Verlauf ${of}`,
      drop: (of) => `Eine Ablage ${of}`,
      person: "Der Name eines Mitglieds der Kanzlei",
      other: "Ein Eintrag, den Strongroom nicht kennt",
    },
    ofMatter: {
      numbered: (number) => `der Akte ${number}`,
      general: "der eigenen Akte der Kanzlei",
      unknown: "einer Akte, die nicht angezeigt wird",
    },
    field: (field) => `„${field}“ fehlt oder ist ungültig.`,
    asBefore: "Die vorherige Fassung wird angezeigt.",
    copyPath: (what) => `Speicherort kopieren: ${what}`,
    copiedPath: "Der Speicherort wurde kopiert.",
    copy: "Liste kopieren",
    copied: "Die Liste wurde kopiert.",
    more: (count) => `${number(count)} weitere anzeigen`,
    rest: (count) => `und ${number(count)} weitere`,
    none: "Im Tresor der Kanzlei ist alles lesbar.",
  },
  signOut: {
    title: (name) => `Von ${name} abmelden?`,
    lead: (person, email) => `${person} · ${email}`,
    body: "Die Unterlagen der Kanzlei lassen sich auf diesem Computer erst wieder öffnen, wenn sich jemand anmeldet. Im Tresor der Kanzlei ändert sich nichts.",
    waiting: (files, edits) =>
      `${firm.bar.waiting(files, edits).slice(0, -1)}: Alles bleibt auf diesem Computer und geht weiter, wenn Sie sich wieder anmelden.`,
    forget: "Auch die Daten der Kanzlei von diesem Computer entfernen",
    forgetHint: "Die Listen und Dokumente, die hier für die Offline-Arbeit gespeichert sind.",
    forgetNot: "Nicht möglich, solange etwas wartet: Es ist nur auf diesem Computer gespeichert.",
    button: "Abmelden",
  },
  list: {
    none: "Dieser Computer ist mit keiner Kanzlei verbunden.",
    open: "Geöffnet",
    project: (project) => `Projekt ${project}`,
    signedIn: (person, email) => `${person} · ${email}`,
    remove: "Verbindung entfernen",
    removeNamed: (name) => `Verbindung entfernen: ${name}`,
    removeHint: "Um sich erneut zu verbinden, brauchen Sie die Verbindungsdatei oder den Link.",
    reallyRemove: "Entfernen",
    removed: (name) => `Die Verbindung zu ${name} wurde entfernt.`,
    openIt: "Öffnen",
    keep: "Behalten",
  },
};
