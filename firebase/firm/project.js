// The project as its owner, past every rule: by the credentials of whoever runs a script, or in the emulators that the
// environment names.

import { applicationDefault, initializeApp } from "firebase-admin/app";
import { getAuth } from "firebase-admin/auth";
import { getFirestore } from "firebase-admin/firestore";
import { getStorage } from "firebase-admin/storage";

/** `training`: whether the database `test` is meant as well. */
export async function open(projectId, training) {
  const app = await begin(projectId, process.env.FIREBASE_AUTH_EMULATOR_HOST);
  const databases = training ? ["(default)", "test"] : ["(default)"];
  return { auth: getAuth(app), partitions: databases.map((database) => getFirestore(app, database)) };
}

/** A bucket of the project, by its name. */
export async function openBucket(projectId, name) {
  const app = await begin(projectId, process.env.FIREBASE_STORAGE_EMULATOR_HOST);
  return getStorage(app).bucket(name);
}

async function begin(projectId, emulator) {
  // In the emulators nobody asks for credentials, and the search for some would take a while and warn.
  if (emulator) process.env.METADATA_SERVER_DETECTION ??= "none";
  // Elsewhere they are tried before anything else: without any, Cloud Storage would be asked as nobody in particular.
  else await applicationDefault().getAccessToken();
  return initializeApp({ projectId });
}
