// Drops: what came to a matter in one go.

import { where } from "firebase/firestore/lite";

import { aDrop, aMadeId, computerTime, NOW } from "../documents.js";
import { across, at, CLOSED, given, OPEN, openness, WALLED } from "../firm.js";
import { colleague, member, outsideTheWall, team } from "../people.js";
import { table } from "../table.js";

export const drops = table("…/drops/{batchId}", ({ may, mayNot, outsidersMayNot, shape }) => {
  const all = (matter) => `${at.matter(matter)}/drops`;
  const told = (person, matter = OPEN, fields = {}) => {
    const id = aMadeId();
    return person.writes(
      at.drop(matter, id),
      aDrop(id, { userId: person.uid, ...openness(matter), ...fields }),
    );
  };
  const recounted = () => ({ stored: 11, failed: 0, finishedAt: computerTime(), updatedAt: NOW });
  const aPage = () => ({ folders: [{ path: "Box/empty", lastModified: 0 }], updatedAt: NOW });

  may("a member", "read a drop", async () => member.reads(await given.drop()));
  may("a member", "list a matter's drops", () => member.lists(all(OPEN)));
  may("a member", "find a drop in all open matters", () =>
    member.listsAcross("drops", across(), where("batchId", "==", aMadeId())),
  );
  may("a member", "tell of their drop", () => told(member));
  may("a member", "tell of a drop that is not finished", () => told(member, OPEN, { finishedAt: null }));
  may("a member", "tell of a drop to a matter closed meanwhile", () => told(member, CLOSED));
  may("a member", "count their drop again", async () => member.changes(await given.drop(), recounted()));
  may("a member", "tell more folders than fit", async () =>
    member.writes(`${await given.drop()}/folders/000001`, aPage()),
  );
  may("a member", "tell more folders with the drop itself", async () => {
    const id = aMadeId();
    const path = at.drop(OPEN, id);
    await member.commits([
      [path, aDrop(id, { folderPages: 1 })],
      [`${path}/folders/000000`, aPage()],
    ]);
  });
  may("a member", "tell more sources with the drop itself", async () => {
    const id = aMadeId();
    const path = at.drop(OPEN, id);
    await member.commits([
      [path, aDrop(id, { sourcePages: 1, folderPages: 1 })],
      [`${path}/folders/000000`, { sources: ["/media/usb/x.pdf"], folders: [], updatedAt: NOW }],
    ]);
  });
  may("a member", "read more folders", async () => member.lists(`${await given.drop()}/folders`));
  may("a member inside the wall", "tell of their drop", () => told(member, WALLED));
  may("a member inside the wall", "read a drop", async () => member.reads(await given.drop(WALLED)));

  outsidersMayNot("read a drop", async (person) => person.reads(await given.drop()));
  outsidersMayNot("list a matter's drops", (person) => person.lists(all(OPEN)));
  outsidersMayNot("find drops in all matters", (person) => person.listsAcross("drops", across()));
  outsidersMayNot("tell of a drop", (person) => told(person));
  outsidersMayNot("count a drop of theirs again", async (person) =>
    person.changes(await given.drop(OPEN, { userId: person.uid }), recounted()),
  );
  outsidersMayNot("read more folders", async (person) => person.lists(`${await given.drop()}/folders`));
  outsidersMayNot("tell more folders", async (person) =>
    person.writes(`${await given.drop(OPEN, { userId: person.uid })}/folders/000001`, aPage()),
  );
  for (const [who, person] of outsideTheWall) {
    mayNot(who, "read a drop", async () => person.reads(await given.drop(WALLED)));
    mayNot(who, "list the drops", () => person.lists(all(WALLED)));
    mayNot(who, "read more folders", async () => person.lists(`${await given.drop(WALLED)}/folders`));
    mayNot(who, "tell of a drop", () => told(person, WALLED));
  }
  mayNot("a member", "find drops of whatever team", () => member.listsAcross("drops"));
  mayNot("a member inside the wall", "tell of a drop as open", () => told(member, WALLED, { openTo: team }));
  mayNot("a member", "tell of a drop to a matter there isn't", () => told(member, "nowhere"));
  mayNot("a member", "tell of a drop in a colleague's name", () =>
    told(member, OPEN, { userId: colleague.uid }),
  );
  mayNot("a member", "tell of a drop under another id", () =>
    member.writes(at.drop(OPEN, aMadeId()), aDrop(aMadeId())),
  );
  mayNot("a member", "tell of a drop under an id that is none of ours", () =>
    member.writes(at.drop(OPEN, "drop-1"), aDrop("drop-1")),
  );
  mayNot("a colleague", "count somebody's drop again", async () =>
    colleague.changes(await given.drop(), recounted()),
  );
  mayNot("a colleague", "take somebody's drop", async () =>
    colleague.changes(await given.drop(), { ...recounted(), userId: colleague.uid }),
  );
  for (const [what, fields] of [
    ["give it to a colleague", { userId: colleague.uid }],
    ["say it came from another computer", { deviceId: "desk-5" }],
    ["say it began at another time", { startedAt: computerTime() }],
    ["say it is open to nobody", { openTo: null }],
    ["count below nothing", { stored: -1 }],
    ["say by their own clock when it was written", { updatedAt: computerTime() }],
  ]) {
    mayNot("a member", `count their drop again and ${what}`, async () =>
      member.changes(await given.drop(), { ...recounted(), ...fields }),
    );
  }
  mayNot("a member", "delete a drop", async () => member.deletes(await given.drop()));
  mayNot("a colleague", "tell more folders of somebody's drop", async () =>
    colleague.writes(`${await given.drop()}/folders/000001`, aPage()),
  );
  mayNot("a member", "tell more folders of a drop there isn't", () =>
    member.writes(`${at.drop(OPEN, aMadeId())}/folders/000001`, aPage()),
  );
  for (const [what, page, data] of [
    ["on a page without a number", "more", aPage()],
    ["that are no list", "000001", { ...aPage(), folders: "Box" }],
    ["with sources that are no list", "000001", { ...aPage(), sources: "/media/usb" }],
    ["by their own clock", "000001", { ...aPage(), updatedAt: computerTime() }],
    ["with a field that is none", "000001", { ...aPage(), extra: true }],
  ]) {
    mayNot("a member", `tell more folders ${what}`, async () =>
      member.writes(`${await given.drop()}/folders/${page}`, data),
    );
  }
  mayNot("a member", "delete folders", async () => {
    const page = `${await given.drop()}/folders/000001`;
    await member.writes(page, aPage());
    await member.deletes(page);
  });
  const counts = ["stored", "skipped", "failed", "leftOut", "bytes", "bytesStored"];
  const wrongCount = { "below nothing": -1, "that is text": "1" };
  shape(
    "tell of their drop",
    () => aDrop(aMadeId()),
    (data) => member.writes(at.drop(OPEN, data.batchId ?? aMadeId()), data),
    {
      deviceId: { "that is no id": "my desk", "that is no text": 7 },
      sources: { "that are no list": "/media/usb" },
      startedAt: { "that is no time": 7, "that is none": null },
      finishedAt: { "that is no time": 7 },
      folders: { "that are no list": "Box" },
      folderPages: { "below nothing": -1, "that is text": "1" },
      sourcePages: { "below nothing": -1, "that is text": "1" },
      openTo: { "another team": "elm", nobody: null },
      updatedAt: { "by their own clock": computerTime() },
      ...Object.fromEntries(counts.map((name) => [name, wrongCount])),
    },
  );
});
