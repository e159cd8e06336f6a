// What Strongroom is measured against (`cargo xtask bench --only firm`): the same documents and objects, by the same rules,
// written with Firebase's own libraries as a competent web developer would: eight files at once, each content looked for
// before it is sent, one batch at the end of each file.
//
//   node file.js FOLDER MATTER     files the folder twice; prints a line of JSON for each time
//
// Where the emulators are, and the project, stands in the environment, as `cargo xtask emulators -- COMMAND` gives it.

import { createReadStream } from "node:fs";
import { readFile, readdir, stat } from "node:fs/promises";
import { createHash } from "node:crypto";
import { basename, dirname, join, posix, relative, sep } from "node:path";

import { deleteApp, initializeApp } from "firebase/app";
import { connectAuthEmulator, getAuth, GoogleAuthProvider, signInWithCredential } from "firebase/auth";
// Without listeners and a copy, which nothing here needs. The full library's connection breaks off every now and then on the
// emulator (https://github.com/firebase/firebase-tools/issues/8654), and waits a minute then.
import * as fs from "firebase/firestore/lite";
import { connectStorageEmulator, getMetadata, getStorage, ref, uploadBytes } from "firebase/storage";

import { extension, madeId, merged, metadataHash, sha256 } from "./ids.js";

/** Files at once. */
const AT_ONCE = 8;

/** Larger files are hashed as they are read. */
const WHOLE = 8 << 20;

const [folder, matter] = process.argv.slice(2);
const {
  GCLOUD_PROJECT: project,
  FIREBASE_AUTH_EMULATOR_HOST: auth,
  FIRESTORE_EMULATOR_HOST: firestore,
  FIREBASE_STORAGE_EMULATOR_HOST: storageHost,
} = process.env;
// With this one set the library would send a token that no rule looks at.
delete process.env.FIRESTORE_EMULATOR_HOST;

const app = initializeApp({ apiKey: "any", projectId: project, storageBucket: `${project}.appspot.com` });
connectAuthEmulator(getAuth(app), `http://${auth}`, { disableWarnings: true });
const db = fs.getFirestore(app);
fs.connectFirestoreEmulator(db, ...place(firestore));
const storage = getStorage(app);
connectStorageEmulator(storage, ...place(storageHost));
fs.setLogLevel("error");

const ann = { sub: "ann", email: "ann.archer@firm.example", email_verified: true, name: "Ann Archer" };
const { user } = await signInWithCredential(getAuth(app), GoogleAuthProvider.credential(JSON.stringify(ann)));
const team = (await user.getIdTokenResult()).claims.teamId;
const ofMatter = (...path) => fs.doc(db, "teams", team, "matters", matter, ...path);

for (const what of ["new", "known"]) {
  const begun = performance.now();
  const counts = await file();
  const seconds = (performance.now() - begun) / 1000;
  console.log(JSON.stringify({ what, files: counts.stored + counts.skipped, ...counts, seconds }));
  if (counts.failed > 0) process.exitCode = 1;
}
await fs.terminate(db);
await deleteApp(app);
process.exit();

function place(address) {
  const at = address.lastIndexOf(":");
  return [address.slice(0, at), Number(address.slice(at + 1))];
}

/** Files the folder: a drop, its files, and the drop's counts. */
async function file() {
  const batchId = madeId();
  const counts = { stored: 0, skipped: 0, failed: 0, bytes: 0, bytesStored: 0 };
  const drop = {
    batchId,
    userId: user.uid,
    deviceId: "peer",
    sources: [folder],
    startedAt: fs.Timestamp.now(),
    finishedAt: null,
    leftOut: 0,
    folders: [],
    openTo: team,
  };
  const writeDrop = (finishedAt) =>
    fs.setDoc(ofMatter("drops", batchId), {
      ...drop,
      ...counts,
      finishedAt,
      updatedAt: fs.serverTimestamp(),
    });
  const [paths] = await Promise.all([walk(folder), writeDrop(null)]);
  /** Contents on their way: one upload for all files that have it. */
  const contents = new Map();
  let next = 0;
  const worker = async () => {
    while (next < paths.length) {
      const path = paths[next++];
      try {
        await one(path, batchId, contents, counts);
      } catch (error) {
        counts.failed += 1;
        console.error(relative(folder, path), error.code ?? error.message);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  await writeDrop(fs.Timestamp.now());
  return counts;
}

async function walk(root) {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** One file: looked for, sent if it is new, recorded with its event. */
async function one(path, batchId, contents, counts) {
  const { size, mtimeMs } = await stat(path);
  const { fileHash, bytes } = await hashed(path, size);
  const [fileName, lastModified] = [basename(path), Math.floor(mtimeMs)];
  const folderPath = posix.join(basename(folder), relative(folder, dirname(path)).split(sep).join("/"));
  const id = metadataHash(fileName, lastModified, fileHash);
  const record = ofMatter("metadata", id);
  const event = ofMatter("uploadEvents", madeId());
  const facts = { fileName, fileHash, metadataHash: id, folderPath, size, lastModified, batchId };
  counts.bytes += size;

  const known = await fs.getDoc(record);
  if (!contents.has(fileHash))
    contents.set(fileHash, content(fileHash, fileName, size, known, bytes, path, event, facts));
  const { storagePath, sentBy } = await contents.get(fileHash);

  const batch = fs.writeBatch(db);
  const now = fs.serverTimestamp();
  if (sentBy === event.id) {
    batch.update(event, { eventType: "upload_success", timestamp: now, updatedAt: now });
    counts.stored += 1;
    counts.bytesStored += size;
  } else {
    batch.set(event, eventOf("upload_skipped_metadata_recorded", facts));
    counts.skipped += 1;
  }
  if (!known.exists()) {
    batch.set(record, recordOf(facts, storagePath));
  } else {
    const folderPaths = merged(known.get("folderPaths"), folderPath);
    if (folderPaths !== known.get("folderPaths")) batch.update(record, { folderPaths, updatedAt: now });
  }
  await batch.commit();
}

async function hashed(path, size) {
  if (size <= WHOLE) {
    const bytes = await readFile(path);
    return { fileHash: sha256(bytes), bytes };
  }
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(piece);
  return { fileHash: hash.digest("hex"), bytes: null };
}

/** Where a content is stored; it is sent if it is not. It counts as stored only if the object has its size. */
async function content(fileHash, fileName, size, known, bytes, path, event, facts) {
  const storagePath = known.exists() ? known.get("storagePath") : await storedElsewhere(fileHash);
  if (storagePath !== null && (await sizeOf(storagePath)) === size) return { storagePath, sentBy: null };
  const place = `teams/${team}/matters/${matter}/files/${fileHash}${extension(fileName)}`;
  await fs.setDoc(event, eventOf("upload_interrupted", facts));
  const about = { contentType: "application/octet-stream", customMetadata: { sha256: fileHash } };
  const { metadata } = await uploadBytes(ref(storage, place), bytes ?? (await readFile(path)), about);
  if (metadata.size !== size) throw new Error("it was not stored whole");
  return { storagePath: place, sentBy: event.id };
}

async function storedElsewhere(fileHash) {
  const of = [fs.where("openTo", "==", team), fs.where("fileHash", "==", fileHash), fs.limit(1)];
  const found = await fs.getDocs(fs.query(fs.collectionGroup(db, "metadata"), ...of));
  return found.empty ? null : found.docs[0].get("storagePath");
}

async function sizeOf(storagePath) {
  try {
    return (await getMetadata(ref(storage, storagePath))).size;
  } catch (error) {
    if (error.code === "storage/object-not-found") return null;
    throw error;
  }
}

function eventOf(eventType, facts) {
  const now = fs.serverTimestamp();
  const who = { teamId: team, userId: user.uid, deviceId: "peer", appVersion: "peer", openTo: team };
  return { eventType, timestamp: now, updatedAt: now, ...facts, ...who };
}

function recordOf({ fileName, fileHash, metadataHash: id, folderPath, size, lastModified }, storagePath) {
  return {
    originalName: fileName,
    lastModified,
    fileHash,
    folderPaths: folderPath,
    metadataHash: id,
    size,
    storagePath,
    uploadedBy: user.uid,
    openTo: team,
    updatedAt: fs.serverTimestamp(),
  };
}
