import { beforeEach, describe, expect, it } from "vitest";

import type { MatterView, Workspace } from "../backend";
import { createFakeBackend } from "../backend/fake";
import { speech } from "../text";
import {
  checkClient,
  checkMatter,
  clientForm,
  dayText,
  knownPeople,
  matterDraft,
  matterForm,
  midnightOf,
  newClient,
  newMatter,
  nextNumber,
} from "./drafts";

let matters: MatterView[] = [];
let workspace: Workspace;

beforeEach(async () => {
  speech.choice = "en";
  const snapshot = await createFakeBackend().snapshot();
  ({ matters } = snapshot.matters);
  ({ workspace } = snapshot);
});

function matter(number: string): MatterView {
  const found = matters.find((one) => one.number === number);
  if (!found) throw new Error(`no matter ${number}`);
  return found;
}

describe("days in fields", () => {
  it.each([
    ["2024-01-04", Date.UTC(2024, 0, 4)],
    [" 2024-1-4 ", Date.UTC(2024, 0, 4)],
    ["2024-02-29", Date.UTC(2024, 1, 29)],
    ["2023-02-29", null],
    ["2024-13-01", null],
    ["4.1.2024", null],
    ["", null],
  ])("%s is %s", (text, midnight) => {
    expect(midnightOf(text)).toBe(midnight);
  });

  it("round-trip", () => {
    expect(dayText(Date.UTC(1999, 11, 31))).toBe("1999-12-31");
    expect(dayText(null)).toBe("");
  });
});

describe("a matter in a form", () => {
  it("is sent as shown if nothing was changed", () => {
    const shown = matter("2024-001");
    const sent = matterForm(matterDraft(shown));
    expect(shown).toMatchObject(sent);
  });

  it("needs a unique number and a title", () => {
    const draft = { ...matterDraft(matter("2024-001")), number: " ", title: "" };
    const wrong = checkMatter(draft, matters, "m-2024-001", false);
    expect(Object.keys(wrong).sort()).toEqual(["number", "title"]);
    const taken = checkMatter({ ...draft, number: "2024-017 ", title: "x" }, matters, "m-2024-001", false);
    expect(taken.number).toContain("Lease dispute");
  });

  it("may keep its number, and the firm’s own matter has none", () => {
    expect(checkMatter(matterDraft(matter("2024-001")), matters, "m-2024-001", false)).toEqual({});
    expect(checkMatter(matterDraft(matter("")), matters, "general", true)).toEqual({});
  });

  it("is not due before it was opened, and only on valid dates", () => {
    const draft = { ...matterDraft(matter("2024-001")), opened: "2024-05-01", due: "2024-04-30" };
    expect(checkMatter(draft, matters, "m-2024-001", false)).toEqual({ due: expect.any(String) as string });
    expect(Object.keys(checkMatter({ ...draft, opened: "soon" }, matters, "m-2024-001", false))).toEqual([
      "opened",
    ]);
  });

  it("starts with the next number of the year, opened today, if new", () => {
    const draft = newMatter("abc", matters, new Date(2026, 10, 22, 23, 30).getTime());
    expect(draft).toMatchObject({
      number: "2026-012",
      client: "abc",
      opened: "2026-11-22",
      status: "active",
    });
  });

  it.each([
    [["2026-001", "2026-009", "2025-777"], "2026-010"],
    [["2026-0099"], "2026-0100"],
    [[], "2026-001"],
    [["A/17"], "2026-001"],
  ])("continues %j with %s", (numbers, next) => {
    expect(
      nextNumber(
        numbers.map((number) => ({ ...matter("2024-001"), number })),
        2026,
      ),
    ).toBe(next);
  });
});

describe("a client in a form", () => {
  it("needs a name, and a valid address", () => {
    expect(Object.keys(checkClient(newClient()))).toEqual(["name"]);
    expect(Object.keys(checkClient({ ...newClient(), name: "A", email: "nowhere" }))).toEqual(["email"]);
    expect(checkClient({ ...newClient(), name: "A", email: "a@b.example" })).toEqual({});
  });

  it("is sent without outer spaces", () => {
    expect(clientForm({ ...newClient(), name: "  A & B " }).name).toBe("A & B");
  });
});

it("lists the users, the current one first", () => {
  const people = knownPeople(workspace, matters);
  expect(people[0]).toEqual({ id: workspace.user, name: workspace.person });
  expect(people.map(({ name }) => name)).toContain("James Hale");
  expect(new Set(people.map(({ id }) => id)).size).toBe(people.length);
});
