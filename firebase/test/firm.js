// The firm of the tables, as a function would have set it up; and documents that existed before.

import { where } from "firebase/firestore/lite";

import {
  aClaim,
  aClient,
  aDrop,
  aHash,
  aMadeId,
  aMatter,
  anEvent,
  anId,
  aRecord,
  aTeam,
  aWalledMatter,
  NOW,
} from "./documents.js";
import { forgetBlobs, forgetDocuments } from "./emulators.js";
import * as people from "./people.js";

const { owner, ownerInTraining, team } = people;

export const at = {
  team: `teams/${team}`,
  client: (id) => `teams/${team}/clients/${id}`,
  matter: (id) => `teams/${team}/matters/${id}`,
  record: (matter, id) => `teams/${team}/matters/${matter}/metadata/${id}`,
  event: (matter, id) => `teams/${team}/matters/${matter}/uploadEvents/${id}`,
  drop: (matter, id) => `teams/${team}/matters/${matter}/drops/${id}`,
  content: (hash) => `teams/${team}/contents/${hash}`,
  blob: (matter, name) => `teams/${team}/matters/${matter}/files/${name}`,
};

/** The matters every table may count on. */
export const OPEN = "m-open";
export const WALLED = "m-walled";
export const CLOSED = "m-closed";
export const REMOVED = "m-removed";
export const GENERAL = "general";
export const CLIENT = "c-abc";

const as = (role) => ({ email: "x@example.com", role, joinedAt: NOW });

const members = {
  [people.admin.uid]: as("admin"),
  [people.member.uid]: as("member"),
  [people.colleague.uid]: as("member"),
  [people.demoted.uid]: as("member"),
  [people.promoted.uid]: as("admin"),
  [people.unverified.uid]: as("admin"),
  [people.elsewhere.uid]: as("member"),
};

/** Sets the firm up anew. */
export async function found() {
  await forgetDocuments();
  await forgetBlobs();
  const general = aMatter({ title: "The firm", matterNumber: "", assignedTo: [] });
  await owner.commits([
    [at.team, aTeam(members)],
    ["teams/elm", aTeam({ [people.stranger.uid]: as("admin") })],
    ["teams/pine", aTeam({ pine: as("admin") }, { isPersonal: true })],
    ["teams/fern", aTeam({ fern: as("admin") }, { isPersonal: true })],
    ["teams/moss", aTeam({ moss: as("admin") }, { isPersonal: true })],
    ["teams/moss/clients/c", aClient()],
    ["teams/pine/matters/general", { ...general, openTo: "pine" }],
    ["teams/fern/matters/general", { ...general, openTo: "fern" }],
    ["teams/elm/matters/general", { ...general, openTo: "elm" }],
    [at.client(CLIENT), aClient()],
    [at.matter(GENERAL), general],
    [at.matter(OPEN), aMatter({ clientId: CLIENT })],
    [at.matter(WALLED), aWalledMatter(people.inside.map((person) => person.uid))],
    [at.matter(CLOSED), aMatter({ status: "closed" })],
    [at.matter(REMOVED), aMatter({ removed: NOW })],
  ]);
  await ownerInTraining.commits([
    [at.team, aTeam(members)],
    [at.matter(OPEN), aMatter()],
  ]);
}

/** Documents that were there before; each call makes another and tells its path. */
export const given = {
  client: (fields) => owner.writes(at.client(anId()), aClient(fields)),
  matter: (fields) => owner.writes(at.matter(anId()), aMatter(fields)),
  walledMatter: (access, fields) => owner.writes(at.matter(anId()), aWalledMatter(access, fields)),
  record(matter = OPEN, fields = {}) {
    const data = aRecord(matter, { ...openness(matter), ...fields });
    return owner.writes(at.record(matter, data.metadataHash), data);
  },
  /** A drop that is under way, of which there are no events yet; tells its id. */
  async batch(matter = OPEN, fields = {}) {
    return (await given.drop(matter, { finishedAt: null, ...fields })).split("/").at(-1);
  },
  event: (matter = OPEN, fields = {}) =>
    owner.writes(at.event(matter, aMadeId()), anEvent({ ...openness(matter), ...fields })),
  drop(matter = OPEN, fields = {}) {
    const id = aMadeId();
    return owner.writes(at.drop(matter, id), aDrop(id, { ...openness(matter), ...fields }));
  },
  content(matter = OPEN, fields = {}) {
    const hash = aHash();
    return owner.writes(at.content(hash), aClaim(matter, hash, fields));
  },
  blob: (matter = OPEN) => owner.stores(at.blob(matter, `${aHash()}.pdf`), Buffer.from("content")),
};

/** What is filed says how open its matter is. */
export const openness = (matter) => (matter === WALLED ? { openTo: null } : { openTo: team });

/** What queries over all matters ask for: what is open to the team. */
export const across = (of = team) => where("openTo", "==", of);
