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
  may("a person alone, with claims", "read their team of one", () => soloWithClaims.reads("teams/pine"));
  may("a person alone, without claims", "read their team of one", () => solo.reads("teams/fern"));
  may("an admin", "change name, description and settings", () =>
    admin.changes(at.team, {
      ...renamed(),
      description: "Since 1952",
      settings: { timezone: "UTC", maxMembers: 100 },
    }),
  );
  may("a person alone, with claims", "rename their team", () =>
    soloWithClaims.changes("teams/pine", renamed()),
  );
  may("a person alone, without claims", "rename their team", () => solo.changes("teams/fern", renamed()));
  outsidersMayNot("read the team", (person) => person.reads(at.team));
  outsidersMayNot("rename the team", (person) => person.changes(at.team, renamed()));
  mayNot("a member", "rename the team", () => member.changes(at.team, renamed()));
  mayNot("an admin demoted an hour ago", "rename the team", () => demoted.changes(at.team, renamed()));
  mayNot("an admin whose token does not say so yet", "rename the team", () =>
    promoted.changes(at.team, renamed()),
  );
  mayNot("the admin of another team", "read a team of one", () => stranger.reads("teams/pine"));
  mayNot("a person who has joined a firm", "go on in the team of one they had", () =>
    admin.reads(`teams/${admin.uid}`),
  );
  for (const [what, fields] of [
    ["take somebody in", { "members.eve": { email: "eve@example.com", role: "member", joinedAt: NOW } }],
    ["put somebody out", { [`members.${member.uid}`]: gone }],
    ["change a role", { [`members.${member.uid}.role`]: "admin" }],
    ["invite somebody", { pendingInvites: { "x@example.com": { role: "member" } } }],
    ["give the team another app", { apps: ["strongroom", "bookkeeper"] }],
    ["make it a personal team", { isPersonal: true }],
    ["say somebody else made it", { createdBy: "max" }],
    ["say it was made at another time", { createdAt: NOW }],
    ["add a field that is none", { extra: true }],
    ["change it without saying when", { updatedAt: gone }],
    ["change it by their own clock", { updatedAt: computerTime() }],
    ["give it an empty name", { name: " " }],
    ["give it an endless name", { name: "x".repeat(201) }],
    ["give it a name that is no text", { name: 7 }],
    ["take its name away", { name: gone }],
    ["describe it without end", { description: "x".repeat(2001) }],
    ["describe it by what is no text", { description: [] }],
    ["let in more than a hundred", { settings: { timezone: "UTC", maxMembers: 101 } }],
    ["let in fewer than there are", { settings: { timezone: "UTC", maxMembers: 6 } }],
    ["let in a part of a person", { settings: { timezone: "UTC", maxMembers: 20.5 } }],
    ["let in a number that is text", { settings: { timezone: "UTC", maxMembers: "20" } }],
    ["set an endless time zone", { settings: { timezone: "x".repeat(101), maxMembers: 20 } }],
    ["set a time zone that is no text", { settings: { timezone: 1, maxMembers: 20 } }],
    ["make settings of their own", { settings: { timezone: "UTC", maxMembers: 20, extra: 1 } }],
    ["set nothing", { settings: {} }],
  ]) {
    mayNot("an admin", what, () => admin.changes(at.team, { name: "Oak LLP", updatedAt: NOW, ...fields }));
  }
  mayNot("anybody", "make a team", () => stranger.writes("teams/new", aTeam({ eve: { role: "admin" } })));
  mayNot("a person without claims", "make their team of one", () =>
    people.invited.writes("teams/ivy", aTeam({ ivy: { role: "admin" } })),
  );
  mayNot("an admin", "delete the team", () => admin.deletes(at.team));
  mayNot("a member", "list teams", () => member.lists("teams"));
});
