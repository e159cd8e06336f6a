// A table of what users may and may not do at one path. Rows are values: the tests run them, and so does the search
// for faults in the rules that no row would detect.

import { deleteField } from "firebase/firestore/lite";

import { isRefusal } from "./person.js";
import { outsiders } from "./people.js";

export function table(path, fill) {
  const rows = [];
  const add = (allowed) => (who, what, act) => rows.push({ path, who, what, allowed, act });
  const may = add(true);
  const mayNot = add(false);
  fill({
    may,
    mayNot,
    /** Those outside the firm may not; `act` gets who it is. */
    outsidersMayNot(what, act) {
      for (const [who, person] of outsiders) mayNot(who, what, () => act(person));
    },
    /**
     * Nobody may write `what` misshapen: each field of a sound document is left out once, and replaced by each of
     * `wrong[field]`, an object of reason → value. `write` gets the document.
     */
    shape(what, sound, write, wrong, optional = []) {
      const fields = Object.keys(sound());
      may("a member", `${what} in its right shape`, () => write(sound()));
      for (const field of fields.filter((name) => !optional.includes(name))) {
        mayNot("a member", `${what} without ${field}`, () => write(without(sound(), field)));
      }
      for (const [field, values] of Object.entries(wrong)) {
        for (const [reason, value] of Object.entries(values)) {
          mayNot("a member", `${what} with ${field} ${reason}`, () => write({ ...sound(), [field]: value }));
        }
      }
      mayNot("a member", `${what} with an unknown field`, () => write({ ...sound(), extra: true }));
    },
  });
  return rows;
}

function without(document, field) {
  const rest = { ...document };
  delete rest[field];
  return rest;
}

/** Does what a row says; throws if the rules disagree with it. */
export async function check(row) {
  const refusal = await row.act().then(
    () => null,
    (error) => {
      if (isRefusal(error)) return error;
      throw error;
    },
  );
  if (row.allowed && refusal) throw new Error(`The rules refuse it: ${refusal.message}`);
  if (!row.allowed && !refusal) throw new Error("The rules allow it.");
}

/** The row in words. */
export const said = (row) => `${row.who} ${row.allowed ? "may" : "may not"}: ${row.what}`;

export const gone = deleteField();
