// An address with a download token outlives membership; strip-download-tokens.js ends it.

import { deepStrictEqual, match, ok, rejects, strictEqual } from "node:assert/strict";
import { before, beforeEach, describe, it } from "node:test";

import { deleteField } from "firebase/firestore/lite";
import { getDownloadURL, getMetadata, ref, uploadBytes } from "firebase/storage";

import { openBucket } from "../firm/project.js";
import { strip } from "../firm/tokens.js";
import { aHash } from "./documents.js";
import { bucket, deployedRules, enforce, project } from "./emulators.js";
import { at, found, GENERAL, OPEN } from "./firm.js";
import { isRefusal } from "./person.js";
import { member, owner, team } from "./people.js";
import { refusal, script } from "./script.js";

const NAME = "strip-download-tokens.js";
const complete = ["--project", project, "--bucket", bucket];

async function strips(...args) {
  const { code, out, err } = await script(NAME, [...complete, ...args]);
  strictEqual(code, 0, err);
  return out.trim();
}

/** An object that was stored as Strongroom stores it. */
async function stored(path) {
  await uploadBytes(ref(owner.blobs, path), Buffer.from("privileged"), {
    contentType: "application/octet-stream",
    customMetadata: { sha256: "ab".repeat(32) },
  });
  return path;
}

const aBlob = (matter = OPEN) => stored(at.blob(matter, `${aHash()}.pdf`));

/** What Google's library gives for an object with a token; `changes`: how often somebody else is faster. */
function aFile({ changes = 0, fails } = {}) {
  const name = at.blob(OPEN, aHash());
  const fault = (code) => Object.assign(new Error(`${code}`), { code });
  return {
    name,
    metadata: { metageneration: 1, metadata: { sha256: "ab", firebaseStorageDownloadTokens: "kept" } },
    async setMetadata({ metadata }, { ifMetagenerationMatch }) {
      if (fails) throw fault(fails);
      if (changes-- > 0 || ifMetagenerationMatch !== this.metadata.metageneration) throw fault(412);
      deepStrictEqual(metadata, { firebaseStorageDownloadTokens: null });
      this.metadata = { metageneration: ifMetagenerationMatch + 1, metadata: { sha256: "ab" } };
      return [this.metadata];
    },
    async getMetadata() {
      this.metadata = { ...this.metadata, metageneration: this.metadata.metageneration + 1 };
    },
  };
}

/** A bucket that lists ten objects on a page. */
const aBucket = (files) => ({
  async getFiles(query) {
    const from = query.from ?? 0;
    const page = files.slice(from, from + 10);
    return [page, from + 10 < files.length ? { ...query, from: from + 10 } : null];
  },
});

/** The address of an object, as a member can ask for it and keep it. */
const addressOf = (path, who = member) => getDownloadURL(ref(who.blobs, path));

/** What the address gives to somebody who is not signed in. */
async function opens(address) {
  const answer = await fetch(address);
  const text = await answer.text();
  return answer.ok ? text : answer.status;
}

before(async () => enforce(await deployedRules()));
beforeEach(found);

describe("a kept download address", () => {
  it("works after its user has left, and no more once tokens are removed", async () => {
    const path = await aBlob();
    const address = await addressOf(path);
    await owner.changes(at.team, { [`members.${member.uid}`]: deleteField() });
    await addressOf(path).then(
      () => ok(false, "a removed member gets an address"),
      (error) => ok(isRefusal(error), error),
    );
    strictEqual(await opens(address), "privileged", "the address outlives membership");

    match(await strips("--team", team), /^1 object looked at; tokens taken away from 1\./u);
    strictEqual(await opens(address), 403);
  });

  it("stops working, also if it is one of several", async () => {
    const path = await aBlob();
    const address = await addressOf(path);
    const more = ["first", "second"];
    const [name, url] = [encodeURIComponent(path), new URL(address)];
    const changed = await fetch(`${url.origin}/b/${bucket}/o/${name}`, {
      method: "PATCH",
      headers: { "content-type": "application/json", authorization: "Bearer owner" },
      body: JSON.stringify({ metadata: { firebaseStorageDownloadTokens: more.join(",") } }),
    });
    strictEqual(changed.status, 200);
    const all = [address, ...more.map((token) => `${url.origin}${url.pathname}?alt=media&token=${token}`)];
    for (const one of all) strictEqual(await opens(one), "privileged");
    await strips();
    for (const one of all) strictEqual(await opens(one), 403);
  });

  it("still works after a dry run", async () => {
    const address = await addressOf(await aBlob());
    await aBlob(GENERAL);
    strictEqual(await strips("--dry-run"), "2 objects looked at; 2 with a token. Nothing was changed.");
    strictEqual(await opens(address), "privileged");
  });
});

describe("a stored object", () => {
  it("stays, with all its metadata, for users with access", async () => {
    const path = await aBlob();
    const known = async () => {
      const { size, md5Hash, contentType, customMetadata } = await getMetadata(ref(member.blobs, path));
      return { size, md5Hash, contentType, customMetadata };
    };
    const beforehand = await known();
    await strips();
    deepStrictEqual(await known(), beforehand);
    strictEqual(Buffer.from(await member.fetches(path)).toString(), "privileged");
  });

  it("of another team is not changed", async () => {
    await aBlob();
    const theirs = await addressOf(await stored(`teams/elm/matters/general/files/${aHash()}.pdf`), owner);
    const longer = await addressOf(
      await stored(`teams/${team}er/matters/general/files/${aHash()}.pdf`),
      owner,
    );
    match(await strips("--team", team), /^1 object looked at/u);
    strictEqual(await opens(theirs), "privileged");
    strictEqual(await opens(longer), "privileged");
  });

  it("is found on every page of a listing", async () => {
    const paths = await Promise.all(Array.from({ length: 1003 }, () => aBlob()));
    const addresses = await Promise.all(
      [paths[0], paths.at(-1), [...paths].sort().at(-1)].map((one) => addressOf(one)),
    );
    match(await strips(), /^1,003 objects looked at; tokens taken away from 1,003\./mu);
    for (const address of addresses) strictEqual(await opens(address), 403);
  });
});

describe("finished work", () => {
  it("is not repeated: objects without a token are left unchanged", async () => {
    // As Google's own API stores it, without a token.
    const name = at.blob(OPEN, `${aHash()}.pdf`);
    await (await openBucket(project, bucket)).file(name).save("privileged", { resumable: false });
    strictEqual(await strips("--dry-run"), "1 object looked at; 0 with a token. Nothing was changed.");
    match(await strips(), /^1 object looked at; tokens taken away from 0\./u);
  });

  it("continues after a stop", async () => {
    const objects = Array.from({ length: 40 }, () => aFile());
    const pages = aBucket(objects);
    let counts;
    const told = (now) => (counts = now);
    await strip(pages, "teams/", { told, stopped: () => counts.objects >= 10 });
    ok(counts.stripped >= 10 && counts.stripped < 40, `${counts.stripped}`);
    const before = counts.stripped;
    await strip(pages, "teams/", { told, stopped: () => false });
    deepStrictEqual([counts.objects, counts.stripped], [40, 40 - before]);
    ok(objects.every(({ metadata }) => !metadata.metadata.firebaseStorageDownloadTokens));
  });
});

describe("behaviour that the emulator lacks", () => {
  const all = { told: () => undefined, stopped: () => false };

  it("an object changed meanwhile is checked again", async () => {
    const file = aFile({ changes: 2 });
    deepStrictEqual(await strip(aBucket([file]), "teams/", all), {
      objects: 1,
      withToken: 1,
      stripped: 1,
      changing: [],
    });
    strictEqual(file.metadata.metadata.firebaseStorageDownloadTokens, undefined);
    const restless = aFile({ changes: 100 });
    deepStrictEqual((await strip(aBucket([restless]), "teams/", all)).changing, [restless.name]);
  });

  it("a deleted object has no token, and any other error ends the script", async () => {
    strictEqual((await strip(aBucket([aFile({ fails: 404 })]), "teams/", all)).stripped, 1);
    await rejects(strip(aBucket([aFile({ fails: 403 }), aFile()]), "teams/", all), { code: 403 });
  });
});

describe("an empty bucket", () => {
  it("is reported, because the name may be wrong", async () => {
    await aBlob();
    match(
      await refusal(NAME, [...complete, "--team", "aok"]),
      /^There is nothing below teams\/aok\/ in .* --team are right\./u,
    );
  });
});
