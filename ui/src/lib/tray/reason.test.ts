import { afterEach, expect, it } from "vitest";

import { speech } from "../text";
import { sentence } from "./reason";

afterEach(() => {
  speech.choice = "system";
});

it("says in the language of the person what it knows", () => {
  speech.choice = "de";
  expect(sentence({ code: "in-use", reason: "Open in another program." })).toMatch(
    /^In einem anderen Programm/,
  );
});

it.each(["drive-locked", "toString", "__proto__", ""])(
  "says what it was told where the code is %j",
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
