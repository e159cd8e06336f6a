import type { Catalogue } from "..";

export const shell: Catalogue["shell"] = {
  product: "Strongroom",
  skip: "Zur Akte",
  messages: "Meldungen",
  showMatters: "Akten einblenden",
  failed: "Strongroom konnte den Tresor nicht öffnen",
  again: "Erneut versuchen",
  nothing: {
    title: "Keine Akte geöffnet",
    body: "Wählen Sie links eine Akte, oder legen Sie eine neue an.",
  },
  drag: {
    fileTo: "Ablegen in",
    connect: "Mit dem Tresor einer Kanzlei verbinden",
    choose: "Ablegen und dann die Akte wählen",
    closed: (target) =>
      `${target} ist geschlossen: Dort kann nichts abgelegt werden. Öffnen Sie die Akte zuerst wieder.`,
    removed: (target) =>
      `${target} wurde entfernt: Dort kann nichts abgelegt werden. Holen Sie die Akte zuerst zurück.`,
  },
  chooseMatter: {
    title: "Zu welcher Akte gehört das?",
    lead: (names) => `${names} wird gelesen; gespeichert wird erst, wenn Sie bestätigen.`,
    matter: "Akte",
    find: "Akte nach Nummer, Titel oder Mandant suchen",
    none: "Keine offene Akte gefunden.",
    file: "Weiter",
  },
  keys: {
    title: "Tastenkürzel",
    search: "Akten und Dateien suchen",
    newMatter: "Neue Akte",
    addFolder: "Einen Ordner zur Akte hinzufügen",
    settings: "Einstellungen",
    regions: "Zum nächsten Teil des Fensters",
    close: "Obersten Bereich oder Dialog schließen",
    help: "Diese Liste anzeigen",
    list: "In einer Liste",
    move: "Bewegen",
    ends: "Erster, letzter Eintrag",
    select: "Auswählen",
    toggle: "Zur Auswahl hinzufügen oder daraus entfernen",
    extend: "Auswahl erweitern",
    all: "Alles auswählen",
    open: "Öffnen",
    up: "Zum übergeordneten Ordner",
    menu: "Aktionen anzeigen",
    type: "Durch Eintippen eines Namens suchen",
  },
};
