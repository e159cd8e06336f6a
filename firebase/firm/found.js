// A firm in its project: who belongs to it, and the matter that every firm has. What the administrator does here by
// hand the rules let nobody do from the app.

import { FieldValue } from "firebase-admin/firestore";

/** Something to be told to whoever runs a script, who can do something about it. */
export class Told extends Error {}

/**
 * Founds a firm, or takes more people into it: the firm is the one its first administrator belongs to already, or new.
 *
 * `partitions`: the databases that get it. `people`: `{name, email, role}` each, the first of them an admin.
 * `makeAccounts`: whether those who have never signed in get an account now. `trusted`: a provider whose e-mail addresses
 * are right, though it does not say so. Gives back the firm's id.
 */
export async function found({ auth, partitions, name, people, makeAccounts, trusted }) {
  const accounts = [];
  for (const person of people) accounts.push(await account(auth, person, { makeAccounts, trusted }));
  const team = teamOf(accounts[0].user) ?? partitions[0].collection("teams").doc().id;
  for (const { user } of accounts) {
    const theirs = teamOf(user) ?? team;
    if (theirs !== team) throw new Told(`${user.email} belongs to another firm already (${theirs}).`);
  }
  for (const documents of partitions) await write(documents, team, name, accounts);
  // Last of all: whoever has the claim finds the firm.
  for (const { user, role } of accounts) {
    await auth.setCustomUserClaims(user.uid, { ...user.customClaims, teamId: team, role });
  }
  return team;
}

const teamOf = (user) => user.customClaims?.teamId;

/** The account of a person, whom everybody knows by their e-mail address. */
async function account(auth, { name, email, role }, { makeAccounts, trusted }) {
  try {
    const user = await auth.getUserByEmail(email);
    await verify(auth, user, trusted);
    return { user, name, role };
  } catch (error) {
    if (error.code !== "auth/user-not-found") throw error;
  }
  if (!makeAccounts) {
    throw new Told(
      `Nobody has signed in as ${email} yet. Ask them to sign in to Strongroom once, then run this again; ` +
        "or, where everybody signs in with Google, add --make-accounts. Nothing was changed.",
    );
  }
  const user = await auth.createUser({ email, emailVerified: true, displayName: name });
  return { user, name, role };
}

/** The rules let nobody in whose e-mail address is not verified: anybody could have written it into an account. */
async function verify(auth, user, trusted) {
  if (user.emailVerified) return;
  const { uid, email, providerData } = user;
  const theirs = providerData.map(({ providerId }) => providerId);
  if (theirs.length === 0 || theirs.some((provider) => provider !== trusted)) {
    throw new Told(
      `Nobody has verified that the account of ${email} is theirs (it signs in by ${theirs.join(", ") || "nothing"}). ` +
        "If your firm itself runs that provider, add --trust and its id.",
    );
  }
  await auth.updateUser(uid, { emailVerified: true });
}

async function write(documents, team, name, accounts) {
  const now = FieldValue.serverTimestamp();
  const firm = documents.doc(`teams/${team}`);
  const general = firm.collection("matters").doc("general");
  await documents.runTransaction(async (transaction) => {
    const [there, generalThere] = await transaction.getAll(firm, general);
    const members = { ...there.get("members") };
    for (const { user, role } of accounts) {
      members[user.uid] = { joinedAt: now, ...members[user.uid], email: user.email, role };
      const info = { displayName: nameOf(user, accounts), photoURL: user.photoURL ?? null, updatedAt: now };
      transaction.set(firm.collection("userInfo").doc(user.uid), info, { merge: true });
    }
    if (there.exists) transaction.update(firm, { name, members, updatedAt: now });
    else transaction.set(firm, { ...aFirm(accounts[0].user.uid, now), name, members });
    if (!generalThere.exists) transaction.set(general, aMatter(team, now, GENERAL));
  });
}

const nameOf = (user, accounts) =>
  accounts.find((known) => known.user.uid === user.uid).name || user.displayName || user.email;

const aFirm = (createdBy, now) => ({
  description: "",
  pendingInvites: {},
  apps: ["strongroom"],
  settings: { timezone: Intl.DateTimeFormat().resolvedOptions().timeZone, maxMembers: 100 },
  isPersonal: false,
  createdAt: now,
  createdBy,
  updatedAt: now,
});

const GENERAL = { title: "General", description: "Documents of the firm." };

/** A matter that is open to the whole firm. */
export const aMatter = (team, now, fields) => ({
  description: "",
  clientId: null,
  matterNumber: "",
  status: "active",
  priority: "medium",
  assignedTo: [],
  openedDate: null,
  dueDate: null,
  openTo: team,
  updatedAt: now,
  ...fields,
});
