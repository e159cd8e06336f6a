/** Texts of buttons, dialogs and menus that are the same everywhere. */

export const controls = {
  close: "Close",
  cancel: "Cancel",
  undo: "Undo",
  loading: "Just a moment…",
  more: "More",
  dismiss: "Dismiss",
  keys: { ctrl: "Ctrl", shift: "Shift" },
};
