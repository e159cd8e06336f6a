// The addresses of the emulators, and their rules.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const from = (name, otherwise) => process.env[name] ?? otherwise;

export const project = from("GCLOUD_PROJECT", "demo-strongroom");
export const bucket = `${project}.appspot.com`;
export const firestore = address(from("FIRESTORE_EMULATOR_HOST", "127.0.0.1:8080"));
export const storage = address(from("FIREBASE_STORAGE_EMULATOR_HOST", "127.0.0.1:9199"));

function address(text) {
  const [host, port] = text.split(":");
  return { host, port: Number(port), url: `http://${text}` };
}

const here = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));

/** The rules as they are deployed. */
export async function deployedRules() {
  return {
    firestore: await readFile(here("firestore.rules"), "utf8"),
    storage: await readFile(here("storage.rules"), "utf8"),
  };
}

/** Puts rules in force; throws what the compiler says against them. */
export async function enforce(rules) {
  const file = (name, content) => ({ rules: { files: [{ name, content }] } });
  await put(
    `${firestore.url}/emulator/v1/projects/${project}:securityRules`,
    file("firestore.rules", rules.firestore),
  );
  await put(`${storage.url}/internal/setRules`, file("storage.rules", rules.storage));
}

/** Removes every document. */
export async function forgetDocuments() {
  for (const database of ["(default)", "test"]) {
    const path = `emulator/v1/projects/${project}/databases/${database}/documents`;
    await checked(await fetch(`${firestore.url}/${path}`, { method: "DELETE" }));
  }
}

/** Removes every blob. */
export async function forgetBlobs() {
  await checked(await fetch(`${storage.url}/internal/reset`, { method: "POST" }));
}

async function put(url, body) {
  const headers = { "content-type": "application/json" };
  await checked(await fetch(url, { method: "PUT", headers, body: JSON.stringify(body) }));
}

async function checked(answer) {
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}: ${text}`);
}
