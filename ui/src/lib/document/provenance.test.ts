import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { createFakeBackend, manualClock } from "../backend/fake";
import type { DocumentView, EventView } from "../backend";
import { speech } from "../text";
import { asText, grouped, placesOf, provenance } from "./provenance";

const event: EventView = {
  id: "e1",
  kind: "stored",
  at: Date.UTC(2026, 10, 2, 17, 20),
  drop: "d1",
  matter: "m1",
  name: "MSA.pdf",
  folder: "USB stick/Old office",
  source: "/media/usb/USB stick",
  size: 1_842_113,
  modified: Date.UTC(2023, 2, 3, 16, 4),
  content: "9f2c",
  person: "James Hale",
  device: "Laptop",
  appVersion: "0.1.0",
  reason: null,
};

const document: DocumentView = {
  content: "9f2c41ab",
  size: 1_842_113,
  records: [
    {
      id: "r1",
      matter: "m1",
      matterNumber: "2024-001",
      matterTitle: "Contract Review",
      name: "MSA.pdf",
      modified: event.modified,
      folders: ["USB stick/Old office"],
      storagePath: "teams/t/matters/m1/files/9f2c41ab.pdf",
      person: "James Hale",
    },
  ],
  events: [
    event,
    { ...event, id: "e2", kind: "already", at: event.at + 86_400_000, folder: "", name: "Copy of MSA.pdf" },
    { ...event, id: "e3", kind: "failed", reason: "Open in another program.", folder: "Desk\nforged: yes" },
  ],
  preview: "pdf",
  canOpen: true,
};

const matters = [{ id: "m1", number: "2024-001", title: "Contract Review" }] as never;
const written = () =>
  provenance({
    document,
    name: "MSA.pdf",
    matters,
    version: "0.1.0",
    now: Date.UTC(2026, 10, 22, 10, 32),
    zone: "UTC",
  });

beforeEach(() => {
  speech.choice = "en";
});
afterEach(() => {
  speech.choice = "system";
});

describe("the provenance of a document", () => {
  it("names every place, newest first, and leaves out attempts without a document", () => {
    expect(placesOf(document.events).map(({ id }) => id)).toEqual(["e2", "e1"]);
    const { places } = written();
    expect(places.rows).toHaveLength(2);
    expect(places.rows.map(([folder, name]) => [folder, name])).toEqual([
      ["No folder", "Copy of MSA.pdf"],
      ["USB stick/Old office", "MSA.pdf"],
    ]);
    expect(places.rows[1]?.[4]).toBe("Laptop: /media/usb/USB stick");
    expect(places.rows.every((row) => row.length === places.columns.length)).toBe(true);
  });

  it("lists every event, including failures with their reasons", () => {
    const { events } = written();
    expect(events.rows).toHaveLength(3);
    expect(events.rows[2]?.[1]).toBe("Failed: Open in another program.");
  });

  it("gives the whole SHA-256 and the exact length", () => {
    const text = asText(written());
    expect(text).toContain("SHA-256: 9f2c41ab\n");
    expect(text).toContain("1,842,113 bytes");
  });

  it("lets no name add a line", () => {
    const lines = asText(written()).split("\n");
    expect(lines.filter((line) => line.startsWith("forged"))).toEqual([]);
    expect(asText(written())).toContain("Desk⟨U+000A⟩forged: yes/MSA.pdf");
  });

  it("is written in German, with German numbers", () => {
    speech.choice = "de";
    const text = asText(written());
    expect(text).toContain("Herkunft eines Dokuments");
    expect(text).toContain("1.842.113 Byte");
    expect(text).toContain("Abgelegt von: James Hale");
  });

  it("has all places that the vault knows", async () => {
    const backend = createFakeBackend({ clock: manualClock() });
    const { id } = await backend.listFiles({
      matter: "m-2024-001",
      folder: "",
      deep: true,
      filter: "Master Services Agreement (signed)",
      sort: "name",
      descending: false,
    });
    const [row] = await backend.fileRows(id, 0, 1);
    const known = await backend.document(row?.content ?? "", row?.matter ?? null, row?.id ?? null);
    expect(placesOf(known.events)).toHaveLength(3);
  });
});

it("groups digits in fours, a shorter rest too", () => {
  expect(grouped("9f2c41ab77d")).toBe("9f2c 41ab 77d");
  expect(grouped("")).toBe("");
});
