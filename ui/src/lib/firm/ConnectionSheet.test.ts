import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, expect, it } from "vitest";

import { BackendError, type ConnectionOffer } from "../backend";
import { createFakeBackend, type FakeBackend, type FakeOptions } from "../backend/fake";
import { Firms } from "../state/firms.svelte";
import { speech, t } from "../text";
import ConnectionSheet from "./ConnectionSheet.svelte";

let backend: FakeBackend;
let firms: Firms;

async function show(says: Partial<ConnectionOffer> = {}, options: FakeOptions = {}): Promise<void> {
  backend = createFakeBackend({ archive: 10, ...options });
  firms = new Firms(backend);
  await backend.watch((event) => {
    firms.onEvent(event);
  });
  backend.outside.connection(says);
  if (!firms.offer) throw new Error("a connection is shown");
  render(ConnectionSheet, { firms, offer: firms.offer });
}

beforeEach(() => {
  speech.choice = "en";
});

it("shows all fields of a connection, and that names prove nothing", async () => {
  await show();
  for (const said of [
    "Brandt, Osei & Partners",
    "brandt-osei-vault",
    "brandt-osei-vault.firebasestorage.app",
    "https://accounts.google.com/",
    "accounts.google.com, oauth2.googleapis.com",
    t.firm.connection.check,
  ]) {
    expect(screen.getByText(said)).toBeDefined();
  }
  expect(screen.queryByText(t.firm.connection.trainingNote)).toBeNull();
  expect(screen.queryByText(t.firm.connection.emulatorsNote)).toBeNull();
  expect(screen.queryByText(t.firm.connection.knownNote)).toBeNull();
});

it("warns of training, of emulators, and of a connection that is replaced", async () => {
  await show({ training: true, emulators: true, known: true });
  expect(screen.getByText(t.firm.connection.trainingNote)).toBeDefined();
  expect(screen.getByText(t.firm.connection.emulatorsNote)).toBeDefined();
  expect(screen.getByText(t.firm.connection.knownNote)).toBeDefined();
});

it("shows old and new values of changed fields, and that a new sign-in is needed", async () => {
  await show({
    known: true,
    changes: [
      { fact: "bucket", before: "brandt-osei-vault", now: "somebody-elses" },
      { fact: "clientSecret", before: "", now: "GOCSPX-1" },
    ],
  });
  for (const said of [
    t.firm.connection.changes,
    t.firm.connection.facts.clientSecret,
    "brandt-osei-vault",
    "somebody-elses",
    t.firm.connection.nothing,
    "GOCSPX-1",
    t.firm.connection.changesAgain,
  ]) {
    expect(screen.getAllByText(said).length).toBeGreaterThan(0);
  }
  expect(screen.queryByText(t.firm.connection.knownNote)).toBeNull();
  expect(screen.getByRole("button", { name: t.firm.connection.replace })).toBeDefined();
});

it("needs no new sign-in if only the name changes", async () => {
  await show({
    known: true,
    changes: [{ fact: "name", before: "Brandt & Osei", now: "Brandt, Osei & Partners" }],
  });
  expect(screen.queryByText(t.firm.connection.changesAgain)).toBeNull();
});

it("makes hidden characters in a name visible", async () => {
  await show({ name: "Hale\u202e & Moore", project: "hale\u200bmoore" });
  expect(screen.getByText("Hale⟨U+202E⟩ & Moore")).toBeDefined();
  expect(screen.getByText("hale⟨U+200B⟩moore")).toBeDefined();
});

it("trusts only a connection that the user confirms", async () => {
  await show();
  await fireEvent.click(screen.getByRole("button", { name: t.controls.cancel }));
  expect(backend.asked).toEqual(["discardConnection"]);
  expect(firms.offer).toBeNull();
});

it("connects", async () => {
  await show();
  await fireEvent.click(screen.getByRole("button", { name: t.firm.connection.connect }));
  await expect.poll(() => firms.active?.project).toBe("brandt-osei-vault");
});

it("shows why it could not connect, and stays open", async () => {
  const answers = { connect: new BackendError({ code: "invalid", message: "The file was changed." }) };
  await show({}, { answers });
  await fireEvent.click(screen.getByRole("button", { name: t.firm.connection.connect }));
  expect((await screen.findByText("The file was changed.")).closest("[role=alert]")).not.toBeNull();
  expect(screen.getByRole<HTMLButtonElement>("button", { name: t.firm.connection.connect }).disabled).toBe(
    false,
  );
});
