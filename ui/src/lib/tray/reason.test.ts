import { afterEach, expect, it } from "vitest";

import { speech } from "../text";
import { sentence } from "./reason";

afterEach(() => {
  speech.choice = "system";
});

it("gives known reasons in the user’s language", () => {
  speech.choice = "de";
  expect(sentence({ code: "in-use", reason: "Open in another program." })).toMatch(
    /^In einem anderen Programm/,
  );
});

it.each(["drive-locked", "toString", "__proto__", ""])(
  "shows the original message for the code %j",
  (code) => {
    expect(sentence({ code, reason: "The drive is locked." })).toBe("The drive is locked.");
  },
);

it("says by the reasons what the code of the file leaves open", () => {
  speech.choice = "de";
  const told = {
    code: "unreadable",
    reason: "Could not be read: the drive is no longer connected.",
    reasons: [{ code: "unreadable", details: { fault: "drive-gone" } }],
  };
  expect(sentence(told)).toMatch(/^Konnte nicht gelesen werden: Das Laufwerk ist nicht mehr verbunden\./);
});
