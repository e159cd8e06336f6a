import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { MatterView } from "../backend";
import { createFakeBackend } from "../backend/fake";
import { speech } from "../text";
import { matterAt, matterName, refusalToFile } from "./target";

let matters: MatterView[] = [];

beforeEach(async () => {
  speech.choice = "en";
  ({ matters } = (await createFakeBackend().snapshot()).matters);
});

afterEach(() => {
  vi.restoreAllMocks();
  document.body.innerHTML = "";
});

function matter(number: string): MatterView {
  const found = matters.find((one) => one.number === number);
  if (!found) throw new Error(`no matter ${number}`);
  return found;
}

describe("the matter under the pointer", () => {
  it("is that of the nearest element that is marked with one", () => {
    document.body.innerHTML = `<div data-matter="m-1"><span id="inside">x</span></div>`;
    const inside = document.getElementById("inside");
    const looked = vi.spyOn(document, "elementFromPoint").mockReturnValue(inside);
    expect(matterAt(10, 20)).toBe("m-1");
    expect(looked).toHaveBeenCalledWith(10, 20);
  });

  it("is none elsewhere, and none outside the page", () => {
    vi.spyOn(document, "elementFromPoint").mockReturnValue(document.body);
    expect(matterAt(10, 20)).toBeNull();
    vi.spyOn(document, "elementFromPoint").mockReturnValue(null);
    expect(matterAt(-10, 20)).toBeNull();
  });
});

describe("a matter in a sentence", () => {
  it("is number, client and title", () => {
    expect(matterName(matter("2024-001"))).toBe(
      "2024-001 ABC Corporation — Contract Review — software licence",
    );
  });

  it("has no client if the matter has none", () => {
    expect(matterName({ ...matter("2024-001"), client: null, clientName: null, title: "Loose" })).toBe(
      "2024-001 Loose",
    );
  });
});

describe("filing to a matter", () => {
  it("is possible while the matter is open or on hold", () => {
    expect(refusalToFile(matter("2024-001"))).toBeNull();
    expect(refusalToFile(matter("2025-003"))).toBeNull();
  });

  it("is refused for a closed or removed matter, with the reason", () => {
    expect(refusalToFile(matter("2022-045"))).toContain("is closed");
    expect(refusalToFile(matter("2021-009"))).toContain("was removed");
  });
});
