/** PDF files used in a hurry: at every frame, the page is complete or marked as loading. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";

import { chance } from "../../src/lib/backend/fake/chance";
import { Dark, type Grey, poppler } from "./pdfs/compare";
import { made } from "./pdfs/made";
import { open, shown, still } from "./pdfs/show";
import { countCanvases, type Picture, watch, watched } from "./pdfs/watch";
import { pdf } from "./pdfs/write";
import { find, openWindow, withBrowser } from "./window";

withBrowser();

const folder = mkdtempSync(join(tmpdir(), "strongroom-hurry-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function file(name: string): { path: string; bytes: Buffer } {
  const bytes = made[name]?.() ?? Buffer.alloc(0);
  const path = join(folder, `${name}.pdf`);
  writeFileSync(path, bytes);
  return { path, bytes };
}

/** Pages as they should be, scaled down to the square in which the frames are compared. */
function right(path: string): (page: number) => Dark {
  const pages = new Map<number, Dark>();
  return (page) => {
    const known = pages.get(page) ?? new Dark(squeezed(poppler(path, page, 480)));
    pages.set(page, known);
    return known;
  };
}

function squeezed({ width, height, bytes }: Grey): Grey {
  const side = 480;
  const square = new Uint8Array(side * side);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++)
      square[y * side + x] =
        bytes[Math.floor((y * height) / side) * width + Math.floor((x * width) / side)] ?? 255;
  return { width: side, height: side, bytes: square };
}

/** Pictures that were shown and are not of their page, or incomplete. */
function unlike(pictures: Picture[], path: string): string[] {
  const page = right(path);
  return pictures.flatMap(({ page: number, side, dark }) => {
    const grey = { width: side, height: side, bytes: Uint8Array.from(dark, (part) => 255 - part) };
    const spot = page(number).spot(new Dark(grey));
    return spot > 40 ? [`page ${String(number)} differs by ${spot.toFixed(0)}`] : [];
  });
}

/** Presses a button at once, however busy the window is. */
async function press(page: Page, name: string): Promise<void> {
  await page.evaluate((label) => {
    document.querySelector<HTMLButtonElement>(`button[aria-label="${label}"]`)?.click();
  }, name);
}

/** Zooms and scrolls this many times, at random. */
async function storm(page: Page, seed: string, times: number): Promise<void> {
  const random = chance(seed);
  const steps = Array.from({ length: times }, () => ({
    what: random(),
    where: random(),
    frames: Math.floor(random() * 5),
  }));
  await page.evaluate(async (all) => {
    for (const { what, where, frames } of all) {
      const scroller = document.querySelector("[data-page]")?.parentElement;
      const label = what < 0.35 ? "Zoom in" : "Zoom out";
      if (what < 0.6)
        document.querySelector<HTMLButtonElement>(`button[aria-label="${label}"]:enabled`)?.click();
      else if (scroller) scroller.scrollTop = where * (scroller.scrollHeight - scroller.clientHeight);
      for (let frame = 0; frame < frames; frame++) await new Promise(requestAnimationFrame);
    }
  }, steps);
}

it("draws a scanned page the right way round after three quick steps of zoom", async () => {
  const { path, bytes } = file("scanned in black and white");
  const { page, wrong } = await openWindow({ scale: 2 });
  await open(page, bytes);
  await page.locator("[data-page] canvas, [data-page][aria-busy=true]").first().waitFor();
  await watch(page);
  for (let step = 0; step < 3; step++) await press(page, "Zoom in");
  await still(page);
  const seen = await watched(page);
  expect(seen.wrong).toEqual([]);
  expect(unlike(seen.pictures, path)).toEqual([]);
  const final = await shown(page, 1);
  expect(new Dark(poppler(path, 1, final.width)).spot(new Dark(final))).toBeLessThan(30);
  expect(wrong).toEqual([]);
});

describe("never shows an incomplete page during fast zooming and scrolling:", () => {
  it.each([
    "scanned in black and white",
    "writing",
    "stamped",
    "fields filled in",
    "redacted",
    "turned by 90",
  ])("%s", async (name) => {
    const { path, bytes } = file(name);
    const { page, wrong } = await openWindow({ scale: 2 });
    await open(page, bytes);
    await page.locator("[data-page]").first().waitFor();
    await watch(page);
    for (const seed of ["one", "two", "three"]) {
      await storm(page, name + seed, 40);
      await still(page);
    }
    const { frames, busy, wrong: seen, pictures } = await watched(page);
    expect(frames).toBeGreaterThan(50);
    expect(busy).toBeGreaterThan(0);
    expect(seen).toEqual([]);
    expect(pictures.length).toBeGreaterThan(3);
    expect(unlike(pictures, path)).toEqual([]);
    expect(wrong).toEqual([]);
  });
});

it("keeps no canvas of pages scrolled past, aborted or closed", async () => {
  const pages = Array.from({ length: 300 }, (_, at) => ({
    content: `0 g BT /F1 90 Tf 200 400 Td (${String(at + 1)}) Tj ET 40 40 120 60 re f`,
  }));
  const { page, wrong } = await openWindow({ scale: 2 }, countCanvases);
  const canvases = () =>
    page.evaluate(() =>
      (window as unknown as { canvases: () => Record<"made" | "shown" | "hidden", number> }).canvases(),
    );
  await open(page, pdf(pages));
  await page.locator("[data-page]").first().waitFor();
  await storm(page, "through three hundred pages", 200);
  await still(page);
  const after = await canvases();
  expect(after.made).toBeGreaterThan(20);
  expect(after.hidden).toBeLessThan(1_000_000);
  // Those in sight and their neighbours, at the largest zoom and two device pixels to one.
  expect(after.shown).toBeLessThan(40_000_000);
  await press(page, "Zoom out");
  await page.keyboard.press("Escape");
  await page.locator("[data-page]").first().waitFor({ state: "detached" });
  await expect.poll(canvases).toMatchObject({ shown: 0, hidden: 0 });
  await expect.poll(() => page.workers().length).toBe(0);
  expect(wrong).toEqual([]);
});

it("never shows a page of the previous document in the panel of the next", async () => {
  const [slow, next] = [file("scanned in grey"), file("stamped")];
  const { page, wrong } = await openWindow({ scale: 2 });
  await page.route("**/*.given.pdf", (route) =>
    route.fulfill({ body: route.request().url().includes("slow") ? slow.bytes : next.bytes }),
  );
  await page.evaluate(() => {
    const { backend } = window.strongroom;
    let turn = 0;
    backend.previewBytes = async () => {
      turn += 1;
      const name = turn % 2 === 1 ? "slow" : "next";
      document.body.dataset["given"] = name;
      return (await fetch(`/${name}.given.pdf`)).arrayBuffer();
    };
  });
  for (let round = 0; round < 4; round++) {
    await find(page, "master services signed");
    await find(page, "very long name");
    await page.waitForFunction(() => document.body.dataset["given"] === "next");
    await page.locator("[data-page]").first().waitFor();
    await watch(page);
    await still(page);
    const seen = await watched(page);
    expect(seen.wrong).toEqual([]);
    expect(unlike(seen.pictures, next.path)).toEqual([]);
    const final = await shown(page, 1);
    expect(new Dark(poppler(next.path, 1, final.width)).spot(new Dark(final))).toBeLessThan(30);
  }
  expect(wrong).toEqual([]);
});

it("shows on a page that it can’t be shown, and shows the others", async () => {
  const content = "0 g BT /F1 60 Tf 100 400 Td (whereas) Tj ET";
  const whole = pdf([{ content }, { content }, { content }]).toString("latin1");
  // Where the third page should be, there is a number.
  const third = /\/Kids \[\d+ 0 R \d+ 0 R (\d+) 0 R/.exec(whole)?.[1] ?? "";
  const bytes = Buffer.from(whole.replace(`${third} 0 obj\n<<`, `${third} 0 obj\n7 %`), "latin1");
  const { page, wrong } = await openWindow();
  await open(page, bytes);
  await still(page);
  await press(page, "Zoom out");
  await press(page, "Zoom out");
  await still(page);
  expect(await page.locator('[data-page="3"]').innerText()).toContain("can’t be shown here");
  expect(await page.locator('[data-page="3"] canvas').count()).toBe(0);
  for (const at of [1, 2]) expect((await shown(page, at)).bytes.some((part) => part < 60)).toBe(true);
  expect(wrong).toEqual([]);
});
