import { beforeEach, expect, it } from "vitest";

import { BackendError, type Snapshot } from "../backend";
import { createFakeBackend, type FakeBackend, type FakeOptions, manualClock } from "../backend/fake";
import { signingInTakes } from "../backend/fake/firms";
import { editedMatter } from "../forms/editing";
import { speech, t } from "../text";
import type { App } from "./app.svelte";
import { Session } from "./session.svelte";

const clock = manualClock();
let backend: FakeBackend;
let opening: Session;

async function open(options: FakeOptions = {}): Promise<void> {
  backend = createFakeBackend({ archive: 10, clock, ...options });
  opening = new Session(backend);
  await opening.open();
}

/** The state of the open window. */
function app(): App {
  if (opening.stage.kind !== "open") throw new Error(`the window is not open: ${opening.stage.kind}`);
  return opening.stage.app;
}

async function signIn(): Promise<void> {
  const signedIn = opening.firms.signIn("hale-moore");
  await expect.poll(() => backend.asked.at(-1)).toBe("signIn");
  clock.advance(signingInTakes);
  await signedIn;
  await expect.poll(() => opening.stage.kind).toBe("open");
}

beforeEach(() => {
  speech.choice = "en";
});

it("opens the active vault", async () => {
  await open();
  expect(app().workspace).toMatchObject({ firm: "hale-moore", email: "dana.ruiz@hale-moore.example" });
  expect(opening.firms.active?.id).toBe("hale-moore");
});

it("asks to sign in if nobody is signed in, and then opens the vault", async () => {
  await open({ signedOut: true });
  expect(opening.stage).toEqual({
    kind: "signIn",
    message: "Sign in to Hale & Moore LLP to open its vault.",
  });
  expect(opening.firms.active?.name).toBe("Hale & Moore LLP");
  await signIn();
  expect(app().workspace.person).toBe("Dana Ruiz");
  expect(app().messages.all).toEqual([]);
});

it("shows once that the next start needs a new sign-in", async () => {
  await open({ signedOut: true });
  backend.outside.forgetPassword();
  await signIn();
  await expect
    .poll(() => app().messages.all)
    .toMatchObject([{ tone: "notice", text: t.firm.signIn.notRemembered }]);
  const first = app();
  backend.tell({ kind: "workspace" });
  await expect.poll(() => opening.stage.kind === "open" && app() !== first).toBe(true);
  expect(app().messages.all).toEqual([]);
});

it("shows nothing of a vault once another is open", async () => {
  await open();
  app().openMatter("m-2023-112");
  await opening.firms.switchTo(null);
  expect(opening.stage.kind).toBe("asking");
  await expect.poll(() => opening.stage.kind).toBe("open");
  expect(app().workspace.local).toBe(true);
  expect(app().matterId).toBe("general");
  expect(app().sync).toBeNull();
});

it("returns to the same place when the same vault is reopened", async () => {
  await open();
  app().openMatter("m-2023-112", { tab: "details" });
  const before = app();
  const matter = before.matter;
  if (!matter) throw new Error("a matter is open");
  editedMatter(before, matter).draft.title = "Half a sen";
  backend.tell({ kind: "workspace" });
  await expect.poll(() => opening.stage.kind === "open" && app() !== before).toBe(true);
  expect([app().matterId, app().tab]).toEqual(["m-2023-112", "details"]);
  expect(editedMatter(app(), matter).draft.title).toBe("Half a sen");
});

it("shows why a vault is not open, and its firm", async () => {
  const damaged = new BackendError({ code: "damaged", message: "vault.db is damaged." });
  await open({ answers: { snapshot: damaged } });
  expect(opening.stage).toEqual({ kind: "failed", message: "vault.db is damaged." });
  expect(opening.firms.active?.id).toBe("hale-moore");
});

it("opens the last requested vault, in any order of answers", async () => {
  const whole = createFakeBackend({ archive: 10 });
  const answers: ((snapshot: Snapshot) => void)[] = [];
  const snapshot = await whole.snapshot();
  backend = createFakeBackend({
    archive: 10,
    answers: { snapshot: () => new Promise<Snapshot>((done) => answers.push(done)) },
  });
  opening = new Session(backend);
  const first = opening.open();
  const second = opening.open();
  await expect.poll(() => answers.length).toBe(2);
  answers[1]?.({ ...snapshot, version: "second" });
  await second;
  answers[0]?.({ ...snapshot, version: "first" });
  await first;
  expect(app().version).toBe("second");
});

it("opens a firm’s vault without the first-start page", async () => {
  const whole = createFakeBackend({ archive: 10 });
  const snapshot = { ...(await whole.snapshot()), welcomed: false };
  await open({ answers: { snapshot } });
  expect(app().welcomed).toBe(true);
  expect(app().matter).not.toBeNull();
  expect(backend.asked).not.toContain("welcomed");
});
