// Drops: files handed over together to one matter.

import { where } from "firebase/firestore/lite";

import { aDrop, aMadeId, computerTime, NOW } from "../documents.js";
import { across, at, CLOSED, given, OPEN, openness, WALLED } from "../firm.js";
import { colleague, member, outsideTheWall, team } from "../people.js";
import { gone, table } from "../table.js";

const tooManyFolders = Array.from({ length: 10_001 }, () => ({}));
const asManySources = Array.from({ length: 1000 }, (_, n) => `/${n}`);
const tooManySources = [...asManySources, "/1000"];
const tooLongSources = ["x".repeat(150_000), "x".repeat(149_998)];

export const drops = table("…/drops/{batchId}", ({ may, mayNot, outsidersMayNot, shape }) => {
  const all = (matter) => `${at.matter(matter)}/drops`;
  const announced = (person, matter = OPEN, fields = {}) => {
    const id = aMadeId();
    return person.writes(
      at.drop(matter, id),
      aDrop(id, { userId: person.uid, ...openness(matter), ...fields }),
    );
  };
  const counts = ["stored", "skipped", "failed", "leftOut", "bytes", "bytesStored"];
  const recounted = () => ({ ...Object.fromEntries(counts.map((name) => [name, 77])), updatedAt: NOW });
  const ended = () => ({ ...recounted(), finishedAt: NOW });
  const aPage = () => ({ folders: [{ path: "Box/empty", lastModified: 0 }], updatedAt: NOW });
  const underWay = (fields = {}, matter = OPEN) => given.drop(matter, { finishedAt: null, ...fields });
  const bare = (fields = {}) => underWay({ sources: [], folders: [], ...fields });

  may("a member", "read a drop", async () => member.reads(await given.drop()));
  may("a member", "list a matter's drops", () => member.lists(all(OPEN)));
  may("a member", "list drops in all open matters", () => member.listsAcross("drops", across()));
  may("a member", "find a drop among a matter's", () =>
    member.lists(all(OPEN), where("batchId", "==", aMadeId())),
  );
  may("a member", "announce their drop", () => announced(member));
  may("a member", "announce an unfinished drop", () => announced(member, OPEN, { finishedAt: null }));
  may("a member", "announce a drop before its sources", () =>
    announced(member, OPEN, { finishedAt: null, sources: [] }),
  );
  may("a member", "announce a drop of as many sources as a document holds", () =>
    announced(member, OPEN, { sources: asManySources }),
  );
  may("a member", "announce a drop to a matter closed meanwhile", () => announced(member, CLOSED));
  may("a member", "count a drop that is under way", async () =>
    member.changes(await underWay(), recounted()),
  );
  may("a member", "count a drop of more sources than fit, as an older version did", async () =>
    member.changes(await underWay({ sources: tooManySources }), recounted()),
  );
  may("a member", "finish a drop of more sources that an older version announced", async () =>
    member.changes(await underWay({ sources: tooManySources }), ended()),
  );
  may("a member", "count a finished drop of more sources again", async () =>
    member.changes(await given.drop(OPEN, { sources: tooManySources }), recounted()),
  );
  may("a member", "finish their drop", async () => member.changes(await underWay(), ended()));
  may("a member", "finish a drop that they announced before its lists", async () =>
    member.changes(await bare(), {
      ...ended(),
      sources: ["/media/usb/Box"],
      folders: [{ path: "Box", lastModified: 0 }],
      folderPages: 2,
      sourcePages: 1,
    }),
  );
  may("a member", "finish a drop whose sources were written on pages, with folders", async () =>
    member.changes(await underWay({ folders: [], folderPages: 3, sourcePages: 3 }), {
      ...ended(),
      folders: [{ path: "Box", lastModified: 0 }],
      folderPages: 10_000,
    }),
  );
  may("a member", "count their drop again", async () => member.changes(await given.drop(), recounted()));
  for (const [when, drop] of [
    ["is under way", () => underWay()],
    ["is finished", () => given.drop()],
  ]) {
    may("a member", `add folders that could be read later, when their drop ${when}`, async () => {
      const path = await drop();
      await member.writes(`${path}/folders/000000`, aPage());
      await member.changes(path, { ...recounted(), folderPages: 1 });
    });
  }
  for (const page of ["000000", "000001", "009999"]) {
    may("a member", `write more folders than fit, on page ${page}`, async () =>
      member.writes(`${await underWay()}/folders/${page}`, aPage()),
    );
  }
  may("a member", "write a page again that the drop does not count yet", async () => {
    const page = `${await underWay({ folderPages: 1 })}/folders/000001`;
    await member.writes(page, aPage());
    await member.writes(page, aPage());
  });
  may("a member", "tell more sources than fit", async () =>
    member.writes(`${await underWay()}/folders/000000`, {
      ...aPage(),
      sources: ["/media/usb/x.pdf"],
      folders: [],
    }),
  );
  may("a member", "read more folders", async () => member.lists(`${await given.drop()}/folders`));
  may("a member inside the wall", "announce their drop", () => announced(member, WALLED));
  may("a member inside the wall", "read a drop", async () => member.reads(await given.drop(WALLED)));

  outsidersMayNot("read a drop", async (person) => person.reads(await given.drop()));
  outsidersMayNot("list a matter's drops", (person) => person.lists(all(OPEN)));
  outsidersMayNot("find drops in all matters", (person) => person.listsAcross("drops", across()));
  outsidersMayNot("announce a drop", (person) => announced(person));
  outsidersMayNot("count a drop of theirs again", async (person) =>
    person.changes(await given.drop(OPEN, { userId: person.uid }), recounted()),
  );
  outsidersMayNot("finish a drop of theirs", async (person) =>
    person.changes(await underWay({ userId: person.uid }), ended()),
  );
  outsidersMayNot("read more folders", async (person) => person.lists(`${await given.drop()}/folders`));
  outsidersMayNot("write more folders", async (person) =>
    person.writes(`${await underWay({ userId: person.uid })}/folders/000001`, aPage()),
  );
  for (const [who, person] of outsideTheWall) {
    mayNot(who, "read a drop", async () => person.reads(await given.drop(WALLED)));
    mayNot(who, "list the drops", () => person.lists(all(WALLED)));
    mayNot(who, "read more folders", async () => person.lists(`${await given.drop(WALLED)}/folders`));
    mayNot(who, "announce a drop", () => announced(person, WALLED));
  }
  mayNot("a member", "find drops of any team", () => member.listsAcross("drops"));
  mayNot("a member inside the wall", "announce a drop as open", () =>
    announced(member, WALLED, { openTo: team }),
  );
  mayNot("a member", "announce a drop to a missing matter", () => announced(member, "nowhere"));
  mayNot("a member", "announce a drop in a colleague's name", () =>
    announced(member, OPEN, { userId: colleague.uid }),
  );
  mayNot("a member", "announce a drop under another id", () =>
    member.writes(at.drop(OPEN, aMadeId()), aDrop(aMadeId())),
  );
  mayNot("a member", "announce a drop under an id of a foreign form", () =>
    member.writes(at.drop(OPEN, "drop-1"), aDrop("drop-1")),
  );
  mayNot("a member", "announce a drop that another user has announced", async () => {
    const path = await underWay({ userId: colleague.uid });
    await member.writes(path, aDrop(path.split("/").at(-1)));
  });
  mayNot("a colleague", "count another user's drop again", async () =>
    colleague.changes(await given.drop(), recounted()),
  );
  mayNot("a colleague", "finish another user's drop", async () =>
    colleague.changes(await underWay(), ended()),
  );
  mayNot("a colleague", "take another user's drop", async () =>
    colleague.changes(await underWay(), { ...recounted(), userId: colleague.uid }),
  );
  const beginning = [
    ["give it to a colleague", { userId: colleague.uid }],
    ["say it came from another computer", { deviceId: "desk-5" }],
    ["say it began at another time", { startedAt: computerTime() }],
    ["say it began now", { startedAt: NOW }],
    ["say it is open to nobody", { openTo: null }],
    ["count below nothing", { stored: -1 }],
    ["say by their own clock when it was written", { updatedAt: computerTime() }],
    ["add an unknown field", { extra: true }],
  ];
  for (const [what, fields] of [
    ...beginning,
    ["say other sources", { sources: ["/media/usb/Other"] }],
    ["say no sources any more", { sources: [] }],
    ["say that there are more sources", { folderPages: 1, sourcePages: 1 }],
    ["say other folders", { folders: [] }],
    ["say that there are fewer pages", { folderPages: 1 }],
    ["say it is not finished", { finishedAt: null }],
    ["say it was finished now", { finishedAt: NOW }],
  ]) {
    mayNot("a member", `count a finished drop of theirs again and ${what}`, async () =>
      member.changes(await given.drop(OPEN, { folderPages: 2 }), { ...recounted(), ...fields }),
    );
  }
  mayNot("a member", "count a finished drop without sources again and tell them after all", async () =>
    member.changes(await given.drop(OPEN, { sources: [] }), { ...recounted(), sources: ["/media/usb/Box"] }),
  );
  for (const [what, before, fields] of [
    ...beginning.map(([what, fields]) => [what, {}, fields]),
    ["say other sources", {}, { sources: ["/media/usb/Other"] }],
    ["say that there are more sources on pages", { folderPages: 2 }, { sourcePages: 1 }],
    ["say other folders", {}, { folders: [] }],
    ["say that there are fewer pages", { folders: [], folderPages: 2 }, { folderPages: 1 }],
    ["remove the number of pages", { folders: [], folderPages: 1 }, { folderPages: gone }],
    ["say it is finished by their own clock", {}, { finishedAt: computerTime() }],
    ["say half a page", { folders: [] }, { folderPages: 0.5 }],
    ["say that it has endless pages", { folders: [] }, { folderPages: 10_001 }],
    ["say endless pages of sources", { sources: [], folders: [] }, { folderPages: 200, sourcePages: 101 }],
    ["say more pages of sources than there are", { sources: [], folders: [] }, { sourcePages: 1 }],
    ["say one source too many", { sources: [] }, { sources: tooManySources }],
    ["say sources of which one is no text", { sources: [] }, { sources: ["/media/usb/Box", 7] }],
    ["say sources that are too long together", { sources: [] }, { sources: tooLongSources }],
  ]) {
    mayNot("a member", `count a drop of theirs under way and ${what}`, async () =>
      member.changes(await underWay(before), { ...recounted(), ...fields }),
    );
  }
  mayNot("a member", "delete a drop", async () => member.deletes(await given.drop()));
  mayNot("a colleague", "write more folders of another user's drop", async () =>
    colleague.writes(`${await underWay()}/folders/000001`, aPage()),
  );
  mayNot("a member", "write more folders of a missing drop", () =>
    member.writes(`${at.drop(OPEN, aMadeId())}/folders/000001`, aPage()),
  );
  mayNot("a member", "write a page again that their drop counts", async () =>
    member.writes(`${await underWay({ folderPages: 2 })}/folders/000001`, aPage()),
  );
  mayNot("a member", "write a page again that their finished drop counts", async () =>
    member.writes(`${await given.drop(OPEN, { folderPages: 2 })}/folders/000001`, aPage()),
  );
  for (const [what, page, data] of [
    ["on a page without a number", "more", aPage()],
    ["on a page whose number is too short", "1", aPage()],
    ["on a page beyond the last", "010000", aPage()],
    ["that are no list", "000001", { ...aPage(), folders: "Box" }],
    ["that are endless", "000001", { ...aPage(), folders: tooManyFolders }],
    ["with sources that are no list", "000001", { ...aPage(), sources: "/media/usb" }],
    ["with sources that are no texts", "000001", { ...aPage(), sources: [{ path: "/media" }] }],
    ["with endless sources", "000001", { ...aPage(), sources: tooLongSources }],
    ["with one source too many", "000001", { ...aPage(), sources: tooManySources }],
    ["by their own clock", "000001", { ...aPage(), updatedAt: computerTime() }],
    ["with an unknown field", "000001", { ...aPage(), extra: true }],
    ["without any", "000001", { updatedAt: NOW }],
  ]) {
    mayNot("a member", `write more folders ${what}`, async () =>
      member.writes(`${await underWay()}/folders/${page}`, data),
    );
  }
  mayNot("a member", "delete folders", async () => {
    const page = `${await underWay()}/folders/000001`;
    await member.writes(page, aPage());
    await member.deletes(page);
  });
  const wrongCount = {
    "below nothing": -1,
    "that is text": "1",
    "beyond all bounds": Number.MAX_SAFE_INTEGER,
  };
  shape(
    "announce their drop",
    () => aDrop(aMadeId()),
    (data) => member.writes(at.drop(OPEN, data.batchId ?? aMadeId()), data),
    {
      deviceId: { "that is not an id": "my desk", "that is not text": 7 },
      sources: {
        "that are no list": "/media/usb",
        "that are an empty text": "",
        "that are an empty map": {},
        "that are a map": { 0: "/media/usb" },
        "of which one is a number": ["/media/usb", 7],
        "that are one number": [7],
        "that are one map": [{ path: "/media/usb" }],
        "that are nothing": [null],
        "that are endless": tooLongSources,
        "of which one is too many": tooManySources,
        "that are thousands of nothing": Array.from({ length: 90_000 }, () => ""),
      },
      startedAt: { "that is not a time": 7, "that is invalid": null, "by their own clock": computerTime() },
      finishedAt: { "that is not a time": 7, "by their own clock": computerTime() },
      folders: {
        "that are no list": "Box",
        "that are a map": { path: "Box" },
        "that are endless": tooManyFolders,
      },
      folderPages: { "below nothing": -1, "that is text": "1", "before there are any": 1 },
      sourcePages: { "below nothing": -1, "that is text": "1", "of pages there aren't": 1 },
      openTo: { "another team": "elm", nobody: null },
      updatedAt: { "by their own clock": computerTime() },
      ...Object.fromEntries(counts.map((name) => [name, wrongCount])),
    },
  );
});
