import { afterEach, describe, expect, it } from "vitest";

import { BackendError } from "../backend/refusal";
import { speech } from "./language.svelte";
import { because, catalogues } from "./reasons";

afterEach(() => {
  speech.choice = "system";
});

const gaps = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([gap]) => gap).sort();

describe("the reasons in German", () => {
  const { en, de } = catalogues;

  it("are those of the program, with the same gaps", () => {
    expect(Object.keys(de.reasons).sort()).toEqual(Object.keys(en.reasons).sort());
    expect(Object.keys(en.reasons).length).toBeGreaterThan(100);
    for (const code of Object.keys(en.reasons) as (keyof typeof en.reasons)[])
      expect([code, gaps(de.reasons[code])]).toEqual([code, gaps(en.reasons[code])]);
  });

  it.each(Object.keys(en.terms) as (keyof typeof en.terms)[])("have every term: %s", (gap) => {
    const own: Readonly<Record<string, string>> = de.terms[gap];
    expect(Object.keys(en.terms[gap]).filter((code) => !Object.hasOwn(own, code))).toEqual([]);
  });

  it("are whole sentences with German marks", () => {
    const texts = [de.reasons, ...Object.values(de.terms)].flatMap((texts) => Object.values(texts));
    for (const text of texts) {
      expect(text).toBe(text.trim());
      expect(text).not.toMatch(/^$| {2}|['"”]|\.\.\./);
    }
    for (const text of Object.values(de.reasons)) expect(text).toMatch(/[.})]$/);
  });
});

const closed = { code: "matter-closed", details: { title: "Müller ./. Meier" } };

describe("a reason", () => {
  it("is said in the language of the window, with its details", () => {
    speech.choice = "de";
    expect(because("The matter is closed.", [closed])).toMatch(
      /^Die Akte „Müller \.\/\. Meier“ ist geschlossen\./,
    );
    speech.choice = "en";
    expect(because("?", [closed])).toBe(
      "The matter “Müller ./. Meier” is closed. Reopen it, then file to it.",
    );
  });

  it("has its terms and numbers in that language, too", () => {
    speech.choice = "de";
    const details = { action: "write", path: "/media/stick", fault: "no-room" };
    expect(
      because("?", [
        { code: "could-not", details },
        { code: "tried-again", details: {} },
      ]),
    ).toBe(
      "„/media/stick“: Schreiben nicht möglich. Der Datenträger ist voll. Schaffen Sie Platz, und versuchen Sie es dann erneut. Es wird automatisch erneut versucht.",
    );
    const long = { code: "too-long", details: { field: "title", length: 20001, longest: 500 } };
    expect(because("?", [long])).toContain("Das Feld Titel hat 20.001 Zeichen");
  });

  it.each([
    [[]],
    [[{ code: "toString", details: {} }]],
    [[closed, { code: "of-a-newer-version", details: {} }]],
    [[{ code: "matter-closed", details: {} }]],
  ])("that is not known leaves the message as it came: %j", (reasons) => {
    speech.choice = "de";
    expect(because("The drive is on fire.", reasons)).toBe("The drive is on fire.");
  });
});

it("is the message of a request that failed", () => {
  speech.choice = "de";
  const told = { code: "tryLater" as const, message: "The firm's vault cannot be reached." };
  const error = new BackendError({ ...told, reasons: [{ code: "vault-unreachable", details: {} }] });
  expect([error.code, error.message]).toEqual(["tryLater", "Der Tresor der Kanzlei ist nicht erreichbar."]);
  expect(new BackendError(told).message).toBe(told.message);
});
