// Records: the documents of a matter.

import { where } from "firebase/firestore/lite";

import { aHash, aRecord, computerTime, metadataHash, NOW } from "../documents.js";
import { across, at, CLOSED, GENERAL, given, OPEN, openness, REMOVED, WALLED } from "../firm.js";
import { admin, colleague, member, outsideTheWall, solo, soloWithClaims, team } from "../people.js";
import { gone, table } from "../table.js";

const asManyPaths = Array.from({ length: 1000 }, (_, n) => `${n}`).join("|");
const tooManyPaths = `${asManyPaths}|1000`;
const asManyFolders = Array.from({ length: 1000 }, (_, n) => `1/2/3/4/5/6/7/8/9/${n}`).join("|");
const tooManyFolders = `0/${asManyFolders}`;

const recorded = (person, matter = OPEN, fields = {}) => {
  const data = aRecord(matter, { uploadedBy: person.uid, ...openness(matter), ...fields });
  return person.writes(at.record(matter, data.metadataHash), data);
};

export const metadata = table("…/metadata/{metadataHash}", ({ may, mayNot, outsidersMayNot, shape }) => {
  const all = (matter) => `${at.matter(matter)}/metadata`;
  const folders = (folderPaths) => ({ folderPaths, updatedAt: NOW });
  const merged = () => folders("Documents/2023|Bank Statements|Third");
  const folded =
    (person, before, after, matter = OPEN) =>
    async () =>
      person.changes(await given.record(matter, { folderPaths: before }), folders(after));
  may("a member", "read a record", async () => member.reads(await given.record()));
  may("a member", "list a matter's records", () => member.lists(all(OPEN)));
  may("a member", "look for content in all open matters", () => member.listsAcross("metadata", across()));
  may("a member", "record a filed document", () => recorded(member));
  may("a member", "record a filed document to `general`", () => recorded(member, GENERAL));
  may("a user alone, with claims", "record", () => recordedAlone(soloWithClaims));
  may("a user alone, without claims", "record", () => recordedAlone(solo));
  may("a user alone, without claims", "look for content", () => solo.listsAcross("metadata", across("fern")));
  may("a member", "add a location to a colleague's record", async () =>
    member.changes(await given.record(OPEN, { uploadedBy: colleague.uid }), merged()),
  );
  for (const [what, before, after] of [
    ["write the same locations again", "Box|A/B", "Box|A/B"],
    ["add a location to a record without a folder", "", "Box"],
    ["say more of a location", "Box|2023", "Box|Letters/2023"],
    [
      "say more of several locations, and add one",
      "Box|2023|A (b)*|Tax",
      "Old/Box|2023|Old/A (b)*|X/Tax|New",
    ],
    ["say more of a location with odd characters", "a\\Eb.+\n[c]$", "Box/a\\Eb.+\n[c]$"],
    ["say more of a location, where another ends like it", "Tax|Old/2023|23", "Tax|Old/2023|Box/23"],
  ]) {
    may("a member", what, folded(member, before, after));
  }
  may("an admin", "put right where a document was received", folded(admin, "Box|2023", "2023"));
  for (const [what, before, after] of [
    ["take a location away", "Box|2023", "Box"],
    ["take every location away", "Box|2023", ""],
    ["put one location in the place of another", "Box|2023", "Box|2024"],
    ["say more of half a name", "Box|2023", "Box|12023"],
    ["say more of a location behind its end", "Box|2023", "Box|A/2023/B"],
    ["cut a location short", "Box|Letters/2023", "Box|2023"],
    ["take away one of two while they say more of the other", "2023|Tax", "A/2023"],
    ["take away one of two that end alike", "A/2023|B/2023", "X/A/2023"],
    ["add folders that only look alike", "Box|2.23", "Box|A/2023"],
    ["break out of the pattern", "a\\E.*b", "Box/axxb"],
  ]) {
    mayNot("a member", what, folded(member, before, after));
  }
  may("a member inside the wall", "record", () => recorded(member, WALLED));
  may("a member inside the wall", "read a record", async () => member.reads(await given.record(WALLED)));
  may("a member inside the wall", "list the records", () => member.lists(all(WALLED)));
  may("a member inside the wall", "add a location", async () =>
    member.changes(await given.record(WALLED), merged()),
  );
  for (const [what, fields] of [
    ["whose time is 0", { lastModified: 0 }],
    ["with a time before 1970", { lastModified: -12_345_678 }],
    ["of an empty file", { size: 0 }],
    ["without a folder", { folderPaths: "" }],
    ["from as many places as a record holds", { folderPaths: asManyPaths }],
    ["from as many folders as a record holds", { folderPaths: asManyFolders }],
    ["whose name has a |", { originalName: "a|b|7.pdf" }],
    [
      "stored under another matter",
      { storagePath: `teams/${team}/matters/m-other/files/${"a".repeat(64)}`, fileHash: "a".repeat(64) },
    ],
  ]) {
    may("a member", `record a file ${what}`, () => recorded(member, OPEN, fields));
  }

  outsidersMayNot("read a record", async (person) => person.reads(await given.record()));
  outsidersMayNot("list a matter's records", (person) => person.lists(all(OPEN)));
  outsidersMayNot("look for content in all matters", (person) => person.listsAcross("metadata", across()));
  outsidersMayNot("record", (person) => recorded(person));
  outsidersMayNot("add a location", async (person) => person.changes(await given.record(), merged()));
  for (const [who, person] of outsideTheWall) {
    mayNot(who, "read a record", async () => person.reads(await given.record(WALLED)));
    mayNot(who, "list the records", () => person.lists(all(WALLED)));
    mayNot(who, "record", () => recorded(person, WALLED));
    mayNot(who, "add a location", async () => person.changes(await given.record(WALLED), merged()));
  }
  mayNot("a member", "look for content of any team", () => member.listsAcross("metadata"));
  mayNot("a member", "look for content of another team", () => member.listsAcross("metadata", across("elm")));
  mayNot("a member inside the wall", "look for content that says it is open to nobody", () =>
    member.listsAcross("metadata", where("openTo", "==", null)),
  );
  mayNot("a member", "record to a closed matter", () => recorded(member, CLOSED));
  mayNot("a member", "record to a removed matter", () => recorded(member, REMOVED));
  mayNot("a member", "record to a missing matter", () => recorded(member, "nowhere"));
  mayNot("a member", "add a location in a closed matter", async () =>
    member.changes(await given.record(CLOSED), merged()),
  );
  mayNot("a member inside the wall", "record it as open to the team", () =>
    recorded(member, WALLED, { openTo: team }),
  );
  mayNot("a member", "record for a colleague", () => recorded(member, OPEN, { uploadedBy: colleague.uid }));
  mayNot("a member", "record under an id that is another hash", () => {
    const data = aRecord(OPEN);
    return member.writes(at.record(OPEN, aHash()), data);
  });
  mayNot("a member", "record under an id that equals the field, and is not the hash of the rest", () => {
    const hash = aHash();
    return member.writes(at.record(OPEN, hash), aRecord(OPEN, { metadataHash: hash }));
  });
  mayNot("a member", "record with a field that says another hash than the id", () => {
    const data = aRecord(OPEN);
    return member.writes(at.record(OPEN, data.metadataHash), { ...data, metadataHash: aHash() });
  });
  mayNot("a member", "record under a hash in capitals", () => {
    const data = aRecord(OPEN);
    const capitals = data.metadataHash.toUpperCase();
    return member.writes(at.record(OPEN, capitals), { ...data, metadataHash: capitals });
  });
  for (const field of ["originalName", "lastModified", "fileHash"]) {
    mayNot("a member", `record with a ${field} that is not in the hash`, () => {
      const hashed = aRecord(OPEN);
      const told = aRecord(OPEN, { originalName: "Other.pdf", lastModified: 1 });
      const data = { ...hashed, [field]: told[field], storagePath: hashed.storagePath };
      if (field === "fileHash") data.storagePath = told.storagePath;
      return member.writes(at.record(OPEN, data.metadataHash), data);
    });
  }
  for (const [what, fields] of [
    ["its name", { originalName: "Other.pdf" }],
    ["its time", { lastModified: 1 }],
    ["its content", { fileHash: "b".repeat(64) }],
    ["its size", { size: 1 }],
    ["its place", { storagePath: `teams/${team}/matters/general/files/${"b".repeat(64)}` }],
    ["who filed it", { uploadedBy: member.uid }],
    ["to whom it is open", { openTo: null }],
    ["its own hash", { metadataHash: "b".repeat(64) }],
    ["the time by their own clock", { updatedAt: computerTime() }],
    ["its folders into a value that is not text", { folderPaths: ["Documents"] }],
    ["its folders into an endless text", { folderPaths: merged().folderPaths.padEnd(400_001, "x") }],
    ["its folders into endless paths", { folderPaths: `${merged().folderPaths}|${tooManyPaths}` }],
    ["its folders into an endless depth", { folderPaths: `${merged().folderPaths}|${tooManyFolders}` }],
    ["it by an unknown field", { extra: true }],
    ["it without its folders", { folderPaths: gone }],
  ]) {
    mayNot("a member", `change of a record ${what}`, async () =>
      member.changes(await given.record(OPEN, { uploadedBy: colleague.uid }), { ...merged(), ...fields }),
    );
  }
  mayNot("a member", "add a location and leave the time", async () =>
    member.changes(await given.record(), { folderPaths: merged().folderPaths }),
  );
  mayNot("a member", "delete a record", async () => member.deletes(await given.record()));
  mayNot("an admin", "delete a record", async () => admin.deletes(await given.record()));

  const hash = "c".repeat(64);
  const place = (path) => ({ fileHash: hash, storagePath: path });
  for (const [reason, path] of [
    ["in another team", `teams/elm/matters/m/files/${hash}`],
    ["outside any team", `files/${hash}`],
    ["that climbs", `teams/${team}/matters/../files/${hash}`],
    ["with a leading slash", `/teams/${team}/matters/m/files/${hash}`],
    ["of other content", `teams/${team}/matters/m/files/${"d".repeat(64)}`],
    ["that is not a hash", `teams/${team}/matters/m/files/letter.pdf`],
    ["with an extension in capitals", `teams/${team}/matters/m/files/${hash}.PDF`],
    ["with two extensions", `teams/${team}/matters/m/files/${hash}.tar.gz`],
    ["below a blob", `teams/${team}/matters/m/files/${hash}/x`],
  ]) {
    mayNot("a member", `record a place ${reason}`, () => recorded(member, OPEN, place(path)));
  }
  const sound = () => aRecord(OPEN);
  const write = (data) => member.writes(at.record(OPEN, rehashed(data).metadataHash), rehashed(data));
  shape(
    "record",
    sound,
    write,
    {
      originalName: { "that is not text": 7, "that is empty": "", "that is endless": "x".repeat(2001) },
      lastModified: { "that is a fraction": 1.5, "that is text": "1703123456789", "that is invalid": null },
      fileHash: {
        "in capitals": "A".repeat(64),
        "too short": "a".repeat(63),
        "that is not a hash": "letter",
      },
      folderPaths: {
        "that is endless": "x".repeat(400_001),
        "of one path too many": tooManyPaths,
        "of one folder too many": tooManyFolders,
        "that is a list": ["Documents"],
        "that is invalid": null,
      },
      size: { "below nothing": -1, "that is a fraction": 0.5, "that is text": "12" },
      storagePath: { "that is not text": 7 },
      openTo: { "another team": "elm", nobody: null },
      updatedAt: { "by their own clock": computerTime(), "that is not a time": 7 },
    },
    ["metadataHash"],
  );
  mayNot("a member", "record without metadataHash", () => {
    const { metadataHash: id, ...data } = aRecord(OPEN);
    return member.writes(at.record(OPEN, id), data);
  });
});

/** The record with the hash of what it says now, so that a refusal is for another reason. */
function rehashed(data) {
  const fields = { ...data, metadataHash: metadataHash(data) };
  const told = typeof data.storagePath === "string" && data.fileHash;
  return told ? { ...fields, storagePath: `teams/${team}/matters/${OPEN}/files/${data.fileHash}` } : fields;
}

function recordedAlone(person) {
  const fileHash = aHash();
  const storagePath = `teams/${person.uid}/matters/general/files/${fileHash}`;
  const data = aRecord("general", { fileHash, storagePath, uploadedBy: person.uid, openTo: person.uid });
  return person.writes(`teams/${person.uid}/matters/general/metadata/${data.metadataHash}`, data);
}
