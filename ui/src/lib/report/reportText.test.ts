import { afterEach, beforeEach, expect, it } from "vitest";

import { speech } from "../text";
import { reportText } from "./reportText";

beforeEach(() => {
  speech.choice = "en";
});
afterEach(() => {
  speech.choice = "system";
});

it("names each file on one line, whatever is in its name", () => {
  const text = reportText(
    "Restored “Box”",
    ["24 restored"],
    {
      destination: "/home/dana/Back",
      renamed: [{ from: "Box/CON", to: "Box/CON_" }],
      problems: [{ path: "Box/a\nb.pdf", reason: "The disk is full." }],
    },
    false,
  );
  expect(text).toBe(
    [
      "Restored “Box”",
      "24 restored",
      "Restored to: /home/dana/Back",
      "",
      "1 file could not be restored",
      "  Box/a⟨U+000A⟩b.pdf: The disk is full.",
      "",
      "1 file was written under another name",
      "  Box/CON → Box/CON_",
      "",
    ].join("\n"),
  );
});

it("has nothing to say of a sound vault but its counts", () => {
  const sound = { destination: "", renamed: [], problems: [] };
  expect(reportText("The vault was checked", ["9 files sound"], sound, true)).toBe(
    "The vault was checked\n9 files sound\n",
  );
});
