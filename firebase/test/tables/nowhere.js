// Paths that no rule names.

import { NOW } from "../documents.js";
import { at, given, OPEN } from "../firm.js";
import { admin, solo } from "../people.js";
import { table } from "../table.js";

export const nowhere = table("any other path", ({ mayNot }) => {
  for (const path of [
    "settings/all",
    `${at.team}/invoices/i`,
    `${at.team}/metadata/m`,
    `${at.matter(OPEN)}/notes/n`,
    `${at.client("c-abc")}/notes/n`,
    "teams/fern/settings/s",
  ]) {
    const person = path.startsWith("teams/fern") ? solo : admin;
    mayNot("an admin", `read /${path}`, () => person.reads(path));
    mayNot("an admin", `write /${path}`, () => person.writes(path, { updatedAt: NOW }));
  }
  mayNot("an admin", "write below a record", async () =>
    admin.writes(`${await given.record()}/versions/v`, { updatedAt: NOW }),
  );
  mayNot("an admin", "write below an event", async () =>
    admin.writes(`${await given.event()}/edits/e`, { updatedAt: NOW }),
  );
  mayNot("an admin", "read one record by the rule for all matters", () => admin.reads("metadata/m"));
});
