// Matters, the one that cannot be closed, and walls around matters.

import { where } from "firebase/firestore/lite";

import { aClient, aMatter, anId, aWalledMatter, computerTime, NOW } from "../documents.js";
import { at, CLIENT, GENERAL, given, OPEN, WALLED } from "../firm.js";
import * as people from "../people.js";
import { gone, table } from "../table.js";

const {
  admin,
  colleague,
  demoted,
  elsewhere,
  member,
  owner,
  promoted,
  removedInside,
  soloAfresh,
  unverified,
} = people;

const all = `${at.team}/matters`;
const openToAll = where("openTo", "==", people.team);
const openTo = (person) => where("access", "array-contains", person.uid);
const changed = (person, fields, before) => async () => {
  await person.changes(await given.matter(before), { updatedAt: NOW, ...fields });
};

export const matters = table("/teams/{team}/matters/{matter}", ({ may, mayNot, outsidersMayNot, shape }) => {
  may("a member", "read a matter", () => member.reads(at.matter(OPEN)));
  may("a member", "list the matters that are open to all", () => member.lists(all, openToAll));
  may(
    "a member",
    "change a matter",
    changed(colleague, { title: "Appeal", status: "on-hold", priority: "high" }),
  );
  for (const priority of ["high", "medium", "low"]) {
    may("a member", `say a matter's priority is ${priority}`, changed(member, { priority }));
  }
  may("a member", "close a matter", changed(colleague, { status: "closed" }));
  may("a member", "reopen a matter", changed(colleague, { status: "active" }, { status: "closed" }));
  may("a member", "remove a matter", changed(colleague, { removed: NOW }));
  may("a member", "bring a matter back", changed(colleague, { removed: gone }, { removed: NOW }));
  may("a member", "write a matter of a client", () =>
    member.writes(at.matter(anId()), aMatter({ clientId: CLIENT })),
  );
  may("a member", "write a matter together with its client", async () => {
    const client = anId();
    await member.commits([
      [at.matter(anId()), aMatter({ clientId: client })],
      [at.client(client), aClient()],
    ]);
  });
  may("a member", "give a matter to another client", changed(member, { clientId: CLIENT }));
  may(
    "a member",
    "change a matter whose client was lost",
    changed(member, { title: "Appeal" }, { clientId: "lost" }),
  );
  for (const matterNumber of ["", "2024-001", "Ä-7", "合同 7", "none of it", "№ 5"]) {
    may("a member", `number a matter “${matterNumber}”`, changed(member, { matterNumber }));
  }
  may(
    "a member",
    "change a matter whose number would be refused today",
    changed(member, { title: "Appeal" }, { matterNumber: "general" }),
  );
  may(
    "a member",
    "write a title of 500 characters, of which an emoji is two",
    changed(member, { title: "😀".repeat(250) }),
  );
  mayNot("a member", "write a title of 501 characters", changed(member, { title: "😀".repeat(250) + "x" }));
  may("a member", "assign a colleague", changed(member, { assignedTo: [member.uid, colleague.uid] }));
  may("a member", "change a matter with an assigned user who left", async () =>
    changed(member, { title: "Appeal" }, { assignedTo: ["rob"] })(),
  );
  outsidersMayNot("read a matter", (person) => person.reads(at.matter(OPEN)));
  outsidersMayNot("list the matters", (person) => person.lists(all, openToAll));
  outsidersMayNot("write a matter", (person) => person.writes(at.matter(anId()), aMatter()));
  outsidersMayNot("change a matter", (person) => changed(person, { title: "Mine" })());
  mayNot("a member", "list matters without saying which they may see", () => member.lists(all));
  mayNot("a member", "list the matters of another team", () =>
    member.lists("teams/elm/matters", where("openTo", "==", "elm")),
  );
  mayNot("a member", "delete a matter", async () => member.deletes(await given.matter()));
  mayNot("an admin", "delete a matter", async () => admin.deletes(await given.matter()));
  mayNot("a member", "write a matter of a missing client", () =>
    member.writes(at.matter(anId()), aMatter({ clientId: "nobody" })),
  );
  mayNot("a member", "give a matter to a missing client", changed(member, { clientId: "nobody" }));
  mayNot("a member", "open a matter of a client whose id is invalid", async () => {
    await owner.writes(at.client(".odd"), aClient());
    await member.writes(at.matter(anId()), aMatter({ clientId: ".odd" }));
  });
  mayNot("a member", "assign a user outside the team", changed(member, { assignedTo: [member.uid, "eve"] }));
  mayNot("a member", "change a matter and leave the time", async () =>
    member.changes(await given.matter(), { title: "Appeal" }),
  );
  mayNot("a member", "say a matter was removed earlier", changed(member, { removed: computerTime() }));
  mayNot("a member", "change a matter to an invalid status", changed(member, { status: "dead" }));
  for (const id of [".hidden", "a b", "x".repeat(129)]) {
    mayNot("a member", `write a matter under the id ${id.slice(0, 8)}`, () =>
      member.writes(at.matter(id), aMatter()),
    );
  }
  shape("write a matter", aMatter, (data) => member.writes(at.matter(anId()), data), {
    title: { "that is not text": 7, "that is empty": " ", "that is endless": "x".repeat(501) },
    description: { "that is not text": null, "that is endless": "x".repeat(20001) },
    clientId: { "that is not an id": "a/b", "that is not text": 7 },
    matterNumber: {
      "that is not text": 2024,
      "that is endless": "1".repeat(101),
      "that is a space": " ",
      "that cannot be seen": "\u200b",
      "that is signs": "...",
      "that is another matter's name": "General ",
      "that means none": "none",
      "that is an option": "--due",
      "of two lines": "7\n8",
    },
    status: { "that is invalid": "done", "that is not text": 1 },
    priority: { "that is invalid": "urgent", "that is not text": 1 },
    assignedTo: {
      "that is no list": member.uid,
      "that are numbers": [7],
      "that is a stranger": ["eve"],
      "more than a hundred times": Array(101).fill(member.uid),
    },
    openedDate: { "that is not a time": "2024-01-01" },
    dueDate: { "that is not a time": 7 },
    openTo: { "another team": "elm", "nobody, without a list": null },
    updatedAt: { "by their own clock": computerTime(), "that is not a time": 7 },
    removed: { "by their own clock": computerTime(), "that is not a time": false },
  });
});

export const general = table("/teams/{team}/matters/general", ({ may, mayNot, outsidersMayNot }) => {
  const path = at.matter(GENERAL);
  const renamed = () => ({ title: "About us", description: "House rules", updatedAt: NOW });
  const afresh = async (fields = {}) => {
    await owner.deletes("teams/moss/matters/general");
    await soloAfresh.writes(
      "teams/moss/matters/general",
      aMatter({ openTo: "moss", assignedTo: [], ...fields }),
    );
  };
  may("a member", "read it", () => member.reads(path));
  may("an admin", "change title and description", () => admin.changes(path, renamed()));
  may("an admin", "make it where it is missing", () => afresh());
  outsidersMayNot("read it", (person) => person.reads(path));
  mayNot("a member", "change title and description", () => member.changes(path, renamed()));
  mayNot("an admin demoted an hour ago", "change it", () => demoted.changes(path, renamed()));
  mayNot("an admin whose token does not say so yet", "change it", () => promoted.changes(path, renamed()));
  for (const [who, person] of [
    ["a member", member],
    ["an admin", admin],
    ["an admin demoted an hour ago", demoted],
  ]) {
    for (const [what, fields] of [
      ["close it", { status: "closed" }],
      ["put it on hold", { status: "on-hold" }],
      ["remove it", { removed: NOW }],
      ["give it to a client", { clientId: CLIENT }],
      ["put a wall around it", { openTo: null, access: [person.uid] }],
      ["number it", { matterNumber: "1" }],
    ]) {
      mayNot(who, what, () => person.changes(path, { ...fields, updatedAt: NOW }));
    }
    mayNot(who, "delete it", () => person.deletes(path));
  }
  mayNot("an admin", "change it by their own clock", () =>
    admin.changes(path, { ...renamed(), updatedAt: computerTime() }),
  );
  mayNot("an admin", "take its title away", () => admin.changes(path, { ...renamed(), title: "" }));
  mayNot("an admin", "make it of a client", () => afresh({ clientId: "c" }));
  mayNot("an admin", "make it closed", () => afresh({ status: "closed" }));
  mayNot("an admin", "make it removed", () => afresh({ removed: NOW }));
  mayNot("an admin", "make it walled", () => afresh({ openTo: null, access: ["moss"] }));
  mayNot("a member", "make it", async () => {
    await owner.deletes(path);
    try {
      await member.writes(path, aMatter({ assignedTo: [] }));
    } finally {
      await owner.writes(path, aMatter({ assignedTo: [] }));
    }
  });
});

export const walls = table("/teams/{team}/matters/{matter} behind a wall", ({ may, mayNot }) => {
  const within =
    (person, fields, before = [member.uid, colleague.uid]) =>
    async () => {
      await person.changes(await given.walledMatter(before), { updatedAt: NOW, ...fields });
    };
  may("a member inside", "read it", () => member.reads(at.matter(WALLED)));
  may("a member", "list the walled matters they are inside of", () => member.lists(all, openTo(member)));
  may("a member inside", "change it", within(member, { title: "Appeal" }));
  may(
    "a member inside",
    "let a colleague in",
    within(member, { access: [member.uid, colleague.uid, admin.uid] }),
  );
  may("a member inside", "put a colleague out", within(member, { access: [member.uid] }));
  may("a member inside", "change it when a user on the list has left", async () =>
    within(member, { access: [member.uid, "rob", colleague.uid] }, [member.uid, "rob"])(),
  );
  may("a member", "make a walled matter they are inside of", () =>
    member.writes(at.matter(anId()), aWalledMatter([member.uid, colleague.uid])),
  );
  for (const [who, person] of [
    ["a member outside", colleague],
    ["an admin outside", admin],
    ["a member inside who left the team", removedInside],
    ["a member inside who is signed in for another team", elsewhere],
    ["a member inside whose e-mail is not verified", unverified],
    ["a user who is not signed in", people.nobody],
  ]) {
    mayNot(who, "read it", () => person.reads(at.matter(WALLED)));
    mayNot(who, "change it", () => person.changes(at.matter(WALLED), { title: "Seen", updatedAt: NOW }));
    mayNot(who, "let themselves in", () =>
      person.changes(at.matter(WALLED), { access: [person.uid], updatedAt: NOW }),
    );
  }
  mayNot("a member", "list the walled matters a colleague is inside of", () =>
    colleague.lists(all, openTo(member)),
  );
  mayNot("a member inside who left the team", "list them", () =>
    removedInside.lists(all, openTo(removedInside)),
  );
  mayNot("a member inside", "open it to all", within(member, { openTo: people.team, access: gone }));
  mayNot("a member inside", "open it to all and keep the list", within(member, { openTo: people.team }));
  mayNot("a member inside", "put themselves out", within(member, { access: [colleague.uid] }));
  mayNot("a member inside", "empty the list", within(member, { access: [] }));
  mayNot("a member inside", "remove the list", within(member, { access: gone }));
  mayNot("a member inside", "let a stranger in", within(member, { access: [member.uid, "eve"] }));
  mayNot(
    "a member inside",
    "let a hundred and one in",
    within(member, { access: Array(101).fill(member.uid) }),
  );
  mayNot("a member inside", "make the list a text", within(member, { access: member.uid }));
  mayNot(
    "a member",
    "put a wall around a matter that was open",
    changed(member, { openTo: null, access: [member.uid] }),
  );
  mayNot("a member", "give an open matter a list", changed(member, { access: [member.uid] }));
  mayNot("a member", "make a walled matter they are outside of", () =>
    member.writes(at.matter(anId()), aWalledMatter([colleague.uid])),
  );
  mayNot("a member", "make a walled matter with a stranger inside", () =>
    member.writes(at.matter(anId()), aWalledMatter([member.uid, "eve"])),
  );
  mayNot("a member", "make a matter that is open and has a list", () =>
    member.writes(at.matter(anId()), aMatter({ access: [member.uid] })),
  );
});
