// A firm in its project: who belongs to it, and the matter that every firm has. What the administrator does here by
// hand the rules let nobody do from the app.

import { FieldValue } from "firebase-admin/firestore";

import { Told } from "./told.js";

/**
 * Founds a firm, or takes more people into it: the firm is the one its first administrator belongs to already, or new.
 *
 * `partitions`: the databases that get it. `people`: `{name, email, role}` each, the first of them an admin; whoever was
 * one and is to be a member is `demoted`. `makeAccounts`: whether those who have never signed in get an account now.
 * `trusted`: a provider whose e-mail addresses are right, though it does not say so. Gives back the firm's id.
 */
export async function found({ auth, partitions, name, people, makeAccounts, trusted }) {
  const known = [];
  for (const person of people) known.push({ ...person, user: await accountOf(auth, person) });
  const team = teamOf(known[0].user) ?? partitions[0].collection("teams").doc().id;
  for (const person of known) refuseStrangers(person, { team, makeAccounts, trusted });
  await refuseDemotions(known, team, partitions);

  // Nothing was changed until here.
  const accounts = [];
  for (const person of known) accounts.push({ ...person, user: await readied(auth, person) });
  for (const documents of partitions) await write(documents, team, name, accounts);
  // Last of all: whoever has the claim finds the firm.
  for (const { user, role } of accounts) {
    await auth.setCustomUserClaims(user.uid, { ...user.customClaims, teamId: team, role });
  }
  return team;
}

const teamOf = (user) => user?.customClaims?.teamId;

const UNCHANGED = "Nothing was changed.";

/** The account of a person, whom everybody knows by their e-mail address; none if they never signed in. */
async function accountOf(auth, { email }) {
  try {
    return await auth.getUserByEmail(email);
  } catch (error) {
    if (error.code === "auth/user-not-found") return undefined;
    if (error.code === "auth/invalid-email") {
      throw new Told(`“${email}” is no e-mail address. Correct it and run this again. ${UNCHANGED}`);
    }
    throw error;
  }
}

function refuseStrangers({ user, email }, { team, makeAccounts, trusted }) {
  if (!user && !makeAccounts) {
    throw new Told(
      `Nobody has signed in as ${email} yet. Ask them to sign in to Strongroom once, then run this again; ` +
        `or, where everybody signs in with Google, add --make-accounts. ${UNCHANGED}`,
    );
  }
  if (!user) return;
  const theirs = teamOf(user) ?? team;
  if (theirs !== team) {
    throw new Told(
      `${email} belongs to another firm already (${theirs}). To add people to that firm, name one of its ` +
        `administrators as the first --admin. ${UNCHANGED}`,
    );
  }
  // The rules let nobody in whose e-mail address is not verified: anybody could have written it into an account.
  const providers = user.providerData.map(({ providerId }) => providerId);
  if (user.emailVerified || (providers.length > 0 && providers.every((provider) => provider === trusted)))
    return;
  throw new Told(
    `Nobody has verified that the account of ${email} is theirs (it signs in by ${providers.join(", ") || "nothing"}). ` +
      `If your firm itself runs that provider, add --trust and its id. ${UNCHANGED}`,
  );
}

/** An administrator becomes a member only if somebody says just that. */
async function refuseDemotions(known, team, partitions) {
  const firms = await Promise.all(partitions.map((documents) => documents.doc(`teams/${team}`).get()));
  for (const { user, email, role, demoted } of known) {
    if (role === "admin") continue;
    const roles = firms.map((firm) => firm.get("members")?.[user?.uid]?.role).filter(Boolean);
    if (teamOf(user)) roles.push(user.customClaims.role);
    if (roles.includes("admin") && !demoted) {
      throw new Told(
        `${email} administers the firm, and would not any more. Name them with --admin, or, if that is what you want, ` +
          `with --demote ${email} instead of --member. ${UNCHANGED}`,
      );
    }
    if (roles.length === 0 && demoted) {
      throw new Told(
        `${email} does not belong to the firm, so there is nothing to take away. Name them with --member to take them ` +
          `in. ${UNCHANGED}`,
      );
    }
  }
}

/** The account of somebody who is let in. */
async function readied(auth, { user, email, name }) {
  if (!user) return auth.createUser({ email, emailVerified: true, displayName: name });
  if (!user.emailVerified) await auth.updateUser(user.uid, { emailVerified: true });
  return user;
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
