import { afterEach, beforeEach, describe, expect, it } from "vitest";

import type { MatterView, WorkView } from "../backend";
import { speech } from "../text";
import { byUrgency, line } from "./words";

beforeEach(() => {
  speech.choice = "en";
});
afterEach(() => {
  speech.choice = "system";
});

const matter = { id: "m1", number: "2024-020" } as MatterView;
const work: WorkView = {
  id: "w1",
  kind: "drop",
  matter: "m1",
  names: ["Second box"],
  started: 0,
  phase: "running",
  files: 1950,
  filesDone: 1134,
  bytes: 3.6e9,
  bytesDone: 2.1e9,
  rate: 48e6,
  secondsLeft: 30,
  preflight: null,
  result: null,
  later: 0,
  attention: 0,
  reason: null,
};

const nothing = { stored: 0, already: 0, failed: 0, cancelled: 0, leftOut: 0, documents: 0, bytes: 0 };

describe("work in progress", () => {
  it("shows phase, counts, rate and time left", () => {
    const { title, details, progress } = line(work, matter);
    expect(title).toBe("Filing to 2024-020");
    expect(details).toEqual(["1,134 of 1,950 files", "2.1 GB of 3.6 GB", "48.0 MB/s", "about 30 sec left"]);
    expect(progress).toBeCloseTo(0.583, 3);
  });

  it("shows no rate and time until they are known", () => {
    const { details } = line({ ...work, rate: null, secondsLeft: null }, matter);
    expect(details).toEqual(["1,134 of 1,950 files", "2.1 GB of 3.6 GB"]);
  });

  it("counts files if there are no bytes to move", () => {
    expect(line({ ...work, bytes: 0, bytesDone: 0 }, matter).progress).toBeCloseTo(0.582, 3);
    expect(line({ ...work, bytes: 0, bytesDone: 0 }, matter).details[1]).toBe("48.0 MB/s");
  });

  it("shows no progress before anything was found", () => {
    expect(line({ ...work, phase: "reading", files: 0, filesDone: 0 }, matter).progress).toBeNull();
  });

  it("shows the reason why it waits", () => {
    const { title, details } = line({ ...work, phase: "held", reason: "The disk is full." }, matter);
    expect(title).toBe("On hold: “Second box” to 2024-020");
    expect(details[0]).toBe("The disk is full.");
  });

  it("shows what it is queued behind", () => {
    const reason = "Another Strongroom is filing on this computer. This goes on as soon as it is done.";
    const { details } = line({ ...work, phase: "inLine", filesDone: 0, result: nothing, reason }, matter);
    expect(details).toEqual([reason, "0 of 1,950 files"]);
  });

  it.each(["inLine", "paused", "held"] as const)("does not count read files as filed: %s", (phase) => {
    const read = line({ ...work, phase, files: 8764, filesDone: 8764, bytes: 0 }, matter);
    expect(read.details).toContain("8,764 files found");
    expect(read.details.join()).not.toContain("of 8,764");
  });

  it("summarises the results, without zero counts", () => {
    const result = {
      stored: 1950,
      already: 332,
      failed: 0,
      cancelled: 0,
      leftOut: 2,
      documents: 0,
      bytes: 0,
    };
    expect(line({ ...work, phase: "finished", result }, matter).details).toEqual([
      "2,282 files",
      "1,950 stored",
      "332 already in the vault",
      "2 left out",
    ]);
    // A document that was received in two places is one document of its matter, and two restored files.
    const given = { ...result, stored: 276, already: 0, leftOut: 0, documents: 143 };
    expect(line({ ...work, kind: "restore", phase: "finished", result: given }, matter).details).toEqual([
      "276 files of 143 documents",
      "276 restored",
    ]);
    speech.choice = "de";
    const [of] = line({ ...work, kind: "restore", phase: "finished", result: given }, matter).details;
    expect(of).toBe("276 Dateien von 143 Dokumenten");
    speech.choice = "en";
    const none = { stored: 0, already: 0, failed: 0, cancelled: 0, leftOut: 0, documents: 0, bytes: 0 };
    expect(line({ ...work, phase: "finished", result: none }, matter).details).toEqual(["nothing to do"]);
  });

  it("does not show a partial failure as success", () => {
    const result = { stored: 148, already: 0, failed: 3, cancelled: 0, leftOut: 0, documents: 0, bytes: 0 };
    expect(line({ ...work, phase: "finished", result }, matter).tone).toBe("warn");
    expect(line({ ...work, phase: "finished", result: { ...result, failed: 0 } }, matter).tone).toBe("ok");
    expect(line({ ...work, phase: "finished", attention: 1 }, matter).tone).toBe("warn");
  });

  it("asks for nothing if there is nothing to file", () => {
    const counts = { found: 3, folders: 1, new: 0, already: 0, repeated: 0, leftOut: 3, problems: 0 };
    const preflight = { ...counts, bytes: 0, bytesToStore: 0, sameNames: 0, offlineEstimate: false };
    const ready = { ...work, phase: "ready", preflight } as const;
    expect(line(ready, null).title).toMatch(/^“.+ contains nothing to file$/);
    expect(line({ ...ready, preflight: { ...preflight, problems: 1 } }, null).title).toMatch(
      /ready to file$/,
    );
  });

  it.each(["drop", "restore", "verify"] as const)(
    "has texts for every phase of a %s, in both languages",
    (kind) => {
      const phases = [
        "reading",
        "ready",
        "inLine",
        "running",
        "paused",
        "held",
        "givingUp",
        "finished",
        "cancelled",
        "failed",
      ] as const;
      for (const language of ["en", "de"] as const) {
        speech.choice = language;
        const titles = phases.map((phase) => line({ ...work, kind, phase }, null).title);
        expect(new Set(titles).size).toBe(phases.length);
      }
    },
  );
});

it("sorts work that waits for the user first, then running work, then work that needs attention, then the rest", () => {
  const works: WorkView[] = [
    { ...work, id: "done", phase: "finished" },
    { ...work, id: "trouble", phase: "finished", attention: 2 },
    { ...work, id: "moving" },
    { ...work, id: "asks", phase: "ready" },
  ];
  expect(byUrgency(works).map(({ id }) => id)).toEqual(["asks", "moving", "trouble", "done"]);
});

describe("files that wait automatically", () => {
  it("are counted separately, and title the drop once nothing else is left", () => {
    const filed = { ...work, result: nothing };
    const some = line({ ...filed, phase: "running", files: 10, filesDone: 4, later: 1 }, matter);
    expect(some.details).toContain("1 waiting, will be tried again automatically");
    const reason = "The storage does not take this file.";
    const rest = line({ ...filed, phase: "held", files: 10, filesDone: 9, later: 1, reason }, matter);
    expect(rest.title).toMatch(/^Trying again: /);
    expect(rest.details).toEqual(["9 of 10 files", "1 waiting, will be tried again automatically"]);
    expect(rest.progress).toBe(0.9);
    const offline = line({ ...filed, phase: "held", files: 10, filesDone: 5, later: 1, reason }, matter);
    expect(offline.title).toMatch(/^On hold: /);
    expect(offline.details[0]).toBe(reason);
  });
});
