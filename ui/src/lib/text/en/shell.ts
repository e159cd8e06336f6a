/** Texts of the window as a whole: its regions, its messages, its keys, what is dragged over it. */

import { items } from "./counted";

export const shell = {
  product: "Strongroom",
  skip: "Go to the matter",
  messages: "Messages",
  showMatters: "Show matters",
  hideMatters: "Hide matters",
  starting: "Opening the vault…",
  failed: "Strongroom could not open the vault",
  again: "Try again",
  nothing: {
    title: "No matter is open",
    body: "Choose a matter on the left, or make a new one.",
  },
  drag: {
    file: (count: number, target: string) => `File ${items(count)} to ${target}`,
    fileTo: "File to",
    choose: "File it, and choose the matter next",
    closed: (target: string) => `${target} is closed: nothing can be filed to it. Reopen it first.`,
    removed: (target: string) => `${target} was removed: nothing can be filed to it. Bring it back first.`,
  },
  chooseMatter: {
    title: "Which matter is this for?",
    lead: (names: string) => `${names} will be read; nothing is stored until you say so.`,
    matter: "Matter",
    find: "Find a matter by number, title or client",
    none: "No open matter matches.",
    file: "Continue",
  },
  keys: {
    title: "Keys",
    search: "Search matters and files",
    newMatter: "New matter",
    addFolder: "Add a folder to the matter",
    settings: "Settings",
    regions: "Go to the next part of the window",
    close: "Close what is on top",
    help: "Show this list",
    list: "In a list",
    move: "Move",
    ends: "First, last",
    select: "Select, or not",
    extend: "Select from here to there",
    all: "Select all",
    open: "Open",
    up: "To the folder above",
    menu: "What can be done with it",
    type: "Letters: the next name that begins so",
  },
};
