// The project as its owner, past every rule: by the credentials of whoever runs a script, or in the emulators that the
// environment names.

import { initializeApp } from "firebase-admin/app";
import { getAuth } from "firebase-admin/auth";
import { getFirestore } from "firebase-admin/firestore";

import { Told } from "./found.js";

/** `training`: whether the database `test` is meant as well. */
export function open(projectId, training) {
  // In the emulators nobody asks for credentials, and the search for some would take a while and warn.
  if (process.env.FIRESTORE_EMULATOR_HOST) process.env.METADATA_SERVER_DETECTION ??= "none";
  const app = initializeApp({ projectId });
  const databases = training ? ["(default)", "test"] : ["(default)"];
  return { auth: getAuth(app), partitions: databases.map((database) => getFirestore(app, database)) };
}

/** Runs a script to its end; what a person can do something about is told without the program's insides. */
export async function run(script) {
  try {
    await script();
  } catch (error) {
    console.error(error instanceof Told ? error.message : error);
    process.exitCode = 1;
  }
}
