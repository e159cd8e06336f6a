// Creates the sample firm in the emulators, with the users who can sign in there, a client and two matters; with
// `--anew` after removing all existing data. Needs the environment that `cargo xtask emulators -- COMMAND` sets.

import { FieldValue } from "firebase-admin/firestore";

import { aMatter, found } from "./firm/found.js";
import { open } from "./firm/project.js";
import { run, Told } from "./firm/told.js";
import { forgetBlobs, forgetDocuments } from "./test/emulators.js";
import sample from "./identity-provider/people.json" with { type: "json" };

await run(async () => {
  const { GCLOUD_PROJECT: project, FIRESTORE_EMULATOR_HOST: firestore } = process.env;
  if (!project?.startsWith("demo-") || !firestore) throw new Told("A sample firm is made in emulators only.");
  if (process.argv.includes("--anew")) await Promise.all([forgetDocuments(), forgetBlobs()]);
  const { auth, partitions } = await open(project, false);
  const people = sample.map(({ name, email }, at) => ({ name, email, role: at === 0 ? "admin" : "member" }));
  const team = await found({ auth, partitions, name: "Archer & Baker", people, makeAccounts: true });
  const [documents] = partitions;
  const now = FieldValue.serverTimestamp();
  const firm = documents.doc(`teams/${team}`);
  const batch = documents.batch();
  batch.set(firm.collection("clients").doc("abc"), {
    name: "ABC Corporation",
    email: "contact@abc.example",
    phone: "",
    address: { street: "", city: "", state: "", zip: "" },
    status: "active",
    updatedAt: now,
  });
  for (const [id, matterNumber, title] of [
    ["abc-contract", "2024-001", "Contract Review"],
    ["abc-lease", "2024-002", "Warehouse Lease"],
  ]) {
    batch.set(
      firm.collection("matters").doc(id),
      aMatter(team, now, { clientId: "abc", matterNumber, title }),
    );
  }
  await batch.commit();
  console.log(team);
});
