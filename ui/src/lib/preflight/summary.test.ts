import { afterEach, beforeEach, describe, expect, it } from "vitest";

import type { PreflightView } from "../backend";
import { speech, t } from "../text";
import { countOf, dropped, fileLabel, isNothing, lead, leftOutRow, lists, partsOf, toFile } from "./summary";

beforeEach(() => {
  speech.choice = "en";
});
afterEach(() => {
  speech.choice = "system";
});

const none: PreflightView = {
  found: 0,
  folders: 0,
  new: 0,
  already: 0,
  repeated: 0,
  leftOut: 0,
  problems: 0,
  bytes: 0,
  bytesToStore: 0,
  sameNames: 0,
  offlineEstimate: false,
};
const box = {
  ...none,
  found: 2284,
  folders: 61,
  new: 1950,
  already: 281,
  repeated: 51,
  leftOut: 2,
  bytes: 3.9e9,
};

describe("a pre-flight", () => {
  it("reports what was found, and files all but left-out and unreadable entries", () => {
    expect(lead(box)).toBe("2,284 files in 61 folders, 3.9 GB. Nothing has been stored yet.");
    expect(toFile({ ...box, problems: 3 })).toBe(2282);
    expect(fileLabel(box)).toBe("File 2,282 files");
  });

  it("reports that everything is stored already, and records the places", () => {
    const known = { ...none, found: 3431, folders: 88, already: 3431 };
    expect(lead(known)).toBe("Everything is already in the vault; 3,431 places will be recorded.");
    expect(fileLabel(known)).toBe("Record 3,431 places");
  });

  it("does not report everything as stored if anything is left out or unreadable", () => {
    const known = { ...none, found: 12, folders: 1, already: 9 };
    const said = "The 9 files that can be filed are already in the vault; their places will be recorded.";
    expect(lead({ ...known, leftOut: 3 })).toBe(said);
    expect(lead({ ...known, problems: 3 })).toBe(said);
    expect(lead({ ...known, already: 1, problems: 3 })).toMatch(/^The only file that can be filed is/);
  });

  it("counts repeated files as already in the vault", () => {
    expect(lists.map((list) => [list, countOf(box, list)])).toEqual([
      ["new", 1950],
      ["known", 332],
      ["leftOut", 2],
      ["problems", 0],
    ]);
    expect(partsOf(box, "known")).toEqual([
      ["already", 281],
      ["repeated", 51],
    ]);
    const { known } = t.preflight.rows;
    expect(known(281, 51)).toMatch(/^already in the vault — .*; 51 with duplicate content/);
    expect(known(0, 15)).toMatch(/^duplicate content within this drop/);
    expect(known(332, 0)).not.toContain("duplicate");
  });

  it("uses the singular for one", () => {
    const one = { ...none, found: 1, new: 1, bytes: 900 };
    expect(lead(one)).toBe("1 file, 900 bytes. Nothing has been stored yet.");
    expect(fileLabel(one)).toBe("File 1 file");
    expect(fileLabel({ ...none, found: 1, already: 1 })).toBe("Record 1 place");
  });

  it("offers nothing for an empty drop, and the list for an unreadable one", () => {
    expect(lead(none)).toBe("It contains nothing to file.");
    expect([fileLabel(none), isNothing(none)]).toEqual(["Nothing to file", true]);
    expect(lead({ ...none, found: 4, problems: 4 })).toBe("Nothing could be read.");
    expect(fileLabel({ ...none, found: 4, problems: 4 })).toBe("Keep the list");
    expect(isNothing({ ...none, found: 4, problems: 4 })).toBe(false);
  });

  it("states that nothing will be filed if everything is left out", () => {
    const leftOut = (count: number) => ({ ...none, found: count, folders: 1, leftOut: count });
    expect(lead(leftOut(12))).toBe("All 12 files are left out. Nothing will be filed.");
    expect(lead(leftOut(1))).toBe("The only file is left out. Nothing will be filed.");
    expect([fileLabel(leftOut(12)), isNothing(leftOut(12))]).toEqual(["Nothing to file", true]);
    speech.choice = "de";
    expect(lead(leftOut(12))).toBe("Alle 12 Dateien werden ausgelassen. Es wird nichts abgelegt.");
  });

  it("states the number of folders in the correct German case", () => {
    speech.choice = "de";
    expect(lead(box)).toMatch(/^2\.284 Dateien in 61 Ordnern, /);
    expect(lead({ ...box, folders: 1 })).toMatch(/ in 1 Ordner, /);
  });

  it("states that it is being read", () => {
    expect(lead(null)).toContain("Nothing has been stored yet.");
  });

  it("names left-out entries, each name once", () => {
    expect(leftOutRow(["Thumbs.db", "desktop.ini"], 2)).toBe("left out: Thumbs.db, desktop.ini");
    expect(leftOutRow(["Thumbs.db", "Thumbs.db"], 14)).toBe("left out: Thumbs.db, …");
    expect(leftOutRow([], 14)).toBe("left out");
  });

  it("names the dropped entries, without hidden characters", () => {
    expect(dropped(["Second box"])).toBe("“Second box”");
    expect(dropped(["Second box", "a", "b"])).toBe("“Second box” and 2 more");
    expect(dropped(["a\u202Eb"])).toBe("“a⟨U+202E⟩b”");
    const long = `${"A scanned letter with everything in its subject line ".repeat(4)}final (2).pdf`;
    expect(dropped([long])).toBe(
      "“A scanned letter with everything in its subject li…ubject line final (2).pdf”",
    );
  });
});
