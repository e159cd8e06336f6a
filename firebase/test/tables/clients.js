// The firm's clients.

import { aClient, anId, computerTime, NOW } from "../documents.js";
import { at, CLIENT, given } from "../firm.js";
import * as people from "../people.js";
import { gone, table } from "../table.js";

const { admin, colleague, member, solo, soloWithClaims } = people;

export const clients = table("/teams/{team}/clients/{client}", ({ may, mayNot, outsidersMayNot, shape }) => {
  const all = `${at.team}/clients`;
  const changed = (person, fields, before) => async () => {
    await person.changes(await given.client(before), { updatedAt: NOW, ...fields });
  };
  may("a member", "read a client", () => member.reads(at.client(CLIENT)));
  may("a member", "list the clients", () => member.lists(all));
  may("a member", "change a client", changed(colleague, { name: "ABC Inc.", status: "inactive" }));
  may("a member", "give a client a name of one letter", changed(member, { name: "X" }));
  may("a member", "remove a client", changed(member, { removed: NOW }));
  may("a member", "change a removed client", async () => {
    const path = await given.client({ removed: NOW });
    const { removed } = await member.reads(path);
    await member.changes(path, { name: "ABC", removed, updatedAt: NOW });
  });
  may("a member", "bring a client back", changed(member, { removed: gone }, { removed: NOW }));
  may(
    "a member",
    "bring a client back by setting it to not removed",
    changed(member, { removed: null }, { removed: NOW }),
  );
  may("an admin", "write a client", () => admin.writes(at.client(anId()), aClient()));
  may("a user alone, with claims", "write a client", () =>
    soloWithClaims.writes("teams/pine/clients/c", aClient()),
  );
  may("a user alone, without claims", "write a client", () => solo.writes("teams/fern/clients/c", aClient()));
  outsidersMayNot("read a client", (person) => person.reads(at.client(CLIENT)));
  outsidersMayNot("list the clients", (person) => person.lists(all));
  outsidersMayNot("write a client", (person) => person.writes(at.client(anId()), aClient()));
  outsidersMayNot("change a client", (person) => changed(person, { name: "Mine" })());
  mayNot("a member", "delete a client", async () => member.deletes(await given.client()));
  mayNot("a member", "delete a client that is removed", async () =>
    member.deletes(await given.client({ removed: NOW })),
  );
  mayNot("a member", "write a client of another team", () => member.writes("teams/elm/clients/c", aClient()));
  mayNot("a member", "set an earlier time of removal", changed(member, { removed: computerTime() }));
  mayNot(
    "a member",
    "move the time a client was removed",
    changed(member, { removed: computerTime() }, { removed: NOW }),
  );
  mayNot("a member", "change a client by their own clock", changed(member, { updatedAt: computerTime() }));
  mayNot("a member", "change a client and leave the time", async () =>
    member.changes(await given.client(), { name: "ABC Inc." }),
  );
  mayNot("a member", "change a client to an invalid status", changed(member, { status: "dead" }));
  for (const id of [".hidden", "a b", "é", "x".repeat(129)]) {
    mayNot("a member", `write a client under the id ${id.slice(0, 8)}`, () =>
      member.writes(at.client(id), aClient()),
    );
  }
  const address = aClient().address;
  shape("write a client", aClient, (data) => member.writes(at.client(anId()), data), {
    name: { "that is not text": 7, "that is empty": "  ", "that is endless": "x".repeat(501) },
    email: { "that is not text": null, "that is endless": "x".repeat(321) },
    phone: { "that is not text": 41, "that is endless": "0".repeat(101) },
    address: {
      "that is text": "Business Ave",
      "without a city": { street: "", state: "", zip: "" },
      "with a country, which is none of its parts": { ...address, country: "US" },
      "whose street is endless": { ...address, street: "x".repeat(501) },
      "whose city is endless": { ...address, city: "x".repeat(201) },
      "whose state is endless": { ...address, state: "x".repeat(201) },
      "whose zip is endless": { ...address, zip: "x".repeat(41) },
      "whose street is no text": { ...address, street: 1 },
      "whose city is no text": { ...address, city: 1 },
      "whose state is no text": { ...address, state: 1 },
      "whose zip is no text": { ...address, zip: 10001 },
    },
    status: { "that is invalid": "asleep", "that is not text": true },
    updatedAt: { "by their own clock": computerTime(), "that is not a time": "now" },
    removed: { "by their own clock": computerTime(), "that is not a time": true },
  });
});
