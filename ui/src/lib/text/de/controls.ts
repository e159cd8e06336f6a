import type { Catalogue } from "..";

export const controls: Catalogue["controls"] = {
  close: "Schließen",
  cancel: "Abbrechen",
  undo: "Rückgängig",
  loading: "Einen Moment …",
  dismiss: "Ausblenden",
  keys: {
    ctrl: "Strg",
    shift: "Umschalt",
    home: "Pos1",
    end: "Ende",
    space: "Leertaste",
    enter: "Eingabe",
    backspace: "Rücktaste",
  },
};
