// The scripts of this folder report every error in one or two sentences: what happened, and the remedy.

import { match, strictEqual } from "node:assert/strict";
import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";

import { sentence } from "../firm/told.js";
import { alone, file, home, refusal, script } from "./script.js";

const scripts = [
  { name: "make-firm.js", complete: ["--project", "firm", "--name", "Oak", "--admin", "ann@firm.example"] },
  {
    name: "strip-download-tokens.js",
    complete: ["--project", "firm", "--bucket", "firm.firebasestorage.app"],
  },
];

/** A port on which nobody listens. */
const NOBODY = "127.0.0.1:1";

for (const { name, complete } of scripts) {
  describe(name, () => {
    const says = (what, args, expected, env = {}) =>
      it(what, async () => match(await refusal(name, args, { env: { ...alone, ...env } }), expected));

    says(
      "a misspelt option",
      ["--projct", "firm"],
      /^There is no option --projct\. Did you mean --project\?/u,
    );
    says("an option of another program", ["--verbose"], /^There is no option --verbose\. --help lists/u);
    says("a short option", ["-p", "firm"], /^There is no option -p\./u);
    says("a word without an option", [...complete, "Archer"], /^“Archer” belongs to no option\. Put quotes/u);
    says("an option without its value", ["--project"], /^--project needs a value after it/u);
    says("an option in place of a value", ["--project", "--name"], /^--project needs a value after it/u);
    says("an empty value", ["--project", ""], /^--project needs a value after it/u);
    says("an unexpected value", ["--help=yes"], /^--help takes no value/u);
    says("one option twice", [...complete, "--project", "elm"], /^--project is there twice/u);
    says("a missing option", [], /^Say --project/u);

    says(
      "without credentials",
      complete,
      /^Nobody is signed in .* Run {2}gcloud auth application-default login/u,
    );
    says(
      "a file of credentials that is missing",
      complete,
      /nowhere\.json cannot be read.* Correct that variable/u,
      {
        GOOGLE_APPLICATION_CREDENTIALS: join(home, "nowhere.json"),
      },
    );
    for (const [what, content] of [
      ["truncated", '{ "type": "authorized_u'],
      ["empty", ""],
      ["without credentials", "{}"],
    ]) {
      says(
        `a file of credentials that is ${what}`,
        complete,
        /holds no credentials.* Correct that variable/u,
        {
          GOOGLE_APPLICATION_CREDENTIALS: file(`${name} ${what}.json`, content),
        },
      );
    }
    says("no network", complete, /^127\.0\.0\.1:1 cannot be reached\. Look whether/u, {
      FIREBASE_AUTH_EMULATOR_HOST: NOBODY,
      FIRESTORE_EMULATOR_HOST: NOBODY,
      FIREBASE_STORAGE_EMULATOR_HOST: NOBODY,
    });

    it("nothing installed", async () => {
      const folder = join(home, "fresh", name);
      mkdirSync(folder, { recursive: true });
      for (const part of [name, "firm", "package.json"]) {
        cpSync(fileURLToPath(new URL(`../${part}`, import.meta.url)), join(folder, part), {
          recursive: true,
        });
      }
      match(await refusal(name, complete, { env: alone, folder }), /Run {2}npm ci/u);
    });

    it("helps", async () => {
      const { code, out, err } = await script(name, ["--help"], { env: alone });
      strictEqual(code, 0, err);
      match(out, new RegExp(`node ${name.replace(".", "\\.")} --project FIRM`, "u"));
    });
  });
}

describe("make-firm.js", () => {
  const [{ name, complete }] = scripts;
  for (const text of ["Ben Baker", "ben@firm", "ben@firm.example,", "ann@firm.example, ben@firm.example"]) {
    it(`an invalid address: ${text}`, async () => {
      const said = await refusal(name, [...complete, "--member", text], { env: alone });
      strictEqual(said, `“${text}” has no e-mail address. Write it like “Ann Archer <ann@firm.example>”.`);
    });
  }
  it("a user named twice", async () => {
    const args = [...complete, "--member", "Ann@firm.example"];
    match(await refusal(name, args, { env: alone }), /^ann@firm\.example is named twice\./u);
  });
});

describe("strip-download-tokens.js", () => {
  const name = "strip-download-tokens.js";
  for (const [option, value] of [
    ["--bucket", "gs://firm"],
    ["--team", "../elm"],
    ["--team", "oak/matters"],
  ]) {
    it(`${option} ${value}`, async () => {
      const rest = option === "--team" ? ["--bucket", "firm.firebasestorage.app"] : [];
      const said = await refusal(name, ["--project", "firm", option, value, ...rest], { env: alone });
      match(said, /^“.*” is no (?:name of a bucket|id of a firm)\. Write/u);
    });
  }
});

// Errors that no emulator returns: the texts are those of Google's libraries.
describe("errors of Google", () => {
  for (const [error, expected] of [
    [{ code: 7, message: "7 PERMISSION_DENIED: Missing or insufficient permissions." }, /owns the project/u],
    [{ code: 5, message: "5 NOT_FOUND: The database (default) does not exist" }, /no such database/u],
    [{ code: 14, message: "14 UNAVAILABLE: No connection established" }, /^Google cannot be reached/u],
    [{ code: 16, message: "16 UNAUTHENTICATED: Request had invalid credentials" }, /does not accept/u],
    [{ code: 403, message: "x does not have storage.objects.list access (403)" }, /owns the project/u],
    [{ code: 404, message: "The specified bucket does not exist." }, /no such bucket/u],
    [{ code: "auth/configuration-not-found", message: "no configuration" }, /step 2/u],
    [{ code: "app/invalid-credential", message: 'error: "invalid_grant"' }, /sign-in .* has ended/u],
    [{ message: "The x API requires a quota project, which is not set" }, /set-quota-project/u],
    [
      { message: "Cloud Firestore API has not been used in project 1 before or it is disabled" },
      /lacks a part/u,
    ],
    [new Error("who knows.\n    at somewhere"), /^This did not work: who knows\. Run it again/u],
  ]) {
    it(`${error.code ?? ""} ${error.message.split("\n")[0]}`, () => {
      const said = sentence(error);
      match(said, expected);
      strictEqual(said.split("\n").length, 1);
    });
  }
});
