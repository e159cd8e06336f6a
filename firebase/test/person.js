// A user with a token, and their requests: each method sends one to the emulators, and fails if the rules refuse.

import { initializeApp } from "firebase/app";
import {
  collection,
  collectionGroup,
  connectFirestoreEmulator,
  deleteDoc,
  doc,
  getDoc,
  getDocs,
  getFirestore,
  query,
  setDoc,
  setLogLevel,
  updateDoc,
  writeBatch,
} from "firebase/firestore/lite";
import {
  connectStorageEmulator,
  deleteObject,
  getBytes,
  getStorage,
  listAll,
  ref,
  updateMetadata,
  uploadBytes,
} from "firebase/storage";

import { bucket, firestore, project, storage } from "./emulators.js";

// A refusal is a result here, not an error to report.
setLogLevel("silent");

export class Person {
  /** `token`: the claims; "owner" bypasses all rules; none: not signed in. `partition`: the database. */
  constructor(name, token, partition = "(default)") {
    this.name = name;
    const partitionBucket = partition === "(default)" ? bucket : `${project}-${partition}`;
    const app = initializeApp({ projectId: project, storageBucket: partitionBucket }, `${name} ${partition}`);
    const options = token ? { mockUserToken: token } : {};
    this.documents = getFirestore(app, partition);
    connectFirestoreEmulator(this.documents, firestore.host, firestore.port, options);
    this.blobs = getStorage(app);
    connectStorageEmulator(this.blobs, storage.host, storage.port, options);
  }

  async reads(path) {
    return (await getDoc(doc(this.documents, path))).data();
  }

  async lists(path, ...constraints) {
    return (await getDocs(query(collection(this.documents, path), ...constraints))).docs;
  }

  async listsAcross(group, ...constraints) {
    return (await getDocs(query(collectionGroup(this.documents, group), ...constraints))).docs;
  }

  async writes(path, data) {
    await setDoc(doc(this.documents, path), data);
    return path;
  }

  async changes(path, fields) {
    await updateDoc(doc(this.documents, path), fields);
  }

  async deletes(path) {
    await deleteDoc(doc(this.documents, path));
  }

  /** Writes several documents, all or none. */
  async commits(documents) {
    const batch = writeBatch(this.documents);
    for (const [path, data] of documents) batch.set(doc(this.documents, path), data);
    await batch.commit();
  }

  async stores(path, bytes) {
    await uploadBytes(ref(this.blobs, path), bytes);
    return path;
  }

  async fetches(path) {
    return new Uint8Array(await getBytes(ref(this.blobs, path)));
  }

  async listsBlobs(path) {
    return (await listAll(ref(this.blobs, path))).items;
  }

  async relabels(path) {
    await updateMetadata(ref(this.blobs, path), { contentType: "text/html" });
  }

  async erases(path) {
    await deleteObject(ref(this.blobs, path));
  }
}

/** Whether an error is the rules' refusal; anything else is a fault of the test. */
export function isRefusal(error) {
  return error?.code === "permission-denied" || error?.code === "storage/unauthorized";
}
