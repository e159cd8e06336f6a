import { afterEach, beforeEach, expect, it } from "vitest";

import { dateTime } from "../format";
import { speech } from "../text";
import { orphan, reportWith, storedTwice } from "../../testing/reports";
import { reportText } from "./reportText";

beforeEach(() => {
  speech.choice = "en";
});
afterEach(() => {
  speech.choice = "system";
});

it("names each file on one line, with any name", () => {
  const text = reportText(
    "Restored “Box”",
    ["24 restored"],
    reportWith({
      destination: "/home/dana/Back",
      renamed: [
        { from: "Box/CON", to: "Box/CON_", source: null },
        { from: "Documents", to: "Documents (2)", source: "/media/usb/J. Hale/Documents" },
      ],
      otherTimes: [{ path: "Box/old.tif", received: 0, restored: Date.UTC(1980, 0, 2, 12) }],
      unmarked: 2,
      problems: [{ path: "Box/a\nb.pdf", reason: "The disk is full." }],
    }),
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
      "1 kept separate from another of the same name",
      "  /media/usb/J. Hale/Documents → Documents (2)",
      "",
      "1 file was written under another name",
      "  Box/CON → Box/CON_",
      "",
      "1 file with the nearest time the drive can store",
      `  Box/old.tif: ${dateTime(Date.UTC(1980, 0, 2, 12))} instead of ${dateTime(0)}`,
      "",
      "2 files are not marked as coming from outside the firm",
      "The drive can’t store this mark, so programs take no precautions with these files. Be as careful with them as with e-mail attachments.",
      "",
    ].join("\n"),
  );
});

it("reports only the counts of a sound vault", () => {
  expect(reportText("The vault was checked", ["9 files intact"], reportWith(), true)).toBe(
    "The vault was checked\n9 files intact\n",
  );
});

it("lists content without a record, but not as a problem", () => {
  const found = reportWith({ orphaned: [orphan] });
  expect(reportText("The vault was checked", ["9 files intact"], found, true).split("\n")).toEqual([
    "The vault was checked",
    "9 files intact",
    "",
    "1 file is stored without a record",
    expect.stringContaining("They do no harm"),
    "  teams/t1/matters/m1/files/0198 (1.3 MB)",
    "",
  ]);
});

it("lists each copy of content stored more than once", () => {
  const found = reportWith({ doubles: [storedTwice(1_310_000)] });
  expect(reportText("The vault was checked", [], found, true).split("\n")).toEqual([
    "The vault was checked",
    "",
    "1 file is stored more than once",
    expect.stringMatching(/^Nothing is lost.* The extra copies take up 1\.3 MB\./),
    "  teams/t1/matters/general/files/4e07 (1.3 MB)",
    "  teams/t1/matters/m1/files/4e07 (1.3 MB)",
    "",
  ]);
});
