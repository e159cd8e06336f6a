import type { Catalogue } from "..";

export const controls: Catalogue["controls"] = {
  close: "Schließen",
  cancel: "Abbrechen",
  undo: "Rückgängig",
  loading: "Einen Moment …",
  more: "Mehr",
  dismiss: "Ausblenden",
  keys: { ctrl: "Strg", shift: "Umschalt" },
};
