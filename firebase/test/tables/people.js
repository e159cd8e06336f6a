// Documents that users write about themselves.

import { where } from "firebase/firestore/lite";

import { aTeam, computerTime, NOW } from "../documents.js";
import { at } from "../firm.js";
import * as people from "../people.js";
import { table } from "../table.js";

const { admin, colleague, member, nobody, owner, removed, solo, soloWithClaims, stranger, unverified } =
  people;

const aUser = (fields = {}) => ({
  defaultTeamId: people.team,
  preferences: { theme: "dark", notifications: true, language: "de" },
  lastLogin: NOW,
  ...fields,
});

export const users = table("/users/{uid}", ({ may, mayNot, shape }) => {
  const own = `users/${member.uid}`;
  may("a member", "read their own settings", () => member.reads(own));
  may("a user alone, without claims", "write their settings", () =>
    solo.writes("users/fern", aUser({ defaultTeamId: "fern" })),
  );
  may("a member", "write only what they set", () => member.writes(own, aUser({ preferences: {} })));
  may("a member whose token does not say so yet", "write their settings", async () => {
    await owner.writes(
      "teams/yew",
      aTeam({ ivy: { email: "ivy@example.com", role: "member", joinedAt: NOW } }),
    );
    await people.invited.writes("users/ivy", aUser({ defaultTeamId: "yew" }));
  });
  mayNot("a user without a team", "write their settings", () =>
    people.invited.writes("users/ivy", aUser({ defaultTeamId: "ivy" })),
  );
  mayNot("a user without a team", "take another team", () =>
    people.invited.writes("users/ivy", aUser({ defaultTeamId: "elm" })),
  );
  mayNot("a user without a team", "create one: only a function may", () =>
    people.invited.commits([
      ["teams/ivy", aTeam({ ivy: { email: "ivy@example.com", role: "admin", joinedAt: NOW } })],
      ["users/ivy", aUser({ defaultTeamId: "ivy" })],
    ]),
  );
  mayNot("a member", "claim a team with an invalid id", async () => {
    await owner.writes("teams/.odd", aTeam({ [member.uid]: { email: "", role: "member", joinedAt: NOW } }));
    await member.writes(own, aUser({ defaultTeamId: ".odd" }));
  });
  may("a member", "change one setting", async () => {
    await owner.writes(own, aUser());
    await member.changes(own, { "preferences.theme": "light", lastLogin: NOW });
  });
  mayNot("a user who is not signed in", "read another user's settings", () => nobody.reads(own));
  mayNot("a colleague", "read another user's settings", () => colleague.reads(own));
  mayNot("an admin", "read a member's settings", () => admin.reads(own));
  mayNot("an admin", "write a member's settings", () => admin.writes(own, aUser()));
  mayNot("a user whose e-mail is not verified", "read their own settings", () =>
    unverified.reads("users/uma"),
  );
  mayNot("a user whose e-mail is not verified", "write their own settings", () =>
    unverified.writes("users/uma", aUser()),
  );
  mayNot("a member", "take another team", () => member.writes(own, aUser({ defaultTeamId: "elm" })));
  mayNot("a removed admin with a valid token", "keep the team", () => removed.writes("users/rob", aUser()));
  mayNot("a member", "give themselves a role", () => member.writes(own, aUser({ role: "admin" })));
  mayNot("a member", "list everybody's settings", () => member.lists("users"));
  mayNot("a member", "delete their settings", () => member.deletes(own));
  shape("their settings", aUser, (data) => member.writes(own, data), {
    defaultTeamId: { "that is not text": 7 },
    preferences: {
      "that are no map": "dark",
      "of an unknown name": { sounds: true },
      "whose theme is no text": { theme: 1 },
      "whose theme is endless": { theme: "x".repeat(41) },
      "whose notifications are no yes or no": { notifications: "yes" },
      "whose language is no text": { language: true },
      "whose language is endless": { language: "x".repeat(41) },
    },
    lastLogin: { "by their own clock": computerTime(), "that is not a time": "today" },
  });
});

const aUserInfo = () => ({ displayName: "Max Muster", photoURL: "https://example.com/max.png" });

export const userInfo = table("/userInfo/{uid}", ({ may, mayNot, shape }) => {
  const own = `userInfo/${member.uid}`;
  may("a member", "read their own name", () => member.reads(own));
  may("a user alone, without claims", "write their name", () => solo.writes("userInfo/fern", aUserInfo()));
  mayNot("a user without a team", "write their name", () =>
    people.invitedElsewhere.writes("userInfo/ian", aUserInfo()),
  );
  mayNot("a removed admin with a valid token", "write their name", () =>
    removed.writes(`userInfo/${removed.uid}`, aUserInfo()),
  );
  may("a member", "have no picture", () => member.writes(own, { displayName: "Max", photoURL: null }));
  mayNot("a user who is not signed in", "read a name", () => nobody.reads(own));
  mayNot("a colleague", "read a name here, instead of in the team", () => colleague.reads(own));
  mayNot("a colleague", "write another user's name", () => colleague.writes(own, aUserInfo()));
  mayNot("a user whose e-mail is not verified", "write their name", () =>
    unverified.writes("userInfo/uma", aUserInfo()),
  );
  mayNot("a user whose e-mail is not verified", "read their name", () => unverified.reads("userInfo/uma"));
  mayNot("a member", "list everybody's names", () => member.lists("userInfo"));
  mayNot("a member", "delete their name", () => member.deletes(own));
  const wrong = {
    displayName: { "that is not text": 7, "that is empty": " ", "that is endless": "x".repeat(201) },
    photoURL: { "that is not text": 7, "that is endless": "x".repeat(2001) },
  };
  shape("their name", aUserInfo, (data) => member.writes(own, data), wrong, ["photoURL"]);
});

export const teamUserInfo = table("/teams/{team}/userInfo/{uid}", ({ may, mayNot, outsidersMayNot }) => {
  const of = (person) => `${at.team}/userInfo/${person.uid}`;
  const named = (person) =>
    owner.writes(of(person), { displayName: "Somebody", photoURL: null, updatedAt: NOW });
  const seen = () => ({ lastActive: NOW, updatedAt: NOW });
  may("a member", "read a colleague's name", () => member.reads(of(colleague)));
  may("a member", "list colleagues' names", () => member.lists(`${at.team}/userInfo`));
  may("a member", "say they are there", async () => {
    await named(member);
    await member.changes(of(member), seen());
  });
  outsidersMayNot("read a name", (person) => person.reads(of(member)));
  outsidersMayNot("list names", (person) => person.lists(`${at.team}/userInfo`));
  mayNot("a removed admin with a valid token", "say they are there", async () => {
    await named(removed);
    await removed.changes(of(removed), seen());
  });
  mayNot("a colleague", "claim another user's presence", async () => {
    await named(member);
    await colleague.changes(of(member), seen());
  });
  for (const [what, fields] of [
    ["say when they were there by their own clock", { lastActive: computerTime(), updatedAt: NOW }],
    ["say when it was written by their own clock", { lastActive: NOW, updatedAt: computerTime() }],
    ["change the name, which a function copies", { displayName: "Boss", ...seen() }],
  ]) {
    mayNot("a member", what, async () => {
      await named(member);
      await member.changes(of(member), fields);
    });
  }
  mayNot("a member", "make such a document", () => member.writes(`${at.team}/userInfo/nina`, seen()));
  mayNot("a member", "delete one", () => member.deletes(of(member)));
});

export const invites = table("/invites/{email}_{team}", ({ may, mayNot }) => {
  const { invited, invitedUnverified, demoted, promoted } = people;
  const invite = (person, by = people.team) => `invites/${person.email}_${by}`;
  const sent = (person, by = people.team) =>
    owner.writes(invite(person, by), {
      email: person.email,
      team: by,
      role: "member",
      by: admin.uid,
      at: NOW,
      expiresAt: computerTime(),
    });
  const reads =
    (person, whose = invited) =>
    async () => {
      await sent(whose);
      await person.reads(invite(whose));
    };
  const ofMine = (person) => where("email", "==", person.email);
  const ofTeam = where("team", "==", people.team);
  may("the invited user", "read the invitation", reads(invited));
  may("the invited user", "find their invitations", () => invited.lists("invites", ofMine(invited)));
  may("an admin", "read an invitation of the team", reads(admin));
  may("an admin", "list the team's invitations", () => admin.lists("invites", ofTeam));
  may("a user alone, with claims", "list the invitations they sent", () =>
    soloWithClaims.lists("invites", where("team", "==", "pine")),
  );
  mayNot(
    "an invited user whose e-mail is not verified",
    "read it",
    reads(invitedUnverified, invitedUnverified),
  );
  mayNot("an invited user whose e-mail is not verified", "find it", () =>
    invitedUnverified.lists("invites", ofMine(invitedUnverified)),
  );
  for (const [who, person] of [
    ["a user who is not signed in", nobody],
    ["a member", member],
    ["an admin demoted an hour ago", demoted],
    ["an admin whose token does not say so yet", promoted],
    ["a removed admin with a valid token", removed],
    ["an admin whose e-mail is not verified", unverified],
    ["the admin of another team", stranger],
    ["another invited user", people.invitedUnverified],
  ]) {
    mayNot(who, "read an invitation", reads(person));
    mayNot(who, "list the team's invitations", () => person.lists("invites", ofTeam));
  }
  mayNot("the invited user", "list all invitations", () => invited.lists("invites"));
  mayNot("an admin", "list all invitations", () => admin.lists("invites"));
  mayNot("an admin", "write one", () =>
    admin.writes("invites/x@example.com_oak", { email: "x@example.com", team: people.team, role: "member" }),
  );
  mayNot("the invited user", "make it one for an admin", async () => {
    await sent(invited);
    await invited.changes(invite(invited), { role: "admin" });
  });
  mayNot("an admin", "delete one", () => admin.deletes(invite(invited)));
});
