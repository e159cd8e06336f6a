/** Entries of a made-up firm's vault that cannot be read. */

import type { UnreadableEntry } from "../bindings";

/** As many as the program sends at once. */
export const unreadableShown = 1000;

const noUsable = (path: string, field: string): string =>
  `The document teams/hale-moore/${path} has no usable “${field}”. It was not written by Strongroom; ask your administrator.`;

const hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

/** One of each kind, some of matters that are shown here and some of others. */
const kinds: readonly (Pick<UnreadableEntry, "path" | "what"> & { field: string })[] = [
  {
    path: "matters/m-2024-001/drops/0198c2f4-7b1e-7d52-9a30-5f1c2ab8d1e7",
    what: { kind: "drop", matter: "m-2024-001" },
    field: "batchId",
  },
  {
    path: "matters/m-2024-001/uploadEvents/0198c2f4-91aa-7c03-b6d2-0e4f8a7713c9",
    what: { kind: "event", matter: "m-2024-001" },
    field: "size",
  },
  {
    path: `matters/m-2023-112/metadata/${hash}`,
    what: { kind: "document", matter: "m-2023-112" },
    field: "sourceFileName",
  },
  { path: "clients/abc", what: { kind: "client", id: "abc" }, field: "status" },
  { path: "clients/0198c2f4-aa10", what: { kind: "client", id: "0198c2f4-aa10" }, field: "name" },
  {
    path: "matters/general/drops/\u{202e}fdp",
    what: { kind: "drop", matter: "general" },
    field: "createdAt",
  },
  { path: "matters/m-1999-004", what: { kind: "matter", id: "m-1999-004" }, field: "number" },
  { path: "userInfo/amira", what: { kind: "person" }, field: "displayName" },
  { path: "notes/2026-11-30/lines/1", what: { kind: "other" }, field: "type" },
];

/** This many, by their paths. */
export function unreadableEntries(count: number): UnreadableEntry[] {
  const one = (at: number): UnreadableEntry => {
    const known = kinds[at];
    if (known) return { path: known.path, what: known.what, reason: noUsable(known.path, known.field) };
    const path = `matters/m-1999-004/uploadEvents/event-${String(at).padStart(6, "0")}`;
    return { path, what: { kind: "event", matter: "m-1999-004" }, reason: noUsable(path, "fileName") };
  };
  return Array.from({ length: count }, (_, at) => one(at));
}
