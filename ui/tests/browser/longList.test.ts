/** A list of a hundred thousand documents: prints its scrolling speed, and tests that it shows the right rows. */

import type { Page } from "playwright-core";
import { expect, it } from "vitest";

import { find, openWindow, withBrowser } from "./window";

withBrowser();

const total = 100_000;

async function wholeArchive(page: Page): Promise<void> {
  await find(page, "2019 discovery archive");
  await page.getByLabel("Include subfolders").check();
  await page.getByText("100,000 documents").last().waitFor();
  await page.getByRole("row").nth(10).waitFor();
}

/** Scrolls for a while, by this many rows a frame, and returns the duration of each frame in milliseconds. */
async function scroll(page: Page, rows: number, frames: number): Promise<number[]> {
  return page.evaluate(
    ([step, count]) =>
      new Promise<number[]>((done) => {
        const scroller = [...document.querySelectorAll<HTMLElement>("[role=grid], [role=grid] *")].find(
          (one) => one.scrollHeight > one.clientHeight + 1000,
        );
        if (!scroller) throw new Error("There is nothing to scroll.");
        const times: number[] = [];
        let before = performance.now();
        requestAnimationFrame(function next(now) {
          times.push(now - before);
          before = now;
          scroller.scrollTop += step * 34;
          if (times.length < count) requestAnimationFrame(next);
          else done(times.slice(1));
        });
      }),
    [rows, frames] as const,
  );
}

function summary(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(1);
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, max ${at(1)} ms over ${String(sorted.length)} frames`;
}

/** The names in sight, top to bottom. */
async function inSight(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const grid = document.querySelector("[role=grid]");
    if (!grid) return [];
    const { top, bottom } = grid.getBoundingClientRect();
    return [...grid.querySelectorAll<HTMLElement>("[role=row]")]
      .map((row) => ({ row, box: row.getBoundingClientRect() }))
      .filter(
        ({ row, box }) =>
          !row.querySelector("[role=columnheader]") && box.top >= top - 1 && box.bottom <= bottom + 1,
      )
      .sort((a, b) => a.box.top - b.box.top)
      .map(({ row }) => row.querySelector("[role=gridcell]")?.textContent.trim() ?? "");
  });
}

it("shows its rows at any scroll position, and prints the frame rate", async () => {
  const { page, wrong } = await openWindow({ query: "?archive=100000" });
  await wholeArchive(page);
  const slow = await scroll(page, 1, 240);
  const fast = await scroll(page, 60, 240);
  console.info(`100,000 rows, a row a frame: ${summary(slow)}`);
  console.info(`100,000 rows, two screens a frame: ${summary(fast)}`);

  // Rows that have just come into sight get their names a moment later.
  const shown = async (): Promise<boolean> => {
    const names = await inSight(page);
    return names.length > 10 && !names.includes("");
  };
  await expect.poll(shown).toBe(true);
  const middle = await inSight(page);
  expect(middle).toEqual([...middle].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)));

  const rows = await page.getByRole("row").count();
  expect(rows).toBeLessThan(120);
  expect(wrong).toEqual([]);
});

it("reaches its last row, and returns to its first", async () => {
  const { page } = await openWindow({ query: "?archive=100000" });
  await wholeArchive(page);
  const expected = await page.evaluate(async (offset) => {
    const { backend } = window.strongroom;
    const query = {
      matter: "m-2019-001",
      folder: "",
      deep: true,
      filter: "",
      sort: "name",
      descending: false,
    } as const;
    const { id } = await backend.listFiles(query);
    const [first] = await backend.fileRows(id, 0, 1);
    const [last] = await backend.fileRows(id, offset, 1);
    return [first?.name ?? "", last?.name ?? ""] as const;
  }, total - 1);
  await page.getByRole("grid").focus();
  await page.keyboard.press("End");
  await expect.poll(async () => (await inSight(page)).at(-1)).toContain(expected[1]);
  expect((await inSight(page)).length).toBeGreaterThan(10);
  await page.keyboard.press("Home");
  await expect.poll(async () => (await inSight(page)).join("\n")).toContain(expected[0]);
});
