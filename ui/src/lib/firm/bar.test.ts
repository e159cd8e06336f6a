import { beforeEach, describe, expect, it } from "vitest";

import type { Sync, WaitingEdit } from "../backend";
import { speech, t } from "../text";
import { asOf, bar, type Standing } from "./bar";

const now = new Date(2026, 10, 22, 14, 0).getTime();
const since = new Date(2026, 10, 22, 10, 32).getTime();

const edit = (refused: string | null = null): WaitingEdit => ({ id: "e", refused }) as WaitingEdit;

function said(sync: Partial<Sync> | null, rest: Partial<Standing> = {}) {
  const whole: Sync | null = sync && { state: "current", since, taken: 0, message: "", ...sync };
  return bar({ sync: whole, edits: [], unreadable: 0, files: 0, lasting: false, now, ...rest });
}

beforeEach(() => {
  speech.choice = "en";
});

describe("the bar about the firm’s vault", () => {
  it("is empty while all is well, and for the vault of this computer", () => {
    expect(said({})).toBeNull();
    expect(said(null, { files: 3, edits: [edit("No.")] })).toBeNull();
    expect(said({}, { files: 12, edits: [edit()] })).toBeNull();
  });

  it("shows since when it is offline, and what waits", () => {
    expect(said({ state: "offline" }, { files: 14, edits: [edit(), edit()] })).toMatchObject({
      about: "offline",
      tone: "quiet",
      text: `Offline — as of ${asOf(since, now)}.`,
      more: "14 files waiting, 2 changes waiting.",
    });
    expect(said({ state: "offline" }, { files: 1 })?.more).toBe("1 file waiting.");
    expect(said({ state: "offline" }, { edits: [edit()] })?.more).toBe("1 change waiting.");
    expect(said({ state: "offline" })?.more).toBe("");
    expect(said({ state: "offline", since: null })?.text).toBe(t.firm.bar.never);
  });

  it("shows that it catches up only when that lasts, with a count once there is one", () => {
    expect(said({ state: "catchingUp", taken: 12_400 })).toBeNull();
    expect(said({ state: "catchingUp" }, { lasting: true })).toMatchObject({ more: "" });
    expect(said({ state: "catchingUp", taken: 12_400 }, { lasting: true })).toMatchObject({
      text: "Getting the firm’s records…",
      more: "12,400",
    });
  });

  it("shows first why the user has to sign in", () => {
    const ended = said({ state: "signIn", message: "Your session ended." }, { edits: [edit("No.")] });
    expect(ended).toMatchObject({ about: "signIn", tone: "warn", text: "Your session ended." });
    expect(said({ state: "signIn" })?.text).toBe(t.firm.bar.signInNeeded);
  });

  it("shows that changes could not be written, even if all else is well", () => {
    expect(said({}, { edits: [edit("No."), edit()] })).toMatchObject({
      about: "refused",
      text: "1 change could not be saved to the firm’s vault.",
    });
    expect(said({ state: "catchingUp" }, { edits: [edit("No.")], lasting: true })?.about).toBe("refused");
  });

  it("shows unreadable entries discreetly, after everything else", () => {
    expect(said({}, { unreadable: 3 })).toMatchObject({
      about: "unreadable",
      tone: "quiet",
      text: "3 entries in the firm’s vault cannot be read.",
      more: "Everything else is shown.",
    });
    expect(said({}, { unreadable: 1 })?.text).toBe("1 entry in the firm’s vault cannot be read.");
    const others = { unreadable: 3, edits: [edit("No.")], lasting: true };
    expect(said({}, others)?.about).toBe("refused");
    expect(said({ state: "offline" }, others)?.about).toBe("offline");
    expect(said({ state: "catchingUp" }, { unreadable: 3, lasting: true })?.about).toBe("catchingUp");
    expect(said(null, { unreadable: 3 })).toBeNull();
  });

  it("names the day if it was not today", () => {
    const yesterday = since - 86_400_000;
    expect(asOf(since, now)).toMatch(/^10:32/);
    expect(asOf(yesterday, now)).toMatch(/21.*10:32/);
  });
});
