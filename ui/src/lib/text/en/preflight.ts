/** Texts of the pre-flight: what filing a drop would do. */

import { number } from "../../format";
import { counted } from "../counted";
import { files, folders, places } from "./counted";

export const preflight = {
  title: (names: string, matter: string) => `${names} → ${matter}`,
  quoted: (name: string) => `“${name}”`,
  andMore: (name: string, more: number) => `“${name}” and ${number(more)} more`,
  offlineEstimate:
    "The firm’s vault can’t be reached: this is as the copy on this computer knows it. Before anything is stored, the vault is asked again.",
  reading: "Reading what is in it. Nothing has been stored yet.",
  found: (count: number) => `${files(count)} found`,
  read: (count: number, bytes: string) => `${number(count)} read, ${bytes}`,
  lead: (count: number, inFolders: number, bytes: string) =>
    `${files(count)} in ${folders(inFolders)}, ${bytes}. Nothing has been stored yet.`,
  leadFiles: (count: number, bytes: string) => `${files(count)}, ${bytes}. Nothing has been stored yet.`,
  allKnown: (count: number) => `Everything is already in the vault; ${places(count)} will be recorded.`,
  restKnown: (count: number) =>
    count === 1
      ? "The only file that can be filed is already in the vault; its place will be recorded."
      : `The ${files(count)} that can be filed are already in the vault; their places will be recorded.`,
  nothing: "There is nothing in it to file.",
  allLeftOut: (count: number) =>
    count === 1
      ? "The only file in it is left out. Nothing will be filed."
      : `All ${files(count)} in it are left out. Nothing will be filed.`,
  nothingReadable: "Nothing in it could be read.",
  rows: {
    new: "new",
    known: (already: number, repeated: number) => {
      if (repeated === 0) return "already in the vault — their places will be recorded";
      return already === 0
        ? "already in the vault when their turn comes — the same content again within this drop"
        : `already in the vault — their places will be recorded; ${number(repeated)} with the same content again within this drop`;
    },
    leftOut: "left out",
    leftOutNamed: (names: string) => `left out: ${names}`,
    problems: "could not be read — each can be tried again later",
  },
  lists: {
    new: (count: number) => `${number(count)} new`,
    known: (count: number) => `${number(count)} already in the vault`,
    leftOut: (count: number) => `${number(count)} left out`,
    problems: (count: number) => `${number(count)} could not be read`,
  },
  same: (what: string, name: string, names: string) =>
    `${what} are called “${name}”. They are kept apart, and are restored as ${names}.`,
  sameCount: (ofFolders: number, ofFiles: number) =>
    [ofFolders > 0 ? folders(ofFolders) : "", ofFiles > 0 ? files(ofFiles) : ""]
      .filter(Boolean)
      .join(" and "),
  sameList: (names: string, more: number) => `${names} and ${number(more)} more`,
  sameMore: (count: number) =>
    `${counted("en", count, { one: "other name is", other: "other names are" })} used several times, and kept apart, too.`,
  open: (row: string) => `Show the list: ${row}`,
  back: "Back",
  topFolder: "dropped by itself",
  about: (time: string) => `about ${time}`,
  later: "Decide later",
  cancel: "Cancel",
  file: (count: number) => `File ${files(count)}`,
  record: (count: number) => `Record ${places(count)}`,
  recordProblems: "Keep the list",
  nothingToFile: "Nothing to file",
  cancelled: "The drop was let go. Nothing was stored.",
};
