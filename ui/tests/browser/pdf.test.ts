/** PDF files as drawn by the window, compared with poppler: nothing is missing, upside down or mirrored. */

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import { archive } from "./pdfs/archive";
import { blank, Dark, flipped, type Grey, mirrored, poppler } from "./pdfs/compare";
import { made } from "./pdfs/made";
import { open, shown, still } from "./pdfs/show";
import { openWindow, withBrowser } from "./window";

withBrowser();

const folder = mkdtempSync(join(tmpdir(), "strongroom-pdfs-"));
const fetched = archive();
if ("missing" in fetched) {
  console.log(
    `Only PDF files made here are compared: those of pypdf could not be fetched (${fetched.missing}).`,
  );
}
for (const [name, bytes] of Object.entries(made)) writeFileSync(join(folder, `${name}.pdf`), bytes());

/** Those made here, those of pypdf, and those in folders that `PDFS` names. */
const files = [
  folder,
  ...("folder" in fetched ? [fetched.folder] : []),
  ...(process.env["PDFS"] ?? "").split(":"),
]
  .filter((name) => name !== "")
  .flatMap((name) => readdirSync(name).map((file) => join(name, file)))
  .filter((name) => name.endsWith(".pdf"));

/** A page this close to a wrong picture is wrong; pages with other fonts have differed less than half as much. */
const wrong = 0.6;

/** Files where poppler adds or moves something that a reader would not miss. */
const otherwise: Record<string, string> = {
  "attachment.pdf": "a pin, where we draw a sheet",
  "outline-without-title.pdf": "frames around links",
  "outlines-with-invalid-destinations.pdf": "frames around links",
  "pdflatex-outline.pdf": "frames around links",
  "libreoffice-form.pdf": "half of a word that does not fit its field",
};

/** Those that ask for a password. */
const locked = ["crazyones-encrypted-256.pdf", "encrypted-file.pdf", "libreoffice-writer-password.pdf"];

/** The wrong pictures of a page, derived from poppler's drawing. */
function wrongs(file: string, right: Grey, width: number): Record<string, Grey> {
  const bare = basename(file) in otherwise ? right : poppler(file, 1, width, "-hide-annotations");
  return { blank: blank(right), "upside down": flipped(right), "in a mirror": mirrored(right), bare };
}

/** A wrong picture of a page. */
function looksLike(file: string, seen: Grey): string[] {
  const right = poppler(file, 1, seen.width);
  const expected = new Dark(right);
  const found = new Dark(seen);
  return Object.entries(wrongs(file, right, seen.width))
    .filter(([, picture]) => expected.towards(new Dark(picture), found) > wrong)
    .map(([what]) => what);
}

let page: Page;
let problems: string[];

beforeAll(async () => {
  ({ page, wrong: problems } = await openWindow({ scale: 2 }));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe("a PDF as the window draws it, and as poppler does", () => {
  afterEach(async () => {
    await page.keyboard.press("Escape");
    await page.locator("[data-page]").first().waitFor({ state: "detached" });
  });

  it.each(files.filter((file) => !locked.includes(basename(file))).map((file) => [basename(file), file]))(
    "%s",
    async (_, file) => {
      await open(page, readFileSync(file));
      await still(page);
      const seen = await shown(page, 1);
      const right = poppler(file, 1, seen.width);
      expect(seen.height / seen.width / (right.height / right.width)).toBeCloseTo(1, 1);
      expect(looksLike(file, seen)).toEqual([]);
      expect(new Dark(right).spot(new Dark(seen))).toBeLessThan(30);
    },
  );

  it("is compared for forty files, if there is a network", () => {
    expect(files.length - locked.length).toBeGreaterThanOrEqual("folder" in fetched ? 40 : 20);
    expect(problems).toEqual([]);
  });
});

describe("the comparison", () => {
  const file = (name: string): string => join(folder, `${name}.pdf`);

  it.each([
    "writing",
    "scanned in grey",
    "scanned in black and white",
    "stamped",
    "fields filled in",
    "marked",
  ])("finds a page that is blank, upside down or mirrored: %s", (name) => {
    const right = poppler(file(name), 1, 700);
    expect(looksLike(file(name), right)).toEqual([]);
    expect(looksLike(file(name), blank(right))).toContain("blank");
    expect(looksLike(file(name), flipped(right))).toContain("upside down");
    expect(looksLike(file(name), mirrored(right))).toContain("in a mirror");
  });

  it.each([
    "stamped",
    "stamped and turned",
    "fields filled in",
    "fields without looks",
    "redacted",
    "marked",
  ])("finds a page without its top layer: %s", (name) => {
    expect(looksLike(file(name), poppler(file(name), 1, 700, "-hide-annotations"))).toContain("bare");
  });

  it("finds a missing stamp of two", async () => {
    const { pdf } = await import("./pdfs/write");
    const { stamped } = await import("./pdfs/made");
    writeFileSync(file("one stamp"), pdf([{ ...stamped, notes: stamped.notes?.slice(1) ?? [] }]));
    const half = new Dark(poppler(file("one stamp"), 1, 700));
    expect(new Dark(poppler(file("stamped"), 1, 700)).spot(half)).toBeGreaterThan(30);
  });
});
