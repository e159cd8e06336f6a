// Hashes and ids as docs/data-model.md wants them.

import { createHash, randomBytes } from "node:crypto";

export const sha256 = (data) => createHash("sha256").update(data).digest("hex");

/** The identity of a record: of a name, a modified time and a content. */
export const metadataHash = (name, modified, fileHash) => sha256(`${name}|${modified}|${fileHash}`);

/** A UUID of version 7: by time, so that what is made later is sorted later. */
export function madeId() {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** The extension that content is stored under: that of its first name, in lower case. */
export function extension(name) {
  const found = /^.+\.([A-Za-z0-9]{1,16})$/.exec(name);
  return found === null ? "" : `.${found[1].toLowerCase()}`;
}

/** The folders of a record, with one more: by whole segments, as the data model merges them. */
export function merged(stored, path) {
  const paths = stored.split("|");
  const ends = (long, short) => long === short || short === "" || long.endsWith(`/${short}`);
  if (paths.some((known) => ends(known, path))) return stored;
  const kept = paths.filter((known) => !ends(path, known));
  const at = paths.findIndex((known) => ends(path, known));
  kept.splice(at === -1 ? kept.length : at, 0, path);
  return kept.join("|");
}
