/** Texts of the settings, the about page, the first start, and closing. */

import { counted } from "../counted";

export const settings = {
  title: "Settings",
  filing: "Filing",
  fileAtOnce: "File without asking",
  fileAtOnceHint: "Files a drop as soon as it has been read. You can see its numbers in the history.",
  notify: "Tell me when a drop is done or needs attention",
  notifyHint: "Uses this computer’s notifications.",
  restoring: "Restoring",
  markRestored: "Mark restored files as coming from outside the firm",
  markRestoredHint:
    "Programs treat such files like e-mail attachments: Word, for example, runs no macros in them. Turn this off only while you restore documents your firm wrote.",
  window: "Window",
  theme: "Colours",
  themes: { system: "Use system setting", light: "Light", dark: "Dark" },
  language: "Language",
  languages: { system: "Use system setting", en: "English", de: "Deutsch" },
  onClose: "When I close the window while work is in progress",
  onCloses: {
    ask: "Ask each time",
    keepFiling: "Keep filing and show an icon in the tray",
    pause: "Pause and quit",
  },
  leftOut: "Left out",
  leftOutHint:
    "Files with these names are left out of every drop, and listed with the reason. Enter one name per line; * stands for any characters, ? for one, and a / at the end means a folder.",
  leftOutLabel: "Names that are left out",
  save: "Save the list",
  saved: "The list was saved. It applies from the next drop.",
  firms: "Firms",
  reset: "Reset to original list",
  wasReset: "The list was reset.",
  data: "Data",
  dataFolder: "Vault folder",
  nextDataFolder: "After the next start",
  nextHint: "Nothing is moved. To move the vault, copy the folder while Strongroom is closed.",
  reveal: "Show in folder",
  choose: "Choose another…",
  chooseFolder: "Choose another folder…",
  verify: "Check the vault",
  verifyHint: "Reads all stored files and compares them with what was filed.",
  checkSlowly: "Check slowly to keep the connection free for others",
  checkSlowlyHint:
    "About 7 GB an hour. A check that is paused or loses its connection continues where it stopped.",
  checking: "The check has started. Its report will appear below.",
  checkingAlready: "A check is already in progress. See below.",
  copyDiagnostics: "Copy diagnostics",
  copyDiagnosticsHint:
    "Version, counts and log, to give to your support. Contains no names and no documents. Nothing is sent.",
  diagnosticsCopied: "The diagnostics were copied.",
};

export const about = {
  title: "About Strongroom",
  version: (version: string) => `Version ${version}`,
  what: "The document vault for law firms: every byte, name, date and location you receive is stored once, provably, and can be restored exactly as it was received.",
  system: "System",
  systems: { linux: "Linux", mac: "macOS", windows: "Windows" },
  device: "This computer",
  licence: "Licence",
  licences: "Strongroom is free software under the MIT licence or the Apache licence 2.0, as you choose.",
  parts: "Third-party components",
  partsNote:
    "PDF files are shown with PDF.js (Apache licence 2.0) and the Liberation and Foxit fonts, pictures with OpenJPEG (BSD). The icons are from Lucide (ISC).",
  copy: "Copy for a support request",
  copied: "Version and system were copied.",
};

export const welcome = {
  title: "Welcome to Strongroom",
  lead: "Drop what a client gives you. Every file is stored once, with every name, folder and date it came with. You see what is new before anything is stored, and you can restore everything exactly as it was.",
  where: "Where do you want to keep your documents?",
  here: "On this computer",
  hereHint:
    "For one user. You need no account, and nothing leaves this computer. You can move to a firm’s vault later.",
  useHere: "Use on this computer",
  firm: "In your firm’s vault",
  firmHint:
    "Shared with your colleagues. Your administrator has a connection file or a link for you. It also works offline.",
  connect: "Connect to your firm…",
  connectHint: "You can also drop the connection file on this window, or click the link.",
  back: "Back",
  drop: "Drop a folder here",
  dropHint: "or choose one. It is read first; nothing is stored until you confirm.",
  addFolder: "Add folder…",
  createMatter: "Create the first client and matter",
  createHint: "Files are filed to matters. Without one, they go to the firm’s own documents.",
  goOn: "Continue without a matter",
  local: "Everything stays on this computer. You need no account and no network.",
};

export const closing = {
  title: "Work is still in progress",
  lead: (count: number) =>
    `${counted("en", count, { one: "task is", other: "tasks are" })} not finished yet.`,
  keep: "Keep filing",
  keepHint: "The window closes; an icon in the tray shows that filing continues.",
  pause: "Pause and quit",
  pauseHints: {
    drop: "Filing continues where it stopped when you start Strongroom again.",
    restore: "You will have to start the restore again; files already written stay.",
    verify: "The check stays paused. When you resume it, it continues where it stopped.",
  },
  stay: "Don’t close",
  done: "Everything is done.",
  close: "Close Strongroom",
  remember: "Always do this",
};
