/** Texts of work in progress: the tray, its problems, and its reports. */

import { number } from "../../format";
import { counted } from "../counted";
import { contents, documents, files } from "./counted";

const need = (count: number) => `${number(count)} ${count === 1 ? "needs" : "need"} attention`;

export const tray = {
  label: "Activity",
  all: (count: number) => `${number(count)} in progress or done`,
  more: (count: number) => `and ${number(count)} more`,
  fewer: "Show less",
  general: "the firm’s own documents",
  theVault: "the vault",
  reading: (names: string) => `Reading ${names}`,
  ready: (names: string) => `${names} is ready to file`,
  readyEmpty: (names: string) => `${names} contains nothing to file`,
  inLine: (what: string) => `Queued: ${what}`,
  paused: (what: string) => `Paused: ${what}`,
  held: (what: string) => `On hold: ${what}`,
  later: (what: string) => `Trying again: ${what}`,
  givingUp: (what: string) => `Cancelling: ${what}`,
  onceAsked: "No more files are filed; cancelling ends once the vault can be checked",
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
      cancelled: (count: number) => `${number(count)} removed`,
      leftOut: (count: number) => `${number(count)} left out`,
    },
    restore: {
      stored: (count: number) => `${number(count)} restored`,
      already: (count: number) => `${number(count)} already there`,
      failed: (count: number) => `${number(count)} could not be restored`,
      cancelled: (count: number) => `${number(count)} removed`,
      leftOut: (count: number) => `${number(count)} left out`,
    },
    verify: {
      stored: (count: number) => `${contents(count)} intact`,
      already: (count: number) => `${number(count)} already checked`,
      failed: (count: number) => `${number(count)} with ${count === 1 ? "a problem" : "problems"}`,
      cancelled: (count: number) => `${number(count)} removed`,
      leftOut: (count: number) => `${number(count)} left out`,
    },
  },
  nothing: "nothing to do",
  attention: need,
  waits: (count: number) =>
    count === 1
      ? "1 waiting, will be tried again automatically"
      : `${number(count)} waiting, will be tried again automatically`,
  showAttention: (count: number) => `${need(count)}: show the list`,
  pause: "Pause",
  resume: "Resume",
  cancel: "Cancel",
  review: "Review…",
  show: "Show",
  showFiles: "Files",
  showFilesOf: (what: string) => `Files still to be filed: ${what}`,
  report: "Report",
  clear: "Clear",
  clearAll: "Clear finished",
  progress: "Progress",
};

export const problems = {
  title: (count: number) => `${files(count)} ${count === 1 ? "needs" : "need"} attention`,
  lead: "Everything else in this drop is filed. You can try these again once the cause is fixed.",
  leadElse: "You can try these again once the cause is fixed.",
  leadWhileFiling:
    "Filing continues for everything else in this drop. You can try these again once the cause is fixed.",
  none: "Nothing needs attention any more.",
  retry: "Try again",
  skip: "Skip",
  retryNamed: (name: string) => `Try again: ${name}`,
  skipNamed: (name: string) => `Skip: ${name}`,
  retryAll: "Try all again",
  skipAll: "Skip all",
  skipped: (count: number) =>
    `${files(count)} skipped. The history records that ${count === 1 ? "it was" : "they were"} not filed.`,
  retrying: (count: number) => `Trying ${files(count)} again.`,
  retryingLater: "The drop is paused. It tries again when you resume it.",
  filedNow: (count: number) => `${files(count)} no longer ${count === 1 ? "needs" : "need"} attention.`,
  failedAgain: (count: number) => `${files(count)} failed again. See the list for the reason.`,
  more: (count: number) => `Show ${number(count)} more`,
  noFolder: "dropped individually",
  locate: "Locate",
  locateNamed: (name: string) => `Locate: ${name}`,
  locateFile: "This file…",
  locateFileHint: "Choose where it is now, even if it was renamed",
  locateFolder: "The folder it is in now…",
  locateFolderHint: "Also finds other missing files there",
  locateAll: "Locate a folder…",
  comparing: "Comparing…",
  found: (count: number) => `${files(count)} found and being filed from there.`,
  foundLater: (count: number) =>
    `${files(count)} found. The drop is paused; filing continues from there when you resume it.`,
  different: (count: number, first: string) =>
    count === 1
      ? `${first}: the file there is a different one and was ignored.`
      : `${files(count)} there are different and were ignored, including ${first}.`,
  missing: (count: number) => `${files(count)} ${count === 1 ? "was" : "were"} not found there.`,
  reasons: {
    "permission-denied":
      "Permission denied. Ask for permission to read it, or copy it to a folder of your own.",
    vanished: "No longer there. Put it back or reconnect its drive and try again, or locate it.",
    different:
      "Not the file that was dropped: its content is different. Locate the right one, or drop this one.",
    changed: "Changed while it was being filed. Close the program that is writing to it and try again.",
    "size-untrue":
      "Its drive reports a different size than it delivers. Copy it to this computer, check that the copy is complete, and drop the copy.",
    "in-use": "Open in another program. Close it there and try again.",
    "cloud-only": "Only its placeholder is on this computer. Make it available offline and try again.",
    "path-too-long": "Its path is too long for this system. Move it to a shorter path and drop it again.",
    "too-deep":
      "It is too deep: below more than 2,048 folders, or in a path of more than 30,000 characters. Move it up and drop it again.",
    "other-kind": "Replaced by something that is not a file. Drop it again.",
  },
};

export const queue = {
  title: (count: number) => `${files(count)} still to be filed`,
  lead: "They are filed automatically. A file that has to wait does not hold up the others.",
  none: "No files are left to file.",
  queued: "Queued",
  begun: "Being filed",
  begunPaused: "Started",
  waits: (time: string) => `Waiting · next try at ${time}`,
  waitsNow: "Waiting · next try now",
  now: "Try now",
  nowNamed: (name: string) => `Try now: ${name}`,
  trying: (name: string) => `Trying ${name} now.`,
  removeFiles: "Remove from queue",
  takeOutNamed: (name: string) => `Remove from queue: ${name}`,
  takenOut: (name: string) => `${name} was removed from the queue. To file it, drop it again.`,
  tooLate: (name: string) => `${name} is already being filed or has been filed. It can’t be removed now.`,
  more: "Show more",
};

export const report = {
  restored: "What was restored",
  checked: "What was checked",
  loading: "Reading the report…",
  destination: "Restored to",
  sound: "Everything is there and unchanged since it was filed.",
  allRestored: "Every file was restored as it was received.",
  renamed: (count: number) =>
    `${counted("en", count, { one: "file was", other: "files were" })} written under another name`,
  apart: (count: number) => `${number(count)} kept separate from another of the same name`,
  apartWhy:
    "Folders or files with the same name were dropped from different places. Each is restored separately.",
  droppedFrom: "Dropped from",
  renamedWhy: "Their names were already taken, or the drive or the system does not allow them.",
  otherTimes: (count: number) =>
    `${counted("en", count, { one: "file", other: "files" })} with the nearest time the drive can store`,
  otherTimesWhy: "The drive can’t store the exact times they were received with.",
  unmarked: (count: number) =>
    `${counted("en", count, { one: "file is", other: "files are" })} not marked as coming from outside the firm`,
  unmarkedWhy:
    "The drive can’t store this mark, so programs take no precautions with these files. Be as careful with them as with e-mail attachments.",
  restoredTime: "Modified",
  insteadOf: (restored: string, received: string) => `${restored} instead of ${received}`,
  problemsRestore: (count: number) => `${files(count)} could not be restored`,
  problemsVerify: (count: number) => `${contents(count)} with ${count === 1 ? "a problem" : "problems"}`,
  orphaned: (count: number) =>
    `${counted("en", count, { one: "file is", other: "files are" })} stored without a record`,
  orphanedWhy:
    "They were left by an interrupted drop, or belong to one in progress, perhaps a colleague’s. They do no harm and are used if the same file is filed again.",
  doubles: (count: number) =>
    `${counted("en", count, { one: "file is", other: "files are" })} stored more than once`,
  doublesWhy: (spare: string) =>
    `Nothing is lost, and you don’t need to do anything. The extra copies take up ${spare}. Earlier versions of Strongroom left them when two computers filed the same file at once. Don’t delete them: a document may need any of them.`,
  kept: "Stored at",
  size: "Size",
  from: "Received as",
  to: "Written as",
  file: "File",
  why: "Problem",
  reveal: "Show in folder",
  done: "Done",
  copy: "Copy the report",
  copied: "The report was copied.",
  more: (count: number) => `Show ${number(count)} more`,
};
