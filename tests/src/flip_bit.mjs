// Flips a bit of an object, as an administrator could who wanted to: `node flip_bit.mjs FILE`, whose content the object has.

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

const { FIREBASE_STORAGE_EMULATOR_HOST: storage, GCLOUD_PROJECT: project } = process.env;
const objects = `http://${storage}/v0/b/${project}.appspot.com/o`;
const ask = async (url, options = {}) => {
  const answer = await fetch(url, { ...options, headers: { authorization: "Bearer owner", ...options.headers } });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer;
};

const bytes = await readFile(process.argv[2]);
const hash = createHash("sha256").update(bytes).digest("hex");
const { items } = await (await ask(`${objects}?maxResults=1000`)).json();
const name = items.map((item) => item.name).find((name) => name.includes(hash));
if (name === undefined) throw new Error("there is no object with this content");
bytes[bytes.length >> 1] ^= 1;
const place = `${objects}/${encodeURIComponent(name)}`;
await ask(place, { method: "DELETE" });
const headers = { "content-type": "application/octet-stream" };
await ask(`${objects}?name=${encodeURIComponent(name)}`, { method: "POST", headers, body: bytes });
