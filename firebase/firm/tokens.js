// Download tokens of objects. Firebase gives each object one when it is stored, and again when somebody asks what is known
// of it; an address that holds the token opens the object past every rule, for anybody, until the token is taken away.

import { Told } from "./told.js";

const KEY = "firebaseStorageDownloadTokens";

/** How many objects are changed at the same time. */
const AT_ONCE = 16;

/** How often an object is tried that somebody else changes meanwhile. */
const TRIES = 5;

/**
 * Takes the download tokens away from every object below `prefix`, older versions included. What has none is left alone, so
 * what was broken off can be run again.
 *
 * `dryRun`: only counts. `told(counts)` hears how far it is, after each page of a thousand; `stopped()`: whether to end here.
 * Gives back `{objects, withToken, stripped, changing}`; `changing`: names of those that somebody else kept changing.
 */
export async function strip(bucket, prefix, { dryRun, told, stopped }) {
  const counts = { objects: 0, withToken: 0, stripped: 0, changing: [] };
  told(counts);
  let query = { prefix, versions: true, maxResults: 1000, autoPaginate: false };
  while (query && !stopped()) {
    const [files, next] = await bucket.getFiles(query);
    await each(files, async (file) => {
      if (stopped()) return;
      counts.objects += 1;
      if (tokensOf(file.metadata).length === 0) return;
      counts.withToken += 1;
      if (dryRun) return;
      if (await stripped(file)) counts.stripped += 1;
      else counts.changing.push(file.name);
    });
    told(counts);
    query = next;
  }
  return counts;
}

const tokensOf = (metadata) => metadata?.metadata?.[KEY]?.split(",").filter(Boolean) ?? [];

/** Whether no address that opened the object before does so now. */
async function stripped(file) {
  for (let tries = 0; tries < TRIES; tries++) {
    const before = tokensOf(file.metadata);
    try {
      // Only as it was looked at: so a lost answer can be asked for again, and a token that came meanwhile is seen.
      const ifMetagenerationMatch = file.metadata.metageneration;
      const [now] = await file.setMetadata({ metadata: { [KEY]: null } }, { ifMetagenerationMatch });
      const left = tokensOf(now).filter((token) => before.includes(token));
      for (const token of left) await revoke(file, token);
      return true;
    } catch (error) {
      if (error.code === 404) return true;
      if (error.code !== 412) throw error;
    }
    await file.getMetadata();
  }
  return false;
}

/** The emulator keeps tokens beside the metadata and takes them away only by this request, which leaves it a new one. */
async function revoke(file, token) {
  const emulator = process.env.FIREBASE_STORAGE_EMULATOR_HOST;
  if (!emulator) throw new Told(`Cloud Storage did not take the token of ${file.name} away. Run this again.`);
  const [bucket, name] = [file.bucket.name, file.name].map(encodeURIComponent);
  const url = `http://${emulator}/v0/b/${bucket}/o/${name}?delete_token=${encodeURIComponent(token)}`;
  const answer = await fetch(url, { method: "POST", headers: { authorization: "Bearer owner" } });
  if (!answer.ok)
    throw new Told(`The emulator did not take the token of ${file.name} away: ${answer.status}.`);
}

/** Does something with each of a list, some at the same time; the first failure ends it. */
async function each(list, act) {
  const rest = list.values();
  let failed = false;
  const worker = async () => {
    for (const one of rest) {
      if (failed) return;
      try {
        await act(one);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, worker));
  const end = ends.find(({ status }) => status === "rejected");
  if (end) throw end.reason;
}
