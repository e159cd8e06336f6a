import { describe, expect, it } from "vitest";

import { placeIn, placeNaming } from "./place";

const twice = ["Custodian A/Letters", "Custodian B/Letters", "Custodian B/Scans/Büro"];

describe("the place of a document that was filed from several folders", () => {
  it("is the one in the folder that is listed", () => {
    expect(placeIn(twice, "Custodian A", "")).toBe("Custodian A/Letters");
    expect(placeIn(twice, "Custodian B", "")).toBe("Custodian B/Letters");
    expect(placeIn(twice, "Custodian B/Scans", "memo")).toBe("Custodian B/Scans/Büro");
    expect(placeIn(twice, "", "")).toBe("Custodian A/Letters");
  });

  it("is the one that matched the filter", () => {
    expect(placeIn(twice, "Custodian B", "BURO")).toBe("Custodian B/Scans/Büro");
    expect(placeIn(twice, "", "custodian b")).toBe("Custodian B/Letters");
    // The listed folder is part of the name of every place in it.
    expect(placeIn(twice, "Custodian B", "custodian")).toBe("Custodian B/Letters");
  });

  it("is empty if there is none, and never a folder with only the same prefix", () => {
    expect(placeIn(twice, "Custodian", "")).toBeUndefined();
    expect(placeIn(["Custodian BB"], "Custodian B", "")).toBeUndefined();
  });

  it("is the one with the words of a search", () => {
    expect(placeNaming(twice, "memo scans")).toBe("Custodian B/Scans/Büro");
    expect(placeNaming(twice, "memo")).toBe("Custodian A/Letters");
    expect(placeNaming([], "memo")).toBe("");
  });
});
