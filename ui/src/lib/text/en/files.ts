/** Texts of the list of files of a matter. */

import { number } from "../../format";
import { documents as count, folders, places } from "./counted";

export const files = {
  all: "All documents",
  path: "Folder",
  tree: "Folders",
  showTree: "Show folders beside the list",
  list: (folder: string) => `Documents in ${folder}`,
  columns: { name: "Name", modified: "Modified", size: "Size", filed: "Filed", state: "Status" },
  sortBy: (column: string) => `Sort by ${column}`,
  filter: "Filter by name or folder",
  deep: "Include subfolders",
  count,
  folders,
  selected: (selected: number) => `${number(selected)} selected`,
  clear: "Clear selection",
  stored: "Stored",
  places,
  loading: "Loading…",
  addFiles: "Add files…",
  addFolder: "Add folder…",
  add: "Add",
  restore: "Restore…",
  restoreSelected: (selected: number) => `Restore ${count(selected)}…`,
  restoreFolder: "Restore folder…",
  restoreMatter: "Restore matter…",
  open: "Open",
  openFolder: "Open folder",
  openOutside: "Open in its program",
  copyProvenance: "Copy provenance",
  actions: "Actions",
  none: {
    title: "Nothing has been filed here yet",
    body: "Drop a folder anywhere in this window. You will see what is new before anything is stored.",
  },
  noneInFolder: {
    title: "No documents directly in this folder",
    body: "Turn on “Include subfolders” to see documents further down.",
  },
  noMatch: {
    title: "No documents found",
    body: (filter: string) => `No name or folder here contains “${filter}”.`,
    clear: "Clear filter",
  },
};
