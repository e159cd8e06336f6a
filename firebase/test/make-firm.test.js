// The users named to make-firm.js, in the emulators. `vault-firebase` tests that admitted users can work.

import { deepStrictEqual, match, rejects, strictEqual } from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, it } from "node:test";

import { found } from "../firm/found.js";
import { open } from "../firm/project.js";
import { project } from "./emulators.js";
import { refusal, script } from "./script.js";

const NAME = "make-firm.js";
const { auth, partitions } = await open(project, true);

/** An e-mail address that nobody else has. */
const address = (name) => `${name}.${randomUUID()}@firm.example`;

const complete = (args) => ["--project", project, "--name", "Oak & Elm", "--make-accounts", ...args];

async function makes(...args) {
  const { code, err } = await script(NAME, complete(args));
  strictEqual(code, 0, err);
}

const refuses = (...args) => refusal(NAME, complete(args));

/** What somebody is: by their token, and in the firm's document of each database that has one. */
async function roles(email) {
  const { uid, customClaims } = await auth.getUserByEmail(email);
  const firms = await Promise.all(partitions.map((of) => of.doc(`teams/${customClaims.teamId}`).get()));
  return [
    customClaims.role,
    ...firms.filter(({ exists }) => exists).map((firm) => firm.get("members")[uid]?.role),
  ];
}

describe("an administrator", () => {
  it("is not demoted to a member by mistake", async () => {
    const [ann, ben, cleo] = ["ann", "ben", "cleo"].map(address);
    await makes("--admin", ann, "--admin", ben);
    const said = await refuses("--admin", ann, "--member", ben, "--member", cleo);
    match(said, new RegExp(`^${ben} administers the firm.* --demote ${ben} instead of --member`, "u"));
    deepStrictEqual(await roles(ben), ["admin", "admin"]);
    // Nothing else was done either.
    match(said, /Nothing was changed\.$/u);
    strictEqual((await auth.getUsers([{ email: cleo }])).users.length, 0);
  });

  it("is demoted to a member on explicit request, and again without harm", async () => {
    const [ann, ben] = ["ann", "ben"].map(address);
    await makes("--admin", ann, "--admin", ben);
    await makes("--admin", ann, "--demote", ben);
    deepStrictEqual(await roles(ben), ["member", "member"]);
    await makes("--admin", ann, "--demote", ben);
    await makes("--admin", ann, "--member", ben);
    deepStrictEqual(await roles(ben), ["member", "member"]);
  });

  it("stays an administrator if not named", async () => {
    const [ann, ben, cleo] = ["ann", "ben", "cleo"].map(address);
    await makes("--admin", ann, "--admin", ben);
    await makes("--admin", ann, "--member", cleo);
    deepStrictEqual(await roles(ben), ["admin", "admin"]);
  });

  it("may be one in the database for training only", async () => {
    const [ann, ben] = ["ann", "ben"].map(address);
    await makes("--training", "--admin", ann, "--admin", ben);
    const { uid, customClaims } = await auth.getUserByEmail(ben);
    await partitions[0].doc(`teams/${customClaims.teamId}`).update({ [`members.${uid}.role`]: "member" });
    await auth.setCustomUserClaims(uid, { ...customClaims, role: "member" });
    match(await refuses("--training", "--admin", ann, "--member", ben), /--demote/u);
  });
});

describe("nothing is changed", () => {
  it("if a demoted user does not belong to the firm", async () => {
    const [ann, eve] = ["ann", "eve"].map(address);
    await makes("--admin", ann);
    match(await refuses("--admin", ann, "--demote", eve), /does not belong to the firm.* --member/u);
    strictEqual((await auth.getUsers([{ email: eve }])).users.length, 0);
  });

  it("if the last named user belongs to another firm", async () => {
    const [ann, ben, eve] = ["ann", "ben", "eve"].map(address);
    await makes("--admin", eve);
    match(await refuses("--admin", ann, "--member", ben, "--member", eve), /another firm already/u);
    strictEqual((await auth.getUsers([{ email: ann }, { email: ben }])).users.length, 0);
  });

  it("if Firebase refuses an address", async () => {
    // The emulator accepts all of them.
    const refusing = {
      getUserByEmail: () =>
        Promise.reject(Object.assign(new Error("invalid"), { code: "auth/invalid-email" })),
    };
    const people = [{ name: "", email: "ben@firm..example", role: "admin" }];
    await rejects(
      found({ auth: refusing, partitions, name: "Oak", people }),
      /^Error: “ben@firm\.\.example” is no e-mail address\./u,
    );
  });
});
