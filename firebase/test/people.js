// The users of the tests. The firm is `oak`; `elm` is another; `pine` is a user alone, with claims, and `fern` one without.

import { Person } from "./person.js";

export const team = "oak";

function known(uid, claims = {}, partition) {
  const token = { sub: uid, email: `${uid}@example.com`, email_verified: true, ...claims };
  return Object.assign(new Person(uid, token, partition), { uid, email: token.email });
}

const of = (teamId, role) => ({ teamId, role });

export const owner = new Person("owner", "owner");
export const ownerInTraining = new Person("owner", "owner", "test");

export const admin = known("ada", of(team, "admin"));
export const member = known("max", of(team, "member"));
export const colleague = known("mia", of(team, "member"));
/** An admin until an hour ago, as the token still says. */
export const demoted = known("dan", of(team, "admin"));
/** An admin since a minute ago, as the token doesn't say yet. */
export const promoted = known("pia", of(team, "member"));
/** Left the firm; the token lives. */
export const removed = known("rob", of(team, "admin"));
/** Left the firm, and still stands on an access list. */
export const removedInside = known("rita", of(team, "member"));
export const unverified = known("uma", { ...of(team, "admin"), email_verified: false });
/** On the firm's list, but signed in for another team. */
export const elsewhere = known("eli", of("elm", "admin"));
export const stranger = known("eve", of("elm", "admin"));
export const nobody = Object.assign(new Person("nobody"), { uid: "nobody" });
/** A team of one, with the claims a function has set. */
export const soloWithClaims = known("pine", of("pine", "admin"));
/** A team of one whose claims are still to come. */
export const solo = known("fern");
/** The same, whose team lacks its `general`. */
export const soloAfresh = known("moss");
export const invited = known("ivy");
/** Of no team at all. */
export const invitedElsewhere = known("ian");
export const invitedUnverified = known("ivo", { email_verified: false });

export const memberInTraining = known("max", of(team, "member"), "test");

/** Inside the wall of the walled matter; the admin is not. */
export const inside = [member, removedInside, elsewhere, unverified];

/** Nobody of these may do anything in the firm. */
export const outsiders = [
  ["a user who is not signed in", nobody],
  ["the admin of another team", stranger],
  ["a removed admin with a valid token", removed],
  ["an admin whose e-mail is not verified", unverified],
  ["a member who is signed in for another team", elsewhere],
  ["a user alone, without claims", solo],
  ["a user alone, with claims", soloWithClaims],
];

/** Nobody of these passes the wall, though some stand on its list. */
export const outsideTheWall = [
  ["a member outside the wall", colleague],
  ["an admin outside the wall", admin],
  ["a member inside who left the team", removedInside],
  ["a member inside who is signed in for another team", elsewhere],
  ["a member inside whose e-mail is not verified", unverified],
];
