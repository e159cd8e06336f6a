/** The values of form fields, and the conversion from and to records. */

import type { ClientForm, ClientView, MatterForm, MatterView, Workspace } from "../backend";
import { t } from "../text";
import { limits, tooLong } from "./limits";
import { isNumber, nameKey } from "./names";

/** A matter as typed: days are texts until they are valid. */
export interface MatterDraft extends Omit<MatterForm, "opened" | "due"> {
  /** As in `2024-01-04`; empty for none. */
  opened: string;
  due: string;
}

/** The errors by field, each as a sentence. */
export type Wrong<Draft> = Partial<Record<keyof Draft, string>>;

/** The day of a midnight UTC, as fields write it. */
export function dayText(midnight: number | null): string {
  return midnight === null ? "" : new Date(midnight).toISOString().slice(0, 10);
}

/** The midnight UTC of a day as written in fields; null if it is no day. */
export function midnightOf(text: string): number | null {
  const found = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text.trim());
  if (!found) return null;
  const [year = 0, month = 0, date = 0] = found.slice(1).map(Number);
  if (year < 1) return null;
  const midnight = new Date(0);
  // `Date.UTC` reads the year 24 as 1924.
  midnight.setUTCFullYear(year, month - 1, date);
  // `Date.UTC` reads 30 February as 2 March.
  return midnight.getUTCMonth() === month - 1 && midnight.getUTCDate() === date ? midnight.getTime() : null;
}

/** The editable fields of a matter. */
export function matterDraft(matter: MatterForm): MatterDraft {
  const { number, title, description, client, status, priority, assignedTo, opened, due } = matter;
  return {
    number,
    title,
    description,
    client,
    status,
    priority,
    assignedTo: [...assignedTo],
    opened: dayText(opened),
    due: dayText(due),
  };
}

/** The fields of a matter that are sent. */
export function matterForm(draft: MatterDraft): MatterForm {
  return {
    ...draft,
    number: draft.number.trim(),
    title: draft.title.trim(),
    description: draft.description.trim(),
    assignedTo: [...draft.assignedTo],
    opened: midnightOf(draft.opened),
    due: midnightOf(draft.due),
  };
}

/** The fields of a client that are edited and sent. */
export function clientForm(client: ClientForm): ClientForm {
  const { name, email, phone, street, city, state, zip, active } = client;
  return {
    name: name.trim(),
    email: email.trim(),
    phone: phone.trim(),
    street: street.trim(),
    city: city.trim(),
    state: state.trim(),
    zip: zip.trim(),
    active,
  };
}

/** The errors of a matter; `self` is its id, or null for a new one. */
export function checkMatter(
  draft: MatterDraft,
  matters: readonly MatterView[],
  self: string | null,
  firmsOwn: boolean,
): Wrong<MatterDraft> {
  const wrong: Wrong<MatterDraft> = {};
  const number = draft.number.trim();
  const key = nameKey(number);
  const before = matters.find((matter) => matter.id === self);
  const same = (matter: MatterView): boolean => key !== "" && nameKey(matter.number) === key;
  // A duplicate number accepted by an older version stays, as does one that would be refused today.
  const taken =
    before && same(before) ? undefined : matters.find((matter) => matter.id !== self && same(matter));
  if (number === "" && !firmsOwn) wrong.number = t.forms.wrong.number;
  else if (number !== "" && before?.number !== number && !isNumber(number)) {
    wrong.number = t.forms.wrong.noNumber;
  } else if (taken) wrong.number = t.forms.wrong.numberTaken(taken.title);
  if (nameKey(draft.title) === "") wrong.title = t.forms.wrong.title;
  for (const [field, long] of tooLong({ number, title: draft.title, description: draft.description })) {
    wrong[field] = t.forms.wrong.long(long, limits[field]);
  }
  const [opened, due] = [midnightOf(draft.opened), midnightOf(draft.due)];
  if (draft.opened.trim() !== "" && opened === null) wrong.opened = t.forms.wrong.day;
  if (draft.due.trim() !== "" && due === null) wrong.due = t.forms.wrong.day;
  if (opened !== null && due !== null && due < opened) wrong.due = t.forms.wrong.due;
  return wrong;
}

/** The errors of a client. */
export function checkClient(draft: ClientForm): Wrong<ClientForm> {
  const wrong: Wrong<ClientForm> = {};
  if (nameKey(draft.name) === "") wrong.name = t.forms.wrong.name;
  if (draft.email.trim() !== "" && !/^\S+@\S+$/.test(draft.email.trim())) wrong.email = t.forms.wrong.email;
  const { name, email, phone, street, city, state, zip } = draft;
  for (const [field, long] of tooLong({ name, email, phone, street, city, state, zip })) {
    wrong[field] = t.forms.wrong.long(long, limits[field]);
  }
  return wrong;
}

/** Another client with this name; `self` is the id of the edited one, or null for a new one. */
export function namesake(
  name: string,
  clients: readonly ClientView[],
  self: string | null,
): ClientView | undefined {
  const key = nameKey(name);
  return clients.find(
    (client) => client.id !== self && !client.removed && key !== "" && nameKey(client.name) === key,
  );
}

/** A new matter: the next number of the year, opened today. `now` is in milliseconds since 1970. */
export function newMatter(client: string | null, matters: readonly MatterView[], now: number): MatterDraft {
  const today = new Date(now);
  const year = today.getFullYear();
  return {
    number: nextNumber(matters, year),
    title: "",
    description: "",
    client,
    status: "active",
    priority: "medium",
    assignedTo: [],
    opened: dayText(Date.UTC(year, today.getMonth(), today.getDate())),
    due: "",
  };
}

/** A new client. */
export function newClient(): ClientForm {
  return { name: "", email: "", phone: "", street: "", city: "", state: "", zip: "", active: true };
}

/** The number after the last of a year, if the firm uses this format: *2026-012* after *2026-011*. */
export function nextNumber(matters: readonly MatterView[], year: number): string {
  const counted = matters
    .map(({ number }) => /^(\d{4})-(\d+)$/.exec(nameKey(number)))
    .filter((found) => found?.[1] === String(year))
    .map((found) => found?.[2] ?? "0");
  const last = Math.max(0, ...counted.map(Number));
  const width = Math.max(3, ...counted.map((digits) => digits.length));
  return `${String(year)}-${String(last + 1).padStart(width, "0")}`;
}

/** A user that matters can be assigned to. */
export interface Person {
  id: string;
  name: string;
}

/** The known users: the current one, and those with an assigned matter. */
export function knownPeople(workspace: Workspace, matters: readonly MatterView[]): Person[] {
  const names: Record<string, string> = { [workspace.user]: workspace.person };
  for (const { assignedTo, people } of matters) {
    for (const [at, id] of assignedTo.entries()) names[id] ??= people[at] ?? id;
  }
  const [me, ...others] = Object.entries(names).map(([id, name]): Person => ({ id, name }));
  others.sort((one, other) => one.name.localeCompare(other.name));
  return me ? [me, ...others] : others;
}
