/** Texts of the settings, of what the program is, and of its first and last moments. */

import { counted } from "../counted";

export const settings = {
  title: "Settings",
  filing: "Filing",
  fileAtOnce: "File without asking",
  fileAtOnceHint: "As soon as a drop is read, it is filed. Its numbers are in the history all the same.",
  notify: "Tell me when a drop is done or needs attention",
  notifyHint: "With the notifications of this computer.",
  restoring: "Restoring",
  markRestored: "Mark restored files as coming from outside",
  markRestoredHint:
    "Programs are careful with such files, as with attachments of an e-mail: Word runs no macros in them. Turn it off only while you restore documents that your firm wrote.",
  window: "Window",
  theme: "Colours",
  themes: { system: "As the system", light: "Light", dark: "Dark" },
  language: "Language",
  languages: { system: "As the system", en: "English", de: "Deutsch" },
  onClose: "Closing the window while something is under way",
  onCloses: {
    ask: "Ask each time",
    keepFiling: "Keep filing, with an icon in the tray",
    pause: "Pause and quit",
  },
  leftOut: "Left out",
  leftOutHint:
    "Files with these names are left out of every drop, and listed with the reason. One name a line; * stands for any characters, ? for one, a / at the end means folders.",
  leftOutLabel: "Names that are left out",
  save: "Save the list",
  saved: "The list was saved. It holds from the next drop on.",
  firms: "Firms",
  reset: "Back to the original list",
  wasReset: "The original list is back.",
  data: "Data",
  dataFolder: "Everything of the vault is kept in",
  nextDataFolder: "From the next start on",
  nextHint: "Nothing is moved. To take the vault along, copy the folder while Strongroom is closed.",
  reveal: "Show in folder",
  choose: "Choose another…",
  chooseFolder: "Choose another folder…",
  verify: "Check the vault",
  verifyHint: "Reads everything that is stored and compares it with what was filed.",
  checkSlowly: "Check slowly, so that the line stays free for others",
  checkSlowlyHint: "About 7 GB an hour. A check that is paused, or loses its line, goes on where it was.",
  checking: "The check has begun. Its report will stand below.",
  checkingAlready: "A check is under way already: it stands below.",
};

export const about = {
  title: "About Strongroom",
  version: (version: string) => `Version ${version}`,
  what: "The document vault for law firms: every byte, name, date and location that came in is kept once, provably, and can be given back exactly as it was received.",
  system: "System",
  systems: { linux: "Linux", mac: "macOS", windows: "Windows" },
  device: "This computer",
  licence: "Licence",
  licences: "Strongroom is free software under the MIT licence or the Apache licence 2.0, as you choose.",
  parts: "What it is made with",
  partsNote:
    "PDF files are drawn by PDF.js (Apache licence 2.0), with the Liberation and Foxit fonts; pictures by OpenJPEG (BSD); the icons are Lucide’s (ISC).",
  copy: "Copy for a support request",
  copied: "Version and system were copied.",
};

export const welcome = {
  title: "Welcome to Strongroom",
  lead: "Drop what a client hands over, and every file is kept once, with every name, folder and date it came with. You see what is new before anything is stored, and can take it all back exactly as it was.",
  where: "Where do you want to keep your documents?",
  here: "On this computer",
  hereHint:
    "For one person. There is no account, and nothing leaves this computer. It can move to a firm later.",
  useHere: "Use on this computer",
  firm: "In your firm’s vault",
  firmHint:
    "Together with your colleagues. Your administrator has a connection file or a link for you; it works without a network, too.",
  connect: "Connect to your firm…",
  connectHint: "A connection file can also be dropped on this window, and a link simply clicked.",
  back: "Back",
  drop: "Drop a folder here",
  dropHint: "or choose one; it is read first, and nothing is stored until you say so.",
  addFolder: "Add folder…",
  createMatter: "Create the first client and matter",
  createHint: "Matters are where files are filed to. Without one, they go to the firm’s own documents.",
  goOn: "Go on without",
  local: "Everything stays on this computer. There is no account and no network.",
};

export const closing = {
  title: "Something is still under way",
  lead: (count: number) => `${counted("en", count, { one: "thing is", other: "things are" })} not done yet.`,
  keep: "Keep filing",
  keepHint: "The window closes; an icon in the tray shows that filing goes on.",
  pause: "Pause and quit",
  pauseHints: {
    drop: "Filing goes on where it stopped when Strongroom is started again.",
    restore: "A restore has to be started again; what is already written stays.",
    verify: "A check of the vault stands paused the next time, and goes on where it stopped.",
  },
  stay: "Stay",
  done: "Everything is done now.",
  close: "Close Strongroom",
  remember: "Do this every time",
};
