import { beforeEach, expect, it, vi } from "vitest";

import { BackendError } from "../backend";
import { createFakeBackend, type FakeBackend, type FakeOptions, manualClock } from "../backend/fake";
import { signingInTakes } from "../backend/fake/firms";
import { Firms } from "./firms.svelte";

const clock = manualClock();
const reopen = vi.fn();
let backend: FakeBackend;
let firms: Firms;

async function open(options: FakeOptions = {}): Promise<void> {
  backend = createFakeBackend({ archive: 10, clock, ...options });
  firms = new Firms(backend, reopen);
  await backend.watch((event) => {
    firms.onEvent(event);
  });
  await firms.ask();
}

beforeEach(async () => {
  reopen.mockReset();
  await open();
});

/** Lets pending requests be answered. */
const nextTask = () => new Promise((resolve) => setTimeout(resolve));

it("knows the firms, and which of them is the active one", () => {
  expect(firms.view.firms.map(({ id }) => id)).toEqual(["hale-moore", "hale-moore-training", "lakeside"]);
  expect(firms.active?.name).toBe("Hale & Moore LLP");
});

it("keeps the known firms when there is no answer", async () => {
  await open({ answers: { firms: new BackendError({ code: "tryLater", message: "Busy." }) } });
  expect(firms.view).toEqual({ active: null, firms: [] });
});

it("shows the fields of a chosen connection, and trusts it only on confirmation", async () => {
  expect(await firms.choose()).toBeNull();
  expect(firms.offer).toMatchObject({ name: "Brandt, Osei & Partners", project: "brandt-osei-vault" });
  expect(backend.asked).not.toContain("connect");
  expect(await firms.connect()).toBeNull();
  expect(firms.offer).toBeNull();
  expect(firms.active?.project).toBe("brandt-osei-vault");
  expect(reopen).toHaveBeenCalledOnce();
});

it("discards a connection that is not trusted, and one that is replaced", async () => {
  backend.outside.connection({ id: "first" });
  backend.outside.connection({ id: "second" });
  await nextTask();
  expect(backend.argumentsOf("discardConnection")).toEqual(["first"]);
  expect(firms.offer?.id).toBe("second");
  firms.discard();
  await nextTask();
  expect(backend.argumentsOf("discardConnection")).toEqual(["second"]);
  expect(firms.offer).toBeNull();
});

it("keeps a connection that could not be trusted, with the reason", async () => {
  await open({ answers: { connect: new BackendError({ code: "invalid", message: "Not signed." }) } });
  backend.outside.connection();
  expect(await firms.connect()).toBe("Not signed.");
  expect(firms.offer).not.toBeNull();
  expect(reopen).not.toHaveBeenCalled();
});

it("shows nothing when the user chooses no file, and the reason when the file is invalid", async () => {
  await open({ answers: { chooseConnection: new BackendError({ code: "stopped", message: "" }) } });
  expect(await firms.choose()).toBeNull();
  await open({ answers: { chooseConnection: new BackendError({ code: "invalid", message: "No such." }) } });
  expect(await firms.choose()).toBe("No such.");
});

it("waits for the browser until the user has signed in", async () => {
  await open({ signedOut: true });
  const signedIn = firms.signIn("hale-moore");
  expect(firms.signingIn).toEqual({ firm: "hale-moore", phase: "browser" });
  await nextTask();
  clock.advance(signingInTakes);
  await signedIn;
  expect(firms.signingIn).toEqual({ firm: "hale-moore", phase: "opening" });
  expect(reopen).toHaveBeenCalledOnce();
  expect(firms.opened()).toBe(true);
  expect(firms.signingIn).toBeNull();
  expect(firms.opened()).toBe(false);
});

it("stops signing in when the vault is open before the answer arrives", async () => {
  await open({ signedOut: true });
  reopen.mockImplementation(() => firms.opened());
  const signedIn = firms.signIn("hale-moore");
  await nextTask();
  clock.advance(signingInTakes);
  await signedIn;
  expect(firms.signingIn).toBeNull();
});

it("stops waiting for the browser when the user cancels, without a message", async () => {
  const signedIn = firms.signIn("lakeside");
  await nextTask();
  await firms.cancelSignIn();
  await signedIn;
  expect([firms.signingIn, firms.refusal]).toEqual([null, null]);
});

it("shows why sign-in failed, until the next try", async () => {
  backend.outside.refuseSignIn("You are no member of this firm.");
  const signedIn = firms.signIn("lakeside");
  await nextTask();
  clock.advance(signingInTakes);
  await signedIn;
  expect([firms.signingIn, firms.refusal]).toEqual([null, "You are no member of this firm."]);
  void firms.signIn("lakeside");
  expect(firms.refusal).toBeNull();
});

it("opens another vault, and cancels the sign-in first", async () => {
  const signedIn = firms.signIn("lakeside");
  await nextTask();
  expect(await firms.switchTo(null)).toBeNull();
  await signedIn;
  expect(backend.argumentsOf("switchWorkspace")).toEqual([null]);
  expect(firms.signingIn).toBeNull();
  expect(reopen).toHaveBeenCalledOnce();
});

it("does not reopen the open vault", async () => {
  await firms.switchTo("hale-moore");
  expect(backend.asked).not.toContain("switchWorkspace");
});

it("removes a connection only while signed out", async () => {
  expect(await firms.forget("hale-moore")).toContain("Sign out of Hale & Moore LLP first");
  expect(firms.view.firms).toHaveLength(3);
  expect(await firms.forget("lakeside")).toBeNull();
  expect(firms.view.firms).toHaveLength(2);
});
