/** Texts of the history of a matter. */

import { number } from "../../format";
import { counted } from "../counted";

export const history = {
  label: "Drops, newest first",
  filter: "Show",
  kinds: {
    stored: "Stored",
    already: "Already in the vault",
    failed: "Failed",
    interrupted: "Interrupted",
  },
  counts: {
    stored: (count: number) => `${number(count)} stored`,
    already: (count: number) => `${number(count)} already in the vault`,
    failed: (count: number) => `${number(count)} failed`,
    interrupted: (count: number) => `${number(count)} interrupted`,
    leftOut: (count: number) => `${number(count)} left out`,
  },
  nothingIn: "Empty",
  by: (person: string, device: string) => `${person} · ${device}`,
  andMore: (count: number) => `and ${number(count)} more`,
  underWay: "in progress",
  stopped: "not finished",
  show: (name: string) => `Files of ${name}`,
  bytes: (all: string, stored: string) => `${all}, of which ${stored} new`,
  bytesNew: (all: string) => `${all}, all new`,
  restore: "Restore this drop…",
  problems: (count: number) =>
    counted("en", count, { one: "file needs attention", other: "files need attention" }),
  retry: "Try again",
  showProblems: "Show",
  leftOut: "Left out",
  leftOutElsewhere: "The list of left-out files is only on the computer they were filed from.",
  noEvents: "No files in this drop match the filter.",
  places: "From",
  none: {
    title: "Nothing has been filed to this matter yet",
    body: "Each drop will appear here: who filed it, when, from where, and what happened to every file.",
  },
  noDrops: {
    title: "No drops match the filter",
    clear: "Show all",
  },
  noFolder: "no folder",
};
