// A script of this folder, run as the administrator of a firm runs it.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { strictEqual } from "node:assert/strict";

const here = fileURLToPath(new URL("..", import.meta.url));

/** A computer on which nobody has signed in to Google Cloud: a folder of its own, removed when the tests end. */
export const home = mkdtempSync(join(tmpdir(), "strongroom-script-"));
process.on("exit", () => rmSync(home, { recursive: true, force: true }));

/** A file of that computer. */
export function file(name, content) {
  const path = join(home, name);
  writeFileSync(path, content);
  return path;
}

/** What a script without emulators finds; nothing asks Google. */
export const alone = {
  FIREBASE_AUTH_EMULATOR_HOST: undefined,
  FIRESTORE_EMULATOR_HOST: undefined,
  FIREBASE_STORAGE_EMULATOR_HOST: undefined,
  METADATA_SERVER_DETECTION: "none",
};

/** Runs a script to its end, in the emulators that the environment names unless `env` says otherwise. */
export function script(name, args, { env = {}, folder = here } = {}) {
  const environment = {
    ...process.env,
    HOME: home,
    APPDATA: home,
    CLOUDSDK_CONFIG: home,
    GOOGLE_APPLICATION_CREDENTIALS: undefined,
    ...env,
  };
  for (const key of Object.keys(environment)) if (environment[key] === undefined) delete environment[key];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(folder, name), ...args], { env: environment });
    const said = { out: "", err: "" };
    child.stdout.on("data", (text) => (said.out += text));
    child.stderr.on("data", (text) => (said.err += text));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...said }));
  });
}

/** What a script said that could not do its work: one line, which it must be. */
export async function refusal(name, args, options) {
  const { code, out, err } = await script(name, args, options);
  strictEqual(code, 1, `${out}${err}`);
  strictEqual(err.trim().split("\n").length, 1, err);
  return err.trim();
}
