// Events: the history of a matter.

import { where } from "firebase/firestore/lite";

import { aDrop, aHash, aMadeId, anEvent, bytes, computerTime, metadataHash, NOW } from "../documents.js";
import { across, at, CLOSED, GENERAL, given, OPEN, openness, REMOVED, WALLED } from "../firm.js";
import { admin, colleague, member, outsideTheWall, owner, solo, team } from "../people.js";
import { gone, table } from "../table.js";

/** Stands for a drop that is there. */
const sound = "a drop of theirs";

export const uploadEvents = table("…/uploadEvents/{eventId}", ({ may, mayNot, outsidersMayNot, shape }) => {
  const all = (matter) => `${at.matter(matter)}/uploadEvents`;
  /** Begins an attempt in a drop of theirs that is there, unless `fields` say of which. */
  const begun = async (person, matter = OPEN, fields = {}) => {
    const batchId = fields.batchId ?? (await given.batch(matter, { userId: person.uid }));
    return person.writes(
      at.event(matter, aMadeId()),
      anEvent({ userId: person.uid, ...openness(matter), ...fields, batchId }),
    );
  };
  const ended = (eventType, fields = {}) => ({ eventType, timestamp: NOW, updatedAt: NOW, ...fields });
  const success = () => ended("upload_success");
  const failure = (fields) => ended("upload_failed", { reason: "No longer there.", ...fields });

  may("a member", "read an event", async () => member.reads(await given.event()));
  may("a member", "list a matter's events", () => member.lists(all(OPEN)));
  may("a member", "list events in all open matters", () => member.listsAcross("uploadEvents", across()));
  may("a member", "list a drop's events", () => member.lists(all(OPEN), where("batchId", "==", aMadeId())));
  may("a member", "begin an attempt", () => begun(member));
  may("a member", "begin attempts together with their drop", () => {
    const id = aMadeId();
    return member.commits([
      [at.event(OPEN, aMadeId()), anEvent({ batchId: id })],
      [at.drop(OPEN, id), aDrop(id, { finishedAt: null })],
      [at.event(OPEN, aMadeId()), anEvent({ batchId: id })],
    ]);
  });
  may("a member", "begin an attempt in a drop of theirs that is finished", async () =>
    begun(member, OPEN, { batchId: await given.batch(OPEN, { finishedAt: computerTime() }) }),
  );
  may("a member", "write that content was there already", () =>
    begun(member, OPEN, { eventType: "upload_skipped_metadata_recorded" }),
  );
  may("a member", "write at once that it was stored", () =>
    begun(member, OPEN, { eventType: "upload_success" }),
  );
  may("a member", "write at once that it failed", () => begun(member, OPEN, failure()));
  may("a member", "keep names that are not Unicode exactly", () =>
    begun(member, OPEN, { fileNameBytes: bytes("Br\xfcgge"), folderPathBytes: bytes("\xff") }),
  );
  may("a member", "say which source of the drop it came from", () => begun(member, OPEN, { source: 0 }));
  may("a member", "say that it came from the last source of very many", () =>
    begun(member, OPEN, { source: 100_000 }),
  );
  may("a member", "end an attempt that says its source", async () =>
    member.changes(await given.event(OPEN, { source: 1 }), success()),
  );
  may("a member", "end their attempt as stored", async () => member.changes(await given.event(), success()));
  may("a member", "end their attempt as failed, with the reason", async () =>
    member.changes(await given.event(), failure()),
  );
  may("a member", "write a failure to a matter closed meanwhile", async () =>
    member.changes(await given.event(CLOSED), failure()),
  );
  may("a member", "write a failure to a matter removed meanwhile", () => begun(member, REMOVED, failure()));
  may("a member inside the wall", "begin an attempt", () => begun(member, WALLED));
  may("a member inside the wall", "end it", async () => member.changes(await given.event(WALLED), success()));
  may("a member inside the wall", "read an event", async () => member.reads(await given.event(WALLED)));
  may("a user alone, without claims", "begin an attempt", () => {
    const id = aMadeId();
    const general = "teams/fern/matters/general";
    const own = { userId: "fern", openTo: "fern" };
    return solo.commits([
      [`${general}/drops/${id}`, aDrop(id, own)],
      [`${general}/uploadEvents/${aMadeId()}`, anEvent({ ...own, teamId: "fern", batchId: id })],
    ]);
  });

  outsidersMayNot("read an event", async (person) => person.reads(await given.event()));
  outsidersMayNot("list a matter's events", (person) => person.lists(all(OPEN)));
  outsidersMayNot("list events of all matters", (person) => person.listsAcross("uploadEvents", across()));
  outsidersMayNot("begin an attempt", (person) => begun(person));
  outsidersMayNot("write a failure", (person) => begun(person, OPEN, failure()));
  outsidersMayNot("end an attempt of theirs", async (person) =>
    person.changes(await given.event(OPEN, { userId: person.uid }), success()),
  );
  for (const [who, person] of outsideTheWall) {
    mayNot(who, "read an event", async () => person.reads(await given.event(WALLED)));
    mayNot(who, "list the events", () => person.lists(all(WALLED)));
    mayNot(who, "begin an attempt", () => begun(person, WALLED));
    mayNot(who, "write a failure", () => begun(person, WALLED, failure()));
    mayNot(who, "end an attempt of theirs", async () =>
      person.changes(await given.event(WALLED, { userId: person.uid }), success()),
    );
  }
  mayNot("a member", "list events of any team", () => member.listsAcross("uploadEvents"));
  mayNot("a member", "begin to file to a closed matter", () => begun(member, CLOSED));
  mayNot("a member", "begin to file to a removed matter", () => begun(member, REMOVED));
  mayNot("a member", "begin to file to a missing matter", () => begun(member, "nowhere"));
  mayNot("a member", "write a failure to a missing matter", () => begun(member, "nowhere", failure()));
  mayNot("a member", "end as stored in a closed matter", async () =>
    member.changes(await given.event(CLOSED), success()),
  );
  mayNot("a member inside the wall", "begin an attempt that says it is open", () =>
    begun(member, WALLED, { openTo: team }),
  );
  mayNot("a member", "begin an attempt in a colleague's name", () =>
    begun(member, OPEN, { userId: colleague.uid }),
  );
  for (const [what, fields] of [
    ["begin an attempt", {}],
    ["write that something was stored", { eventType: "upload_success" }],
    ["write that content was there already", { eventType: "upload_skipped_metadata_recorded" }],
    ["write a failure", { eventType: "upload_failed", reason: "No longer there." }],
  ]) {
    mayNot("a colleague", `${what} in another user's drop`, async () =>
      begun(colleague, OPEN, { ...fields, batchId: await given.batch() }),
    );
  }
  mayNot("an admin", "begin an attempt in another user's drop", async () =>
    begun(admin, OPEN, { batchId: await given.batch() }),
  );
  mayNot("a member", "begin an attempt in a missing drop", () => begun(member, OPEN, { batchId: aMadeId() }));
  mayNot("a member", "begin an attempt in a drop of theirs to another matter", async () =>
    begun(member, OPEN, { batchId: await given.batch(GENERAL) }),
  );
  mayNot("a colleague", "take another user's drop and begin an attempt in it", async () => {
    const id = await given.batch();
    await colleague.commits([
      [at.drop(OPEN, id), aDrop(id, { userId: colleague.uid, finishedAt: null })],
      [at.event(OPEN, aMadeId()), anEvent({ userId: colleague.uid, batchId: id })],
    ]);
  });
  mayNot("a member", "begin an attempt in a drop that a colleague took first", async () =>
    begun(member, OPEN, { batchId: await given.batch(OPEN, { userId: colleague.uid }) }),
  );
  mayNot("a member", "begin an attempt under an id of a foreign form", async () =>
    member.writes(at.event(OPEN, "event-1"), anEvent({ batchId: await given.batch() })),
  );
  mayNot("a member", "begin an attempt whose metadataHash does not match its fields", () =>
    begun(member, OPEN, { metadataHash: aHash() }),
  );
  mayNot("a member", "fail without a reason", () => begun(member, OPEN, { eventType: "upload_failed" }));
  mayNot("a member", "fail for an endless reason", () =>
    begun(member, OPEN, failure({ reason: "x".repeat(2001) })),
  );
  mayNot("a member", "give a reason without a failure", () => begun(member, OPEN, { reason: "Why not" }));
  mayNot("a member", "end as failed without a reason", async () =>
    member.changes(await given.event(), ended("upload_failed")),
  );
  mayNot("a member", "end as stored with a reason", async () =>
    member.changes(await given.event(), ended("upload_success", { reason: "Lucky" })),
  );
  mayNot("a colleague", "end another user's attempt", async () =>
    colleague.changes(await given.event(), success()),
  );
  mayNot("an admin", "end another user's attempt", async () => admin.changes(await given.event(), failure()));
  mayNot("a colleague", "end another user's attempt in their own name", async () =>
    colleague.changes(await given.event(), { ...success(), userId: colleague.uid }),
  );
  mayNot("a member", "end an attempt as already stored", async () =>
    member.changes(await given.event(), ended("upload_skipped_metadata_recorded")),
  );
  mayNot("a member", "begin an attempt again", async () =>
    member.changes(await given.event(), ended("upload_interrupted")),
  );
  for (const was of ["upload_success", "upload_failed", "upload_skipped_metadata_recorded"]) {
    const before = was === "upload_failed" ? failure() : { eventType: was };
    for (const becomes of [success(), failure(), ended("upload_interrupted")]) {
      mayNot("a member", `turn ${was} into ${becomes.eventType}`, async () =>
        member.changes(await given.event(OPEN, before), { reason: gone, ...becomes }),
      );
    }
    mayNot("a member", `touch ${was}`, async () =>
      member.changes(await given.event(OPEN, before), { timestamp: NOW, updatedAt: NOW }),
    );
  }
  for (const [what, fields] of [
    ["by their own clock", { timestamp: computerTime() }],
    ["and say by their own clock when it was written", { updatedAt: computerTime() }],
    ["under another name", { fileName: "Other.PDF" }],
    ["with other content", { fileHash: aHash() }],
    ["as another record", { metadataHash: aHash() }],
    ["from another folder", { folderPath: "Elsewhere" }],
    ["from a source it did not name", { source: 1 }],
    ["with another size", { size: 1 }],
    ["with another time", { lastModified: 1 }],
    ["in another drop", { batchId: aMadeId() }],
    ["from another computer", { deviceId: "desk-5" }],
    ["by another version", { appVersion: "9" }],
    ["for another team", { teamId: "elm" }],
    ["open to nobody", { openTo: null }],
    ["with an unknown field", { extra: true }],
    ["without a field", { size: gone }],
  ]) {
    mayNot("a member", `end their attempt ${what}`, async () =>
      member.changes(await given.event(), { ...success(), ...fields }),
    );
  }
  for (const [what, source] of [
    ["from another source", 2],
    ["from no source", gone],
  ]) {
    mayNot("a member", `end their attempt ${what}`, async () =>
      member.changes(await given.event(OPEN, { source: 1 }), { ...success(), source }),
    );
  }
  mayNot("a member", "end their attempt and leave the times", async () =>
    member.changes(await given.event(), { eventType: "upload_success" }),
  );
  mayNot("a member", "delete an attempt", async () => member.deletes(await given.event()));
  mayNot("a member", "delete an event", async () =>
    member.deletes(await given.event(OPEN, { eventType: "upload_success" })),
  );
  mayNot("an admin", "delete an event", async () => admin.deletes(await given.event()));

  const write = async (data) => {
    if (data.batchId === sound) data.batchId = await given.batch();
    // An id of a foreign form may still be a drop's, past the rules.
    else if (data.batchId) await owner.writes(at.drop(OPEN, data.batchId), aDrop(data.batchId));
    const named = { ...data, originalName: data.fileName };
    const event = "metadataHash" in data ? { ...data, metadataHash: metadataHash(named) } : data;
    return member.writes(at.event(OPEN, aMadeId()), event);
  };
  shape("begin an attempt", () => anEvent({ batchId: sound }), write, {
    eventType: { "that is invalid": "upload_started", "that is not text": 1 },
    timestamp: { "by their own clock": computerTime(), "that is not a time": 7 },
    updatedAt: { "by their own clock": computerTime(), "that is not a time": 7 },
    fileName: { "that is not text": 7, "that is empty": "", "that is endless": "x".repeat(2001) },
    fileHash: { "in capitals": "A".repeat(64), "that is not a hash": "letter" },
    teamId: { "of another team": "elm", "that is not text": 7 },
    folderPath: { "that is not text": null, "that is endless": "x".repeat(32_769) },
    size: { "below nothing": -1, "that is text": "7" },
    lastModified: { "that is a fraction": 0.5, "that is text": "7" },
    batchId: { "of a foreign form": "batch-1" },
    deviceId: { "that is not an id": "my desk", "that is not text": 7 },
    appVersion: { "that is not text": 1, "that is endless": "1".repeat(101) },
    openTo: { "another team": "elm", nobody: null },
    fileNameBytes: { "that are text": "Letter", "without end": bytes("x".repeat(32_769)) },
    folderPathBytes: { "that are text": "Documents" },
    source: { "below nothing": -1, "beyond all": 100_001, "that is a fraction": 0.5, "that is text": "0" },
  });
});
