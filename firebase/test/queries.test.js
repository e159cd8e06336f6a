// Every query, run under the rules, and the indexes that follow from all of them.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, describe, it } from "node:test";

import { aMatter } from "./documents.js";
import { deployedRules, enforce } from "./emulators.js";
import { at, found, given, OPEN, REMOVED, WALLED } from "./firm.js";
import { declared, named, needed } from "./indexes.js";
import { isRefusal } from "./person.js";
import { colleague, member, outsiders, owner } from "./people.js";
import { asked, queries } from "./queries.js";

const ids = (documents) => documents.map((document) => document.id);
const inWords = (query) => query.what;
const ask = (what, asker = member) =>
  asked(
    queries.find((query) => inWords(query) === what),
    asker,
  );

before(async () => {
  await enforce(await deployedRules());
  await found();
});

describe("every query of the app", () => {
  for (const query of queries) {
    it(`${query.what}: is allowed for a member`, async () => {
      assert.ok(Array.isArray(await asked(query, member)));
    });
    it(`${query.what}: is refused to everyone outside`, async () => {
      for (const [who, person] of outsiders) {
        await assert.rejects(asked(query, person), isRefusal, who);
      }
    });
  }

  it("finds open documents, and nothing from behind a wall", async () => {
    const open = await given.record(OPEN);
    const walled = await given.record(WALLED);
    const all = (await ask("all records")).map((document) => document.ref.path);
    assert.ok(all.includes(open) && !all.includes(walled));
  });

  it("finds walled matters for listed users only", async () => {
    const inside = ids(await ask("walled matters that changed"));
    assert.deepEqual(inside, [WALLED]);
    const open = ids(await ask("matters that changed", colleague));
    assert.ok(open.includes(OPEN) && open.includes(REMOVED) && !open.includes(WALLED));
  });

  it("finds no document of another team", async () => {
    await owner.writes("teams/elm/matters/foreign", aMatter({ openTo: "elm" }));
    assert.ok(!ids(await ask("matters that changed")).includes("foreign"));
  });

  it("returns changes in the order of their times", async () => {
    const first = await given.client();
    const second = await given.client();
    await member.reads(at.client("c-abc"));
    const changed = (await ask("clients that changed")).map((document) => document.ref.path);
    assert.deepEqual(changed.slice(-2), [first, second]);
  });
});

describe("firestore.indexes.json", async () => {
  const file = JSON.parse(await readFile(new URL("../firestore.indexes.json", import.meta.url), "utf8"));
  const there = new Set(declared(file).map(named));
  const wanted = new Map(queries.filter(needed).map((query) => [named(needed(query)), query.what]));

  for (const [index, what] of wanted) {
    it(`has the index for ${what}`, () => assert.ok(there.has(index), `missing: ${index}`));
  }
  it("has no index that no query needs, each of which costs with every write", () => {
    assert.deepEqual(
      [...there].filter((index) => !wanted.has(index)),
      [],
    );
  });
  it("has none for lists of thousands of folders, where each would be an entry", () => {
    const exempt = file.fieldOverrides.filter(({ indexes }) => indexes.length === 0);
    assert.deepEqual(
      exempt.map(({ collectionGroup, fieldPath }) => `${collectionGroup}.${fieldPath}`),
      ["drops.folders", "drops.sources", "folders.folders"],
    );
  });
  it("exempts no field that a query needs", () => {
    const exempt = new Set(
      file.fieldOverrides.filter(({ indexes }) => indexes.length === 0).map(({ fieldPath }) => fieldPath),
    );
    const asked = queries.flatMap(({ filters, order }) => [...filters, ...order]).map(([field]) => field);
    assert.deepEqual(
      asked.filter((field) => exempt.has(field)),
      [],
    );
  });
  it("keeps Firestore's automatic indexes of each field it changes", () => {
    const usual = ["ASCENDING", "DESCENDING"].map((order) => ({ order, queryScope: "COLLECTION" }));
    const changed = file.fieldOverrides.filter(({ indexes }) => indexes.length > 0);
    for (const { fieldPath, indexes } of changed) {
      for (const kind of usual)
        assert.ok(
          indexes.some((index) => same(index, kind)),
          `${fieldPath}: ${kind.order}`,
        );
    }
  });
});

const same = (one, other) => one.order === other.order && one.queryScope === other.queryScope;
