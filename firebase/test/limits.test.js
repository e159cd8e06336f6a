// The limits of one request.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { aClaim, aDrop, aHash, aMadeId, aMatter, anEvent, anId, aRecord } from "./documents.js";
import { deployedRules, enforce } from "./emulators.js";
import { at, found, given, OPEN } from "./firm.js";
import { isRefusal } from "./person.js";
import { colleague, member } from "./people.js";

const rules = await deployedRules();

before(async () => {
  await enforce(rules);
  await found();
});

after(() => enforce(rules));

/** Files of one drop: an event and a record each. */
function files(count, batchId) {
  return Array.from({ length: count }, (_, n) => {
    const hash = aHash();
    const name = { lastModified: n, fileHash: hash };
    const event = anEvent({ ...name, batchId, eventType: "upload_success", fileName: "A.pdf" });
    const record = aRecord(OPEN, { ...name, originalName: "A.pdf" });
    return [
      [at.event(OPEN, aMadeId()), event],
      [at.record(OPEN, record.metadataHash), record],
    ];
  }).flat();
}

describe("a full commit", () => {
  it("of 250 files is accepted, though each of its 500 writes is evaluated", async () => {
    await member.commits(files(250, await given.batch()));
  });
  // The team, the matter and 18 drops: one read each, and none for the second event of a drop.
  it("of 18 drops is accepted, and of more is not", async () => {
    const drops = (count) => Promise.all(Array.from({ length: count }, () => given.batch()));
    const begun = (ids) =>
      [...ids, ...ids].map((batchId) => [at.event(OPEN, aMadeId()), anEvent({ batchId })]);
    await member.commits(begun(await drops(18)));
    await assert.rejects(member.commits(begun(await drops(21))), isRefusal);
  });
  // The team, and a client for each matter.
  it("of the matters of 19 clients is accepted, and of more is not", async () => {
    const matters = (ids) => ids.map((clientId) => [at.matter(anId()), aMatter({ clientId })]);
    const clients = (count) => Promise.all(Array.from({ length: count }, () => given.client()));
    const ids = (paths) => paths.map((path) => path.split("/").at(-1));
    await member.commits(matters(ids(await clients(10))));
    await member.commits(matters(ids(await clients(19))));
    await assert.rejects(member.commits(matters(ids(await clients(21)))), isRefusal);
  });
  it("of 500 content claims is accepted", async () => {
    const hashes = Array.from({ length: 500 }, aHash);
    await member.commits(hashes.map((hash) => [at.content(hash), aClaim(OPEN, hash)]));
  });
  // Not of 500: the emulator lists the reasons for so many refusals in a header, and breaks the connection over its length.
  it("is refused whole for one write among twenty", async () => {
    const batch = files(10, await given.batch());
    batch[18][1].userId = colleague.uid;
    await assert.rejects(member.commits(batch), isRefusal);
    assert.equal(await member.reads(batch[0][0]), undefined);
  });
  it("of 500 started attempts is accepted", async () => {
    const batchId = await given.batch();
    await member.commits(
      Array.from({ length: 500 }, () => [at.event(OPEN, aMadeId()), anEvent({ batchId })]),
    );
  });
  it("of 499 attempts and their drop is accepted", async () => {
    const batchId = aMadeId();
    const attempts = Array.from({ length: 499 }, () => [at.event(OPEN, aMadeId()), anEvent({ batchId })]);
    await member.commits([...attempts, [at.drop(OPEN, batchId), aDrop(batchId, { finishedAt: null })]]);
  });
});

describe("a drop", () => {
  it("has as many folders as a document holds", async () => {
    const id = aMadeId();
    const folders = Array.from({ length: 8000 }, (_, n) => ({
      path: `Box/${n}/${"x".repeat(60)}`,
      lastModified: n,
    }));
    await member.writes(at.drop(OPEN, id), aDrop(id, { folders }));
  });
  it("has as many sources as a document holds", async () => {
    const id = aMadeId();
    const sources = Array.from({ length: 1000 }, (_, n) => `/media/usb/${"x".repeat(280)}/${n}`);
    await member.writes(at.drop(OPEN, id), aDrop(id, { sources }));
  });
});

describe("the largest blob", () => {
  const largest = /return 64 \* 1024 \* 1024 \* 1024;/u;
  const some = (length) => Buffer.alloc(length, 7);

  it("has 64 GiB", () => assert.match(rules.storage, largest));
  it("is accepted, and one byte more is not", async () => {
    await enforce({ ...rules, storage: rules.storage.replace(largest, "return 1000;") });
    await member.stores(at.blob(OPEN, aHash()), some(1000));
    await assert.rejects(member.stores(at.blob(OPEN, aHash()), some(1001)), isRefusal);
  });
});
