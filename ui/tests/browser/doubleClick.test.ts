/** Real double clicks: an element that the first click changes never gets the second. */

import type { Page } from "playwright-core";
import { expect, it } from "vitest";

import { drop, find, openWindow, pass, withBrowser } from "./window";

withBrowser();

/** The middle of the visible part of the lowest visible row. */
async function lowestRow(page: Page): Promise<{ x: number; y: number; name: string }> {
  return page.evaluate(() => {
    const grid = document.querySelector("[role=grid]");
    const rows = [...(grid?.querySelectorAll<HTMLElement>("[data-index]") ?? [])];
    const seen = rows.flatMap((row) => {
      const { left, top, bottom } = row.getBoundingClientRect();
      for (let y = Math.floor(bottom) - 1; y > top; y -= 1) {
        const there = document.elementFromPoint(left + 120, y);
        if (there?.closest("[data-index]") === row) {
          return [{ x: left + 120, y, name: row.querySelector(".text")?.textContent.trim() ?? "" }];
        }
      }
      return [];
    });
    const lowest = seen.sort((one, other) => other.y - one.y)[0];
    if (!lowest) throw new Error("There is no row.");
    return lowest;
  });
}

async function nameAt(page: Page, x: number, y: number): Promise<string> {
  return page.evaluate(
    ([left, top]) =>
      document
        .elementFromPoint(left, top)
        ?.closest("[data-index]")
        ?.querySelector(".text")
        ?.textContent.trim() ?? "no row",
    [x, y] as const,
  );
}

async function click(page: Page, clickCount: number): Promise<void> {
  await page.mouse.down({ clickCount });
  await page.mouse.up({ clickCount });
}

it.each([
  [900, 600],
  [1280, 800],
  [1280, 773],
])("opens the lowest visible row, which stays under the pointer: %i × %i", async (width, height) => {
  const { page, wrong } = await openWindow({ width, height });
  await find(page, "2024-001 review");
  await page.getByLabel("Include subfolders").check();
  await page.getByRole("row").nth(8).waitFor();
  const { x, y, name } = await lowestRow(page);
  await page.mouse.move(x, y);
  await click(page, 1);
  await page.getByText("1 selected").waitFor();
  expect(await nameAt(page, x, y)).toBe(name);
  await click(page, 2);
  const panel = page.getByRole("region", { name: "Document" });
  await panel.getByRole("heading", { level: 2, name }).waitFor();
  expect(await page.evaluate(() => window.strongroom.backend.asked)).not.toContain("openDocument");
  expect(wrong).toEqual([]);
});

it("does not click the tray that appears under the pointer", async () => {
  const { page } = await openWindow();
  await find(page, "2024-001 review");
  await page.getByLabel("Include subfolders").check();
  await page.getByRole("row").nth(8).waitFor();
  // The place of a button of the tray.
  await page.evaluate(() => window.strongroom.backend.verify());
  const pause = page.getByRole("button", { name: "Pause" });
  const box = await pause.boundingBox();
  if (!box) throw new Error("The button is nowhere.");
  await page.getByRole("button", { name: "Cancel", exact: true }).click();
  await pass(page, 300);
  await page.getByRole("button", { name: "Clear", exact: true }).click();
  await pause.waitFor({ state: "detached" });

  await page.mouse.move(box.x + 8, box.y + 8);
  await click(page, 1);
  await page.evaluate(() => window.strongroom.backend.verify());
  await pause.waitFor();
  await click(page, 2);
  expect(await page.evaluate(() => window.strongroom.backend.asked)).not.toContain("pause");
  // The next click is meant for it.
  await click(page, 1);
  await page.getByRole("button", { name: "Resume" }).waitFor();
});

it("does not close or press what the first click opened", async () => {
  const { page } = await openWindow();
  const make = page.getByRole("button", { name: "New matter" });
  const box = await make.boundingBox();
  if (!box) throw new Error("The button is nowhere.");
  await page.mouse.move(box.x + 10, box.y + 10);
  await click(page, 1);
  await page.getByRole("dialog").waitFor();
  await click(page, 2);
  expect(await page.getByRole("dialog").isVisible()).toBe(true);
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
});

it("skips one file by a double click on Skip, and not the next one", async () => {
  const { page } = await openWindow();
  await find(page, "2024-001 review");
  await drop(page, "Troubled box");
  await pass(page, 2000);
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Enter");
  await pass(page, 11_000);
  await page.getByRole("button", { name: /need attention/ }).click();
  const skip = page.getByRole("button", { name: /^Skip: / }).first();
  const box = await skip.boundingBox();
  if (!box) throw new Error("The button is nowhere.");
  await page.mouse.move(box.x + 10, box.y + 10);
  await click(page, 1);
  await page.getByRole("heading", { name: "2 files need attention" }).waitFor();
  await click(page, 2);
  expect(
    await page.evaluate(() => window.strongroom.backend.asked.filter((one) => one === "dismissFailed")),
  ).toEqual(["dismissFailed"]);
});
