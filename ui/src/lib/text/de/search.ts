import type { Catalogue } from "..";

export const search: Catalogue["search"] = {
  title: "Suche",
  placeholder: "Mandanten, Akten, Ordner und Dokumente suchen",
  groups: {
    recent: "Zuletzt abgelegt",
    clients: "Mandanten",
    matters: "Akten",
    folders: "Ordner",
    files: "Dokumente",
  },
  none: (words) => `Keine Treffer für „${words}“.`,
  hint: "Wortanfänge genügen: „rahm ver“ findet „Rahmen Vertrag“.",
  results: (count) => `${String(count)} gefunden`,
  loading: "Wird gesucht …",
  from: (sources) => `aus ${sources}`,
  inMatter: (matter) => `in ${matter}`,
  move: "Bewegen",
  open: "Öffnen",
  leave: "Schließen",
  matters: (count) => (count === 1 ? "1 Akte" : `${String(count)} Akten`),
};
