// The team's own document.

import { aTeam, computerTime, NOW } from "../documents.js";
import { at } from "../firm.js";
import * as people from "../people.js";
import { gone, table } from "../table.js";

const { admin, demoted, member, promoted, solo, soloWithClaims, stranger } = people;

export const team = table("/teams/{team}", ({ may, mayNot, outsidersMayNot }) => {
  const renamed = () => ({ name: "Oak LLP", updatedAt: NOW });
  may("a member", "read the team", () => member.reads(at.team));
  may("an admin demoted an hour ago", "read the team, as a member", () => demoted.reads(at.team));
  may("a user alone, with claims", "read their team of one", () => soloWithClaims.reads("teams/pine"));
  may("a user alone, without claims", "read their team of one", () => solo.reads("teams/fern"));
  may("an admin", "change name, description and settings", () =>
    admin.changes(at.team, {
      ...renamed(),
      description: "Since 1952",
      settings: { timezone: "UTC", maxMembers: 100 },
    }),
  );
  may("a user alone, with claims", "rename their team", () =>
    soloWithClaims.changes("teams/pine", renamed()),
  );
  may("a user alone, without claims", "rename their team", () => solo.changes("teams/fern", renamed()));
  outsidersMayNot("read the team", (person) => person.reads(at.team));
  outsidersMayNot("rename the team", (person) => person.changes(at.team, renamed()));
  mayNot("a member", "rename the team", () => member.changes(at.team, renamed()));
  mayNot("an admin demoted an hour ago", "rename the team", () => demoted.changes(at.team, renamed()));
  mayNot("an admin whose token does not say so yet", "rename the team", () =>
    promoted.changes(at.team, renamed()),
  );
  mayNot("the admin of another team", "read a team of one", () => stranger.reads("teams/pine"));
  mayNot("a user who has joined a firm", "continue in their former team of one", () =>
    admin.reads(`teams/${admin.uid}`),
  );
  for (const [what, fields] of [
    ["add a member", { "members.eve": { email: "eve@example.com", role: "member", joinedAt: NOW } }],
    ["remove a member", { [`members.${member.uid}`]: gone }],
    ["change a role", { [`members.${member.uid}.role`]: "admin" }],
    ["invite a user", { pendingInvites: { "x@example.com": { role: "member" } } }],
    ["give the team another app", { apps: ["strongroom", "bookkeeper"] }],
    ["make it a personal team", { isPersonal: true }],
    ["claim that another user created it", { createdBy: "max" }],
    ["say it was made at another time", { createdAt: NOW }],
    ["add an unknown field", { extra: true }],
    ["change it without saying when", { updatedAt: gone }],
    ["change it by their own clock", { updatedAt: computerTime() }],
    ["give it an empty name", { name: " " }],
    ["give it an endless name", { name: "x".repeat(201) }],
    ["give it a name that is not text", { name: 7 }],
    ["remove its name", { name: gone }],
    ["describe it without end", { description: "x".repeat(2001) }],
    ["describe it by a value that is not text", { description: [] }],
    ["let in more than a hundred", { settings: { timezone: "UTC", maxMembers: 101 } }],
    ["let in fewer than there are", { settings: { timezone: "UTC", maxMembers: 6 } }],
    ["allow a fraction of a user", { settings: { timezone: "UTC", maxMembers: 20.5 } }],
    ["let in a number that is text", { settings: { timezone: "UTC", maxMembers: "20" } }],
    ["set an endless time zone", { settings: { timezone: "x".repeat(101), maxMembers: 20 } }],
    ["set a time zone that is not text", { settings: { timezone: 1, maxMembers: 20 } }],
    ["make settings of their own", { settings: { timezone: "UTC", maxMembers: 20, extra: 1 } }],
    ["set nothing", { settings: {} }],
  ]) {
    mayNot("an admin", what, () => admin.changes(at.team, { name: "Oak LLP", updatedAt: NOW, ...fields }));
  }
  mayNot("anybody", "make a team", () => stranger.writes("teams/new", aTeam({ eve: { role: "admin" } })));
  mayNot("a user without claims", "make their team of one", () =>
    people.invited.writes("teams/ivy", aTeam({ ivy: { role: "admin" } })),
  );
  mayNot("an admin", "delete the team", () => admin.deletes(at.team));
  mayNot("a member", "list teams", () => member.lists("teams"));
});
