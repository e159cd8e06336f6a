import type { Catalogue } from "..";

export const shell: Catalogue["shell"] = {
  product: "Strongroom",
  skip: "Zur Akte",
  messages: "Meldungen",
  showMatters: "Akten einblenden",
  failed: "Strongroom konnte den Tresor nicht öffnen",
  again: "Noch einmal versuchen",
  nothing: {
    title: "Keine Akte geöffnet",
    body: "Wählen Sie links eine Akte, oder legen Sie eine neue an.",
  },
  drag: {
    fileTo: "Ablegen in",
    connect: "Mit dem Tresor einer Kanzlei verbinden",
    choose: "Ablegen, und dann die Akte wählen",
    closed: (target) =>
      `${target} ist geschlossen: Dorthin kann nichts abgelegt werden. Öffnen Sie die Akte zuerst wieder.`,
    removed: (target) =>
      `${target} wurde entfernt: Dorthin kann nichts abgelegt werden. Holen Sie die Akte zuerst zurück.`,
  },
  chooseMatter: {
    title: "Zu welcher Akte gehört das?",
    lead: (names) => `${names} wird gelesen; gespeichert wird erst, wenn Sie es sagen.`,
    matter: "Akte",
    find: "Akte nach Nummer, Titel oder Mandant finden",
    none: "Keine offene Akte passt.",
    file: "Weiter",
  },
  keys: {
    title: "Tasten",
    search: "Akten und Dateien suchen",
    newMatter: "Neue Akte",
    addFolder: "Einen Ordner zur Akte hinzufügen",
    settings: "Einstellungen",
    regions: "Zum nächsten Teil des Fensters",
    close: "Schließen, was obenauf liegt",
    help: "Diese Liste zeigen",
    list: "In einer Liste",
    move: "Bewegen",
    ends: "Anfang, Ende",
    select: "Auswählen",
    toggle: "Dazu auswählen oder herausnehmen",
    extend: "Von hier bis dort auswählen",
    all: "Alles auswählen",
    open: "Öffnen",
    up: "Zum Ordner darüber",
    menu: "Was sich damit tun lässt",
    type: "Nach den Buchstaben eines Namens finden",
  },
};
