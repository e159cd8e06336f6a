// Contents: the claimed paths of content that is about to be stored.

import { aClaim, aHash, computerTime, NOW } from "../documents.js";
import { at, CLOSED, given, OPEN, REMOVED, WALLED } from "../firm.js";
import { colleague, member, team } from "../people.js";
import { table } from "../table.js";

const hashIn = (path) => /[0-9a-f]{64}/u.exec(path)?.[0] ?? aHash();

export const contents = table("…/contents/{fileHash}", ({ may, mayNot, outsidersMayNot, shape }) => {
  const claimed = (person, matter = OPEN, fields = {}, hash = aHash()) =>
    person.writes(at.content(hash), aClaim(matter, hash, { userId: person.uid, ...fields }));
  const place = (hash, { ofTeam = team, matter = OPEN, name = `${hash}.pdf` } = {}) =>
    `teams/${ofTeam}/matters/${matter}/files/${name}`;

  may("a member", "read a content claim", async () => member.reads(await given.content()));
  may("a member", "write a content claim", () => claimed(member));
  may("a member", "say it of content without an extension", () => {
    const hash = aHash();
    return claimed(member, OPEN, { storagePath: place(hash, { name: hash }) }, hash);
  });
  outsidersMayNot("read a content claim", async (person) => person.reads(await given.content()));
  outsidersMayNot("write a content claim", (person) => claimed(person));
  mayNot("a member", "list the content claims", () => member.lists(`teams/${team}/contents`));
  mayNot("a member", "say where they store content that another stores", async () => {
    const path = await given.content();
    const hash = path.split("/").at(-1);
    await member.writes(path, aClaim(OPEN, hash));
  });
  mayNot("a member", "say that their content belongs elsewhere", async () => {
    const path = await given.content();
    const hash = path.split("/").at(-1);
    await member.changes(path, { storagePath: place(hash, { name: hash }), updatedAt: NOW });
  });
  mayNot("a member", "take back where content belongs", async () => member.deletes(await given.content()));
  mayNot("a member inside the wall", "write a content claim for it", () => claimed(member, WALLED));
  mayNot("a member", "claim a path in a closed matter", () => claimed(member, CLOSED));
  mayNot("a member", "claim a path in a removed matter", () => claimed(member, REMOVED));
  mayNot("a member", "claim a path in a missing matter", () => claimed(member, "nowhere"));
  mayNot("a member", "say it in a colleague's name", () => claimed(member, OPEN, { userId: colleague.uid }));
  for (const [what, path] of [
    ["to another team", (hash) => place(hash, { ofTeam: "elm" })],
    ["under the name of other content", () => place(aHash())],
    ["under a name that is not a hash", (hash) => place(hash, { name: `${hash}-1.pdf` })],
    ["to a place outside the matters", (hash) => `teams/${team}/files/${hash}.pdf`],
    ["to a place below", (hash) => `${place(hash)}/x`],
  ]) {
    mayNot("a member", `claim a path ${what}`, () => {
      const hash = aHash();
      return claimed(member, OPEN, { storagePath: path(hash) }, hash);
    });
  }
  shape(
    "write a content claim",
    () => aClaim(OPEN, aHash()),
    (data) => member.writes(at.content(hashIn(data.storagePath)), data),
    {
      storagePath: { "that is not text": 7 },
      updatedAt: { "by their own clock": computerTime() },
    },
  );
});
