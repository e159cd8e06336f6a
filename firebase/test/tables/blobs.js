// Objects in Cloud Storage.

import { aHash } from "../documents.js";
import { at, CLOSED, GENERAL, given, OPEN, REMOVED, WALLED } from "../firm.js";
import { admin, member, memberInTraining, outsideTheWall, solo, soloWithClaims } from "../people.js";
import { table } from "../table.js";

const some = Buffer.from("content");
const folder = (matter) => `${at.matter(matter)}/files`;

export const blobs = table(
  "teams/{team}/matters/{matter}/files/{sha256}.{extension}",
  ({ may, mayNot, outsidersMayNot }) => {
    const stored = (person, matter = OPEN, name = `${aHash()}.pdf`) =>
      person.stores(at.blob(matter, name), some);
    may("a member", "store content", () => stored(member));
    may("a member", "store content under `general`", () => stored(member, GENERAL));
    may("a member", "store content without an extension", () => stored(member, OPEN, aHash()));
    may("a member", "store content with the longest extension", () =>
      stored(member, OPEN, `${aHash()}.${"x1".repeat(8)}`),
    );
    may("a member", "store empty content", () => member.stores(at.blob(OPEN, aHash()), Buffer.alloc(0)));
    may("a member", "fetch content", async () => member.fetches(await given.blob()));
    may("a member", "fetch content of a closed matter", async () => member.fetches(await given.blob(CLOSED)));
    may("a member", "list a matter's content", () => member.listsBlobs(folder(OPEN)));
    may("a member inside the wall", "store content", () => stored(member, WALLED));
    may("a member inside the wall", "fetch content", async () => member.fetches(await given.blob(WALLED)));
    may("a member inside the wall", "list content", () => member.listsBlobs(folder(WALLED)));
    may("a user alone, with claims", "store content", () =>
      soloWithClaims.stores(`teams/pine/matters/general/files/${aHash()}`, some),
    );
    may("a user alone, without claims", "store content", () =>
      solo.stores(`teams/fern/matters/general/files/${aHash()}`, some),
    );
    may("a member", "store content for training", () =>
      memberInTraining.stores(at.blob(OPEN, aHash()), some),
    );

    outsidersMayNot("fetch content", async (person) => person.fetches(await given.blob()));
    outsidersMayNot("store content", (person) => stored(person));
    outsidersMayNot("list content", (person) => person.listsBlobs(folder(OPEN)));
    for (const [who, person] of outsideTheWall) {
      mayNot(who, "fetch content", async () => person.fetches(await given.blob(WALLED)));
      mayNot(who, "store content", () => stored(person, WALLED));
      mayNot(who, "list content", () => person.listsBlobs(folder(WALLED)));
    }
    mayNot("a member", "overwrite content", async () =>
      member.stores(await given.blob(), Buffer.from("other")),
    );
    mayNot("an admin", "overwrite content", async () => admin.stores(await given.blob(), some));
    mayNot("a member", "change the metadata of stored content", async () =>
      member.relabels(await given.blob()),
    );
    mayNot("a member", "delete content", async () => member.erases(await given.blob()));
    mayNot("an admin", "delete content", async () => admin.erases(await given.blob()));
    mayNot("a member", "store content in a closed matter", () => stored(member, CLOSED));
    mayNot("a member", "store content in a removed matter", () => stored(member, REMOVED));
    mayNot("a member", "store content in a missing matter", () => stored(member, "nowhere"));
    mayNot("a member", "store content for training in a matter that is only real", () =>
      memberInTraining.stores(at.blob(GENERAL, aHash()), some),
    );
    for (const [what, name] of [
      ["that is not a hash", "letter.pdf"],
      ["of a hash in capitals", `${"A".repeat(64)}.pdf`],
      ["of a hash too short", "a".repeat(63)],
      ["of a hash too long", "a".repeat(65)],
      ["with an extension in capitals", `${aHash()}.PDF`],
      ["with an extension too long", `${aHash()}.${"x".repeat(17)}`],
      ["with two extensions", `${aHash()}.tar.gz`],
      ["with a dot and no extension", `${aHash()}.`],
      ["with a space in the extension", `${aHash()}.p df`],
      ["with a line end", `${aHash()}\n`],
      ["with something before the hash", `x${aHash()}`],
      ["below another blob", `${aHash()}/${aHash()}`],
    ]) {
      mayNot("a member", `store content under a name ${what}`, () => stored(member, OPEN, name));
    }
    for (const path of ["teams/oak/logo.png", `files/${aHash()}`, `teams/oak/matters/${OPEN}/${aHash()}`]) {
      mayNot("a member", `store content at ${path.replace(/[0-9a-f]{64}/u, "…")}`, () =>
        member.stores(path, some),
      );
    }
    for (const path of [
      "",
      "teams",
      "teams/oak",
      "teams/oak/matters",
      at.matter(OPEN),
      "teams/elm/matters/general/files",
    ]) {
      mayNot("a member", `list the content at /${path}`, () => member.listsBlobs(path));
    }
  },
);
