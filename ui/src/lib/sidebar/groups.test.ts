import { beforeEach, describe, expect, it } from "vitest";

import type { ClientView, MatterView } from "../backend";
import { createFakeBackend } from "../backend/fake";
import { groups, rows, typedAhead } from "./groups";
import { Typing } from "./typing";

let clients: ClientView[] = [];
let matters: MatterView[] = [];

beforeEach(async () => {
  ({ clients, matters } = (await createFakeBackend().snapshot()).matters);
});

const numbers = (list: ReturnType<typeof groups>) =>
  list.map((group) => group.matters.map(({ number }) => number));
const names = (list: ReturnType<typeof groups>) =>
  list.map(({ firm, client }) => (firm ? "firm" : (client?.name ?? "")));

describe("the list on the left", () => {
  it("has the firm’s own matter first, then clients by name with their matters by number", () => {
    const list = groups(clients, matters, "active", "number", "en");
    expect(names(list).slice(0, 3)).toEqual(["firm", "ABC Corporation", "Estate of M. Okafor"]);
    expect(numbers(list)[1]).toEqual(["2024-001", "2024-017"]);
  });

  it("shows the matching matters of each filter, and no removed ones", () => {
    const of = (filter: Parameters<typeof groups>[2]) =>
      groups(clients, matters, filter, "number", "en").flatMap((group) => group.matters);
    expect(of("active").every(({ status, removed }) => status === "active" && !removed)).toBe(true);
    expect(of("closed").map(({ number }) => number)).toEqual(["2022-045"]);
    expect(of("onHold").map(({ number }) => number)).toEqual(["2025-003"]);
    expect(of("mine").every(({ mine }) => mine)).toBe(true);
    expect(of("mine").length).toBeGreaterThan(0);
  });

  it("shows clients without a matter as active, unless closed or removed", () => {
    const fresh = clients.map((client) => (client.id === "prior" ? { ...client, active: true } : client));
    expect(names(groups(fresh, matters, "active", "number", "en"))).toContain("Prior & Partners (dissolved)");
    expect(names(groups(clients, matters, "active", "number", "en"))).not.toContain(
      "Prior & Partners (dissolved)",
    );
    expect(names(groups(fresh, matters, "closed", "number", "en"))).not.toContain(
      "Prior & Partners (dissolved)",
    );
  });

  it("sorts by title, and by the last filing", () => {
    const title = groups(clients, matters, "active", "title", "en").find(({ key }) => key === "northwind");
    expect(title?.matters.map((one) => one.title.slice(0, 9))).toEqual([
      "Discovery",
      "Employmen",
      "Investiga",
    ]);
    const filed = matters.map((one) => (one.number === "2025-027" ? { ...one, lastFiled: 9e12 } : one));
    const [, first] = groups(clients, filed, "active", "lastFiled", "en");
    expect(first?.client?.id).toBe("noor");
  });

  it("keeps matters whose client is unknown", () => {
    const strays = matters.map((one) => (one.number === "2024-017" ? { ...one, client: "nobody" } : one));
    const list = groups(clients, strays, "active", "number", "en");
    expect(list.at(-1)?.matters.map(({ number }) => number)).toEqual(["2024-017"]);
  });

  it("is searched for typed letters, from the next row and around", () => {
    const list = rows(groups(clients, matters, "active", "number", "en"));
    const at = (number: string) => list.findIndex(({ matter }) => matter?.number === number);
    expect(typedAhead(list, 0, "2024-0")).toBe(at("2024-001"));
    expect(typedAhead(list, at("2024-001") + 1, "2024-0")).toBe(at("2024-017"));
    expect(typedAhead(list, list.length - 1, "probate")).toBe(at("2023-112"));
    expect(typedAhead(list, 0, "zzz")).toBe(-1);
  });
});

describe("letters typed in a list", () => {
  it("form a word if typed quickly", () => {
    const typing = new Typing();
    expect([typing.add("p", 1000), typing.add("r", 1200), typing.add("o", 1800)]).toEqual(["p", "pr", "pro"]);
    expect(typing.goesOn(2000)).toBe(true);
    expect(typing.add("a", 3000)).toBe("a");
    expect(typing.goesOn(9000)).toBe(false);
  });

  it("move to the next row when one is repeated", () => {
    const typing = new Typing();
    expect([typing.add("p", 1000), typing.add("p", 1200)]).toEqual(["p", "p"]);
  });
});
