/** Texts of the pre-flight: what filing a drop would do. */

import { number } from "../../format";
import { counted } from "../counted";
import { files, folders, places } from "./counted";

export const preflight = {
  title: (names: string, matter: string) => `${names} → ${matter}`,
  quoted: (name: string) => `“${name}”`,
  andMore: (name: string, more: number) => `“${name}” and ${number(more)} more`,
  offlineEstimate:
    "The firm’s vault can’t be reached: these numbers come from the copy on this computer. The vault is checked again before anything is stored.",
  reading: "Reading the contents. Nothing has been stored yet.",
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
  nothing: "It contains nothing to file.",
  allLeftOut: (count: number) =>
    count === 1
      ? "The only file is left out. Nothing will be filed."
      : `All ${files(count)} are left out. Nothing will be filed.`,
  nothingReadable: "Nothing could be read.",
  rows: {
    new: "new",
    known: (already: number, repeated: number) => {
      if (repeated === 0) return "already in the vault — their places will be recorded";
      return already === 0
        ? "duplicate content within this drop — their places will be recorded"
        : `already in the vault — their places will be recorded; ${number(repeated)} with duplicate content within this drop`;
    },
    leftOut: "left out",
    leftOutNamed: (names: string) => `left out: ${names}`,
    problems: "could not be read — you can try each again later",
  },
  lists: {
    new: (count: number) => `${number(count)} new`,
    known: (count: number) => `${number(count)} already in the vault`,
    leftOut: (count: number) => `${number(count)} left out`,
    problems: (count: number) => `${number(count)} could not be read`,
  },
  same: (what: string, name: string, names: string) =>
    `${what} are named “${name}”. They are kept separate and restored as ${names}.`,
  sameCount: (ofFolders: number, ofFiles: number) =>
    [ofFolders > 0 ? folders(ofFolders) : "", ofFiles > 0 ? files(ofFiles) : ""]
      .filter(Boolean)
      .join(" and "),
  sameList: (names: string, more: number) => `${names} and ${number(more)} more`,
  sameMore: (count: number) =>
    `${counted("en", count, { one: "other name is", other: "other names are" })} used more than once and also kept separate.`,
  open: (row: string) => `Show the list: ${row}`,
  back: "Back",
  topFolder: "dropped individually",
  about: (time: string) => `about ${time}`,
  later: "Decide later",
  cancel: "Cancel drop",
  file: (count: number) => `File ${files(count)}`,
  record: (count: number) => `Record ${places(count)}`,
  recordProblems: "Keep the list",
  nothingToFile: "Nothing to file",
  cancelled: "The drop was cancelled. Nothing was stored.",
};
