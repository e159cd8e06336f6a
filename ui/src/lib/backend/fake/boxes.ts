/** Folders that can be dropped on a fake vault, and the result of reading them. */

import type { PreflightList, PreflightRow, PreflightView, ProblemView } from "../bindings";
import { chance, pick } from "./chance";

/** A dropped folder. */
export interface Box {
  name: string;
  preflight: PreflightView;
  /** The unreadable files, and those that fail while they are filed. */
  problems: ProblemView[];
  /** How many files the firm's storage does not accept at first. */
  stuck: number;
}

const megabyte = 1_000_000;

/** Boxes with a name of their own; every other name is a small folder of new files. */
const known: Record<string, Partial<PreflightView>> = {
  "Second box": {
    folders: 61,
    new: 1950,
    already: 281,
    repeated: 51,
    leftOut: 2,
    bytes: 3900 * megabyte,
    bytesToStore: 3600 * megabyte,
    offlineEstimate: false,
  },
  "Two custodians": {
    folders: 44,
    new: 812,
    repeated: 96,
    bytes: 940 * megabyte,
    bytesToStore: 870 * megabyte,
    sameNames: 1,
  },
  "Known box": { folders: 88, already: 3431, bytes: 2100 * megabyte },
  "Troubled box": {
    folders: 12,
    new: 148,
    already: 9,
    leftOut: 1,
    problems: 3,
    bytes: 410 * megabyte,
    bytesToStore: 395 * megabyte,
    offlineEstimate: false,
  },
  "Huge box": {
    folders: 4210,
    new: 96_000,
    already: 3_900,
    repeated: 100,
    leftOut: 12,
    bytes: 212_000 * megabyte,
    bytesToStore: 203_000 * megabyte,
    offlineEstimate: false,
  },
  "Empty box": { folders: 1 },
  "Left-out box": { folders: 1, leftOut: 12 },
  "Unreadable box": { folders: 2, problems: 4 },
};

const troubles = [
  ["Invoices 2023.xlsx", "in-use", "Open in another program. Close it there and try again."],
  [
    "Old mailbox.pst",
    "vanished",
    "No longer there. Bring it back or reconnect its drive and try again, or say where it is now.",
  ],
  [
    "Partner notes.docx",
    "permission-denied",
    "Permission denied. Ask for the right to read it, or copy it to a place of your own.",
  ],
  [
    "Photo archive.zip",
    "cloud-only",
    "Not on this computer: only its placeholder is. Make it available offline and try again.",
  ],
  ["Register.mdb", "drive-locked", "The drive is locked by its encryption. Unlock it and try again."],
] as const;

/** The result of reading a folder of this name. */
export function openBox(name: string): Box {
  const file = /\.[a-z0-9]{2,4}$/i.test(name);
  const small = file ? { folders: 0, new: 1 } : { folders: 3, new: 24, already: 2, bytes: 60 * megabyte };
  const counts: PreflightView = {
    found: 0,
    folders: 0,
    new: 0,
    already: 0,
    repeated: 0,
    leftOut: 0,
    problems: 0,
    bytes: 2 * megabyte,
    bytesToStore: 0,
    sameNames: 0,
    offlineEstimate: false,
    ...(known[name] ?? small),
  };
  const { already, repeated, leftOut, problems } = counts;
  const preflight = { ...counts, found: counts.new + already + repeated + leftOut + problems };
  if (preflight.bytesToStore === 0 && counts.new > 0) preflight.bytesToStore = preflight.bytes;
  if (counts.new + already === 0) preflight.bytes = 0;
  return { name, preflight, problems: troubled(name, problems), stuck: name === "Stubborn box" ? 2 : 0 };
}

function troubled(box: string, count: number): ProblemView[] {
  return Array.from({ length: count }, (_, seq) => {
    const [name, code, reason] = troubles[seq % troubles.length] ?? troubles[0];
    return { seq, name, folder: `${box}/Desk`, code, reason };
  });
}

/** The counts of a pre-flight. */
const counts = [
  "found",
  "folders",
  "new",
  "already",
  "repeated",
  "leftOut",
  "problems",
  "bytes",
  "bytesToStore",
] as const satisfies (keyof PreflightView)[];

/** Several boxes dropped at once. */
export function together(boxes: readonly Box[]): Box {
  const [first, ...rest] = boxes;
  if (first === undefined) return openBox("Empty box");
  return rest.reduce((all, box) => {
    const preflight = { ...all.preflight };
    for (const key of counts) preflight[key] += box.preflight[key];
    const problems = [...all.problems, ...box.problems].map((problem, seq) => ({ ...problem, seq }));
    return { name: all.name, preflight, problems, stuck: all.stuck + box.stuck };
  }, first);
}

/** Rows of a list of a pre-flight. */
export function boxRows(box: Box, list: PreflightList, offset: number, limit: number): PreflightRow[] {
  const end = Math.min(box.preflight[list], offset + limit);
  return Array.from({ length: Math.max(0, end - offset) }, (_, row) => boxRow(box, list, offset + row));
}

function boxRow(box: Box, list: PreflightList, number: number): PreflightRow {
  if (list === "problems") {
    const { name, folder, reason } = box.problems[number] ?? { name: "", folder: "", reason: "" };
    return { name, folder, size: null, modified: null, reason };
  }
  if (list === "leftOut") {
    const name = ["Thumbs.db", "desktop.ini", ".DS_Store"][number % 3] ?? "Thumbs.db";
    const reason = `A system file (${name} on the left-out list).`;
    return { name, folder: box.name, size: 12_288, modified: Date.UTC(2022, 4, 6), reason };
  }
  const random = chance(`${box.name}/${list}/${String(number)}`);
  const subject = pick(random, ["Letter", "Agreement", "Invoice", "Exhibit", "Minutes"]);
  return {
    name: `${subject} ${String(number + 1).padStart(4, "0")}.${pick(random, ["pdf", "docx", "eml"])}`,
    folder: `${box.name}/${pick(random, ["Correspondence", "Discovery/Depositions", "Signed", "Drafts"])}`,
    size: 2_000 + Math.floor(random() * 3_000_000),
    modified: Date.UTC(2023, 0, 1) + Math.floor(random() * 900) * 86_400_000,
    reason: null,
  };
}
