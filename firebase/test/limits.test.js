// How much at once.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { aDrop, aHash, aMadeId, anEvent, aRecord } from "./documents.js";
import { deployedRules, enforce } from "./emulators.js";
import { at, found, OPEN } from "./firm.js";
import { isRefusal } from "./person.js";
import { colleague, member } from "./people.js";

const rules = await deployedRules();

before(async () => {
  await enforce(rules);
  await found();
});

after(() => enforce(rules));

/** As many files as fit into one commit: an event and a record each. */
function files(count) {
  return Array.from({ length: count }, (_, n) => {
    const hash = aHash();
    const name = { lastModified: n, fileHash: hash };
    const event = anEvent({ ...name, eventType: "upload_success", fileName: "A.pdf" });
    const record = aRecord(OPEN, { ...name, originalName: "A.pdf" });
    return [
      [at.event(OPEN, aMadeId()), event],
      [at.record(OPEN, record.metadataHash), record],
    ];
  }).flat();
}

describe("a full commit", () => {
  it("of 250 files is taken, though each of its 500 writes is judged", async () => {
    await member.commits(files(250));
  });
  // Not of 500: the emulator tells why it refuses so many in a header, and breaks the connection over its length.
  it("is refused whole for one write among twenty", async () => {
    const batch = files(10);
    batch[18][1].userId = colleague.uid;
    await assert.rejects(member.commits(batch), isRefusal);
    assert.equal(await member.reads(batch[0][0]), undefined);
  });
  it("of 500 attempts that begin is taken", async () => {
    await member.commits(Array.from({ length: 500 }, () => [at.event(OPEN, aMadeId()), anEvent()]));
  });
});

describe("a drop", () => {
  it("tells of as many folders as a document holds", async () => {
    const id = aMadeId();
    const folders = Array.from({ length: 8000 }, (_, n) => ({
      path: `Box/${n}/${"x".repeat(60)}`,
      lastModified: n,
    }));
    await member.writes(at.drop(OPEN, id), aDrop(id, { folders }));
  });
});

describe("the largest blob", () => {
  const largest = /return 64 \* 1024 \* 1024 \* 1024;/u;
  const some = (length) => Buffer.alloc(length, 7);

  it("has 64 GiB", () => assert.match(rules.storage, largest));
  it("is taken, and one byte more is not", async () => {
    await enforce({ ...rules, storage: rules.storage.replace(largest, "return 1000;") });
    await member.stores(at.blob(OPEN, aHash()), some(1000));
    await assert.rejects(member.stores(at.blob(OPEN, aHash()), some(1001)), isRefusal);
  });
});
