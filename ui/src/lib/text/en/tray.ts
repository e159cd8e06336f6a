/** Texts of what is under way: the tray, its problems, and what became of it. */

import { number } from "../../format";
import { counted } from "../counted";
import { contents, documents, files } from "./counted";

const need = (count: number) => `${number(count)} ${count === 1 ? "needs" : "need"} attention`;

export const tray = {
  label: "Under way",
  all: (count: number) => `${number(count)} under way or done`,
  more: (count: number) => `and ${number(count)} more`,
  fewer: "Show less",
  general: "the firm’s own documents",
  theVault: "the vault",
  reading: (names: string) => `Reading ${names}`,
  ready: (names: string) => `${names} is ready to be filed`,
  readyEmpty: (names: string) => `There is nothing to file in ${names}`,
  inLine: (what: string) => `Waiting for its turn: ${what}`,
  paused: (what: string) => `Paused: ${what}`,
  held: (what: string) => `On hold: ${what}`,
  later: (what: string) => `Trying again: ${what}`,
  givingUp: (what: string) => `Being cancelled: ${what}`,
  onceAsked: "Nothing more of it is filed; it ends once the vault could be asked what it has",
  cancelled: (what: string) => `Cancelled: ${what}`,
  failed: (what: string) => `Not finished: ${what}`,
  running: {
    drop: (matter: string) => `Filing to ${matter}`,
    restore: (names: string) => `Restoring ${names}`,
    verify: "Checking the vault",
  },
  finished: {
    drop: (matter: string) => `Filed to ${matter}`,
    restore: (names: string) => `Restored ${names}`,
    verify: "The vault was checked",
  },
  what: {
    drop: (names: string, matter: string) => `${names} to ${matter}`,
    restore: (names: string) => `restoring ${names}`,
    verify: "checking the vault",
  },
  found: (count: number) => `${files(count)} found`,
  readSoFar: (count: number) => `${number(count)} read`,
  of: (done: number, all: number) => `${number(done)} of ${files(all)}`,
  ofContents: (done: number, all: number) => `${number(done)} of ${contents(all)}`,
  files,
  ofDocuments: (count: number, of: number) => `${files(count)} of ${documents(of)}`,
  bytesOf: (done: string, all: string) => `${done} of ${all}`,
  left: (time: string) => `about ${time} left`,
  results: {
    drop: {
      stored: (count: number) => `${number(count)} stored`,
      already: (count: number) => `${number(count)} already in the vault`,
      failed: (count: number) => `${number(count)} failed`,
      cancelled: (count: number) => `${number(count)} taken out`,
      leftOut: (count: number) => `${number(count)} left out`,
    },
    restore: {
      stored: (count: number) => `${number(count)} restored`,
      already: (count: number) => `${number(count)} ${count === 1 ? "was" : "were"} there already`,
      failed: (count: number) => `${number(count)} could not be restored`,
      cancelled: (count: number) => `${number(count)} taken out`,
      leftOut: (count: number) => `${number(count)} left out`,
    },
    verify: {
      stored: (count: number) => `${contents(count)} sound`,
      already: (count: number) => `${number(count)} ${count === 1 ? "was" : "were"} checked before`,
      failed: (count: number) => `${number(count)} not as ${count === 1 ? "it" : "they"} should be`,
      cancelled: (count: number) => `${number(count)} taken out`,
      leftOut: (count: number) => `${number(count)} left out`,
    },
  },
  nothing: "nothing to do",
  attention: need,
  waits: (count: number) =>
    count === 1
      ? "1 waits and is tried again by itself"
      : `${number(count)} wait and are tried again by themselves`,
  showAttention: (count: number) => `${need(count)}: show the list`,
  pause: "Pause",
  resume: "Resume",
  cancel: "Cancel",
  review: "Review…",
  show: "Show",
  showFiles: "Files",
  showFilesOf: (what: string) => `Files still to be filed: ${what}`,
  report: "Report",
  clear: "Clear away",
  clearAll: "Clear what is done",
  progress: "Progress",
};

export const problems = {
  title: (count: number) => `${files(count)} ${count === 1 ? "needs" : "need"} attention`,
  lead: "Everything else of this drop is filed. These can be tried again once the cause is gone.",
  leadElse: "These can be tried again once the cause is gone.",
  leadWhileFiling: "Everything else of this drop goes on. These can be tried again once the cause is gone.",
  none: "Nothing needs attention any more.",
  retry: "Try again",
  skip: "Skip",
  retryNamed: (name: string) => `Try again: ${name}`,
  skipNamed: (name: string) => `Skip: ${name}`,
  retryAll: "Try all again",
  skipAll: "Skip all",
  skipped: (count: number) =>
    `${files(count)} skipped. The history keeps that ${count === 1 ? "it was" : "they were"} not filed.`,
  retrying: (count: number) => `Trying ${files(count)} again.`,
  retryingLater: "Tried again when the drop goes on: it is paused.",
  filedNow: (count: number) => `${files(count)} ${count === 1 ? "needs" : "need"} attention no more.`,
  failedAgain: (count: number) => `${files(count)} failed again. The list says why.`,
  more: (count: number) => `Show ${number(count)} more`,
  noFolder: "dropped by itself",
  locate: "Locate",
  locateNamed: (name: string) => `Locate: ${name}`,
  locateFile: "This file…",
  locateFileHint: "Where it is now, whatever its name there",
  locateFolder: "The folder it is in now…",
  locateFolderHint: "Finds the other missing files there, too",
  locateAll: "Locate a folder…",
  comparing: "Comparing…",
  found: (count: number) => `${files(count)} found, and being filed from there.`,
  foundLater: (count: number) =>
    `${files(count)} found, and filed from there when the drop goes on: it is paused.`,
  different: (count: number, first: string) =>
    count === 1
      ? `${first}: what is there is a different file. Nothing was done about it.`
      : `${files(count)} there are different ones, among them ${first}. Nothing was done about them.`,
  missing: (count: number) => `${files(count)} ${count === 1 ? "is" : "are"} not there.`,
  reasons: {
    "permission-denied":
      "Permission denied. Ask for the right to read it, or copy it to a place of your own.",
    vanished: "No longer there. Bring it back or reconnect its drive and try again, or say where it is now.",
    different:
      "Not the file that was dropped: its content is another. Locate the right one, or drop this one.",
    changed: "Changed while it was being filed. Close the program that writes it and try again.",
    "size-untrue":
      "Its drive says it has another length than it gives. Copy it to this computer, look whether the copy is whole, and drop that.",
    "in-use": "Open in another program. Close it there and try again.",
    "cloud-only": "Not on this computer: only its placeholder is. Make it available offline and try again.",
    "path-too-long": "Its path is too long for this system. Move it to a shorter path and drop it again.",
    "too-deep":
      "It lies too deep: below more than 2,048 folders, or in a path of more than 30,000 characters. Move it up, and file it again.",
    "other-kind": "Replaced by something that is not a file. Drop it again.",
  },
};

export const queue = {
  title: (count: number) => `${files(count)} still to be filed`,
  lead: "They are filed by themselves. One that does not get on waits, and holds up no other.",
  none: "Nothing is left to file.",
  queued: "In line",
  begun: "Being filed",
  begunPaused: "Begun",
  waits: (time: string) => `Waiting · tried again at ${time}`,
  waitsNow: "Waiting · tried again now",
  now: "Try now",
  nowNamed: (name: string) => `Try now: ${name}`,
  trying: (name: string) => `${name} is being tried now.`,
  removeFiles: "Take out",
  takeOutNamed: (name: string) => `Take out: ${name}`,
  takenOut: (name: string) => `${name} was taken out. It is filed if it is dropped again.`,
  tooLate: (name: string) => `${name} is begun or filed already: it can’t be taken out now.`,
  more: "Show more",
};

export const report = {
  restored: "What was restored",
  checked: "What was checked",
  loading: "Reading the report…",
  destination: "Restored to",
  sound: "Everything is there, and is what it was when it was filed.",
  allRestored: "Every file was restored as it was received.",
  renamed: (count: number) =>
    `${counted("en", count, { one: "file was", other: "files were" })} written under another name`,
  apart: (count: number) => `${number(count)} kept apart from another of the same name`,
  apartWhy: "Folders or files of one name were dropped from different places. Each is restored by itself.",
  droppedFrom: "Dropped from",
  renamedWhy: "Their names were taken already, or the drive or the system does not allow them.",
  otherTimes: (count: number) =>
    `${counted("en", count, { one: "file", other: "files" })} with the nearest time that the drive has`,
  otherTimesWhy: "The drive cannot hold the times they were received with.",
  unmarked: (count: number) =>
    `${counted("en", count, { one: "file is", other: "files are" })} not marked as coming from outside`,
  unmarkedWhy:
    "The drive can’t keep this mark, so programs take no care with these files by themselves. Be as careful with them as with attachments of an e-mail.",
  restoredTime: "Modified",
  insteadOf: (restored: string, received: string) => `${restored} instead of ${received}`,
  problemsRestore: (count: number) => `${files(count)} could not be restored`,
  problemsVerify: (count: number) =>
    `${contents(count)} ${count === 1 ? "is" : "are"} not as ${count === 1 ? "it" : "they"} should be`,
  orphaned: (count: number) =>
    `${counted("en", count, { one: "file is", other: "files are" })} stored without a record`,
  orphanedWhy:
    "This is left by a drop that was interrupted, or belongs to one that is under way, a colleague’s maybe. It harms nothing, and is used if the same file is filed again.",
  doubles: (count: number) =>
    `${counted("en", count, { one: "file is", other: "files are" })} stored more than once`,
  doublesWhy: (spare: string) =>
    `Nothing is lost, and you need not do anything. The extra copies take ${spare}. Earlier versions of Strongroom left them where two computers filed the same file at once. Leave them where they are: a document may need any of them.`,
  kept: "Where it lies",
  size: "Size",
  from: "Received as",
  to: "Written as",
  file: "File",
  why: "What is wrong",
  reveal: "Show in folder",
  done: "Done",
  copy: "Copy the report",
  copied: "The report was copied.",
  more: (count: number) => `Show ${number(count)} more`,
};
