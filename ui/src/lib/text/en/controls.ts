/** Texts of buttons, dialogs and menus that are the same everywhere. */

export const controls = {
  close: "Close",
  cancel: "Cancel",
  undo: "Undo",
  loading: "Just a moment…",
  dismiss: "Dismiss",
  keys: {
    ctrl: "Ctrl",
    shift: "Shift",
    home: "Home",
    end: "End",
    space: "Space",
    enter: "Enter",
    backspace: "Backspace",
  },
};
